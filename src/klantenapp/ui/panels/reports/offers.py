"""The reports that the window offers: name, icon, the question it answers, and what it goes by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from klantenapp.i18n import N_

By = Literal["day", "period", "none"]


@dataclass(frozen=True, slots=True)
class Offer:
    """One report.

    Attributes:
        name: as the command line calls it.
        title, question: message ids.
        by: what is chosen: a day, or a period.
        period: key of the period that it starts with (`periods.PERIODS`).
        customer: it can be of one customer alone, or of those with a label.
        ahead: it may look from a day that is still to come.
    """

    name: str
    icon: str
    title: str
    question: str
    by: By = "period"
    period: str = "all"
    customer: bool = True
    ahead: bool = False


SECTIONS: Final[tuple[tuple[str, tuple[Offer, ...]], ...]] = (
    (
        N_("Money still to come"),
        (
            Offer(
                "ageing",
                "hourglass",
                N_("Ageing"),
                N_("Who still has to pay, and for how long?"),
                "day",
            ),
            Offer(
                "cash-forecast",
                "calendar-clock",
                N_("Cash forecast"),
                N_("What comes in during the coming weeks?"),
                "day",
            ),
            Offer(
                "open-invoices",
                "list",
                N_("Open items"),
                N_("Every unpaid invoice on a day."),
                "day",
            ),
        ),
    ),
    (
        N_("Revenue"),
        (
            Offer(
                "revenue-by-month",
                "chart-column",
                N_("Revenue by month"),
                N_("Is this year going better than last year?"),
                period="months_12",
            ),
            Offer(
                "revenue",
                "users",
                N_("Revenue by customer"),
                N_("Who does my revenue come from?"),
                period="year",
            ),
            Offer(
                "revenue-by-item",
                "package",
                N_("Revenue by item"),
                N_("What do I sell most?"),
                period="year",
            ),
            Offer(
                "revenue-by-quarter",
                "calendar-range",
                N_("Revenue by quarter"),
                N_("How does revenue go by quarter?"),
            ),
            Offer(
                "revenue-by-group",
                "layers",
                N_("Revenue by item group"),
                N_("Which kind of work brings in what?"),
                period="year",
            ),
            Offer(
                "documents",
                "file-text",
                N_("Invoices of a period"),
                N_("Which invoices make up an amount?"),
                period="month",
            ),
            Offer(
                "quotes",
                "file-pen",
                N_("Quotes"),
                N_("Which quotes were won, which were lost?"),
                period="year",
            ),
        ),
    ),
    (
        N_("Tax"),
        (
            Offer(
                "vat-return",
                "percent",
                N_("Tax by quarter"),
                N_("Amounts per box for the return."),
                period="quarter_before",
                customer=False,
            ),
            Offer(
                "icp",
                "globe",
                N_("ICP list"),
                N_("Supplies to customers in the EU."),
                period="quarter_before",
            ),
            Offer(
                "untaxed",
                "repeat",
                N_("Reverse charge and exempt"),
                N_("Turnover without tax, with the reason."),
                period="year",
            ),
        ),
    ),
    (
        N_("Customers"),
        (
            Offer(
                "payment-behaviour",
                "activity",
                N_("Payment behaviour"),
                N_("Who pays in time, who is getting slower?"),
            ),
            Offer(
                "statement",
                "file-text",
                N_("Statements of account"),
                N_("What each customer bought and paid."),
            ),
            Offer(
                "contracts-ending",
                "file-check",
                N_("Contracts ending"),
                N_("Which agreements end soon?"),
                "day",
                ahead=True,
            ),
            Offer(
                "credit-advice",
                "scale",
                N_("Credit advice"),
                N_("How much can I trust a customer with?"),
                "day",
            ),
            Offer(
                "price-agreements",
                "tags",
                N_("Price agreements"),
                N_("Who has which price, and until when?"),
                "day",
                ahead=True,
            ),
            Offer(
                "quiet-customers",
                "moon",
                N_("Customers gone quiet"),
                N_("Who used to buy and no longer does?"),
                "day",
            ),
        ),
    ),
    (
        N_("Looking back"),
        (
            Offer(
                "reminders",
                "bell-ring",
                N_("Reminders and their effect"),
                N_("What came in after a reminder?"),
                period="year",
            ),
            Offer(
                "write-offs",
                "ban",
                N_("Write-offs"),
                N_("What did not come in, and which tax can I claim back?"),
            ),
            Offer(
                "forecast-backtest",
                "target",
                N_("How good the forecast is"),
                N_("Did customers pay when the program expected?"),
            ),
            Offer(
                "audit",
                "history",
                N_("Audit trail"),
                N_("Who did what, and when?"),
                period="month",
                customer=False,
            ),
        ),
    ),
)


#: What is no report but is looked for here: files to take out.
TAKING: Final = (
    Offer(
        "accountant-set",
        "briefcase",
        N_("Set for the accountant"),
        N_("Journal, receipts, open items, tax and PDFs of a period."),
        "none",
    ),
    Offer(
        "all-data",
        "download",
        N_("All data"),
        N_("Every kind as a spreadsheet, and every PDF, in one ZIP."),
        "none",
    ),
)


def find(name: str) -> tuple[str, Offer] | None:
    """Section and report of that name; None where the window does not offer it."""
    return next(
        (
            (section, offer)
            for section, offers in SECTIONS
            for offer in offers
            if offer.name == name
        ),
        None,
    )
