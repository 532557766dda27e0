"""A UMKM whose processing is restricted (UU 27/2022, article 41): nobody without its case is shown it, or what names it, and it counts
for nobody. Walked through every operation of the contract, and compared with a register in which it never was."""
import datetime
import json
import re

import pytest

from client import problem
from house import BALEREJO
from records import export, line, product, publish, session
from rules import FINISH, NOUNS, PRESENT, admitted, noun, send, writer_of
from test_matrix import caller
from test_privacy import owned

OUTSIDERS = ("public", "bupati", "reader", "writer", "exporter", "reporter", "bumdes2")
COUNTING = (*OUTSIDERS, "dinas", "bumdes")
RESTRICTED = {"contact_public": False, "processing_restricted": True}


def exported(writer, id):
    day = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=1)
    return export(writer, exported_on=str(day.date()), lines=[line(product(writer, umkm_id=id)["id"])])


def registered(writer, id):
    return writer.post(f"/v1/mentoring-sessions/{session(writer)['id']}/participants", {"umkm_id": id}).json()


def led_to(writer, id):
    """An outcome of a session that it attended."""
    at = registered(writer, id)
    writer.act(f"/v1/mentoring-sessions/{at['session_id']}", "hold")
    writer.patch(f"/v1/mentoring-participants/{at['id']}", {"attended": True})
    return NOUNS["outcomes"](writer, umkm_id=id, session_id=at["session_id"])


NAMED = {  # how a record comes to name a UMKM where it is not told so itself
    "exports": exported, "mentoring-participants": registered, "outcomes": led_to,
    "star-assessments": lambda writer, id: NOUNS["star-assessments"](writer, product_id=product(writer, umkm_id=id)["id"]),
}


class Hidden:
    """A UMKM, and of each noun that names one a record which names it, as finished as such records get."""

    def __init__(self, house):
        self.house = house
        self.umkm, self.owner = owned(house)
        self.id = self.umkm.split("/")[3]
        self.name = f"Kopi {self.id}"
        house.bumdes.patch(self.umkm, {"name": self.name})
        publish(house, self.umkm, house.bumdes)
        self.rows = {"umkm": house.dinas.get(self.umkm).json()}
        for word in NOUNS:
            if word not in self.rows:
                made = self.named(word)
                if made:
                    self.rows[word] = made

    def named(self, word):
        """A record of this noun about the UMKM, or None where such records name none."""
        writer = writer_of(self.house, word)
        if not {"umkm_id", "umkm_ids"} & set(NOUNS[word](writer)):
            return None
        made = NAMED.get(word, lambda writer, id: NOUNS[word](writer, umkm_id=id))(writer, self.id)
        if word in FINISH:
            FINISH[word](self.house, f"/v1/{word}/{made['id']}", writer)
        return made

    @property
    def marks(self):
        return {self.id, *(row["id"] for row in self.rows.values())}

    @property
    def parents(self):
        """Whatever else stands in these records, as an id."""
        return self.marks | {value for row in self.rows.values() for key, value in row.items()
                             if key.endswith("_id") and re.fullmatch("[0-9a-f-]{36}", value or "")}

    def restrict(self):
        self.house.bumdes.put(self.umkm + "/consent", RESTRICTED)

    def remove(self):
        """Takes all of it out of the database, past every rule."""
        self.house.rows("""
            do $$
            declare
              t record;
            begin
              set local session_replication_role = replica;
              for t in select c.relname, a.attname
                         from pg_class c
                              join pg_attribute a on a.attrelid = c.oid and a.attname ~ '(^|_)umkm_ids?$'
                        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' loop
                execute format('delete from %%I where %%L = any (array[]::uuid[] || %%I)', t.relname, %s, t.attname);
              end loop;
              delete from umkm where id = %s;
            end
            $$""", [self.id] * 2)


@pytest.fixture(scope="module")
def place(build):
    return build().prepare().start()


@pytest.fixture(scope="module")
def hidden(place):
    return Hidden(place)


def pages(who, path, **params):
    return json.dumps(list(who.pages(path, limit=200, **params)), ensure_ascii=False)


def figures(house):
    """(who, what) -> every figure that is told: reports, public totals and counts, and how many rows a list has."""
    told = {}
    for name in COUNTING:
        who = caller(house, name)
        for operation in house.contract.operations.values():
            if operation.security and not admitted(operation, who) or operation.method != "GET":
                continue
            parameters = {one["name"] for one in operation.named("query")}
            if operation.path.startswith("/v1/reports/"):
                for by in ("district", "village"):
                    shown = who.get(operation.path, params={"by": by, "verified_only": "false"}).json()
                    shown.pop("as_of")
                    told[name, operation.id, by] = shown
            elif operation.id == "catalog_export_totals" or operation.path == "/v1/catalog/villages":
                told[name, operation.id] = list(who.pages(operation.path))
            elif operation.path == "/v1/catalog/villages/{code}":
                told[name, operation.id] = who.get(f"/v1/catalog/villages/{BALEREJO}", None).text.partition('"instance"')[0]
            elif "count" in parameters and "{" not in operation.path and name in OUTSIDERS:
                told[name, operation.id] = who.get(operation.path, params={"count": "exact", "limit": 1}).json()["page"]["total"]
    return told


def test_it_counts_for_nobody(place):
    here = Hidden(place)
    two = [f"CV {name} Restriksi" for name in ("Satu", "Dua")]
    for name in two:  # with these the cell may be told
        sold = export(place.bumdes, exporter_name=name, exporter_nib=None, exported_on=here.rows["exports"]["exported_on"])
        FINISH["exports"](place, f"/v1/exports/{sold['id']}", place.bumdes)
    counted = figures(place)
    here.restrict()
    restricted = figures(place)
    assert {key for key in counted if counted[key] != restricted[key]} >= {
        ("public", "catalog_export_totals"), ("bupati", "umkm_list"), ("reader", "product_list"), ("dinas", "report_markets", "village"),
        ("bumdes", "report_markets", "district"), ("bupati", "export_list"), ("bupati", "mentoring_action_item_list")}
    here.house.bumdes.put(here.umkm + "/consent", {**RESTRICTED, "processing_restricted": False})
    again = figures(place)
    assert {key for key in counted if counted[key] != again[key]} == set(), "what is lifted counts again"
    here.restrict()
    here.remove()
    absent = figures(place)
    assert {key: (restricted[key], absent[key]) for key in absent if restricted[key] != absent[key]} == {}


def test_no_operation_shows_it_or_what_names_it(place, hidden):
    hidden.restrict()
    marks, found, asked = {*hidden.marks, hidden.name, hidden.owner["nik"]}, [], 0
    for name in OUTSIDERS:
        who = caller(place, name)
        for operation in place.contract.operations.values():
            if operation.security and not admitted(operation, who) or operation.method != "GET" or \
                    not operation.path.startswith("/v1/"):
                continue
            parameters = {one["name"] for one in operation.named("query")}
            word = operation.path.removeprefix("/v1/").removeprefix("catalog/").split("/")[0]
            paths = {(): lambda: [operation.path],
                     ("id",): lambda: [operation.path.replace("{id}", id) for id in hidden.parents],
                     ("code",): lambda: [operation.path.replace("{code}", PRESENT[word])]}.get(tuple(operation.variables), list)()
            for path in paths:
                reply = who.get(path, None)
                asked += 1
                assert reply.status_code in (200, 404), (operation.id, reply.text)
                text = reply.text
                if reply.status_code == 200 and "cursor" in parameters:
                    text = pages(who, path) + "".join(
                        pages(who, path, **{key: hidden.id if key == "umkm_id" else ",".join(hidden.marks)})
                        for key in parameters & {"id", "umkm_id"})
                if reply.status_code == 200:
                    found += [(name, operation.id, mark) for mark in marks if mark in text]
    assert asked > 300 and found == []


def test_no_write_reaches_it(place, hidden):
    """A system that may write the register finds nothing to write to."""
    hidden.restrict()
    for name in ("writer", "exporter"):
        who, tried = caller(place, name), 0
        for operation in place.contract.operations.values():
            row = hidden.rows.get(noun(operation))
            if row and operation.method != "GET" and admitted(operation, who):
                reply = send(place, who, operation, row["id"])
                assert reply.status_code == 404, (name, operation.id, reply.status_code, reply.text)
                tried += 1
        assert tried >= 3, name


def test_those_who_handle_its_case_read_and_lift_it(place, hidden):
    hidden.restrict()
    for who in (place.bumdes, place.dinas):
        assert who.get(hidden.umkm).json()["id"] == hidden.id
        assert who.get(hidden.umkm + "/owner").json()["nik"] is None
        assert problem(who("POST", hidden.umkm + "/actions/reveal", {"purpose": "Uji coba"}, status=409))[0] == "state_conflict"
        for word, row in hidden.rows.items():
            who.get(f"/v1/{word}/{row['id']}")
    place.dinas.put(hidden.umkm + "/consent", {**RESTRICTED, "processing_restricted": False})
    for word, row in hidden.rows.items():
        place.bupati.get(f"/v1/{word}/{row['id']}")
