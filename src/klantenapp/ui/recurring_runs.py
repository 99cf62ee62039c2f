"""Recurring invoices of today are made when a file opens; missed ones only after asking."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from klantenapp.i18n import _, ngettext
from klantenapp.sentences.speak import sentence
from klantenapp.services.errors.base import Refusal
from klantenapp.services.sales import recurring
from klantenapp.services.store import clock

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from klantenapp.services.sales.recurring_data import Due
    from klantenapp.ui.shell import Shell


def make(
    shell: Shell, due: Sequence[Due], failed: Callable[[Due, str], object] | None = None
) -> None:
    """Make what is due, each on its own, and say how many there are.

    Args:
        failed: gets a date that could not be made with the reason; it is noted in any case.
    """
    made: list[int] = []
    left = [len(due)]

    def ended() -> None:
        left[0] -= 1
        if not left[0] and made:
            words = ngettext("{count} invoice made", "{count} invoices made", len(made))
            shell.toasts.show(words.format(count=len(made)))
            if shell.postman is not None:
                shell.postman.look()

    def done(document_id: int) -> None:
        made.append(document_id)
        ended()

    def refused(one: Due, failure: Exception) -> None:
        note = partial(
            recurring.note_failure,
            recurring_id=one.recurring_id,
            planned=one.planned,
            problem=type(failure).__name__,
        )
        shell.ops.write(recurring.NOTE_FAILURE, note)
        if failed is not None and isinstance(failure, Refusal):
            failed(one, sentence(failure))
        ended()

    for one in due:
        operation = recurring.MAKE if one.mode == "draft" else recurring.MAKE_FINAL
        work = partial(recurring.make, recurring_id=one.recurring_id, planned=one.planned)
        shell.ops.write(operation, work, done, partial(refused, one))


def begin(shell: Shell) -> None:
    """Look what is due when a file has opened; make what is of today, ask about the rest."""

    def found(due: list[Due]) -> None:
        make(shell, [one for one in due if not one.missed])
        missed = sum(one.missed for one in due)
        if missed:
            words = ngettext(
                "{count} recurring invoice was missed.",
                "{count} recurring invoices were missed.",
                missed,
            )
            shell.banners.show_banner(
                "recurring",
                "info",
                words.format(count=missed),
                _("They are made when you say so."),
                (_("View"), lambda: shell.navigation.go("recurring")),
                closable=True,
            )

    shell.ops.read(
        shell.window, partial(recurring.due, as_of=clock.today()), found, key="recurring"
    )
