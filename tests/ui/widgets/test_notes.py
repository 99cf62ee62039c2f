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


def test_a_note_with_a_cross_is_as_high_as_one_without(qtbot):
    sheet = QWidget()
    qtbot.addWidget(sheet)
    box = column(sheet, 10, 10, 10, 10)
    notes = [
        Note("info", "Vandaag.", "Er kan iets weg.", ("Bekijken", list), closable=cross)
        for cross in (False, True)
    ]
    for note in notes:
        box.addWidget(note)
    box.addStretch(1)
    sheet.setFixedWidth(900)
    sheet.show()
    plain, closable = notes
    qtbot.waitUntil(lambda: plain.height() > 0 and plain.height() == closable.height())
