"""Finds the SQL of an operation: its own file, or a text of sql/verbs."""
import re

from document import expect

# `count=exact` reads at most this many hits: one more than the contract promises to count.
COUNTED = "100001"
TOTAL = (
    "(select case when :count then"
    " (select count(*) from (select from hit limit :counted) h) end as n)"
)


class Source:
    """The SQL text of an operation, its file, and the noun if the text is a verb's."""

    def __init__(self, path, text, noun=None):
        self.path, self.text, self.noun = path, text, noun

    def __str__(self):
        return f"{self.path}, :noun = {self.noun}" if self.noun else str(self.path)


class Sources:
    """The files of sql/queries and sql/verbs."""

    def __init__(self, doc, folder):
        self.doc, self.queries = doc, folder / "queries"
        self.verbs = {path.stem: path for path in sorted((folder / "verbs").glob("*.sql"))}
        self.unused = {*self.queries.glob("*.sql"), *self.verbs.values()}

    def own(self, name):
        """The file of this name, or None."""
        path = self.queries / f"{name}.sql"
        if not path.exists():
            return None
        self.unused.discard(path)
        text = re.sub(r":total\b", TOTAL, self.doc.text(path))
        return Source(path, re.sub(r":counted\b", COUNTED, text))

    def verb(self, name, parameters):
        """The text of the longest verb that the name ends with, or None.

        :noun is the part of the name before the verb. :row calls the row function of the noun."""
        fit = [verb for verb in self.verbs if name.endswith(f"_{verb}")]
        if not fit:
            return None
        path = self.verbs[max(fit, key=len)]
        noun = name.removesuffix(f"_{path.stem}")
        row = f"{noun}_row(x, :expand)" if "expand" in parameters else f"{noun}_row(x)"
        text = self.doc.text(path).replace(":noun", noun).replace(":row", row)
        return Source(path, text, noun)

    def find(self, name, parameters):
        """The SQL of an operation: its own file, else a verb's, else None."""
        own, verb = self.own(name), self.verb(name, parameters)
        expect(
            not (own and verb and own.text.split("\n", 1)[1:] == verb.text.split("\n", 1)[1:]),
            f"{own and own.path}:1",
            f"says what {verb and verb.path} says: delete it",
        )
        if verb and not own:
            self.unused.discard(verb.path)
        return own or verb

    def steps(self, name):
        """step -> source, for an operation with a handler in C."""
        names = sorted(path.stem for path in self.queries.glob(f"{name}.*.sql"))
        return {step: self.own(step) for step in names}

    def check(self):
        for path in sorted(self.unused):
            verb = path in self.verbs.values()
            expect(
                False,
                f"{path}:1",
                f"no operation {'uses this text' if verb else 'names this file'}",
            )
