"""Failures of making documents: drafts, issuing, numbering, credit notes, quotes, recurring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from klantenapp.services.errors.base import Refusal

if TYPE_CHECKING:
    import datetime as dt

    from klantenapp.models.values import Money, Percent


@dataclass(eq=False)
class NoCustomer(Refusal):
    """The document is for nobody yet."""

    field: ClassVar[str | None] = "customer"


@dataclass(eq=False)
class NoLines(Refusal):
    """There is nothing on the document."""

    field: ClassVar[str | None] = "lines"


@dataclass(eq=False)
class LineWithoutDescription(Refusal):
    """A line says an amount but not for what (art. 35a Wet OB).

    Attributes:
        line: counted from 1.
    """

    line: int
    field: ClassVar[str | None] = "lines"


@dataclass(eq=False)
class LineWithoutTaxCode(Refusal):
    """It cannot be said how the line is taxed."""

    line: int
    field: ClassVar[str | None] = "lines"


@dataclass(eq=False)
class NegativeTotal(Refusal):
    """An invoice below zero; a credit note is the way."""

    total: Money
    field: ClassVar[str | None] = "lines"


@dataclass(eq=False)
class DateBeforeLast(Refusal):
    """The date lies before that of the last number of the series.

    Attributes:
        date: asked for. last: date of the last number. number: the last number as printed.
    """

    date: dt.date
    last: dt.date
    number: str
    field: ClassVar[str | None] = "date"


@dataclass(eq=False)
class DueBeforeDate(Refusal):
    """The invoice would be due before its own date."""

    due_date: dt.date
    field: ClassVar[str | None] = "due_date"


@dataclass(eq=False)
class SellerIncomplete(Refusal):
    """The law wants this of the seller on every invoice (art. 35a Wet OB, art. 27 Hrw).

    Attributes:
        missing: name of the field.
    """

    missing: str
    field: ClassVar[str | None] = "business"


@dataclass(eq=False)
class CustomerAddressIncomplete(Refusal):
    """The law wants the customer's full address.

    Attributes:
        missing: name of the field.
    """

    missing: str
    field: ClassVar[str | None] = "customer"


@dataclass(eq=False)
class PoBoxAlone(Refusal):
    """The address is a PO box, which is not an address for the law."""

    field: ClassVar[str | None] = "customer"


@dataclass(eq=False)
class NotADraft(Refusal):
    """The document was issued; it can be credited, not changed."""

    number: str


@dataclass(eq=False)
class StillADraft(Refusal):
    """The document is a draft; issue it first."""


@dataclass(eq=False)
class WrongKind(Refusal):
    """The act is for another kind of document.

    Attributes:
        number: of the document. wanted: the kind it takes.
    """

    number: str
    wanted: str


@dataclass(eq=False)
class ImportedDocument(Refusal):
    """The document came from another program and cannot be changed or credited line by line."""

    number: str


@dataclass(eq=False)
class ChangedMeanwhile(Refusal):
    """The draft was changed in another window or process since it was read."""


@dataclass(eq=False)
class CreditLimitPassed(Refusal):
    """The customer's credit limit blocks this invoice.

    Attributes:
        limit: agreed. exposure: open with this invoice.
    """

    limit: Money
    exposure: Money
    field: ClassVar[str | None] = "customer"


@dataclass(eq=False)
class AmountTooLarge(Refusal):
    """A line comes to more than a document can carry.

    Attributes:
        line: number of the line. limit: the most it can come to.
    """

    line: int
    limit: Money
    field: ClassVar[str | None] = "lines"


@dataclass(eq=False)
class CharactersLost(Refusal):
    """The font of documents lacks characters of a text, so that paper shows a square.

    Attributes:
        characters: each once, with a space between.
    """

    characters: str


@dataclass(eq=False)
class PatternWithoutNumber(Refusal):
    """A number pattern must hold {number} once, and may hold {year}."""

    pattern: str
    field: ClassVar[str | None] = "pattern"


@dataclass(eq=False)
class NumberTaken(Refusal):
    """The next number exists already."""

    number: str
    field: ClassVar[str | None] = "pattern"


@dataclass(eq=False)
class FirstTooSmall(Refusal):
    """Numbers are counted from 1 or more."""

    field: ClassVar[str | None] = "first"


@dataclass(eq=False)
class SeriesStarted(Refusal):
    """The first number cannot be set once numbers were given out.

    Attributes:
        last: the last number as printed.
    """

    last: str
    field: ClassVar[str | None] = "first"


@dataclass(eq=False)
class AlreadyCredited(Refusal):
    """Nothing of the invoice is left to credit."""

    number: str


@dataclass(eq=False)
class CreditsTooMuch(Refusal):
    """More would be credited than is left.

    Attributes:
        left: what can still be credited (with tax).
    """

    number: str
    left: Money
    field: ClassVar[str | None] = "amount"


@dataclass(eq=False)
class CreditsTooMany(Refusal):
    """More of a line would be credited than was invoiced and is left."""

    line: int
    field: ClassVar[str | None] = "lines"


@dataclass(eq=False)
class QuoteExpired(Refusal):
    """The quote was valid until a day that has passed."""

    number: str
    valid_until: dt.date
    field: ClassVar[str | None] = "valid_until"


@dataclass(eq=False)
class QuoteDeclined(Refusal):
    """The customer declined the quote."""

    number: str


@dataclass(eq=False)
class QuoteInvoiced(Refusal):
    """Every line of the quote is on an invoice already, drafts among them."""

    number: str


@dataclass(eq=False)
class UnknownPlaceholder(Refusal):
    """The period text of a recurring invoice names something that cannot be filled in.

    Attributes:
        name: what stands between the braces, or the whole text where the braces do not match.
    """

    name: str
    field: ClassVar[str | None] = "period_text"


@dataclass(eq=False)
class NothingToInvoice(Refusal):
    """No line of the quote was chosen."""

    number: str


@dataclass(eq=False)
class PercentOutOfRange(Refusal):
    """A part is more than nothing and at most everything."""

    percent: Percent
    field: ClassVar[str | None] = "percent"


@dataclass(eq=False)
class ScheduleEmpty(Refusal):
    """A schedule without a single date."""

    field: ClassVar[str | None] = "end_date"


@dataclass(eq=False)
class EveryTooSmall(Refusal):
    """A schedule steps at least one week, month or year."""

    field: ClassVar[str | None] = "every"


@dataclass(eq=False)
class ScheduleStopped(Refusal):
    """The schedule was stopped; make a new one."""

    name: str


@dataclass(eq=False)
class PauseInPast(Refusal):
    """A pause has to end after today."""

    until: dt.date
    field: ClassVar[str | None] = "until"


@dataclass(eq=False)
class AlreadyMade(Refusal):
    """The invoice of that date was made, or the date skipped, before."""

    date: dt.date
