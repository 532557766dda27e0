"""Reads of one record that wait for the one connection of their lane share a transaction: none of them notices."""
import contextlib
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from client import problem
from house import BALEREJO, JEDING, until
from records import product, umkm, village_potential
from test_metrics import metrics, value

BREAKS = """
    create or replace function umkm_warnings(u umkm) returns table (warnings json) language plpgsql stable as $$
    begin
      if u.name = 'Breaks' then
        raise exception 'as if it had taken too long' using errcode = '57014';
      end if;
      return query select '[]'::json;
    end $$"""


@pytest.fixture(scope="module")
def house(build):
    return build(OVOP_READ_CONNECTIONS="1", OVOP_LIST_CONNECTIONS="1", OVOP_WRITE_CONNECTIONS="1").prepare().start()


@pytest.fixture(scope="module")
def records(house):
    """Of two callers of one role, by who may see them: 4 of bumdes in Balerejo, 2 of bumdes2 in Jeding."""
    return {house.bumdes: [umkm(house.bumdes)["id"] for _ in range(4)],
            house.bumdes2: [umkm(house.bumdes2, JEDING)["id"] for _ in range(2)]}


@contextlib.contextmanager
def held(house, table):
    """Whoever reads the table waits."""
    with contextlib.closing(house.cluster.connect(house.database)) as connection:
        connection.autocommit = False
        connection.cursor().execute(f"lock table {table} in access exclusive mode")
        yield


def count(house, name, lane="point", role="bumdes"):
    return value(metrics(house), f"ovop_lane_{name}", lane=lane, role=role)


def waiting(house):
    """What the one backend of the lane is at while it waits for a lock."""
    return house.rows("select pid, query from pg_stat_activity where wait_event_type = 'Lock' and usename = 'ovop_test'"
                      " and datname = current_database()")


@contextlib.contextmanager
def together(house, asked, table="umkm"):
    """Sends the reads while the table is held: the first takes the connection and waits, the others queue. Yields their replies to
    come; what is done in the block happens while all wait."""
    threads, replies = ThreadPoolExecutor(len(asked)), []
    with held(house, table):
        for at, (who, path) in enumerate(asked):
            replies.append(threads.submit(who.get, path, None))
            until(lambda: waiting(house) and count(house, "waiting") == at)
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
    asked += [(house.bumdes, "/v1/umkm/00000000-0000-7000-8000-000000000000"), (house.bumdes, f"/v1/umkm/{records[house.bumdes][1]}")]
    with together(house, asked) as replies:
        pass
    assert [reply.result().status_code for reply in replies] == [200, 404, 404, 200] * 2 + [404, 200]


def test_reads_that_ask_the_same_are_one_statement(house, records):
    made = [product(house.bumdes)["id"] for _ in range(3)]
    with held(house, "product"):
        with together(house, [(house.bumdes, f"/v1/umkm/{records[house.bumdes][0]}"),
                              *((house.bumdes, f"/v1/products/{one}") for one in made)]) as replies:
            pass
        until(lambda: waiting(house) and "= any (" in waiting(house)[0].query)
    assert [reply.result().json()["id"] for reply in replies[1:]] == made


@pytest.mark.parametrize("other", [False, True])
def test_an_error_is_its_callers_alone(build, other):
    """Of calls that share a statement, or stand behind it with other claims."""
    house = build(OVOP_READ_CONNECTIONS="1").prepare().start()
    who = [house.bumdes, house.bumdes2] if other else [house.bumdes] * 2
    village = [BALEREJO, JEDING] if other else [BALEREJO] * 2
    made = [umkm(who[at % 2], village[at % 2], name="Breaks" if at == 4 else f"Warung {at}")["id"] for at in range(9)]
    house.rows(BREAKS)
    with together(house, [(who[at % 2], f"/v1/umkm/{one}") for at, one in enumerate(made)]) as replies:
        pass
    replies = [reply.result() for reply in replies]
    assert [reply.status_code for reply in replies] == [200] * 4 + [504] + [200] * 4
    assert problem(replies[4])[0] == "timeout"
    assert [reply.json()["id"] for reply in replies if reply.status_code == 200] == made[:4] + made[5:]
    for at, one in enumerate(made):
        who[at % 2].get(f"/v1/umkm/{one}", 504 if at == 4 else 200)


def test_a_connection_that_dies_in_mid_batch_costs_no_read(house, records):
    asked = [(who, f"/v1/umkm/{one}") for who, ids in records.items() for one in ids]
    made = f"/v1/products/{product_of(house)}"
    with held(house, "product"):
        with together(house, [asked[0]] + [(house.bumdes, made)] + asked) as replies:
            pass
        until(lambda: waiting(house))
        house.cluster.rows("postgres", "select pg_terminate_backend(%s)", [waiting(house)[0].pid])
    assert [reply.result().status_code for reply in replies] == [200] * len(replies)


def product_of(house):
    return house.rows("select id from product where village_code = %s limit 1", [BALEREJO])[0].id


def test_a_full_queue_refuses_at_once(build, records, house):
    small = build(database=house.database, OVOP_READ_CONNECTIONS="1", OVOP_QUEUE_LENGTH="2", OVOP_KEYS_DIR=str(house.keys),
                  OVOP_ISSUER=house.base).start()
    reader = small.public
    reader.token = house.bumdes.token
    path = f"/v1/umkm/{records[house.bumdes][0]}"
    with together(small, [(reader, path)] * 3) as replies:
        begun = time.monotonic()
        refused = reader.get(path, 503)
        assert time.monotonic() - begun < 0.5 and problem(refused)[0] == "overloaded" and int(refused.headers["Retry-After"]) >= 1
    assert [reply.result().status_code for reply in replies] == [200] * 3
    assert count(small, "refused_total") == 1


def test_what_runs_when_its_time_is_over_is_answered(build, records, house):
    hasty = build(database=house.database, OVOP_READ_CONNECTIONS="1", OVOP_POOL_WAIT_MS="400", OVOP_KEYS_DIR=str(house.keys),
                  OVOP_ISSUER=house.base).start()
    reader = hasty.public
    reader.token = house.bumdes.token
    made = f"/v1/products/{product_of(house)}"
    with held(house, "product"):
        with together(hasty, [(reader, f"/v1/umkm/{records[house.bumdes][0]}"), (reader, made), (reader, made)]) as replies:
            pass
        until(lambda: waiting(hasty) and "product" in waiting(hasty)[0].query)
        time.sleep(0.8)
    assert [reply.result().status_code for reply in replies] == [200] * 3


def test_no_lane_waits_for_another(house, records):
    path = f"/v1/village-potentials/{village_potential(house.bumdes)['id']}"
    with together(house, [(house.bumdes, path)] * 3, table="village_potential"):
        house.bumdes.get("/v1/umkm")  # a list
        house.bumdes.get("/v1/reports/markets")  # what takes long
        house.dinas.get(f"/v1/umkm/{records[house.bumdes][0]}")  # another role
        house.bumdes.patch(f"/v1/umkm/{records[house.bumdes][0]}", {"name": "Nama lain"}, match="*")  # a write
