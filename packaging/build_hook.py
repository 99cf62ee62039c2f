"""Compile the translations into the wheel: `.mo` files are built, never committed."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from babel.messages import mofile, pofile
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from typing_extensions import override


class CatalogueHook(BuildHookInterface[Any]):
    """Puts `klantenapp/translations/<language>/LC_MESSAGES/klantenapp.mo` into the wheel."""

    PLUGIN_NAME = "catalogues"

    @override
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile each catalogue; an editable install reads them from the checkout instead."""
        if version == "editable":
            return
        self._built = built = Path(tempfile.mkdtemp(prefix="catalogues-"))
        for source in sorted(Path(self.root, "translations").glob("*/LC_MESSAGES/klantenapp.po")):
            code = source.parts[-3]
            with source.open("rb") as file:
                catalogue = pofile.read_po(file, locale=code)
            compiled = built / f"{code}.mo"
            with compiled.open("wb") as file:
                mofile.write_mo(file, catalogue)
            inside = f"klantenapp/translations/{code}/LC_MESSAGES/klantenapp.mo"
            build_data["force_include"][str(compiled)] = inside

    @override
    def finalize(self, version: str, _build_data: dict[str, Any], _artifact_path: str) -> None:
        """Remove what lies in the wheel by now."""
        if version != "editable":
            shutil.rmtree(self._built)
