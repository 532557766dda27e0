"""Everything that the public reads is decided by two officers, or says why one is enough.

The grants of ovop_public say what it reads, so nothing can be forgotten.
"""
import json

import pytest

# Tables without a second officer, each with the reason
ONE_IS_ENOUGH = {
    "district": "seeded with the release; nobody writes it",
    "village": "names and codes are seeded; the profile is the Dinas's own, and holds numbers only",
    "reference": "code lists of the state, kept by the Dinas; their names hold no address",
    "star_rubric": "the Dinas's own rules; their names are only names",
    "report_figure": "seeded with the release; nobody writes it",
    "resource": "the workflow, part of the release", "workflow": "the same", "workflow_transition": "the same",
    "workflow_map": "the same, derived",
}
# Functions with the owner's rights that the public may execute: what they show, and who decided it
SHOWN_BY_FUNCTIONS = {
    "umkm_public": "name and contact by a consent that a second officer approved, else the contact of the Dinas,"
                   " which only the operator sets",
    "product_contact": "the same, for a product",
    "catalog_product_markets": "steps of a published product: they are verified with it, or with an export",
    "export_totals_public": "sums of verified exports",
    "umkm_restricted": "ids that a policy hides; it shows less, never more. When a restriction ends, only what was approved"
                       " before is shown again",
}
# Functions of ovop_api with the owner's rights. No operation of the public calls them.
NOT_CALLED = {"certification_area", "chosen_id", "claim_source", "duplicates", "export_documents_elsewhere", "idempotency_keep", "link_dropped", "mentoring_session_seats", "product_at",
              "product_documents", "training_program_figures", "report_changed_at", "export_products", "production_report_village"}


@pytest.fixture(scope="module")
def rows(cluster, database):
    return lambda sql, parameters=None: cluster.rows(database, sql, parameters)


@pytest.fixture(scope="module")
def public(rows):
    """The columns that the public may read, by table."""
    found = rows("""
        select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
          from pg_class c
               join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
         where c.relnamespace = 'public'::regnamespace
           and c.relkind = 'r'
           and has_column_privilege('ovop_public', c.oid, a.attnum, 'select')
           -- Without a policy for it, the public reads no row.
           and (not c.relrowsecurity
                or exists (select
                             from pg_policy p
                            where p.polrelid = c.oid
                              and p.polpermissive
                              and 'ovop_public'::regrole = any (p.polroles)))
         group by c.oid""")
    return {one.name: one.columns for one in found}


def test_every_table_of_the_public_is_decided_by_two_or_says_why_not(rows, public):
    decided = {one.name for one in rows("""
        select c.relname as name
          from pg_class c
               join resource r on r.name = c.relname
               join pg_policy p on p.polrelid = c.oid and 'ovop_public'::regrole = any (p.polroles) and p.polpermissive
               join pg_trigger t on t.tgrelid = c.oid and t.tgname = 'business_workflow' and t.tgenabled = 'O'
         where pg_get_expr(p.polqual, p.polrelid) = '((status = ''published''::text) AND (deleted_at IS NULL))'
           -- Nothing becomes published, and no published value changes, without an officer who decides.
           and not exists (select
                             from workflow_transition w
                            where w.workflow = r.workflow
                              and w.to_status = 'published'
                              and not w.decides
                              and w.change_request is null)
           and exists (select
                         from workflow_transition w
                        where w.workflow = r.workflow
                          and (w.action, w.from_status, w.change_request) = ('request_change', 'published', 'opens'))
           and not exists (select from workflow_transition w where w.workflow = r.workflow and (w.action, w.from_status) = ('update', 'published'))""")}
    assert decided and set(public) - decided == set(ONE_IS_ENOUGH)


def test_every_function_that_shows_more_to_the_public_says_who_decided_it(rows, binary):
    found = {one.name for one in rows("""
        select p.proname as name
          from pg_proc p
         where p.pronamespace = 'public'::regnamespace
           and p.prosecdef
           and p.prorettype <> 'trigger'::regtype
           and has_function_privilege('ovop_public', p.oid, 'execute')""")}
    assert found == set(SHOWN_BY_FUNCTIONS) | NOT_CALLED
    statements = json.loads((binary.parent / "statements.json").read_text())
    called = " ".join(one["sql"] for one in statements if one["roles"] == ["public"])
    assert "catalog_product_markets" in called and not [name for name in NOT_CALLED if name + "(" in called]


def test_nobody_approves_what_the_public_sees_of_a_consent_but_the_decision(cluster, database, rows):
    """The database refuses it, not only the operations."""
    connection = cluster.connect(database)
    connection.autocommit = False
    cursor = connection.cursor()
    try:
        cursor.execute("""
            insert into umkm (id, name, village_code, status, verified_at)
            values ('01890a5d-ac96-774b-bcce-b302099a8057', 'Kopi', '35.05.17.2009', 'published', now());
            set local role ovop_dinas;
            select set_config('app.claims', '{"sub": "01890a5d-ac96-774b-bcce-b302099a8058", "role": "dinas"}', true);
            insert into umkm_consent (id, village_code, contact_public, public_owner_name, given_on, processing_restricted,
                                      owner_name_approved, contact_approved)
            values ('01890a5d-ac96-774b-bcce-b302099a8057', '35.05.17.2009', true, 'Bu Siti', '2026-01-02', false, true, true);
            update umkm_consent set owner_name_approved = true, contact_approved = true;
            select owner_name_approved, contact_approved from umkm_consent""")
        assert cursor.fetchall() == [(False, False)]
    finally:
        connection.rollback()
        connection.close()
