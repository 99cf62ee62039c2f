"""What an import of customers or items would do, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from klantenapp.services.imports.result import ImportResult

if TYPE_CHECKING:
    from klantenapp.services.customers.customers import CustomerData
    from klantenapp.services.imports.result import RefusedLine

#: Fields of a record that are columns of the customer under the same name.
COLUMNS: Final = (
    "kind",
    "email",
    "phone",
    "website",
    "vat_id",
    "kvk",
    "iban",
    "language",
    "salutation",
    "note",
    "tax_treatment",
)
ADDRESS: Final = ("street", "postal_code", "city", "country")


@dataclass(frozen=True, slots=True)
class Change:
    """A field of a customer that is there, as it is and as the file has it."""

    field: str
    old: str | None
    new: str


@dataclass(frozen=True, slots=True)
class PlannedCustomer:
    """One row that comes in.

    Attributes:
        line: in the file.
        data: the customer that the row describes.
        words: term, method and price list as the file names them.
        given: fields that the row fills in; the others stay as they are.
        customer_id: who it is already; None is a new customer.
        changes: what becomes different; of a known customer none means that the row is skipped.
    """

    line: int
    data: CustomerData
    words: dict[str, Any]
    given: frozenset[str]
    customer_id: int | None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class CustomerPlan:
    """What an import would do.

    Attributes:
        read: rows in the file.
        rows: those that come in or are the same already.
        refused: those that are wrong. warnings: those that come in and miss something.
    """

    read: int
    rows: tuple[PlannedCustomer, ...]
    refused: tuple[RefusedLine, ...]
    warnings: tuple[RefusedLine, ...]

    @property
    def result(self) -> ImportResult:
        """Its counts."""
        new = sum(1 for row in self.rows if row.customer_id is None)
        changed = sum(1 for row in self.rows if row.customer_id is not None and row.changes)
        same = len(self.rows) - new - changed
        return ImportResult(self.read, new, changed, same, self.refused)
