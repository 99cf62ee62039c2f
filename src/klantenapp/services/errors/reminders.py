"""What can be refused about reminders, collection costs and interest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.services.errors.base import Refusal

if TYPE_CHECKING:
    import datetime as dt

    from klantenapp.models.values import Money


@dataclass(eq=False)
class NoInterestRate(Refusal):
    """The table of statutory interest has no rate for a day on which interest runs.

    Attributes:
        day: the first such day.
    """

    day: dt.date


@dataclass(eq=False)
class NoCostScale(Refusal):
    """The table of collection costs has no scale for a day.

    Attributes:
        day: the day on which costs are claimed.
    """

    day: dt.date


@dataclass(eq=False)
class RateAlreadyThere(Refusal):
    """The table has a rate from that day."""

    field = "valid_from"
    day: dt.date


@dataclass(eq=False)
class RateLeavesHole(Refusal):
    """Between two days of the table there would be half-years without a rate."""

    field = "valid_from"
    since: dt.date
    until: dt.date


@dataclass(eq=False)
class RateOutOfRange(Refusal):
    """A yearly rate is between 0 and 100 percent."""

    field = "percent"


@dataclass(eq=False)
class PolicyHasNoSteps(Refusal):
    """A policy without steps reminds nobody."""


@dataclass(eq=False)
class PolicyNameTaken(Refusal):
    """There is a policy of that name."""

    field = "name"
    name: str


@dataclass(eq=False)
class PolicyNeedsName(Refusal):
    """A policy without a name cannot be chosen."""

    field = "name"


@dataclass(eq=False)
class PolicyIsDefault(Refusal):
    """The default policy holds for whoever has no other, so it stays."""

    name: str


@dataclass(eq=False)
class ScaleBoundsWrong(Refusal):
    """Bounds of a scale that do not rise, or a percentage outside 0 to 100.

    Attributes:
        line: number of the bracket, from 1.
    """

    line: int


@dataclass(eq=False)
class ScaleLimitsWrong(Refusal):
    """A lowest amount above the highest one."""

    field = "maximum"
    minimum: Money
    maximum: Money


@dataclass(eq=False)
class ScaleTooEarly(Refusal):
    """A scale that would change days which an earlier one held; what was claimed stays claimed."""

    field = "valid_from"
    last: dt.date


@dataclass(eq=False)
class DaysGoBackwards(Refusal):
    """A step comes no later than the one before it.

    Attributes:
        days: of the step; before: of the one before it.
    """

    days: int
    before: int


@dataclass(eq=False)
class DaysOutOfRange(Refusal):
    """A step comes at least a day after the due date, and within ten years."""

    most: int


@dataclass(eq=False)
class StepsOutOfOrder(Refusal):
    """A milder step after a sterner one, or the same one twice.

    Attributes:
        step, before: kinds of the two steps.
    """

    step: str
    before: str


@dataclass(eq=False)
class StepForOthers(Refusal):
    """A fourteen-day letter is for consumers alone, a notice of default for businesses alone.

    Attributes:
        step: its kind; audience: whom it is for.
    """

    step: str
    audience: str


@dataclass(eq=False)
class CostsBeforeLetter(Refusal):
    """Costs for a consumer without a fourteen-day letter before them."""


@dataclass(eq=False)
class NothingClaimed(Refusal):
    """No letter claims costs or interest that are still owed."""

    number: str


@dataclass(eq=False)
class AlreadyPaid(Refusal):
    """Nothing is open of the invoice."""

    number: str


@dataclass(eq=False)
class NotOverdue(Refusal):
    """The invoice is not due yet."""

    number: str
    due: dt.date


@dataclass(eq=False)
class InvoiceDisputed(Refusal):
    """The customer disputes the invoice."""

    number: str
    reason: str


@dataclass(eq=False)
class RemindersPaused(Refusal):
    """Reminding waits until a day.

    Attributes:
        until: last day of the pause, promise or plan.
    """

    customer: str
    until: dt.date


@dataclass(eq=False)
class NeverReminded(Refusal):
    """The user chose never to remind this customer or invoice."""

    customer: str


@dataclass(eq=False)
class NotInDefault(Refusal):
    """A fourteen-day letter before the consumer is in default would be void."""

    customer: str


@dataclass(eq=False)
class RemindedToday(Refusal):
    """A second reminder on one day."""

    customer: str


@dataclass(eq=False)
class StepLocked(Refusal):
    """Law or policy does not allow the next step yet.

    Attributes:
        until: the first day on which they do.
    """

    customer: str
    until: dt.date


@dataclass(eq=False)
class StepsFinished(Refusal):
    """Every step was taken."""

    customer: str


@dataclass(eq=False)
class OtherStepNext(Refusal):
    """Since the list was read, another step became the next."""

    customer: str


@dataclass(eq=False)
class HoldNeedsReason(Refusal):
    """A pause, dispute or exclusion without a reason."""

    field = "reason"


@dataclass(eq=False)
class HoldNeedsEnd(Refusal):
    """A pause or promise without a day on which it ends."""

    field = "until"


@dataclass(eq=False)
class HoldEndsInPast(Refusal):
    """The day lies before today."""

    field = "until"
    day: dt.date


@dataclass(eq=False)
class HoldNeedsInvoice(Refusal):
    """A dispute is about one invoice."""


@dataclass(eq=False)
class PlanNotOpenAmount(Refusal):
    """The instalments do not add up to what is open.

    Attributes:
        together: of the instalments; left: what is open.
    """

    field = "instalments"
    together: Money
    left: Money


@dataclass(eq=False)
class PlanDaysWrong(Refusal):
    """An instalment lies in the past, has no amount, or shares its day with another."""

    field = "instalments"
