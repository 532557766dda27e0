#!/usr/bin/env python3
"""Compile the contract (openapi/) and SQL (sql/) into constant C tables, one OpenAPI document and a list of statements for tests.

    compile.py OPENAPI_DIR SQL_DIR OUT_C OUT_JSON OUT_STATEMENTS DEPFILE

It writes data only. Whatever it does not understand ends the build with file:line: what is wrong."""
import csv
import hashlib
import json
import pathlib
import re
import sys

import formats
from document import COLUMNS, MASKS, Document, expect, shape
from pages import Pages

METHODS = ["get", "post", "put", "patch", "delete"]
MEDIA = {"application/json": "BODY_JSON", "application/merge-patch+json": "BODY_MERGE_PATCH",
         "application/x-www-form-urlencoded": "BODY_FORM"}
OPERATION_NEEDS = ["operationId", "tags", "summary", "description", "security", "responses"]
OPERATION_KEYS = {*OPERATION_NEEDS, "parameters", "requestBody", "x-handler", "x-limit", "x-lane"}
PARAMETER_KEYS = {"name", "in", "required", "description", "schema", "style", "explode", "example"}
SIZES = {"string": ("minLength", "maxLength"), "array": ("minItems", "maxItems"), "object": ("minProperties", "maxProperties")}
SPECIAL = {"body": "jsonb", "claims": "jsonb", "limit": "bigint", "after_key": "text", "after_id": "text", "count": "boolean",
           "if_match": "text[]", "secret.hash": "text", "secret.digest": "text", "request_id": "text"}
HEADERS = {"ETag": ("_etag", "The version of the record, and behind a dot a stamp of what is shown.", 100), "Location": ("_location", "The record's address.", 200)}
ALWAYS = {"400": "BadRequest", "401": "Unauthenticated", "429": "RateLimited", "500": "Internal", "503": "Unavailable", "504": "Timeout"}
C = type("C", (str,), {"__doc__": "A piece of C as it stands."})
SAFE_INTEGER = 2**53 - 1
C_HEAD = '/* Written by compile.py. */\n#include "contract.h"\n\n#pragma GCC diagnostic ignored "-Woverlength-strings"\n\n'
SQL_TOKEN = re.compile(r"""(?P<skip>'(?:[^']|'')*'|"[^"]*"|\$(?P<tag>\w*)\$.*?\$(?P=tag)\$|::)|(?P<comment>--[^\n]*\n?|/\*.*?\*/)"""
                       r"""|:(?P<name>[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*)|(?P<word>\w+)|(?P<other>.)""", re.S)


# select … from … where x.id = :id, with no more than further conditions behind it.
ONE_RECORD = re.compile(r"(?P<select>select (?:(?!\b(?:select|distinct)\b).)*?)\n(?P<rest> *from (?:(?!\bselect\b).)*"
                        r"\n *where (?P<alias>\w+)\.id = (?P<one>\$(?P<place>\d+)::uuid)\n(?:(?!\b(?:group|order|limit|union)\b).)*)", re.S)
MANY_MAX_BINDS = 8


def c(value):
    """A value as a C initialiser: a tuple is a row in order, a dict a row by names without those that are zero."""
    if isinstance(value, tuple):
        return f"{{{', '.join(map(c, value))}}}"
    if isinstance(value, dict):
        return f"{{{', '.join(f'.{key} = {c(item)}' for key, item in value.items() if item)}}}"
    if value is None or isinstance(value, (bool, int, C)):
        return "NULL" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    escape = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "?": "\\?"}
    lines = ["".join(escape.get(char, char) for char in line) for line in re.findall(r"[^\n]{1,4000}\n?|\n", value)]
    return "\n\t".join(f'"{line}"' for line in lines) or '""'


def c_list(type_name, items):
    return C(f"(const {type_name}[]){{\n\t{', '.join(map(c, items))}}}") if items else None


def c_document(name, text):
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:24]}"'
    return f"const struct document contract_{name} = {c((text, len(text.encode()), etag))};\n"


def c_schema(doc, node):
    schema, nullable = shape(doc, node)
    kind, properties, bounds = schema["type"], schema.get("properties", {}), schema["type"] in ("integer", "number")
    small, large = SIZES.get(kind, (None, None))
    values = [schema["const"]] if "const" in schema else [v for v in schema.get("enum", []) if v is not None]
    members = [(name, name in schema.get("required", []), c_schema(doc, member)) for name, member in properties.items()]
    parts = [shape(doc, member)[0] for member in properties.values()]
    expect(not any(part.get("x-sealed") in MASKS for part in parts) or not any(part["type"] == "number" for part in parts),
           schema.at(), "a body with sealed members cannot hold a number: it is printed anew")
    return C("&(const struct schema)" + c({
        "type": C("SCHEMA_" + kind.upper()), "nullable": nullable, "unique": schema.get("uniqueItems"),
        "format": C("FORMAT_" + schema["format"].replace("-", "_").upper()) if "format" in schema else None,
        "mask": C("MASK_" + schema["x-sealed"].upper()) if "x-sealed" in schema else None,
        "min_size": schema.get(small), "max_size": schema.get(large),
        "minimum": C(f"{int(schema.get('minimum', -SAFE_INTEGER))}LL") if bounds else None,
        "maximum": C(f"{int(schema.get('maximum', SAFE_INTEGER))}LL") if bounds else None,
        "pattern": schema.get("pattern"), "values": c_list("char *const", values and values + [None]),
        "members": c_list("struct member", members), "n_members": len(members),
        "items": c_schema(doc, schema["items"]) if kind == "array" else None}))


class Query:
    """One file of sql/queries: its text with $n for :name, and what each $n is bound to."""
    def __init__(self, doc, path, types, body):
        """types: what :name may be; None: a handler's step, whose values come by any name, as text."""
        self.doc, self.path, self.types, self.body = doc, path, types, body
        self.binds, self.names, self.last_select, depth, out = {}, set(), None, 0, ""
        text = doc.text(path)
        expect(text.startswith("-- "), f"{path}:1", "the first line says what the query answers")
        for match in SQL_TOKEN.finditer(text):
            piece, where = match.group(), f"{path}:{text.count(chr(10), 0, match.start()) + 1}"
            expect(not match["word"] or piece not in "eE" or not text.startswith("'", match.end()), where,
                   "no E'' strings: their backslashes would confuse the reader of :name")
            depth += {"(": 1, ")": -1}.get(piece, 0)
            if match["comment"]:
                piece = "\n" if out and piece.endswith("\n") else " "
            elif match["word"] and depth == 0 and piece.lower() == "select":
                self.last_select = len(out.lstrip())
            elif match["name"]:
                piece = self.bind(match["name"], where)
            out += piece
        self.sql = out.strip() + "\n"

    def bind(self, name, where):
        head, _, rest = name.partition(".")
        key = name if name in SPECIAL else head
        self.names.add(key)
        if self.types is None:
            source, kind = "BIND_NAMED", "text"
        elif key in self.types:
            source, kind = "BIND_PARAMETER", self.types[key]
        else:
            expect(key in SPECIAL, where, f":{name} is bound to nothing")
            source, kind = "BIND_" + key.upper().replace(".", "_"), SPECIAL[key]
        place = f"${self.binds.setdefault((source, key), len(self.binds) + 1)}::{kind}"
        if not rest or key != head:
            return place
        expect(key == "body", where, f":{name}: only :body has members")
        expect(self.body is not None, where, f":{name}, but the operation has no body")
        return self.bind_member(name, where, place, *rest.partition(".")[::2])

    def bind_member(self, name, where, place, member, part):
        schema = shape(self.doc, self.body)[0]["properties"].get(member)
        expect(schema is not None, where, f"the body has no member '{member}'")
        sealed, kind = "x-sealed" in shape(self.doc, schema)[0], shape(self.doc, schema)[0]["sql"]
        expect(sealed == bool(part) and part in ("", "cipher", "hash", "mask"), where,
               f":{name}: a sealed member has the parts cipher, hash and mask, another has none")
        if sealed:
            return f"({place} #>> '{{{member},{part}}}')"
        if kind in ("jsonb", "jsonb[]"):
            return f"nullif({place} -> '{member}', 'null')"
        if kind.endswith("[]"):
            return f"jsonb_texts({place} -> '{member}')" + ("" if kind == "text[]" else f"::{kind}")
        return f"({place} ->> '{member}')::{kind}"

    def kept(self):
        """The write, its answer kept for a retry with the same Idempotency-Key, in the same statement."""
        head, tail = self.sql[:self.last_select].rstrip(), self.sql[self.last_select:].rstrip()
        return f"{head},\nop as (\n{tail})\nselect op.* from op, lateral idempotency_keep(row_to_json(op))\n"

    def many(self):
        """The read of one record by its id as a read of many, each row with its _key, and which bind the id is; None of another file."""
        found = ONE_RECORD.fullmatch(self.sql)
        if not found or self.sql.count(f"${found['place']}::") > 1 or len(self.binds) > MANY_MAX_BINDS:
            return None
        one, ids = found["one"], f"any (${found['place']}::uuid[])"
        sql = f"{found['select']}, {found['alias']}.id::text as _key\n{found['rest']}"
        return sql.replace(f"= {one}", f"= {ids}"), int(found["place"]) - 1

    def row(self, name, sql, parameters):
        binds = [(C(source), parameters.index(key) if source == "BIND_PARAMETER" else 0, key) for source, key in self.binds]
        return name, sql, c_list("struct bind", binds), len(binds)

    def asks(self):
        """Of a list's usual statement: the parameters that it takes, and those it needs: of which it says `:x is not null`."""
        needs = {int(place) for place in re.findall(r"\$(\d+)::\S+ is not null", self.sql)}
        places = {key: place for (source, key), place in self.binds.items() if source == "BIND_PARAMETER"}
        return {*places, "format"} & self.types.keys(), {key for key, place in places.items() if place in needs}


class Operation:
    """One operation: its rows of the tables, and the parameters and replies that follow from its shape."""
    def __init__(self, doc, queries, pages, template, method, node, roles):
        self.doc, self.node, self.method, self.template, self.roles = doc, node, method, template, roles
        node.only(OPERATION_KEYS, "keyword")
        for key in OPERATION_NEEDS:
            expect(key in node, node.at(), f"the operation has no {key}")
        for tag in node["tags"]:
            expect(tag in [one["name"] for one in doc.top["tags"]], node.at("tags"), f"'{tag}' is no tag")
        self.id, self.handler = node["operationId"], node.get("x-handler")
        self.parameters = self.read_parameters()
        self.access = [(role, scopes) for entry in node["security"] for role, *scopes in entry.values()]
        for role, _ in self.access:
            expect(role in roles, node.at("security"), f"'{role}' is no role")
        self.body = self.body_kind = None
        if "requestBody" in node:
            (media, content), = node["requestBody"]["content"].items()
            expect(media in MEDIA, node.at("requestBody"), f"no body of type {media}")
            self.body, self.body_kind = content["schema"], MEDIA[media]
        self.read_reply()
        self.lane = "write" if method != "get" else node.get("x-lane", "list" if self.list else "point")
        self.formats = formats.read(doc, pages, self)
        path = queries / f"{self.id}.sql"
        expect(path.exists() != bool(self.handler), node.at(), f"{self.id} needs either {path.name} or x-handler")
        types = {p["name"]: shape(doc, p["schema"])[0]["sql"] for p in self.parameters}
        self.query = None if self.handler else Query(doc, path, types, self.body)
        steps = sorted(queries.glob(f"{self.id}.*.sql")) if self.handler else []
        self.steps = {step.stem: Query(doc, step, None, None) for step in steps}
        usual = queries / f"{self.id}.usual.sql"
        self.usual = Query(doc, usual, types, None) if self.list and usual.exists() else None
        expect(not self.usual or self.lane != "point", usual, "its settings are for a batch of its own: no x-lane: point")
        self.queries = [query for query in (self.query, self.usual, *self.steps.values()) if query]
        self.names, self.sql = (self.query.names, self.query.sql) if self.query else (set(), "")
        self.conditional = "if_match" in self.names
        self.secret = any(c["kind"] in ("OPEN", "SECRET") for c in self.columns)
        members = shape(doc, self.body)[0]["properties"].values() if self.body else []
        # A PUT can be sent again as it is; what personal data led to is neither kept nor answered again unlogged.
        self.idempotent = self.method not in ("get", "put") and not (self.secret or self.handler or any(
            "x-sealed" in shape(doc, member)[0] for member in members))
        self.many = self.query.many() if self.query and self.method == "get" and not self.list else None
        if self.query:
            self.check_query()
        self.extend()

    def read_parameters(self):
        result = [self.doc.resolve(node) for node in self.node.get("parameters", [])]
        for node in result:
            node.only(PARAMETER_KEYS, "keyword")
            expect("description" in node and node.get("in") in ("path", "query"), node.at(),
                   "a parameter has a description and stands in path or query")
            single, style = shape(self.doc, node["schema"])[0]["type"] != "array", (node.get("style"), node.get("explode"))
            expect(single or style == ("form", False), node.at(), "an array parameter has style: form, explode: false")
        wanted, by_name = re.findall(r"{(\w+)}", self.template), {node["name"]: node for node in result}
        expect(len(wanted) <= 4 and sorted(wanted) == sorted(node["name"] for node in result if node["in"] == "path"),
               self.node.at(), f"path parameters of {self.template} and declared ones differ, or are more than four")
        return [by_name[name] for name in wanted] + [node for node in result if node["in"] == "query"]

    def read_reply(self):
        codes = [code for code in self.node["responses"] if str(code).startswith("2")]
        expect(self.node.get("x-limit") in (None, "login"), self.node.at("x-limit"), "the one x-limit is login")
        expect(len(codes) == 1, self.node.at("responses"), "an operation has exactly one 2xx reply")
        self.status, self.reply, self.list, self.columns = codes[0], self.node["responses"][codes[0]], False, []
        self.media, content = next(iter(self.reply.get("content", {}).items()), (None, None))
        if not content or self.handler:
            return
        schema, _ = shape(self.doc, content["schema"])
        if schema["type"] == "object" and {"data", "page"} == set(schema["properties"]):
            self.list = True
            schema, _ = shape(self.doc, shape(self.doc, schema["properties"]["data"])[0]["items"])
        missing = min(set(schema["properties"]) - set(schema.get("required", [])), default=None)
        expect(missing is None, schema.at(), f"reply member '{missing}' must be required: null means unknown")
        self.columns = [self.column(name, member) for name, member in schema["properties"].items()]

    def column(self, name, node):
        schema, nullable = shape(self.doc, node)
        kind = ({"secret": "SECRET", "warnings": "WARNINGS"}.get(name) or {"open": "OPEN"}.get(schema.get("x-sealed"))
                or {"date-time": "TIME"}.get(schema.get("format")) or COLUMNS[schema["type"]])
        pg = {"JSON": "json", "WARNINGS": "json", "OPEN": "text", "SECRET": "text", "TIME": "timestamptz(3)"}
        return {"name": name, "kind": kind, "nullable": nullable, "sql": pg.get(kind) or schema["sql"], "schema": schema["type"]}

    def check_query(self):
        for name in (p["name"] for p in self.parameters if p["name"] != "format"):
            expect(name in self.names, self.query.path, f"parameter '{name}' is used by no SQL")
        expect(self.body is None or "body" in self.names, self.query.path, "the body is used by no SQL")
        for query in self.queries if self.list else ():
            expect({"limit", "after_id"} <= query.names, query.path, "a list uses :limit and :after_id")
        expect(not self.idempotent or self.query.last_select and self.sql.startswith("with"), self.query.path,
               "a write is `with … select …`, so that its answer can be kept")

    def extend(self):
        """Adds to the served document what follows from the operation's shape (CONTRIBUTING.md)."""
        plain, body, read = not self.handler, self.body is not None, self.method == "get"
        named = any(p["in"] == "path" and "enum" not in shape(self.doc, p["schema"])[0] for p in self.parameters)
        closed = self.access and {role for role, scopes in self.access if not scopes} != set(self.roles[1:])
        parameters = {"limit": self.list, "cursor": self.list, "count": "count" in self.names, "if_match": self.conditional,
                      "if_none_match": read, "idempotency_key": self.idempotent, "accept_language": plain}
        responses = {"304": ("NotModified", read), "403": ("Forbidden", closed), "404": ("NotFound", named),
                     "406": ("NotAcceptable", plain or read), "409": ("Conflict", self.idempotent or self.secret and body),
                     "412": ("VersionMismatch", self.conditional), "413": ("TooLarge", body), "415": ("UnsupportedMediaType", body),
                     "422": ("Invalid", self.idempotent or body and self.body_kind != "BODY_FORM"),
                     "428": ("PreconditionRequired", self.conditional), **{status: (name, True) for status, name in ALWAYS.items()}}
        replies = self.node["responses"]
        if extra := [self.doc.share("parameters", "parameters.yaml", name) for name, wanted in parameters.items() if wanted]:
            self.node["parameters"] = self.node.get("parameters", []) + extra
        for status, (name, wanted) in responses.items():
            if wanted and status not in replies:
                replies[status] = self.doc.share("responses", "responses.yaml", name)
        for header, (column, description, size) in HEADERS.items():
            if (column in self.sql or header == "ETag" and read) and (header, self.status) != ("ETag", "204"):
                schema = {"type": "string", "maxLength": size}
                self.reply.setdefault("headers", {})[header] = {"description": description, "schema": schema}
        self.node["responses"] = dict(sorted(replies.items()))

    def replay_sql(self):
        """The kept answer. It writes a word into the WAL: who is told so waits for the standby that the first one gave up on."""
        columns = [f'"{c["name"]}" {c["sql"]}' for c in self.columns] + ["_etag text", "_location text"]
        return ("select r.* from idempotency_replay($1::text, $2::text) t(reply), json_to_record(t.reply)\n"
                f"  as r({', '.join(columns)}), pg_logical_emit_message(true, 'replay', '')\n where t.reply is not null\n")

    def statements(self):
        """name -> (SQL, its query; None where the engine binds by itself)."""
        return {**({self.id: (self.sql, self.query)} if self.query else {}),
                **({f"{self.id}.usual": (self.usual.sql, self.usual)} if self.usual else {}),
                **({f"{self.id}.many": (self.many[0], self.query)} if self.many else {}),
                **({f"{self.id}.kept": (self.query.kept(), self.query), f"{self.id}.replay": (self.replay_sql(), None)}
                   if self.idempotent else {}),
                **{name: (query.sql, query) for name, query in self.steps.items()}}

    def c_formats(self):
        if not self.formats:
            return None
        columns, page = self.formats["columns"], self.formats["page"]
        languages = [[(C(f"PIECE_{kind}"), up, text, inside, c_list("char *const", words and words + [None]))
                      for kind, up, text, inside, words in pieces] for pieces in page["languages"]] if page else []
        return C("&(const struct formats)" + c({
            **self.formats, "columns": c_list("char *const", columns and columns + [None]),
            "page": page and C("&(const struct page)" + c((page["policy"], tuple(
                (c_list("struct piece", pieces), len(pieces)) for pieces in languages))))}))

    def row(self):
        names = [p["name"] for p in self.parameters]
        access = [(self.roles.index(role), c_list("char *const", scopes + [None])) for role, scopes in self.access]
        parameters = [(p["name"], C(f"PLACE_{p['in'].upper()}"), p.get("required", False), None if text == "null" else text,
                       c_schema(self.doc, p["schema"])) for p in self.parameters
                      for text in [json.dumps(shape(self.doc, p["schema"])[0].get("default")).strip('"')]]
        takes, needs = [sum(1 << names.index(name) for name in some) for some in self.usual.asks()] if self.usual else (0, 0)
        rows = {name: query.row(name, sql, names) if query else (name, sql, None, 2)
                for name, (sql, query) in self.statements().items()}
        own = {name: C("&(const struct statement)" + c(row)) for name, row in rows.items()}
        return {
            "id": self.id, "method": C("METHOD_" + self.method.upper()), "lane": C(f"LANE_{self.lane.upper()}"),
            "handler": self.handler, "media": self.media, "formats": self.c_formats(), "limit": self.node.get("x-limit"),
            "n_access": len(access), "access": c_list("struct access", access), "parameters": c_list("struct parameter", parameters),
            "n_parameters": len(names), "body_kind": self.body_kind and C(self.body_kind),
            "body_required": self.node.get("requestBody", {}).get("required"), "body": self.body and c_schema(self.doc, self.body),
            "status": int(self.status), "counts": "count" in self.names, "about_caller": self.node["tags"] == ["me"],
            **{flag: getattr(self, flag) for flag in ("list", "conditional", "idempotent", "secret")},
            "columns": c_list("struct column", [(k["name"], C(f"COLUMN_{k['kind']}"), k["nullable"]) for k in self.columns]),
            "n_columns": len(self.columns), "statement": own.get(self.id), "kept": own.get(f"{self.id}.kept"),
            "usual": own.get(f"{self.id}.usual"), "usual_takes": takes, "usual_needs": needs,
            "replay": own.get(f"{self.id}.replay"), "many": own.get(f"{self.id}.many"),
            "key": self.many and self.many[1], "steps": c_list("struct statement", [rows[name] for name in self.steps]),
            "n_steps": len(self.steps)}


def read_operations(doc, queries, pages, roles):
    operations = []
    for template, item in doc.paths.items():
        shared = item.pop("parameters", [])
        for method, node in item.items():
            expect(method in METHODS, item.at(method), f"no method '{method}'")
            if own := shared + node.get("parameters", []):
                node["parameters"] = own
            operations.append(Operation(doc, queries, pages, template, method, node, roles))
    known = {o.id for o in operations}
    expect(len(known) == len(operations), "openapi/paths", "an operationId stands twice")
    named = {query.path for o in operations for query in o.queries}
    for path in sorted(queries.glob("*.sql")):
        expect(path in named, f"{path}:1", "no operation names this file")
    return operations


def routes(doc, operations):
    """Literal segments before parameters, so that the first match is the right one."""
    index = {(o.template, o.method): C(f"&contract_operations[{i}]") for i, o in enumerate(operations)}
    for template in sorted(doc.paths, key=lambda t: [(s[0] == "{", s) for s in t.split("/")[1:]]):
        segments = [None if s[0] == "{" else s for s in template.split("/")[1:]]
        methods = [f"[METHOD_{m.upper()}] = {index[template, m]}" for m in METHODS if (template, m) in index]
        yield c_list("char *const", segments), len(segments), C(f"{{{', '.join(methods)}}}")


def migrations(doc, folder):
    for number, path in enumerate(sorted(folder.glob("*.sql")), 1):
        text = doc.text(path)
        expect(re.fullmatch(r"\d{4}_[a-z0-9_]+\.sql", path.name), f"{path}:1", "a migration is named NNNN_what.sql")
        expect(int(path.name[:4]) == number, f"{path}:1", f"migrations are numbered without a gap, this one is {number:04}")
        yield number, path.stem, hashlib.sha256(text.encode()).hexdigest(), text


def seeds(doc, folder):
    for path in sorted(folder.glob("*.sql")) + sorted((folder / "sample").glob("*.sql")):
        text, data = doc.text(path), None
        if path.with_suffix(".csv").exists():
            table = csv.DictReader(doc.text(path.with_suffix(".csv")).splitlines())
            data = json.dumps([{k: v or None for k, v in row.items()} for row in table], ensure_ascii=False)
        yield (path.stem, path.parent.name == "sample", hashlib.sha256((text + (data or "")).encode()).hexdigest(),
               re.sub(r"(?<!:):rows\b", "$1::jsonb", text), data)


def main(openapi, sql, out_c, out_json, out_statements, depfile):
    doc = Document(openapi)
    scopes = next(iter(doc.components["securitySchemes"]["oauth"]["flows"].values()))["scopes"]
    roles = ["public"] + [name for name in scopes if ":" not in name]
    pages = Pages(doc, openapi / "pages")
    operations = read_operations(doc, sql / "queries", pages, roles)
    pages.check()
    components = {kind: dict(sorted(parts.items())) for kind, parts in doc.components.items() if parts}
    served = json.dumps({**doc.top, "paths": doc.paths, "components": components}, ensure_ascii=False, indent=1)
    tables = {"roles": ("char *const", roles), "scopes": ("char *const", [scope for scope in scopes if ":" in scope]),
              "operations": ("struct operation", [o.row() for o in operations]),
              "routes": ("struct route", routes(doc, operations)),
              "rules": ("struct rule", [(code, t["id"], t["en"]) for code, t in sorted(doc.yaml(openapi / "rules.yaml").items())]),
              "migrations": ("struct migration", migrations(doc, sql / "migrations")),
              "seeds": ("struct seed", seeds(doc, sql / "seed"))}
    statements = [{"name": name, "operation": o.id, "sql": code, "columns": o.columns, "list": o.list, "step": name in o.steps,
                   "lane": o.lane,
                   "binds": [key for _, key in query.binds] if query else [],
                   "roles": ["engine"] if name in o.steps and o.method != "get" else [role for role, _ in o.access] or ["public"]}
                  for o in operations for name, (code, query) in o.statements().items()]
    text = C_HEAD
    for name, (kind, rows) in tables.items():
        rows = list(map(c, rows))
        text += f"const {kind} contract_{name}[] = {{\n\t" + ",\n\t".join(rows) + "\n};\n"
        text += f"const size_t contract_n_{name} = {len(rows)};\n"
    outputs = {out_c: text + c_document("openapi", served),
               out_json: served + "\n", out_statements: json.dumps(statements, indent=1) + "\n",
               depfile: f"{out_c} {out_json} {out_statements}: {' '.join(sorted(doc.seen))}\n"}
    for path, text in outputs.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 7:
        sys.exit(__doc__)
    main(*map(pathlib.Path, sys.argv[1:]))
