"""The product passport: the public page behind the code on a package."""
import pytest

from client import problem
from house import BALEREJO
from records import award, certification, estimate, flagship, product, publish, rubric, scores, umkm

MRONJO = "35.05.22.2008"  # no other test makes a flagship there
MEMBERS = {"name": "Kopi Paspor Uji", "name_en": "Passport Coffee", "story": "Dipetik merah.", "story_en": "Picked red.",
           "brand": "Paspor", "category": "coffee"}
STEPS = [("district", "2023-07-12"), ("national", "2025-05-01"), ("local", "2022-04-01"), ("national", "2025-02-01"),
         ("province", "2025-09-01")]


@pytest.fixture(scope="module")
def coffee(house):
    """A published product with all members of a passport, and the path of its passport."""
    maker = umkm(house.bumdes, name="Pembuat Paspor Uji", contact_phone="+6281234500088")
    made = product(house.bumdes, umkm_id=maker["id"], **MEMBERS)
    at = f"/v1/products/{made['id']}"
    steps = [house.bumdes.post(at + "/market-steps", {"level": level, "reached_on": on, "evidence": "Faktur rahasia"}).json()
             for level, on in STEPS]
    wrong = {"level": "province", "reached_on": "2025-09-02", "evidence": "Keliru", "reverses": steps[-1]["id"]}
    house.bumdes.post(at + "/market-steps", wrong)
    publish(house, f"/v1/umkm/{maker['id']}", house.bumdes)
    publish(house, at, house.bumdes)
    for one in (certification(house.bumdes, product_ids=[made["id"]], expires_on=None),
                certification(house.bumdes, umkm_id=maker["id"], kind="nib", number=maker["nib"], expires_on=None)):
        publish(house, f"/v1/certifications/{one['id']}", house.bumdes)
    by = {"product_id": made["id"], "rubric_id": rubric(house.dinas)["id"], "scores": scores(taste=60, packaging=20)}
    for one in (award(house.dinas, product_id=made["id"]), estimate(house.dinas, **by)):
        publish(house, f"/v1/star-assessments/{one['id']}", house.dinas)
    return {**made, "path": at, "passport": f"/v1/catalog/products/{made['id']}/passport"}


def test_it_shows_product_maker_village_markets_and_stars(house, coffee):
    reply = house.public.get(coffee["passport"]).json()
    assert {name: reply[name] for name in MEMBERS} == MEMBERS
    assert (reply["producer_kind"], reply["producer_name"]) == ("umkm", "Pembuat Paspor Uji")
    village = house.public.get(f"/v1/villages/{BALEREJO}").json()
    assert (reply["village_name"], reply["latitude"], reply["longitude"]) == ("Balerejo", village["latitude"], village["longitude"])
    assert f"mlat={village['latitude']}&mlon={village['longitude']}" in reply["map_url"]
    assert reply["markets"] == [{"market_reach": "national", "reached_on": "2025-02-01"},
                                {"market_reach": "district", "reached_on": "2023-07-12"},
                                {"market_reach": "local", "reached_on": "2022-04-01"}]
    assert [(one["kind"], one["state"], one["number"] is None) for one in reply["certificates"]] == [
        ("halal", "valid", False), ("nib", "valid", True)]
    assert (reply["star_award"]["stars"], reply["star_estimate"]["stars"]) == (2, 2)
    assert reply["verified_at"] == house.dinas.get(coffee["path"]).json()["verified_at"]


def test_it_shows_public_members_only(house, coffee):
    reply = house.public.get(coffee["passport"])
    nib = house.bumdes.get(f"/v1/umkm/{coffee['umkm_id']}").json()["nib"]
    for secret in (nib, "rahasia", "+6281234500088", house.dinas2.id, house.bumdes.id):
        assert secret not in reply.text
    assert reply.json()["contact"]["of"] == "dinas" and "public" in reply.headers["Cache-Control"]
    assert house.bumdes.get(coffee["passport"]).json() == reply.json(), "the same for every caller"


def test_it_shows_whose_flagship_it_is(house):
    made = product(house.dinas, MRONJO)
    publish(house, f"/v1/products/{made['id']}", house.dinas)
    decree = flagship(house.dinas, MRONJO, product_id=made["id"], valid_from="2026-01-01", valid_to=None)
    passport = f"/v1/catalog/products/{made['id']}/passport"
    assert house.public.get(passport).json()["flagship_of"] == []
    publish(house, f"/v1/flagships/{decree['id']}", house.dinas)
    village, = house.public.get(passport).json()["flagship_of"]
    assert (village["code"], village["name"], village["decree_number"]) == (MRONJO, "Mronjo", decree["decree_number"])
    assert decree["decree_number"] in house.public.get(passport, params={"format": "html"}).text


def test_what_is_not_published_has_none(house):
    made = product(house.bumdes)
    house.bumdes.get(f"/v1/catalog/products/{made['id']}/passport", 404)


def test_it_changes_when_the_product_does(house, coffee):
    held = {"If-None-Match": house.public.get(coffee["passport"]).headers["ETag"]}
    house.public.get(coffee["passport"], 304, headers=held)
    step = {"level": "international", "reached_on": "2026-02-01", "evidence": "PEB"}
    house.bumdes.post(coffee["path"] + "/market-steps", step, 202)
    house.public.get(coffee["passport"], 304, headers=held)
    house.dinas("POST", coffee["path"] + "/change-request/actions/verify", {}, match="*", status=200)
    reply = house.public.get(coffee["passport"], headers=held).json()
    assert reply["markets"][0] == {"market_reach": "international", "reached_on": "2026-02-01"}


@pytest.mark.parametrize("language, texts", [
    ("id", ["Kopi Paspor Uji", "Dipetik merah.", "Pasar nasional · sejak 1 Februari 2025", "Kementerian Perindustrian (skema 2021)",
            "Sertifikat halal", "Taksiran 2026: <strong>2 ★</strong> · Kabupaten Blitar", "Terakhir diverifikasi"]),
    ("en", ["Passport Coffee", "Picked red.", "National market · since 1 February 2025", "Ministry of Industry (scheme of 2021)",
            "Halal certificate", "Estimate 2026: <strong>2 ★</strong> · Blitar Regency", "Last verified"]),
])
def test_its_page_speaks_the_readers_language_and_shows_its_code(house, coffee, language, texts):
    page_text = house.public.get(coffee["passport"], params={"format": "html"}, headers={"Accept-Language": language}).text
    for text in (*texts, f'src="/v1/catalog/products/{coffee["id"]}/qr"', "2 ★"):
        assert text in page_text, text


def test_the_catalogue_is_filtered_by_the_latest_stars(house, coffee):
    for name, fit, unfit in (("award_stars", "2,3", "1,3"), ("estimate_stars", "2", "0,1,3"),
                             ("award_scheme", "ministry_2021", "district,ministry_2007")):
        for value, within in ((fit, True), (unfit, False)):
            ids = {one["id"] for one in house.public.pages("/v1/catalog/products", **{name: value}, limit=200)}
            assert (coffee["id"] in ids) is within, (name, value)
    two = {"award_stars": "2", "award_scheme": "district"}
    assert coffee["id"] not in {one["id"] for one in house.public.pages("/v1/catalog/products", **two)}
    newer = award(house.dinas, product_id=coffee["id"], year=2025, stars=3)
    publish(house, f"/v1/star-assessments/{newer['id']}", house.dinas)
    assert coffee["id"] not in {one["id"] for one in house.public.pages("/v1/catalog/products", award_stars="2")}


def test_an_unknown_star_is_refused(house):
    refused = house.public.get("/v1/catalog/products", 400, params={"award_stars": "6"})
    assert problem(refused)[1] == [("award_stars", "too_large")]
