"""Who may do what, and the address of each operation.

The expected results come from the contract's roles and the rules of the product, not from the
service.
"""
import uuid

from house import BALEREJO, JEDING
import records
from records import act, approve, confirm, hold, publish, verify

NOUNS = {  # resources that belong to a village
    "umkm": records.umkm,
    "village-enterprises": records.enterprise,
    "products": records.product,
    "certifications": records.certification,
    "village-potentials": records.village_potential,
    "flagships": records.flagship,
    "star-assessments": records.estimate,
    "production-reports": records.production_report,
    "training-programs": records.program,
    "mentoring-sessions": records.session,
    "mentoring-participants": records.participant,
    "action-items": records.action_item,
    "outcomes": records.outcome,
    "buyers": records.buyer,
    "exports": records.export,
    "visits": records.visit,
    "aspirations": records.aspiration,
    "commitments": records.commitment,
    "targets": records.target,
    "data-subject-requests": records.subject_request,
}
OF_THE_DINAS = {  # only the Dinas writes them
    "flagships",
    "star-assessments",
    "training-programs",
    "mentoring-sessions",
    "mentoring-participants",
    "action-items",
    "targets",
    "outcomes",
}
OF_THE_BUPATI = {"visits", "aspirations", "commitments"}  # only the Bupati's office creates them
CHANGED_BY_REQUEST = {  # a change request that is allowed
    "umkm": {"name": "Nama yang diminta"},
    "village-enterprises": {"name": "Nama yang diminta"},
    "products": {"name": "Nama yang diminta"},
    "certifications": {"issuer": "Yang diminta"},
    "village-potentials": {"commodity": "Nama yang diminta"},
    "flagships": {"decree_number": "188/17 (contoh)"},
    "star-assessments": {"note": "Yang diminta"},
    "production-reports": {"turnover_idr": 17, "reason": "Salah ketik"},
    "targets": {"value": "17"},
}
FINISH = {  # the last step; other resources have none
    **dict.fromkeys(CHANGED_BY_REQUEST, publish),
    "production-reports": verify,
    "exports": verify,
    "outcomes": verify,
    "training-programs": hold,
    "mentoring-sessions": hold,
    "visits": act("complete"),
    "aspirations": act("address"),
    "commitments": confirm,
    "targets": approve,
}
FINAL = {  # a finished record refuses these
    "export_update", "outcome_update", "aspiration_update", "commitment_update", "commitment_progress_create",
}
ACTION = {  # the action to try; for other resources it is submit
    "training_program_action": "hold",
    "mentoring_session_action": "hold",
    "visit_action": "complete",
    "aspiration_action": "address",
    "commitment_action": "start",
    "target_action": "approve",
    "data_subject_request_action": "withdraw",
}
OF_OTHERS = {  # the role has other actions here, but not the one in ACTION
    ("bumdes", "commitment_action"),
    ("dinas", "target_action"),
    ("bupati", "target_change_request_action"),
}
CATALOGUE = {
    "/v1/catalog/umkm/{id}": "umkm",
    "/v1/catalog/village-enterprises/{id}": "village-enterprises",
    "/v1/catalog/products/{id}": "products",
    "/v1/catalog/products/{id}/passport": "products",
    "/v1/catalog/products/{id}/qr": "products",
}
CALLERS = ("public", "bumdes", "bumdesma", "dinas", "bupati", "admin", "reader", "writer",
           "village_reader", "village_writer", "exporter", "village_exporter", "producer",
           "village_producer", "reporter")
KINDS = ("own", "other draft", "other published", "missing")  # own: in Balerejo, other: in Jeding
MISSING = {"villages": "35.05.17.2001", "districts": "35.05.99"}
PRESENT = {"villages": BALEREJO, "districts": "35.05.17"}


class Record:
    def __init__(self, kind, noun=None, id=None, village=None, published=False):
        self.kind, self.noun, self.id, self.village, self.published = kind, noun, id, village, published


def noun(operation):
    """Returns the noun of an operation on one record of a village, or None."""
    parts = operation.path.split("/")
    return parts[2] if operation.path.startswith("/v1/") and parts[2] in NOUNS and len(parts) > 3 and parts[3] == "{id}" else None


def about_change(operation):
    """Whether the operation reads or decides a change request."""
    return "/change-request" in operation.path


def caller(house, name):
    """Returns the client of this name with its role. The role of the public is None."""
    it = house.caller(name)
    it.role = "admin" if name == "admin" else getattr(it, "role", None)
    return it


def writer_of(house, noun, village=BALEREJO):
    """Returns a caller who may make records of this noun."""
    if noun in OF_THE_DINAS:
        return house.dinas
    if noun in OF_THE_BUPATI:
        return house.bupati
    return {BALEREJO: house.bumdes, JEDING: house.bumdes2}[village]


def make(house, noun, kind, changing=False):
    """Makes a new record. With `changing` it is finished and has an open change request."""
    if kind == "missing":
        return Record(kind, noun, str(uuid.uuid4()))
    village = BALEREJO if kind == "own" else JEDING
    writer = writer_of(house, noun, village)
    made = NOUNS[noun](writer, village)
    path = f"/v1/{noun}/{made['id']}"
    for part in house.contract.operations.values():  # for example an owner or a consent
        if part.method == "PUT" and part.path.startswith(f"/v1/{noun}/{{id}}/"):
            writer.put(part.path.replace("{id}", made["id"]), house.contract.body(part), status=None)
    finished = (changing or kind == "other published") and noun in FINISH
    if changing and noun in CHANGED_BY_REQUEST:
        records.change(house, path, writer, CHANGED_BY_REQUEST[noun], FINISH[noun])
    elif finished:
        FINISH[noun](house, path, writer)
    return Record(kind, noun, made["id"], village, finished)


def admitted(operation, caller):
    """Whether the contract allows the operation to this role and its scopes."""
    role, scopes = getattr(caller, "role", None), set(getattr(caller, "scopes", []))
    return any(entry[0] == role and set(entry[1:]) <= scopes for entry in operation.security)


def expected(operation, caller, record):
    """Returns the correct statuses for a caller, an operation and a record."""
    if operation.security and not getattr(caller, "token", None):
        return {401}
    if operation.security and not admitted(operation, caller):
        return {403}
    if record.kind == "missing":
        return {404}
    if operation.path in CATALOGUE:
        return {200} if record.published else {404}
    villages = getattr(caller, "villages", None)
    if villages and villages != ["district"] and record.village not in villages:
        return {404}
    if (caller.role, operation.id) in OF_OTHERS:
        return {403}
    if record.published and (operation.method == "DELETE" or operation.path.endswith("/{id}/actions/{action}")):
        return {409}
    if operation.id == "umkm_erase":  # no erasure request was granted
        return {409}
    if record.published and operation.id in FINAL:
        return {409}
    if operation.id == "attendance_take" and not record.published:  # the session was not held
        return {409}
    if record.published and "202" in operation.responses:  # a change waits for the Dinas
        return {202}
    return {operation.success}


def address(operation, id):
    """Returns the path of the operation with its variables filled in."""
    action = "withdraw" if about_change(operation) else ACTION.get(operation.id, "submit")
    values = {"id": id, "action": action, "list": "kbli", "code": id}
    path = operation.path
    for name in operation.variables:
        path = path.replace("{" + name + "}", values[name])
    return path


def valid_body(contract, operation):
    if not operation.body or operation.media_type == "application/x-www-form-urlencoded":
        return None
    if operation.path.endswith("/{action}"):
        return {"note": "Uji coba"}
    if operation.method == "PATCH" and operation.path == f"/v1/{noun(operation)}/{{id}}" and noun(operation) in CHANGED_BY_REQUEST:
        return dict(CHANGED_BY_REQUEST[noun(operation)])
    if operation.method == "PATCH":
        fields = contract.body(operation)
        return {name: fields[name] for name in (next(iter(fields)), "reason") if name in fields}
    if operation.id.endswith("_reveal"):  # without a request for access
        return {"purpose": contract.body(operation)["purpose"]}
    # Without village_code the record is for the visit's village.
    if operation.id in ("aspiration_create", "commitment_create"):
        return {name: value for name, value in records.body(contract, operation.id).items() if name != "village_code"}
    return records.bumdes(contract) if operation.id == "village_enterprise_create" else records.body(contract, operation.id)


def invited(house, id):
    """Makes a UMKM in the village of the session."""
    at = house.rows("select village_code from mentoring_session where id = %s", [id])
    return records.umkm(house.dinas, at[0].village_code if at else BALEREJO)["id"]


def access_request(house, id):
    """Makes a request for access that is granted, of a UMKM that exists."""
    at = house.rows("select village_code from umkm where id = %s", [id])
    if not at:
        return id
    made = records.subject_request(house.dinas2, at[0].village_code, umkm_id=id, kind="access")["id"]
    house.dinas.act(f"/v1/data-subject-requests/{made}", "grant")
    return made


def send(house, caller, operation, id, **more):
    """Sends a valid request as this caller. `more` can make it invalid."""
    sent = more.pop("body", valid_body(house.contract, operation))
    if operation.id == "mentoring_participant_create" and "umkm_id" in (sent or {}):
        sent["umkm_id"] = invited(house, id)
    if operation.id == "attendance_take" and sent == valid_body(house.contract, operation):
        sent["attendances"][0]["umkm_id"] = came = invited(house, id)
        house.dinas("POST", f"/v1/mentoring-sessions/{id}/participants", {"umkm_id": came})
    if operation.id == "umkm_disclose" and sent == valid_body(house.contract, operation) and caller is house.dinas:
        sent["data_subject_request_id"] = access_request(house, id)
    match = more.pop("match", "*" if any(one["name"] == "If-Match" for one in operation.named("header")) else None)
    return caller(operation.method, address(operation, id), sent, match=match, **more)
