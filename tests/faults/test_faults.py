"""Runs some cells once, and checks that the judge sees forged faults. `./dev faults` runs all cells
20 times."""
import contextlib
import time

import pytest
from cells import CELLS, Cell
from faults import play, run
from ledger import COUNTS
from stage import Stage


@pytest.mark.parametrize("name", ["F1", "F5b", "F6", "F16"])
def test_nothing_is_lost(binary, name):
    _, (found,) = play(CELLS[name], 1, binary)
    assert not any(found.values()), found


@pytest.fixture(scope="module")
def stage(binary):
    """A stage after a run without a fault."""
    it = Stage(binary, writers=4)
    it.forged = []
    try:
        _, found = run(it, Cell("none", "nothing happens", lambda _: time.sleep(1.5)))
        assert not any(found.values()), found
        yield it
    finally:
        it.remove()


def test_a_seal_that_is_gone_is_missed(stage):
    def found(*lines):
        return {finding for finding, _ in stage.audit_says("audit.sql", *lines)}

    digest = stage.seal()
    assert found() == found("not a line of ovopd", '{"time": 1}', '{"event":"housekeeping"', r'\.') == {"whole"}
    seal_line = stage.house.log.read_text().splitlines()[-1]
    assert found(seal_line.replace(digest, "0" * 64)) == {"missing"}
    with contextlib.closing(stage.cluster.connect(stage.house.database)) as connection, connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute("update audit_log set role = 'x' where id = (select last_id from audit_seal where digest = %s)", [digest])
        assert found() == {"broken"}
        cursor.execute("delete from audit_seal where digest = %s", [digest])
        assert found() == {"broken", "missing"}


def test_the_judge_sees_a_restore_that_did_nothing(stage):
    judge, before = stage.judge()
    times = sorted(sent["at"] for sent in judge.notes["intent"])
    stage.restored_to = times[len(times) // 2]
    _, after = stage.judge()
    stage.restored_to = None
    assert not any(before.values()) and after["phantom"] and after["duplicate"] and not after["lost"]


# Changes that a bug or a crash could make without a message of the service.
@pytest.mark.parametrize("count, forgery", [
    ("lost", "delete from umkm where id = %(one)s"),
    ("lost", "update umkm set deleted_at = now() where id = %(one)s"),
    ("lost", "update umkm set name = 'Isi lain' where id = %(one)s"),
    ("lost", "delete from idempotency_key where key = %(key)s"),
    ("phantom", "{again} jsonb_build_object('id', uuid_v7(), 'external_reference', 'never sent'))).*"
                " from umkm u where id = %(one)s) r"),
    ("duplicate", "{again} jsonb_build_object('id', uuid_v7()))).* from umkm u where id = %(one)s) r"),
    ("duplicate", "update umkm set version = version + 1 where id = %(one)s"),
    ("audit", "delete from audit_log where record_id = %(one)s and action = 'create'"),
    ("audit", "insert into audit_log overriding system value select (jsonb_populate_record(a, jsonb_build_object("
              "'id', a.id + 1000000000, 'record_id', uuid_v7()))).* from audit_log a where record_id = %(one)s limit 1"),
])
def test_the_judge_sees(stage, count, forgery):
    _, before = stage.judge()
    one, = stage.sql("""
        select id::text, external_reference as key
          from umkm
         where village_code = %s and external_reference <> all (%s) and external_reference <> 'never sent'
         order by status <> 'submitted', id limit 1""", [stage.village, stage.forged])
    stage.forged.append(one.key)
    columns, = stage.sql("select string_agg(attname, ', ') as them from pg_attribute"
                         " where attrelid = 'umkm'::regclass and attnum > 0 and attgenerated = ''"
                         " and not attisdropped")
    again = f"insert into umkm ({columns.them}) select {columns.them} from (select (jsonb_populate_record(u,"
    with contextlib.closing(stage.cluster.connect(stage.house.database)) as connection, connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")  # without triggers
        cursor.execute(forgery.format(again=again), {"one": one.id, "key": one.key})
        assert cursor.rowcount == 1
    _, after = stage.judge()
    assert len(after[count]) > len(before[count]), after


def test_the_judge_hears(stage):
    """The judge sees forbidden answers in the ledgers."""
    def added(note):
        with open(stage.ledgers / stage.name / "forged.ledger", "w") as file:
            file.write(note)
        return {name for name in COUNTS if len(stage.judge()[1][name]) > len(before[name])}

    _, before = stage.judge()
    assert added('{"kind": "stale", "path": "/v1/umkm/1", "was": 3, "version": 2}') == {"stale"}
    assert added('{"kind": "wrong", "what": "500"}') == {"wrong"}
    assert added('{"kind": "again", "key": "k", "id": "1", "version": 2, "first_id": "1", "first_version": 1}') == {"duplicate"}
    assert added('{"kind": "intent", "at": 0, "key": "k", "noun": "umkm", "marker": "k", "content": "c", "status": "draft",'
                 ' "shared": false}\n'
                 '{"kind": "ack", "at": 0, "key": "k", "status": 201, "id": "1", "version": 1, "code": null}') == {"lost"}
