"""The productivity report of two villages. All figures were computed by hand from `reported`."""
import csv
import io

import pytest

from house import BALEREJO
from records import production_report, publish, session, umkm, verify

NGRECO, AMPELGADING, SELOREJO = "35.05.21.2010", "35.05.21.2007", "35.05.21"
PERIOD = {"period_from": "2026-04-01", "period_to": "2026-06-30"}
MILLION = 1000000
# Attendance counts from one year before the period to its end, by the days of Blitar.
HELD = {
    "2025-09-10T02:00:00Z": {"Satu": True, "Dua": False}, "2025-03-31T17:30:00Z": {"Empat": True},
    "2026-06-30T16:30:00Z": {"Lima": True}, "2025-03-31T02:00:00Z": {"Enam": True},
}


@pytest.fixture(scope="module")
def reported(house):
    """Makes UMKM and their months: (month, millions of rupiah, men, women)."""
    made = {}

    def enterprise(name, *months, village=NGRECO, status="published"):
        made[name] = umkm(house.dinas, village, name=name)["id"]
        path = f"/v1/umkm/{made[name]}"
        if status == "published":
            publish(house, path, house.dinas)
        elif status == "submitted":
            house.dinas.act(path, "submit")
        for month in months:
            verify(house, reports(name, *month), house.dinas)

    def reports(name, month, millions, men=None, women=None):
        turnover = None if millions is None else millions * MILLION
        sent = production_report(house.dinas, umkm_id=made[name], month=month, turnover_idr=turnover, volume="1", unit="kg",
                                 workers_male=men, workers_female=women)
        return f"/v1/production-reports/{sent['id']}"

    enterprise("Satu", ("2026-01", 10, 3, 4), ("2026-03", 20, 3, 4), ("2026-04", 18, 4, 4), ("2026-05", 30, 5, 5))  # 15 -> 24
    enterprise("Dua", ("2026-02", 10), ("2026-05", 9, 1, 1), ("2026-06", 9, 1, 1))
    enterprise("Tiga", ("2026-01", 150, 12, 8), ("2026-06", 180, 12, 10))  # 1.8 -> 2.16 billion a year: mikro -> kecil
    enterprise("Empat", ("2026-03", 40), ("2026-04", 40))
    enterprise("Lima", ("2026-03", 20), ("2026-04", 22))
    # Two months are outside both periods.
    enterprise("Enam", ("2026-03", 8), ("2025-12", 800), ("2026-04", 12), ("2026-07", 900))
    enterprise("Baru", ("2026-04", 70, 2, 2))
    enterprise("Berhenti", ("2026-03", 70, 2, 2), ("2026-04", None, 2, 2))
    enterprise("Diam")
    enterprise("Diajukan", ("2026-02", 40), ("2026-05", 60), status="submitted")
    enterprise("Draf", ("2026-02", 1), ("2026-05", 600), status="draft")
    enterprise("Nol", ("2026-02", 0), ("2026-05", 5), village=AMPELGADING)
    withdrawn = reports("Dua", "2026-01", 500)
    verify(house, withdrawn, house.dinas)
    house.dinas2.act(withdrawn, "archive", note="Keliru")
    house.dinas.act(reports("Satu", "2026-05", 900), "submit")  # its month is verified already
    house.dinas.act(reports("Satu", "2026-06", 5000), "submit")  # the next one is newer
    house.dinas.act(reports("Satu", "2026-06", 99, 6, 5), "submit")
    reports("Tiga", "2026-05", 7000)

    for starts_at, came in HELD.items():
        path = f"/v1/mentoring-sessions/{session(house.dinas, NGRECO, starts_at=starts_at, ends_at='2026-07-01T00:00:00Z')['id']}"
        there = {name: house.dinas.post(path + "/participants", {"umkm_id": made[name]}).json()["id"] for name in came}
        house.dinas.act(path, "hold")
        for name, attended in came.items():
            house.dinas.patch(f"/v1/mentoring-participants/{there[name]}", {"attended": attended})
    return made


def report(client, **parameters):
    asked = {"village_code": f"{NGRECO},{AMPELGADING}", **PERIOD, **parameters}
    reply = client.get("/v1/reports/productivity", params=asked).json()
    for row in (reply["total"], *reply["rows"]):  # the volumes have their own test
        for name in VOLUMES:
            del row[name]
    return reply


VOLUMES = ("volume_kg", "volume_l", "volume_pieces")
OF_NGRECO = {
    "code": NGRECO, "name": "Ngreco",
    "denominator": 9, "reporting": 6, "share_reporting": 0.6667, "reported_before": 7, "reported": 7,
    "median_turnover_before_idr": 17500000,  # 8 10 [15 20] 40 150
    "median_turnover_idr": 23000000,         # 9 12 [22 24] 40 180
    "change_of_median": 0.3143, "median_change": 0.15,  # -0.1 0 [0.1 0.2] 0.5 0.6
    "workers_before": 31, "workers": 35,     # Satu, Tiga, Berhenti: 7 + 20 + 4, and (8 + 10) / 2 + 22 + 4
    "class_moved_up": 1, "mentored": 3, "not_mentored": 3,
    "median_change_mentored": 0.1,           # Empat 0, Lima 0.1, Satu 0.6
    "median_change_not_mentored": 0.2,       # Dua -0.1, Tiga 0.2, Enam 0.5
}
OF_AMPELGADING = {  # one UMKM, with a turnover of zero before the period
    "code": AMPELGADING, "name": "Ampelgading",
    "denominator": 1, "reporting": 1, "share_reporting": 1, "reported_before": 1, "reported": 1,
    "median_turnover_before_idr": None, "median_turnover_idr": None, "change_of_median": None, "median_change": None,
    "workers_before": None, "workers": None, "class_moved_up": 0, "mentored": 0, "not_mentored": 1,
    "median_change_mentored": None, "median_change_not_mentored": None,
}
OF_BOTH = {
    **OF_NGRECO, "code": None, "name": None,
    "denominator": 10, "reporting": 7, "share_reporting": 0.7, "reported_before": 8, "reported": 8,
    "median_turnover_before_idr": 15000000,  # 0 8 10 [15] 20 40 150
    "median_turnover_idr": 22000000,         # 5 9 12 [22] 24 40 180
    "change_of_median": 0.4667, "not_mentored": 4,
}


def test_the_same_umkm_before_and_after(house, reported):
    reply = report(house.dinas, by="village")
    assert reply["rows"] == [OF_AMPELGADING, OF_NGRECO]
    assert reply["total"] == OF_BOTH
    assert (reply["report"], reply["period_from"], reply["period_to"]) == ("productivity", *PERIOD.values())


def test_a_kecamatan_is_its_villages_together(house, reported):
    row, = report(house.bupati)["rows"]
    assert row == {**OF_BOTH, "code": SELOREJO, "name": "Selorejo"}


def test_what_is_submitted_counts_when_it_is_asked_for(house, reported):
    """Satu has a third month of 99 million, so 49 on average. Diajukan rose from 40 to 60."""
    row = report(house.dinas, by="village", verified_only="false")["rows"][1]
    assert row == {
        **OF_NGRECO, "denominator": 10, "reporting": 7, "share_reporting": 0.7, "reported_before": 8, "reported": 8,
        "median_turnover_before_idr": 20000000,  # 8 10 15 [20] 40 40 150
        "median_turnover_idr": 40000000,         # 9 12 22 [40] 49 60 180
        "change_of_median": 1, "median_change": 0.2,  # -0.1 0 0.1 [0.2] 0.5 0.5 2.27
        "workers": 35.7,                         # (8 + 10 + 11) / 3 + 22 + 4
        "not_mentored": 4, "median_change_not_mentored": 0.35,  # -0.1 [0.2 0.5] 0.5
    }


def test_the_comparison_with_mentored_umkm_is_declared_not_causal(house):
    definitions = {one["figure"]: one for one in report(house.bupati)["definitions"]}
    for figure in ("median_change_mentored", "median_change_not_mentored"):
        assert "Bukan bukti sebab-akibat" in definitions[figure]["definition"] and "Not causal" in definitions[figure]["definition_en"]


def test_a_spreadsheet_gets_the_same_rows(house, reported):
    asked = {"village_code": f"{NGRECO},{AMPELGADING}", **PERIOD, "by": "village", "format": "csv"}
    rows = list(csv.DictReader(io.StringIO(house.dinas.get("/v1/reports/productivity", params=asked).text)))
    assert [{name: None if value == "" else value if name in ("code", "name") else float(value) for name, value in row.items()
             if name not in VOLUMES}
            for row in rows] == [OF_AMPELGADING, OF_NGRECO]


def test_a_correction_counts_once_it_is_verified(house, reported):
    made = production_report(house.dinas, umkm_id=reported["Diam"], month="2019-05", turnover_idr=1)
    path = f"/v1/production-reports/{made['id']}"
    verify(house, path, house.dinas)
    before = production_report(house.dinas, umkm_id=reported["Diam"], month="2019-04", turnover_idr=1)
    verify(house, f"/v1/production-reports/{before['id']}", house.dinas)
    house.dinas.patch(path, {"month": "2019-06", "reason": "Bulan keliru"})
    asked = {"period_from": "2019-05-01", "period_to": "2019-05-31"}
    assert report(house.dinas, **asked)["total"]["reporting"] == 1
    house.dinas2("POST", path + "/change-request/actions/verify", {}, match="*", status=200)
    assert report(house.dinas, **asked)["total"]["reporting"] == 0


def test_a_period_is_whole_months(house, reported):
    assert report(house.dinas, period_from="2026-04-30", period_to="2026-06-01")["total"]["reported"] == OF_BOTH["reported"]
    over_new_year = report(house.dinas, period_from="2025-12-01", period_to="2026-03-31")["total"]
    assert over_new_year["reported"] == 8 and over_new_year["reported_before"] == 0


def test_a_village_sees_its_own(house, reported):
    officer = house.person("bumdes-ngreco", "bumdes", [NGRECO])
    reply = report(officer, by="village")
    assert reply["rows"] == [OF_NGRECO] and reply["total"] == {**OF_NGRECO, "code": None, "name": None}
    assert report(house.bumdes)["rows"] == [] and report(house.bumdes)["total"]["denominator"] == 0
    assert [row["code"] for row in report(house.bumdes, village_code=BALEREJO, by="village")["rows"]] == [BALEREJO]


def test_a_system_with_the_register_reads_the_report(house, reported):
    assert report(house.analyst)["total"] == OF_BOTH
    house.reporter.get("/v1/production-reports", 403)
    house.reader.get("/v1/reports/productivity", 403)


def test_a_restricted_umkm_counts_for_nobody(house, reported):
    consent = {"contact_public": False, "processing_restricted": True}
    house.dinas.put(f"/v1/umkm/{reported['Nol']}/consent", consent)
    try:
        assert report(house.bupati)["total"]["denominator"] == report(house.dinas)["total"]["denominator"] == 9
    finally:
        house.dinas.put(f"/v1/umkm/{reported['Nol']}/consent", {**consent, "processing_restricted": False})
