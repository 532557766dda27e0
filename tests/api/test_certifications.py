"""Certificates: of which UMKM or product, by which number, until when, and what the public sees of them."""

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
    return body(house.contract, "certification_create", **{"umkm_id": holder["id"], "number": f"ID{next(COUNT):017}", **members})


def refused(house, holder, **members):
    return problem(house.bumdes.post("/v1/certifications", sent(house, holder, **members), 422))[1]


def warned(made):
    return [(one["pointer"], one["code"]) for one in made["warnings"]]


def found(who, where="/v1/certifications", **filters):
    return {one["id"] for one in who.pages(where, limit=200, **filters)}


# What it is about


def test_what_was_sent_is_what_is_read(house, holder):
    told = sent(house, holder)
    read = house.bumdes.get(house.bumdes.post("/v1/certifications", told).headers["Location"]).json()
    assert {name: read[name] for name in told} == told
    assert (read["holder_umkm_id"], read["village_code"], read["state"], read["warnings"]) == (holder["id"], BALEREJO, "valid", [])


def test_it_is_about_one_umkm_or_one_product_that_the_writer_knows(house, holder):
    thing = product(house.bumdes, umkm_id=holder["id"])
    foreign, missing = umkm(house.bumdes2, JEDING)["id"], "01890a5d-ac96-774b-bcce-b302099a8057"
    assert refused(house, holder, product_id=thing["id"]) == [("/umkm_id", "one_bearer")]
    assert ("/umkm_id", "one_bearer") in refused(house, holder, umkm_id=None)
    assert refused(house, holder, umkm_id=foreign) == refused(house, holder, umkm_id=missing) == [("/umkm_id", "exists")]
    assert refused(house, holder, umkm_id=None, product_id=missing) == [("/product_id", "exists")]
    made = certification(house.bumdes, product_id=thing["id"])
    assert (made["umkm_id"], made["product_id"], made["holder_umkm_id"]) == (None, thing["id"], holder["id"])


def test_a_joint_products_certificate_is_read_by_all_its_villages_and_kept_by_the_lead(house, holder):
    maker = enterprise(house.bumdesma, WLINGI[0], villages=WLINGI, kind="bumdesma")
    thing = product(house.bumdesma, WLINGI[0], villages=WLINGI, village_enterprise_id=maker["id"])
    assert refused(house, holder, umkm_id=None, product_id=thing["id"]) == [("/product_id", "scope")]
    made = certification(house.bumdesma, product_id=thing["id"])
    assert (made["villages"], made["holder_umkm_id"]) == (WLINGI, None)
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
    made, at = certification(house.bumdesma, product_id=thing["id"]), f"/v1/products/{thing['id']}"
    publish(house, at, house.bumdesma)
    publish(house, path(made), house.bumdesma)
    house.bumdesma.patch(at, {"umkm_id": other, "village_code": WLINGI[2], "villages": [WLINGI[2]]})
    assert house.bumdesma.get(path(made)).json()["village_code"] == WLINGI[0]
    house.dinas("POST", at + "/change-request/actions/verify", {}, match="*", status=200)
    moved = house.bumdesma.get(path(made)).json()
    assert (moved["villages"], moved["holder_umkm_id"], moved["status"]) == ([WLINGI[2]], other, "published")


def test_it_may_be_put_right_to_another_umkm(house, holder):
    made = certification(house.bumdesma, WLINGI[0])
    house.bumdesma.patch(path(made), {"umkm_id": umkm(house.bumdesma, WLINGI[1])["id"]})
    assert house.bumdesma.get(path(made)).json()["village_code"] == WLINGI[1]
    answer = house.bumdesma.patch(path(made), {"umkm_id": umkm(house.bumdes2, JEDING)["id"]}, status=422)
    assert problem(answer)[1] == [("/umkm_id", "exists")]


def test_what_is_certified_is_not_deleted(house):
    made = certification(house.bumdes, product_id=product(house.bumdes)["id"])
    thing = f"/v1/products/{made['product_id']}"
    assert problem(house.bumdes.delete(thing, status=409)) == ("state_conflict", [("/id", "in_use")])
    house.bumdes.delete(path(made))
    house.bumdes.delete(thing)
    made = certification(house.bumdes)
    assert problem(house.bumdes.delete(f"/v1/umkm/{made['umkm_id']}", status=409))[0] == "state_conflict"


def test_what_it_is_about_is_expanded_when_asked(house, holder):
    thing = product(house.bumdes, umkm_id=holder["id"])
    made = certification(house.bumdes, product_id=thing["id"])
    full = house.bumdes.get(path(made), params={"expand": "village,umkm,product"}).json()
    assert (full["village"]["name"], full["umkm"]["id"], full["product"]["id"]) == ("Balerejo", holder["id"], thing["id"])
    assert {**full, "village": None, "umkm": None, "product": None} == made


# Its number


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
    ("sni", "SNI 01-3542-2004", "SNI 01-3542-2004", []), ("sni", "Nomor 7", "Nomor 7", ["document_number"]),
    ("organic", "Organik/7", "Organik/7", []), ("gi", "IDG 7", "IDG 7", []), ("lab", "L.7/a-b", "L.7/a-b", []),
])
def test_other_forms_are_doubted_at_most(house, holder, kind, number, kept, codes):
    told = house.bumdes.post("/v1/certifications", sent(house, holder, kind=kind, number=number, issued_on="2024-03-04",
                                                        expires_on="2029-03-04")).json()
    assert told["number"] == kept and [code for pointer, code in warned(told) if pointer == "/number"] == codes


def test_a_nib_is_of_a_umkm_and_its_own(house, holder):
    thing = product(house.bumdes, umkm_id=holder["id"])
    assert refused(house, holder, umkm_id=None, product_id=thing["id"], kind="nib", number="9120001234567") == [("/kind", "umkm_only")]
    made = certification(house.bumdes, umkm_id=holder["id"], kind="nib", number=holder["nib"])
    assert made["warnings"] == []
    other = umkm(house.bumdes, nib=None)
    assert warned(certification(house.bumdes, umkm_id=other["id"], kind="nib", number="9120001234568")) == [("/number", "nib_differs")]


def test_a_number_is_of_one_living_certificate(house, holder):
    made = certification(house.bumdes, umkm_id=holder["id"], kind="trademark", number="IDM000777001")
    again = sent(house, umkm(house.bumdes2, JEDING), kind="trademark", number="idm 000777001")
    assert problem(house.bumdes2.post("/v1/certifications", again, 409)) == ("duplicate", [("/number", "unique")])
    house.bumdes.act(path(made), "submit")
    house.dinas.act(path(made), "reject", note="Milik orang lain")
    house.bumdes2.post("/v1/certifications", again)
    assert problem(house.bumdes.act(path(made), "reopen", status=409))[1] == [("/number", "unique")]


@pytest.mark.parametrize("kind, number", [("sni", "SNI 01-2907-2008"), ("lab", "LHU 12/2026")])
def test_a_standard_and_a_laboratory_number_may_stand_twice(house, holder, kind, number):
    for _ in range(2):
        house.bumdes.post("/v1/certifications", sent(house, holder, kind=kind, number=number))


def test_the_same_number_written_otherwise_is_no_change(house):
    made = certification(house.bumdes)
    publish(house, path(made), house.bumdes)
    same = house.bumdes.patch(path(made), {"number": "id " + made["number"][2:]}).json()
    assert same["change_request"] is None


# Until when


@pytest.mark.parametrize("members, fault", [
    ({"issued_on": "2999-01-01"}, ("/issued_on", "future")), ({"kind": "iso"}, ("/kind", "enum")),
    ({"issued_on": "2026-01-02", "expires_on": "2026-01-01"}, ("/expires_on", "before_start")),
    ({"state": "valid"}, ("/state", "unknown_member")), ({"number": " "}, ("/number", "pattern")),
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


# How it is found


def test_every_filter_finds_it_and_not_another(house):
    thing = product(house.bumdes2, JEDING)
    made = certification(house.bumdes2, product_id=thing["id"], kind="gi", number="IDG 000 123", issuer="Direktorat Uji Saring",
                         issued_on="2011-01-01", expires_on="2012-12-31")
    other = certification(house.bumdes)
    publish(house, path(other), house.bumdes)
    for name, value in {"village_code": JEDING, "district_code": JEDING[:8], "status": "draft", "status_ne": "published",
                        "product_id": thing["id"], "holder_umkm_id": thing["umkm_id"], "kind": "gi,sni", "state": "expired",
                        "issued_on_lte": "2011-01-01", "expires_on_lte": "2012-12-31", "q": "direktorat sar", "id": made["id"]}.items():
        ids = found(house.dinas, **{name: value})
        assert made["id"] in ids and other["id"] not in ids, name
    assert found(house.dinas, q=other["number"].lower()) == {other["id"]}
    assert found(house.dinas, umkm_id=other["umkm_id"]) == {other["id"]}
    for name, value in {"umkm_id": thing["umkm_id"], "issued_on_gte": "2011-01-02", "expires_on_gte": "2013-01-01"}.items():
        assert made["id"] not in found(house.dinas, **{name: value}), name
    assert other["id"] not in found(house.dinas, expires_on_gte="2011-01-01"), "it has no end"


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
    of_product = certification(house.bumdes2, product_id=product(house.bumdes2, JEDING, umkm_id=holder["id"])["id"])
    house.bumdes2.put(f"/v1/umkm/{holder['id']}/consent", {"contact_public": False, "processing_restricted": True})
    for made in (of_umkm, of_product):
        for who in (house.bupati, house.reader):
            who.get(path(made), 404)
        house.bumdes2.get(path(made))
    told = body(house.contract, "certification_create", umkm_id=holder["id"], number="ID35110000000000777")
    assert problem(house.writer.post("/v1/certifications", told, 422))[1] == [("/umkm_id", "exists")]


def shown(house, noun, id):
    """The certificates on a page of the catalogue: of what, kind, number and state."""
    return {(one["product_id"], one["kind"], one["number"], one["state"])
            for one in house.public.get(f"/v1/catalog/{noun}/{id}").json()["certificates"]}


def test_the_public_sees_the_published_ones_and_no_nib(house):
    holder = umkm(house.bumdes2, JEDING)
    thing = product(house.bumdes2, JEDING, umkm_id=holder["id"])
    halal = certification(house.bumdes2, umkm_id=holder["id"])
    nib = certification(house.bumdes2, umkm_id=holder["id"], kind="nib", number=holder["nib"])
    lapsed = certification(house.bumdes2, product_id=thing["id"], kind="gi", number="IDG 000 999", issued_on=None, expires_on=day(-1))
    draft = certification(house.bumdes2, product_id=thing["id"], kind="organic", number="ORG JEDING")
    for made in (halal, nib, lapsed):
        publish(house, path(made), house.bumdes2)
    publish(house, f"/v1/products/{thing['id']}", house.bumdes2)
    own = {(thing["id"], "gi", "IDG 000 999", "expired")}
    assert shown(house, "products", thing["id"]) == own, "its maker is not published"

    def listed(noun, id, kind):
        return id in found(house.public, f"/v1/catalog/{noun}", certificate=kind)

    assert not listed("products", thing["id"], "halal")
    publish(house, f"/v1/umkm/{holder['id']}", house.bumdes2)
    whole = own | {(None, "halal", halal["number"], "valid"), (None, "nib", None, "valid")}
    assert shown(house, "products", thing["id"]) == shown(house, "umkm", holder["id"]) == whole
    for noun, id in (("products", thing["id"]), ("umkm", holder["id"])):
        text = house.public.get(f"/v1/catalog/{noun}/{id}").text
        assert holder["nib"] not in text and draft["number"] not in text
        assert listed(noun, id, "halal") and listed(noun, id, "gi,nib")
        assert not listed(noun, id, "gi"), "it is no longer in force"
        assert not listed(noun, id, "organic"), "it is a draft"
    assert whole == {tuple(one[name] for name in ("product_id", "kind", "number", "state"))
                     for row in house.public.pages("/v1/catalog/products", id=thing["id"]) for one in row["certificates"]}


def test_a_products_certificate_is_one_of_its_umkm(house):
    thing = product(house.bumdes2, JEDING)
    made = certification(house.bumdes2, product_id=thing["id"], kind="pirt", number="205350599000199")
    publish(house, path(made), house.bumdes2)
    publish(house, f"/v1/umkm/{thing['umkm_id']}", house.bumdes2)
    pirt = {"certificate": "pirt"}
    assert shown(house, "umkm", thing["umkm_id"]) == found(house.public, "/v1/catalog/umkm", **pirt) & {thing["umkm_id"]} == set()
    publish(house, f"/v1/products/{thing['id']}", house.bumdes2)
    assert shown(house, "umkm", thing["umkm_id"]) == {(thing["id"], "pirt", made["number"], "valid")}
    assert thing["umkm_id"] in found(house.public, "/v1/catalog/umkm", **pirt)


def test_a_certificate_counts_for_a_star(house):
    """An estimate sees what the product holds today, its own or its maker's."""
    thing = product(house.dinas, umkm_id=umkm(house.bumdes, nib=None)["id"])
    held = lambda: house.rows("select product_documents(%s) as held", [thing["id"]])[0].held  # noqa: E731
    assert held() == []
    for members in ({"product_id": thing["id"], "kind": "gi", "number": "IDG 1 STAR"}, {"umkm_id": thing["umkm_id"]},
                    {"umkm_id": thing["umkm_id"], "kind": "lab", "number": "L", "expires_on": day(-1), "issued_on": None}):
        made = certification(house.bumdes, **members)
        house.bumdes.act(path(made), "submit")
        house.dinas.act(path(made), "verify")
    certification(house.bumdes, product_id=thing["id"], kind="organic", number="ORG STAR")
    assert sorted(held()) == ["gi", "halal"]
