"""Derive InterTab from Inter: the tabular figures become the default characters.

Inter's own "1" is narrower than its "0", so columns of amounts do not line up, and the `tnum`
feature that repairs it loses the text of a PDF. This script moves the tabular glyphs to the places
of the usual ones in the character table, keeps the kerning of the letters beside them, drops what
neither the window nor a document uses, and gives the result its own name. Run once; the result is
kept in `src/klantenapp/resources/fonts`.

    python scripts/derive_font.py FOLDER-WITH-Inter-Regular.woff2-ETC OUTPUT-FOLDER

The input needs TrueType outlines (the web fonts of Inter 4 have them): ReportLab embeds no others.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont

FAMILY = "InterTab"
STYLES = ("Regular", "Medium", "SemiBold", "Bold")

#: What becomes tabular. The hyphen and the space stay as they are: as wide as a digit they would
#: tear words apart ("btw-id"), and dates and numbers line up without it.
TABULAR = "0123456789,.:;()+−×÷=±<>≤≥≠≈~*"

#: Latin with all its accents, Greek, Cyrillic, punctuation, currencies, arrows, signs.
RANGES = (
    (0x20, 0x24F),
    (0x2B0, 0x3FF),
    (0x400, 0x45F),
    (0x1E00, 0x1EFF),
    (0x2000, 0x206F),
    (0x2070, 0x20BF),
    (0x2100, 0x214F),
    (0x2190, 0x21FF),
    (0x2212, 0x2265),
    (0x25A0, 0x25FF),
    (0x2713, 0x2713),
)

Table = Any  # fontTools builds its tables at run time


def tabular_glyphs(font: TTFont) -> dict[str, str]:
    """Map each glyph with a tabular form to that form, as the feature `tnum` does."""
    substitutions = font["GSUB"].table
    lookups = {
        index
        for record in substitutions.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
        for index in record.Feature.LookupListIndex
    }
    glyphs: dict[str, str] = {}
    for index in sorted(lookups):
        for table in substitutions.LookupList.Lookup[index].SubTable:
            glyphs.update(getattr(table, "ExtSubTable", table).mapping)
    return glyphs


def remap(font: TTFont) -> dict[str, str]:
    """Put the tabular glyphs in the character table; return old name -> new name."""
    tabular = tabular_glyphs(font)
    best = font.getBestCmap()
    moved = {best[ord(sign)]: tabular[best[ord(sign)]] for sign in TABULAR}
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap = {code: moved.get(glyph, glyph) for code, glyph in table.cmap.items()}
    return moved


def keep_kerning(font: TTFont, moved: dict[str, str]) -> None:
    """Let the tabular comma, point and brackets kern with letters as the usual ones do.

    The digits keep none: a kerned digit would no longer line up.
    """
    marks = {old: new for old, new in moved.items() if old in {"comma", "period", "parenleft"}}
    order = font.getReverseGlyphMap()
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for outer in lookup.SubTable:
            table = getattr(outer, "ExtSubTable", outer)
            if type(table).__name__ == "PairPos":
                _kern_pairs(table, marks, order)


def _kern_pairs(table: Table, marks: dict[str, str], order: dict[str, int]) -> None:
    """Repeat in one kerning table what the usual marks have, for the tabular ones."""
    first = {old: new for old, new in marks.items() if old in table.Coverage.glyphs}
    if table.Format == 2:  # noqa: PLR2004 - the format number of class kerning
        for classes in (table.ClassDef1.classDefs, table.ClassDef2.classDefs):
            for old, new in marks.items():
                if old in classes and (classes is table.ClassDef2.classDefs or old in first):
                    classes[new] = classes[old]
        table.Coverage.glyphs = sorted(
            {*table.Coverage.glyphs, *first.values()}, key=order.__getitem__
        )
        return
    sets = dict(zip(table.Coverage.glyphs, table.PairSet, strict=True))
    sets.update({new: sets[old] for old, new in first.items()})
    table.Coverage.glyphs = sorted(sets, key=order.__getitem__)
    table.PairSet = [sets[glyph] for glyph in table.Coverage.glyphs]


def trim(font: TTFont) -> None:
    """Drop characters and features that nothing here shows."""
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl", "calt"]
    options.name_IDs = ["*"]
    options.hinting = False
    options.recalc_timestamp = False
    options.glyph_names = False
    trimmer = subset.Subsetter(options)
    trimmer.populate(unicodes=[code for low, high in RANGES for code in range(low, high + 1)])
    trimmer.subset(font)


def rename(font: TTFont, style: str) -> None:
    """Give the font its own name, and say what it was made from."""
    names = font["name"]
    regular = style in {"Regular", "Bold"}
    wanted = {
        1: FAMILY if regular else f"{FAMILY} {style}",
        2: style if regular else "Regular",
        3: f"{FAMILY} {style}",
        4: f"{FAMILY} {style}",
        6: f"{FAMILY}-{style}",
        10: "Inter with tabular figures as default characters",
        13: "This Font Software is licensed under the SIL Open Font License, Version 1.1.",
        14: "https://openfontlicense.org",
        16: FAMILY,
        17: style,
    }
    for record in list(names.names):
        if record.nameID in {*wanted, 21, 22, 25}:
            names.removeNames(nameID=record.nameID)
    for number, text in wanted.items():
        names.setName(text, number, 3, 1, 0x409)


def derive(source: Path, target: Path, style: str) -> None:
    """Write one weight of InterTab."""
    font = TTFont(source, recalcTimestamp=False)
    keep_kerning(font, remap(font))
    trim(font)
    rename(font, style)
    font.flavor = None
    font.save(target)


def main(arguments: list[str]) -> int:
    """Derive every weight from one folder into another."""
    source, target = Path(arguments[0]), Path(arguments[1])
    target.mkdir(parents=True, exist_ok=True)
    for style in STYLES:
        found = next(path for path in sorted(source.glob(f"Inter-{style}.*")))
        derive(found, target / f"{FAMILY}-{style}.ttf", style)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
