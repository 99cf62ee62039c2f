"""A preview beside the work, and buttons that give up their words where room lacks."""

import pytest
from PySide6.QtWidgets import QWidget

from klantenapp.ui.widgets.beside import Beside
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.page import Page
from klantenapp.ui.widgets.preview import PdfPreview


@pytest.fixture
def page(qtbot, shell):
    made = Page(shell)
    qtbot.addWidget(made)
    made.work, made.preview = QWidget(), PdfPreview()
    made.body.addWidget(made.work)
    made.body.addWidget(made.preview)
    made.resize(1366, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_a_preview_makes_room_in_a_narrow_window_and_comes_back_in_a_wide_one(qtbot, page):
    beside = Beside(page, "test", page.work, page.preview)
    assert (page.work.isVisible(), page.preview.isVisible()) == (True, True)
    assert not beside.button.isVisible()

    page.resize(1000, 700)
    qtbot.waitUntil(page.preview.isHidden, timeout=3000)
    assert beside.button.isVisible()
    beside.toggle()
    assert (page.work.isVisible(), page.preview.isVisible()) == (False, True)
    beside.toggle()
    assert (page.work.isVisible(), page.preview.isVisible()) == (True, False)

    page.resize(1366, 700)
    qtbot.waitUntil(page.preview.isVisible, timeout=3000)
    page.preview.hidden_by_user.emit()
    assert page.preview.isHidden()
    page.resize(1300, 700)
    assert page.preview.isHidden()
    beside.offer(there=False)
    beside.toggle()
    assert page.preview.isHidden()
    assert not beside.button.isVisible()


def test_buttons_of_a_page_give_up_their_words_before_its_title_does(qtbot, page):
    page.set_title("Een lange titel voor een smalle pagina")
    quiet = page.act("Afdrukken", "", lambda: None, "printer", "ghost")
    plain = page.act("Concept bewaren", "", lambda: None, "save", "plain")
    main = page.act("Definitief maken", "", lambda: None, "send", "primary")
    qtbot.waitUntil(lambda: quiet.text() == "Afdrukken", timeout=3000)
    assert plain.text() == "Concept bewaren"

    page.resize(620, 700)
    qtbot.waitUntil(lambda: quiet.text() == "", timeout=3000)
    assert (plain.text(), main.text()) == ("", "Definitief maken")
    assert quiet.toolTip() == quiet.accessibleName() == "Afdrukken"
    plain.setText("Bewaren")
    assert plain.text() == ""

    page.resize(1366, 700)
    qtbot.waitUntil(lambda: plain.text() == "Bewaren", timeout=3000)
    assert quiet.toolTip() == ""
    assert isinstance(main, Button)
