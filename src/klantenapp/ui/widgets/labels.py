"""Text: every label is plain text, in a role of the tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from klantenapp.ui.keys import cap
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dressing import mark, row

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QHBoxLayout


_SMALL, _LARGE = 30, 50  # sides of a tile


class Label(QLabel):
    """Plain text in one of the roles.

    Args:
        text: shown as it is; never read as markup.
        role: a type role of tokens.json: number, title, titleSub, numberSmall, heading, body,
            bodyStrong, label, caption, key.
        tone: muted, subtle, ok, warn, danger, info, accent, or None for the text colour.
        wrap: break over lines.
        select: let the user select and copy the text.
    """

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        tone: str | None = None,
        *,
        wrap: bool = False,
        select: bool = False,
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme().font(role))
        if tone:
            self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if select:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setText(text)

    def set_tone(self, tone: str | None) -> None:
        """Change the colour."""
        mark(self, tone=tone)

    def set_width(self, width: float) -> None:
        """Wrap at a width (at 100 %), as high as that takes; for text that does not change."""
        self.setWordWrap(True)
        self.setFixedWidth(theme().px(width))
        self.setFixedHeight(self.heightForWidth(theme().px(width)))


class ElidedLabel(Label):
    """One line that ends in … where it does not fit; the whole text is its tooltip then."""

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().minimumSizeHint().height())

    @override
    def sizeHint(self) -> QSize:
        return QSize(
            self.fontMetrics().horizontalAdvance(self.text()) + 2, super().sizeHint().height()
        )

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        text = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
        self.setToolTip(self.text() if text != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment(), text)


class Keys(QWidget):
    """Key caps, as on a keyboard: one for each part of "Ctrl+K"."""

    def __init__(self, keys: str, tone: str | None = None) -> None:
        super().__init__()
        box: QHBoxLayout = row(self, gap=3)
        for key in spoken_keys(keys):
            cap = Label(key, "key")
            cap.setFixedHeight(theme().px(18))
            cap.setProperty("role", "kbd")
            if tone:
                cap.setProperty("tone", tone)
            box.addWidget(cap)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def spoken_keys(keys: str) -> list[str]:
    """Split "Ctrl+Return" into the words on the caps, in the user's language."""
    return [cap(part) for part in keys.replace("++", "+Plus").split("+") if part]


class IconLabel(QLabel):
    """An icon that follows the theme; hidden from screen readers, the words beside it speak."""

    def __init__(self, name: str, token: str = "text", px: float = 16) -> None:
        super().__init__()
        self._look = (name, token, px)
        theme().changed.connect(self._draw)
        self._draw()

    def set_icon(self, name: str, token: str | None = None) -> None:
        """Show another icon, in the same or another colour."""
        self._look = (name, token or self._look[1], self._look[2])
        self._draw()

    def _draw(self) -> None:
        name, token, px = self._look
        self.setPixmap(theme().pixmap(name, token, px))


class Tile(QLabel):
    """A square with an icon or initials: at to-do rows, timelines, customers and empty screens.

    Args:
        icon: icon name; "" for initials.
        tone: colour of icon and tint: ok, warn, danger, info, violet, neutral.
        px: side at 100 %.
        initials: letters instead of an icon.
    """

    def __init__(
        self, icon: str = "", tone: str = "neutral", px: int = 36, initials: str = ""
    ) -> None:
        super().__init__()
        self._icon, self._tone, self._px, self._initials = icon, tone, px, initials
        self.setFixedSize(theme().px(px), theme().px(px))
        theme().changed.connect(self.update)

    def set_look(self, icon: str = "", tone: str = "neutral", initials: str = "") -> None:
        """Show something else."""
        self._icon, self._tone, self._initials = icon, tone, initials
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color(f"{self._tone}Tint"))
        radius = theme().px(8 if self._px > _SMALL else 6)
        painter.drawRoundedRect(self.rect(), radius, radius)
        if self._icon:
            side = 26 if self._px > _LARGE else 20 if self._px > _SMALL else 16
            image = theme().pixmap(self._icon, self._tone, side)
            free = self.width() - round(image.deviceIndependentSize().width())
            painter.drawPixmap(QPoint(free // 2, free // 2), image)
            return
        font = theme().font("label")
        font.setPixelSize(max(9, round(theme().px(self._px) * 0.42)))
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme().color("muted"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._initials)


def initials(text: str) -> str:
    """First letters of the first two words: "Voorbeeld Bouw B.V." is VB."""
    words = [word for word in text.replace("&", " ").split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or "–"
