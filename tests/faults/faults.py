"""./dev faults [CELL…] [RUNS=n]: makes faults under load, checks that acknowledged writes survive,
and writes RESULTS.md."""
import functools
import os
import shutil
import signal
import statistics
import subprocess
import sys
import textwrap
import time

from cells import CELLS
from ledger import COUNTS
from stage import HERE, ROOT, WRITERS, Stage

RESULTS = HERE / "RESULTS.md"
COLUMNS = ["cell", "date", "commit", "runs", "passed", "writers", "operations", "acked", "unknown", "503, 504", "walks", *COUNTS,
           "slowest answer, s", "recovered, s: median (most)", "most of any run"]


def say(text, **more):
    print(text, file=sys.stderr, flush=True, **more)


def skip(cell):
    """Why a cell cannot run on this machine, or None."""
    if cell.settings.get("small_disks") and os.getuid() != 0:
        return "only root mounts a small disk"
    if cell.settings.get("ensemble") and not all(map(shutil.which, ("patroni", "etcd", "haproxy"))):
        return "patroni, etcd or haproxy is missing"
    library = (cell.settings.get("environment") or {}).get("LD_PRELOAD")
    return f"{library} is missing" if library and library[0] == "/" and not os.path.exists(library) else None


def run(stage, cell):
    """One run. Returns its figures and the findings by count."""
    stage.begin(cell, **cell.load)
    try:
        cell.nemesis(stage)
        judge, found = stage.end()
    finally:
        stage.abandon()
    recovered = [judge.recovered(since) for since in stage.since]
    return {**judge.figures(), "recovered": recovered}, found


def play(cell, runs, binary, writers=WRITERS):
    """All runs of a cell, on one stage. Returns a row of the table and the findings of each run."""
    stage, rows = Stage(binary, writers=writers, **cell.settings), []
    try:
        for turn in range(1, runs + 1):
            begun = time.monotonic()
            figures, found = run(stage, cell)
            rows.append((figures, found))
            bad = {name: faults for name, faults in found.items() if faults}
            summary = "; ".join(f"{name}: {len(faults)} ({faults[0]})" for name, faults in bad.items()) or "nothing lost"
            say(f"  {cell.name:<6} {turn:>3}/{runs}  {time.monotonic() - begun:5.1f} s  {figures['acked']:>6} acknowledged"
                f"  {figures['unknown']:>4} unknown  {summary}")
        notes = dict(stage.notes)
        if not sum(figures["walks"] for figures, _ in rows):
            rows[-1][1]["wrong"].append("no walk reached the end of the list")
    finally:
        stage.remove()
    return row(cell, rows, writers, notes), [found for _, found in rows]


@functools.cache
def commit():
    """The current commit. The cache keeps it from before this run changes RESULTS.md."""
    done = subprocess.run(["git", "-C", ROOT, "describe", "--always", "--dirty"], stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.strip()


def row(cell, rows, writers, notes):
    total = {name: sum(figures[name] for figures, _ in rows) for name in ("operations", "acked", "unknown", "refused", "walks")}
    recovered = [one for figures, _ in rows for one in figures["recovered"]]
    notes.pop("recovered, s", None)
    passed = sum(not any(found.values()) for _, found in rows)
    return [cell.name, time.strftime("%Y-%m-%d", time.gmtime()), commit(), len(rows), passed, writers,
            *(f"{total[name]:,}" for name in ("operations", "acked", "unknown", "refused", "walks")),
            *(sum(len(found[count]) for _, found in rows) for count in COUNTS),
            f"{max(figures['slowest'] for figures, _ in rows):.1f}",
            f"{statistics.median(recovered):.2f} ({max(recovered):.2f})" if recovered else "",
            "; ".join(f"{name} {value:.2f}" if isinstance(value, float) else f"{name} {value}"
                      for name, value in notes.items())]


HEAD = """# Faults under load

`./dev faults` writes this page. {writers} writers create, patch and submit UMKM, products and visits. Some
records belong to several writers. Each operation has its own idempotency key. A writer notes each
request and each answer in a ledger on the disk before it goes on. Readers ask meanwhile, and walk
through whole lists (**walks** counts the finished ones). After the fault, a judge compares every page
of the lists, and the tables, with the ledgers:

- **lost**: acknowledged, but missing or different
- **phantom**: present, but never sent
- **duplicate**: one key with two effects or two answers
- **stale**: a version that went back
- **audit**: an entry without its row, or a row without its entry
- **wrong**: a forbidden answer (500, another record, 503 without Retry-After), a walk with a gap or a
  repetition, or a broken promise of the cell

**unknown** counts operations that had no answer, or `outcome_unknown`, until a retry with the same key.

"""


def write(rows):
    """Writes RESULTS.md. New rows replace the old rows of their cells."""
    kept = {}
    if RESULTS.exists():
        lines = [[part.strip() for part in line[1:-1].split("|")] for line in RESULTS.read_text().splitlines()]
        kept = {line[0]: line for line in lines if line[0] in CELLS and len(line) == len(COLUMNS)}
    kept |= {line[0]: list(map(str, line)) for line in rows}
    lines = [COLUMNS, ["---"] * len(COLUMNS), *(kept[name] for name in CELLS if name in kept)]
    cells = "\n".join(textwrap.fill(f"- **{cell.name}**: {cell.what}", 100, subsequent_indent="  ")
                      for cell in CELLS.values())
    RESULTS.write_text(HEAD.format(writers=WRITERS) + "\n".join(f"| {' | '.join(line)} |" for line in lines) + f"\n\n{cells}\n")


def main():
    runs = [int(one.removeprefix("RUNS=")) for one in sys.argv[1:] if one.startswith("RUNS=")]
    names = [one for one in sys.argv[1:] if not one.startswith("RUNS=")]
    unknown = [one for one in names if one not in CELLS]
    if unknown:
        sys.exit(f"faults: no cell {', '.join(unknown)}: the cells are {', '.join(CELLS)}")
    commit()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("faults: ended"))
    binary, bad = ROOT / "build/service/ovopd", []
    for name in names or CELLS:
        cell, why = CELLS[name], skip(CELLS[name])
        say(f"{cell.name}: {cell.what}" + (f": skipped, {why}" if why else ""))
        if not why:
            line, found = play(cell, runs[0] if runs else 20, binary)
            write([line])
            bad += [cell.name] if any(any(one.values()) for one in found) else []
    sys.exit(f"faults: findings in {', '.join(bad)}" if bad else 0)


if __name__ == "__main__":
    main()
