import sys

from PySide6.QtWidgets import QWidget

from klantenapp.ui import qt  # noqa: F401 - what every part of the window imports


def test_a_long_session_does_not_use_none_up(qtbot):
    """Each call below takes a reference of None away on Python 3.11 (see `ui/singletons.py`)."""
    widget = QWidget()
    qtbot.addWidget(widget)
    for _ in range(50_000):
        widget.setObjectName("a")
    assert sys.getrefcount(None) > 1_000_000
    assert sys.getrefcount(*[False]) > 1_000_000
