"""Village potentials: from the first record until a product exists."""
import pytest

from client import problem
from house import BALEREJO, JEDING, WLINGI
from records import body, product, publish, village_potential as potential

WHERE = "/v1/village-potentials"
STAGES = ["identified", "assessed", "piloted", "product"]


def path(made):
    return f"{WHERE}/{made['id']}"


def refused(house, /, **members):
    fields = body(house.contract, "village_potential_create", **{"village_code": BALEREJO, **members})
    return problem(house.bumdes.post(WHERE, fields, 422))[1]


def found(who, **filters):
    return {one["id"] for one in who.pages(WHERE, limit=200, **filters)}


def shown(house, village=BALEREJO):
    """Returns the potentials of a village in the catalogue, by id."""
    return {one["id"]: one for one in house.public.get(f"/v1/catalog/villages/{village}").json()["potentials"]}


# Members


def test_what_was_sent_is_what_is_read(house):
    fields = body(house.contract, "village_potential_create", village_code=BALEREJO)
    made = house.bumdes.post(WHERE, fields)
    read = house.bumdes.get(made.headers["Location"]).json()
    assert {name: read[name] for name in fields} == fields
    assert (read["status"], read["stage"], read["district_code"]) == ("draft", "identified", BALEREJO[:8])


def test_what_is_not_known_is_null(house):
    made = house.bumdes.post(WHERE, {"commodity": "Air terjun", "kind": "tourism", "village_code": BALEREJO}).json()
    assert {made[name] for name in ("category", "quantity", "unit", "season_months", "description", "product_id")} == {None}


@pytest.mark.parametrize("members, fault", [
    ({"kind": "gold"}, ("/kind", "enum")), ({"category": "no_such_category"}, ("/category", "exists")),
    ({"unit": None}, ("/unit", "together")), ({"quantity": None}, ("/unit", "together")), ({"unit": "acre"}, ("/unit", "enum")),
    ({"quantity": "0"}, ("/quantity", "range")), ({"quantity": "1.2345"}, ("/quantity", "pattern")),
    ({"quantity": 5}, ("/quantity", "type")), ({"season_months": [13]}, ("/season_months/0", "too_large")),
    ({"season_months": []}, ("/season_months", "too_few_items")), ({"season_months": [6, 6]}, ("/season_months/1", "duplicate_items")),
    ({"commodity": " "}, ("/commodity", "blank")), ({"stage": "sold"}, ("/stage", "enum")),
    ({"village_code": JEDING}, ("/village_code", "scope")), ({"village_code": "35.05.17.2001"}, ("/village_code", "exists")),
    ({"stage": "product"}, ("/product_id", "together")),
    ({"stage": "product", "product_id": "01890a5d-ac96-774b-bcce-b302099a8057"}, ("/product_id", "exists")),
])
def test_what_is_wrong_is_named(house, members, fault):
    assert fault in refused(house, **members)


def test_a_quantity_keeps_its_digits(house):
    assert [potential(house.bumdes, quantity=value)["quantity"] for value in ("42.50", "9999999999.999", "7")] == \
        ["42.5", "9999999999.999", "7"]


# Stage


def test_its_stage_moves_one_step_at_a_time(house):
    made = potential(house.bumdes)
    of_it = product(house.bumdes)["id"]
    for stage in STAGES[1:3]:
        assert house.bumdes.patch(path(made), {"stage": stage}).json()["stage"] == stage
    done = house.bumdes.patch(path(made), {"stage": "product", "product_id": of_it}).json()
    assert (done["stage"], done["product_id"]) == ("product", of_it)


@pytest.mark.parametrize("before, after", [("identified", "piloted"), ("identified", "product"), ("assessed", "product")])
def test_a_step_is_not_left_out(house, before, after):
    made = potential(house.bumdes, stage=before)
    fields = {"stage": after, "product_id": product(house.bumdes)["id"] if after == "product" else None}
    assert problem(house.bumdes.patch(path(made), fields, status=422))[1] == [("/stage", "one_step")]


def test_a_way_back_is_a_correction(house):
    made = potential(house.bumdes, stage="piloted")
    assert house.bumdes.patch(path(made), {"stage": "identified"}).json()["stage"] == "identified"


def test_a_potential_may_begin_at_any_stage(house):
    of_it = product(house.bumdes)["id"]
    assert potential(house.bumdes, stage="product", product_id=of_it)["product_id"] == of_it


def test_a_product_is_named_in_its_stage_alone(house):
    made, of_it = potential(house.bumdes, stage="piloted"), product(house.bumdes)["id"]
    assert problem(house.bumdes.patch(path(made), {"product_id": of_it}, status=422))[1] == [("/product_id", "together")]
    assert problem(house.bumdes.patch(path(made), {"stage": "product"}, status=422))[1] == [("/product_id", "together")]


def test_the_product_is_a_living_one_of_the_village(house):
    elsewhere, gone = product(house.bumdes2, JEDING)["id"], product(house.bumdes)["id"]
    house.bumdes.delete(f"/v1/products/{gone}")
    for id in (elsewhere, gone):
        assert refused(house, stage="product", product_id=id) == [("/product_id", "exists")]
    assert ("/product_id", "exists") in problem(house.dinas.post(WHERE, body(
        house.contract, "village_potential_create", stage="product", product_id=elsewhere), 422))[1], "also if the caller may read it"
    joint = product(house.bumdesma, WLINGI[0], villages=WLINGI, umkm_id=None, village_enterprise_id=house.bumdesma.post(
        "/v1/village-enterprises", body(house.contract, "village_enterprise_create", village_code=WLINGI[0], villages=WLINGI,
                                        kind="bumdesma")).json()["id"])
    assert potential(house.bumdes, stage="product", product_id=joint["id"])["product_id"] == joint["id"]


def test_a_product_that_a_potential_became_stays(house):
    made = product(house.bumdes)
    of_it = potential(house.bumdes, stage="product", product_id=made["id"])
    assert problem(house.bumdes.delete(f"/v1/products/{made['id']}", status=409)) == ("state_conflict", [("/id", "in_use")])
    house.bumdes.patch(path(of_it), {"stage": "piloted", "product_id": None})
    house.bumdes.delete(f"/v1/products/{made['id']}")


def test_a_published_one_goes_on_by_another_officers_decision(house):
    made = potential(house.bumdes, stage="assessed")
    publish(house, path(made), house.bumdes)
    skipping = house.bumdes.patch(path(made), {"stage": "product", "product_id": product(house.bumdes)["id"]}, status=422)
    assert problem(skipping)[1] == [("/stage", "one_step")], "the change request is refused at once"
    asked = house.bumdes.patch(path(made), {"stage": "piloted", "season_months": [5, 6]}).json()
    assert (asked["stage"], asked["change_request"]["members"]) == ("assessed", ["season_months", "stage"])
    house.dinas("POST", path(made) + "/change-request/actions/verify", {}, match="*", status=200)
    done = house.bumdes.get(path(made)).json()
    assert (done["stage"], done["season_months"], done["status"]) == ("piloted", [5, 6], "published")
    assert shown(house)[made["id"]]["stage"] == "piloted"


def test_its_history_shows_every_step(house):
    made = potential(house.bumdes)
    for stage in STAGES[1:3]:
        house.bumdes.patch(path(made), {"stage": stage})
    reply = house.dinas.get(path(made) + "/history", params={"member": "stage"}).json()["data"]
    assert [(one["changes"][0]["old"], one["changes"][0]["new"]) for one in reply[:2]] == \
        [("assessed", "piloted"), ("identified", "assessed")]


# Lists


def test_every_filter_finds_it_and_not_another(house):
    of_it = product(house.bumdes2, JEDING)["id"]
    made = potential(house.bumdes2, JEDING, commodity="Kayu mahoni uji", kind="craft", category="musical_instrument", stage="product",
                     product_id=of_it, season_months=[1, 2], description_en="Turned into drums.")
    other = potential(house.bumdes)
    for name, value in {"village_code": JEDING, "district_code": JEDING[:8], "kind": "craft,culture", "season_month": 2,
                        "category": "musical_instrument", "stage": "piloted,product", "product_id": of_it, "status": "draft",
                        "q": "mahoni turned", "id": made["id"], "updated_at_gte": made["updated_at"]}.items():
        ids = found(house.dinas, **{name: value})
        assert made["id"] in ids and (other["id"] not in ids or name in ("status", "updated_at_gte")), name
    for name, value in {"status_ne": "draft", "season_month": 3, "updated_at_lte": "2020-01-01T00:00:00Z"}.items():
        assert made["id"] not in found(house.dinas, village_code=JEDING, **{name: value}), name
    publish(house, path(made), house.bumdes2)
    house.bumdes2.patch(path(made), {"season_months": None})
    assert found(house.dinas, change_request="open", village_code=JEDING, kind="craft") == {made["id"]}


def test_its_village_and_product_are_expanded_when_asked(house):
    of_it = product(house.bumdes)
    made = potential(house.bumdes, stage="product", product_id=of_it["id"])
    assert made["village"] is made["product"] is None
    full = house.bumdes.get(path(made), params={"expand": "village,product"}).json()
    assert full["product"] == {name: of_it[name] for name in ("id", "name", "name_en", "category")}
    assert full["village"]["name"] == "Balerejo" and {**full, "village": None, "product": None} == made


# The catalogue


def test_what_is_published_stands_on_the_villages_page(house):
    made = potential(house.bumdes, commodity="Kakao uji", category="cocoa_chocolate")
    assert made["id"] not in shown(house)
    publish(house, path(made), house.bumdes)
    reply = shown(house)[made["id"]]
    assert (reply["commodity"], reply["quantity"], reply["season_months"]) == ("Kakao uji", "42.5", [6, 7, 8])
    assert (reply["category_name"], reply["category_name_en"]) == ("Kakao dan cokelat", "Cocoa and chocolate")
    assert not {"status", "created_by", "source", "village_code"} & set(reply)
    listed, = house.public.pages("/v1/catalog/villages", code=BALEREJO)
    assert reply in listed["potentials"] and made["id"] not in shown(house, JEDING)
    house.dinas2.act(path(made), "archive")
    assert made["id"] not in shown(house)


def test_the_product_it_became_is_named_once_it_is_published(house):
    of_it = product(house.bumdes)
    made = potential(house.bumdes, stage="product", product_id=of_it["id"])
    publish(house, path(made), house.bumdes)
    assert shown(house)[made["id"]]["product_id"] is None
    publish(house, f"/v1/products/{of_it['id']}", house.bumdes)
    assert shown(house)[made["id"]]["product_id"] == of_it["id"]
