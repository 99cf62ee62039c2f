"""Quotes: accepted or declined, and turned into invoices, whole, in part, or as a deposit first.

A quote is issued like any document (numbered and frozen); the customer's answer is a row of its
own, so that it can be taken back.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from klantenapp import i18n
from klantenapp.i18n import N_
from klantenapp.models.document import (
    Document,
    DocumentLine,
    DocumentLink,
    DocumentTax,
    QuoteDecision,
)
from klantenapp.models.values import ONE, ZERO, Percent, UnitPrice
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.sales import (
    NothingToInvoice,
    PercentOutOfRange,
    QuoteDeclined,
    QuoteExpired,
    QuoteInvoiced,
    StillADraft,
    WrongKind,
)
from klantenapp.services.sales import drafts, quote_lines
from klantenapp.services.sales.calculating import calculate
from klantenapp.services.sales.inputs import LineInput
from klantenapp.services.store import clock
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money, Quantity
    from klantenapp.services.sales.calculating import CalculatedLine
    from klantenapp.services.sales.inputs import DraftInput

ACCEPT: Final = register("quote.accept", REVERSIBLE)
DECLINE: Final = register("quote.decline", REVERSIBLE)
TO_INVOICE: Final = register("quote.to_invoice", REVERSIBLE)
TO_DEPOSIT: Final = register("quote.to_deposit", REVERSIBLE)


def accept(
    session: Session, document_id: int, date: dt.date | None = None, note: str | None = None
) -> None:
    """The customer said yes.

    Raises:
        NotFound, StillADraft, WrongKind: it is no issued quote.
        QuoteExpired: it was valid until a day before the answer.
    """
    quote = issued_quote(session, document_id)
    day = date or clock.today()
    if quote.valid_until is not None and day > quote.valid_until:
        raise QuoteExpired(quote.number or "", quote.valid_until)
    session.add(QuoteDecision(document_id=quote.id, outcome="accepted", date=day, note=note))


def decline(
    session: Session, document_id: int, date: dt.date | None = None, note: str | None = None
) -> None:
    """The customer said no."""
    quote = issued_quote(session, document_id)
    day = date or clock.today()
    session.add(QuoteDecision(document_id=quote.id, outcome="declined", date=day, note=note))


def outcome(session: Session, document_id: int) -> str | None:
    """The latest answer: accepted, declined, or None."""
    return session.scalar(
        select(QuoteDecision.outcome)
        .where(QuoteDecision.document_id == document_id)
        .order_by(QuoteDecision.id.desc())
        .limit(1)
    )


def issued_quote(session: Session, document_id: int) -> Document:
    """The quote, which must have its number.

    Raises:
        NotFound, StillADraft, WrongKind.
    """
    document = session.get(Document, document_id)
    if document is None:
        raise NotFound("document", str(document_id))
    if document.kind != "quote":
        raise WrongKind(document.number or "", "quote")
    if document.state != "issued":
        raise StillADraft
    return document


def to_invoice(
    session: Session,
    document_id: int,
    chosen: Mapping[int, Quantity] | None = None,
    *,
    settle_deposits: bool = True,
) -> int:
    """A draft invoice of a quote at the quoted prices, less the deposits that were invoiced.

    Args:
        chosen: line id -> quantity to invoice, among them options and alternatives; None is
            what is not invoiced yet of every line in the quote's total.
        settle_deposits: take off what was invoiced in advance; False where more invoices follow.

    Returns:
        Id of the draft.

    Raises:
        QuoteDeclined: the customer said no.
        QuoteInvoiced: nothing is left of it.
        NothingToInvoice: no line was chosen.
    """
    quote = _billable(session, document_id)
    before = drafts.read(session, quote.id)
    wanted = _rest(session, quote) if chosen is None else chosen
    lines = [
        _at_quoted_price(row, typed, wanted[row.id])
        for row, typed in zip(_rows(session, quote.id), before.lines, strict=True)
        if wanted.get(row.id)
    ]
    if not lines:
        raise NothingToInvoice(quote.number or "")
    deposits = _deposits(session, quote) if settle_deposits else []
    if deposits and quote.total_discount:
        # A discount on the whole would come off the deposits too: say it per rate, on lines.
        lines += _discounted(session, quote, lines)
        before = replace(before, total_discount=Percent(0))
    lines += [_deducted(session, deposit, tax) for deposit, tax in deposits]
    new = _draft(session, quote, before, lines, "quote")
    for deposit in dict.fromkeys(deposit for deposit, _tax in deposits):
        drafts.draft_row(session, new).deposit_kind = "final"
        session.add(DocumentLink(from_id=deposit.id, to_id=new, kind="deposit"))
    return new


def to_deposit(session: Session, document_id: int, percent: Percent) -> int:
    """A draft invoice of a part of a quote in advance; the final invoice takes it off.

    Returns:
        Id of the draft.

    Raises:
        PercentOutOfRange: not between 0 and 100.
        QuoteDeclined: the customer said no.
    """
    if not 0 < percent.points <= 10_000:  # noqa: PLR2004 - the whole, in basis points
        raise PercentOutOfRange(percent)
    quote = _billable(session, document_id)
    before = drafts.read(session, quote.id)
    text = i18n.translator(quote.language or "nl").gettext(
        N_("Deposit of {percent} on quote {number}")
    )
    words = text.format(percent=i18n.percent(percent.points), number=quote.number)
    lines = [
        LineInput(
            description=words,
            quantity=ONE,
            unit_price=UnitPrice.of(_shown(quote, tax).share(percent)),
            tax_code_id=_code_of(session, quote.id, tax),
            nature=_nature_of(session, quote.id, tax),
        )
        for tax in _taxes(session, quote.id)
    ]
    new = _draft(session, quote, replace(before, total_discount=Percent(0)), lines, "deposit")
    drafts.draft_row(session, new).deposit_kind = "deposit"
    return new


def open_deposits(session: Session, document_id: int) -> tuple[str, ...]:
    """Numbers of the deposit invoices that no invoice has taken off yet."""
    found = _deposits(session, issued_quote(session, document_id))
    return tuple(dict.fromkeys(deposit.number or "" for deposit, _tax in found))


def answer(session: Session, document_id: int) -> tuple[dt.date, str] | None:
    """Day and note of the customer's latest answer."""
    row = session.execute(
        select(QuoteDecision.date, QuoteDecision.note)
        .where(QuoteDecision.document_id == document_id)
        .order_by(QuoteDecision.id.desc())
        .limit(1)
    ).one_or_none()
    return (row.date, row.note or "") if row is not None else None


def _billable(session: Session, document_id: int) -> Document:
    quote = issued_quote(session, document_id)
    if outcome(session, quote.id) == "declined":
        raise QuoteDeclined(quote.number or "")
    return quote


def _rows(session: Session, document_id: int) -> list[DocumentLine]:
    return list(
        session.scalars(
            select(DocumentLine)
            .where(DocumentLine.document_id == document_id)
            .order_by(DocumentLine.position, DocumentLine.id)
        )
    )


def _rest(session: Session, quote: Document) -> dict[int, Quantity]:
    """What is not invoiced yet of the lines in the total; a drawn draft counts as invoiced."""
    counting = [line for line in quote_lines.quote_lines(session, quote.id) if not line.mark]
    rest = {line.line_id: line.left for line in counting if line.left}
    if counting and not rest:
        raise QuoteInvoiced(quote.number or "")
    return rest


def _at_quoted_price(row: DocumentLine, typed: LineInput, quantity: Quantity) -> LineInput:
    """What was quoted holds, whatever agreements changed since."""
    return replace(
        typed,
        id=None,
        quantity=quantity,
        credits_line_id=row.id,
        unit_price=row.unit_price,
        discount=row.discount or Percent(0),
        optional=False,
        alternative=None,
    )


def _discounted(session: Session, quote: Document, lines: list[LineInput]) -> list[LineInput]:
    """The discount on the quote's total as a line per rate."""
    percent = quote.total_discount or Percent(0)
    text = i18n.translator(quote.language or "nl").gettext(N_("Discount {percent}"))
    found = calculate(session, replace(drafts.read(session, quote.id), lines=tuple(lines)))
    sums: dict[tuple[str, Percent | None], tuple[Money, CalculatedLine]] = {}
    for line in found.lines:
        if line.rule is not None:
            key = (line.rule.category.value, line.rule.percent)
            before, first = sums.get(key, (ZERO, line))
            sums[key] = before + line.amount, first
    return [
        LineInput(
            description=text.format(percent=i18n.percent(percent.points)),
            quantity=ONE,
            unit_price=UnitPrice(-UnitPrice.of(amount.share(percent)).units),
            tax_code_id=first.tax_code_id,
            nature=first.nature,
        )
        for amount, first in sums.values()
    ]


def _draft(
    session: Session, quote: Document, before: DraftInput, lines: list[LineInput], kind: str
) -> int:
    fresh = replace(
        before,
        date=None,
        due_date=None,
        valid_until=None,
        intro=None,
        closing=None,
        note=None,
        lines=tuple(lines),
    )
    new = drafts.add(session, "invoice", fresh)
    session.add(DocumentLink(from_id=quote.id, to_id=new, kind=kind))
    session.flush()
    return new


def _taxes(session: Session, document_id: int) -> list[DocumentTax]:
    return list(
        session.scalars(
            select(DocumentTax)
            .where(DocumentTax.document_id == document_id)
            .order_by(DocumentTax.id)
        )
    )


def _shown(document: Document, tax: DocumentTax) -> Money:
    """The amount of a rate as the document's prices show it."""
    return tax.base + tax.tax if document.prices_include_tax else tax.base


def _deposits(session: Session, quote: Document) -> list[tuple[Document, DocumentTax]]:
    """Issued deposit invoices of the quote, by rate, that no invoice has taken off yet."""
    return [
        (document, tax)
        for document in quote_lines.invoices_of(session, quote.id, "deposit")
        if document.state == "issued"
        and not quote_lines.invoices_of(session, document.id, "deposit")
        for tax in _taxes(session, document.id)
    ]


def _deducted(session: Session, deposit: Document, tax: DocumentTax) -> LineInput:
    text = i18n.translator(deposit.language or "nl").gettext(N_("Deposit, invoice {number}"))
    return LineInput(
        description=text.format(number=deposit.number),
        quantity=ONE,
        unit_price=UnitPrice(-UnitPrice.of(_shown(deposit, tax)).units),
        tax_code_id=_code_of(session, deposit.id, tax),
        nature=_nature_of(session, deposit.id, tax),
    )


def _line_of(session: Session, document_id: int, tax: DocumentTax) -> DocumentLine:
    return (
        session.scalars(
            select(DocumentLine)
            .where(
                DocumentLine.document_id == document_id,
                DocumentLine.tax_category == tax.category,
                func.coalesce(DocumentLine.tax_percent, 0) == tax.percent,
            )
            .order_by(DocumentLine.position)
        ).first()
        or _rows(session, document_id)[0]
    )


def _code_of(session: Session, document_id: int, tax: DocumentTax) -> int | None:
    return _line_of(session, document_id, tax).tax_code_id


def _nature_of(session: Session, document_id: int, tax: DocumentTax) -> str:
    return _line_of(session, document_id, tax).nature
