"""One draft while it is edited: what is filled in, what it comes to, and saving it by itself.

The page changes fields; this computes at once (without writing), saves a second later, and makes
the preview meanwhile. All saves of one visit are one undo step.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from klantenapp.services.sales import (
    cautions,
    drafts,
    issuing,
    repricing,
    standard_texts,
    validating,
    validity,
)
from klantenapp.services.sales.calculating import calculate
from klantenapp.services.sales.inputs import HEADER, DraftInput, LineInput
from klantenapp.services.store import audit, clock
from klantenapp.ui.qt import timer
from klantenapp.ui.theme.theme import theme

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from klantenapp.services.sales.calculating import Calculated
    from klantenapp.services.sales.standard_texts import Texts
    from klantenapp.services.sales.validating import Problem
    from klantenapp.ui.ops import Ops

#: Milliseconds after the last change until it is saved, and until totals follow.
SAVE_AFTER = 1000
COMPUTE_AFTER = 40


@dataclass(frozen=True)
class Loaded:
    """A draft as it was read."""

    document_id: int | None
    kind: str
    typed: DraftInput
    revision: int


@dataclass(frozen=True)
class Hints:
    """What a document says where the user fills in nothing."""

    valid_until: dt.date
    texts: Texts


class DraftState(QObject):
    """What is filled in, and what becomes of it.

    Attributes:
        loaded: another draft is shown.
        calculated: it was computed anew (Calculated).
        previewed: its PDF was drawn anew (bytes).
        repriced: a change gave lines another price (how many, what the changed fields were).
        cautioned: what deserves a look (problems that forbid nothing).
        saved: it was written (moment).
        failed: it could not be saved (failure).
    """

    loaded = Signal()
    calculated = Signal(object)
    previewed = Signal(bytes)
    cautioned = Signal(object)
    repriced = Signal(int, object)
    saved = Signal(object)
    failed = Signal(object)

    def __init__(self, ops: Ops, parent: QObject) -> None:
        super().__init__(parent)
        self._ops = ops
        self.document_id: int | None = None
        self.kind = "invoice"
        self.typed = DraftInput()
        self._group = ""
        self._dirty = False
        self._saving = False
        self._then: Any = None
        self._computed: tuple[DraftInput, Calculated] | None = None
        self._save_timer = timer(self, SAVE_AFTER, self.save)
        self._compute_timer = timer(self, COMPUTE_AFTER, self.compute)
        self._preview_timer = timer(self, theme().motion("previewDebounceMs"), self.preview)

    # -- beginning -------------------------------------------------------------------------------

    def begin(self, kind: str, customer_id: int | None) -> None:
        """Show a new draft; it is stored at the first change."""
        self._show(Loaded(None, kind, DraftInput(customer_id=customer_id), 0))
        if customer_id is not None:
            self._changed()

    def open(self, document_id: int) -> None:
        """Show a stored draft."""

        def read(session: Session) -> Loaded:
            document = drafts.draft_row(session, document_id)
            typed = drafts.read(session, document_id)
            return Loaded(document_id, document.kind, typed, document.revision)

        self._ops.read(self, read, self._show, key="open")

    def _show(self, found: Loaded) -> None:
        self.document_id, self.kind, self.typed = found.document_id, found.kind, found.typed
        self._group = f"draft:{uuid.uuid4()}"
        self._dirty = False
        self._computed = None
        self.loaded.emit()
        self.compute()
        self.preview()

    # -- changing --------------------------------------------------------------------------------

    def change(self, **values: Any) -> None:
        """Fill in fields of the document."""
        changed = replace(self.typed, **values)
        if changed != self.typed:
            self.typed = changed
            self._changed()

    def change_line(self, place: int, **values: Any) -> None:
        """Fill in fields of a line; the place after the last makes a new one."""
        lines = list(self.typed.lines)
        if place >= len(lines):
            lines.append(LineInput())
            place = len(lines) - 1
        lines[place] = replace(lines[place], **values)
        self.change(lines=tuple(lines))

    def set_lines(self, lines: list[LineInput]) -> None:
        """Fill in other lines."""
        self.change(lines=tuple(lines))

    def _changed(self) -> None:
        self._dirty = True
        self._compute_timer.start()
        self._preview_timer.start()
        self._save_timer.start()

    # -- computing and drawing -------------------------------------------------------------------

    def compute(self) -> None:
        """Totals, prices and sources, off the main thread."""
        typed = self.typed
        done = partial(self._take, typed)
        self._ops.read(self, lambda session: calculate(session, typed), done, key="compute")

    def _take(self, typed: DraftInput, found: Calculated) -> None:
        before, self._computed = self._computed, (typed, found)
        self.calculated.emit(found)
        if before is None:
            return
        count = repricing.moved(before[1], found)
        fields = {name: getattr(before[0], name) for name in (*HEADER, "lines")}
        changed = {name: was for name, was in fields.items() if was != getattr(typed, name)}
        if count and changed:
            self.repriced.emit(count, changed)

    def restore(self, **values: Any) -> None:
        """Fill in what fields were before, and show it."""
        self.change(**values)
        self._computed = None
        self.loaded.emit()
        self.compute()

    def preview(self) -> None:
        """The document as it would be printed, off the main thread."""
        typed, kind = self.typed, self.kind

        def draw(session: Session) -> tuple[bytes, list[Problem]]:
            calculated = calculate(session, typed)
            snapshot = issuing.preview(session, kind, typed, calculated)
            found = cautions.cautions(session, kind, typed, calculated)
            return issuing.render(session, snapshot), found

        self._ops.read(self, draw, self._drawn, key="preview")

    def _drawn(self, drawn: tuple[bytes, list[Problem]]) -> None:
        self.previewed.emit(drawn[0])
        self.cautioned.emit(drawn[1])

    def read_hints(self, found: Calculated, show: Callable[[Hints], None]) -> None:
        """What is printed where a field stays empty, to `show`."""
        kind, language = self.kind, found.context.terms.language.value

        def read(session: Session) -> Hints:
            last = validity.last_day(session, found.context.date)
            return Hints(last, standard_texts.read(session, kind, language))

        self._ops.read(self, read, show, key="hints")

    def check(self, done: Any) -> None:
        """What stands in the way of issuing, to `done`."""
        typed, kind = self.typed, self.kind

        def look(session: Session) -> list[Problem]:
            return validating.problems(session, kind, typed, calculate(session, typed))

        self._ops.read(self, look, done, key="check")

    # -- saving ----------------------------------------------------------------------------------

    def save(self, then: Any = None) -> None:
        """Write what is filled in; `then` is called when it is in the file."""
        self._save_timer.stop()
        if then is not None:
            self._then = then
        if self._saving:
            return
        if not self._dirty:
            self._finish()
            return
        self._saving, self._dirty = True, False
        typed, document_id, kind = self.typed, self.document_id, self.kind

        def write(session: Session) -> tuple[int, tuple[int | None, ...]]:
            made = document_id
            if made is None:
                made = drafts.add(session, kind, DraftInput())
            found = drafts.save(session, made, typed)
            return made, tuple(line.typed.id for line in found.lines)

        act = audit.Act(drafts.SAVE if document_id else drafts.ADD, group=self._group)
        self._ops.write(act, write, done=self._wrote, failed=self._missed)

    def _wrote(self, outcome: tuple[int, tuple[int | None, ...]]) -> None:
        self._saving = False
        self.document_id, ids = outcome
        lines = self.typed.lines
        if len(lines) == len(ids):
            # Lines that are new got their ids; without them the next save would double them.
            named = tuple(
                line if line.id is not None else replace(line, id=line_id)
                for line, line_id in zip(lines, ids, strict=True)
            )
            self.typed = replace(self.typed, lines=named)
        self.saved.emit(clock.now())
        if self._dirty:
            self.save()
        else:
            self._finish()

    def _missed(self, failure: Exception) -> None:
        self._saving, self._dirty = False, True
        self._then = None
        self.failed.emit(failure)

    def _finish(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()

    @property
    def unsaved(self) -> bool:
        """Something is not in the file yet."""
        return self._dirty or self._saving
