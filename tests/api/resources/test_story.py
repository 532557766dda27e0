"""One cycle of the programme through the API.

A potential of Balerejo is recorded, branded, trained, exported to Japan, visited and measured. The
house holds no other records, so the figures at the end were computed by hand from the steps.
"""
import hashlib
import json

import pytest

import story
from house import BALEREJO, day, month
from records import publish
from story import COFFEE, HALF_YEAR, MAKER, NEIGHBOURS, PERSONAL, TOTALS, TWO_MONTHS, figures, unseen_elsewhere

FOB = 72240000  # for each export: 4,515 dollars at 16,000 rupiah

OVOP_MAP = {
    "denominator": 1, "reporting": 1, "share_reporting": 1, "longitude": 112.38529, "latitude": -8.02592,
    "villages_with_flagship": 1, "flagship_product": COFFEE, "villages_with_potential": 1, "villages_with_product": 1,
    "villages_visited": 1, "last_visited_on": "2026-06-12",
}
# Millions a month before the period -> in it: 20 -> 27 (+0.35), 12 -> 15 (+0.25), 10 -> 9 (-0.1).
PRODUCTIVITY = {
    "denominator": 3, "reporting": 3, "share_reporting": 1, "reported_before": 3, "reported": 3,
    "median_turnover_before_idr": 12000000, "median_turnover_idr": 15000000, "change_of_median": 0.25, "median_change": 0.25,
    "workers_before": 7, "workers": 8, "mentored": 2, "median_change_mentored": None, "not_mentored": 1,
    "median_change_not_mentored": None, "volume_kg": 1923, "volume_l": None, "volume_pieces": None,
}
MENTORING = {  # three UMKM in the first session, one in the second; one did not come
    "denominator": 1, "reporting": 1, "share_reporting": 1, "sessions_held": 2, "umkm": 3, "umkm_reached": 2,
    "share_umkm_reached": 0.6667, "participants": 4, "participants_recorded": 4, "participants_attended": 3, "attendance_rate": 0.75,
    # The next session was after 21 days.
    "follow_ups_due": 2, "follow_ups_done": 1, "share_followed_up": 0.5,
    "action_items_due": 1, "action_items_on_time": 1, "share_on_time": 1, "outcomes": 1, "umkm_with_outcome": 1,
}
BRANDING = {  # one of three UMKM has certificates
    "denominator": 3, "reporting": 1, "share_reporting": 0.3333, "umkm_nib": 1, "share_nib": 0.3333, "umkm_pirt": 1,
    "share_pirt": 0.3333, "umkm_halal": 1, "share_halal": 0.3333, "certificates_in_force": 2, "certificates_issued": 2,
    "products": 1, "products_certified": 1, "share_products_certified": 1, "products_complete": 1, "share_products_complete": 1,
    "products_estimated": 1,
}
MARKETS = {  # from the district market in 2025 to Japan
    "denominator": 1, "reporting": 1, "share_reporting": 1, "products_international": 1, "products_moved_up": 1, "shipments": 1,
    "quantity_kg": "600", "fob_idr": str(FOB), "destination_countries": ["JP"], "exporters": 1, "exporters_first_time": 1,
    "shipments_direct": 1, "shipments_grade_a": 1,
}
MEDIANS = {  # 10 [12] 20, 9 [14] 24, 9 [16] 30
    "2026-04": 12000000, "2026-05": 14000000, "2026-06": 16000000}


@pytest.fixture(scope="module")
def house(build):
    return build().prepare().start()


def nobody_is_named(*texts):
    assert not [value for value in PERSONAL if value in "".join(texts)], "personal data in a public text"


def catalogue_follows(house, of_product, in_catalogue):
    """The village requests a new brand.

    The catalogue shows it after the verification. The history shows both officers.
    """
    house.bumdes.patch(of_product, {"brand": "Lereng Wlingi"})
    assert house.public.get(in_catalogue).json()["brand"] == "Lereng"
    story.grant(house, of_product)
    assert house.public.get(in_catalogue).json()["brand"] == "Lereng Wlingi"
    changed, asked, first = house.bumdes.pages(of_product + "/history", member="brand")
    assert [one["subject"] for one in (changed, asked, first)] == [house.dinas2.id, house.bumdes.id, house.bumdes.id]
    assert changed["changes"] == [{"member": "brand", "old": "Lereng", "new": "Lereng Wlingi", "personal": False}]


def passport_is_whole(house, path):
    reply = house.public.get(path + "/passport").json()
    assert reply["star_estimate"] == {"scheme": "district", "year": 2026, "stars": 3} and reply["star_award"] is None
    assert {(one["kind"], one["state"]) for one in reply["certificates"]} == {("pirt", "valid"), ("halal", "valid")}
    nobody_is_named(house.public.get(path + "/passport", params={"format": "html"}).text)


def measured(house):
    """The Bupati and the village read the same reports. Another village reads no row."""
    for who in (house.bupati, house.bumdes, house.analyst):
        row = figures(who, "ovop-map")
        assert row.pop("last_verified_on") == day(0) and row == OVOP_MAP
        assert figures(who, "productivity", **TWO_MONTHS) == PRODUCTIVITY
        for report, known in (("mentoring", MENTORING), ("branding", BRANDING), ("markets", MARKETS)):
            assert figures(who, report) == known
    asked = {"by": "village", "village_code": BALEREJO}
    assert house.bumdes2.get("/v1/reports/markets", params=asked).json()["rows"] == []


def briefed(house):
    """The page that the Bupati reads before the next visit."""
    path = f"/v1/villages/{BALEREJO}/brief"
    reply = house.bupati.get(path).json()
    assert (reply["flagship"]["name"], reply["flagship"]["market_reach"]) == (COFFEE, "international")
    assert reply["income"] == {"denominator": 3, "months": [
        {"month": one, "reporting": 3 if one in MEDIANS else 0, "median_turnover_idr": MEDIANS.get(one)}
        for one in (month(back) for back in range(12, 0, -1))]}
    last, = reply["promises"].pop("last")
    assert reply["promises"] == {"promised": 1, "overdue": 0, "awaiting_confirmation": 0, "confirmed": 1}
    assert (last["text"], last["percent"], last["status"]) == ("Mesin sangrai", 100, "confirmed")
    assert [one["text"] for one in reply["obstacles"]] == ["Jalan kebun rusak (cerita)"]
    assert [(one["name"], one["products"]) for one in reply["makers"]] == [
        ("BUMDes Lereng (cerita)", []), (MAKER, [COFFEE]), *((name, []) for name in NEIGHBOURS)]
    assert reply["last_visit"]["visited_on"] == "2026-06-12" and reply["certificates"] == []
    nobody_is_named(house.bupati.get(path, params={"format": "html"}).text)


def kept(house):
    """The Bupati's office keeps a report. Later exports do not change the kept figures."""
    asked = {"by": "district", "district_code": [BALEREJO[:8]], **HALF_YEAR}
    reply = house.bupati.post("/v1/report-snapshots", {"report": "markets", "title": "Pidato (cerita)", **asked})
    before = reply.json()
    story.exported_by_two_others(house)
    now, = house.bupati.get("/v1/reports/markets", params={**asked, "district_code": BALEREJO[:8]}).json()["rows"]
    assert (now["shipments"], now["exporters"], now["fob_idr"]) == (3, 3, str(3 * FOB))
    again = house.bupati.get(reply.headers["Location"]).json()
    assert again == before and hashlib.sha256(again["result"].encode()).hexdigest() == again["sha256"]
    then, = json.loads(again["result"])["rows"]
    assert (then["shipments"], then["exporters"], then["fob_idr"]) == (1, 1, str(FOB))


def test_from_a_garden_of_balerejo_to_japan(house):
    of_potential = story.dug_up(house)
    of_bumdes = story.founded(house)
    makers, coffee = story.registered(house, of_bumdes)
    of_maker, of_product = f"/v1/umkm/{makers[0]['id']}", f"/v1/products/{coffee['id']}"
    in_catalogue = f"/v1/catalog/products/{coffee['id']}"
    story.branded(house, of_product)
    unseen_elsewhere(house, of_maker, of_product, in_catalogue)
    for maker in makers:
        publish(house, f"/v1/umkm/{maker['id']}", house.bumdes)
    assert story.published(house, of_product)["status"] == "published"
    story.come_to(house, of_potential, stage="product", product_id=coffee["id"])
    of_decree = story.named_by_decree(house, coffee["id"])
    for who in (house.public, house.bumdes2):
        shown = who.get(in_catalogue)
        reply = shown.json()
        assert (reply["brand"], reply["name_en"], reply["market_reach"]) == ("Lereng", "Balerejo coffee", "district")
        assert reply["producer_name"] == MAKER
        nobody_is_named(shown.text)
    catalogue_follows(house, of_product, in_catalogue)

    of_stars, *papers = story.starred(house, makers[0]["id"], coffee["id"])
    assert coffee["id"] in {one["id"] for one in house.public.pages("/v1/catalog/products", certificate="halal")}
    passport_is_whole(house, in_catalogue)

    sessions = story.trained(house, makers)
    months = story.reported(house, makers)
    story.corrected(house, months[5])
    of_export, of_buyer = story.exported(house, coffee["id"])
    assert house.bumdes.get(of_product).json()["market_reach"] == "international"
    of_outcome = story.led_to(house, makers[0]["id"], sessions[0])
    of_visit = story.visited(house)
    asked = story.answered(house, of_maker)

    unseen_elsewhere(
        house, of_potential, of_bumdes, of_decree, of_maker, of_maker + "/owner", of_product, of_product + "/history",
        of_product + "/market-steps", of_stars, of_stars + "/advice", *papers, *sessions, sessions[0] + "/mentor", *months, of_export,
        of_buyer, of_buyer + "/contact", of_outcome, *of_visit, asked)

    measured(house)
    briefed(house)
    reply, = house.public.get(TOTALS).json()["data"]
    assert reply["suppressed"] and reply["fob_idr"] is None, "the total of one exporter is suppressed"
    kept(house)
    for who in (house.public, house.bumdes2):
        totals, shown = who.get(TOTALS), who.get(in_catalogue)
        assert shown.json()["market_reach"] == "international"
        reply, = totals.json()["data"]
        assert (reply["hs_chapter"], reply["country_code"], reply["exporters"], reply["fob_idr"]) == ("09", "JP", 3, str(3 * FOB))
        nobody_is_named(totals.text, shown.text)
