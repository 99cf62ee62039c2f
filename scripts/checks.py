"""Every check, in the order in which a mistake is cheapest to hear of.

    python scripts/checks.py [--full]

The quick checks all run, so that one run names everything; then the tests, with coverage, and the
gate on what they covered. The exit code is 0 when all of it passed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CHECKS = (
    ("format", ["ruff", "format", "--check", "--quiet", "."]),
    ("lint", ["ruff", "check", "--quiet", "."]),
    ("types", ["mypy", "--no-error-summary"]),
    ("contracts", ["lint-imports", "--no-logo"]),
    ("catalogues", ["python", "scripts/catalogues.py", "check"]),
)
#: Tests run beside each other; more than the processors of a laptop would only wait.
WORKERS = "2"
#: Tests are many, so each must be quick: the slow ones are named.
SLOWEST = ("--durations=8", "--durations-min=2")


def main(arguments: list[str]) -> int:
    """Run everything; the number is the exit code."""
    full = arguments == ["--full"]
    if arguments and not full:
        print(__doc__)
        return 2
    failed = [name for name, command in CHECKS if not passes(name, command)]
    failed += [] if tests(full=full) else ["tests"]
    print(f"FAILED: {', '.join(failed)}" if failed else "All checks passed.", flush=True)
    return 1 if failed else 0


def passes(name: str, command: list[str]) -> bool:
    """Run one check; its output is shown only when it fails."""
    start = time.monotonic()
    done = subprocess.run(
        [BIN / command[0], *command[1:]],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        env=surroundings(),
    )
    verdict = "ok" if done.returncode == 0 else "FAILED"
    print(f"{name:<11} {verdict} ({time.monotonic() - start:.1f} s)", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


def tests(*, full: bool) -> bool:
    """Run the tests under coverage and hold the result against the floor."""
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    for old in build.glob(".coverage*"):
        old.unlink()
    chosen = ["-m", "full or not full"] if full else []
    steps = [
        ["coverage", "run", "-m", "pytest", "-q", "-n", WORKERS, *SLOWEST, *chosen],
        ["coverage", "combine", "--quiet"],
        ["coverage", "json", "--quiet", "-o", "build/coverage.json"],
        ["python", "scripts/coverage_gate.py"],
    ]
    return all(
        subprocess.run(
            [BIN / step[0], *step[1:]], cwd=ROOT, check=False, env=surroundings()
        ).returncode
        == 0
        for step in steps
    )


def surroundings() -> dict[str, str]:
    """The environment of a check: no screen, and its own language rather than the system's."""
    return {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONUTF8": "1",
        "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}",
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
