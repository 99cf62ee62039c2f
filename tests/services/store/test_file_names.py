"""A name from outside becomes one harmless name, and only harmless files are opened."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantenapp.services.store import file_names


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Factuur 2026-0158.pdf", "Factuur 2026-0158.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\x.txt", "x.txt"),
        ("\\\\host\\share\\x.txt", "x.txt"),
        ("a.pdf:ads", "a.pdf_ads"),
        ("x\u202efdp.exe", "xfdp.exe"),
        ("CON.pdf", "_CON.pdf"),
        ("nul", "_nul"),
        ("COM1.tar.gz", "_COM1.tar.gz"),
        ("x. . ", "x"),
        (".", "file"),
        ("..", "file"),
        ("", "file"),
        ("a\x00b\r\nc.txt", "a_b__c.txt"),
        ("é.pdf", "é.pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ("😀.png", "😀.png"),
    ],
)
def test_a_name_is_made_safe(name, expected):
    assert file_names.safe(name) == expected


@given(st.text(max_size=400))
def test_no_name_leaves_its_folder_or_grows_too_long(name):
    made = file_names.safe(name)
    assert made
    assert not set(made) & set('/\\:*?"<>|\0\r\n')
    assert made not in {".", ".."}
    assert len(made.encode()) <= file_names.LIMIT + 1
    assert not made.endswith((" ", "."))
    assert file_names.safe(made) == made


def test_a_long_name_keeps_its_suffix():
    made = file_names.safe("é" * 300 + ".pdf")
    assert made.endswith("é.pdf")
    assert len(made.encode()) <= file_names.LIMIT


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x.pdf", True),
        ("x.JPG", True),
        ("x.exe", False),
        ("x.pdf.exe", False),
        ("x\u202efdp.exe", False),
        ("x.html", False),
        ("x.docm", False),
        ("x.desktop", False),
        ("x.pdf ", True),
        ("x", False),
        ("x.svg", False),
    ],
)
def test_only_what_cannot_run_is_opened(name, expected):
    assert file_names.can_open(name) is expected
