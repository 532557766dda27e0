"""PostgreSQL stops and starts: 503 meanwhile, no restart of the service, no lost data."""
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from client import Client, problem
from cluster import Cluster
from house import BALEREJO
from records import body

VILLAGE = f"/v1/villages/{BALEREJO}"


@pytest.fixture(scope="module")
def lost():
    """A cluster that these tests may stop."""
    it = Cluster().start()
    yield it
    it.remove()


@pytest.fixture(scope="module")
def house(build, lost):
    return build(cluster=lost).prepare().start()


def until_served(house, client, within=10):
    deadline = time.monotonic() + within
    while client.get(VILLAGE, None).status_code != 200:
        assert time.monotonic() < deadline, house.log.read_text()[-2000:]
        time.sleep(0.05)


def test_a_stopped_database_is_503_and_comes_back_without_a_restart(house, lost):
    writer = house.bumdes
    house.public.get(VILLAGE)
    lost.stop()
    try:
        for client, path in ((house.public, VILLAGE), (writer, "/v1/umkm"), (house.public, "/v1/catalog/umkm")):
            begun = time.monotonic()
            refused = client.get(path, 503)
            assert problem(refused)[0] == "database_unavailable" and int(refused.headers["Retry-After"]) >= 1
            assert time.monotonic() - begun < 5
        refused = writer.post("/v1/umkm", body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None),
                              503)
        assert problem(refused)[0] == "database_unavailable"
        assert house.public.form("/oauth/token", None, grant_type="refresh_token", refresh_token="x").status_code == 503
        assert house.probe("/livez") == 200 and house.probe("/readyz") == 503
        assert house.public.get("/openapi.json").status_code == 200
    finally:
        lost.start()
    until_served(house, house.public)
    house.ready()
    writer.post("/v1/umkm", body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None))
    writer.get("/v1/umkm")


def test_a_restart_between_two_requests_is_not_noticed_for_long(house, lost):
    lost.stop()
    lost.start()
    until_served(house, house.public, within=3)


def test_a_cut_connection_costs_no_read(house, lost):
    house.public.get(VILLAGE)
    lost.rows(house.database, "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'ovop_test'")
    assert house.public.get(VILLAGE, None).status_code in (200, 503)
    until_served(house, house.public, within=3)


def test_what_was_cut_is_all_there_or_not_at_all(house, lost):
    """Connections are cut during writes. Retries with the same key make exactly one row."""
    writers, rounds, done = 4, 10, threading.Event()
    made, faults = [], []

    def write(number):
        client = Client(house.base, house.contract, house.bumdes.token)
        for turn in range(rounds):
            sent = body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None)
            for _ in range(200):
                reply = client.post("/v1/umkm", sent, None, headers={"Idempotency-Key": f"cut-{number}-{turn}"})
                if reply.status_code == 201:
                    made.append(sent["nib"])
                    break
                if reply.status_code not in (409, 503):
                    faults.append(reply.text)
                    break
                time.sleep(0.02)

    def cut():
        while not done.is_set():
            lost.rows(house.database, "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'ovop_test'")
            time.sleep(random.uniform(0.05, 0.5))  # the first write of a connection takes about 0.1 s

    threads = [threading.Thread(target=write, args=[number]) for number in range(writers)]
    cutter = threading.Thread(target=cut)
    cutter.start()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    done.set()
    cutter.join()
    assert not faults and len(made) == writers * rounds
    assert house.rows("select count(*) from umkm where nib = any (%s)", [made])[0].count == writers * rounds
    until_served(house, house.public)


def test_a_commit_that_gave_up_on_its_standby_is_of_unknown_outcome(house, lost):
    """PostgreSQL reports success with a warning: the row exists here only.

    It may be lost with this server, and so may the row that a retry finds.
    """
    writer, key = house.bumdes, {"Idempotency-Key": "no-standby"}
    sent = body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None)
    lost.wait_for_nobody()
    try:
        with ThreadPoolExecutor(1) as pool:
            for statement in ("%insert into umkm%", "%idempotency_replay%"):
                pending = pool.submit(writer.post, "/v1/umkm", sent, None, headers=key)
                assert lost.cancelled(pending, statement)
                assert problem(pending.result()) == ("outcome_unknown", []) and pending.result().status_code == 503
    finally:
        lost.rows("postgres", "alter system reset synchronous_standby_names")
        lost.rows("postgres", "select pg_reload_conf()")
    again = writer.post("/v1/umkm", sent, headers=key)
    assert again.headers["Idempotency-Replayed"] == "true" and again.json()["nib"] == sent["nib"]
    writer.post("/v1/umkm", body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None))


def test_a_standby_is_not_used_and_readyz_reports_it(build, house, lost):
    """A standby may lag behind the replies that clients already have.

    /readyz reports the standby. After its promotion the service works again.
    """
    writer = house.bumdes
    lost.stop("fast")
    (lost.data / "standby.signal").touch()
    lost.start()
    for client, path in ((house.public, VILLAGE), (writer, "/v1/umkm")):
        assert problem(client.get(path, 503))[0] == "database_unavailable"
    refused = writer.post("/v1/umkm", body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None), 503)
    assert problem(refused)[0] == "database_unavailable" and int(refused.headers["Retry-After"]) >= 1
    reply = requests.get(house.ops + "/readyz", timeout=5)
    assert (reply.status_code, reply.text) == (503, "only a standby answers, which takes no writes\n")
    assert "only a standby answers" in house.run("serve").stderr
    assert not lost.rows("postgres", "select from pg_stat_activity where usename = 'ovop_test'"), \
        "the service keeps no connection to the standby"
    lost.rows("postgres", "select pg_promote()")
    until_served(house, house.public)
    house.ready()
    writer.post("/v1/umkm", body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None))


@pytest.mark.parametrize("attribute", ["any", "read-write", "primary", "standby"])
def test_target_session_attrs_in_the_address_changes_nothing(build, house, lost, attribute):
    """libpq does not count a read-only session as read-write."""
    beside = build(cluster=lost, database=house.database, OVOP_KEYS_DIR=str(house.keys), OVOP_ISSUER=house.base)
    beside.environment["DATABASE_URL"] += f"&target_session_attrs={attribute}"
    beside.start().public.get(VILLAGE)


def hold(house, statement):
    connection = house.cluster.connect(house.database)
    connection.autocommit = False
    connection.cursor().execute(statement)
    return connection


def test_when_all_connections_are_busy_further_requests_are_503(build, lost):
    house = build(cluster=lost, OVOP_READ_CONNECTIONS="2", OVOP_POOL_WAIT_MS="300",
                  OVOP_STATEMENT_TIMEOUT_MS="10000").prepare().start()
    holder = hold(house, "lock table village in access exclusive mode")
    waiting = [threading.Thread(target=lambda: Client(house.base, house.contract).get(VILLAGE, None)) for _ in range(2)]
    for one in waiting:
        one.start()
    time.sleep(0.3)
    begun = time.monotonic()
    refused = house.public.get(VILLAGE, 503)
    assert problem(refused)[0] == "overloaded" and int(refused.headers["Retry-After"]) >= 1 and 0.2 < time.monotonic() - begun < 2
    assert house.probe("/livez") == 200
    holder.rollback()
    for one in waiting:
        one.join()
    house.public.get(VILLAGE)


def test_a_statement_that_takes_too_long_is_ended(build, lost):
    house = build(cluster=lost, OVOP_STATEMENT_TIMEOUT_MS="300").prepare().start()
    holder = hold(house, "lock table village in access exclusive mode")
    begun = time.monotonic()
    assert house.public.get(VILLAGE, None).status_code in (503, 504) and time.monotonic() - begun < 3
    holder.rollback()
    house.public.get(VILLAGE)


def test_a_fault_of_the_service_is_a_500_without_details(build, lost):
    """If a member that may not be null is NULL, the reply is 500, not an invented value."""
    house = build(cluster=lost).prepare().start()
    house.rows("alter table village alter postcode drop not null")
    house.rows("update village set postcode = null where code = %s", [BALEREJO])
    refused = house.public.get(VILLAGE, 500)
    assert problem(refused) == ("internal", []) and "postcode" not in refused.text
    line = next(one for one in house.lines() if refused.headers["X-Request-Id"] in str(one) and one["level"] == "error")
    assert "postcode" in str(line), "the log names the cause"
    house.public.get("/v1/villages/35.05.17.2008")
