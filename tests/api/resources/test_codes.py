"""Codes of KBLI and HS: forms, editions, and codes that the service's lists do not have."""
import pytest

from client import problem
from house import BALEREJO, JEDING
from records import body, enterprise, export, line, product, publish, umkm


def warned(record):
    return [(one["pointer"], one["code"]) for one in record["warnings"]]


def of_umkm(house, **members):
    return umkm(house.bumdes, **{"kbli_code": None, "kbli_edition": None, **members}), "", "kbli"


def of_unit(house, **members):
    return enterprise(house.bumdes, unit_businesses=[{"name": "Warung"}, {"name": "Kopi", **members}]), "/unit_businesses/1", "kbli"


def of_product(house, **members):
    return product(house.bumdes, **{"hs_code": None, "hs_edition": None, **members}), "", "hs"


def of_line(house, **members):
    good = line(product(house.bumdes)["id"])
    other = {name: value for name, value in good.items() if not name.startswith("hs_")}
    return export(house.bumdes, lines=[good, {**other, **members}]), "/lines/1", "hs"


MAKERS = {"umkm": of_umkm, "unit": of_unit, "product": of_product, "line": of_line}
KBLI, HS = ("umkm", "unit"), ("product", "line")


def at(record, place):
    for step in place.split("/")[1:]:
        record = record[int(step)] if step.isdigit() else record[step]
    return record


def made(house, who, **members):
    """Makes a record with these codes. Returns the object that has them, and what the record warns about them."""
    record, place, noun = MAKERS[who](house, **members)
    shown = at(record, place)
    warnings = [(pointer.rsplit("/", 1)[1], code) for pointer, code in warned(record)
                if pointer.rsplit("/", 1)[0] == place and pointer.rsplit("/", 1)[1].startswith(noun)]
    return (shown[noun + "_code"], shown[noun + "_edition"]), warnings


@pytest.mark.parametrize("who, code, edition", [(who, *one) for who in KBLI for one in (
    ("56109", "2020"), ("47711", "2025"), ("99999", "2020"), ("01111", "2025"))]
    + [(who, *one) for who in HS for one in (("84799090", "btki2022"), ("0101.21.00", "btki2022"))])
def test_a_code_that_is_not_in_the_list_is_taken_with_a_warning(house, who, code, edition):
    noun = "kbli" if who in KBLI else "hs"
    (kept, of), warnings = made(house, who, **{noun + "_code": code, noun + "_edition": edition})
    assert (kept, of) == (code.replace(".", ""), edition)
    assert (noun + "_code", "unlisted") in warnings
    assert ((noun + "_edition", "superseded") in warnings) == (edition == "2020")


@pytest.mark.parametrize("who", HS)
@pytest.mark.parametrize("code, kept", [
    ("1905.90.90", "19059090"), ("0901.21", "090121"), ("0901.2111", "09012111"), ("09.01.21.11", "09012111"),
    ("0901 21 11", "09012111"), ("2403", "2403"), ("24.03", "2403"), ("090121", "090121")])
def test_dots_and_spaces_of_an_hs_code_are_taken_away(house, who, code, kept):
    (shown, edition), warnings = made(house, who, hs_code=code)
    assert (shown, edition) == (kept, "btki2022")
    listed = {one["code"] for one in house.public.pages("/v1/reference/hs", limit=200)}
    assert (("hs_code", "unlisted") in warnings, ("hs_code", "hs_heading") in warnings) == (kept not in listed, len(kept) < 8)


@pytest.mark.parametrize("who", KBLI)
@pytest.mark.parametrize("code, edition", [
    ("10761", "2025"),  # in both editions: the present one
    ("10391", "2020"),  # only in the old one
    ("10307", "2025"), ("56109", "2025"), ("56.109", "2025"), ("56 10 9", "2025")])
def test_a_kbli_code_alone_gets_its_edition(house, who, code, edition):
    assert made(house, who, kbli_code=code)[0] == (code.replace(".", "").replace(" ", ""), edition)
    assert made(house, who, kbli_code=code, kbli_edition=None)[0][1] == edition


@pytest.mark.parametrize("who", KBLI + HS)
def test_an_edition_that_the_list_does_not_know_is_refused(house, who):
    if who == "umkm":
        return  # the contract names the editions
    noun = "kbli" if who in KBLI else "hs"
    nouns = {"unit": ("/v1/village-enterprises", "village_enterprise_create"), "product": ("/v1/products", "product_create"),
             "line": ("/v1/exports", "export_create")}
    members = {noun + "_code": "56109" if noun == "kbli" else "190590", noun + "_edition": "1999"}
    pointer = "/" + noun + "_edition"
    if who == "unit":
        members, pointer = {"unit_businesses": [{"name": "Kopi", **members}]}, "/unit_businesses/0" + pointer
    elif who == "line":
        members, pointer = {"lines": [{**line(product(house.bumdes)["id"]), **members}]}, "/lines/0" + pointer
    where, operation = nouns[who]
    sent = body(house.contract, operation, **{"village_code": BALEREJO, **members})
    assert (pointer, "exists") in problem(house.bumdes.post(where, sent, 422))[1]


@pytest.mark.parametrize("noun, code", [("kbli", one) for one in (
    "", "5", "561", "5610", "561091", "00123", "5610A", "56-10-9", "٥٦١٠٩")] + [("hs", one) for one in (
        "", "19", "190", "19059", "1905909", "190590900", "1905.90.90.00", "0012.34.56", "1905,90")])
def test_a_code_that_cannot_be_is_refused(house, noun, code):
    where, operation = {"kbli": ("/v1/umkm", "umkm_create"), "hs": ("/v1/products", "product_create")}[noun]
    sent = body(house.contract, operation, **{"village_code": BALEREJO, noun + "_code": code})
    assert f"/{noun}_code" in dict(problem(house.bumdes.post(where, sent, 422))[1])


def test_a_patch_of_a_code_alone_asks_for_its_edition_again(house):
    where = f"/v1/umkm/{umkm(house.bumdes, kbli_code='10763', kbli_edition='2020')['id']}"

    def patched(**members):
        now = house.bumdes.patch(where, members).json()
        return now["kbli_code"], now["kbli_edition"]

    assert patched(kbli_code="10763") == ("10763", "2020"), "the same code keeps its edition"
    assert patched(name="Nama lain") == ("10763", "2020")
    assert patched(kbli_code="10762") == ("10762", "2025"), "in 2020 this code meant something else"
    assert patched(kbli_edition="2020") == ("10762", "2020")
    assert patched(kbli_edition=None) == ("10762", "2025")
    assert patched(kbli_code="10761", kbli_edition="2020") == ("10761", "2020")
    assert patched(kbli_code=None) == (None, None)
    assert problem(house.bumdes.patch(where, {"kbli_edition": "2020"}, status=422))[1] == [("/kbli_edition", "together")]
    goods = f"/v1/products/{product(house.bumdes, hs_code='0901.21.20')['id']}"
    assert house.bumdes.patch(goods, {"hs_code": "1905.90"}).json()["hs_code"] == "190590"
    assert house.bumdes.patch(goods, {"hs_code": None}).json()["hs_edition"] is None


def test_a_change_request_keeps_the_code_as_it_will_be(house):
    where = f"/v1/umkm/{umkm(house.bumdes)['id']}"
    publish(house, where, house.bumdes)
    house.bumdes.patch(where, {"kbli_code": "56.109"})
    asked = {one["member"]: one["new"] for one in house.dinas2.get(where + "/change-request").json()["changes"]}
    assert asked == {"kbli_code": "56109"}
    now = house.dinas2.act(where + "/change-request", "verify").json()
    assert (now["kbli_code"], now["kbli_edition"]) == ("56109", "2025") and ("/kbli_code", "unlisted") in warned(now)


def test_lists_take_a_code_as_people_write_it(house):
    goods = product(house.bumdes, hs_code="8479.89.39")
    for code in ("84798939", "8479.89.39", "8479 89 39", "8479.8938,8479.8939"):
        assert [one["id"] for one in house.bumdes.pages("/v1/products", hs_code=code)] == [goods["id"]], code
    publish(house, f"/v1/products/{goods['id']}", house.bumdes)
    shown, = house.public.pages("/v1/catalog/products", hs_code="8479.89.39")
    assert (shown["id"], shown["hs_code"]) == (goods["id"], "84798939")
    business = umkm(house.bumdes2, JEDING, kbli_code="96.099")
    assert [one["id"] for one in house.bumdes2.pages("/v1/umkm", kbli_code="96.099")] == [business["id"]]
    publish(house, f"/v1/umkm/{business['id']}", house.bumdes2)
    assert [one["id"] for one in house.public.pages("/v1/catalog/umkm", kbli_code="96 099")] == [business["id"]]
    assert [one["code"] for one in house.public.pages("/v1/catalog/villages", kbli_code="96.09.9")] == [JEDING]
    joint = enterprise(house.bumdes2, JEDING, unit_businesses=[{"name": "Jasa", "kbli_code": "96098"}])
    assert [one["id"] for one in house.bumdes2.pages("/v1/village-enterprises", kbli_code="96 098")] == [joint["id"]]
    assert [one["code"] for one in house.public.pages("/v1/reference/hs", code="0901.21.11")] == ["09012111"]


def test_the_public_reads_an_unlisted_code_without_a_name(house):
    business = umkm(house.bumdes2, JEDING, kbli_code="95299", kbli_edition="2025")
    publish(house, f"/v1/umkm/{business['id']}", house.bumdes2)
    shown = house.public.get(f"/v1/catalog/umkm/{business['id']}").json()
    assert (shown["kbli_code"], shown["kbli_edition"], shown["kbli_name"]) == ("95299", "2025", None)
    of_village = house.public.get(f"/v1/catalog/villages/{JEDING}").json()["activities"]
    assert {"kbli_code": "95299", "kbli_edition": "2025", "name": None, "name_en": None, "umkm_count": 1} in of_village
    of = enterprise(house.bumdes2, JEDING, unit_businesses=[{"name": "Reparasi", "kbli_code": "95299"}])
    publish(house, f"/v1/village-enterprises/{of['id']}", house.bumdes2)
    unit, = house.public.get(f"/v1/catalog/village-enterprises/{of['id']}").json()["unit_businesses"]
    assert (unit["kbli_code"], unit["kbli_name"]) == ("95299", None)


def test_a_code_joins_the_list_and_the_warning_goes(house):
    business = umkm(house.bumdes, kbli_code="82999")
    assert ("/kbli_code", "unlisted") in warned(business)
    added = house.dinas.post("/v1/reference/kbli", {"code": "82.999", "edition": "2025", "name": "Jasa lain", "name_en": "Others"})
    assert added.json()["code"] == "82999"
    assert ("/kbli_code", "unlisted") not in warned(house.bumdes.get(f"/v1/umkm/{business['id']}").json())


@pytest.mark.parametrize("where, operation, member, value", [
    ("/v1/products", "product_create", "category", "nirkode"), ("/v1/exports", "export_create", "destination_country", "XQ"),
    ("/v1/buyers", "buyer_create", "country_code", "XQ")])
def test_closed_lists_stay_closed(house, where, operation, member, value):
    sent = body(house.contract, operation, **{"village_code": BALEREJO, member: value})
    assert ("/" + member, "exists") in problem(house.bumdes.post(where, sent, 422))[1]
