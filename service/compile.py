#!/usr/bin/env python3
"""Compile the contract (openapi/) and SQL (sql/) into constant C tables, one OpenAPI document and a list of statements for tests.

    compile.py OPENAPI_DIR SQL_DIR OUT_C OUT_JSON OUT_STATEMENTS DEPFILE

It writes data only. Whatever it does not understand ends the build with file:line: what is wrong."""
import csv
import hashlib
import json
import os
import pathlib
import re
import sys

import yaml

METHODS = ["get", "post", "put", "patch", "delete"]
MEDIA = {"application/json": "BODY_JSON", "application/merge-patch+json": "BODY_MERGE_PATCH",
         "application/x-www-form-urlencoded": "BODY_FORM"}
SCHEMA_KEYS = {"type", "properties", "required", "additionalProperties", "minProperties", "items", "minItems", "maxItems", "uniqueItems",
               "enum", "const", "pattern", "minLength", "maxLength", "minimum", "maximum", "format", "default", "anyOf", "description",
               "examples", "x-sealed", "$ref"}
OPERATION_KEYS = {"operationId", "tags", "summary", "description", "security", "parameters", "requestBody", "responses", "x-handler",
                  "x-limit", "x-lane"}
PARAMETER_KEYS = {"name", "in", "required", "description", "schema", "style", "explode", "example"}
FORMATS = {"uuid": "uuid", "date": "date", "date-time": "timestamptz", "uri": "text", "email": "text", None: "text"}
MASKS = ["head4", "phone", "email", "initials", "hidden"]
SPECIAL = {"body": ("BIND_BODY", "jsonb"), "claims": ("BIND_CLAIMS", "jsonb"), "limit": ("BIND_LIMIT", "bigint"),
           "after_key": ("BIND_AFTER_KEY", "text"), "after_id": ("BIND_AFTER_ID", "text"), "count": ("BIND_COUNT", "boolean"),
           "if_match": ("BIND_IF_MATCH", "text[]"), "secret.hash": ("BIND_SECRET_HASH", "text"),
           "secret.digest": ("BIND_SECRET_DIGEST", "text"), "request_id": ("BIND_REQUEST_ID", "text")}
SAFE_INTEGER = 2**53 - 1
SQL_TOKEN = re.compile(r"""(?P<skip>'(?:[^']|'')*'|"[^"]*"|\$(?P<tag>\w*)\$.*?\$(?P=tag)\$|::)|(?P<comment>--[^\n]*\n?|/\*.*?\*/)"""
                       r"""|:(?P<name>[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*)|(?P<paren>[()])|(?P<word>\w+)""", re.S)


class Stop(Exception):
    """The build cannot go on; the message begins with file:line."""


class Map(dict):
    """A YAML mapping that knows where it and its keys stand."""

    def at(self, key=None):
        return f"{self.file}:{self.lines.get(key, self.line)}"


def fail(where, text):
    raise Stop(f"{where}: {text}")


# ---- reading ---------------------------------------------------------------------------------------------------------------

class Loader(yaml.SafeLoader):
    """Strict: a key given twice is an error, only true and false are booleans, dates stay text."""


Loader.yaml_implicit_resolvers = {
    key: [(tag, regexp) for tag, regexp in pairs if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")]
    for key, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def construct_map(loader, node):
    result = Map()
    result.file, result.line, result.lines = loader.name, node.start_mark.line + 1, {}
    yield result
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in result:
            fail(f"{loader.name}:{key_node.start_mark.line + 1}", f"'{key}' is given twice")
        result.lines[key] = key_node.start_mark.line + 1
        result[key] = loader.construct_object(value_node, deep=True)
        if key in ("required", "explode", "uniqueItems") and result[key] not in (True, False) and not isinstance(result[key], (list, Map)):
            fail(result.at(key), f"{key} is true or false")


Loader.add_constructor("tag:yaml.org,2002:map", construct_map)


class Reader:
    """Reads files and remembers each for the depfile."""

    def __init__(self):
        self.seen = []
        self.documents = {}

    def text(self, path):
        self.seen.append(str(path))
        if not path.exists():
            fail(path, "there is no such file")
        return path.read_text(encoding="utf-8")

    def yaml(self, path):
        if path not in self.documents:
            loader = Loader(self.text(path))
            loader.name = str(path)
            try:
                self.documents[path] = loader.get_single_data()
            except yaml.MarkedYAMLError as error:
                fail(f"{path}:{error.problem_mark.line + 1}", error.problem)
        return self.documents[path]


# ---- the document ------------------------------------------------------------------------------------------------------------

class Document:
    """The bundled OpenAPI document: every file's $ref becomes one into components."""

    KINDS = {"schemas": "schemas", "parameters.yaml": "parameters", "responses.yaml": "responses"}

    def __init__(self, reader, root):
        self.reader, self.root = reader, root
        top = reader.yaml(root / "openapi.yaml")
        self.components = {"schemas": {}, "parameters": {}, "responses": {}, **top["components"]}
        self.origin = {}
        self.paths = {}
        for name in top["paths"]["$ref"]:
            path = root / name
            for template, item in reader.yaml(path).items():
                if template in self.paths:
                    fail(item.at(), f"path {template} stands twice")
                self.paths[template] = self.bundle(item, path)
        self.top = top

    def share(self, kind, file, name):
        """Puts a shared part under components once; returns its reference."""
        path = self.root / file
        if self.origin.setdefault((kind, name), path) != path:
            fail(path, f"{name} is also defined in {self.origin[kind, name]}")
        if name not in self.components[kind]:
            source = self.reader.yaml(path)
            if name not in source:
                fail(path, f"there is no {name}")
            self.components[kind][name] = None
            self.components[kind][name] = self.bundle(source[name], path)
        return Map({"$ref": f"#/components/{kind}/{name}"})

    def bundle(self, node, path):
        if isinstance(node, list):
            return [self.bundle(item, path) for item in node]
        if not isinstance(node, Map):
            return node
        result = Map()
        result.file, result.line, result.lines = node.file, node.line, node.lines
        for key, value in node.items():
            if key == "$ref" and isinstance(value, str):
                file, _, name = value.partition("#/")
                target = (path.parent / file).resolve() if file else path.resolve()
                relative = pathlib.Path(os.path.relpath(target, self.root.resolve()))
                kind = self.KINDS.get(relative.parts[0])
                if not kind or not name:
                    fail(node.at("$ref"), f"$ref reaches only schemas, parameters.yaml and responses.yaml, not {value}")
                result.update(self.share(kind, relative, name))
            else:
                result[key] = self.bundle(value, path)
        return result

    def resolve(self, node):
        """The node itself, with what stands beside a $ref laid over its target."""
        while "$ref" in node:
            _, _, kind, name = node["$ref"].split("/")
            rest = {key: value for key, value in node.items() if key != "$ref"}
            merged = Map(self.components[kind][name])
            origin = self.components[kind][name]
            merged.file, merged.line, merged.lines = origin.file, origin.line, origin.lines
            merged.update(rest)
            node = merged
        return node


# ---- schemas -----------------------------------------------------------------------------------------------------------------

def shape(doc, node):
    """(schema without null, nullable) of a schema node; fails on what is outside the documented subset."""
    node = doc.resolve(node)
    if unknown := set(node) - SCHEMA_KEYS:
        fail(node.at(min(unknown)), f"unknown schema keyword '{min(unknown)}'")
    if "anyOf" in node:
        parts = node["anyOf"]
        if len(parts) != 2 or parts[1] != {"type": "null"}:
            fail(node.at("anyOf"), "anyOf is only [schema, {type: 'null'}]")
        return shape(doc, parts[0])[0], True
    kind = node.get("type")
    nullable = isinstance(kind, list)
    if nullable:
        if len(kind) != 2 or kind[1] != "null":
            fail(node.at("type"), "a type list is [type, 'null']")
        kind = kind[0]
    if kind not in ("string", "integer", "number", "boolean", "array", "object"):
        fail(node.at("type"), f"type {kind!r} is none of ours")
    if kind == "string" and not {"maxLength", "enum", "const", "format"} & set(node):
        fail(node.at(), "a string needs maxLength, enum, const or format")
    if kind == "array" and ("maxItems" not in node or "items" not in node):
        fail(node.at(), "an array needs items and maxItems")
    if kind == "object":
        if "properties" not in node or node.get("additionalProperties") is not False:
            fail(node.at(), "an object needs properties and additionalProperties: false")
        for name in node.get("required", []):
            if name not in node["properties"]:
                fail(node.at("required"), f"required member '{name}' is not declared")
    if "format" in node and node["format"] not in FORMATS:
        fail(node.at("format"), f"unknown format '{node['format']}'")
    if (pattern := node.get("pattern")) and (pattern[0] != "^" or pattern[-1] != "$" or re.search(r"\\[dwsbDWSB1-9]|\(\?", pattern)):
        fail(node.at("pattern"), "a pattern is anchored POSIX: no \\d, no look-around, no back-reference")
    if node.get("x-sealed") not in (None, "open", *MASKS):
        fail(node.at("x-sealed"), f"unknown mask '{node['x-sealed']}'")
    result = Map(node)
    result.file, result.line, result.lines = node.file, node.line, node.lines
    result["type"] = kind
    return result, nullable


def sql_type(doc, node):
    schema, _ = shape(doc, node)
    if schema["type"] == "array":
        return sql_type(doc, schema["items"]) + "[]"
    return {"string": FORMATS[schema.get("format")], "integer": "bigint", "number": "numeric", "boolean": "boolean",
            "object": "jsonb"}[schema["type"]]


def c_string(text):
    """C string literals, one a line of the text."""
    if text is None:
        return "NULL"
    escape = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "?": "\\?"}
    lines = ["".join(escape.get(c, c) for c in line) for line in re.findall(r"[^\n]{1,4000}\n?|\n", text)]
    return "\n\t".join(f'"{line}"' for line in lines) or '""'


def c_fields(**fields):
    return ", ".join(f".{key} = {value}" for key, value in fields.items() if value not in (None, 0, "0", False, "NULL"))


def c_list(type_name, items):
    return f"(const {type_name}[]){{\n\t{', '.join(items)}}}" if items else "NULL"


def c_bool(value):
    return "true" if value else None


def c_schema(doc, node):
    schema, nullable = shape(doc, node)
    kind = schema["type"]
    small, large = {"string": ("minLength", "maxLength"), "array": ("minItems", "maxItems"),
                    "object": ("minProperties", "maxProperties")}.get(kind, (None, None))
    values = [schema["const"]] if "const" in schema else [v for v in schema.get("enum", []) if v is not None]
    if values and kind != "string":
        fail(schema.at("enum"), "only strings have an enum")
    members = [f"{{{c_string(name)}, {c_bool(name in schema.get('required', [])) or 'false'}, {c_schema(doc, member)}}}"
               for name, member in schema.get("properties", {}).items()]
    parts = [shape(doc, member)[0] for member in schema.get("properties", {}).values()]
    if any(part.get("x-sealed") in MASKS for part in parts) and any(part["type"] == "number" for part in parts):
        fail(schema.at(), "a body with sealed members cannot hold a number: it is printed anew")
    bounds = kind in ("integer", "number")
    return "&(const struct schema){" + c_fields(
        type="SCHEMA_" + kind.upper(), nullable=c_bool(nullable), unique=c_bool(schema.get("uniqueItems")),
        format="FORMAT_" + schema["format"].replace("-", "_").upper() if schema.get("format") else None,
        mask="MASK_" + schema["x-sealed"].upper() if "x-sealed" in schema else None,
        min_size=schema.get(small), max_size=schema.get(large),
        minimum=f"{int(schema.get('minimum', -SAFE_INTEGER))}LL" if bounds else None,
        maximum=f"{int(schema.get('maximum', SAFE_INTEGER))}LL" if bounds else None,
        pattern=c_string(schema.get("pattern")), values=c_list("char *const", [c_string(v) for v in values] + ["NULL"]) if values else None,
        members=c_list("struct member", members), n_members=len(members),
        items=c_schema(doc, schema["items"]) if kind == "array" else None) + "}"


# ---- SQL ---------------------------------------------------------------------------------------------------------------------

class Query:
    """One file of sql/queries: its text with $n for :name, and what each $n is bound to."""

    def __init__(self, reader, path, types, body, doc):
        text = reader.text(path)
        if not text.startswith("-- "):
            fail(f"{path}:1", "the first line says what the query answers")
        self.path, self.binds, self.names, self.last_select, depth, out = path, [], set(), None, 0, []
        for match in re.finditer(SQL_TOKEN.pattern + r"|(?P<other>.)", text, re.S):
            line = text.count("\n", 0, match.start()) + 1
            piece = match.group()
            if match["comment"]:
                out.append("\n" if out and piece.endswith("\n") else " ")
                continue
            if match["word"] and piece.lower() == "e" and text[match.end():match.end() + 1] == "'":
                fail(f"{path}:{line}", "no E'' strings: their backslashes would confuse the reader of :name")
            if match["paren"]:
                depth += 1 if piece == "(" else -1
            if match["word"] and depth == 0 and piece.lower() == "select":
                self.last_select = sum(map(len, out))
            if match["name"]:
                piece = self.bind(match["name"], f"{path}:{line}", types, body, doc)
            out.append(piece)
        whole = "".join(out)
        self.sql = whole.strip() + "\n"
        if self.last_select:
            self.last_select -= len(whole) - len(whole.lstrip())
        self.writes = bool(re.search(r"\b(insert into|update|delete from)\b", self.sql))

    def bind(self, name, where, types, body, doc):
        head, _, rest = name.partition(".")
        key = name if name in SPECIAL else head
        self.names.add(key)
        if key in types:
            source, kind = types[key]
        elif key in SPECIAL:
            source, kind = SPECIAL[key]
        else:
            fail(where, f":{name} is bound to nothing")
        if (source, key) not in self.binds:
            self.binds.append((source, key))
        place = f"${self.binds.index((source, key)) + 1}::{kind}"
        if key != "body" or not rest:
            if rest and key == head:
                fail(where, f":{name}: only :body has members")
            return place
        if body is None:
            fail(where, f":{name}, but the operation has no body")
        member, _, part = rest.partition(".")
        schema = shape(doc, body)[0]["properties"].get(member)
        if schema is None:
            fail(where, f"the body has no member '{member}'")
        sealed = shape(doc, schema)[0].get("x-sealed")
        if bool(sealed) != bool(part) or part not in ("", "cipher", "hash", "mask"):
            fail(where, f":{name}: a sealed member has the parts cipher, hash and mask, another has none")
        if sealed:
            return f"({place} #>> '{{{member},{part}}}')"
        kind = sql_type(doc, schema)
        if kind.endswith("[]") and kind != "jsonb[]":
            return f"jsonb_texts({place} -> '{member}')" + ("" if kind == "text[]" else f"::{kind}")
        if kind in ("jsonb", "jsonb[]"):
            return f"nullif({place} -> '{member}', 'null')"
        return f"({place} ->> '{member}')::{kind}"

    def kept(self):
        """The write, its answer kept for a retry with the same Idempotency-Key, in the same statement."""
        head, tail = self.sql[:self.last_select].rstrip(), self.sql[self.last_select:].rstrip()
        return f"{head},\nop as (\n{tail})\nselect op.* from op, lateral idempotency_keep(row_to_json(op))\n"

    def c_statement(self, name, sql, parameters):
        binds = [f"{{{source}, {parameters.index(key) if source == 'BIND_PARAMETER' else 0}, {c_string(key)}}}"
                 for source, key in self.binds]
        return f"{{{c_string(name)}, {c_string(sql)}, {c_list('struct bind', binds)}, {len(binds)}}}"


# ---- operations --------------------------------------------------------------------------------------------------------------

class Operation:
    """One operation: its rows of the tables, and the parameters and replies that follow from its shape."""

    def __init__(self, doc, reader, sql, template, method, node, shared, roles):
        self.doc, self.node, self.method, self.template = doc, node, method, template
        if unknown := set(node) - OPERATION_KEYS:
            fail(node.at(min(unknown)), f"unknown keyword '{min(unknown)}'")
        for key in ("operationId", "tags", "summary", "description", "security", "responses"):
            if key not in node:
                fail(node.at(), f"the operation has no {key}")
        self.id = node["operationId"]
        if unknown := set(node["tags"]) - {tag["name"] for tag in doc.top["tags"]}:
            fail(node.at("tags"), f"'{min(unknown)}' is no tag")
        self.parameters = self.read_parameters(shared + node.get("parameters", []))
        self.access = [self.read_access(entry, roles) for entry in node["security"]]
        self.read_body()
        self.read_reply()
        self.handler = node.get("x-handler")
        folder = sql / "queries"
        path = folder / f"{self.id}.sql"
        if path.exists() == bool(self.handler):
            fail(node.at(), f"{self.id} needs either {path.name} or x-handler")
        types = {p["name"]: ("BIND_PARAMETER", sql_type(doc, p["schema"])) for p in self.parameters}
        self.query = None if self.handler else Query(reader, path, types, self.body, doc)
        self.steps = {f"{self.id}.{step.name.split('.')[1]}": Query(reader, step, AnyName(), None, doc)
                      for step in sorted(folder.glob(f"{self.id}.*.sql"))} if self.handler else {}
        self.check_query()
        self.extend()

    def read_parameters(self, nodes):
        result = [self.doc.resolve(node) for node in nodes]
        for node in result:
            if unknown := set(node) - PARAMETER_KEYS:
                fail(node.at(min(unknown)), f"unknown keyword '{min(unknown)}'")
            if "description" not in node or node.get("in") not in ("path", "query"):
                fail(node.at(), "a parameter has a description and stands in path or query")
            if shape(self.doc, node["schema"])[0]["type"] == "array" and (node.get("style"), node.get("explode")) != ("form", False):
                fail(node.at(), "an array parameter has style: form, explode: false")
        wanted = re.findall(r"{(\w+)}", self.template)
        by_name = {node["name"]: node for node in result}
        if sorted(wanted) != sorted(n["name"] for n in result if n["in"] == "path"):
            fail(self.node.at(), f"path parameters of {self.template} and declared ones differ")
        return [by_name[name] for name in wanted] + [node for node in result if node["in"] == "query"]

    def read_access(self, entry, roles):
        (role, *scopes), = entry.values()
        if role not in roles:
            fail(self.node.at("security"), f"'{role}' is no role")
        return role, scopes

    def read_body(self):
        self.body, self.body_kind = None, "BODY_NONE"
        if "requestBody" in self.node:
            (media, content), = self.node["requestBody"]["content"].items()
            if media not in MEDIA:
                fail(self.node.at("requestBody"), f"no body of type {media}")
            self.body, self.body_kind = content["schema"], MEDIA[media]

    def read_reply(self):
        codes = [code for code in self.node["responses"] if str(code).startswith("2")]
        if len(codes) != 1:
            fail(self.node.at("responses"), "an operation has exactly one 2xx reply")
        self.status, self.reply = codes[0], self.node["responses"][codes[0]]
        self.list, self.columns = False, []
        media = self.reply.get("content", {}).get("application/json")
        if not media or "x-handler" in self.node:
            return
        schema, _ = shape(self.doc, media["schema"])
        if schema["type"] == "object" and {"data", "page"} == set(schema["properties"]):
            self.list = True
            schema, _ = shape(self.doc, shape(self.doc, schema["properties"]["data"])[0]["items"])
        if missing := set(schema["properties"]) - set(schema.get("required", [])):
            fail(schema.at(), f"reply member '{min(missing)}' must be required: null means unknown")
        self.columns = [self.column(name, member) for name, member in schema["properties"].items()]

    def column(self, name, node):
        schema, nullable = shape(self.doc, node)
        if name == "secret":
            kind = "SECRET"
        elif name == "warnings":
            kind = "WARNINGS"
        elif schema.get("x-sealed") == "open":
            kind = "OPEN"
        elif schema.get("format") == "date-time":
            kind = "TIME"
        else:
            kind = {"string": "TEXT", "integer": "RAW", "number": "RAW", "boolean": "BOOL", "array": "JSON", "object": "JSON"}[schema["type"]]
        pg = {"JSON": "json", "WARNINGS": "json", "OPEN": "text", "SECRET": "text", "TIME": "timestamptz(3)"}.get(kind) or sql_type(self.doc, node)
        return {"name": name, "kind": kind, "nullable": nullable, "sql": pg, "schema": schema["type"]}

    def check_query(self):
        if not self.query:
            self.idempotent = self.conditional = self.secret = False
            return
        used = self.query.names
        for parameter in self.parameters:
            if parameter["name"] not in used:
                fail(self.query.path, f"parameter '{parameter['name']}' is used by no SQL")
        if self.body is not None and "body" not in used:
            fail(self.query.path, "the body is used by no SQL")
        if self.list and not {"limit", "after_id"} <= used:
            fail(self.query.path, "a list uses :limit and :after_id")
        self.conditional = "if_match" in used
        self.secret = any(c["kind"] in ("OPEN", "SECRET") for c in self.columns)
        self.idempotent = self.method != "get" and not self.secret
        if self.idempotent and (not self.query.last_select or not self.query.sql.startswith("with")):
            fail(self.query.path, "a write is `with … select …`, so that its answer can be kept")

    def extend(self):
        """Adds to the served document what follows from the operation's shape (CONTRIBUTING.md)."""
        names, sql = (self.query.names, self.query.sql) if self.query else (set(), "")
        write, plain = self.method != "get", not self.handler
        path = "{" in self.template
        parameters = {"limit": self.list, "cursor": self.list, "count": "count" in names, "if_match": self.conditional,
                      "if_none_match": not write and plain, "idempotency_key": self.idempotent, "accept_language": plain}
        responses = {"304": ("NotModified", not write and plain), "400": ("BadRequest", True), "401": ("Unauthenticated", True),
                     "403": ("Forbidden", self.access), "404": ("NotFound", path), "406": ("NotAcceptable", plain),
                     "409": ("Conflict", write and plain), "412": ("VersionMismatch", self.conditional),
                     "413": ("TooLarge", self.body is not None), "415": ("UnsupportedMediaType", self.body is not None),
                     "422": ("Invalid", write and plain or (self.body is not None and self.body_kind != "BODY_FORM")),
                     "428": ("PreconditionRequired", self.conditional), "429": ("RateLimited", True), "500": ("Internal", True),
                     "503": ("Unavailable", True), "504": ("Timeout", True)}
        extra = [self.doc.share("parameters", "parameters.yaml", name) for name, wanted in parameters.items() if wanted]
        if extra:
            self.node["parameters"] = self.node.get("parameters", []) + extra
        for status, (name, wanted) in responses.items():
            if wanted and status not in self.node["responses"]:
                self.node["responses"][status] = self.doc.share("responses", "responses.yaml", name)
        if "_etag" in sql and self.status != "204":
            self.reply.setdefault("headers", {})["ETag"] = {"description": "The version of the record.", "schema": {"type": "string", "maxLength": 100}}
        if "_location" in sql:
            self.reply.setdefault("headers", {})["Location"] = {"description": "The record's address.", "schema": {"type": "string", "maxLength": 200}}
        self.node["responses"] = dict(sorted(self.node["responses"].items()))

    def replay_sql(self):
        columns = [f'"{c["name"]}" {c["sql"]}' for c in self.columns] + ["_etag text", "_location text"]
        return ("select r.* from idempotency_replay($1::text, $2::text) t(reply), json_to_record(t.reply)\n"
                f"  as r({', '.join(columns)})\n where t.reply is not null\n")

    def c_row(self, roles):
        doc, names = self.doc, [p["name"] for p in self.parameters]
        parameters = [f"{{{c_string(p['name'])}, PLACE_{p['in'].upper()}, {c_bool(p.get('required')) or 'false'}, "
                      f"{c_string(self.initial(p))}, {c_schema(doc, p['schema'])}}}" for p in self.parameters]
        access = [f"{{{roles.index(role)}, {c_list('char *const', [c_string(s) for s in scopes] + ['NULL'])}}}" for role, scopes in self.access]
        columns = [f"{{{c_string(c['name'])}, COLUMN_{c['kind']}, {c_bool(c['nullable']) or 'false'}}}" for c in self.columns]

        def statement(name, sql):
            return "&(const struct statement)" + self.query.c_statement(name, sql, names)
        return "{" + c_fields(
            id=c_string(self.id), method="METHOD_" + self.method.upper(), lane="LANE_SLOW" if self.node.get("x-lane") == "slow" else None,
            handler=c_string(self.handler), limit=c_string(self.node.get("x-limit")), access=c_list("struct access", access),
            n_access=len(access), parameters=c_list("struct parameter", parameters), n_parameters=len(parameters),
            body_kind=self.body_kind if self.body is not None else None,
            body_required=c_bool(self.node.get("requestBody", {}).get("required")),
            body=c_schema(doc, self.body) if self.body is not None else None, status=self.status, list=c_bool(self.list),
            conditional=c_bool(self.conditional), idempotent=c_bool(self.idempotent), secret=c_bool(self.secret),
            columns=c_list("struct column", columns), n_columns=len(columns),
            statement=statement(self.id, self.query.sql) if self.query else None,
            kept=statement(self.id + ".kept", self.query.kept()) if self.idempotent else None,
            replay=f"&(const struct statement){{{c_string(self.id + '.replay')}, {c_string(self.replay_sql())}, NULL, 2}}" if self.idempotent else None,
            steps=c_list("struct statement", [q.c_statement(name, q.sql, []) for name, q in self.steps.items()]),
            n_steps=len(self.steps)) + "}"

    def initial(self, parameter):
        value = shape(self.doc, parameter["schema"])[0].get("default")
        return None if value is None else json.dumps(value).strip('"')


class AnyName(dict):
    """A handler's step may use any name: its values are given by the handler, as text."""

    def __contains__(self, name):
        return True

    def __getitem__(self, name):
        return "BIND_NAMED", "text"


# ---- putting it together -----------------------------------------------------------------------------------------------------

def read_operations(doc, reader, sql, roles):
    operations = []
    for template, item in doc.paths.items():
        shared = item.pop("parameters", [])
        for method, node in item.items():
            if method not in METHODS:
                fail(item.at(method), f"no method '{method}'")
            node["parameters"] = shared + node.get("parameters", [])
            operations.append(Operation(doc, reader, sql, template, method, node, [], roles))
            if not node["parameters"]:
                del node["parameters"]
    known = {o.id for o in operations}
    if len(known) != len(operations):
        fail("openapi/paths", "an operationId stands twice")
    steps = {name for o in operations for name in o.steps}
    for path in sorted((sql / "queries").glob("*.sql")):
        if path.stem not in known and path.stem not in steps:
            fail(f"{path}:1", "no operation names this file")
    return operations


def c_routes(doc, operations):
    """Routes, literal segments before parameters, so that the first match is the right one."""
    rows = []
    index = {(o.template, o.method): i for i, o in enumerate(operations)}
    for template in sorted(doc.paths, key=lambda t: [(s[0] == "{", s) for s in t.split("/")[1:]]):
        segments = [None if s[0] == "{" else s for s in template.split("/")[1:]]
        methods = [f"[METHOD_{m.upper()}] = &contract_operations[{index[template, m]}]" for m in METHODS if (template, m) in index]
        rows.append(f"{{{c_string(template)}, {c_list('char *const', [c_string(s) for s in segments])}, {len(segments)}, {{{', '.join(methods)}}}}}")
    return rows


def c_files(reader, sql):
    """Migrations and seeds, whole."""
    migrations, seeds = [], []
    for path in sorted((sql / "migrations").glob("*.sql")):
        text = reader.text(path)
        number = path.name[:4]
        if not re.fullmatch(r"\d{4}_[a-z0-9_]+\.sql", path.name) or int(number) != len(migrations) + 1 and int(number) in migrations:
            fail(f"{path}:1", "a migration is named NNNN_what.sql")
        digest = hashlib.sha256(text.encode()).hexdigest()
        migrations.append(f"{{{int(number)}, {c_string(path.stem)}, {c_string(digest)}, {c_string(text)}}}")
    for path in sorted((sql / "seed").glob("*.sql")) + sorted((sql / "seed" / "sample").glob("*.sql")):
        text, rows = reader.text(path), None
        if path.with_suffix(".csv").exists():
            table = csv.DictReader(reader.text(path.with_suffix(".csv")).splitlines())
            rows = json.dumps([{k: v or None for k, v in row.items()} for row in table], ensure_ascii=False)
        statement = re.sub(r"(?<!:):rows\b", "$1::jsonb", text)
        digest = hashlib.sha256((text + (rows or "")).encode()).hexdigest()
        sample = "true" if path.parent.name == "sample" else "false"
        seeds.append(f"{{{c_string(path.stem)}, {sample}, {c_string(digest)}, {c_string(statement)}, {c_string(rows)}}}")
    return migrations, seeds


def c_table(type_name, name, rows):
    body = ",\n".join("\t" + row for row in rows)
    return f"const {type_name} {name}[] = {{\n{body}\n}};\nconst size_t {name.replace('contract_', 'contract_n_')} = {len(rows)};\n"


def main(openapi, sql, out_c, out_json, out_statements, depfile):
    reader = Reader()
    openapi, sql = pathlib.Path(openapi), pathlib.Path(sql)
    doc = Document(reader, openapi)
    scopes = next(iter(doc.components["securitySchemes"]["oauth"]["flows"].values()))["scopes"]
    roles = ["public"] + [name for name in scopes if ":" not in name]
    operations = read_operations(doc, reader, sql, roles)
    rules = reader.yaml(openapi / "rules.yaml")
    components = {kind: dict(sorted(parts.items())) for kind, parts in doc.components.items() if parts}
    served = json.dumps({**doc.top, "paths": doc.paths, "components": components}, ensure_ascii=False, indent=1)
    migrations, seeds = c_files(reader, sql)
    parts = ["/* Written by compile.py from openapi/ and sql/. */\n", '#include "contract.h"\n\n',
             '#pragma GCC diagnostic ignored "-Woverlength-strings"\n\n',
             c_table("char *const", "contract_roles", [c_string(role) for role in roles]),
             c_table("char *const", "contract_scopes", [c_string(scope) for scope in scopes if ":" in scope]),
             c_table("struct operation", "contract_operations", [o.c_row(roles) for o in operations]),
             c_table("struct route", "contract_routes", c_routes(doc, operations)),
             c_table("struct rule", "contract_rules", [f"{{{c_string(code)}, {c_string(text['id'])}, {c_string(text['en'])}}}"
                                                      for code, text in sorted(rules.items())]),
             c_table("struct migration", "contract_migrations", migrations), c_table("struct seed", "contract_seeds", seeds),
             f"const char contract_openapi[] = {c_string(served)};\n"]
    pathlib.Path(out_c).write_text("".join(parts), encoding="utf-8")
    pathlib.Path(out_json).write_text(served + "\n", encoding="utf-8")
    statements = [{"name": name, "operation": o.id, "sql": text, "columns": o.columns, "list": o.list, "step": q is not o.query,
                   "binds": [] if name.endswith(".replay") else [key for _, key in q.binds],
                   "roles": [r for r, _ in o.access] or ["public"]}
                  for o in operations for name, text, q in
                  ([(o.id, o.query.sql, o.query)] if o.query else [])
                  + ([(o.id + ".kept", o.query.kept(), o.query), (o.id + ".replay", o.replay_sql(), o.query)] if o.idempotent else [])
                  + [(n, q.sql, q) for n, q in o.steps.items()]]
    pathlib.Path(out_statements).write_text(json.dumps(statements, indent=1) + "\n", encoding="utf-8")
    pathlib.Path(depfile).write_text(f"{out_c} {out_json} {out_statements}: {' '.join(sorted(set(reader.seen)))}\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 7:
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except Stop as stop:
        sys.exit(str(stop))
