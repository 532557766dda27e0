"""Exports: computed values, documents, effect on market reach, and public totals."""
import itertools
import json

import pytest

from client import problem
from house import BALEREJO, JEDING
from records import body, buyer, enterprise, export, line, product, umkm, verify

NIBS = (f"9120{n:09}" for n in itertools.count(1))

PEB = {"kind": "peb", "number": "004521", "date": "2026-02-27", "issuer": "KPPBC Blitar"}
INVOICE, STATEMENT = {"kind": "invoice", "number": "INV/12"}, {"kind": "statement", "number": "1"}
SKA, PHYTO = {"kind": "ska", "number": "0012345/SBY/2026"}, {"kind": "phytosanitary", "number": "P-1"}
NOTE = {"kind": "consignment_note", "number": "C-1"}


def path(made):
    return f"/v1/exports/{made['id']}"


def refused(house, **members):
    sent = body(house.contract, "export_create", **{"village_code": BALEREJO, **members})
    return problem(house.bumdes.post("/v1/exports", sent, 422))[1]


def reach(house, id):
    return house.dinas.get(f"/v1/products/{id}").json()["market_reach"]


# Computed members


@pytest.mark.parametrize("fob, rate, rupiah", [
    ("4515", "16000", 72240000), ("0.5", "1", 1), ("1.5", "1", 2), ("2.5", "1", 3), ("0.4999", "1", 0),
    ("1000.05", "16234.5", 16235312),
    ("9999999999.9999", "900000", 8999999999999910), ("12.3456", "108.123456", 1335),
])
def test_rupiah_are_rounded_half_up_to_whole_ones(house, fob, rate, rupiah):
    made = export(house.bumdes, lines=[line(product(house.bumdes)["id"], fob=fob, rate=rate)])
    assert (made["lines"][0]["fob_idr"], made["fob_idr"]) == (rupiah, rupiah)


def test_lines_are_rounded_and_then_added(house):
    coffee = product(house.bumdes)["id"]
    made = export(house.bumdes, lines=[line(coffee, fob="0.5", rate="1", quantity_kg="0.125"),
                                       line(coffee, fob="0.5", rate="1", quantity_kg="10")])
    assert ([one["fob_idr"] for one in made["lines"]], made["fob_idr"], made["quantity_kg"]) == ([1, 1], 2, "10.125")
    changed = house.bumdes.patch(path(made), {"lines": [line(coffee, currency="IDR", rate="1", fob="2500000")]}).json()
    assert (changed["fob_idr"], changed["quantity_kg"]) == (2500000, "600")


def test_the_producers_are_those_of_the_products(house):
    business, firm = umkm(house.bumdes), enterprise(house.bumdes)
    lines = [line(product(house.bumdes, umkm_id=business["id"])["id"]),
             line(product(house.bumdes, umkm_id=None, village_enterprise_id=firm["id"])["id"])]
    made = export(house.bumdes, lines=lines, exporter_name="PT Dagang Uji", mode="aggregator")
    assert (made["umkm_ids"], made["village_enterprise_ids"]) == ([business["id"]], [firm["id"]])


@pytest.mark.parametrize("documents, grade", [
    ([PEB], "A"), ([NOTE, STATEMENT], "A"), ([INVOICE], "B"), ([SKA], "B"), ([PHYTO, STATEMENT], "B"), ([STATEMENT], "C"),
    ([], None),
])
def test_the_grade_follows_from_the_documents(house, documents, grade):
    made = export(house.bumdes, documents=documents)
    assert made["evidence_grade"] == grade
    assert [one["kind"] for one in made["documents"]] == [one["kind"] for one in documents]
    if grade != "A":
        assert house.bumdes.patch(path(made), {"documents": [PEB]}).json()["evidence_grade"] == "A"


# Documents in several exports


def elsewhere(reader, made):
    """Returns which documents are in other exports, and the ids that the reader sees."""
    return {one["pointer"]: one.get("records", []) for one in reader.get(path(made)).json()["warnings"]
            if one["code"] == "document_elsewhere"}


def test_a_document_of_another_export_warns_both(house):
    other = {"kind": "ska", "number": "771001"}
    first = export(house.bumdes, documents=[{"kind": "invoice", "number": "DUA-1"}, {"kind": "peb", "number": "771-001"}])
    assert elsewhere(house.bumdes, first) == {}
    second = export(house.bumdes2, JEDING, documents=[{"kind": "peb", "number": "771 0.0/1"}, other])
    assert elsewhere(house.dinas, first) == {"/documents/1/number": [second["id"]]}
    assert elsewhere(house.dinas, second) == {"/documents/0/number": [first["id"]]}
    assert elsewhere(house.bumdes2, second) == {"/documents/0/number": []}, "the other village's export stays unnamed"
    assert BALEREJO not in house.bumdes2.get(path(second)).text
    for made, who in ((first, house.bumdes), (second, house.bumdes2)):
        verify(house, path(made), who)  # exporters may share a consignment
    assert elsewhere(house.dinas, first) == {"/documents/1/number": [second["id"]]}
    assert elsewhere(house.village_exporter, first) == {"/documents/1/number": []}
    rows = {one["id"]: one for one in house.dinas.pages("/v1/exports", id=f"{first['id']},{second['id']}")}
    assert all("document_elsewhere" in str(one["warnings"]) for one in rows.values())


@pytest.mark.parametrize("way", ["delete", "reject", "archive", "change"])
def test_a_document_that_counts_nowhere_else_warns_nobody(house, way):
    paper = {"kind": "peb", "number": f"88-{way}"}
    first, second = export(house.bumdes, documents=[paper]), export(house.bumdes, documents=[paper])
    assert elsewhere(house.bumdes, second) == {"/documents/0/number": [first["id"]]}
    if way == "delete":
        house.bumdes.delete(path(first))
    elif way == "change":
        house.bumdes.patch(path(first), {"documents": [{"kind": "peb", "number": "88-lain"}]})
    else:
        house.bumdes.act(path(first), "submit")
        if way == "archive":
            house.dinas.act(path(first), "verify")
        house.dinas.act(path(first), way, note="Tercatat dua kali")
    assert elsewhere(house.bumdes, second) == {}


@pytest.mark.parametrize("one, other, same", [
    ({"kind": "peb", "number": "ab-1"}, {"kind": "peb", "number": "AB 1"}, True),
    ({"kind": "peb", "number": "01"}, {"kind": "peb", "number": "1"}, False),
    ({"kind": "invoice", "number": "F/9"}, {"kind": "ska", "number": "F/9"}, False),
    ({"kind": "invoice", "number": "--"}, {"kind": "invoice", "number": "//"}, False),
])
def test_a_document_is_its_kind_and_number_in_any_spelling(house, one, other, same):
    keys, = house.rows("select export_document_keys(%s) = export_document_keys(%s) as same, export_document_keys(%s) <> '{}' as any",
                       [*(json.dumps([paper]) for paper in (one, other, one))])
    assert (keys.same and keys.any) == same


# Errors and warnings


@pytest.mark.parametrize("member, value, code", [
    ("destination_country", "ID", "abroad"), ("destination_country", "XQ", "exists"), ("port_code", "JPXXX", "exists"),
    ("incoterm", "XXX", "exists"),
    ("exported_on", "2100-01-01", "future"), ("buyer_id", "01890a5d-ac96-774b-bcce-b302099a8057", "exists"),
    ("exporter_nib", "12345678901x3", "pattern"), ("lines", [], "too_few_items"),
])
def test_an_export_makes_sense(house, member, value, code):
    assert ("/" + member, code) in refused(house, **{"lines": [line(product(house.bumdes)["id"])], member: value})


@pytest.mark.parametrize("member, value, code", [
    ("hs_edition", "btki1900", "exists"), ("hs_code", "0901112", "pattern"), ("currency", "QQQ", "exists"),
    ("quantity_kg", "0", "range"), ("quantity_kg", "1,5", "pattern"),
    ("fob", "0", "range"), ("rate", "0", "range"), ("fob", "-1", "pattern"), ("fob", "1.23456", "pattern"),
    ("product_id", "01890a5d-ac96-774b-bcce-b302099a8057", "exists"),
])
def test_a_line_makes_sense(house, member, value, code):
    good = line(product(house.bumdes)["id"])
    assert ("/lines/1/" + member, code) in refused(house, lines=[good, {**good, member: value}])


def test_rupiah_are_worth_what_they_are(house):
    assert refused(house, lines=[line(product(house.bumdes)["id"], currency="IDR", rate="2")]) == [("/lines/0/rate", "rupiah")]


def test_a_sum_that_json_cannot_hold_is_refused(house):
    assert refused(house, lines=[line(product(house.bumdes)["id"], fob="9999999999", rate="999999")]) == [("/lines", "range")]


def test_a_sample_may_be_worth_nothing(house):
    assert export(house.bumdes, mode="hand_carried_sample", lines=[line(product(house.bumdes)["id"], fob="0")])["fob_idr"] == 0


def test_a_product_or_buyer_of_another_village_does_not_exist(house):
    assert refused(house, lines=[line(product(house.bumdes2, JEDING)["id"])]) == [("/lines/0/product_id", "exists")]
    assert refused(house, lines=[line(product(house.bumdes)["id"])],
                   buyer_id=buyer(house.bumdes2, JEDING)["id"]) == [("/buyer_id", "exists")]


def test_a_document_of_tomorrow_is_refused(house):
    assert refused(house, lines=[line(product(house.bumdes)["id"])],
                   documents=[{**PEB, "date": "2100-01-01"}]) == [("/documents/0/date", "future")]


@pytest.mark.parametrize("members, warning", [
    ({"documents": [PEB]}, None), ({"documents": [{**PEB, "number": "05023002A1B220260227004521"}]}, None),
    ({"documents": [{**PEB, "number": "4521"}]}, ("/documents/0/number", "document_number")),
    ({"documents": [PEB, {**SKA, "number": "x"}]}, ("/documents/1/number", "document_number")),
    ({"documents": [NOTE]}, ("/documents", "parcel_limit")),
])
def test_unlikely_documents_only_warn(house, members, warning):
    made = export(house.bumdes, **members)
    said = [(one["pointer"], one["code"]) for one in made["warnings"] if one["code"] != "document_elsewhere"]
    assert said == ([warning] if warning else [])


def test_an_export_belongs_to_the_scope(house):
    mine = [line(product(house.bumdes)["id"])]
    for client in (house.bumdes, house.village_exporter):
        sent = body(house.contract, "export_create", village_code=JEDING, lines=mine)
        assert ("/village_code", "scope") in problem(client.post("/v1/exports", sent, 422))[1]
    made = export(house.village_exporter, lines=mine)
    assert made["source"] == house.village_exporter.client_id and set(made["allowed_actions"]) == {"update", "submit", "delete"}
    assert refused(house, lines=mine, village_code="35.05.17.2001") == [("/village_code", "exists")]


# Effects of a verification


def test_to_submit_needs_a_document(house):
    made = export(house.bumdes, documents=[])
    assert problem(house.bumdes.act(path(made), "submit", status=422))[1] == [("/documents", "required")]


def test_its_writer_does_not_verify_it(house):
    made = export(house.bumdes)
    house.dinas.patch(path(made), {"incoterm": "CIF"})
    house.bumdes.act(path(made), "submit")
    assert problem(house.dinas.act(path(made), "verify", status=403))[1] == [("/status", "verifier_wrote")]
    house.dinas2.act(path(made), "verify")
    house.dinas2.act(path(made), "publish", status=403)


def test_a_verified_export_makes_its_products_international_and_a_reversed_one_takes_it_back(house):
    coffee = product(house.bumdes)["id"]
    made = export(house.bumdes, lines=[line(coffee)])
    house.bumdes.act(path(made), "submit")
    assert reach(house, coffee) is None
    house.dinas2.act(path(made), "verify")
    assert reach(house, coffee) == "international"
    step, = house.bumdes.get(f"/v1/products/{coffee}/market-steps").json()["data"]
    assert (step["export_id"], step["reached_on"], step["state"]) == (made["id"], made["exported_on"], "effective")
    assert "JP" in step["evidence"] and "(A)" in step["evidence"]
    house.bumdes.patch(path(made), {"incoterm": "CIF"}, status=409)
    house.dinas2.act(path(made), "request_revision", note="PEB keliru")
    assert reach(house, coffee) is None
    steps = house.bumdes.get(f"/v1/products/{coffee}/market-steps").json()["data"]
    assert sorted(one["state"] for one in steps) == ["reversed", "reversing"]
    assert [one["evidence"] for one in steps if one["state"] == "reversing"] == ["PEB keliru"]
    house.bumdes.patch(path(made), {"documents": [INVOICE]})
    verify(house, path(made), house.bumdes)
    assert reach(house, coffee) == "international"
    house.dinas2.act(path(made), "archive")
    assert reach(house, coffee) is None


def test_two_exports_hold_a_product_up_until_both_are_taken_back(house):
    coffee = product(house.bumdes)["id"]
    both = [export(house.bumdes, lines=[line(coffee)]) for _ in range(2)]
    for one in both:
        verify(house, path(one), house.bumdes)
    house.dinas2.act(path(both[0]), "archive")
    assert reach(house, coffee) == "international"
    house.dinas2.act(path(both[1]), "archive")
    assert reach(house, coffee) is None


@pytest.mark.parametrize("members", [{"documents": [STATEMENT]}, {"mode": "hand_carried_sample"}])
def test_a_statement_or_a_sample_lifts_nothing(house, members):
    coffee = product(house.bumdes)["id"]
    assert verify(house, path(export(house.bumdes, lines=[line(coffee)], **members)), house.bumdes)["status"] == "verified"
    assert reach(house, coffee) is None


# Lists


@pytest.mark.parametrize("sort", ["exported_on", "-exported_on", "updated_at", "-updated_at"])
def test_exports_are_found_by_what_one_knows_of_them(house, sort):
    sold_to, coffee = buyer(house.bumdes), product(house.bumdes)
    mine = export(house.bumdes, buyer_id=sold_to["id"], lines=[line(coffee["id"])], exporter_name="Kopi Uji",
                  exported_on="2025-03-01", documents=[INVOICE])
    theirs = export(house.bumdes2, JEDING, mode="aggregator", destination_country="CN", exported_on="2025-05-01")
    verify(house, path(theirs), house.bumdes2)
    both = f"{mine['id']},{theirs['id']}"
    for filter, found in [
        ({}, {mine["id"], theirs["id"]}), ({"product_id": coffee["id"]}, {mine["id"]}),
        ({"umkm_id": coffee["umkm_id"]}, {mine["id"]}), ({"village_enterprise_id": coffee["id"]}, set()),
        ({"buyer_id": sold_to["id"]}, {mine["id"]}), ({"destination_country": "CN"}, {theirs["id"]}),
        ({"mode": "direct"}, {mine["id"]}), ({"evidence_grade": "A,C"}, {theirs["id"]}),
        ({"status": "verified"}, {theirs["id"]}), ({"status_ne": "verified"}, {mine["id"]}),
        ({"village_code": JEDING}, {theirs["id"]}), ({"district_code": "35.05.17"}, {mine["id"]}),
        ({"exported_on_gte": "2025-04-01"}, {theirs["id"]}), ({"exported_on_lte": "2025-04-01"}, {mine["id"]}),
        ({"q": "kopi uji"}, {mine["id"]}),
    ]:
        rows = list(house.dinas.pages("/v1/exports", id=both, limit=1, sort=sort, **filter))
        assert {row["id"] for row in rows} == found and len(rows) == len(found), filter


# Totals. Each test uses another year. A name has the same NIB in all of them.


NIB = {}


def sell(house, year, exporter, country="JP", chapter="09", action="verify", **members):
    members.setdefault("exporter_nib", NIB.setdefault(exporter, next(NIBS)))
    goods = line(product(house.bumdes)["id"], hs_code=chapter + "011120", quantity_kg="100", fob="1000", rate="15000")
    made = export(house.bumdes, exporter_name=exporter, destination_country=country, exported_on=f"{year}-06-01",
                  documents=[INVOICE], lines=[goods], **members)
    if action == "verify":
        verify(house, path(made), house.bumdes)
    return made


def totals(house, year, **filters):
    rows = house.public.get("/v1/catalog/exports/totals", params={"year": year, **filters}).json()["data"]
    figures = ("exporters", "shipments", "quantity_kg", "fob_idr")
    return {(row["hs_chapter"], row["country_code"]): tuple(row[name] for name in figures) for row in rows}


def test_a_total_of_three_exporters_is_published(house):
    for exporter in ("PT Satu Uji", "CV Dua Uji", "Tiga Uji"):
        sell(house, 1991, exporter)
    assert totals(house, 1991) == {("09", "JP"): (3, 3, "300", "45000000")}
    again = sell(house, 1991, "PT. SATU UJI")
    assert totals(house, 1991) == {("09", "JP"): (3, 4, "400", "60000000")}
    house.dinas2.act(path(again), "archive")
    assert totals(house, 1991) == {("09", "JP"): (3, 3, "300", "45000000")}


def test_a_draft_a_submitted_one_and_a_sample_count_for_nothing(house):
    sell(house, 1992, "Satu Uji", action=None)
    house.bumdes.act(path(sell(house, 1992, "Dua Uji", action=None)), "submit")
    sell(house, 1992, "Tiga Uji", mode="hand_carried_sample")
    assert totals(house, 1992) == {}


def test_a_total_of_fewer_than_three_exporters_is_suppressed(house):
    for exporter in ("Satu Uji", "Dua Uji"):
        sell(house, 1993, exporter)
    assert totals(house, 1993) == {(None, None): (None, None, None, None)}
    row, = house.public.get("/v1/catalog/exports/totals", params={"year": 1993}).json()["data"]
    assert row["suppressed"] is True


def test_small_totals_are_published_together_from_three_exporters(house):
    for exporter, country in (("Satu Uji", "JP"), ("Dua Uji", "CN"), ("Tiga Uji", "US")):
        sell(house, 1994, exporter, country)
    assert totals(house, 1994) == {(None, None): (3, 3, "300", "45000000")}
    assert totals(house, 1994, country_code="JP") == {}


def test_a_small_rest_is_merged_with_the_smallest_other_total(house):
    """Otherwise a reader who knows the sum of the year could compute it by subtraction."""
    for exporter in ("Satu Uji", "Dua Uji", "Tiga Uji", "Empat Uji"):
        sell(house, 1995, exporter)
    for exporter in ("Satu Uji", "Dua Uji", "Tiga Uji"):
        sell(house, 1995, exporter, "CN")
    assert set(totals(house, 1995)) == {("09", "JP"), ("09", "CN")}
    sell(house, 1995, "Lima Uji", "US")
    assert totals(house, 1995) == {("09", "JP"): (4, 4, "400", "60000000"), (None, None): (4, 4, "400", "60000000")}


def test_totals_name_nobody_and_page_like_any_list(house):
    for chapter in ("09", "18", "92"):
        for exporter in ("Satu Uji", "Dua Uji", "Tiga Uji"):
            sell(house, 1996, exporter, chapter=chapter)
    rows = list(house.public.pages("/v1/catalog/exports/totals", year=1996, limit=1))
    assert [row["hs_chapter"] for row in rows] == ["92", "18", "09"]
    assert "Uji" not in house.public.get("/v1/catalog/exports/totals", params={"year": 1996}).text
    assert set(totals(house, 1996, hs_chapter="18")) == {("18", "JP")}


def test_totals_that_are_computed_again_are_the_same(house):
    """`ovopd migrate` computes them after each change of a function."""
    for exporter in ("PT Ulang Satu", "PT Ulang Dua"):
        sell(house, 1997, exporter)
    sell(house, 1997, "Ulang Tiga", exporter_nib=None)
    asked, kept = "select * from export_total t order by t::text", totals(house, 1997)
    before = house.rows(asked)
    house.rows("update export_total set exporter = 'OLD KEY ' || exporter; call export_totals_renew()")
    assert house.rows(asked) == before and totals(house, 1997) == kept == {("09", "JP"): (3, 3, "300", "45000000")}
