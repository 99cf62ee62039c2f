"""What is held about one customer goes out whole, and nothing of anybody else."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from functools import partial

import pytest
from tests.factories.collecting import Debts

from klantenapp import i18n
from klantenapp.sentences import timeline as words
from klantenapp.services.errors.base import NotFound
from klantenapp.services.exports import one_customer
from klantenapp.services.messages import attachments, notes
from klantenapp.services.messages.attachments import NewFile, Owner
from klantenapp.services.messages.notes import NewEntry
from klantenapp.services.store import clock

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def debts(administration):
    i18n.set_language("nl")
    with clock.stopped(TODAY):
        yield Debts(administration)


def exported(debts, customer, path, **more):
    work = partial(
        one_customer.export,
        customer_id=customer,
        path=path,
        titles=words.title,
        statuses=words.status_name,
        **more,
    )
    return debts.administration.read(work)


def test_everything_of_one_customer_and_nothing_of_another(debts, tmp_path):
    ours, other = debts.customer("Familie Proefstra"), debts.customer("Garage Geheim")
    invoice = debts.owed(ours, "450", dt.date(2026, 8, 1))
    debts.owed(other, "99", dt.date(2026, 8, 1))
    debts.send(dt.date(2026, 9, 10))
    debts.pay(invoice, "100", TODAY)
    debts.hold(ours, TODAY, kind="dispute", document_id=invoice, reason="Te veel uren")
    for whom, text in ((ours, "Belt graag na vijven"), (other, "Niemand mag dit lezen")):
        work = partial(notes.add, customer_id=whom, entry=NewEntry("note", text))
        debts.administration.write(notes.ADD["note"], work)
    new = [NewFile("Werkbon.pdf", b"%PDF-1.7 bon")]
    work = partial(attachments.add, owner=Owner("document", invoice), new=new)
    debts.administration.write(attachments.ADD, work)
    found = exported(debts, ours, tmp_path / "gegevens.zip")
    with zipfile.ZipFile(found.path) as packed:
        names = packed.namelist()
        whole = b"".join(packed.read(name) for name in names)
        rows = json.loads(packed.read("gegevens.json"))
    assert [row["name"] for row in rows["customer"]] == ["Familie Proefstra"]
    assert len(rows["document"]) == len(rows["reminder"]) == len(rows["payment"]) == 1
    assert rows["reminder_hold"][0]["reason"] == "Te veel uren"
    assert {row["kind"] for row in rows["ledger_entry"]} == {"invoice", "payment"}
    assert rows["settlement"][0]["amount"] == "100.00"
    assert "bestanden/Werkbon.pdf" in names
    assert any(name.startswith("bestanden/2026-0001") for name in names)
    assert "Contact.pdf" in names
    assert b"Geheim" not in whole
    assert "Niemand mag dit lezen" not in json.dumps(rows, ensure_ascii=False)
    assert "search" not in rows["customer"][0]
    assert found.files == len(names)


def test_nobody_is_refused_and_stopping_leaves_no_file(debts, tmp_path):
    with pytest.raises(NotFound):
        exported(debts, 77, tmp_path / "a.zip")
    customer = debts.customer("Familie Proefstra")

    def stop(_done, _total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exported(debts, customer, tmp_path / "b.zip", tell=stop)
    assert not list(tmp_path.glob("?.zip"))
