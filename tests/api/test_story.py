"""The programme's loop, told once through the API: a village's product is dug up, branded, verified and read by anybody."""
from client import problem
from house import BALEREJO
from records import (body, buyer, certification, estimate, export, flagship, keep, line, outcome, product as product_of, program,
                     publish, scores, session, umkm, verify, village_potential)

OWNER = {"name": "Sulastri Wulandari", "nik": "3505175708900017", "npwp": None, "phone": "+6281298765432",
         "address": "RT 02 RW 05 Balerejo"}
MENTOR, CONTACT = "Dewi Anggraini Story", "Hana Tanaka Story"
PERSONAL = [value for value in (*OWNER.values(), MENTOR, CONTACT) if value]
TOTALS = "/v1/catalog/exports/totals?year=2023"


def dug_up(house):
    """The officer of Balerejo writes down what the village could make of its gardens; it is assessed and tried out."""
    path = f"/v1/village-potentials/{village_potential(house.bumdes, commodity='Kopi robusta (cerita)')['id']}"
    publish(house, path, house.bumdes)
    for stage in ("assessed", "piloted"):
        come_to(house, path, stage=stage)
    return path


def come_to(house, path, **step):
    """A step of a potential waits until an officer of the Dinas has read it."""
    before = house.bumdes.get(path).json()["stage"]
    assert house.bumdes.patch(path, step).json()["stage"] == before
    house.dinas("POST", path + "/change-request/actions/verify", {}, match="*", status=200)
    assert house.bumdes.get(path).json()["stage"] == step["stage"]


def named_by_decree(house, product):
    """The Dinas records the decree that makes it the village's one product; another officer verifies and publishes it."""
    made = flagship(house.dinas, product_id=product["id"], valid_from="2026-02-01", valid_to=None)
    publish(house, f"/v1/flagships/{made['id']}", house.dinas)
    page = house.public.get(f"/v1/catalog/villages/{BALEREJO}").json()
    assert page["flagship"]["product_id"] == product["id"]
    assert ("Kopi robusta (cerita)", "product", product["id"]) in [
        (one["commodity"], one["stage"], one["product_id"]) for one in page["potentials"]]
    return f"/v1/flagships/{made['id']}"


def registered(house):
    """The officer of Balerejo registers the coffee UMKM, its owner and its product."""
    maker = umkm(house.bumdes, name="Kopi Lereng Wlingi (cerita)")
    house.bumdes.put(f"/v1/umkm/{maker['id']}/owner", OWNER)
    told = body(house.contract, "product_create", name_id="Kopi Balerejo (cerita)", name_en=None, brand=None, story_id=None,
                story_en=None, umkm_id=maker["id"], village_enterprise_id=None, village_code=BALEREJO, villages=[BALEREJO])
    return maker, house.bumdes.post("/v1/products", told).json()


def branded(house, path):
    """The village gives it a brand and a story and its first markets; an officer of the Dinas mends the English."""
    house.bumdes.patch(path, {"brand": "Lereng", "story_id": "Dipetik merah di kebun keluarga.", "name_en": "Balerejo coffe"})
    for level, on in (("local", "2022-04-01"), ("district", "2023-07-12")):
        house.bumdes.post(path + "/market-steps", {"level": level, "reached_on": on, "evidence": "Nota penjualan"})
    house.dinas.patch(path, {"name_en": "Balerejo coffee"})


def published(house, path):
    """Who edited it may not verify it; another officer does, and publishes it."""
    house.bumdes.act(path, "submit")
    refused = house.dinas("POST", path + "/actions/verify", {}, match="*", status=403)
    assert problem(refused) == ("forbidden", [("/status", "verifier_wrote")])
    assert "verify" not in house.dinas.get(path).json()["allowed_actions"]
    house.dinas2.act(path, "verify")
    return house.dinas2.act(path, "publish").json()


def certified(house, maker, product):
    """The village enters the P-IRT of the coffee and the halal certificate of its maker; another officer looks at the papers."""
    paths = []
    for members in ({"product_id": product["id"], "kind": "pirt", "number": "2993505-999901-30", "issued_on": "2025-03-20",
                     "expires_on": "2030-03-19"}, {"umkm_id": maker["id"], "kind": "halal", "number": "ID00000000000000009"}):
        made = certification(house.bumdes, **members)
        paths.append(f"/v1/certifications/{made['id']}")
        assert made["warnings"] == [] and publish(house, paths[-1], house.bumdes)["state"] == "valid"
    return paths


def unseen_elsewhere(house, *paths):
    """An officer of another village gets 404 on every record of this one."""
    for path in paths:
        house.bumdes2.get(path, 404)


def mentored(house, maker):
    """The Dinas plans a programme for the district and a session of it, the village's officer registers the UMKM, it is held,
    attendance is taken and help promised."""
    of = program(house.dinas, None, title="Siap ekspor (cerita)", starts_on="2023-02-01", ends_on="2023-04-30")["id"]
    made = session(house.dinas, topic="export", title="Dokumen ekspor (cerita)", program_id=of, starts_at="2023-03-01T02:00:00Z",
                   ends_at="2023-03-01T05:00:00Z")
    at = f"/v1/mentoring-sessions/{made['id']}"
    house.dinas.put(at + "/mentor", {"name": MENTOR, "phone": None, "organisation": "Klinik ekspor (cerita)"})
    one = house.bumdes.post(at + "/participants", {"umkm_id": maker["id"]}).json()
    house.dinas.act(at, "hold")
    came = {"umkm_id": maker["id"], "attended": True, "pre_score": 30, "post_score": 80}
    house.dinas.post(at + "/attendances", {"attendances": [came]}, 200, match="*")
    promised = {"task": "Mengurus akun e-SKA", "owner": "umkm", "umkm_id": maker["id"], "due_on": "2026-02-28"}
    house.dinas.post(at + "/action-items", promised)
    over = house.dinas.act(f"/v1/training-programs/{of}", "hold").json()
    assert (over["sessions_held"], over["umkm_reached"], over["attendance_rate"]) == (1, 1, 1)
    return at, f"/v1/mentoring-participants/{one['id']}"


def led_to(house, maker, of_session):
    """What the training led to is written down by one officer and verified by another; the village reads it."""
    made = outcome(house.dinas, umkm_id=maker["id"], session_id=of_session.rsplit("/")[-1], kind="first_export",
                   observed_on="2023-06-24", value_before=None, value_after=None, unit=None)
    path = f"/v1/outcomes/{made['id']}"
    house.dinas.act(path, "submit")
    house.dinas("POST", path + "/actions/verify", {}, match="*", status=403)
    house.dinas2.act(path, "verify")
    assert house.bumdes.get(path).json()["status"] == "verified"
    return path


def exported(house, product):
    """A first export to Japan is recorded with its customs document; one officer mends it, another verifies it."""
    to = buyer(house.bumdes, name="Nihon Coffee (cerita)", country_code="JP")
    house.bumdes.put(f"/v1/buyers/{to['id']}/contact", {"name": CONTACT, "phone": None, "email": None})
    made = export(house.bumdes, buyer_id=to["id"], destination_country="JP", exported_on="2023-06-24",
                  lines=[line(product["id"])], documents=[{"kind": "peb", "number": "004521", "date": "2023-06-20"}])
    path = f"/v1/exports/{made['id']}"
    house.dinas.patch(path, {"port_code": "IDSUB"})
    house.bumdes.act(path, "submit")
    refused = house.dinas("POST", path + "/actions/verify", {}, match="*", status=403)
    assert problem(refused) == ("forbidden", [("/status", "verifier_wrote")])
    assert house.public.get(TOTALS).json()["data"] == [], "a draft counts for nothing"
    assert house.dinas2.act(path, "verify").json()["evidence_grade"] == "A"
    return path, f"/v1/buyers/{to['id']}"


def answered(house, of_maker):
    """The owner asks what is kept of her: the village writes it down, one officer grants it, another hands out the copy."""
    asked = {"kind": "access", "umkm_id": of_maker.split("/")[-1], "details": "Datang ke kantor desa (cerita)"}
    told = f"/v1/data-subject-requests/{house.bumdes.post('/v1/data-subject-requests', asked).json()['id']}"
    house.dinas2.act(told, "grant")
    copy = house.dinas("POST", of_maker + "/actions/disclose", {"purpose": "Permintaan akses (cerita)"}, status=200).json()
    assert {name: copy[name] for name in OWNER} == OWNER
    assert house.bumdes.act(told, "complete").json()["status"] == "done"
    assert [read["operation"] for read in house.dinas.get(of_maker + "/reads").json()["data"]] == ["umkm_disclose"]


def visited(house):
    """The Bupati comes, hears what is in the way and promises help; the Dinas keeps it, and the village says that it did."""
    told = {"visited_on": "2026-03-12", "village_code": BALEREJO, "led_by": "bupati", "purpose": "Kopi ke Jepang (cerita)"}
    at = f"/v1/visits/{house.bupati.post('/v1/visits', told).json()['id']}"
    asked = {"kind": "obstacle", "topic": "equipment", "text": "Mesin sangrai kurang (cerita)", "raised_by_group": "umkm",
             "priority": "high"}
    aspiration = house.bupati.post(at + "/aspirations", asked).json()
    promised = {"aspiration_id": aspiration["id"], "office": "industry_trade", "text": "Mesin sangrai", "due_on": "2026-06-30"}
    commitment = f"/v1/commitments/{house.bupati.post(at + '/commitments', promised).json()['id']}"
    house.dinas.act(at, "complete")
    keep(house, commitment)
    house.dinas.act(commitment, "confirm", status=403)
    assert house.bumdes.act(commitment, "confirm").json()["confirmed_by"] == house.bumdes.id
    house.dinas.act(f"/v1/aspirations/{aspiration['id']}", "address")
    return at, f"/v1/aspirations/{aspiration['id']}", commitment, commitment + "/progress"


def exported_by_two_others(house):
    """Two more exporters of the year: a total of three may be told."""
    for name in ("Kopi Tembalang (cerita)", "Kopi Tegalasri (cerita)"):
        made = export(house.bumdesma, exporter_name=name, destination_country="JP", exported_on="2023-09-01",
                      lines=[line(product_of(house.bumdesma)["id"])])
        verify(house, f"/v1/exports/{made['id']}", house.bumdesma)


def starred(house, maker, product):
    """The Dinas estimates one star and says what is missing; with the papers it is three, and another officer publishes them."""
    by, = house.public.get("/v1/star-rubrics", params={"scheme": "district", "year": 2026}).json()["data"]
    points = {**{one["code"]: one["max_score"] for one in by["criteria"]}, "quality": 12, "packaging": 5, "market": 0}
    made = estimate(house.dinas, product_id=product["id"], rubric_id=by["id"], scores=scores(**points))
    assert (made["total"], made["stars"]) == (72, 1)
    path = f"/v1/star-assessments/{made['id']}"
    told = house.bumdes.get(path + "/advice").json()
    assert (told["next_star"], told["points_missing"], told["one_document_away"]) == (2, 0, True)
    assert told["documents_missing"] == [{"any_of": ["pirt", "bpom"]}]
    assert [one["criterion"] for one in told["gains"]] == ["market", "packaging", "quality"]
    papers = certified(house, maker, product)
    assert house.dinas.patch(path, {"scores": scores(**{**points, "quality": 13})}).json()["stars"] == 3
    publish(house, path, house.dinas)
    return path, *papers


def test_from_a_garden_of_balerejo_to_the_catalogue(house):
    of_potential = dug_up(house)
    maker, product = registered(house)
    of_maker, of_product = f"/v1/umkm/{maker['id']}", f"/v1/products/{product['id']}"
    in_catalogue = f"/v1/catalog/products/{product['id']}"
    branded(house, of_product)
    unseen_elsewhere(house, of_maker, of_product, in_catalogue)
    publish(house, of_maker, house.bumdes)
    assert published(house, of_product)["status"] == "published"
    come_to(house, of_potential, stage="product", product_id=product["id"])
    of_decree = named_by_decree(house, product)

    unseen_elsewhere(house, of_potential, of_decree, of_maker, of_maker + "/owner", of_product, of_product + "/history",
                     of_product + "/market-steps")
    for who in (house.public, house.bumdes2):
        shown = who.get(in_catalogue)
        told = shown.json()
        assert (told["brand"], told["name_en"], told["market_reach"]) == ("Lereng", "Balerejo coffee", "district")
        assert told["producer_name"] == maker["name"]
        assert not [value for value in PERSONAL if value in shown.text], "no personal datum"

    of_stars, *papers = starred(house, maker, product)
    unseen_elsewhere(house, of_stars, of_stars + "/advice", *papers)
    shown = house.public.get(in_catalogue).json()
    assert {(one["kind"], one["state"]) for one in shown["certificates"]} == {("pirt", "valid"), ("halal", "valid")}
    assert product["id"] in {one["id"] for one in house.public.pages("/v1/catalog/products", certificate="halal")}

    house.bumdes.patch(of_product, {"brand": "Lereng Wlingi"})
    assert house.public.get(in_catalogue).json()["brand"] == "Lereng"
    house.dinas2("POST", of_product + "/change-request/actions/verify", {}, match="*", status=200)
    assert house.public.get(in_catalogue).json()["brand"] == "Lereng Wlingi"
    changed, asked, first = house.bumdes.pages(of_product + "/history", member="brand")
    assert [one["subject"] for one in (changed, asked, first)] == [house.dinas2.id, house.bumdes.id, house.bumdes.id]
    assert changed["changes"] == [{"member": "brand", "old": "Lereng", "new": "Lereng Wlingi", "personal": False}]

    passport = house.public.get(in_catalogue + "/passport").json()
    assert passport["star_estimate"] == {"scheme": "district", "year": 2026, "stars": 3} and passport["star_award"] is None

    of_session, of_participant = mentored(house, maker)
    assert house.bumdes.get(of_participant).json()["post_score"] == 80
    of_export, of_buyer = exported(house, product)
    assert house.bumdes.get(of_product).json()["market_reach"] == "international"
    of_outcome = led_to(house, maker, of_session)
    unseen_elsewhere(house, of_product, of_session, of_session + "/mentor", of_participant, of_export, of_buyer,
                     of_buyer + "/contact", of_outcome, *visited(house))
    answered(house, of_maker)
    told, = house.public.get(TOTALS).json()["data"]
    assert told["suppressed"] and told["fob_idr"] is None, "one exporter's trade is nobody's business"
    exported_by_two_others(house)
    for who in (house.public, house.bumdes2):
        assert who.get(in_catalogue).json()["market_reach"] == "international"
        totals = who.get(TOTALS)
        told, = totals.json()["data"]
        assert (told["hs_chapter"], told["country_code"], told["exporters"], told["fob_idr"]) == ("09", "JP", 3, 3 * 72240000)
        assert not [value for value in PERSONAL if value in totals.text + who.get(in_catalogue).text], "no personal datum"
