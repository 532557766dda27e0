#!/usr/bin/env python3
"""Compile the engine's vocabulary: its problems, the words of common passwords, and the characters
that show nothing.

    vocabulary.py OPENAPI_DIR OUT_H OUT_C

compile.py writes the tables of one contract. These tables belong to every contract: the engine
names their codes in C. It writes data only. Input that it does not understand ends the build with
file:line: reason."""
import pathlib
import re
import sys

import characters
from compile import c
from document import expect, read_yaml

PROBLEM_KEYS = ["status", "id", "en", "means_id", "means", "do_id", "do"]
H_HEAD = (
    "/* Written by vocabulary.py. */\n#pragma once\n\n"
    "#include <stddef.h>\n#include <stdint.h>\n\n"
)
C_HEAD = '/* Written by vocabulary.py. */\n#include "contract/vocabulary.h"\n\n'
DECLARATIONS = """
/* Each kind of problem. The texts are in the order of enum language. */
struct problem_row {
\tint status;
\tconst char *code, *title[2], *means[2], *next[2];
};

extern const struct problem_row vocabulary_problems[PROBLEM__MAX];

/* NULL at the end. */
extern const char *const vocabulary_passwords[];

/* A range of characters, both ends in it. */
struct characters {
    uint32_t first, last;
};

/* Characters that show nothing, and those among them that look like a blank; sorted. */
extern const struct characters vocabulary_silent[], vocabulary_blank[];
extern const size_t vocabulary_n_silent, vocabulary_n_blank;
"""


def problems(path):
    """(code, status, titles, meanings, next steps) of each problem, in Indonesian and English."""
    table = read_yaml(path)
    expect(isinstance(table, dict), f"{path}:1", "problems are a mapping of codes")
    for code, row in table.items():
        where = table.at(code)
        expect(
            re.fullmatch(r"[a-z][a-z_]*[a-z]", code) and code != "none",
            where,
            f"'{code}' is no code of a problem",
        )
        expect(isinstance(row, dict), where, f"'{code}' has no members")
        row.only(set(PROBLEM_KEYS), "member of a problem")
        missing = min(set(PROBLEM_KEYS) - set(row), default=None)
        expect(missing is None, where, f"'{code}' has no '{missing}'")
        expect(
            isinstance(row["status"], int) and 400 <= row["status"] <= 599,
            row.at("status"),
            "a status is 400 to 599",
        )
        for key in PROBLEM_KEYS[1:]:
            expect(
                isinstance(row[key], str) and row[key].strip(), row.at(key), f"'{key}' is a text"
            )
        texts = [(row["id"], row["en"]), (row["means_id"], row["means"]), (row["do_id"], row["do"])]
        yield code, row["status"], texts


def passwords(path):
    words = read_yaml(path)
    expect(isinstance(words, list) and words, f"{path}:1", "the words of passwords are a list")
    for word in words:
        expect(
            isinstance(word, str) and re.fullmatch("[a-z]+", word),
            f"{path}:1",
            f"'{word}' is no word of small letters",
        )
    expect(words == sorted(set(words)), f"{path}:1", "the words are sorted, each stands once")
    return words


def ranges(name, belongs):
    rows = [f"\t{{{first:#x}, {last:#x}}},\n" for first, last in characters.ranges(belongs)]
    return (
        f"const struct characters vocabulary_{name}[] = {{\n{''.join(rows)}}};\n"
        f"const size_t vocabulary_n_{name} = {len(rows)};\n"
    )


def main(openapi, out_h, out_c):
    rows = list(problems(openapi / "problems.yaml"))
    words = passwords(openapi / "passwords.yaml")
    names = [f"PROBLEM_{code.upper()}," for code, *_ in rows]
    kinds = "\n\t".join(["PROBLEM_NONE, /* all is well */", *names, "PROBLEM__MAX,"])
    out_h.write_text(
        f"{H_HEAD}enum problem_kind {{\n\t{kinds}\n}};\n{DECLARATIONS}", encoding="utf-8"
    )
    table = "".join(
        f"\t[PROBLEM_{code.upper()}] = {c((status, code, *texts))},\n"
        for code, status, texts in rows
    )
    listed = "".join(f"\t{c(word)},\n" for word in [*words, None])
    out_c.write_text(
        f"{C_HEAD}const struct problem_row vocabulary_problems[PROBLEM__MAX] = {{\n{table}}};\n"
        f"const char *const vocabulary_passwords[] = {{\n{listed}}};\n"
        + ranges("silent", characters.is_silent)
        + ranges("blank", characters.is_blank),
        encoding="utf-8",
    )


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*map(pathlib.Path, sys.argv[1:]))
