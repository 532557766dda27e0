"""pgBackRest for a cluster: the operator's service/deploy/pgbackrest.conf with other directories,
user and socket."""
import os
import pathlib
import re
import shutil
import subprocess
import time

CONF = pathlib.Path(__file__).resolve().parents[2] / "service/deploy/pgbackrest.conf"


class Repository:
    """A repository. Create it before the first start of the cluster, so that the cluster archives
    all WAL."""

    def __init__(self, cluster):
        self.cluster = cluster
        directory, self.conf = cluster.directory / "repository", cluster.directory / "pgbackrest.conf"
        text = CONF.read_text()
        for old, new in ((r"^repo1-path=.*", f"repo1-path={directory}"), (r"^pg1-path=.*", f"pg1-path={cluster.data}"),
                         (r"^\[global\]", f"[global]\nlock-path={directory}/lock\nlog-level-file=off\nrepo1-cipher-pass=secret"),
                         (r"^\[ovop\]", f"[ovop]\npg1-socket-path={cluster.directory}\npg1-user=postgres")):
            text, changes = re.subn(old, new, text, flags=re.M)
            assert changes == 1, old
        self.conf.write_text(text)
        directory.mkdir()
        if os.getuid() == 0:
            shutil.chown(directory, "postgres")
        cluster.configure({"archive_mode": "on",
                           "archive_command": f"'pgbackrest --config={self.conf} --stanza=ovop archive-push %p'"})

    def run(self, *arguments):
        user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        done = subprocess.run([*user, "pgbackrest", f"--config={self.conf}", "--stanza=ovop", *arguments], cwd="/",
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            raise RuntimeError(f"pgbackrest {arguments}: {done.stdout}")

    def back_up(self):
        self.run("stanza-create")
        self.run("backup", "--type=incr")

    def restore(self, to):
        """Restores the deleted directory to this time, in seconds since the epoch."""
        self.cluster.data.mkdir(mode=0o700)
        if os.getuid() == 0:
            shutil.chown(self.cluster.data, "postgres")
        stamp = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(int(to))) + f"{to % 1:.6f}"[1:] + "+00"
        self.run("restore", "--type=time", f"--target={stamp}", "--target-action=promote")
