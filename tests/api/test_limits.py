"""Too much of something: 429 and 503, each with the time to come back."""
import socket
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

import slow
import wire
from client import Client, problem
from house import BALEREJO, until

VILLAGE = f"/v1/villages/{BALEREJO}"


@pytest.fixture(scope="module")
def house(build):
    return build(OVOP_RATE_LIMIT="60", OVOP_LOGIN_RATE_LIMIT="30").prepare().start()


def burst(client, count, **more):
    return [client.get(VILLAGE, None, **more) for _ in range(count)]


def test_a_caller_is_slowed_down_alone(house):
    token = house.admin.token
    caller = Client(house.base, house.contract, token)
    replies = burst(caller, 90)
    limited = [one for one in replies if one.status_code == 429]
    assert 20 <= len(limited) <= 40 and replies[0].status_code == 200
    assert problem(limited[0])[0] == "rate_limited" and 1 <= int(limited[0].headers["Retry-After"]) <= 60
    assert "RateLimit" in replies[0].headers and "RateLimit-Policy" in replies[0].headers
    house.public.get(VILLAGE, headers={"X-Forwarded-For": "203.0.113.40"})


def test_the_headers_count_down(house):
    replies = burst(house.public, 3, headers={"X-Forwarded-For": "203.0.113.41"})
    left = [int(one.headers["RateLimit"].split("r=")[1].split(";")[0]) for one in replies]
    assert left[0] > left[1] > left[2] and "q=60" in replies[0].headers["RateLimit-Policy"]
    assert "w=60" in replies[0].headers["RateLimit-Policy"]


@pytest.mark.parametrize("one, another", [("203.0.113.42", "203.0.113.43"), ("2001:db8::42", "2001:db8::43")])
def test_addresses_are_told_apart(house, one, another):
    assert burst(house.public, 70, headers={"X-Forwarded-For": one})[-1].status_code == 429
    house.public.get(VILLAGE, headers={"X-Forwarded-For": another})


def test_waiting_as_told_helps(house):
    reply = burst(house.public, 70, headers={"X-Forwarded-For": "203.0.113.44"})[-1]
    time.sleep(int(reply.headers["Retry-After"]))
    house.public.get(VILLAGE, headers={"X-Forwarded-For": "203.0.113.44"})


def test_logins_have_a_limit_of_their_own(house):
    address = {"X-Forwarded-For": "203.0.113.45"}
    replies = [house.public.form("/oauth/token", None, address, grant_type="refresh_token", refresh_token=f"nonsense{number}")
               for number in range(40)]
    assert replies[0].status_code == 400 and replies[-1].status_code == 429 and int(replies[-1].headers["Retry-After"]) >= 1
    house.public.get(VILLAGE, headers=address)


def test_a_forged_forwarded_for_does_not_widen_the_limit(build):
    house = build(OVOP_RATE_LIMIT="30", OVOP_TRUST_PROXY="0").prepare().start()
    statuses = [house.public.get(VILLAGE, None, headers={"X-Forwarded-For": f"203.0.113.{number}"}).status_code
                for number in range(45)]
    assert statuses.count(429) >= 10


def test_many_logins_at_once_leave_the_service_alive(build):
    """Hashing is bounded: what is too much is 503 or waits, nobody else notices, and nobody is held to have failed."""
    house = build(OVOP_POOL_WAIT_MS="500").prepare().start()
    house.admin  # a user to guess at

    def login(number):
        client, address = Client(house.base, house.contract), {"X-Forwarded-For": f"198.51.100.{number}"}
        return client.form("/oauth/token", None, address, grant_type="password", username=f"user{number}",
                           password="wrong password").status_code

    with ThreadPoolExecutor(200) as pool:
        running = [pool.submit(login, number) for number in range(200)]
        took = []
        while not all(one.done() for one in running):
            begun = time.monotonic()
            assert requests.get(house.ops + "/livez", timeout=5).status_code == 200
            took.append(time.monotonic() - begun)
            time.sleep(0.05)
    statuses = [one.result() for one in running]
    assert set(statuses) == {400, 503} and statistics.median(took) < 0.1 and max(took) < 1
    assert house.rows("select count(*) from login_throttle where address <> '*' and failures > 0")[0].count == statuses.count(400)
    with open(f"/proc/{house.process.pid}/status") as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    assert peak < (400 if house.sanitized else 120) * 1024, f"{peak} kB"  # two hashes at once are 38 MB; a sanitizer has its shadow


def test_beyond_the_limit_of_clients_connections_are_closed(build):
    """The HTTP library closes what comes then; the proxy's own limit is lower, so that its clients queue there."""
    house = build(OVOP_MAX_CLIENTS="4").prepare().start()
    inside = [socket.create_connection(("127.0.0.1", house.port), 5) for _ in range(4)]
    for one in inside:
        one.sendall(b"GET ")
    time.sleep(0.3)
    with pytest.raises(requests.ConnectionError):
        house.public.get(VILLAGE)
    assert house.probe("/livez") == 200
    inside[0].sendall(f"{VILLAGE} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    assert wire.Answer(inside[0]).status == 200
    for one in inside:
        one.close()
    until(lambda: served(house))


def test_1500_slow_clients_do_not_hide_that_the_service_lives(build):
    """Without a proxy they take every place: those beyond are closed, the operator's port answers, and memory is bounded."""
    house = build().prepare().start()
    before = slow.resident(house.process.pid)
    with slow.clients(house.port, "heads", 1500):
        alive = slow.ask(house.ops + "/livez", 2)
        after = slow.resident(house.process.pid)
    times = sorted(took for _, took in alive)
    assert {status for status, _ in alive} == {200} and times[len(times) // 2] < 0.1, times
    assert after - before < (200 if house.sanitized else 80) * 1024, f"{before} {after} kB"  # a sanitizer has its shadow
    until(lambda: served(house))


def served(house):
    try:
        return house.public.get(VILLAGE).status_code == 200
    except requests.ConnectionError:
        return False
