"""The runner of the benchmarks."""

import json

from benchmarks import run
from benchmarks.case import Case


def test_work_and_limit_take_turns_and_the_first_round_does_not_count():
    calls = []
    case = Case(
        work=lambda: calls.append("work"),
        limit=lambda: calls.append("limit"),
        rounds=3,
        close=lambda: calls.append("closed"),
    )
    assert set(run.measure(case)) == {"work_ms", "limit_ms", "ratio"}
    assert calls == ["work", "limit"] * 4 + ["closed"]


def test_every_case_has_a_name_of_its_own():
    names = [name for name, _ in run.cases()]
    assert "pdf.one_page" in names
    assert len(names) == len(set(names))


def test_an_unknown_name_is_a_mistake_in_the_call(capsys):
    assert run.main(["nothing-like-this"]) == 2
    assert "NAME" in capsys.readouterr().out


def test_figures_come_as_a_table_or_as_json(capsys, monkeypatch):
    monkeypatch.setattr(run, "cases", lambda: iter([("a.b", lambda: Case(dict, dict, rounds=1))]))
    assert run.main([]) == 0
    assert "a.b" in capsys.readouterr().out
    assert run.main(["--json", "a."]) == 0
    assert set(json.loads(capsys.readouterr().out)) == {"a.b"}
