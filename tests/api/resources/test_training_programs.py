"""Training programmes of the district or one village, their sessions and their figures."""
import pytest

from client import problem
from house import BALEREJO, JEDING
from programs import figures, held, path
from records import body, program, session

TOMORROW = {"starts_on": "2100-01-15", "ends_on": "2100-06-30"}


def test_the_dinas_plans_and_its_village_reads(house):
    made = program(house.dinas)
    assert (made["status"], made["district_code"]) == ("planned", "35.05.17")
    assert made["allowed_actions"] == ["update", "hold", "cancel", "delete"]
    for name in ("bumdes", "bumdesma", "bupati", "reader"):
        assert house.caller(name).get(path(made)).json()["allowed_actions"] == []
    house.bumdes2.get(path(made), 404)
    house.bumdes.patch(path(made), {"title": "Lain"}, status=403)
    shown = house.bumdes.get(path(made), params={"expand": "village"}).json()["village"]
    assert shown["name"] == "Balerejo"


def test_every_village_reads_the_districts(house):
    made = program(house.dinas, None)
    house.dinas.patch(path(made), {"capacity": 30})
    assert (made["village_code"], made["district_code"], made["allowed_actions"][0]) == (None, None, "update")
    for name in ("bumdes", "bumdes2", "village_reader", "bupati"):
        who = house.caller(name)
        assert who.get(path(made), params={"expand": "village"}).json()["village"] is None
        assert [one["id"] for one in who.get("/v1/training-programs", params={"id": made["id"]}).json()["data"]] == [made["id"]]
        assert [one["action"] for one in who.get(path(made) + "/history").json()["data"]] == ["update", "create"]
    house.bumdes.patch(path(made), {"title": "Lain"}, status=403)


@pytest.mark.parametrize("members, violation", [
    ({"topic": "no_such_topic"}, ("/topic", "exists")), ({"ends_on": "2026-01-04"}, ("/ends_on", "before_start")),
    ({"village_code": "35.05.17.2001"}, ("/village_code", "exists")), ({"capacity": 0}, ("/capacity", "too_small")),
    ({"budget_idr": -1}, ("/budget_idr", "too_small")), ({"funding_source": "swasta"}, ("/funding_source", "enum")),
])
def test_a_programme_makes_sense(house, members, violation):
    sent = body(house.contract, "training_program_create", **{"village_code": BALEREJO, **members})
    assert violation in problem(house.dinas.post("/v1/training-programs", sent, 422))[1]


def test_its_sessions_are_counted(house):
    made = program(house.dinas, None)
    assert figures(house.bumdes.get(path(made))) == (0, 0, 0, None)
    held(house, made, came=(True, True, False))
    held(house, made, JEDING, came=(True, None))
    session(house.dinas, program_id=made["id"])
    house.dinas.act(f"/v1/mentoring-sessions/{session(house.dinas, program_id=made['id'])['id']}", "cancel", note="Hujan")
    for name in ("dinas", "bumdes", "bupati"):  # a village sees the figures of the whole programme
        assert figures(house.caller(name).get(path(made))) == (1, 2, 3, 0.75)


def test_a_umkm_that_came_twice_is_reached_once(house):
    made = program(house.dinas)
    came, = held(house, made, came=(True,))
    at = f"/v1/mentoring-sessions/{session(house.dinas, program_id=made['id'])['id']}"
    again = house.dinas.post(at + "/participants", {"umkm_id": came}).json()
    house.dinas.act(at, "hold")
    house.dinas.patch(f"/v1/mentoring-participants/{again['id']}", {"attended": True})
    assert figures(house.dinas.get(path(made))) == (0, 2, 1, 1)


def test_what_is_counted_is_in_the_etag(house):
    made = program(house.dinas)
    before = house.bumdes.get(path(made)).headers["ETag"]
    session(house.dinas, program_id=made["id"])
    after = house.bumdes.get(path(made), headers={"If-None-Match": before}).headers["ETag"]
    assert after != before and after.split(".")[0] == before.split(".")[0]
    house.bumdes.get(path(made), 304, headers={"If-None-Match": after})


def test_a_session_shows_its_programme(house):
    made = program(house.dinas)
    one = session(house.dinas, program_id=made["id"])
    at = f"/v1/mentoring-sessions/{one['id']}"
    assert (one["program_id"], one["program"]) == (made["id"], None)
    expected = {name: made[name] for name in ("id", "title", "starts_on", "ends_on", "status")}
    assert house.bumdes.get(at, params={"expand": "program"}).json()["program"] == expected
    found = house.bumdes.get("/v1/mentoring-sessions", params={"program_id": made["id"], "expand": "program"}).json()["data"]
    assert [(row["id"], row["program"]) for row in found] == [(one["id"], expected)]
    assert house.dinas.patch(at, {"program_id": None}).json()["program_id"] is None


def test_a_village_programme_invites_that_village(house):
    made = program(house.dinas)
    sent = body(house.contract, "mentoring_session_create", program_id=made["id"], village_code=BALEREJO,
                villages=[BALEREJO, JEDING])
    assert problem(house.dinas.post("/v1/mentoring-sessions", sent, 422))[1] == [("/program_id", "program_village")]
    wide = program(house.dinas, None)
    house.dinas.post("/v1/mentoring-sessions", {**sent, "program_id": wide["id"]})
    refused = house.dinas.patch(path(wide), {"village_code": BALEREJO}, status=422)
    assert problem(refused)[1] == [("/village_code", "program_village")]


def test_a_session_belongs_to_a_programme_that_is_planned(house):
    made = program(house.dinas)
    one = session(house.dinas)
    at = f"/v1/mentoring-sessions/{one['id']}"
    house.dinas.act(path(made), "hold")
    assert problem(house.dinas.patch(at, {"program_id": made["id"]}, status=422))[1] == [("/program_id", "program_over")]
    assert problem(house.dinas.patch(at, {"program_id": one["id"]}, status=422))[1] == [("/program_id", "exists")]
    house.dinas.act(at, "hold")  # a held session may be recorded late
    assert house.dinas.patch(at, {"program_id": made["id"]}).json()["program_id"] == made["id"]


def test_a_programme_ends_with_no_session_left_to_come(house):
    made = program(house.dinas)
    at = f"/v1/mentoring-sessions/{session(house.dinas, program_id=made['id'])['id']}"
    for action in ("hold", "cancel"):
        refused = house.dinas("POST", f"{path(made)}/actions/{action}", {"note": "Anggaran"}, match="*", status=409)
        assert problem(refused) == ("state_conflict", [("", "sessions_planned")])
    assert problem(house.dinas.delete(path(made), status=409)) == ("state_conflict", [("/id", "in_use")])
    house.dinas.act(at, "hold")
    assert house.dinas.act(path(made), "hold").json()["allowed_actions"] == ["update"]
    assert house.dinas.patch(path(made), {"budget_idr": 98000000}).json()["budget_idr"] == 98000000
    house.dinas.act(path(made), "cancel", status=409, note="Terlambat")
    house.dinas.delete(path(made), status=409)


def test_a_programme_is_held_once_it_has_begun(house):
    made = program(house.dinas, **TOMORROW)
    assert problem(house.dinas.act(path(made), "hold", status=409)) == ("state_conflict", [("/starts_on", "future")])
    assert problem(house.dinas.act(path(made), "cancel", status=422))[1] == [("/note", "required")]
    cancelled = house.dinas.act(path(made), "cancel", note="Anggaran dialihkan").json()
    assert (cancelled["status"], cancelled["status_note"], cancelled["allowed_actions"]) == \
        ("cancelled", "Anggaran dialihkan", [])
    house.dinas.patch(path(made), {"title": "Lain"}, status=409)


def test_programmes_are_found_by_what_one_knows_of_them(house):
    mine = program(house.dinas, title="Akademi sangrai (uji)", topic="export", funding_source="dana_desa",
                   starts_on="2025-02-01", ends_on="2025-05-31")
    theirs = program(house.dinas, JEDING, title="Kelas rebana (uji)", topic="branding", starts_on="2025-07-01",
                     ends_on="2025-07-31")
    wide = program(house.dinas, None, title="Klinik UMKM (uji)", topic="finance", starts_on="2025-10-01", ends_on="2025-12-31")
    house.dinas.act(path(theirs), "hold")
    every = {mine["id"], theirs["id"], wide["id"]}
    for filter, found in [
        ({}, every), ({"village_code": BALEREJO}, {mine["id"]}), ({"district_code": "35.05.07"}, {theirs["id"]}),
        ({"topic": "export,finance"}, {mine["id"], wide["id"]}), ({"funding_source": "dana_desa"}, {mine["id"]}),
        ({"status": "held"}, {theirs["id"]}), ({"starts_on_gte": "2025-07-01"}, {theirs["id"], wide["id"]}),
        ({"starts_on_lte": "2025-07-01"}, {mine["id"], theirs["id"]}), ({"q": "sangrai"}, {mine["id"]}),
        ({"updated_at_gte": wide["updated_at"]}, {theirs["id"], wide["id"]}),
        ({"updated_at_lte": mine["updated_at"]}, {mine["id"]}),
    ]:
        for sort in ("starts_on", "-starts_on", "title", "-title", "updated_at", "-updated_at"):
            rows = list(house.dinas.pages("/v1/training-programs", id=",".join(every), limit=1, sort=sort, **filter))
            assert {row["id"] for row in rows} == found and len(rows) == len(found), (filter, sort)
    titles = [row["title"] for row in house.dinas.pages("/v1/training-programs", id=",".join(every), sort="title")]
    assert titles == house.in_order(titles)
