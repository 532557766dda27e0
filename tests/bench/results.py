"""The results page of the benchmark: goals, tables of medians and ranges, and plots."""
import collections
import pathlib
import statistics
import textwrap

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402

OURS, PEERS = "ovopd", ["Go", "Fastify", "FastAPI"]
SYSTEMS = [OURS, "pgbench", *PEERS, *(one + " + triggers" for one in PEERS)]
WORDS = {"W1": "W1 point read", "W2": "W2 list of 20", "W4": "W4 not modified (304)", "W3": "W3 insert"}


class Run:
    def __init__(self, measured):
        self.records = measured["records"]

    def figures(self, system, work, key="rate"):
        """The figures in the order of the rounds."""
        return [one[key] for one in self.records
                if one["system"] == system and one["work"] == work and key in one and one["round"] != "growth"]

    def ratios(self, work, of, to, of_work=None):
        """The ratios of the two systems, one for each round."""
        return [a / b for a, b in zip(self.figures(of, of_work or work), self.figures(to, work))]

    def slowdown(self, system):
        """The factor by which p99 of point reads grows beside reports."""
        return [a / b for a, b in zip(self.figures(system, "W1 beside reports", "p99"), self.figures(system, "W1", "p99"))]

    def grown(self, work, key="p99"):
        """The median at each number of products."""
        found = collections.defaultdict(list)
        for one in self.records:
            if one["round"] == "growth" and one["work"] == work:
                found[one["rows"]].append(one[key])
        return {size: statistics.median(figures) for size, figures in found.items()}

    def spread(self, work):
        grown = self.grown(work).values()
        return [max(grown) / min(grown)] if grown else []


def span(values, digits=0):
    if not values:
        return ""
    middle, low, high = (f"{one:,.{digits}f}" for one in (statistics.median(values), min(values), max(values)))
    return middle if len(values) == 1 else f"{middle} ({low}–{high})"


def table(header, rows):
    """A Markdown table without the rows and columns that have no figure."""
    rows = [row for row in rows if any(row[1:])]
    kept = [at for at in range(len(header)) if at == 0 or any(row[at] for row in rows)]
    lines = [[header[at] for at in kept], ["---"] * len(kept), *([row[at] for at in kept] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def paragraph(text):
    return textwrap.fill(text, 100, break_long_words=False, break_on_hyphens=False)


def by_system(run, columns):
    """columns: (words, work, key, digits)."""
    return table(["", *(one[0] for one in columns)],
                 [[system, *(span(run.figures(system, work, key), digits) for _, work, key, digits in columns)]
                  for system in SYSTEMS])


def goals(run):
    """Yields each goal, the measured figure, and whether the goal is met."""
    beside = [a / b for a, b in zip(run.slowdown(OURS), run.slowdown("Go"))]
    for words, values, least, most in [
            ("W1 at least 1.8 × Go", run.ratios("W1", OURS, "Go"), 1.8, None),
            ("W1 at least 2.2 × Fastify", run.ratios("W1", OURS, "Fastify"), 2.2, None),
            ("W1 at least 1.0 × pgbench, the same statement", run.ratios("W1", OURS, "pgbench"), 1.0, None),
            ("W2 at least 2 × Go", run.ratios("W2", OURS, "Go"), 2, None),
            ("W2 at least 2.5 × Fastify", run.ratios("W2", OURS, "Fastify"), 2.5, None),
            ("W3 at least 0.8 × Go's bare insert", run.ratios("W3", OURS, "Go"), 0.8, None),
            ("W3 at least 1.3 × Go under the same triggers", run.ratios("W3", OURS, "Go + triggers"), 1.3, None),
            ("W4 at least 1.2 × our W1", run.ratios("W1", OURS, OURS, "W4"), 1.2, None),
            ("p99 of W1 beside four `pg_sleep(1)` at most 10 ms", run.figures(OURS, "W1 beside sleep", "p99"), None, 10),
            ("beside reports, p99 of W1 grows by a smaller factor than Go's (1.0 × its factor)", beside, None, 1),
            ("memory with 64 connections at most 32 MB", run.figures(OURS, "W1", "memory"), None, 32),
            ("memory with 1,000 connections at most 80 MB", run.figures(OURS, "W1 of 1,000", "memory"), None, 80),
            ("p99 of W1 within 1.5 × at all sizes", run.spread("W1"), None, 1.5),
            ("p99 of W2 within 1.5 × at all sizes", run.spread("W2"), None, 1.5),
            ("verifying a token in the cache takes at most 2 µs of processor", run.figures(OURS, "verify", "cpu"), None, 2),
            ("start to first 200 at most 300 ms", run.figures(OURS, "start", "start"), None, 300)]:
        if values:
            middle = statistics.median(values)
            met = (least is None or middle >= least) and (most is None or middle <= most)
            yield [words, span(values, 0 if middle >= 100 else 2), "met" if met else "**missed**"]


def report(measured):
    run = Run(measured)
    others = [100 * one["others"] for one in run.records if "others" in one]
    busy = "" if statistics.median(others) < 5 else " **That is too much: do not trust the rates, and read the ratios as rough.**"
    versions = paragraph("Versions: " + ", ".join(f"{name} {version}" for name, version in measured["versions"].items()) + ".")
    settings = paragraph("PostgreSQL, the same for all: "
                         + ", ".join(f"`{name} = {value}`" for name, value in measured["settings"].items()) + ".")
    sections = {"Goals": table(["goal", "measured", ""], list(goals(run))),
                "Requests a second": by_system(run, [(words, work, "rate", 0) for work, words in WORDS.items()]),
                "The service's rate as a multiple of": table(["", *WORDS.values()], [
                    [system, *(span(run.ratios(work, OURS, system), 2) for work in WORDS)] for system in SYSTEMS[1:]]),
                "Milliseconds that 64 clients wait": by_system(run, [
                    *((f"{work} {key}", work, key, 1) for work in ("W1", "W2", "W3") for key in ("p50", "p99")),
                    *((f"{work} p99", work, "p99", 1) for work in ("W1 beside sleep", "W1 beside reports")),
                    ("a report, p50", "reports", "p50", 0)]),
                "Microseconds of processor a request, in the service and in PostgreSQL; bytes of a reply": by_system(run, [
                    *((f"{work} {side}", work, key, 0)
                      for work in WORDS for side, key in (("service", "cpu"), ("PostgreSQL", "cpu_pg"))),
                    ("W1 bytes", "W1", "bytes", 0), ("W2 bytes", "W2", "bytes", 0)]),
                "Memory (MB under W1) and milliseconds to the first 200": by_system(run, [
                    ("64 connections", "W1", "memory", 0), ("1,000 connections", "W1 of 1,000", "memory", 0),
                    ("start", "start", "start", 0)])}
    sections["Where the microseconds of W1 go"] = table(["", "service", "PostgreSQL", "requests a second"], [
        [words, *(span(run.figures(OURS, work, key)) for key in ("cpu", "cpu_pg", "rate"))] for words, work in (
            ("HTTP, route, limits, log, metrics: `/.well-known/jwks.json`", "no database"),
            ("plus the database: a catalogue product, no token", "no token"), ("plus token, role, policies and claims of one caller: W1", "W1"),
            ("the same for 32 callers in turn", "many callers"))] + [
        [words, "", *(span(run.figures("pgbench", work, key)) for key in ("cpu_pg", "rate"))] for words, work in (
            ("the statement of W1 in pgbench, without policies", "W1 without policies"), ("plus role, policies and fixed claims", "W1"))] + [
        ["a token in the cache", span(run.figures(OURS, "verify", "cpu"), 1), "", ""]])
    columns = [(work, key) for work in ("W1", "W2") for key in ("rate", "p99")]
    sections["Growth of the service's data"] = table(
        ["products", *(f"{work} {'a second' if key == 'rate' else 'p99 ms'}" for work, key in columns)],
        [[f"{size:,}", *(f"{run.grown(work, key)[size]:,.1f}" for work, key in columns)] for size in run.grown("W1")])
    here = pathlib.Path(__file__).parent
    sections["What is unfair in this comparison"] = (here / "unfair.md").read_text()
    sections["Missed goals, and what was tried"] = (here / "missed.md").read_text()
    return f"""# The service beside its peers

`./dev bench` wrote this page on {measured["date"]}, of commit {measured["commit"]}. {measured["rows"]:,} products,
{measured["rounds"]} rounds of {measured["seconds"]} s, 64 connections that stay open. Each system runs alone in turn, after a
checkpoint. Each cell is the median of the rounds with its range. A ratio is formed within a round.
Growth is the median of {measured["growth_runs"]} runs at each size.

Machine: {measured["processor"]}, {measured["memory_gb"]} GB, Linux {measured["kernel"]}. Other programs took {span(others)} % of
the processor.{busy}

{versions}

{settings}

![Requests a second](throughput.svg) ![p99 of point reads](tail.svg) ![p99 by products](growth.svg)
""" + "".join(f"\n## {title}\n\n{text}" for title, text in sections.items() if "\n" in text.strip())


def bars(run, file, title, key, columns, systems):
    """Draws a group of bars for each column: the median with its range."""
    figure, axes = plt.subplots(figsize=(8, 3.6))
    width = 0.8 / len(systems)
    for at, system in enumerate(systems):
        for place, work in enumerate(columns):
            values = run.figures(system, work, key)
            if values:
                middle = statistics.median(values)
                axes.bar(place + (at - len(systems) / 2) * width, middle, width, align="edge", color=f"C{SYSTEMS.index(system)}",
                         yerr=[[middle - min(values)], [max(values) - middle]], label=system if place == 0 else None)
    axes.set_xticks(range(len(columns)), columns.values())
    save(figure, axes, file, title)


def save(figure, axes, file, title):
    axes.set_title(title)
    axes.legend(fontsize="small")
    figure.tight_layout()
    figure.savefig(file, metadata={"Date": None})
    plt.close(figure)


def plots(run, directory):
    plt.rcParams["svg.hashsalt"] = "bench"  # equal figures give an equal file
    bars(run, directory / "throughput.svg", "Requests a second", "rate", WORDS, [OURS, "pgbench", *PEERS])
    bars(run, directory / "tail.svg", "p99 of point reads in ms, 64 clients", "p99", {
        "W1": "alone", "W1 beside sleep": "beside four pg_sleep(1)", "W1 beside reports": "beside reports"}, [OURS, *PEERS])
    figure, axes = plt.subplots(figsize=(8, 3.6))
    for work in ("W1", "W2"):
        axes.plot(list(run.grown(work)), list(run.grown(work).values()), marker="o", label=WORDS[work])
    axes.set_xscale("log")
    axes.set_ylim(bottom=0)
    save(figure, axes, directory / "growth.svg", "The service's p99 in ms, by products")


def write(measured, directory):
    """Writes the page into the directory, or prints it if there is none."""
    if not directory:
        return print(report(measured))
    (directory / "RESULTS.md").write_text(report(measured))
    plots(Run(measured), directory)
