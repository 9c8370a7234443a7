"""What staff decided, as landing reads it (the table `decision`): by portal, entry and field. Pure.

Each field is applied where its rule decides: ownership and licence in `catalogue`, editions in `series`, the promise in
`timeliness`; the column of events before rows are gathered. Without a decision nothing is read here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

from civicgauge.landing.frequency import Frequency
from civicgauge.landing.licences import Licence, licence_words
from civicgauge.landing.ownership import exclusion
from civicgauge.landing.series import Role, SeriesRole, series_key
from civicgauge.model import Ownership

DecidedFields = Mapping[str, str]
DecidedEntries = Mapping[str, DecidedFields]
Decided = Mapping[str, DecidedEntries]
"""By portal id, entry id, and field."""

NOT_DECLARED = "none"
"""As which the removal of a promise is accepted."""
_NO_END = date.max  # an edition whose title names no period: it is judged by the date of its data


def ownership(measured: Ownership, decided: DecidedFields) -> Ownership:
    """Whose an entry is: as decided, else as measured."""
    return Ownership(decided["ownership"]) if "ownership" in decided else measured


def licence(measured: Licence, decided: DecidedFields) -> Licence:
    """The licence that staff read; the portal's own words stay beside it."""
    licence_id = decided.get("licence_id", "")
    licence_class = licence_words().classes.get(licence_id)
    if licence_class is None:  # not decided, or an id that the alias file no longer knows
        return measured
    return replace(measured, licence_id=licence_id, licence_class=licence_class, source="decision")


def series_titles(titles: Mapping[str, str], decided: DecidedEntries) -> dict[str, str]:
    """The titles that form series by rule: an entry that is decided to be no edition, or an old one, leads none."""
    apart = {key for key, fields in decided.items() if fields.get("series_edition") in ("none", "superseded")}
    return {key: title for key, title in titles.items() if key not in apart}


def series_roles(
    measured: Mapping[str, SeriesRole], titles: Mapping[str, str], decided: DecidedEntries
) -> dict[str, SeriesRole]:
    """The roles of all entries, with those that were decided."""
    roles = dict(measured)
    for key, fields in decided.items():
        word = fields.get("series_edition")
        if word is None or word == "none" or key not in titles:
            continue
        label, role = series_key(titles[key]), cast("Role", word)
        if label is None:
            roles[key] = SeriesRole(titles[key], role, _NO_END, "year")
        else:
            roles[key] = SeriesRole(label.key, role, label.label_end, label.spacing)
    return roles


def accepts(stated: Frequency, decided: DecidedFields) -> bool:
    """Whether what is stated now is the very change that was accepted; a later change is another one."""
    accepted = decided.get("promise_accepted")
    words = stated.text if stated.source != "undeclared" else None
    return accepted is not None and accepted == (words or NOT_DECLARED)


def counted_before(row: Mapping[str, Any], decided: DecidedEntries) -> dict[str, Any]:
    """A row of an earlier day, counted as is decided: an entry that is missing today is judged by it."""
    fields = decided.get(row["dataset_id"], {})
    if "ownership" not in fields:
        return dict(row)
    is_counted, _ = exclusion(row["kind"], fields["ownership"])
    return {**row, "is_counted": is_counted}
