"""Credit advice as a table, and its reasons in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from klantenapp import i18n
from klantenapp.i18n import N_, NN_, _, ngettext
from klantenapp.models.values import ZERO, total
from klantenapp.services.insights.credit_advice import advices
from klantenapp.services.insights.table import Column, ReportTable
from klantenapp.services.insights.wanted import told

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.insights.credit_advice import Reason
    from klantenapp.services.insights.wanted import Wanted

NAME: Final = "credit-advice"
_WORDS: Final = {
    "no_history": N_("No paid invoice yet"),
    "mostly_late": N_("Pays {percent} of the invoices late"),
    "in_time": N_("Always pays in time"),
    "written_off": N_("{amount} was written off"),
    "never_written_off": N_("Never written off"),
    "over_limit": N_("{amount} over the limit"),
    "large_share": N_("{percent} of your revenue with one customer"),
}
_COUNTED: Final = {
    "slow": NN_("Pays {count} day late on average", "Pays {count} days late on average"),
    "slower": NN_(
        "Pays {count} day slower than a year ago", "Pays {count} days slower than a year ago"
    ),
    "faster": NN_(
        "Pays {count} day faster than a year ago", "Pays {count} days faster than a year ago"
    ),
    "old_open": NN_(
        "{count} invoice is more than 60 days late", "{count} invoices are more than 60 days late"
    ),
    "paid": NN_("{count} of {of} invoice paid", "{count} of {of} invoices paid"),
}


def words(reason: Reason) -> str:
    """A reason in a few words."""
    percent = i18n.percent(reason.percent.points, 0) if reason.percent is not None else ""
    amount = i18n.money(reason.amount.cents) if reason.amount is not None else ""
    count = reason.count or reason.days
    if reason.what in _COUNTED:
        one, more = _COUNTED[reason.what]
        text = ngettext(one, more, reason.of or count)
    else:
        text = _(_WORDS[reason.what])
    return text.format(percent=percent, amount=amount, count=count, of=reason.of)


def report(session: Session, wanted: Wanted) -> ReportTable:
    """Advice per customer, the largest exposure first."""
    found = advices(session, wanted)
    return ReportTable(
        NAME,
        _("Credit advice"),
        _(
            "Exposure is what is open, in drafts, accepted but not billed, and what standing"
            " agreements will bill within 30 days, including tax. The suggested limit is twice"
            " what is outstanding on average at the customer's own pace, less for every objection."
            " Your own decision goes before the advice."
        ),
        told(session, wanted, as_of=True),
        (
            Column("customer_number", _("Number")),
            Column("customer", _("Customer")),
            Column("exposure", _("Exposure"), "money", chart=True),
            Column("open", _("Open"), "money"),
            Column("drafts", _("Drafts"), "money"),
            Column("unbilled", _("Not billed"), "money"),
            Column("agreed", _("Agreed, 30 days"), "money"),
            Column("limit", _("Limit"), "money"),
            Column("suggested_limit", _("Suggested limit"), "money"),
            Column("suggested_term_days", _("Suggested term"), "int"),
            Column("deposit_percent", _("Deposit"), "percent"),
            Column("reasons", _("Reasons")),
            Column("decision", _("Your decision")),
        ),
        tuple(
            (
                each.customer_number,
                each.customer,
                each.exposure,
                each.open,
                each.drafts,
                each.unbilled,
                each.agreed,
                each.limit,
                each.suggested_limit,
                each.suggested_term,
                each.deposit,
                "; ".join(words(reason) for reason in each.reasons),
                f"{i18n.date(each.decision.date)}: {each.decision.note}" if each.decision else None,
            )
            for each in found
        ),
        (
            _("Total"),
            None,
            total(each.exposure for each in found),
            total(each.open for each in found),
            total(each.drafts for each in found),
            total(each.unbilled for each in found),
            total(each.agreed for each in found),
            *(None,) * 6,
        )
        if found
        else (_("Total"), None, *(ZERO,) * 5, *(None,) * 6),
        tuple(("customer", each.customer_id) for each in found),
    )
