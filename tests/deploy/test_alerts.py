"""The alerts for Prometheus: promtool accepts them, they fire on made-up series, and they use only
metrics that the service exports."""
import pathlib
import re
import subprocess

import pytest
import requests
import yaml

from checkout import ROOT

ALERTS = ROOT / "service/deploy/alerts.yml"
RULES = yaml.safe_load(ALERTS.read_text())["groups"][0]["rules"]
SERIES = pathlib.Path(__file__).with_name("alerts.test.yml")


def promtool(*command):
    done = subprocess.run(["promtool", *command], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_promtool_accepts_the_rules():
    status, said = promtool("check", "rules", ALERTS)
    assert status == 0 and f"{len(RULES)} rules found" in said, said


def test_every_alert_fires_when_it_should_and_only_then():
    status, said = promtool("test", "rules", SERIES)
    assert status == 0, said
    tried = {case["alertname"]: set() for test in yaml.safe_load(SERIES.read_text())["tests"]
             for case in test["alert_rule_test"]}
    for test in yaml.safe_load(SERIES.read_text())["tests"]:
        for case in test["alert_rule_test"]:
            tried[case["alertname"]].add(bool(case.get("exp_alerts")))
    assert tried == {rule["alert"]: {True, False} for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=[rule["alert"] for rule in RULES])
def test_every_series_of_a_rule_is_exported(dev, rule):
    # One request creates the counters by operation. Prometheus itself makes `up`.
    assert requests.get(f"{dev.url}/v1/villages?limit=1").status_code == 200
    metrics = requests.get(f"http://127.0.0.1:{dev.port + 1}/metrics").text
    exported = {line.split("{")[0].split(" ")[0] for line in metrics.splitlines() if line[:1] not in ("", "#")}
    names = set(re.findall(r"\b(?:ovop_\w+|up)\b", re.sub(r'"[^"]*"', "", rule["expr"])))
    assert names and names - exported <= {"up"}
    for label in set(re.findall(r"(\w+)=\"", rule["expr"])) - {"job"}:
        assert f"{label}=\"" in metrics


def test_the_operators_page_explains_every_alert():
    page = (ROOT / "service/OPERATING.md").read_text()
    assert re.findall(r"^\| `(Ovop\w+)` \|", page, re.M) == [rule["alert"] for rule in RULES]


def test_an_operation_that_a_rule_names_exists():
    named = {name for rule in RULES for name in re.findall(r'operation="(\w+)"', rule["expr"])}
    paths = "".join(path.read_text() for path in (ROOT / "openapi/paths").glob("*.yaml"))
    assert named and all(f"operationId: {name}\n" in paths for name in named)
