"""Three PostgreSQL servers under Patroni and etcd on loopback: a primary, a synchronous standby and
another standby. The timeouts are shorter than an operator's. An Ensemble replaces a Cluster."""
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
import time

import psycopg2
import requests

import cluster
from house import until

HERE = pathlib.Path(__file__).resolve().parent
# In seconds. A primary that does not renew its lease for ttl loses it. Each member checks the state
# every loop_wait.
TIMES = {"ttl": 6, "loop_wait": 1, "retry_timeout": 2}


def port():
    """A free port below the range of outgoing connections, because a member binds it again at each
    start."""
    while True:
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", random.randrange(20000, 32000)))
            return probe.getsockname()[1]


class Process:
    """A process that runs as the user postgres if the tests run as root: PostgreSQL and Patroni
    refuse root."""

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


LINK = """
defaults
    mode tcp
    timeout connect 2s
    timeout client 1h
    timeout server 1h
"""


class Link(Process):
    """The proxies between a member and the others: to etcd for the member, to its PostgreSQL and
    Patroni for the others."""

    def __init__(self, directory, **ends):
        super().__init__(directory, "haproxy", "-db", "-f", str(directory / "haproxy.cfg"))
        self.at = {name: f"127.0.0.1:{port()}" for name in ends}
        (directory / "haproxy.cfg").write_text(LINK + "".join(
            f"listen {name}\n    bind {self.at[name]}\n    server {name} {end}\n" for name, end in ends.items()))


class Balancer(Process):
    """HAProxy with the operators' service/deploy/haproxy-postgres.cfg and the addresses of these
    members."""

    def __init__(self, directory, members):
        super().__init__(directory, "haproxy", "-db", "-f", str(directory / "haproxy.cfg"))
        self.port = port()
        text = (HERE.parents[1] / "service/deploy/haproxy-postgres.cfg").read_text().replace("127.0.0.1:5000", f"127.0.0.1:{self.port}")
        for n, one in enumerate(members, 1):
            text = text.replace(f"db{n}:5432 check port 8008", f"127.0.0.1:{one.port} check port {one.rest}")
        (directory / "haproxy.cfg").write_text(text)


class Member(Process):
    def __init__(self, ensemble, name):
        super().__init__(ensemble.directory / name, "patroni", str(ensemble.directory / name / "patroni.yml"))
        self.name, self.data, self.port, self.rest = name, self.directory / "data", port(), port()
        self.socket = f"{self.directory}/.s.PGSQL.{self.port}"
        self.link = Link(self.directory / "link", etcd=f"127.0.0.1:{ensemble.etcd_port}", postgres=f"127.0.0.1:{self.port}",
                         patroni=f"127.0.0.1:{self.rest}")
        (self.directory / "patroni.yml").write_text(json.dumps(self.settings(ensemble)))  # JSON is YAML

    def settings(self, ensemble):
        at = self.link.at
        return {
            "scope": "ovop", "name": self.name, "etcd": {"host": at["etcd"], "use_proxies": True},
            "restapi": {"listen": f"127.0.0.1:{self.rest}", "connect_address": at["patroni"]},
            "bootstrap": {
                "dcs": {**TIMES, "synchronous_mode": True, "synchronous_mode_strict": True,
                        "postgresql": {"use_pg_rewind": True, "parameters": {**ensemble.settings, "wal_log_hints": "on"}}},
                "initdb": [{"encoding": "UTF8"}, {"locale": "C.UTF-8"}, {"auth": "trust"}],
            },
            "postgresql": {
                "listen": f"127.0.0.1:{self.port}", "connect_address": at["postgres"], "data_dir": str(self.data), "bin_dir": str(cluster.BIN),
                "pgpass": str(self.directory / "pgpass"), "remove_data_directory_on_diverged_timelines": True,
                "parameters": {"unix_socket_directories": str(self.directory)},
                "authentication": {"superuser": {"username": "postgres"}, "replication": {"username": "postgres"}},
                "pg_hba": ["local all all trust", "host all all 127.0.0.1/32 trust", "host replication all 127.0.0.1/32 trust"],
            },
        }

    def postgres(self):
        """The processes of PostgreSQL, the postmaster first."""
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

    def start(self):
        if not self.link.process:
            self.link.start()
        return super().start()

    def kill_patroni(self):
        """Kills Patroni. PostgreSQL keeps running."""
        super().kill()

    def kill(self):
        """Kills everything, as when the machine dies. Patroni dies first, because it would restart
        PostgreSQL."""
        super().kill()
        self.signal(signal.SIGKILL, self.postgres())
        (self.data / "postmaster.pid").unlink(missing_ok=True)  # another process may have its id by now

    @contextlib.contextmanager
    def stopped(self, pids):
        self.signal(signal.SIGSTOP, pids)
        try:
            yield
        finally:
            self.signal(signal.SIGCONT, pids)

    def standing_still(self, with_patroni=False):
        return self.stopped([*([self.process.pid] if with_patroni else []), *self.postgres()])

    def cut_off(self):
        """Cuts the member off from etcd and from the other members, but not from clients."""
        return self.stopped([self.link.process.pid])

    def rows(self, statement):
        """The rows of a statement on this member, primary or standby; None if it does not
        answer."""
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
        # The members use etcd's older interface. With the newer one, Patroni 3.0.2 takes an expired
        # lease without checking for a new holder. A primary that was stopped would then replace its
        # successor.
        self.etcd = Process(self.directory / "etcd", "etcd", "--enable-v2", "--name", "etcd", "--data-dir", f"{self.directory}/etcd/data",
                            "--listen-client-urls", here, "--advertise-client-urls", here, "--listen-peer-urls", peer,
                            "--initial-advertise-peer-urls", peer, "--initial-cluster", f"etcd={peer}")
        self.settings = {**cluster.SETTINGS, "wal_retrieve_retry_interval": "500ms",  # a standby finds its new primary soon
                         "wal_receiver_timeout": "3s", "wal_sender_timeout": "3s"}  # and one cut off waits for nobody
        del self.settings["listen_addresses"]
        self.members, self.balancer = [], None

    def configure(self, settings):
        self.settings |= settings

    def start(self):
        self.etcd.start()
        self.members = [Member(self, name) for name in "abc"]
        self.members[0].start()
        self.wait(self.members[0].leads)
        for one in self.members[1:]:
            one.start()
        self.balancer = Balancer(self.directory / "balancer", self.members).start()
        self.settle()
        return self

    def remove(self):
        for one in (*self.members, *(member.link for member in self.members), self.balancer, self.etcd):
            if one and one.process:
                one.kill()
        shutil.rmtree(self.directory)

    def url(self, database, user="postgres", more="&target_session_attrs=primary"):
        hosts = ",".join(f"127.0.0.1:{one.port}" for one in self.members)
        return f"postgresql://{user}:any@{hosts}/{database}?sslmode=disable&gssencmode=disable&connect_timeout=2{more}"

    def connect(self, database="postgres", user="postgres", within=30):
        """Connects to the current primary. On a busy machine Patroni may promote another one at any
        time."""
        deadline = time.monotonic() + within
        while True:
            try:
                return super().connect(database, user)
            except psycopg2.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def leader(self):
        return next((one for one in self.members if one.leads()), None)

    @property
    def socket(self):
        return self.leader().socket

    def roles(self):
        """Patroni's role of each member, by name."""
        for one in self.members:
            with contextlib.suppress(requests.RequestException):
                reply = requests.get(f"http://127.0.0.1:{one.rest}/cluster", timeout=2).json()
                return {member["name"]: member["role"] for member in reply["members"]}
        return {}

    def synchronous_standby(self):
        roles = self.roles()
        return next((one for one in self.members if roles.get(one.name) == "sync_standby"), None)

    def settled(self):
        """Whether both standbys stream from the primary, and one is synchronous."""
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
        """Switches over to the synchronous standby, as patronictl does. Returns when the old
        primary is a standby."""
        old, new = self.leader(), self.synchronous_standby()
        reply = requests.post(f"http://127.0.0.1:{old.rest}/switchover", timeout=60,
                             json={"leader": old.name, "candidate": new.name})
        assert reply.status_code == 200, reply.text
        self.wait(lambda: new.leads() and old.rows("select pg_is_in_recovery()") == [(True,)])
        return old, new
