"""Tokens: grants, claims, keys and forgeries."""
import copy
import ctypes
import hashlib
import re
import secrets
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

import forge
from client import Client, problem
from house import BALEREJO, WLINGI, until

ME = "/v1/me"


def with_token(house, token):
    return Client(house.base, house.contract, token)


def password_grant(house, client, **fields):
    return house.token(grant_type="password", username=client.username, password=client.password, **fields)


# Grants


def test_a_password_buys_an_access_and_a_refresh_token(house):
    token = password_grant(house, house.bumdesma)
    header, claims = forge.parts(token["access_token"])
    assert header["alg"] == "ES256" and header["typ"] == "JWT" and header["kid"]
    assert {"iss", "sub", "aud", "exp", "iat", "jti", "role", "villages"} <= set(claims)
    assert claims["sub"] == house.bumdesma.id and claims["role"] == "bumdes" and sorted(claims["villages"]) == sorted(WLINGI)
    assert claims["iss"] == house.base and claims["exp"] - claims["iat"] == token["expires_in"] == 3600
    assert token["token_type"] == "Bearer" and token["refresh_token"]


def test_a_district_role_carries_no_villages(house):
    _, claims = forge.parts(password_grant(house, house.dinas)["access_token"])
    assert claims["role"] == "dinas" and "villages" not in claims


def test_a_token_verifies_by_the_published_key(house):
    token = password_grant(house, house.dinas)["access_token"]
    keys = {one["kid"]: one for one in house.public.get("/.well-known/jwks.json").json()["keys"]}
    jwk = keys[forge.parts(token)[0]["kid"]]
    assert (jwk["kty"], jwk["crv"], jwk["alg"], jwk["use"]) == ("EC", "P-256", "ES256", "sig") and "d" not in jwk
    forge.verify(jwk, token)


def test_the_metadata_names_what_exists(house):
    reply = house.public.get("/.well-known/oauth-authorization-server").json()
    assert reply["issuer"] == house.base
    assert reply["token_endpoint"] == house.base + "/oauth/token" and reply["revocation_endpoint"] == house.base + "/oauth/revoke"
    assert reply["jwks_uri"] == house.base + "/.well-known/jwks.json"
    assert set(reply["grant_types_supported"]) == {"password", "refresh_token", "client_credentials"}


def test_a_wrong_password_and_an_unknown_user_read_alike(house):
    user = {"grant_type": "password", "username": house.dinas.username, "password": "not-this-one-at-all"}
    nobody = {**user, "username": "nobody-" + secrets.token_hex(4)}
    address = {"X-Forwarded-For": "203.0.113.20"}
    refused = [house.public.form("/oauth/token", 400, address, **one).json() for one in (user, nobody)]
    assert refused[0] == refused[1]
    assert house.token(400, **nobody)["error"] == "invalid_grant"


def test_tokens_are_never_cached(house):
    user = {"grant_type": "password", "username": house.dinas.username, "password": house.dinas.password}
    assert house.public.form("/oauth/token", **user).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("fields, error", [
    ({}, "invalid_request"),
    ({"grant_type": "implicit"}, "unsupported_grant_type"),
    ({"grant_type": "password", "username": "dinas"}, "invalid_request"),
    ({"grant_type": "refresh_token"}, "invalid_request"),
    ({"grant_type": "refresh_token", "refresh_token": "nonsense"}, "invalid_grant"),
])
def test_an_unknown_grant_is_refused(house, fields, error):
    assert house.token(400, **fields)["error"] == error


def test_client_credentials_buy_the_scopes_of_the_account(house):
    account = house.writer
    token = house.token(grant_type="client_credentials", client_id=account.client_id, client_secret=account.secret)
    _, claims = forge.parts(token["access_token"])
    assert claims["role"] == "system" and claims["villages"] == ["district"] and "refresh_token" not in token
    assert set(token["scope"].split()) == {"register:read", "register:write"}


def test_client_credentials_may_ask_for_less_and_never_for_more(house):
    account = house.writer
    grant = {"grant_type": "client_credentials", "client_id": account.client_id, "client_secret": account.secret}
    less = with_token(house, house.token(scope="register:read", **grant)["access_token"])
    assert problem(less.post("/v1/umkm", {}, status=403))[0] == "insufficient_scope"
    assert house.token(400, scope="register:read exports:write", **grant)["error"] == "invalid_scope"


def test_client_credentials_go_in_the_authorization_header_too(house):
    account = house.writer
    basic = "Basic " + forge.base64.b64encode(f"{account.client_id}:{account.secret}".encode()).decode()
    reply = house.public.form("/oauth/token", 200, {"Authorization": basic}, grant_type="client_credentials")
    with_token(house, reply.json()["access_token"]).get(ME)


def test_a_wrong_client_secret_is_401(house):
    refused = house.token(401, grant_type="client_credentials", client_id=house.writer.client_id, client_secret="x" * 43)
    assert refused["error"] == "invalid_client"


# Refresh


def test_a_refresh_token_is_spent_once_and_its_reuse_ends_the_family(house):
    first = password_grant(house, house.dinas)["refresh_token"]
    second = house.token(grant_type="refresh_token", refresh_token=first)["refresh_token"]
    third = house.token(grant_type="refresh_token", refresh_token=second)["refresh_token"]
    assert len({first, second, third}) == 3
    assert house.token(400, grant_type="refresh_token", refresh_token=first)["error"] == "invalid_grant"
    assert house.token(400, grant_type="refresh_token", refresh_token=third)["error"] == "invalid_grant"


def used_before(house, token, seconds):
    """Pretends that the token was used this many seconds earlier."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    assert len(house.rows("update refresh_token set used_at = used_at - make_interval(secs => %s) where hash like %s returning 1",
                          [seconds, "%" + digest + "%"])) == 1


def test_parallel_refreshes_all_succeed(house):
    """An app with two tabs, or one that lost the reply, is not logged out."""
    for _ in range(5):
        used_token = password_grant(house, house.dinas)["refresh_token"]

        def refresh(_):
            return Client(house.base, house.contract).form("/oauth/token", grant_type="refresh_token", refresh_token=used_token).json()

        with ThreadPoolExecutor(4) as pool:
            tokens = {one["refresh_token"] for one in pool.map(refresh, range(4))}
        assert len(tokens) == 4
        for token in tokens:
            house.token(grant_type="refresh_token", refresh_token=token)


@pytest.mark.parametrize("seconds, status", [(8, 200), (11, 400)])
def test_a_second_refresh_is_a_theft_after_ten_seconds(house, seconds, status):
    first = password_grant(house, house.dinas)["refresh_token"]
    second = house.token(grant_type="refresh_token", refresh_token=first)["refresh_token"]
    used_before(house, first, seconds)
    house.token(status, grant_type="refresh_token", refresh_token=first)
    house.token(status, grant_type="refresh_token", refresh_token=second)


@pytest.mark.parametrize("fields, said", [
    ({"grant_type": "password", "username": "nobody", "password": "wrong"}, "The user name or the password is wrong."),
    ({"grant_type": "refresh_token", "refresh_token": "nonsense"}, "The session has ended. Log in again."),
    ({"grant_type": "client_credentials", "client_id": "nobody", "client_secret": "x"}, "The client or its secret is wrong."),
    ({"grant_type": "password"}, "Send username and password."), ({"grant_type": "refresh_token"}, "Send refresh_token."),
])
def test_a_refusal_says_what_is_wrong(house, fields, said):
    reply = house.public.form("/oauth/token", None, headers={"Accept-Language": "en", "X-Forwarded-For": "203.0.113.77"}, **fields)
    assert reply.status_code in (400, 401) and reply.json()["error_description"] == said
    other = house.public.form("/oauth/token", None, headers={"Accept-Language": "id", "X-Forwarded-For": "203.0.113.77"}, **fields)
    # RFC 6749 5.2
    assert re.fullmatch(r"[\x20-\x21\x23-\x5b\x5d-\x7e]+", other.json()["error_description"]) and other.json()["error_description"] != said


def test_a_bad_token_does_not_matter_where_one_gets_a_good_one(house):
    """An app sends its expired token with every request, also when it refreshes."""
    refresh = password_grant(house, house.dinas)["refresh_token"]
    for bad in ("Bearer x.y.z", "Bearer", "Negotiate abc", "Basic !!!"):
        sent = {"Authorization": bad}
        for path in ("/.well-known/jwks.json", "/.well-known/oauth-authorization-server", "/openapi.json", "/docs", "/data-dictionary.csv"):
            house.public.get(path, headers=sent)
        refresh = house.public.form("/oauth/token", headers=sent, grant_type="refresh_token", refresh_token=refresh).json()["refresh_token"]
        for path in ("/v1/districts", "/v1/catalog/products"):
            house.public.get(path, 401, headers=sent)
    house.public.form("/oauth/revoke", headers={"Authorization": "Bearer x.y.z"}, token=refresh)


def test_refresh_tokens_are_stored_as_digests_only(house):
    token = password_grant(house, house.dinas)["refresh_token"]
    assert house.rows("select count(*) from refresh_token t where t::text like %s", ["%" + token + "%"])[0].count == 0


def test_a_revoked_refresh_token_ends_its_family_and_the_reply_reveals_nothing(house):
    first = password_grant(house, house.dinas)["refresh_token"]
    second = house.token(grant_type="refresh_token", refresh_token=first)["refresh_token"]
    house.public.form("/oauth/revoke", token=second)
    assert house.token(400, grant_type="refresh_token", refresh_token=second)["error"] == "invalid_grant"
    house.public.form("/oauth/revoke", token="never-was-one")


def test_a_refresh_token_is_no_access_token(house):
    refused = with_token(house, password_grant(house, house.dinas)["refresh_token"]).get(ME, 401)
    assert problem(refused)[0] == "invalid_token"


def test_a_changed_password_ends_every_session(house):
    person = house.person("changes-password", "dinas")
    refresh = password_grant(house, person)["refresh_token"]
    person.post("/v1/me/password", {"current_password": person.password, "new_password": "another good passphrase"}, status=204)
    assert house.token(400, grant_type="refresh_token", refresh_token=refresh)["error"] == "invalid_grant"
    assert house.token(400, grant_type="password", username=person.username, password=person.password)["error"] == "invalid_grant"
    house.login(person.username, "another good passphrase").get(ME)


@pytest.mark.parametrize("new, code", [("short", "too_short"), ("x" * 129, "too_long")])
def test_a_new_password_has_12_to_128_characters(house, new, code):
    refused = house.dinas.post("/v1/me/password", {"current_password": house.dinas.password, "new_password": new}, status=422)
    assert problem(refused) == ("validation_failed", [("/new_password", code)])


@pytest.mark.parametrize("new", ["password1234", "Bismillah 1945", "kabupatenblitar", "1q2w3e4r5t6y"])
def test_a_common_password_is_refused(house, new):
    refused = house.dinas.post("/v1/me/password", {"current_password": house.dinas.password, "new_password": new}, status=422)
    assert problem(refused) == ("validation_failed", [("/new_password", "password_common")])


@pytest.mark.parametrize("new", ["01" * 64, "ab1" * 42, "0" * 128, "q1" * 30 + "sawah hijau di kaki Kelud"])
def test_a_long_password_is_judged_by_its_beginning_and_soon(house, new):
    """zxcvbn took one second for the first of these. Now it takes less time than a hash."""
    def processor():
        used = psutil.Process(house.process.pid).cpu_times()
        return used.user + used.system

    before = processor()
    for _ in range(3):
        refused = house.dinas.post("/v1/me/password", {"current_password": house.dinas.password, "new_password": new}, status=422)
        assert problem(refused) == ("validation_failed", [("/new_password", "password_common")])
    assert processor() - before < (6 if house.sanitized else 0.75)


def test_a_throttled_caller_costs_no_hash(house):
    """The throttle is checked before the strength of the new password.

    One reply names both faults of a body.
    """
    person = house.person("guesser", "dinas")
    fields = {"current_password": "not the right one", "new_password": "01" * 64}
    refused = person.post("/v1/me/password", fields, status=422)
    assert sorted(problem(refused)[1]) == [("/current_password", "password_wrong"), ("/new_password", "password_common")]
    statuses = [person.post("/v1/me/password", fields, status=None).status_code for _ in range(12)]
    assert statuses[-1] == 429 and set(statuses) == {422, 429}


def argon2id(password, passes, kibibytes):
    """Hashes with other parameters, with the same library as the service."""
    out, size = ctypes.create_string_buffer(128), ctypes.c_size_t
    assert ctypes.CDLL("libargon2.so.1").argon2id_hash_encoded(
        passes, kibibytes, 1, password.encode(), size(len(password)), secrets.token_bytes(16), size(16), size(32), out, size(128)) == 0
    return out.value.decode()


def test_a_hash_of_other_parameters_is_renewed_at_the_next_login(house):
    user = house.person("kept_for_long", "dinas")
    login = {"grant_type": "password", "username": user.username, "password": user.password}

    def kept():
        return house.rows("select digest from credential where subject = %s", [user.id])[0].digest

    old = argon2id(user.password, 1, 8192)
    house.rows("update credential set digest = %s where subject = %s", [old, user.id])
    house.token(400, **login | {"password": "not-this-one-at-all"})
    assert kept() == old
    house.token(**login)
    renewed = kept()
    assert renewed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    house.token(**login)
    assert kept() == renewed


def test_a_new_password_needs_the_old_one(house):
    wrong = {"current_password": "not the password", "new_password": "another good passphrase"}
    refused = house.dinas.post("/v1/me/password", wrong, status=422, headers={"X-Forwarded-For": "203.0.113.21"})
    assert problem(refused)[1][0][0] == "/current_password"


# People


def test_a_one_time_password_opens_nothing_but_its_change(house):
    made = house.admin.post("/v1/users", {"username": "newcomer", "full_name": "Pendatang (uji)", "role": "dinas"}).json()
    client = house.login("newcomer", made["secret"])
    assert problem(client.get("/v1/umkm", 403))[0] == "password_change_required"
    client.post("/v1/me/password", {"current_password": made["secret"], "new_password": "a long enough one"}, status=204)
    house.login("newcomer", "a long enough one").get("/v1/umkm")


def test_a_disabled_user_gets_no_token(house):
    person = house.person("leaves", "bumdes", [BALEREJO])
    refresh = password_grant(house, person)["refresh_token"]
    house.admin.patch(f"/v1/users/{person.id}", {"disabled": True})
    assert house.token(400, grant_type="refresh_token", refresh_token=refresh)["error"] == "invalid_grant"
    assert house.token(400, grant_type="password", username=person.username, password=person.password)["error"] == "invalid_grant"


def test_a_reset_password_is_one_time_and_ends_sessions(house):
    person = house.person("forgets", "dinas")
    refresh = password_grant(house, person)["refresh_token"]
    once = house.admin.post(f"/v1/users/{person.id}/actions/reset-password", status=None).json()["secret"]
    assert house.token(400, grant_type="refresh_token", refresh_token=refresh)["error"] == "invalid_grant"
    assert problem(house.login(person.username, once).get("/v1/umkm", 403))[0] == "password_change_required"


def test_a_rotated_client_secret_replaces_the_old_one(house):
    account = house.system("rotated", ["register:read"], ["district"])
    new = house.admin.post(f"/v1/service-accounts/{account.id}/actions/rotate-secret", status=None).json()["secret"]
    grant = {"grant_type": "client_credentials", "client_id": "rotated"}
    assert house.token(401, client_secret=account.secret, **grant)["error"] == "invalid_client"
    assert house.token(client_secret=new, **grant)["access_token"]


# Throttle


def guess(house, username, address, password="wrong password"):
    headers = {"X-Forwarded-For": address} if address else {}
    return house.public.form("/oauth/token", None, headers, grant_type="password", username=username, password=password)


def test_of_a_thousand_guesses_ten_are_evaluated_and_strangers_lock_nobody_out(house):
    """Half of the guesses come from one address, the others from many addresses."""
    person, begun = house.person("guessed", "dinas"), time.monotonic()
    replies = [guess(house, person.username, f"198.18.{n % 250}.{n // 250}" if n % 2 else "203.0.113.30") for n in range(1, 1001)]
    evaluated = [one for one in replies if one.status_code != 429]
    assert len(evaluated) <= 10 * (1 + (time.monotonic() - begun) // 60) and {one.status_code for one in evaluated} == {400}
    assert replies[-1].status_code == 429
    assert int(replies[-1].headers["Retry-After"]) >= 1
    assert guess(house, person.username, "203.0.113.30", person.password).status_code == 429
    assert guess(house, person.username, None, person.password).status_code == 200, "the user's own address is not throttled"


def test_guessing_at_an_unknown_user_is_slowed_down_alike(house):
    statuses = [guess(house, "nobody-is-called-so", "203.0.113.32").status_code for _ in range(30)]
    assert statuses.count(400) <= 10 and statuses[-1] == 429


def test_parallel_guesses_do_not_outrun_the_throttle(house):
    def attempt(_):
        client = Client(house.base, house.contract)
        fields = {"grant_type": "password", "username": "raced", "password": "wrong password"}
        return client.form("/oauth/token", None, {"X-Forwarded-For": "203.0.113.33"}, **fields).status_code

    with ThreadPoolExecutor(16) as pool:
        statuses = list(pool.map(attempt, range(64)))
    assert statuses.count(400) <= 10, statuses


# Forged tokens


def sized(size, key, header, claims):
    """Returns a validly signed token of this size.

    base64 cannot have every length, so the header is padded too.
    """
    heads = [forge.text(header) + " " * blanks for blanks in range(3)]
    return next(forge.es256(key, head, padded) for pad in range(size) for padded in [{**claims, "pad": "x" * pad}] for head in heads
                if len(forge.unsigned(head, padded)) + 86 == size)


def forgeries(house):
    """Returns forged tokens by name. The service must refuse each of them."""
    current = forge.key(house.keys / "token-current.pem")
    stranger = forge.ec.generate_private_key(forge.ec.SECP256R1())
    real = house.bumdes.token
    header, claims = forge.parts(real)
    head, body, signature = real.split(".")
    now = int(time.time())
    jwk = {"kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": header["kid"],
           **{axis: forge.b64(getattr(stranger.public_key().public_numbers(), axis).to_bytes(32, "big")) for axis in "xy"}}

    def signed(private=current, claims_changed=None, without=(), **header_changed):
        payload = {**copy.deepcopy(claims), **(claims_changed or {})}
        return forge.es256(private, {**header, **header_changed},
                           {name: value for name, value in payload.items() if name not in without})

    bare = {name: value for name, value in claims.items() if name != "exp"}
    tampered = forge.b64(forge.text({**claims, "role": "dinas"}).encode())
    widened = forge.b64(forge.text({**claims, "villages": ["district"]}).encode())
    flipped = forge.b64(bytes([forge.unb64(signature)[0] ^ 1]) + forge.unb64(signature)[1:])
    found = {
        "nothing": "", "dots": "..", "one dot": ".", "text": "abc", "four parts": real + ".x", "two parts": f"{head}.{body}",
        "no signature": f"{head}.{body}.", "zero signature": f"{head}.{body}.{forge.b64(bytes(64))}",
        "flipped bit": f"{head}.{body}.{flipped}",
        "cut signature": real[:-4], "longer signature": real + "AAAA", "padded signature": real + "==",
        "standard alphabet": f"{head}.{body}.{'+/' * 43}",
        "tampered role": f"{head}.{tampered}.{signature}", "tampered villages": f"{head}.{widened}.{signature}",
        "4097 bytes": sized(4097, current, header, claims), "many dots": "." * 4000,
        "spaces": f"{head} .{body}.{signature}",
        "stranger's key": signed(stranger), "stranger's jwk": signed(stranger, jwk=jwk),
        "jku": signed(jku="https://evil.example/jwks"),
        "x5u": signed(x5u="https://evil.example/x"), "x5c": signed(x5c=["MIIB"]), "crit": signed(crit=["exp"]),
        "crit b64": signed(crit=["b64"], b64=False),
        "kid unknown": signed(kid="unknown"), "kid traversal": signed(kid="../../../../dev/null"),
        "kid sql": signed(kid="' or '1'='1"),
        "kid number": signed(kid=1), "kid empty": signed(kid=""), "typ wrong": signed(typ="at+jwt"), "zip": signed(zip="DEF"),
        "expired": signed(claims_changed={"exp": now - 60}), "exp string": signed(claims_changed={"exp": str(now + 600)}),
        "exp real": signed(claims_changed={"exp": now + 600.5}), "exp 1e18": signed(claims_changed={"exp": 10**18}),
        "exp 1e18 as a real": forge.es256(current, header, forge.text({**bare, "exp": 0})[:-2] + "1e18}"),
        "exp missing": signed(without=["exp"]),
        "exp null": signed(claims_changed={"exp": None}), "exp negative": signed(claims_changed={"exp": -1}),
        "exp far": signed(claims_changed={"exp": now + 10**8}),
        "nbf future": signed(claims_changed={"nbf": now + 600}), "iat future": signed(claims_changed={"iat": now + 600}),
        "iss wrong": signed(claims_changed={"iss": "https://evil.example"}), "iss missing": signed(without=["iss"]),
        "aud wrong": signed(claims_changed={"aud": "other"}), "aud missing": signed(without=["aud"]),
        "sub missing": signed(without=["sub"]),
        "sub no uuid": signed(claims_changed={"sub": "admin"}), "role unknown": signed(claims_changed={"role": "superuser"}),
        "role list": signed(claims_changed={"role": ["dinas"]}), "role missing": signed(without=["role"]),
        "villages numbers": signed(claims_changed={"villages": [1]}),
        "claims list": forge.es256(current, header, [claims]), "claims no json": forge.es256(current, header, "{"),
        "claims twice": forge.es256(current, header, forge.text(claims)[:-1] + ',"role":"dinas"}'),
        "header twice": forge.es256(current, forge.text(header)[:-1] + ',"alg":"none"}', claims),
        "header no json": forge.es256(current, "x", claims),
    }
    for alg in ("none", "None", "NONE", "nOnE", "", "HS256", "hs256", "ES384", "RS256", "es256", 1, None, ["ES256"]):
        found[f"alg {alg!r}, none"] = forge.unsigned({**header, "alg": alg}, claims)
        found[f"alg {alg!r}, kept"] = forge.unsigned({**header, "alg": alg}, claims, signature)
    pem = forge.public_pem(current)
    for name, secret in {"public key": pem, "public key, no newline": pem.strip(), "empty secret": b"", "null": b"\0"}.items():
        found[f"HS256 by {name}"] = forge.hs256(secret, {**header, "alg": "HS256"}, claims)
        found[f"ES256 said, HS256 by {name}"] = forge.hs256(secret, header, claims)
    return found


def test_a_token_signed_by_hand_like_the_real_one_is_accepted(house):
    """Otherwise the forgeries below would prove nothing."""
    header, claims = forge.parts(house.bumdes.token)
    key = forge.key(house.keys / "token-current.pem")
    for again in (forge.es256(key, header, claims), sized(4096, key, header, claims)):
        assert with_token(house, again).get(ME).json()["role"] == "bumdes"


def test_every_forged_token_is_401_everywhere(house):
    """The reply does not name the reason, except for a valid token that has expired."""
    deviations, bodies = [], set()
    for name, token in forgeries(house).items():
        for path in (ME, "/v1/districts", "/v1/umkm"):
            client = Client(house.base, house.contract)
            reply = client.get(path, None, headers={"Authorization": "Bearer " + token})
            expected = "token_expired" if name == "expired" else "unauthenticated" if name == "nothing" else "invalid_token"
            if reply.status_code != 401 or reply.json()["code"] not in (expected, "invalid_token"):
                deviations.append((name, path, reply.status_code, reply.text[:200]))
            elif "Bearer" not in reply.headers["WWW-Authenticate"]:
                deviations.append((name, path, reply.headers["WWW-Authenticate"]))
            elif reply.json()["code"] == "invalid_token":
                answer = reply.json()
                bodies.add(str([answer | dict.fromkeys(("request_id", "instance")), reply.headers["WWW-Authenticate"]]))
    assert not deviations, "\n".join(map(str, deviations))
    assert len(bodies) == 1, bodies
    house.bumdes.get(ME)


def test_only_a_valid_token_gets_token_expired(house):
    header, claims = forge.parts(house.bumdes.token)
    claims["exp"] = int(time.time()) - 60
    good, forged = (forge.es256(key, header, claims) for key in (
        forge.key(house.keys / "token-current.pem"), forge.ec.generate_private_key(forge.ec.SECP256R1())))
    assert [problem(with_token(house, token).get(ME, 401))[0] for token in (good, forged)] == ["token_expired", "invalid_token"]


@pytest.mark.parametrize("value", ["Basic ZGluYXM6eA==", "bearer", "Bearer", "Token abc", "Bearer a b", "Bearer\tabc"])
def test_only_one_bearer_token_authenticates(house, value):
    assert house.public.get(ME, 401, headers={"Authorization": value}).headers["WWW-Authenticate"].startswith("Bearer")


def test_the_scheme_is_case_insensitive(house):
    house.public.get(ME, headers={"Authorization": "bearer " + house.dinas.token})


def test_a_token_in_the_query_is_an_unknown_parameter(house):
    assert problem(house.public.get("/v1/districts", 400, params={"access_token": house.dinas.token}))[0] == "unknown_parameter"


# Keys


def test_keys_rotate_without_a_false_401(build):
    house = build().prepare().start()
    old = house.admin
    kid = forge.parts(old.token)[0]["kid"]
    published = {one["kid"] for one in house.public.get("/.well-known/jwks.json").json()["keys"]}
    assert house.run("keygen", "--rotate").returncode == 0
    house.signal(signal.SIGHUP)
    new = rotated(house, old, kid)
    assert forge.parts(new.token)[0]["kid"] in published, "a key must be published before it signs"
    keys = {one["kid"] for one in house.public.get("/.well-known/jwks.json").json()["keys"]}
    assert kid in keys and len(keys) == 3, "old, current and next"
    old.get(ME)
    for path in house.keys.glob("token-old-*.pem"):
        path.unlink()
    house.signal(signal.SIGHUP)
    until(lambda: old.get(ME, None).status_code == 401)
    new.get(ME)


def test_tokens_of_ten_seconds_live_through_every_rotation(build):
    """Under load, a token stays valid until it expires, although the keys change."""
    house = build(OVOP_TOKEN_TTL_SECONDS="10").prepare().start()
    account, end, answers, kids = house.writer, time.monotonic() + 12, [], set()

    def use():
        client = Client(house.base, house.contract)
        while time.monotonic() < end:
            client.token = house.token(grant_type="client_credentials", client_id=account.client_id,
                                       client_secret=account.secret)["access_token"]
            kids.add(forge.parts(client.token)[0]["kid"])
            good = time.monotonic() + 9
            while time.monotonic() < min(good, end):
                answers.append(client.get(ME, None).status_code)
                time.sleep(0.01)

    with ThreadPoolExecutor(4) as pool:
        using = [pool.submit(use) for _ in range(4)]
        while time.monotonic() < end - 1:
            assert house.run("keygen", "--rotate").returncode == 0
            house.signal(signal.SIGHUP)
            time.sleep(1)
        for one in using:
            one.result()
    assert set(answers) == {200} and len(answers) > 500 and len(kids) >= 2


def rotated(house, client, kid):
    """Logs in again until another key has signed the token."""
    found = []

    def changed():
        found[:] = [house.login(client.username, client.password)]
        return forge.parts(found[0].token)[0]["kid"] != kid

    until(changed)
    return found[0]
