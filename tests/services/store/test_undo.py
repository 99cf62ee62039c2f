"""Taking back: images put back, conflicts named, autosaves as one step."""

import datetime as dt

import pytest
from sqlalchemy import delete, select, text, update

from klantenapp.models.audit import AuditEntry, AuditImage
from klantenapp.models.catalogue import ItemGroup, Unit
from klantenapp.models.customer import Address, Contact, Customer
from klantenapp.models.file import Attachment, StoredFile
from klantenapp.models.setting import Setting
from klantenapp.services.errors.store import NothingToUndo, NotReversible, UndoConflict
from klantenapp.services.store import clock, files
from klantenapp.services.store.administration import Administration
from klantenapp.services.store.audit import Act
from klantenapp.services.store.operations import FINAL, REVERSIBLE, Compensated, register

CHANGE = register("test.change", REVERSIBLE)
LAST = register("test.last", FINAL)


def customer(session, number="1", name="Voorbeeld Bouw B.V."):
    row = Customer(number=number, name=name, sort_name=name, search=name, created_at=clock.now())
    session.add(row)
    session.flush()
    return row


def names(administration):
    return administration.read(
        lambda s: s.scalars(select(Customer.name).order_by(Customer.id)).all()
    )


def rename(to, number="1"):
    def work(session):
        session.scalars(select(Customer).where(Customer.number == number)).one().name = to

    return work


def test_a_change_is_taken_back_and_done_again(administration):
    administration.write(CHANGE, customer)
    administration.write(CHANGE, rename("Ander"))

    administration.undo()
    assert names(administration) == ["Voorbeeld Bouw B.V."]
    administration.undo()
    assert names(administration) == []
    administration.redo()
    administration.redo()
    assert names(administration) == ["Ander"]
    with pytest.raises(NothingToUndo):
        administration.redo()


def test_a_new_act_forgets_what_could_be_done_again(administration):
    administration.write(CHANGE, customer)
    administration.undo()
    administration.write(CHANGE, lambda s: customer(s, "2", "Twee"))

    with pytest.raises(NothingToUndo):
        administration.redo()


def test_a_customer_with_contact_and_file_goes_and_comes_back_whole(administration):
    def work(session):
        row = customer(session)
        session.add(Contact(customer_id=row.id, name="Henk Voorbeeld"))
        session.add(Address(customer_id=row.id, city="Zwolle"))
        file_id = files.store(session, b"contract", "application/pdf")
        session.add(
            Attachment(file_id=file_id, customer_id=row.id, name="c.pdf", added_at=clock.now())
        )

    def attached(session):
        return session.scalars(
            select(StoredFile.content).join(Attachment, Attachment.file_id == StoredFile.id)
        ).all()

    administration.write(CHANGE, work)
    administration.undo()
    assert administration.read(attached) == []
    administration.redo()

    assert administration.read(attached) == [b"contract"]
    assert administration.read(lambda s: s.scalars(select(Contact.name)).all()) == [
        "Henk Voorbeeld"
    ]


def test_what_was_deleted_comes_back_under_its_own_id(administration):
    administration.write(CHANGE, customer)
    before = administration.read(lambda s: s.scalars(select(Customer.id)).one())
    administration.write(CHANGE, lambda s: s.delete(s.scalars(select(Customer)).one()))

    administration.undo()

    assert administration.read(lambda s: s.scalars(select(Customer.id)).one()) == before


def test_a_later_change_is_a_conflict_that_is_named(path):
    mine, other = Administration.open_file(path), Administration.open_file(path)
    mine.write(CHANGE, customer)
    mine.write(CHANGE, rename("Mijn"))
    other.write(register("test.other", REVERSIBLE), rename("Ander"))

    with pytest.raises(UndoConflict) as conflict:
        mine.undo()

    assert conflict.value.operation == "test.other"
    assert names(mine) == ["Ander"]
    assert len(mine.stack.done) == 2
    mine.close()
    other.close()


def test_a_change_of_another_row_is_no_conflict(administration):
    administration.write(CHANGE, customer)
    administration.write(CHANGE, rename("Mijn"))
    administration.write(CHANGE, lambda s: customer(s, "2", "Twee"))
    administration.stack.done.pop()

    administration.undo()

    assert names(administration) == ["Voorbeeld Bouw B.V.", "Twee"]


def test_autosaves_of_one_edit_are_one_step(administration):
    administration.write(CHANGE, customer)
    for letter in "abc":
        administration.write(Act(CHANGE, group="edit-1"), rename(letter))
    administration.write(Act(CHANGE, group="edit-2"), rename("d"))

    administration.undo()
    assert names(administration) == ["c"]
    administration.undo()
    assert names(administration) == ["Voorbeeld Bouw B.V."]
    administration.redo()
    assert names(administration) == ["c"]


def test_rows_that_swapped_a_unique_value_swap_back(administration):
    def two(session):
        session.add_all([Unit(id=901, name="links"), Unit(id=902, name="rechts")])

    def swap(session):
        one, other = session.get_one(Unit, 901), session.get_one(Unit, 902)
        one.name = "even weg"
        session.flush()
        other.name = "links"
        session.flush()
        one.name = "rechts"

    def found(session):
        return session.execute(select(Unit.id, Unit.name).where(Unit.id > 900)).all()

    administration.write(CHANGE, two)
    administration.write(CHANGE, swap)
    assert administration.read(found) == [(901, "rechts"), (902, "links")]
    administration.undo()
    assert administration.read(found) == [(901, "links"), (902, "rechts")]
    administration.redo()
    assert administration.read(found) == [(901, "rechts"), (902, "links")]


def test_a_unique_value_that_moved_to_a_new_row_moves_back(administration):
    def renamed_and_new(session):
        session.get_one(ItemGroup, 1).name = "Oud"
        session.flush()
        session.add(ItemGroup(id=2, name="Arbeid"))

    administration.write(CHANGE, lambda s: s.add(ItemGroup(id=1, name="Arbeid")))
    administration.write(CHANGE, renamed_and_new)
    administration.undo()

    rows = administration.read(lambda s: s.execute(select(ItemGroup.id, ItemGroup.name)).all())
    assert rows == [(1, "Arbeid")]


def test_undo_that_would_orphan_a_row_is_refused_by_the_file(path):
    mine, other = Administration.open_file(path), Administration.open_file(path)
    mine.write(CHANGE, customer)
    other.write(CHANGE, lambda s: s.add(Contact(customer_id=1, name="Henk")))

    with pytest.raises(UndoConflict) as conflict:
        mine.undo()

    assert conflict.value.operation == CHANGE
    assert names(mine) == ["Voorbeeld Bouw B.V."]
    mine.close()
    other.close()


def test_undo_of_a_deletion_whose_parent_is_gone_is_a_named_conflict(administration):
    administration.write(CHANGE, customer)
    administration.write(CHANGE, lambda s: s.add(Contact(customer_id=1, name="Henk")))
    administration.write(CHANGE, lambda s: s.delete(s.scalars(select(Contact)).one()))
    step = administration.stack.done[-1]
    administration.write(
        register("test.removal", REVERSIBLE), lambda s: s.delete(s.scalars(select(Customer)).one())
    )
    administration.stack.done.append(step)

    with pytest.raises(UndoConflict) as conflict:
        administration.undo()

    assert conflict.value.operation == "test.removal"


def test_a_final_act_is_not_on_the_stack(administration):
    administration.write(CHANGE, customer)
    administration.write(LAST, lambda s: customer(s, "2", "Twee"))

    administration.undo()

    assert names(administration) == ["Twee"]


def test_a_posted_act_is_compensated_in_one_step(administration):
    def compensate(session, made):
        assert made.created == {"customer": [1]}
        session.add(Setting(key="compensated", value="1"))

    by = register("test.compensation", FINAL)
    posted = register("test.posted", Compensated(by, compensate))
    administration.write(posted, customer)

    changes = administration.undo()

    assert changes.operation == by
    assert changes.touches("setting")
    assert names(administration) == ["Voorbeeld Bouw B.V."]
    with pytest.raises(NothingToUndo):
        administration.redo()


def test_the_stack_keeps_a_hundred_steps(administration):
    for number in range(120):
        administration.write(CHANGE, lambda s, n=number: s.add(Unit(name=f"eenheid {n}")))

    assert len(administration.stack.done) == 100


def test_an_image_that_was_erased_can_not_be_put_back(administration):
    administration.write(CHANGE, customer)
    administration.write(CHANGE, rename("Ander"))
    step = administration.stack.done[-1]

    def erase(session):
        session.execute(text("DROP TRIGGER audit_image_no_update"))
        session.execute(update(AuditImage).values(before=None, after=None))

    trigger = administration.read(
        lambda s: s.execute(
            text("SELECT sql FROM sqlite_master WHERE name = 'audit_image_no_update'")
        ).scalar()
    )
    administration.write(LAST, erase)
    administration.stack.done.append(step)

    with pytest.raises(NotReversible):
        administration.undo()

    assert names(administration) == ["Ander"]
    administration.write(LAST, lambda s: s.execute(text(trigger)))


def test_history_shows_what_undo_took_back(administration):
    administration.write(CHANGE, customer)
    administration.undo()

    one, two = administration.read(
        lambda s: s.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(2)).all()
    )
    assert (one.operation, one.undoes_id, one.detail) == ("history.undo", two.id, CHANGE)
    assert one.at <= dt.datetime.now(dt.UTC)


def test_core_deletes_are_not_used_so_every_change_is_seen(administration):
    """The recorder sees the unit of work only; this is why bulk statements are forbidden."""
    administration.write(CHANGE, customer)
    _, changes = administration.write(CHANGE, lambda s: s.execute(delete(Customer)))

    assert changes.tables == {}
