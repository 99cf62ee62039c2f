"""From the list to a paid invoice, with keys and clicks, on a real file."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from tests.factories import administrations
from tests.factories.sales import Shop, line
from tests.ui.panels import real

from klantenapp.models.document import Document
from klantenapp.models.values import Money, Percent, UnitPrice
from klantenapp.services.catalogue import price_lists
from klantenapp.services.customers.customers import ContactData
from klantenapp.services.receivables import payments
from klantenapp.services.sales import credits as crediting
from klantenapp.services.sales import documents
from klantenapp.services.sales.inputs import LineInput
from klantenapp.services.store import clock
from klantenapp.ui.forms.new_customer import NewCustomerDialog
from klantenapp.ui.panels.documents.credit import CreditDialog
from klantenapp.ui.panels.documents.finalise import FinaliseDialog
from klantenapp.ui.panels.documents.more_terms import MoreTermsDialog
from klantenapp.ui.panels.documents.payment import PaymentDialog
from klantenapp.ui.panels.documents.refund import RefundDialog
from klantenapp.ui.widgets.labels import Label

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def stopped():
    with clock.stopped(TODAY):
        yield


@pytest.fixture
def shop(administration, stopped):  # noqa: ARG001 - the clock stands still
    made = Shop(administration)
    made.customer("VvE Modelflat 12–48", contacts=(ContactData(name="Karel Model"),))
    made.item("UUR", "62.00")
    return made


@pytest.fixture
def window(qtbot, shop):
    shown = real.opened(qtbot, shop.administration.path)
    yield shown
    real.close(shown)


def go(qtbot, window, route, **arguments):
    window.navigation.go(route, **arguments)
    page = window.navigation.page
    qtbot.waitUntil(lambda: not window.shell.ops.busy, timeout=10_000)
    return page


def settle(qtbot, window):
    """Until nothing is on its way."""
    for _ in range(3):
        qtbot.waitUntil(lambda: window.shell.ops.quiet, timeout=10_000)
        qtbot.wait(40)
    qtbot.waitUntil(lambda: window.shell.ops.quiet, timeout=10_000)


def dialog(window, kind):
    found = [each for each in window.findChildren(kind) if each.isVisible()]
    assert found, kind
    return found[0]


def issued(shop):
    def read(session):
        ids = documents.list_ids(session, documents.Filter(), ("number", False), TODAY)
        return documents.list_rows(session, ids, TODAY)

    return [row for row in shop.administration.read(read) if row.number]


def test_an_invoice_is_made_with_the_keyboard(qtbot, window, shop):
    page = go(qtbot, window, "draft")
    picker = page.customer.picker
    picker.setFocus()
    QTest.keyClicks(picker, "modelf")
    qtbot.waitUntil(lambda: picker.is_open, timeout=5000)
    QTest.keyClick(picker, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.state.typed.customer_id is not None, timeout=5000)

    page.grid.edit_cell(0, "description")
    search = page.grid.focusWidget() or window.focusWidget()
    QTest.keyClicks(search, "uur")
    qtbot.waitUntil(lambda: search.is_open, timeout=5000)
    QTest.keyClick(search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.state.typed.lines) == 1, timeout=5000)
    settle(qtbot, window)
    quantity = window.focusWidget()
    QTest.keyClicks(quantity, "3*4")
    QTest.keyClick(quantity, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: page.state.document_id is not None, timeout=5000)
    settle(qtbot, window)
    assert page.totals.total.text().replace("\xa0", " ") == "€ 900,24"

    page._finalise()
    qtbot.waitUntil(
        lambda: bool([d for d in window.findChildren(FinaliseDialog) if d.isVisible()]),
        timeout=5000,
    )
    qtbot.wait(450)
    dialog(window, FinaliseDialog)._act.click()
    qtbot.waitUntil(lambda: bool(issued(shop)), timeout=10_000)
    settle(qtbot, window)
    (row,) = issued(shop)
    assert (row.number, row.total, row.status) == ("2026-0001", Money(90024), "sent")
    assert window.navigation.page.title == "Factuur 2026-0001"


def test_what_is_missing_is_said_at_the_field_and_on_top(qtbot, window, shop):
    page = go(qtbot, window, "draft")
    page._finalise()
    qtbot.waitUntil(page.problems.isVisible, timeout=5000)
    assert page.customer_field.error == "Kies eerst een klant."
    assert issued(shop) == []


def test_a_draft_saves_itself_and_one_undo_takes_back_the_whole_visit(qtbot, window, shop):
    page = go(qtbot, window, "draft", customer=1)
    qtbot.waitUntil(lambda: page.state.document_id is not None, timeout=5000)
    page.desk.fill_in(0, {"description": "Werk", "unit_price": UnitPrice.parse("10")})
    page.state.save()
    settle(qtbot, window)
    page.desk.fill_in(0, {"discount": Percent.parse("5")})
    page.state.save()
    settle(qtbot, window)
    document = shop.administration.read(lambda s: s.get_one(Document, page.state.document_id))
    assert document.total == Money(1150)
    with qtbot.waitSignal(window.shell.ops.changed):
        window.shell.ops.undo()
    gone = shop.administration.read(lambda s: s.get(Document, page.state.document_id))
    assert gone is None


def test_a_payment_is_booked_and_the_list_follows_at_once(qtbot, window, shop):
    made = shop.invoice(1)
    page = go(qtbot, window, "invoices")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=5000)
    page.view.select_first()
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_B)
    qtbot.waitUntil(
        lambda: bool([d for d in window.findChildren(PaymentDialog) if d.isVisible()]), timeout=5000
    )
    asked = dialog(window, PaymentDialog)
    qtbot.waitUntil(lambda: asked.amount.value() == Money(12100), timeout=5000)
    asked.amount.set_value(Money(2100))
    asked._book()
    qtbot.waitUntil(lambda: issued(shop)[0].open_amount == Money(10000), timeout=5000)
    settle(qtbot, window)
    assert page.model.row_at(0).status == "part_paid"
    with qtbot.waitSignal(window.shell.ops.changed):
        window.shell.ops.undo()
    settle(qtbot, window)
    assert page.model.row_at(0).open_amount == Money(12100)
    assert made.number == "2026-0001"


def test_crediting_says_what_happens_and_does_it(qtbot, window, shop):
    made = shop.issue(shop.draft(1, line("100.00", "2")))
    page = go(qtbot, window, "invoice", id=made.document_id)
    settle(qtbot, window)
    page._credit()
    asked = dialog(window, CreditDialog)
    qtbot.waitUntil(lambda: asked._plan is not None, timeout=5000)
    asked.how.choose("part")
    asked.part.set_value("amount")
    asked.amount.set_value(Money(10000))
    asked._follow()
    qtbot.waitUntil(lambda: asked._effect is not None and asked._effect.total == Money(10000))
    told = " ".join(label.text() for label in asked.effects.findChildren(Label))
    assert "C2026-0001" in told
    assert "rubriek 1a" in told
    assert "€ 82,64" in told.replace("\u00a0", " ")
    asked._credit(send=False)
    qtbot.waitUntil(lambda: len(issued(shop)) == 2, timeout=10_000)
    rows = {row.number: row for row in issued(shop)}
    assert rows["2026-0001"].open_amount == Money(14200)
    assert rows["C2026-0001"].total == Money(10000)


def test_drafts_are_deleted_and_brought_back(qtbot, window, shop):
    shop.draft(1, line())
    page = go(qtbot, window, "invoices")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=5000)
    page.view.select_first()
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.model.rowCount() == 0, timeout=5000)
    with qtbot.waitSignal(window.shell.ops.changed):
        window.shell.ops.undo()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=5000)


def test_the_file_is_sound_after_a_day_s_work(window, shop):  # noqa: ARG001 - the window has it open
    shop.invoice(1)
    administrations.require_sound(shop.administration)


def test_a_customer_made_in_the_picker_is_filled_in_on_the_draft(qtbot, window, shop):  # noqa: ARG001 - the file
    page = go(qtbot, window, "draft")
    page.customer.wanted.emit("Bakkerij Deeg")
    form = dialog(window, NewCustomerDialog)
    assert form.data().name == "Bakkerij Deeg"
    form._add()
    settle(qtbot, window)

    assert window.navigation.page is page
    assert page.customer.card.title == "Bakkerij Deeg"
    assert page.title == "Factuur voor Bakkerij Deeg"


def test_one_document_differs_in_tax_and_language_and_goes_back_with_a_click(qtbot, window, shop):
    customer = shop.customer("Ver weg", vat_id="NL004495445B01")
    draft = shop.draft(customer, line("100.00", description="Werk 🙂"))
    page = go(qtbot, window, "draft", id=draft)
    settle(qtbot, window)
    assert "🙂" in page.cautions.accessibleName()
    page.more.open.click()
    settle(qtbot, window)
    form = dialog(window, MoreTermsDialog).form
    form.fields["tax_treatment"].input.set_value("reverse_charge")
    form.fields["language"].input.set_value("en")
    dialog(window, MoreTermsDialog)._save()
    settle(qtbot, window)

    typed = page.state.typed
    assert (typed.tax_treatment, typed.language) == ("reverse_charge", "en")
    assert page.more.differs.isVisible()
    assert page.totals.total.text().replace("\xa0", " ") == "€ 100,00"

    page.more.revert.click()
    settle(qtbot, window)
    assert page.state.typed.tax_treatment is None
    assert page.totals.total.text().replace("\xa0", " ") == "€ 121,00"

    # What comes from an issued document says everything; only what differs is amber.
    page.state.change(tax_treatment="domestic", language="nl")
    settle(qtbot, window)
    assert page.state.typed.language == "nl"
    assert page.more.differs.isHidden()


def test_another_list_says_how_many_lines_it_repriced_and_takes_it_back(qtbot, window, shop):
    item = shop.item("BUIS", "10.00")
    data = price_lists.PriceListData(name="Vast", percent=Percent.parse("-10"))
    list_id = shop.administration.write(price_lists.ADD, partial(price_lists.add, data=data))[0]
    typed = line("7.00", item_id=item)
    draft = shop.draft(shop.customer("Klant"), LineInput(item_id=item), typed)
    page = go(qtbot, window, "draft", id=draft)
    settle(qtbot, window)
    told = []
    page.state.repriced.connect(lambda count, before: told.append((count, before)))
    page.state.change(price_list_id=list_id)
    qtbot.waitUntil(lambda: bool(told), timeout=5000)
    settle(qtbot, window)
    assert told == [(1, {"price_list_id": None})]
    assert page.totals.total.text().replace("\xa0", " ") == "€ 19,36"

    toast = window.shell.toasts.current
    next(each for each in toast.findChildren(QPushButton)).click()
    settle(qtbot, window)
    assert page.state.typed.price_list_id is None
    assert page.totals.total.text().replace("\xa0", " ") == "€ 20,57"


def test_what_a_credit_note_holds_is_paid_back_from_its_page(qtbot, window, shop):
    invoice = shop.invoice(1).document_id
    shop.administration.write(payments.MARK_PAID, lambda s: payments.pay(s, invoice))
    work = lambda s: crediting.credit(s, invoice, crediting.Wanted())  # noqa: E731 - one place
    note = shop.administration.write(crediting.CREDIT, work)[0]
    page = go(qtbot, window, "invoice", id=note.document_id)
    settle(qtbot, window)
    assert page.refund.isVisible()
    assert not page.pay.isVisible()
    page.refund.click()
    dialog(window, RefundDialog)._write()
    settle(qtbot, window)
    assert not page.refund.isVisible()
    assert [one.text() for one in page.related.links] == ["2026-0001"]
