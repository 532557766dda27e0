"""BUMDes of one village and BUMDesma of several: all villages read, the lead writes."""
import pytest

from client import problem
from house import BALEREJO, JEDING, WLINGI
from records import bumdes, enterprise, product, publish, verify


def joint(house, client, lead, villages, status=201):
    sent = bumdes(house.contract, lead, villages=villages, kind="bumdesma")
    return client.post("/v1/village-enterprises", sent, status)


def path(made):
    return f"/v1/village-enterprises/{made['id']}"


def test_a_verified_joint_enterprise_is_read_by_all_its_villages(house):
    made = joint(house, house.dinas, JEDING, [JEDING, BALEREJO]).json()
    verify(house, path(made), house.dinas)
    for name in ("bumdes", "bumdes2", "bumdesma"):
        assert house.caller(name).get(path(made)).json()["villages"] == [JEDING, BALEREJO]
    elsewhere = house.person("elsewhere", "bumdes", ["35.05.01.2001"])
    elsewhere.get(path(made), 404)


def test_a_joint_enterprise_is_kept_by_a_scope_that_holds_the_lead(house):
    made = joint(house, house.dinas, JEDING, [JEDING, BALEREJO]).json()
    verify(house, path(made), house.dinas)
    house.dinas2.act(path(made), "request_revision", note="Lengkapi")
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


def test_a_legal_number_has_its_form(house):
    refused = house.bumdes.post("/v1/village-enterprises", bumdes(house.contract, legal_number="AHU-1"), 422)
    assert problem(refused)[1][0][0] == "/legal_number"


def test_a_published_enterprise_is_published(house):
    made = enterprise(house.bumdes2, JEDING)
    assert publish(house, path(made), house.bumdes2)["verified_by"] == house.dinas2.id


# Lines of business and rank


COFFEE = {"name": "Pengolahan kopi", "kbli_code": "10761", "kbli_edition": "2025", "started_on": "2019-06-01"}


def test_unit_businesses_are_complete(house):
    made = enterprise(house.bumdes, unit_businesses=[COFFEE, {"name": "Simpan pinjam"}])
    loans = {"name": "Simpan pinjam", "kbli_code": None, "kbli_edition": None, "started_on": None}
    assert made["unit_businesses"] == [COFFEE, loans]
    changed = house.bumdes.patch(path(made), {"unit_businesses": [loans, COFFEE]}).json()
    assert changed["unit_businesses"] == [loans, COFFEE]


@pytest.mark.parametrize("members, fault", [
    ({"unit_businesses": [COFFEE, {"name": "pengolahan KOPI"}]}, ("/unit_businesses/1/name", "duplicate_items")),
    ({"unit_businesses": [{"name": "Kopi", "kbli_edition": "2025"}]}, ("/unit_businesses/0/kbli_edition", "together")),
    ({"unit_businesses": [{**COFFEE, "started_on": "2999-01-01"}]}, ("/unit_businesses/0/started_on", "future")),
    ({"rank_year": None}, ("/rank_year", "together")), ({"rank_year": 2099}, ("/rank_year", "future")),
    ({"established_on": "2999-01-01"}, ("/established_on", "future")), ({"rank": "mandiri"}, ("/rank", "enum")),
])
def test_what_is_wrong_is_named(house, members, fault):
    refused = house.bumdes.post("/v1/village-enterprises", bumdes(house.contract, **members), 422)
    assert fault in problem(refused)[1]


def test_a_doubt_is_a_warning(house):
    made = enterprise(house.dinas, "35.05.17.1004", unit_businesses=[{**COFFEE, "kbli_edition": "2020"}])
    assert [(one["pointer"], one["code"]) for one in made["warnings"]] == [
        ("/villages", "desa_only"), ("/unit_businesses/0/kbli_edition", "superseded")]


# Lists and the catalogue


def found(who, where="/v1/village-enterprises", **filters):
    return {one["id"] for one in who.pages(where, limit=200, **filters)}


def test_every_filter_finds_it_and_not_another(house):
    made = house.dinas.post("/v1/village-enterprises", bumdes(
        house.contract, "35.05.01.2001", villages=["35.05.01.2001", "35.05.01.2002"], kind="bumdesma", name="BUMDesma Uji Saring",
        rank="maju", established_on="2011-04-05", unit_businesses=[{**COFFEE, "name": "Telur asin", "kbli_code": "46325"}])).json()
    other = enterprise(house.bumdes2, JEDING, unit_businesses=[COFFEE], rank="perintis")
    publish(house, path(other), house.bumdes2)
    for name, value in {"village_code": "35.05.01.2001", "district_code": "35.05.01", "kind": "bumdesma", "rank": "maju,berkembang",
                        "kbli_code": "46325", "legal_number": made["legal_number"].lower(), "established_on_lte": "2011-04-05",
                        "status": "draft", "status_ne": "published", "q": "telur uji", "id": made["id"]}.items():
        ids = found(house.dinas, **{name: value})
        assert made["id"] in ids and other["id"] not in ids, name
    assert made["id"] not in found(house.dinas, established_on_gte="2011-04-06")


CATALOGUE = "/v1/catalog/village-enterprises"


def test_what_is_published_is_read_by_anybody(house):
    made = enterprise(house.bumdes2, JEDING, name="BUMDes Uji Katalog", rank="perintis", unit_businesses=[COFFEE])
    house.public.get(f"{CATALOGUE}/{made['id']}", 404)
    publish(house, path(made), house.bumdes2)
    one = house.public.get(f"{CATALOGUE}/{made['id']}")
    shown = one.json()
    assert (shown["legal_number"], shown["rank"], shown["village_name"]) == (made["legal_number"], "perintis", "Jeding")
    assert shown["unit_businesses"] == [{**COFFEE, "kbli_name": "Industri pengolahan kopi", "kbli_name_en": "Coffee processing"}]
    assert shown["villages"] == [{"code": JEDING, "name": "Jeding"}] and shown["contact"]["of"] == "dinas"
    assert "public" in one.headers["Cache-Control"] and shown in list(house.public.pages(CATALOGUE, village_code=JEDING))
    assert not {"status", "created_by", "source", "change_request", "allowed_actions", "warnings"} & set(shown)
    for name, value in {"district_code": JEDING[:8], "kind": "bumdes", "rank": "perintis", "kbli_code": "10761",
                        "q": "uji katalog kopi", "id": made["id"]}.items():
        assert made["id"] in found(house.public, CATALOGUE, **{name: value}), name
    for name, value in {"district_code": "35.05.01", "kind": "bumdesma", "rank": "maju", "kbli_code": "46325",
                        "q": "bukan itu"}.items():
        assert made["id"] not in found(house.public, CATALOGUE, **{name: value}), name
    for sort, key in (("name", "name"), ("-name", "name"), ("updated_at", "updated_at"), ("-updated_at", "updated_at")):
        keys = [one[key] for one in house.public.pages(CATALOGUE, sort=sort, limit=2)]
        assert keys == house.in_order(keys, sort[0] == "-"), sort


def test_the_catalogue_finds_what_it_makes(house):
    maker = enterprise(house.bumdes2, JEDING)
    made = product(house.bumdes2, JEDING, village_enterprise_id=maker["id"])
    publish(house, f"/v1/products/{made['id']}", house.bumdes2)
    ask = {"village_enterprise_id": maker["id"]}
    assert found(house.public, "/v1/catalog/products", **ask) == set()  # the maker is not published
    publish(house, path(maker), house.bumdes2)
    assert found(house.public, "/v1/catalog/products", **ask) == {made["id"]}
