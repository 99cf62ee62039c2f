"""Invoices, credit notes and quotes as PDF."""

import dataclasses
import datetime as dt
from functools import partial

import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories import snapshots
from tests.factories.pages import assert_golden, page_images, reader, text, words

from klantenapp.models.values import Money, Percent
from klantenapp.services.rendering.pdf.invoice import render
from klantenapp.services.rendering.snapshot import Deduction, DocumentDiscount, Look, Payment

#: Kind of document -> how it is made, and the pages compared as pictures; −1 is the last one.
KINDS = {
    "picture": (snapshots.picture, [1]),
    "one-line": (snapshots.one_line, [1]),
    "hundred-lines": (snapshots.hundred_lines, [1, 2, -1]),
    "reverse-charge": (snapshots.reverse_charge, [1]),
    "small-business": (snapshots.small_business, [1]),
    "consumer": (snapshots.consumer, [1]),
    "english": (snapshots.english, [1]),
    "credit-note": (snapshots.credit_note, [1]),
    "long-description": (snapshots.long_description, [1, 3]),
    "quote": (snapshots.quote, [1]),
}
LOOKS = {"": snapshots.CLASSIC, "-modern": snapshots.MODERN}
CASES = {
    f"{kind}{suffix}": (partial(make, look=look), pages)
    for kind, (make, pages) in KINDS.items()
    for suffix, look in LOOKS.items()
} | {"draft": (partial(snapshots.picture, number=None), [1])}


@pytest.mark.parametrize("name", CASES)
def test_a_document_looks_and_reads_as_it_did(name):
    make, pages = CASES[name]
    pdf = render(make())
    last = len(reader(pdf).pages)
    assert_golden(name, pdf, [page if page > 0 else last for page in pages])


def codes(pdf, page=0):
    return zxingcpp.read_barcodes(page_images(pdf, 200)[page])


def test_the_payment_code_holds_the_exact_fields():
    (code,) = codes(render(snapshots.picture()))
    assert code.text.split("\n") == [
        "BCD",
        "002",
        "1",
        "SCT",
        "",
        "Noordkade Installatie",
        "NL02ABNA0123456789",
        "EUR2209.62",
        "",
        "",
        "2026-0189",
    ]
    assert code.ec_level == "M"


def test_the_payment_code_is_24_mm_with_a_quiet_zone_around_it():
    page = page_images(render(snapshots.picture()), 200)[0]
    (code,) = zxingcpp.read_barcodes(page)
    left, right = code.position.top_left.x, code.position.top_right.x
    top, bottom = code.position.top_left.y, code.position.bottom_left.y
    assert (right - left) / 200 * 25.4 >= 24
    zone = 4 * (right - left) // 45
    assert page[top - zone : bottom + zone, left - zone : left - 2].min() == 255
    assert page[top - zone : bottom + zone, right + 3 : right + zone].min() == 255


def test_a_structured_reference_goes_into_its_own_field():
    payment = Payment(kind="transfer", iban="NL02ABNA0123456789", reference="RF18539007547034")
    (code,) = codes(render(snapshots.picture(payment=payment)))
    assert code.text.split("\n")[9:] == ["RF18539007547034"]


@pytest.mark.parametrize(
    "changes",
    [
        {"number": None},
        {"total": Money(0), "net_total": Money(0)},
        {"look": Look(style="klassiek", hide_qr=True)},
        {"payment": Payment(kind="cash", name="Contant")},
        {"payment": Payment(kind="direct_debit", iban="NL02ABNA0123456789", mandate="M-1")},
        {"currency": "USD"},
        {"seller": dataclasses.replace(snapshots.SELLER, iban=""), "payment": None},
        {"kind": "credit_note"},
        {"kind": "quote"},
    ],
    ids=["draft", "nothing", "hidden", "cash", "debit", "dollar", "no-iban", "credit", "quote"],
)
@pytest.mark.parametrize("style", ["klassiek", "modern"])
def test_there_is_no_payment_code_where_there_is_nothing_to_transfer(changes, style):
    look = dataclasses.replace(changes.get("look", snapshots.CLASSIC), style=style)
    assert codes(render(snapshots.picture(**changes | {"look": look}))) == []


def test_equal_snapshots_give_equal_bytes():
    assert render(snapshots.picture()) == render(snapshots.picture())


def test_the_file_carries_title_author_language_and_page_labels():
    file = reader(render(snapshots.hundred_lines()))
    assert file.metadata.title == "Factuur 2026-0189"
    assert file.metadata.author == "Noordkade Installatie"
    assert file.trailer["/Root"]["/Lang"] == "nl-NL"
    assert file.page_labels == ["1", "2", "3", "4", "5", "6"]
    english = reader(render(snapshots.english()))
    assert english.metadata.title == "Invoice 2026-0189"
    assert english.trailer["/Root"]["/Lang"] == "en-GB"


def test_only_the_bundled_font_is_used_and_it_is_embedded():
    fonts = {}
    for page in reader(render(snapshots.hundred_lines())).pages:
        fonts |= page["/Resources"]["/Font"]
    for font in fonts.values():
        assert "InterTab" in font.get_object()["/BaseFont"]
        assert "/FontFile2" in font.get_object()["/FontDescriptor"]


def test_digits_can_be_searched():
    seen = words(render(snapshots.picture()))
    for part in ("€ 2.209,62", "NL02 ABNA 0123 4567 89", "NL001234567B01", "23-11-2026", "510,15"):
        assert part in seen.replace("\u00a0", " ")


def test_every_page_repeats_the_head_and_carries_the_subtotal_over():
    pages = text(render(snapshots.hundred_lines())).split("\f")
    assert len(pages) == 6
    for number, page in enumerate(pages, 1):
        assert "Omschrijving" in page
        assert f"Pagina {number} van 6" in page
        assert page.count("Transport") == (2 if 1 < number < 6 else 1)
    carried = [page.rsplit("Transport", 1)[1].split()[0] for page in pages[:-1]]
    brought = [page.split("Transport", 1)[1].split()[0] for page in pages[1:]]
    assert carried == brought


@pytest.mark.parametrize("style", [snapshots.CLASSIC, snapshots.MODERN], ids=["klassiek", "modern"])
@pytest.mark.parametrize("count", range(6, 24))
def test_the_totals_never_stand_alone_on_a_page(count, style):
    lines = snapshots.hundred_lines().lines[:count]
    pages = text(render(snapshots.document(lines, look=style))).split("\f")
    with_total = [page for page in pages if "Subtotaal" in page]
    assert len(with_total) == 1
    assert f"Artikel {count:03d}" in with_total[0]
    assert "onder vermelding" in " ".join(with_total[0].split())


def test_a_credit_note_names_its_original_and_shows_positive_amounts():
    seen = words(render(snapshots.credit_note())).replace("\u00a0", " ")
    assert "Creditfactuur" in seen
    assert "Bij factuur 2026-0189 van 23-11-2026" in seen
    assert "€ 150,04" in seen
    assert "−" not in seen
    assert "Betaal " not in seen


def test_a_draft_has_a_watermark_and_no_number():
    seen = words(render(snapshots.picture(number=None)))
    assert "CONCEPT" in seen
    assert "Factuurnummer" not in seen
    assert "DRAFT" in words(render(snapshots.english(number=None)))


def test_a_small_business_shows_no_tax_anywhere():
    seen = words(render(snapshots.small_business()))
    assert "artikel 25 Wet op de omzetbelasting 1968" in seen
    for part in ("Btw ", "0%", "btw", "Subtotaal"):
        assert part not in seen.replace("Btw-id", "")


def test_reverse_charge_names_the_customers_vat_id_and_the_law():
    seen = words(render(snapshots.reverse_charge()))
    assert "Uw btw-id NL009876543B01" in seen
    assert "Btw verlegd naar afnemer, artikel 12 Wet OB" in seen
    assert "NL009876543B01" not in words(
        render(snapshots.picture(customer=snapshots.reverse_charge().customer))
    )


def test_prices_including_tax_lead_and_the_tax_is_named_below_the_total():
    seen = words(render(snapshots.consumer())).replace("\u00a0", " ")
    assert "Totaal inclusief btw € 74,15" in seen
    assert "Inclusief btw 21% over € 20,00 € 4,20" in seen
    assert "Inclusief btw 9% over € 45,83 € 4,12" in seen
    assert seen.index("€ 74,15") < seen.index("€ 4,20")


def test_a_discount_on_the_whole_stands_once_and_a_deposit_comes_off_the_total():
    document = snapshots.picture(
        discounts=(
            DocumentDiscount(net=Money(7040), tax_category="S", percent=Percent(500)),
            DocumentDiscount(net=Money(2320), tax_category="S", percent=Percent(500)),
        ),
        deductions=(Deduction(text="Aanbetaling, factuur 2026-0100", amount=Money(50_000)),),
    )
    seen = words(render(document)).replace("\u00a0", " ")
    assert seen.count("Korting 5% € −93,60") == 1
    assert "Aanbetaling, factuur 2026-0100 € −500,00 Te betalen € 1.709,62" in seen
    assert "Betaal € 1.709,62" in seen


def test_two_return_boxes_of_one_rate_are_one_line_for_the_reader():
    document = snapshots.one_line()
    tax = document.taxes[0]
    half = dataclasses.replace(tax, base=Money(5000), tax=Money(1050))
    seen = words(render(dataclasses.replace(document, taxes=(half, half)))).replace("\u00a0", " ")
    assert seen.count("Btw 21% over") == 1
    assert "Btw 21% over € 100,00 € 21,00" in seen


def test_a_discount_for_early_payment_is_offered():
    payment = Payment(
        kind="transfer",
        iban="NL02ABNA0123456789",
        discount=Percent(200),
        discount_amount=Money(4419),
        discount_until=dt.date(2026, 11, 30),
    )
    seen = words(render(snapshots.picture(payment=payment))).replace("\u00a0", " ")
    assert "Betaalt u uiterlijk 30 november 2026, dan mag u 2% (€ 44,19) aftrekken." in seen


def test_a_direct_debit_announces_its_day_account_and_mandate():
    payment = Payment(
        kind="direct_debit",
        iban="NL20INGB0001234567",
        mandate="M-0007",
        collection_date=dt.date(2026, 12, 9),
    )
    seen = words(render(snapshots.picture(payment=payment))).replace("\u00a0", " ")
    assert "Wij schrijven € 2.209,62 af op of rond 9 december 2026" in seen
    assert "Van uw rekening NL20 INGB 0001 2345 67, met machtiging M-0007." in seen


def test_markup_is_printed_as_it_was_typed():
    line = snapshots.line(
        "Vlag <b>vet</b> & <img src='/etc/passwd'/>", "1", "1", details="a < b & c"
    )
    seen = words(render(snapshots.document([line], intro="<para>&nbsp;", closing="</b>&amp;")))
    for part in (
        "<b>vet</b> &",
        "<img src='/etc/passwd'/>",
        "a < b & c",
        "<para>&nbsp;",
        "</b>&amp;",
    ):
        assert part in seen


def test_what_the_font_lacks_is_a_square_and_never_an_empty_glyph():
    line = snapshots.line("Koffie 🙂 你好 שלום \N{FULLWIDTH DIGIT FIVE}", "1", "1")
    seen = words(render(snapshots.document([line])))
    assert "Koffie □ □□ □□□□ 5" in seen


def test_four_thousand_letters_without_a_space_break_and_are_all_there():
    pages = text(render(snapshots.unbroken_description()))
    assert pages.count("x") == 4000 + pages.count("example")


@pytest.mark.parametrize("style", ["klassiek", "modern"])
def test_nothing_leaves_the_sheet(style):
    wide = snapshots.line("y" * 500, "999999999", "9999999.9999", unit="z" * 40, item_code="K" * 99)
    party = dataclasses.replace(
        snapshots.SELLER,
        legal_name="Naam " * 40,
        street="S" * 200,
        email="e" * 120 + "@example.org",
        iban="MT84MALT011000012345MTLCAST001S",
    )
    document = snapshots.document(
        [wide],
        seller=party,
        customer=dataclasses.replace(party, number="1"),
        customer_reference="R" * 200,
        number="N" * 60,
        look=Look(style=style, columns=("item_code", "discount")),
    )
    for page in page_images(render(document), 96):
        assert page[:, -20:].min() == 255


def full_of_details(**changes):
    return snapshots.picture(
        purchase_order="PO-2026-000123 van de afdeling inkoop te Zwolle",
        our_reference="P-2026-77",
        contract_reference="Raamovereenkomst onderhoud 2026",
        delivery=snapshots.reverse_charge().customer,
        **changes,
    )


def test_a_full_column_stays_clear_of_what_stands_below_it():
    seen = words(render(full_of_details(look=snapshots.MODERN)))
    assert "Raamovereenkomst onderhoud 2026" in " ".join(seen.split())
    assert_golden("full-modern", render(full_of_details(look=snapshots.MODERN)), [1])
    assert_golden("full", render(full_of_details()), [1])


texts = st.text(max_size=300)


@settings(max_examples=120, deadline=None)
@given(
    parts=st.lists(texts, min_size=8, max_size=8),
    style=st.sampled_from(["klassiek", "modern"]),
    colour=st.text(max_size=8),
)
def test_any_text_renders(parts, style, colour):
    party = dataclasses.replace(
        snapshots.SELLER, legal_name=parts[0], street=parts[1], email=parts[2]
    )
    line = snapshots.line(parts[3], "1", "1", details=parts[4], unit=parts[5])
    document = snapshots.document(
        [line],
        seller=party,
        customer=dataclasses.replace(snapshots.CUSTOMER, legal_name=parts[6]),
        intro=parts[7],
        number=parts[0],
        look=Look(style=style, colour=colour, columns=("item_code",)),
    )
    pdf = render(document)
    assert reader(pdf).pages
    assert "\ufffd" not in text(pdf)


def test_a_document_without_lines_still_draws():
    assert "Factuur" in words(render(snapshots.document([])))


def test_pages_are_black_on_white():
    page = page_images(render(snapshots.picture()), 48)[0]
    assert np.median(page) == 255
