"""Opening, beginning and changing administrations; one window has one of them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu

from klantenapp import paths
from klantenapp.i18n import _
from klantenapp.ui import checking
from klantenapp.ui.memory import memory

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from klantenapp.ui.administration import Administration
    from klantenapp.ui.ops import Ops


def open_file(path: Path) -> Administration:
    """Open an existing file for this window; on the writer thread, which imports the services."""
    from klantenapp.services.care import opening  # noqa: PLC0415 - late

    return opening.open_file(path, window=True)


def close(administration: Any) -> Exception | None:
    """Close a file with its automatic backup; returns why there is none, where it failed."""
    from klantenapp.services.care import opening  # noqa: PLC0415 - late

    return opening.close(administration)


def begin(path: Path, data: Any) -> Administration:
    """Begin an administration with the data of a business (`customers.business.BusinessData`)."""
    from klantenapp.services.care import opening  # noqa: PLC0415 - late

    return opening.begin(path, data, window=True)


class Administrations(QObject):
    """The menu Administration, and what it does.

    Attributes:
        opened: another administration is open now.
        missing: there is no administration yet: the wizard has to begin one.
        backups_wanted: the user wants to back up, or to bring a backup back.
    """

    opened = Signal()
    missing = Signal()
    backups_wanted = Signal()

    def __init__(self, window: QWidget, ops: Ops) -> None:
        super().__init__(window)
        self._window, self._ops = window, ops

    def candidate(self, asked: Path | None) -> Path | None:
        """What will be opened: what was asked for, the last one, the user's own; None to begin."""
        if asked is not None:
            return asked
        known = [*map(Path, memory().recent()), paths.own_administration()]
        return next((path for path in known if path.exists()), None)

    def start(self, asked: Path | None) -> None:
        """Open the candidate, or ask to begin one."""
        path = self.candidate(asked)
        if path is None:
            self.missing.emit()
        else:
            self.open(path)

    def open(self, path: Path, failed: Callable[[Exception], None] | None = None) -> None:
        """Open a file; refused ones (no administration, in use, newer) leave all as it was."""
        if path == self._ops.path:
            return
        self._ops.open(lambda: open_file(path), self._arrived, failed or self._refused, close)

    def begin(
        self, path: Path, data: Any, failed: Callable[[Exception], None] | None = None
    ) -> None:
        """Begin an administration with a business, and open it."""
        self._ops.open(lambda: begin(path, data), self._arrived, failed or self._refused, close)

    def open_with(
        self,
        opener: Callable[[], Administration],
        failed: Callable[[Exception], None] | None = None,
        *,
        close_first: bool = False,
    ) -> None:
        """Open what a function makes, on the writer thread: the example, a restored backup.

        Args:
            opener: opens it.
            failed: takes the Refusal; without it the error bar does.
            close_first: close what is open before, where the function replaces that very file.
        """
        shut = failed or self._refused
        self._ops.open(opener, self._arrived, shut, close, close_first=close_first)

    def _arrived(self) -> None:
        path = self._ops.path
        if path is not None:
            memory().open(path)
        self.opened.emit()

    def _refused(self, failure: Exception) -> None:
        self._ops.refused.emit(failure)
        if not self._ops.is_open:
            self.missing.emit()

    # -- the menu ------------------------------------------------------------------------------

    def menu(self) -> QMenu:
        """The menu: new, open, recent, show in folder, check, backups."""
        menu = QMenu(self._window)
        self._add(menu, _("New administration…"), self.choose_new)
        self._add(menu, _("Open…"), self.choose)
        recent = [path for path in memory().recent() if path != str(self._ops.path)]
        if recent:
            menu.addSeparator()
            for path in recent:
                self._add(menu, Path(path).stem, partial(self.open, Path(path)))
        if self._ops.path is not None:
            menu.addSeparator()
            self._add(menu, _("Show in folder"), self.show_in_folder)
            self._add(menu, _("Check administration"), self.check)
            self._add(menu, _("Backups…"), self.backups_wanted.emit)
        return menu

    def _add(self, menu: QMenu, text: str, run: Callable[[], object]) -> None:
        action = QAction(text.replace("&", "&&"), menu)
        action.triggered.connect(lambda: run())
        menu.addAction(action)

    def check(self) -> None:
        """Prove the whole administration in the background, and show what came out."""
        checking.check(self._window, self._ops, self.backups_wanted.emit)

    def choose(self) -> None:
        """Ask which file to open."""
        kinds = _("Administrations") + f" (*{paths.EXTENSION})"
        name, _kind = QFileDialog.getOpenFileName(
            self._window, _("Open administration"), str(paths.data_folder()), kinds
        )
        if name:
            self.open(Path(name))

    def choose_new(self) -> None:
        """Go to the wizard, which begins another administration."""
        self.missing.emit()

    def show_in_folder(self) -> None:
        """Show the file in the file manager of the system."""
        if self._ops.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._ops.path.parent)))
