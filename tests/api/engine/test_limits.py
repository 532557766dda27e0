"""Limits: 429 and 503, each with Retry-After."""
import contextlib
import itertools
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
ADDRESSES = itertools.count()


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
    # On a slow machine a request may take long, and then it counts more than once.
    assert len(limited) >= 20 and {one.status_code for one in replies[:10]} == {200}
    assert problem(limited[0])[0] == "rate_limited" and 1 <= int(limited[0].headers["Retry-After"]) <= 60
    assert "RateLimit" in replies[0].headers and "RateLimit-Policy" in replies[0].headers
    house.public.get(VILLAGE, headers={"X-Forwarded-For": "203.0.113.40"})


def test_the_headers_count_down(house):
    replies = burst(house.public, 3, headers={"X-Forwarded-For": "203.0.113.41"})
    left = [int(one.headers["RateLimit"].split("r=")[1].split(";")[0]) for one in replies]
    assert left[0] > left[1] > left[2] and "q=60" in replies[0].headers["RateLimit-Policy"]
    assert "w=60" in replies[0].headers["RateLimit-Policy"]


@pytest.mark.parametrize("one, another", [("203.0.113.42", "203.0.113.43"), ("2001:db8:0:1::42", "2001:db8:0:2::42"),
                                          ("::ffff:203.0.113.52", "::ffff:203.0.113.53")])
def test_each_address_has_its_own_limit(house, one, another):
    assert burst(house.public, 70, headers={"X-Forwarded-For": one})[-1].status_code == 429
    house.public.get(VILLAGE, headers={"X-Forwarded-For": another})


def test_a_network_of_ipv6_is_one_caller(house):
    """A subscriber of IPv6 has 2^64 addresses, and could use a new one for each request."""
    replies = [house.public.get(VILLAGE, None, headers={"X-Forwarded-For": f"2001:db8:0:3::{number:x}"}) for number in range(70)]
    assert replies[0].status_code == 200 and replies[-1].status_code == 429


def test_waiting_for_retry_after_helps(house):
    reply = burst(house.public, 70, headers={"X-Forwarded-For": "203.0.113.44"})[-1]
    time.sleep(int(reply.headers["Retry-After"]))
    house.public.get(VILLAGE, headers={"X-Forwarded-For": "203.0.113.44"})


@pytest.mark.parametrize("what, status, target, method, headers", [
    ("no such path", 404, "/v1/nothing", "GET", ()), ("no path at all", 404, "*", "GET", ()),
    ("another method", 405, VILLAGE, "DELETE", ()), ("a method that nobody has", 501, VILLAGE, "BREW", ()),
    ("a preflight", 204, VILLAGE, "OPTIONS", ("Origin: https://a.example", "Access-Control-Request-Method: GET")),
    ("a bad escape", 400, "/v1/villages/%zz", "GET", ()), ("a long address", 414, "/v1/villages?q=" + "a" * 8200, "GET", ()),
    ("headers in two spellings", 400, VILLAGE, "GET", ("Content-Type: a", "content-type: b")),
    ("long headers", 431, VILLAGE, "GET", tuple(f"X-{n}: {'a' * 4000}" for n in range(5))),
    ("an unknown parameter", 400, VILLAGE + "?colour=red", "GET", ()), ("a bad token", 401, VILLAGE, "GET", ("Authorization: Bearer x.y.z",)),
    ("no token", 401, "/v1/umkm", "GET", ()), ("no body", 401, "/v1/umkm", "POST", ()),
])
def test_whatever_is_asked_is_counted(house, what, status, target, method, headers):
    """The limit comes before routing, so a scanner of paths is limited too."""
    address = "203.0.113." + str(100 + next(ADDRESSES))
    replies = [wire.request(house.port, target, method, (*headers, f"X-Forwarded-For: {address}")) for _ in range(66)]
    assert replies[0].status == status and "RateLimit" in replies[0].headers
    assert replies[-1].status == 429 and int(replies[-1].headers["Retry-After"]) >= 1


def test_a_page_of_another_origin_may_read_that_it_is_slowed_down(house):
    headers = {"X-Forwarded-For": "203.0.113.250", "Origin": "https://peta.example"}
    reply = burst(house.public, 70, headers=headers)[-1]
    assert reply.status_code == 429 and reply.headers["Access-Control-Allow-Origin"] == "*"


def test_a_long_request_costs_more(house):
    """Every 25 ms count as one more request: half a second at a locked table counts as twenty."""
    address = {"X-Forwarded-For": "203.0.113.251"}

    def left(reply):
        return int(reply.headers["RateLimit"].split("r=")[1].split(";")[0])

    assert left(house.public.get(VILLAGE, headers=address)) == 59
    with contextlib.closing(house.cluster.connect(house.database)) as connection, ThreadPoolExecutor(1) as threads:
        connection.autocommit = False
        connection.cursor().execute("lock table village in access exclusive mode")
        slow = threads.submit(house.public.get, VILLAGE, headers=address)
        time.sleep(0.5)
        connection.rollback()
        assert 30 <= left(slow.result()) <= 40
    assert 30 <= left(house.public.get(VILLAGE, headers=address)) <= 40


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
    """The service hashes few passwords at once. Other logins wait or get 503.

    Other requests stay fast, and a login that got 503 does not count as a failure.
    """
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
    assert peak < (400 if house.sanitized else 120) * 1024, f"{peak} kB"  # two hashes take 38 MB


def test_beyond_the_limit_of_clients_connections_are_closed(build):
    """The HTTP library closes further connections.

    The limit of HAProxy is lower, so its clients wait in the queue of HAProxy.
    """
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
    """Without a proxy, slow clients take all connections, and further ones are closed.

    The operator's port still answers, and the memory stays bounded.
    """
    house = build().prepare().start()
    before = slow.resident(house.process.pid)
    with slow.clients(house.port, "heads", 1500):
        alive = slow.ask(house.ops + "/livez", 2)
        after = slow.resident(house.process.pid)
    times = sorted(took for _, took in alive)
    assert {status for status, _ in alive} == {200} and times[len(times) // 2] < 0.1, times
    assert after - before < (200 if house.sanitized else 80) * 1024, f"{before} {after} kB"
    until(lambda: served(house))


def served(house):
    try:
        return house.public.get(VILLAGE).status_code == 200
    except requests.ConnectionError:
        return False
