"""A document on the terminal: its lines and totals, or the JSON for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from klantenapp import i18n
from klantenapp.cli import shell
from klantenapp.i18n import N_, _
from klantenapp.services.sales import documents, view
from klantenapp.services.sales.quote_lines import quote_lines
from klantenapp.services.store import clock

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from klantenapp.services.sales.quote_lines import QuoteLine
    from klantenapp.services.store.administration import Administration

#: What people read for each status; the codes are those of the JSON.
STATUS = {
    "draft": N_("draft"),
    "sent": N_("sent"),
    "part_paid": N_("part paid"),
    "overdue": N_("overdue"),
    "paid": N_("paid"),
    "credited": N_("credited"),
    "written_off": N_("written off"),
    "settled": N_("settled"),
    "accepted": N_("accepted"),
    "declined": N_("declined"),
    "expired": N_("expired"),
}


def print_document(administration: Administration, document_id: int, *, as_json: bool) -> None:
    """Print a document as it is now."""
    today: dt.date = clock.today()
    found = administration.read(lambda session: view.view(session, document_id, today))
    offered: list[QuoteLine] = []
    if found.kind == "quote":
        offered = administration.read(lambda session: quote_lines(session, document_id))
    shell.show(found, as_json=as_json, text=lambda: _text(found, offered))


def _described(line: view.LineView, offered: QuoteLine | None) -> str:
    """What a line is, with why it is not in the total of a quote."""
    if offered is None or not offered.mark:
        return line.description
    words = _("{line} (optional)") if offered.mark == "optional" else _("{line} (alternative)")
    return words.format(line=line.description)


def _text(found: view.DocumentView, offered: Sequence[QuoteLine]) -> str:
    marks = [*offered, *[None] * (len(found.lines) - len(offered))]
    rows: list[tuple[Any, ...]] = [
        (
            line.item or "",
            _described(line, mark),
            i18n.quantity(line.quantity.units),
            i18n.price(line.unit_price.units),
            i18n.percent(line.discount_percent.points) if line.discount_percent else "",
            i18n.percent(line.tax_percent.points) if line.tax_percent else "",
            i18n.amount((mark.amount if mark and mark.mark else line.net).cents),
        )
        for line, mark in zip(found.lines, marks, strict=True)
    ]
    headers = (
        "",
        _("Description"),
        _("Quantity"),
        _("Price €"),
        _("Discount"),
        _("Tax"),
        _("Amount €"),
    )
    head = _("{number}, {status}, customer {customer}").format(
        number=found.number or _("Draft {id}").format(id=found.id),
        status=_(STATUS[documents.shown_status(found.kind, found.status)]),
        customer=found.customer_number or "–",
    )
    foot = _("Total {total}, open {open}").format(
        total=i18n.money(found.total.cents), open=i18n.money(found.open.cents)
    )
    return "\n".join([head, shell.table(headers, rows, right=(2, 3, 4, 5, 6)), foot])
