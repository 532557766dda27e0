"""Visits, the aspirations of villages, and the commitments that follow."""
from concurrent.futures import ThreadPoolExecutor

import pytest

from client import Client, problem
from house import BALEREJO, JEDING, day
from records import PROOF, aspiration, body, commitment, confirm, keep, visit

VISITED = "2026-03-12"  # the day of the example in the contract


def path(made, noun="visits"):
    return f"/v1/{noun}/{made['id']}"


def both(house, **members):
    """Makes a visit to two villages on one day."""
    return visit(house.bupati, JEDING, villages=[JEDING, BALEREJO], **members)


# Visits


def test_the_bupati_plans_and_the_visited_read(house):
    made = both(house)
    assert (made["status"], made["allowed_actions"]) == ("planned", ["update", "complete", "cancel", "delete"])
    assert house.dinas.get(path(made)).json()["allowed_actions"] == ["update", "complete"]
    for name in ("bumdes", "bumdes2", "bumdesma", "reader"):
        assert house.caller(name).get(path(made)).json()["allowed_actions"] == []
    house.person("unvisited", "bumdes", ["35.05.01.2001"]).get(path(made), 404)
    assert house.bupati.get(path(made), params={"expand": "village"}).json()["village"]["name"] == "Jeding"
    for name in ("dinas", "bumdes", "writer"):
        house.caller(name).post("/v1/visits", body(house.contract, "visit_create"), 403)


def test_a_visit_without_a_list_is_to_one_village(house):
    sent = body(house.contract, "visit_create", village_code=JEDING)
    del sent["villages"]
    assert house.bupati.post("/v1/visits", sent).json()["villages"] == [JEDING]


@pytest.mark.parametrize("members, violation", [
    ({"villages": [JEDING]}, ("/villages", "lead")), ({"villages": [BALEREJO, "35.05.17.2001"]}, ("/villages", "exists")),
    ({"village_code": "35.05.17.2001", "villages": ["35.05.17.2001"]}, ("/village_code", "exists")),
    ({"led_by": "Ibu Siti"}, ("/led_by", "enum")),
])
def test_a_visit_makes_sense(house, members, violation):
    sent = body(house.contract, "visit_create", **{"village_code": BALEREJO, **members})
    assert violation in problem(house.bupati.post("/v1/visits", sent, 422))[1]


def test_a_visit_is_completed_from_its_day_on(house):
    made = visit(house.bupati, visited_on="2100-03-12")
    assert problem(house.dinas.act(path(made), "complete", status=422))[1] == [("/visited_on", "future")]
    house.bupati.patch(path(made), {"visited_on": day()})
    done = house.dinas.act(path(made), "complete").json()
    assert (done["status"], done["allowed_actions"]) == ("done", ["update"])
    assert house.dinas.patch(path(made), {"summary": "Rumah sangrai penuh."}).json()["summary"] == "Rumah sangrai penuh."
    assert problem(house.dinas.patch(path(made), {"visited_on": "2100-01-01"}, status=422))[1] == [("/visited_on", "future")]
    for action in ("complete", "cancel"):
        house.bupati.act(path(made), action, status=409, note="Terlambat")
    house.bupati.delete(path(made), status=409)


def test_only_the_bupatis_office_cancels_and_says_why(house):
    made = visit(house.bupati)
    house.dinas.act(path(made), "cancel", status=403, note="Hujan")
    assert problem(house.bupati.act(path(made), "cancel", status=422))[1] == [("/note", "required")]
    cancelled = house.bupati.act(path(made), "cancel", note="Jalan longsor").json()
    assert (cancelled["status"], cancelled["status_note"], cancelled["allowed_actions"]) == ("cancelled", "Jalan longsor", [])
    house.bupati.patch(path(made), {"place": "Pendopo"}, status=409)
    for noun, operation in (("aspirations", "aspiration_create"), ("commitments", "commitment_create")):
        refused = house.bupati.post(f"{path(made)}/{noun}", body(house.contract, operation), 409)
        assert problem(refused) == ("state_conflict", [("", "visit_cancelled")])


@pytest.mark.parametrize("came", [aspiration, commitment])
def test_a_visit_of_which_something_came_stays(house, came):
    made = both(house)
    came(house.bupati, visit_id=made["id"], village_code=BALEREJO)
    refused = [house.bupati.delete(path(made), status=409), house.bupati.act(path(made), "cancel", status=409, note="Batal")]
    assert [problem(one) for one in refused] == [("state_conflict", [("/id", "in_use")])] * 2
    assert problem(house.bupati.patch(path(made), {"villages": [JEDING]}, status=422))[1] == [("/villages", "in_use")]


# Aspirations


def test_an_aspiration_is_read_by_its_village(house):
    at = both(house)["id"]
    made = aspiration(house.bupati, visit_id=at, village_code=BALEREJO)
    assert (made["status"], made["district_code"]) == ("open", "35.05.17")
    assert made["allowed_actions"] == ["update", "address", "decline", "delete"]
    assert house.dinas.get(path(made, "aspirations")).json()["allowed_actions"] == ["update", "address", "decline"]
    assert house.bumdes.get(path(made, "aspirations")).json()["allowed_actions"] == []
    house.bumdes2.get(path(made, "aspirations"), 404)
    shown = house.bumdes.get(path(made, "aspirations"), params={"expand": "visit,village"}).json()
    assert (shown["visit"]["id"], shown["visit"]["visited_on"], shown["village"]["name"]) == (at, VISITED, "Balerejo")
    assert aspiration(house.bupati, visit_id=at)["village_code"] == JEDING, "without a village, that of the visit"
    house.dinas.post(f"/v1/visits/{at}/aspirations", body(house.contract, "aspiration_create"), 403)


@pytest.mark.parametrize("members, violation", [
    ({"village_code": JEDING}, ("/village_code", "not_visited")), ({"topic": "no_such_topic"}, ("/topic", "exists")),
    ({"raised_by_group": "Bu Siti"}, ("/raised_by_group", "enum")), ({"priority": "urgent"}, ("/priority", "enum")),
])
def test_an_aspiration_makes_sense(house, members, violation):
    sent = body(house.contract, "aspiration_create", **members)
    assert violation in problem(house.bupati.post(path(visit(house.bupati)) + "/aspirations", sent, 422))[1]


def test_what_was_asked_for_is_addressed_or_declined_with_a_reason(house):
    made = path(aspiration(house.bupati), "aspirations")
    assert house.dinas.patch(made, {"priority": "normal"}).json()["priority"] == "normal"
    assert problem(house.dinas.act(made, "decline", status=422))[1] == [("/note", "required")]
    assert house.dinas.act(made, "decline", note="Di luar kewenangan").json()["status_note"] == "Di luar kewenangan"
    house.dinas.patch(made, {"priority": "low"}, status=409)
    assert house.bupati.act(made, "reopen").json()["status"] == "open"
    assert house.dinas.act(made, "address").json()["allowed_actions"] == ["reopen"]
    house.dinas.act(made, "decline", status=409, note="Lagi")
    house.bupati.delete(made, status=409)
    actions = [one["action"] for one in house.bumdes.pages(made + "/history")]
    assert actions == ["address", "reopen", "decline", "update", "create"]


def test_what_a_commitment_answers_stays(house):
    asked = aspiration(house.bupati)
    commitment(house.bupati, visit_id=asked["visit_id"], aspiration_id=asked["id"])
    refused = house.bupati.delete(path(asked, "aspirations"), status=409)
    assert problem(refused) == ("state_conflict", [("/id", "in_use")])
    house.bupati.delete(path(aspiration(house.bupati), "aspirations"))


# Commitments


def test_a_promise_is_made_begun_kept_and_confirmed_by_the_village(house):
    asked = aspiration(house.bupati)
    made = commitment(house.bupati, visit_id=asked["visit_id"], aspiration_id=asked["id"])
    at = path(made, "commitments")
    assert (made["status"], made["percent"], made["proof"]) == ("open", None, None)
    assert made["allowed_actions"] == ["update", "delete"]
    assert house.dinas.get(at).json()["allowed_actions"] == ["start"]
    house.dinas.act(at, "start")
    house.dinas.post(at + "/progress", {"noted_on": "2026-04-01", "percent": 40, "note": "Mesin dipesan"})
    assert problem(house.dinas.act(at, "complete", status=422))[1] == [("/proof", "required")]
    house.dinas.post(at + "/progress", {"noted_on": "2026-06-15", "percent": 100, "note": "Diserahkan", "proof": PROOF})
    house.dinas.post(at + "/progress", {"noted_on": "2026-05-01", "percent": 70, "note": "Mesin tiba", "proof": None})
    done = house.dinas.act(at, "complete").json()
    assert (done["status"], done["percent"], done["progressed_on"], done["proof"]) == ("done", 100, "2026-06-15", PROOF)
    assert (done["done_on"], done["confirmed_at"], done["allowed_actions"]) == (day(), None, [])
    assert house.bumdes.get(at).json()["allowed_actions"] == ["confirm", "return"]
    confirmed = house.bumdes.act(at, "confirm").json()
    assert (confirmed["status"], confirmed["confirmed_by"], confirmed["done_on"]) == ("confirmed", house.bumdes.id, day())
    assert confirmed["confirmed_at"] and confirmed["allowed_actions"] == []
    shown = house.bumdes.get(at, params={"expand": "visit,aspiration,village"}).json()
    inside = (shown["visit"]["id"], shown["aspiration"]["id"], shown["village"]["code"])
    assert inside == (asked["visit_id"], asked["id"], BALEREJO)
    assert [one["action"] for one in house.bumdes.pages(at + "/history")][:2] == ["confirm", "complete"]


def test_a_village_that_does_not_confirm_sends_it_back_with_a_reason(house):
    at = path(commitment(house.bupati, due_on="2026-04-30"), "commitments")
    assert keep(house, at)["overdue"] is False
    assert problem(house.bumdes.act(at, "return", status=422))[1] == [("/note", "required")]
    back = house.bumdes.act(at, "return", note="Mesin belum menyala").json()
    assert (back["status"], back["status_note"]) == ("in_progress", "Mesin belum menyala")
    assert (back["done_on"], back["overdue"]) == (None, True)
    house.dinas.post(at + "/progress", {"percent": 100, "note": "Sudah diperbaiki"})
    house.dinas.act(at, "complete")
    assert house.bumdes.act(at, "confirm").json()["status"] == "confirmed"


def test_only_the_village_confirms_a_commitment(house):
    at = path(commitment(house.bupati), "commitments")
    house.bumdes.act(at, "confirm", status=409)
    keep(house, at)
    for action in ("confirm", "return"):
        house.dinas.act(at, action, status=403, note="Sudah")
        house.bupati.act(at, action, status=403, note="Sudah")
        house.bumdes2.act(at, action, status=404, note="Sudah")
    house.rows("update commitment set writers = writers || %s::uuid where id = %s", [house.bumdes.id, at.rsplit("/")[-1]])
    refused = house.bumdes.act(at, "confirm", status=403)
    assert problem(refused) == ("forbidden", [("/status", "verifier_wrote")]), "nor an officer of the village who wrote in the record"


def test_an_office_does_not_move_its_own_day(house):
    at = path(commitment(house.bupati), "commitments")
    for refused in (house.dinas, house.bumdes):
        refused.patch(at, {"due_on": "2100-01-01"}, status=403)
    assert house.bupati.patch(at, {"due_on": "2026-12-31", "office": "agriculture"}).json()["office"] == "agriculture"
    house.bupati.act(at, "start", status=403)
    house.dinas.act(at, "start")
    house.bupati.patch(at, {"text": "Menyerahkan dua mesin."})
    keep_again = [house.dinas.act(at, "start", status=409), house.bupati.delete(at, status=409)]
    assert [problem(one)[0] for one in keep_again] == ["state_conflict"] * 2


def test_a_promise_for_which_something_was_done_stays(house):
    at = path(commitment(house.bupati), "commitments")
    house.dinas.post(at + "/progress", {"percent": 0, "note": "Dianggarkan"})
    assert problem(house.bupati.delete(at, status=409)) == ("state_conflict", [("/id", "in_use")])
    house.bupati.delete(path(commitment(house.bupati), "commitments"))


@pytest.mark.parametrize("members, violation", [
    ({"village_code": JEDING}, ("/village_code", "not_visited")), ({"office": "no_such_office"}, ("/office", "exists")),
    ({"due_on": "2026-03-11"}, ("/due_on", "before_start")),
    ({"aspiration_id": "01890a5d-ac96-774b-bcce-b302099a8057"}, ("/aspiration_id", "exists")),
])
def test_a_commitment_makes_sense(house, members, violation):
    sent = body(house.contract, "commitment_create", **members)
    assert violation in problem(house.bupati.post(path(visit(house.bupati)) + "/commitments", sent, 422))[1]


def test_a_commitment_answers_what_that_village_asked_on_that_visit(house):
    made = both(house)
    theirs, elsewhere = aspiration(house.bupati, visit_id=made["id"]), aspiration(house.bupati)
    for asked in (theirs, elsewhere):
        sent = body(house.contract, "commitment_create", village_code=BALEREJO, aspiration_id=asked["id"])
        assert problem(house.bupati.post(path(made) + "/commitments", sent, 422))[1] == [("/aspiration_id", "exists")]


def test_a_visit_does_not_move_behind_the_day_of_what_was_promised(house):
    made = commitment(house.bupati, due_on="2026-03-20")
    refused = house.bupati.patch(f"/v1/visits/{made['visit_id']}", {"visited_on": "2026-03-21"}, status=422)
    assert problem(refused)[1] == [("/visited_on", "before_start")]


# Progress


def test_progress_is_appended_and_moves_the_version(house):
    made = commitment(house.bupati)
    at = path(made, "commitments")
    first = house.dinas.post(at + "/progress", {"percent": 30, "note": "Lelang selesai"}).json()
    assert (first["noted_on"], first["proof"], first["created_by"]) == (day(), None, house.dinas.id)
    house.dinas2.post(at + "/progress", {"percent": 20, "note": "Lelang diulang"})
    entries = list(house.bumdes.pages(at + "/progress", limit=1))
    assert [one["percent"] for one in entries] == [20, 30]
    now = house.bumdes.get(at).json()
    assert (now["percent"], now["version"]) == (20, made["version"] + 2)
    house.dinas("POST", at + "/actions/start", {}, match=f'"{made["version"]}"', status=412)
    for name in ("bumdes", "bupati", "writer"):
        house.caller(name).post(at + "/progress", {"percent": 50, "note": "Lain"}, 403)
    house.bumdes2.get(at + "/progress", 404)


@pytest.mark.parametrize("members, violation", [
    ({"percent": 101}, ("/percent", "too_large")), ({"noted_on": "2100-01-01"}, ("/noted_on", "future")),
    ({"proof": {**PROOF, "date": "2100-01-01"}}, ("/proof/date", "future")),
    ({"proof": {"kind": "handover"}}, ("/proof/number", "required")),
    ({"proof": {**PROOF, "kind": "photo"}}, ("/proof/kind", "enum")),
])
def test_progress_makes_sense(house, members, violation):
    sent = {"percent": 50, "note": "Separuh jalan", **members}
    assert violation in problem(house.dinas.post(path(commitment(house.bupati), "commitments") + "/progress", sent, 422))[1]


def test_a_completed_commitment_takes_no_progress(house):
    at = path(commitment(house.bupati), "commitments")
    keep(house, at)
    house.dinas.post(at + "/progress", {"percent": 90, "note": "Belum selesai"}, 409)
    house.bupati.patch(at, {"text": "Lain"}, status=409)


def test_progress_and_the_last_step_come_one_after_the_other(house):
    """Late progress is refused, so no entry follows the last step."""
    at = path(commitment(house.bupati), "commitments")
    house.dinas.act(at, "start")
    house.dinas.post(at + "/progress", {"percent": 100, "note": "Diserahkan", "proof": PROOF})

    def attempt(number):
        client = Client(house.base, house.contract, house.dinas.token)
        if number == 3:
            return client("POST", at + "/actions/complete", {}, match="*").status_code == 200
        client("POST", at + "/progress", {"percent": number, "note": "Serentak"})
        return True

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(attempt, range(8)))
    late = house.rows("select from audit_log e join commitment_progress p on p.id::text = e.record_id"
                      " join audit_log c on c.record_id = p.commitment_id::text"
                      " where p.commitment_id = %s and c.action = 'complete' and e.id > c.id", [at.rsplit("/")[-1]])
    assert late == []


@pytest.mark.parametrize("change", ["update commitment_progress set percent = 100", "delete from commitment_progress"])
def test_not_even_the_owner_takes_progress_back(house, change):
    house.dinas.post(path(commitment(house.bupati), "commitments") + "/progress", {"percent": 1, "note": "Mulai"})
    with pytest.raises(Exception, match="append-only"):
        house.rows(change)


# Lists


def found_by(house, noun, sorts, mine, theirs, cases):
    """Asserts that each filter finds the right ones of the two records, in every sort."""
    for filter, found in cases:
        for sort in (*sorts, *("-" + one for one in sorts)):
            rows = list(house.dinas.pages(f"/v1/{noun}", id=f"{mine['id']},{theirs['id']}", limit=1, sort=sort, **filter))
            right = {one["id"] for one in (mine, theirs) if one in found}
            assert {row["id"] for row in rows} == right and len(rows) == len(right), (filter, sort)


def test_visits_are_found_by_what_one_knows_of_them(house):
    mine = visit(house.bupati, purpose="Meninjau kebun bibit", visited_on="2025-02-01")
    theirs = visit(house.bupati, JEDING, purpose="Meresmikan sanggar", visited_on="2025-04-01")
    house.dinas.act(path(theirs), "complete")
    found_by(house, "visits", ("visited_on", "updated_at"), mine, theirs, [
        ({}, [mine, theirs]), ({"village_code": JEDING}, [theirs]), ({"district_code": "35.05.17"}, [mine]),
        ({"status": "done"}, [theirs]), ({"visited_on_gte": "2025-03-01"}, [theirs]), ({"visited_on_lte": "2025-03-01"}, [mine]),
        ({"q": "kebun bib"}, [mine]), ({"updated_at_gte": theirs["updated_at"]}, [theirs]),
        ({"updated_at_lte": mine["updated_at"]}, [mine]),
    ])


def test_aspirations_are_found_by_what_one_knows_of_them(house):
    mine = aspiration(house.bupati, kind="obstacle", topic="equipment", priority="high", text="Mesin sangrai kurang")
    theirs = aspiration(house.bupati, JEDING, kind="idea", topic="export", priority="low", text="Galeri kendang")
    house.dinas.act(path(theirs, "aspirations"), "decline", note="Sudah ada")
    found_by(house, "aspirations", ("created_at", "updated_at"), mine, theirs, [
        ({}, [mine, theirs]), ({"visit_id": mine["visit_id"]}, [mine]), ({"village_code": JEDING}, [theirs]),
        ({"district_code": "35.05.17"}, [mine]), ({"kind": "obstacle"}, [mine]), ({"topic": "export"}, [theirs]),
        ({"priority": "high,normal"}, [mine]), ({"status": "declined"}, [theirs]), ({"q": "galeri kend"}, [theirs]),
        ({"updated_at_gte": theirs["updated_at"]}, [theirs]), ({"updated_at_lte": mine["updated_at"]}, [mine]),
    ])


def test_commitments_are_found_by_what_one_knows_of_them(house):
    asked = aspiration(house.bupati)
    mine = commitment(house.bupati, visit_id=asked["visit_id"], aspiration_id=asked["id"], due_on="2026-04-30",
                      office="public_works", text="Memperbaiki jalan usaha tani")
    theirs = commitment(house.bupati, JEDING, due_on="2100-01-31", office="health", text="Menguji air sumur")
    house.dinas.act(path(theirs, "commitments"), "start")
    found_by(house, "commitments", ("due_on", "updated_at"), mine, theirs, [
        ({}, [mine, theirs]), ({"visit_id": theirs["visit_id"]}, [theirs]), ({"aspiration_id": asked["id"]}, [mine]),
        ({"village_code": JEDING}, [theirs]), ({"district_code": "35.05.17"}, [mine]), ({"office": "health"}, [theirs]),
        ({"status": "open"}, [mine]), ({"overdue": "true"}, [mine]), ({"overdue": "false"}, [theirs]),
        ({"due_on_gte": "2027-01-01"}, [theirs]), ({"due_on_lte": "2027-01-01"}, [mine]), ({"q": "jalan"}, [mine]),
        ({"updated_at_gte": theirs["updated_at"]}, [theirs]), ({"updated_at_lte": mine["updated_at"]}, [mine]),
    ])


def test_nothing_of_it_is_public(house):
    made = commitment(house.bupati)
    confirm(house, path(made, "commitments"), None)
    for at in ("/v1/visits", "/v1/aspirations", "/v1/commitments", path(made, "commitments")):
        house.public.get(at, 401)
    assert not [operation for operation in house.contract.operations.values()
                if not operation.security and any(word in operation.path for word in ("visit", "aspiration", "commitment"))]
