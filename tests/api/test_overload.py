"""Many times what it can do: whoever it cannot serve is told so at once, and others notice little."""
import contextlib
import re
import socket
import subprocess
import threading

import pytest

import slow
from house import BALEREJO, until

SECONDS = 3


@pytest.fixture(scope="module")
def house(build):
    return build(OVOP_QUEUE_LENGTH="50").prepare().start()


@contextlib.contextmanager
def lists(house, told):
    """250 clients ask for the longest page, and again as soon as they were answered."""
    load = subprocess.Popen(["wrk", "-t2", "-c250", f"-d{SECONDS + 1}s", "--timeout", "20s", house.base + "/v1/villages?limit=200"],
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    yield
    text = load.communicate()[0]
    asked, refused = (int(re.search(words, text)[1]) for words in (r"(\d+) requests in", r"Non-2xx or 3xx responses: (\d+)"))
    told |= {"offered": asked / (asked - refused), "lost": re.findall("Socket errors.*", text)}


@contextlib.contextmanager
def connections(house, told):
    """Eight clients connect, say half a word and leave, as fast as they can."""
    ended, counts = threading.Event(), []

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
    yield
    ended.set()
    for one in threads:
        one.join()
    told["connections"] = sum(counts) / SECONDS


@pytest.mark.parametrize("flood", [lists, connections])
def test_others_are_served_or_told_at_once(house, flood):
    before, told = slow.resident(house.process.pid), {}
    with flood(house, told):
        alive, others = slow.ask(house.ops + "/livez", SECONDS / 2), slow.ask(f"{house.base}/v1/villages/{BALEREJO}", SECONDS / 2)
        most = slow.resident(house.process.pid) - before
    assert told.get("offered", 10) >= 10 and told.get("connections", 1000) >= 1000 and not told.get("lost"), told
    times = sorted(took for _, took in alive)
    assert {status for status, _ in alive} == {200} and times[len(times) // 2] < 0.1, times
    sanitized = re.search(rb"__[at]san_init", house.binary.read_bytes())  # which keeps two megabytes a thread, and makes threads slowly
    assert {status for status, _ in others} <= {200, 503} and max(took for _, took in others) < (5 if sanitized else 2), others
    assert most < (1000 if sanitized else 64) * 1024, f"{most} kB"
    statuses = {line["status"] for line in house.lines() if "status" in line}
    assert statuses <= {200, 503}, statuses
    until(lambda: house.public("GET", f"/v1/villages/{BALEREJO}").status_code == 200)
