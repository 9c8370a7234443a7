"""Every reader on every recording of its kind: complete, stable, and in our words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from civicgauge.lake import canonical_json
from civicgauge.model import DatasetKind, Portal, Presence
from civicgauge.portals import reader, readers
from civicgauge.web import Web
from tests.recordings import about, needs_recordings, recorded, replayed

pytestmark = [needs_recordings]

# every recording of a kind that there is a reader for, also one that was added after this was written
RECORDED = recorded(set(readers()))


@pytest.fixture(scope="module")
def addresses() -> Iterator[dict[str, str]]:
    with replayed(sorted(RECORDED)) as urls:
        yield urls


@pytest.fixture
def web() -> Iterator[Web]:
    with Web(user_agent="civicgauge tests", allow_private_hosts=True, requests_per_second=1000) as door:
        yield door


def portal_of(name: str, url: str) -> Portal:
    return Portal.model_validate({"kind": about(name)["kind"], "url": url, "domain": about(name)["host"]})


@pytest.mark.parametrize("name", sorted(RECORDED))
def test_the_whole_catalogue_is_read_in_our_words(name: str, addresses: dict[str, str], web: Web) -> None:
    portal = portal_of(name, addresses[name])
    source = reader(portal.kind)
    crawl = source.crawl(web, portal)
    answers = {key: answer.body for key, answer in crawl.answers}
    entries = source.entries(answers)
    datasets = source.datasets(entries, answers, portal)

    assert (crawl.entries_count, crawl.stated_count, len(datasets)) == (RECORDED[name],) * 3
    assert [d.dataset_id for d in datasets] == sorted({d.dataset_id for d in datasets})
    assert all(d.permalink.startswith("https://") for d in datasets)
    again = source.entries({key: answer.body for key, answer in source.crawl(web, portal).answers})
    assert [canonical_json(source.content(e)) for e in entries] == [canonical_json(source.content(e)) for e in again]


def test_views_derived_from_a_dataset_are_seen_and_kept_apart(addresses: dict[str, str], web: Web) -> None:
    portal = portal_of("chattanooga", addresses["chattanooga"])
    source = reader("socrata")
    answers = {key: answer.body for key, answer in source.crawl(web, portal).answers}
    kinds = Counter(d.kind for d in source.datasets(source.entries(answers), answers, portal))
    assert kinds == {DatasetKind.TABLE: 240, DatasetKind.DERIVED_VIEW: 99}


def test_all_resources_of_the_large_ckan_pass(addresses: dict[str, str], web: Web) -> None:
    portal = portal_of("dados-br", addresses["dados-br"])
    source = reader("ckan")
    answers = {key: answer.body for key, answer in source.crawl(web, portal).answers}
    datasets = source.datasets(source.entries(answers), answers, portal)
    assert sum(len(d.resources) for d in datasets) == 8006
    assert all(r.data_updated_at is None or r.data_updated_at.tzinfo for d in datasets for r in d.resources)


@pytest.mark.parametrize("name", sorted(RECORDED))
def test_probe_tells_the_kind_and_no_other_kind_claims_it(name: str, addresses: dict[str, str], web: Web) -> None:
    found = {kind: source.probe(web, addresses[name]) for kind, source in readers().items()}
    kinds = {kind for kind, probe in found.items() if probe is not None}
    assert kinds == {about(name)["kind"]}
    assert found[about(name)["kind"]].entries_count == RECORDED[name]


@pytest.mark.parametrize("name", ["chattanooga", "toronto"])
def test_asked_singly_the_portal_says_there_or_gone(name: str, addresses: dict[str, str], web: Web) -> None:
    portal = portal_of(name, addresses[name])
    source = reader(portal.kind)
    entries = source.entries({key: answer.body for key, answer in source.crawl(web, portal).answers})
    known = source.entry_id(entries[0])
    assert source.ask(web, portal, [known, "zzzz-zzzz"]) == {known: Presence.PRESENT, "zzzz-zzzz": Presence.GONE}


def test_people_and_internal_fields_are_dropped_when_landed(addresses: dict[str, str], web: Web) -> None:
    portal = portal_of("chattanooga", addresses["chattanooga"])
    source = reader("socrata")
    answers = {key: answer.body for key, answer in source.crawl(web, portal).answers}
    kept = {key for d in source.datasets(source.entries(answers), answers, portal) for key, _ in d.custom_fields}
    assert "Internal_How-often-are-data-values-updated?" in kept
    assert not [key for key in kept if "Steward" in key or "Contact" in key]
