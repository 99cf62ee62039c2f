"""Settings of the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.ui.memory import memory
from klantenapp.ui.panels.settings.sections import Section
from klantenapp.ui.widgets.inputs import CheckInput

if TYPE_CHECKING:
    from klantenapp.ui.shell import Shell


class KeysSection(Section):
    """Single letters in lists, on or off."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, _("Keys"))
        self.letters = CheckInput("")
        self.letters.edited.connect(
            lambda: memory().set_program("letter_keys", bool(self.letters.value()))
        )
        self.add_row(
            _("Single letters in lists"),
            _("B records a payment, N a note; never while you type. F1 shows all keys."),
            self.letters,
        )

    @override
    def load(self) -> None:
        """Show what holds now."""
        self.letters.set_value(memory().program("letter_keys", default=True))
