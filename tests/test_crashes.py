"""kill -9, at named points of the worker and at any moment of the database: nothing is half done.

The shop runs on a cluster of its own, with the settings of production.
"""

import os
import random
import signal
import subprocess
import sys
import time

import psycopg
import pytest

from tests.copies import LOCALDB, PROJECT, Copy, wait_until
from tests.scale import rounds
from tests.servers import SETTINGS, hold, release, server_pid

pytestmark = pytest.mark.xdist_group("crashes")

BUYING = [
    "before:orders.checkout.stock.lock",
    "after:orders.checkout.stock.lock",
    "after:orders.checkout.basket.read",
    "after:orders.checkout.stock.reserve",
    "after:orders.checkout.numbers.next_key",
    "after:orders.checkout.Order.objects.create",
    "before:orders.checkout._write_part",
    "after:orders.checkout._write_part",
    "after:orders.checkout._write_part#2",
    "after:orders.checkout.paying.open_attempt",
    "before:orders.checkout.letters.queue",
    "after:orders.checkout.letters.queue",
    "after:orders.checkout._write",
    "after:orders.checkout.place",
]
PAYING = [
    "before:orders.settlement._money_came",
    "after:orders.settlement.stock.sell",
    "after:orders.settlement.numbers.draw_invoice",
    "after:orders.settlement._pay",
    "after:orders.settlement._follow",
    "after:orders.settlement.apply",
]
EXPIRING = [
    "before:orders.releasing._release",
    "after:orders.releasing.stock.release",
    "after:orders.releasing._close_payments",
    "after:orders.releasing._release",
    "after:orders.releasing.expire",
]


class Shop:
    """The whole shop on a database cluster that may be killed."""

    def __init__(self):
        self.copy = Copy(LOCALDB)
        (self.copy.folder / "lumajang_crafts/settings.py").write_text(SETTINGS)
        self.numbers = iter(range(1, 1_000_000))
        self.open()
        self.manage("migrate", "-v", "0")
        assert self.act("seed") == ["seeded"]

    def open(self):
        self.holder, self.url = hold(self.copy)
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
            "DATABASE_URL": self.url,
            "SECRET_KEY": "only-for-crashes",
            "MIDTRANS_SERVER_KEY": "only-for-crashes",
            "ALLOWED_HOSTS": "localhost",
            "DJANGO_SETTINGS_MODULE": "lumajang_crafts.settings",
        }

    def close(self):
        release(self.holder)
        self.copy.python("-c", "from lumajang_crafts import localdb; localdb.stop()")
        self.copy.remove()

    def manage(self, *arguments):
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=PROJECT, env=self.environment, check=True)

    def start(self, *arguments):
        return subprocess.Popen(
            [sys.executable, "-m", "tests.crash_shop", *arguments],
            cwd=PROJECT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def act(self, *arguments):
        process = self.start(*arguments)
        output, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
        return output.splitlines()

    def dies(self, *arguments):
        process = self.start(*arguments)
        output, errors = process.communicate(timeout=120)
        assert process.returncode == -signal.SIGKILL, (output, errors)

    def asked(self, sql, *values):
        with psycopg.connect(self.url) as connection:
            return connection.execute(sql, values).fetchone()[0]

    def kill_database(self):
        """Kill the server and all its backends at once, then start it anew."""
        parent = server_pid(self.url)
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(parent)], check=True, **TEXT
        ).stdout
        for pid in [parent, *map(int, listed.split())]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        release(self.holder)
        wait_until(lambda: not exists(parent))  # the new server looks whether it is there
        self.open()


TEXT = {"capture_output": True, "text": True}


def exists(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def email(number):
    return f"pembeli{number}@contoh.example"


@pytest.fixture(scope="module")
def shop():
    shop = Shop()
    yield shop
    shop.close()


@pytest.mark.parametrize("point", BUYING)
def test_a_worker_killed_while_ordering_leaves_one_order_after_the_retry(shop, point):
    number = next(shop.numbers)
    shop.dies(f"buy:{number}", "--die", point)

    before, thanks, again, after = shop.act("check", f"buy:{number}", f"buy:{number}", "check")

    assert (before, after) == ("checked", "checked")
    assert thanks == again
    assert shop.asked("SELECT count(*) FROM orders_order WHERE email = %s", email(number)) == 1


@pytest.mark.parametrize("point", PAYING)
def test_a_worker_killed_while_money_comes_pays_once_when_told_again(shop, point):
    number = next(shop.numbers)
    shop.dies(f"buy:{number}", f"pay:{number}", "--die", point)

    said = shop.act("check", f"pay:{number}", "check")

    assert said == ["checked", f"paid {number}", "checked"]
    assert shop.asked("SELECT status FROM orders_order WHERE email = %s", email(number)) == "paid"


@pytest.mark.parametrize("point", EXPIRING)
def test_a_sweeper_killed_half_way_releases_once(shop, point):
    number = next(shop.numbers)
    shop.dies(f"buy:{number}", f"expire:{number}", "--die", point)

    said = shop.act("check", f"expire:{number}", "check")

    assert said == ["checked", f"expired {number}", "checked"]
    asked = "SELECT status FROM orders_order WHERE email = %s"
    assert shop.asked(asked, email(number)) == "expired"


def until_more_are_sold(shop) -> None:
    """Return once the crowd buys: on a busy machine it takes long to start."""
    count = "SELECT count(*) FROM orders_order"
    before, end = shop.asked(count), time.monotonic() + 120
    while shop.asked(count) < before + 3:
        assert time.monotonic() < end, "nobody bought"
        time.sleep(0.05)


def test_a_killed_database_loses_no_order_that_was_thanked_for(shop):
    for _ in range(rounds(1, 10)):
        first = next(shop.numbers)
        crowd = [shop.start(f"crowd:{first + client}") for client in range(rounds(4, 12))]
        until_more_are_sold(shop)
        time.sleep(random.uniform(0.05, 1.5))
        shop.kill_database()
        thanked = [line.split()[2] for one in crowd for line in one.communicate()[0].splitlines()]

        for _client in crowd:
            next(shop.numbers)
        kept = "SELECT count(*) FROM orders_order WHERE number = ANY(%s)"
        assert len(thanked) > 0
        assert shop.asked(kept, thanked) == len(thanked)
        assert shop.act("check") == ["checked"]
