"""Certificates: their UMKM or product, number and validity, and their public members."""

import pytest

from client import problem
from house import BALEREJO, JEDING, WLINGI, day
from records import COUNT, body, certification, enterprise, product, publish, umkm


def path(made):
    return f"/v1/certifications/{made['id']}"


@pytest.fixture(scope="module")
def holder(house):
    return umkm(house.bumdes)


def sent(house, holder, **members):
    return body(house.contract, "certification_create", **{"umkm_id": holder["id"], "product_ids": [], "number": f"ID{next(COUNT):017}", **members})


def refused(house, holder, **members):
    return problem(house.bumdes.post("/v1/certifications", sent(house, holder, **members), 422))[1]


def warned(made):
    return [(one["pointer"], one["code"]) for one in made["warnings"]]


def found(who, where="/v1/certifications", **filters):
    return {one["id"] for one in who.pages(where, limit=200, **filters)}


# Bearer and products


def test_what_was_sent_is_what_is_read(house, holder):
    fields = sent(house, holder, product_ids=[product(house.bumdes, umkm_id=holder["id"])["id"] for _ in range(2)])
    read = house.bumdes.get(house.bumdes.post("/v1/certifications", fields).headers["Location"]).json()
    assert {name: read[name] for name in fields} == fields
    assert (read["village_enterprise_id"], read["village_code"], read["state"], read["warnings"]) == (None, BALEREJO, "valid", [])


def test_it_has_one_bearer_that_the_writer_knows(house, holder):
    foreign, missing = umkm(house.bumdes2, JEDING)["id"], "01890a5d-ac96-774b-bcce-b302099a8057"
    maker = enterprise(house.bumdes)["id"]
    assert refused(house, holder, village_enterprise_id=maker) == [("/umkm_id", "one_bearer")]
    assert ("/umkm_id", "one_bearer") in refused(house, holder, umkm_id=None)
    assert refused(house, holder, umkm_id=foreign) == refused(house, holder, umkm_id=missing) == [("/umkm_id", "exists")]
    of_both = [refused(house, holder, umkm_id=None, village_enterprise_id=id)
               for id in (missing, enterprise(house.bumdes2, JEDING)["id"])]
    assert of_both == [[("/village_enterprise_id", "exists")]] * 2
    made = certification(house.bumdes, village_enterprise_id=maker, kind="trademark", number="IDM000777003")
    assert (made["umkm_id"], made["village_enterprise_id"], made["villages"]) == (None, maker, [BALEREJO])


def test_it_names_products_of_its_bearer(house, holder):
    own, other = product(house.bumdes, umkm_id=holder["id"])["id"], product(house.bumdes)["id"]
    foreign, missing = product(house.bumdes2, JEDING)["id"], "01890a5d-ac96-774b-bcce-b302099a8057"
    assert refused(house, holder, product_ids=[own, other]) == [("/product_ids/1", "other_maker")]
    assert sorted(refused(house, holder, product_ids=[foreign, own, missing])) == [("/product_ids/0", "exists"), ("/product_ids/2", "exists")]
    assert refused(house, holder, product_ids=[own, own]) == [("/product_ids/1", "duplicate_items")]
    made = certification(house.bumdes, product_ids=[own])
    assert (made["umkm_id"], made["village_enterprise_id"]) == (holder["id"], None), "the maker bears it"
    assert problem(house.bumdes.patch(path(made), {"product_ids": [other]}, status=422))[1] == [("/product_ids/0", "other_maker")]
    moved = house.bumdes.patch(path(made), {"product_ids": [other], "umkm_id": None}).json()
    assert moved["umkm_id"] not in (holder["id"], None)


def test_without_products_it_says_that_nothing_shows_it(house, holder):
    assert ("/product_ids", "no_product") in warned(certification(house.bumdes, umkm_id=holder["id"]))
    other = umkm(house.bumdes)
    assert warned(certification(house.bumdes, umkm_id=other["id"], kind="nib", number=other["nib"])) == []


def test_a_joint_products_certificate_is_read_by_all_its_villages_and_kept_by_the_lead(house, holder):
    maker = enterprise(house.bumdesma, WLINGI[0], villages=WLINGI, kind="bumdesma")
    thing = product(house.bumdesma, WLINGI[0], villages=WLINGI, village_enterprise_id=maker["id"])
    assert refused(house, holder, umkm_id=None, product_ids=[thing["id"]]) == [("/product_ids", "scope")]
    assert refused(house, holder, umkm_id=None, village_enterprise_id=maker["id"]) == [("/village_enterprise_id", "scope")]
    made = certification(house.bumdesma, product_ids=[thing["id"]])
    assert (made["villages"], made["umkm_id"], made["village_enterprise_id"]) == (WLINGI, None, maker["id"])
    shown = house.bumdes.get(path(made)).json()
    assert shown["id"] == made["id"] and shown["allowed_actions"] == []
    for answer in (house.bumdes.patch(path(made), {"issuer": "Lain"}, status=403), house.bumdes.delete(path(made), status=403)):
        assert problem(answer)[0] == "forbidden"


def test_it_moves_along_with_its_umkm(house):
    made = certification(house.bumdesma, WLINGI[0])
    house.bumdesma.patch(f"/v1/umkm/{made['umkm_id']}", {"village_code": WLINGI[1]})
    moved = house.bumdesma.get(path(made)).json()
    assert (moved["village_code"], moved["villages"], moved["version"]) == (WLINGI[1], [WLINGI[1]], 2)


def test_it_moves_along_with_its_product_once_that_is_decided(house):
    thing, other = product(house.bumdesma, WLINGI[0]), umkm(house.bumdesma, WLINGI[2])["id"]
    made, at = certification(house.bumdesma, product_ids=[thing["id"]]), f"/v1/products/{thing['id']}"
    publish(house, at, house.bumdesma)
    publish(house, path(made), house.bumdesma)
    house.bumdesma.patch(at, {"villages": WLINGI[:2]})
    assert house.bumdesma.get(path(made)).json()["villages"] == [WLINGI[0]]
    house.dinas("POST", at + "/change-request/actions/verify", {}, match="*", status=200)
    moved = house.bumdesma.get(path(made)).json()
    assert (moved["villages"], moved["umkm_id"], moved["status"]) == (WLINGI[:2], thing["umkm_id"], "published")


def test_a_product_that_gets_another_maker_leaves_it(house):
    """The number is the first maker's, so the product no longer shows it."""
    maker, other = (umkm(house.bumdesma, village) for village in (WLINGI[0], WLINGI[2]))
    leaves, stays = (product(house.bumdesma, WLINGI[0], umkm_id=maker["id"]) for _ in range(2))
    made, at = certification(house.bumdesma, product_ids=[leaves["id"], stays["id"]]), f"/v1/products/{leaves['id']}"
    for one in (at, f"/v1/products/{stays['id']}", path(made)):
        publish(house, one, house.bumdesma)
    assert [one["number"] for one in house.public.get("/v1/catalog" + at[3:]).json()["certificates"]] == [made["number"]]
    house.bumdesma.patch(at, {"umkm_id": other["id"], "village_code": WLINGI[2], "villages": [WLINGI[2]]})
    house.dinas("POST", at + "/change-request/actions/verify", {}, match="*", status=200)
    left = house.bumdesma.get(path(made)).json()
    assert (left["product_ids"], left["villages"], left["umkm_id"]) == ([stays["id"]], [WLINGI[0]], maker["id"])
    assert house.public.get("/v1/catalog" + at[3:]).json()["certificates"] == []
    told = house.bumdesma.get(path(made) + "/history").json()["data"][0]
    assert [one["member"] for one in told["changes"]] == ["product_ids"]


def test_it_follows_a_product_whose_keeper_may_not_write_it(house):
    maker = enterprise(house.bumdesma, WLINGI[0], villages=WLINGI, kind="bumdesma")
    own = product(house.bumdesma, BALEREJO, villages=[BALEREJO], village_enterprise_id=maker["id"])
    other = product(house.bumdesma, WLINGI[0], villages=[WLINGI[0]], village_enterprise_id=maker["id"])
    made = certification(house.bumdesma, product_ids=[own["id"], other["id"]])
    assert (made["village_code"], problem(house.bumdes.patch(path(made), {"issuer": "Lain"}, status=403))[0]) == (WLINGI[0], "forbidden")
    house.bumdes.patch(f"/v1/products/{own['id']}", {"villages": [BALEREJO, WLINGI[1]]})
    assert set(house.bumdesma.get(path(made)).json()["villages"]) == {BALEREJO, WLINGI[0]}, "the other village waits"


def test_it_belongs_to_the_villages_of_all_its_products(house):
    maker = enterprise(house.bumdesma, WLINGI[0], villages=WLINGI, kind="bumdesma")
    first = product(house.bumdesma, WLINGI[1], villages=[WLINGI[1]], village_enterprise_id=maker["id"])
    made = certification(house.bumdesma, product_ids=[first["id"]])
    assert (made["village_code"], made["villages"]) == (WLINGI[1], [WLINGI[1]]), "its product's village"
    house.bumdes.get(path(made), 404)
    both = product(house.bumdesma, WLINGI[0], villages=[WLINGI[0], BALEREJO], village_enterprise_id=maker["id"])
    made = house.bumdesma.patch(path(made), {"product_ids": [first["id"], both["id"]]}).json()
    assert made["village_code"] == WLINGI[0] and set(made["villages"]) == {WLINGI[0], WLINGI[1], BALEREJO}, "its maker's village"
    house.bumdes.get(path(made))
    none = house.bumdesma.patch(path(made), {"product_ids": []}).json()
    assert (none["village_code"], set(none["villages"])) == (WLINGI[0], set(WLINGI))


def test_it_may_be_put_right_to_another_umkm(house, holder):
    made = certification(house.bumdesma, WLINGI[0])
    house.bumdesma.patch(path(made), {"umkm_id": umkm(house.bumdesma, WLINGI[1])["id"]})
    assert house.bumdesma.get(path(made)).json()["village_code"] == WLINGI[1]
    answer = house.bumdesma.patch(path(made), {"umkm_id": umkm(house.bumdes2, JEDING)["id"]}, status=422)
    assert problem(answer)[1] == [("/umkm_id", "exists")]


def test_what_is_certified_is_not_deleted(house):
    made = certification(house.bumdes, product_ids=[product(house.bumdes)["id"]])
    thing = f"/v1/products/{made['product_ids'][0]}"
    assert problem(house.bumdes.delete(thing, status=409)) == ("state_conflict", [("/id", "in_use")])
    house.bumdes.delete(path(made))
    house.bumdes.delete(thing)
    made = certification(house.bumdes)
    assert problem(house.bumdes.delete(f"/v1/umkm/{made['umkm_id']}", status=409))[0] == "state_conflict"
    made = certification(house.bumdes, village_enterprise_id=enterprise(house.bumdes)["id"])
    maker = f"/v1/village-enterprises/{made['village_enterprise_id']}"
    assert problem(house.bumdes.delete(maker, status=409)) == ("state_conflict", [("/id", "in_use")])


def test_what_it_is_about_is_expanded_when_asked(house, holder):
    things = [product(house.bumdes, umkm_id=holder["id"])["id"] for _ in range(2)]
    made = certification(house.bumdes, product_ids=things[::-1])
    full = house.bumdes.get(path(made), params={"expand": "village,umkm,products,village_enterprise"}).json()
    assert (full["village"]["name"], full["umkm"]["id"], full["village_enterprise"]) == ("Balerejo", holder["id"], None)
    assert [one["id"] for one in full["products"]] == things[::-1]
    assert {**full, "village": None, "umkm": None, "products": None} == made
    maker = enterprise(house.bumdes)
    made = certification(house.bumdes, village_enterprise_id=maker["id"])
    full = house.bumdes.get(path(made), params={"expand": "village_enterprise,products"}).json()
    assert (full["village_enterprise"]["name"], full["products"]) == (maker["name"], [])


# Number


@pytest.mark.parametrize("kind, number", [
    ("nib", "912000123456"), ("nib", "91200012345678"), ("pirt", "20535050100012"), ("pirt", "P-IRT 1"), ("trademark", "IDM12345678"),
    ("trademark", "DID2024001234"), ("bpom", "MD12345678901"), ("bpom", "ML1234567890123"),
])
def test_a_number_of_a_form_beyond_doubt_has_it(house, holder, kind, number):
    assert ("/number", "pattern") in refused(house, holder, kind=kind, number=number)


@pytest.mark.parametrize("kind, number, kept, codes", [
    ("pirt", "2053505010001-29", "205350501000129", []), ("pirt", "205 3573 0100 0129", "205357301000129", ["pirt_elsewhere"]),
    ("pirt", "205350501000130", "205350501000130", ["pirt_year"]), ("pirt", "205357301001", "205357301001", ["pirt_old"]),
    ("halal", "id 3511.0000 0000 00001", "ID35110000000000001", []), ("halal", "00710000000012", "00710000000012", []),
    ("halal", "BPJPH/1", "BPJPH/1", ["document_number"]), ("bpom", "md 2345 6789 0123", "MD234567890123", []),
    ("bpom", "ML234567890123456", "ML234567890123456", []), ("bpom", "TR203678901", "TR203678901", ["document_number"]),
    ("trademark", "IDM 000 123 456", "IDM000123456", []), ("sni", "SNI ISO/IEC  17025:2017", "SNI ISO/IEC 17025:2017", []),
    ("sni", "SNI 01-3542-2004", "SNI 01-3542-2004", []), ("sni", "Nomor 7", "SNI 7", ["document_number"]),
    ("organic", "Organik/7", "ORGANIK/7", []), ("gi", "IDG 7", "IDG7", ["document_number"]), ("lab", "L.7/a-b", "L.7/A-B", []),
])
def test_other_forms_are_doubted_at_most(house, holder, kind, number, kept, codes):
    reply = house.bumdes.post("/v1/certifications", sent(house, holder, kind=kind, number=number, issued_on="2024-03-04",
                                                         expires_on="2029-03-04")).json()
    assert reply["number"] == kept and [code for pointer, code in warned(reply) if pointer == "/number"] == codes


@pytest.mark.parametrize("kind, kept, spellings", [
    ("nib", "9120304567891", ["9120 3045 67891", "NIB: 9120-3045-67891", "No. NIB 9120.3045.67891", "9120\u00a0304567891"]),
    ("pirt", "206350501000128", ["P-IRT No. 2063505010001-28", "PIRT 206350501000128", "No. P-IRT: 206 3505 01 0001-28",
                                 "SPP-IRT 2063505010001\u201328", "p.irt 2063505010001-28"]),
    ("halal", "ID35110000012345678", ["No. ID35110000012345678", "id 3511 0000 0123 45678", "BPJPH ID35110000012345678",
                                      "Sertifikat Halal No: ID35110000012345678", "\u202aID35110000012345678\u202c"]),
    ("halal", "07060012340506", ["MUI-LPPOM-07060012340506", "LPPOM MUI No. 07060012340506", "0706 0012 340506"]),
    ("bpom", "MD235613012345", ["BPOM RI MD 235613012345", "MD 2356 1301 2345", "No. BPOM: MD-235613012345", "bpom ri md235613012345",
                                "Izin Edar BPOM RI MD 235613012345"]),
    ("trademark", "IDM000777123", ["IDM 000777123", "No. IDM000777123", "Pendaftaran Nomor IDM000777123", "idm-000.777.123"]),
    ("trademark_application", "JID2026012345", ["JID 2026 012345", "No. Permohonan JID2026012345", "jid-2026-012345"]),
    ("gi", "IDG000000001", ["IDG 000000001", "IDG 000 000 001", "No. IDG-000000001", "idg000000001"]),
    ("organic", "ORG/12-A", ["org / 12 - a", "No. ORG/12-A", "ORG/12\u2011A"]),
])
def test_one_number_is_one_certificate_however_it_is_printed(house, kind, kept, spellings):
    """A draft in each spelling has the plain form, and warns of the other one."""
    holder = umkm(house.bumdes)
    one = sent(house, holder, kind=kind, number=spellings[0], issued_on=None, expires_on=None)
    made = house.bumdes.post("/v1/certifications", one).json()
    assert made["number"] == kept
    for spelling in [kept, *spellings]:
        other = house.bumdes.post("/v1/certifications", {**one, "number": spelling}).json()
        assert other["number"] == kept and ("/number", "duplicate") in warned(other), spelling
        assert house.bumdes.patch(path(other), {"number": spelling}).json()["number"] == kept
        house.bumdes.delete(path(other))
    house.bumdes.delete(path(made))


@pytest.mark.parametrize("number, kept", [
    ("SNI 01-2907-2008", "SNI 01-2907-2008"), ("sni 01 - 2907 - 2008", "SNI 01-2907-2008"), ("No. 01-2907-2008", "SNI 01-2907-2008"),
    ("SNI 7657-2023", "SNI 7657:2023"), ("SNI7657 : 2023", "SNI 7657:2023"), ("SNI No. 7657:2023", "SNI 7657:2023"),
    ("SNI ISO9001:2015", "SNI ISO 9001:2015"), ("SNI ISO/IEC 17025-2017", "SNI ISO/IEC 17025:2017"),
])
def test_a_standard_has_one_spelling(house, holder, number, kept):
    assert certification(house.bumdes, umkm_id=holder["id"], kind="sni", number=number)["number"] == kept


@pytest.mark.parametrize("kind, number, id, en", [
    ("nib", "912000123456", "13 angka", "13 digits"), ("pirt", "20535", "2063505010001-28", "15 digits"),
    ("bpom", "MD 123", "MD 235613012345", "12 or 15 digits"), ("trademark", "JID2026012345", "trademark_application", "IDM and 9 digits"),
    ("trademark_application", "IDM000123456", "merek terdaftar", "registered trademark"),
])
def test_a_number_that_is_refused_shows_how_to_write_it(house, holder, kind, number, id, en):
    body = sent(house, holder, kind=kind, number=number, expires_on=None)
    for language, words in (("id", id), ("en", en)):
        broken = house.bumdes.post("/v1/certifications", body, 422, headers={"Accept-Language": language}).json()["violations"]
        assert [words in one["detail"] for one in broken if one["pointer"] == "/number"] == [True]


def test_an_application_is_no_trademark(house, holder):
    thing = publish(house, f"/v1/products/{product(house.bumdes, umkm_id=holder['id'])['id']}", house.bumdes)
    made = certification(house.bumdes, product_ids=[thing["id"]], kind="trademark_application", number="DID2026000001",
                         issued_on=None, expires_on=None)
    publish(house, path(made), house.bumdes)
    assert made["warnings"] == []
    assert made["id"] in found(house.dinas, kind="trademark_application") - found(house.dinas, kind="trademark")


def test_a_nib_is_of_a_business_and_its_own(house, holder):
    thing = product(house.bumdes, umkm_id=holder["id"])
    fault = refused(house, holder, product_ids=[thing["id"]], kind="nib", number="9120001234567")
    assert fault == [("/product_ids", "umkm_only")]
    made = certification(house.bumdes, umkm_id=holder["id"], kind="nib", number=holder["nib"])
    assert made["warnings"] == []
    other = umkm(house.bumdes, nib=None)
    assert warned(certification(house.bumdes, umkm_id=other["id"], kind="nib", number="9120001234568")) == [("/number", "nib_differs")]


@pytest.mark.parametrize("kind, number", [("sni", "SNI 01-2907-2008"), ("lab", "LHU 12/2026")])
def test_a_standard_and_a_laboratory_number_may_stand_twice(house, holder, kind, number):
    for _ in range(2):
        made = house.bumdes.post("/v1/certifications", sent(house, holder, kind=kind, number=number)).json()
        assert "duplicate" not in [code for _, code in warned(made)]
        publish(house, path(made), house.bumdes)


def test_the_same_number_written_otherwise_is_no_change(house):
    made = certification(house.bumdes)
    publish(house, path(made), house.bumdes)
    same = house.bumdes.patch(path(made), {"number": "id " + made["number"][2:]}).json()
    assert same["change_request"] is None


# Validity


@pytest.mark.parametrize("members, fault", [
    ({"issued_on": "2999-01-01"}, ("/issued_on", "future")), ({"kind": "iso"}, ("/kind", "enum")),
    ({"issued_on": "2026-01-02", "expires_on": "2026-01-01"}, ("/expires_on", "before_start")),
    ({"state": "valid"}, ("/state", "unknown_member")), ({"number": " "}, ("/number", "too_short")),
])
def test_what_is_wrong_is_named(house, holder, members, fault):
    assert fault in refused(house, holder, **members)


@pytest.mark.parametrize("distance, state", [(-1, "expired"), (0, "expiring"), (60, "expiring"), (61, "valid"), (None, "valid")])
def test_its_state_follows_from_its_last_day(house, holder, distance, state):
    ends = None if distance is None else day(distance)
    made = certification(house.bumdes, umkm_id=holder["id"], kind="organic", number=f"ORG {next(COUNT)}", issued_on=None,
                         expires_on=ends)
    assert made["state"] == state
    for one in ("valid", "expiring", "expired"):
        assert (made["id"] in found(house.bumdes, state=one, kind="organic")) == (one == state)
    assert made["id"] in found(house.bumdes, state="expired,valid,expiring")


@pytest.mark.parametrize("kind, number, issued, ends, codes", [
    ("pirt", "205350501000228", "2023-02-28", "2028-02-28", []), ("pirt", "205350501000328", "2023-02-28", "2028-02-27", []),
    ("pirt", "205350501000429", "2023-02-28", "2029-02-28", ["five_years"]), ("pirt", "205350501000528", None, "2028-02-28", []),
    ("pirt", "205350501000628", "2023-02-28", None, ["end_missing"]), ("trademark", "IDM000777002", None, None, ["end_missing"]),
    ("halal", "ID35110000000000009", None, "2030-01-01", ["endless"]), ("lab", "LHU 1", None, None, []),
])
def test_an_end_that_is_unusual_is_doubted(house, holder, kind, number, issued, ends, codes):
    made = certification(house.bumdes, umkm_id=holder["id"], kind=kind, number=number, issued_on=issued, expires_on=ends)
    assert [code for pointer, code in warned(made) if pointer == "/expires_on"] == codes


# Lists


def test_every_filter_finds_it_and_not_another(house):
    thing = product(house.bumdes2, JEDING)
    made = certification(house.bumdes2, product_ids=[thing["id"]], kind="gi", number="IDG 000 123", issuer="Direktorat Uji Saring",
                         issued_on="2011-01-01", expires_on="2012-12-31")
    other = certification(house.bumdes)
    publish(house, path(other), house.bumdes)
    for name, value in {"village_code": JEDING, "district_code": JEDING[:8], "status": "draft", "status_ne": "published",
                        "product_id": thing["id"], "umkm_id": thing["umkm_id"], "kind": "gi,sni", "state": "expired",
                        "issued_on_lte": "2011-01-01", "expires_on_lte": "2012-12-31", "q": "direktorat sar", "id": made["id"]}.items():
        ids = found(house.dinas, **{name: value})
        assert made["id"] in ids and other["id"] not in ids, name
    assert found(house.dinas, q=other["number"].lower()) == {other["id"]}
    assert found(house.dinas, umkm_id=other["umkm_id"]) == {other["id"]}
    of_enterprise = certification(house.bumdes, village_enterprise_id=enterprise(house.bumdes)["id"])
    assert found(house.dinas, village_enterprise_id=of_enterprise["village_enterprise_id"]) == {of_enterprise["id"]}
    for name, value in {"umkm_id": other["umkm_id"], "issued_on_gte": "2011-01-02", "expires_on_gte": "2013-01-01"}.items():
        assert made["id"] not in found(house.dinas, **{name: value}), name
    assert other["id"] not in found(house.dinas, expires_on_gte="2011-01-01"), "it has no last day"


def test_what_ends_first_comes_first_and_what_has_no_end_last(house, holder):
    for ends in (None, "2031-05-01", None, "2031-04-01"):
        certification(house.bumdes, umkm_id=holder["id"], kind="lab", number=f"Urut {next(COUNT)}", expires_on=ends)
    ends = [one["expires_on"] or "9" for one in house.bumdes.pages("/v1/certifications", limit=3)]
    assert ends == sorted(ends) and "9" in ends[:-1]
    assert [one["expires_on"] or "9" for one in house.bumdes.pages("/v1/certifications", limit=3, sort="-expires_on")] == ends[::-1]


# Privacy and the catalogue


def test_a_restricted_umkm_takes_its_certificates_along(house):
    holder = umkm(house.bumdes2, JEDING)
    of_umkm = certification(house.bumdes2, umkm_id=holder["id"])
    of_product = certification(house.bumdes2, product_ids=[product(house.bumdes2, JEDING, umkm_id=holder["id"])["id"]])
    house.bumdes2.put(f"/v1/umkm/{holder['id']}/consent", {"contact_public": False, "processing_restricted": True})
    for made in (of_umkm, of_product):
        for who in (house.bupati, house.reader):
            who.get(path(made), 404)
        house.bumdes2.get(path(made))
    fields = body(house.contract, "certification_create", umkm_id=holder["id"], number="ID35110000000000777", product_ids=[])
    assert problem(house.writer.post("/v1/certifications", fields, 422))[1] == [("/umkm_id", "exists")]
    fields.update(umkm_id=None, product_ids=of_product["product_ids"])
    assert ("/product_ids/0", "exists") in problem(house.writer.post("/v1/certifications", fields, 422))[1]


def shown(house, noun, id):
    """Returns the certificates in the catalogue: products, kind, number and state."""
    return {(*one["product_ids"], one["kind"], one["number"], one["state"])
            for one in house.public.get(f"/v1/catalog/{noun}/{id}").json()["certificates"]}


def test_the_public_sees_the_published_ones_and_no_nib(house):
    holder = umkm(house.bumdes2, JEDING)
    thing, other = (product(house.bumdes2, JEDING, umkm_id=holder["id"]) for _ in range(2))
    halal = certification(house.bumdes2, product_ids=[thing["id"], other["id"]])
    unnamed = certification(house.bumdes2, umkm_id=holder["id"], kind="trademark", number="IDM000777004")
    nib = certification(house.bumdes2, umkm_id=holder["id"], kind="nib", number=holder["nib"])
    lapsed = certification(house.bumdes2, product_ids=[thing["id"]], kind="gi", number="IDG000000999", issued_on=None, expires_on=day(-1))
    draft = certification(house.bumdes2, product_ids=[thing["id"]], kind="organic", number="ORG JEDING")
    for made in (halal, unnamed, nib, lapsed):
        publish(house, path(made), house.bumdes2)
    publish(house, f"/v1/products/{thing['id']}", house.bumdes2)
    own = {(thing["id"], "gi", "IDG000000999", "expired"), (thing["id"], "halal", halal["number"], "valid")}
    assert shown(house, "products", thing["id"]) == own, "the maker is not published, and the other product is a draft"

    def listed(noun, id, kind):
        return id in found(house.public, f"/v1/catalog/{noun}", certificate=kind)

    assert listed("products", thing["id"], "halal") and not listed("products", thing["id"], "nib")
    publish(house, f"/v1/umkm/{holder['id']}", house.bumdes2)
    whole = own | {("nib", None, "valid")}
    assert shown(house, "products", thing["id"]) == shown(house, "umkm", holder["id"]) == whole
    for noun, id in (("products", thing["id"]), ("umkm", holder["id"])):
        text = house.public.get(f"/v1/catalog/{noun}/{id}").text
        assert not [one for one in (holder["nib"], draft["number"], unnamed["number"], other["id"]) if one in text]
        assert listed(noun, id, "halal") and listed(noun, id, "gi,nib")
        assert not listed(noun, id, "gi"), "the certificate has expired"
        assert not listed(noun, id, "organic"), "the certificate is a draft"
        assert not listed(noun, id, "trademark"), "the certificate names no product"
    assert whole == {(*one["product_ids"], one["kind"], one["number"], one["state"])
                     for row in house.public.pages("/v1/catalog/products", id=thing["id"]) for one in row["certificates"]}


def test_a_product_that_is_not_named_shows_nothing(house):
    """Anywhere: catalogue, passport, filter, list and stars."""
    maker = umkm(house.bumdes2, JEDING, nib=None)
    named, other = (product(house.bumdes2, JEDING, umkm_id=maker["id"]) for _ in range(2))
    publish(house, f"/v1/umkm/{maker['id']}", house.bumdes2)
    made = certification(house.bumdes2, product_ids=[named["id"]])
    for one in (f"/v1/products/{named['id']}", f"/v1/products/{other['id']}", path(made)):
        publish(house, one, house.bumdes2)

    def everywhere(thing):
        at = f"/v1/catalog/products/{thing['id']}"
        held, = house.rows("select product_documents(%s) as held", [thing["id"]])
        return [len(house.public.get(at).json()["certificates"]), len(house.public.get(at + "/passport").json()["certificates"]),
                thing["id"] in found(house.public, "/v1/catalog/products", certificate="halal"),
                made["id"] in found(house.bumdes2, product_id=thing["id"]), held.held == ["halal"]]

    assert (everywhere(named), everywhere(other)) == ([1, 1, True, True, True], [0, 0, False, False, False])
    patch = {"product_ids": [named["id"], other["id"]]}
    assert house.bumdes2.patch(path(made), patch).json()["change_request"]["members"] == ["product_ids"]
    assert everywhere(other) == [0, 0, False, False, False], "the change waits for another officer"
    house.dinas("POST", path(made) + "/change-request/actions/verify", {}, match="*", status=200)
    assert everywhere(named) == everywhere(other) == [1, 1, True, True, True]


def test_a_village_enterprise_has_a_nib_and_its_products_show_their_own(house):
    maker = enterprise(house.bumdes2, JEDING)
    named, other = (product(house.bumdes2, JEDING, village_enterprise_id=maker["id"]) for _ in range(2))
    nib = certification(house.bumdes2, village_enterprise_id=maker["id"], kind="nib", number="9990001112224")
    made = certification(house.bumdes2, product_ids=[named["id"]])
    for one in (f"/v1/products/{named['id']}", f"/v1/products/{other['id']}", path(made), path(nib)):
        publish(house, one, house.bumdes2)
    own = {(named["id"], "halal", made["number"], "valid")}
    assert (shown(house, "products", named["id"]), shown(house, "products", other["id"])) == (own, set())
    publish(house, f"/v1/village-enterprises/{maker['id']}", house.bumdes2)
    of_maker = {("nib", None, "valid")}
    assert (shown(house, "products", named["id"]), shown(house, "products", other["id"])) == (own | of_maker, of_maker)
    assert {named["id"], other["id"]} <= found(house.public, "/v1/catalog/products", certificate="nib")


def test_a_products_certificate_is_one_of_its_umkm(house):
    thing = product(house.bumdes2, JEDING)
    made = certification(house.bumdes2, product_ids=[thing["id"]], kind="pirt", number="205350599000199")
    publish(house, path(made), house.bumdes2)
    publish(house, f"/v1/umkm/{thing['umkm_id']}", house.bumdes2)
    pirt = {"certificate": "pirt"}
    assert shown(house, "umkm", thing["umkm_id"]) == found(house.public, "/v1/catalog/umkm", **pirt) & {thing["umkm_id"]} == set()
    publish(house, f"/v1/products/{thing['id']}", house.bumdes2)
    assert shown(house, "umkm", thing["umkm_id"]) == {(thing["id"], "pirt", made["number"], "valid")}
    assert thing["umkm_id"] in found(house.public, "/v1/catalog/umkm", **pirt)


def test_a_certificate_counts_for_a_star(house):
    """An estimate uses the current certificates that name the product, and its maker's NIB."""
    thing = product(house.dinas, umkm_id=umkm(house.bumdes, nib=None)["id"])
    held = lambda: house.rows("select product_documents(%s) as held", [thing["id"]])[0].held  # noqa: E731
    assert held() == []
    for members in ({"kind": "gi", "number": "IDG 1 STAR"}, {"umkm_id": thing["umkm_id"], "kind": "nib", "number": "9990001112223"},
                    {"umkm_id": thing["umkm_id"]}, {"kind": "lab", "number": "L", "expires_on": day(-1), "issued_on": None}):
        members.setdefault("product_ids", [] if "umkm_id" in members else [thing["id"]])
        made = certification(house.bumdes, **members)
        house.bumdes.act(path(made), "submit")
        house.dinas.act(path(made), "verify")
    certification(house.bumdes, product_ids=[thing["id"]], kind="organic", number="ORG STAR")
    assert sorted(held()) == ["gi", "nib"]
