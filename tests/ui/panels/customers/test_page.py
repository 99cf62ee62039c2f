"""A customer's page: the list beside it, the figures, the account, and what is done from it."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select
from tests.factories.pages import words

from klantenapp.models.message import Message
from klantenapp.models.values import Money
from klantenapp.services.customers import customers, merging
from klantenapp.services.customers.customers import ContactData
from klantenapp.services.ledger import open_items
from klantenapp.services.receivables import payments
from klantenapp.services.reminders import holds
from klantenapp.services.store import clock
from klantenapp.ui.panels.customers import account_file
from klantenapp.ui.panels.customers.account_dialogs import (
    OpeningDialog,
    RefundDialog,
    SpreadDialog,
)
from klantenapp.ui.panels.customers.merge import MergeDialog
from klantenapp.ui.panels.customers.payment import CustomerPaymentDialog
from klantenapp.ui.panels.customers.statement import StatementDialog
from klantenapp.ui.panels.customers.statements import StatementsDialog
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.picker import Option


@pytest.fixture
def builder(shop):
    """A customer with a paid, a part-paid and a new invoice."""
    customer = shop.customer(
        "Voorbeeld Bouw B.V.",
        number="K-7",
        phone="038 000 12 34",
        contacts=(ContactData(name="Henk Voorbeeld", email="henk@bouw.example"),),
    )
    for day, net, paid in (
        (dt.date(2025, 11, 3), "100.00", "121"),
        (dt.date(2026, 9, 1), "1000.00", "210"),
        (dt.date(2026, 11, 20), "500.00", None),
    ):
        with clock.stopped(day):
            issued = shop.invoice(customer, net, date=day)
        if paid:
            pay = partial(
                payments.pay,
                document_id=issued.document_id,
                amount=Money.parse(paid),
                date=dt.date(2026, 10, 1),
            )
            shop.administration.write(payments.MARK_PAID, pay)
    shop.administration.write(
        customers.CHANGE,
        partial(
            customers.change, customer_id=customer, values={"credit_limit": Money.parse("2000")}
        ),
    )
    return customer


def said(label, amount):
    """What a figure tells a screen reader."""
    return f"{label} €\u00a0{amount}"


def lines(tab):
    return [tab.model.row_at(line) for line in range(tab.model.rowCount())]


def test_the_page_says_who_it_is_and_what_is_owed(user, builder):
    page = user.go("customer", id=builder)
    assert page.title == "Voorbeeld Bouw B.V."
    assert page.head.open.accessibleName() == said("Openstaand", "1.605,00")
    assert page.head.late.accessibleName() == said("Te laat", "1.000,00")
    assert "80%" in page.head.limit.accessibleName()
    assert page.tabs._buttons["transactions"].count == 5


def test_the_overview_lists_what_is_open_and_opens_it(user, builder):
    page = user.go("customer", id=builder, tab="overview")
    tab = page._built["overview"]
    assert [row.open_amount.cents for row in lines(tab)] == [100000, 60500]
    tab.enter()
    user.key(tab.view, Qt.Key.Key_Return)
    assert user.window.navigation.place.name == "invoice"


def test_the_account_runs_from_the_newest_to_the_balance_before(user, builder):
    page = user.go("customer", id=builder, tab="transactions")
    tab = page._built["transactions"]
    balances = [line.balance.cents for line in lines(tab)]
    assert balances == [160500, 100000, 121000, 133100, 12100, 0]
    assert [line.title for line in lines(tab)][1:3] == ["Betaling, deel", "Betaling"]
    assert lines(tab)[1].text == "Factuur 2026-0001"


def test_the_account_of_one_year_begins_with_what_was_owed_before(user, builder):
    page = user.go("customer", id=builder, tab="transactions")
    tab = page._built["transactions"]
    tab.year.set_value(2026)
    tab.year.left.emit()
    user.settle()
    last = lines(tab)[-1]
    assert (last.date, last.balance) == (dt.date(2026, 1, 1), Money.parse("121"))
    tab.kind.choose("payments")
    assert [line.kind for line in lines(tab)] == ["payment", "payment", ""]


def test_arrows_in_the_list_change_the_customer(user, shop, builder):
    other = shop.customer("Atelier Maquette")
    page = user.go("customer", id=builder)
    user.key(page.master.view, Qt.Key.Key_Down)
    user.qtbot.waitUntil(lambda: page.customer_id == other, timeout=2000)
    user.settle()
    assert page.title == "Atelier Maquette"
    assert user.window.navigation.place.arguments["id"] == other


def test_a_payment_books_over_everything_and_figures_follow(user, builder):
    page = user.go("customer", id=builder)
    user.key(page.master.view, Qt.Key.Key_B)
    user.dialog(CustomerPaymentDialog)._act.click()
    user.settle()
    assert page.head.open.accessibleName() == said("Openstaand", "0,00")
    assert [line.kind for line in lines(page._built["overview"])] == []


def test_merging_moves_everything_and_keeps_the_number(user, shop, builder):
    heir = shop.customer("Voorbeeld Bouw Groep", number="K-9")
    page = user.go("customer", id=builder)
    page._merge()
    dialog = user.dialog(MergeDialog)
    assert not dialog.act.isEnabled()
    dialog.picker._choose(Option(heir, "Voorbeeld Bouw Groep"))
    dialog.act.click()
    user.settle()
    assert page.title == "Voorbeeld Bouw Groep"
    assert page.head.open.accessibleName() == said("Openstaand", "1.605,00")
    assert user.read(partial(customers.find, number="K-7")) == heir
    page.ops.undo()
    user.settle()
    assert user.customer("K-7").id == builder


def test_who_has_invoices_cannot_be_deleted_and_who_has_none_can(user, shop, builder):
    empty = shop.customer("Leeg")

    def delete():
        menu = user.page.more_menu()
        return menu.actions()[-1]

    user.go("customer", id=builder)
    assert not delete().isEnabled()
    user.go("customer", id=empty)
    delete().trigger()
    user.settle()
    assert user.window.navigation.place.name == "customers"


def test_a_merged_customer_leads_to_the_heir_by_its_old_page(user, shop, builder):
    heir = shop.customer("Erfgenaam")
    shop.administration.write(merging.MERGE, partial(merging.merge, from_id=builder, into_id=heir))
    page = user.go("customer", id=builder)
    user.settle()
    assert page.title == "Erfgenaam"


def test_a_pause_is_said_and_ended_with_one_click(user, shop, builder):
    new = holds.NewHold("pause", reason="Na de oplevering", until=dt.date(2026, 11, 30))
    shop.administration.write("reminder.pause", partial(holds.add, customer_id=builder, new=new))
    page = user.go("customer", id=builder, tab="overview")
    held = page._built["overview"].holds
    (note,) = held.findChildren(Note)
    assert "Na de oplevering" in note.accessibleName()
    note._link.click()
    user.settle()
    assert not held.isVisible()
    page.ops.undo()
    user.settle()
    assert held.isVisible()


def test_a_statement_is_seen_saved_and_mailed(user, builder, tmp_path):
    page = user.go("customer", id=builder, tab="transactions")
    tab = page._built["transactions"]
    tab.statement.click()
    user.settle()
    dialog = user.dialog(StatementDialog)
    user.qtbot.waitUntil(lambda: dialog.preview.pages == 1, timeout=10_000)
    dialog.kind.choose("movements")
    user.settle()
    assert "Factuur" in words(dialog._content)
    dialog.save_to(tmp_path / "overzicht")
    user.settle()
    assert (tmp_path / "overzicht.pdf").read_bytes().startswith(b"%PDF")
    tab.statement.click()
    user.settle()
    user.dialog(StatementDialog).save_to(tmp_path / "overzicht.csv")
    user.settle()
    assert "Meer dan 90 dagen" in (tmp_path / "overzicht.csv").read_text("utf-8-sig")
    tab.statement.click()
    user.settle()
    dialog = user.dialog(StatementDialog)
    user.qtbot.waitUntil(lambda: bool(dialog._content), timeout=10_000)
    dialog.mail.click()
    user.settle()
    place = user.window.navigation.place
    assert (place.name, place.arguments["kind"]) == ("email", "statement")
    assert place.arguments["files"][0].media_type == "application/pdf"


def test_the_account_is_written_to_a_file_of_the_year_that_is_shown(user, builder, tmp_path):
    page = user.go("customer", id=builder, tab="transactions")
    tab = page._built["transactions"]
    tab.year.set_value(2026)
    path = tmp_path / "rekening.csv"
    account_file.write(page, builder, tab.period(), path)
    user.settle()
    text = path.read_text("utf-8-sig")
    assert "2026-0001" in text
    assert "2026-11-20" in text
    assert "2025-11-03" not in text


def test_an_opening_credit_is_put_on_the_list_to_pay_back_and_taken_back(user, shop):
    customer = shop.customer("Nieuw B.V.")
    page = user.go("customer", id=customer, tab="transactions")
    page._account(OpeningDialog)
    dialog = user.dialog(OpeningDialog)
    dialog.side.set_value("credit")
    dialog.side.edited.emit()
    dialog.amount.set_value(Money(4000))
    dialog._act.click()
    user.settle()
    assert page.head.open.accessibleName() == said("Openstaand", "40,00") + " tegoed"
    page._account(RefundDialog)
    user.dialog(RefundDialog)._act.click()
    user.settle()
    tab = page._built["transactions"]
    assert lines(tab)[0].text == "Nog terug te betalen"
    page._account(RefundDialog)
    dialog = user.dialog(RefundDialog)
    dialog.when.set_value("done")
    dialog.when.edited.emit()
    user.settle()
    dialog._act.click()
    user.settle()
    assert [line.kind for line in lines(tab)] == ["refund", "opening", ""]
    tab.view.select_first()
    assert tab.back.isVisibleTo(tab)
    tab._take_back(lines(tab)[0].id)
    user.settle()
    assert [line.kind for line in lines(tab)] == ["void", "refund", "opening", ""]
    assert [line.balance.cents for line in lines(tab)] == [-4000, 0, -4000, 0]


@pytest.mark.usefixtures("builder")
def test_everybody_with_a_balance_gets_a_statement_by_mail(user, shop, tmp_path):
    shop.invoice(shop.customer("Zonder Post"), "10.00")
    page = user.go("customers")
    page._statements()
    dialog = user.dialog(StatementsDialog)
    user.settle()
    assert dialog._who.text() == "2 klanten met een saldo"
    dialog.save_to(tmp_path / "alle")
    user.settle()
    assert (tmp_path / "alle.pdf").read_bytes().startswith(b"%PDF")
    page._statements()
    dialog = user.dialog(StatementsDialog)
    user.settle()
    dialog._act.click()
    user.settle()
    assert dialog.note.isVisibleTo(dialog)
    mails = user.read(lambda s: s.scalars(select(Message.subject)).all())
    assert len(mails) == 1
    page.ops.undo()
    user.settle()
    assert user.read(lambda s: s.scalars(select(Message.status)).all()) == ["draft"]


def test_a_payment_goes_on_chosen_invoices_and_credit_is_divided(user, builder):
    page = user.go("customer", id=builder, tab="transactions")
    page._payment()
    dialog = user.dialog(CustomerPaymentDialog)
    user.settle()
    dialog.amount.set_value(Money(60000))
    dialog.how.set_value("chosen")
    dialog.how.edited.emit()
    old, new = dialog.allocation._rows
    new.set(Money(10500))
    dialog.allocation.typed()
    dialog._act.click()
    user.settle()
    assert page.head.open.accessibleName() == said("Openstaand", "1.005,00")
    page._account(SpreadDialog)
    dialog = user.dialog(SpreadDialog)
    user.settle()
    old, new = dialog.allocation._rows
    assert (old.item.open_amount.cents, new.item.open_amount.cents) == (100000, 50000)
    old.set(Money(20000))
    new.set(Money(29500))
    dialog.allocation.typed()
    dialog._act.click()
    user.settle()
    found = user.read(partial(open_items.open_items, customer_id=builder))
    assert [item.open_amount.cents for item in found] == [80000, 20500]
    page.ops.undo()
    user.settle()
    found = user.read(partial(open_items.open_items, customer_id=builder))
    assert sorted(item.open_amount.cents for item in found) == [-49500, 50000, 100000]
