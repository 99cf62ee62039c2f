"""Many invoices at once in the window: saved, printed and sent, with a reason where it cannot."""

from __future__ import annotations

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog
from sqlalchemy import select
from tests.factories import administrations
from tests.factories.sales import Shop, line
from tests.ui.panels import real

from klantenapp.models.document import Document
from klantenapp.models.message import Outbox
from klantenapp.services.customers.customers import ContactData
from klantenapp.services.store import clock
from klantenapp.ui.panels.documents import bulk, list_file
from klantenapp.ui.widgets.buttons import Button

HENK = ContactData(name="Henk", email="henk@v.example", receives="invoices")


@pytest.fixture
def shop(administration):
    with clock.stopped(real.TODAY):
        made = Shop(administration)
        yield made


@pytest.fixture
def window(qtbot, shop):
    shown = real.opened(qtbot, shop.administration.path)
    yield shown
    real.close(shown)
    administrations.require_sound(shop.administration)


def ticked(qtbot, window, ids):
    page = real.go(qtbot, window, "invoices")
    page.model.set_checked(ids)
    real.settle(qtbot, window)
    return page


def every(shop, kind):
    return shop.administration.read(lambda s: s.scalars(select(kind).order_by(kind.id)).all())


def test_saving_writes_the_stored_bytes(qtbot, window, shop, monkeypatch, tmp_path):
    folder = tmp_path / "pdf"
    folder.mkdir()
    customer = shop.customer()
    ids = [shop.invoice(customer).document_id for _number in range(2)]
    page = ticked(qtbot, window, ids)
    choose = lambda *_arguments: str(folder)  # noqa: E731 - one place
    monkeypatch.setattr(bulk.QFileDialog, "getExistingDirectory", choose)
    page.bulk.save_all()
    real.settle(qtbot, window)
    assert sorted(path.name for path in folder.iterdir()) == ["2026-0001.pdf", "2026-0002.pdf"]


def test_printing_paints_every_page_off_the_main_thread(qtbot, window, shop, monkeypatch, tmp_path):
    customer = shop.customer()
    ids = [shop.invoice(customer).document_id for _number in range(2)]
    page = ticked(qtbot, window, ids)
    paper = tmp_path / "printed.pdf"

    def printer(_parent, _title):
        made = QPrinter()
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(paper))
        return made

    monkeypatch.setattr(bulk, "ask_printer", printer)
    page.bulk.print_all()
    real.settle(qtbot, window)
    assert paper.read_bytes().count(b"/Type /Page\n") == 2


def test_sending_makes_drafts_final_and_tells_what_did_not_go(qtbot, window, shop):
    known = shop.customer("Bekend", contacts=(HENK,))
    nobody = shop.customer("Zonder adres")
    ids = [shop.draft(known, line()), shop.draft(nobody, line()), shop.invoice(known).document_id]
    page = ticked(qtbot, window, ids)
    page.bulk.send_all()
    asked = real.dialog(qtbot, window, QDialog)
    asked._act.click()
    for _round in range(4):
        real.settle(qtbot, window)
    assert [(each.id, each.state) for each in every(shop, Document)] == [
        (ids[0], "issued"),
        (ids[1], "draft"),
        (ids[2], "issued"),
    ]
    assert len(every(shop, Outbox)) == 2
    assert "bulk" in window.banners.keys


def test_what_a_draft_does_not_allow_is_grey_with_its_reason(qtbot, window, shop):
    customer = shop.customer()
    page = ticked(qtbot, window, [shop.draft(customer, line()), shop.invoice(customer).document_id])
    assert not page.bulk.save.isEnabled()
    assert "1 van 2" in page.bulk.save.toolTip()
    assert page.bulk.send.isEnabled()


def test_the_export_button_writes_what_the_filter_shows(qtbot, window, shop, monkeypatch, tmp_path):
    customer = shop.customer()
    shop.invoice(customer)
    shop.draft(customer, line())
    page = real.go(qtbot, window, "invoices", status="sent")
    chosen = tmp_path / "facturen"
    choose = lambda *_arguments: (str(chosen), "CSV (*.csv)")  # noqa: E731 - one place
    monkeypatch.setattr(list_file.QFileDialog, "getSaveFileName", choose)
    button = next(each for each in page.findChildren(Button) if each.text() == "Exporteren")
    button.click()
    real.settle(qtbot, window)
    text = chosen.with_suffix(".csv").read_text("utf-8-sig")
    assert "2026-0001" in text
    assert "Concept" not in text
    assert "Verzonden" in text
