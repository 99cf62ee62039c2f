"""A preview beside the work on a page; where that does not fit, instead of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.ui.memory import memory
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import IconButton

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from klantenapp.ui.widgets.page import Page
    from klantenapp.ui.widgets.preview import PdfPreview

#: Width of the window (px at 100 % text) from which both fit.
BOTH = 1120


class Beside(QObject):
    """Shows and hides a preview with F9, its own button, or one in the header.

    Args:
        page: gives the key and the header.
        name: under which it is remembered whether the preview is wanted.
        work: makes room for the preview in a narrow window.
        preview: beside it.
    """

    def __init__(self, page: Page, name: str, work: QWidget, preview: PdfPreview) -> None:
        super().__init__(page)
        self._page, self._name = page, name
        self._work, self._preview = work, preview
        self._wanted = bool(memory().get(f"preview/{name}", default=True))
        self._there = True
        self._narrow: bool | None = None
        page.act(_("Show or hide the preview"), "F9", self.toggle, "eye")
        self.button = IconButton("eye", _("Show preview"), framed=True)
        self.button.clicked.connect(self.toggle)
        page.header.add_action(self.button)
        preview.hidden_by_user.connect(self.toggle)
        page.installEventFilter(self)
        self.follow()

    def offer(self, *, there: bool) -> None:
        """Say whether there is anything to preview."""
        if there != self._there:
            self._there = there
            self._narrow = None
        self.follow()

    def toggle(self) -> None:
        """Show the preview, or hide it."""
        if not self._there:
            return
        shown = self._preview.isHidden()
        self._preview.setVisible(shown)
        self._work.setVisible(not (shown and self._narrow))
        if not self._narrow:
            self._wanted = shown
            memory().set(f"preview/{self._name}", shown)
        self.button.setVisible(not shown)

    def follow(self) -> None:
        """Fit both, or the work alone."""
        narrow = self._page.window().width() * 100 // theme().percent < BOTH
        if narrow == self._narrow:
            return
        self._narrow = narrow
        shown = self._there and self._wanted and not narrow
        self._work.show()
        self._preview.setVisible(shown)
        self.button.setVisible(self._there and not shown)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self.follow()
        return False
