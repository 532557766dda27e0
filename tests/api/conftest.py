"""The service under test: the real binary on a private PostgreSQL."""
import pathlib
import socket
import time

import pytest

import cases
from contract import Contract
from house import House
from wire import SLOW

HERE = pathlib.Path(__file__).parent


@pytest.fixture(scope="session")
def contract(binary):
    return Contract.read(binary.parent / "openapi.json")


@pytest.fixture(scope="session")
def cluster(cluster, binary, contract, tmp_path_factory):
    """The private PostgreSQL, with one migrated database. Each house gets a copy of it."""
    first = House(binary, contract, cluster, tmp_path_factory.mktemp("template")).prepare()
    cluster.template = first.database
    return cluster


@pytest.fixture(scope="session")
def house(binary, contract, cluster, tmp_path_factory):
    """The house that most tests share."""
    it = House(binary, contract, cluster, tmp_path_factory.mktemp("house")).prepare().start()
    # The service closes idle connections after a minute. test_slow_clients.py reads these then.
    it.slow, it.slow_since = {name: socket.create_connection(("127.0.0.1", it.port)) for name in SLOW}, time.monotonic()
    for name, one in it.slow.items():
        one.sendall(SLOW[name])
    yield it
    it.stop()


@pytest.fixture(scope="module")
def build(binary, contract, cluster, tmp_path_factory):
    """Builds a separate house for a test that breaks something."""
    built = []

    def build(**settings):
        built.append(House(binary, contract, settings.pop("cluster", cluster), tmp_path_factory.mktemp("house"), **settings))
        return built[-1]

    yield build
    for it in built:
        it.end()
    for it in built:
        it.stop()


@pytest.fixture(scope="module")
def scratch(build):
    """A house whose policies and grants a test may break."""
    return build().prepare().start()


@pytest.fixture(scope="module")
def present(house):
    """An existing record for every path of the contract."""
    return cases.things(house)


def pytest_collection_modifyitems(session, items):
    """Runs test_coverage.py last, and skips it unless every test file runs."""
    last = [one for one in items if one.path.name == "test_coverage.py"]
    items[:] = [one for one in items if one not in last] + last
    files = {one.path for one in items}
    if last and not set(HERE.rglob("test_*.py")) <= files:
        for one in last:
            one.add_marker(pytest.mark.skip(reason="only a part of the suite runs"))
