"""Free ports of 127.0.0.1 for services that a test starts."""
import pathlib
import secrets
import socket

# The kernel assigns client ports from here on. If a service used such a port, a connection of
# another suite could already hold it.
FIRST_OF_CLIENTS = int(pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])


def is_free(port):
    try:
        socket.create_server(("0.0.0.0", port)).close()
        return True
    except OSError:
        return False


def free_port(count=1):
    """The first of `count` consecutive ports on which nothing listens."""
    while True:
        port = 10_000 + secrets.randbelow(FIRST_OF_CLIENTS - count - 10_000)
        if all(is_free(port + one) for one in range(count)):
            return port
