"""Who refers to a record, and who deletes or closes it at that moment: for every pair that the schema knows, in both orders."""
import json
import os
import subprocess
import threading
import uuid

import psycopg2
import pytest

UNIQUE = {"umkm": {"nib": "null"}, "village_enterprise": {"legal_number": "null"},
          "star_rubric": {"year": "(select max(year) + 1 from star_rubric)"}}
ENDS = {"training_program": ["deleted_at = now()", "status = 'cancelled'"], "visit": ["deleted_at = now()", "status = 'cancelled'"]}
PAIRS = """
  select t.tgrelid::regclass::text as parent, a.words[1] as child, a.words[2] as member,
         exists (select from pg_attribute where attrelid = t.tgrelid and attname = 'deleted_at') as deletable
    from pg_trigger t, lateral (select string_to_array(encode(t.tgargs, 'escape'), '\\000') as words) a
   where t.tgfoid = 'refuse_in_use'::regproc
   order by 1, 2, 3"""


@pytest.fixture(scope="module")
def sample(cluster, binary):
    name = cluster.create("parents")
    urls = {"OVOP_MIGRATE_URL": cluster.url(name), "DATABASE_URL": cluster.url(name, "ovop_statements")}
    done = subprocess.run([binary, "migrate", "--sample"], env={"PATH": os.environ["PATH"], **urls}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return name


class Session:
    """A transaction of its own, which may have to wait."""

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
    """Until it stands at a lock, or is through."""
    for _ in range(tries):
        if not session.thread.is_alive():
            return False
        if cluster.rows("postgres", "select 1 from pg_stat_activity where pid = %s and wait_event_type = 'Lock'",
                        [session.connection.info.backend_pid]):
            return True
        session.thread.join(0.01)
    raise AssertionError("it neither waits nor ends")


def copied(cluster, database, table, of, changes):
    """The members and values of a row, but for what is changed, as the middle of an insert."""
    members = [one.attname for one in cluster.rows(database, "select attname from pg_attribute where attrelid = %s::regclass and"
                                                   " attnum > 0 and attgenerated = '' and not attisdropped", [table])]
    return f"insert into {table} ({', '.join(members)}) select " + ", ".join(
        f"{changes[one]}" if one in changes else one for one in members) + f" from {table} where id = '{of}'"


def prepared(cluster, database, pair):
    """A parent of its own to which nothing refers, and the insert of a child that would."""
    array = pair.member.endswith("_ids")
    found = cluster.rows(database, f"select c.id as child, p.id as parent from {pair.child} c join {pair.parent} p"
                         f" on p.id = {f'any (c.{pair.member})' if array else f'c.{pair.member}'} order by c.id limit 1")
    assert found, f"the sample data have no {pair.child} that names a {pair.parent} by {pair.member}"
    parent, child = str(uuid.uuid4()), str(uuid.uuid4())
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
}
# Pairs where a third record refers to the same parent already, so that nothing can cross.
SHIELDED = {("outcome", "umkm_id"): "its attendance", ("production_report", "umkm_id"): "its product"}
DINAS = json.dumps({"sub": str(uuid.uuid4()), "role": "dinas", "request_id": "r", "operation": "test"})


def crossed(cluster, database, pair, end, child_first):
    """What is left of the two, and how the second of them failed."""
    parent, child, insert = prepared(cluster, database, pair)
    insert = f"set local app.claims = '{DINAS}'; {insert}"
    ending = f"update {pair.parent} set {end} where id = '{parent}'"
    first, second = Session(cluster, database), Session(cluster, database)
    first.run(insert if child_first else ending)
    if first.failure:
        first.end()
        return "first", first.failure
    second.start(ending if child_first else insert)
    waited = waits(cluster, second)
    first.end()
    second.end()
    return waited, second.failure


def test_a_child_and_the_end_of_its_parent_never_both_come_about(cluster, sample):
    pairs = cluster.rows(sample, PAIRS)
    assert len(pairs) >= 20
    found = []
    assert SHIELDED.keys() <= {(pair.child, pair.member) for pair in pairs}
    for pair in (one for one in pairs if (one.child, one.member) not in SHIELDED):
        for end in ENDS.get(pair.parent, ["deleted_at = now()" if pair.deletable else "version = version"]):
            for child_first in (True, False) if pair.deletable else (True,):
                waited, failure = crossed(cluster, sample, pair, end, child_first)
                if waited == "first" or not failure or failure.pgcode not in ("PT404", "PT409", "PT422"):
                    found.append(f"{pair.child}.{pair.member}, {pair.parent} {end}, {'child' if child_first else 'parent'} first:"
                                 f" {waited} {failure}")
    assert not found, "\n".join(found)


def test_who_refers_does_not_wait_for_another_who_does(cluster, sample):
    """Of two that both did, each would have what the other waits for."""
    found = []
    for pair in (one for one in cluster.rows(sample, PAIRS) if (one.child, one.member) not in SHIELDED):
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
