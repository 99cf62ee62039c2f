"""The reports in plain Python over exported rows: written from their definitions alone.

Each takes the rows and what is asked, and gives tuples of bare numbers, days and texts for the
columns in `KEYS`; amounts in cents, days in hundredths, percentages in hundredths of a percent.
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Asked:
    """A day, a period, one customer, the customers with a label, and how tax counts."""

    at: dt.date
    start: dt.date | None = None
    end: dt.date | None = None
    customer: int | None = None
    group: int | None = None
    basis: str = "invoice"

    def inside(self, day):
        """Whether an ISO day lies in the period."""
        late = self.end is not None and day > self.end.isoformat()
        return not late and (self.start is None or day >= self.start.isoformat())


def date(text):
    return dt.date.fromisoformat(text)


def rounded(value):
    """To the nearest whole number, half away from zero."""
    value = Fraction(value)
    whole = int(abs(value) + Fraction(1, 2))
    return whole if value >= 0 else -whole


def share(part, whole):
    """Hundredths of a percent; nothing of nothing."""
    return rounded(Fraction(part * 10_000, whole)) if whole else None


def growth(now, before):
    return share(now - before, before) if before is not None and before > 0 else None


def mean(numbers):
    """In hundredths."""
    return rounded(Fraction(sum(numbers) * 100, len(numbers))) if numbers else None


def median(numbers):
    return rounded(statistics.median([Fraction(number * 100) for number in numbers]))


def people(rows, asked):
    """Ids of the customers asked for."""
    found = {customer["id"] for customer in rows.customer}
    if asked.customer is not None:
        found &= {asked.customer}
    if asked.group is not None:
        found &= {
            each["customer_id"] for each in rows.customer_label if each["label_id"] == asked.group
        }
    return found


# --- the ledger on a day ---------------------------------------------------------------------


def left_on(rows, day):
    """Entry id -> cents that were open at the end of a day; without what was settled."""
    today = day.isoformat()
    entries = {entry["id"]: entry for entry in rows.ledger_entry if entry["date"] <= today}
    left = {key: entry["amount"] for key, entry in entries.items()}
    for settlement in rows.settlement:
        debit, credit = settlement["debit_id"], settlement["credit_id"]
        if debit not in entries or credit not in entries:
            continue
        if settlement["date"] > today:
            continue
        left[debit] -= settlement["amount"]
        left[credit] += settlement["amount"]
    return {key: cents for key, cents in left.items() if cents}


def ageing(rows, asked):
    entries, customers = rows.by_id("ledger_entry"), rows.by_id("customer")
    found = defaultdict(lambda: [0] * 5)
    of = people(rows, asked)
    for key, cents in left_on(rows, asked.at).items():
        entry = entries[key]
        if entry["customer_id"] not in of:
            continue
        late = (asked.at - date(entry["due_date"] or entry["date"])).days if cents > 0 else 0
        group = sum(late > limit for limit in (0, 30, 60, 90))
        found[customers[entry["customer_id"]]["number"]][group] += cents
    return [(number, *groups, sum(groups)) for number, groups in found.items()]


def open_invoices(rows, asked):
    entries, customers = rows.by_id("ledger_entry"), rows.by_id("customer")
    of = people(rows, asked)
    return [
        (
            customers[entry["customer_id"]]["number"],
            entry["date"],
            entry["due_date"],
            max(0, (asked.at - date(entry["due_date"])).days) if entry["due_date"] else None,
            entry["amount"],
            cents,
        )
        for key, cents in left_on(rows, asked.at).items()
        if (entry := entries[key])["customer_id"] in of
    ]


def statement(rows, asked):
    customers, entries = rows.by_id("customer"), rows.by_id("ledger_entry")
    through = min(asked.end or asked.at, asked.at).isoformat()
    owing = {entries[key]["customer_id"] for key in left_on(rows, asked.end or asked.at)}
    of = {asked.customer} if asked.customer is not None else owing & people(rows, asked)
    found = []
    for key in of:
        mine = [e for e in rows.ledger_entry if e["customer_id"] == key and e["date"] <= through]
        first = asked.start.isoformat() if asked.start is not None else ""
        balance = sum(entry["amount"] for entry in mine if entry["date"] < first)
        number = customers[key]["number"]
        if asked.start is not None:
            found.append((number, first, balance))
        inside = {entry["id"] for entry in mine if entry["date"] >= first}
        voids = {e["id"]: e["voids_id"] for e in mine if e["id"] in inside and e["voids_id"]}
        taken = {key for pair in voids.items() if pair[1] in inside for key in pair}
        for entry in sorted(mine, key=lambda each: (each["date"], each["id"])):
            if entry["id"] in inside - taken:
                balance += entry["amount"]
                found.append((number, entry["date"], balance))
    return found


# --- revenue ---------------------------------------------------------------------------------


def documents(rows, asked):
    """Issued invoices and credit notes with their sign."""
    of = people(rows, asked)
    return [
        (document, -1 if document["kind"] == "credit_note" else 1)
        for document in rows.document
        if document["state"] == "issued" and document["kind"] in {"invoice", "credit_note"}
        if document["customer_id"] in of and asked.inside(document["date"])
    ]


def listed(rows, asked):
    return [
        (document["number"], sign * document["net_total"], sign * document["tax_total"])
        for document, sign in documents(rows, asked)
    ]


def revenue(rows, asked):
    customers = rows.by_id("customer")
    sums = defaultdict(lambda: [0, 0])
    for document, sign in documents(rows, asked):
        each = sums[customers[document["customer_id"]]["number"]]
        each[0] += 1
        each[1] += sign * document["net_total"]
    whole = sum(net for _count, net in sums.values())
    found, running = [], 0
    for number, (count, net) in sorted(sums.items(), key=lambda each: (-each[1][1], each[0])):
        running += net
        found.append((number, count, net, share(net, whole), share(running, whole)))
    return found


def revenue_by(months):
    def made(rows, asked):
        every = _by_period(rows, replace(asked, start=None, end=None), months)
        inside = _by_period(rows, asked, months)
        found = []
        for year, at in sorted(inside):
            count, net = inside[year, at]
            before = every.get((year - 1, at), (0, None))[1]
            found.append((count, net, before, growth(net, before)))
        return found

    return made


def _by_period(rows, asked, months):
    """(Year, number of the period) -> documents and cents; gaps between are nothing."""
    sums = {}
    for document, sign in documents(rows, asked):
        day = date(document["date"])
        key = (day.year, (day.month - 1) // months)
        count, net = sums.get(key, (0, 0))
        sums[key] = (count + 1, net + sign * document["net_total"])
    if sums:
        (year, at), last = min(sums), max(sums)
        while (year, at) < last:
            sums.setdefault((year, at), (0, 0))
            year, at = (year, at + 1) if at + 1 < 12 // months else (year + 1, 0)
    return sums


def revenue_by_part(column):
    def made(rows, asked):
        items = rows.by_id("item")
        counted = {document["id"]: (document, sign) for document, sign in documents(rows, asked)}
        sums, inside = Counter(), defaultdict(set)
        for line in rows.document_line:
            if line["document_id"] in counted:
                key = line["item_id"]
                if column == "item_group_id":
                    key = items[key]["item_group_id"] if key is not None else None
                sums[key] += counted[line["document_id"]][1] * line["net"]
                inside[key].add(line["document_id"])
        whole = sum(sign * document["net_total"] for document, sign in counted.values())
        found = [
            (len(inside[key]), net, share(net, whole))
            for key, net in ((key, sums[key]) for key in inside)
        ]
        rest = whole - sum(sums.values())
        return [*found, (0, rest, share(rest, whole))] if rest else found

    return made


def without_counts(made):
    """Groups have no column for the number of documents."""
    return lambda rows, asked: [row[1:] for row in made(rows, asked)]


# --- payment behaviour -----------------------------------------------------------------------


def paid(rows, day):
    """Paid invoices in order of payment."""
    today = day.isoformat()
    entries = rows.by_id("ledger_entry")
    countered = {
        settlement["counters_id"]
        for settlement in rows.settlement
        if settlement["counters_id"] is not None and settlement["date"] <= today
    }
    by_invoice = defaultdict(list)
    for settlement in rows.settlement:
        if settlement["amount"] > 0 and settlement["id"] not in countered:
            by_invoice[settlement["debit_id"]].append(settlement)
    found = []
    for entry in rows.ledger_entry:
        if entry["kind"] != "invoice" or entry["due_date"] is None or entry["date"] > today:
            continue
        settled = [
            (entries[each["credit_id"]], each["amount"])
            for each in by_invoice[entry["id"]]
            if entries[each["credit_id"]]["date"] <= today
        ]
        if sum(amount for _credit, amount in settled) != entry["amount"]:
            continue
        if not any(credit["kind"] in {"payment", "discount"} for credit, _amount in settled):
            continue
        when = date(max([entry["date"], *(credit["date"] for credit, _amount in settled)]))
        found.append(
            {
                "id": entry["id"],
                "customer": entry["customer_id"],
                "cents": entry["amount"],
                "when": when,
                "issued": date(entry["date"]),
                "due": date(entry["due_date"]),
                "taken": (when - date(entry["date"])).days,
                "late": (when - date(entry["due_date"])).days,
                "payments": sum(credit["kind"] == "payment" for credit, _amount in settled),
            }
        )
    return sorted(found, key=lambda each: (each["when"], each["id"]))


def behaviour(rows, asked):
    day = min(asked.end, asked.at) if asked.end is not None else asked.at
    of, customers = people(rows, asked), rows.by_id("customer")
    groups = defaultdict(list)
    for each in paid(rows, day):
        if each["customer"] in of and (asked.start is None or each["when"] >= asked.start):
            groups[each["customer"]].append(each)
    broken = broken_promises(rows, day)
    return [
        (customers[key]["number"], *_behaviour_of(group, day, broken[key]))
        for key, group in groups.items()
    ]


def _behaviour_of(group, day, broken):
    taken = [each["taken"] for each in group]
    signed = [each["late"] for each in group]
    late = [max(each, 0) for each in signed]
    cents = sum(each["cents"] for each in group)
    weighted = [
        rounded(Fraction(sum(days * each["cents"] for days, each in pairs) * 100, cents))
        for pairs in (list(zip(late, group, strict=True)), list(zip(taken, group, strict=True)))
    ]
    recent = [each["late"] for each in group if each["when"] > day - 365 * DAY]
    older = [each["late"] for each in group if day - 730 * DAY < each["when"] <= day - 365 * DAY]
    return (
        len(group),
        mean(taken),
        mean(late),
        median(late),
        mean(signed),
        share(sum(each > 0 for each in signed), len(signed)),
        weighted[0],
        mean(recent) - mean(older) if recent and older else None,
        sum(each["payments"] > 1 for each in group),
        broken,
        median(taken),
        weighted[1],
        *_middle_half(taken),
        *_middle_half(late),
    )


def dso(rows, asked):
    """Hundredths of days by balance, by counting back, and at best."""
    of, day = people(rows, asked), asked.at
    ages = ageing(rows, asked)
    owed, not_due = sum(row[-1] for row in ages), sum(row[1] for row in ages)
    sales = [
        (date(entry["date"]), entry["amount"])
        for entry in rows.ledger_entry
        if entry["kind"] in {"invoice", "credit_note"} and entry["customer_id"] in of
        if date(entry["date"]) <= day
    ]
    year = sum(cents for when, cents in sales if when > day - 365 * DAY)
    if year <= 0:
        return None, None, None
    by_balance, best = (rounded(Fraction(cents * 36_500, year)) for cents in (owed, not_due))
    return by_balance, _counted_back(owed, sales, day), best


def _counted_back(owed, sales, day):
    if owed <= 0:
        return 0
    passed, end = 0, day
    while any(when <= end for when, _cents in sales):
        first = end.replace(day=1)
        length = (end - first).days + 1
        sold = sum(cents for when, cents in sales if first <= when <= end)
        if sold >= owed:
            return passed * 100 + rounded(Fraction(owed * length * 100, sold))
        owed -= max(sold, 0)
        passed, end = passed + length, first - DAY
    return None


def _middle_half(numbers):
    """Quartiles by linear interpolation between the ordered numbers, to the nearest even day."""
    ordered = sorted(numbers)
    found = []
    for quarter in (1, 3):
        place = Fraction((len(ordered) - 1) * quarter, 4)
        low = int(place)
        high = min(low + 1, len(ordered) - 1)
        found.append(round(ordered[low] + (place - low) * (ordered[high] - ordered[low])))
    return found


def broken_promises(rows, day):
    entries = rows.by_id("ledger_entry")
    found = Counter()
    for hold in rows.reminder_hold:
        until = hold["until"]
        if hold["kind"] != "promise" or until is None or until >= day.isoformat():
            continue
        if hold["ended_on"] is not None and hold["ended_on"] <= until:
            continue
        left = left_on(rows, date(until))
        mine = [entries[key] for key, cents in left.items() if cents > 0]
        mine = [entry for entry in mine if entry["customer_id"] == hold["customer_id"]]
        found[hold["customer_id"]] += any(
            entry["document_id"] == hold["document_id"]
            if hold["document_id"] is not None
            else entry["date"] <= hold["from_date"]
            for entry in mine
        )
    return found


# --- what comes in ---------------------------------------------------------------------------


def expected(history, customer, kind, due, day):
    """Lower quartile, median and upper quartile of the days on which it will be paid."""
    elapsed = (day - due).days
    own = [late for who, _kind, late in history if who == customer][-12:]
    similar = [late for _who, like, late in history if like == kind]
    every = [late for _who, _kind, late in history]
    for lates, least in ((own, 3), (similar, 5), (every, 1)):
        able = sorted(late for late in lates if late >= elapsed)
        if len(able) >= least:
            return [due + able[(len(able) - 1) * quarter // 4] * DAY for quarter in (1, 2, 3)]
    start = max(due, day)
    if elapsed <= 0:
        return [start, start, start + 30 * DAY]
    return [start, start + 30 * DAY, start + 90 * DAY]


def forecast(rows, asked):
    entries, customers = rows.by_id("ledger_entry"), rows.by_id("customer")
    of, day = people(rows, asked), asked.at
    history = [
        (each["customer"], customers[each["customer"]]["kind"], each["late"])
        for each in paid(rows, day)
    ]
    monday = day - day.weekday() * DAY
    weeks = [[0, 0, 0, 0] for _week in range(13)]
    for key, cents in left_on(rows, day).items():
        entry = entries[key]
        if cents < 0 or entry["customer_id"] not in of:
            continue
        due = date(entry["due_date"] or entry["date"])
        kind = customers[entry["customer_id"]]["kind"]
        early, middle, late = expected(history, entry["customer_id"], kind, due, day)
        for at, week in enumerate(weeks):
            first, last = monday + 7 * at * DAY, monday + (7 * at + 6) * DAY
            if due < day:
                week[3] += cents * (first <= middle <= last)
                continue
            week[0] += cents * (first <= middle <= last)
            week[1] += cents * (first <= early and late <= last)
            week[2] += cents * (early <= last and late >= first)
    return [((monday + 7 * at * DAY).isoformat(), *week) for at, week in enumerate(weeks)]


def backtest(rows, asked):
    customers, of = rows.by_id("customer"), people(rows, asked)
    every = paid(rows, asked.at)
    errors = [[], [], []]
    for each in every:
        before = [one for one in every if one["when"] < each["issued"]]
        if not before or each["customer"] not in of:
            continue
        if not asked.inside(each["issued"].isoformat()):
            continue
        history = [
            (one["customer"], customers[one["customer"]]["kind"], one["late"]) for one in before
        ]
        kind = customers[each["customer"]]["kind"]
        day = expected(history, each["customer"], kind, each["due"], each["issued"])[1]
        overall = sorted(one["late"] for one in before)[len(before) // 2]
        errors[0].append(abs((day - each["when"]).days))
        errors[1].append(abs(each["late"]))
        errors[2].append(abs(each["late"] - overall))
    return [
        (mean(found), median(found), share(sum(days <= 7 for days in found), len(found)))
        for found in errors
        if found
    ]


# --- credit ----------------------------------------------------------------------------------


def credit(rows, asked):
    """Number, open, drafts, not billed, limit, and the advice."""
    of, day = people(rows, asked), asked.at.isoformat()
    year_ago = (asked.at - 365 * DAY).isoformat()
    voided = {entry["voids_id"] for entry in rows.ledger_entry} - {None}
    standing = [e for e in rows.ledger_entry if e["id"] not in voided and e["date"] <= day]
    sold, given_up = Counter(), Counter()
    for entry in standing:
        if entry["kind"] in {"invoice", "credit_note"} and entry["date"] > year_ago:
            sold[entry["customer_id"]] += entry["amount"]
        if entry["kind"] in {"write_off", "recovery"}:
            given_up[entry["customer_id"]] -= entry["amount"]
    invoices = {
        entry["customer_id"]
        for entry in rows.ledger_entry
        if entry["kind"] == "invoice" and entry["date"] <= day
    }
    ages = {row[0]: row[1:] for row in ageing(rows, asked)}
    old = _old_invoices(rows, asked.at)
    drafts, accepted = _drafts(rows), _accepted(rows)
    groups = defaultdict(list)
    for each in paid(rows, asked.at):
        groups[each["customer"]].append(each)
    found = []
    for customer in rows.customer:
        key, number = customer["id"], customer["number"]
        known = number in ages or key in groups or key in invoices or key in sold
        if key not in of or not (known or key in drafts or key in accepted or key in given_up):
            continue
        advice = _advice(sold[key], groups[key], given_up[key], old[key])
        parts = (ages.get(number, (0,))[-1], drafts.get(key, 0), accepted.get(key, 0))
        found.append((number, *parts, customer["credit_limit"], *advice))
    return found


def _old_invoices(rows, day):
    """Customer -> open invoices more than sixty days late."""
    entries, found = rows.by_id("ledger_entry"), Counter()
    for key, cents in left_on(rows, day).items():
        entry = entries[key]
        late = (day - date(entry["due_date"] or entry["date"])).days
        found[entry["customer_id"]] += cents > 0 and late > 60
    return found


def _drafts(rows):
    found = Counter()
    for document in rows.document:
        kind, key = document["kind"], document["customer_id"]
        if document["state"] == "draft" and kind != "quote" and key is not None:
            found[key] += document["total"] * (-1 if kind == "credit_note" else 1)
    return found


def _accepted(rows):
    quotes, found = rows.by_id("document"), Counter()
    latest = {decision["document_id"]: decision["outcome"] for decision in rows.quote_decision}
    for key, outcome in latest.items():
        if outcome == "accepted" and quotes[key]["customer_id"] is not None:
            made = [
                quotes[link["to_id"]]["total"]
                for link in rows.document_link
                if link["from_id"] == key
                and link["kind"] in {"quote", "deposit"}
                and quotes[link["to_id"]]["kind"] == "invoice"
            ]
            found[quotes[key]["customer_id"]] += max(quotes[key]["total"] - sum(made), 0)
    return found


def _advice(sold, group, given_up, old):
    """Suggested limit, term and deposit, by the rules in the report's own words."""
    taken = Fraction(mean([each["taken"] for each in group]) if group else 3_000, 100)
    late = [max(each["late"], 0) for each in group]
    normal = rounded(sold * max(taken, 1) * 2 / 365)
    mostly_late = bool(group) and share(sum(each > 0 for each in late), len(late)) > 5_000
    slow = bool(group) and mean(late) > 1_400
    percent = 100 - 25 * mostly_late - 25 * slow
    percent //= 2 if old else 1
    percent = 0 if given_up > 0 else percent
    part = rounded(Fraction(max(normal, 0) * percent, 100))
    limit = -(-part // 25_000) * 25_000
    term = 14 if slow or old or given_up > 0 else 30
    deposit = 5_000 if given_up > 0 else 3_000 if old or not group else 0
    return limit, term, deposit


# --- tax -------------------------------------------------------------------------------------


def own(rows, asked):
    return [pair for pair in documents(rows, asked) if not pair[0]["is_imported"]]


def _taxes(rows):
    found = defaultdict(list)
    for tax in rows.document_tax:
        found[tax["document_id"]].append(tax)
    return found


def boxes(rows, asked):
    """(Box, base, tax), without what belongs in no box."""
    sums = {box: [0, 0] for box in ("1a", "1b", "1c", "1e", "3a", "3b")}
    by_document = _received(rows, asked) if asked.basis == "receipt" else _invoiced(rows, asked)
    for box, base, tax in by_document:
        if box != "none":
            sums.setdefault(box, [0, 0])
            sums[box][0] += base
            sums[box][1] += tax
    return [(box, *pair) for box, pair in sums.items()]


def _invoiced(rows, asked):
    taxes = _taxes(rows)
    for document, sign in own(rows, asked):
        for tax in taxes[document["id"]]:
            yield tax["box"], sign * tax["base"], sign * tax["tax"]


def _received(rows, asked):
    """Parts of documents by what was settled of them in the period."""
    entries, taxes = rows.by_id("ledger_entry"), _taxes(rows)
    mine = {
        document["id"]: sign for document, sign in own(rows, replace(asked, start=None, end=None))
    }
    before, upto = Counter(), Counter()
    for settlement in rows.settlement:
        debit, credit = entries[settlement["debit_id"]], entries[settlement["credit_id"]]
        when = max(debit["date"], credit["date"], settlement["date"])
        sides = []
        if debit["kind"] == "invoice" and credit["kind"] in {"payment", "credit_note"}:
            sides.append(debit)
        if credit["kind"] == "credit_note" and debit["kind"] in {"refund", "invoice"}:
            sides.append(credit)
        for side in sides:
            if asked.end is None or when <= asked.end.isoformat():
                upto[side["document_id"]] += settlement["amount"]
                if asked.start is not None and when < asked.start.isoformat():
                    before[side["document_id"]] += settlement["amount"]
    for key, settled in upto.items():
        if key in mine:
            amounts = [cents for tax in taxes[key] for cents in (tax["base"], tax["tax"])]
            parts = [
                last - first
                for first, last in zip(
                    _parts(amounts, before[key]), _parts(amounts, settled), strict=True
                )
            ]
            for at, tax in enumerate(taxes[key]):
                yield tax["box"], mine[key] * parts[2 * at], mine[key] * parts[2 * at + 1]


def _parts(amounts, settled):
    """Of each amount the growth of the rounded share of their running sum."""
    whole, running = sum(amounts), [0]
    for amount in amounts:
        running.append(running[-1] + amount)
    if not whole:
        return [0] * len(amounts)
    shares = [rounded(Fraction(upto * settled, whole)) for upto in running]
    return [after - first for first, after in pairwise(shares)]


def icp(rows, asked):
    customers, taxes = rows.by_id("customer"), _taxes(rows)
    sums = defaultdict(lambda: [0, 0])
    for document, sign in own(rows, asked):
        for tax in taxes[document["id"]]:
            if tax["box"] == "3b":
                number = customers[document["customer_id"]]["number"]
                sums[number][tax["category"] != "K"] += sign * tax["base"]
    return [(number, *pair, sum(pair)) for number, pair in sums.items() if any(pair)]


def untaxed(rows, asked):
    taxes = _taxes(rows)
    return [
        (document["number"], "" if tax["box"] == "none" else tax["box"], sign * tax["base"])
        for document, sign in own(rows, asked)
        for tax in taxes[document["id"]]
        if tax["category"] != "S"
    ]


# --- looking back ----------------------------------------------------------------------------


def write_offs(rows, asked):
    of, papers = people(rows, asked), rows.by_id("document")
    voided = {entry["voids_id"] for entry in rows.ledger_entry}
    found = []
    for entry in rows.ledger_entry:
        if entry["kind"] not in {"write_off", "recovery"} or entry["id"] in voided:
            continue
        if entry["customer_id"] not in of or not asked.inside(entry["date"]):
            continue
        paper = papers.get(entry["document_id"])
        tax = 0
        if paper is not None and not paper["is_imported"] and paper["total"]:
            tax = rounded(Fraction(-entry["amount"] * paper["tax_total"], paper["total"]))
        found.append((entry["date"], -entry["amount"], tax))
    return found


def quotes(rows, asked):
    of, day = people(rows, asked), asked.at.isoformat()
    found = []
    for quote in rows.document:
        if quote["kind"] != "quote" or quote["state"] != "issued" or quote["customer_id"] not in of:
            continue
        if quote["date"] > day or not asked.inside(quote["date"]):
            continue
        answers = [
            each
            for each in rows.quote_decision
            if each["document_id"] == quote["id"] and each["date"] <= day
        ]
        when = answers[-1]["date"] if answers else None
        days = (date(when) - date(quote["date"])).days if when else None
        found.append((quote["number"], quote["net_total"], when, days))
    return found


def reminders(rows, asked):
    of, day = people(rows, asked), asked.at.isoformat()
    entries = rows.by_id("ledger_entry")
    countered = {settlement["counters_id"] for settlement in rows.settlement}
    found = []
    for reminder in rows.reminder:
        if reminder["customer_id"] not in of or reminder["date"] > day:
            continue
        if not asked.inside(reminder["date"]):
            continue
        papers = {
            each["document_id"]
            for each in rows.reminder_invoice
            if each["reminder_id"] == reminder["id"]
        }
        after = []
        for settlement in rows.settlement:
            debit, credit = entries[settlement["debit_id"]], entries[settlement["credit_id"]]
            days = (date(credit["date"]) - date(reminder["date"])).days
            if debit["kind"] in {"invoice", "opening"} and debit["document_id"] in papers:
                real = settlement["amount"] > 0 and settlement["id"] not in countered
                if (
                    real
                    and credit["kind"] == "payment"
                    and credit["date"] <= day
                    and 0 <= days <= 14
                ):
                    after.append((days, settlement["amount"]))
        found.append(
            (
                reminder["date"],
                len(papers),
                reminder["principal"],
                sum(cents for _days, cents in after),
                mean([days for days, _cents in after]),
            )
        )
    return found


def quiet(rows, asked):
    of, day = people(rows, asked), asked.at.isoformat()
    bought = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for document, sign in documents(rows, replace(asked, start=None, end=None)):
        if document["date"] <= day:
            each = bought[document["customer_id"]][document["date"]]
            each[0] += sign > 0
            each[1] += sign * document["net_total"]
    found = []
    for customer in rows.customer:
        days = {date(d): net for d, (n, net) in bought[customer["id"]].items() if n}
        gone = customer["archived_at"] or customer["merged_into_id"]
        if customer["id"] not in of or gone or not days:
            continue
        last, silent = max(days), (asked.at - max(days)).days
        gaps = [(after - before).days for before, after in pairwise(sorted(days))]
        pause = median(gaps) if gaps else None
        if silent >= max(180, 2 * ((pause or 0) // 100)):
            missed = sum(net for d, net in days.items() if d > last - 365 * DAY)
            found.append((customer["number"], last.isoformat(), silent, pause, missed))
    return found


def contracts_ending(rows, asked):
    of = people(rows, asked)
    found = []
    for contract in rows.contract:
        last = contract["valid_to"]
        if contract["ended_on"] is not None:
            last = max(contract["valid_from"], min(contract["ended_on"], last or "9999"))
        if contract["is_draft"] or contract["customer_id"] not in of or last is None:
            continue
        if last >= asked.at.isoformat() and asked.inside(last):
            found.append((contract["name"], last, (date(last) - asked.at).days))
    return found


def local(moment):
    """The day on the calendar of this machine."""
    return dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC).astimezone().date().isoformat()


def audit(rows, asked):
    images = Counter(image["entry_id"] for image in rows.audit_image)
    return [
        (entry["id"], images[entry["id"]], entry["hash"][:12])
        for entry in rows.audit_entry
        if asked.inside(local(entry["at"]))
    ]


#: Report -> the columns that are compared, and the plain computation of them.
REPORTS = {
    "ageing": (
        ("customer_number", "not_due", "d1_30", "d31_60", "d61_90", "d90_plus", "total"),
        ageing,
    ),
    "open-invoices": (
        ("customer_number", "date", "due_date", "days_late", "total", "open"),
        open_invoices,
    ),
    "statement": (("customer_number", "date", "balance"), statement),
    "documents": (("number", "net", "tax"), listed),
    "revenue": (
        ("customer_number", "documents", "net", "share_percent", "cumulative_percent"),
        revenue,
    ),
    "revenue-by-month": (("documents", "net", "year_before", "growth_percent"), revenue_by(1)),
    "revenue-by-quarter": (("documents", "net", "year_before", "growth_percent"), revenue_by(3)),
    "revenue-by-item": (("documents", "net", "share_percent"), revenue_by_part("item_id")),
    "revenue-by-group": (
        ("net", "share_percent"),
        without_counts(revenue_by_part("item_group_id")),
    ),
    "payment-behaviour": (
        (
            "customer_number",
            "paid_invoices",
            "mean_days_to_pay",
            "mean_days_late",
            "median_days_late",
            "mean_days_from_due",
            "late_share_percent",
            "weighted_days_late",
            "trend_days",
            "in_parts",
            "broken_promises",
            "median_days_to_pay",
            "weighted_days_to_pay",
            "days_to_pay_low",
            "days_to_pay_high",
            "days_late_low",
            "days_late_high",
        ),
        behaviour,
    ),
    "cash-forecast": (("from", "expected", "low", "high", "uncertain"), forecast),
    "forecast-backtest": (("mean_error", "median_error", "within_week_percent"), backtest),
    "credit-advice": (
        (
            "customer_number",
            "open",
            "drafts",
            "unbilled",
            "limit",
            "suggested_limit",
            "suggested_term_days",
            "deposit_percent",
        ),
        credit,
    ),
    "vat-return": (("box", "base", "tax"), boxes),
    "icp": (("customer_number", "goods", "services", "total"), icp),
    "untaxed": (("number", "box", "base"), untaxed),
    "write-offs": (("date", "amount", "tax"), write_offs),
    "quotes": (("number", "net", "decided", "days"), quotes),
    "reminders": (("date", "invoices", "principal", "paid", "days"), reminders),
    "quiet-customers": (
        ("customer_number", "last_invoice", "days_ago", "usual_pause", "revenue"),
        quiet,
    ),
    "contracts-ending": (("contract", "ends_on", "days_left"), contracts_ending),
    "audit": (("entry", "changes", "hash"), audit),
}
