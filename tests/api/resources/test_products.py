"""Products: producer, villages, market reach, and the catalogue."""
import json

import pytest

from client import problem
from house import BALEREJO, JEDING, WLINGI
from records import body, bumdes, change, product, publish, umkm, verify


@pytest.fixture(scope="module")
def maker(house):
    """A UMKM of Balerejo."""
    return umkm(house.bumdes)["id"]


def sent(house, maker, **members):
    return body(house.contract, "product_create", **{"umkm_id": maker, "village_enterprise_id": None, "village_code": BALEREJO,
                                                     "villages": [BALEREJO], **members})


def refused(house, maker, /, **members):
    return problem(house.bumdes.post("/v1/products", sent(house, maker, **members), 422))[1]


def path(made):
    return f"/v1/products/{made['id']}"


def step(who, made, level, on="2026-03-02", status=201, **members):
    fields = {"level": level, "reached_on": on, "evidence": "Kontrak pasokan", **members}
    reply = who.post(path(made) + "/market-steps", fields, None if status == 201 else status)
    if status == 201:  # 202: the step waits for an officer
        assert reply.status_code == (202 if reply.json()["state"] == "pending" else 201), reply.text
    return reply


def steps(who, made, *members, **filters):
    """Returns these members of each step: a tuple, or a value if there is one member."""
    rows = who.pages(path(made) + "/market-steps", limit=2, **filters)
    return [tuple(one[name] for name in members) if members[1:] else one[members[0]] for one in rows]


def decide(who, made, action):
    return who("POST", f"{path(made)}/change-request/actions/{action}", {}, match="*", status=200).json()


def found(who, where="/v1/products", **filters):
    """Returns the ids of all pages of a list."""
    return {one["id"] for one in who.pages(where, limit=200, **filters)}


def joint(house, villages, lead=None):
    """Makes a verified BUMDesma of these villages and returns its id."""
    fields = bumdes(house.contract, lead or villages[0], villages=villages, kind="bumdesma")
    made = house.dinas.post("/v1/village-enterprises", fields).json()["id"]
    verify(house, f"/v1/village-enterprises/{made}", house.dinas)
    return made


# Members


def test_what_was_sent_is_what_is_read(house, maker):
    fields = sent(house, maker)
    made = house.bumdes.post("/v1/products", fields)
    read = house.bumdes.get(made.headers["Location"]).json()
    assert {name: read[name] for name in fields} == fields
    assert (read["status"], read["market_reach"], read["change_request"]) == ("draft", None, None)


@pytest.mark.parametrize("members, fault", [
    ({"umkm_id": None}, ("/umkm_id", "one_producer")), ({"category": "no_such_category"}, ("/category", "exists")),
    ({"hs_code": "00000000"}, ("/hs_code", "pattern")), ({"hs_code": None, "hs_edition": "btki2022"}, ("/hs_edition", "together")),
    ({"hs_code": "0901211"}, ("/hs_code", "pattern")), ({"price_min_idr": -1}, ("/price_min_idr", "too_small")),
    ({"price_min_idr": 2, "price_max_idr": 1}, ("/price_max_idr", "below_minimum")), ({"unit": None}, ("/unit", "required")),
    ({"unit": "barrel"}, ("/unit", "enum")), ({"moq": 0}, ("/moq", "too_small")), ({"name": "  "}, ("/name", "blank")),
    ({"shelf_life_days": 0}, ("/shelf_life_days", "too_small")), ({"market_reach": "local"}, ("/market_reach", "unknown_member")),
    ({"villages": [JEDING]}, ("/villages", "lead")), ({"villages": [BALEREJO, "35.05.17.2001"]}, ("/villages", "exists")),
    ({"village_code": JEDING, "villages": [JEDING]}, ("/village_code", "scope")),
])
def test_what_is_wrong_is_named(house, maker, members, fault):
    assert fault in refused(house, maker, **members)


def test_it_has_one_producer_that_the_writer_knows(house, maker):
    foreign, missing = umkm(house.bumdes2, JEDING)["id"], "01890a5d-ac96-774b-bcce-b302099a8057"
    assert refused(house, foreign) == refused(house, missing) == [("/umkm_id", "exists")], "a hidden UMKM and a missing one look the same"
    enterprise = joint(house, WLINGI)
    assert ("/umkm_id", "one_producer") in refused(house, maker, village_enterprise_id=enterprise)
    house.bumdes.post("/v1/products", sent(house, None, village_enterprise_id=enterprise))
    assert ("/village_enterprise_id", "exists") in refused(house, None, village_enterprise_id=joint(house, [JEDING, WLINGI[0]]))


def test_a_joint_product_is_read_by_all_its_villages_and_kept_by_the_lead(house):
    fields = sent(house, None, village_enterprise_id=joint(house, WLINGI), village_code=WLINGI[0], villages=WLINGI)
    made = house.bumdesma.post("/v1/products", fields).json()
    shown = house.bumdes.get(path(made)).json()
    assert (shown["villages"], shown["allowed_actions"]) == (WLINGI, [])
    for status in (house.bumdes.patch(path(made), {"brand": "Lain"}, status=403), house.bumdes.delete(path(made), status=403),
                   house.bumdes.act(path(made), "submit", status=403), step(house.bumdes, made, "local", status=403)):
        assert problem(status)[0] == "forbidden"
    house.bumdes2.get(path(made), 404)
    house.bumdesma.patch(path(made), {"brand": "Lain"})


@pytest.mark.parametrize("sort", ["name", "-name", "created_at", "-updated_at"])
def test_a_list_merges_own_and_joint_products_in_one_order(house, sort):
    of, lead = WLINGI[1], WLINGI[0]
    word = "Urut" + sort.strip("-").replace("_at", "")[:4] + "asc desc".split()[sort[0] == "-"]
    enterprise, business = joint(house, [lead, of]), umkm(house.dinas, village_code=of)["id"]
    own = {"umkm_id": business, "village_code": of, "villages": [of]}
    joined = {"umkm_id": None, "village_enterprise_id": enterprise, "village_code": lead, "villages": [lead, of]}
    made = [house.bumdesma.post("/v1/products", sent(house, None, name=f"{word} {name}", **members)).json()
            for name, members in (("d", joined), ("a", own), ("c", own), ("e", joined), ("b", joined), ("f", own))]
    member = sort.strip("-")
    ordered = [one["id"] for one in sorted(made, key=lambda one: (one[member], one["id"]), reverse=sort[0] == "-")]
    ours = set(ordered)
    for limit in (1, 2, 4):
        read = [one["id"] for one in house.dinas.pages("/v1/products", village_code=of, status="draft", sort=sort, limit=limit)]
        assert [one for one in read if one in ours] == ordered and len(read) == len(set(read))
    reply = house.dinas.get("/v1/products", params={"village_code": f"{of},{lead}", "limit": 200, "count": "exact"}).json()
    assert ours <= {one["id"] for one in reply["data"]} and reply["page"]["total"] == len(reply["data"])


def test_a_producer_with_products_is_not_deleted(house):
    made = product(house.bumdes)
    maker = f"/v1/umkm/{made['umkm_id']}"
    assert problem(house.bumdes.delete(maker, status=409)) == ("state_conflict", [("/id", "in_use")])
    house.bumdes.delete(path(made))
    house.bumdes.delete(maker)


def test_a_doubt_is_a_warning(house, maker):
    reply = house.bumdes.post("/v1/products", sent(house, maker, hs_code="210390")).json()
    assert [(one["pointer"], one["code"]) for one in reply["warnings"]] == [("/hs_code", "hs_heading")]


def test_its_producer_and_village_are_expanded_when_asked(house, maker):
    made = house.bumdes.post("/v1/products", sent(house, maker)).json()
    assert made["producer"] is made["village"] is None
    full = house.bumdes.get(path(made), params={"expand": "village,producer"}).json()
    assert (full["producer"]["id"], full["producer"]["kind"], full["village"]["name"]) == (maker, "umkm", "Balerejo")
    assert {**full, "producer": None, "village": None} == made


# Market reach


def test_its_reach_is_the_farthest_step_that_holds(house):
    made = product(house.bumdes)
    walked = [("district", "2024-05-01", "district", "2024-05-01"), ("local", "2025-01-01", "district", "2024-05-01"),
              ("national", "2025-06-01", "national", "2025-06-01"), ("national", "2025-02-01", "national", "2025-02-01")]
    for level, on, *reach in walked:
        step(house.bumdes, made, level, on)
        shown = house.bumdes.get(path(made)).json()
        assert (shown["market_reach"], shown["market_reached_on"]) == tuple(reach)
    assert steps(house.bumdes, made, "reached_on") == ["2025-06-01", "2025-02-01", "2025-01-01", "2024-05-01"]


def test_a_step_is_taken_back_by_another(house):
    made = product(house.bumdes)
    step(house.bumdes, made, "local")
    wrong = step(house.bumdes, made, "province").json()
    assert wrong["state"] == "effective"
    back = step(house.bumdes, made, "province", reverses=wrong["id"]).json()
    assert back["state"] == "reversing" and house.bumdes.get(path(made)).json()["market_reach"] == "local"
    states = dict(steps(house.bumdes, made, "id", "state"))
    assert states[wrong["id"]] == "reversed" and states[back["id"]] == "reversing"
    assert steps(house.bumdes, made, "level", state="effective") == ["local"]
    again = problem(step(house.bumdes, made, "province", status=422, reverses=wrong["id"]))
    assert again[1] == [("/reverses", "unique")]


@pytest.mark.parametrize("members, fault", [
    ({"reached_on": "2999-01-01"}, ("/reached_on", "future")), ({"level": "moon"}, ("/level", "enum")),
    ({"evidence": ""}, ("/evidence", "too_short")), ({"export_id": None}, ("/export_id", "unknown_member")),
    ({"reverses": "01890a5d-ac96-774b-bcce-b302099a8057"}, ("/reverses", "exists")),
])
def test_a_step_that_is_wrong_is_refused(house, members, fault):
    made = product(house.bumdes)
    fields = {"level": "local", "reached_on": "2026-01-01", "evidence": "Kontrak", **members}
    assert fault in problem(house.bumdes.post(path(made) + "/market-steps", fields, 422))[1]


def test_a_step_of_another_level_takes_nothing_back(house):
    made = product(house.bumdes)
    first = step(house.bumdes, made, "province").json()
    assert problem(step(house.bumdes, made, "local", status=422, reverses=first["id"]))[1] == [("/reverses", "exists")]


def test_a_step_of_a_published_product_waits_for_another_officer(house):
    made = product(house.bumdes)
    step(house.bumdes, made, "local")
    publish(house, path(made), house.bumdes)
    reply = step(house.bumdes, made, "national").json()
    assert reply["state"] == "pending" and house.bumdes.get(path(made)).json()["market_reach"] == "local"
    assert house.public.get(f"/v1/catalog/products/{made['id']}").json()["market_reach"] == "local"
    decide(house.dinas, made, "verify")
    assert house.public.get(f"/v1/catalog/products/{made['id']}").json()["market_reach"] == "national"
    assert steps(house.bumdes, made, "state") == ["effective"] * 2


def test_a_submitted_product_takes_no_step(house):
    made = product(house.bumdes)
    house.bumdes.act(path(made), "submit")
    assert problem(step(house.bumdes, made, "local", status=409))[0] == "state_conflict"


def lift(house, statement, *values):
    """Runs SQL with the claims of an officer who verifies an export."""
    claims = '{"sub": "%s", "role": "dinas", "operation": "export_action"}' % house.dinas.id
    connection = house.cluster.connect(house.database, "ovop_test")
    connection.autocommit = False
    cursor = connection.cursor()
    cursor.execute("select set_config('app.claims', %s, true), set_config('role', 'ovop_dinas', true)", [claims])
    cursor.execute(statement, values)
    connection.commit()
    connection.close()


def test_an_export_lifts_its_product_past_the_workflow_and_lets_it_fall_again(house):
    made, export = product(house.bumdes), "01890a5d-ac96-774b-bcce-b302099a8057"
    step(house.bumdes, made, "national")
    change(house, path(made), house.bumdes, {"brand": "Yang diminta"})
    before = house.bumdes.get(path(made)).json()
    lift(house, "select product_market_lift(%s, %s, '2026-02-03', 'PEB 000123')", made["id"], export)
    lifted = house.bumdes.get(path(made)).json()
    assert (lifted["market_reach"], lifted["market_reached_on"]) == ("international", "2026-02-03")
    for member in ("status", "brand", "change_request", "verified_by"):
        assert lifted[member] == before[member]
    of_export, = (id for id, of in steps(house.bumdes, made, "id", "export_id", state="effective") if of == export)
    decide(house.bumdes, made, "withdraw")
    refused = step(house.bumdes, made, "international", status=422, reverses=of_export)
    assert problem(refused)[1] == [("/reverses", "exists")], "only its export takes the step back"
    lift(house, "select product_market_unlift(%s, %s, 'Dibatalkan')", made["id"], export)
    assert house.bumdes.get(path(made)).json()["market_reach"] == "national"
    back = steps(house.bumdes, made, "reverses", "export_id", "evidence", state="reversing")
    assert back == [(of_export, export, "Dibatalkan")]


def test_a_step_that_waits_survives_an_export_between(house):
    made, export = product(house.bumdes), "01890a5d-ac96-774b-bcce-b302099a8058"
    publish(house, path(made), house.bumdes)
    step(house.bumdes, made, "province")
    lift(house, "select product_market_lift(%s, %s, '2026-02-03', 'PEB 000124')", made["id"], export)
    assert house.dinas.get(path(made)).json()["market_reach"] == "international"
    decide(house.dinas2, made, "verify")
    assert steps(house.bumdes, made, "level", state="effective") == ["province", "international"]


# Lists


def test_every_filter_finds_it_and_not_another(house):
    made = product(house.bumdes2, JEDING, name="Kendang Saring Uji", category="musical_instrument", hs_code="92060000")
    step(house.bumdes2, made, "province")
    other = product(house.bumdes, name="Kopi Bukan Kendang")
    here = {"village_code": JEDING, "district_code": JEDING[:8], "umkm_id": made["umkm_id"], "category": "musical_instrument",
            "hs_code": "92060000", "market_reach": "province,national", "status": "draft", "q": "kendang sar", "id": made["id"]}
    for name, value in here.items():
        ids = found(house.dinas, **{name: value})
        assert made["id"] in ids and (other["id"] not in ids or name == "status"), name
    assert made["id"] not in found(house.dinas, status_ne="draft", category="musical_instrument")


def test_a_product_of_a_village_enterprise_is_found_by_it(house):
    enterprise = joint(house, WLINGI)
    fields = sent(house, None, village_enterprise_id=enterprise, village_code=WLINGI[0], villages=WLINGI)
    made = house.bumdesma.post("/v1/products", fields).json()
    for name, value in (("village_enterprise_id", enterprise), ("village_code", WLINGI[3])):
        assert made["id"] in found(house.dinas, **{name: value}), name


@pytest.mark.parametrize("words", ["kopi pelangi", "rainbow cof", "dipetik hujan", "picked in ra", "cap jempol"])
def test_words_of_names_stories_and_brand_find_it_in_both_languages(house, words):
    made = product(house.bumdes, name="Kopi Pelangi", name_en="Rainbow Coffee", brand="Cap Jempol",
                   story="Dipetik setelah hujan.", story_en="Picked in rain.")
    assert made["id"] in found(house.bumdes, q=words)
    publish(house, path(made), house.bumdes)
    assert made["id"] in found(house.public, CATALOGUE, q=words)


@pytest.mark.parametrize("sort", ["name", "-name", "created_at", "-created_at", "updated_at", "-updated_at"])
def test_every_sort_walks_all_pages_in_order(house, sort):
    for number in range(3):
        product(house.bumdes, name=f"Urut {number}")
    key = sort.lstrip("-")
    rows = list(house.bumdes.pages("/v1/products", sort=sort, limit=2))
    keys = [one[key] for one in rows]
    assert keys == house.in_order(keys, sort[0] == "-") and len({one["id"] for one in rows}) == len(rows) >= 3


def test_json_built_by_sql_looks_like_the_rest_of_the_reply(house):
    odd = 'Warung "A" , B : \\ {  [ ]'
    made = product(house.bumdes, umkm_id=umkm(house.bumdes, name=odd)["id"])
    reply = house.bumdes.get(path(made), params={"expand": "producer"})
    assert reply.json()["producer"]["name"] == odd
    assert reply.text == json.dumps(reply.json(), ensure_ascii=False, separators=(",", ":"))


# The catalogue

CATALOGUE = "/v1/catalog/products"


@pytest.fixture(scope="module")
def listed(house):
    made = product(house.bumdes2, JEDING, name="Kendang Katalog Uji", category="musical_instrument", hs_code="92060000")
    step(house.bumdes2, made, "national")
    publish(house, path(made), house.bumdes2)
    return made


def address(made):
    return f"{CATALOGUE}/{made['id']}"


def test_what_is_published_is_read_by_anybody(house, listed):
    one = house.public.get(address(listed))
    shown = one.json()
    assert (shown["name"], shown["market_reach"]) == (listed["name"], "national")
    assert (shown["category_name"], shown["category_name_en"]) == ("Alat musik", "Musical instruments")
    assert shown["villages"] == [{"code": JEDING, "name": "Jeding"}] and "public" in one.headers["Cache-Control"]
    assert shown in list(house.public.pages(CATALOGUE, village_code=JEDING))
    assert shown == house.bumdes.get(address(listed)).json(), "the same for every caller"
    assert not {"status", "created_by", "source", "change_request", "allowed_actions", "warnings", "umkm_id"} & set(shown)


def test_what_is_not_published_is_not_there(house):
    made = product(house.bumdes)
    for action, who in (("submit", house.bumdes), ("verify", house.dinas2)):
        who.act(path(made), action)
        house.public.get(address(made), 404)
    house.dinas2.act(path(made), "publish")
    house.public.get(address(made))
    house.dinas2.act(path(made), "archive")
    house.public.get(address(made), 404)


def test_a_producer_is_named_once_it_is_published(house, listed):
    shown = house.public.get(address(listed)).json()
    assert shown["producer_kind"] == "umkm" and shown["producer_id"] is shown["producer_name"] is None
    assert shown["contact"]["of"] == "dinas"
    made = umkm(house.bumdes2, JEDING, name="Kendang Pembuat Uji", contact_phone="+6281234500077")
    publish(house, f"/v1/umkm/{made['id']}", house.bumdes2)
    house.bumdes2.patch(path(listed), {"umkm_id": made["id"]})
    decide(house.dinas, listed, "verify")
    shown = house.public.get(address(listed))
    assert shown.json()["producer_name"] == "Kendang Pembuat Uji" and "+6281234500077" not in shown.text
    consent, given = f"/v1/umkm/{made['id']}/consent", {"contact_public": True, "given_on": "2026-01-02"}
    house.bumdes2.put(consent, {**given, "processing_restricted": False})
    house.dinas2.act(f"/v1/umkm/{made['id']}/change-request", "verify")
    assert house.public.get(address(listed)).json()["contact"]["phone"] == "+6281234500077"
    house.bumdes2.put(consent, {**given, "processing_restricted": True})
    for who, where in ((house.public, address(listed)), (house.bupati, path(listed)), (house.reader, path(listed))):
        who.get(where, 404)
    house.bumdes2.put(consent, {"contact_public": False, "processing_restricted": False})
    house.public.get(address(listed))


def test_the_catalogue_is_filtered_and_sorted(house, listed):
    fit = {"village_code": JEDING, "district_code": JEDING[:8], "category": "musical_instrument", "hs_code": "92060000",
           "market_reach": "national", "q": "kendang katalog", "id": listed["id"]}
    for name, value in fit.items():
        assert listed["id"] in found(house.public, CATALOGUE, **{name: value}), name
    unfit = {"village_code": BALEREJO, "district_code": BALEREJO[:8], "category": "coffee", "market_reach": "local"}
    for name, value in unfit.items():
        assert listed["id"] not in found(house.public, CATALOGUE, **{name: value}), name
    for sort in ("name", "-name", "updated_at", "-updated_at"):
        keys = [one[sort.lstrip("-")] for one in house.public.pages(CATALOGUE, sort=sort, limit=2)]
        assert keys == house.in_order(keys, sort[0] == "-"), sort


def test_the_catalogue_finds_the_products_of_a_producer(house):
    made = product(house.bumdes)
    publish(house, path(made), house.bumdes)
    # The UMKM is not published.
    assert found(house.public, CATALOGUE, umkm_id=made["umkm_id"]) == set()
    publish(house, f"/v1/umkm/{made['umkm_id']}", house.bumdes)
    assert found(house.public, CATALOGUE, umkm_id=made["umkm_id"]) == {made["id"]}
