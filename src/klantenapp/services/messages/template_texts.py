"""The texts that mails and letters have until the user writes others; Dutch is in the catalogue."""

from __future__ import annotations

from typing import Final

from klantenapp.i18n import N_

#: kind -> (subject, text).
DEFAULTS: Final[dict[str, tuple[str, str]]] = {
    "invoice": (
        N_("Invoice {number} from {business}"),
        N_(
            "{salutation},\n\nPlease find attached invoice {number} of {date}. We kindly ask you"
            " to pay the amount of {total} by {due_date}.\n\n{payment}\n\nKind regards,\n"
            "{signature}"
        ),
    ),
    "invoice_again": (
        N_("Invoice {number} from {business}"),
        N_(
            "{salutation},\n\nPlease find attached once more invoice {number} of {date}. Of this"
            " invoice {open} is still open.\n\n{payment}\n\nKind regards,\n{signature}"
        ),
    ),
    "credit_note": (
        N_("Credit note {number} from {business}"),
        N_(
            "{salutation},\n\nPlease find attached credit note {number} of {date}, for {total}."
            " You do not have to do anything: we settle this amount with your open invoices or"
            " pay it back to you.\n\nKind regards,\n{signature}"
        ),
    ),
    "quote": (
        N_("Quote {number} from {business}"),
        N_(
            "{salutation},\n\nThank you for your request. Please find attached quote {number} of"
            " {date}, for {total}. It is valid until {valid_until}. If you agree, please reply to"
            " this e-mail.\n\nKind regards,\n{signature}"
        ),
    ),
    "statement": (
        N_("Statement of account from {business}"),
        N_(
            "{salutation},\n\nPlease find attached your statement of account as of {today}. Your"
            " balance is {balance}, of which {overdue} is overdue.\n\nKind regards,\n{signature}"
        ),
    ),
    "collection": (
        N_("Direct debit on {date}: {total}"),
        N_(
            "{salutation},\n\nOn {date} we collect {total} from your account {account}, for:\n\n"
            "{specification}\n\nMandate: {mandate}. Our creditor id: {creditor}. Please see to it"
            " that there is enough money in the account on that day.\n\nKind regards,\n"
            "{signature}"
        ),
    ),
    "free": (
        N_("Message from {business}"),
        N_("{salutation},\n\n\n\nKind regards,\n{signature}"),
    ),
    "reminder": (
        N_("Reminder: invoice {numbers}"),
        N_(
            "{salutation},\n\nPerhaps it escaped your attention, but we have not yet received your"
            " payment of the amount below.\n\n{specification}\n\nWe kindly ask you to pay this"
            " within seven days. If you have paid already, you can ignore this message.\n\n"
            "{payment}\n\nKind regards,\n{signature}"
        ),
    ),
    "second_reminder": (
        N_("Final notice: invoice {numbers}"),
        N_(
            "{salutation},\n\nDespite our earlier reminder we have not yet received your payment"
            " of the amount below.\n\n{specification}\n\nPlease pay this within seven days. Is"
            " there a reason why you cannot pay, or do you disagree with the invoice? Then call"
            " us or reply to this message.\n\n{payment}\n\nKind regards,\n{signature}"
        ),
    ),
    "fourteen_day_letter": (
        N_("Pay now, without collection costs: invoice {numbers}"),
        N_(
            "{salutation},\n\nDespite our earlier reminders we have not yet received your payment"
            " of the amount below. You are in default.\n\n{specification}\n\nWe ask you once more"
            " to pay, within fourteen days from the day after this letter was delivered to you."
            " If you pay within that period, you pay no collection costs.\n\nIf you do not pay, or"
            " not in full, within this period, you owe us, besides the principal of {principal}"
            " and the statutory interest (article 6:119 of the Dutch Civil Code), extrajudicial"
            " collection costs of {announced_costs}, under article 6:96 of the Dutch Civil Code"
            " and the Decree on compensation for extrajudicial collection costs. {costs_tax}"
            " We reserve our right to performance; this letter interrupts limitation (article"
            " 3:317).\n\n{payment}\n\nHave you paid already? Then you can ignore this letter. If"
            " you cannot pay at once, call us.\n\nKind regards,\n{signature}"
        ),
    ),
    "notice": (
        N_("Demand for payment: invoice {numbers}"),
        N_(
            "{salutation},\n\nDespite our reminders you have not paid the invoices below. The"
            " agreed payment term has passed, so you are in default.\n\n{specification}\n\nWe"
            " demand that you pay {total} within eight days of the date of this letter. {included}"
            " If you do not pay, we hand over the collection without further notice, and all costs"
            " of that are for your account.\n\nWe unambiguously reserve our right to performance,"
            " and all other rights; this letter also interrupts the limitation of our claim"
            " (article 3:317).\n\n{payment}\n\nKind regards,\n{signature}"
        ),
    ),
    "handover": (
        N_("Collection handed over: invoice {numbers}"),
        N_(
            "{salutation},\n\nYou have not paid the amount below in spite of our demands.\n\n"
            "{specification}\n\nWe now hand over the collection of {total} to a collection agency"
            " or bailiff. From today on, please contact them.\n\nKind regards,\n{signature}"
        ),
    ),
}

_EVERY: Final = ("salutation", "customer", "customer_number", "contact", "today", "iban")
_SELLER: Final = ("business", "sender", "phone", "email", "website", "signature")
_DOCUMENT: Final = ("number", "date", "total", "reference")
_REMINDER: Final = (
    "numbers",
    "specification",
    "principal",
    "costs",
    "announced_costs",
    "costs_tax",
    "interest",
    "total",
    "included",
    "payment",
)
#: Kinds that belong to the steps of reminding.
REMINDERS: Final = ("reminder", "second_reminder", "fourteen_day_letter", "notice", "handover")
#: kind -> placeholders that can stand in its texts.
PLACEHOLDERS: Final[dict[str, tuple[str, ...]]] = {
    "invoice": (*_EVERY, *_SELLER, *_DOCUMENT, "due_date", "open", "payment"),
    "invoice_again": (*_EVERY, *_SELLER, *_DOCUMENT, "due_date", "open", "payment"),
    "credit_note": (*_EVERY, *_SELLER, *_DOCUMENT, "original"),
    "quote": (*_EVERY, *_SELLER, *_DOCUMENT, "valid_until"),
    "statement": (*_EVERY, *_SELLER, "balance", "overdue"),
    "collection": (
        *_EVERY,
        *_SELLER,
        "date",
        "total",
        "specification",
        "account",
        "mandate",
        "creditor",
    ),
    "free": (*_EVERY, *_SELLER),
    **dict.fromkeys(
        ("reminder", "second_reminder", "fourteen_day_letter", "notice", "handover"),
        (*_EVERY, *_SELLER, *_REMINDER),
    ),
}
#: Placeholders that may be empty: a sentence that does not always apply.
OPTIONAL: Final = frozenset({"costs_tax", "included", "payment"})

#: Placeholder -> its name on screen.
NAMES: Final[dict[str, str]] = {
    "salutation": N_("Salutation"),
    "customer": N_("Customer"),
    "customer_number": N_("Customer number"),
    "contact": N_("Contact person"),
    "today": N_("Today"),
    "iban": N_("Your IBAN"),
    "business": N_("Your company"),
    "sender": N_("Your name"),
    "phone": N_("Your phone number"),
    "email": N_("Your e-mail address"),
    "website": N_("Your website"),
    "signature": N_("Signature"),
    "number": N_("Number"),
    "date": N_("Date"),
    "total": N_("Total"),
    "reference": N_("Customer's reference"),
    "due_date": N_("Due date"),
    "open": N_("Open amount"),
    "payment": N_("How to pay"),
    "original": N_("Number of the credited invoice"),
    "valid_until": N_("Valid until"),
    "balance": N_("Balance"),
    "overdue": N_("Overdue amount"),
    "numbers": N_("Invoice numbers"),
    "specification": N_("List of invoices"),
    "principal": N_("Principal"),
    "costs": N_("Collection costs"),
    "announced_costs": N_("Announced collection costs"),
    "costs_tax": N_("Sentence about tax on the costs"),
    "interest": N_("Statutory interest"),
    "included": N_("Sentence about interest and costs in the total"),
    "account": N_("Account that is collected from"),
    "mandate": N_("Mandate"),
    "creditor": N_("Your creditor id"),
}

#: kind -> its name on screen.
KIND_NAMES: Final[dict[str, str]] = {
    "invoice": N_("Invoice"),
    "invoice_again": N_("Send invoice again"),
    "credit_note": N_("Credit note"),
    "quote": N_("Quote"),
    "statement": N_("Statement of account"),
    "collection": N_("Announcement of direct debit"),
    "free": N_("Single message"),
    "reminder": N_("Reminder"),
    "second_reminder": N_("Final notice"),
    "fourteen_day_letter": N_("WIK letter"),
    "notice": N_("Demand"),
    "handover": N_("Handing over to collection"),
}
KINDS: Final = tuple(DEFAULTS)
