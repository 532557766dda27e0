"""Makes records through the API, from the examples of the contract."""
import datetime
import itertools

from house import BALEREJO, JEDING

COUNT = itertools.count(1)  # a random number would repeat at some time
DAYS = itertools.count()  # a day for each flagship: a village may have one at a time
YEARS = itertools.count(2027)  # a year for each rubric
FRESH = {"nib": lambda: f"{next(COUNT):013}", "external_reference": lambda: f"SIDT-{next(COUNT):06}",
         "exporter_nib": lambda: f"{next(COUNT):013}",
         "legal_number": lambda: f"AHU-{next(COUNT):05}.AH.01.33.TAHUN 2022"}


def body(contract, operation, **members):
    """Returns the example body without its id, with unique numbers."""
    found = contract.body(contract.operations[operation])
    found.pop("id", None)
    found.update({name: make() for name, make in FRESH.items() if name in found})
    return {**found, **members}


def umkm(client, village=BALEREJO, **members):
    """Makes a draft and returns the reply."""
    fields = {"village_code": village, "village_enterprise_id": None, **members}
    return client.post("/v1/umkm", body(client.contract, "umkm_create", **fields)).json()


def bumdes(contract, village=BALEREJO, **members):
    """Returns the body that creates a BUMDes of one village."""
    return body(contract, "village_enterprise_create",
                **{"village_code": village, "villages": [village], "kind": "bumdes", **members})


def enterprise(client, village=BALEREJO, **members):
    return client.post("/v1/village-enterprises", bumdes(client.contract, village, **members)).json()


def product(client, village=BALEREJO, **members):
    """Makes a draft of a product. Without a producer it also makes a UMKM."""
    made_by = {} if {"umkm_id", "village_enterprise_id"} & set(members) else {"umkm_id": umkm(client, village)["id"]}
    fields = {"village_code": village, "villages": [village], "umkm_id": None, "village_enterprise_id": None, **made_by, **members}
    return client.post("/v1/products", body(client.contract, "product_create", **fields)).json()


def village_potential(client, village=BALEREJO, **members):
    return client.post("/v1/village-potentials",
                       body(client.contract, "village_potential_create", village_code=village, **members)).json()


def flagship(client, village=BALEREJO, **members):
    """Makes a draft in force on a day of its own. Without a product it also makes one."""
    day = str(datetime.date(1950, 1, 1) + datetime.timedelta(next(DAYS)))
    fields = {"village_code": village, "valid_from": day, "valid_to": day, **members}
    if "product_id" not in fields:
        fields["product_id"] = product(client, village)["id"]
    return client.post("/v1/flagships", body(client.contract, "flagship_create", **fields)).json()


def program(client, village=BALEREJO, **members):
    """Makes a programme that has begun. Without a village it is for the whole district."""
    return client.post("/v1/training-programs",
                       body(client.contract, "training_program_create", village_code=village, **members)).json()


def session(client, village=BALEREJO, **members):
    """Makes a session without a seat limit or a programme, and invites one village.

    It lies in the past, so it can be marked as held.
    """
    fields = {"village_code": village, "villages": [village], "capacity": None, "program_id": None, **members}
    return client.post("/v1/mentoring-sessions", body(client.contract, "mentoring_session_create", **fields)).json()


def participant(client, village=BALEREJO):
    """Registers a new UMKM in a new session."""
    fields = {"umkm_id": umkm(client, village)["id"]}
    return client.post(f"/v1/mentoring-sessions/{session(client, village)['id']}/participants", fields).json()


def attendance(client, village=BALEREJO, came=True, **members):
    """Holds a new session with one new UMKM. Returns the participant with its attendance."""
    at = f"/v1/mentoring-sessions/{session(client, village, **members)['id']}"
    one = client.post(at + "/participants", {"umkm_id": umkm(client, village)["id"]}).json()
    client.act(at, "hold")
    return client.patch(f"/v1/mentoring-participants/{one['id']}", {"attended": came}).json()


def outcome(client, village=BALEREJO, **members):
    """Makes a draft with evidence. Without a UMKM it makes one that attended a session."""
    fields = {"program_id": None, **members}
    if "umkm_id" not in fields:
        came = attendance(client, village)
        fields.update(umkm_id=came["umkm_id"], session_id=came["session_id"])
    return client.post("/v1/outcomes", body(client.contract, "outcome_create", **fields)).json()


def action_item(client, village=BALEREJO, **members):
    fields = body(client.contract, "mentoring_action_item_create", **members)
    return client.post(f"/v1/mentoring-sessions/{session(client, village)['id']}/action-items", fields).json()


def visit(client, village=BALEREJO, **members):
    """Makes a visit to one village. It lies in the past, so it can be completed."""
    fields = {"village_code": village, "villages": [village], **members}
    return client.post("/v1/visits", body(client.contract, "visit_create", **fields)).json()


def of_visit(client, noun, operation, village, members):
    """Makes a record under a visit.

    Without a visit it also makes one. Without a village the record is for the visit's village.
    """
    at = members.pop("visit_id", None) or visit(client, village)["id"]
    fields = body(client.contract, operation, **members)
    if "village_code" not in members:
        del fields["village_code"]
    return client.post(f"/v1/visits/{at}/{noun}", fields).json()


def aspiration(client, village=BALEREJO, **members):
    return of_visit(client, "aspirations", "aspiration_create", village, members)


def commitment(client, village=BALEREJO, **members):
    return of_visit(client, "commitments", "commitment_create", village, members)


def buyer(client, village=BALEREJO, **members):
    return client.post("/v1/buyers", body(client.contract, "buyer_create", village_code=village, **members)).json()


def subject_request(client, village=BALEREJO, **members):
    """Makes a data subject request. Without a UMKM it also makes one."""
    fields = {"umkm_id": members.get("umkm_id") or umkm(client, village)["id"], "kind": "access", **members}
    return client.post("/v1/data-subject-requests", fields).json()


def line(product_id, **members):
    """Returns one line of an export."""
    return {"product_id": product_id, "hs_code": "09011120", "hs_edition": "btki2022", "quantity_kg": "600", "fob": "4515",
            "currency": "USD", "rate": "16000", **members}


def export(client, village=BALEREJO, **members):
    """Makes a draft with a document. Without lines it also makes a product."""
    fields = {"village_code": village, **members}
    if "lines" not in fields:
        fields["lines"] = [line(product(client, village)["id"])]
    return client.post("/v1/exports", body(client.contract, "export_create", **fields)).json()


def rubric(client, **members):
    """Makes a rubric of two criteria and two levels without documents, for one test only."""
    fields = {"year": next(YEARS), "criteria": [criterion("taste", 60), criterion("packaging", 40)],
              "levels": [level(1, 40), level(2, 80)], **members}
    return client.post("/v1/star-rubrics", body(client.contract, "star_rubric_create", **fields)).json()


def criterion(code, max_score):
    return {"code": code, "name": f"Kriteria {code}", "name_en": f"Criterion {code}", "max_score": max_score}


def level(stars, min_total, *documents):
    """Returns a level of a rubric. Every product needs each of its documents."""
    return {"stars": stars, "min_total": min_total,
            "documents": [{"any_of": kinds, "categories": []} for kinds in documents]}


def scores(**points):
    return [{"criterion": code, "score": score} for code, score in points.items()]


def estimate(client, village=BALEREJO, **members):
    """Makes a draft of an estimate by the district's rubric. Without a product it makes one."""
    fields = {"kind": "estimate", "scheme": "district", "year": 2026, **members}
    if "product_id" not in fields:
        fields["product_id"] = product(client, village)["id"]
    if "rubric_id" not in fields:
        seeded, = client.get("/v1/star-rubrics", params={"scheme": "district", "year": 2026}).json()["data"]
        fields.update(rubric_id=seeded["id"], scores=[{"criterion": one["code"], "score": 1} for one in seeded["criteria"]])
    return client.post("/v1/star-assessments", fields).json()


AWARD = {"kind": "award", "scheme": "ministry_2021", "year": 2024, "stars": 2, "certificate_number": "OVOP-2024-017",
         "awarded_by": "Kementerian Perindustrian", "awarded_on": "2024-11-20"}


def award(client, village=BALEREJO, **members):
    made_by = {} if "product_id" in members else {"product_id": product(client, village)["id"]}
    return client.post("/v1/star-assessments", {**AWARD, **made_by, **members}).json()


def target(client, village=BALEREJO, **members):
    """Proposes a target for a week of its own. Without a village it is for all villages."""
    begin = datetime.date(2000, 1, 1) + datetime.timedelta(days=next(COUNT))
    period = {"period_from": str(begin), "period_to": str(begin + datetime.timedelta(days=6))}
    fields = body(client.contract, "target_create", **{**period, "village_code": village, "district_code": None, **members})
    return client.post("/v1/targets", fields).json()


def certification(client, village=BALEREJO, **members):
    """Makes a halal certificate. Without a maker or products it also makes a UMKM."""
    of = {} if {"umkm_id", "village_enterprise_id", "product_ids"} & set(members) else {"umkm_id": umkm(client, village)["id"]}
    fields = {"umkm_id": None, "product_ids": [], "number": f"ID{next(COUNT):017}", **of, **members}
    return client.post("/v1/certifications", body(client.contract, "certification_create", **fields)).json()


def production_report(client, village=BALEREJO, **members):
    """Makes a monthly report. Without a UMKM it also makes one."""
    fields = {"product_id": None, **({} if "umkm_id" in members else {"umkm_id": umkm(client, village)["id"]}), **members}
    return client.post("/v1/production-reports", body(client.contract, "production_report_create", **fields)).json()


def publish(house, path, writer):
    """The writer submits. Another officer, who wrote nothing, verifies and publishes."""
    writer.act(path, "submit")
    house.dinas2.act(path, "verify")
    return house.dinas2.act(path, "publish").json()


def verify(house, path, writer):
    """Submits and verifies a record. An export ends here."""
    writer.act(path, "submit")
    return house.dinas2.act(path, "verify").json()


def change(house, path, writer, body, finish=publish):
    """Finishes a record and opens a change request. Returns the reply to that PATCH."""
    finish(house, path, writer)
    return writer.patch(path, body)


def act(action):
    """Returns a function that takes the last step of a record."""
    return lambda house, path, writer: writer.act(path, action).json()


hold = act("hold")


def approve(house, path, writer):
    return house.bupati.act(path, "approve").json()


PROOF = {"kind": "handover", "number": "027/118/BAST/2026", "date": "2026-06-14", "issuer": "Dinas Perindustrian"}


def keep(house, path):
    """The Dinas begins a commitment and completes it with a proof."""
    house.dinas.act(path, "start")
    house.dinas.post(path + "/progress", {"percent": 100, "note": "Sudah diserahkan", "proof": PROOF})
    return house.dinas.act(path, "complete").json()


def confirm(house, path, writer):
    """Confirms a commitment through a BUMDes officer of its village. This is its last step."""
    officer = {BALEREJO: house.bumdes, JEDING: house.bumdes2}[keep(house, path)["village_code"]]
    return officer.act(path, "confirm").json()


def widened(noun, *arguments):
    """Returns SQL that adds a column to <noun>_row() and <noun>_rows(), like a migration."""
    row, rows = f"{noun}_row({', '.join(arguments)})", f"{noun}_rows({', '.join(('uuid[]', *arguments[1:]))})"
    return f"""
        do $$
        declare
          one record;
        begin
          select pg_get_functiondef(p.oid) as definition, string_agg(a.grantee::regrole::text, ', ') as readers
            into strict one
            from pg_proc p, aclexplode(p.proacl) a
           where p.oid = '{row}'::regprocedure and a.grantee not in (0, p.proowner)
           group by p.oid;
          drop function {rows};
          drop function {row};
          execute replace(replace(one.definition, 'updated_by uuid', 'updated_by uuid, added_{next(COUNT)} text'),
                          '.updated_by', '.updated_by, null::text');
          execute 'grant execute on function {row} to ' || one.readers;
          call list_rows('{noun}');
        end $$"""
