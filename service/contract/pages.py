"""Pages: Mustache templates for a reply, compiled to pieces for each language.

openapi/pages/<operationId>.html is a page. Any other file there is a part: `{{>name}}` inserts
name.html, and `{{>style.css}}` inserts style.css. A name in a template is a member of the reply's
schema, `labels.x` of labels.yaml, or `lang.code`, `lang.id`, `lang.en`."""
import base64
import hashlib
import html
import re

from document import expect, shape

LANGUAGES = ("id", "en")  # in the order of enum language
MAX_DEPTH = 8
# A section, comment or part alone on its line leaves no empty line.
TAG = re.compile(
    r"^[ \t]*\{\{(?P<alone>[#^/!>])(?P<what>[^{}]*)\}\}[ \t]*\n"
    r"|\{\{(?P<sigil>[#^/!>&{=]?)(?P<name>[^{}]*)\}?\}\}",
    re.M,
)
UNSAFE = re.compile(r"<script|\sstyle\s*=|\son[a-z]+\s*=", re.I)
POLICY = (
    "default-src 'none'; style-src {}; img-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)


class Pages:
    def __init__(self, doc, folder):
        self.doc, self.folder, self.used, self.read = doc, folder, set(), set()
        self.texts = doc.yaml(folder / "labels.yaml") if folder.exists() else {}

    def page(self, name, schema):
        """The row of struct page: its policy, and its pieces in each language."""
        path, languages = self.folder / f"{name}.html", []
        for language in LANGUAGES:
            tree = self.tree(iter(list(self.tokens(path))), [shape(self.doc, schema)[0]], language)
            languages.append(list(flat(tree)))
        texts = "".join(text for kind, _, text, *_ in languages[0] if kind == "TEXT")
        styles = [
            f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
            for style in re.findall(r"<style>(.*?)</style>", texts, re.S)
        ]
        return {"policy": POLICY.format(" ".join(styles) or "'none'"), "languages": languages}

    def tokens(self, path):
        """Yields (kind, text or name, where) for a file and the parts that it includes."""
        self.read.add(path)
        text, at = self.doc.text(path), 0
        if unsafe := UNSAFE.search(text):
            expect(
                False,
                f"{path}:{text.count(chr(10), 0, unsafe.end()) + 1}",
                "a page has no script and no style attribute",
            )
        for match in TAG.finditer(text):
            sigil, name = (
                match["alone"] or match["sigil"],
                (match["what"] or match["name"] or "").strip(),
            )
            where = f"{path}:{text.count(chr(10), 0, match.start() + match[0].index('{')) + 1}"
            yield "text", text[at : match.start()], where
            at = match.end()
            expect(sigil not in ("&", "{", "="), where, "every value is escaped: {{name}}")
            if sigil == ">":
                yield from self.tokens(path.with_name(name if "." in name else f"{name}.html"))
            elif sigil != "!":
                yield sigil or "value", name, where
        yield "text", text[at:], f"{path}:{text.count(chr(10)) + 1}"

    def tree(self, tokens, scopes, language, inside=None):
        """Nodes (kind, up, text, words, inner nodes), up to the end of the section."""
        nodes, before = [], ""
        for kind, text, where in tokens:
            head, _, rest = text.partition(".")
            if kind == "/":
                expect(
                    text == inside,
                    where,
                    f"'{text}' ends what '{inside}' began" if inside else f"'{text}' was not begun",
                )
                return nodes
            if kind == "text" or head == "labels" or (kind, text) == ("value", "lang.code"):
                text = (
                    self.label(rest, language, where)
                    if head == "labels"
                    else language
                    if kind == "value"
                    else text
                )
                nodes.append(("TEXT", 0, text, None, []))
                before += text
            elif kind == "value":
                nodes.append((*self.value(text, scopes, language, where, before), []))
                before = "…"
            elif head == "lang":
                expect(rest in LANGUAGES, where, f"a language is {' or '.join(LANGUAGES)}")
                body = self.tree(tokens, scopes, language, text)
                nodes += body if (rest == language) == (kind == "#") else []
            else:
                up, schema = self.find(text, scopes, where)
                inner = shape(self.doc, schema["items"])[0] if schema["type"] == "array" else schema
                expect(
                    len(scopes) < MAX_DEPTH, where, f"sections stand at most {MAX_DEPTH - 1} deep"
                )
                body = self.tree(
                    tokens, scopes + [inner] if kind == "#" else scopes, language, text
                )
                nodes.append(
                    (
                        "SECTION" if kind == "#" else "INVERTED",
                        up,
                        "" if text == "." else text,
                        None,
                        body,
                    )
                )
        expect(inside is None, where, f"'{inside}' has no end")
        return nodes

    def label(self, name, language, where):
        label = self.texts.get("labels", {}).get(name)
        expect(
            set(label or ()) == set(LANGUAGES),
            where,
            f"labels.yaml has no '{name}' in {' and '.join(LANGUAGES)}",
        )
        self.used.add(("labels", name))
        return html.escape(label[language])

    def find(self, name, scopes, where):
        """(number of scopes up to the one with the name, schema of the name)."""
        if name == ".":
            return 0, scopes[-1]
        first, *rest = name.split(".")
        for up, scope in enumerate(reversed(scopes)):
            if first in scope.get("properties", {}):
                schema = shape(self.doc, scope["properties"][first])[0]
                for part in rest:
                    expect(
                        part in schema.get("properties", {}),
                        where,
                        f"'{name}' is no member of the reply",
                    )
                    schema = shape(self.doc, schema["properties"][part])[0]
                return up, schema
        expect(False, where, f"'{name}' is no member of the reply")

    def value(self, name, scopes, language, where, before):
        """(kind, up, name, words) of a value. Its schema decides how it is printed."""
        up, schema = self.find(name, scopes, where)
        kind, member = schema["type"], name.split(".")[-1]
        expect(
            kind in ("string", "integer", "number"),
            where,
            f"'{name}' cannot be printed: a section shows what it holds",
        )
        expect(
            not re.search(r"""(?:href|src)\s*=\s*["']$""", before) or schema.get("format") == "uri",
            where,
            f"'{name}' begins an address, but is no uri",
        )
        expect(not before.endswith("="), where, "an attribute's value stands in quotes")
        words = None
        if "enum" in schema:
            words = self.texts.get("words", {}).get(member, {})
            for code in filter(None, schema["enum"]):
                expect(
                    set(words.get(code, {})) == set(LANGUAGES),
                    where,
                    f"labels.yaml has no word for {member}: {code}",
                )
                self.used.add(("words", member, code))
            words = [
                text
                for code in filter(None, schema["enum"])
                for text in (code, words[code][language])
            ]
        look = (
            "WORD"
            if words
            else "DATE"
            if schema.get("format") in ("date", "date-time")
            else "STRING"
            if kind == "string"
            else "RUPIAH"
            if member.endswith("_idr")
            else "NUMBER"
        )
        return look, up, "" if name == "." else name, words

    def check(self):
        """Fails if no page uses a label, a word or a file."""
        known = {("labels", name) for name in self.texts.get("labels", {})}
        known |= {
            ("words", member, code)
            for member, words in self.texts.get("words", {}).items()
            for code in words
        }
        spare = min(known - self.used, default=None)
        expect(spare is None, self.folder / "labels.yaml", f"no page uses {'.'.join(spare or ())}")
        for path in sorted(self.folder.glob("*")):
            expect(
                path in self.read or path.name == "labels.yaml",
                path,
                "no operation with format=html, no page names this file",
            )


def flat(nodes):
    """Yields all nodes as a flat list with adjacent texts joined.

    A node is (kind, up, text, number of inner nodes that follow, words)."""
    at = 0
    while at < len(nodes):
        kind, up, text, words, inside = nodes[at]
        at += 1
        while kind == "TEXT" and at < len(nodes) and nodes[at][0] == "TEXT":
            text += nodes[at][2]
            at += 1
        below = list(flat(inside))
        if text or kind != "TEXT":
            yield kind, up, text, len(below), words
        yield from below
