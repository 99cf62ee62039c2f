"""The logo: checked when it is chosen, and made ready for the page.

Whatever the user has (CMYK from a designer, transparency, a photo of twenty megapixels) is stored
as one small RGB picture, so that a page stays small and PDF/A can be made from it.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

from PIL import Image, ImageOps
from reportlab.lib.utils import ImageReader

from klantenapp.services.errors.rendering import LogoTooLarge, LogoTooManyPixels, LogoUnreadable

MEGABYTES = 10
MEGAPIXELS = 40
#: A logo is printed at most 5 cm wide: this is more than 300 dots per inch.
_WIDEST, _HIGHEST = 800, 400


def prepare_logo(data: bytes) -> bytes:
    """Check a logo that the user chose, and give the PNG to store.

    Raises:
        LogoTooLarge: the file is over the limit.
        LogoTooManyPixels: the picture is.
        LogoUnreadable: no PNG or JPEG, or a damaged one.
    """
    if len(data) > MEGABYTES * 1024 * 1024:
        raise LogoTooLarge(megabytes=-(-len(data) // (1024 * 1024)), limit=MEGABYTES)
    picture = _opened(data)
    picture.thumbnail((_WIDEST, _HIGHEST))
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _opened(data: bytes) -> Image.Image:
    """The picture in RGB or, with transparency, RGBA."""
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            width, height = picture.size
            if width * height > MEGAPIXELS * 1_000_000:
                raise LogoTooManyPixels(limit=MEGAPIXELS)
            picture.load()
            upright = ImageOps.exif_transpose(picture)
            see_through = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
            return upright.convert("RGBA" if see_through else "RGB")
    except Image.DecompressionBombError as problem:
        raise LogoTooManyPixels(limit=MEGAPIXELS) from problem
    except (OSError, SyntaxError, ValueError) as problem:
        raise LogoUnreadable from problem


@lru_cache(maxsize=8)
def drawable(data: bytes, paper: str) -> tuple[Any, int, int]:
    """A stored logo as ReportLab draws it, with its size in pixels.

    Args:
        data: what `prepare_logo` gave.
        paper: colour below it, which takes the place of transparency.

    Raises:
        LogoUnreadable: the bytes are no picture.
    """
    picture = _opened(data)
    if picture.mode == "RGBA":
        sheet = Image.new("RGBA", picture.size, paper)
        picture = Image.alpha_composite(sheet, picture).convert("RGB")
    return ImageReader(picture), picture.width, picture.height
