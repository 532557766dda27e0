#!/usr/bin/python3
"""The size of the tree, as CONTRIBUTING.md states it. With --write, it writes the table there."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "CONTRIBUTING.md"
KINDS = {".c", ".h", ".py", ".sql", ".yaml", ".yml", ".html", ".css", ".mjs", ".ts", ".go", ".lua", ".bash"}
SKIPPED = {"node_modules", "__pycache__", "generated", "golden", "corpus"}
TABLE = re.compile(r"<!-- numbers.*?-->\n(.*?)<!-- end of numbers -->", re.S)


def lines(path):
    return path.read_text().splitlines()


def rooms():
    """The files and lines of each folder of service/, sql/ and tests/, and of openapi/ as a
    whole."""
    found = {}
    for top in ("service", "openapi", "sql", "tests"):
        for path in sorted((ROOT / top).rglob("*")):
            parts = path.relative_to(ROOT).parts
            if path.is_file() and path.suffix in KINDS and not SKIPPED & set(parts):
                room = "/".join(parts[:2 if top != "openapi" and len(parts) > 2 else 1]) + "/"
                files, total = found.get(room, (0, 0))
                found[room] = (files + 1, total + len(lines(path)))
    return found


def functions():
    """The length and place of every C function, from its name to its closing brace."""
    for path in sorted((ROOT / "service").rglob("*.c")):
        for body in re.finditer(r"^\w[^;{}=]*?(\w+)\([^;{}=]*\)\n\{\n.*?^\}$", path.read_text(), re.M | re.S):
            yield len(body[0].splitlines()), f"{path.stem}.c: {body[1]}"


def largest():
    module = max((len(lines(path)), path.name) for path in (ROOT / "service").rglob("*.c"))
    script = max((len(lines(path)), path.name) for path in (ROOT / "service").rglob("*.py"))
    sizes = sorted(size for size, _ in functions())
    return {"largest module of C": module, "largest script": script, "longest function": max(functions()),
            "median function": (sizes[len(sizes) // 2], f"of {len(sizes)}")}


def table():
    rows = [f"| `{room}` | {files} | {total:,} |" for room, (files, total) in rooms().items()]
    rows += [f"| {what} | {where} | {size:,} |" for what, (size, where) in largest().items()]
    return "\n".join(["| | files | lines |", "|---|---|---|", *rows, ""])


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        page = PAGE.read_text()
        begin, end = TABLE.search(page).span(1)
        PAGE.write_text(page[:begin] + table() + page[end:])
    else:
        print(table(), end="")
