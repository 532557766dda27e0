"""Outcomes of an attended session or programme, with evidence and a second officer."""
import pytest

from client import problem
from house import BALEREJO, JEDING, WLINGI
from records import attendance, body, outcome, program, umkm, verify

DOCUMENT = {"kind": "licence", "number": "PIRT-1/2026", "date": "2026-03-01", "issuer": "Dinas Kesehatan"}


def path(made):
    return f"/v1/outcomes/{made['id']}"


def refused(house, status=422, **members):
    """Returns the violations of an outcome. The UMKM attended the session."""
    came = attendance(house.dinas)
    fields = {"umkm_id": came["umkm_id"], "session_id": came["session_id"], "program_id": None, **members}
    return problem(house.dinas.post("/v1/outcomes", body(house.contract, "outcome_create", **fields), status))[1]


def test_a_second_officer_verifies(house):
    made = outcome(house.dinas)
    assert (made["status"], made["village_code"], made["district_code"]) == ("draft", BALEREJO, "35.05.17")
    assert made["allowed_actions"] == ["update", "submit", "delete"]
    for name in ("bumdes", "bumdesma", "bupati", "reader"):
        assert house.caller(name).get(path(made)).json()["allowed_actions"] == []
    house.bumdes2.get(path(made), 404)
    house.dinas.act(path(made), "submit")
    own = house.dinas.act(path(made), "verify", status=403)
    assert problem(own) == ("forbidden", [("/status", "verifier_wrote")])
    verified = house.dinas2.act(path(made), "verify").json()
    assert (verified["status"], verified["verified_by"]) == ("verified", house.dinas2.id)
    assert [one["action"] for one in house.bumdes.pages(path(made) + "/history")] == ["verify", "submit", "create"]
    house.dinas.patch(path(made), {"description": "Lain"}, status=409)
    house.dinas2.act(path(made), "request_revision", note="Lampirkan izin")
    assert house.dinas.patch(path(made), {"evidence": [DOCUMENT]}).json()["evidence"] == [DOCUMENT]


def test_it_comes_from_what_the_umkm_attended(house):
    never, absent = umkm(house.dinas)["id"], attendance(house.dinas, came=False)
    unknown = attendance(house.dinas, came=None)
    assert refused(house, umkm_id=never) == [("/session_id", "not_attended")]
    for one in (absent, unknown):
        assert refused(house, umkm_id=one["umkm_id"], session_id=one["session_id"]) == [("/session_id", "not_attended")]
    other = attendance(house.dinas)
    assert refused(house, session_id=other["session_id"]) == [("/session_id", "not_attended")]
    assert refused(house, umkm_id=other["id"]) == [("/umkm_id", "exists"), ("/session_id", "not_attended")]
    assert refused(house, session_id=None) == [("/session_id", "one_source")]


def test_it_comes_from_a_programme_as_a_whole(house):
    of = program(house.dinas, None)["id"]
    came = attendance(house.dinas, program_id=of)
    made = outcome(house.dinas, umkm_id=came["umkm_id"], session_id=None, program_id=of)
    shown = house.bumdes.get(path(made), params={"expand": "umkm,session,program"}).json()
    assert (shown["umkm"]["id"], shown["session"], shown["program"]["id"]) == (came["umkm_id"], None, of)
    assert refused(house, session_id=None, program_id=of) == [("/program_id", "not_attended")]
    both = house.dinas.patch(path(made), {"session_id": came["session_id"]}, status=422)
    assert problem(both)[1] == [("/session_id", "one_source")]
    moved = house.dinas.patch(path(made), {"session_id": came["session_id"], "program_id": None}).json()
    assert (moved["session_id"], moved["program_id"]) == (came["session_id"], None)
    assert house.bumdes.get(path(made), params={"expand": "session"}).json()["session"]["status"] == "held"


@pytest.mark.parametrize("members, violation", [
    ({"kind": "other", "description": None}, ("/description", "required")), ({"kind": "fame"}, ("/kind", "enum")),
    ({"observed_on": "2100-01-01"}, ("/observed_on", "future")),
    # The session was one day later.
    ({"observed_on": "2026-01-14"}, ("/observed_on", "before_mentoring")),
    ({"value_after": None}, ("/value_after", "together")), ({"unit": None}, ("/value_after", "together")),
    ({"value_before": "1,5"}, ("/value_before", "pattern")),
    ({"kind": "price_rise", "value_before": "120000", "value_after": "120000"}, ("/value_after", "not_risen")),
    ({"kind": "price_rise", "value_before": None, "value_after": None, "unit": None}, ("/value_after", "required")),
    ({"evidence": [DOCUMENT, {**DOCUMENT, "date": "2100-01-01"}]}, ("/evidence/1/date", "future")),
    ({"evidence": [{"kind": "licence"}]}, ("/evidence/0/number", "required")),
])
def test_an_outcome_makes_sense(house, members, violation):
    assert refused(house, **members) == [violation]


def test_values_keep_their_digits(house):
    made = outcome(house.dinas, kind="price_rise", value_before="90000.50", value_after="120000", observed_on="2026-01-15")
    assert (made["value_before"], made["value_after"], made["unit"]) == ("90000.50", "120000", "idr")
    cleared = house.dinas.patch(path(made), {"kind": "packaging", "value_before": None, "value_after": None, "unit": None}).json()
    assert (cleared["value_before"], cleared["value_after"], cleared["unit"]) == (None, None, None)


def test_it_is_handed_in_with_evidence(house):
    made = outcome(house.dinas, evidence=[])
    assert problem(house.dinas.act(path(made), "submit", status=422))[1] == [("/evidence", "required")]
    house.dinas.patch(path(made), {"evidence": [{"kind": "licence", "number": "PIRT-1/2026"}]})
    assert house.dinas.act(path(made), "submit").json()["evidence"] == [{**DOCUMENT, "date": None, "issuer": None}]


def test_the_attendance_that_an_outcome_comes_from_stays(house):
    of = program(house.dinas)["id"]
    came = attendance(house.dinas, program_id=of)
    made = outcome(house.dinas, umkm_id=came["umkm_id"], session_id=None, program_id=of)
    at, within = f"/v1/mentoring-participants/{came['id']}", f"/v1/mentoring-sessions/{came['session_id']}"
    absent = {"attendances": [{"umkm_id": came["umkm_id"], "attended": False}]}
    for attempt in (lambda: house.dinas.patch(at, {"attended": None}, status=409), lambda: house.dinas.delete(at, status=409),
                    lambda: house.dinas.post(within + "/attendances", absent, 409, match="*"),
                    lambda: house.dinas.patch(within, {"program_id": None}, status=409)):
        assert problem(attempt()) == ("state_conflict", [("/id", "in_use")])
    house.dinas.patch(at, {"post_score": 90})
    house.dinas.act(path(made), "submit")
    house.dinas2.act(path(made), "reject", note="Tidak terbukti")
    house.dinas.patch(at, {"attended": False})
    house.dinas.act(path(made), "reopen")
    assert problem(house.dinas.act(path(made), "submit", status=422))[1] == [("/program_id", "not_attended")]


def test_what_it_names_stays(house):
    made = outcome(house.dinas)
    assert problem(house.dinas.delete(f"/v1/umkm/{made['umkm_id']}", status=409)) == ("state_conflict", [("/id", "in_use")])
    house.dinas.delete(path(made))
    house.dinas.get(path(made), 404)


def test_it_stays_with_the_village_where_it_was_seen(house):
    came = attendance(house.dinas, WLINGI[0])
    made = outcome(house.dinas, umkm_id=came["umkm_id"], session_id=came["session_id"])
    verify(house, path(made), house.dinas)
    house.bumdesma.patch(f"/v1/umkm/{came['umkm_id']}", {"village_code": BALEREJO})
    assert house.bumdesma.get(path(made)).json()["village_code"] == WLINGI[0]
    house.bumdes.get(path(made), 404)


def test_a_restricted_business_has_no_outcome_that_others_see(house):
    made = outcome(house.dinas)
    house.dinas.put(f"/v1/umkm/{made['umkm_id']}/consent", {"contact_public": False, "processing_restricted": True})
    for name, status in (("bupati", 404), ("reader", 404), ("bumdes", 200), ("dinas", 200)):
        house.caller(name).get(path(made), status)
        rows = house.caller(name).get("/v1/outcomes", params={"id": made["id"]}).json()["data"]
        assert len(rows) == (status == 200), name


def test_outcomes_are_found_by_what_one_knows_of_them(house):
    of = program(house.dinas, None)["id"]
    came = attendance(house.dinas, program_id=of)
    mine = outcome(house.dinas, umkm_id=came["umkm_id"], session_id=came["session_id"], kind="first_export",
                   observed_on="2026-02-01", description="Kontainer pertama (uji)")
    whole = outcome(house.dinas, umkm_id=came["umkm_id"], session_id=None, program_id=of, observed_on="2026-03-01")
    theirs = outcome(house.dinas, JEDING, kind="new_market", observed_on="2026-04-01")
    verify(house, path(theirs), house.dinas)
    every = {mine["id"], whole["id"], theirs["id"]}
    for filter, found in [
        ({}, every), ({"umkm_id": came["umkm_id"]}, {mine["id"], whole["id"]}), ({"session_id": came["session_id"]}, {mine["id"]}),
        ({"program_id": of}, {mine["id"], whole["id"]}), ({"kind": "first_export,new_market"}, {mine["id"], theirs["id"]}),
        ({"village_code": JEDING}, {theirs["id"]}), ({"district_code": "35.05.17"}, {mine["id"], whole["id"]}),
        ({"status": "verified"}, {theirs["id"]}), ({"status_ne": "verified"}, {mine["id"], whole["id"]}),
        ({"observed_on_gte": "2026-03-01"}, {whole["id"], theirs["id"]}),
        ({"observed_on_lte": "2026-03-01"}, {mine["id"], whole["id"]}), ({"q": "kontainer"}, {mine["id"]}),
        ({"updated_at_gte": theirs["updated_at"]}, {theirs["id"]}), ({"updated_at_lte": mine["updated_at"]}, {mine["id"]}),
    ]:
        for sort in ("observed_on", "-observed_on", "updated_at", "-updated_at"):
            rows = list(house.dinas.pages("/v1/outcomes", id=",".join(every), limit=1, sort=sort, **filter))
            assert {row["id"] for row in rows} == found and len(rows) == len(found), (filter, sort)
