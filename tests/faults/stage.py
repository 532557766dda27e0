"""The stage of a cell: a private PostgreSQL, the service under a supervisor, a proxy between them,
and clients with ledgers."""
import collections
import contextlib
import datetime
import email.utils
import http.client
import json
import os
import pathlib
import pwd
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import types

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "api")]

import psycopg2  # noqa: E402
import requests  # noqa: E402

import records  # noqa: E402
from client import Client  # noqa: E402 (the one of tests/api)
from cluster import BIN, Cluster  # noqa: E402
from contract import Contract  # noqa: E402
from ensemble import Ensemble  # noqa: E402
from house import House, until  # noqa: E402
from ledger import NOUNS, Judge  # noqa: E402
from proxy import Proxy  # noqa: E402
from repository import Repository  # noqa: E402

WRITERS, READERS, FIXED, SHARED = 8, 2, 32, 4
# PostgreSQL syncs each commit to disk, as in production, and looks for deadlocks early.
SETTINGS = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "deadlock_timeout": "100ms"}


class SmallDisks(Cluster):
    """A cluster with three small disks that a test can fill: for the data, the WAL and the
    service's log. They are tmpfs, which only root can mount."""

    def __init__(self):
        super().__init__("--wal-segsize=1")
        wal = self.data / "pg_wal"
        subprocess.run(["mv", str(wal), str(self.directory / "wal")], check=True)
        wal.symlink_to(self.directory / "wal" / "pg_wal")

    def make_directory(self):
        directory, owner = super().make_directory(), pwd.getpwnam("postgres")
        for name, size in (("", "512m"), ("wal", "64m"), ("service", "4m")):
            (directory / name).mkdir(exist_ok=True)
            subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=0755,uid={owner.pw_uid},gid={owner.pw_gid}",
                            "tmpfs", str(directory / name)], check=True)
        return directory

    @contextlib.contextmanager
    def full(self, disk):
        filler = self.directory / disk / "filler"
        try:
            with open(filler, "wb", buffering=0) as file, contextlib.suppress(OSError):
                while True:
                    file.write(bytes(1 << 20))
            yield
        finally:
            filler.unlink()

    def remove(self):
        if self.runs():
            self.stop()
        for name in ("service", "wal", ""):
            subprocess.run(["umount", "-l", str(self.directory / name)], check=True)
        self.directory.rmdir()


class Supervisor(threading.Thread):
    """Restarts the service whenever it ends, as systemd would. It records the exit codes and how
    long each restart took."""

    def __init__(self, house):
        super().__init__(daemon=True)
        self.house, self.ended, self.restarts, self.codes = house, threading.Event(), [], []
        self.start()

    def run(self):
        while not self.ended.is_set():
            if self.house.process.poll() is None:
                time.sleep(0.005)
                continue
            died = time.monotonic()
            self.codes.append(self.house.process.returncode)
            while not self.ended.is_set():
                with contextlib.suppress(AssertionError):
                    self.house.start()
                    self.restarts.append(time.monotonic() - died)
                    break
                time.sleep(0.1)

    def end(self):
        self.ended.set()
        self.join()


class Stage:
    """The stage of one cell. The cell chooses the settings of PostgreSQL, the service's
    environment, small disks, backups, and one PostgreSQL or three. It also chooses whether the
    service connects directly, through the proxy, or through the balancer."""

    def __init__(self, binary, cluster_settings=None, environment=None, small_disks=False, backups=False, ensemble=False,
                 proxied=True, balanced=False, writers=WRITERS):
        self.writers, self.clients, self.turn, self.migrations, self.notes = writers, [], 0, 0, {}
        with contextlib.ExitStack() as stack:
            self.ledgers = pathlib.Path(tempfile.mkdtemp(prefix="ovop-ledgers-", dir="/tmp"))
            stack.callback(shutil.rmtree, self.ledgers)
            self.cluster = Ensemble() if ensemble else SmallDisks() if small_disks else Cluster()
            stack.callback(self.cluster.remove)
            self.directory = self.cluster.directory / "service"
            self.directory.mkdir(exist_ok=True)
            self.cluster.configure({**SETTINGS, **(cluster_settings or {})})
            self.repository = Repository(self.cluster) if backups else None
            self.cluster.start()
            self.proxy = Proxy(self.cluster.socket)
            stack.callback(self.proxy.close)
            self.house = self.build(binary, environment or {}, self.cluster.balancer.port if balanced else proxied and self.proxy.port)
            stack.callback(self.house.stop)
            self.house.prepare().start()
            self.officers = [self.house.dinas, self.house.dinas2, self.house.dinas, self.house.bupati]
            self.villages = [row.code for row in self.house.rows("select code from village order by code")]
            self.supervisor = Supervisor(self.house)
            stack.callback(self.supervisor.end)
            stack.callback(self.abandon)
            self.remove = stack.pop_all().close

    def build(self, binary, environment, port):
        house = House(binary, Contract.read(binary.parent / "openapi.json"), self.cluster, self.directory, OVOP_LOG_LEVEL="info",
                      **{name: self.filled_in(value) for name, value in environment.items()})
        self.set_clock("+0")
        house.environment["DATABASE_URL"] = (f"postgresql://ovop_test:any@127.0.0.1:{port}/{house.database}"
                                             "?sslmode=disable&gssencmode=disable"
                                             if port else self.cluster.url(house.database, "ovop_test", ""))
        return house

    def filled_in(self, value):
        """Fills in {directory} of the service, and {fail_malloc}, a library that this method
        compiles."""
        library = self.ledgers / "fail_malloc.so"
        if "{fail_malloc}" in value:
            subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", str(library), str(HERE / "fail_malloc.c")], check=True)
            self.fail_malloc(0)
        return value.format(directory=self.directory, fail_malloc=library)

    # A run

    def begin(self, cell, threads=1):
        """Starts the clients of a new run, in a village that only this run uses."""
        self.cell, self.turn = cell, self.turn + 1
        self.name = f"run{self.turn}-" + "".join(random.choices("bcdfghjk", k=6))  # a name may not hold six digits
        self.village = self.villages[self.turn % len(self.villages)]
        (self.ledgers / self.name).mkdir()
        self.since, self.windows, self.silences, self.faults, self.needs, self.may_say = [], [], [], [], [], None
        self.restored_to = None
        self.supervisor.restarts.clear(), self.supervisor.codes.clear()
        contract = self.house.contract
        common = {"village_code": self.village}
        bodies = {"umkm": {**common, "nib": None, "village_enterprise_id": None},
                  "product": {**common, "villages": [self.village], "umkm_id": None},
                  "visit": {**common, "villages": [self.village]}}
        bodies = {name: records.body(contract, f"{name}_create", **members) for name, members in bodies.items()}
        self.fixed = [self.make(bodies, f"fixed {n}") for n in range(FIXED)]
        self.shared = [self.make(bodies, f"shared {n}") for n in range(SHARED)]
        spec = {"run": self.name, "port": self.house.port, "village": self.village, "bodies": bodies, "fixed": self.fixed,
                "shared": self.shared, "first_status": {"umkm": "draft", "product": "draft", "visit": "planned"},
                "threads": threads}
        for mode, count in (("writer", self.writers), ("reader", READERS)):
            for n in range(count):
                self.spawn({**spec, "mode": mode, "number": f"{mode}{n}"}, self.officers[n % len(self.officers)])
        until(lambda: len(list((self.ledgers / self.name).glob("*.ledger"))) == len(self.clients), within=60)

    def make(self, bodies, marker):
        """Creates a record before the writers start. The judge gets it by verdict()."""
        marker = f"{self.name} {marker}"
        made = self.officers[0].post("/v1/umkm", {**bodies["umkm"], "external_reference": marker, "name": f"Isi {marker}"}).json()
        return {"id": made["id"], "marker": marker, "name": made["name"], "key": None}

    def spawn(self, spec, officer):
        file = self.ledgers / self.name / f"{spec['number']}.json"
        spec |= {"ledger": str(self.ledgers / self.name / f"{spec['number']}.ledger"), "username": officer.username,
                 "password": officer.password, "token": officer.token, "role": officer.role}
        file.write_text(json.dumps(spec))
        self.clients.append(subprocess.Popen([sys.executable, str(HERE / "clients.py"), str(file)], stdin=subprocess.DEVNULL))

    def end(self):
        """Ends the clients, waits until the service is ready and its connections are idle, and
        returns the verdict."""
        for one in self.clients:
            one.send_signal(signal.SIGTERM)
        for one in self.clients:
            if one.wait(timeout=60):
                self.wrong(f"a client ended with {one.returncode}")
        self.clients = []
        until(lambda: self.house.probe("/readyz") == 200, within=30)
        busy = "select from pg_stat_activity where usename = 'ovop_test' and state <> 'idle'"
        until(lambda: not self.sql(busy), within=20)
        judge, verdict = self.judge()
        self.check_times(judge)
        verdict["wrong"] += self.faults
        return judge, verdict

    def judge(self):
        judge = Judge(self.house, self.officers[0], self.village, self.ledgers / self.name, self.restored_to)
        return judge, judge.verdict({one["marker"]: one["name"] for one in self.fixed + self.shared})

    def check_times(self, judge):
        """Checks the promises of the cell that are not in the ledgers."""
        tries, cell = judge.notes["try"], self.cell
        codes = {one["code"] for one in tries}
        for code in self.needs:
            self.check(code in codes, f"no client got {code}")
        for since in self.since:
            took = judge.recovered(since)
            self.most("recovered, s", took)
            self.check(took <= (cell.recovery or 10), f"the first success came {took:.1f} s after the repair")
        if cell.answer:
            slow = max((one["took"] for one in tries), default=0)
            self.check(slow <= cell.answer, f"an answer took {slow:.1f} s")
        within = [one for one in tries if any(begin <= one["at"] - one["took"] < end for begin, end in self.windows)]
        refused = [one["took"] for one in within if one["status"] == 503]
        if cell.refusal:
            self.check(refused, "no request was refused during the fault")
            self.most("503 within, s", max(refused, default=0))
            self.check(max(refused, default=0) <= cell.refusal, f"a 503 took {max(refused, default=0):.1f} s")
        bad = {one["status"] or 0 for one in tries if (one["status"] or 500) >= 500} - set(self.may_say or ())
        self.check(self.may_say is None or not bad, f"some requests were refused: {bad}")
        early = [one["key"] for one in tries if one["key"] and (one["status"] or 0) // 100 == 2
                 and any(begin <= one["at"] - one["took"] and one["at"] < end for begin, end in self.silences)]
        self.check(not early, f"reported as done while only one server had it: {early[:3]}")

    def abandon(self):
        while self.clients:
            one = self.clients.pop()
            one.kill()
            one.wait()

    # Tools of a nemesis

    def wrong(self, what):
        self.faults.append(what)

    def check(self, holds, what):
        if not holds:
            self.wrong(what)

    def mended(self, at=None):
        """Notes the time of the repair. Writers should succeed again soon after it."""
        self.since.append(time.monotonic() if at is None else at)

    def most(self, name, value):
        """Notes a figure. The table shows the greatest value of all runs."""
        self.notes[name] = max(self.notes.get(name, 0), value)

    def must_see(self, code):
        self.needs.append(code)

    @contextlib.contextmanager
    def refusing(self):
        """Notes a period in which each refusal must come within the cell's limit."""
        begun = time.monotonic()
        yield
        self.windows.append((begun, time.monotonic()))

    @contextlib.contextmanager
    def nothing_done(self):
        """Notes a period in which no write may be reported as done."""
        begun = time.monotonic()
        yield
        self.silences.append((begun, time.monotonic()))

    def aside(self, method, path, token=None, **headers):
        """The status of a request that is not in a ledger; None if it gets no answer."""
        headers = {"Authorization": f"Bearer {token or self.officers[0].token}", **headers}
        connection = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=20)
        try:
            connection.request(method, path, None, headers)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    @contextlib.contextmanager
    def waiting(self):
        """Keeps a write of the service waiting for a lock while the block runs. Its status comes
        afterwards: 404, because the buyer does not exist."""
        result = types.SimpleNamespace(status=None)

        def ask():
            result.status = self.aside("DELETE", "/v1/buyers/01890a5d-ac96-774b-bcce-b302099a8057", **{"If-Match": "*"})

        asking = threading.Thread(target=ask)
        with self.holding("lock table buyer in access exclusive mode"):
            asking.start()
            until(lambda: self.sql("select from pg_stat_activity where usename = 'ovop_test' and wait_event_type = 'Lock'"
                                   " and query like '%buyer%'"))
            yield result
        asking.join()

    @contextlib.contextmanager
    def crowd(self, size):
        """Adds clients that send requests, each on a new connection. Yields their statuses and
        times."""
        replies, over = [], threading.Event()

        def ask():
            while not over.is_set():
                begun = time.monotonic()
                status = self.aside("GET", f"/v1/umkm?village_code={self.village}&limit=5")
                replies.append((status, time.monotonic() - begun))
                time.sleep(0.05)

        threads = [threading.Thread(target=ask) for _ in range(size)]
        for one in threads:
            one.start()
        try:
            yield replies
        finally:
            over.set()
            for one in threads:
                one.join()

    @contextlib.contextmanager
    def no_memory(self, pid, spare):
        """Limits the memory of the process to its current size and `spare` bytes."""
        size = int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        _, hard = resource.prlimit(pid, resource.RLIMIT_AS)
        resource.prlimit(pid, resource.RLIMIT_AS, (size + spare, hard))
        try:
            yield
        finally:
            with contextlib.suppress(ProcessLookupError):
                resource.prlimit(pid, resource.RLIMIT_AS, (hard, hard))

    def metric(self, name):
        text = requests.get(self.house.ops + "/metrics", timeout=5).text
        return next(int(line.split()[1]) for line in text.splitlines() if line.startswith(name + " "))

    def fail_malloc(self, every):
        """Writes the number that fail_malloc.c reads. The service has mapped the file, so it is
        written in place."""
        file = self.directory / "fail_malloc"
        with open(file, "r+b" if file.exists() else "wb") as out:
            out.write(every.to_bytes(8, sys.byteorder))

    def set_clock(self, offset):
        """Sets the clock of a service that runs under libfaketime."""
        (self.directory / "clock.new").write_text(offset)
        os.replace(self.directory / "clock.new", self.directory / "clock")

    def clock(self):
        """How many seconds the service's clock is ahead."""
        date = requests.get(self.house.ops + "/livez", timeout=5).headers["Date"]
        return email.utils.parsedate_to_datetime(date).timestamp() - time.time()

    def sql(self, statement, parameters=None):
        return self.house.rows(statement, parameters)

    @contextlib.contextmanager
    def holding(self, *statements):
        """Holds a transaction with these statements open, on another connection."""
        connection = self.cluster.connect(self.house.database)
        connection.autocommit = False
        try:
            with connection.cursor() as cursor:
                for one in statements:
                    cursor.execute(one)
            yield connection
        finally:
            with contextlib.suppress(psycopg2.Error):
                connection.rollback()
                connection.close()

    def patiently(self, statement):
        """Runs a statement with a short lock_timeout, and retries it, so that it does not delay
        others. `ovopd migrate` does the same."""
        connection = self.cluster.connect(self.house.database)
        with contextlib.closing(connection), connection.cursor() as cursor:
            cursor.execute("set lock_timeout = '50ms'")
            for _ in range(100):
                with contextlib.suppress(psycopg2.errors.LockNotAvailable, psycopg2.errors.DeadlockDetected):
                    return cursor.execute(statement)
                time.sleep(0.02)
        self.wrong(f"no lock for: {statement}")

    def backends(self):
        """The process ids of the backends of the service."""
        return [row.pid for row in self.sql("select pid from pg_stat_activity where usename = 'ovop_test'")]

    def start_postgres(self, within=30):
        """Starts PostgreSQL. It retries while processes of the old server still hold its shared
        memory."""
        deadline = time.monotonic() + within
        while True:
            try:
                self.cluster.start()
                break
            except RuntimeError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
        until(self.postgres_writes, within)

    def revive_postgres(self):
        """Waits until PostgreSQL takes writes. If it ended, starts it again."""
        deadline = time.monotonic() + 10
        while not self.postgres_writes():
            if not self.cluster.runs():
                return self.start_postgres()
            assert time.monotonic() < deadline, self.cluster.log.read_text()[-2000:]
            time.sleep(0.02)

    def postgres_writes(self):
        with contextlib.suppress(psycopg2.Error):
            return self.sql("select pg_is_in_recovery() as it")[0].it is False
        return False

    def postgres_says(self, *words):
        """How often PostgreSQL's log contains these words."""
        text = self.cluster.log.read_text(errors="replace")
        return sum(text.count(one) for one in words)

    def seal(self):
        """Makes the next seal of the audit and writes it to the service's log. Returns its
        digest."""
        done = {}
        while not done.get("seal"):
            time.sleep(0.02)
            done = json.loads(self.sql("select coalesce(housekeep(), '{}')::text as it")[0].it)
        stamp = datetime.datetime.now(datetime.timezone.utc).isoformat()
        with open(self.house.log, "a") as log:
            log.write(json.dumps({"time": stamp, "event": "housekeeping", "detail": json.dumps(done)}) + "\n")
        return done["seal"]["digest"]

    def audit_says(self, script="audit.sql", *lines):
        """Runs the operator's script over the service's log and these lines. Returns (finding,
        detail) pairs."""
        lines = [*self.house.log.read_text().splitlines(), *lines]
        command = [BIN / "psql", "-qtAX", "-f", ROOT / "service/deploy" / script, self.cluster.url(self.house.database)]
        done = subprocess.run(command, input="\n".join(lines) + "\n", capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return [line.split("|", 1) for line in done.stdout.splitlines()]

    def check_audit(self, kept, given_up):
        """Checks the audit after a restore. The seal from before the moment is there. The later one
        is only in the log, and the audit has an entry about the restore."""
        there = [row.digest for row in self.sql("select digest from audit_seal")]
        self.check(kept in there and given_up not in there, "the seals are not those of the moment")
        before = collections.Counter(finding for finding, _ in self.audit_says())
        after = collections.Counter(finding for finding, _ in self.audit_says("after-restore.sql"))
        self.check(before["missing"] and not before["whole"], f"a restore without an audit entry went unnoticed: {before}")
        self.check(after["whole"] and after["set back"] and not after["missing"] + after["broken"], f"the audit says {after}")
        self.seal()
        on = [finding for finding, _ in self.audit_says()]
        self.check("whole" in on and "missing" not in on, f"the audit did not continue: {on}")

    def archive(self):
        """Archives everything committed so far. archive_timeout does this once a minute."""
        segment, = self.sql("select pg_walfile_name(pg_switch_wal()) as it")
        until(lambda: self.sql("select from pg_stat_archiver where last_archived_wal >= %s", [segment.it]))

    def destroy_postgres(self):
        """Kills PostgreSQL and deletes its directory, with all WAL that is not archived. Also kills
        the clients."""
        postmaster = self.cluster.postmaster
        backends = [int(line.split()[0]) for line in subprocess.run(
            ["ps", "--ppid", str(postmaster), "-o", "pid="], stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()]
        os.kill(postmaster, signal.SIGKILL)
        time.sleep(0.5)
        self.abandon()
        until(lambda: not any(pathlib.Path(f"/proc/{pid}").exists() for pid in (postmaster, *backends)), within=20)
        shutil.rmtree(self.cluster.data)

    def slow_recovery(self):
        """Makes the next start recover from a slow archive that has no files."""
        (self.cluster.data / "recovery.signal").touch()
        self.cluster.configure({"restore_command": "'sleep 0.3; false'"})
