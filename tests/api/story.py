"""The steps of the programme's loop in the first half of 2026, each by whom it falls to in life; test_story.py tells them in order."""
from client import problem
from house import BALEREJO, WLINGI
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
TWO_MONTHS = {"period_from": "2026-05-01", "period_to": "2026-06-30"}  # against March and April


def grant(house, path):
    """A change of what was verified waits until an officer who did not ask for it has read it."""
    house.dinas2("POST", path + "/change-request/actions/verify", {}, match="*", status=200)


def own_work_is_not_verified(house, path):
    """The officer who mended a record may not be the one who verifies it."""
    refused = house.dinas("POST", path + "/actions/verify", {}, match="*", status=403)
    assert problem(refused) == ("forbidden", [("/status", "verifier_wrote")])
    assert "verify" not in house.dinas.get(path).json()["allowed_actions"]


def unseen_elsewhere(house, *paths):
    """An officer of another village gets 404 on every record of this one."""
    for path in paths:
        house.bumdes2.get(path, 404)


# 1. Dig up

def dug_up(house):
    """The officer of Balerejo writes down what the village could make of its gardens; it is assessed and tried out."""
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
    """The village has a BUMDes, registered as a legal body."""
    made = enterprise(house.bumdes, name="BUMDes Lereng (cerita)")
    path = f"/v1/village-enterprises/{made['id']}"
    assert publish(house, path, house.bumdes)["legal_number"] == made["legal_number"]
    return path


def registered(house, of_bumdes):
    """Its officer registers the coffee UMKM, its owner and its product, and two neighbours who have no NIB."""
    maker = umkm(house.bumdes, name=MAKER, village_enterprise_id=of_bumdes.rsplit("/")[-1])
    house.bumdes.put(f"/v1/umkm/{maker['id']}/owner", OWNER)
    neighbours = [umkm(house.bumdes, name=name, nib=None) for name in NEIGHBOURS]
    coffee = product(house.bumdes, umkm_id=maker["id"], name_id=COFFEE, category="coffee", price_min_idr=45000, unit="pack")
    return [maker, *neighbours], coffee


def branded(house, path):
    """The village gives it a brand and a story and its first markets; an officer of the Dinas mends the English."""
    house.bumdes.patch(path, {"brand": "Lereng", "story_id": "Dipetik merah di kebun keluarga.", "name_en": "Balerejo coffe"})
    for level, on in (("local", "2025-04-01"), ("district", "2025-11-12")):
        house.bumdes.post(path + "/market-steps", {"level": level, "reached_on": on, "evidence": "Nota penjualan"})
    house.dinas.patch(path, {"name_en": "Balerejo coffee", "story_en": "Picked red in the family gardens."})


def published(house, path):
    house.bumdes.act(path, "submit")
    own_work_is_not_verified(house, path)
    house.dinas2.act(path, "verify")
    return house.dinas2.act(path, "publish").json()


def named_by_decree(house, of_coffee):
    """The Dinas records the decree that makes it the village's one product; another officer verifies and publishes it."""
    made = flagship(house.dinas, product_id=of_coffee, valid_from="2026-02-01", valid_to=None)
    publish(house, f"/v1/flagships/{made['id']}", house.dinas)
    page = house.public.get(f"/v1/catalog/villages/{BALEREJO}").json()
    assert page["flagship"]["product_id"] == of_coffee
    assert ("Kopi robusta (cerita)", "product", of_coffee) in [
        (one["commodity"], one["stage"], one["product_id"]) for one in page["potentials"]]
    return f"/v1/flagships/{made['id']}"


def certified(house, of_maker, of_coffee):
    """The village enters the P-IRT of the coffee and the halal certificate of its maker; another officer looks at the papers."""
    paths = []
    for members in ({"product_id": of_coffee, "kind": "pirt", "number": "2993505-999901-31", "issued_on": "2026-02-10",
                     "expires_on": "2031-02-09"},
                    {"umkm_id": of_maker, "kind": "halal", "number": "ID00000000000000009", "issued_on": "2026-02-18"}):
        made = certification(house.bumdes, **members)
        paths.append(f"/v1/certifications/{made['id']}")
        assert made["warnings"] == [] and publish(house, paths[-1], house.bumdes)["state"] == "valid"
    return paths


def starred(house, of_maker, of_coffee):
    """The Dinas estimates one star and says what is missing; with the papers it is three, and another officer publishes them."""
    by, = house.public.get("/v1/star-rubrics", params={"scheme": "district", "year": 2026}).json()["data"]
    points = {**{one["code"]: one["max_score"] for one in by["criteria"]}, "quality": 12, "packaging": 5, "market": 0}
    made = estimate(house.dinas, product_id=of_coffee, rubric_id=by["id"], scores=scores(**points))
    assert (made["total"], made["stars"]) == (72, 1)  # of a hundred, less 8, 10 and 10
    path = f"/v1/star-assessments/{made['id']}"
    told = house.bumdes.get(path + "/advice").json()
    assert (told["next_star"], told["points_missing"], told["one_document_away"]) == (2, 0, True)
    assert told["documents_missing"] == [{"any_of": ["pirt", "bpom"]}]
    assert [one["criterion"] for one in told["gains"]] == ["market", "packaging", "quality"]
    papers = certified(house, of_maker, of_coffee)
    assert house.dinas.patch(path, {"scores": scores(**{**points, "quality": 13})}).json()["stars"] == 3
    publish(house, path, house.dinas)
    return path, *papers


# 3. Mentor and train

def trained(house, makers):
    """A training for three, to which one does not come, and a visit to the maker three weeks later: two sessions of a programme."""
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
    """The Dinas plans a session, the village's officer registers UMKM, it is held and attendance is taken."""
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
    """The village tells each month's turnover, an officer of the Dinas verifies it. A median would tell what one or two took in."""
    paths = []
    for maker in makers:
        assert figures(house.bupati, "productivity", **TWO_MONTHS)["median_turnover_idr"] is None
        for number, millions in enumerate(TURNOVER[maker["name"]], 4):
            men, women = (3 + number // 5, 4) if maker is makers[0] else (None, None)  # one more from May on
            made = production_report(house.bumdes, umkm_id=maker["id"], month=f"2026-{number:02}", turnover_idr=millions * MILLION,
                                     workers_male=men, workers_female=women)
            paths.append(f"/v1/production-reports/{made['id']}")
            verify(house, paths[-1], house.bumdes)
    return paths


def corrected(house, path):
    """Bills turn up: a neighbour's June was 16 million, not 10. The old figure stays with the new one."""
    house.bumdes.patch(path, {"turnover_idr": 16 * MILLION, "reason": "Nota pekan keempat tertinggal"})
    assert house.bumdes.get(path).json()["turnover_idr"] == 10 * MILLION
    grant(house, path)
    correction, = house.bumdes.get(path).json()["corrections"]
    assert correction["changes"] == [{"member": "turnover_idr", "old": "10000000", "new": "16000000"}]


# 4. Sell further

def exported(house, of_coffee):
    """A first export to Japan is recorded with its customs document; one officer mends it, another verifies it."""
    to = buyer(house.bumdes, name="Nihon Coffee (cerita)", country_code="JP")
    house.bumdes.put(f"/v1/buyers/{to['id']}/contact", {"name": CONTACT, "phone": None, "email": None})
    made = export(house.bumdes, exporter_name=MAKER, buyer_id=to["id"], destination_country="JP", exported_on="2026-05-20",
                  lines=[line(of_coffee)], documents=[{"kind": "peb", "number": "004521", "date": "2026-05-18"}])
    path = f"/v1/exports/{made['id']}"
    house.dinas.patch(path, {"port_code": "IDSUB"})
    house.bumdes.act(path, "submit")
    own_work_is_not_verified(house, path)
    assert house.public.get(TOTALS).json()["data"] == [], "a draft counts for nothing"
    assert house.dinas2.act(path, "verify").json()["evidence_grade"] == "A"
    return path, f"/v1/buyers/{to['id']}"


def exported_by_two_others(house):
    """Two more villages export: a total of three exporters may be told."""
    for village, name in zip(WLINGI, ("Kopi Tegalasri (cerita)", "Kopi Tembalang (cerita)")):
        made = export(house.bumdesma, village, exporter_name=name, destination_country="JP", exported_on="2026-06-01",
                      lines=[line(product(house.bumdesma, village)["id"])])
        verify(house, f"/v1/exports/{made['id']}", house.bumdesma)


def led_to(house, of_maker, of_session):
    """What the training led to is written down by one officer and verified by another; the village reads it."""
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
    """The Bupati comes, hears what is in the way and promises help; the Dinas keeps it, and the village says that it did."""
    told = {"visited_on": "2026-06-12", "village_code": BALEREJO, "led_by": "bupati", "purpose": "Kopi ke Jepang (cerita)"}
    at = f"/v1/visits/{house.bupati.post('/v1/visits', told).json()['id']}"
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
    """The owner asks what is kept of her: the village writes it down, one officer grants it, another hands out the copy."""
    asked = {"kind": "access", "umkm_id": of_maker.rsplit("/")[-1], "details": "Datang ke kantor desa (cerita)"}
    told = f"/v1/data-subject-requests/{house.bumdes.post('/v1/data-subject-requests', asked).json()['id']}"
    house.dinas2.act(told, "grant")
    copy = house.dinas("POST", of_maker + "/actions/disclose", {"purpose": "Permintaan akses (cerita)"}, status=200).json()
    assert {name: copy[name] for name in OWNER} == OWNER
    assert house.bumdes.act(told, "complete").json()["status"] == "done"
    assert [read["operation"] for read in house.dinas.get(of_maker + "/reads").json()["data"]] == ["umkm_disclose"]
    return told


# 6. Measure

def figures(client, report, **period):
    """What a report tells of Balerejo, as far as it is not zero."""
    asked = {"by": "village", "village_code": BALEREJO, **(period or HALF_YEAR)}
    row, = client.get(f"/v1/reports/{report}", params=asked).json()["rows"]
    assert (row.pop("code"), row.pop("name")) == (BALEREJO, "Balerejo")
    return {name: value for name, value in row.items() if value != 0}
