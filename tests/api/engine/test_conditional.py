"""Versions: a write needs the version that the caller read."""
from concurrent.futures import ThreadPoolExecutor

import pytest

from client import Client, problem
from house import BALEREJO, JEDING
from records import body, umkm


@pytest.fixture
def record(house):
    made = umkm(house.bumdes)
    return f"/v1/umkm/{made['id']}", house.bumdes.get(f"/v1/umkm/{made['id']}").headers["ETag"]


def test_a_created_record_carries_the_etag_it_is_read_with(house):
    reply = house.bumdes.post("/v1/umkm", body(house.contract, "umkm_create", village_code=BALEREJO, village_enterprise_id=None))
    read = house.bumdes.get(reply.headers["Location"])
    assert read.headers["ETag"] == reply.headers["ETag"] and read.json() == reply.json()


def test_what_is_held_is_not_sent_again(house, record):
    path, etag = record
    for held in (etag, f'"other", {etag}', "W/" + etag, "*"):
        reply = house.bumdes.get(path, 304, headers={"If-None-Match": held})
        assert reply.headers["ETag"] == etag
    for other in ('"999"', "garbage", etag.strip('"'), '""'):
        house.bumdes.get(path, 200, headers={"If-None-Match": other})


def test_a_304_needs_the_right_to_read(house, record):
    path, etag = record
    house.bumdes2.get(path, 404, headers={"If-None-Match": etag})
    house.public.get(path, 401, headers={"If-None-Match": etag})


def test_a_change_changes_the_etag(house, record):
    path, etag = record
    changed = house.bumdes.patch(path, {"name": "Nama baru"}, etag)
    assert changed.headers["ETag"] != etag
    house.bumdes.get(path, 200, headers={"If-None-Match": etag})
    house.bumdes.get(path, 304, headers={"If-None-Match": changed.headers["ETag"]})


def test_a_write_needs_a_version(house, record):
    path, _ = record
    assert problem(house.bumdes.patch(path, {"name": "x y z"}, None, 428))[0] == "precondition_required"
    assert problem(house.bumdes.delete(path, None, 428))[0] == "precondition_required"
    assert problem(house.bumdes.act(path, "submit", None, 428))[0] == "precondition_required"


def test_a_stale_version_is_412_and_names_the_current_one(house, record):
    path, etag = record
    present = house.bumdes.patch(path, {"name": "Nama kedua"}, etag).headers["ETag"]
    for refused in (house.bumdes.patch(path, {"name": "Nama ketiga"}, etag, 412), house.bumdes.delete(path, etag, 412),
                    house.bumdes.act(path, "submit", etag, 412)):
        assert problem(refused)[0] == "version_mismatch"
        # Only the version: the part after the dot covers derived members, and If-Match ignores it.
        assert refused.headers["ETag"].strip('"') == present.strip('"').split(".")[0]
    assert house.bumdes.get(path).json()["name"] == "Nama kedua"


@pytest.mark.parametrize("match", ['W/{}', '"0"', '"999"', '"999", "998"'])
def test_a_weak_or_foreign_tag_never_matches(house, record, match):
    path, etag = record
    house.bumdes.patch(path, {"name": "Nama lain"}, match.format(etag), 412)


@pytest.mark.parametrize("match", ["*", "{}", '"999", {}', "{}  ,\"5\""])
def test_any_named_version_may_match(house, record, match):
    path, etag = record
    house.bumdes.patch(path, {"name": "Nama lain"}, match.format(etag), 200)


@pytest.mark.parametrize("match", ["", "1", "abc", '"1', '"a" "b"', "*, *"])
def test_a_malformed_if_match_is_refused(house, record, match):
    path, _ = record
    assert house.bumdes.patch(path, {"name": "Nama lain"}, match, None).status_code in (400, 412, 428)


def test_a_missing_record_is_404_whatever_version_is_named(house):
    house.bumdes.patch("/v1/umkm/01890a5d-ac96-774b-bcce-b302099a8057", {"name": "Nama lain"}, '"1"', 404)
    foreign = umkm(house.bumdes2, JEDING)
    house.bumdes.patch(f"/v1/umkm/{foreign['id']}", {"name": "Nama lain"}, '"999"', 404)


def test_two_writers_of_one_version_have_one_winner(house, record):
    path, etag = record

    def write(number):
        client = Client(house.base, house.contract, house.bumdes.token)
        return client.patch(path, {"name": f"Nama {number}"}, etag, None).status_code

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(write, range(6))) == [200] + [412] * 5


def test_a_record_that_changes_is_not_cached_by_others(house, record):
    path, _ = record
    assert house.bumdes.get(path).headers["Cache-Control"] in ("private, no-cache", "no-store")
