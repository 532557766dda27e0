"""Clients that stop in the middle. Without being told, the HTTP library would wait for them for ever, a thread each."""
import contextlib
import time

import pytest

from wire import SLOW

IDLE_SECONDS = 60


@pytest.mark.parametrize("name", SLOW)
def test_who_says_nothing_for_a_minute_is_let_go(house, name):
    """They have been waiting since the house was built."""
    one = house.slow[name]
    one.settimeout(max(1, house.slow_since + IDLE_SECONDS + 10 - time.monotonic()))
    with contextlib.suppress(ConnectionResetError):  # where the end and more bytes crossed
        while one.recv(65536):
            pass
    assert time.monotonic() - house.slow_since > IDLE_SECONDS - 5, "nobody is cut off in haste"
    house.public.get("/v1/districts")
