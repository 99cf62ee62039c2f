"""Numbers and texts of documents in the settings: previewed while typed, used from the next on."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from tests.factories import administrations
from tests.factories.sales import Shop
from tests.ui.panels import real

from klantenapp.services.sales import numbering, standard_texts
from klantenapp.services.sales.standard_texts import Texts
from klantenapp.services.store import clock
from klantenapp.ui.panels.settings.document_texts import DocumentTextsDialog
from klantenapp.ui.panels.settings.invoices import InvoicesSection


@pytest.fixture
def shop(administration):
    with clock.stopped(real.TODAY):
        yield Shop(administration)


@pytest.fixture
def window(qtbot, shop):
    shown = real.opened(qtbot, shop.administration.path)
    yield shown
    real.close(shown)
    administrations.require_sound(shop.administration)


@pytest.fixture
def section(qtbot, window):
    page = real.go(qtbot, window, "settings", section="invoices")
    found = page.findChild(InvoicesSection)
    assert found is not None
    real.settle(qtbot, window)
    return found


def typed(editor, text):
    editor.selectAll()
    QTest.keyClicks(editor, text)


def test_a_pattern_says_its_next_number_while_it_is_typed(qtbot, window, shop, section):
    numbers = section.numbers["invoice"]
    typed(numbers.pattern, "F{year}/{number:3}")
    real.settle(qtbot, window)
    assert "F2026/001" in numbers.meaning.text()
    typed(numbers.pattern, "F{year}")
    real.settle(qtbot, window)
    assert numbers.pattern.property("state") == "error"
    typed(numbers.pattern, "F{year}-{number:3}")
    numbers._save_pattern()
    real.settle(qtbot, window)
    assert shop.invoice(shop.customer()).number == "F2026-001"


def test_the_first_number_is_set_until_one_is_given_out(qtbot, window, shop, section):
    numbers = section.numbers["invoice"]
    numbers.first.set_value(189)
    numbers._save_first()
    real.settle(qtbot, window)
    assert "2026-0189" in numbers.meaning.text()
    assert shop.invoice(shop.customer()).number == "2026-0189"
    section.load()
    real.settle(qtbot, window)
    assert not numbers.first.isVisible()
    look = lambda s: numbering.first_of(s, "invoice", real.TODAY)  # noqa: E731 - one place
    assert shop.administration.read(look) is None


def test_texts_are_kept_per_kind_and_language(qtbot, window, shop, section):
    DocumentTextsDialog(section, section.shell).open()
    asked = real.dialog(qtbot, window, DocumentTextsDialog)
    real.settle(qtbot, window)
    asked.intro.set_value("Dank voor uw opdracht.")
    asked.kind.choose("quote")
    asked.language.choose("en")
    asked.closing.set_value("We look forward to it.")
    asked._save()
    real.settle(qtbot, window)
    kept = shop.administration.read(standard_texts.read_all)
    assert kept["invoice", "nl"] == Texts("Dank voor uw opdracht.", "")
    assert kept["quote", "en"] == Texts("", "We look forward to it.")
    assert kept["quote", "nl"] == Texts()
