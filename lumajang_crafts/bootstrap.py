"""Make .venv and install the locked packages. Runs on the system's Python, before anything is.

It has to run on Python 3.8, so that an old Python gets a sentence and not a SyntaxError.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
OLDEST = (3, 11)
NAMES = ("python3.13", "python3.12", "python3.11", "python3", "python")
SUPPORTED_MACHINES = ("x86_64", "aarch64", "arm64")
TELL_VERSION = "import sys; print('%d.%d' % sys.version_info[:2]); import "


class Refusal(Exception):
    """Why it cannot go on. The message is one sentence for a person."""


def main(arguments: list[str]) -> int:
    wanted = "dev" if "--dev" in arguments else "local"
    try:
        check_platform()
        with only_one_at_a_time():
            if not is_usable():
                make_venv(find_python())
            if not is_installed(wanted):
                install(wanted)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped before the packages were installed.", file=sys.stderr)
        return 130
    return 0


def check_platform() -> None:
    if sys.platform == "win32":
        raise Refusal("Windows alone cannot run this: use it inside WSL, where Linux runs.")
    if sys.platform == "linux" and platform.libc_ver()[0] != "glibc":
        raise Refusal(
            "This Linux has no glibc, which the local database needs: "
            "use a system such as Debian, Ubuntu or Fedora."
        )
    if platform.machine() not in SUPPORTED_MACHINES:
        raise Refusal(
            f"The local database is not built for {platform.machine()} processors: "
            f"use a machine with one of {', '.join(SUPPORTED_MACHINES)}."
        )


def only_one_at_a_time() -> IO[str]:
    """Keep `make run` and `make test` from installing into one .venv at once."""
    import fcntl  # noqa: PLC0415  (Windows lacks it, and gets a sentence first)

    path = PROJECT / "var" / "run" / "bootstrap.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.open("a")
    except OSError as error:
        raise Refusal(
            f"The folder {PROJECT} cannot be written ({error.strerror}): run this as the user "
            "who owns it, or in a clone of your own."
        ) from error
    fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def is_usable() -> bool:
    """Whether .venv stands, was made for this path, and no installation was cut short."""
    made_for = VENV / "made-for"
    if not made_for.exists() or made_for.read_text() != str(PROJECT):
        return False
    if (VENV / "installing").exists():
        return False
    return is_new_enough(version_of(venv_python(), having="pip"))


def venv_python() -> str:
    return str(VENV / "bin" / "python")


def find_python() -> str:
    """The newest Python known to work, else any newer one."""
    present = [path for path in map(shutil.which, NAMES) if path]
    for path in present:
        if is_new_enough(version_of(path, having="ensurepip, venv")):
            return path
    versions = [version for version in map(version_of, present) if version]
    bare = [version for version in versions if is_new_enough(version)]
    if bare:
        raise Refusal(
            f"Python {bare[0]} is here but its venv module is not: install it "
            f"(on Debian and Ubuntu: apt install python{bare[0]}-venv)."
        )
    found = f"the newest found is {versions[0]}" if versions else "none was found"
    raise Refusal(f"Python 3.11 or newer is needed and {found}: install Python 3.13.")


def version_of(python: str, having: str = "sys") -> str:
    """Run it to know: pyenv leaves commands on PATH for versions that are not there."""
    try:
        done = subprocess.run(
            [python, "-I", "-c", TELL_VERSION + having],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def is_new_enough(version: str) -> bool:
    return bool(version) and tuple(map(int, version.split("."))) >= OLDEST


def make_venv(python: str) -> None:
    say(f"Making .venv with {python} ...")
    done = run([python, "-I", "-m", "venv", "--clear", str(VENV)])
    if done.returncode != 0:
        raise Refusal(f"The environment .venv could not be made: {reason(done.stdout)}")
    (VENV / "made-for").write_text(str(PROJECT))


def is_installed(wanted: str) -> bool:
    stamp = stamp_path(wanted)
    return stamp.exists() and stamp.read_text() == digest(wanted)


def install(wanted: str) -> None:
    say(f"Installing the packages of requirements/{wanted}.txt (a minute or so) ...")
    began = time.monotonic()
    command = [venv_python(), "-I", "-m", "pip", "install", "--require-hashes"]
    command += ["--only-binary", ":all:", "--no-input", "--disable-pip-version-check"]
    command += ["--quiet", "--progress-bar", "off", "-r", str(lock_path(wanted))]
    unfinished = VENV / "installing"
    unfinished.touch()  # stays if we are killed now: a package may be half there
    done = run(command)
    if done.returncode != 0:
        say("That did not work; trying once more ...")
        done = run(command)
    unfinished.unlink()
    if done.returncode != 0:
        raise Refusal(f"The packages could not be installed: {reason(done.stdout)}")
    stamp_path(wanted).write_text(digest(wanted))
    say(f"Installed in {time.monotonic() - began:.0f} s.")


def lock_path(wanted: str) -> Path:
    return PROJECT / "requirements" / f"{wanted}.txt"


def stamp_path(wanted: str) -> Path:
    return VENV / f"installed-{wanted}"


def digest(wanted: str) -> str:
    return hashlib.sha256(lock_path(wanted).read_bytes()).hexdigest()


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env=clean_environment(),
    )


def clean_environment() -> dict[str, str]:
    """Without the settings that make pip install somewhere else."""
    elsewhere = {"PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_VIRTUALENV"}
    kept = {name: value for name, value in os.environ.items() if name not in elsewhere}
    return {**kept, "PIP_USER": "0"}


def reason(output: str) -> str:
    """The line that says why: pip puts advice after its errors."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith(("ERROR", "Error"))]
    return (errors or lines or ["no reason was given."])[-1]


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
