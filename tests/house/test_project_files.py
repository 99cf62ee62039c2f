"""The files around the program agree with each other and name no machine."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


NEEDED = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    ".ci/run",
    "docs/architecture.md",
    "docs/manual/nl.md",
    "docs/manual/en.md",
    "requirements.lock",
    "coverage.floor",
    "packaging/system-libraries.txt",
    "packaging/klantenapp.desktop",
)


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def locked():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    parts = re.findall(
        r"^(\S+)==(\S+?)(?: ;.*?)? \\\n((?:    --hash=sha256:\S+(?: \\)?\n)+)", text, re.MULTILINE
    )
    return {normal(name): version for name, version, _ in parts}


def test_every_part_is_pinned_and_locked_at_that_version():
    table = project()["project"]
    wanted = [*table["dependencies"], *table["optional-dependencies"]["dev"]]
    have = locked()
    for pin in wanted:
        name, version = pin.split("==")
        assert have.get(normal(name)) == version, pin


def test_every_line_of_the_lock_is_a_part_or_its_hash():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    odd = [
        line
        for line in text.splitlines()
        if not re.fullmatch(r"[\w.-]+==\S+( ;.*)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?", line)
    ]
    assert odd == []


def test_the_build_uses_the_parts_of_the_lock():
    have = locked()
    for pin in project()["build-system"]["requires"]:
        name, version = pin.split("==")
        assert have[normal(name)] == version


def test_nothing_of_a_machine_is_in_the_repository():
    """No path of a developer's disk, and no registry: the project builds anywhere."""
    tracked = subprocess.run(
        ["git", "grep", "-IlE", r"file:///[a-z]|/root/|--(extra-)?index-url [^$]"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if tracked.returncode not in {0, 1}:
        pytest.skip("this is no checkout")
    assert [
        name for name in tracked.stdout.split() if name != "tests/house/test_project_files.py"
    ] == []


def test_every_exception_to_the_lint_rules_has_its_reason():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    rules = re.findall(r'^  "[A-Z]+\d*",.*$', text, re.MULTILINE)
    assert rules
    assert [line for line in rules if "#" not in line] == []


def test_every_suppressed_finding_has_its_reason():
    bare = re.compile(r"#\s*(noqa: [A-Z0-9, ]+|type: ignore\[[\w, -]+\])\s*$")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (ROOT / "src").rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if bare.search(line)
    ]
    assert found == []


def test_nothing_that_a_newcomer_needs_is_gone():
    assert [name for name in NEEDED if not (ROOT / name).exists()] == []


def test_the_documents_point_at_files_that_exist():
    link = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
        for target in link.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_the_licence_is_the_whole_text_of_its_version():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in text
    assert [f"{number}. " for number in range(1, 16) if f"\n{number}. " not in text] == []
