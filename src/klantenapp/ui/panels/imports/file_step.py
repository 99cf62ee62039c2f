"""Step 1: which file, and how it is read where that was recognised wrongly."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from klantenapp.i18n import _
from klantenapp.services.imports.numerals import Decimals
from klantenapp.services.imports.reading import Stated
from klantenapp.ui.panels.imports.words import told, words
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import column, frame, row
from klantenapp.ui.widgets.fields import Field
from klantenapp.ui.widgets.file_drop import FileDrop
from klantenapp.ui.widgets.inputs import ChoiceInput
from klantenapp.ui.widgets.labels import Label, Tile
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.states import EmptyState

if TYPE_CHECKING:
    from klantenapp.services.imports.trial import Asked, Trial

_SEPARATORS = (";", ",", "\t", "|")
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")


class FileStep(QStackedWidget):
    """Choose a file; afterwards, what was recognised and can be changed.

    Attributes:
        chosen: a file was chosen or dropped (Path).
        stated: the user says how the file is read (Stated).
    """

    chosen = Signal(object)
    stated = Signal(object)

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self._stated = Stated()
        self.addWidget(self._choosing())
        self.addWidget(self._reading())
        FileDrop(self, self.chosen.emit)

    def _choosing(self) -> QWidget:
        choose = self._first = Button(_("Choose a file"), "folder-open", "primary")
        choose.clicked.connect(self.choose)
        text = _("CSV, Excel (xlsx) or OpenDocument (ods). Columns are recognised by themselves.")
        if self._kind == "customers":
            text = _(
                "CSV, Excel (xlsx), OpenDocument (ods) or contact cards (vcf)."
                " Columns are recognised by themselves."
            )
        return EmptyState(
            "file-spreadsheet",
            _("Which file do you want to bring in?"),
            text,
            [choose],
            _("You can also drop the file here. Nothing changes before you say so."),
        )

    def _reading(self) -> QWidget:
        sheet = QWidget()
        box = column(sheet, 28, 20, 28, 20, gap=16)
        card = frame("card")
        card.setMaximumWidth(theme().px(720))
        inside = column(card, 20, 18, 20, 18, gap=16)
        head = row(gap=14)
        head.addWidget(Tile("file-spreadsheet", "info", 36))
        names = column(gap=0)
        self._name = Label("", "heading")
        self._note = Label("", "body", "muted")
        names.addWidget(self._name)
        names.addWidget(self._note)
        head.addLayout(names, 1)
        other = self._other = Button(_("Other file"), "folder-open")
        other.clicked.connect(self.choose)
        head.addWidget(other, 0, Qt.AlignmentFlag.AlignVCenter)
        inside.addLayout(head)
        titles = {
            "sheet": _("Sheet"),
            "separator": _("Separator"),
            "encoding": _("Characters"),
            "decimals": _("Decimal sign"),
        }
        options = row(gap=12)
        self.fields = {name: Field(title, ChoiceInput()) for name, title in titles.items()}
        for name, field in self.fields.items():
            field.input.left.connect(partial(self._said, name))
            options.addWidget(field, 1)
        inside.addLayout(options)
        self.note = Note("danger")
        inside.addWidget(self.note)
        box.addWidget(card)
        box.addStretch(1)
        return sheet

    def focus_first(self) -> None:
        """Go to the button that chooses a file."""
        (self._other if self.currentIndex() else self._first).setFocus()

    def choose(self) -> None:
        """Ask for a file."""
        name, _filter = QFileDialog.getOpenFileName(
            self.window(), words(self._kind).title, "", words(self._kind).names
        )
        if name:
            self.chosen.emit(Path(name))

    def show_trial(self, asked: Asked | None, trial: Trial | None) -> None:
        """Show what was recognised; without a file, ask for one."""
        self.setCurrentIndex(0 if asked is None else 1)
        if asked is None or trial is None:
            return
        self._stated = asked.stated
        self._name.setText(asked.source.name)
        self._note.setText(_recognised(trial))
        table = trial.table
        lost = table is None and trial.problem is not None
        self.note.setVisible(lost)
        self.note.set_text("", told(self._kind, trial.problem) if lost and trial.problem else "")
        fields = self.fields
        for field in fields.values():
            field.setVisible(table is not None)
        if table is None:
            return
        is_text = table.kind == "csv"
        fields["sheet"].setVisible(len(table.sheets) > 1)
        fields["separator"].setVisible(is_text)
        fields["encoding"].setVisible(is_text)
        self._offer("sheet", [(name, name) for name in table.sheets], table.sheet)
        self._offer("separator", _separators(table.separator), table.separator)
        self._offer("encoding", _encodings(table.encoding), table.encoding)
        signs = [
            (None, _("Recognise it")),
            (Decimals.COMMA, "1.234,56"),
            (Decimals.POINT, "1,234.56"),
        ]
        self._offer("decimals", signs, asked.stated.decimals)

    def _offer(self, name: str, options: list[tuple[Any, str]], value: Any) -> None:
        choice = self.fields[name].input
        choice.set_options(options)
        choice.set_value(value)

    def _said(self, name: str) -> None:
        values: dict[str, Any] = {name: self.fields[name].input.value()}
        self.stated.emit(replace(self._stated, **values))


def _recognised(trial: Trial) -> str:
    if trial.form == "cards":
        return _("Contact cards (vCard)")
    if trial.form == "contacts":
        return _("Address book of Google, Outlook or Thunderbird")
    kinds = {"csv": "CSV", "xlsx": "Excel (xlsx)", "ods": "OpenDocument (ods)"}
    return kinds[trial.table.kind] if trial.table else ""


def _separators(now: str | None) -> list[tuple[Any, str]]:
    names = {
        ";": _("Semicolon ;"),
        ",": _("Comma ,"),
        "\t": _("Tab"),
        "|": _("Bar |"),
    }
    known = [*_SEPARATORS] if now in _SEPARATORS else [*_SEPARATORS, now or ""]
    return [(sign, names.get(sign, sign)) for sign in known]


def _encodings(now: str | None) -> list[tuple[Any, str]]:
    names = {
        "utf-8": "UTF-8",
        "utf-8-sig": _("UTF-8 with its mark"),
        "utf-16": "UTF-16",
        "cp1252": "Windows-1252",
    }
    known = [*_ENCODINGS] if now in _ENCODINGS else [*_ENCODINGS, now or ""]
    return [(code, names.get(code, code)) for code in known]
