"""The rooms of service/: every #include goes down, no two modules include each other, and no two
static functions share a name."""
import pathlib
import re

SERVICE = pathlib.Path(__file__).resolve().parents[2] / "service"

# From the lowest room to the highest. A file includes only from its own room and from those below
# it. service.h counts as a room: it includes the settings only, and declares the other types that
# it points to.
ROOMS = ["base", "contract", "operating", "database", "service.h", "request", "identity", "reply", "handlers", "http", "main.c"]


def room(path):
    return path.split("/")[0]


def includes():
    """Maps each file to the project's headers that it includes, as paths below service/."""
    files = {}
    for path in SERVICE.rglob("*.[ch]"):
        name = str(path.relative_to(SERVICE))
        files[name] = re.findall(r'^#include "([^"]+)"', path.read_text(), re.M)
    return files


def test_every_file_stands_in_a_room():
    files = includes()
    assert len(files) > 80
    assert not [name for name in files if room(name) not in ROOMS]
    assert set(ROOMS) == {room(name) for name in files}


def test_no_include_runs_up():
    upwards = [f"{name} includes {header}" for name, headers in includes().items() for header in headers
               if ROOMS.index(room(header)) > ROOMS.index(room(name))]
    assert not upwards


def test_no_modules_need_each_other():
    """A module is x.c with x.h; the ways from one module to those that it includes hold no
    circle."""
    needs = {}
    for name, headers in includes().items():
        module = name.rsplit(".", 1)[0]
        needs.setdefault(module, set()).update({header.rsplit(".", 1)[0] for header in headers} - {module})
    while needs:
        free = [module for module, headers in needs.items() if not headers & set(needs)]
        assert free, {module: headers & set(needs) for module, headers in needs.items()}
        for module in free:
            del needs[module]


def test_a_header_is_included_once_and_used_by_its_module():
    files = includes()
    twice = [name for name, headers in files.items() if len(headers) != len(set(headers))]
    alone = [name for name in files if name.endswith(".c") and name != "main.c" and name[:-1] + "h" not in files[name]]
    assert not twice and not alone


def test_no_static_functions_share_a_name():
    """So a name leads to one place, in a search and in a stack trace."""
    places = {}
    for path in sorted(SERVICE.rglob("*.[ch]")):
        for name in re.findall(r"^static (?:inline )?[\w ]+?[ *](\w+)\((?!.*;$)", path.read_text(), re.M):
            places.setdefault(name, set()).add(path.name)
    assert len(places) > 250
    assert not {name: files for name, files in places.items() if len(files) > 1}


def test_comments_stay_within_100_columns():
    """clang-format wraps the code, but not the comments."""
    long = [f"{path.name}:{number}" for path in sorted(SERVICE.rglob("*.[ch]"))
            for number, line in enumerate(path.read_text().splitlines(), 1)
            if len(line.expandtabs(8)) > 100 and re.match(r"\s*(/\*|\*|//)|.*\*/$", line)]
    assert not long
