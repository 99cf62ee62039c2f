"""Sentences about items."""

from __future__ import annotations

from klantenapp.i18n import N_
from klantenapp.services.errors import items

SENTENCES: dict[type[Exception], str] = {
    items.ItemCodeMissing: N_("An item needs a code. Fill it in."),
    items.ItemNameMissing: N_("An item needs a Dutch name. Fill it in."),
    items.ItemCodeTaken: N_("Code {code} belongs to {name}. Choose another code."),
    items.ItemPriceNegative: N_("A price cannot be below zero."),
    items.ItemInUse: N_(
        "{name} is used on a document, a price list or a contract. Archive it instead."
    ),
}

NOT_FOUND: dict[str, str] = {
    "tax_code": N_("There is no tax code {key}. Choose one from the list."),
}

OPERATIONS: dict[str, str] = {
    "item.add": N_("New item"),
    "item.change": N_("Edit item"),
    "item.duplicate": N_("Duplicate item"),
    "item.archive": N_("Archive item"),
    "item.restore": N_("Bring back item"),
    "item.delete": N_("Delete item"),
}
