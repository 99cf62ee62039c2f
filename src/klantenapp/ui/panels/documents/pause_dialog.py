"""Pausing a schedule: until when, and what happens with the dates in between."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from klantenapp.i18n import _
from klantenapp.services.sales import recurring
from klantenapp.ui.forms.form import Form
from klantenapp.ui.widgets.choice_cards import Choices
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.value_inputs import DateInput

if TYPE_CHECKING:
    from klantenapp.services.sales.recurring_list import ScheduleRow
    from klantenapp.ui.widgets.page import Page


class PauseDialog(Dialog):
    """Until a day, or until the user resumes it; can be undone."""

    def __init__(self, page: Page, found: ScheduleRow) -> None:
        super().__init__(page, _("Pause {name}?").format(name=found.name))
        self._page, self._id = page, found.id
        self.say(found.customer)
        self.until = DateInput()
        self.form = Form(columns=1)
        self.form.add("until", _("Until"), self.until)
        self.form.fields["until"].set_help(_("Leave it empty to resume it yourself."))
        self.body.addWidget(self.form)
        self.body.addWidget(Label(_("Dates in between"), "label", "muted"))
        self.between = Choices(
            [
                ("skip", _("Skip them"), _("Nothing is invoiced for them")),
                ("catch_up", _("Make them afterwards"), _("As drafts, after asking")),
            ]
        )
        self.body.addWidget(self.between)
        self.set_act(_("Pause"), self._pause, "pause")
        self.start_at(self.until)

    def _pause(self) -> None:
        work = partial(
            recurring.pause,
            recurring_id=self._id,
            until=self.until.value(),
            catch_up=self.between.value() == "catch_up",
        )
        self._page.ops.write(recurring.PAUSE, work, done=self._paused, failed=self._refused)

    def _paused(self, _none: None) -> None:
        self.accept()
        self._page.toast(_("Schedule paused"), undo=True)

    def _refused(self, failure: Exception) -> None:
        self.form.show_failure(failure)
