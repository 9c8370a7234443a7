"""Backup and restore as docs/backup.md says it: the database's own tools, and a copy of the lake's files."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import psycopg
import sqlalchemy as sa


def save_warehouse(url: str, target: Path) -> None:
    """A copy of the warehouse as of one moment, while others write."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(_file(url))) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
        return
    _run("pg_dump", "--format=custom", "--schema=civicgauge", f"--file={target}", url)


def lose_warehouse(url: str) -> None:
    """The disk is gone."""
    if url.startswith("sqlite"):
        for path in _file(url).parent.glob(f"{_file(url).name}*"):
            path.unlink()
        return
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA civicgauge CASCADE")


def restore_warehouse(url: str, source: Path) -> None:
    """The copy, in an empty place."""
    if url.startswith("sqlite"):
        shutil.copyfile(source, _file(url))
        return
    _run("pg_restore", "--exit-on-error", "--no-owner", f"--dbname={url}", str(source))


def save_lake(lake: Path, target: Path) -> None:
    """Every file, those that come meanwhile or not."""
    shutil.copytree(lake, target)


def restore_lake(lake: Path, source: Path) -> None:
    """The copy in the place of what is left."""
    shutil.rmtree(lake, ignore_errors=True)
    shutil.copytree(source, lake)


def _file(url: str) -> Path:
    return Path(sa.make_url(url).database or "")


def _run(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
