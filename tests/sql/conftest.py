"""What several files of this suite look at: a migrated database."""
import os
import subprocess

import pytest


@pytest.fixture(scope="session")
def database(cluster, binary):
    """Migrated and seeded by the binary itself, its login the one the service uses."""
    name = cluster.create("statements")
    urls = {"OVOP_MIGRATE_URL": cluster.url(name), "DATABASE_URL": cluster.url(name, "ovop_statements")}
    done = subprocess.run([binary, "migrate"], env={"PATH": os.environ["PATH"], **urls}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return name
