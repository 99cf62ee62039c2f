"""What a new administration starts with: terms, methods, units, tax codes, series, legal tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp.models.catalogue import PaymentMethod, PaymentTerm, TaxCode, TaxRate, Unit
from klantenapp.models.document import NumberSeries
from klantenapp.models.reminder import CostScale, InterestRate, ReminderPolicy, ReminderStep
from klantenapp.models.values import Money, Percent
from klantenapp.services.store import legal_rates

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

TERM_DAYS: Final = (0, 7, 14, 21, 30, 45, 60)
DEFAULT_TERM_DAYS: Final = 30

#: kind, Dutch name, English name.
METHODS: Final = (
    ("transfer", "Overschrijving", "Bank transfer"),
    ("direct_debit", "Automatische incasso", "Direct debit"),
    ("cash", "Contant", "Cash"),
    ("card", "Pin of creditcard", "Card"),
    ("other", "Anders", "Other"),
)

UNITS: Final = (
    ("uur", "hour"),
    ("dag", "day"),
    ("week", "week"),
    ("maand", "month"),
    ("jaar", "year"),
    ("stuk", "piece"),
    ("keer", "time"),
    ("rit", "trip"),
    ("m", "m"),
    ("m²", "m²"),
    ("m³", "m³"),
    ("km", "km"),
    ("kg", "kg"),
    ("liter", "litre"),
    ("doos", "box"),
    ("set", "set"),
    ("nacht", "night"),
    ("woord", "word"),
    ("pagina", "page"),
)

#: code, Dutch name, English name, kind, box of a domestic supply (facts/dutch-rules.md 2.2).
TAX_CODES: Final = (
    ("high", "Hoog tarief", "Standard rate", "rate", "1a"),
    ("low", "Laag tarief", "Reduced rate", "rate", "1b"),
    ("zero", "Nultarief", "Zero rate", "zero", "1e"),
    ("exempt", "Vrijgesteld", "Exempt", "exempt", "none"),
    ("lodging", "Logies", "Accommodation", "rate", "1a"),
)

#: kind, pattern, whether the numbers are issued here.
SERIES: Final = (
    ("invoice", "{year}-{number:4}", True),
    ("credit_note", "C{year}-{number:4}", True),
    ("quote", "O{year}-{number:4}", True),
    ("imported", "{number}", False),
)

POLICY_NAME: Final = "Standaard"
#: Position, days after the due date, kind, audience, with costs, with interest. One position
#: serves one audience; on day 35 a consumer gets the letter that the law demands before costs
#: (art. 6:96 lid 6 BW) and a business, which owes costs without it, the notice. Handing over is
#: the user's own act, two weeks and a delivery later at the earliest.
STEPS: Final = (
    (1, 7, "reminder", "all", False, False),
    (2, 21, "second_reminder", "all", False, True),
    (3, 35, "fourteen_day_letter", "consumer", False, True),
    (4, 35, "notice", "business", True, True),
    (5, 56, "handover", "all", True, True),
)


def fill(session: Session) -> None:
    """Put the defaults in; what is there already stays, so a second call changes nothing."""
    if session.scalar(select(TaxCode.id).limit(1)) is not None:
        return
    _fill_catalogue(session)
    _fill_tax(session)
    session.add_all(
        NumberSeries(kind=kind, pattern=pattern, is_own=own) for kind, pattern, own in SERIES
    )
    _fill_reminders(session)


def default_term(session: Session) -> int:
    """Id of the term that a business starts with."""
    return session.scalars(
        select(PaymentTerm.id).where(
            PaymentTerm.days == DEFAULT_TERM_DAYS,
            PaymentTerm.end_of_month.is_(False),
            PaymentTerm.discount.is_(None),
        )
    ).one()


def default_method(session: Session) -> int:
    """Id of the payment method that a business starts with."""
    return session.scalars(
        select(PaymentMethod.id).where(PaymentMethod.kind == "transfer").limit(1)
    ).one()


def _fill_catalogue(session: Session) -> None:
    for days in TERM_DAYS:
        name, name_en = (
            (f"{days} dagen", f"{days} days") if days else ("Direct betalen", "Payable now")
        )
        session.add(PaymentTerm(days=days, name=name, name_en=name_en))
    session.add_all(
        PaymentMethod(kind=kind, name=name, name_en=name_en) for kind, name, name_en in METHODS
    )
    session.add_all(Unit(name=name, name_en=name_en) for name, name_en in UNITS)


def _fill_tax(session: Session) -> None:
    codes = {
        code: TaxCode(code=code, name=name, name_en=name_en, kind=kind, box=box)
        for code, name, name_en, kind, box in TAX_CODES
    }
    session.add_all(codes.values())
    session.flush()
    session.add_all(
        TaxRate(
            tax_code_id=codes[code].id,
            percent=Percent(rate.points),
            valid_from=rate.valid_from,
            valid_to=rate.valid_to,
        )
        for code, rates in legal_rates.TAX_RATES.items()
        for rate in rates
    )


def _fill_reminders(session: Session) -> None:
    policy = ReminderPolicy(name=POLICY_NAME, is_default=True)
    session.add(policy)
    session.flush()
    session.add_all(
        ReminderStep(
            policy_id=policy.id,
            position=position,
            days=days,
            kind=kind,
            audience=audience,
            channel="letter" if kind in {"fourteen_day_letter", "notice", "handover"} else "mail",
            with_costs=costs,
            with_interest=interest,
        )
        for position, days, kind, audience, costs, interest in STEPS
    )
    tables = {
        "consumer": legal_rates.CONSUMER_INTEREST,
        "commercial": legal_rates.COMMERCIAL_INTEREST,
    }
    session.add_all(
        InterestRate(
            kind=kind,
            valid_from=row.valid_from,
            percent=Percent(row.points),
            certainty=row.certainty,
        )
        for kind, rows in tables.items()
        for row in rows
    )
    session.add_all(
        CostScale(
            valid_from=legal_rates.COST_SCALE_FROM,
            position=position,
            up_to=None if up_to is None else Money(up_to),
            percent=Percent(points),
            minimum=Money(legal_rates.COST_MINIMUM),
            maximum=Money(legal_rates.COST_MAXIMUM),
        )
        for position, (up_to, points) in enumerate(legal_rates.COST_SCALE, start=1)
    )
