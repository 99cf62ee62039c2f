"""Statements from CAMT.053, versions 02 to 13: read by local names, so that versions are one.

Differences between versions: a status is text or `Cd`, a party is wrapped in `Pty`, a BIC is
`BIC` or `BICFI`. Entries stream, and each is dropped after reading.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from klantenapp.models.values import Money, divide_half_up, total
from klantenapp.services.errors.bank_files import (
    NoStatement,
    NotABankFile,
    OtherMessage,
    StatementCutOff,
    StatementFieldBroken,
)
from klantenapp.services.imports import archive
from klantenapp.services.imports.bank_model import (
    EURO,
    BankFile,
    BankLine,
    BankPart,
    BankStatement,
    Details,
    identified,
    meant,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from klantenapp.services.imports.source import Source

#: Other messages of a bank, by the element that holds them.
_MESSAGES = {
    "BkToCstmrAcctRpt": "camt.052",
    "BkToCstmrDbtCdtNtfctn": "camt.054",
    "CstmrCdtTrfInitn": "pain.001",
    "CstmrPmtStsRpt": "pain.002",
    "CstmrDrctDbtInitn": "pain.008",
}
_STATEMENT = "BkToCstmrStmt"
_OPENING = ("OPBD", "PRCD", "ITBD")
_CLOSING = ("CLBD", "ITBD")
_LONGEST = 2_000


def is_camt(head: bytes) -> bool:
    """Whether a file starts as an XML message of a bank does, in any encoding."""
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe\r\n \t")
    return plain.startswith(b"<") and b"<html" not in plain[:500].lower()


def read(source: Source) -> BankFile:
    """Read all statements.

    Raises:
        NotABankFile, OtherMessage: other XML, or another message than a statement.
        NoStatement: the message is empty.
        StatementCutOff, StatementFieldBroken: with line and element.
        XmlDamaged, XmlForbidden, XmlTooDeep, EncodingUnknown: the XML itself.
    """
    reader = _Reader(source)
    with source.open() as stream:
        for event, element in archive.events(source, stream):
            if event == "start":
                reader.start(element)
            else:
                reader.end(element)
    if not reader.is_statement:
        raise NotABankFile(source.name)
    if not reader.statements:
        raise NoStatement(source.name)
    return BankFile(source.name, "CAMT.053", identified(reader.statements))


class _Reader:
    """Collects statements while the elements pass by."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.statements: list[BankStatement] = []
        self.is_statement = False
        self._lines: list[BankLine] = []
        self._inside = False

    def start(self, element: etree._Element) -> None:
        name = _local(element)
        if name == _STATEMENT:
            self.is_statement = True
        elif name in _MESSAGES and not self.is_statement:
            raise OtherMessage(self.source.name, _MESSAGES[name])
        elif name == "Stmt" and self.is_statement:
            self._lines, self._inside = [], True

    def end(self, element: etree._Element) -> None:
        name = _local(element)
        if name == "Ntry" and self._inside:
            self._lines.append(_line(self.source, element, len(self._lines) + 1))
            _forget(element)
        elif name == "Stmt" and self._inside:
            self.statements.append(_statement(self.source, element, self._lines))
            self._inside = False
            _forget(element)


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _forget(element: etree._Element) -> None:
    """Empty an element and drop its finished neighbours of the same kind."""
    name = _local(element)
    element.clear()
    parent, before = element.getparent(), element.getprevious()
    if parent is not None and before is not None and _local(before) == name:
        parent.remove(before)


def _all(element: etree._Element, path: str) -> Iterator[etree._Element]:
    """Descendants by local names: "Acct/Id/IBAN"."""
    name, _, rest = path.partition("/")
    for child in element:
        if _local(child) == name:
            if rest:
                yield from _all(child, rest)
            else:
                yield child


def _text(element: etree._Element, *paths: str) -> str | None:
    """Text at the first path that has any."""
    for path in paths:
        for found in _all(element, path):
            text = " ".join((found.text or "").split())
            if text:
                return text[:_LONGEST]
    return None


def _statement(source: Source, element: etree._Element, lines: list[BankLine]) -> BankStatement:
    place = archive.line_of(element)
    account = _text(element, "Acct/Id/IBAN", "Acct/Id/Othr/Id")
    if account is None:
        raise StatementCutOff(source.name, place, "Acct")
    balances = _balances(source, element)
    opening = next((balances[code][0] for code in _OPENING if code in balances), None)
    closing = next((balances[code][-1] for code in _CLOSING if code in balances), None)
    currency = _text(element, "Acct/Ccy") or (opening[1] if opening else None)
    currency = currency or (closing[1] if closing else None)
    currency = currency or (lines[0].currency if lines else EURO)
    days = [line.booked for line in lines]
    return BankStatement(
        account=account.replace(" ", ""),
        currency=currency,
        number=_text(element, "LglSeqNb", "ElctrncSeqNb", "Id"),
        opening=opening[0] if opening and opening[1] == currency else None,
        closing=closing[0] if closing and closing[1] == currency else None,
        from_date=min([*days, *([opening[2]] if opening and not days else [])], default=None),
        to_date=max([*days, *([closing[2]] if closing else [])], default=None),
        lines=tuple(lines),
    )


def _balances(
    source: Source, element: etree._Element
) -> dict[str, list[tuple[Money, str, dt.date]]]:
    """Per code: signed amounts with currency and day; balances without a day are left out."""
    found: dict[str, list[tuple[Money, str, dt.date]]] = {}
    for balance in _all(element, "Bal"):
        code = _text(balance, "Tp/CdOrPrtry/Cd", "Tp/CdOrPrtry/Prtry")
        if code not in _OPENING and code not in _CLOSING:
            continue
        amount, currency = _amount(source, balance)
        day = _day(source, balance, "Dt/Dt", "Dt/DtTm")
        if day is not None:
            found.setdefault(code, []).append(
                (_signed(amount, _sign(source, balance)), currency, day)
            )
    return found


def _sign(source: Source, element: etree._Element) -> int:
    mark = _text(element, "CdtDbtInd")
    if mark not in {"CRDT", "DBIT"}:
        raise StatementFieldBroken(source.name, archive.line_of(element), "CdtDbtInd", mark or "")
    return 1 if mark == "CRDT" else -1


def _signed(amount: Money, sign: int) -> Money:
    return amount if sign > 0 else -amount


def _amount(source: Source, element: etree._Element, path: str = "Amt") -> tuple[Money, str]:
    """Amount and currency at a path.

    Raises:
        StatementFieldBroken: no amount, too large, or euros with parts of a cent.
    """
    found = next(_all(element, path), None)
    text = (found.text or "").strip() if found is not None else ""
    currency = (found.get("Ccy") or EURO) if found is not None else EURO
    try:
        cents = _cents(text, currency)
    except (ValueError, InvalidOperation):
        raise StatementFieldBroken(
            source.name, archive.line_of(element), "Amt", text[:40]
        ) from None
    return cents, currency


def _cents(text: str, currency: str) -> Money:
    if not text or len(text) > 30 or not text.replace(".", "", 1).isdigit():  # noqa: PLR2004 - ISO allows 18 digits
        raise ValueError(text)
    number = Decimal(text)
    if currency != EURO:  # set aside anyway; dinars have three decimals
        number = Decimal(divide_half_up(int(number.scaleb(6)), 10_000)).scaleb(-2)
    return Money.parse(number)


def _day(source: Source, element: etree._Element, *paths: str) -> dt.date | None:
    text = _text(element, *paths)
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        part = paths[0].partition("/")[0]
        raise StatementFieldBroken(source.name, archive.line_of(element), part, text[:40]) from None


def _line(source: Source, entry: etree._Element, position: int) -> BankLine:
    amount, currency = _amount(source, entry)
    sign = _sign(source, entry)
    value_date = _day(source, entry, "ValDt/Dt", "ValDt/DtTm")
    booked = _day(source, entry, "BookgDt/Dt", "BookgDt/DtTm") or value_date
    place = archive.line_of(entry)
    if booked is None:
        raise StatementFieldBroken(source.name, place, "BookgDt", "")
    payments = list(_all(entry, "NtryDtls/TxDtls"))
    parts = _parts(source, payments, amount, sign) if len(payments) > 1 else ()
    details = _details(entry, payments[0] if len(payments) == 1 else None, sign)
    return BankLine(
        position=position,
        line=place,
        booked=booked,
        value_date=value_date,
        amount=_signed(amount, sign),
        currency=currency,
        details=details,
        parts=parts,
        pending=_text(entry, "Sts/Cd", "Sts") in {"PDNG", "FUTR"},
    )


def _parts(
    source: Source, payments: list[etree._Element], amount: Money, sign: int
) -> tuple[BankPart, ...]:
    """Payments inside a collective line; none where they do not sum to it."""
    found: list[BankPart] = []
    for payment in payments:
        path = next(
            (
                path
                for path in ("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt")
                if next(_all(payment, path), None) is not None
            ),
            None,
        )
        if path is None:
            return ()
        part, _currency = _amount(source, payment, path)
        own = _text(payment, "CdtDbtInd")
        direction = sign if own is None else _sign(source, payment)
        found.append(BankPart(_signed(part, direction), _details(payment, payment, direction)))
    return tuple(found) if total(part.amount for part in found) == _signed(amount, sign) else ()


def _details(entry: etree._Element, payment: etree._Element | None, sign: int) -> Details:
    """Who and what; without a payment only what the entry itself says."""
    reference = _text(entry, "AcctSvcrRef", "NtryRef")
    extra = _text(entry, "AddtlNtryInf", "AddtlTxInf")
    if payment is None:
        return Details(text=extra or "", bank_reference=meant(reference))
    name, account = _other_side(payment, sign)
    words = [(found.text or "").strip() for found in _all(payment, "RmtInf/Ustrd")]
    more = [(found.text or "").strip() for found in _all(payment, "RmtInf/Strd/AddtlRmtInf")]
    text = " ".join(" ".join([*words, *more]).split())
    return Details(
        counterparty=name,
        iban=account,
        text=(text or _text(payment, "AddtlTxInf") or extra or "")[:_LONGEST],
        end_to_end_id=meant(_text(payment, "Refs/EndToEndId")),
        mandate=meant(_text(payment, "Refs/MndtId")),
        structured_reference=meant(_text(payment, "RmtInf/Strd/CdtrRefInf/Ref")),
        return_reason=_text(payment, "RtrInf/Rsn/Cd", "RtrInf/Rsn/Prtry"),
        bank_reference=meant(reference or _text(payment, "Refs/AcctSvcrRef", "Refs/TxId")),
    )


def _other_side(payment: etree._Element, sign: int) -> tuple[str | None, str | None]:
    """Name and account of the other party: who paid us, or whom we paid.

    Some banks name only one party, whatever the direction; then that is the one.
    """
    sides = ("Dbtr", "Cdtr") if sign > 0 else ("Cdtr", "Dbtr")
    for side in sides:
        root = f"RltdPties/{side}"
        ultimate = f"RltdPties/Ultmt{side}"
        name = _text(payment, f"{root}/Pty/Nm", f"{root}/Nm", f"{root}Acct/Nm")
        name = name or _text(payment, f"{ultimate}/Pty/Nm", f"{ultimate}/Nm")
        account = _text(payment, f"{root}Acct/Id/IBAN", f"{root}Acct/Id/Othr/Id")
        if name or account:
            return name, account.replace(" ", "") if account else None
    return None, None
