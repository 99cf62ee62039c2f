"""A new choice in a list, or another name for one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.services.catalogue import lists
from klantenapp.services.catalogue.lists import MethodData, TermData
from klantenapp.services.customers import labels
from klantenapp.services.errors.lists import TermDaysWrong
from klantenapp.ui.forms.form import Form
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.inputs import CheckInput, ChoiceInput, TextInput
from klantenapp.ui.widgets.value_inputs import IntInput, PercentInput

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.catalogue.lists import ListRow
    from klantenapp.ui.shell import Shell


class _ChoiceDialog(Dialog):
    """What the dialogs of all lists share: a form, saved as a whole."""

    def __init__(self, shell: Shell, found: ListRow | None, titles: tuple[str, str]) -> None:
        super().__init__(shell.window, titles[1] if found else titles[0], 480)
        self._shell, self._found = shell, found
        self.form = Form(columns=2)
        self.body.addWidget(self.form)
        self.set_act(_("Save") if found else _("Add"), self.save, "" if found else "plus")

    def save(self) -> None:
        """Write the form; what is wrong is said at its field."""
        raise NotImplementedError

    def _write(self, work: Any) -> None:
        operation = lists.CHANGE if self._found else lists.ADD
        self._shell.ops.write(operation, work, done=self._saved, failed=self._failed)

    def _saved(self, _result: object) -> None:
        self.accept()
        self._shell.toasts.show(_("Saved"), undo=True)

    def _failed(self, failure: Exception) -> None:
        self.form.show_failure(failure)


class TermDialog(_ChoiceDialog):
    """Days, end of month, discount for paying early."""

    def __init__(self, shell: Shell, found: ListRow | None = None) -> None:
        super().__init__(shell, found, (_("New payment term"), _("Edit payment term")))
        days = IntInput(suffix=_("days"), most=lists.LONGEST)
        add = self.form.add
        add("days", _("Days after the invoice date"), days, row=0, column=0)
        self.end = CheckInput(_("Through the end of that month"))
        add("end_of_month", "", self.end, row=0, column=1)
        add("discount", _("Discount when paid early"), PercentInput(), row=1, column=0)
        within = IntInput(suffix=_("days"), most=lists.LONGEST)
        add("discount_days", _("When paid within"), within, row=1, column=1)
        hint = _("Empty: “30 days”")
        add("name", _("Name"), TextInput(hint, limit=60), row=2, column=0)
        add("name_en", _("Name in English"), TextInput(hint, limit=60), row=2, column=1)
        if found is not None:
            self.form.fill(found)
        self._named = self._names()
        days.edited.connect(self._follow)
        self.end.edited.connect(self._follow)
        self.start_at(days)

    def _names(self) -> tuple[str | None, str | None]:
        """What the term is called by its days, in both languages."""
        days = self.form.fields["days"].input.value()
        if days is None:
            return None, None
        return lists.term_names(days, end_of_month=self.end.value())

    def _follow(self) -> None:
        """A name that says the days says the new ones; the user's own name stays."""
        for name, before, now in zip(("name", "name_en"), self._named, self._names(), strict=True):
            editor = self.form.fields[name].input
            if editor.value() == before and before is not None:
                editor.set_value(now)
        self._named = self._names()

    @override
    def save(self) -> None:
        """Write the term."""
        values = self.form.values()
        if values["days"] is None:
            self._failed(TermDaysWrong(lists.LONGEST))
            return
        data = TermData(**values)
        if self._found is None:
            self._write(partial(lists.add_term, data=data))
        else:
            self._write(partial(lists.change_term, term_id=self._found.id, data=data))


class MethodDialog(_ChoiceDialog):
    """What kind of payment, and what it is called."""

    def __init__(self, shell: Shell, found: ListRow | None = None) -> None:
        super().__init__(shell, found, (_("New payment method"), _("Edit payment method")))
        kinds = [
            ("transfer", _("Bank transfer, with QR code")),
            ("direct_debit", _("Direct debit")),
            ("cash", _("Cash")),
            ("card", _("Card")),
            ("other", _("Other")),
        ]
        kind = ChoiceInput(kinds)
        kind.set_value("transfer")
        self.form.add("kind", _("Kind"), kind, row=0, column=0, span=2)
        name = TextInput(limit=60)
        self.form.add("name", _("Name"), name, row=1, column=0)
        self.form.add("name_en", _("Name in English"), TextInput(limit=60), row=1, column=1)
        if found is not None:
            self.form.fill(found)
        self.start_at(name)

    @override
    def save(self) -> None:
        """Write the method."""
        values = self.form.values()
        data = MethodData(
            kind=values["kind"] or "other", name=values["name"] or "", name_en=values["name_en"]
        )
        if self._found is None:
            self._write(partial(lists.add_method, data=data))
        else:
            self._write(partial(lists.change_method, method_id=self._found.id, data=data))


class NameDialog(_ChoiceDialog):
    """The name of a unit, a group or a label."""

    def __init__(self, shell: Shell, noun: str, found: ListRow | None = None) -> None:
        titles = {
            "unit": (_("New unit"), _("Edit unit")),
            "item_group": (_("New item group"), _("Edit item group")),
            "label": (_("New label"), _("Edit label")),
        }
        super().__init__(shell, found, titles[noun])
        self._noun = noun
        name = TextInput(limit=labels.LIMIT if noun == "label" else 60)
        has_english = noun == "unit"
        self.form.add("name", _("Name"), name, row=0, column=0, span=1 if has_english else 2)
        if has_english:
            self.form.add("name_en", _("Name in English"), TextInput(limit=60), row=0, column=1)
        if found is not None:
            self.form.fill(found)
        self.start_at(name)

    @override
    def save(self) -> None:
        """Write the name."""
        values = self.form.values()
        name, english = values["name"] or "", values.get("name_en")
        if self._noun == "label":
            self._save_label(name)
        elif self._found is None:
            self._write(partial(lists.add_named, noun=self._noun, name=name, name_en=english))
        else:
            work = partial(
                lists.rename, noun=self._noun, row_id=self._found.id, name=name, name_en=english
            )
            self._write(work)

    def _save_label(self, name: str) -> None:
        found = self._found

        def work(session: Session) -> None:
            if found is None:
                labels.make(session, name)
            else:
                labels.rename(session, found.id, name)

        operation = labels.RENAME if found else labels.ADD
        self._shell.ops.write(operation, work, done=self._saved, failed=self._failed)
