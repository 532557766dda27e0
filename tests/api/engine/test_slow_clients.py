"""Clients that stop in the middle of a request.

Without a timeout, each of them would occupy a thread of the HTTP library for ever.
"""
import contextlib
import time

import pytest

from wire import SLOW

IDLE_SECONDS = 60


@pytest.mark.parametrize("name", SLOW)
def test_an_idle_connection_is_closed_after_a_minute(house, name):
    """The connections have been idle since the house was built."""
    one = house.slow[name]
    one.settimeout(max(1, house.slow_since + IDLE_SECONDS + 10 - time.monotonic()))
    # The service closed while bytes were on the way.
    with contextlib.suppress(ConnectionResetError):
        while one.recv(65536):
            pass
    assert time.monotonic() - house.slow_since > IDLE_SECONDS - 5, "the service closed the connection too early"
    house.public.get("/v1/districts")
