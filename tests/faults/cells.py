"""The cells: the fault that a nemesis makes on a stage in one run, and what must hold besides the
ledgers."""
import contextlib
import dataclasses
import os
import random
import signal
import threading
import time

import psycopg2
import requests
from stage import until  # stage adds the folders of proxy and records to sys.path

from proxy import BACKEND, FRONTEND
from records import widened

SERVICE = "from pg_stat_activity where usename = 'ovop_test'"


@dataclasses.dataclass
class Cell:
    name: str
    what: str
    nemesis: object
    recovery: float = None  # limit in seconds from the repair to the first success
    answer: float = None  # limit in seconds for any answer
    refusal: float = None  # limit in seconds for a 503 during the fault
    settings: dict = dataclasses.field(default_factory=dict)  # of the stage
    load: dict = dataclasses.field(default_factory=dict)  # of the clients


CELLS = {}


def cell(name, what, recovery=None, answer=None, refusal=None, load=None, **settings):
    def keep(nemesis):
        CELLS[name] = Cell(name, what, nemesis, recovery, answer, refusal, settings, load or {})
        return nemesis
    return keep


def pause(low, high=None):
    time.sleep(random.uniform(low, high or low))


@cell("F1", "the service is killed (kill -9) while one of its statements waits for a lock", recovery=2)
def service_killed(stage):
    pause(0.8, 1.5)
    with stage.waiting():
        old, died = stage.backends(), time.monotonic()
        stage.house.process.kill()
        stage.mended(died)
        until(lambda: not set(old) & set(stage.backends()), within=10)
        stage.most("orphan backends gone, s", time.monotonic() - died)
        until(lambda: stage.supervisor.restarts)
    stage.most("ready, s", stage.supervisor.restarts[-1])
    stage.check(stage.supervisor.restarts[-1] < 2, "ready after more than 2 s")


@cell("F2", "the service stops (SIGTERM), finishes what is running, and starts again", recovery=4)
def service_stopped(stage):
    pause(0.8, 1.2)
    with stage.waiting() as waiting:
        stage.house.signal(signal.SIGTERM)
        pause(0.3)
        stage.check(stage.house.probe("/readyz") == 503, "/readyz does not answer 503 at once")
    stage.check(waiting.status == 404, f"the running write got {waiting.status}")
    until(lambda: stage.supervisor.restarts, within=10)
    stage.mended()
    stage.check(stage.supervisor.codes == [0], f"the service ended with {stage.supervisor.codes}")
    pause(1)


@cell("F3", "the postmaster is killed (kill -9), or stopped at once (every second run), and starts again",
      recovery=2, refusal=1)
def postgres_gone(stage):
    pause(0.8, 1.5)
    with stage.refusing():
        if stage.turn % 2:
            os.kill(stage.cluster.postmaster, signal.SIGKILL)
        else:
            stage.cluster.stop("immediate")
        pause(0.8, 1.2)
        stage.check(stage.house.probe("/livez") == 200, "/livez is not 200")
        stage.start_postgres()
    stage.mended()
    pause(1)


@cell("F4", "pg_terminate_backend ends one or all backends, ten times a second", recovery=1)
def backends_ended(stage):
    for turn in range(30):
        stage.sql(f"select pg_terminate_backend(pid) {SERVICE} order by random() limit {random.choice([1, 1, 1, 100])}")
        pause(0.05, 0.15)
    stage.mended()
    pause(0.5)


# A call waits at most one second in the queue. A statement ends after five seconds. The service
# waits one more second for a silent server.
@cell("F5a", "every backend is stopped (SIGSTOP) for 9 s", recovery=1, answer=7.5)
def backends_stopped(stage):
    pause(0.8, 1.2)
    still = stage.backends()
    for pid in still:
        os.kill(pid, signal.SIGSTOP)
    try:
        pause(9)
    finally:
        for pid in still:
            os.kill(pid, signal.SIGCONT)
    stage.mended()
    pause(1)


@cell("F5b", "the proxy forwards no byte for 9 s, and cuts no connection", recovery=1, answer=7.5)
def black_hole(stage):
    pause(0.8, 1.2)
    stage.proxy.flows.clear()
    pause(9)
    stage.check(stage.house.probe("/livez") == 200, "/livez is not 200")
    stage.proxy.flows.set()
    stage.mended()
    pause(1)


@cell("F6", "the proxy cuts connections at the commit: after half a Sync, after a whole one, or during its answer")
def cut_during_commit(stage):
    chance = random.Random(stage.turn)

    def rule(pair, side, kind, message):
        if kind == b"S" and side == FRONTEND and chance.random() < 0.1:
            time.sleep(chance.choice([0, 0.005]))
            return chance.choice([message, message, message[:3]])
        if kind == b"Z" and side == BACKEND and chance.random() < 0.05:
            return chance.choice([b"", message[:4]])
        return None

    stage.proxy.rule = rule
    pause(4)
    stage.proxy.rule = None
    stage.mended()
    pause(0.5)
    stage.must_see("outcome_unknown")


@cell("F7", "every connection waits for a lock under ten times the load", recovery=1, answer=7.5)
def pool_exhausted(stage):
    pause(0.8, 1.2)
    with stage.crowd(10 * stage.writers) as crowd:
        with stage.holding("lock table umkm in access exclusive mode"):
            pause(0.5)
            for _ in range(8):
                begun = time.monotonic()
                stage.check(stage.house.probe("/livez") == 200, "/livez is not 200")
                stage.most("/livez, s", time.monotonic() - begun)
                pause(0.3)
        stage.mended()
        pause(1)
    waits = sorted(took for status, took in crowd if status == 503)
    stage.check(len(waits) > 10, f"only {len(waits)} were refused")
    if waits:
        stage.most("half of the 503 within, s", waits[len(waits) // 2])
        stage.check(waits[len(waits) // 2] < 1.3, "503 takes more than about a second")


@cell("F8a", "PostgreSQL has no connection left (53300) for 2 s", recovery=1, refusal=1.5,
      cluster_settings={"max_connections": "40"})
def too_many_connections(stage):
    pause(0.8, 1.2)
    with contextlib.ExitStack() as stack, stage.refusing():
        refused = stage.postgres_says("too many clients", "remaining connection slots")
        deadline = time.monotonic() + 2
        while time.monotonic() < deadline:
            stage.sql(f"select pg_terminate_backend(pid) {SERVICE} and application_name = 'ovopd'")
            with contextlib.suppress(psycopg2.OperationalError):
                while True:
                    one = stage.cluster.connect(stage.house.database, "ovop_test")
                    stack.callback(one.close)
            pause(0.2)
        refused = stage.postgres_says("too many clients", "remaining connection slots") - refused
        stage.most("attempts to connect, a second", refused / 2)
        stage.check(refused, "no connection was refused")
        stage.check(refused < 200, f"a storm: {refused} attempts in 2 s")
    stage.mended()
    pause(1)


@cell("F8b", "PostgreSQL is in recovery for some seconds (57P03)", recovery=2, refusal=1,
      cluster_settings={"hot_standby": "off"})
def recovering(stage):
    pause(0.8, 1.2)
    with stage.refusing():
        stage.cluster.stop("immediate")
        stage.slow_recovery()
        stage.start_postgres()
    stage.mended()
    stage.check(stage.postgres_says("57P03", "not accepting connections", "starting up"), "nobody came while it recovered")
    pause(1)


@cell("F9", "the disk of the log, of the data, then of the WAL is full, for 1.5 s each",
      recovery=3, refusal=2, small_disks=True, cluster_settings={"wal_recycle": "off", "min_wal_size": "2MB"})
def disk_full(stage):
    for disk in ("service", "", "wal"):
        pause(0.8, 1.2)
        with stage.cluster.full(disk), stage.refusing() if disk == "wal" else contextlib.nullcontext():
            if disk == "wal":
                with contextlib.suppress(psycopg2.Error):  # the next segment has no room
                    stage.sql("select pg_switch_wal()")
            pause(1.5)
            stage.check(stage.house.probe("/livez") == 200, f"/livez is not 200 while '{disk}' is full")
        stage.revive_postgres()
        stage.mended()
    stage.most("log lines lost", stage.metric("ovop_log_lines_lost_total"))
    stage.check(stage.metric("ovop_log_lines_lost_total"), "no lost line of the log was counted")
    pause(1)


@cell("F10", "the primary of three PostgreSQL servers and its Patroni are killed (kill -9). In every second run its"
      " replication stops 0.5 s earlier. The synchronous standby takes over",
      recovery=20, refusal=3, ensemble=True, proxied=False)
def leader_killed(stage):
    stage.may_say = (503,)
    pause(0.8, 1.5)
    leader = stage.cluster.leader()
    with stage.refusing():
        if stage.turn % 2:
            leader.signal(signal.SIGSTOP, [pid for pid, in leader.rows("select pid from pg_stat_replication")])
            pause(0.5)
        leader.kill()
        died = time.monotonic()
        stage.cluster.wait(stage.cluster.leader)
    stage.most("new primary after, s", time.monotonic() - died)
    stage.mended(died)
    pause(1)
    leader.start()
    stage.cluster.settle()


def another_leads(stage, fault):
    """Keeps a fault of the primary until another server has been the primary for a second."""
    stage.may_say = (503,)
    pause(0.8, 1.5)
    leader = stage.cluster.leader()
    others = [one for one in stage.cluster.members if one is not leader]
    with fault(leader):
        begun = time.monotonic()
        stage.cluster.wait(lambda: any(one.leads() for one in others))
        stage.most("new primary after, s", time.monotonic() - begun)
        stage.mended(begun)
        pause(1)
    stage.notes["runs with two primaries"] = stage.notes.get("runs with two primaries", 0) + leader.leads()
    stage.cluster.wait(lambda: not leader.leads())
    pause(1)
    stage.cluster.settle()


@cell("F10b", "the primary and its Patroni are stopped (SIGSTOP) until a second after the promotion of another; then they go on",
      recovery=30, answer=7.5, ensemble=True, proxied=False)
def leader_sleeps(stage):
    another_leads(stage, lambda leader: leader.standing_still(with_patroni=True))


@cell("F10c", "the network cuts the primary off from etcd and the others, but not from the service, until a second after"
      " the promotion of another", recovery=30, answer=7.5, ensemble=True, proxied=False)
def leader_cut_off(stage):
    another_leads(stage, lambda leader: leader.cut_off())


@cell("F10e", "the same as F10d, behind HAProxy, which asks Patroni for the primary",
      recovery=30, answer=7.5, ensemble=True, balanced=True)
@cell("F10d", "the primary's Patroni is killed (kill -9), and PostgreSQL goes on as a primary", recovery=30, answer=7.5,
      ensemble=True, proxied=False)
def patroni_killed(stage):
    @contextlib.contextmanager
    def killed(leader):
        leader.kill_patroni()
        yield
        stage.mended()
        # The service sends nothing more to it. Commits that wait for a standby keep waiting.
        until(lambda: leader.rows(f"select {SERVICE} and query_start > now() - interval '2 s'") == [], within=20)
        stage.check(leader.leads(), "PostgreSQL is no longer a primary")
        leader.start()

    another_leads(stage, killed)


@cell("F11", "a planned switch-over (Patroni); the proxy keeps forwarding to the old primary, now a standby, for 2 s",
      recovery=2, refusal=3, ensemble=True)
def switched_over(stage):
    stage.may_say = (503,)
    pause(0.8, 1.2)
    begun = time.monotonic()
    with stage.refusing():
        old, new = stage.cluster.switch_over()
        stage.most("switch-over, s", time.monotonic() - begun)
        with stage.nothing_done():
            pause(2)
        ready = requests.get(stage.house.ops + "/readyz", timeout=5)
        stage.check((ready.status_code, "standby" in ready.text) == (503, True), f"/readyz: {ready.status_code} {ready.text}")
        stay = old.rows(f"select count(*) {SERVICE} and backend_start < now() - interval '1 s'")
        stage.check(stay == [(0,)], f"the service kept connections to the standby: {stay}")
        stage.check(stage.house.probe("/livez") == 200, "/livez is not 200")
        stage.proxy.target = new.socket
    stage.mended()
    pause(1)
    stage.cluster.settle()


@cell("F12", "the synchronous standby is stopped (SIGSTOP) for 4 s; waits for it are cancelled, terminated or given up",
      recovery=2, answer=5, ensemble=True, proxied=False, environment={"OVOP_STATEMENT_TIMEOUT_MS": "1500"})
def sync_wait_cancelled(stage):
    end = ("pg_cancel_backend", "pg_terminate_backend", None)[(stage.turn - 1) % 3]
    stage.must_see("outcome_unknown")
    pause(0.8, 1.2)
    with stage.cluster.synchronous_standby().standing_still(), stage.nothing_done():
        over, ended = time.monotonic() + 4, 0
        while time.monotonic() < over:
            ended += len(end and stage.sql(f"select {end}(pid) {SERVICE} and wait_event = 'SyncRep'") or ())
            pause(0.1)
        stage.check(bool(ended) == bool(end), f"{ended} waits were ended")
    stage.mended()
    pause(1)
    stage.cluster.settle()


@cell("F13", "the service's clock jumps: 5 min ahead, 5 min behind, and back", answer=3, environment={
    "LD_PRELOAD": "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "FAKETIME_TIMESTAMP_FILE": "{directory}/clock",
    "FAKETIME_CACHE_DURATION": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    "FAKETIME_FORCE_MONOTONIC_FIX": "0"})  # that fix would end every monotonic wait at once
def clock_jumps(stage):
    officer, unused, was = stage.officers[0], None, 0
    for offset in (300, 0, -300, 0, 20, 0):
        stage.set_clock(f"{offset:+}")
        until(lambda: abs(stage.clock() - offset) < 5)  # libfaketime reads the file once a second
        if unused:
            status, due = stage.aside("GET", "/v1/me", unused), 200 if was - offset <= 30 else 401
            stage.check(status == due, f"a token of {was:+} s got {status} at {offset:+} s")
        unused, used = (stage.house.login(officer.username, officer.password).token for _ in range(2))
        status, was = stage.aside("GET", "/v1/me", used), offset
        stage.check(status == 200, f"a new token got {status} at {offset:+} s")
    ahead, = stage.sql("select count(*) as n from umkm where updated_at > now() or created_at > now()")
    stage.check(not ahead.n, f"{ahead.n} records have a time in the future")
    stage.mended()
    pause(0.5)


CROSS = """
    create or replace function cross_over() returns trigger language plpgsql as $$
    begin
      perform pg_sleep(0.02);
      perform from umkm
        where external_reference = left(old.external_reference, -1) || (right(old.external_reference, 1)::int # 1)
          for no key update;
      return null;
    end $$;
    create or replace trigger cross_over after update on umkm
      for each row when (old.external_reference like '%% shared _') execute function cross_over()"""


@cell("F14", "writers of a shared record also lock its partner in crossed order, which makes deadlocks")
def crossed(stage):
    stage.sql(CROSS)
    before = stage.postgres_says("deadlock detected")
    pause(5)
    stage.sql("drop trigger cross_over on umkm")
    stage.mended()
    pause(1)
    deadlocks = stage.postgres_says("deadlock detected") - before
    stage.check(deadlocks, "there was no deadlock")
    stage.most("deadlocks", deadlocks)


@cell("F15a", "the service gets no more memory (RLIMIT_AS at its current size) under ten times the load", recovery=3)
def out_of_memory(stage):
    for spare in (0, 256 << 10, 4 << 20):
        pause(0.5, 0.8)
        with stage.no_memory(stage.house.process.pid, spare), stage.crowd(10 * stage.writers) as crowd:
            pause(1)
        stage.mended()
        stage.check(any(status != 200 for status, _ in crowd), "every request got memory")
    pause(1)


@cell("F15b", "one malloc in 20,000 fails: the service ends and starts again", recovery=3,
      environment={"LD_PRELOAD": "{fail_malloc}", "FAIL_MALLOC": "{directory}/fail_malloc"})
def malloc_fails(stage):
    pause(0.5)
    stage.fail_malloc(20000)
    until(lambda: len(stage.supervisor.restarts) >= 3, within=60)
    stage.fail_malloc(0)
    stage.most("restarts", len(stage.supervisor.restarts))
    stage.check(set(stage.supervisor.codes) == {-signal.SIGABRT}, f"the service ended with {stage.supervisor.codes}")
    stage.mended()
    pause(1)


@cell("F16", "PostgreSQL is killed and its directory deleted; pgBackRest restores it to a moment between two writes",
      refusal=1, backups=True)
def restored(stage):
    pause(0.5)
    stage.repository.back_up()
    kept = stage.seal()
    pause(1.3, 1.7)  # pgBackRest counts in whole seconds
    stage.restored_to, moment = time.monotonic(), time.time()
    pause(0.8, 1.2)
    given_up = stage.seal()
    stage.archive()
    pause(0.3, 0.6)  # writes of this time are not archived
    with stage.refusing():
        stage.destroy_postgres()
        begun = time.monotonic()
        stage.repository.restore(moment)
        stage.start_postgres()
    stage.most("restored, s", time.monotonic() - begun)
    stage.check_audit(kept, given_up)
    until(lambda: stage.aside("GET", f"/v1/umkm/{stage.fixed[0]['id']}") == 200)
    stage.most("served after, s", time.monotonic() - begun)


EXPAND = ["alter table umkm add column added_{n} text", "alter table product add column added_{n} int not null default 0",
          "alter table umkm add constraint added_{n} check (added_{n} is null or length(added_{n}) < 100) not valid",
          "alter table umkm validate constraint added_{n}",
          "create index concurrently if not exists added_{n} on product (added_{n})",  # a failed attempt leaves the index
          "do $$ begin execute pg_get_functiondef('violations(umkm)'::regprocedure); end $$",
          "alter table umkm drop column added_{n}",
          "drop index concurrently added_{n}", "alter table product drop column added_{n}"]


@cell("F17", "`ovopd migrate` runs again, then the statements of an expanding and a contracting migration")
def migrated(stage):
    pause(0.5)
    stage.migrations += 1
    done = stage.house.run("migrate")
    stage.check(done.returncode == 0, f"migrate: {done.stderr}")
    for statement in EXPAND:
        stage.patiently(statement.format(n=stage.migrations))
        pause(0.2)
    for _ in range(3):  # prepared statements now return other columns
        stage.patiently(widened("visit", "visit", "text[]"))
        pause(0.2)
    stage.check(not stage.house.run("migrate").returncode, "migrate failed after the change")
    stage.mended()
    pause(0.5)
    stage.may_say = ()


@cell("batch", "a backend ends, or the proxy cuts its connection, at every message of a shared Sync",
      environment={"OVOP_READ_CONNECTIONS": "1"}, load={"threads": 8})
def cut_in_batch(stage):
    plan, taken = [], threading.Event()
    points, next_at = set(), {FRONTEND: 0, BACKEND: 0}

    def rule(pair, side, kind, message):
        if not plan or plan[0][0] != side or pair.at[side] != plan[0][1]:
            return None
        try:
            _, at, how = plan.pop()
        except IndexError:  # another connection took this point
            return None
        points.add((side, at, how))
        taken.set()
        if how == "ended":
            os.kill(pair.pid, signal.SIGTERM)
            pause(0.01)
            return None
        return {"before": b"", "inside": message[:-1 - len(message) // 2], "after": message}[how]

    stage.proxy.rule = rule
    deadline = time.monotonic() + 5
    for how in iter(lambda: random.choice(["ended", "before", "inside", "after"]), None):
        if time.monotonic() > deadline:
            break
        for side in next_at:
            taken.clear()
            plan[:] = [(side, next_at[side], how)]
            next_at[side] = next_at[side] + 1 if taken.wait(0.15) else 0
            plan.clear()
            pause(0.03)
    stage.proxy.rule = None
    stage.mended()
    pause(0.5)
    stage.most("points", len(points))
    stage.check(len(points) >= 20, f"too few points: {sorted(points)}")
    calls, batches = (stage.metric(f'ovop_lane_{name}_total{{lane="point",role="dinas"}}') for name in ("calls", "batches"))
    stage.check(calls > 1.2 * batches, "the reads did not share batches")
    stage.most("reads under a Sync", calls / batches)
