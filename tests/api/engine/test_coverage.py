"""Runs last: every status that the contract declares was seen in some test."""

# One stage answers these for all operations: a limit, a fault, a lost database, a timeout.
# So one reply of each is enough.
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
