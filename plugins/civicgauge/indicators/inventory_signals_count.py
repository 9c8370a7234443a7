"""The data inventory by its rule of three out of four."""

from __future__ import annotations

from civicgauge.bearings import decides
from civicgauge.indicators import Evidence, Figure, Indicator
from civicgauge.indicators._newest import age_days, is_about, newest, of_kinds
from civicgauge.indicators._sources import SUBJECTS

_SIGNALS = 4
_A_YEAR_DAYS = 366
_SUBJECTS = ("data_inventory",)
_newest = newest(_SUBJECTS, age_days)


def _signals(evidence: Evidence) -> Figure:
    """Public, and updated within twelve months; method and coverage of departments no portal can show."""
    found = _newest(evidence)
    public = any(
        row["is_counted"] is True and row["is_observed"] and is_about(row, _SUBJECTS) for row, _ in evidence.countable()
    )
    recent = found.value is not None and found.value <= _A_YEAR_DAYS
    return of_kinds(public + recent, _SIGNALS, found.parts)


INDICATORS = (
    Indicator(
        id="inventory_signals_count",
        version=1,
        title="Data inventory, signals seen",
        question="Of the four signs of a living data inventory, how many can be seen?",
        unit="signals",
        direction="higher_is_better",
        formula="Signs seen out of four: a version is published; its data changed within twelve months; a documented "
        "method keeps it up; it covers more than 80 % of the departments. The last two no portal can show: they are "
        "unknown until people attest them, so that a portal alone shows two at the most. Three of four is the rule of "
        "the 2018-2021 criterion on inventories. What a dataset is about is read off its title, by a vocabulary file; "
        "what is not recognised, or stands on another site, may be there all the same, so that nothing found is not a "
        "no.",
        sources=SUBJECTS,
        checks=(),
        bearings=(decides("DM2", in_line=3, differs=0),),
        gaming="A list renewed by a job that reads only the portal itself would count as published and recent; "
        "whether it covers what is not published only people can attest. Hiding its date, or the list itself, "
        "shows no sign.",
        gain="People learn what data exist, also those that are not published.",
        benefit=2,
        effort=2,
        advice="Publish the inventory as a dataset, with department, sensitivity and status of each entry, and renew "
        "it at least once a year.",
        arithmetic=_signals,
        steps={
            "socrata": "Publish the inventory under the title Data Inventory, with a declared yearly frequency or a "
            "shorter one.",
            "ckan": "Publish the inventory under the title Data Inventory, with a declared yearly frequency or a "
            "shorter one.",
        },
    ),
)
