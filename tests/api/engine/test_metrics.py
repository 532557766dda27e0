"""What the operator reads: health, metrics and log lines."""
import json
import re

from house import BALEREJO
from metrics import metrics, value


def counter(text):
    return next(line.split()[2] for line in text.splitlines() if re.fullmatch("# TYPE \\w*request\\w* counter", line))


def test_requests_are_counted_by_operation_and_status_class(house):
    before = metrics(house)
    name = counter(before)
    house.public.get(f"/v1/villages/{BALEREJO}")
    house.public.get("/v1/villages/35.05.17.2001", 404)
    house.public.get("/v1/no-such-place-at-all", 404)
    after = metrics(house)
    assert value(after, name, operation="village_get") == value(before, name, operation="village_get") + 2
    assert BALEREJO not in after and "no-such-place" not in after, "labels come from the contract, never from a path"


def test_the_text_is_what_prometheus_reads(house):
    text = metrics(house)
    assert text.endswith("\n")
    typed = {line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            assert re.fullmatch(r'[a-z_:][a-z0-9_:]*(\{([a-z_]+="[^"]*",?)*\})? ([0-9.e+-]+|\+Inf|NaN)', line), line
            name = re.split("[{ ]", line)[0]
            assert name in typed or re.sub(r"_(bucket|sum|count)$", "", name) in typed, line


def test_durations_are_a_histogram(house):
    text = metrics(house)
    name = next(line.split()[2] for line in text.splitlines() if line.startswith("# TYPE") and line.endswith("histogram"))
    assert value(text, name + "_bucket", le="+Inf") == value(text, name + "_count") > 0


def test_health_has_a_port_of_its_own(house):
    assert house.probe("/livez") == 200 and house.probe("/readyz") == 200 and house.probe("/v1/villages") == 404


def test_every_request_is_one_json_line(house):
    reply = house.dinas.get(f"/v1/villages/{BALEREJO}")
    line = next(one for one in house.lines() if one.get("request_id") == reply.headers["X-Request-Id"] and "status" in one)
    assert line["operation"] == "village_get" and line["status"] == 200 and line["subject"] == house.dinas.id
    assert "Bearer" not in json.dumps(line) and house.dinas.token not in house.log.read_text()


def test_log_lines_cannot_be_forged(house):
    house.public.get("/v1/villages", 400, params={"q%0a": "x\n{\"level\":\"error\"}"}, headers={"X-Request-Id": "a\tb\tc\td\te"})
    assert all(isinstance(one, dict) for one in house.lines())
