"""Peta OVOP of eight villages. All figures were counted by hand from `explored`."""
import csv
import io

import pytest

from house import BALEREJO, day
from records import bumdes, flagship, product, verify, village_potential, visit
from reports import figures

DISTRICT = "35.05.16"  # no other test uses it
VILLAGES = [f"{DISTRICT}.{number}" for number in range(2001, 2009)]
COMPLETE, UNTAPPED, ASKED, LEAD, JOINED, EXPIRED, NAMED, EMPTY = VILLAGES
ASKED_FOR = {"village_code": ",".join(VILLAGES), "period_from": day(-100), "period_to": day(0)}


def report(client, **parameters):
    return client.get("/v1/reports/ovop-map", params={**ASKED_FOR, **parameters}).json()


@pytest.fixture(scope="module")
def explored(house):
    def made(noun, record, finish="verify"):
        path = f"/v1/{noun}/{record['id']}"
        if finish == "verify":
            verify(house, path, house.dinas)
        elif finish == "submit":
            house.dinas.act(path, "submit")
        return record["id"]

    def potential(village, finish="verify"):
        made("village-potentials", village_potential(house.dinas, village), finish)

    def named(village, since, until, finish="verify", **members):
        made("flagships", flagship(house.dinas, village, valid_from=since, valid_to=until, **members), finish)

    def visited(village, on, finish="complete"):
        path = f"/v1/visits/{visit(house.bupati, village, visited_on=on)['id']}"
        if finish:
            house.bupati.act(path, finish)

    potential(COMPLETE)
    kept = made("products", product(house.dinas, COMPLETE, name="Gula Semut Uji"))
    named(COMPLETE, day(-50), None, product_id=kept)
    visited(COMPLETE, day(-10))
    visited(COMPLETE, day(-600))

    potential(UNTAPPED)

    potential(ASKED, "submit")
    product(house.dinas, ASKED)
    visited(ASKED, day(-500))
    visited(ASKED, day(-5), finish=None)

    both = [LEAD, JOINED]
    maker = house.dinas.post("/v1/village-enterprises", bumdes(house.contract, LEAD, villages=both, kind="bumdesma")).json()["id"]
    verify(house, f"/v1/village-enterprises/{maker}", house.dinas)
    made("products", product(house.dinas, LEAD, villages=both, village_enterprise_id=maker))
    potential(JOINED)

    named(EXPIRED, day(-300), day(-1))
    named(NAMED, day(-300), day(200), "submit")


# A joint product counts in both villages. An expired flagship still counts as a verified record.
# A planned visit does not count.
VERIFIED = {
    "denominator": 8, "reporting": 5, "share_reporting": 0.625, "villages_with_flagship": 1, "villages_with_potential": 3,
    "villages_with_product": 3, "villages_potential_without_product": 1, "villages_visited": 1, "villages_never_visited": 6,
    "last_visited_on": day(-10), "villages_stale": 3, "last_verified_on": day(0),
}
NOTHING = {"denominator": 1, "villages_never_visited": 1, "villages_stale": 1}
KNOWN = {"denominator": 1, "reporting": 1, "share_reporting": 1, "last_verified_on": day(0), "villages_never_visited": 1}
BY_VILLAGE = {
    COMPLETE: {"denominator": 1, "reporting": 1, "share_reporting": 1, "last_verified_on": day(0), "villages_with_flagship": 1,
               "flagship_product": "Gula Semut Uji", "villages_with_potential": 1, "villages_with_product": 1,
               "villages_visited": 1, "last_visited_on": day(-10)},
    UNTAPPED: {**KNOWN, "villages_with_potential": 1, "villages_potential_without_product": 1},
    ASKED: {"denominator": 1, "last_visited_on": day(-500), "villages_stale": 1},
    LEAD: {**KNOWN, "villages_with_product": 1},
    JOINED: {**KNOWN, "villages_with_product": 1, "villages_with_potential": 1},
    EXPIRED: KNOWN, NAMED: NOTHING, EMPTY: NOTHING,
}
POINT = ("code", "name", "longitude", "latitude")


def test_the_district_by_hand(house, explored):
    reply = report(house.dinas)
    assert figures(reply["total"]) == VERIFIED
    assert [row["name"] for row in reply["rows"]] == ["Binangun"]
    assert figures({**reply["rows"][0], **dict.fromkeys(POINT)}) == VERIFIED


def test_every_village_by_hand(house, explored):
    reply = report(house.dinas, by="village")
    assert figures(reply["total"]) == VERIFIED
    assert {row["code"]: figures({**row, **dict.fromkeys(POINT)}) for row in reply["rows"]} == BY_VILLAGE


def test_with_what_is_submitted(house, explored):
    total = figures(report(house.dinas, verified_only="false")["total"])
    assert total == {**VERIFIED, "villages_with_flagship": 2, "villages_with_potential": 4, "villages_potential_without_product": 2}


def test_it_shows_the_last_day_of_the_period(house, explored):
    # Another flagship was in force then.
    before = figures(report(house.dinas, period_from=day(-200), period_to=day(-60))["total"])
    assert before == {**{name: VERIFIED[name] for name in VERIFIED if name != "villages_visited"}, "last_visited_on": day(-500)}
    later = figures(report(house.dinas, period_to=day(400))["total"])
    assert later == {**VERIFIED, "villages_stale": 8}


def test_villages_are_points_on_a_map(house, explored):
    asked = {**ASKED_FOR, "by": "village", "format": "geojson"}
    reply = house.dinas.get("/v1/reports/ovop-map", params=asked)
    assert reply.headers["Content-Type"].startswith("application/geo+json")
    points = {one["properties"]["code"]: one for one in reply.json()["features"]}
    assert set(points) == set(BY_VILLAGE)
    place = house.public.get(f"/v1/villages/{COMPLETE}").json()
    assert points[COMPLETE]["geometry"] == {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]}
    assert points[COMPLETE]["properties"]["flagship_product"] == "Gula Semut Uji"


def test_it_is_a_table_too(house, explored):
    asked = {**ASKED_FOR, "by": "village", "format": "csv"}
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(house.dinas.get("/v1/reports/ovop-map", params=asked).text))}
    assert (rows[UNTAPPED]["villages_with_potential"], rows[UNTAPPED]["flagship_product"]) == ("1", "")


def test_who_reads_it(house, explored):
    for reader in house.bupati, house.reporter:
        assert figures(report(reader)["total"]) == VERIFIED
    mine = house.bumdes.get("/v1/reports/ovop-map", params={"by": "village"}).json()
    assert [row["code"] for row in mine["rows"]] == [BALEREJO]
    assert report(house.bumdes, by="village")["rows"] == []
