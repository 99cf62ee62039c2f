"""Make the checkout ready: the environment in .venv, and what Qt needs of the system.

    python3 scripts/setup.py environment        .venv with the locked parts and the program itself
    python3 scripts/setup.py system run|test|full

Needs nothing but Python 3.11 and pip's own settings. Each part leaves a stamp in .venv, so that
make knows it is done; two at once wait for each other.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / "requirements.lock"
LIBRARIES = ROOT / "packaging" / "system-libraries.txt"
#: What each purpose needs: its own libraries and those of the purposes before it.
PURPOSES = ("run", "test", "full")
LEAST = (3, 11)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """One set-up at a time in this checkout; where locks are unknown, none."""
    if os.name == "nt":  # which has no such lock
        yield
        return
    import fcntl  # noqa: PLC0415 - does not exist on Windows

    with (ROOT / ".setup.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def environment() -> int:
    """Make or complete .venv from the lock, and put the program in it as it stands here."""
    if sys.version_info < LEAST:
        print(f"Klantenapp needs Python 3.11 or newer; this is {platform.python_version()}.")
        return 1
    with alone():
        stamp = VENV / ".ready"
        if stamp.exists() and stamp.stat().st_mtime >= newest():
            return 0
        if not works(PYTHON):
            print("Making .venv ...", flush=True)
            venv.create(VENV, clear=True, with_pip=True)
        print("Installing the locked parts (once; about a minute) ...", flush=True)
        pip("install", "--require-hashes", "--requirement", str(LOCK))
        pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
        stamp.touch()
    return 0


def newest() -> float:
    """When what the environment is made from changed last."""
    return max(path.stat().st_mtime for path in (LOCK, ROOT / "pyproject.toml", Path(__file__)))


def works(python: Path) -> bool:
    """Whether an earlier .venv can be completed; one of an older or a lost Python cannot."""
    if not python.exists():
        return False
    check = f"import pip, sys; sys.exit(sys.version_info < {LEAST})"
    return subprocess.run([python, "-c", check], check=False, capture_output=True).returncode == 0


def pip(*arguments: str) -> None:
    """Run the pip of .venv, quietly."""
    quiet = ("--quiet", "--quiet", "--disable-pip-version-check", "--no-input")
    done = subprocess.run([PYTHON, "-m", "pip", *arguments, *quiet], check=False)
    if done.returncode:
        sys.exit(f"Set-up stopped: pip {arguments[0]} failed, as said above.")


def system(purpose: str) -> int:
    """Install the missing system libraries where that is possible, else name the command."""
    stamp = VENV / f".system-{purpose}"
    with alone():
        if not (missing := missing_packages(purpose)):
            stamp.touch()
            return 0
        install = f"apt-get install --yes --no-install-recommends {' '.join(missing)}"
        prefix = privileges()
        if prefix is not None and shutil.which("apt-get"):
            print(f"Installing system libraries: {' '.join(missing)} ...", flush=True)
            log = VENV / "system.log"
            if apt(prefix, install, log) and not missing_packages(purpose):
                stamp.touch()
                return 0
            print(f"That did not work; {log.relative_to(ROOT)} says why.")
    print(
        f"Klantenapp needs system libraries that are missing. Install them with:\n  sudo {install}"
    )
    return 1


def missing_packages(purpose: str) -> list[str]:
    """Packages for a purpose of which no trace is found; none outside Linux, where Qt has all."""
    if platform.system() != "Linux":
        return []
    wanted = PURPOSES[: PURPOSES.index(purpose) + 1]
    rows = [line.split() for line in LIBRARIES.read_text(encoding="utf-8").splitlines()]
    return [
        row[0] for row in rows if row and row[0] != "#" and row[2] in wanted and not found(row[1])
    ]


def found(sign: str) -> bool:
    """Whether a library can be loaded, or a command stands on the path."""
    if ".so" not in sign:
        return shutil.which(sign) is not None
    try:
        ctypes.CDLL(sign)
    except OSError:
        return False
    return True


def privileges() -> list[str] | None:
    """What to put before a command of the administrator; None where it would ask a password."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if (
        sudo
        and subprocess.run([sudo, "-n", "true"], check=False, capture_output=True).returncode == 0
    ):
        return [sudo, "-n"]
    return None


def apt(prefix: list[str], install: str, log: Path) -> bool:
    """Refresh the package lists and install; what is said goes to the log."""
    surroundings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with log.open("w", encoding="utf-8") as file:

        def succeeds(command: str) -> bool:
            words = [*prefix, *command.split()]
            done = subprocess.run(words, check=False, stdout=file, stderr=file, env=surroundings)
            return done.returncode == 0

        # without fresh lists the installation may still work from those that are there
        succeeds("apt-get update")
        return succeeds(install)


def main(arguments: list[str]) -> int:
    """Run one part; the number is the exit code."""
    match arguments:
        case ["environment"]:
            return environment()
        case ["system", purpose] if purpose in PURPOSES:
            return system(purpose)
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
