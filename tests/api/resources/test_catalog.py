"""The public catalogue: published records, with public members only."""
import pytest

from house import BALEREJO, JEDING
from records import publish, umkm

SECRET = {"nib", "capital_idr", "annual_sales_idr", "created_by", "updated_by", "verified_by", "writers", "status", "status_note",
          "source", "workers_male",
          "external_reference", "allowed_actions", "warnings"}


@pytest.fixture(scope="module")
def listed(house):
    made = umkm(house.bumdes2, JEDING, name="Kendang Uji Katalog", contact_phone="+6281234500001", capital_idr=7654321,
                annual_sales_idr=123456789,
                annual_sales_year=2025)
    publish(house, f"/v1/umkm/{made['id']}", house.bumdes2)
    return made


def test_what_is_published_is_listed_and_readable_by_anybody(house, listed):
    one = house.public.get(f"/v1/catalog/umkm/{listed['id']}")
    assert one.json()["name"] == listed["name"]
    assert one.json() in list(house.public.pages("/v1/catalog/umkm", village_code=JEDING))
    assert house.bumdes.get(f"/v1/catalog/umkm/{listed['id']}").json() == one.json(), "the catalogue is the same for every caller"


def test_what_is_not_published_is_not_there(house):
    path = f"/v1/umkm/{umkm(house.bumdes)['id']}"
    for step, who in (("submit", house.bumdes), ("verify", house.dinas2)):
        house.public.get(f"/v1/catalog/umkm/{path.split('/')[-1]}", 404)
        who.act(path, step)
    house.public.get(f"/v1/catalog/umkm/{path.split('/')[-1]}", 404)
    house.dinas2.act(path, "publish")
    house.public.get(f"/v1/catalog/umkm/{path.split('/')[-1]}")
    house.dinas2.act(path, "archive")
    house.public.get(f"/v1/catalog/umkm/{path.split('/')[-1]}", 404)


def test_money_numbers_and_people_are_no_part_of_it(house, listed):
    reply = house.public.get(f"/v1/catalog/umkm/{listed['id']}")
    assert not SECRET & set(reply.json())
    assert not any(value in reply.text for value in ("7654321", "123456789", listed["nib"]))


def test_a_contact_needs_consent(house, listed):
    path = f"/v1/umkm/{listed['id']}/consent"
    assert "+6281234500001" not in house.public.get(f"/v1/catalog/umkm/{listed['id']}").text
    fields = {"contact_public": True, "given_on": "2026-01-02", "legal_basis": "consent", "processing_restricted": False}
    house.bumdes2.put(path, fields)
    house.dinas2.act(f"/v1/umkm/{listed['id']}/change-request", "verify")
    assert "+6281234500001" in house.public.get(f"/v1/catalog/umkm/{listed['id']}").text
    house.bumdes2.put(path, {"contact_public": False, "processing_restricted": False})
    assert "+6281234500001" not in house.public.get(f"/v1/catalog/umkm/{listed['id']}").text


def test_an_owner_is_named_as_agreed_and_not_else(house, listed):
    path, address = f"/v1/umkm/{listed['id']}", f"/v1/catalog/umkm/{listed['id']}"
    house.bumdes2.put(path + "/owner", {"name": "Sulastri Rahayuningtyas"})
    assert house.public.get(address).json()["owner_name"] is None
    fields = {"contact_public": False, "public_owner_name": "Bu Sulastri", "given_on": "2026-01-02", "processing_restricted": False}
    house.bumdes2.put(path + "/consent", fields)
    house.dinas2.act(path + "/change-request", "verify")
    shown = house.public.get(address)
    assert shown.json()["owner_name"] == "Bu Sulastri" and "Rahayuningtyas" not in shown.text


def test_it_is_found_by_word_village_district_and_trade(house, listed):
    for params in ({"q": "kendang uji"}, {"village_code": JEDING}, {"district_code": JEDING[:8]},
                   {"kbli_code": listed["kbli_code"]}):
        assert listed["id"] in {one["id"] for one in house.public.pages("/v1/catalog/umkm", **params)}, params
    for params in ({"q": "kendang tidak ada"}, {"village_code": BALEREJO}, {"district_code": BALEREJO[:8]}):
        assert listed["id"] not in {one["id"] for one in house.public.pages("/v1/catalog/umkm", **params)}, params


def test_it_may_be_cached_by_anybody(house, listed):
    assert "public" in house.public.get(f"/v1/catalog/umkm/{listed['id']}").headers["Cache-Control"]


def test_every_village_has_its_page(house):
    assert len(list(house.public.pages("/v1/catalog/villages", limit=200))) in range(1, 249)
    house.public.get(f"/v1/catalog/villages/{JEDING}")
    house.public.get("/v1/catalog/villages/35.05.17.2001", 404)
