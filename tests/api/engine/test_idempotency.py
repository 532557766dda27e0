"""A retry changes nothing: one row, one key, one reply."""
import secrets
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from client import Client, problem
from house import BALEREJO, JEDING
from records import body, bumdes, umkm


def key():
    return secrets.token_hex(16)


def create(client, key, sent, status=201):
    return client.post("/v1/umkm", sent, status, headers={"Idempotency-Key": key})


@pytest.fixture
def sent(house):
    return body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None)


def count(house, sent):
    return house.rows("select count(*) from umkm where nib = %s", [sent["nib"]])[0].count


def keys(house, name):
    return house.rows("select count(*) from idempotency_key where key = %s", [name])[0].count


def test_a_retry_gets_the_first_answer_again(house, sent):
    name = key()
    first, second = create(house.bumdes, name, sent), create(house.bumdes, name, sent)
    assert (first.content, first.status_code) == (second.content, second.status_code)
    assert [first.headers.get(one) for one in ("ETag", "Location")] == [second.headers.get(one) for one in ("ETag", "Location")]
    assert count(house, sent) == 1


def test_a_retry_of_every_kind_of_write_gets_the_first_answer_again(house):
    made = umkm(house.bumdes)
    path, headers = f"/v1/umkm/{made['id']}", lambda: {"Idempotency-Key": key()}
    for write in (lambda h: house.bumdes.patch(path, {"name": "Nama sekali"}, '"1"', headers=h),
                  lambda h: house.bumdes("POST", path + "/actions/submit", {}, match="*", headers=h, status=200),
                  lambda h: house.bumdes("POST", path + "/actions/withdraw", {}, match="*", headers=h, status=200),
                  lambda h: house.bumdes.delete(path, headers=h)):
        again = headers()
        first, second = write(again), write(again)
        assert first.content == second.content and first.headers.get("ETag") == second.headers.get("ETag")


def test_another_body_under_a_used_key_is_refused(house, sent):
    name = key()
    create(house.bumdes, name, sent)
    assert problem(create(house.bumdes, name, {**sent, "name": "Lain"}, 422))[0] == "idempotency_key_reused"
    refused = house.bumdes.post("/v1/village-enterprises", bumdes(house.contract), 422, headers={"Idempotency-Key": name})
    assert problem(refused)[0] == "idempotency_key_reused"


def test_keys_of_different_callers_do_not_meet(house, sent):
    name = key()
    create(house.bumdes, name, sent)
    create(house.dinas, name, body(house.contract, "umkm_create", village_code=JEDING, village_enterprise_id=None))


def test_a_failed_attempt_leaves_no_key(house, sent):
    name = key()
    create(house.bumdes, name, {**sent, "village_code": "35.05.17.2001"}, 422)
    assert keys(house, name) == 0
    create(house.bumdes, name, sent)
    assert keys(house, name) == 1


def test_a_404_leaves_its_key_free(house, sent):
    name = key()
    house.bumdes.patch("/v1/umkm/01890a5d-ac96-774b-bcce-b302099a8057", {"name": "Nama lain"}, "*", 404,
                       headers={"Idempotency-Key": name})
    create(house.bumdes, name, sent)


def test_parallel_retries_make_one_row(house):
    for _ in range(5):
        name, sent = key(), body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None)

        def attempt(_):
            return create(Client(house.base, house.contract, house.bumdes.token), name, sent, None)

        with ThreadPoolExecutor(8) as pool:
            replies = list(pool.map(attempt, range(8)))
        made = {one.content for one in replies if one.status_code == 201}
        assert len(made) == 1 and {one.status_code for one in replies} <= {201, 409}
        assert count(house, sent) == 1 and keys(house, name) == 1


def test_without_a_key_every_request_counts(house, sent):
    assert house.bumdes.post("/v1/umkm", sent).json()["id"] != house.bumdes.post("/v1/umkm", sent).json()["id"]


@pytest.mark.parametrize("bad", ["", "x" * 256, "with space", "\x7f", "ünicode".encode().decode("latin1")])
def test_a_key_is_1_to_255_visible_characters(house, sent, bad):
    assert create(house.bumdes, bad.encode("latin1"), sent, None).status_code == 400


def test_a_quoted_key_is_the_bare_one(house, sent):
    name = key()
    assert create(house.bumdes, name, sent).content == create(house.bumdes, f'"{name}"', sent).content
    assert count(house, sent) == 1


def test_a_replay_follows_what_the_caller_may_still_see(house):
    person = house.person("moves", "bumdes", [BALEREJO])
    name, sent = key(), body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None)
    create(person, name, sent)
    house.admin.patch(f"/v1/users/{person.id}", {"villages": [JEDING]})
    moved = house.login(person.username, person.password)
    assert create(moved, name, sent, None).status_code in (404, 422)


def test_what_is_kept_of_a_request_is_keyed(build, house, sent):
    """The hash of a request is keyed with secret.key.

    A plain hash of a body with personal data could be reversed by guessing.
    """
    other = build(database=house.database, OVOP_ISSUER=house.base)
    assert other.run("keygen").returncode == 0
    for path in house.keys.iterdir():
        if path.name != "secret.key":
            (other.keys / path.name).unlink(missing_ok=True)
            shutil.copy(path, other.keys)
    other.start()
    name = key()
    create(house.bumdes, name, sent)
    refused = create(Client(other.base, house.contract, house.bumdes.token), name, sent, 422)
    assert problem(refused)[0] == "idempotency_key_reused"


def test_what_answers_a_secret_takes_no_key(house, contract):
    for operation in contract.operations.values():
        headers = {one["name"] for one in operation.named("header")}
        content = operation.responses[str(operation.success)].get("content", {})
        reply = contract.resolve(content.get("application/json", {}).get("schema", {}))
        if "secret" in reply.get("properties", {}) or operation.id.endswith("reveal"):
            assert "Idempotency-Key" not in headers, operation.id
