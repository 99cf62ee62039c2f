import threading
from array import array
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt

from klantenapp.models.values import Money
from klantenapp.ui.tables.columns import Column, Group, Grouped, Sort
from klantenapp.ui.tables.model import GroupRole, TableModel

COLUMNS = [
    Column("number", "Nummer", "strong", sort="number"),
    Column("open", "Openstaand €", "money", sort="open"),
]


@dataclass(frozen=True)
class Row:
    id: int
    number: str
    open: Money


class Table:
    """A pretended table of a million rows; counts what is asked of it."""

    def __init__(self, size):
        self.size = size
        self.asked = []

    def ids(self, _session, wanted, sort):
        found = array("q", range(1, (wanted or self.size) + 1))
        return found[::-1] if sort and sort.descending else found

    def rows(self, _session, ids):
        self.asked.append(len(ids))
        return [Row(number, f"2026-{number:04}", Money(number)) for number in ids]


@pytest.fixture
def table():
    return Table(1_000_000)


@pytest.fixture
def model(qtbot, ops, table):
    made = TableModel(ops, COLUMNS, table.ids, table.rows)
    with qtbot.waitSignal(made.loaded):
        made.reload()
    return made


def shown(model, line, column=0):
    return model.index(line, column).data()


def test_a_million_rows_open_with_one_page(model, table):
    assert model.rowCount() == 1_000_000
    assert shown(model, 0) == "2026-0001"
    assert sum(table.asked) < 300


def test_a_far_page_comes_when_it_is_looked_at(qtbot, model):
    assert shown(model, 900_000) is None
    with qtbot.waitSignal(model.dataChanged):
        pass
    assert shown(model, 900_000) == "2026-900001"


def test_pages_that_nobody_looks_at_are_let_go(qtbot, model):
    for page in range(60):
        line = page * 5_000
        if shown(model, line) is None:
            with qtbot.waitSignal(model.dataChanged):
                pass
    assert len(model._pages) <= 24


def test_filter_and_sort_happen_in_the_query(qtbot, model):
    with qtbot.waitSignal(model.loaded) as signal:
        model.set_filter(3)
    assert signal.args == [3]
    with qtbot.waitSignal(model.loaded):
        model.set_sort(Sort("open", descending=True))
    assert [shown(model, line) for line in range(3)] == ["2026-0003", "2026-0002", "2026-0001"]


def test_amounts_are_written_without_a_sign_and_spoken_with_one(model):
    index = model.index(41, 1)
    assert index.data() == "0,42"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Openstaand 0,42 euro"


def test_headings_stand_between_the_rows(qtbot, ops, table):
    groups = [Group(0, "Zeker", "2"), Group(2, "Onbekend")]
    made = TableModel(ops, COLUMNS, lambda *_: Grouped([5, 6, 7], groups), table.rows)
    with qtbot.waitSignal(made.loaded):
        made.reload()
    assert made.rowCount() == 5
    assert [made.id_at(line) for line in range(5)] == [None, 5, 6, None, 7]
    assert made.index(3, 0).data(GroupRole).title == "Onbekend"
    assert not made.flags(made.index(3, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert [made.line_of(row_id) for row_id in (5, 6, 7, 8)] == [1, 2, 4, None]


def test_a_short_list_is_given_as_it_is_and_sorts_itself(ops):
    made = TableModel(ops, COLUMNS)
    made.set_rows([Row(4, "b", Money(1)), Row(9, "A", Money(3))])
    made.set_sort(Sort("number"))
    assert [shown(made, line) for line in range(2)] == ["A", "b"]
    made.set_sort(Sort("open", descending=True))
    assert list(made.ids) == [9, 4]


def test_ticks_that_leave_the_list_are_gone(qtbot, model):
    model.set_checked({2, 500})
    with qtbot.waitSignal(model.loaded):
        model.set_filter(10)
    assert model.checked == {2}


def test_an_answer_of_an_older_filter_changes_nothing(qtbot, model):
    model.set_filter(50)
    model.set_filter(7)
    with qtbot.waitSignal(model.loaded):
        pass
    qtbot.wait(50)
    assert model.rowCount() == 7


def test_the_first_rows_are_shown_before_all_ids_are_there(qtbot, ops, table):
    gate = threading.Event()

    def slow(session, wanted, sort):
        gate.wait(5)
        return table.ids(session, wanted, sort)

    made = TableModel(ops, COLUMNS, slow, table.rows, head=lambda *_: array("q", range(1, 201)))
    made.reload()
    qtbot.waitUntil(lambda: made.rowCount() == 200)
    assert shown(made, 0) == "2026-0001"
    gate.set()
    qtbot.waitUntil(lambda: made.rowCount() == 1_000_000)
    assert shown(made, 0) == "2026-0001"
