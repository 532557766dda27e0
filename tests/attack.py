"""sqlmap against every query and path parameter of every operation, some minutes, by hand: ./dev attack [OPERATION…]"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
from urllib.parse import urlencode

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE / "api")]

from cluster import Cluster  # noqa: E402
from contract import Contract  # noqa: E402
from house import House  # noqa: E402
from rules import admitted  # noqa: E402

ANY = "00000000-0000-4000-8000-000000000001"


def value(parameter):
    """The contract's example: a request that is refused before any SQL proves nothing."""
    example = parameter.get("example", parameter.get("schema", {}).get("default", "kopi"))
    return ",".join(map(str, example)) if isinstance(example, list) else str(example)


def attack(house, operation, out):
    """Whether sqlmap found something, and what it said."""
    people = house.dinas, house.admin, house.bupati
    who = next((one for one in people if not operation.security or admitted(operation, one)), house.dinas)
    path = re.sub(r"\{\w+\}", ANY + "*", operation.path)
    # The marks of the path would keep sqlmap from the query: that has marks of its own.
    query = "&".join(urlencode({one["name"]: value(one)}) + "*" for one in operation.named("query") if one["name"] != "cursor")
    command = ["nice", "-n", "15", "sqlmap", "-u", house.base + path + ("?" + query if query else ""), "--method", operation.method,
               "-H", f"Authorization: Bearer {who.token}", "--batch", "--level", "1", "--risk", "1", "--dbms", "PostgreSQL",
               "--technique", "BEU", "--ignore-code", "*", "--flush-session", "--disable-coloring", "--output-dir", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    found = "identified the following injection point" in done.stdout or "is vulnerable" in done.stdout
    tried = re.findall(r"testing if .*? parameter '(.*?)' is dynamic", done.stdout)
    return found, tried, done.stdout


def main(wanted):
    cluster = Cluster().start()
    binary = pathlib.Path(os.environ.get("OVOPD_BINARY", HERE.parent / "build/service/ovopd")).resolve()
    faults = parameters = operations = 0
    try:
        with tempfile.TemporaryDirectory() as directory:
            out = pathlib.Path(directory)
            house = House(binary, Contract.read(binary.parent / "openapi.json"), cluster, out).prepare()
            assert house.run("migrate", "--sample").returncode == 0
            house.start()
            for person in (house.dinas, house.bupati, house.admin):
                person.role = getattr(person, "role", "admin")
            for operation in house.contract.operations.values():
                if (operation.variables or operation.named("query")) and (not wanted or operation.id in wanted):
                    found, tried, said = attack(house, operation, out)
                    print(f"{operation.id}: {len(tried)} tried{', FOUND' if found else ''}", flush=True)
                    faults, parameters, operations = faults + found, parameters + len(tried), operations + 1
                    if found or not tried:
                        print(said[-2000:])
            errors = [one for one in house.lines() if one.get("status", 0) >= 500]
            house.stop()
    finally:
        cluster.remove()
    print(f"{operations} operations, {parameters} parameters: {faults} injections, {len(errors)} replies of 5xx")
    return 1 if faults or errors or not parameters else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
