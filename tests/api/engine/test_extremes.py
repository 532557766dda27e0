"""The largest amounts that the contract allows, in every resource that has amounts. They can be
written, and every list, report and total that counts them can be read."""
import csv
import io
import re

import pytest

from client import problem
from house import BALEREJO, month
from records import body, export, line, outcome, product, production_report, program, target, umkm, village_potential
from rules import FINISH

LARGEST = 2**53 - 1
FOB = {"fob": "9999999999", "rate": "900719", "quantity_kg": "9999999999.999"}
OF_ONE = 9999999999 * 900719
AREA = {"village_code": BALEREJO}
MAKERS = {"umkm": umkm, "products": product, "village-potentials": village_potential, "training-programs": program,
          "outcomes": outcome, "targets": target, "production-reports": production_report}


@pytest.fixture(scope="module")
def house(build):
    return build().prepare().start()


def largest(contract, operation):
    """Returns the members of a body that hold amounts, each with its largest value."""
    (media,) = contract.operations[operation].members["requestBody"]["content"].values()
    found = {}
    for name, schema in contract.resolve(media["schema"])["properties"].items():
        schema = contract.resolve(schema)
        digits = re.fullmatch(r"\^.*\[1-9\]\[0-9\]\{0,(\d+)\}\)\(\[\.\]\[0-9\]\{1,(\d+)\}\)\?\$", schema.get("pattern", ""))
        if digits:
            found[name] = "9" * (int(digits[1]) + 1) + "." + "9" * int(digits[2])
        elif schema.get("maximum", 0) >= 100000 and "integer" in schema["type"]:
            found[name] = schema["maximum"]
    return found


@pytest.mark.parametrize("noun", MAKERS)
def test_the_largest_amounts_are_kept_and_shown(house, noun):
    operation = next(one for one in house.contract.operations.values() if (one.method, one.path) == ("POST", f"/v1/{noun}"))
    amounts = largest(house.contract, operation.id)
    assert amounts, f"{operation.id} has amounts"
    made = MAKERS[noun](house.dinas, **amounts)
    if noun in FINISH:
        FINISH[noun](house, f"/v1/{noun}/{made['id']}", house.dinas)
    for who in (house.dinas, house.bupati):
        assert {name: who.get(f"/v1/{noun}/{made['id']}").json()[name] for name in amounts} == amounts
        assert made["id"] in {one["id"] for one in who.pages(f"/v1/{noun}")}
    if noun in ("umkm", "products"):
        house.public.get(f"/v1/catalog/{noun}/{made['id']}")
        assert made["id"] in {one["id"] for one in house.public.pages(f"/v1/catalog/{noun}")}


@pytest.fixture(scope="module")
def grown(house):
    """Three UMKM grew from one rupiah to the largest turnover."""
    workers = {"workers_male": 1000000, "workers_female": 1000000}
    for _ in range(3):
        made = umkm(house.dinas)["id"]
        FINISH["umkm"](house, f"/v1/umkm/{made}", house.dinas)
        for when, turnover in ((month(13), 1), (month(1), LARGEST)):
            sent = production_report(house.dinas, umkm_id=made, month=when, turnover_idr=turnover, **workers)
            FINISH["production-reports"](house, f"/v1/production-reports/{sent['id']}", house.dinas)
    return {"period_from": month(11) + "-01", "period_to": month(1) + "-28"}


def test_the_largest_turnover_is_a_median(house, grown):
    for verified in ("true", "false"):
        asked = {"by": "village", **AREA, **grown, "verified_only": verified}
        total = house.dinas.get("/v1/reports/productivity", params=asked).json()["total"]
        assert total["median_turnover_before_idr"] == 1 and total["workers"] == 6000000
        assert LARGEST - 9 <= total["median_turnover_idr"] <= LARGEST and total["median_change"] > 9e15
    last = house.bupati.get(f"/v1/villages/{BALEREJO}/brief").json()["income"]["months"][-1]
    assert LARGEST - 9 <= last["median_turnover_idr"] <= LARGEST
    house.bupati.get(f"/v1/villages/{BALEREJO}/brief", params={"format": "html"})


@pytest.fixture(scope="module")
def shipped(house):
    """Three exporters send 1,203 shipments of the largest value. Their sum passes 2^63."""
    goods = [line(product(house.dinas)["id"], **FOB)]
    for n in range(3):
        sent = export(house.dinas, lines=goods, exporter_name=f"PT Besar {n}", exporter_nib=f"912000777777{n}", exported_on="2015-05-05")
        FINISH["exports"](house, f"/v1/exports/{sent['id']}", house.dinas)
    # Through the API, this would take minutes.
    columns, = house.rows("""
        select string_agg(column_name, ', ') as names
          from information_schema.columns
         where table_name = 'export' and is_generated = 'NEVER' and column_name <> 'id'""")
    house.rows(f"""
        set session_replication_role = replica;
        insert into export (id, {columns.names}) select uuid_v7(), {columns.names} from export, generate_series(1, 400)
         where exporter_name like 'PT Besar%%';
        reset session_replication_role;
        call export_totals_renew()""")
    return {"shipments": 1203, "fob_idr": str(1203 * OF_ONE)}


def test_a_sum_over_many_exports_is_a_decimal_string(house, shipped):
    assert int(shipped["fob_idr"]) > 2**63
    for verified in ("true", "false"):
        asked = {**AREA, "by": "village", "period_from": "2015-01-01", "period_to": "2015-12-31", "verified_only": verified}
        reply = house.dinas.get("/v1/reports/markets", params=asked).json()
        for row in (reply["total"], *reply["rows"]):
            assert {name: row[name] for name in shipped} == shipped
            assert row["quantity_kg"] == "12029999999998.797"
        text = house.bupati.get("/v1/reports/markets", params={**asked, "format": "csv"}).text
        assert [row["fob_idr"] for row in csv.DictReader(io.StringIO(text))] == [shipped["fob_idr"]]
    kept = house.bupati.post("/v1/report-snapshots", {"report": "markets", "title": "Besar", "period_from": "2015-01-01"}).json()
    assert shipped["fob_idr"] in kept["result"]


def test_a_public_total_is_a_decimal_string(house, shipped):
    row, = house.public.get("/v1/catalog/exports/totals", params={"year": 2015}).json()["data"]
    assert {name: row[name] for name in shipped} == shipped
    total = house.public.pages("/v1/catalog/exports/totals")
    assert shipped["fob_idr"] in {one["fob_idr"] for one in total}


def test_an_export_passes_no_limit_by_its_lines(house):
    """The largest export is still a JSON integer. A larger one names the member to correct."""
    goods = line(product(house.dinas)["id"], **FOB)
    assert export(house.dinas, lines=[goods])["fob_idr"] == OF_ONE
    for lines in ([goods] * 2, [goods] * 50, [{**goods, "rate": "999999.999999", "fob": "9999999999.9999"}] * 50):
        sent = body(house.contract, "export_create", **AREA, lines=lines)
        assert problem(house.dinas.post("/v1/exports", sent, 422)) == ("validation_failed", [("/lines", "range")])


@pytest.mark.parametrize("period", [("0001-01-01", "9999-12-31"), ("0001-01-01", "0001-01-31"), ("9999-12-01", "9999-12-31")])
def test_a_report_of_the_longest_period_is_read(house, shipped, grown, period):
    for name in ("markets", "productivity", "mentoring", "ovop-map", "branding"):
        for by in ("village", "district"):
            house.dinas.get(f"/v1/reports/{name}", params={"by": by, "period_from": period[0], "period_to": period[1]})


def test_an_export_of_long_ago_counts_in_its_year(house):
    sent = export(house.dinas, lines=[line(product(house.dinas)["id"])], exported_on="0001-01-01")
    FINISH["exports"](house, f"/v1/exports/{sent['id']}", house.dinas)
    assert 1 in {row["year"] for row in house.public.pages("/v1/catalog/exports/totals")}
