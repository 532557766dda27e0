"""The measured systems: start, load and stop their processes, and measure what these use."""
import contextlib
import dataclasses
import http.client
import json
import os
import pathlib
import subprocess
import time

import psutil

HERE = pathlib.Path(__file__).resolve().parent
CORES = os.cpu_count()


@dataclasses.dataclass
class System:
    name: str
    command: list
    environment: dict
    port: int
    requests: dict = None  # the bytes of each request, by work
    process: subprocess.Popen = None

    def start(self, log):
        """Starts the system. Returns the seconds until the first successful reply."""
        begun = time.monotonic()
        self.process = subprocess.Popen(self.command, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        probe = next(iter(self.requests.values()))[0]
        while True:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.ask(probe).status in (200, 201):
                    return time.monotonic() - begun
            if self.process.poll() is not None or time.monotonic() > begun + 30:
                raise SystemExit(f"{self.name} does not answer: {pathlib.Path(log.name).read_text()[-2000:]}")
            time.sleep(0.001)

    def ask(self, request):
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.connect()
            connection.sock.sendall(request.replace("{key}", str(time.time_ns())).encode())
            reply = http.client.HTTPResponse(connection.sock)
            reply.begin()
            reply.body = reply.read()
            return reply

    def stop(self):
        if self.process and self.process.poll() is None:
            end(self.process)


def end(process):
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Load:
    """A run of wrk with two threads and persistent connections. It ends by itself."""

    def __init__(self, system, work, connections, seconds, key, directory):
        file = directory / f"{system.port}-{work}.requests"
        file.write_text("\1".join(system.requests[work]))
        self.process = subprocess.Popen(
            ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s", "-s", str(HERE / "load.lua"),
             f"http://127.0.0.1:{system.port}", "--", str(file), key],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def result(self):
        text = self.process.communicate()[0]
        lines = [line for line in text.splitlines() if line.startswith("RESULT ")]
        if not lines:
            raise SystemExit(f"wrk: {text}")
        outcome = json.loads(lines[0].removeprefix("RESULT "))
        return {**outcome, "rate": outcome["requests"] / outcome["seconds"]}

    def end(self):
        if self.process.poll() is None:
            end(self.process)


def family(pid):
    parent = psutil.Process(pid)
    return [parent, *parent.children(recursive=True)]


def cpu(pid):
    """The seconds of processor that a process and its children used, including ended children."""
    used = 0
    for one in family(pid):
        with contextlib.suppress(psutil.NoSuchProcess):
            times = one.cpu_times()
            used += times.user + times.system + times.children_user + times.children_system
    return used


def busy():
    """The seconds that the processors of this machine were busy, including time that the host took
    away (steal)."""
    times = psutil.cpu_times()
    return sum(times) - times.idle - times.iowait - times.guest - times.guest_nice  # user already contains guest


def measure(system, postgres, work, connections, seconds, key, directory):
    """One run. Returns wrk's figures, the processor time of both sides in µs a request, the memory
    of the service in MB, and the share of the processor that other programs used."""
    service = system.process.pid
    begun, before, before_postgres = time.monotonic(), cpu(service), cpu(postgres)
    before_others = busy() - cpu(os.getpid()) - before_postgres
    load = Load(system, work, connections, seconds, key, directory)
    try:
        time.sleep(seconds * 0.7)
        memory = sum(one.memory_info().rss for one in family(service)) / 2**20
        outcome = load.result()
    finally:
        load.end()
    n = max(outcome["requests"], 1)
    return {"system": system.name, "work": work, **outcome, "bytes": outcome["bytes"] / n, "memory": memory,
            "others": (busy() - cpu(os.getpid()) - cpu(postgres) - before_others) / (time.monotonic() - begun) / CORES,
            "cpu": 1e6 * (cpu(service) - before) / n, "cpu_pg": 1e6 * (cpu(postgres) - before_postgres) / n}
