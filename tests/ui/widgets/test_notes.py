"""A note shows all of its words, however narrow it stands."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from klantenapp.ui.widgets.dressing import column
from klantenapp.ui.widgets.notes import Note


@pytest.mark.parametrize("width", [232, 400, 900])
def test_the_words_get_the_height_that_they_need(qtbot, width):
    sheet = QWidget()
    qtbot.addWidget(sheet)
    box = column(sheet, 10, 10, 10, 10)
    note = Note("warn", "Geen factuuradres.", "Een factuur heeft er een nodig.")
    box.addWidget(note)
    box.addStretch(1)
    sheet.setFixedWidth(width)
    sheet.show()
    words = note._words
    qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()))
    assert note.rect().contains(words.geometry())
