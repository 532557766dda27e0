"""The fixture `dev`: a private PostgreSQL and a service, both started by ./dev."""
import shutil

import pytest

from checkout import Dev


@pytest.fixture(scope="module")
def dev(tmp_path_factory):
    it = Dev(tmp_path_factory.mktemp("dev") / "state")
    started = it("start")
    assert started.returncode == 0, started.stdout
    yield it
    stopped = it("stop")
    data = (it.state / "pg").resolve()
    if data.parent != it.state:
        shutil.rmtree(data)
    assert stopped.returncode == 0, stopped.stdout
