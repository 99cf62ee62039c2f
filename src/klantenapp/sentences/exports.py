"""Sentences about files that go out."""

from __future__ import annotations

from klantenapp.i18n import N_
from klantenapp.services.errors import exports

SENTENCES: dict[type[Exception], str] = {
    exports.FormatUnknown: N_(
        "“{name}” has no ending that can be written. Let it end with one of: {known}."
    ),
}
