"""What can be done with a quote, on its list and on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp.i18n import _
from klantenapp.ui.panels.documents.answer import AnswerDialog
from klantenapp.ui.panels.documents.deposit import DepositDialog
from klantenapp.ui.panels.documents.quote_invoice import QuoteInvoiceDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from klantenapp.services.sales.documents import DocumentRow
    from klantenapp.ui.widgets.page import Page


class QuoteActs:
    """Buttons for a quote in the header of a page.

    Args:
        page: the page around it.
        chosen: the quote that they act on; None where there is none.
    """

    def __init__(
        self, page: Page, chosen: Callable[[], DocumentRow | None], *, primary: bool
    ) -> None:
        self._page, self._chosen = page, chosen
        self.deposit = page.act(_("Deposit invoice"), "", self.invoice_deposit, "banknote", "ghost")
        self.no = page.act(_("Decline"), "", self.decline, "x", "plain")
        self.yes = page.act(_("Accept"), "", self.accept, "check", "plain")
        kind = "primary" if primary else "plain"
        self.make = page.act(_("Make invoice"), "", self.invoice, "file-text", kind)  # type: ignore[arg-type]  # one of the two literals

    def show_for(self, found: DocumentRow | None) -> None:
        """Grey what this quote does not allow, with its reason."""
        final = found is not None and found.number is not None
        first = None if final else _("Choose a quote that is final first.")
        status = found.status if found is not None else ""
        declined = _("This quote was declined.") if status == "declined" else None
        answers = (
            (self.yes, _("This quote was accepted.") if status == "accepted" else None),
            (self.no, declined),
            (self.make, declined),
            (self.deposit, declined),
        )
        for button, reason in answers:
            if button is not None:
                button.allow(first or reason)

    def set_visible(self, found: DocumentRow | None) -> None:
        """Show the buttons that a document can use; an answer is given once (and undone)."""
        status = found.status if found is not None and found.kind == "quote" else None
        waits = status in {"sent", "expired"}
        bills = status not in {None, "declined"}
        shown = ((self.deposit, bills), (self.no, waits), (self.yes, waits), (self.make, bills))
        for button, visible in shown:
            if button is not None:
                button.setVisible(visible)

    def accept(self) -> None:
        """The customer said yes."""
        found = self._final()
        if found is not None:
            AnswerDialog(self._page, found, accepted=True).open()

    def decline(self) -> None:
        """The customer said no."""
        found = self._final()
        if found is not None:
            AnswerDialog(self._page, found, accepted=False).open()

    def invoice(self) -> None:
        """Choose what is invoiced."""
        found = self._final()
        if found is not None and found.status != "declined":
            QuoteInvoiceDialog(self._page, found).open()

    def invoice_deposit(self) -> None:
        """Ask a part in advance."""
        found = self._final()
        if found is not None and found.status != "declined":
            DepositDialog(self._page, found).open()

    def _final(self) -> DocumentRow | None:
        found = self._chosen()
        if found is None or found.number is None or found.kind != "quote":
            return None
        return found
