"""The tour of README.md works as printed, and tables and code in the documents agree with the
program."""
import os
import re
import subprocess

from checkout import ROOT

OPERATING = (ROOT / "service/OPERATING.md").read_text()


def tour(name):
    """The lines of the tour."""
    return re.search(r"<!-- tour.*?-->\n```sh\n(.*?)```", (ROOT / name).read_text(), re.S)[1]


def test_the_tour_works_line_by_line(dev):
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", tour("README.md")], cwd=ROOT, env=dev.environment,
                          capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, (done.stdout[-2000:], done.stderr[-2000:])
    for said in ('"name":"Balerejo"', "['update', 'submit'", '"status":"submitted"', '"status":"verified"', '"status":"published"', "\n404\n",
                 '"code":"unknown_member"'):
        assert said in done.stdout, (said, done.stdout)


def test_the_tour_is_the_same_in_indonesian():
    """Only the comments differ."""
    commands = [re.sub(r"^#.*\n", "", tour(name), flags=re.M) for name in ("README.md", "README.id.md")]
    assert commands[0] == commands[1]


def test_the_settings_are_the_binarys():
    binary = os.environ.get("OVOPD_BINARY", ROOT / "build/service/ovopd")
    help_text = subprocess.run([binary, "--help"], capture_output=True, text=True, check=True).stdout
    written = re.search(r"<!-- settings.*?-->\n(.*?)<!-- end of settings -->", OPERATING, re.S)[1]
    assert written == help_text[help_text.index("| setting"):]


def test_the_stages_are_the_engines():
    page = (ROOT / "service/README.md").read_text()
    stages = re.search(r"```c\n(static stage_fn .*?)```", page, re.S)[1]
    assert any(stages in path.read_text() for path in (ROOT / "service").glob("*/*.c"))


def test_the_tests_that_are_named_exist():
    """Every test that tests/EVIDENCE.md names exists."""
    evidence = (ROOT / "tests/EVIDENCE.md").read_text().split("## Faults")[1]
    names = re.findall(r"`(\w+)/(\w+)::(\w+)`", evidence)
    lost = [name for suite, module, name in names
            if f"START_TEST({name})" not in text(suite, f"{module}_test.c")
            and f"def test_{name}(" not in text(suite, f"test_{module}.py")]
    assert len(names) > 300 and not lost


def text(suite, file):
    return "".join(path.read_text() for path in (ROOT / "tests" / suite).rglob(file))
