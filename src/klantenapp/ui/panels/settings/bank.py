"""Settings of the bank: own accounts, small differences, references, and what is ignored."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.models.values import ZERO, Money
from klantenapp.services.receivables import announcing, bank_accounts, bank_index, bank_lines
from klantenapp.services.sales import snapshots
from klantenapp.services.store import settings
from klantenapp.ui.panels.settings.sections import Section
from klantenapp.ui.qt import clear
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import IconButton
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.inputs import CheckInput
from klantenapp.ui.widgets.labels import ElidedLabel, Label
from klantenapp.ui.widgets.value_inputs import IntInput, MoneyInput

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.receivables.bank_lines import Rule
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.shell import Shell


@dataclass(frozen=True)
class Shown:
    """What the section shows."""

    accounts: tuple[str, ...]
    tolerance: Money
    rf_reference: bool
    rules: tuple[tuple[int, Rule], ...]
    notice_days: int


def read_shown(session: Session) -> Shown:
    """One read for the section."""
    return Shown(
        tuple(bank_accounts.own(session)),
        bank_index.tolerance(session),
        settings.read(session, snapshots.RF_REFERENCE),
        tuple(bank_lines.rules(session)),
        settings.read(session, announcing.NOTICE_DAYS),
    )


class BankSection(Section):
    """How money that comes in is recognised."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, _("Bank"))
        self.accounts = Label("", "body")
        self.add_row(
            _("Your accounts"),
            _("Statements of these accounts are accepted; a new one is asked about."),
            self.accounts,
        )
        self.tolerance = MoneyInput()
        self.tolerance.setFixedWidth(theme().px(110))
        self.tolerance.left.connect(self._save_tolerance)
        self.add_row(
            _("Small difference €"),
            _("Up to this amount a payment difference can be written off while matching."),
            self.tolerance,
        )
        self.rf_reference = CheckInput("")
        self.rf_reference.edited.connect(self._save_reference)
        self.add_row(
            _("RF reference on invoices"),
            _("Customers mention a reference with check digits, so that payments are recognised."),
            self.rf_reference,
        )
        self.notice = IntInput(suffix=_("days"))
        self.notice.setFixedWidth(theme().px(110))
        self.notice.left.connect(self._save_notice)
        self.add_row(
            _("Announce direct debit"),
            _("So many days ahead customers are told what is collected; fourteen is the rule."),
            self.notice,
        )
        self._rules = column(gap=4)
        self.no_rules = Label(_("Nothing is ignored."), "body", "muted")
        holder = column(None, 18, 0, 18, 12, gap=4)
        self.add_row(
            _("Ignored bank lines"),
            _("Lines of these accounts or with these words are left out of the work."),
            self.no_rules,
        )
        holder.addLayout(self._rules)
        self.box.addLayout(holder)

    @override
    def load(self) -> None:
        """Read what is chosen."""
        self.shell.ops.read(self, read_shown, self._show, key="bank")

    @override
    def refresh(self, changes: Changes) -> None:
        """Read again what these changes touch."""
        if changes.touches("business", "setting", "bank_account", "bank_rule"):
            self.load()

    def _show(self, found: Shown) -> None:
        self.accounts.setText("\n".join(found.accounts))
        self.tolerance.set_value(found.tolerance)
        self.rf_reference.set_value(found.rf_reference)
        self.notice.set_value(found.notice_days)
        self.no_rules.setVisible(not found.rules)
        clear(self._rules)
        for rule_id, rule in found.rules:
            self._rules.addWidget(self._rule(rule_id, rule))

    def _rule(self, rule_id: int, rule: Rule) -> QWidget:
        made = QWidget()
        line = row(made, gap=8)
        words = ", ".join(filter(None, (rule.value, rule.reason)))
        line.addWidget(ElidedLabel(words, "body"), 1)
        drop = IconButton("trash-2", _("Delete rule {rule}").format(rule=rule.value))
        work = partial(bank_lines.forget_rule, rule_id=rule_id)
        drop.clicked.connect(
            lambda: self.shell.ops.write(bank_lines.FORGET_RULE, work, done=self._saved)
        )
        line.addWidget(drop)
        return made

    def _save_tolerance(self) -> None:
        value = self.tolerance.value()
        amount = value if isinstance(value, Money) and value >= ZERO else ZERO
        self._save(bank_index.SMALL_DIFFERENCE, amount.cents)

    def _save_notice(self) -> None:
        days = self.notice.value()
        self._save(announcing.NOTICE_DAYS, max(0, days) if isinstance(days, int) else 14)

    def _save_reference(self) -> None:
        self._save(snapshots.RF_REFERENCE, bool(self.rf_reference.value()))

    def _save(self, key: settings.Key[Any], value: object) -> None:
        work = partial(settings.write, key=key, value=value)
        self.shell.ops.write(settings.CHANGE, work, done=self._saved)

    def _saved(self, _result: object) -> None:
        self.load()
        self.shell.toasts.show(_("Saved"), undo=True)
