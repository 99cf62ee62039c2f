"""Sending with ten seconds to think again: the toast that counts down, and what stopping does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from klantenapp.i18n import _, ngettext
from klantenapp.services.messages import drafting, outbox
from klantenapp.services.messages.accounts import DELAY
from klantenapp.services.store import settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.messages.addresses import Address
    from klantenapp.ui.shell import Shell


@dataclass(frozen=True)
class Queued:
    """A mail that was put in the outbox just now.

    Attributes:
        what: what goes, for the toast.
        names: who gets it, for the toast.
        delay: seconds in which it can be stopped.
    """

    outbox_id: int
    what: str
    names: str
    delay: int


def names_of(people: Sequence[Address]) -> str:
    """Receivers in a sentence: "Administratie and Henk Voorbeeld"."""
    names = [address.shown for address in people]
    if len(names) < len(("one", "other")):
        return "".join(names)
    return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])


def name_of(document_kind: str, number: str) -> str:
    """What goes: "Invoice 2026-0158"; "Your mail" where it is about no document."""
    names = {
        "invoice": _("Invoice {number}"),
        "credit_note": _("Credit note {number}"),
        "quote": _("Quote {number}"),
    }
    words = names.get(document_kind)
    return words.format(number=number) if words else _("Your mail")


def tell(shell: Shell, queued: Queued) -> None:
    """Say that it goes, and let it be stopped; a stopped mail opens again as it was."""
    postman = shell.postman
    if postman is not None and postman.is_offline:
        shell.toasts.show(_("In the outbox; it goes by itself as soon as there is internet"))
        return
    if not queued.delay:
        shell.toasts.show(_("On its way to {names}").format(names=queued.names))
        return

    def words(left: int) -> str:
        text = ngettext(
            "{what} goes to {names} in {count} second",
            "{what} goes to {names} in {count} seconds",
            left,
        )
        return text.format(what=queued.what, names=queued.names, count=left)

    def stop() -> None:
        shell.ops.write(
            outbox.STOP,
            partial(outbox.stop, outbox_id=queued.outbox_id),
            lambda message_id: shell.navigation.go("email", draft=message_id),
        )

    def done() -> None:
        if shell.postman is not None:
            shell.postman.look()

    shell.toasts.countdown(words, queued.delay, stop=stop, done=done)


def send_document(shell: Shell, document_id: int) -> None:
    """Mail a document as its template and contacts have it.

    What stands in the way opens the composer, where it can be put right.
    """

    def work(session: Session) -> Queued:
        prepared = drafting.for_document(session, document_id)
        mail = prepared.mail()
        return Queued(
            outbox.queue(session, mail),
            name_of(prepared.document_kind, prepared.document_number),
            names_of(mail.to),
            settings.read(session, DELAY),
        )

    def failed(_failure: Exception) -> None:
        shell.navigation.go("email", document=document_id)

    shell.ops.write(outbox.QUEUE, work, partial(tell, shell), failed)
