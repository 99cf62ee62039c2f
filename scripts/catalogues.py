"""The translations: extract, complete, check and compile the gettext catalogues.

    python scripts/catalogues.py update     bring both catalogues up to date with the source
    python scripts/catalogues.py missing    list what has no Dutch yet
    python scripts/catalogues.py add FILE   take Dutch from a JSON file
    python scripts/catalogues.py check      fail on anything missing, fuzzy, stale or mismatched
    python scripts/catalogues.py compile    write the .mo files that are older than their .po

The file of `add` is an object {"English id": "Nederlands"}. A plural has its singular as key and
["enkelvoud", "meervoud"] as value; a message with a context stands inside {"context": {...}}.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages import extract, mofile, pofile
from babel.messages.catalog import Catalog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Message

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "klantenapp"
FOLDER = ROOT / "translations"
TEMPLATE = FOLDER / "klantenapp.pot"
LANGUAGES = ("nl", "en")
KEYWORDS = {
    "_": None,
    "N_": None,
    "NN_": (1, 2),
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
HEADER = "# Translations of Klantenapp.\n#"
#: A date that never changes keeps the files free of noise.
STAMP = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def source_of(code: str) -> Path:
    """The catalogue of a language."""
    return FOLDER / code / "LC_MESSAGES" / "klantenapp.po"


def extracted() -> Catalog:
    """Every message that the program has, without translations."""
    template = _empty(None)
    for found in extract.extract_from_dir(SOURCE, keywords=KEYWORDS, comment_tags=("i18n:",)):
        _file, _line, message, comments, context = found
        template.add(message, auto_comments=comments, context=context)
    return template


def _empty(code: str | None) -> Catalog:
    return Catalog(
        locale=code,
        domain="klantenapp",
        header_comment=HEADER,
        project="Klantenapp",
        version="1",
        msgid_bugs_address="see README.md",
        creation_date=STAMP,
        revision_date=STAMP,
        last_translator="Klantenapp",
        language_team="Klantenapp",
        fuzzy=False,
    )


def read(path: Path, code: str) -> Catalog:
    """A catalogue as it stands; an empty one where there is none yet."""
    if not path.exists():
        return _empty(code)
    with path.open("rb") as file:
        return pofile.read_po(file, locale=code)


def write(path: Path, catalogue: Catalog) -> None:
    """Sorted and without locations, so that a change shows what it changes and nothing else."""
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.revision_date = catalogue.creation_date = STAMP
    with path.open("wb") as file:
        pofile.write_po(
            file, catalogue, sort_output=True, no_location=True, width=100, ignore_obsolete=True
        )


def messages(catalogue: Catalog) -> Iterator[Message]:
    """Every message but the header."""
    return (message for message in catalogue if message.id)


def forms(value: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """The one or two texts of a message id or its translation."""
    return (value or "",) if isinstance(value, str) or value is None else tuple(value)


def update() -> None:
    """Bring the template and both catalogues up to date with the source."""
    template = extracted()
    write(TEMPLATE, template)
    for code in LANGUAGES:
        old, new = read(source_of(code), code), _empty(code)
        for message in messages(template):
            known = old.get(
                message.id if isinstance(message.id, str) else message.id[0], message.context
            )
            string = known.string if known is not None else None
            if code == "en":
                string = message.id
            elif len(forms(string)) != len(forms(message.id)):
                string = None
            new.add(
                message.id, string, context=message.context, auto_comments=message.auto_comments
            )
        write(source_of(code), new)


def missing(code: str) -> list[Message]:
    """Messages without a complete translation."""
    catalogue = read(source_of(code), code)
    return [message for message in messages(catalogue) if not all(forms(message.string))]


def add(path: Path) -> list[str]:
    """Take Dutch from a JSON file; the ids that the catalogue does not have are given back."""
    catalogue = read(source_of("nl"), "nl")
    unknown: list[str] = []
    given = json.loads(path.read_text(encoding="utf-8"))
    entries: list[tuple[str | None, str, str | list[str]]] = []
    for key, value in given.items():
        if isinstance(value, dict):
            entries += [(key, inner, text) for inner, text in value.items()]
        else:
            entries.append((None, key, value))
    for context, key, value in entries:
        message = catalogue.get(key, context)
        if message is None or len(forms(message.id)) != len(forms(value)):
            unknown.append(key)
        else:
            message.string = value if isinstance(value, str) else tuple(value)
    write(source_of("nl"), catalogue)
    return unknown


def problems() -> list[str]:
    """Everything that makes the catalogues unfit to ship."""
    wanted = {(message.context, forms(message.id)) for message in messages(extracted())}
    found: list[str] = []
    for code in LANGUAGES:
        catalogue = read(source_of(code), code)
        have = {(message.context, forms(message.id)) for message in messages(catalogue)}
        found += [f"{code}: not in the catalogue: {ids[0]!r}" for _, ids in wanted - have]
        found += [f"{code}: no longer in the source: {ids[0]!r}" for _, ids in have - wanted]
        for message in messages(catalogue):
            found += [f"{code}: {reason}: {forms(message.id)[0]!r}" for reason in faults(message)]
    return sorted(found)


def faults(message: Message) -> Iterator[str]:
    """What is wrong with one translation."""
    if message.fuzzy:
        yield "fuzzy"
    texts, ids = forms(message.string), forms(message.id)
    if not all(texts):
        yield "not translated"
        return
    allowed = {name for text in ids for name in PLACEHOLDER.findall(text)}
    needed = set(PLACEHOLDER.findall(ids[-1]))
    if set(PLACEHOLDER.findall(texts[-1])) != needed or any(
        not set(PLACEHOLDER.findall(text)) <= allowed for text in texts
    ):
        yield "placeholders differ"
    if any(text != text.strip() for text in texts) and all(text == text.strip() for text in ids):
        yield "space at an end"


def compile_all() -> None:
    """Write each .mo that is older than its .po; another process never sees half a file."""
    for code in LANGUAGES:
        source = source_of(code)
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
            mofile.write_mo(file, read(source, code))
        Path(file.name).chmod(0o644)
        Path(file.name).replace(target)


def main(arguments: list[str]) -> int:
    """Run one command; the number is the exit code."""
    match arguments:
        case ["update"]:
            update()
        case ["missing"]:
            left = missing("nl")
            print(json.dumps({forms(m.id)[0]: "" for m in left}, ensure_ascii=False, indent=1))
            return 1 if left else 0
        case ["add", name]:
            unknown = add(Path(name))
            for key in unknown:
                print(f"not in the catalogue (run update first?): {key!r}", file=sys.stderr)
            return 1 if unknown else 0
        case ["check"]:
            found = problems()
            print("\n".join(found) or "catalogues: complete in nl and en")
            return 1 if found else 0
        case ["compile"]:
            compile_all()
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
