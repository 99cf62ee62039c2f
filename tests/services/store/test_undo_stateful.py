"""Whatever was done, undo gives back what was there, redo what was done, step for step."""

import shutil

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from klantenapp.models.catalogue import ItemGroup, Unit
from klantenapp.models.customer import Contact, Customer
from klantenapp.services.store import audit, clock
from klantenapp.services.store.administration import Administration
from klantenapp.services.store.audit import Act
from klantenapp.services.store.operations import FINAL, REVERSIBLE, register

CHANGE = register("test.change", REVERSIBLE)
LAST = register("test.last", FINAL)
NAMES = st.sampled_from(["a", "b", "c", "d", "e"])
TABLES = (Customer, Contact, ItemGroup)


class Undoing(RuleBasedStateMachine):
    """Rows with unique names and references come, change, swap and go; states are remembered."""

    folder = None
    template = None

    def __init__(self):
        super().__init__()
        self.path = self.folder / "one.klantenapp"
        self.path.unlink(missing_ok=True)
        shutil.copyfile(self.template, self.path)
        self.administration = Administration.open_file(self.path)
        self.number = 0
        self.past, self.future = [], []

    @initialize()
    def first(self):
        self.now = self.state()

    def state(self):
        def look(session):
            return [
                [
                    tuple(row)
                    for row in session.execute(select(*model.__table__.columns).order_by(model.id))
                ]
                for model in (*TABLES, Unit)
            ]

        return self.administration.read(look)

    def act(self, work, group=None):
        _, changes = self.administration.write(Act(CHANGE, group=group), work)
        if changes.entry_id is None:
            return
        stack = self.administration.stack
        if group is None or len(stack.done[-1].entries) == 1:
            self.past.append(self.now)
        self.future = []
        self.now = self.state()

    @rule(name=NAMES)
    def add_customer(self, name):
        self.number += 1
        number = str(self.number)

        def work(session):
            row = Customer(
                number=number, name=name, sort_name=name, search=name, created_at=clock.now()
            )
            session.add(row)
            session.flush()
            session.add(Contact(customer_id=row.id, name=name))

        self.act(work)

    @rule(name=NAMES, group=st.sampled_from([None, "edit"]))
    def rename_customer(self, name, group):
        def work(session):
            row = session.scalars(select(Customer).order_by(Customer.id.desc()).limit(1)).first()
            if row is not None:
                row.name = name
                row.number = f"{row.number}!" if len(row.number) < 4 else row.number[:1]

        try:
            self.act(work, group)
        except Exception as problem:
            if "UNIQUE" not in str(problem):
                raise

    @rule()
    def delete_customer(self):
        def work(session):
            row = session.scalars(select(Customer).order_by(Customer.id).limit(1)).first()
            if row is not None:
                for contact in session.scalars(
                    select(Contact).where(Contact.customer_id == row.id)
                ):
                    session.delete(contact)
                session.flush()
                session.delete(row)

        self.act(work)

    @rule(name=NAMES)
    def group_comes_or_goes(self, name):
        def work(session):
            row = session.scalars(select(ItemGroup).where(ItemGroup.name == name)).first()
            if row is None:
                session.add(ItemGroup(name=name))
            else:
                session.delete(row)

        self.act(work)

    @rule(one=NAMES, other=NAMES)
    def groups_swap(self, one, other):
        def work(session):
            rows = session.scalars(
                select(ItemGroup).where(ItemGroup.name.in_([one, other])).order_by(ItemGroup.id)
            ).all()
            if len(rows) == 2:
                first, second = rows[0].name, rows[1].name
                rows[0].name = "-"
                session.flush()
                rows[1].name = first
                session.flush()
                rows[0].name = second

        self.act(work)

    @rule(one=NAMES, other=NAMES)
    def group_is_replaced(self, one, other):
        """A row goes and another one takes its unique name."""

        def work(session):
            row = session.scalars(select(ItemGroup).where(ItemGroup.name == one)).first()
            taken = session.scalars(select(ItemGroup).where(ItemGroup.name == other)).first()
            if row is not None and taken is not None and row is not taken:
                session.delete(taken)
                session.flush()
                row.name = other
                session.flush()
                session.add(ItemGroup(name=one))

        self.act(work)

    @precondition(lambda self: self.past)
    @rule()
    def undo(self):
        self.administration.undo()
        self.future.append(self.now)
        self.now = self.past.pop()
        assert self.state() == self.now

    @precondition(lambda self: self.future)
    @rule()
    def redo(self):
        self.administration.redo()
        self.past.append(self.now)
        self.now = self.future.pop()
        assert self.state() == self.now

    @invariant()
    def the_stack_knows_as_many_steps(self):
        assert len(self.administration.stack.done) == len(self.past)
        assert len(self.administration.stack.undone) == len(self.future)

    def teardown(self):
        assert self.administration.read(audit.broken_entry) is None
        self.administration.close()


def run(template, tmp_path, examples):
    Undoing.folder, Undoing.template = tmp_path, template
    case = Undoing.TestCase
    case.settings = settings(max_examples=examples, stateful_step_count=25, deadline=None)
    case("runTest").runTest()


def test_any_sequence_of_acts_is_undone_and_done_again(template, tmp_path):
    run(template, tmp_path, 25)


@pytest.mark.full
def test_many_sequences_of_acts_are_undone_and_done_again(template, tmp_path):
    run(template, tmp_path, 600)
