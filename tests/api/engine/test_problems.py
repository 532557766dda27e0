"""A problem names every fault of a request at once, in the caller's language."""
import json

import pytest

from client import problem
from house import BALEREJO, day
from records import body

VILLAGE = f"/v1/villages/{BALEREJO}"


def patch(house, data, media="application/merge-patch+json", **headers):
    """Sends raw bytes as a PATCH of a village."""
    return house.dinas("PATCH", VILLAGE, data=data, match="*", headers={"Content-Type": media, **headers})


# Every rule at once


def test_every_broken_member_is_named_at_once(house):
    sent = body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None)
    sent.update(name="", nib="12", legal_form="castle", workers_male=-1, capital_idr="a lot", founded_on="2020-02-30",
                colour="red")
    del sent["village_code"]
    refused = problem(house.bumdes.post("/v1/umkm", sent, 422))
    assert refused[0] == "validation_failed"
    assert dict(refused[1]) == {
        "/name": "too_short", "/nib": refused_code(refused, "/nib"), "/legal_form": "enum", "/workers_male": "too_small",
        "/capital_idr": "type",
        "/founded_on": "format", "/colour": "unknown_member", "/village_code": "required"}


def refused_code(refused, pointer):
    """A NIB of the wrong form has one of these codes, since a pattern may have its own code."""
    code = dict(refused[1])[pointer]
    assert code in ("pattern", "too_short", "nib_format")
    return code


def test_references_are_checked_together(house):
    sent = body(house.contract, "umkm_create", village_code="35.05.17.2001", founded_on="2999-01-01",
                village_enterprise_id=None)
    assert {pointer for pointer, _ in problem(house.bumdes.post("/v1/umkm", sent, 422))[1]} == {"/founded_on", "/village_code"}


@pytest.mark.parametrize("sent, violations", [
    ({}, [("", "too_few_members")]),
    ({"code": "35.05.17.2008"}, [("/code", "unknown_member")]),
    ({"version": 5}, [("/version", "unknown_member")]),
    ({"population": "1"}, [("/population", "type")]),
    ({"population": 1.5}, [("/population", "type")]),
    ({"population": True}, [("/population", "type")]),
    ({"population": []}, [("/population", "type")]),
    ({"population": -1}, [("/population", "too_small")]),
    ({"population": 1000001}, [("/population", "too_large")]),
    ({"index_name": "IDM"}, [("/index_name", "enum")]),
    ({"index_score": "1.5"}, [("/index_score", "pattern")]),
    ({"index_score": "0.8312345"}, [("/index_score", "too_long")]),
    ({"a~b/c": 1}, [("/a~0b~1c", "unknown_member")]),
    ({"population": 2**53}, [("/population", "too_large")]),
])
def test_a_broken_rule_has_a_pointer_and_a_code(house, sent, violations):
    assert problem(house.dinas.patch(VILLAGE, sent, status=422)) == ("validation_failed", violations)


def test_bounds_are_themselves_allowed(house):
    for population, year in ((0, 1990), (1000000, int(day()[:4])), (None, None)):
        after = house.dinas.patch(VILLAGE, {"population": population, "population_year": year}).json()
        assert (after["population"], after["population_year"]) == (population, year)


@pytest.mark.parametrize("text, code", [
    ("\u0000", "control_character"), ("\u0007", "control_character"), ("a\nb", "control_character"),
    ("\u202e", "control_character"),
    ("\u2066x", "control_character"), ("", "too_short"), ("x" * 201, "too_long"), ("   ", "blank"),
    (" a", "edges"), ("a\u00a0", "edges"), ("a\u2028b", "control_character"),
])
def test_a_name_is_readable_text(house, text, code):
    sent = body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None, name=text)
    reply = house.bumdes.post("/v1/umkm", sent, None)
    assert reply.status_code in (400, 422)
    if reply.status_code == 422:
        assert ("/name", code) in problem(reply)[1]


def test_length_is_counted_in_characters(house):
    sent = body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None)
    size = house.contract.document["components"]["schemas"]["UmkmNew"]["properties"]["name"]["maxLength"]
    made = house.bumdes.post("/v1/umkm", {**sent, "name": "é" * (size - 1) + "🙂"}).json()
    assert made["name"] == "é" * (size - 1) + "🙂"
    refused = house.bumdes.post("/v1/umkm", {**sent, "name": "🙂" * (size + 1)}, 422)
    assert problem(refused)[1] == [("/name", "too_long")]


# Languages


@pytest.mark.parametrize("accept, language", [
    (None, "id"), ("id", "id"), ("en", "en"), ("en-US,en;q=0.9", "en"), ("fr, en;q=0.5, id;q=0.1", "en"), ("fr", "id"),
    ("id;q=0, en", "en"), ("*", "id"),
    ("en;q=0.2, id;q=0.8", "id"), (";;;", "id"), ("EN", "en"),
])
def test_problems_speak_the_callers_language(house, accept, language):
    reply = house.dinas.patch(VILLAGE, {"population": -1}, status=422, headers={"Accept-Language": accept} if accept else {})
    answer = reply.json()
    assert reply.headers["Content-Language"] == language
    assert answer["title"] == {"id": "Isian tidak valid", "en": "Validation failed"}[language]
    assert answer["code"] == "validation_failed" and answer["violations"][0]["code"] == "too_small"
    assert "{" not in answer["violations"][0]["detail"] and "0" in answer["violations"][0]["detail"]


# Malformed JSON


@pytest.mark.parametrize("data", [
    b"", b" ", b"{", b"}", b"nul", b"{'a':1}", b'{"population":1}{}', b'{"population":1},', b'{"population":01}',
    b'{"population":+1}', b'{"population":.5}',
    b'{"population":NaN}', b'{"population":Infinity}', b'{"population":1e999}', b'{"population":1', b'{"population":1}\x00',
    b'\xef\xbb\xbf{"population":1}',
    b'{"population":1,"population":2}', b'{"population":\xff}', b'{"index_name":"\xff"}', b'{"index_name":"\xc0\xaf"}',
    b'{"index_name":"\xed\xa0\x80"}',
    b'{"index_name":"\\ud800"}', b'{"index_name":"\\u0000"}', b'{"index_name":"a\nb"}', b'{"population":99999999999999999999}',
    b"{/*c*/}", b'{"a":1,}',
    b"[" * 100000, b'{"a":' * 1000 + b"1" + b"}" * 1000, b'{"population"' + b":" * 1000,
])
def test_malformed_json_is_refused_and_breaks_nothing(house, data):
    reply = patch(house, data)
    assert reply.status_code in (400, 422), reply.text
    assert reply.json()["code"] in ("malformed_json", "invalid_encoding", "validation_failed"), reply.text
    house.public.get(VILLAGE)


@pytest.mark.parametrize("data, status", [(b"[]", 422), (b"1", 422), (b'"a"', 422), (b"null", 422), (b"true", 422)])
def test_a_body_is_an_object(house, data, status):
    assert patch(house, data).status_code in (400, status)


def test_depth_is_bounded(house):
    for levels, code in ((31, "validation_failed"), (32, "validation_failed"), (33, "malformed_json"), (2049, "malformed_json")):
        deep = b'{"colour":' + b"[" * (levels - 1) + b"]" * (levels - 1) + b"}"
        assert problem(patch(house, deep))[0] == code, levels


@pytest.mark.parametrize("number, value", [("1E0", 1), ("10e-1", 1), ("1.0", 1), ("-0", 0), ("0.0", 0), ("2.50e2", 250), ("1e6", 10 ** 6)])
def test_a_whole_number_is_an_integer_in_every_spelling(house, number, value):
    """JSON Schema 2020-12, 6.1.1. Clients in languages without integers write 1.0."""
    reply = patch(house, b'{"population_year":2023,"population":' + number.encode() + b"}")
    assert reply.status_code == 200 and reply.json()["population"] == value


@pytest.mark.parametrize("number, code", [("1.5", "type"), ("1e-1", "type"), ("1e30", "too_large"), ("-1.0", "too_small")])
def test_another_number_is_none(house, number, code):
    reply = patch(house, b'{"population_year":2023,"population":' + number.encode() + b"}")
    assert problem(reply)[1] == [("/population", code)]


def test_a_unicode_escape_is_the_character(house):
    sent = body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None)
    sent["name"] = "Kopi \u00e9 \U0001f642 / \\ \""
    data = json.dumps(sent, ensure_ascii=True).encode()
    made = house.bumdes("POST", "/v1/umkm", data=data, headers={"Content-Type": "application/json"}, status=201).json()
    assert made["name"] == sent["name"]


def test_a_missing_body_is_refused(house):
    reply = house.dinas("PATCH", VILLAGE, match="*", headers={"Content-Type": "application/json"})
    assert reply.status_code in (400, 422)


def test_problems_name_no_inner_thing(house):
    nowhere = body(house.contract, "umkm_create", village_code="35.05.17.2001", village_enterprise_id=None)
    replies = [house.dinas.patch(VILLAGE, {"population": -1}, status=422), house.public.get("/v1/nothing", 404),
               house.bumdes.post("/v1/umkm", nowhere, 422)]
    for reply in replies:
        assert not any(word in reply.text.lower()
                       for word in ("select ", "constraint", "relation", "pg_", "sqlstate", "plpgsql", ".c:"))
