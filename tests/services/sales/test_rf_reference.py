"""With the setting on, an invoice asks for its RF reference, and the code to scan has it too."""

from __future__ import annotations

import datetime as dt
import json
from functools import partial

import pytest
import zxingcpp
from tests.factories.pages import page_images
from tests.factories.sales import Shop

from klantenapp.models.document import Document
from klantenapp.models.file import StoredFile
from klantenapp.services.sales import snapshots
from klantenapp.services.store import clock, settings


@pytest.fixture
def shop(administration):
    with clock.stopped(dt.date(2026, 11, 23)):
        yield Shop(administration)


def issued(shop):
    made = shop.invoice(shop.customer())

    def read(session):
        document = session.get_one(Document, made.document_id)
        file = session.get_one(StoredFile, document.pdf_id)
        return json.loads(document.snapshot), file.content

    return shop.administration.read(read)


def test_the_reference_is_on_the_invoice_and_in_its_code(shop):
    work = partial(settings.write, key=snapshots.RF_REFERENCE, value=True)
    shop.administration.write(settings.CHANGE, work)
    snapshot, pdf = issued(shop)
    # Counted by hand: 98 - (20260001 + "271500") mod 97, with R = 27 and F = 15.
    check = 98 - int("20260001271500") % 97
    wanted = f"RF{check:02}20260001"
    assert snapshot["payment"]["reference"] == wanted
    (code,) = zxingcpp.read_barcodes(page_images(pdf, 200)[0])
    fields = code.text.split("\n")
    assert fields[3:10] == [
        "SCT",
        "",
        "Noordkade Installatie",
        "NL02ABNA0123456789",
        "EUR121",
        "",
        wanted,
    ]


def test_without_the_setting_the_number_is_mentioned(shop):
    snapshot, _pdf = issued(shop)
    assert "reference" not in snapshot["payment"]
    assert snapshot["payment"]["text"] == "2026-0001"
