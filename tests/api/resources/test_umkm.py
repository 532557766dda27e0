"""UMKM: checks, computed members and warnings."""
import uuid

import pytest

from client import problem
from house import BALEREJO, JEDING
from records import body, enterprise, umkm


def sent(house, **members):
    return body(house.contract, "umkm_create", **{"village_code": BALEREJO, "village_enterprise_id": None, **members})


def create(house, answer=201, /, **members):
    return house.bumdes.post("/v1/umkm", sent(house, **members), answer)


def test_what_was_sent_is_what_is_read(house):
    fields = sent(house)
    made = house.bumdes.post("/v1/umkm", fields)
    read = house.bumdes.get(made.headers["Location"]).json()
    assert {name: read[name] for name in fields} == fields
    assert (read["status"], read["version"], read["source"], read["created_by"]) == ("draft", 1, "manual", house.bumdes.id)


def test_a_client_may_choose_the_id(house):
    chosen = "01890a5d-" + str(uuid.uuid4())[9:14] + "7" + str(uuid.uuid4())[15:]
    assert create(house, id=chosen).json()["id"] == chosen
    refused = create(house, 409, id=chosen)
    assert problem(refused) == ("duplicate", [("/id", "unique")])
    create(house, 422, id="not-a-uuid")


def test_an_id_of_somebody_else_is_taken_without_telling_whose(house):
    foreign = umkm(house.bumdes2, JEDING)
    refused = create(house, 409, id=foreign["id"])
    assert problem(refused)[0] == "duplicate" and JEDING not in refused.text and foreign["name"] not in refused.text


def test_ids_are_ordered_by_time(house):
    made = [create(house).json()["id"] for _ in range(3)]
    assert made == sorted(made) and all(one[14] == "7" for one in made)


def test_a_system_is_the_source_of_what_it_writes(house):
    assert umkm(house.writer)["source"] == house.writer.client_id
    assert problem(create(house, 422, source="import"))[1] == [("/source", "unknown_member")]


@pytest.mark.parametrize("member",
                         ["status", "version", "created_by", "created_at", "verified_by", "writers", "deleted_at",
                          "size_class_computed", "allowed_actions"])
def test_a_client_cannot_set_computed_members(house, member):
    assert problem(create(house, 422, **{member: None}))[1] == [("/" + member, "unknown_member")]
    path = f"/v1/umkm/{umkm(house.bumdes)['id']}"
    assert problem(house.bumdes.patch(path, {member: None}, status=422))[1] == [("/" + member, "unknown_member")]


# Identifiers


@pytest.mark.parametrize("nib", ["123456789012", "12345678901234", "123456789012a", "1234567890 12", ""])
def test_a_nib_has_thirteen_digits(house, nib):
    assert problem(create(house, 422, nib=nib))[1][0][0] == "/nib"


def test_a_nib_may_be_unknown(house):
    assert create(house, nib=None).json()["nib"] is None and create(house, nib=None).json()["nib"] is None


def test_an_old_edition_only_warns(house):
    made = create(house, kbli_code="10391", kbli_edition="2020").json()
    assert "/kbli_edition" in {one["pointer"] for one in made["warnings"]}
    newer = create(house, kbli_code="10307", kbli_edition="2025").json()
    assert "/kbli_edition" not in {one["pointer"] for one in newer["warnings"]}


def test_a_village_that_does_not_exist_is_named(house):
    assert ("/village_code", "exists") in problem(create(house, 422, village_code="35.05.17.2001"))[1]


# Size (PP 7/2021, article 35)

M = 10**9


@pytest.mark.parametrize("founded, capital, sales, computed, basis", [
    ("2022-01-01", 1 * M, None, "mikro", "capital"), ("2022-01-01", 1 * M + 1, None, "kecil", "capital"),
    ("2022-01-01", 5 * M, None, "kecil", "capital"),
    ("2022-01-01", 5 * M + 1, None, "menengah", "capital"), ("2022-01-01", 10 * M, None, "menengah", "capital"),
    ("2022-01-01", 10 * M + 1, None, "besar", "capital"),
    ("2015-01-01", 1 * M, 2 * M, "mikro", "sales"), ("2015-01-01", None, 2 * M + 1, "kecil", "sales"),
    ("2015-01-01", None, 15 * M, "kecil", "sales"),
    ("2015-01-01", None, 15 * M + 1, "menengah", "sales"), ("2015-01-01", None, 50 * M, "menengah", "sales"),
    ("2015-01-01", None, 50 * M + 1, "besar", "sales"),
    ("2015-01-01", 1 * M, None, None, None), (None, None, None, None, None), ("2022-01-01", None, 3 * M, "kecil", "sales"),
])
def test_the_size_class_is_computed_beside_the_reported_one(house, founded, capital, sales, computed, basis):
    made = create(house, founded_on=founded, capital_idr=capital, annual_sales_idr=sales,
                  annual_sales_year=2025 if sales else None,
                  size_class_reported="mikro").json()
    assert (made["size_class_computed"], made["size_class_basis"], made["size_class_reported"]) == (computed, basis, "mikro")
    differs = "/size_class_reported" in {one["pointer"] for one in made["warnings"]}
    assert differs == (computed not in (None, "mikro"))


@pytest.mark.parametrize("value, stored", [(0, 0), (2**53 - 1, 2**53 - 1)])
def test_money_is_whole_rupiah_and_large(house, value, stored):
    assert create(house, annual_sales_idr=value, annual_sales_year=2025).json()["annual_sales_idr"] == stored


@pytest.mark.parametrize("value", [-1, 2**53, 1.5, "1000000"])
def test_malformed_money_is_refused(house, value):
    assert problem(create(house, 422, capital_idr=value))[1][0][0] == "/capital_idr"


# Changing


def test_a_patch_changes_what_it_names_and_null_clears(house):
    made = umkm(house.bumdes)
    path = f"/v1/umkm/{made['id']}"
    after = house.bumdes.patch(path, {"name": "Nama baru", "contact_phone": None}).json()
    same = set(made) - {"name", "contact_phone", "version", "updated_at", "warnings"}
    assert after["name"] == "Nama baru" and after["contact_phone"] is None and after["version"] == 2
    assert {name: after[name] for name in same} == {name: made[name] for name in same}


def test_a_member_that_may_not_be_null_stays(house):
    path = f"/v1/umkm/{umkm(house.bumdes)['id']}"
    assert problem(house.bumdes.patch(path, {"name": None}, status=422))[1][0][0] == "/name"


def test_arrays_are_replaced_whole(house):
    path = f"/v1/umkm/{umkm(house.bumdes)['id']}"
    links = ["https://toko.example/kopi"]
    assert house.bumdes.patch(path, {"contact_links": links}).json()["contact_links"] == links
    assert house.bumdes.patch(path, {"contact_links": []}).json()["contact_links"] == []
    assert problem(house.bumdes.patch(path, {"contact_links": ["javascript:alert(1)"]},
                                      status=422))[1][0][0].startswith("/contact_links")


def test_a_village_enterprise_is_one_of_the_village(house):
    own, foreign = enterprise(house.bumdes), enterprise(house.bumdes2, JEDING)
    assert create(house, village_enterprise_id=own["id"]).json()["village_enterprise_id"] == own["id"]
    for id in (foreign["id"], str(uuid.uuid4())):
        assert problem(create(house, 422, village_enterprise_id=id))[1] == [("/village_enterprise_id", "exists")]


def test_warnings_have_sentences_in_the_callers_language(house):
    details = []
    for language in ("id", "en"):
        made = house.bumdes.post("/v1/umkm", sent(house, kbli_code="10391", kbli_edition="2020"),
                                 headers={"Accept-Language": language}).json()
        details.append([one["detail"] for one in made["warnings"]])
    assert all(len(one) > 10 for one in details[0] + details[1]) and details[0] and details[0] != details[1]


# Consent


def test_consent_decides_what_the_public_sees(house):
    path = f"/v1/umkm/{umkm(house.bumdes)['id']}/consent"
    before = house.bumdes.get(path).json()
    assert before["contact_public"] is False and before["processing_restricted"] is False
    fields = {"contact_public": True, "public_owner_name": "Bu Sulastri", "given_on": "2026-01-02", "evidence": "Formulir 12/2026",
              "legal_basis": "consent",
              "processing_restricted": False}
    schema = house.contract.operations["umkm_consent_put"].body["content"]["application/json"]["schema"]
    fields = {name: value for name, value in fields.items() if name in house.contract.resolve(schema)["properties"]}
    after = house.bumdes.put(path, fields).json()
    assert {name: after[name] for name in fields} == fields
    refused = house.bumdes.put(path, {**fields, "given_on": None}, status=422)
    assert ("/given_on", "required") in problem(refused)[1]
