"""Taking a bank file in: chosen or dropped, read beside the window, told what came of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.services.errors.bank_files import NotABankFile
from klantenapp.services.errors.receivables import UnknownBankAccount
from klantenapp.services.imports import bank, bank_columns, bank_file, saved_mappings
from klantenapp.services.imports.source import Source
from klantenapp.services.receivables import bank_accounts
from klantenapp.services.receivables.bank_accounts import grouped
from klantenapp.ui.panels.payments.columns import ColumnsDialog
from klantenapp.ui.widgets.dialogs import confirm

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from klantenapp.services.imports.bank import BankImport
    from klantenapp.services.imports.bank_model import BankFile
    from klantenapp.ui.progress import Progress
    from klantenapp.ui.widgets.page import Page


#: A table with fewer columns is no statement.
_FEWEST = 3


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

        def failed(failure: Exception) -> None:
            if isinstance(failure, NotABankFile):
                self._look_at_columns(path, failure)
            else:
                self._page.ops.refused.emit(failure)

        self._page.ops.task(self._page, _("Reading bank file"), work, self._bring, failed)

    def _look_at_columns(self, path: Path, failure: NotABankFile) -> None:
        """Perhaps a table whose columns were linked before, or can be linked now."""
        source = Source.of(path)

        def query(session: Session) -> tuple[BankFile | None, bank_columns.Columns, str]:
            own = bank_accounts.own(session)
            found = bank_columns.remembered(session, source)
            return found, bank_columns.look(source), own[0] if own else ""

        def show(answer: tuple[BankFile | None, bank_columns.Columns, str]) -> None:
            found, columns, account = answer
            if found is not None:
                self._bring((found, source.digest()))
            elif len(columns.columns) < _FEWEST:
                self._page.ops.refused.emit(failure)
            else:
                take = partial(self._link, source)
                ColumnsDialog(self._page, columns, account, take).open()

        self._page.ops.read(
            self._page, query, show, lambda _problem: self._page.ops.refused.emit(failure)
        )

    def _link(self, source: Source, chosen: dict[str, int], account: str | None) -> None:
        """Read the table as the user says, and remember how."""

        def work(_progress: Progress) -> BankFile:
            return bank_columns.read(source, chosen, account)

        def keep(file: BankFile) -> None:
            self._page.ops.write(
                saved_mappings.SAVE,
                partial(bank_columns.remember, source=source, chosen=chosen, account=account),
                done=lambda _nothing: self._bring((file, source.digest())),
            )

        self._page.ops.task(self._page, _("Reading bank file"), work, keep)

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
