"""What migration 0037 makes of the records of before, and that SQL knows the engine's silent characters."""
import pathlib
import sys

import pytest

ROOT = pathlib.Path(__file__).parents[2]
sys.path.append(str(ROOT / "service/contract"))
import characters  # noqa: E402
import functions  # noqa: E402

MIGRATIONS = sorted((ROOT / "sql/migrations").glob("*.sql"))
PROCEDURES = functions.read([(path.name, path.read_text()) for path in sorted((ROOT / "sql/functions").glob("*.sql"))])["procedures"]
BEFORE = """
insert into district (code, bps_code, name, latitude, longitude, postcode) values ('35.05.17', '3505140', 'Wlingi', -8, 112, '66184');
insert into village (code, bps_code, kind, name, district_code, district_name, latitude, longitude, postcode)
values ('35.05.17.2009', '3505140009', 'desa', 'Balerejo', '35.05.17', 'Wlingi', -8, 112, '66184');
alter table village_enterprise alter villages set default '{35.05.17.2009}', alter village_code set default '35.05.17.2009';
alter table umkm alter village_code set default '35.05.17.2009';
alter table certification alter villages set default '{35.05.17.2009}', alter village_code set default '35.05.17.2009';
insert into user_account (username, full_name, role) values ('nbsp', chr(160), 'dinas');
insert into umkm (name, contact_phone, contact_whatsapp, contact_email)
values ('A', '+6208123456789', '+628123456789', 'Siti@Contoh.ID'), ('B', null, '+81312345678', null);
insert into village_enterprise (name, kind, legal_number, deleted_at)
values ('Old', 'bumdes', 'AHU-74583.AH.01.33.TAHUN.2023', null), ('Two', 'bumdes', 'ahu-74583.ah.01.33.tahun 2023', null),
       ('Gone', 'bumdes', 'AHU-74583.AH.01.33.TAHUN.2023', now()), ('Alone', 'bumdes', 'ahu-00001.ah.01.33.tahun.2020', null);
insert into certification (umkm_id, kind, number, status)
select u.id, c.*
  from umkm u,
       (values ('gi', 'IDG 000000001', 'published'), ('gi', 'IDG000000001', 'draft'), ('gi', 'IDG 000000002', 'draft'), ('gi', 'IDG  000000003', 'draft'),
       ('gi', 'IDG 000000003', 'rejected'), ('bpom', 'BPOMRIMD235613012345', 'published'), ('sni', 'SNI 7657-2023', 'draft'),
       ('sni', 'sni 7657:2023', 'draft'), ('halal', 'MUILPPOM07060012340506', 'draft')) c (kind, number, status)
 where u.name = 'A';
"""


@pytest.fixture(scope="module")
def moved(cluster):
    """A database of before with such records, after the migration."""
    with cluster.connect(cluster.create("spelling")) as db, db.cursor() as run:
        run.execute("set check_function_bodies = off")
        for _, sql in PROCEDURES:
            run.execute(sql)
        for path in MIGRATIONS:
            if path.name == "0037_spelling.sql":
                run.execute(BEFORE)
                run.execute("update certification set change_request = row(uuid_v7(), 'open', '{\"number\": \"idg 000000009\"}', null, now(),"
                            " null, null, null)::change_request where number = 'IDG 000000002'")
            run.execute(path.read_text())
        db.commit()  # the migrations hold locks on the roles of the cluster
        yield run


def rows(run, sql):
    run.execute(sql)
    return [tuple(row) for row in run.fetchall()]


def test_each_certificate_has_the_form_of_its_kind_where_that_is_free(moved):
    found = rows(moved, "select kind, number, status from certification order by id")
    assert found == [
        ("gi", "IDG 000000001", "published"), ("gi", "IDG000000001", "draft"),  # the second one has the number already
        ("gi", "IDG000000002", "draft"), ("gi", "IDG000000003", "draft"), ("gi", "IDG000000003", "rejected"),
        ("bpom", "MD235613012345", "published"), ("sni", "SNI 7657:2023", "draft"), ("sni", "SNI 7657:2023", "draft"),
        ("halal", "07060012340506", "draft")]
    assert rows(moved, "select (change_request).patch ->> 'number' from certification where number = 'IDG000000002'") == [("IDG000000009",)]


def test_the_oldest_enterprise_keeps_a_number_that_two_have(moved):
    assert rows(moved, "select name, legal_number from village_enterprise order by id") == [
        ("Old", "AHU-74583.AH.01.33.TAHUN.2023"), ("Two", "AHU-74583.AH.01.33.TAHUN 2023"), ("Gone", "AHU-74583.AH.01.33.TAHUN 2023"),
        ("Alone", "AHU-00001.AH.01.33.TAHUN 2020")]


def test_phones_mail_and_names_are_put_right(moved):
    assert rows(moved, "select contact_phone, contact_whatsapp, contact_email from umkm order by name") == [
        ("+628123456789", "+628123456789", "siti@contoh.id"), (None, "+81312345678", None)]
    assert rows(moved, "select full_name from user_account where username = 'nbsp'") == [("nbsp",)]


def test_sql_and_the_engine_know_the_same_silent_characters(moved):
    """Each character alone. The engine's table is written from characters.py."""
    silent = {n for n, in rows(moved, "select n from generate_series(1, 1114111) n"
                                      " where n not between 55296 and 57343 and not says_something(chr(n))")}
    ranges = characters.ranges(characters.is_silent)
    assert silent == {n for first, last in ranges for n in range(first, last + 1) if not 0xD800 <= n <= 0xDFFF}


@pytest.mark.parametrize("unit, base, factor", [
    ("g", "kg", "0.001"), ("kg", "kg", "1"), ("quintal", "kg", "100"), ("t", "kg", "1000"), ("ml", "l", "0.001"), ("dozen", "piece", "12"),
    ("kodi", "piece", "20"), ("gross", "piece", "144"), ("piece", "piece", "1"), ("pack", "pack", "1"), (None, None, "1")])
def test_units_are_summed_in_their_base(cluster, database, unit, base, factor):
    with cluster.connect(database) as db, db.cursor() as run:
        run.execute("select unit_base(%(unit)s), unit_factor(%(unit)s)::text", {"unit": unit})
        assert tuple(run.fetchone()) == (base, factor)
