"""The forms of texts (forms.yaml): how people write one, how it is kept, what to say about it."""
import re

from document import expect
from initialiser import C, c_list

KEYS = {"pattern", "format", "letters", "write", "id", "en"}
LETTERS = {None: "AS_THEY_ARE", "upper": "UPPER", "lower": "LOWER"}


class Forms:
    def __init__(self, table):
        self.table, self.names = table, list(table)
        for name, form in table.items():
            form.only(KEYS, "member of a form")
            for key in ("id", "en"):
                expect(key in form, form.at(), f"the form '{name}' has no '{key}'")
            expect(form.get("letters") in LETTERS, form.at("letters"), "letters: upper or lower")
            for step in form.get("write", []):
                expect(len(step) == 2, form.at("write"), "a step is [pattern, replacement]")
                groups = re.compile(step[0]).groups
                used = max(map(int, re.findall(r"\\(\d)", step[1])), default=0)
                expect(used <= groups, form.at("write"), f"'{step[0]}' has no group {used}")

    def of(self, schema):
        """The number of the schema's form, or None. A pattern or format without a form fails."""
        if "x-form" in schema:
            return self.names.index(schema["x-form"])
        key = next((key for key in ("pattern", "format") if key in schema), None)
        if key is None or schema.get("format") == "password":
            return None
        found = [name for name, form in self.table.items() if form.get(key) == schema[key]]
        expect(found, schema.at(key), f"forms.yaml has no form with this {key}")
        expect(len(found) == 1, schema.at(key), f"x-form chooses one of {', '.join(found)}")
        return self.names.index(found[0])

    def rows(self):
        """The rows of struct form."""
        for name, form in self.table.items():
            steps = [(pattern, replacement) for pattern, replacement in form.get("write", [])]
            yield {
                "name": name,
                "letters": C(f"LETTERS_{LETTERS[form.get('letters')]}"),
                "steps": c_list("struct step", steps),
                "n_steps": len(steps),
                "sentence": (form["id"], form["en"]),
            }
