"""Targets: values, areas, approval, and changes of an approved target."""
import pytest

from client import problem
from house import BALEREJO, JEDING
from records import approve, body, target

ALL = {"village_code": None}
OF_WLINGI = {"village_code": None, "district_code": "35.05.17"}


def path(made):
    return f"/v1/targets/{made['id']}"


def refused(house, **members):
    return problem(house.dinas.post("/v1/targets", body(house.contract, "target_create", **members), 422))[1]


def found(who, **filters):
    return {one["id"] for one in who.pages("/v1/targets", limit=200, **filters)}


def decide(who, made, action, status=200, **fields):
    return who("POST", f"{path(made)}/change-request/actions/{action}", fields, match="*", status=status)


# Values and areas


def test_a_target_shows_its_indicator(house):
    made = target(house.dinas, indicator="export_fob_idr", value="1250000000.5")
    assert (made["value"], made["unit"], made["indicator_name_en"]) == ("1250000000.5", "rupiah", "FOB value of exports")
    assert house.bumdes.get(path(made), params={"expand": "village"}).json()["village"]["name"] == "Balerejo"


def test_one_for_all_or_a_kecamatan_is_read_by_every_village_and_kept_by_the_dinas(house):
    for area in (ALL, OF_WLINGI):
        made = target(house.dinas, **area)
        for who in (house.bumdes, house.bumdes2, house.bupati, house.village_reader):
            assert who.get(path(made)).json()["village_code"] is None
        assert house.bumdes.get(path(made)).json()["allowed_actions"] == []
        assert [one["action"] for one in house.bumdes.pages(path(made) + "/history")] == ["create"]
        house.bumdes.patch(path(made), {"value": "1"}, status=403)


@pytest.mark.parametrize("members, fault", [
    ({"indicator": "happiness"}, ("/indicator", "exists")), ({"value": "12,5"}, ("/value", "pattern")),
    ({"value": 12}, ("/value", "type")), ({"period_to": "2025-12-31"}, ("/period_to", "before_start")),
    ({"village_code": "35.05.17.2001"}, ("/village_code", "exists")),
    ({"district_code": "35.05.99"}, ("/district_code", "exists")),
    ({"village_code": BALEREJO, "district_code": "35.05.17"}, ("/district_code", "one_area")),
    ({"unit": "kg"}, ("/unit", "unknown_member")), ({"status": "approved"}, ("/status", "unknown_member")),
])
def test_a_target_makes_sense(house, members, fault):
    assert fault in refused(house, **{"period_from": "2026-01-01", "period_to": "2026-01-31", **members})


@pytest.mark.parametrize("area", [ALL, OF_WLINGI, {"village_code": BALEREJO}])
def test_an_area_has_one_target_of_an_indicator_and_period(house, area):
    made = target(house.dinas, **area)
    again = {name: made[name] for name in ("indicator", "period_from", "period_to", "village_code", "district_code")}
    house.bupati.act(path(made), "approve")
    second = house.dinas.post("/v1/targets", {**again, "value": "99"}).json()
    assert problem(house.bupati.act(path(second), "approve", status=409)) == ("duplicate", [("/indicator", "unique")])
    other = house.dinas.post("/v1/targets", {**again, "village_code": JEDING, "district_code": None, "value": "99"}).json()
    assert other["warnings"] == []
    house.bupati.act(path(other), "approve")


# Decisions


def test_the_dinas_proposes_and_the_bupatis_office_approves(house):
    made = target(house.dinas)
    assert (made["status"], made["allowed_actions"]) == ("proposed", ["update", "delete"])
    assert house.bupati.get(path(made)).json()["allowed_actions"] == ["approve", "reject"]
    for who in (house.dinas, house.dinas2):
        assert problem(who.act(path(made), "approve", status=403))[0] == "forbidden"
    house.bupati("POST", "/v1/targets", body(house.contract, "target_create"), status=403)
    done = house.bupati.act(path(made), "approve").json()
    assert (done["status"], done["verified_by"], done["allowed_actions"]) == ("approved", house.bupati.id, ["reopen"])
    assert problem(house.dinas.delete(path(made), status=409))[0] == "state_conflict"


def test_the_proposer_does_not_approve_it(house):
    made = target(house.dinas)
    house.rows("update target set writers = writers || %s::uuid where id = %s", [house.bupati.id, made["id"]])
    assert problem(house.bupati.act(path(made), "approve", status=403)) == ("forbidden", [("/status", "verifier_wrote")])


def test_what_is_rejected_is_reopened_by_the_dinas_both_with_a_note(house):
    made = target(house.dinas)
    assert problem(house.bupati.act(path(made), "reject", status=422))[1] == [("/note", "required")]
    assert house.bupati.act(path(made), "reject", note="Terlalu rendah").json()["status_note"] == "Terlalu rendah"
    assert problem(house.dinas.patch(path(made), {"value": "20"}, status=409))[0] == "state_conflict"
    assert problem(house.dinas.act(path(made), "reopen", status=422))[1] == [("/note", "required")]
    assert house.dinas.act(path(made), "reopen", note="Dihitung ulang").json()["status"] == "proposed"
    assert house.dinas.patch(path(made), {"value": "20"}).json()["value"] == "20"


def test_an_approval_is_taken_back_by_its_approver(house):
    made = target(house.dinas)
    approve(house, path(made), house.dinas)
    assert problem(house.dinas.act(path(made), "reopen", status=403, note="Keliru"))[0] == "forbidden"
    assert house.bupati.act(path(made), "reopen", note="Keliru").json()["status"] == "proposed"


def test_an_approved_target_stays_until_the_change_of_it_is_approved(house):
    made = target(house.dinas, value="12")
    approve(house, path(made), house.dinas)
    asked = house.dinas.patch(path(made), {"value": "8"}).json()
    assert (asked["value"], asked["change_request"]["members"]) == ("12", ["value"])
    assert problem(house.dinas2.patch(path(made), {"value": "9"}, status=409))[1] == [("/change_request", "change_open")]
    shown = house.bupati.get(path(made) + "/change-request").json()
    assert (shown["changes"], shown["allowed_actions"]) == ([{"member": "value", "old": "12", "new": "8"}], ["verify", "reject"])
    assert problem(decide(house.dinas2, made, "verify", 403))[0] == "forbidden"
    assert problem(decide(house.bupati, made, "reject", 422))[1] == [("/note", "required")]
    assert decide(house.bupati, made, "reject", note="Tetap dua belas").json()["value"] == "12"
    house.dinas.patch(path(made), {"value": "10"})
    done = decide(house.bupati, made, "verify").json()
    assert (done["value"], done["status"], done["change_request"]) == ("10", "approved", None)
    assert problem(decide(house.bupati, made, "verify", 409))[0] == "state_conflict"
    assert [one["action"] for one in house.bumdes.pages(path(made) + "/history", member="value")] == [
        "verify_change", "request_change", "reject_change", "request_change", "create"]


# Lists


def test_every_filter_finds_it_and_not_another(house):
    made = target(house.dinas, JEDING, indicator="exporters", period_from="1995-01-01", period_to="1995-06-30")
    other = target(house.dinas, indicator="shipments", **ALL)
    here = {"village_code": JEDING, "district_code": JEDING[:8], "scope": "village",
            "indicator": "exporters,exporters_first_time", "status": "proposed", "period_from_lte": "1995-01-01", "id": made["id"]}
    for name, value in here.items():
        ids = found(house.dinas, **{name: value})
        assert made["id"] in ids and (other["id"] not in ids or name == "status"), name
    assert made["id"] not in found(house.dinas, period_to_gte="1995-07-01")
    assert other["id"] in found(house.bumdes2, scope="all") and other["id"] not in found(house.bumdes2, scope="district")
    kecamatan = target(house.dinas, **OF_WLINGI)
    assert kecamatan["id"] in found(house.bumdes2, scope="district") & found(house.dinas, district_code="35.05.17")
    approve(house, path(made), house.dinas)
    house.dinas.patch(path(made), {"value": "3"})
    ids = found(house.dinas, change_request="open")
    assert made["id"] in ids and other["id"] not in ids


@pytest.mark.parametrize("sort", ["period_from", "-period_from", "updated_at", "-updated_at"])
def test_every_sort_is_in_order(house, sort):
    for _ in range(3):
        target(house.dinas)
    keys = [one[sort.lstrip("-")] for one in house.dinas.pages("/v1/targets", sort=sort, limit=2)]
    assert keys == sorted(keys, reverse=sort[0] == "-") and len(set(keys)) > 2


# Indicators


def test_the_list_of_indicators_names_what_measures_them(house):
    known = {one["code"]: one for one in house.public.pages("/v1/reference/indicators", limit=200)}
    assert (known["export_quantity_kg"]["unit"], known["export_quantity_kg"]["figure"]) == ("kg", "markets.quantity_kg")


def test_every_indicator_counts_in_the_unit_of_its_figure(house):
    rows = house.rows("select r.code, r.unit, f.unit as of_figure from reference r"
                      " left join report_figure f on concat_ws('.', f.report, f.figure) = r.figure where r.list = 'indicators'")
    assert len(rows) > 20 and [one for one in rows if one.of_figure not in (None, one.unit)] == []


def test_the_dinas_adds_an_indicator_of_its_own_which_needs_a_unit(house):
    fields = {"code": "rides", "name": "Kunjungan wisata", "name_en": "Visits of tourists"}
    refused = house.dinas.post("/v1/reference/indicators", {**fields, "figure": "markets.rides"}, 422)
    assert problem(refused)[1] == [("/unit", "required"), ("/figure", "exists")]
    house.dinas.post("/v1/reference/indicators", {**fields, "unit": "orang"})
    assert target(house.dinas, indicator="rides")["unit"] == "orang"
