"""The layout of sql/: each function is defined once, in the file that its name begins with."""
import csv
import pathlib
import re

SQL = pathlib.Path(__file__).parents[2] / "sql"
DEFINED = re.compile(r"^create (?:function|procedure) (\w+)\(([^)]*)\)", re.M)


def definitions(folder):
    """Yields (file, name, type of the first parameter, all parameters) of each function."""
    for path in sorted((SQL / folder).glob("*.sql")):
        for name, parameters in DEFINED.findall(path.read_text()):
            first = parameters.split(",")[0].split(" default ")[0].split()
            yield path.stem, name, first[-1] if first else "", " ".join(parameters.split())


def home(name, first, files):
    """The file where a function belongs: the longest file name that begins its name, else
    general.sql."""
    noun = first.removesuffix("[]") if name == "violations" else name
    fit = [file for file in files if re.match(f"{file}s?(_|$)", noun)]
    return max(fit, key=len, default="general")


def test_each_function_is_defined_once():
    found = [(name, parameters) for folder in ("migrations", "functions")
             for _, name, _, parameters in definitions(folder)]
    assert len(found) > 250 and [one for one in found if found.count(one) > 1] == []


def test_each_function_lies_in_the_file_that_its_name_begins_with():
    files = {path.stem for path in (SQL / "functions").glob("*.sql")}
    astray = [f"{file}.sql: {name} belongs in {home(name, first, files)}.sql"
              for file, name, first, _ in definitions("functions") if file != home(name, first, files)]
    assert astray == []


# Policies call the function, so PostgreSQL could not drop it.
REDEFINED = {"0039_villages_change.sql": "create or replace function claim_villages()"}


def test_a_migration_redefines_nothing():
    """But it may drop an index, to build it anew in another order."""
    again = [(path.name, line) for path in (SQL / "migrations").glob("*.sql")
             for line in re.findall(r"^(?:create or replace|alter function|drop function).*", path.read_text(), re.M)
             if not line.startswith(REDEFINED.get(path.name, "-"))]
    assert again == []


def test_each_row_of_a_seed_has_a_cell_for_each_column():
    """A comma that is not quoted cuts a sentence."""
    cut = []
    for path in sorted((SQL / "seed").rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        cut += [(path.name, row[:2]) for row in rows if len(row) != len(head)]
    assert cut == []
