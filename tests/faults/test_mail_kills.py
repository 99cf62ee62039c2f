"""Kills around sending: no mail goes twice without asking, and none is lost."""

import collections
import email
import multiprocessing
import os
import random
import signal
import time
from functools import partial

import pytest
from sqlalchemy import select
from tests.factories.mail_servers import PASSWORD, USER, Authority, MailServer, Temper
from tests.faults import mail_child

from klantenapp.models.message import Message, Outbox
from klantenapp.services.messages import accounts, outbox
from klantenapp.services.messages.addresses import Address
from klantenapp.services.messages.compose import Mail
from klantenapp.services.store import clock

MOMENTS = ("anywhere", "accepted", "content", "confirmed")


class Killer(Temper):
    """A server that kills its client at a moment of the conversation."""

    def __init__(self):
        super().__init__()
        self.child = None
        self.moment = ""

    def at(self, moment):
        """The server is there."""
        if self.moment == moment and self.child is not None:
            os.kill(self.child, signal.SIGKILL)
            self.moment = ""


@pytest.fixture(scope="module")
def forks():
    """Starts a process with the program already imported."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.mail_child"])
    return context


def queue(administration, number):
    mail = Mail(
        sender=Address("", USER),
        to=(Address("", "henk@v.example"),),
        subject=f"Mail {number}",
        body="x " * 200,
    )
    administration.write(outbox.QUEUE, partial(outbox.queue, mail=mail, delay=0))


def states(administration):
    """Subject -> state, from the message that each row belongs to."""
    query = select(Message.subject, Outbox.state).join(Outbox, Outbox.message_id == Message.id)
    return administration.read(lambda s: {row[0]: row[1] for row in s.execute(query)})


def survive(administration, authority, forks, kills):
    chance = random.Random(kills)
    killer, died = Killer(), collections.Counter()
    with MailServer(authority.context(), "starttls", killer) as server:
        account = server.account(authority)
        administration.write(accounts.CHANGE, partial(accounts.change, account=account))
        for number in range(kills):
            queue(administration, number)
            killer.moment = MOMENTS[number % len(MOMENTS)]
            child = forks.Process(target=mail_child.send, args=(administration.path, PASSWORD))
            child.start()
            killer.child = child.pid
            if killer.moment == "anywhere":
                time.sleep(chance.random() * 0.3)
                os.kill(child.pid, signal.SIGKILL)
            child.join(20)
            died[MOMENTS[number % len(MOMENTS)], child.exitcode] += 1
        killer.moment, killer.child = "", None
        for _ in range(2):
            child = forks.Process(target=mail_child.send, args=(administration.path, PASSWORD))
            child.start()
            child.join(60)
            assert child.exitcode == 0
        received = collections.Counter(
            email.message_from_bytes(raw)["Subject"] for _, _, raw in server.temper.received
        )
    return received, states(administration), died


def require_once(received, kept, kills):
    assert set(kept) == {f"Mail {number}" for number in range(kills)}, "a mail was lost"
    assert set(kept.values()) <= {"sent", "unknown"}
    assert max(received.values()) == 1, "a mail went twice"
    for subject, state in kept.items():
        assert received[subject] == 1 or state == "unknown"


@pytest.fixture
def real_time(monkeypatch):
    monkeypatch.setattr(clock, "_fixed", [])


@pytest.mark.usefixtures("real_time")
@pytest.mark.parametrize("kills", [12, pytest.param(300, marks=pytest.mark.full)])
def test_no_kill_makes_a_mail_go_twice_or_loses_one(administration, tmp_path, forks, kills):
    received, kept, died = survive(administration, Authority(tmp_path), forks, kills)
    require_once(received, kept, kills)
    killed = sum(number for (_, code), number in died.items() if code == -signal.SIGKILL)
    assert killed > kills * 0.7, died
    assert "unknown" in kept.values()
