"""Letters from templates: the default texts of the reminders, and how a template is filled.

A template is plain text. A blank line separates paragraphs, `**words**` are bold, `{name}` is
replaced by a value, and a paragraph that is only `{table}` (`{tabel}`) is where the amounts stand.
Values may hold anything: they are put in after bold and paragraphs were read.

The texts are letters, not interface: each exists in Dutch and in English, and the user may change
it, so they stand here as data and not in the message catalogues.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from klantenapp.i18n import translator
from klantenapp.services.errors.rendering import UnknownPlaceholder
from klantenapp.services.rendering.snapshot import Paragraph, Run

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from klantenapp.models.values import Money, Percent

LetterKind = Literal["reminder", "second_reminder", "fourteen_day_letter", "notice"]

_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
#: Values that a letter can name: English name and Dutch name. Both work in either language.
NAMES = {
    "customer": "klant",
    "contact": "contactpersoon",
    "seller": "bedrijf",
    "invoices": "facturen",
    "numbers": "nummers",
    "principal": "hoofdsom",
    "interest": "rente",
    "costs": "incassokosten",
    "total": "totaal",
    "iban": "iban",
    "reference": "kenmerk",
    "deadline": "uiterste_datum",
    "days": "dagen",
    "phone": "telefoon",
    "email": "e_mail",
}
_TABLE = ("table", "tabel")
_ENGLISH = {dutch: english for english, dutch in NAMES.items()} | {name: name for name in NAMES}


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """A text with placeholders.

    Attributes:
        subject: in one line.
        text: as the module says.
    """

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class FilledLetter:
    """A template with its values: what a `LetterSnapshot` takes.

    Attributes:
        body: paragraphs before the table.
        after: paragraphs after it; all are in `body` where the template has no table.
    """

    subject: str
    body: tuple[Paragraph, ...]
    after: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class InvoiceNamed:
    """An invoice as a letter names it."""

    number: str
    date: dt.date
    due_date: dt.date


def fill(template: LetterTemplate, values: Mapping[str, str], language: str) -> FilledLetter:
    """Put the values of a letter into its template.

    Args:
        template: default or the user's own.
        values: by English name; those of `NAMES`, as far as the template names them.
        language: decides in which language a failure lists the known names.

    Raises:
        UnknownPlaceholder: the template names something that is not in `NAMES`.
    """
    check(template, language)
    before: list[Paragraph] = []
    after: list[Paragraph] = []
    here = before
    for part in re.split(r"\n\s*\n", template.text.strip()):
        if part.strip() in {f"{{{name}}}" for name in _TABLE}:
            here = after
            continue
        here.append(_paragraph(part.strip(), values))
    return FilledLetter(_filled(template.subject, values), tuple(before), tuple(after))


def check(template: LetterTemplate, language: str) -> None:
    """Make sure that a template names only what exists.

    Raises:
        UnknownPlaceholder: with the first name that does not.
    """
    for name in _PLACEHOLDER.findall(f"{template.subject}\n{template.text}"):
        if name not in _ENGLISH and name not in _TABLE:
            raise UnknownPlaceholder(name=name, known=", ".join(known_names(language)))


def known_names(language: str) -> list[str]:
    """The names that a template may use, in that language."""
    return [*(NAMES.values() if language == "nl" else NAMES), _TABLE[language == "nl"]]


def _paragraph(text: str, values: Mapping[str, str]) -> Paragraph:
    """Lines typed one below the other flow on; bold is read before values are put in."""
    flowing = " ".join(text.split())
    pieces = _BOLD.split(flowing)
    runs = (Run(_filled(piece, values), bold=at % 2 == 1) for at, piece in enumerate(pieces))
    return Paragraph(tuple(run for run in runs if run.text))


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: values.get(_ENGLISH.get(found[1], ""), ""), text)


def invoices_phrase(language: str, invoices: Sequence[InvoiceNamed]) -> str:
    """How a sentence names invoices: number, date and due date of each."""
    t = translator(language)
    nl = language == "nl"
    each = [
        (
            f"{invoice.number} van {t.date(invoice.date)}, vervaldatum {t.date(invoice.due_date)}"
            if nl
            else f"{invoice.number} of {t.date(invoice.date)}, due on {t.date(invoice.due_date)}"
        )
        for invoice in invoices
    ]
    if len(each) == 1:
        return f"factuur {each[0]}" if nl else f"invoice {each[0]}"
    last = each.pop()
    joined = "; ".join(each)
    return f"de facturen {joined}; en {last}" if nl else f"invoices {joined}; and {last}"


def numbers_phrase(language: str, invoices: Sequence[InvoiceNamed]) -> str:
    """How a subject names invoices: "factuur 2026-0148", "facturen 2026-0148 en 2026-0151"."""
    numbers = [invoice.number for invoice in invoices]
    nl = language == "nl"
    if len(numbers) == 1:
        return f"factuur {numbers[0]}" if nl else f"invoice {numbers[0]}"
    last = numbers.pop()
    joined = ", ".join(numbers)
    return f"facturen {joined} en {last}" if nl else f"invoices {joined} and {last}"


def costs_phrase(
    language: str, costs: Money, tax: Money | None = None, percent: Percent | None = None
) -> str:
    """Collection costs as the law wants them announced: the exact amount, tax included.

    Args:
        language: of the letter.
        costs: by the scale.
        tax: on top, only where the seller cannot deduct it (Besluit, art. 2 lid 3).
        percent: of that tax.
    """
    t = translator(language)
    if tax is None or percent is None or not tax:
        return t.money(costs.cents)
    amount, rate, on_top = t.money(costs.cents), t.percent(percent.points), t.money(tax.cents)
    whole = t.money(costs.cents + tax.cents)
    if language == "nl":
        return (
            f"{amount}, te vermeerderen met {rate} btw: {on_top}, omdat wij deze niet kunnen"
            f" verrekenen, samen {whole}"
        )
    return f"{amount}, plus {rate} VAT: {on_top}, because we cannot deduct it, together {whole}"


def default_template(kind: LetterKind, language: str) -> LetterTemplate:
    """The text that comes with the program."""
    return _DEFAULTS[kind, "nl" if language == "nl" else "en"]


def default_salutation(language: str, contact: str) -> str:
    """How a letter begins."""
    if language == "nl":
        return f"Geachte {contact}," if contact else "Geachte heer, mevrouw,"
    return f"Dear {contact}," if contact else "Dear Sir or Madam,"


def default_closing(language: str) -> str:
    """How a letter ends."""
    return "Met vriendelijke groet," if language == "nl" else "Yours sincerely,"


def table_title(language: str) -> str:
    """Head of the amounts in a letter."""
    return "Wat u nu betaalt" if language == "nl" else "What you pay now"


_DEFAULTS: dict[tuple[LetterKind, str], LetterTemplate] = {
    ("reminder", "nl"): LetterTemplate(
        "Herinnering voor {nummers}",
        """
Misschien is het u ontgaan: wij hebben nog geen betaling ontvangen van {facturen}. Het openstaande
bedrag is **{hoofdsom}**.

Wilt u dit bedrag uiterlijk op **{uiterste_datum}** betalen, op {iban} onder vermelding van
{kenmerk}?

{tabel}

Heeft u al betaald? Dan hoeft u niets te doen. Klopt er iets niet, of lukt betalen niet in één
keer? Neem dan contact met ons op, dan zoeken we samen een oplossing.
""",
    ),
    ("reminder", "en"): LetterTemplate(
        "Reminder for {numbers}",
        """
It may have escaped your attention: we have not yet received payment of {invoices}. The open amount
is **{principal}**.

Would you pay this amount no later than **{deadline}**, to {iban} mentioning {reference}?

{table}

Have you paid already? Then there is nothing you need to do. Is something not right, or can you not
pay at once? Please contact us, so that we find a solution together.
""",
    ),
    ("second_reminder", "nl"): LetterTemplate(
        "Aanmaning voor {nummers}",
        """
Wij hebben u al eerder herinnerd, maar nog geen betaling ontvangen van {facturen}. Het openstaande
bedrag is **{hoofdsom}**.

Wij verzoeken u dit bedrag uiterlijk op **{uiterste_datum}** te betalen, op {iban} onder vermelding
van {kenmerk}.

{tabel}

Ontvangen wij uw betaling niet op tijd, dan kunnen er kosten en rente bij komen. Heeft u al betaald?
Dan hoeft u niets te doen. Bent u het niet eens met de factuur, of lukt betalen niet in één keer?
Laat het ons dan nu weten.
""",
    ),
    ("second_reminder", "en"): LetterTemplate(
        "Second reminder for {numbers}",
        """
We have reminded you before, but have not yet received payment of {invoices}. The open amount is
**{principal}**.

We ask you to pay this amount no later than **{deadline}**, to {iban} mentioning {reference}.

{table}

If we do not receive your payment in time, costs and interest may be added. Have you paid already?
Then there is nothing you need to do. Do you not agree with the invoice, or can you not pay at once?
Please tell us now.
""",
    ),
    # The wording of the term is the approved one, and the exact amount of the costs is named:
    # art. 6:96 lid 6 BW, ECLI:NL:HR:2016:2704. A term from the date of the letter is void.
    ("fourteen_day_letter", "nl"): LetterTemplate(
        "Betaal nu, zonder incassokosten",
        """
Ondanks onze herinnering(en) hebben wij nog geen betaling ontvangen van {facturen}. Het openstaande
bedrag is **{hoofdsom}**. U bent in verzuim.

Wij verzoeken u dit bedrag alsnog te betalen **binnen veertien dagen vanaf de dag nadat deze brief
bij u is bezorgd**, op {iban} o.v.v. {kenmerk}.

{tabel}

Betaalt u niet (volledig) binnen deze termijn, dan bent u naast de hoofdsom en de wettelijke rente
(art. 6:119 BW) ook buitengerechtelijke incassokosten verschuldigd van **{incassokosten}**, op grond
van art. 6:96 BW en het Besluit vergoeding voor buitengerechtelijke incassokosten.

Heeft u al betaald? Dan kunt u deze brief weggooien. Lukt betalen in één keer niet? Neem dan contact
met ons op, dan zoeken we samen een oplossing.
""",
    ),
    ("fourteen_day_letter", "en"): LetterTemplate(
        "Pay now, without collection costs",
        """
Despite our reminder(s) we have not yet received payment of {invoices}. The open amount is
**{principal}**. You are in default.

We ask you to pay this amount **within fourteen days from the day after this letter was delivered
to you**, to {iban} mentioning {reference}.

{table}

If you do not pay (in full) within this term, you owe, besides the principal and the statutory
interest (art. 6:119 Dutch Civil Code), also extrajudicial collection costs of **{costs}**, under
art. 6:96 of the Dutch Civil Code and the Decree on compensation for extrajudicial collection costs
(Besluit vergoeding voor buitengerechtelijke incassokosten).

Have you paid already? Then you may throw this letter away. Can you not pay at once? Please contact
us, so that we find a solution together.
""",
    ),
    ("notice", "nl"): LetterTemplate(
        "Sommatie en ingebrekestelling voor {nummers}",
        """
Ondanks onze herinneringen hebben wij nog geen betaling ontvangen van {facturen}. De hoofdsom is
**{hoofdsom}**. Hierbij stellen wij u in gebreke.

Wij sommeren u het totaal van **{totaal}** uiterlijk op **{uiterste_datum}** te betalen, op {iban}
onder vermelding van {kenmerk}.

{tabel}

Naast de hoofdsom bent u de wettelijke handelsrente verschuldigd (art. 6:119a BW), vanaf de dag na
de vervaldatum tot de dag van betaling, en de buitengerechtelijke incassokosten van {incassokosten}
(art. 6:96 BW en het Besluit vergoeding voor buitengerechtelijke incassokosten).

Ontvangen wij uw betaling niet op tijd, dan geven wij de vordering zonder verdere aankondiging uit
handen. De kosten daarvan komen voor uw rekening. Wij behouden ons ondubbelzinnig het recht op
nakoming en alle andere rechten voor (art. 3:317 BW).
""",
    ),
    ("notice", "en"): LetterTemplate(
        "Final demand and notice of default for {numbers}",
        """
Despite our reminders we have not yet received payment of {invoices}. The principal is
**{principal}**. We hereby give you notice of default.

We demand that you pay the total of **{total}** no later than **{deadline}**, to {iban} mentioning
{reference}.

{table}

Besides the principal you owe the statutory commercial interest (art. 6:119a Dutch Civil Code), from
the day after the due date until the day of payment, and the extrajudicial collection costs of
{costs} (art. 6:96 of the Dutch Civil Code and the Besluit vergoeding voor buitengerechtelijke
incassokosten).

If we do not receive your payment in time, we hand the claim over for collection without further
notice. The costs of that are for your account. We unequivocally reserve the right to performance
and all other rights (art. 3:317 Dutch Civil Code).
""",
    ),
}
