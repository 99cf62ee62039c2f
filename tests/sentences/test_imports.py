from __future__ import annotations

import dataclasses
import inspect
from typing import get_type_hints

import pytest

from klantenapp import i18n
from klantenapp.sentences import speak
from klantenapp.sentences.imports import FIELD_TITLES
from klantenapp.services.errors import imports as failures
from klantenapp.services.errors.base import Refusal
from klantenapp.services.imports.fields import CUSTOMER_FIELDS, INVOICE_FIELDS, ITEM_FIELDS

CLASSES = [
    value
    for _name, value in inspect.getmembers(failures, inspect.isclass)
    if issubclass(value, Refusal) and value.__module__ == failures.__name__
]


def example(kind):
    hints = get_type_hints(kind)
    values = {
        field.name: 17 if hints[field.name] is int else f"<{field.name}>"
        for field in dataclasses.fields(kind)
    }
    return kind(**values)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", CLASSES)
def test_every_failure_says_all_it_knows_in_both_languages(kind, language):
    i18n.set_language(language)
    failure = example(kind)
    said = speak.sentence(failure)
    for value in vars(failure).values():
        assert str(value) in said
    assert said.endswith(".")


def test_every_field_has_a_title():
    for fields in (CUSTOMER_FIELDS, ITEM_FIELDS, INVOICE_FIELDS):
        for field in fields:
            assert FIELD_TITLES[field.key]
