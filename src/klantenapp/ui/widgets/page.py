"""A page: what every screen is built from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from klantenapp.ui.acts import Act
from klantenapp.ui.memory import memory
from klantenapp.ui.qt import clear
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.labels import ElidedLabel, IconLabel, Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.ops import Ops
    from klantenapp.ui.shell import Shell
    from klantenapp.ui.widgets.buttons import Kind
    from klantenapp.ui.widgets.states import EmptyState


#: Width (px at 100 % text) that a long title keeps beside its buttons.
_TITLE = 260


class PageHeader(QWidget):
    """Crumbs, title with chips, a line below it, and the actions at the right."""

    went = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        box = row(self, 28, 18, 28, 14, gap=24)
        left = column(gap=1)
        self._crumbs = QWidget()
        self._crumb_box = row(self._crumbs, gap=6)
        self._crumbs.hide()
        left.addWidget(self._crumbs)
        self._title_row: QHBoxLayout = row(gap=10)
        self._title = ElidedLabel("", "title")
        self._title_row.addWidget(self._title)
        self._title_row.addStretch(1)
        left.addLayout(self._title_row)
        self._subtitle = ElidedLabel("", "body", "muted")
        self._subtitle.hide()
        left.addWidget(self._subtitle)
        box.addLayout(left, 1)
        self._actions = row(gap=8)
        box.addLayout(self._actions)

    def set_title(self, text: str) -> None:
        """Say where the user is."""
        self._title.setText(text)
        self._title.setAccessibleName(text)
        self._title.updateGeometry()

    def set_subtitle(self, text: str) -> None:
        """Show a line below the title; "" hides it."""
        self._subtitle.setText(text)
        self._subtitle.setVisible(bool(text))

    def set_crumbs(self, crumbs: Sequence[tuple[str, str, dict[str, Any]]]) -> None:
        """Show the way here: (text, route, arguments); a route "" is where the user is."""
        clear(self._crumb_box)
        for index, (text, route, arguments) in enumerate(crumbs):
            if index:
                self._crumb_box.addWidget(IconLabel("chevron-right", "subtle", 12))
            self._crumb_box.addWidget(self._crumb(text, route, arguments))
        self._crumb_box.addStretch(1)
        self._crumbs.setVisible(bool(crumbs))
        self._title.setFont(theme().font("titleSub" if crumbs else "title"))

    def _crumb(self, text: str, route: str, arguments: dict[str, Any]) -> QWidget:
        if not route:
            return Label(text, "caption", "subtle")
        link = Button(text, kind="link", small=True)
        link.clicked.connect(lambda: self.went.emit(route, arguments))
        return link

    def add_chip(self, chip: QWidget) -> None:
        """Put a chip or a note beside the title."""
        self._title_row.insertWidget(self._title_row.count() - 1, chip)

    def add_action(self, widget: QWidget) -> None:
        """Put a button at the right; the primary one comes last."""
        self._actions.addWidget(widget)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    @override
    def event(self, event: QEvent) -> bool:
        """A button that came, went or says something else takes other room."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fold()
        return done

    def _fold(self) -> None:
        """Where room lacks, buttons give up their words, the least important ones first."""
        shown = _shown(self._actions)
        beside = sum(
            each.sizeHint().width() + theme().px(10)
            for each in _shown(self._title_row)
            if each is not self._title
        )
        title = min(self._title.sizeHint().width(), theme().px(_TITLE))
        room = self.width() - 2 * theme().px(28) - theme().px(24) - title - beside
        needed = sum(_room(each) + theme().px(8) for each in shown)
        order = {"ghost": 0, "plain": 1}
        buttons = [each for each in shown if isinstance(each, Button) and each.kind in order]
        for button in sorted(buttons, key=lambda each: order[each.kind]):
            before = button.room()
            button.set_compact(compact=needed > room)
            if needed > room:
                needed -= before - button.sizeHint().width()


def _shown(layout: QHBoxLayout) -> list[QWidget]:
    """The widgets of a row that are not hidden."""
    items: list[Any] = [layout.itemAt(at) for at in range(layout.count())]
    widgets = [item.widget() for item in items]
    return [each for each in widgets if each is not None and not each.isHidden()]


def _room(widget: QWidget) -> int:
    return widget.room() if isinstance(widget, Button) else widget.sizeHint().width()


class Page(QWidget):
    """One screen. Built on first visit, shown again later, thrown away on another language.

    Attributes:
        titled: emitted when the title changed.
        header: title row.
        body: layout below it, without margins.
        search: field that Ctrl+F and / go to, where there is one.
        areas: what F6 goes round, in order.
        narrow_sidebar: editors set it True: below 1600 px the sidebar is narrow then.
    """

    titled = Signal(str)
    narrow_sidebar = False

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.setObjectName("page")
        self.shell = shell
        self.acts: list[Act] = []
        self.search: QWidget | None = None
        self.areas: list[QWidget] = []
        self._title = ""
        self._primary: Button | None = None
        outer: QVBoxLayout = column(self)
        self.header = PageHeader()
        self.header.went.connect(lambda route, arguments: self.go(route, **arguments))
        outer.addWidget(self.header)
        self.body = column()
        outer.addLayout(self.body, 1)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    # -- for subclasses ------------------------------------------------------------------------

    def show_with(self, **arguments: Any) -> None:
        """Show what the arguments ask for; called at every visit. Start the reads here."""

    def refresh(self, changes: Changes) -> None:
        """Read again what these changes touch; called after each write while the page exists."""

    def left(self) -> None:
        """Another page comes in front of this one."""

    # -- services ------------------------------------------------------------------------------

    @property
    def ops(self) -> Ops:
        """Reads and writes."""
        return self.shell.ops

    @property
    def title(self) -> str:
        """Where the user is: in the window title and in the history."""
        return self._title

    def set_title(self, text: str) -> None:
        """Change the title, here and of the window."""
        self._title = text
        self.header.set_title(text)
        self.titled.emit(text)

    def go(self, name: str, /, **arguments: Any) -> None:
        """Go to another screen."""
        self.shell.navigation.go(name, **arguments)

    def back(self) -> None:
        """Go back to where the user came from."""
        self.shell.navigation.back()

    def toast(self, text: str, *, undo: bool = False) -> None:
        """Say what was done; with undo, the last operation can be taken back from it."""
        self.shell.toasts.show(text, undo=undo)

    def act(
        self,
        text: str,
        keys: str,
        run: Callable[[], object],
        icon: str = "",
        kind: Kind | Literal[""] = "",
    ) -> Button | None:
        """Offer something on this screen: shortcut, key help, command palette, and a button.

        Args:
            text: verb and object ("New customer").
            keys: "Ctrl+N", or "".
            run: does it.
            icon: icon name.
            kind: kind of the button in the header; "" makes none.

        Returns:
            The button, if one was asked for.
        """
        self.acts.append(Act(text, keys, run, icon))
        button = None
        if kind:
            shown = keys if kind == "primary" else ""
            button = Button(text, icon, kind, keys=shown)
            button.clicked.connect(lambda: run())
            self.header.add_action(button)
            if kind == "primary":
                self._primary = button
        if keys:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(
                lambda: run() if button is None or button.isEnabled() else None
            )
        return button

    def stand_empty(self, state: EmptyState, others: Sequence[QWidget], *, on: bool) -> None:
        """Show that there is nothing yet, in place of the list and all that belongs to it.

        Args:
            state: with the one primary button of the screen.
            others: hidden meanwhile.
            on: whether there is nothing.
        """
        appeared = on and not state.isVisible()
        state.setVisible(on)
        for widget in others:
            widget.setVisible(not on)
        if self._primary is not None:
            self._primary.set_kind("plain" if on else "primary")
        if appeared and state.act is not None:
            state.act.setFocus(Qt.FocusReason.OtherFocusReason)

    def list_key(self, keys: str, text: str, run: Callable[[], object], view: QWidget) -> None:
        """Offer a single-letter key that works only while a list has the focus.

        Args:
            keys: "F", "Space", "Delete".
            text: verb and object, for the key help.
            run: does it.
            view: the list.
        """
        self.acts.append(Act(text, keys, run))
        view.installEventFilter(LetterKey(view, keys, run))


class LetterKey(QObject):
    """Watches one list for one key."""

    def __init__(self, view: QWidget, keys: str, run: Callable[[], object]) -> None:
        super().__init__(view)
        self._sequence = QKeySequence(keys)
        self._letter = len(keys) == 1
        self._run = run

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if QKeySequence(event.keyCombination()) != self._sequence:
            return False
        if self._letter and not memory().program("letter_keys", default=True):
            return False
        self._run()
        return True
