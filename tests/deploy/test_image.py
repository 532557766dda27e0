"""buildah builds the Dockerfile without a container engine, and the image serves.

No registry of images is asked: debootstrap makes the base image from Debian's packages."""
import json
import os
import pathlib
import shutil
import subprocess
import time

import pytest
import requests

from cluster import Cluster
from ports import free_port

ROOT = pathlib.Path(__file__).resolve().parents[2]
BASE = "docker.io/library/debian:bookworm-slim"

pytestmark = pytest.mark.skipif(
    os.getuid() != 0 or subprocess.run(["unshare", "-m", "true"], stderr=subprocess.DEVNULL).returncode != 0,
    reason="chroot and mount need root and CAP_SYS_ADMIN")


class Store:
    """A private store of images and containers."""

    def __init__(self, directory):
        self.base = ["buildah", "--root", str(directory / "images"), "--runroot", str(directory / "run"), "--storage-driver", "vfs"]

    def command(self, verb, *arguments):
        return [*self.base, verb, *map(str, arguments)]

    def __call__(self, verb, *arguments):
        done = subprocess.run(self.command(verb, *arguments), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True)
        assert done.returncode == 0, f"buildah {verb}: {done.stdout[-3000:]}{done.stderr[-3000:]}"
        return done.stdout.strip()


def mirror():
    """Where this machine gets its packages of Debian 12."""
    sites = subprocess.run(["apt-get", "indextargets", "--format=$(CODENAME) $(SITE)"], stdout=subprocess.PIPE, text=True, check=True)
    return dict(line.split() for line in sites.stdout.splitlines())["bookworm"]


def bare_debian(root):
    done = subprocess.run(["debootstrap", "--variant=minbase", "bookworm", root, mirror()], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0, done.stdout[-3000:]
    # A proxy to Debian's packages may stand in this machine's settings.
    shutil.copytree("/etc/apt/apt.conf.d", root / "etc/apt/apt.conf.d", dirs_exist_ok=True)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    directory = tmp_path_factory.mktemp("image")
    it = Store(directory)
    bare_debian(directory / "debian")
    empty = it("from", "scratch")
    it("add", "--quiet", empty, directory / "debian")
    it("commit", "--quiet", "--rm", empty, BASE)
    shutil.rmtree(directory / "debian")
    it("build", "--isolation", "chroot", "--network", "host", "--pull-never", "--tag", "ovopd", ROOT)
    yield it
    it("rm", "--all")
    it("rmi", "--all", "--force")


@pytest.fixture(scope="module")
def image(store):
    return json.loads(store("inspect", "--type", "image", "ovopd"))["OCIv1"]["config"]


class Container:
    """Runs commands in a container of the image, as its user, on the network of this machine."""

    def __init__(self, store, **environment):
        self.store, self.name = store, store("from", "--pull-never", "ovopd")
        self.store("config", *(word for pair in environment.items() for word in ("--env", "=".join(pair))), self.name)

    def command(self, *words):
        return self.store.command("run", "--isolation", "chroot", "--network", "host", self.name, "--", *words)

    def run(self, *words):
        return subprocess.run(self.command(*words), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True)


def test_its_user_is_not_root_and_may_write_to_nothing_but_its_keys(store, image):
    container = Container(store)
    assert image["User"] == "ovop"
    done = container.run("sh", "-c", "id -u; find / -xdev -writable -not -type l -not -path '/proc/*' -not -path '/dev/*' -print 2>/dev/null; true")
    uid, *writable = done.stdout.split()
    assert uid == "10001"
    assert set(writable) <= {"/var/lib/ovop", "/var/lib/ovop/keys", "/tmp", "/var/tmp", "/run/lock"}, writable


def test_its_entrypoint_migrates_and_serves(store, image):
    cluster = Cluster("--auth-host=trust")
    port, database = free_port(2), free_port()
    cluster.configure({"listen_addresses": "'127.0.0.1'", "port": database})
    cluster.start()
    try:
        address = f"host=127.0.0.1 port={database} dbname=postgres password=any user="
        container = Container(store, OVOP_MIGRATE_URL=address + "postgres", DATABASE_URL=address + "ovop", OVOP_PORT=str(port),
                              OVOP_ADMIN_PORT=str(port + 1), OVOP_LISTEN="127.0.0.1", OVOP_ISSUER=f"http://127.0.0.1:{port}")
        for command in ("keygen", "migrate"):
            done = container.run(*image["Entrypoint"], command)
            assert done.returncode == 0, done.stdout
        serving = subprocess.Popen(container.command(*image["Entrypoint"], *image["Cmd"]), stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            until = time.monotonic() + 30
            while not answers(f"http://127.0.0.1:{port + 1}/readyz"):
                assert serving.poll() is None and time.monotonic() < until, serving.stdout.read()
                time.sleep(0.1)
            assert requests.get(f"http://127.0.0.1:{port}/v1/catalog/products", timeout=10).json()["data"] == []
        finally:
            serving.terminate()
            serving.wait(timeout=60)
    finally:
        cluster.remove()


def answers(url):
    try:
        return requests.get(url, timeout=2).status_code == 200
    except requests.ConnectionError:
        return False
