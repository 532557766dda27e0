"""Behaviour that all operations share. The cases come from the contract."""
from concurrent.futures import ThreadPoolExecutor

import pytest

from cases import Case
from client import Client
from rules import CALLERS, address, admitted, caller, make, noun

RETRIES = 20  # at a time


def all_cases(house, present, status):
    """Returns a case for every operation that declares this status."""
    return [Case(house, operation, present)
            for operation in house.contract.operations.values() if str(status) in operation.responses]


def wrong(cases, status, attempt):
    found = []
    for case in cases:
        reply = attempt(case)
        if reply.status_code != status:
            found.append(f"{case.operation.id}: {reply.status_code}, not {status}: {reply.text[:200]}")
    return "\n".join(found)


def test_an_unknown_parameter_is_400(house, present):
    def attempt(case):
        return case.who(case.operation.method, address(case.operation, case.present), params={"no_such_parameter": "1"})
    assert not wrong(all_cases(house, present, 400), 400, attempt)


def test_a_bad_token_is_401_everywhere_and_none_where_a_role_is_needed(house, present):
    bad = Client(house.base, house.contract, "not.a.token")
    tokens = [case for case in all_cases(house, present, 401) if case.operation.members["tags"] not in (["oauth"], ["documentation"])]
    assert not wrong(tokens, 401, lambda case: case.send(who=bad))
    assert not wrong([case for case in all_cases(house, present, 401) if case.operation.security], 401,
                     lambda case: case.send(who=house.public))


@pytest.mark.parametrize("name", sorted(set(CALLERS) - {"public"}))
def test_a_role_without_the_operation_is_403(house, present, name):
    who = caller(house, name)
    cases = [case for case in all_cases(house, present, 403) if not admitted(case.operation, who)]
    assert cases and not wrong(cases, 403, lambda case: case.send(who=who))


def test_a_missing_record_is_404(house, present):
    cases = [case for case in all_cases(house, present, 404) if {"id", "code"} & set(case.operation.variables)]
    assert not wrong(cases, 404, lambda case: case.send(case.missing))


def test_what_is_not_served_is_406(house, present):
    assert not wrong(all_cases(house, present, 406), 406, lambda case: case.send(case.missing, headers={"Accept": "image/png"}))


def test_a_stale_version_is_412_and_a_missing_one_428(house, present):
    assert not wrong(all_cases(house, present, 412), 412, lambda case: case.send(match='"999999"'))
    assert not wrong(all_cases(house, present, 428), 428, lambda case: case.send(match=None))


def test_a_body_that_is_too_large_is_413(house, present):
    def attempt(case):
        return case.send(body=None, data=b" " * (2**20 + 1), headers={"Content-Type": case.operation.media_type})
    assert not wrong(all_cases(house, present, 413), 413, attempt)


@pytest.mark.parametrize("media", [
    "text/xml", "text/plain", "text/plain; x=application/json", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded",
])
def test_a_body_of_another_kind_is_415(house, present, media):
    """A form of another site needs no preflight.

    So its media types are accepted only by operations that expect a form.
    """
    cases = [case for case in all_cases(house, present, 415) if case.operation.media_type != media]
    assert not wrong(cases, 415, lambda case: case.send(body=None, data=b"{}", headers={"Content-Type": media}))


def test_an_unknown_member_or_a_reused_key_is_422(house, present):
    def attempt(case):
        if case.operation.body:
            return case.send(body={"no_such_member": 1})
        key = {"Idempotency-Key": "reused-" + case.operation.id}
        other = make(house, noun(case.operation), "own")
        assert case.send(other.id, headers=key).status_code == case.operation.success
        return case.send(headers=key)
    assert not wrong(all_cases(house, present, 422), 422, attempt)


def test_a_retry_in_flight_is_409(house, present, build):
    """A lock on the table of keys stands for a first attempt that still runs.

    Each retry waits three seconds for the lock. An instance with many connections sends them.
    """
    beside = build(database=house.database, OVOP_KEYS_DIR=str(house.keys), OVOP_ISSUER=house.base,
                   OVOP_WRITE_CONNECTIONS=str(RETRIES), OVOP_POOL_WAIT_MS="10000").start()
    cases = [case for case in all_cases(house, present, 409)
             if any(one["name"] == "Idempotency-Key" for one in case.operation.named("header"))]
    holder = house.cluster.connect(house.database)
    holder.autocommit = False
    holder.cursor().execute("lock table idempotency_key in exclusive mode")
    try:
        def attempt(case):
            who = Client(beside.base, house.contract, case.who.token)
            return case, case.send(who=who, headers={"Idempotency-Key": "in-flight-" + case.operation.id})

        with ThreadPoolExecutor(RETRIES) as pool:
            replies = list(pool.map(attempt, cases))
    finally:
        holder.rollback()
        holder.close()
    assert not [f"{case.operation.id}: {reply.status_code} {reply.text[:200]}" for case, reply in replies
                if reply.status_code != 409 or reply.json()["code"] != "idempotency_in_flight"]


def test_what_is_held_is_304(house, present):
    def attempt(case):
        etag = case.send().headers.get("ETag", "*")
        return case.send(headers={"If-None-Match": etag})
    assert not wrong(all_cases(house, present, 304), 304, attempt)


def test_every_list_is_walked_whole_in_every_sort(house, present):
    for operation in house.contract.operations.values():
        parameters = {one["name"]: one["schema"] for one in operation.named("query")}
        if "cursor" in parameters:
            case = Case(house, operation, present)
            path = address(operation, case.present)
            for sort in parameters.get("sort", {}).get("enum", [None]):
                params = {"sort": sort} if sort else {}
                once = list(case.who.pages(path, limit=200, **params))
                walked = list(case.who.pages(path, limit=min(200, max(3, len(once) // 5)), **params))
                assert [key(one) for one in walked] == [key(one) for one in once], (operation.id, sort)
                assert len({key(one) for one in once}) == len(once) > 0, (operation.id, sort)


def key(row):
    return row.get("id") or row.get("code") or (row["year"], row["hs_chapter"], row["country_code"])


def test_every_parameter_takes_its_own_example(house, present):
    for operation in house.contract.operations.values():
        for parameter in operation.named("query"):
            schema = parameter["schema"]
            example = parameter.get("example", schema.get("enum", [schema.get("default")])[0])
            if parameter["name"] != "cursor":
                value = {list: lambda one: ",".join(map(str, one)), bool: lambda one: str(one).lower()}.get(type(example), str)(example)
                case = Case(house, operation, present)
                reply = case.who.get(address(operation, case.present), None, params={parameter["name"]: value})
                assert reply.status_code == 200, (operation.id, parameter["name"], value, reply.text[:300])


def test_every_get_has_a_head(house, present):
    cases = [Case(house, operation, present) for operation in house.contract.operations.values() if operation.method == "GET"]
    for case in cases:
        reply = case.who("HEAD", address(case.operation, case.present))
        assert reply.status_code == 200 and reply.content == b"", case.operation.id


def test_routes_and_paths_are_the_same_list(house, contract):
    """Every path of the contract is served, with its methods and no others."""
    for path in {operation.path for operation in contract.operations.values()}:
        operations = [one for one in contract.operations.values() if one.path == path]
        allow = house.public("OPTIONS", address(operations[0], "x"), status=204).headers["Allow"]
        methods = {one.method for one in operations}
        assert set(allow.replace(" ", "").split(",")) == methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set()), path
