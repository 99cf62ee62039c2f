"""Letters as PDF."""

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories import snapshots
from tests.factories.pages import assert_golden, page_images, reader, text, words

from klantenapp.services.rendering.pdf.letter import render
from klantenapp.services.rendering.snapshot import Paragraph, Run


def test_a_letter_looks_and_reads_as_it_did():
    assert_golden("letter", render(snapshots.letter()), [1])


def test_the_code_asks_for_the_total_of_the_table():
    (code,) = zxingcpp.read_barcodes(page_images(render(snapshots.letter()), 200)[0])
    assert code.text.split("\n")[7] == "EUR549.27"
    assert code.text.endswith("2026-0148")


def test_a_free_letter_needs_no_table_and_asks_for_nothing():
    letter = snapshots.letter(table=None, payment=None, after=(), subject="Even voorstellen")
    pdf = render(letter)
    assert len(reader(pdf).pages) == 1
    assert reader(pdf).metadata.title == "Even voorstellen"
    assert zxingcpp.read_barcodes(page_images(pdf, 200)[0]) == []


def test_a_long_letter_goes_on_and_numbers_its_pages():
    body = tuple(Paragraph.plain(f"Alinea {number}. " + "Tekst. " * 60) for number in range(20))
    pages = text(render(snapshots.letter(body=body))).split("\f")
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert f"Pagina {number} van {len(pages)}" in page
    assert "Sanne de Wilde" in pages[-1]


@pytest.mark.parametrize("count", range(9, 16))
def test_a_closing_never_stands_alone_on_a_page(count):
    after = tuple(Paragraph.plain(f"Alinea {number}. " + "Tekst. " * 40) for number in range(count))
    pages = text(render(snapshots.letter(after=after))).split("\f")
    assert "Met vriendelijke groet" in pages[-1]
    assert "Tekst." in pages[-1]


def test_a_letter_that_is_a_little_long_is_set_closer_on_one_page():
    after = (Paragraph.plain("Tekst. " * 90),)
    assert len(reader(render(snapshots.letter(after=after))).pages) == 1


def test_bold_is_a_matter_of_type_and_not_of_text():
    letter = snapshots.letter(body=(Paragraph((Run("a**b**"), Run("<b>c</b>", bold=True))),))
    assert "a**b**<b>c</b>" in words(render(letter))


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.text(max_size=400), min_size=5, max_size=5))
def test_any_text_renders(texts):
    letter = snapshots.letter(
        subject=texts[0],
        salutation=texts[1],
        body=(Paragraph((Run(texts[2]), Run(texts[3], bold=True))),),
        closing=texts[4],
        signatory=texts[0],
        enclosures=(texts[1],),
    )
    assert reader(render(letter)).pages
