"""Settings of backups: when the last one was verified, one now, and bringing one back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from klantenapp import i18n, paths
from klantenapp.i18n import _
from klantenapp.services.care import restore
from klantenapp.services.store import backup
from klantenapp.ui.panels.settings.sections import Section
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dialogs import confirm
from klantenapp.ui.widgets.dressing import row

if TYPE_CHECKING:
    import datetime as dt

    from klantenapp.services.care.restore import Restored
    from klantenapp.services.store.backup import Backup
    from klantenapp.ui.shell import Shell


class BackupSection(Section):
    """Copies that were opened and checked before they counted."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, _("Backup"))
        buttons = QWidget()
        box = row(buttons, gap=8)
        self.now = Button(_("Back up now"), "database")
        self.now.clicked.connect(self._automatic)
        self.elsewhere = Button(_("To a folder…"), "download")
        self.elsewhere.clicked.connect(self._choose)
        box.addWidget(self.elsewhere)
        box.addWidget(self.now)
        self.last = self.add_row(_("Last backup"), "", buttons)
        show = Button(_("Show in folder"), "folder-open")
        show.clicked.connect(self._show_folder)
        self.add_row(
            _("Automatic backups"),
            _("At each close, checked by opening the copy; older ones are thinned."),
            show,
        )
        bring = Button(_("Restore a backup…"), "rotate-ccw")
        bring.clicked.connect(self._ask)
        self.add_row(
            _("Restore"),
            _("The backup opens as a file of its own; what you have now stays as it is."),
            bring,
        )

        look = Button(_("Check now"), "shield-check")
        look.clicked.connect(self._check)
        self.add_row(
            _("Check of the administration"),
            _("Proves numbers, amounts, ledger, documents and history, while you work on."),
            look,
        )

    def _check(self) -> None:
        if self.shell.administrations is not None:
            self.shell.administrations.check()

    @override
    def load(self) -> None:
        """Ask when the last one was."""
        path = self.shell.ops.path
        if path is not None:
            self.shell.ops.task(self, "", lambda _progress: backup.last_verified(path), self._show)

    def _show(self, moment: dt.datetime | None) -> None:
        if moment is None:
            self.last.setText(_("There is no backup yet."))
            return
        words = _("{day} at {time}, opened and checked")
        day = i18n.long_date(moment.date())
        self.last.setText(words.format(day=day, time=moment.strftime("%H:%M")))

    def _automatic(self) -> None:
        path = self.shell.ops.path
        if path is None:
            return

        def done(made: Backup | None) -> None:
            words = (
                _("Backup made and checked") if made else _("Nothing changed since the last one")
            )
            self.shell.toasts.show(words)
            self.load()

        self.shell.ops.task(self, _("Backing up"), lambda _progress: backup.automatic(path), done)

    def _choose(self) -> None:
        path = self.shell.ops.path
        folder = QFileDialog.getExistingDirectory(self.window(), _("Back up to a folder"))
        if path is None or not folder:
            return

        def done(written: Path) -> None:
            self.shell.toasts.show(_("Saved as {name}").format(name=written.name))
            self.load()

        self.shell.ops.task(
            self, _("Backing up"), lambda _progress: backup.write(path, Path(folder)), done
        )

    def _show_folder(self) -> None:
        path = self.shell.ops.path
        if path is not None:
            folder = backup.folder_of(path)
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _ask(self) -> None:
        kinds = _("Administrations") + f" (*{paths.EXTENSION})"
        start = str(paths.backup_folder())
        name, _kind = QFileDialog.getOpenFileName(
            self.window(), _("Restore a backup"), start, kinds
        )
        if name:
            chosen = Path(name)
            confirm(
                self,
                _("Restore {name}?").format(name=chosen.name),
                _("It opens as a file of its own beside your administration."),
                act=_("Restore"),
                then=lambda: self._restore(chosen),
            )

    def _restore(self, chosen: Path) -> None:
        target = _free(paths.data_folder() / f"{chosen.stem}{paths.EXTENSION}")

        def done(_restored: Restored) -> None:
            if self.shell.administrations is not None:
                self.shell.administrations.open(target)

        def work(_progress: Any) -> Restored:
            return restore.restore(chosen, target)

        self.shell.ops.task(self, _("Restoring"), work, done)


def _free(path: Path) -> Path:
    number, found = 2, path
    while found.exists():
        found = path.with_stem(f"{path.stem} {number}")
        number += 1
    return found
