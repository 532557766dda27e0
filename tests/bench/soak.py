"""./dev bench soak [MINUTES]: runs all works together for an hour, and records the memory, files
and threads of the service."""
import contextlib
import pathlib
import re
import signal
import statistics
import sys
import tempfile
import time

import psutil

from bench import Bench, machine, say
from data import Data
from systems import HERE, Load

ROWS = 100_000
PART = 60  # seconds; every minute the clients are replaced, so that connections open and close
WORKS = {"W1": 4, "W2": 2, "W3": 2, "W4": 2, "no token": 4, "reports": 2}  # work: clients
WARM = 3  # minutes until every thread, statement and cache has been used once


def state(process):
    with process.oneshot():
        return {"memory": process.memory_info().rss / 2**20, "files": process.num_fds(), "threads": process.num_threads()}


def renew(bench):
    """Gets a new token, since a token expires after an hour."""
    token = bench.data.house.login(bench.data.officer.username, bench.data.officer.password).token
    for work in WORKS:
        bench.ours.requests[work] = [re.sub(r"Bearer \S+", "Bearer " + token, one) for one in bench.ours.requests[work]]


def soak(bench, minutes, directory):
    samples, requests, refused, key = [], 0, 0, int(time.time())
    process = psutil.Process(bench.ours.process.pid)
    for minute in range(1, minutes + 1):
        renew(bench)
        loads = [Load(bench.ours, work, clients, PART, f"{key}-{minute}-{work}", directory) for work, clients in WORKS.items()]
        try:
            time.sleep(PART * 0.8)
            samples.append({"minute": minute, **state(process)})
            results = [load.result() for load in loads]
        finally:
            for load in loads:
                load.end()
        requests += sum(one["requests"] for one in results)
        refused += sum(one["refused"] + one["lost"] for one in results)
        say("  minute {minute:>3}: {memory:6.1f} MB, {files} files, {threads} threads".format(**samples[-1]))
    return samples, requests, refused


def slope(samples, key):
    """The rise in an hour, by a least-squares line."""
    warm = [one for one in samples if one["minute"] > WARM]
    return 60 * statistics.linear_regression([one["minute"] for one in warm], [one[key] for one in warm]).slope


def main():
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit("soak: ended"))
    minutes = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with tempfile.TemporaryDirectory(prefix="ovop-soak-") as name, contextlib.ExitStack() as stack:
        directory = pathlib.Path(name)
        data = Data(directory, autovacuum="on")
        stack.callback(data.remove)
        bench = Bench(data.prepare(), directory, stack.enter_context(open(directory / "services.log", "a")))
        data.grow(ROWS)
        bench.prepare_ours()
        bench.ours.start(bench.log)
        stack.callback(bench.ours.stop)
        samples, requests, refused = soak(bench, minutes, directory)
    first, last = samples[min(WARM, minutes - 1)], samples[-1]
    host = machine()
    (HERE / "SOAK.md").write_text(f"""# The service under mixed load

`./dev bench soak {minutes}` wrote this page on {time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())}, of commit {host["commit"]},
on {host["processor"]}: {minutes} minutes, {requests:,} requests, {refused:,} of them refused or lost, {ROWS:,} products.
Clients at once: {", ".join(f"{work} {clients}" for work, clients in WORKS.items())}.
All of them leave each minute, and others come.

| | after {first["minute"]} minutes | at the end | least | most | rise in an hour |
| --- | --- | --- | --- | --- | --- |
""" + "".join("| {} | {:.0f} | {:.0f} | {:.0f} | {:.0f} | {:+.1f} |\n".format(
        words, first[key], last[key], min(one[key] for one in samples[WARM:] or samples), max(one[key] for one in samples[WARM:] or samples),
        slope(samples, key) if len(samples) > WARM + 1 else 0)
        for words, key in (("memory, MB", "memory"), ("open files", "files"), ("threads", "threads"))))


if __name__ == "__main__":
    main()
