"""Three PostgreSQL under Patroni and etcd on loopback, one of them the leader, one its synchronous standby: as an operator has
them, but for the times, which are short. It stands where a Cluster does."""
import contextlib
import json
import os
import pathlib
import pwd
import random
import shutil
import signal
import socket
import subprocess
import tempfile

import psycopg2
import requests

import cluster
from house import until

# Seconds: a leader that says nothing for ttl is none; every loop_wait each member looks around.
TIMES = {"ttl": 6, "loop_wait": 1, "retry_timeout": 2}


def port():
    """A free one that no outgoing connection is given: it is bound again whenever a member comes back."""
    while True:
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", random.randrange(20000, 32000)))
            return probe.getsockname()[1]


class Process:
    """One that neither PostgreSQL nor Patroni would let root run."""

    def __init__(self, directory, *command):
        self.directory, self.command, self.process = directory, command, None
        directory.mkdir()
        if os.getuid() == 0:
            shutil.chown(directory, "postgres", "postgres")

    def start(self):
        owner = pwd.getpwnam("postgres") if os.getuid() == 0 else None
        more = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
        with open(self.directory / "log", "ab") as log:
            self.process = subprocess.Popen(self.command, cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            env={**os.environ, "HOME": str(self.directory)}, **more)
        return self

    def kill(self):
        self.process.kill()
        self.process.wait()


class Member(Process):
    def __init__(self, ensemble, name):
        super().__init__(ensemble.directory / name, "patroni", str(ensemble.directory / name / "patroni.yml"))
        self.name, self.data, self.port, self.rest = name, self.directory / "data", port(), port()
        self.socket = f"{self.directory}/.s.PGSQL.{self.port}"
        (self.directory / "patroni.yml").write_text(json.dumps(self.settings(ensemble)))  # JSON is YAML

    def settings(self, ensemble):
        at = f"127.0.0.1:{self.port}"
        return {
            "scope": "ovop", "name": self.name, "etcd3": {"host": f"127.0.0.1:{ensemble.etcd_port}"},
            "restapi": {"listen": f"127.0.0.1:{self.rest}", "connect_address": f"127.0.0.1:{self.rest}"},
            "bootstrap": {
                "dcs": {**TIMES, "synchronous_mode": True, "synchronous_mode_strict": True,
                        "postgresql": {"use_pg_rewind": True, "parameters": {**ensemble.settings, "wal_log_hints": "on"}}},
                "initdb": [{"encoding": "UTF8"}, {"locale": "C.UTF-8"}, {"auth": "trust"}],
            },
            "postgresql": {
                "listen": at, "connect_address": at, "data_dir": str(self.data), "bin_dir": str(cluster.BIN),
                "pgpass": str(self.directory / "pgpass"), "remove_data_directory_on_diverged_timelines": True,
                "parameters": {"unix_socket_directories": str(self.directory)},
                "authentication": {"superuser": {"username": "postgres"}, "replication": {"username": "postgres"}},
                "pg_hba": ["local all all trust", "host all all 127.0.0.1/32 trust", "host replication all 127.0.0.1/32 trust"],
            },
        }

    def postgres(self):
        """Its processes, the postmaster first."""
        try:
            postmaster = int((self.data / "postmaster.pid").read_text().split()[0])
        except (FileNotFoundError, IndexError):
            return []
        found = []
        for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                if int(stat.read_text().rpartition(")")[2].split()[1]) == postmaster:
                    found.append(int(stat.parent.name))
        return [postmaster, *found]

    def signal(self, number, pids):
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def kill(self):
        """As when its machine dies: Patroni first, which would start PostgreSQL again."""
        super().kill()
        self.signal(signal.SIGKILL, self.postgres())
        (self.data / "postmaster.pid").unlink(missing_ok=True)  # its number may be another's by now

    @contextlib.contextmanager
    def standing_still(self):
        pids = self.postgres()
        self.signal(signal.SIGSTOP, pids)
        try:
            yield
        finally:
            self.signal(signal.SIGCONT, pids)

    def rows(self, statement):
        """What this member answers, whatever it is; None when it does not."""
        with contextlib.suppress(psycopg2.Error):
            with contextlib.closing(psycopg2.connect(host="127.0.0.1", port=self.port, user="postgres", dbname="postgres",
                                                     connect_timeout=2)) as connection, connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall()

    def leads(self):
        return self.rows("select pg_is_in_recovery()") == [(False,)]


class Ensemble(cluster.Cluster):
    def __init__(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="ovop-", dir="/tmp"))
        os.chmod(self.directory, 0o755)
        self.etcd_port, peers = port(), port()
        here, peer = f"http://127.0.0.1:{self.etcd_port}", f"http://127.0.0.1:{peers}"
        self.etcd = Process(self.directory / "etcd", "etcd", "--name", "etcd", "--data-dir", f"{self.directory}/etcd/data",
                            "--listen-client-urls", here, "--advertise-client-urls", here, "--listen-peer-urls", peer,
                            "--initial-advertise-peer-urls", peer, "--initial-cluster", f"etcd={peer}")
        self.settings = {**cluster.SETTINGS, "wal_retrieve_retry_interval": "500ms"}  # a standby finds its new leader soon
        del self.settings["listen_addresses"]
        self.members = []

    def configure(self, settings):
        self.settings |= settings

    def start(self):
        self.etcd.start()
        self.members = [Member(self, name) for name in "abc"]
        self.members[0].start()
        self.wait(self.members[0].leads)
        for one in self.members[1:]:
            one.start()
        self.settle()
        return self

    def remove(self):
        for one in (*self.members, self.etcd):
            if one.process:
                one.kill()
        shutil.rmtree(self.directory)

    def url(self, database, user="postgres", more="&target_session_attrs=primary"):
        hosts = ",".join(f"127.0.0.1:{one.port}" for one in self.members)
        return f"postgresql://{user}@{hosts}/{database}?sslmode=disable&gssencmode=disable&connect_timeout=2{more}"

    def leader(self):
        return next((one for one in self.members if one.leads()), None)

    @property
    def socket(self):
        return self.leader().socket

    def roles(self):
        """What Patroni calls them, by their names."""
        for one in self.members:
            with contextlib.suppress(requests.RequestException):
                told = requests.get(f"http://127.0.0.1:{one.rest}/cluster", timeout=2).json()
                return {member["name"]: member["role"] for member in told["members"]}
        return {}

    def synchronous_standby(self):
        roles = self.roles()
        return next((one for one in self.members if roles.get(one.name) == "sync_standby"), None)

    def settled(self):
        """Both standbys stream from the leader, and the synchronous one may take its place."""
        leader, streams = self.leader(), "select sync_state from pg_stat_replication where state = 'streaming' order by 1"
        return (leader and leader.rows(streams) == [("async",), ("sync",)]
                and sorted(self.roles().values()) == ["leader", "replica", "sync_standby"])

    def settle(self):
        self.wait(self.settled)

    def wait(self, condition, within=90):
        try:
            until(condition, within)
        except AssertionError:
            logs = (f"{one.directory.name}: {(one.directory / 'log').read_text()[-3000:]}" for one in (self.etcd, *self.members))
            raise AssertionError("\n".join(logs))

    def switch_over(self):
        """To the synchronous standby, as patronictl does it; when it leads, and the old leader is a standby."""
        old, new = self.leader(), self.synchronous_standby()
        told = requests.post(f"http://127.0.0.1:{old.rest}/switchover", timeout=60,
                             json={"leader": old.name, "candidate": new.name})
        assert told.status_code == 200, told.text
        self.wait(lambda: new.leads() and old.rows("select pg_is_in_recovery()") == [(True,)])
        return old, new
