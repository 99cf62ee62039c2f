"""The top of a customer's page: mark, name, how to reach them, chips, actions and four figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QToolButton, QWidget
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.services.customers.terms import Level
from klantenapp.ui.contact import caution
from klantenapp.ui.forms import customer_words as words
from klantenapp.ui.qt import clear
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.chips import Chip
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.figures import Figure, FigureStrip, LimitFigure
from klantenapp.ui.widgets.labels import ElidedLabel, Tile, initials

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from klantenapp.services.customers.profile import Hold, Profile
    from klantenapp.services.reminders.cautions import Caution

_MARK = 84


class Mark(Tile):
    """The company mark, large: its picture, or its initials."""

    def __init__(self) -> None:
        super().__init__("", "neutral", _MARK)
        self._picture = QPixmap()

    def show_mark(self, name: str, content: bytes | None) -> None:
        """Show a picture, or the initials of a name."""
        self._picture = QPixmap()
        if content:
            self._picture.loadFromData(content)
        self.set_look(initials=initials(name))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture.isNull():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        clip = QPainterPath()
        clip.addRoundedRect(self.rect(), theme().px(8), theme().px(8))
        painter.setClipPath(clip)
        painter.fillRect(self.rect(), theme().color("paper"))
        ratio = self.devicePixelRatioF()
        shown = self._picture.scaled(
            self.size() * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        shown.setDevicePixelRatio(ratio)
        size = shown.deviceIndependentSize()
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        painter.drawPixmap(round(left), round(top), shown)


class _Reach(QToolButton):
    """A way to reach a customer: an icon and words that can be clicked."""

    def __init__(self, icon: str, text: str, tip: str) -> None:
        super().__init__()
        self.setProperty("kind", "reach")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFont(theme().font("body"))
        self.setText(text)
        self.setToolTip(tip)
        self.setAccessibleName(f"{tip} {text}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme().dress(self, icon, "muted", 15, gap=2)


class CustomerHead(QWidget):
    """Everything above the tabs.

    Attributes:
        mail_wanted: the e-mail address was clicked.
        contacts_wanted: the contact person was clicked.
        contract_wanted: the chip of the contract was clicked (id).
    """

    mail_wanted = Signal()
    contacts_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._large = self._short = False
        self._profile: Profile | None = None
        self._known: tuple[int, Caution | None] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        box = column(self, 28, 16, 28, 12, gap=14)
        top = row(gap=18)
        self.mark = Mark()
        self.mark.hide()
        top.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        middle = column(gap=4)
        first = row(gap=12)
        self.name = ElidedLabel("", "title")
        first.addWidget(self.name, 1)
        self.acts = row(gap=8)
        first.addLayout(self.acts)
        middle.addLayout(first)
        self._reach = row(gap=14)
        middle.addLayout(self._reach)
        middle.addSpacing(theme().px(6))
        self._chips = row(gap=6)
        middle.addLayout(self._chips)
        top.addLayout(middle, 1)
        box.addLayout(top)
        self.open = Figure(_("Outstanding"))
        self.late = Figure(_("Overdue"))
        self.limit = LimitFigure()
        self.no_limit = Figure(_("Credit limit"))
        self.pace = Figure(_("Pays on average after"))
        self._limits = QStackedWidget()
        self._limits.addWidget(self.limit)
        self._limits.addWidget(self.no_limit)
        self.figures = FigureStrip(
            [self.open, self.late, self._limits, self.pace], [204, 202, 273, 232]
        )
        box.addWidget(self.figures)

    def set_large_mark(self, *, large: bool) -> None:
        """Show the mark in place of the figures, or the figures."""
        self._large = large
        self.mark.setVisible(large)
        self.figures.setVisible(not (large or self._short))

    def set_short(self, *, short: bool) -> None:
        """Give the room of the figures to the tab below, where the window is not high."""
        if short != self._short:
            self._short = short
            self.set_large_mark(large=self._large)

    def show_customer(self, found: Profile, mark: bytes | None) -> None:
        """Show a customer."""
        self.mark.show_mark(found.own.name, mark)
        self.name.setText(found.own.name)
        self.name.updateGeometry()
        self._show_reach(found)
        if self._known is not None and self._known[0] != found.own.id:
            self._known = None
        self._profile = found
        self._show_chips(found)
        self._show_figures(found)

    def show_caution(self, customer_id: int, known: Caution | None) -> None:
        """Say what is late, disputed or broken, beside the other chips."""
        self._known = (customer_id, known)
        if self._profile is not None and self._profile.own.id == customer_id:
            self._show_chips(self._profile)

    def _show_reach(self, found: Profile) -> None:
        clear(self._reach)
        first = found.contacts[0] if found.contacts else None
        phone = found.own.phone or (first.phone if first else None)
        email = found.own.email or (first.email if first else None)
        if first:
            person = _Reach("user", first.name, _("Contacts of this customer"))
            person.clicked.connect(self.contacts_wanted)
            self._reach.addWidget(person)
        if phone:
            call = _Reach("phone", phone, _("Call"))
            digits = "".join(letter for letter in phone if letter.isdigit() or letter == "+")
            call.clicked.connect(lambda: _open(f"tel:{digits}"))
            self._reach.addWidget(call)
        if email:
            mail = _Reach("mail", email, _("Write an e-mail"))
            mail.clicked.connect(self.mail_wanted)
            self._reach.addWidget(mail)
        address = found.address
        if address is not None and address.city:
            parts = (address.street, address.postal_code, address.city, address.country)
            whole = " ".join(part for part in parts if part)
            pin = _Reach("map-pin", address.city, _("Show on a map"))
            pin.clicked.connect(lambda: _open_map(whole))
            self._reach.addWidget(pin)
        self._reach.addStretch(1)

    def _show_chips(self, found: Profile) -> None:
        clear(self._chips)
        chips = [Chip(dict(words.kinds())[found.own.kind], "neutral")]
        if found.archived:
            chips.append(Chip(_("Archived customer"), "neutral", "archive"))
        contract = found.terms.contract
        if contract is not None:
            text = (
                _("Contract until {day}").format(day=i18n.date(contract.in_force_to))
                if contract.in_force_to
                else _("Contract")
            )
            chips.append(Chip(text, "info", "file-check"))
        tax = found.terms.tax
        if tax.level is not Level.PROGRAM and tax.value.treatment != "domestic":
            chips.append(Chip(words.treatment_word(tax.value.treatment), "info"))
        if found.hold is not None:
            chips.append(Chip(hold_words(found.hold), "warn", "pause"))
        if found.own.never_remind:
            chips.append(Chip(_("Never reminded"), "neutral", "bell"))
        known = self._known[1] if self._known else None
        looks = caution.chips(known) if known else []
        chips += [Chip(look.text, look.tone, look.icon) for look in looks]
        for chip in chips:
            self._chips.addWidget(chip)
        self._chips.addStretch(1)

    def _show_figures(self, found: Profile) -> None:
        if found.open_amount.cents < 0:
            self.open.set(i18n.money(-found.open_amount.cents), _("credit"), "ok")
        else:
            self.open.set(i18n.money(found.open_amount.cents))
        late = bool(found.overdue)
        self.late.set(
            i18n.money(found.overdue.cents) if late else "–", "", "danger" if late else None
        )
        limit = found.credit.limit
        self._limits.setCurrentWidget(self.no_limit if limit is None else self.limit)
        if limit is None:
            self.no_limit.set("–", _("none"))
        else:
            self.limit.set(found.open_amount, limit)
        term = found.terms.payment_term.value.days
        if found.pace is None:
            self.pace.set("–", _("nothing paid yet"))
            return
        days = found.pace.days_to_pay
        self.pace.set(
            ngettext("{days} day", "{days} days", days).format(days=days),
            _("term {days}").format(days=term),
        )


def hold_words(hold: Hold) -> str:
    """Why a customer is not reminded, in a few words."""
    until = i18n.date(hold.until)[:5] if hold.until else ""
    texts = {
        "pause": (_("Paused until {day}"), _("Reminders paused")),
        "never": (_("Paused until {day}"), _("Never reminded")),
        "promise": (_("Payment arrangement until {day}"), _("Payment arrangement")),
        "plan": (_("Payment plan until {day}"), _("Payment plan")),
    }
    with_day, without = texts.get(hold.kind, texts["pause"])
    return with_day.format(day=until) if until else without


def _open(address: str) -> None:
    """Let the system open it, with the program that the user chose for that."""
    QDesktopServices.openUrl(QUrl(address))


def _open_map(address: str) -> None:
    url = QUrl("https://www.openstreetmap.org/search")
    url.setQuery("query=" + bytes(QUrl.toPercentEncoding(address).data()).decode())
    QDesktopServices.openUrl(url)
