"""Personal data does not leak.

Marked values go through every personal member of the contract and every operation on their records.
Then all output of the run is searched for them. The contract defines the sealed members. The schema
defines the members that the audit must not contain.
"""
import itertools
import json
import os
import subprocess

import psycopg2
import pytest
import requests

from client import MERGE_PATCH
from cluster import BIN
from persons import disclose
from records import body
from rules import CALLERS, CATALOGUE, NOUNS, admitted, caller, noun, writer_of

LETTERS = str.maketrans("0123456789", "ghijklmnop")  # a name holds no digits
MARK = "zq" + os.urandom(4).hex().translate(LETTERS)
COUNT = itertools.count(int.from_bytes(os.urandom(2), "big"))
KEYS = itertools.count()
PURPOSE = {"purpose": "Uji kebocoran"}


def candidates(member):
    """Yields values for a member. Each contains a unique mark."""
    n = next(COUNT)
    yield f"Siti{MARK}{n} Rahayu{MARK}".translate(LETTERS)
    yield f"350599410190{n % 9999 + 1:04}"
    yield f"+62877{n:06}{n % 90 + 10}"
    yield f"{member}.{n}@{MARK}.example"
    yield [f"https://{MARK}.example/{member}/{n}"]


def marked(contract, member, schema):
    """Returns a marked value that the contract allows for this member."""
    return next(value for value in candidates(member) if not contract.faults(schema, value))


def sealed_members(contract, operation):
    """Returns the sealed members of a body: name -> schema."""
    if not operation.body:
        return {}
    members = contract.resolve(operation.body["content"][operation.media_type]["schema"]).get("properties", {})

    def is_sealed(schema):
        schema = contract.resolve(schema)
        return "x-sealed" in schema or any(is_sealed(one) for one in schema.get("anyOf", []))

    return {name: schema for name, schema in members.items() if is_sealed(schema)}


def clear_members(house):
    """Returns the columns that are personal but not sealed: column -> tables."""
    found = {}
    for one in house.rows(r"""
            select c.relname as name, a.attname as member
              from pg_trigger t
                   join pg_class c on c.oid = t.tgrelid
                   cross join unnest((string_to_array(encode(t.tgargs, 'escape'), '\000'))[2]::text[]) p (member)
                   join pg_attribute a on a.attrelid = c.oid and a.attname = p.member and a.atttypid <> 'sealed'::regtype
             where t.tgname = 'audit'
               and c.relname in (select table_name from personal_data)"""):
        found.setdefault(one.member, set()).add(one.name)
    return found


class Run:
    """One run of the service in a separate house, with all its replies."""

    def __init__(self, house):
        self.house, self.contract = house, house.contract
        self.read, self.refused = [], []   # (what, text)
        self.sealed, self.clear = {}, {}   # member -> marked values
        self.paths = []
        self.columns = clear_members(house)

    def value(self, member, schema, kind):
        """Returns one value for each member, so that a lookup finds the stored value."""
        if member not in kind:
            kind[member] = marked(self.contract, member, schema)
        return kind[member]

    def keep(self, method, path, reply):
        if reply.status_code >= 400:
            self.refused.append((f"{method} {path}", reply.text + str(reply.headers)))
        elif method == "GET":
            self.read.append((f"GET {path}", reply.text + str(reply.headers)))
        return reply

    def ask(self, who, method, path, sent=None, **more):
        return self.keep(method, path, who(method, path, sent, **more))

    def fill(self):
        """Writes marked values to every personal member of every operation."""
        for word in NOUNS:
            made = NOUNS[word](writer_of(self.house, word))
            self.paths.append((word, f"/v1/{word}/{made['id']}"))
        for operation in self.contract.operations.values():
            members = self.members(operation)
            if operation.method == "PUT" and members:
                self.ask(self.house.dinas, "PUT", self.path(operation), self.body(operation), match="*", status=200)
            elif operation.method == "PATCH" and members:
                key = {"Idempotency-Key": f"leak-{next(KEYS)}"}
                self.ask(self.house.dinas, "PATCH", self.path(operation), {name: self.body(operation)[name] for name in members},
                         match="*", headers=key, status=200)

    def members(self, operation):
        """Returns the personal members: name -> (schema, dict that keeps the value)."""
        sealed = sealed_members(self.contract, operation)
        found = {name: (schema, self.sealed) for name, schema in sealed.items()}
        if operation.body and noun(operation):
            schema = self.contract.resolve(operation.body["content"][operation.media_type]["schema"])
            found |= {name: (one, self.clear) for name, one in schema.get("properties", {}).items()
                      if name not in sealed and any(operation.id.startswith(table + "_") for table in self.columns.get(name, ()))}
        return found

    def body(self, operation):
        filled = {name: self.value(name, schema, kind) for name, (schema, kind) in self.members(operation).items()}
        if operation.id == "umkm_consent_put":  # a public member needs given_on
            filled |= {"contact_public": True, "given_on": "2026-01-05", "processing_restricted": False}
        return body(self.contract, operation.id, **filled)

    def path(self, operation):
        return dict(self.paths)[noun(operation)] + operation.path.partition("{id}")[2]

    def open(self):
        """Calls every operation that reveals personal data. It must return the marked values."""
        opened = ""
        for operation in self.contract.operations.values():
            members = sealed_members(self.contract, operation)
            if operation.method == "POST" and operation.path.endswith("/lookup"):
                sent = {name: self.value(name, schema, self.sealed) for name, schema in members.items()}
                self.ask(self.house.dinas, "POST", operation.path, {**sent, **PURPOSE}, status=200)
            elif operation.method == "POST" and operation.path.endswith("/reveal"):
                opened += self.ask(self.house.dinas, "POST", self.path(operation), PURPOSE, status=200).text
            elif operation.id == "umkm_disclose":
                opened += disclose(self.house, dict(self.paths)["umkm"]).text
        assert all(value in opened for value in self.sealed.values() if isinstance(value, str) and "." not in value), \
            "a marked value is missing in the replies"

    def walk(self):
        """Sends every GET on every record as every caller."""
        for name in CALLERS:
            who = caller(self.house, name)
            for operation in self.contract.operations.values():
                if operation.method == "GET" and (not operation.security or admitted(operation, who)):
                    if noun(operation):
                        self.ask(who, "GET", self.path(operation))
                    elif operation.path in CATALOGUE:
                        self.ask(who, "GET", operation.path.replace("{id}", self.paths[0][1].split("/")[-1]))
                    elif "{" not in operation.path and operation.path.startswith("/v1/"):
                        self.ask(who, "GET", operation.path)

    def misuse(self):
        """Sends personal data in wrong places and in refused requests."""
        for operation in self.contract.operations.values():
            members = self.members(operation)
            if not members or operation.method == "GET":
                continue
            path = self.path(operation) if noun(operation) else operation.path
            sent = {**self.body(operation), **(PURPOSE if operation.method == "POST" else {})}
            kind = {"Content-Type": MERGE_PATCH if operation.method == "PATCH" else "application/json"}
            value = json.dumps(next(iter(sent[name] for name in members)))
            for wrong in ({**sent, "no_such_member": sent}, *({**sent, name: f"{sent[name]}*\u0007"} for name in members)):
                assert self.ask(self.house.dinas, operation.method, path, wrong, match="*").status_code == 422
            for data in (b'{"name": ' + value.encode(), b'[' + value.encode() + b']', value.encode()):
                assert self.ask(self.house.dinas, operation.method, path, data=data, headers=kind, match="*").status_code in (400, 422)
            self.ask(self.house.dinas, operation.method, path, data=json.dumps(sent).encode(), headers={"Content-Type": "text/xml"},
                     match="*", status=415)
            self.ask(self.house.public, operation.method, path, sent, match="*", status=401)
            self.ask(self.house.admin, operation.method, path, sent, match="*", status=403)
            if any(one["name"] == "If-Match" for one in operation.named("header")):
                self.ask(self.house.dinas, operation.method, path, sent, match='"999999"', status=412)
        for value in (one for one in self.sealed.values() if isinstance(one, str)):
            for path in (f"/v1/umkm?nik={value.replace('+', '%2B').replace(' ', '%20')}", f"/v1/umkm/{value.replace(' ', '%20')}"):
                assert self.ask(self.house.dinas, "GET", path).status_code in (400, 404)
        # No request reaches this check. PostgreSQL must not log the refused row.
        with pytest.raises(psycopg2.errors.CheckViolation):
            self.house.rows("insert into umkm (name, village_code, workers_male, contact_phone)"
                            " select 'x', village_code, -1, contact_phone from umkm where id = %s", [self.umkm.split("/")[-1]])
        # A system's own reference is unique.
        with_constraint = body(self.contract, "umkm_create", village_enterprise_id=None, external_reference=f"leak-{MARK}", **{
            name: value for name, value in self.clear.items() if name.startswith("contact_")})
        self.ask(self.house.writer, "POST", "/v1/umkm", with_constraint, headers={"Idempotency-Key": "leak-first"}, status=201)
        self.ask(self.house.writer, "POST", "/v1/umkm", with_constraint, headers={"Idempotency-Key": "leak-second"}, status=409)

    @property
    def umkm(self):
        return dict(self.paths)["umkm"]

    def values(self, *kinds):
        """Returns the marked values as texts to search for."""
        return {text for kind in kinds for value in kind.values() for text in (value if isinstance(value, list) else [value])}

    def stored(self):
        """Returns every table as text."""
        tables = [one.name for one in self.house.rows("select relname as name from pg_class where relkind in ('r', 'p')"
                                                      " and relnamespace = 'public'::regnamespace")]
        return {table: self.house.rows(f"select coalesce(string_agg(t::text, ' '), '') as all from {table} t")[0].all
                for table in tables}

    def dump(self):
        done = subprocess.run([str(BIN / "pg_dump"), self.house.cluster.url(self.house.database)], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def logs(self):
        return {"the service's log": self.house.log.read_text(errors="replace"),
                "PostgreSQL's log": self.house.cluster.log.read_text(errors="replace"),
                "the metrics": requests.get(self.house.ops + "/metrics", timeout=5).text}


@pytest.fixture(scope="module")
def run(build):
    it = Run(build().prepare().start())
    it.fill()
    it.open()
    it.walk()
    it.misuse()
    return it


def leaks(texts, values):
    return [(where, value) for where, text in texts for value in values if value in text]


def test_the_personal_members_are_the_known_ones(run):
    """Otherwise the run would have marked nothing."""
    assert {"name", "nik", "npwp", "phone", "address", "email"} <= set(run.sealed)
    assert {"contact_phone", "contact_whatsapp", "contact_email", "contact_links", "public_owner_name", "evidence", "details"} \
        <= set(run.clear)
    assert len(run.read) > 200 and len(run.refused) > 50


def test_no_get_shows_what_is_sealed(run):
    assert leaks(run.read, run.values(run.sealed)) == []


def test_no_problem_repeats_a_value(run):
    assert leaks(run.refused, run.values(run.sealed, run.clear)) == []


def test_no_log_and_no_metric_holds_one(run):
    assert leaks(run.logs().items(), run.values(run.sealed, run.clear)) == []


def test_the_database_holds_nothing_sealed_in_the_clear(run):
    assert leaks([("pg_dump", run.dump())], run.values(run.sealed)) == []


def test_unsealed_personal_data_is_only_in_its_own_table(run):
    """Only its table and the replies kept for retries hold it, not the audit or read log."""
    own = {table for tables in run.columns.values() for table in tables} | {"idempotency_key"}
    stored = run.stored()
    assert leaks([one for one in stored.items() if one[0] not in own], run.values(run.clear)) == []
    assert len({value for _, value in leaks(stored.items(), run.values(run.clear))}) == len(run.values(run.clear)), \
        "each marked value is in a table"


def test_no_parameter_is_personal(contract, run):
    """Other systems log addresses."""
    personal = set(run.sealed) | set(run.clear)
    assert [(operation.id, one["name"]) for operation in contract.operations.values() for one in operation.parameters
            if one["in"] != "header" and one["name"] in personal] == []


def test_after_an_erasure_nothing_is_left_anywhere(run):
    """No table, kept reply, change request or history contains a marked value."""
    house, id = run.house, run.umkm.split("/")[-1]
    request = house.bumdes.post("/v1/data-subject-requests", {"kind": "erasure", "umkm_id": id}).json()
    house.dinas.act(f"/v1/data-subject-requests/{request['id']}", "grant")
    others = [one["id"] for one in house.dinas.pages("/v1/personal-records") if one["umkm_id"] is None]
    house.dinas.act(run.umkm, "erase", business_contact=True, others=others, note="Uji kebocoran")
    # The records of other UMKM.
    for row in house.rows("select resource, record_id from personal_record"):
        house.rows("select forget_record(%s, %s)", [row.resource, row.record_id])
    assert leaks(run.stored().items(), run.values(run.sealed, run.clear)) == []
    assert house.rows("select id from personal_record") == []
    history = house.dinas.get(run.umkm + "/history").text
    assert '"nik"' in history and leaks([("history", history)], run.values(run.sealed, run.clear)) == []
