import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from klantenapp.ui.widgets.focus_ring import FocusRing


@pytest.fixture
def ring():
    made = FocusRing(QApplication.instance())
    yield made
    QApplication.instance().removeEventFilter(made)
    made.deleteLater()


@pytest.fixture
def box(qtbot):
    made = QWidget()
    layout = QVBoxLayout(made)
    for widget in (QLineEdit(), QPushButton("Een"), QPushButton("Twee")):
        layout.addWidget(widget)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_keys_show_the_ring_around_buttons_and_the_mouse_takes_it_away(qtbot, ring, box):
    field, one, two = box.findChild(QLineEdit), *box.findChildren(QPushButton)
    field.setFocus()
    assert ring.ring is None
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert ring.ring.geometry() == one.geometry().adjusted(-4, -4, 4, 4)
    assert not box.grab().isNull()
    one.resize(one.width() - 20, one.height())
    assert ring.ring.geometry() == one.geometry().adjusted(-4, -4, 4, 4)
    qtbot.keyClick(one, Qt.Key.Key_Tab)
    assert ring.ring.target is two
    qtbot.mouseClick(one, Qt.MouseButton.LeftButton)
    assert ring.ring is None


def test_the_ring_goes_with_its_button(qtbot, ring, box):
    field, one, _two = box.findChild(QLineEdit), *box.findChildren(QPushButton)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    one.hide()
    assert ring.ring is None or ring.ring.target is not one
