"""Settings of reminders: the steps, delivery of post, default of consumers, legal interest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.sentences import reminders as words
from klantenapp.sentences.speak import sentence
from klantenapp.services.reminders import cautions, legal_tables, policy
from klantenapp.services.reminders.interest import Kind
from klantenapp.services.reminders.waiting import DELIVERY_DAYS
from klantenapp.services.store import settings
from klantenapp.ui.forms.form import Form
from klantenapp.ui.panels.settings.sections import Section
from klantenapp.ui.qt import clear
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.inputs import CheckInput, ChoiceInput
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.value_inputs import DateInput, IntInput, PercentInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from klantenapp.services.reminders.interest import RateRow
    from klantenapp.services.reminders.policy import Policy, Step
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.shell import Shell
    from klantenapp.ui.widgets.labels import Label

_MOST_DELIVERY = 10
_LONGEST = 3650


@dataclass(frozen=True)
class Shown:
    """What the section shows."""

    chosen: Policy
    delivery: int
    fatal: bool
    at_start: bool
    rates: dict[Kind, list[RateRow]]


def read_shown(session: Session) -> Shown:
    """One read for the section."""
    return Shown(
        policy.default(session),
        settings.read(session, legal_tables.DELIVERY),
        settings.read(session, legal_tables.TERM_IS_FATAL),
        settings.read(session, cautions.AT_START),
        {kind: legal_tables.rates(session, kind) for kind in Kind},
    )


class StepRow(QWidget):
    """Days, channel, costs and interest of one step."""

    def __init__(self, step: Step, changed: Callable[[Step], object]) -> None:
        super().__init__()
        self._step = step
        box = row(self, gap=12)
        self.days = IntInput(suffix=_("days"), least=0, most=_LONGEST)
        self.days.setFixedWidth(theme().px(104))
        self.channel = ChoiceInput([("mail", _("E-mail")), ("letter", _("Letter"))])
        self.channel.setFixedWidth(theme().px(104))
        self.costs = CheckInput(_("Costs"))
        self.interest = CheckInput(_("Interest"))
        for editor, value in (
            (self.days, step.days),
            (self.channel, step.channel),
            (self.costs, step.with_costs),
            (self.interest, step.with_interest),
        ):
            editor.set_value(value)
            box.addWidget(editor)
        self.days.left.connect(lambda: changed(self.step()))
        self.channel.left.connect(lambda: changed(self.step()))
        self.costs.edited.connect(lambda: changed(self.step()))
        self.interest.edited.connect(lambda: changed(self.step()))

    def step(self) -> Step:
        """The step as it is typed."""
        return replace(
            self._step,
            days=self.days.value() or 0,
            channel=str(self.channel.value()),
            with_costs=bool(self.costs.value()),
            with_interest=bool(self.interest.value()),
        )


class RemindersSection(Section):
    """Which letter comes when, and what the law's tables say."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, _("Reminders"))
        self._shown: Shown | None = None
        self.steps: list[StepRow] = []
        holder = QWidget()
        self._steps_box = column(holder)
        self.note = Note("danger", "", "")
        self.note.hide()
        self.box.addWidget(self.note)
        self.box.addWidget(holder)
        self.delivery = IntInput(suffix=_("days"), least=DELIVERY_DAYS, most=_MOST_DELIVERY)
        self.delivery.setFixedWidth(theme().px(104))
        self.delivery.left.connect(
            lambda: self._save_setting(legal_tables.DELIVERY, self.delivery.value() or 0)
        )
        self.add_row(
            _("Delivery of a letter"),
            _("Delivery days after posting; Sundays, Mondays and public holidays count as none."),
            self.delivery,
        )
        self.fatal = CheckInput("")
        self.fatal.edited.connect(
            lambda: self._save_setting(legal_tables.TERM_IS_FATAL, bool(self.fatal.value()))
        )
        self.add_row(
            _("Consumers are in default after the due date"),
            _(
                "Certain only where the term was agreed. Off: interest runs from seven days after"
                " the first reminder."
            ),
            self.fatal,
        )
        self.at_start = CheckInput("")
        self.at_start.edited.connect(
            lambda: self._save_setting(cautions.AT_START, bool(self.at_start.value()))
        )
        self.add_row(
            _("Say at the start what waits"),
            _("Reminders that can go, promises that were not kept, and follow-ups."),
            self.at_start,
        )
        self.rates: dict[Kind, Label] = {}
        for kind, title in (
            (Kind.CONSUMER, _("Statutory interest, consumers")),
            (Kind.COMMERCIAL, _("Statutory interest, businesses")),
        ):
            button = Button(_("Add rate"), "plus")
            button.clicked.connect(partial(self._add_rate, kind))
            self.rates[kind] = self.add_row(title, "", button)

    @override
    def load(self) -> None:
        """Read policy and tables."""
        self.shell.ops.read(self, read_shown, self._show, key="reminders")

    @override
    def refresh(self, changes: Changes) -> None:
        """Read again what these changes touch."""
        if changes.touches("reminder_step", "interest_rate", "setting"):
            self.load()

    def _show(self, found: Shown) -> None:
        self._shown = found
        self.note.hide()
        clear(self._steps_box)
        self.steps = []
        outer, self.box = self.box, self._steps_box
        whom = {"all": _("For everybody"), "consumer": _("Consumers"), "business": _("Businesses")}
        for at, step in enumerate(found.chosen.steps):
            editor = StepRow(step, partial(self._save_step, at))
            self.add_row(_(words.STEPS[step.kind]), whom[step.audience], editor)
            self.steps.append(editor)
        self.box = outer
        self.delivery.set_value(found.delivery)
        self.fatal.set_value(found.fatal)
        self.at_start.set_value(found.at_start)
        for kind, label in self.rates.items():
            label.setText(_rate_words(found.rates[kind]))

    def _save_step(self, at: int, step: Step) -> None:
        if self._shown is None or self._shown.chosen.steps[at] == step:
            return
        steps = [*self._shown.chosen.steps]
        steps[at] = step
        work = partial(policy.change, policy_id=self._shown.chosen.id, steps=steps)
        self.shell.ops.write(policy.CHANGE, work, done=self._saved, failed=self._refused)

    def _save_setting(self, key: settings.Key[Any], value: Any) -> None:
        work = partial(settings.write, key=key, value=value)
        self.shell.ops.write(settings.CHANGE, work, done=self._saved)

    def _add_rate(self, kind: Kind, *_signal: object) -> None:
        RateDialog(self, kind).open()

    def _saved(self, _result: object) -> None:
        self.load()
        self.shell.toasts.show(_("Saved"), undo=True)

    def _refused(self, failure: Exception) -> None:
        self.note.set_text("", sentence(failure))
        self.note.show()


class RateDialog(Dialog):
    """One rate more in a table; half-years without one are refused."""

    def __init__(self, section: RemindersSection, kind: Kind) -> None:
        super().__init__(section, _("Add rate"), 420)
        self._section = section
        self._kind = kind
        self.form = Form(columns=2)
        self.form.add("valid_from", _("From"), DateInput(), row=0, column=0)
        self.form.add("percent", _("Per year"), PercentInput(), row=0, column=1)
        self.body.addWidget(self.form)
        self.set_act(_("Add"), self._add, "plus")

    def _add(self) -> None:
        values = self.form.values()
        if values["valid_from"] is None or values["percent"] is None:
            return
        work = partial(legal_tables.add_rate, kind=self._kind, **values)
        self._section.shell.ops.write(
            legal_tables.ADD_RATE, work, done=self._added, failed=self._refused
        )

    def _added(self, _result: object) -> None:
        self.accept()
        self._section.load()

    def _refused(self, failure: Exception) -> None:
        self.form.show_failure(failure)


def _rate_words(rows: list[RateRow]) -> str:
    """The last rate, and whether it has to be checked."""
    if not rows:
        return _("No rate yet")
    last = rows[-1]
    said = _("{percent} from {day}").format(
        percent=i18n.percent(last.percent.points), day=i18n.date(last.valid_from)
    )
    if last.certainty not in {"", "A", "B"}:
        said += ". " + _("Check this rate: its source is not certain.")
    return said
