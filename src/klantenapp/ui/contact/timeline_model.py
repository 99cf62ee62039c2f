"""The entries of a timeline as a list: headings for periods, rows that are read when they show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.sentences import timeline as words
from klantenapp.services.store import clock

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject

    from klantenapp.services.messages.events import Key
    from klantenapp.services.messages.timeline import Entry

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
ItemRole = Qt.ItemDataRole.UserRole + 1
#: Rows that are read at once.
PAGE = 40


@dataclass(frozen=True)
class Heading:
    """A period between the entries."""

    title: str


@dataclass
class Item:
    """One entry.

    Attributes:
        entry: None until it is read.
        is_last: of its period: no line goes on below it.
    """

    key: Key
    entry: Entry | None = None
    is_last: bool = False


def period(day: dt.date, today: dt.date) -> str:
    """What the period of a day is called as seen from today."""
    monday = today - dt.timedelta(days=today.weekday())
    if day > today:
        return _("Later")
    if day == today:
        return _("Today")
    if day == today - dt.timedelta(days=1):
        return _("Yesterday")
    if day >= monday:
        return _("This week")
    if day >= monday - dt.timedelta(days=7):
        return _("Last week")
    month = i18n.month(day)
    name = month.rsplit(" ", 1)[0] if day.year == today.year else month
    return name[:1].upper() + name[1:]


def moment(entry: Entry) -> str:
    """When it was, short: "do 19 nov, 14:20"."""
    at = entry.key.at.astimezone()
    day = f"{weekday(at.date())} {at.day} {i18n.short_month(at.date())}"
    if at.year != clock.today().year:
        day = f"{day} {at.year}"
    return day if entry.day_only else f"{day}, {at:%H:%M}"


def weekday(day: dt.date) -> str:
    """Two letters of the day of the week."""
    names = (_("Mo"), _("Tu"), _("We"), _("Th"), _("Fr"), _("Sa"), _("Su"))
    return names[day.weekday()]


class TimelineModel(QAbstractListModel):
    """Headings and entries.

    Args:
        ask: reads the entries at some places; gives them to `keep`.

    Attributes:
        loaded: entries came in (their lines are to be measured again).
    """

    loaded = Signal()

    def __init__(self, ask: Callable[[list[Key]], object], parent: QObject) -> None:
        super().__init__(parent)
        self._ask = ask
        self._items: list[Heading | Item] = []
        self._lines: dict[Key, list[int]] = {}
        self._asked: set[Key] = set()

    def show_keys(
        self, keys: Sequence[Key], pinned: Sequence[Entry], rows: Sequence[Entry]
    ) -> None:
        """Show other entries; `rows` are those that were read along."""
        self.beginResetModel()
        self._items, self._lines, self._asked = [], {}, set()
        if pinned:
            self._items.append(Heading(_("Pinned")))
            self._items += [Item(one.key, one) for one in pinned]
            self._close()
        today, last = clock.today(), ""
        for key in keys:
            title = period(key.at.astimezone().date(), today)
            if title != last:
                self._close()
                self._items.append(Heading(title))
                last = title
            self._items.append(Item(key))
        self._close()
        for line, item in enumerate(self._items):
            if isinstance(item, Item):
                self._lines.setdefault(item.key, []).append(line)
        self._put(rows)
        self.endResetModel()

    def keep(self, rows: Sequence[Entry]) -> None:
        """Entries that were asked for."""
        self._put(rows)
        self.loaded.emit()

    def item(self, line: int) -> Heading | Item | None:
        """What stands in a line."""
        return self._items[line] if 0 <= line < len(self._items) else None

    def entry(self, line: int) -> Entry | None:
        """The entry of a line, where it is one and was read."""
        item = self.item(line)
        return item.entry if isinstance(item, Item) else None

    def line_of(self, key: Key) -> int | None:
        """Where an entry stands."""
        return next(iter(self._lines.get(key, ())), None)

    def last_line_of(self, key: Key) -> int | None:
        """Where an entry stands in its period; what is pinned stands on top as well."""
        return next(iter(self._lines.get(key, ())[-1:]), None)

    def want(self, first: int, last: int) -> None:
        """Read what is missing around these lines."""
        start = max(0, first - PAGE // 2)
        wanted = [
            item.key
            for item in self._items[start : last + PAGE // 2]
            if isinstance(item, Item) and item.entry is None and item.key not in self._asked
        ]
        if wanted:
            self._asked.update(wanted)
            self._ask(wanted)

    def _put(self, rows: Sequence[Entry]) -> None:
        for row in rows:
            for line in self._lines.get(row.key, ()):
                item = self._items[line]
                if isinstance(item, Item):
                    item.entry = row

    def _close(self) -> None:
        if self._items and isinstance(self._items[-1], Item):
            self._items[-1].is_last = True

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._items)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item = self.item(index.row())
        if role == ItemRole:
            return item
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return spoken(item)
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.item(index.row()), Item):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.ItemIsEnabled


def spoken(item: Heading | Item | None) -> str:
    """An entry in words, for a screen reader."""
    if isinstance(item, Heading):
        return item.title
    entry = item.entry if item is not None else None
    if entry is None:
        return _("Loading")
    parts = [words.title(entry), moment(entry), entry.text, words.status_name(entry.status)]
    return ". ".join(part for part in parts if part)
