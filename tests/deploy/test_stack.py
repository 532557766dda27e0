"""The services of the compose file as processes, without a container engine. They have the same
secrets, environment and proxy configuration.

Two instances run behind HAProxy, on 127.0.0.1 and 127.0.0.2 in place of container names. They run
under the system call filter of ovopd.service: a forbidden call would end them.
"""
import collections
import concurrent.futures
import gzip
import json
import os
import pathlib
import re
import signal
import socket
import socketserver
import stat
import subprocess
import threading
import time

import pytest
import requests
import sandbox
import yaml

import abuse
import slow
from ports import free_port

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "tests/deploy"
SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", "")
LOGINS_A_MINUTE = 20
HEALTH = yaml.safe_load(re.search(r"HEALTHCHECK .*?CMD (\[.*\])$", DOCKERFILE, re.M).group(1))


def wait_for(what, seconds=15):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "timed out"
        time.sleep(0.05)


def answers(url, status=200):
    try:
        return requests.get(url, timeout=2).status_code == status
    except requests.ConnectionError:
        return False


def haproxy(directory, port, instances, api_port, admin_port, **changes):
    """Runs HAProxy with the file that compose mounts, and with these instances and changes."""
    text = (ROOT / "service/deploy/haproxy.cfg").read_text()
    lines = "".join(f"server {name} {name}:{api_port}\n\t" for name in instances)
    for old, new in {r"server-template .*\n": lines, "check port 8081": f"check port {admin_port}", **changes}.items():
        text, found = re.subn(old, new, text)
        assert found == 1
    (directory / "haproxy.cfg").write_text(text)
    with open(directory / "haproxy.log", "a") as log:
        return subprocess.Popen(["haproxy", "-db", "-f", directory / "haproxy.cfg"], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                env={**os.environ, "LISTEN": f"127.0.0.1:{port}"})


class Stack:
    def __init__(self, binary, cluster, directory):
        self.binary, self.cluster, self.directory = binary, cluster, directory
        self.secrets = directory / "secrets"
        self.port, self.api_port, self.admin_port = (free_port() for _ in range(3))
        self.url = f"http://127.0.0.1:{self.port}"
        self.processes = {}
        self.places = {"PATH": f"{binary.parent}:{os.environ['PATH']}", "OVOP_KEYS_DIR": str(directory / "keys")}

    def environment(self, service, **more):
        """The environment of a service in the compose file, with directories of this machine."""
        compose = {name: re.sub(r"^\$\{\w+:-(.*)\}$", r"\1", value).replace("/secrets", str(self.secrets))
                   for name, value in SERVICES[service]["environment"].items()}
        return {**self.places, **compose, **more}

    def make_secrets(self):
        subprocess.run([ROOT / "service/deploy/make-secrets"], check=True, env={
            **self.places, "SECRETS_DIR": str(self.secrets), "DATABASE_HOST": str(self.cluster.directory)})

    def prepare(self):
        sandbox.allowed()
        for name in ("secrets/owner", "secrets/login", "keys"):
            (self.directory / name).mkdir(parents=True)
        self.make_secrets()
        self.cluster.rows("postgres", "create role ovop_owner superuser login")
        self.cluster.rows("postgres", "create database ovop owner ovop_owner")
        subprocess.run([self.binary, *SERVICES["migrate"]["command"]], check=True, env=self.environment("migrate"))

    def start(self, address):
        environment = self.environment("ovopd", OVOP_LISTEN=address, OVOP_PORT=str(self.api_port), OVOP_RATE_LIMIT="0",
                                       OVOP_ADMIN_PORT=str(self.admin_port), OVOP_LOGIN_RATE_LIMIT=str(LOGINS_A_MINUTE))
        with open(self.directory / f"{address}.log", "a") as log:
            self.processes[address] = subprocess.Popen([self.binary, "serve"], stdin=subprocess.DEVNULL, stderr=log, env=environment,
                                                       preexec_fn=sandbox.enter)
        wait_for(lambda: answers(f"http://{address}:{self.admin_port}/readyz"))

    def proxy(self):
        self.processes["haproxy"] = haproxy(self.directory, self.port, ["127.0.0.1", "127.0.0.2"], self.api_port, self.admin_port)
        wait_for(lambda: answers(f"{self.url}/v1/villages?limit=1"))

    def end(self, name):
        process = self.processes.pop(name)
        process.send_signal(signal.SIGTERM)
        return process.wait(60)

    def serves(self, address):
        """Whether an instance gets requests: each one is a line of its log."""
        size = (self.directory / f"{address}.log").stat().st_size
        time.sleep(0.1)
        return (self.directory / f"{address}.log").stat().st_size > size

    def logs(self):
        return "".join(path.read_text() for path in self.directory.glob("127.*.log"))


@pytest.fixture(scope="module")
def stack(binary, cluster, tmp_path_factory):
    it = Stack(binary, cluster, tmp_path_factory.mktemp("stack"))
    try:
        it.prepare()
        for address in ("127.0.0.1", "127.0.0.2"):
            it.start(address)
        it.proxy()
        yield it
    finally:
        for name in list(it.processes):
            it.end(name)


def test_secrets_are_random_and_their_owners_alone(stack):
    files = [path for path in stack.secrets.rglob("*") if path.is_file()] + list((stack.directory / "keys").iterdir())
    assert len(files) > 5
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o400}
    login = (stack.secrets / "login/pg_service.conf").read_text()
    password = (stack.secrets / "owner/password").read_text()
    assert len(password) == 48 and password not in login
    if os.getuid() == 0:
        assert (stack.secrets / "owner/password").stat().st_uid == 999
        assert (stack.secrets / "login/pg_service.conf").stat().st_uid == 10001


def test_secrets_outlive_a_second_start(stack):
    before = (stack.secrets / "owner/password").read_text()
    stack.make_secrets()
    assert (stack.secrets / "owner/password").read_text() == before


def test_login_has_its_password_and_owns_nothing(stack):
    [row] = stack.cluster.rows("ovop", "select oid, rolpassword, rolinherit, rolsuper from pg_authid where rolname = 'ovop'")
    assert row.rolpassword.startswith("SCRAM-SHA-256$") and not row.rolinherit and not row.rolsuper
    assert stack.cluster.rows("ovop", "select relname from pg_class where relowner = %s", [row.oid]) == []


def test_health_check_tells_alive_from_dead(stack):
    def check(port):
        command = [*HEALTH[:2], HEALTH[2].replace("8081", str(port))]
        return subprocess.run(command, stderr=subprocess.DEVNULL, timeout=10).returncode

    assert check(stack.admin_port) == 0
    assert check(free_port()) != 0


def test_both_instances_serve(stack):
    for _ in range(10):
        assert requests.get(f"{stack.url}/v1/villages?limit=1", timeout=5).status_code == 200
    assert all("village_list" in (stack.directory / f"{address}.log").read_text() for address in ("127.0.0.1", "127.0.0.2"))


def test_replies_are_compressed(stack):
    reply = requests.get(f"{stack.url}/v1/villages?limit=200", headers={"Accept-Encoding": "gzip"}, stream=True, timeout=5)
    body = reply.raw.read(decode_content=False)
    assert reply.headers["Content-Encoding"] == "gzip"
    assert len(body) < len(gzip.decompress(body)) / 4


def test_an_etag_that_compression_made_weak_still_counts(stack, officer):
    """HAProxy marks the ETag of a compressed reply as weak, which If-Match never matches. It
    removes the mark from requests."""
    one = requests.get(f"{stack.url}/v1/villages/35.05.17.2009", timeout=5)
    assert one.headers["Content-Encoding"] == "gzip" and one.headers["ETag"].startswith('W/"')
    same = requests.get(f"{stack.url}/v1/villages/35.05.17.2009", headers={"If-None-Match": one.headers["ETag"]}, timeout=5)
    assert same.status_code == 304
    url, etag = f"{stack.url}/v1/villages/35.05.17.2009", one.headers["ETag"]
    profile = {"population": 4321, "population_year": 2025}
    changed = [requests.patch(url, json=profile, headers={**officer, "If-Match": etag}, timeout=5) for _ in range(2)]
    assert [reply.status_code for reply in changed] == [200, 412], [reply.text for reply in changed]


@pytest.fixture(scope="module")
def officer(stack):
    """The Authorization header of a Dinas officer. The officer is created as an operator does it:
    by `migrate admin create` of the compose file, then through the API."""
    one_time = subprocess.run([stack.binary, "admin", "create", "operator"], check=True, stdout=subprocess.PIPE, text=True,
                              env=stack.environment("migrate")).stdout.strip()
    admin = settle(stack, "operator", one_time)
    made = requests.post(f"{stack.url}/v1/users", headers=admin, timeout=5,
                         json={"username": "officer", "full_name": "Petugas contoh", "role": "dinas"})
    assert made.status_code == 201, made.text
    return settle(stack, "officer", made.json()["secret"])


def settle(stack, username, one_time):
    new = "a long enough phrase for " + username

    def login(password):
        form = {"grant_type": "password", "username": username, "password": password}
        reply = requests.post(f"{stack.url}/oauth/token", data=form, timeout=5)
        assert reply.status_code == 200, reply.text
        return {"Authorization": "Bearer " + reply.json()["access_token"]}

    changed = requests.post(f"{stack.url}/v1/me/password", headers=login(one_time), timeout=5,
                            json={"current_password": one_time, "new_password": new})
    assert changed.status_code == 204, changed.text
    return login(new)


def test_no_abuse_passes_the_proxy(stack):
    assert not (found := abuse.deviations(stack.port, proxied=True)), "\n".join(map(str, found))
    assert abuse.MARK.decode() not in stack.logs()
    refused = abuse.exchange(stack.port, abuse.CASES["two Authorizations"][0])[2]
    assert all(word in refused for word in (b'"malformed_request"', b"cache-control: no-store", b"x-content-type-options: nosniff"))
    wait_for(lambda: answers(f"{stack.url}/v1/villages"))


@pytest.mark.parametrize("kind, addresses", [("heads", 5), ("bodies", 5), ("large bodies", 1), ("reading", 1)])
def test_1500_slow_clients_leave_room_for_others(stack, kind, addresses):
    """Incomplete requests wait at the proxy, from any number of addresses. Large bodies and unread
    replies hold places at the instances, but one address gets few of them."""
    before = [slow.resident(one.pid) for one in stack.processes.values()]
    with slow.clients(stack.port, kind, 1500, [f"127.0.1.{n}" for n in range(1, 1 + addresses)]):
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            asked = pool.submit(slow.ask, f"{stack.url}/v1/villages?limit=1", 3)
            alive = pool.submit(slow.ask, f"http://127.0.0.1:{stack.admin_port}/livez", 3)
        after = [slow.resident(one.pid) for one in stack.processes.values()]
    for what, replies in (("a list", asked.result()), ("/livez", alive.result())):
        times = sorted(took for _, took in replies)
        print(f"{kind}: {what}: {len(replies)} in {times[len(times) // 2] * 1000:.0f} ms, {times[-1] * 1000:.0f} at most; {before} {after} kB")
        assert {status for status, _ in replies} == {200} and times[len(times) // 2] < 0.1 and times[-1] < 2
    assert all(now - then < 100 * 1024 for then, now in zip(before, after))


def test_a_dripping_head_is_cut_off(stack):
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", stack.port), timeout=20) as connection:
        connection.sendall(b"GET /v1/villages HTTP/1.1\r\nHost: loc")
        while time.monotonic() - began < 20:
            connection.settimeout(0.5)
            try:
                assert connection.recv(100).startswith(b"HTTP/1.1 408 ")
                break
            except TimeoutError:
                connection.sendall(b"a")
    assert 9 < time.monotonic() - began < 12


def test_an_instance_that_stops_costs_no_request(stack, officer):
    """A rolling restart under load, one instance after the other. /readyz answers 503, the proxy
    stops sending requests, running requests finish, and the exit code is 0."""
    replies, over = {"GET": [], "POST": []}, threading.Event()
    record = {"name": "Mulai ulang (contoh)", "village_code": "35.05.17.2009", "kbli_code": "10761", "kbli_edition": "2025"}

    def ask(method, path, **more):
        with requests.Session() as session:
            while not over.is_set():
                replies[method].append(session.request(method, stack.url + path, timeout=10, **more).status_code)

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        asking = [pool.submit(ask, "GET", "/v1/villages?limit=5") for _ in range(4)]
        asking += [pool.submit(ask, "POST", "/v1/umkm", json=record, headers=officer) for _ in range(4)]
        try:
            for address in ("127.0.0.1", "127.0.0.2"):
                time.sleep(0.5)
                before = {method: len(statuses) for method, statuses in replies.items()}
                assert stack.end(address) == 0
                assert all(len(replies[method]) > before[method] + 50 for method in replies), (before, replies)
                stack.start(address)
                wait_for(lambda: stack.serves(address))
        finally:
            over.set()
        for one in asking:
            one.result()
    assert set(replies["GET"]) == {200} and set(replies["POST"]) == {201}, {method: collections.Counter(replies[method]) for method in replies}
    [made] = stack.cluster.rows("ovop", "select count(*) from umkm where name = %s", [record["name"]])
    assert made.count == len(replies["POST"])


def speaks_as_the_contract(binary, reply, status, code):
    problem = json.loads((binary.parent / "openapi.json").read_text())["components"]["schemas"]["Problem"]
    written = yaml.safe_load((ROOT / "openapi/problems.yaml").read_text())[code]
    assert [reply.json()[name] for name in ("title", "means", "do")] == [written[name] for name in ("id", "means_id", "do_id")]
    assert set(problem["required"]) <= set(reply.json()) <= set(problem["properties"])
    assert (reply.status_code, reply.json()["status"], reply.json()["code"]) == (status, status, code)
    headers = {name: reply.headers.get(name) for name in ("Content-Type", "Retry-After", "Cache-Control", "X-Content-Type-Options")}
    assert headers == {"Content-Type": "application/problem+json", "Retry-After": "1", "Cache-Control": "no-store",
                    "X-Content-Type-Options": "nosniff"}


class Broken(socketserver.StreamRequestHandler):
    """An instance that answers /readyz, and otherwise closes the connection or stays silent."""

    def handle(self):
        asked = self.rfile.readline()
        if b"/readyz" in asked:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        elif b"/v1/villages" in asked:
            self.rfile.read()  # until the proxy gives up


def test_the_proxy_answers_for_a_broken_instance_in_the_form_of_the_contract(binary, tmp_path):
    port, place = free_port(), ("127.0.0.1", 0)
    with socketserver.ThreadingTCPServer(place, Broken) as broken:
        threading.Thread(target=broken.serve_forever, daemon=True).start()
        at = broken.server_address[1]
        proxy = haproxy(tmp_path, port, ["127.0.0.1"], at, at, **{"timeout server 35s": "timeout server 1s"})
        try:
            for path, status in (("/v1/umkm", 502), ("/v1/villages", 504)):
                wait_for(lambda: answers(f"http://127.0.0.1:{port}{path}", status))
                speaks_as_the_contract(binary, requests.get(f"http://127.0.0.1:{port}{path}", timeout=5), status, "outcome_unknown")
        finally:
            proxy.kill()
            proxy.wait()
            broken.shutdown()


def test_without_instances_the_proxy_answers_in_the_form_of_the_contract(stack):
    for address in ("127.0.0.1", "127.0.0.2"):
        assert stack.end(address) == 0
    wait_for(lambda: answers(f"{stack.url}/v1/villages", 503))
    speaks_as_the_contract(stack.binary, requests.get(f"{stack.url}/v1/villages", timeout=5), 503, "overloaded")
    for address in ("127.0.0.1", "127.0.0.2"):
        stack.start(address)
    wait_for(lambda: answers(f"{stack.url}/v1/villages"))


def test_the_client_cannot_choose_its_address(stack):
    """Token requests are limited by address. Behind the proxy that is the address that the proxy
    saw."""
    def ask(url, number):
        return requests.post(f"{url}/oauth/token", data={"grant_type": "refresh_token", "refresh_token": "none"}, timeout=5,
                             headers={"X-Forwarded-For": f"203.0.113.{number}"}).status_code

    # Sent directly to an instance, the header counts. So the proxy makes the difference.
    assert 429 not in {ask(f"http://127.0.0.1:{stack.api_port}", number) for number in range(2 * LOGINS_A_MINUTE)}
    assert 429 in {ask(stack.url, number) for number in range(4 * LOGINS_A_MINUTE)}
