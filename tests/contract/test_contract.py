"""The contract as an integrator reads it: every operation, member and parameter has a description
and an example."""
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def contract(tmp_path):
    outputs = [tmp_path / name for name in ("contract.c", "openapi.json", "statements.json", "contract.d")]
    subprocess.run([sys.executable, ROOT / "service/contract/compile.py", ROOT / "openapi", ROOT / "sql", *outputs], check=True)
    return json.loads(outputs[1].read_text())


def members(schema, where, whole):
    for name, node in schema.get("properties", {}).items():
        path, target = f"{where}.{name}", node
        if "$ref" in node:
            target = {**whole[node["$ref"].rsplit("/", 1)[1]], **node}
        yield path, target
        yield from members(node, path, whole)


def test_everything_is_described_and_shown(tmp_path):
    document = contract(tmp_path)
    schemas, silent = document["components"]["schemas"], []
    for name, schema in schemas.items():
        for where, member in members(schema, name, schemas):
            shown = "examples" in member or member.get("type") == "object" or "anyOf" in member or "const" in member
            silent += [where] * (not member.get("description") or not shown)
    operations = [node for item in document["paths"].values() for method, node in item.items() if method != "parameters"]
    silent += [o["operationId"] for o in operations if not (o.get("summary") and o.get("description"))]
    parameters = [*document["components"]["parameters"].values(), *(p for o in operations for p in o.get("parameters", []) if "$ref" not in p)]
    silent += [p["name"] for p in parameters if not p.get("description") or "example" not in p]
    assert not silent


def test_contract_changelog_and_build_name_the_same_version(tmp_path):
    build = re.search(r"^ *version: '([^']+)'", (ROOT / "meson.build").read_text(), re.M)
    newest = re.search(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(), re.M)
    versions = {"meson.build": build[1], "CHANGELOG.md": newest[1], "openapi.yaml": contract(tmp_path)["info"]["version"]}
    assert set(versions.values()) == {build[1]}, versions


def test_every_filter_by_the_time_of_a_write_advises_an_overlap(tmp_path):
    """A transaction sets the time when it begins, and shows when it ends. So a poll can lose it."""
    document = contract(tmp_path)
    described = {(operation["operationId"], one["name"]): one["description"]
                 for item in document["paths"].values() for operation in item.values() if "operationId" in operation
                 for one in (resolve(document, parameter) for parameter in operation.get("parameters", []))
                 if one["name"] in ("updated_at_gte", "updated_at_lte", "created_at_gte", "at_gte")}
    assert len(described) > 40 and not [one for one, text in described.items() if "five minutes" not in text]
    assert "five minutes" in (ROOT / "openapi/guide.md").read_text() and "lima menit" in (ROOT / "openapi/guide.id.md").read_text()


def resolve(document, node):
    """Follows one `$ref`."""
    return document["components"]["parameters"][node["$ref"].rsplit("/", 1)[1]] if "$ref" in node else node


def test_a_member_that_ends_in_id_names_a_record(tmp_path):
    """A text in Indonesian has the plain name, because a name with `_id` looks like a foreign
    key."""
    schemas = contract(tmp_path)["components"]["schemas"]
    every = dict(pair for name, schema in schemas.items() for pair in members(schema, name, schemas))
    english = [where for where in every if where.endswith("_en")]
    alone = [where for where in english if where.removesuffix("_en") not in every]
    foreign = {"client_id", "request_id", "client_request_id"}  # names of OAuth and HTTP
    texts = [where for where, member in every.items() if where.endswith("_id") and member.get("format") != "uuid"
             and where.rsplit(".", 1)[1] not in foreign]
    assert english and not alone and not texts
