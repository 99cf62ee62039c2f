"""All keys of this screen (F1 or ?)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from klantenapp.i18n import N_, _
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.labels import Keys, Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from klantenapp.ui.acts import Act

#: Keys that work everywhere: (keys, what they do).
EVERYWHERE = (
    ("Ctrl+K", N_("Search and commands")),
    ("Ctrl+1 … Ctrl+7", N_("Go to a screen")),
    ("Ctrl+Comma", N_("Settings")),
    ("Alt+Left", N_("Back")),
    ("Alt+Right", N_("Forward")),
    ("Ctrl+Z", N_("Undo")),
    ("Ctrl+Shift+Z", N_("Redo")),
    ("Ctrl+Shift+N", N_("New invoice")),
    ("Ctrl+F", N_("Search on this screen")),
    ("F6", N_("Next area")),
    ("Ctrl+B", N_("Sidebar on or off")),
    ("Ctrl+Plus", N_("Larger text")),
    ("Ctrl+Minus", N_("Smaller text")),
    ("Ctrl+0", N_("Normal text size")),
    ("F1", N_("All keys of this screen")),
)


class KeyHelp(Dialog):
    """Lists the keys of a screen, and those that work everywhere."""

    def __init__(self, window: QWidget, title: str, acts: Sequence[Act]) -> None:
        super().__init__(window, _("Keys"), 720)
        inner = QWidget()
        both = row(inner, gap=32)
        here = [(act.keys, act.text) for act in acts if act.keys]
        if here:
            both.addLayout(_table(title, here), 1)
        both.addLayout(_table(_("Everywhere"), [(keys, _(text)) for keys, text in EVERYWHERE]), 1)
        area = QScrollArea()
        area.setProperty("role", "clear")
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setMinimumHeight(min(theme().px(430), inner.sizeHint().height() + 4))
        self.body.addWidget(area)
        self.cancel.setText(_("Close"))
        self.start_at(self.cancel)


def _table(title: str, keys: Sequence[tuple[str, str]]) -> QGridLayout:
    table = QGridLayout()
    table.setVerticalSpacing(theme().px(7))
    table.setHorizontalSpacing(theme().px(12))
    table.addWidget(Label(title, "heading"), 0, 0, 1, 2)
    for at, (combination, text) in enumerate(keys, start=1):
        caps = row(gap=3)
        for part in combination.split():
            caps.addWidget(Label(part, "key", "muted") if part == "…" else Keys(part))
        caps.addStretch(1)
        table.addLayout(caps, at, 0)
        table.addWidget(Label(text), at, 1)
    table.setRowStretch(len(keys) + 1, 1)
    table.setColumnStretch(1, 1)
    return table
