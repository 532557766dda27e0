"""Queries repeat the conditions of the policies for the planner only.

Without these conditions, every caller must get the same rows.
"""
import pytest

from rules import CALLERS, admitted, caller

WITHOUT_SCOPE = """create or replace function claims_hold(claims jsonb, {}) returns boolean language sql immutable parallel safe
          as 'select true'"""


@pytest.fixture(scope="module")
def scratch(build):
    house = build().prepare()
    done = house.run("migrate", "--sample")
    assert done.returncode == 0, done.stderr
    return house.start()


def answers(house):
    """Returns the rows and totals of every list and report: (who, operation) -> content."""
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


def test_without_the_conditions_of_the_queries_every_reply_is_the_same(scratch):
    for name in CALLERS:  # the lists contain these accounts
        caller(scratch, name)
    scoped = answers(scratch)
    assert len(scoped) > 250 and sum(bool(body.get("data")) for _, body in scoped.values()) > 100
    for argument in ("village_code text", "villages text[]"):
        scratch.rows(WITHOUT_SCOPE.format(argument))
    without = answers(scratch)
    assert {key: (scoped[key], without[key]) for key in scoped if scoped[key] != without[key]} == {}
    scratch.rows("alter policy bumdes_select on umkm using (true)")
    opened = answers(scratch)
    assert {key for key in scoped if scoped[key] != opened[key]} >= {("bumdes", "umkm_list"), ("bumdesma", "umkm_list")}
