"""Whether the current fiscal year's budget is published."""

from __future__ import annotations

from civicgauge.bearings import decides
from civicgauge.indicators import Indicator
from civicgauge.indicators._bands import YEARS
from civicgauge.indicators._newest import newest, years_behind
from civicgauge.indicators._sources import SUBJECTS

INDICATORS = (
    Indicator(
        id="budget_years_behind",
        version=1,
        title="Budget, fiscal years behind",
        question="By how many years is the newest published budget behind?",
        unit="years",
        direction="lower_is_better",
        formula="The calendar year of the day minus the newest fiscal year of the city's datasets on its budget. The "
        "year is the newest in the rows' own column for it, where rows are pulled, else the newest that the title "
        "names, and without either it is unknown. A column in which a year after the next one stands does not say "
        "which is the newest; in a title such a year is passed over. Fiscal years are named by the year in which they "
        "end and compared with the calendar year, so that a year that begins in July has until December; a year ahead "
        "counts as 0. What a dataset is about is read off its title, by a vocabulary "
        "file; what is not recognised, or stands on another site, may be there all the same, so that nothing found "
        "is not a no.",
        sources=SUBJECTS,
        checks=(),
        bearings=(decides("BF1", in_line=1, differs=3), decides("BF2", in_line=1, differs=3)),
        gaming="A new title on old rows would count where rows are not pulled; where they are, the rows decide, and a "
        "year far ahead in them says nothing. Hiding the year, or the dataset, makes it unknown.",
        gain="People can see what the city intends to spend this year.",
        benefit=3,
        effort=2,
        advice="Publish the adopted budget as one table per fiscal year, or one table with a column for the fiscal "
        "year.",
        arithmetic=newest(("budget",), years_behind),
        bands=YEARS,
        steps={
            "socrata": "Add the new fiscal year's rows to the budget dataset, and name the year in a column and in "
            "the title.",
            "ckan": "Add the new fiscal year as a resource, and name the year in the title.",
        },
    ),
)
