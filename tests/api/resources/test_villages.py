"""Districts, villages and their profile."""
import csv
import io
import re
import secrets

import pytest

from client import problem
from house import BALEREJO, JEDING

VILLAGE = f"/v1/villages/{BALEREJO}"
OTHER = f"/v1/villages/{JEDING}"


def test_all_regions_are_there(house):
    districts = list(house.public.pages("/v1/districts"))
    villages = list(house.public.pages("/v1/villages"))
    assert len(districts) == 22 and len(villages) == 248
    assert {one["code"] for one in districts} == {one["district_code"] for one in villages}
    assert sum(one["kind"] == "kelurahan" for one in villages) == 28
    assert all((one["kind"] == "kelurahan") == (one["code"][9] == "1") for one in villages)


def test_the_regions_are_a_map(house):
    listed = {one["code"]: one for one in house.public.pages("/v1/villages", district_code=BALEREJO[:8], limit=200)}
    reply = house.public.get("/v1/villages", params={"district_code": BALEREJO[:8], "limit": 200, "format": "geojson"})
    answer = reply.json()
    assert reply.headers["Content-Type"] == "application/geo+json" and answer["type"] == "FeatureCollection"
    shown = {each["properties"]["code"]: each for each in answer["features"]}
    assert set(shown) == set(listed) and BALEREJO in shown
    for code, each in shown.items():
        point = {"longitude": each["geometry"]["coordinates"][0], "latitude": each["geometry"]["coordinates"][1]}
        assert each["geometry"]["type"] == "Point" and {**each["properties"], **point} == listed[code]
    assert len(house.public.get("/v1/districts", params={"format": "geojson"}).json()["features"]) == 22


def test_a_list_as_a_file_goes_on_where_its_page_ends(house):
    first = house.public.get("/v1/villages", params={"limit": 200, "format": "csv", "sort": "-name"})
    address = re.fullmatch('<(/v1/villages[?].*format=csv.*)>; rel="next"', first.headers["Link"])[1]
    second = house.public.get(address)
    rows = [row for reply in (first, second) for row in csv.DictReader(io.StringIO(reply.content.decode(), newline=""), strict=True)]
    wanted = list(house.public.pages("/v1/villages", sort="-name", limit=200))
    assert [row["code"] for row in rows] == [one["code"] for one in wanted] and "Link" not in second.headers
    assert list(rows[0]) == list(wanted[0]) and rows[0]["population"] == str(wanted[0]["population"] or "")


def test_names_repeat_and_codes_do_not(house):
    found = list(house.public.pages("/v1/villages", q="balerejo"))
    assert {(one["code"], one["district_name"]) for one in found} == {(BALEREJO, "Wlingi"), ("35.05.13.2010", "Panggungrejo")}


def test_official_codes_are_not_mixed_up(house):
    village = house.public.get(VILLAGE).json()
    wanted = {"bps_code": "3505140009", "kind": "desa", "name": "Balerejo", "district_code": "35.05.17"}
    assert {name: village[name] for name in wanted} == wanted
    assert house.public.get("/v1/districts/35.05.17").json()["bps_code"] == "3505140"


@pytest.mark.parametrize("code", ["35.05.17.2001", "35.72.01.1001", "35.05.23.2001"])
def test_an_unknown_village_is_404(house, code):
    house.public.get(f"/v1/villages/{code}", 404)


def test_everybody_reads_the_same(house):
    public = house.public.get(VILLAGE)
    for name in ("bumdes", "bumdes2", "dinas", "bupati", "reader", "admin"):
        assert house.caller(name).get(VILLAGE).content == public.content


def test_the_dinas_keeps_the_profile(house):
    before = house.public.get(VILLAGE)
    sent = {"population": 3120, "population_year": 2023, "index_name": "idm", "index_year": 2024, "index_score": "0.8312",
            "index_status": "mandiri"}
    after = house.dinas.patch(VILLAGE, sent, before.headers["ETag"])
    assert {name: after.json()[name] for name in sent} == sent and after.json()["version"] == before.json()["version"] + 1
    assert house.public.get(VILLAGE).json() == after.json() and house.public.get(VILLAGE).headers["ETag"] == after.headers["ETag"]
    cleared = house.dinas.patch(VILLAGE, {"population": None, "population_year": None}).json()
    assert cleared["population"] is None and cleared["index_score"] == "0.8312"


def test_status_and_score_of_the_index_agree(house):
    refused = house.dinas.patch(VILLAGE,
                                {"index_name": "idm", "index_year": 2024, "index_score": "0.4000", "index_status": "mandiri"},
                                status=422)
    assert problem(refused)[1][0][0] in ("/index_status", "/index_score")


def test_a_kelurahan_is_not_rated(house):
    sent = {"index_name": "idm", "index_year": 2024, "index_score": "0.8312", "index_status": "mandiri"}
    assert house.dinas.patch("/v1/villages/35.05.17.1001", sent, status=422).json()["code"] == "validation_failed"


def entry(before, after):
    """Returns the changes that a history shows for these members."""
    text = {name: [None if one is None else str(one) for one in (before[name], after[name])] for name in after}
    return [{"member": name, "old": old, "new": new, "personal": False} for name, (old, new) in sorted(text.items()) if old != new]


def test_a_history_shows_who_changed_the_profile_and_the_old_value(house):
    sent = [{"population": 4100, "population_year": 2023}, {"population": 4150}, {"population": None, "population_year": None}]
    before = house.public.get(OTHER).json()
    replies = [who.patch(OTHER, one) for who, one in zip((house.dinas, house.dinas2, house.dinas), sent)]
    states = [before, *(one.json() for one in replies)]
    for name in ("dinas", "bupati"):
        newest = list(house.caller(name).pages(OTHER + "/history", limit=2))
        assert [one["id"] for one in newest] == sorted((one["id"] for one in newest), reverse=True)
        created, *updates = reversed(newest)
        assert (created["action"], created["subject"], created["role"]) == ("create", None, None), "the operator created it"
        assert {one["resource"] for one in newest} == {"village"} and {one["action"] for one in updates} == {"update"}
        assert [one["subject"] for one in updates[-3:]] == [house.dinas.id, house.dinas2.id, house.dinas.id]
        assert [one["request_id"] for one in updates[-3:]] == [one.headers["X-Request-Id"] for one in replies]
        assert [one["at"] for one in updates[-3:]] == [one["updated_at"] for one in states[1:]]
        assert [one["changes"] for one in updates[-3:]] == [entry(*pair) for pair in zip(states, sent)]


def test_a_history_answers_for_one_member(house):
    house.dinas.patch(OTHER, {"population": 4300, "population_year": 2024})
    house.dinas2.patch(OTHER, {"population_year": 2025})
    newest, *_ = house.dinas.pages(OTHER + "/history", member="population")
    assert newest["subject"] == house.dinas.id
    assert [(one["member"], one["new"]) for one in newest["changes"]] == [("population", "4300")]
    house.dinas.patch(OTHER, {"population": None, "population_year": None})


def test_a_history_holds_its_own_village_only(house):
    house.dinas.patch(OTHER, {"population": 4200})
    house.dinas.patch(OTHER, {"population": None})
    quiet = list(house.dinas.pages("/v1/villages/35.05.07.2010/history"))
    assert [one["action"] for one in quiet] == ["create"]


def test_a_history_pages_as_other_lists_do(house):
    house.dinas.patch(OTHER, {"population": 4300})
    first = house.dinas.get(OTHER + "/history", params={"limit": "1"}).json()
    second = house.dinas.get(OTHER + "/history", params={"limit": "1", "cursor": first["page"]["next_cursor"]}).json()
    assert first["page"]["has_more"] and second["data"][0]["id"] < first["data"][0]["id"]
    stray = {"cursor": first["page"]["next_cursor"]}
    assert problem(house.dinas.get(VILLAGE + "/history", 400, params=stray))[0] == "invalid_cursor"


@pytest.mark.parametrize("name, status", [
    ("public", 401), ("bumdes2", 403), ("bumdesma", 403), ("admin", 403), ("reader", 403), ("writer", 403),
])
def test_a_history_is_for_the_dinas_and_the_bupati(house, name, status):
    house.caller(name).get(OTHER + "/history", status)


def test_an_unknown_village_has_no_history(house):
    for name in ("dinas", "bupati"):
        house.caller(name).get("/v1/villages/35.05.17.2001/history", 404)
    house.dinas.get("/v1/villages/balerejo/history", 400)


@pytest.fixture(scope="module")
def peopled(house):
    """Sets the population of three villages. The other villages have none."""
    counts = {"35.05.17.2005": 1000, "35.05.17.2007": 2000, "35.05.17.2008": 3000}
    for code, population in counts.items():
        house.dinas.patch(f"/v1/villages/{code}", {"population": population})
    yield counts
    for code in counts:
        house.dinas.patch(f"/v1/villages/{code}", {"population": None})


@pytest.mark.parametrize("limits, found", [
    ({"population_gte": "2000"}, [2000, 3000]), ({"population_lte": "2000"}, [1000, 2000]), ({"population_gte": "3001"}, []),
    ({"population_gte": "1001", "population_lte": "2999"}, [2000]), ({"population_gte": "0"}, [1000, 2000, 3000]),
    ({"population_gte": "2000", "population_lte": "1000"}, []),
])
def test_villages_are_found_by_their_population(house, peopled, limits, found):
    asked = {"code": ",".join([*peopled, BALEREJO]), "limit": "1", **limits}
    house.dinas.patch(VILLAGE, {"population": None})
    assert sorted(one["population"] for one in house.public.pages("/v1/villages", **asked)) == found


@pytest.mark.parametrize("name", ["population_gte", "population_lte"])
@pytest.mark.parametrize("value", ["-1", "1000001", "many", "1.5", ""])
def test_a_population_of_the_wrong_form_is_400(house, name, value):
    assert problem(house.public.get("/v1/villages", 400, params={name: value}))[1][0][0] == name


def test_code_lists_have_editions(house):
    coffee = list(house.public.pages("/v1/reference/kbli", code="10761"))
    assert {one["edition"] for one in coffee} == {"2020", "2025"}
    herbal = list(house.public.pages("/v1/reference/kbli", code="10762"))
    assert len({one["name"] for one in herbal}) == len(herbal), "a bare code is ambiguous"


@pytest.mark.parametrize("name, code", [
    ("kbli", "10761"), ("hs", "09011120"), ("countries", "JP"), ("currencies", "IDR"), ("incoterms", "FOB"), ("ports", "IDSUB"),
    ("topics", "pirt"),
    ("categories", "coffee"), ("offices", "public_works"),
])
def test_every_code_list_is_served(house, name, code):
    assert house.public.get(f"/v1/reference/{name}", params={"code": code}).json()["data"][0]["code"] == code


def code(house, **members):
    return {"code": f"t{secrets.token_hex(4)}", "name": "Uji", "name_en": "Test", **members}


def test_the_dinas_adds_a_code_and_ends_its_validity(house):
    fields = code(house, valid_from="2026-01-01")
    made = house.dinas.post("/v1/reference/topics", fields)
    assert {name: made.json()[name] for name in fields} == fields
    assert house.public.get(made.headers["Location"]).json() == made.json()
    ended = house.dinas.patch(made.headers["Location"], {"valid_to": "2026-06-30"}, made.headers["ETag"]).json()
    assert ended["valid_to"] == "2026-06-30" and ended["code"] == fields["code"]
    found = [list(house.public.pages("/v1/reference/topics", code=fields["code"], valid_on=day))
             for day in ("2025-12-31", "2026-06-30", "2026-07-01")]
    assert [len(one) for one in found] == [0, 1, 0]


def test_a_code_is_unique_in_its_edition(house):
    fields = code(house, edition="2025", code=str(secrets.randbelow(10**5)).zfill(5))
    house.dinas.post("/v1/reference/kbli", fields)
    assert problem(house.dinas.post("/v1/reference/kbli", fields, 409)) == ("duplicate", [("/code", "unique")])
    house.dinas.post("/v1/reference/kbli", {**fields, "edition": "2020"})


def test_a_validity_does_not_end_before_it_begins(house):
    refused = house.dinas.post("/v1/reference/topics", code(house, valid_from="2026-01-02", valid_to="2026-01-01"), 422)
    assert problem(refused)[1][0][0] in ("/valid_to", "/valid_from")


def test_code_and_edition_stay(house):
    made = house.dinas.post("/v1/reference/topics", code(house)).json()
    refused = house.dinas.patch(f"/v1/reference/topics/{made['id']}", {"code": "other"}, status=422)
    assert problem(refused)[1] == [("/code", "unknown_member")]


def test_an_unknown_code_list_is_refused(house):
    assert house.public.get("/v1/reference/colours", None).status_code in (400, 404)
