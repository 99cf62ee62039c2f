"""Between which days a timeline is shown: some that are offered, or two of the user's own."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, TypeAlias

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.services.store import clock
from klantenapp.ui.forms.form import Form
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.value_inputs import DateInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from klantenapp.ui.widgets.page import Page

#: First and last day, both included; None is open.
Period: TypeAlias = tuple[dt.date | None, dt.date | None]


def offered() -> list[tuple[str, Period]]:
    """What is offered, in words."""
    today = clock.today()
    return [
        (_("Any time"), (None, None)),
        (_("Last 30 days"), (today - dt.timedelta(days=30), None)),
        *((str(year), _year(year)) for year in (today.year, today.year - 1)),
    ]


def _year(year: int) -> Period:
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def words(period: Period) -> str:
    """A period as it is shown; empty for any time."""
    if period == (None, None):
        return ""
    known = next((text for text, one in offered() if one == period), "")
    if known:
        return known
    since, until = (i18n.date(day) if day else "" for day in period)
    return f"{since} – {until}".strip()


class PeriodDialog(Dialog):
    """Two days; one of them may stay open."""

    def __init__(self, page: Page, now: Period, choose: Callable[[Period], object]) -> None:
        super().__init__(page, _("Show from and through"), 440)
        self._choose = choose
        self.since, self.until = DateInput(), DateInput()
        self.form = Form(columns=2)
        self.form.add("since", _("From"), self.since, row=0)
        self.form.add("until", _("Through"), self.until, row=0, column=1)
        self.since.set_value(now[0])
        self.until.set_value(now[1])
        self.body.addWidget(self.form)
        self.set_act(_("Show"), self._show, "check")
        self.start_at(self.since)

    def _show(self) -> None:
        since, until = self.since.value(), self.until.value()
        if since is not None and until is not None and until < since:
            wrong = _("This day comes before the first one. Choose a later day.")
            self.form.fields["until"].set_error(wrong)
            return
        self.accept()
        self._choose((since, until))
