"""The real files beside the project: other people's exports, which may not be copied into it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(os.environ.get("KLANTENAPP_SAMPLES", Path(__file__).parents[2] / "shared" / "samples"))


def real_file(name: str) -> Path:
    """Path of a real file; the test is skipped where the folder is absent, but never under CI."""
    path = ROOT / name
    if not path.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{name} is absent, and a run under CI must not pass without it")
        pytest.skip(f"the folder of real files is absent: {name}")
    return path
