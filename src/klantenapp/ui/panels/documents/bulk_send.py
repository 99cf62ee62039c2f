"""Sending many documents: one after the other, each whole, stopped between two of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from klantenapp.i18n import _, ngettext
from klantenapp.sentences.speak import sentence
from klantenapp.services.sales import bulk_files, issuing
from klantenapp.ui.progress import Cancelled, Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from klantenapp.ui.widgets.page import Page

#: Reasons that are told; the rest is counted.
_TOLD = 3


class BulkSend:
    """Sends; what cannot go is told at the end, and the others go on."""

    def __init__(self, page: Page, ids: Sequence[int], ended: Callable[[], object]) -> None:
        self._page, self._ids, self._ended = page, list(ids), ended
        self._sent: list[int] = []
        self._problems: list[str] = []
        self._progress = Progress(_("Sending"))
        page.ops.started.emit(self._progress)
        self._next(0)

    def _next(self, place: int) -> None:
        try:
            self._progress(place, len(self._ids))
        except Cancelled:
            self._end()
            return
        if place == len(self._ids):
            self._end()
            return
        work = partial(bulk_files.send_one, document_id=self._ids[place])
        self._page.ops.write(
            issuing.ISSUE,
            work,
            done=partial(self._went, place),
            failed=partial(self._stayed, place),
        )

    def _went(self, place: int, outbox_id: int) -> None:
        self._sent.append(outbox_id)
        self._next(place + 1)

    def _stayed(self, place: int, failure: Exception) -> None:
        self._problems.append(sentence(failure))
        self._next(place + 1)

    def _end(self) -> None:
        self._progress.ended.emit()
        words = ngettext(
            "{count} mail in the outbox", "{count} mails in the outbox", len(self._sent)
        )
        self._page.toast(words.format(count=len(self._sent)))
        if self._problems:
            self._tell()
        if self._page.shell.postman is not None:
            self._page.shell.postman.look()
        self._ended()

    def _tell(self) -> None:
        count = len(self._problems)
        title = ngettext("{count} did not go.", "{count} did not go.", count).format(count=count)
        reasons = list(dict.fromkeys(self._problems))[:_TOLD]
        self._page.shell.banners.show_banner(
            "bulk", "danger", title, " ".join(reasons), closable=True
        )
