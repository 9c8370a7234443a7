"""Share of datasets with a contact that can be used, where the platform lets anyone see it (DESIGN rule 10)."""

from __future__ import annotations

from civicgauge.bearings import informs
from civicgauge.indicators import Indicator, Leader, Row
from civicgauge.indicators._arithmetic import checked, share
from civicgauge.indicators._bands import SHARE


def _is_hidden(row: Row) -> bool:
    return row["contact_state"] is None


INDICATORS = (
    Indicator(
        id="contact_present_share",
        version=1,
        title="Contact present",
        question="For how many datasets can a reader see whom to write to?",
        unit="share",
        direction="higher_is_better",
        formula="Datasets with a well-formed contact address, divided by all datasets. Where the platform hides "
        "contacts from the public the dataset is unknown, not without contact; where it hides all of them, nothing "
        "is measured.",
        sources={
            "socrata": "`resource.contact_email` is empty for anonymous readers in every record seen. Some portals "
            "show a contact in a custom field or as `contactPoint` in `/data.json`; else it is unknown.",
            "ckan": "`maintainer_email` or `author_email` of the package, or a contact field among its `extras`.",
        },
        checks=("contact_usable",),
        bearings=informs("OD4"),
        gaming="The address is not written to, so one that nobody reads would count. The address itself is never kept.",
        gain="People can report a mistake, and ask.",
        benefit=2,
        effort=1,
        advice="Use the address of an office that is read when someone is away. On a portal that hides contacts, put "
        "it in a custom field.",
        leader=Leader(
            ask="Put the address of an office that answers on every dataset.",
            why="Whoever finds a mistake has nobody to tell.",
            who="the open-data team",
        ),
        arithmetic=share(checked("contact_usable"), hidden=_is_hidden),
        bands=SHARE,
        is_about_showing=True,
    ),
)
