"""Sentences about payments, refunds, write-offs and the ledger under them."""

from __future__ import annotations

from klantenapp.i18n import N_
from klantenapp.services.errors import ledger, payments

SENTENCES: dict[type[Exception], str] = {
    ledger.PeriodLocked: N_(
        "{day} lies in a closed period (through {through}). Choose a later date, or reopen the"
        " period in Settings, Bookkeeping."
    ),
    ledger.CloseInFuture: N_("{day} is still to come. Close through today or an earlier day."),
    ledger.ClosedFurther: N_(
        "The books are closed through {through} already. Reopen them first, with the reason."
    ),
    ledger.NothingClosed: N_("There is nothing closed after that day. Choose an earlier one."),
    ledger.ReopenWithoutReason: N_("Say why you open it again; it is kept in the history."),
    ledger.SettlesTooMuch: N_("Only {open_amount} is open; {amount} is too much. Fill in less."),
    ledger.AlreadyVoid: N_("{reference} was taken back already."),
    ledger.AlreadyReleased: N_("This was unlinked already."),
    payments.NothingOpen: N_("Nothing is open on {number}; it is settled already."),
    payments.AmountNotPositive: N_("Fill in an amount above zero."),
    payments.AllocatesTooMuch: N_(
        "{assigned} is assigned, but the payment is {amount}. Lower one of the amounts."
    ),
    payments.AllocationAboveOpen: N_("On {number} only {open_amount} is open. Lower the amount."),
    payments.OtherCustomer: N_(
        "{number} belongs to another customer. Choose a document of this one."
    ),
    payments.PaymentInFuture: N_("{date} is in the future. Fill in the day the money came in."),
    payments.DuplicateBankReference: N_(
        "A payment with bank reference {reference} was booked on {date} already. Nothing was"
        " booked twice."
    ),
    payments.RefundAboveCredit: N_(
        "The customer has {credit} in credit, so {amount} cannot be paid back. Fill in less."
    ),
    payments.NotWrittenOff: N_("Nothing of {number} was written off."),
    payments.DifferenceTooLarge: N_(
        "The difference of {amount} is more than {limit}, the limit for small differences. Write it"
        " off as uncollectable with a reason, or change the limit under Settings."
    ),
    payments.WriteOffInFuture: N_("{date} is in the future. Choose today or an earlier day."),
    payments.RecoversTooMuch: N_(
        "Of {number} {lost} was written off. Book the rest as an ordinary payment."
    ),
    payments.NoDiscount: N_("{number} has no early-payment discount that can still be given."),
    payments.DiscountTooLate: N_(
        "The discount on {number} held through {until}. Book the payment without it."
    ),
    payments.ReasonMissing: N_("Give the reason; it is kept with the write-off."),
}

NOT_FOUND: dict[str, str] = {
    "payment": N_("This payment does not exist any more."),
}

SENTENCES |= {
    payments.NoCredit: N_("This customer has no credit."),
    payments.CreditInstead: N_(
        "{number} is a document and cannot be taken back. Credit it instead."
    ),
    payments.NoSuchRow: N_("There is no row {row}: the history has {rows} rows."),
}

OPERATIONS: dict[str, str] = {
    "period.close": N_("Close a period"),
    "period.reopen": N_("Reopen a period"),
    "payment.receive": N_("Record payment"),
    "payment.mark_paid": N_("Mark as paid"),
    "payment.void": N_("Take back payment"),
    "payment.refund": N_("Record refund"),
    "refund.mark": N_("Put on the list to pay back"),
    "refund.keep": N_("Keep as credit"),
    "entry.take_back": N_("Take back"),
    "settlement.release": N_("Unlink"),
    "credit.use": N_("Use credit"),
    "entry.void": N_("Take back posting"),
    "invoice.write_off": N_("Write off"),
    "invoice.recover": N_("Record recovered amount"),
    "customer.opening_balance": N_("Opening balance"),
    "payment.with_discount": N_("Record payment with discount"),
}
