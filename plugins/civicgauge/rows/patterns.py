"""What looks like a person's own numbers and addresses, each held against the rules by which it is made.

Nothing here says whose they are. A pattern alone is never enough: digits have to pass the checks of their kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_EMAIL = re.compile(
    r"(?<![\w.+%-])([A-Za-z0-9][\w.+%-]{0,63})@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,5}[A-Za-z]{2,24})\b"
)
_SSN = re.compile(r"(?<![\w-])(\d{3})-(\d{2})-(\d{4})(?![\w-])")
_BARE_SSN = re.compile(r"(\d{3})-?(\d{2})-?(\d{4})")
_CARD = re.compile(r"(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w-]|\.\d)")
_PHONE = re.compile(
    r"(?<![\w.-])(?:\+?1[ .-]?)?(?:\(([2-9]\d\d)\) ?|([2-9]\d\d)[ .-]?)([2-9]\d\d)[ .-]?(\d{4})(?![\w-]|\.\d)"
)

# Printed in advertisements and examples, so never a person's: Social Security Administration, history of the number.
_PUBLISHED_SSN = frozenset({("078", "05", "1120"), ("219", "09", "9999"), ("123", "45", "6789")})
_PUBLISHED_CARD = frozenset({"4111111111111111", "4242424242424242", "5555555555554444", "378282246310005"})
_TOLL_FREE = frozenset({"800", "833", "844", "855", "866", "877", "888"})
_ISSUERS = re.compile(r"4\d{12}(\d{3}(\d{3})?)?|(5[1-5]|2[2-7])\d{14}|3[47]\d{13}|(6011|65\d\d|64[4-9]\d)\d{12}")


def emails(text: str) -> Iterator[tuple[str, str]]:
    """(local part, domain) of each mail address, in small letters."""
    if "@" in text:
        for found in _EMAIL.finditer(text):
            yield found[1].casefold(), found[2].casefold()


def social_security_numbers(text: str) -> Iterator[tuple[str, int]]:
    """Each US Social Security number in its written form (ddd-dd-dddd) that could have been issued, and its place."""
    for found in _SSN.finditer(text):
        if _could_be_issued(found.groups()):
            yield found[0], found.start()


def is_social_security_number(text: str) -> bool:
    """Whether the whole text is one, with or without hyphens; a bare number may have lost its leading zeros."""
    digits = text.removesuffix(".0")
    found = _BARE_SSN.fullmatch(digits.zfill(9) if digits.isdecimal() and len(digits) >= 7 else digits)
    return bool(found) and _could_be_issued(found.groups() if found else ())


def _could_be_issued(parts: tuple[str, ...]) -> bool:
    area, group, serial = parts
    return not (area in ("000", "666") or area >= "900" or group == "00" or serial == "0000" or parts in _PUBLISHED_SSN)


def card_numbers(text: str) -> Iterator[tuple[str, int]]:
    """The digits of each payment card number (an issuer's first digits and length, a right check digit), its place."""
    for found in _CARD.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        if _ISSUERS.fullmatch(digits) and digits not in _PUBLISHED_CARD and _luhn(digits):
            yield digits, found.start()


def _luhn(digits: str) -> bool:
    """The check digit of payment cards (ISO/IEC 7812-1).

    >>> _luhn("79927398713"), _luhn("79927398710")
    (True, False)
    """
    doubled = (d if at % 2 == 0 else d * 2 - 9 * (d > 4) for at, d in enumerate(map(int, reversed(digits))))
    return sum(doubled) % 10 == 0


def phone_numbers(text: str) -> Iterator[tuple[str, int]]:
    """The ten digits of each North American phone number, and its place; toll-free and fictitious ones left out."""
    for found in _PHONE.finditer(text):
        area, exchange, line = found[1] or found[2], found[3], found[4]
        if area[1:] != "11" and exchange[1:] != "11" and exchange != "555" and area not in _TOLL_FREE:
            yield area + exchange + line, found.start()
