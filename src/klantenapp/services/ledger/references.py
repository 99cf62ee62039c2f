"""Payment references, and invoice numbers in the text that people type. Pure.

Sources: ISO 11649 (RF creditor reference); specification "Betalingskenmerk" of the Dutch payments
association (`facts/dutch-rules.md` 7.2).
"""

from __future__ import annotations

import re
import unicodedata
from itertools import cycle

RF = "RF"
RF_BODY = 21
#: A betalingskenmerk of 16 digits: a check digit and fifteen of the payee's own.
DUTCH_LENGTH = 16
DUTCH_LONG = range(9, 15)
_WEIGHTS = (2, 4, 8, 5, 10, 9, 7, 3, 6, 1)
_RF_START = re.compile(r"RF\d{2}")
_RF_TEXT = re.compile(r"RF\d{2}[A-Z0-9]{1,21}")


def folded(text: str) -> str:
    """Text in capitals without accents, for comparing."""
    if text.isascii():
        return text.upper()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).upper()


def compact(number: str) -> str:
    """A number as it is compared: capitals and digits only ("F 2026-0042" is "F20260042")."""
    return "".join(sign for sign in folded(number) if sign.isascii() and sign.isalnum())


def _mod97(text: str) -> int:
    """ISO 7064 mod 97-10 of a text in which A is 10 and Z is 35."""
    return int("".join(str(int(sign, 36)) for sign in text)) % 97


def creditor_reference(number: str) -> str | None:
    """The RF reference of an invoice number; None where it has no or too many characters."""
    body = compact(number)
    if not 0 < len(body) <= RF_BODY:
        return None
    return f"{RF}{98 - _mod97(f'{body}{RF}00'):02}{body}"


def is_creditor_reference(reference: str) -> bool:
    """Whether a text is an RF reference with the right check digits."""
    plain = compact(reference)
    return bool(_RF_TEXT.fullmatch(plain)) and _mod97(plain[4:] + plain[:4]) == 1


def creditor_references_in(text: str) -> list[str]:
    """The bodies of the RF references in a text, also where they are written in groups."""
    if RF not in text.upper():
        return []
    plain = compact(text)
    rests = (plain[match.start() :] for match in _RF_START.finditer(plain))
    return [
        rest[4:length]
        for rest in rests
        for length in range(min(len(rest), RF_BODY + 4), 4, -1)
        if is_creditor_reference(rest[:length])
    ]


def _dutch_check(digits: str) -> str:
    """Check digit over everything to the right of it."""
    total = sum(
        int(digit) * weight
        for digit, weight in zip(reversed(digits), cycle(_WEIGHTS), strict=False)
    )
    check = 11 - total % 11
    return {10: "1", 11: "0"}.get(check, str(check))


def payment_reference(number: str) -> str | None:
    """The betalingskenmerk of an invoice number; None where it has no or too many digits."""
    digits = "".join(sign for sign in number if sign.isascii() and sign.isdigit())
    if not 0 < len(digits) < DUTCH_LENGTH:
        return None
    body = digits.zfill(DUTCH_LENGTH - 1)
    return _dutch_check(body) + body


def is_payment_reference(reference: str) -> bool:
    """Whether a text is a betalingskenmerk with the right check digit and length."""
    digits = re.sub(r"[ .]", "", reference)
    if not (digits.isascii() and digits.isdigit()):
        return False
    if len(digits) in DUTCH_LONG and int(digits[1]) != (len(digits) - 2) % 10:
        return False
    if len(digits) != DUTCH_LENGTH and len(digits) not in DUTCH_LONG:
        return False
    return _dutch_check(digits[1:]) == digits[0]


def payment_reference_body(reference: str) -> str | None:
    """The payee's own digits in a valid betalingskenmerk, without leading zeros."""
    digits = re.sub(r"[ .]", "", reference)
    if not is_payment_reference(digits):
        return None
    return digits[1 if len(digits) == DUTCH_LENGTH else 2 :].lstrip("0")
