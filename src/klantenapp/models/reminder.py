"""Reminder policies and steps, what was sent, what is on hold, and the dated legal tables."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from klantenapp.models.base import Base, one_of, refers_to, strict, within
from klantenapp.models.values import Money, Percent

STEP_KINDS = ("reminder", "second_reminder", "fourteen_day_letter", "notice", "handover")


class ReminderPolicy(Base):
    """A named series of steps; one is the default."""

    __tablename__ = "reminder_policy"
    __table_args__ = strict()

    name: Mapped[str] = mapped_column(unique=True)
    is_default: Mapped[bool] = mapped_column(default=False)
    archived_at: Mapped[dt.datetime | None]


class ReminderStep(Base):
    """One step.

    Attributes:
        days: after the due date, increasing with position.
        audience: which customers it is for: all, consumer or business.
        minimum: open amount below which the step is left out (cents).
    """

    __tablename__ = "reminder_step"
    __table_args__ = strict(
        one_of("kind", *STEP_KINDS),
        one_of("audience", "all", "consumer", "business"),
        one_of("channel", "mail", "letter"),
        UniqueConstraint("policy_id", "position"),
        within("days", 0, 3650),
    )

    policy_id: Mapped[int] = mapped_column(refers_to("reminder_policy"), index=True)
    position: Mapped[int]
    days: Mapped[int]
    kind: Mapped[str]
    audience: Mapped[str] = mapped_column(default="all")
    channel: Mapped[str] = mapped_column(default="mail")
    with_costs: Mapped[bool] = mapped_column(default=False)
    with_interest: Mapped[bool] = mapped_column(default=False)
    minimum: Mapped[Money] = mapped_column(default=Money(0))


class Reminder(Base):
    """A reminder that was sent, with what it claimed.

    Attributes:
        date: the day of sending (posting).
        costs, interest: claimed at this step; announced_costs: only announced.
        locked_until: first day of a next step that this one makes lawful.
        calculation: JSON of the calculation lines, for printing.
    """

    __tablename__ = "reminder"
    __table_args__ = strict(one_of("kind", *STEP_KINDS), one_of("channel", "mail", "letter"))

    customer_id: Mapped[int] = mapped_column(refers_to("customer"), index=True)
    kind: Mapped[str]
    step_id: Mapped[int | None] = mapped_column(refers_to("reminder_step"))
    date: Mapped[dt.date]
    channel: Mapped[str]
    principal: Mapped[Money]
    costs: Mapped[Money] = mapped_column(default=Money(0))
    interest: Mapped[Money] = mapped_column(default=Money(0))
    announced_costs: Mapped[Money] = mapped_column(default=Money(0))
    locked_until: Mapped[dt.date | None]
    calculation: Mapped[str | None]
    message_id: Mapped[int | None] = mapped_column(refers_to("message"), index=True)
    file_id: Mapped[int | None] = mapped_column(refers_to("stored_file"))
    created_at: Mapped[dt.datetime]


class ReminderInvoice(Base):
    """An invoice in a reminder, with what was open then."""

    __tablename__ = "reminder_invoice"
    __table_args__ = strict(UniqueConstraint("reminder_id", "document_id"))

    reminder_id: Mapped[int] = mapped_column(refers_to("reminder"), index=True)
    document_id: Mapped[int] = mapped_column(refers_to("document"), index=True)
    open_amount: Mapped[Money]


class ReminderHold(Base):
    """Why a customer or an invoice is not reminded.

    Attributes:
        kind: pause (until a day), never, dispute (one invoice), promise (to pay by a day),
            plan (instalments in `PlanInstalment`).
        ended_on: lifted by the user, or by a broken promise.
    """

    __tablename__ = "reminder_hold"
    __table_args__ = strict(
        one_of("kind", "pause", "never", "dispute", "promise", "plan"),
        CheckConstraint("kind <> 'dispute' OR document_id IS NOT NULL", name="dispute"),
    )

    customer_id: Mapped[int] = mapped_column(refers_to("customer"), index=True)
    document_id: Mapped[int | None] = mapped_column(refers_to("document"), index=True)
    kind: Mapped[str]
    reason: Mapped[str | None]
    from_date: Mapped[dt.date]
    until: Mapped[dt.date | None]
    amount: Mapped[Money | None]
    ended_on: Mapped[dt.date | None]
    broken: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[dt.datetime]


class PlanInstalment(Base):
    """One instalment of a payment plan."""

    __tablename__ = "plan_instalment"
    __table_args__ = strict(
        UniqueConstraint("hold_id", "date"), CheckConstraint("amount > 0", name="amount")
    )

    hold_id: Mapped[int] = mapped_column(refers_to("reminder_hold"), index=True)
    date: Mapped[dt.date]
    amount: Mapped[Money]


class InterestRate(Base):
    """Statutory interest from a day on (art. 6:119 and 6:119a BW); the user can add rows."""

    __tablename__ = "interest_rate"
    __table_args__ = strict(
        one_of("kind", "consumer", "commercial"), UniqueConstraint("kind", "valid_from")
    )

    kind: Mapped[str]
    valid_from: Mapped[dt.date]
    percent: Mapped[Percent]
    certainty: Mapped[str | None]


class CostScale(Base):
    """A bracket of the collection-cost scale from a day on.

    Attributes:
        up_to: upper bound of the bracket in cents (NULL: no bound).
        minimum, maximum: of the whole scale; the same on each of its brackets.
    """

    __tablename__ = "cost_scale"
    __table_args__ = strict(UniqueConstraint("valid_from", "position"))

    valid_from: Mapped[dt.date]
    position: Mapped[int]
    up_to: Mapped[Money | None]
    percent: Mapped[Percent]
    minimum: Mapped[Money]
    maximum: Mapped[Money]
