"""A server that was replaced and does not know it: who was told something by its successor is told nothing older afterwards."""
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
    """A copy of this moment that was promoted, while the old server leads on."""
    copy = Cluster()
    shutil.rmtree(copy.data)
    old._run("pg_basebackup", "-h", old.directory, "-U", "postgres", "-D", copy.data, "--checkpoint=fast")
    copy.configure({"unix_socket_directories": f"'{copy.directory}'"})
    (copy.data / "standby.signal").touch()
    copy.start().rows("postgres", "select pg_promote()")
    return copy


def moved(old):
    """The same databases in a new cluster, which counts its timelines anew."""
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
    it.environment["DATABASE_URL"] = f"host=127.0.0.1 port={proxy.port} user=ovop_test dbname={it.database} sslmode=disable"
    return it.start()


SERVICE = "from pg_stat_activity where usename = 'ovop_test'"


def end(cluster, but="nobody"):
    """The service's connections, but those that ran this last."""
    cluster.rows("postgres", f"select pg_terminate_backend(pid) {SERVICE} and query not like %s", [f"%{but}%"])


def test_nothing_older_is_told_than_what_its_successor_told(house, old, proxy):
    writer = house.bumdes
    path = f"/v1/umkm/{umkm(writer)['id']}"
    first = writer.get(path)
    new = successor(old)
    try:
        proxy.target = new.socket
        end(old, but="from umkm u, umkm_row")  # what reads one
        until(lambda: old.rows("postgres", f"select count(*) {SERVICE}")[0].count == 1)
        until(lambda: writer.get("/v1/umkm", None).status_code == 200)
        assert writer.get(path).headers["ETag"] == first.headers["ETag"]
        changed = writer.patch(path, {"name": "Nama yang baru"}, headers={"If-Match": first.headers["ETag"]})
        assert [writer.get(path).headers["ETag"] for _ in range(3)] == 3 * [changed.headers["ETag"]]
        assert not old.rows("postgres", f"select {SERVICE}"), "it is asked for nothing any more"

        proxy.target = old.socket
        end(new)
        until(lambda: writer.get(path, None).status_code == 503)
        assert problem(writer.get(path, 503))[0] == problem(writer.get("/v1/umkm", 503))[0] == "database_unavailable"
        said = [requests.get(f"{house.ops}/readyz", timeout=5) for _ in range(2)][1]
        assert (said.status_code, said.text) == (503, "only a server answers in whose place another leads\n")

        proxy.target = new.socket
        until(lambda: house.probe("/readyz") == 200)
        until(lambda: writer.get(path, None).status_code == 200)
        assert writer.get(path).headers["ETag"] == changed.headers["ETag"]
    finally:
        new.remove()


def test_a_cluster_of_its_own_counts_from_one(house, old, proxy):
    """As after pg_upgrade, or a dump and its restore: timelines of two clusters say nothing of each other."""
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
