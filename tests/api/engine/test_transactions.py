"""One request is one transaction on a connection that other requests used before.

No state stays on the connection, and no reply is sent before the commit.
"""
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from client import Client, problem
from house import BALEREJO, JEDING
from records import body, buyer, umkm, widened

VILLAGE = f"/v1/villages/{BALEREJO}"
TRIGGER = """
    create sequence tries;
    grant usage on sequence tries to public;
    create function raise_as_named() returns trigger language plpgsql as $$
    begin
      if new.name ~ '^SQLSTATE' and nextval('tries') <= split_part(new.name, ' ', 3)::int then
        raise exception 'an inner matter' using errcode = split_part(new.name, ' ', 2);
      end if;
      new.external_reference = pg_backend_pid();
      return new;
    end $$;
    create trigger raise_as_named before insert on umkm for each row execute function raise_as_named()"""


@pytest.fixture(scope="module")
def house(build):
    """One connection for writes and one for reads of each role, so that requests share it."""
    it = build(OVOP_READ_CONNECTIONS="1", OVOP_WRITE_CONNECTIONS="1").prepare().start()
    it.rows(TRIGGER)
    return it


def sent(house, **members):
    return body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None, **members)


def count(house, sent):
    return house.rows("select count(*) from umkm where nib = %s", [sent["nib"]])[0].count


def test_a_connection_keeps_nothing_of_the_caller_before(house):
    own, other = (f"/v1/umkm/{made['id']}" for made in (umkm(house.bumdes), umkm(house.bumdes2, JEDING)))
    for turn in range(3):
        for who, seen, hidden in (house.bumdes, own, other), (house.bumdes2, other, own):
            who.get(seen), who.get(hidden, 404)
            who.patch(seen, {"name": f"Nama {turn}"}), who.patch(hidden, {"name": "Nama lain"}, status=404)
        house.dinas.get(own), house.dinas.get(other)


def test_what_a_refused_claim_skipped_is_prepared_the_next_time(build, house):
    """After an error, PostgreSQL skips the rest of the pipeline, also the Parse of the operation.

    A statement counts as prepared only after PostgreSQL confirmed it.
    """
    name = {"Idempotency-Key": "used-before"}
    house.bumdes.post("/v1/umkm", sent(house), headers=name)
    keys = {"OVOP_KEYS_DIR": str(house.keys), "OVOP_ISSUER": house.base}
    fresh = build(database=house.database, OVOP_WRITE_CONNECTIONS="1", **keys).start()
    writer = fresh.public
    writer.token = house.bumdes.token
    assert problem(writer.post("/v1/umkm", sent(house), 422, headers=name))[0] == "idempotency_key_reused"
    writer.post("/v1/umkm", sent(house), headers={"Idempotency-Key": "never-used"})


def test_nothing_is_answered_before_the_commit(house):
    """The row was inserted and returned. A deferred constraint refuses the commit."""
    house.rows("create function refuse_late() returns trigger language plpgsql as $$ begin raise exception 'late'; end $$;"
               "create constraint trigger late after insert on umkm deferrable initially deferred"
               " for each row execute function refuse_late()")
    try:
        refused = sent(house)
        house.bumdes.post("/v1/umkm", refused, 500, headers={"Idempotency-Key": "late"})
    finally:
        house.rows("drop trigger late on umkm")
    assert count(house, refused) == 0
    house.bumdes.post("/v1/umkm", refused, headers={"Idempotency-Key": "late"})


def test_a_read_cannot_write(house):
    """Neither a policy nor a function that it calls can write during a read."""
    house.dinas.patch(VILLAGE, {"population": 3120, "population_year": 2023})
    house.rows("""
        create table scribble (at timestamptz default now());
        grant insert on scribble to public;
        create function scribbles() returns boolean language plpgsql as $$
        begin insert into scribble default values; return true; end $$;
        grant execute on function scribbles() to public;
        alter table village enable row level security;
        create policy scribbles on village using (scribbles())""")
    try:
        assert problem(house.public.get(VILLAGE, 503))[0] == "database_unavailable"
        assert not house.rows("select from scribble")
        house.dinas.patch(VILLAGE, {"population": 3121})
        assert house.rows("select from scribble"), "a write may insert, so the policy ran"
    finally:
        house.rows("drop policy scribbles on village; alter table village disable row level security")
    house.public.get(VILLAGE)


# SQLSTATE and problem


@pytest.mark.parametrize("fault", ["1 / (n - n)", "n + 2147483647", "('x' || n)::integer", "('2026-02-3' || n)::date - date '2026-01-01'"])
def test_a_value_that_breaks_a_read_is_the_service_s_fault(house, fault):
    """A read sends no value that SQL could refuse: the contract has checked its parameters."""
    asked = f"/v1/umkm/{umkm(house.bumdes)['id']}"
    house.rows(f"""
        create function breaks(n integer) returns boolean language sql as $$ select {fault} > 0 $$;
        grant execute on function breaks(integer) to public;
        create policy breaks on umkm as restrictive for select using (breaks(version))""")
    try:
        for path in (asked, "/v1/umkm"):
            assert problem(house.dinas.get(path, 500))[0] == "internal"
    finally:
        house.rows("drop policy breaks on umkm; drop function breaks(integer)")
    house.dinas.get(asked)


@pytest.mark.parametrize("sqlstate, status, code", [
    ("23505", 409, "duplicate"), ("23P01", 409, "duplicate"),
    ("23502", 422, "validation_failed"), ("23503", 422, "validation_failed"), ("23514", 422, "validation_failed"),
    ("22003", 422, "validation_failed"), ("22P02", 422, "validation_failed"),
    ("42501", 403, "forbidden"),
    ("55P03", 503, "overloaded"), ("40001", 503, "overloaded"), ("40P01", 503, "overloaded"),
    ("57014", 504, "timeout"),
    ("08006", 503, "database_unavailable"), ("53100", 503, "database_unavailable"), ("53300", 503, "database_unavailable"),
    ("57P01", 503, "database_unavailable"), ("57P03", 503, "database_unavailable"), ("25006", 503, "database_unavailable"),
    ("P0001", 500, "internal"), ("42P01", 500, "internal"), ("XX000", 500, "internal"), ("0A000", 500, "internal"),
    ("PT418", 500, "internal"),
])
def test_an_error_of_the_database_is_a_problem_and_spoils_nothing(house, sqlstate, status, code):
    house.rows("alter sequence tries restart")
    before, refused = umkm(house.bumdes)["external_reference"], sent(house, name=f"SQLSTATE {sqlstate} 99")
    reply = house.bumdes.post("/v1/umkm", refused, status)
    assert problem(reply)[0] == code and "inner" not in reply.text and sqlstate not in reply.text
    assert status != 503 or int(reply.headers["Retry-After"]) >= 1
    after = house.bumdes.post("/v1/umkm", {**refused, "name": "Warung Berikutnya"}).json()["external_reference"]
    assert (after != before) == (code == "database_unavailable" or sqlstate[:2] in ("XX", "0A")), "only a broken connection is replaced"


@pytest.mark.parametrize("sqlstate, failures, status, tries", [
    ("40001", 1, 201, 2), ("40P01", 3, 201, 4), ("40001", 99, 503, 4), ("23505", 1, 409, 1), ("57014", 1, 504, 1),
])
def test_transactions_that_crossed_are_tried_again_and_others_are_not(house, sqlstate, failures, status, tries):
    house.rows("alter sequence tries restart")
    made = sent(house, name=f"SQLSTATE {sqlstate} {failures}")
    house.bumdes.post("/v1/umkm", made, status)
    assert house.rows("select last_value from tries")[0].last_value == tries
    assert count(house, made) == (status == 201)


def test_a_schema_that_changes_under_load_is_noticed_by_nobody(build):
    """A row function gets a column, so the prepared statements of all connections are invalid."""
    house = build().prepare().start()
    made, over = [buyer(house.dinas)["id"] for _ in range(4)], threading.Event()

    def ask(one):
        client, turns = Client(house.base, house.contract, house.dinas.token), 0
        while not over.is_set():
            turns += 1
            client.get(f"/v1/buyers/{one}")
            client.patch(f"/v1/buyers/{one}", {"notes": f"Catatan {turns}"})
            client.get("/v1/buyers")
        return turns

    with ThreadPoolExecutor(8) as threads:
        asking = [threads.submit(ask, one) for one in made * 2]
        try:
            for _ in range(3):
                time.sleep(0.5)
                house.rows(widened("buyer", "buyer"))
            time.sleep(0.5)
        finally:
            over.set()
        assert all(one.result() > 1 for one in asking)


def test_a_missing_grant_is_403_and_a_row_outside_the_scope_422(scratch):
    """PostgreSQL reports 42501 for both."""
    policy = "create policy nobody on umkm as restrictive for insert to ovop_bumdes with check (false)"
    for broken, mended, status in (("revoke insert on umkm from ovop_bumdes", "call business_table('umkm')", 403),
                                   (policy, "drop policy nobody on umkm", 422)):
        scratch.rows(broken)
        try:
            scratch.bumdes.post("/v1/umkm", sent(scratch), status)
        finally:
            scratch.rows(mended)
    scratch.bumdes.post("/v1/umkm", sent(scratch))
