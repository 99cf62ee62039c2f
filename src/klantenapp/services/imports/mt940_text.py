"""Who and what in a line of MT940: `:86:` and the end of `:61:`, per dialect.

Recognised by the shape of the text, never by the name of the bank: a bank changes its dialect
more often than its name.
"""

from __future__ import annotations

import re

from klantenapp.services.imports.bank_model import Details, meant

_LONGEST = 2_000
#: Width at which banks break a text in the middle of a word.
_FULL = 60
_IBAN = r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}"
#: Codes between slashes: ABN AMRO, ING, Rabobank, bunq, Knab, ASN.
_CODES = (
    "TRTP|IBAN|BBAN|BIC|NAME|REMI|EREF|MARF|CSID|ORDP|BENM|ISDT|CNTP|PREF|ULTD|ULTB|ULTC|"
    "ACCW|ADDR|RTRN|PURP|NRTX|SVCL|BUSP|INST|OCMT|RREF|FX|EXCH|CHGS|UDTR|UCRD|ID"
)
_CODED = re.compile(rf"/({_CODES})(?=/)")
_SLASHES = re.compile(rf"^\s*/(?:{_CODES})/")
#: Subfields after a three-digit code: Triodos with ">", German banks with "?".
_SUBFIELDS = re.compile(r"^\d{3}([?>])(?=\d\d)")
_SEPA = re.compile(r"(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC)[+]")
#: Rabobank's old file: counter account and name behind the type.
_CLASSIC = re.compile(r"N?[A-Z0-9]{3}(P?\d{9,10}|NONREF)\s{2,}(.*)", re.DOTALL)
#: Knab's old file.
_KNAB = re.compile(r"REK:\s*(\S+)/NAAM:\s*(.+)", re.DOTALL)
#: ASN and SNS, and ING's old file: account and name on the first line.
_FIRST = re.compile(rf"({_IBAN}|\d{{9,10}})(?:\s+(\S.*))?")
#: ABN AMRO's old file: account in dots or a giro number, name to column 32.
_DOTTED = re.compile(r"(\d{2}\.\d{2}\.\d{2}\.\d{3}|GIRO\s+\d{3,9})\s+(.{3,})", re.DOTALL)
_NAME_WIDTH = 32


def details_of(rest: str, texts: list[str]) -> Details:
    """Details of a line.

    Args:
        rest: of `:61:`, what follows the amount: type, references, and a second line.
        texts: each `:86:` of the line.
    """
    reference = _bank_reference(rest)
    text = "\n".join(texts)
    if _SLASHES.match(text) or "/TRTP/" in text:
        details = _slashed(text)
    elif _SUBFIELDS.match(text.lstrip()):
        details = _subfields(text.lstrip())
    else:
        details = _plain(rest, text)
    return Details(
        counterparty=_shown(details.get("name")),
        iban=_account(details.get("account") or _second_line(rest)),
        text=_shown(details.get("text")) or "",
        end_to_end_id=meant(details.get("eref")),
        mandate=meant(details.get("mandate")),
        structured_reference=meant(details.get("structured")),
        return_reason=meant(details.get("return")),
        bank_reference=reference,
    )


def _shown(text: str | None) -> str | None:
    plain = " ".join((text or "").replace("\u00ad", "-").split())[:_LONGEST]  # soft hyphens
    return plain or None


def _account(text: str | None) -> str | None:
    plain = re.sub(r"[\s.]", "", text or "").upper().removeprefix("GIRO").removeprefix("P00")
    return plain if any(letter in "123456789" for letter in plain) else None


def _bank_reference(rest: str) -> str | None:
    """What stands after the double slash on the first line."""
    _, slashes, reference = rest.split("\n", maxsplit=1)[0].partition("//")
    return meant(reference) if slashes else None


def _second_line(rest: str) -> str | None:
    """Rabobank writes the counter account on a line of its own, the postbank as P and digits."""
    lines = rest.split("\n")
    second = lines[1].strip() if len(lines) > 1 else ""
    match = re.fullmatch(rf"({_IBAN}|P?\d{{9,10}})", second)
    if match:
        return match[1]
    behind_type = re.match(rf"N[A-Z]{{3}}({_IBAN}|\d{{9,10}})\s*(?:\n|$)", rest)
    return behind_type[1] if behind_type else None


def _joined(text: str) -> str:
    """Lines as one: a full line goes on without a space, even inside a word."""
    joined = ""
    previous = 0
    for line in text.split("\n"):
        joined += line if not joined or previous >= _FULL else f" {line}"
        previous = len(line)
    return joined


def _slashed(text: str) -> dict[str, str]:
    """Read /TRTP/SEPA OVERBOEKING/IBAN/NL…/BIC/…/NAME/…/REMI/…/EREF/… ."""
    before, _, coded = _joined(text).partition("/TRTP/")
    flat = f"/TRTP/{coded}" if coded else before
    pieces = _CODED.split(flat)
    found: dict[str, str] = {}
    for code, value in zip(pieces[1::2], pieces[2::2], strict=True):
        plain = value.removeprefix("/").strip()
        if plain and code not in found:
            found[code] = plain
    details = {
        "account": found.get("IBAN") or found.get("BBAN") or found.get("ACCW", "").split(",")[0],
        "name": found.get("NAME", "").strip("/ "),
        "text": found.get("REMI", ""),
        "eref": found.get("EREF", "").strip("/ "),
        "mandate": found.get("MARF", "").strip("/ "),
        "return": found.get("RTRN", "").strip("/ ")[:4],
    }
    if "CNTP" in found:
        account, name = _counterparty(found["CNTP"])
        details["account"] = details["account"] or account
        details["name"] = details["name"] or name
    if not details["account"] and before.strip() and coded:
        details |= {key: value for key, value in _first_line(before).items() if key == "account"}
    return _remittance(details, found)


def _counterparty(value: str) -> tuple[str, str]:
    """ING: account/BIC/name/city."""
    parts = [*value.split("/"), "", "", ""]
    return parts[0].strip(), parts[2].strip()


def _remittance(details: dict[str, str], found: dict[str, str]) -> dict[str, str]:
    """ING divides /REMI/ in USTD (free text) and STRD (a reference with its issuer)."""
    text = details["text"].lstrip("/")
    if text.startswith("USTD"):
        text = text.removeprefix("USTD").strip("/")
    elif text.startswith("STRD"):
        issuer, _, reference = text.removeprefix("STRD").strip("/").partition("/")
        details["structured"] = reference.strip("/") or issuer
        text = reference.strip("/") or issuer
    details["text"] = text.strip("/ ") or found.get("PREF") or found.get("TRTP", "")
    return details


def _subfields(text: str) -> dict[str, str]:
    """Read 166?00…?20…?21…?30BIC?31account?32name, or 000>10account>20text."""
    mark = text[3]
    lines = text.split("\n")
    flat = "".join(lines)
    found: dict[str, list[str]] = {}
    for piece in re.split(rf"[{re.escape(mark)}](?=\d\d)", flat)[1:]:
        found.setdefault(piece[:2], []).append(piece[2:])

    def part(*codes: str) -> str:
        return "".join(value for code in codes for value in found.get(code, ()))

    purpose = part(*(str(code) for code in range(20, 30)), *(str(c) for c in range(60, 64)))
    details = {"text": purpose, "name": part("32", "33"), "account": part("31")}
    if mark == ">":  # Triodos: 10 is the counter account, 31 its own
        details["account"] = part("10")
    pieces = _SEPA.split(purpose)
    named = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    if named:
        details["text"] = named.get("SVWZ", pieces[0])
        details["eref"] = named.get("EREF", "").strip()
        details["mandate"] = named.get("MREF", "").strip()
    return details


def _plain(rest: str, text: str) -> dict[str, str]:
    """Texts for people, with account and name where each bank puts them."""
    classic = _CLASSIC.match(rest)
    if classic:
        account = "" if classic[1] == "NONREF" else classic[1]
        return {"account": account, "name": classic[2], "text": text.replace("\n", " ")}
    knab = _KNAB.search(text)
    if knab:
        before = text[: knab.start()]
        return {"account": knab[1], "name": knab[2], "text": before.replace("\n", " ")}
    dotted = _DOTTED.match(text)
    if dotted:
        first = text.split("\n", maxsplit=1)[0]
        name = first[len(dotted[1]) : _NAME_WIDTH].strip()
        behind = first[_NAME_WIDTH:] + text[len(first) :]
        if not name:  # the account fills its columns, and the name stands after them
            name, behind = first[_NAME_WIDTH:], text[len(first) :]
        return {"account": dotted[1], "name": name, "text": behind.replace("\n", " ")}
    return _first_line(text)


def _first_line(text: str) -> dict[str, str]:
    """Account and name on the first line, words below it; or all of it words."""
    first, _, below = text.partition("\n")
    match = _FIRST.fullmatch(first.strip())
    if not match:
        return {"text": text.replace("\n", " ")}
    if not below.strip():  # ING's old file: name and words cannot be told apart
        return {"account": match[1], "text": match[2] or ""}
    words = "".join(line if len(line) >= _FULL else f"{line} " for line in below.split("\n"))
    return {"account": match[1], "name": match[2] or "", "text": words}
