"""The documents that belong with one: links to where it came from and what came of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from klantenapp.i18n import _
from klantenapp.services.sales import links
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.flow import Flow
from klantenapp.ui.widgets.labels import IconLabel, Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from klantenapp.services.sales.links import Related
    from klantenapp.ui.widgets.page import Page


def relation(found: Related) -> str:
    """What another document is to this one."""
    if found.link == "credit":
        return _("Credited by") if found.forward else _("Credits")
    if found.link == "copy":
        return _("Copied to") if found.forward else _("Copied from")
    if found.link == "reissue":
        return _("Made again as") if found.forward else _("Instead of")
    if found.link == "deposit" and found.kind != "quote":
        if found.forward:
            return _("Taken off on") if found.deposit_kind == "final" else _("Deposit")
        return _("Deposit taken off")
    return _("Invoiced on") if found.forward else _("From quote")


def name(found: Related) -> str:
    """The other document in words: its number, or that it is a draft."""
    if found.number is not None:
        return found.number
    return _("draft quote") if found.kind == "quote" else _("draft invoice")


class RelatedStrip(Flow):
    """One link per document; hidden where there is none."""

    def __init__(self, page: Page) -> None:
        super().__init__(18, 4)
        self._page = page
        self.links: list[Button] = []
        self.hide()

    def show_document(self, document_id: int | None) -> None:
        """Read what belongs with a document."""
        if document_id is None:
            self.show_links([])
            return
        query = partial(links.related, document_id=document_id)
        self._page.ops.read(self, query, self.show_links, key="related")

    def show_links(self, found: Sequence[Related]) -> None:
        """Show these."""
        self.clear()
        self.links = []
        for each in found:
            self.add(self._link(each))
        self.setVisible(bool(found))

    def _link(self, found: Related) -> QWidget:
        holder = QWidget()
        box = row(holder, gap=6)
        box.addWidget(IconLabel("link", "subtle", 14))
        box.addWidget(Label(relation(found), "body", "muted"))
        link = Button(name(found), kind="link", small=True)
        link.setAccessibleName(f"{relation(found)} {name(found)}")
        route = "draft" if found.is_draft else "invoice"
        link.clicked.connect(lambda: self._page.go(route, id=found.document_id))
        self.links.append(link)
        box.addWidget(link)
        return holder
