"""Every table, in one place to import them all: needed to create and to compare a schema."""

from __future__ import annotations

from klantenapp.models import (
    audit,
    bank,
    business,
    catalogue,
    contract,
    customer,
    document,
    file,
    ledger,
    message,
    payment,
    reminder,
    setting,
)
from klantenapp.models.base import Base

MODULES = (
    audit,
    bank,
    business,
    catalogue,
    contract,
    customer,
    document,
    file,
    ledger,
    message,
    payment,
    reminder,
    setting,
)
metadata = Base.metadata
