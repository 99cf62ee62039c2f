"""Taking a bank file in: chosen or dropped, read beside the window, told what came of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.services.errors.receivables import UnknownBankAccount
from klantenapp.services.imports import bank, bank_file
from klantenapp.services.imports.source import Source
from klantenapp.ui.panels.payments.pane import grouped
from klantenapp.ui.widgets.dialogs import confirm

if TYPE_CHECKING:
    from collections.abc import Callable

    from klantenapp.services.imports.bank import BankImport
    from klantenapp.services.imports.bank_model import BankFile
    from klantenapp.ui.progress import Progress
    from klantenapp.ui.widgets.page import Page


class BankFiles:
    """Brings files in, one after another.

    Args:
        page: where it happens.
        done: called with what an import did.
    """

    def __init__(self, page: Page, done: Callable[[BankImport], None]) -> None:
        self._page, self._done = page, done

    def choose(self) -> None:
        """Ask for files."""
        names, _kind = QFileDialog.getOpenFileNames(self._page.window(), _("Choose a bank file"))
        self.take([Path(found) for found in names])

    def take(self, paths: list[Path]) -> None:
        """Bring files in."""
        for path in paths:
            self._read(path)

    def _read(self, path: Path) -> None:
        def work(_progress: Progress) -> tuple[BankFile, str]:
            source = Source.of(path)
            return bank_file.read(source), source.digest()

        self._page.ops.task(self._page, _("Reading bank file"), work, self._bring)

    def _bring(self, read: tuple[BankFile, str], *, add_account: bool = False) -> None:
        file, digest = read
        work = partial(bank.run, file=file, digest=digest, add_account=add_account)

        def failed(failure: Exception) -> None:
            if isinstance(failure, UnknownBankAccount):
                self._ask(read, failure)
            else:
                self._page.ops.refused.emit(failure)

        self._page.ops.write(bank.IMPORT, work, done=self._done, failed=failed)

    def _ask(self, read: tuple[BankFile, str], failure: UnknownBankAccount) -> None:
        """A strange account: it is the user's own, or the file is somebody else's."""
        accounts = ", ".join(map(grouped, failure.iban))
        confirm(
            self._page,
            _("Is this your own account?"),
            _("The statement is of {accounts}, which is not known yet.").format(accounts=accounts),
            act=_("Add account and import"),
            then=lambda: self._bring(read, add_account=True),
        )


def told(done: BankImport) -> str:
    """What an import did, in one sentence, with what does not add up."""
    new = ngettext("{count} new bank line", "{count} new bank lines", done.result.created)
    parts = [new.format(count=i18n.count(done.result.created))]
    if done.known:
        known = ngettext("{count} was there already", "{count} were there already", done.known)
        parts.append(known.format(count=i18n.count(done.known)))
    if done.aside:
        aside = ngettext("{count} set aside", "{count} set aside", len(done.aside))
        parts.append(aside.format(count=i18n.count(len(done.aside))))
    return ", ".join(parts)


def warned(done: BankImport) -> str:
    """What does not add up; empty where all does."""
    sentences = [
        _("{iban}: the closing balance differs by {amount} from opening and lines.").format(
            iban=grouped(account.iban), amount=i18n.money(account.difference.cents)
        )
        for account in done.result.accounts
        if account.difference
    ]
    sentences += [
        _("{iban}: {amount} is missing between this statement and the one before it.").format(
            iban=grouped(gap.iban), amount=i18n.money(gap.gap.cents)
        )
        for gap in done.gaps
    ]
    return " ".join(sentences)
