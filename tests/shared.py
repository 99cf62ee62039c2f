"""Real files that lie beside the repository and never in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2] / "shared"


def sample(path: str) -> Path:
    """A real file below `samples`, e.g. `sample("camt053/genkgo/camt053.v2.minimal.xml")`.

    Skips the test where the files are absent, except under CI, where they must be there.
    """
    found = Path(os.environ.get("KLANTENAPP_SHARED", _BESIDE)) / "samples" / path
    if found.exists():
        return found
    reason = f"no real file {path} beside the repository"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
