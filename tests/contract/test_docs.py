"""The reference page: complete and self-contained."""
import base64
import csv
import hashlib
import html.parser
import json
import pathlib
import re
import shlex
import subprocess
import sys

import pytest
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "service/contract"))
from dictionary import unit  # noqa: E402
GOLDEN = pathlib.Path(__file__).parent / "golden"
API = json.loads((GOLDEN / "expected/openapi.json").read_text())
OPERATIONS = [(path, verb, operation) for path, item in API["paths"].items() for verb, operation in item.items() if verb != "parameters"]


def docs(out, api=API, guide=None):
    """Runs docs.py over a contract, by default with the project's own problems and guide."""
    (out / "openapi.json").write_text(json.dumps(api))
    (out / "problems.yaml").write_text((ROOT / "openapi/problems.yaml").read_text())
    (out / "guide.md").write_text(guide or (ROOT / "openapi/guide.md").read_text())
    (out / "guide.id.md").write_text((ROOT / "openapi/guide.id.md").read_text())
    command = [sys.executable, str(ROOT / "service/contract/docs.py"), "openapi.json", "problems.yaml", str(GOLDEN / "openapi/rules.yaml"),
               "docs.html", "docs.c", "dictionary.csv"]
    return subprocess.run(command, cwd=out, capture_output=True, text=True)


class Page(html.parser.HTMLParser):
    """The page as a browser sees it: tags with attributes, addresses, and the text of each
    article."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.articles, self.article = [], [], {}, None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append((tag, attrs))
        self.ids += [attrs["id"]] if "id" in attrs else []
        if tag == "article":
            self.article = attrs["id"]
            self.articles[self.article] = ""

    def handle_endtag(self, tag):
        self.article = None if tag == "article" else self.article

    def handle_data(self, data):
        if self.article:
            self.articles[self.article] += data


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    out = tmp_path_factory.mktemp("docs")
    done = docs(out)
    assert done.returncode == 0, done.stderr
    return (out / "docs.html").read_text()


@pytest.fixture(scope="module")
def page(source):
    return Page(source)


def test_nothing_runs_and_nothing_is_fetched(source, page):
    assert not {tag for tag, _ in page.tags} & {"script", "img", "iframe", "link", "object", "embed", "form", "base"}
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on") or name in ("src", "style")]
    assert all(attrs["href"].startswith(("#", "/")) for tag, attrs in page.tags if tag == "a")
    style = re.search("<style>(.*?)</style>", source, re.S)[1]
    assert "url(" not in style and "@import" not in style
    policy = next(attrs["content"] for _, attrs in page.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; ") and f"'sha256-{digest}'" in policy


def test_it_has_rules_for_phones_and_paper(source, page):
    assert ("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) in page.tags
    assert "@media print" in source and "overflow-x" in source


@pytest.mark.parametrize("path, verb, operation", OPERATIONS, ids=[operation["operationId"] for _, _, operation in OPERATIONS])
def test_every_operation_is_explained(page, path, verb, operation):
    text = page.articles[operation["operationId"]]
    assert f"{verb.upper()} {path}" in text
    for status in operation["responses"]:
        assert status in text
    for alternative in operation["security"]:
        assert all(name in text for names in alternative.values() for name in names)


@pytest.mark.parametrize("path, verb, operation", OPERATIONS, ids=[operation["operationId"] for _, _, operation in OPERATIONS])
def test_every_operation_has_a_call_that_a_shell_understands(source, path, verb, operation):
    article = re.search(f'<article id="{operation["operationId"]}">.*?</article>', source, re.S)[0]
    command = html.unescape(re.search("<h4>Call</h4><pre>(.*?)</pre>", article, re.S)[1])
    words = shlex.split(command)
    assert words[:4] == ["curl", "-sS", "-X", verb.upper()]
    assert re.fullmatch(re.sub(r"\{\w+\}", "[^/{}]+", re.escape("$BASE" + path).replace(r"\{", "{").replace(r"\}", "}")), words[4].split("?")[0])
    assert ("Authorization: Bearer $TOKEN" in words) == bool(operation["security"])
    if "--data" in words:
        json.loads(words[words.index("--data") + 1])


def test_every_schema_and_code_has_an_address(page):
    for name, schema in API["components"]["schemas"].items():
        text = page.articles[f"schema-{name}"]
        assert all(member in text for member in schema.get("properties", {}))
    for code, row in yaml.safe_load((ROOT / "openapi/problems.yaml").read_text()).items():
        assert f"{row['status']}" in page.articles[f"problem-{code}"] and row["do"].replace("`", "") in page.articles[f"problem-{code}"]
        assert row["id"] in page.articles[f"problem-{code}"] and row["en"] in page.articles[f"problem-{code}"]
    for code in yaml.safe_load((GOLDEN / "openapi/rules.yaml").read_text()):
        assert f"rule-{code}" in page.ids


def test_the_guide_is_there_in_both_languages(source, page):
    english, indonesian = [(ROOT / f"openapi/guide{lang}.md").read_text() for lang in ("", ".id")]
    for text in (english, indonesian):
        titles = re.findall("^## (.+)$", text, re.M)
        assert titles and {title.replace(" ", "-") for title in titles} <= set(page.ids)
    # The same sections, calls, operations and codes, in the same order.
    for what in (r"^## ", r"^```\n.*?^```$", r"^- ", r"`/v1/[^`]*`", r"\(#([\w-]+)\)", "`[A-Z]+ …[^`]*`"):
        found = [re.findall(what, text, re.M | re.S) for text in (english, indonesian)]
        assert found[0] and found[0] == found[1], what
    section = re.search('<h2 id="panduan">.*?</section>', source, re.S)[0]
    assert '<div lang="id">' in section and "Mendapatkan token" in section


def test_text_of_the_contract_is_only_text(tmp_path):
    hostile = "<script>alert(1)</script> & \"quotes\" `<b>` [x](javascript:alert)"
    api = json.loads(json.dumps(API))
    for _, item in api["paths"].items():
        for operation in item.values():
            operation["summary"] = operation["description"] = hostile
    assert docs(tmp_path, api).returncode == 0
    text = (tmp_path / "docs.html").read_text()
    assert not {tag for tag, _ in Page(text).tags} & {"script", "b"}
    assert 'href="javascript' not in text and "&lt;script&gt;" in text


@pytest.mark.parametrize("guide, wrong", [("See [there](#nowhere).", "nowhere"), ("## problems\n\nAn address given twice.", "problems")])
def test_an_address_that_is_double_or_leads_nowhere_does_not_build(tmp_path, guide, wrong):
    done = docs(tmp_path, guide=guide)
    assert done.returncode != 0 and wrong in done.stderr


# The data dictionary


@pytest.fixture(scope="module")
def dictionary(tmp_path_factory):
    out, api = tmp_path_factory.mktemp("dictionary"), json.loads(json.dumps(API))
    nik = {"type": "string", "description": "Masked; one of `/v1/reference/niks`."}
    api["components"]["schemas"]["Owner"]["properties"]["nik"] = nik
    assert docs(out, api).returncode == 0
    with open(out / "dictionary.csv", newline="") as file:
        return {(row["schema"], row["member"]): row for row in csv.DictReader(file, strict=True)}


def test_every_member_of_a_resource_stands_in_the_dictionary(dictionary):
    # Schemas of requests and pages of lists are not resources.
    read = {"Thing", "Owner", "Violation", "ThingReport", "ThingRow", "ThingSecret"}
    wanted = {(name, member) for name in read for member in API["components"]["schemas"][name]["properties"]} | {("Owner", "nik")}
    assert set(dictionary) == wanted


@pytest.mark.parametrize("schema, member, expected", [
    ("Thing", "price", {"resource": "things", "type": "integer", "unit": "count", "nullable": "false", "producer": "keeper;system"}),
    ("Thing", "kind", {"type": "string", "codes": "big;small", "nullable": "true", "unit": ""}),
    ("Thing", "made_on", {"format": "date", "unit": "day (YYYY-MM-DD)"}),
    ("Thing", "seen_at", {"format": "date-time", "unit": "instant (UTC)"}),
    ("Thing", "owner", {"type": "object", "nullable": "true"}),
    ("ThingRow", "longitude", {"type": "number", "unit": "degree (WGS 84)"}),
    ("Owner", "name", {"personal": "false"}), ("Owner", "nik", {"personal": "true", "codes": "/v1/reference/niks"}),
])
def test_a_line_of_the_dictionary(dictionary, schema, member, expected):
    row = dictionary[schema, member]
    assert {name: row[name] for name in expected} == expected


def test_the_page_shows_it_too(page, source):
    text = page.articles["schema-Thing"]
    assert "Of things, kept by keeper, system;" in text and "unit: day (YYYY-MM-DD)" in text and "unit: count" in text
    assert "Of" not in page.articles["schema-Problem"] and 'href="/data-dictionary.csv"' in source


@pytest.mark.parametrize("name, schema, said", [
    ("price_min_idr", {"type": "integer"}, "rupiah"), ("quantity_kg", {"type": "string"}, "kilogram"),
    ("shelf_life_days", {"type": ["integer", "null"]}, "day"), ("population_year", {"type": "integer"}, "year"),
    ("share_reporting", {"type": "number"}, "ratio (1 = 100 %)"),
    ("index_score", {"type": "string", "description": "A decimal."}, "point"),
    ("volume", {"type": "string", "description": "How much, decimal."}, "as the member `unit` says"),
    ("shipments", {"type": "integer"}, "count"),
    ("scores", {"type": "array"}, ""), ("year_name", {"type": "string"}, ""),
    ("scored_on", {"type": "string", "format": "date"}, "day (YYYY-MM-DD)"),
])
def test_a_unit_follows_from_name_and_type(name, schema, said):
    assert unit(name, schema) == said
