"""The terms of a customer's contracts below each other, so that gaps and overlaps show."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.services.catalogue import contract_view
from klantenapp.ui.panels.contracts.period_bar import PeriodLine
from klantenapp.ui.qt import clear
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.labels import ElidedLabel, Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from klantenapp.models.values import Period
    from klantenapp.services.catalogue.contract_view import ContractRow

#: Years shown at most, and contracts.
_YEARS, _ROWS = 5, 8
_TOKENS = {
    contract_view.ACTIVE: "chartMain",
    contract_view.DRAFT: "chartSoft",
    contract_view.PLANNED: "chartSoft",
}
_DAY = dt.timedelta(days=1)


class TermsChart(QWidget):
    """A bar for every contract on one scale of years, with today through all of them."""

    def __init__(self) -> None:
        super().__init__()
        box = column(self, gap=6)
        box.addWidget(Label(_("Terms"), "heading"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme().px(16))
        self._grid.setVerticalSpacing(theme().px(2))
        self._grid.setColumnMinimumWidth(0, theme().px(150))
        self._grid.setColumnStretch(1, 1)
        box.addLayout(self._grid)
        self.note = Label("", "caption", "muted", wrap=True)
        box.addWidget(self.note)

    def show_rows(self, found: Sequence[ContractRow], today: dt.date) -> None:
        """Show these contracts, the first to begin on top."""
        clear(self._grid)
        shown = sorted(found, key=lambda each: each.valid_from)[-_ROWS:]
        years = years_of(shown, today)
        whole = (dt.date(years[0], 1, 1), dt.date(years[-1], 12, 31))
        head = QWidget()
        words = row(head, gap=0)
        for year in years:
            words.addWidget(Label(str(year), "caption", "muted"), 1)
        self._grid.addWidget(head, 0, 1)
        for at, each in enumerate(shown, 1):
            name = ElidedLabel(each.name)
            name.setFixedWidth(theme().px(150))
            self._grid.addWidget(name, at, 0)
            bar = PeriodLine(10)
            end = each.in_force.end or whole[1]
            token = _TOKENS.get(each.state, "chartPrev")
            bar.set(whole, (each.valid_from, max(end, each.valid_from)), today, token)
            bar.setAccessibleName(f"{each.name}: {i18n.date(each.valid_from)} – {i18n.date(end)}")
            self._grid.addWidget(bar, at, 1)
        text, tone = joined(shown)
        line = _("The line is today.")
        self.note.setText(f"{text} {line}".strip())
        self.note.set_tone(tone)


def years_of(found: Sequence[ContractRow], today: dt.date) -> list[int]:
    """The years that are shown: those of the contracts and of today, the last ones."""
    first = min([today.year, *(each.valid_from.year for each in found)])
    ends = [each.in_force.end or each.valid_from for each in found]
    last = max([today.year, *(end.year for end in ends)])
    return list(range(max(first, last - _YEARS + 1), last + 1))


def joined(found: Sequence[ContractRow]) -> tuple[str, str]:
    """Whether the terms follow each other, in words, with their tone."""
    ordered = sorted(found, key=lambda each: each.valid_from)
    for before, after in pairwise(ordered):
        if _last(before.in_force) >= after.valid_from:
            words = _("{first} and {second} hold on the same days.")
            return words.format(first=before.name, second=after.name), "danger"
    for before, after in pairwise(ordered):
        if _last(before.in_force) + _DAY < after.valid_from:
            words = _("From {start} through {end} no contract holds.")
            start, end = _last(before.in_force) + _DAY, after.valid_from - _DAY
            return words.format(start=i18n.date(start), end=i18n.date(end)), "warn"
    return (_("They follow each other, without gap or overlap.") if len(found) > 1 else ""), "muted"


def _last(period: Period) -> dt.date:
    return period.end or dt.date.max - _DAY
