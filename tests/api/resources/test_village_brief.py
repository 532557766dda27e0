"""The brief before a visit.

All figures and choices were worked out by hand, never copied from a reply of the service.
"""
import json

import pytest

from client import problem
from house import BALEREJO, day, month
from pages import Page, printed
from records import (aspiration, certification, commitment, enterprise, flagship, keep, product, production_report, publish,
                     session, umkm, verify, visit)

VILLAGE = "35.05.22.2005"  # no other test uses it
PATH = f"/v1/villages/{VILLAGE}/brief"


@pytest.fixture(scope="module")
def officer(house):
    return house.person("officer-brief", "bumdes", [VILLAGE])


@pytest.fixture(scope="module")
def names(house, officer):
    """Makes the records of the village. Returns {id: name} of those that the tests look for."""
    names = {}

    def named(name, record):
        names[record["id"]] = name
        return record

    businesses = [umkm(officer, VILLAGE, name=f"Usaha {letter} (uji)") for letter in "ABC"]
    for one in businesses:
        publish(house, f"/v1/umkm/{one['id']}", officer)
    umkm(officer, VILLAGE, name="Usaha D (uji)")  # a draft does not count
    publish(house, f"/v1/village-enterprises/{enterprise(officer, VILLAGE, name='BUMDes (uji)')['id']}", officer)
    for name, maker in (("Abon (uji)", 1), ("Batik (uji)", 1), ("Cokelat (uji)", 2)):
        made = product(officer, VILLAGE, name=name, umkm_id=businesses[maker]["id"])
        publish(house, f"/v1/products/{made['id']}", officer)  # after the loop, `made` is Cokelat
    for since, end in ((day(-400), day(-31)), (day(-30), None)):
        decree = flagship(house.dinas, VILLAGE, product_id=made["id"], valid_from=since, valid_to=end)
        publish(house, f"/v1/flagships/{decree['id']}", house.dinas)
    product(officer, VILLAGE, name="Dodol (uji)", umkm_id=businesses[0]["id"])

    a, b, c = ({"umkm_id": one["id"]} for one in businesses)
    for name, of, ends in (("ends soon", a, day(30)), ("ended", {"product_ids": [made["id"]]}, day(-9)), ("renewed", b, day(5)),
                           ("later", b, day(99)), ("far", c, day(61))):
        one = named(name, certification(officer, kind="sni", issued_on="2024-01-01", expires_on=ends, **of))
        publish(house, f"/v1/certifications/{one['id']}", officer)
    certification(officer, kind="lab", expires_on=day(1), **c)  # a draft

    for back, turnovers in ((1, (1000000, 3000000, 8000001)), (2, (4000000, 2000000))):
        for one, turnover in zip(businesses, turnovers):
            made = production_report(officer, VILLAGE, umkm_id=one["id"], month=month(back), turnover_idr=turnover)
            verify(house, f"/v1/production-reports/{made['id']}", officer)
    # This report is a draft.
    production_report(officer, VILLAGE, umkm_id=businesses[2]["id"], month=month(2), turnover_idr=9000000)

    first = visit(house.bupati, VILLAGE, visited_on="2025-02-01")
    last = named("last visit", visit(house.bupati, VILLAGE, visited_on="2026-03-01"))
    for one in (first, last):
        house.dinas.act(f"/v1/visits/{one['id']}", "complete")
    visit(house.bupati, VILLAGE, visited_on="2026-04-01")  # planned for a past day
    visit(house.bupati, VILLAGE, visited_on="2100-02-01")
    named("next visit", visit(house.bupati, VILLAGE, visited_on="2100-01-01"))

    for name, at, members in (
            ("high, earlier", first, {"priority": "high"}), ("low", last, {"priority": "low"}),
            ("normal, earlier", first, {"priority": "normal"}), ("normal, later", last, {"priority": "normal"}),
            ("request", last, {"kind": "request", "priority": "high"})):
        named(name, aspiration(house.bupati, visit_id=at["id"], **{"kind": "obstacle", **members}))
    answered = aspiration(house.bupati, visit_id=last["id"], kind="obstacle", priority="high")
    house.dinas.act(f"/v1/aspirations/{answered['id']}", "address")

    for name, at, due in (("overdue", last, "2026-03-31"), ("longer overdue", last, "2026-03-15"), ("open", last, "2100-01-01"),
                          ("confirmed", first, "2025-03-01"), ("kept", first, "2025-04-01"),
                          ("beyond the fifth", first, "2100-01-01")):
        made = named(name, commitment(house.bupati, visit_id=at["id"], due_on=due, office="public_works"))
        if name in ("confirmed", "kept"):
            keep(house, f"/v1/commitments/{made['id']}")
        if name == "confirmed":
            officer.act(f"/v1/commitments/{made['id']}", "confirm")
        if name == "overdue":
            house.dinas.post(f"/v1/commitments/{made['id']}/progress", {"percent": 35, "note": "Separuh jalan"})

    for name, start in (("second session", "2100-01-16"), ("first session", "2100-01-15"), ("past session", "2026-01-15")):
        named(name, session(house.dinas, VILLAGE, starts_at=start + "T02:00:00.000Z", ends_at=start + "T05:00:00.000Z"))
    return names


@pytest.fixture()
def brief(house, names):
    return house.bupati.get(PATH).json()


def test_it_names_its_village(house, brief):
    village = house.public.get(f"/v1/villages/{VILLAGE}").json()
    assert {name: brief[name] for name in village if name in brief} == {name: village[name] for name in village if name in brief}
    assert brief["day"] == day(0) and brief["as_of"]


def test_its_flagship_is_that_of_the_decree_in_force(brief):
    flagship = brief["flagship"]
    assert (flagship["name"], flagship["valid_from"], flagship["valid_to"]) == ("Cokelat (uji)", day(-30), None)


def test_income_is_the_median_of_those_who_reported(brief):
    months = brief["income"]["months"]
    assert brief["income"]["denominator"] == 3
    assert [one["month"] for one in months] == [month(back) for back in range(12, 0, -1)]
    assert months[-1] == {"month": month(1), "reporting": 3, "median_turnover_idr": 3000000}
    assert months[-2] == {"month": month(2), "reporting": 2, "median_turnover_idr": None}, "a median of two would reveal both"
    assert {(one["reporting"], one["median_turnover_idr"]) for one in months[:-2]} == {(0, None)}, "a missing report is not zero"


def test_promises_come_with_their_state_the_overdue_first(names, brief):
    promises = brief["promises"]
    assert [names[one["id"]] for one in promises["last"]] == ["longer overdue", "overdue", "open", "confirmed", "kept"]
    assert [one["overdue"] for one in promises["last"]] == [True, True, False, False, False]
    assert {name: promises[name] for name in promises if name != "last"} == {
        "promised": 6, "overdue": 2, "awaiting_confirmation": 1, "confirmed": 1}
    overdue = promises["last"][1]
    assert (overdue["percent"], overdue["visited_on"], overdue["due_on"]) == (35, "2026-03-01", "2026-03-31")
    assert overdue["office"]["code"] == "public_works" and overdue["office"]["name"].startswith("Dinas Pekerjaan")


def test_three_unanswered_obstacles_are_shown(names, brief):
    assert [names[one["id"]] for one in brief["obstacles"]] == ["high, earlier", "normal, later", "normal, earlier"]
    assert brief["obstacles"][0]["topic"]["code"] == "equipment"


def test_businesses_are_named_and_no_persons(brief):
    assert [(one["kind"], one["name"], one["products"]) for one in brief["makers"]] == [
        ("village_enterprise", "BUMDes (uji)", []), ("umkm", "Usaha B (uji)", ["Abon (uji)", "Batik (uji)"]),
        ("umkm", "Usaha C (uji)", ["Cokelat (uji)"]), ("umkm", "Usaha A (uji)", [])]


def test_ending_certificates_are_shown_unless_renewed(names, brief):
    assert [(names[one["id"]], one["holder"], one["state"]) for one in brief["certificates"]] == [
        ("ended", "Cokelat (uji)", "expired"), ("ends soon", "Usaha A (uji)", "expiring")]
    assert brief["certificates"][1]["expires_on"] == day(30)


def test_visits_and_sessions_before_and_to_come(names, brief):
    assert (names[brief["last_visit"]["id"]], names[brief["next_visit"]["id"]]) == ("last visit", "next visit")
    assert [names[one["id"]] for one in brief["next_sessions"]] == ["first session", "second session"]


def test_every_figure_has_a_definition(brief):
    figures = {"denominator", "reporting", "median_turnover_idr", *brief["promises"]} - {"last"}
    assert {one["figure"] for one in brief["definitions"]} == figures


def test_a_village_of_which_nothing_is_known_has_an_empty_page(house):
    empty = house.dinas.get("/v1/villages/35.05.22.2001/brief").json()
    nothing = ("flagship", "last_visit", "next_visit", "obstacles", "makers", "certificates", "next_sessions")
    assert not any(empty[name] for name in nothing)
    assert empty["income"]["denominator"] == 0 and len(empty["income"]["months"]) == 12
    assert empty["promises"] == {"promised": 0, "overdue": 0, "awaiting_confirmation": 0, "confirmed": 0, "last": []}


@pytest.mark.parametrize("language, words", [
    ("id", ("1 menunggu konfirmasi desa", "lewat tenggat", "Rp3.000.000", "mendesak", "Dinas Pekerjaan Umum", "Abon (uji)")),
    ("en", ("1 awaiting the village", "overdue", "Rp3,000,000", "urgent", "Public works", "Abon (uji)"))])
def test_it_is_printed_for_people(house, brief, language, words):
    text = house.bupati.get(PATH, params={"format": "html"}, headers={"Accept-Language": language}).text
    assert text == printed("village_brief_get", brief, language)
    assert [word for word in words if word not in text] == [] and "<strong>" in text
    Page(text)


def test_who_reads_it(house, officer, names):
    pages = [who.get(PATH) for who in (house.analyst, house.bupati, house.dinas, officer)]
    assert len({page.text.split('"as_of"')[1].split(",", 1)[1] for page in pages}) == 1, "the same page for every caller"
    for who in (house.bumdes, house.bumdesma):
        who.get(PATH, 404)
    house.bumdesma.get(f"/v1/villages/{BALEREJO}/brief")
    house.public.get(PATH, 401)
    for name in ("admin", "reader", "writer", "reporter"):
        house.caller(name).get(PATH, 403)
    house.dinas.get("/v1/villages/35.05.17.2001/brief", 404)


def test_a_restricted_business_is_not_on_the_page(house, officer, names):
    made = umkm(officer, VILLAGE, name="Usaha Z (uji)")
    publish(house, f"/v1/umkm/{made['id']}", officer)
    assert "Usaha Z (uji)" in house.bupati.get(PATH).text
    house.dinas.put(f"/v1/umkm/{made['id']}/consent", {"contact_public": False, "processing_restricted": True})
    assert "Usaha Z (uji)" not in house.bupati.get(PATH).text


def test_a_kept_brief_does_not_change(house):
    reply = house.bupati.get(f"/v1/villages/{BALEREJO}/brief").json()
    sent = {"report": "village_brief", "title": "Sambang desa", "village_code": [BALEREJO]}
    kept = json.loads(house.bupati.post("/v1/report-snapshots", sent).json()["result"])
    assert kept["total"] == {name: value for name, value in reply.items() if name != "definitions"}
    assert (kept["rows"], kept["definitions"]) == ([], reply["definitions"])
    for villages in ([BALEREJO, "35.05.18.2009"], None):
        refused = house.bupati.post("/v1/report-snapshots", {**sent, "village_code": villages}, 422)
        assert problem(refused)[1] == [("/village_code", "brief_of_one")]
    unknown = house.bupati.post("/v1/report-snapshots", {**sent, "village_code": ["35.05.17.2001"]}, 422)
    assert problem(unknown)[1] == [("/village_code", "exists")]


def test_a_kept_brief_is_not_read_while_somebody_whom_it_names_is_restricted(house, officer):
    """The snapshot keeps the UMKM that it names directly, by a certificate or by a product."""
    made = umkm(officer, VILLAGE, name="AA Usaha (uji)")
    at = f"/v1/umkm/{made['id']}"
    publish(house, at, officer)
    sent = {"report": "village_brief", "title": "Sambang desa", "village_code": [VILLAGE]}
    kept = house.bupati.post("/v1/report-snapshots", sent).json()
    one = f"/v1/report-snapshots/{kept['id']}"
    assert made["id"] in kept["result"]
    house.dinas.put(at + "/consent", {"contact_public": False, "processing_restricted": True})
    for who in (house.bupati, house.dinas, house.analyst):
        who.get(one, 404)
        assert not who.get("/v1/report-snapshots", params={"id": kept["id"]}).json()["data"]
    house.dinas.put(at + "/consent", {"contact_public": False, "processing_restricted": False})
    assert house.analyst.get(one).json()["sha256"] == kept["sha256"]
    total = json.loads(kept["result"])["total"]
    ids = [total["flagship"]["product_id"], *(one["id"] for one in total["certificates"])]
    owners = house.rows("""select umkm_id as id from product where id = any (%s::uuid[])
                            union all
                           select umkm_id from certification where id = any (%s::uuid[])""", [ids, ids])
    named, = house.rows("select umkm_ids::text[] as ids from report_snapshot where id = %s", [kept["id"]])
    assert len(owners) == len(ids) > 2 and {made["id"], *(one.id for one in owners if one.id)} <= set(named.ids)
