"""Asking for the password of the mail account: for this session, or kept in the keyring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from klantenapp.i18n import _
from klantenapp.services.messages import accounts, passwords
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.fields import Field
from klantenapp.ui.widgets.inputs import CheckInput, TextInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from klantenapp.services.messages.accounts import Account
    from klantenapp.ui.shell import Shell


class PasswordInput(TextInput):
    """A line of dots. What is typed is its value, spaces included."""

    def __init__(self) -> None:
        super().__init__(limit=1_000)
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def secret(self) -> str:
        """What was typed."""
        return self.text()


class PasswordDialog(Dialog):
    """Asks for the password of one account."""

    def __init__(self, shell: Shell, account: Account, then: Callable[[], object]) -> None:
        super().__init__(shell.window, _("Password for {user}").format(user=account.user), 460)
        self._account = account
        self._then = then
        self.say(
            _("Mail waits in the outbox until {host} knows who you are.").format(host=account.host)
        )
        self.password = PasswordInput()
        self.body.addWidget(Field(_("Password"), self.password))
        self.keep = CheckInput(_("Keep it in the keyring of this computer"))
        if passwords.can_keep():
            self.keep.set_value(value=True)
            self.body.addWidget(self.keep)
        else:
            self.say(_("This computer has no keyring, so it is asked once per session."), "subtle")
        self.set_act(_("Send mail"), self._accept, "send")
        self.start_at(self.password)

    def _accept(self) -> None:
        if self.password.secret():
            passwords.remember(self._account, self.password.secret(), keep=self.keep.value())
            self.accept()
            self._then()


def ask_password(shell: Shell, then: Callable[[], object]) -> None:
    """Ask for the password of the account that is set up; `then` runs when it was typed."""

    def show(account: Account) -> None:
        PasswordDialog(shell, account, then).open()

    shell.ops.read(shell.window, accounts.read, show)
