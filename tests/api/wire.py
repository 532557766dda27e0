"""HTTP byte for byte, for what no client library would send."""
import http.client
import socket


class Answer:
    def __init__(self, sock):
        response = http.client.HTTPResponse(sock)
        response.begin()
        self.status, self.headers = response.status, response.headers
        self.body = response.read()


def send(port, data, timeout=20):
    """What comes back for these bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout) as sock:
        sock.sendall(data)
        return Answer(sock)


def request(port, target, method="GET", headers=(), body=b""):
    """A request whose target is sent as it stands."""
    lines = [f"{method} {target} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: close", *headers]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return send(port, "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + body)
