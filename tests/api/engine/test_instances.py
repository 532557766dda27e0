"""Instances with one database and the same keys are interchangeable."""
import pytest

from client import Client, problem
from house import BALEREJO
from records import body


@pytest.fixture(scope="module")
def other(build, house):
    """A second instance with the same database and keys, on other ports."""
    return build(database=house.database, OVOP_KEYS_DIR=str(house.keys), OVOP_ISSUER=house.base).start()


def client_at(other, client):
    return Client(other.base, client.contract, client.token)


def test_a_token_of_one_is_good_at_the_other(house, other):
    assert client_at(other, house.bumdes).get("/v1/me").json() == house.bumdes.get("/v1/me").json()


def test_a_cursor_of_one_goes_on_at_the_other(house, other):
    first = house.public.get("/v1/villages", params={"limit": "3"}).json()["page"]["next_cursor"]
    params = {"limit": "3", "cursor": first}
    assert house.public.get("/v1/villages", params=params).json() == other.public.get("/v1/villages", params=params).json()


def test_a_retry_at_the_other_changes_nothing(house, other):
    sent = body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None)
    key = {"Idempotency-Key": "two-instances"}
    first = house.bumdes.post("/v1/umkm", sent, headers=key)
    assert client_at(other, house.bumdes).post("/v1/umkm", sent, headers=key).content == first.content


def test_a_refresh_token_spent_at_one_is_spent_at_the_other(house, other):
    token = house.token(grant_type="password", username=house.dinas.username, password=house.dinas.password)["refresh_token"]
    next_token = house.token(grant_type="refresh_token", refresh_token=token)["refresh_token"]
    house.rows("update refresh_token set used_at = used_at - interval '11 seconds' where used_at is not null")  # past the grace
    assert other.token(400, grant_type="refresh_token", refresh_token=token)["error"] == "invalid_grant"
    assert house.token(400, grant_type="refresh_token",
                       refresh_token=next_token)["error"] == "invalid_grant", "the reuse ended the login"


def test_guesses_at_one_slow_down_the_other(house, other):
    fields = {"grant_type": "password", "username": "guessed-at-two", "password": "wrong password"}
    address = {"X-Forwarded-For": "203.0.113.60"}
    statuses = [one.public.form("/oauth/token", None, address, **fields).status_code for _ in range(15) for one in (house, other)]
    assert statuses.count(400) <= 10 and statuses[-2:] == [429, 429]


def test_what_was_sealed_by_one_is_opened_by_the_other(house, other):
    made = house.bumdes.post("/v1/umkm",
                             body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None)).json()
    house.bumdes.put(f"/v1/umkm/{made['id']}/owner", {"name": "Sulastri"})
    shown = client_at(other, house.bumdes)("POST", f"/v1/umkm/{made['id']}/actions/reveal", {"purpose": "Verifikasi"}, status=200)
    assert shown.json()["name"] == "Sulastri"


def test_a_stranger_to_the_keys_reads_nothing(build, house):
    """An instance with other keys refuses the tokens and cursors of this one."""
    stranger = build(database=house.database, OVOP_ISSUER=house.base)
    assert stranger.run("keygen").returncode == 0
    stranger.start()
    assert problem(client_at(stranger, house.bumdes).get("/v1/me", 401))[0] == "invalid_token"
    cursor = house.public.get("/v1/villages", params={"limit": "3"}).json()["page"]["next_cursor"]
    assert problem(stranger.public.get("/v1/villages", 400, params={"limit": "3", "cursor": cursor}))[0] == "invalid_cursor"
