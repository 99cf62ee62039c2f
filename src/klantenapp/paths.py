"""Where things live: the user's folders, and the files that come with the program.

`KLANTENAPP_HOME` in the environment puts every folder of the user below that one place: for tests,
for a trial, and for an administration on a stick.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

#: File name extension of an administration.
EXTENSION = ".klantenapp"

_PACKAGE = Path(__file__).parent
#: Of a checkout; in an installed package this is no place of ours.
_CHECKOUT = _PACKAGE.parent.parent


def _user_folder(kind: Literal["data", "config", "cache"]) -> Path:
    """Folder of the user for one purpose, made on first use."""
    home = os.environ.get("KLANTENAPP_HOME")
    if home:
        folder = Path(home).expanduser().absolute() / kind
    else:
        import platformdirs

        find = {
            "data": platformdirs.user_data_path,
            "config": platformdirs.user_config_path,
            "cache": platformdirs.user_cache_path,
        }[kind]
        folder = find("klantenapp", appauthor=False)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def data_folder() -> Path:
    """Where administrations are kept unless the user chose another place."""
    return _user_folder("data")


def config_folder() -> Path:
    """Where the program remembers windows and recent files; nothing of the business."""
    return _user_folder("config")


def cache_folder() -> Path:
    """What may be thrown away."""
    return _user_folder("cache")


def backup_folder() -> Path:
    """Where automatic backups go, apart from the administrations themselves."""
    folder = data_folder() / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def own_administration() -> Path:
    """The administration that is meant when nobody names one; it need not exist yet."""
    return data_folder() / f"administration{EXTENSION}"


def resource(name: str) -> Path:
    """A file or folder below `resources`, e.g. `resource("fonts/InterTab-Regular.ttf")`."""
    return _PACKAGE / "resources" / name


def translations() -> Path:
    """Folder with `<language>/LC_MESSAGES/klantenapp.mo`: in a wheel, else at the root."""
    inside = _PACKAGE / "translations"
    return inside if inside.is_dir() else _CHECKOUT / "translations"
