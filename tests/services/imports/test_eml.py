from __future__ import annotations

import datetime as dt
import re
import time

import pytest
from tests.real_files import real_file

from klantenapp.services.errors import imports as errors
from klantenapp.services.imports import eml, html_text, mail_text
from klantenapp.services.imports.result import RefusedLine
from klantenapp.services.imports.source import Source

COUNT = 56


def mails(data: str | bytes):
    raw = data.encode() if isinstance(data, str) else data
    return list(eml.mails_of(Source.of_bytes("post.eml", raw)))


def mail(data: str | bytes) -> eml.Mail:
    (found,) = mails(data)
    assert isinstance(found, eml.Mail)
    return found


HEAD = (
    "From: Jan <jan@voorbeeld.example>\r\nTo: els@voorbeeld.example\r\nSubject: Hallo\r\n"
    "Date: Mon, 23 Nov 2026 10:00:00 +0100\r\nMessage-ID: <1@voorbeeld.example>\r\n"
)


def test_every_real_mail_gives_a_result():
    folder = real_file("eml/mikel")
    paths = sorted(folder.iterdir())
    assert len(paths) == COUNT
    for path in paths:
        source = Source.of(path)
        assert eml.is_mail(source.head()), path.name
        (found,) = eml.mails_of(source)
        assert isinstance(found, eml.Mail), path.name
        # as grep sees it: the first header of that name in the raw file
        stated = re.search(rb"(?mi)^Message-ID:\s*(<[^<>\s]+>)", path.read_bytes())
        if stated:
            assert found.message_id == stated[1].decode(), path.name


#: file -> sender, subject, start of the text, names of attachments; read with the eye
READ = {
    "basic_email.eml": ("test@lindsaar.net", "Testing 123", "Plain email.", []),
    "attachment_nonascii_filename.eml": (
        "foo@example.com",
        "testing",
        "This is the first part.",
        ["ciële.txt"],
    ),
    "attachment_message_rfc822.eml": (
        "foo@example.com",
        "testing",
        "This is the first part.",
        ["ForwardedMessage.eml"],
    ),
    "japanese_attachment.eml": ("raasdnil@gmail.com", "testing", "testing", ["てすと.txt"]),
    "japanese_shift_jis.eml": ("xxxxxxx@docomo.ne.jp", "test", "あいうえお", []),
    "ks_c_5601-1987.eml": ("from@example.com", "test", "스티해", []),
    "raw_email_incorrect_header.eml": (
        "xxx@xxx.xxx",
        "Stop adware/spyware once and for all.",
        "You are infected with:",
        [],
    ),
    "raw_email_with_illegal_boundary.eml": (
        "email_test@me.nowhere",
        "Testing outlook",
        "Hello\nThis is an outlook test",
        [],
    ),
    "utf8_headers.eml": ("jdöe@mächine.example", "Säying Hello", "body", []),
    "mix_caps_content_type.eml": ("bb@bug.com", "undef method parameter bug", "foo bar", []),
    "raw_email_multiple_from.eml": (
        "tim@powerupdev.com",
        "/home/svn/public/minebox revision 214",
        "<p><b>recordkick</b>",
        [],
    ),
    "sig_only_email.eml": (
        "test@test.lindsaar.net",
        "Re: Testing multipart/signed",
        "This is random text",
        ["signature.asc"],
    ),
}


@pytest.mark.parametrize("name", READ)
def test_a_real_mail_reads_as_the_eye_does(name):
    sender, subject, text, files = READ[name]
    (found,) = eml.mails_of(Source.of(real_file(f"eml/mikel/{name}")))
    assert found.sender[0].email == sender
    assert found.subject == subject
    assert found.text.startswith(text)
    assert [file.name for file in found.attachments] == files


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("raw_email_bad_time.eml", "2008-06-30T02:34:00-07:00"),  # the year 3609: the server's
        ("raw_email_with_bad_date.eml", "2007-11-05T20:17:37+11:00"),
        ("raw_email_string_in_date_field.eml", "2008-09-20T20:04:30+03:00"),
        ("japanese.eml", None),
    ],
)
def test_a_broken_date_falls_back_and_a_missing_one_is_none(name, date):
    (found,) = eml.mails_of(Source.of(real_file(f"eml/mikel/{name}")))
    assert found.date == (dt.datetime.fromisoformat(date) if date else None)


def test_what_it_answers_is_known():
    found = mail(HEAD + "In-Reply-To: <0@x.nl>\r\nReferences: <a@x.nl>\r\n <0@x.nl>\r\n\r\nJa\r\n")
    assert found.in_reply_to == "<0@x.nl>"
    assert found.references == ("<a@x.nl>", "<0@x.nl>")
    assert (found.message_id, found.text) == ("<1@voorbeeld.example>", "Ja")
    assert mail(HEAD + "References: <a@x.nl> <b@x.nl>\r\n\r\nJa").in_reply_to == "<b@x.nl>"


def test_a_box_gives_each_mail_with_its_line_and_a_text_that_starts_with_from_stays_one():
    box = (
        "From jan@x.nl Mon Nov 23 10:00:00 2026\n" + HEAD.replace("\r\n", "\n") + "\n"
        "Eerste\n\nFrom today on we are closed.\n>From hier\n\n"
        "From els@x.nl Mon Nov 23 11:00:00 2026\nFrom: Els <els@x.nl>\nSubject: Twee\n\nTweede\n"
    )
    first, second = mails(box)
    assert first.text == "Eerste\n\nFrom today on we are closed.\nFrom hier"
    assert (second.line, second.subject, second.text) == (13, "Twee", "Tweede")


def test_what_is_no_mail_is_refused_by_line_and_the_rest_of_a_box_is_read():
    box = (
        "From a@x.nl Mon Nov 23 10:00:00 2026\nzomaar tekst\n\n"
        "From b@x.nl Mon Nov 23 11:00:00 2026\nSubject: Goed\n\nx\n"
    )
    bad, good = mails(box)
    assert isinstance(bad, RefusedLine)
    assert isinstance(bad.failure, errors.NotAMail)
    assert bad.line == 1
    assert good.subject == "Goed"
    assert not eml.is_mail(b"zomaar tekst")
    assert not eml.is_mail(b"BEGIN:VCARD\r\n")


def test_a_mail_of_a_hundred_megabytes_is_refused_in_words():
    big = HEAD.encode() + b"\r\n" + b"x" * 76 + b"\r\n" + (b"y" * 999 + b"\n") * 41_000
    (found,) = mails(big)
    assert isinstance(found.failure, errors.MailTooLarge)
    assert found.failure.limit == 40


def multipart(*parts, subtype="mixed"):
    body = "".join(f"--grens\r\n{part}\r\n" for part in parts)
    return (
        HEAD + f'MIME-Version: 1.0\r\nContent-Type: multipart/{subtype}; boundary="grens"\r\n\r\n'
        f"{body}--grens--\r\n"
    )


def test_plain_text_goes_before_html_and_html_is_kept():
    found = mail(
        multipart(
            "Content-Type: text/plain; charset=utf-8\r\n\r\nHoi",
            "Content-Type: text/html\r\n\r\n<p>Hoi</p>",
            subtype="alternative",
        )
    )
    assert (found.text, found.html) == ("Hoi", "<p>Hoi</p>")


def test_html_becomes_text_and_nothing_is_loaded():
    page = (
        "<html><head><title>x</title><style>p{}</style></head><body><h1>Factuur&nbsp;1</h1>"
        '<p>Beste <b>Jan</b>,<br>dank.</p><img src="http://kwaad.example/spion.gif">'
        '<img src="cid:1" alt="logo"><ul><li>een<li>twee</ul>'
        '<a href="https://voorbeeld.example/b">Betaal</a><a href="javascript:x()">klik</a>'
        "<script>alert(1)</script></body></html>"
    )
    found = mail(HEAD + "Content-Type: text/html; charset=utf-8\r\n\r\n" + page)
    assert found.text == (
        "Factuur 1\n\nBeste Jan,\ndank.\n[logo]\n\n• een\n\n• twee\n\n"
        "Betaal (https://voorbeeld.example/b)klik"
    )
    assert "kwaad.example" not in found.text


@pytest.mark.parametrize(
    "page", ["<" * 300_000, "<!--" * 80_000, "<a " * 90_000, "<div>" * 100_000, "&" * 400_000, ""]
)
def test_hostile_html_takes_no_time(page):
    started = time.process_time()
    html_text.text_of(page)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\x.exe", "x.exe"),
        ("CON.pdf", "_CON.pdf"),
        ("a.pdf:ads", "a.pdf_ads"),
        ("x\u202efdp.exe", "xfdp.exe"),
        ("...", "bijlage"),
        ("", "bijlage"),
        ("=?utf-8?q?Caf=C3=A9.pdf?=", "Café.pdf"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_file_names_are_made_safe(name, safe):
    assert mail_text.safe_name(name, "bijlage") == safe


def test_attachments_keep_their_bytes():
    found = mail(
        multipart(
            "Content-Type: text/plain\r\n\r\nZie bijlage",
            'Content-Type: application/pdf; name="f.pdf"\r\nContent-Transfer-Encoding: base64\r\n'
            "Content-Disposition: attachment\r\n\r\nJVBERi0=",
        )
    )
    (file,) = found.attachments
    assert (file.name, file.media_type, file.content) == ("f.pdf", "application/pdf", b"%PDF-")


@pytest.mark.parametrize("charset", ["x-onzin", "hex", "punycode", "utf-8\x00", '"'])
def test_an_unknown_charset_is_no_disaster(charset):
    data = HEAD.encode() + b"Content-Type: text/plain; charset=" + charset.encode()
    assert mail(data + b"\r\n\r\nCaf\xe9").text == "Café"


def test_encoded_words_that_are_split_inside_a_letter_are_joined():
    words = "=?utf-8?B?w6k=?= =?utf-8?Q?=C3?=\r\n =?utf-8?Q?=A9_x?= =?x?Q?y?= =?utf-8?B?!!!?="
    assert mail_text.header_text(words.replace("\r\n", "\n")) == "éé xy"


def test_thousands_of_parts_inside_each_other_are_refused_or_read_in_time():
    nest = "".join(
        f'Content-Type: multipart/mixed; boundary="{n}"\r\n\r\n--{n}\r\n' for n in range(3_000)
    )
    started = time.process_time()
    assert len(mails(HEAD + nest)) == 1
    assert time.process_time() - started < 5
