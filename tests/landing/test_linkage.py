"""The links of a dataset as landed: which resources are one, what is said of them, and what removing one does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from civicgauge.landing.catalogue import Landed, land_portal
from civicgauge.landing.linkage import Carried, Known, address_of
from civicgauge.linked import Record
from civicgauge.links import Verdict, after_check
from civicgauge.model import Dataset, DatasetKind, Resource
from tests.landing.entries import AS_OF, DAY, entry, reading, resource

FILES = "https://files.town.org/"
OK, GONE, FORBIDDEN = Verdict("ok"), Verdict("broken", "404"), Verdict("unknown", "403")


def dataset(*resources: Resource, **given: Any) -> Dataset:
    return entry(kind=DatasetKind.FILE, resources=resources, columns=None, **given)


def link(name: str, **given: Any) -> Resource:
    return resource(name, url=f"{FILES}{name}.csv", is_link=True, **given)


def checked(*verdicts: Verdict, until: datetime = AS_OF) -> Record:
    """A record of daily checks, the last of them at `until`."""
    record = None
    for number, verdict in enumerate(verdicts, 1 - len(verdicts)):
        at = until + timedelta(days=number)
        record = after_check(record, verdict, at, at.date())
    assert record is not None
    return record


def known(carried: Mapping[str, Carried] | None = None, **records: Record) -> Known:
    return Known({f"{FILES}{name}.csv": record for name, record in records.items()}, carried or {})


def land(one: Dataset, links: Known, days: int = 0) -> Landed:
    return land_portal(reading([one], links=links, days=days))


def facts(landed: Landed, *names: str) -> list[Any]:
    return [landed.datasets[0][f"links_{name}"] for name in names]


def test_a_link_is_a_resource_on_another_host_and_a_served_table_is_none() -> None:
    own = resource("own", url="https://DATA.example.org/x.csv")
    page = resource("page", url="https://elsewhere.org/d/aaaa-0001", is_native_table=True)
    guide = resource("guide", title="Data dictionary", declared_format="PDF", url=f"{FILES}guide.pdf", is_link=True)
    landed = land(dataset(own, page, guide, link("a")), known(a=checked(OK)))
    assert facts(landed, "count", "ok_count", "unknown_count", "reason") == [2, 1, 1, "link_not_checked_yet"]
    assert [row["link_state"] for row in landed.resources] == [None, None, None, "ok"]


def test_without_links_there_is_nothing_to_say() -> None:
    landed = land(dataset(resource()), known())
    assert facts(landed, "count", "state", "evidence") == [0, None, None]
    assert landed.links == {}


def test_one_broken_link_of_three_is_told_with_its_day_and_reason() -> None:
    records = known(a=checked(OK), b=checked(OK, GONE, GONE), c=checked(FORBIDDEN))
    landed = land(dataset(link("a"), link("b"), link("c")), records)
    assert facts(landed, "state", "ok_count", "broken_count", "unknown_count") == ["broken", 1, 1, 1]
    assert facts(landed, "evidence") == [
        f"1 of 3 links broken since {DAY - timedelta(days=1)}: 404; 1 not known since {DAY}: 403"
    ]
    assert facts(landed, "ok_checks_count", "broken_checks_count", "unknown_checks_count") == [2, 2, 1]
    second = landed.resources[1]
    assert (second["link_state"], second["link_reason"], second["link_checks_count"]) == ("broken", "404", 3)
    assert (second["link_since"], second["link_last_ok"]) == (DAY - timedelta(days=1), DAY - timedelta(days=2))


def test_the_same_address_twice_in_a_dataset_is_one_link() -> None:
    twice = dataset(link("a"), resource("b", url=f"{FILES}a.csv#part", is_link=True))
    landed = land(twice, known(a=checked(OK)))
    assert facts(landed, "count", "evidence") == [1, "1 link answered"]
    assert [row["link_state"] for row in landed.resources] == ["ok", "ok"]


@pytest.mark.parametrize("url", ["ftp://files.town.org/a.csv", "htp:/a", "https://[::/a"])
def test_an_address_that_cannot_be_asked_for_is_a_link_nobody_knows(url: str) -> None:
    landed = land(dataset(resource(url=url, is_link=True)), known())
    assert facts(landed, "state", "reason") == ["unknown", "link_not_of_the_web"]


def test_an_entry_that_does_not_count_has_no_links() -> None:
    landed = land_portal(reading([entry(kind=DatasetKind.DERIVED_VIEW, resources=(link("a"),))]))
    assert facts(landed, "count", "state") == [0, None]


# ---------------------------------------------------------------- removing what is broken


def removed(*after: Resource, days: int = 1, verdicts: tuple[Verdict, ...] = (OK, GONE)) -> Landed:
    """A dataset whose second link was not there any more, as landed when only `after` is left of it."""
    before = known(a=checked(OK), b=checked(*verdicts))
    first = land(dataset(link("a"), link("b")), before)
    return land(dataset(*after), Known(before.records, first.links), days)


def test_a_link_removed_while_broken_is_unknown_for_a_year() -> None:
    landed = removed(link("a"))
    assert facts(landed, "count", "state", "reason") == [2, "unknown", "link_removed_while_broken"]
    assert facts(landed, "ok_checks_count", "broken_checks_count", "unknown_checks_count") == [2, 1, 1]
    later = land(dataset(link("a")), Known(known(a=checked(OK), b=checked(OK, GONE)).records, landed.links), 366)
    assert facts(later, "reason") == ["link_removed_while_broken"]
    gone = land(dataset(link("a")), Known(known(a=checked(OK), b=checked(OK, GONE)).records, landed.links), 369)
    assert facts(gone, "count", "state") == [1, "ok"]


@pytest.mark.parametrize("name", ["b", "new"])
def test_a_resource_without_an_address_takes_no_links_place(name: str) -> None:
    landed = removed(link("a"), resource(name, url=None))
    assert facts(landed, "state", "reason") == ["unknown", "link_removed_while_broken"]


def test_removing_all_links_leaves_the_dataset_among_those_that_have_some() -> None:
    assert facts(removed(), "count", "reason") == [1, "link_removed_while_broken"]


def test_a_file_on_the_portal_itself_in_its_place_is_asked_for_too() -> None:
    landed = removed(resource("upload", url="https://data.example.org/upload.csv"))
    assert facts(landed, "count", "reason") == [1, "link_not_checked_yet"]
    table = removed(resource("table", is_native_table=True))  # served by the portal's own interface
    assert facts(table, "count") == [0]


def test_refusing_first_and_removing_then_is_the_same_game() -> None:
    landed = removed(link("a"), verdicts=(OK, GONE, FORBIDDEN))
    assert facts(landed, "reason") == ["link_removed_while_broken"]


def test_a_link_that_worked_may_go() -> None:
    assert facts(removed(link("a"), verdicts=(OK, OK)), "count", "state") == [1, "ok"]


def test_another_address_takes_its_place() -> None:
    landed = removed(link("a"), resource("b", url=f"{FILES}new.csv", is_link=True))
    assert facts(landed, "count", "reason") == [2, "link_not_checked_yet"]


def test_another_address_does_not_better_the_past() -> None:
    landed = removed(link("a"), resource("b", url=f"{FILES}new.csv", is_link=True))
    assert facts(landed, "ok_checks_count", "broken_checks_count") == [2, 1]
    assert landed.links["aaaa-0001"].replaced == {f"{FILES}b.csv": DAY + timedelta(days=1)}
    before = Known(known(a=checked(OK), b=checked(OK, GONE)).records, landed.links)
    new = dataset(link("a"), resource("b", url=f"{FILES}new.csv", is_link=True))
    assert facts(land(new, before, 29), "broken_checks_count") == [1]
    forgotten = land(new, before, 30)
    assert facts(forgotten, "broken_checks_count") == [0]
    assert forgotten.links["aaaa-0001"].replaced == {}


def test_a_link_that_moves_to_the_portal_itself_is_watched_all_the_same() -> None:
    landed = removed(link("a"), resource("b", url="https://data.example.org/home.csv"))
    assert facts(landed, "count", "reason") == [2, "link_not_checked_yet"]
    assert landed.links["aaaa-0001"].links["b"] == "https://data.example.org/home.csv"


def test_a_resource_that_is_new_takes_its_place() -> None:
    assert facts(removed(link("a"), link("c")), "count", "unknown_count", "reason") == [2, 1, "link_not_checked_yet"]


def test_addresses_are_compared_without_fragments_and_blanks() -> None:
    assert address_of(" HTTPS://files.town.org/a.csv#x ") == "https://files.town.org/a.csv"
    assert address_of(None) == ""
    assert address_of("https://[::/a") == "https://[::/a"


def test_what_is_carried_is_todays() -> None:
    landed = land(dataset(link("a"), resource("own")), known())
    assert landed.links == {
        "aaaa-0001": Carried(date(2026, 6, 30), ("a", "own"), {"a": f"{FILES}a.csv"}, {}, {}),
    }
