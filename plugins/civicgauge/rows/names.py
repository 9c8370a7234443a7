"""Column names and titles for comparison: one spelling for `PermitNum`, `permit_no`, `PERMIT#` and `Permit Number`."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SIGNS = str.maketrans({"#": " number ", "%": " percent ", "&": " and ", "ß": "ss"})
_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"['’‘]")
_LONGEST = 200

# Short and long forms of a word, and spellings of two countries; the whole word only.
_SAME = {
    "num": "number", "nbr": "number", "nr": "number", "dt": "date", "datetime": "date time",
    "desc": "description", "descr": "description", "descrip": "description", "amt": "amount", "dept": "department",
    "depts": "department", "deptid": "department id", "yr": "year", "fy": "fiscal year", "lat": "latitude",
    "lon": "longitude", "lng": "longitude", "long": "longitude", "addr": "address", "lic": "licence",
    "license": "licence", "licenses": "licences", "licensed": "licenced", "licensee": "licencee",
    "offence": "offense", "cheque": "check", "programme": "program",
}  # fmt: skip
_LAST_SAME = {"no": "number", "nos": "number"}  # "permit no", but "no injuries"
_RUNAWAY = re.compile(r"[+*}]\??(?: \?)?\)(?:[*+]|\{\d+,\})")  # (\w+)*
_GLUED = re.compile(r"^([a-z]{3,}?)(num|nbr|number|datetime)$")  # permitnum


@lru_cache(maxsize=20_000)
def plain(name: str) -> str:
    """A name in its compared form: small letters without accents, words with one space between, short forms long.

    >>> plain("PermitNum"), plain("PERMIT#"), plain("2014 ORDINANCE (AMOUNT $)"), plain("Fecha_Creación")
    ('permit number', 'permit number', '2014 ordinance amount', 'fecha creacion')
    """
    text = _CAMEL.sub(" ", _MARKS.sub("", name[:_LONGEST]).translate(_SIGNS))
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    words = _WORD.findall("".join(c for c in decomposed if not unicodedata.combining(c)))
    return " ".join(_spelt(word, is_last=at == len(words) > 1) for at, word in enumerate(words, 1))


def _spelt(word: str, *, is_last: bool) -> str:
    if is_last and word in _LAST_SAME:
        return _LAST_SAME[word]
    if (glued := _GLUED.match(word)) is not None:
        return f"{glued[1]} {_SAME.get(glued[2], glued[2])}"
    return _SAME.get(word, word)


def name_pattern(pattern: str) -> re.Pattern[str]:
    """A pattern for the whole of a column's name in its compared form; a space in it may also be nothing.

    So `issue date` finds `Issue Date`, `issue_date` and `issuedate`. ValueError says why a pattern cannot be used.
    """
    return _compiled(pattern, pattern.replace(" ", " ?"))


def title_pattern(pattern: str) -> re.Pattern[str]:
    """A pattern for whole words somewhere in a title in its compared form. ValueError as above."""
    return _compiled(pattern, rf"\b(?:{pattern})\b")


def _compiled(told: str, pattern: str) -> re.Pattern[str]:
    if _RUNAWAY.search(pattern):
        raise ValueError(f"{told!r} repeats what repeats itself, which can take for ever; say how often: {{0,3}}")
    try:
        return re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{told!r} is no regular expression: {error}") from error
