"""Make, start and stop the PostgreSQL server of one place. The caller holds the start lock."""

from __future__ import annotations

import hashlib
import locale
import os
import pwd
import shlex
import shutil
import subprocess
import time
from pathlib import Path

from lumajang_crafts.localdb_place import (
    LocalDatabaseError,
    Place,
    copy_binaries,
    make_folder,
    private_folder,
)

DATABASE = "lumajang"
ROLES = {"owner": "lumajang_owner", "app": "lumajang_app"}
CONTENTS = Path(__file__).with_name("localdb.sql")
LARGEST_LOG = 1_000_000  # bytes; begun anew at a start
PATIENCE = 60  # seconds; recovery after a power cut takes longer than a plain start

SETTINGS = """\
listen_addresses = ''
port = 5432
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
data_directory = '{data}'
hba_file = '{home}/conf/pg_hba.conf'
ident_file = '{home}/conf/pg_ident.conf'
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
"""


def start(place: Place) -> None:
    """Adopt the running server or start one, and see that its contents are complete."""
    if is_running(place):
        wait_until_ready(place)
    else:
        prepare_private_folder(place)
        make_cluster(place)
        refuse_other_version(place)
        write_configuration(place)
        launch(place)
    make_contents(place)


def stop(place: Place) -> None:
    if is_running(place):
        run(
            place,
            "pg_ctl",
            "stop",
            "-D",
            place.data,
            "-m",
            "fast",
            "-w",
            "-t",
            PATIENCE,
        )


def is_running(place: Place) -> bool:
    """Ask the socket, not the pid file: after a crash that pid may be another program's."""
    return place.data.exists() and readiness(place) != "no response"


def readiness(place: Place) -> str:
    command = [
        str(place.binaries / "pg_isready"),
        "-q",
        "-h",
        str(place.sockets),
        "-p",
        "5432",
    ]
    code = subprocess.run(command, check=False, env=clean_environment()).returncode
    return {0: "accepting", 1: "rejecting"}.get(code, "no response")


def wait_until_ready(place: Place) -> None:
    deadline = time.monotonic() + PATIENCE
    while readiness(place) != "accepting":
        if time.monotonic() > deadline:
            raise LocalDatabaseError(
                f"The local database runs but accepts nobody: its reasons are in {log(place)}."
            )
        time.sleep(0.1)


def prepare_private_folder(place: Place) -> None:
    """Copy the binaries and clear away what an earlier clone at this path left."""
    if not place.is_private:
        return
    make_folder(place.home, 0o711)  # the server's account passes through
    copy_binaries(place)
    for left in private_folder().iterdir():
        if (left / "data").is_dir() and left != place.home:
            halt = ("stop", "-D", left / "data", "-m", "immediate", "-w")
            execute(place, "pg_ctl", *halt)
            shutil.rmtree(left)


def make_cluster(place: Place) -> None:
    if place.data.exists():
        return
    draft = place.home / "data.new"
    shutil.rmtree(draft, ignore_errors=True)  # an earlier initdb was killed
    (place.home / "contents").unlink(missing_ok=True)
    hand_over(draft, place)
    options = [
        "--username=postgres",
        "--auth=peer",
        "--encoding=UTF8",
        "--data-checksums",
    ]
    options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    options += [f"--lc-ctype={character_type()}"]
    run(place, "initdb", "-D", draft, *options)
    draft.rename(place.data)


def hand_over(folder: Path, place: Place) -> None:
    """Make the folder if needed, closed to all but the server's account."""
    if not folder.exists():
        folder.mkdir(mode=0o700)
        if place.account:
            os.chown(folder, place.account.uid, place.account.gid)


def character_type() -> str:
    """Trigrams of letters beyond ASCII need it; some systems lack it."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        return locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, before)


def refuse_other_version(place: Place) -> None:
    written = (place.data / "PG_VERSION").read_text().strip()
    ours = execute(place, "postgres", "--version").stdout.split()[2].partition(".")[0]
    if written != ours:
        raise LocalDatabaseError(
            f"The local database in {place.data} was written by PostgreSQL {written} and this is "
            f"PostgreSQL {ours}: delete that folder to begin anew, or keep what you need of it "
            f"with pg_dump of version {written} first."
        )


def write_configuration(place: Place) -> None:
    """Configuration lies outside the data folder, which belongs to the server's account."""
    conf = place.home / "conf"
    conf.mkdir(exist_ok=True)
    paths = {"home": place.home, "data": place.data, "sockets": place.sockets}
    quoted = {name: str(path).replace("'", "''") for name, path in paths.items()}
    people = {pwd.getpwuid(os.geteuid()).pw_name, "root"}
    roles = ["postgres", *ROLES.values()]
    contents = {
        "postgresql.conf": SETTINGS.format(**quoted),
        "pg_hba.conf": "local all all peer map=local\n",
        "pg_ident.conf": "".join(f'local "{who}" {role}\n' for who in people for role in roles),
    }
    for name, text in contents.items():
        (conf / name).write_text(text)
        (conf / name).chmod(0o644)
    conf.chmod(0o755)


def launch(place: Place) -> None:
    hand_over(place.sockets, place)
    if log(place).exists() and log(place).stat().st_size > LARGEST_LOG:
        log(place).unlink()
    config = place.home / "conf" / "postgresql.conf"
    options = shlex.join(["-c", f"config_file={config}"])
    where = ("-D", place.data, "-l", log(place), "-o", options, "-w", "-t", PATIENCE)
    done = execute(place, "pg_ctl", "start", *where)
    if done.returncode != 0:
        raise LocalDatabaseError(
            f"The local database did not start: {last_complaint(log(place)) or done.stderr.strip()} "
            f"(more in {log(place)})."
        )


def make_contents(place: Place) -> None:
    """Roles, database and extensions, once: the stamp tells which text was run."""
    stamp = place.home / "contents"
    digest = hashlib.sha256(CONTENTS.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    server = (
        "-h",
        str(place.sockets),
        "-p",
        "5432",
        "-U",
        "postgres",
        "-d",
        "postgres",
    )
    command = [
        str(place.binaries / "psql"),
        "-X",
        "-q",
        "-v",
        "ON_ERROR_STOP=1",
        *server,
    ]
    done = subprocess.run(
        [*command, "-f", str(CONTENTS)],
        capture_output=True,
        text=True,
        check=False,
        env=clean_environment(),
    )
    if done.returncode != 0:
        raise LocalDatabaseError(
            f"The local database could not be set up: {done.stderr.strip().splitlines()[-1]}"
        )
    stamp.write_text(digest)


def log(place: Place) -> Path:
    return place.data / "server.log"


def last_complaint(path: Path) -> str:
    lines = path.read_text(errors="replace").splitlines() if path.exists() else []
    complaints = [line for line in lines if "FATAL" in line or "PANIC" in line]
    return complaints[-1].partition("] ")[2] if complaints else ""


def run(place: Place, name: str, *arguments: object) -> None:
    done = execute(place, name, *arguments)
    if done.returncode != 0:
        words = (done.stderr or done.stdout).strip().splitlines()
        raise LocalDatabaseError(
            f"The local database failed in {name}: {words[-1] if words else 'no reason given'}"
        )


def execute(place: Place, name: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs as the server's account, away from our Ctrl-C."""
    command = [str(place.binaries / name), *map(str, arguments)]
    try:
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            env=clean_environment(),
            start_new_session=True,
            **(place.account.options() if place.account else {}),
        )
    except OSError as error:
        raise LocalDatabaseError(
            f"The local database cannot run {command[0]} ({error.strerror}): "
            "run this as an ordinary user, or set DATABASE_URL."
        ) from error


def clean_environment() -> dict[str, str]:
    """Without PGPORT, PGHOST and the like, and without the caller's language."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PG", "LC_", "LANG"))
    }
