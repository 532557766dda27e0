"""Users, service accounts and the caller itself."""
import secrets

import pytest

from client import problem
from house import BALEREJO, JEDING


def name(prefix="uji"):
    return f"{prefix}-{secrets.token_hex(4)}"


def user(house, **members):
    return house.admin.post("/v1/users", {"username": name(), "full_name": "Siti Rahayu (uji)", "role": "dinas", **members})


def account(house, **members):
    return house.admin.post("/v1/service-accounts", {"client_id": name(), "name": "Sistem (uji)", "scopes": ["register:read"],
                                                     "villages": ["district"], **members})


def test_a_user_is_made_read_and_found(house):
    made = user(house, role="bumdes", villages=[BALEREJO, JEDING])
    reply = made.json()
    assert len(reply.pop("secret")) >= 16 and made.headers["ETag"] == '"1"'
    assert reply["must_change_password"] and not reply["disabled"] and reply["villages"] == sorted([BALEREJO, JEDING])
    read = house.admin.get(made.headers["Location"])
    assert read.json() == reply and "secret" not in read.text
    for found in {"id": reply["id"]}, {"q": reply["username"]}, {"village_code": JEDING, "role": "bumdes", "disabled": "false"}:
        assert reply in list(house.admin.pages("/v1/users", limit=200, **found))
    for missed in {"q": reply["username"], "role": "dinas"}, {"q": reply["username"], "disabled": "true"}:
        assert list(house.admin.pages("/v1/users", **missed)) == []


def test_users_and_accounts_are_walked_in_order(house):
    for _ in range(3):
        user(house), account(house)
    for path, key in ("/v1/users", "username"), ("/v1/service-accounts", "client_id"):
        rows = [row[key] for row in house.admin.pages(path, limit=2)]
        assert len(rows) >= 3 and rows == house.in_order(set(rows))
        assert [row[key] for row in house.admin.pages(path, limit=2, sort="-" + key)] == rows[::-1]
        assert house.admin.get(path, params={"count": "exact", "limit": 1}).json()["page"]["total"] == len(rows)


def test_a_user_is_changed_and_the_version_grows(house):
    path = f"/v1/users/{user(house).json()['id']}"
    changed = house.admin.patch(path, {"role": "bumdes", "villages": [JEDING]}, match='"1"').json()
    assert (changed["role"], changed["villages"], changed["version"]) == ("bumdes", [JEDING], 2)
    assert changed["full_name"] == "Siti Rahayu (uji)"
    house.admin.patch(path, {"full_name": "Siti"}, match='"1"', status=412)
    assert house.admin.patch(path, {"disabled": True}).json()["disabled"]
    assert not house.admin.patch(path, {"disabled": False}).json()["disabled"]
    assert house.admin.patch(path, {"role": "dinas", "villages": None}).json()["villages"] is None


@pytest.mark.parametrize("members, violation", [
    ({"role": "bumdes"}, ("/villages", "scope")),
    ({"role": "dinas", "villages": [BALEREJO]}, ("/villages", "scope")),
    ({"role": "bumdes", "villages": ["35.05.99.2001"]}, ("/villages", "exists")),
    ({"role": "bumdes", "villages": ["district"]}, ("/villages/0", "too_short")),
    ({"role": "system"}, ("/role", "enum")),
    ({"username": "Siti"}, ("/username", "pattern")),
    ({"full_name": "   "}, ("/full_name", "blank")),
    ({"password": "chosen by the administrator"}, ("/password", "unknown_member"))])
def test_a_user_that_cannot_be(house, members, violation):
    body = {"username": name(), "full_name": "Siti Rahayu (uji)", "role": "dinas", **members}
    code, violations = problem(house.admin.post("/v1/users", body, status=422))
    assert code == "validation_failed" and violation in violations


def test_a_name_is_taken_once(house):
    taken = user(house).json()["username"]
    body = {"username": taken, "full_name": "Orang Lain (uji)", "role": "bupati"}
    assert problem(house.admin.post("/v1/users", body, status=409)) == ("duplicate", [("/username", "unique")])
    taken = account(house).json()["client_id"]
    body = {"client_id": taken, "name": "Sistem", "scopes": ["register:read"], "villages": ["district"]}
    assert problem(house.admin.post("/v1/service-accounts", body, status=409)) == ("duplicate", [("/client_id", "unique")])


def test_the_last_administrator_stays(house):
    me = house.admin.get("/v1/me").json()["id"]
    for change, pointer in ({"disabled": True}, "/disabled"), ({"role": "dinas"}, "/role"):
        assert problem(house.admin.patch(f"/v1/users/{me}", change, status=409)) == ("state_conflict", [(pointer, "last_admin")])


def test_a_service_account_is_made_changed_and_disabled(house):
    made = account(house, scopes=["register:read", "register:write"])
    reply = made.json()
    secret, path = reply.pop("secret"), made.headers["Location"]
    assert house.admin.get(path).json() == reply
    assert reply in list(house.admin.pages("/v1/service-accounts", scope="register:write", limit=200))
    grant = {"grant_type": "client_credentials", "client_id": reply["client_id"], "client_secret": secret}
    assert house.token(**grant)["scope"] == "register:read register:write"
    house.admin.patch(path, {"scopes": ["register:read"], "villages": [BALEREJO]}, match='"1"')
    assert house.token(**grant)["scope"] == "register:read"
    house.admin.patch(path, {"disabled": True})
    assert house.token(401, **grant)["error"] == "invalid_client"


@pytest.mark.parametrize("members, violation", [
    ({"client_id": "manual"}, ("/client_id", "reserved")),
    ({"scopes": []}, ("/scopes", "too_few_items")),
    ({"scopes": ["register:all"]}, ("/scopes/0", "enum")),
    ({"villages": ["district", BALEREJO]}, ("/villages", "scope")),
    ({"villages": ["35.05.99.2001"]}, ("/villages", "exists"))])
def test_a_service_account_that_cannot_be(house, members, violation):
    body = {"client_id": name(), "name": "Sistem (uji)", "scopes": ["register:read"], "villages": ["district"], **members}
    code, violations = problem(house.admin.post("/v1/service-accounts", body, status=422))
    assert code == "validation_failed" and violation in violations


def test_everybody_reads_who_they_are(house):
    me = house.bumdes.get("/v1/me").json()
    assert (me["username"], me["role"], me["client_id"], me["scopes"], me["whole_district"]) == ("bumdes", "bumdes", None, [], False)
    assert me["villages"] == [{"code": BALEREJO, "name": "Balerejo", "district_name": "Wlingi"}] and not me["must_change_password"]
    me = house.reader.get("/v1/me").json()
    assert (me["username"], me["role"], me["client_id"], me["whole_district"], me["villages"]) == (None, "system", "reader", True, None)
    assert "register:read" in me["scopes"]
    for who, everywhere in (house.dinas, True), (house.bupati, True), (house.admin, False):
        me = who.get("/v1/me").json()
        assert (me["whole_district"], me["villages"]) == (everywhere, None)


def test_a_change_of_password_ends_the_logins_before_it(house):
    person = house.person(name(), "dinas")
    grant = {"grant_type": "password", "username": person.username}
    refresh = house.token(password=person.password, **grant)["refresh_token"]
    new = secrets.token_urlsafe(12)
    person.post("/v1/me/password", {"current_password": person.password, "new_password": new}, status=204)
    assert house.token(400, grant_type="refresh_token", refresh_token=refresh)["error"] == "invalid_grant"
    assert house.token(400, password=person.password, **grant)["error"] == "invalid_grant"
    assert "must_change_password" not in house.token(password=new, **grant)
