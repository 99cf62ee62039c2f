"""Chips and price badges: a word with an icon on a tint; painted the same in lists and pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from klantenapp.i18n import N_, _, pgettext
from klantenapp.services.sales.status_words import status_words
from klantenapp.ui.theme.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


@dataclass(frozen=True, slots=True)
class ChipLook:
    """What a chip shows.

    Attributes:
        text: the word.
        tone: neutral, info, ok, warn, danger, violet, or outline.
        icon: icon before the word, or "".
    """

    text: str
    tone: str = "neutral"
    icon: str = ""


#: Status codes of documents, quotes, contracts and schedules -> (tone, icon).
STATUS = {
    "draft": ("neutral", "pencil-line"),
    "sent": ("info", "send"),
    "part_paid": ("warn", "circle-dot-dashed"),
    "overdue": ("danger", "clock-alert"),
    "paid": ("ok", "check"),
    "settled": ("ok", "check"),
    "credited": ("violet", "undo-2"),
    "written_off": ("outline", "ban"),
    "paused": ("neutral", "pause"),
    "accepted": ("ok", "check"),
    "declined": ("outline", "x"),
    "expired": ("neutral", "clock"),
    "active": ("ok", "check"),
    "planned": ("info", "calendar-clock"),
    "ended": ("neutral", "clock"),
    "cancelled": ("outline", "ban"),
    "stopped": ("outline", "ban"),
    "archived": ("neutral", "archive"),
    "waiting": ("info", "clock"),
    "failed": ("danger", "circle-alert"),
}


def status_word(status: str) -> str:
    """Word of a status code; with its context, since Dutch has other words elsewhere."""
    return {
        **status_words(),
        "paused": pgettext("status", "Paused"),
        "accepted": pgettext("status", "Accepted"),
        "declined": pgettext("status", "Declined"),
        "expired": pgettext("status", "Expired"),
        "active": pgettext("status", "Active"),
        "planned": pgettext("status", "Starts later"),
        "ended": pgettext("status", "Ended"),
        "cancelled": pgettext("status", "Cancelled"),
        "stopped": pgettext("status", "Stopped"),
        "archived": pgettext("status", "Archived"),
        "waiting": pgettext("status", "Waiting"),
        "failed": pgettext("status", "Failed"),
    }[status]


#: Where a price comes from -> (word, tone, icon).
PRICE_SOURCE = {
    "contract": (N_("Contract"), "info", "file-check"),
    "contract_discount": (N_("Contract"), "info", "file-check"),
    "price_list": (N_("Price list"), "neutral", "tags"),
    "item": (N_("Standard"), "outline", "tag"),
    "manual": (N_("Manual"), "warn", "hand"),
}


def status_look(status: str) -> ChipLook:
    """Return the chip of a status code."""
    tone, icon = STATUS[status]
    return ChipLook(status_word(status), tone, icon)


def price_look(source: str) -> ChipLook:
    """Return the badge of a price source."""
    text, tone, icon = PRICE_SOURCE[source]
    return ChipLook(_(text), tone, icon)


def chip_size(look: ChipLook, height: int = 21) -> QSize:
    """Size of a chip, scaled."""
    px = theme().px
    width = QFontMetrics(theme().font("label")).horizontalAdvance(look.text) + px(7) + px(7)
    if look.icon:
        width += px(12) + px(5) - px(1)
    return QSize(width, px(height))


def paint_chip(painter: QPainter, at: QPointF, look: ChipLook, height: int = 21) -> None:
    """Paint a chip with its left top corner at a point."""
    px, color = theme().px, theme().color
    size = chip_size(look, height)
    box = QRectF(at, size.toSizeF())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = look.tone == "outline"
    ink = "muted" if outline else look.tone
    if outline:
        painter.setPen(QPen(color("borderStrong"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), px(5), px(5))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(f"{look.tone}Tint"))
        painter.drawRoundedRect(box, px(5), px(5))
    left = box.left() + px(6 if look.icon else 7)
    if look.icon:
        image = theme().pixmap(look.icon, ink, 12, stroke=2.1)
        top = box.top() + (box.height() - image.deviceIndependentSize().height()) / 2
        painter.drawPixmap(QPointF(left, top), image)
        left += px(12) + px(5)
    painter.setFont(theme().font("label"))
    painter.setPen(color(ink))
    words = QRectF(left, box.top(), box.right() - left, box.height())
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, look.text)
    painter.restore()


class Chip(QWidget):
    """A chip on a page."""

    def __init__(self, text: str, tone: str = "neutral", icon: str = "") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_look(ChipLook(text, tone, icon))

    def set_look(self, look: ChipLook) -> None:
        """Show another word, tone and icon."""
        self.look = look
        self.setAccessibleName(look.text)
        self.setFixedSize(self.sizeHint())
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return chip_size(self.look)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_chip(QPainter(self), QPointF(0, 0), self.look)


class StatusChip(Chip):
    """The chip of a status code (keys of `STATUS`)."""

    def __init__(self, status: str) -> None:
        look = status_look(status)
        super().__init__(look.text, look.tone, look.icon)

    def set_status(self, status: str) -> None:
        """Show another status."""
        self.set_look(status_look(status))


class PriceChip(Chip):
    """The badge that tells where a price comes from (keys of `PRICE_SOURCE`)."""

    def __init__(self, source: str) -> None:
        look = price_look(source)
        super().__init__(look.text, look.tone, look.icon)
