"""Databases of the bench's own on the local server, made anew for each run."""

from __future__ import annotations

from pathlib import Path

import psycopg
from psycopg import sql

from lumajang_crafts import localdb
from lumajang_crafts.localdb_place import locate

PREFIX = "lumajang_bench_"


def create(name: str) -> None:
    with psycopg.connect(localdb.url("owner"), autocommit=True) as connection:
        for statement in (
            "DROP DATABASE IF EXISTS {name} WITH (FORCE)",
            "CREATE DATABASE {name}",
        ):
            connection.execute(sql.SQL(statement).format(name=sql.Identifier(PREFIX + name)))


def drop(name: str) -> None:
    with psycopg.connect(localdb.url("owner"), autocommit=True) as connection:
        statement = sql.SQL("DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(statement.format(name=sql.Identifier(PREFIX + name)))


def settle(name: str) -> None:
    """Bring statistics and visibility up to date, so that no autovacuum runs while we measure."""
    with psycopg.connect(url(name, "owner"), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def url(name: str, role: localdb.Role) -> str:
    return localdb.url(role).rpartition("/")[0] + f"/{PREFIX}{name}"


def server_pid() -> int:
    return int(Path(locate().data, "postmaster.pid").read_text().split()[0])


def version(name: str) -> str:
    with psycopg.connect(url(name, "owner")) as connection:
        return str(connection.info.server_version // 10_000)
