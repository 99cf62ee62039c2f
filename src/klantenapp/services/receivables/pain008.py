"""The file that collects: pain.008.001.08, checked against its schema before it leaves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from klantenapp.models.values import Money

SCHEMA: Final = "pain.008.001.08"
_PARTS: Final = re.compile(rb"<PmtInfId>[^<]*</PmtInfId>")
_MESSAGE: Final = re.compile(rb"<MsgId>[^<]*</MsgId>")


@dataclass(frozen=True, slots=True)
class Creditor:
    """Who collects."""

    name: str
    iban: str
    creditor_id: str


@dataclass(frozen=True, slots=True)
class Collection:
    """One amount to collect.

    Attributes:
        sequence: FRST, RCUR or OOFF.
        text: what the customer reads on the statement.
    """

    name: str
    iban: str
    amount: Money
    sequence: str
    mandate: str
    signed_on: dt.date
    end_to_end_id: str
    text: str


def write(
    creditor: Creditor,
    reference: str,
    scheme: str,
    day: dt.date,
    collections: Sequence[Collection],
) -> bytes:
    """The file as bytes.

    Args:
        reference: of the batch, at most 30 characters; the bank names it on the statement.
        scheme: CORE or B2B.
        day: to collect on.

    Raises:
        ValueError: the file is not valid against the schema: a mistake of ours.
    """
    from sepaxml import SepaDD  # noqa: PLC0415 - heavy, and rarely needed
    from sepaxml.validation import ValidationError, try_valid_xml  # noqa: PLC0415 - as above

    config: dict[str, Any] = {
        "name": creditor.name,
        "IBAN": creditor.iban,
        "batch": True,
        "creditor_id": creditor.creditor_id,
        "currency": "EUR",
        "instrument": scheme,
    }
    maker: Any = SepaDD(config, schema=SCHEMA, clean=True)
    for one in collections:
        maker.add_payment(
            {
                "name": one.name,
                "IBAN": one.iban,
                "amount": one.amount.cents,
                "type": one.sequence,
                "collection_date": day,
                "mandate_id": one.mandate,
                "mandate_date": one.signed_on,
                "description": one.text,
                "endtoend_id": one.end_to_end_id,
            }
        )
    content = _named(maker.export(validate=False), reference)
    try:
        try_valid_xml(content, SCHEMA)
    except ValidationError as problem:
        raise ValueError(str(problem)) from problem
    return content


def _named(content: bytes, reference: str) -> bytes:
    """Our own reference instead of random ids, so that the statement can be recognised."""
    content = _MESSAGE.sub(f"<MsgId>{reference}</MsgId>".encode(), content)
    number = 0

    def part(_found: re.Match[bytes]) -> bytes:
        nonlocal number
        number += 1
        return f"<PmtInfId>{reference}-{number}</PmtInfId>".encode()

    return _PARTS.sub(part, content)
