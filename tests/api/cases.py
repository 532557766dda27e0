"""One valid request for every operation of the contract, by a caller who may send it."""
from records import export, participant, rubric, umkm, verify
from rules import CATALOGUE, MISSING, NOUNS, PRESENT, about_change, caller, make, send

PREFERRED = ("dinas", "admin", "bumdes", "bupati", "writer")


def things(house):
    """Makes a record for every path and returns {first word of the path: id}."""
    own = {one: make(house, one, "own").id for one in NOUNS}
    fill_lists(house, own)
    kept = house.dinas.post("/v1/report-snapshots", {"report": "markets", "title": "Uji"}).json()
    return {
        **PRESENT, **own,
        **{("published", one): make(house, one, "other published").id
           for one in CATALOGUE.values()},
        **{("changing", one): make(house, one, "own", True).id for one in NOUNS},
        "users": house.caller("dinas2").id, "service-accounts": house.caller("reader").id,
        "star-rubrics": rubric(house.dinas)["id"],
        "report-snapshots": kept["id"],
        "reference": house.public.get("/v1/reference/kbli").json()["data"][0]["id"],
    }


def fill_lists(house, own):
    """Adds rows to the lists of one record, and enough exports for the public totals."""
    for word in ("umkm", "buyers", "mentoring-sessions"):
        house.bumdes("POST", f"/v1/{word}/{own[word]}/actions/reveal", {"purpose": "Verifikasi"},
                     status=200)
    step = {"level": "local", "reached_on": "2024-02-01", "evidence": "Nota penjualan"}
    house.bumdes("POST", f"/v1/products/{own['products']}/market-steps", step, match="*",
                 status=201)
    session, commitment = own["mentoring-sessions"], own["commitments"]
    house.bumdes.post(f"/v1/mentoring-sessions/{session}/participants",
                      {"umkm_id": umkm(house.bumdes)["id"]})
    house.dinas.post(f"/v1/commitments/{commitment}/progress",
                     {"percent": 10, "note": "Sudah dianggarkan"})
    house.dinas.act(f"/v1/mentoring-sessions/{participant(house.dinas)['session_id']}", "hold")
    for n, exporter in enumerate(("Satu", "Dua", "Tiga")):
        sold = export(house.bumdes, exporter_name=exporter + " Uji", exported_on="1990-06-01",
                      exporter_nib=f"912000888888{n}")
        verify(house, f"/v1/exports/{sold['id']}", house.bumdes)


class Case:
    def __init__(self, house, operation, present):
        self.house, self.operation = house, operation
        self.who = house.public
        if operation.security:
            roles = {entry[0] for entry in operation.security}
            self.who = caller(house, next(name for name in PREFERRED if role(name) in roles))
        word = operation.path.removeprefix("/v1/").removeprefix("catalog/").split("/")[0]
        self.present = present.get(word, "")
        self.missing = MISSING.get(word, "01890a5d-ac96-774b-bcce-b302099a8057")
        if operation.path in CATALOGUE:
            self.present = present["published", CATALOGUE[operation.path]]
        if about_change(operation):
            self.present = present["changing", word]

    def send(self, id=None, who=None, **more):
        return send(self.house, who or self.who, self.operation, id or self.present, **more)


def role(name):
    return {"writer": "system", "reader": "system"}.get(name, name)
