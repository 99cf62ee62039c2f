"""Lines on a page that tell why nobody is reminded, each with what ends it; and how one is put."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from klantenapp import i18n
from klantenapp.i18n import N_, _
from klantenapp.services.reminders import holds, standing
from klantenapp.services.store import clock
from klantenapp.ui.contact.holding import ask
from klantenapp.ui.qt import clear
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.chips import ChipLook
from klantenapp.ui.widgets.dressing import column
from klantenapp.ui.widgets.notes import Note

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMenu

    from klantenapp.services.reminders.standing import Held, Standing
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.widgets.page import Page

#: Tables in which a change is another standing.
TABLES: Final = ("reminder_hold", "ledger_entry", "settlement", "customer")

#: Kind -> words of the menu, icon.
KINDS: Final[dict[str, tuple[str, str]]] = {
    "pause": (N_("Pause reminders…"), "pause"),
    "promise": (N_("Promised to pay…"), "hand-coins"),
    "plan": (N_("Payment plan…"), "calendar-check"),
    "dispute": (N_("Disputes the invoice…"), "hand"),
    "never": (N_("Never remind…"), "ban"),
}


@dataclass(frozen=True)
class Told:
    """A hold in words.

    Attributes:
        chip: the same in a word or two.
        lift: verb that ends it.
    """

    tone: str
    icon: str
    strong: str
    text: str
    chip: str
    lift: str


def told(held: Held) -> Told:
    """Why somebody is not reminded, or what was not kept."""
    kinds = {
        "pause": _pause,
        "promise": _promise,
        "plan": _plan,
        "dispute": _dispute,
        "never": _never,
    }
    return kinds[held.hold.kind](held)


def _pause(held: Held) -> Told:
    until = held.hold.until
    strong = _("Reminders wait.")
    if until is not None:
        strong = _("Reminders wait through {day}.").format(day=i18n.date(until))
    return Told("warn", "pause", strong, held.hold.reason, _("Paused"), _("Resume"))


def _dispute(held: Held) -> Told:
    strong = _("Disputed since {day}.").format(day=i18n.date(held.hold.from_date))
    text = held.hold.reason
    return Told("warn", "hand", strong, text, _("Disputed"), _("Dispute solved"))


def _never(held: Held) -> Told:
    text = held.hold.reason
    return Told(
        "neutral", "ban", _("Never reminded."), text, _("Never reminded"), _("Remind again")
    )


def _promise(held: Held) -> Told:
    day = i18n.date(held.hold.until) if held.hold.until else ""
    if held.hold.broken:
        strong = _("Promise not kept:")
        text = _("payment was promised by {day}.").format(day=day)
        chip = _("Promise not kept")
        tone = "danger"
    else:
        strong = _("Promised to pay by {day}.").format(day=day)
        text, chip, tone = "", _("Promised"), "warn"
    return Told(tone, "hand-coins", strong, _both(text, held.hold.reason), chip, _("End promise"))


def _plan(held: Held) -> Told:
    coming = held.next
    text = ""
    if coming is not None:
        paid = min(held.kept + 1, len(held.instalments))
        text = _("instalment {at} of {count}, {amount}, is due on {day}.").format(
            at=paid,
            count=len(held.instalments),
            amount=i18n.money(coming.amount.cents),
            day=i18n.date(coming.date),
        )
    if held.hold.broken:
        return Told(
            "danger",
            "calendar-check",
            _("Payment plan not kept:"),
            _both(text, held.hold.reason),
            _("Plan not kept"),
            _("End plan"),
        )
    return Told(
        "warn",
        "calendar-check",
        _("Payment plan:"),
        _both(text, held.hold.reason),
        _("Payment plan"),
        _("End plan"),
    )


def _both(text: str, more: str) -> str:
    """Two sentences after each other; what a user wrote may lack its full stop."""
    stop = "" if not text or text[-1] in ".?!…" else "."
    return f"{text}{stop} {more}".strip() if more else text


def chip(held: Held) -> ChipLook:
    """A hold beside a title."""
    said = told(held)
    return ChipLook(said.chip, said.tone, said.icon)


class HoldNotes(QWidget):
    """The holds of an invoice below each other.

    Attributes:
        changed: what holds was read (Standing).
    """

    changed = Signal(object)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._query: Callable[..., Standing] | None = None
        self._of_customer = False
        self.standing: Standing | None = None
        self._box = column(self, gap=8)
        self.hide()

    def show_invoice(self, document_id: int) -> None:
        """Read what holds for an invoice."""
        self._query = partial(standing.of_invoice, document_id=document_id)
        self._of_customer = False
        self._load()

    def show_customer(self, customer_id: int) -> None:
        """Read what holds for a customer and its open invoices."""
        self._query = partial(standing.of_customer, customer_id=customer_id)
        self._of_customer = True
        self._load()

    def refresh(self, changes: Changes) -> None:
        """Read again after a hold, a payment."""
        if changes.touches(*TABLES):
            self._load()

    def _load(self) -> None:
        if self._query is not None:
            query = partial(self._query, day=clock.today())
            self._page.ops.read(self, query, self._show, key="standing")

    def _show(self, found: Standing) -> None:
        self.standing = found
        clear(self._box)
        for held in found.held:
            self._box.addWidget(self._note(held))
        if found.never:
            self._box.addWidget(Note("neutral", _("This customer is never reminded."), icon="ban"))
        self.setVisible(bool(found.held or found.never))
        self.changed.emit(found)

    def _note(self, held: Held) -> Note:
        said = told(held)
        note = Note(said.tone, said.strong, _both(said.text, self._about(held)), icon=said.icon)
        note.set_action(said.lift, partial(lift, self._page, held.hold.id))
        return note

    def _about(self, held: Held) -> str:
        """Which invoice it is about, where the page does not say so itself."""
        about = held.hold.document_id
        if about is None:
            return _("This holds for all invoices of the customer.")
        numbers = {one[0]: one[1] for one in self.standing.invoices} if self.standing else {}
        if not self._of_customer:
            return ""
        return _("About invoice {number}.").format(number=numbers.get(about, ""))


def lift(page: Page, hold_id: int) -> None:
    """End a hold, with undo."""
    page.ops.write(
        holds.LIFT,
        partial(holds.lift, hold_id=hold_id),
        done=lambda _none: page.toast(_("Reminders go on"), undo=True),
    )


def offer(menu: QMenu, page: Page, found: Standing | None, document_id: int | None = None) -> None:
    """Add what can be put to a menu, greyed with the reason where nothing is open."""
    is_open = found is not None and found.is_open
    menu.setToolTipsVisible(True)
    for kind, (words, icon) in KINDS.items():
        act = QAction(theme().icon(icon, "muted"), _(words), menu)
        if found is not None:
            act.triggered.connect(partial(ask_once, page, found.customer_id, kind, document_id))
        act.setEnabled(is_open)
        act.setToolTip("" if is_open else _("Nothing is open."))
        menu.addAction(act)


def ask_once(
    page: Page, customer_id: int, kind: str, document_id: int | None, *_signal: object
) -> None:
    """Ask for a hold, whatever the signal carries."""
    ask(page, customer_id, kind, document_id)
