"""One text has one spelling: the service keeps the composed form (NFC) of what clients send."""
import json
import secrets
import unicodedata

from records import body, enterprise, umkm

DECOMPOSED, COMPOSED = "Kafe\u0301 A\u030a \u1112\u1161\u11ab", "Kaf\u00e9 \u00c5 \ud55c"


def test_every_text_of_a_body_is_composed(house):
    made = enterprise(house.bumdes, name=f"BUMDes {DECOMPOSED}",
                      unit_businesses=[{"name": f"{one} {DECOMPOSED}", "kbli_code": None, "kbli_edition": None, "started_on": None}
                                       for one in ("Satu", "Dua")])
    assert made["name"] == f"BUMDes {COMPOSED}"
    assert [one["name"] for one in made["unit_businesses"]] == [f"Satu {COMPOSED}", f"Dua {COMPOSED}"]
    path = f"/v1/village-enterprises/{made['id']}"
    assert house.bumdes.patch(path, {"name": f"Ubah {DECOMPOSED}"}).json()["name"] == f"Ubah {COMPOSED}"
    house.bumdes.act(path, "submit")
    assert house.dinas2.act(path, "reject", note=DECOMPOSED).json()["status_note"] == COMPOSED


def test_escapes_are_composed_too(house):
    """Many libraries write `\\u0301` for a combining accent."""
    fields = {**body(house.contract, "umkm_create"), "village_enterprise_id": None, "name": DECOMPOSED}
    reply = house.bumdes("POST", "/v1/umkm", data=json.dumps(fields).encode(), headers={"Content-Type": "application/json"},
                         status=201)
    assert reply.json()["name"] == COMPOSED


def test_values_in_the_address_are_composed(house):
    made = umkm(house.bumdes, external_reference=f"SIM {DECOMPOSED}")
    for form in "NFC", "NFD":
        asked = unicodedata.normalize(form, made["external_reference"])
        found = [one["id"] for one in house.bumdes.pages("/v1/umkm", external_reference=asked)]
        assert found == [made["id"]]


def test_a_person_is_found_by_either_spelling(house):
    names = [unicodedata.normalize(form, "Ren\u00e9 S\u00fbtrisno") for form in ("NFC", "NFD")]
    path = f"/v1/umkm/{umkm(house.bumdes)['id']}"
    for name in names:
        house.bumdes.put(path + "/owner", {"name": name})
        shown = house.bumdes.post(path + "/actions/reveal", {"purpose": "Verifikasi"}, status=200).json()
        assert shown["name"] == names[0]


def test_the_characters_of_a_password_stay(house):
    person = house.person("sandi-" + secrets.token_hex(4), "dinas")
    new = "sawah e\u0301 " + secrets.token_urlsafe(12)
    person.post("/v1/me/password", {"current_password": person.password, "new_password": new}, status=204)
    grant = {"grant_type": "password", "username": person.username}
    house.token(400, password=unicodedata.normalize("NFC", new), **grant)
    house.token(password=new, **grant)
