"""What a migration makes of the rows that are there: it runs on a database of the version before."""
import pathlib
import sys
import uuid

import pytest

ROOT = pathlib.Path(__file__).parents[2]
sys.path.append(str(ROOT / "service/contract"))
import functions  # noqa: E402

PROCEDURES = [sql for _, sql in functions.read([(path.name, path.read_text()) for path in sorted(
    (ROOT / "sql/functions").glob("*.sql"))])["procedures"]]
U1, U2, E, P1, P2, P3 = (str(uuid.UUID(int=n)) for n in range(1, 7))
VILLAGE = "35.05.17.2009"


@pytest.fixture
def old(cluster):
    """Returns a function: the database before a migration, and how to run that migration."""

    def before(number):
        name, paths = cluster.create(f"before{uuid.uuid4().hex}"), sorted((ROOT / "sql/migrations").glob("*.sql"))
        earlier = [path.read_text() for path in paths if path.name < number]
        this, = (path.read_text() for path in paths if path.name.startswith(number))
        for sql in (*PROCEDURES, *earlier):
            cluster.rows(name, "set check_function_bodies = off;" + sql)
        cluster.rows(name, f"""
            insert into district (code, bps_code, name, latitude, longitude, postcode)
            values ('{VILLAGE[:8]}', '3505140', 'Wlingi', -8, 112, '66184');
            insert into village (code, bps_code, kind, name, district_code, district_name, latitude, longitude, postcode)
            values ('{VILLAGE}', '3505140009', 'desa', 'Balerejo', '{VILLAGE[:8]}', 'Wlingi', -8, 112, '66184')""")
        return lambda sql: cluster.rows(name, sql), lambda: cluster.rows(name, this)

    return before


def test_a_certificate_of_a_product_names_it_and_its_maker_bears_it(old):
    """Requested changes of the bearer move as well."""
    rows, migrate = old("0036")
    rows(f"""
        insert into umkm (id, name, village_code) values ('{U1}', 'Satu', '{VILLAGE}'), ('{U2}', 'Dua', '{VILLAGE}');
        insert into village_enterprise (id, name, kind, village_code, villages)
        values ('{E}', 'BUMDes', 'bumdes', '{VILLAGE}', '{{{VILLAGE}}}');
        insert into product (id, name, category, umkm_id, village_enterprise_id, village_code, villages)
        values ('{P1}', 'A', 'food', '{U1}', null, '{VILLAGE}', '{{{VILLAGE}}}'),
               ('{P2}', 'B', 'food', null, '{E}', '{VILLAGE}', '{{{VILLAGE}}}'),
               ('{P3}', 'C', 'food', '{U2}', null, '{VILLAGE}', '{{{VILLAGE}}}');
        insert into certification (number, kind, umkm_id, product_id, village_code, villages, change_request)
        select c.number, 'lab', c.umkm_id, c.product_id, '{VILLAGE}', '{{{VILLAGE}}}',
               case when c.patch is not null then row(uuid_v7(), 'open', c.patch, null, now(), null, null, null)::change_request end
          from (values
            ('of a UMKM', '{U1}'::uuid, null::uuid, null::jsonb),
            ('of its product', null, '{P1}', null),
            ('of an enterprise', null, '{P2}', '{{"issuer": "x"}}'),
            ('to a product', '{U1}', null, '{{"umkm_id": null, "product_id": "{P3}", "issuer": "x"}}'),
            ('to another product', null, '{P1}', '{{"product_id": "{P2}"}}'),
            ('to a UMKM', null, '{P1}', '{{"umkm_id": "{U2}", "product_id": null}}'),
            ('to another UMKM', '{U1}', null, '{{"umkm_id": "{U2}"}}')) c (number, umkm_id, product_id, patch)""")
    migrate()
    found = {one.number: ((one.umkm_id, one.village_enterprise_id, one.product_ids), one.patch) for one in rows("""
        select number, umkm_id::text, village_enterprise_id::text, product_ids::text[], (change_request).patch from certification""")}

    def asked(umkm, enterprise, products, **others):
        return {"umkm_id": umkm, "village_enterprise_id": enterprise, "product_ids": products, **others}

    assert found == {
        "of a UMKM": ((U1, None, []), None),
        "of its product": ((U1, None, [P1]), None),
        "of an enterprise": ((None, E, [P2]), {"issuer": "x"}),
        "to a product": ((U1, None, []), asked(U2, None, [P3], issuer="x")),
        "to another product": ((U1, None, [P1]), asked(None, E, [P2])),
        "to a UMKM": ((U1, None, [P1]), asked(U2, None, [])),
        "to another UMKM": ((U1, None, []), asked(U2, None, [])),
    }


def test_the_documents_of_older_exports_are_compared_too(old):
    rows, migrate = old("0036")
    rows(f"""
        insert into export (exporter_name, mode, destination_country, exported_on, documents, lines, quantity_kg, fob_idr, product_ids,
                            umkm_ids, village_enterprise_ids, village_code)
        values ('PT', 'direct', 'JP', '2026-01-01', '[{{"kind": "peb", "number": "00 45-21"}}]', '[]', 1, 1, '{{}}', '{{}}', '{{}}',
                '{VILLAGE}')""")
    migrate()
    assert rows("select document_keys from export")[0].document_keys == ["peb:004521"]
