"""BUMDes of one village, BUMDesma of several: read by all their villages, kept by the lead."""
import pytest

from client import problem
from house import BALEREJO, JEDING, WLINGI
from records import bumdes, enterprise, publish


def joint(house, client, lead, villages, status=201):
    sent = bumdes(house.contract, lead, villages=villages, kind="bumdesma")
    return client.post("/v1/village-enterprises", sent, status)


def path(made):
    return f"/v1/village-enterprises/{made['id']}"


def test_a_joint_enterprise_is_read_by_all_its_villages(house):
    made = joint(house, house.dinas, JEDING, [JEDING, BALEREJO]).json()
    for name in ("bumdes", "bumdes2", "bumdesma"):
        assert house.caller(name).get(path(made)).json()["villages"] == [JEDING, BALEREJO]
    elsewhere = house.person("elsewhere", "bumdes", ["35.05.01.2001"])
    elsewhere.get(path(made), 404)


def test_a_joint_enterprise_is_kept_by_a_scope_that_holds_the_lead(house):
    made = joint(house, house.dinas, JEDING, [JEDING, BALEREJO]).json()
    assert house.bumdes.get(path(made)).json()["allowed_actions"] == []
    assert problem(house.bumdes.patch(path(made), {"name": "Nama lain"}, status=403))[0] == "forbidden"
    assert problem(house.bumdes.delete(path(made), status=403))[0] == "forbidden"
    assert problem(house.bumdes.act(path(made), "submit", status=403))[0] == "forbidden"
    assert "update" in house.bumdes2.get(path(made)).json()["allowed_actions"]
    house.bumdes2.patch(path(made), {"name": "Nama lain"})


def test_a_bumdesma_officer_of_four_villages_keeps_what_any_of_them_leads(house):
    made = joint(house, house.bumdesma, WLINGI[1], WLINGI).json()
    assert made["villages"] == WLINGI
    house.bumdesma.patch(path(made), {"name": "Kopi Tuan Galang (uji)"})


@pytest.mark.parametrize("kind, villages, code", [
    ("bumdes", [BALEREJO, "35.05.17.2008"], "one_village"), ("bumdesma", [BALEREJO], "several_villages"),
    ("bumdesma", ["35.05.17.2008", JEDING], "lead"),
    ("bumdes", ["35.05.17.2001"], "exists"),
])
def test_the_villages_fit_the_kind(house, kind, villages, code):
    sent = bumdes(house.contract, villages=villages, kind=kind)
    assert ("/villages", code) in problem(house.dinas.post("/v1/village-enterprises", sent, 422))[1]


def test_a_village_is_not_named_twice(house):
    refused = problem(joint(house, house.dinas, BALEREJO, [BALEREJO, BALEREJO], 422))
    assert ("/villages/1", "duplicate_items") in refused[1]


def test_the_lead_does_not_move_out_of_the_scope(house):
    made = enterprise(house.bumdes)
    refused = house.bumdes.patch(path(made), {"village_code": JEDING, "villages": [JEDING]}, status=422)
    assert ("/village_code", "scope") in problem(refused)[1]


def test_a_legal_number_has_its_form_and_belongs_to_one(house):
    made = enterprise(house.bumdes)
    sent = bumdes(house.contract, legal_number=made["legal_number"].lower())
    assert problem(house.bumdes.post("/v1/village-enterprises", sent, 409)) == ("duplicate", [("/legal_number", "unique")])
    refused = house.bumdes.post("/v1/village-enterprises", {**sent, "legal_number": "AHU-1"}, 422)
    assert problem(refused)[1][0][0] == "/legal_number"


def test_a_published_enterprise_is_published(house):
    made = enterprise(house.bumdes2, JEDING)
    assert publish(house, path(made), house.bumdes2)["verified_by"] == house.dinas2.id
