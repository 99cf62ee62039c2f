import json

import pytest
from tests.scripts.loading import script


def file(covered, every):
    return {
        "summary": {
            "covered_lines": covered,
            "num_statements": every,
            "covered_branches": 0,
            "num_branches": 0,
        }
    }


@pytest.fixture
def gate(tmp_path, monkeypatch):
    module = script("coverage_gate")
    monkeypatch.setattr(module, "MEASURED", tmp_path / "coverage.json")
    monkeypatch.setattr(module, "FLOOR", tmp_path / "coverage.floor")
    return module


def measure(gate, models, ui):
    files = {
        "src/klantenapp/models/a.py": file(models, 50),
        "src/klantenapp/services/b/c.py": file(50, 50),
        "src/klantenapp/ui/d.py": file(ui, 100),
    }
    gate.MEASURED.write_text(json.dumps({"files": files}))


def test_models_and_services_are_measured_together(gate):
    measure(gate, 46, 54)
    report = json.loads(gate.MEASURED.read_text())
    assert gate.measured(report) == {"total": 75.0, "models+services": 96.0}


def test_a_fall_fails_and_a_rise_is_kept(gate, capsys):
    measure(gate, 48, 60)
    assert gate.main(["--raise"]) == 0
    assert gate.floor() == {"total": 79.0, "models+services": 98.0}
    assert gate.main([]) == 0
    measure(gate, 48, 50)
    assert gate.main([]) == 1
    assert "FELL" in capsys.readouterr().out
    gate.main(["--raise"])
    assert gate.floor()["total"] == 79.0


def test_models_and_services_never_lie_below_their_bar(gate):
    measure(gate, 40, 100)
    assert gate.main([]) == 1
