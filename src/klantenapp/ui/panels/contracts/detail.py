"""One contract with what stands around it, read for the panel beside the list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.services.catalogue import contract_view, contracts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.catalogue.contract_data import ContractData
    from klantenapp.services.catalogue.contract_view import (
        AttachedFile,
        ContractRow,
        ItemWords,
    )


@dataclass(frozen=True)
class Detail:
    """One contract for the panel beside the list."""

    row: ContractRow
    data: ContractData
    items: dict[int, ItemWords]
    files: tuple[AttachedFile, ...]
    invoiced: int


def read_one(session: Session, row: ContractRow) -> Detail:
    """What the panel shows of a contract."""
    data = contracts.read(session, row.id)
    return Detail(
        row,
        data,
        contract_view.item_words(session, {price.item_id for price in data.prices}),
        tuple(contract_view.files(session, row.id)),
        contract_view.invoiced(session, row.id),
    )
