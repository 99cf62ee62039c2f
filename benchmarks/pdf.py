"""Documents as PDF, beside bare ReportLab that draws the same strings at fixed places.

The bare drawing knows nothing: no wrapping, no measuring, no page breaks but the one that is
written down. It has the same fonts, the same number of strings and lines, and the same QR code.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import itertools
import sys
from decimal import Decimal

import segno.helpers
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from benchmarks import run
from benchmarks.case import Case
from klantenapp.models.values import Money, Percent, Quantity, UnitPrice
from klantenapp.services.rendering.pdf import fonts
from klantenapp.services.rendering.pdf.invoice import render
from klantenapp.services.rendering.snapshot import (
    DocumentSnapshot,
    Line,
    Look,
    Party,
    Payment,
    TaxTotal,
)

HIGH = Percent(2100)
SELLER = Party(
    legal_name="Voorbeeld Installatie",
    contact_name="Jan Voorbeeld",
    street="Modelkade 7",
    postal_code="8011 ZZ",
    city="Zwolle",
    country="NL",
    phone="038 000 45 67",
    email="administratie@voorbeeld.example",
    kvk="01234567",
    vat_id="NL001234567B01",
    iban="NL02ABNA0123456789",
)
CUSTOMER = Party(
    legal_name="Proef B.V.", street="Proeflaan 1", postal_code="7411 AA", city="Deventer"
)


def invoice(lines: int, number: int) -> DocumentSnapshot:
    """An invoice of so many lines; the number makes each one new."""
    rows = tuple(
        Line(
            description=f"Artikel {at:03d}",
            details="Toelichting bij dit artikel",
            quantity=Quantity(20_000),
            unit="stuk",
            unit_price=UnitPrice(125_000),
            tax_category="S",
            tax_percent=HIGH,
            net=Money(2500),
        )
        for at in range(lines)
    )
    net = Money(2500 * lines)
    return DocumentSnapshot(
        kind="invoice",
        language="nl",
        seller=SELLER,
        customer=CUSTOMER,
        number=f"2026-{number:04d}",
        date=dt.date(2026, 11, 23),
        due_date=dt.date(2026, 12, 7),
        lines=rows,
        taxes=(TaxTotal(category="S", percent=HIGH, base=net, tax=net.share(HIGH)),),
        net_total=net,
        tax_total=net.share(HIGH),
        total=net + net.share(HIGH),
        look=Look(style="klassiek"),
        currency="EUR",
        payment=Payment(kind="transfer"),
    )


def bare(lines: int, number: int) -> bytes:
    """The same page or pages with the parts alone."""
    file = io.BytesIO()
    canvas = Canvas(file, pageCompression=True, invariant=True, initialFontName=fonts.REGULAR)
    ink = HexColor("#1B1C1E")
    for at in range(lines):
        if at == 0 or at % 14 == 0:
            if at:
                canvas.showPage()
            _surroundings(canvas, number)
        height = 560 - at % 14 * 40
        canvas.setFillColor(ink)
        canvas.setFont(fonts.SEMIBOLD, 9.4)
        canvas.drawString(51, height, f"Artikel {at:03d}")
        canvas.setFont(fonts.REGULAR, 8.25)
        canvas.drawString(51, height - 12, "Toelichting bij dit artikel")
        canvas.setFont(fonts.REGULAR, 9.4)
        for left, text in (
            (280, "2,00"),
            (310, "stuk"),
            (360, "12,50"),
            (440, "21%"),
            (500, "25,00"),
        ):
            canvas.drawString(left, height, text)
        canvas.rect(51, height - 20, 493, 0.75, stroke=0, fill=1)
    for at, text in enumerate(("Subtotaal", "Btw 21%", "Totaal", "Betaal", "Op rekening van")):
        canvas.drawString(320, 200 - at * 12, text)
        canvas.drawString(480, 200 - at * 12, "€ 1.234,56")
    _code(canvas, number)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _surroundings(canvas: Canvas, number: int) -> None:
    canvas.roundRect(51, 760, 34, 34, 6, stroke=0, fill=1)
    canvas.setFont(fonts.BOLD, 12.75)
    canvas.drawString(96, 775, SELLER.legal_name)
    canvas.setFont(fonts.REGULAR, 9.4)
    texts = [SELLER.contact_name, SELLER.street, SELLER.city, SELLER.phone, SELLER.email]
    texts += [CUSTOMER.legal_name, CUSTOMER.street, CUSTOMER.city, f"2026-{number:04d}"]
    texts += ["23-11-2026", "07-12-2026", "Factuurnummer", "Factuurdatum", "Vervaldatum"]
    texts += ["Omschrijving", "Aantal", "Prijs €", "Btw", "Bedrag €", SELLER.kvk, SELLER.vat_id]
    for at, text in enumerate(texts):
        canvas.drawString(51 + at % 3 * 150, 740 - at // 3 * 14, text)


def _code(canvas: Canvas, number: int) -> None:
    code = segno.helpers.make_epc_qr(
        name=SELLER.legal_name,
        iban=SELLER.iban,
        amount=Decimal("12.34"),
        text=f"2026-{number:04d}",
        encoding="utf-8",
    )
    path = canvas.beginPath()
    for at, row in enumerate(code.matrix):
        for dark, group in itertools.groupby(enumerate(row), key=lambda module: module[1]):
            modules = list(group)
            if dark:
                path.rect(64 + modules[0][0] * 1.68, 160 - at * 1.68, len(modules) * 1.68, 1.68)
    canvas.drawPath(path, stroke=0, fill=1)


def case(lines: int) -> Case:
    """A document of so many lines, a new one each round."""
    for name in fonts.NAMES:
        fonts.widths(name)
    numbers, others = itertools.count(1), itertools.count(1)
    template = invoice(lines, 0)
    return Case(
        work=lambda: render(dataclasses.replace(template, number=f"2026-{next(numbers):04d}")),
        limit=lambda: bare(lines, next(others)),
        rounds=30,
    )


def main() -> int:
    """Measure these cases alone."""
    return run.main(["pdf."])


CASES = {"one_page": lambda: case(3), "forty_lines": lambda: case(40)}


if __name__ == "__main__":
    sys.exit(main())
