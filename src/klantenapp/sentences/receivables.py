"""Sentences about bank lines and what is done with them."""

from __future__ import annotations

from klantenapp.i18n import N_
from klantenapp.services.errors import receivables

SENTENCES: dict[type[Exception], str] = {
    receivables.UnknownBankAccount: N_(
        "{iban} is not known as your own account. Add it if it is yours (on the command line with"
        " --add-account), or choose another file. Nothing was imported."
    ),
    receivables.BankLineNotOpen: N_(
        "The bank line of {date} for {amount} was handled already. Unlink it first."
    ),
    receivables.BankLineNotMatched: N_(
        "The bank line of {date} for {amount} is not linked to anything."
    ),
    receivables.AssignmentUnbalanced: N_(
        "{assigned} is assigned, and the bank line is {amount}. Change the amounts until they are"
        " equal."
    ),
    receivables.AssignmentAboveOpen: N_(
        "On {number} only {open_amount} is open. Lower the amount."
    ),
    receivables.RuleEmpty: N_("Fill in an account or a text, so that the rule finds its lines."),
}

NOT_FOUND: dict[str, str] = {
    "bank_line": N_("This bank line does not exist any more."),
    "bank_rule": N_("This rule does not exist any more."),
}

OPERATIONS: dict[str, str] = {
    "import.bank": N_("Import bank file"),
    "bank.accept": N_("Match bank line"),
    "bank.accept_certain": N_("Match certain bank lines"),
    "bank.unlink": N_("Unlink bank line"),
    "bank.ignore": N_("Ignore bank line"),
    "bank.reopen": N_("Handle bank line again"),
    "bank.forget_rule": N_("Delete rule"),
}
