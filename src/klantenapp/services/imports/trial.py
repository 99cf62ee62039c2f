"""What an import would do with the choices made so far: computed anew after each of them.

A window asks for this again and again; nothing is written. `run` writes exactly what was tried,
from the same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from klantenapp.services.errors.base import Invalid, Refusal
from klantenapp.services.imports import (
    contact_list,
    customers,
    invoices,
    items,
    mapping,
    prices,
    saved_mappings,
    tabular,
    vcard,
)
from klantenapp.services.imports.cards import customer_of
from klantenapp.services.imports.fields import (
    CUSTOMER_FIELDS,
    INVOICE_FIELDS,
    ITEM_FIELDS,
    PRICE_FIELDS,
)
from klantenapp.services.imports.numerals import Decimals
from klantenapp.services.imports.reading import Stated, missing_in_history
from klantenapp.services.imports.table import as_text, open_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sqlalchemy.orm import Session

    from klantenapp.services.imports.fields import Field
    from klantenapp.services.imports.mapping import ColumnMapping
    from klantenapp.services.imports.planned import Change
    from klantenapp.services.imports.result import ImportResult, RefusedLine
    from klantenapp.services.imports.source import Source
    from klantenapp.services.imports.table import Table
    from klantenapp.services.imports.tabular import Record

    Step = Callable[[int, int], object]

#: Rows between two tellings of how far the work is.
_STEP: Final = 200
#: Records shown as they will come in.
SHOWN: Final = 4
FIELDS: Final[dict[str, tuple[Field, ...]]] = {
    "customers": CUSTOMER_FIELDS,
    "items": ITEM_FIELDS,
    "invoices": INVOICE_FIELDS,
    "prices": PRICE_FIELDS,
}
OPERATIONS: Final = {
    "customers": customers.IMPORT,
    "items": items.IMPORT,
    "invoices": invoices.IMPORT,
    "prices": prices.IMPORT,
}


@dataclass(frozen=True)
class Asked:
    """A file and everything that the user said about it.

    Attributes:
        kind: customers, items, invoices or prices.
        stated: how the file is opened; its `maps` are not used here.
        chosen: per column index the fields that the user gave it; empty skips the column.
        edits: (line, field) -> what the user typed instead.
        by_hand: link the columns of an address book by hand.
        choices: what only history asks.
        list_id: price list that prices go to.
    """

    kind: str
    source: Source
    stated: Stated = Stated()  # noqa: RUF009 - frozen
    chosen: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    edits: Mapping[tuple[int, str], str] = field(default_factory=dict)
    by_hand: bool = False
    choices: invoices.Choices = invoices.Choices()  # noqa: RUF009 - frozen
    list_id: int = 0

    @property
    def fields(self) -> tuple[Field, ...]:
        """Fields that columns can go to."""
        return FIELDS[self.kind]


@dataclass(frozen=True)
class Coming:
    """One row that comes in.

    Attributes:
        line: in the file.
        name: of the customer or item, or number of the document.
        note: what tells it apart: place, code, customer.
        is_new: not known yet.
        changes: of one that is known; without any it stays as it is.
    """

    line: int
    name: str
    note: str
    is_new: bool
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What an import would do, alike for every kind.

    Attributes:
        read: rows in the file.
        coming: rows or documents that come in, or are the same already.
        refused: what is wrong, per line and field.
        warnings: what comes in and misses something, or is set aside.
    """

    read: int
    coming: tuple[Coming, ...]
    refused: tuple[RefusedLine, ...]
    warnings: tuple[RefusedLine, ...]

    @property
    def new(self) -> int:
        """How many are new."""
        return sum(1 for each in self.coming if each.is_new)

    @property
    def changed(self) -> int:
        """How many are known and change."""
        return sum(1 for each in self.coming if not each.is_new and each.changes)

    @property
    def wrong_lines(self) -> int:
        """How many lines stay out."""
        return len({each.line for each in self.refused})


@dataclass(frozen=True)
class Trial:
    """Where an import is.

    Attributes:
        form: cards (vCard), contacts (an address book in CSV) or table.
        table: the open file; None for cards, or while it cannot be opened.
        mapping: of its columns; None where they are linked by themselves.
        kept: the mapping that was kept for these columns, where it was used.
        first: the first records, as they will come in.
        outcome: None while something is in the way.
        problem: what is: of the file, its mapping, or its formats.
    """

    form: str = "table"
    table: Table | None = None
    mapping: ColumnMapping | None = None
    kept: saved_mappings.Saved | None = None
    first: tuple[Record, ...] = ()
    outcome: Outcome | None = None
    problem: Refusal | None = None


def attempt(session: Session, asked: Asked, step: Step | None = None) -> Trial:
    """Find out where the import is; every expected failure is in the answer, never raised.

    Args:
        session: only read.
        asked: the file and what was said about it.
        step: called with (rows so far, 0) now and then; may raise to stop the work.
    """
    trial = Trial()
    try:
        trial = _opened(session, asked)
        trial = replace(trial, first=_first(asked, trial))
        if trial.mapping is not None:
            _require(asked, trial.mapping)
        records = _counted(_records(asked, trial), step)
        return replace(trial, outcome=_outcome(session, asked, records))
    except Refusal as problem:
        return replace(trial, problem=problem)


def with_kept(asked: Asked, kept: saved_mappings.Saved) -> Asked:
    """What the user said about the same columns before."""
    decimals = kept.options.get("decimals")
    stated = replace(
        asked.stated,
        date_pattern=kept.options.get("date_pattern") or asked.stated.date_pattern,
        decimals=Decimals(decimals) if decimals else asked.stated.decimals,
    )
    chosen = {index: tuple(fields) for index, fields in kept.chosen.items()}
    return replace(asked, chosen=chosen, stated=stated)


def keep(session: Session, asked: Asked, trial: Trial, name: str) -> None:
    """Keep the links of a file under a name, for the same columns next time.

    Args:
        session: of the running operation `saved_mappings.SAVE`.
        asked, trial: the file as it was brought in; without columns nothing is kept.
        name: what the user calls it.
    """
    if trial.table is None or trial.mapping is None:
        return
    stated = asked.stated
    options = {
        "decimals": stated.decimals.value if stated.decimals else "",
        "date_pattern": stated.date_pattern or "",
    }
    known = {key: value for key, value in options.items() if value}
    saved_mappings.save(session, asked.kind, name, trial.table, trial.mapping, known)


def run(
    session: Session, asked: Asked, left: frozenset[int] = frozenset(), step: Step | None = None
) -> ImportResult:
    """Write what was tried, as one batch; the refused lines stay out, seen by the user.

    Args:
        session: of the running operation `OPERATIONS[asked.kind]`.
        asked: the same as in the last trial.
        left: lines that the user leaves as they are.
        step: as in `attempt`.

    Raises:
        Refusal: the file cannot be read after all.
    """
    trial = _opened(session, asked)
    if trial.mapping is not None:
        _require(asked, trial.mapping)
    records = _counted(_records(asked, trial), step)
    name, digest = asked.source.name, asked.source.digest()
    if asked.kind == "invoices":
        choices = replace(asked.choices, skip_refused=True)
        return invoices.run(session, records, name, digest, choices)
    if asked.kind == "prices":
        file = (name, digest)
        return prices.run(session, records, asked.list_id, file, skip_refused=True, left_out=left)
    into: Any = customers.run if asked.kind == "customers" else items.run
    result: ImportResult = into(session, records, name, digest, skip_refused=True, left_out=left)
    return result


def cell_text(asked: Asked, trial: Trial, line: int, field: str) -> str:
    """What a line says in the column of a field, or what the user typed instead."""
    if (line, field) in asked.edits:
        return asked.edits[line, field]
    column = trial.mapping.column_of(field) if trial.mapping else None
    if trial.table is None or column is None:
        return ""
    row = next((row for row in trial.table.rows() if row.line == line), None)
    return as_text(row.cells[column]) if row is not None and column < len(row.cells) else ""


def by_line(
    refused: Iterable[RefusedLine], say: Callable[[Exception], str]
) -> dict[int, tuple[str, ...]]:
    """Sentences per line, in the order of the file."""
    found: dict[int, list[str]] = defaultdict(list)
    for each in refused:
        found[each.line].append(say(each.failure))
    return {line: tuple(found[line]) for line in sorted(found)}


# --- inside ---------------------------------------------------------------------------------


def _counted(records: Iterator[Record], step: Step | None) -> Iterator[Record]:
    """The records, telling how many went by."""
    for number, record in enumerate(records):
        if step is not None and number % _STEP == 0:
            step(number, 0)
        yield record


def _opened(session: Session, asked: Asked) -> Trial:
    """The file, and how its columns are linked."""
    if asked.kind == "customers" and vcard.is_vcard(asked.source.head()):
        return Trial("cards")
    stated = asked.stated
    table = open_table(
        asked.source,
        sheet=stated.sheet,
        encoding=stated.encoding,
        separator=stated.separator,
        has_header=stated.has_header,
    )
    if asked.kind == "customers" and not asked.by_hand and contact_list.is_contact_list(table):
        return Trial("contacts", table)
    kept = saved_mappings.find(session, asked.kind, table)
    chosen = {index: list(keys) for index, keys in asked.chosen.items()}
    links = mapping.propose(table, asked.fields, chosen)
    return Trial("table", table, links, kept)


def _first(asked: Asked, trial: Trial) -> tuple[Record, ...]:
    """The first records, where their formats are known already."""
    try:
        return tuple(islice(_records(asked, trial), SHOWN))
    except Refusal:
        return ()


def _require(asked: Asked, links: ColumnMapping) -> None:
    """Go on only when the columns are linked as they must be."""
    problems = list(links.problems)
    if asked.kind == "invoices":
        problems += missing_in_history(links, asked.choices.unknown_customer)
    if problems:
        raise Invalid(tuple(problems)) if len(problems) > 1 else problems[0][1]


def _records(asked: Asked, trial: Trial) -> Iterator[Record]:
    if trial.form == "cards":
        return (customer_of(card) for card in vcard.cards_of(asked.source))
    if trial.table is None or trial.form == "contacts":
        return (customer_of(card) for card in contact_list.cards_of(_table(trial)))
    links = trial.mapping or mapping.ColumnMapping(())
    formats = tabular.formats_of(
        trial.table,
        links,
        asked.fields,
        decimals=asked.stated.decimals,
        date_pattern=asked.stated.date_pattern,
    )
    return tabular.records(trial.table, links, asked.fields, formats, asked.edits)


def _table(trial: Trial) -> Table:
    if trial.table is None:
        raise AssertionError(trial.form)
    return trial.table


def _outcome(session: Session, asked: Asked, records: Iterator[Record]) -> Outcome:
    return _PLANS[asked.kind](session, asked, records)


def _customers(session: Session, _asked: Asked, records: Iterator[Record]) -> Outcome:
    found = customers.plan(session, records)
    coming = tuple(
        Coming(
            row.line,
            row.data.name,
            next((place for one in row.data.addresses if (place := one.city)), "") or "",
            row.customer_id is None,
            row.changes,
        )
        for row in found.rows
    )
    return Outcome(found.read, coming, found.refused, found.warnings)


def _items(session: Session, _asked: Asked, records: Iterator[Record]) -> Outcome:
    found = items.plan(session, records)
    coming = tuple(
        Coming(row.line, row.data.name, row.data.code, row.item_id is None, row.changes)
        for row in found.rows
    )
    return Outcome(found.read, coming, found.refused, ())


def _invoices(session: Session, asked: Asked, records: Iterator[Record]) -> Outcome:
    found = invoices.plan(session, records, asked.choices)
    coming = tuple(
        Coming(row.line, row.number, row.customer_name or row.customer or "", is_new=True)
        for row in found.documents
    )
    return Outcome(found.read, coming, found.refused, found.aside)


def _prices(session: Session, asked: Asked, records: Iterator[Record]) -> Outcome:
    found = prices.plan(session, records, asked.list_id)
    coming = tuple(
        Coming(row.line, row.name, row.code, row.before is None, row.changes) for row in found.rows
    )
    return Outcome(found.read, coming, found.refused, ())


_PLANS: Final[dict[str, Callable[[Session, Asked, Iterator[Record]], Outcome]]] = {
    "customers": _customers,
    "items": _items,
    "invoices": _invoices,
    "prices": _prices,
}
