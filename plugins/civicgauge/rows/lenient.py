"""One record of a delimited file whose quotes are wrong: what it most likely says, with no text lost."""

from __future__ import annotations


def lenient_fields(text: str, delimiter: str, *, has_escapes: bool = False) -> tuple[list[str], bool]:
    """The fields of one record, in which a quote closes only before a delimiter or the end; other quotes are content.

    A quote that opens and never closes is content too; the second value is then False, and so it is where the text
    goes on after the record. `has_escapes`: a backslash before a quote makes it content.

    >>> lenient_fields('1,"2" x 4",3', ",")
    (['1', '2" x 4', '3'], True)
    >>> lenient_fields('1,"2,3', ",")
    (['1', '"2', '3'], False)
    """
    text = text.rstrip("\n").removesuffix("\r")
    fields, start, is_closed = [], 0, True
    while start <= len(text):
        end = _closing(text, delimiter, start + 1, has_escapes=has_escapes) if text.startswith('"', start) else -1
        if end >= 0:
            value = text[start + 1 : end].replace('""', '"')
            fields.append(value.replace('\\"', '"') if has_escapes else value)
            end += 1
            is_closed = is_closed and text[end : end + 1] in ("", delimiter)
            if not is_closed:
                end = _next(text, delimiter, end)
        else:
            end = _next(text, delimiter, start)
            fields.append(text[start:end])
            is_closed = is_closed and not fields[-1].startswith('"') and "\n" not in fields[-1]
        start = end + 1
    return fields, is_closed


def _next(text: str, delimiter: str, start: int) -> int:
    end = text.find(delimiter, start)
    return len(text) if end < 0 else end


def _closing(text: str, delimiter: str, start: int, *, has_escapes: bool) -> int:
    """Where the quote stands that closes the field; -1 where none does."""
    while (at := text.find('"', start)) >= 0:
        after = text[at + 1 : at + 2]
        if has_escapes and text[at - 1] == "\\":
            start = at + 1
        elif after in ("", delimiter, "\n"):
            return at
        else:
            start = at + 2 if after == '"' else at + 1
    return -1
