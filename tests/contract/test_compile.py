"""The compiler of the contract: its output, and the inputs that it refuses."""
import json
import pathlib
import re
import shutil
import subprocess
import sys

import access
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLDEN = pathlib.Path(__file__).parent / "golden"
OUTPUTS = ("contract.c", "openapi.json", "statements.json")
OPENAPI, THINGS, SCHEMAS = "openapi/openapi.yaml", "openapi/paths/things.yaml", "openapi/schemas/things.yaml"
PAGES = "openapi/pages/"
FUNCTIONS = "sql/functions/thing.sql"
QUERIES = "sql/queries/thing_{}.sql".format
COPIED = "{type: string, minLength: 1, maxLength: 100, pattern: '^[^\"\\\\]+$'}"  # NewThing's name


def compile(directory, out):
    """Runs the compiler inside a directory, so that it prints relative paths."""
    outputs = [str(out / name) for name in (*OUTPUTS, "depfile")]
    command = [sys.executable, str(ROOT / "service/contract/compile.py"), "openapi", "sql", *outputs]
    return subprocess.run(command, cwd=directory, capture_output=True, text=True)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    out = tmp_path_factory.mktemp("golden")
    done = compile(GOLDEN, out)
    assert done.returncode == 0, done.stderr
    return out


@pytest.mark.parametrize("name", OUTPUTS)
def test_the_output_is_the_reviewed_one(built, name):
    """After an intended change, run tests/contract/renew and review the diff."""
    assert (built / name).read_text() == (GOLDEN / "expected" / name).read_text()


def test_the_output_is_constant_data_that_compiles(built):
    source, made = str(built / "contract.c"), str(built / "contract.o")
    flags = ["-std=c17", "-Wall", "-Wextra", "-Werror", "-pedantic", "-I", str(ROOT / "service")]
    done = subprocess.run(["cc", *flags, "-c", "-o", made, source], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    symbols = [line.split()[-2:] for line in subprocess.run(["nm", made], capture_output=True, text=True).stdout.splitlines()]
    written = [name for kind, name in symbols if kind in "TtDdBb" and not name.startswith(("contract_", "__compound"))]
    assert symbols and not written, written


def test_every_file_that_was_read_rebuilds_and_one_that_comes_beside_it(built):
    target, _, names = (built / "depfile").read_text().partition(":")
    assert target.split() == [str(built / name) for name in OUTPUTS]
    read = {str(one.relative_to(GOLDEN)) for one in GOLDEN.rglob("*") if one.is_file() and "expected" not in one.parts}
    assert set(names.split()) == read | {str(pathlib.Path(one).parent) for one in read}


def test_two_runs_write_the_same(built, tmp_path):
    assert compile(GOLDEN, tmp_path).returncode == 0
    assert all((built / name).read_bytes() == (tmp_path / name).read_bytes() for name in OUTPUTS)


# Changes of the golden input that the compiler refuses: name -> (file, its text, the replacement,
# the message).
MUST_FAIL = {
    "a key given twice": (
        THINGS, "    security: []\n", "    security: []\n    security: []\n",
        THINGS + ":8: 'security' is given twice"),
    "an operation without security": (THINGS, "    security: []\n", "", THINGS + ":3: the operation has no security"),
    "an unknown role": (THINGS, "[{oauth: [keeper]}, {", "[{oauth: [norole]}, {", THINGS + ":25: 'norole' is no role"),
    "a pattern without a sentence": (
        SCHEMAS, "pattern: '^[^\"\\\\]+$'}", "pattern: '^[a-z]+$'}", SCHEMAS + ":28: forms.yaml has no form with this pattern"),
    "a format without a sentence": (
        "openapi/forms.yaml", "date: {format: date, ", "date: {", SCHEMAS + ":38: forms.yaml has no form with this format"),
    "two forms of one pattern": (
        "openapi/forms.yaml", "# The forms of texts.", "other: {format: uuid, id: Id., en: An id.}",
        "openapi/parameters.yaml:8: x-form chooses one of other, uuid"),
    "a form that does not exist": (
        SCHEMAS, "pattern: '^[^\"\\\\]+$'}", "x-form: none}", SCHEMAS + ":28: there is no form 'none'"),
    "a form with half a sentence": (
        "openapi/forms.yaml", ", en: Send an id.", "", "openapi/forms.yaml:2: the form 'uuid' has no 'en'"),
    "a form with an unknown member": (
        "openapi/forms.yaml", "{format: uuid,", "{format: uuid, case: upper,", "openapi/forms.yaml:2: unknown member of a form 'case'"),
    "a form with other letters": (
        "openapi/forms.yaml", "letters: upper", "letters: capital", "openapi/forms.yaml:5: letters: upper or lower"),
    "a step to a group that is not there": (
        "openapi/forms.yaml", "'\\1\\2'", "'\\3'", "openapi/forms.yaml:5: '([A-Z])-([0-9])' has no group 3"),
    "an unknown keyword": (THINGS, "    x-lane: slow", "    x-if: slow", THINGS + ":78: unknown keyword 'x-if'"),
    "a path parameter that is not in the path": (
        THINGS, "/v1/things/{id}/secret:", "/v1/things/{code}/secret:",
        THINGS + ":73: path parameters of /v1/things/{code}/secret and declared ones differ, or are more than four"),
    "an array parameter that repeats": (
        THINGS, "        style: form\n", "",
        THINGS + ":9: an array parameter has style: form, explode: false"),
    "a parameter that no SQL uses": (
        THINGS, "{name: sort, in: query, ", "{name: order, in: query, ",
        QUERIES("list") + ":7: :sort is bound to nothing"),
    "a declared parameter that is not used": (
        QUERIES("list"), "(:kind is null or t.kind = any (:kind))", "true",
        QUERIES("list") + ": parameter 'kind' is used by no SQL"),
    "a body that no SQL uses": (
        QUERIES("create"), "(:body.name, :body.kind, :body.price, :body.tags)", "(1)",
        QUERIES("create") + ": the body is used by no SQL"),
    "two successes": (
        THINGS, "      '204': {description: Gone.}", "      '204': {description: Gone.}\n      '200': {description: Not yet.}",
        THINGS + ":53: an operation has exactly one 2xx reply"),
    "a name bound to nothing": (QUERIES("get"), ":id", ":identity", QUERIES("get") + ":4: :identity is bound to nothing"),
    "a member the body has not": (
        QUERIES("create"), ":body.price", ":body.prise",
        QUERIES("create") + ":4: the body has no member 'prise'"),
    "a body where there is none": (
        QUERIES("delete"), "t.id = :id", "t.id = :id and :body.name is null",
        QUERIES("delete") + ":4: :body.name, but the operation has no body"),
    "a sealed member read whole": (
        QUERIES("owner_put"), ":body.nik.mask", ":body.nik",
        QUERIES("owner_put") + ":4: :body.nik: a sealed member has the parts cipher, hash and mask, another has none"),
    "a part of an open member": (
        QUERIES("create"), ":body.price", ":body.price.hash",
        QUERIES("create") + ":4: :body.price.hash: a sealed member has the parts cipher, hash and mask, another has none"),
    "an escape string": (
        QUERIES("get"), "t.version::text", "E'\\'' || t.version::text",
        QUERIES("get") + ":2: no E'' strings: their backslashes would confuse the reader of :name"),
    "SQL that does not say what it answers": (
        QUERIES("get"), "-- One thing.\n", "",
        QUERIES("get") + ":1: the first line says what the query answers"),
    "a write that cannot be kept": (
        QUERIES("delete"), "  with w as (\n       delete", "delete",
        QUERIES("delete") + ": a write is `with … select …`, so that its answer can be kept"),
    "a list without a page": (
        QUERIES("list"), "limit :limit)", "limit 10)",
        QUERIES("list") + ": a list uses :limit and :after_id"),
    "a usual list without a page": (
        QUERIES("list.usual"), " limit :limit\n", "",
        QUERIES("list.usual") + ": a list uses :limit and :after_id"),
    "a usual list that shares its batch": (
        THINGS, "    operationId: thing_list\n", "    operationId: thing_list\n    x-lane: point\n",
        QUERIES("list.usual") + ": its settings are for a batch of its own: no x-lane: point"),
    "an unknown schema keyword": (
        SCHEMAS, COPIED, COPIED.replace("minLength", "minLenght"),
        SCHEMAS + ":28: unknown schema keyword 'minLenght'"),
    "a string without a bound": (
        SCHEMAS, COPIED, "{type: string}",
        SCHEMAS + ":28: a string needs maxLength, enum, const or format"),
    "an array without a bound": (
        SCHEMAS, "{type: array, maxItems: 5, uniqueItems: true, ", "{type: array, uniqueItems: true, ",
        SCHEMAS + ":31: an array needs items and maxItems"),
    "an open object": (
        SCHEMAS, "NewThing:\n  type: object\n  additionalProperties: false\n", "NewThing:\n  type: object\n",
        SCHEMAS + ":24: an object needs properties and additionalProperties: false"),
    "a required member that is not declared": (
        SCHEMAS, "required: [name, price]", "required: [name, cost]",
        SCHEMAS + ":26: required member 'cost' is not declared"),
    "a reply member that may be absent": (
        SCHEMAS, "required: [id, secret]", "required: [id]",
        SCHEMAS + ":40: reply member 'secret' must be required: null means unknown"),
    "a pattern with backslash classes": (
        SCHEMAS, COPIED, "{type: string, maxLength: 100, pattern: '^\\d+$'}",
        SCHEMAS + ":28: a pattern is anchored POSIX: no \\d, no look-around, no back-reference"),
    "a pattern that floats": (
        SCHEMAS, COPIED, "{type: string, maxLength: 100, pattern: 'a+$'}",
        SCHEMAS + ":28: a pattern is anchored POSIX: no \\d, no look-around, no back-reference"),
    "an unknown mask": (SCHEMAS, "x-sealed: head4", "x-sealed: tail4", SCHEMAS + ":37: unknown mask 'tail4'"),
    "an unknown format": (
        SCHEMAS, "made_on: {type: [string, 'null'], format: date}", "made_on: {type: [string, 'null'], format: day}",
        SCHEMAS + ":12: unknown format 'day'"),
    "a number beside a sealed member": (
        SCHEMAS, "since: {type: [string, 'null'], format: date}", "since: {type: number}",
        SCHEMAS + ":33: a body with sealed members cannot hold a number: it is printed again"),
    "Norway": (SCHEMAS, "uniqueItems: true", "uniqueItems: yes", SCHEMAS + ":31: uniqueItems is true or false"),
    "a reference out of bounds": (
        THINGS, "../schemas/things.yaml#/NewThing", "../../sql/things.yaml#/NewThing",
        THINGS + ":28: $ref reaches only"),
    "a reference to nothing": (THINGS, "#/NewThing", "#/OldThing", "schemas/things.yaml: there is no OldThing"),
    "an operation named twice": (THINGS, "operationId: thing_secret", "operationId: thing_delete", "an operationId stands twice"),
    "a path file that is missing": (
        OPENAPI, "paths/oauth.yaml", "paths/auth.yaml",
        "openapi/paths/auth.yaml: there is no such file"),
    "a format that we cannot write": (
        THINGS, "enum: [json, csv, geojson]", "enum: [json, xml]", THINGS + ":93: format is an enum of json, the default, and csv"),
    "a format that is not JSON unless asked": (
        THINGS, "geojson], default: json", "geojson], default: csv", THINGS + ":93: format is an enum of json, the default, and csv"),
    "media types that contradict the format": (
        THINGS, "content: {application/json: {schema: {$ref: ../schemas/things.yaml#/ThingReport}}}",
        "content: {application/json: {schema: {$ref: ../schemas/things.yaml#/ThingReport}}, text/csv: {}}",
        THINGS + ":97: the further media types follow from format"),
    "a table of what has no rows": (
        SCHEMAS, "required: [rows]\n  properties:\n    rows:", "required: [lines]\n  properties:\n    lines:",
        SCHEMAS + ":54: csv and geojson need the array 'rows', or a list"),
    "a table with a cell that is no scalar": (
        SCHEMAS, "kinds: {type: array, maxItems: 2, items: {type: string, enum: [big, small]}}", "kinds: {$ref: '#/Owner'}",
        SCHEMAS + ":65: csv has no place for what 'kinds' holds"),
    "a map without points": (
        THINGS, "#/ThingReport", "#/ThingList", THINGS + ":87: geojson needs rows with longitude and latitude"),
    "a page that names what the reply has not": (
        PAGES + "thing_get.html", "<h1>{{name}}", "<h1>{{title}}", PAGES + "thing_get.html:4: 'title' is no member of the reply"),
    "a page that prints an object": (
        PAGES + "thing_get.html", "<h1>{{name}}", "<h1>{{owner}}",
        PAGES + "thing_get.html:4: 'owner' cannot be printed: a section shows what it holds"),
    "a page that does not escape": (
        PAGES + "thing_get.html", "<h1>{{name}}", "<h1>{{{name}}}", PAGES + "thing_get.html:4: every value is escaped: {{name}}"),
    "a section without an end": (
        PAGES + "thing_get.html", "{{/tags}}", "", PAGES + "thing_get.html:15: 'tags' has no end"),
    "an end without a section": (
        PAGES + "thing_get.html", "{{#owner}}", "", PAGES + "thing_get.html:9: 'owner' was not begun"),
    "a section that ends another": (
        PAGES + "thing_get.html", "{{/tags}}", "{{/owner}}", PAGES + "thing_get.html:13: 'owner' ends what 'tags' began"),
    "a page with script": (
        PAGES + "thing_get.html", "<h1>{{name}}", "<script></script><h1>{{name}}",
        PAGES + "thing_get.html:4: a page has no script and no style attribute"),
    "a page with script at its end": (
        PAGES + "thing_get.html", "</html>", "<p onclick='a'></p></html>",
        PAGES + "thing_get.html:14: a page has no script and no style attribute"),
    "a value without quotes": (
        PAGES + "thing_get.html", "<h1>{{name}}", "<h1 title={{name}}>",
        PAGES + "thing_get.html:4: an attribute's value stands in quotes"),
    "an address that anybody may choose": (
        PAGES + "thing_get.html", "<h1>{{name}}", '<h1><a href="{{name}}">',
        PAGES + "thing_get.html:4: 'name' begins an address, but is no uri"),
    "a label that is not written": (
        PAGES + "thing_get.html", "{{labels.price}}", "{{labels.cost}}",
        PAGES + "thing_get.html:6: labels.yaml has no 'cost' in id and en"),
    "a label in one language": (
        PAGES + "labels.yaml", "price: {id: Harga, en: Price}", "price: {id: Harga}",
        PAGES + "thing_get.html:6: labels.yaml has no 'price' in id and en"),
    "a label that no page uses": (
        PAGES + "labels.yaml", "labels:\n", "labels:\n  cost: {id: Biaya, en: Cost}\n",
        PAGES + "labels.yaml: no page uses labels.cost"),
    "a code without a word": (
        PAGES + "labels.yaml", "    small: {id: kecil, en: small}\n", "",
        PAGES + "thing_get.html:6: labels.yaml has no word for kind: small"),
    "a word for no code": (
        PAGES + "labels.yaml", "    small:", "    tiny: {id: mini, en: tiny}\n    small:",
        PAGES + "labels.yaml: no page uses words.kind.tiny"),
    "a third language": (
        PAGES + "thing_get.html", "{{#lang.en}}, {{made_on}}{{/lang.en}}", "{{#lang.jv}}{{/lang.jv}}",
        PAGES + "thing_get.html:6: a language is id or en"),
    "a page that is missing": (
        THINGS, "enum: [json, csv, geojson]", "enum: [json, html]", PAGES + "thing_report.html: there is no such file"),
    "a part that is missing": (
        PAGES + "thing_get.html", "{{>top}}", "{{>above}}", PAGES + "above.html: there is no such file"),
    "a function that is replaced": (
        FUNCTIONS, "create function thing_sign", "create or replace function thing_sign",
        FUNCTIONS + ":12: functions are dropped before these are made: leave 'or replace' out"),
    "functions that need each other": (
        FUNCTIONS, "thing_label(t thing)", "thing_label(t thing_shown)", FUNCTIONS + ":2: 'thing_shown' needs itself"),
    "a statement without an end": (
        FUNCTIONS, "for each row execute function thing_seen();\n", "for each row execute function thing_seen()\n",
        FUNCTIONS + ":43: the statement does not end with ';'"),
    "a trigger that calls what is dropped": (
        FUNCTIONS, "before update on thing for", "before update on thing when (thing_sign() = '') for",
        FUNCTIONS + ":43: a trigger cannot call thing_sign(), which is dropped"),
    "a tag that is not declared": (OPENAPI, "name: things, ", "name: stuff, ", THINGS + ":4: 'things' is no tag"),
}


@pytest.mark.parametrize("name", MUST_FAIL)
def test_it_does_not_build(tmp_path, name):
    file, text, replacement, said = MUST_FAIL[name]
    directory = tmp_path / "input"
    shutil.copytree(GOLDEN, directory)
    before = (directory / file).read_text()
    assert before.count(text) == 1, "the change must be one"
    (directory / file).write_text(before.replace(text, replacement))
    done = compile(directory, tmp_path)
    assert done.returncode == 1 and said in done.stderr, done.stderr
    assert "Traceback" not in done.stderr and not (tmp_path / "contract.c").exists()


@pytest.mark.parametrize("file, said", [
    ("sql/queries/thing_purge.sql", "sql/queries/thing_purge.sql:1: no operation names this file"),
    ("sql/verbs/purge.sql", "sql/verbs/purge.sql:1: no operation uses this text"),
    ("openapi/pages/spare.html", "openapi/pages/spare.html: no operation with format=html, no page names this file"),
    ("sql/migrations/things.sql", "sql/migrations/things.sql:1: a migration is named NNNN_what.sql"),
])
def test_a_file_that_nothing_names_does_not_build(tmp_path, file, said):
    directory = tmp_path / "input"
    shutil.copytree(GOLDEN, directory)
    (directory / file).parent.mkdir(exist_ok=True)
    (directory / file).write_text("-- Nothing.\nselect 1\n")
    done = compile(directory, tmp_path)
    assert done.returncode == 1 and said in done.stderr, done.stderr


def test_an_operation_without_sql_or_handler_does_not_build(tmp_path):
    directory = tmp_path / "input"
    shutil.copytree(GOLDEN, directory)
    (directory / QUERIES("get")).unlink()
    assert f"{THINGS}:37: thing_get needs either thing_get.sql or x-handler" in compile(directory, tmp_path).stderr


def test_an_operation_with_sql_and_handler_does_not_build(tmp_path):
    directory = tmp_path / "input"
    shutil.copytree(GOLDEN, directory)
    (directory / "sql/queries/token_issue.sql").write_text("-- Both.\nselect 1\n")
    assert "token_issue needs either token_issue.sql or x-handler" in compile(directory, tmp_path).stderr


# The project's own contract


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    out = tmp_path_factory.mktemp("own")
    done = compile(ROOT, out)
    assert done.returncode == 0, done.stderr
    return json.loads((out / "openapi.json").read_text())


def test_who_may_use_what_is_as_it_was_decided(document):
    """The matrix checks the service against the contract. This test checks the contract against the
    reviewed list. After an intended change, run tests/contract/renew and review the diff."""
    assert sorted(access.lines(document)) == (GOLDEN.parent / "access.txt").read_text().splitlines()


def test_a_connection_has_room_for_every_statement(tmp_path):
    """A connection without a free slot would search for one for ever."""
    assert compile(ROOT, tmp_path).returncode == 0
    prepared = sum(len(one["roles"]) for one in json.loads((tmp_path / "statements.json").read_text()))
    room = int(re.search(r"CONNECTION_MAX_PREPARED = (\d+)", (ROOT / "service/database/connection.h").read_text())[1])
    assert 100 < prepared < room * 0.75, "make CONNECTION_MAX_PREPARED larger"


def test_whatever_a_client_meets_is_described_with_an_example(document):
    bare = []
    for path, item in document["paths"].items():
        bare += [f"{method} {path}" for method, one in item.items()
                 if method != "parameters" and not (one.get("summary") and one.get("description"))]
    bare += [name for name, one in document["components"]["parameters"].items() if not one.get("description")]
    schemas = document["components"]["schemas"]
    for name, schema in schemas.items():
        for member, definition in schema.get("properties", {}).items():
            target = schemas[definition["$ref"].split("/")[-1]] if "$ref" in definition else definition
            if not definition.get("description", target.get("description")):
                bare.append(f"{name}.{member}: no description")
            if not {"examples", "anyOf", "properties"} & set(target):
                bare.append(f"{name}.{member}: no example")
    assert not bare, "\n".join(bare)


ENGINES = {"user", "service_account", "reference", "catalog", "target", "outcome"}  # the engine uses these words too


def test_the_c_knows_no_resource(document):
    nouns = {one["name"] for one in document["tags"]} - {"oauth", "me", "documentation"} | {"village", "bumdes", "district"}
    stems = {noun.rstrip("s") for noun in nouns}
    found = [f"{path.name}:{number}: {line.strip()}" for path in (ROOT / "service").rglob("*.[ch]")
             for number, line in enumerate(path.read_text().splitlines(), 1)
             # The word of shells before a setting is no resource.
             for stem in stems - ENGINES if stem in line.replace('"export "', "").lower()]
    assert not found, "\n".join(found)


def test_foreign_libraries_keep_to_their_rooms():
    rooms = {"ulfius.h": {"http"}, "libpq-fe.h": {"call", "connection", "failure", "migrate", "owner", "pipeline", "render", "sqlstate"}, "jwt.h": {"token"},
             "argon2.h": {"password"}, "zxcvbn.h": {"password"}, "qrencode.h": {"qr"}}
    for header, modules in rooms.items():
        users = {path.stem for path in (ROOT / "service").rglob("*.[ch]") if f"<{header}>" in path.read_text()}
        assert users and users <= modules, (header, users)


def test_no_request_becomes_text_of_a_statement():
    """The values of a request reach PostgreSQL only as parameters of prepared statements. Only
    `migrate` and `owner`, whose input comes from the operator, send text and quote the name of the
    login. `connection` sends the settings of its session."""
    calls = {(path.stem, name) for path in (ROOT / "service").rglob("*.c")
             for name in re.findall(r"\b(PQ(?:send|exec|prepare|escape|fn\b)\w*)\(", path.read_text())}
    assert {name for module, name in calls if module not in ("migrate", "owner")} - {"PQexec"} == {"PQsendPrepare", "PQsendQueryPrepared"}, calls
    assert {module for module, name in calls if name == "PQexec"} == {"owner", "connection"}
    assert {module for module, name in calls if name.startswith("PQescape")} <= {"migrate"}


def test_modules_stay_small():
    """A module of C has at most 400 lines, one of the compiler 500."""
    long = {path.name: lines for path in (ROOT / "service").rglob("*") if path.suffix in (".c", ".h", ".py")
            for lines in [len(path.read_text().splitlines())] if lines > (500 if path.suffix == ".py" else 400)}
    assert not long


def test_functions_stay_small():
    """A function has at most 60 lines. The layout puts only its name and its closing brace into the
    first column."""
    long, found = [], 0
    for path in (ROOT / "service").rglob("*.c"):
        for body in re.finditer(r"^\w[^;{}=]*\)\n\{\n.*?^\}$", path.read_text(), re.M | re.S):
            lines, found = body[0].count("\n") + 1, found + 1
            long += [f"{path.name}: {body[0].splitlines()[0]} has {lines} lines"] * (lines > 60)
    assert found > 300 and not long, (found, long)


# Verbs: one text for the operations that differ in their noun only


def with_verb(tmp_path):
    """A copy of the golden input with a verb `get`, made from the file of thing_get, which
    stays."""
    directory = tmp_path / "input"
    shutil.copytree(GOLDEN, directory)
    own, verb = directory / QUERIES("get"), directory / "sql/verbs/get.sql"
    verb.parent.mkdir()
    verb.write_text(re.sub(r"\bthing\b", ":noun", own.read_text()))
    return directory, own, verb


def test_an_operation_without_a_file_gets_the_text_of_its_verb(tmp_path):
    directory, own, _ = with_verb(tmp_path)
    own.unlink()
    done = compile(directory, tmp_path)
    assert done.returncode == 0, done.stderr
    for name in ("contract.c", "statements.json"):
        assert (tmp_path / name).read_text() == (GOLDEN / "expected" / name).read_text()


def test_a_file_that_says_what_the_verb_says_does_not_build(tmp_path):
    directory, own, _ = with_verb(tmp_path)
    said = "sql/queries/thing_get.sql:1: says what sql/verbs/get.sql says: delete it"
    assert said in compile(directory, tmp_path).stderr
    own.write_text(own.read_text().replace("where", "where true and"))
    assert "sql/verbs/get.sql:1: no operation uses this text" in compile(directory, tmp_path).stderr


def test_a_verb_that_does_not_fit_names_its_line(tmp_path):
    directory, own, verb = with_verb(tmp_path)
    own.unlink()
    verb.write_text(verb.read_text().replace(":id", ":nobody", 1))
    assert re.search(r"sql/verbs/get\.sql:\d+: :nobody is bound to nothing", compile(directory, tmp_path).stderr)


def test_it_explains_where_the_sql_of_an_operation_stands():
    def explain(name):
        return subprocess.run([sys.executable, str(ROOT / "service/contract/compile.py"), "--explain", name],
                              capture_output=True, text=True)

    said = explain("product_delete").stdout
    assert "-- product_delete: sql/verbs/delete.sql, :noun = product\n" in said and "update product x" in said
    assert "-- umkm_history: sql/queries/umkm_history.sql\n" in explain("umkm_history").stdout
    assert explain("umkm_explode").returncode == 1
