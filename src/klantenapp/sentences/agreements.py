"""Sentences about price lists and contracts."""

from __future__ import annotations

from klantenapp.i18n import N_, pgettext
from klantenapp.services.errors import agreements

SENTENCES: dict[type[Exception], str] = {
    agreements.AgreementNameMissing: N_("Give it a name."),
    agreements.PriceListNameTaken: N_(
        "There is a price list called “{name}” already. Choose another name."
    ),
    agreements.EndBeforeStart: N_(
        "The last day, {end}, lies before the first, {start}. Change one of the two."
    ),
    agreements.TierTwice: N_(
        "{item} has a price from {quantity} already. Change that price, or choose another quantity."
    ),
    agreements.TierDearer: N_(
        "From {quantity} of {item} one costs more than when fewer are taken. Check the price."
    ),
    agreements.PriceNegative: N_("The price of {item} cannot be below zero."),
    agreements.QuantityNegative: N_("A tier of {item} cannot begin below zero."),
    agreements.DiscountOutOfRange: N_(
        "A discount of {percent} is not possible. Choose one from 0 to 100%."
    ),
    agreements.ChangeOutOfRange: N_(
        "Prices cannot change by {percent}. Choose a percentage from −100 to 1,000%."
    ),
    agreements.PriceListInUse: N_(
        "“{name}” is used by {users}. Choose another price list there first."
    ),
    agreements.PriceListTaxLocked: N_(
        "A document used “{name}”, so its prices stay as they are: with or without tax. Copy the"
        " list and change the copy."
    ),
    agreements.PriceListIsDraft: N_(
        "“{name}” is still a draft. Confirm the price list first, under Items and prices."
    ),
    agreements.ContractOverlap: N_(
        "“{name}” runs from {start} through {end}, so both would hold on the same days. Change the"
        " period, or end the other contract earlier."
    ),
    agreements.ContractOverlapOpen: N_(
        "“{name}” runs from {start} without an end, so both would hold on the same days. Give the"
        " other contract an end first."
    ),
    agreements.GroupTwice: N_("“{group}” has two discounts. Keep one of them."),
    agreements.ContractInUse: N_(
        "Documents were priced by “{name}”. End the contract instead of deleting it."
    ),
    agreements.EndOutsideContract: N_(
        "The contract begins on {start} and does not hold on that day. Choose one of its own days."
    ),
    agreements.ContractIsDraft: N_(
        "“{name}” is still a draft, so there is nothing to end. Delete it instead."
    ),
    agreements.ContractValueWrong: N_("“{value}” is wrong for “{key}”. Write {expected}."),
    agreements.ContractKeyMissing: N_("“{key}” is missing. Fill it in."),
}

NOT_FOUND: dict[str, str] = {
    "contract": N_("There is no such contract. Choose one from the list of the customer."),
    "item_group": N_("There is no group of items called “{key}”. Correct the name."),
}

OPERATIONS: dict[str, str] = {
    "price_list.add": N_("New price list"),
    "price_list.change": N_("Edit price list"),
    "price_list.archive": N_("Archive price list"),
    "price_list.restore": N_("Bring back price list"),
    "price_list.delete": N_("Delete price list"),
    "price_list.confirm": N_("Confirm price list"),
    "price_list.copy": N_("Copy price list"),
    "price_list.release": N_("Let price list stand on its own"),
    "price_list.set_price": N_("Change price"),
    "price_list.add_tier": N_("Add tier"),
    "price_list.move_tier": N_("Change quantity of tier"),
    "price_list.drop_price": N_("Return price to its base"),
    "contract.add": N_("New contract"),
    "contract.change": N_("Edit contract"),
    "contract.confirm": N_("Confirm contract"),
    "contract.delete": N_("Delete contract"),
    "contract.duplicate": N_("Duplicate contract"),
    "contract.fill": N_("Change all contract prices"),
    "contract.end": N_("End contract"),
    "draft.reprice": N_("Update prices"),
}


def contract_state(state: str) -> str:
    """What the state of a contract is called."""
    return {
        "draft": pgettext("status", "Draft"),
        "planned": pgettext("status", "Starts later"),
        "active": pgettext("status", "Active"),
        "expired": pgettext("status", "Expired"),
        "cancelled": pgettext("status", "Cancelled"),
    }[state]
