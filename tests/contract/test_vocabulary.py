"""The vocabulary of the engine: what the compiler makes of problems.yaml and passwords.yaml, and
what it refuses."""
import pathlib
import re
import shutil
import subprocess
import sys

import pytest
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "service/contract"))
import characters  # noqa: E402
SOURCES = [path for pattern in ("*.c", "*.h") for path in (ROOT / "service").rglob(pattern)]
PROBLEMS = yaml.safe_load((ROOT / "openapi/problems.yaml").read_text())

CHECK = r"""
#include <stdio.h>
#include "contract/vocabulary.h"

int main(void)
{
	for (int kind = PROBLEM_NONE + 1; kind < PROBLEM__MAX; kind++) {
		const struct problem_row *row = &vocabulary_problems[kind];
		printf("%s|%d|%s|%s\n", row->code, row->status, row->title[0], row->title[1]);
	}
	printf("%d%s\n", PROBLEM_NONE, vocabulary_problems[PROBLEM_NONE].code ? " has a code" : "");
	for (const char *const *word = vocabulary_passwords; *word; word++)
		printf("%s\n", *word);
	for (size_t i = 0; i < vocabulary_n_silent; i++)
		printf("%x-%x\n", vocabulary_silent[i].first, vocabulary_silent[i].last);
	for (size_t i = 0; i < vocabulary_n_blank; i++)
		printf("%x-%x\n", vocabulary_blank[i].first, vocabulary_blank[i].last);
}
"""


def compile_vocabulary(openapi, out):
    (out / "contract").mkdir(exist_ok=True)
    command = [sys.executable, str(ROOT / "service/contract/vocabulary.py"), "openapi", str(out / "contract/vocabulary.h"),
               str(out / "vocabulary.c")]
    return subprocess.run(command, cwd=openapi.parent, capture_output=True, text=True)


def test_the_tables_say_what_the_contract_says(tmp_path):
    assert compile_vocabulary(ROOT / "openapi", tmp_path).returncode == 0
    (tmp_path / "check.c").write_text(CHECK)
    flags = ["-std=c17", "-Wall", "-Wextra", "-Werror", "-pedantic", "-I", str(tmp_path), "-o", str(tmp_path / "check")]
    subprocess.run(["cc", *flags, str(tmp_path / "check.c"), str(tmp_path / "vocabulary.c")], check=True)
    said = subprocess.run([tmp_path / "check"], capture_output=True, text=True, check=True).stdout.splitlines()
    rows = [f"{code}|{row['status']}|{row['id']}|{row['en']}" for code, row in PROBLEMS.items()]
    ranges = [f"{first:x}-{last:x}" for one in (characters.is_silent, characters.is_blank) for first, last in characters.ranges(one)]
    assert said == [*rows, "0", *yaml.safe_load((ROOT / "openapi/passwords.yaml").read_text()), *ranges]


def test_every_problem_has_a_cause():
    """The engine uses it, or SQL raises it."""
    engine = set(re.findall(r"\bPROBLEM_([A-Z_]+)\b", "".join(path.read_text() for path in SOURCES)))
    raised = set(re.findall(r"'([a-z_]+)'", "".join(path.read_text() for path in (ROOT / "sql").rglob("*.sql"))))
    assert not [code for code in PROBLEMS if code.upper() not in engine and code not in raised]


@pytest.mark.parametrize("file, old, new, where, said", [
    ("problems", "  status: 404\n", "  status: 304\n", "  status: 304", "a status is 400 to 599"),
    ("problems", "  status: 404\n", "  status: '404'\n", "  status: '404'", "a status is 400 to 599"),
    ("problems", "  id: Tidak ditemukan\n", "", "not_found:", "'not_found' has no 'id'"),
    ("problems", "  en: Not found\n", "  en: ''\n", "  en: ''", "'en' is a text"),
    ("problems", "  en: Not found\n", "  en: Not found\n  de: Fehlt\n", "  de: Fehlt", "unknown member of a problem 'de'"),
    ("problems", "\nnot_found:\n", "\nnot-found:\n", "not-found:", "'not-found' is no code of a problem"),
    ("problems", "\nnot_found:\n", "\nforbidden:\n", "forbidden:", "'forbidden' is given twice"),
    ("passwords", "- blitar\n", "- Blitar\n", None, "'Blitar' is no word of small letters"),
    ("passwords", "- blitar\n", "- bismillah\n", None, "the words are sorted, each stands once"),
    ("passwords", "- cinta\n", "- cinta\n- cinta\n", None, "the words are sorted, each stands once"),
])
def test_an_invalid_vocabulary_does_not_build(tmp_path, file, old, new, where, said):
    for name in ("problems", "passwords"):
        (tmp_path / "openapi").mkdir(exist_ok=True)
        shutil.copy(ROOT / f"openapi/{name}.yaml", tmp_path / "openapi")
    path = tmp_path / f"openapi/{file}.yaml"
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))
    lines = path.read_text().splitlines()
    line = max(n for n, one in enumerate(lines, 1) if one == where) if where else 1
    done = compile_vocabulary(tmp_path / "openapi", tmp_path)
    assert done.returncode != 0 and done.stderr == f"openapi/{file}.yaml:{line}: {said}\n"
    assert not (tmp_path / "vocabulary.c").exists()
