"""Every failure that the services can raise has a sentence, made of what the failure carries."""

import dataclasses
import importlib
import pkgutil
import string

import pytest

from klantenapp.sentences import speak
from klantenapp.services import errors
from klantenapp.services.errors.base import Invalid, Refusal

_ROOTS = {Refusal, Invalid}


def failures():
    for found in pkgutil.iter_modules(errors.__path__):
        module = importlib.import_module(f"{errors.__name__}.{found.name}")
        for value in vars(module).values():
            is_failure = isinstance(value, type) and issubclass(value, Refusal)
            if is_failure and value.__module__ == module.__name__ and value not in _ROOTS:
                yield value


@pytest.mark.parametrize("failure", list(failures()), ids=lambda each: each.__name__)
def test_it_has_a_sentence_with_its_own_data(failure):
    message = speak._table("SENTENCES").get(failure)
    assert message is not None, "add it to klantenapp/sentences"
    known = {field.name for field in dataclasses.fields(failure)}
    for text in message if isinstance(message, tuple) else (message,):
        used = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        assert used <= known
