"""`serve` and `migrate` say what is wrong with the database, and never quote a password."""
import os
import subprocess

import pytest

from client import problem
from cluster import Cluster
from house import BALEREJO, until
from ports import free_port, is_free
from records import umkm

SECRET = "s3cr3t"


@pytest.fixture(scope="module")
def house(build):
    return build().prepare()


def say(house, command, **changes):
    done = house.run(command, **changes)
    assert done.returncode == 1 and SECRET not in done.stdout + done.stderr, done
    return done.stderr.strip().splitlines()[-1]


def place(house):
    return f"host={house.cluster.directory}"


@pytest.mark.parametrize("url, said", [
    ("postgresql://ovop_test:{secret}@/nowhere?{place}", 'database "nowhere" does not exist'),
    ("postgresql://nobody:{secret}@/{database}?{place}", 'role "nobody" does not exist'),
    ("postgresql://ovop_test:{secret}@127.0.0.1:1/{database}", "Connection refused"),
    ("postgresql://ovop_test:{secret}@/{database}?host=/nonexistent", "No such file or directory"),
    ("postgresql://ovop_test:{secret}@/{database}?{place}&sslmod=require", "has a parameter that libpq does not know"),
    ("host=/tmp pasword={secret}", "has a parameter that libpq does not know"),
    ("postgresql://ovop_test:a@{secret}@/{database}?{place}", "write @ as %40"),
    ("postgresql://ovop_test:a/{secret}@/{database}?{place}", "write @ as %40, / as %2F"),
    ("postgresql://ovop_test:a?{secret}@/{database}?{place}", "special character"),
    ("postgresql://ovop_test:%{secret}@/{database}?{place}", "has a % that is not written as %25"),
    ("ovop_test:{secret}@localhost/{database}", "is no connection string"),
    ("mysql://ovop_test:{secret}@localhost/{database}", "is no connection string"),
    ("host=/tmp password=my {secret}", "is no connection string"),
    ("service={secret}", "service"),
])
@pytest.mark.parametrize("command, setting", [("serve", "DATABASE_URL"), ("migrate", "OVOP_MIGRATE_URL")])
def test_a_connection_that_fails_is_explained(house, command, setting, url, said):
    if url.startswith("service="):
        url = "service=nowhere"
    line = say(house, command, **{setting: url.format(secret=SECRET, database=house.database, place=place(house))})
    assert line.startswith(f"ovopd: {setting}") and said in line, line


@pytest.fixture(scope="module")
def guarded():
    """A server that asks for the passwords of logins."""
    it = Cluster()
    (it.data / "pg_hba.conf").write_text("local all postgres trust\nlocal all all scram-sha-256\nhost all all 127.0.0.0/8 scram-sha-256\n")
    it.configure({"listen_addresses": "'127.0.0.9'"})
    it.start()
    yield it
    it.stop()
    it.remove()


def test_the_login_gets_its_password_and_a_wrong_one_is_named(build, guarded):
    house = build(cluster=guarded)
    url = f"postgresql://ovop_login:{SECRET}%40%2F'@/{house.database}?host={guarded.directory}"
    house.environment["DATABASE_URL"] = url
    house.prepare().start()
    stored = house.rows("select rolpassword from pg_authid where rolname = 'ovop_login'")[0].rolpassword
    assert stored.startswith("SCRAM-SHA-256$") and SECRET not in guarded.log.read_text()
    line = say(house, "serve", DATABASE_URL=url.replace("%40", "x"))
    assert 'password authentication failed for user "ovop_login"' in line
    encrypted = url.replace(str(guarded.directory), "127.0.0.9") + "&sslmode=require"
    assert "server does not support SSL, but SSL was required" in say(house, "serve", DATABASE_URL=encrypted)


def test_no_login_is_made_without_a_password(house):
    line = say(house, "migrate", DATABASE_URL=f"postgresql://ovop_bare@/{house.database}?{place(house)}")
    assert "creates no login without one" in line
    assert not house.rows("select from pg_roles where rolname = 'ovop_bare'")
    house.rows("create role ovop_bare login")
    assert house.run("migrate", DATABASE_URL=f"postgresql://ovop_bare@/{house.database}?{place(house)}").returncode == 0


def test_a_database_of_another_encoding_is_refused(house):
    house.cluster.rows("postgres", "create database latin_start encoding 'LATIN1' template template0 lc_collate 'C' lc_ctype 'C'")
    for command, setting, user in (("migrate", "OVOP_MIGRATE_URL", "postgres"), ("serve", "DATABASE_URL", "ovop_test")):
        line = say(house, command, **{setting: house.cluster.url("latin_start", user)})
        assert "another encoding than UTF8" in line and "template0" in line


# Poolers


@pytest.fixture
def pooled(house):
    """Starts PgBouncer before the server. Returns its URL for each way of pooling."""
    started = []

    def start(mode):
        port, files = free_port(), house.cluster.directory / mode
        files.mkdir(mode=0o755)
        (files / "pgbouncer.ini").write_text(
            f"[databases]\n* = host={house.cluster.directory} user=ovop_test\n[pgbouncer]\nlisten_addr = 127.0.0.1\n"
            f"listen_port = {port}\nunix_socket_dir =\nauth_type = any\npool_mode = {mode}\ndefault_pool_size = 90\n"
            "max_client_conn = 200\n")
        command = ["/usr/sbin/pgbouncer", "-q", str(files / "pgbouncer.ini")]
        if os.getuid() == 0:  # PgBouncer refuses root
            command = ["runuser", "-u", "postgres", "--", *command]
        started.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        until(lambda: not is_free(port))
        return f"postgresql://ovop_test:any@127.0.0.1:{port}/{house.database}"

    yield start
    for one in started:
        one.terminate()
        one.wait()


def test_a_pooler_by_session_is_no_difference(build, house, pooled):
    through = build(database=house.database, DATABASE_URL=pooled("session"))
    through.keys = house.keys
    through.environment["OVOP_KEYS_DIR"] = str(house.keys)
    through.start()
    assert through.public.get("/v1/districts").json()["data"]
    made = umkm(through.bumdes, BALEREJO, name="Kopi Lewat Perantara")
    assert [one["id"] for one in through.bumdes.pages("/v1/umkm", q="perantara")] == [made["id"]]
    through.bumdes.delete(f"/v1/umkm/{made['id']}", match='"1"')
    assert problem(through.bumdes.get(f"/v1/umkm/{made['id']}", 404))[0] == "not_found"


def test_a_pooler_by_transaction_is_refused(house, pooled):
    assert "set pool_mode = session" in say(house, "serve", DATABASE_URL=pooled("transaction"))
