"""The mentoring report of Wonotirto, which no other test uses.

All figures were counted by hand from `mentored`.
"""
import csv
import io

import pytest

from house import BALEREJO, day
from records import outcome, publish, session, umkm, verify, visit

PASIRAMAN, KALIGRENJENG, TAMBAKREJO, WONOTIRTO = "35.05.08.2001", "35.05.08.2002", "35.05.08.2003", "35.05.08"
GUNUNGGEDE, NGENI, NGADIPURO = "35.05.08.2005", "35.05.08.2007", "35.05.08.2008"
PERIOD = {"period_from": "2026-04-01", "period_to": "2026-06-30"}


def morning(on):
    """Returns the times of a session in the morning, in Blitar."""
    return {"starts_at": f"{on}T02:00:00Z", "ends_at": f"{on}T05:00:00Z"}


def report(client, **asked):
    return client.get("/v1/reports/mentoring", params={"district_code": WONOTIRTO, **PERIOD, **asked}).json()


def figures(row):
    """Returns the members of a row that are not zero or null."""
    return {name: value for name, value in row.items() if value not in (0, None)}


def held(house, village, when, came=None, invited=()):
    """Holds a session. `came` maps the id of a UMKM to its attendance, or None if unrecorded."""
    at = f"/v1/mentoring-sessions/{session(house.dinas, village, villages=[village, *invited], **when)['id']}"
    for one in came or {}:
        house.dinas.post(at + "/participants", {"umkm_id": one})
    house.dinas.act(at, "hold")
    taken = [{"umkm_id": one, "attended": attended} for one, attended in (came or {}).items() if attended is not None]
    if taken:
        house.dinas.post(at + "/attendances", {"attendances": taken}, 200, match="*")
    return at.rsplit("/")[-1]


@pytest.fixture(scope="module")
def mentored(house):
    made = {}
    for name, village, status in (("Satu", PASIRAMAN, "published"), ("Dua", KALIGRENJENG, "published"),
                                  ("Tiga", PASIRAMAN, "draft"), ("Empat", PASIRAMAN, "submitted"), ("Lima", PASIRAMAN, "published")):
        made[name] = umkm(house.dinas, village, name=name)["id"]
        if status == "published":
            publish(house, f"/v1/umkm/{made[name]}", house.dinas)
        elif status == "submitted":
            house.dinas.act(f"/v1/umkm/{made[name]}", "submit")
    one, two, three, four = (made[name] for name in ("Satu", "Dua", "Tiga", "Empat"))

    # The session in Kaligrenjeng is a follow-up on the 30th day. It has none itself: the next
    # session is on the 31st day.
    held(house, PASIRAMAN, morning("2026-03-15"), {one: True})
    first = held(house, PASIRAMAN, morning("2026-04-10"), {one: True, two: True, three: False, four: None}, [KALIGRENJENG])
    second = held(house, KALIGRENJENG, morning("2026-05-10"), {two: True})
    held(house, PASIRAMAN, morning("2026-06-10"), {two: True, four: True}, [KALIGRENJENG])
    # In Blitar it is 1 April: in the period, but one day before its last 90 days.
    held(house, TAMBAKREJO, {"starts_at": "2026-03-31T17:30:00Z", "ends_at": "2026-03-31T19:00:00Z"})
    # In Blitar it is 1 July: after the period.
    held(house, TAMBAKREJO, {"starts_at": "2026-06-30T17:30:00Z", "ends_at": "2026-06-30T19:00:00Z"})
    session(house.dinas, PASIRAMAN, **morning("2026-06-20"))
    cancelled = session(house.dinas, KALIGRENJENG, **morning("2026-06-21"))
    house.dinas.act(f"/v1/mentoring-sessions/{cancelled['id']}", "cancel", note="Hujan")

    for of, due_on, closed in ((two, "2026-05-01", {"state": "done", "closed_on": "2026-05-01"}),
                               (one, "2026-05-15", {"state": "done", "closed_on": "2026-05-20"}), (one, "2026-06-30", None),
                               (one, "2026-06-01", {"state": "dropped"}), (one, "2026-07-01", None)):
        fields = {"task": "Mengurus P-IRT", "owner": "umkm", "umkm_id": of, "due_on": due_on}
        item = house.dinas.post(f"/v1/mentoring-sessions/{first}/action-items", fields).json()
        if closed:
            house.dinas.patch(f"/v1/action-items/{item['id']}", closed)

    for of, at, on, status in ((one, first, "2026-05-01", "verified"), (one, first, "2026-06-30", "verified"),
                               (two, second, "2026-06-01", "submitted"), (two, second, "2026-06-02", "draft"),
                               (one, first, "2026-07-01", "verified")):
        path = f"/v1/outcomes/{outcome(house.dinas, umkm_id=of, session_id=at, observed_on=on)['id']}"
        if status == "verified":
            verify(house, path, house.dinas)
        elif status == "submitted":
            house.dinas.act(path, "submit")

    # A completed visit in the last 90 days counts as contact, but not as training.
    for villages, on, done in (([GUNUNGGEDE, NGENI], "2026-04-02", True), ([NGADIPURO], "2026-04-01", True),
                               ([NGADIPURO], "2026-06-01", False)):
        path = f"/v1/visits/{visit(house.bupati, villages[0], villages=villages, visited_on=on)['id']}"
        if done:
            house.bupati.act(path, "complete")


TOTAL = {  # eight villages
    "denominator": 8, "reporting": 3, "share_reporting": 0.375, "villages_without_contact": 4, "sessions_planned": 1,
    "sessions_held": 4, "sessions_cancelled": 1, "umkm": 3, "umkm_reached": 2, "share_umkm_reached": 0.6667, "participants": 7,
    "participants_recorded": 6, "participants_attended": 5, "attendance_rate": 0.8333, "follow_ups_due": 4, "follow_ups_done": 2,
    "share_followed_up": 0.5, "action_items_due": 3, "action_items_on_time": 1, "share_on_time": 0.3333, "outcomes": 2,
    "umkm_with_outcome": 1,
}
IN_KALIGRENJENG = {
    "code": KALIGRENJENG, "name": "Kaligrenjeng", "denominator": 1, "reporting": 1, "share_reporting": 1, "sessions_held": 1,
    "sessions_cancelled": 1, "umkm": 1, "umkm_reached": 1, "share_umkm_reached": 1, "participants": 3, "participants_recorded": 3,
    "participants_attended": 3, "attendance_rate": 1, "follow_ups_due": 1, "action_items_due": 1, "action_items_on_time": 1,
    "share_on_time": 1,
}


def test_the_district_by_hand(house, mentored):
    for reader in house.dinas, house.bupati, house.analyst:
        reply = report(reader)
        assert figures(reply["total"]) == TOTAL
        assert [figures(row) for row in reply["rows"]] == [{"code": WONOTIRTO, "name": "Wonotirto", **TOTAL}]


def test_its_villages_by_hand(house, mentored):
    reply = report(house.dinas, by="village")
    assert figures(reply["total"]) == TOTAL and len(reply["rows"]) == 8
    assert [figures(row) for row in reply["rows"]][:4] == [
        {"code": PASIRAMAN, "name": "Pasiraman", "denominator": 1, "reporting": 1, "share_reporting": 1, "sessions_planned": 1,
         "sessions_held": 2, "umkm": 2, "umkm_reached": 1, "share_umkm_reached": 0.5, "participants": 4, "participants_recorded": 3,
         "participants_attended": 2, "attendance_rate": 0.6667, "follow_ups_due": 2, "follow_ups_done": 2, "share_followed_up": 1,
         "action_items_due": 2, "outcomes": 2, "umkm_with_outcome": 1},
        IN_KALIGRENJENG,
        {"code": TAMBAKREJO, "name": "Tambakrejo", "denominator": 1, "reporting": 1, "share_reporting": 1,
         "villages_without_contact": 1, "sessions_held": 1, "follow_ups_due": 1},
        {"code": "35.05.08.2004", "name": "Sumberboto", "denominator": 1, "villages_without_contact": 1},
    ]
    assert [row["code"][-1] for row in reply["rows"] if row["villages_without_contact"]] == ["3", "4", "6", "8"]


def test_nothing_to_divide_by_is_no_share(house, mentored):
    empty = report(house.dinas, village_code="35.05.08.2004")["total"]
    shares = ("share_umkm_reached", "attendance_rate", "share_followed_up", "share_on_time")
    assert [empty[name] for name in shares] == [None] * 4 and empty["share_reporting"] == 0
    assert report(house.dinas, village_code=TAMBAKREJO)["total"]["share_followed_up"] == 0


def test_what_was_handed_in_may_count_too(house, mentored):
    assert figures(report(house.dinas, verified_only="false")["total"]) == {
        **TOTAL, "umkm": 4, "umkm_reached": 3, "share_umkm_reached": 0.75, "outcomes": 3, "umkm_with_outcome": 2}


def test_a_village_sees_its_own(house, mentored):
    reply = report(house.person("kaligrenjeng", "bumdes", [KALIGRENJENG]), by="village")
    assert [figures(row) for row in reply["rows"]] == [IN_KALIGRENJENG]
    assert report(house.bumdes)["rows"] == []
    assert [row["code"] for row in house.bumdes.get("/v1/reports/mentoring", params={"by": "village"}).json()["rows"]] == [BALEREJO]
    house.reader.get("/v1/reports/mentoring", 403)


def test_an_action_item_follows_a_session_up_when_it_is_written_down_in_time(house):
    village = "35.05.05.2001"  # Pulerejo, which no other test uses
    for ago in (1, 31):
        at = held(house, village, morning(day(-ago)))
        house.dinas.post(f"/v1/mentoring-sessions/{at}/action-items",
                         {"task": "Uji air", "owner": "dinas", "due_on": "2100-01-01"})
    asked = {"district_code": village[:8], "period_from": day(-40), "period_to": day(40)}
    total = report(house.dinas, **asked)["total"]
    assert (total["sessions_held"], total["follow_ups_due"], total["follow_ups_done"], total["share_followed_up"]) == (2, 2, 1, 0.5)


def test_its_rows_as_csv(house, mentored):
    asked = {"by": "village", "village_code": KALIGRENJENG, "format": "csv", **PERIOD}
    row, = csv.DictReader(io.StringIO(house.dinas.get("/v1/reports/mentoring", params=asked).text))
    assert {name: value for name, value in row.items() if value not in ("0", "")} == {
        name: str(value) for name, value in IN_KALIGRENJENG.items()}
