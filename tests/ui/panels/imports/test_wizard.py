"""A file comes in through the wizard, with keys and clicks, on a real file."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from tests.factories.sales import Shop
from tests.ui.panels import real

from klantenapp.models.catalogue import Item
from klantenapp.models.customer import Address, Customer
from klantenapp.models.document import Document
from klantenapp.models.values import UnitPrice
from klantenapp.services.store import clock
from klantenapp.ui.panels.imports.edit_value import EditValueDialog
from klantenapp.ui.panels.imports.wizard import CHECK, COLUMNS, DONE, FILE

FILE_TEXT = """Klantnr;Bedrijfsnaam;Plaats;PC;Termijn;Code 2
K-1;Hotel Voorbeeldzicht;Kampen;8261 AB;30;x
K-2;Camping De Demo;Ommen;;14;y
K-3;Garage Fictief;Apeldoorn;7311 CD;veel;z
"""


@pytest.fixture
def shop(administration):
    with clock.stopped(real.TODAY):
        yield Shop(administration)


@pytest.fixture
def window(qtbot, shop):
    shown = real.opened(qtbot, shop.administration.path)
    yield shown
    real.close(shown)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "klanten-2026.csv"
    path.write_text(FILE_TEXT, encoding="utf-8")
    return path


def opened(qtbot, window, path, kind="customers"):
    page = real.go(qtbot, window, "import", kind=kind)
    page._open(path)
    qtbot.waitUntil(lambda: page.trial is not None, timeout=10_000)
    real.settle(qtbot, window)
    return page


def names(shop):
    return shop.administration.read(lambda s: sorted(one.name for one in s.query(Customer).all()))


def press(page, key, modifier=Qt.KeyboardModifier.ControlModifier):
    QTest.keyClick(page, key, modifier)


def test_a_file_goes_through_the_steps_and_is_one_undo(qtbot, window, shop, file):
    page = opened(qtbot, window, file)
    assert page._step == COLUMNS
    assert [choice.value() for choice in page.columns.choices] == [
        "number",
        "name",
        "city",
        "postal_code",
        "payment_terms_days",
        None,
    ]
    assert page.foot.wrong.text() == "1 fout"
    assert page.foot.warned.text() == "1 waarschuwing"
    press(window, Qt.Key.Key_Return)
    assert page._step == CHECK
    assert page.next.text() == "2 klanten importeren"
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page._step == DONE, timeout=10_000)
    assert names(shop) == ["Camping De Demo", "Hotel Voorbeeldzicht"]
    window.undo()
    qtbot.waitUntil(lambda: names(shop) == [], timeout=10_000)
    real.settle(qtbot, window)


def test_a_wrong_value_is_changed_here_and_the_line_comes_in(qtbot, window, shop, file):
    page = opened(qtbot, window, file)
    change = next(
        each for each in page.side.findChildren(QPushButton) if "regel 4" in each.accessibleName()
    )
    QTest.mouseClick(change, Qt.MouseButton.LeftButton)
    asked = real.dialog(qtbot, window, EditValueDialog)
    qtbot.waitUntil(lambda: asked.value.value() == "veel", timeout=5000)
    asked.value.setText("60")
    qtbot.wait(450)
    QTest.keyClick(asked.value, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.trial.outcome.refused == (), timeout=5000)
    real.settle(qtbot, window)
    page._next()
    page._next()
    qtbot.waitUntil(lambda: page._step == DONE, timeout=10_000)
    assert "Garage Fictief" in names(shop)
    assert file.read_text(encoding="utf-8") == FILE_TEXT


def test_a_column_is_skipped_and_linked_with_keys(qtbot, window, file):
    page = opened(qtbot, window, file)
    city = page.columns.choices[2]
    city.setFocus()
    QTest.keyClick(city, Qt.Key.Key_Down)
    assert page.columns.choices[3].hasFocus()
    QTest.keyClick(city, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.asked.chosen.get(2) == (), timeout=5000)
    real.settle(qtbot, window)
    assert page.columns._states[2][1].text() == "Overgeslagen"
    last = page.columns.choices[5]
    last.set_value("city")
    last.left.emit()
    real.settle(qtbot, window)
    assert page.trial.first[0].values["city"] == "x"


def test_one_field_twice_is_an_error_at_both(qtbot, window, file):
    page = opened(qtbot, window, file)
    for at in (1, 5):
        page.columns.choices[at].set_value("name")
        page.columns.choices[at].left.emit()
        real.settle(qtbot, window)
    assert [page.columns._states[at][1].text() for at in (1, 5)] == ["Dubbel gekozen"] * 2
    assert not page.next.isEnabled()
    assert page.problem.isVisible()


def test_the_primary_button_says_why_it_waits(qtbot, window, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Wie;Plaats\nJan;Zwolle\n", encoding="utf-8")
    page = opened(qtbot, window, path)
    assert not page.next.isEnabled()
    assert "Naam" in page.next.toolTip()


def test_numbers_that_read_two_ways_are_asked(qtbot, window, shop, tmp_path):
    path = tmp_path / "artikelen.csv"
    path.write_text("code;naam;prijs\nA;Buis;1.234\n", encoding="utf-8")
    page = opened(qtbot, window, path, kind="items")
    answer = next(
        each for each in page.problem.findChildren(QPushButton) if each.text().startswith("Komma")
    )
    QTest.mouseClick(answer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.trial.outcome is not None, timeout=5000)
    real.settle(qtbot, window)
    page._next()
    page._next()
    qtbot.waitUntil(lambda: page._step == DONE, timeout=10_000)
    price = shop.administration.read(lambda s: s.query(Item).one().price)
    assert price == UnitPrice.parse("1234")


def test_changes_are_shown_side_by_side_and_can_be_left(qtbot, window, shop, file, tmp_path):
    first = opened(qtbot, window, file)
    first._next()
    first._next()
    qtbot.waitUntil(lambda: first._step == DONE, timeout=10_000)
    again = tmp_path / "later.csv"
    text = FILE_TEXT.replace("Kampen", "IJsselmuiden").replace("Ommen", "Hardenberg")
    again.write_text(text, encoding="utf-8")
    page = opened(qtbot, window, again)
    page._next()
    page.check.which.choose("changed")
    model = page.check.models["changed"]
    rows = [model.row_at(at) for at in range(model.rowCount())]
    assert [(row.name, row.old, row.new) for row in rows] == [
        ("Hotel Voorbeeldzicht", "Kampen", "IJsselmuiden"),
        ("Camping De Demo", "Ommen", "Hardenberg"),
    ]
    model.toggle(rows[1].id)
    assert page.next.text() == "1 klant importeren"
    page._next()
    qtbot.waitUntil(lambda: page._step == DONE, timeout=10_000)
    cities = shop.administration.read(lambda s: sorted(a.city for a in s.query(Address).all()))
    assert cities == ["IJsselmuiden", "Ommen"]


def test_errors_are_saved_with_their_reason(qtbot, window, file, tmp_path):
    page = opened(qtbot, window, file)
    page._next()
    page._next()
    qtbot.waitUntil(lambda: page._step == DONE, timeout=10_000)
    target = tmp_path / "fouten.csv"
    page.write_errors(target)
    qtbot.waitUntil(target.exists, timeout=5000)
    real.settle(qtbot, window)
    lines = target.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Klantnr;Bedrijfsnaam;Plaats;PC;Termijn;Code 2;Reden"
    assert lines[1].startswith("K-3;Garage Fictief;")


def test_links_are_kept_under_a_name_and_used_again(qtbot, window, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Wie;Waar\nJan;Zwolle\n", encoding="utf-8")
    page = opened(qtbot, window, path)
    for at, key in enumerate(("name", "city")):
        page.columns.choices[at].set_value(key)
        page.columns.choices[at].left.emit()
        real.settle(qtbot, window)
    page.foot.name.set_value("Oude boekhouding")
    page._next()
    page._next()
    qtbot.waitUntil(lambda: page._step == DONE, timeout=10_000)
    real.settle(qtbot, window)
    other = tmp_path / "b.csv"
    other.write_text("Wie;Waar\nEls;Kampen\n", encoding="utf-8")
    again = opened(qtbot, window, other)
    assert [choice.value() for choice in again.columns.choices] == ["name", "city"]
    assert again.foot.name.value() == "Oude boekhouding"


def test_alt_left_is_the_step_before_and_escape_changes_nothing(qtbot, window, shop, file):
    real.go(qtbot, window, "items")
    page = opened(qtbot, window, file)
    page._next()
    window.activateWindow()
    page.check.focus_table()
    QTest.keyClick(page.check._views[0], Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page._step == COLUMNS
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page._step == FILE
    assert page.asked is None
    assert names(shop) == []


def test_what_cannot_be_read_says_so(qtbot, window, tmp_path):
    path = tmp_path / "leeg.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    page = opened(qtbot, window, path)
    assert page._step == FILE
    assert page.file.note.isVisible()


def test_old_invoices_come_in_with_a_customer_for_those_without(qtbot, window, shop, tmp_path):
    path = tmp_path / "facturen.csv"
    path.write_text(
        "factuurnummer;factuurdatum;bedrag\nF1;21-02-2025;100,00\nC2;22-02-2025;25,00\n",
        encoding="utf-8",
    )
    page = opened(qtbot, window, path, kind="invoices")
    assert not page.next.isEnabled()
    page.history.unknown.setText("Losse verkoop")
    page.history.unknown.editingFinished.emit()
    page.history.prefix.setText("C")
    page.history.prefix.editingFinished.emit()
    qtbot.waitUntil(lambda: page.trial.outcome is not None, timeout=5000)
    real.settle(qtbot, window)
    page._next()
    page._next()
    qtbot.waitUntil(lambda: page._step == DONE, timeout=10_000)
    documents = shop.administration.read(
        lambda s: sorted((one.number, one.kind) for one in s.query(Document).all())
    )
    assert documents == [("C2", "credit_note"), ("F1", "invoice")]
    assert names(shop) == ["Losse verkoop"]


def test_a_vcard_needs_no_columns(qtbot, window, shop, tmp_path):
    path = tmp_path / "jan.vcf"
    path.write_text(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jan Demo\r\nEMAIL:jan@demo.example\r\nEND:VCARD\r\n",
        encoding="utf-8",
    )
    page = opened(qtbot, window, path)
    assert not page.columns.isVisible()
    page._next()
    page._next()
    qtbot.waitUntil(lambda: page._step == DONE, timeout=10_000)
    assert names(shop) == ["Jan Demo"]


def test_reading_a_long_file_can_be_stopped_and_changes_nothing(qtbot, window, shop, tmp_path):
    path = tmp_path / "lang.csv"
    lines = "\n".join(f"K-{number};Klant {number}" for number in range(3000))
    path.write_text(f"Klantnr;Bedrijfsnaam\n{lines}\n", encoding="utf-8")
    seen = []
    window.shell.ops.started.connect(seen.append)
    page = real.go(qtbot, window, "import", kind="customers")
    page._open(path)
    qtbot.waitUntil(lambda: len(seen) > 1, timeout=10_000)
    assert seen[-1].label == "lang.csv inlezen"
    steps = []
    seen[-1].moved.connect(lambda done, _total: steps.append(done))
    seen[-1].moved.connect(lambda _done, _total: seen[-1].stop())
    qtbot.waitUntil(lambda: page.asked is None, timeout=10_000)
    assert page._step == FILE
    assert steps
    assert max(steps) < 3000
    assert names(shop) == []
