"""Changes of villages by decree: the records follow, the former code still leads to the village.

Every test changes villages of its own, in a house of this module's own.
"""
import concurrent.futures
import itertools
import json

import pytest

from client import problem
from house import JEDING
from records import flagship, product, publish, umkm
from rules import NOUNS, OF_THE_BUPATI
import records

DECREE = {"decree_number": "300.2.2-2138 Tahun 2025 (contoh)", "decreed_on": "2025-04-25"}
FREE = (f"35.05.{district:02}.2{number:03}" for district in (1, 2, 5, 6) for number in range(1, 9))
NEW = itertools.count(700)
# Logs keep the code of their time; replies that were kept are not the register.
KEEPS = {"audit_log", "personal_read", "idempotency_key", "report_snapshot"}


@pytest.fixture(scope="module")
def district(build):
    return build().prepare().start()


def next_code(kind=2, kecamatan="35.05.03"):
    return f"{kecamatan}.{kind}{next(NEW)}"


def change(house, at, kind, status=200, /, match="*", **members):
    return house.dinas("POST", f"/v1/villages/{at}/actions/change", {"kind": kind, **DECREE, **members}, match=match,
                       status=status)


def filled(house, code):
    """Makes every kind of record in a village, and a change request."""
    made = {noun: [make(house.bupati if noun in OF_THE_BUPATI else house.dinas, code)] for noun, make in NOUNS.items()}
    house.dinas.post(f"/v1/commitments/{made['commitments'][0]['id']}/progress", {"percent": 10, "note": "Mulai"})
    waiting = umkm(house.dinas, code)
    publish(house, f"/v1/umkm/{waiting['id']}", house.dinas)
    house.dinas.patch(f"/v1/umkm/{waiting['id']}", {"name": "Nama yang diminta"})
    made["umkm"].append(waiting)
    return made


def tables(house):
    return [one.name for one in house.rows("select relname as name from pg_class where relkind = 'r' and relnamespace ="
                                           " 'public'::regnamespace order by relname")]


def places_of(house, code):
    """Returns the tables whose rows name the code anywhere."""
    return {name for name in tables(house)
            if house.rows(f"select from {name} t where to_jsonb(t)::text like %s limit 1", [f"%{code}%"])}


# A new code


def test_all_that_names_a_village_follows_it(district):
    house, was, code = district, next(FREE), next_code(1)
    officer = house.person("bumdes-pindah", "bumdes", [was])
    system = house.system("pindah", ["register:read", "register:write"], [was])
    made = filled(house, was)
    house.dinas.put(f"/v1/umkm/{made['umkm'][0]['id']}/owner", {"name": "Siti (contoh)"})
    house.dinas.put(f"/v1/umkm/{made['umkm'][0]['id']}/consent", {"contact_public": True, "processing_restricted": False, "given_on": "2026-01-01"})
    before = places_of(house, was)
    named = {one.name for one in house.rows("""
        select distinct attrelid::regclass::text as name from pg_attribute where attname in ('village_code', 'villages')
           and attrelid in (select oid from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace)""")}
    assert named - before - KEEPS == set(), "every table with a village has a row of this one"
    shown = change(house, was, "raise", code=code).json()
    assert (shown["code"], shown["kind"], shown["former_codes"]) == (code, "kelurahan", [was])
    assert places_of(house, was) <= KEEPS | {"village"}, "only logs keep the former code"
    for noun, (one, *_) in made.items():
        if noun not in ("mentoring-participants", "action-items", "aspirations", "commitments"):
            now = house.dinas.get(f"/v1/{noun}/{one['id']}").json()
            assert was not in json.dumps(now) and code in json.dumps(now), noun
            assert now["version"] == one["version"] + 1 or noun in ("umkm", "products", "visits", "mentoring-sessions"), noun
    assert officer.get("/v1/me").json()["villages"][0]["code"] == code
    assert system.get("/v1/me").json()["villages"][0]["code"] == code
    assert house.rows("select from pg_trigger where tgenabled <> 'O'") == [], "every trigger is on again"


def test_an_old_token_works_on(district):
    house, was, code = district, next(FREE), next_code()
    officer = house.person("bumdes-lama", "bumdes", [was])
    system = house.system("lama", ["register:read", "register:write"], [was])
    made = umkm(house.dinas, was)
    change(house, was, "recode", code=code)
    for who in (officer, system):
        assert who.get(f"/v1/umkm/{made['id']}").json()["village_code"] == code
        assert [one["id"] for one in who.pages("/v1/umkm", id=made["id"])] == [made["id"]]
        new = umkm(who, was)
        assert new["village_code"] == code
        assert who.patch(f"/v1/umkm/{new['id']}", {"village_code": was, "name": "Lain"}).json()["village_code"] == code
    goods = product(officer, was)
    assert (goods["village_code"], goods["villages"]) == (code, [code])
    assert officer.get(f"/v1/umkm/{made['id']}/history").json()["data"]
    other = house.person("bumdes-lain", "bumdes", [next(FREE)])
    other.get(f"/v1/umkm/{made['id']}", 404)


def test_an_account_may_be_made_with_a_former_code(district):
    house, was, code = district, next(FREE), next_code()
    change(house, was, "recode", code=code)
    sent = {"username": "bumdes-baru", "full_name": "Baru (contoh)", "role": "bumdes", "villages": [was, code]}
    assert house.admin.post("/v1/users", sent).json()["villages"] == [code]


def test_the_former_code_leads_to_the_village(district):
    house, was, code = district, next(FREE), next_code(kecamatan="35.05.04")
    business = umkm(house.dinas, was)
    publish(house, f"/v1/umkm/{business['id']}", house.dinas)
    shown = change(house, was, "recode", code=code, name="Desa Baru").json()
    assert (shown["district_code"], shown["district_name"], shown["name"]) == ("35.05.04", "Kademangan", "Desa Baru")
    for at in (was, code):
        assert house.public.get(f"/v1/villages/{at}").json() == shown
        assert [one["code"] for one in house.public.pages("/v1/villages", code=at)] == [code]
        assert house.public.get(f"/v1/catalog/villages/{at}").json()["code"] == code
        assert [one["code"] for one in house.public.pages("/v1/catalog/villages", code=at)] == [code]
        assert house.dinas.get(f"/v1/villages/{at}/brief").json()["code"] == code
        assert house.dinas.get(f"/v1/villages/{at}/history").json()["data"][0]["changes"]
        assert house.dinas.patch(f"/v1/villages/{at}", {"population": 17}).json()["code"] == code
        rows = house.dinas.get("/v1/reports/markets", params={"by": "village", "village_code": at}).json()["rows"]
        assert [one["code"] for one in rows] == [code]
        shown = house.public.get(f"/v1/villages/{code}").json()


def test_every_filter_takes_the_former_code(district):
    house, was, code = district, next(FREE), next_code()
    filled(house, was)
    change(house, was, "recode", code=code)
    tried = 0
    for operation in house.contract.operations.values():
        names = {one["name"] for one in operation.parameters if one["in"] == "query"}
        if operation.method != "GET" or "{" in operation.path or "village_code" not in names:
            continue
        who = house.admin if operation.path.startswith(("/v1/users", "/v1/service")) else house.dinas
        answers = [who.get(operation.path, None, params={"village_code": at}) for at in (was, code)]
        if answers[0].status_code == 403:
            continue
        old, new = (one.json() for one in answers)
        for one in (old, new):
            one.pop("as_of", None)
        assert answers[0].status_code == 200 and old == new, operation.id
        assert old.get("data") or old.get("rows") or operation.path.startswith(("/v1/catalog", "/v1/users", "/v1/personal",
                                                                                "/v1/attend")), operation.id
        tried += 1
    assert tried > 20


def test_a_change_that_waits_follows_too(district):
    house, was, code, to = district, next(FREE), next_code(), next(FREE)
    moves = umkm(house.dinas, to)
    at = f"/v1/umkm/{moves['id']}"
    publish(house, at, house.dinas)
    asked = house.dinas.patch(at, {"village_code": was})
    change(house, was, "recode", code=code)
    shown = house.dinas.get(at + "/change-request")
    assert {one["member"]: one["new"] for one in shown.json()["changes"]} == {"village_code": code}
    assert shown.headers["ETag"] != asked.headers["ETag"]
    assert house.dinas2("POST", at + "/change-request/actions/verify", {}, match="*", status=200).json()["village_code"] == code


# What the history says


def entries(client, path, **more):
    return [(one["resource"], {each["member"]: (each["old"], each["new"]) for each in one["changes"]})
            for one in client.pages(path + "/history", limit=2, **more)]


def test_the_history_says_it_once_and_every_record_shows_it(district):
    house, was, code = district, next(FREE), next_code(1)
    officer = house.person("bumdes-riwayat", "bumdes", [was])
    made, late = umkm(house.dinas, was), None
    logged = house.rows("select count(*) as n from audit_log")[0].n
    change(house, was, "raise", code=code, name="Kelurahan Baru")
    assert house.rows("select count(*) as n from audit_log")[0].n == logged + 1, "one entry, however many records"
    late = umkm(house.dinas, code)
    for at in (was, code):
        resource, said = entries(house.dinas, f"/v1/villages/{at}")[0]
        assert said["code"] == (was, code) and said["name"][1] == "Kelurahan Baru" and said["kind"] == ("desa", "kelurahan")
        assert said["decree_number"] == (None, DECREE["decree_number"]) and said["kind_of_change"] == (None, "raise")
    for who in (house.dinas, house.bupati, officer, house.person("bumdes-riwayat2", "bumdes", [code])):
        shown = entries(who, f"/v1/umkm/{made['id']}")
        assert [one[0] for one in shown] == ["village", "umkm"] and shown[0][1]["code"] == (was, code)
        assert [one[0] for one in entries(who, f"/v1/umkm/{late['id']}")] == ["umkm"], "it came later"
    assert [one[0] for one in entries(house.dinas, f"/v1/umkm/{made['id']}", member="village_code")] == ["village", "umkm"]
    assert [one[0] for one in entries(house.dinas, f"/v1/umkm/{made['id']}", member="nib")] == ["umkm"]
    other = umkm(house.dinas, next(FREE))
    assert [one[0] for one in entries(house.dinas, f"/v1/umkm/{other['id']}")] == ["umkm"]
    change(house, code, "recode", code=next_code())
    assert [one[0] for one in entries(house.dinas, f"/v1/umkm/{made['id']}")] == ["village", "village", "umkm"]
    assert house.rows("select * from audit_verify()") == []


# The kinds


def test_a_village_gets_another_name(district):
    house, code = district, next(FREE)
    before = house.public.get(f"/v1/villages/{code}").json()
    shown = change(house, code, "rename", name="Nama Lain").json()
    assert shown == {**before, "name": "Nama Lain", "version": before["version"] + 1, "updated_at": shown["updated_at"], **DECREE}
    assert [one["code"] for one in house.public.pages("/v1/villages", q="nama lain")] == [code]
    assert entries(house.dinas, f"/v1/villages/{code}")[0][1]["name"] == (before["name"], "Nama Lain")


def test_a_part_becomes_a_village(district):
    house, was, code = district, next(FREE), next_code()
    moved, stays = umkm(house.dinas, was), umkm(house.dinas, was)
    place = {"code": code, "name": "Desa Pecahan", "bps_code": f"3505200{next(NEW)}", "latitude": -8, "longitude": 112}
    shown = change(house, was, "split", **place).json()
    assert {name: shown[name] for name in place} == place and shown["former_codes"] == []
    assert (shown["version"], shown["population"], shown["index_name"]) == (1, None, None)
    assert house.public.get(f"/v1/villages/{was}").json()["code"] == was
    assert house.dinas.patch(f"/v1/umkm/{moved['id']}", {"village_code": code}).json()["village_code"] == code
    assert house.dinas.get(f"/v1/umkm/{stays['id']}").json()["village_code"] == was
    assert entries(house.dinas, f"/v1/villages/{code}")[-1][1]["decree_number"][1] == DECREE["decree_number"]
    house.person("bumdes-pecahan", "bumdes", [code]).get(f"/v1/umkm/{stays['id']}", 404)


def test_two_villages_become_one(district):
    house, was, into = district, next(FREE), next(FREE)
    officer = house.person("bumdes-gabung", "bumdes", sorted([was, into]))
    joint = records.enterprise(house.dinas, was, kind="bumdesma", villages=sorted([was, into]))
    mine, theirs = umkm(house.dinas, was), umkm(house.dinas, into)
    shown = change(house, was, "merge", into=into).json()
    assert (shown["code"], shown["former_codes"]) == (into, [was])
    assert {one["id"] for one in officer.pages("/v1/umkm", village_code=was)} == {mine["id"], theirs["id"]}
    assert officer.get("/v1/me").json()["villages"] == [
        {"code": into, "name": shown["name"], "district_name": shown["district_name"]}]
    assert house.dinas.get(f"/v1/village-enterprises/{joint['id']}").json()["villages"] == [into]
    assert house.public.get(f"/v1/villages/{was}").json()["code"] == into
    assert entries(house.dinas, f"/v1/umkm/{mine['id']}")[0][1]["code"] == (was, into)


def test_a_merger_that_would_break_a_rule_changes_nothing(district):
    house, was, into = district, next(FREE), next(FREE)
    for code in (was, into):
        made = flagship(house.dinas, code, valid_from="2026-01-01", valid_to=None)
        publish(house, f"/v1/products/{made['product_id']}", house.dinas)
        publish(house, f"/v1/flagships/{made['id']}", house.dinas)
    assert problem(change(house, was, "merge", 409, into=into))[0] == "duplicate"
    assert house.public.get(f"/v1/villages/{was}").json()["code"] == was
    assert house.rows("select from pg_trigger where tgenabled <> 'O'") == []


def test_a_wrong_entry_is_undone_by_another(district):
    house, was, code = district, next(FREE), next_code()
    made, before = umkm(house.dinas, was), house.public.get(f"/v1/villages/{was}").json()
    change(house, was, "recode", code=code)
    shown = change(house, code, "recode", code=was).json()
    assert {**shown, "former_codes": [], "version": 1, "updated_at": 1} == {**before, "version": 1, "updated_at": 1, **DECREE}
    assert shown["former_codes"] == [code]
    for at in (was, code):
        assert house.dinas.get(f"/v1/villages/{at}").json()["code"] == was
    assert house.dinas.get(f"/v1/umkm/{made['id']}").json()["village_code"] == was


def test_a_code_changes_again(district):
    house, first, second, third = district, next(FREE), next_code(), next_code()
    made = umkm(house.dinas, first)
    change(house, first, "recode", code=second)
    shown = change(house, first, "recode", code=third).json()  # by its first code
    assert (shown["code"], shown["former_codes"]) == (third, [first, second])
    for at in (first, second, third):
        assert [one["id"] for one in house.dinas.pages("/v1/umkm", village_code=at)] == [made["id"]]


# Refusals


@pytest.mark.parametrize("kind, members, fault", [
    ("rename", {}, ("/name", "required")), ("rename", {"name": "X", "code": "35.05.03.2999"}, ("/code", "not_of_kind")),
    ("raise", {}, ("/code", "required")), ("raise", {"code": "35.05.03.2998"}, ("/code", "kind_of_code")),
    ("recode", {"code": "35.05.99.2001"}, ("/code", "exists")), ("recode", {"code": JEDING}, ("/code", "unique")),
    ("recode", {"code": "35.05.03.2997", "into": JEDING}, ("/into", "not_of_kind")),
    ("split", {"code": "35.05.03.2996", "name": "X"}, ("/bps_code", "required")), ("merge", {}, ("/into", "required")),
    ("merge", {"into": "35.05.03.2995"}, ("/into", "exists")),
    ("rename", {"name": "X", "decreed_on": "2999-01-01"}, ("/decreed_on", "future"))])
def test_a_change_makes_sense(district, kind, members, fault):
    assert fault in problem(change(district, "35.05.22.2001", kind, 422, **members))[1]


def test_a_code_is_never_given_to_another_village(district):
    house, was, code, other = district, next(FREE), next_code(), next(FREE)
    change(house, was, "recode", code=code)
    for taken in (was, code):
        assert problem(change(house, other, "recode", 422, code=taken))[1] == [("/code", "unique")]
    assert problem(change(house, other, "merge", 422, into=other))[1] == [("/into", "exists")]
    bps = house.public.get(f"/v1/villages/{code}").json()["bps_code"]
    assert problem(change(house, other, "recode", 409, code=next_code(), bps_code=bps)) == ("duplicate", [("/bps_code", "unique")])
    assert problem(change(house, "35.05.17.2001", "rename", 404, name="X"))[0] == "not_found"
    stale = change(house, other, "rename", 412, match='"99"', name="X")
    assert problem(stale)[0] == "version_mismatch"


def test_only_the_dinas_enters_a_decree(district):
    sent = {"kind": "rename", **DECREE, "name": "X"}
    for who, status in ((district.bumdes, 403), (district.bupati, 403), (district.writer, 403), (district.admin, 403),
                        (district.public, 401)):
        who("POST", f"/v1/villages/{JEDING}/actions/change", sent, match="*", status=status)


def test_records_that_are_written_meanwhile_follow(district):
    """Writers and the changes take turns: no record keeps the former code, and nobody waits in a circle."""
    house, was, code, other = district, next(FREE), next_code(), next(FREE)
    circles = house.cluster.log.read_text().count("deadlock detected")
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        writes = [pool.submit(make, house.dinas, was) for _ in range(15) for make in (umkm, product)]
        done = pool.submit(change, house, was, "recode", code=code), pool.submit(change, house, other, "recode", code=next_code())
        writes += [pool.submit(make, house.dinas, was) for _ in range(15) for make in (umkm, product)]
        assert [one.result().json()["code"] for one in done][0] == code
        made = [one.result()["id"] for one in writes]
    kept = house.rows("select village_code from umkm where id = any (%s::uuid[]) union all"
                      " select village_code from product where id = any (%s::uuid[])", [made, made])
    assert len(kept) == len(made) and {one.village_code for one in kept} == {code}
    assert house.cluster.log.read_text().count("deadlock detected") == circles


def test_an_upgrade_keeps_what_a_decree_changed(district):
    house, was, code, renamed = district, next(FREE), next_code(), next(FREE)
    change(house, was, "recode", code=code)
    change(house, renamed, "rename", name="Nama Tetap")
    house.rows("delete from schema_seeds")
    house.run("migrate")
    assert house.rows("select code from village where code in (%s, %s)", [was, code])[0].code == code
    assert house.public.get(f"/v1/villages/{renamed}").json()["name"] == "Nama Tetap"
    assert house.public.get(f"/v1/villages/{was}").json()["code"] == code, "the functions were made again"


def test_a_village_column_cannot_be_forgotten(district):
    """A column with a foreign key to village, or with the name of such columns, follows by itself."""
    known = {(one.table_name, name) for one in district.rows("select * from village_change_columns()")
             for name in (one.columns or []) + (one.lists or [])}
    wanted = {(one.t, one.c) for one in district.rows("""
        select a.attrelid::regclass::text as t, a.attname::text as c
          from pg_attribute a join pg_class c on c.oid = a.attrelid
         where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
           and a.attname like '%village%' and a.attname <> 'village_enterprise_id' and a.attgenerated = ''""")}
    assert {one for one in wanted - known if one[0] not in KEEPS} == {("export", "village_enterprise_ids")}
    assert ("commitment_progress", "village_code") in known and ("user_account", "villages") in known


# Kecamatan


def test_a_district_gets_another_name(district):
    house = district
    before = house.public.get("/v1/districts/35.05.20").json()
    sent = {"name": "Wates Baru", **DECREE}
    shown = house.dinas("POST", "/v1/districts/35.05.20/actions/rename", sent, match="*", status=200).json()
    assert (shown["name"], shown["version"]) == ("Wates Baru", before["version"] + 1)
    of = list(house.public.pages("/v1/villages", district_code="35.05.20"))
    assert len(of) == 8 and {one["district_name"] for one in of} == {"Wates Baru"}
    assert entries(house.dinas, "/v1/villages/35.05.20.2001")[0][1]["district_name"] == ("Wates", "Wates Baru")
    refused = house.dinas("POST", "/v1/districts/35.05.20/actions/rename", {**sent, "decreed_on": "2999-01-01"}, match="*", status=422)
    assert problem(refused)[1] == [("/decreed_on", "future")]
    house.dinas("POST", "/v1/districts/35.05.99/actions/rename", sent, match="*", status=404)
