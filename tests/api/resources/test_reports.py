"""Reports. All figures were computed by hand, never copied from a reply of the service."""
import csv
import hashlib
import io
import json

import pytest

from client import problem
from house import BALEREJO, JEDING, day
from records import export, line, product, verify
from reports import figures

VILLAGE = "35.05.18.2009"  # Resapombo, which no other test uses
DISTRICT = VILLAGE[:8]
YEAR = {"period_from": "2026-01-01", "period_to": "2026-06-30"}


def report(client, name, **parameters):
    """Returns the reply for the village of this module."""
    return client.get(f"/v1/reports/{name}", params={"by": "village", "village_code": VILLAGE, **YEAR, **parameters}).json()


@pytest.fixture(scope="module")
def sold(house):
    """Products with market steps, exports of 2025 and 2026, and drafts, which do not count."""
    def made(*steps, verified=True):
        path = f"/v1/products/{product(house.dinas, VILLAGE)['id']}"
        for level, day in steps:
            house.dinas.post(path + "/market-steps", {"level": level, "reached_on": day, "evidence": "Nota"})
        house.dinas.act(path, "submit")
        if verified:
            house.dinas2.act(path, "verify")
        return path.rsplit("/")[-1]

    def shipped(day, country, verified=True, fob="1000", **members):
        sent = export(house.dinas, VILLAGE, lines=[line(exported, fob=fob, rate="16000.5", quantity_kg="100.5")], exported_on=day,
                      destination_country=country, **members)
        if verified:
            verify(house, f"/v1/exports/{sent['id']}", house.dinas)
        else:
            house.dinas.act(f"/v1/exports/{sent['id']}", "submit")

    made(("local", "2026-02-01"))
    made(("district", "2025-05-01"), ("national", "2026-03-01"))
    made(("province", "2025-05-01"), ("national", "2026-07-01"))  # after the period
    made()
    made(("local", "2026-02-01"), verified=False)
    product(house.dinas, VILLAGE)
    exported = made(("local", "2025-01-01"))
    old, new, other = ({"exporter_name": name, "exporter_nib": nib}
                       for name, nib in (("PT Lama", "8880000000001"), ("PT Baru", "8880000000002"), ("PT Lain", None)))
    invoice = [{"kind": "invoice", "number": "INV-1", "date": "2026-02-01", "issuer": "PT Lama"}]
    shipped("2025-06-01", "SG", mode="aggregator", **old)
    shipped("2026-02-02", "SG", mode="aggregator", documents=invoice, **old)
    shipped("2026-03-02", "JP", mode="direct", **new)
    shipped("2026-04-02", "JP", mode="direct", fob="2000", **new)
    shipped("2026-05-02", "AU", mode="hand_carried_sample", **other)
    shipped("2026-05-03", "US", verified=False, mode="direct", **other)
    export(house.dinas, VILLAGE, exported_on="2026-05-04", lines=[line(exported)])


MARKETS = {  # five products are verified; the exported one became international in 2025
    "denominator": 5, "reporting": 4, "share_reporting": 0.8, "products_local": 1, "products_province": 1, "products_national": 1,
    "products_international": 1, "products_moved_up": 2, "shipments": 3, "quantity_kg": "301.5", "fob_idr": "64002000",
    "destination_countries": ["JP", "SG"], "exporters": 2, "exporters_first_time": 1, "shipments_direct": 2,
    "shipments_aggregator": 1, "samples": 1, "shipments_grade_a": 2, "shipments_grade_b": 1,
}


def test_markets_by_hand(house, sold):
    reply = report(house.dinas, "markets")
    assert figures(reply["total"]) == MARKETS
    assert [figures(row) for row in reply["rows"]] == [{"code": VILLAGE, "name": "Resapombo", **MARKETS}]


def test_markets_with_what_is_submitted(house, sold):
    total = report(house.dinas, "markets", verified_only="false")["total"]
    assert figures(total) == {**MARKETS, "denominator": 6, "reporting": 5, "share_reporting": 0.8333, "products_local": 2,
                              "products_moved_up": 3, "shipments": 4, "quantity_kg": "402", "fob_idr": "80002500",
                              "destination_countries": ["JP", "SG", "US"], "exporters": 3, "exporters_first_time": 2,
                              "shipments_direct": 3, "shipments_grade_a": 3}


def test_a_firm_with_and_without_its_nib_is_one_exporter(house):
    """It is new once, by its first export, however its name was spelled then."""
    village, nib = "35.05.18.2008", "8880000000099"
    for day, name, number in (("2016-02-01", "CV Anjasmara", nib), ("2016-03-01", "Anjasmara, C.V.", None),
                              ("2016-04-01", "CV Anjasmara Baru", nib), ("2017-02-01", "ANJASMARA", None)):
        sent = export(house.dinas, village, exported_on=day, exporter_name=name, exporter_nib=number)
        verify(house, f"/v1/exports/{sent['id']}", house.dinas)
    for year, first in ((2016, 1), (2017, 0)):
        total = report(house.dinas, "markets", village_code=village, period_from=f"{year}-01-01", period_to=f"{year}-12-31")["total"]
        assert (total["exporters"], total["exporters_first_time"]) == (1, first)


def test_rows_are_kecamatan_unless_villages_are_asked_for(house, sold):
    reply = report(house.dinas, "markets", by="district")
    assert [(row["code"], row["name"]) for row in reply["rows"]] == [(DISTRICT, "Doko")]
    assert reply["total"] == {**reply["rows"][0], "code": None, "name": None}
    everywhere = house.dinas.get("/v1/reports/markets").json()
    assert len(everywhere["rows"]) == 22 and everywhere["by"] == "district" and everywhere["period_from"].endswith("-01-01")
    assert len(house.dinas.get("/v1/reports/markets", params={"by": "village"}).json()["rows"]) == 248


def test_an_area_without_anything_has_no_share(house):
    empty = report(house.dinas, "markets", village_code="35.05.01.2001")["total"]
    assert empty["denominator"] == 0 and empty["share_reporting"] is None


def test_a_bumdes_sees_its_own_villages(house, sold):
    assert [row["code"] for row in house.bumdes.get("/v1/reports/markets", params={"by": "village"}).json()["rows"]] == [BALEREJO]
    assert report(house.bumdes2, "markets", village_code=f"{VILLAGE},{JEDING}")["rows"][0]["code"] == JEDING
    assert report(house.bumdes, "markets")["total"]["denominator"] == 0


def test_the_rows_as_a_file(house, sold):
    reply = house.dinas.get("/v1/reports/markets", params={"by": "village", "village_code": VILLAGE, **YEAR, "format": "csv"})
    header, row = csv.reader(io.StringIO(reply.content.decode(), newline=""), strict=True)
    spoken = {name: ";".join(value) if isinstance(value, list) else str(value) for name, value in MARKETS.items()}
    assert {name: value for name, value in zip(header, row) if value != "0"} == {"code": VILLAGE, "name": "Resapombo", **spoken}
    assert header == list(report(house.dinas, "markets")["total"]) and reply.content.count(b"\r\n") == 2
    assert reply.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert reply.headers["Content-Disposition"] == f'attachment; filename="report_markets-{day()}.csv"'


def test_a_share_of_nothing_is_an_empty_cell(house):
    text = house.dinas.get("/v1/reports/markets", params={"by": "village", "village_code": "35.05.01.2001", "format": "csv"}).text
    row = next(csv.DictReader(io.StringIO(text)))
    assert row["denominator"] == "0" and row["share_reporting"] == ""


def test_each_format_is_cached_by_itself(house, sold):
    tags = [house.dinas.get("/v1/reports/markets", params={"format": name}).headers["ETag"] for name in ("json", "csv")]
    assert len(set(tags)) == 2
    house.dinas.get("/v1/reports/markets", 304, params={"format": "csv"}, headers={"If-None-Match": tags[1]})
    house.dinas.get("/v1/reports/markets", 200, params={"format": "csv"}, headers={"If-None-Match": tags[0]})


def test_a_file_is_asked_for_by_its_name(house):
    house.dinas.get("/v1/reports/markets", 406, params={"format": "csv"}, headers={"Accept": "application/json"})
    house.dinas.get("/v1/reports/markets", 406, headers={"Accept": "text/csv"})
    house.dinas.get("/v1/reports/markets", 400, params={"format": "xlsx"})


def test_who_reads_reports(house, sold):
    for reader in house.bupati, house.analyst:
        assert figures(report(reader, "markets")["total"]) == MARKETS
    house.public.get("/v1/reports/markets", 401)
    house.admin.get("/v1/reports/markets", 403)


def test_a_period_ends_after_it_begins(house):
    refused = house.dinas.get("/v1/reports/markets", 400, params={"period_from": "2026-02-02", "period_to": "2026-02-01"})
    reply = refused.json()
    assert reply["code"] == "invalid_parameter"
    assert [(one["parameter"], one["code"]) for one in reply["violations"]] == [("period_to", "before_start")]


def test_every_figure_has_a_definition(house):
    for operation in house.contract.operations.values():
        if operation.path.startswith("/v1/reports/"):
            reply = house.dinas.get(operation.path).json()
            assert [one["figure"] for one in reply["definitions"]] == [name for name in reply["total"] if name not in ("code", "name")]


def test_a_report_says_which_register_it_shows(house, sold):
    first, again = (house.dinas.get("/v1/reports/markets") for _ in range(2))
    assert first.content == again.content and first.headers["ETag"] == again.headers["ETag"]
    product(house.dinas, VILLAGE)
    assert house.dinas.get("/v1/reports/markets").json()["as_of"] > first.json()["as_of"]


def test_a_kept_report_is_shown_again_unchanged(house, sold):
    before = report(house.dinas, "markets")
    reply = house.bupati.post("/v1/report-snapshots", {"report": "markets", "title": "Pidato", "by": "village",
                                                       "village_code": [VILLAGE], **YEAR})
    kept = reply.json()
    assert hashlib.sha256(kept["result"].encode()).hexdigest() == kept["sha256"]
    assert json.loads(kept["result"]) == before
    path = f"/v1/products/{product(house.dinas, VILLAGE)['id']}"
    verify(house, path, house.dinas)
    assert report(house.dinas, "markets")["total"]["denominator"] == before["total"]["denominator"] + 1
    for reader in house.bupati, house.dinas, house.analyst:
        assert reader.get(reply.headers["Location"]).json() == kept
    row = house.dinas.get("/v1/report-snapshots", params={"id": kept["id"], "report": "markets"}).json()["data"]
    assert row == [{name: value for name, value in kept.items() if name != "result"}]


def test_a_kept_report_is_nobodys_to_change(house, sold):
    sent = {"report": "markets", "title": "Pidato"}
    for name in ("bumdes", "reporter", "writer", "admin"):
        house.caller(name).post("/v1/report-snapshots", sent, 403)
    house.public.post("/v1/report-snapshots", sent, 401)
    assert house.rows("""
        select r.rolname
          from pg_roles r
         where r.rolname like 'ovop\\_%%'
           and has_any_column_privilege(r.oid, 'report_snapshot', 'update')
            or r.rolname like 'ovop\\_%%'
           and has_table_privilege(r.oid, 'report_snapshot', 'delete, truncate')""") == []


def test_an_unknown_report_is_not_kept(house):
    refused = house.dinas.post("/v1/report-snapshots", {"report": "rumours", "title": "Pidato"}, 422)
    assert problem(refused)[1] == [("/report", "enum")]
    refused = house.dinas.post("/v1/report-snapshots", {"report": "markets", "title": "Pidato", "period_from": "2026-02-02",
                                                        "period_to": "2026-02-01"}, 422)
    assert problem(refused) == ("validation_failed", [("/period_to", "before_start")])
