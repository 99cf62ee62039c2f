import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from klantenapp.models.values import Money
from klantenapp.ui.memory import memory
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets import chips
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dialogs import Dialog, Scrim, confirm
from klantenapp.ui.widgets.figures import Age, AgeBar, LimitFigure, Meter
from klantenapp.ui.widgets.labels import ElidedLabel, Label, initials
from klantenapp.ui.widgets.lead_text import LeadText
from klantenapp.ui.widgets.matching import bold_spans
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.preview import PdfPreview
from klantenapp.ui.widgets.splitters import Splitter
from klantenapp.ui.widgets.states import EmptyState, ErrorState, NoResults
from klantenapp.ui.widgets.tabs import QuickFilters, Tabs
from klantenapp.ui.widgets.toasts import Toasts


@pytest.fixture
def host(qtbot):
    made = QWidget()
    made.resize(900, 600)
    qtbot.addWidget(made)
    made.show()
    return made


def test_text_of_a_user_is_never_markup(qtbot):
    label = Label("<b>B&B</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == "<b>B&B</b>"


def test_text_that_does_not_fit_is_its_own_tooltip(qtbot):
    label = ElidedLabel("Stichting De Zeer Lange Naam Die Nergens Past")
    qtbot.addWidget(label)
    label.resize(90, 20)
    label.grab()
    assert label.toolTip() == label.text()


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Voorbeeld Bouw B.V.", "VB"),
        ("Garage & Zn.", "GZ"),
        ("Ænon", "Æ"),
        ("  ", "–"),
        ("& 'k", "–"),
    ],
)
def test_initials_are_the_first_letters_of_two_words(name, letters):
    assert initials(name) == letters


@pytest.mark.parametrize("status", sorted(chips.STATUS))
def test_every_status_has_its_word_tone_and_icon(qtbot, status):
    chip = chips.StatusChip(status)
    qtbot.addWidget(chip)
    assert chip.accessibleName()
    assert not chip.grab().isNull()


def test_a_button_shows_its_keys_and_greys_with_a_reason(qtbot):
    button = Button("Versturen", "send", "primary", keys="Ctrl+Return")
    qtbot.addWidget(button)
    caps = [label.text() for label in button.findChildren(QLabel)]
    assert caps == ["Ctrl", "Enter"]
    button.allow("Er zijn geen regels.")
    assert not button.isEnabled()
    assert button.toolTip() == "Er zijn geen regels."
    button.allow(None)
    assert button.isEnabled()


def test_words_typed_without_accents_are_found():
    assert bold_spans("Café Zoë", "zoe caf") == [(5, 3), (0, 3)]


def test_a_note_says_all_of_it_to_a_screen_reader(qtbot):
    told = []
    note = Note("warn", "Geen internet.", "E-mails wachten.", ("Bekijken", lambda: told.append(1)))
    qtbot.addWidget(note)
    assert note.accessibleName() == "Geen internet. E-mails wachten."
    note.findChild(QPushButton).click()
    assert told == [1]


def test_a_long_note_takes_more_lines(qtbot):
    text = LeadText("Let op.", "woord " * 60)
    qtbot.addWidget(text)
    assert text.heightForWidth(300) > 3 * theme().line("body")


def test_empty_and_error_states_say_what_to_do(qtbot):
    cleared = []
    for state in (
        EmptyState("users", "Nog geen klanten", "Voeg je eerste klant toe.", [Button("Klant")]),
        ErrorState("Niet te lezen", "Er is niets gewijzigd.", [], "PDF 1.7"),
        NoResults("x", lambda: cleared.append(1)),
    ):
        qtbot.addWidget(state)
        state.resize(700, 500)
        assert state.accessibleName()
        assert not state.grab().isNull()
    state.findChild(QPushButton).click()
    assert cleared == [1]


def test_arrows_move_inside_a_group(qtbot):
    for group in (QuickFilters([("a", "Alle"), ("b", "Open")]), Tabs([("a", "A"), ("b", "B")])):
        qtbot.addWidget(group)
        group.show()
        group.set_counts({"a": 214, "b": None, "unknown": 1})
        told = []
        group.changed.connect(told.append)
        qtbot.keyClick(group, Qt.Key.Key_Right)
        qtbot.keyClick(group, Qt.Key.Key_Right)
        assert told == ["b", "a"]
        assert not group.grab().isNull()


def test_a_toast_undoes_and_goes(host):
    undone = []
    toasts = Toasts(host, lambda: undone.append(1))
    toasts.show("Betaling geboekt")
    toasts.show("Klant verwijderd", undo=True)
    assert toasts.current.label.text() == "Klant verwijderd"
    toasts.current.findChild(QPushButton).click()
    assert undone == [1]
    assert toasts.current is None


def test_what_is_counted_down_can_be_stopped(host):
    toasts, told = Toasts(host, lambda: None), []
    toasts.countdown(
        "Wordt verstuurd", 10, stop=lambda: told.append("stop"), done=lambda: told.append("done")
    )
    assert toasts.counting
    assert "10" in toasts.current.label.text()
    toasts.stop_countdown()
    assert told == ["stop"]


def test_what_is_counted_down_happens_when_the_time_is_over(host):
    toasts, told = Toasts(host, lambda: None), []
    toasts.countdown(
        "Wordt verstuurd", 2, stop=lambda: told.append("stop"), done=lambda: told.append("done")
    )
    toasts._tick()
    assert told == []
    toasts._tick()
    assert told == ["done"]


def test_another_toast_lets_the_countdown_happen(host):
    toasts, told = Toasts(host, lambda: None), []
    toasts.countdown(
        "Wordt verstuurd", 9, stop=lambda: told.append("stop"), done=lambda: told.append("done")
    )
    toasts.show("Iets anders")
    assert told == ["done"]


def test_a_stray_enter_does_not_confirm(qtbot, host):
    done = []
    dialog = confirm(host, "Versturen?", "Dit kan niet terug.", "Versturen", lambda: done.append(1))
    qtbot.waitUntil(dialog.isVisible)
    qtbot.keyClick(dialog._act, Qt.Key.Key_Return)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert done == []
    dialog._unguard()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: done == [1])


def test_a_destructive_dialog_starts_on_cancel_and_the_scrim_goes_with_it(qtbot, host):
    dialog = confirm(host, "Wissen?", "Alles weg.", "Wissen", lambda: None, danger=True)
    assert dialog._first is dialog.cancel
    assert host.findChildren(Scrim)
    dialog.reject()
    qtbot.waitUntil(lambda: not host.findChildren(Scrim))


def test_a_dialog_can_act_without_closing(host):
    dialog, told = Dialog(host, "Titel"), []
    dialog.set_act("Doe", lambda: told.append(1))
    dialog.open()
    dialog._act.click()
    assert told == [1]
    assert dialog.isVisible()
    dialog.reject()


def test_figures_speak(qtbot):
    limit, meter, ages = LimitFigure(), Meter("likely"), AgeBar()
    for widget in (limit, meter, ages):
        qtbot.addWidget(widget)
    limit.set(Money(474000), Money(750000))
    assert "63%" in limit.accessibleName()
    limit.set(Money(1), Money(0))
    assert meter.accessibleName() == "Waarschijnlijk"
    ages.set([Age(number, Money(number * 100)) for number in range(5)])
    with qtbot.waitSignal(ages.chosen) as signal:
        qtbot.mouseClick(ages._rows[3], Qt.MouseButton.LeftButton)
    assert signal.args == [3]
    assert not ages.grab().isNull()


def pdf(path, pages):
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    painter = QPainter(writer)
    for page in range(pages):
        if page:
            writer.newPage()
        painter.drawText(100, 100, f"bladzijde {page}")
    painter.end()
    return path.read_bytes()


def test_a_preview_keeps_its_place_and_size(qtbot, tmp_path):
    preview = PdfPreview("Voorbeeld")
    qtbot.addWidget(preview)
    preview.resize(420, 500)
    preview.show()
    content = pdf(tmp_path / "x.pdf", 3)
    preview.show_pdf(content)
    assert preview.pages == 3
    preview.zoom(2)
    bar = preview._view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 200)
    bar.setValue(150)
    factor = preview._view.zoomFactor()
    preview.show_pdf(content)
    assert preview._view.zoomFactor() == factor
    qtbot.waitUntil(lambda: bar.value() == 150)
    preview.clear()
    assert preview.pages == 0


def test_a_splitter_remembers_where_it_was(qtbot):
    splitter = Splitter("test", [QWidget(), QWidget()], [248, 0])
    qtbot.addWidget(splitter)
    splitter.resize(900, 300)
    splitter.show()
    assert abs(splitter.sizes()[0] - 248) <= 2
    memory().set("splitter/test", [400, 499])
    again = Splitter("test", [QWidget(), QWidget()], [248, 0])
    qtbot.addWidget(again)
    again.resize(900, 300)
    again.show()
    assert abs(again.sizes()[0] - 400) <= 2
