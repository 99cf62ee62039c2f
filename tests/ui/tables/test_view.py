from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt

from klantenapp.models.values import Money
from klantenapp.ui.memory import memory
from klantenapp.ui.tables.column_menu import column_menu
from klantenapp.ui.tables.columns import Column, Group
from klantenapp.ui.tables.footer import ListFooter
from klantenapp.ui.tables.list_view import MasterList
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.theme.theme import theme

HUNDRED = Money(100)


@dataclass(frozen=True)
class Row:
    id: int
    name: str
    place: str = "Zwolle"
    contact: str = "Noor"
    status: str = "overdue"
    open: Money | None = HUNDRED


COLUMNS = [
    Column("name", "Klant", "initials", 200, stretch=True, sort="name"),
    Column("contact", "Contactpersoon", "muted", 150, priority=3),
    Column("place", "Plaats", "muted", 120, priority=2),
    Column("status", "Status", "status"),
    Column("open", "Openstaand €", "money", sort="open", descending=True),
]


@pytest.fixture
def model(ops):
    made = TableModel(ops, COLUMNS)
    made.set_rows([Row(number, f"Klant {number}") for number in range(10, 40)])
    return made


@pytest.fixture
def view(qtbot, model):
    made = TableView(model, "customers")
    qtbot.addWidget(made)
    made.resize(1000, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def hidden(view):
    return [column.key for at, column in enumerate(COLUMNS) if view.isColumnHidden(at)]


def test_columns_fill_the_width_exactly(view):
    shown = sum(view.columnWidth(at) for at in range(5))
    assert shown == view.viewport().width()


@pytest.mark.parametrize(
    ("width", "gone"), [(1000, []), (700, ["contact"]), (560, ["contact", "place"])]
)
def test_where_room_lacks_the_least_important_columns_go_first(view, width, gone):
    view.resize(width, 400)
    assert hidden(view) == gone


def test_the_last_column_that_is_left_keeps_the_margin_of_the_page(view):
    last = [column.key for column in COLUMNS].index("status")
    without = view.columnWidth(last)
    view._hidden.add("open")
    view.fit()
    assert view.columnWidth(last) == without + theme().px(view._cells.edge - view._cells.pad)
    assert sum(view.columnWidth(at) for at in range(4)) == view.viewport().width()


def test_rows_have_the_height_of_the_design(view):
    assert view.rowHeight(0) == 36
    assert view.horizontalHeader().height() == 32


def test_enter_opens_the_current_row(qtbot, view):
    view.select_id(12)
    with qtbot.waitSignal(view.opened) as signal:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert signal.args == [12]


def test_the_same_row_stays_current_when_the_list_is_read_again(view, model):
    view.select_id(12)
    model.set_rows([Row(12, "nu eerst"), Row(10, "later")])
    assert view.current_id() == 12
    assert view.currentIndex().row() == 0


def test_arrow_keys_skip_headings(qtbot, view, model):
    model.set_rows([Row(1, "a"), Row(2, "b")], [Group(0, "Zeker"), Group(1, "Onbekend")])
    view.select_id(1)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.current_id() == 2


def test_a_header_click_sorts_and_is_remembered(view, model):
    view._sort_by(4)
    assert (model.order.key, model.order.descending) == ("open", True)
    view._sort_by(4)
    assert not model.order.descending
    assert memory().get("order/customers") == ["open", False]


def test_widths_are_remembered(qtbot, view, model):
    view.setColumnWidth(3, 222)
    again = TableView(model, "customers")
    qtbot.addWidget(again)
    again.resize(1000, 400)
    again.show()
    assert again.columnWidth(3) == 222


def test_space_and_shift_arrows_tick(qtbot, ops):
    model = TableModel(ops, [Column("id", "", "check", value=lambda row: row.id), *COLUMNS])
    model.set_rows([Row(number, "x") for number in range(1, 6)])
    view = TableView(model)
    qtbot.addWidget(view)
    view.select_id(2)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert model.checked == {2}
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert model.checked == {2, 3}
    assert view.selected_ids() == [2, 3]
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(model.checked) == 5
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert model.checked == set()


def test_letters_are_left_to_the_page(qtbot, view):
    view.select_id(10)
    qtbot.keyClick(view, Qt.Key.Key_K)
    assert view.current_id() == 10


def test_every_kind_of_cell_paints(view):
    assert not view.grab().isNull()


def test_the_master_list_tells_after_a_pause(qtbot, model):
    view = MasterList(model, lambda row: (row.name, "", row.place, "€ 1", "danger"))
    qtbot.addWidget(view)
    view.show()
    view.setFocus()
    view.select_id(10)
    with qtbot.waitSignal(view.picked) as signal:
        view.setFocus()
        qtbot.keyClick(view, Qt.Key.Key_Down)
        view._tell()
    assert signal.args == [11]
    assert not view.grab().isNull()


def test_a_footer_drops_key_hints_that_do_not_fit(qtbot):
    footer = ListFooter([("Space", "selecteren"), ("Return", "openen"), ("?", "alle toetsen")])
    qtbot.addWidget(footer)
    footer.set_totals([("Openstaand", Money(2089125), None), ("214 facturen", "", None)])
    footer.resize(1100, 38)
    footer.show()
    assert all(hint.isVisible() for hint in footer._hints)
    footer.resize(520, 38)
    assert [hint.isVisible() for hint in footer._hints] == [True, False, False]


def test_a_column_is_left_out_and_stays_out_the_next_time(view, model, qtbot):
    menu = column_menu(view, view)
    entries = {action.text(): action for action in menu.actions() if action.isCheckable()}
    assert list(entries) == ["Contactpersoon", "Plaats", "Status", "Openstaand €"]
    entries["Plaats"].setChecked(False)
    assert hidden(view) == ["place"]
    assert sum(view.columnWidth(at) for at in range(5) if at != 2) == view.viewport().width()

    again = TableView(model, "customers")
    qtbot.addWidget(again)
    again.resize(1000, 400)
    again.show()
    qtbot.waitExposed(again)
    assert hidden(again) == ["place"]
    menu.actions()[-1].trigger()
    assert hidden(view) == []
