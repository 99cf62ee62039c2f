"""Sentences about the files that a command was given."""

from __future__ import annotations

from klantenapp.i18n import N_
from klantenapp.services.errors import cli

SENTENCES: dict[type[Exception], str] = {
    cli.CannotRead: N_(
        "“{path}” cannot be read: {reason}. Check the name, or choose another file."
    ),
    cli.CannotWrite: N_(
        "“{path}” cannot be written: {reason}. Close it in other programs, or choose another place."
    ),
    cli.NotJson: N_(
        "“{path}” is not readable as a JSON object; reading stopped at line {line}. Correct"
        " it there."
    ),
    cli.UnknownField: N_("There is no field “{name}”. Use: {known}."),
    cli.WrongValue: N_("The field “{name}” holds something it cannot hold. Correct it."),
    cli.NoAdministration: N_(
        "There is no administration yet. Start one with klantenapp init FILE --business"
        " business.json, or name one with --file."
    ),
}
