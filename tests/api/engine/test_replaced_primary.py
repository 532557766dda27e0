"""A replaced primary that still runs as a primary.

After the service has read from the successor, it must not serve older data from the old server.
"""
import contextlib
import shutil
import subprocess

import pytest
import requests

from client import problem
from cluster import BIN, Cluster
from house import until
from proxy import Proxy
from records import umkm


def successor(old):
    """Copies the server and promotes the copy. The old server stays a primary."""
    copy = Cluster()
    shutil.rmtree(copy.data)
    old._run("pg_basebackup", "-h", old.directory, "-U", "postgres", "-D", copy.data, "--checkpoint=fast")
    copy.configure({"unix_socket_directories": f"'{copy.directory}'"})
    (copy.data / "standby.signal").touch()
    copy.start().rows("postgres", "select pg_promote()")
    return copy


def moved(old):
    """Restores a dump into a new cluster. Its timelines start at 1."""
    new = Cluster().start()
    subprocess.run(f"'{BIN}/pg_dumpall' -h '{old.directory}' -U postgres | '{BIN}/psql' -qX -h '{new.directory}' -U postgres postgres",
                   shell=True, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return new


@pytest.fixture
def old():
    it = Cluster().start()
    yield it
    it.remove()


@pytest.fixture
def proxy(old):
    with contextlib.closing(Proxy(old.socket)) as it:
        yield it


@pytest.fixture
def house(build, old, proxy):
    it = build(cluster=old).prepare()
    it.environment["DATABASE_URL"] = f"host=127.0.0.1 port={proxy.port} user=ovop_test password=any dbname={it.database} sslmode=disable"
    return it.start()


SERVICE = "from pg_stat_activity where usename = 'ovop_test'"


def end(cluster, but="nobody"):
    """Ends the connections of the service, except those whose last query contains `but`."""
    cluster.rows("postgres", f"select pg_terminate_backend(pid) {SERVICE} and query not like %s", [f"%{but}%"])


def test_a_replaced_primary_serves_nothing_older_than_its_successor(house, old, proxy):
    writer = house.bumdes
    path = f"/v1/umkm/{umkm(writer)['id']}"
    first = writer.get(path)
    new = successor(old)
    try:
        proxy.target = new.socket
        end(old, but="from umkm x, umkm_row")  # except the read of one UMKM
        until(lambda: old.rows("postgres", f"select count(*) {SERVICE}")[0].count == 1)
        until(lambda: writer.get("/v1/umkm", None).status_code == 200)
        assert writer.get(path).headers["ETag"] == first.headers["ETag"]
        changed = writer.patch(path, {"name": "Nama yang baru"}, headers={"If-Match": first.headers["ETag"]})
        assert [writer.get(path).headers["ETag"] for _ in range(3)] == 3 * [changed.headers["ETag"]]
        # The service has left the old server.
        until(lambda: not old.rows("postgres", f"select {SERVICE}"))

        proxy.target = old.socket
        end(new)
        until(lambda: writer.get(path, None).status_code == 503)
        assert problem(writer.get(path, 503))[0] == problem(writer.get("/v1/umkm", 503))[0] == "database_unavailable"
        readiness = [requests.get(f"{house.ops}/readyz", timeout=5) for _ in range(2)][1]
        assert (readiness.status_code, readiness.text) == (503, "only a server answers that another one has replaced as primary\n")

        proxy.target = new.socket
        until(lambda: house.probe("/readyz") == 200)
        until(lambda: writer.get(path, None).status_code == 200)
        assert writer.get(path).headers["ETag"] == changed.headers["ETag"]
    finally:
        new.remove()


@pytest.fixture
def named(build, old):
    """A house whose DATABASE_URL names the old server and then its successor, both primaries."""
    it = build(cluster=old, OVOP_STATEMENT_TIMEOUT_MS="1500").prepare().start()
    it.path = f"/v1/umkm/{umkm(it.bumdes)['id']}"
    it.stop()
    with contextlib.ExitStack() as stack:
        it.new = successor(old)
        stack.callback(it.new.remove)
        it.environment["DATABASE_URL"] = f"postgresql://ovop_test:any@/{it.database}?host={old.directory},{it.new.directory}"
        yield it.start()


def served(cluster):
    return bool(cluster.rows("postgres", f"select {SERVICE}"))


def test_its_successor_is_found_although_it_is_named_first(named, old):
    old.stop("fast")
    until(lambda: named.bumdes.get(named.path, None).status_code == 200)
    old.start()
    named.new.stop("fast")
    until(lambda: requests.get(f"{named.ops}/readyz", timeout=5).text == "only a server answers that another one has replaced as primary\n")
    named.bumdes.get(named.path, 503)
    named.new.start()
    until(lambda: named.bumdes.get(named.path, None).status_code == 200)
    until(lambda: named.probe("/readyz") == 200)
    assert served(named.new) and not served(old)


def test_a_primary_without_its_standby_is_left_for_another_primary(named, old):
    """The case where Patroni of the old primary has died.

    Its standbys follow another server, but it still runs as a primary.
    """
    old.wait_for_nobody()
    assert named.bumdes.get(named.path).json()["version"] == 1 and served(old)
    replies = []

    def changed():
        replies.append(named.bumdes.patch(named.path, {"name": "Tidak sia-sia"}, status=None, headers={"Idempotency-Key": "in-vain"}))
        return replies[-1].status_code == 200

    until(changed, within=30)
    assert {problem(one)[0] for one in replies[:-1]} == {"outcome_unknown"}
    assert named.bumdes.get(named.path).json()["name"] == "Tidak sia-sia"
    assert named.new.rows(named.database, "select name from umkm")[0].name == "Tidak sia-sia"


def test_a_cluster_of_its_own_counts_from_one(house, old, proxy):
    """The case after pg_upgrade or a restored dump.

    Timelines of different clusters cannot be compared.
    """
    writer = house.bumdes
    made = umkm(writer)
    second = successor(old)
    try:
        proxy.target = second.socket
        end(old)
        until(lambda: writer.get("/v1/umkm", None).status_code == 200)
        third = moved(second)
        try:
            proxy.target = third.socket
            end(second)
            until(lambda: writer.get(f"/v1/umkm/{made['id']}", None).status_code == 200)
            umkm(writer)
            assert third.rows(house.database, "select count(*) from umkm")[0].count == 2
        finally:
            third.remove()
    finally:
        second.remove()
