"""Toasts: what was done, with undo; one at a time, at the bottom, never taking the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from klantenapp.i18n import _, ngettext
from klantenapp.ui.memory import memory
from klantenapp.ui.qt import timer
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.announce import announce
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.labels import IconLabel, Keys, Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

_TICK_MS = 1_000


class Toast(QFrame):
    """One toast: icon, words, perhaps a button with its key."""

    def __init__(self, parent: QWidget | None, text: str, icon: str = "check") -> None:
        super().__init__(parent)
        self.setProperty("role", "toast")
        self.setFixedHeight(theme().px(42))
        self._box = row(self, 14, 0, 8, 0, gap=10)
        self._box.addWidget(IconLabel(icon, "surface"))
        self.label = Label(text, "bodyStrong", "onText")
        self._box.addWidget(self.label)

    def add_button(self, text: str, keys: str, run: Callable[[], object]) -> None:
        """Offer to take it back, or to stop it."""
        button = Button(text, kind="toast")
        button.clicked.connect(lambda: run())
        self._box.addWidget(button)
        if keys:
            self._box.addWidget(Keys(keys, "onText"))


class Toasts(QObject):
    """Shows toasts over a window.

    Args:
        host: widget whose bottom they stand at.
        undo: takes back the last operation.
    """

    def __init__(self, host: QWidget, undo: Callable[[], None]) -> None:
        super().__init__(host)
        self._host = host
        self._undo = undo
        self._toast: Toast | None = None
        self._timer = timer(self, 0, self.hide)
        self._ticker = timer(self, _TICK_MS, self._tick, once=False)
        self._left = 0
        self._counting: Callable[[int], str] | None = None
        self._stop: Callable[[], None] | None = None
        self._done: Callable[[], None] | None = None
        host.installEventFilter(self)

    @property
    def current(self) -> Toast | None:
        """The toast that is shown."""
        return self._toast

    def show(self, text: str, *, undo: bool = False, icon: str = "check") -> None:
        """Say what was done.

        Args:
            text: one short sentence without a full stop.
            undo: offer to undo the last operation.
            icon: icon name.
        """
        toast = self._replace(Toast(self._host, text, icon))
        if undo:
            toast.add_button(_("Undo"), "Ctrl+Z", self._take_back)
        self._place()
        if not memory().program("toasts_stay", default=False):
            self._timer.start(theme().motion("toastUndoMs" if undo else "toastMs"))
        announce(self._host, text)

    def show_action(self, text: str, button: str, run: Callable[[], object]) -> None:
        """Say what was done and offer something with it ("Open folder")."""
        toast = self._replace(Toast(self._host, text))

        def act() -> None:
            self.hide()
            run()

        toast.add_button(button, "", act)
        self._place()
        self._timer.start(theme().motion("toastUndoMs"))
        announce(self._host, text)

    def countdown(
        self,
        text: str | Callable[[int], str],
        seconds: int,
        *,
        stop: Callable[[], None],
        done: Callable[[], None],
    ) -> None:
        """Count down to something that can still be stopped (Ctrl+Z too); it is said once.

        Args:
            text: what is about to happen ("Invoice 2026-0189 is being sent"); or a function that
                says it with the seconds that are left.
            seconds: until `done`.
            stop: the user stopped it.
            done: the time is over, or another toast takes the place: it happens.
        """
        first = text if isinstance(text, str) else text(seconds)
        toast = self._replace(Toast(self._host, first, "send"))
        toast.add_button(_("Stop"), "Ctrl+Z", self.stop_countdown)
        self._stop, self._done, self._left = stop, done, seconds

        def counting(left: int) -> str:
            if not isinstance(text, str):
                return text(left)
            rest = ngettext("{count} second", "{count} seconds", left).format(count=left)
            return f"{text} · {rest}"

        self._counting = counting
        toast.label.setText(counting(seconds))
        self._place()
        self._ticker.start()
        announce(self._host, first)

    @property
    def counting(self) -> bool:
        """Whether something can be stopped now."""
        return self._stop is not None

    def stop_countdown(self) -> None:
        """Stop what is counted down."""
        stop = self._stop
        self._end_countdown()
        self.hide()
        if stop:
            stop()

    def hide(self) -> None:
        """Take the toast away."""
        self._timer.stop()
        toast, self._toast = self._toast, None
        if toast is not None:
            toast.hide()
            toast.deleteLater()
        self._finish()

    def _take_back(self) -> None:
        self.hide()
        self._undo()

    def _replace(self, toast: Toast) -> Toast:
        self.hide()
        self._toast = toast
        toast.installEventFilter(self)
        return toast

    def _finish(self) -> None:
        """What is counted down and not stopped happens."""
        done = self._done
        self._end_countdown()
        if done:
            done()

    def _end_countdown(self) -> None:
        self._ticker.stop()
        self._stop = self._done = self._counting = None

    def _tick(self) -> None:
        toast = self._toast
        if toast is None or self._counting is None:
            return
        self._left -= 1
        if self._left <= 0:
            self.hide()
            return
        toast.label.setText(self._counting(self._left))
        self._place()

    def _place(self) -> None:
        if self._toast is None:
            return
        self._toast.adjustSize()
        left = (self._host.width() - self._toast.width()) // 2
        top = self._host.height() - self._toast.height() - theme().px(20)
        self._toast.move(max(0, left), max(0, top))
        self._toast.show()
        self._toast.raise_()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self._place()
        elif watched is self._toast:
            # Under the pointer it stays; from then on it gets its whole time again.
            if event.type() == QEvent.Type.Enter:
                self._timer.stop()
            elif event.type() == QEvent.Type.Leave and not self.counting:
                self._timer.start(theme().motion("toastMs"))
        return False
