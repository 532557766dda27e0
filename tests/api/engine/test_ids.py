"""An id is a UUIDv7 and means one record, and each request has an id that no client chooses."""
from concurrent.futures import ThreadPoolExecutor

import psycopg2
import pytest

from cases import Case
from client import problem
from house import BALEREJO, JEDING, WLINGI
from records import body, buyer, change, product, rubric, umkm
from rules import NOUNS, writer_of

OTHER_WAYS = {  # operations that create a record without a village
    "reference_create": lambda client: client.post("/v1/reference/topics", {"code": "satu_id", "name": "Satu id", "name_en": "One id"}),
    "star_rubric_create": rubric,
    "report_snapshot_create": lambda client: client.post("/v1/report-snapshots", {"report": "markets", "title": "Uji"}),
}
NO_V7 = {
    "version 1": "c232ab00-9414-11ec-b3c8-9e6bdeced846", "version 4": "919108f7-52d1-4320-9bac-f847db4148a8",
    "version 6": "1ec9414c-232a-6b00-b3c8-9e6bdeced846", "version 8": "320c3d4d-cc00-875b-8ec9-32d5f69181c0",
    "nil": "00000000-0000-0000-0000-000000000000", "max": "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "NCS variant": "01890a5d-ac96-774b-7cce-b302099a8057", "Microsoft's variant": "01890a5d-ac96-774b-dcce-b302099a8057",
    "no UUID": "01890a5d", "braces": "{01890a5d-ac96-774b-bcce-b302099a8057}",
}


class Chooser:
    """A client that chooses the id of the record that one operation creates, and keeps the reply."""

    def __init__(self, client, operation, id):
        self.client, self.operation, self.id, self.reply = client, operation, id, None

    def __getattr__(self, name):
        return getattr(self.client, name)

    def post(self, path, sent=None, status=201, **more):
        if self.client.contract.find("POST", path).id != self.operation:
            return self.client.post(path, sent, status, **more)
        self.reply = self.client.post(path, {**sent, "id": self.id}, None, **more)
        return self.reply


def creations(contract):
    """Returns the operations whose client may choose an id."""
    return {one.id: one for one in contract.operations.values()
            if one.body and one.method == "POST" and "id" in contract.resolve(
                one.body["content"][one.media_type]["schema"]).get("properties", {})}


def choose(house, operation, id):
    """Creates a record with this id and all that it needs. Returns the reply."""
    word = {"mentoring_participant_create": "mentoring-participants", "mentoring_action_item_create": "action-items"}.get(
        operation.id, operation.path.split("/")[-1])
    client = Chooser(writer_of(house, word) if word in NOUNS else house.dinas, operation.id, id)
    if operation.id == "commitment_progress_create":
        made = NOUNS["commitments"](house.bupati)
        client.post(f"/v1/commitments/{made['id']}/progress", {"percent": 10, "note": "Sudah dianggarkan"})
    else:
        (NOUNS[word] if word in NOUNS else OTHER_WAYS[operation.id])(client)
    return client.reply


def v7(house):
    return house.rows("select uuid_v7()::text as id")[0].id


def inner(contract, schema, at=""):
    """Yields every member of a body, at every depth: (pointer, schema)."""
    schema = contract.resolve(schema)
    for name, member in schema.get("properties", {}).items():
        yield f"{at}/{name}", contract.resolve(member)
        yield from inner(contract, member, f"{at}/{name}")
    for member in (*([schema["items"]] if "items" in schema else []), *schema.get("anyOf", [])):
        yield from inner(contract, member, at + "/*")


def test_every_id_that_a_client_chooses_is_one_kind_of_member(contract):
    found = {(one.id, at): schema.get("format") for one in contract.operations.values() if one.body
             for content in one.body["content"].values() for at, schema in inner(contract, content["schema"])
             if at.rsplit("/", 1)[1] == "id"}
    assert len(found) == 24 and set(found.values()) == {"uuid-v7"}, found
    assert {operation for operation, _ in found} == set(creations(contract))


@pytest.mark.parametrize("kind", NO_V7)
def test_an_id_that_is_no_uuid_v7_is_refused_everywhere(house, present, kind):
    """The body lacks all else, so nothing is created."""
    for operation in creations(house.contract).values():
        case = Case(house, operation, present)
        refused = case.who("POST", operation.path.replace("{id}", v7(house)).replace("{list}", "topics"), {"id": NO_V7[kind]},
                           status=422)
        assert ("/id", "uuid_v7") in problem(refused)[1], operation.id
    detail = next(one["detail"] for one in refused.json()["violations"] if one["code"] == "uuid_v7")
    assert "UUID versi 7" in detail


def test_an_id_in_capitals_is_the_same_id(house):
    id = v7(house)
    made = house.bumdes.post("/v1/buyers", body(house.contract, "buyer_create", village_code=BALEREJO, id=id.upper())).json()
    assert made["id"] == id
    refused = house.bumdes.post("/v1/umkm", {**body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None), "id": id.upper()}, 409)
    assert problem(refused) == ("duplicate", [("/id", "unique")])


def test_no_two_resources_share_an_id(house):
    """Each resource in turn is refused the id of the one before it, and of an account."""
    taken = house.bumdes.id
    for operation in creations(house.contract).values():
        refused = choose(house, operation, taken)
        assert problem(refused) == ("duplicate", [("/id", "unique")]), operation.id
        free = v7(house)
        made = choose(house, operation, free)
        assert (made.status_code, made.json()["id"]) == (201, free), operation.id
        taken = free


def test_the_id_of_a_deleted_record_stays_its_own(house):
    made = buyer(house.bumdes)
    house.bumdes.delete(f"/v1/buyers/{made['id']}")
    refused = choose(house, house.contract.operations["umkm_create"], made["id"])
    assert problem(refused) == ("duplicate", [("/id", "unique")])


def test_the_database_refuses_what_the_contract_would(house):
    """The second gate, for a caller who got past the first one."""
    for id, code in ((NO_V7["version 4"], "uuid_v7"), (NO_V7["nil"], "uuid_v7"), (house.dinas.id, "unique")):
        with pytest.raises(psycopg2.Error) as refused:
            house.rows("set role ovop_bumdes; select chosen_id(%s)", [id])
        assert code in refused.value.diag.message_detail


def test_of_many_that_choose_one_id_at_once_one_wins(house):
    """Two resources, eight clients each, ten ids: every id ends as one record."""
    sent = {"/v1/buyers": body(house.contract, "buyer_create", village_code=BALEREJO),
            "/v1/umkm": body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None, nib=None),
            "/v1/village-potentials": body(house.contract, "village_potential_create", village_code=BALEREJO)}
    with ThreadPoolExecutor(12) as pool:
        for _ in range(10):
            id = v7(house)
            replies = list(pool.map(lambda path: house.bumdes("POST", path, {**sent[path], "id": id}), list(sent) * 4))
            assert sorted(one.status_code for one in replies) == [201] + [409] * 11
            found, = house.rows("select (select count(*) from buyer where id = %(id)s) + (select count(*) from umkm where id = %(id)s)"
                                " + (select count(*) from village_potential where id = %(id)s) as n", {"id": id})
            assert found.n == 1


def test_parts_have_the_id_of_their_record(house):
    made = umkm(house.bumdes)
    path = f"/v1/umkm/{made['id']}"
    house.bumdes.put(path + "/owner", {"name": "Sulastri Bagian", "nik": None, "npwp": None, "phone": None, "address": None})
    house.bumdes.put(path + "/consent", {"contact_public": False, "processing_restricted": False})
    assert {one["resource"] for one in house.dinas.get(path + "/history").json()["data"]} == {"umkm", "umkm_owner", "umkm_consent"}
    refused = choose(house, house.contract.operations["buyer_create"], made["id"])
    assert problem(refused) == ("duplicate", [("/id", "unique")])


# The id of a request


def test_two_requests_with_one_client_id_are_two_in_the_history(house):
    mine = {"X-Request-Id": "desa-app-000001"}
    path = f"/v1/umkm/{umkm(house.bumdes)['id']}"
    for name in ("Nama satu", "Nama dua"):
        assert house.bumdes.patch(path, {"name": name}, headers=mine).headers["X-Request-Id"] == mine["X-Request-Id"]
    house.bumdes.patch(path, {"name": "Nama tiga"})
    created, *same, last = sorted(house.bumdes.get(path + "/history").json()["data"], key=lambda one: one["id"])
    assert [one["client_request_id"] for one in (created, *same, last)] == [None, *[mine["X-Request-Id"]] * 2, None]
    own = [one["request_id"] for one in (created, *same, last)]
    assert len(set(own)) == 4 and mine["X-Request-Id"] not in own and all(len(one) == 32 for one in own)
    logged = [one for one in house.lines() if one.get("client_request_id") == mine["X-Request-Id"]]
    assert [one["request_id"] for one in logged] == own[1:3]


def test_a_client_cannot_send_the_id_of_another_request(house):
    path = f"/v1/umkm/{umkm(house.bumdes)['id']}"
    first = house.bumdes.get(path + "/history").json()["data"][0]["request_id"]
    house.bumdes.patch(path, {"name": "Peniru"}, headers={"X-Request-Id": first})
    newest = house.bumdes.get(path + "/history").json()["data"][0]
    assert newest["client_request_id"] == first != newest["request_id"]


def test_a_reading_of_personal_data_holds_both_ids(house):
    path = f"/v1/umkm/{umkm(house.bumdes)['id']}"
    house.bumdes.put(path + "/owner", {"name": "Sulastri Dibaca", "nik": None, "npwp": None, "phone": None, "address": None})
    sent = {"X-Request-Id": "desa-app-000002"}
    for _ in range(2):
        house.bumdes("POST", path + "/actions/reveal", {"purpose": "Verifikasi"}, headers=sent, status=200)
    read = house.dinas.get(path + "/reads").json()["data"]
    listed = house.dinas.get("/v1/personal-reads", params={"record_id": path.split("/")[3]}).json()["data"]
    for rows in (read, listed, house.dinas.get(path + "/personal-data").json()["reads"]):
        assert {one["client_request_id"] for one in rows} == {sent["X-Request-Id"]}
        assert len({one["request_id"] for one in rows} - {sent["X-Request-Id"]}) == 2
        assert {one["data_subject_request_id"] for one in rows} == {None}


def test_a_problem_names_both_ids(house):
    """`instance` is the service's own id, and `request_id` is the reply's X-Request-Id."""
    sent = {"X-Request-Id": "desa-app-000003"}
    refused = house.bumdes.get(f"/v1/umkm/{v7(house)}", 404, headers=sent)
    shown = refused.json()
    assert shown["request_id"] == refused.headers["X-Request-Id"] == sent["X-Request-Id"]
    line, = (one for one in house.lines() if one.get("client_request_id") == sent["X-Request-Id"])
    assert shown["instance"] == "urn:request:" + line["request_id"] and line["request_id"] != sent["X-Request-Id"]
    without = house.bumdes.get(f"/v1/umkm/{v7(house)}", 404).json()
    assert without["instance"] == "urn:request:" + without["request_id"]


# What an entry of the audit holds


def entries(house, id, resource="umkm"):
    return house.rows("select * from audit_log where record_id = %s and resource = %s order by id", [id, resource])


def test_an_entry_holds_the_version_the_transaction_and_the_villages_before_and_after(house):
    """The BUMDesma may write in all of its villages, so no village waits for the Dinas."""
    first, second = WLINGI[:2]
    made = product(house.bumdesma, first)
    path = f"/v1/products/{made['id']}"
    house.bumdesma.patch(path, {"name": "Versi dua"})
    house.bumdesma.patch(path, {"villages": [first, second]})
    house.bumdesma.patch(path, {"villages": [first]})
    house.bumdesma.delete(path)
    found = entries(house, made["id"], "product")
    assert [one.version for one in found] == [1, 2, 3, 4, 5]
    assert [one.villages_before for one in found] == [None, [first], [first], [first, second], [first]]
    assert [one.villages for one in found] == [[first], [first], [first, second], [first], [first]]
    xids = [int(one.xid) for one in found]
    assert xids == sorted(set(xids))
    assert house.rows("select * from audit_verify()") == []


def test_a_part_of_a_request_has_the_transaction_of_the_whole(house):
    path = f"/v1/umkm/{umkm(house.bumdes)['id']}"
    house.bumdes.put(path + "/owner", {"name": "Sulastri Bersama", "nik": None, "npwp": None, "phone": None, "address": None})
    part, = entries(house, path.split("/")[3], "umkm_owner")
    assert part.version == 1 and part.villages == [BALEREJO] and part.villages_before is None


def test_a_village_that_a_record_left_reads_nothing_more(house):
    """The entry of the move belongs to the new village: it may hold its values."""
    made = umkm(house.bumdes)
    path = f"/v1/umkm/{made['id']}"
    change(house, path, house.bumdes, {"name": "Belum pindah"})
    house.bumdes("POST", path + "/change-request/actions/withdraw", {}, match="*", status=200)
    house.dinas.patch(path, {"village_code": JEDING, "name": "Pindah"})
    house.dinas2("POST", path + "/change-request/actions/verify", {}, match="*", status=200)
    house.bumdes.get(path + "/history", 404)
    moved = entries(house, made["id"])[-1]
    assert (moved.villages_before, moved.villages) == ([BALEREJO], [JEDING])


def test_an_entry_from_before_the_new_columns_still_verifies(house):
    """Its hash covers what the log held at that time. Taking the columns away later is found."""
    made = umkm(house.bumdes)
    connection = house.cluster.connect(house.database)
    connection.autocommit = False
    cursor = connection.cursor()
    try:
        cursor.execute("set session_replication_role = replica")
        cursor.execute("insert into audit_log (at, resource, record_id, action, changes, hash)"
                       " values (now(), 'umkm', uuid_v7()::text, 'create', '{}', '')")
        cursor.execute("update audit_log l set hash = encode(sha256(convert_to(jsonb_build_array(extract(epoch from l.at), l.resource,"
                       " l.record_id, l.villages, l.subject, l.role, l.operation, l.request_id, l.action, l.changes, l.prev)::text,"
                       " 'UTF8')), 'hex') where hash = ''")
        cursor.execute("select * from audit_verify()")
        assert cursor.fetchall() == []
        for column in ("xid = null", "version = 7", "villages_before = '{35.05.17.2009}'", "client_request_id = 'x'"):
            cursor.execute("savepoint before")
            cursor.execute(f"update audit_log set {column} where record_id = %s", [made["id"]])
            cursor.execute("select what from audit_verify()")
            assert ("entry was changed",) in [tuple(one) for one in cursor.fetchall()], column
            cursor.execute("rollback to before")
    finally:
        connection.rollback()
        connection.close()
