from dataclasses import dataclass
from typing import ClassVar

import pytest
from PySide6.QtCore import Qt

from klantenapp.models.values import Money
from klantenapp.sentences import speak
from klantenapp.services.errors.base import Invalid, NotFound, Refusal
from klantenapp.ui.forms.form import Form
from klantenapp.ui.widgets.fields import OverridableField
from klantenapp.ui.widgets.inputs import ChoiceInput, TextInput
from klantenapp.ui.widgets.value_inputs import IntInput, MoneyInput


@dataclass(frozen=True)
class Customer:
    name: str
    terms: int
    limit: Money | None = None
    note: str = "kept"


@dataclass(eq=False)
class NoName(Refusal):
    field: ClassVar[str] = "name"


@dataclass(eq=False)
class TooShort(Refusal):
    length: int


@pytest.fixture(autouse=True)
def _sentences(monkeypatch):
    own = {NoName: "Vul een naam in.", TooShort: "Dit nummer is te kort."}
    monkeypatch.setattr(speak, "sentence", lambda failure: own.get(type(failure), "Bestaat niet."))


@pytest.fixture
def saved():
    return []


@pytest.fixture
def form(qtbot, saved):
    made = Form(lambda name, value: saved.append((name, value)))
    made.add("name", "Naam", TextInput())
    made.add("terms", "Betaaltermijn", IntInput(suffix="dagen"))
    made.add("limit", "Kredietlimiet", MoneyInput())
    qtbot.addWidget(made)
    made.show()
    made.fill(Customer("Hotel", 30))
    return made


def type_into(qtbot, form, name, text):
    editor = form.fields[name].input
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def test_filling_shows_a_record_and_saves_nothing(form, saved):
    assert form.values() == {"name": "Hotel", "terms": 30, "limit": None}
    assert saved == []


def test_leaving_a_changed_field_saves_it_once(qtbot, form, saved):
    type_into(qtbot, form, "limit", "3*12,50")
    form.fields["name"].input.setFocus()
    assert saved == [("limit", Money(3750))]
    assert form.fields["limit"].input.text() == "37,50"


def test_leaving_an_unchanged_field_saves_nothing(qtbot, form, saved):
    type_into(qtbot, form, "name", "Hotel")
    assert saved == []


def test_what_cannot_be_read_is_told_at_the_field_and_not_saved(qtbot, form, saved):
    type_into(qtbot, form, "limit", "veel")
    assert saved == []
    assert form.fields["limit"].error
    assert form.fields["limit"].input.property("state") == "error"


def test_the_record_keeps_what_the_form_does_not_show(qtbot, form):
    type_into(qtbot, form, "name", "Camping")
    assert form.record() == Customer("Camping", 30)
    assert form.record(note="x").note == "x"


def test_a_failure_stands_at_its_own_field(form):
    assert form.show_failure(NoName())
    assert form.fields["name"].error == "Vul een naam in."


def test_several_failures_stand_at_theirs_and_the_rest_on_top(form):
    failure = Invalid((("terms", TooShort(1)), (None, NoName()), (None, NotFound("a", "b"))))
    assert not form.show_failure(failure)
    assert form.fields["terms"].error == "Dit nummer is te kort."
    assert form.fields["name"].error == "Vul een naam in."
    assert form._note.isVisible()
    form.clear_errors()
    assert not form._note.isVisible()
    assert not form.fields["terms"].error


def test_typing_takes_the_error_away(qtbot, form):
    form.show_failure(NoName())
    qtbot.keyClicks(form.fields["name"].input, "x")
    assert not form.fields["name"].error


def test_a_screen_reader_hears_label_and_error(form):
    form.show_failure(NoName())
    editor = form.fields["name"].input
    assert editor.accessibleName() == "Naam"
    assert editor.accessibleDescription() == "Vul een naam in."


@pytest.fixture
def terms(qtbot):
    field = OverridableField("Betaaltermijn", ChoiceInput([(14, "14 dagen"), (30, "30 dagen")]))
    qtbot.addWidget(field)
    field.set_default(30, "Klant: 30 dagen", "Zoals bij de klant")
    field.set_value(None)
    field.show()
    return field


def test_an_equal_value_says_where_it_comes_from(terms):
    assert not terms.overridden
    assert terms.value() is None
    assert terms.caption.text() == "Zoals bij de klant"


def test_a_differing_value_is_amber_and_reverts_with_one_click(qtbot, terms):
    terms.set_value(14)
    assert terms.value() == 14
    assert terms.input.property("override") == "true"
    assert terms._differing.text() == "Klant: 30 dagen"
    with qtbot.waitSignal(terms.reverted):
        terms._revert.click()
    assert terms.input.value() == 30
    assert terms.input.property("override") is None


def test_reverting_in_a_form_is_saved_as_following_the_default(form, saved, terms):
    form.put("method", terms)
    terms.set_value(14)
    terms.revert()
    assert saved == [("method", None)]
