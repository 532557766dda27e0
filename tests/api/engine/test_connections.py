"""The service opens connections to PostgreSQL only, whatever a request contains."""
import re
import shutil

from rules import NOUNS, make


def test_it_connects_to_its_database_and_to_nobody_else(build, tmp_path):
    # LeakSanitizer does not work under strace.
    house, trace = build(ASAN_OPTIONS="detect_leaks=0"), tmp_path / "connect"
    house.prepare()
    traced = tmp_path / "ovopd"
    watch = f"{shutil.which('strace')} -D -f -qq -e trace=connect,sendto,sendmsg -o {trace}"
    traced.write_text(f'#!/bin/sh\nexec {watch} {house.binary} "$@"\n')
    traced.chmod(0o755)
    house.binary, real = traced, house.binary
    house.start()
    house.binary = real
    for noun in NOUNS:
        make(house, noun, "own")
    elsewhere = "http://127.0.0.1:1/latest/meta-data"
    for operation in house.contract.operations.values():
        if operation.method == "GET" and not operation.variables:
            for one in operation.named("query"):
                house.dinas.get(operation.path, None, params={one["name"]: elsewhere})
    house.public.get("/v1/villages", None, headers={"X-Forwarded-Host": "127.0.0.1:1", "Origin": elsewhere, "Referer": elsewhere})
    house.stop()
    calls = trace.read_text()
    addresses = re.findall(r"(?:connect|sendto|sendmsg)\(.*?(\{sa_family=[^}]*\})", calls)
    assert addresses and {one for one in addresses if f'sun_path="{house.cluster.directory}/' not in one} == set(), calls[:2000]
