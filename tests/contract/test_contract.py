"""An integrator reads nothing else: every operation, member and parameter says what it is and shows one."""
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def contract(tmp_path):
    outputs = [tmp_path / name for name in ("contract.c", "openapi.json", "statements.json", "contract.d")]
    subprocess.run([sys.executable, ROOT / "service/compile.py", ROOT / "openapi", ROOT / "sql", *outputs], check=True)
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
