"""Hypothesis strategies from the contract's subset of JSON Schema.

They draw valid values, and values with one fault at a known place.
"""
import json
import math
import re
import unicodedata
import uuid
from datetime import date, datetime, timedelta, timezone
from urllib.parse import quote

from hypothesis import strategies as st

CONTROLS = "\x07\x1b\x7f\x85\u061c\u200e\u202e\u2066"
MORE = "\u200f\u202a\u202b\u202c\u202d\u2067\u2068\u2069"  # marks that change the writing direction
NASTY = ["' or '1'='1", "=1+1", "%00", "%s%n", "\\", "\\x00", "$1", "{0}", "{limit}", "null", "<b>&amp;", "é" * 7, "🙂",
         "\ufeff", "e\u0301", "ﬀ", "../..", "--", ";", "\"", "'", "\u00a0", "\uffff"]
BLANK = [" ", "\u00a0", "\u00ad", "\u0301", "\u115f", "\u180e", "\u2003", "\u200b", "\u200d", "\u2060", "\u2800", "\u3000",
         "\u3164", "\ufe0f", "\ufeff", "\uffa0", "\U000e0041"]  # a text of these says nothing
FOREIGN = [None, True, 0, 1.5, "x", [], {}, [[]], {"a": 1}]  # at least one value of each type
UNKNOWN = ["id", "role", "created_at", "created_by", "version", "status", "allowed_actions", "secret", "_etag", "__proto__", "",
           "a/b~c", "NAME", "name ", "🙂"]
MALFORMED = {  # ways to break a valid JSON body
    "cut": lambda text: text[:-1], "twice": lambda text: b"{\"a\":1," * 2 + b"\"b\":1}}", "NUL": lambda text: text + b"\0",
    "UTF-8": lambda text: b"{\"a\":\"\xc3\x28\"}", "surrogate": lambda text: b"{\"a\":\"\\ud800\"}",
    "BOM": lambda text: b"\xef\xbb\xbf" + text, "more": lambda text: text + b"{}", "NaN": lambda text: b"{\"a\":NaN}",
    "1e999": lambda text: b"{\"a\":1e999}", "2^63": lambda text: b"{\"a\":9223372036854775808}",
    "leading 0": lambda text: b"{\"a\":01}", "deep": lambda text: b"{\"a\":" + b"[" * 32 + b"]" * 32 + b"}",
    "equal keys": lambda text: b"{\"a\":1,\"a\":1}",
    "quotes": lambda text: b"{'a':1}", "comment": lambda text: b"/**/" + text,
    "UTF-16": lambda text: text.decode().encode("utf-16"),
    "number": lambda text: b"1", "string": lambda text: b"\"a\"", "null": lambda text: b"null",
    "true": lambda text: b"true", "blank": lambda text: b" ",
}
WRONG = {  # format: invalid values
    "uuid": ["", "x", "019a0000-0000-7000-8000-00000000000", "019a0000-0000-7000-8000-0000000000001",
             "{019a0000-0000-7000-8000-000000000001}", "019a00000000700080000000000000001",
             "019a0000-0000-7000-8000-00000000000g"],
    "uuid-v7": ["", "x", "019a0000-0000-4000-8000-000000000001", "019a0000-0000-1000-8000-000000000001",
                "019a0000-0000-7000-7000-000000000001", "019a0000-0000-7000-c000-000000000001", str(uuid.UUID(int=0)),
                str(uuid.UUID(int=2**128 - 1))],
    "date": ["", "2026-02-29", "2026-13-01", "2026-00-10", "0000-01-01", "20260101", "2026-1-1", "10000-01-01", "-001-01-01",
             "now", "infinity", "2026-01-01T00:00:00Z"],
    "date-time": ["", "2026-01-01", "2026-01-01T00:00:00", "2026-01-01T24:00:00Z", "2026-01-01T23:59:60Z",
                  "2026-01-01T00:00:00+15:00", "2026-01-01T00:00:00.Z", "2026-01-01 00:00:00Z", "infinity",
                  "0000-12-31T00:00:00Z"],
    "uri": ["", "x", "https://", "javascript:alert(1)", "ftp://a.b", "https://a b", "https://a/<b>"],
    "email": ["", "a", "@a.id", "a@", "a@b", "a@b@c.id", "a b@c.id", "a@b.id?cc=c@d.id", "a,b@c.id"],
}
TEXT = st.text(st.characters(blacklist_categories=("Cc", "Cs"), blacklist_characters=CONTROLS + MORE), max_size=30)
ENDS = ["0001-01-01", "1582-10-10", "1900-02-28", "1970-01-01", "2024-02-29", "9999-12-31"]


def _instant(moment, minutes, digits):
    at = moment.replace(tzinfo=timezone(timedelta(minutes=minutes))).isoformat(timespec="microseconds")
    return at[:20].rstrip(".") + (f".{at[20:26]}"[:digits + 1] if digits else "") + at[26:]


INSTANTS = st.builds(_instant, st.one_of(st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)),
                                         st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1))),
                     st.integers(-14 * 60 + 1, 14 * 60 - 1), st.integers(0, 6))
FORMATS = {
    "uuid": st.uuids().map(str),
    "uuid-v7": st.uuids(version=4).map(lambda one: str(one)[:14] + "7" + str(one)[15:]),
    "date": st.one_of(st.sampled_from(ENDS), st.dates(date(2020, 1, 1), date(2030, 1, 1)).map(str), st.dates().map(str)),
    "date-time": st.one_of(INSTANTS, st.sampled_from(ENDS).map(lambda day: day + "T14:59:59.999+14:00"),
                           st.sampled_from(ENDS).map(lambda day: day + "T09:59:59.999-14:00"),
                           st.sampled_from(ENDS).map(lambda day: day + "t00:00:00z")),
    "uri": st.from_regex(r"https?://[a-z]{1,9}[.]id(/[a-zA-Z0-9%._~é-]{0,9}){0,2}", fullmatch=True),
    "email": st.from_regex(r"[a-z0-9.+'-]{1,9}@[a-z]{1,9}[.]id", fullmatch=True),
}


def escaped(name):
    return name.replace("~", "~0").replace("/", "~1")


def has_control(text):
    return any(one in text for one in CONTROLS)


def says_something(text):
    """Whether the text has a letter, digit or symbol, and neither begins nor ends with a blank."""
    visible = [unicodedata.category(one)[0] in "LNPS" and one not in BLANK + ["\ufffc"] for one in text]
    return any(visible) and not any(unicodedata.category(one)[0] in "CMZ" or one in BLANK for one in text[:1] + text[-1:])


class Strategies:
    """`known` maps the name of a member or parameter to existing values.

    With existing values, many requests pass the first checks.
    """

    def __init__(self, contract, known):
        self.contract, self.known, self.made = contract, known, {}

    def plain(self, schema):
        """Returns the schema with a single type, and whether it allows null."""
        schema = self.contract.resolve(schema)
        if "anyOf" in schema:
            return self.plain(schema["anyOf"][0])[0], True
        kind = schema.get("type")
        if isinstance(kind, list):
            return {**schema, "type": kind[0]}, "null" in kind
        return ({**schema, "type": "string"} if kind is None else schema), False

    # Valid values

    def value(self, schema, name=None):
        key = json.dumps([schema, name], sort_keys=True)
        if key not in self.made:
            self.made[key] = self._value(schema, name)
        return self.made[key]

    def _value(self, schema, name):
        schema, nullable = self.plain(schema)
        drawn = getattr(self, "_" + schema["type"])(schema, name)
        likely = [one for one in schema.get("examples", []) if not self.contract.faults(schema, one)]
        if self.known.get(name) and schema["type"] != "array":
            drawn = st.one_of(*[st.sampled_from(self.known[name])] * 5, drawn)
        elif likely:
            drawn = st.one_of(st.sampled_from(likely), drawn)
        return st.one_of(drawn, st.none()) if nullable else drawn

    def _boolean(self, schema, name):
        return st.booleans()

    def _integer(self, schema, name):
        least, most = schema["minimum"], schema["maximum"]
        return st.one_of(st.integers(least, min(most, least + 1000)), st.sampled_from([least, most]), st.integers(least, most))

    def _number(self, schema, name):
        least, most = schema["minimum"], schema["maximum"]
        return st.one_of(st.floats(least, most), st.sampled_from([least, most]), st.integers(math.ceil(least), math.floor(most)))

    def _string(self, schema, name):
        if "enum" in schema or "const" in schema:
            return st.sampled_from(schema.get("enum") or [schema["const"]])
        if schema.get("format") in FORMATS:
            return FORMATS[schema["format"]].filter(lambda text: len(text) <= schema.get("maxLength", 10**6))
        least, most = schema.get("minLength", 0), schema["maxLength"]
        if "pattern" in schema and not re.search(r"\[\^|\.\*", schema["pattern"]):
            drawn = st.from_regex(schema["pattern"][1:-1], fullmatch=True).map(str)
        else:
            drawn = st.one_of(st.sampled_from(NASTY), TEXT.map(lambda text: text.ljust(least, "x")[:most]),
                              st.sampled_from("aé🙂").map(lambda one: one * most))
        return drawn.filter(lambda text: least <= len(text) <= most and self.fits(schema, text))

    @staticmethod
    def fits(schema, text):
        pattern = schema.get("pattern", ".*").removesuffix("$")
        breaks = schema["maxLength"] < 1000 and re.search("[\n\t\r\u2028\u2029]", text)
        return not has_control(text) and not breaks and says_something(text) and bool(re.fullmatch(pattern, text, re.S))

    def _array(self, schema, name):
        unique = (lambda item: json.dumps(item, sort_keys=True)) if schema.get("uniqueItems") else None
        return st.lists(self.value(schema["items"], name), min_size=schema.get("minItems", 0),
                        max_size=min(schema["maxItems"], max(3, schema.get("minItems", 0))), unique_by=unique)

    def _object(self, schema, name):
        members = {one: self.value(of, one) for one, of in schema["properties"].items()}
        needed = schema.get("required", [])
        drawn = st.fixed_dictionaries({one: members[one] for one in needed},
                                      optional={one: of for one, of in members.items() if one not in needed})
        least = schema.get("minProperties", 0)
        return drawn.filter(lambda value: len(value) >= least) if least else drawn

    def body(self, operation, example):
        """Draws a whole body, or an example with some members redrawn or removed."""
        schema = self.plain(operation.body["content"][operation.media_type]["schema"])[0]
        if not example:
            return self.value(schema)
        needed = schema.get("required", [])

        @st.composite
        def changed(draw):
            body = dict(example())
            for name in draw(st.lists(st.sampled_from(sorted(schema["properties"])), max_size=3, unique=True)):
                if name in needed or name not in body or draw(st.booleans()):
                    body[name] = draw(self.value(schema["properties"][name], name))
                elif len(body) > 1:
                    del body[name]
            return body

        return st.one_of(changed(), changed(), self.value(schema))

    # Invalid values

    def spots(self, schema, value, pointer=""):
        """Yields every place in a value: (pointer, schema, nullable, value, put).

        `put(other)` returns the whole value with `other` at this place.
        """
        schema, nullable = self.plain(schema)
        yield pointer, schema, nullable, value, lambda other: other
        if schema["type"] == "object" and isinstance(value, dict):
            inner = [(name, schema["properties"][name]) for name in value]
        else:
            inner = [(at, schema["items"]) for at in range(len(value))] if schema["type"] == "array" and value else []
        for at, of in inner:
            for place, *found, put in self.spots(of, value[at], f"{pointer}/{escaped(str(at))}"):
                def whole(other, at=at, put=put):
                    copy = value.copy()
                    copy[at] = put(other)
                    return copy
                yield place, *found, whole

    @st.composite
    def broken_body(draw, self, schema, value):
        """Draws (the pointer of the fault, the broken body)."""
        pointer, schema, nullable, value, put = draw(st.sampled_from(list(self.spots(schema, value))))
        faults = ["type"]
        if schema["type"] == "object" and isinstance(value, dict):
            faults += ["unknown"] * 3 + ["missing"] * bool(schema.get("required"))
        elif schema["type"] != "boolean":
            faults += ["value"] * 3
        fault = draw(st.sampled_from(faults))
        if fault == "unknown":
            name = draw(st.sampled_from([one for one in UNKNOWN if one not in schema["properties"]]))
            return f"{pointer}/{escaped(name)}", put({**value, name: draw(st.sampled_from(FOREIGN))})
        if fault == "missing":
            name = draw(st.sampled_from(schema["required"]))
            return f"{pointer}/{escaped(name)}", put({one: of for one, of in value.items() if one != name})
        wrong = None if fault == "type" else draw(self.wrong(schema))
        # At the root, use an array: other JSON is refused as malformed before this check.
        if wrong is None and not pointer:
            wrong = []
        elif wrong is None:
            wrong = draw(st.sampled_from([one for one in FOREIGN if not (one is None and nullable or self.is_of(schema, one))]))
        return pointer, put(wrong)

    @staticmethod
    def is_of(schema, value):
        kinds = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict}
        return isinstance(value, kinds[schema["type"]]) and isinstance(value, bool) == (schema["type"] == "boolean")

    def wrong(self, schema):
        """Draws a value of the right type that breaks another rule, or None if no rule exists."""
        return getattr(self, "_wrong_" + schema["type"])(schema)

    def _wrong_integer(self, schema):
        beyond = [schema["minimum"] - 1, schema["maximum"] + 1, 2**31, 2**53, 2**63 - 1, -2**31 - 1, -2**63]
        return st.sampled_from([one for one in beyond if not schema["minimum"] <= one <= schema["maximum"]])

    def _wrong_number(self, schema):
        just_beyond = [math.nextafter(schema["minimum"], -math.inf), math.nextafter(schema["maximum"], math.inf)]
        return st.one_of(self._wrong_integer(schema), st.sampled_from(just_beyond))

    def _wrong_string(self, schema):
        if "enum" in schema or "const" in schema:
            taken = schema.get("enum") or [schema["const"]]
            # A form takes blanks around a word (openapi/forms.yaml).
            near = [taken[0].upper() + "x", ""] + ([] if "x-form" in schema else [taken[0] + " ", " " + taken[0]])
            return st.sampled_from([one for one in near + NASTY if one not in taken])
        if schema.get("format") in WRONG:
            return st.one_of(st.sampled_from(WRONG[schema["format"]]), st.sampled_from(CONTROLS).map(lambda one: "a" + one))
        least, most = schema.get("minLength", 0), schema["maxLength"]
        wrong = [st.sampled_from(["x" * (most + 1), "é" * (most + 1), "🙂" * (most + 1)]),
                 st.builds(lambda text, one: text + one + text, TEXT, st.sampled_from(CONTROLS))]
        if least:
            wrong.append(st.just("x" * (least - 1)))
        if "format" not in schema:
            wrong.append(st.lists(st.sampled_from(BLANK), min_size=max(1, least), max_size=max(1, min(most, least + 3))).map("".join))
        if "pattern" in schema:
            odd = st.one_of(st.sampled_from(NASTY + ["", " ", " a", "a ", "*"]), TEXT)
            wrong.append(odd.filter(lambda text: not self.fits(schema, text)))
        return st.one_of(*wrong)

    def _wrong_array(self, schema):
        item = self.value(schema["items"])
        many = item.map(lambda one: [one] * (schema["maxItems"] + 1))
        # A larger body is 413.
        wrong = [many.filter(lambda value: len(json.dumps(value)) < 900_000)]
        if schema.get("minItems"):
            wrong.append(st.just([]))
        if schema.get("uniqueItems") and schema["maxItems"] > 1:
            wrong.append(item.map(lambda one: [one, one]))
        return st.one_of(*wrong)

    def _wrong_object(self, schema):
        return st.none()

    # Parameters as text

    def text(self, parameter):
        schema, _ = self.plain(parameter["schema"])
        drawn = self.value(schema, parameter["name"])
        if schema["type"] == "array":  # a comma separates items, so no item contains one
            item = self.value(schema["items"], parameter["name"]).map(_as_text).filter(lambda one: one and "," not in one)
            return st.lists(item, min_size=1, max_size=min(3, schema["maxItems"])).map(",".join)
        return drawn.map(_as_text).filter(bool)

    def wrong_text(self, parameter):
        schema, _ = self.plain(parameter["schema"])
        if schema["type"] == "array":
            item = {"schema": schema["items"], "name": parameter["name"]}
            return st.one_of(self.wrong_text(item).filter(lambda one: "," not in one), st.just(","),
                             self.text(item).map(lambda one: ",".join([one] * (schema["maxItems"] + 1)))
                             # A longer address is 414.
                             ).filter(lambda text: len(quote(text, safe=",")) < 7600)
        if schema["type"] == "string":
            return self.wrong(schema).filter(lambda one: len(one) < 900)
        texts = ["", "x", " 1", "1.0", "1e3", "0x10", "+1", "١", "9" * 40, "null", "True", "--1", "1;", "'"]
        return st.one_of(st.sampled_from(texts), self.wrong(schema).map(str)) if "minimum" in schema else st.sampled_from(texts)


def _as_text(value):
    return value if isinstance(value, str) else json.dumps(value)
