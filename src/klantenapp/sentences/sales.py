"""Sentences about making documents."""

from __future__ import annotations

from klantenapp.i18n import N_
from klantenapp.services.errors import sales

SENTENCES: dict[type[Exception], str] = {
    sales.NoCustomer: N_("Choose a customer first."),
    sales.NoLines: N_("There are no lines yet. Add at least one line."),
    sales.LineWithoutDescription: N_("Line {line} has no description. Say what was delivered."),
    sales.LineWithoutTaxCode: N_("Line {line} has no tax rate. Choose one."),
    sales.NegativeTotal: N_(
        "The total is {total}, and an invoice cannot be negative. Make a credit note instead."
    ),
    sales.DateBeforeLast: N_(
        "The date {date} lies before that of {number} ({last}). Choose {last} or later, so that"
        " numbers and dates keep the same order."
    ),
    sales.DueBeforeDate: N_(
        "The last day ({due_date}) lies before the date of the document. Choose a later day."
    ),
    sales.SellerIncomplete: N_(
        "Your own {missing} must be on the document. Fill it in under Settings, Company."
    ),
    sales.CustomerAddressIncomplete: N_(
        "The customer's {missing} must be on the document. Fill it in with the customer."
    ),
    sales.PoBoxAlone: N_(
        "A PO box alone is not enough for the law. Fill in the customer's street address."
    ),
    sales.NotADraft: N_(
        "{number} is final and cannot be changed. Credit it, or copy it to a new draft."
    ),
    sales.StillADraft: N_("This is still a draft. Make it final first."),
    sales.WrongKind: N_("This cannot be done with {number}: it takes another kind of document."),
    sales.ImportedDocument: N_(
        "{number} was imported from another program and cannot be changed here."
    ),
    sales.ChangedMeanwhile: N_(
        "This draft was changed in another window. It has been read again; repeat your change."
    ),
    sales.CreditLimitPassed: N_(
        "With this invoice {exposure} would be open, and the credit limit is {limit}. Raise the"
        " limit, or ask for payment first."
    ),
    sales.AmountTooLarge: N_(
        "Line {line} comes to more than {limit}. Check quantity and price, or spread it over lines."
    ),
    sales.CharactersLost: N_(
        "These characters cannot be printed: {characters}. On paper an empty square takes their"
        " place; write them another way."
    ),
    sales.PatternWithoutNumber: N_(
        "“{pattern}” is no number pattern. It needs {{number}} once and may have {{year}}, such as"
        " {{year}}-{{number:4}}."
    ),
    sales.NumberTaken: N_("Number {number} exists already. Choose another pattern or number."),
    sales.FirstTooSmall: N_("The first number is 1 or more."),
    sales.SeriesStarted: N_(
        "The first number can no longer be set: {last} was given out. You can still change the"
        " pattern."
    ),
    sales.AlreadyCredited: N_("{number} has been credited in full already."),
    sales.CreditsTooMuch: N_(
        "Of {number} only {left} can still be credited. Fill in that or less."
    ),
    sales.CreditsTooMany: N_(
        "Line {line} would be credited for more than was invoiced and is left. Lower the quantity."
    ),
    sales.QuoteExpired: N_(
        "Quote {number} was valid until {valid_until}. Copy it to a new quote first."
    ),
    sales.QuoteDeclined: N_(
        "Quote {number} was declined. Undo that first, or copy it to a new quote."
    ),
    sales.QuoteInvoiced: N_(
        "Everything on quote {number} is on an invoice already. Open that invoice, or choose the"
        " lines that have to be invoiced once more."
    ),
    sales.UnknownPlaceholder: N_(
        "“{name}” cannot be filled in. Between the braces you can use month, year, quarter, week,"
        " from, to or period."
    ),
    sales.NothingToInvoice: N_("No line of quote {number} was chosen. Choose at least one."),
    sales.PercentOutOfRange: N_("{percent} is not between 0% and 100%."),
    sales.ScheduleEmpty: N_("This schedule has no date at all. Change its end or its first date."),
    sales.EveryTooSmall: N_("A schedule steps at least one week, month or year."),
    sales.ScheduleStopped: N_("“{name}” was stopped. Make a new schedule."),
    sales.PauseInPast: N_("{until} is not after today. Choose a later day, or none."),
    sales.AlreadyMade: N_("The invoice of {date} was made or skipped already."),
}

NOT_FOUND: dict[str, str] = {
    "recurring": N_("This schedule does not exist any more."),
    "ledger_entry": N_("This document has no posting, so nothing can be booked on it."),
    "document_line": N_("The invoice has no line {key} that can be credited."),
    "quote_line": N_("The quote has no line {key}. Show the quote to see its lines."),
    "invoice": N_("There is no invoice {key}. Check the number."),
    "quote": N_("There is no quote {key}. Check the number."),
    "payment_term": N_("Payment term {key} does not exist. Choose another one."),
    "payment_method": N_("Payment method {key} does not exist. Choose another one."),
    "price_list": N_("Price list {key} does not exist. Choose another one."),
}

OPERATIONS: dict[str, str] = {
    "draft.add": N_("New draft"),
    "draft.save": N_("Edit draft"),
    "draft.delete": N_("Delete draft"),
    "document.copy": N_("Copy to new draft"),
    "document.issue": N_("Make final"),
    "invoice.credit": N_("Credit invoice"),
    "invoice.credit_and_reissue": N_("Credit and start again"),
    "quote.accept": N_("Accept quote"),
    "quote.decline": N_("Decline quote"),
    "quote.to_invoice": N_("Make invoice of quote"),
    "quote.to_deposit": N_("Make deposit invoice"),
    "recurring.add": N_("New schedule"),
    "recurring.change": N_("Edit schedule"),
    "recurring.pause": N_("Pause schedule"),
    "recurring.resume": N_("Resume schedule"),
    "recurring.stop": N_("Stop schedule"),
    "recurring.skip": N_("Skip a date"),
    "recurring.make": N_("Make recurring invoice"),
    "recurring.make_final": N_("Make recurring invoice final"),
    "recurring.note_failure": N_("Recurring invoice failed"),
    "numbering.change_pattern": N_("Change numbering"),
    "numbering.set_first": N_("Set first number"),
}
