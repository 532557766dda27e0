"""Monthly reports: what they may say, who takes them, and that a verified figure is corrected, never replaced in silence."""

import pytest

from client import problem
from house import BALEREJO, JEDING, month
from records import body, product, production_report, umkm, verify

REPORTS = "/v1/production-reports"
NOBODY = "01890a5d-ac96-774b-bcce-b302099a8057"
WHY = "Nota pekan keempat tertinggal"


def path(made):
    return f"{REPORTS}/{made['id']}"


def sent(house, **members):
    return body(house.contract, "production_report_create", **{"product_id": None, **members})


def refused(house, who=None, status=422, **members):
    told = sent(house, **{"umkm_id": umkm(house.bumdes)["id"], **members})
    return problem((who or house.bumdes).post(REPORTS, told, status))


def verified(house, **members):
    made = path(production_report(house.bumdes, **members))
    verify(house, made, house.bumdes)
    return made


def decide(who, at, action, status=200, **told):
    return who("POST", f"{at}/change-request/actions/{action}", told, match="*", status=status)


# What a report says


def test_a_month_is_reported_where_the_umkm_is(house):
    made = production_report(house.dinas, JEDING, month="2026-07", volume="320.50", unit="kg", turnover_idr=18500000,
                             workers_male=3, workers_female=4)
    assert (made["village_code"], made["district_code"]) == (JEDING, JEDING[:8])
    assert (made["month"], made["volume"], made["unit"], made["turnover_idr"]) == ("2026-07", "320.50", "kg", 18500000)
    assert (made["workers_total"], made["status"], made["corrections"], made["warnings"]) == (7, "draft", [], [])
    assert house.bumdes2.get(path(made)).json()["id"] == made["id"]


def test_a_report_stays_with_its_village_when_the_umkm_moves(house):
    made = production_report(house.bumdes)
    house.dinas.patch(f"/v1/umkm/{made['umkm_id']}", {"village_code": JEDING})
    assert house.bumdes.patch(path(made), {"turnover_idr": 5}).json()["village_code"] == BALEREJO
    assert verify(house, path(made), house.bumdes)["status"] == "verified"
    later = production_report(house.bumdes2, umkm_id=made["umkm_id"], month="2026-08")
    assert later["village_code"] == JEDING


def test_what_is_unknown_is_null_and_never_zero(house):
    made = production_report(house.bumdes, volume=None, unit=None, turnover_idr=0, workers_male=None)
    assert (made["volume"], made["turnover_idr"], made["workers_male"], made["workers_total"]) == (None, 0, None, None)


def test_a_umkm_reports_a_month_once(house):
    made = production_report(house.bumdes, month="2026-05")
    assert refused(house, status=409, umkm_id=made["umkm_id"], month="2026-05") == ("duplicate", [("/month", "unique")])
    other = production_report(house.bumdes, umkm_id=made["umkm_id"], month="2026-06")
    again = house.bumdes.patch(path(other), {"month": "2026-05"}, status=409)
    assert problem(again) == ("duplicate", [("/month", "unique")])
    house.bumdes.delete(path(made))
    house.bumdes.patch(path(other), {"month": "2026-05"})


@pytest.mark.parametrize("members, told", [
    ({"month": "2026-7"}, ("/month", "too_short")), ({"month": "2026-13"}, ("/month", "pattern")),
    ({"month": month(-1)}, ("/month", "future")),
    ({"volume": None}, ("/unit", "together")), ({"unit": None}, ("/unit", "together")),
    ({"volume": "1,5"}, ("/volume", "pattern")), ({"volume": "-1"}, ("/volume", "pattern")),
    ({"unit": "sack"}, ("/unit", "enum")),
    ({"turnover_idr": -1}, ("/turnover_idr", "too_small")), ({"turnover_idr": 1.5}, ("/turnover_idr", "type")),
    ({"volume": None, "unit": None, "turnover_idr": None, "workers_male": None, "workers_female": None},
     ("/turnover_idr", "required")),
    ({"umkm_id": NOBODY}, ("/umkm_id", "exists")), ({"product_id": NOBODY}, ("/product_id", "exists")),
    ({"village_code": BALEREJO}, ("/village_code", "unknown_member")),
])
def test_a_report_makes_sense(house, members, told):
    assert refused(house, **members) == ("validation_failed", [told])


def test_the_present_month_may_be_reported(house):
    assert production_report(house.bumdes, month=month())["month"] == month()


def test_the_product_is_one_of_the_umkm(house):
    mine, theirs = product(house.bumdes, unit="pack"), product(house.bumdes)
    assert refused(house, umkm_id=mine["umkm_id"], product_id=theirs["id"])[1] == [("/product_id", "exists")]
    made = production_report(house.bumdes, umkm_id=mine["umkm_id"], product_id=mine["id"], unit="kg")
    assert [(one["pointer"], one["code"]) for one in made["warnings"]] == [("/unit", "unit_differs")]
    assert house.bumdes.patch(path(made), {"unit": "pack"}).json()["warnings"] == []
    house.bumdes.delete(f"/v1/products/{mine['id']}", status=409)


def test_a_zero_too_many_only_warns(house):
    first = production_report(house.bumdes, month="2026-05", turnover_idr=1000000)
    later = {"umkm_id": first["umkm_id"], "month": "2026-07"}
    made = production_report(house.bumdes, **later, turnover_idr=10000001)
    assert [(one["pointer"], one["code"]) for one in made["warnings"]] == [("/turnover_idr", "turnover_jump")]
    for turnover, warned in ((10000000, False), (100000, False), (99999, True), (None, False)):
        assert bool(house.bumdes.patch(path(made), {"turnover_idr": turnover}).json()["warnings"]) == warned, turnover


# Who may


def test_a_umkm_of_another_village_does_not_exist(house):
    foreign = umkm(house.bumdes2, JEDING)["id"]
    for who in (house.bumdes, house.village_producer):
        assert refused(house, who, umkm_id=foreign)[1] == [("/umkm_id", "exists")]


def test_a_system_reports_without_reading_the_register(house):
    mine = product(house.bumdes)
    made = production_report(house.village_producer, umkm_id=mine["umkm_id"], product_id=mine["id"])
    assert made["source"] == house.village_producer.client_id and set(made["allowed_actions"]) == {"update", "submit", "delete"}
    assert house.village_producer.get(path(made), params={"expand": "umkm"}).json()["umkm"] is None
    assert house.producer.get(path(made), params={"expand": "umkm"}).json()["umkm"]["name"]
    house.village_producer.act(path(made), "submit")
    house.village_producer.act(path(made), "verify", status=403)
    refused(house, house.writer, status=403)


def test_to_a_system_a_restricted_umkm_does_not_exist(house):
    made = production_report(house.bumdes)
    consent = {"contact_public": False, "processing_restricted": True}
    house.bumdes.put(f"/v1/umkm/{made['umkm_id']}/consent", consent)
    for who in (house.producer, house.bupati):
        who.get(path(made), 404)
        assert list(who.pages(REPORTS, umkm_id=made["umkm_id"])) == []
    assert refused(house, house.producer, umkm_id=made["umkm_id"], month="2026-02")[1] == [("/umkm_id", "exists")]
    assert house.dinas.get(path(made)).json()["id"] == made["id"]


def test_who_reported_stays(house):
    made = production_report(house.bumdes)
    refusal = house.bumdes.delete(f"/v1/umkm/{made['umkm_id']}", status=409)
    assert problem(refusal) == ("state_conflict", [("/id", "in_use")])


def words(contract, node):
    """Every name in a part of the contract and in what it refers to."""
    if isinstance(node, list):
        return set().union(*(words(contract, one) for one in node))
    if not isinstance(node, dict):
        return set()
    node = contract.resolve(node)
    return set(node) | words(contract, list(node.values()))


def test_turnover_is_nowhere_in_the_catalogue(house):
    told = words(house.contract, [one.members for one in house.contract.operations.values() if not one.security])
    assert "price_min_idr" in told and [name for name in told if "turnover" in name] == []


# The workflow


def test_who_wrote_it_does_not_verify_it(house):
    made = path(production_report(house.bumdes))
    house.dinas.patch(made, {"turnover_idr": 9})
    house.bumdes.act(made, "submit")
    assert problem(house.dinas.act(made, "verify", status=403))[1] == [("/status", "verifier_wrote")]
    house.dinas2.act(made, "verify")
    house.dinas2.act(made, "publish", status=403)


def test_a_verified_figure_does_not_vanish_without_a_trace(house):
    made = verified(house)
    assert house.dinas.get(made).json()["allowed_actions"] == ["update", "archive"]
    house.dinas.act(made, "request_revision", status=409, note="x")
    assert problem(house.dinas.act(made, "archive", status=422))[1] == [("/note", "required")]
    gone = house.dinas.act(made, "archive", note="UMKM keliru").json()
    assert (gone["status"], gone["status_note"], gone["allowed_actions"]) == ("archived", "UMKM keliru", [])
    house.dinas2.act(made, "reopen", status=409)
    anew = production_report(house.bumdes, umkm_id=gone["umkm_id"], month=gone["month"])
    assert anew["id"] != gone["id"]


@pytest.mark.parametrize("action, after", [("reject", "rejected"), ("request_revision", "needs_revision")])
def test_what_was_submitted_may_come_back(house, action, after):
    made = path(production_report(house.bumdes))
    house.bumdes.act(made, "submit")
    house.bumdes.patch(made, {"turnover_idr": 1}, status=409)
    assert house.dinas.act(made, action, note="Periksa omzet").json()["status"] == after
    if after == "rejected":
        house.bumdes.act(made, "reopen")
    house.bumdes.patch(made, {"turnover_idr": 1})
    assert verify(house, made, house.bumdes)["turnover_idr"] == 1


# Corrections


def test_a_correction_keeps_the_old_value(house):
    made = verified(house, turnover_idr=18500000, volume="100", unit="kg")
    asked = house.bumdes.patch(made, {"turnover_idr": 21500000, "volume": "110.5", "unit": "kg", "reason": WHY}).json()
    assert (asked["turnover_idr"], asked["volume"], asked["status"], asked["corrections"]) == (18500000, "100", "verified", [])
    assert asked["change_request"]["members"] == ["reason", "turnover_idr", "volume"]
    shown = {one["member"]: (one["old"], one["new"]) for one in house.dinas.get(made + "/change-request").json()["changes"]}
    assert shown == {"turnover_idr": ("18500000", "21500000"), "volume": ("100", "110.5"), "reason": (None, WHY)}
    done = decide(house.dinas, made, "verify").json()
    assert (done["turnover_idr"], done["volume"], done["change_request"]) == (21500000, "110.5", None)
    assert (done["status"], done["verified_by"]) == ("verified", house.dinas.id)
    correction, = done["corrections"]
    assert correction == {
        "id": asked["change_request"]["id"], "reason": WHY,
        "changes": [{"member": "turnover_idr", "old": "18500000", "new": "21500000"},
                    {"member": "volume", "old": "100", "new": "110.5"}],
        "requested_at": asked["change_request"]["requested_at"], "requested_by": house.bumdes.id,
        "verified_at": done["verified_at"], "verified_by": house.dinas.id,
    }
    house.dinas.patch(made, {"turnover_idr": None, "reason": WHY})
    first, second = decide(house.dinas2, made, "verify").json()["corrections"]
    assert first == correction and second["changes"] == [{"member": "turnover_idr", "old": "21500000", "new": None}]


def test_a_correction_says_why(house):
    made = verified(house, turnover_idr=5)
    assert problem(house.bumdes.patch(made, {"turnover_idr": 6}, status=422)) == ("validation_failed", [("/reason", "required")])
    before = house.bumdes.get(made)
    for same in ({"turnover_idr": 5}, {"reason": WHY}, {"turnover_idr": 5, "reason": WHY}):
        assert house.bumdes.patch(made, same).headers["ETag"] == before.headers["ETag"], "nothing is asked for"
    assert house.bumdes.get(made + "/history").json()["data"][0]["action"] == "verify"


@pytest.mark.parametrize("action, note", [("reject", "Nota tidak ada"), ("withdraw", None)])
def test_a_correction_that_is_not_made_leaves_the_figure_alone(house, action, note):
    made = verified(house, turnover_idr=5)
    house.bumdes.patch(made, {"turnover_idr": 6, "reason": WHY})
    house.dinas.act(made, "archive", status=409, note="x")
    done = decide(house.dinas, made, action, note=note).json()
    assert (done["turnover_idr"], done["corrections"], done["change_request"]) == (5, [], None)
    house.bumdes.patch(made, {"turnover_idr": 7, "reason": WHY})  # the same reason is given anew
    assert decide(house.dinas, made, "verify").json()["corrections"][0]["reason"] == WHY


def test_who_asked_for_a_correction_does_not_verify_it(house):
    made = verified(house)
    house.dinas.patch(made, {"turnover_idr": 6, "reason": WHY})
    assert problem(decide(house.dinas, made, "verify", 403)) == ("forbidden", [("/status", "verifier_wrote")])
    assert problem(house.bumdes.patch(made, {"turnover_idr": 7, "reason": WHY}, status=409))[1] == [
        ("/change_request", "change_open")]
    decide(house.dinas2, made, "verify")


def test_a_rule_speaks_when_a_correction_is_asked_for(house):
    made = verified(house)
    assert problem(house.bumdes.patch(made, {"month": month(-1), "reason": WHY}, status=422))[1] == [("/month", "future")]
    assert problem(house.bumdes.patch(made, {"volume": None, "reason": WHY}, status=422))[1] == [("/unit", "together")]
    taken = production_report(house.bumdes, umkm_id=house.bumdes.get(made).json()["umkm_id"], month="2025-01")
    refusal = house.bumdes.patch(made, {"month": taken["month"], "reason": WHY}, status=409)
    assert problem(refusal) == ("duplicate", [("/month", "unique")])


def test_corrections_have_an_end(house):
    made = verified(house)
    house.rows("""set session_replication_role = replica;
                  update production_report
                     set corrections = array_fill(row(id, 'verified', '{"turnover_idr": [1, 2]}', 'x', now(), null, now(), null)
                                                  ::change_request, array[100])
                   where id = %s""", [made.split("/")[-1]])
    refusal = house.bumdes.patch(made, {"turnover_idr": 6, "reason": WHY}, status=422)
    assert problem(refusal) == ("validation_failed", [("/corrections", "range")])


def test_a_reason_of_a_draft_is_not_kept(house):
    made = path(production_report(house.bumdes))
    house.bumdes.patch(made, {"turnover_idr": 6, "reason": WHY})
    verify(house, made, house.bumdes)
    assert problem(house.bumdes.patch(made, {"turnover_idr": 7}, status=422))[1] == [("/reason", "required")]


def test_the_history_tells_of_a_correction_once(house):
    made = verified(house, turnover_idr=5)
    house.bumdes.patch(made, {"turnover_idr": 6, "reason": WHY})
    decide(house.dinas, made, "verify")
    told = [(one["action"], {c["member"]: (c["old"], c["new"]) for c in one["changes"]})
            for one in house.bumdes.pages(made + "/history", limit=2)]
    assert told[:3] == [("verify_change", {"turnover_idr": ("5", "6")}),
                        ("request_change", {"turnover_idr": ("5", "6"), "reason": (None, WHY)}),
                        ("verify", {"status": ("submitted", "verified")})]


# Lists


@pytest.mark.parametrize("sort", ["month", "-month", "updated_at", "-updated_at"])
def test_reports_are_found_by_what_one_knows_of_them(house, sort):
    coffee = product(house.bumdes)
    mine = production_report(house.bumdes, umkm_id=coffee["umkm_id"], product_id=coffee["id"], month="2025-03")
    theirs = production_report(house.bumdes2, JEDING, month="2025-05")
    verify(house, path(theirs), house.bumdes2)
    house.bumdes2.patch(path(theirs), {"turnover_idr": 6, "reason": WHY})
    both = f"{mine['id']},{theirs['id']}"
    for filter, found in [
        ({}, {mine["id"], theirs["id"]}), ({"umkm_id": coffee["umkm_id"]}, {mine["id"]}),
        ({"product_id": coffee["id"]}, {mine["id"]}), ({"village_code": JEDING}, {theirs["id"]}),
        ({"district_code": "35.05.17"}, {mine["id"]}), ({"status": "verified"}, {theirs["id"]}),
        ({"status_ne": "verified"}, {mine["id"]}), ({"change_request": "open"}, {theirs["id"]}),
        ({"month_gte": "2025-04"}, {theirs["id"]}), ({"month_lte": "2025-03"}, {mine["id"]}),
        ({"updated_at_gte": theirs["updated_at"]}, {theirs["id"]}), ({"updated_at_lte": "2020-01-01T00:00:00Z"}, set()),
    ]:
        rows = list(house.dinas.pages(REPORTS, id=both, limit=1, sort=sort, expand="umkm", **filter))
        assert {row["id"] for row in rows} == found and len(rows) == len(found), filter
        assert all(row["umkm"]["id"] == row["umkm_id"] for row in rows)
    assert [row["id"] for row in house.bumdes.pages(REPORTS, id=both)] == [mine["id"]]
