"""The first run: the business, its logo and style, and then customers or a clean sheet."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QRadioButton,
    QScrollArea,
    QStackedWidget,
    QWidget,
)
from typing_extensions import override

from klantenapp import paths
from klantenapp.i18n import _
from klantenapp.sentences.speak import sentence
from klantenapp.services.care import demo
from klantenapp.services.customers import business
from klantenapp.services.customers.business import BusinessData
from klantenapp.services.errors.base import Invalid, Refusal
from klantenapp.services.store import file_names
from klantenapp.ui.forms.business import BusinessForm
from klantenapp.ui.memory import memory
from klantenapp.ui.navigation import exists
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import column, frame, mark, row
from klantenapp.ui.widgets.fields import Field
from klantenapp.ui.widgets.image_drop import ImageDrop
from klantenapp.ui.widgets.inputs import SegmentInput, TextInput
from klantenapp.ui.widgets.labels import IconLabel, Label
from klantenapp.ui.widgets.page import Page

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import (
        QFrame,
    )

    from klantenapp.ui.shell import Shell

_KEPT = "welcome"
#: Narrower than this (px at 100 % text), the words at the left make room for the form.
_NARROW = 1000


class WelcomePage(Page):
    """Three steps; what is filled in is kept until they are done."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(_("Welcome"))
        self.header.hide()
        self._logo: bytes | None = None
        self._numbers: list[Label] = []
        self.form = BusinessForm()
        self.steps = QStackedWidget()
        self.steps.addWidget(self._first())
        self.steps.addWidget(self._second())
        self.steps.addWidget(self._third())
        content = QWidget()
        content.setObjectName("page")
        self._content = box = column(content, 64, 52, 64, 28, gap=20)
        middle = QWidget()
        middle.setMaximumWidth(theme().px(760))
        inside = column(middle, gap=20)
        inside.addWidget(self.steps)
        inside.addLayout(self._buttons())
        box.addWidget(middle)
        box.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(content)
        both = row(gap=0)
        self._beside = QScrollArea()
        self._beside.setWidgetResizable(True)
        self._beside.setFrameShape(QScrollArea.Shape.NoFrame)
        self._beside.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._beside.setWidget(self._side())
        both.addWidget(self._beside)
        both.addWidget(area, 1)
        self.body.addLayout(both, 1)
        self._go(0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() * 100 // theme().percent < _NARROW
        px = theme().px
        self._beside.setFixedWidth(px(344 if narrow else 430))
        edge = px(24 if narrow else 56)
        self._side_box.setContentsMargins(
            edge, px(28 if narrow else 52), px(20 if narrow else 44), px(28)
        )
        outside = px(28 if narrow else 64)
        self._content.setContentsMargins(outside, px(28 if narrow else 52), outside, px(28))

    # -- building --------------------------------------------------------------------------------

    def _side(self) -> QFrame:
        side = frame("side")
        self._side_box = box = column(side, 56, 52, 44, 36, gap=14)
        box.addWidget(Label(_("Welcome."), "number"))
        box.addWidget(Label(_("First your business."), "number", wrap=True))
        box.addWidget(
            Label(
                _("These details go on your invoices. You can change everything later."),
                "body",
                "muted",
                wrap=True,
            )
        )
        box.addSpacing(theme().px(16))
        titles = (
            _("Your business"),
            _("Logo and invoice style"),
            _("Bring customers or start empty"),
        )
        for at, title in enumerate(titles):
            line = row(gap=12)
            number = Label(str(at + 1), "label")
            number.setProperty("role", "step")
            number.setAlignment(Qt.AlignmentFlag.AlignCenter)
            number.setFixedSize(theme().px(26), theme().px(26))
            self._numbers.append(number)
            line.addWidget(number)
            line.addWidget(Label(title, "body", wrap=True), 1)
            box.addLayout(line)
        box.addStretch(1)
        box.addWidget(self._example_card())
        note = row(gap=10)
        note.addWidget(IconLabel("hard-drive", "muted"), 0, Qt.AlignmentFlag.AlignTop)
        words = _("Everything stays on this computer. You need no account.")
        note.addWidget(Label(words, "caption", "muted", wrap=True), 1)
        box.addLayout(note)
        return side

    def _example_card(self) -> QFrame:
        card = frame("card")
        box = column(card, 16, 14, 16, 14, gap=8)
        box.addWidget(Label(_("Look around first?"), "heading"))
        words = _("Open an example business with customers and invoices. Your own data stay apart.")
        box.addWidget(Label(words, "body", "muted", wrap=True))
        self.try_button = Button(_("Try with example data"), "flask-conical")
        self.try_button.clicked.connect(self._try)
        line = row()
        line.addWidget(self.try_button)
        line.addStretch(1)
        box.addLayout(line)
        return card

    def _first(self) -> QWidget:
        step = QWidget()
        box = column(step, gap=12)
        box.addWidget(self.form)
        words = _("Only the names, address and Chamber of Commerce number are needed to begin.")
        box.addWidget(Label(words, "caption", "muted", wrap=True))
        box.addStretch(1)
        return step

    def _second(self) -> QWidget:
        step = QWidget()
        box = column(step, gap=16)
        self.drop = ImageDrop(
            _("Drop your logo here or"), _("PNG or JPG. Without a logo your name is used.")
        )
        self.drop.chosen.connect(self._take_logo)
        self.logo_field = _Holder(_("Logo"), self.drop)
        self.drop.refused.connect(self.logo_field.set_error)
        self.drop.cleared.connect(lambda: setattr(self, "_logo", None))
        box.addWidget(self.logo_field)
        self.style_choice = SegmentInput([("klassiek", _("Classic")), ("modern", _("Modern"))])
        self.style_choice.set_value("klassiek")
        box.addWidget(Field(_("Invoice style"), self.style_choice))
        self.colour = TextInput("#2457C5", limit=7)
        self.colour.setMaximumWidth(theme().px(160))
        help_text = _("Of the Modern style; light colours become black on paper.")
        box.addWidget(Field(_("Own colour"), self.colour, help_text))
        box.addStretch(1)
        return step

    def _third(self) -> QWidget:
        step = QWidget()
        box = column(step, gap=12)
        self.choices = QButtonGroup(step)
        options = [
            (_("Start empty"), _("You add customers yourself, one by one or on an invoice."))
        ]
        if exists("import"):
            words = _(
                "From CSV, Excel or contact cards (vCard); you see everything before it comes in."
            )
            options.append((_("Bring my customers from a file"), words))
        for at, (title, words) in enumerate(options):
            button = QRadioButton(title)
            button.setChecked(at == 0)
            self.choices.addButton(button, at)
            box.addWidget(button)
            box.addWidget(Label(words, "caption", "muted"))
        box.addStretch(1)
        return step

    def _buttons(self) -> Any:
        line = row(gap=10)
        self.back_button = Button(_("Back"), kind="ghost")
        self.back_button.clicked.connect(lambda: self._go(self.steps.currentIndex() - 1))
        line.addStretch(1)
        line.addWidget(self.back_button)
        self.next_button = Button(_("Next"), kind="primary")
        self.next_button.clicked.connect(self._next)
        line.addWidget(self.next_button)
        return line

    # -- showing ---------------------------------------------------------------------------------

    @override
    def show_with(self, **_arguments: Any) -> None:
        """Go on where it was left."""
        kept = memory().program(_KEPT)
        if isinstance(kept, dict):
            for name, value in kept.items():
                if name in self.form.fields and value:
                    self.form.fields[name].input.set_value(value)
        self.form.focus_first()

    @override
    def left(self) -> None:
        """Keep what was filled in."""
        memory().set_program(_KEPT, self.form.values())

    def _go(self, step: int) -> None:
        self.steps.setCurrentIndex(step)
        for at, number in enumerate(self._numbers):
            mark(number, chosen="true" if at == step else None)
        self.back_button.setVisible(step > 0)
        self.next_button.setText(_("Begin") if step == self.steps.count() - 1 else _("Next"))

    # -- acting ----------------------------------------------------------------------------------

    def data(self) -> BusinessData:
        """What is filled in. The name alone, or the business name alone, serves as both."""
        values = self.form.values()
        legal = values.pop("legal_name") or values["trade_name"] or ""
        return BusinessData(
            legal_name=legal,
            **values,
            invoice_style=self.style_choice.value() or "klassiek",
            colour=self.colour.value(),
        )

    def _next(self) -> None:
        step = self.steps.currentIndex()
        if step == 0:
            self.form.clear_errors()
            wrong = business.problems(self.data())
            if wrong:
                self.form.show_failure(Invalid(wrong))
                return
            self.form.check_all()
        self.left()
        if step < self.steps.count() - 1:
            self._go(step + 1)
        else:
            self._begin()

    def _begin(self) -> None:
        administrations = self.shell.administrations
        if administrations is None:
            return
        data, logo = self.data(), self._logo
        bring = self.choices.checkedId() == 1
        if data.email and data.contact_name is None:
            data = replace(data, contact_name=data.legal_name)

        def arrived() -> None:
            administrations.opened.disconnect(arrived)
            memory().set_program(_KEPT, None)
            if logo is not None:
                self.ops.write(business.CHANGE, partial(business.set_logo, png=logo))
            if bring:
                self.go("import", kind="customers")

        administrations.opened.connect(arrived)
        administrations.begin(free_path(data), data, failed=self._refused)

    def _refused(self, failure: Exception) -> None:
        self._go(0)
        if isinstance(failure, Refusal):
            self.form.show_failure(failure)

    def _try(self) -> None:
        if self.shell.administrations is not None:
            self.try_button.setEnabled(False)
            self.try_button.setText(_("Making the example…"))
            self.shell.administrations.open_with(demo.opened)

    def _take_logo(self, content: bytes) -> None:
        from klantenapp.services.rendering.pdf.logo import prepare_logo  # noqa: PLC0415 - loads ReportLab

        try:
            self._logo = prepare_logo(content)
        except Refusal as failure:
            self.logo_field.set_error(sentence(failure))
            return
        self.logo_field.set_error(None)
        self.drop.show_image(self._logo)


class _Holder(QWidget):
    """A label above something that is no input, and an error below it."""

    def __init__(self, label: str, content: QWidget) -> None:
        super().__init__()
        box = column(self, gap=6)
        box.addWidget(Label(label, "label"))
        box.addWidget(content)
        self._error = Label("", "caption", "danger", wrap=True)
        self._error.hide()
        box.addWidget(self._error)

    def set_error(self, text: str | None) -> None:
        """Show what is wrong; None takes it away."""
        self._error.setText(text or "")
        self._error.setVisible(bool(text))


def free_path(data: BusinessData) -> Path:
    """Where the new file goes: the user's own, or one named after the business beside it."""
    own = paths.own_administration()
    if not own.exists():
        return own
    name = file_names.safe(data.name, "administration")
    path, number = own.with_name(f"{name}{paths.EXTENSION}"), 2
    while path.exists():
        path = own.with_name(f"{name} {number}{paths.EXTENSION}")
        number += 1
    return path
