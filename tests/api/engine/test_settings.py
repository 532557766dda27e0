"""The sessions of the service set what they need, whatever the database or the login has set."""
import re
import subprocess

import pytest

from client import problem
from house import BALEREJO, JEDING
from records import body, product, umkm

# Each setting would break a session that does not override it: a cast, a policy, a search, a plan,
# or an idle session. The session sets its own values with its first statement, so two timeouts leave
# the time for that.
SETTINGS = {
    "standard_conforming_strings": "off", "row_security": "off", "array_nulls": "off", "transform_null_equals": "on",
    "default_transaction_isolation": "serializable", "default_transaction_deferrable": "on", "default_transaction_read_only": "on",
    "client_min_messages": "error", "gin_fuzzy_search_limit": "1", "timezone": "Asia/Kathmandu", "datestyle": "SQL, DMY",
    "intervalstyle": "sql_standard", "bytea_output": "escape", "extra_float_digits": "-15", "search_path": "pg_catalog",
    "default_text_search_config": "pg_catalog.indonesian", "statement_timeout": "100ms", "lock_timeout": "1ms",
    "idle_session_timeout": "1s", "idle_in_transaction_session_timeout": "1ms", "plan_cache_mode": "force_custom_plan",
    "jit": "on", "jit_above_cost": "0", "jit_inline_above_cost": "0", "jit_optimize_above_cost": "0", "quote_all_identifiers": "on",
    "check_function_bodies": "off", "geqo_threshold": "2", "from_collapse_limit": "1", "join_collapse_limit": "1",
    "enable_nestloop": "off", "enable_hashjoin": "off", "enable_seqscan": "off", "force_parallel_mode": "on", "work_mem": "64kB",
    "xmloption": "document", "lc_numeric": "C", "lc_monetary": "C", "backslash_quote": "off", "synchronize_seqscans": "off",
    "plpgsql.extra_errors": "all",
}


def replies_of(house):
    """Returns replies to an officer and the public, without ids, versions and times."""
    made = umkm(house.bumdes, BALEREJO, name="Kopi \\d 'Kelud'", founded_on="2019-02-01", annual_sales_idr=123456789, nib="8120012345678",
                external_reference="SIDT-000001")
    item = product(house.bumdes, BALEREJO, umkm_id=made["id"], price_min_idr=15000)
    house.bumdes.patch(f"/v1/umkm/{made['id']}", {"name": "Kopi \\w Kelud"}, match='"1"')
    replies = [house.dinas.get(path, params=params).text for path, params in (
        ("/v1/umkm", {"q": "kopi kelud", "village_code": BALEREJO}), (f"/v1/umkm/{made['id']}", {}),
        (f"/v1/umkm/{made['id']}/history", {}), (f"/v1/products/{item['id']}", {"expand": "producer,village"}),
        ("/v1/products", {"village_code": BALEREJO}), ("/v1/products", {"updated_at_gte": "2020-01-01T00:00:00+07:00", "count": "exact"}),
        ("/v1/villages", {"q": "balerejo"}),
        ("/v1/reports/markets", {"by": "village", "period_from": "2026-01-01", "period_to": "2026-03-31"}),
        ("/v1/reports/productivity", {"by": "district"}), ("/v1/catalog/products", {}))]
    two = body(house.contract, "certification_create", umkm_id=made["id"], village_enterprise_id=item["id"])
    replies.append(str(problem(house.bumdes.post("/v1/certifications", two, 422))[1]))
    ids = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z|\"request_id\":\"[^\"]*\"")
    return [ids.sub("…", one) for one in replies]


@pytest.fixture(scope="module")
def stock(build):
    return replies_of(build().prepare().start())


@pytest.mark.parametrize("target", ["database", "login"])
def test_no_setting_of_others_changes_an_answer(build, stock, target):
    """Settings of the database also affect `migrate`. Those of the login affect `serve` only."""
    house = build(OVOP_POOL_WAIT_MS="30000")
    house.cluster.rows("postgres", "do $$ begin create role ovop_test login noinherit; exception when duplicate_object then end $$")
    if target == "login":
        house.prepare()
    where = f'database "{house.database}"' if target == "database" else f'role ovop_test in database "{house.database}"'
    connection = house.cluster.connect()
    with connection.cursor() as cursor:
        for name, value in SETTINGS.items():
            cursor.execute(f"alter {where} set {name} = {value if name == 'datestyle' else repr(value)}")
    connection.close()
    if target == "database":
        house.prepare()
    assert replies_of(house.start()) == stock


def test_triggers_that_a_superuser_has_switched_off_keep_it_from_serving(build):
    house = build().prepare()
    house.rows(f'alter database "{house.database}" set session_replication_role = replica')
    done = subprocess.run([str(house.binary), "serve"], env=house.environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "session_replication_role" in done.stderr, done


def test_no_plan_is_compiled_and_no_setting_outlives_the_page_it_is_for(build):
    """Two officers list the products of their village, then those of another village."""
    house = build().prepare()
    house.rows(f'alter database "{house.database}" set jit_above_cost = 0')
    house.log_plans()
    house.rows(f'alter database "{house.database}" set auto_explain.log_nested_statements = on')
    house.start()
    for caller in (house.bumdes, house.bumdes2):
        for village in (BALEREJO, JEDING):
            for params in ({"village_code": village}, {}, {"village_code": village, "sort": "-name"}, {"village_code": village}):
                caller.get("/v1/products", params=params)
    plans = house.cluster.log.read_text(errors="replace").split("LOG:  duration:")
    asked = [one for one in plans if "product_rows(" in one or "product p" in one or "product n" in one]
    unsorted = [one for one in asked if "enable_sort = 'off'" in one]
    assert unsorted and len(unsorted) < len(asked)
    assert all("with start as" in one for one in unsorted), [one[:300] for one in unsorted if "with start as" not in one][:1]
    assert not [one for one in plans if "JIT:" in one or "jit = 'on'" in one]
