"""The worklist: who gets which letter today, looked at beside it, and sent together."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.models.values import total
from klantenapp.services.receivables import credit_use, ways
from klantenapp.services.reminders import desk, holds, letters, sending
from klantenapp.services.reminders.desk import Desk
from klantenapp.services.store import clock
from klantenapp.ui.contact.dossier_out import save_dossier
from klantenapp.ui.contact.holding import ask
from klantenapp.ui.navigation import exists
from klantenapp.ui.panels.reminders.calculation import CalculationDialog
from klantenapp.ui.panels.reminders.columns import columns, groups, step_name
from klantenapp.ui.panels.reminders.letter_pane import LetterPane
from klantenapp.ui.panels.reminders.printing import SentDialog
from klantenapp.ui.panels.reminders.text import TextDialog
from klantenapp.ui.tables.footer import ListFooter
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dialogs import confirm
from klantenapp.ui.widgets.dressing import column, line, row
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.page import Page
from klantenapp.ui.widgets.splitters import Splitter
from klantenapp.ui.widgets.states import EmptyState

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtGui import QResizeEvent
    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money
    from klantenapp.services.messages.templates import Text
    from klantenapp.services.reminders.letters import Letter
    from klantenapp.services.reminders.worklist import Row
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.shell import Shell

_TABLES = (
    "ledger_entry",
    "settlement",
    "customer",
    "contact",
    "reminder",
    "reminder_hold",
    "reminder_step",
    "interest_rate",
    "bank_line",
    "message",
    "template",
    "setting",
)
_WITH_PREVIEW = 1000
#: What the letter pane and the keys ask for -> kind of hold.
HELD = {
    "hold": "pause",
    "pause": "pause",
    "promise": "promise",
    "plan": "plan",
    "dispute": "dispute",
    "never": "never",
}


def read_letter(
    session: Session, found: Row, template: Text | None
) -> tuple[Letter, bytes, dt.date | None]:
    """The letter as mail and paper, and from when a next step is lawful."""
    letter, content = letters.preview(session, found, template)
    return letter, content, sending.locked_until(session, found.step.kind, found.claim.day)


def _waiting_words(mails: int) -> str:
    """What becomes of mails while no server is set up."""
    return ngettext(
        "{count} reminder will wait in the outbox.",
        "{count} reminders will wait in the outbox.",
        mails,
    ).format(count=mails)


class RemindersPage(Page):
    """Everything that is overdue, by next step."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(_("Reminders"))
        self._desk = Desk(clock.today(), (), frozenset())
        self._texts: dict[int, Text] = {}
        self._wanted_hold: tuple[int, str] | None = None
        self._with_letter, self._letter_only = True, False
        self.letter = self.act(_("Letter"), "", self._toggle_letter, "eye", "plain")
        self.act(_("Rules"), "", self._rules, "sliders-horizontal", "plain")
        self.send = self.act(_("Send"), "Ctrl+Return", self._ask, "send", "primary")
        self.model = TableModel(self.ops, columns(self._desk), parent=self)
        self.view = TableView(self.model, "reminders", label=_("Reminders"))
        self.model.checks_changed.connect(self._ticked)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())
        self.view.opened.connect(lambda _id: self._open())
        self.pane = LetterPane()
        self.pane.asked.connect(self._asked)
        self._lay_out()
        for keys, text, asked in (
            ("P", _("Pause"), "hold"),
            ("X", _("Never remind"), "never"),
            ("D", _("Dispute"), "dispute"),
            ("C", _("Calculation"), "calculation"),
            ("L", _("Remind again"), "lift"),
        ):
            self.list_key(keys, text, partial(self._asked, asked), self.view)
        self.act(_("Change text"), "F2", partial(self._asked, "text"))
        self.act(_("Show or hide the letter"), "F9", self._toggle_letter, "eye")
        self.areas = [self.view, self.pane]

    def _lay_out(self) -> None:
        from PySide6.QtWidgets import QWidget  # noqa: PLC0415 - named only here

        self.body.addWidget(line())
        self.beside = QWidget()
        box = column(self.beside)
        self.note = Note("warn", "", "", icon="landmark")
        self.note.set_action(_("Match first"), lambda: self.go("payments"))
        self.warning = QWidget()
        row(self.warning, 28, 12, 20, 4).addWidget(self.note)
        self.warning.hide()
        box.addWidget(self.warning)
        self.no_mail = Note("warn", "", "", icon="mail")
        self.no_mail.set_action(_("Set up e-mail"), lambda: self.go("settings", section="mail"))
        self.waits = QWidget()
        row(self.waits, 28, 12, 20, 4).addWidget(self.no_mail)
        self.waits.hide()
        box.addWidget(self.waits)
        box.addWidget(self.view, 1)
        self.empty = EmptyState(
            "bell-ring",
            _("Nobody to remind"),
            _("As soon as an invoice is overdue, it stands here with its next step."),
        )
        self.empty.hide()
        box.addWidget(self.empty, 1)
        self.footer = ListFooter(
            [("Space", _("on or off")), ("P", _("pause")), ("X", _("never remind"))]
        )
        box.addWidget(self.footer)
        self.split = Splitter("reminders.letter", [self.beside, self.pane], [0, 462])
        self.body.addWidget(self.split, 1)

    # -- showing ---------------------------------------------------------------------------------

    @override
    def show_with(self, invoice: int = 0, hold: str = "", **_arguments: Any) -> None:
        """Read the day anew; with an invoice, go to its row and ask for a hold."""
        self._wanted_hold = (invoice, hold) if invoice else None
        self._load()
        self.view.setFocus()

    @override
    def refresh(self, changes: Changes) -> None:
        if changes.touches(*_TABLES):
            self._load()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Both beside each other, or one of them where there is no room."""
        room = self.width() >= theme().px(_WITH_PREVIEW)
        filled = bool(self._desk.rows)
        self.pane.setVisible(filled and (self._with_letter if room else self._letter_only))
        self.beside.setVisible(room or not (filled and self._letter_only))
        if self.letter is not None:
            self.letter.setVisible(filled and not room)
            self.letter.setText(_("List") if self._letter_only else _("Letter"))
            self.letter.set_icon("list" if self._letter_only else "eye")

    def _toggle_letter(self) -> None:
        if self.width() >= theme().px(_WITH_PREVIEW):
            self._with_letter = not self._with_letter
        else:
            self._letter_only = not self._letter_only
        self._fit()

    def _load(self) -> None:
        self.ops.read(self, partial(desk.read, day=clock.today()), self._show, key="desk")

    def _show(self, found: Desk) -> None:
        before = self._desk
        self._desk = found
        current = self.view.current_id()
        self.model.columns = columns(found)
        rows, heads = found.rows, groups(found.rows)
        self.model.set_rows(rows, heads)
        last = len(self.model.columns)
        above = [head.at for head in heads]
        for at, each in enumerate(rows):  # no search for the line of each: there may be thousands
            if not each.is_ready:
                self.view.setSpan(at + bisect_right(above, at), last - 2, 1, 2)
        ready = frozenset(each.id for each in found.ready)
        self.model.checkable = ready
        known = {each.id for each in before.ready}
        self.model.set_checked((self.model.checked & ready) | (ready - known))
        self.view.setVisible(bool(rows))
        self.footer.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self._say()
        self._fit()
        if not (current is not None and self.view.select_id(current)):
            self.view.select_first()
        self._ticked()
        self._show_current()
        self._go_to_hold()

    def _say(self) -> None:
        ready = len(self._desk.ready)
        later = len(self._desk.rows) - ready
        said = ngettext("{count} ready for today", "{count} ready for today", ready)
        more = ngettext("{count} later or paused", "{count} later or paused", later)
        words = [said.format(count=ready), more.format(count=later) if later else ""]
        self.header.set_subtitle(", ".join(part for part in words if part))
        maybe = len({one.debtor.id for one in self._desk.ready} & self._desk.maybe_paid)
        self.warning.setVisible(bool(maybe))
        strong = ngettext(
            "{count} customer may have paid.", "{count} customers may have paid.", maybe
        )
        self.note.set_text(strong.format(count=maybe), _("There are bank lines to match."))
        mails = sum(each.channel == "mail" for each in self._desk.ready)
        self.waits.setVisible(bool(mails) and not self._desk.can_mail)
        self.no_mail.set_text(_("No e-mail is set up."), _waiting_words(mails))

    def _ticked(self) -> None:
        """The button says how many go."""
        ready = {each.id: each for each in self._desk.ready}
        count = len(self.model.checked)
        if self.send is not None:
            said = ngettext("Send {count}", "Send {count}", count) if count else _("Send")
            self.send.setText(said.format(count=count))
            self.send.allow(None if count else _("Tick the letters that may go"))
        amount = total(ready[each].claim.total for each in self.model.checked)
        self.footer.set_totals([(_("Selected"), amount, None)])

    def _current(self) -> Row | None:
        found: Row | None = self.view.current_row()
        return found

    def _show_current(self) -> None:
        found = self._current()
        if found is None:
            self.pane.show_nothing()
            return
        self.pane.show_row(found, None)
        if found.is_ready:
            query = partial(read_letter, found=found, template=self._texts.get(found.id))
            self.ops.read(self.pane, query, partial(self._show_letter, found), key="letter")

    def _show_letter(self, found: Row, read: tuple[Letter, bytes, dt.date | None]) -> None:
        letter, content, waits_until = read
        current = self._current()
        if current is None or current.id != found.id:
            return
        self.pane.show_row(found, waits_until)
        self.pane.show_letter(letter, content)

    # -- acting ----------------------------------------------------------------------------------

    def _rules(self) -> None:
        self.go("settings", section="reminders")

    def _open(self) -> None:
        found = self._current()
        if found is not None and exists("invoice"):
            self.go("invoice", id=found.id)

    def _go_to_hold(self) -> None:
        """Ask for the hold that another screen wanted, now that its row is known."""
        wanted, self._wanted_hold = self._wanted_hold, None
        if wanted is None:
            return
        for found in self._desk.rows:
            if wanted[0] in {item.document_id for item in found.items}:
                self.view.select_id(found.id)
                if wanted[1]:
                    self._hold(found, wanted[1])
                return
        self.toast(_("This invoice is not overdue, or every step was taken."))

    def _asked(self, what: str) -> None:
        found = self._current()
        if found is None:
            return
        if what == "text" and found.is_ready:
            TextDialog(self, found, self._texts.get(found.id), partial(self._keep_text, found))
        elif what == "calculation" and found.is_ready:
            CalculationDialog(self, found).open()
        elif what == "dossier":
            save_dossier(self, found.debtor.id)
        elif what == "lift" and found.hold_id is not None:
            work = partial(holds.lift, hold_id=found.hold_id)
            done = partial(self.toast, _("Reminders go on"), undo=True)
            self.ops.write(holds.LIFT, work, done=lambda _result: done())
        elif what == "credit":
            self._use_credit(found)
        elif what in HELD and found.hold_id is None:
            self._hold(found, HELD[what])

    def _use_credit(self, found: Row) -> None:
        """Settle the invoices of a row with what is open in the customer's favour, oldest first."""

        def work(session: Session) -> Money:
            return total(ways.use_credits(session, one.document_id) for one in found.items)

        def done(used: Money) -> None:
            said = _("{amount} settled with open credit").format(amount=i18n.money(used.cents))
            self.toast(said, undo=True)

        self.ops.write(credit_use.USE_CREDIT, work, done=done)

    def _hold(self, found: Row, kind: str) -> None:
        document_id = found.items[0].document_id
        ask(self, found.debtor.id, kind, document_id if kind == "dispute" else None)

    def _keep_text(self, found: Row, text: Text | None) -> None:
        if text is None:
            self._texts.pop(found.id, None)
        else:
            self._texts[found.id] = text
        self._show_current()

    def chosen(self) -> list[Row]:
        """The ticked letters, in the order of the list."""
        return [each for each in self._desk.ready if each.id in self.model.checked]

    def _ask(self) -> None:
        rows = self.chosen()
        if not rows:
            return
        kinds = Counter(each.step.kind for each in rows)
        steps = "\n".join(f"{count} × {step_name(kind)}" for kind, count in kinds.items())
        mails = sum(each.channel == "mail" for each in rows)
        said = _("{mails} by e-mail, {letters} on paper, over {amount} together.").format(
            mails=mails,
            letters=len(rows) - mails,
            amount=i18n.money(total(each.claim.total for each in rows).cents),
        )
        if mails and not self._desk.can_mail:
            said = "\n".join((said, _("No e-mail is set up."), _waiting_words(mails)))
        warning = _("What was sent cannot be taken back.")
        title = ngettext("Send {count} reminder?", "Send {count} reminders?", len(rows))
        confirm(
            self,
            title.format(count=len(rows)),
            f"{steps}\n{said}\n\n{warning}",
            _("Send"),
            partial(self._send, rows),
            icon="send",
        )

    def _send(self, rows: list[Row]) -> None:
        wanted = [
            sending.Wanted(
                each.debtor.id,
                each.step.kind,
                tuple(item.document_id for item in each.items),
                self._texts.get(each.id),
            )
            for each in rows
        ]
        self.ops.write(sending.SEND, partial(sending.send, wanted=wanted), done=self._sent)

    def _sent(self, sent: list[sending.Sent]) -> None:
        self._texts.clear()
        said = ngettext("{count} reminder sent", "{count} reminders sent", len(sent))
        self.toast(said.format(count=len(sent)))
        on_paper = [one for one in sent if one.channel == "letter"]
        if on_paper:
            SentDialog(self, on_paper).open()
