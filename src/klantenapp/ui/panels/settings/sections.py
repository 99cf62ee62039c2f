"""Sections of the settings: each in its own module, shown in this order; absent ones are left out.

A section is a `Section` (below) whose module is named here; a chapter adds its own line.
"""

from __future__ import annotations

import importlib
import importlib.util
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from klantenapp.i18n import N_
from klantenapp.ui.widgets.dressing import column, frame, line, row
from klantenapp.ui.widgets.labels import Label

if TYPE_CHECKING:
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.shell import Shell

_PANELS: Final = "klantenapp.ui.panels.settings"

#: Key, title, icon, module below this package and class.
SECTIONS: Final = (
    ("company", N_("Company"), "building-2", "company:CompanySection"),
    ("invoices", N_("Invoices"), "file-text", "invoices:InvoicesSection"),
    ("lists", N_("Lists"), "list", "lists:ListsSection"),
    ("reminders", N_("Reminders"), "bell-ring", "reminders:RemindersSection"),
    ("bank", N_("Bank"), "landmark", "bank:BankSection"),
    ("mail", N_("E-mail"), "mail", "mail:MailSection"),
    ("display", N_("Display"), "palette", "display:DisplaySection"),
    ("books", N_("Bookkeeping"), "book-open", "books:BooksSection"),
    ("backup", N_("Backup"), "database", "backup:BackupSection"),
    ("keys", N_("Keys"), "keyboard", "keys:KeysSection"),
    ("about", N_("About"), "info", "about:AboutSection"),
)


def available() -> list[tuple[str, str, str, str]]:
    """The sections that this program has."""
    return [
        section
        for section in SECTIONS
        if importlib.util.find_spec(f"{_PANELS}.{section[3].partition(':')[0]}") is not None
    ]


def load(place: str, shell: Shell) -> Section:
    """Build a section by module and class."""
    module, _sign, name = place.partition(":")
    made = getattr(importlib.import_module(f"{_PANELS}.{module}"), name)(shell)
    if not isinstance(made, Section):
        raise TypeError(place)
    return made


class Section(QWidget):
    """One section: rows in a card, saved at once.

    Attributes:
        box: layout of the card's rows.
    """

    def __init__(self, shell: Shell, title: str) -> None:
        super().__init__()
        self.shell = shell
        outer = column(self, gap=10)
        outer.addWidget(Label(title, "heading"))
        card = frame("card")
        self.box = column(card)
        outer.addWidget(card)
        self.setAccessibleName(title)

    def add_row(self, title: str, text: str, control: QWidget) -> Label:
        """A choice: what it is, what it means, and the control at the right.

        Returns:
            The label of the meaning, which may say something else later.
        """
        if self.box.count():
            self.box.addWidget(line())
        holder = QFrame()
        inner = row(holder, 18, 12, 18, 12, gap=20)
        words = column(gap=1)
        words.addWidget(Label(title, "bodyStrong"))
        meaning = Label(text, "body", "muted", wrap=True)
        words.addWidget(meaning)
        inner.addLayout(words, 1)
        inner.addWidget(control, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        control.setAccessibleName(title)
        self.box.addWidget(holder)
        return meaning

    def load(self) -> None:
        """Read what is chosen; called at every visit."""

    def refresh(self, changes: Changes) -> None:
        """Read again what these changes touch."""
        if changes.touches("business", "setting"):
            self.load()
