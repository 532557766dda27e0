"""Flagships: a decree names one product of a village, never two on one day."""
from concurrent.futures import ThreadPoolExecutor

import pytest

from client import Client, problem
from house import BALEREJO, JEDING, WLINGI, day
from records import body, enterprise, flagship, product, publish, verify

WHERE = "/v1/flagships"
TAKEN = ("duplicate", [("/valid_from", "one_flagship")])
# Each test takes another village.
VILLAGES = (f"35.05.{of}" for of in [*(f"02.{n}" for n in range(2001, 2012)), *(f"13.{n}" for n in range(2001, 2011))])


def path(made):
    return f"{WHERE}/{made['id']}"


def found(who, where=WHERE, **filters):
    return {one["id"] for one in who.pages(where, limit=200, **filters)}


def submitted(house, village, since, until, **members):
    made = flagship(house.dinas, village, valid_from=since, valid_to=until, **members)
    house.dinas.act(path(made), "submit")
    return path(made)


def refused(house, /, **members):
    fields = {"village_code": BALEREJO, "product_id": product(house.bumdes)["id"], **members}
    return problem(house.dinas.post(WHERE, body(house.contract, "flagship_create", **fields), 422))[1]


# Members


def test_what_was_sent_is_what_is_read(house):
    fields = body(house.contract, "flagship_create", village_code=BALEREJO, product_id=product(house.bumdes)["id"])
    made = house.dinas.post(WHERE, fields)
    read = house.dinas.get(made.headers["Location"]).json()
    assert {name: read[name] for name in fields} == {**fields, "decree_number": fields["decree_number"].upper()}
    assert (read["status"], read["current"], read["district_code"]) == ("draft", False, BALEREJO[:8])


@pytest.mark.parametrize("members, fault", [
    ({"decree_number": ""}, ("/decree_number", "too_short")), ({"decreed_on": "2999-01-01"}, ("/decreed_on", "future")),
    ({"valid_from": "2026-02-30"}, ("/valid_from", "format")),
    ({"valid_from": "2026-02-02", "valid_to": "2026-02-01"}, ("/valid_to", "before_start")),
    ({"village_code": "35.05.17.2001"}, ("/village_code", "exists")), ({"village_code": JEDING}, ("/product_id", "exists")),
    ({"product_id": "01890a5d-ac96-774b-bcce-b302099a8057"}, ("/product_id", "exists")),
])
def test_what_is_wrong_is_named(house, members, fault):
    assert fault in refused(house, **members)


@pytest.mark.parametrize("name", ["bumdes", "bupati", "writer", "admin"])
def test_the_dinas_alone_writes_it(house, name):
    fields = body(house.contract, "flagship_create", village_code=BALEREJO, product_id=product(house.bumdes)["id"])
    house.caller(name).post(WHERE, fields, 403)


def test_its_recorder_does_not_decide_it(house):
    made = flagship(house.dinas)
    house.dinas.act(path(made), "submit")
    reply = house.dinas("POST", path(made) + "/actions/verify", {}, match="*", status=403)
    assert problem(reply) == ("forbidden", [("/status", "verifier_wrote")])
    house.dinas2.act(path(made), "verify")


def test_a_village_reads_its_own(house):
    made = flagship(house.dinas)
    assert house.bumdes.get(path(made)).json()["allowed_actions"] == []
    house.bumdes2.get(path(made), 404)
    assert made["id"] in found(house.bumdes) and made["id"] not in found(house.bumdes2)
    for name in ("bupati", "reader"):
        house.caller(name).get(path(made))


def test_a_product_with_a_decree_stays(house):
    made = product(house.bumdes)
    flagship(house.dinas, product_id=made["id"])
    assert problem(house.bumdes.delete(f"/v1/products/{made['id']}", status=409)) == ("state_conflict", [("/id", "in_use")])


def test_its_village_and_product_are_expanded_when_asked(house):
    of_it = product(house.bumdes)
    made = flagship(house.dinas, product_id=of_it["id"])
    assert made["village"] is made["product"] is None
    full = house.bumdes.get(path(made), params={"expand": "village,product"}).json()
    assert (full["product"]["name"], full["village"]["name"]) == (of_it["name"], "Balerejo")


# One for each village


@pytest.mark.parametrize("since, until", [
    ("2026-01-01", None), ("2026-06-30", "2026-12-31"), ("2025-01-01", "2026-01-01"), ("2026-03-01", "2026-03-01")])
def test_no_village_has_two_on_one_day(house, since, until):
    village = next(VILLAGES)
    house.dinas2.act(submitted(house, village, "2026-01-01", "2026-06-30"), "verify")
    second = submitted(house, village, since, until)
    warned = house.dinas.get(second).json()["warnings"]
    assert ("/valid_from", "one_flagship") in [(one["pointer"], one["code"]) for one in warned], "the warning comes before the refusal"
    assert problem(house.dinas2("POST", second + "/actions/verify", {}, match="*", status=409)) == TAKEN
    assert house.dinas.get(second).json()["status"] == "submitted"


def test_one_follows_another_and_every_village_has_its_own(house):
    villages = WLINGI[:3]
    maker = enterprise(house.bumdesma, villages[0], villages=villages, kind="bumdesma")["id"]
    joint = product(house.bumdesma, villages[0], villages=villages, umkm_id=None, village_enterprise_id=maker)["id"]
    for village in villages:
        for since, until in (("1948-01-01", "1948-06-30"), ("1948-07-01", "1948-12-31")):
            house.dinas2.act(submitted(house, village, since, until, product_id=joint), "verify")


def test_two_verified_at_once_have_one_winner(house):
    village = next(VILLAGES)
    paths = [submitted(house, village, "2026-01-01", None) for _ in range(4)]
    officers = [Client(house.base, house.contract, house.dinas2.token) for _ in paths]
    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda who, one: who("POST", one + "/actions/verify", {}, match="*"), officers, paths))
    assert sorted(reply.status_code for reply in replies) == [200, 409, 409, 409]
    assert all(problem(reply) == TAKEN for reply in replies if reply.status_code == 409)


def test_what_no_longer_counts_makes_room(house):
    village = next(VILLAGES)
    first, second = (submitted(house, village, "2026-01-01", None) for _ in range(2))
    house.dinas2.act(first, "verify")
    house.dinas2("POST", first + "/actions/request_revision", {"note": "Nomor keliru"}, match="*", status=200)
    house.dinas2.act(second, "verify")
    house.dinas.act(first, "submit")
    assert problem(house.dinas2("POST", first + "/actions/verify", {}, match="*", status=409)) == TAKEN
    house.dinas2.act(second, "archive")
    house.dinas2.act(first, "verify")


def test_an_end_is_set_by_a_change_that_is_refused_when_asked_for(house):
    village = next(VILLAGES)
    first = submitted(house, village, "2025-01-01", "2025-12-31")
    publish(house, path(flagship(house.dinas, village, valid_from="2026-01-01", valid_to=None)), house.dinas)
    house.dinas2.act(first, "verify")
    assert problem(house.dinas.patch(first, {"valid_to": "2026-01-01"}, status=409)) == TAKEN
    assert house.dinas.patch(first, {"valid_to": "2025-06-30"}).json()["change_request"]["members"] == ["valid_to"]
    reply = house.dinas2("POST", first + "/change-request/actions/verify", {}, match="*", status=200).json()
    assert (reply["valid_to"], reply["change_request"]) == ("2025-06-30", None)


def test_an_end_before_the_beginning_is_refused_in_a_change_too(house):
    made = flagship(house.dinas, next(VILLAGES), valid_from="2026-01-01", valid_to=None)
    publish(house, path(made), house.dinas)
    assert problem(house.dinas.patch(path(made), {"valid_to": "2025-12-31"}, status=422))[1] == [("/valid_to", "before_start")]


# Lists


def test_every_filter_finds_it_and_not_another(house):
    village = next(VILLAGES)
    made = flagship(house.dinas, village, valid_from=day(-30), valid_to=day(30))
    verify(house, path(made), house.dinas)
    other = flagship(house.dinas)
    for name, value in {"village_code": village, "district_code": village[:8], "product_id": made["product_id"], "id": made["id"],
                        "status": "verified", "status_ne": "draft", "current": "true", "valid_on": day(-30),
                        "updated_at_gte": made["updated_at"]}.items():
        ids = found(house.dinas, **{name: value})
        assert made["id"] in ids and (other["id"] not in ids or name == "updated_at_gte"), name
    for name, value in {"current": "false", "valid_on": day(31), "status": "draft", "updated_at_lte": "2020-01-01T00:00:00Z"}.items():
        assert made["id"] not in found(house.dinas, **{name: value}), name
    assert other["id"] in found(house.dinas, current="false")
    house.dinas.patch(path(made), {"valid_to": None})
    assert made["id"] in found(house.dinas, change_request="open")


@pytest.mark.parametrize("since, until, current", [
    (0, 0, True), (-9, None, True), (-9, -1, False), (1, None, False)])
def test_current_is_what_is_in_force_today(house, since, until, current):
    village = next(VILLAGES)
    made = flagship(house.dinas, village, valid_from=day(since), valid_to=until if until is None else day(until))
    assert made["current"] is False, "a draft is never in force"
    assert verify(house, path(made), house.dinas)["current"] is current
    assert found(house.dinas, current="true", village_code=village) == ({made["id"]} if current else set())


# The catalogue


def page(house, village):
    return house.public.get(f"/v1/catalog/villages/{village}").json()


def test_the_catalogue_shows_todays_flagship(house):
    village = "35.05.02.2012"
    of_it = product(house.dinas, village)
    made = flagship(house.dinas, village, product_id=of_it["id"], valid_from=day(-9), valid_to=None)
    publish(house, path(made), house.dinas)
    assert page(house, village)["flagship"] is None, "the product is not published yet"
    assert [one["code"] for one in house.dinas.get(path(made)).json()["warnings"]] == ["unpublished"]
    publish(house, f"/v1/products/{of_it['id']}", house.dinas)
    assert house.dinas.get(path(made)).json()["warnings"] == []
    decree = {name: made[name] for name in ("decree_number", "decreed_on", "valid_from", "valid_to")}
    assert page(house, village)["flagship"] == {"product_id": of_it["id"], "name": of_it["name"],
                                                "name_en": of_it["name_en"], **decree}
    listed, = house.public.pages("/v1/catalog/villages", code=village)
    assert listed == page(house, village)
    of_product = house.public.get(f"/v1/catalog/products/{of_it['id']}").json()
    assert of_product["flagship_of"] == [{"code": village, "name": "Bendorejo", **decree}]
    assert of_product in list(house.public.pages("/v1/catalog/products", flagship="current"))
    house.dinas.patch(path(made), {"valid_to": day(-1)})
    house.dinas2("POST", path(made) + "/change-request/actions/verify", {}, match="*", status=200)
    assert page(house, village)["flagship"] is None
    assert house.public.get(f"/v1/catalog/products/{of_it['id']}").json()["flagship_of"] == []
    assert of_it["id"] not in found(house.public, "/v1/catalog/products", flagship="current")
