"""The formats of a reply other than JSON, and the schema that each of them needs."""
from document import expect, shape

MEDIA = {"csv": "text/csv", "geojson": "application/geo+json", "html": "text/html"}
SCALARS = ("string", "integer", "number", "boolean")


def read(doc, pages, operation):
    """The operation's row of struct formats. Adds the media types to the reply.

    None without the parameter `format`."""
    place = next((i for i, one in enumerate(operation.parameters) if one["name"] == "format"), None)
    if place is None:
        return None
    schema, _ = shape(doc, operation.parameters[place]["schema"])
    names = schema.get("enum", [])
    expect(
        operation.method == "get"
        and operation.media == "application/json"
        and not operation.handler,
        operation.node.at(),
        "format is for a GET that answers with JSON",
    )
    expect(
        names[:1] == ["json"] == [schema.get("default")] and set(names[1:]) <= set(MEDIA),
        schema.at("enum"),
        f"format is an enum of json, the default, and {', '.join(MEDIA)}",
    )
    content = operation.reply["content"]
    expect(
        len(content) == 1,
        operation.reply.at("content"),
        "the further media types follow from format",
    )
    for name in names[1:]:
        content[MEDIA[name]] = {"schema": {"type": "string"} if name != "geojson" else GEOJSON}
    rows, members = (
        rows_of(doc, content["application/json"]["schema"])
        if {"csv", "geojson"} & set(names)
        else (None, {})
    )
    expect(
        "geojson" not in names or {"longitude", "latitude"} <= set(members),
        operation.node.at(),
        "geojson needs rows with longitude and latitude",
    )
    for name, member in members.items() if "csv" in names else ():
        one, _ = shape(doc, member)
        each = shape(doc, one["items"])[0] if one["type"] == "array" else one
        expect(
            each["type"] in SCALARS, members.at(name), f"csv has no place for what '{name}' holds"
        )
    page = (
        pages.page(operation.id, content["application/json"]["schema"]) if "html" in names else None
    )
    return {
        "parameter": place,
        "rows": rows,
        "columns": list(members) if "csv" in names else None,
        "page": page,
    }


def rows_of(doc, reply):
    """The array that becomes the table: `rows` of a report, `data` of a list."""
    reply, _ = shape(doc, reply)
    name = next((name for name in ("rows", "data") if name in reply["properties"]), None)
    expect(name, reply.at(), "csv and geojson need the array 'rows', or a list")
    return name, shape(doc, shape(doc, reply["properties"][name])[0]["items"])[0]["properties"]


GEOJSON = {
    "type": "object",
    "description": "A feature a row (RFC 7946): its point, or null;"
    " its other members are properties.",
    "required": ["type", "features"],
    "properties": {
        "type": {"type": "string", "const": "FeatureCollection"},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "geometry", "properties"],
                "properties": {
                    "type": {"type": "string", "const": "Feature"},
                    "geometry": {
                        "type": ["object", "null"],
                        "required": ["type", "coordinates"],
                        "properties": {
                            "type": {"type": "string", "const": "Point"},
                            "coordinates": {
                                "type": "array",
                                "minItems": 2,
                                "maxItems": 2,
                                "items": {"type": "number"},
                            },
                        },
                    },
                    "properties": {"type": "object"},
                },
            },
        },
    },
}
