"""Which version this is, where the data is, and under which licence it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.services.store.version import VERSION
from klantenapp.ui.panels.settings.sections import Section
from klantenapp.ui.widgets.labels import Label

if TYPE_CHECKING:
    from klantenapp.ui.shell import Shell


class AboutSection(Section):
    """Version, place of the data, licences."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, _("About"))
        self.add_row("Klantenapp", _("Open source under the EUPL-1.2"), Label(VERSION))
        self.where = self.add_row(_("Your data"), "", Label(""))
        self.add_row(
            _("Fonts and icons"),
            _("Inter (SIL OFL 1.1) and Lucide (ISC); their licences are in the program's folder."),
            Label(""),
        )

    @override
    def load(self) -> None:
        """Say where the file is."""
        path = self.shell.ops.path
        self.where.setText(str(path) if path else "")
