#!/usr/bin/env python3
"""Write the reference page that /docs serves: one HTML file, without script or other files.

usage: docs.py OPENAPI_JSON PROBLEMS_YAML RULES_YAML OUT_HTML OUT_C OUT_CSV

The guides are guide.md and guide.id.md beside PROBLEMS_YAML, the forms are forms.yaml beside
RULES_YAML, the style is docs.css beside this script.
The build fails if an anchor on the page (#umkm_create, #problem-not_found) is duplicate, or if a
link has no anchor.
"""
import base64
import hashlib
import json
import re
import shlex
import sys
from html import escape
from pathlib import Path

import yaml
from compile import c_document
from dictionary import Dictionary

C_HEAD = (
    '/* Written by docs.py. */\n#include "contract/contract.h"\n\n'
    '#pragma GCC diagnostic ignored "-Woverlength-strings"\n\n'
)
STYLE = Path(__file__).with_name("docs.css")
MEMBER_HEADS = ("Name", "Type", "Rules", "Meaning", "Example")


def code(value):
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"<code>{escape(text)}</code>"


def plain(value):
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def link(anchor, label):
    return f'<a href="#{anchor}">{label}</a>'


def inline(text):
    """HTML of text with `code`, **bold**, *emphasis* and [label](#anchor). Escapes the rest."""
    parts = re.split(r"`([^`]+)`", text)
    for i, part in enumerate(parts):
        part = code(part) if i % 2 else escape(part)
        if not i % 2:
            part = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", part)
            part = re.sub(r"\*([^*\s][^*]*)\*", r"<em>\1</em>", part)
            part = re.sub(r"\[([^\]]+)\]\(#([\w-]+)\)", r'<a href="#\2">\1</a>', part)
        parts[i] = part
    return "".join(parts)


def prose(text):
    """HTML of a text: paragraphs, `## ` headings with anchors, `- ` lists, fenced code."""
    out = []
    for i, chunk in enumerate(re.split(r"^```\n(.*?)^```$", text, flags=re.M | re.S)):
        for block in [chunk] if i % 2 else re.split(r"\n\s*\n", chunk.strip()):
            if i % 2:
                out.append(f"<pre>{escape(block)}</pre>")
            elif block.startswith("## "):
                out.append(f'<h3 id="{block[3:].replace(" ", "-")}">{inline(block[3:])}</h3>')
            elif block.startswith("- "):
                items = re.split(r"^- ", block, flags=re.M)[1:]
                out.append("<ul>" + "".join(f"<li>{inline(item)}</li>" for item in items) + "</ul>")
            elif block:
                out.append(f"<p>{inline(block)}</p>")
    return "\n".join(out)


def table(heads, rows, anchors=()):
    """A table. Cells are already HTML. Each row may have an anchor."""
    out = ["<table><thead><tr>", *(f"<th>{head}</th>" for head in heads), "</tr></thead><tbody>\n"]
    for i, (first, *rest) in enumerate(rows):
        out += [f'<tr id="{anchors[i]}">' if anchors else "<tr>", f"<td>{first}</td>"]
        out += [f'<td data-head="{head}">{cell}</td>' for head, cell in zip(heads[1:], rest)] + [
            "</tr>\n"
        ]
    return "".join(out) + "</tbody></table>" if rows else ""


def kinds(schema):
    return [schema["type"]] if isinstance(schema["type"], str) else schema["type"]


def span(schema, what, least, most):
    low, high = schema.get(least, ""), schema.get(most, "")
    return (
        f"{what} {low}"
        if low == high != ""
        else f"{what} {low}…{high}"
        if {low, high} != {""}
        else ""
    )


class Reference:
    def __init__(self, api, forms):
        self.api, self.forms = api, forms
        self.operations = [
            (
                path,
                verb,
                {**own, "parameters": [*item.get("parameters", []), *own.get("parameters", [])]},
            )
            for path, item in api["paths"].items()
            for verb, own in item.items()
            if verb != "parameters"
        ]

    def resolve(self, node):
        while "$ref" in node:
            steps, node = node["$ref"].removeprefix("#/").split("/"), self.api
            for step in steps:
                node = node[step]
        return node

    def type(self, schema):
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[1]
            return link(f"schema-{name}", name)
        if "anyOf" in schema:
            return " or ".join(map(self.type, schema["anyOf"]))
        names = [
            f"array of {self.type(schema['items'])}" if kind == "array" else kind
            for kind in kinds(schema)
        ]
        return " or ".join(names) + (f" ({schema['format']})" if "format" in schema else "")

    def form(self, schema):
        """The name of the schema's form, or None: by x-form, or else by its pattern or format."""
        keys = [key for key in ("pattern", "format") if key in schema]
        found = [
            name for name, one in self.forms.items() for key in keys if one.get(key) == schema[key]
        ]
        return schema.get("x-form", found[0] if len(found) == 1 else None)

    def rules(self, schema):
        rules = [
            span(schema, "length", "minLength", "maxLength"),
            span(schema, "value", "minimum", "maximum"),
            span(schema, "items", "minItems", "maxItems"),
            span(schema, "members", "minProperties", "maxProperties"),
        ]
        rules += [
            f"{key} {code(schema[key])}" for key in ("pattern", "const", "default") if key in schema
        ]
        rules += ["one of " + ", ".join(map(code, schema["enum"]))] if "enum" in schema else []
        rules += [f"form {link(f'form-{form}', form)}"] if (form := self.form(schema)) else []
        rules += ["no repeats"] if schema.get("uniqueItems") else []
        rules += ["sealed"] if "x-sealed" in schema else []
        rules += (
            [f"each: {each}"] if "items" in schema and (each := self.rules(schema["items"])) else []
        )
        return ", ".join(filter(None, rules))

    def row(self, name, schema, required, description, example):
        rules = ", ".join(filter(None, ("required" if required else "", self.rules(schema))))
        return [
            name,
            self.type(schema),
            rules,
            inline(description),
            "" if example is None else code(example),
        ]

    def members(self, schema, owner="", more=lambda name, said: ""):
        """A row for each member. An inline object adds its own members as owner.name.

        more: returns further rules of a member."""
        for name, member in schema.get("properties", {}).items():
            said = {**self.resolve(member), **member}
            row = self.row(
                code(owner + name),
                member,
                name in schema.get("required", []),
                said.get("description", ""),
                next(iter(said.get("examples", [])), None),
            )
            row[2] = ", ".join(filter(None, (row[2], more(name, said))))
            yield row
            yield from self.members(member, f"{owner}{name}.", more)
            yield from self.members(member.get("items", {}), f"{owner}{name}[].", more)

    def member_table(self, schema, more=lambda name, said: ""):
        return table(MEMBER_HEADS, list(self.members(self.resolve(schema), more=more)))

    def example(self, schema, short=False):
        """A valid value: the given example, else one built from the schema.

        short: only the required members."""
        schema = self.resolve(schema)
        for key in ("examples", "enum"):
            if key in schema:
                return schema[key][0]
        if "const" in schema or "anyOf" in schema:
            return schema["const"] if "const" in schema else self.example(schema["anyOf"][0], short)
        if "properties" in schema:
            members = schema["properties"]
            names = (schema.get("required") or list(members)[:1]) if short else members
            return {name: self.example(members[name], short) for name in names}
        if "items" in schema:
            return [self.example(schema["items"], short)]
        return {
            "string": "…",
            "integer": schema.get("minimum", 0),
            "number": 0,
            "boolean": True,
        }.get(kinds(schema)[0])

    @staticmethod
    def content(node):
        """Media type, schema and given example of a body or reply, or three times None."""
        for media, value in node.get("content", {}).items():
            return media, value.get("schema"), value.get("example")
        return None, None, None

    def curl(self, path, verb, operation):
        """The operation as a curl command. The shell sets $BASE and, if needed, $TOKEN."""
        headers, query = ['-H "Authorization: Bearer $TOKEN"'] if operation["security"] else [], []
        for parameter in map(self.resolve, operation["parameters"]):
            name, value = parameter["name"], plain(
                parameter.get("example", self.example(parameter["schema"]))
            )
            if parameter["in"] == "path":
                path = path.replace("{%s}" % name, value)
            elif name == "Idempotency-Key":
                headers.append('-H "Idempotency-Key: $(date +%s%N)"')
            elif parameter.get("required"):
                query += [f"{name}={value}"] if parameter["in"] == "query" else []
                headers += (
                    ["-H " + shlex.quote(f"{name}: {value}")] if parameter["in"] == "header" else []
                )
        media, schema, body = self.content(operation.get("requestBody", {}))
        body = self.example(schema, short=True) if media and body is None else body
        if media == "application/x-www-form-urlencoded":
            headers += [
                "--data-urlencode " + shlex.quote(f"{name}={value}") for name, value in body.items()
            ]
        elif media:
            headers += ["-H " + shlex.quote(f"Content-Type: {media}")]
            headers += ["--data " + shlex.quote(json.dumps(body, ensure_ascii=False))]
        return " \\\n  ".join(
            [
                f'curl -sS -X {verb.upper()} "$BASE{path}{"?" if query else ""}{"&".join(query)}"',
                *headers,
            ]
        )

    @staticmethod
    def roles(operation):
        asked = [next(iter(each.values())) for each in operation["security"]]
        named = [
            code(role) + "".join(f" with {code(scope)}" for scope in scopes)
            for role, *scopes in asked
        ]
        return ", ".join(named) if named else "everybody, without a token"

    def reply(self, status, reply):
        reply = self.resolve(reply)
        bodies = [
            f"{self.type(one['schema'])} <small>{media}</small>"
            for media, one in reply.get("content", {}).items()
        ]
        headers = [
            f"<br>{code(name)}: {inline(head['description'])}"
            for name, head in reply.get("headers", {}).items()
        ]
        return [
            f"<strong>{status}</strong>",
            inline(reply["description"]) + "".join(headers),
            "<br>".join(bodies),
        ]

    def operation(self, path, verb, operation):
        parameters = [
            self.row(
                f"{code(each['name'])} <small>{each['in']}</small>",
                each["schema"],
                each.get("required"),
                each["description"],
                plain(each["example"]) if "example" in each else None,
            )
            for each in map(self.resolve, operation["parameters"])
        ]
        media, schema, _ = self.content(operation.get("requestBody", {}))
        out = [
            f'<article id="{operation["operationId"]}">',
            f'<h3>{inline(operation["summary"])} <small>{operation["operationId"]}</small></h3>',
            f'<p class="call">{code(f"{verb.upper()} {path}")}</p>',
            prose(operation.get("description", "")),
            f"<p>For {self.roles(operation)}.</p>",
        ]
        out += ["<h4>Parameters</h4>", table(MEMBER_HEADS, parameters)] if parameters else []
        if media:
            out += [
                f"<h4>Body</h4><p>{self.type(schema)} as {code(media)}</p>",
                self.member_table(schema),
            ]
        replies = table(
            ("Status", "Meaning", "Body"),
            [self.reply(*each) for each in operation["responses"].items()],
        )
        out += [
            f"<h4>Call</h4><pre>{escape(self.curl(path, verb, operation))}</pre>",
            f"<h4>Replies</h4>{replies}</article>",
        ]
        return "\n".join(out)

    def schema(self, name, schema, dictionary):
        out = [
            f'<article id="schema-{name}"><h3>{name}</h3>',
            prose(schema.get("description", "")),
            prose(dictionary.described(name)),
        ]
        if "properties" in schema:
            example = json.dumps(self.example(schema), indent=2, ensure_ascii=False)

            def more(member, said):
                return inline(dictionary.rules(name, member, said))

            return "\n".join(
                [*out, self.member_table(schema, more), f"<pre>{escape(example)}</pre></article>"]
            )
        described = ", ".join(filter(None, (self.type(schema), self.rules(schema))))
        return "\n".join([*out, f"<p>{described}</p></article>"])


def problem(name, row):
    return (
        f'<article id="problem-{name}"><h3>{code(name)} <small>{row["status"]}</small></h3>'
        f'<p><strong>{inline(row["en"])}</strong> · <span lang="id">{inline(row["id"])}</span></p>'
        f'<p>{inline(row["means"])}</p><p>{inline(row["do"])}</p></article>'
    )


def guide(text):
    """The guide as HTML, and its headings for the list of contents."""
    titles = re.findall(r"^## (.+)$", text, re.M)
    return prose(text), [(title.replace(" ", "-"), title) for title in titles]


def form_table(forms):
    rows = [
        [
            code(name),
            ", ".join(code(one[key]) for key in ("pattern", "format") if key in one),
            inline(one["en"]),
            f'<span lang="id">{inline(one["id"])}</span>',
        ]
        for name, one in forms.items()
    ]
    heads = ("Form", "As it is kept", "English", "Indonesian")
    return table(heads, rows, [f"form-{name}" for name in forms])


def sections(reference, dictionary, guides, problems, sentences):
    """Yields the parts of the page: anchor, title, HTML and entries of the list of contents."""
    api = reference.api
    english, indonesian = map(guide, guides)
    scopes = api["components"]["securitySchemes"]["oauth"]["flows"]["password"]["scopes"]
    yield "guide", "Guide", *english
    text, titles = indonesian
    yield "panduan", "Panduan (bahasa Indonesia)", f'<div lang="id">{text}</div>', titles
    roles = [[code(name), inline(who)] for name, who in scopes.items()]
    yield "roles", "Roles and scopes", table(("Name", "Who"), roles), []
    for tag in api["tags"]:
        own = [each for each in reference.operations if each[2]["tags"][0] == tag["name"]]
        text = [prose(tag.get("description", "")), *(reference.operation(*each) for each in own)]
        yield f"tag-{tag['name']}", tag["name"], "\n".join(text), [
            (each["operationId"], each["summary"]) for _, _, each in own
        ]
    yield (
        "problems",
        "Problem codes",
        "\n".join(problem(*each) for each in problems.items()),
        [(f"problem-{name}", name) for name in problems],
    )
    rules = [
        [code(name), inline(row["en"]), f'<span lang="id">{inline(row["id"])}</span>']
        for name, row in sentences.items()
    ]
    yield (
        "rules",
        "Violations and warnings",
        table(("Code", "English", "Indonesian"), rules, [f"rule-{name}" for name in sentences]),
        [],
    )
    intro = prose(
        "A text of another form is refused with this sentence in `detail`. The service takes the"
        " usual spellings and keeps one: `0812-3456-7890` becomes `+6281234567890`."
    )
    yield "forms", "Forms of texts", intro + form_table(reference.forms), []
    schemas = api["components"]["schemas"]
    where = (
        "<p>As a table, a member a line, after Perpres 39/2019 (Satu Data): "
        '<a href="/data-dictionary.csv">/data-dictionary.csv</a>.</p>'
    )
    yield (
        "schemas",
        "Data dictionary",
        where + "\n".join(reference.schema(*each, dictionary) for each in schemas.items()),
        [(f"schema-{name}", name) for name in schemas],
    )


def contents(anchor, title, entries):
    items = "".join(f"<li>{link(each, inline(label))}</li>" for each, label in entries)
    head = link(anchor, inline(title))
    return (
        f"<details><summary>{head}</summary><ul>{items}</ul></details>"
        if entries
        else f"<p>{head}</p>"
    )


def whole(api, parts, style):
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'"
    title = escape(f"{api['info']['title']} {api['info']['version']}")
    listed = "".join(contents(anchor, name, entries) for anchor, name, _, entries in parts)
    body = "".join(
        f'<section><h2 id="{anchor}">{inline(name)}</h2>{text}</section>'
        for anchor, name, text, _ in parts
    )
    return f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
<nav><p><strong>{title}</strong></p>{listed}</nav>
<main><h1>{title}</h1>
{prose(api["info"].get("description", ""))}
<p>The same for machines: <a href="/openapi.json">/openapi.json</a> (OpenAPI {api["openapi"]}).</p>
{body}
</main>
"""


def check_addresses(text):
    ids, links = re.findall(r' id="([^"]+)"', text), re.findall(r'href="#([^"]+)"', text)
    if wrong := {each for each in ids if ids.count(each) > 1} | set(links) - set(ids):
        sys.exit(f"addresses on the page that are double or lead nowhere: {sorted(wrong)}")


def read(name):
    return Path(name).read_text(encoding="utf-8")


def main(openapi, problems, rules, out, out_c, out_csv):
    explained = yaml.safe_load(read(problems))
    api = json.loads(read(openapi))
    guides = [read(Path(problems).with_name(f"guide{lang}.md")) for lang in ("", ".id")]
    forms = yaml.safe_load(read(Path(rules).with_name("forms.yaml")))
    dictionary = Dictionary(Reference(api, forms))
    parts = [
        *sections(dictionary.reference, dictionary, guides, explained, yaml.safe_load(read(rules)))
    ]
    text = whole(api, parts, read(STYLE))
    # Links every mention of a problem code to its explanation.
    text = re.sub(
        rf"(?<!<h3>)<code>({'|'.join(explained)})</code>",
        r'<a href="#problem-\1"><code>\1</code></a>',
        text,
    )
    check_addresses(text)
    Path(out).write_text(text, encoding="utf-8")
    table = dictionary.csv()
    Path(out_csv).write_text(table, encoding="utf-8", newline="")
    Path(out_c).write_text(
        C_HEAD + c_document("docs", text) + c_document("dictionary", table), encoding="utf-8"
    )


if __name__ == "__main__":
    if len(sys.argv) != 7:
        sys.exit(__doc__)
    main(*sys.argv[1:])
