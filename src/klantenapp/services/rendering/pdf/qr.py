"""The payment QR code of the European Payments Council (EPC069-12), to scan with a bank app."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

import segno.helpers

if TYPE_CHECKING:
    from klantenapp.models.values import Money
    from klantenapp.services.rendering.snapshot import Payment

#: Runs of dark modules per row: first module and length.
Modules = list[list[tuple[int, int]]]

_NAME, _TEXT = 70, 140
_MOST = 99_999_999_999  # cents


def payment_code(payment: Payment, holder: str, amount: Money, text: str) -> Modules | None:
    """The code for a transfer, or None where none can be made.

    Args:
        payment: the account to pay to, with a structured reference where there is one.
        holder: name of the account holder.
        amount: what to pay; only a positive amount in euro has a code.
        text: what to mention where there is no structured reference.
    """
    if not payment.iban or not 0 < amount.cents <= _MOST:
        return None
    name = " ".join((payment.account_name or holder).split())[:_NAME]
    remark = "" if payment.reference else " ".join(text.split())[:_TEXT]
    if not name or not (payment.reference or remark):
        return None
    return _modules(
        name,
        payment.iban.replace(" ", ""),
        amount.cents,
        payment.reference.replace(" ", ""),
        remark,
    )


@lru_cache(maxsize=32)
def _modules(name: str, iban: str, cents: int, reference: str, text: str) -> Modules | None:
    try:
        code = segno.helpers.make_epc_qr(
            name=name,
            iban=iban,
            amount=Decimal(cents).scaleb(-2),
            reference=reference or None,
            text=text or None,
            encoding="utf-8",
        )
    except ValueError:  # more bytes than a payment code may have: the page says it in words
        return None
    return [_runs(row) for row in code.matrix]


def _runs(row: bytearray) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for at, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == at:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((at, 1))
    return runs
