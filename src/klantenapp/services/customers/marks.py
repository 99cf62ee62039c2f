"""The mark of a customer: a small picture, kept in the administration itself."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from klantenapp.services.customers import customers
from klantenapp.services.errors.customers import MarkUnreadable
from klantenapp.services.store import files
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

CHANGE: Final = register("customer.mark", REVERSIBLE)

#: Longest side of the stored picture, in pixels: sharp at 84 px on a screen of twice the density.
SIDE: Final = 336
#: A picture of more pixels than this is a mistake or an attack.
_MOST_PIXELS: Final = 50_000_000


def shrunk(content: bytes) -> bytes:
    """A PNG of at most `SIDE` pixels, without anything else that the file held.

    Raises:
        MarkUnreadable: no PNG or JPG, broken, or far too large.
    """
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - large, and seldom used

    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise MarkUnreadable
            small = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as problem:
        raise MarkUnreadable from problem
    small.thumbnail((SIDE, SIDE))
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def change(session: Session, customer_id: int, content: bytes | None) -> None:
    """Give a customer a mark, or take it away (None).

    Raises:
        NotFound, MarkUnreadable.
    """
    customer = customers.get(session, customer_id)
    if content is None:
        customer.logo_id = None
    else:
        customer.logo_id = files.store(session, shrunk(content), "image/png")
