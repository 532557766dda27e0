"""`./dev backup` and `./dev restore`: what a restore brings back, what it undoes, and what it
reports. The tests share one state and run in order."""
import datetime
import glob
import os
import shutil
import time

import pytest
import requests

from checkout import Dev, credentials, refusal, token

UMKM = {"village_code": "35.05.17.2009", "kbli_code": "10761", "kbli_edition": "2025"}
OWNER = {"name": "Sulastri Wahyuningsih", "nik": "3505994101900004", "npwp": None, "phone": "+6281234567890", "address": None}


def now():
    return datetime.datetime.now(datetime.timezone.utc).isoformat()


class Register(Dev):
    def login(self, username):
        password = next(one["password"] for one in credentials(self)["users"] if one["username"] == username)
        reply = token(self, grant_type="password", username=username, password=password)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def ask(self, username, method, path, body=None, **headers):
        headers["Authorization"] = "Bearer " + self.login(username)["access_token"]
        return requests.request(method, self.url + path, json=body, headers=headers, timeout=20)

    def register(self, name, key):
        reply = self.ask("bumdes-balerejo", "POST", "/v1/umkm", {**UMKM, "name": name}, **{"Idempotency-Key": key})
        assert reply.status_code == 201, reply.text
        return reply.json()["id"]

    def do(self, *arguments):
        done = self(*arguments)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def names(self):
        """Starts the service and returns the names of the UMKM that these tests made."""
        self.do("start")
        return set(self("psql", "-qtAXc", "select name from umkm where name like 'Cadangan %'").stdout.splitlines())

    @property
    def data(self):
        return (self.state / "pg").resolve()


@pytest.fixture(scope="module")
def dev(tmp_path_factory):
    it = Register(tmp_path_factory.mktemp("backup") / "state")
    started = it("start")
    data = it.data
    if started.returncode == 0:
        yield it
    stopped = it("stop")
    if data.parent != it.state:
        for path in glob.glob(f"{data}*"):
            shutil.rmtree(path) if os.path.isdir(path) else os.unlink(path)
    assert started.returncode == stopped.returncode == 0, started.stdout + stopped.stdout


@pytest.fixture(scope="module")
def there(dev):
    """Makes a backup, then A with an owner and a login. Notes the moment. Then makes B, a user and
    a person's request, and stops everything."""
    dev.do("backup")
    a, session = dev.register("Cadangan A", "key-of-a"), dev.login("dinas")
    assert dev.ask("bumdes-balerejo", "PUT", f"/v1/umkm/{a}/owner", OWNER, **{"If-Match": '"0"'}).status_code == 200
    time.sleep(0.1)
    moment = now()
    time.sleep(0.1)
    b = dev.register("Cadangan B", "key-of-b")
    user = {"username": "pegawai-baru", "full_name": "Pegawai Baru", "role": "dinas"}
    assert dev.ask("admin", "POST", "/v1/users", user).status_code == 201
    reply = dev.ask("dinas", "POST", "/v1/data-subject-requests", {"umkm_id": a, "kind": "access"})
    assert reply.status_code == 201, reply.text
    dev.do("backup")  # the restore gives this backup up
    dev.do("stop")
    return {"a": a, "b": b, "session": session, "moment": moment, "request": reply.json()["id"]}


def test_a_wrong_call_names_what_it_needs(dev):
    assert "'./dev backup full'" in refusal(dev("backup", "diff"))
    assert "the service is running" in refusal(dev("restore"))
    for command in ("backup", "restore"):
        assert "service/deploy/pgbackrest.conf" in refusal(dev(command, DATABASE_URL="postgresql://ovop@/ovop"))


def test_a_wrong_time_repository_or_key_is_refused(dev, there, tmp_path):
    assert "is before the first backup, which ended at" in refusal(dev("restore", "2020-01-01"))
    assert "is in the future" in refusal(dev("restore", "tomorrow"))
    assert "is not a time" in refusal(dev("restore", "whenever"))
    assert "there is no backup" in refusal(dev("restore", OVOP_BACKUP_DIR=str(tmp_path)))
    for name in ("keys/seal-1.key", "keys/hash.key", "backup.password"):
        file = dev.state / name
        file.rename(f"{file}.away")
        assert f"{name} is missing" in refusal(dev("restore"))
        if name == "backup.password":
            assert "is missing: put it back" in dev("backup").stdout
            for wrong in range(30):  # about one wrong password in 13 decrypts to valid JSON
                file.write_text(f"another-{wrong}")
                assert "cannot be read: is" in refusal(dev("restore"))
        file.with_name(file.name + ".away").rename(file)


def test_a_restore_reaches_the_moment_and_lists_what_it_undid(dev, there):
    shown = dev.do("restore", there["moment"])
    assert " s; ./dev start serves it" in shown and f"the earlier database is in {dev.data}.before" in shown
    report = [line.split("|") for line in (dev.state / "restored.txt").read_text().splitlines()]
    whole, = (line[1] for line in report if line[0] == "whole")
    assert "; the log has " in whole
    assert {(line[2], line[3]) for line in report if line[0] == "repeat" and line[2] != "user_create"} == {
        ("data_subject_request_create", f"data_subject_request {there['request']}")}
    assert {line[2] for line in report if line[0] == "undone"} == {"umkm_create", "user_create", "data_subject_request_create"}
    assert dev.names() == {"Cadangan A"}


def test_kept_data_is_readable_and_every_login_has_ended(dev, there):
    seen = dev.ask("bumdes-balerejo", "POST", f"/v1/umkm/{there['a']}/actions/reveal", {"purpose": "Uji pemulihan"})
    assert seen.status_code == 200 and seen.json()["nik"] == OWNER["nik"]
    assert token(dev, grant_type="refresh_token", refresh_token=there["session"]["refresh_token"]).status_code == 400


def test_a_retry_repeats_a_lost_request_and_replays_a_kept_one(dev, there):
    assert dev.register("Cadangan A", "key-of-a") == there["a"]
    assert dev.register("Cadangan B", "key-of-b") != there["b"]


def test_a_later_moment_is_found_although_a_backup_between_them_was_given_up(dev, there):
    time.sleep(0.1)
    moment = now()
    dev.register("Cadangan C", "key-of-c")
    dev.do("stop")
    dev.do("restore", moment)
    assert dev.names() == {"Cadangan A", "Cadangan B"}


def test_a_destroyed_directory_comes_back_as_far_as_it_was_archived(dev, there):
    dev.register("Cadangan D", "key-of-d")
    dev.do("stop")  # a stop archives the last changes
    data = dev.data
    shutil.rmtree(data)
    assert "recovery ended before configured recovery target" in dev("restore", "1 second ago").stdout
    assert not data.exists()
    dev.do("restore")
    assert dev.names() == {"Cadangan A", "Cadangan B", "Cadangan D"}


def test_a_failed_restore_leaves_the_earlier_database(dev, there):
    dev.do("stop")
    (dev.data / "global/pg_control").rename(dev.data / "global/pg_control.away")
    failed = dev("restore", "1 second ago")
    assert failed.returncode == 1 and "the earlier state is back in place" in failed.stdout, failed.stdout
    assert "the archive ends before that time" in failed.stdout
    (dev.data / "global/pg_control.away").rename(dev.data / "global/pg_control")
    assert dev.names() == {"Cadangan A", "Cadangan B", "Cadangan D"}
