"""Hostile values in every declared member and parameter never cause a fault of the service."""
import contextlib
import csv
import io
import math
import re
from urllib.parse import urlencode

import pytest
import requests

from cases import Case
from client import Client, problem
from rules import address, send, valid_body

TEXTS = [
    "", " ", "\u0000", "\u0007", "a\r\nSet-Cookie: x=1", "\ud7ff\uffff", "\u202e\u2066", "🙂" * 3, "é" * 5000, "%00", "%",
    "../../etc/passwd", "<script>alert(1)</script>",
    "' or '1'='1", "'; drop table umkm; --", "\\", "\\x00", "$1", "{0}", "{limit}", "%s%n", "null", "NaN", "-0", "1e999", "0x10",
    "9" * 40, "2026-02-30",
    "0000-00-00", "9999-12-31T23:59:60Z", "infinity", "-infinity", "now", "00000000-0000-0000-0000-000000000000",
    "=cmd|' /C calc'!A0",
]
VALUES = TEXTS + [
    None, True, False, 0, -1, 1.5, 2**31, 2**53, 2**63, -(2**63) - 1, 1e300, [], {}, [[]], [None], ["x"] * 300, {"a": 1},
    {"$ref": "#/x"}, [{"a": [1]}],
]


FORM_BYTES = 8192  # x-max-bytes of the token service


def fine(reply):
    return reply.status_code < 500 and "Traceback" not in reply.text


@pytest.fixture(scope="module")
def house(build):
    """A separate house, since it stores some of the hostile values."""
    return build().prepare().start()


@pytest.fixture(scope="module")
def cases(house, present):  # noqa: F811
    return [Case(house, operation, present) for operation in house.contract.operations.values()]


def test_no_member_of_a_body_breaks_the_service(house, cases):
    """An operation on one record gets the id of a missing one.

    So the test covers parsing and checks, not the effect.
    """
    found, sent = [], 0
    for case in cases:
        if not case.operation.body or case.operation.media_type == "application/x-www-form-urlencoded":
            continue
        schema = house.contract.resolve(case.operation.body["content"][case.operation.media_type]["schema"])
        whole = valid_body(house.contract, case.operation)
        for member in schema["properties"]:
            for value in VALUES:
                reply = send(house, case.who, case.operation, case.missing, body={**whole, member: value})
                sent += 1
                if not fine(reply):
                    found.append(f"{case.operation.id} {member}={value!r:.60}: {reply.status_code}")
    assert sent > 3000 and not found, "\n".join(found)


def numbers(contract, schema, pointer=""):
    """Yields every integer or number of a body: (pointer, schema, put).

    `put(value)` returns the members of a body with this value.
    """
    schema = contract.resolve(schema["anyOf"][0] if "anyOf" in schema else schema)
    kinds = [schema.get("type")] if not isinstance(schema.get("type"), list) else schema["type"]
    if "integer" in kinds or "number" in kinds:
        yield pointer, schema, lambda value: value
    elif "array" in kinds:
        for place, found, put in numbers(contract, schema["items"], pointer + "/0"):
            yield place, found, lambda value, put=put: [put(value)]
    for name, member in schema.get("properties", {}).items():
        for place, found, put in numbers(contract, member, f"{pointer}/{name}"):
            yield place, found, lambda value, name=name, put=put: {name: put(value)}


def test_every_number_is_taken_up_to_its_bounds_and_no_further(house, cases):
    """A number beyond a bound is 422 by a rule of the contract.

    It never becomes an error of the database and is never truncated.
    """
    found, tried = [], 0
    for case in cases:
        if not case.operation.body or case.operation.media_type == "application/x-www-form-urlencoded":
            continue
        for place, schema, put in numbers(house.contract, case.operation.body["content"][case.operation.media_type]["schema"]):
            least, most = schema["minimum"], schema["maximum"]
            assert -2**53 < least <= most < 2**53, f"{case.operation.id} {place}"
            near = () if schema["type"] == "integer" or "integer" in schema["type"] else (
                math.nextafter(least, -math.inf), math.nextafter(least, math.inf), math.nextafter(most, math.inf))
            for value in (least, most, *near, least - 1, most + 1, 2**53 - 1, 2**53, 2**53 + 1, -2**53, -2**53 - 1, -2**63):
                whole = {**valid_body(house.contract, case.operation), **put(value)}
                reply = send(house, case.who, case.operation, case.missing, body=whole)
                rules = [rule for at, rule in problem(reply)[1] if at == place] if reply.status_code >= 400 else []
                tried += 1
                wanted = [] if least <= value <= most else ["too_small" if value < least else "too_large"]
                if not fine(reply) or [rule for rule in rules if rule in ("too_small", "too_large", "type")] != wanted:
                    found.append(f"{case.operation.id} {place}={value}: {reply.status_code} {rules}, not {wanted}")
    assert tried > 500 and not found, "\n".join(found)


def test_no_query_parameter_breaks_the_service(house, cases):
    found = []
    for case in cases:
        for parameter in case.operation.named("query"):
            # libmicrohttpd refuses an address of 30,000 bytes.
            for value in (text[:4000] for text in TEXTS):
                reply = case.who(case.operation.method, address(case.operation, case.present),
                                 params={parameter["name"]: value.encode("utf-8", "surrogatepass")})
                if reply.status_code not in (200, 400, 414):
                    found.append(f"{case.operation.id} {parameter['name']}={value!r:.60}: {reply.status_code}")
    assert not found, "\n".join(found)


def test_no_form_field_breaks_the_token_service(house):
    for field in ("grant_type", "username", "password", "refresh_token", "client_id", "client_secret", "scope"):
        for value in TEXTS:
            whole = {"grant_type": "password", "username": "nobody", "password": "wrong password",
                     field: value.encode("utf-8", "surrogatepass")}
            reply = house.public.form("/oauth/token", None, {"X-Forwarded-For": "203.0.113.70"}, **whole)
            allowed = (400, 401, 429) if len(urlencode(whole)) <= FORM_BYTES else (413,)
            assert reply.status_code in allowed, (field, value, reply.status_code)


HEADERS = ["Accept", "Accept-Language", "Authorization", "If-Match", "If-None-Match", "Idempotency-Key", "X-Request-Id",
           "traceparent", "Origin", "Content-Type",
           "X-Forwarded-For", "Content-Encoding", "Range", "Prefer", "Cookie", "Expect-CT"]


@pytest.mark.parametrize("name", HEADERS)
def test_no_header_breaks_the_service(house, name):
    values = ["", ",", ";", "\"", "a" * 5000, ",".join(["a"] * 500), ";q=" * 200, "\x7f", "\xff\xfe", "%00", "*/*;q=9", "W/",
              "00-" + "f" * 32 + "-" + "f" * 16 + "-01", "-1"]
    for value in values:
        for method, path in (("GET", "/v1/villages"), ("POST", "/v1/umkm")):
            client = Client(house.base, house.contract, house.bumdes.token)
            # libmicrohttpd stores each cookie, and closes the connection when its memory is full.
            many_cookies = name == "Cookie" and value.count(",") > 400
            with pytest.raises(requests.ConnectionError) if many_cookies else contextlib.nullcontext():
                reply = client(method, path, {} if method == "POST" else None, headers={name: value.encode("latin1")})
                assert fine(reply), (name, value, reply.status_code)


@pytest.mark.parametrize("name", ["=1+1", "+1+1", "-1+1", "@SUM(1)", "＝1+1", "＋1", "－1", "＠SUM(1)", "Desa;=1+1", '"=1+1"', '",=1+1,"'])
def test_a_name_in_csv_is_no_formula(house, name):
    """With commas or semicolons as delimiters, no cell is a formula and the name is readable."""
    kept, = house.rows("select name from village where code = '35.05.17.2009'")
    house.rows("update village set name = %s where code = '35.05.17.2009'", [name])
    try:
        text = house.public.get("/v1/villages", params={"format": "csv", "district_code": "35.05.17"}).content.decode()
    finally:
        house.rows("update village set name = %s where code = '35.05.17.2009'", [kept.name])
    for delimiter in ",;":
        cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) for cell in row]
        assert not [cell for cell in cells if re.match(r"[=+@＝＋－＠-]", cell) and not re.fullmatch(r"-\d+\.\d+", cell)]
    row, = (row for row in csv.DictReader(io.StringIO(text, newline="")) if row["code"] == "35.05.17.2009")
    assert row["name"].removeprefix("'").replace(";'", ";") == name
