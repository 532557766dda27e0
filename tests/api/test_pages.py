"""Pages for people and the QR codes that lead there. A Mustache that this project did not write prints them, too."""
import base64
import datetime
import hashlib
import html.parser
import pathlib
import re
import subprocess

import pystache
import pytest
import yaml

from house import JEDING
from records import product, publish

PAGES = pathlib.Path(__file__).resolve().parents[2] / "openapi/pages"
TEXTS = yaml.safe_load((PAGES / "labels.yaml").read_text())
MONTHS = {"id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(),
          "en": "January February March April May June July August September October November December".split()}
VOID = {"meta", "img", "br", "hr", "link"}
EVIL = "<script>alert(1)</script>\nSecond 'line' & \"more\""


class Page(html.parser.HTMLParser):
    """Asserts that every element is closed in its turn."""
    def __init__(self, text):
        super().__init__()
        self.open, self.tags = [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self.open += [] if tag in VOID else [tag]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def listed(house):
    made = product(house.bumdes2, JEDING, name_id="Kendang <Halaman> Uji", name_en=None, story_id=EVIL,
                   story_en="Turned by hand.", category="musical_instrument", hs_code="92060000",
                   price_min_idr=8500, price_max_idr=1250000, unit="piece", moq=3, monthly_capacity=12500)
    path = f"/v1/products/{made['id']}"
    house.bumdes2.post(path + "/market-steps", {"level": "national", "reached_on": "2026-03-02", "evidence": "Nota"})
    publish(house, path, house.bumdes2)
    return f"/v1/catalog/products/{made['id']}"


def page(house, address, language, **more):
    return house.public.get(address, params={"format": "html"}, headers={"Accept-Language": language}, **more)


def spoken(value, language, name=""):
    """A JSON value as a page tells it; what is unknown is not told."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return {key: spoken(one, language, key) for key, one in value.items()}
    if isinstance(value, list):
        return [spoken(one, language, name) for one in value]
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d(T.*Z)?", value):
        at = datetime.datetime.fromisoformat(value.removesuffix("Z"))
        day = at + datetime.timedelta(hours=7) if "T" in value else at
        return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"
    if isinstance(value, int) and not isinstance(value, bool):
        money = name.endswith("_idr")
        grouped = f"{value:,}" if money or value >= 10000 else str(value)
        return ("Rp" if money else "") + (grouped if language == "en" else grouped.replace(",", "."))
    return TEXTS["words"].get(name, {}).get(value, {}).get(language, value)


def printed(name, reply, language):
    """What the template makes of a reply."""
    labels = {name: each[language] for name, each in TEXTS["labels"].items()}
    known = {**spoken(reply, language), "labels": labels, "lang": {"code": language, "id": language == "id", "en": language == "en"}}
    parts = {path.name.removesuffix(".html"): path.read_text() for path in PAGES.iterdir()}
    return pystache.Renderer(missing_tags="strict", partials=parts).render(parts[name], known)


@pytest.mark.parametrize("template, below", [("catalog_product_get", ""), ("catalog_product_passport", "/passport")])
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_page_is_its_template_over_the_reply(house, listed, language, template, below):
    told = house.public.get(listed + below).json()
    assert page(house, listed + below, language).text == printed(template, told, language)


def test_it_says_what_people_ask(house, listed):
    told = page(house, listed, "id")
    for text in ("Kendang &lt;Halaman&gt; Uji", "Pasar nasional · sejak 2 Maret 2026", "Rp8.500 – Rp1.250.000 / buah", "12.500 buah",
                 "Alat musik", "Jeding", "Second &#x27;line&#x27; &amp; &quot;more&quot;", "Dinas Koperasi"):
        assert text in told.text, text
    assert told.headers["Content-Type"] == "text/html; charset=utf-8" and told.headers["Content-Language"] == "id"
    told = page(house, listed, "en")
    for text in ('<html lang="en">', "Kendang &lt;Halaman&gt; Uji", "National market · since 2 March 2026", "Rp8,500 – Rp1,250,000",
                 "Musical instruments", "Turned by hand."):
        assert text in told.text, text
    assert "alert" not in told.text and told.headers["Content-Language"] == "en"


@pytest.mark.parametrize("language", ["id", "en"])
def test_it_is_whole_and_runs_nothing(house, listed, language):
    told = page(house, listed, language)
    tags = Page(told.text).tags
    assert "script" not in {tag for tag, _ in tags} and not any(name.startswith("on") for _, named in tags for name in named)
    assert not any("style" in named for _, named in tags)
    style, = re.findall("<style>(.*?)</style>", told.text, re.S)
    policy = told.headers["Content-Security-Policy"]
    assert f"style-src 'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none';") and "unsafe" not in policy


def test_each_language_and_format_is_cached_by_itself(house, listed):
    replies = [house.public.get(listed), page(house, listed, "id"), page(house, listed, "en")]
    assert len({one.headers["ETag"] for one in replies}) == 3
    assert all("Accept-Language" in one.headers["Vary"] and "public" in one.headers["Cache-Control"] for one in replies)
    held = {"Accept-Language": "en", "If-None-Match": replies[2].headers["ETag"]}
    house.public.get(listed, 304, params={"format": "html"}, headers=held)
    house.public.get(listed, 200, params={"format": "html"}, headers={**held, "Accept-Language": "id"})


def test_a_page_is_asked_for_by_its_name(house, listed):
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert house.public.get(listed, headers={"Accept": browser}).headers["Content-Type"] == "application/json"
    house.public.get(listed, params={"format": "html"}, headers={"Accept": browser})
    house.public.get(listed, 406, params={"format": "html"}, headers={"Accept": "application/json"})
    house.public.get(listed, 406, headers={"Accept": "text/html"})


def test_what_is_not_published_has_no_page(house):
    made = product(house.bumdes2, JEDING)
    told = page(house, f"/v1/catalog/products/{made['id']}", "id", status=404)
    assert told.headers["Content-Type"] == "application/problem+json" and "Content-Security-Policy" not in told.headers


def test_a_scanner_reads_the_page_from_the_code(house, listed, tmp_path):
    told = house.public.get(listed + "/qr", headers={"Accept": "image/avif,image/*;q=0.8"})
    assert told.headers["Content-Type"] == "image/svg+xml" and "public" in told.headers["Cache-Control"]
    (tmp_path / "qr.svg").write_bytes(told.content)
    subprocess.run(["rsvg-convert", "--width", "300", "--output", "qr.png", "qr.svg"], cwd=tmp_path, check=True)
    read = subprocess.run(["zbarimg", "--quiet", "--raw", "qr.png"], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert read.stdout == f"{house.base}{listed}/passport?format=html\n"
    house.public.get(listed + "/qr", 304, headers={"If-None-Match": told.headers["ETag"]})


def test_a_code_has_its_quiet_zone(house, listed):
    told = house.public.get(listed + "/qr").text
    size = int(re.search(r'viewBox="0 0 (\d+) \1"', told)[1])
    runs = [tuple(map(int, run)) for run in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", told)]
    assert f'fill="#fff" d="M0 0h{size}v{size}h-{size}z"' in told  # where it is dark around
    assert min(x for x, _, _ in runs) == min(y for _, y, _ in runs) == 4
    assert max(x + n for x, _, n in runs) == size - 4 and max(y for _, y, _ in runs) == size - 5


def test_what_is_not_published_has_no_code(house):
    made = product(house.bumdes2, JEDING)
    house.public.get(f"/v1/catalog/products/{made['id']}/qr", 404)
    house.bumdes2.get(f"/v1/catalog/products/{made['id']}/qr", 404)
