"""Training programmes that were held, and the figures of their sessions."""
from house import BALEREJO
from records import session, umkm


def path(made):
    return f"/v1/training-programs/{made['id']}"


def figures(reply):
    answer = reply.json()
    names = ("sessions_planned", "sessions_held", "umkm_reached", "attendance_rate")
    return tuple(answer[name] for name in names)


def held(house, of, village=BALEREJO, came=()):
    """Holds a session of the programme, with one UMKM for each entry of `came`. Returns their ids.

    True: the UMKM came. False: it did not come. None: its attendance was not recorded.
    """
    at = f"/v1/mentoring-sessions/{session(house.dinas, village, program_id=of['id'])['id']}"
    rows = [house.dinas.post(at + "/participants",
                             {"umkm_id": umkm(house.dinas, village)["id"]}).json() for _ in came]
    house.dinas.act(at, "hold")
    for row, attended in zip(rows, came):
        if attended is not None:
            house.dinas.patch(f"/v1/mentoring-participants/{row['id']}", {"attended": attended})
    return [row["umkm_id"] for row in rows]
