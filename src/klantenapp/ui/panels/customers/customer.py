"""A customer's page: the list beside it, who it is, what is owed, and the tabs of every chapter."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.services.customers import customers
from klantenapp.services.customers.profile import profile
from klantenapp.services.errors.base import NotFound
from klantenapp.services.reminders import cautions
from klantenapp.services.store import clock, files
from klantenapp.ui.contact import data_out, dossier_out, hold_notes
from klantenapp.ui.forms.new_customer import NewCustomerDialog
from klantenapp.ui.navigation import exists
from klantenapp.ui.panels.customers import tabs
from klantenapp.ui.panels.customers.account_dialogs import (
    OpeningDialog,
    RefundDialog,
    SpreadDialog,
)
from klantenapp.ui.panels.customers.columns import TABLES
from klantenapp.ui.panels.customers.head import CustomerHead
from klantenapp.ui.panels.customers.master import CustomerMaster
from klantenapp.ui.panels.customers.merge import MergeDialog
from klantenapp.ui.panels.customers.note import NoteDialog
from klantenapp.ui.panels.customers.payment import CustomerPaymentDialog
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button, IconButton
from klantenapp.ui.widgets.dressing import column
from klantenapp.ui.widgets.page import Page
from klantenapp.ui.widgets.splitters import Splitter
from klantenapp.ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from sqlalchemy.orm import Session

    from klantenapp.services.customers.profile import Profile
    from klantenapp.services.reminders.cautions import Caution
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.shell import Shell
    from klantenapp.ui.widgets.customer_tab import CustomerTab

#: What the page above the tabs shows, besides the list.
_SHOWN = (*TABLES, "document", "reminder_hold", "payment_term", "payment_method", "price_list")
_SHOWN_TOO = ("business", "label", "stored_file")
#: Below this width (at 100 % text) list and page replace each other.
_BOTH = 1080
#: Below this height (at 100 % text) the figures give their room to the tab.
_LOW = 520


def read(session: Session, customer_id: int) -> tuple[Profile, bytes | None]:
    """A customer with its mark."""
    found = profile(session, customer_id, clock.today())
    mark = found.own.logo_id
    return found, files.content(session, mark) if mark is not None else None


class CustomerPage(Page):
    """One customer."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.header.hide()
        self._id: int | None = None
        self._profile: Profile | None = None
        self._asked = ""
        self._entry = 0
        self._mark: bytes | None = None
        self._built: dict[str, CustomerTab] = {}
        self.master = CustomerMaster(self)
        self.master.view.picked.connect(self._pick)
        self.master.view.opened.connect(lambda _id: self._enter_tab())
        self.master.add.clicked.connect(lambda: self._new())
        self.head = CustomerHead()
        self.head.mail_wanted.connect(self._email)
        self.head.contacts_wanted.connect(lambda: self.tabs.choose("details"))
        self.tabs: Tabs = Tabs([(spec.key, _(spec.title)) for spec in tabs.present()])
        self.tabs.changed.connect(self._choose)
        self._stack = QStackedWidget()
        right = QWidget()
        right.setObjectName("page")
        box = column(right)
        box.addWidget(self.head)
        box.addWidget(self.tabs)
        box.addWidget(self._stack, 1)
        splitter = Splitter("customers.master", [self.master, right], [248, 0])
        self.body.addWidget(splitter, 1)
        self.search = self.master.seek
        self.areas = [self.master.view, self.tabs, self._stack]
        self._offer_acts()

    def _offer_acts(self) -> None:
        put = self.head.acts.addWidget
        self.act(_("New customer"), "Ctrl+N", self._new, "plus")
        put(self._button(_("Note"), "sticky-note", "ghost", self._note))
        if exists("email"):
            put(self._button(_("E-mail"), "mail", "plain", self._email))
        put(self._button(_("Payment"), "banknote", "plain", self._payment))
        put(self._button(_("New invoice"), "plus", "primary", self._invoice))
        self.more = IconButton("ellipsis", _("More for this customer"))
        self.more.clicked.connect(self._offer_more)
        put(self.more)
        self.act(_("New invoice"), "Ctrl+Return", self._invoice, "plus")
        self.act(_("Next tab"), "Ctrl+PgDown", lambda: self.tabs.step(1))
        self.act(_("Previous tab"), "Ctrl+PgUp", lambda: self.tabs.step(-1))
        self.act(_("Merge customers"), "", self._merge, "merge")
        self.list_key("F", _("New invoice"), self._invoice, self.master.view)
        self.list_key("B", _("Record payment"), self._payment, self.master.view)
        if exists("email"):
            self.list_key("E", _("Write an e-mail"), self._email, self.master.view)
        self.list_key("N", _("Write down"), self._note, self.master.view)

    def _button(self, text: str, icon: str, kind: Any, run: Any) -> Button:
        button = Button(text, icon, kind)
        button.clicked.connect(lambda: run())
        return button

    # -- showing ---------------------------------------------------------------------------------

    @override
    def show_with(
        self,
        id: int | None = None,
        tab: str | None = None,
        act: str = "",
        entry: int = 0,
        **_rest: Any,
    ) -> None:
        """Show a customer, on one of its tabs.

        Args:
            id: of the customer.
            tab: key of a tab; the one that was open stays where absent.
            act: "payment" asks for one as soon as the customer is there; once, not on the way back.
            entry: something on that tab to go to, such as a message on the timeline.
        """
        if id is not None and id != self._id:
            self._id = id
        if tab is not None:
            self.tabs.choose(tab)
        self._asked, self._entry = act, entry
        if act:
            self.shell.navigation.replace(id=self._id, tab=self.tabs.key)
        self.master.load()
        self.master.view.select_id(self._id or 0)
        self._load()
        self.master.view.setFocus()

    @override
    def refresh(self, changes: Changes) -> None:
        """Read again after anything that shows here."""
        if changes.touches(*TABLES):
            self.master.load()
        if changes.touches(*_SHOWN, *_SHOWN_TOO):
            self._load()
        tab = self._built.get(self.tabs.key)
        if tab is not None:
            tab.refresh(changes)

    @property
    def customer_id(self) -> int | None:
        """Id of the customer that is shown."""
        return self._id

    def _load(self) -> None:
        if self._id is not None:
            query = partial(read, customer_id=self._id)
            self.ops.read(self, query, self._show, failed=self._gone, key="profile")
            self._look_out(self._id)

    def _look_out(self, customer_id: int) -> None:
        """What is late, disputed or broken, at the top of the page."""

        def show(found: dict[int, Caution]) -> None:
            self.head.show_caution(customer_id, found.get(customer_id))

        query = partial(cautions.of_customers, ids=[customer_id], day=clock.today())
        self.ops.read(self, query, show, key="caution")

    def _gone(self, failure: Exception) -> None:
        """The customer is not there any more: deleted, or undone."""
        if isinstance(failure, NotFound):
            self._id = None
            self.go("customers")
            return
        raise failure

    def _show(self, found: tuple[Profile, bytes | None]) -> None:
        self._profile, self._mark = found
        if self._profile.merged_into_id is not None:
            self._pick(self._profile.merged_into_id)
            return
        self.set_title(self._profile.own.name)
        self.head.show_customer(self._profile, self._mark)
        counts = self._profile.counts
        self.tabs.set_counts(
            {spec.key: counts[spec.count] or None for spec in tabs.present() if spec.count}
        )
        self._show_tab()
        if self._entry:
            entry, self._entry = self._entry, 0
            self._built[self.tabs.key].show_entry(entry)
        if self._asked == "payment":
            self._asked = ""
            self._payment()

    def _show_tab(self) -> None:
        key = self.tabs.key
        tab = self._built.get(key)
        if tab is None:
            tab = self._built[key] = tabs.load(key)(self)
            self._stack.addWidget(tab)
        self._stack.setCurrentWidget(tab)
        self.head.set_large_mark(large=tab.large_mark)
        if self._profile is not None:
            tab.show_customer(self._profile)

    def _choose(self, key: str) -> None:
        self._show_tab()
        self.shell.navigation.replace(id=self._id, tab=key)

    def _pick(self, customer_id: int) -> None:
        """Another customer of the list."""
        if customer_id != self._id:
            self._id = customer_id
            self.shell.navigation.replace(id=customer_id, tab=self.tabs.key)
            self.master.view.select_id(customer_id)
            self._load()

    def _enter_tab(self) -> None:
        tab = self._built.get(self.tabs.key)
        if tab is not None:
            tab.enter()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        whole = self.window().width() * 100 // theme().percent
        self.master.setVisible(whole >= _BOTH)
        self.head.set_short(short=self.height() < theme().px(_LOW))

    # -- acting ----------------------------------------------------------------------------------

    def _new(self) -> None:
        NewCustomerDialog(self).open()

    def _invoice(self) -> None:
        if self._id is not None:
            self.go("draft", customer=self._id)

    def _email(self) -> None:
        if self._id is not None:
            self.go("email", customer=self._id)

    def _payment(self) -> None:
        if self._profile is not None:
            CustomerPaymentDialog(self, self._profile.own.id, self._profile.own.name).open()

    def _account(self, dialog: type[RefundDialog | OpeningDialog | SpreadDialog]) -> None:
        if self._profile is not None:
            dialog(self, self._profile.own.id, self._profile.own.name).open()

    def _note(self) -> None:
        if self._profile is not None:
            NoteDialog(self, self._profile.own.id, self._profile.own.name).open()

    def _merge(self) -> None:
        if self._profile is not None:
            MergeDialog(self, self._profile.own).open()

    def more_menu(self) -> QMenu:
        """What else can be done with this customer."""
        menu = QMenu(self)
        archived = self._profile is not None and self._profile.archived
        used = self._profile is not None and bool(self._profile.counts["transactions"])

        def add(text: str, icon: str, run: Any, reason: str = "") -> None:
            action = QAction(theme().icon(icon, "muted"), text, menu)
            action.triggered.connect(lambda: run())
            action.setEnabled(not reason)
            action.setToolTip(reason)
            menu.addAction(action)

        menu.setToolTipsVisible(True)
        add(_("Divide credit"), "wallet", partial(self._account, SpreadDialog))
        add(_("Pay back credit"), "banknote", partial(self._account, RefundDialog))
        add(_("Opening balance"), "history", partial(self._account, OpeningDialog))
        self._offer_contact(menu)
        menu.addSeparator()
        add(_("Merge with another customer"), "merge", self._merge)
        if archived:
            add(_("Bring back"), "archive-restore", self._restore)
        else:
            add(_("Archive"), "archive", self._archive)
        menu.addSeparator()
        reason = _("This customer has invoices or payments. Archive it instead.") if used else ""
        add(_("Delete customer"), "trash-2", self._delete, reason)
        return menu

    def _offer_contact(self, menu: QMenu) -> None:
        """Why not remind, and what is known of the customer on paper."""
        if self._id is None:
            return
        inner = menu.addMenu(theme().icon("bell-ring", "muted"), _("Reminders"))
        for kind, (words, icon) in hold_notes.KINDS.items():
            act = inner.addAction(theme().icon(icon, "muted"), _(words))
            act.triggered.connect(partial(hold_notes.ask_once, self, self._id, kind, None))
        for words, icon, run in (
            (_("Contact as PDF…"), "file-down", partial(dossier_out.save_sheet, self, self.title)),
            (_("Collection dossier…"), "briefcase", partial(dossier_out.save_dossier, self)),
            (_("Export data…"), "download", partial(data_out.save_data, self, self.title)),
        ):
            act = menu.addAction(theme().icon(icon, "muted"), words)
            act.triggered.connect(partial(self._run, run))

    def _run(self, run: Any, *_signal: object) -> None:
        run(customer_id=self._id)

    def _offer_more(self) -> None:
        self.more_menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _archive(self) -> None:
        self._write(customers.ARCHIVE, customers.archive, _("Customer archived"))

    def _restore(self) -> None:
        self._write(customers.RESTORE, customers.restore, _("Customer brought back"))

    def _delete(self) -> None:
        self._write(customers.DELETE, customers.delete, _("Customer deleted"))

    def _write(self, operation: str, work: Any, said: str) -> None:
        if self._id is not None:
            self.ops.write(
                operation,
                partial(work, customer_id=self._id),
                done=lambda _nothing: self.toast(said, undo=True),
            )
