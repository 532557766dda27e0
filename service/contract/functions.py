"""Puts the statements of sql/functions into an order in which they can run.

Procedures come first, before the migrations, since migrations call them. Functions and views
follow, each after those that it needs. A view needs the functions that it calls. A function needs
the view whose rows it takes. Calls in a function's body do not count: PostgreSQL resolves them
when the function runs. Triggers follow, then grants and calls in the order of the files.

Creating a trigger locks its table, so triggers are created again only if their own checksum
differs. Therefore their functions are replaced and never dropped."""
import hashlib
import re

from document import expect

TOKEN = re.compile(
    r"'(?:[^']|'')*'|\"[^\"]*\"|(?P<body>\$(?P<tag>\w*)\$.*?\$(?P=tag)\$)"
    r"|(?P<comment>--[^\n]*\n?|/\*.*?\*/)|(?P<end>;)|.",
    re.S,
)
DEFINES = re.compile(r"create (function|procedure|view) (\w+)")


class Statement:
    """One statement without the comments before it, and its file and line."""

    def __init__(self, file, line, sql, needs):
        self.where, self.sql = f"{file}:{line}", sql
        found = DEFINES.match(sql)
        self.kind, self.name = found.groups() if found else (None, None)
        self.needs = set(re.findall(r"\w+", needs)) - {self.name}
        self.head = needs

    def is_of_trigger(self):
        """Whether the statement creates a trigger function."""
        return self.kind == "function" and "returns trigger" in self.head


def statements(file, text):
    """Yields the statements of one file."""
    sql = needs = ""
    first = 0
    for match in TOKEN.finditer(text):
        piece = match.group()
        if match["comment"] or not sql and piece.isspace():
            sql += "\n" if sql and match["comment"] else ""
            continue
        first = first if sql else match.start()
        sql += piece
        if not (match["body"] and re.match("create (function|procedure)", sql)):
            needs += piece
        if match["end"]:
            yield Statement(file, text.count("\n", 0, first) + 1, sql, needs)
            sql = needs = ""
    expect(
        not sql.strip(),
        f"{file}:{text.count(chr(10), 0, first) + 1}",
        "the statement does not end with ';'",
    )


def in_order(found):
    """Functions and views, each after those that it needs."""
    definitions, done, path = {}, [], []
    for one in found:
        definitions.setdefault(one.name, []).append(one)

    def run(one):
        if one in done:
            return
        expect(one not in path, one.where, f"'{one.name}' needs itself: it names what names it")
        path.append(one)
        for name in sorted(one.needs & definitions.keys()):
            for other in definitions[name]:
                run(other)
        done.append(path.pop())

    for one in found:
        run(one)
    return done


def makes_triggers(one, procedures):
    """Whether a statement creates a trigger, or calls a procedure that creates triggers."""
    called = re.match(r"call (\w+)", one.sql)
    return one.sql.startswith("create trigger") or bool(
        called and any(p.name == called[1] and "trigger" in p.sql for p in procedures)
    )


def checksum(texts):
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def read(files):
    """The lists of (where, sql) that `ovopd migrate` runs, in order, and two checksums."""
    found = [one for name, text in files for one in statements(name, text)]
    for one in found:
        expect(
            not one.sql.startswith("create or replace"),
            one.where,
            "functions are dropped before these are made: leave 'or replace' out",
        )
        if one.is_of_trigger():
            one.sql = one.sql.replace("create function", "create or replace function", 1)
    procedures = [one for one in found if one.kind == "procedure"]
    definitions = in_order([one for one in found if one.kind in ("function", "view")])
    triggers = [one for one in found if makes_triggers(one, procedures)]
    dropped = {one.name for one in definitions if not one.is_of_trigger()}
    for one in triggers:
        calls = {*re.findall(r"(\w+)\(", one.sql)} & dropped
        expect(
            not calls,
            one.where,
            f"a trigger cannot call {min(calls, default='')}(), which is dropped",
        )
    others = [one for one in found if not one.kind and one not in triggers]
    of_triggers = sorted(one.name for one in definitions if one.is_of_trigger())
    return {
        **{
            name: [(one.where, one.sql) for one in some]
            for name, some in (
                ("procedures", procedures),
                ("functions", definitions),
                ("triggers", triggers),
                ("grants", others),
            )
        },
        "functions_checksum": checksum(text for _, text in files),
        "triggers_checksum": checksum([*(one.sql for one in procedures + triggers), *of_triggers]),
    }
