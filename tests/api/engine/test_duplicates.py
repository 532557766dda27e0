"""A value that must be unique belongs to one record in force. Until a second officer has decided,
every record that shares it warns, and nobody is locked out."""
import threading

import pytest

from client import Client, problem
from house import BALEREJO, JEDING, until
from records import COUNT, award, certification, enterprise, flagship, production_report, target, umkm


class Kind:
    """How one resource makes two records with the same value, and one with another value.

    `patch` gives the third record the value of the first."""

    where = rule = writers = None
    verify, code = "verify", "unique"
    ways = ["delete", "reject", "request_revision", "archive"]  # out of force

    def first(self, house):
        raise NotImplementedError

    def second(self, house, first):
        raise NotImplementedError

    def third(self, house, first):
        raise NotImplementedError

    def patch(self, first):
        return {self.rule[1:]: first[self.rule[1:]]}

    def path(self, made):
        return f"{self.where}/{made['id']}"

    @property
    def warning(self):
        return self.rule, "duplicate" if self.code == "unique" else self.code

    def writer(self, house, one):
        return house.caller(self.writers[one])

    def submit(self, house, made, one):
        self.writer(house, one).act(self.path(made), "submit")

    def decide(self, house, made, action, status=200, note=None):
        return house.dinas2.act(self.path(made), action, status=status, **({"note": note} if note else {}))

    def enforce(self, house, made, one):
        """Brings a record into force."""
        self.submit(house, made, one)
        self.decide(house, made, self.verify)


class Umkm(Kind):
    where, rule, writers = "/v1/umkm", "/nib", ("bumdes", "bumdes2")

    def first(self, house):
        return umkm(house.bumdes)

    def second(self, house, first):
        return umkm(house.bumdes2, JEDING, nib=first["nib"])

    def third(self, house, first):
        return umkm(house.bumdes)


class Enterprise(Kind):
    where, rule, writers = "/v1/village-enterprises", "/legal_number", ("bumdes", "bumdes2")

    def first(self, house):
        return enterprise(house.bumdes)

    def second(self, house, first):
        return enterprise(house.bumdes2, JEDING, legal_number=first["legal_number"].lower())

    def third(self, house, first):
        return enterprise(house.bumdes)


class Certificate(Kind):
    where, rule, writers = "/v1/certifications", "/number", ("bumdes", "bumdes2")

    def first(self, house):
        return certification(house.bumdes)

    def second(self, house, first):
        return certification(house.bumdes2, JEDING, number="id " + first["number"][2:])

    def third(self, house, first):
        return certification(house.bumdes)


class Report(Kind):
    where, rule, writers = "/v1/production-reports", "/month", ("bumdes", "bumdes")
    ways = ["delete", "reject", "archive"]

    def first(self, house):
        return production_report(house.bumdes, month="2026-03")

    def second(self, house, first):
        return production_report(house.bumdes, umkm_id=first["umkm_id"], month="2026-03")

    def third(self, house, first):
        return production_report(house.bumdes, umkm_id=first["umkm_id"], month="2026-04")

    def patch(self, first):
        return {"month": first["month"], "reason": "Salah bulan"}


class Assessment(Kind):
    where, rule, writers = "/v1/star-assessments", "/year", ("dinas", "dinas")

    def first(self, house):
        return award(house.dinas)

    def second(self, house, first):
        return award(house.dinas, product_id=first["product_id"], certificate_number="OVOP-2024-018")

    def third(self, house, first):
        return award(house.dinas, product_id=first["product_id"], year=2023)


class Flagship(Kind):
    where, rule, writers, code = "/v1/flagships", "/valid_from", ("dinas", "dinas"), "one_flagship"

    def first(self, house):
        return flagship(house.dinas)

    def second(self, house, first):
        return flagship(house.dinas, first["village_code"], product_id=first["product_id"], valid_from=first["valid_from"],
                        valid_to=first["valid_from"])

    def third(self, house, first):
        return flagship(house.dinas, first["village_code"], product_id=first["product_id"])

    def patch(self, first):
        return {"valid_from": first["valid_from"], "valid_to": first["valid_from"]}


class Target(Kind):
    where, rule, writers = "/v1/targets", "/indicator", ("dinas", "dinas")
    verify, ways = "approve", ["delete", "reject", "reopen"]

    def same(self, first):
        return {name: first[name] for name in ("indicator", "period_from", "period_to", "village_code", "district_code")}

    def first(self, house):
        return target(house.dinas, village=None)  # with null in its key

    def second(self, house, first):
        return target(house.dinas, **self.same(first))

    def third(self, house, first):
        return target(house.dinas, village=None)

    def patch(self, first):
        return {name: first[name] for name in ("period_from", "period_to")}

    def submit(self, house, made, one):
        pass

    def decide(self, house, made, action, status=200, note=None):
        return house.bupati.act(self.path(made), action, status=status, **({"note": note} if note else {}))


KINDS = [Umkm(), Enterprise(), Certificate(), Report(), Assessment(), Flagship(), Target()]
EVERY = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.where.rsplit("/", 1)[1])


def warned(reader, kind, made):
    """Returns the ids that a record's warning names to this reader, or None without the warning."""
    found = [one for one in reader.get(kind.path(made)).json()["warnings"] if (one["pointer"], one["code"]) == kind.warning]
    assert len(found) < 2
    return found[0].get("records", []) if found else None


@EVERY
def test_records_that_share_a_value_all_warn(house, kind):
    first = kind.first(house)
    assert warned(house.dinas, kind, first) is None
    second = kind.second(house, first)
    assert (warned(house.dinas, kind, first), warned(house.dinas, kind, second)) == ([second["id"]], [first["id"]])
    kind.enforce(house, first, 0)
    assert (warned(house.dinas, kind, first), warned(house.dinas, kind, second)) == ([second["id"]], [first["id"]])
    kind.writer(house, 1).delete(kind.path(second))
    assert warned(house.dinas, kind, first) is None


@EVERY
def test_a_warning_names_only_what_its_reader_may_read(house, kind):
    first = kind.first(house)
    second = kind.second(house, first)
    own = kind.writers[0] == kind.writers[1]
    reply = kind.writer(house, 1).get(kind.path(second))
    assert (first["id"] in reply.text) == own
    assert warned(kind.writer(house, 1), kind, second) == ([first["id"]] if own else [])
    assert own or BALEREJO not in reply.text


@EVERY
def test_only_one_of_them_comes_into_force(house, kind):
    first = kind.first(house)
    second = kind.second(house, first)
    kind.enforce(house, second, 1)
    kind.submit(house, first, 0)
    refusal = kind.decide(house, first, kind.verify, 409)
    assert problem(refusal) == ("duplicate", [(kind.rule, kind.code)])
    assert refusal.json()["violations"][0]["records"] == [second["id"]]
    assert house.dinas.get(kind.path(first)).json()["status"] in ("submitted", "proposed")


@pytest.mark.parametrize("kind, way", [pytest.param(kind, way, id=f"{kind.where.rsplit('/', 1)[1]}-{way}")
                                       for kind in KINDS for way in kind.ways])
def test_what_is_out_of_force_blocks_nobody(house, kind, way):
    first = kind.first(house)
    if way == "delete":
        kind.writer(house, 0).delete(kind.path(first))
    else:
        (kind.submit if way == "reject" else kind.enforce)(house, first, 0)
        kind.decide(house, first, way, note="Bukan miliknya")
    second = kind.second(house, first)
    assert warned(house.dinas, kind, second) == ([first["id"]] if way in ("request_revision", "reopen") else None)
    kind.enforce(house, second, 1)


@EVERY
def test_a_record_that_comes_back_waits_for_the_other(house, kind):
    first = kind.first(house)
    kind.submit(house, first, 0)
    kind.decide(house, first, "reject", note="Bukan miliknya")
    second = kind.second(house, first)
    kind.enforce(house, second, 1)
    kind.writer(house, 0).act(kind.path(first), "reopen", note="Ternyata benar")
    assert warned(house.dinas, kind, first) == [second["id"]]
    kind.submit(house, first, 0)
    assert problem(kind.decide(house, first, kind.verify, 409))[0] == "duplicate"


@EVERY
def test_two_verifications_at_once_have_one_winner(house, kind):
    """The second one waits for the first, and cannot see its record."""
    first = kind.first(house)
    second = kind.second(house, first)
    for one, made in enumerate((first, second)):
        kind.submit(house, made, one)
    table = kind.where.rsplit("/", 1)[1].replace("-", "_").removesuffix("s")
    state = "approved" if kind.verify == "approve" else "verified"
    held, answers = house.cluster.connect(house.database), []
    held.autocommit = False
    held.cursor().execute(f"update {table} set status = %s where id = %s", [state, first["id"]])
    decider = house.bupati if kind.verify == "approve" else house.dinas2
    other = Client(house.base, house.contract, decider.token)
    thread = threading.Thread(target=lambda: answers.append(other.act(kind.path(second), kind.verify, status=None)))
    thread.start()
    try:
        until(lambda: house.rows("select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"))
    finally:
        held.commit()
        held.close()
    thread.join()
    assert answers[0].status_code == 409 and problem(answers[0]) == ("duplicate", [(kind.rule, kind.code)])
    assert house.dinas.get(kind.path(first)).json()["status"] == state
    assert house.dinas.get(kind.path(second)).json()["status"] in ("submitted", "proposed")


@EVERY
def test_a_change_request_does_not_take_a_value_that_is_in_force(house, kind):
    """It is refused when it is requested. If the value is taken later, its verification is."""
    first = kind.first(house)
    third = kind.third(house, first)
    kind.enforce(house, third, 0)
    path, patch = kind.path(third), kind.patch(first)
    kind.writer(house, 0).patch(path, patch)
    kind.enforce(house, first, 0)
    decide = "/change-request/actions/verify"
    decider = house.bupati if kind.verify == "approve" else house.dinas2
    late = decider("POST", path + decide, {}, match="*", status=409)
    assert problem(late) == ("duplicate", [(kind.rule, kind.code)]) and late.json()["violations"][0]["records"] == [first["id"]]
    kind.writer(house, 0)("POST", path + "/change-request/actions/withdraw", {}, match="*", status=200)
    early = kind.writer(house, 0).patch(path, patch, status=409)
    assert problem(early) == ("duplicate", [(kind.rule, kind.code)])


# Look-ups by a number


@pytest.mark.parametrize("kind, member", [(KINDS[0], "nib"), (KINDS[0], "external_reference"), (KINDS[1], "legal_number")])
def test_a_look_up_by_an_ambiguous_number_shows_all_and_says_so(house, kind, member):
    number = {"nib": f"{next(COUNT):013}", "external_reference": f"SIDT-{next(COUNT)}",
              "legal_number": f"AHU-{next(COUNT):05}.AH.01.33.TAHUN 2022"}[member]
    make = {"/v1/umkm": umkm, "/v1/village-enterprises": enterprise}[kind.where]
    ids = [make(house.bumdes, **{member: number})["id"] for _ in range(2)]
    ids.append(make(house.bumdes2, JEDING, **{member: number})["id"])
    house.bumdes.act(f"{kind.where}/{ids[1]}", "submit")
    house.dinas.act(f"{kind.where}/{ids[1]}", "reject", note="Salah")
    living = [ids[0], ids[2]]
    for reader, seen in ((house.dinas, ids), (house.bumdes, ids[:2])):
        rows = {one["id"]: one["warnings"] for one in reader.pages(kind.where, **{member: number})}
        assert set(rows) == set(seen)
        for id, warnings in rows.items():
            said = [one.get("records", []) for one in warnings if (one["pointer"], one["code"]) == ("/" + member, "duplicate")]
            assert said == [[one for one in living if one != id and one in seen]], id


def test_a_shared_reference_of_another_system_blocks_nothing(house):
    made = [umkm(house.bumdes, external_reference="SIDT-SAMA") for _ in range(2)]
    for one in made:
        KINDS[0].enforce(house, one, 0)


def test_a_look_up_of_an_owner_with_several_umkm_says_so(house):
    made, nik = [umkm(house.bumdes), umkm(house.bumdes), umkm(house.bumdes2, JEDING)], "3505992301900007"
    asked = {"nik": nik, "purpose": "Pengaduan"}
    for one, who in zip(made, (house.bumdes, house.bumdes, house.bumdes2)):
        who.put(f"/v1/umkm/{one['id']}/owner", {"name": "Siti", "nik": nik})
    for who, seen in ((house.dinas, made), (house.bumdes, made[:2]), (house.bumdes2, made[2:])):
        found = who("POST", "/v1/umkm/lookup", asked, status=200).json()
        assert {one["id"] for one in found["umkm"]} == {one["id"] for one in seen}
        said = [(one["pointer"], one["code"], set(one["records"])) for one in found["warnings"]]
        assert said == ([("/nik", "duplicate", {one["id"] for one in seen})] if len(seen) > 1 else [])


def test_nothing_is_no_duplicate(house):
    for one in [umkm(house.bumdes, nib=None, external_reference=None) for _ in range(2)]:
        assert "duplicate" not in [warning["code"] for warning in one["warnings"]]
