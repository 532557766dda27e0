"""Ways around a rule that a review found. Each test keeps one of them closed."""
import datetime

import pytest

from client import problem
from house import BALEREJO, JEDING
from persons import ORDER, asked, erase, granted, owned
from programs import figures, held
from programs import path as program_path
from records import buyer, flagship, outcome, product, program, publish, session, umkm, verify, village_potential

NOT_DONE = ("state_conflict", [("/kind", "not_carried_out")])
FUTURE = {"starts_at": "2100-01-15T02:00:00.000Z", "ends_at": "2100-01-15T05:00:00.000Z"}


# Requests of data subjects


def test_an_erasure_does_not_erase_others_without_their_request(house):
    path, _ = owned(house)
    to = f"/v1/buyers/{buyer(house.bumdes2, JEDING)['id']}/contact"
    house.bumdes2.put(to, {"name": "Bu Lain", "phone": "+6281277778888", "email": None})
    other, = house.dinas.pages("/v1/personal-records", record_id=to.split("/")[3])
    granted(house, path)
    refused = house.dinas.act(path, "erase", status=422, **ORDER, others=[other["id"]])
    assert problem(refused)[1] == [("/others", "exists")]
    assert house.bumdes2.get(to).json()["phone"]


def test_an_earlier_erasure_does_not_complete_a_new_request(house):
    path, owner = owned(house)
    erase(house, path)
    house.bumdes.put(path + "/owner", owner)
    again = granted(house, path)
    assert problem(house.bumdes.act(again, "complete", status=409)) == NOT_DONE
    house.dinas.act(path, "erase", **ORDER)
    assert house.bumdes.get(again).json()["status"] == "done"


def test_a_reveal_does_not_complete_an_access_request(house):
    path, owner = owned(house)
    request = granted(house, path, "access")
    purpose = {"purpose": "Verifikasi data"}
    house.bumdes("POST", path + "/actions/reveal", purpose, status=200)
    house.dinas("POST", "/v1/umkm/lookup", {"nik": owner["nik"], **purpose}, status=200)
    assert problem(house.bumdes.act(request, "complete", status=409)) == NOT_DONE


@pytest.mark.parametrize("status", ["received", "granted", "done"])
def test_a_request_keeps_no_umkm_in_its_village(house, status):
    path, _ = owned(house)
    request = asked(house, path, "correction")
    if status != "received":
        house.dinas.act(request, "grant")
    if status == "done":
        house.bumdes.act(request, "complete")
    house.dinas2.patch(path, {"village_code": JEDING})
    moved = house.bumdes2.get(request).json()
    assert (moved["village_code"], moved["status"]) == (JEDING, status)
    if status == "received":  # this officer moved the UMKM but did not write the request
        house.dinas2.act(request, "grant")


def test_a_request_about_a_deleted_draft_comes_to_an_end(house):
    path, _ = owned(house)
    request = granted(house, path)
    house.bumdes.delete(path)
    assert house.dinas.act(request, "complete").json()["status"] == "done"


# A verified record depends on other records


def test_a_session_does_not_move_behind_what_came_of_it(house):
    made = outcome(house.dinas)
    verify(house, f"/v1/outcomes/{made['id']}", house.dinas)
    day = datetime.date.fromisoformat(made["observed_on"]) + datetime.timedelta(days=3)
    late = {"starts_at": f"{day}T02:00:00.000Z", "ends_at": f"{day}T05:00:00.000Z"}
    refused = house.dinas.patch(f"/v1/mentoring-sessions/{made['session_id']}", late, status=409)
    assert problem(refused) == ("state_conflict", [("/id", "in_use")])


def test_what_was_held_does_not_move_into_the_future(house):
    at = f"/v1/mentoring-sessions/{session(house.dinas)['id']}"
    house.dinas.act(at, "hold")
    assert problem(house.dinas.patch(at, FUTURE, status=422))[1] == [("/starts_at", "future")]
    at = program_path(program(house.dinas))
    house.dinas.act(at, "hold")
    refused = house.dinas.patch(at, {"starts_on": "2100-01-15", "ends_on": "2100-06-30"}, status=422)
    assert problem(refused)[1] == [("/starts_on", "future")]


def left(house, made):
    """Moves a joint product out of a village by a verified change. A record there names it."""
    house.dinas.patch(f"/v1/products/{made['id']}", {"villages": [JEDING]})
    house.dinas2("POST", f"/v1/products/{made['id']}/change-request/actions/verify", {}, match="*", status=200)


def potential_of(client, product_id):
    made = village_potential(client, stage="piloted")
    return client.patch(f"/v1/village-potentials/{made['id']}", {"stage": "product", "product_id": product_id}).json()


@pytest.mark.parametrize("noun, make, change", [
    ("flagships", lambda client, id: flagship(client, product_id=id), {"decree_number": "188/2026"}),
    ("village-potentials", potential_of, {"description": "Kebun di lereng utara"}),
])
def test_what_has_become_wrong_can_be_taken_back(house, noun, make, change):
    """Otherwise a village whose flagship moved away could never have another one."""
    maker = umkm(house.dinas, JEDING)["id"]
    one = product(house.dinas, JEDING, villages=[BALEREJO, JEDING], umkm_id=maker)
    publish(house, f"/v1/products/{one['id']}", house.dinas)
    path = f"/v1/{noun}/{make(house.dinas, one['id'])['id']}"
    publish(house, path, house.dinas)
    house.dinas.patch(path, change)
    left(house, one)
    verifying = house.dinas2("POST", path + "/change-request/actions/verify", {}, match="*", status=422)
    assert problem(verifying)[1] == [("/product_id", "exists")]
    house.dinas2("POST", path + "/change-request/actions/reject", {"note": "Produk pindah"}, match="*", status=200)
    assert problem(house.dinas.patch(path, change, status=422))[1] == [("/product_id", "exists")]
    assert house.dinas2.act(path, "archive").json()["status"] == "archived"
    house.dinas2.act(path, "reopen")
    assert problem(house.dinas.act(path, "submit", status=422))[1] == [("/product_id", "exists")]
    house.dinas.delete(path)


# Figures


def test_a_restricted_umkm_is_reached_by_no_programme(house):
    made = program(house.dinas)
    came, _ = held(house, made, BALEREJO, came=(True, False))
    assert figures(house.bupati.get(program_path(made))) == (0, 1, 1, 0.5)
    house.bumdes.put(f"/v1/umkm/{came}/consent", {"contact_public": False, "processing_restricted": True})
    for who in (house.bupati, house.dinas):
        assert figures(who.get(program_path(made))) == (0, 1, 0, 0)


@pytest.mark.parametrize("name", ["markets", "productivity", "mentoring", "ovop-map", "branding"])
@pytest.mark.parametrize("since, end", [("0001-01-01", "9999-12-31"), ("2026-01-01", "9999-12-31"), ("9999-12-31", "9999-12-31")])
def test_any_period_has_a_report(house, name, since, end):
    house.dinas.get(f"/v1/reports/{name}", params={"period_from": since, "period_to": end})
