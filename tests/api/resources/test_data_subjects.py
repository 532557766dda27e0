"""The rights of data subjects (UU 27/2022).

They are access, a reply in time, erasure, and the withdrawal of a consent.
"""
import uuid

import pytest

from client import problem
from house import BALEREJO, JEDING, until
from persons import (ADDRESS, NAME, ORDER, PHONE, REQUESTS, asked, disclose, erase, granted, id_of, number,
                     owned, readings)
from records import buyer, enterprise, publish, session, subject_request, umkm

PURPOSE = {"purpose": "Permintaan akses pemilik"}
CONSENT = {"contact_public": True, "public_owner_name": "Bu Sulastri", "given_on": "2026-01-05", "evidence": "Surat 12/2026",
           "legal_basis": "consent", "processing_restricted": False}
WITHDRAWN = {**CONSENT, "contact_public": False, "public_owner_name": None, "withdrawn_on": "2026-02-01"}


def kept(house, path, **params):
    """Returns the rows of the register of personal data for a UMKM: resource -> row."""
    rows = house.dinas.pages("/v1/personal-records", umkm_id=id_of(path), **params)
    return {row["resource"]: row for row in rows}


# Access


def test_everything_that_is_kept_is_shown_masked_and_to_the_dinas_alone(house):
    path, owner = owned(house)
    house.bumdes.put(path + "/consent", CONSENT)
    house.bumdes("POST", path + "/actions/reveal", {"purpose": "Verifikasi"}, status=200)
    request = asked(house, path, "access")
    reply = house.dinas.get(path + "/personal-data")
    shown = reply.json()
    assert (shown["name"], shown["nik"], shown["phone"]) == ("S*** R***", "3505************", "+62812****789")
    assert not any(value in reply.text for value in (NAME, owner["nik"], owner["npwp"], PHONE, ADDRESS))
    wanted = {"legal_basis": "consent", "given_on": "2026-01-05", "evidence": "Surat 12/2026", "public_owner_name": "Bu Sulastri"}
    assert {name: shown[name] for name in wanted} == wanted
    read, = shown["reads"]
    assert (read["subject"], read["purpose"], sorted(read["members"])) == (house.bumdes.id, "Verifikasi", sorted(owner))
    entry, = shown["consents"]
    assert entry["subject"] == house.bumdes.id and "given_on" in {one["member"] for one in entry["changes"]}
    assert [(one["id"], one["kind"]) for one in shown["requests"]] == [(request.split("/")[3], "access")]
    assert len(readings(house, path)) == 1, "a masked view is not a read of personal data"
    for name in ("bumdes", "bupati", "reader"):
        house.caller(name).get(path + "/personal-data", 403)


def test_a_copy_for_the_owner_is_whole_and_written_down(house):
    path, owner = owned(house)
    request = granted(house, path, "access")
    shown = disclose(house, path, request)
    assert {name: shown.json()[name] for name in owner} == owner and shown.headers["Cache-Control"] == "no-store"
    assert set(shown.json()) == set(house.dinas.get(path + "/personal-data").json())
    read, = readings(house, path)
    assert (read.subject, read.operation, read.purpose) == (house.dinas.id, "umkm_disclose", PURPOSE["purpose"])
    assert str(read.data_subject_request_id) == request.split("/")[3]
    logged, = house.dinas.get(path + "/reads").json()["data"]
    listed, = house.dinas.pages("/v1/personal-reads", record_id=id_of(path))
    assert logged["data_subject_request_id"] == listed["data_subject_request_id"] == request.split("/")[3]
    for sent in ({}, {"purpose": "x"}, PURPOSE):
        house.dinas("POST", path + "/actions/disclose", sent, status=422)
    assert len(readings(house, path)) == 1


def test_a_restricted_owner_gets_a_copy_once_it_was_asked_for_and_granted(house):
    path, owner = owned(house)
    house.bumdes.put(path + "/consent", {"contact_public": False, "processing_restricted": True})
    assert house.dinas.get(path + "/personal-data").json()["nik"] is None
    request = asked(house, path, "access")
    refused = disclose(house, path, request, 409)
    assert problem(refused) == ("state_conflict", [("/data_subject_request_id", "no_access_granted")])
    house.dinas.act(request, "grant")
    assert disclose(house, path, request).json()["nik"] == owner["nik"]


def test_a_copy_names_a_granted_request_for_access_of_this_owner(house):
    path, _ = owned(house)
    other, _ = owned(house)
    to = buyer(house.bumdes)["id"]
    of_buyer = f"{REQUESTS}/{house.bumdes.post(REQUESTS, {'kind': 'access', 'buyer_id': to}).json()['id']}"
    for wrong in (granted(house, other, "access"), of_buyer, f"{REQUESTS}/{id_of(path)}"):
        assert problem(disclose(house, path, wrong, 422)) == ("validation_failed", [("/data_subject_request_id", "exists")])
    ended = granted(house, path, "access")
    disclose(house, path, ended)
    house.bumdes.act(ended, "complete")
    for wrong in (asked(house, path, "access"), granted(house, path, "correction"), ended):
        refused = disclose(house, path, wrong, 409)
        assert problem(refused) == ("state_conflict", [("/data_subject_request_id", "no_access_granted")])
    assert [read.operation for read in readings(house, path)] == ["umkm_disclose"]


def look_up(house, status=200, **by):
    return house.dinas("POST", "/v1/personal-records/lookup", {**by, **PURPOSE}, status=status)


def test_all_records_of_a_person_are_found_by_number_and_phone(house):
    phone = f"+62813{uuid.uuid4().int % 10**8:08}"
    path, owner = owned(house, phone=phone)
    at, to = session(house.dinas), buyer(house.bumdes)
    house.dinas.put(f"/v1/mentoring-sessions/{at['id']}/mentor", {"name": NAME, "phone": phone, "organisation": None})
    house.bumdes.put(f"/v1/buyers/{to['id']}/contact", {"name": NAME, "phone": phone, "email": None})
    found = look_up(house, nik=owner["nik"], phone=phone).json()["records"]
    assert {(one["record_id"], one["resource"]): set(one["matched"]) for one in found} == {
        (id_of(path), "umkm_owner"): {"nik", "phone"}, (at["id"], "mentoring_session"): {"phone"}, (to["id"], "buyer"): {"phone"}}
    assert set(found[-1]["members"]) == set(owner)
    elsewhere = house.dinas.get(path + "/personal-data").json()["elsewhere"]
    assert {one["record_id"] for one in elsewhere} == {at["id"], to["id"]}
    assert {(read.operation, *sorted(read.members)) for read in readings(house, path)} == {("personal_record_lookup", "nik", "phone")}


def test_a_look_up_finds_a_restricted_owner_who_has_a_right_to_know(house):
    path, owner = owned(house)
    house.bumdes.put(path + "/consent", {"contact_public": False, "processing_restricted": True})
    found, = look_up(house, nik=owner["nik"]).json()["records"]
    assert found["record_id"] == id_of(path) and found["processing_restricted"]


def test_a_look_up_that_finds_nothing_is_written_down_and_one_for_nobody_refused(house):
    before = house.rows("select count(*) from personal_read")[0].count
    assert look_up(house, nik=number(), email="tidak@ada.example").json() == {"records": []}
    last, = house.rows("select * from personal_read order by id desc limit 1")
    assert (last.record_id, sorted(last.members)) == (None, ["email", "nik"])
    assert problem(look_up(house, 422)) == ("validation_failed", [("/nik", "required")])
    assert house.rows("select count(*) from personal_read")[0].count == before + 1
    house.bumdes("POST", "/v1/personal-records/lookup", {"nik": number(), **PURPOSE}, status=403)


def test_after_a_breach_the_log_says_which_rows_an_officer_saw(house):
    mine, _ = owned(house)
    foreign, _ = owned(house, house.bumdes2, JEDING)
    house.bumdes("POST", mine + "/actions/reveal", {"purpose": "Verifikasi"}, status=200)
    since = house.rows("select now() as at")[0].at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    house.bumdes2("POST", foreign + "/actions/reveal", {"purpose": "Verifikasi"}, status=200)
    house.dinas("POST", foreign + "/actions/reveal", {"purpose": "Pengaduan"}, status=200)

    def seen(who=house.dinas, **params):
        return [(row["subject"], row["record_id"]) for row in who.pages("/v1/personal-reads", **params)]

    assert (house.bumdes.id, id_of(mine)) in seen(subject=house.bumdes.id)
    assert {subject for subject, _ in seen(subject=house.bumdes.id)} == {house.bumdes.id}
    assert seen(record_id=id_of(foreign)) == [(house.dinas.id, id_of(foreign)), (house.bumdes2.id, id_of(foreign))]
    assert seen(at_gte=since, at_lte="2099-01-01T00:00:00Z") == seen(record_id=id_of(foreign))
    assert (house.bumdes.id, id_of(mine)) in seen(at_lte=since)
    for params in ({"village_code": JEDING}, {"operation": "umkm_reveal"}, {"resource": "umkm_owner"}):
        assert set(seen(record_id=id_of(foreign))) <= set(seen(**params)), params
    assert seen(record_id=id_of(foreign), operation="umkm_lookup") == seen(record_id=id_of(foreign), village_code=BALEREJO) == []
    assert seen(house.bupati, record_id=id_of(foreign)) == seen(record_id=id_of(foreign))
    for name in ("bumdes", "admin", "reader"):
        house.caller(name).get("/v1/personal-reads", 403)


# Requests


def test_a_request_is_due_in_three_days_and_overdue_after_them(house):
    path, _ = owned(house)
    late = house.bumdes.get(asked(house, path, received_at="2026-01-05T01:00:00.000Z"), params={"expand": "umkm"}).json()
    assert (late["due_at"], late["overdue"], late["village_code"]) == ("2026-01-08T01:00:00.000Z", True, BALEREJO)
    assert late["umkm"]["id"] == id_of(path) and late["status"] == "received"
    fresh = house.bumdes.get(asked(house, path)).json()
    assert not fresh["overdue"]

    def listed(**params):
        return {row["id"] for row in house.dinas.pages(REQUESTS, umkm_id=id_of(path), **params)}

    assert listed(overdue="true") == listed(due_at_lte="2026-01-08T01:00:00.000Z") == {late["id"]}
    assert listed(overdue="false") == {fresh["id"]}
    assert listed(kind="erasure", status="received", village_code=BALEREJO, district_code=BALEREJO[:8]) == {late["id"], fresh["id"]}
    assert listed(kind="access") == listed(status="granted") == listed(village_code=JEDING) == set()
    house.dinas.act(f"{REQUESTS}/{late['id']}", "refuse", note="Bukan pemiliknya")
    assert listed(overdue="true") == set()


def test_a_request_is_about_one_record_of_the_callers(house):
    foreign = umkm(house.bumdes2, JEDING)["id"]
    mine, to = umkm(house.bumdes)["id"], buyer(house.bumdes)["id"]
    for subject, wrong in (({}, ("/umkm_id", "one_subject")), ({"umkm_id": mine, "buyer_id": to}, ("/umkm_id", "one_subject")),
                           ({"umkm_id": foreign}, ("/umkm_id", "exists")), ({"buyer_id": foreign}, ("/buyer_id", "exists")),
                           ({"session_id": mine}, ("/session_id", "exists")),
                           ({"umkm_id": mine, "received_at": "2099-01-01T00:00:00Z"}, ("/received_at", "future"))):
        refused = house.bumdes.post(REQUESTS, {"kind": "access", **subject}, status=422)
        assert problem(refused)[1] == [wrong], subject
    assert house.bumdes.post(REQUESTS, {"kind": "erasure", "buyer_id": to}).json()["village_code"] == BALEREJO


def test_the_writer_of_a_request_does_not_decide_it(house):
    path, _ = owned(house)
    mine = f"{REQUESTS}/{subject_request(house.dinas, umkm_id=id_of(path))['id']}"
    assert problem(house.dinas.act(mine, "grant", status=403)) == ("forbidden", [("/status", "verifier_wrote")])
    house.dinas2.patch(mine, {"details": "Datang sendiri"})
    house.dinas2.act(mine, "grant", status=403)
    theirs = asked(house, path)
    house.bumdes.act(theirs, "grant", status=403)
    assert problem(house.dinas.act(theirs, "refuse", status=422))[1] == [("/note", "required")]
    done = house.dinas.act(theirs, "refuse", note="Bukan pemiliknya").json()
    assert (done["status"], done["decided_by"]) == ("refused", house.dinas.id) and done["decided_at"]
    house.bumdes.patch(theirs, {"details": "Lagi"}, status=409)
    assert [entry["action"] for entry in house.bumdes.get(theirs + "/history").json()["data"]] == ["refuse", "create"]


@pytest.mark.parametrize("kind, carry_out", [
    ("access", lambda house, path, request: disclose(house, path, request)),
    ("restriction", lambda house, path, _: house.bumdes.put(path + "/consent", {"contact_public": False,
                                                                             "processing_restricted": True})),
    ("withdrawal", lambda house, path, _: house.bumdes.put(path + "/consent", WITHDRAWN)),
    ("erasure", lambda house, path, _: house.dinas.act(path, "erase", **ORDER)),
])
def test_a_request_is_done_when_it_was_carried_out(house, kind, carry_out):
    path, _ = owned(house)
    request = granted(house, path, kind)
    assert problem(house.bumdes.act(request, "complete", status=409)) == ("state_conflict", [("/kind", "not_carried_out")])
    carry_out(house, path, request)
    if kind != "erasure":  # the erasure completes its request
        house.bumdes.act(request, "complete")
    assert house.bumdes.get(request).json()["status"] == "done"


def test_a_correction_is_recorded_granted_and_made(house):
    path, owner = owned(house)
    request = granted(house, path, "correction")
    house.bumdes.put(path + "/owner", {**owner, "name": "Sulastri Rahayu"})
    assert house.bumdes.act(request, "complete").json()["allowed_actions"] == []
    assert house.dinas("POST", path + "/actions/reveal", PURPOSE, status=200).json()["name"] == "Sulastri Rahayu"


def sealed(house, word):
    """Makes a buyer or a session with a person. Returns its path."""
    made = buyer(house.bumdes) if word == "buyers" else session(house.dinas)
    path = f"/v1/{word}/{made['id']}"
    if word == "buyers":
        house.bumdes.put(path + "/contact", {"name": NAME, "phone": PHONE, "email": None})
    else:
        house.dinas.put(path + "/mentor", {"name": NAME, "phone": PHONE, "organisation": None})
    return path


@pytest.mark.parametrize("word, member", [("buyers", "buyer_id"), ("mentoring-sessions", "session_id")])
def test_a_reveal_counts_for_the_request_for_access_that_it_names(house, word, member):
    path, other = sealed(house, word), sealed(house, word)

    def new(at, kind="access"):
        made = f"{REQUESTS}/{house.bumdes.post(REQUESTS, {'kind': kind, member: id_of(at)}).json()['id']}"
        house.dinas2.act(made, "grant")
        return made

    def reveal(at, request=None, status=200):
        named = {} if request is None else {"data_subject_request_id": request.split("/")[3]}
        return house.dinas("POST", at + "/actions/reveal", {**PURPOSE, **named}, status=status)

    def unfinished(request):
        assert problem(house.bumdes.act(request, "complete", status=409)) == ("state_conflict", [("/kind", "not_carried_out")])

    request, twin = new(path), new(path)
    reveal(path), reveal(other, new(other))
    unfinished(request)
    assert problem(reveal(path, new(other), 422)) == ("validation_failed", [("/data_subject_request_id", "exists")])
    for wrong in (new(path, "correction"), f"{REQUESTS}/{house.bumdes.post(REQUESTS, {'kind': 'access', member: id_of(path)}).json()['id']}"):
        assert problem(reveal(path, wrong, 409)) == ("state_conflict", [("/data_subject_request_id", "no_access_granted")])
    reveal(path, request)
    house.bumdes.act(request, "complete")
    unfinished(twin)
    named = [one["data_subject_request_id"] for one in house.dinas.pages("/v1/personal-reads", record_id=id_of(path))]
    assert named == [request.split("/")[3], None]


def test_an_older_copy_does_not_answer_a_new_request_however_early_it_is_said_to_have_come(house):
    path, _ = owned(house)
    disclose(house, path)
    house.bumdes("POST", path + "/actions/reveal", {"purpose": "Verifikasi"}, status=200)
    request = asked(house, path, "access", received_at="2020-01-05T01:00:00.000Z")
    house.dinas.act(request, "grant")
    assert problem(house.bumdes.act(request, "complete", status=409)) == ("state_conflict", [("/kind", "not_carried_out")])
    disclose(house, path, request)
    house.bumdes.act(request, "complete")


def test_the_receipt_shortens_the_time_and_never_extends_it(house):
    path, _ = owned(house)
    request = asked(house, path)
    made = house.bumdes.get(request).json()
    assert made["received_at"] == made["created_at"]
    until(lambda: house.rows("select now() > %s::timestamptz + interval '20 milliseconds' as it", [made["created_at"]])[0].it)
    late = house.rows("select to_char(now() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') as now")[0].now
    refused = house.bumdes.patch(request, {"received_at": late}, status=422)
    assert problem(refused)[1] == [("/received_at", "future")]
    early = house.bumdes.patch(request, {"received_at": "2026-01-05T01:00:00.000Z"}).json()
    assert (early["due_at"], early["overdue"]) == ("2026-01-08T01:00:00.000Z", True)
    back = house.bumdes.patch(request, {"received_at": made["created_at"]}).json()
    assert back["due_at"] == made["due_at"] and not back["overdue"]


def test_a_record_with_a_persons_id_is_not_that_person(house):
    """Before, clients could choose a UMKM's id for a buyer. Such old rows must not mislead."""
    path, _ = owned(house)
    to = buyer(house.bumdes)["id"]
    house.rows("set session_replication_role = replica; update buyer set id = %(one)s where id = %(to)s; set"
               " session_replication_role = origin", {"one": id_of(path), "to": to})
    house.bumdes.put(f"/v1/buyers/{id_of(path)}/contact", {"name": NAME, "phone": PHONE, "email": None})
    request = granted(house, path, "access")
    house.dinas("POST", f"/v1/buyers/{id_of(path)}/actions/reveal", PURPOSE, status=200)
    house.bumdes.act(request, "complete", status=409)
    assert "buyer" in {one["resource"] for one in house.dinas.get(path + "/personal-data").json()["elsewhere"]}
    house.bumdes.put(path + "/consent", {"contact_public": False, "processing_restricted": True})
    seen = [one["resource"] for one in house.bupati.pages("/v1/personal-reads", record_id=id_of(path))]
    assert seen == ["buyer"]
    of_contact = f"{REQUESTS}/{house.bumdes.post(REQUESTS, {'kind': 'restriction', 'buyer_id': id_of(path)}).json()['id']}"
    house.dinas.act(of_contact, "grant")
    house.bumdes.act(of_contact, "complete", status=409)
    house.rows("set session_replication_role = replica; delete from buyer where id = %s", [id_of(path)])


def test_a_read_of_any_record_of_a_restricted_umkm_is_hidden_from_the_bupati(house):
    """Also of a record with an id of its own, such as a request whose details named the owner."""
    path, owner = owned(house)
    request = asked(house, path, "access", details="Surat Bu Sulastri")
    assert look_up(house, nik=owner["nik"]).json()["records"]
    house.rows("insert into personal_read (resource, record_id, umkm_id, village_code, members, purpose, subject, role)"
               " values ('data_subject_request', %s, %s, %s, '{details}', 'Uji baca', %s, 'dinas')",
               [request.split("/")[3], id_of(path), BALEREJO, house.dinas.id])

    def seen(who):
        return {one["resource"] for id in (id_of(path), request.split("/")[3]) for one in who.pages("/v1/personal-reads", record_id=id)}

    assert seen(house.bupati) == seen(house.dinas) == {"umkm_owner", "data_subject_request"}
    house.bumdes.put(path + "/consent", {"contact_public": False, "processing_restricted": True})
    assert seen(house.bupati) == set() and seen(house.dinas) == {"umkm_owner", "data_subject_request"}


def test_the_contact_of_a_buyer_may_ask_to_be_forgotten_too(house):
    to = buyer(house.bumdes)["id"]
    house.bumdes.put(f"/v1/buyers/{to}/contact", {"name": NAME})
    request = f"{REQUESTS}/{house.bumdes.post(REQUESTS, {'kind': 'erasure', 'buyer_id': to}).json()['id']}"
    house.dinas.act(request, "grant")
    house.bumdes.act(request, "complete", status=409)
    house.bumdes.put(f"/v1/buyers/{to}/contact", {"name": None})
    house.bumdes.act(request, "complete")


# Erasure


def test_an_owner_is_forgotten_and_the_business_stays(house):
    path, owner = owned(house)
    reply = house.bumdes.patch(path, {"contact_phone": "+6281299990001"}, headers={"Idempotency-Key": path}).json()
    house.bumdes.put(path + "/consent", CONSENT)
    publish(house, path, house.bumdes)
    house.bumdes.patch(path, {"contact_whatsapp": "+6281299990002"})
    asked(house, path, "access", details="Surat Bu Sulastri")
    before = house.bumdes.get(path).json()
    gone = erase(house, path)
    assert gone["erased_by"] == house.dinas.id and gone["note"] == ORDER["note"]
    assert {one["resource"]: set(one["members"]) for one in gone["records"]} == {
        "umkm": {"contact_phone", "contact_whatsapp", "contact_email", "contact_links"}, "umkm_owner": set(owner),
        "umkm_consent": {"public_owner_name", "evidence"}, "data_subject_request": {"details"}}

    shown = disclose(house, path).json()
    assert {shown[name] for name in (*owner, "contact_phone", "contact_whatsapp", "contact_email", "public_owner_name",
                                     "evidence")} == {None} and shown["contact_links"] == []
    assert shown["erased_at"] == gone["erased_at"]
    after = house.bumdes.get(path).json()
    same = set(before) - {name for name in before if name.startswith("contact_")} - {
        "version", "updated_at", "updated_by", "change_request", "allowed_actions"}
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    assert after["change_request"] is None and house.public.get("/v1/catalog" + path[3:]).json()["owner_name"] is None
    assert look_up(house, nik=owner["nik"], npwp=owner["npwp"]).json() == {"records": []}
    assert house.dinas("POST", "/v1/umkm/lookup", {"nik": owner["nik"], **PURPOSE}, status=200).json()["umkm"] == []
    row, = house.rows("select o::text as it from umkm_owner o where id = %s", [id_of(path)])
    assert "*" not in row.it and "." not in row.it.split(",")[2]
    history = house.dinas.get(path + "/history").text
    assert '"nik"' in history and not any(one in history for one in ("Sulastri", "9999000", "Surat"))
    again = house.bumdes.patch(path, {"contact_phone": "+6281299990001"}, headers={"Idempotency-Key": path}).json()
    assert again == {**reply, **{name: [] if name == "contact_links" else None for name in reply
                                 if name in ("contact_phone", "contact_whatsapp", "contact_email", "contact_links")}}
    for word in ("9999000", "Sulastri", "Surat"):
        assert not house.rows("select 1 as found from idempotency_key where reply ->> 'id' = %s and reply::text like %s",
                              [id_of(path), f"%{word}%"])


def test_erasing_needs_a_request_that_somebody_else_granted(house):
    path, owner = owned(house)
    refused = house.dinas.act(path, "erase", status=409, **ORDER)
    assert problem(refused) == ("state_conflict", [("", "not_granted")])
    asked(house, path)
    granted(house, path, "access")
    house.dinas.act(path, "erase", status=409, **ORDER)
    assert house.dinas("POST", path + "/actions/reveal", PURPOSE, status=200).json()["nik"] == owner["nik"]
    erase(house, path)
    house.dinas.act(path, "erase", status=409, **ORDER)  # a request allows one erasure


def test_a_business_contact_that_is_no_persons_stays(house):
    path = f"/v1/umkm/{umkm(house.bumdes, contact_phone='+6234212345')['id']}"
    gone = erase(house, path, business_contact=False)
    assert gone["records"] == [] and house.bumdes.get(path).json()["contact_phone"] == "+6234212345"


def test_other_records_of_the_person_go_with_it_and_nobody_elses(house):
    phone = f"+62814{uuid.uuid4().int % 10**8:08}"
    path, _ = owned(house, phone=phone)
    other, owner = owned(house)
    at = session(house.dinas)["id"]
    house.dinas.put(f"/v1/mentoring-sessions/{at}/mentor", {"name": NAME, "phone": phone, "organisation": "Klinik"})
    found, = house.dinas.get(path + "/personal-data").json()["elsewhere"]
    granted(house, path)
    for wrong in (str(uuid.uuid4()), kept(house, other)["umkm_owner"]["id"]):
        refused = house.dinas.act(path, "erase", status=422, **ORDER, others=[wrong])
        assert problem(refused)[1] == [("/others", "exists")]
    house.dinas.act(path, "erase", **ORDER, others=[found["id"]])
    mentor = house.dinas.get(f"/v1/mentoring-sessions/{at}/mentor").json()
    assert (mentor["name"], mentor["phone"], mentor["organisation"]) == (None, None, "Klinik")
    assert house.dinas("POST", other + "/actions/reveal", PURPOSE, status=200).json()["nik"] == owner["nik"]


def test_somebody_is_forgotten_whatever_else_became_wrong_with_the_record(house):
    """The enterprise of this UMKM was deleted before a rule kept it.

    So every change of the UMKM is refused, except its erasure.
    """
    path, _ = owned(house)
    joined = enterprise(house.bumdes)["id"]
    house.bumdes.patch(path, {"village_enterprise_id": joined})
    house.rows("set session_replication_role = replica; update village_enterprise set deleted_at = now() where id = %s", [joined])
    assert problem(house.bumdes.patch(path, {"name": "Lain"}, status=422))[1] == [("/village_enterprise_id", "exists")]
    erase(house, path)


# Consent


def test_a_withdrawn_consent_ends_what_is_public_at_once(house):
    path = f"/v1/umkm/{umkm(house.bumdes, contact_phone='+6281255556666')['id']}"
    house.bumdes.put(path + "/consent", CONSENT)
    publish(house, path, house.bumdes)
    address = f"/v1/catalog/umkm/{id_of(path)}"
    shown = house.public.get(address)
    assert "+6281255556666" in shown.text and "Bu Sulastri" in shown.text
    assert shown.headers["Cache-Control"] == "public, max-age=60", "caches keep it for one minute at most"
    reply = house.bumdes.put(path + "/consent", WITHDRAWN).json()
    assert (reply["given_on"], reply["withdrawn_on"], reply["evidence"]) == ("2026-01-05", "2026-02-01", "Surat 12/2026")
    again = house.public.get(address, headers={"If-None-Match": shown.headers["ETag"]})
    assert "+6281255556666" not in again.text and "Bu Sulastri" not in again.text
    newest, approved, first = house.dinas.get(path + "/personal-data").json()["consents"]
    assert approved["subject"] == house.dinas2.id
    changed = {one["member"]: (one["old"], one["new"]) for one in newest["changes"]}
    assert newest["subject"] == house.bumdes.id and changed["withdrawn_on"] == (None, "2026-02-01")
    assert changed["contact_public"] == ("true", "false") and first["action"] == "create"


@pytest.mark.parametrize("fields, wrong", [
    ({"contact_public": True}, ("/contact_public", "withdrawn")),
    ({"public_owner_name": "Bu Siti"}, ("/public_owner_name", "withdrawn")),
    ({"withdrawn_on": "2026-01-04"}, ("/withdrawn_on", "before_start")),
    ({"withdrawn_on": "2099-01-01"}, ("/withdrawn_on", "future")),
    ({"given_on": None}, ("/given_on", "required")),
])
def test_a_withdrawal_does_not_contradict_itself(house, fields, wrong):
    path = f"/v1/umkm/{umkm(house.bumdes)['id']}/consent"
    assert problem(house.bumdes.put(path, {**WITHDRAWN, **fields}, status=422))[1] == [wrong]


# Retention


def in_years(years, day):
    return day.replace(year=day.year + years).isoformat()


def test_what_is_needed_has_no_end_and_an_archived_business_five_years(house):
    path, _ = owned(house)
    assert kept(house, path)["umkm_owner"]["retention_until"] is None
    publish(house, path, house.bumdes)
    house.dinas2.act(path, "archive")
    day, = house.rows("select today() as day")
    rows = kept(house, path)
    assert {row["retention_until"] for row in rows.values()} == {in_years(5, day.day)} and set(rows) == {"umkm", "umkm_owner"}
    house.dinas2.act(path, "reopen")
    assert kept(house, path)["umkm_owner"]["retention_until"] is None


def test_a_consent_that_was_the_basis_ends_with_its_withdrawal(house):
    path, _ = owned(house)
    house.bumdes.put(path + "/consent", WITHDRAWN)
    row = kept(house, path)["umkm_owner"]
    assert (row["ended_on"], row["retention_until"], row["legal_basis"]) == ("2026-02-01", "2031-02-01", "consent")
    assert kept(house, path, retention_until_lte="2031-01-31") == kept(house, path, retention_until_gte="2031-02-02") == {}
    assert "umkm_owner" in kept(house, path, retention_until_lte="2031-02-01", retention_until_gte="2031-02-01",
                                resource="umkm_owner", village_code=BALEREJO, district_code=BALEREJO[:8])
    house.bumdes.put(path + "/consent", {**WITHDRAWN, "legal_basis": "public_task"})
    assert kept(house, path)["umkm_owner"]["retention_until"] is None


def test_sessions_and_buyers_have_an_end_of_their_own(house):
    at, to = session(house.dinas, starts_at="2026-01-05T02:00:00Z", ends_at="2026-01-05T04:00:00Z"), buyer(house.bumdes)
    house.dinas.put(f"/v1/mentoring-sessions/{at['id']}/mentor", {"name": NAME, "phone": None, "organisation": None})
    house.bumdes.put(f"/v1/buyers/{to['id']}/contact", {"name": NAME})
    day, = house.rows("select today() as day")

    def end(id):
        row, = house.dinas.pages("/v1/personal-records", record_id=id)
        return row["retention_until"]

    assert (end(at["id"]), end(to["id"])) == ("2031-01-05", in_years(2, day.day))


def test_the_operator_sets_how_long_and_it_holds_for_what_is_there(house):
    path, _ = owned(house)
    house.bumdes.put(path + "/consent", WITHDRAWN)
    house.rows("update retention set months = 12 where resource = 'umkm_owner'")
    try:
        assert kept(house, path)["umkm_owner"]["retention_until"] == "2027-02-01"
    finally:
        house.rows("update retention set months = 60 where resource = 'umkm_owner'")


def housekeep(house):
    """Runs housekeeping. While the service itself runs it, housekeep() returns null."""
    until(lambda: house.rows("select housekeep() as result")[0].result is not None)


def test_what_is_past_its_day_is_listed_before_and_emptied_by_the_service(house):
    path, owner = owned(house)
    house.bumdes.put(path + "/consent", WITHDRAWN)
    house.bumdes("POST", path + "/actions/reveal", {"purpose": "Verifikasi"}, status=200)
    house.rows("update personal_record set retention_until = today() - 1 where umkm_id = %s and resource <> 'umkm'", [id_of(path)])
    today = house.rows("select today() as day")[0].day.isoformat()
    assert set(kept(house, path, retention_until_lte=today)) == {"umkm_owner", "umkm_consent"}
    housekeep(house)
    assert set(kept(house, path)) == {"umkm"}
    shown = disclose(house, path).json()
    assert {shown[name] for name in owner} == {None} and shown["evidence"] is None and len(shown["reads"]) == 1
    newest = next(entry for entry in house.dinas.get(path + "/history").json()["data"] if entry["resource"] == "umkm_owner")
    assert newest["subject"] is None and {one["member"] for one in newest["changes"]} == set(owner)


def test_what_is_emptied_first_does_not_prolong_the_rest(house):
    path, _ = owned(house)
    publish(house, path, house.bumdes)
    house.dinas2.act(path, "archive")
    house.rows("update personal_record set retention_until = today() - 1 where umkm_id = %s and resource = 'umkm'", [id_of(path)])
    house.rows("update personal_record set retention_until = today() + 1 where umkm_id = %s and resource <> 'umkm'", [id_of(path)])
    before = kept(house, path)["umkm_owner"]
    housekeep(house)
    assert house.dinas.get(path).json()["contact_phone"] is None and kept(house, path) == {"umkm_owner": before}


def test_every_kind_of_personal_record_has_a_period(house):
    assert house.rows("select resource from personal_data except select resource from retention") == []
