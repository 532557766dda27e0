"""Reads of one record that wait for the one connection of their lane share a transaction: none of them notices."""
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
from proxy import Proxy
from records import body, certification, enterprise, estimate, product, umkm, village_potential
from test_metrics import metrics, value

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
    """Another instance over the same database, with other settings."""
    return lambda **settings: build(database=house.database, OVOP_KEYS_DIR=str(house.keys), OVOP_ISSUER=house.base,
                                    **{**ONE_EACH, **settings}).start()


def at(house, who):
    """A caller's client of another instance, or of another thread."""
    return Client(house.base, house.contract, who.token)


@pytest.fixture(scope="module")
def records(house):
    """Of two callers of one role, by who may see them: 4 of bumdes in Balerejo, 2 of bumdes2 in Jeding."""
    return {house.bumdes: [umkm(house.bumdes)["id"] for _ in range(4)],
            house.bumdes2: [umkm(house.bumdes2, JEDING)["id"] for _ in range(2)]}


@contextlib.contextmanager
def held(house, table, mode="access exclusive"):
    """Whoever reads the table waits."""
    with contextlib.closing(house.cluster.connect(house.database)) as connection:
        connection.autocommit = False
        connection.cursor().execute(f"lock table {table} in {mode} mode")
        yield


def count(house, name, lane="point", role="bumdes"):
    return value(metrics(house), f"ovop_lane_{name}", lane=lane, role=role)


def waiting(house):
    """What the one backend of the lane is at while it waits for a lock."""
    return house.rows("select pid, query from pg_stat_activity where wait_event_type = 'Lock' and usename = 'ovop_test'"
                      " and datname = current_database()")


def backend_at(house, table):
    """The backend that waits for this table, as soon as there is one."""
    found, statement = [], "select pid from pg_locks where not granted and relation = %s::regclass"
    until(lambda: found.extend(house.rows(statement, [table])) or found)
    return found[0].pid


@contextlib.contextmanager
def together(house, asked, table="umkm", role="bumdes"):
    """Sends the reads while the table is held: the first takes the connection and waits, the others queue. Yields their replies
    to come; what is done in the block happens while all wait."""
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
    assert count(house, "batches_total") - before["batches_total"] == 2, "the first alone, then all that waited"


def test_each_caller_in_a_batch_sees_with_its_own_claims(house, records):
    asked = [(who, f"/v1/umkm/{one.upper() if who is house.bumdes else one}") for _ in range(2)
             for one in (records[house.bumdes][0], records[house.bumdes2][0]) for who in records]
    asked += [(house.bumdes, f"/v1/umkm/{one}") for one in ("00000000-0000-7000-8000-000000000000", records[house.bumdes][1])]
    with together(house, asked) as replies:
        pass
    assert [reply.result().status_code for reply in replies] == [200, 404, 404, 200] * 2 + [404, 200]


def test_a_long_queue_of_writes_leaves_an_instance_ready(house):
    """It is as alive as its database; who takes it out of service helps nobody who waits."""
    with ThreadPoolExecutor(3) as threads:
        with held(house, "umkm"):
            writes = [threads.submit(umkm, at(house, house.bumdes)) for _ in range(3)]
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
        with together(house, [(at(house, house.bupati), path) for path in (paths[0], *paths)], role="bupati") as replies:
            pass
        for path, reply, wanted in zip(paths, replies[1:], alone):
            assert (path, reply.result().status_code) == (path, wanted.status_code)
            assert wanted.status_code != 200 or reply.result().content == wanted.content


@pytest.fixture
def poison(house):
    """Makes a UMKM an error for whoever reads it; 57014 is a statement that really takes too long."""
    house.rows(POISON)
    yield lambda one, state: house.rows("insert into poison values (%s, %s)", [one, state])
    house.rows("drop policy poison on umkm; drop function is_wholesome; drop table poison")


@pytest.mark.parametrize("sqlstate, status, code", [
    ("P0001", 500, "internal"), ("57014", 504, "timeout"), ("53200", 503, "database_unavailable"), ("XX000", 500, "internal"),
])
def test_no_error_reaches_the_others(house, beside, poison, sqlstate, status, code):
    """Nor does one that ends the connection, or a statement that has used up its time."""
    hasty = beside(OVOP_STATEMENT_TIMEOUT_MS="1500") if sqlstate == "57014" else house
    before, bad, behind = (umkm(house.bumdes) for _ in range(3))
    other = product(house.bumdes)
    paths = [f"/v1/products/{other['id']}", *(f"/v1/umkm/{one['id']}" for one in (before, bad, behind)),
             f"/v1/umkm/{behind['id']}/owner", f"/v1/village-enterprises/{enterprise(house.bumdes)['id']}"]
    poison(bad["id"], sqlstate)
    with together(hasty, [(at(hasty, house.dinas), path) for path in (paths[0], *paths)], "product", role="dinas") as replies:
        pass
    replies = [reply.result() for reply in replies[1:]]
    assert [reply.status_code for reply in replies] == [200, 200, status, 200, 200, 200]
    assert problem(replies[2])[0] == code and "inner" not in replies[2].text
    assert [replies[at].json()["id"] for at in (0, 1, 3)] == [one["id"] for one in (other, before, behind)]
    for path in paths[:2] + paths[3:]:
        at(hasty, house.dinas).get(path)


def test_a_statement_that_cannot_be_prepared_spoils_no_other(house):
    """What stood behind it was not prepared either, and nobody believes so."""
    made = umkm(house.bumdes)
    owner = f"/v1/umkm/{made['id']}/owner"
    paths = [owner, f"/v1/products/{product(house.bumdes)['id']}", owner,
             f"/v1/village-enterprises/{enterprise(house.bumdes)['id']}", f"/v1/umkm/{made['id']}"]
    cut(house)
    house.rows("alter function umkm_owner_row rename to gone")
    try:
        with together(house, [(at(house, house.bupati), path) for path in (paths[-1], *paths)], role="bupati") as replies:
            pass
        assert [reply.result().status_code for reply in replies[1:]] == [500, 200, 500, 200, 200]
    finally:
        house.rows("alter function gone rename to umkm_owner_row")
    for path in paths * 2:
        house.bupati.get(path)


def test_a_lock_that_stays_holds_nobody_for_long(house, beside):
    """What failed in a batch is run again and meets the lock again; the last does not wait as often as they are many."""
    hasty, made = beside(OVOP_STATEMENT_TIMEOUT_MS="600"), [umkm(house.bumdes) for _ in range(9)]
    asked = [(at(hasty, house.dinas), f"/v1/umkm/{one['id']}") for one in made]
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
    """Of calls that share a statement, or stand behind it with other claims."""
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
    reader = at(small, house.bumdes)
    path = f"/v1/umkm/{records[house.bumdes][0]}"
    with together(small, [(reader, path)] * 3) as replies:
        begun = time.monotonic()
        refused = reader.get(path, 503)
        assert time.monotonic() - begun < 0.5 and problem(refused)[0] == "overloaded" and int(refused.headers["Retry-After"]) >= 1
    assert [reply.result().status_code for reply in replies] == [200] * 3
    assert count(small, "refused_total") == 1


def test_what_runs_when_its_time_is_over_is_answered(beside, records, house):
    hasty = beside(OVOP_POOL_WAIT_MS="1000")
    reader = at(hasty, house.bumdes)
    made = f"/v1/products/{product_of(house)}"
    with held(house, "product"):
        with together(hasty, [(reader, f"/v1/umkm/{records[house.bumdes][0]}"), (reader, made), (reader, made)]) as replies:
            pass
        backend_at(house, "product")
        time.sleep(1.2)
    assert [reply.result().status_code for reply in replies] == [200] * 3


def test_no_lane_waits_for_another(house, records):
    path = f"/v1/village-potentials/{village_potential(house.bumdes)['id']}"
    with together(house, [(house.bumdes, path)] * 3, table="village_potential"):
        house.bumdes.get("/v1/umkm")  # a list
        house.bumdes.get("/v1/reports/markets")  # what takes long
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
        replies = [threads.submit(at(house, house.bumdes), method, path, made) for _ in range(3)]
        until(lambda: waiting(house) and count(house, "waiting", lane, role) == 2)
        house.bumdes.get(f"/v1/umkm/{records[house.bumdes][0]}")
        assert not any(reply.done() for reply in replies)
    assert sorted(reply.result().status_code for reply in replies) == ([201, 409, 409] if made else [200] * 3)


def test_who_came_first_is_served_first(house):
    sent = [body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None) for _ in range(5)]
    with ThreadPoolExecutor(5) as threads, held(house, "umkm", "exclusive"):
        for before, one in enumerate(sent):
            threads.submit(at(house, house.bumdes).post, "/v1/umkm", one)
            until(lambda: waiting(house) and count(house, "waiting", "write", "") == before)
    nibs = [one["nib"] for one in sent]
    assert [one.nib for one in house.rows("select nib from umkm where nib = any (%s) order by created_at", [nibs])] == nibs


# A way to the database that takes no more, and a server that goes


@pytest.fixture(scope="module")
def lost(build):
    """A house with a cluster that these tests may end."""
    cluster = Cluster().start()
    yield build(cluster=cluster, **ONE_EACH).prepare().start()
    cluster.remove()


@pytest.fixture(scope="module")
def blocked(build, lost):
    """A house whose way to the database can be blocked."""
    proxy = Proxy(f"{lost.cluster.directory}/.s.PGSQL.5432")
    proxy.listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    it = build(cluster=lost.cluster, database=lost.database, OVOP_KEYS_DIR=str(lost.keys), OVOP_ISSUER=lost.base,
               OVOP_STATEMENT_TIMEOUT_MS="1500", OVOP_MAX_BODY_BYTES=str(8 << 20), **ONE_EACH,
               DATABASE_URL=f"host=127.0.0.1 port={proxy.port} user=ovop_test dbname={lost.database} sslmode=disable").start()
    yield it, proxy
    proxy.close()


def big(house):
    """What makes a UMKM, in a body that no buffer of the kernel holds."""
    sent = body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None)
    return {"data": json.dumps(sent).encode().ljust(8 << 20), "headers": {"Content-Type": "application/json"}}


@pytest.mark.parametrize("recovers", [True, False])
def test_a_blocked_socket_holds_nobody_for_ever(blocked, lost, recovers):
    (house, proxy), path = blocked, f"/v1/umkm/{umkm(lost.bumdes)['id']}"
    calls = [("POST", "/v1/umkm", big(lost), lost.bumdes), ("GET", path, {}, lost.bumdes),
             ("GET", "/v1/villages", {"params": {"limit": "200"}}, lost.bumdes)]

    def call(method, path, more, who):
        begun = time.monotonic()
        reply = at(house, who)(method, path, **more)
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
            "as long as a statement may take, and a second"
    until(lambda: call(*calls[1])[0] == 200)
    assert call("POST", "/v1/umkm", big(lost), lost.bumdes)[0] == 201


@pytest.mark.parametrize("end, statuses", [("stop", {503}), ("kill", {200, 503})])
def test_a_server_that_goes_under_a_batch_holds_nobody(lost, end, statuses):
    """Of a backend that was killed, PostgreSQL ends all others too, and takes a moment to come back."""
    path, made = f"/v1/umkm/{umkm(lost.bumdes)['id']}", [product(lost.bumdes)["id"] for _ in range(8)]
    with held(lost, "product"):
        with together(lost, [(at(lost, lost.bumdes), path), *((at(lost, lost.bumdes), f"/v1/products/{one}") for one in made)]) \
                as replies:
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
