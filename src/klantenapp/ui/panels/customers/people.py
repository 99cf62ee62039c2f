"""Details of a customer, third part: where it is, and who works there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _, pgettext
from klantenapp.services.customers import addresses, contacts
from klantenapp.services.customers.customers import AddressData, ContactData
from klantenapp.ui.forms import customer_words as words
from klantenapp.ui.forms import numbers
from klantenapp.ui.forms.form import Form
from klantenapp.ui.qt import clear
from klantenapp.ui.tables.columns import Column
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button, IconButton
from klantenapp.ui.widgets.country_input import CountryInput
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.inputs import ChoiceInput, TextInput
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.notes import Note

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from klantenapp.services.customers.profile import AddressRow, ContactRow, Profile
    from klantenapp.ui.widgets.page import Page

_ROW = 32


def address_kinds() -> list[tuple[str, str]]:
    """Kinds of addresses."""
    return [
        ("invoice", _("Invoice address")),
        ("visit", _("Visiting address")),
        ("delivery", _("Delivery address")),
        ("work", _("Work address")),
    ]


def receiving() -> list[tuple[str, str]]:
    """What a contact receives."""
    return [
        ("none", _("nothing")),
        ("all", _("everything")),
        ("invoices", _("invoices")),
        ("reminders", _("reminders")),
        ("quotes", _("quotes")),
    ]


class _EntryDialog(Dialog):
    """Fields of something that belongs to a customer; what the service refuses is said at them."""

    def __init__(self, page: Page, title: str, columns: int) -> None:
        super().__init__(page, title)
        self._page = page
        self.form = Form(columns=columns)

    def _write(self, operation: str, work: Any, said: str) -> None:
        def done(_result: object) -> None:
            self.accept()
            self._page.toast(said, undo=True)

        self._page.ops.write(operation, work, done=done, failed=self._refused)

    def _refused(self, failure: Exception) -> None:
        self.form.show_failure(failure)


# -- addresses ----------------------------------------------------------------------------


class AddressDialog(_EntryDialog):
    """One address, new or changed."""

    def __init__(self, page: Page, customer_id: int, found: AddressRow | None = None) -> None:
        super().__init__(page, _("Edit address") if found else _("New address"), 12)
        self._customer_id, self._found = customer_id, found
        add = self.form.add
        add("kind", _("Kind"), ChoiceInput(address_kinds()), row=0, span=6)
        add("name", _("Name or part"), TextInput(), row=0, column=6, span=6)
        add("street", _("Street and number"), TextInput(), row=1, span=12)
        add("postal_code", _("Postal code"), TextInput(limit=20), row=2, span=3)
        add("city", _("City"), TextInput(), row=2, column=3, span=5)
        add("country", _("Country"), CountryInput(), row=2, column=8, span=4)
        country = self.form.fields["country"].input
        numbers.watch(
            self.form.fields["postal_code"], "postal_code", lambda: str(country.value() or "NL")
        )
        self.form.fill(found or AddressData(kind="visit"))
        self.body.addWidget(self.form)
        self.set_act(_("Save"), self._save, "check")
        if found is not None:
            remove = Button(pgettext("verb", "Delete"), "trash-2", "danger")
            remove.setText(_("Delete address"))
            remove.clicked.connect(self._remove)
            self.add_left(remove)
        self.start_at(self.form.fields["street"].input)

    def _save(self) -> None:
        values: dict[str, Any] = self.form.values()
        if self._found is None:
            data = AddressData(**values)
            self._write(
                addresses.ADD,
                partial(addresses.add, customer_id=self._customer_id, data=data),
                _("Address added"),
            )
        else:
            work = partial(addresses.change, address_id=self._found.id, values=values)
            self._write(addresses.CHANGE, work, _("Saved"))

    def _remove(self) -> None:
        if self._found is not None:
            work = partial(addresses.remove, address_id=self._found.id)
            self._write(addresses.REMOVE, work, _("Address deleted"))


class _AddressCard(QFrame):
    """One address; a click or Enter opens it."""

    clicked = Signal()

    def __init__(self, found: AddressRow) -> None:
        super().__init__()
        self.setProperty("role", "picked")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        box = column(self, 13, 9, 13, 10, gap=1)
        title = dict(address_kinds())[found.kind]
        if found.name:
            title = _("{kind}, {name}").format(kind=title, name=found.name)
        city = " ".join(part for part in (found.postal_code, found.city) if part)
        country = i18n.country_names(i18n.language()).get(found.country, found.country)
        lines = [found.street, city, country if found.country != "NL" else None]
        box.addWidget(Label(title, "label", "muted", wrap=True))
        for text in lines:
            if text:
                box.addWidget(Label(text, wrap=True))
        self.setAccessibleName(", ".join(text for text in (title, *lines) if text))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.clicked.emit()
            return
        super().keyPressEvent(event)


class AddressesPart(QWidget):
    """The addresses as cards."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._customer_id = 0
        box = column(self, gap=8)
        head = row(gap=8)
        head.addWidget(Label(_("Addresses"), "heading"), 1)
        self.add = IconButton("plus", _("New address"))
        self.add.clicked.connect(self._new)
        head.addWidget(self.add)
        box.addLayout(head)
        self.cards = column(gap=8)
        box.addLayout(self.cards)
        box.addStretch(1)

    def show_customer(self, profile: Profile) -> None:
        """Show the addresses of a customer."""
        self._customer_id = profile.own.id
        clear(self.cards)
        for found in profile.addresses:
            card = _AddressCard(found)
            card.clicked.connect(partial(self._open, found))
            self.cards.addWidget(card)
        if not any(each.kind == "invoice" for each in profile.addresses):
            note = Note("warn", _("No invoice address."), _("An invoice needs one."))
            self.cards.addWidget(note)

    def _new(self) -> None:
        AddressDialog(self._page, self._customer_id).open()

    def _open(self, found: AddressRow) -> None:
        AddressDialog(self._page, self._customer_id, found).open()


# -- contacts -----------------------------------------------------------------------------


class ContactDialog(_EntryDialog):
    """One person, new or changed."""

    def __init__(self, page: Page, customer_id: int, found: ContactRow | None = None) -> None:
        super().__init__(page, _("Edit contact") if found else _("New contact"), 2)
        self._customer_id, self._found = customer_id, found
        add = self.form.add
        add("name", _("Name"), TextInput(), row=0, column=0)
        add("role", _("Role"), TextInput(), row=0, column=1)
        add("email", _("E-mail"), TextInput(limit=254), row=1, column=0)
        add("phone", _("Phone"), TextInput(limit=60), row=1, column=1)
        add("receives", _("Receives"), ChoiceInput(receiving()), row=2, column=0)
        languages = [(None, _("As for the customer"))]
        known = [(code, words.language_word(code)) for code in i18n.LANGUAGES]
        add("language", _("Language"), ChoiceInput([*languages, *known]), row=2, column=1)
        add("salutation", _("Salutation"), TextInput(), row=3, column=0, span=2)
        for name in ("email", "phone"):
            numbers.watch(self.form.fields[name], name)
        self.form.fill(found or ContactData(name=""))
        self.body.addWidget(self.form)
        self.set_act(_("Save"), self._save, "check")
        if found is not None:
            remove = Button(_("Delete contact"), "trash-2", "danger")
            remove.clicked.connect(self._remove)
            self.add_left(remove)
        self.start_at(self.form.fields["name"].input)

    def _save(self) -> None:
        values: dict[str, Any] = self.form.values()
        values["name"] = values["name"] or ""
        if self._found is None:
            work = partial(contacts.add, customer_id=self._customer_id, data=ContactData(**values))
            self._write(contacts.ADD, work, _("Contact added"))
        else:
            change = partial(contacts.change, contact_id=self._found.id, values=values)
            self._write(contacts.CHANGE, change, _("Saved"))

    def _remove(self) -> None:
        if self._found is not None:
            work = partial(contacts.remove, contact_id=self._found.id)
            self._write(contacts.REMOVE, work, _("Contact deleted"))


def contact_columns() -> list[Column]:
    """Columns of the contacts."""
    return [
        Column("name", _("Name"), "strong", width=140, stretch=True),
        Column("role", _("Role"), "muted", width=110, priority=2),
        Column("email", _("E-mail"), "muted", width=190, stretch=True, priority=1),
        Column(
            "receives",
            _("Receives"),
            "muted",
            width=104,
            value=lambda each: "–" if each.receives == "none" else dict(receiving())[each.receives],
        ),
    ]


class ContactsPart(QWidget):
    """The people at a customer."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._customer_id = 0
        box = column(self, gap=4)
        head = row(gap=8)
        head.addWidget(Label(_("Contacts"), "heading"), 1)
        self.add = Button(_("Contact"), "plus", "link")
        self.add.clicked.connect(self._new)
        head.addWidget(self.add)
        box.addLayout(head)
        self.model = TableModel(page.ops, contact_columns(), parent=self)
        self.view = TableView(self.model, edge=0, row=_ROW, label=_("Contacts"))
        self.view.opened.connect(self._open)
        page.list_key("Delete", _("Delete contact"), self._delete, self.view)
        page.list_key("1", _("First contact"), self._make_first, self.view)
        box.addWidget(self.view)
        self.none = Label(_("No contacts yet."), "body", "muted")
        box.addWidget(self.none)
        self.note = Note("warn", _("Nobody receives invoices."), "")
        box.addWidget(self.note)
        box.addStretch(1)

    def show_customer(self, profile: Profile) -> None:
        """Show the contacts of a customer."""
        self._customer_id = profile.own.id
        self.model.set_rows(profile.contacts)
        self.view.setVisible(bool(profile.contacts))
        self.none.setVisible(not profile.contacts)
        height = theme().size("tableHeader") + len(profile.contacts) * theme().px(_ROW) + 2
        self.view.setFixedHeight(height)
        by_mail = profile.own.delivery != "post"
        reached = bool(profile.own.email or profile.own.invoice_email) or any(
            each.email and each.receives in {"all", "invoices"} for each in profile.contacts
        )
        self.note.setVisible(by_mail and not reached)
        self.note.set_text(
            _("Nobody receives invoices."), _("Fill in an e-mail address, or send by post.")
        )

    def _new(self) -> None:
        ContactDialog(self._page, self._customer_id).open()

    def _open(self, _contact: int) -> None:
        found = self.view.current_row()
        if found is not None:
            ContactDialog(self._page, self._customer_id, found).open()

    def _delete(self) -> None:
        contact = self.view.current_id()
        if contact is not None:
            self._page.ops.write(
                contacts.REMOVE,
                partial(contacts.remove, contact_id=contact),
                done=lambda _nothing: self._page.toast(_("Contact deleted"), undo=True),
            )

    def _make_first(self) -> None:
        contact = self.view.current_id()
        if contact is not None:
            self._page.ops.write(
                contacts.FIRST,
                partial(contacts.make_first, contact_id=contact),
                done=lambda _nothing: self._page.toast(_("Saved"), undo=True),
            )
