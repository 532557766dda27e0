"""provision.py OVOPD BASE_URL FILE: creates the development users and clients through the API, and
writes their secrets to FILE.

An account that is in FILE and in the service stays unchanged. An account that is missing in the
service is created. An account that is missing in FILE gets a new secret.
"""

import json
import os
import secrets
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

USERS = [
    # username, full name, role, villages
    ("bupati", "Kantor Bupati (contoh)", "bupati", None),
    ("dinas", "Petugas Dinas (contoh)", "dinas", None),
    ("dinas2", "Petugas Dinas kedua (contoh)", "dinas", None),
    ("bumdes-balerejo", "Petugas BUMDes Balerejo (contoh)", "bumdes", ["35.05.17.2009"]),
    ("bumdes-jeding", "Petugas BUMDes Jeding (contoh)", "bumdes", ["35.05.07.2011"]),
    ("bumdesma-wlingi", "Petugas BUMDesma Wlingi (contoh)", "bumdes",
     ["35.05.17.2005", "35.05.17.2007", "35.05.17.2008", "35.05.17.2009"]),
]
CLIENTS = [
    # client id, name, scopes, villages
    ("integrator", "Sistem keuangan desa (contoh)", ["register:read", "register:write", "production:write", "exports:write"],
     ["district"]),
    ("reader", "Dasbor kabupaten (contoh)", ["register:read", "reports:read"], ["district"]),
]

# The service is on this machine, so ignore the proxy settings of the environment.
http = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Refused(Exception):
    pass


def call(base_url, method, path, body=None, token=None, form=None):
    headers = {"Accept": "application/json"}
    data = None
    if body is not None:
        data, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
    if form is not None:
        data, headers["Content-Type"] = urllib.parse.urlencode(form).encode(), "application/x-www-form-urlencoded"
    if token:
        headers["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(base_url + path, data, headers, method=method)
    try:
        with http.open(request, timeout=30) as reply:
            text = reply.read()
    except urllib.error.HTTPError as error:
        raise Refused(f"{method} {path}: {error.code} {error.read().decode(errors='replace')}") from None
    return json.loads(text) if text else None


class Provision:
    def __init__(self, ovopd, base_url, file):
        self.ovopd, self.base_url, self.file = ovopd, base_url, file
        known = {}
        if os.path.exists(file):
            with open(file, encoding="utf-8") as stream:
                known = json.load(stream)
        self.users = {user["username"]: user for user in known.get("users", [])}
        self.clients = {client["client_id"]: client for client in known.get("clients", [])}
        self.token = None

    def save(self):
        text = json.dumps({"base_url": self.base_url, "users": list(self.users.values()),
                           "clients": list(self.clients.values())}, indent=2)
        descriptor = os.open(self.file + ".new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text + "\n")
        os.replace(self.file + ".new", self.file)

    def login(self, username, password):
        form = {"grant_type": "password", "username": username, "password": password}
        return call(self.base_url, "POST", "/oauth/token", form=form)["access_token"]

    def as_admin(self, method, path, body=None):
        return call(self.base_url, method, path, body, self.token)

    def settle(self, username, one_time, role, villages):
        """Replaces a one-time password with a permanent one."""
        password = secrets.token_urlsafe(18)
        call(self.base_url, "POST", "/v1/me/password", {"current_password": one_time, "new_password": password},
             self.login(username, one_time))
        self.users[username] = {"username": username, "password": password, "role": role, "villages": villages or []}
        self.save()

    def admin(self):
        try:
            self.token = self.login("admin", self.users["admin"]["password"])
        except (KeyError, Refused):
            made = subprocess.run([self.ovopd, "admin", "create", "admin"], check=True, stdout=subprocess.PIPE, text=True)
            self.settle("admin", made.stdout.strip(), "admin", None)
            self.token = self.login("admin", self.users["admin"]["password"])

    def existing(self, path, key):
        page = self.as_admin("GET", path + "?limit=200")
        rows = page["data"]
        while page["page"]["next_cursor"]:
            page = self.as_admin("GET", f"{path}?limit=200&cursor={urllib.parse.quote(page['page']['next_cursor'])}")
            rows += page["data"]
        return {row[key]: row["id"] for row in rows}

    def people(self):
        ids = self.existing("/v1/users", "username")
        for username, full_name, role, villages in USERS:
            if username not in ids:
                made = self.as_admin("POST", "/v1/users", {"username": username, "full_name": full_name, "role": role,
                                                           **({"villages": villages} if villages else {})})
            elif username not in self.users:
                made = self.as_admin("POST", f"/v1/users/{ids[username]}/actions/reset-password")
            else:
                continue
            self.settle(username, made["secret"], role, villages)

    def systems(self):
        ids = self.existing("/v1/service-accounts", "client_id")
        for client_id, name, scopes, villages in CLIENTS:
            if client_id not in ids:
                made = self.as_admin("POST", "/v1/service-accounts", {"client_id": client_id, "name": name, "scopes": scopes,
                                                                      "villages": villages})
            elif client_id not in self.clients:
                made = self.as_admin("POST", f"/v1/service-accounts/{ids[client_id]}/actions/rotate-secret")
            else:
                continue
            self.clients[client_id] = {"client_id": client_id, "client_secret": made["secret"], "scope": " ".join(scopes)}
            self.save()


def main():
    provision = Provision(*sys.argv[1:4])
    provision.admin()
    provision.people()
    provision.systems()
    provision.save()


if __name__ == "__main__":
    try:
        main()
    except (Refused, OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"provision.py: {error}")
