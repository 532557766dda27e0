"""HTML pages, compared with the output of another Mustache library, and QR codes."""
import base64
import hashlib
import re
import subprocess

import pytest

from house import JEDING
from pages import Page, printed
from records import product, publish

EVIL = "<script>alert(1)</script>\nSecond 'line' & \"more\""


@pytest.fixture(scope="module")
def listed(house):
    made = product(house.bumdes2, JEDING, name="Kendang <Halaman> Uji", name_en=None, story=EVIL,
                   story_en="Turned by hand.", category="musical_instrument", hs_code="92060000",
                   price_min_idr=8500, price_max_idr=1250000, unit="piece", moq=3, monthly_capacity=12500)
    path = f"/v1/products/{made['id']}"
    house.bumdes2.post(path + "/market-steps", {"level": "national", "reached_on": "2026-03-02", "evidence": "Nota"})
    publish(house, path, house.bumdes2)
    return f"/v1/catalog/products/{made['id']}"


def page(house, address, language, **more):
    return house.public.get(address, params={"format": "html"}, headers={"Accept-Language": language}, **more)


@pytest.mark.parametrize("template, below", [("catalog_product_get", ""), ("catalog_product_passport", "/passport")])
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_page_is_its_template_over_the_reply(house, listed, language, template, below):
    reply = house.public.get(listed + below).json()
    assert page(house, listed + below, language).text == printed(template, reply, language)


def test_it_says_what_people_ask(house, listed):
    reply = page(house, listed, "id")
    for text in ("Kendang &lt;Halaman&gt; Uji", "Pasar nasional · sejak 2 Maret 2026", "Rp8.500 – Rp1.250.000 / buah", "12.500 buah",
                 "Alat musik", "Jeding", "Second &#x27;line&#x27; &amp; &quot;more&quot;", "Dinas Koperasi"):
        assert text in reply.text, text
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8" and reply.headers["Content-Language"] == "id"
    reply = page(house, listed, "en")
    for text in ('<html lang="en">', "Kendang &lt;Halaman&gt; Uji", "National market · since 2 March 2026", "Rp8,500 – Rp1,250,000",
                 "Musical instruments", "Turned by hand."):
        assert text in reply.text, text
    assert "alert" not in reply.text and reply.headers["Content-Language"] == "en"


@pytest.mark.parametrize("language", ["id", "en"])
def test_it_is_whole_and_runs_nothing(house, listed, language):
    reply = page(house, listed, language)
    tags = Page(reply.text).tags
    assert "script" not in {tag for tag, _ in tags} and not any(name.startswith("on") for _, named in tags for name in named)
    assert not any("style" in named for _, named in tags)
    style, = re.findall("<style>(.*?)</style>", reply.text, re.S)
    policy = reply.headers["Content-Security-Policy"]
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
    reply = page(house, f"/v1/catalog/products/{made['id']}", "id", status=404)
    assert reply.headers["Content-Type"] == "application/problem+json" and "Content-Security-Policy" not in reply.headers


def test_a_scanner_reads_the_page_from_the_code(house, listed, tmp_path):
    reply = house.public.get(listed + "/qr", headers={"Accept": "image/avif,image/*;q=0.8"})
    assert reply.headers["Content-Type"] == "image/svg+xml" and "public" in reply.headers["Cache-Control"]
    (tmp_path / "qr.svg").write_bytes(reply.content)
    subprocess.run(["rsvg-convert", "--width", "300", "--output", "qr.png", "qr.svg"], cwd=tmp_path, check=True)
    read = subprocess.run(["zbarimg", "--quiet", "--raw", "qr.png"], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert read.stdout == f"{house.base}{listed}/passport?format=html\n"
    house.public.get(listed + "/qr", 304, headers={"If-None-Match": reply.headers["ETag"]})


def test_a_code_has_its_quiet_zone(house, listed):
    text = house.public.get(listed + "/qr").text
    size = int(re.search(r'viewBox="0 0 (\d+) \1"', text)[1])
    runs = [tuple(map(int, run)) for run in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", text)]
    assert f'fill="#fff" d="M0 0h{size}v{size}h-{size}z"' in text  # white, also in dark mode
    assert min(x for x, _, _ in runs) == min(y for _, y, _ in runs) == 4
    assert max(x + n for x, _, n in runs) == size - 4 and max(y for _, y, _ in runs) == size - 5


def test_what_is_not_published_has_no_code(house):
    made = product(house.bumdes2, JEDING)
    house.public.get(f"/v1/catalog/products/{made['id']}/qr", 404)
    house.bumdes2.get(f"/v1/catalog/products/{made['id']}/qr", 404)
