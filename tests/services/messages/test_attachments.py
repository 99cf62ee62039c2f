"""Files with a customer, a contract or a document: kept byte for byte, removed and undone."""

import datetime as dt
from functools import partial

import pytest

from klantenapp.models.contract import Contract
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.messages import FileTooBig, NothingInFile
from klantenapp.services.messages import attachments
from klantenapp.services.messages.attachments import NewFile, Owner


def add(world, owner, *new):
    work = partial(attachments.add, owner=owner, new=[NewFile(*one) for one in new])
    return world.do(work, attachments.ADD)


def names(world, owner):
    return [row.name for row in world.ask(partial(attachments.rows, owner=owner))]


@pytest.fixture
def owner(world):
    return Owner("customer", world.customer)


def test_a_file_is_kept_byte_for_byte_under_its_name(world, owner):
    (one,) = add(world, owner, ("Offerte dak.pdf", b"%PDF-1.7 x"))
    (row,) = world.ask(partial(attachments.rows, owner=owner))
    assert (row.name, row.media_type, row.size, row.can_open) == (
        "Offerte dak.pdf",
        "application/pdf",
        10,
        True,
    )
    found = world.ask(partial(attachments.content, attachment_id=one))
    assert found == ("Offerte dak.pdf", b"%PDF-1.7 x")


def test_contract_and_document_have_files_of_their_own(world, owner):
    contract = world.add(
        Contract(customer_id=world.customer, name="Raam", valid_from=dt.date(2026, 1, 1))
    )
    for other in (Owner("contract", contract), Owner("document", world.invoice())):
        add(world, other, ("a.txt", b"a"))
        assert names(world, other) == ["a.txt"]
    assert names(world, owner) == []


def test_a_removed_file_comes_back_with_undo(world, owner):
    (one,) = add(world, owner, ("a.txt", b"a"))
    world.do(partial(attachments.remove, attachment_id=one), attachments.REMOVE)
    assert names(world, owner) == []
    world.administration.undo()
    assert world.ask(partial(attachments.content, attachment_id=one)) == ("a.txt", b"a")


def test_adding_several_is_one_step(world, owner):
    add(world, owner, ("a.txt", b"a"), ("b.txt", b"b"))
    world.administration.undo()
    assert names(world, owner) == []
    world.administration.redo()
    assert names(world, owner) == ["b.txt", "a.txt"]


def test_a_name_that_is_there_gets_a_number(world, owner):
    add(world, owner, ("bon.PDF", b"a"), ("Bon.pdf", b"b"))
    add(world, owner, ("bon.pdf", b"c"), (".x", b"d"), (".x", b"e"))
    assert names(world, owner) == ["x (2)", "x", "bon (3).pdf", "Bon (2).pdf", "bon.PDF"]


def test_a_harmful_file_is_kept_and_not_opened_whatever_it_is_called(world, owner):
    add(world, owner, ("../../factuur\u202efdp.exe", b"MZ"))
    (row,) = world.ask(partial(attachments.rows, owner=owner))
    assert (row.name, row.can_open) == ("factuurfdp.exe", False)


def test_a_file_is_renamed(world, owner):
    (one,) = add(world, owner, ("a.txt", b"a"))
    for name, expected in (("b/c.txt", "c.txt"), (" ", "c.txt")):
        work = partial(attachments.rename, attachment_id=one, name=name)
        world.do(work, attachments.RENAME)
        assert names(world, owner) == [expected]


def test_an_empty_or_huge_file_keeps_all_of_them_out(world, owner):
    with pytest.raises(NothingInFile):
        add(world, owner, ("a.txt", b"a"), ("leeg.txt", b""))
    with pytest.raises(FileTooBig) as refused:
        add(world, owner, ("groot.bin", b"x" * 50_000_001))
    assert (refused.value.megabytes, refused.value.limit) == (51, 50)
    assert names(world, owner) == []


def test_what_is_not_there_is_refused(world):
    with pytest.raises(NotFound):
        add(world, Owner("contract", 9), ("a.txt", b"a"))
    for act in (attachments.remove, attachments.content):
        with pytest.raises(NotFound):
            world.do(partial(act, attachment_id=9), attachments.REMOVE)
