"""Hold the coverage of the last test run against the floor, which only rises.

    python scripts/coverage_gate.py [--raise]

Reads build/coverage.json and coverage.floor, whose lines are "<part> <percent>": `total`, and
`models+services` measured together, statements and branches alike. `--raise` writes what was
measured where that is more.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MEASURED = ROOT / "build" / "coverage.json"
FLOOR = ROOT / "coverage.floor"
#: The parts, and what belongs to each.
PARTS = {
    "total": ("src/klantenapp/",),
    "models+services": ("src/klantenapp/models/", "src/klantenapp/services/"),
}
#: The mission's own bar; the floor of that part never lies below it.
LEAST = {"models+services": 95.0}
#: Measured to a tenth of a percent: the order of tests moves a line in or out.
SLACK = 0.1


def measured(report: dict[str, dict[str, dict[str, dict[str, int]]]]) -> dict[str, float]:
    """Percentage of statements and branches that ran, per part, to a tenth rounded down."""
    result: dict[str, float] = {}
    for part, folders in PARTS.items():
        covered = every = 0
        for name, file in report["files"].items():
            if name.replace("\\", "/").startswith(folders):
                summary = file["summary"]
                covered += summary["covered_lines"] + summary.get("covered_branches", 0)
                every += summary["num_statements"] + summary.get("num_branches", 0)
        result[part] = covered * 1000 // every / 10 if every else 100.0
    return result


def floor() -> dict[str, float]:
    """What may not be undercut."""
    lines = FLOOR.read_text(encoding="utf-8").split("\n") if FLOOR.exists() else []
    pairs = [line.split() for line in lines if line and not line.startswith("#")]
    return {part: float(percent) for part, percent in pairs}


def main(arguments: list[str]) -> int:
    """Compare or raise; the number is the exit code."""
    now, least = measured(json.loads(MEASURED.read_text(encoding="utf-8"))), floor()
    if arguments == ["--raise"]:
        kept = {part: max(now[part], least.get(part, 0.0), LEAST.get(part, 0.0)) for part in PARTS}
        text = "".join(f"{part} {percent:.1f}\n" for part, percent in kept.items())
        FLOOR.write_text(f"# It only rises: make floor.\n{text}", encoding="utf-8")
        return 0
    fell = False
    for part, percent in now.items():
        bar = max(least.get(part, 0.0), LEAST.get(part, 0.0))
        low = percent < bar - SLACK
        fell |= low
        print(f"coverage    {part} {percent:.1f} % (floor {bar:.1f} %){' FELL' if low else ''}")
    return 1 if fell else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
