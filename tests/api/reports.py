"""Rows of reports."""


def figures(row):
    """Returns the members of a row that are not zero or empty."""
    return {name: value for name, value in row.items() if value not in (0, "0", [], None)}
