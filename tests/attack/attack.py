"""./dev attack [OPERATION…]: sqlmap against the values of path, query, body and headers of every
operation. Developers start it by hand."""
import collections
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

import requests

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "api")]

from aims import Aim, Remembering, aims, ask, bases, body_schema, leaves, shots  # noqa: E402
from cluster import Cluster  # noqa: E402
from house import House  # noqa: E402
from injectable import HOLES, Server  # noqa: E402

LEVELS = {True: ("--level=2", "--risk=3"), False: ("--level=1", "--risk=1")}  # True: the contract lets a payload pass
OPTIONS = ("--batch", "--dbms=PostgreSQL", "--technique=BEUST", "--time-sec=1", "--ignore-code=*", "--skip-waf",
           "--keep-alive", "--test-skip=heavy", "--flush-session", "--disable-coloring")
BROKEN = re.compile("42(?!501)|54|XX")  # SQLSTATEs of a broken statement text, and of internal errors
NEVER_WAIT = """  -- no login waits after a failed attempt
create function never_wait() returns trigger language plpgsql as $$
begin new.failures := 0; new.next_at := null; return new; end $$;
create trigger never_wait before update on login_throttle for each row execute function never_wait();
"""


class Tail:
    """Reads the lines that a growing file got since the last call."""

    def __init__(self, path):
        self.path, self.at = path, 0

    def lines(self):
        with open(self.path, "rb") as file:
            file.seek(self.at)
            text = file.read()
        end = text.rfind(b"\n") + 1
        self.at += end
        return text[:end].decode(errors="replace").splitlines()


def sqlmap(shot, out):
    """Runs sqlmap. Returns whether it found a hole, how many places it finished, and its output."""
    headers = [part for name, text in shot.headers.items() for part in ("-H", f"{name}: {text}")]
    data = ["--data", shot.text] if shot.text else []
    command = ["sqlmap", "-u", shot.url, "--method", shot.aim.operation.method, *headers, *data, *OPTIONS,
               *LEVELS[shot.deep], *shot.options, "--output-dir", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=1200)
    found = "identified the following injection point" in done.stdout or "is vulnerable" in done.stdout
    return found, done.stdout.count("does not seem to be injectable"), done.stdout


def missed(out, cluster):
    """Yields the holes of the control server that sqlmap does not find with the same options."""
    server = Server(cluster, cluster.create("injectable"))
    values = {"path": "/kopi", "query": "?name=kopi", "email_post": "a@b.id"}
    for operation in server.contract.operations.values():
        text = values.get(operation.id, "kopi")
        url = server.base + operation.path.replace("{name}", "kopi") + ("?name=kopi" if operation.named("query") else "")
        body = None if not operation.body else f"name={text}" if operation.id == "form" else json.dumps({"name": text})
        headers = {"Content-Type": operation.media_type} if operation.body else {}
        request = requests.Request(operation.method, url, headers, data=body).prepare()
        request.body = body.encode() if body else None
        place = HOLES[operation.id][-1]
        shot, = (one for one in shots(server.contract, Aim(operation, request)) if any(place in of for of in one.places))
        found, _, said = sqlmap(shot, out)
        print(f"control {operation.id}: {'found' if found else said[-3000:]}", flush=True)
        if not found:
            yield operation.id
    server.shutdown()


def unattacked(contract, operation, places):
    """Yields the parameters and texts of the contract that no request contained."""
    had = {name.split("/")[1] if kind == "body" else name for kind, name in places}
    yield from (one["name"] for one in operation.parameters if one["in"] in ("path", "query") and one["name"] not in had)
    for name, schema in body_schema(contract, operation)["properties"].items() if operation.body else ():
        if name not in had and any(leaves(contract, schema, contract.example(schema))):
            yield name


class Attack:
    def __init__(self, house, out):
        self.house, self.out, self.contract = house, out, house.contract
        self.log, self.errors = Tail(house.log), Tail(house.cluster.log)
        self.sum, self.statuses, self.states = collections.Counter(), collections.Counter(), collections.Counter()
        self.shallow = []

    def fault(self, text):
        self.sum["faults"] += 1
        print("FAULT", text, flush=True)

    def withstood(self, operation):
        try:
            self.operation(operation)
        except Exception as error:  # go on with the other operations
            self.fault(f"{operation.id}: {error!r}")

    def operation(self, operation):
        places, statuses = [], collections.Counter()
        found = bases(self.house, operation)
        for aim in [one for base in found for one in aims(self.contract, base)]:
            if aim.status >= 300:
                self.shallow.append(f"{operation.id} {' '.join(aim.names or ())} {aim.status}")
            for shot in shots(self.contract, aim):
                places += shot.places
                statuses += self.shoot(shot)
        if not found:
            self.fault(f"{operation.id}: no request to attack")
        left = sorted(set(unattacked(self.contract, operation, places)))
        note = f", not {' '.join(left)}" if left else ""
        print(f"{operation.id}: {len(places)} places, {dict(sorted(statuses.items()))}{note}", flush=True)
        self.sum.update(["operations", *(kind for kind, _ in places)])
        self.sum["left"] += len(left)

    def shoot(self, shot):
        self.log.lines()
        found, tried, said = sqlmap(shot, self.out)
        statuses = collections.Counter(json.loads(line).get("status", 0) for line in self.log.lines() if '"status"' in line)
        name = f"{shot.aim.operation.id} {' '.join(name for _, name in shot.places)}"
        if found:
            self.sum["findings"] += 1
            self.fault(f"{name}: FOUND\n{said[-3000:]}")
        elif tried < len(shot.places):  # sqlmap counts the end of an address without a query as a place
            self.fault(f"{name}: {tried} of {len(shot.places)} places tried\n{said[-1500:]}")
        if any(status >= 500 for status in statuses):
            self.fault(f"{name}: {statuses}")
        self.sum["deep" if shot.deep else "guarded"] += len(shot.places)
        self.statuses += statuses
        return statuses

    def broken(self):
        """Counts the errors in PostgreSQL's log that only a changed statement text can cause."""
        prefix = self.house.database + " "
        self.states.update(line[len(prefix):][:5] for line in self.errors.lines()
                           if line.startswith(prefix) and re.match(r"\w{5} (ERROR|FATAL|PANIC):", line[len(prefix):]))
        return {state: n for state, n in self.states.items() if BROKEN.match(state)}


def main(wanted):
    cluster = Cluster().start()
    binary = pathlib.Path(os.environ.get("OVOPD_BINARY", HERE.parent.parent / "build/service/ovopd")).resolve()
    try:
        with tempfile.TemporaryDirectory() as directory:
            out = pathlib.Path(directory)
            for name, value in (("log_line_prefix", "%d %e "), ("log_min_messages", "error")):
                cluster.rows("postgres", f"alter system set {name} = '{value}'")
            cluster.rows("postgres", "select pg_reload_conf()")
            blind = list(missed(out, cluster))
            if blind:
                print(f"sqlmap missed the holes of {', '.join(blind)} in the control server, so this run proves nothing")
                return 1
            house = House(binary, Remembering.read(binary.parent / "openapi.json"), cluster, out, OVOP_LOG_LEVEL="info").prepare()
            assert house.run("migrate", "--sample").returncode == 0
            house.rows(NEVER_WAIT)
            attack = Attack(house.start(), out)
            try:
                ask(house)
                attack.errors.lines()
                for operation in house.contract.operations.values():
                    if not wanted or operation.id in wanted:
                        attack.withstood(operation)
                broken = attack.broken()
            finally:
                house.stop()
    finally:
        cluster.remove()
    print("requests without a 2xx reply when repeated:", *attack.shallow, sep="\n  ")
    print(dict(attack.sum), f"{sum(attack.statuses.values())} requests", dict(sorted(attack.statuses.items())), sep="\n")
    print("database errors:", dict(sorted(attack.states.items())))
    return 1 if attack.sum["faults"] or broken else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    sys.exit(main(sys.argv[1:]))
