"""The operator's files are valid for the programs that read them."""
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess

import pytest
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "service/deploy"
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def run(*command):
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def installed_by(stage):
    """The packages that one stage of the Dockerfile installs."""
    text = DOCKERFILE.split("\nFROM ")[1 + stage].replace("\\\n", " ")
    return set(re.search(r"--no-install-recommends (.*?)&&", text).group(1).split())


def needed_libraries(binary):
    dynamic = run("objdump", "-p", binary).stdout
    return re.findall(r"^ *NEEDED +(\S+)", dynamic, re.M)


def package_of(library):
    path = os.path.realpath(re.search(rf"{re.escape(library)} .*=> (\S+)", run("/sbin/ldconfig", "-p").stdout).group(1))
    # /lib is /usr/lib, and Debian lists files under both names.
    found = run("dpkg-query", "-S", path, path.removeprefix("/usr")).stdout
    return re.search(r"^(\S+?)(:\w+)?: /", found, re.M).group(1)


@pytest.mark.parametrize("name", ["haproxy.cfg", "haproxy-postgres.cfg"])
def test_haproxy_accepts_its_configuration(name, tmp_path):
    """The operator's server names are replaced, because they do not resolve here."""
    (tmp_path / name).write_text(re.sub(r"\bdb\d:", "127.0.0.1:", (HERE / name).read_text()))
    done = run("haproxy", "-c", "-f", tmp_path / name)
    assert done.returncode == 0 and "WARNING" not in done.stdout, done.stdout


def test_haproxy_lets_fewer_clients_in_than_an_instance(binary):
    """An instance closes further connections without an answer. At the proxy a client waits."""
    places = int(re.search(r"^\| `OVOP_MAX_CLIENTS` \| `(\d+)`", run(binary, "--help").stdout, re.M)[1])
    assert int(re.search(r"default-server .* maxconn (\d+)", (HERE / "haproxy.cfg").read_text())[1]) < places


def test_compose_accepts_its_file():
    done = run("docker-compose", "-f", ROOT / "docker-compose.yml", "config", "--quiet")
    assert done.returncode == 0, done.stdout


def test_compose_images_are_pinned():
    for name, service in COMPOSE["services"].items():
        assert re.search(r":[0-9][\w.-]*$", service["image"]), name


def test_compose_opens_no_port_beyond_this_machine():
    ports = [port for service in COMPOSE["services"].values() for port in service.get("ports", [])]
    assert ports and all(port.startswith("127.0.0.1:") for port in ports)


def test_compose_sets_only_settings_that_the_service_knows(binary):
    known = set(re.findall(r"^\| `(\w+)`", run(binary, "--help").stdout, re.M))
    for name in ("migrate", "ovopd"):
        used = {key for key in COMPOSE["services"][name]["environment"] if not key.startswith("PG")}
        assert used and used <= known, name


def test_compose_mounts_files_that_exist():
    bound = [volume.split(":")[0] for service in COMPOSE["services"].values() for volume in service.get("volumes", [])
             if volume.startswith("./")]
    assert bound and all((ROOT / path).is_file() for path in bound)


def test_image_has_every_library_that_the_binary_needs():
    # The image has a plain build. The binary under test may also need the library of a sanitizer.
    needed = {package_of(library) for library in needed_libraries(ROOT / "build/service/ovopd")} - {"libc6"}
    assert needed == installed_by(1)


def test_image_is_built_with_what_dev_builds_with():
    text = re.search(r"packages_build=\((.*?)\)", (ROOT / "dev").read_text(), re.S).group(1)
    assert set(text.split()) == installed_by(0)


def test_image_does_not_run_as_root():
    last = DOCKERFILE.split("\nFROM ")[-1]
    assert re.search(r"^USER (\S+)", last, re.M).group(1) != "root"


def test_build_context_is_enough(tmp_path):
    """.dockerignore lets everything pass that the build reads."""
    first, *passed = (ROOT / ".dockerignore").read_text().splitlines()
    assert first == "*"
    for line in passed:
        source, target = ROOT / line[1:], tmp_path / line[1:]
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        elif source.exists():
            shutil.copy(source, target)
    done = run("meson", "setup", tmp_path / "build", tmp_path)
    assert done.returncode == 0, done.stdout
    done = run("ninja", "-C", tmp_path / "build", "-n")
    assert done.returncode == 0, done.stdout


def test_after_restore_names_every_operation_on_persons_and_access(binary):
    paths = json.loads((binary.parent / "openapi.json").read_text())["paths"]
    writes = [operation["operationId"] for item in paths.values() for method, operation in item.items()
              if method in ("post", "put", "patch", "delete")]
    concerned = "_(erase|consent_put|disclose|reveal|lookup)$|^(data_subject_request|user|service_account)_|^me_password|^token_revoke"
    named = (HERE / "after-restore.sql").read_text().split("'operation' in (")[1].split(")")[0]
    assert set(re.findall(r"'(\w+)'", named)) == {name for name in writes if re.search(concerned, name)}


def test_shell_scripts_are_clean():
    scripts = ["-x", ROOT / "dev", ROOT / "tests/suites.bash", ROOT / ".ci/run", HERE / "make-secrets"]
    done = run("shellcheck", *scripts)
    assert done.returncode == 0, done.stdout


def test_health_check_is_one_shell_command():
    command = yaml.safe_load(re.search(r"HEALTHCHECK .*?CMD (\[.*\])$", DOCKERFILE.replace("\\\n", ""), re.M).group(1))
    assert command[:2] == ["bash", "-c"] and run("bash", "-n", "-c", command[2]).returncode == 0, shlex.join(command)
