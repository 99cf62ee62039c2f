"""The outbox: what waits, what failed and why, what perhaps went; and the last that did go."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.sentences import timeline as words
from klantenapp.sentences.speak import sentence
from klantenapp.services.messages import outbox, outbox_list, problems, unassigned
from klantenapp.services.store import clock
from klantenapp.ui.contact import mail_import
from klantenapp.ui.contact.unassigned import UnassignedDialog
from klantenapp.ui.tables.columns import Column, Group
from klantenapp.ui.tables.footer import ListFooter
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.chips import ChipLook
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.page import Page
from klantenapp.ui.widgets.states import EmptyState

if TYPE_CHECKING:
    from klantenapp.services.messages.outbox_list import OutboxRow
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.shell import Shell

#: How many of the mails that went are shown.
_SENT = 50
_LOOKS = {
    "queued": ("info", "clock"),
    "sending": ("info", "send"),
    "failed": ("danger", "circle-alert"),
    "unknown": ("warn", "circle-help"),
    "sent": ("ok", "check"),
}


def chip(found: OutboxRow) -> ChipLook:
    """How a mail stands, as a chip."""
    tone, icon = _LOOKS[found.state]
    return ChipLook(words.status_name(found.state), tone, icon)


def reason(found: OutboxRow) -> str:
    """Why it did not go yet."""
    if found.problem:
        return sentence(problems.load(found.problem))
    if found.state == "queued" and found.not_before > clock.now():
        return _("Goes in a moment")
    return ""


def moment(found: OutboxRow) -> str:
    """When it was queued, or went."""
    at = (found.sent_at or found.queued_at).astimezone()
    return f"{i18n.date(at.date())} {at:%H:%M}"


class OutboxPage(Page):
    """Mail on its way."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(_("Outbox"))
        self.header.set_subtitle(_("Mail goes by itself, oldest first."))
        self.act(_("Import mail…"), "", lambda: mail_import.choose(self), "import", "plain")
        self.send = self.act(_("Send now"), "Ctrl+Return", self._send, "send", "primary")
        columns = [
            Column("state", _("Status"), "chip", width=170, value=chip),
            Column("to", _("To"), "strong", width=220),
            Column("subject", _("Subject"), "text", width=280, stretch=True),
            Column("reason", _("Reason"), "muted", width=280, stretch=True, value=reason),
            Column("at", _("Moment"), "muted", width=156, value=moment, priority=1),
        ]
        self.model = TableModel(self.ops, columns, parent=self)
        self.view = TableView(self.model, "outbox", label=_("Outbox"))
        self.view.opened.connect(lambda _id: self._change())
        self.note = Note("warn", icon="cloud-off")
        self.note.hide()
        self.nobody = Note("info", action=(_("Put with customer"), self.assign), icon="mail")
        self.nobody.hide()
        self._lay_out()
        self._offer()
        self.areas = [self.view]

    def _lay_out(self) -> None:
        holder = row(None, 28, 0, 28, 12)
        holder.addWidget(self.note)
        self.body.addLayout(holder)
        holder = row(None, 28, 0, 28, 12)
        holder.addWidget(self.nobody)
        self.body.addLayout(holder)
        self.empty = EmptyState(
            "inbox",
            _("The outbox is empty"),
            _("What you send goes from here, also when there is no internet for a while."),
        )
        self.empty.hide()
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.view, 1)
        self.why = Note("info")
        self.why.hide()
        shown = row(None, 28, 8, 28, 0)
        shown.addWidget(self.why)
        self.body.addLayout(shown)
        bar = row(None, 28, 8, 28, 8)
        self.buttons = {
            "retry": Button(_("Try now"), "refresh-cw"),
            "confirm": Button(_("It did arrive"), "check"),
            "change": Button(_("Change"), "pencil"),
            "remove": Button(_("Remove"), "trash-2", "ghost"),
        }
        runs = {
            "retry": self._retry,
            "confirm": self._confirm,
            "change": self._change,
            "remove": self._remove,
        }
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, run=runs[name]: run())
            bar.addWidget(button)
        bar.addStretch(1)
        self.body.addLayout(bar)
        self.footer = ListFooter(
            [("Return", _("change")), ("R", _("try now")), ("Delete", _("remove"))]
        )
        self.body.addWidget(self.footer)
        self.list_key("R", _("Try now"), self._retry, self.view)
        self.list_key("Delete", _("Remove mail from outbox"), self._remove, self.view)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._offer())

    # -- showing ---------------------------------------------------------------------------------

    @override
    def show_with(self, **_arguments: Any) -> None:
        """Show the outbox."""
        self._load()
        self.view.setFocus()

    @override
    def refresh(self, changes: Changes) -> None:
        """Read again when a mail moved."""
        if changes.touches("outbox", "message"):
            self._load()

    def _load(self) -> None:
        self.ops.read(self, partial(outbox_list.rows, with_sent=_SENT), self._show, key="rows")
        self.ops.read(self, unassigned.count, self._show_nobody, key="nobody")

    def _show_nobody(self, number: int) -> None:
        self.nobody.setVisible(bool(number))
        text = ngettext(
            "{count} mail is with no customer yet.",
            "{count} mails are with no customer yet.",
            number,
        )
        self.nobody.set_text(text.format(count=i18n.count(number)))

    def assign(self) -> None:
        """Go through the mail that nobody was recognised in."""
        UnassignedDialog(self).open()

    def _show(self, rows: list[OutboxRow]) -> None:
        kept = self.view.current_id()
        waiting = [one for one in rows if one.state != "sent"]
        sent = [one for one in rows if one.state == "sent"]
        groups = [Group(0, _("Not gone yet"))] if waiting else []
        if sent:
            groups.append(Group(len(waiting), _("Sent lately")))
        self.model.set_rows([*waiting, *sent], groups)
        if kept is None or not self.view.select_id(kept):
            self.view.select_first()
        self.empty.setVisible(not rows)
        self.view.setVisible(bool(rows))
        number = ngettext("{count} mail waits", "{count} mails wait", len(waiting))
        self.footer.set_totals([(number.format(count=i18n.count(len(waiting))), "", None)])
        if self.send is not None:
            self.send.allow(None if waiting else _("Nothing waits to be sent."))
        self._show_connection()
        self._offer()

    def _show_connection(self) -> None:
        postman = self.shell.postman
        offline = postman is not None and postman.is_offline
        self.note.setVisible(offline)
        if offline:
            self.note.set_text(_("No internet."), _("Mail waits here and goes by itself."))

    def _offer(self) -> None:
        """Only what fits the current mail."""
        found = self.view.current_row()
        state = found.state if found is not None else ""
        words_ = reason(found) if found is not None else ""
        self.why.setVisible(bool(words_))
        if words_:
            self.why.set_tone(*_LOOKS[state])
            self.why.set_text(words.status_name(state) + ".", words_)
        self.buttons["retry"].setEnabled(state in {"queued", "failed", "unknown"})
        self.buttons["confirm"].setVisible(state == "unknown")
        self.buttons["change"].setEnabled(state in {"queued", "failed"})
        self.buttons["remove"].setEnabled(state in {"queued", "failed", "unknown"})

    # -- acting ----------------------------------------------------------------------------------

    def _send(self) -> None:
        if self.shell.postman is not None:
            self.shell.postman.send_now()

    def _retry(self) -> None:
        found = self.view.current_row()
        if found is None or found.state not in {"queued", "failed", "unknown"}:
            return
        if found.state == "unknown":
            AgainDialog(self, found).open()
        else:
            self.send_again(found.id)

    def send_again(self, outbox_id: int) -> None:
        """Try one mail now."""

        def done(_result: object) -> None:
            self._send()

        self.ops.write(outbox.RETRY, partial(outbox.retry, outbox_id=outbox_id), done)

    def _confirm(self) -> None:
        found = self.view.current_row()
        if found is not None and found.state == "unknown":
            self.ops.write(
                outbox.CONFIRM,
                partial(outbox.confirm, outbox_id=found.id),
                lambda _none: self.toast(_("Marked as sent"), undo=True),
            )

    def _change(self) -> None:
        """Stop it and open it in the composer."""
        found = self.view.current_row()
        if found is None or found.state not in {"queued", "failed"}:
            return
        self.ops.write(
            outbox.STOP,
            partial(outbox.stop, outbox_id=found.id),
            lambda message_id: self.go("email", draft=message_id),
        )

    def _remove(self) -> None:
        found = self.view.current_row()
        if found is None or found.state not in {"queued", "failed", "unknown"}:
            return

        def done(_result: object) -> None:
            self.toast(_("Mail removed"), undo=True)

        self.ops.write(outbox.REMOVE, partial(outbox.remove, outbox_id=found.id), done)


class AgainDialog(Dialog):
    """Asks before a mail that perhaps arrived is sent a second time."""

    def __init__(self, page: OutboxPage, found: OutboxRow) -> None:
        super().__init__(page, _("Send this mail again?"), 460)
        self.say(reason(found))
        self.say(_("If it did arrive, {to} gets it twice.").format(to=found.to))
        self.set_act(_("Send again"), icon="send", danger=True)
        self.accepted.connect(lambda: page.send_again(found.id))
