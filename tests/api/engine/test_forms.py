"""One text, one form: how people write it, how it is kept and found, and what a refusal says."""
import pathlib
import re

import pytest
import yaml

from client import problem
from house import BALEREJO
from persons import id_of, number, owned
from records import COUNT, body, buyer, enterprise, export, flagship, line, product, production_report, umkm, verify

ROOT = pathlib.Path(__file__).resolve().parents[3]
FORMS = yaml.safe_load((ROOT / "openapi/forms.yaml").read_text())
MONTHS = iter(range(1, 13))
PURPOSE = {"purpose": "Uji coba"}
PHONES = {
    "+6281234567890": ["+6281234567890", "081234567890", "6281234567890", "+62 812-3456-7890", "0812 3456 7890", "0812.3456.7890",
                       "+62081234567890", "+62 (0) 812 3456 7890", "(0812) 3456-7890", "HP. 0812-3456-7890", "WA: 081234567890",
                       "\u202a+62 812\u20113456\u20117890\u202c", "0062 812 3456 7890", "０８１２３４５６７８９０", "081234567890\u00a0"],
    "+62342801234": ["(0342) 801-234", "0342801234", "+62 342 801234", "62342801234", "Telp. 0342-801234", "+620342801234"],
    "+81312345678": ["+81 3-1234-5678", "+81312345678"], "+12025550123": ["+1 (202) 555-0123"],
}
NO_PHONES = ["812345", "0", "+62", "+6208", "+62081", "0812", "+621234567", "+0812345678", "0812345678901234567", "0812-3456-7890 / 0813-1111-2222",
             "081234abc789", "0812 3456 7890 ext 1", "nomor", "81234567890", "+1", "0081234567890", "++6281234567890"]


def kept(house, member, text, operation="umkm_create", at="/v1/umkm"):
    sent = body(house.contract, operation, village_code=BALEREJO, nib=None, village_enterprise_id=None, **{member: text})
    return house.bumdes.post(at, {name: value for name, value in sent.items() if value is not None}).json()[member]


def duplicates(record, pointer):
    """The ids that a warning of this member names."""
    return [id for one in record["warnings"] if (one["pointer"], one["code"]) == (pointer, "duplicate") for id in one["records"]]


def detail(reply, pointer):
    return [(one["code"], one["detail"]) for one in reply.json()["violations"] if one.get("pointer", one.get("parameter")) == pointer]


@pytest.mark.parametrize("member", ["contact_phone", "contact_whatsapp"])
@pytest.mark.parametrize("phone", PHONES)
def test_a_phone_is_taken_as_people_write_it(house, member, phone):
    for spelling in PHONES[phone]:
        assert kept(house, member, spelling) == phone, spelling


@pytest.mark.parametrize("phone", NO_PHONES)
def test_what_cannot_be_a_phone_is_refused_with_the_way_to_write_it(house, phone):
    sent = body(house.contract, "umkm_create", village_code=BALEREJO, contact_phone=phone)
    for language, key in (("id", "id"), ("en", "en")):
        reply = house.bumdes.post("/v1/umkm", sent, 422, headers={"Accept-Language": language})
        assert [said for _, said in detail(reply, "/contact_phone")] == [FORMS["phone"][key]]


def test_a_sealed_number_is_found_in_each_of_its_spellings(house):
    """The keyed hash is of the kept form, so it is made before the sealing."""
    nik, npwp = number(), number()[:15]
    path, _ = owned(house, nik=f"{nik[:6]}.{nik[6:12]} {nik[12:]}", npwp=f"{npwp[:2]}.{npwp[2:5]}.{npwp[5:8]}.{npwp[8]}-{npwp[9:12]}.{npwp[12:]}",
                    phone="0851-7777-0001")
    opened = house.bumdes("POST", path + "/actions/reveal", PURPOSE, status=200).json()
    assert (opened["nik"], opened["npwp"], opened["phone"]) == (nik, "0" + npwp, "+6285177770001")
    for by in ({"phone": "+62 851 7777 0001"}, {"phone": "6285177770001"}, {"npwp": npwp}, {"npwp": f"NPWP 0{npwp}"}, {"nik": f"NIK: {nik}"}):
        found = house.dinas("POST", "/v1/personal-records/lookup", {**by, **PURPOSE}, status=200).json()
        assert id_of(path) in str(found), by
    found = house.dinas("POST", "/v1/umkm/lookup", {"nik": f"{nik[:4]} {nik[4:]}", **PURPOSE}, status=200).json()
    assert [one["id"] for one in found["umkm"]] == [id_of(path)]


def test_a_contact_is_found_by_its_mail_whatever_its_letters(house):
    at = f"/v1/buyers/{buyer(house.bumdes)['id']}"
    house.bumdes.put(at + "/contact", {"name": "Hana", "phone": "+81 90-1234-5678", "email": " Hana.T@Example.COM "})
    opened = house.bumdes("POST", at + "/actions/reveal", PURPOSE, status=200).json()
    assert (opened["phone"], opened["email"]) == ("+819012345678", "hana.t@example.com")
    found = house.dinas("POST", "/v1/personal-records/lookup", {"email": "HANA.T@example.com", **PURPOSE}, status=200).json()
    assert at.split("/")[3] in str(found)


def test_a_nib_is_one_however_it_is_printed(house):
    nib = f"91203{next(COUNT):08}"
    printed = f"NIB {nib[:4]} {nib[4:8]}-{nib[8:]}"
    made = umkm(house.bumdes, nib=printed)
    assert made["nib"] == nib
    other = umkm(house.bumdes, nib=f"No. {nib}")
    assert duplicates(other, "/nib") == [made["id"]]
    for spelling in (nib, printed, f"{nib[:8]}.{nib[8:]}"):
        assert {one["id"] for one in house.bumdes.pages("/v1/umkm", nib=spelling)} == {made["id"], other["id"]}


def test_a_legal_number_is_one_however_it_is_printed(house):
    digits = f"{next(COUNT) + 70000:05}"
    plain = f"AHU-{digits}.AH.01.33.TAHUN 2023"
    made = enterprise(house.dinas, legal_number=f"ahu-{digits}.ah.01.33.Tahun.2023")
    assert made["legal_number"] == plain
    ids = [made["id"]]
    for spelling in (plain, f"AHU-{digits}.AH.01.33. Tahun 2023", f"No. AHU {digits} AH 01 33 TAHUN 2023", f"AHU\u2013{digits}.AH.01.33.TH 2023"):
        other = enterprise(house.dinas, kind="bumdes", legal_number=spelling)
        assert set(duplicates(other, "/legal_number")) == set(ids), spelling
        ids.append(other["id"])
        assert {one["id"] for one in house.dinas.pages("/v1/village-enterprises", legal_number=spelling)} == set(ids)


def test_a_bumdes_has_a_nib_of_its_own(house):
    nib = f"02200{next(COUNT):08}"
    made = enterprise(house.dinas, nib=f"NIB: {nib}")
    assert made["nib"] == nib and made["warnings"] == []
    assert [one["id"] for one in house.dinas.pages("/v1/village-enterprises", nib=nib)] == [made["id"]]
    sent = {**{name: made[name] for name in ("name", "kind", "village_code", "villages")}, "nib": nib}
    assert duplicates(house.dinas.post("/v1/village-enterprises", sent, 201).json(), "/nib") == [made["id"]]
    assert detail(house.dinas.post("/v1/village-enterprises", {**sent, "nib": "12"}, 422), "/nib") == [("too_short", "NIB terdiri atas 13 angka.")]
    taken = umkm(house.bumdes, nib=f"91204{next(COUNT):08}")["nib"]
    other = enterprise(house.dinas, nib=taken)
    assert [(one["pointer"], one["code"]) for one in other["warnings"]] == [("/nib", "nib_of_umkm")]
    thing = product(house.dinas, umkm_id=None, village_enterprise_id=other["id"])
    assert house.dinas.patch(f"/v1/village-enterprises/{other['id']}", {"nib": None}).json()["nib"] is None
    assert thing["village_enterprise_id"] == other["id"]


@pytest.mark.parametrize("written, kept", [
    ("188/45/409.06/KPTS/2026", "188/45/409.06/KPTS/2026"), ("Nomor 188 / 45 / 409.06 / KPTS / 2026", "188/45/409.06/KPTS/2026"),
    ("SK No. 188/45/409.06/kpts/2026", "188/45/409.06/KPTS/2026"), ("Keputusan Bupati Nomor: 188/45", "188/45"),
    ("188\u00a0/\u200b45", "188/45"),
])
def test_a_decree_has_one_spelling(house, written, kept):
    made = flagship(house.dinas, valid_from="2001-01-01", valid_to="2001-01-02", decree_number=written)
    assert made["decree_number"] == kept
    house.dinas.delete(f"/v1/flagships/{made['id']}")


@pytest.mark.parametrize("written, kept", [
    ("PEB No. 004521", "004521"), ("0405-30-AB12CD-20260227-000123", "040530AB12CD20260227000123"),
    ("0405.30.ab12cd.20260227.000123", "040530AB12CD20260227000123"), ("SKA: 0012/sby / 2026", "0012/SBY/2026"), ("CN 77-88", "77-88"),
])
def test_a_customs_document_has_one_spelling(house, written, kept):
    document = {"kind": "peb", "number": written, "date": "2026-02-27", "issuer": "KPPBC Blitar"}
    assert export(house.bumdes, documents=[document])["documents"][0]["number"] == kept


def test_codes_are_taken_as_they_are_printed(house):
    thing = product(house.bumdes, hs_code="0901.21.12", hs_edition="btki2022")
    assert thing["hs_code"] == "09012112"
    assert thing["id"] in {one["id"] for one in house.bumdes.pages("/v1/products", hs_code="HS 0901 21 12", limit=200)}
    sold = export(house.bumdes, port_code="id sub", incoterm="fob", destination_country="jp",
                  lines=[{**line(thing["id"]), "currency": "usd", "hs_code": "0901.21.12"}])
    assert (sold["port_code"], sold["incoterm"], sold["destination_country"], sold["lines"][0]["currency"], sold["lines"][0]["hs_code"]) \
        == ("IDSUB", "FOB", "JP", "USD", "09012112")


@pytest.mark.parametrize("written, kept", [
    ("kuintal", "quintal"), ("Kw", "quintal"), ("ton", "t"), ("KG", "kg"), ("lusin", "dozen"), ("kodi", "kodi"), ("gros", "gross"),
    ("buah", "piece"), ("liter", "l"), ("quintal", "quintal"), ("gross", "gross"), ("t", "t"),
])
def test_units_of_the_market_are_taken(house, written, kept):
    assert product(house.bumdes, unit=written)["unit"] == kept
    reply = house.bumdes.post("/v1/products", body(house.contract, "product_create", unit="karung"), 422)
    assert [code for code, _ in detail(reply, "/unit")] == ["enum"]


def test_production_is_summed_in_the_base_of_its_units(house):
    village = "35.05.16.2001"
    maker = umkm(house.dinas, village, nib=None)
    verify(house, f"/v1/umkm/{maker['id']}", house.dinas)
    for unit, volume in (("kuintal", "2"), ("ton", "1.5"), ("kg", "30"), ("g", "500"), ("lusin", "2"), ("kodi", "1"), ("gros", "1"),
                         ("buah", "4"), ("liter", "3"), ("ml", "250"), ("pack", "9")):
        made = production_report(house.dinas, village, umkm_id=maker["id"], product_id=None, month=f"2020-{next(MONTHS):02}", volume=volume,
                                 unit=unit)
        verify(house, f"/v1/production-reports/{made['id']}", house.dinas)
    period = {"period_from": "2020-01-01", "period_to": "2020-12-31", "village_code": village}
    total = house.dinas.get("/v1/reports/productivity", params=period).json()["total"]
    assert (total["volume_kg"], total["volume_l"], total["volume_pieces"]) == (1730.5, 3.25, 192)


def test_a_unit_of_the_same_base_raises_no_doubt(house):
    thing = product(house.bumdes, unit="kg")
    for unit, codes in (("quintal", []), ("piece", ["unit_differs"])):
        made = production_report(house.bumdes, umkm_id=thing["umkm_id"], product_id=thing["id"], month=f"2023-0{len(codes) + 1}", volume="2", unit=unit)
        assert [one["code"] for one in made["warnings"]] == codes


def test_a_large_integer_survives_beside_a_number_that_changes(house):
    """The body is printed again."""
    text = f'{{"name":"Kopi","village_code":"{BALEREJO}","contact_phone":"0812-3456-7890","capital_idr":9007199254740991}}'
    made = house.bumdes("POST", "/v1/umkm", data=text.encode(), headers={"Content-Type": "application/json"}, status=201).json()
    assert (made["capital_idr"], made["contact_phone"]) == (9007199254740991, "+6281234567890")


# Sentences


SENTENCES = [
    ("umkm_create", "nib", "12", "nib"), ("umkm_create", "nib", "91203045678x1", "nib"), ("umkm_create", "kbli_code", "1076", "kbli"),
    ("umkm_create", "village_code", "3505172009", "village_code"), ("umkm_create", "founded_on", "24-11-2026", "date"),
    ("umkm_create", "contact_email", "siti", "email"), ("umkm_create", "contact_links", ["www.kopi.id"], "uri"),
    ("umkm_create", "id", "17", "uuid_v7"), ("village_enterprise_create", "legal_number", "AHU-1", "legal_number"),
    ("product_create", "hs_code", "09012", "hs_heading"), ("product_create", "category", "Kopi Bubuk", "code"),
    ("production_report_create", "month", "11/2026", "month"), ("production_report_create", "volume", "1000,5", "decimal_3"),
    ("production_report_create", "volume", "1.000,5", "decimal_3"), ("village_potential_create", "quantity", "1 000", "decimal_3"),
    ("target_create", "value", "1000,5", "signed_value"), ("village_update", "index_score", "0,7072", "index_score"),
    ("export_create", "destination_country", "JPN", "country"), ("export_create", "port_code", "SUB", "port"),
    ("export_create", "incoterm", "C&F", "incoterm"), ("buyer_create", "country_code", "Jepang", "country"),
    ("mentoring_session_create", "starts_at", "2026-11-24 09:00", "date_time"), ("user_create", "username", "Siti R", "username"),
    ("umkm_owner_put", "nik", "35059957089", "nik"), ("umkm_owner_put", "npwp", "123", "npwp"), ("umkm_owner_put", "phone", "12", "phone"),
    ("umkm_owner_put", "name", "S*** R***", "unmasked_name"), ("umkm_owner_put", "address", "********", "unmasked"),
]


@pytest.mark.parametrize("operation, member, value, form", SENTENCES)
def test_a_refusal_says_how_to_write_it(house, operation, member, value, form):
    operation = house.contract.operations[operation]
    who = house.caller("admin" if operation.id == "user_create" else "dinas")
    at = re.sub(r"{\w+}", BALEREJO if operation.id == "village_update" else "01890a5d-ac96-774b-bcce-b302099a8057", operation.path)
    for language in ("id", "en"):
        reply = who(operation.method, at, {**house.contract.body(operation), member: value}, match="*", status=422,
                    headers={"Accept-Language": language})
        said = detail(reply, f"/{member}") or detail(reply, f"/{member}/0")
        assert [text for _, text in said] == [FORMS[form][language]]


@pytest.mark.parametrize("path, name, value, form", [
    ("/v1/umkm", "nib", "12", "nib"), ("/v1/umkm", "village_code", "wlingi", "village_code"), ("/v1/umkm", "kbli_code", "1", "kbli"),
    ("/v1/umkm", "updated_at_gte", "kemarin", "date_time"), ("/v1/umkm", "cursor", "a b", None), ("/v1/umkm", "id", "1", "uuid"),
    ("/v1/production-reports", "month_gte", "2026", "month"), ("/v1/village-enterprises", "legal_number", "AHU", "legal_number"),
])
def test_a_filter_says_how_to_write_it(house, path, name, value, form):
    reply = house.dinas("GET", path, params={name: value}, status=400)
    assert form is None or [text for _, text in detail(reply, name)] == [FORMS[form]["id"]]


def test_the_page_shows_every_form(house):
    page = house.public("GET", "/docs").text
    assert all(f'id="form-{name}"' in page for name in FORMS) and "NIB terdiri atas 13 angka." in page
    assert re.search(r'<td><code>nib</code></td>.{0,400}?<a href="#form-nib">nib</a>', page, re.S)
