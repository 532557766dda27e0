"""The databases of the benchmark: the service's, made by its migrations, and one with the peers'
plain tables."""
import contextlib
import json
import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "api")]

from cluster import BIN, Cluster  # noqa: E402, F401
from contract import Contract  # noqa: E402
from house import House  # noqa: E402
from ports import free_port  # noqa: E402, F401

ROOT = HERE.parents[1]
MEMORY_MB = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
# shared_buffers is an eighth of the memory. No checkpoint or vacuum runs during a measurement.
# Planner and executor keep their defaults.
SETTINGS = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "max_connections": "200",
            "shared_buffers": f"{max(64, MEMORY_MB // 8)}MB", "max_wal_size": "16GB", "checkpoint_timeout": "1h",
            "autovacuum": "off"}
# The service counts requests but never reaches the rate limit. Four clients of slow operations do
# not wait for each other.
SERVICE = {"OVOP_RATE_LIMIT": "100000000", "OVOP_LOG_LEVEL": "info", "OVOP_TRUST_PROXY": "0", "OVOP_DRAIN_SECONDS": "0",
           "OVOP_SLOW_CONNECTIONS": "4"}


CALLERS = 32  # callers with different claims, so that their reads do not share a statement


def text(path):
    return (HERE / path).read_text()


class Data:
    """PostgreSQL with both databases, empty until prepare() and grow(). `house` runs the
    service."""

    def __init__(self, directory, **settings):
        self.cluster, self.directory, self.rows = Cluster(), directory, 0
        self.cluster.configure({**SETTINGS, **settings})

    def prepare(self):
        """Creates the service's schema, seeds and officers, the peers' empty tables, and the peers'
        role."""
        self.cluster.start()
        binary = ROOT / "build/service/ovopd"
        contract = Contract.read(binary.parent / "openapi.json")
        self.house = House(binary, contract, self.cluster, self.directory, **SERVICE).prepare().start()
        self.officer = self.house.dinas
        self.officers = [self.house.person(f"officer-{number}", "dinas") for number in range(CALLERS)]
        self.claims = json.dumps({"sub": self.officer.id, "role": "dinas"}, separators=(",", ":"))
        self.house.stop()
        self.ours, self.theirs = self.house.database, self.cluster.create("peers")
        self.sql(self.ours, text("rows/names.sql"))
        villages = self.sql(self.ours, "select json_agg(v)::text as it from (select code, name, district_code from village) v")
        self.sql(self.theirs, "create table village as"
                 " select * from json_to_recordset(%s) as v (code text, name text, district_code text)", villages[0])
        self.sql(self.theirs, text("rows/names.sql") + text("peers/sql/schema.sql"))
        self.sql(self.theirs, "insert into villages select * from village")
        # Generic plans, because otherwise PostgreSQL would plan each page of the peers again. The
        # service's triggers need the claims.
        self.sql("postgres", f"""create role bench_peer login superuser;
                                 alter role bench_peer set plan_cache_mode = force_generic_plan;
                                 alter role bench_peer set app.claims = '{self.claims}'""")
        return self

    def sql(self, database, statement, parameters=None):
        return self.cluster.rows(database, statement, parameters)

    def grow(self, rows, theirs=True):
        """Loads products up to this number, without triggers and indexes; optionally into the
        peers' tables too."""
        sides = [(self.ours, "rows/ours.sql", "product"), (self.theirs, "rows/theirs.sql", "products")]
        for database, file, product in sides if theirs else sides[:1]:
            indexes = self.sql(database, """
                select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made
                  from pg_index i
                 where i.indrelid = any (%s::regclass[]) and not i.indisunique""", [["umkm", product]])
            with contextlib.closing(self.cluster.connect(database)) as connection, connection.cursor() as cursor:
                for statement in [
                        "set session_replication_role = replica; set maintenance_work_mem = '1GB'; set synchronous_commit = off",
                        *(f"drop index {one.name}" for one in indexes),
                        text(file).replace(":first", str(self.rows)).replace(":last", str(rows)),
                        *(one.made for one in indexes), "vacuum (analyze) umkm", f"vacuum (analyze) {product}"]:
                    cursor.execute(statement)
        self.rows = rows

    @contextlib.contextmanager
    def sleeping_report(self):
        """Makes the markets report sleep for a second in this database, because the service has no
        operation that only sleeps."""
        made = self.sql(self.ours, "select pg_get_functiondef(oid) as it from pg_proc where proname = 'report_markets'")[0].it
        head = made[:made.index("AS $function$")]
        self.sql(self.ours, head + "AS $function$ select '{}'::json, '[]'::json from pg_sleep(1) $function$")
        try:
            yield
        finally:
            self.sql(self.ours, made)

    def remove(self):
        if hasattr(self, "house"):
            self.house.stop()
        self.cluster.remove()
