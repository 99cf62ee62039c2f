"""What a chart shows: bars or points, in words for a tooltip, a screen reader and a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Steps of a scale that people read easily, in tenths.
_STEPS = (10, 20, 25, 40, 50, 100)
_THOUSAND = 1_000


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        label: below it.
        value: height of the solid part; cents, or days.
        soft: height of a light part on top of it (uncertain).
        before: height of a grey tick (the year before); None is none.
        running: hatched: the period is not over yet.
        strong: the label stands out (now).
        tip: everything about it in words.
    """

    label: str
    value: int
    soft: int = 0
    before: int | None = None
    running: bool = False
    strong: bool = False
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """One point.

    Attributes:
        at: place on the axis, in units of its labels (1.5 is halfway between the second and third).
        value: height.
        tone: colour token.
        hollow: a ring: it is not final yet.
        label: words beside it, or "".
        tip: everything about it in words.
    """

    at: float
    value: int
    tone: str = "chartMain"
    hollow: bool = False
    label: str = ""
    tip: str = ""


@dataclass(frozen=True)
class ChartData:
    """A whole chart.

    Attributes:
        labels: below the axis, one per unit; strong: index of the one that stands out.
        bars, dots: one of both.
        level: a dashed line at this height, with words.
        money: heights are cents; False is days.
        summary: the chart in one sentence, for a screen reader.
        headers, rows: the same as a table.
    """

    labels: tuple[str, ...]
    bars: tuple[Bar, ...] = ()
    dots: tuple[Dot, ...] = ()
    level: tuple[int, str] | None = None
    strong: int | None = None
    money: bool = True
    summary: str = ""
    headers: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = field(default=())

    @property
    def places(self) -> list[tuple[float, int, str]]:
        """Where one can stand with mouse or keys: place, height and words."""
        if self.bars:
            return [(at, bar.value + bar.soft, bar.tip) for at, bar in enumerate(self.bars)]
        return [(dot.at, dot.value, dot.tip) for dot in self.dots]

    @property
    def extremes(self) -> tuple[int, int]:
        """Lowest and highest value that has to fit; zero always does."""
        values = [0]
        for bar in self.bars:
            values += [bar.value, bar.value + bar.soft, bar.before or 0]
        values += [dot.value for dot in self.dots]
        if self.level is not None:
            values.append(self.level[0])
        return min(values), max(values)


def of_bars(
    bars: Sequence[Bar],
    summary: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    money: bool = True,
) -> ChartData:
    """A chart of bars; the labels are theirs."""
    return ChartData(
        labels=tuple(bar.label for bar in bars),
        bars=tuple(bars),
        strong=next((at for at, bar in enumerate(bars) if bar.strong), None),
        money=money,
        summary=summary,
        headers=tuple(headers),
        rows=tuple(tuple(row) for row in rows),
    )


def scale(low: int, high: int, steps: int = 4) -> list[int]:
    """Even numbers from at or below the lowest through at or above the highest value.

    Args:
        low: lowest value, at most 0.
        high: highest value, at least 0.
        steps: how many parts at most, each 1, 2, 2.5, 4 or 5 times a power of ten.
    """
    if low == high:
        return [0, 1]
    power = 1
    while True:
        for step in (part * power for part in _STEPS):
            if step % 10:
                continue
            size = step // 10
            first, last = low // size, -(-high // size)
            if last - first <= steps:
                return [size * at for at in range(first, last + 1)]
        power *= 10


def short(value: int, *, money: bool) -> str:
    """A height on the axis: "12k", "400"."""
    if not money:
        return str(value)
    euros = value // 100
    if euros and euros % _THOUSAND == 0:
        return f"{euros // _THOUSAND}k".replace("-", "−")
    if abs(euros) >= _THOUSAND:
        return f"{euros / _THOUSAND:.1f}k".replace("-", "−").replace(".", ",")
    return str(euros).replace("-", "−")
