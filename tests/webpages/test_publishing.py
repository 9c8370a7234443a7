"""The hourly `publish`: the public site beside the tables, only where something is new, and again where it failed."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from civicgauge.errors import ConfigurationError
from tests.webpages.published import OPEN, PRIVATE, published


def test_the_site_is_renewed_with_the_tables_and_owed_where_it_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from airflow.sdk.exceptions import AirflowSkipException

    from civicgauge.airflow import stages

    with published(tmp_path / "home") as context:
        site = context.settings.home / "published" / "site"
        site.mkdir(parents=True)
        (context.settings.home / "published" / ".civicgauge-export").write_text("written by civicgauge export\n")
        (site / "foreign.txt").write_text("not ours")
        left: list[object] = []
        task = SimpleNamespace(task_id="publish", map_index=-1, xcom_push=lambda *told: left.append(told))
        monkeypatch.setattr(stages, "get_current_context", lambda: {"ti": task})  # no task runs here
        with pytest.raises(ConfigurationError, match="not a site of ours"):
            stages.publish()
        assert len(left) == 1  # a note on what went wrong
        (site / "foreign.txt").unlink()
        monkeypatch.setenv("AIRFLOW__CIVICGAUGE__SITE_DATASETS", "some")
        with pytest.raises(ConfigurationError, match="none of all, to_mend and none"):
            stages.publish()
        monkeypatch.setenv("AIRFLOW__CIVICGAUGE__SITE_DATASETS", "none")
        assert stages.publish()["site"]["cities"] == 1
        assert (site / "city" / OPEN / "index.html").is_file()
        assert not (site / "city" / PRIVATE).exists()
        assert not list(site.glob("city/*/dataset/**/*.html")), "the pages of datasets were not asked for"
        with pytest.raises(AirflowSkipException):
            stages.publish()
