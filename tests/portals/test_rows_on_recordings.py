"""Every recording's rows: where they lie, and for Chattanooga's exports that they come whole."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from civicgauge.model import Dataset, Portal
from civicgauge.portals import reader, readers
from civicgauge.web import Limits, Web
from tests.recordings import FOLDER, about, needs_recordings, recorded, replayed

pytestmark = [needs_recordings]

RECORDED = recorded(set(readers()))
EXPORTS = sorted(path.name[:9] for path in (FOLDER / "chattanooga" / "rows").glob("*.csv.gz"))
KNOWN = ("nkyi-3pzf", "qsec-7gi8", "d4yh-2nsm", "ufw3-p78c", "t8ph-y8y5")
TOO_WIDE = "p4aj-jtcf"  # a field so long that the replay itself cannot count its rows


@pytest.fixture(scope="module")
def addresses() -> Iterator[dict[str, str]]:
    with replayed(sorted(RECORDED)) as urls:
        yield urls


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    quick = Limits(retries=0)
    with Web(user_agent="t", allow_private_hosts=True, requests_per_second=1000, limits=quick) as door:
        yield door


def portal_of(name: str, url: str) -> Portal:
    return Portal.model_validate({"kind": about(name)["kind"], "url": url, "domain": about(name)["host"]})


def datasets(web: Web, portal: Portal) -> list[Dataset]:
    source = reader(portal.kind)
    answers = {key: answer.body for key, answer in source.crawl(web, portal).answers}
    return source.datasets(source.entries(answers), answers, portal)


@pytest.mark.parametrize("name", sorted(RECORDED))
def test_every_source_has_an_address_and_an_id_of_its_own(name: str, addresses: dict[str, str], web: Web) -> None:
    portal = portal_of(name, addresses[name])
    found = [(d, reader(portal.kind).row_sources(d, portal)) for d in datasets(web, portal)]
    assert any(sources for _, sources in found)
    for dataset, sources in found:
        assert len({s.resource_id for s in sources}) == len(sources)
        assert {s.dataset_id for s in sources} <= {dataset.dataset_id}
        assert all(s.url.startswith(("http://", "https://")) for s in sources)
        tables = [s for s in sources if s.route in ("dump", "export")]
        assert all(s.url.startswith(portal.base_url) for s in tables)


@pytest.mark.parametrize("ids", [KNOWN, pytest.param(EXPORTS, marks=pytest.mark.slow)], ids=["known", "all"])
def test_exports_come_whole(addresses: dict[str, str], web: Web, tmp_path: Path, ids: tuple[str, ...]) -> None:
    csv.field_size_limit(1 << 30)
    portal, source, path = portal_of("chattanooga", addresses["chattanooga"]), reader("socrata"), tmp_path / "rows"
    tables = {s.dataset_id: s for d in datasets(web, portal) for s in source.row_sources(d, portal)}
    for dataset_id in ids:
        before = source.peek(web, portal, tables[dataset_id])
        found = source.fetch(web, portal, tables[dataset_id], before, None, path)
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        if dataset_id != TOO_WIDE:
            assert (found.peek.stated_rows_count, found.notes) == (len(rows) - 1, ())
        assert [c.header for c in before.columns or () if not c.is_system] == rows[0]
