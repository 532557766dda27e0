"""HTTP: methods, addresses, limits, CORS, tracing."""
import csv
import io
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

import slow
import wire
from client import problem
from house import BALEREJO

VILLAGE = f"/v1/villages/{BALEREJO}"
ORIGIN = "https://spa.example"
KIB = 1024


@pytest.fixture(scope="module")
def house(build):
    return build(OVOP_CORS_ORIGINS=f"{ORIGIN},https://other.example").prepare().start()


# Methods


def test_head_answers_as_get_without_its_body(house):
    for path in (VILLAGE, "/v1/villages", "/v1/districts"):
        get, head = house.public.get(path), house.public("HEAD", path, status=200)
        assert head.content == b"" and int(head.headers["Content-Length"]) == len(get.content)
        same = ("Content-Type", "ETag", "Cache-Control", "Vary")
        assert [head.headers.get(name) for name in same] == [get.headers.get(name) for name in same]
    assert house.public("HEAD", "/v1/villages/35.05.17.2001", status=404).content == b""


def test_options_names_the_methods(house):
    reply = house.public("OPTIONS", VILLAGE, status=204)
    assert set(reply.headers["Allow"].replace(" ", "").split(",")) == {"GET", "HEAD", "OPTIONS", "PATCH"}


def test_another_method_is_405_and_names_the_allowed_ones(house):
    for method in ("POST", "DELETE", "PUT"):
        reply = house.public(method, VILLAGE, status=405)
        assert problem(reply)[0] == "method_not_allowed" and "PATCH" in reply.headers["Allow"]


@pytest.mark.parametrize("method", ["BREW", "TRACE", "get", "PROPFIND"])
def test_an_unknown_method_is_501_or_405(house, method):
    assert wire.request(house.port, VILLAGE, method).status in (405, 501)


# Addresses


@pytest.mark.parametrize("target", [
    "/", "/v1", "/v1/", "/v1/nothing", "/v1/villages/", "//v1/villages", "/v1//villages", "/v1/villages/" + BALEREJO + "/",
    "/V1/villages",
    "/v1/villages/a/b/c/d", "/v1/./villages", "/v1/x/../villages", "/v1/villages;a=b", "/livez", "/metrics",
])
def test_an_unknown_path_is_404(house, target):
    answer = wire.request(house.port, target)
    assert answer.status == 404 and b'"not_found"' in answer.body and answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("target", [
    f"{VILLAGE}%00", f"{VILLAGE}%00x", "/v1/villages/%FF%FE", "/v1/villages/%C0%AF", "/v1/villages/%", "/v1/villages/%zz",
    "/v1/villages/%ED%A0%80",
    "/v1/villages?q=%FFabc", "/v1/villages?q=a%00b", "/v1/villages?q=%", "/v1/villages?q=%e", "/v1/villages?%FF=1",
])
def test_a_badly_encoded_address_is_400(house, target):
    answer = wire.request(house.port, target)
    assert answer.status == 400 and b'"code":"' in answer.body.replace(b'": "', b'":"')


@pytest.mark.parametrize("code",
                         ["x", "35.05.17", "35-05-17-2009", "35.05.17.20099", "35.05.17.2009'", "35.05.17.2009 ",
                          "35.05.17.2009%20", "' or 1=1", "..%2f..", "%2e%2e"])
def test_a_path_value_of_the_wrong_form_is_no_record(house, code):
    assert wire.request(house.port, f"/v1/villages/{code.replace(' ', '%20')}").status in (400, 404)


def test_a_query_value_never_becomes_a_path_value(house):
    assert problem(house.public.get(VILLAGE, 400, params={"code": "35.05.17.2008"}))[0] == "unknown_parameter"


def test_an_unknown_or_repeated_parameter_is_refused(house):
    assert problem(house.public.get("/v1/villages", 400, params={"distrct_code": "35.05.17"})) == \
        ("unknown_parameter", [("distrct_code", "unknown_parameter")])
    assert problem(house.public.get("/v1/villages", 400, params=[("kind", "desa"), ("kind", "kelurahan")])) == \
        ("duplicate_parameter", [("kind", "duplicate_parameter")])


def test_every_broken_parameter_is_named_at_once(house):
    reply = house.public.get("/v1/villages", 400, params={"kind": "kota", "limit": "0", "sort": "height", "q": "x"})
    assert sorted(name for name, _ in problem(reply)[1]) == ["kind", "limit", "q", "sort"]


@pytest.mark.parametrize("limit", ["0", "-1", "201", "1.5", "1e1", "", "abc", "9999999999999999999", "+5", "0x10", " 5"])
def test_a_limit_outside_1_to_200_is_400(house, limit):
    assert problem(house.public.get("/v1/villages", 400, params={"limit": limit}))[1][0][0] == "limit"


@pytest.mark.parametrize("limit, rows", [("1", 1), ("200", 200)])
def test_the_limits_of_limit(house, limit, rows):
    assert len(house.public.get("/v1/villages", params={"limit": limit}).json()["data"]) == rows


# Sizes


def test_a_body_of_one_mebibyte_is_read_and_one_more_byte_is_not(house):
    for size, status in ((KIB * KIB - 1, 422), (KIB * KIB, 422), (KIB * KIB + 1, 413)):
        head, tail = b'{"pad":"', b'"}'
        body = head + b"x" * (size - len(head) - len(tail)) + tail
        for data in (body, iter([body])):  # with Content-Length, and chunked
            reply = house.dinas("PATCH", VILLAGE, data=data, match="*", headers={"Content-Type": "application/merge-patch+json"})
            assert reply.status_code == status, (size, reply.text[:300])


DECIDED = {  # what the head decides: its status, method, target, and headers with {dinas} for a token
    "a body beyond the limit": (413, "PATCH", VILLAGE, "{dinas}\r\nIf-Match: *\r\nContent-Type: application/json"),
    "a login beyond its own limit": (413, "POST", "/oauth/token", "Content-Type: application/x-www-form-urlencoded"),
    "a body on a GET": (413, "GET", VILLAGE, "Accept: */*"),
    "no token": (401, "PATCH", VILLAGE, "Content-Type: application/json"),
    "a bad token": (401, "PATCH", VILLAGE, "Authorization: Bearer x.y.z"),
    "no such path": (404, "POST", "/v1/nothing", "Content-Type: application/json"),
    "no such method": (405, "DELETE", VILLAGE, "{dinas}"),
    "another role": (403, "POST", "/v1/users", "{dinas}\r\nContent-Type: application/json"),
    "another type": (415, "PATCH", VILLAGE, "{dinas}\r\nIf-Match: *\r\nContent-Type: text/plain"),
    "a compressed body": (415, "PATCH", VILLAGE, "{dinas}\r\nIf-Match: *\r\nContent-Type: application/json\r\nContent-Encoding: gzip"),
    "no version": (428, "PATCH", VILLAGE, "{dinas}\r\nContent-Type: application/json"),
    "an unknown parameter": (400, "PATCH", VILLAGE + "?colour=red", "{dinas}\r\nIf-Match: *"),
}


@pytest.mark.parametrize("body", ["Content-Length: {length}", "Content-Length: {length}\r\nExpect: 100-continue",
                                  "Transfer-Encoding: chunked\r\nExpect: 100-continue", "Transfer-Encoding: gzip"])
@pytest.mark.parametrize("what", DECIDED)
def test_what_the_head_decides_is_answered_before_the_body(house, what, body):
    """The client sends no byte of its body. It gets the reply at once, and the connection ends."""
    status, method, target, headers = DECIDED[what]
    if "chunked" in body and status == 413:
        return  # the length is not known yet
    if "gzip" in body:
        status = 400
    head = f"{method} {target} HTTP/1.1\r\nHost: a\r\n{headers}\r\n{body}\r\n\r\n".format(
        dinas=f"Authorization: Bearer {house.dinas.token}", length=9999999999 if status == 413 else 999999)
    with wire.socket.create_connection(("127.0.0.1", house.port), 5) as sock:
        sock.sendall(head.encode())
        answer = wire.Answer(sock)
        assert answer.status == status and answer.headers["Connection"] == "close", answer.body
        assert sock.recv(1) == b""


def test_the_refusal_names_the_limit(house):
    for target, limit in ((VILLAGE, KIB * KIB), ("/oauth/token", 8 * KIB)):
        head = [f"Authorization: Bearer {house.dinas.token}", "If-Match: *", "Accept-Language: en", "Content-Length: 99999999",
                f"Content-Type: application/{'json' if target == VILLAGE else 'x-www-form-urlencoded'}"]
        answer = wire.request(house.port, target, "PATCH" if target == VILLAGE else "POST", head)
        assert answer.status == 413 and f"At most {limit} bytes.".encode() in answer.body


def test_a_client_that_sends_all_before_it_reads_still_gets_its_reply(house):
    """The service reads on for a moment, since a closed socket would lose the reply (RFC 9112 9.6)."""
    for _ in range(20):
        assert wire.request(house.port, VILLAGE, "PATCH", ["Content-Type: application/json"], bytes(8 * KIB * KIB)).status == 401


def test_endless_chunks_end_the_connection(house):
    """The limit is noticed while the chunks come. At most as much again is read."""
    piece = b"10000\r\n" + bytes(65536) + b"\r\n"
    with wire.socket.create_connection(("127.0.0.1", house.port), 5) as sock:
        sock.sendall(f"PATCH {VILLAGE} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {house.dinas.token}\r\nIf-Match: *\r\n"
                     "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
        with pytest.raises(OSError):
            for _ in range(2000):
                sock.sendall(piece)


def test_a_thousand_anonymous_uploads_keep_no_byte(house):
    """Each announces a body of 1 GiB and sends 64 KiB of it."""
    before = slow.resident(house.process.pid)
    for _ in range(1000):
        with wire.socket.create_connection(("127.0.0.1", house.port), 5) as sock:
            sock.sendall(f"POST /v1/umkm HTTP/1.1\r\nHost: a\r\nContent-Length: {KIB ** 3}\r\n\r\n".encode() + bytes(64 * KIB))
            assert wire.Answer(sock).status == 401
    assert slow.resident(house.process.pid) - before < (32 if house.sanitized else 4) * KIB  # a sanitizer keeps freed memory


def test_a_long_address_is_414_and_long_headers_are_431(house):
    target = "/v1/villages?q=" + "a" * 7000
    assert wire.request(house.port, target).status == 400
    assert wire.request(house.port, "/v1/villages?q=" + "a" * 40 * KIB).status == 414
    assert wire.request(house.port, "/v1/villages", headers=["X-Pad: " + "a" * 40 * KIB]).status == 431
    house.public.get(VILLAGE)


def test_address_and_headers_are_read_up_to_their_limits_at_once(house):
    target = "/v1/villages?q=".ljust(8 * KIB, "a")
    # The limit counts names and values, and one byte for each of the 32 fields.
    room = 16 * KIB - len(f"Host127.0.0.1:{house.port}Connectionclose") - 32
    headers = [f"X-{number:02}: " + "b" * (room // 30 - 4 + (room % 30 if number == 0 else 0)) for number in range(30)]
    answer = wire.request(house.port, target, headers=headers)
    assert answer.status == 400 and b'"invalid_parameter"' in answer.body
    assert wire.request(house.port, target, headers=[headers[0] + "b", *headers[1:]]).status == 431
    assert wire.request(house.port, target + "a", headers=headers).status == 414


def test_many_parameters_are_refused_and_cost_nothing(house):
    assert wire.request(house.port, "/v1/villages?" + "&".join(f"a{number}=1" for number in range(900))).status in (400, 414)


def test_connections_are_kept_alive_and_each_answer_is_its_own(house):
    one = f"GET {VILLAGE} HTTP/1.1\r\nHost: a\r\n\r\n".encode()
    two = b"GET /v1/villages/35.05.17.2008 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    with wire.socket.create_connection(("127.0.0.1", house.port), 10) as sock:
        sock.sendall(one)
        assert BALEREJO.encode() in wire.Answer(sock).body
        sock.sendall(two)
        assert b"35.05.17.2008" in wire.Answer(sock).body


# Negotiation


@pytest.mark.parametrize("accept, status", [
    (None, 200), ("*/*", 200), ("application/json", 200), ("application/*", 200), ("text/html, application/json;q=0.5", 200),
    ("application/json; charset=utf-8", 200), ("image/png", 406), ("text/html", 406), ("application/json;q=0", 406),
    ("application/xml", 406),
])
def test_only_json_is_served_here(house, accept, status):
    house.public.get(VILLAGE, status, headers={"Accept": accept} if accept else {})


@pytest.mark.parametrize("media, status", [
    ("application/merge-patch+json", 200), ("application/json", 200), ("application/json; charset=utf-8", 200),
    ("application/json;charset=UTF-8", 200),
    ("Application/JSON", 200), ("application/json; charset=latin1", 415), ("text/plain", 415),
    ("text/plain; x=application/json", 415),
    ("application/jsonx", 415), ("application/x-www-form-urlencoded", 415), ("multipart/form-data; boundary=x", 415), ("", 415),
])
def test_only_json_is_read_here(house, media, status):
    reply = house.dinas("PATCH", VILLAGE, data=b'{"population": 3120, "population_year": 2023}', match="*",
                        headers={"Content-Type": media}, status=status)
    if status == 415:
        assert "application/merge-patch+json" in reply.headers["Accept-Patch"]


def test_a_header_given_twice_passes_no_check(house):
    """Two lines can be read in two ways. Two ids are no id."""
    token = f"Authorization: Bearer {house.dinas.token}"
    for headers in ([token, token], [token, "Authorization: Bearer x"], ["Authorization: Bearer x", token]):
        assert wire.request(house.port, "/v1/me", headers=headers).status == 400
    json, text = "Content-Type: application/json", "Content-Type: text/plain"
    for types in ([json, text], [text, json], [json, json]):
        assert wire.request(house.port, VILLAGE, "PATCH", [token, "If-Match: *", *types], b'{"population":1}').status == 400
    answer = wire.request(house.port, VILLAGE, headers=["X-Request-Id: first-one-0", "X-Request-Id: second-one"])
    assert answer.status == 200 and "one" not in answer.headers["X-Request-Id"]


def test_a_body_without_a_content_type_is_415(house):
    head = [f"Authorization: Bearer {house.dinas.token}", "If-Match: *"]
    assert wire.request(house.port, VILLAGE, "PATCH", head, b'{"population":1}').status == 415


# CORS


def preflight(house, origin, path="/v1/umkm", method="POST"):
    return house.public("OPTIONS", path, headers={
        "Origin": origin, "Access-Control-Request-Method": method, "Access-Control-Request-Headers": "authorization,if-match"})


def test_a_listed_origin_may_use_the_api(house):
    reply = preflight(house, ORIGIN)
    assert reply.status_code == 204 and reply.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "Origin" in reply.headers["Vary"]
    allowed = reply.headers["Access-Control-Allow-Headers"].lower()
    wanted = ("authorization", "content-type", "if-match", "if-none-match", "idempotency-key", "accept-language", "traceparent",
              "x-request-id")
    assert all(name in allowed for name in wanted)
    assert "POST" in reply.headers["Access-Control-Allow-Methods"] and int(reply.headers["Access-Control-Max-Age"]) >= 600
    reply = house.public.get("/v1/umkm", 401, headers={"Origin": ORIGIN})
    assert reply.headers["Access-Control-Allow-Origin"] == ORIGIN
    exposed = reply.headers["Access-Control-Expose-Headers"].lower()
    assert all(name in exposed for name in ("etag", "link", "location", "retry-after", "ratelimit", "x-request-id",
                                            "content-disposition", "idempotency-replayed", "www-authenticate", "allow"))


@pytest.mark.parametrize("origin", [ORIGIN, "https://elsewhere.example"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_a_page_sees_that_a_path_is_unknown(house, origin, method):
    reply = preflight(house, origin, "/v1/nothing", method)
    assert reply.status_code == 204 and method in reply.headers["Access-Control-Allow-Methods"]
    reply = house.public(method, "/v1/nothing", headers={"Origin": origin})
    assert reply.status_code == 404 and reply.headers["Access-Control-Allow-Origin"] in (origin, "*")


@pytest.mark.parametrize("name", ["cursor", "%63ursor", "c%75rsor"])
def test_the_link_to_the_next_page_has_one_cursor(house, name):
    first = house.public.get("/v1/villages", params={"limit": 2}).json()["page"]["next_cursor"]
    reply = house.public.get(f"/v1/villages?{name}={first}&limit=2")
    assert reply.links["next"]["url"].count("ursor=") == 1
    assert house.public.get(reply.links["next"]["url"].removeprefix(house.base)).json()["data"]
    assert "Access-Control-Allow-Credentials" not in reply.headers


FOREIGN = ["https://evil.example", "null", "https://spa.example.evil.example", "http://spa.example", "https://spa.exampl",
           "https://spa.example:8443", "https://SPA.example", f"{ORIGIN} https://evil.example", f"{ORIGIN},https://other.example", "*", ""]


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_foreign_origin_gets_nothing(house, origin):
    assert "Access-Control-Allow-Origin" not in preflight(house, origin).headers
    assert "Access-Control-Allow-Origin" not in house.dinas.get("/v1/umkm", headers={"Origin": origin}).headers


def test_every_operation_is_shared_with_listed_origins_and_what_is_open_to_read_with_all(house):
    for operation in house.contract.operations.values():
        path = re.sub(r"\{\w+\}", "x", operation.path)
        reads = [one for one in house.contract.operations.values() if one.path == operation.path and one.method == "GET"]
        is_open = any(not one.security for one in reads)
        for origin in (ORIGIN, FOREIGN[0]):
            answered = house.public(operation.method, path, headers={"Origin": origin})
            for reply in (preflight(house, origin, path, operation.method), answered):
                found = reply.headers.get("Access-Control-Allow-Origin")
                assert found == (ORIGIN if origin == ORIGIN else "*" if is_open else None), (operation.id, origin)
                assert "Origin" in reply.headers["Vary"]
            if origin != ORIGIN and is_open:
                allowed = preflight(house, origin, path, operation.method).headers["Access-Control-Allow-Methods"]
                assert allowed == "GET, HEAD, OPTIONS", operation.id


def test_the_catalogue_is_open_to_every_origin(house):
    assert house.public.get("/v1/catalog/umkm",
                            headers={"Origin": "https://any.example"}).headers["Access-Control-Allow-Origin"] == "*"
    assert preflight(house, "https://any.example", "/v1/catalog/umkm", "GET").headers["Access-Control-Allow-Origin"] == "*"


# Tracing


@pytest.mark.parametrize("given, echoed", [
    ("abcDEF12.x_y-z", True), ("a" * 64, True), ("short", False), ("a" * 65, False), ("with space 1234", False),
    ("semi;colon;here", False),
])
def test_a_request_id_is_echoed_when_it_is_harmless(house, given, echoed):
    reply = house.public.get(VILLAGE, headers={"X-Request-Id": given})
    assert (reply.headers["X-Request-Id"] == given) == echoed
    assert re.fullmatch(r"[A-Za-z0-9._-]{8,64}", reply.headers["X-Request-Id"])


def test_two_requests_have_two_ids(house):
    assert house.public.get(VILLAGE).headers["X-Request-Id"] != house.public.get(VILLAGE).headers["X-Request-Id"]


def test_a_trace_is_continued_into_the_log(house):
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    reply = house.public.get(VILLAGE, headers={"traceparent": f"00-{trace}-00f067aa0ba902b7-01"})
    line = one_line(house, reply)
    assert trace in str(line) and line["operation"] == "village_get" and line["status"] == 200


@pytest.mark.parametrize("given", ["00-00000000000000000000000000000000-00f067aa0ba902b7-01", "00-xyz-1-01", "garbage"])
def test_a_malformed_trace_is_not_continued(house, given):
    line = one_line(house, house.public.get(VILLAGE, headers={"traceparent": given}))
    assert given.split("-")[1 if "-" in given else 0] not in str(line)


def one_line(house, reply):
    lines = [one for one in house.lines() if one.get("request_id") == reply.headers["X-Request-Id"] and "status" in one]
    assert len(lines) == 1, lines
    return lines[0]


# The document


def test_the_served_contract_is_the_compiled_one(house, contract):
    assert house.public.get("/openapi.json").json() == contract.document


def test_the_data_dictionary_is_a_table(house, contract):
    reply = house.public.get("/data-dictionary.csv", headers={"Accept": "text/csv"})
    assert reply.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = {(row["schema"], row["member"]): row for row in csv.DictReader(io.StringIO(reply.content.decode(), newline=""), strict=True)}
    schemas = contract.document["components"]["schemas"]
    assert {("Umkm", member) for member in schemas["Umkm"]["properties"]} <= set(rows)
    assert all(row["definition"] and row["owner"] for row in rows.values())
    nik = rows["UmkmOwner", "nik"]
    assert (nik["resource"], nik["personal"], nik["producer"]) == ("umkm", "true", "bumdes;dinas;system")


def test_the_reference_pages_load_nothing_from_elsewhere(house):
    reply = house.public.get("/docs", headers={"Accept": "text/html"})
    assert reply.headers["Content-Type"].startswith("text/html")
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
    assert "<script" not in reply.text
    assert not re.search(r"""(src|href)=["']?(https?:)?//(?!www\.(blitarkab|rfc))""", reply.text.split("<body")[0])
