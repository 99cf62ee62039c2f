"""Settings of mail: through which server it goes, tried out with an explanation, and its texts."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.sentences.speak import sentence
from klantenapp.services.errors import system
from klantenapp.services.errors.base import Invalid
from klantenapp.services.messages import accounts, mail, passwords, providers
from klantenapp.services.messages.accounts import Account
from klantenapp.services.store import settings
from klantenapp.ui.contact.password import PasswordInput
from klantenapp.ui.contact.template_editor import TemplatesDialog
from klantenapp.ui.panels.settings.sections import Section
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.inputs import ChoiceInput, SegmentInput, TextInput
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.value_inputs import IntInput

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.ui.door import Door
    from klantenapp.ui.shell import Shell
    from klantenapp.ui.widgets.labels import Label

_LONGEST_DELAY = 120


def read_shown(session: Session) -> tuple[Account, int]:
    """The account, and the seconds in which sending can be stopped."""
    return accounts.read(session), settings.read(session, accounts.DELAY)


class MailSection(Section):
    """The way out for mail."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, _("E-mail"))
        self._account = Account()
        self.fields: dict[str, Any] = {}
        self._add_account()
        self._add_password()
        self._add_rest()
        self.result = Note("info")
        self.result.hide()
        holder = row(None, 18, 0, 18, 14)
        holder.addWidget(self.result)
        self.box.addLayout(holder)

    def _wide(self, editor: QWidget, width: int = 260) -> Any:
        editor.setFixedWidth(theme().px(width))
        return editor

    def _add_account(self) -> None:
        options = [(one.key, one.name) for one in providers.PROVIDERS]
        options.append((providers.OTHER.key, _(providers.OTHER.name)))
        self.fields["address"] = self._wide(TextInput())
        self.add_row(_("Your address"), _("In whose name mail goes"), self.fields["address"])
        self.fields["name"] = self._wide(TextInput())
        self.add_row(_("Your name"), _("What the receiver sees"), self.fields["name"])
        self.fields["provider"] = self._wide(ChoiceInput(options))
        self.meaning: Label = self.add_row(
            _("Provider"), _("Fills in the server"), self.fields["provider"]
        )
        server = QWidget()
        bar = row(server, gap=8)
        self.fields["host"] = self._wide(TextInput("smtp.provider.nl"), 190)
        self.fields["port"] = self._wide(IntInput(), 70)
        bar.addWidget(self.fields["host"])
        bar.addWidget(self.fields["port"])
        self.add_row(_("Server and port"), _("For outgoing mail (SMTP)"), server)
        self.fields["security"] = SegmentInput([("tls", "TLS"), ("starttls", "STARTTLS")])
        self.add_row(_("Encryption"), _("Always; nothing is sent without"), self.fields["security"])
        self.fields["user"] = self._wide(TextInput())
        self.add_row(_("User name"), _("Often your whole mail address"), self.fields["user"])
        for name, editor in self.fields.items():
            editor.left.connect(partial(self._left, name))

    def _add_password(self) -> None:
        holder = QWidget()
        bar = row(holder, gap=8)
        self.password = self._wide(PasswordInput(), 170)
        keep = Button(_("Keep"))
        keep.clicked.connect(self._keep_password)
        self.password.returnPressed.connect(self._keep_password)
        bar.addWidget(self.password)
        bar.addWidget(keep)
        self.kept = self.add_row(_("Password"), "", holder)
        self.certificate = Button(_("Choose certificate"), "shield-check")
        self.certificate.clicked.connect(self._choose_certificate)
        self.trusted = self.add_row(_("Certificate of your own server"), "", self.certificate)

    def _add_rest(self) -> None:
        self.fields["copy"] = self._wide(TextInput())
        self.fields["copy"].left.connect(partial(self._left, "copy"))
        self.add_row(
            _("Blind copy to yourself"), _("Of every mail; empty for none"), self.fields["copy"]
        )
        self.delay = self._wide(IntInput(suffix=_("seconds")), 120)
        self.delay.left.connect(self._save_delay)
        self.add_row(
            _("Time to stop"), _("So long a mail waits after sending; 0 turns it off"), self.delay
        )
        self.test = Button(_("Test connection"), "activity")
        self.test.clicked.connect(self._test)
        self.add_row(_("Try it out"), _("Connects and signs in; sends nothing"), self.test)
        texts = Button(_("Edit texts"), "pencil")
        texts.clicked.connect(lambda: TemplatesDialog(self.shell).open())
        self.add_row(
            _("Texts of mails and letters"), _("Per kind and language, with fields"), texts
        )

    # -- showing ---------------------------------------------------------------------------------

    @override
    def load(self) -> None:
        """Read the account."""
        self.shell.ops.read(self, read_shown, self._show, key="mail")

    def _show(self, found: tuple[Account, int]) -> None:
        self._account, delay = found
        for name, editor in self.fields.items():
            if not editor.hasFocus():
                editor.set_value(getattr(self._account, name))
            editor.set_error(None)
        if not self.delay.hasFocus():
            self.delay.set_value(delay)
        self._say()

    def _say(self) -> None:
        account = self._account
        provider = providers.provider(account.provider)
        self.meaning.setText(_(provider.note) if provider.note else _("Fills in the server"))
        known = bool(account.user) and passwords.find(account) is not None
        if passwords.can_keep():
            place = _("Kept in the keyring of this computer") if known else _("Not known yet")
        else:
            place = (
                _("Known until you close the program: this computer has no keyring")
                if known
                else _("Asked once per session: this computer has no keyring")
            )
        self.kept.setText(place)
        has = bool(account.certificate)
        self.trusted.setText(
            _("Trusted besides those of the system")
            if has
            else _("Only for a server on this computer, such as Proton Mail Bridge")
        )
        self.certificate.setText(_("Remove certificate") if has else _("Choose certificate"))

    # -- saving ----------------------------------------------------------------------------------

    def _typed(self) -> Account:
        """The account as the fields have it."""
        values = {name: editor.value() for name, editor in self.fields.items()}
        texts = {name: values[name] or "" for name in ("host", "user", "address", "name", "copy")}
        return replace(
            self._account,
            **texts,
            provider=values["provider"] or "other",
            port=values["port"] or 0,
            security=values["security"] or "starttls",
        )

    def _left(self, name: str) -> None:
        account = self._typed()
        if name == "provider":
            account = self._from_provider(account)
        elif name == "address" and not account.host:
            guessed = providers.guess(account.address)
            if guessed is not None:
                account = self._from_provider(replace(account, provider=guessed.key))
        if name == "address" and not account.user:
            account = replace(account, user=account.address)
        for key, editor in self.fields.items():
            editor.set_value(getattr(account, key))
            editor.set_error(None)
        self._account = account
        self._say()
        if account.host:
            self._save(account)

    def _from_provider(self, account: Account) -> Account:
        """With the server of the provider; the open one leaves what is typed."""
        provider = providers.provider(account.provider)
        if not provider.host:
            return account
        return replace(account, host=provider.host, port=provider.port, security=provider.security)

    def _save(self, account: Account) -> None:
        work = partial(accounts.change, account=account)
        self.shell.ops.write(accounts.CHANGE, work, failed=self._refuse)

    def _refuse(self, failure: Exception) -> None:
        problems = failure.problems if isinstance(failure, Invalid) else ((None, failure),)
        for name, problem in problems:
            if name in self.fields:
                self.fields[name].set_error(sentence(problem))
        self._tell("danger", sentence(failure))

    def _save_delay(self) -> None:
        seconds = min(max(0, self.delay.value() or 0), _LONGEST_DELAY)

        def work(session: Session) -> None:
            settings.write(session, accounts.DELAY, seconds)

        self.shell.ops.write(settings.CHANGE, work)

    def _keep_password(self) -> None:
        if self.password.secret():
            passwords.remember(self._typed(), self.password.secret())
            self.password.clear()
            self._say()

    def _choose_certificate(self) -> None:
        if self._account.certificate:
            self._save(replace(self._typed(), certificate=""))
            return
        name, _kind = QFileDialog.getOpenFileName(
            self.window(), _("Choose certificate"), "", "(*.pem *.crt *.cer)"
        )
        if name:
            try:
                text = Path(name).read_text(encoding="ascii", errors="replace")
            except OSError as problem:
                words = _("“{name}” cannot be read: {reason}.")
                told = words.format(name=Path(name).name, reason=_(system.reason(problem)))
                self._tell("danger", told)
                return
            self._save(replace(self._typed(), certificate=text[:100_000]))

    # -- trying out ------------------------------------------------------------------------------

    def _test(self) -> None:
        if self.password.secret():
            self._keep_password()
        account = self._typed()
        self.test.allow(_("Being tested"))
        self._tell("info", _("Connecting to {host}…").format(host=account.host or "?"))

        def work(_door: Door) -> None:
            if not account.is_ready:
                raise Invalid(tuple(accounts.problems(account)))
            mail.try_out(account, passwords.find(account) or "")

        def done(_none: object) -> None:
            self.test.allow(None)
            self._tell("ok", _("It works: signed in at {host}.").format(host=account.host))

        def failed(failure: Exception) -> None:
            self.test.allow(None)
            self._refuse(failure)

        self.shell.ops.post(work, done, failed)

    def _tell(self, tone: str, text: str) -> None:
        self.result.set_tone(tone)
        self.result.set_text("", text)
        self.result.show()
