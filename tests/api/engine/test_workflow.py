"""The steps of the workflow, the roles that may take them, and the separation of duties."""
import pytest

from client import problem
from house import JEDING
from records import enterprise, publish, umkm
from workflow import NOTE, WAYS, brought_to

# The table of product.md: (action, from, to, decided by the Dinas, needs a note)
STEPS = [
    ("submit", "draft", "submitted", False, False), ("submit", "needs_revision", "submitted", False, False),
    ("withdraw", "submitted", "draft", False, False), ("verify", "submitted", "verified", True, False),
    ("publish", "verified", "published", True, False),
    ("request_revision", "submitted", "needs_revision", True, True), ("reject", "submitted", "rejected", True, True),
    ("archive", "published", "archived", True, False), ("reopen", "rejected", "draft", False, False),
]
ACTIONS = sorted({step[0] for step in STEPS})


@pytest.mark.parametrize("action, before, after, decides, noted", STEPS)
def test_a_step_leads_where_it_should(house, action, before, after, decides, noted):
    path = brought_to(house, before)
    who = house.dinas2 if decides else house.bumdes
    if noted:
        for note, code in ((None, "required"), ("", "blank"), ("   ", "blank")):
            refused = who("POST", f"{path}/actions/{action}", {"note": note}, match="*", status=422)
            assert problem(refused) == ("validation_failed", [("/note", code)])
        assert problem(who("POST", f"{path}/actions/{action}", {}, match="*", status=422))[1] == [("/note", "required")]
    done = who.act(path, action, **({"note": NOTE} if noted else {})).json()
    assert done["status"] == after and (done["status_note"] == NOTE) == noted


@pytest.mark.parametrize("status", WAYS)
def test_a_step_from_anywhere_else_is_a_conflict(house, status):
    path = brought_to(house, status)
    for action in ACTIONS:
        if not any(step[0] == action and step[1] == status for step in STEPS) and not (action, status) in MORE:
            decides = any(step[0] == action and step[3] for step in STEPS)
            who = house.dinas2 if decides else house.bumdes
            assert problem(who("POST", f"{path}/actions/{action}", {"note": NOTE}, match="*",
                               status=409))[0] == "state_conflict", (action, status)
    assert house.bumdes.get(path).json()["status"] == status


# Further steps, which product.md does not list.
MORE = {("request_revision", "verified"), ("request_revision", "published"), ("archive", "verified"), ("reopen", "archived")}


@pytest.mark.parametrize("status", WAYS)
def test_allowed_actions_are_correct(house, status):
    """Every offered action succeeds and every other one is refused, for every caller."""
    actions = set(house.contract.operations["umkm_action"].named("path")[1]["schema"]["enum"])
    for name in ("bumdes", "bumdesma", "dinas", "dinas2", "bupati", "writer", "village_writer", "reader"):
        caller, deviations = house.caller(name), []
        offered = set(caller.get(brought_to(house, status)).json()["allowed_actions"])
        for action in actions | {"update", "request_change", "delete"}:
            path = brought_to(house, status)
            if action in ("update", "request_change"):
                reply = caller.patch(path, {"name": "Nama lain"}, status=None)
            elif action == "delete":
                reply = caller.delete(path, status=None)
            else:
                reply = caller("POST", f"{path}/actions/{action}", {"note": NOTE}, match="*")
            if (reply.status_code in ((202,) if action == "request_change" else (200, 204))) != (action in offered):
                deviations.append((name, status, action, action in offered, reply.status_code))
        assert not deviations, deviations


@pytest.mark.parametrize("status", ["submitted", "verified", "published", "archived", "rejected"])
def test_what_is_not_a_draft_keeps_its_values(house, status):
    path = brought_to(house, status)
    before = house.bumdes.get(path).json()
    for who in (house.bumdes, house.dinas):
        if status in ("verified", "published"):
            assert who.patch(path, {"name": before["name"]}).json()["change_request"] is None, "no change request was opened"
        else:
            assert problem(who.patch(path, {"name": "Nama lain"}, status=409))[0] == "state_conflict"
        assert problem(who.delete(path, status=409))[0] == "state_conflict"
    assert house.bumdes.get(path).json() == before


def test_a_village_decides_nothing(house):
    path = brought_to(house, "submitted")
    for action in ("verify", "reject", "request_revision"):
        assert problem(house.bumdes("POST", f"{path}/actions/{action}", {"note": NOTE}, match="*", status=403))[0] == "forbidden"


def test_a_system_submits_and_never_decides(house):
    path = f"/v1/umkm/{umkm(house.writer)['id']}"
    house.writer.act(path, "submit")
    assert problem(house.writer("POST", f"{path}/actions/verify", {}, match="*", status=403))[0] == "forbidden"


# A writer of a record may not verify it


def test_its_creator_does_not_verify_it(house):
    path = f"/v1/umkm/{umkm(house.dinas)['id']}"
    house.dinas.act(path, "submit")
    assert problem(house.dinas("POST", f"{path}/actions/verify", {}, match="*", status=403))[0] == "forbidden"
    house.dinas2.act(path, "verify")


def test_an_editor_does_not_verify_it(house):
    path = f"/v1/umkm/{umkm(house.bumdes)['id']}"
    house.dinas.patch(path, {"name": "Nama yang diperbaiki Dinas"})
    house.bumdes.act(path, "submit")
    for action in ("verify", "reject", "request_revision"):
        assert problem(house.dinas("POST", f"{path}/actions/{action}", {"note": NOTE}, match="*", status=403))[0] == "forbidden"
    house.dinas2.act(path, "verify")


def test_submitting_it_again_does_not_clear_its_writers(house):
    path = f"/v1/umkm/{umkm(house.dinas)['id']}"
    house.dinas.act(path, "submit")
    house.dinas.act(path, "withdraw")
    house.bumdes.act(path, "submit")
    assert problem(house.dinas("POST", f"{path}/actions/verify", {}, match="*", status=403))[0] == "forbidden"


def test_a_verification_clears_the_writers(house):
    path = f"/v1/umkm/{umkm(house.dinas)['id']}"
    house.dinas.act(path, "submit")
    house.dinas2.act(path, "verify")
    house.dinas.act(path, "publish")


PARTS = {"owner": {"name": "Sulastri Wahyuni"}, "consent": {"contact_public": False, "processing_restricted": False}}
DECISIONS = {"verify", "reject", "request_revision"}


@pytest.mark.parametrize("part", PARTS)
def test_the_writer_of_a_part_does_not_verify_it(house, part):
    path = brought_to(house, "submitted")
    assert DECISIONS <= set(house.dinas.get(path).json()["allowed_actions"])
    house.dinas.put(f"{path}/{part}", PARTS[part])
    assert not DECISIONS & set(house.dinas.get(path).json()["allowed_actions"])
    for action in DECISIONS:
        refused = house.dinas("POST", f"{path}/actions/{action}", {"note": NOTE}, match="*", status=403)
        assert problem(refused) == ("forbidden", [("/status", "verifier_wrote")])
    assert "verify" in house.dinas2.get(path).json()["allowed_actions"]
    house.dinas2.act(path, "verify")
    house.dinas.act(path, "publish")  # has written nothing since the verification


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_was_written_is_read_before_it_is_verified(house, part):
    path = brought_to(house, "submitted")
    for who in (house.bumdes, house.bumdes):  # every time, not only the first
        read = house.dinas2.get(path).headers["ETag"]
        who.put(f"{path}/{part}", PARTS[part])
        assert problem(house.dinas2.act(path, "verify", read, 412))[0] == "version_mismatch"
    house.dinas2.act(path, "verify", house.dinas2.get(path).headers["ETag"])


def test_a_withdrawn_change_neither_adds_nor_removes_a_writer(house):
    """On a verified record, the officer who wrote the owner stays a writer.

    An officer whose change request was withdrawn is not a writer.
    """
    path = brought_to(house, "verified")
    house.dinas.put(path + "/owner", PARTS["owner"])
    for who in (house.dinas, house.dinas2):
        who.patch(path, {"name": "Nama lain"})
        who("POST", path + "/change-request/actions/withdraw", {}, match="*", status=200)
    assert "publish" not in house.dinas.get(path).json()["allowed_actions"]
    assert problem(house.dinas.act(path, "publish", status=403)) == ("forbidden", [("/status", "verifier_wrote")])
    house.dinas2.act(path, "publish")


def test_parts_that_follow_their_record_write_nothing(house):
    """The owner moves with the UMKM, and the ETag of the PATCH stays the current one."""
    path = f"/v1/umkm/{umkm(house.dinas)['id']}"
    house.bumdes.put(path + "/owner", PARTS["owner"])
    moved = house.dinas.patch(path, {"village_code": JEDING})
    assert house.dinas.get(path).headers["ETag"] == moved.headers["ETag"]
    house.dinas.act(path, "submit", moved.headers["ETag"])


def test_a_history_shows_a_part_once(house):
    path = f"/v1/umkm/{umkm(house.bumdes)['id']}"
    house.bumdes.put(path + "/owner", PARTS["owner"])
    entries = [(one["resource"], one["action"]) for one in house.bumdes.get(path + "/history").json()["data"]]
    assert entries == [("umkm_owner", "create"), ("umkm", "create")]


def test_the_database_refuses_it_too(house):
    """A direct SQL statement with the claims of the officer."""
    import json

    import psycopg2
    path = f"/v1/umkm/{umkm(house.dinas)['id']}"
    house.dinas.act(path, "submit")
    connection = house.cluster.connect(house.database, "ovop_test")
    cursor = connection.cursor()
    claims = {"sub": house.dinas.id, "role": "dinas", "operation": "umkm_action", "request_id": "by-hand"}
    cursor.execute("select set_config('app.claims', %s, false)", [json.dumps(claims)])
    cursor.execute("set role ovop_dinas")
    with pytest.raises(psycopg2.Error) as refused:
        cursor.execute("update umkm set status = 'verified' where id = %s", [path.split("/")[-1]])
    assert refused.value.pgcode == "PT403"
    with pytest.raises(psycopg2.Error):
        cursor.execute("update umkm set writers = '{}', status = 'verified' where id = %s", [path.split("/")[-1]])
    connection.close()


# The result of a step


def test_a_verification_is_dated_and_signed(house):
    done = house.dinas2.get(brought_to(house, "verified")).json()
    assert done["verified_by"] == house.dinas2.id and done["verified_at"]


def test_a_deleted_record_is_gone_for_everybody_and_kept(house):
    path = f"/v1/umkm/{umkm(house.bumdes)['id']}"
    house.bumdes.delete(path)
    for name in ("bumdes", "dinas", "bupati", "writer"):
        house.caller(name).get(path, 404)
    house.bumdes.delete(path, status=404)
    house.bumdes.patch(path, {"name": "Nama lain"}, status=404)
    assert house.rows("select deleted_at from umkm where id = %s", [path.split("/")[-1]])[0].deleted_at


def test_an_unknown_action_is_refused(house):
    path = brought_to(house, "draft")
    assert house.bumdes("POST", f"{path}/actions/explode", {}, match="*").status_code in (400, 404)


def test_village_enterprises_follow_the_same_table(house):
    path = f"/v1/village-enterprises/{enterprise(house.bumdes2, JEDING)['id']}"
    assert publish(house, path, house.bumdes2)["status"] == "published"
    assert problem(house.bumdes2.delete(path, status=409))[0] == "state_conflict"


def test_two_decisions_at_once_have_one_winner(house):
    from concurrent.futures import ThreadPoolExecutor

    from client import Client
    path = brought_to(house, "submitted")

    def decide(action):
        client = Client(house.base, house.contract, house.dinas2.token)
        return client("POST", f"{path}/actions/{action}", {"note": NOTE}, match="*").status_code

    with ThreadPoolExecutor(4) as pool:
        statuses = sorted(pool.map(decide, ["verify", "reject", "verify", "reject"]))
    assert statuses == [200, 409, 409, 409]
