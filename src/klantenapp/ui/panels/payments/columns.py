"""A file of a bank that nobody knows: the user says once which column is what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from klantenapp.i18n import _
from klantenapp.sentences.imports import FIELD_TITLES
from klantenapp.ui.forms.form import Form
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.inputs import ChoiceInput, TextInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from klantenapp.services.imports.bank_columns import Columns
    from klantenapp.ui.widgets.page import Page


#: Fields of a bank line that are asked for, in the order of the form.
_FIELDS = (
    "date",
    "amount",
    "direction",
    "account",
    "counterparty",
    "counterparty_iban",
    "text",
    "currency",
)


class ColumnsDialog(Dialog):
    """Which column is what; remembered for files with the same columns.

    Args:
        chosen: called with (field -> column, own account).
    """

    def __init__(
        self,
        page: Page,
        found: Columns,
        account: str,
        chosen: Callable[[dict[str, int], str | None], object],
    ) -> None:
        super().__init__(page, _("Which column is what?"), 620)
        self._chosen = chosen
        self.say(_("This bank's columns are not known yet. Link them once; they are remembered."))
        self.form = Form(columns=2)
        options: list[Any] = [(None, "–"), *found.columns]
        for at, field in enumerate(_FIELDS):
            editor = ChoiceInput(options)
            self.form.add(field, _(FIELD_TITLES[field]), editor, row=at // 2, column=at % 2)
            editor.set_value(found.proposed.get(field))
        self.own = TextInput()
        self.form.add("own", _("Own account, where no column has it"), self.own, row=4, column=0)
        self.own.set_value(account)
        self.body.addWidget(self.form)
        self.set_act(_("Import"), self._take, "import")

    def _take(self) -> None:
        values = self.form.values()
        links = {field: values[field] for field in _FIELDS if values[field] is not None}
        own = None if "account" in links else (values["own"] or None)
        self.accept()
        self._chosen(links, own)
