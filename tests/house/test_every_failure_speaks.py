"""Each failure that the program expects has its sentence, and each operation its label."""

import ast
import importlib
import pkgutil
import string
from dataclasses import fields, is_dataclass

import pytest
from tests.house.source import modules

import klantenapp.services
import klantenapp.services.errors
from klantenapp import i18n
from klantenapp.sentences import speak
from klantenapp.services.errors.base import Invalid, Refusal


def walk(package):
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if ".migrations." not in found.name:
            yield importlib.import_module(found.name)


def failures():
    list(walk(klantenapp.services.errors))
    seen, left = set(), [Refusal]
    while left:
        for kind in left.pop().__subclasses__():
            if kind not in seen and kind.__module__.startswith("klantenapp."):
                seen.add(kind)
                left.append(kind)
    return sorted(seen - {Invalid}, key=lambda kind: kind.__qualname__)


def messages(kind):
    message = speak._table("SENTENCES").get(kind, ())
    return (message,) if isinstance(message, str) else tuple(message)


@pytest.mark.parametrize("kind", failures(), ids=lambda kind: kind.__name__)
def test_a_failure_has_a_sentence_that_names_only_its_own_attributes(kind):
    known = next((base for base in kind.__mro__ if base in speak.known_failures()), None)
    assert known is not None, "no sentence"
    assert is_dataclass(kind)
    own = {field.name for field in fields(kind)}
    for message in messages(known):
        for code in i18n.LANGUAGES:
            text = i18n.translator(code).gettext(message)
            named = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
            assert named <= own


def test_failures_are_told_apart_in_the_errors_package_alone():
    found = [
        module.at(node)
        for module in modules()
        if not module.name.startswith("services/errors/")
        for node in module.nodes(ast.ClassDef)
        if any(isinstance(base, ast.Name) and base.id == "Refusal" for base in node.bases)
    ]
    assert found == []


def registered():
    list(walk(klantenapp.services))
    operations = importlib.import_module("klantenapp.services.store.operations")
    # tests that ran before in this process may have made operations of their own
    return frozenset(name for name in operations.names() if not name.startswith("test."))


def test_every_operation_has_a_label():
    assert registered() - speak.known_operations() == frozenset()


def test_every_label_belongs_to_an_operation():
    assert speak.known_operations() - registered() == frozenset()
