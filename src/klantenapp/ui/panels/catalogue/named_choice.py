"""A choice out of words that the user keeps, with room for a new one: units, groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.fields import Field
from klantenapp.ui.widgets.inputs import ChoiceInput, TextInput

if TYPE_CHECKING:
    from collections.abc import Sequence

_NEW = object()


class NamedChoice(ChoiceInput):
    """Words to choose from; the last entry asks for a new one.

    Args:
        new: words of the last entry ("New group…").
    """

    def __init__(self, new: str) -> None:
        self._new = new
        self._names: list[str] = []
        super().__init__()
        self._before: object = None
        self.offer(())

    def offer(self, names: Sequence[str]) -> None:
        """Offer these words, and none."""
        self._names = list(names)
        self._show(self.value())

    @override
    def set_value(self, value: object) -> None:
        """Show a choice; a word that is not offered yet is added."""
        if hasattr(self, "_before"):
            self._show(value)
        else:
            super().set_value(value)

    def _show(self, value: object) -> None:
        if isinstance(value, str) and value not in self._names:
            self._names.append(value)
        options = [(None, "–"), *((name, name) for name in self._names), (_NEW, self._new)]
        self._values = [key for key, _words in options]
        self.clear()
        self.addItems([words for _key, words in options])
        super().set_value(value)
        self._before = value

    @override
    def _chosen(self) -> None:
        if self.value() is not _NEW:
            self._before = self.value()
            super()._chosen()
            return
        super().set_value(self._before)
        dialog = NameDialog(self, self._new)
        dialog.accepted.connect(lambda: self._take(dialog.name.value()))
        dialog.open()

    def _take(self, name: str | None) -> None:
        if name:
            self._show(name)
            super()._chosen()


class NameDialog(Dialog):
    """Asks for one word."""

    def __init__(self, parent: ChoiceInput, title: str) -> None:
        super().__init__(parent, title.removesuffix("…"), 420)
        self.name = TextInput(limit=60)
        self.body.addWidget(Field(_("Name"), self.name))
        button = self.set_act(_("Add"), icon="plus")
        button.setEnabled(False)
        self.name.edited.connect(lambda: button.setEnabled(self.name.value() is not None))
        self.start_at(self.name)
