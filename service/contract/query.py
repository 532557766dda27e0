"""The SQL of an operation, with $n in place of :name, and the value that each $n binds."""
import re

from document import expect, shape
from initialiser import C, c_list

SPECIAL = {
    "body": "jsonb",
    "claims": "jsonb",
    "limit": "bigint",
    "after_key": "text",
    "after_id": "text",
    "count": "boolean",
    "if_match": "text[]",
    "secret.hash": "text",
    "secret.digest": "text",
    "request_id": "text",
}
SQL_TOKEN = re.compile(
    r"""(?P<skip>'(?:[^']|'')*'|"[^"]*"|\$(?P<tag>\w*)\$.*?\$(?P=tag)\$|::)"""
    r"""|(?P<comment>--[^\n]*\n?|/\*.*?\*/)"""
    r"""|:(?P<name>[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*)|(?P<word>\w+)|(?P<other>.)""",
    re.S,
)

# select … from … where x.id = :id, followed only by further conditions.
ONE_RECORD = re.compile(
    r"(?P<select>select (?:(?!\b(?:select|distinct)\b).)*?)\n(?P<rest> *from (?:(?!\bselect\b).)*"
    r"\n *where (?P<alias>\w+)\.id = (?P<one>\$(?P<place>\d+)::uuid)"
    r"\n(?:(?!\b(?:group|order|limit|union)\b).)*)",
    re.S,
)
MANY_MAX_BINDS = 8


class Query:
    """One statement as PostgreSQL gets it."""

    def __init__(self, doc, source, types, body):
        """types: the SQL type of each :name. None: a handler's step, where every :name is text."""
        self.doc, self.source, self.types, self.body = doc, source, types, body
        self.path = source.path
        self.binds, self.names, self.last_select, depth, out = {}, set(), None, 0, ""
        text = source.text
        expect(
            text.startswith("-- "), f"{self.path}:1", "the first line says what the query answers"
        )
        for match in SQL_TOKEN.finditer(text):
            piece = match.group()
            where = f"{self.path}:{text.count(chr(10), 0, match.start()) + 1}"
            expect(
                not match["word"] or piece not in "eE" or not text.startswith("'", match.end()),
                where,
                "no E'' strings: their backslashes would confuse the reader of :name",
            )
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
        expect(
            sealed == bool(part) and part in ("", "cipher", "hash", "mask"),
            where,
            f":{name}: a sealed member has the parts cipher, hash and mask, another has none",
        )
        if sealed:
            return f"({place} #>> '{{{member},{part}}}')"
        if kind in ("jsonb", "jsonb[]"):
            return f"nullif({place} -> '{member}', 'null')"
        if kind.endswith("[]"):
            return f"jsonb_texts({place} -> '{member}')" + ("" if kind == "text[]" else f"::{kind}")
        return f"({place} ->> '{member}')::{kind}"

    def kept(self):
        """The write that also keeps its reply for a retry with the same Idempotency-Key."""
        head, tail = self.sql[: self.last_select].rstrip(), self.sql[self.last_select :].rstrip()
        keep = "select op.* from op, lateral idempotency_keep(row_to_json(op))"
        return f"{head},\nop as (\n{tail})\n{keep}\n"

    def many(self):
        """The read of one record by id, changed to read many: each row has a _key. With it, the
        index of the bind that holds the ids. None if the statement has another shape."""
        found = ONE_RECORD.fullmatch(self.sql)
        if (
            not found
            or self.sql.count(f"${found['place']}::") > 1
            or len(self.binds) > MANY_MAX_BINDS
        ):
            return None
        one, ids = found["one"], f"any (${found['place']}::uuid[])"
        sql = f"{found['select']}, {found['alias']}.id::text as _key\n{found['rest']}"
        return sql.replace(f"= {one}", f"= {ids}"), int(found["place"]) - 1

    def row(self, name, sql, parameters):
        binds = [
            (C(source), parameters.index(key) if source == "BIND_PARAMETER" else 0, key)
            for source, key in self.binds
        ]
        return name, sql, c_list("struct bind", binds), len(binds)

    def asks(self):
        """The parameters that a list's usual statement takes, and those that it needs. It needs
        a parameter with the condition `:x is not null`."""
        needs = {int(place) for place in re.findall(r"\$(\d+)::\S+ is not null", self.sql)}
        places = {
            key: place for (source, key), place in self.binds.items() if source == "BIND_PARAMETER"
        }
        return {*places, "format"} & self.types.keys(), {
            key for key, place in places.items() if place in needs
        }
