"""What the clients noted, and the judge that compares it with what the service and its database say."""
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
    marker: str  # the member that carries the key of the create, and never changes
    content: str  # the member that is patched


NOUNS = {one.name: one for one in (Noun("umkm", "/v1/umkm", "external_reference", "name"),
                                   Noun("product", "/v1/products", "brand", "name_id"),
                                   Noun("visit", "/v1/visits", "place", "purpose"))}
COUNTS = ("lost", "phantom", "duplicate", "stale", "audit", "wrong")


class Ledger:
    """A file of JSON lines. What is written down is on the disk before the writer goes on; the rest comes along with it."""

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
    """All of them, by kind; those of one client in their order."""
    found = collections.defaultdict(list)
    for path in sorted(directory.glob("*.ledger")):
        for line in path.read_text().splitlines():
            note = json.loads(line)
            found[note["kind"]].append(note)
    return found


class Judge:
    """Of one run, in a village that nobody else writes to.

    Where the database was restored to a moment, what was sent later is not there, and what was acknowledged later may be.
    """

    def __init__(self, house, client, village, directory, restored_to=None):
        self.house, self.client, self.village = house, client, village
        self.notes, self.restored_to = notes(directory), restored_to or float("inf")
        self.sent = [intent for intent in self.notes["intent"] if intent["at"] <= self.restored_to]
        self.acks = {ack["key"]: ack for ack in self.notes["ack"] if ack["at"] <= self.restored_to}
        self.later = {ack["key"]: ack for ack in self.notes["ack"] if ack["at"] > self.restored_to}
        self.faults = collections.defaultdict(list)

    def verdict(self, there):
        """there: marker -> content of the UMKM that were made before the run."""
        for noun in NOUNS.values():
            told = self.told(noun, there if noun.name == "umkm" else {})
            for where, rows in (("API", self.walk(noun)), ("SQL", self.select(noun))):
                self.compare(noun, where, told, rows)
            self.audited(noun)
        self.answers()
        return {name: self.faults[name] for name in COUNTS}

    def fault(self, count, what):
        self.faults[count].append(what)

    # What may be there

    def told(self, noun, there):
        """Marker -> the states (version, content, status) that its record may be in."""
        told = {marker: [(1, content, "draft")] for marker, content in there.items()}
        shared = collections.defaultdict(list)
        for sent in self.sent:
            if sent["noun"] != noun.name:
                continue
            if sent["shared"]:
                shared[sent["marker"]].append(sent)
                continue
            states, ack = told.setdefault(sent["marker"], [None]), self.acks.get(sent["key"])
            then = (states[-1][0] + 1 if states[-1] else 1, sent["content"], sent["status"])
            if ack is None:
                states.append(then)
            elif ack["status"] // 100 == 2:
                told[sent["marker"]] = [then]
                if ack["version"] != then[0]:
                    self.fault("duplicate", f"{sent['key']} made version {ack['version']}, not {then[0]}")
            else:
                self.fault("wrong", f"{sent['key']} was answered {ack['status']} {ack['code']}")
        for marker, all_sent in shared.items():
            told[marker] = self.told_of_shared(marker, all_sent, told[marker][0])
        return told

    def told_of_shared(self, marker, all_sent, first):
        """Many writers change it, each the version that it read: every acknowledged change has a version of its own."""
        acked, later = ([(acks[sent["key"]]["version"], sent["content"], sent["status"]) for sent in all_sent
                         if sent["key"] in acks and acks[sent["key"]]["status"] // 100 == 2] for acks in (self.acks, self.later))
        unknown = [sent for sent in all_sent if sent["key"] not in self.acks and sent["key"] not in self.later]
        last, versions = max([first, *acked]), sorted(version for version, *_ in acked + later)
        missing = set(range(2, last[0] + 1)) - set(versions)
        if len(set(versions)) < len(versions) or len(missing) > len(unknown):
            self.fault("lost", f"{marker}: acknowledged versions are {versions}")
        return [last, *later, *((last[0] + n, sent["content"], sent["status"]) for sent in unknown
                                for n in range(1, len(later) + len(unknown) + 1))]

    # What is there

    def walk(self, noun):
        return [(row["id"], row[noun.marker], (row["version"], row[noun.content], row["status"]))
                for row in self.client.pages(noun.path, village_code=self.village, limit="200")]

    def select(self, noun):
        return [(row.id, row.marker, (row.version, row.content, row.status)) for row in self.house.rows(
            f"select id::text, {noun.marker} as marker, {noun.content} as content, version, status from {noun.name}"
            " where village_code = %s and deleted_at is null", [self.village])]

    def compare(self, noun, where, told, rows):
        found = collections.defaultdict(list)
        for _, marker, state in rows:
            found[marker].append(state)
        for marker, states in told.items():
            if not found[marker] and None not in states:
                self.fault("lost", f"{where}: {noun.name} {marker} is not there")
            elif len(found[marker]) > 1:
                self.fault("duplicate", f"{where}: {noun.name} {marker} is there {len(found[marker])} times")
            elif found[marker] and found[marker][0] not in states:
                more = states[-1] and found[marker][0][0] > states[-1][0]
                self.fault("duplicate" if more else "lost", f"{where}: {noun.name} {marker} is {found[marker][0]}, not {states}")
        for marker in set(found) - set(told):
            self.fault("phantom", f"{where}: {noun.name} {marker} was never sent")

    def audited(self, noun):
        """An entry for every version of a row, and a row for every entry; a kept answer for every acknowledged key."""
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

    # What was answered

    def answers(self):
        for again in self.notes["again"]:
            if (again["id"], again["version"]) != (again["first_id"], again["first_version"]):
                self.fault("duplicate", f"{again['key']} was answered otherwise when it was asked again: {again}")
        for read in self.notes["stale"]:
            self.fault("stale", f"{read['path']} was at {read['was']} and read at {read['version']}")
        for other in self.notes["wrong"]:
            self.fault("wrong", other["what"])

    def figures(self):
        tries = collections.Counter((one["status"] or "none") for one in self.notes["try"])
        unknown = {one["key"] for one in self.notes["try"]
                   if one["key"] and (one["code"] == "outcome_unknown" or one["status"] is None and one["sent"])}
        return {"operations": len(self.notes["intent"]), "acked": len(self.acks), "unknown": len(unknown),
                "walks": len(self.notes["walk"]), "refused": tries[503] + tries[504], "slowest": max((one["took"] for one in self.notes["try"]), default=0)}

    def recovered(self, since):
        """Seconds from then until the first success of what was sent after it."""
        ends = [one["at"] - since for one in self.notes["try"]
                if one["key"] and (one["status"] or 0) // 100 == 2 and one["at"] - one["took"] >= since]
        return min(ends, default=float("inf"))
