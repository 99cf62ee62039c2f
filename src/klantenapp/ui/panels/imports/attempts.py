"""Trying an import beside the window: one attempt at a time, with how far it is, and Stop."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from klantenapp.i18n import _
from klantenapp.services.imports import trial
from klantenapp.ui.progress import Progress

if TYPE_CHECKING:
    from klantenapp.services.imports.trial import Asked, Trial
    from klantenapp.ui.ops import Ops


class Attempts(QObject):
    """The attempts of one wizard.

    Attributes:
        tried: the newest attempt is ready (Trial).
        stopped: the user stopped it; nothing was changed.
    """

    tried = Signal(object)
    stopped = Signal()

    def __init__(self, ops: Ops, parent: QObject) -> None:
        super().__init__(parent)
        self._ops = ops
        self._now: Progress | None = None

    def begin(self, asked: Asked) -> None:
        """Try with other choices; what was being tried before is stopped."""
        if self._now is not None:
            before, self._now = self._now, None
            before.stop()
        progress = self._now = Progress(_("Reading {file}").format(file=asked.source.name))
        progress.ended.connect(partial(self._ended, progress))
        self._ops.started.emit(progress)
        self._ops.read(
            self,
            lambda session: progress.over(partial(trial.attempt, session, asked, progress)),
            self._arrived,
            key="trial",
        )

    def _arrived(self, found: Trial) -> None:
        self._now = None
        self.tried.emit(found)

    def _ended(self, progress: Progress) -> None:
        if progress is self._now and progress.stopped:
            self._now = None
            self.stopped.emit()
