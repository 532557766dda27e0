"""Attacks that a review found. Each test keeps one of them closed."""
import json
import string
import threading
import uuid

import pytest

from client import problem
from house import BALEREJO, JEDING, until
from persons import owned, readings
from records import body, buyer, enterprise, export, line, product, publish, session, umkm, verify
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
    assert house.dinas("POST", "/v1/umkm/lookup", ask, headers={"Idempotency-Key": path}, status=200).json()["umkm"] == []


def nobody():
    """Returns a name that nobody else has."""
    return "Bu " + uuid.uuid4().hex.translate(str.maketrans("0123456789", "ghijklmnop"))


def test_no_kept_reply_holds_data_of_an_owner(house):
    path, owner = owned(house)
    name, evidence = nobody(), f"Surat {uuid.uuid4()}"
    consent = {"contact_public": True, "public_owner_name": name, "given_on": "2026-01-05", "evidence": evidence,
               "processing_restricted": False}
    house.bumdes.put(path + "/consent", consent, headers={"Idempotency-Key": name})
    house.bumdes.put(path + "/owner", owner, headers={"Idempotency-Key": evidence})
    values = [name, evidence]
    assert not house.rows("select key from idempotency_key where key = any (%s) or reply::text ~ any (%s)", [values, values])


def test_nothing_of_an_owner_outlives_a_deleted_draft(house):
    path, _ = owned(house)
    name = nobody()
    house.bumdes.put(path + "/consent", {"contact_public": False, "public_owner_name": name, "given_on": "2026-01-05",
                                         "evidence": name, "processing_restricted": False})
    house.bumdes.delete(path)
    owner, = house.rows("select name, nik, npwp, phone, address from umkm_owner where id = %s", [path.split("/")[3]])
    assert set(owner) == {None}
    consent, = house.rows("select public_owner_name, evidence from umkm_consent where id = %s", [path.split("/")[3]])
    assert set(consent) == {None}


@pytest.mark.parametrize("role, villages", [("bumdes", [BALEREJO]), ("dinas", None), ("bupati", None), ("system", ["district"])])
def test_the_audit_of_accounts_is_no_officers_to_read(house, role, villages):
    """The villages in the claims are a scope. They do not allow reading this audit."""
    house.bumdes, house.writer  # makes accounts with this village and with the district
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
    """The proxy adds its line at the end, so the last line counts, whatever its spelling."""
    forged, added, body = "203.0.113.249", "198.51.100.207", b"grant_type=password&username=nobody&password=not+the+password"
    for names in (("x-forwarded-for", "X-Forwarded-For"), ("X-Forwarded-For", "x-forwarded-for"), ("X-FORWARDED-FOR", "X-Forwarded-For")):
        headers = [f"{names[0]}: {forged}", f"{names[1]}: {added}", "Content-Type: application/x-www-form-urlencoded"]
        assert request(house.port, "/oauth/token", "POST", headers, body).status == 400
    noted = {one.address for one in house.rows("select address from login_throttle")}
    assert added in noted and forged not in noted


def test_a_shared_cache_keeps_origins_apart(house):
    """A reply cached for a request without Origin lacks the CORS header."""
    assert "Origin" in house.public.get(f"/v1/villages/{BALEREJO}").headers["Vary"]


def test_the_verifier_gains_nothing_by_another_name(house):
    """A writer cannot verify a record, with any spelling of the action or of If-Match."""
    path = f"/v1/umkm/{umkm(house.dinas)['id']}"
    house.dinas.act(path, "submit")
    for match in ("*", '"2"', '"1", "2"'):
        house.dinas.act(path, "verify", match, 403)
    for action in ("update", "delete", "Verify", "verify%20", "verify%2f", "%76erify%00"):
        house.dinas.act(path, action, "*", 400)
    assert house.dinas.get(path).json()["status"] == "submitted"


def test_a_mask_put_back_is_refused(house):
    """Otherwise a client that saves the masked view would replace the data with stars."""
    path, owner = owned(house)
    shown = house.bumdes.get(path + "/owner").json()
    refused = house.bumdes.put(path + "/owner", {name: shown[name] for name in owner}, status=422)
    assert {place for place, _ in problem(refused)[1]} == {"/" + name for name in owner}
    assert house.dinas("POST", path + "/actions/reveal", PURPOSE, status=200).json()["name"] == owner["name"]


def test_redundant_search_words_do_not_mislead_the_planner(house):
    """For each further word the planner expects fewer rows.

    In the end it chose nested loops over all rows: five seconds at 60,000 rows.
    """
    for asked, query in {
            "k ko kop kopi kopi": "'kopi':*",
            "ko-kop-kopi": "'kokopkopi':* | 'kopi':*",
            "ko-kopi kop-kopi kopi-kopi": "'kopikopi':* | 'kopi':*",
            "ko-pi kopip ko-pi-p-i": "'kopipi':* | 'i' & 'ko':* & 'p' & 'pi':*",
            "kopi ko-susu": "'kopi':* & ( 'kosusu':* | 'ko':* & 'susu':* )",
            "o'neil.com/a'b\\": "'oneilcomab':* | 'a' & 'b' & 'com':* & 'neil':* & 'o'",
    }.items():
        assert house.rows("select search_query(%s) = %s::tsquery as so", [asked, query])[0].so, asked
    word = f"Warung{uuid.uuid4().hex.translate(str.maketrans(string.digits, 'ghijklmnop'))}"  # a name holds no long row of digits
    made = umkm(house.bumdes, name=f"{word} Kelud")
    found = house.bumdes.get("/v1/umkm", params={"q": f"{word[:6]} {word[:12]} kelud kel"}).json()["data"]
    assert made["id"] in {one["id"] for one in found}


# References from another village, which the caller cannot see


def test_a_product_that_another_villages_export_names_stays(house):
    made = product(house.dinas, villages=[BALEREJO, JEDING])
    export(house.dinas, JEDING, lines=[line(made["id"])])
    assert problem(house.bumdes.delete(f"/v1/products/{made['id']}", status=409))[1] == [("/id", "in_use")]


def test_a_buyer_that_another_villages_export_names_stays(house):
    made = buyer(house.bumdes)
    export(house.dinas, JEDING, buyer_id=made["id"])
    assert problem(house.bumdes.delete(f"/v1/buyers/{made['id']}", status=409))[1] == [("/id", "in_use")]


def test_an_enterprise_that_makes_another_villages_product_stays(house):
    made = enterprise(house.dinas, villages=[BALEREJO, JEDING], kind="bumdesma")
    product(house.dinas, JEDING, village_enterprise_id=made["id"])
    assert problem(house.bumdes.delete(f"/v1/village-enterprises/{made['id']}", status=409))[1] == [("/id", "in_use")]


# A wrong export can be taken back, whatever state its product is in


def test_a_product_full_of_steps_still_falls_with_its_export(house):
    made = product(house.bumdes)
    sold = f"/v1/exports/{export(house.bumdes, lines=[line(made['id'])])['id']}"
    steps = f"/v1/products/{made['id']}/market-steps"
    for day in range(100):
        house.bumdes.post(steps, {"level": "local", "reached_on": "2026-01-02", "evidence": f"Pasar ke-{day}"})
    full = house.bumdes.post(steps, {"level": "local", "reached_on": "2026-01-02", "evidence": "Pasar"}, status=422)
    assert problem(full)[1] == [("/market_steps", "range")]
    verify(house, sold, house.bumdes)
    assert house.bumdes.get(f"/v1/products/{made['id']}").json()["market_reach"] == "international"
    house.dinas2.act(sold, "request_revision", note="Dokumen keliru")
    assert house.bumdes.get(f"/v1/products/{made['id']}").json()["market_reach"] == "local"


def test_a_product_whose_maker_moved_away_still_falls_with_its_export(house):
    made = product(house.bumdes)
    sold = f"/v1/exports/{export(house.bumdes, lines=[line(made['id'])])['id']}"
    verify(house, sold, house.bumdes)
    house.dinas.patch(f"/v1/umkm/{made['umkm_id']}", {"village_code": JEDING})
    house.dinas2.act(sold, "request_revision", note="Dokumen keliru")
    assert house.bumdes2.get(f"/v1/products/{made['id']}").json()["market_reach"] is None


# Hidden records cannot be found


def test_a_system_does_not_learn_which_product_is_restricted(house):
    made = product(house.bumdes)
    house.bumdes.put(f"/v1/umkm/{made['umkm_id']}/consent", {"contact_public": False, "processing_restricted": True})
    for system in (house.exporter, house.village_exporter):
        answers = [problem(system.post("/v1/exports", body(house.contract, "export_create", village_code=BALEREJO,
                                                           lines=[line(id)]), status=422))
                   for id in (made["id"], str(uuid.uuid4()))]
        assert answers[0] == answers[1] == ("validation_failed", [("/lines/0/product_id", "exists")])


def test_the_catalogue_does_not_find_a_product_by_a_maker_that_it_does_not_name(house):
    made = product(house.bumdes)
    publish(house, f"/v1/products/{made['id']}", house.bumdes)
    asked = {"umkm_id": made["umkm_id"]}
    assert house.public.get("/v1/catalog/products", params=asked).json()["data"] == []
    publish(house, f"/v1/umkm/{made['umkm_id']}", house.bumdes)
    assert [one["id"] for one in house.public.get("/v1/catalog/products", params=asked).json()["data"]] == [made["id"]]


A, B, C = ("9120001234567", "9120007654321", "9120001111111")


@pytest.mark.parametrize("year, exporters, counted", [
    (2011, [("CV Satu Kopi", A), ("CV Satu Kopi Blitar", A), ("Satu Kopi CV", A)], None),
    (2012, [("CV Satu Kopi", A), ("CV. Satu Kopi", None), ("CV Dua Kopi", None)], None),
    (2001, [("CV Lereng Kelud", None), ("C.V. Lereng Kelud", None), ("Lereng Kelud, CV", None)], None),
    (2002, [("Lereng Kelud", None), ("Lereng Kelut", None), ("Kelud Lereng", None), ("Lèreng Kelud Jaya", None)], None),
    (2003, [("CV Lereng Kelud", A), ("Usaha Baru", B), ("Lereng Kelud (CV)", None)], None),
    (2004, [("CV Awal", A), ("CV Akhir", B), ("CV Awal", B), ("CV Akhir", C), ("CV Tengah", C)], None),  # over several steps
    (2005, [("PT Sama", A), ("PT Sama", B), ("PT Sama", C)], None),
    (2006, [("PT Ketiga", A), ("PT Keempat", B), ("Kelima", None), ("Kelima Jaya", None)], 3),
    (2007, [("PT Keenam", A), ("PT Ketujuh", B), ("PT Kedelapan", C), ("P.T. KEENAM", None)], 3),
])
def test_an_exporter_is_not_three_by_another_spelling(house, year, exporters, counted):
    for name, nib in exporters:
        nib = nib and nib[:-4] + str(year)  # the exporters of another year are others
        made = export(house.bumdes, exporter_name=name, exporter_nib=nib, exported_on=f"{year}-06-01")
        verify(house, f"/v1/exports/{made['id']}", house.bumdes)
    rows = house.public.get("/v1/catalog/exports/totals", params={"year": year}).json()["data"]
    assert [(row["suppressed"], row["exporters"]) for row in rows] == [(counted is None, counted)]


def test_an_exporter_of_another_year_lends_its_nib_to_the_name(house):
    for year, name, nib in ((2008, "CV Pinjam", "9120002222222"), (2009, "CV Pinjam Jaya", "9120002222222"),
                            (2009, "Pinjam", None), (2009, "CV Lain Pinjam", "9120003333333")):
        made = export(house.bumdes, exporter_name=name, exporter_nib=nib, exported_on=f"{year}-06-01")
        verify(house, f"/v1/exports/{made['id']}", house.bumdes)
    row, = house.public.get("/v1/catalog/exports/totals", params={"year": 2009}).json()["data"]
    assert row["suppressed"] is True


@pytest.mark.parametrize("name", [
    "CV Lereng Kelud", "C.V. Lereng Kelud", "Lereng Kelud, CV", "LERENG KELUD (C.V.)", "cv.lereng-kelud", "C V  Lereng Kelud.",
    "PT Lereng Kelud Tbk", "PT. Lereng Kelud (Persero) Tbk.", "UD Lèreng Kélud", "Ｌｅｒｅｎｇ　Ｋｅｌｕｄ", "Lereng\u200bKelud",
    "Firma Lereng dan Kelud", "Fa. Lereng & Kelud", "Koperasi Lereng Kelud", "P.O. Lereng Kelud", "Perusahaan Dagang Lereng Kelud",
    "Lereng Kelud, PT (Perorangan)",
])
def test_a_name_has_one_key_in_every_spelling(house, name):
    assert house.rows("select exporter_key(%s) as key", [name])[0].key == "LERENGKELUD"


def test_a_name_of_nothing_but_a_legal_form_still_has_a_key(house):
    names = ["CV", "PT Tbk", "株式会社", "***", "Danau", "Dan"]
    keys = [house.rows("select exporter_key(%s) as key", [name])[0].key for name in names]
    assert all(keys) and len(set(keys)) == len(names)


# Deleted records hold no personal data


@pytest.mark.parametrize("make, path, personal, kept", [
    (umkm, "/v1/umkm", "contact_phone, contact_whatsapp, contact_email, nullif(contact_links::text, '{}')", "umkm"),
    (buyer, "/v1/buyers", "contact_name, contact_phone, contact_email", "buyer"),
    (session, "/v1/mentoring-sessions", "mentor_name, mentor_phone", "mentoring_session"),
])
def test_nobody_outlives_a_deleted_record(house, make, path, personal, kept):
    path = f"{path}/{make(house.dinas)['id']}"
    if kept != "umkm":
        part, operation = {"buyer": ("contact", "buyer_contact_put")}.get(kept, ("mentor", "mentoring_mentor_put"))
        house.dinas.put(f"{path}/{part}", body(house.contract, operation))
    shown = f"select {personal} from {kept} where id = %s"
    assert set(house.rows(shown, [path.split("/")[-1]])[0]) != {None}
    house.dinas.delete(path)
    assert set(house.rows(shown, [path.split("/")[-1]])[0]) == {None}


def test_a_change_that_was_refused_does_not_outlive_its_record(house):
    made = umkm(house.bumdes)
    path = f"/v1/umkm/{made['id']}"
    publish(house, path, house.bumdes)
    house.bumdes.patch(path, {"contact_phone": "+6281299998888"})
    house.dinas2("POST", path + "/change-request/actions/reject", {"note": "Bukan nomornya"}, match="*", status=200)
    house.dinas2.act(path, "archive")
    house.dinas2.act(path, "reopen")
    house.bumdes.delete(path)
    assert house.rows("select change_request::text as request from umkm where id = %s", [made["id"]])[0].request is None


# Concurrency


def test_nobody_registers_for_a_session_that_is_being_deleted(house):
    at, business = session(house.dinas)["id"], umkm(house.bumdes)["id"]
    deleting = house.cluster.connect(house.database)
    deleting.autocommit = False
    answers = []

    def register():
        answers.append(house.bumdes("POST", f"/v1/mentoring-sessions/{at}/participants", {"umkm_id": business}))

    with deleting.cursor() as cursor:
        cursor.execute("update mentoring_session set deleted_at = now() where id = %s", [at])
        late = threading.Thread(target=register)
        late.start()
        until(lambda: house.rows("select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = %s",
                                 [house.database]))
        deleting.commit()
    late.join()
    deleting.close()
    assert answers[0].status_code == 404
