"""Every compiled statement against the migrated schema: it prepares, its columns are the members of
the reply, its roles may run it, and its plans stay fast. Also the schema itself: its names are in
the vocabulary, and it is the last gate."""
import json
import os
import pathlib
import re
import subprocess
import time

import psycopg2
import pytest
import yaml

from cluster import BIN
from libpq import Libpq

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHORT = {"timestamptz": "timestamp with time zone", "timestamptz(3)": "timestamp with time zone"}
RESERVED = [("_total", "bigint"), ("_etag", "text"), ("_location", "text"), ("_accepted", "boolean"), ("_key", "text"),
            ("_id", "text")]
# Tables without row-level security, each with its reason
OPEN_TABLES = {
    "schema_migrations": "the applied migrations; the login reads it",
    "schema_functions": "the checksum of the functions; the login reads it",
    "resource": "the workflow, which everybody reads", "workflow": "the same", "workflow_transition": "the same",
    "workflow_map": "the same, derived", "district": "the same rows for everybody", "reference": "the same rows for everybody",
    "star_rubric": "the same rows for everybody",
    "report_figure": "the same rows for everybody",
    "village": "the same rows for everybody; grants limit the Dinas to the columns of the profile",
}


# Functions that run with the owner's rights, each with its reason
DEFINERS = {
    **dict.fromkeys(("auth_client", "auth_enter", "auth_login", "auth_password", "auth_password_known", "auth_password_set",
                     "auth_refresh", "auth_revoke", "credential_put"), "no role may read hashes and sessions"),
    "account_rules": "it reads villages and other administrators",
    "audit_row": "only changes of records may write the audit",
    "chosen_id": "an id may belong to a record that the caller may not see",
    "village_change_apply": "no role may give the records of every table another village",
    "district_rename": "nobody else may change a kecamatan",
    "claim_source": "it reads the name of the caller's own account",
    "housekeep": "it deletes expired rows, also where nobody else may delete",
    **dict.fromkeys(("idempotency_claim", "idempotency_keep", "idempotency_replay"), "no role may read kept replies"),
    "refuse_in_use": "records that refer to this one may be hidden from the caller",
    "link_dropped": "records of the dropped villages may be hidden from the caller",
    "link_parts": "a restricted owner may be hidden from the caller",
    "follow": "the caller who decides a move may not write the records that move along",
    "part_written": "the consent may just have hidden the record from its writer",
    "umkm_restricted": "restrictions are hidden from callers who must not count these UMKM",
    "umkm_ends": "no role may write the register of persons",
    "umkm_consent_asks": "the consent may just have hidden the UMKM from its writer",
    "umkm_consent_approve": "only the decision on the UMKM may approve its consent",
    "umkm_erase": "it empties columns that no role may write",
    "personal_record_kept": "no role may write the register of persons",
    "data_subject_request_done": "it reads rows that the deciding officer may not see",
    **dict.fromkeys(("umkm_public", "product_contact"), "the public may read single columns by consent, which no grant expresses"),
    "catalog_product_markets": "not everybody may read the proof of a step",
    "product_at": "a village does not see a product that has left it",
    "product_documents": "the producer may belong to another village",
    "export_products": "a system that exports may not read the register",
    "production_report_village": "a system that reports may not read the register",
    **dict.fromkeys(("export_totals", "export_totals_public", "export_totals_restricted"), "sums of rows that no reader may see"),
    **dict.fromkeys(("certification_area", "certification_follow"), "a product of the maker may belong to another village"),
    "export_documents_elsewhere": "exports that share a document may be hidden from the caller",
    "duplicates": "records that share a value may be hidden from the caller",
    "mentoring_participant_seat": "it locks the session, which a village may not write",
    "mentoring_session_seats": "it counts participants of other villages",
    "training_program_figures": "it counts sessions and participants of other villages",
    "report_changed_at": "it reads the last change of rows that the caller may not see",
}
# Tables that refer to a record: they hold it while they are written
HELD = "select distinct l.child::text as child from links() l"

# Columns that are neither in the audit nor in the register of persons, each with its reason
UNREGISTERED = {("user_account", "full_name"): "the name stays as long as the account", ("report_snapshot", "result"): "figures"}


def test_the_sample_data_keep_the_rules_and_come_back_from_a_dump(cluster, binary):
    """The seeds skip the workflow, but obey every other rule."""
    name = cluster.create("sample")
    urls = {"OVOP_MIGRATE_URL": cluster.url(name), "DATABASE_URL": cluster.url(name, "ovop_statements")}
    done = subprocess.run([binary, "migrate", "--sample"], env={"PATH": os.environ["PATH"], **urls}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr

    restored = cluster.create("restored")
    dump = subprocess.run([BIN / "pg_dump", cluster.url(name)], capture_output=True, text=True, check=True).stdout
    back = subprocess.run([BIN / "psql", "-q", "-v", "ON_ERROR_STOP=1", cluster.url(restored)], input=dump, capture_output=True,
                          text=True)
    assert back.returncode == 0, back.stderr
    count = "select (select count(*) from product) as products, (select count(*) from umkm) as umkm"
    assert cluster.rows(restored, count) == cluster.rows(name, count)


@pytest.fixture(scope="module")
def statements(binary):
    return json.loads((binary.parent / "statements.json").read_text())


@pytest.fixture(scope="module")
def rows(cluster, database):
    return lambda sql, parameters=None: cluster.rows(database, sql, parameters)


# Columns are members


def wanted(statement):
    return [(one["name"], SHORT.get(one["sql"], one["sql"])) for one in statement["columns"]]


def fits(is_type, wanted_type):
    return is_type == wanted_type or {is_type, wanted_type} <= {"integer", "bigint"}


def faults(statement, columns):
    """The differences between the columns and the members of the declared reply."""
    if statement["step"]:
        return []
    members = wanted(statement)
    found = [f"column {name} is {kind}, not {member} {member_kind}"
             for (name, kind), (member, member_kind) in zip(columns, members) if name != member or not fits(kind, member_kind)]
    found += [f"no column {name}" for name, _ in members[len(columns):]]
    rest, order = columns[len(members):], [name for name, _ in RESERVED]
    found += [f"column {name} {kind} is not a reserved column" for name, kind in rest if (name, kind) not in RESERVED]
    if not found and [name for name, _ in rest] != sorted((name for name, _ in rest), key=order.index):
        found.append(f"reserved columns out of order: {rest}")
    if not found and statement["list"] and [name for name, _ in rest][:3] != ["_total", "_key", "_id"]:
        found.append(f"a list has _total, _key, _id: {rest}")
    return found


def test_every_statement_prepares_and_its_columns_are_the_promised_members(cluster, database, statements):
    server, found = Libpq(cluster.url(database)), []
    for statement in statements:
        try:
            found += [f"{statement['name']}: {fault}" for fault in faults(statement, server.columns(statement["sql"]))]
        except AssertionError as refused:
            found.append(f"{statement['name']}: {refused}")
    server.close()
    assert statements and not found, "\n".join(found)


@pytest.mark.parametrize("sql", [
    "select 'x'::text as code, 1 as n", "select 1 as n, 'x'::text as code", "select 'x'::varchar(5) as code, 1::bigint as n",
    "select 'x'::text as code", "select 'x'::text as code, 1::bigint as n, 'x'::text as surprise",
    "select 'x'::text as code, 1::numeric as n",
])
def test_the_comparison_sees_a_difference(cluster, database, sql):
    statement = {"step": False, "list": False, "columns": [{"name": "code", "sql": "text"}, {"name": "n", "sql": "bigint"}]}
    server = Libpq(cluster.url(database))
    same = faults(statement, server.columns(sql)) == []
    server.close()
    assert same == (sql == "select 'x'::text as code, 1 as n")


def test_every_role_may_run_what_the_contract_gives_it(cluster, database, statements):
    """EXPLAIN checks the grants of every table and function without running the statement."""
    found = []
    connection = cluster.connect(database, "ovop_statements")
    cursor = connection.cursor()
    for statement in statements:
        roles = ["ovop_" + one for one in statement["roles"]]
        for role in roles if not statement["name"].endswith(".replay") else [None]:  # a replay runs as the login
            cursor.execute(f"set role {role}" if role else "reset role")
            count = len(set(re.findall(r"\$(\d+)", statement["sql"])))
            try:
                cursor.execute("prepare it as " + statement["sql"])
                cursor.execute("explain execute it" + (f"({', '.join(['null'] * count)})" if count else ""))
            except psycopg2.Error as refused:
                if not (refused.pgcode or "").startswith("PT"):
                    found.append(f"{statement['name']} as {role}: {refused}")
            cursor.execute("deallocate all")
    connection.close()
    assert not found, "\n".join(found)


def test_a_read_writes_nothing(cluster, database, statements):
    for statement in statements:
        if statement["name"].endswith(("_list", "_get", "_history", "_reads")):
            assert not re.search(r"\b(insert into|update|delete from)\b", statement["sql"]), statement["name"]


# An id without its resource names no record


NAMED_ALONE = {  # a comparison of record_id that needs no resource, each with its reason
    "i.reply ->> 'id' = record_id::text": "a kept reply says no resource, and lives for 48 hours; a new id means one record",
    "l.record_id = chosen_id.id::text": "an id means one record, whatever the resource",
    "current_setting('app.applies', true) = record_id::text": "the same; the setting lives for one transaction",
}
COMPARED = r"record_id(::\w+)?\)?\s*(=|<>|in\b|is (not )?distinct)|(=|<>|from)\s*(any \(|all \()?(:|[\w.]+)?\brecord_id\b"


def alone(sql):
    """The comparisons of record_id in whose condition, or beside it, no resource is compared."""
    lines = [line.split("--")[0].replace(":=", " ") for line in sql.splitlines()]
    for at, line in enumerate(lines):
        near = " ".join(lines[max(0, at - 2):at + 3])
        if re.search(COMPARED, line) and not re.search(r"\bresource\b[^;]*?(=|<>|in \(|any)", near):
            yield line.strip()


def test_a_record_id_is_compared_together_with_its_resource(rows):
    """A UMKM's id was once also a buyer's, so that one counted as the other."""
    found = {f"{path.name}: {line}" for folder in ("functions", "queries", "verbs", "seed", "seed/sample")
             for path in (ROOT / "sql" / folder).glob("*.sql") for line in alone(path.read_text())
             if not any(line.endswith(one) or one in line for one in NAMED_ALONE)}
    found |= {f"{one.tablename}.{one.policyname}" for one in rows(
        "select tablename, policyname, concat(qual, with_check) as text from pg_policies where schemaname = 'public'")
        if re.search(r"\brecord_id\b", one.text) and not re.search(r"\bresource\b", one.text)}
    assert not found, "\n".join(sorted(found))


@pytest.mark.parametrize("sql, seen", [
    ("where l.record_id = about", True), ("where about = l.record_id", True), ("where l.record_id = any (:record_id)", True),
    ("where p.record_id <> u.id", True), ("where p.record_id is distinct from u.id", True), ("where p.record_id in (1)", True),
    ("where p.resource = 'umkm_owner' and p.record_id = u.id", False), ("where p.resource = 'a'\n  and p.record_id = u.id", False),
    ("where (p.resource, p.record_id) = (a.resource, a.record_id)", False), ("where (p.umkm_id, p.record_id) = (a.id, 1)", True),
    ("e.record_id := record_id;", False), ("-- record_id = x", False),
])
def test_the_search_for_lone_record_ids_sees_one(sql, seen):
    assert bool(list(alone(sql))) == seen


# Names are in the vocabulary


def test_every_constraint_a_client_can_break_has_a_sentence(rows):
    rules = yaml.safe_load((ROOT / "openapi/rules.yaml").read_text())
    named = rows("""
          with written as (
               select c.oid, c.relname
                 from pg_class c
                where c.relnamespace = 'public'::regnamespace
                  and exists (select
                                from pg_roles r
                               where r.rolname like 'ovop\\_%'
                                 and has_any_column_privilege(r.oid, c.oid, 'insert, update')))
        select c.conname as name, w.relname as relation
          from written w
               join pg_constraint c on c.conrelid = w.oid
         where c.contype in ('c', 'f', 'u', 'x', 'p')
           and not exists (select
                             from pg_attribute a
                            where a.attrelid = w.oid
                              and a.attnum = any (c.conkey)
                              and a.attidentity <> '')
         union
        select i.relname, w.relname
          from written w
               join pg_index x on x.indrelid = w.oid and x.indisunique
               join pg_class i on i.oid = x.indexrelid
         where i.relname like '%\\_\\_%'""")
    assert named
    unnamed = [one for one in named if "__" not in one.name and not re.search(r"_id_village_code_key\d*$", one.name)]
    assert not unnamed, "no public name"
    mute = [one for one in named if "__" in one.name and one.name.rsplit("__", 1)[1] not in rules]
    assert not mute, "no sentence in rules.yaml"
    strays = [one for one in named if "__" in one.name and not one.name.startswith(one.relation + "_")]
    assert not strays, "not named after its table"


def test_every_code_raised_in_sql_has_a_sentence():
    rules = yaml.safe_load((ROOT / "openapi/rules.yaml").read_text())
    problems = yaml.safe_load((ROOT / "openapi/problems.yaml").read_text())
    found = []
    for path in (ROOT / "sql").glob("[mfqv]*/*.sql"):  # migrations, functions, queries, verbs
        text = path.read_text()
        # ('/nib', 'unique', …) of a rule list, violation('/nib', 'unique'), {"pointer": "/nib",
        # "code": "unique"}
        codes = re.findall(r"""\('/[a-z_/0-9]*',\s*'([a-z_]+)'""", text) + re.findall(r'"code": "([a-z_]+)"', text)
        found += [f"{path.name}: {code} is not in rules.yaml" for code in codes if code not in rules]
        raised = re.findall(r"refuse\('([a-z_]+)'", text)
        raised += re.findall(r"raise exception '([a-z_]+)'\s+using\s+errcode = 'PT[^2]", text)
        found += [f"{path.name}: {code} is not in problems.yaml" for code in raised if code not in problems]
    assert not found, "\n".join(found)


# Unique among records in force


UNIQUE_FROM_THE_DRAFT = {  # a unique rule that also binds other records: its predicate, and the reason
    "umkm_external_reference__unique": (
        "((deleted_at IS NULL) AND (source <> ALL (ARRAY['manual'::text, 'import'::text, 'sample'::text])))",
        "a key that a system gives to its own records: only that system could take it, and it must not send a record twice"),
}


def test_a_unique_rule_of_a_workflow_binds_only_records_in_force(rows):
    """Otherwise a draft or a rejected record keeps a value from its owner."""
    found = rows("""
        select t.relname as of_table, i.relname as name, pg_get_expr(x.indpred, x.indrelid) as predicate,
               to_regprocedure(format('duplicates(%I)', t.relname)) is not null as warns,
               exists (select
                         from pg_trigger g
                        where g.tgrelid = t.oid
                          and g.tgfoid = 'refuse_duplicates'::regproc) as refuses
          from pg_index x
               join pg_class i on i.oid = x.indexrelid
               join pg_class t on t.oid = x.indrelid
         where (x.indisunique or x.indisexclusion)
           and exists (select from pg_trigger g where g.tgrelid = t.oid and g.tgfoid = 'business_workflow'::regproc)
           and not exists (select
                             from pg_attribute a
                            where a.attrelid = t.oid
                              and a.attname = 'id'
                              and a.attnum = any (x.indkey))""")
    assert {"umkm_nib__unique", "flagship_valid_from__one_flagship", "target_indicator__unique"} <= {one.name for one in found}
    for one in found:
        assert one.warns and one.refuses, f"{one.of_table} calls no duplicate_rules() or has no trigger refuse_duplicates()"
        if one.name in UNIQUE_FROM_THE_DRAFT:
            assert one.predicate == UNIQUE_FROM_THE_DRAFT[one.name][0], f"{one.name} has another rule than its reason says"
            continue
        statuses = re.fullmatch(r"\(*(?:deleted_at IS NULL\) AND \(*)?status = (.*?)\)?(?: AND \(deleted_at IS NULL)?\)*", one.predicate)
        assert statuses and "deleted_at IS NULL" in one.predicate, f"{one.name} also binds other records: {one.predicate}"
        named = set(re.findall(r"'(\w+)'", statuses[1]))
        assert named and named <= {"verified", "published", "approved"}, f"{one.name} binds {named}"
    assert UNIQUE_FROM_THE_DRAFT.keys() <= {one.name for one in found}, "the list is out of date"


# The last gate


def test_no_view_sees_more_than_its_reader(rows):
    assert rows("""
        select c.relname
          from pg_class c
         where c.relnamespace = 'public'::regnamespace
           and c.relkind in ('v', 'm')
           and coalesce(array_to_string(c.reloptions, ' '), '') !~ 'security_invoker=(true|on)'
        """) == []


def test_every_definer_function_has_its_reason_and_a_fixed_search_path(rows):
    found = rows("""
        select p.proname as name, coalesce('search_path=public, pg_temp' = any (p.proconfig), false) as fixed
          from pg_proc p
         where p.pronamespace = 'public'::regnamespace
           and p.prosecdef""")
    assert [one.name for one in found if not one.fixed] == []
    holds = {one.name for one in found if one.name.endswith("_hold")}  # made by link_hold(): the caller may not lock the record
    assert sorted({one.name for one in found} - holds) == sorted(DEFINERS)
    assert sorted(one.child for one in rows(HELD)) == sorted(name.removesuffix("_hold") for name in holds)


def test_no_function_is_everybodys(rows):
    assert rows("""
        select p.oid::regprocedure::text as name
          from pg_proc p
         where p.pronamespace = 'public'::regnamespace
           and has_function_privilege('public', p.oid, 'execute')""") == []


def test_only_the_engine_calls_what_knows_secrets(rows):
    assert rows("""
        select p.oid::regprocedure::text as name, r.rolname
          from pg_proc p
               cross join pg_roles r
         where p.pronamespace = 'public'::regnamespace
           and (p.proname like 'auth\\_%' or p.proname in ('admin_create', 'housekeep', 'grant_login', 'audit_write'))
           and r.rolname like 'ovop\\_%'
           and r.rolname <> 'ovop_engine'
           and has_function_privilege(r.oid, p.oid, 'execute')""") == []


def test_every_table_forces_its_policies_or_says_why_not(rows):
    tables = rows("""
        select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
               exists (select
                         from pg_roles r
                        where r.rolname like 'ovop\\_%'
                          and has_any_column_privilege(r.oid, c.oid, 'select, insert, update')) as reached
          from pg_class c
         where c.relnamespace = 'public'::regnamespace
           and c.relkind in ('r', 'p')""")
    assert [one.name for one in tables if one.reached and not one.forced and one.name not in OPEN_TABLES] == []
    assert OPEN_TABLES.keys() <= {one.name for one in tables if one.reached and not one.forced}, "the list is out of date"


def test_every_policy_that_writes_has_its_own_check(rows):
    assert rows("""
        select tablename, policyname
          from pg_policies
         where cmd in ('INSERT', 'UPDATE', 'ALL')
           and permissive = 'PERMISSIVE'
           and with_check is null""") == []


def test_the_login_owns_nothing_and_inherits_nothing(rows):
    assert rows("""
        select rolname
          from pg_roles
         where rolname = 'ovop_statements'
           and not (rolinherit or rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)
           and oid not in (select relowner from pg_class union select proowner from pg_proc)""")
    assert rows("""
        select relname
          from pg_class
         where relnamespace = 'public'::regnamespace
           and relkind in ('r', 'p', 'v', 'm')
           and relname not in ('schema_migrations', 'schema_functions')
           and has_any_column_privilege('ovop_statements', oid, 'select, insert, update')
        """) == []


def test_api_roles_reach_no_secret(rows):
    reach = rows("""
        select r.rolname, c.relname, a.attname
          from pg_roles r
               cross join pg_class c
               join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
         where r.rolname like 'ovop\\_%'
           and c.relnamespace = 'public'::regnamespace
           and c.relkind in ('r', 'v')
           and (c.relname in ('credential', 'refresh_token', 'login_throttle', 'idempotency_key', 'audit_seal')
                or a.attname ~ '(hash|digest)$' and c.relname <> 'audit_log')
           and has_column_privilege(r.oid, c.oid, a.attnum, 'select')""")
    assert reach == []


# Persons

NAMES_A_UMKM = """
    select t.relname as name, a.attname as member
      from pg_class t
           join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
     where t.relnamespace = 'public'::regnamespace
       and t.relkind in ('r', 'p')
       and (a.attname ~ '(^|_)umkm_ids?$'
            or exists (select
                         from pg_constraint f
                        where f.conrelid = t.oid
                          and f.contype = 'f'
                          and f.confrelid = 'umkm'::regclass
                          and a.attnum = f.conkey[1]))
       and exists (select from pg_roles r where r.rolname ~ '^ovop_(bupati|system|public)$'
                                            and has_any_column_privilege(r.oid, t.oid, 'select'))
"""


def test_whatever_names_a_umkm_hides_with_it(rows):
    """restrict_processing() hides a restricted UMKM from all without its case, and from the figures
    of everybody."""
    found = rows(NAMES_A_UMKM)
    assert {("product", "umkm_id"), ("export", "umkm_ids"), ("umkm_owner", "id")} <= {(one.name, one.member) for one in found}
    guards = {(one.tablename, one.policyname): one for one in rows("select * from pg_policies where permissive = 'RESTRICTIVE'")}
    for one in found:
        for policy, roles in (("processing_restricted", {"ovop_bupati", "ovop_system", "ovop_public"}),
                              ("not_counted", {"ovop_bumdes", "ovop_dinas"})):
            guard = guards.get((one.name, policy))
            assert guard and set(re.findall(r"ovop_\w+", str(guard.roles))) == roles, f"no {policy} on {one.name}"
            assert re.search(rf"\b(\w+_)?{one.member}\b", guard.qual), f"{one.name}: {policy} does not read {one.member}"


def test_every_person_is_in_the_register(rows):
    """keep_personal() registers each sealed or unaudited column, so that erasure and retention
    empty it."""
    known = {(one.table_name, column) for one in rows("select table_name, forgotten from personal_data") for column in one.forgotten}
    sealed = rows("""
        select c.relname as name, a.attname as member
          from pg_attribute a
               join pg_class c on c.oid = a.attrelid
         where a.atttypid = 'sealed'::regtype
           and a.attnum > 0
           and c.relkind = 'r'""")
    personal = rows(r"""
        select c.relname as name, unnest((string_to_array(encode(t.tgargs, 'escape'), '\000'))[2]::text[]) as member
          from pg_trigger t
               join pg_class c on c.oid = t.tgrelid
         where t.tgname = 'audit'""")
    assert sealed and {("umkm_consent", "evidence")} <= {tuple(one) for one in personal}
    assert {tuple(one) for one in sealed + personal} - known == set(UNREGISTERED)
    assert rows("select resource from personal_data except select resource from retention") == []


# Plans at 100,000 rows, or at PLAN_ROWS

MANY = int(os.environ.get("PLAN_ROWS", 100_000))
ONE = "35.05.17.2009"


@pytest.fixture(scope="module")
def many(cluster, database, rows):
    """Makes MANY small businesses, each with one record of every kind, without triggers.

    Returns one row of each table, of the village ONE and published if the table has a workflow."""
    connection = cluster.connect(database)
    cursor = connection.cursor()
    cursor.execute("set session_replication_role = replica")
    cursor.execute(f"""
        insert into umkm (id, name, nib, kbli_code, kbli_edition, legal_form, founded_on, workers_male, workers_female,
                          capital_idr, village_code, status, source, created_at, updated_at)
        select uuid_v7(), (array['Kopi', 'Kendang', 'Batik', 'Keripik', 'Tempe'])[1 + n % 5] || ' ' || md5(n::text),
               lpad(n::text, 13, '0'), '10761', '2025', 'perorangan', '2021-06-01', n % 7, n % 5, 1000000 * (n % 900), v.code,
               case n / 248 % 8 when 0 then 'draft' when 1 then 'submitted' when 2 then 'verified' when 3 then 'archived'
                                else 'published' end,
               'import', now() - n * interval '1 minute', now() - n * interval '1 minute'
          from generate_series(1, {MANY}) n
               join (select code, row_number() over (order by code) - 1 as at from village) v on v.at = n % 248""")
    cursor.execute("""
        insert into product (id, umkm_id, name, name_en, category, hs_code, hs_edition, market_steps, change_request,
                             village_code, villages, status, source, created_at, updated_at)
        select uuid_v7(), u.id, u.name, 'Thing ' || n, (array['coffee', 'musical_instrument', 'snacks'])[1 + n / 248 % 3],
               case n / 248 % 4 when 0 then '09012111' when 1 then '92060000' end, 'btki2022',
               case n / 248 % 5 when 0 then array[row(uuid_v7(), case n / 1240 % 5 when 0 then 'international' else 'local' end,
                                                      '2025-01-01', 'x', null, null, now(), null)::market_step] else '{}' end,
               case n % 1000 when 0 then row(uuid_v7(), 'open', '{"brand": "x"}', null, now(), null, null, null)::change_request
               end,
               u.village_code, array[u.village_code], u.status, 'import', u.created_at, u.updated_at
          from (select *, row_number() over (order by id) as n from umkm) u""")
    cursor.execute("""
        create temporary table maker as select u.*, row_number() over (order by id) as n from umkm u;
        insert into training_program (id, title, topic, starts_on, ends_on, organiser, funding_source, village_code, status,
                                      source, updated_at)
        select id, name, (array['export', 'halal', 'pirt'])[1 + n / 248 % 3], updated_at::date, updated_at::date + 90, 'Dinas',
               (array['apbn', 'csr'])[1 + n % 2], case n / 7 % 10 when 0 then null else village_code end,
               (array['planned', 'held', 'held', 'cancelled'])[1 + n / 248 % 4], 'import', updated_at
          from maker;
        insert into mentoring_session (program_id, kind, topic, title, starts_at, ends_at, village_code, villages, status, source,
                                       updated_at)
        select id, (array['training', 'workshop', 'coaching'])[1 + n % 3], (array['export', 'halal'])[1 + n % 2], name, updated_at,
               updated_at + interval '2 hours', village_code, array[village_code],
               (array['planned', 'held', 'held', 'cancelled'])[1 + n / 248 % 4], 'import', updated_at
          from maker;
        insert into mentoring_participant (session_id, umkm_id, village_code)
        select s.id, m.id, m.village_code from mentoring_session s join maker m on m.name = s.title;
        insert into mentoring_action_item (session_id, umkm_id, task, owner, due_on, state, closed_on, village_code, source,
                                           updated_at)
        select p.session_id, m.id, m.name, 'umkm', current_date + 100 - m.n::int % 3000,
               case m.n / 248 % 10 when 0 then 'open' else 'done' end, case m.n / 248 % 10 when 0 then null else current_date end,
               m.village_code, 'import', m.updated_at
          from maker m join mentoring_participant p on p.umkm_id = m.id;
        insert into outcome (umkm_id, session_id, kind, description, observed_on, village_code, status, source, updated_at)
        select m.id, p.session_id, (array['packaging', 'new_market', 'first_export'])[1 + m.n / 248 % 3], m.name, m.updated_at::date,
               m.village_code, (array['draft', 'submitted', 'verified', 'verified'])[1 + m.n / 248 % 4], 'import', m.updated_at
          from maker m join mentoring_participant p on p.umkm_id = m.id;
        insert into buyer (id, name, kind, country_code, village_code, source, updated_at)
        select id, name, (array['importer', 'retailer'])[1 + n / 248 % 2], (array['JP', 'CN', 'US'])[1 + n / 248 % 3],
               village_code, 'import', updated_at
          from maker;
        insert into export (exporter_name, mode, buyer_id, destination_country, exported_on, documents, lines, quantity_kg,
                            fob_idr, product_ids, umkm_ids, village_enterprise_ids, village_code, status, source, updated_at)
        select m.name, (array['direct', 'aggregator'])[1 + n / 248 % 2], m.id, (array['JP', 'CN', 'US'])[1 + n / 248 % 3],
               m.updated_at::date,
               case n % 25 when 0 then '[{"kind": "statement"}]' else format('[{"kind": "peb", "number": "%s"}]', n / 2) end::jsonb, '[]',
               1, 1, array[p.id],
               array[m.id], '{}', m.village_code,
               (array['draft', 'submitted', 'verified', 'verified', 'archived'])[1 + n / 248 % 5], 'import', m.updated_at
          from maker m join product p on p.umkm_id = m.id;
        insert into data_subject_request (kind, umkm_id, received_at, due_at, village_code, status, source, updated_at)
        select (array['access', 'erasure'])[1 + n / 248 % 2], id, updated_at, updated_at + interval '72 hours', village_code,
               case n / 248 % 100 when 0 then 'received' else 'done' end, 'import', updated_at
          from maker;
        insert into personal_record (resource, record_id, umkm_id, village_code, members, hashes, ended_on, retention_until)
        select (array['umkm', 'umkm_owner'])[1 + n / 248 % 2], id, id, village_code, '{name}', array[name],
               updated_at::date, updated_at::date + 1800
          from maker;
        insert into personal_read (at, resource, record_id, umkm_id, village_code, members, purpose, subject, role, operation)
        select updated_at, (array['umkm_owner', 'buyer'])[1 + n / 248 % 2], id, case n / 248 % 2 when 0 then id end, village_code, '{nik}', name,
               ('01890a5d-ac96-774b-bcce-' || lpad((n % 100)::text, 12, '0'))::uuid, 'dinas',
               (array['umkm_reveal', 'umkm_lookup'])[1 + n / 248 % 2]
          from maker;
        insert into production_report (umkm_id, product_id, month, turnover_idr, change_request, village_code, status, source,
                                       updated_at)
        select m.id, p.id, to_char(current_date - n::int % 1000, 'YYYY-MM'), 1000000 * n,
               case n % 1000 when 0 then row(uuid_v7(), 'open', '{"reason": "x"}', null, now(), null, null, null)::change_request
               end,
               m.village_code, (array['submitted', 'verified', 'verified', 'verified', 'archived'])[1 + n / 248 % 5], 'import',
               m.updated_at
          from maker m join product p on p.umkm_id = m.id;
        insert into village_potential (commodity, kind, category, quantity, unit, season_months, stage, product_id, change_request,
                                       village_code, status, source, created_at, updated_at)
        select m.name, (array['farming', 'fishery', 'craft'])[1 + n / 248 % 3], (array['coffee', 'fishery'])[1 + n / 248 % 2], 1, 'ha',
               array[n % 12 + 1], (array['identified', 'assessed', 'product'])[1 + n / 248 % 3], p.id,
               case n % 1000 when 0 then row(uuid_v7(), 'open', '{"unit": "t"}', null, now(), null, null, null)::change_request end,
               m.village_code, m.status, 'import', m.created_at, m.updated_at
          from maker m join product p on p.umkm_id = m.id;
        insert into flagship (product_id, decree_number, decreed_on, valid_from, valid_to, change_request, village_code, status,
                              source, updated_at)
        select p.id, m.name, '2020-01-01', current_date - m.n::int, current_date - m.n::int,
               case n % 1000 when 0 then row(uuid_v7(), 'open', '{"valid_to": null}', null, now(), null, null, null)::change_request
               end,
               m.village_code, m.status, 'import', m.updated_at
          from maker m join product p on p.umkm_id = m.id;
        insert into visit (id, visited_on, purpose, led_by, village_code, villages, status, source, updated_at)
        select id, updated_at::date, name, 'bupati', village_code, array[village_code],
               (array['planned', 'done', 'done', 'cancelled'])[1 + n / 248 % 4], 'import', updated_at
          from maker;
        insert into aspiration (id, visit_id, kind, topic, text, raised_by_group, priority, village_code, status, source, created_at,
                                updated_at)
        select id, id, (array['obstacle', 'request', 'idea'])[1 + n / 248 % 3], (array['export', 'halal'])[1 + n / 248 % 2], name,
               'umkm', (array['high', 'normal', 'low'])[1 + n / 248 % 3], village_code,
               (array['open', 'addressed', 'declined'])[1 + n / 744 % 3], 'import', updated_at, updated_at
          from maker;
        insert into commitment (id, visit_id, aspiration_id, office, text, due_on, village_code, status, source, updated_at)
        select id, id, id, (array['health', 'public_works', 'agriculture'])[1 + n / 248 % 3], name,
               current_date + 100 - n::int % 3000, village_code,
               case n / 248 % 20 when 0 then 'open' when 1 then 'in_progress' when 2 then 'done' else 'confirmed' end, 'import',
               updated_at
          from maker;
        insert into commitment_progress (commitment_id, noted_on, percent, note, village_code, source)
        select id, updated_at::date, n % 101, name, village_code, 'import' from maker;
        insert into star_assessment (product_id, kind, scheme, year, stars, note, change_request, umkm_id, village_code, villages,
                                     status, source, updated_at)
        select p.id, case n / 248 % 5 when 0 then 'award' else 'estimate' end, (array['district', 'ministry_2021'])[1 + n / 248 % 2],
               2007 + n % 20, case n / 248 % 40 when 2 then 5 else 1 + n / 248 % 3 end, m.name,
               case n % 1000 when 0 then row(uuid_v7(), 'open', '{"note": "x"}', null, now(), null, null, null)::change_request
               end,
               m.id, m.village_code, array[m.village_code], m.status, 'import', m.updated_at
          from maker m join product p on p.umkm_id = m.id""")
    cursor.execute("""
        insert into certification (umkm_id, product_ids, kind, number, issuer, issued_on, expires_on, change_request, village_code,
                                   villages, status, source, updated_at)
        select m.id, case n % 2 when 0 then '{}' else array[p.id] end,
               case n / 248 % 40 when 2 then 'organic' else (array['nib', 'pirt', 'halal', 'lab'])[1 + n / 248 % 4] end, m.name,
               'Dinas ' || n, current_date - n::int % 1800, case n % 3 when 0 then null else current_date + 1825 - n::int % 1900 end,
               case n % 1000 when 0 then row(uuid_v7(), 'open', '{"issuer": "x"}', null, now(), null, null, null)::change_request end,
               m.village_code, array[m.village_code], (array['draft', 'submitted', 'published', 'published'])[1 + n / 248 % 4],
               'import', m.updated_at
          from maker m join product p on p.umkm_id = m.id""")
    cursor.execute("""
        insert into target (indicator, period_from, period_to, value, change_request, village_code, district_code, status, source,
                            updated_at)
        select (array['shipments', 'exporters', 'exporters', 'exporters'])[1 + n / 248 % 4], current_date - n::int,
               current_date + 100 - n::int, n,
               case n % 1000 when 0 then row(uuid_v7(), 'open', '{"note": "x"}', null, now(), null, null, null)::change_request
               end,
               case when n % 50 > 1 then village_code end, case n % 50 when 1 then left(village_code, 8) end,
               (array['proposed', 'approved', 'approved', 'rejected'])[1 + n / 248 % 4], 'import', updated_at
          from maker""")
    cursor.execute("analyze")
    connection.close()
    later = "select t.id, {name} as name, {of} as umkm_id from {table} t where t.village_code = %s order by 2 limit 1"
    one = ("select id, {name} as name, {of} as umkm_id from {table}"
           " where village_code = %s and status = 'published' order by 2 limit 1")
    return {"umkm": rows(one.format(table="umkm", name="name", of="id"), [ONE])[0],
            "product": rows(one.format(table="product", name="name", of="umkm_id"), [ONE])[0],
            "training_program": rows(later.format(table="training_program", name="title", of="id"), [ONE])[0],
            "mentoring_session": rows(later.format(table="mentoring_session", name="title", of=(
                "(select p.umkm_id from mentoring_participant p where p.session_id = t.id)")), [ONE])[0],
            "mentoring_participant": rows(later.format(table="mentoring_participant", name="session_id::text", of="umkm_id"),
                                          [ONE])[0],
            "mentoring_action_item": rows(later.format(table="mentoring_action_item", name="task", of="umkm_id"), [ONE])[0],
            "outcome": rows(later.format(table="outcome", name="description", of="umkm_id"), [ONE])[0],
            "buyer": rows(later.format(table="buyer", name="name", of="id"), [ONE])[0],
            "data_subject_request": rows(later.format(table="data_subject_request", name="due_at::text", of="umkm_id"), [ONE])[0],
            "personal_record": rows(later.format(table="personal_record", name="due::text", of="umkm_id"), [ONE])[0],
            "personal_read": rows(later.format(table="personal_read", name="purpose", of="record_id"), [ONE])[0],
            "export": rows(later.format(table="export", name="exporter_name", of="product_ids[1]"), [ONE])[0],
            "village_potential": rows(later.format(table="village_potential", name="commodity", of="product_id"), [ONE])[0],
            "flagship": rows(later.format(table="flagship", name="decree_number", of="product_id"), [ONE])[0],
            "production_report": rows(later.format(table="production_report", name="month", of="umkm_id"), [ONE])[0],
            "visit": rows(later.format(table="visit", name="purpose", of="id"), [ONE])[0],
            "aspiration": rows(later.format(table="aspiration", name="text", of="visit_id"), [ONE])[0],
            "commitment": rows(later.format(table="commitment", name="text", of="visit_id"), [ONE])[0],
            "star_assessment": rows(later.format(table="star_assessment", name="note", of="product_id"), [ONE])[0],
            "certification": rows(later.format(table="certification", name="number", of="umkm_id"), [ONE])[0],
            "target": rows(later.format(table="target", name="indicator", of="id"), [ONE])[0]}


ROLES = {
    "bumdes": {"villages": [ONE]}, "dinas": {}, "bupati": {}, "system": {"villages": [ONE], "scope": ["register:read"]},
    "public": {},
}
SCOPED = ("bumdes", "dinas", "bupati", "system")
HOT = [  # statement, roles, values that are not null
    ("umkm_get", SCOPED, {"id": "ID"}),
    ("umkm_list", SCOPED, {}),
    ("umkm_list", SCOPED, {"sort": "-updated_at"}),
    ("umkm_list", SCOPED, {"after_key": "NAME", "after_id": "ID"}),
    ("umkm_list", SCOPED, {"village_code": [ONE]}),
    ("umkm_list", SCOPED, {"district_code": ["35.05.17"], "status": ["published"]}),
    ("umkm_list", SCOPED, {"status": ["submitted"]}),
    ("umkm_list", SCOPED, {"q": "NAME"}),
    ("umkm_list", SCOPED, {"id": ["ID"]}),
    *[("umkm_list", SCOPED, values) for values in (
        {"nib": "0000000000248"}, {"kbli_code": ["10761"]}, {"size_class": ["micro"]}, {"workers_total_gte": 5},
        {"village_enterprise_id": ["ID"]}, {"external_reference": "x"})],
    ("catalog_umkm_get", ("public",), {"id": "ID"}),
    ("catalog_umkm_list", ("public",), {}),
    ("catalog_umkm_list", ("public",), {"after_key": "NAME", "after_id": "ID"}),
    ("catalog_umkm_list", ("public",), {"village_code": [ONE]}),
    ("catalog_umkm_list", ("public",), {"certificate": ["organic"]}),
    ("catalog_umkm_list", ("public",), {"q": "NAME"}),
    ("product_get", SCOPED, {"id": "ID"}),
    ("product_list", SCOPED, {}),
    ("product_list", SCOPED, {"sort": "-updated_at"}),
    ("product_list", SCOPED, {"after_key": "NAME", "after_id": "ID"}),
    ("product_list", SCOPED, {"village_code": [ONE]}),
    ("product_list.usual", SCOPED, {"village_code": [ONE]}),
    ("product_list.usual", SCOPED, {"village_code": [ONE], "status": ["published"], "after_key": "NAME", "after_id": "ID"}),
    ("product_list", SCOPED, {"district_code": ["35.05.17"], "status": ["published"]}),
    ("product_list", SCOPED, {"status": ["submitted"]}),
    ("product_list", SCOPED, {"change_request": "open"}),
    ("product_list", SCOPED, {"umkm_id": ["UMKM"]}),
    ("product_list", SCOPED, {"village_enterprise_id": ["UMKM"]}),
    ("product_list", SCOPED, {"category": ["snacks"]}),
    ("product_list", SCOPED, {"hs_code": ["92060000"]}),
    ("product_list", SCOPED, {"market_reach": ["international"]}),
    ("product_list", SCOPED, {"q": "NAME"}),
    ("product_list", SCOPED, {"id": ["ID"]}),
    ("catalog_product_get", ("public",), {"id": "ID"}),
    ("catalog_product_list", ("public",), {}),
    ("catalog_product_list", ("public",), {"after_key": "NAME", "after_id": "ID"}),
    ("catalog_product_list", ("public",), {"village_code": [ONE]}),
    ("catalog_product_list", ("public",), {"district_code": ["35.05.17"]}),
    ("catalog_product_list", ("public",), {"category": ["snacks"], "market_reach": ["international"]}),
    ("catalog_product_list", ("public",), {"hs_code": ["92060000"]}),
    ("catalog_product_list", ("public",), {"umkm_id": ["UMKM"]}),
    ("catalog_product_list", ("public",), {"award_scheme": ["ministry_2021"], "award_stars": ["2"]}),
    ("catalog_product_list", ("public",), {"estimate_stars": ["5"]}),
    ("catalog_product_passport", ("public",), {"id": "ID"}),
    ("catalog_product_list", ("public",), {"certificate": ["organic"]}),
    ("catalog_product_list", ("public",), {"q": "NAME"}),
    ("training_program_get", SCOPED, {"id": "ID"}),
    *[("training_program_list", SCOPED, {"sort": "-starts_on", **values}) for values in (
        {}, {"sort": "title"}, {"sort": "updated_at"}, {"village_code": [ONE]}, {"district_code": ["35.05.17"]},
        {"topic": ["pirt"]}, {"funding_source": ["csr"]}, {"status": ["planned"]}, {"q": "NAME"}, {"id": ["ID"]},
        {"starts_on_gte": "2026-01-01", "starts_on_lte": "2026-01-31"})],
    ("mentoring_session_get", SCOPED, {"id": "ID"}),
    *[("mentoring_session_list", SCOPED, {"sort": "-starts_at", **values}) for values in (
        {}, {"sort": "updated_at"}, {"district_code": ["35.05.17"]}, {"topic": ["export"]},
        {"kind": ["workshop"]}, {"status": ["planned"]}, {"umkm_id": ["UMKM"]}, {"program_id": ["UMKM"]}, {"q": "NAME"},
        {"id": ["ID"]}, {"starts_at_gte": "2026-01-01", "starts_at_lte": "2026-01-31"})],
    ("mentoring_session_list", SCOPED, {"sort": "-starts_at", "village_code": [ONE]}),
    *[("attendance_list", SCOPED, {"sort": "-starts_at", **values}) for values in (
        {}, {"sort": "updated_at"}, {"after_key": "2026-01-01", "after_id": "ID"}, {"village_code": [ONE]},
        {"district_code": ["35.05.17"]}, {"umkm_id": ["UMKM"]}, {"session_id": ["NAME"]}, {"program_id": ["UMKM"]},
        {"topic": ["export"]}, {"id": ["ID"]}, {"starts_at_gte": "2026-01-01", "starts_at_lte": "2026-01-31"})],
    *[("mentoring_action_item_list", SCOPED, {"sort": "due_on", **values}) for values in (
        {}, {"sort": "-updated_at"}, {"village_code": [ONE]}, {"district_code": ["35.05.17"]}, {"umkm_id": ["UMKM"]},
        {"session_id": ["ID"]}, {"state": ["open"]}, {"overdue": "true"}, {"owner": ["umkm"]},
        {"due_on_gte": "2026-01-01", "due_on_lte": "2026-01-31"})],
    ("outcome_get", SCOPED, {"id": "ID"}),
    *[("outcome_list", SCOPED, {"sort": "-observed_on", **values}) for values in (
        {}, {"sort": "updated_at"}, {"village_code": [ONE]}, {"district_code": ["35.05.17"]}, {"umkm_id": ["UMKM"]},
        {"session_id": ["UMKM"]}, {"program_id": ["UMKM"]}, {"kind": ["first_export"]}, {"status": ["submitted"]},
        {"q": "NAME"}, {"id": ["ID"]}, {"observed_on_gte": "2026-01-01", "observed_on_lte": "2026-01-31"})],
    *[("buyer_list", SCOPED, values) for values in (
        {}, {"sort": "-updated_at"}, {"village_code": [ONE]}, {"district_code": ["35.05.17"]}, {"country_code": ["JP"]},
        {"kind": ["retailer"]}, {"q": "NAME"})],
    ("data_subject_request_get", SCOPED[:3], {"id": "ID"}),
    *[("data_subject_request_list", SCOPED[:3], {"sort": "due_at", **values}) for values in (
        {}, {"sort": "-updated_at"}, {"after_key": "NAME", "after_id": "ID"}, {"village_code": [ONE]}, {"id": ["ID"]},
        {"district_code": ["35.05.17"]}, {"kind": ["erasure"]}, {"status": ["received"]}, {"umkm_id": ["UMKM"]}, {"overdue": "true"},
        {"due_at_lte": "2026-01-01"})],
    *[("personal_record_list", ("dinas",), {"sort": "retention_until", **values}) for values in (
        {}, {"after_key": "NAME", "after_id": "ID"}, {"resource": ["umkm"]}, {"record_id": ["UMKM"]}, {"umkm_id": ["UMKM"]},
        {"village_code": [ONE]}, {"district_code": ["35.05.17"]}, {"retention_until_lte": "2030-01-01"},
        {"retention_until_gte": "2031-01-01"})],
    *[("personal_read_list", ("dinas", "bupati"), values) for values in (
        {}, {"after_key": "2026-11-01", "after_id": "ID"}, {"subject": "01890a5d-ac96-774b-bcce-000000000007"},
        {"resource": "buyer"}, {"record_id": ["UMKM"]}, {"village_code": ONE}, {"operation": "umkm_lookup"},
        {"at_gte": "2026-11-20", "at_lte": "2026-11-21"})],
    ("export_get", SCOPED, {"id": "ID"}),
    *[("export_list", SCOPED, {"sort": "-exported_on", **values}) for values in (
        {}, {"sort": "updated_at"}, {"village_code": [ONE]}, {"district_code": ["35.05.17"]}, {"status": ["submitted"]},
        {"mode": ["aggregator"]}, {"destination_country": ["JP"]}, {"evidence_grade": ["C"]}, {"buyer_id": ["ID"]},
        {"product_id": ["UMKM"]}, {"umkm_id": ["UMKM"]}, {"village_enterprise_id": ["UMKM"]}, {"q": "NAME"},
        {"exported_on_gte": "2026-01-01", "exported_on_lte": "2026-01-31"})],
    ("production_report_get", SCOPED, {"id": "ID"}),
    ("target_get", SCOPED, {"id": "ID"}),
    *[("target_list", SCOPED, {"sort": "-period_from", **values}) for values in (
        {}, {"sort": "updated_at"}, {"village_code": [ONE]}, {"district_code": ["35.05.17"]}, {"scope": "all"},
        {"scope": "district"}, {"indicator": ["shipments"]}, {"status": ["proposed"]}, {"change_request": "open"},
        {"period_to_gte": "2026-01-01", "period_from_lte": "2026-01-31"}, {"id": ["ID"]})],
    ("certification_get", SCOPED, {"id": "ID"}),
    *[("certification_list", SCOPED, {"sort": "expires_on", **values}) for values in (
        {}, {"sort": "-updated_at"}, {"after_key": "2027-02-01", "after_id": "ID"}, {"village_code": [ONE]},
        {"district_code": ["35.05.17"]}, {"status": ["submitted"]}, {"change_request": "open"}, {"umkm_id": ["UMKM"]},
        {"product_id": ["ID"]}, {"holder_umkm_id": ["UMKM"]}, {"kind": ["organic"]}, {"state": ["expiring"]},
        {"state": ["expired", "valid"]}, {"issued_on_gte": "2025-02-01", "issued_on_lte": "2025-02-07"},
        {"expires_on_gte": "2027-02-01", "expires_on_lte": "2027-02-28"}, {"q": "NAME"}, {"id": ["ID"]})],
    ("star_assessment_get", SCOPED, {"id": "ID"}),
    *[("star_assessment_list", SCOPED, {"sort": "-year", **values}) for values in (
        {}, {"sort": "updated_at"}, {"village_code": [ONE]}, {"district_code": ["35.05.17"]}, {"status": ["submitted"]},
        {"change_request": "open"}, {"product_id": ["UMKM"]}, {"umkm_id": ["ID"]}, {"kind": "award"},
        {"scheme": ["ministry_2021"]}, {"year": ["2015"]}, {"stars": ["3"]}, {"q": "NAME"}, {"id": ["ID"]})],
    *[("production_report_list", SCOPED, {"sort": "-month", **values}) for values in (
        {}, {"sort": "-updated_at"}, {"after_key": "NAME", "after_id": "ID"}, {"village_code": [ONE]},
        {"district_code": ["35.05.17"]}, {"status": ["submitted"]}, {"change_request": "open"}, {"umkm_id": ["UMKM"]},
        {"product_id": ["ID"]}, {"id": ["ID"]}, {"month_gte": "2025-01", "month_lte": "2025-02"})],
    ("village_potential_get", SCOPED, {"id": "ID"}),
    *[("village_potential_list", SCOPED, {"sort": "commodity", **values}) for values in (
        {}, {"sort": "-updated_at"}, {"after_key": "NAME", "after_id": "ID"}, {"village_code": [ONE]},
        {"district_code": ["35.05.17"]}, {"status": ["submitted"]}, {"change_request": "open"}, {"kind": ["craft"]},
        {"category": ["fishery"]}, {"stage": ["assessed"]}, {"season_month": 7}, {"product_id": ["UMKM"]}, {"q": "NAME"},
        {"id": ["ID"]})],
    ("flagship_get", SCOPED, {"id": "ID"}),
    *[("flagship_list", SCOPED, {"sort": "-valid_from", **values}) for values in (
        {}, {"sort": "updated_at"}, {"after_key": "2026-01-01", "after_id": "ID"}, {"village_code": [ONE]},
        {"district_code": ["35.05.17"]}, {"status": ["submitted"]}, {"change_request": "open"}, {"product_id": ["UMKM"]},
        {"current": True}, {"current": False}, {"valid_on": "2026-01-01"}, {"q": "NAME"}, {"id": ["ID"]})],
    ("catalog_product_list", ("public",), {"flagship": "current"}),
    ("visit_get", SCOPED, {"id": "ID"}),
    *[("visit_list", SCOPED, {"sort": "-visited_on", **values}) for values in (
        {}, {"sort": "updated_at"}, {"district_code": ["35.05.17"]}, {"status": ["planned"]}, {"q": "NAME"}, {"id": ["ID"]},
        {"village_code": [ONE]}, {"visited_on_gte": "2026-10-01", "visited_on_lte": "2026-10-31"})],
    *[("aspiration_list", SCOPED, {"sort": "-created_at", **values}) for values in (
        {}, {"sort": "updated_at"}, {"village_code": [ONE]}, {"district_code": ["35.05.17"]}, {"visit_id": ["UMKM"]},
        {"kind": ["obstacle"]}, {"topic": ["export"]}, {"priority": ["high"]}, {"status": ["open"]}, {"q": "NAME"}, {"id": ["ID"]})],
    ("commitment_get", SCOPED, {"id": "ID"}),
    *[("commitment_list", SCOPED, {"sort": "due_on", **values}) for values in (
        {}, {"sort": "-updated_at"}, {"village_code": [ONE]}, {"district_code": ["35.05.17"]}, {"visit_id": ["UMKM"]},
        {"aspiration_id": ["UMKM"]}, {"office": ["health"]}, {"status": ["open"]}, {"overdue": "true"}, {"q": "NAME"}, {"id": ["ID"]},
        {"due_on_gte": "2026-01-01", "due_on_lte": "2026-01-31"})],
]


# A read of one record also has a statement for several records.
HOT += [(f"{name}.many", roles, {"id": ["ID"]}) for name, roles, values in HOT if name.endswith("_get") and list(values) == ["id"]]


def claims(role):
    return json.dumps({"sub": "01890a5d-ac96-774b-bcce-b302099a8057", "role": role, **ROLES[role]}) if role != "public" else "{}"


def nodes(plan):
    yield plan
    for child in plan.get("Plans", []):
        yield from nodes(child)


def execute(cluster, database, statement, role, values, prefix="", then=None, warm=False):
    """The rows of a statement for a role; with a prefix the output of EXPLAIN; with `then` the rows
    of that statement in the same transaction. `warm` runs the statement once before, since a new
    connection has planned no function yet."""
    connection = cluster.connect(database, "ovop_statements")
    connection.autocommit = False
    try:
        cursor = connection.cursor()
        # The settings of the lanes (db.c, connection.c).
        cursor.execute("select set_config('app.claims', %s, true), set_config('plan_cache_mode', %s, true),"
                       " set_config('jit', 'off', true)",
                       [values["claims"], f"force_{'generic' if statement['lane'] == 'point' else 'custom'}_plan"])
        cursor.execute(f"set local role ovop_{role}")
        cursor.execute("prepare it as " + statement["sql"])
        binds = statement["binds"]
        marks = f"({', '.join(['%s'] * len(binds))})" if binds else ""
        given = [values.get(name) for name in binds]
        literals = ["{" + ",".join(one) + "}" if isinstance(one, list) else one for one in given]
        for prefix in ["", prefix] if warm else [prefix]:
            cursor.execute(f"{prefix} execute it{marks}", literals)
        if then:
            cursor.execute(then)
        return cursor.fetchall()
    finally:
        connection.rollback()
        connection.close()


def plan_of(*args, **more):
    return execute(*args, "explain (analyze, format json)", **more)[0][0][0]


# The rows touched tell a bad plan. The time tells functions that walk rows behind the plan: seconds,
# whatever else this machine does.
LIMIT_MS = 1000


@pytest.mark.parametrize("name, role, values", [(name, role, values) for name, roles, values in HOT for role in roles])
def test_a_hot_statement_keeps_its_plan(cluster, database, statements, many, name, role, values):
    statement = next(one for one in statements if one["name"] == name)
    table = {"attendance_list": "mentoring_participant"}.get(name) or next(one for one in many if one + "_" in name)
    found = {"ID": many[table].id, "NAME": many[table].name, "UMKM": many[table].umkm_id}
    values = {key: [found.get(one, one) for one in value] if isinstance(value, list) else found.get(value, value)
              for key, value in values.items()}
    values = {"limit": 51, "sort": "name", "claims": claims(role), **values}
    for warm in (False, True, True, True, True):  # another suite may hold the processors
        plan = plan_of(cluster, database, statement, role, values, warm=warm)
        if plan["Execution Time"] < LIMIT_MS:
            break
    for node in nodes(plan["Plan"]):
        if node.get("Relation Name") in many and node["Actual Loops"]:
            assert node["Node Type"] != "Seq Scan", json.dumps(node, indent=1)
            removed = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
            touched = (node["Actual Rows"] + removed) * node["Actual Loops"]
            assert touched < MANY / 20, f"{touched} rows touched for a page: {json.dumps(node, indent=1)}"
        conditions = " ".join(str(node.get(key, "")) for key in ("Filter", "Index Cond", "Recheck Cond", "Join Filter"))
        if table in (node.get("Relation Name"), node.get("Alias")):
            assert not re.search(r"claim_\w+\(|claims\(|current_setting", conditions), f"a policy runs once a row: {conditions}"
    assert plan["Execution Time"] < LIMIT_MS, plan["Execution Time"]


@pytest.mark.parametrize("name, role", [("product_list", "dinas"), *[("product_list.usual", one) for one in SCOPED]])
@pytest.mark.parametrize("skipped", [0, 100])
def test_a_page_of_one_village_touches_little_more_than_a_page(cluster, database, statements, many, name, skipped, role):
    """The position of the page makes no difference. PostgreSQL counts all rows that the transaction
    read from the table, also in functions. The statement finds the rows of the page, then reads
    them again by their keys."""
    statement = next(one for one in statements if one["name"] == name)
    values = {"limit": 51, "sort": "name", "claims": claims(role), "village_code": [ONE], "status": ["published"]}
    if skipped:
        last = cluster.rows(database, "select name, id from product where village_code = %s and status = 'published'"
                                      " order by name, id offset %s limit 1", [ONE, skipped])[0]
        values |= {"after_key": last.name, "after_id": last.id}
    touched = execute(cluster, database, statement, role, values, then="select seq_tup_read + idx_tup_fetch as n"
                      " from pg_stat_xact_all_tables where relid = 'product'::regclass")[0].n
    assert 51 <= touched < 4 * 51


@pytest.mark.parametrize("name, role", [("umkm_list", "dinas"), ("product_list", "bupati"), ("catalog_umkm_list", "public"),
                                        ("catalog_product_list", "public")])
def test_a_frequent_word_is_found_before_its_hits_are_sorted(cluster, database, statements, many, name, role):
    """A fifth of the rows match, and their names sort last. A walk in the order of names would
    visit the other four fifths first."""
    statement = next(one for one in statements if one["name"] == name)
    plan = plan_of(cluster, database, statement, role, {"limit": 51, "sort": "name", "claims": claims(role), "q": "tempe"})
    used = {node.get("Index Name") for node in nodes(plan["Plan"]) if "Index Scan" in node["Node Type"]}
    assert [one for one in used if "_search_" in one] and not [one for one in used if "_name_" in one], used


def test_a_total_stops_at_its_cap(cluster, database, statements, many, rows):
    """The statement counts to 100,001; the engine then reports 100,000 as capped. The limit of two
    seconds allows for sanitizers and busy machines."""
    statement = next(one for one in statements if one["name"] == "umkm_list")
    values = {"limit": 3, "sort": "name", "count": True, "claims": claims("dinas")}

    def total():
        begun = time.monotonic()
        found = {row.f_total for row in execute(cluster, database, statement, "dinas", values)}  # psycopg2 renames _total to f_total
        assert time.monotonic() - begun < 2
        return found

    assert total() == {MANY}
    rows("set session_replication_role = replica;"
         " insert into umkm (id, name, legal_form, village_code, status, source)"
         " select uuid_v7(), 'Lebih', 'perorangan', village_code, 'draft', 'import' from umkm limit 5")
    try:
        assert total() == {MANY + 1}
    finally:
        rows("set session_replication_role = replica; delete from umkm where name = 'Lebih'")


def test_the_plan_test_sees_a_policy_that_runs_once_a_row(cluster, database, statements, many, rows):
    """Without this test, the plan test above would prove nothing."""
    policy = rows("select qual from pg_policies where tablename = 'umkm' and policyname = 'bumdes_select'")[0].qual
    rows("alter policy bumdes_select on umkm using (village_code = any (claim_villages()))")
    try:
        statement = next(one for one in statements if one["name"] == "umkm_get")
        plan = plan_of(cluster, database, statement, "bumdes", {"id": many["umkm"].id, "claims": claims("bumdes")})
        assert re.search(r"claim_\w+\(|claims\(|current_setting", json.dumps(plan))
    finally:
        rows(f"alter policy bumdes_select on umkm using ({policy})")
