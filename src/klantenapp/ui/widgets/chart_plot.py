"""The drawing of a chart with pyqtgraph; imported when the first chart is shown.

One item draws in pixels of the screen whatever is in it, so that corners stay round and lines one
pixel thin at any size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QTransform
from typing_extensions import override

from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.chart_data import scale, short

if TYPE_CHECKING:
    from collections.abc import Callable

    from klantenapp.ui.widgets.chart_data import Bar, ChartData, Dot

_BAR_SHARE, _TICK_SHARE = 0.56, 0.72
_DOT = 4.5


class Plot(pg.PlotWidget):  # type: ignore[misc]  # the library has no types
    """Axes, and the one item that draws the data."""

    def __init__(self) -> None:
        axes = {"left": _Axis("left"), "bottom": _Axis("bottom")}
        super().__init__(axisItems=axes, background=None, enableMenu=False)
        self.setFrameShape(self.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # The card behind it shows through; the program's style sheet would fill it otherwise.
        self.setStyleSheet("background: transparent")
        self.hideButtons()
        self.setMouseEnabled(x=False, y=False)
        self.getPlotItem().getViewBox().setDefaultPadding(0)
        self.getPlotItem().layout.setContentsMargins(0, theme().px(6), theme().px(2), 0)
        self._left, self._bottom = axes["left"], axes["bottom"]
        self.drawn = _Drawn()
        self.addItem(self.drawn)
        self.dress()

    def dress(self) -> None:
        """Follow colours and sizes of the theme."""
        for axis in (self._left, self._bottom):
            axis.dress()
        self.drawn.update()

    def show_data(self, data: ChartData) -> None:
        """Draw other data."""
        ticks = scale(*data.extremes)
        size = max(len(data.labels), 1)
        self._left.setTicks([[(value, short(value, money=data.money)) for value in ticks]])
        self._bottom.setTicks([list(enumerate(data.labels))])
        self._bottom.strong = data.labels[data.strong] if data.strong is not None else None
        self.setXRange(-0.5, size - 0.5, padding=0)
        self.setYRange(ticks[0], ticks[-1], padding=0)
        self.drawn.set(data, ticks)

    def place_of(self, at: float, value: int) -> QPointF:
        """Where a value stands, in pixels of this widget."""
        scene = self.getPlotItem().getViewBox().mapViewToScene(QPointF(at, value))
        return QPointF(self.mapFromScene(scene))

    def value_at(self, pixel: QPointF) -> QPointF:
        """What stands at a pixel of this widget, in units of the axes."""
        scene = self.mapToScene(pixel.toPoint())
        return QPointF(self.getPlotItem().getViewBox().mapSceneToView(scene))

    @override
    def wheelEvent(self, event: Any) -> None:
        """Let the page scroll."""
        event.ignore()


class _Axis(pg.AxisItem):  # type: ignore[misc]  # the library has no types
    """Numbers or names without lines; one name may stand out."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation, pen=QPen(Qt.PenStyle.NoPen), tick=QPen(Qt.PenStyle.NoPen))
        self.strong: str | None = None
        self.setStyle(tickLength=0, tickTextOffset=theme().px(6), hideOverlappingLabels=False)
        if orientation == "left":
            self.setStyle(autoExpandTextSpace=True)

    def dress(self) -> None:
        """Letters and colours of the theme."""
        self.setTickFont(theme().font("key"))
        self.setTextPen(theme().color("subtle"))
        if self.orientation == "bottom":
            self.setHeight(theme().px(24))
        self.picture = None
        self.update()

    def drawPicture(self, painter: QPainter, _axis: Any, _ticks: Any, texts: Any) -> None:
        """Only the texts."""
        for box, flags, text in texts:
            strong = text == self.strong
            font = theme().font("key")
            font.setBold(strong)
            painter.setFont(font)
            painter.setPen(theme().color("text" if strong else "subtle"))
            painter.drawText(box, int(flags), text)


class _Drawn(pg.GraphicsObject):  # type: ignore[misc]  # the library has no types
    """Grid lines, bars or points, and the ring around the current one."""

    def __init__(self) -> None:
        super().__init__()
        self._data: ChartData | None = None
        self._ticks: list[int] = [0, 1]
        self.current: int | None = None
        self._pixel: Callable[[float, float], QPointF] = QPointF

    def set(self, data: ChartData, ticks: list[int]) -> None:
        """Draw other data."""
        self.prepareGeometryChange()
        self._data, self._ticks = data, ticks
        self.informViewBoundsChanged()
        self.update()

    @override
    def boundingRect(self) -> QRectF:
        size = max(len(self._data.labels), 1) if self._data is not None else 1
        low, high = self._ticks[0], self._ticks[-1]
        room = (high - low) * 0.03
        return QRectF(-0.5, low - room, size, high - low + 2 * room)

    @override
    def paint(self, painter: QPainter, option: Any, widget: Any = None) -> None:
        if self._data is None:
            return
        to_pixels = QTransform(painter.transform())
        painter.save()
        painter.resetTransform()
        # Rounded to the pixel by hand; edges of round things are smoothed.
        self._pixel = lambda at, value: to_pixels.map(QPointF(at, value))
        self._draw_grid(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, bar in enumerate(self._data.bars):
            self._draw_bar(painter, at, bar)
        if self._data.level is not None:
            self._draw_level(painter, *self._data.level)
        for at, dot in enumerate(self._data.dots):
            self._draw_dot(painter, at, dot)
        painter.restore()

    def _draw_grid(self, painter: QPainter) -> None:
        assert self._data is not None  # noqa: S101 - said by the caller, for the type checker
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        for value in self._ticks:
            painter.setPen(QPen(theme().color("borderStrong" if value == 0 else "grid"), 1))
            left = self._pixel(-0.5, value)
            right = self._pixel(len(self._data.labels) - 0.5, value)
            painter.drawLine(round(left.x()), round(left.y()), round(right.x()), round(left.y()))

    def _draw_bar(self, painter: QPainter, at: int, bar: Bar) -> None:
        solid = self._box(at, 0, bar.value)
        if bar.soft > 0:
            soft = self._box(at, bar.value, bar.value + bar.soft)
            gap = theme().px(1) if bar.value > 0 else 0
            painter.fillPath(_rounded(soft.adjusted(0, 0, 0, -gap)), theme().color("chartSoft"))
        color = theme().color("chartMain")
        top = bar.soft <= 0
        path = _rounded(solid, above=bar.value >= 0) if top else _plain(solid)
        if bar.value and bar.running:
            painter.fillPath(path, theme().color("surface"))
            painter.save()
            painter.setClipPath(path)
            _hatch(painter, solid, color)
            painter.restore()
            painter.setPen(QPen(color, 1))
            painter.drawPath(_rounded(solid.adjusted(0.5, 0.5, -0.5, -0.5), above=bar.value >= 0))
        elif bar.value:
            painter.fillPath(path, color)
        if bar.before is not None:
            self._draw_before(painter, at, bar.before)
        if at == self.current:
            painter.setPen(QPen(theme().color("focus"), theme().px(2)))
            whole = self._box(at, 0, bar.value + max(bar.soft, 0))
            painter.drawRoundedRect(whole.adjusted(-3, -3, 3, 3), 4, 4)

    def _draw_before(self, painter: QPainter, at: int, before: int) -> None:
        line = self._box(at, before, before, _TICK_SHARE)
        half = theme().px(1.5)
        edge = QRectF(line.left(), line.top() - half - 1, line.width(), 2 * half + 2)
        painter.fillRect(edge, theme().color("surface"))
        painter.fillRect(edge.adjusted(0, 1, 0, -1), theme().color("chartPrev"))

    def _draw_level(self, painter: QPainter, value: int, words: str) -> None:
        assert self._data is not None  # noqa: S101 - said by the caller, for the type checker
        left = self._pixel(-0.5, value)
        right = self._pixel(len(self._data.labels) - 0.5, value)
        painter.setPen(QPen(theme().color("chartPrev"), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(left, right)
        painter.setPen(theme().color("subtle"))
        painter.setFont(theme().font("key"))
        box = QRectF(right.x() - 300, right.y() - theme().px(18), 300, theme().px(16))
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)

    def _draw_dot(self, painter: QPainter, at: int, dot: Dot) -> None:
        middle = self._pixel(dot.at, dot.value)
        radius = theme().px(_DOT)
        color = theme().color(dot.tone)
        painter.setBrush(theme().color("surface") if dot.hollow else color)
        painter.setPen(QPen(color, theme().px(2)) if dot.hollow else QPen(Qt.PenStyle.NoPen))
        painter.drawEllipse(middle, radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if at == self.current:
            painter.setPen(QPen(theme().color("focus"), theme().px(2)))
            painter.drawEllipse(middle, radius + 4, radius + 4)
        if dot.label:
            painter.setPen(theme().color("muted"))
            painter.setFont(theme().font("key"))
            end = middle.x() - radius - theme().px(6)
            box = QRectF(end - 300, middle.y() - theme().px(9), 300, theme().px(18))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, right, dot.label)

    def _box(self, at: float, low: int, high: int, share: float = _BAR_SHARE) -> QRectF:
        """A bar in pixels, its sides on whole ones."""
        one, other = self._pixel(at - share / 2, low), self._pixel(at + share / 2, high)
        return QRectF(
            QPointF(round(one.x()), round(min(one.y(), other.y()))),
            QPointF(round(other.x()), round(max(one.y(), other.y()))),
        )


def _rounded(box: QRectF, *, above: bool = True) -> QPainterPath:
    """A bar with round corners at its end."""
    radius = min(theme().px(3), box.height() / 2, box.width() / 2)
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(box, radius, radius)
    square = QRectF(box)
    if above:
        square.setTop(box.top() + radius)
    else:
        square.setBottom(box.bottom() - radius)
    path.addRect(square)
    return path.simplified()


def _plain(box: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRect(box)
    return path


def _hatch(painter: QPainter, box: QRectF, color: QColor) -> None:
    """Slanted stripes, of the same width on every screen."""
    stripe, step = theme().px(3), theme().px(7)
    light = QColor(color)
    light.setAlpha(140)
    painter.setPen(QPen(QBrush(light), stripe))
    left = box.left() - box.height()
    while left < box.right():
        painter.drawLine(QPointF(left, box.bottom()), QPointF(left + box.height(), box.top()))
        left += step * 1.0
