"""A picture of every screen, light and dark, in Dutch and in English, beside the project.

Each language and theme has its own process, so that no picture depends on the one before it. The
pictures go to build/screenshots (which is not kept), or to the folder that is given.

    python scripts/screenshots.py [FOLDER] [--only NAME] [--size 1366x768] [--percent 100]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication
from sqlalchemy import func, select

import klantenapp.ui.qt  # noqa: F401 - it mends a fault of Qt's binding
from klantenapp.cli.main import run
from klantenapp.models.contract import Contract
from klantenapp.models.document import Document
from klantenapp.ui.app import Application
from klantenapp.ui.memory import memory
from klantenapp.ui.navigation import exists

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

ROOT = Path(__file__).resolve().parent.parent
LOOKS = (("nl", "light"), ("nl", "dark"), ("en", "light"), ("en", "dark"))
#: Seconds that a screen may take before something is wrong.
LONGEST = 20


def shots() -> list[tuple[str, str, Callable[[Session], dict[str, Any]] | dict[str, Any]]]:
    """File name, route, and its arguments or a query that finds them."""

    def most(kind: str) -> Callable[[Session], dict[str, Any]]:
        """The newest issued document of a kind."""
        return lambda session: {
            "id": session.scalar(
                select(func.max(Document.id)).where(
                    Document.kind == kind, Document.state == "issued"
                )
            )
        }

    def draft(session: Session) -> dict[str, Any]:
        found = select(func.max(Document.id)).where(Document.state == "draft")
        return {"kind": "invoice", "id": session.scalar(found)}

    def busiest(session: Session) -> dict[str, Any]:
        count = func.count()
        found = select(Document.customer_id).group_by(Document.customer_id).order_by(count.desc())
        return {"id": session.scalars(found.limit(1)).first()}

    def contract(session: Session) -> dict[str, Any]:
        return {"id": session.scalar(select(func.min(Contract.id)))}

    settings = (
        "company",
        "invoices",
        "display",
        "backup",
        "lists",
        "mail",
        "bank",
        "reminders",
        "keys",
        "about",
    )
    return [
        ("overview", "overview", {}),
        ("customers", "customers", {}),
        ("customer", "customer", busiest),
        ("contract", "contract", contract),
        ("invoices", "invoices", {}),
        ("draft", "draft", draft),
        ("invoice", "invoice", most("invoice")),
        ("credit-note", "invoice", most("credit_note")),
        ("quotes", "quotes", {}),
        ("recurring", "recurring", {}),
        ("payments", "payments", {}),
        ("reminders", "reminders", {}),
        ("items", "items", {}),
        ("price-lists", "price_lists", {}),
        ("reports", "reports", {}),
        ("import", "import", {}),
        ("outbox", "outbox", {}),
        *((f"settings-{name}", "settings", {"section": name}) for name in settings),
    ]


class Camera:
    """A running program in one language and theme."""

    def __init__(self, file: Path | None, wanted: argparse.Namespace) -> None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.environ["KLANTENAPP_HOME"] = tempfile.mkdtemp(prefix="klantenapp-")
        self.wanted = wanted
        self.qt = QApplication([])
        memory().set_program("theme", wanted.look)
        memory().set_program("text", wanted.percent)
        self.root = Application(file, wanted.language)
        self.root.show()
        self.root.window.resize(*(int(part) for part in wanted.size.split("x")))
        if file is None:
            self.wait(lambda: True)
        else:
            self.wait(lambda: self.root.ops.is_open and self.root.window.navigation.enabled)

    def wait(self, done: Callable[[], bool]) -> None:
        """Let the program run until something is so, and a little longer."""
        begin = time.monotonic()
        while time.monotonic() - begin < LONGEST:
            self.qt.processEvents()
            time.sleep(0.01)
            if time.monotonic() - begin > self.wanted.settle and done():
                return
        raise TimeoutError

    def read(self, query: Callable[[Session], dict[str, Any]]) -> dict[str, Any]:
        """Ask the administration that is open."""
        found: list[dict[str, Any]] = []
        self.root.ops.read(self.root.window, query, found.append)
        self.wait(lambda: bool(found))
        return found[0]

    def take(self, name: str, folder: Path) -> None:
        """Write the window as it is."""
        target = folder / f"{name}-{self.wanted.language}-{self.wanted.look}.png"
        self.root.window.grab().save(str(target))
        print(target.name, flush=True)


def work(folder: Path, file: Path | None, wanted: argparse.Namespace) -> None:
    """Take the pictures of one language and theme, in this process."""
    camera = Camera(file, wanted)
    if file is None:
        camera.take("welcome", folder)
        return
    for name, route, arguments in shots():
        if wanted.only in {None, name} and exists(route):
            given = camera.read(arguments) if callable(arguments) else arguments
            camera.root.window.navigation.go(route, **given)
            camera.wait(lambda: camera.root.ops.quiet)
            camera.take(name, folder)
    camera.root.shut()


def spread(folder: Path, wanted: argparse.Namespace) -> int:
    """Make the example once and take its pictures, each language and theme in its own process."""
    with tempfile.TemporaryDirectory() as made:
        code = 0
        if wanted.only != "welcome":
            code = run(["demo", made])
        for language, look in LOOKS:
            mine = wanted.language in {None, language} and wanted.look in {None, look}
            files = [*Path(made).glob("*.klantenapp"), None] if mine else []
            for file in files:
                if file is None and wanted.only not in {None, "welcome"}:
                    continue
                asked = [sys.executable, __file__, str(folder), "--size", wanted.size]
                asked += ["--percent", str(wanted.percent), "--settle", str(wanted.settle)]
                asked += ["--language", language, "--look", look, "--worker", str(file or "")]
                asked += ["--only", wanted.only] if wanted.only else []
                code = subprocess.run(asked, check=False).returncode or code
    return code


def main() -> int:
    """Take what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "build" / "screenshots")
    parser.add_argument("--only", help="the name of one screen")
    parser.add_argument("--size", default="1366x768")
    parser.add_argument("--percent", type=int, default=100)
    parser.add_argument("--settle", type=float, default=0.8, help="seconds that a screen may take")
    parser.add_argument("--language", choices=("nl", "en"))
    parser.add_argument("--look", choices=("light", "dark"))
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    folder: Path = wanted.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if wanted.worker is None:
        return spread(folder, wanted)
    work(folder, Path(wanted.worker) if wanted.worker else None, wanted)
    sys.stdout.flush()
    # The pictures are written; Qt need not take its window apart.
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
