"""Looking for the invoice or the customer that a bank line is for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.services.customers import listing
from klantenapp.services.receivables import bank_desk
from klantenapp.services.store import clock
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.picker import Option, SearchPicker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from klantenapp.ui.widgets.page import Page

_SHOWN = 8


def find_customers(session: Session, text: str) -> list[Option]:
    """The first customers that match what is typed."""
    today = clock.today()
    ids = listing.list_ids(session, listing.Filter(text=text), ("name", False), today)[:_SHOWN]
    rows = {found.id: found for found in listing.list_rows(session, ids, today)}
    return [
        Option((found.id, found.name, None), found.name, found.city or found.number)
        for found in (rows[each] for each in ids)
    ]


def find_invoices(session: Session, text: str, *, incoming: bool) -> list[Option]:
    """Open items that match number, customer or amount."""
    return [
        Option(
            (item.customer_id, item.customer, item),
            item.number or _("Credit"),
            item.customer,
            i18n.money(item.open_amount.cents),
        )
        for item in bank_desk.find_items(session, text, incoming=incoming)
    ]


class FindDialog(Dialog):
    """A search field; choosing closes the dialog."""

    def __init__(
        self,
        page: Page,
        title: str,
        hint: str,
        query: Callable[[Session, str], list[Option]],
        chosen: Callable[[Any], object],
    ) -> None:
        super().__init__(page, title)
        self._page, self._query, self._chosen = page, query, chosen
        self.field = SearchPicker(self._find, hint, width=460)
        self.field.picked.connect(self._picked)
        self.body.addWidget(self.field)
        self.start_at(self.field)

    def _find(self, text: str, show: Callable[[Sequence[Option]], None]) -> None:
        query = partial(_asked, query=self._query, text=text)
        self._page.ops.read(self, query, show, key="find")

    def _picked(self, option: Option) -> None:
        self.accept()
        self._chosen(option.value)


def _asked(
    session: Session, query: Callable[[Session, str], list[Option]], text: str
) -> list[Option]:
    return query(session, text)
