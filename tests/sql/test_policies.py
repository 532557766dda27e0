"""Grants and row-level security, for each table and role, by pgTAP. policies.sql holds the rules of
the business tables, engine_policies.sql those of all others. Both compare their rules with
PostgreSQL."""
import pathlib
import re
import subprocess

import pytest

HERE = pathlib.Path(__file__).resolve().parent
BUSINESS, ENGINE = "policies.sql", "engine_policies.sql"


def prove(cluster, database, script, **variables):
    variables["login"] = "ovop_statements"
    return subprocess.run(["pg_prove", "--host", cluster.directory, "--username", "postgres", "--dbname", database,
                           *(word for name, value in variables.items() for word in ("--set", f"{name}={value}")), HERE / script],
                          capture_output=True, text=True)


@pytest.mark.parametrize("script, least", [(BUSINESS, 4000), (ENGINE, 4000)])
def test_every_table_lets_every_role_do_what_the_rules_say(cluster, database, script, least):
    done = prove(cluster, database, script)
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    assert int(re.search(r"Tests=(\d+)", done.stdout)[1]) > least


@pytest.mark.parametrize("script, only, broken", [
    (BUSINESS, "product", "alter policy bumdes_select on product using (true)"),
    (BUSINESS, "product", "alter policy bumdes_update on product with check (true)"),
    (BUSINESS, "export", "alter table export no force row level security"),
    (BUSINESS, "umkm", "grant delete on umkm to ovop_dinas"),
    (BUSINESS, "visit", "revoke update on visit from ovop_bupati"),
    (BUSINESS, "buyer", "alter policy system_insert on buyer with check (true)"),
    (BUSINESS, "certification", "alter policy public_select on certification using (true)"),
    (BUSINESS, "target", "alter policy bumdes_select on target using (village_code is not null)"),
    (ENGINE, "user_account", "alter policy self_select on user_account using (true)"),
    (ENGINE, "user_account", "grant update (username) on user_account to ovop_admin"),
    (ENGINE, "service_account", "grant delete on service_account to ovop_admin"),
    (ENGINE, "credential", "grant select (digest) on credential to ovop_engine"),
    (ENGINE, "refresh_token", "alter table refresh_token no force row level security"),
    (ENGINE, "idempotency_key", "grant select on idempotency_key to ovop_statements"),
    (ENGINE, "audit_log", "alter policy bumdes_select on audit_log using (true)"),
    (ENGINE, "audit_log", "alter policy dinas_select on audit_log using (true)"),
    (ENGINE, "audit_log", "grant insert on audit_log to ovop_dinas"),
    (ENGINE, "personal_read", "alter policy bumdes_insert on personal_read with check (true)"),
    (ENGINE, "personal_read", "grant insert (subject) on personal_read to ovop_dinas"),
    (ENGINE, "personal_record", "drop policy not_counted on personal_record"),
    (ENGINE, "report_snapshot", "alter policy processing_restricted on report_snapshot using (true)"),
    (ENGINE, "report_snapshot", "alter policy system_select on report_snapshot using (claim_scope('reports:read'))"),
    (ENGINE, "village", "grant update (name) on village to ovop_dinas"),
    (ENGINE, "workflow_map", "grant delete on workflow_map to ovop_api"),
    (ENGINE, "retention", "create table unheard_of (one integer)"),
])
def test_without_one_policy_or_grant_it_fails(cluster, database, script, only, broken):
    """The break alone causes the failure: without it the table passes."""
    done = prove(cluster, database, script, only=only, broken=broken)
    assert done.returncode != 0 and re.search(r"Failed \d+/\d{2,}", done.stdout), done.stdout + done.stderr
