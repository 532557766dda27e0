"""Runs last: what the contract declares and no test has seen. The list is empty, or the run fails."""

# Seen once for the stage that answers so, not for every operation: a limit, a fault of the service, a lost database.
ONCE = {"429", "500", "503", "504"}


def test_every_declared_status_of_every_operation_was_seen(contract):
    declared = {(one.id, status) for one in contract.operations.values() for status in one.responses if status not in ONCE}
    unseen = sorted(declared - contract.seen)
    print("\n".join(f"unseen: {operation} {status}" for operation, status in unseen))
    assert not unseen


def test_every_stage_answered_under_its_real_cause(contract):
    assert ONCE <= {status for _, status in contract.seen}


def test_every_operation_succeeded(contract):
    succeeded = {operation for operation, status in contract.seen if status[0] == "2"}
    assert succeeded == set(contract.operations)
