"""Fields for numbers that are looked at as they are left: green says what is right, amber warns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp.i18n import _
from klantenapp.sentences.speak import sentence
from klantenapp.services.customers import checks

if TYPE_CHECKING:
    from collections.abc import Callable

    from klantenapp.services.customers.checks import Check
    from klantenapp.ui.widgets.fields import Field


def passed(check: Check) -> str:
    """What was looked at and is right."""
    if check.kind == "kvk":
        return _("8 digits")
    return {"digits": _("Form and check digits are right"), "form": _("Form is right")}[
        check.verified
    ]


def watch(field: Field, kind: str, country: Callable[[], str] = lambda: "NL") -> None:
    """Look at a field's number each time it is left; nothing is refused.

    Args:
        field: with a TextInput.
        kind: as in `checks.Check`.
        country: of the customer, for phone and postal code.
    """
    field.input.left.connect(lambda: look(field, kind, country()))
    field.input.edited.connect(lambda: show(field, None))


def look(field: Field, kind: str, country: str = "NL") -> None:
    """Look at what the field holds now."""
    show(field, checks.check(kind, field.input.value(), country))


def show(field: Field, check: Check | None) -> None:
    """Show an outcome below the field; None shows nothing."""
    if check is not None and check.problem is not None:
        field.set_help(sentence(check.problem), "warn")
        field.input.set_mark("triangle-alert", "warn")
    elif check is not None and check.is_ok and check.kind in {"vat_id", "kvk", "iban"}:
        field.set_help(passed(check), "ok")
        field.input.set_mark("")
    else:
        field.set_help("")
        field.input.set_mark("")
