"""The system call filter of ovopd.service, for processes that systemd does not start. A forbidden
call ends the process with SIGSYS."""
import functools
import pathlib
import re
import subprocess

import seccomp

UNIT = pathlib.Path(__file__).resolve().parents[2] / "service/deploy/ovopd.service"


def settings(name):
    return re.findall(rf"^{name}=(.*)$", UNIT.read_text(), re.M)


@functools.cache
def members(name):
    """The system calls of a set, including those of the sets in it. A single call is its own
    set."""
    if name[0] != "@":
        return {name}
    listed = subprocess.run(["systemd-analyze", "syscall-filter", name], check=True, stdout=subprocess.PIPE, text=True).stdout
    words = re.findall(r"^    ([@\w-]+)$", listed, re.M)
    assert words, name
    return set().union(*map(members, words))


@functools.cache
def allowed():
    calls = set(members("@default"))
    for line in settings("SystemCallFilter"):
        named = set().union(*map(members, line.lstrip("~").split()))
        calls = calls - named if line[0] == "~" else calls | named
    return calls


def enter():
    """Applies the filter to this process. Call it between fork and exec, and call allowed()
    earlier."""
    confined = seccomp.SyscallFilter(seccomp.KILL_PROCESS)
    for call in allowed():
        if seccomp.resolve_syscall(seccomp.Arch.NATIVE, call) >= 0:
            confined.add_rule(seccomp.ALLOW, call)
    confined.load()
