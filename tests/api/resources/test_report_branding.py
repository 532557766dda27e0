"""The branding report of two villages. All figures were computed by hand from `papers`."""
import csv
import io

import pytest

from house import BALEREJO
from records import COUNT, certification, estimate, level, product, publish, rubric, scores, umkm, verify

SIRAMAN, JUGO, KESAMBEN = "35.05.19.2001", "35.05.19.2003", "35.05.19"
PERIOD = {"period_from": "2026-01-01", "period_to": "2026-06-30"}
PAGE = {"name_en": "Sample", "story": "Cerita", "story_en": "Story", "brand": "Merek", "price_min_idr": 9000, "unit": "pack"}
FORM = {"pirt": "{:013}26", "trademark": "IDM{:09}", "halal": "ID{:017}", "organic": "ORG {}", "sni": "SNI {}",
        "trademark_application": "JID2026{:06}"}


@pytest.fixture(scope="module")
def papers(house):
    """Makes the UMKM, products and certificates. Returns {name: path}."""
    at = {}

    def keep(name, noun, made, status):
        at[name] = f"/v1/{noun}/{made['id']}"
        if status == "verified":
            verify(house, at[name], house.dinas)
        elif status == "submitted":
            house.dinas.act(at[name], "submit")
        return made

    def business(name, nib=None, village=SIRAMAN, status="verified"):
        return keep(name, "umkm", umkm(house.dinas, village, name=name, nib=nib), status)

    def thing(maker, status="verified", **members):
        return keep(f"{maker['name']} product", "products",
                    product(house.dinas, maker["village_code"], umkm_id=maker["id"], **members), status)

    def paper(of, kind, issued, ends=None, status="verified", number=None):
        about = {"product_ids": [one["id"] for one in of]} if isinstance(of, list) else {"umkm_id": of["id"]}
        of = of[0] if isinstance(of, list) else of
        keep(f"{kind} of {of['name']}", "certifications",
             certification(house.dinas, **about, kind=kind, number=number or FORM[kind].format(next(COUNT)), issued_on=issued,
                           expires_on=ends), status)

    def stars(of, total, status="verified", year=2026):
        keep("estimate", "star-assessments",
             estimate(house.dinas, product_id=of["id"], rubric_id=levels, year=year, scores=scores(taste=60, packaging=total - 60)
                      if total >= 60 else scores(taste=total, packaging=0)), status)

    levels = rubric(house.dinas, levels=[level(1, 10), level(2, 50, ["trademark"]), level(3, 99, ["sni"], ["lab"])])["id"]

    both = business("Halal")
    food = thing(both, **PAGE)
    paper([food], "pirt", "2021-08-15", "2026-08-15")  # 46 days after the period
    plain = thing(both, **{**PAGE, "story_en": None})
    paper([food, plain], "halal", "2025-01-01")
    thing(both, status="submitted", **PAGE)
    branded = business("NIB", nib="0880000000011")
    mark = thing(branded, **PAGE)
    paper([mark], "trademark", "2016-03-31", "2026-03-31")  # ends in the period
    paper([mark], "halal", "2021-12-31", "2025-12-31")  # ended before the period
    registered = business("NIB only")
    paper(registered, "nib", "2026-05-05", number="0880000000012")
    bare = thing(registered, **PAGE)
    paper([bare], "trademark_application", "2026-02-02")  # proves nothing yet
    natural = business("Organic")
    # Its last day is the last day of the period.
    paper([thing(natural, **{**PAGE, "brand": None})], "organic", "2023-06-30", "2026-06-30")
    business("Nothing")
    business("Submitted", nib="0880000000013", status="submitted")
    business("Draft", nib="0880000000014", status="draft")
    later = business("Later", village=JUGO)
    sweet = thing(later, **PAGE)
    paper([sweet], "halal", "2026-07-10")
    paper([sweet], "pirt", "2026-02-01", "2031-01-31", status="submitted")

    stars(food, 60)    # one star: only the trademark is missing for two
    stars(plain, 70, year=2025)
    stars(plain, 40)   # the latest: points are missing too
    stars(mark, 95)    # one document away, since its trademark ended
    stars(bare, 60, status="draft")
    stars(sweet, 60, status="submitted")
    return at


def report(client, **parameters):
    asked = {"village_code": f"{SIRAMAN},{JUGO}", **PERIOD, **parameters}
    return client.get("/v1/reports/branding", params=asked).json()


OF_SIRAMAN = {
    "code": SIRAMAN, "name": "Siraman",
    "denominator": 5, "reporting": 4, "share_reporting": 0.8,
    "umkm_nib": 2, "share_nib": 0.4,              # "NIB" and "NIB only"
    "umkm_pirt": 1, "share_pirt": 0.2,
    "umkm_halal": 1, "share_halal": 0.2,          # the certificate of "NIB" ended
    "umkm_trademark": 0, "share_trademark": 0,
    "certificates_in_force": 4,                   # halal, P-IRT, NIB, organic
    "certificates_issued": 1, "certificates_expiring": 2, "certificates_expired": 1,
    # Two of "Halal", one of "Organic".
    "products": 5, "products_certified": 3, "share_products_certified": 0.6,
    "products_complete": 1, "share_products_complete": 0.2,
    "products_estimated": 3, "products_one_document_away": 2,
}
OF_JUGO = {
    "code": JUGO, "name": "Jugo",
    "denominator": 1, "reporting": 0, "share_reporting": 0, "umkm_nib": 0, "share_nib": 0, "umkm_pirt": 0, "share_pirt": 0,
    "umkm_halal": 0, "share_halal": 0, "umkm_trademark": 0, "share_trademark": 0, "certificates_in_force": 0,
    "certificates_issued": 0, "certificates_expiring": 0, "certificates_expired": 0, "products": 1, "products_certified": 0,
    "share_products_certified": 0, "products_complete": 0, "share_products_complete": 0, "products_estimated": 0,
    "products_one_document_away": 0,
}
OF_BOTH = {
    **OF_SIRAMAN, "code": None, "name": None,
    "denominator": 6, "share_reporting": 0.6667, "share_nib": 0.3333, "share_pirt": 0.1667, "share_halal": 0.1667,
    "products": 6, "share_products_certified": 0.5, "share_products_complete": 0.1667,
}


def test_what_is_verified_counts(house, papers):
    reply = report(house.dinas, by="village")
    assert reply["rows"] == [OF_SIRAMAN, OF_JUGO] and reply["total"] == OF_BOTH
    assert (reply["report"], reply["period_from"], reply["period_to"]) == ("branding", *PERIOD.values())


def test_a_kecamatan_is_its_villages_together(house, papers):
    row, = report(house.bupati)["rows"]
    assert row == {**OF_BOTH, "code": KESAMBEN, "name": "Kesamben"}


def test_what_is_submitted_counts_when_it_is_asked_for(house, papers):
    rows = report(house.dinas, by="village", verified_only="false")["rows"]
    assert rows == [
        {**OF_SIRAMAN, "denominator": 6, "reporting": 5, "share_reporting": 0.8333, "umkm_nib": 3, "share_nib": 0.5,
         "share_pirt": 0.1667, "share_halal": 0.1667, "products": 6, "share_products_certified": 0.5,
         "share_products_complete": 0.1667},
        {**OF_JUGO, "reporting": 1, "share_reporting": 1, "umkm_pirt": 1, "share_pirt": 1, "certificates_in_force": 1,
         "certificates_issued": 1, "products_certified": 1, "share_products_certified": 1, "products_complete": 1,
         "share_products_complete": 1, "products_estimated": 1, "products_one_document_away": 1}]


def test_it_is_as_of_the_periods_last_day(house, papers):
    """In March the trademark was still in force and the NIB not yet issued."""
    assert report(house.dinas, by="village", period_to="2026-03-31")["rows"][0] == {
        **OF_SIRAMAN, "umkm_nib": 1, "share_nib": 0.2, "umkm_trademark": 1, "share_trademark": 0.2, "reporting": 3,
        "share_reporting": 0.6, "certificates_issued": 0, "certificates_expiring": 1, "certificates_expired": 0,
        "products_certified": 4, "share_products_certified": 0.8, "products_complete": 2, "share_products_complete": 0.4,
        "products_one_document_away": 1}


def test_the_star_advice_agrees(house, papers):
    away = [house.dinas.get(f"/v1/star-assessments/{one['id']}/advice").json()["one_document_away"]
            for one in house.dinas.pages("/v1/star-assessments", village_code=SIRAMAN, year="2026", status="verified")]
    assert sorted(away) == [False, True, True]


def test_a_spreadsheet_gets_the_same_rows(house, papers):
    asked = {"village_code": f"{SIRAMAN},{JUGO}", **PERIOD, "by": "village", "format": "csv"}
    rows = list(csv.DictReader(io.StringIO(house.dinas.get("/v1/reports/branding", params=asked).text)))
    assert [{name: value if name in ("code", "name") else float(value) for name, value in row.items()}
            for row in rows] == [OF_SIRAMAN, OF_JUGO]


def test_an_area_without_anything_has_no_shares(house):
    total = report(house.dinas, village_code="35.05.19.2004")["total"]
    assert {total[name] for name in total if name.startswith("share")} == {None} and total["umkm_nib"] == total["products"] == 0


def test_a_village_sees_its_own(house, papers):
    officer = house.person("bumdes-siraman", "bumdes", [SIRAMAN])
    reply = report(officer, by="village")
    assert reply["rows"] == [OF_SIRAMAN] and reply["total"] == {**OF_SIRAMAN, "code": None, "name": None}
    assert report(house.bumdes)["rows"] == []
    assert [row["code"] for row in report(house.bumdes, village_code=BALEREJO, by="village")["rows"]] == [BALEREJO]


def test_a_system_with_the_register_reads_the_report(house, papers):
    assert report(house.analyst)["total"] == OF_BOTH
    house.reporter.get("/v1/certifications", 403)
    house.reader.get("/v1/reports/branding", 403)


def test_what_is_published_counts_as_verified(house, papers):
    made = certification(house.dinas, "35.05.19.2005", number=FORM["halal"].format(next(COUNT)))
    publish(house, f"/v1/umkm/{made['umkm_id']}", house.dinas)
    publish(house, f"/v1/certifications/{made['id']}", house.dinas)
    assert report(house.dinas, village_code="35.05.19.2005")["total"]["umkm_halal"] == 0, "it covers no product"
    made = certification(house.dinas, number=FORM["halal"].format(next(COUNT)),
                         product_ids=[product(house.dinas, "35.05.19.2005", umkm_id=made["umkm_id"])["id"]])
    publish(house, f"/v1/certifications/{made['id']}", house.dinas)
    total = report(house.dinas, village_code="35.05.19.2005")["total"]
    assert (total["umkm_halal"], total["certificates_in_force"]) == (1, 2)


def test_a_restricted_umkm_counts_for_nobody(house, papers):
    consent = {"contact_public": False, "processing_restricted": True}
    path = papers["Halal"] + "/consent"
    house.dinas.put(path, consent)
    try:
        total = report(house.bupati)["total"]
        assert report(house.dinas)["total"] == total
        assert [total[name] for name in ("denominator", "umkm_halal", "umkm_pirt", "certificates_in_force", "products")] == \
            [5, 0, 0, 2, 4]
    finally:
        house.dinas.put(path, {**consent, "processing_restricted": False})
