"""The bank line at the right: what it says, what is proposed and why, and what is made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.models.values import ZERO
from klantenapp.sentences.reasons import certainty, match_reason
from klantenapp.services.receivables.accepting import Acceptance
from klantenapp.services.receivables.bank_accounts import grouped
from klantenapp.services.receivables.proposals import Doubt, Reason
from klantenapp.ui.panels.payments import leftovers
from klantenapp.ui.panels.payments.line_list import debit_words
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.allocation import Allocation
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.choice_cards import Choices
from klantenapp.ui.widgets.dressing import column, line, row
from klantenapp.ui.widgets.figures import Meter
from klantenapp.ui.widgets.flow import Flow, clear_all
from klantenapp.ui.widgets.labels import ElidedLabel, IconLabel, Label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QResizeEvent

    from klantenapp.models.values import Money
    from klantenapp.services.ledger.open_items import OpenItem
    from klantenapp.services.receivables.bank_desk import DeskLine
    from klantenapp.services.receivables.returns import Recognised

_OPEN = frozenset({"certain", "check", "unknown"})


class LinePane(QScrollArea):
    """What is shown and done about one line.

    Attributes:
        asked: what the user wants: accept, add, invoice, customer, skip, ignore, always, unlink,
            reopen, open.
    """

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setProperty("role", "surface")
        self._box = column(inside, 28, 18, 28, 24)
        self.setWidget(inside)
        self.line: DeskLine | None = None
        self.customer_id: int | None = None
        self._tolerance = ZERO
        self._items: list[OpenItem] = []
        self._customer: tuple[int, str] | None = None
        self._chosen = False
        self._reset()

    def _reset(self) -> None:
        clear_all(self._box)
        self.allocation: Allocation | None = None
        self._choices: Choices | None = None
        self._accept: Button | None = None
        self._rest: QWidget | None = None
        self._rest_keys: tuple[object, ...] = ()

    def show_line(
        self,
        line_: DeskLine | None,
        items: Sequence[OpenItem],
        tolerance: Money,
        *,
        customer: tuple[int, str] | None = None,
        parts: Mapping[int, Money] | None = None,
    ) -> None:
        """Show a line.

        Args:
            items: what is open at the customer, and at others that share in the line.
            customer: chosen by the user instead of the proposal's.
            parts: chosen by the user instead of the proposal's.
        """
        self._reset()
        self.line, self._tolerance = line_, tolerance
        self._items, self._customer = list(items), customer
        if line_ is None:
            return
        self._chosen = customer is not None
        self.customer_id = customer[0] if customer else line_.customer_id
        self._add_source(line_)
        if line_.group not in _OPEN:
            self._add_handled(line_)
        elif line_.debit is not None:
            self._add_debit(line_.debit)
        elif self.customer_id is None:
            self._add_unknown(line_)
        else:
            self._add_proposal(line_, customer[1] if customer else line_.customer)
            self._add_allocation(line_, items, parts)
        self._box.addStretch(1)

    def add_item(self, item: OpenItem) -> None:
        """Let the line pay one more item, also of another customer, with what is left of it."""
        if self.line is None or self.allocation is None:
            return
        parts = self.allocation.parts
        room = abs(self.left)
        fits = min(room, abs(item.open_amount))
        parts[item.entry_id] = parts.get(item.entry_id) or (
            fits if item.open_amount > ZERO else -fits
        )
        known = {each.entry_id for each in self._items}
        items = self._items if item.entry_id in known else [*self._items, item]
        self.show_line(self.line, items, self._tolerance, customer=self._customer, parts=parts)

    # -- parts ----------------------------------------------------------------------------------

    def _add_source(self, shown: DeskLine) -> None:
        """Who paid how much, and what they wrote."""
        box = row(gap=20)
        words = column(gap=1)
        words.addWidget(
            Label(_("Bank line, {date}").format(date=i18n.date(shown.row.date)), "label", "muted")
        )
        words.addWidget(ElidedLabel(shown.name, "numberSmall"))
        if shown.row.account:
            words.addWidget(ElidedLabel(grouped(shown.row.account), "caption", "muted"))
        if shown.row.text:
            words.addWidget(
                Label(f"“{shown.row.text}”", "caption", "muted", wrap=True, select=True)
            )
        if shown.row.handled:
            told = _("{amount} of this line is linked already").format(
                amount=i18n.money(abs(shown.row.handled).cents)
            )
            words.addWidget(Label(told, "caption", "warn", wrap=True))
        box.addLayout(words, 1)
        came_in = shown.row.amount > ZERO
        sign = "+" if came_in else "−"
        amount = Label(
            f"{sign} {i18n.money(abs(shown.row.amount).cents)}", "number", "ok" if came_in else None
        )
        box.addWidget(amount, 0, Qt.AlignmentFlag.AlignTop)
        self._box.addLayout(box)
        self._box.addSpacing(theme().px(14))
        self._box.addWidget(line())
        self._box.addSpacing(theme().px(14))

    def _add_proposal(self, shown: DeskLine, customer: str) -> None:
        proposal = None if self._chosen else shown.proposal
        head = row(gap=8)
        text = _("Proposal: {customer}") if proposal else _("Customer: {customer}")
        head.addWidget(ElidedLabel(text.format(customer=customer), "heading"), 1)
        if proposal is not None:
            meter = Meter(proposal.certainty.value)
            words = QFontMetrics(theme().font("bodyStrong"))
            word = words.horizontalAdvance(certainty(proposal.certainty))
            meter.setFixedWidth(theme().px(66) + word)
            head.addWidget(meter)
        self._box.addLayout(head)
        if proposal is None:
            return
        self._box.addSpacing(theme().px(8))
        why = Flow()
        reasons: list[Reason | Doubt] = [*proposal.reasons, *proposal.doubts]
        for reason in reasons:
            why.add(self._reason(shown, reason))
        self._box.addWidget(why)

    def _reason(self, shown: DeskLine, reason: Reason | Doubt) -> QWidget:
        warns = isinstance(reason, Doubt) or reason is Reason.OLDEST_FIRST
        token = "warn" if warns else "ok"
        text = match_reason(reason)
        if reason is Doubt.OVERPAID and shown.proposal is not None:
            amount = i18n.money(abs(shown.proposal.left).cents)
            text = _("{amount} too much").format(amount=amount)
        made = QWidget()
        box = row(made, gap=6)
        box.addWidget(IconLabel("triangle-alert" if warns else "check", token, 15))
        box.addWidget(Label(text, "body", token))
        return made

    def _add_allocation(
        self, shown: DeskLine, items: Sequence[OpenItem], parts: Mapping[int, Money] | None
    ) -> None:
        proposal = None if self._chosen else shown.proposal
        if parts is None:
            parts = {part.item_id: part.amount for part in proposal.parts} if proposal else {}
        self.allocation = Allocation()
        ordered = sorted(items, key=lambda item: item.entry_id not in parts)
        self.allocation.show_items(ordered, shown.row.amount, parts, self.customer_id)
        self.allocation.changed.connect(self._follow)
        self._box.addSpacing(theme().px(12))
        self._box.addWidget(self.allocation)
        self._box.addSpacing(theme().px(4))
        more = Button(_("Add invoice"), "plus", "ghost", small=True, keys="A")
        more.clicked.connect(lambda: self.asked.emit("add"))
        self._box.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self._box.addSpacing(theme().px(10))
        self._rest_box = column(gap=8)
        self._box.addLayout(self._rest_box)
        self._box.addSpacing(theme().px(18))
        bar = Flow(6, 8)
        self._accept = Button(_("Accept"), "check", "primary", keys="Return")
        self._accept.clicked.connect(lambda: self.asked.emit("accept"))
        bar.add(self._accept)
        self._act(bar, _("Other invoice"), "search", "F", "invoice")
        self._act(bar, _("Other customer"), "", "K", "customer")
        self._act(bar, _("Skip"), "", "S", "skip")
        self._box.addWidget(bar)
        self._follow()
        self._fit()

    def _act(self, bar: Flow, text: str, icon: str, keys: str, asked: str) -> None:
        button = Button(text, icon, "plain" if icon else "ghost", keys=keys)
        button.clicked.connect(lambda: self.asked.emit(asked))
        bar.add(button)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Let the table leave out what there is no room for."""
        if self.allocation is not None:
            self.allocation.fit(self.viewport().width() - theme().px(56))

    def _add_unknown(self, shown: DeskLine) -> None:
        title = _("Own transfer") if shown.own_transfer else _("No customer found")
        self._box.addWidget(Label(title, "heading"))
        self._box.addSpacing(theme().px(6))
        text = (
            _("The other account is your own. There is nothing to link; ignore the line.")
            if shown.own_transfer
            else _("Choose the invoice or the customer that this is for, or ignore the line.")
        )
        self._box.addWidget(Label(text, "body", "muted", wrap=True))
        self._box.addSpacing(theme().px(18))
        bar = Flow(8, 8)
        self._act(bar, _("Choose invoice"), "search", "F", "invoice")
        self._act(bar, _("Choose customer"), "user", "K", "customer")
        self._act(bar, _("Ignore"), "ban", "I", "ignore")
        self._act(bar, _("Skip"), "", "S", "skip")
        self._box.addWidget(bar)
        if shown.row.account:
            self._box.addSpacing(theme().px(10))
            always = Button(_("Always ignore this account"), kind="link")
            always.clicked.connect(lambda: self.asked.emit("always"))
            self._box.addWidget(always, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_debit(self, debit: Recognised) -> None:
        """Money of a collection, or what the bank took back of one."""
        head = row(gap=8)
        head.addWidget(ElidedLabel(debit_words(debit), "heading"), 1)
        head.addWidget(Meter("certain"))
        self._box.addLayout(head)
        self._box.addSpacing(theme().px(6))
        text = (
            _("Every invoice in this collection becomes paid.")
            if debit.kind == "batch"
            else _("The bank took the money back. The invoice becomes open again.")
        )
        self._box.addWidget(Label(text, "body", "muted", wrap=True))
        self._box.addSpacing(theme().px(18))
        bar = Flow(8, 8)
        accept = Button(_("Accept"), "check", "primary", keys="Return")
        accept.clicked.connect(lambda: self.asked.emit("accept"))
        bar.add(accept)
        self._act(bar, _("Skip"), "", "S", "skip")
        self._box.addWidget(bar)

    def _add_handled(self, shown: DeskLine) -> None:
        is_matched = shown.group == "matched"
        title = _("Linked to {customer}").format(customer=shown.customer)
        self._box.addWidget(Label(title if is_matched else _("Ignored"), "heading"))
        self._box.addSpacing(theme().px(6))
        if is_matched and shown.numbers:
            self._box.addWidget(Label(shown.numbers, "body", "muted", wrap=True))
        self._box.addSpacing(theme().px(18))
        bar = Flow(8, 8)
        if is_matched:
            self._act(bar, _("Unlink"), "unlink", "U", "unlink")
            self._act(bar, _("Open customer"), "user", "", "open")
        else:
            self._act(bar, _("Handle after all"), "undo-2", "U", "reopen")
        self._box.addWidget(bar)

    # -- what is left -----------------------------------------------------------------------------

    @property
    def _claimed(self) -> Money:
        """Costs and interest that the proposal has with it."""
        proposal = self.line.proposal if self.line and not self._chosen else None
        return proposal.costs + proposal.interest if proposal else ZERO

    @property
    def left(self) -> Money:
        """What of the line is assigned to nothing, signed."""
        if self.line is None or self.allocation is None:
            return ZERO
        return self.line.row.amount - self.allocation.assigned - self._claimed

    @property
    def can_accept(self) -> bool:
        """Whether the amounts come to the line."""
        if self.line is None or self.allocation is None or not self.allocation.is_right:
            return False
        came_in = self.line.row.amount > ZERO
        return self.left >= ZERO if came_in else not self.left

    def _cards(self) -> tuple[str, list[tuple[str, str, str]]]:
        """A heading and what can be done with what is left, or with what stays open."""
        table, left = self.allocation, self.left
        if table is None or self.line is None or not self.can_accept:
            return "", []
        if left > ZERO:
            return leftovers.surplus(table, left, self._tolerance)
        if self.line.row.amount < ZERO:
            return "", []
        proposal = None if self._chosen else self.line.proposal
        return leftovers.shortage(table.stays_open(), proposal, self._tolerance)

    def _follow(self) -> None:
        """Show the sum, what is left, and whether it can be accepted."""
        if self._accept is None or self.allocation is None or self.line is None:
            return
        self._accept.allow(None if self.can_accept else _("Assign exactly what was paid."))
        title, cards = self._cards()
        chosen = self._choices.value() if self._choices else None
        clear_all(self._rest_box)
        head = row(gap=8)
        head.addWidget(Label(title, "heading"))
        head.addStretch(1)
        for part in self._sum():
            head.addWidget(part)
        self._rest_box.addLayout(head)
        self._choices = None
        if cards:
            self._choices = Choices(cards)
            if chosen in [key for key, _title, _note in cards]:
                self._choices.choose(str(chosen))
            self._rest_box.addWidget(self._choices)

    def _sum(self) -> list[QWidget]:
        """The sum line: 786,50 + 40,00 = 826,50."""
        if self.line is None or self.allocation is None:
            return []
        amounts = [*self.allocation.parts.values()]
        amounts += [each for each in (self._claimed, self.left) if each]
        is_right = self.can_accept
        told = " + ".join(i18n.amount(each.cents) for each in amounts if each).replace("+ −", "− ")
        words = Label(f"{told} =", "body", "muted")
        whole = Label(i18n.amount(self.line.row.amount.cents), "bodyStrong")
        whole.set_tone("ok" if is_right else "danger")
        mark = IconLabel("check" if is_right else "x", "ok" if is_right else "danger", 15)
        return [words, whole, mark]

    def acceptance(self) -> Acceptance | None:
        """What the user makes of the line; None where the amounts do not come to it."""
        table = self.allocation
        if table is None or self.line is None or self.customer_id is None or not self.can_accept:
            return None
        proposal = None if self._chosen else self.line.proposal
        choice = self._choices.value() if self._choices else ""
        parts, left, stays = table.parts, self.left, table.stays_open()
        other = table.next_unpaid()
        if choice == "other" and other is not None:
            parts = table.add_to(other.entry_id, left)
        difference = ZERO
        if choice == "difference":
            difference = -left if left else stays
        return Acceptance(
            line_id=self.line.id,
            customer_id=self.customer_id,
            parts=parts,
            costs=proposal.costs if proposal else ZERO,
            interest=proposal.interest if proposal else ZERO,
            discount=stays if choice == "discount" else ZERO,
            difference=difference,
            certainty=proposal.certainty.value if proposal else None,
            also=table.others(self.customer_id),
            refund=choice == "refund",
        )
