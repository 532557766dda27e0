"""A guard for speed. It compares rates of the same run, because stored times differ by machine."""
import contextlib
import statistics

import pytest

from bench import Bench
from data import Data
from systems import measure

LEAST = 0.5  # of pgbench's rate with the same statement; an idle machine reaches twice that


@pytest.fixture
def bench(tmp_path):
    data = Data(tmp_path)
    with contextlib.ExitStack() as stack:
        stack.callback(data.remove)
        bench = Bench(data.prepare(), tmp_path, stack.enter_context(open(tmp_path / "services.log", "a")))
        data.grow(20_000)
        bench.prepare_ours()
        bench.ours.start(bench.log)
        stack.callback(bench.ours.stop)
        yield bench


def test_a_point_read_keeps_up_with_its_bare_statement(bench):
    measure(bench.ours, bench.postgres, "W1", 64, 1, "warm", bench.directory)
    ratios = []
    for _ in range(3):
        ours = bench.taken(measure(bench.ours, bench.postgres, "W1", 64, 2, "x", bench.directory))
        bench.pgbench(0, seconds=2)
        ratios.append(ours["rate"] / bench.records[-1]["rate"])
    assert statistics.median(ratios) >= LEAST, ratios
