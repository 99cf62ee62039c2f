"""A window on a real file with customers, an invoice and mail, for the tests of contact."""

from __future__ import annotations

import datetime as dt
from functools import partial

from klantenapp.services.messages import accounts, notes, outbox
from klantenapp.services.messages.addresses import Address
from klantenapp.services.messages.compose import Mail
from klantenapp.services.messages.notes import NewEntry
from klantenapp.services.store.administration import Administration
from klantenapp.ui.main_window import MainWindow
from klantenapp.ui.ops import Ops
from klantenapp.ui.postman import Postman

OWN = "administratie@noordkade.example"


def open_window(qtbot, path, *, postman=True):
    """The whole window on a file, as the application has it."""
    ops = Ops()
    with qtbot.waitSignal(ops.opened, timeout=30_000):
        ops.open(lambda: Administration.open_file(path, window=True), lambda: None)
    window = MainWindow(ops)
    # Goes with the window on the main thread, whatever thread collects garbage.
    ops.setParent(window)
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    window.navigation.enabled = True
    if postman:
        window.use_postman(Postman(ops, lambda: window.shell))
        window.shell.postman.look()
    return window


def go(qtbot, window, route, **arguments):
    """Go to a screen and wait until it stands still."""
    window.navigation.go(route, **arguments)
    settle(qtbot, window)
    return window.navigation.page


def settle(qtbot, window):
    """Wait for reads and writes under way."""
    qtbot.wait(60)
    qtbot.waitUntil(lambda: not window.shell.ops.busy, timeout=10_000)
    qtbot.wait(60)


def letter(subject="Factuur 2026-0158 van Noordkade Installatie", to="henk@v.example", **more):
    values = {
        "sender": Address("Noordkade Installatie", OWN),
        "to": (Address("Henk Voorbeeld", to),),
        "subject": subject,
        "body": "Goedemorgen Henk, hierbij de factuur voor blok C.",
    }
    return Mail(**(values | more))


def queue(world, delay=0, **more):
    mail = letter(customer_id=world.customer, **more)
    return world.do(partial(outbox.queue, mail=mail, delay=delay), outbox.QUEUE)


def use(world, server, authority):
    """Let the account of the file point at a server."""
    work = partial(accounts.change, account=server.account(authority))
    world.do(work, accounts.CHANGE)


def note(world, kind, text, moment, **more):
    entry = NewEntry(kind, text, at=moment, **more)
    work = partial(notes.add, customer_id=world.customer, entry=entry)
    return world.do(work, notes.ADD[kind])


def at(month, day, hour=12, minute=0):
    return dt.datetime(2026, month, day, hour, minute).astimezone()
