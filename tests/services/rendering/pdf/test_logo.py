"""Logos: checked when chosen, ready for the page when stored."""

import io
import struct
import zlib

import pytest
from PIL import Image
from tests.factories import snapshots
from tests.factories.pages import page_images, reader

from klantenapp.services.errors.rendering import LogoTooLarge, LogoTooManyPixels, LogoUnreadable
from klantenapp.services.rendering.pdf.invoice import render
from klantenapp.services.rendering.pdf.letterhead import accent
from klantenapp.services.rendering.pdf.logo import prepare_logo


def picture(mode, colour, size=(120, 60), kind="PNG"):
    file = io.BytesIO()
    Image.new(mode, size, colour).save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "mode"),
    [
        (picture("RGB", "red"), "RGB"),
        (picture("RGBA", (255, 0, 0, 128)), "RGBA"),
        (picture("L", 90), "RGB"),
        (picture("LA", (90, 10)), "RGBA"),
        (picture("P", 3), "RGB"),
        (picture("CMYK", (0, 255, 255, 0), kind="JPEG"), "RGB"),
        (picture("RGB", "blue", kind="JPEG"), "RGB"),
        (picture("1", 1), "RGB"),
        (picture("I;16", 500), "RGB"),
    ],
    ids=["rgb", "rgba", "grey", "grey-alpha", "palette", "cmyk", "jpeg", "bits", "16-bit"],
)
def test_any_picture_becomes_a_small_png_that_draws(data, mode):
    stored = prepare_logo(data)
    with Image.open(io.BytesIO(stored)) as logo:
        assert (logo.format, logo.mode) == ("PNG", mode)
    for look in (snapshots.CLASSIC, snapshots.MODERN):
        (image,) = reader(render(snapshots.picture(look=look), stored)).pages[0].images
        assert image.image.mode == "RGB"


def test_a_large_logo_is_made_as_small_as_print_needs():
    with Image.open(io.BytesIO(prepare_logo(picture("RGB", "red", (4000, 1000))))) as logo:
        assert logo.size == (800, 200)


def test_a_transparent_logo_lies_on_the_colour_of_the_paper():
    stored = prepare_logo(picture("RGBA", (0, 0, 0, 0), (100, 100)))
    page = page_images(render(snapshots.picture(look=snapshots.MODERN), stored), 96)[0]
    assert set(page[60:110, 42:90].flatten()) == {page[300, 10]}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + bytes(40),
        picture("RGB", "red")[:60],
        picture("RGB", "red", kind="JPEG")[:300],
        picture("RGB", "red", kind="BMP"),
    ],
    ids=["empty", "pdf", "svg", "gif", "cut-png", "cut-jpeg", "bmp"],
)
def test_what_is_no_usable_picture_is_refused(data):
    with pytest.raises(LogoUnreadable):
        prepare_logo(data)


def test_a_file_of_40_megabytes_is_refused_by_its_size():
    with pytest.raises(LogoTooLarge) as refused:
        prepare_logo(bytes(40 * 1024 * 1024))
    assert (refused.value.megabytes, refused.value.limit) == (40, 10)


def test_a_picture_that_unpacks_to_gigabytes_is_refused_before_it_does():
    def chunk(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )
    with pytest.raises(LogoTooManyPixels) as refused:
        prepare_logo(bomb)
    assert refused.value.limit == 40


def test_a_wide_logo_keeps_its_shape():
    stored = prepare_logo(picture("RGB", "black", (800, 100)))
    page = page_images(render(snapshots.picture(), stored), 96)[0]
    dark = page[60:115, 60:270] < 50
    rows, columns = dark.any(axis=1).sum(), dark.any(axis=0).sum()
    assert columns / rows == pytest.approx(8, rel=0.1)


@pytest.mark.parametrize(
    ("colour", "used"),
    [
        ("#2457C5", "#2457C5"),
        ("#767676", "#767676"),
        ("#777777", "#1B1C1E"),
        ("#FFE000", "#1B1C1E"),
        ("", "#1B1C1E"),
        ("blauw!!", "#1B1C1E"),
    ],
)
def test_a_colour_that_cannot_be_read_on_white_becomes_black(colour, used):
    assert accent(colour) == used
