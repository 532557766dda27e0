"""Checks each reply against the contract, with the JSON Schema validator of another project."""
import copy
import datetime
import json
import re
import uuid

import jsonschema

FORMATS = jsonschema.FormatChecker(formats=[])
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.]\d{3}Z")
STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"')
BLANKS = re.compile(r"\s")
PROBLEM = {"$ref": "#/components/schemas/Problem"}
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def checks(name):
    """Registers a format check. JSON Schema applies formats to strings only."""
    return lambda check: FORMATS.checks(name, raises=ValueError)(lambda value: not isinstance(value, str) or check(value))


@checks("uuid")
def _uuid(value):
    return str(uuid.UUID(value)) == value


@checks("uuid-v7")
def _uuid_v7(value):
    return (uuid.UUID(value).version, uuid.UUID(value).variant) == (7, uuid.RFC_4122)


@checks("date")
def _date(value):
    return datetime.date.fromisoformat(value).isoformat() == value


@checks("date-time")
def _timestamp(value):
    return bool(TIMESTAMP.fullmatch(value)) and bool(datetime.datetime.fromisoformat(value[:-1]))


@checks("uri")
def _uri(value):
    return bool(re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", value))


@checks("email")
def _email(value):
    return bool(re.fullmatch(r"[^@\s]+@[^@\s]+", value))


class Operation:
    def __init__(self, contract, path, method, members, shared):
        self.path, self.method, self.members = path, method.upper(), members
        self.id = members["operationId"]
        self.security = [entry["oauth"] for entry in members["security"]]
        self.parameters = [contract.resolve(one) for one in shared + members.get("parameters", [])]
        self.responses = {status: contract.resolve(reply) for status, reply in members["responses"].items()}
        self.body = contract.resolve(members["requestBody"]) if "requestBody" in members else None
        literal = re.split(r"(\{\w+\})", path)
        self.pattern = re.compile("".join(r"[^/]+" if part.startswith("{") else re.escape(part) for part in literal))
        self.variables = re.findall(r"\{(\w+)\}", path)

    def named(self, where):
        return [one for one in self.parameters if one["in"] == where]

    @property
    def media_type(self):
        return next(iter(self.body["content"])) if self.body else None

    @property
    def success(self):
        return int(next(status for status in self.responses if status.startswith("2")))

    def __repr__(self):
        return self.id


class Contract:
    def __init__(self, document):
        self.document = document
        self.resolver = jsonschema.RefResolver.from_schema(document)
        self.operations = {}
        self.seen = set()  # (operation id, status) of every reply that was checked
        for path, item in document["paths"].items():
            for method in METHODS:
                if method in item:
                    operation = Operation(self, path, method, item[method], item.get("parameters", []))
                    self.operations[operation.id] = operation

    @classmethod
    def read(cls, path):
        return cls(json.loads(path.read_text()))

    def resolve(self, thing):
        while "$ref" in thing:
            thing = self.resolver.resolve(thing["$ref"])[1]
        return thing

    def find(self, method, path):
        """Returns the operation of a request. A literal path wins over a template."""
        method = "GET" if method == "HEAD" else method
        found = [one for one in self.operations.values() if one.method == method and one.pattern.fullmatch(path)]
        return min(found, key=lambda one: len(one.variables), default=None)

    def faults(self, schema, value):
        validator = jsonschema.Draft202012Validator(schema, resolver=self.resolver, format_checker=FORMATS)
        return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in validator.iter_errors(value)]

    def example(self, schema):
        """Builds a value from the examples in the contract."""
        schema = self.resolve(schema)
        if schema.get("examples"):
            return schema["examples"][0]
        if "properties" in schema:
            return {name: self.example(member) for name, member in schema["properties"].items()}
        for key in ("const", "default"):
            if key in schema:
                return schema[key]
        if "enum" in schema:
            return schema["enum"][0]
        if "anyOf" in schema:
            return self.example(schema["anyOf"][0])
        if schema["type"] == "array":
            return [self.example(schema["items"])]
        raise AssertionError(f"no example in {schema}")

    def body(self, operation, **members):
        """Returns the example body of an operation, with these members replaced."""
        schema = operation.body["content"][operation.media_type]["schema"]
        return {**copy.deepcopy(self.example(schema)), **members}

    def check(self, method, path, reply):
        """Asserts that the contract declares this reply, and records its status as seen."""
        status, media = str(reply.status_code), reply.headers.get("Content-Type", "")
        description = f"{method} {path} -> {status} {media}\n{dict(reply.headers)}\n{reply.text[:2000]}"
        for name in ("X-Request-Id", "Cache-Control", "X-Content-Type-Options"):
            assert name in reply.headers, f"no {name} in {description}"
        assert reply.headers["X-Content-Type-Options"] == "nosniff", description
        # Without cookies there is no CSRF.
        assert not {"Server", "Set-Cookie", "Access-Control-Allow-Credentials"} & set(reply.headers), description
        assert not media.startswith("text/html") or "default-src 'none'" in reply.headers["Content-Security-Policy"], description
        operation = self.find(method, path)
        # The path or the method is not in the contract, or the request was too long to read.
        if operation is None or status in ("414", "431"):
            assert status in ("204", "400", "404", "405", "413", "414", "429", "431", "501"), description
            if status != "204":
                self._problem(reply, description)
            return
        assert status in operation.responses, f"{operation.id} does not declare {description}"
        self.seen.add((operation.id, status))
        declared = operation.responses[status]
        for name in declared.get("headers", {}):
            assert name in reply.headers, f"{operation.id} declares {name}: {description}"
        if status == "201":
            assert reply.headers.get("Location", "").startswith("/"), description
        content = declared.get("content", {})
        if not content or method == "HEAD":
            assert reply.content == b"", description
            return
        essence = media.split(";")[0].strip()
        assert essence in content, f"{operation.id} declares {list(content)}: {description}"
        if essence == "application/problem+json":
            assert content[essence]["schema"] == PROBLEM, operation.id
            self._problem(reply, description)
        elif essence.endswith("json"):
            schema = content[essence]["schema"]
            faults = self.faults(schema, json.loads(reply.content, object_pairs_hook=unique))
            assert not faults, f"{faults}\n{description}"
            if operation.id != "contract_get":  # /openapi.json is indented for readers
                assert not BLANKS.search(STRINGS.sub("", reply.text)), f"blanks between the tokens of {description}"

    def _problem(self, reply, description):
        assert reply.headers.get("Content-Type", "").split(";")[0] == "application/problem+json", description
        assert reply.headers["Cache-Control"] == "no-store", description
        if not reply.content:  # HEAD
            return
        problem = json.loads(reply.content, object_pairs_hook=unique)
        faults = self.faults(PROBLEM, problem)
        assert not faults, f"{faults}\n{description}"
        assert problem["status"] == reply.status_code, description
        assert problem["request_id"] == reply.headers["X-Request-Id"], description
        assert problem["type"].endswith("#problem-" + problem["code"]), description
        assert reply.headers.get("Content-Language") in ("id", "en"), description
        assert "Accept-Language" in reply.headers.get("Vary", ""), description


def unique(pairs):
    """Refuses a repeated member name. JSON of replies is as strict as JSON of requests."""
    names = [name for name, _ in pairs]
    assert len(names) == len(set(names)), f"a member occurs twice: {names}"
    return dict(pairs)
