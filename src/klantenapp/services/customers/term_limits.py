"""How long a payment term may be by law; a longer one warns, and is the user's to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from klantenapp.services.errors.customers import (
    GovernmentTermTooLong,
    TermNeedsAgreement,
    TermTooLong,
)

if TYPE_CHECKING:
    from klantenapp.services.errors.base import Refusal

#: Large companies to small suppliers (art. 6:119a lid 6 BW), and authorities (art. 6:119b BW).
STRICT_DAYS: Final = 30
#: Between businesses; longer only where expressly agreed and not unfair (art. 6:119a lid 5 BW).
BUSINESS_DAYS: Final = 60


def warning(kind: str, days: int, *, large_company: bool) -> Refusal | None:
    """What the law says of a term for this customer, or None where it is fine.

    Args:
        kind: business, consumer or government.
        days: of the payment term.
        large_company: two of: assets over 25 million, turnover over 50 million, 250 people.
    """
    if kind == "government" and days > STRICT_DAYS:
        return GovernmentTermTooLong(days)
    if kind == "business" and large_company and days > STRICT_DAYS:
        return TermTooLong(days)
    if kind == "business" and days > BUSINESS_DAYS:
        return TermNeedsAgreement(days)
    return None
