import threading
from dataclasses import dataclass
from typing import ClassVar

import pytest
from PySide6.QtWidgets import QWidget

from klantenapp.services.errors.base import NotFound, Refusal
from klantenapp.ui.ops import Ops
from klantenapp.ui.progress import Cancelled
from klantenapp.ui.threads import Crash


@dataclass(eq=False)
class NoName(Refusal):
    field: ClassVar[str] = "name"


def refuse(_session):
    raise NotFound("customer", "7")


def test_a_read_runs_elsewhere_and_answers_on_the_main_thread(qtbot, ops):
    owner, seen = QWidget(), []
    qtbot.addWidget(owner)
    ops.read(
        owner,
        lambda _: threading.current_thread().name,
        lambda name: seen.append((name, threading.current_thread())),
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0].startswith("reader")
    assert seen[0][1] is threading.main_thread()


def test_a_result_is_dropped_when_its_owner_is_gone(qtbot, ops):
    owner, gate, seen = QWidget(), threading.Event(), []
    ops.read(owner, lambda _: gate.wait(2), seen.append)
    owner.deleteLater()
    qtbot.wait(20)
    gate.set()
    qtbot.wait(50)
    assert seen == []


def test_a_newer_read_with_the_same_key_replaces_an_older_one(qtbot, ops):
    owner, gate, seen = QWidget(), threading.Event(), []
    qtbot.addWidget(owner)

    def slow(_session):
        gate.wait(2)
        return "old"

    ops.read(owner, slow, seen.append, key="list")
    ops.read(owner, lambda _: "new", seen.append, key="list")
    qtbot.waitUntil(lambda: bool(seen))
    gate.set()
    qtbot.wait(50)
    assert seen == ["new"]


def test_a_write_tells_what_changed_before_its_caller_hears(qtbot, ops):
    order = []
    ops.changed.connect(lambda changes: order.append(changes.operation))
    ops.write("customer.rename", lambda _: 7, order.append)
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == ["customer.rename", 7]


def test_writes_run_one_at_a_time_in_order(qtbot, ops):
    running, seen = [], []

    def work(number):
        def write(_session):
            running.append(number)
            assert len(running) == 1
            running.remove(number)
            return number

        return write

    for number in range(20):
        ops.write("x.y", work(number), seen.append)
    qtbot.waitUntil(lambda: len(seen) == 20)
    assert seen == list(range(20))


def test_a_refusal_goes_to_the_caller(qtbot, ops):
    failures = []
    ops.write("customer.rename", refuse, failed=failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], NotFound)
    assert not ops.busy


def test_a_refusal_that_nobody_takes_goes_to_the_error_bar(qtbot, ops):
    with qtbot.waitSignal(ops.refused) as signal:
        ops.write("customer.rename", refuse)
    assert isinstance(signal.args[0], NotFound)


@pytest.mark.parametrize("door", ["read", "write"])
def test_anything_else_is_a_crash_with_its_trace(qtbot, ops, door):
    owner = QWidget()
    qtbot.addWidget(owner)
    with qtbot.waitSignal(ops.crashed) as signal:
        if door == "read":
            ops.read(owner, lambda _: 1 / 0, lambda _: None)
        else:
            ops.write("customer.rename", lambda _: 1 / 0)
    crash = signal.args[0]
    assert isinstance(crash, Crash)
    assert "ZeroDivisionError" in crash.details
    assert not ops.busy


def test_undo_and_redo_go_by_the_stack_of_the_file(qtbot, ops):
    seen = []
    ops.write("customer.rename", lambda _: None, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert (ops.undo_name, ops.redo_name) == ("customer.rename", None)
    ops.undo(lambda: seen.append("undone"))
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert (ops.undo_name, ops.redo_name) == (None, "customer.rename")
    ops.redo(lambda: seen.append("redone"))
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert (ops.undo_name, ops.redo_name) == ("customer.rename", None)


def test_what_another_process_wrote_refreshes_everything(qtbot, ops, fake):
    fake.elsewhere = True
    with qtbot.waitSignal(ops.changed) as signal:
        ops._look_elsewhere()
    assert signal.args[0].everything
    assert signal.args[0].touches("anything")


def test_long_work_shows_how_far_it_is_and_can_be_stopped(qtbot, ops):
    owner, steps, started = QWidget(), [], threading.Event()
    qtbot.addWidget(owner)

    def work(progress):
        for step in range(10_000):
            progress(step, 10_000)
            started.set()
            threading.Event().wait(0.001)
        return "finished"

    done = []
    with qtbot.waitSignal(ops.started) as signal:
        progress = ops.task(owner, "Inlezen", work, done.append)
    assert signal.args[0] is progress
    progress.moved.connect(lambda step, _total: steps.append(step))
    qtbot.waitUntil(lambda: len(steps) > 2)
    with qtbot.waitSignal(progress.ended):
        progress.stop()
    qtbot.wait(20)
    assert done == []


def test_a_stopped_write_is_rolled_back_and_frees_the_door(qtbot, ops):
    changes = []
    ops.changed.connect(changes.append)

    def work(_session, progress):
        progress.stop()
        progress(1, 2)

    with qtbot.waitSignal(ops.idle):
        ops.long_write("customer.import", "Inlezen", work)
    assert changes == []
    with pytest.raises(Cancelled):
        raise Cancelled


def test_closing_finishes_the_writes_that_wait(ops, fake):
    seen = []
    for number in range(5):
        ops.write("x.y", lambda _, number=number: seen.append(number))
    ops.shut()
    assert seen == [0, 1, 2, 3, 4]
    assert fake.closed


def test_reads_wait_until_the_file_is_open(qtbot, fake):
    door, owner, seen, gate = Ops(), QWidget(), [], threading.Event()
    qtbot.addWidget(owner)
    door.read(owner, lambda _: "read", seen.append)

    def opener():
        gate.wait(2)
        return fake

    door.open(opener, lambda: seen.append("opened"))
    qtbot.wait(20)
    assert seen == []
    gate.set()
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert set(seen) == {"opened", "read"}
    door.shut()
