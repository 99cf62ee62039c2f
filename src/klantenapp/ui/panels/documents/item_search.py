"""Items while typing on a line: by code, name and words inside, each with the customer's price."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from klantenapp import i18n
from klantenapp.services.catalogue import items
from klantenapp.services.sales.calculating import calculate
from klantenapp.services.sales.inputs import LineInput
from klantenapp.services.store import clock
from klantenapp.ui.widgets.chips import price_look
from klantenapp.ui.widgets.picker import Option

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.sales.inputs import DraftInput

#: Items offered at once.
SHOWN = 8


def find_items(session: Session, draft: DraftInput, text: str) -> list[Option]:
    """The first items that match, priced as they would be on this draft."""
    ids = items.list_ids(session, items.Filter(text=text), ("name", False))[:SHOWN]
    rows = {row.id: row for row in items.list_rows(session, ids, clock.today())}
    asked = replace(draft, lines=tuple(LineInput(item_id=item_id) for item_id in ids))
    found = calculate(session, asked)
    return [
        Option(
            item_id,
            line.description,
            rows[item_id].code,
            i18n.price(line.unit_price.units) if line.problem is None else "–",
            price_look(str(line.source)) if line.problem is None else None,
        )
        for item_id, line in zip(ids, found.lines, strict=True)
    ]
