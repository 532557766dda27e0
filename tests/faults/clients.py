"""clients.py SPEC: one client of the harness, in its own process. SPEC is a JSON file.

A writer writes each request to its ledger, sends it with one key until it gets a final answer, and
writes down the answer. If that took several tries, it sends the request once more; the answer must
be the same. A reader reads what the writers change. SIGTERM ends the client after the running
request.
"""
import concurrent.futures
import http.client
import json
import pathlib
import random
import signal
import sys
import threading
import time
import urllib.parse

from ledger import NOUNS, Ledger

AGAIN = {401, 408, 429, 500, 502, 503, 504}
PATIENCE_SECONDS = 30  # after SIGTERM, for a request without an answer
stopping = threading.Event()


class Answer:
    def __init__(self, reply=None, body=b"", sent=False):
        self.status, self.sent, self.headers = reply and reply.status, sent, reply.headers if reply else {}
        try:
            self.json = json.loads(body) if body else {}
        except ValueError:
            self.json = {"code": "no JSON"}
        self.code = self.json.get("code") if self.status and self.status >= 400 else None

    @property
    def done(self):
        return self.status is not None and self.status // 100 == 2

    @property
    def final(self):
        return self.status is not None and self.status not in AGAIN and self.code != "idempotency_in_flight"

    @property
    def fault(self):
        """An answer that no client should ever get, as text; else None."""
        if self.status is None or self.status < 400:
            return None
        if self.status == 500 or not self.headers.get("Content-Type", "").startswith("application/problem+json"):
            return f"{self.status} {self.json}"
        if self.status == 503 and int(self.headers.get("Retry-After", 0)) < 1:
            return "503 without Retry-After"
        return None


class Caller:
    """One connection of one officer."""

    def __init__(self, spec, ledger):
        self.spec, self.ledger, self.token = spec, ledger, spec["token"]
        self.connection, self.stale = None, {}

    def send(self, method, path, body=None, headers=None):
        sent = False
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.spec["port"], timeout=20)
                self.connection.connect()
            sent = True
            self.connection.request(method, path, body, headers or {})
            reply = self.connection.getresponse()
            answer = Answer(reply, reply.read(), sent)
            if reply.will_close:
                self.close()
            return answer
        except (OSError, http.client.HTTPException):
            self.close()
            return Answer(sent=sent)

    def close(self):
        if self.connection is not None:
            self.connection.close()
        self.connection = None

    def ask(self, method, path, body=None, key=None, match=None):
        headers = {"Authorization": "Bearer " + self.token}
        if body is not None:
            headers["Content-Type"] = "application/merge-patch+json" if method == "PATCH" else "application/json"
            body = json.dumps(body).encode()
        headers |= {"Idempotency-Key": key} if key else {}
        headers |= {"If-Match": f'"{match}"'} if match else {}
        begun = time.monotonic()
        answer = self.send(method, path, body, headers)
        self.ledger.note("try", key=key, method=method, status=answer.status, code=answer.code, sent=answer.sent,
                         took=time.monotonic() - begun)
        if answer.fault:
            self.ledger.note("wrong", what=f"{method} {path}: {answer.fault}")
        if answer.status == 401:
            self.log_in()
        return answer

    def log_in(self):
        """Gets a new token. After a jump of the service's clock the old one may be invalid."""
        form = {"grant_type": "password", "username": self.spec["username"], "password": self.spec["password"]}
        answer = self.send("POST", "/oauth/token", urllib.parse.urlencode(form),
                           {"Content-Type": "application/x-www-form-urlencoded"})
        self.token = answer.json.get("access_token", self.token)

    def look(self, path, least=0):
        """Reads a record. A version older than this client has seen is noted as stale."""
        answer = self.ask("GET", path)
        if not answer.done:
            return None
        was = max(least, self.stale.get(path, 0))
        if answer.json["version"] < was:
            self.ledger.note("stale", path=path, was=was, version=answer.json["version"])
        self.stale[path] = max(was, answer.json["version"])
        return answer.json


class Writer:
    def __init__(self, spec, ledger):
        self.spec, self.ledger, self.n = spec, ledger, 0
        self.caller = Caller(spec, ledger)

    def write(self, noun, method, path, body, marker, content, status, match=None, shared=False):
        """Sends an operation until it has a final answer. Returns the record, or None if the
        operation was refused or unanswered."""
        self.n += 1
        key = f"{self.spec['run']}-{self.spec['number']}-{self.n}"
        body = body(key) if callable(body) else body
        self.ledger.write_down("intent", key=key, noun=noun.name, method=method, path=path, body=body, match=match,
                               marker=marker or key, content=content or body[noun.content], status=status, shared=shared)
        gave_up, tries = None, 0
        while True:
            answer, tries = self.caller.ask(method, path, body, key, match), tries + 1
            if answer.final:
                break
            gave_up = gave_up or (time.monotonic() + PATIENCE_SECONDS if stopping.is_set() else None)
            if gave_up and time.monotonic() > gave_up:
                return None
            time.sleep(random.uniform(0.02, 0.1))
        made = answer.json if answer.done else {"id": None, "version": None}
        self.ledger.write_down("ack", key=key, status=answer.status, code=answer.code, id=made["id"], version=made["version"],
                               tries=tries)
        if not answer.done:
            return None
        if tries > 1:
            again = self.caller.ask(method, path, body, key, match)
            if again.final:
                self.ledger.note("again", key=key, id=again.json.get("id"), version=again.json.get("version"),
                                 first_id=made["id"], first_version=made["version"])
        self.caller.look(f"{noun.path}/{made['id']}", made["version"])
        return {**made, "marker": marker or key, "content": content or body[noun.content]}

    def create(self, name, **members):
        noun = NOUNS[name]
        members = {**self.spec["bodies"][name], **members}
        return self.write(noun, "POST", noun.path, lambda key: {**members, noun.marker: key, noun.content: f"Isi {key}"},
                          None, None, self.spec["first_status"][name])

    def patch(self, name, record, shared=False):
        noun = NOUNS[name]
        return record and self.write(noun, "PATCH", f"{noun.path}/{record['id']}", lambda key: {noun.content: f"Ubah {key}"},
                                     record["marker"], None, record["status"], record["version"], shared)

    def act(self, name, record, action, status):
        noun = NOUNS[name]
        return record and self.write(noun, "POST", f"{noun.path}/{record['id']}/actions/{action}", {}, record["marker"],
                                     record["content"], status, record["version"])

    def patch_shared(self):
        """Changes a record that other writers change too. The service refuses a stale version, so
        no change is overwritten."""
        one = random.choice(self.spec["shared"])
        now = self.caller.look(f"/v1/umkm/{one['id']}")
        if now:
            self.patch("umkm", {**now, "marker": one["marker"]}, shared=True)

    def register(self):
        umkm = self.create("umkm")
        self.patch_shared()
        product = umkm and self.create("product", umkm_id=umkm["id"])
        umkm = self.patch("umkm", umkm)
        self.patch("product", product)
        self.patch_shared()
        self.act("umkm", umkm, "submit", "submitted")

    def visit(self):
        self.act("visit", self.patch("visit", self.create("visit")), "complete", "done")

    def work(self):
        while not stopping.is_set():
            self.visit() if self.spec["role"] == "bupati" else self.register()


class Reader:
    """Reads fixed records, which must come back unchanged, and shared records. Also walks through
    the whole list."""

    def __init__(self, spec, ledger):
        self.spec, self.ledger = spec, ledger

    def work(self):
        with concurrent.futures.ThreadPoolExecutor() as pool:
            for one in [pool.submit(self.walk), *(pool.submit(self.read) for _ in range(self.spec["threads"]))]:
                one.result()

    def read(self):
        caller, fixed = Caller(self.spec, self.ledger), self.spec["fixed"]
        while not stopping.is_set():
            caller.look(f"/v1/umkm/{random.choice(self.spec['shared'])['id']}")
            for one in random.sample(fixed, 4):
                answer = caller.ask("GET", f"/v1/umkm/{one['id']}")
                time.sleep(0 if answer.done else random.uniform(0.02, 0.1))
                if answer.final and (answer.json.get("id"), answer.json.get("name")) != (one["id"], one["name"]):
                    self.ledger.note("wrong", what=f"asked for {one['id']}, answered {answer.status} {answer.json.get('id')}")

    def walk(self):
        """Walks through the list, page by page. Every fixed record must appear exactly once."""
        caller, fixed = Caller(self.spec, self.ledger), {one["id"] for one in self.spec["fixed"]}
        while not stopping.is_set():
            seen, cursor = [], ""
            while cursor is not None and not stopping.is_set():
                more = f"&cursor={urllib.parse.quote(cursor)}" if cursor else ""
                answer = caller.ask("GET", f"/v1/umkm?village_code={self.spec['village']}&limit=20{more}")
                time.sleep(0.02 if answer.done else random.uniform(0.02, 0.1))
                if answer.final and not answer.done:
                    self.ledger.note("wrong", what=f"a walk was refused: {answer.status} {answer.json}")
                if answer.done:
                    seen += [row["id"] for row in answer.json["data"]]
                    cursor = answer.json["page"]["next_cursor"]
            if cursor is None:
                times = {seen.count(one) for one in fixed}
                self.ledger.note("walk", rows=len(seen))
                if times != {1}:
                    self.ledger.note("wrong", what=f"a walk of {len(seen)} rows had fixed records {sorted(times)} times")


def main():
    spec = json.loads(pathlib.Path(sys.argv[1]).read_text())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    ledger = Ledger(spec["ledger"])
    {"writer": Writer, "reader": Reader}[spec["mode"]](spec, ledger).work()
    ledger.write_down("end")


if __name__ == "__main__":
    main()
