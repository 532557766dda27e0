"""The queries say again what the policies say, for the planner only: without their words every caller is told the same."""
import pytest

from rules import admitted
from test_matrix import CALLERS, caller

UNSAID = """create or replace function claims_hold(claims jsonb, {}) returns boolean language sql immutable parallel safe
          as 'select true'"""


@pytest.fixture(scope="module")
def scratch(build):
    house = build().prepare()
    done = house.run("migrate", "--sample")
    assert done.returncode == 0, done.stderr
    return house.start()


def told(house):
    """(who, operation) -> the rows and the totals of every list and report, in order."""
    found = {}
    for name in CALLERS:
        who = caller(house, name)
        for operation in house.contract.operations.values():
            if operation.method == "GET" and operation.path.startswith("/v1/") and "{" not in operation.path \
                    and (not operation.security or admitted(operation, who)):
                parameters = {one["name"] for one in operation.named("query")}
                reply = who.get(operation.path, None, params={key: value for key, value in (("count", "exact"), ("limit", 200))
                                                              if key in parameters})
                found[name, operation.id] = (reply.status_code, {key: value for key, value in reply.json().items()
                                                                 if key in ("data", "page", "total", "rows")})
    return found


def test_without_the_queries_own_scope_everybody_is_told_the_same(scratch):
    for name in CALLERS:  # they stand in lists themselves
        caller(scratch, name)
    said = told(scratch)
    assert len(said) > 250 and sum(bool(body.get("data")) for _, body in said.values()) > 100
    for argument in ("village_code text", "villages text[]"):
        scratch.rows(UNSAID.format(argument))
    unsaid = told(scratch)
    assert {key: (said[key], unsaid[key]) for key in said if said[key] != unsaid[key]} == {}
    scratch.rows("alter policy bumdes_select on umkm using (true)")
    loose = told(scratch)
    assert {key for key in said if said[key] != loose[key]} >= {("bumdes", "umkm_list"), ("bumdesma", "umkm_list")}
