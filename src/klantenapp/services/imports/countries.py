"""Countries as people write them: codes, Dutch and English names, and what old programs say."""

from __future__ import annotations

from functools import lru_cache

from klantenapp.services.imports.fields import folded

_ALPHA_2 = 2
_NO_COUNTRY = frozenset({"EU", "UN", "EZ", "ZZ", "XA", "XB"})
#: What Babel's names lack.
_ALSO = {
    "nld": "NL",
    "bel": "BE",
    "deu": "DE",
    "fra": "FR",
    "gbr": "GB",
    "irl": "IE",
    "lux": "LU",
    "esp": "ES",
    "ita": "IT",
    "aut": "AT",
    "che": "CH",
    "dnk": "DK",
    "swe": "SE",
    "pol": "PL",
    "prt": "PT",
    "uk": "GB",
    "england": "GB",
    "engeland": "GB",
    "scotland": "GB",
    "greatbritain": "GB",
    "grootbrittannie": "GB",
    "holland": "NL",
    "thenetherlands": "NL",
    "deutschland": "DE",
    "belgique": "BE",
    "eire": "IE",
    "ireland": "IE",
    "usa": "US",
    "unitedstatesofamerica": "US",
    "verenigdestatenvanamerika": "US",
    "rsa": "ZA",
    "czechrepublic": "CZ",
    "tsjechischerepubliek": "CZ",
    "channelislands": "JE",
    "nederlandseantillen": "CW",
}


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    from babel import Locale

    names: dict[str, str] = {}
    for language in ("nl", "en"):
        for code, name in Locale(language).territories.items():
            if code.isalpha() and len(code) == _ALPHA_2 and code not in _NO_COUNTRY:
                names.setdefault(folded(name), code)
                names[code.casefold()] = code
    return names | _ALSO


def code_of(text: str) -> str | None:
    """The ISO 3166 code of a country; None where the text names none."""
    return _names().get(folded(text))
