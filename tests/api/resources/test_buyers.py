"""Buyers: they belong to the village that sells to them, and their contacts are sealed."""
import pytest

from client import problem
from house import BALEREJO, JEDING
from records import body, buyer, export


def path(made):
    return f"/v1/buyers/{made['id']}"


def test_a_buyer_belongs_to_one_village(house):
    made = buyer(house.bumdes)
    assert made["allowed_actions"] == ["update", "delete"] and house.bupati.get(path(made)).json()["allowed_actions"] == []
    house.bumdes2.get(path(made), 404)
    assert house.bumdes.patch(path(made), {"kind": "retailer", "website": None}).json()["kind"] == "retailer"
    refused = house.bumdes.patch(path(made), {"village_code": JEDING}, status=422)
    assert ("/village_code", "scope") in problem(refused)[1]


def test_a_system_needs_the_scope_to_write(house):
    sent = body(house.contract, "buyer_create", village_code=BALEREJO)
    assert problem(house.writer.post("/v1/buyers", sent, 403))[0] == "insufficient_scope"
    made = house.village_exporter.post("/v1/buyers", sent).json()
    assert made["source"] == house.village_exporter.client_id and made["allowed_actions"] == ["update", "delete"]
    assert house.reader.get(path(made)).json()["allowed_actions"] == []


def test_a_country_is_one_of_the_list(house):
    refused = house.bumdes.post("/v1/buyers", body(house.contract, "buyer_create", village_code=BALEREJO, country_code="XQ"), 422)
    assert problem(refused)[1] == [("/country_code", "exists")]


def test_a_contact_is_sealed_and_masked_and_seeing_it_is_written_down(house):
    made = buyer(house.bumdes)
    fields = {"name": "Hana Tanaka Uji", "phone": "+81312345678", "email": "hana.uji@example.com"}
    nothing = house.dinas.post(path(made) + "/actions/reveal", {"purpose": "Menyusun temu bisnis"}, 409)
    assert problem(nothing) == ("state_conflict", [("", "nothing_sealed")])
    put = house.bumdes.put(path(made) + "/contact", fields).json()
    assert put["name"].startswith("H***") and "345678" not in put["phone"] and not put["email"].startswith("hana")
    shown = [house.dinas.get(path(made)).json()["contact_name"], house.dinas.get(path(made) + "/contact").json()["name"]]
    assert shown == [put["name"]] * 2
    assert house.dinas.post(path(made) + "/actions/reveal", {"purpose": "Menyusun temu bisnis"}, 200).json() == fields
    log = house.dinas.get(path(made) + "/reads").json()["data"]
    assert [(one["subject"], one["purpose"]) for one in log] == [(house.dinas.id, "Menyusun temu bisnis")]
    assert "Hana" not in house.bumdes.get(path(made) + "/history").text
    stored, = house.rows("select b::text as it from buyer b where id = %s", [made["id"]])
    assert "Hana" not in stored.it and "345678" not in stored.it and "hana.uji" not in stored.it


def test_a_buyer_or_product_that_an_export_names_stays(house):
    made = buyer(house.bumdes)
    sold = export(house.bumdes, buyer_id=made["id"])
    assert problem(house.bumdes.delete(path(made), status=409)) == ("state_conflict", [("/id", "in_use")])
    of_product = f"/v1/products/{sold['lines'][0]['product_id']}"
    assert problem(house.bumdes.delete(of_product, status=409)) == ("state_conflict", [("/id", "in_use")])
    house.bumdes.delete(f"/v1/exports/{sold['id']}")
    house.bumdes.delete(of_product)
    house.bumdes.delete(path(made))
    house.bumdes.get(path(made), 404)


@pytest.mark.parametrize("sort", ["name", "-name", "updated_at", "-updated_at"])
def test_buyers_are_found_by_what_one_knows_of_them(house, sort):
    mine, theirs = buyer(house.bumdes, name="Kissaten Uji", kind="retailer"), buyer(house.bumdes2, JEDING, country_code="CN")
    both = f"{mine['id']},{theirs['id']}"
    for filter, found in [
        ({}, {mine["id"], theirs["id"]}), ({"country_code": "CN"}, {theirs["id"]}), ({"kind": "retailer"}, {mine["id"]}),
        ({"q": "kissa"}, {mine["id"]}),
        ({"village_code": JEDING}, {theirs["id"]}), ({"district_code": "35.05.17"}, {mine["id"]}),
    ]:
        rows = list(house.dinas.pages("/v1/buyers", id=both, limit=1, sort=sort, **filter))
        assert {row["id"] for row in rows} == found and len(rows) == len(found), filter
