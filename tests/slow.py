"""Many slow clients at once: they send a head or a body byte by byte, or do not read the reply."""
import contextlib
import socket
import threading
import time

import requests

HEAD = b"POST /oauth/token HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
KINDS = {  # the first bytes of each client; then it sends or reads one byte at a time
    "heads": b"GET /v1/villages HTTP/1.1\r\nHost: a\r\nX: ",
    "bodies": HEAD + b"1000\r\n\r\ngrant_type=",
    "large bodies": HEAD + b"500000\r\n\r\ngrant_type=" + b"a" * 65536,
    "reading": b"GET /v1/villages?limit=200 HTTP/1.1\r\nHost: a\r\n\r\n",
}


def _connect(port, kind, address):
    one = socket.socket()
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    with contextlib.suppress(OSError):
        one.settimeout(2)
        one.bind((address, 0))
        one.connect(("127.0.0.1", port))
        one.setblocking(False)
        one.send(KINDS[kind])
    return one


@contextlib.contextmanager
def clients(port, kind, count, addresses=("127.0.0.1",)):
    """Keeps `count` slow clients connected while the block runs."""
    ended = threading.Event()
    sockets = [_connect(port, kind, addresses[n % len(addresses)]) for n in range(count)]

    def drip():
        while not ended.wait(0.5):
            for one in sockets:
                with contextlib.suppress(OSError):
                    one.recv(1) if kind == "reading" else one.send(b"a")

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        yield sockets
    finally:
        ended.set()
        thread.join()
        for one in sockets:
            one.close()


def ask(url, seconds):
    """Asks the url again and again. Returns (status, seconds) for each request; status 0 means no
    reply."""
    replies, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        begun = time.monotonic()
        try:
            status = requests.get(url, timeout=5, headers={"Connection": "close"}).status_code
        except requests.RequestException:
            status = 0
        replies.append((status, time.monotonic() - begun))
        time.sleep(0.05)
    return replies


def resident(pid):
    """The resident memory of a process, in kilobytes."""
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
