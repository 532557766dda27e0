"""The sample data for developers: no list is empty, and every report has figures."""
import pytest

from house import BALEREJO, month
from rules import admitted

COFFEE = "019a0000-0000-7000-8000-000000000101"


@pytest.fixture(scope="module")
def house(build):
    it = build().prepare()
    done = it.run("migrate", "--sample")
    assert done.returncode == 0, done.stderr
    return it.start()


def test_no_list_is_empty(house):
    replies = {operation.path: house.bupati.get(operation.path).json() for operation in house.contract.operations.values()
               if operation.method == "GET" and "{" not in operation.path and operation.path.startswith("/v1/")
               and (not operation.security or admitted(operation, house.bupati))}
    lists = {path: reply["data"] for path, reply in replies.items() if "data" in reply}
    assert len(lists) >= 30 and [path for path, rows in lists.items() if not rows] == []


@pytest.mark.parametrize("report, since, figures", [  # on any day
    ("ovop-map", "2025-01-01", ("villages_with_flagship", "villages_visited")),
    ("productivity", month(6) + "-01", ("median_turnover_before_idr", "median_turnover_idr")),
    ("mentoring", "2025-01-01", ("participants_attended", "follow_ups_done", "outcomes")),
    ("branding", "2025-01-01", ("umkm_pirt", "umkm_halal", "products_complete", "products_one_document_away")),
    ("markets", "2025-01-01", ("products_international", "products_moved_up", "shipments"))])
def test_a_report_has_figures_of_balerejo(house, report, since, figures):
    asked = {"by": "village", "village_code": BALEREJO, "period_from": since}
    row, = house.bupati.get(f"/v1/reports/{report}", params=asked).json()["rows"]
    assert [name for name in figures if not row[name]] == []


def test_the_brief_of_balerejo_is_whole(house):
    reply = house.bupati.get(f"/v1/villages/{BALEREJO}/brief").json()
    assert [name for name in ("flagship", "obstacles", "makers", "certificates", "last_visit", "next_sessions") if not reply[name]] == []
    assert [one["median_turnover_idr"] is not None for one in reply["income"]["months"]] == [True] * 11 + [False]
    assert reply["promises"]["promised"] and reply["promises"]["last"]


def test_the_passport_of_its_coffee_is_whole(house):
    reply = house.public.get(f"/v1/catalog/products/{COFFEE}/passport").json()
    assert {name for name in reply if reply[name] in (None, [])} == {"star_award"}
    assert [one["market_reach"] for one in reply["markets"]] == ["international", "national", "district", "local"]
