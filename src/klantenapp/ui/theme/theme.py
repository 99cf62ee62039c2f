"""The one Theme: colours, scaled sizes, letters and icons; everything that paints asks it.

`theme()` gives it from anywhere in the window. `changed` tells that colours or sizes are other
than before; widgets that paint themselves are repainted by Qt, icons are dressed again here.
"""

from __future__ import annotations

import weakref
from functools import cache
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QSize, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from klantenapp.ui.qt import alive, style_hints
from klantenapp.ui.theme import icons, palette, stylesheet
from klantenapp.ui.theme.tokens import CONTRAST_ROLES, RESOURCES, load

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QIcon, QPixmap
    from PySide6.QtWidgets import QAbstractButton

Choice = Literal["system", "light", "dark"]

#: Text sizes that the window offers, in percent.
SCALES = (90, 100, 110, 125, 150)


class Theme(QObject):
    """Colours, sizes and letters of the window.

    Attributes:
        changed: emitted after colours or sizes changed and everything was dressed again.
        rescaled: emitted (before `changed`) when sizes changed: layouts with margins in pixels
            are built again.
    """

    changed = Signal()
    rescaled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tokens = load()
        self._choice: Choice = "system"
        self._percent = 100
        self._dressed: weakref.WeakKeyDictionary[QAbstractButton, Callable[[], None]] = (
            weakref.WeakKeyDictionary()
        )
        self._folder = QTemporaryDir()
        self._fonts: dict[str, QFont] = {}
        self._colors: dict[str, QColor] = {}
        self._applied = False

    # -- what painters ask ---------------------------------------------------------------------

    @property
    def dark(self) -> bool:
        """Whether the dark colours are in use."""
        if self._choice == "system":
            return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._choice == "dark"

    @property
    def high_contrast(self) -> bool:
        """Whether the system asks for its own high-contrast colours."""
        # Both are kept in names: Qt's Python objects die with the last one that holds them.
        hints = style_hints()
        accessibility = hints.accessibility()
        return bool(accessibility.contrastPreference().name == "HighContrast")

    @property
    def choice(self) -> Choice:
        """What the user chose: "system", "light" or "dark"."""
        return self._choice

    @property
    def percent(self) -> int:
        """Text size in percent."""
        return self._percent

    def color(self, token: str) -> QColor:
        """Return a colour by its name in tokens.json ("danger", "okTint").

        Raises:
            KeyError: no such token.
        """
        found = self._colors.get(token)
        if found is None:
            found = self._colors[token] = self._find_color(token)
        return found

    def ink(self, token: str) -> QColor:
        """Return a colour of the light theme, for what is drawn as on paper in either theme."""
        return QColor(self._tokens.light[token])

    def _find_color(self, token: str) -> QColor:
        color = QColor((self._tokens.dark if self.dark else self._tokens.light)[token])
        if self.high_contrast:
            role = CONTRAST_ROLES.get(token, "WindowText")
            color = palette.system().color(QPalette.ColorRole[role])
        return color

    def px(self, length: float) -> int:
        """Scale a length of the design (at 100 % text) to this text size."""
        return round(length * self._percent / 100)

    def line(self, role: str) -> int:
        """Return the height of a line of text in a role."""
        return self.px(self._tokens.type[role].line)

    def size(self, name: str) -> int:
        """Return a scaled size by its name in tokens.json ("row", "control", "masterList")."""
        return self.px(self._tokens.size[name])

    def motion(self, name: str) -> int:
        """Return a duration by its name in tokens.json, in milliseconds."""
        return self._tokens.motion[name]

    def font(self, role: str) -> QFont:
        """Return the letters of a role: number, title, titleSub, numberSmall, heading, body, ..."""
        found = self._fonts.get(role)
        if found is None:
            kind = self._tokens.type[role]
            found = QFont(self._tokens.families)
            found.setPixelSize(max(1, self.px(kind.px)))
            found.setWeight(QFont.Weight(kind.weight))
            if kind.tracking:
                spacing = kind.tracking * kind.px * self._percent / 100
                found.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
            self._fonts[role] = found
        return QFont(found)

    def pixmap(
        self, name: str, token: str = "text", px: float = 16, *, stroke: float | None = None
    ) -> QPixmap:
        """Return an icon of px (scaled) in a colour token."""
        color = self.color(token).name()
        return icons.pixmap(name, color, self.px(px), icons.ratio(), stroke)

    def icon(self, name: str, token: str = "text", px: float = 16, *, gap: float = 0) -> QIcon:
        """Return an icon for a button or action.

        Args:
            name: a Lucide name or a role from tokens.json.
            token: colour.
            px: size at 100 %.
            gap: room at the right of the drawing, where words follow.
        """
        normal, disabled = self.color(token).name(), self.color("disabled").name()
        return icons.icon(name, self.px(px), normal, disabled, self.px(gap))

    def dress(
        self,
        button: QAbstractButton,
        name: str,
        token: str = "text",
        px: float = 16,
        *,
        gap: float = 0,
    ) -> None:
        """Give a button an icon, now and again whenever colours or sizes change."""
        weak = weakref.ref(button)

        def put() -> None:
            target = weak()
            if target is not None and alive(target):
                target.setIcon(self.icon(name, token, px, gap=gap))
                target.setIconSize(QSize(self.px(px) + self.px(gap), self.px(px)))

        self._dressed[button] = put
        put()

    # -- what changes it -----------------------------------------------------------------------

    def apply(self) -> None:
        """Register the letters and dress the application; later calls only follow `set`."""
        if self._applied:
            return
        self._applied = True
        register_fonts()
        palette.system()
        QApplication.setStyle("Fusion")
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._rebuild()

    def set(self, *, choice: Choice | None = None, percent: int | None = None) -> None:
        """Choose colours or text size (90 to 150 %); nothing happens when both stay the same."""
        other = percent is not None and percent != self._percent
        if not other and choice in {None, self._choice}:
            return
        self._choice = choice or self._choice
        self._percent = max(90, min(150, percent or self._percent))
        scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        style_hints().setColorScheme(scheme.get(self._choice, Qt.ColorScheme.Unknown))
        self._rebuild()
        if other:
            self.rescaled.emit()
        self.changed.emit()

    def step(self, by: int) -> None:
        """Go to the next larger (1) or smaller (-1) text size; 0 goes back to 100 %."""
        if by == 0:
            self.set(percent=100)
            return
        at = min(range(len(SCALES)), key=lambda index: abs(SCALES[index] - self._percent))
        self.set(percent=SCALES[max(0, min(len(SCALES) - 1, at + by))])

    def _system_changed(self) -> None:
        if self._choice == "system":
            self._rebuild()
            self.changed.emit()

    def _rebuild(self) -> None:
        """Colours, letters, style sheet, palette and icons, all over."""
        self._fonts.clear()
        self._colors.clear()
        QApplication.setFont(self.font("body"))
        QGuiApplication.setPalette(palette.build(self.color))
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setStyleSheet(
                stylesheet.build(self.color, self.px, self._folder.path(), dark=self.dark)
            )
        for put in list(self._dressed.values()):
            put()


@cache
def register_fonts() -> None:
    """Make the bundled letters known to Qt, once."""
    for style in ("Regular", "Medium", "SemiBold", "Bold"):
        QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / f"InterTab-{style}.ttf"))


@cache
def theme() -> Theme:
    """Return the Theme of this window; it is applied when first asked for."""
    made = Theme()
    made.apply()
    return made
