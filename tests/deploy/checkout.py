"""Runs ./dev of this checkout with its own state and port."""
import json
import os
import pathlib
import subprocess

import requests

from ports import free_port

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Dev:
    """./dev of a checkout, with its own state and port."""

    def __init__(self, state):
        self.state, self.port = state, free_port(2)
        self.url = f"http://127.0.0.1:{self.port}"
        unwanted = ("OVOP_", "DATABASE_URL", "OVOPD_BINARY", "ASAN_OPTIONS", "UBSAN_OPTIONS")
        self.environment = {name: value for name, value in os.environ.items()
                            if not name.startswith(unwanted)}
        self.environment.update(OVOP_STATE=str(state), OVOP_PORT=str(self.port))

    def __call__(self, *arguments, command=(ROOT / "dev",), **environment):
        return subprocess.run([*command, *arguments], env={**self.environment, **environment},
                              start_new_session=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=300)

    def ready(self):
        try:
            admin = f"http://127.0.0.1:{self.port + 1}"
            return requests.get(admin + "/readyz", timeout=2).status_code == 200
        except requests.ConnectionError:
            return False


def refusal(done):
    """The last line of a failed ./dev, which tells the developer what to do."""
    assert done.returncode == 1, done.stdout
    *_, last = done.stdout.strip().splitlines()
    assert last.startswith("dev: "), done.stdout
    return last


def credentials(dev):
    return json.loads((dev.state / "credentials.json").read_text())


def token(dev, **form):
    return requests.post(f"{dev.url}/oauth/token", data=form, timeout=10)
