"""The data dictionary (Satu Data, Perpres 39/2019): meaning, unit and keeper of each member."""
import csv
import io
import json
import re

HEADS = (
    "resource",
    "schema",
    "member",
    "type",
    "format",
    "unit",
    "definition",
    "codes",
    "example",
    "nullable",
    "personal",
    "producer",
    "owner",
)
UNITS = {  # patterns of a number's name; any other number is a count
    "rupiah": "_idr$",
    "kilogram": "_kg$",
    "day": "_days$",
    "year": "(^|_)year$",
    "second": "_in$",
    "degree (WGS 84)": "^(lat|long)itude$",
    "ratio (1 = 100 %)": "^share_|_rate$|change",
    "point": "score|^points_|^threshold$|^(min|max)_total$",
    "as the member `unit` says": "^(moq|monthly_capacity|volume)$",
}
FORMATS = {"date": "day (YYYY-MM-DD)", "date-time": "instant (UTC)"}
PEOPLE = re.compile(
    "^(full|owner|public_owner)_name$|^username$"
)  # sealed members are personal as well
LISTS = re.compile(r"`(/v1/reference/\w+)`")
LEFT_OUT = {"oauth", "documentation"}


def kinds(schema):
    kind = schema.get("type", "object")
    return [kind] if isinstance(kind, str) else kind


def is_list(schema):
    return set(schema.get("properties", ())) == {"data", "page"}


def unit(name, schema):
    """The unit of a member, or "". A string has one only if it holds a decimal."""
    if "format" in schema and schema["format"] in FORMATS:
        return FORMATS[schema["format"]]
    found = next((unit for unit, names in UNITS.items() if re.search(names, name)), "")
    if {"integer", "number"} & set(kinds(schema)):
        return found or "count"
    return found if "decimal" in schema.get("description", "") or name.endswith("_kg") else ""


class Dictionary:
    def __init__(self, reference):
        """reference: a Reference of docs.py."""
        self.reference, self.owner = reference, reference.api["info"].get("contact", {}).get(
            "name", ""
        )
        self.tags, self.producers, self.sealed = {}, {}, set()
        for _, verb, operation in reference.operations:
            self.read(verb, operation)

    def read(self, verb, operation):
        tag, reference = operation["tags"][0], self.reference
        body, replies = reference.content(operation.get("requestBody", {}))[1], []
        for status, reply in operation["responses"].items():
            content = reference.resolve(reply).get("content", {}) if status.startswith("2") else {}
            replies += (
                [content["application/json"]["schema"]] if "application/json" in content else []
            )
        for schema in replies:
            self.reach(tag, schema)
            hidden = {
                name
                for name, one in reference.resolve(body or {}).get("properties", {}).items()
                if "x-sealed" in {**reference.resolve(next(iter(one.get("anyOf", ())), {})), **one}
            }
            self.sealed |= {(schema.get("$ref"), name) for name in hidden}
        if verb != "get":
            roles = {next(iter(each.values()))[0] for each in operation["security"]}
            self.producers.setdefault(tag, {}).update(dict.fromkeys(sorted(roles)))

    def reach(self, tag, schema):
        """Sets the tag of every named schema in a reply: the first tag that uses the schema."""
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[1]
            if name in self.tags:
                return
            self.tags[name] = tag
            schema = self.reference.resolve(schema)
        if is_list(schema):
            schema = schema["properties"]["data"]
        for part in (
            *schema.get("properties", {}).values(),
            *schema.get("anyOf", ()),
            *filter(None, [schema.get("items")]),
        ):
            self.reach(tag, part)

    def personal(self, schema, name, said):
        sealed = (
            said.get("x-sealed") == "open"
            or (f"#/components/schemas/{schema}", name) in self.sealed
        )
        return sealed or bool(PEOPLE.search(name))

    def rules(self, schema, name, said):
        """The text that the page adds to a member's rules: its unit, and whether it is personal."""
        measured = unit(name, said)
        return ", ".join(
            filter(
                None,
                (
                    measured and f"unit: {measured}",
                    self.personal(schema, name, said) and "personal",
                ),
            )
        )

    def described(self, schema):
        """A sentence that names the keepers and the owner of the schema's records."""
        tag = self.tags.get(schema)
        if tag is None or tag in LEFT_OUT:
            return ""
        kept = (
            f", kept by {', '.join(f'`{role}`' for role in self.producers[tag])}"
            if tag in self.producers
            else ""
        )
        return f"Of [{tag}](#tag-{tag}){kept}; the {self.owner} answers for it."

    def members(self, schema, before=""):
        """Yields (dotted name, name, member with its schema) of an object and its objects."""
        for name, member in schema.get("properties", {}).items():
            named = next(iter(member.get("anyOf", ())), member)
            yield before + name, name, {**self.reference.resolve(named), **member}
            inner = member.get("items", member)
            yield from self.members(inner, f"{before}{name}{'[]' if 'items' in member else ''}.")

    def rows(self):
        for schema, tag in self.tags.items():
            node = self.reference.api["components"]["schemas"][schema]
            if tag in LEFT_OUT or is_list(node):
                continue
            for dotted, name, said in self.members(node):
                codes = [code for code in said.get("enum", ()) if code is not None]
                example = next(
                    (value for value in said.get("examples", ()) if value is not None), ""
                )
                yield (
                    tag,
                    schema,
                    dotted,
                    kinds(said)[0],
                    said.get("format", ""),
                    unit(name, said),
                    said.get("description", ""),
                    ";".join(codes) or ";".join(LISTS.findall(said.get("description", ""))),
                    example
                    if isinstance(example, str)
                    else json.dumps(example, ensure_ascii=False),
                    str("null" in kinds(said) or "anyOf" in said).lower(),
                    str(self.personal(schema, name, said)).lower(),
                    ";".join(self.producers.get(tag, ())),
                    self.owner,
                )

    def csv(self):
        out = io.StringIO()
        table = csv.writer(out)
        table.writerow(HEADS)
        table.writerows(self.rows())
        return out.getvalue()
