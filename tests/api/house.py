"""A house: one database, one running service and its users.

Most tests share one house. A test that breaks something builds its own.
"""
import datetime
import functools
import json
import os
import re
import secrets
import signal
import subprocess
import time

import requests

from client import Client
from ports import free_port

BALEREJO, JEDING = "35.05.17.2009", "35.05.07.2011"
# The four villages of a BUMDesma.
WLINGI = ["35.05.17.2008", "35.05.17.2005", "35.05.17.2009", "35.05.17.2007"]
PEOPLE = {  # name: (role, villages)
    "bupati": ("bupati", None), "dinas": ("dinas", None), "dinas2": ("dinas", None), "bumdes": ("bumdes", [BALEREJO]),
    "bumdes2": ("bumdes", [JEDING]), "bumdesma": ("bumdes", WLINGI),
}
SYSTEMS = {  # name: (scopes, villages)
    "reader": (["register:read"], ["district"]), "writer": (["register:read", "register:write"], ["district"]),
    "village_reader": (["register:read"], [BALEREJO]), "village_writer": (["register:read", "register:write"], [BALEREJO]),
    "exporter": (["register:read", "exports:write"], ["district"]), "village_exporter": (["exports:write"], [BALEREJO]),
    "producer": (["register:read", "production:write"], ["district"]), "village_producer": (["production:write"], [BALEREJO]),
    "reporter": (["reports:read"], ["district"]), "analyst": (["register:read", "reports:read"], ["district"]),
}
DEFAULTS = {
    "OVOP_RATE_LIMIT": "0", "OVOP_LOGIN_RATE_LIMIT": "100000", "OVOP_TOKEN_TTL_SECONDS": "3600", "OVOP_DRAIN_SECONDS": "1",
    "OVOP_TRUST_PROXY": "1", "OVOP_LOG_LEVEL": "info",
}

BLITAR = datetime.timezone(datetime.timedelta(hours=7))


def day(ahead=0):
    """Returns the date in Blitar, `ahead` days from today."""
    return str(datetime.datetime.now(BLITAR).date() + datetime.timedelta(ahead))


def month(back=0):
    """Returns the month in Blitar, `back` months before this one."""
    now = datetime.datetime.now(BLITAR)
    year, number = divmod(now.year * 12 + now.month - 1 - back, 12)
    return f"{year}-{number + 1:02}"


def until(condition, within=10):
    """Waits until the condition is true."""
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, f"still false after {within} seconds"
        time.sleep(0.05)


class House:
    def __init__(self, binary, contract, cluster, directory, database=None, **settings):
        self.binary, self.contract, self.cluster = binary, contract, cluster
        self.database = database or cluster.create("house_" + secrets.token_hex(4))
        self.keys, self.log = directory / "keys", directory / "service.log"
        self.keys.mkdir(mode=0o700, exist_ok=True)
        self.port, self.admin_port = free_port(), free_port()
        self.base, self.ops = f"http://127.0.0.1:{self.port}", f"http://127.0.0.1:{self.admin_port}"
        self.process, self.ending = None, False
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME") or name.endswith("SAN_OPTIONS")}
        self.environment = {
            **kept, **DEFAULTS, "DATABASE_URL": cluster.url(self.database, "ovop_test"),
            "OVOP_MIGRATE_URL": cluster.url(self.database),
            "OVOP_PORT": str(self.port), "OVOP_ADMIN_PORT": str(self.admin_port), "OVOP_KEYS_DIR": str(self.keys), **settings,
        }

    # The service

    def run(self, *args, **changes):
        """Runs the binary until it exits. A setting changed to None is not passed."""
        environment = {name: value for name, value in {**self.environment, **changes}.items() if value is not None}
        return subprocess.run([str(self.binary), *args], env=environment, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=20)

    def prepare(self):
        """Makes keys, schema and seeds.

        If the cluster has a migrated database, this one becomes a copy of it, and `migrate` has
        nothing to do.
        """
        if self.cluster.template:
            self.cluster.copy(self.cluster.template, self.database)
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
            assert self.process.poll() is None, f"the service exited with {self.process.returncode}: {self.log.read_text()[-3000:]}"
            if self.probe("/readyz") == 200:
                return self
            time.sleep(0.02)
        raise AssertionError(f"not ready: {self.log.read_text()[-3000:]}")

    def probe(self, path):
        """Returns the status of a path on the operator's port, or 0 if the port is closed."""
        try:
            return requests.get(self.ops + path, timeout=5).status_code
        except requests.ConnectionError:
            return 0

    @property
    def sanitized(self):
        """Whether this build has a sanitizer. Such a build is slow and uses much memory."""
        return bool(re.search(rb"__[at]san_init", self.binary.read_bytes()))

    def signal(self, number):
        self.process.send_signal(number)

    def end(self):
        """Asks the service to stop. stop() waits for the exit."""
        if self.process and self.process.poll() is None and not self.ending:
            self.signal(signal.SIGTERM)
            self.ending = True

    def stop(self):
        """Stops the service. A message of a sanitizer fails the run."""
        self.end()
        if self.ending:
            self.ending = False
            assert self.process.wait(timeout=60) == 0, self.log.read_text()[-5000:]
            assert "runtime error:" not in self.log.read_text(errors="replace")

    def lines(self):
        """Returns the log, one object for each line."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def rows(self, statement, parameters=None):
        return self.cluster.rows(self.database, statement, parameters)

    def in_order(self, texts, reverse=False):
        """Returns the texts in the order of lists of names."""
        found = [one.text for one in self.rows("select t as text from unnest(%s) t order by t collate indonesian", [list(texts)])]
        return found[::-1] if reverse else found

    def log_plans(self):
        """Makes PostgreSQL log each plan, with its settings, on connections opened later."""
        for setting in ("session_preload_libraries = 'auto_explain'", "auto_explain.log_min_duration = 0",
                        "auto_explain.log_settings = on"):
            self.rows(f"alter database {self.database} set {setting}")

    # Callers

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
        """Replaces the one-time password, as every user must, and logs in."""
        password = secrets.token_urlsafe(24)
        self.login(username, once).post("/v1/me/password", {"current_password": once, "new_password": password}, status=204)
        client = self.login(username, password)
        client.username, client.password = username, password
        return client

    def person(self, username, role, villages=None):
        letters = re.sub("[0-9]", "", username)  # the name of a person has no row of digits
        body = {"username": username, "full_name": f"Petugas {letters} (uji)", "role": role}
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
        """Returns a client by its name in PEOPLE or SYSTEMS, or `admin` or `public`.

        The client is made at first use and cached, because hashing a password is slow.
        """
        if name in PEOPLE:
            return self.person(name, *PEOPLE[name])
        if name in SYSTEMS:
            return self.system(name.replace("_", "-"), *SYSTEMS[name])
        return getattr(self, name)

    def __getattr__(self, name):
        if name in PEOPLE or name in SYSTEMS:
            return self.caller(name)
        raise AttributeError(name)
