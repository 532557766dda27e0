"""`ovopd migrate`: a database from before 1.0, changed functions, and concurrent transactions."""
import lzma
import pathlib
import re
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from cluster import BIN
from records import umkm

# A dump of the sample data of version 0, with a shortened audit log.
BEFORE = pathlib.Path(__file__).parents[2] / "sql/fixtures/before-1.0.sql.xz"
COUNTS = """
  select table_name, (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I',
         table_name), false, true, '')))[1]::text::int as n
    from information_schema.tables
   where table_schema = 'public' and table_type = 'BASE TABLE' order by 1"""
OPEN = """
  set session_replication_role = replica;
  update product set change_request = row('00000000-0000-4000-8000-000000000001', 'open',
    '{"name_id": "Kopi", "moq": 5}', null, now(), null, null, null)::change_request
   where id = (select min(id::text)::uuid from product where status = 'published');
  insert into idempotency_key (principal, key, hash, reply)
  values ('p', 'k', 'h', '{"id": 1, "name_id": "a \\"name_id\\": b", "category_name_id" : null, "umkm_id": 2}')"""


def schema(house):
    """Returns the schema by pg_dump, without the grants of logins."""
    dump = subprocess.run([BIN / "pg_dump", "--schema-only", "--no-owner", house.cluster.url(house.database)],
                          capture_output=True, text=True, check=True).stdout
    return [line for line in dump.splitlines() if not re.match(r"--|\\(un)?restrict|GRANT .* TO ovop_(test|old);", line)]


@pytest.fixture(scope="module")
def fresh(build):
    return build().prepare()


@pytest.fixture(scope="module")
def before(build, fresh):  # `fresh` has made the roles that the dump grants to
    house = build()
    restored = subprocess.run([BIN / "psql", "-qX", "-v", "ON_ERROR_STOP=1", house.cluster.url(house.database)],
                              input=lzma.open(BEFORE).read(), capture_output=True)
    assert restored.returncode == 0, restored.stderr
    house.rows("create role ovop_old login; grant select on schema_migrations to ovop_old;"
               "grant execute on function idempotency_claim(text, text, text) to ovop_old")
    assert house.run("keygen").returncode == 0
    return house


def test_a_database_that_stopped_within_the_old_migrations_is_refused(before):
    before.rows("create table held as select * from schema_migrations where number > 46;"
                "delete from schema_migrations where number > 46")
    refused = before.run("migrate")
    assert refused.returncode != 0 and "0046_history_and_snapshots" in refused.stderr, refused.stderr
    assert "finish them" in refused.stderr and before.rows("select from product_row(null, null)") is not None
    before.rows("insert into schema_migrations select * from held; drop table held")


def test_the_service_asks_for_the_upgrade(before):
    refused = before.run("serve")
    assert refused.returncode != 0 and "ovopd migrate" in refused.stderr, refused.stderr


def test_a_database_of_before_1_0_comes_up_with_its_rows(before, fresh):
    before.rows(OPEN)
    counts = {one.table_name: one.n for one in before.rows(COUNTS)}
    done = before.run("migrate")
    assert done.returncode == 0, done.stderr
    assert "0001" not in done.stdout, "no migration runs again"
    after = {one.table_name: one.n for one in before.rows(COUNTS)}
    made = ("schema_migrations", "schema_functions", "schema_objects", "workflow_map", "schema_seeds", "report_figure", "audit_log")
    assert {name: n for name, n in after.items() if name not in made} == {
        name: n for name, n in counts.items() if name not in made}
    assert after["schema_seeds"] == counts["schema_seeds"] + 1, "the rates of currencies"
    assert after["report_figure"] == fresh.rows("select count(*) from report_figure")[0].count > counts["report_figure"]
    priced, = before.rows("select count(*) from reference where list = 'currencies' and rate_idr is not null")
    assert after["audit_log"] == counts["audit_log"] + priced.count, "each currency got a rate"
    assert before.rows("select * from workflow_map order by 1, 2") == fresh.rows("select * from workflow_map order by 1, 2")
    assert before.rows("select * from audit_verify()") == []


def test_its_schema_is_that_of_a_fresh_one(before, fresh):
    assert schema(before) == schema(fresh)


def test_stored_json_has_the_new_names(before):
    patch, = before.rows("select (change_request).patch as it from product where (change_request).status = 'open'")
    assert patch.it == {"name": "Kopi", "moq": 5}
    kept, = before.rows("select reply from idempotency_key where key = 'k'")
    assert kept.reply == {"id": 1, "name": 'a "name_id": b', "category_name": None, "umkm_id": 2}
    assert before.rows("select from star_rubric, jsonb_array_elements(criteria) c where c ? 'name_id'") == []
    assert before.rows("select from star_rubric, jsonb_array_elements(criteria) c where c ? 'name'") != []


def test_every_login_that_served_it_serves_it_again(before):
    held, = before.rows("select has_function_privilege('ovop_old', 'idempotency_claim(text, text, text)', 'execute') as claim,"
                        " has_table_privilege('ovop_old', 'schema_functions', 'select') as version")
    assert held == (True, True)


def test_it_is_served(before):
    before.start()
    try:
        found = before.public.get("/v1/catalog/products?count=exact").json()
        assert found["page"]["total"] > 0 and all(one["name"] for one in found["data"])
    finally:
        before.stop()


# Functions of another build are replaced


def remade(house, triggers=False):
    """Runs `migrate` on a database with the functions of another build."""
    house.rows("update schema_functions set checksum = 'another build'" + ", triggers = 'other'" * triggers)
    return house.run("migrate")


def test_no_table_is_locked_where_only_functions_changed(fresh):
    wanted, reader = schema(fresh), fresh.cluster.connect(fresh.database)
    reader.autocommit = False
    with reader.cursor() as cursor:
        cursor.execute("select count(*) from product")
        done = remade(fresh)
        reader.rollback()
    reader.close()
    assert done.returncode == 0 and "waiting" not in done.stdout, done.stderr
    assert schema(fresh) == wanted


def test_functions_of_another_build_are_replaced(fresh):
    wanted = schema(fresh)
    fresh.rows("""
        drop function today();
        create function today() returns text language sql as $$ select 'today' $$;
        create function gone() returns int language sql as $$ select 1 $$;
        create view gone_too as select gone() as one;
        create trigger gone after insert on product execute function touch();
        insert into schema_objects (kind, identity)
        values ('function', 'gone()'), ('view', 'gone_too'), ('trigger', 'gone on product')""")
    done = remade(fresh, triggers=True)
    assert done.returncode == 0 and "functions" in done.stdout, done.stderr
    assert schema(fresh) == wanted


def test_a_restored_database_knows_its_functions(build, fresh):
    back = build()
    dump = subprocess.run([BIN / "pg_dump", fresh.cluster.url(fresh.database)], capture_output=True, check=True).stdout
    subprocess.run([BIN / "psql", "-qX", "-v", "ON_ERROR_STOP=1", back.cluster.url(back.database)], input=dump, check=True,
                   capture_output=True)
    done = remade(back, triggers=True)
    assert done.returncode == 0, done.stderr
    assert schema(back) == schema(fresh)


def test_a_binary_with_other_functions_does_not_serve(fresh):
    fresh.rows("update schema_functions set checksum = 'another build'")
    refused = fresh.run("serve")
    assert refused.returncode != 0 and "functions of another build" in refused.stderr, refused.stderr
    assert fresh.run("migrate").returncode == 0


def test_what_somebody_built_on_a_function_stops_the_migration(fresh):
    fresh.rows("create view mine as select today() as day")
    refused = remade(fresh)
    fresh.rows("drop view mine")
    assert refused.returncode != 0 and "depend on it" in refused.stderr, refused.stderr
    assert remade(fresh).returncode == 0


def test_it_waits_for_a_lock_only_for_a_moment_and_tries_again(fresh):
    reader = fresh.cluster.connect(fresh.database)
    reader.autocommit = False
    with reader.cursor() as cursor:
        cursor.execute("select count(*) from product")
        fresh.rows("update schema_functions set triggers = 'other'")
        process = subprocess.Popen([str(fresh.binary), "migrate"], env=fresh.environment, stdout=subprocess.PIPE, text=True)
        time.sleep(3.5)
        assert process.poll() is None
        assert fresh.rows("set lock_timeout = '3s'; select count(*) from product") is not None
        reader.rollback()
    output, _ = process.communicate(timeout=20)
    reader.close()
    assert process.returncode == 0 and "waiting for other transactions" in output


def test_a_running_service_answers_while_functions_are_replaced(fresh):
    """Requests wait for the transaction and then succeed."""
    fresh.start()
    over = threading.Event()
    paths = ("/v1/catalog/products", "/v1/villages?limit=1", "/v1/villages/35.05.17.2009", "/v1/districts")

    def ask(path):
        asked = 0
        while not over.is_set():
            fresh.public.get(path)
            asked += 1
        return asked

    def write(number):
        made = 0
        while not over.is_set():
            umkm(fresh.bumdes, name=f"Warung {number}-{made}")
            made += 1
        return made

    try:
        umkm(fresh.bumdes)
        with ThreadPoolExecutor(6) as pool:
            asking = [*(pool.submit(ask, path) for path in paths), *(pool.submit(write, number) for number in range(2))]
            try:
                for _ in range(3):
                    assert remade(fresh).returncode == 0
                    time.sleep(0.3)
            finally:
                over.set()
            assert all(one.result() > 5 for one in asking)
        fresh.rows("update schema_functions set checksum = 'another build'")
        assert fresh.probe("/readyz") == 200
    finally:
        fresh.stop()
        assert remade(fresh).returncode == 0
