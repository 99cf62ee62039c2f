"""A mail as the customer sees it: on white paper in either theme, without anything from outside."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QTextDocument
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dressing import column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from klantenapp.services.messages.compose import Mail


class SafeDocument(QTextDocument):
    """Text that never loads anything: no picture, no style, from disk or network."""

    @override
    def loadResource(self, type: int, name: QUrl | str) -> Any:
        return b""


class Paper(QWidget):
    """White paper with a mail on it."""

    def __init__(self) -> None:
        super().__init__()
        self._document = SafeDocument(self)
        self._document.setUndoRedoEnabled(False)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_html(self, content: str, spoken: str) -> None:
        """Show a page of our own making, in which what people typed is escaped."""
        font = theme().font("body")
        self._document.setDefaultFont(font)
        self._document.setHtml(content)
        self.setAccessibleName(spoken)
        self._fit()

    def text(self) -> str:
        """What is on the paper."""
        return self._document.toPlainText()

    def _fit(self) -> None:
        edge = theme().px(20)
        self._document.setTextWidth(max(100, self.width() - 2 * edge))
        self.setMinimumHeight(round(self._document.size().height()) + 2 * edge)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme().px(420), self.minimumHeight())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().ink("paper"))
        painter.setPen(theme().ink("borderStrong"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        edge = theme().px(20)
        painter.translate(edge, edge)
        self._document.drawContents(painter)


class MailPaper(QScrollArea):
    """The paper on a desk, scrolling when it is long."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.paper = Paper()
        holder = QWidget()
        box = column(holder, 22, 4, 22, 22)
        box.addWidget(self.paper)
        box.addStretch(1)
        self.setWidget(holder)

    def show_mail(self, mail: Mail) -> None:
        """Show a mail that is being written."""
        spoken = f"{mail.subject}. {mail.body}"
        self.paper.show_html(page_of(mail), spoken)


def page_of(mail: Mail) -> str:
    """The mail as a page: heads, text with the box that says how to pay, files."""
    muted, line = theme().ink("muted").name(), theme().ink("border").name()
    to = ", ".join(address.shown for address in (*mail.to, *mail.cc)) or "–"
    heads = [
        (_("Sender"), f"{html.escape(mail.sender.name)}<br>{html.escape(mail.sender.email)}"),
        (_("To"), html.escape(to)),
        (_("Subject"), f"<b>{html.escape(mail.subject)}</b>"),
    ]
    rows = "".join(
        f'<tr><td style="color:{muted};padding-right:16px">{html.escape(name)}</td>'
        f"<td>{value}</td></tr>"
        for name, value in heads
    )
    files = "".join(
        f'<span style="color:{muted}">&#8226; {html.escape(one.name)}</span><br>'
        for one in mail.files
    )
    ink = theme().ink("text").name()
    return (
        f'<div style="color:{ink}"><table cellspacing="0" cellpadding="2">{rows}</table>'
        f'<hr style="background-color:{line}">{_paragraphs(mail, line, muted)}'
        + (f'<hr style="background-color:{line}">{files}' if files else "")
        + "</div>"
    )


def _paragraphs(mail: Mail, line: str, muted: str) -> str:
    parts = []
    for paragraph in mail.body.split("\n\n"):
        lines = paragraph.strip("\n").split("\n")
        if mail.payment and paragraph.strip() == mail.payment.strip():
            parts.append(_box(lines, line, muted))
        else:
            text = "<br>".join(html.escape(one) for one in lines)
            parts.append(f'<p style="line-height:135%">{text}</p>')
    return "".join(parts)


def _box(lines: Sequence[str], line: str, muted: str) -> str:
    rows = ""
    for number, one in enumerate(lines):
        label, _colon, value = one.partition(": ")
        shown = html.escape(value)
        rows += (
            f'<tr><td style="color:{muted}">{html.escape(label)}</td>'
            f"<td>{f'<b>{shown}</b>' if number == 0 else shown}</td></tr>"
        )
    return (
        f'<table width="100%" cellspacing="0" cellpadding="6" border="1" '
        f'style="border-color:{line};border-style:solid;border-collapse:collapse">'
        f'<tr><td style="border-style:none"><table cellpadding="3">{rows}</table></td></tr></table>'
    )


def plain(text: str) -> str:
    """Words as a page: for mail that came in, which is never shown as the page it was."""
    lines = "<br>".join(html.escape(one) for one in text.split("\n"))
    return f'<p style="color:{theme().ink("text").name()}">{lines}</p>'
