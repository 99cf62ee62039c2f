"""The footer of the wizard: the name under which links are kept, and the counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.inputs import TextInput
from klantenapp.ui.widgets.labels import IconLabel, Label

if TYPE_CHECKING:
    from klantenapp.services.imports.trial import Outcome


class Foot(QFrame):
    """Name and counts."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "footer")
        self.setFixedHeight(theme().px(44))
        box = row(self, 28, 0, 28, 0, gap=18)
        self._naming = QWidget()
        naming = row(self._naming, gap=8)
        naming.addWidget(IconLabel("pin", "muted"))
        naming.addWidget(Label(_("Keep these links as"), "caption", "muted"))
        self.name = TextInput(_("Name, such as Old bookkeeping"), limit=60)
        self.name.setFixedWidth(theme().px(230))
        self.name.setFixedHeight(theme().px(28))
        self.name.setAccessibleName(_("Name for these links"))
        naming.addWidget(self.name)
        box.addWidget(self._naming)
        box.addStretch(1)
        self.good, self.wrong, self.warned = (
            Label("", "label", tone) for tone in ("ok", "danger", "warn")
        )
        for label in (self.good, self.wrong, self.warned):
            box.addWidget(label)

    def wait(self) -> None:
        """Say that the counts are on their way."""
        self.good.setText("…")

    def show_outcome(self, outcome: Outcome | None, *, with_name: bool) -> None:
        """Show counts; nothing while something is in the way."""
        self._naming.setVisible(with_name)
        for label in (self.good, self.wrong, self.warned):
            label.setVisible(outcome is not None)
        if outcome is None:
            return
        good = outcome.read - outcome.wrong_lines
        self.good.setText(
            ngettext("{count} line right", "{count} lines right", good).format(
                count=i18n.count(good)
            )
        )
        wrong, warned = len(outcome.refused), len(outcome.warnings)
        self.wrong.setText(
            ngettext("{count} error", "{count} errors", wrong).format(count=i18n.count(wrong))
        )
        self.warned.setText(
            ngettext("{count} warning", "{count} warnings", warned).format(count=i18n.count(warned))
        )
        self.wrong.setVisible(bool(wrong))
        self.warned.setVisible(bool(warned))
