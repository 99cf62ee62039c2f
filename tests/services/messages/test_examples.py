"""A template can always be shown: every placeholder of every kind has a value."""

from functools import partial

import pytest

from klantenapp.i18n import LANGUAGES
from klantenapp.services.messages import examples, templates
from klantenapp.services.messages.template_texts import KINDS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_default_can_be_shown_with_an_example(world, kind, language):
    known = world.ask(partial(examples.example, kind=kind, language=language))
    text = templates.fill(templates.default(kind, language), known)
    assert "{" not in text.subject + text.body


def test_an_example_is_the_newest_real_one(world):
    world.invoice("2026-0158")
    known = world.ask(partial(examples.example, kind="invoice", language="nl"))
    assert (known["number"], known["customer"]) == ("2026-0158", "Voorbeeld Bouw B.V.")
