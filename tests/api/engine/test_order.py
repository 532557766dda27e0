"""Lists sort names as people do, page by page, in both directions."""
import pathlib
import re
import subprocess

import pytest

from cluster import BIN
from named import makers, word

SCRIPT = pathlib.Path(__file__).resolve().parents[3] / "service/deploy/collation.sql"
NAMES = ["2 Rasa", "10 Rasa", "apel", "Apel", "Apel 2", "Apel 10", "\u00c9clair", "Eclair B", "Kopi", "Kopi Susu", "Kopian",
         "Zaitun", "Zaitun"]
# The keys of a sort that are no names.
OTHERS = re.compile(r"-?(.*_(at|on|until|from)|code|year|month)")
SEEDED = {"village_list": "/v1/villages", "district_list": "/v1/districts", "catalog_village_list": "/v1/catalog/villages"}
# An account's own name has only small letters, digits and `.-_`.
ACCOUNTS = {"user_list": ("/v1/users", {"full_name": "Uji", "role": "dinas"}, "username"),
            "service_account_list": ("/v1/service-accounts",
                                     {"name": "Uji", "scopes": ["register:read"], "villages": ["district"]}, "client_id")}
SORTED = {"umkm_list": "name", "product_list": "name", "village_enterprise_list": "name", "village_potential_list": "commodity",
          "training_program_list": "title", "buyer_list": "name", "reference_list": "name", "catalog_product_list": "name",
          "catalog_umkm_list": "name", "catalog_village_enterprise_list": "name"}


def test_every_list_that_sorts_by_a_name_is_tried(house):
    keys = {one.id: {key for each in one.parameters if each["name"] == "sort" for key in each["schema"]["enum"]
                     if not OTHERS.fullmatch(key)} for one in house.contract.operations.values()}
    assert {name for name, found in keys.items() if found} == {*SORTED, *SEEDED, *ACCOUNTS}
    assert all(keys[name] == {key, f"-{key}"} for name, key in SORTED.items())


@pytest.mark.parametrize("name", SORTED)
def test_names_are_in_the_order_of_the_alphabet(house, name):
    where, who, make = makers(house)[name]
    key, mine = SORTED[name], word()
    made = {make(f"{text} ({mine})"): text for text in reversed(NAMES)}
    for params in {"q": mine, "limit": 2}, {"q": mine, "limit": 200}, {"limit": 200}:
        for sort, wanted in (key, NAMES), (f"-{key}", NAMES[::-1]):
            rows = [one for one in who.pages(where, sort=sort, **params) if one["id"] in made]
            assert [made[one["id"]] for one in rows] == wanted, params
            twice = [one["id"] for one in rows if made[one["id"]] == "Zaitun"]
            assert twice == sorted(twice, reverse=sort[0] == "-")


def test_the_usual_page_of_products_has_this_order(house):
    _, who, make = makers(house)["product_list"]
    mine = word()
    made = {make(f"{text} ({mine})"): text for text in reversed(NAMES)}
    village, = {one["village_code"] for one in who.pages("/v1/products", q=mine)}
    for limit in 3, 200:
        rows = who.pages("/v1/products", village_code=village, limit=limit)
        assert [made[one["id"]] for one in rows if one["id"] in made] == NAMES


@pytest.mark.parametrize("name", SEEDED)
def test_regions_are_in_the_order_of_their_names(house, name):
    rows = [(one["name"], one["code"]) for one in house.public.pages(SEEDED[name], sort="name", limit=50)]
    assert rows == sorted(rows, key=lambda row: (row[0].casefold(), row[1]))
    assert rows == [(one["name"], one["code"]) for one in house.public.pages(SEEDED[name], sort="-name", limit=50)][::-1]


@pytest.mark.parametrize("name", ACCOUNTS)
def test_accounts_are_in_the_order_of_their_numbers(house, name):
    where, fields, key = ACCOUNTS[name]
    mine = word()
    names = [f"{mine}-2", f"{mine}-9", f"{mine}-10", f"{mine}.a", f"{mine}1", f"{mine}a"]
    for one in reversed(names):
        house.admin.post(where, {**fields, key: one})
    for limit in 2, 200:
        rows = [one[key] for one in house.admin.pages(where, sort=key, limit=limit, q=mine)]
        assert rows == names
        assert rows == [one[key] for one in house.admin.pages(where, sort=f"-{key}", limit=limit, q=mine)][::-1]


# An upgrade of ICU


def test_an_order_of_another_icu_is_told_and_repaired(build):
    house = build().prepare()

    def warned():
        house.start().stop()
        lines = house.lines()
        begun = max(at for at, one in enumerate(lines) if one["event"] == "settings")
        return [one for one in lines[begun:] if one["event"] == "collation"]

    assert warned() == []
    house.rows("update pg_collation set collversion = '1.0' where collname = 'indonesian'")
    one, = warned()
    assert one["level"] == "warn" and "indonesian of version 1.0" in one["detail"] and "deploy/collation.sql" in one["detail"]

    before = house.rows("select indexrelid::regclass::text as name, pg_relation_filenode(indexrelid) as file from pg_index"
                        " where 'indonesian'::regcollation = any (indcollation)")
    assert {"umkm_name_id_idx", "village_name_code_idx", "user_account_username__unique"} <= {one.name for one in before}
    done = subprocess.run([BIN / "psql", "-qtAX", "-f", SCRIPT, house.cluster.url(house.database)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert sorted(done.stdout.split()) == sorted(one.name for one in before)
    after = house.rows("select indexrelid::regclass::text as name, pg_relation_filenode(indexrelid) as file from pg_index"
                       " where indisvalid and 'indonesian'::regcollation = any (indcollation)")
    assert not {tuple(one) for one in before} & {tuple(one) for one in after} and len(before) == len(after)
    assert warned() == []


def test_the_database_is_in_utf8(build):
    house = build()
    house.rows("create database latin_order encoding 'LATIN1' locale 'C' template template0")
    done = house.run("migrate", OVOP_MIGRATE_URL=house.cluster.url("latin_order"))
    assert done.returncode != 0 and "UTF8" in done.stderr and len(done.stderr.splitlines()) == 1
