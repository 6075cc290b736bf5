"""Find the Chromium that the browser tests drive, or get one.

`python -m tests.browser` prints its path. CHROMIUM chooses another.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LOCK = Path(__file__).resolve().parent.parent / "var" / "run" / "chromium.lock"
PATIENCE = 600  # seconds for one attempt to install
LAUNCH_ARGUMENTS = [
    "--no-sandbox",  # root may not use it; the pages are our own
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class NoBrowser(Exception):
    """No Chromium is to be had. The message is one sentence for a person."""


@cache
def chromium_path() -> str:
    if chosen := os.environ.get("CHROMIUM"):
        if shutil.which(chosen) is None:
            raise NoBrowser(f"CHROMIUM is {chosen!r}, which is no program: correct or unset it.")
        return chosen
    LOCK.parent.mkdir(parents=True, exist_ok=True)
    with LOCK.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several test processes may be looking
        for look in (present, from_debian, from_playwright):
            if path := look():
                return path
    raise NoBrowser(
        "The browser tests need Chromium and none could be found or installed: "
        "install it (on Debian: apt install chromium) or set CHROMIUM to its path."
    )


def present() -> str | None:
    return next((path for path in map(shutil.which, NAMES) if path), None)


def from_debian() -> str | None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    tell("Installing chromium with apt-get ...")
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    attempt([*apt, "update"])
    attempt([*apt, "install", "--no-install-recommends", "chromium"])
    return present()


def from_playwright() -> str | None:
    tell("Installing Chromium with playwright ...")
    attempt([sys.executable, "-m", "playwright", "install", "chromium"])
    code = (
        "from playwright.sync_api import sync_playwright as start\n"
        "with start() as playwright: print(playwright.chromium.executable_path)"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    return shutil.which(shown.stdout.strip() or "nothing")


def attempt(command: list[str]) -> None:
    """Try it; whether it worked shows in whether the browser is there."""
    try:
        subprocess.run(
            command,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        tell(f"{command[0]} failed: {error}")


def tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        print(chromium_path())
    except NoBrowser as refusal:
        sys.exit(str(refusal))
