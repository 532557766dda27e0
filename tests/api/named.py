"""Puts a text into the name of a record, for every list that searches or sorts by one."""
import itertools

from records import (aspiration, award, buyer, certification, commitment, enterprise, export, flagship, outcome, product, program,
                     publish, session, umkm, village_potential, visit)

COUNT = itertools.count()


def word():
    """Returns a word that no other record has."""
    return "zq" + "".join(chr(ord("a") + int(digit)) for digit in f"{next(COUNT):04}") + "x"


def published(house, kind, where):
    def make(text):
        made = kind(house.bumdes, name=text)
        publish(house, f"{where}/{made['id']}", house.bumdes)
        return made["id"]
    return make


def makers(house):
    """How a record with this text comes into each list: {list: (path, caller, maker)}."""
    dinas, admin = house.dinas, house.admin

    def of(client, kind, member, **more):
        return client, lambda text: kind(client, **{member: text}, **more)["id"]

    def code(text):
        reply = dinas.post("/v1/reference/topics", {"code": word()[:40], "edition": None, "name": text, "name_en": "X"})
        return reply.json()["id"]

    def user(text):
        return admin.post("/v1/users", {"username": word(), "full_name": text, "role": "dinas"}).json()["id"]

    def account(text):
        return admin.post("/v1/service-accounts", {"client_id": word(), "name": text, "scopes": ["register:read"],
                                                   "villages": ["district"]}).json()["id"]

    return {
        "umkm_list": ("/v1/umkm", *of(house.bumdes, umkm, "name")),
        "product_list": ("/v1/products", *of(house.bumdes, product, "name")),
        "village_enterprise_list": ("/v1/village-enterprises", *of(house.bumdes, enterprise, "name")),
        "village_potential_list": ("/v1/village-potentials", *of(house.bumdes, village_potential, "commodity")),
        "training_program_list": ("/v1/training-programs", *of(dinas, program, "title")),
        "mentoring_session_list": ("/v1/mentoring-sessions", *of(dinas, session, "title")),
        "outcome_list": ("/v1/outcomes", *of(dinas, outcome, "description")),
        "buyer_list": ("/v1/buyers", *of(dinas, buyer, "name")),
        "export_list": ("/v1/exports", *of(house.bumdes, export, "exporter_name")),
        "certification_list": ("/v1/certifications", *of(house.bumdes, certification, "issuer")),
        "star_assessment_list": ("/v1/star-assessments", *of(dinas, award, "note")),
        "flagship_list": ("/v1/flagships", *of(dinas, flagship, "decree_number")),
        "visit_list": ("/v1/visits", *of(house.bupati, visit, "purpose")),
        "aspiration_list": ("/v1/aspirations", *of(house.bupati, aspiration, "text")),
        "commitment_list": ("/v1/commitments", *of(house.bupati, commitment, "text")),
        "reference_list": ("/v1/reference/topics", dinas, code),
        "user_list": ("/v1/users", admin, user),
        "service_account_list": ("/v1/service-accounts", admin, account),
        "catalog_product_list": ("/v1/catalog/products", house.public, published(house, product, "/v1/products")),
        "catalog_umkm_list": ("/v1/catalog/umkm", house.public, published(house, umkm, "/v1/umkm")),
        "catalog_village_enterprise_list": ("/v1/catalog/village-enterprises", house.public,
                                            published(house, enterprise, "/v1/village-enterprises")),
    }
