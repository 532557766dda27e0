"""A house: one database, one running service, its users. Most tests share one; those that break things build their own."""
import datetime
import functools
import json
import os
import re
import secrets
import signal
import socket
import subprocess
import time

import requests

from client import Client

BALEREJO, JEDING = "35.05.17.2009", "35.05.07.2011"
WLINGI = ["35.05.17.2008", "35.05.17.2005", "35.05.17.2009", "35.05.17.2007"]  # a BUMDesma of four
PEOPLE = {  # name: (role, villages)
    "bupati": ("bupati", None), "dinas": ("dinas", None), "dinas2": ("dinas", None), "bumdes": ("bumdes", [BALEREJO]),
    "bumdes2": ("bumdes", [JEDING]), "bumdesma": ("bumdes", WLINGI),
}
SYSTEMS = {  # name: (scopes, villages)
    "reader": (["register:read"], ["district"]), "writer": (["register:read", "register:write"], ["district"]),
    "village_reader": (["register:read"], [BALEREJO]), "village_writer": (["register:read", "register:write"], [BALEREJO]),
    "exporter": (["register:read", "exports:write"], ["district"]), "village_exporter": (["exports:write"], [BALEREJO]),
    "producer": (["register:read", "production:write"], ["district"]), "village_producer": (["production:write"], [BALEREJO]),
    "reporter": (["reports:read"], ["district"]),
}
DEFAULTS = {
    "OVOP_RATE_LIMIT": "0", "OVOP_LOGIN_RATE_LIMIT": "100000", "OVOP_TOKEN_TTL_SECONDS": "3600", "OVOP_DRAIN_SECONDS": "1",
    "OVOP_TRUST_PROXY": "1", "OVOP_LOG_LEVEL": "debug",
}

BLITAR = datetime.timezone(datetime.timedelta(hours=7))


def day(ahead=0):
    """Today in Blitar, or the day so many days from it."""
    return str(datetime.datetime.now(BLITAR).date() + datetime.timedelta(ahead))


def month(back=0):
    """This month in Blitar, or the one so many months before it."""
    now = datetime.datetime.now(BLITAR)
    year, number = divmod(now.year * 12 + now.month - 1 - back, 12)
    return f"{year}-{number + 1:02}"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(condition, within=10):
    """Waits for what happens in its own time."""
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.05)


class House:
    def __init__(self, binary, contract, cluster, directory, database=None, **settings):
        self.binary, self.contract, self.cluster = binary, contract, cluster
        self.database = database or cluster.create("house_" + secrets.token_hex(4))
        self.keys, self.log = directory / "keys", directory / "service.log"
        self.keys.mkdir(mode=0o700, exist_ok=True)
        self.port, self.admin_port = free_port(), free_port()
        self.base, self.ops = f"http://127.0.0.1:{self.port}", f"http://127.0.0.1:{self.admin_port}"
        self.process = None
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME") or name.endswith("SAN_OPTIONS")}
        self.environment = {
            **kept, **DEFAULTS, "DATABASE_URL": cluster.url(self.database, "ovop_test"),
            "OVOP_MIGRATE_URL": cluster.url(self.database),
            "OVOP_PORT": str(self.port), "OVOP_ADMIN_PORT": str(self.admin_port), "OVOP_KEYS_DIR": str(self.keys), **settings,
        }

    # The service

    def run(self, *args, **changes):
        """One run of the binary to its end; a setting changed to None is left out."""
        environment = {name: value for name, value in {**self.environment, **changes}.items() if value is not None}
        return subprocess.run([str(self.binary), *args], env=environment, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=20)

    def prepare(self):
        """Keys, schema, seeds."""
        for step in (["keygen"], ["migrate"]):
            done = self.run(*step)
            assert done.returncode == 0, f"ovopd {step}: {done.stderr}"
        return self

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([str(self.binary), "serve"], env=self.environment, stdin=subprocess.DEVNULL,
                                            stdout=log, stderr=log)
        return self.ready()

    def ready(self, within=30):
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            assert self.process.poll() is None, f"it ended with {self.process.returncode}: {self.log.read_text()[-3000:]}"
            if self.probe("/readyz") == 200:
                return self
            time.sleep(0.02)
        raise AssertionError(f"not ready: {self.log.read_text()[-3000:]}")

    def probe(self, path):
        """The status of an address of the operator's port; 0 when nobody listens."""
        try:
            return requests.get(self.ops + path, timeout=5).status_code
        except requests.ConnectionError:
            return 0

    @property
    def sanitized(self):
        """A sanitizer's build is slow, and its memory large."""
        return bool(re.search(rb"__[at]san_init", self.binary.read_bytes()))

    def signal(self, number):
        self.process.send_signal(number)

    def stop(self):
        """Ends the service; whatever a sanitizer had to say fails the run."""
        if self.process and self.process.poll() is None:
            self.signal(signal.SIGTERM)
            assert self.process.wait(timeout=60) == 0, self.log.read_text()[-5000:]
            assert "runtime error:" not in self.log.read_text(errors="replace")

    def lines(self):
        """The log, a line an object."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def rows(self, statement, parameters=None):
        return self.cluster.rows(self.database, statement, parameters)

    def log_plans(self):
        """PostgreSQL logs each plan, and the settings behind it, of connections that are opened from now on."""
        for setting in ("session_preload_libraries = 'auto_explain'", "auto_explain.log_min_duration = 0",
                        "auto_explain.log_settings = on"):
            self.rows(f"alter database {self.database} set {setting}")

    # Who calls

    @functools.cached_property
    def public(self):
        return Client(self.base, self.contract)

    @functools.cached_property
    def admin(self):
        done = self.run("admin", "create", "admin")
        assert done.returncode == 0, done.stderr
        return self.settle("admin", done.stdout.strip())

    def token(self, status=200, **fields):
        return self.public.form("/oauth/token", status=status, **fields).json()

    def login(self, username, password):
        return Client(self.base, self.contract,
                      self.token(grant_type="password", username=username, password=password)["access_token"])

    def settle(self, username, once):
        """Changes a one-time password, as everybody must, and logs in."""
        password = secrets.token_urlsafe(24)
        self.login(username, once).post("/v1/me/password", {"current_password": once, "new_password": password}, status=204)
        client = self.login(username, password)
        client.username, client.password = username, password
        return client

    def person(self, username, role, villages=None):
        body = {"username": username, "full_name": f"{username} (uji)", "role": role}
        made = self.admin.post("/v1/users", {**body, "villages": villages} if villages else body).json()
        client = self.settle(username, made["secret"])
        client.id, client.role, client.villages = made["id"], role, villages
        return client

    def system(self, name, scopes, villages):
        made = self.admin.post("/v1/service-accounts",
                               {"client_id": name, "name": f"{name} (uji)", "scopes": scopes, "villages": villages}).json()
        client = Client(self.base, self.contract)
        client.id, client.role, client.villages, client.scopes = made["id"], "system", villages, scopes
        client.client_id, client.secret = name, made["secret"]
        client.token = self.token(grant_type="client_credentials", client_id=name, client_secret=made["secret"])["access_token"]
        return client

    @functools.lru_cache(maxsize=None)
    def caller(self, name):
        """A client by its name in PEOPLE or SYSTEMS, `admin` or `public`; made at first use, for each password is hashed once."""
        if name in PEOPLE:
            return self.person(name, *PEOPLE[name])
        if name in SYSTEMS:
            return self.system(name.replace("_", "-"), *SYSTEMS[name])
        return getattr(self, name)

    def __getattr__(self, name):
        if name in PEOPLE or name in SYSTEMS:
            return self.caller(name)
        raise AttributeError(name)
