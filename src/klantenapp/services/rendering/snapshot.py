"""What a document says, frozen: the one thing that every renderer reads.

Sales, receivables and reminders fill a snapshot, in the language of the customer, and PDF, UBL,
e-mail and preview are made from it and from nothing else, so they cannot disagree. The canonical
JSON of an issued snapshot (`canonical.py`) is what its stored digest is taken over.

Every optional field is empty by default (None, "", (), False) and empty fields are left out of
the JSON. So a field added later does not change the digest of what was issued before.
"""
# `canonical.py` reads these annotations at run time: no `from __future__ import annotations`.

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from klantenapp.models.values import Money, Percent, Period, Quantity, UnitPrice, total

DocumentKind = Literal["invoice", "credit_note", "quote"]
Language = Literal["nl", "en"]
Style = Literal["klassiek", "modern"]
#: EN 16931 (UNCL 5305) categories as the Dutch cases use them; facts: rules on the VAT categories.
TaxCategory = Literal["S", "Z", "AE", "K", "G", "E", "O"]
PriceSource = Literal["", "manual", "contract", "contract_discount", "price_list", "item"]
PaymentKind = Literal["transfer", "direct_debit", "cash", "card", "other"]
#: Columns that a business may add; a discount column also appears where a line has a discount.
OptionalColumn = Literal["item_code", "discount"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody on a document: the seller, the customer, or where the goods went.

    Attributes:
        legal_name: full legal name; the trade name, where there is one, is shown first.
        contact_name: a person: the owner at the seller, "t.a.v." at the customer.
        extra_line: second address line (department, building).
        country: ISO 3166 code; printed in words where it is not the seller's.
        number: customer number.
        vat_id: printed of a customer where the law wants it (reverse charge, intra-EU).
    """

    legal_name: str
    trade_name: str = ""
    contact_name: str = ""
    street: str = ""
    extra_line: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""
    kvk: str = ""
    vat_id: str = ""
    iban: str = ""
    bic: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    number: str = ""

    @property
    def name(self) -> str:
        """The name it goes by: trade name, else legal name."""
        return self.trade_name or self.legal_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a document, amounts positive on credit notes too.

    Attributes:
        details: second text, below the description, may hold several lines.
        unit_price: before discount; includes tax where the document's prices do.
        discount: percentage taken off this line.
        tax_percent: None for category O (outside the scope of the tax).
        net: amount without tax, rounded to the cent.
        gross: amount with tax, where the document's prices include tax.
        mark: on quotes: the customer may choose it, or take it instead of another line; such a
            line is not in the totals.
        price_source: where the price came from; empty for imported lines. Not printed.
    """

    description: str
    quantity: Quantity
    unit_price: UnitPrice
    net: Money
    tax_category: TaxCategory
    tax_percent: Percent | None = None
    item_code: str = ""
    details: str = ""
    unit: str = ""
    discount: Percent | None = None
    gross: Money | None = None
    mark: Literal["", "optional", "alternative"] = ""
    price_source: PriceSource = ""

    @property
    def amount(self) -> Money:
        """What the amount column shows: with tax where prices include it."""
        return self.net if self.gross is None else self.gross


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDiscount:
    """A discount over the whole document, per tax category and rate; amounts positive.

    `gross` is what goes off with tax, where prices include tax.
    """

    net: Money
    tax_category: TaxCategory
    tax_percent: Percent | None = None
    gross: Money | None = None
    percent: Percent | None = None
    text: str = ""

    @property
    def amount(self) -> Money:
        """What the totals show: with tax where prices include it."""
        return self.net if self.gross is None else self.gross


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxTotal:
    """Taxable amount and tax of one category and rate.

    Attributes:
        sentence: what the law wants said about this category, in the document's language.
        exemption_code: VATEX code for e-invoices.
    """

    category: TaxCategory
    base: Money
    tax: Money
    percent: Percent | None = None
    sentence: str = ""
    exemption_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction:
    """What was paid already: a deposit, a part payment; amount positive."""

    text: str
    amount: Money
    number: str = ""
    date: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """How the document is to be paid.

    Attributes:
        name: name of the payment method in the document's language, shown for cash, card, other.
        iban: account to pay to; with direct debit the customer's own account.
        account_name: holder of `iban`; the seller's name where empty.
        reference: structured creditor reference (RF ...), else `text` is what to mention.
        collection_date: day of the direct debit.
        discount: early-payment discount, with its amount and last day.
    """

    kind: PaymentKind
    name: str = ""
    iban: str = ""
    bic: str = ""
    account_name: str = ""
    reference: str = ""
    text: str = ""
    mandate: str = ""
    collection_date: dt.date | None = None
    discount: Percent | None = None
    discount_amount: Money | None = None
    discount_until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Another document, by number and date."""

    number: str
    date: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How documents of this business look.

    Attributes:
        colour: "#RRGGBB"; used where it reads on white, else black is.
        logo: hex SHA-256 of the stored logo; its bytes are handed to the renderer.
        columns: added to the ones that always stand.
        english_numbers: 1,234.56 instead of 1.234,56, whatever the language.
        hide_qr: leave the payment QR code out.
    """

    style: Style
    colour: str = ""
    logo: str = ""
    columns: tuple[OptionalColumn, ...] = ()
    english_numbers: bool = False
    hide_qr: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSnapshot:
    """An invoice, a credit note or a quote, complete.

    Attributes:
        number: None for a draft, which is watermarked and carries no QR code.
        supply: day (start = end) or period of delivery.
        lines: amounts positive; `kind` says that a credit note takes away.
        discounts: over the whole document, already in `taxes` and the totals.
        total: with tax; `payable` is what remains after `deductions`.
        refers_to: the credited original, or the quote an invoice came from.
        legal_sentences: any further sentence the law wants (self-billing, margin ...).
        small_business: the seller has the small-business scheme: no tax is shown anywhere.
    """

    kind: DocumentKind
    language: Language
    seller: Party
    customer: Party
    lines: tuple[Line, ...]
    taxes: tuple[TaxTotal, ...]
    net_total: Money
    tax_total: Money
    total: Money
    look: Look
    currency: str
    number: str | None = None
    date: dt.date | None = None
    due_date: dt.date | None = None
    valid_until: dt.date | None = None
    supply: Period | None = None
    delivery: Party | None = None
    customer_reference: str = ""
    purchase_order: str = ""
    our_reference: str = ""
    contract_reference: str = ""
    discounts: tuple[DocumentDiscount, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    prices_include_tax: bool = False
    small_business: bool = False
    legal_sentences: tuple[str, ...] = ()
    payment: Payment | None = None
    refers_to: Reference | None = None
    intro: str = ""
    closing: str = ""
    attachments: tuple[str, ...] = ()

    @property
    def is_draft(self) -> bool:
        """Whether the document has no number yet."""
        return self.number is None

    @property
    def payable(self) -> Money:
        """What is still to be paid: total less deductions."""
        return self.total - total(deduction.amount for deduction in self.deductions)


_Claim = Literal["opening", "invoice", "credit_note", "costs", "interest", "other"]
_Settles = Literal["payment", "part_payment", "refund", "write_off", "void"]
StatementRowKind = Literal[_Claim, _Settles]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """One movement, or one open item, of a statement of account.

    Attributes:
        number: document it concerns.
        text: replaces the words that `kind` and `number` give.
        debit: what the customer came to owe ("Bij"); positive.
        credit: what went off ("Af"); positive.
        balance: running balance after it; for open items what is still open of it, signed.
            On a row of kind "opening" the balance to begin with.
    """

    date: dt.date
    kind: StatementRowKind
    balance: Money
    number: str = ""
    text: str = ""
    due_date: dt.date | None = None
    debit: Money | None = None
    credit: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ageing:
    """The balance by how long it is overdue, in days."""

    not_due: Money
    d1_30: Money
    d31_60: Money
    d61_90: Money
    d90_plus: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementSnapshot:
    """A statement of account (rekeningoverzicht).

    Attributes:
        kind: every movement over the period with a running balance, or only what is open.
        printed: the day it was made.
        period: of the movements; None for open items.
        balance: what the customer owes in all; negative is their credit.
        overdue: part of `balance` past its due date.
        payment: account to pay to, and the text to mention.
        requested: amount of the request for payment; None leaves the request out.
    """

    kind: Literal["movements", "open_items"]
    language: Language
    seller: Party
    customer: Party
    rows: tuple[StatementRow, ...]
    ageing: Ageing
    balance: Money
    overdue: Money
    printed: dt.date
    look: Look
    period: Period | None = None
    payment: Payment | None = None
    requested: Money | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one weight."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text of a letter: runs that flow on; a newline in a run starts a new line."""

    runs: tuple[Run, ...]

    @classmethod
    def plain(cls, text: str) -> "Paragraph":
        """A paragraph in the ordinary weight."""
        return cls((Run(text),))


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRow:
    """One amount in the table of a letter."""

    text: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTable:
    """The amounts a letter asks for, with their total."""

    title: str
    rows: tuple[LetterRow, ...]
    total: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSnapshot:
    """A letter: a reminder, a fourteen-day letter, a notice, or free text.

    Attributes:
        subject: the title in large type.
        body: before the table; `after`: below it.
        closing: "Met vriendelijke groet,".
        signatory: who signs, above the seller's name.
        payment: account and text to mention; with a table its total is asked for, with QR code.
    """

    language: Language
    seller: Party
    customer: Party
    date: dt.date
    subject: str
    body: tuple[Paragraph, ...]
    look: Look
    salutation: str = ""
    table: LetterTable | None = None
    after: tuple[Paragraph, ...] = ()
    closing: str = ""
    signatory: str = ""
    our_reference: str = ""
    payment: Payment | None = None
    enclosures: tuple[str, ...] = ()


Snapshot = DocumentSnapshot | StatementSnapshot | LetterSnapshot
