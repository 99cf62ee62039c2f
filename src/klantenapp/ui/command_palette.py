"""Search and commands over any screen (Ctrl+K).

Chapters register providers: what they find for a text, in sections. `>` asks for commands only, `#`
for invoice numbers, `@` for customers. Esc gives the focus back to where it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListView,
)
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.ui.palette_list import SIGNS, Found, HitDelegate, Hits, ItemRole
from klantenapp.ui.qt import timer
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.announce import announce
from klantenapp.ui.widgets.dialogs import Scrim
from klantenapp.ui.widgets.dressing import column, frame, line, row
from klantenapp.ui.widgets.labels import IconLabel, Keys, Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from klantenapp.ui.acts import Act


class Provider(Protocol):
    """Finds things for a text, at once or later."""

    def __call__(self, text: str, show: Callable[[Sequence[Found]], None], /) -> None:
        """Look for a text ("" asks for recent things) and call `show` with the best hits first."""


def from_acts(acts: Sequence[Act]) -> Provider:
    """A provider for what can be done on a screen."""

    def find(text: str, show: Callable[[Sequence[Found]], None]) -> None:
        words = text.lower().split()
        show(
            [
                Found("do", act.text, act.run, act.icon or "chevron-right", keys=act.keys)
                for act in acts
                if all(word in act.text.lower() for word in words)
            ]
        )

    return find


class _Field(QLineEdit):
    """The line that is typed in; arrows move in the list below."""

    def __init__(self, palette: CommandPalette) -> None:
        super().__init__()
        self._palette = palette
        self.setProperty("kind", "palette")
        self.setPlaceholderText(_("Search or do something"))
        self.setAccessibleName(_("Search and commands"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 5,
            Qt.Key.Key_PageUp: -5,
        }
        if event.key() in steps:
            self._palette.step(steps[Qt.Key(event.key())])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._palette.run_current()
        elif event.key() == Qt.Key.Key_Escape:
            self._palette.close_palette()
        else:
            super().keyPressEvent(event)


class CommandPalette(QFrame):
    """The palette over a window.

    Args:
        window: what it stands over.
        providers: gives the providers at the moment of opening.
    """

    def __init__(self, window: QWidget, providers: Callable[[], Sequence[Provider]]) -> None:
        super().__init__(window)
        self.setProperty("role", "popup")
        self.hide()
        self._window, self._providers = window, providers
        self._scrim: Scrim | None = None
        self._before: QWidget | None = None
        self._hits: dict[int, Sequence[Found]] = {}
        self._round = 0
        self._stepped = False
        box = column(self, 1)
        head = row(None, 18, 0, 18, 0, gap=12)
        head.addWidget(IconLabel("search", "muted", 18))
        self.field = _Field(self)
        head.addWidget(self.field, 1)
        box.addLayout(head)
        box.addWidget(line())
        self.view = QListView()
        self._model = Hits(self)
        self._delegate = HitDelegate(self.view)
        self.view.setModel(self._model)
        self.view.setItemDelegate(self._delegate)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.entered.connect(self.view.setCurrentIndex)
        self.view.clicked.connect(lambda _index: self.run_current())
        box.addWidget(self.view)
        box.addSpacing(theme().px(6))
        self._nothing = Label("", "body", "muted")
        self._nothing.setContentsMargins(theme().px(18), theme().px(14), 0, theme().px(14))
        box.addWidget(self._nothing)
        box.addWidget(self._footer())
        self._timer = timer(self, theme().motion("searchDebounceMs"), self._search)
        self.field.textChanged.connect(lambda _text: self._timer.start())

    def _footer(self) -> QFrame:
        foot = frame("footerSolid")
        foot.setFixedHeight(theme().px(36))
        hints = row(foot, 18, 0, 18, 0, gap=18)
        for keys, text in (
            ("Up Down", _("choose")),
            ("Return", _("open")),
            (">", _("commands only")),
            ("Esc", _("close")),
        ):
            hint = row(gap=4)
            for key in keys.split():
                hint.addWidget(Keys(key))
            hint.addWidget(Label(text, "caption", "muted"))
            hints.addLayout(hint)
        hints.addStretch(1)
        return foot

    def open_palette(self, text: str = "") -> None:
        """Open over the window; recent things are listed until something is typed."""
        if self.isVisible():
            self.field.selectAll()
            return
        self._before = QApplication.focusWidget()
        self._scrim = Scrim(self._window)
        self.field.setText(text)
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._search()

    def close_palette(self) -> None:
        """Close, and give the focus back."""
        self.hide()
        if self._scrim is not None:
            self._scrim.hide()
            self._scrim.deleteLater()
            self._scrim = None
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
            self._before = None

    def step(self, by: int) -> None:
        """Go up or down, over the headings."""
        self._stepped = True
        last = self._model.rowCount() - 1
        way = 1 if by > 0 else -1
        at = max(0, min(last, self.view.currentIndex().row() + by))
        while 0 <= at <= last and isinstance(self._model.lines[at], str):
            at += way
        if 0 <= at <= last:
            self.view.setCurrentIndex(self._model.index(at))
            # The heading above the first hit comes along.
            self.view.scrollTo(self._model.index(max(0, at - 1)))
            self.view.scrollTo(self._model.index(at))

    def run_current(self) -> None:
        """Do what is chosen."""
        hit = self.view.currentIndex().data(ItemRole)
        if isinstance(hit, Found):
            self.close_palette()
            hit.run()

    @property
    def hits(self) -> list[Found]:
        """What is listed."""
        return [entry for entry in self._model.lines if isinstance(entry, Found)]

    def _search(self) -> None:
        self._timer.stop()
        text = self.field.text().strip()
        only = SIGNS.get(text[:1])
        sought = text[1:].strip() if only else text
        self._delegate.sought = sought
        self._round += 1
        self._stepped = False
        self._hits = {}
        this = self._round
        for number, provider in enumerate(self._providers()):

            def show(found: Sequence[Found], number: int = number) -> None:
                if this == self._round and self.isVisible():
                    self._hits[number] = [hit for hit in found if only in {None, hit.section}]
                    self._list()

            provider(sought, show)

    def _list(self) -> None:
        before = self.view.currentIndex().data(ItemRole)
        self._model.show([hit for number in sorted(self._hits) for hit in self._hits[number]])
        lines = self._model.lines
        same = [
            at for at, entry in enumerate(lines) if isinstance(entry, Found) and entry == before
        ]
        if lines:
            # What arrives later may be better: the choice stays only where the user made one.
            kept = same[0] if same and self._stepped else 1
            self.view.setCurrentIndex(self._model.index(kept))
        sought = self._delegate.sought
        self._nothing.setText(_("Nothing found for “{text}”").format(text=sought))
        self._nothing.setVisible(not lines and bool(sought))
        self._place()
        if not lines and sought:
            announce(self, self._nothing.text())

    def _place(self) -> None:
        """Stand below the top of the window, as high as what is found."""
        px = theme().px
        heights = (30 if isinstance(entry, str) else 40 for entry in self._model.lines)
        room = self._window.height() - px(92 + 52 + 36 + 40)
        self.view.setFixedHeight(max(0, min(sum(px(height) for height in heights), room)))
        self.setFixedWidth(min(px(640), self._window.width() - px(40)))
        self.adjustSize()
        self.move(
            (self._window.width() - self.width()) // 2, min(px(62), self._window.height() // 8)
        )
