"""Records as tests need them, made through the API from the contract's own examples."""
import secrets

from house import BALEREJO

FRESH = {"nib": lambda: str(secrets.randbelow(10**13)).zfill(13), "legal_number": lambda: f"AHU-{secrets.randbelow(10**5):05}.AH.01.33.TAHUN 2022"}


def body(contract, operation, **members):
    """The example body, without the id, with numbers that nobody else has."""
    found = contract.body(contract.operations[operation])
    found.pop("id", None)
    found.update({name: make() for name, make in FRESH.items() if name in found})
    return {**found, **members}


def umkm(client, village=BALEREJO, **members):
    """A draft; what was answered."""
    return client.post("/v1/umkm", body(client.contract, "umkm_create", village_code=village, village_enterprise_id=None, **members)).json()


def bumdes(contract, village=BALEREJO, **members):
    """What creates a BUMDes of one village."""
    return body(contract, "village_enterprise_create", **{"village_code": village, "villages": [village], "kind": "bumdes", **members})


def enterprise(client, village=BALEREJO, **members):
    return client.post("/v1/village-enterprises", bumdes(client.contract, village, **members)).json()


def product(client, village=BALEREJO, **members):
    """A draft of a product, made by a UMKM of its own where no producer is named."""
    made_by = {} if {"umkm_id", "village_enterprise_id"} & set(members) else {"umkm_id": umkm(client, village)["id"]}
    told = {"village_code": village, "villages": [village], "umkm_id": None, "village_enterprise_id": None, **made_by, **members}
    return client.post("/v1/products", body(client.contract, "product_create", **told)).json()


def change(house, path, writer, body):
    """A published record with an open change request; the answer to the PATCH that opened it."""
    publish(house, path, writer)
    return writer.patch(path, body)


def publish(house, path, writer):
    """Through the workflow: the writer submits, an officer who wrote nothing verifies and publishes."""
    writer.act(path, "submit")
    house.dinas2.act(path, "verify")
    return house.dinas2.act(path, "publish").json()
