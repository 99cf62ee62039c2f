"""What every test gets: no screen, no network, its own folders, Dutch, and an administration."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.factories import administrations

from klantenapp import i18n

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from klantenapp.services.store.administration import Administration


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folders of this test alone."""
    home = tmp_path / "home"
    monkeypatch.setenv("KLANTENAPP_HOME", str(home))
    return home


@pytest.fixture(autouse=True, scope="module")
def _old_objects_rest() -> None:
    """What outlives a file of tests is not walked over by every collection of the next.

    Each window that closes collects; with all that a whole run has loaded that takes a second.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def clean_language() -> Iterator[None]:
    """Each test starts in Dutch with Dutch numbers, whatever the one before chose."""
    i18n.set_language("nl")
    i18n.set_number_format("nl")
    yield
    i18n.set_language("nl")
    i18n.set_number_format("nl")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the defaults and a business, made once and copied by each test."""
    path = tmp_path_factory.mktemp("template") / "template.klantenapp"
    administrations.fresh(path).close()
    return path


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    """A closed administration of this test alone."""
    copy = tmp_path / "test.klantenapp"
    shutil.copyfile(template, copy)
    return copy


@pytest.fixture
def administration(path: Path) -> Iterator[Administration]:
    """An open administration with the defaults and a business; checked as a whole at the end."""
    opened = administrations.opened(path)
    try:
        yield opened
        administrations.require_sound(opened)
    finally:
        opened.close()


@pytest.fixture
def mounted(tmp_path):
    """Mount something on a folder of this test, where the system lets us."""
    folder = tmp_path / "mounted"
    folder.mkdir()
    done = []

    def mount(*options):
        command = ["mount", *options, str(folder)]
        if shutil.which("mount") is None or subprocess.run(command, check=False).returncode:
            pytest.skip("mounting is not allowed here")
        done.append(folder)
        return folder

    yield mount
    for folder in done:
        subprocess.run(["umount", "-l", str(folder)], check=True)
