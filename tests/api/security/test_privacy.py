"""Personal data: sealed before SQL, masked in every GET, and each reveal is logged."""
import json

import pytest

from client import problem
from house import JEDING
from persons import ADDRESS, NAME, PHONE, number, owned, readings
from records import publish


def test_an_owner_is_masked_for_everybody(house):
    path, owner = owned(house)
    for name in ("bumdes", "bumdesma", "dinas", "bupati"):
        shown = house.caller(name).get(path + "/owner").json()
        assert shown["nik"] == "3505************" and shown["npwp"] == "3505************" and shown["phone"] == "+62812****789"
        assert shown["name"] == "S*** R***" and "Rahasia" not in str(shown["address"])
    assert not readings(house, path), "a masked view is not a read of personal data"


def test_the_answer_to_a_put_is_masked_too(house):
    path, owner = owned(house)
    reply = house.bumdes.put(path + "/owner", owner)
    assert owner["nik"] not in reply.text and NAME not in reply.text


def test_no_other_reply_names_the_owner(house):
    path, owner = owned(house)
    house.bumdes.act(path, "submit")
    for name in ("bumdes", "dinas", "bupati", "writer"):
        caller = house.caller(name)
        for reply in (caller.get(path), caller.get("/v1/umkm", params={"id": path.split("/")[3]}), caller.get(path + "/history")):
            assert not any(secret in reply.text for secret in (owner["nik"], owner["npwp"], NAME, PHONE, ADDRESS))


def test_a_reveal_needs_a_purpose_and_is_logged(house):
    path, owner = owned(house)
    shown = house.dinas("POST", path + "/actions/reveal", {"purpose": "Pendampingan halal"}, status=200)
    assert {name: shown.json()[name] for name in owner} == owner
    assert shown.headers["Cache-Control"] == "no-store"
    read, = readings(house, path)
    assert (read.subject, read.role, read.purpose) == (house.dinas.id, "dinas", "Pendampingan halal")
    assert read.request_id == shown.headers["X-Request-Id"] and set(read.members) == set(owner)
    for purpose in (None, "", " "):
        house.dinas("POST", path + "/actions/reveal", {"purpose": purpose} if purpose is not None else {}, status=422)
    assert len(readings(house, path)) == 1


def test_a_village_reveals_its_own_and_nobody_elses(house):
    path, owner = owned(house)
    assert house.bumdes("POST", path + "/actions/reveal", {"purpose": "Verifikasi"}, status=200).json()["nik"] == owner["nik"]
    foreign, _ = owned(house, house.bumdes2, JEDING)
    house.bumdes("POST", foreign + "/actions/reveal", {"purpose": "Verifikasi"}, status=404)
    assert not readings(house, foreign)


@pytest.mark.parametrize("name", ["bupati", "writer", "reader", "admin"])
def test_others_never_reveal(house, name):
    path, _ = owned(house)
    refused = house.caller(name)("POST", path + "/actions/reveal", {"purpose": "Ingin tahu"}, status=403)
    assert problem(refused)[0] in ("forbidden", "insufficient_scope")
    assert not readings(house, path)


def test_an_owner_is_found_by_number_and_the_search_is_written_down(house):
    path, owner = owned(house)
    found = house.dinas("POST", "/v1/umkm/lookup", {"nik": owner["nik"], "purpose": "Pengaduan"}, status=200)
    assert path.split("/")[3] in found.text and owner["nik"] not in found.text
    assert readings(house, path)[-1].purpose == "Pengaduan"
    before = house.rows("select count(*) from personal_read")[0].count
    nobody = house.dinas("POST", "/v1/umkm/lookup", {"nik": number(), "purpose": "Pengaduan"})
    assert path.split("/")[3] not in nobody.text
    assert house.rows("select count(*) from personal_read")[0].count == before + 1, "a search without a result is logged too"


def test_a_village_finds_only_its_own_by_number(house):
    foreign, owner = owned(house, house.bumdes2, JEDING)
    found = house.bumdes("POST", "/v1/umkm/lookup", {"nik": owner["nik"], "purpose": "Pengaduan"})
    assert foreign.split("/")[3] not in found.text


@pytest.mark.parametrize("nik",
                         ["350599410190000", "3505994101900000", "0505994101900001", "3505997301900001", "3505991013900001",
                          "35059941019000012", "NIKKU"])
def test_a_malformed_number_is_refused_without_repeating_it(house, nik):
    path, owner = owned(house)
    refused = house.bumdes.put(path + "/owner", {**owner, "nik": nik}, status=422)
    assert problem(refused)[1][0][0] == "/nik" and nik not in refused.text


def test_personal_data_is_nowhere_in_the_clear(house):
    """Neither a table nor a log contains it, since SQL never receives it."""
    # PostgreSQL logs every statement with its parameters.
    house.rows("alter system set log_statement = 'all'")
    house.rows("select pg_reload_conf()")
    try:
        path, owner = owned(house, name="Zubaidah Kusumawardhani")
        house.dinas("POST", path + "/actions/reveal", {"purpose": "Uji coba"}, status=200)
        house.dinas("POST", "/v1/umkm/lookup", {"nik": owner["nik"], "purpose": "Uji coba"}, status=200)
        house.bumdes.put(path + "/owner", {**owner, "phone": "x"}, status=422)
    finally:
        house.rows("alter system reset log_statement")
        house.rows("select pg_reload_conf()")
    secret = [owner["nik"], owner["npwp"], "Zubaidah", PHONE[3:], ADDRESS]
    for log in (house.log, house.cluster.log):
        text = log.read_text(errors="replace")
        assert not [one for one in secret if one in text], log
    assert "umkm_owner" in house.cluster.log.read_text(errors="replace"), "the statements were logged"
    for table in house.rows("select format('%I.%I', table_schema, table_name) as name from information_schema.tables"
                            " where table_schema = 'public' and table_type = 'BASE TABLE'"):
        for one in secret:
            assert not house.rows(f"select 1 as found from {table.name} t where t::text like %s limit 1", [f"%{one}%"]), (table.name, one)


def test_the_same_number_is_sealed_differently_each_time(house):
    nik = number()
    first, _ = owned(house, nik=nik)
    second, _ = owned(house, nik=nik)
    rows = house.rows("select (nik).cipher as cipher, (nik).hash as hash from umkm_owner where id in %s",
                      [(first.split("/")[3], second.split("/")[3])])
    assert rows[0].cipher != rows[1].cipher and rows[0].hash == rows[1].hash and nik not in rows[0].cipher + rows[0].hash


def test_a_tampered_cipher_is_a_fault_and_no_data(house):
    path, owner = owned(house)
    other, _ = owned(house)
    house.rows("update umkm_owner o set nik.cipher = overlay((o.nik).cipher placing 'AAAA' from 30) where id = %s",
               [path.split("/")[3]])
    refused = house.dinas("POST", path + "/actions/reveal", {"purpose": "Uji coba"}, status=500)
    assert owner["nik"] not in refused.text
    assert not readings(house, path) or readings(house, path)[-1].record_id


def parts_seen(house, who, path):
    """Counts the rows of owner and consent that the role reads by direct SQL."""
    connection = house.cluster.connect(house.database, "ovop_test")
    cursor = connection.cursor()
    claims = {"sub": who.id, "role": who.role, "villages": ["district"], "scope": ["register:read", "register:write"]}
    cursor.execute("select set_config('app.claims', %s, false)", [json.dumps(claims)])
    cursor.execute(f"set role ovop_{who.role}")
    counts = []
    for table in ("umkm_owner", "umkm_consent"):
        cursor.execute(f"select count(*) from {table} where id = %s", [path.split("/")[3]])
        counts.append(cursor.fetchone()[0])
    connection.close()
    return counts


def test_a_restricted_owner_is_shown_to_nobody_without_a_case(house):
    path, owner = owned(house)
    house.bumdes.put(path + "/consent", {"contact_public": False, "processing_restricted": True})
    for name in ("bupati", "writer"):
        house.caller(name).get(path, 404)
        house.caller(name).get(path + "/owner", 404)
    for who in (house.bumdes, house.dinas):
        assert problem(who("POST", path + "/actions/reveal", {"purpose": "Uji coba"}, status=409))[0] == "state_conflict"
        assert problem(who.put(path + "/owner", owner, status=409))[0] == "state_conflict"
        shown = who.get(path + "/owner").json()
        assert shown["processing_restricted"] and {shown[name] for name in owner} == {None}
        found = who("POST", "/v1/umkm/lookup", {"nik": owner["nik"], "purpose": "Pengaduan"}, status=200)
        assert path.split("/")[3] not in found.text
    assert not readings(house, path)
    assert [parts_seen(house, who, path) for who in (house.bupati, house.reader, house.dinas)] == [[0, 0], [0, 0], [1, 1]]


def test_a_system_that_asks_for_a_restriction_sees_no_more_of_it(house):
    path, _ = owned(house)
    before = house.dinas.get(path).headers["ETag"]
    fields = {"contact_public": False, "processing_restricted": True}
    assert house.writer.put(path + "/consent", fields).json()["processing_restricted"]
    house.writer.put(path + "/consent", fields, status=404)
    assert house.dinas.get(path).headers["ETag"] != before, "the version grew, although the writer no longer sees the record"


def test_a_restriction_takes_a_business_out_of_the_catalogue(house):
    path, _ = owned(house)
    publish(house, path, house.bumdes)
    address = f"/v1/catalog/umkm/{path.split('/')[3]}"
    house.public.get(address)
    house.dinas.put(path + "/consent", {"contact_public": False, "processing_restricted": True})
    house.public.get(address, 404)
    house.bumdes.get(address, 404)
    house.dinas.put(path + "/consent", {"contact_public": False, "processing_restricted": False})
    house.public.get(address)


def test_the_log_of_readings_is_the_dinas_to_read(house):
    path, owner = owned(house)
    house.bumdes("POST", path + "/actions/reveal", {"purpose": "Verifikasi"}, status=200)
    entry, = house.dinas.get(path + "/reads").json()["data"]
    wanted = {"subject": house.bumdes.id, "role": "bumdes", "purpose": "Verifikasi", "operation": "umkm_reveal"}
    assert {name: entry[name] for name in wanted} == wanted
    assert set(entry["members"]) == set(owner)
    house.bumdes.get(path + "/reads", 403)


def test_reveal_takes_no_idempotency_key(house, contract):
    assert "Idempotency-Key" not in {one["name"] for one in contract.operations["umkm_reveal"].named("header")}
