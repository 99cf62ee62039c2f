"""The letter of the current row: as paper and as mail, with what the law says about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QStackedWidget, QWidget

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.ui.contact.hold_notes import KINDS
from klantenapp.ui.panels.reminders.columns import reason
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button, IconButton
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.preview import PdfPreview
from klantenapp.ui.widgets.tabs import Segments

if TYPE_CHECKING:
    import datetime as dt

    from klantenapp.services.reminders.letters import Letter
    from klantenapp.services.reminders.worklist import Row


class LetterPane(QFrame):
    """The letter with its buttons.

    Attributes:
        asked: emitted with what the user asks for: text, hold, lift, calculation, dossier, credit,
            or a kind of hold.
    """

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "desk")
        self._held = False
        box = column(self)
        head = row(None, 16, 10, 16, 6, gap=8)
        self.choice = Segments([("letter", _("Letter")), ("mail", _("E-mail"))])
        self.choice.changed.connect(self._choose)
        head.addWidget(self.choice)
        head.addStretch(1)
        self.buttons: dict[str, QWidget] = {}
        for key, text, icon in (
            ("text", _("Change text"), "pencil"),
            ("hold", _("Pause"), "pause"),
            ("lift", _("Remind again"), "play"),
        ):
            button = Button(text, icon, small=True)
            button.clicked.connect(lambda _checked=False, key=key: self.asked.emit(key))
            self.buttons[key] = button
            head.addWidget(button)
        self.more = IconButton("ellipsis", _("More for this letter"))
        self.more.clicked.connect(self._offer_more)
        self.buttons["more"] = self.more
        head.addWidget(self.more)
        box.addLayout(head)
        self.paper = PdfPreview(_("Letter"), can_hide=False)
        self.subject = Label("", "heading", wrap=True)
        self.text = Label("", "body", wrap=True)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.paper)
        self.stack.addWidget(self._mail())
        box.addWidget(self.stack, 1)
        self.note = Note("info", "", "", icon="scale")
        sums = Button(_("How these amounts were computed"), "calculator", "ghost", small=True)
        sums.clicked.connect(lambda: self.asked.emit("calculation"))
        self.buttons["calculation"] = sums
        holder = column(None, 16, 8, 16, 14, gap=8)
        holder.addWidget(sums, 0, Qt.AlignmentFlag.AlignLeft)
        self.credit = Note("info", icon="wallet")
        self.credit.set_action(_("Settle first"), lambda: self.asked.emit("credit"))
        holder.addWidget(self.credit)
        holder.addWidget(self.note)
        box.addLayout(holder)
        self.show_nothing()

    def _mail(self) -> QWidget:
        sheet = QWidget()
        sheet.setObjectName("page")
        inner = column(sheet, 20, 18, 20, 18, gap=12)
        inner.addWidget(self.subject)
        inner.addWidget(self.text)
        inner.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(sheet)
        holder = QWidget()
        column(holder, 16, 4, 16, 0).addWidget(area)
        return holder

    def more_menu(self) -> QMenu:
        """What else can be done with the row."""
        menu = QMenu(self)
        if not self._held:
            for kind, (words, icon) in KINDS.items():
                self._add(menu, _(words), icon, kind)
            menu.addSeparator()
        self._add(menu, _("Collection dossier…"), "briefcase", "dossier")
        return menu

    def _add(self, menu: QMenu, words: str, icon: str, key: str) -> None:
        act = QAction(theme().icon(icon, "muted"), words, menu)
        act.triggered.connect(lambda: self.asked.emit(key))
        menu.addAction(act)

    def _offer_more(self) -> None:
        self.more_menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _choose(self, key: str) -> None:
        self.stack.setCurrentIndex(1 if key == "mail" else 0)

    def show_nothing(self) -> None:
        """No row is current."""
        self.paper.clear()
        self.stack.setVisible(False)
        self.note.hide()
        self.credit.hide()
        for button in self.buttons.values():
            button.hide()

    def show_row(self, found: Row, waits_until: dt.date | None) -> None:
        """Show what can be done with a row, and what the law says about its step."""
        held = found.hold_id is not None
        self.buttons["lift"].setVisible(held)
        self.buttons["hold"].setVisible(not held)
        self.more.show()
        self._held = held
        self.buttons["text"].setVisible(found.is_ready)
        self.buttons["calculation"].setVisible(found.is_ready)
        self.choice.choose("mail" if found.channel == "mail" else "letter")
        self._choose("mail" if found.channel == "mail" else "letter")
        self.stack.setVisible(found.is_ready)
        self.credit.setVisible(bool(found.debtor.credit))
        if found.debtor.credit:
            amount = i18n.money(found.debtor.credit.cents)
            said = _("{amount} is open in the customer's favour.").format(amount=amount)
            self.credit.set_text(_("Open credit."), said)
        strong, text = _law(found, waits_until)
        self.note.set_text(strong, text)
        self.note.setVisible(bool(strong))

    def show_letter(self, found: Letter, content: bytes) -> None:
        """Show the letter of that row."""
        self.paper.show_pdf(content)
        self.subject.setText(found.text.subject)
        self.text.setText(found.text.body)
        self.setMinimumWidth(theme().px(360))


def _law(found: Row, waits_until: dt.date | None) -> tuple[str, str]:
    if found.reason:
        return _("Not today."), reason(found)
    if found.step.kind == "fourteen_day_letter" and waits_until is not None:
        return _("Consumer."), _(
            "Costs are owed only after this letter and fourteen full days. The next step waits"
            " until {day}."
        ).format(day=i18n.long_date(waits_until))
    if found.step.kind == "notice":
        return _("Business."), _(
            "Costs and commercial interest are owed by law. The letter gives eight days and"
            " interrupts limitation."
        )
    return "", ""
