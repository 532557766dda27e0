"""The targets of the attack: for every operation, requests that reach its SQL, and the places in
them to attack. They are built through the API, as the tests build theirs."""
import collections
import copy
import json
import re
import secrets
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, urlsplit

import requests

from contract import Contract
from house import BALEREJO
from rules import CATALOGUE, NOUNS, about_change, admitted, make, noun, send
from strategies import Strategies

MARK = "%INJECT_HERE%"  # marks a place for sqlmap, instead of `*`, which is a valid If-Match
PEOPLE = ("dinas", "bumdes", "bupati", "admin")
FORM = "application/x-www-form-urlencoded"
VALUES = {  # values of headers; %s is the place of the payload
    "Accept-Language": "id%s", "X-Request-Id": "attacked-1%s", "If-None-Match": '"1.0%s"', "If-Match": '"1.0%s"',
    "Idempotency-Key": "{operation}%s", "X-Forwarded-For": "192.0.2.7%s",
}
ONE_OF_A_KIND = ("umkm_list", "umkm_create", "umkm_update", "umkm_delete", "umkm_owner_put", "token_issue",
                 "language", "key", "match")  # whose headers are attacked: the engine reads them for all operations alike
KEPT = ("Authorization", "Content-Type", "If-Match")  # of a request's headers
SESSION = requests.Session()
SESSION.trust_env = False


class Remembering(Contract):
    """Records every request of a house and its status, by operation."""

    def __init__(self, document):
        super().__init__(document)
        self.asked = collections.defaultdict(list)

    def check(self, method, path, reply):
        super().check(method, path, reply)
        operation = self.find(method, path)
        if operation:
            self.asked[operation.id].append((reply.request, reply.status_code))


class Aim:
    """A request split into its parts, the names of the parts to attack, and the status of the
    repeated request."""

    def __init__(self, operation, request):
        at = urlsplit(request.url)
        self.operation, self.origin = operation, f"{at.scheme}://{at.netloc}"
        literal = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(operation.path))
        self.path, self.query = re.fullmatch(literal, at.path).groupdict(), dict(parse_qsl(at.query))
        self.headers = {name: text for name, text in request.headers.items() if name in KEPT}
        self.body, self.form = None, None
        if operation.body and operation.media_type == FORM:
            self.form = dict(parse_qsl(request.body.decode()))
        elif request.body:
            self.body = json.loads(request.body)
        self.names, self.status = None, None

    def but(self, **parts):
        """A copy with some parts changed."""
        other = copy.copy(self)
        vars(other).update(parts)
        return other

    def url(self, mark=lambda *_: ""):
        path = self.operation.path
        for name, text in self.path.items():
            path = path.replace("{" + name + "}", quote(text) + mark("path", name))
        query = "&".join(f"{name}={quote(text, safe=',:')}{mark('query', name)}" for name, text in self.query.items())
        return self.origin + path + ("?" + query if query else "")

    def text(self, mark=lambda *_: ""):
        """The body as text, as it is sent."""
        if self.form:
            return "&".join(f"{name}={quote(text, safe='')}{mark('form', name)}" for name, text in self.form.items())
        return json.dumps(self.body) if self.body is not None else ""

    def send(self):
        """Sends the request. Returns the status and the JSON of the reply."""
        reply = SESSION.request(self.operation.method, self.url(), data=self.text().encode() or None, headers=self.headers,
                                timeout=60, allow_redirects=False)
        return reply.status_code, reply.json() if "json" in reply.headers.get("Content-Type", "") and reply.content else {}

    def again(self):
        """Sends the request twice. Returns a copy with the status of the second reply."""
        self.send()
        return self.but(status=self.send()[0])


def rank(status):
    """How deep a request went, by its status: 0 done; 1 refused because of stored data; 2 record
    not found or changed; 3 refused earlier."""
    return 0 if 200 <= status < 300 else 1 if status in (409, 422) else 2 if status in (404, 412) else 3


# Requests that succeed

def ask(house):
    """Sends a valid request to every operation, so that the contract records one for each."""
    house.admin.role = "admin"
    for of in NOUNS:
        make(house, of, "own")
    for operation in house.contract.operations.values():
        of = noun(operation) or CATALOGUE.get(operation.path)
        for kind in ("own", "other published") if of else ():
            about = make(house, of, kind, about_change(operation))
            for who in callers(house, operation):
                if send(house, who, operation, about.id).ok:
                    break
        if not of and operation.method == "GET" and not operation.variables:
            callers(house, operation)[0].get(operation.path)
    others(house)


def callers(house, operation):
    return [one for one in map(house.caller, PEOPLE) if admitted(operation, one)] if operation.security else [house.public]


def others(house):
    """The operations that concern no record of a village."""
    dinas, admin, contract = house.dinas, house.admin, house.contract
    umkm = make(house, "umkm", "own").id
    owner = contract.body(contract.operations["umkm_owner_put"])
    dinas.post("/v1/umkm/lookup", {"nik": owner["nik"], "purpose": "Uji coba"}, 200)
    dinas.post("/v1/personal-records/lookup", {"phone": owner["phone"], "email": "hana@example.com", "purpose": "Uji coba"}, 200)
    for path in ("", "/history", "/brief"):
        dinas.get(f"/v1/villages/{BALEREJO}{path}")
    dinas.patch(f"/v1/villages/{BALEREJO}", contract.body(contract.operations["village_update"]))
    house.public.get("/v1/districts/35.05.17")
    house.public.get(f"/v1/catalog/villages/{BALEREJO}")
    code = dinas.post("/v1/reference/topics", {"code": "attacked", "name": "Uji", "name_en": "Test"}).json()
    at = f"/v1/reference/topics/{code['id']}"
    house.public.get(at)
    dinas.patch(at, {"name": "Uji dua", "name_en": "Second test"})
    house.public.get("/v1/reference/topics")
    rubric = {**contract.body(contract.operations["star_rubric_create"]), "year": 2090}
    made = dinas.post("/v1/star-rubrics", {name: of for name, of in rubric.items() if name != "id"}).json()
    house.public.get(f"/v1/star-rubrics/{made['id']}")
    dinas.patch(f"/v1/star-rubrics/{made['id']}", {"name": "Uji", "name_en": "Test"})
    kept = dinas.post("/v1/report-snapshots", {"report": "markets", "title": "Uji", "by": "village"}).json()
    dinas.get(f"/v1/report-snapshots/{kept['id']}")
    person = house.person("attacked", "dinas")
    person.post("/v1/me/password", {"current_password": person.password, "new_password": secrets.token_urlsafe(24)}, 204)
    for at in (f"/v1/users/{person.id}", f"/v1/service-accounts/{house.reader.id}"):
        admin.get(at)
        admin.patch(at, {"full_name" if "users" in at else "name": "Uji"})
    admin.post(f"/v1/users/{house.person('attacked2', 'dinas').id}/actions/reset-password", status=200)
    admin.post(f"/v1/service-accounts/{house.village_reader.id}/actions/rotate-secret", status=200)
    asked = house.bumdes.post("/v1/data-subject-requests", {"umkm_id": umkm, "kind": "erasure"}).json()
    dinas.act(f"/v1/data-subject-requests/{asked['id']}", "grant")
    dinas.act(f"/v1/umkm/{umkm}", "erase", business_contact=True, note="Uji coba")
    token = house.token(grant_type="password", username=house.bumdes.username, password=house.bumdes.password)["refresh_token"]
    house.token(grant_type="refresh_token", refresh_token=token)
    client = {"client_id": house.reader.client_id, "client_secret": house.reader.secret}
    house.token(grant_type="client_credentials", scope="register:read", **client)
    house.public.form("/oauth/revoke", token=token, token_type_hint="refresh_token", **client)


def bases(house, operation):
    """The recorded requests that go deepest when repeated, one for each set of form fields."""
    best = {}
    asked = [request for request, status in house.contract.asked[operation.id] if rank(status) < 2]
    for aim in (Aim(operation, request) for request in asked[:20] + asked[-20:]):
        shape = " ".join(sorted(aim.form or ()))
        if shape not in best or rank(best[shape].status):
            best[shape] = min(best.get(shape), aim.again(), key=lambda one: rank(one.status) if one else 9)
    return list(best.values())


def aims(contract, aim):
    """Yields the request with as many parts as possible, then others for the parts that do not fit
    together with these."""
    yield from queries(aim, contract) if aim.body is None else bodies(aim, contract)


def queries(aim, contract):
    """Yields one request with all parameters that leave rows in the reply, then one for the others.
    A cursor keeps the filters of its page."""
    row = next(iter(aim.send()[1].get("data") or []), {})
    if not isinstance(row, dict):
        row = {}
    left = {one["name"]: one for one in aim.operation.named("query")}
    alone = []

    def answer(query):
        status, reply = aim.but(query=query).send()
        return status, bool(reply.get("data", reply))

    fitting = dict(aim.query)
    for name in sorted(set(left) - {"cursor"}, key=lambda one: one not in row):
        texts = [text for text in likely(name, left[name], row, contract) if text]
        good = next((text for text in texts if answer({**fitting, name: text}) == (200, True)), None)
        if good is None:
            alone += [{**aim.query, name: text} for text in texts if answer({**aim.query, name: text})[0] == 200][:1]
        else:
            fitting[name] = good
    yield aim.but(query=fitting).again()
    rest = {name: text for query in alone for name, text in query.items() if name not in fitting}
    if rest and answer({**aim.query, **rest})[0] == 200:
        alone = [{**aim.query, **rest}]
    if "cursor" in left:
        cursor = aim.but(query={**aim.query, "limit": "1"}).send()[1]["page"]["next_cursor"]
        alone += [{**aim.query, "limit": "1", "cursor": cursor}] if cursor else []
    for query in alone:
        yield aim.but(query=query, names=[name for name in query if name not in fitting]).again()


def likely(name, parameter, row, contract):
    """Yields values for a parameter: first from a row of the list, then from the contract."""
    found = row.get(re.sub(r"_([gl]te)$", "", name))
    if name == "q":
        found = [word for text in row.values() if isinstance(text, str) for word in re.findall("[A-Za-z]{4,20}", text)][:6]
    yield from [one if isinstance(one, str) else json.dumps(one) for one in (found if isinstance(found, list) else [found])
                if one is not None and not isinstance(one, dict)]
    schema = contract.resolve(parameter["schema"])
    yield from ("true", "false") if schema["type"] == "boolean" else contract.resolve(schema.get("items", schema)).get("enum", [])
    example = parameter.get("example", schema.get("default"))
    yield ",".join(map(str, example)) if isinstance(example, list) else str(example or "")


def bodies(aim, contract):
    """Yields one body with all members that can be sent repeatedly, then one for the others."""
    schema, alone = body_schema(contract, aim.operation), {}
    for name in set(aim.body) - set(schema.get("required", [])) if rank(aim.status) else ():
        less = aim.but(body={other: of for other, of in aim.body.items() if other != name})
        if less.body and rank(less.again().status) < rank(aim.status):  # a unique number
            alone[name], aim = aim.body[name], less.again()
    for name, of in schema["properties"].items():
        if name not in alone and not any(leaves(contract, of, aim.body[name]) if name in aim.body else ()):
            more = aim.but(body={**aim.body, name: contract.example(of)}).again()
            if not any(leaves(contract, of, more.body[name])):
                continue
            if rank(more.status) <= rank(aim.status):
                aim = more
            else:
                alone[name] = more.body[name]
    yield aim
    if alone:
        yield aim.but(body={**aim.body, **alone}, names=[*alone]).again()


def leaves(contract, schema, value):
    """Yields every text of a value: (pointer, schema, text, function that puts another text
    there)."""
    for pointer, of, _, text, put in Strategies(contract, {}).spots(schema, value):
        if isinstance(text, str):
            yield pointer, of, text, put


# The places to attack

class Shot(NamedTuple):
    """One run of sqlmap: a request with marks in it."""
    aim: Aim
    places: list  # (kind, name or pointer)
    url: str
    text: str
    headers: dict
    deep: bool  # the contract lets a payload pass, so the database must withstand it
    options: tuple


JSON = ("--skip-urlencode",)  # otherwise sqlmap sends a merge patch as plain JSON
PATH_OF_JSON = {"PATCH": (*JSON, "--tamper=charencode", "--param-filter=URI")}  # the address still needs encoding
NO_BLANKS = ("--tamper=space2comment",)


def shots(contract, aim):
    """Yields separate runs for places that accept any payload, places that accept one without
    blanks, places that the contract guards, and If-Match."""
    first, operation = aim.names is None, aim.operation
    schemas = {(one["in"], one["name"]): one["schema"] for one in operation.parameters}
    places = {"free": [], "blankless": [], "guarded": [], "match": []}
    path = [("path", name) for name in aim.path if first]
    if path and aim.body is not None:  # sqlmap encodes address and body in the same way, so attack them separately
        yield shot(contract, aim, path, False, PATH_OF_JSON.get(operation.method, ("--param-filter=URI",)))
        path = []
    for place in path + [("query", name) for name in aim.query if first or name in aim.names]:
        places["free" if takes(contract, schemas[place]) else "guarded"].append(place)
    for name in VALUES if first and operation.id in ONE_OF_A_KIND else ():
        if ("header", name) in schemas or name == "X-Request-Id" or aim.form and name == "X-Forwarded-For":
            places[{"If-Match": "match", "Idempotency-Key": "blankless"}.get(name, "guarded")].append(("header", name))
    places["free"] += [("form", name) for name in aim.form or ()]
    for pointer, schema, _, _ in leaves(contract, body_schema(contract, operation), aim.body) if aim.body else ():
        if first or pointer.split("/")[1] in aim.names:
            odd = schema.get("format") in ("email", "uri")
            places["blankless" if odd else "free" if takes(contract, schema) else "guarded"].append(("body", pointer))
    for kind, of in places.items():
        if of:
            options = JSON * (aim.body is not None) + NO_BLANKS * (kind in ("blankless", "guarded"))
            yield shot(contract, aim, of, kind in ("free", "blankless"), options)


def shot(contract, aim, places, deep, options):
    def mark(*place):
        return MARK * (place in places)

    body, headers = aim.body, dict(aim.headers)
    for kind, name in places:
        if kind == "header":
            headers[name] = VALUES[name].replace("{operation}", aim.operation.id) % MARK
        elif kind == "body":
            schema, text, put = next(of for at, *of in leaves(contract, body_schema(contract, aim.operation), body) if at == name)
            at = text.find("@") if schema.get("format") == "email" else len(text)
            body = put(text[:at] + MARK + text[at:])
    return Shot(aim, places, aim.url(mark), aim.but(body=body).text(mark), headers, deep, options)


def body_schema(contract, operation):
    return contract.resolve(operation.body["content"][operation.media_type]["schema"])


def takes(contract, schema):
    """Whether the contract lets a payload pass."""
    schema = Strategies(contract, {}).plain(schema)[0]
    schema = Strategies(contract, {}).plain(schema["items"])[0] if schema["type"] == "array" else schema
    return schema["type"] == "string" and not contract.faults({**schema, "maxLength": 999}, "kopi' and 'a'='a")
