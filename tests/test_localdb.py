"""The local database from outside: real servers, in copies of the project."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.copies import LOCALDB, Copy
from tests.servers import ENSURE, HOLD, hold, is_alive, release, server_pid


@pytest.fixture(scope="module")
def project() -> Iterator[Copy]:
    """One cluster for the tests that leave it as it was."""
    copy = Copy(LOCALDB)
    yield copy
    copy.remove()


def test_the_last_user_to_leave_stops_the_server(project):
    first, url = hold(project)
    second, same_url = hold(project)
    server = server_pid(url)

    release(first)
    assert server_pid(same_url) == server
    release(second)

    assert same_url == url
    assert not is_alive(server)


def test_a_killed_user_leaves_a_server_that_the_next_one_adopts_and_stops(project):
    holder, url = hold(project)
    server = server_pid(url)

    holder.kill()
    holder.communicate()
    assert is_alive(server)
    following, _ = hold(project)
    assert server_pid(url) == server
    release(following)

    assert not is_alive(server)


@pytest.mark.parametrize("signal", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signalled_user_stops_the_server(project, signal):
    code = ENSURE + "import os, signal; print(localdb.url('owner'), flush=True); input();"
    code += f"os.kill(os.getpid(), signal.{signal}); signal.pause()"
    holder = project.start("-c", code)
    server = server_pid(holder.stdout.readline().strip())

    release(holder)

    assert not is_alive(server)


def test_a_forked_child_does_not_stop_the_server(project):
    code = ENSURE + "import os, sys; os.fork() or sys.exit(); os.wait(); print(localdb.status())"

    done = project.python("-c", code)

    assert done.stdout.startswith("The local database is running"), done.stderr


def test_the_application_role_cannot_create_tables(project):
    holder, owner = hold(project)
    application = owner.replace("lumajang_owner", "lumajang_app")

    with psycopg.connect(owner) as connection:
        connection.execute("CREATE TABLE made (id int)")
        connection.rollback()
    with (
        psycopg.connect(application) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("CREATE TABLE made (id int)")

    release(holder)


def test_the_owner_role_is_no_superuser(project):
    holder, url = hold(project)

    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        ).fetchone()

    release(holder)
    assert found == (False, True, False)


def test_a_database_that_the_owner_makes_has_the_extensions(project):
    holder, url = hold(project)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE test_made")

    with psycopg.connect(url.removesuffix("lumajang") + "test_made") as connection:
        found = {name for (name,) in connection.execute("SELECT extname FROM pg_extension")}

    release(holder)
    assert {"pg_trgm", "unaccent", "btree_gist", "citext"} <= found


def test_the_server_listens_on_no_port_and_writes_durably(project):
    holder, url = hold(project)

    with psycopg.connect(url) as connection:
        names = ("listen_addresses", "fsync", "full_page_writes", "data_checksums")
        found = [connection.execute(f"SHOW {name}").fetchone()[0] for name in names]

    release(holder)
    assert found == ["", "on", "on", "on"]


def test_text_sorts_the_same_on_every_machine(project):
    holder, url = hold(project)

    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'lumajang'"
        ).fetchone()

    release(holder)
    assert found == ("b", "C.UTF-8")


def test_stop_refuses_while_another_process_uses_the_server(project):
    holder, _ = hold(project)

    done = project.python("-c", "from lumajang_crafts import localdb; localdb.stop()")

    assert "Another process is using the local database" in done.stderr
    release(holder)


def test_localpg_keep_leaves_the_server_running(project):
    project.python("-c", ENSURE, LOCALPG_KEEP="1")
    status = "from lumajang_crafts import localdb; print(localdb.status()); localdb.stop()"

    kept = project.python("-c", status).stdout
    stopped = project.python("-c", status).stdout

    assert kept.startswith("The local database is running")
    assert stopped.startswith("The local database is stopped")


def test_the_command_localdb_starts_describes_and_stops_the_server(fresh):
    answers = [
        fresh.python("manage.py", "localdb", action).stdout.partition(";")[0]
        for action in ("status", "start", "status", "stop")
    ]

    running, stopped = "The local database is running", "The local database is stopped"
    assert answers == [stopped, running, running, stopped]


def test_data_of_another_major_version_are_refused(fresh):
    fresh.python("-c", ENSURE)
    home = "from lumajang_crafts import localdb_place as p; print(p.locate().data)"
    version = Path(fresh.python("-c", home).stdout.strip(), "PG_VERSION")
    version.write_text("17\n")

    done = fresh.python("manage.py", "check")

    assert done.returncode == 1
    assert "was written by PostgreSQL 17 and this is PostgreSQL 18" in done.stderr
    assert "Traceback" not in done.stderr
    assert fresh.processes() == []


def test_wiped_data_are_made_anew_under_another_identity(fresh):
    identify = ENSURE + "print(localdb.identity())"
    first = fresh.python("-c", identify).stdout
    same = fresh.python("-c", identify).stdout
    shutil.rmtree(fresh.folder / "var")

    second = fresh.python("-c", identify).stdout

    assert first == same != second
    assert len(second.strip()) == 16


def test_a_half_made_cluster_is_made_anew(fresh):
    first = fresh.python(
        "-c", "from lumajang_crafts import localdb_place as p; print(p.locate().home)"
    )
    draft = Path(first.stdout.strip(), "data.new")
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n")

    done = fresh.python("-c", ENSURE + "print(localdb.status())")

    assert done.stdout.startswith("The local database is running"), done.stderr
    assert not draft.exists()


@pytest.mark.parametrize(
    "arguments",
    [[], ["help"], ["version"], ["--help"], ["check", "--help"], ["diffsettings"]],
)
def test_a_command_that_needs_no_database_starts_none(fresh, arguments):
    done = fresh.python("manage.py", *arguments)

    assert done.returncode == 0, done.stderr
    assert list(fresh.folder.glob("var/**/PG_VERSION")) == []
    assert [path for path in fresh.private_folders() if list(path.glob("*/data"))] == []


def test_any_other_command_starts_it_and_stops_it(fresh):
    done = fresh.python("manage.py", "check")

    status = fresh.python("manage.py", "localdb", "status").stdout
    data = Path(status.rpartition(" in ")[2].strip().removesuffix("."))
    assert done.returncode == 0, done.stderr
    assert (data / "PG_VERSION").exists()
    assert fresh.processes() == []


def test_with_database_url_it_is_never_touched(fresh):
    done = fresh.python(
        "manage.py",
        "check",
        DATABASE_URL="postgresql://elsewhere/shop",
        SECRET_KEY="given",
    )

    assert done.returncode == 0, done.stderr
    assert not (fresh.folder / "var").exists()


@pytest.mark.parametrize(
    ("command", "role"),
    [
        ("migrate", "owner"),
        ("grant_roles", "owner"),
        ("shell", "app"),
        ("load_demo", "app"),
    ],
)
def test_only_commands_that_change_the_schema_get_the_owner(project, command, role):
    code = "import os; from lumajang_crafts import localdb\n"
    code += f"localdb.prepare(['{command}', '--help']); print(os.environ['DATABASE_URL'])"

    assert f"lumajang_{role}@" in project.python("-c", code).stdout


def test_the_secret_key_is_made_once_and_only_its_user_reads_it(fresh):
    code = "from lumajang_crafts import localdb; print(localdb.secret_key())"

    first, second = (fresh.python("-c", code).stdout.strip() for _ in range(2))

    assert first == second
    assert len(first) >= 50
    assert (fresh.folder / "var/secret-key").stat().st_mode & 0o777 == 0o600


def test_two_first_users_at_once_share_one_server(fresh):
    holders = [fresh.start("-c", HOLD) for _ in range(2)]
    urls = [holder.stdout.readline().strip() for holder in holders]

    servers = [server_pid(url) for url in urls]

    for holder in holders:
        release(holder)
    assert servers[0] == servers[1]
    assert not is_alive(servers[0])
