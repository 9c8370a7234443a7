"""A lake in an object store: its bucket is made once, what other processes write is seen, and its failures are ours."""

from __future__ import annotations

import hashlib
import socket
from pathlib import Path

import pytest
from s3fs import S3FileSystem

from civicgauge import objectstore
from civicgauge.errors import ConfigurationError, LakeUnreachable, RetryableError
from civicgauge.lake import Lake
from civicgauge.objectstore import Reached


def test_the_bucket_is_made_once_and_tried(
    object_store: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CIVICGAUGE_LAKE", object_store)
    for said in ("was made and can be written", "lake can be written"):
        assert objectstore.main() == 0
        assert said in capsys.readouterr().out
    assert Lake(object_store).folders("") == []


def test_a_folder_is_prepared_as_well(tmp_path: Path) -> None:
    url = str(tmp_path / "far" / "lake")
    assert objectstore.prepare(url)
    assert not objectstore.prepare(url)


def test_what_others_write_and_remove_is_seen_at_once(bucket: str) -> None:
    here = Lake(bucket)
    S3FileSystem.clear_instance_cache()  # as in a process of its own
    there = Lake(bucket)
    assert here.folders("raw/a") == []
    assert not here.holds("raw/a/one", "x")
    there.commit("raw/a/one", {"x": b"1"}, {})
    assert here.folders("raw/a") == ["one"]
    assert here.folders("raw/a/one") == ["manifest.json", "x"]
    assert there.drop("raw/a/one", "x")
    assert not here.holds("raw/a/one", "x")


def test_a_large_file_comes_back(bucket: str, tmp_path: Path) -> None:
    source, lake = tmp_path / "rows.parquet", Lake(bucket)
    source.write_bytes(bytes(range(256)) * 60_000)
    manifest = lake.commit("rows/a/one", {"rows.parquet": source}, {})
    with lake.local("rows/a/one", "rows.parquet", manifest) as path:
        assert path.read_bytes() == source.read_bytes()
    for lake in (Lake(bucket), Lake(str(tmp_path / "lake"))):
        lake.commit("rows/a/two", {"rows.parquet": source, "empty": b""}, {})
        for name, body in (("rows.parquet", source.read_bytes()), ("empty", b""), ("gone", None)):
            assert lake.digest("rows/a/two", name) == (None if body is None else hashlib.sha256(body).hexdigest())


def test_a_store_that_does_not_answer_is_tried_again_later(
    bucket: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{gone.getsockname()[1]}")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    monkeypatch.setenv("CIVICGAUGE_LAKE", bucket)
    monkeypatch.setattr(S3FileSystem, "retries", 1)
    S3FileSystem.clear_instance_cache()
    lake = Lake(bucket)
    for ask in (lambda: lake.manifest("raw/a/one"), lambda: lake.commit("raw/a/one", {"x": b"1"}, {})):
        with pytest.raises(LakeUnreachable, match="did not answer"):
            ask()
    assert issubclass(LakeUnreachable, RetryableError)
    assert objectstore.main() == 70
    assert "did not answer" in capsys.readouterr().err


def test_a_store_that_refuses_is_a_setting_to_mend() -> None:
    class Refusing:
        def cat_file(self, _path: str) -> bytes:
            raise PermissionError("The AWS Access Key Id you provided does not exist in our records.")

    with pytest.raises(ConfigurationError, match="refuses access"):
        Reached(Refusing(), "s3://lake").cat_file("x")


@pytest.mark.parametrize("scheme", ["ftp", "http", "memory", "s3"])
def test_a_password_in_the_address_is_told_to_nobody(
    scheme: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        monkeypatch.setenv("CIVICGAUGE_LAKE", f"{scheme}://me:hunter%242@127.0.0.1:{gone.getsockname()[1]}/lake")
    objectstore.main()
    told = "".join(capsys.readouterr())
    assert "127.0.0.1" in told
    assert "hunter" not in told
