"""Many times what it can do: whoever it cannot serve is told so at once, and others notice little."""
import contextlib
import re
import socket
import subprocess
import threading
import time

import pytest

import slow
from house import BALEREJO, until

SECONDS = 3


@pytest.fixture(scope="module")
def house(build):
    return build(OVOP_QUEUE_LENGTH="50").prepare().start()


@contextlib.contextmanager
def lists(house):
    """250 clients ask for the longest page, and again as soon as they were answered."""
    load = subprocess.Popen(["wrk", "-t2", "-c250", f"-d{SECONDS + 1}s", "--timeout", "20s", house.base + "/v1/villages?limit=200"],
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    try:
        yield
        told = load.communicate()[0]
    finally:
        load.kill()
    asked, refused = (int(re.search(words, told)[1]) for words in (r"(\d+) requests in", r"Non-2xx or 3xx responses: (\d+)"))
    assert asked > 10 * (asked - refused) and "Socket errors" not in told, told


@contextlib.contextmanager
def connections(house):
    """Eight clients connect, say half a word and leave, as fast as they can."""
    ended, begun, counts = threading.Event(), time.monotonic(), []

    def flood():
        count = 0
        while not ended.is_set():
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", house.port), 5) as one:
                one.sendall(b"GET /v1/vill")
                count += 1
        counts.append(count)

    threads = [threading.Thread(target=flood) for _ in range(8)]
    for one in threads:
        one.start()
    try:
        yield
    finally:
        ended.set()
        for one in threads:
            one.join()
    assert sum(counts) > 500 * (time.monotonic() - begun)


@pytest.mark.parametrize("flood", [lists, connections])
def test_others_are_served_at_once(house, flood):
    sanitized = house.sanitized  # it keeps two megabytes a thread, and makes threads slowly
    before = slow.resident(house.process.pid)
    with flood(house):
        alive, others = (slow.ask(url, SECONDS / 2) for url in (house.ops + "/livez", f"{house.base}/v1/villages/{BALEREJO}"))
        most = slow.resident(house.process.pid) - before
    times = sorted(took for _, took in alive)
    assert {status for status, _ in alive + others} == {200} and times[len(times) // 2] < 0.1, (alive, others)
    assert max(took for _, took in others) < (5 if sanitized else 2), others
    assert most < (1000 if sanitized else 64) * 1024, f"{most} kB"
    assert {line["status"] for line in house.lines() if "status" in line} <= {200, 503}
    until(lambda: house.public("GET", f"/v1/villages/{BALEREJO}").status_code == 200)
