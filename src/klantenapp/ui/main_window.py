"""The window: sidebar, banners, pages, toasts, and the keys that work everywhere."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.ui.banners import BannerSlot
from klantenapp.ui.memory import memory
from klantenapp.ui.navigation import Navigation
from klantenapp.ui.shell import Shell
from klantenapp.ui.sidebar import ENTRIES, Sidebar, Surroundings
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.toasts import Toasts

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QCloseEvent, QResizeEvent
    from PySide6.QtWidgets import QVBoxLayout

    from klantenapp.ui.administrations import Administrations
    from klantenapp.ui.command_palette import CommandPalette, Provider
    from klantenapp.ui.ops import Ops
    from klantenapp.ui.postman import Postman
    from klantenapp.ui.progress import Progress
    from klantenapp.ui.progress_strip import ProgressStrip
    from klantenapp.ui.widgets.page import Page

NARROW, EDITOR_NARROW = 1180, 1600


class MainWindow(QMainWindow):
    """The frame around every page.

    Args:
        ops: reads and writes.

    Attributes:
        shell: what pages may ask of the window.
        ground: what the pages stand on; painted with every frame.
        navigation: screens by name.
    """

    shell: Shell
    navigation: Navigation
    toasts: Toasts
    banners: BannerSlot
    _box: QVBoxLayout
    _around: tuple[Surroundings, dt.datetime | None] = (Surroundings(), None)

    def __init__(self, ops: Ops) -> None:
        super().__init__()
        self._ops = ops
        self._toggled: bool | None = None
        self._wants_narrow = False
        self.providers: list[Provider] = []
        self._administrations: Administrations | None = None
        self._postman: Postman | None = None
        self.setWindowTitle("Klantenapp")
        # Not scaled: at 150 % text every screen still works on the smallest window.
        self.setMinimumSize(1024, 640)
        self.resize(1366, 768)
        self._build()
        self._bind_keys()
        theme().rescaled.connect(self.rebuild)

    def _build(self) -> None:
        """Everything that speaks or has sizes; built again on another language or text size."""
        middle = QWidget()
        outer = row(middle, gap=0)
        self.sidebar = Sidebar()
        self.sidebar.went.connect(lambda name: self.navigation.go(name))
        self.sidebar.searched.connect(self.search)
        self.sidebar.menu_asked.connect(self._open_menu)
        self.sidebar.backup_asked.connect(lambda: self.navigation.go("settings", section="backup"))
        outer.addWidget(self.sidebar)
        right = self.ground = QWidget()
        right.setObjectName("page")
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        box = self._box = column(right)
        self.banners = BannerSlot()
        box.addWidget(self.banners)
        self._stack = QStackedWidget()
        box.addWidget(self._stack, 1)
        self._strip: ProgressStrip | None = None
        self._palette: CommandPalette | None = None
        outer.addWidget(right, 1)
        self.setCentralWidget(middle)
        self.navigation = Navigation(self._stack, self._make_page)
        self.navigation.moved.connect(self._moved)
        self.navigation.retitled.connect(self._retitled)
        self.toasts = Toasts(middle, self.undo)
        self.shell = Shell(
            ops=self._ops,
            navigation=self.navigation,
            toasts=self.toasts,
            banners=self.banners,
            window=self,
            providers=self.providers,
            counts=self.sidebar.set_count,
            sidebar=self._want_narrow,
            administrations=self._administrations,
            postman=self._postman,
        )
        self._ops.started.connect(self._follow)
        self._ops.changed.connect(self.navigation.refresh)
        self._narrow_now()

    def rebuild(self) -> None:
        """Build everything again, at the same place: another language or text size."""
        place = self.navigation.place
        enabled = self.navigation.enabled
        self._ops.changed.disconnect(self.navigation.refresh)
        self._ops.started.disconnect(self._follow)
        old = self._palette
        self._build()
        if old is not None:
            old.deleteLater()
        self.navigation.enabled = enabled
        self.show_around(*self._around)
        if place is not None:
            self.navigation.go(place.name, **place.arguments)

    def show_around(self, around: Surroundings, now: dt.datetime | None) -> None:
        """Show business, counts and backup of the open administration."""
        self._around = (around, now)
        self.sidebar.show_around(around, now)

    @property
    def palette_box(self) -> CommandPalette:
        """The command palette, built when it is first asked for."""
        from klantenapp.ui.command_palette import CommandPalette  # noqa: PLC0415 - on request

        if self._palette is None:
            self._palette = CommandPalette(self, self._all_providers)
        return self._palette

    def _follow(self, progress: Progress) -> None:
        """Show how far long work is."""
        from klantenapp.ui.progress_strip import ProgressStrip  # noqa: PLC0415 - on request

        if self._strip is None:
            self._strip = ProgressStrip()
            self._box.addWidget(self._strip)
        self._strip.follow(progress)

    def use(self, administrations: Administrations) -> None:
        """Use these administrations for the menu and for pages."""
        self._administrations = administrations
        administrations.backups_wanted.connect(
            lambda: self.navigation.go("settings", section="backup")
        )
        self.shell.administrations = administrations

    @property
    def postman(self) -> Postman | None:
        """Who sends the outbox, once a file is open."""
        return self._postman

    def use_postman(self, postman: Postman) -> None:
        """Let pages know who sends the outbox."""
        self._postman = postman
        self.shell.postman = postman

    def show_frame(self, *, visible: bool) -> None:
        """Show or hide the sidebar: the wizard has the window for itself."""
        self.sidebar.setVisible(visible)

    def _make_page(self, kind: type[Page]) -> Page:
        return kind(self.shell)

    def _open_menu(self) -> None:
        if self._administrations is not None:
            below = self.sidebar.brand.mapToGlobal(self.sidebar.brand.rect().bottomLeft())
            self._administrations.menu().popup(below)

    # -- keys ----------------------------------------------------------------------------------

    def _bind_keys(self) -> None:
        go = self.navigation_go
        keys: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+K", self.search),
            ("Ctrl+,", lambda: go("settings")),
            ("Alt+Left", lambda: self.navigation.back()),
            ("Alt+Right", lambda: self.navigation.forward()),
            ("Ctrl+Z", self.undo),
            ("Ctrl+Shift+Z", self.redo),
            ("Ctrl+Shift+N", lambda: go("draft")),
            ("Ctrl+F", self.focus_search),
            ("/", self.focus_search),
            ("F6", lambda: self.next_area(1)),
            ("Shift+F6", lambda: self.next_area(-1)),
            ("Ctrl+B", self.toggle_sidebar),
            ("Ctrl++", lambda: theme().step(1)),
            ("Ctrl+=", lambda: theme().step(1)),
            ("Ctrl+-", lambda: theme().step(-1)),
            ("Ctrl+0", lambda: theme().step(0)),
            ("F1", self.help),
            ("?", self.help),
        ]
        for number, (name, _words, _icon) in enumerate(ENTRIES, start=1):
            keys.append((f"Ctrl+{number}", partial(go, name)))
        for combination, run in keys:
            shortcut = QShortcut(QKeySequence(combination), self)
            shortcut.activated.connect(lambda run=run: run())

    def navigation_go(self, name: str) -> None:
        """Go to a screen."""
        self.navigation.go(name)

    def search(self) -> None:
        """Open the command palette."""
        if self.navigation.enabled:
            self.palette_box.open_palette()

    def help(self) -> None:
        """Show the keys of this screen."""
        from klantenapp.ui.key_help import KeyHelp  # noqa: PLC0415 - on request

        page = self.navigation.page
        KeyHelp(self, page.title if page else "", page.acts if page else []).open()

    def undo(self) -> None:
        """Stop what is counted down, or take back the last operation, and say so."""
        if self.toasts.counting:
            self.toasts.stop_countdown()
            return
        name = self._ops.undo_name
        if name is not None:
            self._ops.undo(lambda: self._said(_("Undone: {act}"), name))

    def redo(self) -> None:
        """Do again what was undone last, and say so."""
        name = self._ops.redo_name
        if name is not None:
            self._ops.redo(lambda: self._said(_("Done again: {act}"), name))

    def _said(self, text: str, operation: str) -> None:
        from klantenapp.sentences.speak import operation_label  # noqa: PLC0415 - collects all

        self.toasts.show(text.format(act=operation_label(operation)), icon="undo-2")

    def focus_search(self) -> None:
        """Go to the search field of this screen; to the palette where it has none."""
        page = self.navigation.page
        if page is not None and page.search is not None:
            page.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            select = getattr(page.search, "selectAll", None)
            if select:
                select()
        else:
            self.search()

    def next_area(self, way: int) -> None:
        """Go to the next area: sidebar, then those of the page."""
        page = self.navigation.page
        areas: list[QWidget] = [self.sidebar, *(page.areas if page else [])]
        shown = [area for area in areas if area.isVisible()]
        focus = QApplication.focusWidget()
        at = next(
            (
                number
                for number, area in enumerate(shown)
                if focus is not None and (area is focus or area.isAncestorOf(focus))
            ),
            -1 if way > 0 else 0,
        )
        if shown:
            _enter(shown[(at + way) % len(shown)])

    def toggle_sidebar(self) -> None:
        """Words in the sidebar on or off, until the window is closed."""
        self._toggled = not self._is_narrow()
        self._narrow_now()

    # -- width ---------------------------------------------------------------------------------

    def _want_narrow(self, wanted: bool) -> None:  # noqa: FBT001 - part of the Shell
        self._wants_narrow = wanted
        self._narrow_now()

    def _is_narrow(self) -> bool:
        if self._toggled is not None:
            return self._toggled
        width = self.width() * 100 // theme().percent
        return width < (EDITOR_NARROW if self._wants_narrow else NARROW)

    def _narrow_now(self) -> None:
        self.sidebar.set_mini(mini=self._is_narrow())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._narrow_now()

    # -- pages ---------------------------------------------------------------------------------

    def _moved(self, _name: str, section: str) -> None:
        self.sidebar.set_current(section)
        page = self.navigation.page
        self._want_narrow(bool(page and page.narrow_sidebar))

    def _retitled(self, title: str) -> None:
        self.setWindowTitle(f"Klantenapp – {title}" if title else "Klantenapp")

    def _all_providers(self) -> Sequence[Provider]:
        from klantenapp.ui.command_palette import from_acts  # noqa: PLC0415 - on request

        page = self.navigation.page
        own = [from_acts(page.acts)] if page is not None else []
        return [*own, *self.providers]

    # -- place on the screen -------------------------------------------------------------------

    def restore_place(self) -> None:
        """Go where the window was with this administration, or with the last one."""
        kept = memory().get("geometry") or memory().program("geometry")
        if kept:
            self.restoreGeometry(QByteArray.fromBase64(str(kept).encode()))

    def remember_place(self) -> None:
        """Remember where the window is."""
        place = bytes(self.saveGeometry().toBase64().data()).decode()
        memory().set("geometry", place)
        memory().set_program("geometry", place)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.remember_place()
        memory().save()
        event.accept()


def _enter(area: QWidget) -> None:
    """Give the focus to an area, or to the first thing in it that takes it."""
    reason = Qt.FocusReason.ShortcutFocusReason
    takes = Qt.FocusPolicy.TabFocus
    if area.focusPolicy() & takes:
        area.setFocus(reason)
        return
    for child in area.findChildren(QWidget):
        if child.isVisible() and child.isEnabled() and child.focusPolicy() & takes:
            child.setFocus(reason)
            return
