"""Letters from templates, against what the law wants them to say."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantenapp.models.values import Money, Percent
from klantenapp.services.errors.rendering import UnknownPlaceholder
from klantenapp.services.rendering import letters
from klantenapp.services.rendering.letters import InvoiceNamed, LetterTemplate, fill
from klantenapp.services.rendering.snapshot import Paragraph, Run

KINDS = ["reminder", "second_reminder", "fourteen_day_letter", "notice"]
INVOICE = InvoiceNamed("2026-0148", dt.date(2026, 8, 21), dt.date(2026, 9, 4))
OTHER = InvoiceNamed("2026-0151", dt.date(2026, 8, 25), dt.date(2026, 9, 8))
VALUES = {name: f"<{name}>" for name in letters.NAMES}


def whole(filled):
    return "\n".join(
        "".join(run.text for run in paragraph.runs) for paragraph in filled.body + filled.after
    )


def test_the_fourteen_day_letter_holds_what_the_law_wants():
    values = VALUES | {
        "invoices": letters.invoices_phrase("nl", [INVOICE]),
        "principal": "€ 544,50",
        "costs": letters.costs_phrase("nl", Money(8168)),
        "iban": "NL02 ABNA 0123 4567 89",
        "reference": "2026-0148",
    }
    text = whole(fill(letters.default_template("fourteen_day_letter", "nl"), values, "nl"))
    assert (
        "Ondanks onze herinnering(en) hebben wij nog geen betaling ontvangen van factuur 2026-0148"
        " van 21-08-2026, vervaldatum 04-09-2026. Het openstaande bedrag is € 544,50. U bent in"
        " verzuim."
    ) in text
    assert (
        "Wij verzoeken u dit bedrag alsnog te betalen binnen veertien dagen vanaf de dag nadat deze"
        " brief bij u is bezorgd, op NL02 ABNA 0123 4567 89 o.v.v. 2026-0148."
    ) in text
    assert (
        "Betaalt u niet (volledig) binnen deze termijn, dan bent u naast de hoofdsom en de"
        " wettelijke rente (art. 6:119 BW) ook buitengerechtelijke incassokosten verschuldigd van"
        " € 81,68, op"
        " grond van art. 6:96 BW en het Besluit vergoeding voor buitengerechtelijke incassokosten."
    ) in text.replace("\u00a0", " ")


def test_the_fourteen_day_letter_never_counts_from_its_own_date():
    for language in ("nl", "en"):
        text = whole(
            fill(letters.default_template("fourteen_day_letter", language), VALUES, language)
        )
        for void in (
            "na heden",
            "dagtekening",
            "na verzending",
            "date of this letter",
            "<deadline>",
        ):
            assert void not in text
    assert "within fourteen days from the day after this letter was delivered" in text


def test_tax_on_the_costs_is_named_only_where_it_cannot_be_deducted():
    assert letters.costs_phrase("nl", Money(4000)).replace("\u00a0", " ") == "€ 40,00"
    assert letters.costs_phrase("nl", Money(4000), Money(840), Percent(2100)).replace(
        "\u00a0", " "
    ) == (
        "€ 40,00, te vermeerderen met 21% btw: € 8,40, omdat wij deze niet kunnen verrekenen,"
        " samen € 48,40"
    )
    assert "together" in letters.costs_phrase("en", Money(4000), Money(840), Percent(2100))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_default_text_fills_names_invoice_and_amount_and_has_a_table(kind, language):
    filled = fill(letters.default_template(kind, language), VALUES, language)
    text = whole(filled)
    for name in ("invoices", "principal", "iban", "reference"):
        assert f"<{name}>" in text
    assert filled.after
    assert not re.search(r"[{}*]", text + filled.subject)


def test_a_notice_names_interest_costs_and_keeps_all_rights():
    text = whole(fill(letters.default_template("notice", "nl"), VALUES, "nl"))
    for part in ("6:119a BW", "<costs>", "in gebreke", "3:317 BW", "<total>", "<deadline>"):
        assert part in text


def test_a_sentence_names_one_invoice_or_several():
    assert letters.invoices_phrase("nl", [INVOICE, OTHER]) == (
        "de facturen 2026-0148 van 21-08-2026, vervaldatum 04-09-2026; en 2026-0151 van"
        " 25-08-2026, vervaldatum 08-09-2026"
    )
    assert letters.invoices_phrase("en", [INVOICE]) == (
        "invoice 2026-0148 of 21-08-2026, due on 04-09-2026"
    )
    assert letters.numbers_phrase("nl", [INVOICE]) == "factuur 2026-0148"
    assert letters.numbers_phrase("en", [INVOICE, OTHER]) == "invoices 2026-0148 and 2026-0151"
    assert "invoices" in letters.invoices_phrase("en", [INVOICE, OTHER])
    assert letters.numbers_phrase("nl", [INVOICE, OTHER, INVOICE]).startswith(
        "facturen 2026-0148, "
    )


def test_bold_and_paragraphs_are_read_before_values_are_put_in():
    template = LetterTemplate(
        "{klant}", "Eerste **vet {klant}** regel\nloopt door\n\ntweede {klant}"
    )
    filled = fill(template, {"customer": "**A**\n\n{totaal}"}, "nl")
    assert filled.body == (
        Paragraph(
            (
                Run("Eerste "),
                Run("vet **A**\n\n{totaal}", bold=True),
                Run(" regel loopt door"),
            )
        ),
        Paragraph((Run("tweede **A**\n\n{totaal}"),)),
    )
    assert filled.after == ()


def test_an_unknown_placeholder_is_refused_by_name():
    with pytest.raises(UnknownPlaceholder) as refused:
        fill(LetterTemplate("x", "Bedrag {bedarg}"), {}, "nl")
    assert refused.value.name == "bedarg"
    assert "hoofdsom" in refused.value.known
    with pytest.raises(UnknownPlaceholder):
        fill(LetterTemplate("{}", "x"), {}, "en")


def test_greetings_follow_the_language():
    assert letters.default_salutation("nl", "heer Proefstra") == "Geachte heer Proefstra,"
    assert letters.default_salutation("nl", "") == "Geachte heer, mevrouw,"
    assert letters.default_salutation("en", "Ms Sample") == "Dear Ms Sample,"
    assert letters.default_salutation("en", "") == "Dear Sir or Madam,"
    assert letters.default_closing("nl") == "Met vriendelijke groet,"
    assert letters.default_closing("en") == "Yours sincerely,"
    assert letters.table_title("nl") == "Wat u nu betaalt"
    assert letters.table_title("en") == "What you pay now"


@given(text=st.text(st.characters(exclude_characters="{}"), max_size=200), value=st.text())
def test_any_text_without_braces_fills(text, value):
    filled = fill(LetterTemplate(text, text), {"customer": value}, "en")
    assert filled.subject == text
