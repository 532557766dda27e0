"""The duration of a reply reveals neither an account nor a record of another village.

TIMING_SAMPLES is the number of measured pairs. Without it, there are few. Each pair is measured in
random order, so that the load of the machine affects both sides. A test prints the gap of the
medians with its noise. It fails if the gap exceeds the noise by more than a tenth.
"""
import os
import random
import statistics
import uuid

import pytest

from house import BALEREJO
from records import umkm

SAMPLES = int(os.environ.get("TIMING_SAMPLES", 0))
BOUND = 0.1


def seconds(client, method, path, status, **more):
    """Measures the time from the first byte sent to the headers of the reply."""
    headers = {"Authorization": "Bearer " + client.token} if client.token else {}
    reply = client.session.request(method, client.base + path, headers={**headers, **more.pop("headers", {})}, timeout=60, **more)
    assert reply.status_code == status, reply.text
    return reply.elapsed.total_seconds()


def gap(count, one, other):
    """Measures how much longer `one` takes than `other`.

    Returns the gap and its noise as shares of the median time, and this time. The noise is 3.3
    sigma of the median, by ranks.
    """
    differences, times = [], []
    for _ in range(count):
        measured = {}
        for ask in random.sample([one, other], 2):
            measured[ask] = ask()
        differences.append(measured[one] - measured[other])
        times.append(measured[other])
    differences.sort()
    aside = min(count // 2, int(3.3 * count ** 0.5 / 2) + 1)
    low, high = differences[count // 2 - aside], differences[min(count - 1, count // 2 + aside)]
    usual = statistics.median(times)
    return statistics.median(differences) / usual, (high - low) / 2 / usual, usual


def check(what, count, one, other):
    for ask in (one, other):  # warms up
        ask()
    found, noise, usual = gap(count, one, other)
    print(f"{what}: {count} pairs, {usual * 1000:.2f} ms, gap {found:+.2%} ± {noise:.2%}")
    assert abs(found) - noise < BOUND, f"{what}: {found:+.2%} ± {noise:.2%}"


def test_an_unknown_user_takes_as_long_as_a_known_one(house):
    connection = house.cluster.connect(house.database)

    def guess(username):
        # Otherwise the throttle delays the fourth guess.
        connection.cursor().execute("delete from login_throttle")
        form = {"grant_type": "password", "username": username, "password": "not the password of anybody"}
        return seconds(house.public, "POST", "/oauth/token", 400, data=form, headers={"X-Forwarded-For": "203.0.113.80"})

    house.dinas
    check("unknown user", SAMPLES or 60, lambda: guess("nobody-" + uuid.uuid4().hex[:8]), lambda: guess(house.dinas.username))
    connection.close()


@pytest.mark.parametrize("method", ["GET", "PATCH"])
def test_a_record_of_another_village_takes_as_long_as_a_missing_one(house, method):
    theirs = [umkm(house.bumdes, BALEREJO)["id"] for _ in range(10)]
    more = {"headers": {"If-Match": "*"}, "json": {"name": "Nama lain"}} if method == "PATCH" else {}

    def ask(id):
        return seconds(house.bumdes2, method, f"/v1/umkm/{id}", 404, **more)

    def nowhere():
        return ask(uuid.UUID(int=uuid.UUID(theirs[0]).int ^ random.getrandbits(60)))

    check(f"{method} of another village", SAMPLES or 1000, lambda: ask(random.choice(theirs)), nowhere)
