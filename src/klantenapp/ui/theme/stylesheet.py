"""The style sheet: one template, filled from the tokens of a theme.

In `app.qss`, `@name` is a colour token, `@icon(name, token, px)` the path of a drawing in that
colour, and every length over 2 px is multiplied by the text size (lines stay 1 px, rings 2 px).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from klantenapp.ui.theme import icons

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor

_LENGTH = re.compile(r"(?<![\w#.-])(\d+(?:\.\d+)?)px")
_COLOR = re.compile(r"@([A-Za-z]\w*)")
_ICON = re.compile(r"@icon\(([\w-]+), (\w+)(?:, ([\d.]+))?\)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_THIN = 2


@cache
def _template() -> str:
    """Return the template without its comments."""
    text = Path(__file__).with_name("app.qss").read_text(encoding="utf-8")
    return _COMMENT.sub("", text)


def build(
    color: Callable[[str], QColor], px: Callable[[float], int], folder: str, *, dark: bool
) -> str:
    """Fill the template.

    Args:
        color: token to colour.
        px: length at 100 % to length at this text size.
        folder: where drawings used by the style sheet are written; Qt reads them from files.
        dark: keeps the drawings of both themes apart.
    """

    def drawing(match: re.Match[str]) -> str:
        name, token, stroke = match[1], match[2], float(match[3] or 2)
        shade = color(token).name()
        path = Path(folder) / f"{name}-{shade[1:]}-{'dark' if dark else 'light'}.svg"
        if not path.exists():
            path.write_text(icons.svg(name, shade, stroke), encoding="utf-8")
        return path.as_posix()

    def length(match: re.Match[str]) -> str:
        value = float(match[1])
        return f"{px(value) if value > _THIN else int(value)}px"

    text = _ICON.sub(drawing, _LENGTH.sub(length, _template()))
    return _COLOR.sub(lambda match: color(match[1]).name(), text)
