"""`q` finds the words of a text, however they are spelled, in every list that has it."""
import itertools

import pytest

from house import BALEREJO
from named import makers, word
from records import award, certification, commitment, enterprise, export, flagship, line, outcome, product, publish, umkm

COUNT = itertools.count()
DOCUMENT = {"kind": "peb", "date": "2026-02-27", "issuer": "KPPBC Blitar"}
SEEDED = {"village_list": "/v1/villages", "district_list": "/v1/districts", "catalog_village_list": "/v1/catalog/villages"}
SEARCHED = sorted(makers(type("Nobody", (), {"__getattr__": lambda self, name: None})()))


def test_every_list_with_a_search_is_tried(house):
    having = {one.id for one in house.contract.operations.values() if "q" in {each["name"] for each in one.parameters}}
    assert having == {*SEARCHED, *SEEDED}


def found(who, where, q):
    rows = list(who.pages(where, q=q, limit=200))
    return {one.get("id") or one["code"] for one in rows}


@pytest.mark.parametrize("name", SEARCHED)
def test_words_are_found_whatever_stands_between_them(house, name):
    where, who, make = makers(house)[name]
    one, two, three, four, five = (word() for _ in range(5))
    made = make(f"CV.{one} Kopi/{two}-57 <{three}> \u201c{four}\u201d\u2014Kaf\u00e9{five}")
    for q in (one, two, three, four, f"cv {one}", f"CV.{one}", f"c.v. {one}", f"cv{one}", f"{two} 57", f"{two}57", f"{two}-57",
              f"kopi {two[:6]}", f"{one} {three}", f"<{three}>", f"KAFE{five}", f"kafe\u0301{five}", f"Kaf\u00c9{five.upper()}",
              f"\u200b{four[:3]}\u2060{four[3:]}"):
        assert found(who, where, q) == {made}, q
    for q in (f"{one} {word()}", one[1:], f"{one}-{word()}", "!!", "\u2615\u2615"):
        assert made not in found(who, where, q), q


@pytest.mark.parametrize("name", sorted(SEEDED))
def test_regions_are_found_by_glued_words_and_by_code(house, name):
    for q in "balerejo,wlingi", "35.05.17.2009", "3505172009", "35 05 17 2009", "Wlingi/Balerejo", "BAL\u00c9REJO wlingi":
        rows = list(house.public.pages(SEEDED[name], q=q if name != "district_list" else q.replace("2009", "")
                                       .replace("balerejo", "").replace("Balerejo", "").replace("BAL\u00c9REJO", "")))
        assert [one["code"] for one in rows if one["code"].startswith(BALEREJO[:8])], q
        assert len(rows) == 1 or name == "district_list" and rows, q


@pytest.mark.parametrize("text, q", [
    ("UD.Makmur", "makmur"), ("UD. Makmur", "ud.makmur"), ("U.D. Makmur", "UD Makmur"), ("Kopi/Teh", "teh"), ("Batik-57", "57"),
    ("Batik57", "57"), ("Batik 57", "batik57"), ("57Batik", "batik"), ("No.12", "12"), ("Sambal <Pedas>", "pedas"),
    ("Sambal&Terasi", "terasi"), ("jum'at", "jumat"), ("Jum\u2019at", "jum'at"), ("Jum\u00b4at", "jumat"), ("Ma`arif", "maarif"),
    ("kopi@wlingi.id", "wlingi"), ("www.kopi-wlingi.id", "wlingi"), ("Rasa_Asli", "asli"), ("1.200mdpl", "mdpl"),
    ("gula+kelapa", "kelapa"), ("gula\u00b7kelapa", "kelapa"), ("gula\u2013kelapa", "kelapa"), ("gula\u00a0kelapa", "kelapa"),
    ("gula\u3000kelapa", "kelapa"), ("gula\tkelapa\nmanis", "manis"), ("Kopi\u2122", "kopi"), ("\u2615Kopi", "kopi"),
    ("\U0001f469\u200d\U0001f33eTani", "tani"), ("\uff2b\uff2f\uff30\uff29", "kopi"), ("Ko\u00adpi", "kopi"), ("\u212bngstr\u00f6m", "angstrom"),
    ("Stra\u00dfe", "STRASSE"), ("\u0130stanbul", "istanbul"), ("\u0141\u00f3d\u017a", "lodz"), ("Sm\u00f8r", "smor"), ("\u00c6ble", "aeble"),
    ("\u039f\u0394\u039f\u03a3", "\u03bf\u03b4\u03bf\u03c3"), ("\ufb01lter", "filter"), ("kafe\u0301", "kaf\u00e9"), ("kaf\u00e9", "kafe\u0301"),
    ("\ua98f\ua9ba\ua9b4\ua9a5\ua9b6 \ua9a7\ua9a0\ua9b6\ua98f\ua9c8", "\ua9a7\ua9a0\ua9b6\ua98f"),  # Javanese: kopi batik
    ("\u0642\u064e\u0647\u0652\u0648\u0629\u060c \u0634\u0627\u064a", "\u0642\u0647\u0648\u0629 \u0634\u0627\u064a"),
    ("\u5496\u5561\u3001\u8336", "\u8336"), ("C++", "c++ c"), ("a" * 900, "a" * 100), ("\ufdfa" * 150, "\ufdfa" * 100)])
def test_a_text_is_found(house, text, q):
    mine = word()
    made = product(house.bumdes, story=f"{mine} {text}")["id"]
    assert found(house.bumdes, "/v1/products", f"{mine} {q}"[:100]) == {made}


@pytest.mark.parametrize("text, q", [("kopi", "teh"), ("Kopi/Teh", "kopi-gula"), ("C.V.", "c.w."), ("Batik57", "batik58"),
                                     ("\ua98f\ua9ba\ua9b4\ua9a5\ua9b6", "\ua98f\ua9a5"), ("kopi", "...")])
def test_a_text_is_not_found(house, text, q):
    mine = word()
    product(house.bumdes, story=f"{mine} {text}")
    assert found(house.bumdes, "/v1/products", q if q == "..." else f"{mine} {q}") == set()


# Numbers


def numbered(house):
    """Records with a number, and the other spellings: (path, caller, maker, number, spellings)."""
    nib, legal = f"812{next(COUNT):05}47291", f"9{next(COUNT):04}"
    return [
        ("/v1/umkm", umkm, {"nib": nib}, [nib, nib[:8], f"{nib[:3]}-{nib[3:7]}-{nib[7:]}", f"{nib[:4]} {nib[4:8]} {nib[8:]}"]),
        ("/v1/umkm", umkm, {"external_reference": f"SIM/{nib}/2026"}, [f"sim {nib}", f"SIM/{nib[:9]}", f"sim{nib}2026"]),
        ("/v1/certifications", certification, {"number": f"ID{nib}9876"}, [f"{nib}98", f"ID {nib}", f"id{nib[:9]}"]),
        ("/v1/certifications", certification, {"kind": "pirt", "number": f"2{nib[:12]}-31"},
         [f"2{nib[:12]}", f"2{nib[:12]}31", f"2{nib[:8]}", f"2{nib[:3]} {nib[3:7]} {nib[7:12]}-31"]),
        ("/v1/village-enterprises", enterprise, {"legal_number": f"AHU-{legal}.AH.01.33.TAHUN 2019"},
         [f"AHU-{legal}.AH.01.33", f"ahu{legal}", f"AHU {legal} AH 01 33", f"AHU-{legal}.AH.01.33.TAHUN.2019",
          f"ahu{legal}ah0133tahun2019", f"{legal} ah"]),
        ("/v1/exports", export, {"documents": [{**DOCUMENT, "number": f"PEB-{nib[:6]}/{nib[6:]}"}]},
         [f"peb-{nib[:6]}", f"PEB {nib[:6]} {nib[6:]}", f"peb{nib}", nib[:6], nib]),
        ("/v1/exports", export, {"exporter_nib": nib[:12] + "9"}, [nib[:12] + "9", f"{nib[:3]}-{nib[3:12]}9", nib[:12]]),
    ]


def test_records_are_found_by_their_numbers(house):
    for where, make, members, spellings in numbered(house):
        if make is export:
            members["lines"] = [line(product(house.bumdes)["id"])]
        made = make(house.bumdes, **members)["id"]
        for q in spellings:
            assert made in found(house.bumdes, where, q), (where, q)
        for q in ("9" + spellings[0], spellings[0] + "7777"):
            assert made not in found(house.bumdes, where, q), (where, q)


def test_decrees_and_awards_are_found_by_their_numbers(house):
    digits = f"{next(COUNT):05}188"
    made = flagship(house.dinas, decree_number=f"188.45/{digits}/409.31.10/2026")["id"]
    for q in f"188.45/{digits}", digits, f"18845{digits}", f"188.45 {digits} 409", f"SK 188.45/{digits}"[3:]:
        assert made in found(house.dinas, "/v1/flagships", q), q
    made = award(house.dinas, certificate_number=f"OVOP-{digits}-017")["id"]
    for q in f"OVOP-{digits}", f"ovop{digits}017", f"{digits}-017", f"ovop {digits}":
        assert made in found(house.dinas, "/v1/star-assessments", q), q


def test_work_is_found_by_the_numbers_of_its_documents(house):
    digits = f"{next(COUNT):05}277"
    made = outcome(house.dinas, evidence=[{"kind": "report", "number": f"BA-{digits}/2026"}, {"kind": "invoice", "number": "9"}])["id"]
    kept = commitment(house.bupati)["id"]
    house.dinas.act(f"/v1/commitments/{kept}", "start")
    house.dinas.post(f"/v1/commitments/{kept}/progress",
                     {"percent": 100, "note": "Diserahkan", "proof": {**DOCUMENT, "kind": "handover", "number": f"BA-{digits}/2026"}})
    for q in f"ba-{digits}", f"BA {digits} 2026", f"ba{digits}2026", digits:
        assert made in found(house.dinas, "/v1/outcomes", q) and found(house.dinas, "/v1/commitments", q) == {kept}, q
        assert found(house.bumdes2, "/v1/commitments", q) == set()


def test_the_public_finds_no_umkm_by_its_nib(house):
    nib, mine = f"913{next(COUNT):05}47291", word()
    made = umkm(house.bumdes, name=mine, nib=nib, external_reference=f"RAHASIA-{nib}")["id"]
    publish(house, f"/v1/umkm/{made}", house.bumdes)
    assert found(house.dinas, "/v1/umkm", f"{mine} {nib[:6]}") == {made}
    assert found(house.public, "/v1/catalog/umkm", mine) == {made}
    for q in nib, nib[:4], f"{mine} {nib[:2]}", "rahasia":
        assert made not in found(house.public, "/v1/catalog/umkm", q), q


def test_a_word_is_found_after_a_correction(house):
    before, after = word(), word()
    made = umkm(house.bumdes, name=f"UD.{before}")["id"]
    house.bumdes.patch(f"/v1/umkm/{made}", {"name": f"UD.{after}"})
    assert found(house.bumdes, "/v1/umkm", after) == {made} and found(house.bumdes, "/v1/umkm", before) == set()
