"""One photo is decoded at a time on a machine, whoever decodes it."""

import subprocess
import sys
import threading
import time
from contextlib import nullcontext

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage

from lumajang_crafts.lib import decoding, pictures, uploaded_photo
from tests.test_pictures import drawn


@pytest.fixture(autouse=True)
def own_lock(settings, tmp_path):
    settings.DECODING_LOCK = str(tmp_path / "new folder" / "decoding.lock")


HOLD = """
import fcntl, sys
file = open(sys.argv[1], "a")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
input()
"""


@pytest.fixture
def other_process(settings):
    """Another process of this machine that is decoding until it is killed."""
    with decoding.turn():
        pass  # makes the folder
    command = [sys.executable, "-c", HOLD, settings.DECODING_LOCK]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"held\n"
        yield holder
        holder.kill()


def most_at_once(monkeypatch) -> int:
    """Decode in four threads; return how many were inside the decoder together."""
    inside, most, guard = 0, 0, threading.Lock()
    read = uploaded_photo.read

    def watched(*arguments):
        nonlocal inside, most
        with guard:
            inside += 1
            most = max(most, inside)
        time.sleep(0.2)
        try:
            return read(*arguments)
        finally:
            with guard:
                inside -= 1

    monkeypatch.setattr(uploaded_photo, "read", watched)
    threads = [threading.Thread(target=pictures.normalise, args=[drawn()]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return most


def test_four_uploads_are_decoded_one_after_the_other(monkeypatch):
    assert most_at_once(monkeypatch) == 1


def test_without_the_turn_they_would_be_decoded_together(monkeypatch):
    """The negative control of the test above."""
    monkeypatch.setattr(decoding, "turn", lambda patience=None: nullcontext())

    assert most_at_once(monkeypatch) > 1


def test_an_upload_that_waits_in_vain_for_another_process_is_told_so(monkeypatch, other_process):
    monkeypatch.setattr(pictures, "PATIENCE", 0.2)
    with pytest.raises(ValidationError) as refusal:
        pictures.normalise(drawn())

    assert refusal.value.code == "busy"


def test_a_job_waits_until_the_other_process_is_gone_even_if_it_was_killed(tmp_path, other_process):
    storage = FileSystemStorage(tmp_path)
    storage.save("a.webp", drawn("WEBP"))
    widths = []
    job = threading.Thread(target=lambda: widths.extend(pictures.make_variants(storage, "a.webp")))
    job.start()
    job.join(0.3)
    assert widths == []

    other_process.kill()
    job.join(30)
    assert widths == [240, 480, 800, 900]


def test_a_refused_photo_gives_its_turn_back(monkeypatch):
    with pytest.raises(ValidationError):
        pictures.normalise(drawn("GIF"))

    assert pictures.normalise(drawn()).size > 0
