"""Overview of a customer: what is open, the last contact, what holds on invoices, and the note."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.sentences import timeline as titles
from klantenapp.services.customers import checks
from klantenapp.services.messages import timeline
from klantenapp.services.sales import documents
from klantenapp.services.store import clock
from klantenapp.ui.contact.hold_notes import HoldNotes
from klantenapp.ui.forms import customer_words as words
from klantenapp.ui.qt import clear
from klantenapp.ui.tables.columns import Column, Due
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.cards import Pairs
from klantenapp.ui.widgets.customer_tab import CustomerTab
from klantenapp.ui.widgets.dressing import column, line, row
from klantenapp.ui.widgets.labels import ElidedLabel, IconLabel, Label, Tile

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from sqlalchemy.orm import Session

    from klantenapp.services.customers.profile import Profile
    from klantenapp.services.messages.timeline import Entry
    from klantenapp.services.sales.documents import DocumentRow
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.widgets.page import Page

_ROW, _CONTACTS = 36, 3
_STACKED = 800
_TONES = {"call": "ok", "meeting": "ok", "email": "info", "reminder": "warn", "letter": "info"}
#: Of a whole mail or letter the beginning is enough; what was said is worth reading.
_WRITTEN = ("email", "letter", "reminder")


def read(session: Session, customer_id: int) -> tuple[list[DocumentRow], list[Entry], list[Entry]]:
    """What is open, the last contacts, and what is pinned."""
    today = clock.today()
    wanted = documents.Filter(status="open", customer_id=customer_id)
    ids = documents.list_ids(session, wanted, ("due", False), today)
    rows = {each.id: each for each in documents.list_rows(session, ids, today)}
    shown = timeline.Filter(with_events=False)
    return (
        [rows[each] for each in ids],
        timeline.page(session, customer_id=customer_id, shown=shown, size=_CONTACTS),
        timeline.pinned(session, customer_id),
    )


def columns() -> list[Column]:
    """Columns of what is open."""
    return [
        Column("number", _("Number"), "strong", width=100, stretch=True),
        Column("date", _("Date"), "date", width=104, priority=2),
        Column(
            "due_date",
            _("Due"),
            "due",
            width=136,
            priority=1,
            value=lambda each: Due.of(each.due_date, clock.today()) if each.due_date else None,
        ),
        Column("status", _("Status"), "status", width=166),
        Column("open_amount", _("Outstanding €"), "money", width=118),
    ]


class OverviewTab(CustomerTab):
    """What one wants to know before calling a customer."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._box = self.scrolled(self._left(), self._right(), 20)

    def _left(self) -> QBoxLayout:
        box = column(gap=8)
        self.holds = HoldNotes(self.page)
        box.addWidget(self.holds)
        self._open_title = Label(_("Open invoices"), "heading")
        box.addSpacing(theme().px(4))
        box.addWidget(self._open_title)
        self.model = TableModel(self.page.ops, columns(), parent=self)
        self.view = TableView(self.model, edge=0, row=_ROW, label=_("Open invoices"))
        self.view.opened.connect(lambda document: self.page.go("invoice", id=document))
        box.addWidget(self.view)
        self._nothing = Label(_("Nothing is open."), "body", "muted")
        box.addWidget(self._nothing)
        box.addSpacing(theme().px(12))
        box.addWidget(Label(_("Last contact"), "heading"))
        self._contacts = column(gap=10)
        box.addLayout(self._contacts)
        box.addStretch(1)
        return box

    def _right(self) -> QWidget:
        self._side = QWidget()
        box = column(self._side, gap=10)
        box.addWidget(Label(_("Defaults for invoices"), "heading"))
        self.terms = Pairs(width=104)
        box.addWidget(self.terms)
        box.addSpacing(theme().px(4))
        box.addWidget(line())
        box.addSpacing(theme().px(4))
        box.addWidget(Label(_("Details"), "heading"))
        self.details = Pairs(width=104)
        box.addWidget(self.details)
        self._note_line = line()
        box.addSpacing(theme().px(4))
        box.addWidget(self._note_line)
        box.addSpacing(theme().px(4))
        self._note_title = Label(_("Note"), "heading")
        box.addWidget(self._note_title)
        self._note = Label("", "body", "muted", wrap=True, select=True)
        box.addWidget(self._note)
        box.addStretch(1)
        return self._side

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme().px(_STACKED)
        self._box.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )
        self._side.setMinimumWidth(0 if narrow else theme().px(258))
        self._side.setMaximumWidth(16_777_215 if narrow else theme().px(258))

    @override
    def show_customer(self, profile: Profile) -> None:
        """Show the terms at once, and read the rest."""
        super().show_customer(profile)
        self.holds.show_customer(profile.own.id)
        self.terms.set_pairs(_terms(profile))
        self.details.set_pairs(_details(profile))
        self._load()

    @override
    def refresh(self, changes: Changes) -> None:
        """Read again what is listed here."""
        self.holds.refresh(changes)
        if changes.touches("document", "ledger_entry", "settlement", "message", "reminder"):
            self._load()

    @override
    def enter(self) -> None:
        """Go to what is open."""
        self.view.setFocus()
        if self.view.current_id() is None:
            self.view.select_first()

    def _load(self) -> None:
        if self.profile is not None:
            query = partial(read, customer_id=self.customer_id)
            self.page.ops.read(self, query, self._show, key="overview")

    def _show(self, found: tuple[list[DocumentRow], list[Entry], list[Entry]]) -> None:
        rows, contacts, pinned = found
        self.model.set_rows(rows)
        self.view.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        height = theme().size("tableHeader") + len(rows) * theme().px(_ROW) + 2
        self.view.setFixedHeight(height)
        clear(self._contacts)
        for entry in contacts:
            self._contacts.addWidget(_contact(entry))
        if not contacts:
            self._contacts.addWidget(Label(_("No contact yet."), "body", "muted"))
        self._show_note([entry.text for entry in pinned])

    def _show_note(self, pinned: list[str]) -> None:
        own = self.profile.own.note if self.profile else None
        text = "\n\n".join(each for each in (own, *pinned) if each)
        for widget in (self._note_line, self._note_title, self._note):
            widget.setVisible(bool(text))
        self._note.setText(text)


def _contact(entry: Entry) -> QWidget:
    """One moment of contact: icon, what it was, and when."""
    made = QWidget()
    box = row(made, gap=12)
    icon = words.CONTACT_ICONS[entry.kind]
    tile = Tile(icon, _TONES.get(entry.kind, "neutral"), 30)
    box.addWidget(tile, 0, Qt.AlignmentFlag.AlignTop)
    text = column(gap=1)
    top = row(gap=8)
    top.addWidget(Label(titles.title(entry), "bodyStrong", wrap=True), 1)
    moment = entry.key.at.astimezone()
    day = i18n.short_date(moment.date(), clock.today())
    top.addWidget(Label(f"{day}, {moment:%H:%M}", "caption", "subtle"), 0)
    text.addLayout(top)
    body = " ".join(entry.text.split())
    if body:
        if entry.kind in _WRITTEN:
            text.addWidget(ElidedLabel(body, "body", "muted"))
        else:
            text.addWidget(Label(body, "body", "muted", wrap=True))
    box.addLayout(text, 1)
    return made


def _terms(profile: Profile) -> list[tuple[str, str | QWidget]]:
    terms = profile.terms
    language = i18n.language()
    term, method = terms.payment_term.value, terms.payment_method.value
    name = method.name_en if language == "en" and method.name_en else method.name
    days = ngettext("{days} day", "{days} days", term.days).format(days=term.days)
    prices = terms.price_list.value
    said = [
        (_("Payment term"), days if term.id is None else _term_name(term.name, days)),
        (_("Payment method"), name or _("Bank transfer")),
        (_("Price list"), prices.name if prices else _("Standard prices")),
        (_("VAT"), words.treatment_word(terms.tax.value.treatment)),
        (_("Language"), words.language_word(terms.language.value)),
    ]
    discount = terms.customer_discount
    if discount:
        said.append((_("Discount"), i18n.percent(discount.points)))
    return list(said)


def _term_name(name: str, days: str) -> str:
    """A term by its own name where that says more than its days."""
    return days if name.split(" ", maxsplit=1)[0].isdigit() else name


def _details(profile: Profile) -> list[tuple[str, str | QWidget]]:
    own = profile.own
    said: list[tuple[str, str | QWidget]] = [(_("Customer number"), own.number)]
    if own.kvk:
        said.append((_("CoC"), own.kvk))
    if own.vat_id:
        said.append((_("VAT id"), _checked(own.vat_id)))
    address = profile.address
    if address is not None:
        city = " ".join(part for part in (address.postal_code, address.city) if part)
        country = i18n.country_names(i18n.language()).get(address.country, address.country)
        parts = (address.street, city, country if address.country != "NL" else None)
        text = "\n".join(part for part in parts if part)
        if text:
            said.append((_("Address"), text))
    if own.website:
        said.append((_("Website"), own.website))
    return said


def _checked(vat_id: str) -> QWidget:
    """A number with what is known of it."""
    made = QWidget()
    box = row(made, gap=6)
    box.addWidget(Label(vat_id, "body", select=True))
    check = checks.check("vat_id", vat_id)
    if check.is_ok:
        box.addWidget(IconLabel("badge-check", "ok", 15))
    elif check.problem is not None:
        box.addWidget(IconLabel("triangle-alert", "warn", 15))
    box.addStretch(1)
    return made
