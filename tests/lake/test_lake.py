"""The lake: the manifest is the commit, files never change, damage is found."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from civicgauge.errors import ConfigurationError, LakeDamaged
from civicgauge.lake import Lake, compress, decompress, new_id

MOMENT = datetime(2026, 6, 30, 12, tzinfo=UTC)


@pytest.fixture(params=["disk", "memory", "s3"])
def lake(request: pytest.FixtureRequest, tmp_path: Path) -> Lake:
    return Lake(request.getfixturevalue("bucket") if request.param == "s3" else lake_at(request.param, tmp_path))


def lake_at(kind: str, folder: Path) -> str:
    return str(folder / "lake") if kind == "disk" else f"memory://{folder.name}-{secrets.token_hex(4)}"


def test_what_is_committed_comes_back_and_is_listed(lake: Lake) -> None:
    lake.commit("raw/a/one", {"x.json": b"{}"}, {"day": "2026-06-30"})
    lake.commit("raw/a/two", {"x.json": b"[1]"}, {"day": "2026-07-01"})
    folder, manifest = lake.last_committed("raw/a") or ("", {})
    assert (folder, manifest["day"], lake.read(folder, "x.json")) == ("raw/a/two", "2026-07-01", b"[1]")
    assert [name for name, _ in lake.committed("raw/a")] == ["raw/a/one", "raw/a/two"]


def test_a_folder_without_a_manifest_does_not_exist_for_readers(lake: Lake) -> None:
    lake.commit("raw/a/one", {"x": b"1"}, {})
    lake.keep("raw/a/two", "unreadable.body", b"<html>")
    assert lake.last_committed("raw/a") == ("raw/a/one", lake.manifest("raw/a/one"))
    assert lake.last_committed("raw/never") is None
    assert lake.manifest("raw/never/was") is None


def test_a_changed_byte_is_found(tmp_path: Path) -> None:
    lake = Lake(str(tmp_path))
    lake.commit("raw/a/one", {"x": b"right"}, {})
    (tmp_path / "raw/a/one/x").write_bytes(b"wrong")
    with pytest.raises(LakeDamaged, match="raw/a/one/x"):
        lake.read("raw/a/one", "x")
    with pytest.raises(LakeDamaged, match="missing"):
        lake.read("raw/a/one", "never-was")
    (tmp_path / "raw/a/one/manifest.json").write_text("{")
    with pytest.raises(LakeDamaged, match=r"manifest\.json"):
        lake.manifest("raw/a/one")


def test_nothing_half_written_is_left_when_the_disk_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lake = Lake(str(tmp_path))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("civicgauge.lake.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        lake.commit("raw/a/one", {"x": b"1"}, {})
    assert lake.manifest("raw/a/one") is None


def test_orphans_are_swept_by_age_and_committed_folders_stay(lake: Lake) -> None:
    old, new = new_id(MOMENT - timedelta(days=8)), new_id(MOMENT - timedelta(days=1))
    for name in (old, new):
        lake.keep(f"raw/a/{name}", "part", b"1")
    committed = new_id(MOMENT - timedelta(days=30))
    lake.commit(f"raw/a/{committed}", {"x": b"1"}, {})
    assert lake.sweep(["raw/a"], MOMENT - timedelta(days=7)) == 1
    assert lake.folders("raw/a") == [committed, new]


def test_ids_sort_by_time_and_never_meet() -> None:
    made = [new_id(MOMENT + timedelta(seconds=i)) for i in range(50)]
    assert made == sorted(made)
    assert len({new_id(MOMENT) for _ in range(200)}) == 200


def test_equal_bytes_compress_to_equal_bytes() -> None:
    body = json.dumps({"a": [1, 2, 3]}).encode() * 100
    assert compress(body) == compress(body)
    assert decompress(compress(body)) == body


def test_an_address_that_cannot_be_opened_is_said() -> None:
    with pytest.raises(ConfigurationError, match="CIVICGAUGE_LAKE"):
        Lake("nosuchprotocol://x")
