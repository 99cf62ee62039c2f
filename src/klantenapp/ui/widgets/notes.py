"""Notes: a line on a tint that says something about the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button, IconButton
from klantenapp.ui.widgets.dressing import mark, row
from klantenapp.ui.widgets.labels import IconLabel
from klantenapp.ui.widgets.lead_text import LeadText

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

ICONS = {
    "ok": "circle-check",
    "info": "info",
    "warn": "triangle-alert",
    "danger": "circle-alert",
    "neutral": "info",
}


#: Height of a line with a link in it, at 100 %.
_LINE = 20


class Note(QFrame):
    """A note.

    Args:
        tone: ok, info, warn, danger or neutral.
        strong: what it is about, in bold ("No internet.").
        text: the rest.
        action: (words, function) for a link at the right.
        icon: instead of the tone's own.
        closable: with a cross.

    Attributes:
        closed: the cross was clicked.
    """

    closed = Signal()

    def __init__(
        self,
        tone: str,
        strong: str = "",
        text: str = "",
        action: tuple[str, Callable[[], object]] | None = None,
        *,
        icon: str = "",
        closable: bool = False,
    ) -> None:
        super().__init__()
        self.setProperty("role", "note")
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._box = row(self, 12, 10, 12, 10, gap=10)
        self._icon = IconLabel(icon or ICONS[tone], tone, 17)
        self._box.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._words = LeadText(tone=tone)
        self._box.addWidget(self._words, 1)
        self._link: Button | None = None
        if action:
            self.set_action(*action)
        if closable:
            close = IconButton("x", _("Close note"), token=tone)
            close.clicked.connect(self.closed)
            # No higher than the line beside it, or this note is higher than one without a cross.
            close.setProperty("kind", "bare")
            close.setFixedHeight(theme().px(_LINE))
            self._box.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.set_text(strong, text)

    def set_text(self, strong: str, text: str = "") -> None:
        """Say something else."""
        self._words.set_text(strong, text)
        self.setAccessibleName(f"{strong} {text}".strip())
        self._grow()

    def _grow(self) -> None:
        """As high as the text needs at this width; a layout alone stops at the hint."""
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()
        if self._box.geometry() != self.rect():
            # Growing inside a resize leaves the layout at the size of before it.
            self._box.setGeometry(self.rect())

    def set_action(self, text: str, run: Callable[[], object]) -> None:
        """Offer something at the right."""
        if self._link is not None:
            self._link.deleteLater()
        tone = str(self.property("tone"))
        self._link = Button(text, kind="link")
        mark(self._link, tone=tone)
        self._link.clicked.connect(lambda: run())
        self._box.addWidget(self._link, 0, Qt.AlignmentFlag.AlignTop)

    def set_tone(self, tone: str, icon: str = "") -> None:
        """Change colour and icon."""
        mark(self, tone=tone)
        self._words.set_tone(tone)
        self._icon.set_icon(icon or ICONS[tone], tone)
