"""The worklist used with mouse and keys on a real file: looked at, held, sent, kept."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from tests.factories.collecting import Debts
from tests.ui.panels import real

from klantenapp import i18n
from klantenapp.services.customers import customers
from klantenapp.services.messages import timeline
from klantenapp.services.reminders import worklist
from klantenapp.services.store import clock
from klantenapp.ui.contact.holding import HoldDialog
from klantenapp.ui.panels.reminders import printing
from klantenapp.ui.panels.reminders.calculation import CalculationDialog
from klantenapp.ui.panels.reminders.printing import SentDialog
from klantenapp.ui.panels.reminders.text import TextDialog
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.labels import Label

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def debts(administration):
    with clock.stopped(TODAY):
        yield Debts(administration)


@pytest.fixture
def window(qtbot, debts):
    shown = real.opened(qtbot, debts.administration.path)
    yield shown
    real.close(shown)


@pytest.fixture
def settle(qtbot, window):
    def wait():
        for _ in range(3):
            qtbot.waitUntil(lambda: window.shell.ops.quiet, timeout=10_000)
            qtbot.wait(40)

    return wait


@pytest.fixture
def customer(debts):
    customer = debts.customer("Familie Proefstra", kind="consumer")
    debts.owed(customer, "544.50", dt.date(2026, 8, 1))
    return customer


@pytest.fixture
def page(window, settle, customer):  # noqa: ARG001 - somebody who owes
    window.navigation.go("reminders")
    settle()
    return window.navigation.page


def dialog(window, kind):
    found = [each for each in window.findChildren(kind) if each.isVisible()]
    assert found
    return found[0]


def test_a_letter_is_looked_at_sent_and_kept_on_the_timeline(window, page, settle, qtbot, debts):
    assert page.model.checked == {page.view.current_id()}
    assert page.pane.paper.pages == 1
    page.send.click()
    settle()
    asked = dialog(window, Dialog)
    qtbot.wait(450)  # what cannot be undone takes no key or click for a moment
    asked._act.click()
    settle()
    sent = dialog(window, SentDialog)
    sent.reject()
    settle()
    row = debts.row(TODAY)
    assert (row.step.kind, row.reason) == ("second_reminder", "waiting")
    (entry,) = debts.administration.read(
        lambda session: [
            one
            for one in timeline.page(session, customer_id=row.debtor.id)
            if one.kind == "reminder"
        ]
    )
    assert len(entry.files) == 1
    assert page.send.isEnabled() is False


def test_p_pauses_and_undo_brings_it_back(window, page, settle, debts):
    QTest.keyClick(page.view, Qt.Key.Key_P)
    settle()
    hold = dialog(window, HoldDialog)
    hold._record()
    settle()
    assert debts.row(TODAY).is_ready  # a pause needs a reason
    hold.form.fields["reason"].input.set_value("Vakantie")
    hold._record()
    settle()
    assert debts.row(TODAY).reason == "pause"
    assert page.model.checked == set()
    window.shell.ops.undo()
    settle()
    assert debts.row(TODAY).is_ready


def test_a_row_that_waits_cannot_be_ticked(page, settle, debts, customer):
    debts.hold(customer, TODAY, kind="never", reason="Familie")
    page._load()
    settle()
    page.model.check_all()
    assert page.model.checked == set()
    assert page.pane.buttons["lift"].isVisible()
    page._asked("lift")
    settle()
    assert debts.administration.read(lambda s: worklist.read(s, TODAY))[0].is_ready


def test_nobody_to_remind_says_what_belongs_here(window, settle):
    window.navigation.go("reminders")
    settle()
    assert window.navigation.page.empty.isVisible()


@pytest.fixture
def business(debts):
    """One invoice in its third step with costs, and one in its days of grace."""
    customer = debts.customer("Garage Fictief", kind="business")
    debts.owed(customer, "900", dt.date(2026, 8, 1))
    for day in (dt.date(2026, 9, 10), dt.date(2026, 9, 25)):
        debts.send(day)
    late = debts.customer("Hotel Voorbeeldzicht", kind="business")
    debts.owed(late, "100", dt.date(2026, 10, 21))
    return customer


@pytest.fixture
def desk(window, settle, business):
    assert business
    window.navigation.go("reminders")
    settle()
    return window.navigation.page


def test_the_box_on_top_is_whole_when_all_that_may_go_are_ticked(desk, settle):
    settle()
    assert [row.reason for row in desk._desk.rows] == ["", "grace"]
    assert desk.model.all_checked
    desk.model.toggle(desk._desk.rows[1].id)
    assert len(desk.model.checked) == 1
    desk.model.set_checked(())
    assert not desk.model.all_checked


def test_headings_tell_the_step_and_what_it_is_like(desk):
    found = [(group.title, group.about) for group in desk.model.groups]
    assert found == [("Sommatie", "zakelijk, met kosten"), ("Vandaag niet", "")]


def test_every_button_of_the_letter_has_room_at_the_design_size(desk):
    for key in ("text", "hold", "calculation"):
        button = desk.pane.buttons[key]
        assert button.isVisible(), key
        assert button.width() >= button.sizeHint().width(), key


def test_the_calculation_adds_up_line_by_line(window, desk, settle):
    desk.pane.buttons["calculation"].click()
    settle()
    shown = dialog(window, CalculationDialog)
    words = [label.text() for label in shown.findChildren(Label)]
    row = desk._current()
    assert i18n.amount(row.claim.costs.cents) in words
    assert words[-1] == i18n.amount(row.claim.total.cents)
    shown.reject()


def test_text_of_one_letter_goes_along_with_it_alone(window, desk, settle):
    QTest.keyClick(desk.view, Qt.Key.Key_F2)
    settle()
    shown = dialog(window, TextDialog)
    shown.text.set_value("Wij bellen u morgen. {business}")
    shown._use()
    settle()
    assert "Wij bellen u morgen." in desk.pane.text.text()
    assert desk._texts.keys() == {desk._current().id}


def test_a_wrong_placeholder_is_named_in_the_dialog(window, desk, settle):
    QTest.keyClick(desk.view, Qt.Key.Key_F2)
    settle()
    shown = dialog(window, TextDialog)
    shown.text.set_value("Beste {voornaam}")
    shown._use()
    assert shown.isVisible()
    assert "voornaam" in shown.note.accessibleName()
    shown.reject()


def test_the_dossier_is_written_as_pdf_and_zip(desk, settle, tmp_path, monkeypatch):
    folder = tmp_path / "dossier"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    menu = desk.pane.more_menu()
    assert [one.text() for one in menu.actions() if one.text()][-1] == "Incassodossier…"
    menu.actions()[-1].trigger()
    settle()
    assert sorted(path.suffix for path in folder.iterdir()) == [".pdf", ".zip"]


def test_open_credit_is_offered_before_the_letter(window, desk, settle, debts, business):
    credit = debts.owed(business, "50", dt.date(2026, 11, 1))
    debts.pay(credit, "80", TODAY)  # € 19,50 too much
    desk._load()
    settle()
    assert desk.pane.credit.isVisible()
    desk._asked("credit")
    settle()
    left = [row.claim.principal.cents for row in desk._desk.rows if row.debtor.id == business]
    assert left == [106_950]
    assert not desk.pane.credit.isVisible()
    assert window.shell.ops.undo_name is not None


def test_letters_that_are_printed_are_one_job(window, desk, settle, qtbot, monkeypatch):
    printed = []
    monkeypatch.setattr(
        printing, "print_pdfs", lambda _owner, pdfs, _title: printed.append(len(pdfs)) or True
    )
    desk.send.click()
    settle()
    asked = dialog(window, Dialog)
    qtbot.wait(450)
    asked._act.click()
    settle()
    dialog(window, SentDialog)._print()
    settle()
    assert printed == [1]


def test_letters_that_are_saved_are_one_pdf(window, desk, settle, qtbot, tmp_path, monkeypatch):
    path = tmp_path / "brieven.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    desk.send.click()
    settle()
    asked = dialog(window, Dialog)
    qtbot.wait(450)
    asked._act.click()
    settle()
    sent = dialog(window, SentDialog)
    sent._sent *= 2
    sent._save()
    settle()
    assert len(pypdf.PdfReader(path).pages) == 2


def test_without_a_mail_server_the_list_says_that_mails_wait(window, page, settle, debts, customer):
    assert not page.waits.isVisible()  # what goes by post needs none
    work = partial(customers.change, customer_id=customer, values={"email": "a@proef.example"})
    debts.administration.write(customers.CHANGE, work)
    page._load()
    settle()
    assert page.waits.isVisible()
    assert "1 herinnering blijft in Postvak uit." in page.no_mail.accessibleName()
    page.send.click()
    settle()
    asked = dialog(window, Dialog)
    assert any("Postvak uit" in each.text() for each in asked.findChildren(Label))
    asked.reject()
