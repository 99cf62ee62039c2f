"""A price list as a table: what is on screen, and what its import reads back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp.i18n import _
from klantenapp.services.insights.table import Column, ReportTable

if TYPE_CHECKING:
    from klantenapp.services.catalogue.price_list_view import PriceListPage, PriceRow
    from klantenapp.services.insights.table import Row


def table(page: PriceListPage) -> ReportTable:
    """The rows of a list, those without a price among them."""
    basis = _("Prices including VAT.") if page.data.includes_tax else _("Prices excluding VAT.")
    return ReportTable(
        "price-list",
        page.data.name,
        basis,
        (),
        (
            Column("code", _("Code")),
            Column("name", _("Item")),
            Column("unit", _("Unit")),
            Column("standard", _("Standard"), "price"),
            Column("min_quantity", _("From quantity"), "quantity"),
            Column("price", _("Price"), "price"),
            Column("origin", _("Origin")),
            Column("difference", _("Difference"), "percent"),
        ),
        tuple(_row(row) for row in page.rows),
    )


def _row(row: PriceRow) -> Row:
    return (
        row.code,
        row.name,
        row.unit,
        row.standard,
        row.min_quantity,
        row.price,
        _("Own price") if row.own else _("Base"),
        row.difference,
    )
