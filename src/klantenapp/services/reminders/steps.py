"""Which step comes next for an invoice, and from what day. Pure.

No step is skipped, none comes early and none comes twice: an invoice that was never reminded
starts at the first step whatever its age, and each next one waits for the days of the policy, for
the time between the two steps, and for what the last letter promised.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from klantenapp.models.values import ZERO
from klantenapp.services.reminders.policy import RANK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from klantenapp.models.values import Money
    from klantenapp.services.reminders.policy import Step

DAY: Final = dt.timedelta(days=1)
#: A notice of default gives eight days from its date; nothing may follow before they are over.
NOTICE_DAYS: Final = 8


@dataclass(frozen=True, slots=True)
class Apart:
    """Costs that were claimed about some of the invoices of one letter.

    Attributes:
        document_ids: which of its invoices.
    """

    document_ids: frozenset[int]
    costs: Money


@dataclass(frozen=True, slots=True)
class Sent:
    """A reminder that was sent about an invoice.

    Attributes:
        locked_until: first day on which a next step is lawful, where it set one.
        announced: costs that it said would come.
        apart: what was claimed since of the costs that it announced.
    """

    kind: str
    day: dt.date
    locked_until: dt.date | None = None
    reminder_id: int = 0
    announced: Money = ZERO
    apart: tuple[Apart, ...] = ()


@dataclass(frozen=True, slots=True)
class Next:
    """The step that comes next.

    Attributes:
        day: the first day on which law and policy allow it.
        lawful: the first day that the law allows, where an earlier letter set one.
    """

    step: Step
    day: dt.date
    lawful: dt.date | None = None


def next_step(
    steps: Sequence[Step], due: dt.date, left: Money, sent: Sequence[Sent]
) -> Next | None:
    """The next step of an invoice; None after the last.

    Args:
        steps: those for this kind of customer, in their order.
        left: what is open of the invoice.
        sent: what was sent about it, in any order.
    """
    reached = max((RANK[one.kind] for one in sent), default=-1)
    coming = (step for step in steps if RANK[step.kind] > reached and left >= step.minimum)
    step = next(coming, None)
    if step is None:
        return None
    day = due + step.days * DAY
    if not sent:
        return Next(step, day)
    last = max(one.day for one in sent)
    before = max((one.days for one in steps if RANK[one.kind] <= reached), default=step.days - 1)
    day = max(day, last + max(step.days - before, 1) * DAY)
    lawful = max((one.locked_until for one in sent if one.locked_until), default=None)
    return Next(step, max(day, lawful) if lawful else day, lawful)
