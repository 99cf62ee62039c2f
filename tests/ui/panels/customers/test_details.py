"""Details of a customer: saved per field, checked, and every term with where it comes from."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from sqlalchemy import select
from tests.factories.sales import line

from klantenapp.models.catalogue import PaymentTerm, PriceList
from klantenapp.models.contract import Contract
from klantenapp.models.values import Money, Percent
from klantenapp.services.catalogue.choices import choices
from klantenapp.services.customers import business, customers, labels, profile
from klantenapp.services.customers.customers import ContactData
from klantenapp.services.customers.terms import Level
from klantenapp.services.store import operations
from klantenapp.ui.forms.mandate import MandateDialog, MandateStateDialog, standing
from klantenapp.ui.panels.customers.people import AddressDialog, ContactDialog

from .conftest import TODAY


@pytest.fixture
def customer(shop):
    return shop.customer(
        "Voorbeeld Bouw B.V.",
        number="K-7",
        email="henk@bouw.example",
        contacts=(ContactData(name="Henk", receives="all"),),
    )


@pytest.fixture
def tab(user, customer):
    return user.go("customer", id=customer, tab="details")._built["details"]


def seen(user, customer):
    return user.read(partial(profile.profile, customer_id=customer, today=TODAY))


def term(user, days):
    query = select(PaymentTerm.id).where(PaymentTerm.days == days)
    return user.read(lambda session: session.scalars(query).first())


def choose(user, field, value):
    field.input.set_value(value)
    field.input.left.emit()
    user.settle()


def test_a_field_is_saved_as_it_is_left_and_undone_in_one_step(user, tab):
    user.fill(tab.company.fields["name"].input, "Voorbeeld Bouw Groep")
    assert user.customer("K-7").name == "Voorbeeld Bouw Groep"
    assert user.page.title == "Voorbeeld Bouw Groep"
    user.page.ops.undo()
    user.settle()
    assert tab.company.fields["name"].input.value() == "Voorbeeld Bouw B.V."


def test_an_empty_name_is_refused_at_the_field_and_nothing_changes(user, tab):
    user.fill(tab.company.fields["name"].input, "")
    assert tab.company.fields["name"].error
    assert user.customer("K-7").name == "Voorbeeld Bouw B.V."


def test_a_number_that_is_right_is_green_and_one_that_is_not_warns_and_stays(user, tab):
    kvk = tab.company.fields["kvk"]
    user.fill(kvk.input, "12345678")
    assert kvk.caption.property("tone") == "ok"
    user.fill(kvk.input, "123")
    assert kvk.caption.property("tone") == "warn"
    assert user.customer("K-7").kvk == "123"


def test_who_has_the_same_number_is_named(user, shop, tab):
    shop.customer("Dubbelganger", number="K-8", iban="NL91ABNA0417164300")
    user.fill(tab.company.fields["iban"].input, "NL91 ABNA 0417 1643 00")
    assert tab.company.note.isVisible()
    assert "K-8" in tab.company.note.accessibleName()


def test_a_term_is_inherited_chosen_and_reverted(user, customer, tab):
    field = tab.terms.fields["payment_term_id"]
    assert field._origin.level is Level.BUSINESS
    choose(user, field, term(user, 14))
    assert field.is_override
    assert seen(user, customer).terms.payment_term.value.days == 14
    field.revert()
    user.settle()
    assert not field.is_override
    assert user.customer("K-7").payment_term_id is None


def test_choosing_the_default_of_the_business_is_no_choice(user, tab):
    field = tab.terms.fields["payment_term_id"]
    choose(user, field, term(user, 14))
    choose(user, field, term(user, 30))
    assert user.customer("K-7").payment_term_id is None


def test_a_changed_default_shows_at_who_inherits_it(user, tab):
    fortnight = term(user, 14)
    data = replace(user.read(business.read), payment_term_id=fortnight)
    user.page.ops.write(business.CHANGE, partial(business.change, data=data))
    user.settle()
    field = tab.terms.fields["payment_term_id"]
    assert field.input.value() == fortnight
    assert field._origin.level is Level.BUSINESS


def test_what_a_contract_says_is_shown_and_not_changed_here(user, customer, tab):
    def agree(session):
        session.add(
            Contract(
                customer_id=customer,
                name="Raamcontract 2026",
                valid_from=dt.date(2026, 1, 1),
                valid_to=dt.date(2026, 12, 31),
                discount=Percent(250),
                tax_treatment="reverse_charge",
            )
        )

    operations.register("test.agree", operations.REVERSIBLE)
    user.page.ops.write("test.agree", agree)
    user.settle()
    for name, value in (("tax_treatment", "reverse_charge"), ("discount", Percent(250))):
        field = tab.terms.fields[name]
        assert field.input.value() == value
        assert not field.input.isEnabled()
        assert field._link.text() == "Raamcontract 2026"


def test_a_price_list_without_a_default_is_an_own_choice(user, customer, tab):
    def make(session):
        session.add(PriceList(name="Aannemers 2026"))

    operations.register("test.list", operations.REVERSIBLE)
    user.page.ops.write("test.list", make)
    user.settle()
    page = user.go("customer", id=customer, tab="overview")
    page.tabs.choose("details")
    tab.terms._offer(user.read(choices))
    field = tab.terms.fields["price_list_id"]
    choose(user, field, user.read(choices).price_lists[0].id)
    assert field._origin.level is Level.CUSTOMER
    assert not field.is_override
    assert field._lead.text() == "Eigen keuze"


def test_a_credit_limit_shows_as_override_and_asks_what_to_do(user, tab):
    block = tab.terms.fields["credit_block"]
    assert not block.isVisible()
    user.fill(tab.terms.fields["credit_limit"].input, "7.500")
    assert user.customer("K-7").credit_limit == Money.parse("7500")
    assert tab.terms.fields["credit_limit"].is_override
    assert block.isVisible()
    choose(user, block, value=True)
    assert user.customer("K-7").credit_block is True


def test_a_fixed_rate_asks_its_percentage_and_forgets_it_with_another_treatment(user, tab):
    choose(user, tab.terms.fields["tax_treatment"], "fixed")
    rate = tab.terms.fields["fixed_tax_percent"]
    assert rate.isVisible()
    user.fill(rate.input, "9")
    assert user.customer("K-7").fixed_tax_percent == Percent(900)
    choose(user, tab.terms.fields["tax_treatment"], "domestic")
    assert user.customer("K-7").fixed_tax_percent is None


def test_a_large_company_with_a_long_term_warns_with_the_law(user, tab):
    choose(user, tab.terms.fields["payment_term_id"], term(user, 45))
    assert not tab.terms.note.isVisible()
    tab.company.large.click()
    user.settle()
    assert tab.terms.note.isVisible()
    assert "30 dagen" in tab.terms.note.accessibleName()


def test_drafts_are_counted_before_a_term_changes(user, shop, customer, tab):
    shop.draft(customer, line())
    user.go("customers")
    user.go("customer", id=customer, tab="details")
    assert "1 concept" in tab.terms.hint.text()


def test_a_label_is_put_and_taken(user, customer, tab):
    bar = tab.company.labels
    bar.add.click()
    user.settle()
    bar.picker.setText("Aannemer")
    bar.picker.setModified(True)
    bar.picker._finish()
    user.settle()
    assert user.read(partial(labels.of_customer, customer_id=customer)) == ("Aannemer",)
    bar._take("Aannemer")
    user.settle()
    assert user.read(partial(labels.of_customer, customer_id=customer)) == ()


def test_an_address_is_added_changed_and_the_last_invoice_address_stays(user, customer, tab):
    tab.addresses.add.click()
    dialog = user.dialog(AddressDialog)
    user.fill(dialog.form.fields["street"].input, "Schetslaan 2")
    user.fill(dialog.form.fields["city"].input, "Kampen")
    dialog._act.click()
    user.settle()
    assert {each.city for each in seen(user, customer).addresses} == {"Zwolle", "Kampen"}
    only = next(each for each in seen(user, customer).addresses if each.kind == "invoice")
    tab.addresses._open(only)
    dialog = user.dialog(AddressDialog)
    dialog._remove()
    user.settle()
    assert dialog.isVisible()
    assert dialog.form.fields["kind"].error


def test_contacts_are_added_with_a_dialog_and_deleted_with_a_key(user, customer, tab):
    tab.contacts.add.click()
    dialog = user.dialog(ContactDialog)
    user.fill(dialog.form.fields["name"].input, "Tess")
    dialog.form.fields["receives"].input.set_value("quotes")
    dialog._act.click()
    user.settle()
    assert [each.name for each in seen(user, customer).contacts] == ["Henk", "Tess"]
    tab.contacts.view.select_id(seen(user, customer).contacts[1].id)
    user.key(tab.contacts.view, Qt.Key.Key_Delete)
    assert [each.name for each in seen(user, customer).contacts] == ["Henk"]


def test_it_says_so_when_nobody_receives_the_invoices(user, tab):
    assert not tab.contacts.note.isVisible()
    user.fill(tab.company.fields["email"].input, "")
    assert tab.contacts.note.isVisible()


def test_a_mark_is_shown_and_a_file_that_is_none_is_refused(user, customer, tab, tmp_path):
    picture = tmp_path / "merk.png"
    Image.new("RGB", (400, 400), "navy").save(picture)
    tab.take_mark(picture)
    user.settle()
    assert seen(user, customer).own.logo_id is not None
    assert not user.page.head.mark._picture.isNull()
    wrong = tmp_path / "merk.jpg"
    wrong.write_bytes(b"geen plaatje")
    tab.take_mark(wrong)
    user.qtbot.waitUntil(tab.note.isVisible, timeout=10_000)


def test_a_field_that_is_being_typed_in_is_not_written_over(user, customer, tab):
    editor = tab.company.fields["phone"].input
    editor.setFocus()
    editor.insert("038")
    editor.setModified(True)
    user.page.ops.write(
        customers.CHANGE,
        partial(customers.change, customer_id=customer, values={"website": "bouw.example"}),
    )
    user.settle()
    assert tab.company.fields["website"].input.value() == "bouw.example"
    assert editor.text() == "038"


def test_a_mandate_is_added_signed_and_ended(user, shop):
    customer = shop.customer("Jansen B.V.", iban="NL91ABNA0417164300")
    page = user.go("customer", id=customer, tab="details")
    part = page._built["details"].mandates
    part._new()
    dialog = user.dialog(MandateDialog)
    dialog.form.fields["signed_on"].input.set_value(None)
    dialog._act.click()
    user.settle()
    found = part.model.row_at(0)
    assert (found.signed_on, standing(found)) == (None, "Wacht op handtekening")
    part.view.select_first()
    part._open(found.id)
    user.dialog(MandateStateDialog)._act.click()
    user.settle()
    found = part.model.row_at(0)
    assert standing(found) == "Geldig"
    part.view.select_first()
    part._open(found.id)
    user.dialog(MandateStateDialog).end.click()
    user.settle()
    assert standing(part.model.row_at(0)).startswith("Beëindigd op")
