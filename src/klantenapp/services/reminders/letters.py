"""The letter of a row of the worklist, in the customer's language, as mail and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from klantenapp.i18n import N_, translator
from klantenapp.models.business import Business
from klantenapp.models.customer import Customer
from klantenapp.models.values import ZERO
from klantenapp.services.errors.base import NotFound
from klantenapp.services.messages import templates, values
from klantenapp.services.messages.template_texts import KIND_NAMES
from klantenapp.services.rendering import letters
from klantenapp.services.rendering.snapshot import LetterRow, LetterSnapshot, LetterTable, Payment
from klantenapp.services.sales import issuing, snapshots
from klantenapp.services.store import file_names

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from klantenapp.i18n import Translator
    from klantenapp.models.values import Money
    from klantenapp.services.messages.templates import Text
    from klantenapp.services.messages.values import Values
    from klantenapp.services.reminders.worklist import Row

#: More numbers than this do not fit in what a transfer mentions.
_MENTIONED: Final = 4


@dataclass(frozen=True)
class Letter:
    """What is sent for one row.

    Attributes:
        text: subject and body of the mail, filled.
        payment: the paragraph of the body that says how to pay.
        snapshot: the same on paper.
    """

    language: str
    text: Text
    payment: str
    snapshot: LetterSnapshot


def write(session: Session, row: Row, template: Text | None = None) -> Letter:
    """The letter of a row.

    Args:
        template: for this one letter; the user's own text or the default where absent.

    Raises:
        PlaceholderUnknown, PlaceholderEmpty: the template asks what is not known.
    """
    language = values.language_of(session, row.debtor.id)
    words = translator(language)
    kind = templates.of_policy(row.step.kind, row.policy_id)
    found = template or templates.read(session, kind, language)
    known = _values(session, row, words)
    return Letter(
        language,
        templates.fill(found, known),
        known["payment"] or "",
        _snapshot(session, row, words, found, known),
    )


def pdf(session: Session, letter: Letter) -> bytes:
    """The letter on paper."""
    from klantenapp.services.rendering.pdf import letter as paper  # noqa: PLC0415 - loads late

    return paper.render(letter.snapshot, issuing.logo(session))


def preview(session: Session, row: Row, template: Text | None = None) -> tuple[Letter, bytes]:
    """The letter with its paper, for the screen."""
    found = write(session, row, template)
    return found, pdf(session, found)


def table_rows(row: Row, words: Translator) -> list[LetterRow]:
    """The amounts that are asked for: invoices, interest, costs, tax on costs."""
    what = row.claim
    rows = [
        LetterRow(
            text=words.gettext(N_("Invoice {number} of {date}, due {due}")).format(
                number=item.number, date=words.date(item.date), due=words.date(item.due)
            ),
            amount=item.left,
        )
        for item in row.items
    ]
    if what.interest:
        text = words.gettext(
            N_("Statutory interest through {date}")
            if _is_consumer(row)
            else N_("Statutory commercial interest through {date}")
        )
        rows.append(LetterRow(text=text.format(date=words.date(what.day)), amount=what.interest))
    if what.costs and what.paid_costs:
        text = words.gettext(N_("Extrajudicial collection costs, less what was paid of them"))
        rows.append(LetterRow(text=text, amount=what.costs))
    elif what.above_told:
        text = words.gettext(N_("Extrajudicial collection costs, as announced"))
        rows.append(LetterRow(text=text, amount=what.costs))
    elif what.costs and what.costs_of is not None:
        text = words.gettext(N_("Extrajudicial collection costs"))
        rows.append(LetterRow(text=text, amount=what.costs_of.costs))
        if what.costs_of.tax and what.costs_of.tax_percent:
            text = words.gettext(N_("{percent} VAT on the collection costs")).format(
                percent=words.percent(what.costs_of.tax_percent.points)
            )
            rows.append(LetterRow(text=text, amount=what.costs_of.tax))
    return rows


def mention(row: Row) -> str:
    """What a transfer has to mention: the numbers, or the customer's where there are many."""
    if len(row.items) > _MENTIONED:
        return row.debtor.number
    return ", ".join(item.number for item in row.items)


def _values(session: Session, row: Row, words: Translator) -> Values:
    what = row.claim
    known = values.for_customer(session, row.debtor.id, words.code)
    costs = what.costs_of.costs if what.costs_of is not None else ZERO
    lines = [f"{line.text}: {words.money(line.amount.cents)}" for line in table_rows(row, words)]
    total = words.gettext(N_("Total: {amount}")).format(amount=words.money(what.total.cents))
    return known | {
        "today": words.long_date(what.day),
        "numbers": _numbers(row),
        "specification": "\n".join([*lines, total]),
        "principal": words.money(what.principal.cents),
        "costs": words.money((ZERO if what.announces else costs).cents),
        "announced_costs": words.money((costs if what.announces else ZERO).cents),
        "costs_tax": _tax_sentence(row, words),
        "interest": words.money(what.interest.cents),
        "total": words.money(what.total.cents),
        "included": _included(row, words),
        "payment": values.payment(words, what.total, known["iban"], mention(row)),
    }


def _numbers(row: Row) -> str:
    """The numbers of a subject: many would be all that it says, and the letter lists them."""
    shown = ", ".join(item.number for item in row.items[:_MENTIONED])
    more = len(row.items) - _MENTIONED
    return f"{shown} +{more}" if more > 0 else shown


def _is_consumer(row: Row) -> bool:
    return row.audience == "consumer"


def _included(row: Row, words: Translator) -> str:
    """What the total holds besides the invoices; empty where that is nothing."""
    of_interest = (
        N_("This includes the statutory interest (article 6:119 of the Dutch Civil Code).")
        if _is_consumer(row)
        else N_(
            "This includes the statutory commercial interest (article 6:119a of the Dutch Civil"
            " Code)."
        )
    )
    of_costs = N_(
        "This includes the compensation for extrajudicial collection costs (article 6:96 of the"
        " Dutch Civil Code)."
    )
    of_both = (
        N_(
            "This includes the statutory interest (article 6:119 of the Dutch Civil Code) and the"
            " compensation for extrajudicial collection costs (article 6:96)."
        )
        if _is_consumer(row)
        else N_(
            "This includes the statutory commercial interest (article 6:119a of the Dutch Civil"
            " Code) and the compensation for extrajudicial collection costs (article 6:96)."
        )
    )
    if row.claim.interest and row.claim.costs:
        return words.gettext(of_both)
    if row.claim.interest:
        return words.gettext(of_interest)
    return words.gettext(of_costs) if row.claim.costs else ""


def _tax_sentence(row: Row, words: Translator) -> str:
    """Whether tax comes on top: only where the seller cannot deduct it (Besluit art. 2 par. 3)."""
    found = row.claim.costs_of
    if found is None:
        return ""
    if not found.tax or found.tax_percent is None:
        return words.gettext(N_("We charge no VAT over these costs."))
    return words.gettext(
        N_(
            "These costs are increased by {percent} VAT of {tax}, to {total} in all, because we"
            " cannot deduct this VAT."
        )
    ).format(
        percent=words.percent(found.tax_percent.points),
        tax=words.money(found.tax.cents),
        total=words.money(found.total.cents),
    )


def _snapshot(
    session: Session, row: Row, words: Translator, template: Text, known: Values
) -> LetterSnapshot:
    business = session.get(Business, 1)
    customer = session.get(Customer, row.debtor.id)
    if business is None or customer is None:
        raise NotFound("business", "1")
    parts = letters.written(templates.pieces(template.body, known))
    rows = tuple(table_rows(row, words))
    asks = row.step.kind != "handover"  # who collects it then says where to pay
    title = words.gettext(N_("What you pay now") if asks else N_("What you owe"))
    table = LetterTable(title=title, rows=rows, total=_sum(row, rows))
    payment = Payment(
        kind="transfer",
        iban=business.iban or "",
        bic=business.bic or "",
        account_name=business.trade_name or business.legal_name,
        text=mention(row),
    )
    return LetterSnapshot(
        language=cast("Any", words.code),
        seller=snapshots.seller(business),
        customer=snapshots.customer_party(session, customer, None, vat_id=False),
        date=row.claim.day,
        subject=templates.fill(template, known).subject,
        body=tuple(parts.body),
        look=snapshots.look(session, business),
        table=table if parts.has_table else None,
        after=tuple(parts.after),
        closing=parts.closing,
        signatory=_signatory(parts.signatory),
        payment=payment if parts.has_payment else None,
    )


def _sum(row: Row, rows: tuple[LetterRow, ...]) -> Money:
    """The total of the table; it is the claim's, or something is wrong with us."""
    together = sum((line.amount.cents for line in rows), 0)
    if together != row.claim.total.cents:
        raise ValueError(together, row.claim.total)
    return row.claim.total


def _signatory(signature: str) -> str:
    """The first line of the signature: name, number and register stand in head and foot."""
    return signature.partition("\n")[0]


def file_name(words: Translator, row: Row, day: dt.date) -> str:
    """Name of the letter's file, without folder."""
    kind = words.gettext(KIND_NAMES[row.step.kind])
    return file_names.safe(f"{day.isoformat()} {kind} {row.debtor.number} {row.debtor.name}.pdf")
