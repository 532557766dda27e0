"""Mentoring sessions: planning, participants, attendance, scores and action items."""
from concurrent.futures import ThreadPoolExecutor

import pytest

from client import Client, problem
from house import BALEREJO, JEDING, WLINGI, day
from records import action_item, body, participant, session, umkm

FUTURE = {"starts_at": "2100-01-15T02:00:00.000Z", "ends_at": "2100-01-15T05:00:00.000Z"}


def path(made):
    return f"/v1/mentoring-sessions/{made['id']}"


def register(client, at, business, status=201):
    return client.post(path(at) + "/participants", {"umkm_id": business["id"]}, status)


# Sessions


def test_the_dinas_plans_and_the_invited_read(house):
    made = session(house.dinas, JEDING, villages=[JEDING, BALEREJO])
    assert (made["status"], made["seats_taken"]) == ("planned", 0)
    assert made["allowed_actions"] == ["update", "hold", "cancel", "delete"]
    for name in ("bumdes", "bumdes2", "bumdesma", "bupati", "reader"):
        assert house.caller(name).get(path(made)).json()["allowed_actions"] == []
    house.person("uninvited", "bumdes", ["35.05.01.2001"]).get(path(made), 404)
    house.bumdes.patch(path(made), {"title": "Lain"}, status=403)


def test_without_a_list_the_village_itself_is_invited(house):
    sent = body(house.contract, "mentoring_session_create", village_code=BALEREJO)
    del sent["villages"]
    assert house.dinas.post("/v1/mentoring-sessions", sent).json()["villages"] == [BALEREJO]


@pytest.mark.parametrize("members, violation", [
    ({"topic": "no_such_topic"}, ("/topic", "exists")), ({"villages": [JEDING]}, ("/villages", "lead")),
    ({"ends_at": "2026-01-15T02:00:00.000Z"}, ("/ends_at", "before_start")), ({"capacity": 0}, ("/capacity", "too_small")),
    ({"villages": [BALEREJO, "35.05.17.2001"]}, ("/villages", "exists")),
])
def test_a_session_makes_sense(house, members, violation):
    sent = body(house.contract, "mentoring_session_create", village_code=BALEREJO, **members)
    assert violation in problem(house.dinas.post("/v1/mentoring-sessions", sent, 422))[1]


def test_a_session_is_held_once_it_has_begun(house):
    made = session(house.dinas, **FUTURE)
    assert problem(house.dinas.act(path(made), "hold", status=409)) == ("state_conflict", [("/starts_at", "future")])
    house.dinas.patch(path(made), {"starts_at": "2026-01-15T02:00:00.000Z"})
    assert house.dinas.act(path(made), "hold").json()["allowed_actions"] == ["update"]
    assert house.dinas.patch(path(made), {"diagnosis": "Kemasan belum kedap udara."}).json()["diagnosis"].startswith("Kemasan")
    house.dinas.act(path(made), "hold", status=409)
    house.dinas.delete(path(made), status=409)


def test_a_cancelled_session_says_why_and_is_over(house):
    made = session(house.dinas)
    assert problem(house.dinas.act(path(made), "cancel", status=422))[1] == [("/note", "required")]
    cancelled = house.dinas.act(path(made), "cancel", note="Narasumber sakit").json()
    assert (cancelled["status"], cancelled["status_note"], cancelled["allowed_actions"]) == ("cancelled", "Narasumber sakit", [])
    house.dinas.patch(path(made), {"title": "Lain"}, status=409)
    house.dinas.put(path(made) + "/mentor", {"name": None}, status=409)
    refused = register(house.bumdes, made, umkm(house.bumdes), 409)
    assert problem(refused) == ("state_conflict", [("", "session_closed")])


# Participants


def test_a_bumdes_registers_its_own(house):
    made = session(house.dinas, JEDING, villages=[JEDING, BALEREJO])
    own, foreign = umkm(house.bumdes), umkm(house.bumdes2, JEDING)
    registered = register(house.bumdes, made, own).json()
    assert (registered["umkm_name"], registered["village_code"], registered["attended"]) == (own["name"], BALEREJO, None)
    assert problem(register(house.bumdes, made, own, 409)) == ("duplicate", [("/umkm_id", "unique")])
    assert ("/umkm_id", "exists") in problem(register(house.bumdes, made, foreign, 422))[1]
    register(house.bumdes2, made, foreign)
    assert [one["umkm_id"] for one in house.bumdes.get(path(made) + "/participants").json()["data"]] == [own["id"]]
    assert len(house.dinas.get(path(made) + "/participants").json()["data"]) == 2
    assert house.bumdes.get(path(made)).json()["seats_taken"] == 2


def test_a_village_that_is_not_invited_does_not_come(house):
    made = session(house.dinas)
    assert problem(register(house.dinas, made, umkm(house.dinas, JEDING), 422))[1] == [("/umkm_id", "not_invited")]


def test_a_full_session_refuses_until_somebody_leaves(house):
    made = session(house.dinas, capacity=1)
    first = register(house.bumdes, made, umkm(house.bumdes)).json()
    other = umkm(house.bumdes)
    assert problem(register(house.bumdes, made, other, 409)) == ("state_conflict", [("", "session_full")])
    house.bumdes.delete(f"/v1/mentoring-participants/{first['id']}")
    register(house.bumdes, made, other)
    assert house.bumdes.get(path(made)).json()["seats_taken"] == 1


def test_the_last_seats_go_to_those_who_come_first(house):
    made = session(house.dinas, capacity=3)
    businesses = [umkm(house.bumdes) for _ in range(8)]

    def attempt(business):
        client = Client(house.base, house.contract, house.bumdes.token)
        return client("POST", path(made) + "/participants", {"umkm_id": business["id"]}).status_code

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(attempt, businesses)) == [201] * 3 + [409] * 5
    assert house.dinas.get(path(made)).json()["seats_taken"] == 3


def test_there_are_never_fewer_seats_than_participants(house):
    made = session(house.dinas)
    for _ in range(2):
        register(house.bumdes, made, umkm(house.bumdes))
    assert problem(house.dinas.patch(path(made), {"capacity": 1}, status=422))[1] == [("/capacity", "seats_taken")]
    assert problem(house.dinas.delete(path(made), status=409)) == ("state_conflict", [("/id", "in_use")])
    assert house.dinas.patch(path(made), {"capacity": 2}).json()["capacity"] == 2


def test_what_others_refer_to_stays(house):
    one, item = participant(house.dinas), action_item(house.dinas)
    for kept in (f"/v1/umkm/{one['umkm_id']}", f"/v1/mentoring-sessions/{item['session_id']}"):
        assert problem(house.dinas.delete(kept, status=409)) == ("state_conflict", [("/id", "in_use")])


def test_attendance_is_taken_when_the_session_was_held(house):
    made = session(house.dinas)
    one = register(house.bumdes, made, umkm(house.bumdes)).json()
    at = f"/v1/mentoring-participants/{one['id']}"
    assert one["allowed_actions"] == ["delete"] and house.dinas.get(at).json()["allowed_actions"] == ["update", "delete"]
    came = {"attended": True, "pre_score": 40, "post_score": 85}
    assert problem(house.dinas.patch(at, came, status=409)) == ("state_conflict", [("", "not_held")])
    house.dinas.act(path(made), "hold")
    house.bumdes.patch(at, came, status=403)
    assert ("/post_score", "too_large") in problem(house.dinas.patch(at, {"post_score": 101}, status=422))[1]
    after = house.dinas.patch(at, came).json()
    assert {name: after[name] for name in came} == came
    house.bumdes.delete(at, status=409)
    assert house.bumdes.get(at).json()["allowed_actions"] == []
    late = register(house.dinas, made, umkm(house.bumdes)).json()
    came = house.dinas.get(path(made) + "/participants", params={"attended": "true"}).json()["data"]
    assert [row["id"] for row in came] == [one["id"]]
    house.dinas.delete(f"/v1/mentoring-participants/{late['id']}")


def test_a_participant_follows_its_business_to_another_village(house):
    made = session(house.dinas, WLINGI[0], villages=WLINGI[:1])
    business = umkm(house.bumdesma, WLINGI[0])
    one = register(house.bumdesma, made, business).json()
    house.bumdesma.patch(f"/v1/umkm/{business['id']}", {"village_code": BALEREJO})
    assert house.bumdes.get(f"/v1/mentoring-participants/{one['id']}").json()["village_code"] == BALEREJO


def test_a_restricted_business_is_in_nobodys_list(house):
    one = participant(house.dinas)
    at = f"/v1/mentoring-sessions/{one['session_id']}/participants"
    fields = {"contact_public": False, "processing_restricted": True}
    house.dinas.put(f"/v1/umkm/{one['umkm_id']}/consent", fields)
    assert house.bupati.get(at).json()["data"] == [] and len(house.dinas.get(at).json()["data"]) == 1
    house.bupati.get(f"/v1/mentoring-participants/{one['id']}", 404)
    sent = body(house.contract, "mentoring_action_item_create", owner="umkm", umkm_id=one["umkm_id"])
    item = house.dinas.post(f"/v1/mentoring-sessions/{one['session_id']}/action-items", sent).json()
    for name, status in (("bupati", 404), ("reader", 404), ("bumdes", 200)):
        house.caller(name).get(f"/v1/action-items/{item['id']}", status)


# The mentor


def test_a_mentors_name_is_sealed_and_masked_and_seeing_it_is_written_down(house):
    made = session(house.dinas)
    assert house.bumdes.get(path(made) + "/mentor").json()["name"] is None
    nothing = house.bumdes.post(path(made) + "/actions/reveal", {"purpose": "Menjemput narasumber"}, 409)
    assert problem(nothing) == ("state_conflict", [("", "nothing_sealed")])
    fields = {"name": "Dewi Anggraini Uji", "phone": "+6281234567890", "organisation": "PLUT"}
    put = house.dinas.put(path(made) + "/mentor", fields).json()
    assert put["name"].startswith("D***") and "Dewi" not in str(put) and "4567" not in put["phone"]
    read = house.bumdes.get(path(made)).json()
    assert (read["mentor_name"], read["mentor_organisation"]) == (put["name"], "PLUT")
    opened = house.bumdes.post(path(made) + "/actions/reveal", {"purpose": "Menjemput narasumber"}, 200).json()
    assert opened == {"name": fields["name"], "phone": fields["phone"]}
    log = house.dinas.get(path(made) + "/mentor/reads").json()["data"]
    assert [(one["subject"], one["members"]) for one in log] == [(house.bumdes.id, ["name", "phone"])]
    assert "Dewi" not in house.dinas.get(path(made) + "/history").text
    stored, = house.rows("select mentor_name::text || mentor_phone::text as it from mentoring_session where id = %s",
                         [made["id"]])
    assert "Dewi" not in stored.it and "1234567890" not in stored.it


def test_the_mask_is_no_name_that_could_be_sent_back(house):
    made = session(house.dinas)
    refused = house.dinas.patch(path(made), {"mentor_name": "D*** A***"}, status=422)
    assert problem(refused)[1] == [("/mentor_name", "unknown_member")]


# Action items


def test_an_item_is_overdue_while_it_is_open_after_its_day(house):
    one = action_item(house.dinas, due_on="2026-01-31")
    at = f"/v1/action-items/{one['id']}"
    assert (one["state"], one["overdue"], one["closed_on"]) == ("open", True, None)
    done = house.dinas.patch(at, {"state": "done"}).json()
    assert (done["overdue"], done["closed_on"]) == (False, day())
    assert house.dinas.patch(at, {"closed_on": "2026-01-20"}).json()["closed_on"] == "2026-01-20"
    again = house.dinas.patch(at, {"state": "open"}).json()
    assert (again["overdue"], again["closed_on"]) == (True, None)
    assert problem(house.dinas.patch(at, {"closed_on": "2026-01-20"}, status=422))[1] == [("/closed_on", "together")]
    assert action_item(house.dinas, due_on="2100-01-31")["overdue"] is False


def test_an_item_belongs_to_the_village_of_its_business(house):
    made = session(house.dinas, JEDING, villages=[JEDING, BALEREJO])
    business = umkm(house.bumdes)
    sent = body(house.contract, "mentoring_action_item_create", owner="umkm", umkm_id=business["id"])
    one = house.dinas.post(path(made) + "/action-items", sent).json()
    house.bumdes2.get(f"/v1/action-items/{one['id']}", 404)
    assert house.bumdes.get(f"/v1/action-items/{one['id']}").json()["allowed_actions"] == []
    refused = house.dinas.post(path(made) + "/action-items", {**sent, "umkm_id": None}, 422)
    assert problem(refused)[1] == [("/umkm_id", "required")]
    moved = house.dinas.patch(f"/v1/action-items/{one['id']}", {"owner": "dinas", "umkm_id": None}).json()
    assert moved["village_code"] == JEDING


def test_items_are_found_over_all_sessions(house):
    mine = action_item(house.dinas, due_on="2026-01-31", owner="dinas")
    theirs = action_item(house.dinas, JEDING, due_on="2100-01-31", owner="mentor")
    both = f"{mine['id']},{theirs['id']}"
    for filter, found in [
        ({}, {mine["id"], theirs["id"]}), ({"overdue": "true"}, {mine["id"]}), ({"overdue": "false"}, {theirs["id"]}),
        ({"owner": "mentor"}, {theirs["id"]}),
        ({"session_id": mine["session_id"]}, {mine["id"]}), ({"village_code": JEDING}, {theirs["id"]}),
        ({"district_code": "35.05.17"}, {mine["id"]}),
        ({"due_on_gte": "2027-01-01"}, {theirs["id"]}), ({"due_on_lte": "2027-01-01"}, {mine["id"]}), ({"state": "done"}, set()),
        ({"umkm_id": mine["id"]}, set()),
    ]:
        for sort in ("due_on", "-due_on", "updated_at", "-updated_at"):
            rows = list(house.dinas.pages("/v1/action-items", id=both, limit=1, sort=sort, **filter))
            assert {row["id"] for row in rows} == found and len(rows) == len(found), (filter, sort)


# Lists


def test_sessions_are_found_by_what_one_knows_of_them(house):
    mine = session(house.dinas, title="Kelas sangrai (uji)", kind="workshop", topic="export",
                   starts_at="2025-03-01T02:00:00.000Z")
    theirs = session(house.dinas, JEDING, starts_at="2025-05-01T02:00:00.000Z")
    business = umkm(house.bumdes)
    register(house.bumdes, mine, business)
    house.dinas.act(path(theirs), "hold")
    both = f"{mine['id']},{theirs['id']}"
    for filter, found in [
        ({}, {mine["id"], theirs["id"]}), ({"umkm_id": business["id"]}, {mine["id"]}), ({"topic": "export"}, {mine["id"]}),
        ({"kind": "workshop"}, {mine["id"]}),
        ({"village_code": JEDING}, {theirs["id"]}), ({"district_code": "35.05.17"}, {mine["id"]}),
        ({"status": "held"}, {theirs["id"]}),
        ({"starts_at_gte": "2025-04-01T00:00:00Z"}, {theirs["id"]}), ({"starts_at_lte": "2025-04-01T00:00:00Z"}, {mine["id"]}),
        ({"q": "sangrai"}, {mine["id"]}),
    ]:
        for sort in ("starts_at", "-starts_at", "updated_at", "-updated_at"):
            rows = list(house.dinas.pages("/v1/mentoring-sessions", id=both, limit=1, sort=sort, **filter))
            assert {row["id"] for row in rows} == found and len(rows) == len(found), (filter, sort)
