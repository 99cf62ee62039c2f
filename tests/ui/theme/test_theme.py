import json
import re

import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QPushButton

from klantenapp.paths import resource
from klantenapp.ui.theme import icons, palette
from klantenapp.ui.theme.stylesheet import _template
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.theme.tokens import load


def luminance(color):
    def part(value):
        value /= 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_text_can_be_read_on_every_ground(colours):
    tokens = getattr(load(), colours)
    grounds = ("surface", "sunken", "window", "hover", "selected")
    low = [
        (text, ground)
        for text in ("text", "muted", "subtle", "accentText", "danger", "warn", "ok")
        for ground in grounds
        if contrast(tokens[text], tokens[ground]) < 4.5
    ]
    tints = ("ok", "warn", "danger", "violet", "neutral", "info")
    low += [tone for tone in tints if contrast(tokens[tone], tokens[f"{tone}Tint"]) < 4.5]
    assert low == []


def test_dark_and_light_give_other_colours_and_tell_so(qtbot):
    light = theme().color("surface").name()
    with qtbot.waitSignal(theme().changed):
        theme().set(choice="dark")
    assert theme().dark
    assert theme().color("surface").name() != light


def test_sizes_and_letters_follow_the_text_size(qtbot):
    with qtbot.waitSignals([theme().rescaled, theme().changed]):
        theme().set(percent=150)
    assert theme().px(36) == 54
    assert theme().font("body").pixelSize() == 20
    theme().step(1)
    assert theme().percent == 150
    theme().step(0)
    assert theme().percent == 100


def test_the_letters_are_the_bundled_ones():

    assert QFontInfo(theme().font("body")).family() == "InterTab"
    metrics = QFontMetricsF(theme().font("bodyStrong"))
    assert len({round(metrics.horizontalAdvance(digit * 10), 3) for digit in "0123456789"}) == 1


def test_the_style_sheet_names_only_tokens_that_exist():
    names = set(re.findall(r"@([A-Za-z]\w*)(?!\()", _template())) - {"icon", "ico"}
    assert sorted(names - set(load().light)) == []


def test_lines_stay_thin_when_text_is_large():

    theme().set(percent=150)
    sheet = QApplication.instance().styleSheet()
    assert "border: 1px solid" in sheet
    assert "min-height: 45px" in sheet


def test_every_icon_of_the_tokens_is_there_and_takes_the_colour():
    names = json.loads(resource("theme/tokens.json").read_text())["icons"]["map"]
    for role in names:
        assert "#123456" in icons.svg(role, "#123456")
        assert 'stroke-width="1.75"' in icons.svg(role, "#123456")


def test_icons_on_buttons_follow_the_theme(qtbot):
    button = QPushButton()
    qtbot.addWidget(button)
    theme().dress(button, "printer")
    before = button.icon().pixmap(16, 16).toImage()
    theme().set(choice="dark")
    assert button.icon().pixmap(16, 16).toImage() != before


def test_high_contrast_takes_the_colours_of_the_system(monkeypatch):

    monkeypatch.setattr(type(theme()), "high_contrast", property(lambda _: True))
    theme()._colors.clear()
    assert theme().color("danger") == palette.system().color(QPalette.ColorRole.WindowText)
    theme()._colors.clear()
