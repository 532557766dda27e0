"""The ledgers of the clients, and the judge that compares them with the service and its
database."""
import collections
import dataclasses
import json
import os
import threading
import time


@dataclasses.dataclass(frozen=True)
class Noun:
    name: str
    path: str
    marker: str  # the member that holds the key of the create; it never changes
    content: str  # the member that writers patch


NOUNS = {one.name: one for one in (Noun("umkm", "/v1/umkm", "external_reference", "name"),
                                   Noun("product", "/v1/products", "brand", "name"),
                                   Noun("visit", "/v1/visits", "place", "purpose"))}
COUNTS = ("lost", "phantom", "duplicate", "stale", "audit", "wrong")


class Ledger:
    """A file of JSON lines. write_down() returns when the line is on the disk; note() does not
    wait."""

    def __init__(self, path):
        self.file, self.lock = open(path, "a", encoding="utf-8"), threading.Lock()

    def note(self, kind, **members):
        with self.lock:
            self.file.write(json.dumps({"kind": kind, "at": time.monotonic(), **members}) + "\n")

    def write_down(self, kind, **members):
        self.note(kind, **members)
        self.file.flush()
        os.fsync(self.file.fileno())


def notes(directory):
    """All notes, by kind. The notes of one client keep their order."""
    found = collections.defaultdict(list)
    for path in sorted(directory.glob("*.ledger")):
        for line in path.read_text().splitlines():
            note = json.loads(line)
            found[note["kind"]].append(note)
    return found


class Judge:
    """Judges one run, in a village that only this run writes to.

    After a restore to a moment, a request that was sent later must have no effect. A request that
    was sent before and acknowledged later may have one.
    """

    def __init__(self, house, client, village, directory, restored_to=None):
        self.house, self.client, self.village = house, client, village
        self.notes, self.restored_to = notes(directory), restored_to or float("inf")
        self.sent = [intent for intent in self.notes["intent"] if intent["at"] <= self.restored_to]
        self.acks = {ack["key"]: ack for ack in self.notes["ack"] if ack["at"] <= self.restored_to}
        self.later = {ack["key"]: ack for ack in self.notes["ack"] if ack["at"] > self.restored_to}
        self.faults = collections.defaultdict(list)

    def verdict(self, there):
        """`there` maps marker to content, for the UMKM that existed before the run."""
        for noun in NOUNS.values():
            expected = self.expected_states(noun, there if noun.name == "umkm" else {})
            for where, rows in (("API", self.walk(noun)), ("SQL", self.select(noun))):
                self.compare(noun, where, expected, rows)
            self.audited(noun)
        self.answers()
        return {name: self.faults[name] for name in COUNTS}

    def fault(self, count, what):
        self.faults[count].append(what)

    # Expected states

    def expected_states(self, noun, there):
        """Maps each marker to the states (version, content, status) that its record may have."""
        expected = {marker: [(1, content, "draft")] for marker, content in there.items()}
        shared = collections.defaultdict(list)
        for sent in self.sent:
            if sent["noun"] != noun.name:
                continue
            if sent["shared"]:
                shared[sent["marker"]].append(sent)
                continue
            states, ack = expected.setdefault(sent["marker"], [None]), self.acks.get(sent["key"])
            then = (states[-1][0] + 1 if states[-1] else 1, sent["content"], sent["status"])
            if ack is None:
                states.append(then)
            elif ack["status"] // 100 == 2:
                expected[sent["marker"]] = [then]
                if ack["version"] != then[0]:
                    self.fault("duplicate", f"{sent['key']} made version {ack['version']}, not {then[0]}")
            else:
                self.fault("wrong", f"{sent['key']} was answered {ack['status']} {ack['code']}")
        for marker, all_sent in shared.items():
            expected[marker] = self.expected_of_shared(marker, all_sent, expected[marker][0])
        return expected

    def expected_of_shared(self, marker, all_sent, first):
        """The possible states of a shared record. Every acknowledged change has its own version."""
        acked, later = ([(acks[sent["key"]]["version"], sent["content"], sent["status"]) for sent in all_sent
                         if sent["key"] in acks and acks[sent["key"]]["status"] // 100 == 2] for acks in (self.acks, self.later))
        unknown = [sent for sent in all_sent if sent["key"] not in self.acks and sent["key"] not in self.later]
        last, versions = max([first, *acked]), sorted(version for version, *_ in acked + later)
        missing = set(range(2, last[0] + 1)) - set(versions)
        if len(set(versions)) < len(versions) or len(missing) > len(unknown):
            self.fault("lost", f"{marker}: acknowledged versions are {versions}")
        return [last, *later, *((last[0] + n, sent["content"], sent["status"]) for sent in unknown
                                for n in range(1, len(later) + len(unknown) + 1))]

    # Found states

    def walk(self, noun):
        return [(row["id"], row[noun.marker], (row["version"], row[noun.content], row["status"]))
                for row in self.client.pages(noun.path, village_code=self.village, limit="200")]

    def select(self, noun):
        return [(row.id, row.marker, (row.version, row.content, row.status)) for row in self.house.rows(
            f"select id::text, {noun.marker} as marker, {noun.content} as content, version, status from {noun.name}"
            " where village_code = %s and deleted_at is null", [self.village])]

    def compare(self, noun, where, expected, rows):
        found = collections.defaultdict(list)
        for _, marker, state in rows:
            found[marker].append(state)
        for marker, states in expected.items():
            if not found[marker] and None not in states:
                self.fault("lost", f"{where}: {noun.name} {marker} is missing")
            elif len(found[marker]) > 1:
                self.fault("duplicate", f"{where}: {noun.name} {marker} exists {len(found[marker])} times")
            elif found[marker] and found[marker][0] not in states:
                more = states[-1] and found[marker][0][0] > states[-1][0]
                self.fault("duplicate" if more else "lost", f"{where}: {noun.name} {marker} is {found[marker][0]}, not {states}")
        for marker in set(found) - set(expected):
            self.fault("phantom", f"{where}: {noun.name} {marker} was never sent")

    def audited(self, noun):
        """Checks that each version of a row has one audit entry, and each entry a row. Each
        acknowledged key must have a kept answer."""
        for row in self.house.rows(f"""
                select coalesce(r.id::text, a.record_id) as id, coalesce(r.version, 0) as version, coalesce(a.n, 0) as entries
                  from (select * from {noun.name} where village_code = %(village)s) r
                       full join (select record_id, count(*) as n
                                    from audit_log
                                   where resource = %(noun)s and villages @> array[%(village)s]
                                   group by record_id) a on a.record_id = r.id::text
                 where r.version is distinct from a.n""", {"noun": noun.name, "village": self.village}):
            self.fault("audit", f"{noun.name} {row.id} has version {row.version} and {row.entries} entries")
        acked = [key for key, ack in self.acks.items() if ack["status"] // 100 == 2]
        for row in self.house.rows("select k from unnest(%s::text[]) k where not exists"
                                   " (select from idempotency_key i where i.key = k and i.reply is not null)", [acked]):
            self.fault("lost", f"the answer to {row.k} was not kept")

    # Answers

    def answers(self):
        for again in self.notes["again"]:
            if (again["id"], again["version"]) != (again["first_id"], again["first_version"]):
                self.fault("duplicate", f"{again['key']} got another answer when it was sent again: {again}")
        for read in self.notes["stale"]:
            self.fault("stale", f"{read['path']} had version {read['was']}, then {read['version']}")
        for other in self.notes["wrong"]:
            self.fault("wrong", other["what"])

    def figures(self):
        tries = collections.Counter((one["status"] or "none") for one in self.notes["try"])
        unknown = {one["key"] for one in self.notes["try"]
                   if one["key"] and (one["code"] == "outcome_unknown" or one["status"] is None and one["sent"])}
        return {"operations": len(self.notes["intent"]), "acked": len(self.acks), "unknown": len(unknown),
                "walks": len(self.notes["walk"]), "refused": tries[503] + tries[504], "slowest": max((one["took"] for one in self.notes["try"]), default=0)}

    def recovered(self, since):
        """Seconds from `since` until the first success of a request that was sent later."""
        ends = [one["at"] - since for one in self.notes["try"]
                if one["key"] and (one["status"] or 0) // 100 == 2 and one["at"] - one["took"] >= since]
        return min(ends, default=float("inf"))
