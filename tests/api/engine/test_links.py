"""Records that refer to each other, for every resource: parts, users, and moves to another village.

`tests/sql/test_parents.py` crosses the transactions of every pair.
"""
import functools
from concurrent.futures import ThreadPoolExecutor

import pytest

from client import Client, problem
from house import BALEREJO, JEDING, WLINGI
from persons import REQUESTS, asked, id_of, owned
from records import (action_item, body, buyer, certification, enterprise, estimate, export, flagship, line, outcome, product,
                     production_report, publish, session, umkm, verify, village_potential)

CONSENT = {"contact_public": False, "public_owner_name": "Bu Sulastri", "given_on": "2026-01-05", "evidence": "Surat 12/2026",
           "processing_restricted": False}
OWNER = {"name": "Sulastri", "nik": "3505994101900001", "npwp": None, "phone": "+6281234567789", "address": "Jalan Rahasia 17"}
PARTS = [("owner", OWNER), ("consent", CONSENT)]


def left(house, path):
    """What remains of the personal data of a deleted UMKM."""
    return house.rows("""
        select resource from personal_record where record_id = %(id)s
         union all
        select 'umkm_owner' from umkm_owner o where o.id = %(id)s and num_nonnulls(o.name, o.nik, o.npwp, o.phone, o.address) > 0
         union all
        select 'umkm_consent' from umkm_consent c where c.id = %(id)s and num_nonnulls(c.public_owner_name, c.evidence) > 0
        """, {"id": id_of(path)})


# Parts


def test_a_deleted_record_takes_its_parts_along(house):
    path, _ = owned(house)
    house.bumdes.put(path + "/consent", CONSENT)
    assert len(left(house, path)) == 5
    house.bumdes.delete(path)
    assert left(house, path) == []
    entries = house.rows("select resource, action, subject from audit_log where record_id = %s and action = 'delete' order by id",
                         [id_of(path)])
    assert sorted(entry.resource for entry in entries) == ["umkm", "umkm_consent", "umkm_owner"]
    assert {str(entry.subject) for entry in entries} == {house.bumdes.id}
    for part, body in PARTS:
        house.bumdes.put(f"{path}/{part}", body, status=404)
        house.bumdes.get(f"{path}/{part}", 404)


@pytest.mark.parametrize("versions", [('"1"', '"0"'), ("*", "*")])
@pytest.mark.parametrize("part, body", PARTS)
def test_a_draft_deleted_while_a_part_is_written_keeps_nothing_of_it(house, part, body, versions):
    """With versions exactly one of the two comes about."""
    clients = [Client(house.base, house.contract, house.bumdes.token) for _ in range(2)]
    for _ in range(10):
        path = f"/v1/umkm/{umkm(house.bumdes)['id']}"
        with ThreadPoolExecutor(2) as pool:
            gone = pool.submit(clients[0], "DELETE", path, match=versions[0])
            written = pool.submit(clients[1], "PUT", f"{path}/{part}", body, match=versions[1])
        statuses = (gone.result().status_code, written.result().status_code)
        assert statuses in ([(204, 404), (412, 200)] if versions[0] != "*" else [(204, 404), (204, 200)])
        assert statuses[0] == 412 or left(house, path) == []


def test_a_deleted_umkm_ended_on_its_day(house):
    path, _ = owned(house)
    house.bumdes.delete(path)
    row, = house.rows("select umkm_ended(%s) as day, today() as today", [id_of(path)])
    assert row.day == row.today


@pytest.mark.parametrize("member, make, path", [
    ("umkm_id", umkm, "/v1/umkm"), ("buyer_id", buyer, "/v1/buyers"),
    ("session_id", session, "/v1/mentoring-sessions"),
])
def test_a_request_about_a_deleted_record_is_refused(house, member, make, path):
    id = make(house.dinas)["id"]
    house.dinas.delete(f"{path}/{id}")
    refused = house.dinas.post(REQUESTS, {"kind": "access", member: id}, 422)
    assert problem(refused)[1] == [("/" + member, "exists")]


# Users


@functools.cache
def neighbour(house):
    """Returns an officer of both villages, so that what they draft reaches both."""
    return house.person("neighbour", "bumdes", [BALEREJO, JEDING])


def joint(house, **members):
    return enterprise(neighbour(house), BALEREJO, kind="bumdesma", villages=[BALEREJO, JEDING], **members)


@pytest.mark.parametrize("user", [
    lambda house, firm: umkm(house.bumdes2, JEDING, village_enterprise_id=firm),
    lambda house, firm: product(house.bumdes2, JEDING, umkm_id=None, village_enterprise_id=firm),
])
def test_an_enterprise_stays_in_the_villages_where_records_refer_to_it(house, user):
    """The officer of the lead village cannot see these records."""
    firm = joint(house)
    path, fewer = f"/v1/village-enterprises/{firm['id']}", {"kind": "bumdes", "villages": [BALEREJO]}
    user(house, firm["id"])
    assert problem(house.bumdes.delete(path, status=409)) == ("state_conflict", [("/id", "in_use")])
    assert problem(house.bumdes.patch(path, fewer, status=422)) == ("validation_failed", [("/villages", "in_use")])
    publish(house, path, house.bumdes)
    assert problem(house.bumdes.patch(path, fewer, status=422)) == ("validation_failed", [("/villages", "in_use")])
    house.bumdes.patch(path, {"rank": "maju", "rank_year": 2025})


def test_an_enterprise_left_without_its_village_is_refused_at_the_verification_too(house):
    firm = joint(house)
    path = f"/v1/village-enterprises/{firm['id']}"
    publish(house, path, house.bumdes)
    house.bumdes.patch(path, {"kind": "bumdes", "villages": [BALEREJO]})
    member = umkm(house.bumdes2, JEDING, village_enterprise_id=firm["id"])
    decide = f"{path}/change-request/actions/verify"
    refused = house.dinas("POST", decide, {}, match="*", status=422)
    assert problem(refused) == ("validation_failed", [("/villages", "in_use")])
    house.bumdes2.patch(f"/v1/umkm/{member['id']}", {"village_enterprise_id": None})
    assert house.dinas("POST", decide, {}, match="*", status=200).json()["villages"] == [BALEREJO]


def test_a_session_stays_with_the_villages_of_its_participants(house):
    at = f"/v1/mentoring-sessions/{session(house.dinas, villages=[BALEREJO, JEDING])['id']}"
    house.bumdes2.post(at + "/participants", {"umkm_id": umkm(house.bumdes2, JEDING)["id"]})
    assert problem(house.dinas.patch(at, {"villages": [BALEREJO]}, status=422))[1] == [("/villages", "in_use")]
    at = f"/v1/mentoring-sessions/{action_item(house.dinas)['session_id']}"
    refused = house.dinas.patch(at, {"village_code": JEDING, "villages": [JEDING]}, status=422)
    assert problem(refused)[1] == [("/villages", "in_use")]


# Moves. The UMKM moves by a change that another officer verifies.


def request_move(house, id, to=JEDING, **members):
    path = f"/v1/umkm/{id}"
    if house.dinas.get(path).json()["status"] == "draft":
        publish(house, path, house.bumdes)
    house.dinas.patch(path, {"village_code": to, **members})


def decided(house, path):
    return house.dinas2("POST", f"{path}/change-request/actions/verify", {}, match="*", status=200).json()


def move(house, id, **members):
    request_move(house, id, **members)
    return decided(house, f"/v1/umkm/{id}")


@pytest.mark.parametrize("status", ["draft", "submitted", "published"])
def test_the_products_of_a_umkm_move_with_it_in_every_status(house, status):
    made = product(house.bumdes)
    path = f"/v1/products/{made['id']}"
    if status == "published":
        publish(house, path, house.bumdes)
    elif status == "submitted":
        house.bumdes.act(path, "submit")
    before = house.bumdes.get(path).json()
    move(house, made["umkm_id"])
    house.bumdes.get(path, 404)
    moved = house.bumdes2.get(path).json()
    assert (moved["village_code"], moved["villages"], moved["status"]) == (JEDING, [JEDING], status)
    assert (moved["version"], moved["change_request"]) == (before["version"] + 1, None)
    entry = max(house.bumdes2.pages(path + "/history"), key=lambda one: one["id"])
    assert entry["subject"] == house.dinas2.id and {one["member"] for one in entry["changes"]} == {"village_code", "villages"}
    if status == "draft":
        house.bumdes2.patch(path, {"brand": "Kopi Pindah"})
    sold = body(house.contract, "export_create", village_code=BALEREJO, lines=[line(made["id"])])
    assert problem(house.bumdes.post("/v1/exports", sold, 422))[1] == [("/lines/0/product_id", "exists")]
    house.bumdes2.post("/v1/exports", {**sold, "village_code": JEDING})


def test_what_hangs_on_a_umkm_and_its_products_moves_with_it(house):
    made = product(house.bumdes)
    maker = made["umkm_id"]
    of = {"umkm_id": maker, "product_ids": [made["id"]]}
    item = action_item(house.dinas)
    house.dinas.patch(f"/v1/action-items/{item['id']}", {"umkm_id": maker})
    seat = house.bumdes.post(f"/v1/mentoring-sessions/{session(house.dinas)['id']}/participants", {"umkm_id": maker}).json()
    house.bumdes.put(f"/v1/umkm/{maker}/owner", OWNER)
    house.bumdes.put(f"/v1/umkm/{maker}/consent", CONSENT)
    along = [f"/v1/certifications/{certification(house.bumdes, **of)['id']}",
             f"/v1/certifications/{certification(house.bumdes, umkm_id=maker)['id']}",
             f"/v1/star-assessments/{estimate(house.dinas, product_id=made['id'])['id']}",
             f"/v1/action-items/{item['id']}", f"/v1/mentoring-participants/{seat['id']}", asked(house, f"/v1/umkm/{maker}")]
    move(house, maker)
    for path in along:
        assert house.bumdes2.get(path).json()["village_code"] == JEDING, path
        house.bumdes.get(path, 404)
    for part, version in (("owner", 2), ("consent", 3)):  # the verification has approved the consent
        assert house.bumdes2.get(f"/v1/umkm/{maker}/{part}").json()["version"] == version
    assert {one["village_code"] for one in house.dinas.pages("/v1/personal-records", umkm_id=maker)} == {JEDING}


def test_what_happened_stays_and_can_still_be_finished(house):
    made = product(house.bumdes)
    report = production_report(house.bumdes, umkm_id=made["umkm_id"], product_id=made["id"], month="2026-03")
    sold = export(house.bumdes, lines=[line(made["id"])])
    result = outcome(house.dinas)
    verify(house, f"/v1/exports/{sold['id']}", house.bumdes)
    move(house, made["umkm_id"])
    move(house, result["umkm_id"])
    path = f"/v1/production-reports/{report['id']}"
    assert house.bumdes.patch(path, {"turnover_idr": 5}).json()["village_code"] == BALEREJO
    assert verify(house, path, house.bumdes)["status"] == "verified"
    assert house.bumdes.get(f"/v1/exports/{sold['id']}").json()["village_code"] == BALEREJO
    house.dinas2.act(f"/v1/exports/{sold['id']}", "request_revision", note="Dokumen keliru")
    assert house.bumdes2.get(f"/v1/products/{made['id']}").json()["market_reach"] is None
    assert verify(house, f"/v1/outcomes/{result['id']}", house.dinas)["village_code"] == BALEREJO


def test_an_export_stays_when_its_buyer_moves(house):
    to = buyer(house.bumdesma, BALEREJO)["id"]
    path = f"/v1/exports/{export(house.bumdes, buyer_id=to)['id']}"
    house.bumdesma.patch(f"/v1/buyers/{to}", {"village_code": WLINGI[0]})
    house.bumdes.get(f"/v1/buyers/{to}", 404)
    assert house.bumdes.patch(path, {"exporter_name": "CV Lereng Kelud"}).json()["buyer_id"] == to
    refused = house.bumdes.patch(path, {"buyer_id": buyer(house.bumdes2, JEDING)["id"]}, status=422)
    assert problem(refused)[1] == [("/buyer_id", "exists")]


def test_a_product_of_several_villages_takes_the_new_one_for_the_old_one(house):
    """Another village leads it, and the officer who moves the UMKM may not write there."""
    maker = umkm(house.bumdesma, WLINGI[0])["id"]
    made = product(house.dinas, JEDING, villages=[JEDING, WLINGI[0], WLINGI[2]], umkm_id=maker)
    own = product(house.bumdesma, WLINGI[0], villages=[WLINGI[0], WLINGI[1]], umkm_id=maker)
    held = certification(house.dinas, umkm_id=maker, product_ids=[made["id"]])
    house.bumdesma.patch(f"/v1/umkm/{maker}", {"village_code": WLINGI[1]})
    for path in (f"/v1/products/{made['id']}", f"/v1/certifications/{held['id']}"):
        moved = house.dinas.get(path).json()
        assert (moved["village_code"], moved["villages"]) == (JEDING, [JEDING, WLINGI[1], WLINGI[2]])
    moved = house.bumdesma.get(f"/v1/products/{own['id']}").json()
    assert (moved["village_code"], moved["villages"]) == (WLINGI[1], [WLINGI[1]])


def test_a_waiting_change_of_a_product_moves_with_it(house):
    made = product(house.bumdes)
    path = f"/v1/products/{made['id']}"
    publish(house, path, house.bumdes)
    house.dinas.patch(path, {"villages": [BALEREJO, WLINGI[0]], "brand": "Kopi Dua Desa"})
    move(house, made["umkm_id"])
    assert decided(house, path)["villages"] == [JEDING, WLINGI[0]]
    house.bumdes2.get(path)


def test_a_waiting_change_to_another_maker_keeps_its_villages(house):
    made, other = product(house.bumdes), umkm(house.bumdes)["id"]
    path = f"/v1/products/{made['id']}"
    publish(house, path, house.bumdes)
    house.dinas.patch(path, {"umkm_id": other, "villages": [BALEREJO, WLINGI[0]]})
    move(house, made["umkm_id"])
    refused = house.dinas2("POST", f"{path}/change-request/actions/verify", {}, match="*", status=422)
    assert ("/villages", "lead") in problem(refused)[1]


def test_other_faults_of_a_product_stop_no_move(house):
    made = product(house.bumdes)
    house.rows("set session_replication_role = replica; update product set category = 'nothing' where id = %s", [made["id"]])
    move(house, made["umkm_id"])
    assert house.bumdes2.get(f"/v1/products/{made['id']}").json()["village_code"] == JEDING


def test_a_membership_that_no_longer_fits_is_told(house):
    joined = umkm(house.bumdes, village_enterprise_id=enterprise(house.bumdes)["id"])
    path = f"/v1/umkm/{joined['id']}"
    publish(house, path, house.bumdes)
    assert problem(house.dinas.patch(path, {"village_code": JEDING}, status=422))[1] == [("/village_enterprise_id", "exists")]
    assert move(house, joined["id"], village_enterprise_id=None)["village_code"] == JEDING


def test_what_a_person_must_decide_has_a_warning(house):
    made = product(house.bumdes)
    publish(house, f"/v1/products/{made['id']}", house.bumdes)
    potential = village_potential(house.bumdes, stage="piloted")
    house.bumdes.patch(f"/v1/village-potentials/{potential['id']}", {"stage": "product", "product_id": made["id"]})
    left_behind = {f"/v1/flagships/{flagship(house.dinas, product_id=made['id'], valid_to=None)['id']}": "/product_id",
                   f"/v1/village-potentials/{potential['id']}": "/product_id",
                   f"/v1/exports/{export(house.bumdes, lines=[line(made['id'])])['id']}": "/lines/0/product_id"}

    def warned(client, path):
        return [one["pointer"] for one in client.get(path).json()["warnings"] if one["code"] == "other_village"]

    for path in left_behind:
        assert warned(house.bumdes, path) == []
    move(house, made["umkm_id"])
    for path, pointer in left_behind.items():
        assert warned(house.bumdes, path) == warned(house.dinas, path) == [pointer], path
    assert "unpublished" not in {one["code"] for one in house.bumdes.get(next(iter(left_behind))).json()["warnings"]}


@pytest.mark.parametrize("make, act", [
    (lambda house: buyer(house.bumdesma, WLINGI[0])["id"],
     lambda house, id: house.bumdesma.patch(f"/v1/buyers/{id}", {"village_code": WLINGI[1]})),
    (lambda house: session(house.dinas, WLINGI[0])["id"],
     lambda house, id: house.dinas.patch(f"/v1/mentoring-sessions/{id}", {"village_code": WLINGI[1], "villages": [WLINGI[1]]})),
])
def test_a_request_moves_with_its_buyer_or_session(house, make, act):
    id = make(house)
    member = "buyer_id" if house.dinas("GET", f"/v1/buyers/{id}").status_code == 200 else "session_id"
    request = f"{REQUESTS}/{house.dinas.post(REQUESTS, {'kind': 'access', member: id}).json()['id']}"
    act(house, id)
    moved = house.dinas.get(request).json()
    assert (moved["village_code"], moved["status"]) == (WLINGI[1], "received")
