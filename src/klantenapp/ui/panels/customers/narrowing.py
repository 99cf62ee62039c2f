"""The Filter button over the list: label, price list, place and VAT, as removable chips."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from klantenapp.i18n import _
from klantenapp.services.catalogue.choices import choices
from klantenapp.services.customers import labels, listing
from klantenapp.ui.forms import customer_words as words
from klantenapp.ui.forms.form import Form
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button, IconButton
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.inputs import ChoiceInput
from klantenapp.ui.widgets.labels import Label

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.customers.listing import Filter


@dataclass(frozen=True)
class Options:
    """What can be chosen, per field of the filter: (value, words)."""

    label_id: tuple[tuple[Any, str], ...] = ()
    price_list_id: tuple[tuple[Any, str], ...] = ()
    city: tuple[tuple[Any, str], ...] = ()
    tax_treatment: tuple[tuple[Any, str], ...] = ()


def read_options(session: Session) -> Options:
    """What there is to narrow the list to."""
    found = listing.places(session)
    return Options(
        label_id=tuple((each.id, each.name) for each in labels.labels(session)),
        price_list_id=tuple((each.id, each.name) for each in choices(session).price_lists),
        city=tuple((city, city) for city in found.cities),
        tax_treatment=tuple((each, words.treatment_word(each)) for each in found.treatments),
    )


def _titles() -> dict[str, str]:
    return {
        "label_id": _("Label"),
        "price_list_id": _("Price list"),
        "city": _("Place"),
        "tax_treatment": _("VAT"),
    }


class _Popup(QFrame):
    """The fields below the button."""

    def __init__(self, parent: QWidget, form: Form, clear: Button) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setProperty("role", "popup")
        box = column(self, 16, 14, 16, 14, gap=12)
        box.addWidget(form)
        foot = row(gap=8)
        foot.addStretch(1)
        foot.addWidget(clear)
        box.addLayout(foot)
        self.setFixedWidth(theme().px(320))


class _Chip(QFrame):
    """One active filter, with a cross."""

    def __init__(self, text: str, remove: Any) -> None:
        super().__init__()
        self.setProperty("role", "bulk")
        box = row(self, 9, 2, 3, 2, gap=2)
        box.addWidget(Label(text, "label", "accent"))
        cross = IconButton("x", _("Remove filter {name}").format(name=text), px=12)
        cross.setFixedSize(theme().px(22), theme().px(22))
        cross.clicked.connect(remove)
        box.addWidget(cross)


class Narrowing(QWidget):
    """The button, and a chip for each active filter.

    Attributes:
        changed: another choice (Filter).
        asked: the list is about to open: read the options and call `offer`.
    """

    changed = Signal(object)
    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._filter: Filter = listing.Filter()
        self._options = Options()
        box = row(self, gap=8)
        self.button = Button(_("Filter"), "list-filter", small=True)
        self.button.clicked.connect(self.open)
        box.addWidget(self.button)
        self._chips = row(gap=6)
        box.addLayout(self._chips)
        self._form = Form(self._chosen, columns=1)
        self._inputs: dict[str, ChoiceInput] = {}
        for name, title in _titles().items():
            self._inputs[name] = ChoiceInput()
            self._form.add(name, title, self._inputs[name])
        clear = Button(_("Clear filters"), "x", "link")
        clear.clicked.connect(self.clear)
        self._popup = _Popup(self, self._form, clear)

    def offer(self, options: Options) -> None:
        """Offer what there is."""
        self._options = options
        for name, field in self._inputs.items():
            field.set_options([(None, _("All")), *getattr(options, name)])
            field.set_value(getattr(self._filter, name))
            field.setEnabled(bool(getattr(options, name)))

    def show_filter(self, wanted: Filter) -> None:
        """Show the active filters as chips."""
        self._filter = wanted
        while self._chips.count():
            item: Any = self._chips.takeAt(0)
            item.widget().deleteLater()
        for name, title in _titles().items():
            value = getattr(wanted, name)
            if value is not None:
                said = dict(getattr(self._options, name)).get(value, str(value))
                text = _("{field}: {value}").format(field=title, value=said)
                self._chips.addWidget(_Chip(text, lambda _=False, name=name: self._remove(name)))

    def open(self) -> None:
        """Open the fields below the button."""
        self.asked.emit()
        self._popup.adjustSize()
        self._popup.move(self.button.mapToGlobal(QPoint(0, self.button.height() + 4)))
        self._popup.show()
        self._form.focus_first()

    def clear(self) -> None:
        """Take every filter away."""
        self._popup.hide()
        nothing: dict[str, Any] = dict.fromkeys(_titles())
        self._tell(replace(self._filter, **nothing))

    def _remove(self, name: str) -> None:
        self._chosen(name, None)

    def _chosen(self, name: str, value: Any) -> None:
        values: dict[str, Any] = {name: value}
        self._tell(replace(self._filter, **values))

    def _tell(self, wanted: Filter) -> None:
        self.show_filter(wanted)
        for name, field in self._inputs.items():
            field.set_value(getattr(wanted, name))
        self.changed.emit(wanted)
