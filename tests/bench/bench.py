"""./dev bench [quick]: measures the service and its peers, one after another, over the same data on
the same PostgreSQL.

BENCH_ROWS, BENCH_ROUNDS and BENCH_SECONDS (of each run) change the size. BENCH_LARGEST adds a
larger size at the end, for the service alone.
"""
import contextlib
import json
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from data import BIN, MEMORY_MB, ROOT, SETTINGS, Data, free_port
from systems import CORES, HERE, Load, System, cpu, measure

QUICK = sys.argv[1:] == ["quick"]
ROWS = int(os.environ.get("BENCH_ROWS", 100_000 if QUICK else 3_000_000))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", 1 if QUICK else 5))
SECONDS = int(os.environ.get("BENCH_SECONDS", 4 if QUICK else 8))
LARGEST = int(os.environ.get("BENCH_LARGEST", 0))
GROWTH_RUNS = 3  # at each size
GROWTH = [] if QUICK else [size for size in (10_000, 100_000, 1_000_000) if size < ROWS]
WORKS = ["W1", "W2", "W3"] if QUICK else [
    "W1", "W2", "W4", "many callers", "no token", "no database", "beside sleep", "beside reports", "W1 of 1,000", "W3"]
DIFFERENT = 20_000  # different requests of each work
POSITIONS = 5  # pages of each village that W2 asks for
STORY = "Dibuat setiap pagi dari hasil kebun warga desa, tanpa bahan tambahan. Resepnya turun dari nenek. Sudah halal."
# name, connections to PostgreSQL for each process, command
PEERS = [("Go", 16, [str(ROOT / "build/bench/peer-go")]),
         ("Fastify", 4, ["node", str(HERE / "peers/fastify/server.js")]),
         ("FastAPI", 8, [sys.executable, "-m", "uvicorn", "app:app", "--app-dir", str(HERE / "peers/fastapi"), "--port", "{port}",
                         "--workers", str(CORES), "--loop", "uvloop", "--http", "httptools", "--no-access-log",
                         "--log-level", "warning"])]
PACKAGES = ["postgresql-15", "wrk", "golang-1.19-go", "golang-github-jackc-pgx-v4-dev", "python3-fastapi", "uvicorn",
            "python3-asyncpg"]


def say(text):
    print(text, file=sys.stderr, flush=True)


def http(method, path, body=None, **headers):
    """The bytes of a request."""
    text = "" if body is None else json.dumps(body)
    if text:
        headers |= {"Content_Type": "application/json", "Content_Length": len(text)}
    lines = [f"{name.replace('_', '-')}: {value}\r\n" for name, value in {"Host": "127.0.0.1", **headers}.items()]
    return f"{method} {path} HTTP/1.1\r\n{''.join(lines)}\r\n{text}"


class Bench:
    def __init__(self, data, directory, log):
        self.data, self.directory, self.log, self.records = data, directory, log, []
        self.postgres = int((data.cluster.data / "postmaster.pid").read_text().split()[0])
        self.villages = [one.code for one in data.sql(data.ours, "select code from bench_village order by at")]
        self.ours = System("ovopd", [str(data.house.binary), "serve"], data.house.environment, data.house.port)
        self.peers = [self.peer(*one) for one in PEERS]
        # A fair W3: the same insert, into the service's own table with its triggers for rules,
        # workflow and audit.
        self.triggered = [self.peer(*one, suffix=" + triggers", PGDATABASE=data.ours, PEER_CREATE="product_create_triggered.sql")
                          for one in PEERS]

    def peer(self, name, connections, command, suffix="", **settings):
        port = free_port()
        environment = {"PATH": os.environ["PATH"], "PGHOST": str(self.data.cluster.directory), "PGUSER": "bench_peer",
                       "PGDATABASE": self.data.theirs, "PEER_PORT": str(port), "PEER_POOL": str(connections),
                       "PEER_PROCESSES": str(CORES), "PEER_SQL": str(HERE / "peers/sql"), "PEER_CREATE": "product_create.sql",
                       **settings}
        return System(name + suffix, [one.format(port=port) for one in command], environment, port)

    # Requests

    def prepare_ours(self):
        """Prepares the service's requests, with a new token: a token expires after an hour."""
        house = self.data.house.start()
        token, *tokens = [house.login(one.username, one.password).token for one in [self.data.officer, *self.data.officers]]
        house.stop()
        chance, rows = random.Random(1), self.data.rows

        def asked(method, path, body=None, **more):
            return http(method, path, body, Authorization="Bearer " + token, **more)

        def product(n):
            umkm = (chance.randint(1, rows) + 2) // 3
            village = self.villages[umkm % len(self.villages)]
            return {"umkm_id": f"00000000-0000-7000-8000-{umkm:012}", "village_code": village, "villages": [village],
                    "name": f"Keripik baru {n}", "story": STORY, "category": "snacks", "price_min_idr": 500 * n,
                    "unit": "pack"}

        published = (chance.randrange(1, rows, 10) for _ in range(DIFFERENT))
        ids = [f"00000000-0000-7000-8000-{n:012}" for n in published]
        paths = ["/v1/products/" + one for one in ids]
        self.ours.requests = {"W1": [asked("GET", path) for path in paths]}
        pages, etags = self.pages_and_etags(lambda path: asked("GET", path), paths[:1000])
        self.ours.requests |= {
            "W2": [asked("GET", chance.choice(pages)) for _ in range(DIFFERENT)],
            "many callers": [http("GET", path, Authorization="Bearer " + chance.choice(tokens)) for path in paths],
            "W3": [asked("POST", "/v1/products", product(n), Idempotency_Key="{key}") for n in range(DIFFERENT)],
            "W4": [asked("GET", path, If_None_Match=etag) for path, etag in etags],
            "no token": [http("GET", "/v1/catalog/products/" + one) for one in ids],
            "no database": [http("GET", "/.well-known/jwks.json")],
            "reports": [asked("GET", f"/v1/reports/markets?by=village&village_code={one}") for one in self.villages]}
        self.ours.requests["sleep"] = self.ours.requests["reports"]

    def pages_and_etags(self, get, paths):
        """Asks the service for its pages: only the service can make a cursor."""
        def page(path):
            return json.loads(self.ours.ask(get(path)).body)["page"]

        pages = []
        self.ours.start(self.log)
        for village in self.villages:
            path, cursor = f"/v1/products?village_code={village}&status=published&expand=producer&limit=", ""
            for _ in range(POSITIONS):
                pages.append(path + "20" + cursor)
                following = page(path + "200" + cursor)
                if not following["has_more"]:
                    break
                cursor = "&cursor=" + following["next_cursor"]
        etags = [(path, self.ours.ask(get(path)).getheader("ETag")) for path in paths]
        self.ours.stop()
        return pages, etags

    def prepare_peer(self, peer):
        chance, rows = random.Random(1), self.data.rows

        def product(n):
            return {"umkm_id": (chance.randint(1, rows) + 2) // 3, "name": f"Keripik baru {n}", "description": STORY,
                    "category": "snacks", "price": 500 * n, "unit": "pack", "market_reach": "local", "published": True}

        pages = [f"/v1/products?village={village}&limit=20&after={chance.randint(0, rows * 9 // 10)}"
                 for village in self.villages for _ in range(POSITIONS)]
        peer.requests = {"W1": [http("GET", f"/v1/products/{chance.randint(1, rows)}") for _ in range(DIFFERENT)],
                         "W2": [http("GET", chance.choice(pages)) for _ in range(DIFFERENT)],
                         "W3": [http("POST", "/v1/products", product(n)) for n in range(DIFFERENT)],
                         "sleep": [http("GET", "/v1/sleep")],
                         "reports": [http("GET", f"/v1/report?village={one}") for one in self.villages]}

    # Measurements

    def note(self, turn, record, **more):
        record = {"round": turn, "rows": self.data.rows, **record, **more}
        self.records.append(record)
        figure = f"{record['start']:9,.0f} ms" if "start" in record else f"{record['rate']:9,.1f} a second"
        tail = f", p99 {record['p99']:.1f} ms" if "p99" in record else ""
        say(f"  {turn:>6}  {record['system']:<18} {record['work']:<18} {figure}{tail}")

    def run(self, system, work, seconds=SECONDS, connections=64):
        record = measure(system, self.postgres, work, connections, seconds, str(time.time_ns()), self.directory)
        return record if connections > 64 else self.taken(record)

    def taken(self, record):
        if record["refused"]:
            raise SystemExit("{system} refused {refused} requests of {work}: the figures would be wrong".format(**record))
        return record

    def beside(self, system, slow, turn):
        """Measures point reads of 64 clients while four others send slow requests."""
        sleeping = slow == "sleep" and system is self.ours
        with self.data.sleeping_report() if sleeping else contextlib.nullcontext():
            others = Load(system, slow, 4, SECONDS + 1, "x", self.directory)
            try:
                time.sleep(0.5)
                self.note(turn, self.run(system, "W1"), work=f"W1 beside {slow}")
                self.note(turn, self.taken({"system": system.name, "work": slow, **others.result()}))
            finally:
                others.end()

    def turn(self, system, works, turn):
        self.data.sql("postgres", "checkpoint")
        try:
            self.note(turn, {"system": system.name, "work": "start", "start": 1000 * system.start(self.log)})
            for work in [one for one in ("W1", "W2") if one in system.requests]:
                self.run(system, work, seconds=1)
            for work in works:
                if work.startswith("beside "):
                    self.beside(system, work.removeprefix("beside "), turn)
                elif work == "W1 of 1,000":
                    self.note(turn, self.run(system, "W1", connections=1000), work=work)
                elif work in system.requests:
                    self.note(turn, self.run(system, work))
        finally:
            system.stop()

    def pgbench(self, turn, seconds=SECONDS, policies=True):
        """Runs the statement of W1 in pgbench: with the same role and policies and with fixed
        claims, or without policies."""
        statements = json.loads((ROOT / "build/service/statements.json").read_text())
        statement = next(one for one in statements if one["name"] == "product_get")
        sql = statement["sql"]
        for at, name in enumerate(statement["binds"], 1):
            sql = sql.replace(f"${at}", "('00000000-0000-7000-8000-' || lpad((:n)::text, 12, '0'))" if name == "id" else "null")
        script = self.directory / "product_get.pgbench"
        script.write_text(f"\\set n random(1, {self.data.rows})\n{sql.strip()};\n")
        user, role = ("ovop_test", "ovop_dinas") if policies else ("postgres", "none")
        before = cpu(self.postgres)
        done = subprocess.run(
            [str(BIN / "pgbench"), "-n", "-M", "prepared", "-c", "16", "-j", "2", "-T", str(seconds), "-f", script],
            env={"PATH": os.environ["PATH"], "PGHOST": str(self.data.cluster.directory), "PGUSER": user,
                 "PGDATABASE": self.data.ours, "PGOPTIONS": f"-c role={role} -c app.claims={self.data.claims}"},
            stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(done.stderr)
        transactions = int(re.search(r"processed: (\d+)", done.stdout)[1])
        self.note(turn, {"system": "pgbench", "work": "W1" if policies else "W1 without policies",
                         "rate": float(re.search(r"tps = ([\d.]+)", done.stdout)[1]),
                         "cpu_pg": 1e6 * (cpu(self.postgres) - before) / transactions})

    def verify(self, turn):
        """Measures the service's code that checks a token in the cache."""
        done = subprocess.run([str(ROOT / "build/tests/verify"), str(self.data.house.keys)], capture_output=True, text=True, check=True)
        self.note(turn, {"system": "ovopd", "work": "verify", "cpu": float(done.stdout), "rate": 1e6 / float(done.stdout)})

    def growth(self, sizes, **sides):
        for size in sizes:
            begun = time.monotonic()
            self.data.grow(size, **sides)
            say(f"  {size:,} products loaded in {time.monotonic() - begun:.0f} s")
            if not QUICK:
                self.prepare_ours()
                self.turn(self.ours, ["W1", "W2"] * GROWTH_RUNS, "growth")

    def rounds(self):
        for turn in range(1, ROUNDS + 1):
            self.prepare_ours()
            self.turn(self.ours, WORKS, turn)
            self.verify(turn)
            self.pgbench(turn)
            self.pgbench(turn, policies=False)
            for peer, triggered in zip(self.peers, self.triggered):
                self.prepare_peer(peer)
                self.turn(peer, WORKS, turn)
                triggered.requests = {"W3": peer.requests["W3"]}
                self.turn(triggered, ["W3"], turn)


def machine():
    def output(*command):
        return subprocess.run(command, capture_output=True, text=True).stdout.strip()

    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    versions = dict(line.split() for line in output("dpkg-query", "-W", "-f", "${Package} ${Version}\n", *PACKAGES).splitlines())
    pinned = json.loads((HERE / "peers/fastify/package.json").read_text())["dependencies"]
    return {"processor": f"{CORES} × {model[1] if model else os.uname().machine}", "memory_gb": MEMORY_MB // 1024,
            "kernel": os.uname().release, "settings": SETTINGS,
            "commit": output("git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"),
            "versions": {**versions, "node": output("node", "--version"), "fastify": pinned["fastify"],
                         "postgres.js": pinned["postgres"]}}


def main():
    # Space for the tables of both sides, the larger size of the service, and the WAL.
    needed = ROWS * 5_000 + max(LARGEST - ROWS, 0) * 4_000 + 20e9 if max(ROWS, LARGEST) > 1e6 else 5e9
    if shutil.disk_usage("/tmp").free < needed:
        raise SystemExit(f"bench: {needed / 1e9:.0f} GB must be free in /tmp, or BENCH_ROWS lower")
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit("bench: ended"))
    date = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())
    measured = {"date": date, "rows": ROWS, "rounds": ROUNDS, "growth_runs": GROWTH_RUNS, "seconds": SECONDS, **machine()}
    with tempfile.TemporaryDirectory(prefix="ovop-bench-") as name, contextlib.ExitStack() as stack:
        directory = pathlib.Path(name)
        data = Data(directory)
        stack.callback(data.remove)
        bench = Bench(data.prepare(), directory, stack.enter_context(open(directory / "services.log", "a")))
        bench.growth([*GROWTH, ROWS])
        bench.rounds()
        bench.growth([LARGEST] if LARGEST else [], theirs=False)
    measured["records"] = bench.records
    import results  # imported here, because test_guard.py runs without matplotlib

    (ROOT / "build/bench/records.json").write_text(json.dumps(measured, indent=1))
    results.write(measured, None if QUICK else HERE)


if __name__ == "__main__":
    main()
