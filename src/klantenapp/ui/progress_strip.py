"""Long work in the window: shown after 300 ms, can be stopped after 3 seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QProgressBar

from klantenapp.i18n import _
from klantenapp.ui.qt import timer
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.labels import Label

if TYPE_CHECKING:
    from klantenapp.ui.progress import Progress

_STOP_AFTER_MS = 3_000


class ProgressStrip(QFrame):
    """A line at the bottom of the window: what is being done, how far, and Stop."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "footer")
        self.setFixedHeight(theme().size("footer"))
        box = row(self, 28, 0, 28, 0, gap=12)
        self._label = Label("", "caption", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(theme().px(220))
        self._stop = Button(_("Stop"), kind="link", small=True)
        self._stop.clicked.connect(self._halt)
        box.addWidget(self._label)
        box.addWidget(self._bar)
        box.addWidget(self._stop)
        box.addStretch(1)
        self._running: list[Progress] = []
        self._show_later = timer(self, theme().motion("spinnerAfterMs"), self._appear)
        self._stop_later = timer(self, _STOP_AFTER_MS, self._stop.show)
        self.hide()

    def follow(self, progress: Progress) -> None:
        """Show a piece of work until it ends."""
        self._running.append(progress)
        progress.moved.connect(self._move)
        progress.ended.connect(lambda: self._end(progress))
        self._show_later.start()
        self._stop_later.start()

    def _appear(self) -> None:
        if self._running:
            self._label.setText(self._running[-1].label)
            self._bar.setAccessibleName(self._running[-1].label)
            self._bar.setRange(0, 0)
            self._stop.hide()
            self.show()

    def _move(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _end(self, progress: Progress) -> None:
        if progress in self._running:
            self._running.remove(progress)
        if not self._running:
            self._show_later.stop()
            self._stop_later.stop()
            self.hide()

    def _halt(self) -> None:
        for progress in self._running:
            progress.stop()
        self._label.setText(_("Stopping …"))
