"""The matrix of role x operation x record, generated from the contract.

It has no deviation. If one policy or grant is missing, it has some.
"""
import pytest

from client import problem
from house import BALEREJO, JEDING
from records import body, bumdes
from rules import (CALLERS, CATALOGUE, KINDS, NOUNS, about_change, admitted, caller, expected, make, noun,
                   send)


# Elsewhere the office only reads.
OF_THE_BUPATI = {"visits", "aspirations", "commitments", "targets", "report-snapshots"}


def deviations(house, names=CALLERS, nouns=tuple(NOUNS)):
    """Returns every case with another status than the rules require."""
    found = []
    shared = {(one, kind, changing): make(house, one, kind, changing) for one in nouns for kind in KINDS for changing in (False, True)}
    for operation in house.contract.operations.values():
        of = noun(operation) or CATALOGUE.get(operation.path)
        if of not in nouns:
            continue
        for name in names:
            who = caller(house, name)
            for kind in KINDS:
                shown = shared[of, kind, about_change(operation)]
                right = expected(operation, who, shown)
                changes = operation.method != "GET" and right & {operation.success, 202}
                record = make(house, of, kind, about_change(operation)) if changes else shown
                status = send(house, who, operation, record.id).status_code
                if status not in right:
                    found.append(f"{name} {operation.id} {kind}: {status}, not {right}")
    return found


def test_every_caller_gets_what_the_rules_allow(house):
    found = deviations(house)
    assert not found, "\n".join(found)


def test_a_refused_caller_changes_nothing(house):
    record = make(house, "umkm", "own")
    path = f"/v1/umkm/{record.id}"
    before = house.bumdes.get(path)
    for operation in house.contract.operations.values():
        if noun(operation) == "umkm":
            for name in ("public", "bupati", "bumdes2", "admin", "reporter", "reader"):
                who = caller(house, name)
                if operation.method != "GET" and expected(operation, who, record) != {operation.success}:
                    send(house, who, operation, record.id)
    assert house.bumdes.get(path).headers["ETag"] == before.headers["ETag"]


LISTED = sorted(set(NOUNS) - {"mentoring-participants"})  # these are listed by session


@pytest.mark.parametrize("noun", LISTED)
def test_a_list_holds_what_its_caller_may_read(house, noun):
    records = {kind: make(house, noun, kind) for kind in ("own", "other draft", "other published")}
    operation = house.contract.find("GET", f"/v1/{noun}")
    one = house.contract.find("GET", f"/v1/{noun}/{records['own'].id}")
    for name in CALLERS:
        who = caller(house, name)
        if admitted(operation, who):
            ids = ",".join(record.id for record in records.values())
            shown = {row["id"] for row in who.get(f"/v1/{noun}", params={"id": ids}).json()["data"]}
            assert shown == {record.id for record in records.values() if expected(one, who, record) == {200}}, name


@pytest.mark.parametrize("noun", LISTED)
def test_a_cursor_of_another_caller_shows_no_more_than_your_own(house, noun):
    """A cursor only marks the start of a page. It does not depend on the caller."""
    operation = house.contract.find("GET", f"/v1/{noun}")
    ids = ",".join(make(house, noun, kind).id for kind in ("own", "other draft", "own", "other published"))
    wide = house.dinas if admitted(operation, house.dinas) else house.bupati
    cursor = wide.get(f"/v1/{noun}", params={"id": ids, "limit": "1"}).json()["page"]["next_cursor"]
    for name in ("bumdes", "village_reader"):
        who = caller(house, name)
        if admitted(operation, who):
            rest = {row["id"] for row in who.get(f"/v1/{noun}", params={"id": ids, "cursor": cursor}).json()["data"]}
            assert rest <= {row["id"] for row in who.get(f"/v1/{noun}", params={"id": ids}).json()["data"]}, name
            assert rest or noun in OF_THE_BUPATI, name


@pytest.mark.parametrize("noun", ["umkm", "village-enterprises"])
@pytest.mark.parametrize("village, scoped, wide", [(BALEREJO, 201, 201), (JEDING, 422, 201), ("35.05.17.2001", 422, 422)])
def test_a_record_is_created_inside_the_scope_only(house, noun, village, scoped, wide):
    for name, status in (("bumdes", scoped), ("village_writer", scoped), ("dinas", wide), ("writer", wide)):
        sent = bumdes(house.contract, village) if noun == "village-enterprises" else \
            body(house.contract, "umkm_create", village_code=village, village_enterprise_id=None)
        reply = house.caller(name).post(f"/v1/{noun}", sent, status)
        if status == 422:
            assert {"/village_code", "/villages"} & {pointer for pointer, _ in problem(reply)[1]}


def test_a_record_does_not_move_out_of_the_scope(house):
    record = make(house, "umkm", "own")
    refused = house.bumdes.patch(f"/v1/umkm/{record.id}", {"village_code": JEDING}, status=422)
    assert ("/village_code", "scope") in problem(refused)[1]


def test_a_foreign_and_a_missing_record_look_the_same(house):
    foreign, missing = make(house, "umkm", "other draft"), make(house, "umkm", "missing")
    replies = [house.bumdes.get(f"/v1/umkm/{one.id}", 404).json() for one in (foreign, missing)]
    for reply, one in zip(replies, (foreign, missing)):
        reply.pop("request_id"), reply.pop("instance")
        assert one.id not in str(reply)
    assert replies[0] == replies[1]


# The contract against product.md


def test_the_public_surface_is_the_one_that_was_decided(contract):
    prefixes = ("/v1/catalog/", "/v1/districts", "/v1/villages", "/v1/reference/", "/v1/star-rubrics", "/oauth/", "/.well-known/",
                "/openapi.json", "/docs", "/data-dictionary.csv")
    for operation in contract.operations.values():
        if not operation.security:
            assert operation.path.startswith(prefixes), operation.id
            assert operation.method == "GET" or operation.path.startswith("/oauth/"), operation.id


def test_roles_are_those_of_the_product(contract):
    for operation in contract.operations.values():
        roles = {entry[0] for entry in operation.security}
        personal = operation.path.startswith("/v1/me")
        if operation.security and not personal:
            administration = operation.path.startswith(("/v1/users", "/v1/service-accounts"))
            assert ("admin" in roles) == administration and (not administration or roles == {"admin"}), operation.id
            assert operation.method == "GET" or "bupati" not in roles or operation.path.split("/")[2] in OF_THE_BUPATI, operation.id
            assert all(len(entry) > 1 for entry in operation.security if entry[0] == "system"), operation.id
            if operation.method != "GET":
                assert ["system", "register:read"] not in operation.security, operation.id
        if operation.id.endswith(("reveal", "lookup")):
            assert roles <= {"dinas", "bumdes"}, operation.id


# The matrix itself

SOME = ("bumdes", "dinas", "bupati", "village_writer")
BROKEN = [
    "alter policy bumdes_select on umkm using (true)", "drop policy bumdes_select on umkm", "drop policy bumdes_update on umkm",
    "drop policy system_select on umkm",
    "drop policy dinas_update on umkm", "revoke select on umkm from ovop_bupati", "revoke update on umkm from ovop_bumdes",
    "alter policy system_select on umkm using (true)", "alter table umkm disable row level security",
]


def test_it_is_sound_before_it_is_broken(scratch):
    assert deviations(scratch, SOME, ["umkm"]) == []


@pytest.mark.parametrize("statement", BROKEN)
def test_without_one_policy_or_grant_the_matrix_fails(scratch, statement):
    scratch.rows(statement)
    try:
        found = deviations(scratch, SOME, ["umkm"])
    except AssertionError as broken:  # making the records failed, which is a finding too
        found = [str(broken)]
    finally:
        scratch.rows("call business_table('umkm')")
    assert found


def test_it_is_sound_after_it_was_mended(scratch):
    assert deviations(scratch, SOME, ["umkm"]) == []
