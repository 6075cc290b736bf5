"""serve.py from outside: it serves a tiny site, as `make run` does with ours."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator

import pytest

from lumajang_crafts import children, serve
from tests.copies import LOCALDB, PROJECT, Copy, wait_until

FILES = [
    *LOCALDB,
    "lumajang_crafts/children.py",
    "lumajang_crafts/commands.py",
    "lumajang_crafts/freshness.py",
    "lumajang_crafts/gunicorn_conf.py",
    "lumajang_crafts/serve.py",
]
SERVE = ("-m", "lumajang_crafts.serve")
pytestmark = [pytest.mark.enable_socket, pytest.mark.xdist_group("serve")]


@pytest.fixture(scope="module")
def site() -> Iterator[Copy]:
    copy = Copy(FILES)
    shutil.copytree(PROJECT / "tests/tiny_site", copy.folder, dirs_exist_ok=True)
    (copy.folder / "requirements").mkdir()
    (copy.folder / "requirements/local.txt").touch()
    yield copy
    for pid in copy.processes():
        os.kill(pid, signal.SIGTERM)
    wait_until(lambda: copy.processes() == [])
    copy.remove()


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def start(site: Copy, port: int) -> tuple[subprocess.Popen[str], str]:
    """Serve it, and return what was printed until it was ready."""
    serving = site.start(*SERVE, PORT=str(port), DEMO="1")
    printed = []
    for line in serving.stdout:
        printed.append(line)
        if line.startswith("Ready"):
            return serving, "".join(printed)
    raise AssertionError("".join(printed) + serving.communicate()[1])


def end(serving: subprocess.Popen[str], number: int) -> tuple[int, str, str]:
    serving.send_signal(number)
    out, err = serving.communicate(timeout=60)
    return serving.returncode, out, err


def page(port: int, path: str = "") -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}") as response:
        return response.read().decode()


def test_it_serves_as_the_application_role_and_prints_where(site, port):
    serving, printed = start(site, port)

    found = page(port)

    assert end(serving, signal.SIGINT)[:2] == (0, "\nStopped.\n")
    assert found == f"lumajang_app http://localhost:{port}"
    assert "staff@example.com / secret\n" in printed
    assert printed.endswith(f"Ready: http://127.0.0.1:{port}/  (Ctrl-C ends it)\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_nothing_is_left_when_it_is_told_to_end(site, port, number):
    serving, _ = start(site, port)

    code, _, _ = end(serving, number)

    assert code == 0
    assert site.processes() == []


def test_nothing_is_left_after_a_kill_a_restart_and_ctrl_c(site, port):
    serving, _ = start(site, port)
    end(serving, signal.SIGKILL)

    again, _ = start(site, port)
    end(again, signal.SIGINT)

    assert site.processes() == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP, signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_when_make_alone_is_told_to_end(site, port, number):
    """Its children get no signal of their own, but for SIGTERM."""
    make = site.folder / "Makefile"
    make.write_text(f"run:\n\t@exec {sys.executable} {' '.join(SERVE)}\n")
    serving = subprocess.Popen(["make", "run"], **site.options({"PORT": str(port), "DEMO": "1"}))
    wait_until(lambda: serving.stdout.readline().startswith("Ready"))

    end(serving, number)

    assert serving.returncode != 0
    wait_until(lambda: site.processes() == [])


def test_when_the_worker_dies_everything_ends_and_says_so(site, port):
    serving, _ = start(site, port)
    records = json.loads((site.folder / "var/run/children.json").read_text())
    worker = next(record["pid"] for record in records if "procrastinate" in record["command"])

    os.kill(worker, signal.SIGKILL)
    _, errors = serving.communicate(timeout=60)

    assert serving.returncode == 1
    assert errors.endswith("The worker ended by itself (see above), so everything was stopped.\n")
    assert site.processes() == []


def children_of(site: Copy) -> list[str]:
    records = json.loads((site.folder / "var/run/children.json").read_text())
    return [" ".join(record["command"][1:4]) for record in records]


def test_the_demo_has_a_payment_gateway_of_its_own_beside_it(site, port):
    serving, _ = start(site, port)

    beside = int(page(port, "stand-in").removeprefix("http://127.0.0.1:"))
    wait_until(lambda: serve.answers(f"http://127.0.0.1:{beside}/"))
    answer = page(beside)

    commands = children_of(site)
    end(serving, signal.SIGINT)
    assert beside != port
    assert answer == "stand-in"
    assert commands[2:] == ["-m orders.standin"]


def test_without_the_demo_there_is_no_stand_in(site, port):
    serving = site.start(*SERVE, PORT=str(port))
    wait_until(lambda: serving.stdout.readline().startswith("Ready"))

    address, commands = page(port, "stand-in"), children_of(site)

    end(serving, signal.SIGINT)
    assert address == "none"
    assert commands == ["-m gunicorn -c", "manage.py procrastinate worker"]


@pytest.mark.parametrize("port", [40_000, 65_535])
def test_the_stand_in_gets_a_port_of_its_own(port):
    assert serve.port_beside(port) not in (0, port)


def test_only_the_first_start_sets_up(site, port):
    end(start(site, port)[0], signal.SIGINT)

    serving, printed = start(site, port)

    end(serving, signal.SIGINT)
    assert "Preparing" not in printed
    assert "staff@example.com / secret" in printed


def test_a_wiped_database_is_set_up_again(site, port):
    end(start(site, port)[0], signal.SIGINT)
    shutil.rmtree(site.folder / "var/postgres")
    payments = site.folder / "var/run/stand-in.json"
    payments.write_text("[]")

    serving, printed = start(site, port)

    end(serving, signal.SIGINT)
    assert "demo loaded" in printed
    assert not payments.exists()


@pytest.mark.parametrize("name", ["static/new.css", "catalogue/migrations/0001_new.py"])
def test_a_new_input_is_set_up(site, port, name):
    end(start(site, port)[0], signal.SIGINT)
    (site.folder / name).parent.mkdir(exist_ok=True)
    (site.folder / name).write_text("")

    done = site.python("-c", "from lumajang_crafts import serve; print(serve.is_set_up())")

    assert done.stdout == "False\n", done.stderr
    (site.folder / name).unlink()


def test_a_second_run_in_the_same_folder_is_refused(site, port):
    serving, _ = start(site, port)

    second = site.python(*SERVE, PORT=str(port), DEMO="1")

    assert page(port).startswith("lumajang_app")
    end(serving, signal.SIGINT)
    assert second.returncode == 1
    assert second.stderr == "This folder is being served already: end that `make run` first.\n"


def test_a_taken_port_is_refused_before_anything_starts(site):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = site.python(*SERVE, PORT=str(port))

    assert done.returncode == 1
    assert done.stderr == (
        f"Another program uses port {port}: end it, or choose another port, "
        f"as in `make run PORT={port + 1}`.\n"
    )
    assert site.processes() == []


@pytest.mark.parametrize("text", ["eighty", "0", "65536", "-1"])
def test_a_port_that_is_none_is_refused(site, text):
    done = site.python(*SERVE, PORT=text)

    assert done.stderr == f"PORT is {text!r}: give a number such as PORT=8001.\n"
    assert done.returncode == 1


def test_a_child_ends_when_its_parent_is_killed(site):
    code = "import os; from lumajang_crafts import children\n"
    code += "child = children.spawn(['sleep', '600'], os.environ)\n"
    code += "print(child.pid, flush=True); child.wait()"
    parent = site.start("-c", code)
    child = int(parent.stdout.readline())

    parent.kill()
    parent.communicate()

    wait_until(lambda: children.command_of(child) == [])


def test_leftovers_are_ended_but_not_a_stranger_with_their_number(tmp_path):
    leftover = subprocess.Popen(["sleep", "600"])
    stranger = subprocess.Popen(["cat"], stdin=subprocess.PIPE)
    records = [
        {"pid": leftover.pid, "command": ["sleep", "600"]},
        {"pid": stranger.pid, "command": ["cat", "/another/file"]},
    ]
    path = tmp_path / "children.json"
    path.write_text(json.dumps(records))
    wait_until(lambda: children.command_of(stranger.pid) == ["cat"])

    children.end_leftovers(path)

    stranger.communicate()
    assert (leftover.wait(), stranger.returncode) == (-signal.SIGTERM, 0)
    assert not path.exists()
