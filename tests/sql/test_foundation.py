"""The base of every resource, from the first migrations: claims, business tables, workflow, audit,
idempotency, accounts, logins."""
import contextlib
import itertools
import json
import pathlib
import sys
import threading
import time
import uuid

import psycopg2
import psycopg2.extras
import pytest

ROOT = pathlib.Path(__file__).parents[2]
MIGRATIONS = [path.read_text() for path in sorted((ROOT / "sql/migrations").glob("*.sql"))]
sys.path.append(str(ROOT / "service/contract"))
import functions  # noqa: E402

OBJECTS = functions.read([(path.name, path.read_text()) for path in sorted((ROOT / "sql/functions").glob("*.sql"))])
SCHEMA = [sql for _, sql in OBJECTS["procedures"]] + MIGRATIONS + [
    sql for part in ("functions", "triggers", "grants") for _, sql in OBJECTS[part]]
OWN, OTHER = "35.05.17.2009", "35.05.07.2011"
BUMDES, BUMDES2, DINAS, DINAS2, BUPATI, SYSTEM = (f"019a0000-0000-7000-8000-{n:012}" for n in range(1, 7))
TOYS = f"""
insert into district (code, bps_code, name, latitude, longitude, postcode)
values ('35.05.17', '3505140', 'Wlingi', -8.02, 112.33, '66184'), ('35.05.07', '3505070', 'Kesamben', -8.11, 112.36, '66191');
insert into village (code, bps_code, kind, name, district_code, district_name, latitude, longitude, postcode)
values ('{OWN}', '3505140009', 'desa', 'Balerejo', '35.05.17', 'Wlingi', -8.02, 112.33, '66184'),
       ('{OTHER}', '3505070011', 'desa', 'Jeding', '35.05.07', 'Kesamben', -8.11, 112.36, '66191');
create table thing (name text not null, phone text, shout text not null generated always as (upper(name)) stored);
call business_table('thing');
call business_triggers('thing', personal => '{{phone}}');
create table joint (name text not null);
call business_table('joint', shared => true);
call business_triggers('joint');
create table plan (name text not null);
call business_table('plan', writers => '{{dinas}}', deciders => '{{bupati}}');
call business_triggers('plan');
create table note (body text not null);
call business_table('note', workflow => null);
call business_triggers('note');
create function thing_row(t thing) returns table (id uuid, name text, status text, allowed_actions json)
language sql stable as $$
  select t.id, t.name, t.status, a.allowed_actions
    from allowed_actions('thing', t.status, t.writers, t.village_code, t.change_request) a
$$;
grant execute on function thing_row(thing) to ovop_api;
"""


class House:
    """A migrated database. The owner uses it directly; the service's login uses it with one
    transaction for each request, in the role of a caller."""

    def __init__(self, cluster, name):
        self.cluster, self.name, self.local = cluster, cluster.create(name), threading.local()
        self.owner("alter default privileges revoke execute on functions from public")
        self.owner("set check_function_bodies = off")
        for sql in SCHEMA:
            self.owner(sql)
        self.owner(TOYS)
        if not self.owner("select 1 from pg_roles where rolname = 'svc'"):
            self.owner("create role svc login")
        self.owner("select grant_login('svc')")

    def connection(self, user):
        """The connection of this thread for the user."""
        if not hasattr(self.local, user):
            setattr(self.local, user, self.cluster.connect(self.name, user))
            getattr(self.local, user).autocommit = user == "postgres"
        return getattr(self.local, user)

    def owner(self, sql, parameters=None):
        with self.connection("postgres").cursor() as cursor:
            return run(cursor, sql, parameters)

    @contextlib.contextmanager
    def transaction(self, role=None, claims=None, key=None, connection=None):
        """A transaction; an exception rolls it back."""
        with connection or self.connection("svc") as held, held.cursor() as cursor:
            if role:
                cursor.execute("select set_config('app.claims', %s, true), set_config('role', %s, true)" + (
                    ", idempotency_claim(%s, %s, %s)" if key else ""), (json.dumps(claims or {}), "ovop_" + role, *(key or ())))
            yield lambda sql, parameters=None: run(cursor, sql, parameters)

    def another(self):
        """Another connection of the service, for overlapping transactions."""
        connection = self.cluster.connect(self.name, "svc")
        connection.autocommit = False
        return connection

    def ask(self, who, sql, parameters=None, key=None):
        role, claims = who
        with self.transaction(role, claims, key) as do:
            return do(sql, parameters)

    def engine(self, sql, *parameters):
        return self.ask(("engine", None), sql, parameters)


def run(cursor, sql, parameters):
    cursor.execute(sql, parameters)
    return cursor.fetchall() if cursor.description else []


def who(role, subject, villages=None, scope=None):
    claims = {"sub": subject, "role": role, "villages": villages, "scope": scope, "request_id": "r-1", "operation": "test"}
    return role, {key: value for key, value in claims.items() if value is not None}


bumdes, bumdes2 = who("bumdes", BUMDES, [OWN]), who("bumdes", BUMDES2, [OTHER])
both = who("bumdes", BUMDES, [OWN, OTHER])
dinas, dinas2, bupati = who("dinas", DINAS), who("dinas", DINAS2), who("bupati", BUPATI)
admin = who("admin", str(uuid.uuid4()))


def system(*scope, villages=("district",)):
    return who("system", SYSTEM, list(villages), list(scope))


@contextlib.contextmanager
def refused(sqlstate, message=None, violation=None):
    with pytest.raises(psycopg2.Error) as caught:
        yield
    error = caught.value
    assert error.pgcode == sqlstate, error
    if message:
        assert error.diag.message_primary == message
    if violation:
        assert [(v["pointer"], v["code"]) for v in json.loads(error.diag.message_detail)] == [violation]


@pytest.fixture(scope="module")
def house(cluster):
    return House(cluster, "foundation")


@pytest.fixture
def thing(house):
    """The id of a draft that the officer of OWN made."""
    create = "insert into thing (name, phone, village_code) values ('kopi', '0812', %s) returning id"
    return house.ask(bumdes, create, (OWN,))[0].id


def act(house, caller, record, action, note=None, table="thing"):
    change = f"update {table} set status = workflow_target(%s, status, %s), status_note = %s where id = %s returning *"
    return house.ask(caller, change, (table, action, note, record))


def status(house, record):
    return house.owner("select * from thing where id = %s", (record,))[0]


# ---- ids, claims, versions ---------------------------------------------------------------------------------------------------

def test_ids_are_version_7_and_follow_the_clock(house):
    ids = [house.owner("select uuid_v7() as id")[0].id for _ in range(3)]
    for before, after in itertools.pairwise(ids):
        assert before < after
    one = uuid.UUID(ids[-1])
    assert (one.version, one.variant) == (7, uuid.RFC_4122)
    assert abs((one.int >> 80) - time.time() * 1000) < 10_000
    assert house.owner("select count(distinct uuid_v7()) as n from generate_series(1, 5000)")[0].n == 5000


def test_the_login_itself_sees_nothing(house, thing):
    for table in ("thing", "audit_log", "user_account", "credential", "idempotency_key"):
        with refused("42501"), house.transaction() as do:
            do(f"select * from {table}")


def test_claims_end_with_the_transaction(house, thing):
    with house.transaction(*bumdes) as do:
        assert do("select 1 from thing where id = %s", (thing,))
    with house.transaction() as do:
        do("select set_config('role', 'ovop_bumdes', true)")
        assert do("select claims() as c, (select count(*) from thing) as n") == [({}, 0)]


@pytest.mark.parametrize("claims", [
    {}, {"role": "bumdes"}, {"role": "bumdes", "villages": []}, {"role": "bumdes", "villages": None},
    {"role": "bumdes", "villages": OWN}, {"role": "bumdes", "villages": ["district"]}])
def test_no_scope_no_access(house, thing, claims):
    assert house.ask(("bumdes", claims), "select * from thing") == []


def test_a_stale_version_is_refused_and_named(house, thing):
    change = "update thing set name = 'teh' where id = %s and check_version(version, %s) returning version"
    assert house.ask(bumdes, change, (thing, ["1"]))[0].version == 2
    with refused("PT412", "version_mismatch") as _:
        house.ask(bumdes, change, (thing, ["1", "7"]))
    assert house.ask(bumdes, change, (thing, ["9", "2.a1b2"]))[0].version == 3
    assert house.ask(bumdes, change, (thing, None))[0].version == 4
    assert house.ask(bumdes, change, (str(uuid.uuid4()), ["1"])) == []


# ---- business tables ---------------------------------------------------------------------------------------------------------

def test_rows_end_at_the_village(house, thing):
    find = "select * from thing where id = %s"
    assert house.ask(bumdes, find, (thing,)) and house.ask(dinas, find, (thing,)) and house.ask(bupati, find, (thing,))
    assert house.ask(bumdes2, find, (thing,)) == []
    assert house.ask(bumdes2, "update thing set name = 'x' where id = %s returning id", (thing,)) == []
    with refused("42501"):
        house.ask(bumdes, "insert into thing (name, village_code) values ('x', %s)", (OTHER,))
    with refused("42501"):
        house.ask(bumdes, "update thing set village_code = %s where id = %s", (OTHER, thing))
    assert house.ask(both, "update thing set village_code = %s where id = %s returning village_code", (OTHER, thing))


def test_systems_are_held_by_scope_and_villages(house, thing):
    find, write = "select * from thing where id = %s", "insert into thing (name, village_code) values ('x', %s) returning source"
    assert house.ask(system("register:read"), find, (thing,))
    assert house.ask(system("register:write", villages=[OWN]), find, (thing,))
    assert house.ask(system("register:read", villages=[OTHER]), find, (thing,)) == []
    for scopes in [], ["production:write"], ["exports:write"]:
        assert house.ask(system(*scopes), find, (thing,)) == []
    for caller in system("register:read"), system("register:write", villages=[OTHER]):
        with refused("42501"):
            house.ask(caller, write, (OWN,))
    house.owner("insert into service_account (id, client_id, name, scopes, villages) values (%s, 'siskeudes', 'Siskeudes',"
                " '{register:write}', '{district}')", (SYSTEM,))
    assert house.ask(system("register:write"), write, (OWN,))[0].source == "siskeudes"


@pytest.mark.parametrize("role", ["public", "admin"])
def test_public_and_admin_have_no_business_data(house, role):
    with refused("42501"):
        house.ask((role, {"role": role}), "select * from thing")


def test_nobody_removes_rows(house, thing):
    for caller in bumdes, dinas, bupati, system("register:write"):
        with refused("42501"):
            house.ask(caller, "delete from thing where id = %s", (thing,))


def test_common_columns_ignore_what_the_caller_writes(house):
    row, = house.ask(bumdes, "insert into thing (name, village_code, status, version, source, created_at, created_by, updated_by,"
                             " writers, verified_at, verified_by, submitted_by, status_note, deleted_at)"
                             " values ('x', %s, 'published', 9, 'evil', '2000-01-01', %s, %s, '{}', now(), %s, %s, 'x', now())"
                             " returning *, now() - created_at < interval '1 minute' as fresh", (OWN, DINAS, DINAS, DINAS, DINAS))
    assert (row.status, row.version, row.source, row.created_by, row.updated_by) == ("draft", 1, "manual", BUMDES, BUMDES)
    assert row.fresh and row.writers == "{%s}" % BUMDES
    assert (row.verified_at, row.verified_by, row.submitted_by, row.status_note, row.deleted_at) == (None,) * 5
    row, = house.ask(bumdes, "update thing set version = 77, source = 'evil', created_by = %s, updated_by = %s, writers = '{}',"
                             " verified_by = %s, submitted_by = %s, status_note = 'x', created_at = '2000-01-01', id = uuid_v7()"
                             " where id = %s returning *", (DINAS, DINAS, DINAS, DINAS, row.id))
    assert (row.version, row.source, row.created_by, row.updated_by) == (2, "manual", BUMDES, BUMDES)
    assert (row.verified_by, row.submitted_by, row.status_note) == (None,) * 3
    assert row.writers == "{%s}" % BUMDES and row.created_at.year > 2000


def test_a_shared_record_is_read_by_all_its_villages_and_edited_by_the_lead(house):
    create = "insert into joint (name, village_code, villages) values ('x', %s, %s) returning *"
    row, = house.ask(bumdes, create, (OWN, [OWN, OTHER]))
    change = "update joint set name = 'y' where id = %s returning name"
    assert house.ask(bumdes2, "select * from joint where id = %s", (row.id,))
    with refused("PT403", "forbidden"):
        house.ask(bumdes2, change, (row.id,))
    assert house.ask(bumdes, change, (row.id,)) and house.ask(system("register:write", villages=[OWN]), change, (row.id,))
    offered = ("select a.allowed_actions"
               "  from joint j, allowed_actions('joint', j.status, j.writers, j.village_code) a where j.id = %s")
    assert house.ask(bumdes2, offered, (row.id,)) == [([],)]
    with refused("23514"):
        house.ask(dinas, create, (OWN, [OTHER]))


def test_a_table_without_workflow_has_versions_and_scope(house):
    row, = house.ask(bumdes, "insert into note (body, village_code) values ('x', %s) returning *", (OWN,))
    assert not hasattr(row, "status") and row.created_by == BUMDES
    assert house.ask(bumdes, "update note set body = 'y' returning version")[0].version == 2
    assert house.ask(bumdes2, "select * from note") == []


def test_seeds_keep_what_they_say_but_an_api_role_without_claims_is_refused(house):
    row, = house.owner("insert into thing (name, village_code, status, source) values ('x', %s, 'published', 'sample')"
                       " returning *", (OWN,))
    assert (row.status, row.source, row.created_by) == ("published", "sample", None)
    with refused("PT403"):
        house.ask(("dinas", {}), "update thing set name = 'x' where id = %s", (row.id,))


def test_business_table_may_be_called_again(house):
    before = house.owner("select count(*) as n from pg_policies")[0].n
    house.owner("call business_table('thing')")
    assert house.owner("select count(*) as n from pg_policies")[0].n == before


# ---- workflow ----------------------------------------------------------------------------------------------------------------

def test_the_way_from_draft_to_published_and_back(house, thing):
    act(house, bumdes, thing, "submit")
    assert status(house, thing).submitted_by == BUMDES
    row, = act(house, dinas, thing, "verify")
    assert (row.status, row.verified_by, row.writers) == ("verified", DINAS, "{}") and row.verified_at
    act(house, dinas, thing, "publish")
    row, = act(house, dinas, thing, "request_revision", "NIB belum lengkap")
    assert (row.status, row.status_note) == ("needs_revision", "NIB belum lengkap")
    house.ask(bumdes, "update thing set name = 'kopi bubuk' where id = %s", (thing,))
    row, = act(house, bumdes, thing, "submit")
    assert (row.status, row.status_note, row.version) == ("submitted", None, 7)


@pytest.mark.parametrize("state", ["submitted", "verified", "published", "rejected", "archived"])
def test_content_changes_only_in_draft_and_revision(house, state):
    """A PATCH of a verified or published record becomes a change request."""
    row, = house.owner("insert into thing (name, village_code, status) values ('x', %s, %s) returning id", (OWN, state))
    if state in ("verified", "published"):
        asked, = house.ask(bumdes, "update thing set name = 'y', phone = '1' where id = %s returning *", (row.id,))
        assert (asked.name, asked.phone, asked.writers) == ("x", None, "{}"), "the requester has not written yet"
        assert json.loads(house.owner("select (change_request).patch::text as p from thing where id = %s", (row.id,))[0].p) \
            == {"name": "y", "phone": "1"}
    for caller in bumdes, dinas, system("register:write"):
        with refused("PT409", "state_conflict"):
            house.ask(caller, "update thing set name = 'z' where id = %s", (row.id,))
        with refused("PT409", "state_conflict"):
            house.ask(caller, "update thing set deleted_at = now() where id = %s", (row.id,))


def test_a_transition_changes_nothing_else(house, thing):
    with refused("PT409", "state_conflict"):
        house.ask(bumdes, "update thing set status = 'submitted', name = 'y' where id = %s", (thing,))


def test_who_wrote_it_does_not_decide(house, thing):
    house.ask(dinas, "update thing set name = 'y' where id = %s", (thing,))
    act(house, bumdes, thing, "submit")
    for action, note in ("verify", None), ("reject", "x"), ("request_revision", "x"):
        with refused("PT403", "forbidden", ("/status", "verifier_wrote")):
            act(house, dinas, thing, action, note)
    act(house, dinas2, thing, "verify")
    act(house, dinas, thing, "publish")  # has not written since the verification


@pytest.mark.parametrize("note", [None, "", "  "])
def test_a_revision_needs_a_note(house, thing, note):
    act(house, bumdes, thing, "submit")
    for action in "request_revision", "reject":
        with refused("PT422", "validation_failed", ("/note", "required")):
            act(house, dinas, thing, action, note)


def test_a_role_without_the_right_is_refused_before_the_state(house, thing):
    with refused("PT403", "forbidden"):
        act(house, bumdes, thing, "verify")
    with refused("PT409", "state_conflict"):
        act(house, dinas, thing, "verify")


def test_a_deleted_record_stays_as_it_is(house, thing):
    assert house.ask(bumdes, "update thing set deleted_at = '2000-01-01' where id = %s returning deleted_at",
                     (thing,))[0].deleted_at.year > 2000
    with refused("PT404", "not_found"):
        house.ask(bumdes, "update thing set name = 'y' where id = %s", (thing,))


def test_what_is_offered_is_what_is_allowed(house):
    """For every status, action and kind of caller, allowed_actions lists the action if and only if
    the database permits it."""
    actions = [row.action for row in house.owner("select distinct action from workflow_transition order by 1")]
    states = [row.s for row in house.owner("select distinct from_status as s from workflow_transition where workflow = 'published'")]
    callers = [bumdes, bumdes2, dinas, dinas2, bupati, system("register:write"), system("register:read"),
               system("register:write", villages=[OTHER])]
    tried = allowed = 0
    states += [state + " open" for state in ("verified", "published")]
    for state, caller, action, writer in itertools.product(states, callers, actions, (BUMDES, DINAS)):
        row, = house.owner("insert into thing (name, village_code, status, writers, change_request) values"
                           " ('x', %s, %s, %s::uuid[], row(uuid_v7(), %s, '{\"name\": \"y\"}', null, now(), null, null, null))"
                           " returning id", (OWN, state.split()[0], [writer], "open" if "open" in state else "rejected"))
        offered = house.ask(caller, "select r.allowed_actions from thing t, thing_row(t) r where t.id = %s", (row.id,))
        change = {"update": "set name = 'y'", "request_change": "set name = 'y'", "delete": "set deleted_at = now()"}.get(
            action, f"set status = workflow_target('thing', status, '{action}'), status_note = 'x'")
        if action.endswith("_change") and action != "request_change":
            decision = action.removesuffix("_change")
            change = f"set change_request = change_decided('thing', status, change_request, '{decision}', 'x')"
        try:
            made = house.ask(caller, f"update thing {change} where id = %s returning name", (row.id,))
            # A requested change leaves the name as it was.
            done = bool(made) and (made[0].name == {"update": "y", "request_change": "x"}.get(action, made[0].name))
        except psycopg2.Error:
            done = False
        assert done == bool(offered and action in offered[0].allowed_actions), (state, caller, action, writer)
        tried, allowed = tried + 1, allowed + done
    assert tried == len(states) * len(callers) * len(actions) * 2 and 60 < allowed < tried / 4


def test_targets_are_proposed_by_the_dinas_and_decided_by_the_bupati(house):
    row, = house.ask(dinas, "insert into plan (name, village_code) values ('x', %s) returning id", (OWN,))
    assert house.ask(bumdes, "select * from plan where id = %s", (row.id,))
    with refused("42501"):
        house.ask(bumdes, "insert into plan (name, village_code) values ('x', %s)", (OWN,))
    act(house, dinas, row.id, "submit", table="plan")
    with refused("PT403"):
        act(house, dinas2, row.id, "verify", table="plan")
    assert act(house, bupati, row.id, "verify", table="plan")[0].status == "verified"


def test_allowed_actions_cost_the_statement_not_the_row(house):
    with house.transaction(*dinas) as do:
        queue, nodes = [do("explain (verbose, format json) select r.* from thing t, thing_row(t) r")[0][0][0]["Plan"]], []
    while queue:
        node = queue.pop()
        nodes.append(node)
        queue += node.get("Plans", [])
    scan, = (node for node in nodes if node.get("Relation Name") == "thing")
    initial = [node for node in nodes if node.get("Parent Relationship") == "InitPlan"]
    assert not any(word in " ".join(scan["Output"]) for word in ("allowed_actions", "current_setting", "claim"))
    assert any(node.get("Relation Name") == "workflow_map" for node in initial)
    assert not any(node.get("Parent Relationship") == "SubPlan" for node in nodes)


# ---- audit -------------------------------------------------------------------------------------------------------------------

def history(house, caller, record):
    return house.ask(caller, "select * from audit_history('thing', %s) order by id", (record,))


def test_history_tells_who_did_what(house, thing):
    house.ask(bumdes, "update thing set name = 'teh', phone = '0813' where id = %s", (thing,))
    act(house, bumdes, thing, "submit")
    act(house, dinas, thing, "reject", "Bukan produk desa")
    create, update, submit, reject = history(house, bumdes, thing)
    assert [(e.action, e.subject, e.role) for e in (create, update, submit, reject)] == [
        ("create", BUMDES, "bumdes"), ("update", BUMDES, "bumdes"), ("submit", BUMDES, "bumdes"), ("reject", DINAS, "dinas")]
    assert update.request_id == "r-1" and update.changes == [
        {"member": "name", "old": "kopi", "new": "teh", "personal": False},
        {"member": "phone", "old": None, "new": None, "personal": True}]
    assert [(c["member"], c["new"]) for c in reject.changes] == [("status", "rejected"), ("status_note", "Bukan produk desa")]
    assert house.owner("select 1 from audit_log where changes::text ~ '081[23]'") == []


def test_history_is_read_in_the_same_scope(house, thing):
    assert history(house, dinas, thing) and history(house, bupati, thing) and history(house, system("register:read"), thing)
    assert history(house, bumdes2, thing) == [] and history(house, system("register:read", villages=[OTHER]), thing) == []
    assert history(house, system("reports:read"), thing) == []
    for caller in admin, ("public", {}):
        with refused("42501"):
            history(house, caller, thing)


def test_a_refused_change_leaves_no_trace(house, thing):
    before = len(history(house, bumdes, thing))
    with refused("PT409"):
        house.ask(bumdes, "update thing set name = 'z', status = 'published' where id = %s", (thing,))
    assert len(history(house, bumdes, thing)) == before


@pytest.fixture
def sealed(cluster):
    """A separate database with entries of two villages, seven of one record, under two seals."""
    house = House(cluster, "audit_" + uuid.uuid4().hex)
    one, = house.ask(bumdes, "insert into thing (name, village_code) values ('a', %s) returning id", (OWN,))
    for name in "bcd":
        house.ask(bumdes, "update thing set name = %s where id = %s", (name, one.id))
    house.owner("select audit_seal_next()")
    assert house.owner("select (audit_seal_next()).entries")[0].entries == 6
    for name in "efg":
        house.ask(bumdes, "update thing set name = %s where id = %s", (name, one.id))
    house.owner("select audit_seal_next()")
    assert house.owner("select (audit_seal_next()).entries")[0].entries == 3
    assert house.owner("select * from audit_verify()") == []
    return house


@pytest.mark.parametrize("tamper, found", [
    ("update audit_log set changes = '{}' where id = 4", {"entry was changed"}),
    ("update audit_log l set subject = null, hash = audit_hash(jsonb_populate_record(l, '{\"subject\": null}')) where id = 9",
     {"seal does not fit its entries"}),
    ("delete from audit_log where id = 5", {"entry before is missing", "seal does not fit its entries"}),
    ("delete from audit_log where id = 3", {"entry before is missing", "seal does not fit its entries"}),
    ("delete from audit_log where id = 9", {"seal does not fit its entries"}),
    ("delete from audit_seal where id = 1", {"seal does not fit its entries"}),
    ("insert into audit_log overriding system value select 10, at, resource, 'x', villages, subject, role, operation,"
     " request_id, action, changes, null, 'x' from audit_log where id = 3", {"entry was changed"})])
def test_tampering_shows(sealed, tamper, found):
    if not tamper.startswith("insert"):
        with refused("42501"):
            sealed.owner(tamper)  # the owner too, unless a superuser turns the trigger off
    sealed.owner("set session_replication_role = replica; " + tamper)
    assert {row.what for row in sealed.owner("select what from audit_verify()")} == found


def test_a_seal_waits_for_those_who_may_still_own_an_entry(cluster):
    house = House(cluster, "audit_" + uuid.uuid4().hex)
    write = "insert into thing (name, village_code) values ('x', %s)"
    with house.transaction(*bumdes, connection=house.another()) as slow:
        slow(write, (OWN,))
        house.ask(bumdes, write, (OWN,))
        for _ in range(3):
            assert house.owner("select (audit_seal_next()).id as id")[0].id is None
    house.owner("select audit_seal_next()")
    assert house.owner("select first_id, last_id, entries from audit_seal") == [(1, 4, 4)]


def test_a_restored_dump_goes_on_sealing(sealed):
    sealed.owner("update audit_mark set next_xid = '999999999', last_id = 99")
    sealed.owner("insert into thing (name, village_code) values ('x', %s)", (OWN,))
    assert [sealed.owner("select (audit_seal_next()).entries")[0].entries for _ in range(2)] == [None, 1]
    assert sealed.owner("select * from audit_verify()") == []


# ---- idempotency -------------------------------------------------------------------------------------------------------------

KEEP = "with w as (insert into thing (name, village_code) values ('x', %s) returning *)," \
       " op as (select id, version, created_at from w)" \
       " select op.* from op, lateral idempotency_keep(row_to_json(op))"


def key():
    return ("user", uuid.uuid4().hex, "hash-1")


def test_a_kept_reply_comes_back_and_nothing_is_done_twice(house):
    k = key()
    first, = house.ask(bumdes, KEEP, (OWN,), key=k)
    with refused("PT208", "idempotency_replay"):
        house.ask(bumdes, KEEP, (OWN,), key=k)
    with refused("PT422", "idempotency_key_reused"):
        house.ask(bumdes, KEEP, (OWN,), key=(k[0], k[1], "hash-2"))
    house.ask(bumdes, KEEP, (OWN,), key=("another", *k[1:]))
    with house.transaction() as do:
        again, = do("select r.* from idempotency_replay(%s, %s) t (reply), json_to_record(t.reply)"
                    " as r (id uuid, version int, created_at timestamptz(3))", k[:2])
    assert again == first


def test_an_attempt_that_failed_or_found_nothing_leaves_the_key_free(house):
    k = key()
    with refused("42501"):
        house.ask(bumdes, KEEP, (OTHER,), key=k)
    assert house.owner("select 1 from idempotency_key where key = %s", (k[1],)) == []
    house.ask(bumdes, "select 1 where false", key=k)
    assert house.ask(bumdes, KEEP, (OWN,), key=(k[0], k[1], "hash-2"))


def test_without_a_key_nothing_is_kept(house):
    before = house.owner("select count(*) as n from idempotency_key")
    assert house.ask(bumdes, KEEP, (OWN,), key=("user", None, None))
    assert house.owner("select count(*) as n from idempotency_key") == before


def test_parallel_retries_make_one_row(house):
    outcomes, k, name = [], key(), uuid.uuid4().hex

    def attempt():
        try:
            outcomes.append(house.ask(bumdes, KEEP.replace("'x'", f"'{name}'"), (OWN,), key=k)[0].id)
        except psycopg2.Error as error:
            outcomes.append(error.pgcode)

    together(attempt, 8)
    assert outcomes.count("PT208") == 7
    assert house.owner("select count(*) as n from thing where name = %s", (name,))[0].n == 1


def together(work, n):
    threads = [threading.Thread(target=work) for _ in range(n)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


# ---- accounts ----------------------------------------------------------------------------------------------------------------

def make_user(house, role="dinas", villages=None, name=None):
    name = name or "u-" + uuid.uuid4().hex[:12]
    row, = house.ask(admin, "with w as (insert into user_account as u (username, full_name, role, villages)"
                            " values (%s, 'Siti Rahayu', %s, %s) returning u) select r.* from w, user_row(w.u) r, credential_put(r.id, 'hash of ' || r.username) c",
                     (name, role, villages))
    return row


def test_the_administrator_keeps_users_and_sees_no_secret(house):
    row = make_user(house, "bumdes", [OTHER, OWN, OWN])
    assert (row.villages, row.must_change_password, row.version, row.created_by) == ([OTHER, OWN], True, 1, admin[1]["sub"])
    for caller in admin, dinas, ("engine", None):
        with refused("42501"):
            house.ask(caller, "select * from credential")
    with refused("42501"):
        house.ask(admin, "update user_account set username = 'x'")
    with refused("42501"):
        house.ask(admin, "update user_account set version = 1")
    with refused("42501"):
        house.ask(admin, "delete from user_account")


def test_others_see_themselves_at_most(house):
    row = make_user(house, "bupati")
    assert [r.id for r in house.ask(who("bupati", row.id), "select * from user_account")] == [row.id]
    assert house.ask(bumdes, "select * from user_account") == [] and house.ask(bumdes, "select * from service_account") == []
    with refused("42501"):
        house.ask(who("bupati", row.id), "update user_account set role = 'admin'")


@pytest.mark.parametrize("role, villages, constraint", [
    ("bumdes", None, "user_account_villages__scope"), ("bumdes", [], "user_account_villages__scope"),
    ("dinas", [OWN], "user_account_villages__scope"), ("king", None, "user_account_role__enum")])
def test_a_role_and_its_villages_fit(house, role, villages, constraint):
    with pytest.raises(psycopg2.errors.CheckViolation) as caught:
        make_user(house, role, villages)
    assert caught.value.diag.constraint_name == constraint


@pytest.mark.parametrize("villages", [["35.05.99.2001"], [OWN, "35.05.99.2001"], ["district"]])
def test_villages_of_an_account_exist(house, villages):
    with refused("PT422", "validation_failed", ("/villages", "exists")):
        make_user(house, "bumdes", villages)


@pytest.mark.parametrize("change, pointer", [("role = 'dinas'", "/role"), ("disabled_at = now()", "/disabled")])
def test_the_last_administrator_stays(cluster, change, pointer):
    house = House(cluster, "admin_" + uuid.uuid4().hex)
    first = house.owner("select admin_create('admin', 'h', 'Operator') as id")[0].id
    with refused("PT409", "state_conflict", (pointer, "last_admin")):
        house.ask(admin, f"update user_account set {change} where id = %s", (first,))
    second = house.owner("select admin_create('admin2', 'h', 'Operator') as id")[0].id
    outcomes = []

    def remove(target):
        try:
            house.ask(admin, f"update user_account set {change} where id = %s", (target,))
            outcomes.append("done")
        except psycopg2.Error as error:
            outcomes.append(error.pgcode)

    targets = [first, second]
    together(lambda: remove(targets.pop()), 2)
    assert "done" in outcomes and set(outcomes) <= {"done", "PT409", "40P01"} and len(set(outcomes)) == 2


def test_admin_create_again_is_a_new_password_and_no_other_role(house):
    name = "a-" + uuid.uuid4().hex[:12]
    one = house.owner("select admin_create(%s, 'h1', 'Operator') as id", (name,))[0].id
    assert house.owner("select admin_create(%s, 'h2', 'Operator') as id", (name,))[0].id == one
    assert house.engine("select password_hash from auth_login(%s, '10.0.0.1')", name)[0].password_hash == "h2"
    user = make_user(house)
    with refused("P0001"):
        house.owner("select admin_create(%s, 'h', 'Operator')", (user.username,))


def test_account_changes_are_audited_without_secrets(house):
    row = make_user(house)
    house.ask(admin, "update user_account set role = 'bupati', disabled_at = now() where id = %s", (row.id,))
    entries = house.owner("select action, changes, villages from audit_log where record_id = %s and resource = 'user'"
                          " order by id", (row.id,))
    assert [e.action for e in entries] == ["create", "update"] and entries[1].changes["role"] == ["dinas", "bupati"]
    assert "disabled_at" in entries[1].changes and all(e.villages is None for e in entries)
    assert house.owner("select 1 from audit_log where changes::text ~ 'hash of|Siti'") == []


# ---- logins ------------------------------------------------------------------------------------------------------------------

def login(house, name, address="10.0.0.1"):
    return house.engine("select * from auth_login(%s, %s)", name, address)[0]


def session(house, user, ttl=60):
    return enter(house, user, ttl=ttl)[1]


def enter(house, user, kept=None, renewed=None, ttl=60):
    """A login with the kept hash or with this one. Returns whether it succeeded, and its refresh
    token."""
    token = uuid.uuid4().hex
    kept = kept or house.owner("select digest from credential where subject = %s", [user])[0].digest
    entered, = house.engine("select auth_enter(%s, '10.0.0.1', %s, %s, %s, %s) as it", user, kept, renewed, token, ttl)
    return entered.it, token


def refresh(house, token, new=None, ttl=60):
    new = new or uuid.uuid4().hex
    return house.engine("select * from auth_refresh(%s, %s, %s)", token, new, ttl)[0], new


def test_only_the_engine_may_ask_for_hashes(house):
    for caller in bumdes, dinas, bupati, admin, ("public", {}), system("register:read"):
        for call in ("auth_login('x', 'y')", "auth_refresh('x', 'y', 1)", "auth_client('x', 'y', 'z')", "auth_password(uuid_v7())",
                     "housekeep()"):
            with refused("42501"):
                house.ask(caller, f"select * from {call}")


def test_a_login_finds_the_user_whatever_the_case(house):
    user = make_user(house, "bumdes", [OWN])
    row = login(house, user.username.upper())
    assert row == (user.id, f"hash of {user.username}", "bumdes", [OWN], True, 0)


def test_an_unknown_or_disabled_user_gets_a_row_and_a_throttle_as_well(house):
    user = make_user(house)
    house.ask(admin, "update user_account set disabled_at = now() where id = %s", (user.id,))
    for name in user.username, "nobody-" + uuid.uuid4().hex:
        assert [login(house, name)[:2] + login(house, name)[5:] for _ in range(1)] == [(None, None, 0)]
        login(house, name)
        assert login(house, name).retry_after == 2


def test_waits_grow_and_end_with_the_right_password(house):
    user = make_user(house)
    account = "select * from login_throttle where account = throttle_account('user', %s) and address = %s"
    waits = []
    for _ in range(14):
        row = login(house, user.username)
        assert row.subject == user.id
        pair, = house.owner(account, (user.username, "10.0.0.1"))
        waits.append(round((pair.next_at - pair.last_at).total_seconds()) if pair.next_at else 0)
        house.owner("update login_throttle set next_at = now()")
    assert waits == [0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]
    assert enter(house, user.id)[0]
    assert [login(house, user.username).retry_after for _ in range(4)] == [0, 0, 0, 2]


def test_during_a_wait_a_login_gets_nothing_and_counts_nothing(house):
    user = make_user(house)
    for _ in range(3):
        login(house, user.username)
    for _ in range(50):
        row = login(house, user.username)
        assert (row.subject, row.password_hash, row.role, row.must_change) == (None,) * 4 and 0 < row.retry_after <= 2


def test_parallel_guesses_do_not_outrun_the_throttle(house):
    user, evaluated = make_user(house), []

    def guess():
        if login(house, user.username).subject:
            evaluated.append(1)

    together(guess, 20)
    assert len(evaluated) == 3


def test_strangers_do_not_lock_out_who_was_here_before(house):
    user = make_user(house)
    login(house, user.username, "10.0.0.1")
    assert enter(house, user.id)[0]
    evaluated = sum(bool(login(house, user.username, f"10.1.0.{n}").subject) for n in range(50))
    assert evaluated == 5
    assert login(house, user.username, "10.0.0.1").subject == user.id
    assert login(house, user.username, "10.9.9.9").retry_after > 0


def test_a_rehash_is_kept(house):
    user = make_user(house)
    assert enter(house, user.id, renewed="better")[0]
    assert login(house, user.username).password_hash == "better"


def test_a_login_by_a_password_that_changed_meanwhile_fails(house):
    user = make_user(house)
    compared = login(house, user.username).password_hash
    house.ask(admin, "select credential_put(%s, 'another')", [user.id])
    assert enter(house, user.id, compared, "of the old one")[0] is False
    assert house.owner("select digest from credential where subject = %s", [user.id])[0].digest == "another"
    assert not house.owner("select from refresh_family where subject = %s and revoked_at is null", [user.id])
    assert login(house, user.username).retry_after == 0  # as many as after one failure


def test_refresh_rotates_and_reuse_ends_the_family(house):
    user = make_user(house, "bumdes", [OWN])
    first, other = session(house, user.id), session(house, user.id)
    row, second = refresh(house, first)
    assert row == ("ok", user.id, "bumdes", [OWN], True)
    row, third = refresh(house, second)
    assert row.outcome == "ok"
    row, _ = refresh(house, first)
    assert row == ("reused", None, None, None, None)
    assert refresh(house, third)[0].outcome == "unknown"
    assert refresh(house, other)[0].outcome == "ok"  # another login
    assert refresh(house, "never seen")[0].outcome == "unknown"
    assert refresh(house, session(house, user.id, ttl=0))[0].outcome == "expired"


def test_parallel_refreshes_all_succeed_until_one_of_their_tokens_is_used(house):
    user = make_user(house)
    token, outcomes = session(house, user.id), []
    together(lambda: outcomes.append(refresh(house, token)), 6)
    assert [row.outcome for row, _ in outcomes] == ["ok"] * 6
    first, second = (new for _, new in outcomes[:2])
    assert refresh(house, first)[0].outcome == "ok"
    assert refresh(house, token)[0].outcome == "reused"
    assert refresh(house, second)[0].outcome == "unknown"


def test_a_logout_ends_one_login(house):
    user = make_user(house)
    token, other = session(house, user.id), session(house, user.id)
    _, new = refresh(house, token)
    house.engine("select auth_revoke(%s)", token)
    house.engine("select auth_revoke('never seen')")
    assert refresh(house, new)[0].outcome == "unknown" and refresh(house, other)[0].outcome == "ok"


@pytest.mark.parametrize("ending", [
    "update user_account set disabled_at = now() where id = %s", "update user_account set role = 'bupati' where id = %s",
    "select credential_put(%s, 'new')"])
def test_what_the_administrator_does_ends_all_logins(house, ending):
    user = make_user(house)
    tokens = [session(house, user.id) for _ in range(2)]
    house.ask(admin, ending, (user.id,))
    assert [refresh(house, token)[0].outcome for token in tokens] == ["unknown"] * 2


def test_changing_ones_password(house):
    user = make_user(house)
    token = session(house, user.id)
    start = lambda: house.engine("select * from auth_password(%s)", user.id)[0]
    assert start() == (f"hash of {user.username}", 0)
    house.engine("select auth_password_set(%s, 'mine')", user.id)
    assert refresh(house, token)[0].outcome == "unknown"
    row = login(house, user.username)
    assert (row.password_hash, row.must_change) == ("mine", False)
    assert [start().retry_after for _ in range(4)] == [0, 0, 0, 2] and start().password_hash is None


def test_a_system_logs_in_with_its_secret(house):
    name = "s-" + uuid.uuid4().hex[:12]
    house.ask(admin, "with w as (insert into service_account as a (client_id, name, scopes, villages)"
                     " values (%s, 'Sistem', '{register:read}', '{district}') returning a)"
                     " select 1 from w, service_account_row(w.a) r, credential_put(r.id, 'digest') c", (name,))
    client = lambda digest, address="10.0.0.1": house.engine("select * from auth_client(%s, %s, %s)", name, digest, address)[0]
    assert client("digest")[1:] == (["register:read"], ["district"], 0)
    assert [client("wrong")[0] for _ in range(3)] == [None] * 3
    assert client("digest").retry_after == 2 and client("digest").subject is None
    house.ask(admin, "update service_account set disabled_at = now() where client_id = %s", (name,))
    assert client("digest", "10.0.0.2").subject is None


@pytest.mark.parametrize("column, value, constraint", [
    ("client_id", "manual", "service_account_client_id__reserved"), ("client_id", "A", "service_account_client_id__pattern"),
    ("scopes", [], "service_account_scopes__enum"), ("scopes", ["all"], "service_account_scopes__enum"),
    ("villages", ["district", OWN], "service_account_villages__scope")])
def test_a_service_account_is_well_formed(house, column, value, constraint):
    values = {"client_id": "sys", "name": "Sistem", "scopes": ["register:read"], "villages": ["district"], column: value}
    with pytest.raises(psycopg2.errors.CheckViolation) as caught:
        house.ask(admin, "insert into service_account (client_id, name, scopes, villages) values (%s, %s, %s, %s)",
                  tuple(values.values()))
    assert caught.value.diag.constraint_name == constraint


# ---- the whole ---------------------------------------------------------------------------------------------------------------

def test_housekeeping_removes_what_is_over_and_says_so(cluster):
    house = House(cluster, "keep_" + uuid.uuid4().hex)
    user = make_user(house)
    live, over = session(house, user.id), session(house, user.id, ttl=0)
    house.ask(bumdes, KEEP, (OWN,), key=("user", "old", "h"))
    house.ask(bumdes, KEEP, (OWN,), key=("user", "new", "h"))
    house.owner("update idempotency_key set created_at = now() - interval '49 hours' where key = 'old'")
    login(house, "old"), login(house, "new")
    house.owner("update login_throttle set last_at = now() - interval '25 hours' where account = throttle_account('user', 'old')")
    done = house.engine("select housekeep() as done")[0].done
    assert done == {"seal": None, "idempotency_keys": 1, "refresh_tokens": 1, "login_attempts": 2, "persons_forgotten": 0}
    seal = house.engine("select housekeep() as done")[0].done["seal"]
    assert seal["digest"] == house.owner("select digest from audit_seal")[0].digest
    assert refresh(house, live)[0].outcome == "ok" and refresh(house, over)[0].outcome == "unknown"
    with house.transaction("engine", connection=house.another()) as first:
        first("select housekeep()")
        assert house.engine("select housekeep() as done")[0].done is None


def test_no_function_is_executable_by_everybody(house):
    assert house.owner("select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
                       " where n.nspname = 'public' and has_function_privilege('public', p.oid, 'execute')") == []


def test_a_second_database_of_the_cluster_can_be_migrated(cluster, house):
    House(cluster, "second_" + uuid.uuid4().hex)
