"""A proxy in front of PostgreSQL. It reads whole messages of the protocol, and can stop or cut a
connection at any of them."""
import contextlib
import socket
import struct
import threading

FRONTEND, BACKEND = "frontend", "backend"


class Pair:
    """A connection of the service to the proxy, and the proxy's own connection to PostgreSQL."""

    def __init__(self, client, server):
        self.sockets = {FRONTEND: client, BACKEND: server}
        self.pid = None  # of the backend, from its BackendKeyData
        self.at = {FRONTEND: 0, BACKEND: 0}  # messages since the last Sync, or since the last ReadyForQuery

    def cut(self):
        for one in self.sockets.values():
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


def messages(file, first_is_bare):
    """Yields whole messages. The first message of a client has a length and no type."""
    while head := file.read(4 if first_is_bare else 5):
        size = struct.unpack("!I", head[-4:])[0]
        yield (b"" if first_is_bare else head[:1]), head + file.read(size - 4)
        first_is_bare = False


class Proxy:
    """`rule(pair, side, type, message)` returns None to forward the message. If it returns bytes,
    the proxy forwards those and cuts the connection."""

    def __init__(self, target):
        self.target, self.rule, self.flows = target, None, threading.Event()
        self.flows.set()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self.listener.getsockname()[1]
        self.start(self.accept)

    def start(self, run, *arguments):
        threading.Thread(target=run, args=arguments, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            try:
                server.connect(self.target)
            except OSError:
                client.close()
                continue
            pair = Pair(client, server)
            self.start(self.relay, pair, FRONTEND, BACKEND)
            self.start(self.relay, pair, BACKEND, FRONTEND)

    def relay(self, pair, source, target):
        with contextlib.suppress(OSError), pair.sockets[source].makefile("rb") as file:
            for kind, message in messages(file, source == FRONTEND):
                self.flows.wait()
                if source == BACKEND and kind == b"K":
                    pair.pid = struct.unpack("!I", message[5:9])[0]
                part = self.rule(pair, source, kind, message) if self.rule and pair.pid else None
                pair.sockets[target].sendall(message if part is None else part)
                if part is not None:
                    break
                pair.at[source] = 0 if kind in (b"S" if source == FRONTEND else b"Z") else pair.at[source] + 1
        pair.cut()
        with contextlib.suppress(OSError):
            pair.sockets[source].close()

    def close(self):
        self.flows.set()
        self.listener.close()
