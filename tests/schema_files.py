#!/usr/bin/env python3
"""Split a dump of the schema into one file for each table, for review.

    schema_files.py DUMP DIRECTORY [--check]

The file of a table holds its columns, constraints, indexes, policies, triggers and grants.
_types.sql holds the parts that belong to no table. Functions and views are left out:
sql/functions has their text. --check writes nothing, and treats a difference as an error."""
import collections
import difflib
import pathlib
import re
import sys

ENTRY = re.compile(r"^-- Name: (?P<name>.+); Type: (?P<type>[A-Z ]+); Schema: .*\n--\n", re.M)
# The parts that differ between two dumps of one schema: versions, a random word, the owner's name.
NOISE = re.compile(r"^(-- Dumped .*|\\(un)?restrict .*|--.*|SET .*)\n", re.M)
FUNCTIONS = ("FUNCTION", "PROCEDURE", "VIEW")


def entries(dump):
    """(name, type, text) of each part of the dump."""
    found = list(ENTRY.finditer(dump))
    for one, following in zip(found, [*found[1:], None]):
        text = dump[one.end():following.start() if following else len(dump)]
        text = re.sub(r"^(ALTER DEFAULT PRIVILEGES) FOR ROLE \S+", r"\1", NOISE.sub("", text), flags=re.M)
        yield one["name"], one["type"], text.strip() + "\n"


def table_of(name, kind, text):
    """The table that a part belongs to; None when it belongs to none."""
    if kind == "TABLE":
        return name
    on = re.search(r"(?:TABLE|ON|OWNED BY)(?: ONLY)? (?:TABLE )?public\.(\w+)", text)
    return on and on[1]


def read(dump):
    """File name -> text."""
    files, views = collections.defaultdict(str), set()
    for name, kind, text in entries(dump):
        if kind == "VIEW":
            views.add(name)
        if kind in FUNCTIONS or kind == "ACL" and name.split()[0] in FUNCTIONS:
            continue
        table = table_of(name, kind, text)
        if table not in views:
            files[f"{table or '_types'}.sql"] += ("\n" if files[f"{table or '_types'}.sql"] else "") + text
    return dict(files)


def main(dump, directory, check):
    wanted = read(pathlib.Path(dump).read_text())
    directory = pathlib.Path(directory)
    present = {path.name: path.read_text() for path in sorted(directory.glob("*.sql"))}
    if not check:
        directory.mkdir(exist_ok=True)
        for name in present.keys() - wanted.keys():
            (directory / name).unlink()
        for name, text in wanted.items():
            (directory / name).write_text(text)
        return 0
    differs = False
    for name in sorted(present.keys() | wanted.keys()):
        lines = list(difflib.unified_diff(present.get(name, "").splitlines(), wanted.get(name, "").splitlines(),
                                          f"sql/schema/{name}", "the database", lineterm=""))
        differs |= bool(lines)
        print(*lines, sep="\n", end="\n" if lines else "")
    return differs


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:3], sys.argv[3:] == ["--check"]))
