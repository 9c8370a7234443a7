"""A home of many cities for the benchmark of the site: the demo cities' measured day, copied under other names.

python -m benchmarks._site_world HOME CITIES DATASETS

HOME holds the demo cities as `civicgauge demo --no-airflow` leaves them. Each copy has a file, a run, the numbers, the
criteria and the open points of one of them, and its datasets over and over until there are so many.
"""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

_OF_CITY = ("city", "run", "indicator_value", "criterion_evidence", "incident", "incident_event")
_OF_DATASET = ("dataset", "dataset_day", "check_result", "landing", "pull")
_APART = ("run_id", "incident_key")  # keys that hold for all cities


def copy(home: Path, cities: int, datasets: int) -> None:
    """Put the copies beside the three that there are."""
    files = sorted((home / "cities").glob("*.yml"))
    link = sqlite3.connect(home / "warehouse.sqlite")
    link.execute("PRAGMA synchronous=OFF")
    tables = {name: _Table(link, name) for name in (*_OF_CITY, *_OF_DATASET)}
    for number in range(cities):
        source, name = files[number % len(files)], f"copied-city-{number:04d}"
        text = source.read_text(encoding="utf-8").replace(f"id: {source.stem}", f"id: {name}", 1)
        (home / "cities" / f"{name}.yml").write_text(text, encoding="utf-8")
        _city(tables, source.stem, name, datasets)
    link.commit()
    link.close()


class _Table:
    """A table's rows of the demo cities, and its copies."""

    def __init__(self, link: sqlite3.Connection, name: str) -> None:
        self._link, self._name = link, name
        found = link.execute(f"SELECT * FROM {name}")
        self.columns = [each[0] for each in found.description]
        self.rows = found.fetchall()

    def copy(self, source: str, name: str, dataset_ids: dict[str, str] | None = None) -> None:
        """Add the rows of a city (of some datasets, under other ids) as those of another."""
        at = {column: place for place, column in enumerate(self.columns)}
        made = []
        for row in self.rows:
            of = row[at["dataset_id"]] if dataset_ids is not None else ""
            if row[at["city_id"]] != source or (dataset_ids is not None and of not in dataset_ids):
                continue
            new = list(row)
            new[at["city_id"]] = name
            if dataset_ids is not None:
                new[at["dataset_id"]] = dataset_ids[of]
            for key in _APART:
                if new[at[key]] if key in at else None:
                    new[at[key]] = f"{row[at[key]]}.{name}"
            made.append(new)
        marks = ", ".join("?" * len(self.columns))
        self._link.executemany(f"INSERT INTO {self._name} VALUES ({marks})", made)


def _city(tables: dict[str, _Table], source: str, name: str, datasets: int) -> None:
    for table in _OF_CITY:
        tables[table].copy(source, name)
    place = tables["dataset"].columns.index("dataset_id")
    ids = sorted(row[place] for row in tables["dataset"].rows if source in row)
    for turn in range(-(-datasets // len(ids))):
        some = ids[: datasets - turn * len(ids)]
        renamed = {each: f"{each}-{turn}" if turn else each for each in some}
        for table in _OF_DATASET:
            tables[table].copy(source, name, renamed)


if __name__ == "__main__":
    copy(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
