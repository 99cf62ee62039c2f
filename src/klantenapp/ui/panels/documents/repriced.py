"""Says how many lines got another price by a change of the draft, and takes it back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from klantenapp import i18n
from klantenapp.i18n import _, ngettext

if TYPE_CHECKING:
    from klantenapp.ui.panels.documents.draft_state import DraftState
    from klantenapp.ui.widgets.page import Page


def tell_prices(page: Page, state: DraftState) -> None:
    """Show a toast for each change that moves prices; what was typed by hand never moves."""

    def tell(count: int, before: dict[str, Any]) -> None:
        words = ngettext(
            "{count} line got another price", "{count} lines got another price", count
        ).format(count=i18n.count(count))
        page.shell.toasts.show_action(words, _("Undo"), partial(state.restore, **before))

    state.repriced.connect(tell)
