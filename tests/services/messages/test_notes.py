"""Notes, calls and meetings: written, changed with their history, pinned, removed and undone."""

import datetime as dt
from functools import partial

import pytest

from klantenapp.models.message import Message
from klantenapp.services.errors.base import Invalid, NotFound
from klantenapp.services.errors.messages import (
    EmptyText,
    FollowUpTooEarly,
    NotEditable,
    NothingInFile,
    OtherCustomersDocument,
    TextTooLong,
)
from klantenapp.services.messages import notes, timeline
from klantenapp.services.messages.attachments import NewFile
from klantenapp.services.messages.notes import Edit, NewEntry
from klantenapp.services.store import clock


def write(world, kind="note", text="PO-nummer altijd vermelden.", **more):
    work = partial(notes.add, customer_id=world.customer, entry=NewEntry(kind, text, **more))
    return world.do(work, notes.ADD[kind])


def shown(world, **more):
    return world.ask(partial(timeline.page, customer_id=world.customer, **more))


def test_a_call_keeps_who_spoke_and_what_was_said(world):
    invoice = world.invoice()
    write(
        world,
        "call",
        "Restant na de oplevering, uiterlijk 30 november.",
        direction="out",
        person=" Henk Voorbeeld ",
        follow_up_on=dt.date(2026, 11, 30),
        document_id=invoice,
    )
    (call,) = [entry for entry in shown(world) if entry.kind == "call"]
    assert (call.direction, call.person) == ("out", "Henk Voorbeeld")
    assert call.text == "Restant na de oplevering, uiterlijk 30 november."
    assert call.follow_up_on == dt.date(2026, 11, 30)
    assert (call.document_id, call.document_number) == (invoice, "2026-0158")


def test_a_changed_note_keeps_its_earlier_texts_newest_first(world):
    note = write(world, text="Eén.")
    for text in ("Twee.", "Twee.", "Drie."):
        world.do(partial(notes.change, message_id=note, edit=Edit({"text": text})), notes.CHANGE)
    assert shown(world)[0].text == "Drie."
    assert shown(world)[0].is_edited
    earlier = world.ask(partial(timeline.revisions, message_id=note))
    assert [text for _, text in earlier] == ["Twee.", "Eén."]


def test_undoing_a_change_brings_back_text_and_history(world):
    note = write(world, text="Eén.")
    world.do(partial(notes.change, message_id=note, edit=Edit({"text": "Twee."})), notes.CHANGE)
    world.administration.undo()
    assert shown(world)[0].text == "Eén."
    assert world.ask(partial(timeline.revisions, message_id=note)) == []


def test_a_removed_note_is_gone_until_undone(world):
    note = write(world)
    world.do(partial(notes.remove, message_id=note), notes.REMOVE)
    assert shown(world) == []
    with pytest.raises(NotFound):
        world.do(partial(notes.pin, message_id=note, pinned=True), notes.PIN)
    world.administration.undo()
    assert [entry.id for entry in shown(world)] == [note]


def test_a_pinned_note_is_found_apart(world):
    note = write(world)
    write(world, text="Andere.")
    world.do(partial(notes.pin, message_id=note, pinned=True), notes.PIN)
    assert [e.id for e in world.ask(partial(timeline.pinned, customer_id=world.customer))] == [note]


def test_a_follow_up_comes_back_on_its_day_until_it_is_ticked_off(world):
    note = write(world, "call", "Belt terug.", follow_up_on=dt.date(2026, 11, 25))
    assert world.ask(timeline.follow_ups) == []
    due = world.ask(partial(timeline.follow_ups, until=dt.date(2026, 11, 25)))
    assert [(f.message_id, f.customer, f.day) for f in due] == [
        (note, "Voorbeeld Bouw B.V.", dt.date(2026, 11, 25))
    ]
    world.do(partial(notes.finish, message_id=note), notes.FINISH)
    assert world.ask(partial(timeline.follow_ups, until=dt.date(2027, 1, 1))) == []
    moved = Edit({"follow_up_on": dt.date(2026, 12, 1)})
    world.do(partial(notes.change, message_id=note, edit=moved), notes.CHANGE)
    assert len(world.ask(partial(timeline.follow_ups, until=dt.date(2027, 1, 1)))) == 1


@pytest.mark.parametrize(
    ("entry", "failure"),
    [
        (NewEntry("note", " \n "), EmptyText),
        (NewEntry("note", "x" * 20_001), TextTooLong),
        (NewEntry("call", "x", follow_up_on=dt.date(2026, 11, 23)), FollowUpTooEarly),
        (NewEntry("call", "x", person="x" * 201), Invalid),
        (NewEntry("call", "x", document_id=999), NotFound),
    ],
)
def test_what_cannot_be_is_refused(world, entry, failure):
    with pytest.raises(failure):
        world.do(partial(notes.add, customer_id=world.customer, entry=entry), notes.ADD["note"])
    assert shown(world) == []


def test_an_entry_is_not_linked_to_another_customers_invoice(world):
    invoice = world.invoice(customer_id=world.other)
    with pytest.raises(OtherCustomersDocument):
        write(world, document_id=invoice)
    note = write(world)
    with pytest.raises(OtherCustomersDocument):
        world.do(partial(notes.link, message_id=note, document_id=invoice), notes.LINK)


def test_a_reminder_is_not_edited(world):
    letter = world.add(
        Message(customer_id=world.customer, kind="reminder", at=clock.now(), created_at=clock.now())
    )
    with pytest.raises(NotEditable):
        world.do(partial(notes.change, message_id=letter, edit=Edit({"text": "x"})), notes.CHANGE)


def test_an_entry_for_nobody_is_refused(world):
    with pytest.raises(NotFound):
        world.do(partial(notes.add, customer_id=99, entry=NewEntry("note", "x")), notes.ADD["note"])


def test_a_letter_keeps_its_files_and_is_found_by_their_names(world):
    entry = NewEntry(
        "letter", "Bezwaar", direction="in", files=(NewFile("../Bezwaar 12.pdf", b"%PDF"),)
    )
    world.do(partial(notes.add, customer_id=world.customer, entry=entry), notes.ADD["letter"])
    shown = timeline.Filter(text="bezwaar 12")
    (found,) = world.ask(partial(timeline.page, customer_id=world.customer, shown=shown))
    assert [file.name for file in found.files] == ["Bezwaar 12.pdf"]


def test_an_empty_file_keeps_the_whole_letter_out(world):
    entry = NewEntry("letter", "Bezwaar", files=(NewFile("leeg.pdf", b""),))
    with pytest.raises(NothingInFile):
        world.do(partial(notes.add, customer_id=world.customer, entry=entry), notes.ADD["letter"])
    assert world.ask(partial(timeline.counts, customer_id=world.customer))["all"] == 0
