"""Details of a customer: company, terms with their sources, addresses and contacts."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QMenu, QScrollArea, QWidget
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.services.customers import marks
from klantenapp.services.errors.customers import MarkUnreadable
from klantenapp.services.messages.attachments import Owner
from klantenapp.ui.contact.attachments import AttachmentsCard
from klantenapp.ui.panels.customers.details_company import CompanyPart
from klantenapp.ui.panels.customers.details_terms import TermsPart
from klantenapp.ui.panels.customers.mandates_part import MandatesPart
from klantenapp.ui.panels.customers.people import AddressesPart, ContactsPart
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.customer_tab import CustomerTab
from klantenapp.ui.widgets.dressing import column, line
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.notes import Note

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent

    from klantenapp.services.customers.profile import Profile
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.widgets.page import Page

_PICTURES = {".png", ".jpg", ".jpeg"}
#: A file larger than this is refused before it is read.
_LARGEST = 20_000_000
_STACKED = 700


class DetailsTab(CustomerTab):
    """Everything that is filled in of a customer; saved field by field."""

    large_mark = True

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.setAcceptDrops(True)
        outer = column(self)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(self.area)
        inside = QWidget()
        box = column(inside, 28, 14, 28, 24, gap=14)
        self.note = Note("danger", "", "")
        self.note.hide()
        box.addWidget(self.note)
        self.company = CompanyPart(page)
        self.company.mark_wanted.connect(self._offer_mark)
        self.terms = TermsPart(page)
        self.addresses = AddressesPart(page)
        self.contacts = ContactsPart(page)
        box.addWidget(self.company)
        box.addWidget(line())
        box.addWidget(self.terms)
        box.addWidget(line())
        self._people = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._people.setSpacing(theme().px(24))
        self._people.addWidget(self.addresses)
        self._people.addWidget(self.contacts, 1)
        box.addLayout(self._people)
        box.addWidget(line())
        self.mandates = MandatesPart(page)
        box.addWidget(self.mandates)
        box.addWidget(line())
        box.addWidget(Label(_("Contact details and note"), "heading"))
        box.addWidget(self.company.more)
        self.files = AttachmentsCard(page)
        box.addWidget(self.files)
        box.addStretch(1)
        self.area.setWidget(inside)

    @override
    def show_customer(self, profile: Profile) -> None:
        """Show everything."""
        other = profile.own.id != self.customer_id
        super().show_customer(profile)
        self.note.hide()
        for part in (self.company, self.terms, self.addresses, self.contacts, self.mandates):
            part.show_customer(profile)
        self.files.show_owner(Owner("customer", profile.own.id))
        if other:
            self.area.verticalScrollBar().setValue(0)

    @override
    def refresh(self, changes: Changes) -> None:
        """Files and mandates; all else comes with the profile, which the page reads again."""
        self.files.refresh(changes)
        self.mandates.refresh(changes)

    @override
    def enter(self) -> None:
        """Go to the first field."""
        self.company.form.focus_first()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme().px(_STACKED)
        self._people.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )
        self.addresses.setMinimumWidth(0 if narrow else theme().px(212))
        self.addresses.setMaximumWidth(16_777_215 if narrow else theme().px(220))
        self.terms.lay_out(self.width() - theme().px(56))

    # -- the company mark ------------------------------------------------------------------------

    def _offer_mark(self) -> None:
        menu = QMenu(self)
        choose = QAction(theme().icon("image", "muted"), _("Choose a picture"), menu)
        choose.triggered.connect(self._choose)
        menu.addAction(choose)
        if self.profile is not None and self.profile.own.logo_id is not None:
            remove = QAction(theme().icon("x", "muted"), _("Remove mark"), menu)
            remove.triggered.connect(lambda: self._put_mark(None))
            menu.addAction(remove)
            menu.popup(self.cursor().pos())
            return
        self._choose()

    def _choose(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self.window(), _("Choose a picture"), "", _("Pictures (*.png *.jpg *.jpeg)")
        )
        if name:
            self.take_mark(Path(name))

    def take_mark(self, path: Path) -> None:
        """Use the picture in a file; what cannot be read is said on top of the tab."""
        try:
            content = path.read_bytes() if path.stat().st_size <= _LARGEST else b""
        except OSError:
            content = b""
        if not content:
            self._refused(MarkUnreadable())
            return
        self._put_mark(content)

    def _put_mark(self, content: bytes | None) -> None:
        self.page.ops.write(
            marks.CHANGE,
            partial(marks.change, customer_id=self.customer_id, content=content),
            done=lambda _nothing: self.page.toast(_("Saved"), undo=True),
            failed=self._refused,
        )

    def _refused(self, failure: Exception) -> None:
        from klantenapp.sentences.speak import sentence  # noqa: PLC0415 - collects every chapter

        self.note.set_text("", sentence(failure))
        self.note.show()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls()]
        if len(files) == 1 and files[0].suffix.lower() in _PICTURES:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.take_mark(Path(event.mimeData().urls()[0].toLocalFile()))
