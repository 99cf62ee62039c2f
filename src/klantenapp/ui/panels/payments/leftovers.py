"""What can be done with what a bank line leaves: the choices, and what each one means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.models.values import ZERO

if TYPE_CHECKING:
    from klantenapp.models.values import Money
    from klantenapp.services.receivables.proposals import Proposal
    from klantenapp.ui.widgets.allocation import Allocation

Card = tuple[str, str, str]


def surplus(table: Allocation, left: Money, tolerance: Money) -> tuple[str, list[Card]]:
    """More came in than is assigned: a heading, and cards of (key, title, note)."""
    cards = [("credit", _("Keep as credit"), _("For a next invoice"))]
    other = table.next_unpaid()
    if other is not None and other.number:
        stays = other.open_amount - min(other.open_amount, left)
        note = _("Then {amount} stays open").format(amount=i18n.amount(stays.cents))
        cards.append(("other", _("On {number}").format(number=other.number), note))
    cards.append(("refund", _("Pay back"), _("Goes on the to-do list")))
    if left <= tolerance:
        cards.append(("difference", _("Write off"), _("Payment difference")))
    return _("Surplus of {amount}").format(amount=i18n.money(left.cents)), cards


def shortage(stays: Money, proposal: Proposal | None, tolerance: Money) -> tuple[str, list[Card]]:
    """Something stays open of what is assigned to: a discount, or a small difference."""
    if proposal and proposal.discount and stays == proposal.discount:
        cards = [
            ("discount", _("Give discount"), _("Paid in time")),
            ("open", _("Leave open"), _("No discount")),
        ]
        return _("Discount of {amount}").format(amount=i18n.money(stays.cents)), cards
    if ZERO < stays <= tolerance:
        cards = [
            ("difference", _("Write off"), _("Payment difference")),
            ("open", _("Leave open"), _("Nothing is written off")),
        ]
        return _("{amount} too little").format(amount=i18n.money(stays.cents)), cards
    return "", []
