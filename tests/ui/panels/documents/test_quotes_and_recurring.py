"""Answer a quote, invoice it, and let a schedule make its invoices, with keys and clicks."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select
from tests.factories import administrations
from tests.factories.sales import Shop, line
from tests.ui.panels import real

from klantenapp.models.document import Document, DocumentLink, Recurring, RecurringRun
from klantenapp.models.values import Money, Percent
from klantenapp.services.sales import documents, drafts, recurring
from klantenapp.services.sales.inputs import ALTERNATIVE
from klantenapp.services.sales.recurring_data import LineData, RecurringData
from klantenapp.services.store import clock
from klantenapp.ui import recurring_runs
from klantenapp.ui.panels.documents.answer import AnswerDialog
from klantenapp.ui.panels.documents.deposit import DepositDialog
from klantenapp.ui.panels.documents.pause_dialog import PauseDialog
from klantenapp.ui.panels.documents.quote_invoice import QuoteInvoiceDialog
from klantenapp.ui.panels.documents.schedule_dialog import ScheduleDialog
from klantenapp.ui.widgets.buttons import Button


@pytest.fixture
def shop(administration):
    with clock.stopped(real.TODAY):
        made = Shop(administration)
        made.customer("VvE Modelflat 12–48")
        made.item("ABO", "25.00")
        yield made


@pytest.fixture
def window(qtbot, shop):
    shown = real.opened(qtbot, shop.administration.path)
    yield shown
    real.close(shown)
    administrations.require_sound(shop.administration)


def press(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def act(parent, words):
    """The visible button that begins with the words."""
    found = [each for each in parent.findChildren(Button) if each.isVisible()]
    return next(each for each in found if each.text().startswith(words))


def all_of(shop, kind):
    return shop.administration.read(
        lambda session: session.scalars(select(kind).order_by(kind.id)).all()
    )


def quoted(shop):
    draft = shop.draft(
        1, line("1000.00"), kind="quote", valid_until=real.TODAY + dt.timedelta(days=30)
    )
    return shop.issue(draft).document_id


def test_a_quote_is_accepted_by_a_key_and_becomes_an_invoice(qtbot, window, shop):
    quoted(shop)
    page = real.go(qtbot, window, "quotes")
    page.view.select_first()
    QTest.keyClick(page.view, Qt.Key.Key_A)
    dialog = real.dialog(qtbot, window, AnswerDialog)
    dialog.note.setPlainText("Per telefoon, graag in januari")
    press(act(dialog, "Accepteren"))
    real.settle(qtbot, window)
    assert page.view.current_row().status == "accepted"
    press(act(page, "Factuur maken"))
    asked = real.dialog(qtbot, window, QuoteInvoiceDialog)
    real.settle(qtbot, window)
    press(act(asked, "Concept maken"))
    real.settle(qtbot, window)
    quote, invoice = all_of(shop, Document)
    assert (invoice.kind, invoice.state) == ("invoice", "draft")
    (link,) = all_of(shop, DocumentLink)
    assert (link.kind, link.from_id, link.to_id) == ("quote", quote.id, invoice.id)
    assert window.navigation.place.name == "draft"


def test_an_alternative_and_an_option_are_chosen_and_the_quote_shows_its_invoice(
    qtbot, window, shop
):
    document = shop.issue(
        shop.draft(
            1,
            line("100.00", description="Accu klein"),
            line("150.00", description="Accu groot", alternative=ALTERNATIVE),
            line("40.00", description="Schakelaar", optional=True),
            kind="quote",
        )
    ).document_id
    page = real.go(qtbot, window, "invoice", id=document)
    real.settle(qtbot, window)
    press(act(page, "Factuur maken"))
    asked = real.dialog(qtbot, window, QuoteInvoiceDialog)
    real.settle(qtbot, window)
    small, large, switch = asked.choices
    assert [each.tick.value() for each in asked.choices] == [True, False, False]
    press(large.tick)
    press(switch.tick)
    assert [each.tick.value() for each in asked.choices] == [False, True, True]
    assert "190,00" in asked.sum.text()
    press(act(asked, "Concept maken"))
    real.settle(qtbot, window)
    draft = window.navigation.page
    assert [one.text() for one in draft.related.links] == ["O2026-0001"]
    assert [each.description for each in draft.state.typed.lines] == ["Accu groot", "Schakelaar"]
    press(draft.related.links[0])
    real.settle(qtbot, window)
    shown = window.navigation.page
    assert [one.text() for one in shown.related.links] == ["conceptfactuur"]
    assert small.found.mark == ""


def test_a_line_is_marked_in_the_menu_of_a_quote_and_leaves_the_total(qtbot, window, shop):
    draft = shop.draft(1, line("100.00"), line("40.00"), kind="quote")
    page = real.go(qtbot, window, "draft", id=draft)
    real.settle(qtbot, window)
    page.grid.setCurrentIndex(page.desk.lines.index(1, 0))
    menu = page.grid.line_menu()
    marks = {each.text(): each for each in menu.actions()}
    marks["Optioneel, niet in het totaal"].trigger()
    real.settle(qtbot, window)
    assert page.totals.total.text().replace("\u00a0", " ") == "€ 121,00"
    assert page.desk.lines.line_at(1).mark == "optional"
    page.state.save()
    real.settle(qtbot, window)
    (first, second) = shop.administration.read(lambda s: drafts.read(s, draft)).lines
    assert (first.optional, second.optional) == (False, True)


def test_a_deposit_asks_which_percentage(qtbot, window, shop):
    quoted(shop)
    page = real.go(qtbot, window, "quotes")
    page.view.select_first()
    press(act(page, "Aanbetalingsfactuur"))
    dialog = real.dialog(qtbot, window, DepositDialog)
    dialog.percent.set_value(Percent(2500))
    press(act(dialog, "Concept maken"))
    real.settle(qtbot, window)
    found = shop.administration.read(lambda s: documents.row(s, 2, real.TODAY))
    assert found.total == Money(30250)


def test_a_declined_quote_counts_under_declined(qtbot, window, shop):
    quoted(shop)
    page = real.go(qtbot, window, "quotes")
    page.view.select_first()
    press(act(page, "Afwijzen"))
    press(act(real.dialog(qtbot, window, AnswerDialog), "Afwijzen"))
    real.settle(qtbot, window)
    page.filters.choose("declined")
    real.settle(qtbot, window)
    assert page.model.rowCount() == 1
    page.filters.choose("accepted")
    real.settle(qtbot, window)
    assert page.model.rowCount() == 0


def schedule(shop, first, **values):
    data = RecurringData(
        customer_id=1,
        name="Abonnement",
        first_date=first,
        lines=(LineData(item_id=1),),
        **values,
    )
    return shop.administration.write(recurring.ADD, lambda s: recurring.add(s, data))[0]


def test_a_schedule_is_filled_in_and_kept(qtbot, window, shop):
    page = real.go(qtbot, window, "recurring")
    press(act(page, "Nieuw schema"))
    dialog = real.dialog(qtbot, window, ScheduleDialog)
    real.settle(qtbot, window)
    dialog.customer.set_value(1)
    dialog.form.fields["name"].input.set_value("Onderhoud")
    dialog._typed(0, {"item_id": 1})
    real.settle(qtbot, window)
    press(act(dialog, "Bewaren"))
    real.settle(qtbot, window)
    (kept,) = all_of(shop, Recurring)
    assert (kept.name, kept.customer_id, kept.unit, kept.first_date) == (
        "Onderhoud",
        1,
        "month",
        real.TODAY,
    )
    assert page.model.rowCount() == 1
    QTest.keyClick(page.view, Qt.Key.Key_P)
    asked = real.dialog(qtbot, window, PauseDialog)
    asked.until.set_value(real.TODAY + dt.timedelta(days=60))
    press(act(asked, "Pauzeren"))
    real.settle(qtbot, window)
    assert page.view.current_row().state == "paused"
    page.filters.choose("active")
    assert page.model.rowCount() == 0
    page.filters.choose("paused")
    assert page.model.rowCount() == 1


def test_what_is_of_today_is_made_at_opening_and_what_was_missed_waits(qtbot, window, shop):
    schedule(shop, real.TODAY, mode="issue")
    late = schedule(shop, real.TODAY - dt.timedelta(days=40), mode="issue")
    recurring_runs.begin(window.shell)
    real.settle(qtbot, window)
    real.settle(qtbot, window)
    (made,) = all_of(shop, Document)
    assert (made.state, made.total) == ("issued", Money(3025))
    assert "recurring" in window.banners.keys
    page = real.go(qtbot, window, "recurring")
    qtbot.waitUntil(page.make_button.isEnabled, timeout=10_000)
    press(page.make_button)
    real.settle(qtbot, window)
    press(act(real.dialog(qtbot, window), "Concepten maken"))
    real.settle(qtbot, window)
    missed = [each for each in all_of(shop, Document) if each.recurring_id == late]
    assert [each.state for each in missed] == ["draft", "draft"]
    # A second opening doubles nothing.
    recurring_runs.begin(window.shell)
    real.settle(qtbot, window)
    assert len(all_of(shop, Document)) == 3


def test_sending_needs_an_address_and_nothing_is_numbered_without(qtbot, window, shop):
    schedule(shop, real.TODAY, mode="send")
    recurring_runs.begin(window.shell)
    real.settle(qtbot, window)
    real.settle(qtbot, window)
    assert all_of(shop, Document) == []
    (run,) = all_of(shop, RecurringRun)
    assert run.state == "failed"
    page = real.go(qtbot, window, "recurring")
    real.settle(qtbot, window)
    assert page.panel.problem.isVisible()
    assert page.view.current_row().problem
