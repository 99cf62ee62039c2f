"""All contact with a customer, or about one document: written, filtered, searched, opened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QBoxLayout, QMenu, QWidget
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.services.messages import notes, timeline
from klantenapp.services.messages.notes import NewEntry
from klantenapp.services.messages.timeline import Filter
from klantenapp.ui.contact import mail_import
from klantenapp.ui.contact import period as periods
from klantenapp.ui.contact.dossier_out import print_sheet, save_dossier, save_sheet
from klantenapp.ui.contact.entry_dialog import RecordDialog
from klantenapp.ui.contact.entry_menu import EntryActs
from klantenapp.ui.contact.note_field import NoteField
from klantenapp.ui.contact.opening import open_file
from klantenapp.ui.contact.period import PeriodDialog
from klantenapp.ui.contact.timeline_list import TimelineList
from klantenapp.ui.contact.timeline_model import PAGE, TimelineModel
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button, IconButton
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.search_field import SearchField
from klantenapp.ui.widgets.states import EmptyState, NoResults
from klantenapp.ui.widgets.tabs import QuickFilters

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
    from sqlalchemy.orm import Session

    from klantenapp.services.messages.events import Key
    from klantenapp.services.messages.timeline import Entry, FileRow
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.contact.period import Period
    from klantenapp.ui.widgets.page import Page

#: What the entries are made of.
TABLES: Final = (
    "message",
    "outbox",
    "message_file",
    "document",
    "settlement",
    "ledger_entry",
    "contract",
    "quote_decision",
)
#: Least width of the search, at 100 %.
_SEEK: Final = 120
_EDGE: Final = 28


@dataclass(frozen=True)
class Shown:
    """What one read brings: places, what is pinned, the first rows, and counts."""

    keys: list[Key]
    pinned: list[Entry]
    rows: list[Entry]
    counts: dict[str, int]
    invoices: list[tuple[int, str]]


def read(session: Session, customer_id: int, shown: Filter) -> Shown:
    """Everything for the first sight of a customer's timeline."""
    keys = timeline.keys(session, customer_id=customer_id, shown=shown)
    plain = shown == Filter(with_events=shown.with_events)
    return Shown(
        keys,
        timeline.pinned(session, customer_id) if plain else [],
        timeline.rows(session, keys[:PAGE], customer_id=customer_id),
        timeline.counts(session, customer_id),
        timeline.documents(session, customer_id),
    )


class TimelinePanel(QWidget):
    """The timeline of a customer.

    Args:
        page: the page around it, for reads, writes, toasts and dialogs.
    """

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._customer_id = 0
        self._filter = Filter(with_events=False)
        self._invoices: list[tuple[int, str]] = []
        self._wanted = 0
        self.model = TimelineModel(self._ask, self)
        self.list = TimelineList(self.model, _("Contact"))
        self.acts = EntryActs(page, self.list, lambda: self._invoices)
        self.list.file_clicked.connect(self._open_file)
        self.filters = QuickFilters(
            [
                ("all", _("Everything")),
                ("email", _("E-mail")),
                ("reminder", _("Reminders")),
                ("letter", _("Letters")),
                ("call", _("Conversations")),
                ("note", _("Notes")),
            ]
        )
        self.filters.changed.connect(self._choose)
        self.seek = SearchField(_("Search"), self.list, width=170)
        self.seek.setMinimumWidth(theme().px(_SEEK))
        self.seek.sought.connect(self._seek)
        self.more = IconButton("sliders-horizontal", _("What is shown"), framed=True)
        self.more.clicked.connect(self._offer_more)
        self.period = Button("", "x", "ghost", small=True)
        self.period.clicked.connect(lambda: self._choose_period((None, None)))
        self.period.hide()
        self.record = Button(_("Record conversation"), "phone", small=False)
        self.record.clicked.connect(self._record)
        self.note = NoteField()
        self.note.written.connect(self._write)
        self._lay_out()
        self.setAcceptDrops(True)

    def _lay_out(self) -> None:
        box = column(self, _EDGE, 12, _EDGE, 0, gap=12)
        tools = QWidget()
        line = row(tools, gap=8)
        line.addWidget(self.seek, 1)
        line.addWidget(self.more)
        line.addWidget(self.period)
        line.addStretch()
        line.addWidget(self.record)
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bar.setSpacing(theme().px(8))
        self._bar.addWidget(self.filters, 0, Qt.AlignmentFlag.AlignLeft)
        self._bar.addStretch(1)
        self._bar.addWidget(tools, 1000)
        self._tools = tools
        box.addLayout(self._bar)
        box.addWidget(self.note)
        self.empty = EmptyState(
            "message-square",
            _("No contact yet"),
            _("Notes, calls and every mail come here. Drop an .eml file to add a mail."),
        )
        self.nothing = NoResults("", self._clear)
        for widget in (self.empty, self.nothing, self.list):
            box.addWidget(widget, 1)
        self.empty.hide()
        self.nothing.hide()

    # -- showing ---------------------------------------------------------------------------------

    def show_customer(self, customer_id: int) -> None:
        """Show another customer, or the same one again."""
        if customer_id != self._customer_id:
            self._customer_id = customer_id
            self.note.clear()
            self._filter = Filter(with_events=self._filter.with_events)
            self._show_period()
            self.seek.clear()
            self.filters.choose("all")
        self.load()

    def refresh(self, changes: Changes) -> None:
        """Read again what these changes touch."""
        if self._customer_id and changes.touches(*TABLES):
            self.load()

    def enter(self) -> None:
        """Go to the field for a note."""
        self.note.setFocus()

    def show_entry(self, message_id: int) -> None:
        """Go to a message, whatever was filtered before."""
        self._wanted = message_id
        self._filter = Filter(with_events=self._filter.with_events)
        self._show_period()
        self.seek.clear()
        self.filters.choose("all")
        self.load()

    def load(self) -> None:
        """Read the timeline."""
        query = partial(read, customer_id=self._customer_id, shown=self._filter)
        self._page.ops.read(self, query, self._show, key="timeline")

    def _show(self, found: Shown) -> None:
        self._invoices = found.invoices
        self.filters.set_counts(found.counts)
        for name in ("letter", "reminder"):
            self.filters.set_visible(name, visible=bool(found.counts[name]) or name != "letter")
        self.model.show_keys(found.keys, found.pinned, found.rows)
        any_left = bool(found.keys or found.pinned)
        narrowed = bool(self._filter.text or self._filter.group or self._filter.since)
        self.list.setVisible(any_left)
        self.empty.setVisible(not any_left and not narrowed)
        self.nothing.setVisible(not any_left and narrowed)
        self._go_to_wanted(found)

    def _go_to_wanted(self, found: Shown) -> None:
        wanted, self._wanted = self._wanted, 0
        places = (one for one in found.keys if (one.source, one.id) == ("message", wanted))
        key = next(places, None)
        if key is not None:
            self.list.go_to(key)

    def _ask(self, keys: list[Key]) -> None:
        query = partial(timeline.rows, wanted=keys, customer_id=self._customer_id)
        self._page.ops.read(self, query, self.model.keep)

    # -- filtering -------------------------------------------------------------------------------

    def _choose(self, key: str) -> None:
        self._filter = replace(self._filter, group=None if key == "all" else key)
        self.load()

    def _seek(self, text: str) -> None:
        if text != self._filter.text:
            self._filter = replace(self._filter, text=text)
            self.load()

    def _clear(self) -> None:
        self._filter = Filter(with_events=self._filter.with_events)
        self._show_period()
        self.seek.clear()
        self.filters.choose("all")
        self.load()

    def _offer_more(self) -> None:
        menu = QMenu(self)
        events = menu.addAction(_("Show what happened by itself"))
        events.setCheckable(True)
        events.setChecked(self._filter.with_events)
        events.triggered.connect(self._toggle_events)
        menu.addSeparator()
        now = (self._filter.since, self._filter.until)
        for words, one in periods.offered():
            act = menu.addAction(words)
            act.setCheckable(True)
            act.setChecked(one == now)
            act.triggered.connect(partial(self._choose_period, one))
        own = menu.addAction(_("Choose a period…"))
        own.triggered.connect(lambda: PeriodDialog(self._page, now, self._choose_period).open())
        menu.addSeparator()
        customer_id, page = self._customer_id, self._page
        for text, run in (
            (_("Import mail…"), partial(mail_import.choose, page, customer_id)),
            (
                _("Contact as PDF…"),
                partial(save_sheet, page, _("Contact"), customer_id=customer_id),
            ),
            (_("Print contact"), partial(print_sheet, page, _("Contact"), customer_id=customer_id)),
            (_("Collection dossier…"), partial(save_dossier, page, customer_id)),
        ):
            menu.addAction(text).triggered.connect(lambda _checked=False, run=run: run())
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _toggle_events(self) -> None:
        self._filter = replace(self._filter, with_events=not self._filter.with_events)
        self.load()

    def _choose_period(self, chosen: Period, *_signal: object) -> None:
        since, until = chosen
        self._filter = replace(self._filter, since=since, until=until)
        self._show_period()
        self.load()

    def _show_period(self) -> None:
        """Name the period that is shown, with a cross that ends it."""
        words = periods.words((self._filter.since, self._filter.until))
        self.period.setText(words)
        self.period.setToolTip(_("Show any time again"))
        self.period.setVisible(bool(words))

    # -- writing ---------------------------------------------------------------------------------

    def _write(self, text: str) -> None:
        def kept(_message_id: int) -> None:
            self.note.clear()
            self._page.toast(_("Note kept"), undo=True)

        work = partial(notes.add, customer_id=self._customer_id, entry=NewEntry("note", text))
        self._page.ops.write(notes.ADD["note"], work, kept)

    def _record(self) -> None:
        RecordDialog(
            self._page,
            self._customer_id,
            self._invoices,
            lambda: self._page.toast(_("Conversation recorded"), undo=True),
        ).open()

    def _open_file(self, file: FileRow) -> None:
        open_file(self._page, file.file_id, file.name)

    def _fit(self) -> None:
        """Tools beside the filters, or below them where both do not fit."""
        room = self.width() - theme().px(2 * _EDGE)
        needed = self.filters.sizeHint().width() + self._tools.minimumSizeHint().width()
        beside = needed + theme().px(8) <= room
        way = QBoxLayout.Direction
        self._bar.setDirection(way.LeftToRight if beside else way.TopToBottom)

    @override
    def event(self, event: QEvent) -> bool:
        # Filters come and go with the counts.
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if mail_import.paths_of(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        mail_import.take(self._page, mail_import.paths_of(event.mimeData()), self._customer_id)
