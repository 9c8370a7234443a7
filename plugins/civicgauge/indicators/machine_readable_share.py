"""Share of datasets that a program can read (DESIGN rule 6)."""

from __future__ import annotations

from civicgauge.bearings import decides
from civicgauge.indicators import Indicator, Leader
from civicgauge.indicators._arithmetic import checked, share
from civicgauge.indicators._bands import SHARE

INDICATORS = (
    Indicator(
        id="machine_readable_share",
        version=1,
        title="Machine-readable",
        question="How many datasets can a program read, without a person retyping them?",
        unit="share",
        direction="higher_is_better",
        formula="Datasets with at least one distribution in a structured format that programs can read, such as CSV, "
        "JSON or a spreadsheet, divided by all datasets. What the portal itself serves comes first, then the address, "
        "then the declared format; the format vocabulary says what each means. Tables that the portal holds count "
        "through its interface for programs. A city's own PDF stays in the denominator. A format that nobody "
        "recognises is unknown.",
        sources={
            "socrata": "Tables and maps held by the portal are served as CSV and JSON. Files go by "
            "`resource.blob_mime_type` and their name, links by their address.",
            "ckan": "`datastore_active` of a resource (then it is served as CSV and JSON), else its address, else its "
            "declared `format` and `mimetype`.",
        },
        checks=("machine_readable",),
        bearings=(decides("OD3", in_line=0.8, differs=0.5),),
        gaming="A declared format does not win against what is served or what the address shows. A file renamed to "
        ".csv would count until its content is read.",
        gain="Programs can read the data; nobody has to retype them.",
        benefit=3,
        effort=2,
        advice="Publish the table beside the report: a CSV file next to the PDF is enough.",
        leader=Leader(
            ask="Publish the tables behind reports as data, beside the PDF.",
            why="Numbers in a PDF have to be typed again before anyone can check or use them.",
            who="the departments that publish the reports, with IT",
        ),
        arithmetic=share(checked("machine_readable")),
        bands=SHARE,
        is_about_showing=True,
    ),
)
