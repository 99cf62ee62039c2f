"""Documents to render: the ones of the pictures, and the shapes that the law distinguishes."""

import dataclasses
import datetime as dt

from klantenapp.models.values import (
    Money,
    Percent,
    Period,
    Quantity,
    UnitPrice,
    divide_half_up,
    total,
)
from klantenapp.services.rendering.snapshot import (
    Ageing,
    DocumentSnapshot,
    LetterRow,
    LetterSnapshot,
    LetterTable,
    Line,
    Look,
    Paragraph,
    Party,
    Payment,
    Reference,
    Run,
    StatementRow,
    StatementSnapshot,
    TaxTotal,
)

SELLER = Party(
    legal_name="Noordkade Installatie",
    contact_name="Sanne de Wilde",
    street="Noordkade 7",
    postal_code="8011 ZZ",
    city="Zwolle",
    country="NL",
    phone="038 000 45 67",
    email="administratie@noordkade.example",
    kvk="01234567",
    vat_id="NL001234567B01",
    iban="NL02ABNA0123456789",
)
CUSTOMER = Party(
    legal_name="VvE Modelflat 12–48",
    contact_name="Karel Model",
    street="Modelflat 12",
    postal_code="7411 AA",
    city="Deventer",
    country="NL",
)
CLASSIC = Look(style="klassiek")
MODERN = Look(style="modern", colour="#2457C5")


def line(description, quantity, price, *, tax=21, category="S", discount=None, **more):
    """A line with its net worked out; with `gross=True` the price includes tax."""
    off = Percent.parse(discount) if discount else None
    amount = UnitPrice.parse(price).times(Quantity.parse(quantity), off)
    percent = None if tax is None else Percent.parse(tax)
    if more.pop("gross", False):
        points = percent.points if percent else 0
        more["gross"] = amount
        amount = Money(divide_half_up(amount.cents * 10_000, 10_000 + points))
    return Line(
        description=description,
        quantity=Quantity.parse(quantity),
        unit_price=UnitPrice.parse(price),
        discount=off,
        tax_category=category,
        tax_percent=percent,
        net=amount,
        **more,
    )


def taxes(lines, sentences=None):
    """Tax per category and rate over the sum of the lines."""
    bases = {}
    for each in lines:
        if not each.mark:
            key = (each.tax_category, each.tax_percent)
            bases.setdefault(key, []).append(each)
    rows = []
    for (category, percent), members in bases.items():
        if any(each.gross is not None for each in members):
            gross = total(each.gross for each in members)
            base = Money(divide_half_up(gross.cents * 10_000, 10_000 + percent.points))
            tax = gross - base
        else:
            base = total(each.net for each in members)
            tax = base.share(percent or Percent(0))
        rows.append(
            TaxTotal(
                category=category,
                percent=percent,
                base=base,
                tax=tax,
                sentence=(sentences or {}).get(category, ""),
            )
        )
    return tuple(rows)


def document(lines, sentences=None, **changes):
    """An invoice of these lines, complete unless changed."""
    lines = tuple(lines)
    rows = () if changes.get("small_business") else taxes(lines, sentences)
    net = total(row.base for row in rows) if rows else total(each.net for each in lines)
    tax = total(row.tax for row in rows)
    content = {
        "kind": "invoice",
        "language": "nl",
        "seller": SELLER,
        "customer": CUSTOMER,
        "number": "2026-0189",
        "date": dt.date(2026, 11, 23),
        "due_date": dt.date(2026, 12, 7),
        "lines": lines,
        "taxes": rows,
        "net_total": net,
        "tax_total": tax,
        "total": net + tax,
        "look": CLASSIC,
        "currency": "EUR",
        "payment": Payment(kind="transfer", iban="NL02ABNA0123456789", text="2026-0189"),
    }
    return DocumentSnapshot(**(content | changes))


def picture(**changes):
    """The invoice of pictures 10a and 10b."""
    return document(
        [
            line(
                "Monteur, uurtarief",
                "12",
                "62",
                unit="uur",
                details="Werkzaamheden 9 en 16 november",
            ),
            line(
                "Onderhoudsbeurt cv-ketel",
                "6",
                "89.50",
                unit="stuk",
                discount="5",
                details="Woningen 12, 14, 20, 26, 34 en 48",
            ),
            line(
                "Isolatie leidingwerk, arbeid",
                "8",
                "58",
                tax=9,
                unit="uur",
                details="Woningen ouder dan 2 jaar",
            ),
            line("Leidingisolatie 22 mm", "40", "3.85", unit="m"),
        ],
        supply=Period(dt.date(2026, 11, 9), dt.date(2026, 11, 16)),
        customer_reference="ALV-2026-31",
        **changes,
    )


def one_line(**changes):
    return document([line("Advies", "1", "100")], **changes)


def hundred_lines(**changes):
    lines = [
        line(
            f"Artikel {number:03d}",
            str(number % 7 + 1),
            f"{number}.{number % 100:02d}",
            tax=9 if number % 5 == 0 else 21,
            unit="stuk",
            details="Toelichting bij het artikel" if number % 3 == 0 else "",
        )
        for number in range(1, 101)
    ]
    return document(lines, **changes)


def reverse_charge(**changes):
    sentence = "Btw verlegd naar afnemer, artikel 12 Wet OB"
    return document(
        [line("Laswerk op locatie", "16", "55", category="AE", tax=0, unit="uur")],
        {"AE": sentence},
        customer=dataclasses.replace(
            CUSTOMER, legal_name="Voorbeeld Bouw B.V.", vat_id="NL009876543B01"
        ),
        **changes,
    )


def small_business(**changes):
    sentence = (
        "Vrijgesteld van omzetbelasting op grond van artikel 25 Wet op de omzetbelasting 1968"
        " (kleineondernemersregeling)"
    )
    return document(
        [line("Pianoles", "4", "37.50", category="E", tax=0, unit="les")],
        small_business=True,
        legal_sentences=(sentence,),
        **changes,
    )


def consumer(**changes):
    return document(
        [
            line("Fietsreparatie", "1", "49.95", tax=9, gross=True),
            line("Binnenband 28 inch", "2", "12.10", gross=True),
        ],
        prices_include_tax=True,
        customer=Party(
            legal_name="Familie Proefstra",
            contact_name="T. Proefstra",
            street="Proeflaan 21",
            postal_code="8051 ZZ",
            city="Hattem",
            country="NL",
        ),
        **changes,
    )


def english(**changes):
    return picture(
        **{
            "language": "en",
            "customer": Party(
                legal_name="Sample Studios Ltd",
                contact_name="Jane Sample",
                street="1 Example Street",
                postal_code="D02 XX00",
                city="Dublin",
                country="IE",
            ),
        }
        | changes
    )


def credit_note(**changes):
    return document(
        [line("Monteur, uurtarief", "2", "62", unit="uur", details="Dubbel berekend")],
        **{
            "kind": "credit_note",
            "number": "C2026-0003",
            "due_date": None,
            "payment": None,
            "refers_to": Reference(number="2026-0189", date=dt.date(2026, 11, 23)),
        }
        | changes,
    )


def long_description(**changes):
    words = "Werkzaamheden volgens bestek, met alle bijkomende leveringen en voorzieningen. "
    return document([line("Renovatie", "1", "12500", details=(words * 60)[:4000])], **changes)


def unbroken_description(**changes):
    return document([line("x" * 4000, "1", "1")], **changes)


def quote(**changes):
    return document(
        [
            line("Thuisbatterij 10 kWh", "1", "4850", unit="stuk"),
            line("Thuisbatterij 15 kWh", "1", "6450", unit="stuk", mark="alternative"),
            line("Noodstroomschakelaar", "1", "395", unit="stuk", mark="optional"),
            line("Installatie", "8", "62", unit="uur"),
        ],
        **{
            "kind": "quote",
            "number": "O2026-0012",
            "due_date": None,
            "payment": None,
            "valid_until": dt.date(2026, 12, 23),
            "intro": "Dank voor uw aanvraag. Hierbij ons voorstel.",
        }
        | changes,
    )


def _rows(*rows):
    """Statement rows from (day, kind, number, due, charged, paid), with a running balance."""
    balance = Money(0)
    made = []
    for day, kind, number, due, charged, paid in rows:
        debit = Money.parse(charged) if charged else None
        credit = Money.parse(paid) if paid else None
        balance = balance + (debit or Money(0)) - (credit or Money(0))
        made.append(
            StatementRow(
                date=dt.date.fromisoformat(day),
                kind=kind,
                number=number,
                due_date=dt.date.fromisoformat(due) if due else None,
                debit=debit,
                credit=credit,
                balance=balance,
            )
        )
    return tuple(made)


def statement(**changes):
    """The statement of picture 10d."""
    content = {
        "kind": "movements",
        "language": "nl",
        "seller": SELLER,
        "customer": Party(
            legal_name="Voorbeeld Bouw B.V.",
            contact_name="Henk Voorbeeld",
            street="Modelweg 8",
            postal_code="8011 AB",
            city="Zwolle",
            country="NL",
            number="K-0007",
        ),
        "rows": _rows(
            ("2026-07-01", "opening", "", None, None, None),
            ("2026-07-10", "invoice", "2026-0131", "2026-08-09", "2720", None),
            ("2026-07-24", "invoice", "2026-0136", "2026-08-23", "2890", None),
            ("2026-08-17", "payment", "", None, None, "5610"),
            ("2026-08-28", "invoice", "2026-0149", "2026-09-27", "4420", None),
            ("2026-09-03", "credit_note", "2026-0153", None, None, "185"),
            ("2026-09-15", "invoice", "2026-0158", "2026-10-15", "3480", None),
            ("2026-10-02", "payment", "2026-0149", None, None, "4235"),
            ("2026-10-12", "part_payment", "2026-0158", None, None, "1500"),
            ("2026-10-30", "invoice", "2026-0180", "2026-11-29", "2760", None),
        ),
        "ageing": Ageing(
            not_due=Money(276_000),
            d1_30=Money(0),
            d31_60=Money(198_000),
            d61_90=Money(0),
            d90_plus=Money(0),
        ),
        "balance": Money(474_000),
        "overdue": Money(198_000),
        "requested": Money(198_000),
        "printed": dt.date(2026, 11, 23),
        "period": Period(dt.date(2026, 7, 1), dt.date(2026, 11, 23)),
        "payment": Payment(kind="transfer", iban="NL02ABNA0123456789", text="2026-0158"),
        "look": CLASSIC,
    }
    return StatementSnapshot(**(content | changes))


def open_items(**changes):
    """The same customer's open items only."""
    return statement(
        **{
            "kind": "open_items",
            "period": None,
            "rows": (
                StatementRow(
                    date=dt.date(2026, 9, 15),
                    kind="invoice",
                    number="2026-0158",
                    due_date=dt.date(2026, 10, 15),
                    debit=Money(348_000),
                    balance=Money(198_000),
                ),
                StatementRow(
                    date=dt.date(2026, 10, 30),
                    kind="invoice",
                    number="2026-0180",
                    due_date=dt.date(2026, 11, 29),
                    debit=Money(276_000),
                    balance=Money(276_000),
                ),
            ),
        }
        | changes
    )


def letter(**changes):
    """The letter of picture 10c (its look; the legal wording is the templates')."""
    content = {
        "language": "nl",
        "seller": SELLER,
        "customer": Party(
            legal_name="Familie Proefstra",
            contact_name="T. Proefstra",
            street="Proeflaan 21",
            postal_code="8051 ZZ",
            city="Hattem",
            country="NL",
        ),
        "date": dt.date(2026, 11, 23),
        "subject": "Betaal nu, zonder incassokosten",
        "salutation": "Geachte heer Proefstra,",
        "body": (
            Paragraph.plain(
                "Op 21 augustus 2026 stuurden wij u factuur 2026-0148. De betaaltermijn verliep op"
                " 4 september. Ondanks onze eerdere herinneringen is het bedrag nog niet betaald."
            ),
            Paragraph(
                (
                    Run("U heeft nog "),
                    Run("14 dagen", bold=True),
                    Run(
                        " de tijd om te betalen. Deze termijn begint op de dag nadat u deze brief"
                        " heeft ontvangen. Betaalt u binnen deze termijn, dan betaalt u geen"
                        " incassokosten."
                    ),
                )
            ),
        ),
        "table": LetterTable(
            title="Wat u nu betaalt",
            rows=(
                LetterRow(text="Factuur 2026-0148, vervallen op 04-09-2026", amount=Money(54_450)),
                LetterRow(text="Wettelijke rente, 80 dagen, 4% per jaar", amount=Money(477)),
            ),
            total=Money(54_927),
        ),
        "after": (
            Paragraph(
                (
                    Run("Betaalt u niet op tijd, dan brengen wij "),
                    Run("€ 81,68", bold=True),
                    Run(
                        " incassokosten in rekening. Dat is 15% van € 544,50, volgens de Wet"
                        " incassokosten en het bijbehorende besluit. Over deze kosten rekenen wij"
                        " geen btw."
                    ),
                )
            ),
            Paragraph.plain(
                "Heeft u al betaald? Dan kunt u deze brief weggooien. Lukt betalen in één keer"
                " niet? Bel ons, dan zoeken we samen een oplossing."
            ),
        ),
        "closing": "Met vriendelijke groet,",
        "signatory": "Sanne de Wilde",
        "payment": Payment(kind="transfer", iban="NL02ABNA0123456789", text="2026-0148"),
        "look": CLASSIC,
    }
    return LetterSnapshot(**(content | changes))
