"""When a column may hold personal data: a rule for each kind, over its name and a sample of its texts.

A name is not evidence by itself, and neither are a few values. What an office publishes of itself (info@, a school's
phone, a contractor's place of business) is not meant. No value leaves this module (DESIGN rule 13).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from datetime import date

from civicgauge.rows.patterns import (
    card_numbers,
    emails,
    is_social_security_number,
    phone_numbers,
    social_security_numbers,
)

_FEW, _SEVERAL = 3, 20  # different values: where the column's name says the same, and where only the values do

# ---------------------------------------------------------------- what names say

_PERSON = (
    r"applicant|resident|citizen|complainant|caller|requestor|requester|reporter|customer|client|patient|student"
    r"|pupil|child|minor|juvenile|victim|witness|tenant|owner|homeowner|parent|guardian|member|participant|volunteer"
    r"|subscriber|donor|emergency contact|personal|home|private|solicitante|ciudadano|denunciante|victima"
)
_SUBJECT = r"patient|student|pupil|child|minor|juvenile|victim|complainant|witness|tenant|inmate|detainee|victima"
_SSN_NAME = re.compile(r"(\w+ ){0,3}(ssn|social security( number| id)?|soc sec( number)?)( number)?")
_CARD_NAME = re.compile(r"(\w+ ){0,2}((credit|debit|payment|bank) card|cc|card)( account)? number")
_BIRTH_NAME = re.compile(
    r"(\w+ ){0,3}(date of birth|dob|birth ?date|birth ?day|date birth)|fecha( de)? nacimiento|data( de)? nascimento"
    r"|date( de)? naissance|geburts ?datum"
)
_EMAIL_NAME = re.compile(rf"(\w+ )?({_PERSON})\b.*\be ?mail( address)?|e ?mail( address)?( of| del?)? ({_PERSON})")
_OFFICES_EMAIL = re.compile(  # where to write to a business or an office, published to be used
    r"(contact|office|business|company|vendor|supplier|contractor|organi[sz]ation|provider|agency|department|school"
    r"|facility|steward|maintainer|publisher).*mail"
)
_PHONE_NAME = re.compile(
    r"(?!.*\b(service|support|office|business|work|line|desk|center|company|organization|agency|school)\b)("
    rf"(\w+ ){{0,2}}({_PERSON}|cell|mobile)\b.*\b(tele)?(phone|telefono|cell|mobile)( number)?( \d)?"
    r"|(home|cell|mobile)( tele)? ?(phone|number)( number)?|celular|telefono (movil|particular))"
)
_NAME_NAME = re.compile(rf"(\w+ )?({_SUBJECT})s?( \w+)? (full |first |last |sur|middle )?names?|name of ({_SUBJECT})")
_OF_ANIMALS = re.compile(r"(\w+ )?(animal|breed|species|dog|cat|pet)( \w+)?")
_OTHER_NUMBER = re.compile(
    r"parcel|\bpin\b|apn|folio|\bmap\b|\btax|account|case|permit|licence|invoice|\blot\b|block|incident|report|docket"
    r"|order|contract|project|serial|model|asset|facility|phone|fax|ticket|citation|\bcode\b"
)

# ---------------------------------------------------------------- what values say

_FREE_MAIL = re.compile(
    r"(gmail|googlemail|yahoo|ymail|rocketmail|hotmail|outlook|live|msn|aol|icloud|me|mac|comcast|verizon|att|sbcglobal"
    r"|bellsouth|cox|charter|earthlink|juno|epbfi|protonmail|proton|gmx|web|mail|zoho|optonline|frontier|windstream"
    r"|uol|terra|bol|orange|free|wanadoo|laposte|t-online|bluewin|libero)\.(com|net|org|me|de|fr|ch|it|es|com?\.\w\w|\w\w)"
)
_OFFICIAL = re.compile(
    r"(.+\.)?(gov|mil|edu|gov\.\w\w|gob\.\w\w|gouv\.\w\w|[\w.-]+\.\w\w\.us)|.*(cityof|countyof|townof).*"
)
_OFFICE = re.compile(
    r"((\w+[._-])?(info|contacts?|office|admin\w*|support|help\w*|e?mail|hello|sales|services?|team|press|media|news\w*"
    r"|webmaster|web|open[._-]?data|data|gis|hr|jobs|careers|permits?|licen[cs]\w+|billing|account(s|ing)?|clerk|library"
    r"|police|fire|parks?|planning|health|no-?reply|do-?not-?reply|postmaster|events?|customer\w*|general|inquir\w+"
    r"|enquir\w+|feedback|privacy|legal|security|marketing|members?(hip)?|church|school|311)|(city|county|public|council)\w*)"
    r"([._-]\w+)?\d*|\d+"
)
_OWN_NUMBER = re.compile(
    r"\b(call|contact|reach|text|phone) (me|him|her|them|(the )?(owner|tenant|resident|caller|homeowner|complainant))\b"
    r"|\b(my|his|her|their|caller'?s?|citizen'?s?|owner'?s?|resident'?s?) (cell|phone|number|mobile)"
    r"|\b(cell|home) (phone|number|#)|\b(caller|complainant|homeowner|resident|citizen|tenant|rp)\b",
    re.I,
)
_SAYS_SSN = re.compile(r"\b(ssn|social security|soc\.? ?sec)\b", re.I)
_SAYS_CARD = re.compile(r"\b(card|visa|master ?card|amex|discover|cc)\b", re.I)
_NEAR = 40  # characters before a number that say whose it is
_FULL_DATE = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?!\d).*|(\d\d?)/(\d\d?)/(\d{4})(?!\d).*")
_PERSON_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-])*(?:,? [^\W\d_](?:[^\W\d_]|['’.-])*){0,3}")

Rule = Callable[[Collection[str], list[str]], bool]

# ---------------------------------------------------------------- one rule for each kind


def _many(found: Sequence[str], of: Sequence[str], share: float, least: int) -> bool:
    """Whether enough of the values are meant, and enough different ones."""
    return len(found) >= share * len(of) and len(set(found)) >= least


def _is_named(pattern: re.Pattern[str], names: Collection[str]) -> bool:
    return any(pattern.fullmatch(name) for name in names)


def _has_ssn(names: Collection[str], values: list[str]) -> bool:
    if _is_named(_SSN_NAME, names):
        return _many([v for v in values if is_social_security_number(v)], values, 0.5, _FEW)
    if any(_SAYS_SSN.search(v[max(0, at - _NEAR) : at]) for v in values for _, at in social_security_numbers(v)):
        return True
    whole = [v for v in values if any(number == v for number, _ in social_security_numbers(v))]
    is_other = any(_OTHER_NUMBER.search(name) for name in names) or len({v[:3] for v in whole}) < _FEW
    return not is_other and _many(whole, values, 1.0, _SEVERAL)


def _has_card(names: Collection[str], values: list[str]) -> bool:
    said = [number for v in values for number, at in card_numbers(v) if _SAYS_CARD.search(v[max(0, at - _NEAR) : at])]
    whole = [v for v in values if len(v) < _NEAR and any(True for _ in card_numbers(v))]
    share, least = (0.5, _FEW) if _is_named(_CARD_NAME, names) else (0.9, _SEVERAL)
    return bool(said) or _many(whole, values, share, least)


def _has_birth(names: Collection[str], values: list[str]) -> bool:
    if not _is_named(_BIRTH_NAME, names):
        return False
    days = [day.isoformat() for v in values if (day := _day(v)) is not None and day.year >= 1900]
    return _many(days, values, 0.5, _FEW)


def _day(text: str) -> date | None:
    found = _FULL_DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[4], found[5])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _has_email(names: Collection[str], values: list[str]) -> bool:
    own = {(local, host) for v in values for local, host in emails(v) if not _OFFICE.fullmatch(local)}
    if _is_named(_EMAIL_NAME, names):
        return len({address for address in own if not _OFFICIAL.fullmatch(address[1])}) >= _FEW
    private = {address for address in own if _FREE_MAIL.fullmatch(address[1])}
    return len(private) >= _FEW and not any(_OFFICES_EMAIL.search(n) for n in names)


def _has_phone(names: Collection[str], values: list[str]) -> bool:
    said = {n for v in values for n, at in phone_numbers(v) if _OWN_NUMBER.search(v[max(0, at - _NEAR) : at])}
    if len(said) >= _FEW:
        return True
    whole = [v for v in values if len(v) < _NEAR and any(True for _ in phone_numbers(v.removesuffix(".0")))]
    return _is_named(_PHONE_NAME, names) and _many(whole, values, 0.5, _FEW)


def _has_name(names: Collection[str], values: list[str]) -> bool:
    if not _is_named(_NAME_NAME, names):
        return False
    return _many([v for v in values if _PERSON_NAME.fullmatch(v) and len(v) < 60], values, 0.5, _SEVERAL)


RULES: dict[str, Rule] = {
    "ssn": _has_ssn,
    "card": _has_card,
    "date_of_birth": _has_birth,
    "email": _has_email,
    "phone": _has_phone,
    "name": _has_name,
}
"""Each kind with its rule, given a column's names in their compared form and the sampled texts."""


def is_suspicious(name: str) -> bool:
    """Whether a column's name, in its compared form, is one of those for which numbers and dates are looked at."""
    return any(pattern.fullmatch(name) for pattern in (_SSN_NAME, _CARD_NAME, _BIRTH_NAME, _PHONE_NAME))


def is_of_animals(name: str) -> bool:
    """Whether a column's name, in its compared form, says that the table is about animals: they have birthdays too."""
    return _OF_ANIMALS.fullmatch(name) is not None
