"""The positive control: a server that puts request values into the text of its statements. A
scanner that finds nothing here proves nothing elsewhere."""
import json
import re
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

from contract import Contract

TEXT, WORD = {"type": "string", "maxLength": 200}, {"type": "string", "maxLength": 200, "pattern": "^[a-z]+$"}
READ, WRITE = "select id, name from thing where name = '%s'", "insert into note (name) values ('%s') returning id"
CHANGE = "update note set name = '%s' where id = 1 returning id"
HOLES = {  # operation: (method, path, parameters, media type, schema of the body's `name`, statement, the value in it)
    "path": ("GET", "/path/{name}", [("path", "name", WORD)], None, None, READ, "path"),
    "query": ("GET", "/query", [("query", "name", TEXT)], None, None, READ, "query"),
    "guarded_query": ("GET", "/guarded", [("query", "name", WORD)], None, None, READ, "query"),
    "language": ("GET", "/language", [("header", "Accept-Language", TEXT)], None, None, READ, "Accept-Language"),
    "key": ("DELETE", "/key", [("header", "Idempotency-Key", TEXT)], None, None, READ, "Idempotency-Key"),
    "match": ("DELETE", "/match", [("header", "If-Match", TEXT)], None, None, READ, "If-Match"),
    "post": ("POST", "/post", [], "application/json", TEXT, WRITE, "body"),
    "guarded_post": ("POST", "/guarded", [], "application/json", WORD, WRITE, "body"),
    "email_post": ("POST", "/email", [], "application/json", {**TEXT, "format": "email"}, WRITE, "body"),
    "patch": ("PATCH", "/patch", [], "application/merge-patch+json", TEXT, CHANGE, "body"),
    "path_of_post": ("POST", "/post/{name}", [("path", "name", WORD)], "application/json", TEXT, READ, "path"),
    "path_of_patch": ("PATCH", "/patch/{name}", [("path", "name", WORD)], "application/merge-patch+json", TEXT, READ, "path"),
    "form": ("POST", "/form", [], "application/x-www-form-urlencoded", TEXT, READ, "form"),
}


def contract():
    paths = {}
    for name, (method, path, parameters, media, schema, _, _) in HOLES.items():
        operation = {"operationId": name, "security": [], "responses": {"200": {}},
                     "parameters": [{"in": place, "name": one, "schema": of} for place, one, of in parameters]}
        if media:
            body = {"type": "object", "properties": {"name": schema}, "required": ["name"]}
            operation["requestBody"] = {"content": {media: {"schema": body}}}
        paths.setdefault(path, {})[method.lower()] = operation
    return Contract({"paths": paths})


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, cluster, database):
        super().__init__(("127.0.0.1", 0), Handler)
        self.connect, self.contract = lambda: cluster.connect(database), contract()
        self.base = f"http://127.0.0.1:{self.server_port}"
        cluster.rows(database, f"alter database {database} set statement_timeout = '3s'")
        cluster.rows(database, "create table thing (id bigserial primary key, name text)")
        cluster.rows(database, "create table note (like thing including all)")
        cluster.rows(database, "insert into thing (name) select unnest(array['kopi', 'gula', 'id', 'key', '\"1.0\"', 'a@b.id'])")
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        at = urlsplit(self.path)
        text = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        operation = self.server.contract.find(self.command, at.path)
        try:
            _, path, _, media, _, statement, place = HOLES[operation.id]
            readers = {"path": lambda: unquote(at.path.split("/")[-1]), "query": lambda: parse_qs(at.query)["name"][0],
                    "form": lambda: parse_qs(text)["name"][0], "body": lambda: json.loads(text)["name"]}
            value = readers[place]() if place in readers else self.headers[place]
            if media not in (None, self.headers["Content-Type"]):
                return self.reply(415, {})
            if operation.id in ("key", "email_post") and re.search(r"\s", value):
                return self.reply(400, {})
            with closing(self.server.connect()) as connection, connection.cursor() as cursor:
                cursor.execute(statement % value)
                rows = [row._asdict() for row in cursor.fetchall()]
            self.reply(200, {"data": rows})
        except Exception:  # without the reason, as a careful server replies
            self.reply(500, {})

    do_GET = do_POST = do_PATCH = do_DELETE = answer

    def reply(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass
