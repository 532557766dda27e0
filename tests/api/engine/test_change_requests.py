"""A verified or published record keeps its values until another officer verifies the change."""
from concurrent.futures import ThreadPoolExecutor

import pytest

from client import Client, problem
from house import JEDING
from records import certification, change, enterprise, product, publish, umkm, village_potential
from workflow import brought_to

RESOURCES = {"umkm": (umkm, "name"), "village-enterprises": (enterprise, "name"), "products": (product, "name"),
             "village-potentials": (village_potential, "commodity"), "certifications": (certification, "issuer")}


def asked(house, noun="umkm", value="Nama yang diminta"):
    """Opens a change request on a published record.

    Returns the path of the record, its old name and the reply to the PATCH.
    """
    make, member = RESOURCES[noun]
    made = make(house.bumdes)
    path = f"/v1/{noun}/{made['id']}"
    return path, made[member], change(house, path, house.bumdes, {member: value})


def decide(who, path, action, status=200, match="*", note=None):
    return who("POST", f"{path}/change-request/actions/{action}", {"note": note}, match=match, status=status)


@pytest.mark.parametrize("noun", RESOURCES)
def test_a_change_is_made_when_another_officer_verifies_it(house, noun):
    path, before, reply = asked(house, noun)
    member = RESOURCES[noun][1]
    open_one = reply.json()["change_request"]
    assert reply.json()[member] == before and open_one["members"] == [member] and open_one["requested_by"] == house.bumdes.id
    shown = house.dinas.get(path + "/change-request").json()
    assert shown["id"] == open_one["id"] and shown["status"] == "open"
    assert shown["allowed_actions"] == ["verify", "reject", "withdraw"]
    assert shown["changes"] == [{"member": member, "old": before, "new": "Nama yang diminta"}]
    done = decide(house.dinas, path, "verify").json()
    assert (done[member], done["status"], done["change_request"]) == ("Nama yang diminta", "published", None)
    assert done["verified_by"] == house.dinas.id
    closed = house.bumdes.get(path + "/change-request").json()
    assert (closed["status"], closed["decided_by"]) == ("verified", house.dinas.id)
    assert closed["allowed_actions"] == closed["changes"] == []


@pytest.mark.parametrize("noun", RESOURCES)
def test_a_rejected_change_leaves_the_record_and_says_why(house, noun):
    path, before, _ = asked(house, noun)
    assert problem(decide(house.dinas, path, "reject", 422)) == ("validation_failed", [("/note", "required")])
    assert decide(house.dinas, path, "reject", note="Nama tidak sesuai NIB").json()[RESOURCES[noun][1]] == before
    reply = house.bumdes.get(path + "/change-request").json()
    assert (reply["status"], reply["note"], reply["changes"][0]["new"]) == ("rejected", "Nama tidak sesuai NIB", "Nama yang diminta")


def test_a_withdrawn_change_makes_room_for_another(house):
    path, before, _ = asked(house)
    decide(house.bumdes, path, "withdraw")
    again = house.bumdes.patch(path, {"name": "Nama ketiga", "workers_male": 9}).json()
    assert again["name"] == before and again["change_request"]["members"] == ["name", "workers_male"]


def test_the_public_sees_the_old_value_until_then(house):
    path, before, _ = asked(house, "products")
    address = "/v1/catalog" + path[3:]
    assert house.public.get(address).json()["name"] == before
    assert "Nama yang diminta" not in house.public.get("/v1/catalog/products", params={"id": path.split("/")[-1]}).text
    decide(house.dinas, path, "verify")
    assert house.public.get(address).json()["name"] == "Nama yang diminta"


def test_only_what_differs_is_asked_for(house):
    path = f"/v1/umkm/{umkm(house.bumdes, workers_male=4)['id']}"
    publish(house, path, house.bumdes)
    before = house.bumdes.get(path)
    same = house.bumdes.patch(path, {"workers_male": 4})
    assert same.json() == before.json() and same.headers["ETag"] == before.headers["ETag"]
    asked_for = house.bumdes.patch(path, {"workers_male": 4, "workers_female": None}).json()["change_request"]
    assert asked_for["members"] == ["workers_female"]


def test_a_verified_record_is_asked_to_change_before_it_is_published(house):
    path = brought_to(house, "verified")
    assert house.bumdes.patch(path, {"name": "Nama lain"}).json()["change_request"]
    refused = house.dinas2("POST", path + "/actions/publish", {}, match="*", status=409)
    assert problem(refused) == ("state_conflict", [("/change_request", "change_open")])
    decide(house.dinas, path, "verify")
    assert house.dinas2.act(path, "publish").json()["name"] == "Nama lain"


# Decisions


def test_the_requester_does_not_decide_the_change(house):
    path = f"/v1/umkm/{umkm(house.bumdes)['id']}"
    change(house, path, house.bumdes, {"name": "Sementara"})
    decide(house.bumdes, path, "withdraw")
    house.dinas.patch(path, {"name": "Nama dari Dinas"})
    for action in ("verify", "reject"):
        assert problem(decide(house.dinas, path, action, 403, note="x")) == ("forbidden", [("/status", "verifier_wrote")])
    assert house.dinas.get(path + "/change-request").json()["allowed_actions"] == ["withdraw"]
    assert decide(house.dinas2, path, "verify").json()["name"] == "Nama dari Dinas"


def test_those_who_keep_the_record_only_withdraw(house):
    path, *_ = asked(house)
    assert house.bumdes.get(path).json()["allowed_actions"] == ["withdraw_change"]
    for who in (house.bumdes, house.writer):
        assert problem(decide(who, path, "verify", 403))[0] == "forbidden"
    decide(house.village_writer, path, "withdraw")


def test_allowed_actions_of_a_record_with_a_request_are_correct(house):
    """Every offered action succeeds and every other one is refused, for every caller."""
    workflow = set(house.contract.operations["umkm_action"].named("path")[1]["schema"]["enum"])
    for name in ("bumdes", "bumdesma", "dinas", "dinas2", "bupati", "writer", "village_writer", "reader"):
        for action in sorted(workflow | {"update", "request_change", "delete", "verify_change", "reject_change", "withdraw_change"}):
            caller, (path, *_) = house.caller(name), asked(house)
            offered = action in caller.get(path).json()["allowed_actions"]
            if action in ("update", "request_change"):
                reply = caller.patch(path, {"name": "Nama lain"}, status=None)
            elif action == "delete":
                reply = caller.delete(path, status=None)
            elif action.endswith("_change"):
                reply = decide(caller, path, action.removesuffix("_change"), None, note="x")
            else:
                reply = caller("POST", f"{path}/actions/{action}", {"note": "x"}, match="*")
            assert (reply.status_code in (200, 204)) == offered, (name, action, reply.status_code)


def test_a_request_is_where_the_record_is(house):
    path = f"/v1/umkm/{umkm(house.bumdes2, JEDING)['id']}"
    change(house, path, house.bumdes2, {"name": "Nama lain"})
    house.bumdes.get(path + "/change-request", 404)
    decide(house.bumdes, path, "withdraw", 404)


def test_without_a_request_there_is_nothing_to_decide(house):
    path = brought_to(house, "published")
    house.dinas.get(path + "/change-request", 404)
    assert problem(decide(house.dinas, path, "verify", 409))[0] == "state_conflict"
    house.bumdes.patch(path, {"name": "Nama lain"})
    decide(house.dinas, path, "verify")
    assert problem(decide(house.dinas, path, "verify", 409))[0] == "state_conflict"


# One at a time


def test_a_second_request_is_409_and_names_the_first(house):
    path, _, reply = asked(house)
    refused = house.dinas.patch(path, {"workers_male": 1}, status=409)
    assert problem(refused) == ("state_conflict", [("/change_request", "change_open")])
    assert reply.json()["change_request"]["id"] in refused.text


def test_of_eight_at_once_one_wins(house):
    path = brought_to(house, "published")

    def ask(number):
        client = Client(house.base, house.contract, house.bumdes.token)
        return client.patch(path, {"name": f"Nama {number}"}, status=None).status_code

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(ask, range(8))) == [202] + [409] * 7


def test_two_decisions_at_once_have_one_winner(house):
    path, *_ = asked(house)

    def settle(action):
        client = Client(house.base, house.contract, house.dinas2.token)
        return decide(client, path, action, None, note="x").status_code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(settle, ["verify", "reject", "verify", "withdraw"])) == [200] + [409] * 3


def test_nothing_else_happens_while_one_is_open(house):
    path, *_ = asked(house)
    for action in ("archive", "request_revision"):
        assert problem(house.dinas2("POST", f"{path}/actions/{action}", {"note": "x"}, match="*", status=409))[1] == \
            [("/change_request", "change_open")]
    assert problem(house.bumdes.delete(path, status=409))[0] == "state_conflict"


def test_a_verification_needs_the_version_of_the_change(house):
    path, _, opened = asked(house)
    read = house.dinas.get(path + "/change-request").headers["ETag"]
    assert read.split(".")[0] == opened.headers["ETag"].split(".")[0], "the change request raised the version of the record"
    decide(house.bumdes, path, "withdraw")
    house.bumdes.patch(path, {"name": "Nama yang lain sekali"})
    assert problem(decide(house.dinas, path, "verify", 412, match=read))[0] == "version_mismatch"
    decide(house.dinas, path, "verify", match=house.dinas.get(path + "/change-request").headers["ETag"])


# Content of a change request


@pytest.mark.parametrize("patch, expected", [
    ({"founded_on": "2999-01-01"}, (422, "validation_failed", [("/founded_on", "future")])),
    ({"kbli_code": None, "kbli_edition": "2020"}, (422, "validation_failed", [("/kbli_edition", "together")])),
    ({"village_code": JEDING}, (422, "validation_failed", [("/village_code", "scope")])),
])
def test_a_rule_is_checked_when_a_change_is_requested(house, patch, expected):
    path = brought_to(house, "published")
    status, *rest = expected
    assert problem(house.bumdes.patch(path, patch, status=status)) == tuple(rest)
    assert house.bumdes.get(path).json()["change_request"] is None


def test_a_record_moves_to_another_village_by_a_verified_change(house):
    path = brought_to(house, "published")
    house.dinas.patch(path, {"village_code": JEDING})
    house.bumdes.get(path)
    decide(house.dinas2, path, "verify")
    house.bumdes.get(path, 404)
    house.bumdes2.get(path)


# History and retries


def test_a_history_of_a_member_shows_who_changed_it_and_the_old_value(house):
    path, before, reply = asked(house)
    decide(house.dinas, path, "reject", note="Belum sesuai")
    house.bumdes.patch(path, {"name": "Nama kedua", "workers_male": 8})
    decide(house.dinas, path, "verify")
    entries = [(one["action"], one["subject"], [(c["member"], c["old"], c["new"]) for c in one["changes"]])
               for one in house.bumdes.pages(path + "/history", member="name", limit=2)]
    assert entries == [
        ("verify_change", house.dinas.id, [("name", before, "Nama kedua")]),
        ("request_change", house.bumdes.id, [("name", before, "Nama kedua")]),
        ("reject_change", house.dinas.id, [("name", before, "Nama yang diminta")]),
        ("request_change", house.bumdes.id, [("name", before, "Nama yang diminta")]),
        ("create", house.bumdes.id, [("name", None, before)]),
    ]
    assert {"member": "note", "old": None, "new": "Belum sesuai", "personal": False} in \
        [c for one in house.bumdes.pages(path + "/history") for c in one["changes"]]
    assert list(house.bumdes.pages(path + "/history", member="nothing_of_it")) == []


def test_personal_values_of_a_request_stay_out_of_the_history(house):
    path = brought_to(house, "published")
    house.bumdes.patch(path, {"contact_phone": "+6281999000111"})
    decide(house.dinas, path, "verify")
    assert house.bumdes.get(path).json()["contact_phone"] == "+6281999000111"
    entries = list(house.bumdes.pages(path + "/history", member="contact_phone"))
    assert [one["action"] for one in entries] == ["verify_change", "request_change", "create"] and "81999000111" not in str(entries)
    assert house.rows("select from audit_log where changes::text like '%%81999000111%%'") == []


@pytest.mark.parametrize("noun", RESOURCES)
def test_what_waits_for_a_decision_is_found(house, noun):
    path, *_ = asked(house, noun)
    id = path.split("/")[-1]
    assert id in {one["id"] for one in house.dinas.pages(f"/v1/{noun}", change_request="open", limit=200)}
    decide(house.bumdes, path, "withdraw")
    assert id not in {one["id"] for one in house.dinas.pages(f"/v1/{noun}", change_request="open", limit=200)}


def test_a_retried_request_is_one_request(house):
    path = brought_to(house, "published")
    key = {"Idempotency-Key": "ask-once"}
    first, second = (house.bumdes.patch(path, {"name": "Nama lain"}, headers=key) for _ in range(2))
    assert first.content == second.content
