"""Settings of reminders: whose rules, their steps, delivery of post, default, legal tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.sentences import reminders as words
from klantenapp.sentences.speak import sentence
from klantenapp.services.errors.base import Invalid
from klantenapp.services.messages import templates
from klantenapp.services.reminders import cautions, legal_tables, policy
from klantenapp.services.reminders.interest import Kind
from klantenapp.services.reminders.waiting import DELIVERY_DAYS
from klantenapp.services.store import settings
from klantenapp.ui.contact.template_editor import TemplatesDialog
from klantenapp.ui.panels.settings.legal_rates import (
    RatesDialog,
    ScalesDialog,
    rate_note,
    read_scales,
)
from klantenapp.ui.panels.settings.reminder_steps import (
    PolicyDialog,
    StepDialog,
    StepRow,
    step_words,
)
from klantenapp.ui.panels.settings.sections import Section
from klantenapp.ui.qt import clear
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button, IconButton
from klantenapp.ui.widgets.dressing import column, line, row
from klantenapp.ui.widgets.inputs import CheckInput, ChoiceInput
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.value_inputs import IntInput

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.reminders.collection_costs import Scale
    from klantenapp.services.reminders.interest import RateRow
    from klantenapp.services.reminders.policy import Policy
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.shell import Shell
    from klantenapp.ui.widgets.labels import Label

_MOST_DELIVERY = 10


@dataclass(frozen=True)
class Shown:
    """What the section shows.

    Attributes:
        followers: how many customers chose each policy.
        texts: kinds of which the user wrote a text.
    """

    policies: dict[int, Policy]
    followers: dict[int, int]
    delivery: int
    fatal: bool
    together: bool
    tax: str
    at_start: bool
    rates: dict[Kind, list[RateRow]]
    scales: list[Scale]
    texts: frozenset[str]


def read_shown(session: Session) -> Shown:
    """One read for the section."""
    return Shown(
        policy.policies(session),
        policy.followers(session),
        settings.read(session, legal_tables.DELIVERY),
        settings.read(session, legal_tables.TERM_IS_FATAL),
        settings.read(session, legal_tables.COSTS_TOGETHER),
        settings.read(session, legal_tables.TAX_ON_COSTS),
        settings.read(session, cautions.AT_START),
        {kind: legal_tables.rates(session, kind) for kind in Kind},
        read_scales(session),
        templates.own_kinds(session),
    )


class RemindersSection(Section):
    """Which letter comes when, and what the law's tables say."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, _("Reminders"))
        self._shown: Shown | None = None
        self._policy_id = 0
        self.steps: list[StepRow] = []
        self._add_policy()
        holder = QWidget()
        self._steps_box = column(holder)
        self.note = Note("danger", "", "")
        self.note.hide()
        self.box.addWidget(self.note)
        self.box.addWidget(holder)
        self._add_cost_choices()
        self._add_tables()
        self._add_choices()

    def _add_policy(self) -> None:
        self.which = ChoiceInput()
        self.which.setMinimumWidth(theme().px(180))
        self.which.edited.connect(self._choose)
        control = QWidget()
        box = row(control, gap=4)
        box.addWidget(self.which)
        self.acts: dict[str, IconButton] = {}
        for key, icon, tip, run in (
            ("new", "plus", _("New rules"), self._new),
            ("rename", "pencil", _("Rename rules"), self._rename),
            ("default", "star", _("Make these the default"), self._make_default),
            ("remove", "trash-2", _("Delete rules"), self._remove),
        ):
            button = self.acts[key] = IconButton(icon, tip)
            button.clicked.connect(lambda _checked=False, run=run: run())
            box.addWidget(button)
        self.followed = self.add_row(_("Rules"), "", control)

    def _add_choices(self) -> None:
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
                " the first reminder, and a WIK letter waits for it."
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

    def _add_cost_choices(self) -> None:
        self.together = CheckInput("")
        self.together.edited.connect(
            lambda: self._save_setting(legal_tables.COSTS_TOGETHER, bool(self.together.value()))
        )
        self.add_row(
            _("One scale over the invoices of a letter"),
            _(
                "Certain for consumers only from commentary on the law. Off: collection costs are"
                " computed for each invoice on its own, which is more."
            ),
            self.together,
        )
        self.tax = ChoiceInput(
            [
                ("auto", _("By the small-business scheme")),
                ("always", _("Always")),
                ("never", _("Never")),
            ]
        )
        self.tax.setMinimumWidth(theme().px(180))
        self.tax.left.connect(
            lambda: self._save_setting(legal_tables.TAX_ON_COSTS, str(self.tax.value()))
        )
        self.add_row(
            _("VAT on top of collection costs"),
            _(
                "Only who cannot deduct it may add it, also for another reason than the scheme,"
                " such as exempt work. Ask your accountant."
            ),
            self.tax,
        )

    def _add_tables(self) -> None:
        self.rates: dict[Kind, Label] = {}
        for kind, title in (
            (Kind.CONSUMER, _("Statutory interest, consumers")),
            (Kind.COMMERCIAL, _("Statutory interest, businesses")),
        ):
            button = Button(_("Table"), "table")
            button.clicked.connect(partial(self._open_rates, kind))
            self.rates[kind] = self.add_row(title, "", button)
        button = Button(_("Table"), "table")
        button.clicked.connect(lambda: ScalesDialog(self.shell).open())
        self.scale = self.add_row(_("Collection costs"), "", button)

    @override
    def load(self) -> None:
        """Read policies and tables."""
        self.shell.ops.read(self, read_shown, self._show, key="reminders")

    @override
    def refresh(self, changes: Changes) -> None:
        """Read again what these changes touch."""
        tables = ("reminder_policy", "reminder_step", "interest_rate", "cost_scale", "template")
        if changes.touches(*tables, "customer", "setting"):
            self.load()

    # -- showing ---------------------------------------------------------------------------------

    def _show(self, found: Shown) -> None:
        self._shown = found
        if self._policy_id not in found.policies:
            self._policy_id = next(iter(found.policies), 0)
        self.which.set_options([(each.id, each.name) for each in found.policies.values()])
        self.which.set_value(self._policy_id)
        self._show_policy()
        self.delivery.set_value(found.delivery)
        self.fatal.set_value(found.fatal)
        self.together.set_value(found.together)
        self.tax.set_value(found.tax)
        self.at_start.set_value(found.at_start)
        for kind, label in self.rates.items():
            label.setText(_rate_words(found.rates[kind]))
        self.scale.setText(_scale_words(found.scales))

    def _choose(self) -> None:
        self._policy_id = int(self.which.value() or 0)
        self._show_policy()

    def _chosen(self) -> Policy | None:
        return self._shown.policies.get(self._policy_id) if self._shown is not None else None

    def _show_policy(self) -> None:
        """The steps of the policy that is chosen, and who follows it."""
        chosen = self._chosen()
        self.note.hide()
        clear(self._steps_box)
        self.steps = []
        if chosen is None or self._shown is None:
            return
        count = self._shown.followers.get(chosen.id, 0)
        said = ngettext("Chosen for {count} customer", "Chosen for {count} customers", count)
        self.followed.setText(
            _("For every customer without other rules")
            if chosen.is_default
            else said.format(count=i18n.count(count))
        )
        for key in ("default", "remove"):
            self.acts[key].setEnabled(not chosen.is_default)
        outer, self.box = self.box, self._steps_box
        self.box.addWidget(line())
        for at, step in enumerate(chosen.steps):
            editor = StepRow(step, partial(self._save_days, at), partial(self._asked, at))
            self.add_row(_(words.STEPS[step.kind]), step_words(step), editor)
            self.steps.append(editor)
        button = Button(_("Add step"), "plus")
        button.clicked.connect(lambda: self._open_step(None))
        text = _("Steps stand from mild to stern; each counts its days from the due date.")
        self.add_row(_("Another step"), text, button)
        self.box = outer

    # -- acting ----------------------------------------------------------------------------------

    def _asked(self, at: int, what: str) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        if what == "edit":
            self._open_step(at)
        elif what == "text":
            self._open_text(chosen, chosen.steps[at].kind)
        else:
            self._write_steps([one for n, one in enumerate(chosen.steps) if n != at])

    def _open_text(self, chosen: Policy, kind: str) -> None:
        """The text of the kind, or the one that these rules have for themselves."""
        own = templates.of_policy(kind, chosen.id)
        is_own = not chosen.is_default or (self._shown and own in self._shown.texts)
        TemplatesDialog(self.shell, own if is_own else kind, chosen.name).open()

    def _open_step(self, at: int | None) -> None:
        chosen = self._chosen()
        if chosen is not None:
            StepDialog(self.shell, chosen, at).open()

    def _save_days(self, at: int, days: int) -> None:
        chosen = self._chosen()
        if chosen is None or chosen.steps[at].days == days:
            return
        steps = [*chosen.steps]
        steps[at] = replace(steps[at], days=days)
        self._write_steps(steps)

    def _write_steps(self, steps: list[policy.Step]) -> None:
        self.note.hide()
        work = partial(policy.change, policy_id=self._policy_id, steps=steps)
        self.shell.ops.write(policy.CHANGE, work, done=self._saved, failed=self._refused)

    def _save_setting(self, key: settings.Key[Any], value: Any) -> None:
        work = partial(settings.write, key=key, value=value)
        self.shell.ops.write(settings.CHANGE, work, done=self._saved)

    def _new(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            PolicyDialog(self.shell, chosen, self._go_to).open()

    def _go_to(self, policy_id: int) -> None:
        self._policy_id = policy_id
        self.load()

    def _rename(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            PolicyDialog(self.shell, chosen).open()

    def _make_default(self) -> None:
        work = partial(policy.make_default, policy_id=self._policy_id)
        self.shell.ops.write(policy.MAKE_DEFAULT, work, done=self._saved, failed=self._refused)

    def _remove(self) -> None:
        work = partial(policy.remove, policy_id=self._policy_id)
        self.shell.ops.write(policy.REMOVE, work, done=self._saved, failed=self._refused)

    def _open_rates(self, kind: Kind, *_signal: object) -> None:
        RatesDialog(self.shell, kind).open()

    def _saved(self, _result: object) -> None:
        self.load()
        self.shell.toasts.show(_("Saved"), undo=True)

    def _refused(self, failure: Exception) -> None:
        """What is wrong with a day stands at that day, the rest above the steps."""
        rest = []
        for field, problem in failure.problems if isinstance(failure, Invalid) else ():
            at = (field or "").removeprefix("steps.").removesuffix(".days")
            if at.isdecimal() and int(at) < len(self.steps):
                self.steps[int(at)].days.set_error(sentence(problem))
            rest.append(sentence(problem))
        self.note.set_text("", " ".join(rest) or sentence(failure))
        self.note.show()


def _rate_words(rows: list[RateRow]) -> str:
    """The last rate, and whether it has to be checked."""
    if not rows:
        return _("No rate yet")
    last = rows[-1]
    said = _("{percent} from {day}").format(
        percent=i18n.percent(last.percent.points), day=i18n.date(last.valid_from)
    )
    note = rate_note(last)
    return f"{said}. {note}" if note else said


def _scale_words(scales: list[Scale]) -> str:
    """Since when the last scale holds, and between which amounts."""
    if not scales:
        return _("No scale yet")
    last = scales[-1]
    return _("{least} at least and {most} at most, from {day}").format(
        least=i18n.money(last.minimum.cents),
        most=i18n.money(last.maximum.cents),
        day=i18n.date(last.valid_from),
    )
