"""HTTP that no client should send: the service and the proxy must refuse it or read it safely.

Each case has the bytes to send, the allowed statuses from the service, and the allowed statuses
through the proxy. There is at most one reply. Many cases hide the request SMUGGLED in a body: it
must never be answered or logged.
"""
import re
import socket
from concurrent.futures import ThreadPoolExecutor

CLOSED = "closed"  # the connection closes without a reply
WAITS = "waits"  # the server waits for more bytes, and replies when the client has closed its side
MARK = b"smuggled-request"
HOST = b"Host: localhost\r\n"
SMUGGLED = b"GET /v1/villages HTTP/1.1\r\n" + HOST + b"X-Request-Id: " + MARK + b"\r\n\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
BAD = {400}
ENDED = {400, CLOSED}
CUT = {400, 408, CLOSED, WAITS}


def get(target=b"/v1/villages", method=b"GET", version=b"HTTP/1.1", host=HOST, headers=b""):
    return method + b" " + target + b" " + version + b"\r\n" + host + headers + b"\r\n"


def post(headers, body=b"", version=b"HTTP/1.1"):
    return get(b"/oauth/token", b"POST", version, headers=FORM + headers) + body


def length(size):
    return b"Content-Length: %d\r\n" % size


CHUNKED = b"Transfer-Encoding: chunked\r\n"
END = b"0\r\n\r\n"

CASES = {
    # Host and identity
    "no Host": (get(host=b""), BAD, BAD),
    "two Hosts": (get(headers=b"Host: other\r\n"), BAD, BAD),
    "two equal Hosts": (get(headers=HOST), BAD, {200, 400}),
    "two Hosts in two spellings": (get(headers=b"HOST: other\r\n"), BAD, BAD),
    "a Host that is a list": (get(host=b"Host: a, b\r\n"), BAD, BAD),
    "a Host with a blank": (get(host=b"Host: a b\r\n"), BAD, BAD),
    "another host in the line": (get(b"http://other/v1/villages"), {404}, BAD),
    "two Authorizations": (get(headers=b"Authorization: Bearer a\r\nAuthorization: Bearer b\r\n"), BAD, BAD),
    "two Authorizations in two spellings": (get(headers=b"Authorization: Bearer a\r\nauthorization: Bearer b\r\n"), BAD, BAD),
    "an address in two spellings": (get(headers=b"X-Forwarded-For: 192.0.2.1\r\nx-forwarded-for: 192.0.2.2\r\n"), {200}, {200}),
    # The end of the body
    "two lengths": (post(length(3) + length(3 + len(SMUGGLED)), b"a=b" + SMUGGLED), BAD, BAD),
    "two equal lengths": (post(length(3) + length(3), b"a=b"), BAD, BAD),
    "two lengths in two spellings": (post(length(3) + b"content-length: 1\r\n", b"a=b"), BAD, BAD),
    "a list of lengths": (post(b"Content-Length: 3, 3\r\n", b"a=b"), BAD, BAD),
    "a signed length": (post(b"Content-Length: +3\r\n", b"a=b" + SMUGGLED), BAD, BAD),
    "a negative length": (post(b"Content-Length: -3\r\n", SMUGGLED), BAD, BAD),
    "a hexadecimal length": (post(b"Content-Length: 0x3\r\n", b"a=b" + SMUGGLED), BAD, BAD),
    "a length in words": (post(b"Content-Length: three\r\n", b"a=b" + SMUGGLED), BAD, BAD),
    "a length with a blank": (post(b"Content-Length: 3 3\r\n", b"a=b" + SMUGGLED), BAD, BAD),
    "an empty length": (post(b"Content-Length: \r\n", SMUGGLED), BAD, BAD),
    "a length beyond 64 bits": (post(b"Content-Length: 18446744073709551619\r\n", b"a=b" + SMUGGLED), BAD | {413}, BAD),
    "a blank before the colon of a length": (post(b"Content-Length : 3\r\n", b"a=b" + SMUGGLED), BAD, BAD),
    "length, then chunks": (post(length(len(END + SMUGGLED)) + CHUNKED, END + SMUGGLED), BAD, BAD),
    "chunks, then length": (post(CHUNKED + length(len(END + SMUGGLED)), END + SMUGGLED), BAD, BAD),
    "chunks twice": (post(CHUNKED + CHUNKED, END + SMUGGLED), BAD, BAD),
    "chunks and another coding": (post(b"Transfer-Encoding: identity, chunked\r\n", END + SMUGGLED), BAD, BAD | {422}),
    "another coding behind chunks": (post(b"Transfer-Encoding: chunked, identity\r\n", END + SMUGGLED), BAD, BAD | {422}),
    "two lines of codings": (post(CHUNKED + b"Transfer-Encoding: identity\r\n", END + SMUGGLED), BAD, BAD),
    "an unknown coding": (post(b"Transfer-Encoding: xchunked\r\n", END + SMUGGLED), BAD, BAD | {422}),
    "a quoted coding": (post(b'Transfer-Encoding: "chunked"\r\n', END + SMUGGLED), BAD, BAD | {422}),
    "a coding behind a vertical tab": (post(b"Transfer-Encoding: \x0bchunked\r\n", END + SMUGGLED), BAD, BAD | {422}),
    "an empty coding": (post(b"Transfer-Encoding: \r\n", END + SMUGGLED), BAD, BAD | {422}),
    "a blank before the colon of a coding": (post(b"Transfer-Encoding : chunked\r\n", END + SMUGGLED), BAD, BAD),
    "a blank before the name of a coding": (post(b"X: a\r\n Transfer-Encoding: chunked\r\n"), BAD, BAD),
    "chunks in HTTP/1.0": (post(CHUNKED, END + SMUGGLED, b"HTTP/1.0"), BAD, BAD),
    "a chunk of no size": (post(CHUNKED, b"zz\r\na=b\r\n" + END), ENDED, BAD),
    "a chunk of negative size": (post(CHUNKED, b"-3\r\na=b\r\n" + END), ENDED, BAD),
    "a chunk of 0x3": (post(CHUNKED, b"0x3\r\na=b\r\n" + END), ENDED, BAD),
    "a chunk beyond 64 bits": (post(CHUNKED, b"10000000000000003\r\na=b\r\n" + END), ENDED | {413}, BAD),
    "a chunk longer than its size": (post(CHUNKED, b"3\r\na=bcdef\r\n" + END), ENDED, BAD),
    "a trailer that is a header": (post(CHUNKED, b"3\r\na=b\r\n0\r\nContent-Length: 500\r\nHost: b\r\n\r\n"), BAD, BAD),
    "a body on a GET": (get(headers=length(len(SMUGGLED))) + SMUGGLED, {200}, {200}),
    "a chunked body on a GET": (get(headers=CHUNKED) + b"%x\r\n" % len(SMUGGLED) + SMUGGLED + b"\r\n" + END, {200}, {200}),
    "a body on an OPTIONS": (get(method=b"OPTIONS", headers=length(len(SMUGGLED))) + SMUGGLED, {204}, {204}),
    # Lines and headers
    "NUL in a value": (get(headers=b"X: a\0b\r\n"), {200}, BAD),
    "NUL in a name": (get(headers=b"X\0Y: a\r\n"), BAD, BAD),
    "NUL in the target": (get(b"/v1/villages\0/x"), {200}, BAD),
    "a bare CR in a value": (get(headers=b"X: a\rY: b\r\n"), BAD, BAD),
    "a bare CR in the line": (get(b"/v1/villages\rX"), {400, 404}, BAD),
    "bare LF": (get().replace(b"\r\n", b"\n"), {200}, {200}),
    "a folded value": (get(headers=b"X: a\r\n b\r\n"), {200}, {200}),
    "a folded coding": (post(b"Transfer-Encoding:\r\n chunked\r\n", END), BAD, BAD),
    "a first header that is folded": (get(host=b" X: a\r\n" + HOST), BAD, BAD),
    "no colon": (get(headers=b"X\r\n"), BAD, BAD),
    "no name": (get(headers=b": a\r\n"), {200}, BAD),
    "a blank in a name": (get(headers=b"X Y: a\r\n"), BAD, BAD),
    "a bracket in a name": (get(headers=b"X(Y): a\r\n"), BAD, BAD),
    "UTF-8 in a name": (get(headers="Ü: a\r\n".encode()), BAD, BAD),
    "control characters in a value": (get(headers=b"X: a\x01\x07\x7fb\r\n"), BAD, BAD),
    "no HTTP request at all": (b"hello\r\n\r\n", ENDED, BAD),
    "a request of blanks only": (b" \r\n \r\n\r\n", ENDED, BAD),
    "a TLS greeting": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 40 + b"\r\n\r\n", ENDED, BAD),
    # The first line
    "no version": (b"GET /v1/villages\r\n\r\n", ENDED, BAD),
    "a version of HTTP/0.9": (get(version=b"HTTP/0.9"), {505}, {400, 505}),
    "a version of HTTP/2.0": (get(version=b"HTTP/2.0"), {505}, {200, 400}),
    "a version of HTTP/1.9": (get(version=b"HTTP/1.9"), {200, 400, 505}, {200, 400}),
    "a version in small letters": (get(version=b"http/1.1"), {400, 505}, BAD),
    "two versions": (get(version=b"HTTP/1.1 HTTP/1.1"), ENDED | {505}, BAD),
    "HTTP/2 without TLS": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400, 505}, BAD),
    "an upgrade to HTTP/2": (get(headers=b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"),
                             {200}, {200}),
    "an upgrade to WebSocket": (get(headers=b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: eA==\r\n"),
                                {200}, {200, 400}),
    "a target that is not a path": (get(b"v1/villages"), {400, 404}, BAD),
    "a target with a blank": (get(b"/v1/villages x"), ENDED, BAD),
    "a target in UTF-8": (get("/v1/vïllages".encode()), {400, 404}, BAD),
    "a fragment": (get(b"/v1/villages#x"), {404}, BAD),
    "a backslash": (get(b"\\v1\\villages"), {400, 404}, BAD),
    "a bad escape": (get(b"/v1/villages?q=%zz"), BAD, BAD),
    "an escaped NUL": (get(b"/v1/villages?q=a%00b"), BAD, BAD),
    "an escaped line end": (get(b"/v1/villages?q=a%0d%0aX-Request-Id:%20" + MARK), {200, 400}, {200, 400}),
    "an overlong escape": (get(b"/v1/villages/%c0%ae%c0%ae%c0%af"), BAD, BAD),
    "an escaped way up": (get(b"/v1/x/%2e%2e/villages"), {404}, {404}),
    "a target of 8,193 bytes": (get(b"/v1/villages?q=" + b"a" * 8178), {414}, {414}),
    "a target of 100 KiB": (get(b"/v1/villages?q=" + b"a" * 102400), {414}, BAD),
    "a header of 17 KiB": (get(headers=b"X: " + b"a" * 17408 + b"\r\n"), {431}, BAD),
    "a header of 200 KiB": (get(headers=b"X: " + b"a" * 204800 + b"\r\n"), {431, CLOSED}, BAD),
    "a name of 17 KiB": (get(headers=b"X" * 17408 + b": a\r\n"), {431}, BAD),
    "100 headers": (get(headers=b"".join(b"X%d: a\r\n" % i for i in range(100))), {200}, BAD),
    "5,000 headers": (get(headers=b"".join(b"X%d: a\r\n" % i for i in range(5000))), {431, CLOSED}, BAD),
    # Methods
    "a method in small letters": (get(method=b"get"), {501}, {501}),
    "an unknown method": (get(method=b"BREW"), {501}, {501}),
    "TRACE": (get(method=b"TRACE"), {405}, {405}),
    "CONNECT": (get(b"elsewhere.example:443", b"CONNECT"), {404, 405}, {400, 404, 405}),
    "a method of 5,000 letters": (get(method=b"A" * 5000), {501}, {400, 501}),
    "a method with a NUL": (get(method=b"GE\0T"), {400, 501}, BAD),
    "no method": (b" /v1/villages HTTP/1.1\r\n" + HOST + b"\r\n", ENDED | {501}, BAD),
    "OPTIONS of everything": (get(b"*", b"OPTIONS"), {404}, {404}),
    # Incomplete requests
    "half a line": (b"GET /v1/vil", CUT, CUT),
    "half a head": (b"GET /v1/villages HTTP/1.1\r\nHost: a\r\nX: ", CUT, CUT),
    "half a body": (post(length(100), b"grant_type="), CUT, CUT),
    "half a chunk": (post(CHUNKED, b"64\r\ngrant_type="), CUT, CUT),
    "no last chunk": (post(CHUNKED, b"3\r\na=b\r\n"), CUT, CUT),
    "an announced body that never comes": (post(b"Expect: 100-continue\r\n" + length(3)), CUT, CUT),
    "an expectation of something else": (post(b"Expect: 200-ok\r\n" + length(3), b"a=b"), {400, 417}, {400, 417}),
}
# Several requests in one piece, and the statuses in order.
PIPELINED = {
    "two": (get() + get(b"/v1/nothing"), [200, 404]),
    "a bad one behind a good one": (get() + get(headers=b"Host: other\r\n"), [200, 400]),
    "one behind a bad one": (get(host=b"") + get(), [400]),
    "one behind a body": (post(length(3), b"a=b") + get(), [400, 200]),
    "one behind an end": (get(headers=b"Connection: close\r\n") + get(), [200]),
    "a hundred": (get(b"/v1/districts?limit=1") * 100, [200] * 100),
}


def exchange(port, data, patience=3, silence=0.5):
    """Sends the bytes. Returns the statuses, whether the server replied only after the client had
    closed its side, and the received bytes."""
    received, waited = b"", False
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        try:
            connection.sendall(data)
            while True:
                connection.settimeout(silence if received else patience)
                try:
                    piece = connection.recv(65536)
                except TimeoutError:
                    if received or waited:
                        break
                    waited = True
                    connection.shutdown(socket.SHUT_WR)
                    continue
                if not piece:
                    break
                received += piece
        except (ConnectionResetError, BrokenPipeError):
            pass
    return statuses(received) or [CLOSED], waited, received


def statuses(received):
    """The statuses of the responses, up to the first that closes the connection. No client reads
    the bytes after that one."""
    found = []
    while received.startswith(b"HTTP/1."):
        head, _, received = received.partition(b"\r\n\r\n")
        status = int(head.split(b" ", 2)[1])
        if status == 100:
            continue
        found.append(status)
        if re.search(rb"(?i)\r\nconnection: close", head):
            break
        size = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
        received = received[int(size.group(1)):] if size else received
    return found


def deviations(port, proxied):
    """Runs all cases in parallel and returns those whose result is not in the table."""
    def of_case(name):
        data, *allowed = CASES[name]
        found, waited, received = exchange(port, data)
        fine = len(found) == 1 and found[0] in allowed[proxied] and (not waited or WAITS in allowed[proxied])
        return None if fine and MARK not in received else (name, found, waited, received[:300])

    def of_pipeline(name):
        data, wanted = PIPELINED[name]
        found, _, received = exchange(port, data)
        return None if found == wanted else (name, found, received[-300:])

    with ThreadPoolExecutor(16) as pool:
        return [one for one in [*pool.map(of_case, CASES), *pool.map(of_pipeline, PIPELINED)] if one]
