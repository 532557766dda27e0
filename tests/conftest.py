"""Fixtures of every suite: the binary of the build, and a private PostgreSQL."""
import os
import pathlib

import pytest

from cluster import Cluster

ROOT = pathlib.Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def binary():
    path = pathlib.Path(os.environ.get("OVOPD_BINARY", ROOT / "build/service/ovopd")).resolve()
    if not path.exists():
        pytest.exit(f"{path} is missing: build it first (./dev test does)", returncode=2)
    return path


@pytest.fixture(scope="session")
def cluster():
    it = Cluster().start()
    yield it
    it.remove()
