"""Widgets that nobody uses are taken apart on the main thread, never where work is done."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject

from klantenapp.ui.collecting import Collector, collect


class Ring:
    """Something that only the collection of cycles frees; it remembers where that happened."""

    def __init__(self, where):
        self.me = self
        self.where = where

    def __del__(self):
        self.where.append(threading.current_thread().name)


def crowd():
    """More objects than Python lets be before it collects."""
    return [Ring([]) for _ in range(5000)]


def test_work_on_another_thread_collects_nothing(qapp):  # noqa: ARG001 - a timer needs Qt
    owner, where = QObject(), []
    collector = Collector(owner)
    Ring(where)
    worker = threading.Thread(target=crowd, name="worker")
    worker.start()
    worker.join()
    assert where == []
    collect()
    assert where == ["MainThread"]
    collector.stop()
    assert gc.isenabled()


def test_python_collects_again_only_when_the_last_window_is_gone(qapp):  # noqa: ARG001 - as above
    owner = QObject()
    first, second = Collector(owner), Collector(owner)
    kept = weakref.ref(Ring([]))
    first.stop()
    assert not gc.isenabled()
    second.stop()
    second.stop()
    assert gc.isenabled()
    assert kept() is None
