"""What to know of a customer before another invoice: as a chip, as chips, and as a note."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.services.reminders import cautions
from klantenapp.services.store import clock
from klantenapp.ui.widgets.chips import ChipLook
from klantenapp.ui.widgets.notes import Note

if TYPE_CHECKING:
    from klantenapp.services.reminders.cautions import Caution
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.widgets.page import Page

_TABLES = ("ledger_entry", "settlement", "reminder_hold")


def late_words(found: Caution) -> str:
    """How late the oldest invoice is."""
    return ngettext("{count} day late", "{count} days late", found.days).format(count=found.days)


def disputed_words(found: Caution) -> str:
    """How many invoices are disputed."""
    return ngettext("{count} disputed", "{count} disputed", found.disputed).format(
        count=found.disputed
    )


def chip(found: Caution) -> ChipLook:
    """Everything in one chip, for a row of a list."""
    parts = []
    if found.overdue:
        parts.append(late_words(found))
    if found.disputed:
        parts.append(disputed_words(found))
    late = bool(found.overdue)
    return ChipLook(
        ", ".join(parts), "danger" if late else "warn", "clock-alert" if late else "hand"
    )


def chips(found: Caution) -> list[ChipLook]:
    """One chip for each thing, for the top of a page."""
    made = []
    if found.overdue:
        made.append(ChipLook(late_words(found), "danger", "clock-alert"))
    if found.disputed:
        made.append(ChipLook(disputed_words(found), "warn", "hand"))
    if found.broken:
        made.append(ChipLook(_("Promise not kept"), "danger", "hand-coins"))
    return made


def told(found: Caution) -> tuple[str, str]:
    """In a sentence: what is late in bold, and the rest."""
    strong = _("Something is disputed.")
    text = []
    if found.overdue:
        strong = _("{amount} is overdue.").format(amount=i18n.money(found.overdue.cents))
        said = ngettext(
            "The oldest invoice is {count} day late.",
            "The oldest invoice is {count} days late.",
            found.days,
        )
        text.append(said.format(count=found.days))
    if found.disputed:
        said = ngettext(
            "{count} invoice is disputed.", "{count} invoices are disputed.", found.disputed
        )
        text.append(said.format(count=found.disputed))
    if found.broken:
        text.append(_("A promise or payment plan was not kept."))
    if found.arranged:
        said = _("There is a payment arrangement until {day}.")
        text.append(said.format(day=i18n.date(found.arranged)))
    return strong, " ".join(text)


class CautionNote(Note):
    """A line on a page while something is late or disputed."""

    def __init__(self, page: Page) -> None:
        super().__init__("warn", icon="clock-alert")
        self._page = page
        self._id: int | None = None
        self.hide()

    def show_customer(self, customer_id: int | None) -> None:
        """Say what is known of a customer; nothing where all is well."""
        if customer_id != self._id:
            self._id = customer_id
            self.hide()
            self._load()

    def refresh(self, changes: Changes) -> None:
        """Read again after a payment, a hold."""
        if changes.touches(*_TABLES):
            self._load()

    def _load(self) -> None:
        if self._id is not None:
            query = partial(cautions.of_customers, ids=[self._id], day=clock.today())
            self._page.ops.read(self, query, self._show, key="caution")

    def _show(self, found: dict[int, Caution]) -> None:
        one = found.get(self._id or 0)
        self.setVisible(one is not None)
        if one is not None:
            self.set_text(*told(one))
            go = partial(self._page.go, "customer", id=self._id, tab="transactions")
            self.set_action(_("View"), go)
