"""What to come back to today: the entry itself, or a list of them to choose from."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from klantenapp.i18n import _
from klantenapp.services.messages import notes, timeline
from klantenapp.services.store import clock
from klantenapp.ui.tables.columns import Column, Due
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dialogs import Dialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from klantenapp.services.messages.timeline import FollowUp
    from klantenapp.ui.widgets.page import Page

_ICONS = {"call": "phone", "meeting": "users", "email": "mail", "reminder": "bell-ring"}


def show(page: Page) -> None:
    """Go to the one entry that waits; offer them where there are several."""

    def found(waiting: list[FollowUp]) -> None:
        if len(waiting) == 1:
            go_to(page, waiting[0])
        elif waiting:
            FollowUpsDialog(page, waiting).open()

    page.ops.read(page, partial(timeline.follow_ups, until=clock.today()), found, key="follow_ups")


def go_to(page: Page, one: FollowUp) -> None:
    """The entry in its customer's timeline."""
    page.go("customer", id=one.customer_id, tab="messages", entry=one.message_id)


def columns() -> list[Column]:
    """Whom it is about, what was said, and since when it waits."""
    return [
        Column(
            "customer",
            _("Customer"),
            "icon_strong",
            width=220,
            value=lambda one: (_ICONS.get(one.kind, "sticky-note"), one.customer),
        ),
        Column("text", _("Text"), "muted", width=260, stretch=True, value=_first_line),
        Column(
            "day", _("When"), "due", width=140, value=lambda one: Due.of(one.day, clock.today())
        ),
    ]


def _first_line(one: FollowUp) -> str:
    return " ".join(one.text.split())


class FollowUpsDialog(Dialog):
    """Everything to come back to, oldest first."""

    def __init__(self, page: Page, waiting: Sequence[FollowUp]) -> None:
        super().__init__(page, _("Follow-ups"), 760)
        self._page = page
        self._waiting = {one.message_id: one for one in waiting}
        self.model = TableModel(page.ops, columns(), parent=self)
        self.view = TableView(self.model, edge=10, label=_("Follow-ups"))
        self.view.setMinimumHeight(theme().px(250))
        self.view.opened.connect(self._open)
        self.body.addWidget(self.view)
        self.cancel.setText(_("Close"))
        done = Button(_("Followed up"), "check", "ghost")
        done.clicked.connect(self._finish)
        self.add_left(done)
        self.set_act(_("Show"), lambda: self._open(self.view.current_id()), "arrow-right")
        self.start_at(self.view)
        self._show()

    def _show(self) -> None:
        self.model.set_rows([_Row(one) for one in self._waiting.values()])
        self.view.select_first()

    def _open(self, message_id: int | None) -> None:
        if message_id in self._waiting:
            self.accept()
            go_to(self._page, self._waiting[message_id])

    def _finish(self) -> None:
        """Tick off the current one; the next is current then."""
        message_id = self.view.current_id()
        if message_id is None:
            return

        def done(_none: None) -> None:
            del self._waiting[message_id]
            self._page.toast(_("Followed up"), undo=True)
            if self._waiting:
                self._show()
            else:
                self.accept()

        self._page.ops.write(notes.FINISH, partial(notes.finish, message_id=message_id), done)


class _Row:
    """A follow-up as a row of the table."""

    def __init__(self, one: FollowUp) -> None:
        self.id = one.message_id
        self.customer, self.text = one.customer, one.text
        self.day, self.kind = one.day, one.kind
