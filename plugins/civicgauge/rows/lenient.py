"""One record of a delimited file whose quotes are wrong: what it most likely says, with no text lost."""

from __future__ import annotations

from enum import Enum


class Closing(Enum):
    """When a quote closes a field that it opened. Doubled quotes never do."""

    BEFORE_DELIMITER = "before a delimiter or the end; other quotes are content"
    NOT_ESCAPED = "the same, and no backslash stands before it"
    NOT_BEFORE_BLANK = "the same as the first, and no blank comes after the delimiter"


def lenient_fields(text: str, delimiter: str, closing: Closing = Closing.BEFORE_DELIMITER) -> tuple[list[str], bool]:
    """The fields of one record, whatever its quotes are.

    A quote that opens and never closes is content too; the second value is then False, and so it is where the text
    goes on in another line outside of quotes.

    >>> lenient_fields('1,"2" x 4",3', ",")
    (['1', '2" x 4', '3'], True)
    >>> lenient_fields('1,"2,3', ",")
    (['1', '"2', '3'], False)
    """
    text = text.rstrip("\n").removesuffix("\r")
    fields, start, is_closed = [], 0, True
    while start <= len(text):
        end = _closing(text, delimiter, start + 1, closing) if text.startswith('"', start) else -1
        if end >= 0:
            value = text[start + 1 : end].replace('""', '"')
            fields.append(value.replace('\\"', '"') if closing is Closing.NOT_ESCAPED else value)
            end += 1
        else:
            end = text.find(delimiter, start)
            end = len(text) if end < 0 else end
            fields.append(text[start:end])
            is_closed = is_closed and not fields[-1].startswith('"') and "\n" not in fields[-1]
        start = end + 1
    return fields, is_closed


def _closing(text: str, delimiter: str, start: int, closing: Closing) -> int:
    """Where the quote stands that closes the field; -1 where none does."""
    while (at := text.find('"', start)) >= 0:
        is_escaped = closing is Closing.NOT_ESCAPED and text[at - 1] == "\\"
        is_before_blank = closing is Closing.NOT_BEFORE_BLANK and text[at + 2 : at + 3] == " "
        after = text[at + 1 : at + 2]
        if after in ("", delimiter) and not is_escaped and not is_before_blank:
            return at
        start = at + 2 if after == '"' and not is_escaped else at + 1
    return -1
