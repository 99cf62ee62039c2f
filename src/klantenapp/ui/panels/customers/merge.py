"""Merging a customer into another: who stays is chosen, and what moves is said first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from klantenapp.i18n import _
from klantenapp.services.customers import listing, merging
from klantenapp.services.store import clock
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.fields import Field
from klantenapp.ui.widgets.picker import Option, SearchPicker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.customers.profile import Own
    from klantenapp.ui.widgets.page import Page

_SHOWN = 8


def others(session: Session, text: str, without: int) -> list[listing.CustomerRow]:
    """Customers that match, but this one."""
    today = clock.today()
    ids = listing.list_ids(session, listing.Filter(text=text), ("name", False), today)
    wanted = [each for each in ids[: _SHOWN + 1] if each != without][:_SHOWN]
    rows = {row.id: row for row in listing.list_rows(session, wanted, today)}
    return [rows[each] for each in wanted]


class MergeDialog(Dialog):
    """Which customer takes this one over."""

    def __init__(self, page: Page, own: Own) -> None:
        super().__init__(page, _("Merge customers"))
        self._page = page
        self._own = own
        self.say(
            _(
                "Invoices, payments, messages, contracts and contacts of {name} ({number}) move to"
                " the customer that you choose. The number stays findable, and issued invoices keep"
                " what they say."
            ).format(name=own.name, number=own.number)
        )
        self.picker = SearchPicker(self._find, _("Search by name, place, number or e-mail"))
        self.field = Field(_("Move to"), self.picker)
        self.body.addWidget(self.field)
        self.act = self.set_act(_("Merge"), self._merge, "merge")
        self.act.allow(_("Choose a customer first."))
        self.picker.picked.connect(lambda _option: self.act.allow(None))
        self.start_at(self.picker)

    def _find(self, text: str, show: Callable[[Sequence[Option]], None]) -> None:
        self._page.ops.read(
            self,
            partial(others, text=text, without=self._own.id),
            lambda rows: show([Option(row.id, row.name, row.city or row.number) for row in rows]),
            key="find",
        )

    def _merge(self) -> None:
        into = self.picker.value()
        if into is None:
            return
        self._page.ops.write(
            merging.MERGE,
            partial(merging.merge, from_id=self._own.id, into_id=into),
            done=lambda _nothing: self._merged(into),
            failed=self._refused,
        )

    def _merged(self, into: int) -> None:
        self.accept()
        self._page.toast(_("Customers merged"), undo=True)
        self._page.go("customer", id=into)

    def _refused(self, failure: Exception) -> None:
        from klantenapp.sentences.speak import sentence  # noqa: PLC0415 - collects every chapter

        self.field.set_error(sentence(failure))
