"""Sentences about files that go out."""

from __future__ import annotations

from klantenapp.i18n import N_
from klantenapp.services.errors import exports

SENTENCES: dict[type[Exception], str] = {
    exports.OpenElsewhere: N_(
        "“{name}” is open in another program. Close it there, or choose another name."
    ),
    exports.MayNotChange: N_("“{name}” is write-protected. Choose another name."),
    exports.TooLongForSheet: N_(
        "The report has {rows} rows and a sheet holds {most}. Choose a shorter period, or CSV."
    ),
    exports.FormatUnknown: N_(
        "“{name}” has no ending that can be written. Let it end with one of: {known}."
    ),
}
