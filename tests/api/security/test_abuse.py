"""Malformed HTTP, sent directly to the service.

deploy/test_stack.py sends the same requests through HAProxy.
"""
import abuse
from house import BALEREJO


def test_no_abuse_smuggles_a_request_or_breaks_the_service(house):
    assert not (found := abuse.deviations(house.port, proxied=False)), "\n".join(map(str, found))
    assert abuse.MARK.decode() not in house.log.read_text()
    house.public.get(f"/v1/villages/{BALEREJO}")
