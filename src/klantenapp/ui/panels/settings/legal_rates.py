"""The dated tables of the law in the settings: interest, and the scale of collection costs."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.models.values import ZERO, Money, Percent
from klantenapp.services.reminders import legal_tables
from klantenapp.services.reminders.collection_costs import Bracket, Scale
from klantenapp.services.reminders.interest import Kind
from klantenapp.ui.forms.form import Form
from klantenapp.ui.tables.columns import Column
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.value_inputs import DateInput, MoneyInput, PercentInput

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.reminders.interest import RateRow
    from klantenapp.ui.shell import Shell

#: Sources that the fact sheet vouches for; a row of the user has none.
_CERTAIN: Final = frozenset({"", "A", "B"})
_LINES = 11


def rate_note(found: RateRow) -> str:
    """What has to be said of where a rate comes from."""
    return "" if found.certainty in _CERTAIN else _("Check this rate: its source is not certain.")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a table, with the day that it belongs to."""

    id: int
    day: dt.date
    percent: Percent
    text: str


class _TableDialog(Dialog):
    """A table with the newest on top, and what can be done with it."""

    def __init__(self, shell: Shell, title: str, columns: Sequence[Column]) -> None:
        super().__init__(shell.window, title, 640)
        self._shell = shell
        self.model = TableModel(shell.ops, list(columns), parent=self)
        self.view = TableView(self.model, label=title)
        height = theme().size("tableHeader") + _LINES * theme().size("row")
        self.view.setFixedHeight(min(height, shell.window.height() // 2))
        self.body.addWidget(self.view)
        self.cancel.setText(_("Close"))
        self.remove = self._button(_("Delete last"), "trash-2", self.drop)
        self.new = self._button(_("Add"), "plus", self.add)

    def _button(self, text: str, icon: str, run: Callable[[], object]) -> Button:
        button = Button(text, icon)
        button.clicked.connect(lambda: run())
        self.add_left(button)
        return button

    @abstractmethod
    def load(self) -> None:
        """Read the table anew."""

    @abstractmethod
    def add(self) -> None:
        """Ask for another line."""

    @abstractmethod
    def drop(self) -> None:
        """Take the newest away."""

    def written(self) -> None:
        """A change was written."""
        self.load()
        self._shell.toasts.show(_("Saved"), undo=True)


class RatesDialog(_TableDialog):
    """Statutory interest of one kind, from day to day."""

    def __init__(self, shell: Shell, kind: Kind) -> None:
        titles = {
            Kind.CONSUMER: _("Statutory interest, consumers"),
            Kind.COMMERCIAL: _("Statutory interest, businesses"),
        }
        super().__init__(
            shell,
            titles[kind],
            [
                Column("day", _("From"), "date", width=120),
                Column("percent", _("Per year"), "percent", width=90),
                Column("text", "", "muted", stretch=True),
            ],
        )
        self._kind = kind
        self._rows: list[RateRow] = []
        self.change = self._button(_("Edit"), "pencil", self.edit)
        self.view.opened.connect(lambda _id: self.edit())
        self.load()

    @override
    def load(self) -> None:
        query = partial(legal_tables.rates, kind=self._kind)
        self._shell.ops.read(self, query, self._show, key="rates")

    def _show(self, found: list[RateRow]) -> None:
        self._rows = found
        lines = [
            _Line(at, one.valid_from, one.percent, rate_note(one)) for at, one in enumerate(found)
        ]
        self.model.set_rows(lines[::-1])
        self.view.select_first()
        self.remove.allow(None if len(found) > 1 else _("One rate has to stay."))

    @override
    def add(self) -> None:
        RateDialog(self._shell, self._kind, None, self.written).open()

    def edit(self) -> None:
        """Ask for another percentage of the row that is current."""
        found: _Line | None = self.view.current_row()
        if found is not None:
            RateDialog(self._shell, self._kind, self._rows[found.id], self.written).open()

    @override
    def drop(self) -> None:
        work = partial(
            legal_tables.remove_rate, kind=self._kind, valid_from=self._rows[-1].valid_from
        )
        self._shell.ops.write(legal_tables.REMOVE_RATE, work, done=lambda _none: self.written())


class RateDialog(Dialog):
    """One rate more, or another percentage; half-years without a rate are refused."""

    def __init__(
        self, shell: Shell, kind: Kind, found: RateRow | None, saved: Callable[[], object]
    ) -> None:
        super().__init__(shell.window, _("Change rate") if found else _("Add rate"), 420)
        self._shell, self._kind, self._found, self._told = shell, kind, found, saved
        self.form = Form(columns=2)
        day, percent = DateInput(), PercentInput()
        self.form.add("valid_from", _("From"), day, row=0, column=0)
        self.form.add("percent", _("Per year"), percent, row=0, column=1)
        self.body.addWidget(self.form)
        if found is not None:
            self.form.fill(found)
            day.setEnabled(False)
        self.set_act(_("Save") if found else _("Add"), self._save)
        self.start_at(percent if found else day)

    def _save(self) -> None:
        values = self.form.values()
        if values["valid_from"] is None or values["percent"] is None:
            self.form.focus_first()
            return
        operation, act = (
            (legal_tables.CHANGE_RATE, legal_tables.change_rate)
            if self._found
            else (legal_tables.ADD_RATE, legal_tables.add_rate)
        )
        work = partial(act, kind=self._kind, **values)
        self._shell.ops.write(operation, work, done=self._saved, failed=self.form.tell)

    def _saved(self, _nothing: object) -> None:
        self.accept()
        self._told()


def read_scales(session: Session) -> list[Scale]:
    """Every scale of collection costs, oldest first."""
    return list(legal_tables.scales(session))


class ScalesDialog(_TableDialog):
    """Collection costs: a percentage of each part of the principal, from day to day."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(
            shell,
            _("Scale of collection costs"),
            [
                Column("day", _("From"), "date", width=120),
                Column("text", _("Of the principal"), "text", stretch=True),
                Column("percent", "%", "percent", width=90),
            ],
        )
        self._scales: list[Scale] = []
        self.load()

    @override
    def load(self) -> None:
        self._shell.ops.read(self, read_scales, self._show, key="scales")

    def _show(self, found: list[Scale]) -> None:
        self._scales = found
        lines: list[_Line] = []
        for scale in reversed(found):
            for bracket in scale.brackets:
                text = (
                    _("up to {amount}").format(amount=i18n.money(bracket.up_to.cents))
                    if bracket.up_to is not None
                    else _("above that, {least} at least and {most} at most").format(
                        least=i18n.money(scale.minimum.cents), most=i18n.money(scale.maximum.cents)
                    )
                )
                lines.append(_Line(len(lines), scale.valid_from, bracket.percent, text))
        self.model.set_rows(lines)
        self.remove.allow(None if len(found) > 1 else _("One scale has to stay."))

    @override
    def add(self) -> None:
        ScaleDialog(self._shell, self._scales[-1], self.written).open()

    @override
    def drop(self) -> None:
        work = partial(legal_tables.remove_scale, valid_from=self._scales[-1].valid_from)
        self._shell.ops.write(legal_tables.REMOVE_SCALE, work, done=lambda _none: self.written())


class ScaleDialog(Dialog):
    """A scale from a later day on, begun as a copy of the last."""

    def __init__(self, shell: Shell, last: Scale, saved: Callable[[], object]) -> None:
        super().__init__(shell.window, _("New scale of collection costs"), 480)
        self._shell, self._told = shell, saved
        self.form = Form(columns=2)
        day = DateInput()
        self.form.add("valid_from", _("From"), day, row=0, column=0)
        self._count = len(last.brackets)
        for at, bracket in enumerate(last.brackets):
            top, part = MoneyInput(_("no bound")), PercentInput()
            top.set_value(bracket.up_to)
            part.set_value(bracket.percent)
            heads = (_("Of the principal, up to €"), _("Percentage")) if not at else ("", "")
            self.form.add(f"up_to_{at}", heads[0], top, row=at + 1, column=0)
            self.form.add(f"percent_{at}", heads[1], part, row=at + 1, column=1)
            top.setEnabled(bracket.up_to is not None)
        for at, (name, label, value) in enumerate(
            (("minimum", _("At least €"), last.minimum), ("maximum", _("At most €"), last.maximum))
        ):
            editor = MoneyInput()
            editor.set_value(value)
            self.form.add(name, label, editor, row=self._count + 1, column=at)
        self.body.addWidget(self.form)
        self.set_act(_("Add"), self._save)
        self.start_at(day)

    def _save(self) -> None:
        values: dict[str, Any] = self.form.values()
        if values["valid_from"] is None:
            self.form.focus_first()
            return
        brackets = tuple(
            Bracket(values[f"up_to_{at}"], values[f"percent_{at}"] or Percent(0))
            for at in range(self._count)
        )
        least, most = (values[name] or Money(ZERO.cents) for name in ("minimum", "maximum"))
        scale = Scale(values["valid_from"], brackets, least, most)
        work = partial(legal_tables.add_scale, scale=scale)
        self._shell.ops.write(legal_tables.ADD_SCALE, work, done=self._saved, failed=self.form.tell)

    def _saved(self, _nothing: object) -> None:
        self.accept()
        self._told()
