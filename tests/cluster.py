"""A private PostgreSQL cluster on a Unix socket, for one test run."""
import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg2
import psycopg2.extras

BIN = pathlib.Path(os.environ.get("PG_BIN", "/usr/lib/postgresql/15/bin"))
SETTINGS = {
    "listen_addresses": "''", "fsync": "off", "full_page_writes": "off", "max_connections": "150", "shared_buffers": "64MB",
    "max_wal_size": "1GB", "autovacuum": "off", "log_min_messages": "warning", "log_destination": "stderr", "jit": "off",
}


class Cluster:
    """PostgreSQL refuses to run as root: then it runs as the user postgres."""

    def __init__(self, *initdb_options):
        self.directory = self.make_directory()
        self.data = self.directory / "data"
        self.log = self.directory / "postgresql.log"
        self.log.touch()
        os.chmod(self.directory, 0o755)
        if os.getuid() == 0:
            owner = pwd.getpwnam("postgres")
            for path in (self.directory, self.log):
                os.chown(path, owner.pw_uid, owner.pw_gid)
        self._run("initdb", "-D", self.data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
                  "--no-instructions", *initdb_options)
        self.configure({**SETTINGS, "unix_socket_directories": f"'{self.directory}'"})

    def configure(self, settings):
        with open(self.data / "postgresql.conf", "a") as conf:  # the later line holds
            conf.writelines(f"{name} = {value}\n" for name, value in settings.items())

    @property
    def socket(self):
        return f"{self.directory}/.s.PGSQL.5432"

    def make_directory(self):
        return pathlib.Path(tempfile.mkdtemp(prefix="ovop-", dir="/tmp"))

    def _run(self, program, *args):
        command = [str(BIN / program), *map(str, args)]
        if os.getuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stdout}\n{self.log.read_text()[-2000:]}")

    def start(self):
        # The server inherits its output: a pipe would never close.
        self._run("pg_ctl", "start", "-w", "-s", "-D", self.data, "-l", self.log)
        return self

    def stop(self, mode="immediate"):
        self._run("pg_ctl", "stop", "-w", "-s", "-m", mode, "-D", self.data)

    @property
    def postmaster(self):
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def runs(self):
        try:
            os.kill(self.postmaster, 0)
        except (FileNotFoundError, ProcessLookupError):
            return False
        return True

    def remove(self):
        if self.runs():
            self.stop()
        shutil.rmtree(self.directory)

    def url(self, database, user="postgres"):
        return f"postgresql://{user}@/{database}?host={self.directory}"

    def connect(self, database="postgres", user="postgres"):
        """An autocommit connection whose rows read by name."""
        connection = psycopg2.connect(self.url(database, user), cursor_factory=psycopg2.extras.NamedTupleCursor)
        connection.autocommit = True
        return connection

    def rows(self, database, statement, parameters=None):
        """What one statement answers, as the owner (who sees all rows)."""
        connection = self.connect(database)
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement, parameters)
                return cursor.fetchall() if cursor.description is not None else []
        finally:
            connection.close()

    def cancelled(self, told, statement):
        """Cancels who waits for a standby in this statement until it is told; whether anybody did."""
        waiting, found = "from pg_stat_activity where wait_event = 'SyncRep' and query like %s", False
        while not told.done():
            found |= bool(self.rows("postgres", f"select pg_cancel_backend(pid) {waiting}", [statement]))
            time.sleep(0.01)
        return found

    def wait_for_nobody(self):
        """From now on every commit waits for a standby, and there is none."""
        self.rows("postgres", "alter system set synchronous_standby_names = 'nobody'")
        self.rows("postgres", "select pg_reload_conf()")
        # The checkpointer tells backends of the reload, when it comes to it: commits are tried until one waits.
        with ThreadPoolExecutor(1) as pool:
            probe, waits = "select pg_logical_emit_message(true, '', '')", False
            while not waits:
                waits = self.cancelled(pool.submit(self.rows, "postgres", probe), "%emit_message%")

    def create(self, database):
        self.rows("postgres", f'create database "{database}"')
        return database
