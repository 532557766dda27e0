"""OVOP stars: rubrics, estimates, awards, the advice, and the catalogue."""
import pytest

from client import problem
from house import BALEREJO, JEDING, WLINGI
from records import AWARD, award, body, bumdes, change, criterion, estimate, level, product, publish, rubric, scores, umkm, verify

MISSING = "01890a5d-ac96-774b-bcce-b302099a8057"


def path(made):
    return f"/v1/star-assessments/{made['id']}"


def refused(house, **members):
    """Returns the violations of an estimate or award."""
    fields = {"product_id": product(house.dinas)["id"], **members}
    return problem(house.dinas.post("/v1/star-assessments", fields, 422))[1]


def advice(who, made):
    return who.get(path(made) + "/advice").json()


def found(who, where="/v1/star-assessments", **filters):
    return {one["id"] for one in who.pages(where, limit=200, **filters)}


def decide(who, made, action):
    return who("POST", f"{path(made)}/change-request/actions/{action}", {}, match="*", status=200).json()


@pytest.fixture(scope="module")
def by(house):
    """Returns the members of an estimate that name a rubric of two criteria."""
    return {"kind": "estimate", "scheme": "district", "year": 2026, "rubric_id": rubric(house.dinas)["id"]}


# Rubrics


def test_the_districts_rubric_stands_there_for_anybody(house):
    seeded, = house.public.get("/v1/star-rubrics", params={"scheme": "district", "year": 2026}).json()["data"]
    assert seeded["max_total"] == 100 == sum(one["max_score"] for one in seeded["criteria"])
    assert [one["stars"] for one in seeded["levels"]] == [1, 2, 3, 4, 5]
    assert house.public.get(f"/v1/star-rubrics/{seeded['id']}").json() == seeded


def test_a_rubric_is_kept_by_the_dinas_until_something_was_assessed_by_it(house):
    made = rubric(house.dinas)
    at = f"/v1/star-rubrics/{made['id']}"
    house.bumdes.patch(at, {"name_en": "Other"}, status=403)
    changed = house.dinas.patch(at, {"criteria": [criterion("taste", 100)], "name_en": "Other"}).json()
    assert (changed["max_total"], changed["name_en"], changed["version"]) == (100, "Other", 2)
    estimate(house.dinas, rubric_id=made["id"], scores=scores(taste=50))
    for patch in ({"name_en": "Again"}, {"levels": [level(1, 1)]}):
        assert problem(house.dinas.patch(at, patch, status=409)) == ("state_conflict", [("/id", "in_use")])


def test_a_scheme_has_one_rubric_a_year(house):
    made = rubric(house.dinas)
    again = body(house.contract, "star_rubric_create", scheme=made["scheme"], year=made["year"])
    assert problem(house.dinas.post("/v1/star-rubrics", again, 409)) == ("duplicate", [("/year", "unique")])


@pytest.mark.parametrize("members, faults", [
    ({"levels": [level(2, 10)]}, [("/levels/0/stars", "consecutive")]),
    ({"levels": [level(1, 40), level(2, 40)]}, [("/levels/1/min_total", "not_rising")]),
    ({"levels": [level(1, 101)]}, [("/levels/0/min_total", "too_large")]),
    ({"levels": [level(n, n * 10) for n in (1, 2, 3, 4)], "scheme": "ministry_2021"}, [("/levels", "too_many_items")]),
    ({"criteria": [criterion("taste", 60), criterion("taste", 40)]}, [("/criteria/0/code", "unique"), ("/criteria/1/code", "unique")]),
    ({"levels": [{**level(1, 40), "documents": [{"any_of": ["nib"], "categories": ["coffee", "moon"]}]}]},
     [("/levels/0/documents/0/categories", "exists")]),
    ({"levels": [level(1, 40, ["visa"])]}, [("/levels/0/documents/0/any_of/0", "enum")]),
    ({"criteria": [criterion("taste", 0)]}, [("/criteria/0/max_score", "too_small")]),
    ({"criteria": []}, [("/criteria", "too_few_items")]), ({"year": 1999}, [("/year", "too_small")]),
])
def test_a_rubric_makes_sense(house, members, faults):
    fields = {"year": 2100, "criteria": [criterion("taste", 60), criterion("packaging", 40)], **members}
    fields = body(house.contract, "star_rubric_create", **fields)
    assert problem(house.dinas.post("/v1/star-rubrics", fields, 422))[1] == faults


# Estimates


@pytest.mark.parametrize("points, total, stars", [((20, 19), 39, 0), ((40, 0), 40, 1), ((60, 19), 79, 1), ((60, 20), 80, 2)])
def test_total_and_stars_follow_from_the_scores(house, by, points, total, stars):
    made = estimate(house.dinas, **by, scores=scores(taste=points[0], packaging=points[1]))
    assert (made["total"], made["stars"], made["status"]) == (total, stars, "draft")
    changed = house.dinas.patch(path(made), {"scores": scores(taste=60, packaging=40)}).json()
    assert (changed["total"], changed["stars"]) == (100, 2)


def test_every_wrong_score_is_named(house, by):
    wrong = [{"criterion": "taste", "score": 61}, {"criterion": "colour", "score": 1}, {"criterion": "taste", "score": 2}]
    assert sorted(refused(house, **by, scores=wrong)) == [
        ("/scores", "criterion_missing"), ("/scores/0/criterion", "unique"), ("/scores/0/score", "too_large"),
        ("/scores/1/criterion", "exists"), ("/scores/2/criterion", "unique")]
    details = house.dinas.post("/v1/star-assessments", {"product_id": product(house.dinas)["id"], **by, "scores": scores(taste=61)},
                               422, headers={"Accept-Language": "en"}).json()["violations"]
    assert {one["detail"] for one in details} == {"At most 60.", "The criterion packaging has no score."}


@pytest.mark.parametrize("members, fault", [
    ({"scores": []}, ("/scores", "required")), ({"rubric_id": None}, ("/rubric_id", "required")),
    ({"rubric_id": MISSING}, ("/rubric_id", "exists")), ({"scheme": "ministry_2021"}, ("/rubric_id", "exists")),
    ({"stars": 2}, ("/stars", "award_only")), ({"awarded_by": "Bupati"}, ("/awarded_by", "award_only")),
    ({"awarded_on": "2026-01-01"}, ("/awarded_on", "award_only")),
    ({"certificate_number": "1"}, ("/certificate_number", "award_only")),
    ({"year": 2099}, ("/year", "future")), ({"product_id": MISSING}, ("/product_id", "exists")),
    ({"total": 3}, ("/total", "unknown_member")), ({"village_code": BALEREJO}, ("/village_code", "unknown_member")),
])
def test_an_estimate_makes_sense(house, by, members, fault):
    assert fault in refused(house, **{**by, "scores": scores(taste=1, packaging=1), **members})


def test_a_document_is_needed_besides_the_points(house):
    strict_rubric = rubric(house.dinas, levels=[level(1, 40), level(2, 80, ["nib"])])["id"]
    maker = umkm(house.bumdes)
    coffee = product(house.bumdes, umkm_id=maker["id"])
    full = scores(taste=60, packaging=40)
    made = estimate(house.dinas, product_id=coffee["id"], rubric_id=strict_rubric, scores=full)
    assert made["stars"] == 1, "the NIB is not verified yet"
    publish(house, f"/v1/umkm/{maker['id']}", house.bumdes)
    assert house.dinas.get(path(made)).json()["stars"] == 1, "a scored estimate does not change by itself"
    house.dinas.patch(path(made), {"scores": scores(taste=59, packaging=40)})
    assert house.dinas.get(path(made)).json()["stars"] == 2


# Awards


@pytest.mark.parametrize("members, fault", [
    ({"stars": 4}, ("/stars", "too_large")), ({"stars": None}, ("/stars", "required")),
    ({"certificate_number": None}, ("/certificate_number", "required")), ({"awarded_by": None}, ("/awarded_by", "required")),
    ({"awarded_on": None}, ("/awarded_on", "required")), ({"awarded_on": "2100-01-01"}, ("/awarded_on", "future")),
    ({"scores": scores(taste=1)}, ("/scores", "estimate_only")), ({"year": 2006}, ("/year", "too_small")),
    ({"rubric_id": MISSING}, ("/rubric_id", "estimate_only")), ({"scheme": "moon"}, ("/scheme", "enum")),
])
def test_an_award_makes_sense(house, members, fault):
    assert fault in refused(house, **{**AWARD, **members})


def test_an_award_has_its_stars_and_no_scores(house):
    made = award(house.dinas, scheme="ministry_2007", stars=5)
    assert (made["stars"], made["total"], made["scores"], made["rubric_id"]) == (5, None, [], None)
    house.dinas.get(path(made) + "/advice", 404)


def test_estimates_and_awards_stand_side_by_side_and_each_once(house, by):
    coffee = product(house.dinas)["id"]
    fields = {"product_id": coffee, **by, "scores": scores(taste=40, packaging=1)}
    for made in (house.dinas.post("/v1/star-assessments", fields).json(),
                 award(house.dinas, product_id=coffee, scheme="district", year=2026),
                 award(house.dinas, product_id=coffee, scheme="ministry_2021", year=2026),
                 house.dinas.post("/v1/star-assessments", {**fields, "year": 2025}).json()):
        assert made["warnings"] == []
    assert house.dinas.post("/v1/star-assessments", fields).json()["warnings"][0]["code"] == "duplicate"


# Scope and changes


def test_they_belong_where_their_product_does(house):
    fields = bumdes(house.contract, WLINGI[0], villages=WLINGI, kind="bumdesma")
    firm = house.dinas.post("/v1/village-enterprises", fields).json()["id"]
    joint = product(house.bumdesma, WLINGI[0], umkm_id=None, village_enterprise_id=firm, villages=WLINGI)
    made = estimate(house.dinas, product_id=joint["id"])
    assert (made["village_code"], made["villages"], made["umkm_id"]) == (WLINGI[0], WLINGI, None)
    house.bumdes.get(path(made), 404)  # until a second officer has verified it
    verify(house, path(made), house.dinas)
    assert house.bumdes.get(path(made)).json()["allowed_actions"] == []
    house.bumdes2.get(path(made), 404)
    house.bumdesma.patch(f"/v1/products/{joint['id']}", {"villages": WLINGI[:2]})
    house.bumdes.get(path(made), 404)
    assert house.bumdesma.get(path(made)).json()["villages"] == WLINGI[:2]


def test_a_product_moves_with_a_published_assessment_of_it(house):
    made = estimate(house.dinas)
    publish(house, path(made), house.dinas)
    other = umkm(house.bumdes)["id"]
    house.bumdes.patch(f"/v1/products/{made['product_id']}", {"umkm_id": other})
    shown = house.dinas.get(path(made)).json()
    assert (shown["umkm_id"], shown["status"], shown["change_request"]) == (other, "published", None)


def test_an_assessed_product_is_not_deleted(house):
    made = estimate(house.dinas)
    at = f"/v1/products/{made['product_id']}"
    assert problem(house.dinas.delete(at, status=409)) == ("state_conflict", [("/id", "in_use")])
    house.dinas.delete(path(made))
    house.dinas.delete(at)


def test_another_officer_verifies_and_a_change_waits_for_one(house, by):
    made = estimate(house.dinas, **by, scores=scores(taste=40, packaging=0))
    house.dinas.act(path(made), "submit")
    assert problem(house.dinas("POST", path(made) + "/actions/verify", {}, match="*", status=403)) == (
        "forbidden", [("/status", "verifier_wrote")])
    house.dinas2.act(path(made), "verify")
    asked = house.dinas.patch(path(made), {"scores": scores(taste=60, packaging=20)}).json()
    assert (asked["stars"], asked["change_request"]["members"]) == (1, ["scores"])
    assert house.bumdes.get(path(made) + "/change-request").json()["allowed_actions"] == []
    wrong = house.dinas2.patch(path(estimate(house.dinas)), {"scores": scores(taste=61)}, status=422)
    assert problem(wrong)[0] == "validation_failed"
    assert (decide(house.dinas2, made, "verify")["total"], house.dinas.get(path(made)).json()["stars"]) == (80, 2)
    assert next(house.bumdes.pages(path(made) + "/history", member="scores"))["action"] == "verify_change"


def test_a_wrong_change_of_a_published_one_is_refused_when_it_is_asked_for(house, by):
    made = estimate(house.dinas, **by, scores=scores(taste=40, packaging=0))
    publish(house, path(made), house.dinas)
    wrong = house.dinas.patch(path(made), {"scores": scores(taste=40)}, status=422)
    assert problem(wrong)[1] == [("/scores", "criterion_missing")]


def test_its_product_village_and_rubric_are_expanded_when_asked(house):
    made = estimate(house.dinas)
    full = house.bumdes.get(path(made), params={"expand": "village,product,rubric"}).json()
    assert (full["product"]["id"], full["village"]["name"], full["rubric"]["id"]) == (
        made["product_id"], "Balerejo", made["rubric_id"])
    assert {**full, "product": None, "village": None, "rubric": None, "allowed_actions": made["allowed_actions"]} == made


def test_every_filter_finds_it_and_not_another(house):
    made = award(house.dinas, JEDING, scheme="ministry_2007", year=2015, stars=4, note="Suara mantap sekali")
    other = estimate(house.dinas)
    here = {"village_code": JEDING, "district_code": JEDING[:8], "product_id": made["product_id"], "umkm_id": made["umkm_id"],
            "kind": "award", "scheme": "ministry_2007", "year": "2014,2015", "stars": "4,5", "q": "suara man", "id": made["id"]}
    for name, value in {**here, "status": "draft"}.items():
        ids = found(house.dinas, **{name: value})
        assert made["id"] in ids and (other["id"] not in ids or name == "status"), name
    assert made["id"] not in found(house.dinas, status_ne="draft", year="2015")
    change(house, path(made), house.dinas, {"note": "Suara lain"})
    assert made["id"] in found(house.dinas, change_request="open")


@pytest.mark.parametrize("where", ["/v1/star-rubrics", "/v1/star-assessments"])
def test_rows_come_by_year(house, where):
    award(house.dinas, year=2020), award(house.dinas, year=2019), rubric(house.dinas)
    for sort in ("year", "-year"):
        years = [one["year"] for one in house.dinas.pages(where, sort=sort, limit=2)]
        assert years == sorted(years, reverse=sort[0] == "-") and len(set(years)) > 1


# Advice for the next star


def test_the_advice_names_points_and_where_to_gain_them(house, by):
    made = estimate(house.dinas, **by, scores=scores(taste=42, packaging=11))
    reply = advice(house.bumdes, made)
    assert (reply["total"], reply["stars"], reply["next_star"], reply["threshold"], reply["points_missing"]) == (53, 1, 2, 80, 27)
    assert [(one["criterion"], one["gain"]) for one in reply["gains"]] == [("packaging", 29), ("taste", 18)]
    assert (reply["documents_missing"], reply["one_document_away"]) == ([], False)


def test_the_last_star_has_no_next_star(house, by):
    reply = advice(house.dinas, estimate(house.dinas, **by, scores=scores(taste=60, packaging=40)))
    assert (reply["stars"], reply["next_star"], reply["threshold"], reply["points_missing"], reply["gains"]) == (2, None, None, None, [])
    assert (reply["documents_missing"], reply["one_document_away"]) == ([], False)


@pytest.mark.parametrize("packaging, documents, away", [
    (20, [["halal"]], True), (19, [["halal"]], False), (20, [["halal"], ["trademark"]], False),
])
def test_one_document_away_means_that_nothing_else_is_missing(house, packaging, documents, away):
    strict = rubric(house.dinas, levels=[level(1, 40), level(2, 80, *documents)])["id"]
    reply = advice(house.bumdes, estimate(house.dinas, rubric_id=strict, scores=scores(taste=60, packaging=packaging)))
    assert [one["any_of"] for one in reply["documents_missing"]] == documents
    assert reply["one_document_away"] is away


def test_documents_of_lower_stars_and_of_the_products_category_count(house):
    of_coffee = {"any_of": ["pirt", "bpom"], "categories": ["coffee"]}
    of_batik = {"any_of": ["sni"], "categories": ["batik_textile"]}
    levels = [{"stars": 1, "min_total": 40, "documents": [of_coffee, of_batik]}, level(2, 80, ["halal"])]
    strict = rubric(house.dinas, levels=levels)["id"]
    reply = advice(house.dinas, estimate(house.dinas, rubric_id=strict, scores=scores(taste=60, packaging=40)))
    assert (reply["next_star"], reply["documents_missing"]) == (1, [{"any_of": ["pirt", "bpom"]}])


# The catalogue


def test_the_public_sees_the_latest_award_and_estimate_apart(house, by):
    coffee = product(house.dinas)
    publish(house, f"/v1/products/{coffee['id']}", house.dinas)
    at = f"/v1/catalog/products/{coffee['id']}"
    shown = house.public.get(at).json()
    assert shown["star_award"] is shown["star_estimate"] is None
    old = award(house.dinas, product_id=coffee["id"], year=2022, stars=3)
    new = award(house.dinas, product_id=coffee["id"], year=2024, stars=2)
    guess = estimate(house.dinas, product_id=coffee["id"], **by, scores=scores(taste=40, packaging=0))
    for one in (old, guess):
        publish(house, path(one), house.dinas)
    held = house.public.get(at)
    assert held.json()["star_estimate"] == {"scheme": "district", "year": 2026, "stars": 1}
    assert held.json()["star_award"] == {name: old[name] for name in (
        "scheme", "year", "stars", "awarded_by", "awarded_on", "certificate_number")}
    publish(house, path(new), house.dinas)
    shown = house.public.get(at, headers={"If-None-Match": held.headers["ETag"]}).json()
    assert shown["star_award"]["year"] == 2024
    assert shown in list(house.public.pages("/v1/catalog/products", id=coffee["id"]))
    assert house.public.get(at, 304, headers={"If-None-Match": house.public.get(at).headers["ETag"]})
