"""Settings of the window itself: theme, text size, language; kept on this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.ui.memory import memory
from klantenapp.ui.panels.settings.sections import Section
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.inputs import SegmentInput

if TYPE_CHECKING:
    from klantenapp.ui.shell import Shell
    from klantenapp.ui.theme.theme import Choice


class DisplaySection(Section):
    """How the window looks and speaks."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, _("Display"))
        self.look = SegmentInput(
            [("system", _("Automatic")), ("light", _("Light")), ("dark", _("Dark"))]
        )
        self.look.edited.connect(self._dress)
        self.add_row(_("Theme"), _("Follows your computer by default"), self.look)
        self.text_size = SegmentInput([(str(size), f"{size}%") for size in (90, 100, 125, 150)])
        self.text_size.edited.connect(
            lambda: theme().set(percent=int(self.text_size.value() or 100))
        )
        self.add_row(_("Text size"), _("Also with Ctrl + and Ctrl −"), self.text_size)
        self.language = SegmentInput([("nl", "Nederlands"), ("en", "English")])
        self.language.edited.connect(self._speak)
        self.add_row(
            _("Language"), _("Invoices follow the language of the customer"), self.language
        )
        self.numbers = SegmentInput([("nl", "1.234,56"), ("en", "1,234.56")])
        self.numbers.edited.connect(self._count)
        self.add_row(_("Numbers"), _("How amounts are written on the screen"), self.numbers)

    @override
    def load(self) -> None:
        """Show what holds now."""
        self.look.set_value(theme().choice)
        self.text_size.set_value(str(theme().percent))
        self.language.set_value(i18n.language())
        self.numbers.set_value(i18n.number_format())

    def _dress(self) -> None:
        choices: dict[str | None, Choice] = {"light": "light", "dark": "dark"}
        theme().set(choice=choices.get(self.look.value(), "system"))

    def _enlarge(self) -> None:
        theme().set(percent=int(self.text_size.value() or 100))

    def _speak(self) -> None:
        chosen = self.language.value()
        if chosen and chosen != i18n.language():
            self.shell.set_language(chosen)

    def _count(self) -> None:
        chosen = self.numbers.value() or "nl"
        i18n.set_number_format(chosen)
        memory().set_program("numbers", chosen)
