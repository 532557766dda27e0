"""Districts, villages and their profile."""
import secrets

import pytest

from client import problem
from house import BALEREJO

VILLAGE = f"/v1/villages/{BALEREJO}"


def test_all_regions_are_there(house):
    districts = list(house.public.pages("/v1/districts"))
    villages = list(house.public.pages("/v1/villages"))
    assert len(districts) == 22 and len(villages) == 248
    assert {one["code"] for one in districts} == {one["district_code"] for one in villages}
    assert sum(one["kind"] == "kelurahan" for one in villages) == 28
    assert all((one["kind"] == "kelurahan") == (one["code"][9] == "1") for one in villages)


def test_names_repeat_and_codes_do_not(house):
    found = list(house.public.pages("/v1/villages", q="balerejo"))
    assert {(one["code"], one["district_name"]) for one in found} == {(BALEREJO, "Wlingi"), ("35.05.13.2010", "Panggungrejo")}


def test_official_codes_are_not_mixed_up(house):
    village = house.public.get(VILLAGE).json()
    wanted = {"bps_code": "3505140009", "kind": "desa", "name": "Balerejo", "district_code": "35.05.17"}
    assert {name: village[name] for name in wanted} == wanted
    assert house.public.get("/v1/districts/35.05.17").json()["bps_code"] == "3505140"


@pytest.mark.parametrize("code", ["35.05.17.2001", "35.72.01.1001", "35.05.23.2001"])
def test_a_village_that_is_none_is_404(house, code):
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


def test_code_lists_have_editions(house):
    coffee = list(house.public.pages("/v1/reference/kbli", code="10761"))
    assert {one["edition"] for one in coffee} == {"2020", "2025"}
    herbal = list(house.public.pages("/v1/reference/kbli", code="10762"))
    assert len({one["name_id"] for one in herbal}) == len(herbal), "a bare code is ambiguous"


@pytest.mark.parametrize("name, code", [
    ("kbli", "10761"), ("hs", "09011120"), ("countries", "JP"), ("currencies", "IDR"), ("incoterms", "FOB"), ("ports", "IDSUB"),
    ("topics", "pirt"),
    ("categories", "coffee"),
])
def test_every_code_list_is_served(house, name, code):
    assert house.public.get(f"/v1/reference/{name}", params={"code": code}).json()["data"][0]["code"] == code


def code(house, **members):
    return {"code": f"t{secrets.token_hex(4)}", "name_id": "Uji", "name_en": "Test", **members}


def test_the_dinas_adds_a_code_and_ends_its_validity(house):
    told = code(house, valid_from="2026-01-01")
    made = house.dinas.post("/v1/reference/topics", told)
    assert {name: made.json()[name] for name in told} == told
    assert house.public.get(made.headers["Location"]).json() == made.json()
    ended = house.dinas.patch(made.headers["Location"], {"valid_to": "2026-06-30"}, made.headers["ETag"]).json()
    assert ended["valid_to"] == "2026-06-30" and ended["code"] == told["code"]
    found = [list(house.public.pages("/v1/reference/topics", code=told["code"], valid_on=day))
             for day in ("2025-12-31", "2026-06-30", "2026-07-01")]
    assert [len(one) for one in found] == [0, 1, 0]


def test_a_code_is_unique_in_its_edition(house):
    told = code(house, edition="2025", code=str(secrets.randbelow(10**5)).zfill(5))
    house.dinas.post("/v1/reference/kbli", told)
    assert problem(house.dinas.post("/v1/reference/kbli", told, 409)) == ("duplicate", [("/code", "unique")])
    house.dinas.post("/v1/reference/kbli", {**told, "edition": "2020"})


def test_a_validity_does_not_end_before_it_begins(house):
    refused = house.dinas.post("/v1/reference/topics", code(house, valid_from="2026-01-02", valid_to="2026-01-01"), 422)
    assert problem(refused)[1][0][0] in ("/valid_to", "/valid_from")


def test_code_and_edition_stay(house):
    made = house.dinas.post("/v1/reference/topics", code(house)).json()
    refused = house.dinas.patch(f"/v1/reference/topics/{made['id']}", {"code": "other"}, status=422)
    assert problem(refused)[1] == [("/code", "unknown_member")]


def test_a_code_list_that_is_none_is_refused(house):
    assert house.public.get("/v1/reference/colours", None).status_code in (400, 404)
