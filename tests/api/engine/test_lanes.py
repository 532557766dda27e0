"""Reads of one record that wait for a connection of their lane share one transaction.

Here each lane has one connection. A shared transaction must not change any reply.
"""
import contextlib
import json
import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from client import Client, problem
from cluster import Cluster
from house import BALEREJO, JEDING, until
from metrics import metrics, value
from proxy import Proxy
from records import body, certification, enterprise, estimate, export, product, umkm, village_potential

POISON = """
    create table poison (id uuid, state text);
    grant select on poison to public;
    create function is_wholesome(umkm_id uuid) returns boolean language plpgsql as $$
    declare
      state text := (select p.state from poison p where p.id = umkm_id);
    begin
      if state = '57014' then
        perform pg_sleep(30);
      elsif state is not null then
        raise exception 'an inner matter' using errcode = state;
      end if;
      return true;
    end $$;
    grant execute on function is_wholesome(uuid) to public;
    create policy poison on umkm as restrictive for select using (is_wholesome(id))"""
ONE_EACH = {"OVOP_DRAIN_SECONDS": "0", **{f"OVOP_{lane}_CONNECTIONS": "1" for lane in ("READ", "LIST", "SLOW", "WRITE")}}


@pytest.fixture(scope="module")
def house(build):
    return build(**ONE_EACH).prepare().start()


@pytest.fixture(scope="module")
def beside(build, house):
    """Builds another instance with the same database and other settings."""
    return lambda **settings: build(database=house.database, OVOP_KEYS_DIR=str(house.keys), OVOP_ISSUER=house.base,
                                    **{**ONE_EACH, **settings}).start()


def client_at(house, who):
    """Returns a client of this caller for another instance or another thread."""
    return Client(house.base, house.contract, who.token)


@pytest.fixture(scope="module")
def records(house):
    """Ids of UMKM by the caller who may read them. Both callers have the same role."""
    return {house.bumdes: [umkm(house.bumdes)["id"] for _ in range(4)],
            house.bumdes2: [umkm(house.bumdes2, JEDING)["id"] for _ in range(2)]}


@contextlib.contextmanager
def held(house, table, mode="access exclusive"):
    """Locks the table, so that every read of it waits."""
    with contextlib.closing(house.cluster.connect(house.database)) as connection:
        connection.autocommit = False
        connection.cursor().execute(f"lock table {table} in {mode} mode")
        yield


def count(house, name, lane="point", role="bumdes"):
    return value(metrics(house), f"ovop_lane_{name}", lane=lane, role=role)


def waiting(house):
    """Returns the backends of the service that wait for a lock, with their queries."""
    return house.rows("select pid, query from pg_stat_activity where wait_event_type = 'Lock' and usename = 'ovop_test'"
                      " and datname = current_database()")


def backend_at(house, table):
    """Waits until a backend waits for this table, and returns its pid."""
    found, statement = [], "select pid from pg_locks where not granted and relation = %s::regclass"
    until(lambda: found.extend(house.rows(statement, [table])) or found)
    return found[0].pid


@contextlib.contextmanager
def together(house, asked, table="umkm", role="bumdes"):
    """Sends the reads while the table is locked, and yields the futures of their replies.

    The first read takes the connection and waits for the lock. The others wait in the queue. All
    wait until the block ends.
    """
    threads, replies = ThreadPoolExecutor(len(asked)), []
    with held(house, table):
        for at, (who, path) in enumerate(asked):
            replies.append(threads.submit(who.get, path, None))
            until(lambda: waiting(house) and count(house, "waiting", role=role) == at)
        yield replies
    threads.shutdown(wait=False)


def test_reads_that_wait_share_a_transaction_and_each_gets_its_own_record(house, records):
    ids = [one for one in records[house.bumdes] for _ in range(3)]
    before = {name: count(house, name) for name in ("calls_total", "batches_total")}
    with together(house, [(house.bumdes, f"/v1/umkm/{one}") for one in ids]) as replies:
        pass
    assert [reply.result().json()["id"] for reply in replies] == ids
    assert count(house, "calls_total") - before["calls_total"] == 12
    assert count(house, "batches_total") - before["batches_total"] == 2, "the first read alone, then one batch of the others"


def test_each_caller_in_a_batch_sees_with_its_own_claims(house, records):
    asked = [(who, f"/v1/umkm/{one.upper() if who is house.bumdes else one}") for _ in range(2)
             for one in (records[house.bumdes][0], records[house.bumdes2][0]) for who in records]
    asked += [(house.bumdes, f"/v1/umkm/{one}") for one in ("00000000-0000-7000-8000-000000000000", records[house.bumdes][1])]
    with together(house, asked) as replies:
        pass
    assert [reply.result().status_code for reply in replies] == [200, 404, 404, 200] * 2 + [404, 200]


def test_a_long_queue_of_writes_leaves_an_instance_ready(house):
    """To take a busy instance out of service would not help the requests that wait."""
    with ThreadPoolExecutor(3) as threads:
        with held(house, "umkm"):
            writes = [threads.submit(umkm, client_at(house, house.bumdes)) for _ in range(3)]
            until(lambda: count(house, "waiting", "write", "") == 2)
            begun = time.monotonic()
            assert house.probe("/readyz") == 200 and time.monotonic() - begun < 0.5
        assert all(one.result()["id"] for one in writes)


def test_reads_that_ask_the_same_are_one_statement(house, records):
    made = [product(house.bumdes)["id"] for _ in range(3)]
    with held(house, "product"):
        with together(house, [(house.bumdes, f"/v1/umkm/{records[house.bumdes][0]}"),
                              *((house.bumdes, f"/v1/products/{one}") for one in made)]) as replies:
            pass
        until(lambda: any("= any (" in one.query for one in waiting(house)))
    assert [reply.result().json()["id"] for reply in replies[1:]] == made


def cut(house):
    house.rows("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'ovop_test'")


def test_what_a_fresh_connection_prepares_for_many_it_knows_afterwards(house):
    made = {"umkm": umkm(house.bumdes), "village-enterprises": enterprise(house.bumdes), "products": product(house.bumdes),
            "certifications": certification(house.bumdes), "village-potentials": village_potential(house.bumdes),
            "star-assessments": estimate(house.dinas)}
    paths = [f"/v1/{noun}/{one['id']}{tail}" for noun, one in made.items() for tail in ("", "/change-request")]
    paths += [f"/v1/umkm/{made['umkm']['id']}/owner", f"/v1/star-assessments/{made['star-assessments']['id']}/advice"]
    alone = [house.bupati.get(path, None) for path in paths]
    assert [reply.status_code for reply in alone].count(200) == 8
    cut(house)
    for _ in range(2):
        with together(house, [(client_at(house, house.bupati), path) for path in (paths[0], *paths)], role="bupati") as replies:
            pass
        for path, reply, wanted in zip(paths, replies[1:], alone):
            assert (path, reply.result().status_code) == (path, wanted.status_code)
            assert wanted.status_code != 200 or reply.result().content == wanted.content


@pytest.fixture
def poison(house):
    """Makes every read of a UMKM fail with an SQLSTATE. 57014 is a real timeout."""
    house.rows(POISON)
    yield lambda one, state: house.rows("insert into poison values (%s, %s)", [one, state])
    house.rows("drop policy poison on umkm; drop function is_wholesome; drop table poison")


@pytest.mark.parametrize("sqlstate, status, code", [
    ("P0001", 500, "internal"), ("57014", 504, "timeout"), ("53200", 503, "database_unavailable"), ("XX000", 500, "internal"),
])
def test_no_error_reaches_the_others(house, beside, poison, sqlstate, status, code):
    """The cases include an error that closes the connection, and a statement timeout."""
    impatient = beside(OVOP_STATEMENT_TIMEOUT_MS="1500") if sqlstate == "57014" else house
    before, bad, behind = (umkm(house.bumdes) for _ in range(3))
    other = product(house.bumdes)
    paths = [f"/v1/products/{other['id']}", *(f"/v1/umkm/{one['id']}" for one in (before, bad, behind)),
             f"/v1/umkm/{behind['id']}/owner", f"/v1/village-enterprises/{enterprise(house.bumdes)['id']}"]
    poison(bad["id"], sqlstate)
    asked = [(client_at(impatient, house.dinas), path) for path in (paths[0], *paths)]
    with together(impatient, asked, "product", role="dinas") as replies:
        pass
    replies = [reply.result() for reply in replies[1:]]
    assert [reply.status_code for reply in replies] == [200, 200, status, 200, 200, 200]
    assert problem(replies[2])[0] == code and "inner" not in replies[2].text
    assert [replies[at].json()["id"] for at in (0, 1, 3)] == [one["id"] for one in (other, before, behind)]
    for path in paths[:2] + paths[3:]:
        client_at(impatient, house.dinas).get(path)


def test_a_statement_that_cannot_be_prepared_spoils_no_other(house):
    """The statements after it were not prepared either. The service prepares them again."""
    made = umkm(house.bumdes)
    owner = f"/v1/umkm/{made['id']}/owner"
    paths = [owner, f"/v1/products/{product(house.bumdes)['id']}", owner,
             f"/v1/village-enterprises/{enterprise(house.bumdes)['id']}", f"/v1/umkm/{made['id']}"]
    cut(house)
    house.rows("alter function umkm_owner_row rename to gone")
    try:
        with together(house, [(client_at(house, house.bupati), path) for path in (paths[-1], *paths)], role="bupati") as replies:
            pass
        assert [reply.result().status_code for reply in replies[1:]] == [500, 200, 500, 200, 200]
    finally:
        house.rows("alter function gone rename to umkm_owner_row")
    for path in paths * 2:
        house.bupati.get(path)


def test_a_lock_that_stays_holds_nobody_for_long(house, beside):
    """The statements of a failed batch run again and meet the same lock.

    The last caller must not wait one timeout for each call of the batch.
    """
    impatient, made = beside(OVOP_STATEMENT_TIMEOUT_MS="600"), [umkm(house.bumdes) for _ in range(9)]
    asked = [(client_at(impatient, house.dinas), f"/v1/umkm/{one['id']}") for one in made]
    with held(house, "umkm"):
        begun = time.monotonic()
        with ThreadPoolExecutor(len(asked)) as threads:
            replies = list(threads.map(lambda one: one[0].get(one[1], None), asked))
        assert time.monotonic() - begun < 4 and {reply.status_code for reply in replies} <= {503, 504}
        assert all(reply.status_code == 504 or int(reply.headers["Retry-After"]) >= 1 for reply in replies)
    for who, path in asked:
        who.get(path)


@pytest.mark.parametrize("other", [False, True])
def test_an_error_is_its_callers_alone(house, poison, other):
    """Calls in the same statement, and calls after it with other claims, still succeed."""
    who = [house.bumdes, house.bumdes2] if other else [house.bumdes] * 2
    village = [BALEREJO, JEDING] if other else [BALEREJO] * 2
    made = [umkm(who[at % 2], village[at % 2])["id"] for at in range(9)]
    poison(made[4], "P0001")
    with together(house, [(who[at % 2], f"/v1/umkm/{one}") for at, one in enumerate(made)]) as replies:
        pass
    replies = [reply.result() for reply in replies]
    assert [reply.status_code for reply in replies] == [200] * 4 + [500] + [200] * 4
    assert [reply.json()["id"] for reply in replies if reply.status_code == 200] == made[:4] + made[5:]
    for at, one in enumerate(made):
        who[at % 2].get(f"/v1/umkm/{one}", 500 if at == 4 else 200)


def test_a_connection_that_dies_in_mid_batch_costs_no_read(house, records):
    asked = [(who, f"/v1/umkm/{one}") for who, ids in records.items() for one in ids]
    made = f"/v1/products/{product_of(house)}"
    with held(house, "product"):
        with together(house, [asked[0]] + [(house.bumdes, made)] + asked) as replies:
            pass
        house.rows("select pg_terminate_backend(%s)", [backend_at(house, "product")])
    assert [reply.result().status_code for reply in replies] == [200] * len(replies)


def product_of(house):
    return house.rows("select id from product where village_code = %s limit 1", [BALEREJO])[0].id


def test_a_full_queue_refuses_at_once(beside, records, house):
    small = beside(OVOP_QUEUE_LENGTH="2")
    reader = client_at(small, house.bumdes)
    path = f"/v1/umkm/{records[house.bumdes][0]}"
    with together(small, [(reader, path)] * 3) as replies:
        begun = time.monotonic()
        refused = reader.get(path, 503)
        assert time.monotonic() - begun < 0.5 and problem(refused)[0] == "overloaded" and int(refused.headers["Retry-After"]) >= 1
    assert [reply.result().status_code for reply in replies] == [200] * 3
    assert count(small, "refused_total") == 1


def test_what_runs_when_its_time_is_over_is_answered(beside, records, house):
    impatient = beside(OVOP_POOL_WAIT_MS="1000")
    reader = client_at(impatient, house.bumdes)
    made = f"/v1/products/{product_of(house)}"
    with held(house, "product"):
        with together(impatient, [(reader, f"/v1/umkm/{records[house.bumdes][0]}"), (reader, made), (reader, made)]) as replies:
            pass
        backend_at(house, "product")
        time.sleep(1.2)
    assert [reply.result().status_code for reply in replies] == [200] * 3


def test_no_lane_waits_for_another(house, records):
    path = f"/v1/village-potentials/{village_potential(house.bumdes)['id']}"
    with together(house, [(house.bumdes, path)] * 3, table="village_potential"):
        house.bumdes.get("/v1/umkm")  # a list
        house.bumdes.get("/v1/reports/markets")  # a slow read
        house.dinas.get(f"/v1/umkm/{records[house.bumdes][0]}")  # another role
        house.bumdes.patch(f"/v1/umkm/{records[house.bumdes][0]}", {"name": "Nama lain"}, match="*")  # a write


@pytest.mark.parametrize("table, mode, role, lane, asked", [
    ("umkm", "exclusive", "", "write", "POST /v1/umkm"),
    ("product", "access exclusive", "bumdes", "list", "GET /v1/products"),
    ("mentoring_session", "access exclusive", "bumdes", "slow", "GET /v1/reports/mentoring"),
])
def test_a_read_of_one_record_waits_for_no_other_lane(house, records, table, mode, role, lane, asked):
    method, path = asked.split()
    made = body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None) if method == "POST" else None
    with ThreadPoolExecutor(3) as threads, held(house, table, mode):
        replies = [threads.submit(client_at(house, house.bumdes), method, path, made) for _ in range(3)]
        until(lambda: waiting(house) and count(house, "waiting", lane, role) == 2)
        house.bumdes.get(f"/v1/umkm/{records[house.bumdes][0]}")
        assert not any(reply.done() for reply in replies)
    assert [reply.result().status_code for reply in replies] == [201 if made else 200] * 3


def test_the_first_call_is_served_first(house):
    sent = [body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None) for _ in range(5)]
    with ThreadPoolExecutor(5) as threads, held(house, "umkm", "exclusive"):
        for before, one in enumerate(sent):
            threads.submit(client_at(house, house.bumdes).post, "/v1/umkm", one)
            until(lambda: waiting(house) and count(house, "waiting", "write", "") == before)
    nibs = [one["nib"] for one in sent]
    assert [one.nib for one in house.rows("select nib from umkm where nib = any (%s) order by created_at", [nibs])] == nibs


# A blocked connection to the database, and a server that stops


@pytest.fixture(scope="module")
def lost(build):
    """A house with a cluster that these tests may stop."""
    cluster = Cluster().start()
    yield build(cluster=cluster, **ONE_EACH).prepare().start()
    cluster.remove()


@pytest.fixture(scope="module")
def blocked(build, lost):
    """A house behind a proxy that can block its connections to the database."""
    proxy = Proxy(f"{lost.cluster.directory}/.s.PGSQL.5432")
    proxy.listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    it = build(cluster=lost.cluster, database=lost.database, OVOP_KEYS_DIR=str(lost.keys), OVOP_ISSUER=lost.base,
               OVOP_STATEMENT_TIMEOUT_MS="1500", OVOP_MAX_BODY_BYTES=str(8 << 20), **ONE_EACH,
               DATABASE_URL=f"host=127.0.0.1 port={proxy.port} user=ovop_test password=any dbname={lost.database} sslmode=disable").start()
    yield it, proxy
    proxy.close()


def big(house):
    """Returns a body that creates a UMKM and exceeds every socket buffer."""
    sent = body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None)
    return {"data": json.dumps(sent).encode().ljust(8 << 20), "headers": {"Content-Type": "application/json"}}


@pytest.mark.parametrize("recovers", [True, False])
def test_a_blocked_socket_holds_nobody_for_ever(blocked, lost, recovers):
    (house, proxy), path = blocked, f"/v1/umkm/{umkm(lost.bumdes)['id']}"
    calls = [("POST", "/v1/umkm", big(lost), lost.bumdes), ("GET", path, {}, lost.bumdes),
             ("GET", "/v1/villages", {"params": {"limit": "200"}}, lost.bumdes)]

    def call(method, path, more, who):
        begun = time.monotonic()
        reply = client_at(house, who)(method, path, **more)
        return reply.status_code, problem(reply)[0] if reply.status_code >= 400 else None, time.monotonic() - begun

    usual = [call(*one) for one in calls]
    assert [status for status, _, _ in usual] == [201, 200, 200]
    calls[0] = ("POST", "/v1/umkm", big(lost), lost.bumdes)
    with ThreadPoolExecutor(3) as threads:
        proxy.flows.clear()
        replies = [threads.submit(call, *one) for one in calls]
        time.sleep(0.5)
        if recovers:
            proxy.flows.set()
        replies = [reply.result() for reply in replies]
        proxy.flows.set()
    if recovers:
        assert [status for status, _, _ in replies] == [201, 200, 200]
    else:
        assert [code for _, code, _ in replies] == ["outcome_unknown", "database_unavailable", "database_unavailable"]
        assert all(2 < took < before + 3.5 for (_, _, took), (_, _, before) in zip(replies, usual)), \
            "the statement timeout and one second"
    until(lambda: call(*calls[1])[0] == 200)
    assert call("POST", "/v1/umkm", big(lost), lost.bumdes)[0] == 201


@pytest.mark.parametrize("end, statuses", [("stop", {503}), ("kill", {200, 503})])
def test_a_server_that_stops_during_a_batch_blocks_no_caller(lost, end, statuses):
    """If a backend is killed, PostgreSQL ends all others too and needs a moment to recover."""
    path, made = f"/v1/umkm/{umkm(lost.bumdes)['id']}", [product(lost.bumdes)["id"] for _ in range(8)]
    with held(lost, "product"):
        asked = [path, *(f"/v1/products/{one}" for one in made)]
        with together(lost, [(client_at(lost, lost.bumdes), one) for one in asked]) as replies:
            pass
        backend, begun = backend_at(lost, "product"), time.monotonic()
        if end == "stop":
            lost.cluster.stop()
        else:
            os.kill(backend, signal.SIGKILL)
        replies = [reply.result() for reply in replies[1:]]
        assert time.monotonic() - begun < 3 and {reply.status_code for reply in replies} <= statuses
        assert all(reply.status_code == 200 or int(reply.headers["Retry-After"]) >= 1 for reply in replies)
    if end == "stop":
        lost.cluster.start()
    until(lambda: lost.bumdes.get(path, None).status_code == 200)
    until(lambda: lost.probe("/readyz") == 200)


@contextlib.contextmanager
def sleeping(house, table, seconds):
    """Makes every read of the table take this long.

    PostgreSQL evaluates a policy only for rows, so each reader needs a row.
    """
    made = {"export": export, "product": product}[table]
    made(house.bumdes), made(house.bumdes2, JEDING)
    house.rows(f"create policy sleeps on {table} as restrictive for select using ((select pg_sleep({seconds})) is not null)")
    try:
        yield
    finally:
        house.rows(f"drop policy sleeps on {table}")


def order_of(house, path, table, callers, seconds=0.1):
    """Returns the order in which one connection answers callers who wait together."""
    order, lane = [], "list"
    with ThreadPoolExecutor(len(callers)) as threads, sleeping(house, table, seconds):
        with held(house, table):
            for number, (name, who) in enumerate(callers):
                reply = threads.submit(client_at(house, who).get, path + "?limit=1")  # read by the client in no time
                reply.add_done_callback(lambda _, name=name: order.append(name))
                # All must wait before the first one's lock_timeout (3 s), also under sanitizers.
                until(lambda: count(house, "waiting", lane) == number and (number or waiting(house)))
    return order


@pytest.mark.parametrize("path, table", [("/v1/exports", "export"), ("/v1/products", "product")])
def test_a_caller_of_few_reads_does_not_wait_behind_a_caller_of_many(house, path, table):
    """Callers take turns.

    The calls of the others come before the third call of the first caller.
    """
    order = order_of(house, path, table, [*[("busy", house.bumdes)] * 8, ("second", house.bumdes2), ("third", house.bumdesma)])
    assert order[0] == "busy" and {"second", "third"} <= set(order[1:4]) and order.count("busy") == 8, order


def test_a_caller_of_few_reads_does_not_wait_behind_a_burst(build):
    """The calls of a burst cost as much as calls that come one by one."""
    house = build(**{**ONE_EACH, "OVOP_POOL_WAIT_MS": "20000"}).prepare().start()
    with sleeping(house, "export", 0.3):
        client_at(house, house.bumdes2).get("/v1/exports")
    order = order_of(house, "/v1/exports", "export", [*[("burst", house.bumdes)] * 6, ("light", house.bumdes2)], 0.3)
    assert "light" in order[:4], order


def test_two_callers_of_many_reads_take_turns(house):
    order = order_of(house, "/v1/exports", "export", [*[("one", house.bumdes)] * 6, *[("two", house.bumdes2)] * 5])
    assert all(order[:2 * n].count("two") >= n - 1 for n in range(1, 6)), order


def test_a_full_queue_refuses_the_caller_who_filled_it(beside, house):
    small_queue = beside(OVOP_QUEUE_LENGTH="3", OVOP_POOL_WAIT_MS="20000")
    with ThreadPoolExecutor(8) as threads:
        with held(house, "export"):
            heavy = []
            for _ in range(4):
                heavy.append(threads.submit(client_at(small_queue, house.bumdes).get, "/v1/exports", None))
                until(lambda: waiting(house) and count(small_queue, "waiting", "list") == len(heavy) - 1)
            light = threads.submit(client_at(small_queue, house.bumdes2).get, "/v1/exports", None)
            until(lambda: sum(one.done() for one in heavy) == 1)
            assert not light.done()
        assert light.result().status_code == 200
        assert sorted(one.result().status_code for one in heavy) == [200, 200, 200, 503]


def test_a_caller_of_long_reads_leaves_room_for_others(build):
    """One officer sends eighteen slow reads at once, within the limit of requests.

    Their cost slows down this officer only.
    """
    house = build(OVOP_RATE_LIMIT="240").prepare().start()
    heavy, light = house.bumdes, house.bumdes2
    stop, seen, statuses, took = time.monotonic() + 5, [], [], []

    def much():
        client = client_at(house, heavy)
        while time.monotonic() < stop and 429 not in seen:
            seen.append(client.get("/v1/exports", None).status_code)

    with ThreadPoolExecutor(18) as threads, sleeping(house, "export", 0.1):
        for _ in range(18):
            threads.submit(much)
        while time.monotonic() < stop and len(statuses) < 20:
            begun = time.monotonic()
            statuses.append(light.get("/v1/exports", None).status_code)
            took.append(time.monotonic() - begun)
    assert set(statuses) == {200} and max(took) < 1.5, (statuses, max(took))  # without turns: some two seconds
    assert 429 in seen and seen.count(200) < 120, "each slow read costs as much as five short ones"
