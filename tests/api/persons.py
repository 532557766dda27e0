"""Owners of UMKM, their personal data, and their requests."""
import secrets

from house import BALEREJO
from records import subject_request, umkm

NAME, PHONE, ADDRESS = "Sulastri Rahayuningtyas", "+6281234567789", "Jalan Rahasia 17 RT 02"
ORDER = {"business_contact": True, "note": "Permintaan pemilik tanggal 3 November 2026"}
REQUESTS = "/v1/data-subject-requests"


def number():
    """Returns a valid NIK that belongs to no person: kecamatan 350599 does not exist.

    It holds a day of birth (a woman's is 40 higher), so that no two of a run are equal.
    """
    day, month, year = (secrets.randbelow(n) + first for n, first in ((28, 41), (12, 1), (40, 60)))
    return f"350599{day:02}{month:02}{year:02}{secrets.randbelow(9999) + 1:04}"


def owned(house, client=None, village=BALEREJO, **members):
    """Makes a UMKM with an owner. Returns its path and the owner's data."""
    client = client or house.bumdes
    path = f"/v1/umkm/{umkm(client, village)['id']}"
    owner = {"name": NAME, "nik": number(), "npwp": number(), "phone": PHONE, "address": ADDRESS,
             **members}
    client.put(path + "/owner", owner)
    return path, owner


def readings(house, path):
    """Returns the logged reads of this UMKM's personal data, oldest first."""
    return house.rows("select * from personal_read where record_id = %s order by id", [id_of(path)])


def id_of(path):
    return path.split("/")[3]


def asked(house, path, kind="erasure", **members):
    """Makes a data subject request, recorded by the village. Returns its path."""
    made = subject_request(house.bumdes, umkm_id=id_of(path), kind=kind, **members)
    return f"{REQUESTS}/{made['id']}"


def granted(house, path, kind="erasure"):
    request = asked(house, path, kind)
    house.dinas.act(request, "grant")
    return request


def disclose(house, path, request=None, status=200):
    """Gives an owner the copy that a request asks for. Without a request it makes a granted one."""
    request = request or granted(house, path, "access")
    named = {"data_subject_request_id": request.split("/")[3], "purpose": "Permintaan akses pemilik"}
    return house.dinas("POST", path + "/actions/disclose", named, status=status)


def erase(house, path, **members):
    granted(house, path)
    return house.dinas.act(path, "erase", **{**ORDER, **members}).json()
