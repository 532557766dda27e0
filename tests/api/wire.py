"""Sends HTTP requests as raw bytes, also those that no client library can send."""
import http.client
import socket

# Clients that stop after these bytes.
SLOW = {"silent": b"", "no end of headers": b"GET /v1/villages HTTP/1.1\r\nHost: a\r\n",
        "no end of body": b"POST /oauth/token HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                          b"Content-Length: 100\r\n\r\ngrant_type=",
        "nothing more to ask": b"GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n"}


class Answer:
    def __init__(self, sock):
        response = http.client.HTTPResponse(sock)
        response.begin()
        self.status, self.headers = response.status, response.headers
        self.body = response.read()


def send(port, data, timeout=20):
    """Sends these bytes and returns the answer."""
    with socket.create_connection(("127.0.0.1", port), timeout) as sock:
        sock.sendall(data)
        return Answer(sock)


def request(port, target, method="GET", headers=(), body=b""):
    """Sends a request with an unescaped target."""
    lines = [f"{method} {target} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: close", *headers]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return send(port, "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + body)
