"""Column mappings that the user keeps under a name, offered when the same columns come again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp.models.bank import ColumnMapping as SavedMapping
from klantenapp.services.imports.fields import folded
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.imports.mapping import ColumnMapping
    from klantenapp.services.imports.table import Table

SAVE: Final = register("mapping.save", REVERSIBLE)


@dataclass(frozen=True, slots=True)
class Saved:
    """A mapping that was kept.

    Attributes:
        chosen: per column index the fields, as `mapping.propose` takes them; an empty list is a
            column that the user skipped.
        options: what else was stated: date_pattern, decimals, sheet.
    """

    name: str
    chosen: dict[int, list[str]]
    options: dict[str, str]


def header_digest(table: Table) -> str:
    """The same for tables with the same columns in the same order."""
    names = [folded(column.header) or column.letter for column in table.columns]
    return hashlib.sha256(json.dumps(names).encode()).hexdigest()


def save(
    session: Session,
    kind: str,
    name: str,
    table: Table,
    mapping: ColumnMapping,
    options: dict[str, str] | None = None,
) -> None:
    """Keep a mapping; one for the same columns is replaced.

    Args:
        session: of the running operation.
        kind: customers, items, invoices or bank.
        name: what the user calls it.
        table: whose columns it is for.
        mapping: every column that is not in it is skipped.
        options: what else was stated.
    """
    digest = header_digest(table)
    links: dict[int, list[str]] = {column.index: [] for column in table.columns}
    for link in mapping.links:
        links[link.column].append(link.field)
    content = json.dumps({"columns": links, "options": options or {}}, ensure_ascii=False)
    saved = session.scalars(
        select(SavedMapping).where(SavedMapping.kind == kind, SavedMapping.header_digest == digest)
    ).one_or_none()
    if saved is None:
        saved = SavedMapping(kind=kind, header_digest=digest)
        session.add(saved)
    saved.name, saved.mapping = name, content


def find(session: Session, kind: str, table: Table) -> Saved | None:
    """The mapping that was kept for a table with these columns."""
    row = session.execute(
        select(SavedMapping.name, SavedMapping.mapping).where(
            SavedMapping.kind == kind, SavedMapping.header_digest == header_digest(table)
        )
    ).one_or_none()
    if row is None:
        return None
    content = json.loads(row.mapping)
    chosen = {int(index): list(fields) for index, fields in content["columns"].items()}
    return Saved(row.name, chosen, dict(content["options"]))
