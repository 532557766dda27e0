"""./dev, with which a newcomer begins: the state that it leaves, and its messages when it fails."""
import os
import pathlib
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import time

import pytest
import requests

from checkout import ROOT, Dev, credentials, refusal, token

ROOTLY = os.getuid() == 0


def test_start_returns_when_the_service_is_ready(dev):
    assert dev.ready()
    assert requests.get(f"{dev.url}/v1/villages/35.05.17.2009", timeout=5).json()["name"] == "Balerejo"


def test_credentials_are_private_and_complete(dev):
    made = credentials(dev)
    assert stat.S_IMODE((dev.state / "credentials.json").stat().st_mode) == 0o600
    assert made["base_url"] == dev.url
    assert {user["username"]: user["role"] for user in made["users"]} == {
        "admin": "admin", "bupati": "bupati", "dinas": "dinas", "dinas2": "dinas",
        "bumdes-balerejo": "bumdes", "bumdes-jeding": "bumdes", "bumdesma-wlingi": "bumdes"}
    assert {client["client_id"] for client in made["clients"]} == {"integrator", "reader"}


def test_every_credential_logs_in(dev):
    for user in credentials(dev)["users"]:
        reply = token(dev, grant_type="password", username=user["username"], password=user["password"])
        assert reply.status_code == 200, user["username"]
        bearer = {"Authorization": "Bearer " + reply.json()["access_token"]}
        me = requests.get(f"{dev.url}/v1/me", headers=bearer, timeout=5).json()
        assert me["role"] == user["role"]
        assert {village["code"] for village in me["villages"] or []} == set(user["villages"])
    for client in credentials(dev)["clients"]:
        reply = token(dev, grant_type="client_credentials", client_id=client["client_id"], client_secret=client["client_secret"])
        assert reply.status_code == 200 and set(reply.json()["scope"].split()) == set(client["scope"].split())


def test_a_second_start_changes_nothing(dev):
    before = credentials(dev)
    again = dev("start")
    assert again.returncode == 0 and "already running" in again.stdout
    assert credentials(dev) == before and dev.ready()


def test_run_does_not_begin_beside_a_running_one(dev):
    assert "already running" in refusal(dev("run")) and dev.ready()


def test_database_and_credentials_outlive_a_stop(dev):
    before = credentials(dev)
    assert dev("stop").returncode == 0
    assert not dev.ready()
    assert dev("stop").returncode == 0, "a second stop is harmless"
    started = dev("start")
    assert started.returncode == 0, started.stdout
    assert credentials(dev) == before
    admin = next(user for user in before["users"] if user["username"] == "admin")
    assert token(dev, grant_type="password", username="admin", password=admin["password"]).status_code == 200


def test_lost_credentials_are_created_again(dev):
    (dev.state / "credentials.json").unlink()
    assert dev("stop").returncode == 0
    started = dev("start")
    assert started.returncode == 0, started.stdout
    test_every_credential_logs_in(dev)


def test_psql_is_the_owner(dev):
    assert dev("psql", "-qtAXc", "select current_user, count(*) from village").stdout.strip() == "ovop_owner|248"


def test_the_database_listens_on_no_port(dev):
    assert dev("psql", "-qtAXc", "show listen_addresses").stdout.strip() == ""
    assert dev("psql", "-qtAXc", "show fsync").stdout.strip() == "on"


def test_run_ends_with_ctrl_c_and_stops_what_it_began(tmp_path):
    it = Dev(tmp_path / "state")
    # A shell starts a background job with SIGINT ignored, and a trap in the child cannot change
    # that.
    process = subprocess.Popen(["env", "--default-signal=INT", ROOT / "dev", "run"], env=it.environment,
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True, start_new_session=True)
    shown = ""
    while "Ctrl-C" not in shown:
        line = process.stdout.readline()
        assert line, shown
        shown += line
    assert it.ready()
    os.killpg(process.pid, signal.SIGINT)
    shown += process.communicate(timeout=150)[0]
    assert process.returncode == 0, shown
    assert not it.ready()
    data = (it.state / "pg").resolve()
    assert not (data / "postmaster.pid").exists()
    if data.parent != it.state:
        shutil.rmtree(data)


def test_a_busy_port(tmp_path):
    it = Dev(tmp_path / "state")
    with socket.create_server(("127.0.0.1", it.port + 1)):
        assert f"port {it.port + 1} is taken" in refusal(it("start"))


def test_a_full_disk(tmp_path):
    if not ROOTLY:
        pytest.skip("mounting a small disk needs root")
    small = tmp_path / "small"
    small.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "none", small], check=True)
    try:
        last = refusal(Dev(small)("start"))
    finally:
        subprocess.run(["umount", small], check=True)
    assert "MB free" in last and "set OVOP_STATE" in last


def test_neither_root_nor_sudo():
    """dpkg lists no package, and the user may not install any."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        directory = pathlib.Path(name)
        directory.chmod(0o755)
        script = shutil.copy(ROOT / "dev", directory)
        for part in ("dpkg", "state", "tests"):
            (directory / part).mkdir()
        shutil.copy(ROOT / "tests/suites.bash", directory / "tests")
        (directory / "dpkg/status").touch()
        nobody = []
        if ROOTLY:
            nobody = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
            os.chown(directory / "state", 65534, 65534)
        done = Dev(directory / "state")("start", command=[*nobody, script], DPKG_ADMINDIR=str(directory / "dpkg"))
        assert "ask root to run: apt-get install gcc" in refusal(done)


def test_a_state_that_cannot_be_made():
    assert "set OVOP_STATE" in refusal(Dev(pathlib.Path("/proc/nowhere/state"))("start"))


def test_a_cluster_of_another_postgresql(dev):
    assert dev("stop").returncode == 0
    version = (dev.state / "pg").resolve() / "PG_VERSION"
    try:
        version.write_text("13\n")
        assert "of PostgreSQL 13, not 15" in refusal(dev("start"))
    finally:
        version.write_text("15\n")
    assert dev("start").returncode == 0


def test_a_killed_service_and_cluster_are_started_again(dev):
    """A power cut leaves lock and pid files of dead processes."""
    for file in (dev.state / "ovopd.pid", (dev.state / "pg").resolve() / "postmaster.pid"):
        os.kill(int(file.read_text().split()[0]), signal.SIGKILL)
    time.sleep(1)
    started = dev("start")
    assert started.returncode == 0, started.stdout
    assert dev.ready()


def test_a_database_url_needs_its_owner(tmp_path):
    it = Dev(tmp_path / "state")
    assert "OVOP_MIGRATE_URL" in refusal(it("start", DATABASE_URL="postgresql://ovop@/nowhere"))


def test_unknown_commands_and_suites(dev):
    assert "no command 'dance'" in refusal(dev("dance"))
    assert "no suite 'dance'" in refusal(dev("test", "dance"))
    assert "./dev COMMAND" in dev("help").stdout
