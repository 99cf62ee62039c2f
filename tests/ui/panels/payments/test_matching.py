"""A month of bank lines, handled with keys alone on a real file."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from sqlalchemy import select
from tests.factories import administrations
from tests.factories.sales import Shop
from tests.factories.statements import camt, entry
from tests.services.receivables import test_direct_debit as debit
from tests.ui.panels import real

from klantenapp.models.message import Outbox
from klantenapp.models.values import ZERO, Money
from klantenapp.services.insights import todo
from klantenapp.services.ledger import balances
from klantenapp.services.receivables import bank_desk
from klantenapp.services.store import clock
from klantenapp.ui.panels.payments.collections import CollectionDialog
from klantenapp.ui.panels.payments.columns import ColumnsDialog
from klantenapp.ui.panels.payments.finding import FindDialog

TODAY = dt.date(2026, 11, 23)
ISSUED = dt.date(2026, 11, 2)


@pytest.fixture
def stopped():
    with clock.stopped(TODAY):
        yield


@pytest.fixture
def shop(administration, stopped):  # noqa: ARG001 - the clock stands still
    return Shop(administration)


@pytest.fixture
def window(qtbot, shop):
    shown = real.opened(qtbot, shop.administration.path)
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    yield shown
    real.close(shown)


@pytest.fixture
def page(qtbot, window):
    window.navigation.go("payments")
    found = window.navigation.page
    settle(qtbot, found)
    return found


def settle(qtbot, page):
    qtbot.waitUntil(lambda: page.ops.quiet and not page._writing, timeout=20_000)
    QTest.qWait(1)


def bring(qtbot, page, tmp_path, *entries):
    file = tmp_path / "bank.xml"
    file.write_bytes(camt(*entries))
    page.files.take([file])
    qtbot.waitUntil(lambda: bool(page._desk.lines), timeout=20_000)
    settle(qtbot, page)
    assert page.window().isActiveWindow()  # nothing came up as a window of its own


def press(qtbot, page, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(page.list, key, modifiers)
    settle(qtbot, page)


def owed(shop, customer):
    return shop.administration.read(lambda s: balances.balance(s, customer, TODAY)).balance


def groups(page):
    return [line.group for line in page._desk.lines]


def test_a_month_of_two_hundred_lines_without_the_mouse(qtbot, shop, page, tmp_path):
    customers = [shop.customer(f"{name} Bedrijf") for name in ("Alfa", "Bravo", "Delta", "Echo")]
    numbers = [shop.invoice(customers[n % 4], f"{n + 10}.00", ISSUED).number for n in range(40)]
    lines = [
        entry("2026-11-10", str(Money((n + 10) * 121)), f"Factuur {number}", name="?")
        for n, number in enumerate(numbers)
    ]
    lines += [entry("2026-11-11", f"-{n + 1}.00", "Winkel", name=f"Winkel {n}") for n in range(160)]
    bring(qtbot, page, tmp_path, *lines)
    assert groups(page).count("certain") == 40
    press(
        qtbot,
        page,
        Qt.Key.Key_Return,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert all(owed(shop, customer) == ZERO for customer in customers)
    assert groups(page).count("matched") == 40
    for left in range(160, 0, -1):
        assert groups(page).count("unknown") == left
        press(qtbot, page, Qt.Key.Key_I)
    assert groups(page).count("ignored") == 160
    assert page.shell.ops.undo_name == "bank.ignore"


def test_enter_accepts_and_goes_on_and_undo_brings_it_back(qtbot, shop, page, tmp_path):
    customer = shop.customer("Jansen B.V.")
    first, second = (shop.invoice(customer, net, ISSUED) for net in ("100.00", "200.00"))
    bring(
        qtbot,
        page,
        tmp_path,
        entry("2026-11-16", "121.00", first.number),
        entry("2026-11-17", "242.00", second.number),
    )
    assert page.pane.line.row.amount == Money(12100)
    press(qtbot, page, Qt.Key.Key_Return)
    assert owed(shop, customer) == Money(24200)
    assert (page.pane.line.row.amount, groups(page)) == (Money(24200), ["certain", "matched"])
    page.ops.undo()
    settle(qtbot, page)
    assert owed(shop, customer) == Money(36300)
    assert groups(page) == ["certain", "certain"]


def test_a_surplus_can_go_on_the_next_invoice(qtbot, shop, page, tmp_path):
    customer = shop.customer("Jansen B.V.")
    first, second = (shop.invoice(customer, net, ISSUED) for net in ("100.00", "200.00"))
    bring(qtbot, page, tmp_path, entry("2026-11-16", "161.00", f"{first.number} incl kosten"))
    assert page.pane.left == Money(4000)
    page.pane._choices.choose("other")
    press(qtbot, page, Qt.Key.Key_Return)
    found = shop.administration.read(lambda s: bank_desk.items_of(s, {customer}))[customer]
    assert [(item.number, item.open_amount) for item in found] == [(second.number, Money(20200))]


def test_more_than_came_in_cannot_be_accepted(qtbot, shop, page, tmp_path):
    customer = shop.customer("Jansen B.V.")
    first, second = (shop.invoice(customer, net, ISSUED) for net in ("100.00", "200.00"))
    bring(qtbot, page, tmp_path, entry("2026-11-16", "121.00", first.number))
    press(qtbot, page, Qt.Key.Key_F2)
    amount = page.pane.allocation._rows[1].amount
    amount.setText("10")
    amount.edited.emit()
    assert second.number == page.pane.allocation._rows[1].item.number
    assert not page.pane.can_accept
    press(qtbot, page, Qt.Key.Key_Return)
    assert owed(shop, customer) == Money(36300)


def test_an_unknown_line_is_given_to_an_invoice_and_unlinked_later(qtbot, shop, page, tmp_path):
    customer = shop.customer("Jansen B.V.")
    invoice = shop.invoice(customer, "100.00", ISSUED)
    bring(qtbot, page, tmp_path, entry("2026-11-16", "60.00", "?", name="Zomaar"))
    assert groups(page) == ["unknown"]
    press(qtbot, page, Qt.Key.Key_F)
    dialog = next(each for each in page.window().findChildren(FindDialog) if each.isVisible())
    dialog.activateWindow()
    qtbot.waitUntil(dialog.field.hasFocus, timeout=20_000)
    QTest.keyClicks(dialog.field, invoice.number)
    qtbot.waitUntil(lambda: dialog.field.is_open, timeout=20_000)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    settle(qtbot, page)
    assert page.pane.acceptance().parts.popitem()[1] == Money(6000)
    press(qtbot, page, Qt.Key.Key_Return)
    assert owed(shop, customer) == Money(6100)
    assert groups(page) == ["matched"]
    press(qtbot, page, Qt.Key.Key_U)
    assert owed(shop, customer) == Money(12100)


def test_a_small_difference_is_written_off(qtbot, shop, page, tmp_path):
    customer = shop.customer("Jansen B.V.")
    invoice = shop.invoice(customer, "100.00", ISSUED)
    bring(qtbot, page, tmp_path, entry("2026-11-16", "120.50", invoice.number))
    page.pane._choices.choose("difference")
    press(qtbot, page, Qt.Key.Key_Return)
    assert owed(shop, customer) == ZERO


def test_the_page_speaks_and_stays_within_its_room_at_every_text_size(qtbot, shop, page, tmp_path):
    shop.invoice(shop.customer("Jansen B.V."), "100.00", ISSUED)
    bring(qtbot, page, tmp_path, entry("2026-11-16", "150.00", "x", name="Jansen B.V."))
    assert page.list.accessibleName()
    inside = page.pane.widget().minimumSizeHint().width()
    assert inside <= page.pane.viewport().width()
    administrations.require_sound(shop.administration)


def creditor(session):
    session.get_one(debit.Business, 1).creditor_id = "NL13ZZZ012345670000"


def test_a_collection_and_its_return_are_certain_and_handled_together(qtbot, shop, page, tmp_path):
    shop.administration.write(debit.settings.CHANGE, creditor)
    customer = debit.collecting(shop)
    one = shop.invoice(customer, "100.00", ISSUED)
    with clock.stopped(dt.date(2026, 11, 10)):
        (batch,) = debit.make(shop, one.document_id, day=dt.date(2026, 11, 12))
    debit.send(shop, batch)
    reference = debit.batch_of(shop, batch)[0]
    returned = entry("2026-11-18", "-121.00", "storno", more=debit.REASON)
    bring(
        qtbot,
        page,
        tmp_path,
        entry("2026-11-12", "121.00", f"{reference}-1"),
        returned.replace("NOTPROVIDED", f"{reference}-1"),
    )
    assert groups(page) == ["certain", "unknown"]
    page._accept_all()
    settle(qtbot, page)
    assert groups(page) == ["matched", "matched"]
    assert owed(shop, customer) == Money(12100)


def rows_of(model):
    return [model.row_at(at) for at in range(model.rowCount())]


def test_a_collection_is_made_from_the_list_and_announced_by_mail(qtbot, shop, window, monkeypatch):
    window.navigation.go("collections")
    page = window.navigation.page
    qtbot.waitUntil(page.empty.isVisible, timeout=10_000)  # nothing yet, and what to do about it
    assert not page.lists.isVisible()
    shop.administration.write(debit.settings.CHANGE, creditor)
    customer = debit.collecting(shop, email="jan@jansen.example")
    unsigned = debit.collecting(shop, "Later B.V.", reference="M-9", signed_on=None)
    shop.invoice(customer, "100.00", ISSUED)
    shop.invoice(unsigned, "100.00", ISSUED)
    window.navigation.go("collections")
    page = window.navigation.page
    monkeypatch.setattr(page, "_save_batch", lambda _batch: None)
    qtbot.waitUntil(lambda: page.invoices.rowCount() == 2, timeout=10_000)
    assert [row.found.standing for row in rows_of(page.invoices)] == ["holds", "unsigned"]
    page._collect()
    dialogs = window.findChildren
    qtbot.waitUntil(lambda: len(dialogs(CollectionDialog)) == 1, timeout=10_000)
    (dialog,) = dialogs(CollectionDialog)
    assert dialog.day.value() == dt.date(2026, 12, 7)
    assert not dialog.note.isVisibleTo(dialog)
    dialog.day.set_value(dt.date(2026, 11, 30))
    dialog._follow()
    assert dialog.note.isVisibleTo(dialog)
    dialog._make()
    qtbot.waitUntil(
        lambda: page.ops.quiet and [row.announced for row in rows_of(page.batches)] == [1],
        timeout=20_000,
    )
    waiting = shop.administration.read(lambda s: s.scalars(select(Outbox.state)).all())
    assert waiting == ["queued"]
    administrations.require_sound(shop.administration)


def test_a_file_with_unknown_columns_asks_once_which_is_which(qtbot, page, tmp_path):
    file = tmp_path / "vreemd.csv"
    file.write_text("Datum;Bedrag;Wie;Waarover\n16-11-2026;121,00;Jansen;Factuur 1\n")
    page.files.take([file])

    def dialog():
        found = page.window().findChildren(ColumnsDialog)
        return next((each for each in found if each.isVisible()), None)

    qtbot.waitUntil(lambda: dialog() is not None, timeout=10_000)
    dialog().form.fields["counterparty"].input.set_value(2)
    dialog()._take()
    qtbot.waitUntil(lambda: bool(page._desk.lines), timeout=10_000)
    assert page._desk.lines[0].name == "Jansen"
    file.write_text("Datum;Bedrag;Wie;Waarover\n17-11-2026;5,00;Smit;x\n")
    page.files.take([file])
    qtbot.waitUntil(lambda: len(page._desk.lines) == 2, timeout=10_000)


def choose(qtbot, page, text):
    dialog = next(each for each in page.window().findChildren(FindDialog) if each.isVisible())
    dialog.activateWindow()
    qtbot.waitUntil(dialog.field.hasFocus, timeout=20_000)
    QTest.keyClicks(dialog.field, text)
    qtbot.waitUntil(lambda: dialog.field.is_open, timeout=20_000)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    settle(qtbot, page)


def test_one_line_pays_invoices_of_two_customers_and_is_undone_as_one(qtbot, shop, page, tmp_path):
    first, second = shop.customer("Alfa"), shop.customer("Bravo")
    one, other = shop.invoice(first, "100.00", ISSUED), shop.invoice(second, "50.00", ISSUED)
    bring(qtbot, page, tmp_path, entry("2026-11-16", "181.50", one.number, name="Holding"))
    press(qtbot, page, Qt.Key.Key_A)
    choose(qtbot, page, other.number)
    assert page.pane.left == ZERO
    found = page.pane.acceptance()
    assert (found.also, found.customer_id) == ((second,), first)
    press(qtbot, page, Qt.Key.Key_Return)
    assert (owed(shop, first), owed(shop, second)) == (ZERO, ZERO)
    assert page._desk.lines[0].customer == "Alfa, Bravo"
    page.ops.undo()
    settle(qtbot, page)
    assert (owed(shop, first), owed(shop, second)) == (Money(12100), Money(6050))
    administrations.require_sound(shop.administration)


def test_a_surplus_to_pay_back_is_listed_until_it_is_paid(qtbot, shop, page, window, tmp_path):
    customer = shop.customer("Jansen B.V.")
    invoice = shop.invoice(customer, "100.00", ISSUED)
    bring(qtbot, page, tmp_path, entry("2026-11-16", "150.00", invoice.number))
    page.pane._choices.choose("refund")
    press(qtbot, page, Qt.Key.Key_Return)
    (task,) = shop.administration.read(lambda s: todo.tasks(s, TODAY))
    assert (task.kind, task.amount) == ("refunds", Money(2900))
    window.navigation.go("refunds")
    refunds = window.navigation.page
    qtbot.waitUntil(lambda: refunds.ops.quiet and refunds.model.rowCount() == 1, timeout=20_000)
    QTest.keyClick(refunds.view, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: refunds.ops.quiet and not refunds.model.rowCount(), timeout=20_000)
    assert owed(shop, customer) == ZERO
    refunds.ops.undo()
    qtbot.waitUntil(lambda: refunds.ops.quiet and refunds.model.rowCount() == 1, timeout=20_000)
    QTest.keyClick(refunds.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: refunds.ops.quiet and not refunds.model.rowCount(), timeout=20_000)
    assert refunds.empty.isVisible()


def test_a_file_that_is_dropped_on_the_page_comes_in(qtbot, shop, page, tmp_path):
    shop.invoice(shop.customer("Jansen B.V."), "100.00", ISSUED)
    file = tmp_path / "november.xml"
    file.write_bytes(camt(entry("2026-11-16", "121.00", "x"), closing="1000.00"))
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(file))])
    keys = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    over = QDragEnterEvent(QPointF(300, 300), Qt.DropAction.CopyAction, dropped, *keys)
    page.dragEnterEvent(over)
    assert over.isAccepted()
    page.dropEvent(QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, dropped, *keys))
    qtbot.waitUntil(lambda: bool(page._desk.lines), timeout=20_000)
    assert page.warning.isVisible()
    assert "121,00" in page.note.accessibleName().replace("\u00a0", " ")
