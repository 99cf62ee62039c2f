"""What the window remembers: sizes, columns, sort, filters; per administration, never in it."""

from __future__ import annotations

import json
import zlib
from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from klantenapp.paths import config_folder
from klantenapp.ui.qt import timer

if TYPE_CHECKING:
    from pathlib import Path

_SAVE_AFTER_MS = 800
_RECENT = 8


class Memory(QObject):
    """A small file of settings per administration, and one for the program.

    Values are anything that JSON holds. What cannot be read or written is forgotten without a
    word: it is never worth stopping for.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder: Path | None = None
        self._name = "no-administration"
        self._values: dict[str, Any] = {}
        self._program: dict[str, Any] | None = None
        self._timer = timer(self, _SAVE_AFTER_MS, self.save)

    def open(self, administration: Path) -> None:
        """Remember for this administration from now on; lists it among the recent ones."""
        self.save()
        self._name = f"{zlib.crc32(str(administration.absolute()).encode()):08x}"
        self._values = self._read(self._name)
        recent = [path for path in self.recent() if path != str(administration)]
        self.set_program("recent", [str(administration), *recent][:_RECENT])

    def get(self, key: str, default: Any = None) -> Any:
        """Return what was remembered for this administration."""
        return self._values.get(key, default)

    def set(self, key: str, value: Any) -> None:
        """Remember for this administration."""
        if self._values.get(key) != value:
            self._values[key] = value
            self._timer.start()

    def program(self, key: str, default: Any = None) -> Any:
        """Return what was remembered for the program: theme, text size, language, recent."""
        if self._program is None:
            self._program = self._read("program")
        return self._program.get(key, default)

    def set_program(self, key: str, value: Any) -> None:
        """Remember for the program."""
        if self.program(key) != value and self._program is not None:
            self._program[key] = value
            self._timer.start()

    def recent(self) -> list[str]:
        """Administrations opened before, newest first."""
        return list(self.program("recent", []))

    def save(self) -> None:
        """Write what changed, now."""
        if not self._timer.isActive():
            return
        self._timer.stop()
        self._write(self._name, self._values)
        if self._program is not None:
            self._write("program", self._program)

    def _path(self, name: str) -> Path:
        if self._folder is None:
            self._folder = config_folder() / "window"
        return self._folder / f"{name}.json"

    def _read(self, name: str) -> dict[str, Any]:
        try:
            values = json.loads(self._path(name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return values if isinstance(values, dict) else {}

    def _write(self, name: str, values: dict[str, Any]) -> None:
        path = self._path(name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(values, indent=1), encoding="utf-8")
        except OSError:
            return


@cache
def memory() -> Memory:
    """Return the memory of this process."""
    return Memory()
