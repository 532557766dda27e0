"""Numbers and dates that cannot be, or can hardly be: warnings, and the years that no date leaves."""
import datetime

import pytest

from client import problem
from house import BALEREJO
from records import body, certification, enterprise, export, line, product, production_report, session, umkm

YEAR = datetime.date.today().year


def warned(record):
    return [(one["pointer"], one["code"]) for one in record["warnings"]]


# The numbers of an export


def lines_of(house, **members):
    return export(house.bumdes, lines=[line(product(house.bumdes)["id"], **members)])


@pytest.mark.parametrize("currency, rate, doubtful", [
    ("USD", "16.000", True), ("USD", "16", True), ("USD", "1", True), ("USD", "160000", True), ("USD", "16000", False),
    ("USD", "5600", False), ("USD", "5500", True), ("JPY", "16000", True), ("JPY", "110.25", False), ("JPY", "110250", True),
    ("EUR", "19.300", True), ("EUR", "19300", False), ("VND", "0.63", False), ("VND", "16000", True), ("KWD", "54300", False),
    ("KWD", "16000", True), ("IDR", "1", False)])
def test_a_rate_that_cannot_be_warns(house, currency, rate, doubtful):
    made = lines_of(house, currency=currency, rate=rate)
    assert (("/lines/0/rate", "rate_implausible") in warned(made)) == doubtful
    assert made["lines"][0]["rate"] == rate, "it is kept as it was sent"


@pytest.mark.parametrize("language, words", [("id", "dibaca 16 rupiah"), ("en", "is read as 16 rupiah")])
def test_a_warning_says_what_was_understood(house, language, words):
    at = f"/v1/exports/{lines_of(house, rate='16.000')['id']}"
    shown = house.bumdes.get(at, headers={"Accept-Language": language}).json()["warnings"]
    assert words in {one["code"]: one["detail"] for one in shown}["rate_implausible"]


def test_every_currency_has_a_rate_to_compare_with(house):
    listed = list(house.public.pages("/v1/reference/currencies", limit=200))
    assert len(listed) > 50 and [one["code"] for one in listed if one["rate_idr"] is None] == []
    for one in listed:
        if one["code"] != "IDR":
            good, *wrong = (str(round(float(one["rate_idr"]) * factor, 6)) for factor in (1.5, 3.1, 0.32))
            made = export(house.bumdes, lines=[line(product(house.bumdes)["id"], currency=one["code"], rate=rate, fob="1000")
                                               for rate in (good, *wrong) if float(rate) < 999999])
            found = [pointer for pointer, code in warned(made) if code == "rate_implausible"]
            assert found == [f"/lines/{n}/rate" for n in range(1, len(made["lines"]))], one["code"]


def test_the_dinas_keeps_the_rates(house):
    peso, = house.public.pages("/v1/reference/currencies", code="ARS")
    at = f"/v1/reference/currencies/{peso['id']}"
    assert problem(house.dinas.patch(at, {"rate_idr": "0"}, status=422))[1] == [("/rate_idr", "range")]
    assert house.dinas.patch(at, {"rate_idr": "1.25"}).json()["rate_idr"] == "1.25"
    assert ("/lines/0/rate", "rate_implausible") in warned(lines_of(house, currency="ARS", rate="11.5"))
    house.dinas.patch(at, {"rate_idr": None})
    assert ("/lines/0/rate", "rate_implausible") not in warned(lines_of(house, currency="ARS", rate="900000"))
    house.dinas.patch(at, {"rate_idr": peso["rate_idr"]})


@pytest.mark.parametrize("members, expected", [
    ({"currency": "JPY", "rate": "108", "fob": "212400.50"}, ("fob", "minor_units")),
    ({"currency": "JPY", "rate": "108", "fob": "212.400"}, ("fob", "minor_units")),
    ({"currency": "KRW", "rate": "11.6", "fob": "100.0"}, ("fob", "minor_units")),
    ({"currency": "JPY", "rate": "108", "fob": "212400"}, None), ({"fob": "4515.25"}, None),
    ({"fob": "4.515", "quantity_kg": "1"}, ("fob", "minor_units")),
    ({"currency": "KWD", "rate": "54300", "fob": "4515.125"}, None),
    ({"quantity_kg": "9999999999"}, ("quantity_kg", "implausible")), ({"quantity_kg": "1000001"}, ("quantity_kg", "implausible")),
    ({"quantity_kg": "900000", "fob": "4515000"}, None),
    ({"quantity_kg": "1.500"}, ("quantity_kg", "thousands_point")), ({"quantity_kg": "600.000"}, ("quantity_kg", "thousands_point")),
    ({"quantity_kg": "12.345"}, None), ({"quantity_kg": "0.250", "fob": "10"}, None), ({"quantity_kg": "12.5"}, None),
    ({"quantity_kg": "600000", "fob": "1"}, ("fob", "implausible")), ({"quantity_kg": "0.001", "fob": "90000"}, ("fob", "implausible")),
])
def test_an_amount_that_cannot_be_warns(house, members, expected):
    found = [(pointer.rsplit("/", 1)[1], code) for pointer, code in warned(lines_of(house, **members))
             if pointer.startswith("/lines")]
    assert expected in found if expected else found == []


def test_each_line_has_its_own_warning(house):
    good = line(product(house.bumdes)["id"])
    made = export(house.bumdes, lines=[good, {**good, "rate": "16"}, {**good, "quantity_kg": "9999999999"}])
    assert [one for one in warned(made) if one[0].startswith("/lines/")] == [
        ("/lines/1/rate", "rate_implausible"), ("/lines/2/fob", "implausible"), ("/lines/2/quantity_kg", "implausible")]


# Numbers that only fill a form


@pytest.mark.parametrize("nib, doubtful", [
    ("0000000000000", True), ("1111111111111", True), ("9999999999999", True), ("1234567890123", True), ("0123456789012", True),
    ("9876543210987", True), ("9120001234567", False), ("0000020260017", False), (None, False)])
def test_a_nib_that_is_a_placeholder_warns(house, nib, doubtful):
    at = f"/v1/umkm/{umkm(house.bumdes, nib=None)['id']}"
    assert (("/nib", "placeholder") in warned(house.bumdes.patch(at, {"nib": nib}).json())) == doubtful
    house.bumdes.delete(at)
    shipped = export(house.bumdes, exporter_nib=nib)
    assert (("/exporter_nib", "placeholder") in warned(shipped)) == doubtful


def test_other_numbers_are_placeholders_too(house):
    made = enterprise(house.bumdes, legal_number="AHU-00000.AH.01.33.TAHUN 2023")
    assert ("/legal_number", "placeholder") in warned(made)
    house.bumdes.delete(f"/v1/village-enterprises/{made['id']}")
    made = enterprise(house.bumdes, legal_number=f"AHU-74583.AH.01.33.TAHUN {YEAR + 1}")
    assert warned(made) == [("/legal_number", "implausible")]
    assert ("/number", "placeholder") in warned(certification(house.bumdes, kind="nib", number="0000000000000"))


# Other amounts


def changed(house, at, **members):
    return warned(house.bumdes.patch(at, members).json())


def test_amounts_with_a_wrong_number_of_zeros_warn(house):
    at = f"/v1/umkm/{umkm(house.bumdes)['id']}"
    for member, good, wrong in (("capital_idr", (0, 100000, 25000000, 9000000000), (25, 99999, 10**12 + 1)),
                                ("annual_sales_idr", (0, 180000000, 40000000000), (180, 10**12 + 1)),
                                ("workers_male", (0, 500), (501, 100000)), ("workers_female", (0, 500), (501, 100000))):
        for value in good + wrong:
            assert (("/" + member, "implausible") in changed(house, at, **{member: value})) == (value in wrong), (member, value)
    goods = f"/v1/products/{product(house.bumdes, unit='kg')['id']}"
    for member, good, wrong in (("price_min_idr", (0, 100, 25000), (25, 99)), ("price_max_idr", (25000, 2500000), (2500001, 10**9 + 1)),
                                ("moq", (1, 1000000), (1000001,)), ("monthly_capacity", (0, 10**7), (10**7 + 1,)),
                                ("shelf_life_days", (1, 3650), (3651,))):
        for value in good + wrong:
            given = {"price_min_idr": 25000, member: value, **({"price_max_idr": None} if member == "price_min_idr" else {})}
            assert (("/" + member, "implausible") in changed(house, goods, **given)) == (value in wrong), (member, value)
    report = f"/v1/production-reports/{production_report(house.bumdes, unit='kg', volume='1')['id']}"
    for member, good, wrong in (("volume", ("320.5", "10000000"), ("10000001",)), ("turnover_idr", (0, 5 * 10**10), (5 * 10**10 + 1,)),
                                ("workers_male", (500,), (501,)), ("workers_female", (500,), (501,))):
        for value in good + wrong:
            assert (("/" + member, "implausible") in changed(house, report, **{member: value})) == (value in wrong), (member, value)
    assert ("/volume", "thousands_point") in changed(house, report, volume="1.500")
    assert ("/volume", "thousands_point") not in changed(house, report, volume="1.525")


# Dates


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59-14:00", "9999-12-31T17:00:00-07:01", "0001-01-01T00:00:00+07:00",
                                "9999-12-31T23:59:59.9999Z"])
def test_no_time_leaves_the_four_digits_of_a_year(house, at):
    fields = body(house.contract, "mentoring_session_create", village_code=BALEREJO, villages=[BALEREJO], program_id=None,
                  starts_at=at, ends_at=at)
    for language, words in (("id", "tahun 1 sampai 9999"), ("en", "the years 1 to 9999")):
        reply = house.dinas.post("/v1/mentoring-sessions", fields, 422, headers={"Accept-Language": language})
        assert problem(reply)[1] == [("/starts_at", "year_range"), ("/ends_at", "year_range")] and words in reply.json()["violations"][0]["detail"]
    made = session(house.dinas)
    assert problem(house.dinas.patch(f"/v1/mentoring-sessions/{made['id']}", {"ends_at": at}, status=422))[1] == [
        ("/ends_at", "year_range")]


def test_no_query_leaves_the_four_digits_of_a_year(house):
    tried = 0
    for operation in house.contract.operations.values():
        names = [one["name"] for one in operation.parameters if house.contract.resolve(one["schema"]).get("format") == "date-time"
                 and one["in"] == "query"]
        for name in names:
            if "{" in operation.path:
                continue
            reply = house.dinas.get(operation.path, None, params={name: "9999-12-31T23:59:59-14:00"})
            if reply.status_code != 403:
                assert problem(reply) == ("invalid_parameter", [(name, "year_range")]), operation.id
                tried += 1
                house.dinas.get(operation.path, params={name: "9999-12-31T23:59:59Z"})
    assert tried > 10


@pytest.mark.parametrize("where, members, pointer", [
    ("umkm", {"annual_sales_year": YEAR + 1}, "/annual_sales_year"), ("umkm", {"annual_sales_year": 2100}, "/annual_sales_year"),
    ("enterprise", {"rank_year": YEAR + 1}, "/rank_year"),
    ("village", {"population": 3000, "population_year": YEAR + 1}, "/population_year"),
    ("village", {"index_name": "indeks_desa", "index_year": YEAR + 1, "index_score": "0.9", "index_status": "mandiri"}, "/index_year")])
def test_a_past_year_is_not_in_the_future(house, where, members, pointer):
    client, at = {"umkm": lambda: (house.bumdes, f"/v1/umkm/{umkm(house.bumdes)['id']}"),
                  "enterprise": lambda: (house.bumdes, f"/v1/village-enterprises/{enterprise(house.bumdes)['id']}"),
                  "village": lambda: (house.dinas, f"/v1/villages/{BALEREJO}")}[where]()
    assert (pointer, "future") in problem(client.patch(at, members, status=422))[1]
    client.patch(at, {name: YEAR if name.endswith("_year") else value for name, value in members.items()})


def test_nothing_is_older_than_its_business(house):
    business = umkm(house.bumdes, founded_on="2026-06-15", annual_sales_year=2026)
    assert ("/annual_sales_year", "before_founding") not in warned(business)
    assert ("/annual_sales_year", "before_founding") in changed(house, f"/v1/umkm/{business['id']}", annual_sales_year=2025)
    for when, early in (("2026-05", True), ("2026-06", False), ("2026-07", False)):
        made = production_report(house.bumdes, umkm_id=business["id"], month=when)
        assert (("/month", "before_founding") in warned(made)) == early, when
    goods = product(house.bumdes, umkm_id=business["id"])
    for when, early in (("2026-06-14", True), ("2026-06-15", False)):
        made = export(house.bumdes, exported_on=when, lines=[line(goods["id"])], documents=[])
        assert (("/exported_on", "before_founding") in warned(made)) == early, when
    made = certification(house.bumdes, umkm_id=business["id"], kind="nib", number=business["nib"], issued_on="2026-06-14",
                         expires_on=None)
    assert ("/issued_on", "before_founding") in warned(made)
    made = enterprise(house.bumdes, established_on="2021-02-03", unit_businesses=[
        {"name": "Kopi", "started_on": "2021-02-03"}, {"name": "Toko", "started_on": "2020-02-03"}])
    assert warned(made) == [("/unit_businesses/1/started_on", "before_founding")]


@pytest.mark.parametrize("kind, when, late", [("peb", "2026-02-28", False), ("peb", "2026-03-01", True), ("peb", None, False),
                                              ("consignment_note", "2026-03-01", True), ("ska", "2026-03-01", False),
                                              ("invoice", "2026-03-01", False)])
def test_customs_papers_come_before_the_export(house, kind, when, late):
    papers = [{"kind": kind, "number": "004521", "date": when, "issuer": "KPPBC"}]
    made = export(house.bumdes, exported_on="2026-02-28", documents=papers)
    assert (("/documents/0/date", "after_export") in warned(made)) == late


@pytest.mark.parametrize("make, member", [
    (lambda house: umkm(house.bumdes, founded_on="0021-06-01", annual_sales_year=None), "founded_on"),
    (lambda house: enterprise(house.bumdes, established_on="0019-01-01", unit_businesses=[]), "established_on"),
    (lambda house: export(house.bumdes, exported_on="0026-02-28", documents=[]), "exported_on")])
def test_a_date_of_another_age_warns(house, make, member):
    assert ("/" + member, "implausible") in warned(make(house))


@pytest.mark.parametrize("birth, real", [
    ("300290", False), ("700290", False), ("310490", False), ("710690", False), ("310290", False), ("290290", False),
    ("290223", False), ("000190", False), ("320190", False), ("400190", False), ("720190", False), ("011390", False),
    ("010090", False), ("290292", True), ("690292", True), ("290200", True), ("280290", True), ("680290", True), ("310190", True),
    ("711290", True), ("300490", True), ("700490", True), ("010101", True), ("410101", True)])
def test_a_nik_has_a_day_of_the_calendar(house, birth, real):
    at = f"/v1/umkm/{umkm(house.bumdes)['id']}/owner"
    reply = house.bumdes.put(at, {"name": "Siti Rahayu", "nik": f"350599{birth}0001"}, status=200 if real else 422)
    assert real or problem(reply)[1] == [("/nik", "pattern")]
    purpose = {"nik": f"350599{birth}0001", "purpose": "Memeriksa data ganda"}
    house.dinas.post("/v1/umkm/lookup", purpose, 200 if real else 422)
