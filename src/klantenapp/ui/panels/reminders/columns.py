"""Columns and groups of the worklist: who, which invoices, how late, how much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from klantenapp import i18n
from klantenapp.i18n import N_, _, ngettext
from klantenapp.sentences import reminders as words
from klantenapp.ui.tables.columns import Column, Group

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from klantenapp.services.reminders.desk import Desk
    from klantenapp.services.reminders.worklist import Row

#: Step -> what it is like, beside its name.
_LIKE: Final[dict[str, str]] = {
    "reminder": N_("friendly, without costs"),
    "second_reminder": N_("businesslike, without costs"),
    "fourteen_day_letter": N_("consumer, the fourteen days of the law"),
    "notice": N_("business, with costs"),
    "handover": N_("after the last letter"),
}
#: Why not today -> icon in place of the tick box.
_ICONS: Final[dict[str, str]] = {
    "grace": "hourglass",
    "waiting": "hourglass",
    "letter": "hourglass",
    "reminded_today": "hourglass",
    "default": "hourglass",
    "pause": "pause",
    "promise": "hand-coins",
    "plan": "calendar-check",
    "dispute": "hand",
    "never": "ban",
}
_NOTHING: Final = "–"


def step_name(kind: str) -> str:
    """What a step is called."""
    return _(words.STEPS[kind])


def reason(row: Row) -> str:
    """Why a row is not for today, with the first day on which it is."""
    day = i18n.date(row.locked_until)[:5] if row.locked_until else ""
    said = _(words.REASONS[row.reason]).format(day=day)
    return f"{said}: {row.note}" if row.reason == "dispute" and row.note else said


def groups(rows: Sequence[Row]) -> list[Group]:
    """A heading above the first row of each step, and above what is not for today."""
    found: list[Group] = []
    for at, row in enumerate(rows):
        key = row.step.kind if row.is_ready else ""
        if at and key == (rows[at - 1].step.kind if rows[at - 1].is_ready else ""):
            continue
        if key:
            found.append(Group(at, step_name(key), about=_(_LIKE[key])))
        else:
            found.append(Group(at, _("Not today")))
    return found


def numbers(row: Row) -> str:
    """The first invoice by number, and how many more there are."""
    more = len(row.items) - 1
    return f"{row.items[0].number} +{more}" if more else row.items[0].number


def columns(desk: Desk) -> list[Column]:
    """Columns for the rows of a day."""
    return [
        Column("id", "", "check", value=_tick),
        Column(
            "customer",
            _("Customer"),
            "marked",
            width=150,
            stretch=True,
            value=_name(desk),
            tone=_quiet,
            tip=_name_tip(desk),
            speak=_name_tip(desk),
        ),
        Column("invoices", _("Invoice"), "muted", width=106, value=numbers, tip=_numbers_tip),
        Column("late", _("Late"), "text", width=88, right=True, value=_late(desk), tone=_late_tone),
        Column("open", _("Open €"), "money", width=88, value=_principal, tone=_quiet),
        Column(
            "costs",
            _("Costs €"),
            "text",
            width=106,
            right=True,
            value=_costs,
            tone=_cost_tone,
            tip=_cost_tip,
        ),
        Column(
            "interest",
            _("Interest €"),
            "text",
            width=84,
            priority=1,
            right=True,
            value=_interest,
            tone=lambda row: None if row.claim.interest else "muted",
        ),
    ]


def _tick(row: Row) -> int | str:
    return row.id if row.is_ready else _ICONS[row.reason]


def _marks(desk: Desk, row: Row) -> list[tuple[str, str, str]]:
    """What stands out about a customer: icon, tone, words."""
    found = []
    if row.debtor.id in desk.maybe_paid:
        found.append(("landmark", "warn", _("There is a bank line that may be this payment.")))
    if row.debtor.credit:
        credit = i18n.money(row.debtor.credit.cents)
        said = _("{amount} is open in the customer's favour.").format(amount=credit)
        found.append(("wallet", "info", said))
    if row.broken:
        found.append(("hand-coins", "danger", _("A promise or payment plan was not kept.")))
    return found


def _name(desk: Desk) -> Any:
    def name(row: Row) -> tuple[str, tuple[tuple[str, str], ...]]:
        return row.debtor.name, tuple((icon, tone) for icon, tone, _said in _marks(desk, row))

    return name


def _name_tip(desk: Desk) -> Any:
    def tip(row: Row) -> str:
        return "\n".join([row.debtor.name, *(said for _icon, _tone, said in _marks(desk, row))])

    return tip


def _numbers_tip(row: Row) -> str:
    return ", ".join(item.number for item in row.items)


def _late(desk: Desk) -> Any:
    return lambda row: late_words(row, desk.day)


def late_words(row: Row, day: dt.date) -> str:
    """How late the oldest invoice is."""
    days = (day - row.oldest).days
    return ngettext("{count} day", "{count} days", days).format(count=days)


def _late_tone(row: Row) -> str | None:
    return "danger" if row.is_ready else "muted"


def _quiet(row: Row) -> str | None:
    return None if row.is_ready else "muted"


def _principal(row: Row) -> Any:
    return row.claim.principal


def _costs(row: Row) -> str:
    """Claimed costs; announced ones in brackets; why not today, for what is not."""
    if not row.is_ready:
        return reason(row)
    if row.claim.announced:
        return f"({i18n.amount(row.claim.announced.cents)})"
    return i18n.amount(row.claim.costs.cents) if row.claim.costs else _NOTHING


def _cost_tip(row: Row) -> str:
    """The whole reason, or what brackets mean."""
    if not row.is_ready:
        return reason(row)
    return _("Announced, not yet owed.") if row.claim.announced else ""


def _cost_tone(row: Row) -> str | None:
    return None if row.is_ready and row.claim.costs else "muted"


def _interest(row: Row) -> str:
    return i18n.amount(row.claim.interest.cents) if row.claim.interest else _NOTHING
