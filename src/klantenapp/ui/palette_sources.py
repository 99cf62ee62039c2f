"""What the command palette finds: customers, items, invoices, notes, and the screens themselves."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.services.catalogue import items
from klantenapp.services.customers import listing
from klantenapp.services.messages import finding
from klantenapp.services.sales import documents
from klantenapp.services.store import clock
from klantenapp.services.store.search import fold
from klantenapp.ui.navigation import exists
from klantenapp.ui.palette_list import Found
from klantenapp.ui.sidebar import ENTRIES, SETTINGS
from klantenapp.ui.widgets.chips import status_look

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.catalogue.items import ItemRow
    from klantenapp.services.customers.listing import CustomerRow
    from klantenapp.services.sales.documents import DocumentRow
    from klantenapp.ui.command_palette import Provider
    from klantenapp.ui.shell import Shell

    Show = Callable[[Sequence[Found]], None]

#: Hits of one kind that are looked for; the palette shows at most four.
MOST = 4


def sources(shell: Callable[[], Shell]) -> list[Provider]:
    """Providers for a window; each reads beside the main thread.

    Args:
        shell: gives that of the window now; another language or text size builds a new one.
    """
    finders = (
        _find_customers,
        _find_invoices,
        _find_items,
        _find_notes,
        _find_chores,
        _find_screens,
    )
    return [partial(_find, shell, finder) for finder in finders]


def _find(
    shell: Callable[[], Shell], finder: Callable[[Shell, str, Show], None], text: str, show: Show
) -> None:
    finder(shell(), text, show)


# --- customers, and what can be done with the first of them -------------------------------------


def _find_customers(shell: Shell, text: str, show: Show) -> None:
    if not text or not exists("customer"):
        show([])
        return
    shell.ops.read(
        shell.window,
        lambda session: read_customers(session, text),
        lambda found: show(_of_customers(shell, found, text)),
        key="palette customers",
    )


def read_customers(session: Session, text: str) -> list[CustomerRow]:
    """The first customers for a text: those whose name begins with it before the others."""
    today = clock.today()
    ids = listing.list_ids(session, listing.Filter(text=text), ("name", False), today)
    rows = {row.id: row for row in listing.list_rows(session, ids[: MOST * 8], today)}
    found = [rows[row_id] for row_id in ids[: MOST * 8]]
    return sorted(found, key=lambda row: not fold(row.name).startswith(fold(text)))[:MOST]


def _of_customers(shell: Shell, rows: Sequence[CustomerRow], text: str) -> list[Found]:
    go = shell.navigation.go
    found = [
        Found(
            "customers",
            row.name,
            partial(go, "customer", id=row.id),
            "users",
            _place_and_debt(row),
        )
        for row in rows
    ]
    # With one clear hit, what is done most with a customer is one key away.
    if rows and (len(rows) == 1 or fold(rows[0].name).startswith(fold(text))):
        found += _acts_on(shell, rows[0])
    return found


def _place_and_debt(row: CustomerRow) -> str:
    owed = ""
    if row.open_amount.cents:
        owed = _("{amount} open").format(amount=i18n.money(row.open_amount.cents))
    return ", ".join(part for part in (row.city or row.number, owed) if part)


def _acts_on(shell: Shell, row: CustomerRow) -> list[Found]:
    go = shell.navigation.go
    acts = [
        Found(
            "do",
            _("New invoice for {name}").format(name=row.name),
            partial(go, "draft", customer=row.id),
            "plus",
        )
    ]
    if row.open_amount.cents > 0:
        acts.append(
            Found(
                "do",
                _("Record a payment of {name}").format(name=row.name),
                partial(go, "customer", id=row.id, act="payment"),
                "banknote",
            )
        )
    if exists("email"):
        acts.append(
            Found(
                "do",
                _("E-mail to {name}").format(name=row.contact or row.name),
                partial(go, "email", customer=row.id),
                "mail",
            )
        )
    return acts


# --- invoices -----------------------------------------------------------------------------------


def _find_invoices(shell: Shell, text: str, show: Show) -> None:
    if not text:
        show([])
        return
    shell.ops.read(
        shell.window,
        lambda session: read_invoices(session, text),
        lambda found: show([_of_invoice(shell, row) for row in found]),
        key="palette invoices",
    )


def read_invoices(session: Session, text: str) -> list[DocumentRow]:
    """The newest invoices for a text."""
    today = clock.today()
    wanted = documents.Filter(kinds=("invoice", "credit_note", "quote"), text=text)
    ids = documents.list_ids(session, wanted, ("date", True), today)[:MOST]
    rows = {row.id: row for row in documents.list_rows(session, ids, today)}
    return [rows[row_id] for row_id in ids]


def _of_invoice(shell: Shell, row: DocumentRow) -> Found:
    route = "draft" if row.status == "draft" else "invoice"
    name = row.number or _("Draft")
    return Found(
        "invoices",
        f"{name}, {row.customer}" if row.customer else name,
        partial(shell.navigation.go, route, id=row.id),
        "file-text",
        i18n.money(row.total.cents),
        status_look(row.shown_status),
    )


# --- items --------------------------------------------------------------------------------------


def _find_items(shell: Shell, text: str, show: Show) -> None:
    if not text or not exists("items"):
        show([])
        return
    shell.ops.read(
        shell.window,
        lambda session: read_items(session, text),
        lambda found: show([_of_item(shell, row) for row in found]),
        key="palette items",
    )


def read_items(session: Session, text: str) -> list[ItemRow]:
    """The first items for a text."""
    ids = items.list_ids(session, items.Filter(text=text), ("name", False))[:MOST]
    rows = {row.id: row for row in items.list_rows(session, ids, clock.today())}
    return [rows[row_id] for row_id in ids]


def _of_item(shell: Shell, row: ItemRow) -> Found:
    price = f"€ {i18n.price(row.price.units)}" if row.price else ""
    return Found(
        "items",
        row.name,
        partial(shell.navigation.go, "items", id=row.id),
        "tag",
        ", ".join(part for part in (row.code, price) if part),
    )


# --- notes and screens --------------------------------------------------------------------------


def _find_notes(shell: Shell, text: str, show: Show) -> None:
    if len(text) < 3 or not exists("customer"):  # noqa: PLR2004 - fewer letters find everything
        show([])
        return
    shell.ops.read(
        shell.window,
        lambda session: finding.find(session, text, MOST),
        lambda found: show([_of_note(shell, each) for each in found]),
        key="palette notes",
    )


def _of_note(shell: Shell, found: finding.Found) -> Found:
    day = found.at.astimezone().date()
    return Found(
        "notes",
        f"“{found.excerpt}”",
        partial(
            shell.navigation.go,
            "customer",
            id=found.customer_id,
            tab="messages",
            entry=found.id,
        ),
        "mail" if found.kind == "email" else "sticky-note",
        f"{found.customer}, {i18n.date(day)}",
    )


def _find_chores(shell: Shell, text: str, show: Show) -> None:
    """What is done with the administration as a whole."""
    opened = shell.administrations
    if opened is None or not text:
        show([])
        return
    chores = (
        (_("Check administration"), "shield-check", opened.check),
        (_("Backups…"), "database", opened.backups_wanted.emit),
        (_("Show in folder"), "folder-open", opened.show_in_folder),
    )
    words = fold(text).split()
    show(
        [
            Found("do", title, run, icon)
            for title, icon, run in chores
            if all(word in fold(title) for word in words)
        ]
    )


def _find_screens(shell: Shell, text: str, show: Show) -> None:
    words = fold(text).split()
    found = []
    for number, (name, title, icon) in enumerate((*ENTRIES, SETTINGS), start=1):
        folded = fold(_(title))
        if exists(name) and all(word in folded for word in words):
            keys = "Ctrl+," if name == SETTINGS[0] else f"Ctrl+{number}"
            found.append(
                Found("screens", _(title), partial(shell.navigation.go, name), icon, keys=keys)
            )
    show(found)
