"""Sentences of failures around documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp.i18n import N_
from klantenapp.services.errors.rendering import (
    LogoTooLarge,
    LogoTooManyPixels,
    LogoUnreadable,
)

if TYPE_CHECKING:
    from klantenapp.services.errors.base import Refusal

SENTENCES: dict[type[Refusal], str] = {
    LogoUnreadable: N_(
        "This file is not a picture that can be used, or it is damaged. Choose a PNG or JPEG file."
    ),
    LogoTooLarge: N_(
        "This logo is {megabytes} MB. Choose a PNG or JPEG file of at most {limit} MB."
    ),
    LogoTooManyPixels: N_(
        "This logo has too many pixels. Choose a picture of at most {limit} million pixels."
    ),
}
OPERATIONS: dict[str, str] = {}
