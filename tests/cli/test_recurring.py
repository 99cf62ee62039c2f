"""Schedules from the command line: added, run, paused until a day, skipped, stopped."""

from __future__ import annotations

import datetime as dt

import pytest

from klantenapp.services.store import clock


@pytest.fixture
def run(klantenapp, path):
    def call(*arguments):
        return klantenapp("--file", path, *arguments)

    with clock.stopped(dt.date(2026, 1, 31)):
        assert call("customer", "add", "--name", "Proef", "--number", "K1", "--street", "Weg 1",
                    "--postal-code", "8011 AB", "--city", "Zwolle").code == 0  # fmt: skip
        said = call("recurring", "add", "--customer", "K1", "--name", "Abo", "--first",
                    "2026-01-31", "--line", "Abo;1;25", "--mode", "issue", "--json")  # fmt: skip
        assert said.code == 0, said.err
        yield call


def dates(said):
    return said.json["next"]


def test_a_date_is_made_once_and_a_missed_one_is_a_draft(run):
    made = run("recurring", "run", "--json").json["made"]
    assert [each["number"] for each in made] == ["2026-0001"]
    assert run("recurring", "run", "--json").json["made"] == []
    with clock.stopped(dt.date(2026, 4, 2)):
        late = run("recurring", "run", "--as-of", "2026-04-02", "--json").json["made"]
    assert [(each["planned"], each["number"]) for each in late] == [
        ("2026-02-28", None),
        ("2026-03-31", None),
    ]


def test_a_schedule_rests_until_a_day(run):
    said = run("recurring", "pause", "1", "--until", "2026-03-15", "--json")
    assert said.json["state"] == "paused"
    with clock.stopped(dt.date(2026, 3, 31)):
        made = run("recurring", "run", "--json").json["made"]
    assert [each["planned"] for each in made] == ["2026-03-31"]
    assert run("recurring", "pause", "1", "--until", "2026-01-01").code == 1


def test_the_next_date_is_skipped_and_a_stopped_schedule_makes_nothing(run):
    assert dates(run("recurring", "skip", "1", "--json"))[0] == "2026-02-28"
    assert run("recurring", "resume", "1", "--json").json["state"] == "active"
    assert run("recurring", "stop", "1").code == 0
    with clock.stopped(dt.date(2026, 6, 1)):
        assert run("recurring", "run", "--json").json["made"] == []
    assert run("recurring", "stop", "99").code == 1
