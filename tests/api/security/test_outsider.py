"""A system that reads reports and no records. It sends every request that it may send, and tries to
learn the figures of one business. The tests know who stands behind each answer."""
import collections
import csv
import io
import itertools

import pytest

from client import problem
from house import BALEREJO, day
from records import export, line, product, production_report, umkm
from rules import FINISH

NGRECO, AMPELGADING, TEGALASRI = "35.05.21.2010", "35.05.21.2007", "35.05.17.2008"
SELOREJO, WLINGI, SRENGAT, KARANGGAYAM = "35.05.21", "35.05.17", "35.05.03", "35.05.03.2001"
LAST = int(day(0)[:4]) - 1  # the last year that is over
REPORTS = ("markets", "productivity", "mentoring", "ovop-map", "branding")
VARIABLES = {"median_turnover_idr", "median_change"}
SUMS = {"workers_before", "workers", "median_turnover_before_idr", "change_of_median", "median_change_mentored",
        "median_change_not_mentored", "shipments", "quantity_kg", "fob_idr", "destination_countries", "shipments_direct",
        "shipments_aggregator", "samples", "shipments_grade_a", "shipments_grade_b", "shipments_grade_c", "flagship_product"}
OF_VILLAGES = {"villages_without_contact", "sessions_planned", "sessions_held", "sessions_cancelled", "follow_ups_due",
               "follow_ups_done"}
# Village: how many UMKM, and how many of them reported three years, so that the panels of two years differ by one.
REGISTERED = {NGRECO: (5, 5), AMPELGADING: (1, 0), BALEREJO: (6, 5), TEGALASRI: (5, 5), KARANGGAYAM: (2, 1)}


@pytest.fixture(scope="module")
def house(build):
    return build().prepare().start()


@pytest.fixture(scope="module")
def turnover(house):
    """Returns {(village, number): {year: turnover of a month}} of the published UMKM."""
    made, amounts = {}, itertools.count(1234567, 1000003)
    for village, (registered, long) in REGISTERED.items():
        for number in range(registered):
            id = umkm(house.dinas, village)["id"]
            FINISH["umkm"](house, f"/v1/umkm/{id}", house.dinas)
            made[village, number] = {year: next(amounts) for year in range(LAST - 2 if number < long else LAST - 1, LAST + 1)}
            for year, amount in made[village, number].items():
                sent = production_report(house.dinas, village, umkm_id=id, month=f"{year}-05", turnover_idr=amount, workers_male=87)
                FINISH["production-reports"](house, f"/v1/production-reports/{sent['id']}", house.dinas)
    goods = product(house.dinas, AMPELGADING)["id"]
    FINISH["products"](house, f"/v1/products/{goods}", house.dinas)
    sold = export(house.dinas, AMPELGADING, exported_on=f"{LAST}-03-02", destination_country="SG",
                  lines=[line(goods, fob="7654321", rate="1", quantity_kg="4321")])
    FINISH["exports"](house, f"/v1/exports/{sold['id']}", house.dinas)
    return made


def panel(turnover, area, year):
    """The UMKM of an area that reported in the year and in the year before."""
    return frozenset(one for one, of in turnover.items() if one[0].startswith(area or "") and {year - 1, year} <= set(of))


def median(values):
    values = sorted(values)
    return (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2


def asked():
    """Every request that could compose an area or a period."""
    districts = [None, SELOREJO, WLINGI, SRENGAT, f"{SELOREJO},{WLINGI}"]
    villages = [None, *REGISTERED, f"{NGRECO},{AMPELGADING}", f"{BALEREJO},{BALEREJO}"]
    periods = [{}, *({"period_from": f"{year}-01-01", "period_to": f"{year}-12-31"} for year in (LAST - 1, LAST)),
               {"period_from": f"{LAST - 1}-01-01", "period_to": f"{LAST}-12-31"},
               {"period_from": f"{LAST}-05-01", "period_to": f"{LAST}-05-31"}, {"period_from": f"{LAST + 1}-01-01"},
               {"period_to": f"{LAST}-12-31"}, {"period_from": f"{LAST}-01-01", "period_to": f"{LAST}-12-30"}]
    for by, district, village, period, verified in itertools.product(
            ("district", "village"), districts, villages, periods, (None, "true", "false")):
        # Two unusual values are refused like one.
        if sum((district not in (None, SELOREJO), village not in (None, NGRECO), len(period) > 0, verified is not None)) < 3:
            found = {"by": by, "district_code": district, "village_code": village, "verified_only": verified, **period}
            yield {name: value for name, value in found.items() if value}


def answers(house, name, requests):
    """Yields (request, row, area of the row) of every answer."""
    for request in requests:
        reply = house.reporter.get(f"/v1/reports/{name}", None, params=request)
        if reply.status_code == 403:
            code, violations = problem(reply)
            assert code == "forbidden" and {one for _, one in violations} <= {
                "figures_verified", "figures_one_area", "figures_whole_year"}, request
            continue
        assert reply.status_code == 200, (request, reply.text)
        reply = reply.json()
        yield reply, reply["total"], request.get("village_code") or request.get("district_code")
        for row in reply["rows"]:
            yield reply, row, row["code"]


def test_no_two_answers_differ_by_fewer_than_five_businesses(house, turnover):
    behind = collections.defaultdict(set)
    for reply, row, area in answers(house, "productivity", asked()):
        assert reply["verified_only"] and reply["period_from"].endswith("-01-01") and reply["period_to"].endswith("-12-31")
        year = int(reply["period_from"][:4])
        members = panel(turnover, area, year)
        assert row["reporting"] == len(members) // 5 * 5, (area, year)
        for name in VARIABLES:
            if row[name] is not None:
                behind[name, year].add(members)
        if row["median_turnover_idr"] is not None:
            exact = median([turnover[one][year] for one in members])
            assert row["median_turnover_idr"] == pytest.approx(exact, rel=0.05) and row["median_turnover_idr"] % 10**5 == 0
    for variable, sets in behind.items():
        assert min(map(len, sets)) >= 5, variable
        for one, other in itertools.combinations(sets, 2):
            assert len(one ^ other) >= 5, (variable, one ^ other)
    assert {len(members) for members in behind["median_turnover_idr", LAST]} == {5, 6, 11, 19}


def test_the_medians_that_are_shown(house, turnover):
    def shown(by, **area):
        reply = house.reporter.get("/v1/reports/productivity", params={"by": by, **area}).json()
        return {row["code"]: row["median_turnover_idr"] is not None for row in (reply["total"], *reply["rows"])}
    # Srengat has two, and Ngreco has five of the six of its kecamatan.
    assert {code for code, there in shown("district").items() if there} == {None, SELOREJO, WLINGI}
    assert {code for code, there in shown("village").items() if there} == {None, BALEREJO, TEGALASRI}
    assert shown("village", village_code=BALEREJO) == {None: True, BALEREJO: True}
    assert shown("village", village_code=NGRECO) == {None: False, NGRECO: False}
    assert shown("village", district_code=SELOREJO)[None] and not shown("village", district_code=SELOREJO)[NGRECO]
    assert shown("village", village_code="35.05.17.2999") == {None: False}


@pytest.mark.parametrize("name", REPORTS)
def test_counts_are_fives_and_there_are_no_sums(house, turnover, name):
    exact, seen = OF_VILLAGES, 0
    if name == "mentoring":
        exact = exact | {"denominator", "reporting"}
    usual = [{"by": by, **area} for by in ("district", "village") for area in ({}, {"district_code": SELOREJO})]
    for _, row, area in answers(house, name, usual):
        for figure, value in row.items():
            seen += 1
            if figure in SUMS:
                assert value is None, figure
            elif type(value) is int and figure not in exact and figure not in VARIABLES and name != "ovop-map":
                assert value % 5 == 0, figure
    assert seen > 1000
    text = house.reporter.get(f"/v1/reports/{name}", params={"by": "village", "format": "csv"}).text
    for row in csv.DictReader(io.StringIO(text)):
        assert {row[figure] for figure in SUMS & set(row)} <= {""}


def test_the_map_counts_villages_and_is_free(house, turnover):
    asked = {"by": "village", "village_code": f"{NGRECO},{AMPELGADING}", "period_from": f"{LAST}-03-04", "period_to": f"{LAST}-03-05"}
    ours, theirs = (who.get("/v1/reports/ovop-map", params=asked).json() for who in (house.reporter, house.dinas))
    assert ours == theirs and ours["total"]["villages_with_product"] == 1
    house.reporter.get("/v1/reports/ovop-map", 403, params={"verified_only": "false"})


@pytest.mark.parametrize("request_, violations", [
    ({"village_code": f"{NGRECO},{AMPELGADING}", "by": "village"}, [("village_code", "figures_one_area")]),
    ({"village_code": NGRECO}, [("village_code", "figures_one_area")]),
    ({"village_code": NGRECO, "district_code": SELOREJO, "by": "village"}, [("district_code", "figures_one_area")]),
    ({"district_code": f"{SELOREJO},{WLINGI}"}, [("district_code", "figures_one_area")]),
    ({"verified_only": "false"}, [("verified_only", "figures_verified")]),
    ({"period_from": "2025-01-02", "period_to": "2025-12-31"}, [("period_from", "figures_whole_year")]),
    ({"period_from": "2025-01-01", "period_to": "2025-06-30"}, [("period_to", "figures_whole_year")]),
    ({"period_from": "2024-01-01", "period_to": "2025-12-31"}, [("period_from", "figures_whole_year")]),
    ({"period_from": "2026-01-01", "period_to": "2026-12-31"}, [("period_to", "figures_whole_year")]),
])
def test_a_refusal_says_what_is_allowed(house, request_, violations):
    for language, word in (("id", "Tanpa akses ke register"), ("en", "Without access to the register")):
        reply = house.reporter.get("/v1/reports/branding", 403, params=request_, headers={"Accept-Language": language})
        assert problem(reply) == ("forbidden", violations) and word in reply.text
    house.analyst.get("/v1/reports/branding", params=request_)
    house.bumdes.get("/v1/reports/branding", params=request_)


@pytest.mark.parametrize("given, shown", [
    ({}, LAST), ({"period_from": "2024-01-01"}, 2024), ({"period_to": "2023-12-31"}, 2023)])
def test_the_period_is_the_last_year_that_is_over(house, given, shown):
    reply = house.reporter.get("/v1/reports/productivity", params=given).json()
    assert (reply["period_from"], reply["period_to"]) == (f"{shown}-01-01", f"{shown}-12-31")


def test_who_may_read_the_register_sees_exact_figures(house, turnover):
    asked = {"by": "village", "village_code": f"{NGRECO},{AMPELGADING}", "period_from": f"{LAST}-03-01", "period_to": f"{LAST}-05-31",
             "verified_only": "false"}
    writer = house.system("writing-reporter", ["register:write", "reports:read"], ["district"])
    for name, figure, value in (("markets", "fob_idr", "7654321"), ("productivity", "denominator", 6)):
        for who in (house.dinas, house.bupati, house.analyst, writer):
            assert who.get(f"/v1/reports/{name}", params=asked).json()["total"][figure] == value


@pytest.mark.parametrize("scope", ["exports:write", "production:write"])
def test_other_scopes_give_no_exact_figures(house, turnover, scope):
    who = house.system(f"reporter-{scope.split(':')[0]}", [scope, "reports:read"], ["district"])
    assert who.get("/v1/reports/productivity", params={"by": "village"}).json() == house.reporter.get(
        "/v1/reports/productivity", params={"by": "village"}).json()
    assert who.get("/v1/reports/markets").json()["total"]["fob_idr"] is None
    who.get("/v1/reports/productivity", 403, params={"verified_only": "false"})


def test_an_account_of_some_villages_gets_no_median(house, turnover):
    """It sees too little to know whether a village and its kecamatan differ by one."""
    for villages in ([NGRECO], [BALEREJO], [BALEREJO, TEGALASRI], [NGRECO, AMPELGADING]):
        who = house.system("-".join(["reporter", *(village[-4:] for village in villages)]), ["reports:read"], villages)
        for by in ("district", "village"):
            reply = who.get("/v1/reports/productivity", params={"by": by}).json()
            assert {row[name] for row in (reply["total"], *reply["rows"]) for name in VARIABLES | {"workers"}} == {None}


def test_kept_reports_and_briefs_need_the_register(house, turnover):
    kept = house.dinas.post("/v1/report-snapshots", {"report": "productivity", "title": "Uji", "village_code": [AMPELGADING]})
    for path in ("/v1/report-snapshots", kept.headers["Location"], f"/v1/villages/{AMPELGADING}/brief"):
        assert problem(house.reporter.get(path, 403))[0] == "insufficient_scope"
        house.analyst.get(path)
