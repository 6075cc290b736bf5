"""How the stand-in tells the shop, as badly as it was asked to."""

import json
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Any
from urllib.parse import urlsplit

import requests

SECONDS = 15  # Midtrans waits no longer
OURS = {"localhost", "127.0.0.1"}


@dataclass(slots=True)
class Post:
    """Sends notifications in threads of their own and remembers what it sent."""

    repeat: int = 1
    is_lost: bool = False  # send nothing
    is_forged: bool = False  # with a signature of somebody else
    is_held: bool = False  # keep everything until `release`, newest first
    sent: list[tuple[bytes, int]] = field(default_factory=list)  # body, answer (0 for none)
    _held: list[tuple[str, bytes]] = field(default_factory=list)
    _threads: list[Thread] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def send(self, address: str, fields: dict[str, Any]) -> None:
        if self.is_lost or urlsplit(address).hostname not in OURS:
            return
        if self.is_forged:
            fields = {**fields, "signature_key": "0" * 128}
        body = json.dumps(fields).encode()
        for _time in range(self.repeat):
            if self.is_held:
                self._held.append((address, body))
            else:
                self._start(address, body)

    def release(self) -> None:
        """Deliver what was held, in the reverse of its order, one after the other."""
        while self._held:
            self._deliver(*self._held.pop())

    def wait(self) -> None:
        """Return when everything that was sent was answered."""
        while self._threads:
            self._threads.pop().join()

    def _start(self, address: str, body: bytes) -> None:
        thread = Thread(target=self._deliver, args=(address, body), daemon=True)
        self._threads = [each for each in self._threads if each.is_alive()] + [thread]
        thread.start()

    def _deliver(self, address: str, body: bytes) -> None:
        status = 0
        with requests.Session() as session, suppress(requests.RequestException):
            session.trust_env = False
            status = session.post(
                address,
                data=body,
                headers={"Content-Type": "application/json"},
                timeout=SECONDS,
                allow_redirects=False,
            ).status_code
        with self._lock:
            self.sent.append((body, status))
