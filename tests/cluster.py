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
# The differences from Debian's defaults: address, connections, crash safety and log. Planner and
# executor keep their defaults, because the service sets what it needs in its own sessions.
SETTINGS = {
    "listen_addresses": "''", "max_connections": "150", "fsync": "off", "full_page_writes": "off", "max_wal_size": "1GB",
    "log_min_messages": "warning", "log_destination": "stderr",
}


class Cluster:
    """One PostgreSQL server. If the tests run as root, it runs as the user postgres, because
    PostgreSQL refuses root."""

    template = None  # a migrated database; each house gets a copy of it

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
        with open(self.data / "postgresql.conf", "a") as conf:  # the last line wins
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
        # The server inherits stdout from pg_ctl. If that were a pipe, it would never close.
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
        # The cluster trusts everybody; `ovopd migrate` creates no login without a password.
        return f"postgresql://{user}:any@/{database}?host={self.directory}"

    def connect(self, database="postgres", user="postgres"):
        """An autocommit connection; the columns of its rows have names."""
        connection = psycopg2.connect(self.url(database, user), cursor_factory=psycopg2.extras.NamedTupleCursor)
        connection.autocommit = True
        return connection

    def rows(self, database, statement, parameters=None):
        """The rows of one statement, run as the owner, who sees all rows."""
        connection = self.connect(database)
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement, parameters)
                return cursor.fetchall() if cursor.description is not None else []
        finally:
            connection.close()

    def cancelled(self, pending, statement):
        """Cancels backends that wait for a standby in this statement, until the pending call ends.
        Returns whether any backend waited."""
        waiting, found = "from pg_stat_activity where wait_event = 'SyncRep' and query like %s", False
        while not pending.done():
            found |= bool(self.rows("postgres", f"select pg_cancel_backend(pid) {waiting}", [statement]))
            time.sleep(0.01)
        return found

    def wait_for_nobody(self):
        """Makes every later commit wait for a standby that does not exist."""
        self.rows("postgres", "alter system set synchronous_standby_names = 'nobody'")
        self.rows("postgres", "select pg_reload_conf()")
        # Backends apply the new setting some time after the reload. So try commits until one waits.
        with ThreadPoolExecutor(1) as pool:
            probe, waits = "select pg_logical_emit_message(true, '', '')", False
            while not waits:
                waits = self.cancelled(pool.submit(self.rows, "postgres", probe), "%emit_message%")

    def create(self, database):
        self.rows("postgres", f'create database "{database}"')
        return database

    def copy(self, template, database):
        """Replaces a database with a copy of the template, which must have no connections.

        PostgreSQL copies the contents of a database, but not its settings and grants. The two
        statements at the end copy those.
        """
        self.rows("postgres", f'drop database "{database}"')
        self.rows("postgres",
                  f'create database "{database}" template "{template}" strategy file_copy')
        self.rows("postgres", """
            insert into pg_db_role_setting
            select new.oid, s.setrole, s.setconfig
              from pg_db_role_setting s
                   join pg_database old on old.oid = s.setdatabase
                   join pg_database new on new.datname = %s
             where old.datname = %s""", [database, template])
        self.rows("postgres", """
            update pg_database new set datacl = old.datacl
              from pg_database old
             where new.datname = %s and old.datname = %s""", [database, template])
