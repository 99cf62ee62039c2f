"""What waits when an administration opens: one line above the pages, if the user wants it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.services.reminders import cautions
from klantenapp.services.store import clock
from klantenapp.ui.navigation import exists

if TYPE_CHECKING:
    from collections.abc import Callable

    from klantenapp.services.reminders.cautions import AtStart
    from klantenapp.ui.shell import Shell

KEY = "start"


def begin(shell: Shell, wanted: Callable[[], bool] = lambda: True) -> None:
    """Read what waits, and say it while it is wanted still."""
    shell.banners.hide_banner(KEY)

    def show(found: AtStart | None) -> None:
        if wanted():
            _show(shell, found)

    query = partial(cautions.at_start, day=clock.today())
    shell.ops.read(shell.ops, query, show, key=KEY)


def words(found: AtStart) -> str:
    """What waits, most pressing first."""
    parts = []
    if found.broken:
        count = len(found.broken)
        said = ngettext(
            "{name} did not keep a promise to pay.",
            "{count} customers did not keep a promise to pay.",
            count,
        )
        parts.append(said.format(name=found.broken[0], count=count))
    if found.reminders.count:
        said = ngettext(
            "{count} reminder can go today, over {amount}.",
            "{count} reminders can go today, over {amount} together.",
            found.reminders.count,
        )
        amount = i18n.money(found.reminders.amount.cents)
        parts.append(said.format(count=found.reminders.count, amount=amount))
    if found.follow_ups:
        said = ngettext("{count} follow-up waits.", "{count} follow-ups wait.", found.follow_ups)
        parts.append(said.format(count=found.follow_ups))
    return " ".join(parts)


def _show(shell: Shell, found: AtStart | None) -> None:
    if found is None or not found.is_any:
        return
    late = found.reminders.count or found.broken
    route = "reminders" if late and exists("reminders") else "overview"

    def view() -> None:
        shell.banners.hide_banner(KEY)
        shell.navigation.go(route)

    shell.banners.show_banner(
        KEY, "warn", _("Today."), words(found), (_("View"), view), closable=True
    )
