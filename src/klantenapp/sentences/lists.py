"""Sentences about the lists that the user edits."""

from __future__ import annotations

from klantenapp.i18n import N_, NN_
from klantenapp.services.errors import lists

SENTENCES: dict[type[Exception], str | tuple[str, str]] = {
    lists.ChoiceNameMissing: N_("This needs a name. Fill it in."),
    lists.ChoiceNameTaken: N_("“{name}” is in the list already. Choose another name."),
    lists.ChoiceInUse: NN_(
        "{name} is used once and cannot be deleted. Archive or rename it instead.",
        "{name} is used {count} times and cannot be deleted. Archive or rename it instead.",
    ),
    lists.ChoiceIsDefault: N_(
        "{name} is the default of your business. Choose another default in the settings first."
    ),
    lists.TermDaysWrong: N_("A payment term is between 0 and {most} days."),
    lists.TermDiscountIncomplete: N_(
        "A discount for paying early needs a percentage below 100 and a number of days"
        " within the term."
    ),
    lists.TermTaken: N_("“{name}” says the same already. Change that one instead."),
}

NOT_FOUND: dict[str, str] = {
    "unit": N_("This unit is not there any more."),
}

OPERATIONS: dict[str, str] = {
    "choice.add": N_("New choice in a list"),
    "choice.change": N_("Edit choice in a list"),
    "choice.archive": N_("Archive choice in a list"),
    "choice.restore": N_("Bring back choice in a list"),
    "choice.delete": N_("Delete choice in a list"),
}
