"""The rules of reminding in the settings, on a real file: policies, steps, tables of the law."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.ui.panels import real

from klantenapp.models.values import Money, Percent
from klantenapp.services.messages import templates
from klantenapp.services.reminders import legal_tables, policy
from klantenapp.services.reminders.interest import Kind
from klantenapp.ui.contact.template_editor import TemplatesDialog
from klantenapp.ui.panels.settings.legal_rates import (
    RateDialog,
    RatesDialog,
    ScaleDialog,
    ScalesDialog,
)
from klantenapp.ui.panels.settings.reminder_steps import PolicyDialog, StepDialog
from klantenapp.ui.panels.settings.reminders import RemindersSection

D = dt.date


@pytest.fixture
def window(qtbot, administration):
    shown = real.opened(qtbot, administration.path)
    yield shown
    real.close(shown)


@pytest.fixture
def section(qtbot, window):
    page = real.go(qtbot, window, "settings", section="reminders")
    (found,) = page.findChildren(RemindersSection)
    real.settle(qtbot, window)
    return found


def steps(administration):
    return administration.read(policy.default).steps


def put(editor, text):
    editor.selectAll()
    QTest.keyClicks(editor, text)


def test_days_that_go_backwards_are_refused_at_their_field(qtbot, window, section, administration):
    editor = section.steps[1].days
    editor.setFocus()
    put(editor, "6")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    real.settle(qtbot, window)
    assert steps(administration)[1].days == 21
    assert section.note.isVisible()
    assert "21" in editor.toolTip() or "dag" in editor.toolTip().lower()
    editor = section.steps[1].days
    put(editor, "20")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    real.settle(qtbot, window)
    assert steps(administration)[1].days == 20
    assert not section.note.isVisible()


def test_a_step_is_changed_removed_and_added_in_its_own_place(
    qtbot, window, section, administration
):
    section._asked(0, "edit")
    asked = real.dialog(qtbot, window, StepDialog)
    fields = {name: field.input for name, field in asked.form.fields.items()}
    put(fields["minimum"], "25,00")
    fields["with_costs"].set_value(True)
    asked._save()
    real.settle(qtbot, window)
    assert asked.form.fields["with_costs"].error  # a consumer owes no costs before the letter
    fields["with_costs"].set_value(False)
    asked._save()
    real.settle(qtbot, window)
    assert steps(administration)[0].minimum == Money(2500)
    section._asked(3, "remove")
    real.settle(qtbot, window)
    assert "notice" not in [step.kind for step in steps(administration)]
    section._open_step(None)
    asked = real.dialog(qtbot, window, StepDialog)
    assert asked.kind.value() == "notice"
    assert asked.audience.value() == "business"
    assert not asked.audience.isEnabled()
    put(asked.form.fields["days"].input, "40")
    asked._save()
    real.settle(qtbot, window)
    assert [step.kind for step in steps(administration)] == [
        "reminder",
        "second_reminder",
        "fourteen_day_letter",
        "notice",
        "handover",
    ]


def test_other_rules_are_made_renamed_made_the_default_and_deleted(
    qtbot, window, section, administration
):
    section._new()
    asked = real.dialog(qtbot, window, PolicyDialog)
    asked._save()
    real.settle(qtbot, window)
    assert asked.form.fields["name"].error
    put(asked.form.fields["name"].input, "Rustig")
    asked._save()
    real.settle(qtbot, window)
    assert section.which.currentText() == "Rustig"
    section._asked(0, "text")
    texts = real.dialog(qtbot, window, TemplatesDialog)
    real.settle(qtbot, window)
    assert texts.kind.currentText() == "Herinnering (Rustig)"
    texts.subject.set_value("Voor u")
    texts._keep()
    real.settle(qtbot, window)
    kind = templates.of_policy("reminder", section._policy_id)
    read = partial(templates.read, kind=kind, language="nl")
    assert administration.read(read).subject == "Voor u"
    texts.reject()
    section._rename()
    asked = real.dialog(qtbot, window, PolicyDialog)
    put(asked.form.fields["name"].input, "Rustig aan")
    asked._save()
    real.settle(qtbot, window)
    assert section.acts["remove"].isEnabled()
    section.acts["default"].click()
    real.settle(qtbot, window)
    assert administration.read(policy.default).name == "Rustig aan"
    assert not section.acts["remove"].isEnabled()
    section.which.set_value(next(i for i, p in section._shown.policies.items() if not p.is_default))
    section._choose()
    section.acts["remove"].click()
    real.settle(qtbot, window)
    assert len(administration.read(policy.policies)) == 1


def test_a_rate_is_added_changed_and_deleted_and_a_hole_refused(
    qtbot, window, section, administration
):
    def last():
        return administration.read(partial(legal_tables.rates, kind=Kind.COMMERCIAL))[-1]

    section._open_rates(Kind.COMMERCIAL)
    table = real.dialog(qtbot, window, RatesDialog)
    real.settle(qtbot, window)
    assert "niet zeker" in table.view.current_row().text
    table.new.click()
    asked = real.dialog(qtbot, window, RateDialog)
    fields = asked.form.fields
    fields["valid_from"].input.set_value(D(2027, 7, 1))
    fields["percent"].input.set_value(Percent(1025))
    asked._save()
    real.settle(qtbot, window)
    assert "half" in fields["valid_from"].error
    fields["valid_from"].input.set_value(D(2027, 1, 1))
    asked._save()
    real.settle(qtbot, window)
    assert (last().valid_from, last().percent) == (D(2027, 1, 1), Percent(1025))
    table.edit()
    asked = real.dialog(qtbot, window, RateDialog)
    asked.form.fields["percent"].input.set_value(Percent(1040))
    asked._save()
    real.settle(qtbot, window)
    assert last().percent == Percent(1040)
    table.remove.click()
    real.settle(qtbot, window)
    assert last().valid_from == D(2026, 7, 1)


def test_a_scale_of_costs_is_added_from_a_later_day(qtbot, window, section, administration):
    table = ScalesDialog(section.shell)
    table.open()
    real.settle(qtbot, window)
    assert table.model.rowCount() == 5
    assert not table.remove.isEnabled()
    table.add()
    asked = real.dialog(qtbot, window, ScaleDialog)
    fields = asked.form.fields
    fields["valid_from"].input.set_value(D(2012, 7, 1))
    asked._save()
    real.settle(qtbot, window)
    assert fields["valid_from"].error
    fields["valid_from"].input.set_value(D(2027, 1, 1))
    fields["minimum"].input.set_value(Money(5000))
    asked._save()
    real.settle(qtbot, window)
    scales = administration.read(lambda session: list(legal_tables.scales(session)))
    assert [scale.minimum for scale in scales] == [Money(4000), Money(5000)]
    assert table.model.rowCount() == 10
