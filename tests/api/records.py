"""Records as tests need them, made through the API from the contract's own examples."""
import datetime
import itertools

from house import BALEREJO, JEDING

COUNT = itertools.count(1)  # a drawn number meets an earlier one sooner or later
DAYS = itertools.count()  # of flagships, one of a village at a time
YEARS = itertools.count(2027)  # of rubrics
FRESH = {"nib": lambda: f"{next(COUNT):013}",
         "exporter_nib": lambda: f"{next(COUNT):013}",
         "legal_number": lambda: f"AHU-{next(COUNT):05}.AH.01.33.TAHUN 2022"}


def body(contract, operation, **members):
    """The example body, without the id, with numbers that nobody else has."""
    found = contract.body(contract.operations[operation])
    found.pop("id", None)
    found.update({name: make() for name, make in FRESH.items() if name in found})
    return {**found, **members}


def umkm(client, village=BALEREJO, **members):
    """A draft; what was answered."""
    told = {"village_code": village, "village_enterprise_id": None, **members}
    return client.post("/v1/umkm", body(client.contract, "umkm_create", **told)).json()


def bumdes(contract, village=BALEREJO, **members):
    """What creates a BUMDes of one village."""
    return body(contract, "village_enterprise_create",
                **{"village_code": village, "villages": [village], "kind": "bumdes", **members})


def enterprise(client, village=BALEREJO, **members):
    return client.post("/v1/village-enterprises", bumdes(client.contract, village, **members)).json()


def product(client, village=BALEREJO, **members):
    """A draft of a product, made by a UMKM of its own where no producer is named."""
    made_by = {} if {"umkm_id", "village_enterprise_id"} & set(members) else {"umkm_id": umkm(client, village)["id"]}
    told = {"village_code": village, "villages": [village], "umkm_id": None, "village_enterprise_id": None, **made_by, **members}
    return client.post("/v1/products", body(client.contract, "product_create", **told)).json()


def village_potential(client, village=BALEREJO, **members):
    return client.post("/v1/village-potentials",
                       body(client.contract, "village_potential_create", village_code=village, **members)).json()


def flagship(client, village=BALEREJO, **members):
    """A draft by the Dinas, of a product of its own where none is named; in force on a day that no other one has."""
    day = str(datetime.date(1950, 1, 1) + datetime.timedelta(next(DAYS)))
    told = {"village_code": village, "valid_from": day, "valid_to": day, **members}
    if "product_id" not in told:
        told["product_id"] = product(client, village)["id"]
    return client.post("/v1/flagships", body(client.contract, "flagship_create", **told)).json()


def program(client, village=BALEREJO, **members):
    """A programme that has begun; without a village the whole district's."""
    return client.post("/v1/training-programs",
                       body(client.contract, "training_program_create", village_code=village, **members)).json()


def session(client, village=BALEREJO, **members):
    """A session of the past, so that it can be held, with seats for everybody and of no programme; one village is invited."""
    told = {"village_code": village, "villages": [village], "capacity": None, "program_id": None, **members}
    return client.post("/v1/mentoring-sessions", body(client.contract, "mentoring_session_create", **told)).json()


def participant(client, village=BALEREJO):
    """A UMKM in a session, both its own."""
    told = {"umkm_id": umkm(client, village)["id"]}
    return client.post(f"/v1/mentoring-sessions/{session(client, village)['id']}/participants", told).json()


def attendance(client, village=BALEREJO, came=True, **members):
    """One UMKM in a held session, both its own; the participant as it is then."""
    at = f"/v1/mentoring-sessions/{session(client, village, **members)['id']}"
    one = client.post(at + "/participants", {"umkm_id": umkm(client, village)["id"]}).json()
    client.act(at, "hold")
    return client.patch(f"/v1/mentoring-participants/{one['id']}", {"attended": came}).json()


def outcome(client, village=BALEREJO, **members):
    """A draft with evidence, of a session that a UMKM of its own attended where none is named."""
    told = {"program_id": None, **members}
    if "umkm_id" not in told:
        came = attendance(client, village)
        told.update(umkm_id=came["umkm_id"], session_id=came["session_id"])
    return client.post("/v1/outcomes", body(client.contract, "outcome_create", **told)).json()


def action_item(client, village=BALEREJO, **members):
    told = body(client.contract, "mentoring_action_item_create", **members)
    return client.post(f"/v1/mentoring-sessions/{session(client, village)['id']}/action-items", told).json()


def visit(client, village=BALEREJO, **members):
    """A visit of the past, so that it can be done, to one village."""
    told = {"village_code": village, "villages": [village], **members}
    return client.post("/v1/visits", body(client.contract, "visit_create", **told)).json()


def of_visit(client, noun, operation, village, members):
    """What came of a visit, one of its own where none is named, for that visit's village where none is."""
    at = members.pop("visit_id", None) or visit(client, village)["id"]
    told = body(client.contract, operation, **members)
    if "village_code" not in members:
        del told["village_code"]
    return client.post(f"/v1/visits/{at}/{noun}", told).json()


def aspiration(client, village=BALEREJO, **members):
    return of_visit(client, "aspirations", "aspiration_create", village, members)


def commitment(client, village=BALEREJO, **members):
    return of_visit(client, "commitments", "commitment_create", village, members)


def buyer(client, village=BALEREJO, **members):
    return client.post("/v1/buyers", body(client.contract, "buyer_create", village_code=village, **members)).json()


def subject_request(client, village=BALEREJO, **members):
    """What the owner of a UMKM asks for; of a UMKM of its own where none is named."""
    told = {"umkm_id": members.get("umkm_id") or umkm(client, village)["id"], "kind": "access", **members}
    return client.post("/v1/data-subject-requests", told).json()


def line(product_id, **members):
    """One line of an export."""
    return {"product_id": product_id, "hs_code": "09011120", "hs_edition": "btki2022", "quantity_kg": "600", "fob": "4515",
            "currency": "USD", "rate": "16000", **members}


def export(client, village=BALEREJO, **members):
    """A draft with a document; of a product of its own where no lines are given."""
    told = {"village_code": village, **members}
    if "lines" not in told:
        told["lines"] = [line(product(client, village)["id"])]
    return client.post("/v1/exports", body(client.contract, "export_create", **told)).json()


def rubric(client, **members):
    """A rubric that nobody else uses: of two criteria and two levels without documents, unless told otherwise."""
    told = {"year": next(YEARS), "criteria": [criterion("taste", 60), criterion("packaging", 40)],
            "levels": [level(1, 40), level(2, 80)], **members}
    return client.post("/v1/star-rubrics", body(client.contract, "star_rubric_create", **told)).json()


def criterion(code, max_score):
    return {"code": code, "name_id": f"Kriteria {code}", "name_en": f"Criterion {code}", "max_score": max_score}


def level(stars, min_total, *documents):
    """A level of a rubric; each of its documents is needed by every product."""
    return {"stars": stars, "min_total": min_total,
            "documents": [{"any_of": kinds, "categories": []} for kinds in documents]}


def scores(**points):
    return [{"criterion": code, "score": score} for code, score in points.items()]


def estimate(client, village=BALEREJO, **members):
    """A draft of an estimate by the district's own rubric, of a product of its own; written by the Dinas."""
    told = {"kind": "estimate", "scheme": "district", "year": 2026, **members}
    if "product_id" not in told:
        told["product_id"] = product(client, village)["id"]
    if "rubric_id" not in told:
        seeded, = client.get("/v1/star-rubrics", params={"scheme": "district", "year": 2026}).json()["data"]
        told.update(rubric_id=seeded["id"], scores=[{"criterion": one["code"], "score": 1} for one in seeded["criteria"]])
    return client.post("/v1/star-assessments", told).json()


AWARD = {"kind": "award", "scheme": "ministry_2021", "year": 2024, "stars": 2, "certificate_number": "OVOP-2024-017",
         "awarded_by": "Kementerian Perindustrian", "awarded_on": "2024-11-20"}


def award(client, village=BALEREJO, **members):
    made_by = {} if "product_id" in members else {"product_id": product(client, village)["id"]}
    return client.post("/v1/star-assessments", {**AWARD, **made_by, **members}).json()


def target(client, village=BALEREJO, **members):
    """A proposal for a week that no other target has; without a village for all."""
    begin = datetime.date(2000, 1, 1) + datetime.timedelta(days=next(COUNT))
    period = {"period_from": str(begin), "period_to": str(begin + datetime.timedelta(days=6))}
    told = body(client.contract, "target_create", **{**period, "village_code": village, "district_code": None, **members})
    return client.post("/v1/targets", told).json()


def certification(client, village=BALEREJO, **members):
    """A halal certificate; of a UMKM of its own where neither UMKM nor product is named."""
    of = {} if {"umkm_id", "product_id"} & set(members) else {"umkm_id": umkm(client, village)["id"]}
    told = {"umkm_id": None, "product_id": None, "number": f"ID{next(COUNT):017}", **of, **members}
    return client.post("/v1/certifications", body(client.contract, "certification_create", **told)).json()


def production_report(client, village=BALEREJO, **members):
    """A month of a UMKM, of one of its own where none is named."""
    told = {"product_id": None, **({} if "umkm_id" in members else {"umkm_id": umkm(client, village)["id"]}), **members}
    return client.post("/v1/production-reports", body(client.contract, "production_report_create", **told)).json()


def publish(house, path, writer):
    """Through the workflow: the writer submits, an officer who wrote nothing verifies and publishes."""
    writer.act(path, "submit")
    house.dinas2.act(path, "verify")
    return house.dinas2.act(path, "publish").json()


def verify(house, path, writer):
    """As far as an export gets."""
    writer.act(path, "submit")
    return house.dinas2.act(path, "verify").json()


def change(house, path, writer, body, finish=publish):
    """A finished record with an open change request; the answer to the PATCH that opened it."""
    finish(house, path, writer)
    return writer.patch(path, body)


def act(action):
    """A step that ends a record's way."""
    return lambda house, path, writer: writer.act(path, action).json()


hold = act("hold")


def approve(house, path, writer):
    return house.bupati.act(path, "approve").json()


PROOF = {"kind": "handover", "number": "027/118/BAST/2026", "date": "2026-06-14", "issuer": "Dinas Perindustrian"}


def keep(house, path):
    """The Dinas begins a commitment and says, with a proof, that it is kept."""
    house.dinas.act(path, "start")
    house.dinas.post(path + "/progress", {"percent": 100, "note": "Sudah diserahkan", "proof": PROOF})
    return house.dinas.act(path, "complete").json()


def confirm(house, path, writer):
    """As far as a commitment gets: a BUMDes officer of its village says that it was kept."""
    officer = {BALEREJO: house.bumdes, JEDING: house.bumdes2}[keep(house, path)["village_code"]]
    return officer.act(path, "confirm").json()


def widened(noun, *arguments):
    """What gives <noun>_row() and <noun>_rows() one more column, as a migration does it."""
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
