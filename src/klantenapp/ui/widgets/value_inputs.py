"""Inputs for amounts, prices, quantities, percentages, whole numbers and days.

Text is read the way people type it and written back neatly on leaving; see `inputs.py` for what
every input has in common.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import NotANumber, _
from klantenapp.models.values import Money, Percent, Quantity, UnitPrice
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.inputs import TextInput

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent


class _Parsed(TextInput):
    """A value that is read from text and written back neatly on leaving."""

    right = True

    def __init__(self, hint: str = "", *, suffix: str = "") -> None:
        super().__init__(hint, limit=60, suffix=suffix)
        if self.right:
            self.setAlignment(Qt.AlignmentFlag.AlignRight)

    @override
    def value(self) -> Any:
        """The value, or None while it is empty or cannot be read."""
        try:
            return self._read()
        except ValueError:
            return None

    @override
    def _read(self) -> Any:
        text = self.text().strip()
        return self._parse(text) if text else None

    def _parse(self, text: str) -> Any:
        raise NotImplementedError

    @override
    def _finish(self) -> None:
        value = self.value()
        if value is not None:
            self.setText(self._write(value))
        super()._finish()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            self.selectAll()


class MoneyInput(_Parsed):
    """An amount: Money, or None. Reads "1.234,56" and sums such as "3*12,50"."""

    @override
    def _parse(self, text: str) -> Money:
        return Money(i18n.parse_money(text))

    @override
    def _write(self, value: Money | None) -> str:
        return "" if value is None else i18n.amount(value.cents)


class PriceInput(_Parsed):
    """A unit price: UnitPrice, or None."""

    @override
    def _parse(self, text: str) -> UnitPrice:
        return UnitPrice(i18n.parse_price(text))

    @override
    def _write(self, value: UnitPrice | None) -> str:
        return "" if value is None else i18n.price(value.units)


class QuantityInput(_Parsed):
    """How many: Quantity, or None."""

    @override
    def _parse(self, text: str) -> Quantity:
        return Quantity(i18n.parse_quantity(text))

    @override
    def _write(self, value: Quantity | None) -> str:
        return "" if value is None else i18n.quantity(value.units)


class PercentInput(_Parsed):
    """A percentage: Percent, or None."""

    @override
    def _parse(self, text: str) -> Percent:
        return Percent(i18n.parse_percent(text))

    @override
    def _write(self, value: Percent | None) -> str:
        return "" if value is None else i18n.percent(value.points)


class IntInput(_Parsed):
    """A whole number: int, or None; ↑ and ↓ change it."""

    right = False

    def __init__(
        self, hint: str = "", *, suffix: str = "", least: int = 0, most: int = 10**6
    ) -> None:
        self._least, self._most = least, most
        super().__init__(hint, suffix=suffix)

    @override
    def _parse(self, text: str) -> int:
        units = i18n.parse_quantity(text)
        whole, rest = divmod(units, 10_000)
        if rest:
            raise NotANumber(text)
        return max(self._least, min(self._most, whole))

    @override
    def _write(self, value: int | None) -> str:
        return "" if value is None else str(value)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if event.key() in steps and not event.modifiers():
            value = (self.value() or 0) + steps[Qt.Key(event.key())]
            self.setText(self._write(max(self._least, min(self._most, value))))
            self.edited.emit()
            return
        super().keyPressEvent(event)


#: A day and its calendar, at 100 %.
_DAY_WIDTH = 132


class DateInput(_Parsed):
    """A day: date, or None. Reads "23-11-2026", "23 nov" and so on; F4 opens a calendar."""

    right = False

    def __init__(self, hint: str = "") -> None:
        super().__init__(hint)
        self.set_mark("calendar", "muted", _("Choose a date"))
        # A day is read whole or not at all; a layout would squeeze it.
        self.setMinimumWidth(theme().px(_DAY_WIDTH))

    @override
    def _parse(self, text: str) -> dt.date:
        return i18n.parse_date(text, _today())

    @override
    def _write(self, value: dt.date | None) -> str:
        return "" if value is None else i18n.date(value)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        opens = event.key() == Qt.Key.Key_F4 or (
            event.key() == Qt.Key.Key_Down and event.modifiers() == Qt.KeyboardModifier.AltModifier
        )
        if opens:
            self._choose()
            return
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        day = self.value()
        if event.key() in steps and day is not None and not event.modifiers():
            self.setText(self._write(day + dt.timedelta(days=steps[Qt.Key(event.key())])))
            self.edited.emit()
            return
        super().keyPressEvent(event)

    @override
    def set_error(self, text: str | None) -> None:
        super().set_error(text)
        if not text:
            self.set_mark("calendar", "muted", _("Choose a date"))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.position().x() > self.width() - theme().px(32):
            self._choose()
            return
        super().mousePressEvent(event)

    def _choose(self) -> None:
        from klantenapp.ui.widgets.calendar import open_calendar  # noqa: PLC0415 - on request

        open_calendar(self, self.value() or _today(), self._chosen)

    def _chosen(self, day: dt.date) -> None:
        self.setText(self._write(day))
        self.edited.emit()
        self._finish()


def _today() -> dt.date:
    from klantenapp.services.store.clock import today  # noqa: PLC0415 - services come after start

    return today()
