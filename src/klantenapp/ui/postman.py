"""Sends the outbox in the background: when a mail is due, when the network is back, at the start.

It tells only what the user can do something about: a password to type, mail that failed, mail of
which nobody knows whether it went. Being offline is normal and says nothing here.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation

from klantenapp.i18n import _, ngettext
from klantenapp.sentences.speak import sentence
from klantenapp.services.errors.mail import Offline, PasswordMissing, SendingElsewhere
from klantenapp.services.messages import outbox_list, sender
from klantenapp.services.store import clock
from klantenapp.ui.contact.password import ask_password
from klantenapp.ui.qt import timer

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from klantenapp.services.messages.sender import Summary
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.door import Door
    from klantenapp.ui.ops import Ops
    from klantenapp.ui.shell import Shell

_MINUTE_MS = 60_000
_SOON_MS = 50
_LONGEST_MS = 3_600_000


class Postman(QObject):
    """One per window, from the moment a file is open.

    Args:
        ops: reads and writes.
        shell: gives what notes and dialogs go to; another one after a change of language.

    Attributes:
        went: a round is over (Summary).
        connection: whether there is a network changed (True: there is).
    """

    went = Signal(object)
    connection = Signal(bool)

    def __init__(self, ops: Ops, shell: Callable[[], Shell]) -> None:
        super().__init__(ops)
        self._ops = ops
        self._find_shell = shell
        self._busy = False
        self._again = False
        self._everything = False
        self._asked = False
        self._offline = False
        self._next = timer(self, _SOON_MS, self._round)
        self._every_minute = timer(self, _MINUTE_MS, self._round, once=False)
        self._every_minute.start()
        ops.changed.connect(self._changed)
        if QNetworkInformation.loadDefaultBackend():
            QNetworkInformation.instance().reachabilityChanged.connect(self._reached)

    @property
    def _shell(self) -> Shell:
        return self._find_shell()

    @property
    def is_offline(self) -> bool:
        """Whether there is no network, as the system says, or as the last try showed."""
        network = QNetworkInformation.instance()
        if network is not None and network.reachability() in _GONE:
            return True
        return self._offline

    def look(self) -> None:
        """Find out when the next mail is due, and be there."""
        if self._ops.is_open and not self._ops.read_only:
            self._ops.read(self, outbox_list.next_due, self._plan, key="due")

    def send_now(self) -> None:
        """Send everything that waits, also what would be tried again later."""
        self._everything, self._asked = True, False
        self._round()

    def _plan(self, due: dt.datetime | None) -> None:
        if due is None:
            self._next.stop()
            return
        wait = int((due - clock.now()).total_seconds() * 1000) + _SOON_MS
        if wait > 0:
            self._next.start(min(wait, _LONGEST_MS))
        elif not self._next.isActive() and not self._offline:
            self._next.start(_SOON_MS)

    def _changed(self, changes: Changes) -> None:
        if changes.operation not in _OWN and changes.touches("outbox"):
            self._offline = False
            self.look()

    def _reached(self, reachability: QNetworkInformation.Reachability) -> None:
        self.connection.emit(reachability not in _GONE)
        if reachability not in _GONE:
            self._offline = False
            self._round()

    def _round(self) -> None:
        if self._busy:
            self._again = True
            return
        if not self._ops.is_open or self._ops.read_only:
            return
        self._busy = True
        everything, self._everything = self._everything, False

        def work(door: Door) -> Summary:
            return sender.send_due(door, everything=everything, stopped=lambda: door.is_closing)

        self._ops.post(work, self._done, self._failed)

    def _done(self, summary: Summary) -> None:
        self._busy = False
        offline = isinstance(summary.problem, Offline)
        if offline != self._offline:
            self._offline = offline
            self.connection.emit(not offline)
        if isinstance(summary.problem, PasswordMissing):
            self._ask(summary.problem)
        self._tell(summary)
        self.went.emit(summary)
        if self._again:
            self._again = False
            self._round()

    def _failed(self, failure: Exception) -> None:
        self._busy = False
        if not isinstance(failure, SendingElsewhere):
            self._shell.banners.show_banner("mail", "danger", sentence(failure), closable=True)

    def _ask(self, problem: PasswordMissing) -> None:
        """Ask for the password, once by itself; later a note offers it."""
        run = partial(ask_password, self._shell, self.send_now)
        if self._asked:
            self._shell.banners.show_banner(
                "mail", "warn", sentence(problem), action=(_("Type password"), run)
            )
        else:
            self._asked = True
            run()

    def _tell(self, summary: Summary) -> None:
        banners = self._shell.banners
        if summary.sent:
            banners.hide_banner("mail")
        show = (_("Open outbox"), lambda: self._shell.navigation.go("outbox"))
        if summary.unknown:
            strong = ngettext(
                "{count} mail was perhaps sent.",
                "{count} mails were perhaps sent.",
                summary.unknown,
            ).format(count=summary.unknown)
            text = _("Look whether it arrived before you send it again.")
            banners.show_banner("mail", "warn", strong, text, show, closable=True)
        elif summary.failed:
            strong = ngettext(
                "{count} mail was not sent.", "{count} mails were not sent.", summary.failed
            ).format(count=summary.failed)
            reason = sentence(summary.problem) if summary.problem else ""
            banners.show_banner("mail", "danger", strong, reason, show, closable=True)


_GONE = (
    QNetworkInformation.Reachability.Disconnected,
    QNetworkInformation.Reachability.Local,
)
#: What a round writes itself says nothing new about when the next one is due.
_OWN = frozenset({"mail.begin", "mail.finish", "mail.note", "mail.adopt"})
