"""Checking the whole administration from the window: in the background, with what is found."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from klantenapp.i18n import _, ngettext
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.notes import Note

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from klantenapp.ui.ops import Ops
    from klantenapp.ui.progress import Progress


def check(window: QWidget, ops: Ops, restore: Callable[[], object]) -> None:
    """Check everything beside the work in the window, and show what came out.

    Args:
        window: over which the outcome is shown.
        restore: goes to where a backup is brought back.
    """
    path = ops.path
    if path is None:
        return

    def done(found: list[str]) -> None:
        CheckDialog(window, found, restore).open()

    ops.task(window, _("Checking the administration"), partial(findings, path), done)


def findings(path: Path, progress: Progress) -> list[str]:
    """What does not hold in a file, in sentences; read beside the window, on a door of its own."""
    from klantenapp.sentences.care import told  # noqa: PLC0415 - services load late
    from klantenapp.services.care import check as checking  # noqa: PLC0415 - the same
    from klantenapp.services.store.administration import Administration  # noqa: PLC0415 - the same

    administration = Administration.open_file(path)
    try:
        found = administration.read(partial(checking.run, step=progress))
    finally:
        administration.close()
    return [told(finding) for finding in found]


class CheckDialog(Dialog):
    """The outcome of a check: everything is in order, or each thing that is not."""

    def __init__(self, parent: QWidget, found: list[str], restore: Callable[[], object]) -> None:
        super().__init__(parent, _("Check of the administration"), 560)
        self.found = found
        self.cancel.setText(_("Close"))
        if not found:
            sound = _(
                "Numbers, amounts, ledger, documents, files and history were proved one by one."
            )
            self.body.addWidget(Note("ok", _("Everything is in order."), sound))
            self.start_at(self.cancel)
            return
        count = ngettext(
            "{count} thing is not in order.", "{count} things are not in order.", len(found)
        ).format(count=len(found))
        advice = _(
            "Nothing was changed. Restore a backup from before, or ask for help with this list."
        )
        self.body.addWidget(Note("danger", count, advice))
        listed = QPlainTextEdit("\n".join(found))
        listed.setReadOnly(True)
        listed.setFrameShape(QFrame.Shape.NoFrame)
        listed.setFixedHeight(theme().px(200))
        listed.setAccessibleName(_("What is not in order"))
        self.body.addWidget(listed)
        copy = Button(_("Copy"), "copy", "ghost")
        copy.clicked.connect(self._copy)
        self.add_left(copy)
        self.set_act(_("Restore a backup…"), partial(self._restore, restore), "rotate-ccw")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self.found))

    def _restore(self, restore: Callable[[], object]) -> None:
        self.accept()
        restore()
