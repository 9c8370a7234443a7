"""Link health: what one look at an address says, and what a series of looks comes to (DESIGN rule 7). Pure; no I/O.

A look says `ok`, `broken`, or `unknown` with a reason. What may be a passing trouble of the other side (a refusal, a
server's error, silence) is unknown until the same reason was seen in three checks in a row that span 72 hours; from
then on it is broken. Modelled on the broken-link checks of ckanext-archiver, HDX and Magda.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from civicgauge.linked import WINDOW_DAYS, Record, State
from civicgauge.model import Look

PERSISTS_CHECKS = 3
PERSISTS_FOR = timedelta(hours=72)
_BROKEN_STATUS = frozenset({404, 410})
_BROKEN_PROBLEMS = frozenset({"host_not_found", "certificate_of_another_name"})
# What says more of us than of the other side never becomes its fault, however long it lasts.
_NEVER_BROKEN = frozenset({"redirects_to_http", "not_asked", "no_host_answered", "name_not_resolved"})
_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_PAGE_STARTS = (b"<!doctype html", b"<html")
# A HEAD that meets one of these says little of a GET; the others would meet a GET as well.
_HEAD_ALONE = frozenset({"timed_out", "connection_cut"})
_NO_USE_ASKING_AGAIN = frozenset({429, 503})  # it asks for fewer requests, not for another one


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one check of an address says; `reason` is a status (`404`) or a word, None where it is ok."""

    state: State
    reason: str | None = None


OK = Verdict("ok")
_RESERVED = frozenset({"example", "invalid", "test"})


def is_reserved(host: str) -> bool:
    """Whether a host's name is one of those that never exist (RFC 2606); nobody needs to look it up."""
    return host.rstrip(".").rpartition(".")[2].lower() in _RESERVED


def judge(look: Look, *, expects_data: bool) -> Verdict:
    """The verdict on one look. `expects_data`: the catalogue promises a file of data there, so a web page is none."""
    if look.status is None:
        reason = look.problem or "not_asked"
        return Verdict("broken" if reason in _BROKEN_PROBLEMS else "unknown", reason)
    if look.status in _BROKEN_STATUS:
        return Verdict("broken", str(look.status))
    if not 200 <= look.status < 300:
        return Verdict("unknown", str(look.status))
    if expects_data and is_page(look):
        return Verdict("unknown", "page_instead_of_data")
    return OK


def is_page(look: Look) -> bool:
    """Whether what came is a web page, by its first bytes where there are any, else by its content type."""
    start = look.start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith(_PAGE_STARTS) if start else look.content_type in _PAGE_TYPES


def needs_a_get(look: Look, *, expects_data: bool) -> bool:
    """Whether a HEAD left open what a GET would say: servers refuse it, or answer it otherwise than a GET."""
    if look.status is None:
        return look.problem in _HEAD_ALONE
    if look.status in _NO_USE_ASKING_AGAIN:
        return False
    is_plain = 200 <= look.status < 300 and (not expects_data or bool(look.content_type))
    return not is_plain or judge(look, expects_data=expects_data).state != "ok"


def after_check(record: Record | None, verdict: Verdict, at: datetime, day: date) -> Record:
    """The record after one more check, made at `at`, on the city's `day`.

    One that is not later than the last check changes nothing: a check is never counted twice.
    """
    if record is None:
        return _with_day(_first(verdict, at), day)
    if at <= record.checked_at:
        return record
    is_same = record.series_reason == verdict.reason
    first, count = (record.series_first, record.series_count + 1) if is_same else (at, 1)
    state = _state(verdict, count, at - first)
    began = at if state == verdict.state else first
    is_ok = state == "ok"
    changed = replace(
        record,
        state=state,
        reason=verdict.reason,
        since=record.since if state == record.state else began,
        last_ok=at if is_ok else record.last_ok,
        first_failure=None if is_ok else record.first_failure or at,
        checked_at=at,
        checks_count=record.checks_count + 1,
        series_reason=verdict.reason,
        series_first=first,
        series_count=count,
        was_broken=not is_ok and (record.was_broken or state == "broken"),
    )
    return _with_day(changed, day)


def _first(verdict: Verdict, at: datetime) -> Record:
    is_ok = verdict.state == "ok"
    return Record(
        state=verdict.state,
        reason=verdict.reason,
        since=at,
        last_ok=at if is_ok else None,
        first_failure=None if is_ok else at,
        checked_at=at,
        checks_count=1,
        series_reason=verdict.reason,
        series_first=at,
        series_count=1,
        was_broken=verdict.state == "broken",
    )


def _state(verdict: Verdict, count: int, span: timedelta) -> State:
    """The state that a verdict leaves: unknown turns into broken where the same has been seen for long enough."""
    may_persist = verdict.state == "unknown" and verdict.reason not in _NEVER_BROKEN
    return "broken" if may_persist and count >= PERSISTS_CHECKS and span >= PERSISTS_FOR else verdict.state


def _with_day(record: Record, day: date) -> Record:
    days = {**record.days, day: record.state}
    first = max(days) - timedelta(days=WINDOW_DAYS - 1)
    return replace(record, days={d: state for d, state in sorted(days.items()) if d >= first})
