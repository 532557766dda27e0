"""The history of a record, and the protection against changes to the audit log."""
import psycopg2
import pytest

from house import JEDING, until
from records import buyer, export, line, product, production_report, publish, umkm


def history(client, path):
    return list(client.pages(path + "/history", limit=3))


def test_a_history_shows_who_did_what_and_when(house):
    made = umkm(house.bumdes)
    path = f"/v1/umkm/{made['id']}"
    changed = house.bumdes.patch(path, {"name": "Nama kedua"})
    publish(house, path, house.bumdes)
    entries = sorted(history(house.bumdes, path), key=lambda one: one["id"])
    assert [one["action"] for one in entries] == ["create", "update", "submit", "verify", "publish"]
    assert [one["subject"] for one in entries] == [house.bumdes.id] * 3 + [house.dinas2.id] * 2
    assert entries[1]["request_id"] == changed.headers["X-Request-Id"] and entries[1]["role"] == "bumdes"
    assert {"member": "name", "old": made["name"], "new": "Nama kedua", "personal": False} in entries[1]["changes"]


def test_the_log_shows_where_an_entry_came_from(house):
    """The request id links the two. The log has no address for public reads."""
    def logged(reply):
        return next(one for one in house.lines() if one.get("request_id") == reply.headers["X-Request-Id"])

    path, address = f"/v1/umkm/{umkm(house.bumdes)['id']}", {"X-Forwarded-For": "203.0.113.77"}
    changed = house.bumdes.patch(path, {"name": "Dari mana"}, headers=address)
    entry = max(history(house.bumdes, path), key=lambda one: one["id"])
    line = logged(changed)
    assert (line["request_id"], line["subject"], line["address"]) == (entry["request_id"], house.bumdes.id, "203.0.113.77")
    refused = house.public.form("/oauth/token", 400, address, grant_type="password", username="nobody", password="x" * 12)
    assert (logged(refused)["subject"], logged(refused)["address"]) == (None, "203.0.113.77")
    assert logged(house.public.get("/v1/catalog/umkm", headers=address))["address"] is None


def test_a_refused_write_leaves_no_entry(house):
    made = umkm(house.bumdes)
    path = f"/v1/umkm/{made['id']}"
    house.bumdes.patch(path, {"name": "Nama lain"}, '"999"', 412)
    house.bumdes("POST", path + "/actions/verify", {}, match="*", status=403)
    assert [one["action"] for one in history(house.bumdes, path)] == ["create"]


def test_a_history_is_read_by_those_who_read_the_record(house):
    path = f"/v1/umkm/{umkm(house.bumdes2, JEDING)['id']}"
    house.bumdes.get(path + "/history", 404)
    for name in ("bumdes2", "dinas", "bupati", "reader"):
        assert history(house.caller(name), path)


def test_a_system_reads_the_history_of_what_it_writes(house):
    made = product(house.bumdes)
    report = production_report(house.village_producer, umkm_id=made["umkm_id"], product_id=made["id"])
    asked_by = buyer(house.village_exporter)
    sold = export(house.village_exporter, lines=[line(made["id"])])
    for who, path in ((house.village_producer, f"/v1/production-reports/{report['id']}"),
                      (house.village_exporter, f"/v1/buyers/{asked_by['id']}"), (house.village_exporter, f"/v1/exports/{sold['id']}")):
        assert [one["action"] for one in history(who, path)] == ["create"]


def test_personal_values_stay_out_of_it(house):
    path = f"/v1/umkm/{umkm(house.bumdes)['id']}"
    owner = {"name": "Sulastri", "nik": "3505994101900001", "npwp": None, "phone": "+6281234567789", "address": "Rahasia"}
    house.bumdes.put(path + "/owner", owner)
    changes = str(house.rows("select changes from audit_log where record_id = %s", [path.split("/")[-1]]))
    assert "nik" in changes and not any(secret in changes for secret in ("Sulastri", "350599", "8123456", "Rahasia"))


@pytest.mark.parametrize("statement", [
    "update audit_log set action = 'x'", "delete from audit_log", "truncate audit_log", "update audit_seal set digest = 'x'",
    "delete from audit_seal",
    "insert into audit_log (at, resource, record_id, action, changes, hash) values (now(), 'umkm', uuid_v7(), 'x', '{}', 'x')",
])
def test_the_log_is_append_only(house, statement):
    umkm(house.bumdes)
    for role in ("ovop_dinas", "ovop_admin", "ovop_engine"):
        connection = house.cluster.connect(house.database, "ovop_test")
        cursor = connection.cursor()
        cursor.execute("select set_config('app.claims', '{\"role\": \"dinas\"}', false)")
        cursor.execute(f"set role {role}")
        with pytest.raises(psycopg2.Error):
            cursor.execute(statement)
        connection.close()


# Tampering by the owner of the database. Each transaction is rolled back.


def broken_by(house, *statements):
    """Returns the findings of the verification after these statements."""
    connection = house.cluster.connect(house.database)
    connection.autocommit = False
    try:
        cursor = connection.cursor()
        cursor.execute("set session_replication_role = replica")  # disables the triggers
        for statement in statements:
            cursor.execute(statement)
            assert cursor.rowcount != 0, statement
        cursor.execute("select * from audit_verify()")
        return [one[0] for one in cursor.fetchall()]
    finally:
        connection.rollback()
        connection.close()


@pytest.fixture(scope="module")
def sealed(house):
    """A record with a history. A seal covers all of its entries."""
    path = f"/v1/umkm/{umkm(house.bumdes)['id']}"
    for number in range(3):
        house.bumdes.patch(path, {"name": f"Nama {number}"})
    house.rows("select audit_seal_next()")
    house.rows("select audit_seal_next()")
    identity = path.split("/")[-1]
    assert house.rows("select max(last_id) as last from audit_seal")[0].last >= \
        house.rows("select max(id) as last from audit_log where record_id = %s", [identity])[0].last
    return identity


def test_an_untouched_log_verifies(house, sealed):
    assert broken_by(house) == []


def test_a_changed_entry_is_found(house, sealed):
    second = f"(select id from audit_log where record_id = '{sealed}' order by id offset 1 limit 1)"
    assert broken_by(house, f"update audit_log set subject = null where record_id = '{sealed}'")
    assert broken_by(house, f"update audit_log set at = at - interval '1 hour' where record_id = '{sealed}'")
    assert broken_by(house, f"update audit_log set changes = '{{}}' where id = {second}")


def test_a_changed_entry_with_a_fitting_hash_is_found(house, sealed):
    assert broken_by(house, f"update audit_log l set action = 'verify' where record_id = '{sealed}'",
                     f"update audit_log l set hash = audit_hash(l) where record_id = '{sealed}'")


def test_a_deleted_entry_is_found(house, sealed):
    first = f"(select min(id) from audit_log where record_id = '{sealed}')"
    last = first.replace("min", "max")
    for entry in (first, last):
        assert broken_by(house, f"delete from audit_log where id = {entry}")


def test_a_deleted_record_history_is_found(house, sealed):
    assert broken_by(house, f"delete from audit_log where record_id = '{sealed}'")


def test_a_rewritten_seal_is_found(house, sealed):
    assert broken_by(house, "update audit_seal set digest = repeat('0', 64) where id = (select max(id) from audit_seal)")


def test_housekeeping_seals_and_prints_the_seal(house, sealed):
    """The seal in the log is the proof outside the database.

    If somebody deletes a row and its seal, the database shows no trace of it.
    """
    until(lambda: any("seal" in str(one) for one in house.lines()), within=90)
