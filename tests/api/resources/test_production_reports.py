"""Monthly reports: valid content, access, and corrections.

A correction of a verified figure keeps the old value.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from client import problem
from house import BALEREJO, JEDING, month
from records import body, product, production_report, publish, umkm, verify

REPORTS = "/v1/production-reports"
NOBODY = "01890a5d-ac96-774b-bcce-b302099a8057"
WHY = "Nota pekan keempat tertinggal"


def path(made):
    return f"{REPORTS}/{made['id']}"


def sent(house, **members):
    return body(house.contract, "production_report_create", **{"product_id": None, **members})


def refused(house, who=None, status=422, **members):
    fields = sent(house, **{"umkm_id": umkm(house.bumdes)["id"], **members})
    return problem((who or house.bumdes).post(REPORTS, fields, status))


def verified(house, **members):
    made = path(production_report(house.bumdes, **members))
    verify(house, made, house.bumdes)
    return made


def decide(who, at, action, status=200, **fields):
    return who("POST", f"{at}/change-request/actions/{action}", fields, match="*", status=status)


# Content


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


def test_one_report_of_a_month_is_verified(house):
    made = verified(house, month="2026-05")
    other = production_report(house.bumdes, umkm_id=house.dinas.get(made).json()["umkm_id"], month="2026-05")
    house.bumdes.act(path(other), "submit")
    again = house.dinas2.act(path(other), "verify", status=409)
    assert problem(again) == ("duplicate", [("/month", "unique")])
    house.dinas2.act(made, "archive", note="Keliru")
    house.dinas2.act(path(other), "verify")


# Several products in a month


def report_of(house, one, month="2026-05", **members):
    """Makes a draft about one product."""
    return production_report(house.bumdes, umkm_id=one["umkm_id"], product_id=one["id"], month=month, **members)


def products(house, number=2, village=BALEREJO, client=None):
    """Makes products of one UMKM."""
    client = client or house.bumdes
    of = umkm(client, village)["id"]
    return [product(client, village, umkm_id=of) for _ in range(number)]


def codes(made):
    return [(one["pointer"], one["code"]) for one in made["warnings"] if one["code"] == "month_together"]


TOGETHER = [("/product_id", "month_together")]


def test_each_product_of_a_month_has_its_report(house):
    coffee, chips = products(house)
    for one in (coffee, chips):
        assert verify(house, path(report_of(house, one)), house.bumdes)["product_id"] == one["id"]
    again = report_of(house, coffee)
    house.bumdes.act(path(again), "submit")
    assert problem(house.dinas2.act(path(again), "verify", status=409)) == ("duplicate", [("/month", "unique")])
    verify(house, path(report_of(house, coffee, month="2026-06")), house.bumdes)


@pytest.mark.parametrize("first", ["all", "one"])
def test_all_products_together_never_stand_beside_single_ones(house, first):
    coffee, chips = products(house)
    both = {"umkm_id": coffee["umkm_id"], "month": "2026-05"}
    kinds = {"all": {**both, "product_id": None}, "one": {**both, "product_id": coffee["id"]}}
    before, after = kinds.pop(first), *kinds.values()
    made, waiting = (production_report(house.bumdes, **fields) for fields in (before, after))
    assert codes(made) == [] and codes(waiting) == codes(house.bumdes.get(path(made)).json()) == TOGETHER
    verify(house, path(made), house.bumdes)
    for who in (house.bumdes, house.dinas, house.village_producer):
        assert refused(house, who, **after) == ("validation_failed", TOGETHER)
    house.bumdes.act(path(waiting), "submit")
    assert problem(house.dinas2.act(path(waiting), "verify", status=409)) == ("duplicate", TOGETHER)
    asked = house.bumdes.patch(path(made), {"product_id": after["product_id"], "reason": WHY})
    assert asked.json()["change_request"]["members"] == ["product_id", "reason"], "the one report may become of the other kind"
    house.bumdes("POST", path(made) + "/change-request/actions/withdraw", {}, match="*", status=200)
    other = verified(house, **{**after, "month": "2026-04"})
    assert problem(house.bumdes.patch(other, {"month": "2026-05", "reason": WHY}, status=409)) == ("duplicate", TOGETHER)
    house.dinas2.act(path(waiting), "reject", note="Sudah ada")
    assert codes(house.bumdes.get(path(made)).json()) == []
    house.dinas2.act(path(made), "archive", note="Keliru")
    production_report(house.bumdes, **after)
    house.bumdes.act(path(waiting), "reopen")
    verify(house, path(waiting), house.bumdes)


def test_the_refusal_says_what_to_do(house):
    one = house.dinas.get(verified(house, month="2026-05")).json()
    mine = product(house.bumdes, umkm_id=one["umkm_id"])
    sent_again = sent(house, umkm_id=one["umkm_id"], product_id=mine["id"], month="2026-05")
    for language, word in (("id", "sekali untuk semua produk"), ("en", "once for all products")):
        reply = house.bumdes.post(REPORTS, sent_again, 422, headers={"Accept-Language": language})
        assert word in reply.json()["violations"][0]["detail"]


def test_of_two_kinds_verified_at_once_one_wins(house):
    for _ in range(5):
        one, = products(house, 1)
        waiting = [production_report(house.bumdes, umkm_id=one["umkm_id"], product_id=of, month="2026-05") for of in (None, one["id"])]
        for each in waiting:
            house.bumdes.act(path(each), "submit")
        with ThreadPoolExecutor(2) as pool:
            replies = list(pool.map(lambda each: house.dinas2("POST", path(each) + "/actions/verify", {}, match="*"), waiting))
        assert sorted(one.status_code for one in replies) == [200, 409], [one.text for one in replies]


def figures(house, village, **more):
    asked = {"village_code": village, "period_from": "2026-04-01", "period_to": "2026-06-30", **more}
    return house.dinas.get("/v1/reports/productivity", params=asked).json()["total"]


def test_a_report_sums_the_products_of_a_month_once(house):
    village = "35.05.02.2011"
    for factor in (1, 2, 3):
        coffee, chips = products(house, 2, village, house.dinas)
        publish(house, f"/v1/umkm/{coffee['umkm_id']}", house.dinas)
        for month, together, single in (("2026-01", 10, ()), ("2026-05", None, (12, 18)), ("2026-06", None, (40,))):
            made = {"umkm_id": coffee["umkm_id"], "month": month, "workers_male": 2, "workers_female": factor}
            rows = [(None, together)] if together else list(zip((coffee["id"], chips["id"]), single))
            for of, turnover in rows:
                fields = {**made, "product_id": of, "turnover_idr": turnover * factor * 1000}
                verify(house, path(production_report(house.dinas, village, **fields)), house.dinas)
    shown = figures(house, village)
    assert (shown["denominator"], shown["reporting"]) == (3, 3)
    assert (shown["median_turnover_before_idr"], shown["median_turnover_idr"]) == (20000, 70000), "the mean of 30 and 40, twice"
    assert (float(shown["workers_before"]), float(shown["workers"])) == (12, 12), "workers are not summed over the products"
    income = {one["month"]: one for one in house.dinas.get(f"/v1/villages/{village}/brief").json()["income"]["months"]}
    assert (income["2026-05"]["reporting"], income["2026-05"]["median_turnover_idr"]) == (3, 60000)


def test_a_submitted_report_never_counts_a_month_twice(house):
    village = "35.05.02.2012"
    for factor in (1, 2, 3):
        coffee, chips = products(house, 2, village, house.dinas)
        publish(house, f"/v1/umkm/{coffee['umkm_id']}", house.dinas)

        def made(of, turnover, month="2026-05", to="submit"):
            at = path(production_report(house.dinas, village, umkm_id=coffee["umkm_id"], product_id=of, month=month,
                                        turnover_idr=turnover * factor * 1000))
            house.dinas.act(at, "submit")
            if to == "verify":
                house.dinas2.act(at, "verify")

        made(chips["id"], 9, "2026-01")  # beside the next one
        made(None, 10, "2026-01", "verify")
        made(None, 7, "2026-01")  # beside a verified one
        made(coffee["id"], 30, to="verify")
        made(coffee["id"], 31)
        made(chips["id"], 20)  # no verified one of it: the later one counts
        made(chips["id"], 25)
        made(None, 90, "2026-06")
        made(coffee["id"], 15, "2026-06")  # single ones count before one for all
    for verified_only, turnover in (("true", 2 * 30000), ("false", 2 * (30000 + 25000 + 15000) // 2)):
        shown = figures(house, village, verified_only=verified_only)
        assert (shown["median_turnover_before_idr"], shown["median_turnover_idr"]) == (20000, turnover), verified_only


@pytest.mark.parametrize("members, violation", [
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
def test_a_report_makes_sense(house, members, violation):
    assert refused(house, **members) == ("validation_failed", [violation])


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


# Access


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


def test_a_umkm_with_a_report_is_not_deleted(house):
    made = production_report(house.bumdes)
    refusal = house.bumdes.delete(f"/v1/umkm/{made['umkm_id']}", status=409)
    assert problem(refusal) == ("state_conflict", [("/id", "in_use")])


def words(contract, node):
    """Returns every name in a part of the contract and in its references."""
    if isinstance(node, list):
        return set().union(*(words(contract, one) for one in node))
    if not isinstance(node, dict):
        return set()
    node = contract.resolve(node)
    return set(node) | words(contract, list(node.values()))


def test_turnover_is_nowhere_in_the_catalogue(house):
    names = words(house.contract, [one.members for one in house.contract.operations.values() if not one.security])
    assert "price_min_idr" in names and [name for name in names if "turnover" in name] == []


# The workflow


def test_its_writer_does_not_verify_it(house):
    made = path(production_report(house.bumdes))
    house.dinas.patch(made, {"turnover_idr": 9})
    house.bumdes.act(made, "submit")
    assert problem(house.dinas.act(made, "verify", status=403))[1] == [("/status", "verifier_wrote")]
    house.dinas2.act(made, "verify")
    house.dinas2.act(made, "publish", status=403)


def test_a_verified_figure_does_not_vanish_without_a_trace(house):
    made = verified(house)
    assert house.dinas.get(made).json()["allowed_actions"] == ["request_change", "archive"]
    house.dinas.act(made, "request_revision", status=409, note="x")
    assert problem(house.dinas.act(made, "archive", status=422))[1] == [("/note", "required")]
    gone = house.dinas.act(made, "archive", note="UMKM keliru").json()
    assert (gone["status"], gone["status_note"], gone["allowed_actions"]) == ("archived", "UMKM keliru", [])
    house.dinas2.act(made, "reopen", status=409)
    again = production_report(house.bumdes, umkm_id=gone["umkm_id"], month=gone["month"])
    assert again["id"] != gone["id"]


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
        assert house.bumdes.patch(made, same).headers["ETag"] == before.headers["ETag"], "no change request was opened"
    assert house.bumdes.get(made + "/history").json()["data"][0]["action"] == "verify"


@pytest.mark.parametrize("action, note", [("reject", "Nota tidak ada"), ("withdraw", None)])
def test_a_correction_that_is_not_made_leaves_the_figure_alone(house, action, note):
    made = verified(house, turnover_idr=5)
    house.bumdes.patch(made, {"turnover_idr": 6, "reason": WHY})
    house.dinas.act(made, "archive", status=409, note="x")
    done = decide(house.dinas, made, action, note=note).json()
    assert (done["turnover_idr"], done["corrections"], done["change_request"]) == (5, [], None)
    house.bumdes.patch(made, {"turnover_idr": 7, "reason": WHY})  # with the same reason as before
    assert decide(house.dinas, made, "verify").json()["corrections"][0]["reason"] == WHY


def test_the_requester_of_a_correction_does_not_verify_it(house):
    made = verified(house)
    house.dinas.patch(made, {"turnover_idr": 6, "reason": WHY})
    assert problem(decide(house.dinas, made, "verify", 403)) == ("forbidden", [("/status", "verifier_wrote")])
    assert problem(house.bumdes.patch(made, {"turnover_idr": 7, "reason": WHY}, status=409))[1] == [
        ("/change_request", "change_open")]
    decide(house.dinas2, made, "verify")


def test_a_rule_is_checked_when_a_correction_is_requested(house):
    made = verified(house)
    assert problem(house.bumdes.patch(made, {"month": month(-1), "reason": WHY}, status=422))[1] == [("/month", "future")]
    assert problem(house.bumdes.patch(made, {"volume": None, "reason": WHY}, status=422))[1] == [("/unit", "together")]
    verified(house, umkm_id=house.bumdes.get(made).json()["umkm_id"], month="2025-01")
    refusal = house.bumdes.patch(made, {"month": "2025-01", "reason": WHY}, status=409)
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


def test_the_history_shows_a_correction_once(house):
    made = verified(house, turnover_idr=5)
    house.bumdes.patch(made, {"turnover_idr": 6, "reason": WHY})
    decide(house.dinas, made, "verify")
    entries = [(one["action"], {c["member"]: (c["old"], c["new"]) for c in one["changes"]})
               for one in house.bumdes.pages(made + "/history", limit=2)]
    assert entries[:3] == [("verify_change", {"turnover_idr": ("5", "6")}),
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
