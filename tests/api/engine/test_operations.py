"""Start, stop, reload, and the secrets of the process."""
import base64
import os
import pathlib
import re
import resource
import secrets
import shutil
import signal
import subprocess
import tempfile
import threading
import time

import pytest
import requests

from forge import key
from house import BALEREJO, until
from ports import free_port
from records import umkm

VILLAGE = f"/v1/villages/{BALEREJO}"


@pytest.fixture(scope="module")
def house(build):
    return build(OVOP_DRAIN_SECONDS="1").prepare().start()


@pytest.fixture(scope="module")
def prepared(build):
    """A house with keys and schema, and no running service."""
    return build().prepare()


def refuses(house, *words, **changes):
    done = house.run("serve", **changes)
    assert done.returncode != 0, "the service started"
    assert all(word in done.stderr for word in words), done.stderr
    assert len(done.stderr.strip().splitlines()) <= 3, done.stderr
    return done.stderr


# Stopping


def lock(house, table):
    """Locks a table against readers. Roll back the returned connection to release it."""
    connection = house.cluster.connect(house.database)
    connection.autocommit = False
    connection.cursor().execute(f"lock table {table} in access exclusive mode")
    return connection


def test_a_stop_finishes_what_is_running(build):
    house = build(OVOP_DRAIN_SECONDS="1").prepare().start()
    holder, replies = lock(house, "village"), []
    thread = threading.Thread(target=lambda: replies.append(house.public.get(VILLAGE)))
    thread.start()
    time.sleep(0.3)
    house.signal(signal.SIGTERM)
    time.sleep(0.3)
    assert house.probe("/readyz") == 503 and house.probe("/livez") == 200, "the proxy sees 503 first"
    house.public.get("/openapi.json")  # still served until the proxy stops sending
    time.sleep(1.2)
    assert not replies
    holder.rollback()
    thread.join(10)
    assert replies and replies[0].status_code == 200
    assert house.process.wait(20) == 0
    with pytest.raises(requests.ConnectionError):
        requests.get(house.base + VILLAGE, timeout=2)
    assert house.rows("select pid from pg_stat_activity where datname = current_database() and usename = 'ovop_test'") == []


def test_sigint_stops_too(build):
    house = build(OVOP_DRAIN_SECONDS="0").prepare().start()
    house.signal(signal.SIGINT)
    assert house.process.wait(20) == 0


def test_idle_connections_do_not_hold_up_the_stop(build):
    house = build(OVOP_DRAIN_SECONDS="0").prepare().start()
    with requests.Session() as session:
        session.get(house.base + VILLAGE)
        begun = time.monotonic()
        house.signal(signal.SIGTERM)
        assert house.process.wait(20) == 0 and time.monotonic() - begun < 10


# Reloading


def test_sighup_reloads_and_drops_nothing(house):
    failures, done = [], threading.Event()

    def hammer():
        while not done.is_set():
            if house.public.get(VILLAGE, None).status_code != 200:
                failures.append(1)

    thread = threading.Thread(target=hammer)
    thread.start()
    for _ in range(10):
        house.signal(signal.SIGHUP)
        time.sleep(0.05)
    done.set()
    thread.join()
    assert not failures and house.process.poll() is None


def test_sighup_reads_the_log_level_again(build, tmp_path):
    house, settings = build(OVOP_CONFIG=str(tmp_path / "ovopd.conf")), tmp_path / "ovopd.conf"
    house.environment.pop("OVOP_LOG_LEVEL")
    settings.write_text("OVOP_LOG_LEVEL=error\n")
    house.prepare().start()

    def logged():
        id = house.public.get(VILLAGE).headers["X-Request-Id"]
        return any(one.get("request_id") == id for one in house.lines())

    assert not logged()
    settings.write_text("OVOP_LOG_LEVEL=info\n")
    house.signal(signal.SIGHUP)
    until(logged)
    settings.write_text("OVOP_LOG_LEVEL=loud\n")
    house.signal(signal.SIGHUP)
    until(lambda: any("the log level stays" in str(one) for one in house.lines()))
    assert logged()


# Refusing to start


@pytest.mark.parametrize("changes, words", [
    ({"OVOP_PROT": "8080"}, ["OVOP_PROT"]),
    ({"OVOP_PORT": "http"}, ["OVOP_PORT"]),
    ({"OVOP_PORT": "70000"}, ["OVOP_PORT"]),
    ({"OVOP_LOG_LEVEL": "loud"}, ["OVOP_LOG_LEVEL"]),
    ({"OVOP_LISTEN": "somewhere"}, ["OVOP_LISTEN"]),
    # The HTTP library cannot store the address of an IPv6 client.
    ({"OVOP_LISTEN": "::1"}, ["OVOP_LISTEN"]),
    ({"DATABASE_URL": None}, ["DATABASE_URL"]),
    ({"OVOP_KEYS_DIR": "/nowhere"}, ["/nowhere"]),
])
def test_a_wrong_setting_ends_the_start(prepared, changes, words):
    refuses(prepared, *words, **changes)


@pytest.mark.parametrize("name", ["token-current.pem", "token-next.pem", "seal-1.key", "hash.key", "secret.key"])
@pytest.mark.parametrize("damage", ["empty", "short", "readable", "missing", "zeros", "text"])
def test_a_bad_secret_ends_the_start(prepared, name, damage):
    path = prepared.keys / name
    kept, mode = path.read_bytes(), path.stat().st_mode
    try:
        if damage == "readable":
            path.chmod(0o444)
        else:
            path.unlink()
            if damage != "missing":
                path.write_bytes({"empty": b"", "short": b"abc", "zeros": bytes(len(kept)), "text": b"changeme\n"}[damage])
                path.chmod(0o400)
        # Any seal key is enough, so the message names the pattern.
        refuses(prepared, "seal-*.key" if (name, damage) == ("seal-1.key", "missing") else name)
    finally:
        path.unlink(missing_ok=True)
        path.write_bytes(kept)
        path.chmod(mode & 0o777)


def test_keys_are_made_unreadable_to_others_and_never_overwritten(prepared):
    before = {path.name: path.read_bytes() for path in prepared.keys.iterdir()}
    assert all(path.stat().st_mode & 0o777 == 0o400 for path in prepared.keys.iterdir())
    prepared.run("keygen")
    assert {path.name: path.read_bytes() for path in prepared.keys.iterdir()} == before


def test_a_schema_that_is_not_the_binarys_ends_the_start(build):
    house = build()
    assert house.run("keygen").returncode == 0
    assert "ovopd migrate" in refuses(house)
    assert house.run("migrate").returncode == 0
    for older_or_newer in (-1, 1):
        house.rows("update schema_migrations set number = number + %s"
                   " where number = (select max(number) from schema_migrations)", [older_or_newer * 100])
        refuses(house, "ovopd migrate" if older_or_newer < 0 else "newer")
        house.rows("update schema_migrations set number = number - %s where number not between 1 and 100", [older_or_newer * 100])
    house.rows("update schema_migrations set checksum = repeat('0', 64) where number = 1")
    assert house.run("migrate").returncode != 0, "an applied migration never changes"


def test_migrating_twice_is_harmless(prepared):
    before = prepared.rows("select count(*) from village")[0].count
    done = prepared.run("migrate")
    assert done.returncode == 0, done.stderr
    assert prepared.rows("select count(*) from village")[0].count == before == 248


def test_migrating_at_once_is_harmless(build):
    house = build()
    results = []
    threads = [threading.Thread(target=lambda: results.append(house.run("migrate"))) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert [one.returncode for one in results] == [0, 0, 0], [one.stderr for one in results]


def test_an_owner_bypasses_policies(build):
    """Forced policies also apply to the owner of a table.

    Without BYPASSRLS, a backfill in a migration would change no row and report no error.
    """
    house = build()
    house.rows(f"create role keeper login createrole; alter database {house.database} owner to keeper")
    url = house.cluster.url(house.database, "keeper")
    refused = house.run("migrate", OVOP_MIGRATE_URL=url)
    assert refused.returncode != 0 and "BYPASSRLS" in refused.stderr and len(refused.stderr.splitlines()) == 1
    house.rows("alter role keeper bypassrls")
    done = house.run("migrate", OVOP_MIGRATE_URL=url)
    assert done.returncode == 0 and "ts_match_vq(tsvector, tsquery) leakproof" in done.stderr, done.stderr
    assert house.run("keygen").returncode == 0
    house.start().public.get(VILLAGE)
    assert house.rows("select count(*) from village")[0].count == 248


def test_a_busy_port_ends_the_start(house):
    refuses(house, str(house.port), "OVOP_PORT", OVOP_ADMIN_PORT=str(free_port()))
    refuses(house, str(house.admin_port), "OVOP_ADMIN_PORT", OVOP_PORT=str(free_port()))


def test_without_a_database_it_does_not_start(prepared):
    assert "hunter2" not in refuses(prepared, DATABASE_URL="postgresql://ovop:hunter2@127.0.0.1:1/none")


# The command line


def test_help_names_every_setting(prepared):
    done = prepared.run("--help")
    assert done.returncode == 0 and "OVOP_PORT" in done.stdout and "migrate" in done.stdout


def test_an_unknown_command_says_what_there_is(prepared):
    done = prepared.run("explode")
    assert done.returncode != 0 and "--help" in done.stderr


def test_it_says_its_version_and_its_schemas(prepared):
    number = prepared.rows("select max(number) as number from schema_migrations")[0].number
    assert re.fullmatch(rf"ovopd [0-9.]+, schema {number}\n", prepared.run("version").stdout)


def keys_of(house):
    """Returns the secret part of every key file as text."""
    pems = [key(path).private_numbers().private_value for path in house.keys.glob("*.pem")]
    return [f"{one:064x}" for one in pems] + [path.read_text().strip() for path in house.keys.glob("*.key")]


def test_no_secret_leaves_the_process(build):
    """Sends secrets in their own members and in wrong places, then searches all output for them."""
    house, refused = build(), []
    url, of_database = house.environment["DATABASE_URL"], secrets.token_urlsafe(24)
    house.environment["DATABASE_URL"] = f"{url}&password={of_database}"
    house.prepare().start()
    person, wrong = house.dinas, secrets.token_urlsafe(24)
    made = house.admin.post("/v1/users", {"username": "leaky", "full_name": "Bocor (uji)", "role": "dinas"}).json()
    token = house.token(grant_type="password", username=person.username, password=person.password)
    account = house.writer
    rotated = house.admin("POST", f"/v1/service-accounts/{account.id}/actions/rotate-secret").json()["secret"]
    words = {"database": of_database, "password": person.password, "wrong": wrong, "once": made["secret"], "client": account.secret,
             "rotated": rotated, "access": token["access_token"], "refresh": token["refresh_token"],
             **{f"key {n}": one for n, one in enumerate(keys_of(house))}}
    assert len(set(words.values())) == 8 + 5 and all(len(one) > 20 for one in words.values())
    for name, word in words.items():
        for grant in ({"grant_type": "password", "username": person.username, "password": word + "x"},
                      {"grant_type": "password", "username": word[:60], "password": wrong},
                      {"grant_type": "refresh_token", "refresh_token": word + "x"},
                      {"grant_type": "client_credentials", "client_id": account.client_id, "client_secret": word + "x"},
                      {"grant_type": word}, {"scope": word}):
            refused.append(house.public.form("/oauth/token", None, {"X-Forwarded-For": "203.0.113.90"}, **grant))
        basic = base64.b64encode(f"writer:{word}".encode()).decode()
        words_sent = [{"Authorization": f"Basic {basic}"}, {"Authorization": word}, {"Authorization": f"Bearer {word}x"}, {"Cookie": word},
                      {"Idempotency-Key": f"{word[:200]}"}, {"If-Match": f'"{word}"'}, {"Accept": word}, {"traceparent": word}]
        refused += [person("PATCH", VILLAGE, {"population": -1}, headers=one) for one in words_sent]
        refused += [person("POST", "/v1/me/password", one) for one in (
            {"current_password": word + "x", "new_password": word[:100] + "y"}, {"current_password": word, "x": word}, [word])]
        refused += [person("POST", "/v1/me/password", data=data, headers={"Content-Type": "application/json"})
                    for data in (b'{"current_password":"' + word.encode(), b'{"current_password":1,"' + word.encode() + b'":' + b"x}")]
        refused += [house.public("GET", path) for path in (
            f"/v1/villages?access_token={word}", f"/v1/villages?cursor={word}", f"/v1/umkm/{word}", f"/{word}")]
    assert len(refused) == 13 * 23 and all(one.status_code >= 400 for one in refused)
    pid, texts = house.process.pid, {}
    for number in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{number}/children") as children:
            assert not children.read(), "a child process would inherit the environment"
    for name in ("cmdline", "limits", "comm"):
        with open(f"/proc/{pid}/{name}") as text:
            texts[name] = text.read()
    assert re.search(r"Max core file size +0 ", texts["limits"]), "a core dump would contain keys"
    assert os.stat(f"/proc/{pid}/environ").st_uid == 0, "only root may read its memory and environment"
    for name in ("/metrics", "/readyz", "/livez"):
        texts[name] = requests.get(house.ops + name, timeout=5).text
    texts |= {"log": house.log.read_text(), "PostgreSQL's log": house.cluster.log.read_text(errors="replace")}
    texts |= {f"{one.request.method} {one.request.url[:90]} {n}": f"{one.text} {one.headers}" for n, one in enumerate(refused)}
    for command in ("--help", "version", "serve"):  # serve fails, since its port is in use
        done = house.run(command)
        texts[command] = done.stdout + done.stderr
    assert [(where, name) for where, text in texts.items() for name, word in words.items() if word in text] == []


def test_not_even_its_own_user_reads_what_it_holds(prepared):
    """The service runs as a user who is not root.

    This user can read the environment of its other processes, but not that of the service.
    """
    user = {"user": "nobody"} if os.geteuid() == 0 else {}
    directory = pathlib.Path(tempfile.mkdtemp())  # only root can read tmp_path
    of_database = secrets.token_urlsafe(24)
    environment = {**prepared.environment, "DATABASE_URL": f"{prepared.environment['DATABASE_URL']}&password={of_database}",
                   "OVOP_KEYS_DIR": str(directory / "keys")}

    def started(*command):
        return subprocess.Popen(command, env=environment, cwd=directory, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL, preexec_fn=unlimited_cores, **user)

    def read(process, name):
        return subprocess.run(["cat", f"/proc/{process.pid}/{name}"], capture_output=True, text=True, errors="replace", **user)

    shutil.copy(prepared.binary, directory / "ovopd")
    shutil.copytree(prepared.keys, directory / "keys")
    for one in (directory, *directory.rglob("*")) if user else ():
        shutil.chown(one, **user)
    other, service = started("sleep", "60"), started(directory / "ovopd", "serve")
    try:
        until(lambda: prepared.probe("/readyz") == 200)
        assert of_database in read(other, "environ").stdout
        for name in ("environ", "mem", "maps", "fd/0"):
            done = read(service, name)
            assert "Permission denied" in done.stderr and of_database not in done.stdout, name
        service.send_signal(signal.SIGABRT)
        status = os.waitpid(service.pid, 0)[1]
        assert os.WTERMSIG(status) == signal.SIGABRT and not os.WCOREDUMP(status)
        assert {one.name for one in directory.iterdir()} == {"ovopd", "keys"}
    finally:
        for one in (other, service):
            one.kill()
        other.wait()
        shutil.rmtree(directory)


def found(house, words):
    """Returns the names of the words found in the writable memory of the process."""
    memory = b"".join(memory_of(house.process.pid))
    return [name for name, word in words.items() if word.encode() in memory]


def memory_of(pid):
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in maps:
            span, access = line.split()[:2]
            if access.startswith("rw"):
                begin, end = (int(one, 16) for one in span.split("-"))
                memory.seek(begin)
                yield memory.read(end - begin)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may read the memory")
def test_no_secret_stays_in_memory_after_its_reply(build):
    """After the reply, no password, client secret or NIK is in memory.

    The service keeps its private key, so the search must find that one.
    """
    house = build().prepare().start()
    if house.sanitized:
        pytest.skip("a sanitizer maps terabytes of memory")
    person, account, nik = house.person("forgotten", "dinas"), house.writer, "3505170101900007"
    fresh, wrong = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    house.token(grant_type="password", username=person.username, password=person.password)
    house.token(400, grant_type="password", username=person.username, password=wrong)
    house.token(grant_type="client_credentials", client_id=account.client_id, client_secret=account.secret)
    house.bumdes.put(f"/v1/umkm/{umkm(house.bumdes)['id']}/owner", {"name": "Lupa (uji)", "nik": nik})
    person.post("/v1/me/password", {"current_password": person.password, "new_password": fresh}, status=204)
    secrets_sent = {"password": person.password, "fresh": fresh, "wrong": wrong, "secret": account.secret, "nik": nik}
    assert found(house, {"key": "PRIVATE KEY"}) == ["key"]
    # libmicrohttpd clears the memory of a request shortly after the reply.
    until(lambda: found(house, secrets_sent) == [])


def unlimited_cores():
    resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)


def test_connections_do_not_leak(house):
    descriptors = f"/proc/{house.process.pid}/fd"
    house.public.get(VILLAGE)
    before = len(os.listdir(descriptors))
    for _ in range(50):
        requests.get(house.base + VILLAGE, headers={"Connection": "close"}, timeout=5)
    time.sleep(0.5)
    assert len(os.listdir(descriptors)) <= before + 5
