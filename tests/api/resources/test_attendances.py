"""Attendance: one request records a whole session, and a list covers all sessions."""
import pytest

from client import problem
from house import BALEREJO, JEDING
from records import attendance, participant, program, session, umkm

NOBODY = "01890a5d-ac96-774b-bcce-b302099a8057"


def sheet(at):
    return f"/v1/mentoring-sessions/{at}/attendances"


@pytest.fixture
def held(house):
    """Returns the id of a held session and the ids of three registered UMKM."""
    at = session(house.dinas)["id"]
    registered = [umkm(house.dinas)["id"] for _ in range(3)]
    for one in registered:
        house.dinas.post(f"/v1/mentoring-sessions/{at}/participants", {"umkm_id": one})
    house.dinas.act(f"/v1/mentoring-sessions/{at}", "hold")
    return at, registered


def test_the_attendance_of_a_session_is_taken_at_once(house, held):
    at, (first, second, third) = held
    before = house.dinas.get(f"/v1/mentoring-sessions/{at}")
    taken = house.dinas.post(sheet(at), {"attendances": [
        {"umkm_id": second, "attended": True, "pre_score": 40, "post_score": 85, "note": "Perlu P-IRT."},
        {"umkm_id": first, "attended": False}]}, 200, match=before.headers["ETag"])
    reply = taken.json()
    assert [(one["umkm_id"], one["attended"], one["pre_score"], one["post_score"]) for one in reply["attendances"]] == \
        [(second, True, 40, 85), (first, False, None, None)]
    assert (reply["session_id"], reply["version"], reply["updated_by"]) == (at, before.json()["version"] + 1, house.dinas.id)
    rows = {row["umkm_id"]: row for row in house.dinas.get(f"/v1/mentoring-sessions/{at}/participants").json()["data"]}
    assert [rows[one]["attended"] for one in (first, second, third)] == [False, True, None]
    # An omitted member stays, null clears it, and an omitted UMKM keeps all its values.
    house.dinas.post(sheet(at), {"attendances": [{"umkm_id": second, "attended": True, "note": None}]}, 200,
                     match=taken.headers["ETag"])
    row = house.dinas.get(f"/v1/mentoring-participants/{rows[second]['id']}").json()
    assert (row["pre_score"], row["post_score"], row["note"]) == (40, 85, None)


def test_every_wrong_entry_is_named_and_nothing_is_taken(house, held):
    at, (first, second, _) = held
    stranger = umkm(house.dinas)["id"]
    refused = house.dinas.post(sheet(at), {"attendances": [
        {"umkm_id": one, "attended": True} for one in (first, stranger, second, first, NOBODY)]}, 422, match="*")
    assert problem(refused)[1] == [("/attendances/1/umkm_id", "not_registered"), ("/attendances/3/umkm_id", "unique"),
                                   ("/attendances/4/umkm_id", "not_registered")]
    refused = house.dinas.post(sheet(at), {"attendances": [{"umkm_id": first, "attended": True, "post_score": 101}, {}]}, 422,
                               match="*")
    assert set(problem(refused)[1]) == {("/attendances/0/post_score", "too_large"), ("/attendances/1/umkm_id", "required"),
                                        ("/attendances/1/attended", "required")}
    assert problem(house.dinas.post(sheet(at), {"attendances": []}, 422, match="*"))[1] == [("/attendances", "too_few_items")]
    rows = house.dinas.get(f"/v1/mentoring-sessions/{at}/participants").json()["data"]
    assert [row["attended"] for row in rows] == [None] * 3


def test_attendance_is_of_a_session_that_was_held(house):
    one = participant(house.dinas)
    fields = {"attendances": [{"umkm_id": one["umkm_id"], "attended": True}]}
    refused = house.dinas.post(sheet(one["session_id"]), fields, 409, match="*")
    assert problem(refused) == ("state_conflict", [("", "not_held")])
    house.dinas.act(f"/v1/mentoring-sessions/{one['session_id']}", "cancel", note="Hujan")
    assert problem(house.dinas.post(sheet(one["session_id"]), fields, 409, match="*"))[0] == "state_conflict"
    house.bumdes.post(sheet(one["session_id"]), fields, 403, match="*")


def test_two_sheets_do_not_overwrite_each_other_unseen(house, held):
    at, (first, second, _) = held
    read = house.dinas.get(f"/v1/mentoring-sessions/{at}").headers["ETag"]
    key = {"Idempotency-Key": "sheet-" + at}
    one, other = ({"attendances": [{"umkm_id": of, "attended": True}]} for of in (first, second))
    taken = house.dinas.post(sheet(at), one, 200, match=read, headers=key)
    assert problem(house.dinas2.post(sheet(at), other, 412, match=read))[0] == "version_mismatch"
    house.dinas2.post(sheet(at), other, 200, match=taken.headers["ETag"])
    # A retry.
    assert house.dinas.post(sheet(at), one, 200, match=read, headers=key).content == taken.content


def test_only_held_sessions_are_attended(house):
    planned = participant(house.dinas)
    came = attendance(house.dinas)
    ids = f"{planned['id']},{came['id']}"
    row, = house.bumdes.get("/v1/attendances", params={"id": ids}).json()["data"]
    assert (row["id"], row["attended"], row["session"], row["umkm"]) == (came["id"], True, None, None)
    assert house.bumdes2.get("/v1/attendances", params={"id": ids}).json()["data"] == []


def test_an_attendance_shows_its_session_and_umkm(house):
    came = attendance(house.dinas, title="Kelas sangrai (uji)", place="Balai Desa")
    row, = house.bupati.get("/v1/attendances", params={"id": came["id"], "expand": "session,umkm"}).json()["data"]
    assert (row["session"]["title"], row["session"]["place"], row["session"]["status"]) == \
        ("Kelas sangrai (uji)", "Balai Desa", "held")
    assert row["umkm"] == {"id": came["umkm_id"], "name": came["umkm_name"], "village_code": BALEREJO, "status": "draft"}


def test_a_restricted_business_attends_nothing_that_others_see(house):
    came = attendance(house.dinas)
    house.dinas.put(f"/v1/umkm/{came['umkm_id']}/consent", {"contact_public": False, "processing_restricted": True})
    for name, seen in (("bupati", []), ("reader", []), ("dinas", [came["id"]]), ("bumdes", [came["id"]])):
        rows = house.caller(name).get("/v1/attendances", params={"id": came["id"]}).json()["data"]
        assert [row["id"] for row in rows] == seen, name


def test_attendances_are_found_by_what_one_knows_of_them(house):
    of = program(house.dinas, None)
    mine = attendance(house.dinas, topic="export", program_id=of["id"], starts_at="2025-03-01T02:00:00.000Z")
    theirs = attendance(house.dinas, JEDING, came=False, starts_at="2025-05-01T02:00:00.000Z")
    unknown = attendance(house.dinas, came=None, topic="finance", starts_at="2025-07-01T02:00:00.000Z")
    every = {mine["id"], theirs["id"], unknown["id"]}
    for filter, found in [
        ({}, every), ({"umkm_id": mine["umkm_id"]}, {mine["id"]}), ({"session_id": theirs["session_id"]}, {theirs["id"]}),
        ({"program_id": of["id"]}, {mine["id"]}), ({"topic": "export,finance"}, {mine["id"], unknown["id"]}),
        ({"village_code": JEDING}, {theirs["id"]}), ({"district_code": "35.05.17"}, {mine["id"], unknown["id"]}),
        ({"attended": "true"}, {mine["id"]}), ({"attended": "false"}, {theirs["id"]}),
        ({"starts_at_gte": "2025-04-01T00:00:00Z"}, {theirs["id"], unknown["id"]}),
        ({"starts_at_lte": "2025-06-01T00:00:00Z"}, {mine["id"], theirs["id"]}),
        ({"updated_at_gte": theirs["updated_at"]}, {theirs["id"], unknown["id"]}),
        ({"updated_at_lte": mine["updated_at"]}, {mine["id"]}),
    ]:
        for sort in ("starts_at", "-starts_at", "updated_at", "-updated_at"):
            rows = list(house.dinas.pages("/v1/attendances", id=",".join(every), limit=1, sort=sort, **filter))
            assert {row["id"] for row in rows} == found and len(rows) == len(found), (filter, sort)
    at = [row["starts_at"] for row in house.dinas.pages("/v1/attendances", id=",".join(every), sort="-starts_at", limit=2)]
    assert at == sorted(at, reverse=True)


def test_participants_of_one_session_stand_together_over_pages(house, held):
    at, _ = held
    rows = list(house.dinas.pages("/v1/attendances", session_id=at, limit=1, sort="-starts_at"))
    assert len({row["id"] for row in rows}) == len(rows) == 3
