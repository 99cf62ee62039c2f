"""The foot of a statement: how old the balance is, and what it comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp.services.rendering.pdf.fonts import BOLD, one_line
from klantenapp.services.rendering.pdf.text import BODY, BODY_BOLD, BODY_MUTED, INK, Style

if TYPE_CHECKING:
    from klantenapp.i18n import Translator
    from klantenapp.services.rendering.pdf.paper import Paper
    from klantenapp.services.rendering.snapshot import StatementSnapshot

#: From not due to more than 90 days late; the same colours as on screen.
_COLOURS = ("#9DB5E3", "#EFCF8B", "#E5A052", "#D0663C", "#A12C22")
_ABOVE = 26
_BAR_WIDTH, _BAR = 348, 10
_LABELS_WIDTH = 300
_TOTALS_WIDTH = 270
_GRAND = Style(17, 25.5, BOLD)
_ROW = BODY.leading + 2


class AgeingAndTotal:
    """A bar of the balance by age with its legend, and the balance itself."""

    def __init__(
        self, snapshot: StatementSnapshot, t: Translator, left: float, right: float
    ) -> None:
        ageing = snapshot.ageing
        self._snapshot, self._t, self._left, self._right = snapshot, t, left, right
        parts = (
            (t.gettext("Not yet due"), ageing.not_due),
            (t.gettext("1–30 days late"), ageing.d1_30),
            (t.gettext("31–60 days late"), ageing.d31_60),
            (t.gettext("61–90 days late"), ageing.d61_90),
            (t.gettext("More than 90 days late"), ageing.d90_plus),
        )
        self._parts = [
            (one_line(label), amount, colour)
            for (label, amount), colour in zip(parts, _COLOURS, strict=True)
            if amount
        ]
        legend = BODY.leading + 9 + _BAR + 8 + len(self._parts) * _ROW if self._parts else 0
        self.height = _ABOVE + max(legend, BODY.leading + 18 + _GRAND.leading)

    def draw(self, paper: Paper, top: float) -> None:
        """Draw both sides."""
        top += _ABOVE
        if self._parts:
            self._draw_ageing(paper, top)
        self._draw_totals(paper, top)

    def _draw_ageing(self, paper: Paper, top: float) -> None:
        t = self._t
        paper.text(self._left, top, one_line(t.gettext("Age of the balance")), BODY_BOLD)
        top += BODY.leading + 9
        self._draw_bar(paper, top)
        top += _BAR + 8
        for label, amount, _ in self._parts:
            value = one_line(t.amount(amount.cents))
            paper.text(self._left, top, label, BODY_MUTED)
            paper.right(self._left + _LABELS_WIDTH, top, value, BODY)
            top += _ROW

    def _draw_bar(self, paper: Paper, top: float) -> None:
        """Draw the parts that are owed, in proportion; rounded at both ends."""
        owed = [(amount.cents, colour) for _, amount, colour in self._parts if amount.cents > 0]
        if not owed:
            return
        room = _BAR_WIDTH - 2 * (len(owed) - 1)
        whole = sum(cents for cents, _ in owed)
        left = self._left
        for number, (cents, colour) in enumerate(owed):
            width = max(room * cents / whole, 2)
            radius = min(4, width / 2)
            paper.bar(left, top, width, _BAR, colour, radius)
            if number:  # only the ends of the whole bar are round
                paper.box(left, top, radius, _BAR, colour)
            if number < len(owed) - 1:
                paper.box(left + width - radius, top, radius, _BAR, colour)
            left += width + 2

    def _draw_totals(self, paper: Paper, top: float) -> None:
        snapshot, t = self._snapshot, self._t
        left = self._right - _TOTALS_WIDTH
        paper.text(left, top, one_line(t.gettext("Of which overdue")), BODY_MUTED)
        paper.right(self._right, top, one_line(t.money(snapshot.overdue.cents)), BODY)
        top += BODY.leading + 9
        paper.line(left, self._right, top, INK)
        top += 9
        credit = snapshot.balance.cents < 0
        label = t.gettext("Your credit") if credit else t.gettext("Outstanding")
        paper.text(left, top, one_line(label), _GRAND)
        value = one_line(t.money(abs(snapshot.balance.cents)))
        paper.right(self._right, top, value, _GRAND)
