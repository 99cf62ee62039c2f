"""Names of files that came from outside: made safe before anything is written or opened."""

from __future__ import annotations

import mimetypes
import re
import unicodedata
from pathlib import PurePosixPath
from typing import Final

#: Bytes of a name that every file system takes, with room for a number.
LIMIT: Final = 200
#: Devices of Windows, whatever stands behind the point.
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_FORBIDDEN: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
#: What the system's own program may show: no program, script, macro, link or page among them.
OPENABLE: Final = frozenset(
    {"pdf", "png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "txt", "csv", "xml"}
    | {"odt", "ods", "odp", "docx", "xlsx", "pptx", "eml", "vcf", "ics"}
)


def safe(name: str, otherwise: str = "file") -> str:
    """A name that is one name on every system: no path, device, control or direction mark.

    Args:
        name: as somebody gave it.
        otherwise: what it is called where nothing is left.
    """
    name = unicodedata.normalize("NFC", name)
    # What turns the order of letters around makes "exe" read as something else.
    name = "".join(letter for letter in name if unicodedata.category(letter) not in {"Cf", "Cs"})
    name = _FORBIDDEN.sub("_", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .")
    if not name.strip("_"):
        return otherwise
    if _DEVICES.fullmatch(name):
        name = f"_{name}"
    return _short(name)


def can_open(name: str) -> bool:
    """Whether a file of that name may be handed to the system's own program."""
    return PurePosixPath(safe(name)).suffix.lower().lstrip(".") in OPENABLE


def media_type(name: str) -> str:
    """What a file is by its name."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _short(name: str) -> str:
    """At most `LIMIT` bytes, with the suffix kept."""
    if len(name.encode()) <= LIMIT:
        return name
    suffix = PurePosixPath(name).suffix
    if len(suffix.encode()) > LIMIT // 4:
        suffix = ""
    stem = name.removesuffix(suffix).encode()[: LIMIT - len(suffix.encode())]
    return stem.decode(errors="ignore").rstrip(" .") + suffix
