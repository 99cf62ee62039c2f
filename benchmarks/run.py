"""Measure the speed of the program against its limits.

    python benchmarks/run.py [--json] [NAME]...

Every module here that has `CASES`, functions by name that prepare a `Case`, takes part. A NAME
picks the cases that contain it. Work and limit take turns, so that a busy machine slows both.
"""

from __future__ import annotations

import gc
import importlib
import json
import pkgutil
import statistics
import sys
import time
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

import benchmarks  # noqa: E402 - found by the line above, also when this file is run by name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.case import Case


def cases() -> Iterator[tuple[str, Callable[[], Case]]]:
    """Every case as `module.case`."""
    for found in pkgutil.iter_modules(benchmarks.__path__):
        if found.name in ("run", "case"):
            continue
        module = importlib.import_module(f"benchmarks.{found.name}")
        for name, prepare in getattr(module, "CASES", {}).items():
            yield f"{found.name}.{name}", prepare


def measure(case: Case) -> dict[str, float]:
    """Medians in milliseconds, and their ratio; the first round warms up and does not count."""
    times: dict[str, list[float]] = {"work": [], "limit": []}
    try:
        for number in range(case.rounds + 1):
            for name, once in (("work", case.work), ("limit", case.limit)):
                start = time.perf_counter()
                once()
                if number:
                    times[name].append((time.perf_counter() - start) * 1000)
        peaks = {
            f"{name}_kb": round(peak(once) / 1024)
            for name, once in (("work", case.work), ("limit", case.limit))
            if case.memory
        }
    finally:
        case.close()
    work, limit = (statistics.median(times[name]) for name in ("work", "limit"))
    return {
        "work_ms": round(work, 3),
        "limit_ms": round(limit, 3),
        "ratio": round(work / limit, 2) if limit else 0.0,
        **peaks,
    }


def peak(once: Callable[[], object]) -> int:
    """Bytes that Python held at most while it ran, over what it held before."""
    gc.collect()
    tracemalloc.start()
    try:
        once()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def main(arguments: list[str]) -> int:
    """Run the cases that were asked for; the number is the exit code."""
    as_json = "--json" in arguments
    wanted = [argument for argument in arguments if not argument.startswith("-")]
    chosen = [
        (name, prepare)
        for name, prepare in cases()
        if not wanted or any(part in name for part in wanted)
    ]
    if not chosen or set(arguments) - set(wanted) - {"--json"}:
        print(__doc__)
        return 2
    results: dict[str, dict[str, float]] = {}
    if not as_json:
        heads = ("case", "median ms", "limit ms", "ratio", "peak kB", "limit kB")
        print("{:<40} {:>12} {:>12} {:>8} {:>10} {:>10}".format(*heads))
    for name, prepare in chosen:
        case = prepare()
        results[name] = row = measure(case)
        if not as_json:
            print(
                f"{name:<40} {row['work_ms']:>12.3f} {row['limit_ms']:>12.3f} {row['ratio']:>8.2f}"
                + (f" {row['work_kb']:>10} {row['limit_kb']:>10}" if case.memory else ""),
                flush=True,
            )
    if as_json:
        print(json.dumps(results, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
