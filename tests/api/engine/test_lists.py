"""Lists: pages by key, filters, counts, expansion."""
import base64
import itertools

import pytest

from client import problem
from house import BALEREJO, JEDING
from records import umkm

LISTS = {"/v1/villages": 248, "/v1/districts": 22}


def sorts(contract, path):
    operation = contract.find("GET", path)
    schema = next(one for one in operation.parameters if one["name"] == "sort")["schema"]
    return schema["enum"]


@pytest.mark.parametrize("path", LISTS)
def test_a_walk_sees_every_row_once_in_every_sort(house, contract, path):
    for sort, limit in itertools.product(sorts(contract, path), (7, 200)):
        rows = list(house.public.pages(path, sort=sort, limit=limit))
        assert len(rows) == len({one["code"] for one in rows}) == LISTS[path], sort
        keys = [one[sort.lstrip("-")] for one in rows]
        assert keys == sorted(keys, reverse=sort.startswith("-")), sort


def test_a_walk_of_own_records_sees_every_row_once_in_every_sort(house, contract):
    person = house.person("lists", "bumdes", ["35.05.18.2003"])
    names = ["Anugerah", "anugerah", "Beta", "Beta", "Ānanda", "zeta", "1", "Beta", "Gamma", "delta", "Epsilon", "Élan"]
    made = {umkm(person, "35.05.18.2003", name=name)["id"] for name in names}
    for sort in sorts(contract, "/v1/umkm"):
        rows = list(person.pages("/v1/umkm", sort=sort, limit=5))
        assert len(rows) == len(names) and {one["id"] for one in rows} == made, sort


def test_rows_written_during_a_walk_repeat_and_hide_nothing(house):
    person = house.person("walks", "bumdes", ["35.05.18.2004"])
    made = [umkm(person, "35.05.18.2004", name=f"Warung {number}")["id"] for number in range(6)]
    walk = person.pages("/v1/umkm", sort="name", limit=2)
    seen = [next(walk)["id"]]
    umkm(person, "35.05.18.2004", name="Aaa")
    person.patch(f"/v1/umkm/{made[5]}", {"contact_phone": None})
    seen += [one["id"] for one in walk]
    assert seen == made


def test_the_last_page_has_no_next(house):
    page = house.public.get("/v1/districts", params={"limit": "22"}).json()["page"]
    assert page == {"limit": 22, "has_more": False, "next_cursor": None, "total": None, "total_capped": False}
    page = house.public.get("/v1/districts", params={"limit": "21"}).json()["page"]
    assert page["has_more"] and page["next_cursor"]


def test_the_next_page_is_linked(house):
    reply = house.public.get("/v1/villages", params={"limit": "100", "kind": "desa"})
    link = reply.headers["Link"]
    assert link.startswith("<") and link.endswith('>; rel="next"')
    target = link[1:link.index(">")].removeprefix(house.base)
    path, _, query = target.partition("?")
    again = house.public.get(path, params=[tuple(one.split("=", 1)) for one in query.split("&")]).json()
    assert again == house.public.get("/v1/villages",
                                     params={"limit": "100", "kind": "desa",
                                             "cursor": reply.json()["page"]["next_cursor"]}).json()
    assert "Link" not in house.public.get("/v1/districts", params={"limit": "22"}).headers


# Cursors


def cursor(house, **params):
    return house.public.get("/v1/villages", params={"limit": "3", **params}).json()["page"]["next_cursor"]


def test_a_cursor_is_bound_to_filters_and_sort(house):
    good = cursor(house, kind="desa", sort="name")
    house.public.get("/v1/villages", params={"limit": "3", "kind": "desa", "sort": "name", "cursor": good})
    for params in ({"kind": "kelurahan", "sort": "name"}, {"sort": "name"}, {"kind": "desa", "sort": "-name"}, {"kind": "desa"},
                   {"kind": "desa", "sort": "name", "q": "balerejo"}):
        assert problem(house.public.get("/v1/villages", 400,
                                        params={"limit": "3", "cursor": good, **params}))[0] == "invalid_cursor"
    refused = house.public.get("/v1/districts", 400, params={"limit": "3", "cursor": cursor(house)})
    assert problem(refused)[0] == "invalid_cursor"


def test_the_page_size_may_change_on_the_way(house):
    assert len(house.public.get("/v1/villages", params={"limit": "50", "cursor": cursor(house)}).json()["data"]) == 50


def test_a_tampered_cursor_is_400(house):
    good = cursor(house, sort="name")
    raw = base64.urlsafe_b64decode(good + "=" * (-len(good) % 4))
    tampered = [base64.urlsafe_b64encode(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1:]).decode().rstrip("=")
                for at in range(len(raw))]
    for bad in [*tampered, good[:-2], good + "AAAA", "AAAA", "x", good[::-1]]:
        reply = house.public.get("/v1/villages", 400, params={"limit": "3", "sort": "name", "cursor": bad})
        assert problem(reply)[0] == "invalid_cursor", bad


@pytest.mark.parametrize("bad", ["", "a b", "é", "'; drop table village; --", "=" * 8, "A" * 1001])
def test_a_malformed_cursor_is_400(house, bad):
    house.public.get("/v1/villages", 400, params={"cursor": bad})


# Filters


def test_commas_are_or(house):
    codes = {one["code"] for one in house.public.pages("/v1/villages", district_code="35.05.17,35.05.18")}
    assert {one[:8] for one in codes} == {"35.05.17", "35.05.18"} and len(codes) == 19
    data = house.public.get("/v1/villages", params={"code": f"{BALEREJO},{JEDING}"}).json()["data"]
    assert {one["code"] for one in data} == {BALEREJO, JEDING}


@pytest.mark.parametrize("value", ["", ",", f"{BALEREJO},", f",{BALEREJO}", "35.05.17.2009,x", ",".join([BALEREJO] * 201)])
def test_a_list_of_values_has_no_holes_and_a_bound(house, value):
    assert problem(house.public.get("/v1/villages", 400, params={"code": value}))[1][0][0] == "code"


def test_filters_narrow_together(house):
    rows = list(house.public.pages("/v1/villages", kind="kelurahan", district_code="35.05.17"))
    assert len(rows) == 5 and {one["kind"] for one in rows} == {"kelurahan"}


@pytest.mark.parametrize("q, names", [("balerejo", {"Balerejo"}), ("BALEREJO", {"Balerejo"}), ("no-such-village", set())])
def test_a_search_finds_words(house, q, names):
    assert {one["name"] for one in house.public.pages("/v1/villages", q=q)} == names


@pytest.mark.parametrize("q", ["%%", "__", "a'b", "a&b|c", "((", "<->", "\\\\", "!!", ":*", "''", '""', "or or", "-balerejo"])
def test_a_search_is_text_and_no_language_of_the_database(house, q):
    house.public.get("/v1/villages", params={"q": q})


def test_ranges_and_negation(house):
    person = house.person("filters", "bumdes", ["35.05.18.2005"])
    made = [umkm(person, "35.05.18.2005", name=f"Warung {number}") for number in range(3)]
    stamp = made[1]["updated_at"]
    from_ = {one["id"] for one in person.pages("/v1/umkm", updated_at_gte=stamp)}
    until = {one["id"] for one in person.pages("/v1/umkm", updated_at_lte=stamp)}
    ids = [one["id"] for one in made]
    assert ids[1] in from_ & until and from_ | until == set(ids) and ids[0] not in from_ and ids[2] not in until
    assert list(person.pages("/v1/umkm", status_ne="draft")) == []
    assert len(list(person.pages("/v1/umkm", status="draft,submitted"))) == 3


def test_records_are_asked_for_by_id(house):
    person = house.bumdes
    made = [umkm(person)["id"] for _ in range(3)]
    foreign = umkm(house.bumdes2, JEDING)["id"]
    data = person.get("/v1/umkm", params={"id": ",".join([made[0], made[2], foreign])}).json()["data"]
    assert {one["id"] for one in data} == {made[0], made[2]}
    assert problem(person.get("/v1/umkm", 400, params={"id": "x"}))[1][0][0] == "id"
    assert len(person.get("/v1/umkm", params={"id": ",".join([made[0]] * 200)}).json()["data"]) == 1
    assert problem(person.get("/v1/umkm", 400, params={"id": ",".join([made[0]] * 201)}))[1][0][0] == "id"


@pytest.mark.parametrize("name, value", [
    ("updated_at_gte", "yesterday"), ("updated_at_gte", "2026-11-24"), ("updated_at_gte", "2026-13-01T00:00:00Z"),
    ("status", "lost"), ("id", "1"),
    ("village_code", "35.05.17"),
])
def test_a_filter_value_of_the_wrong_form_is_400(house, name, value):
    assert problem(house.bumdes.get("/v1/umkm", 400, params={name: value}))[1][0][0] == name


# Totals and expansion


def test_a_total_is_counted_when_asked(house):
    person = house.person("counts", "bumdes", ["35.05.18.2006"])
    for _ in range(3):
        umkm(person, "35.05.18.2006")
    asked = person.get("/v1/umkm", params={"count": "exact", "limit": "2"}).json()
    assert asked["page"]["total"] == 3 and len(asked["data"]) == 2 and not asked["page"]["total_capped"]
    second = person.get("/v1/umkm", params={"count": "exact", "limit": "2", "cursor": asked["page"]["next_cursor"]}).json()
    assert second["page"]["total"] == 3 and len(second["data"]) == 1
    empty = person.get("/v1/umkm", params={"count": "exact", "status": "published"}).json()
    assert empty["page"]["total"] == 0 and empty["data"] == []
    assert person.get("/v1/umkm").json()["page"]["total"] is None
    assert problem(person.get("/v1/umkm", 400, params={"count": "about"}))[1][0][0] == "count"


def test_a_page_that_has_become_empty_still_has_its_total(house):
    person = house.person("empties", "bumdes", ["35.05.18.2007"])
    paths = [f"/v1/umkm/{umkm(person, '35.05.18.2007')['id']}" for _ in range(3)]
    params = {"count": "exact", "limit": "2", "sort": "created_at"}
    cursor = person.get("/v1/umkm", params=params).json()["page"]["next_cursor"]
    person.delete(paths[2])
    last = person.get("/v1/umkm", params={**params, "cursor": cursor}).json()
    assert last["data"] == [] and last["page"]["total"] == 2 and not last["page"]["has_more"]


def test_a_list_is_planned_for_the_values_at_hand(build):
    """Each filter is `:x is null or …`, so a generic plan fits none of them.

    On a large table it is a thousand times slower.
    """
    house = build().prepare().start()
    house.log_plans()
    for client, path in (house.bumdes, "/v1/umkm"), (house.public, "/v1/catalog/umkm"), (house.public, "/v1/villages"):
        before = house.cluster.log.stat().st_size
        for _ in range(6):  # from the sixth run, PostgreSQL may choose a generic plan
            client.get(path)
        logged = house.cluster.log.read_text(errors="replace")[before:]
        assert logged.count("plan_cache_mode = 'force_custom_plan'") >= 6, path


def test_a_village_is_expanded_when_asked(house):
    made = umkm(house.bumdes)["id"]
    plain = house.bumdes.get("/v1/umkm", params={"id": made}).json()["data"][0]
    full = house.bumdes.get("/v1/umkm", params={"id": made, "expand": "village"}).json()["data"][0]
    assert plain["village"] is None and full["village"]["code"] == BALEREJO and full["village"]["name"] == "Balerejo"
    assert {**full, "village": None} == plain
    assert problem(house.bumdes.get("/v1/umkm", 400, params={"expand": "everything"}))[1][0][0] == "expand"
