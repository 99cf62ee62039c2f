"""Writing a mail: receivers, tinted fields, files, and ten seconds in which it can be stopped."""

import datetime as dt
from functools import partial

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from tests.factories.sales import Shop, line
from tests.ui import mail_window

from klantenapp.services.customers.customers import ContactData
from klantenapp.services.messages import outbox_list, timeline
from klantenapp.services.messages.addresses import Address
from klantenapp.services.messages.attachments import NewFile
from klantenapp.services.store import clock
from klantenapp.ui.widgets.dialogs import Dialog

CONTACTS = (
    ContactData(name="Administratie", email="administratie@v.example", receives="invoices"),
    ContactData(name="Henk", email="henk@v.example", receives="all"),
    ContactData(name="Tess", email="tess@v.example", receives="quotes", role="inkoop"),
)


@pytest.fixture
def shop(administration):
    with clock.stopped(dt.datetime(2026, 11, 24, 12).astimezone()):
        yield Shop(administration)


@pytest.fixture
def invoice(shop):
    customer = shop.customer("Voorbeeld Bouw B.V.", contacts=CONTACTS)
    return shop.issue(shop.draft(customer, line("1636.36", "1", description="Werk")))


@pytest.fixture
def window(qtbot, shop):
    shown = mail_window.open_window(qtbot, shop.administration.path, postman=False)
    yield shown
    shown.shell.ops.shut()


@pytest.fixture
def page(qtbot, window, invoice):
    mail_window.go(qtbot, window, "invoice", id=invoice.document_id)
    shown = mail_window.go(qtbot, window, "email", document=invoice.document_id)
    qtbot.waitUntil(lambda: shown._begun is not None)
    return shown


def rows(shop):
    return shop.administration.read(partial(outbox_list.rows, with_sent=9))


def emails(page):
    return [one.email for one in page.form.to.value()]


def test_the_contacts_that_receive_invoices_are_chosen_and_the_rest_is_one_tick_away(page):
    assert emails(page) == ["administratie@v.example", "henk@v.example"]
    ticks = {tick.text(): tick for tick, _one in page.form._ticks}
    assert [name for name, tick in ticks.items() if tick.value()] == ["Administratie", "Henk"]
    ticks["Tess"].click()
    assert emails(page)[-1] == "tess@v.example"
    ticks["Henk"].click()
    assert "henk@v.example" not in emails(page)


def test_fields_are_tinted_until_they_are_edited(page):
    text = page.form.text
    assert text.fields()["number"] == "2026-0001"
    assert "€\u00a01.980,00" in text.value()
    cursor = QTextCursor(text.document().find("2026-0001"))
    cursor.setPosition(cursor.selectionStart() + 3)
    text.setTextCursor(cursor)
    text.insertPlainText("X")
    assert "number" not in text.fields()
    assert "due_date" in text.fields()


def test_what_is_typed_beside_a_field_is_no_part_of_it(page):
    text = page.form.text
    cursor = QTextCursor(text.document().find("2026-0001"))
    cursor.setPosition(cursor.selectionEnd())
    text.setTextCursor(cursor)
    text.insertPlainText(" (kopie)")
    assert text.fields()["number"] == "2026-0001"
    assert "2026-0001 (kopie) van" in text.value()


def test_the_preview_draws_how_to_pay_and_names_the_file(page):
    shown = page.paper.paper.text()
    assert "Factuur 2026-0001 van Noordkade Installatie" in shown
    assert "Factuur-2026-0001.pdf" in shown
    mail = page.form.mail(page._sender())
    assert mail.payment
    assert mail.payment in mail.body


def test_markup_in_a_text_is_shown_as_it_is_typed(qtbot, page):
    page.form.text.insertPlainText("<img src=//evil/x.png><b>x</b> ")
    qtbot.wait(400)
    assert "<img src=//evil/x.png><b>x</b>" in page.paper.paper.text()


def test_sending_goes_back_and_counts_down(qtbot, window, page, shop):
    qtbot.keyClick(page.form.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    mail_window.settle(qtbot, window)
    assert window.navigation.place.name == "invoice"
    (row,) = rows(shop)
    assert (row.state, row.document_number) == ("queued", "2026-0001")
    toast = window.toasts.current
    assert toast.label.text() == (
        "Factuur 2026-0001 gaat over 10 seconden naar Administratie en Henk"
    )


def test_stop_brings_the_mail_back_as_it_was(qtbot, window, page, shop):
    page.form.text.insertPlainText("Beste Henk, ")
    page.form.cc.add(Address("", "kopie@v.example"))
    body = page.form.text.value()
    page._send()
    mail_window.settle(qtbot, window)
    window.undo()
    mail_window.settle(qtbot, window)
    assert rows(shop) == []
    again = window.navigation.page
    qtbot.waitUntil(lambda: again._begun is not None)
    assert again.form.text.value() == body
    assert [one.email for one in again.form.cc.value()] == ["kopie@v.example"]
    assert [one.name for one in again.form.files.chosen()] == ["Factuur-2026-0001.pdf"]
    again._send()
    mail_window.settle(qtbot, window)
    assert [row.state for row in rows(shop)] == ["queued"]


def test_what_is_missing_is_told_at_its_field_and_nothing_is_queued(qtbot, window, page, shop):
    page.form.to.set_value(())
    page.form.subject.setText("")
    page._send()
    mail_window.settle(qtbot, window)
    assert page.form.errors["to"].text().startswith("Deze mail gaat nog naar niemand.")
    assert page.form.errors["subject"].text().startswith("Er is nog geen onderwerp.")
    assert rows(shop) == []


def test_an_address_that_is_none_stops_and_says_so(qtbot, window, page, shop):
    page.form.to.line.setText("a@b.nl; c@d.nl")
    page._send()
    mail_window.settle(qtbot, window)
    assert rows(shop) == []
    page.form.to.line.clear()
    page.form.to.line.setText("geen adres")
    qtbot.keyClick(page.form.to.line, Qt.Key.Key_Return)
    assert page.form.errors["to"].text() == (
        "“geen adres” is geen e-mailadres. Controleer het, bijvoorbeeld naam@bedrijf.nl."
    )


def test_a_field_that_nothing_is_known_of_is_an_error(qtbot, window, page, shop):
    page.form.text.insertPlainText("Uw kenmerk: {reference}. ")
    page._send()
    mail_window.settle(qtbot, window)
    assert page.form.errors["body"].text() == (
        "Voor {reference} is niets bekend. Vul het in of haal het uit de tekst."
    )
    assert rows(shop) == []


def test_another_language_asks_only_when_the_text_was_edited(qtbot, window, page):
    page.form.language.choose("en")
    mail_window.settle(qtbot, window)
    qtbot.waitUntil(lambda: page.form.subject.text().startswith("Invoice 2026-0001"))
    assert emails(page) == ["administratie@v.example", "henk@v.example"]
    page.form.text.insertPlainText("Dear Henk, ")
    page.form.language.choose("nl")
    mail_window.settle(qtbot, window)
    dialog = window.findChild(Dialog)
    assert dialog is not None
    dialog.reject()
    assert page.form.language.value() == "en"
    assert "Dear Henk" in page.form.text.value()


def test_leaving_keeps_an_edited_mail_as_a_draft_and_an_untouched_one_not(
    qtbot, window, page, shop
):
    page._leave()
    mail_window.settle(qtbot, window)
    assert window.navigation.place.name == "invoice"
    document = page.form._begun.prepared.document_id
    again = mail_window.go(qtbot, window, "email", document=document)
    qtbot.waitUntil(lambda: again._begun is not None)
    again.form.text.insertPlainText("Half af ")
    again._leave()
    mail_window.settle(qtbot, window)
    read = partial(timeline.page, document_id=document)
    drafts = [one for one in shop.administration.read(read) if one.status == "draft"]
    assert len(drafts) == 1
    assert "Half af" in drafts[0].text


def test_a_file_from_the_disk_goes_along_and_too_many_are_refused(qtbot, window, page, shop):
    page.form.files.add(NewFile("foto.png", b"\x89PNG" * 100))
    page.form.files.add(NewFile("groot.bin", b"x" * 10_000_000))
    assert "groot.bin" in page.form.errors["files"].text()
    page._send()
    mail_window.settle(qtbot, window)
    (row,) = rows(shop)
    entry = shop.administration.read(partial(timeline.entry, message_id=row.message_id))
    assert [one.name for one in entry.files] == ["Factuur-2026-0001.pdf", "foto.png"]


def test_pasted_pages_become_plain_words(page):
    data = QMimeData()
    data.setHtml('<b>vet</b><img src="http://x/y.png">')
    data.setText("vet")
    page.form.text.clear()
    page.form.text.insertFromMimeData(data)
    assert page.form.text.value() == "vet"
    assert "<img" not in page.form.text.toHtml()


def test_in_a_narrow_window_the_preview_takes_the_place_of_the_fields(qtbot, window, page):
    assert page.desk.isVisible()
    window.resize(1024, 700)
    mail_window.settle(qtbot, window)
    assert not page.desk.isVisible()
    page._toggle()
    assert page.desk.isVisible()
    assert not page._area.isVisible()
    page._toggle()
    assert page._area.isVisible()
    window.resize(1366, 768)
    mail_window.settle(qtbot, window)
    assert page.desk.isVisible()
    assert page._area.isVisible()
