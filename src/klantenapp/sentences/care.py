"""Sentences about the care of an administration: what a check can find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp import i18n
from klantenapp.i18n import N_

if TYPE_CHECKING:
    from klantenapp.services.care.findings import Finding

#: `Finding.what` -> what does not hold.
FINDINGS: dict[str, str] = {
    "damaged": N_("The file is damaged."),
    "reference": N_("Row {where} refers to a row that is not there."),
    "numbers": N_("Series {where} has a gap or a number too many."),
    "no_number": N_("Document {where} has no number of its series."),
    "number_twice": N_("Number {where} is there more than once."),
    "date_order": N_("Document {where} is dated before the number before it."),
    "total": N_("The amounts of document {where} do not add up."),
    "recomputed": N_("Document {where} computed anew gives other amounts."),
    "no_snapshot": N_("What was issued as {where} is missing."),
    "snapshot": N_("What was issued as {where} was changed afterwards."),
    "snapshot_differs": N_("Document {where} says something else than was issued."),
    "no_pdf": N_("Document {where} has no PDF."),
    "file": N_("Stored file {where} was changed afterwards."),
    "open_amount": N_("The open amount of ledger entry {where} is wrong."),
    "balance": N_("The balance of customer {where} does not match what is open."),
    "settlement": N_("Settlement {where} ties entries that do not belong together."),
    "not_posted": N_("Document {where} is not in the ledger for its amount."),
    "payment_not_posted": N_("Payment {where} is not in the ledger for its amount."),
    "no_document": N_("Ledger entry {where} has no issued document."),
    "void": N_("Ledger entry {where} does not counter what it takes back."),
    "bank_line": N_("More of bank line {where} is assigned than it brought."),
    "batch": N_("The import of {where} is not whole."),
    "batch_changed": N_("What was imported from {where} was changed afterwards."),
    "mail_twice": N_("Mail {where} was sent more than once."),
    "mail_moment": N_("Mail {where} does not know whether it was sent."),
    "schema": N_("“{where}” in the file is not as this version makes it."),
    "history": N_("History was changed at entry {where}."),
}

OPERATIONS: dict[str, str] = {"example.bank": N_("Import bank file")}


def told(finding: Finding) -> str:
    """A finding in the language of the interface, with its figures."""
    message = i18n._(FINDINGS[finding.what]).format(where=finding.where)
    detail = f" ({finding.detail})" if finding.detail else ""
    return f"{finding.invariant}  {message}{detail}"
