"""The fixture `database` of this suite: a migrated database."""
import os
import subprocess

import pytest


@pytest.fixture(scope="session")
def database(cluster, binary):
    """A database that the binary migrated and seeded, with the service's login."""
    name = cluster.create("statements")
    urls = {"OVOP_MIGRATE_URL": cluster.url(name), "DATABASE_URL": cluster.url(name, "ovop_statements")}
    done = subprocess.run([binary, "migrate"], env={"PATH": os.environ["PATH"], **urls}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return name
