"""Reads the metrics of a service from the operator's port."""
import re

import requests


def metrics(house):
    reply = requests.get(house.ops + "/metrics", timeout=5)
    assert reply.status_code == 200
    assert reply.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    return reply.text


def value(text, name, **labels):
    """Returns the sum of a metric's samples with these labels."""
    found = 0.0
    for line in text.splitlines():
        match = re.fullmatch(rf"{name}(?:\{{(.*)\}})? ([0-9.e+-]+|\+Inf|NaN)", line)
        if match and all(f'{key}="{wanted}"' in (match[1] or "") for key, wanted in labels.items()):
            found += float(match[2])
    return found
