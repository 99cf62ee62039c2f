"""Every report as a tile with the question that it answers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget
from typing_extensions import override

from klantenapp.i18n import N_, _
from klantenapp.services.store import search
from klantenapp.ui.panels.reports.offers import SECTIONS, TAKING
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.labels import ElidedLabel, Label, Tile
from klantenapp.ui.widgets.page import Page
from klantenapp.ui.widgets.search_field import SearchField
from klantenapp.ui.widgets.states import NoResults
from klantenapp.ui.widgets.taking_out import AccountantDialog, export_all

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent

    from klantenapp.ui.panels.reports.offers import Offer
    from klantenapp.ui.shell import Shell

_WIDE, _NARROW = 1100, 560


class ReportTile(QFrame):
    """One report: icon, title and question; the whole of it opens the report."""

    def __init__(self, offer: Offer, run: Callable[[], object]) -> None:
        super().__init__()
        self.offer = offer
        self._run = run
        self.setProperty("role", "tile")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(theme().px(78))
        box = row(self, 16, 14, 16, 14, gap=12)
        box.addWidget(Tile(offer.icon, "info", 38))
        words = column(gap=1)
        words.addStretch(1)
        words.addWidget(ElidedLabel(_(offer.title), "bodyStrong"))
        words.addWidget(ElidedLabel(_(offer.question), "body", "muted"))
        words.addStretch(1)
        box.addLayout(words, 1)
        self.setAccessibleName(f"{_(offer.title)}. {_(offer.question)}")
        self.setToolTip(_(offer.question))

    @property
    def words(self) -> str:
        """What a search looks in."""
        return search.fold(f"{_(self.offer.title)} {_(self.offer.question)} {self.offer.name}")

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self._run()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._run()
        elif key in {Qt.Key.Key_Right, Qt.Key.Key_Down}:
            self.focusNextChild()
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Up}:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)


class ReportsPage(Page):
    """The gallery."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(_("Reports"))
        self.header.set_subtitle(
            _("Look at each report, print it, and keep it as Excel, ODS, CSV or PDF")
        )
        self.seek = SearchField(_("Find a report"), width=256)
        self.seek.sought.connect(self._seek)
        self.seek.returnPressed.connect(self._open_first)
        self.search = self.seek
        self.header.add_action(self.seek)
        self.sections: list[tuple[QWidget, QGridLayout, list[ReportTile]]] = []
        sheet = QWidget()
        sheet.setObjectName("page")
        self._sheet = column(sheet, 28, 0, 28, 24, gap=0)
        for title, offers in SECTIONS:
            self._sheet.addWidget(self._section(title, offers))
        self._sheet.addWidget(self._section(N_("Take with you"), TAKING))
        self.nothing = NoResults("", self._clear)
        self.nothing.hide()
        self._sheet.addWidget(self.nothing)
        self._sheet.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(sheet)
        self.body.addWidget(area, 1)
        self.areas = [self.seek, area]

    def _section(self, title: str, offers: tuple[Offer, ...]) -> QWidget:
        holder = QWidget()
        box = column(holder, 0, 0, 0, 20, gap=10)
        box.addWidget(Label(_(title), "bodyStrong", "muted"))
        grid = QGridLayout()
        grid.setSpacing(theme().px(12))
        box.addLayout(grid)
        tiles = [ReportTile(offer, partial(self._open, offer.name)) for offer in offers]
        self.sections.append((holder, grid, tiles))
        return holder

    def _open(self, name: str) -> None:
        if name == "accountant-set":
            AccountantDialog(self, self.shell).open()
            return
        if name == "all-data":
            export_all(self, self.shell)
            return
        self.go("report", name=name)

    # -- showing -------------------------------------------------------------------------------

    @override
    def show_with(self, **_arguments: Any) -> None:
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def shown(self) -> list[ReportTile]:
        """The tiles that fit what is sought, in order."""
        sought = search.fold(self.seek.text()).split()
        return [
            tile
            for _holder, _grid, tiles in self.sections
            for tile in tiles
            if all(word in tile.words for word in sought)
        ]

    def _arrange(self) -> None:
        """Three beside each other, two or one where room lacks."""
        width = self.width() * 100 // theme().percent
        beside = 3 if width >= _WIDE else 2 if width >= _NARROW else 1
        fitting = set(self.shown())
        for holder, grid, tiles in self.sections:
            shown = [tile for tile in tiles if tile in fitting]
            for tile in tiles:
                grid.removeWidget(tile)
            for at, tile in enumerate(shown):
                grid.addWidget(tile, at // beside, at % beside)
            for tile in tiles:  # after that: shown without a parent it would be a window
                tile.setVisible(tile in fitting)
            for at in range(3):
                grid.setColumnStretch(at, 1 if at < beside else 0)
            holder.setVisible(bool(shown))

    def _seek(self, _text: str) -> None:
        self._arrange()
        self.nothing.setVisible(not self.shown())

    def _clear(self) -> None:
        self.seek.clear()
        self._seek("")

    def _open_first(self) -> None:
        found = self.shown()
        if found and self.seek.text().strip():
            self._open(found[0].offer.name)
