"""Every text says something, every number has one form, and a refusal says how to write it."""
import unicodedata
import uuid

import pytest

import cases
import rules
from client import problem
from house import BALEREJO
from records import body, product, umkm

BLANK = [" ", "   ", "\u00a0", "\u00ad", "\u0301", "\u0301\u0302", "\u034f", "\u064b", "\u115f", "\u180e", "\u2003", "\u200b", "\u200d",
         "\u20dd", "\u2060", "\u2800", "\u3000", "\u3164", "\ua9b3", "\ufe0f", "\ufeff", "\uffa0", "\ufffc", "\ufffe", "\ue000",
         "\U000e0041", "\U0001d159", "\u2028", "\u2029", "\n", "\r\n", "\t", " \u200b\u00a0", ""]
READABLE = ["?", "-", "7", "é", "e\u0301", "🍯", "❤️", "ꦏꦺꦴꦥꦶ", "قهوة", "咖啡", "ก็", "𝓚", "°", "€", "“", "x\u200dy"]
PASSWORDS = {"/current_password", "/new_password"}


def texts(contract, schema, pointer=""):
    """Yields the JSON Pointer and schema of each text in a body without a fixed list of values."""
    schema = contract.resolve(schema)
    schema = contract.resolve(schema["anyOf"][0]) if "anyOf" in schema else schema
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        for name, member in schema["properties"].items():
            yield from texts(contract, member, f"{pointer}/{name}")
    elif kind == "array":
        yield from texts(contract, schema["items"], f"{pointer}/0")
    elif kind == "string" and "enum" not in schema and "const" not in schema:
        yield pointer, schema


def with_text(value, steps, text):
    """The value with this text at the end of the steps. What is missing on the way is made."""
    if not steps:
        return text
    if steps[0] == "0":
        return [with_text((value or [None])[0], steps[1:], text)]
    return {**(value or {}), steps[0]: with_text((value or {}).get(steps[0]), steps[1:], text)}


def writes(house):
    for operation in house.contract.operations.values():
        if operation.body and operation.media_type != "application/x-www-form-urlencoded":
            yield operation, operation.body["content"][operation.media_type]["schema"]


def test_no_text_of_any_write_may_be_blank(house):
    """Each blank in all texts of each body at once. Only passwords are taken as they are."""
    tried, taken = set(), []
    for operation, schema in writes(house):
        roles = [entry[0] for entry in operation.security]
        who = house.caller(next(one for one in ("dinas", "admin", "bumdes", "bupati") if one in roles))
        pointers = [pointer for pointer, _ in texts(house.contract, schema) if pointer not in PASSWORDS]
        tried |= {(operation.id, pointer) for pointer in pointers}
        at = rules.address(operation, BALEREJO if "/villages/" in operation.path else BALEREJO[:8] if "/districts/" in operation.path else str(uuid.uuid4()))
        for blank in BLANK if pointers else ():
            sent = house.contract.body(operation)
            for pointer in pointers:
                sent = with_text(sent, pointer.split("/")[1:], blank)
            match = "*" if any(one["name"] == "If-Match" for one in operation.named("header")) else None
            reply = who(operation.method, at, sent, match=match)
            broken = {one.get("pointer") for one in reply.json()["violations"]} if reply.status_code == 422 else set()
            taken += [(operation.id, pointer, ascii(blank), reply.status_code) for pointer in pointers if pointer not in broken]
    assert len(tried) > 300 and not taken, taken[:20]


def test_no_search_may_be_blank(house):
    searched = [one for one in house.contract.operations.values() if any(p["name"] == "q" for p in one.named("query"))]
    for operation in searched:
        for blank in ("\u00a0\u3000", "\u200b\u2060", "\u0301\u0301", "\u2800\u2800"):
            reply = cases.Case(house, operation, {}).who("GET", operation.path, params={"q": blank}, status=400)
            assert problem(reply) [1][-1] == ("q", "blank"), operation.id
    assert len(searched) > 15


@pytest.mark.parametrize("text", READABLE)
def test_a_text_that_people_can_read_is_kept_as_it_is(house, text):
    made = product(house.bumdes, name=text, story=f"{text}\n")
    assert (unicodedata.normalize("NFC", made["name"]), made["story"][-1]) == (unicodedata.normalize("NFC", text), "\n")


@pytest.mark.parametrize("text", [" Kopi", "Kopi ", "\u00a0Kopi", "Kopi\u3000", "Kopi\u200b", "\ufeffKopi", "Kopi\u00ad", "Kopi\u2800"])
def test_blanks_around_a_text_are_named(house, text):
    sent = body(house.contract, "umkm_create", village_code=BALEREJO, name=text)
    reply = house.bumdes.post("/v1/umkm", sent, 422)
    assert [(one["code"], one["detail"]) for one in reply.json()["violations"] if one["pointer"] == "/name"] \
        == [("edges", "Hapus spasi di awal dan akhir.")]


def test_a_password_is_taken_as_it_is_typed(house):
    """Blanks are a legal part of it: the refusal is about the old password."""
    sent = {"current_password": "\u3000\u3000", "new_password": " sawah hijau di kaki Kelud\u3000"}
    broken = problem(house.person("blanks", "dinas")("POST", "/v1/me/password", sent))[1]
    assert ("/new_password", "blank") not in broken and ("/new_password", "edges") not in broken
    assert ("/current_password", "blank") not in broken


def test_a_rejection_without_a_readable_note_is_refused(house):
    made = umkm(house.bumdes)
    house.bumdes.act(f"/v1/umkm/{made['id']}", "submit")
    for note in ("\u3164", "\u00a0", "\n", None):
        reply = house.dinas("POST", f"/v1/umkm/{made['id']}/actions/reject", {"note": note}, match="*", status=422)
        assert [pointer for pointer, _ in problem(reply)[1]] == ["/note"]
    house.dinas("POST", f"/v1/umkm/{made['id']}/actions/reject", {"note": "?"}, match="*", status=200)
