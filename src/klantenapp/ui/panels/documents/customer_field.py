"""Who a document is for: a card with the customer, and a search that fills everything in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.services.customers import listing
from klantenapp.services.reminders import cautions
from klantenapp.services.store import clock
from klantenapp.ui.contact import caution
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.chips import Chip
from klantenapp.ui.widgets.dressing import column, name, row
from klantenapp.ui.widgets.inputs import show_error
from klantenapp.ui.widgets.labels import ElidedLabel, IconLabel, Tile, initials
from klantenapp.ui.widgets.picker import Option, SearchPicker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QKeyEvent, QMouseEvent
    from sqlalchemy.orm import Session

    from klantenapp.services.customers.listing import CustomerRow
    from klantenapp.services.reminders.cautions import Caution
    from klantenapp.ui.ops import Ops

#: Customers offered at once.
SHOWN = 8


def find_customers(session: Session, text: str) -> list[tuple[CustomerRow, Caution | None]]:
    """The first customers that match what is typed, each with what to know of it."""
    today = clock.today()
    ids = listing.list_ids(session, listing.Filter(text=text), ("name", False), today)[:SHOWN]
    rows = {found.id: found for found in listing.list_rows(session, ids, today)}
    known = cautions.of_customers(session, ids, today)
    return [(rows[customer_id], known.get(customer_id)) for customer_id in ids]


def option(found: CustomerRow, known: Caution | None) -> Option:
    """A customer in the search list; what is late or disputed says so at once."""
    chip = caution.chip(known) if known else None
    owed = i18n.money(known.overdue.cents) if known and known.overdue else ""
    return Option(found.id, found.name, found.city or found.number, owed, chip)


class _Card(QFrame):
    """The chosen customer: initials, name, contact and place."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "picked")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        box = row(self, 10, 6, 10, 6, gap=12)
        self._tile = Tile("", "neutral", 32)
        box.addWidget(self._tile)
        words = column(gap=0)
        self._name = ElidedLabel("", "heading")
        self._note = ElidedLabel("", "body", "muted")
        words.addWidget(self._name)
        words.addWidget(self._note)
        box.addLayout(words, 1)
        self.contract = Chip(_("Contract"), "info", "file-check")
        self.contract.hide()
        box.addWidget(self.contract)
        box.addWidget(IconLabel("chevrons-up-down", "muted", 16))

    @property
    def title(self) -> str:
        """Name of the customer that is shown."""
        return self._name.text()

    def show_customer(self, found: CustomerRow) -> None:
        """Show a customer."""
        self._tile.set_look(initials=initials(found.name))
        self._name.setText(found.name)
        parts = [part for part in (found.contact, found.city) if part]
        self._note.setText(", ".join(parts) or found.number)
        name(self, _("Customer"), f"{found.name}, {', '.join(parts)}")

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.wanted.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F4}:
            self.wanted.emit()
        else:
            super().keyPressEvent(event)


class CustomerField(QStackedWidget):
    """Card or search field.

    Attributes:
        picked: a customer was chosen (id).
        wanted: a customer of this name is to be made (text).
        shown: the chosen customer stands on the card.
    """

    picked = Signal(int)
    wanted = Signal(str)
    shown = Signal()
    edited = Signal()
    left = Signal()

    def __init__(self, ops: Ops) -> None:
        super().__init__()
        self._ops = ops
        self._id: int | None = None
        self.picker = SearchPicker(
            self._find,
            _("Search by name, place, number or e-mail"),
            create=self.wanted.emit,
            create_hint=_("new customer “{text}”"),
            width=460,
        )
        holder = QWidget()
        box = column(holder)
        box.addWidget(self.picker)
        box.addStretch(1)
        self.card = _Card()
        self.addWidget(holder)
        self.addWidget(self.card)
        self.setFixedHeight(theme().px(56))
        self.picker.picked.connect(self._picked)
        self.picker.installEventFilter(self)
        self.card.wanted.connect(self.search)
        self.setFocusProxy(self.picker)

    def _find(self, text: str, show: Callable[[Sequence[Option]], None]) -> None:
        self._ops.read(
            self,
            lambda session: find_customers(session, text),
            lambda found: show([option(*each) for each in found]),
            key="find",
        )

    def value(self) -> Any:
        """Id of the customer, or None."""
        return self._id

    def set_value(self, value: int | None) -> None:
        """Show a customer by id; None shows the search."""
        self._id = value
        if value is None:
            self.setCurrentIndex(0)
            return
        self._ops.read(
            self,
            lambda session: listing.list_rows(session, [value], clock.today()),
            self._show,
            key="customer",
        )

    def _show(self, found: list[CustomerRow]) -> None:
        if found:
            self.card.show_customer(found[0])
            self.setCurrentIndex(1)
            self.shown.emit()

    def show_contract(self, contract: str | None) -> None:
        """Say whether a contract is in force."""
        self.card.contract.setVisible(contract is not None)
        self.card.contract.setToolTip(contract or "")

    def set_error(self, text: str | None) -> None:
        """Show that there must be a customer."""
        show_error(self.picker, text)

    def search(self) -> None:
        """Open the search, to choose another."""
        self.setCurrentIndex(0)
        self.picker.clear()
        self.picker.setFocus()
        self.picker.search()

    def _picked(self, chosen: Option) -> None:
        self.set_value(chosen.value)
        self.picked.emit(chosen.value)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving the search without a choice shows the card again."""
        if (
            watched is self.picker
            and event.type() == QEvent.Type.FocusOut
            and self._id is not None
            and not self.picker.is_open
        ):
            self.setCurrentIndex(1)
        return False
