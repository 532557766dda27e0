"""Ways in that somebody looked for and found: each is closed, and stays so."""
import json
import uuid

import pytest

from client import problem
from house import BALEREJO
from records import umkm
from test_privacy import owned, readings
from wire import request

PURPOSE = {"purpose": "Pengaduan warga"}


def test_a_look_up_sent_again_is_written_down_again(house):
    path, owner = owned(house)
    for _ in range(2):
        house.dinas("POST", "/v1/umkm/lookup", {"nik": owner["nik"], **PURPOSE}, headers={"Idempotency-Key": path}, status=200)
    assert len(readings(house, path)) == 2


def test_a_look_up_sent_again_does_not_find_who_has_been_restricted(house):
    path, owner = owned(house)
    ask = {"nik": owner["nik"], **PURPOSE}
    assert path.split("/")[3] in house.dinas("POST", "/v1/umkm/lookup", ask, headers={"Idempotency-Key": path}, status=200).text
    house.bumdes.put(path + "/consent", {"contact_public": False, "processing_restricted": True})
    assert house.dinas("POST", "/v1/umkm/lookup", ask, headers={"Idempotency-Key": path}, status=200).json() == {"umkm": []}


def test_no_kept_reply_holds_what_an_owner_said(house):
    path, owner = owned(house)
    name, evidence = f"Bu {uuid.uuid4()}", f"Surat {uuid.uuid4()}"
    consent = {"contact_public": True, "public_owner_name": name, "given_on": "2026-01-05", "evidence": evidence,
               "processing_restricted": False}
    house.bumdes.put(path + "/consent", consent, headers={"Idempotency-Key": name})
    house.bumdes.put(path + "/owner", owner, headers={"Idempotency-Key": evidence})
    said = [name, evidence]
    assert not house.rows("select key from idempotency_key where key = any (%s) or reply::text ~ any (%s)", [said, said])


def test_nothing_of_an_owner_outlives_a_deleted_draft(house):
    path, _ = owned(house)
    name = f"Bu {uuid.uuid4()}"
    house.bumdes.put(path + "/consent", {"contact_public": False, "public_owner_name": name, "given_on": "2026-01-05",
                                         "evidence": name, "processing_restricted": False})
    house.bumdes.delete(path)
    owner, = house.rows("select name, nik, npwp, phone, address from umkm_owner where id = %s", [path.split("/")[3]])
    assert set(owner) == {None}
    consent, = house.rows("select public_owner_name, evidence from umkm_consent where id = %s", [path.split("/")[3]])
    assert set(consent) == {None}


@pytest.mark.parametrize("role, villages", [("bumdes", [BALEREJO]), ("dinas", None), ("bupati", None), ("system", ["district"])])
def test_the_audit_of_accounts_is_no_officers_to_read(house, role, villages):
    """Their villages are a scope, not readers."""
    house.bumdes, house.writer  # whose accounts hold this village and the district
    connection = house.cluster.connect(house.database, "ovop_test")
    connection.autocommit = False
    with connection.cursor() as cursor:
        claims = {"sub": str(uuid.uuid4()), "role": role, "villages": villages, "scope": ["register:read"]}
        cursor.execute("select set_config('app.claims', %s, true)", [json.dumps(claims)])
        cursor.execute(f"set local role ovop_{role}")
        cursor.execute("select count(*) from audit_log where resource in ('user', 'service_account', 'credential')")
        assert cursor.fetchone().count == 0
    connection.close()


def test_an_address_is_not_chosen_by_another_spelling_of_the_proxys_header(house):
    forged, body = "203.0.113.250", b"grant_type=password&username=nobody&password=not+the+password"
    for names in (("x-forwarded-for", "X-Forwarded-For"), ("X-Forwarded-For", "x-forwarded-for")):
        for addresses in ((forged, "198.51.100.7"), ("198.51.100.7", forged)):
            headers = [f"{name}: {address}" for name, address in zip(names, addresses)]
            request(house.port, "/oauth/token", "POST", [*headers, "Content-Type: application/x-www-form-urlencoded"], body)
    assert not house.rows("select address from login_throttle where address = %s", [forged])


def test_a_shared_cache_keeps_origins_apart(house):
    """What it kept for a caller without Origin would lack the header that another one needs."""
    assert "Origin" in house.public.get(f"/v1/villages/{BALEREJO}").headers["Vary"]


def test_the_verifier_gains_nothing_by_another_name(house):
    """An officer who wrote a record cannot verify it, whatever the spelling of the action or of the condition."""
    path = f"/v1/umkm/{umkm(house.dinas)['id']}"
    house.dinas.act(path, "submit")
    for match in ("*", '"2"', '"1", "2"'):
        house.dinas.act(path, "verify", match, 403)
    for action in ("update", "delete", "Verify", "verify%20", "verify%2f", "%76erify%00"):
        house.dinas.act(path, action, "*", 400)
    assert house.dinas.get(path).json()["status"] == "submitted"


def test_a_mask_put_back_is_refused(house):
    """A client that saves what it was shown would seal stars over what was there."""
    path, owner = owned(house)
    shown = house.bumdes.get(path + "/owner").json()
    refused = house.bumdes.put(path + "/owner", {name: shown[name] for name in owner}, status=422)
    assert {place for place, _ in problem(refused)[1]} == {"/" + name for name in owner}
    assert house.dinas("POST", path + "/actions/reveal", PURPOSE, status=200).json()["name"] == owner["name"]


def test_words_that_say_nothing_more_do_not_mislead_the_planner(house):
    """Each word makes it expect fewer rows, until it walks all of them in nested loops: five seconds at 60,000 rows."""
    words = house.rows("select search_query('k ko kop kopi kopi') as query, search_query('o''neil.com/a''b\\') as quoted")[0]
    assert words.query == "'kopi':*" and "'neil.com/a''b':*" in words.quoted
    word = f"Warung{uuid.uuid4().hex}"
    made = umkm(house.bumdes, name=f"{word} Kelud")
    found = house.bumdes.get("/v1/umkm", params={"q": f"{word[:6]} {word[:12]} kelud kel"}).json()["data"]
    assert made["id"] in {one["id"] for one in found}
