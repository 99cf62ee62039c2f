"""The wizard that brings a file in: choose, link columns, check, done. Nothing changes before."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.services.imports import saved_mappings, trial
from klantenapp.services.imports.source import Source
from klantenapp.services.imports.trial import Asked
from klantenapp.ui.panels.imports import errors_file
from klantenapp.ui.panels.imports.attempts import Attempts
from klantenapp.ui.panels.imports.check_step import CheckStep
from klantenapp.ui.panels.imports.columns_step import ColumnsStep
from klantenapp.ui.panels.imports.done_step import DoneStep
from klantenapp.ui.panels.imports.edit_value import EditValueDialog
from klantenapp.ui.panels.imports.file_step import FileStep
from klantenapp.ui.panels.imports.foot import Foot
from klantenapp.ui.panels.imports.history_options import HistoryOptions
from klantenapp.ui.panels.imports.problem import ProblemNote, first
from klantenapp.ui.panels.imports.side import Side
from klantenapp.ui.panels.imports.steps import StepStrip, goes_back
from klantenapp.ui.panels.imports.words import told, words
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import column, line, row
from klantenapp.ui.widgets.file_drop import FileDrop
from klantenapp.ui.widgets.labels import ElidedLabel
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.page import Page
from klantenapp.ui.widgets.splitters import Splitter

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from klantenapp.services.imports.reading import Stated
    from klantenapp.services.imports.result import ImportResult, RefusedLine
    from klantenapp.services.imports.trial import Trial
    from klantenapp.ui.panels.imports.words import Words
    from klantenapp.ui.shell import Shell

#: Narrower than this (px at 100 %), examples and words make room.
_NARROW = 960
FILE, COLUMNS, CHECK, DONE = range(4)


class ImportPage(Page):
    """One import, from the file to the list."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._kind, self._list_id = "", 0
        self._step = FILE
        self.asked: Asked | None = None
        self.trial: Trial | None = None
        self._result: ImportResult | None = None
        self._first_try = True
        self.attempts = Attempts(self.ops, self)
        self.attempts.tried.connect(self._tried)
        self.attempts.stopped.connect(self._stopped)
        self.cancel = self.act(_("Cancel"), "Esc", self._cancel, "", "ghost")
        self.previous = self.act(_("Previous"), "", self._back, "arrow-left", "plain")
        self.next = self.act(_("Next"), "Ctrl+Return", self._next, "arrow-right", "primary")
        self.body.addWidget(QWidget())

    @property
    def words(self) -> Words:
        """Words of this kind of import."""
        return words(self._kind)

    # -- building --------------------------------------------------------------------------------

    def _build(self, kind: str) -> None:
        """Everything below the header, for one kind."""
        self._kind = kind
        self.asked = self.trial = self._result = None
        while self.body.count():
            item: Any = self.body.takeAt(0)
            if item.widget() is not None:
                item.widget().deleteLater()
        self.set_title(self.words.title)
        self.header.set_crumbs(
            [(self.words.list_title, self.words.list_name, {}), (_("Import"), "", {})]
        )
        whole = QWidget()
        box = column(whole)
        self.strip = StepStrip([_("File"), _("Link columns"), _("Check"), _("Done")])
        top = row(None, 28, 0, 28, 12, gap=12)
        top.addWidget(self.strip)
        top.addStretch(0)
        self._file = ElidedLabel("", "body", "muted")
        self._file.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self._file, 1)
        self._other = Button(_("Other file"), kind="link")
        self._other.clicked.connect(self._choose_file)
        top.addWidget(self._other)
        box.addLayout(top)
        box.addWidget(line())
        self.pages = QStackedWidget()
        self.file = FileStep(kind)
        self.columns = ColumnsStep(kind)
        self.side = Side(kind)
        self.check = CheckStep(self.ops, kind)
        self.done = DoneStep(kind)
        for page in (self.file, self._columns_page(kind), self.check, self.done):
            self.pages.addWidget(page)
        box.addWidget(self.pages, 1)
        self.foot = Foot()
        box.addWidget(self.foot)
        self.body.addWidget(whole)
        self._connect()
        self._fit()
        self.areas = [self.pages, self.side]

    def _columns_page(self, kind: str) -> QWidget:
        left = QWidget()
        box = column(left)
        self.problem = ProblemNote(kind)
        box.addWidget(self.problem)
        self.by_itself = Note(
            "info",
            _("Address book recognised."),
            _("Its columns are linked by themselves."),
            (_("Link by hand"), lambda: self._change(by_hand=True)),
        )
        self.cards = Note(
            "info", _("Contact cards recognised."), _("There are no columns to link.")
        )
        for note in (self.by_itself, self.cards):
            holder = row(None, 28, 12, 28, 0)
            holder.addWidget(note)
            box.addLayout(holder)
            note.hide()
        if kind == "invoices":
            self.history = HistoryOptions()
            self.history.changed.connect(lambda choices: self._change(choices=choices))
            box.addWidget(self.history)
        box.addWidget(self.columns, 1)
        self._filler = QWidget()
        box.addWidget(self._filler, 1)
        return Splitter("import", [left, self.side], [0, 404])

    def _connect(self) -> None:
        FileDrop(self, self._open)
        self.file.chosen.connect(self._open)
        self.file.stated.connect(self._state)
        self.problem.answered.connect(self._state)
        self.columns.chosen.connect(self._choose)
        self.columns.headed.connect(self._head)
        self.side.change_asked.connect(self._edit)
        self.check.chosen.connect(self._dress)
        self.done.finished.connect(lambda: self.go(self.words.list_name))
        self.done.save_asked.connect(self.save_errors)

    # -- showing ---------------------------------------------------------------------------------

    @override
    def show_with(
        self,
        kind: str = "customers",
        path: Path | str | None = None,
        list_id: int = 0,
        **_rest: Any,
    ) -> None:
        """Begin an import of a kind, perhaps with a file that was dropped on its list."""
        other = (kind, list_id) != (self._kind, self._list_id)
        self._list_id = list_id
        if other or self._step == DONE or path is not None:
            self._build(kind)
            self._go(FILE)
        if path is not None:
            self._open(Path(path))

    def _open(self, path: Path) -> None:
        """Read the file once, off the main thread; what is tried is what is written."""

        def work(_progress: object) -> Source:
            found = Source.of(path)
            return Source.of_bytes(found.name, found.read())

        self.ops.task(self, _("Reading {file}").format(file=path.name), work, self._opened)

    def _choose_file(self) -> None:
        self.file.choose()

    def _opened(self, source: Source) -> None:
        self.asked = Asked(self._kind, source, list_id=self._list_id)
        self._first_try = True
        self._try()
        self._go(COLUMNS)

    def _change(self, **values: Any) -> None:
        """Another choice: try again."""
        if self.asked is not None:
            self.asked = replace(self.asked, **values)
            self._try()

    def _try(self) -> None:
        if self.asked is not None:
            self.attempts.begin(self.asked)
            self.foot.wait()

    def _stopped(self) -> None:
        """Nothing was changed, and another file can be chosen."""
        self.asked = self.trial = None
        self._go(FILE)

    def _tried(self, found: Trial) -> None:
        if self.asked is None:
            return
        if self._first_try and found.kept is not None:
            self._first_try = False
            self.foot.name.set_value(found.kept.name)
            self.asked = trial.with_kept(self.asked, found.kept)
            self.toast(_("Link “{name}” used").format(name=found.kept.name))
            self._try()
            return
        self._first_try = False
        self.trial = found
        if found.table is None and found.form == "table":
            self._go(FILE)
        self.file.show_trial(self.asked, found)
        self.columns.show_trial(self.asked, found)
        self.side.show_trial(self.asked, found)
        self.problem.show_problem(found.problem, self.asked.stated)
        self.by_itself.setVisible(found.form == "contacts")
        self.cards.setVisible(found.form == "cards")
        self.columns.setVisible(found.form == "table")
        self._filler.setVisible(found.form != "table")
        if found.outcome is not None:
            self.check.show_outcome(found.outcome)
        self._show_file(found)
        self._dress()
        if not self.isAncestorOf(QApplication.focusWidget() or self):
            self._focus()

    def _show_file(self, found: Trial) -> None:
        parts = [self.asked.source.name if self.asked else ""]
        if found.table is not None and len(found.table.sheets) > 1:
            parts.append(_("sheet {name}").format(name=found.table.sheet))
        if found.outcome is not None:
            read = found.outcome.read
            number = ngettext("{count} line", "{count} lines", read)
            parts.append(number.format(count=i18n.count(read)))
        self._file.setText(", ".join(parts))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._kind:
            narrow = self.width() * 100 // theme().percent < _NARROW
            self.strip.set_narrow(narrow=narrow)
            self.columns.set_narrow(narrow=narrow)

    # -- steps -----------------------------------------------------------------------------------

    def _go(self, step: int) -> None:
        self._step = step
        self.strip.set_step(step)
        self.pages.setCurrentIndex(step)
        self._dress()
        self._focus()

    def _focus(self) -> None:
        """Where the keys go on this step."""
        if self._step == FILE:
            self.file.focus_first()
        elif self._step == COLUMNS:
            self.columns.focus_first()
        elif self._step == CHECK:
            self.check.focus_table()

    def _dress(self) -> None:
        """Buttons and footer for this step."""
        outcome = self.trial.outcome if self.trial else None
        if self.next is None or self.previous is None or self.cancel is None:
            return
        self._other.setVisible(self.asked is not None and self._step in {COLUMNS, CHECK})
        self.previous.setVisible(self._step in {COLUMNS, CHECK})
        self.cancel.setVisible(self._step != DONE)
        self.next.setVisible(self._step != DONE)
        if self._step == CHECK and outcome is not None:
            count = outcome.new + outcome.changed - len(self.check.left)
            self.next.setText(self.words.act(count))
            self.next.allow(None if count else _("There is nothing to bring in."))
        else:
            self.next.setText(_("To checking") if self._step == COLUMNS else _("Next"))
            self.next.allow(self._reason())
        self.next.updateGeometry()
        table = self.trial is not None and self.trial.form == "table" and self._step == COLUMNS
        self.foot.setVisible(self._step in {COLUMNS, CHECK})
        self.foot.show_outcome(outcome, with_name=table and outcome is not None)

    def _reason(self) -> str | None:
        """Why the next step is not there yet."""
        if self.asked is None:
            return _("Choose a file first.")
        if self.trial is None or self.trial.outcome is None:
            problem = self.trial.problem if self.trial else None
            return told(self._kind, first(problem)) if problem else _("The file is being read.")
        return None

    def _next(self) -> None:
        if self._step in {FILE, COLUMNS} and self._reason() is None:
            self._go(self._step + 1)
        elif self._step == CHECK:
            self._import()

    def _back(self) -> None:
        if self._step in {COLUMNS, CHECK}:
            self._go(self._step - 1)

    def _cancel(self) -> None:
        self._build(self._kind)
        self._go(FILE)
        self.go(self.words.list_name)

    @override
    def event(self, event: QEvent) -> bool:
        """Alt+← is the step before, while there is one; afterwards the screen before."""
        if isinstance(event, QKeyEvent) and self._step in {COLUMNS, CHECK} and goes_back(event):
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self._back()
            return True
        return super().event(event)

    # -- choices ---------------------------------------------------------------------------------

    def _state(self, stated: Stated) -> None:
        self._change(stated=stated)

    def _head(self, has_header: bool) -> None:  # noqa: FBT001 - a slot
        if self.asked is not None:
            self._change(stated=replace(self.asked.stated, has_header=has_header), chosen={})

    def _choose(self, at: int, key: str) -> None:
        if self.asked is not None:
            self._change(chosen={**self.asked.chosen, at: (key,) if key else ()})

    def _edit(self, refused: RefusedLine) -> None:
        if self.asked is not None and self.trial is not None:
            EditValueDialog(self, self.asked, self.trial, refused, self._edited).open()

    def _edited(self, at: int, field: str, text: str) -> None:
        if self.asked is not None:
            self._change(edits={**self.asked.edits, (at, field): text})

    # -- doing -----------------------------------------------------------------------------------

    def _import(self) -> None:
        asked, found = self.asked, self.trial
        if asked is None or found is None or found.outcome is None:
            return
        left = self.check.left
        self.ops.long_write(
            trial.OPERATIONS[asked.kind],
            self.words.title,
            lambda session, progress: trial.run(session, asked, left, progress),
            self._imported,
        )

    def _imported(self, result: ImportResult) -> None:
        self._result = result
        self._keep_mapping()
        self.done.show_result(result)
        self._go(DONE)

    def _keep_mapping(self) -> None:
        """Keep the links under the name that was given, for the same columns next time."""
        name = self.foot.name.value()
        if name and self.asked is not None and self.trial is not None:
            save = partial(trial.keep, asked=self.asked, trial=self.trial, name=name)
            self.ops.write(saved_mappings.SAVE, save)

    def save_errors(self) -> None:
        """Write the lines that stayed out to a file of the user's choice."""
        if self.asked is None or self.trial is None or self._result is None:
            return
        path = errors_file.ask(self, self.asked.source.name)
        if path is not None:
            self.write_errors(path)

    def write_errors(self, path: Path) -> None:
        """Write the refused lines with their reasons."""
        if self.trial is not None and self._result is not None:
            errors_file.write(self, path, self.trial.table, self._result.refused)
