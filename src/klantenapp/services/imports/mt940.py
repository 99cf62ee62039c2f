"""Statements from MT940, in the dialects of the Dutch banks and most others.

The file is divided into its tags with the line of each; what a tag holds is read leniently, that
a statement is whole is checked strictly. The text of `:86:` is in `mt940_text.py`.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from klantenapp.models.values import MAX_CENTS, Money
from klantenapp.services.errors.bank_files import (
    NoStatement,
    NotABankFile,
    OtherMessage,
    StatementCutOff,
    StatementFieldBroken,
)
from klantenapp.services.errors.imports import EncodingUnknown
from klantenapp.services.imports import mt940_text
from klantenapp.services.imports.bank_model import (
    EURO,
    BankFile,
    BankLine,
    BankStatement,
    identified,
)
from klantenapp.services.imports.source import encoding_of, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from klantenapp.services.imports.source import Source

_TAG = re.compile(r"\s{0,3}:(\d{2}[A-Z]?|NS):(.*)", re.DOTALL)
_KNOWN = re.compile(rb"(?m)^\s{0,3}:(?:20|25|28C?|60[FM]|61|62[FM]|86):")
#: Ends a statement, or stands between two: "-", "-}", a block header, "ABNANL2A", "940".
_BETWEEN = re.compile(r"-\s*|-\}.*|\{[1-5]:.*|:940:.*", re.DOTALL)
_BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3})?(\d{1,16}[,.]\d{0,2}|\d{1,16}[,.]\d{2})\s*")
_LINE = re.compile(
    r"(?P<value>\d{6})(?P<entry>\d{4})?(?P<mark>RC|RD|C|D)(?P<funds>[A-Z])?\s*"
    r"(?P<amount>\d{1,15}(?:[,.]\d{0,2})?)(?![\d,.])(?P<rest>.*)",
    re.DOTALL,
)
#: Lines that one tag goes on for; the longest real text has 30.
_MOST_LINES = 1_000
_CENTURY = 80  # two-digit years from 80 are of the last century
_LATE_FEBRUARY = (29, 30)


@dataclass(frozen=True, slots=True)
class _Tag:
    line: int
    name: str
    content: str


@dataclass
class _Block:
    """The tags of one statement, in order."""

    line: int
    tags: list[_Tag] = field(default_factory=list)

    def last(self, *names: str) -> _Tag | None:
        return next((tag for tag in reversed(self.tags) if tag.name in names), None)


def is_mt940(data: bytes) -> bool:
    """Whether the start of a file has a tag of this format at the start of a line."""
    return bool(_KNOWN.search(data.replace(b"\0", b"").replace(b"\r", b"\n")))


def read(source: Source) -> BankFile:
    """Read all statements.

    Raises:
        NotABankFile: no tags of this format.
        OtherMessage: an MT942, which has no balances.
        NoStatement: nothing that is a statement.
        StatementCutOff: a statement without account or balances, with its line.
        StatementFieldBroken: a tag that cannot be read, with its line.
        EncodingsMixed, EncodingUnknown, LineTooLong: the text itself.
    """
    statements = [_statement(source, block) for block in _blocks(_tags(source))]
    if not statements:
        raise NoStatement(source.name)
    return BankFile(source.name, "MT940", identified(statements))


def _encoding(source: Source) -> str:
    """Old exports are in the code page of DOS, in which every byte is a letter."""
    try:
        return encoding_of(source)
    except EncodingUnknown:
        if b"\0" in source.head():
            raise
        return "cp850"


def _tags(source: Source) -> Iterator[_Tag]:
    """Tags with everything up to the next one; "" names the space between statements."""
    current: _Tag | None = None
    below: list[str] = []
    wrapped = ""
    for number, raw in enumerate(lines_of(source, _encoding(source)), start=1):
        text = wrapped + raw.rstrip("\r\n\x1a")
        wrapped = ""
        if text.strip() == ":":
            wrapped = ":"
            continue
        between = _BETWEEN.fullmatch(text)
        match = _TAG.match(text)
        if not between and not match:
            below.append(text)
            if len(below) > _MOST_LINES:
                raise _broken(source, current) if current else NotABankFile(source.name)
            continue
        if current:
            yield _with_lines(current, below)
        if between:
            yield _Tag(number, "", "")
        current = _Tag(number, match[1], match[2]) if match and not between else None
        below.clear()
    if current:
        yield _with_lines(current, below)


def _with_lines(tag: _Tag, below: list[str]) -> _Tag:
    """A tag with the lines under it that start no other one."""
    return replace(tag, content="\n".join([tag.content, *below])) if below else tag


def _blocks(tags: Iterable[_Tag]) -> Iterator[_Block]:
    """Divide at `:20:` and at what stands between statements."""
    block: _Block | None = None
    for tag in tags:
        if tag.name in {"", "20"} and block:
            yield block
            block = None
        if tag.name:
            block = block or _Block(tag.line)
            block.tags.append(tag)
    if block:
        yield block


def _statement(source: Source, block: _Block) -> BankStatement:
    _check_whole(source, block)
    account_tag = block.tags[_index(block, "25")]
    opening_tag = block.tags[_index(block, "60F", "60M")]
    closing_tag = block.tags[_index(block, "62F", "62M")]
    opening, currency, from_date = _balance(source, opening_tag, EURO)
    closing, _currency, to_date = _balance(source, closing_tag, currency)
    number = block.last("28C", "28")
    lines = tuple(_lines(source, block, currency))
    return BankStatement(
        account=_account(account_tag.content),
        currency=currency,
        number=" ".join(number.content.split()) or None if number else None,
        opening=opening,
        closing=closing,
        from_date=min([line.booked for line in lines], default=from_date),
        to_date=max([to_date, *(line.booked for line in lines)]),
        lines=lines,
    )


def _index(block: _Block, *names: str) -> int:
    return next(index for index, tag in enumerate(block.tags) if tag.name in names)


def _check_whole(source: Source, block: _Block) -> None:
    names = [tag.name for tag in block.tags]
    end = block.tags[-1].line
    if {"34F", "13D", "13"} & set(names) and not {"60F", "60M"} & set(names):
        raise OtherMessage(source.name, "MT942")
    for wanted in (("25",), ("60F", "60M"), ("62F", "62M")):
        if not set(wanted) & set(names):
            raise StatementCutOff(source.name, end, f":{wanted[0]}:")
    accounts = [tag for tag in block.tags if tag.name == "25"]
    if len(accounts) > 1:
        content = accounts[1].content
        raise StatementFieldBroken(source.name, accounts[1].line, ":25:", content[:40])


def _account(content: str) -> str:
    """The account without its currency or the bank in front of it."""
    first = content.split("\n", maxsplit=1)[0].strip()
    text = re.sub(r"\s*\b[A-Z]{3}\s*$|(?<=\d)[A-Z]{3}\s*$", "", first)
    text = text.removeprefix("TRIODOSBANK/").replace(" ", "").rstrip("/")
    return text.replace(".", "") or content.strip()


def _balance(source: Source, tag: _Tag, currency: str) -> tuple[Money, str, dt.date]:
    match = _BALANCE.fullmatch(tag.content.replace("\n", ""))
    if not match:
        raise _broken(source, tag)
    amount = _money(source, tag, match[4])
    day = _day(source, tag, match[2], lenient=False)
    return (-amount if match[1] == "D" else amount), match[3] or currency, day


def _broken(source: Source, tag: _Tag) -> StatementFieldBroken:
    value = " ".join(tag.content.split())[:40]
    return StatementFieldBroken(source.name, tag.line, f":{tag.name}:", value)


def _money(source: Source, tag: _Tag, text: str) -> Money:
    whole, _, cents = text.replace(".", ",").partition(",")
    amount = int(whole) * 100 + int(cents.ljust(2, "0"))
    if amount > MAX_CENTS:
        raise _broken(source, tag)
    return Money(amount)


def _day(source: Source, tag: _Tag, text: str, *, lenient: bool) -> dt.date:
    """A day of six digits; some banks count interest to a 30th of February."""
    year, month, day = int(text[:2]), int(text[2:4]), int(text[4:])
    year += 1900 if year >= _CENTURY else 2000
    if lenient and month == 2 and day in _LATE_FEBRUARY:  # noqa: PLR2004 - February
        day = min(day, calendar.monthrange(year, month)[1])
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise _broken(source, tag) from None


def _booked(source: Source, tag: _Tag, value_date: dt.date, text: str | None) -> dt.date:
    """The entry date has no year: it is the one nearest to the value date."""
    if not text:
        return value_date
    candidates = []
    for year in (value_date.year - 1, value_date.year, value_date.year + 1):
        try:
            candidates.append(dt.date(year, int(text[:2]), int(text[2:])))
        except ValueError:
            continue
    if not candidates:
        raise _broken(source, tag)
    return min(candidates, key=lambda day: abs((day - value_date).days))


def _lines(source: Source, block: _Block, currency: str) -> Iterator[BankLine]:
    """Each `:61:` with the texts that follow it before the next one or the closing balance."""
    entry: _Tag | None = None
    texts: list[str] = []
    position = 0
    for tag in block.tags:
        if tag.name in {"61", "62F", "62M"} and entry:
            position += 1
            yield _line(source, entry, texts, currency, position)
            entry = None
        if tag.name == "61":
            entry, texts = tag, []
        elif entry and tag.name in {"86", "NS"}:
            texts.append(tag.content)


def _line(source: Source, tag: _Tag, texts: list[str], currency: str, position: int) -> BankLine:
    match = _LINE.fullmatch(tag.content) or _LINE.fullmatch(tag.content.replace("\n", "", 1))
    if not match:
        raise _broken(source, tag)
    amount = _money(source, tag, match["amount"])
    value_date = _day(source, tag, match["value"], lenient=True)
    is_paid = match["mark"] in {"D", "RC"}
    return BankLine(
        position=position,
        line=tag.line,
        booked=_booked(source, tag, value_date, match["entry"]),
        value_date=value_date,
        amount=-amount if is_paid else amount,
        currency=currency,
        details=mt940_text.details_of(match["rest"], texts),
    )


def recognised(source: Source) -> None:
    """Go on only with a file that has tags of this format.

    Raises:
        NotABankFile: none in its first bytes.
    """
    if not is_mt940(source.head()):
        raise NotABankFile(source.name)
