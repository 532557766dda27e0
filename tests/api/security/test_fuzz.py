"""Sends drawn requests to every operation: valid ones, and ones with a single fault.

FUZZ_EXAMPLES is the number of requests of each kind for each operation. Without it, they are few
and always the same. FUZZ_ONLY is a pattern of operation ids.
"""
import functools
import itertools
import json
import os
import re
import zlib
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from records import participant
from rules import NOUNS, admitted, caller, make, valid_body
from strategies import MALFORMED, NASTY, UNKNOWN, Strategies

EXAMPLES = os.environ.get("FUZZ_EXAMPLES")
PROFILE = settings(max_examples=int(EXAMPLES or 6), database=None, deadline=None, print_blob=False,
                   phases=[Phase.generate] + [Phase.shrink] * bool(EXAMPLES), suppress_health_check=list(HealthCheck))
CALLERS = ("dinas", "admin", "bumdes", "bupati", "writer", "exporter", "producer", "reporter")
FORM = "application/x-www-form-urlencoded"
# Other tables have the name in the path.
TABLES = {"action-items": "mentoring_action_item", "users": "user_account"}
REFERENCES = {"program_id": "training-programs", "session_id": "mentoring-sessions",
              # Other members have the name of their resource.
              "rubric_id": "star-rubrics", "reverses": "production-reports"}
KEYS = map("fuzz-{}-".format, itertools.count())  # each key is used once
KEY = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7e), max_size=240)
NOTHING = "01890a5d-ac96-774b-bcce-b302099a8057"


@pytest.fixture(scope="module")
def house(build):
    """A separate house with the sample data and one draft of each noun."""
    it = build().prepare()
    assert it.run("migrate", "--sample").returncode == 0
    it.start()
    for noun in NOUNS:
        make(it, noun, "own")
    participant(it.dinas)
    for name in CALLERS:
        caller(it, name)
    return it


@pytest.fixture(scope="module")
def known(house):
    """Returns existing values by the first word of a path, and by the name of a member."""
    ids = {}
    for word in sorted({first_word(one) for one in house.contract.operations.values() if "id" in one.variables}):
        table = TABLES.get(word, word.replace("-", "_").removesuffix("s"))
        if word in ("users", "service-accounts"):  # the accounts of the callers must not change
            ids[word] = [newcomer(house, word, n) for n in range(2)]
        else:
            ids[word] = [row.id for row in house.rows(f"select id::text from {table} order by id limit 60")]
    named = {word.replace("-", "_").removesuffix("s") + "_id": found for word, found in ids.items()}
    named.update({name: ids[word] for name, word in REFERENCES.items()})
    villages = [row.code for row in house.rows("select distinct village_code as code from umkm order by 1 limit 20")]
    named.update(village_code=villages, villages=villages, district_code=[code[:8] for code in villages], limit=[1, 2, 200])
    return ids, named


def first_word(operation):
    return operation.path.removeprefix("/v1/").removeprefix("catalog/").split("/")[0]


def newcomer(house, word, n):
    body = {"username": f"fuzz{n}", "full_name": "Uji", "role": "dinas"} if word == "users" else \
        {"client_id": f"fuzz{n}", "name": "Uji", "scopes": ["register:read"], "villages": ["district"]}
    return house.admin.post(f"/v1/{word}", body).json()["id"]


class Asked:
    """Draws and sends requests to one operation."""

    def __init__(self, house, operation, known):
        self.house, self.operation = house, operation
        self.ids, names = known
        self.strategies = Strategies(house.contract, names)
        self.callers = [one for one in (caller(house, name) for name in CALLERS) if admitted(operation, one)] or [house.public]
        self.query = [one for one in operation.named("query") if one["name"] != "cursor"]
        self.word = first_word(operation)
        if operation.body:
            self.schema = operation.body["content"][operation.media_type]["schema"]

    def path(self, data, wrong=None):
        path = self.operation.path
        for parameter in self.operation.named("path"):
            name = parameter["name"]
            if name == wrong:
                wrong_text = self.strategies.wrong_text(parameter).filter(lambda one: one and one.strip("./") == one)
                text = data.draw(wrong_text, "broken")
            elif name == "id":
                text = data.draw(st.sampled_from((self.ids.get(self.word) or []) * 3 + [NOTHING]), name)
            else:
                likely = self.word[:-1] + "_code" if name == "code" else name
                text = data.draw(self.strategies.text({"name": likely, "schema": parameter["schema"]}), name)
            path = path.replace("{" + name + "}", quote(text, safe=""))
        return path

    def parameters(self, data):
        some = st.lists(st.sampled_from(self.query), max_size=3, unique_by=lambda one: one["name"]) if self.query else st.just([])
        chosen = data.draw(some, "parameters")
        needed = [one for one in self.query if one.get("required") and one not in chosen]
        return [(one["name"], data.draw(self.strategies.text(one), one["name"])) for one in chosen + needed]

    def body(self, data):
        if not self.operation.body:
            return None
        example = functools.partial(valid_body, self.house.contract, self.operation)
        return data.draw(self.strategies.body(self.operation, example if example() else None), "body")

    def send(self, data, path, query="", body=None, raw=None):
        headers = {}
        for header in self.operation.named("header"):
            if header["name"] == "If-Match":
                headers["If-Match"] = data.draw(st.sampled_from(["*"] * 4 + ['"1"', '"1.0123abcd", "7"', 'W/"1"']), "If-Match")
            elif header["name"] == "Idempotency-Key" and data.draw(st.integers(0, 3)) == 0:
                headers["Idempotency-Key"] = next(KEYS) + data.draw(KEY)
            elif header["name"] == "Accept-Language":
                headers["Accept-Language"] = data.draw(st.sampled_from(["id", "en", "*", "fr;q=0.5, en;q=0.1"]))
        if self.operation.media_type == FORM:
            raw = form(body) if raw is None else raw
        elif body is not None and raw is None:
            raw = json.dumps(body).encode()
        if raw is not None:
            headers["Content-Type"] = self.operation.media_type
        who = data.draw(st.sampled_from(self.callers))
        reply = who(self.operation.method, path + ("?" + query if query else ""), data=raw, headers=headers)
        description = f"{self.operation.method} {path}?{query} {(raw or b'')[:1500]!r} -> {reply.status_code} {reply.text[:500]}"
        assert reply.status_code < 500, description
        return reply, description


def form(fields):
    return "&".join(f"{name}={quote(text)}" for name, text in fields.items()).encode()


def pairs(parameters):
    return "&".join(f"{name}={quote(text, safe=',')}" for name, text in parameters)


def explore(house, known, attempt, fitting=lambda asked: True):
    """Draws requests for every operation and reports all findings together."""
    found, only = [], re.compile(os.environ.get("FUZZ_ONLY", ""))
    # DELETE comes last, since it removes records.
    for operation in sorted(house.contract.operations.values(), key=lambda one: one.method == "DELETE"):
        asked = Asked(house, operation, known)
        if not fitting(asked) or not only.search(operation.id):
            continue

        @PROFILE
        @given(st.data())
        def one(data):
            try:
                attempt(asked, data)
            except AssertionError as fault:
                asked.fault = f"{operation.id}: {fault}"
                raise

        try:
            # A seed for each operation, so that they get different requests.
            (one if EXAMPLES else seed(zlib.crc32(operation.id.encode()))(one))()
        except Exception as error:  # also when Hypothesis cannot repeat a failure
            found.append(getattr(asked, "fault", None) or f"{operation.id}: {error!r}")
    assert not found, "\n\n".join(found)


def test_what_the_contract_takes_is_answered_as_it_declares(house, known):
    """The client checks the reply against the contract.

    400 is allowed only for a period that ends before it begins.
    """
    def attempt(asked, data):
        path, query, body = asked.path(data), pairs(asked.parameters(data)), asked.body(data)
        reply, description = asked.send(data, path, query, body)
        periods = reply.status_code == 400 and {one["code"] for one in reply.json().get("violations", [])} == {"before_start"}
        assert reply.status_code not in (400, 401, 405, 406, 413, 415) or periods or asked.operation.media_type == FORM, description
    explore(house, known, attempt)


def refused(reply, description, status, *codes):
    assert reply.status_code == status, description
    assert reply.headers["Content-Type"].startswith("application/problem+json") and reply.json()["code"] in codes, description
    return reply.json().get("violations", [])


def test_a_body_with_one_fault_is_refused_and_the_place_is_named(house, known):
    def attempt(asked, data):
        body = asked.body(data)
        pointer, broken = data.draw(asked.strategies.broken_body(asked.schema, body), "broken")
        reply, description = asked.send(data, asked.path(data), raw=json.dumps(broken).encode())
        places = [one["pointer"] for one in refused(reply, description, 422, "validation_failed")]
        assert any(one == pointer or one.startswith(pointer + "/") for one in places), f"{pointer}: {description}"
    explore(house, known, attempt, lambda asked: asked.operation.body and asked.operation.media_type != FORM)


def test_what_is_no_json_object_is_refused(house, known):
    def attempt(asked, data):
        text = json.dumps(asked.body(data)).encode()
        how = data.draw(st.sampled_from(sorted(MALFORMED)), "how")
        refused(*asked.send(data, asked.path(data), raw=MALFORMED[how](text)), 400, "malformed_json")
    explore(house, known, attempt, lambda asked: asked.operation.body and asked.operation.media_type != FORM)


def test_a_broken_parameter_is_refused_and_named(house, known):
    def attempt(asked, data):
        given_ones, body = asked.parameters(data), asked.body(data)
        names = {one["name"] for one in asked.operation.named("query")}
        faults = ["path"] * bool(asked.operation.variables) + ["value"] * 2 * bool(asked.query) + ["twice"] * bool(given_ones)
        fault = data.draw(st.sampled_from(["unknown", "encoding", *faults]), "fault")
        name = data.draw(st.sampled_from(asked.operation.variables), "which") if fault == "path" else None
        path = asked.path(data, name)
        query, code = pairs(given_ones), "invalid_parameter"
        if fault == "unknown":
            near = [more for one in sorted(names) for more in (one + "[]", one + "_", one + " ", one + "%00", one.upper())]
            name = data.draw(st.sampled_from([one for one in UNKNOWN + NASTY + near if one not in names and one]), "unknown")
            query, code = "&".join(filter(None, [query, quote(name, safe="") + "=1"])), "unknown_parameter"
        elif fault == "twice":
            name, text = given_ones[0]
            query, code = f"{query}&{name}={quote(text, safe=',')}", "duplicate_parameter"
        elif fault == "value":
            parameter = data.draw(st.sampled_from(asked.query), "which")
            name = parameter["name"]
            broken = (name, data.draw(asked.strategies.wrong_text(parameter), "broken"))
            query = pairs([one for one in given_ones if one[0] != name] + [broken])
        elif fault == "encoding":
            broken = data.draw(st.sampled_from(["q=%ff", "%c0%80=1", "q=%00", "q=%ed%a0%80"]), "encoding")
            query = "&".join(filter(None, [query, broken]))
            refused(*asked.send(data, path, query, body), 400, "invalid_encoding")
            return
        places = refused(*(asked.send(data, path, query, body)), 400, code)
        assert name in [one.get("parameter") for one in places], (name, path, query, places)
    explore(house, known, attempt, lambda asked: asked.operation.media_type != FORM)


def test_a_broken_form_is_refused(house, known):
    def attempt(asked, data):
        body = asked.body(data)
        needed = asked.strategies.plain(asked.schema)[0]["required"]
        faults = {"missing": form({name: text for name, text in body.items() if name not in needed}),
                  "twice": form(body) + b"&" + form(body), "encoding": form(body) + b"&a=%ff",
                  "NUL": form(body) + b"&a=%00", "empty": b""}
        reply, description = asked.send(data, asked.path(data), raw=faults[data.draw(st.sampled_from(sorted(faults)), "fault")])
        assert reply.status_code == 400, description
    explore(house, known, attempt, lambda asked: asked.operation.media_type == FORM)
