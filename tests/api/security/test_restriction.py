"""A UMKM whose processing is restricted (UU 27/2022, article 41).

Callers who do not handle its case see neither the UMKM nor records that name it, and no figure
counts it. The tests cover every operation and compare with a register without this UMKM.
"""
import datetime
import json
import re

import pytest

from client import problem
from house import BALEREJO
from persons import owned
from records import export, line, product, publish, session
from rules import FINISH, NOUNS, PRESENT, admitted, caller, noun, send, writer_of

OUTSIDERS = ("public", "bupati", "reader", "writer", "exporter", "reporter", "bumdes2")
COUNTING = (*OUTSIDERS, "dinas", "bumdes")
RESTRICTED = {"contact_public": False, "processing_restricted": True}


def exported(writer, id):
    day = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=1)
    return export(writer, exported_on=str(day.date()), lines=[line(product(writer, umkm_id=id)["id"])])


def registered(writer, id):
    return writer.post(f"/v1/mentoring-sessions/{session(writer)['id']}/participants", {"umkm_id": id}).json()


def led_to(writer, id):
    """Makes an outcome of a session that the UMKM attended."""
    at = registered(writer, id)
    writer.act(f"/v1/mentoring-sessions/{at['session_id']}", "hold")
    writer.patch(f"/v1/mentoring-participants/{at['id']}", {"attended": True})
    return NOUNS["outcomes"](writer, umkm_id=id, session_id=at["session_id"])


NAMED = {  # nouns that need more than umkm_id
    "exports": exported, "mentoring-participants": registered, "outcomes": led_to,
    "star-assessments": lambda writer, id: NOUNS["star-assessments"](writer, product_id=product(writer, umkm_id=id)["id"]),
}


LETTERS = str.maketrans("0123456789", "ghijklmnop")  # a name holds no long row of digits


class Hidden:
    """A UMKM, and one finished record of each noun that can name a UMKM."""

    def __init__(self, house):
        self.house = house
        self.umkm, self.owner = owned(house)
        self.id = self.umkm.split("/")[3]
        self.name = "Kopi " + self.id.translate(LETTERS)
        house.bumdes.patch(self.umkm, {"name": self.name})
        publish(house, self.umkm, house.bumdes)
        self.rows = {"umkm": house.dinas.get(self.umkm).json()}
        for word in NOUNS:
            if word not in self.rows:
                made = self.named(word)
                if made:
                    self.rows[word] = made

    def named(self, word):
        """Makes a record of this noun about the UMKM. Returns None if the noun names no UMKM."""
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
        """Returns the ids of these records and all other ids in them."""
        return self.marks | {value for row in self.rows.values() for key, value in row.items()
                             if key.endswith("_id") and re.fullmatch("[0-9a-f-]{36}", value or "")}

    def restrict(self):
        self.house.bumdes.put(self.umkm + "/consent", RESTRICTED)

    def remove(self):
        """Deletes the UMKM and these records by SQL, without triggers."""
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
    """Returns all figures by caller: reports, public totals, and the number of rows of lists."""
    numbers = {}
    for name in COUNTING:
        who = caller(house, name)
        for operation in house.contract.operations.values():
            if operation.security and not admitted(operation, who) or operation.method != "GET":
                continue
            parameters = {one["name"] for one in operation.named("query")}
            if operation.path.startswith("/v1/reports/"):
                for by in ("district", "village"):
                    shown = who.get(operation.path, params={"by": by, **({} if name == "reporter" else {"verified_only": "false"})}).json()
                    shown.pop("as_of")
                    numbers[name, operation.id, by] = shown
            elif operation.id == "catalog_export_totals" or operation.path == "/v1/catalog/villages":
                numbers[name, operation.id] = list(who.pages(operation.path))
            elif operation.path == "/v1/catalog/villages/{code}":
                numbers[name, operation.id] = who.get(f"/v1/catalog/villages/{BALEREJO}", None).text.partition('"instance"')[0]
            elif "count" in parameters and "{" not in operation.path and name in OUTSIDERS:
                numbers[name, operation.id] = who.get(operation.path, params={"count": "exact", "limit": 1}).json()["page"]["total"]
    return numbers


def test_it_counts_for_nobody(place):
    here = Hidden(place)
    two = [f"CV {name} Restriksi" for name in ("Satu", "Dua")]
    for n, name in enumerate(two):  # with three exporters the total is public
        sold = export(place.bumdes, exporter_name=name, exporter_nib=f"912000999999{n}", exported_on=here.rows["exports"]["exported_on"])
        FINISH["exports"](place, f"/v1/exports/{sold['id']}", place.bumdes)
    counted = figures(place)
    here.restrict()
    restricted = figures(place)
    assert {key for key in counted if counted[key] != restricted[key]} >= {
        ("public", "catalog_export_totals"), ("bupati", "umkm_list"), ("reader", "product_list"), ("dinas", "report_markets", "village"),
        ("bumdes", "report_markets", "district"), ("bupati", "export_list"), ("bupati", "mentoring_action_item_list")}
    here.house.bumdes.put(here.umkm + "/consent", {**RESTRICTED, "processing_restricted": False})
    again = figures(place)
    assert {key for key in counted if counted[key] != again[key]} == set(), "after the restriction ends, it counts again"
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
    """A system with write access gets 404."""
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
