"""Settings of the books: closed through which day, and everything that can be taken out."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.services.ledger import closing
from klantenapp.services.store import clock
from klantenapp.ui.forms.form import Form
from klantenapp.ui.panels.settings.sections import Section
from klantenapp.ui.qt import clear
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.dressing import column, line, row
from klantenapp.ui.widgets.inputs import NoteInput
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.taking_out import AccountantDialog, export_all
from klantenapp.ui.widgets.value_inputs import DateInput

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.ledger.closing import Closing
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.shell import Shell

_SHOWN: Final = 5
_DAY: Final = dt.timedelta(days=1)


def read_books(session: Session) -> tuple[dt.date | None, list[Closing]]:
    """The last closed day, and how that came."""
    return closing.closed_through(session), closing.history(session)


class BooksSection(Section):
    """Closing periods, and taking data out."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, _("Bookkeeping"))
        self.through: dt.date | None = None
        buttons = QWidget()
        box = row(buttons, gap=8)
        self.reopen = Button(_("Reopen…"), "lock-open")
        self.reopen.clicked.connect(lambda: ReopenDialog(self, self.through).open())
        self.close_it = Button(_("Close a period…"), "lock")
        self.close_it.clicked.connect(lambda: CloseDialog(self, self.through).open())
        box.addWidget(self.reopen)
        box.addWidget(self.close_it)
        self.state = self.add_row(_("Closed through"), "", buttons)
        holder = QFrame()
        self._history = column(holder, 18, 0, 18, 10, gap=4)
        self.box.addWidget(holder)
        self.holder = holder
        accountant = Button(_("Make the set…"), "briefcase")
        accountant.clicked.connect(lambda: AccountantDialog(self, shell).open())
        self.add_row(
            _("Set for the accountant"),
            _("Journal, receipts, open items, tax and every PDF of a period, in one ZIP."),
            accountant,
        )
        everything = Button(_("Export all data…"), "download")
        everything.clicked.connect(partial(export_all, self, shell))
        self.add_row(
            _("All data"),
            _("A spreadsheet of every kind and every PDF, for any other program."),
            everything,
        )

    @override
    def load(self) -> None:
        """Read what is closed."""
        self.shell.ops.read(self, read_books, self._show, key="books")

    @override
    def refresh(self, changes: Changes) -> None:
        """Only the business says what is closed."""
        if changes.touches("business"):
            self.load()

    def _show(self, found: tuple[dt.date | None, list[Closing]]) -> None:
        self.through, history = found
        words = _("Nothing is closed. Close a period after its return or year was filed.")
        if self.through is not None:
            words = _("{day}: nothing is issued, voided or dated on or before it.").format(
                day=i18n.long_date(self.through)
            )
        self.state.setText(words)
        self.reopen.setVisible(self.through is not None)
        clear(self._history)
        self.holder.setVisible(bool(history))
        if history:
            self._history.addWidget(line())
        for each in history[:_SHOWN]:
            self._history.addWidget(Label(closing_words(each), "caption", "muted", wrap=True))


def closing_words(each: Closing) -> str:
    """One closing or reopening in a line."""
    day = i18n.date(each.at.astimezone().date())
    through = i18n.date(each.through) if each.through is not None else ""
    if not each.opened:
        return _("{day}: closed through {through}").format(day=day, through=through)
    before = i18n.date(each.before) if each.before is not None else ""
    if through:
        words = _("{day}: reopened from {before} back to {through}: {reason}")
    else:
        words = _("{day}: all reopened, it was closed through {before}: {reason}")
    return words.format(day=day, before=before, through=through, reason=each.reason)


class CloseDialog(Dialog):
    """Through which day; it says what follows."""

    def __init__(self, section: BooksSection, through: dt.date | None) -> None:
        super().__init__(section, _("Close a period"), 460)
        self._section = section
        self.say(
            _(
                "Nothing can be issued, voided or dated on or before this day any more. Reopening"
                " is possible, and is kept in the history."
            )
        )
        self.form = Form(columns=2)
        self.day = DateInput()
        self.form.add("through", _("Close through"), self.day, row=0, column=0)
        self.day.set_value(_end_of_last_month(clock.today(), through))
        self.body.addWidget(self.form)
        self.set_act(_("Close the period"), self.run, "lock")
        self.start_at(self.day)

    def run(self) -> None:
        """Close, where the day can be closed."""
        if self.day.value() is None:
            self.day.set_error(_("Fill in a day."))
            return
        self._section.shell.ops.write(
            closing.CLOSE,
            partial(closing.close, through=self.day.value()),
            done=self._done,
            failed=self._refused,
        )

    def _refused(self, failure: Exception) -> None:
        self.form.show_failure(failure)

    def _done(self, _none: Any) -> None:
        self.accept()
        self._section.shell.toasts.show(_("Period closed"))


class ReopenDialog(Dialog):
    """What stays closed, and why the rest is opened."""

    def __init__(self, section: BooksSection, through: dt.date | None) -> None:
        super().__init__(section, _("Reopen a period"), 460)
        self._section = section
        day = i18n.long_date(through) if through is not None else ""
        self.say(_("The books are closed through {day}.").format(day=day))
        self.form = Form(columns=2)
        self.form.add("through", _("Stays closed through"), DateInput(), row=0, column=0)
        self.form.add("reason", _("Why"), NoteInput(lines=2), row=1, span=2)
        self.body.addWidget(self.form)
        self.say(_("Leave the day empty to open everything."))
        self.set_act(_("Reopen"), self.run, "lock-open", danger=True)

    def run(self) -> None:
        """Open again; the reason is kept."""
        values = self.form.values()
        self._section.shell.ops.write(
            closing.REOPEN,
            partial(closing.reopen, reason=values["reason"] or "", through=values["through"]),
            done=self._done,
            failed=self._refused,
        )

    def _refused(self, failure: Exception) -> None:
        self.form.show_failure(failure)

    def _done(self, _none: Any) -> None:
        self.accept()
        self._section.shell.toasts.show(_("Period reopened"))


def _end_of_last_month(today: dt.date, through: dt.date | None) -> dt.date:
    """What one most likely closes: through the end of last month, unless that is closed."""
    last = today.replace(day=1) - _DAY
    return last if through is None or last > through else today - _DAY
