"""access.py OPENAPI: prints which roles may use each operation. access.txt is the reviewed
output."""
import json
import pathlib
import sys


def lines(document):
    for item in document["paths"].values():
        for operation in (one for one in item.values() if "operationId" in one):
            entries = [entry["oauth"] for entry in operation["security"]]
            names = [role + (f"({' '.join(scopes)})" if scopes else "") for role, *scopes in entries]
            yield f"{operation['operationId']}: {', '.join(sorted(names)) or 'everybody'}"


if __name__ == "__main__":
    print("\n".join(sorted(lines(json.loads(pathlib.Path(sys.argv[1]).read_text())))))
