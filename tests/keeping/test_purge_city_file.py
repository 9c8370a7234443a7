"""Where a whole city withdraws, the copies of its file in the lake lose what people attest in it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from civicgauge.pipeline import landing, purging, verifying
from civicgauge.pipeline.reviewing.relanding import kept_city
from civicgauge.pipeline.withdrawn import Scope
from tests.attestations.conftest import CITY, write_city
from tests.homes import home_at

NOW = datetime(2026, 7, 2, tzinfo=UTC)
SAID = """
attestations:
- {criterion: DM1, stance: in_line, by: zyxomma board, said_on: 2026-01-01, until: 2026-12-31}
"""


def test_what_is_attested_in_a_citys_file_leaves_its_copies(tmp_path: Path) -> None:
    with home_at(tmp_path) as context:
        write_city(context, CITY, SAID)
        city = context.city(CITY)
        folder = f"catalog/{CITY}/2026-06-30/20260630T120000.000000Z-a"
        context.lake.commit(
            folder, {landing.CITY: city.model_dump_json(exclude={"contacts"}).encode()}, {"stage": "land"}
        )
        purging.purge(context, Scope(CITY), "data steward", "asked", NOW)
        manifest = context.lake.manifest(folder)
        assert manifest is not None
        left = kept_city(context.lake, folder, manifest)
        assert left == city.model_copy(update={"attestations": (), "contacts": ()})
        assert "zyxomma" not in "".join(path.read_text() for path in Path(context.settings.lake).rglob("*.json*"))
        assert manifest["withdrawn"][0]["tombstone"] == Scope(CITY).key
        assert verifying.verify(context, NOW.date()).missing == ()
