"""The gallery and a report, with real clicks: found, filtered, compared, opened and kept."""

from __future__ import annotations

import datetime as dt
from functools import partial

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from tests.factories.sales import Shop
from tests.ui.panels import real

from klantenapp.models.values import Money
from klantenapp.services.customers import labels
from klantenapp.services.receivables import payments
from klantenapp.services.store import clock
from klantenapp.services.store.administration import Administration
from klantenapp.ui.tables.columns import Sort

TODAY = real.TODAY


@pytest.fixture
def window(qtbot, path):
    with clock.stopped(TODAY):
        opened = Administration.open_file(path)
        shop = Shop(opened)
        first, second = shop.customer("Bakkerij"), shop.customer("Garage", number="G1")
        opened.write(labels.PUT, partial(labels.put, customer_ids=[second], name="Vast"))
        old = shop.invoice(first, "1000.00", date=TODAY - dt.timedelta(days=100))
        shop.invoice(second, "500.00", date=TODAY - dt.timedelta(days=45))
        shop.invoice(first, "100.00", date=TODAY)
        opened.write(
            payments.MARK_PAID,
            partial(payments.pay, document_id=old.document_id, amount=Money(21_000), date=TODAY),
        )
        opened.close()
        shown = real.opened(qtbot, path)
        yield shown
        real.close(shown)


def settle(qtbot, window):
    """Until nothing at all is on its way."""
    qtbot.wait(20)
    qtbot.waitUntil(lambda: window.shell.ops.quiet, timeout=20_000)
    qtbot.wait(20)


def shown(qtbot, window, name):
    """A report, when it is there."""
    window.navigation.go("report", name=name)
    page = window.navigation.page
    qtbot.waitUntil(lambda: page.made is not None and page.made.table.name == name, timeout=20_000)
    settle(qtbot, window)
    return page


def cells(page, key):
    at = next(at for at, column in enumerate(page.model.columns) if column.key == key)
    return [page.model.index(line, at).data() for line in range(page.model.rowCount())]


def test_a_tile_found_by_typing_opens_its_report(qtbot, window):
    page = real.go(qtbot, window, "reports")
    qtbot.keyClicks(page.seek, "ouderdom")
    qtbot.waitUntil(lambda: len([tile for tile in page.shown() if tile.isVisible()]) == 1)
    qtbot.mouseClick(page.shown()[0], Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.navigation.page.title == "Ouderdomsanalyse"


def test_what_no_report_is_about_is_said(qtbot, window):
    page = real.go(qtbot, window, "reports")
    qtbot.keyClicks(page.seek, "zonsverduistering")
    qtbot.waitUntil(page.nothing.isVisible)


def test_ageing_shows_rows_totals_and_groups_and_a_row_opens_the_customer(qtbot, window):
    page = shown(qtbot, window, name="ageing")
    assert cells(page, "customer") == ["Bakkerij", "Garage"]
    assert page.totals.texts["total"] == "1.726,00"
    assert page.totals.texts["not_due"] == "121,00"
    assert page.heading.total.text() == "€\N{NO-BREAK SPACE}1.726,00"
    page.view.select_first()
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.navigation.place.name == "customer"


def test_another_day_and_a_comparison_are_read_again(qtbot, window):
    page = shown(qtbot, window, name="ageing")
    page.bar.days.choose("month")
    settle(qtbot, window)
    assert page.bar.day.value() == dt.date(2026, 10, 31)
    assert page.totals.texts["total"] == "1.815,00"
    box = page.bar.compare
    inside = QPoint(8, box.height() // 2)
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=inside)
    settle(qtbot, window)
    assert page.totals.texts["previous"] == "1.210,00"


def test_a_period_that_ends_before_it_begins_is_said_at_its_end(qtbot, window):
    page = shown(qtbot, window, name="revenue")
    assert page.totals.texts["net"] == "1.600,00"
    page.bar.start.setFocus()
    page.bar.end.selectAll()
    page.bar.end.setFocus()
    page.bar.end.selectAll()
    qtbot.keyClicks(page.bar.end, "1-1-2020")
    qtbot.keyClick(page.bar.end, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert page.bar.period.value() == "own"
    assert page.totals.texts["net"] == "1.600,00"
    assert page.bar.end.property("state") == "error"


def test_one_customer_alone(qtbot, window):
    page = shown(qtbot, window, name="revenue")
    page.bar.customer.setFocus()
    qtbot.keyClicks(page.bar.customer, "gar")
    qtbot.waitUntil(lambda: page.bar.customer.is_open, timeout=20_000)
    qtbot.keyClick(page.bar.customer, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert cells(page, "customer") == ["Garage"]
    page.bar.customer.clear()
    settle(qtbot, window)
    assert cells(page, "customer") == ["Bakkerij", "Garage"]


def test_days_and_shares_are_sorted_by_what_they_are(qtbot, window):
    page = shown(qtbot, window, name="revenue")
    assert cells(page, "share_percent") == ["68,8%", "31,3%"]
    page.model.set_sort(Sort("share_percent", descending=False))
    settle(qtbot, window)
    assert cells(page, "share_percent") == ["31,3%", "68,8%"]


def test_only_those_with_a_label(qtbot, window):
    page = shown(qtbot, window, name="ageing")
    assert page.bar.group.isVisibleTo(page.bar)
    label = next(value for value, text in page.bar.group.options() if text == "Vast")
    page.bar.group.set_value(label)
    page.bar.group.left.emit()
    settle(qtbot, window)
    assert cells(page, "customer") == ["Garage"]
    assert ("Label", "Vast") in page.made.table.filters


def test_a_month_opens_the_invoices_in_it_and_so_does_the_total(qtbot, window):
    page = shown(qtbot, window, name="revenue-by-month")
    page.view.select_first()
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert page.made.table.name == "documents"
    assert cells(page, "customer") == ["Bakkerij"]
    assert page.totals.texts["net"] == "1.000,00"
    window.navigation.back()
    settle(qtbot, window)
    qtbot.mouseClick(page.totals, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert page.totals.texts["net"] == "1.600,00"


def test_a_day_that_is_still_to_come_is_said_at_the_field(qtbot, window):
    page = shown(qtbot, window, name="ageing")
    page.bar.day.set_value(TODAY + dt.timedelta(days=1))
    page.bar.day.left.emit()
    settle(qtbot, window)
    assert page.bar.day.property("state") == "error"
    assert page.totals.texts["total"] == "1.726,00"


@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv", "pdf"])
def test_it_is_kept_as_a_file(qtbot, window, tmp_path, monkeypatch, ending):
    page = shown(qtbot, window, name="ageing")
    target = tmp_path / f"kept.{ending}"
    monkeypatch.setattr(
        "klantenapp.ui.panels.reports.report.QFileDialog.getSaveFileName",
        lambda *_arguments: (str(target), ""),
    )
    page.ask_file(ending)
    qtbot.waitUntil(target.exists, timeout=20_000)
    settle(qtbot, window)
    if ending == "xlsx":
        book = openpyxl.load_workbook(target)
        found = [[cell.value for cell in row] for row in book.active.rows]
        assert any("Bakkerij" in row and 1121 in row for row in found)


@pytest.mark.parametrize("name", ["vat-return", "cash-forecast", "audit", "statement", "quotes"])
def test_every_kind_of_report_opens(qtbot, window, name):
    page = shown(qtbot, window, name=name)
    assert page.made is not None
    assert page.made.table.name == name
