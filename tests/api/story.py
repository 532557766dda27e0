"""The steps of one cycle of the programme, in the first half of 2026.

Each caller is the role that does the step in real life. test_story.py runs the steps in order.
"""
from client import problem
from house import BALEREJO, WLINGI
from persons import disclose
from records import (buyer, certification, enterprise, estimate, export, flagship, keep, line, outcome, product, production_report,
                     program, publish, scores, session, umkm, verify, village_potential)

OWNER = {"name": "Sulastri Wulandari", "nik": "3505175708900017", "npwp": None, "phone": "+6281298765432",
         "address": "RT 02 RW 05 Balerejo"}
MENTOR, CONTACT = "Dewi Anggraini Story", "Hana Tanaka Story"
PERSONAL = [value for value in (*OWNER.values(), MENTOR, CONTACT) if value]
COFFEE, MAKER, NEIGHBOURS = "Kopi Balerejo (cerita)", "Kopi Lereng Wlingi (cerita)", ("Keripik Pisang (cerita)", "Tempe (cerita)")
MILLION = 1000000
TURNOVER = {  # millions of rupiah in April, May and June
    MAKER: (20, 24, 30), NEIGHBOURS[0]: (12, 14, 10), NEIGHBOURS[1]: (10, 9, 9)}
TOTALS = "/v1/catalog/exports/totals?year=2026"
HALF_YEAR = {"period_from": "2026-01-01", "period_to": "2026-06-30"}
# The report compares with March and April.
TWO_MONTHS = {"period_from": "2026-05-01", "period_to": "2026-06-30"}


def grant(house, path):
    """Another officer verifies the open change request."""
    house.dinas2("POST", path + "/change-request/actions/verify", {}, match="*", status=200)


def own_work_is_not_verified(house, path):
    """The officer who edited a record may not verify it."""
    refused = house.dinas("POST", path + "/actions/verify", {}, match="*", status=403)
    assert problem(refused) == ("forbidden", [("/status", "verifier_wrote")])
    assert "verify" not in house.dinas.get(path).json()["allowed_actions"]


def unseen_elsewhere(house, *paths):
    """An officer of another village gets 404 on every record of this village."""
    for path in paths:
        house.bumdes2.get(path, 404)


# 1. Find a potential

def dug_up(house):
    """The officer of Balerejo records coffee as a potential. It is assessed and then piloted."""
    path = f"/v1/village-potentials/{village_potential(house.bumdes, commodity='Kopi robusta (cerita)')['id']}"
    assert publish(house, path, house.bumdes)["stage"] == "identified"
    for stage in ("assessed", "piloted"):
        come_to(house, path, stage=stage)
    return path


def come_to(house, path, **step):
    before = house.bumdes.get(path).json()["stage"]
    assert house.bumdes.patch(path, step).json()["stage"] == before
    grant(house, path)
    assert house.bumdes.get(path).json()["stage"] == step["stage"]


# 2. Brand

def founded(house):
    """The village publishes its BUMDes, a registered legal body."""
    made = enterprise(house.bumdes, name="BUMDes Lereng (cerita)")
    path = f"/v1/village-enterprises/{made['id']}"
    assert publish(house, path, house.bumdes)["legal_number"] == made["legal_number"]
    return path


def registered(house, of_bumdes):
    """The officer registers the coffee UMKM, its owner and product, and two UMKM without NIB."""
    maker = umkm(house.bumdes, name=MAKER, village_enterprise_id=of_bumdes.rsplit("/")[-1])
    house.bumdes.put(f"/v1/umkm/{maker['id']}/owner", OWNER)
    neighbours = [umkm(house.bumdes, name=name, nib=None) for name in NEIGHBOURS]
    coffee = product(house.bumdes, umkm_id=maker["id"], name=COFFEE, category="coffee", price_min_idr=45000, unit="pack")
    return [maker, *neighbours], coffee


def branded(house, path):
    """The village adds a brand, a story and two markets. The Dinas corrects the English."""
    house.bumdes.patch(path, {"brand": "Lereng", "story": "Dipetik merah di kebun keluarga.", "name_en": "Balerejo coffe"})
    for level, on in (("local", "2025-04-01"), ("district", "2025-11-12")):
        house.bumdes.post(path + "/market-steps", {"level": level, "reached_on": on, "evidence": "Nota penjualan"})
    house.dinas.patch(path, {"name_en": "Balerejo coffee", "story_en": "Picked red in the family gardens."})


def published(house, path):
    house.bumdes.act(path, "submit")
    own_work_is_not_verified(house, path)
    house.dinas2.act(path, "verify")
    return house.dinas2.act(path, "publish").json()


def named_by_decree(house, of_coffee):
    """The Dinas records the decree of the village's flagship. Another officer publishes it."""
    made = flagship(house.dinas, product_id=of_coffee, valid_from="2026-02-01", valid_to=None)
    publish(house, f"/v1/flagships/{made['id']}", house.dinas)
    page = house.public.get(f"/v1/catalog/villages/{BALEREJO}").json()
    assert page["flagship"]["product_id"] == of_coffee
    assert ("Kopi robusta (cerita)", "product", of_coffee) in [
        (one["commodity"], one["stage"], one["product_id"]) for one in page["potentials"]]
    return f"/v1/flagships/{made['id']}"


def certified(house, of_maker, of_coffee):
    """The village enters the P-IRT and the halal certificate of the coffee.

    Another officer verifies and publishes both.
    """
    paths = []
    for members in ({"product_ids": [of_coffee], "kind": "pirt", "number": "2993505-999901-31", "issued_on": "2026-02-10",
                     "expires_on": "2031-02-09"},
                    {"product_ids": [of_coffee], "kind": "halal", "number": "ID00000000000000009", "issued_on": "2026-02-18"}):
        made = certification(house.bumdes, **members)
        paths.append(f"/v1/certifications/{made['id']}")
        assert made["warnings"] == [] and publish(house, paths[-1], house.bumdes)["state"] == "valid"
    return paths


def starred(house, of_maker, of_coffee):
    """The Dinas estimates one star, and the advice names the missing documents.

    With the certificates the product has three stars. Another officer publishes the estimate.
    """
    by, = house.public.get("/v1/star-rubrics", params={"scheme": "district", "year": 2026}).json()["data"]
    points = {**{one["code"]: one["max_score"] for one in by["criteria"]}, "quality": 12, "packaging": 5, "market": 0}
    made = estimate(house.dinas, product_id=of_coffee, rubric_id=by["id"], scores=scores(**points))
    assert (made["total"], made["stars"]) == (72, 1)  # 100 - 8 - 10 - 10
    path = f"/v1/star-assessments/{made['id']}"
    reply = house.bumdes.get(path + "/advice").json()
    assert (reply["next_star"], reply["points_missing"], reply["one_document_away"]) == (2, 0, True)
    assert reply["documents_missing"] == [{"any_of": ["pirt", "bpom"]}]
    assert [one["criterion"] for one in reply["gains"]] == ["market", "packaging", "quality"]
    papers = certified(house, of_maker, of_coffee)
    assert house.dinas.patch(path, {"scores": scores(**{**points, "quality": 13})}).json()["stars"] == 3
    publish(house, path, house.dinas)
    return path, *papers


# 3. Mentor and train

def trained(house, makers):
    """A programme of two sessions: a training and, three weeks later, a visit to the maker.

    Three UMKM register for the training, and one does not come.
    """
    of = program(house.dinas, None, title="Siap ekspor (cerita)", starts_on="2026-02-01", ends_on="2026-04-30")["id"]
    first = held(house, of, "2026-03-03", zip(makers, (True, True, False)))
    second = held(house, of, "2026-03-24", [(makers[0], True)])
    promised = {"task": "Mengurus akun e-SKA", "owner": "umkm", "umkm_id": makers[0]["id"], "due_on": "2026-05-08"}
    item = house.dinas.post(first + "/action-items", promised).json()
    house.dinas.patch(f"/v1/action-items/{item['id']}", {"state": "done", "closed_on": "2026-04-30"})
    over = house.dinas.act(f"/v1/training-programs/{of}", "hold").json()
    assert (over["sessions_held"], over["umkm_reached"], over["attendance_rate"]) == (2, 2, 0.75)
    return first, second


def held(house, of_program, day, comers):
    """The Dinas plans and holds a session and records who came. The village registers UMKM."""
    made = session(house.dinas, topic="export", title="Dokumen ekspor (cerita)", program_id=of_program,
                   starts_at=day + "T02:00:00Z", ends_at=day + "T05:00:00Z")
    path, came = f"/v1/mentoring-sessions/{made['id']}", []
    house.dinas.put(path + "/mentor", {"name": MENTOR, "phone": None, "organisation": "Klinik ekspor (cerita)"})
    for maker, there in comers:
        house.bumdes.post(path + "/participants", {"umkm_id": maker["id"]})
        tested = {"pre_score": 30, "post_score": 80} if there else {}
        came.append({"umkm_id": maker["id"], "attended": there, **tested})
    house.dinas.act(path, "hold")
    house.dinas.post(path + "/attendances", {"attendances": came}, 200, match="*")
    return path


def reported(house, makers):
    """The village reports each month's turnover, and an officer of the Dinas verifies it.

    No median is shown for fewer than three UMKM: it would reveal the turnover of one of them.
    """
    paths = []
    for maker in makers:
        assert figures(house.bupati, "productivity", **TWO_MONTHS)["median_turnover_idr"] is None
        for number, millions in enumerate(TURNOVER[maker["name"]], 4):
            # One more worker from May.
            men, women = (3 + number // 5, 4) if maker is makers[0] else (None, None)
            made = production_report(house.bumdes, umkm_id=maker["id"], month=f"2026-{number:02}", turnover_idr=millions * MILLION,
                                     workers_male=men, workers_female=women)
            paths.append(f"/v1/production-reports/{made['id']}")
            verify(house, paths[-1], house.bumdes)
    return paths


def corrected(house, path):
    """June of one UMKM was 16 million, not 10. The correction keeps the old figure."""
    house.bumdes.patch(path, {"turnover_idr": 16 * MILLION, "reason": "Nota pekan keempat tertinggal"})
    assert house.bumdes.get(path).json()["turnover_idr"] == 10 * MILLION
    grant(house, path)
    correction, = house.bumdes.get(path).json()["corrections"]
    assert correction["changes"] == [{"member": "turnover_idr", "old": "10000000", "new": "16000000"}]


# 4. Sell further

def exported(house, of_coffee):
    """The village records an export to Japan with its PEB. One officer edits, another verifies."""
    to = buyer(house.bumdes, name="Nihon Coffee (cerita)", country_code="JP")
    house.bumdes.put(f"/v1/buyers/{to['id']}/contact", {"name": CONTACT, "phone": None, "email": None})
    made = export(house.bumdes, exporter_name=MAKER, buyer_id=to["id"], destination_country="JP", exported_on="2026-05-20",
                  lines=[line(of_coffee)], documents=[{"kind": "peb", "number": "004521", "date": "2026-05-18"}])
    path = f"/v1/exports/{made['id']}"
    house.dinas.patch(path, {"port_code": "IDSUB"})
    house.bumdes.act(path, "submit")
    own_work_is_not_verified(house, path)
    assert house.public.get(TOTALS).json()["data"] == [], "a draft is not counted"
    assert house.dinas2.act(path, "verify").json()["evidence_grade"] == "A"
    return path, f"/v1/buyers/{to['id']}"


def exported_by_two_others(house):
    """Two more villages export. A total of three exporters may be published."""
    for village, name in zip(WLINGI, ("Kopi Tegalasri (cerita)", "Kopi Tembalang (cerita)")):
        made = export(house.bumdesma, village, exporter_name=name, destination_country="JP", exported_on="2026-06-01",
                      lines=[line(product(house.bumdesma, village)["id"])])
        verify(house, f"/v1/exports/{made['id']}", house.bumdesma)


def led_to(house, of_maker, of_session):
    """One officer records an outcome of the training and another verifies it.

    The village can read it.
    """
    made = outcome(house.dinas, umkm_id=of_maker, session_id=of_session.rsplit("/")[-1], kind="first_export",
                   observed_on="2026-05-20", value_before=None, value_after=None, unit=None)
    path = f"/v1/outcomes/{made['id']}"
    house.dinas.act(path, "submit")
    own_work_is_not_verified(house, path)
    house.dinas2.act(path, "verify")
    assert house.bumdes.get(path).json()["status"] == "verified"
    return path


# 5. Visit and follow up

def visited(house):
    """The Bupati visits, records two obstacles and promises help with one.

    The Dinas keeps the promise, and the village confirms it.
    """
    fields = {"visited_on": "2026-06-12", "village_code": BALEREJO, "led_by": "bupati", "purpose": "Kopi ke Jepang (cerita)"}
    at = f"/v1/visits/{house.bupati.post('/v1/visits', fields).json()['id']}"
    roaster, road = (house.bupati.post(at + "/aspirations", {"kind": "obstacle", "topic": topic, "text": text, "priority": priority,
                                                             "raised_by_group": "umkm"}).json()
                     for topic, text, priority in (("equipment", "Mesin sangrai kurang (cerita)", "high"),
                                                   ("other", "Jalan kebun rusak (cerita)", "normal")))
    promised = {"aspiration_id": roaster["id"], "office": "industry_trade", "text": "Mesin sangrai", "due_on": "2026-06-30"}
    commitment = f"/v1/commitments/{house.bupati.post(at + '/commitments', promised).json()['id']}"
    house.dinas.act(at, "complete")
    keep(house, commitment)
    house.dinas.act(commitment, "confirm", status=403)
    assert house.bumdes.act(commitment, "confirm").json()["confirmed_by"] == house.bumdes.id
    house.dinas.act(f"/v1/aspirations/{roaster['id']}", "address")
    return at, f"/v1/aspirations/{road['id']}", commitment, commitment + "/progress"


def answered(house, of_maker):
    """The owner asks for her data, and the village records the request.

    One officer grants the request. Another gives her the copy.
    """
    asked = {"kind": "access", "umkm_id": of_maker.rsplit("/")[-1], "details": "Datang ke kantor desa (cerita)"}
    request = f"/v1/data-subject-requests/{house.bumdes.post('/v1/data-subject-requests', asked).json()['id']}"
    house.dinas2.act(request, "grant")
    copy = disclose(house, of_maker, request).json()
    assert {name: copy[name] for name in OWNER} == OWNER
    assert house.bumdes.act(request, "complete").json()["status"] == "done"
    assert [read["operation"] for read in house.dinas.get(of_maker + "/reads").json()["data"]] == ["umkm_disclose"]
    return request


# 6. Measure

def figures(client, report, **period):
    """Returns the figures of Balerejo in a report that are not zero."""
    asked = {"by": "village", "village_code": BALEREJO, **(period or HALF_YEAR)}
    row, = client.get(f"/v1/reports/{report}", params=asked).json()["rows"]
    assert (row.pop("code"), row.pop("name")) == (BALEREJO, "Balerejo")
    return {name: value for name, value in row.items() if value != 0}
