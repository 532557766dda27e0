"""Reads the contract: strict YAML, references across its files, a subset of JSON Schema."""
import os
import pathlib
import re
import sys

import yaml

SCHEMA_KEYS = set(
    "$ref type properties required additionalProperties minProperties items minItems maxItems"
    " uniqueItems enum const pattern minLength maxLength minimum maximum format default anyOf"
    " description examples x-sealed x-form".split()
)
FORMATS = {
    "uuid": "uuid",
    "uuid-v7": "uuid",
    "date": "date",
    "date-time": "timestamptz",
    "uri": "text",
    "email": "text",
    "password": "text",
    None: "text",
}
SQL_TYPES = {"integer": "bigint", "number": "numeric", "boolean": "boolean", "object": "jsonb"}
COLUMNS = {
    "string": "TEXT",
    "integer": "RAW",
    "number": "RAW",
    "boolean": "BOOL",
    "array": "JSON",
    "object": "JSON",
}
BOUNDS = {"maxLength", "enum", "const", "format"}
KINDS = {"schemas": "schemas", "parameters.yaml": "parameters", "responses.yaml": "responses"}
MASKS = ["head4", "phone", "email", "initials", "hidden"]


class Map(dict):
    """A YAML mapping that knows its file and line, and the line of each key."""

    def __init__(self, file, line, lines, values=()):
        super().__init__(values)
        self.file, self.line, self.lines = file, line, lines

    def like(self, values=()):
        """Another mapping with the same file and lines."""
        return Map(self.file, self.line, self.lines, values)

    def at(self, key=None):
        return f"{self.file}:{self.lines.get(key, self.line)}"

    def only(self, keys, what):
        unknown = min(set(self) - keys, default=None)
        expect(unknown is None, self.at(unknown), f"unknown {what} '{unknown}'")


def expect(fine, where, text):
    if not fine:
        sys.exit(f"{where}: {text}")


class Loader(yaml.SafeLoader):
    """Strict: a duplicate key is an error, only true and false are booleans, dates stay text."""


Loader.yaml_implicit_resolvers = {
    key: [
        (tag, regexp)
        for tag, regexp in pairs
        if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")
    ]
    for key, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def construct_map(loader, node):
    result = Map(loader.name, node.start_mark.line + 1, {})
    yield result
    for key_node, value_node in node.value:
        key, line = loader.construct_object(key_node, deep=True), key_node.start_mark.line + 1
        expect(key not in result, f"{loader.name}:{line}", f"'{key}' is given twice")
        result.lines[key] = line
        result[key] = loader.construct_object(value_node, deep=True)
        expect(
            key not in ("required", "explode", "uniqueItems")
            or isinstance(result[key], (bool, list, Map)),
            result.at(key),
            f"{key} is true or false",
        )


Loader.add_constructor("tag:yaml.org,2002:map", construct_map)


def read_yaml(path, text=None):
    """The data of a YAML file. text: its text, if the caller has read it already."""
    loader = Loader(path.read_text(encoding="utf-8") if text is None else text)
    loader.name = str(path)
    try:
        return loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        expect(False, f"{path}:{error.problem_mark.line + 1}", error.problem)


class Document:
    """The bundled OpenAPI document. Every $ref to another file becomes a $ref into components.

    `seen` holds the paths that were read, for the depfile."""

    def __init__(self, root):
        self.root, self.seen, self.files, self.origin, self.paths = root, set(), {}, {}, {}
        self.top = self.yaml(root / "openapi.yaml")
        self.form_table = self.yaml(root / "forms.yaml")
        self.components = {**{kind: {} for kind in KINDS.values()}, **self.top["components"]}
        for name in self.top["paths"]["$ref"]:
            for template, item in self.yaml(root / name).items():
                expect(template not in self.paths, item.at(), f"path {template} stands twice")
                self.paths[template] = self.bundle(item, root / name)

    def text(self, path):
        self.seen |= {str(path), str(path.parent)}  # a new file changes its directory
        expect(path.exists(), path, "there is no such file")
        return path.read_text(encoding="utf-8")

    def yaml(self, path):
        if path not in self.files:
            self.files[path] = read_yaml(path, self.text(path))
        return self.files[path]

    def share(self, kind, file, name):
        """Puts a shared part under components once. Returns its reference."""
        path, parts = self.root / file, self.components[kind]
        expect(
            self.origin.setdefault((kind, name), path) == path,
            path,
            f"{name} is also defined in {self.origin[kind, name]}",
        )
        if name not in parts:
            source = self.yaml(path)
            expect(name in source, path, f"there is no {name}")
            parts[name] = None
            parts[name] = self.bundle(source[name], path)
        return {"$ref": f"#/components/{kind}/{name}"}

    def bundle(self, node, path):
        if isinstance(node, list):
            return [self.bundle(item, path) for item in node]
        if not isinstance(node, Map):
            return node
        result = node.like()
        for key, value in node.items():
            if key == "$ref" and isinstance(value, str):
                file, _, name = value.partition("#/")
                target = (path.parent / file).resolve() if file else path.resolve()
                relative = pathlib.Path(os.path.relpath(target, self.root.resolve()))
                kind = KINDS.get(relative.parts[0])
                expect(
                    kind and name,
                    node.at(key),
                    f"$ref reaches only schemas, parameters.yaml and responses.yaml, not {value}",
                )
                result.update(self.share(kind, relative, name))
            else:
                result[key] = self.bundle(value, path)
        if isinstance(name := result.get("x-form"), str):
            expect(name in self.form_table, node.at("x-form"), f"there is no form '{name}'")
            pattern = self.form_table[name].get("pattern")
            result.update({"pattern": pattern} if pattern else {})
        return result

    def resolve(self, node):
        """The node itself, or the target of its $ref, overlaid with the keys beside the $ref."""
        while "$ref" in node:
            _, _, kind, name = node["$ref"].split("/")
            target = self.components[kind][name]
            node = target.like(
                {**target, **{key: value for key, value in node.items() if key != "$ref"}}
            )
        return node


def shape(doc, node):
    """A node as (schema without null and with its SQL type, nullable).

    Fails if the node is outside the documented subset."""
    node = doc.resolve(node)
    node.only(SCHEMA_KEYS, "schema keyword")
    if "anyOf" in node:
        expect(
            node["anyOf"][1:] == [{"type": "null"}],
            node.at("anyOf"),
            "anyOf is only [schema, {type: 'null'}]",
        )
        return shape(doc, node["anyOf"][0])[0], True
    kind, nullable = node.get("type"), isinstance(node.get("type"), list)
    if nullable:
        expect(kind[1:] == ["null"], node.at("type"), "a type list is [type, 'null']")
        kind = kind[0]
    keys, pattern = set(node), node.get("pattern", "^$")
    missing = (
        min(set(node.get("required", [])) - set(node.get("properties", {})), default=None)
        if kind == "object"
        else None
    )
    for key, fine, text in (
        ("type", kind in COLUMNS, f"type {kind!r} is not supported"),
        (
            None,
            kind != "string" or keys & BOUNDS,
            "a string needs maxLength, enum, const or format",
        ),
        (
            None,
            kind != "array" or keys >= {"maxItems", "items"},
            "an array needs items and maxItems",
        ),
        (
            None,
            kind != "object" or "properties" in keys and node.get("additionalProperties") is False,
            "an object needs properties and additionalProperties: false",
        ),
        ("required", missing is None, f"required member '{missing}' is not declared"),
        ("format", node.get("format") in FORMATS, f"unknown format '{node.get('format')}'"),
        (
            "pattern",
            re.fullmatch(r"\^.*\$", pattern, re.S)
            and not re.search(r"\\[dwsbDWSB1-9]|\(\?", pattern),
            "a pattern is anchored POSIX: no \\d, no look-around, no back-reference",
        ),
        (
            "x-sealed",
            node.get("x-sealed") in (None, "open", *MASKS),
            f"unknown mask '{node.get('x-sealed')}'",
        ),
        ("enum", kind == "string" or not keys & {"enum", "const"}, "only strings have an enum"),
    ):
        expect(fine, node.at(key), text)
    sql = (
        shape(doc, node["items"])[0]["sql"] + "[]"
        if kind == "array"
        else SQL_TYPES.get(kind) or FORMATS[node.get("format")]
    )
    return node.like({**node, "type": kind, "sql": sql}), nullable
