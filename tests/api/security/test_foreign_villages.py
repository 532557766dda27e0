"""A record that names villages beyond the writer's own is unseen there until the Dinas verifies it."""
import json

import pytest

from client import problem
from house import BALEREJO, JEDING
from records import award, body, bumdes, certification, estimate, line, product, publish, umkm, verify

OWN = "35.05.17.2008"  # with BALEREJO in the scope of `bumdesma`
NOUNS = ["products", "village-enterprises"]
WARNING = ("/villages", "villages_waiting")


def claim(house, noun, client, villages, status=201, **members):
    """Makes a record of these villages; the first leads."""
    if noun == "products":
        members = {"umkm_id": umkm(client, villages[0])["id"], "village_enterprise_id": None, **members}
        sent = body(house.contract, "product_create", village_code=villages[0], villages=villages, **members)
    else:
        sent = bumdes(house.contract, villages[0], villages=villages, kind="bumdesma", **members)
    return client.post(f"/v1/{noun}", sent, status).json()


def sees(house, noun, id, name="bumdes2"):
    """Where this caller finds the record."""
    who, at = house.caller(name), f"/v1/{noun}/{id}"
    found = {"get": who("GET", at).status_code == 200, "history": who("GET", at + "/history").status_code == 200,
             "change": who("GET", at + "/change-request").status_code == 200}
    for filters in ({}, {"sort": "-updated_at"}, {"village_code": JEDING}, {"village_code": BALEREJO}, {"id": id}, {"status": "draft"},
                    {"change_request": "open"}, {"q": "Diakui"}):
        found[f"list {filters}"] = id in {one["id"] for one in who.pages(f"/v1/{noun}", limit=200, **filters)}
    total = who.get(f"/v1/{noun}", params={"id": id, "count": "exact"}).json()["page"]["total"]
    found["total"] = total == 1
    return {where for where, is_there in found.items() if is_there}


def warned(record):
    return [(one["pointer"], one["code"]) for one in record["warnings"] if one["code"] == WARNING[1]]


@pytest.mark.parametrize("noun", NOUNS)
def test_a_foreign_village_sees_nothing_before_the_verification(house, noun):
    made = claim(house, noun, house.bumdes, [BALEREJO, JEDING], name="Diakui Saja")
    at = f"/v1/{noun}/{made['id']}"
    assert made["villages"] == [BALEREJO, JEDING], "the writer reads what they wrote"
    assert sees(house, noun, made["id"]) == set()
    for write in (lambda: house.bumdes2.patch(at, {"name": "Nama lain"}, status=404), lambda: house.bumdes2.delete(at, status=404),
                  lambda: house.bumdes2.act(at, "submit", status=404)):
        write()
    house.bumdes.patch(at, {"name": "Diakui Terus"})
    house.bumdes.act(at, "submit")
    assert sees(house, noun, made["id"]) == set()
    verified = house.dinas2.act(at, "verify").json()
    assert verified["villages"] == [BALEREJO, JEDING] and not warned(verified)
    assert {"get", "history", "list {}", "total", f"list {{'village_code': '{JEDING}'}}"} <= sees(house, noun, made["id"])
    told = [one["action"] for one in house.bumdes2.pages(at + "/history")]
    assert told == ["verify"], "the entries of the draft stay with its writer"
    assert [one["action"] for one in house.bumdes.pages(at + "/history")] == ["verify", "submit", "update", "create"]


@pytest.mark.parametrize("noun", NOUNS)
def test_the_writers_own_villages_read_at_once(house, noun):
    made = claim(house, noun, house.bumdesma, [OWN, BALEREJO, JEDING])
    assert made["villages"] == [OWN, BALEREJO, JEDING]
    assert "get" in sees(house, noun, made["id"], "bumdes") and sees(house, noun, made["id"]) == set()


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("writer", ["dinas", "writer"])
def test_an_officer_of_the_dinas_alone_shows_it_to_the_lead_only(house, noun, writer):
    """The verifier is a second officer, whoever wrote the record."""
    made = claim(house, noun, house.caller(writer), [BALEREJO, JEDING])
    assert "get" in sees(house, noun, made["id"], "bumdes") and sees(house, noun, made["id"]) == set()


@pytest.mark.parametrize("noun", NOUNS)
def test_the_verifier_is_warned_of_the_villages_that_wait(house, noun):
    made = claim(house, noun, house.bumdes, [BALEREJO, JEDING, OWN])
    shown = house.dinas.get(f"/v1/{noun}/{made['id']}", headers={"Accept-Language": "id"}).json()
    assert warned(shown) == [WARNING]
    detail = next(one["detail"] for one in shown["warnings"] if one["code"] == WARNING[1])
    assert f"Jeding ({JEDING})" in detail and OWN in detail and BALEREJO not in detail
    assert not warned(claim(house, noun, house.bumdesma, [BALEREJO, OWN]))


@pytest.mark.parametrize("noun", NOUNS)
def test_a_verified_record_shows_a_new_village_nothing_before_it_is_verified_again(house, noun):
    made = claim(house, noun, house.bumdesma, [BALEREJO, OWN])
    at = f"/v1/{noun}/{made['id']}"
    publish(house, at, house.bumdesma)
    asked = house.bumdesma.patch(at, {"villages": [BALEREJO, OWN, JEDING]}).json()
    assert asked["villages"] == [BALEREJO, OWN] and warned(asked) == [WARNING]
    assert sees(house, noun, made["id"]) == set()
    house.dinas2.act(at + "/change-request", "reject", note="Jeding tidak ikut")
    assert sees(house, noun, made["id"]) == set() and not warned(house.dinas.get(at).json())

    house.dinas2.act(at, "request_revision", note="Lengkapi")
    opened = house.bumdesma.patch(at, {"villages": [BALEREJO, OWN, JEDING]}).json()
    assert opened["villages"] == [BALEREJO, OWN, JEDING] and warned(opened) == [WARNING]
    assert sees(house, noun, made["id"]) == set() and "get" in sees(house, noun, made["id"], "bumdes")
    house.bumdesma.act(at, "submit")
    house.dinas2.act(at, "verify")
    assert "get" in sees(house, noun, made["id"])


@pytest.mark.parametrize("noun", NOUNS)
def test_a_change_request_that_is_verified_shows_it(house, noun):
    made = claim(house, noun, house.bumdesma, [BALEREJO, OWN])
    at = f"/v1/{noun}/{made['id']}"
    verify(house, at, house.bumdesma)
    house.bumdesma.patch(at, {"villages": [BALEREJO, OWN, JEDING]})
    changed = house.dinas2.act(at + "/change-request", "verify").json()
    assert changed["villages"] == [BALEREJO, OWN, JEDING] and "get" in sees(house, noun, made["id"])


@pytest.mark.parametrize("noun", NOUNS)
def test_a_village_that_waits_can_be_taken_out_again(house, noun):
    made = claim(house, noun, house.bumdesma, [BALEREJO, OWN, JEDING])
    at = f"/v1/{noun}/{made['id']}"
    assert house.bumdesma.patch(at, {"name": "Tanpa desa"}).json()["villages"] == [BALEREJO, OWN, JEDING]
    left = house.bumdesma.patch(at, {"villages": [BALEREJO, OWN]}).json()
    entry = house.bumdesma.get(at + "/history", params={"member": "villages"}).json()["data"][0]
    told = [(json.loads(one["old"]), json.loads(one["new"])) for one in entry["changes"] if one["member"] == "villages"]
    assert told == [([BALEREJO, OWN, JEDING], [BALEREJO, OWN])] and "villages_waiting" not in str(entry)
    assert left["villages"] == [BALEREJO, OWN] and not warned(left)
    verify(house, at, house.bumdesma)
    assert sees(house, noun, made["id"]) == set()


@pytest.mark.parametrize("villages, kind, code", [([BALEREJO, JEDING], "bumdes", "one_village"), ([BALEREJO], "bumdesma", "several_villages")])
def test_the_rules_count_the_villages_that_wait(house, villages, kind, code):
    sent = bumdes(house.contract, villages=villages, kind=kind)
    assert ("/villages", code) in problem(house.bumdes.post("/v1/village-enterprises", sent, 422))[1]


def test_a_claimed_enterprise_is_of_no_use_in_the_villages_that_it_claims(house):
    false = claim(house, "village-enterprises", house.bumdes, [BALEREJO, JEDING])
    member = body(house.contract, "umkm_create", village_code=JEDING, village_enterprise_id=false["id"])
    made = body(house.contract, "product_create", village_code=JEDING, villages=[JEDING], umkm_id=None,
                village_enterprise_id=false["id"])
    for client, path, sent in ((house.bumdes2, "/v1/umkm", member), (house.dinas, "/v1/umkm", member), (house.writer, "/v1/umkm", member),
                               (house.bumdes2, "/v1/products", made)):
        assert ("/village_enterprise_id", "exists") in problem(client.post(path, sent, 422))[1]
    at = f"/v1/products/{house.dinas.post('/v1/products', made).json()['id']}"
    house.dinas.act(at, "submit")
    assert ("/village_enterprise_id", "exists") in problem(house.dinas2.act(at, "verify", status=422))[1]
    verify(house, f"/v1/village-enterprises/{false['id']}", house.bumdes)
    house.bumdes2.post("/v1/umkm", member)
    house.dinas2.act(at, "verify")


def test_a_product_of_a_claimed_enterprise_waits_for_the_enterprise(house):
    false = claim(house, "village-enterprises", house.bumdes, [BALEREJO, JEDING])
    made = claim(house, "products", house.bumdes, [BALEREJO, JEDING], umkm_id=None, village_enterprise_id=false["id"])
    at = f"/v1/products/{made['id']}"
    house.bumdes.act(at, "submit")
    refused = house.dinas2.act(at, "verify", status=422)
    assert ("/village_enterprise_id", "exists") in problem(refused)[1] and sees(house, "products", made["id"]) == set()
    verify(house, f"/v1/village-enterprises/{false['id']}", house.bumdes)
    house.dinas2.act(at, "verify")
    assert "get" in sees(house, "products", made["id"])


def test_a_claimed_product_is_no_flagship_potential_or_export_of_the_village(house):
    made = claim(house, "products", house.bumdes, [BALEREJO, JEDING])
    flagship = body(house.contract, "flagship_create", village_code=JEDING, product_id=made["id"])
    assert ("/product_id", "exists") in problem(house.dinas.post("/v1/flagships", flagship, 422))[1]
    potential = body(house.contract, "village_potential_create", village_code=JEDING, stage="product", product_id=made["id"])
    for client in (house.dinas, house.bumdes2):
        assert ("/product_id", "exists") in problem(client.post("/v1/village-potentials", potential, 422))[1]
    export = body(house.contract, "export_create", village_code=JEDING, lines=[line(made["id"])])
    assert ("/lines/0/product_id", "exists") in problem(house.bumdes2.post("/v1/exports", export, 422))[1]


def test_what_copies_the_villages_waits_with_them(house):
    """A certificate or a star of a claimed product reaches its villages, and no others."""
    made = claim(house, "products", house.bumdes, [BALEREJO, JEDING])
    held = certification(house.bumdes, umkm_id=made["umkm_id"], product_ids=[made["id"]])
    stars = award(house.dinas, product_id=made["id"])
    assert held["villages"] == stars["villages"] == [BALEREJO]
    for noun, id, writer in (("certifications", held["id"], house.bumdes), ("star-assessments", stars["id"], house.dinas)):
        publish(house, f"/v1/{noun}/{id}", writer)
        house.bumdes2.get(f"/v1/{noun}/{id}", 404)
    verify(house, f"/v1/products/{made['id']}", house.bumdes)
    for noun, id in (("certifications", held["id"]), ("star-assessments", stars["id"])):
        assert house.bumdes2.get(f"/v1/{noun}/{id}").json()["villages"] == [BALEREJO, JEDING]


def test_a_copy_that_one_officer_wrote_waits_too(house):
    made = claim(house, "products", house.bumdes, [BALEREJO, JEDING])
    verify(house, f"/v1/products/{made['id']}", house.bumdes)
    held = certification(house.bumdes, umkm_id=made["umkm_id"], product_ids=[made["id"]], issuer="Kabar dari tetangga")
    stars = estimate(house.dinas, product_id=made["id"])
    for noun, one, writer in (("certifications", held, house.bumdes), ("star-assessments", stars, house.dinas)):
        at = f"/v1/{noun}/{one['id']}"
        assert one["villages"] == [BALEREJO, JEDING]
        house.bumdes2.get(at, 404)
        house.bumdes2.get(at + "/history", 404)
        assert one["id"] not in {row["id"] for row in house.bumdes2.pages(f"/v1/{noun}", limit=200)}
        house.bumdes.get(at)
        verify(house, at, writer)
        house.bumdes2.get(at)


def test_reports_of_a_village_do_not_count_what_only_claims_it(house):
    ask = {"village_code": "35.05.22.2001", "by": "village"}
    before = house.dinas.get("/v1/reports/ovop-map", params=ask).json()["rows"]
    made = claim(house, "products", house.bumdes, [BALEREJO, ask["village_code"]])
    house.bumdes.act(f"/v1/products/{made['id']}", "submit")
    assert house.dinas.get("/v1/reports/ovop-map", params={**ask, "verified_only": "false"}).json()["rows"] == before


def test_every_table_with_villages_that_are_verified_keeps_the_others_waiting(house):
    """A new shared table cannot forget it."""
    tables = house.rows("""
        select c.oid::regclass::text as name,
               exists (select from pg_attribute w where w.attrelid = c.oid and w.attname = 'villages_waiting')
               and exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgfoid = 'business_villages'::regproc) as waits
          from pg_class c
               join pg_attribute a on a.attrelid = c.oid and a.attname = 'villages'
               join resource r on r.name = c.relname
               join workflow_transition t on t.workflow = r.workflow and t.verifies
         where c.relkind = 'r'
         group by c.oid""")
    assert {one.name for one in tables} == {"product", "village_enterprise", "certification", "star_assessment"}
    assert all(one.waits for one in tables)
