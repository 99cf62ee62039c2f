"""Text that breaks into lines."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from klantenapp.services.rendering.pdf.fonts import printable, unprintable
from klantenapp.services.rendering.pdf.text import BODY, BODY_BOLD, Style, wrap, wrap_pieces


def test_lines_fit_and_nothing_is_lost():
    lines = wrap("Een zin van een aantal woorden die niet op een regel past.", BODY, 120)
    assert len(lines) > 2
    assert " ".join(lines) == "Een zin van een aantal woorden die niet op een regel past."
    assert all(BODY.width(line) <= 120 for line in lines)


def test_a_newline_always_breaks_and_an_empty_line_stays():
    assert wrap("een\n\ntwee\r\ndrie", BODY, 200) == ["een", "", "twee", "drie"]


def test_an_address_breaks_after_its_at_sign():
    lines = wrap("administratie@noordkade.example", BODY, BODY.width("administratie@noordk"))
    assert lines == ["administratie@", "noordkade.example"]


def test_a_long_word_breaks_at_a_seam_where_it_has_one():
    lines = wrap("installatie/onderhoud-contract", BODY, BODY.width("installatie/onde"))
    assert lines[0] == "installatie/"


def test_a_no_break_space_keeps_words_together():
    text = "Betaal €\u00a02.209,62"
    assert wrap(text, BODY, BODY.width(text) - 1) == ["Betaal", "€\u00a02.209,62"]


def test_bold_and_plain_share_lines():
    lines = wrap_pieces([("aan ", BODY), ("vet", BODY_BOLD), (", en verder", BODY)], 500)
    assert lines == [[("aan ", BODY), ("vet", BODY_BOLD), (", en verder", BODY)]]


def test_breaking_takes_time_in_proportion_to_the_text():
    def seconds(length):
        times = []
        for _ in range(3):
            start = time.process_time()
            wrap("x" * length, BODY, 100)
            times.append(time.process_time() - start)
        return min(times)

    assert seconds(80_000) < 40 * max(seconds(8_000), 0.001)


@example(text="A\u0339\u0323", width=1.0)
@given(text=st.text(max_size=500), width=st.floats(1, 400))
def test_any_text_breaks_into_lines_that_fit_or_hold_one_letter(text, width):
    lines = wrap(text, BODY, width)
    shown = printable(text)
    assert "".join("".join(lines).split()) == "".join(shown.split())
    assert all(BODY.width(line) <= width + 0.001 or len(line) == 1 for line in lines)


@given(text=st.text(max_size=200), tracking=st.sampled_from([0, -0.02]))
def test_tracking_counts_in_the_width(text, tracking):
    style = Style(30, 36, tracking=tracking)
    lines = wrap(text, style, 100)
    assert all(style.width(line) <= 100.001 or len(line) == 1 for line in lines)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Jan\u0301", "Jań"),
        ("a\tb", "a b"),
        ("a\u200db\u00adc\u202ed", "abcd"),
        ("\N{CIRCLED DIGIT SEVEN}", "7"),
        ("x\u3000y", "x y"),
        ("\U0001f642", "□"),
        ("你好", "□□"),
        ("a\u2028b", "a\nb"),
        ("\x00\x1f", ""),
    ],
)
def test_what_is_printed_for_a_character(typed, printed):
    assert printable(typed) == printed


def test_characters_that_cannot_be_printed_are_named_once():
    assert unprintable("Jań 🙂🙂 你") == "🙂你"
    assert unprintable("Zoë & <Søn> € – №") == ""
