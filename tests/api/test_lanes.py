"""Where calls wait for PostgreSQL: reads of one record share a transaction, and nothing else."""
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
from house import BALEREJO, JEDING, WLINGI, until
from proxy import Proxy
from records import body, certification, enterprise, estimate, product, umkm, village_potential
from test_metrics import metrics, value

BUSY = "from pg_stat_activity where usename = 'ovop_test' and wait_event_type = 'Lock'"
ONE_EACH = {"OVOP_DRAIN_SECONDS": "0", **{f"OVOP_{lane}_CONNECTIONS": "1" for lane in ("READ", "LIST", "SLOW", "WRITE")}}


@pytest.fixture(scope="module")
def house(build):
    return build(OVOP_POOL_WAIT_MS="10000", OVOP_STATEMENT_TIMEOUT_MS="2000", **ONE_EACH).prepare().start()


@pytest.fixture(scope="module")
def own(build):
    """A cluster that may die, and its house."""
    cluster = Cluster().start()
    yield build(cluster=cluster, OVOP_POOL_WAIT_MS="5000", **ONE_EACH).prepare().start()
    cluster.remove()


@contextlib.contextmanager
def held(house, *tables, mode="access exclusive"):
    """Whoever touches these tables waits."""
    connection = house.cluster.connect(house.database)
    connection.autocommit = False
    try:
        connection.cursor().execute(f"lock table {', '.join(tables)} in {mode} mode")
        yield connection
    finally:
        connection.close()


def blocked(house):
    return house.rows(f"select pid {BUSY}")


class Line:
    """Calls that stand in a lane one behind the other, the first of them at a lock."""

    def __init__(self, house, role="dinas", lane="point"):
        self.house, self.labels, self.pool, self.told = house, {"role": role, "lane": lane}, ThreadPoolExecutor(40), []
        self.before = {name: self.count(name) for name in ("calls_total", "batches_total")}

    def count(self, name):
        return value(metrics(self.house), "ovop_lane_" + name, **self.labels)

    def since(self, name):
        return self.count(name) - self.before[name]

    def send(self, who, method, path, *more, **options):
        client = Client(self.house.base, self.house.contract, who.token)

        def timed():
            begun = time.monotonic()
            reply = client(method, path, *more, **options)
            reply.took = time.monotonic() - begun
            return reply

        self.told.append(self.pool.submit(timed))

    def stand(self, who, method, path, *more, **options):
        """The same, and it stands there when this returns."""
        behind, first = self.count("waiting"), not self.told
        self.send(who, method, path, *more, **options)
        until(lambda: blocked(self.house) if first else self.count("waiting") > behind)

    def get(self, who, *paths):
        for path in paths:
            self.stand(who, "GET", path)

    def replies(self):
        return [one.result(timeout=60) for one in self.told]


def statuses(replies):
    return [one.status_code for one in replies]


# What shares a transaction


def test_reads_that_waited_share_a_transaction_and_each_gets_its_own(house):
    """Of three officers in one batch, each sees the villages of that one."""
    records = [umkm(house.bumdes), umkm(house.bumdes2, JEDING), umkm(house.bumdesma, WLINGI[0])]
    officers = house.bumdes, house.bumdes2, house.bumdesma
    asked = [(who, one, tail) for tail in ("", "/consent") for one in records for who in officers]
    for _ in range(2):
        line = Line(house, "bumdes")
        with held(house, "umkm"):
            line.get(house.bumdes, f"/v1/umkm/{records[0]['id']}")
            for who, one, tail in asked[:15]:
                line.send(who, "GET", f"/v1/umkm/{one['id'].upper()}{tail}")
            line.send(house.bumdes2, "GET", "/v1/umkm/00000000-0000-4000-8000-000000000000")
            until(lambda: line.count("waiting") == 16)
        _, *replies, missing = line.replies()
        assert missing.status_code == 404 and line.since("batches_total") == 2 and line.since("calls_total") == 17
        for (who, one, tail), reply in zip(asked, replies):
            sees = one["village_code"] in who.villages
            assert reply.status_code == (200 if sees else 404), (who.username, one["village_code"], tail)
            assert not sees or tail or reply.json()["id"] == one["id"]


def reads(house):
    """Fourteen kinds of them."""
    made = {"umkm": umkm(house.bumdes), "village-enterprises": enterprise(house.bumdes), "products": product(house.bumdes),
            "certifications": certification(house.bumdes), "village-potentials": village_potential(house.bumdes),
            "star-assessments": estimate(house.dinas)}
    paths = [f"/v1/{noun}/{one['id']}{tail}" for noun, one in made.items() for tail in ("", "/change-request")]
    return paths + [f"/v1/umkm/{made['umkm']['id']}/owner", f"/v1/star-assessments/{made['star-assessments']['id']}/advice"]


def test_what_a_fresh_connection_prepares_for_many_it_knows_afterwards(house):
    paths = reads(house)
    alone = {path: house.bupati.get(path, None) for path in paths}
    assert statuses(alone.values()).count(200) == 8
    house.rows("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'ovop_test'")
    for _ in range(2):
        line = Line(house, "bupati")
        with held(house, "umkm"):
            line.get(house.bupati, paths[0])
            for path in paths:
                line.send(house.bupati, "GET", path)
            until(lambda: line.count("waiting") == len(paths))
        assert line.since("batches_total") - 2 <= 1, "the first may have tried the connection that was cut"
        for path, reply in zip(paths, line.replies()[1:]):
            assert (path, reply.status_code) == (path, alone[path].status_code)
            assert reply.status_code != 200 or reply.content == alone[path].content


# Whose fault it is


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


@pytest.fixture
def poison(house):
    house.rows(POISON)
    yield lambda one, state: house.rows("insert into poison values (%s, %s)", [one["id"], state])
    house.rows("drop policy poison on umkm; drop function is_wholesome; drop table poison")


@pytest.mark.parametrize("sqlstate, status, code", [
    ("P0001", 500, "internal"), ("57014", 504, "timeout"), ("53200", 503, "database_unavailable"), ("XX000", 500, "internal"),
])
def test_an_error_in_a_batch_is_its_own_callers(house, poison, sqlstate, status, code):
    first, before, bad, behind = (umkm(house.bumdes) for _ in range(4))
    other, last = product(house.bumdes), enterprise(house.bumdes)
    paths = [f"/v1/products/{other['id']}", *(f"/v1/umkm/{one['id']}" for one in (before, bad, behind)),
             f"/v1/umkm/{behind['id']}/owner", f"/v1/village-enterprises/{last['id']}"]
    poison(bad, sqlstate)
    line = Line(house)
    with held(house, "product"):
        line.get(house.dinas, f"/v1/products/{other['id']}")
        for path in (*paths, f"/v1/umkm/{first['id']}"):
            line.send(house.dinas, "GET", path)
        until(lambda: line.count("waiting") == 7)
    replies = line.replies()[1:]
    assert statuses(replies) == [200, 200, status, 200, 200, 200, 200]
    assert problem(replies[2])[0] == code and "inner" not in replies[2].text
    assert [replies[at].json()["id"] for at in (0, 1, 3, 6)] == [one["id"] for one in (other, before, behind, first)]
    for path in paths[:2] + paths[3:]:
        house.dinas.get(path)


def test_a_statement_that_cannot_be_prepared_spoils_no_other(house):
    """What stood behind it was not prepared either, and nobody believes so."""
    made, asked = umkm(house.bumdes), [product(house.bumdes), enterprise(house.bumdes)]
    owner = f"/v1/umkm/{made['id']}/owner"
    paths = [owner, f"/v1/products/{asked[0]['id']}", owner, f"/v1/village-enterprises/{asked[1]['id']}",
             f"/v1/umkm/{made['id']}"]
    house.rows("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'ovop_test'")
    house.rows("alter function umkm_owner_row rename to gone")
    try:
        line = Line(house, "bupati")
        with held(house, "umkm"):
            line.get(house.bupati, paths[-1])
            line.get(house.bupati, *paths)
        replies = line.replies()[1:]
    finally:
        house.rows("alter function gone rename to umkm_owner_row")
    assert statuses(replies) == [500, 200, 500, 200, 200]
    for path in paths * 2:
        house.bupati.get(path)


def test_a_lock_that_stays_holds_nobody_for_long(build, house):
    """Calls of a batch that failed are run again, and meet the lock again; the last does not wait as often as they are many."""
    short = build(database=house.database, OVOP_KEYS_DIR=str(house.keys), OVOP_ISSUER=house.base,
                  **{**ONE_EACH, "OVOP_STATEMENT_TIMEOUT_MS": "600"}).start()
    made = [umkm(house.bumdes) for _ in range(9)]
    line = Line(short)
    with held(house, "umkm"):
        for one in made:
            line.send(house.dinas, "GET", f"/v1/umkm/{one['id']}")
        replies = line.replies()
    assert set(statuses(replies)) <= {503, 504} and max(one.took for one in replies) < 4
    assert all(one.status_code == 504 or int(one.headers["Retry-After"]) >= 1 for one in replies)
    for one in made:
        Client(short.base, short.contract, house.dinas.token).get(f"/v1/umkm/{one['id']}")


# A connection that dies under a batch


@contextlib.contextmanager
def batch(house, size=8):
    """So many reads of products under way in one transaction, at a lock."""
    made, products = umkm(house.bumdes), [product(house.bumdes) for _ in range(size)]
    # A connect that failed under the test before is remembered for a moment.
    until(lambda: house.dinas.get(f"/v1/umkm/{made['id']}", None).status_code == 200)
    line = Line(house)
    with held(house, "product") as lock, held(house, "umkm") as first:
        line.get(house.dinas, f"/v1/umkm/{made['id']}")
        for one in products:
            line.send(house.dinas, "GET", f"/v1/products/{one['id']}")
        until(lambda: line.count("waiting") == size)
        first.rollback()
        until(lambda: line.count("waiting") == 0 and blocked(house))
        yield line, lock
    replies = line.replies()[1:]
    assert all(reply.status_code != 200 or reply.json()["id"] == one["id"] for reply, one in zip(replies, products))


def test_a_batch_whose_connection_is_cut_is_asked_again(own):
    with batch(own) as (line, lock):
        own.rows(f"select pg_terminate_backend(pid) {BUSY}")
        until(lambda: blocked(own))
        lock.rollback()
        assert statuses(line.replies()) == [200] * 9


def test_who_waited_until_too_late_while_its_batch_runs_is_answered(build, house):
    short = build(database=house.database, OVOP_KEYS_DIR=str(house.keys), OVOP_ISSUER=house.base,
                  **{**ONE_EACH, "OVOP_POOL_WAIT_MS": "1000"}).start()
    made = umkm(house.bumdes), product(house.bumdes)
    line = Line(short)
    with held(house, "product"), held(house, "umkm") as first:
        line.get(house.dinas, f"/v1/umkm/{made[0]['id']}", f"/v1/products/{made[1]['id']}")
        line.send(house.dinas, "GET", f"/v1/products/{made[1]['id']}")
        first.rollback()
        until(lambda: line.count("waiting") == 0)
        time.sleep(1.3)
    assert statuses(line.replies()) == [200] * 3


# The queue


def test_a_full_queue_is_503_at_once_and_a_long_wait_in_its_time(build, house):
    short = build(database=house.database, OVOP_KEYS_DIR=str(house.keys), OVOP_ISSUER=house.base,
                  **{**ONE_EACH, "OVOP_POOL_WAIT_MS": "700", "OVOP_QUEUE_LENGTH": "3"}).start()
    made = umkm(house.bumdes)
    line, refused = Line(short), Line(short).count("refused_total")
    with held(house, "umkm"):
        line.get(house.dinas, *[f"/v1/umkm/{made['id']}"] * 4)
        line.send(house.dinas, "GET", f"/v1/umkm/{made['id']}")
        full = line.told[-1].result()
        late = [one.result() for one in line.told[1:4]]
    assert full.took < 0.5 and all(0.6 < one.took < 2 for one in late) and line.told[0].result().status_code == 200
    for one in (full, *late):
        assert problem(one)[0] == "overloaded" and int(one.headers["Retry-After"]) >= 1
    assert line.count("refused_total") == refused + 4 and line.count("waiting") == 0


def test_who_came_first_is_served_first(house):
    line, sent = Line(house, "", "write"), [body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None)
                                            for _ in range(5)]
    with held(house, "umkm", mode="exclusive"):
        for one in sent:
            line.stand(house.bumdes, "POST", "/v1/umkm", one)
    assert statuses(line.replies()) == [201] * 5 and line.since("batches_total") == line.since("calls_total") == 5
    nibs = [one["nib"] for one in sent]
    assert [one.nib for one in house.rows("select nib from umkm where nib = any (%s) order by created_at", [nibs])] == nibs


@pytest.mark.parametrize("table, mode, lane, role, who, method, path", [
    ("umkm", "exclusive", "write", "", "bumdes", "POST", "/v1/umkm"),
    ("product", "access exclusive", "list", "dinas", "dinas", "GET", "/v1/products"),
    ("mentoring_session", "access exclusive", "slow", "dinas", "dinas", "GET", "/v1/reports/mentoring"),
])
def test_what_waits_in_one_lane_holds_up_no_other(house, table, mode, lane, role, who, method, path):
    made, who, line = umkm(house.bumdes), getattr(house, who), Line(house, role, lane)
    sent = [body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None)] if method == "POST" else []
    with held(house, table, mode=mode):
        for _ in range(3):
            line.stand(who, method, path, *sent)
        begun = time.monotonic()
        house.dinas.get(f"/v1/umkm/{made['id']}")
        lane == "list" or house.dinas.get("/v1/umkm")
        assert time.monotonic() - begun < 1 and line.count("waiting") == 2
    replies = line.replies()
    assert statuses(replies) == ([201, 409, 409] if sent else [200] * 3)


# A socket that takes no more, and a server that says no more


@pytest.fixture(scope="module")
def proxied(build, own):
    """A house whose way to the database can be blocked."""
    proxy = Proxy(f"{own.cluster.directory}/.s.PGSQL.5432")
    proxy.listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    it = build(database=own.database, cluster=own.cluster, OVOP_KEYS_DIR=str(own.keys), OVOP_ISSUER=own.base,
               OVOP_STATEMENT_TIMEOUT_MS="1500", **ONE_EACH,
               DATABASE_URL=f"host=127.0.0.1 port={proxy.port} user=ovop_test dbname={own.database} sslmode=disable").start()
    yield it, proxy
    proxy.flows.set()
    it.stop()
    proxy.close()


def big(house):
    """What makes a UMKM, in a body as large as one may be."""
    sent = body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None)
    return {"data": json.dumps(sent).encode().ljust(1048576), "headers": {"Content-Type": "application/json"}}


@pytest.mark.parametrize("recovers", [True, False])
def test_a_blocked_socket_holds_nobody_for_ever(proxied, own, recovers):
    house, proxy = proxied
    writer, reader = (Client(house.base, house.contract, who.token) for who in (own.bumdes, own.dinas))
    path, line = f"/v1/umkm/{umkm(own.bumdes)['id']}", Line(house)
    reader.get(path), reader.get("/v1/villages", params={"limit": "200"}), writer.post("/v1/umkm", **big(house))
    proxy.flows.clear()
    line.send(writer, "POST", "/v1/umkm", **big(house))
    line.send(reader, "GET", path)
    line.send(reader, "GET", "/v1/villages", params={"limit": "200"})
    if recovers:
        time.sleep(0.5)
        proxy.flows.set()
    replies = line.replies()
    proxy.flows.set()
    if recovers:
        assert statuses(replies) == [201, 200, 200]
    else:
        assert [problem(one)[0] for one in replies] == ["outcome_unknown", "database_unavailable", "database_unavailable"]
        assert all(2 < one.took < 3.5 for one in replies), "as long as a statement may take, and a second"
    until(lambda: reader.get(path, None).status_code == 200)
    writer.post("/v1/umkm", **big(house))


# The last: it ends the server under them


def test_a_batch_under_a_server_that_is_gone_is_503_at_once(own):
    with batch(own) as (line, _):
        own.cluster.stop()
        try:
            begun = time.monotonic()
            replies = line.replies()
            assert time.monotonic() - begun < 2 and statuses(replies[1:]) == [503] * 8
            assert all(problem(one)[0] == "database_unavailable" and int(one.headers["Retry-After"]) >= 1 for one in replies[1:])
        finally:
            own.cluster.start()
    own.ready()


def test_a_backend_killed_under_a_batch_is_asked_again_or_503(own):
    """PostgreSQL ends all the others too, and takes a moment to come back."""
    with batch(own) as (line, _):
        backend, = blocked(own)
        os.kill(backend.pid, signal.SIGKILL)
        replies = line.replies()[1:]
        assert set(statuses(replies)) <= {200, 503} and all(one.took < 10 for one in replies)
        assert all(one.status_code == 200 or int(one.headers["Retry-After"]) >= 1 for one in replies)
    until(lambda: own.dinas.get("/v1/umkm", None).status_code == 200)
