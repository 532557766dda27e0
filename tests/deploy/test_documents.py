"""The documents: short lines and sentences, a limited length, and links that lead somewhere."""
import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKIPPED = {"node_modules", "build", ".git", ".local"}
DOCUMENTS = [path for path in sorted(ROOT.rglob("*.md"))
             if not [part for part in path.relative_to(ROOT).parts if part in SKIPPED or part.startswith(("build", "."))]]
# Manuals and evidence may be long. A program writes RESULTS.md of the benchmark, which is mostly
# tables.
LONG = {"openapi/guide.md", "openapi/guide.id.md", "service/OPERATING.md", "tests/EVIDENCE.md", "tests/bench/RESULTS.md"}
RIDDLES = r"\b(anew|in vain|told|is none|who has|will do, too)\b"


def name(path):
    return str(path.relative_to(ROOT))


def prose(text):
    """The text without code, tables, headings, comments and pictures: paragraphs and items of
    lists."""
    text = re.sub(r"^ *```.*?^ *```$", "", text, flags=re.M | re.S)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    text = re.sub(r"^(\||#|!\[).*$", "", text, flags=re.M)
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)


def sentences(text):
    """The words of each sentence. The end of an item or a paragraph ends a sentence; code counts as
    one word."""
    text = re.sub(r"`[^`]*`", "code", prose(text))
    for part in re.split(r"\n\s*\n|^\s*(?:[-*]|\d+\.) ", text, flags=re.M):
        for sentence in re.split(r"[.!?:](?:\*\*)?\s+|[.!?:]$", " ".join(part.split())):
            if words := re.findall(r"\w[\w'’./-]*", sentence):
                yield words


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_a_document_can_be_read(path):
    text = path.read_text()
    words = [words for words in sentences(text)]
    average = sum(map(len, words)) / max(len(words), 1)
    assert average < 20, f"the average sentence has {average:.1f} words"
    longest = max(words, key=len, default=[])
    assert len(longest) <= 30, " ".join(longest)
    count = len(re.findall(r"(?:^|(?<=\s))[^\s\w]*\w\S*", text))
    assert count <= 1500 or name(path) in LONG, f"{count} words"
    riddles = [line for line in prose(re.sub(r"`[^`]*`", "code", text)).splitlines() if re.search(RIDDLES, line, re.I)]
    assert not riddles


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_lines_are_short(path):
    text = re.sub(r"^ *```.*?^ *```$", "", path.read_text(), flags=re.M | re.S)
    assert [line for line in text.splitlines() if len(line) > 120 and not line.startswith(("|", "!["))] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_what_is_linked_exists(path):
    text = re.sub(r"^ *```.*?^ *```$", "", path.read_text(), flags=re.M | re.S)
    lost = []
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)#?([^)\s]*)\)", text):
        page = path.parent / target if target else path
        if not page.exists():
            lost += [target]
        elif anchor and not target and path.parent.name != "openapi":  # the guides link to anchors of /docs
            heads = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in re.findall(r"^#+ (.+)$", text, re.M)}
            lost += [anchor] if anchor not in heads else []
    assert not lost


def test_the_documents_are_those_of_the_plan():
    """Each document has one reader. Add a new document here, with a reason."""
    assert {"README.md", "README.id.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "openapi/README.md", "openapi/guide.md",
            "openapi/guide.id.md", "service/OPERATING.md"} <= {name(path) for path in DOCUMENTS}
