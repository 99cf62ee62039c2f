"""A field whose value may be inherited: below it stands where the value comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from typing_extensions import override

from klantenapp.i18n import _, pgettext
from klantenapp.services.customers.terms import Level
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import mark
from klantenapp.ui.widgets.fields import Field
from klantenapp.ui.widgets.labels import IconLabel, Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


@dataclass(frozen=True)
class Origin:
    """Where the value of a field comes from.

    Attributes:
        level: contract, customer, business or program.
        contract: name of the contract, where it is from one.
        contract_id: that is opened by its name.
        default: what holds without an own choice; None where the business has none.
        default_text: the same in words ("30 days"); "" where the business has none.
    """

    level: Level
    contract: str = ""
    contract_id: int | None = None
    default: Any = None
    default_text: str = ""


class SourceField(Field):
    """Label, input, and the source of its value below it.

    An own choice that differs from a default of the business is amber, says that default, and goes
    back to it with one click or Ctrl+R. What a contract says is changed in the contract.

    Attributes:
        chosen: the user chose a value; None is to follow the source again.
        contract_wanted: the name of the contract was clicked (id).
    """

    chosen = Signal(object)
    contract_wanted = Signal(int)

    def __init__(self, label: str, editor: QWidget) -> None:
        self._origin = Origin(Level.PROGRAM)
        super().__init__(label, editor)
        self._icon = IconLabel("building-2", "muted", 13)
        self._lead = Label("", "caption", "muted")
        self._link = Button("", kind="link", small=True)
        self._link.clicked.connect(self._open_contract)
        self._revert = Button(_("Revert"), "rotate-ccw", "link", small=True)
        self._revert.clicked.connect(self.revert)
        for at, widget in enumerate((self._icon, self._lead, self._link)):
            self._below.insertWidget(at, widget)
        self._below.removeWidget(self.caption)
        self._below.addWidget(self.caption, 1)
        self._below.addStretch(1)
        self._below.addWidget(self._revert)
        keys = QShortcut(QKeySequence("Ctrl+R"), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.revert)
        self.input.left.connect(self._left)
        self._explain()

    def show_value(self, value: Any, origin: Origin) -> None:
        """Show a value and where it comes from."""
        self._origin = origin
        self.set_error(None)
        self.input.set_value(value)
        self.input.setEnabled(origin.level is not Level.CONTRACT)
        self._explain()

    @property
    def is_override(self) -> bool:
        """The customer differs from a default that the business has."""
        return self._origin.level is Level.CUSTOMER and bool(self._origin.default_text)

    def revert(self) -> None:
        """Follow the source again."""
        if self._origin.level is Level.CUSTOMER:
            self.chosen.emit(None)

    def _left(self) -> None:
        value = self.input.value()
        follows = value is None or value == self._origin.default
        self.chosen.emit(None if follows else value)

    def _open_contract(self) -> None:
        if self._origin.contract_id is not None:
            self.contract_wanted.emit(self._origin.contract_id)

    def _explain(self) -> None:
        origin = self._origin
        own = origin.level is Level.CUSTOMER
        icons = {Level.CONTRACT: "file-check", Level.CUSTOMER: "user"}
        self._icon.set_icon(icons.get(origin.level, "building-2"))
        mark(self.input, override="true" if self.is_override else None)
        self._lead.set_tone("warn" if self.is_override else "muted")
        if self.is_override:
            text = _("Company: {value}").format(value=origin.default_text)
        else:
            text = {
                Level.CONTRACT: pgettext("contract", "From"),
                Level.CUSTOMER: _("Own choice"),
                Level.BUSINESS: _("Default of your company"),
            }.get(origin.level, _("Nothing filled in"))
        self._lead.setText(text)
        self._lead.updateGeometry()
        self._icon.setVisible(not self.is_override and not self.error)
        self._lead.setVisible(not self.error)
        self._link.setText(origin.contract)
        self._link.setVisible(origin.level is Level.CONTRACT)
        self._revert.setVisible(own and not self.error)

    @override
    def set_error(self, text: str | None) -> None:
        """Show an error at the field; None takes it away."""
        super().set_error(text)
        if hasattr(self, "_revert"):
            self._explain()
