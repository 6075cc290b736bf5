"""A stand-in and the client that asks it."""

from collections.abc import Iterator

import pytest

from orders.payments import midtrans
from orders.standin.gateway import StandIn
from tests.gateway import charge, client_of, standin


@pytest.fixture
def bank() -> Iterator[StandIn]:
    with standin() as serving:
        yield serving


@pytest.fixture
def open_attempt(bank) -> midtrans.Midtrans:
    client = client_of(bank)
    client.start(charge())
    return client
