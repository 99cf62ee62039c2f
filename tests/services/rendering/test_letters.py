"""A filled template taken apart into a letter."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import snapshots
from tests.factories.pages import words

from klantenapp.services.messages import templates
from klantenapp.services.messages.template_texts import PLACEHOLDERS, REMINDERS
from klantenapp.services.rendering.letters import written
from klantenapp.services.rendering.pdf.letter import render
from klantenapp.services.rendering.snapshot import Paragraph, Run


@dataclasses.dataclass(frozen=True)
class Piece:
    text: str
    field: str = ""


def said(paragraphs):
    return ["".join(run.text for run in paragraph.runs) for paragraph in paragraphs]


def test_table_payment_and_signature_are_more_than_words():
    letter = written(
        [
            Piece("Geachte heer Proefstra", "salutation"),
            Piece(",\n\nBetaal "),
            Piece("€ 10,00", "principal"),
            Piece(" nu.\n\n"),
            Piece("factuur 1\nfactuur 2", "specification"),
            Piece("\n\nDank u.\n\n"),
            Piece("op NL02 ...", "payment"),
            Piece("\n\nMet vriendelijke groet,\n"),
            Piece("Sanne de Wilde\nNoordkade", "signature"),
        ]
    )
    assert said(letter.body) == ["Geachte heer Proefstra,", "Betaal € 10,00 nu."]
    assert letter.body[1].runs[1] == Run("€ 10,00", bold=True)
    assert said(letter.after) == ["Dank u."]
    assert (letter.closing, letter.signatory) == (
        "Met vriendelijke groet,",
        "Sanne de Wilde\nNoordkade",
    )
    assert letter.has_table
    assert letter.has_payment


def test_a_value_is_never_read_as_structure():
    letter = written([Piece("Aan "), Piece("A\n\n{total}", "customer"), Piece(".")])
    assert letter.body == [Paragraph((Run("Aan "), Run("A\n\n{total}"), Run(".")))]


def test_a_placeholder_inside_a_sentence_is_words():
    letter = written([Piece("Zie "), Piece("de lijst", "specification"), Piece(" hieronder.")])
    assert said(letter.body) == ["Zie de lijst hieronder."]
    assert not letter.has_table


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", REMINDERS)
def test_every_default_reminder_becomes_a_letter_with_nothing_lost(kind, language):
    values = {name: f"<{name}>" for name in PLACEHOLDERS[kind]}
    text = templates.default(kind, language)
    letter = written(templates.pieces(text.body, values))
    seen = words(
        render(
            snapshots.letter(
                language=language,
                body=tuple(letter.body),
                after=tuple(letter.after),
                closing=letter.closing,
                signatory=letter.signatory,
            )
        )
    )
    assert letter.has_table
    assert letter.signatory == "<signature>"
    for sentence in templates.fill(text, values).body.split():
        if sentence not in ("<specification>", "<payment>"):
            assert sentence in seen


@given(st.lists(st.builds(Piece, st.text(), st.sampled_from(["", "total", "customer"]))))
def test_no_word_of_a_text_is_lost(pieces):
    letter = written(pieces)
    kept = "".join(said(letter.body) + said(letter.after))
    assert "".join(kept.split()) == "".join("".join(piece.text for piece in pieces).split())
