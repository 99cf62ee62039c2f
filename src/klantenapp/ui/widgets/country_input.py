"""Choosing a country: the neighbours first, then all by name, found by typing the first letters."""

from __future__ import annotations

from functools import cache

from klantenapp.i18n import country_names, language
from klantenapp.ui.widgets.inputs import ChoiceInput

#: Where small Dutch businesses invoice most.
NEAR = ("NL", "BE", "DE", "FR", "GB", "LU")


class CountryInput(ChoiceInput):
    """A country by its code; the value is two letters."""

    def __init__(self) -> None:
        super().__init__(_options(language()))
        self.setMaxVisibleItems(14)
        self.insertSeparator(len(NEAR))
        self._values.insert(len(NEAR), None)
        self.set_value("NL")


@cache
def _options(code: str) -> list[tuple[str, str]]:
    names = country_names(code)
    rest = sorted((name, country) for country, name in names.items() if country not in NEAR)
    return [*((country, names[country]) for country in NEAR), *((c, name) for name, c in rest)]
