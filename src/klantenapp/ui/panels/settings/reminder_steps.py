"""Steps of a reminder policy in the settings: a line each, and everything of one in a dialog."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.models.values import ZERO
from klantenapp.sentences import reminders as words
from klantenapp.services.errors.base import Invalid
from klantenapp.services.reminders import policy
from klantenapp.services.reminders.policy import ONLY_FOR, Step
from klantenapp.ui.forms.form import Form
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import IconButton
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.inputs import CheckInput, ChoiceInput, TextInput
from klantenapp.ui.widgets.value_inputs import IntInput, MoneyInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from klantenapp.services.reminders.policy import Policy
    from klantenapp.ui.shell import Shell

_LONGEST = 3650


def step_words(step: Step) -> str:
    """What a step is besides its name and day."""
    parts = [
        {"all": _("Everybody"), "consumer": _("Consumers"), "business": _("Businesses")}[
            step.audience
        ],
        _("by e-mail") if step.channel == "mail" else _("by letter"),
    ]
    if step.with_costs:
        parts.append(_("with costs"))
    if step.with_interest:
        parts.append(_("with interest"))
    if step.minimum:
        parts.append(_("from {amount} open").format(amount=i18n.money(step.minimum.cents)))
    return ", ".join(parts)


class StepRow(QWidget):
    """The day of a step, and what can be done with it."""

    def __init__(
        self, step: Step, changed: Callable[[int], object], asked: Callable[[str], object]
    ) -> None:
        super().__init__()
        self.step = step
        box = row(self, gap=4)
        self.days = IntInput(suffix=_("days"), least=1, most=_LONGEST)
        self.days.setFixedWidth(theme().px(104))
        self.days.setAccessibleDescription(_("Days after the due date"))
        self.days.set_value(step.days)
        self.days.left.connect(lambda: changed(self.days.value() or 0))
        box.addWidget(self.days)
        name = _(words.STEPS[step.kind])
        for what, icon, tip in (
            ("edit", "pencil", _("Change step: {name}")),
            ("text", "file-pen", _("Text of the letter: {name}")),
            ("remove", "trash-2", _("Delete step: {name}")),
        ):
            button = IconButton(icon, tip.format(name=name))
            button.clicked.connect(partial(lambda kind, *_checked: asked(kind), what))
            box.addWidget(button)


class StepDialog(Dialog):
    """Everything of one step; it finds its own place between the others.

    Args:
        at: which step of the policy; None is a new one.
    """

    def __init__(self, shell: Shell, chosen: Policy, at: int | None) -> None:
        title = _("Add step") if at is None else _("Change step")
        super().__init__(shell.window, title, 520)
        self._shell, self._policy, self._at = shell, chosen, at
        self.form = Form(columns=2)
        self.kind = ChoiceInput([(kind, _(name)) for kind, name in words.STEPS.items()])
        self.kind.edited.connect(self._follow)
        self.audience = ChoiceInput(
            [("all", _("Everybody")), ("consumer", _("Consumers")), ("business", _("Businesses"))]
        )
        days = IntInput(suffix=_("days"), least=1, most=_LONGEST)
        channel = ChoiceInput([("mail", _("E-mail")), ("letter", _("Letter"))])
        add = self.form.add
        add("kind", _("Step"), self.kind, row=0, column=0)
        add("audience", _("For"), self.audience, row=0, column=1)
        add("days", _("Days after the due date"), days, row=1, column=0)
        add("channel", _("Send by"), channel, row=1, column=1)
        add("minimum", _("Not below €"), MoneyInput(_("none")), row=2, column=0, span=2)
        add("with_costs", "", CheckInput(_("Charge collection costs")), row=3, column=0)
        add("with_interest", "", CheckInput(_("Charge interest")), row=3, column=1)
        self.body.addWidget(self.form)
        step = chosen.steps[at] if at is not None else self._proposed()
        self.form.fill(step)
        if not step.minimum:
            self.form.fields["minimum"].input.set_value(None)
        self.set_act(_("Save") if at is not None else _("Add"), self._save)
        self.start_at(self.kind if at is None else days)
        self._follow()

    def _proposed(self) -> Step:
        """The first kind that the policy does not have, two weeks after the last step."""
        there = {step.kind for step in self._policy.steps}
        kind = next((kind for kind in words.STEPS if kind not in there), "reminder")
        days = max((step.days for step in self._policy.steps), default=-7) + 14
        return Step(kind, days, ONLY_FOR.get(kind, "all"))

    def _follow(self) -> None:
        """A WIK letter is for consumers and a demand for businesses, whatever was chosen."""
        only = ONLY_FOR.get(str(self.kind.value()))
        if only is not None:
            self.audience.set_value(only)
        self.audience.setEnabled(only is None)

    def _save(self) -> None:
        values: dict[str, Any] = self.form.values()
        values["days"] = values["days"] or 0
        values["minimum"] = values["minimum"] or ZERO
        step = Step(**values)
        others = [one for at, one in enumerate(self._policy.steps) if at != self._at]
        steps = policy.arranged([*others, step])
        mine = next(at for at, one in enumerate(steps) if one is step)
        work = partial(policy.change, policy_id=self._policy.id, steps=steps)
        self._shell.ops.write(
            policy.CHANGE, work, done=self._saved, failed=partial(self._refused, mine)
        )

    def _saved(self, _nothing: object) -> None:
        self.accept()
        self._shell.toasts.show(_("Saved"), undo=True)

    def _refused(self, mine: int, failure: Exception) -> None:
        """Show what is wrong at its field, where it is this step that is wrong."""
        if isinstance(failure, Invalid):
            own = f"steps.{mine}."
            failure = Invalid(
                tuple(
                    (field.removeprefix(own) if field and field.startswith(own) else None, problem)
                    for field, problem in failure.problems
                )
            )
        self.form.show_failure(failure)
        self.fit()


class PolicyDialog(Dialog):
    """A new policy, begun as a copy of another, or another name for one."""

    def __init__(
        self, shell: Shell, chosen: Policy, made: Callable[[int], object] | None = None
    ) -> None:
        super().__init__(shell.window, _("New rules") if made else _("Rename rules"), 420)
        self._shell, self._policy, self._made = shell, chosen, made
        self.form = Form(columns=1)
        name = TextInput(limit=60)
        self.form.add("name", _("Name"), name, row=0, column=0)
        if made:
            self.say(_("Begins with the steps of “{name}”.").format(name=chosen.name))
        else:
            name.set_value(chosen.name)
        self.body.addWidget(self.form)
        self.set_act(_("Add") if made else _("Save"), self._save)
        self.start_at(name)

    def _save(self) -> None:
        name = str(self.form.values()["name"] or "")
        if self._made is not None:
            new = partial(policy.add, name=name, steps=self._policy.steps)
            self._shell.ops.write(policy.ADD, new, done=self._added, failed=self.form.tell)
            return
        work = partial(policy.rename, policy_id=self._policy.id, name=name)
        self._shell.ops.write(
            policy.RENAME, work, done=lambda _none: self.accept(), failed=self.form.tell
        )

    def _added(self, policy_id: int) -> None:
        self.accept()
        if self._made is not None:
            self._made(policy_id)
