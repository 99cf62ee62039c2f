"""Columns as data, and how each kind of value is written, aligned and spoken."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from klantenapp import i18n
from klantenapp.i18n import N_, _, ngettext
from klantenapp.models.values import Money, Percent, Quantity, UnitPrice
from klantenapp.services.insights.table import shown
from klantenapp.ui.widgets.chips import price_look, status_look

if TYPE_CHECKING:
    import datetime as dt
    from array import array
    from collections.abc import Callable, Sequence

Kind = Literal[
    "text",  # plain words
    "strong",  # words that name the row
    "muted",  # words beside the point
    "number",  # an int, right
    "money",  # Money, right, medium weight; zero is muted, None is –
    "money_muted",  # Money in the colour of secondary text
    "money_or_blank",  # Money; None leaves the cell empty
    "date",  # dt.date
    "due",  # Due, or dt.date
    "status",  # a status code: chip
    "initials",  # a name, after a tile with its initials
    "two_line",  # (first, second)
    "price_badge",  # (UnitPrice, source): badge and price
    "price",  # UnitPrice, right
    "price_strong",  # UnitPrice, right, medium weight where it has no tone
    "quantity",  # Quantity, right
    "percent",  # Percent, right
    "share",  # Percent with one decimal, right
    "days",  # Days with one decimal, right
    "icon_text",  # (icon, text)
    "icon_strong",  # (icon, text) that names the row
    "marked",  # (text, ((icon, tone), ...)): a name with marks after it
    "check",  # a box that ticks the row
    "confidence",  # certain, likely, unsure or none: meter and word
    "chip",  # ChipLook, or words without a chip
]

#: Width of a column of each kind at 100 % text, where the column says none.
WIDTHS: dict[str, int] = {
    "check": 44,
    "number": 84,
    "money": 112,
    "money_muted": 112,
    "money_or_blank": 112,
    "date": 108,
    "due": 150,
    "status": 172,
    "initials": 240,
    "two_line": 260,
    "price_badge": 190,
    "price": 90,
    "price_strong": 90,
    "quantity": 80,
    "percent": 70,
    "confidence": 150,
}

MONEY = frozenset({"money", "money_muted", "money_or_blank"})
RIGHT = MONEY | {
    "number",
    "price",
    "price_strong",
    "price_badge",
    "quantity",
    "percent",
    "share",
    "days",
}
#: Kinds that name a row, so that they are spoken without the title of their column.
NAMING = frozenset({"strong", "initials", "two_line", "icon_strong", "marked"})
#: Kinds that leave a cell empty where there is nothing.
BLANK = frozenset({"text", "muted", "strong", "due", "status", "check", "money_or_blank"})

CONFIDENCE = {
    "certain": (3, N_("Certain"), "ok"),
    "likely": (2, N_("Likely"), "warn"),
    "unsure": (1, N_("Unsure"), "warn"),
    "none": (0, N_("Unknown"), "subtle"),
}

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Due:
    """When something has to be paid, in words.

    Attributes:
        text: "in 9 days", "12 days overdue", "paid 19-11".
        tone: danger where late, else None.
        exact: the day, for the tooltip.
    """

    text: str
    tone: str | None = None
    exact: dt.date | None = None

    @classmethod
    def of(cls, day: dt.date, today: dt.date) -> Due:
        """Words for the due day of something that is still open."""
        days = (day - today).days
        if days == 0:
            return cls(_("today"), None, day)
        if days > 0:
            return cls(
                ngettext("in {days} day", "in {days} days", days).format(days=days), None, day
            )
        late = ngettext("{days} day overdue", "{days} days overdue", -days).format(days=-days)
        return cls(late, "danger", day)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list.

    Attributes:
        key: attribute of the row, and name under which the width is remembered.
        title: header; amounts carry the euro sign here ("Open €").
        kind: how a cell is written and painted.
        width: at 100 % text; the kind's own when 0.
        sort: key of the order given to the query ("due_date"), or "" when not sortable.
        descending: first click sorts descending.
        stretch: takes what room is left over (one or more columns).
        priority: 0 always stays; where room lacks, the highest goes first.
        right: align right, where the kind does not say so already.
        value: value of a row, where it is not simply the attribute `key`.
        tone: danger, warn, ok, muted or None for one row.
        tip: tooltip of one row.
        speak: what a screen reader says, where the text alone would not do.
    """

    key: str
    title: str
    kind: Kind = "text"
    width: int = 0
    sort: str = ""
    descending: bool = False
    stretch: bool = False
    priority: int = 0
    right: bool = False
    value: Callable[[Any], Any] | None = None
    tone: Callable[[Any], str | None] | None = None
    tip: Callable[[Any], str] | None = None
    speak: Callable[[Any], str] | None = None

    @property
    def at_right(self) -> bool:
        """Whether cells and header stand at the right."""
        return self.right or self.kind in RIGHT

    @property
    def natural_width(self) -> int:
        """Width at 100 % text."""
        return self.width or WIDTHS.get(self.kind, 140)

    def of(self, row: Any) -> Any:
        """Value of a row in this column."""
        return self.value(row) if self.value else getattr(row, self.key)

    def spoken(self, row: Any) -> str:
        """What a screen reader says about a cell."""
        if self.speak:
            return self.speak(row)
        text = written(self.kind, self.of(row))
        title = self.title.removesuffix(" €")
        if self.kind in MONEY and self.of(row) is not None:
            return _("{title} {amount} euro").format(title=title, amount=text)
        return text if self.kind in NAMING else f"{title} {text}"


@dataclass(frozen=True, slots=True)
class Sort:
    """An order: key of a column's `sort`, and direction."""

    key: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A heading between rows.

    Attributes:
        at: index of the row it stands above.
        title: what the rows below have in common.
        note: number or amount at the right.
        about: more of it, quieter, after the title.
    """

    at: int
    title: str
    note: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Grouped:
    """Ids in groups, as the answer of an `ids` query."""

    ids: array[int] | Sequence[int]
    groups: Sequence[Group] = field(default_factory=tuple)


def _money(value: Money | int) -> str:
    return i18n.amount(value.cents if isinstance(value, Money) else value)


def _price(value: UnitPrice | int) -> str:
    return i18n.price(value.units if isinstance(value, UnitPrice) else value)


def _price_and_source(price: UnitPrice, source: str) -> str:
    """A line of free text has a price without a source."""
    return f"{_price(price)}, {price_look(source).text}" if source else _price(price)


_WRITERS: dict[str, Callable[[Any], str]] = {
    "number": i18n.count,
    "money": _money,
    "money_muted": _money,
    "money_or_blank": _money,
    "date": lambda value: i18n.date(value),
    "due": lambda value: value.text if isinstance(value, Due) else i18n.date(value),
    "status": lambda value: status_look(value).text,
    "two_line": lambda value: ", ".join(part for part in value if part),
    "price": _price,
    "price_strong": _price,
    "price_badge": lambda value: _price_and_source(*value),
    "quantity": lambda value: i18n.quantity(value.units if isinstance(value, Quantity) else value),
    "percent": lambda value: i18n.percent(value.points if isinstance(value, Percent) else value),
    "share": shown,
    "days": shown,
    "icon_text": lambda value: str(value[1]),
    "icon_strong": lambda value: str(value[1]),
    "marked": lambda value: str(value[0]),
    "confidence": lambda value: _(CONFIDENCE[value][1]),
    "chip": lambda value: value if isinstance(value, str) else str(value.text),
}


def written(kind: str, value: Any) -> str:
    """Write a value the way its kind does; None is – (and "" for words)."""
    if value is None:
        return "" if kind in BLANK else NOTHING
    return _WRITERS[kind](value) if kind in _WRITERS else str(value)
