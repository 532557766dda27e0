"""One transaction refers to a record while another one deletes, closes or moves it: every pair of
the schema, in both orders. The pairs come from the foreign keys and the columns <table>_ids."""
import json
import os
import subprocess
import threading
import uuid

import psycopg2
import pytest

UNIQUE = {"umkm": {"nib": "null"}, "village_enterprise": {"legal_number": "null"},
          "star_rubric": {"year": "(select max(year) + 1 from star_rubric)"}}
ENDS = dict.fromkeys(("training_program", "visit"), ["deleted_at = now()", "status = 'cancelled'"])
# What the sample data lack
MORE = """
  insert into umkm_owner (id, village_code, nik)
  select id, village_code, row('cipher', 'hash', 'mask')::sealed from umkm limit 1;
  insert into data_subject_request (kind, buyer_id, received_at, village_code)
  select 'access', id, now() - interval '1 minute', village_code from buyer limit 1;
  insert into data_subject_request (kind, session_id, received_at, village_code)
  select 'access', id, now() - interval '1 minute', village_code from mentoring_session limit 1"""
PAIRS = """
    with pair as (
         select c.confrelid as parent, c.conrelid as child, own.attname as member,
                case when own.attname = 'id' then 'part' when c.confdeltype = 'n' then 'about' else 'use' end as kind
           from pg_constraint c
                cross join unnest(c.conkey, c.confkey) k (own, its)
                join pg_attribute own on own.attrelid = c.conrelid and own.attnum = k.own
                join pg_attribute its on its.attrelid = c.confrelid and its.attnum = k.its and its.attname = 'id'
          where c.contype = 'f'
          union all
         select p.oid, a.attrelid, a.attname, 'use'
           from pg_attribute a
                join pg_class p on p.relkind = 'r' and a.attname = p.relname || '_ids'
          where a.atttypid = 'uuid[]'::regtype)
  select p.parent::regclass::text as parent, p.child::regclass::text as child, p.member::text, p.kind,
         d.attname is not null as deletable, v.attname is not null as placed, w.attname is not null as shared
    from pair p
         left join pg_attribute d on d.attrelid = p.parent and d.attname = 'deleted_at'
         left join pg_attribute v on v.attrelid = p.parent and v.attname = 'village_code'
         left join pg_attribute w on w.attrelid = p.parent and w.attname = 'villages'
   where exists (select from pg_attribute a where a.attrelid = p.child and a.attname = 'deleted_at')
   order by 1, 2, 3"""


@pytest.fixture(scope="module")
def sample(cluster, binary):
    name = cluster.create("parents")
    urls = {"OVOP_MIGRATE_URL": cluster.url(name), "DATABASE_URL": cluster.url(name, "ovop_statements")}
    done = subprocess.run([binary, "migrate", "--sample"], env={"PATH": os.environ["PATH"], **urls}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    cluster.rows(name, MORE)
    return name


class Session:
    """A transaction on its own connection, which may wait for a lock."""

    def __init__(self, cluster, database):
        self.connection = cluster.connect(database)
        self.connection.autocommit = False
        self.failure = self.thread = None
        self.run("set local lock_timeout = '20s'")

    def run(self, sql):
        try:
            with self.connection.cursor() as cursor:
                cursor.execute(sql)
        except psycopg2.Error as failure:
            self.failure = failure

    def start(self, sql):
        self.thread = threading.Thread(target=self.run, args=(sql,))
        self.thread.start()

    def end(self):
        if self.thread:
            self.thread.join()
        self.connection.rollback() if self.failure else self.connection.commit()
        self.connection.close()


def waits(cluster, session, tries=200):
    """Waits until the session waits for a lock or has ended. Returns whether it waits."""
    for _ in range(tries):
        if not session.thread.is_alive():
            return False
        if cluster.rows("postgres", "select 1 from pg_stat_activity where pid = %s and wait_event_type = 'Lock'",
                        [session.connection.info.backend_pid]):
            return True
        session.thread.join(0.01)
    raise AssertionError("the session neither waits nor ends")


def copied(cluster, database, table, of, changes):
    """An insert that copies a row with some changes."""
    members = [one.attname for one in cluster.rows(database, "select attname from pg_attribute where attrelid = %s::regclass and"
                                                   " attnum > 0 and attgenerated = '' and not attisdropped", [table])]
    return f"insert into {table} ({', '.join(members)}) select " + ", ".join(
        f"{changes[one]}" if one in changes else one for one in members) + f" from {table} where id = '{of}'"


def prepared(cluster, database, pair):
    """Makes a parent without children. Returns it, the id of a child, and the insert of that
    child."""
    array = pair.member.endswith("_ids")
    found = cluster.rows(database, f"select c.id as child, p.id as parent from {pair.child} c join {pair.parent} p"
                         f" on p.id = {f'any (c.{pair.member})' if array else f'c.{pair.member}'} order by c.id limit 1")
    assert found, f"the sample data have no {pair.child} whose {pair.member} is a {pair.parent}"
    parent, child = (one.id for one in cluster.rows(database, "select uuid_v7() as id from generate_series(1, 2)"))
    child = parent if pair.kind == "part" else child
    fresh = {"id": f"'{parent}'", **UNIQUE.get(pair.parent, {})}
    if pair.parent in OPEN:
        fresh["status"] = f"'{OPEN[pair.parent]}'"
    cluster.rows(database, "set session_replication_role = replica; "
                 + copied(cluster, database, pair.parent, found[0].parent, fresh))
    changes = {"id": f"'{child}'", pair.member: f"array['{parent}'::uuid]" if array else f"'{parent}'"}
    changes.update({**CHILD.get(pair.child, {}), **CHILD.get((pair.child, pair.member), {})})
    if pair.child == "export":
        changes["lines"] = f"replace(lines::text, '{found[0].parent}', '{parent}')::jsonb"
    return parent, child, copied(cluster, database, pair.child, found[0].child, changes)


OPEN = {"training_program": "planned", "visit": "planned", "commitment": "open", "mentoring_session": "planned"}
CHILD = {
    "mentoring_session": {"status": "'planned'"}, "certification": {"kind": "'lab'"}, "flagship": {"status": "'draft'"},
    "mentoring_participant": dict.fromkeys(("attended", "pre_score", "post_score"), "null"),
    "production_report": {"month": "(select to_char(to_date(min(month), 'YYYY-MM') - interval '1 month', 'YYYY-MM')"
                                   " from production_report)"},
    "star_assessment": {"year": "(select min(year) - 1 from star_assessment)"}, ("commitment", "visit_id"): {"aspiration_id": "null"},
    "umkm": {"nib": "null"},
    ("certification", "umkm_id"): {"product_ids": "'{}'"}, ("certification", "village_enterprise_id"): {"product_ids": "'{}'"},
}
# Pairs where a third record already refers to the same parent, so the two transactions cannot
# cross.
SHIELDED = {**dict.fromkeys([("outcome", "umkm_id"), ("outcome", "session_id"), ("outcome", "program_id")], "its attendance"),
            ("production_report", "umkm_id"): "its product",
            ("export", "umkm_ids"): "the product of its lines", ("export", "village_enterprise_ids"): "the product of its lines"}
DINAS = json.dumps({"sub": str(uuid.uuid4()), "role": "dinas", "request_id": "r", "operation": "test"})


def crossed(cluster, database, pair, end, child_first):
    """Runs both in crossed transactions. Returns whether the second one waited, its error, and the id
    of the child."""
    parent, child, insert = prepared(cluster, database, pair)
    insert = f"set local app.claims = '{DINAS}'; {insert}"
    ending = f"update {pair.parent} set {end} where id = '{parent}'"
    first, second = Session(cluster, database), Session(cluster, database)
    first.run(insert if child_first else ending)
    if first.failure:
        first.end()
        return "first", first.failure, child
    second.start(ending if child_first else insert)
    waited = waits(cluster, second)
    first.end()
    second.end()
    return waited, second.failure, child


@pytest.fixture(scope="module")
def pairs(cluster, sample):
    found = cluster.rows(sample, PAIRS)
    assert {"part", "use", "about"} == {pair.kind for pair in found} and len(found) >= 30
    assert SHIELDED.keys() <= {(pair.child, pair.member) for pair in found}
    return found


def crossing(pairs):
    return [pair for pair in pairs if (pair.child, pair.member) not in SHIELDED]


def left(cluster, database, pair, child):
    """What a deleted record leaves of its part: nothing, or what is wrong."""
    row, = cluster.rows(database, "select t.deleted_at, k.forgotten <@ to_jsonb(t) as empty"
                        f" from {pair.child} t join personal_data k on k.table_name = %s where t.id = %s", [pair.child, child])
    register = cluster.rows(database, "select members from personal_record where resource = %s and record_id = %s",
                            [pair.child, child])
    return None if row.deleted_at and row.empty and not register else f"{row} {register}"


def judged(cluster, database, pair, child, child_first, failure):
    """Returns what is wrong with the outcome of two crossed transactions."""
    refused = failure and failure.pgcode in ("PT404", "PT409", "PT422")
    if pair.kind == "use" or not child_first:
        return None if refused else f"both came about: {failure}"
    if failure:
        return str(failure)
    return left(cluster, database, pair, child) if pair.kind == "part" else None


def test_a_child_and_the_end_of_its_parent_never_both_come_about(cluster, sample, pairs):
    """A part is deleted with its record. What is only about a record may be deleted after it."""
    found = []
    for pair in crossing(pairs):
        for end in ENDS.get(pair.parent, ["deleted_at = now()" if pair.deletable else "version = version"]):
            for child_first in (True, False) if pair.deletable else (True,):
                waited, failure, child = crossed(cluster, sample, pair, end, child_first)
                fault = failure if waited == "first" else judged(cluster, sample, pair, child, child_first, failure)
                if fault:
                    found.append(f"{pair.child}.{pair.member}, {pair.parent} {end}, {'child' if child_first else 'parent'} first:"
                                 f" {waited} {fault}")
    assert not found, "\n".join(found)


def test_a_child_without_crossing_keeps_its_parent_too(cluster, sample, pairs):
    """The shielded pairs, where only the last record that refers to the parent is left."""
    for pair in (one for one in pairs if (one.child, one.member) in SHIELDED):
        parent, _, insert = prepared(cluster, sample, pair)
        cluster.rows(sample, f"set session_replication_role = replica; {insert}")
        session = Session(cluster, sample)
        session.run(f"update {pair.parent} set deleted_at = now() where id = '{parent}'")
        session.end()
        assert session.failure and session.failure.pgcode == "PT409", pair


def test_a_parent_moves_after_those_that_begin_to_refer_to_it(cluster, sample, pairs):
    """Otherwise the move would miss what another transaction just added."""
    found = []
    for pair in (one for one in crossing(pairs) if one.placed):
        move = "village_code = '35.05.01.2001'" + (", villages = '{35.05.01.2001}'" if pair.shared else "")
        waited, _, _ = crossed(cluster, sample, pair, move, True)
        if waited is not True:
            found.append(f"{pair.child}.{pair.member}, {pair.parent}: {waited}")
    assert not found, "\n".join(found)


def test_every_column_that_names_a_record_has_a_foreign_key(cluster, sample):
    """Columns that follow another link have none, each with its reason."""
    derived = {("star_assessment", "umkm_id"): "the UMKM of its product"}
    found = cluster.rows(sample, """
        select a.attrelid::regclass::text as child, a.attname as member
          from pg_attribute a
               join pg_class c on c.oid = a.attrelid and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
         where a.atttypid = 'uuid'::regtype
           and a.attname ~ '.+_id$'
           and exists (select from pg_attribute d where d.attrelid = c.oid and d.attname = 'deleted_at')
           and not exists (select
                             from pg_constraint f
                            where f.contype = 'f'
                              and f.conrelid = c.oid
                              and a.attnum = any (f.conkey))""")
    assert {tuple(one) for one in found} == derived.keys()


@pytest.mark.parametrize("part", ["umkm_owner", "umkm_consent"])
def test_the_history_of_a_record_and_its_parts_is_in_the_order_of_the_commits(cluster, sample, pairs, part):
    """A third transaction makes both wait. The decision gets the record first, so its entry comes
    first."""
    pair, = (one for one in pairs if one.child == part)
    parent, _, insert = prepared(cluster, sample, pair)
    gate, one, other = (Session(cluster, sample) for _ in range(3))
    gate.run(f"select from {pair.parent} where id = '{parent}' for update")
    one.start(f"set local app.claims = '{DINAS}'; update {pair.parent} set status = 'archived' where id = '{parent}'")
    assert waits(cluster, one)
    other.start(f"set local app.claims = '{DINAS}'; {insert}")
    assert waits(cluster, other)
    gate.end()
    one.end()
    other.end()
    assert not one.failure and not other.failure
    entries = cluster.rows(sample, "select resource from audit_log where record_id = %s order by id", [parent])
    assert [entry.resource for entry in entries] == [pair.parent, part]


def test_two_children_of_one_parent_do_not_wait_for_each_other(cluster, sample, pairs):
    """Otherwise two such transactions could deadlock."""
    found = []
    for pair in (one for one in crossing(pairs) if one.kind != "part"):
        parent, _, insert = prepared(cluster, sample, pair)
        other, one = Session(cluster, sample), Session(cluster, sample)
        other.run(f"select from {pair.parent} where id = '{parent}' for key share")
        one.start(f"set local app.claims = '{DINAS}'; {insert}")
        waited = waits(cluster, one)
        other.end()
        one.end()
        if waited or one.failure:
            found.append(f"{pair.child}.{pair.member}: {waited} {one.failure}")
    assert not found, "\n".join(found)
