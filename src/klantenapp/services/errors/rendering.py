"""What can be wrong with what a document is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from klantenapp.services.errors.base import Refusal


@dataclass(eq=False)
class LogoUnreadable(Refusal):
    """The file is no PNG or JPEG picture, or a damaged one."""

    field: ClassVar[str | None] = "logo"


@dataclass(eq=False)
class LogoTooLarge(Refusal):
    """The file holds more than the program reads.

    Attributes:
        megabytes: size of the file, rounded up.
        limit: the most that is read, in megabytes.
    """

    field: ClassVar[str | None] = "logo"
    megabytes: int
    limit: int


@dataclass(eq=False)
class LogoTooManyPixels(Refusal):
    """The picture is larger than any logo has to be.

    Attributes:
        limit: the most megapixels that are read.
    """

    field: ClassVar[str | None] = "logo"
    limit: int
