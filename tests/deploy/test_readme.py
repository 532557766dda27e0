"""What the README says can be pasted is pasted; what it says is generated is compared."""
import os
import re
import subprocess

from test_dev import ROOT, dev  # noqa: F401 (a fixture)

README = (ROOT / "README.md").read_text()


def test_the_tour_works_line_by_line(dev):  # noqa: F811
    tour = re.search(r"<!-- tour.*?-->\n```sh\n(.*?)```", README, re.S)[1]
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", tour], cwd=ROOT, env=dev.environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, (done.stdout[-2000:], done.stderr[-2000:])
    for said in ('"name":"Balerejo"', "['update', 'submit'", '"status":"submitted"', '"status":"verified"', '"status":"published"', "\n404\n",
                 '"code":"unknown_member"'):
        assert said in done.stdout, (said, done.stdout)


def test_the_settings_are_the_binarys():
    binary = os.environ.get("OVOPD_BINARY", ROOT / "build/service/ovopd")
    told = subprocess.run([binary, "--help"], capture_output=True, text=True, check=True).stdout
    written = re.search(r"<!-- settings.*?-->\n(.*?)<!-- end of settings -->", README, re.S)[1]
    assert written == told[told.index("| setting"):]


def test_the_stages_are_the_engines():
    stages = re.search(r"```c\n(.*?)```", README, re.S)[1]
    assert stages in (ROOT / "service/exchange.c").read_text()


def test_the_tests_that_are_named_exist():
    """tests/README.md says which test would notice what, and which shows that a promise is kept."""
    names = re.findall(r"`(\w+)/(\w+)::(\w+)`", (ROOT / "tests/README.md").read_text().split("| trap or promise")[1])
    lost = [name for suite, module, name in names
            if f"START_TEST({name})" not in text(suite, f"{module}_test.c")
            and f"def test_{name}(" not in text(suite, f"test_{module}.py")]
    assert len(names) > 200 and not lost


def text(suite, file):
    path = ROOT / "tests" / suite / file
    return path.read_text() if path.exists() else ""
