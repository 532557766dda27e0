"""Row-level security, table by table and role by role, by pgTAP: policies.sql says what is right and asks PostgreSQL."""
import pathlib
import re
import subprocess

import pytest

SCRIPT = pathlib.Path(__file__).resolve().parent / "policies.sql"


def prove(cluster, database, **variables):
    variables["login"] = "ovop_statements"
    return subprocess.run(["pg_prove", "--host", cluster.directory, "--username", "postgres", "--dbname", database,
                           *(word for name, value in variables.items() for word in ("--set", f"{name}={value}")), SCRIPT],
                          capture_output=True, text=True)


def test_every_table_lets_every_role_do_what_the_rules_say(cluster, database):
    done = prove(cluster, database)
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    assert int(re.search(r"Tests=(\d+)", done.stdout)[1]) > 3000


@pytest.mark.parametrize("only, broken", [
    ("product", "alter policy bumdes_select on product using (true)"),
    ("product", "alter policy bumdes_update on product with check (true)"),
    ("export", "alter table export no force row level security"),
    ("umkm", "grant delete on umkm to ovop_dinas"),
    ("visit", "revoke update on visit from ovop_bupati"),
    ("buyer", "alter policy system_insert on buyer with check (true)"),
    ("certification", "alter policy public_select on certification using (true)"),
    ("target", "alter policy bumdes_select on target using (village_code is not null)"),
])
def test_without_one_policy_or_grant_it_fails(cluster, database, only, broken):
    """And because of that one: whole, the table passes."""
    done = prove(cluster, database, only=only, broken=broken)
    assert done.returncode != 0 and re.search(r"Failed \d+/\d{2,}", done.stdout), done.stdout + done.stderr
