"""Lines of a document as the terminal writes them: ITEM;quantity[;price[;discount%]]."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from klantenapp.cli import shell
from klantenapp.i18n import _
from klantenapp.services.catalogue import choosing
from klantenapp.services.errors.base import NotFound
from klantenapp.services.sales.inputs import LineInput

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def parsed(text: str, option: str = "--line") -> list[str]:
    """The fields of a line; a usage error where it has not two to four."""
    fields = [field.strip() for field in text.split(";")]
    if not 2 <= len(fields) <= 4:  # noqa: PLR2004 - the form that the help names
        raise typer.BadParameter(
            _("“{text}” is no line. Write ITEM;quantity, or ITEM;quantity;price;discount.").format(
                text=text
            ),
            param_hint=option,
        )
    return fields


def line_input(session: Session, fields: list[str]) -> LineInput:
    """An item by its code; with a price it may also be a free description."""
    name, quantity, price, discount = (*fields, "", "")[:4]
    item_id = choosing.item(session, name)
    if item_id is None and not price:
        raise NotFound("item", name)
    return LineInput(
        item_id=item_id,
        description="" if item_id is not None else name,
        quantity=shell.quantity(quantity),
        unit_price=shell.unit_price(price) if price else None,
        discount=shell.percentage(discount.rstrip("%")) if discount else None,
    )
