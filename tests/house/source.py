"""The program's own source, parsed once, for the rules of the house."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "src" / "klantenapp"


@dataclass(frozen=True)
class Module:
    """One file of the program.

    Attributes:
        name: path below the package with forward slashes, "services/sales/drafts.py".
        text: its source.
        tree: its source, parsed.
    """

    name: str
    text: str
    tree: ast.Module

    def nodes(self, *kinds):
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))

    def at(self, node):
        return f"{self.name}:{node.lineno}"

    def imported(self):
        """Dotted names that the module imports, wherever in the file, with their nodes."""
        for node in self.nodes(ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        for node in self.nodes(ast.ImportFrom):
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


@cache
def modules(below: str = "") -> tuple[Module, ...]:
    """Every module of the program whose name starts so."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if name.startswith(below):
            text = path.read_text(encoding="utf-8")
            found.append(Module(name, text, ast.parse(text)))
    return tuple(found)


def dotted(node) -> str:
    """The dotted name of a call's target, as far as it is one: "dt.date.today"."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "?"
