import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView

from klantenapp.models.values import Money, Percent, Quantity, UnitPrice
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.inputs import ChoiceInput, NoteInput, SegmentInput, TextInput
from klantenapp.ui.widgets.picker import Option, SearchPicker
from klantenapp.ui.widgets.search_field import SearchField
from klantenapp.ui.widgets.value_inputs import (
    DateInput,
    IntInput,
    MoneyInput,
    PercentInput,
    PriceInput,
    QuantityInput,
)


def entered(qtbot, editor, text):
    qtbot.addWidget(editor)
    editor.show()
    editor.setFocus()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    return editor


@pytest.mark.parametrize(
    ("kind", "typed", "value", "shown"),
    [
        (MoneyInput, "1.234,56", Money(123456), "1.234,56"),
        (MoneyInput, "3*12,50", Money(3750), "37,50"),
        (PriceInput, "12,3456", UnitPrice(123456), "12,3456"),
        (QuantityInput, "2,5", Quantity(25000), None),
        (PercentInput, "5,5", Percent(550), "5,5%"),
        (IntInput, "30", 30, "30"),
        (DateInput, "23-11-2026", dt.date(2026, 11, 23), "23-11-2026"),
    ],
)
def test_values_are_read_as_typed_and_written_neatly(qtbot, kind, typed, value, shown):
    editor = entered(qtbot, kind(), typed)
    assert editor.value() == value
    if shown:
        assert editor.text().replace("\xa0", "") == shown


def test_a_day_keeps_the_room_to_be_read_whole(qtbot):
    editor = entered(qtbot, DateInput(), "23-11-2026")
    editor.resize(10, editor.height())
    words = editor.fontMetrics().horizontalAdvance(editor.text())
    assert editor.width() >= words + theme().px(46)  # its edges and the calendar


@pytest.mark.parametrize("kind", [MoneyInput, QuantityInput, PercentInput, IntInput, DateInput])
def test_what_cannot_be_read_has_no_value_and_says_so(qtbot, kind):
    editor = kind()
    problems = []
    editor.problem.connect(problems.append)
    entered(qtbot, editor, "boe")
    assert editor.value() is None
    assert problems[-1]


def test_arrows_change_a_whole_number_and_a_day(qtbot):
    number, day = IntInput(least=0, most=31), DateInput()
    for editor, value in ((number, 30), (day, dt.date(2026, 11, 30))):
        qtbot.addWidget(editor)
        editor.set_value(value)
    qtbot.keyClick(number, Qt.Key.Key_Up)
    qtbot.keyClick(number, Qt.Key.Key_Up)
    qtbot.keyClick(day, Qt.Key.Key_Up)
    assert number.value() == 31
    assert day.value() == dt.date(2026, 12, 1)


def test_setting_a_value_tells_nobody(qtbot):
    for editor, value in (
        (TextInput(), "x"),
        (NoteInput(), "x"),
        (SegmentInput([("a", "A")]), "a"),
    ):
        qtbot.addWidget(editor)
        told = []
        editor.edited.connect(lambda told=told: told.append(1))
        editor.left.connect(lambda told=told: told.append(2))
        editor.set_value(value)
        assert editor.value() == value
        assert told == []


def test_a_choice_keeps_its_value_when_the_options_change(qtbot):
    choice = ChoiceInput([(14, "14"), (30, "30")])
    qtbot.addWidget(choice)
    choice.set_value(30)
    choice.set_options([(30, "dertig"), (60, "zestig")])
    assert choice.value() == 30
    choice.set_options([(60, "zestig")])
    assert choice.value() is None


def test_searching_waits_for_a_pause_and_escape_clears(qtbot):
    into = QListView()
    field = SearchField("Zoek", into)
    for widget in (into, field):
        qtbot.addWidget(widget)
    told = []
    field.sought.connect(told.append)
    qtbot.keyClicks(field, "hotel")
    qtbot.waitUntil(lambda: told == ["hotel"])
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: told == ["hotel", ""])


ITEMS = [
    Option(1, "Voorrijkosten zone 1", "tot 15 km", "€ 22,50"),
    Option(2, "Voorrijkosten avond"),
]


@pytest.fixture
def picker(qtbot):
    made = []
    picker = SearchPicker(
        lambda text, show: show([item for item in ITEMS if text.lower() in item.text.lower()]),
        create=made.append,
        create_hint="nieuw artikel “{text}”",
    )
    picker.made = made
    qtbot.addWidget(picker)
    picker.show()
    picker.activateWindow()
    picker.setFocus()
    qtbot.waitUntil(picker.hasFocus)
    return picker


def test_typing_opens_the_list_and_enter_picks(qtbot, picker):
    qtbot.keyClicks(picker, "voorr")
    qtbot.waitUntil(lambda: picker.is_open)
    assert not picker.popup.grab().isNull()
    qtbot.keyClick(picker, Qt.Key.Key_Down)
    with qtbot.waitSignal(picker.picked) as signal:
        qtbot.keyClick(picker, Qt.Key.Key_Return)
    assert signal.args == [ITEMS[1]]
    assert picker.value() == 2
    assert not picker.is_open


def test_shift_enter_makes_a_new_one(qtbot, picker):
    qtbot.keyClicks(picker, "nieuws")
    qtbot.keyClick(picker, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert picker.made == ["nieuws"]


def test_escape_closes_the_list_and_leaving_puts_the_choice_back(qtbot, picker):
    picker.set_value(ITEMS[0])
    picker.selectAll()
    qtbot.keyClicks(picker, "voorr")
    qtbot.waitUntil(lambda: picker.is_open)
    qtbot.keyClick(picker, Qt.Key.Key_Escape)
    assert not picker.is_open
    picker._finish()
    assert picker.text() == ITEMS[0].text
