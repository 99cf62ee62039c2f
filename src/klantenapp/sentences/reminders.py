"""Sentences about reminders, collection costs and interest."""

from __future__ import annotations

from klantenapp.i18n import N_
from klantenapp.services.errors import reminders

SENTENCES: dict[type[Exception], str] = {
    reminders.NoInterestRate: N_(
        "There is no statutory interest rate for {day}. Add one in the settings, under Reminders."
    ),
    reminders.NoCostScale: N_(
        "There is no scale of collection costs for {day}. Add one in the settings, under Reminders."
    ),
    reminders.RateAlreadyThere: N_("There is a rate from {day} already. Change that one."),
    reminders.RateLeavesHole: N_(
        "Between {since} and {until} there would be half-years without a rate. Add the rates in"
        " order, one for every half-year."
    ),
    reminders.RateOutOfRange: N_("A yearly rate lies between 0 and 100%. Choose another."),
    reminders.PolicyHasNoSteps: N_("There is no step. Add at least one reminder."),
    reminders.PolicyNameTaken: N_("There is a policy “{name}” already. Choose another name."),
    reminders.PolicyNeedsName: N_("The policy has no name yet. Give it one."),
    reminders.PolicyIsDefault: N_(
        "“{name}” holds for whoever has no other policy. Make another the default first."
    ),
    reminders.ScaleBoundsWrong: N_(
        "Line {line} of the scale is wrong: each bound lies above the one before it, each"
        " percentage between 0 and 100. Change that line."
    ),
    reminders.ScaleLimitsWrong: N_(
        "The lowest amount {minimum} lies above the highest, {maximum}. Change one of them."
    ),
    reminders.ScaleTooEarly: N_(
        "There is a scale from {last}. A new one starts on a later day. Choose another."
    ),
    reminders.DaysGoBackwards: N_(
        "Day {days} does not come after day {before} of the step before it. Choose a later day."
    ),
    reminders.DaysOutOfRange: N_(
        "A step comes 1 to {most} days after the due date. Choose another day."
    ),
    reminders.StepsOutOfOrder: N_(
        "This step is as mild as the one before it, or milder. Put the steps in the order"
        " reminder, final notice, WIK letter or demand, handing over."
    ),
    reminders.StepForOthers: N_(
        "A WIK letter is for consumers, a demand for businesses. Choose whom this step is for."
    ),
    reminders.CostsBeforeLetter: N_(
        "A consumer owes collection costs only after a WIK letter. Put that letter before this"
        " step, or leave the costs out."
    ),
    reminders.NothingClaimed: N_(
        "No letter claims costs or interest with invoice {number} that are still owed. Book the"
        " payment on the invoice."
    ),
    reminders.AlreadyPaid: N_("Nothing is open of invoice {number}, so there is no reminder."),
    reminders.NotOverdue: N_("Invoice {number} is due on {due}. Remind after that day."),
    reminders.InvoiceDisputed: N_(
        "The customer disputes invoice {number}: {reason}. End the dispute first."
    ),
    reminders.RemindersPaused: N_(
        "Reminders to {customer} wait through {until}. End the pause first."
    ),
    reminders.NeverReminded: N_(
        "{customer} is never reminded. Change that on the customer's page first."
    ),
    reminders.NotInDefault: N_(
        "{customer} is not in default yet, so a WIK letter would not count. Send a reminder first."
    ),
    reminders.RemindedToday: N_("{customer} was reminded today already. Send the next one later."),
    reminders.StepLocked: N_("The next letter to {customer} may go from {until}. Wait until then."),
    reminders.StepsFinished: N_(
        "Every step was taken for {customer}. Hand the collection over, or write the invoice off."
    ),
    reminders.OtherStepNext: N_(
        "What {customer} has to get has changed meanwhile. Look at the list again."
    ),
    reminders.HoldNeedsReason: N_("There is no reason yet. Write why, for later."),
    reminders.HoldNeedsEnd: N_("There is no day yet. Choose the last day."),
    reminders.HoldEndsInPast: N_("{day} has passed. Choose today or a later day."),
    reminders.HoldNeedsInvoice: N_("A dispute is about one invoice. Choose which."),
    reminders.PlanNotOpenAmount: N_(
        "The instalments are {together} together, and {left} is open. Make them equal."
    ),
    reminders.PlanDaysWrong: N_(
        "Each instalment needs an amount and a day of its own, today or later. Change them."
    ),
}

NOT_FOUND: dict[str, str] = {
    "policy": N_("There is no reminder policy. Make one in the settings, under Reminders."),
    "hold": N_("This hold on reminders has ended already."),
    "interest_rate": N_("There is no rate from {key}. Look at the table again."),
    "cost_scale": N_("There is no scale from {key}. Look at the table again."),
}

OPERATIONS: dict[str, str] = {
    "reminder.send": N_("Send reminders"),
    "payment.receive_claim": N_("Record payment"),
    "reminder.pause": N_("Pause reminders"),
    "reminder.never": N_("Never remind"),
    "reminder.dispute": N_("Record dispute"),
    "reminder.promise": N_("Record promise to pay"),
    "reminder.plan": N_("Make payment plan"),
    "reminder.lift": N_("Remind again"),
    "policy.change": N_("Change reminder policy"),
    "policy.add": N_("Add reminder policy"),
    "policy.choose": N_("Choose reminder policy"),
    "policy.rename": N_("Rename reminder policy"),
    "policy.remove": N_("Delete reminder policy"),
    "policy.make_default": N_("Make reminder policy the default"),
    "scale.add": N_("Add scale of collection costs"),
    "scale.remove": N_("Remove scale of collection costs"),
    "rate.add": N_("Add interest rate"),
    "rate.change": N_("Change interest rate"),
    "rate.remove": N_("Remove interest rate"),
}

#: Step -> its name on screen; WIK-brief and sommatie are the words of the field.
STEPS: dict[str, str] = {
    "reminder": N_("Reminder"),
    "second_reminder": N_("Final notice"),
    "fourteen_day_letter": N_("WIK letter"),
    "notice": N_("Demand"),
    "handover": N_("Handing over to collection"),
}

#: Reason why not today -> words; {day} is the first day on which it is.
REASONS: dict[str, str] = {
    "grace": N_("From {day}, days of grace"),
    "waiting": N_("From {day}, after the last letter"),
    "letter": N_("From {day}, the fourteen days run"),
    "reminded_today": N_("From {day}, reminded today"),
    "default": N_("Not in default before a reminder"),
    "pause": N_("Paused, from {day}"),
    "promise": N_("Promised, from {day}"),
    "plan": N_("Payment plan, from {day}"),
    "dispute": N_("Disputed"),
    "never": N_("Never remind"),
}
