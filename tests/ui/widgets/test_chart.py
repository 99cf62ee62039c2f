"""Charts: read with mouse and keys, said in words, shown as a table, kept as files."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage

from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.chart import Chart
from klantenapp.ui.widgets.chart_data import Bar, ChartData, Dot, of_bars, scale, short

MONTHS = (("jan", 120_000), ("feb", 80_000), ("mrt", 400_000))


@pytest.fixture
def chart(qtbot):
    made = Chart("Omzet")
    qtbot.addWidget(made)
    bars = [Bar(name, cents, before=100_000, tip=f"{name}: {cents}") for name, cents in MONTHS]
    rows = [(name, str(cents)) for name, cents in MONTHS]
    made.show_data(of_bars(bars, "Omzet van drie maanden", ("Maand", "Omzet"), rows))
    made.resize(500, 300)
    made.show()
    qtbot.waitUntil(lambda: made.plot is not None)
    qtbot.waitExposed(made)
    return made


def test_arrows_walk_over_the_bars_and_enter_opens_one(chart, qtbot):
    chart.setFocus()
    opened = []
    chart.opened.connect(opened.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return):
        qtbot.keyClick(chart, key)
    assert chart.current == 1
    assert chart.accessibleDescription() == "feb: 80000"
    qtbot.keyClick(chart, Qt.Key.Key_End)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.current == 2
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert chart.current == 0
    assert opened == [1]


def test_the_mouse_finds_the_bar_below_it_and_a_double_click_opens_it(chart, qtbot):
    place = chart.plot.place_of(2, 100_000).toPoint()
    opened = []
    chart.opened.connect(opened.append)
    qtbot.mouseMove(chart.plot.viewport(), place - QPoint(5, 0))
    qtbot.mouseMove(chart.plot.viewport(), place)
    qtbot.waitUntil(lambda: chart.current == 2)
    qtbot.mouseDClick(chart.plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == [2]


def test_the_menu_shows_the_same_as_a_table_and_back(chart):
    menu = chart.menu()
    menu.actions()[0].trigger()
    assert chart.as_table
    model = chart.table.model()
    found = [[model.index(line, at).data() for at in range(2)] for line in range(3)]
    assert found == [[name, str(cents)] for name, cents in MONTHS]
    chart.menu().actions()[0].trigger()
    assert not chart.as_table


def test_it_is_kept_as_svg_and_png(chart, tmp_path):
    chart.save(tmp_path / "a.svg")
    chart.save(tmp_path / "a.png")
    assert b"<svg" in (tmp_path / "a.svg").read_bytes()
    picture = QImage(str(tmp_path / "a.png"))
    assert picture.width() == 2 * chart.plot.width()


def test_the_bars_are_painted_in_the_colour_of_the_theme(chart):
    place = chart.plot.place_of(2, 50_000).toPoint()
    assert chart.grab().toImage().pixelColor(place) == theme().color("chartMain")


def test_points_are_found_near_the_mouse_and_not_between(chart, qtbot):
    dots = (Dot(0.5, 30, tip="a"), Dot(2, 60, tip="b", hollow=True, label="nog open"))
    chart.show_data(
        ChartData(labels=("jan", "feb", "mrt"), dots=dots, money=False, level=(30, "t"))
    )
    place = chart.plot.place_of(2, 60).toPoint()
    qtbot.mouseMove(chart.plot.viewport(), place - QPoint(90, -90))
    qtbot.mouseMove(chart.plot.viewport(), place)
    qtbot.waitUntil(lambda: chart.current == 1)


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 1_180_000, [0, 400_000, 800_000, 1_200_000]),
        (0, 0, [0, 1]),
        (0, 80, [0, 20, 40, 60, 80]),
        (-50, 100, [-50, 0, 50, 100]),
        (0, 3, [0, 1, 2, 3]),
    ],
)
def test_scales_have_round_steps_that_hold_every_value(low, high, ticks):
    assert scale(low, high) == ticks


def test_heights_are_short_words():
    assert short(1_200_000, money=True) == "12k"
    assert short(40_000, money=True) == "400"
    assert short(-250_000, money=True) == "−2,5k"
    assert short(80, money=False) == "80"
