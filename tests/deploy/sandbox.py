"""What ovopd.service allows, for processes that no systemd starts: a system call beyond its filter ends them (SIGSYS)."""
import functools
import pathlib
import re
import subprocess

import seccomp

UNIT = pathlib.Path(__file__).with_name("ovopd.service")


def settings(name):
    return re.findall(rf"^{name}=(.*)$", UNIT.read_text(), re.M)


@functools.cache
def members(name):
    """A set's system calls, those of the sets in it too; a name that is no set is itself."""
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
    """To be called between fork and exec; `allowed` has been asked before."""
    confined = seccomp.SyscallFilter(seccomp.KILL_PROCESS)
    for call in allowed():
        if seccomp.resolve_syscall(seccomp.Arch.NATIVE, call) >= 0:
            confined.add_rule(seccomp.ALLOW, call)
    confined.load()
