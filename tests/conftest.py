"""What every test gets: no screen, no network, its own folders, and Dutch."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from klantenapp import i18n

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folders of this test alone."""
    home = tmp_path / "home"
    monkeypatch.setenv("KLANTENAPP_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def clean_language() -> Iterator[None]:
    """Each test starts in Dutch with Dutch numbers, whatever the one before chose."""
    i18n.set_language("nl")
    i18n.set_number_format("nl")
    yield
    i18n.set_language("nl")
    i18n.set_number_format("nl")
