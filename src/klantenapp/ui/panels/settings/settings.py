"""Settings: one scrolling page with links to its sections; every choice is saved at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QButtonGroup, QScrollArea, QToolButton, QWidget
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.ui.panels.settings.sections import available, load
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dressing import column, frame, row
from klantenapp.ui.widgets.page import Page

if TYPE_CHECKING:
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.panels.settings.sections import Section
    from klantenapp.ui.shell import Shell

#: How long sections may take to read what they show.
_SETTLE_MS = 1500


class SettingsPage(Page):
    """All sections below each other."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(_("Settings"))
        self.header.set_subtitle(_("Changes are saved at once"))
        self.sections: dict[str, Section] = {}
        side = frame("side")
        side.setFixedWidth(theme().px(190))
        links = column(side, 12, 16, 12, 16, gap=2)
        self._group = QButtonGroup(self)
        sheet = QWidget()
        sheet.setObjectName("page")
        box = column(sheet, 32, 18, 32, 32, gap=24)
        for key, title, icon_name, place in available():
            section = load(place, shell)
            section.setMaximumWidth(theme().px(800))
            self.sections[key] = section
            box.addWidget(section)
            links.addWidget(self._link(key, _(title), icon_name))
        box.addStretch(1)
        links.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setWidget(sheet)
        self._target = ""
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.verticalScrollBar().valueChanged.connect(self._follow)
        self.area.verticalScrollBar().rangeChanged.connect(self._stay)
        both = row(gap=0)
        both.addWidget(side)
        both.addWidget(self.area, 1)
        self.body.addLayout(both, 1)

    def _arrived(self) -> None:
        self._target = ""

    def _stay(self) -> None:
        """Sections grow while they read; the one that was asked for stays in sight."""
        if self._target:
            self.open_section(self._target)

    def _link(self, key: str, title: str, icon_name: str) -> QToolButton:
        link = QToolButton()
        link.setText(title)
        link.setIcon(theme().icon(icon_name, gap=6))
        link.setIconSize(QSize(theme().px(22), theme().px(16)))
        link.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        link.setCheckable(True)
        link.setProperty("kind", "nav")
        link.setFixedWidth(theme().px(164))
        link.clicked.connect(lambda: self.open_section(key))
        link.setProperty("section", key)
        self._group.addButton(link)
        return link

    def open_section(self, key: str) -> None:
        """Scroll to a section."""
        if key in self.sections:
            top = self.sections[key].y() - theme().px(18)
            self.area.verticalScrollBar().setValue(max(0, top))
            self._check(key)

    def _follow(self, value: int) -> None:
        """Mark the link of the section at the top."""
        shown = [key for key, one in self.sections.items() if one.y() <= value + theme().px(60)]
        if shown:
            self._check(shown[-1])

    def _check(self, key: str) -> None:
        for button in self._group.buttons():
            if button.property("section") == key:
                button.setChecked(True)

    @override
    def show_with(self, section: str | None = None, **_arguments: Any) -> None:
        """Show the settings; `section` scrolls there."""
        for one in self.sections.values():
            one.load()
        wanted = section or next(iter(self.sections), "")
        self._check(wanted)
        if section is not None:
            self._target = section
            QTimer.singleShot(0, self, lambda: self.open_section(section))
            QTimer.singleShot(_SETTLE_MS, self, self._arrived)

    @override
    def refresh(self, changes: Changes) -> None:
        """Each section reads again what is its own."""
        for section in self.sections.values():
            section.refresh(changes)
