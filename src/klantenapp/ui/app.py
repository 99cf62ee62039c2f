"""The composition root of the window.

Order of the start: Qt, theme and catalogues; the frame is painted; then the writer thread imports
the services and opens the administration; then the first page is imported and filled. Nothing that
is not needed for the first paint is imported before it (`facts`: SQLAlchemy costs twice what Qt
does).
"""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, QTimer, QTranslator
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from klantenapp import i18n, paths
from klantenapp.i18n import _
from klantenapp.ui.administrations import Administrations
from klantenapp.ui.main_window import MainWindow
from klantenapp.ui.memory import memory
from klantenapp.ui.ops import Ops
from klantenapp.ui.sidebar import ENTRIES
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.threads import Crash
from klantenapp.ui.widgets.focus_ring import FocusRing

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.sidebar import Surroundings

#: The file is opened this long after the start at the latest.
_AT_LAST_MS = 1_000

#: Tables whose changes the sidebar shows.
_AROUND = (
    "business",
    "document",
    "bank_line",
    "reminder",
    "reminder_hold",
    "ledger_entry",
    "setting",
)


class Application(QObject):
    """One window on one administration, from start to end.

    Args:
        asked: administration to open; None for the last one.
        language: "nl" or "en"; None for the remembered one, else the system's.
    """

    def __init__(self, asked: Path | None = None, language: str | None = None) -> None:
        super().__init__()
        self._translator = QTranslator(self)
        self.set_language(language or self._language(), remember=False)
        i18n.set_number_format(memory().program("numbers", "nl"))
        theme().set(
            choice=memory().program("theme", "system"), percent=memory().program("text", 100)
        )
        self.ops = Ops(self)
        self.window = MainWindow(self.ops)
        self.administrations = Administrations(self.window, self.ops)
        self.window.use(self.administrations)
        self.window.shell.set_language = self.set_language
        self.window.navigation.enabled = False
        self._connect()
        self.window.restore_place()
        self._asked = asked
        self._started = False

    def _connect(self) -> None:
        self.administrations.opened.connect(self._opened)
        self.administrations.missing.connect(self._begin)
        self.ops.refused.connect(self._refused)
        self.ops.crashed.connect(self._crashed)
        self.ops.changed.connect(self._changed)
        self.window.navigation.moved.connect(self._start_is_over)
        theme().changed.connect(self._remember_theme)

    def _language(self) -> str:
        kept = memory().program("language")
        if kept:
            return str(kept)
        return i18n.choose_language(QLocale.system().uiLanguages())

    def show(self) -> None:
        """Show the frame; open the administration when it is painted."""
        self.window.show_frame(visible=self.administrations.candidate(self._asked) is not None)
        self.window.ground.installEventFilter(self)
        self.window.show()
        # A window that is never painted (minimised, another desktop) opens its file all the same.
        QTimer.singleShot(_AT_LAST_MS, self, self._start)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first paint; what comes after it costs three times as much."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._start)
        return False

    def _start(self) -> None:
        """Open the file, once."""
        if not self._started:
            self._started = True
            self.administrations.start(self._asked)

    def set_language(self, code: str, *, remember: bool = True) -> None:
        """Let the window speak a language, at once."""
        i18n.set_language(code)
        application = QApplication.instance()
        if application is not None:
            application.removeTranslator(self._translator)
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            # Qt's own dialogs: English is what they are written in.
            if code != "en" and self._translator.load(f"qtbase_{code}", folder):
                application.installTranslator(self._translator)
        if remember:
            memory().set_program("language", code)
            self.window.rebuild()

    def shut(self) -> None:
        """Finish what waits and let the file go."""
        memory().save()
        self.ops.shut()
        failure = self.ops.left_behind
        if failure is not None:
            from klantenapp.sentences.speak import sentence  # noqa: PLC0415 - when it failed

            # The window is gone by now: it is said at the next start.
            memory().set_program("no_backup", sentence(failure))
            memory().save()

    # -- what happens --------------------------------------------------------------------------

    def _opened(self) -> None:
        self.window.navigation.clear()
        self.window.navigation.enabled = True
        self.window.show_frame(visible=True)
        self.window.restore_place()
        self._show_banners()
        self._look_around()
        self._offer_search()
        self._send_mail()
        self._make_recurring()
        self._say_what_waits()
        self.ops.look_over(self.window, _is_whole, self._looked_over)

    def _send_mail(self) -> None:
        """Someone who sends the outbox, once the services are there; looks at every opening."""
        from klantenapp.ui.postman import Postman  # noqa: PLC0415 - imports services

        postman = self.window.postman or Postman(self.ops, lambda: self.window.shell)
        self.window.use_postman(postman)
        postman.look()

    def _make_recurring(self) -> None:
        from klantenapp.ui import recurring_runs  # noqa: PLC0415 - imports services

        self.window.banners.hide_banner("recurring")
        if not self.ops.read_only:
            recurring_runs.begin(self.window.shell)

    def _say_what_waits(self) -> None:
        from klantenapp.ui import start_notice  # noqa: PLC0415 - imports services

        start_notice.begin(self.window.shell, self._at_start)

    def _at_start(self) -> bool:
        """Whether the first screen is in front still."""
        place = self.window.navigation.place
        return place is None or place.name == "overview"

    def _start_is_over(self, name: str, _entry: str) -> None:
        """What waited at the start is said until another screen is in front."""
        if name != "overview":
            self.window.banners.hide_banner("start")

    def _offer_search(self) -> None:
        from klantenapp.ui.palette_sources import sources  # noqa: PLC0415 - imports services

        self.window.providers[:] = sources(lambda: self.window.shell)

    def _begin(self) -> None:
        """No administration yet, or a new one is asked for: the wizard."""
        self.window.navigation.enabled = True
        self.window.navigation.go("welcome")
        self.window.show_frame(visible=self.ops.is_open)

    def _show_banners(self) -> None:
        slot = self.window.banners
        slot.hide_banner("refused")
        missed = memory().program("no_backup")
        if missed:
            slot.show_banner("no_backup", "warn", "", str(missed), closable=True)
            memory().set_program("no_backup", None)
        if self.ops.read_only:
            slot.show_banner(
                "read_only",
                "warn",
                _("Read only."),
                _("This file or its folder cannot be written, so nothing can be changed."),
            )
        else:
            slot.hide_banner("read_only")

    def _look_around(self) -> None:
        from klantenapp.ui import surroundings  # noqa: PLC0415 - imports services

        path = self.ops.path
        if path is not None:
            query = partial(surroundings.read, path=path)
            self.ops.read(self.window, query, self._show_around, key="surroundings")

    def _show_around(self, around: Surroundings) -> None:
        from klantenapp.services.store.clock import now  # noqa: PLC0415 - services come after start

        self.window.show_around(around, now().astimezone().replace(tzinfo=None))
        self._show_example(shown=around.example)
        if not around.business:
            self._begin()
        elif self.window.navigation.place is None:
            self._first_page()

    def _first_page(self) -> None:
        """The overview; where this program has none yet, the first screen that it has."""
        go = self.window.navigation
        for name, _words, _icon in ENTRIES:
            if go.place is None:
                go.go(name)

    def _show_example(self, *, shown: bool) -> None:
        slot = self.window.banners
        if not shown:
            slot.hide_banner("example")
        elif "example" not in slot.keys:
            slot.show_banner(
                "example",
                "info",
                _("Example data."),
                _("Try everything; your own data stays apart."),
                (_("Start with your own data"), self._own_data),
            )

    def _own_data(self) -> None:
        """Go to the user's own file, or to the wizard that begins it."""
        own = paths.own_administration()
        if own.exists() and own != self.ops.path:
            self.administrations.open(own)
        else:
            self.administrations.choose_new()

    def _looked_over(self, whole: bool) -> None:  # noqa: FBT001 - an answer of `look_over`
        path = self.ops.path
        if not whole and path is not None:
            from klantenapp.services.errors.store import Damaged  # noqa: PLC0415 - when it is

            self._refused(Damaged(path))

    def _changed(self, changes: Changes) -> None:
        if changes.touches(*_AROUND):
            self._look_around()

    def _refused(self, failure: Exception) -> None:
        from klantenapp.ui.failures import show_refused  # noqa: PLC0415 - when something fails

        show_refused(self.window.banners, self.window, failure)

    def _crashed(self, crash: Crash) -> None:
        from klantenapp.ui.failures import CrashDialog  # noqa: PLC0415 - when something breaks

        CrashDialog(self.window, crash).open()

    def _remember_theme(self) -> None:
        memory().set_program("theme", theme().choice)
        memory().set_program("text", theme().percent)

    def excepthook(
        self, kind: type[BaseException], failure: BaseException, trace: TracebackType | None
    ) -> None:
        """A failure in a slot of the window: the crash dialog, and the usual trace."""
        import traceback  # noqa: PLC0415 - when something breaks

        sys.__excepthook__(kind, failure, trace)
        details = "".join(traceback.format_exception(kind, failure, trace))
        QTimer.singleShot(0, self, lambda: self._crashed(Crash("", failure, details)))


def _is_whole(administration: Any) -> bool:
    """Whether the file passes its quick check; runs after the first paint."""
    from klantenapp.services.store.administration import quick_check  # noqa: PLC0415 - late

    return quick_check(administration)


def run(asked: Path | None = None, language: str | None = None) -> int:
    """Show the window until it is closed.

    Args:
        asked: administration to open; None for the last one.
        language: "nl" or "en"; None for the remembered one, else the system's.

    Returns:
        Exit code of the process.
    """
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Klantenapp")
    application.setApplicationDisplayName("")
    application.setDesktopFileName("klantenapp")
    theme()
    FocusRing(application)
    root = Application(asked, language)
    sys.excepthook = root.excepthook
    root.show()
    code = application.exec()
    root.shut()
    return code
