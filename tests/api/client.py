"""A client that checks every reply against the contract."""
import json
from urllib.parse import quote, urlencode

import requests

MERGE_PATCH = "application/merge-patch+json"


class Client:
    """One caller. The public has no token."""

    def __init__(self, base, contract, token=None):
        self.base, self.contract, self.token = base, contract, token
        self.session = requests.Session()
        self.session.trust_env = False

    def __call__(self, method, path, body=None, *, params=None, headers=None, status=None, data=None, match=None):
        """Sends a request and checks the reply.

        `body` is sent as JSON, `data` is sent unchanged, and `match` is the If-Match header.
        `status` is the expected status. Without it, any status passes that the contract declares.
        """
        sent = {}
        if self.token:
            sent["Authorization"] = "Bearer " + self.token
        if body is not None:
            data = json.dumps(body, ensure_ascii=False).encode()
            sent["Content-Type"] = MERGE_PATCH if method == "PATCH" else "application/json"
        if match is not None:
            sent["If-Match"] = match
        sent.update(headers or {})
        query = "?" + urlencode(params, quote_via=quote, safe=",:") if params else ""
        # A request prepared without the session carries no default headers: only those of the test.
        request = requests.Request(method, self.base + path + query, data=data, headers=sent).prepare()
        reply = self.session.send(request, timeout=60, allow_redirects=False)
        # JSON has no charset; a guess by requests is slow.
        reply.encoding = reply.encoding or "utf-8"
        self.contract.check(method, path.split("?")[0], reply)
        if status is not None:
            assert reply.status_code == status, f"{method} {path}: {reply.status_code}, not {status}: {reply.text[:2000]}"
        return reply

    def get(self, path, status=200, **more):
        return self("GET", path, status=status, **more)

    def post(self, path, body=None, status=201, **more):
        return self("POST", path, body, status=status, **more)

    def patch(self, path, body, match="*", status=..., **more):
        """By default it succeeds: with 202 if a change request opened, else with 200."""
        reply = self("PATCH", path, body, match=match, status=None if status is ... else status, **more)
        if status is ...:
            assert reply.status_code == (202 if reply.json().get("change_request") else 200), reply.text
        return reply

    def put(self, path, body, match="*", status=200, **more):
        return self("PUT", path, body, match=match, status=status, **more)

    def delete(self, path, match="*", status=204, **more):
        return self("DELETE", path, match=match, status=status, **more)

    def act(self, path, action, match="*", status=200, **body):
        """Runs a workflow action on a record."""
        return self("POST", f"{path}/actions/{action}", body, match=match, status=status)

    def form(self, path, status=200, headers=None, **fields):
        """Sends a form-encoded request, as OAuth requires."""
        sent = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        return self("POST", path, data=urlencode(fields).encode(), headers=sent, status=status)

    def pages(self, path, **params):
        """Yields every row of a list, page by page."""
        while True:
            reply = self.get(path, params=params).json()
            yield from reply["data"]
            if not reply["page"]["has_more"]:
                assert reply["page"]["next_cursor"] is None
                return
            params["cursor"] = reply["page"]["next_cursor"]


def problem(reply):
    """Returns the code of a problem and its violations as (place, code) pairs."""
    answer = reply.json()
    return answer["code"], [(one.get("pointer", one.get("parameter")), one["code"]) for one in answer.get("violations", [])]
