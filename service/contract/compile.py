#!/usr/bin/env python3
"""Compile the contract (openapi/) and SQL (sql/) into constant C tables, one OpenAPI document and
a list of statements for tests.

    compile.py OPENAPI_DIR SQL_DIR OUT_C OUT_JSON OUT_STATEMENTS DEPFILE
    compile.py --explain OPERATION

It writes data only. Input that it does not understand ends the build with file:line: reason.
--explain prints the source file of an operation's SQL, and the SQL that PostgreSQL gets."""
import csv
import hashlib
import json
import pathlib
import re
import sys

import functions
from document import Document, expect
from forms import Forms
from initialiser import C, c, c_document, c_list
from operation import METHODS, read_operations
from pages import Pages
from sources import Sources

C_HEAD = """/* Written by compile.py. */
#include "contract/contract.h"

#pragma GCC diagnostic ignored "-Woverlength-strings"

"""


def routes(doc, operations):
    """The routes. Literal segments come before parameters, so that the first match is right."""
    index = {
        (o.template, o.method): C(f"&contract_operations[{i}]") for i, o in enumerate(operations)
    }
    for template in sorted(doc.paths, key=lambda t: [(s[0] == "{", s) for s in t.split("/")[1:]]):
        segments = [None if s[0] == "{" else s for s in template.split("/")[1:]]
        methods = [
            f"[METHOD_{m.upper()}] = {index[template, m]}"
            for m in METHODS
            if (template, m) in index
        ]
        yield c_list("char *const", segments), len(segments), C(f"{{{', '.join(methods)}}}")


def migrations(doc, folder):
    for number, path in enumerate(sorted(folder.glob("*.sql")), 1):
        text = doc.text(path)
        expect(
            re.fullmatch(r"\d{4}_[a-z0-9_]+\.sql", path.name),
            f"{path}:1",
            "a migration is named NNNN_what.sql",
        )
        expect(
            int(path.name[:4]) == number,
            f"{path}:1",
            f"migrations are numbered without a gap, this one is {number:04}",
        )
        yield number, path.stem, hashlib.sha256(text.encode()).hexdigest(), text


def seeds(doc, folder):
    for path in sorted(folder.glob("*.sql")) + sorted((folder / "sample").glob("*.sql")):
        text, data = doc.text(path), None
        if path.with_suffix(".csv").exists():
            table = csv.DictReader(doc.text(path.with_suffix(".csv")).splitlines())
            data = json.dumps(
                [{k: v or None for k, v in row.items()} for row in table], ensure_ascii=False
            )
        yield (
            path.stem,
            path.parent.name == "sample",
            hashlib.sha256((text + (data or "")).encode()).hexdigest(),
            re.sub(r"(?<!:):rows\b", "$1::jsonb", text),
            data,
        )


def read(openapi, sql):
    """The document, its roles and scopes, and its operations."""
    doc = Document(openapi)
    doc.forms = Forms(doc.form_table)
    scopes = next(iter(doc.components["securitySchemes"]["oauth"]["flows"].values()))["scopes"]
    roles = ["public"] + [name for name in scopes if ":" not in name]
    pages = Pages(doc, openapi / "pages")
    operations = read_operations(doc, Sources(doc, sql), pages, roles)
    pages.check()
    return doc, roles, scopes, operations


def explain(name):
    """Prints the source file and the SQL of each statement of an operation."""
    root = pathlib.Path(__file__).parents[2]
    *_, operations = read(root / "openapi", root / "sql")
    operation = next((one for one in operations if one.id == name), None)
    if not operation:
        sys.exit(f"there is no operation {name}")
    if operation.handler:
        print(f"-- {name} is C: handler {operation.handler}")
    for statement, (sql, query) in operation.statements().items():
        source = str(query.source).replace(f"{root}/", "") if query else "made by compile.py"
        print(f"-- {statement}: {source}")
        binds = enumerate((key for _, key in query.binds) if query else (), 1)
        print("".join(f"-- ${place} is :{key}\n" for place, key in binds) + sql)


def main(openapi, sql, out_c, out_json, out_statements, depfile):
    doc, roles, scopes, operations = read(openapi, sql)
    components = {
        kind: dict(sorted(parts.items())) for kind, parts in doc.components.items() if parts
    }
    served = json.dumps(
        {**doc.top, "paths": doc.paths, "components": components}, ensure_ascii=False, indent=1
    )
    paths = sorted((sql / "functions").glob("*.sql"))
    objects = functions.read([(f"sql/functions/{path.name}", doc.text(path)) for path in paths])
    upgrade = doc.text(sql / "upgrade.sql") if (sql / "upgrade.sql").exists() else None
    tables = {
        "forms": ("struct form", doc.forms.rows()),
        "roles": ("char *const", roles),
        "scopes": ("char *const", [scope for scope in scopes if ":" in scope]),
        "operations": ("struct operation", [o.row() for o in operations]),
        "routes": ("struct route", routes(doc, operations)),
        "rules": (
            "struct rule",
            [
                (code, t["id"], t["en"])
                for code, t in sorted(doc.yaml(openapi / "rules.yaml").items())
            ],
        ),
        "migrations": ("struct migration", migrations(doc, sql / "migrations")),
        **{
            name: ("struct object", objects[name])
            for name in ("procedures", "functions", "triggers", "grants")
        },
        "seeds": ("struct seed", seeds(doc, sql / "seed")),
    }
    statements = [
        {
            "name": name,
            "operation": o.id,
            "sql": code,
            "columns": o.columns,
            "list": o.list,
            "step": name in o.steps,
            "lane": o.lane,
            "binds": [key for _, key in query.binds] if query else [],
            "roles": ["engine"]
            if name in o.steps and o.method != "get"
            else [role for role, _ in o.access] or ["public"],
        }
        for o in operations
        for name, (code, query) in o.statements().items()
    ]
    text = C_HEAD
    for name, (kind, rows) in tables.items():
        rows = list(map(c, rows))
        text += f"const {kind} contract_{name}[] = {{\n\t" + ",\n\t".join(rows) + "\n};\n"
        text += f"const size_t contract_n_{name} = {len(rows)};\n"
    for name in ("functions_checksum", "triggers_checksum"):
        text += f"const char contract_{name}[] = {c(objects[name])};\n"
    text += f"const char *const contract_upgrade = {c(upgrade)};\n"
    outputs = {
        out_c: text + c_document("openapi", served),
        out_json: served + "\n",
        out_statements: json.dumps(statements, indent=1) + "\n",
        depfile: f"{out_c} {out_json} {out_statements}: {' '.join(sorted(doc.seen))}\n",
    }
    for path, text in outputs.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "--explain":
        explain(sys.argv[2])
        sys.exit()
    if len(sys.argv) != 7:
        sys.exit(__doc__)
    main(*map(pathlib.Path, sys.argv[1:]))
