"""The sandbox of the unit for systemd, checked without a running systemd. test_stack.py runs the
service under its system call filter."""
import signal
import subprocess

import pytest
import sandbox


def run(*command):
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def test_the_unit_is_safe():
    """systemd rates the exposure below 2.0 of 10."""
    done = run("systemd-analyze", "security", "--offline=true", "--threshold=20", sandbox.UNIT)
    assert done.returncode == 0, done.stdout


def test_systemd_reads_the_unit(binary, tmp_path):
    unit = tmp_path / "ovopd.service"
    unit.write_text(sandbox.UNIT.read_text().replace("/usr/local/bin/ovopd", str(binary)))
    done = run("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", unit)
    assert done.returncode == 0 and "ovopd.service" not in done.stdout, done.stdout


def test_the_unit_sets_only_what_the_service_knows(binary):
    known = run(binary, "--help").stdout
    names = [one.split("=")[0] for line in sandbox.settings("Environment") for one in line.split()]
    assert names and all(name.startswith("PG") or f"`{name}`" in known for name in names)


@pytest.mark.parametrize("forbidden", ["ptrace", "mount", "setuid", "chown", "kexec_load", "bpf", "keyctl", "reboot"])
def test_the_filter_leaves_out(forbidden):
    assert forbidden not in sandbox.allowed()


def test_a_system_call_outside_the_filter_ends_the_process():
    sandbox.allowed()
    assert subprocess.run(["cat", "/dev/null"], preexec_fn=sandbox.enter).returncode == 0
    assert subprocess.run(["chown", "1", sandbox.UNIT], preexec_fn=sandbox.enter).returncode == -signal.SIGSYS
