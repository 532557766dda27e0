"""The statement for the most common requests of a list (`<list>.usual.sql`).

It returns the same pages as the complete statement.
"""
import itertools

import pytest

from house import BALEREJO, WLINGI
from records import enterprise, product, publish, umkm

# Matches every row, but only the complete statement has this filter.
WHOLE = {"updated_at_gte": "2000-01-01T00:00:00Z"}
OTHER, NOBODYS = "35.05.18.2008", "35.05.18.2010"


@pytest.fixture(scope="module")
def callers(house):
    """The callers, by name.

    Products belong to three villages. Some share a name, two are deleted, three are joint.
    """
    writer = house.person("usual", "bumdes", [WLINGI[0], OTHER])
    for village, names in (WLINGI[0], ("Emping", "Emping", "emping", "1 kilo", "Zaitun", "Élan")), (OTHER, ("Emping", "Abon")):
        maker = umkm(writer, village)["id"]
        made = [product(writer, village, umkm_id=maker, name=name) for name in names]
        writer.delete(f"/v1/products/{made[-1]['id']}")
    publish(house, f"/v1/umkm/{maker}", writer)  # the maker of the last village
    publish(house, f"/v1/products/{made[0]['id']}", writer)
    for lead, partners in (WLINGI[0], [*WLINGI]), (WLINGI[1], [*WLINGI]), (OTHER, [OTHER, WLINGI[0]]):
        joint = enterprise(house.dinas, lead, villages=partners, kind="bumdesma")["id"]
        product(house.dinas, lead, village_enterprise_id=joint, villages=partners, name="Emping")
    return {"dinas": house.dinas, "bupati": house.bupati, "bumdes": writer,
           "partner": house.person("usual-partner", "bumdes", [WLINGI[1]]),
           "stranger": house.person("usual-none", "bumdes", [NOBODYS]),
           "system": house.system("usual-system", ["register:read"], [OTHER]),
           "reader": house.system("usual-reader", ["register:read"], ["district"])}


@pytest.mark.parametrize("who", ["dinas", "bupati", "bumdes", "partner", "stranger", "system", "reader"])
def test_its_pages_are_those_of_the_whole_statement(callers, who):
    seen = 0
    for villages, status, more in itertools.product(
            ([WLINGI[0]], [WLINGI[1]], [OTHER, WLINGI[0]], [*WLINGI, OTHER, OTHER]),
            ({}, {"status": "draft"}, {"status": "published,draft"}, {"status": "archived"}),
            ({"limit": 1}, {"limit": 3, "expand": "village,producer"}, {"limit": 200, "sort": "name"})):
        asked = {"village_code": ",".join(villages), **status, **more}
        usual = list(callers[who].pages("/v1/products", **asked))
        assert usual == list(callers[who].pages("/v1/products", **asked, **WHOLE)), asked
        seen += len(usual)
        # Only the complete statement can return a total.
        for first, second in ({}, {"count": "exact"}), ({"count": "exact"}, {}):
            page = callers[who].get("/v1/products", params={**asked, **first}).json()["page"]
            if page["has_more"]:
                after = {**asked, **second, "cursor": page["next_cursor"]}
                assert callers[who].get("/v1/products", params=after).json()["data"] == usual[more["limit"]:][:more["limit"]], after
    assert (seen == 0) == (who == "stranger")


def test_it_is_taken_for_what_it_answers_and_for_nothing_else(build):
    """The usual statement keeps its plan. The complete one is planned for its values.

    This also holds for both on one connection. test_settings.py tests the settings.
    """
    house = build().prepare().start()
    house.log_plans()
    village = {"village_code": BALEREJO}
    for params, usual in [
            (village, True), ({}, False), ({**village, "sort": "name"}, True), ({**village, "sort": "-name"}, False),
            ({**village, "count": "exact"}, False), ({**village, "status": "draft", "expand": "producer", "limit": 5}, True),
            ({"status": "draft"}, False), ({**village, "q": "kopi"}, False), ({**village, **WHOLE}, False),
            ({**village, "status_ne": "draft"}, False), ({"district_code": "35.05.17"}, False), (village, True)]:
        before = house.cluster.log.stat().st_size
        house.dinas.get("/v1/products", params=params)
        logged = house.cluster.log.read_text(errors="replace")[before:]
        assert ("product_page(" in logged, "with hit as" in logged) == (usual, not usual), params
        asked = logged[logged.index("product_page(" if usual else "with hit as"):]
        settings = ("plan_cache_mode = 'force_generic_plan'", "plan_cache_mode = 'force_custom_plan'", "enable_sort")
        assert [one in asked for one in settings] == [usual, not usual, False], params
