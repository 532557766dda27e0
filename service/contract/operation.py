"""The operations of the contract: parameters, replies and statements."""
import json
import re

import formats
from document import COLUMNS, MASKS, expect, shape
from initialiser import C, c, c_list
from query import Query

METHODS = ["get", "post", "put", "patch", "delete"]
MEDIA = {
    "application/json": "BODY_JSON",
    "application/merge-patch+json": "BODY_MERGE_PATCH",
    "application/x-www-form-urlencoded": "BODY_FORM",
}
OPERATION_NEEDS = ["operationId", "tags", "summary", "description", "security", "responses"]
OPERATION_KEYS = {*OPERATION_NEEDS, "parameters", "requestBody", "x-handler", "x-limit", "x-lane"}
PARAMETER_KEYS = {"name", "in", "required", "description", "schema", "style", "explode", "example"}
SIZES = {
    "string": ("minLength", "maxLength"),
    "array": ("minItems", "maxItems"),
    "object": ("minProperties", "maxProperties"),
}
HEADERS = {
    "ETag": ("_etag", "The version of the record, and behind a dot a stamp of what is shown.", 100),
    "Location": ("_location", "The record's address.", 200),
}
ACCEPTED = "_accepted"  # a column: true if the reply is 202, since the change waits for an officer
ALWAYS = {
    "400": "BadRequest",
    "429": "RateLimited",
    "500": "Internal",
    "503": "Unavailable",
    "504": "Timeout",
}
SAFE_INTEGER = 2**53 - 1


def c_schema(doc, node):
    schema, nullable = shape(doc, node)
    kind, properties, bounds = (
        schema["type"],
        schema.get("properties", {}),
        schema["type"] in ("integer", "number"),
    )
    small, large = SIZES.get(kind, (None, None))
    values = (
        [schema["const"]]
        if "const" in schema
        else [v for v in schema.get("enum", []) if v is not None]
    )
    members = [
        (name, name in schema.get("required", []), c_schema(doc, member))
        for name, member in properties.items()
    ]
    form = doc.forms.of(schema) if kind == "string" else None
    parts = [shape(doc, member)[0] for member in properties.values()]
    expect(
        not any(part.get("x-sealed") in MASKS for part in parts)
        or not any(part["type"] == "number" for part in parts),
        schema.at(),
        "a body with sealed members cannot hold a number: it is printed again",
    )
    return C(
        "&(const struct schema)"
        + c(
            {
                "type": C("SCHEMA_" + kind.upper()),
                "nullable": nullable,
                "unique": schema.get("uniqueItems"),
                "format": C("FORMAT_" + schema["format"].replace("-", "_").upper())
                if "format" in schema
                else None,
                "mask": C("MASK_" + schema["x-sealed"].upper()) if "x-sealed" in schema else None,
                "form": form is not None and C(f"&contract_forms[{form}]"),
                "min_size": schema.get(small),
                "max_size": schema.get(large),
                "minimum": C(repr(schema.get("minimum", -SAFE_INTEGER))) if bounds else None,
                "maximum": C(repr(schema.get("maximum", SAFE_INTEGER))) if bounds else None,
                "pattern": schema.get("pattern"),
                "values": c_list("char *const", values and values + [None]),
                "members": c_list("struct member", members),
                "n_members": len(members),
                "items": c_schema(doc, schema["items"]) if kind == "array" else None,
            }
        )
    )


class Operation:
    """One operation: its table rows, and the properties that follow from its shape."""

    def __init__(self, doc, sources, pages, template, method, node, roles):
        self.doc, self.node, self.roles = doc, node, roles
        self.method, self.template = method, template
        node.only(OPERATION_KEYS, "keyword")
        for key in OPERATION_NEEDS:
            expect(key in node, node.at(), f"the operation has no {key}")
        for tag in node["tags"]:
            expect(
                tag in [one["name"] for one in doc.top["tags"]],
                node.at("tags"),
                f"'{tag}' is no tag",
            )
        self.id, self.handler = node["operationId"], node.get("x-handler")
        self.parameters = self.read_parameters()
        self.access = [
            (role, scopes) for entry in node["security"] for role, *scopes in entry.values()
        ]
        for role, _ in self.access:
            expect(role in roles, node.at("security"), f"'{role}' is no role")
        self.body = self.body_kind = None
        if "requestBody" in node:
            ((media, content),) = node["requestBody"]["content"].items()
            expect(media in MEDIA, node.at("requestBody"), f"no body of type {media}")
            self.body, self.body_kind = content["schema"], MEDIA[media]
        self.read_reply()
        self.lane = (
            "write" if method != "get" else node.get("x-lane", "list" if self.list else "point")
        )
        self.formats = formats.read(doc, pages, self)
        types = {p["name"]: shape(doc, p["schema"])[0]["sql"] for p in self.parameters}
        source = sources.own(self.id) if self.handler else sources.find(self.id, types)
        expect(
            bool(source) != bool(self.handler),
            node.at(),
            f"{self.id} needs either {self.id}.sql or x-handler",
        )
        self.query = None if self.handler else Query(doc, source, types, self.body)
        steps = sources.steps(self.id) if self.handler else {}
        self.steps = {name: Query(doc, step, None, None) for name, step in steps.items()}
        usual = sources.own(f"{self.id}.usual") if self.list else None
        self.usual = Query(doc, usual, types, None) if usual else None
        expect(
            not self.usual or self.lane != "point",
            f"{usual and usual.path}",
            "its settings are for a batch of its own: no x-lane: point",
        )
        self.queries = [one for one in (self.query, self.usual, *self.steps.values()) if one]
        self.names, self.sql = (self.query.names, self.query.sql) if self.query else (set(), "")
        self.conditional = "if_match" in self.names
        self.secret = any(c["kind"] in ("OPEN", "SECRET") for c in self.columns)
        members = shape(doc, self.body)[0]["properties"].values() if self.body else []
        # A client can repeat a PUT as it is. The reply to a body with personal data is not kept: a
        # replay would return it again without an entry in the log.
        self.idempotent = self.method not in ("get", "put") and not (
            self.secret
            or self.handler
            or any("x-sealed" in shape(doc, member)[0] for member in members)
        )
        self.many = (
            self.query.many() if self.query and self.method == "get" and not self.list else None
        )
        if self.query:
            self.check_query()
        self.extend()

    def read_parameters(self):
        result = [self.doc.resolve(node) for node in self.node.get("parameters", [])]
        for node in result:
            node.only(PARAMETER_KEYS, "keyword")
            expect(
                "description" in node and node.get("in") in ("path", "query"),
                node.at(),
                "a parameter has a description and stands in path or query",
            )
            single, style = shape(self.doc, node["schema"])[0]["type"] != "array", (
                node.get("style"),
                node.get("explode"),
            )
            expect(
                single or style == ("form", False),
                node.at(),
                "an array parameter has style: form, explode: false",
            )
        wanted, by_name = re.findall(r"{(\w+)}", self.template), {
            node["name"]: node for node in result
        }
        expect(
            len(wanted) <= 4
            and sorted(wanted) == sorted(node["name"] for node in result if node["in"] == "path"),
            self.node.at(),
            f"path parameters of {self.template} and declared ones differ, or are more than four",
        )
        return [by_name[name] for name in wanted] + [
            node for node in result if node["in"] == "query"
        ]

    def read_reply(self):
        codes = [code for code in self.node["responses"] if str(code).startswith("2")]
        expect(
            self.node.get("x-limit") in (None, "login"),
            self.node.at("x-limit"),
            "the one x-limit is login",
        )
        expect(len(codes) == 1, self.node.at("responses"), "an operation has exactly one 2xx reply")
        self.status, self.reply, self.list, self.columns = (
            codes[0],
            self.node["responses"][codes[0]],
            False,
            [],
        )
        self.media, content = next(iter(self.reply.get("content", {}).items()), (None, None))
        if not content or self.handler:
            return
        schema, _ = shape(self.doc, content["schema"])
        if schema["type"] == "object" and {"data", "page"} == set(schema["properties"]):
            self.list = True
            schema, _ = shape(self.doc, shape(self.doc, schema["properties"]["data"])[0]["items"])
        missing = min(set(schema["properties"]) - set(schema.get("required", [])), default=None)
        expect(
            missing is None,
            schema.at(),
            f"reply member '{missing}' must be required: null means unknown",
        )
        self.columns = [self.column(name, member) for name, member in schema["properties"].items()]

    def column(self, name, node):
        schema, nullable = shape(self.doc, node)
        kind = (
            {"secret": "SECRET", "warnings": "WARNINGS"}.get(name)
            or {"open": "OPEN"}.get(schema.get("x-sealed"))
            or {"date-time": "TIME"}.get(schema.get("format"))
            or COLUMNS[schema["type"]]
        )
        pg = {
            "JSON": "json",
            "WARNINGS": "json",
            "OPEN": "text",
            "SECRET": "text",
            "TIME": "timestamptz(3)",
        }
        return {
            "name": name,
            "kind": kind,
            "nullable": nullable,
            "sql": pg.get(kind) or schema["sql"],
            "schema": schema["type"],
        }

    def check_query(self):
        for name in (p["name"] for p in self.parameters if p["name"] != "format"):
            expect(name in self.names, self.query.path, f"parameter '{name}' is used by no SQL")
        expect(
            self.body is None or "body" in self.names, self.query.path, "the body is used by no SQL"
        )
        for query in self.queries if self.list else ():
            expect(
                {"limit", "after_id"} <= query.names, query.path, "a list uses :limit and :after_id"
            )
        expect(
            not self.idempotent or self.query.last_select and self.sql.startswith("with"),
            self.query.path,
            "a write is `with … select …`, so that its answer can be kept",
        )

    @property
    def ignores_token(self):
        """Whether one comes here to get a valid token, or to learn how."""
        return self.node["tags"] in (["oauth"], ["documentation"])

    def extend(self):
        """Adds the parameters, replies and headers that follow from the operation's shape."""
        plain, body, read = not self.handler, self.body is not None, self.method == "get"
        named = any(
            p["in"] == "path" and "enum" not in shape(self.doc, p["schema"])[0]
            for p in self.parameters
        )
        closed = self.access and {role for role, scopes in self.access if not scopes} != set(
            self.roles[1:]
        )
        parameters = {
            "limit": self.list,
            "cursor": self.list,
            "count": "count" in self.names,
            "if_match": self.conditional,
            "if_none_match": read,
            "idempotency_key": self.idempotent,
            "accept_language": plain,
        }
        responses = {
            "304": ("NotModified", read),
            "401": ("Unauthenticated", not self.ignores_token),
            "403": ("Forbidden", closed),
            "404": ("NotFound", named),
            "406": ("NotAcceptable", plain or read),
            "409": ("Conflict", self.idempotent or self.secret and body),
            "412": ("VersionMismatch", self.conditional),
            "413": ("TooLarge", body),
            "415": ("UnsupportedMediaType", body),
            "422": ("Invalid", self.idempotent or body and self.body_kind != "BODY_FORM"),
            "428": ("PreconditionRequired", self.conditional),
            **{status: (name, True) for status, name in ALWAYS.items()},
        }
        replies = self.node["responses"]
        if extra := [
            self.doc.share("parameters", "parameters.yaml", name)
            for name, wanted in parameters.items()
            if wanted
        ]:
            self.node["parameters"] = self.node.get("parameters", []) + extra
        for status, (name, wanted) in responses.items():
            if wanted and status not in replies:
                replies[status] = self.doc.share("responses", "responses.yaml", name)
        for header, (column, description, size) in HEADERS.items():
            if (column in self.sql or header == "ETag" and read) and (header, self.status) != (
                "ETag",
                "204",
            ):
                schema = {"type": "string", "maxLength": size}
                self.reply.setdefault("headers", {})[header] = {
                    "description": description,
                    "schema": schema,
                }
        if ACCEPTED in self.sql:
            replies["202"] = {
                **self.reply,
                "description": "The record as it stands. The change waits for another officer:"
                " `change_request` shows it.",
            }
        self.node["responses"] = dict(sorted(replies.items()))

    def replay_sql(self):
        """The statement for the kept reply. It writes to the WAL, so that the retry waits for the
        standby for which the first request no longer waited."""
        columns = [f'"{c["name"]}" {c["sql"]}' for c in self.columns] + [
            "_etag text",
            "_location text",
            f"{ACCEPTED} boolean",
        ]
        return (
            "select r.* from idempotency_replay($1::text, $2::text) t(reply),"
            " json_to_record(t.reply)\n"
            f"  as r({', '.join(columns)}), pg_logical_emit_message(true, 'replay', '')\n"
            " where t.reply is not null\n"
        )

    def statements(self):
        """name -> (SQL, its Query, or None if the engine binds the values itself)."""
        return {
            **({self.id: (self.sql, self.query)} if self.query else {}),
            **({f"{self.id}.usual": (self.usual.sql, self.usual)} if self.usual else {}),
            **({f"{self.id}.many": (self.many[0], self.query)} if self.many else {}),
            **(
                {
                    f"{self.id}.kept": (self.query.kept(), self.query),
                    f"{self.id}.replay": (self.replay_sql(), None),
                }
                if self.idempotent
                else {}
            ),
            **{name: (query.sql, query) for name, query in self.steps.items()},
        }

    def c_formats(self):
        if not self.formats:
            return None
        columns, page = self.formats["columns"], self.formats["page"]
        languages = (
            [
                [
                    (
                        C(f"PIECE_{kind}"),
                        up,
                        text,
                        inside,
                        c_list("char *const", words and words + [None]),
                    )
                    for kind, up, text, inside, words in pieces
                ]
                for pieces in page["languages"]
            ]
            if page
            else []
        )
        return C(
            "&(const struct formats)"
            + c(
                {
                    **self.formats,
                    "columns": c_list("char *const", columns and columns + [None]),
                    "page": page
                    and C(
                        "&(const struct page)"
                        + c(
                            (
                                page["policy"],
                                tuple(
                                    (c_list("struct piece", pieces), len(pieces))
                                    for pieces in languages
                                ),
                            )
                        )
                    ),
                }
            )
        )

    def row(self):
        names = [p["name"] for p in self.parameters]
        access = [
            (self.roles.index(role), c_list("char *const", scopes + [None]))
            for role, scopes in self.access
        ]
        parameters = [
            (
                p["name"],
                C(f"PLACE_{p['in'].upper()}"),
                p.get("required", False),
                None if text == "null" else text,
                c_schema(self.doc, p["schema"]),
            )
            for p in self.parameters
            for text in [json.dumps(shape(self.doc, p["schema"])[0].get("default")).strip('"')]
        ]
        takes, needs = (
            [sum(1 << names.index(name) for name in some) for some in self.usual.asks()]
            if self.usual
            else (0, 0)
        )
        rows = {
            name: query.row(name, sql, names) if query else (name, sql, None, 2)
            for name, (sql, query) in self.statements().items()
        }
        own = {name: C("&(const struct statement)" + c(row)) for name, row in rows.items()}
        return {
            "id": self.id,
            "method": C("METHOD_" + self.method.upper()),
            "lane": C(f"LANE_{self.lane.upper()}"),
            "handler": self.handler,
            "media": self.media,
            "formats": self.c_formats(),
            "limit": self.node.get("x-limit"),
            "n_access": len(access),
            "access": c_list("struct access", access),
            "parameters": c_list("struct parameter", parameters),
            "n_parameters": len(names),
            "body_kind": self.body_kind and C(self.body_kind),
            "body_required": self.node.get("requestBody", {}).get("required"),
            "body_limit": self.node.get("requestBody", {}).get("x-max-bytes", 0),
            "body": self.body and c_schema(self.doc, self.body),
            "status": int(self.status),
            "counts": "count" in self.names,
            "about_caller": self.node["tags"] == ["me"],
            "ignores_token": self.ignores_token,
            **{
                flag: getattr(self, flag)
                for flag in ("list", "conditional", "idempotent", "secret")
            },
            "columns": c_list(
                "struct column",
                [(k["name"], C(f"COLUMN_{k['kind']}"), k["nullable"]) for k in self.columns],
            ),
            "n_columns": len(self.columns),
            "statement": own.get(self.id),
            "kept": own.get(f"{self.id}.kept"),
            "usual": own.get(f"{self.id}.usual"),
            "usual_takes": takes,
            "usual_needs": needs,
            "replay": own.get(f"{self.id}.replay"),
            "many": own.get(f"{self.id}.many"),
            "key": self.many and self.many[1],
            "steps": c_list("struct statement", [rows[name] for name in self.steps]),
            "n_steps": len(self.steps),
        }


def read_operations(doc, sources, pages, roles):
    operations = []
    for template, item in doc.paths.items():
        shared = item.pop("parameters", [])
        for method, node in item.items():
            expect(method in METHODS, item.at(method), f"no method '{method}'")
            if own := shared + node.get("parameters", []):
                node["parameters"] = own
            operations.append(Operation(doc, sources, pages, template, method, node, roles))
    known = {o.id for o in operations}
    expect(len(known) == len(operations), "openapi/paths", "an operationId stands twice")
    sources.check()
    return operations
