"""What can be done with an entry of a timeline: by key, by menu, by opening it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from klantenapp.i18n import _
from klantenapp.services.messages import notes
from klantenapp.ui.contact.entry_dialog import offer_change
from klantenapp.ui.contact.mail_viewer import show_mail

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QPoint

    from klantenapp.services.messages.timeline import Entry
    from klantenapp.ui.contact.timeline_list import TimelineList
    from klantenapp.ui.widgets.page import Page

_OWN = {"note", "call", "meeting", "letter"}


class EntryActs(QObject):
    """Binds a list of entries to what can be done with them.

    Args:
        page: for writes, toasts and other screens.
        view: the list.
        invoices: that an entry can be linked to.
    """

    def __init__(
        self, page: Page, view: TimelineList, invoices: Callable[[], Sequence[tuple[int, str]]]
    ) -> None:
        super().__init__(view)
        self._page, self._view, self._invoices = page, view, invoices
        view.opened.connect(self.open)
        view.menu_asked.connect(self._menu)
        page.list_key("Delete", _("Remove message"), self._on(self.remove), view)
        page.list_key("F2", _("Change note"), self._on(self.open), view)
        page.list_key("P", _("Pin note"), self._on(self.pin), view)

    def _on(self, act: Callable[[Entry], object]) -> Callable[[], object]:
        """Do it with the current entry, if there is one."""

        def run() -> None:
            entry = self._view.current_entry()
            if entry is not None:
                act(entry)

        return run

    def open(self, entry: Entry) -> None:
        """Show what there is of it, or where it comes from."""
        if entry.kind in _OWN:
            offer_change(self._page, entry, self._invoices())
        elif entry.kind == "event":
            if entry.document_id is not None:
                self._page.go("invoice", id=entry.document_id)
            else:
                self._page.go("contract", id=entry.id)
        elif entry.status == "draft":
            self._page.go("email", draft=entry.id)
        else:
            show_mail(self._page, entry)

    def remove(self, entry: Entry) -> None:
        """Take it off the timeline, with undo."""
        if entry.kind == "event":
            return

        def gone(_none: object) -> None:
            self._page.toast(_("Removed"), undo=True)

        work = partial(notes.remove, message_id=entry.id)
        self._page.ops.write(notes.REMOVE, work, gone)

    def pin(self, entry: Entry) -> None:
        """Keep it on top, or let it go."""
        if entry.kind != "event":
            work = partial(notes.pin, message_id=entry.id, pinned=not entry.pinned)
            self._page.ops.write(notes.PIN, work)

    def finish(self, entry: Entry) -> None:
        """Tick off its follow-up, or bring it back."""
        work = partial(notes.finish, message_id=entry.id, done=not entry.is_followed_up)
        self._page.ops.write(notes.FINISH, work)

    def link(self, entry: Entry, document_id: int | None) -> None:
        """Say which invoice it is about."""
        work = partial(notes.link, message_id=entry.id, document_id=document_id)
        self._page.ops.write(notes.LINK, work)

    def _menu(self, entry: Entry, at: QPoint) -> None:
        menu = QMenu(self._view)
        menu.addAction(_("Open")).triggered.connect(partial(self.open, entry))
        if entry.kind != "event":
            pin = _("Unpin") if entry.pinned else _("Pin")
            menu.addAction(pin).triggered.connect(partial(self.pin, entry))
            if entry.follow_up_on is not None:
                words = _("Follow up again") if entry.is_followed_up else _("Followed up")
                menu.addAction(words).triggered.connect(partial(self.finish, entry))
            self._offer_invoices(menu, entry)
            if entry.document_id is not None:
                show = menu.addAction(_("Show {number}").format(number=entry.document_number))
                show.triggered.connect(partial(self._page.go, "invoice", id=entry.document_id))
            menu.addSeparator()
            menu.addAction(_("Remove")).triggered.connect(partial(self.remove, entry))
        menu.popup(at)

    def _offer_invoices(self, menu: QMenu, entry: Entry) -> None:
        invoices = self._invoices()
        if not invoices:
            return
        inner = menu.addMenu(_("Link to invoice"))
        for document_id, number in ((None, _("No invoice")), *invoices[:15]):
            act = inner.addAction(number)
            act.setCheckable(True)
            act.setChecked(document_id == entry.document_id)
            act.triggered.connect(partial(self.link, entry, document_id))
