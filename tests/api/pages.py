"""Renders the HTML templates with the Mustache library of another project, as a reference."""
import datetime
import html.parser
import pathlib
import re

import pystache
import yaml

PAGES = pathlib.Path(__file__).resolve().parents[2] / "openapi/pages"
TEXTS = yaml.safe_load((PAGES / "labels.yaml").read_text())
MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November "
          "Desember".split(),
    "en": "January February March April May June July August September October November "
          "December".split(),
}
VOID = {"meta", "img", "br", "hr", "link"}


class Page(html.parser.HTMLParser):
    """Parses a page and asserts that every element is closed in order."""

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


def spoken(value, language, name=""):
    """Formats a JSON value as a page shows it. null becomes an empty text."""
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
        grouped = grouped if language == "en" else grouped.replace(",", ".")
        return ("Rp" if money else "") + grouped
    return TEXTS["words"].get(name, {}).get(value, {}).get(language, value)


def printed(name, reply, language):
    """Renders the template over a reply."""
    labels = {name: each[language] for name, each in TEXTS["labels"].items()}
    lang = {"code": language, "id": language == "id", "en": language == "en"}
    known = {**spoken(reply, language), "labels": labels, "lang": lang}
    parts = {path.name.removesuffix(".html"): path.read_text() for path in PAGES.iterdir()}
    return pystache.Renderer(missing_tags="strict", partials=parts).render(parts[name], known)
