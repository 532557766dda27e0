"""What the public sees passed a second officer, and a name is only a name."""
import re

import pytest

from client import problem
from house import BALEREJO
from records import bumdes, product, publish, umkm, verify

NAME = {"contact_public": False, "public_owner_name": "Bu Sulastri", "given_on": "2026-01-02", "processing_restricted": False}
CONTACT = {"contact_public": True, "given_on": "2026-01-02", "processing_restricted": False}
PHONE = "+6281234500017"
NOTHING = {"contact_public": False, "processing_restricted": False}


@pytest.fixture
def shown(house):
    """Publishes a UMKM and one of its products. Returns the path of the UMKM, and what the public sees of its owner."""
    made = product(house.bumdes, umkm_id=umkm(house.bumdes, contact_phone=PHONE)["id"])
    path = f"/v1/umkm/{made['umkm_id']}"
    for one in (path, f"/v1/products/{made['id']}"):
        publish(house, one, house.bumdes)

    def look():
        pages = [house.public.get(f"/v1/catalog/umkm/{made['umkm_id']}"), house.public.get(f"/v1/catalog/products/{made['id']}"),
                 house.public.get(f"/v1/catalog/products/{made['id']}/passport", params={"format": "html"}),
                 house.public.get("/v1/catalog/umkm", params={"id": made["umkm_id"]}),
                 house.public.get("/v1/catalog/products", params={"id": made["id"]})]
        assert ["".join(re.findall(r"\d", PHONE)) in re.sub(r"[ +-]", "", one.text) for one in pages] in ([True] * 5, [False] * 5)
        return pages[0].json()["owner_name"], PHONE in pages[0].text
    return path, look


def state(house, path):
    return house.dinas.get(path + "/consent").json()["public_state"]


def test_a_new_name_waits_for_a_second_officer(house, shown):
    path, look = shown
    assert state(house, path) == "none" and look() == (None, False)
    assert house.bumdes.put(path + "/consent", NAME).json()["public_state"] == "waiting"
    assert look() == (None, False)
    assert path.split("/")[-1] in {one["id"] for one in house.dinas.pages("/v1/umkm", change_request="open", limit=200)}
    asked = house.dinas.get(path + "/change-request").json()
    assert [(one["member"], one["new"]) for one in asked["changes"]] == [("consent", '["public_owner_name"]')]
    assert "Sulastri" not in str(asked)
    house.dinas2.act(path + "/change-request", "verify")
    assert look() == ("Bu Sulastri", False) and state(house, path) == "approved"


def test_a_contact_waits_too(house, shown):
    path, look = shown
    house.bumdes.put(path + "/consent", CONTACT)
    assert look() == (None, False)
    house.dinas2.act(path + "/change-request", "verify")
    assert look() == (None, True)
    house.bumdes.put(path + "/consent", {**CONTACT, **NAME, "contact_public": True})
    assert look() == (None, True), "the approved contact stays while the name waits"


def test_an_officer_of_the_dinas_does_not_approve_their_own_consent(house, shown):
    path, look = shown
    house.dinas.put(path + "/consent", NAME)
    refused = problem(house.dinas.act(path + "/change-request", "verify", status=403))
    assert refused == ("forbidden", [("/status", "verifier_wrote")])
    house.dinas2.put(path + "/consent", {**NAME, "evidence": "Surat 17"})
    house.dinas.act(path + "/change-request", "verify", status=403)
    house.dinas2.act(path + "/change-request", "verify", status=403)
    assert look() == (None, False)
    house.person("dinas3", "dinas").act(path + "/change-request", "verify")
    assert look() == ("Bu Sulastri", False)


def test_exactly_what_was_read_is_approved(house, shown):
    path, look = shown
    house.bumdes.put(path + "/consent", NAME)
    read = house.dinas2.get(path).headers["ETag"]
    house.bumdes.put(path + "/consent", {**NAME, "public_owner_name": "Beli di toko saya"})
    house.dinas2.act(path + "/change-request", "verify", match=read, status=412)
    assert look() == (None, False)


def test_a_changed_name_waits_again_and_the_old_one_is_gone(house, shown):
    path, look = shown
    house.bumdes.put(path + "/consent", NAME)
    house.dinas2.act(path + "/change-request", "verify")
    house.bumdes.put(path + "/consent", {**NAME, "evidence": "Surat 18"})
    assert look() == ("Bu Sulastri", False) and state(house, path) == "approved"
    for name in ("Bu Sulastri R.", "Bu Sulastri"):  # the approved name, given again, waits as well
        house.bumdes.put(path + "/consent", {**NAME, "public_owner_name": name})
        assert look() == (None, False) and state(house, path) == "waiting"


@pytest.mark.parametrize("end", [NOTHING, {**NAME, "public_owner_name": None, "withdrawn_on": "2026-02-03"}])
def test_what_is_withdrawn_is_gone_at_once_and_asks_nobody(house, shown, end):
    path, look = shown
    house.bumdes.put(path + "/consent", {**CONTACT, **NAME, "contact_public": True})
    house.dinas2.act(path + "/change-request", "verify")
    assert look() == ("Bu Sulastri", True)
    house.bumdes.put(path + "/consent", end)
    assert look() == (None, False) and state(house, path) == "none"
    assert house.dinas.get(path).json()["change_request"] is None


def test_a_request_with_nothing_left_to_approve_is_withdrawn(house, shown):
    path, look = shown
    house.bumdes.put(path + "/consent", NAME)
    house.bumdes.put(path + "/consent", NOTHING)
    assert house.dinas.get(path).json()["change_request"] is None
    assert house.dinas.get(path + "/change-request").json()["status"] == "withdrawn"


def test_a_rejected_name_stays_hidden_until_it_is_recorded_and_approved_again(house, shown):
    path, look = shown
    house.bumdes.put(path + "/consent", NAME)
    house.dinas2.act(path + "/change-request", "reject", note="Bukan nama pemilik")
    assert look() == (None, False) and state(house, path) == "waiting"
    house.bumdes.patch(path, {"name": "Nama baru"})
    house.dinas2.act(path + "/change-request", "verify")
    assert look() == (None, False), "another change does not approve it"
    house.bumdes.put(path + "/consent", NAME)
    house.dinas2.act(path + "/change-request", "verify")
    assert look() == ("Bu Sulastri", False)


def test_a_consent_joins_a_change_request_that_is_open(house, shown):
    path, look = shown
    house.dinas.patch(path, {"name": "Nama yang diminta"})
    house.bumdes.put(path + "/consent", NAME)
    assert house.dinas.get(path).json()["change_request"]["members"] == ["consent", "name"]
    house.dinas.act(path + "/change-request", "verify", status=403)
    house.dinas2.act(path + "/change-request", "verify")
    assert look() == ("Bu Sulastri", False) and house.dinas.get(path).json()["name"] == "Nama yang diminta"


def test_a_withdrawn_name_leaves_a_request_with_its_other_members(house, shown):
    path, look = shown
    change_of_name = {"name": "Nama yang diminta"}
    house.bumdes.patch(path, change_of_name)
    house.bumdes.put(path + "/consent", NAME)
    house.bumdes.put(path + "/consent", NOTHING)
    assert house.dinas.get(path).json()["change_request"]["members"] == ["name"]


@pytest.mark.parametrize("finish", [publish, verify])
def test_the_verification_of_a_umkm_approves_its_consent(house, finish):
    path = f"/v1/umkm/{umkm(house.bumdes, contact_phone=PHONE)['id']}"
    house.bumdes.put(path + "/consent", {**NAME, "contact_public": True})
    assert state(house, path) == "waiting"
    finish(house, path, house.bumdes)
    assert state(house, path) == "approved"
    house.bumdes.put(path + "/consent", {**NAME, "public_owner_name": "Pak Baru"})
    assert state(house, path) == "waiting"


def test_a_restriction_that_ends_shows_again_only_what_was_approved(house, shown):
    path, look = shown
    house.bumdes.put(path + "/consent", {**NOTHING, "processing_restricted": True})
    house.public.get(f"/v1/catalog/umkm/{path.split('/')[-1]}", 404)
    house.bumdes.put(path + "/consent", {**NAME, "contact_public": True})
    assert look() == (None, False) and state(house, path) == "waiting"


def test_the_history_says_who_approved(house, shown):
    path, look = shown
    house.bumdes.put(path + "/consent", NAME)
    house.dinas2.act(path + "/change-request", "verify")
    entries = list(house.dinas.pages(path + "/history"))
    told = [(one["resource"], one["action"], one["subject"]) for one in entries[:4]]
    assert ("umkm", "request_change", house.bumdes.id) in told and ("umkm", "verify_change", house.dinas2.id) in told
    assert "Sulastri" not in str(entries)


# Names


ADDRESSES = ["Beli di https://toko.example/x", "HTTP://a", "ftp://a.b", "www.toko.id", "WWW . toko", "toko.com", "Toko.Co.Id", "bit.ly/x",
             "wa.me/62812", "saya@surel.id", "@kopi", "Kopi ＠ toko", "ｗｗｗ．toko．com", "to\u00adko.com", "mailto:a", "Kopi t.me/kopi"]
PHONES = ["Kopi 081234567890", "Kopi 0812 3456 7890", "Kopi +62 812-3456-789", "Kopi (0342) 801-234", "Kopi 0812.3456.789", "Kopi 801234",
          "Kopi 62812 345 6789", "Kopi ０８１２３４５６", "Kopi 0812/3456", "0812–3456–789"]
FINE = ["CV.Sumber Rejeki", "UD.Makmur", "Kopi/Teh", "Batik-57", "No.12", "Sambal <Pedas>", "Kopi 1912", "Toko 212", "Kopi Ny. Ida",
        "PT. Karya (Persero) Tbk.", "Kopi 1912-2012", "17 Agustus 1945", "Jl. Merdeka No. 8", "Café & Résto", "Kopi 3 in 1", "H.M. Idris",
        "Kopi Lereng Kelud, CV", "d'Kopi", "Kedai 24/7", "Batik «57»"]
PEOPLE = ["Bu Siti 123", "Siti 1 2 3", "Pak 3505"]


@pytest.mark.parametrize("names, code", [(ADDRESSES, "name_address"), (PHONES, "name_phone"), (FINE, None)])
def test_a_name_is_only_a_name(house, names, code):
    found = {name: house.rows("select name_fault(%s) as it", [name])[0].it for name in names}
    assert {name: it for name, it in found.items() if it != code} == {}


def test_the_name_of_a_person_has_no_row_of_digits(house):
    found = {name: house.rows("select name_fault(%s, true) as it", [name])[0].it for name in (*PEOPLE, "H. Ahmad II", "Sri 2", "Bu Sulastri")}
    assert found == {**dict.fromkeys(PEOPLE, "name_digits"), "H. Ahmad II": None, "Sri 2": None, "Bu Sulastri": None}


NAMES = [  # operation, member
    ("umkm_create", "name"), ("product_create", "name"), ("product_create", "name_en"), ("product_create", "brand"),
    ("village_enterprise_create", "name"), ("export_create", "exporter_name"), ("buyer_create", "name"),
    ("training_program_create", "title"), ("training_program_create", "organiser"), ("mentoring_session_create", "title"),
    ("village_potential_create", "commodity"), ("certification_create", "issuer"), ("star_rubric_create", "name"),
    ("star_rubric_create", "name_en"),
]


@pytest.mark.parametrize("operation, member", NAMES)
def test_every_name_is_checked(house, operation, member):
    one = house.contract.operations[operation]
    sent = bumdes(house.contract) if operation == "village_enterprise_create" else house.contract.body(one)
    sent.pop("id", None)
    for name, code in (("Beli di https://toko.example", "name_address"), ("Kopi 0812-3456-7890", "name_phone")):
        refused = house.dinas.post(one.path, {**sent, member: name}, 422)
        assert ("/" + member, code) in problem(refused)[1]
        detail = next(v["detail"] for v in refused.json()["violations"] if v.get("pointer") == "/" + member)
        assert "namanya saja" in detail


def test_names_inside_lists_and_of_persons_are_checked(house):
    units = bumdes(house.contract, unit_businesses=[{"name": "Kopi"}, {"name": "www.kopi.id"}])
    assert ("/unit_businesses/1/name", "name_address") in problem(house.dinas.post("/v1/village-enterprises", units, 422))[1]
    award = {"product_id": product(house.bumdes)["id"], "kind": "award", "scheme": "ministry_2021", "year": 2024, "stars": 2,
             "awarded_by": "kementerian.go.id"}
    assert ("/awarded_by", "name_address") in problem(house.dinas.post("/v1/star-assessments", award, 422))[1]
    person = {"username": "angka", "full_name": "Siti 0812", "role": "dinas"}
    assert ("/full_name", "name_digits") in problem(house.admin.post("/v1/users", person, 422))[1]
    path = f"/v1/umkm/{umkm(house.bumdes)['id']}/consent"
    for name, code in (("Beli di https://toko", "name_address"), ("Bu Siti 0812", "name_digits"), ("Siti@toko", "name_address")):
        assert ("/public_owner_name", code) in problem(house.bumdes.put(path, {**NAME, "public_owner_name": name}, status=422))[1]
    code = {"list": "categories", "code": "links", "name": "Beli di www.toko", "name_en": "Buy"}
    assert ("/name", "name_address") in problem(house.dinas.post("/v1/reference/categories", {k: code[k] for k in ("code", "name", "name_en")},
                                                                 422))[1]


def test_a_changed_name_is_checked_when_it_is_asked_for(house):
    path = f"/v1/umkm/{umkm(house.bumdes, BALEREJO)['id']}"
    verify(house, path, house.bumdes)
    assert ("/name", "name_address") in problem(house.bumdes.patch(path, {"name": "toko.com"}, status=422))[1]
