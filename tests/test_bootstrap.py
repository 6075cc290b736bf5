"""bootstrap.py from outside: in copies of the project, with a PATH that the test fills."""

from __future__ import annotations

import ast
import hashlib
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator

import pytest

from lumajang_crafts import bootstrap
from tests.copies import PROJECT, Copy

SCRIPT = "lumajang_crafts/bootstrap.py"
REAL = f'#!/bin/sh\nexec "{sys.executable}" "$@"\n'
SHIM = "#!/bin/sh\necho 'pyenv: command not found' >&2\nexit 127\n"
OLD = "#!/bin/sh\necho 3.9\n"
WITHOUT_VENV = '#!/bin/sh\ncase "$*" in *ensurepip*) exit 1;; *) echo 3.12;; esac\n'


@pytest.fixture
def project() -> Iterator[Copy]:
    copy = bare_project()
    yield copy
    shutil.rmtree(copy.top)


@pytest.fixture(scope="module")
def installed_project() -> Iterator[Copy]:
    """Making an environment takes seconds: tests that may share one do."""
    copy = bare_project()
    put(copy, "python3", REAL)
    lock(copy, "1.0")
    assert run(copy).returncode == 0
    yield copy
    shutil.rmtree(copy.top)


def bare_project() -> Copy:
    copy = Copy([SCRIPT])
    (copy.folder / "requirements").mkdir()
    (copy.folder / "commands").mkdir()
    return copy


def put(project: Copy, name: str, script: str) -> None:
    path = project.folder / "commands" / name
    path.write_text(script)
    path.chmod(0o755)


def lock(project: Copy, version: str, digest: str | None = None) -> None:
    """Lock one package that lies beside the lock, so that no network is needed."""
    wheel = project.folder / f"tiny-{version}-py3-none-any.whl"
    about = f"tiny-{version}.dist-info"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("tiny.py", f"version = {version!r}\n")
        archive.writestr(
            f"{about}/METADATA",
            f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n",
        )
        archive.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{about}/RECORD", "")
    digest = digest or hashlib.sha256(wheel.read_bytes()).hexdigest()
    line = f"tiny @ {wheel.as_uri()} --hash=sha256:{digest}\n"
    (project.folder / "requirements/local.txt").write_text(line)


def run(project: Copy, **environment: str) -> subprocess.CompletedProcess[str]:
    path = f"{project.folder / 'commands'}:/nowhere"
    return project.python(SCRIPT, PATH=path, **environment)


def installed(project: Copy) -> str:
    python = project.folder / ".venv/bin/python"
    code = "import tiny; print(tiny.version)"
    return subprocess.run(
        [python, "-c", code], capture_output=True, text=True, check=False
    ).stdout.strip()


def test_it_can_be_read_by_an_old_python():
    ast.parse((PROJECT / SCRIPT).read_text(), feature_version=(3, 8))


def test_it_passes_over_commands_that_do_not_work(project):
    put(project, "python3.13", SHIM)
    put(project, "python3.12", OLD)
    put(project, "python3.11", WITHOUT_VENV)
    put(project, "python3", REAL)
    lock(project, "1.0")

    done = run(project)

    assert done.returncode == 0, done.stderr
    assert "commands/python3 ..." in done.stdout
    assert installed(project) == "1.0"


def test_it_works_only_when_the_lock_changed(installed_project):
    lock(installed_project, "2.0")

    changed = run(installed_project)
    again = run(installed_project)

    assert "Installing the packages" in changed.stdout
    assert "Making .venv" not in changed.stdout
    assert (again.returncode, again.stdout) == (0, "")
    assert installed(installed_project) == "2.0"


def test_settings_that_send_packages_elsewhere_have_no_effect(installed_project, tmp_path):
    lock(installed_project, "3.0")
    elsewhere = tmp_path / "elsewhere"

    done = run(installed_project, PIP_USER="1", PIP_TARGET=str(elsewhere), PYTHONPATH="x")

    assert done.returncode == 0, done.stdout
    assert installed(installed_project) == "3.0"
    assert not elsewhere.exists()


def test_a_package_that_is_not_the_locked_one_is_refused(installed_project):
    lock(installed_project, "4.0", digest="0" * 64)

    done = run(installed_project)

    assert done.returncode == 1
    assert "trying once more" in done.stdout
    assert done.stderr.startswith("The packages could not be installed: ERROR: THESE PACKAGES DO")
    assert installed(installed_project) != "4.0"
    assert run(installed_project).returncode == 1


def test_an_environment_that_was_cut_short_is_made_anew(project):
    put(project, "python3", REAL)
    lock(project, "1.0")
    (project.folder / ".venv").mkdir()
    (project.folder / ".venv/stranger").touch()

    done = run(project)

    assert done.returncode == 0, done.stderr
    assert not (project.folder / ".venv/stranger").exists()
    assert installed(project) == "1.0"


@pytest.mark.parametrize(
    ("name", "text"),
    [("installing", ""), ("made-for", "/another/place"), ("bin/python", "broken")],
)
def test_an_environment_that_cannot_be_trusted_is_not_used(installed_project, name, text):
    ask = "from lumajang_crafts import bootstrap; print(bootstrap.is_usable())"
    folder = installed_project.folder / ".venv"
    whole = installed_project.folder / "whole"
    before = installed_project.python("-c", ask).stdout
    folder.rename(whole)
    shutil.copytree(whole, folder, symlinks=True)
    (folder / name).unlink(missing_ok=True)
    (folder / name).write_text(text)

    after = installed_project.python("-c", ask).stdout

    shutil.rmtree(folder)
    whole.rename(folder)
    assert (before, after) == ("True\n", "False\n")


@pytest.mark.parametrize(
    ("commands", "sentence"),
    [
        ({}, "Python 3.11 or newer is needed and none was found: install Python 3.13."),
        (
            {"python3": OLD},
            "Python 3.11 or newer is needed and the newest found is 3.9: install Python 3.13.",
        ),
        (
            {"python3": WITHOUT_VENV, "python3.13": SHIM},
            (
                "Python 3.12 is here but its venv module is not: install it "
                "(on Debian and Ubuntu: apt install python3.12-venv)."
            ),
        ),
    ],
)
def test_it_says_in_one_sentence_what_is_missing(project, commands, sentence):
    for name, script in commands.items():
        put(project, name, script)

    done = run(project)

    assert (done.returncode, done.stderr) == (1, f"{sentence}\n")
    assert not (project.folder / ".venv").exists()


def test_a_folder_that_cannot_be_written_is_refused(project):
    (project.folder / "var").write_text("in the way")  # root may write anywhere else

    done = run(project)

    assert done.returncode == 1
    assert done.stderr.startswith(f"The folder {project.folder} cannot be written (")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("system", "libc", "machine", "words"),
    [
        ("win32", "", "AMD64", "inside WSL"),
        ("linux", "", "x86_64", "no glibc"),
        ("linux", "glibc", "riscv64", "not built for riscv64"),
    ],
)
def test_a_system_without_the_local_database_is_refused(monkeypatch, system, libc, machine, words):
    monkeypatch.setattr(bootstrap.sys, "platform", system)
    monkeypatch.setattr(bootstrap.platform, "libc_ver", lambda: (libc, ""))
    monkeypatch.setattr(bootstrap.platform, "machine", lambda: machine)

    with pytest.raises(bootstrap.Refusal, match=words):
        bootstrap.check_platform()


def test_this_system_is_supported():
    assert bootstrap.check_platform() is None
