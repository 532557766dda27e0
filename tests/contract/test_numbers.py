"""The sizes in CONTRIBUTING.md agree with the tree, which this test counts."""
import re

import numbers_of_the_tree as numbers

STATED = dict(re.findall(r"^\| (.+?) \| (.*\|.*) \|$", numbers.TABLE.search(numbers.PAGE.read_text())[1], re.M))
RENEW = "tests/contract/numbers_of_the_tree.py --write"


def near(stated, counted):
    """Whether two numbers differ by at most a tenth, so that few commits must change the page."""
    return abs(int(stated.replace(",", "")) - counted) <= max(counted / 10, 2)


def test_the_rooms_have_the_files_and_lines_that_are_stated():
    rooms = numbers.rooms()
    assert {name.strip("`") for name in STATED if name.startswith("`")} == set(rooms), RENEW
    for room, counted in rooms.items():
        stated = STATED[f"`{room}`"].split(" | ")
        assert all(map(near, stated, counted)), (room, counted, RENEW)


def test_the_largest_parts_are_those_that_are_stated():
    for what, (size, where) in numbers.largest().items():
        stated = STATED[what].split(" | ")
        assert stated[0].split(" ")[0] == where.split(" ")[0] and near(stated[1], size), (what, size, where, RENEW)
