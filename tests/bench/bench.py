#!/usr/bin/env python3
"""What paiban costs beside its peers, measured side by side in one run.

usage: tests/bench/bench.py [--quick] [--write] [--program PAIBAN] [PEER ...]

Builds a release (unless PAIBAN is named), makes the inputs, and prints medians and ratios to paiban:

    cold     samples/2021-05.md in a process of its own: wall and CPU seconds, peak memory, bytes
    batch    400 issues of tests/corpus on all cores: issues a second, CPU an issue
    edit     one save of the sample to its new PDF, by a program that stays: CPU
    pages    300 pages in one issue: CPU a page, memory a page

Peers: Typst (its npm package, in $TYPST_MODULES), pango-view, WeasyPrint, XeLaTeX, Chromium and
LibreOffice; who is absent or fails is skipped with the reason. A peer that starts a process for each
issue does a few of them, on all cores at once. --quick: 40 issues and fewer runs. --write puts the
tables into docs/PERFORMANCE.md and both READMEs, between their <!-- bench --> marks.
"""
import argparse
import json
import os
import pathlib
import platform
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.path.insert(0, str(HERE))
import editing
import measure
import peers
import report
import program

SAMPLE = program.ROOT / "samples/2021-05.md"
TITLE = "互联网+远程医疗行业月报"  # samples/series.yaml has it, the peers do not read that
CORES = os.cpu_count() or 1


def say(text):
    print(text, file=sys.stderr, flush=True)


def build():
    folder = program.ROOT / "build-release"
    if not (folder / "build.ninja").exists():
        subprocess.run(["meson", "setup", "--buildtype=release", str(folder), str(program.ROOT)],
                       check=True, stdout=sys.stderr)
    subprocess.run([str(program.ROOT / "tools/train"), str(folder)], check=True,
                   stdout=sys.stderr)
    subprocess.run(["ninja", "-C", str(folder), "paiban"], check=True, stdout=sys.stderr)
    return folder / "paiban"


def corpus(folder, count):
    subprocess.run([sys.executable, str(HERE.parent / "corpus/generate.py"), "--seed", "bench",
                    "--count", str(count), "--elements", "all", "-o", str(folder)], check=True)
    return sorted(pathlib.Path(folder).glob("*.md"))


def cold(paiban, chosen, folder, runs):
    """Rows of the sample's cold render: name → costs and bytes."""
    markdown = SAMPLE.read_text(encoding="utf-8")
    outputs = {"paiban": folder / "a-paiban.pdf"}
    commands = {"paiban": [str(paiban), "render", str(SAMPLE), "-q", "-o",
                           str(outputs["paiban"])]}
    rows = {}
    for peer in chosen:
        source = peer.write(folder, "a", markdown, TITLE)
        outputs[peer.name] = peer.pdf(source)
        commands[peer.name] = peer.command(source)
    fast = {n: c for n, c in commands.items() if n == "paiban" or
            next(p for p in chosen if p.name == n).runs > 3}
    slow = {n: c for n, c in commands.items() if n not in fast}
    for some, times in ((fast, runs), (slow, min(runs, 3))):
        rows.update(measure.in_turn(some, times, cwd=folder, env=measure.environment()))
    for name, costs in rows.items():
        if not costs:
            say("skipped: %s: it failed on the sample" % name)
    return {name: report.Cold(costs, outputs[name].stat().st_size)
            for name, costs in rows.items() if costs}


def batch_paiban(paiban, folder, number):
    """One run into a folder of its own: to replace files is another task, dear where a file
    system looks through the inodes that were freed of late (ext4 without journal)."""
    told = folder / "report.json"
    command = [str(paiban), "batch", str(folder / "in"), "-o", str(folder / ("out-%d" % number)),
               "-q", "--report", str(told)]
    cost = measure.run(command, env=measure.environment())
    data = json.loads(told.read_text(encoding="utf-8"))
    same = measure.run(command, env=measure.environment())
    count = len(data["issues"])
    say("paiban: %.0f issues/s, %d failed; worker %.0f MiB; nothing changed: %.0f issues/s"
        % (count / cost.wall, data["failed"], data["worker-memory-kib"] / 1024, count / same.wall))
    return report.Rate(count, cost.wall, cost.cpu)


def batch_typst(folder, count, processes):
    """One run of so many processes, which share the cores; None when it failed."""
    environment = measure.environment(RAYON_NUM_THREADS=str(CORES // processes))
    _, cpu, outputs = measure.together(
        [["node", str(HERE / "typst.mjs"), "batch", str(folder / "in"), str(i), str(processes)]
         for i in range(processes)], env=environment)
    fields = [output.split() for output in outputs]
    if not all(len(f) == 3 for f in fields):
        say("skipped: Typst: its batch failed")
        return None
    rate = report.Rate(count, max(float(f[2]) for f in fields), cpu)
    say("Typst: %.1f issues/s by %d processes, %d failed"
        % (rate.rate, processes, sum(int(f[1]) for f in fields)))
    return rate


def best(rates):
    return max((rate for rate in rates if rate is not None), key=lambda rate: rate.rate,
               default=None)


def batch_both(paiban, typst, folder, issues):
    """paiban and Typst in turn, three times, so that a slow minute of the machine meets both; of
    either the best. Typst as one process with all cores, as one a core, and as the better again."""
    ours, theirs = [], {}
    for path in issues:
        typst.write(path.parent, path.stem, path.read_text(encoding="utf-8"))
    for number, processes in enumerate((1, CORES, None)):
        ours.append(batch_paiban(paiban, folder, number))
        if processes is None:
            processes = max(theirs, key=lambda p: theirs[p].rate if theirs[p] else 0)
        theirs[processes] = best([theirs.get(processes),
                                  batch_typst(folder, len(issues), processes)])
    return {"paiban": best(ours), "Typst": best(theirs.values())}


def batch_peer(peer, issues, count):
    """A process for each of a few issues, as many at once as there are cores."""
    chosen = issues[:count]
    commands = [peer.command(peer.write(p.parent, p.stem, p.read_text(encoding="utf-8")))
                for p in chosen]
    wall = cpu = 0.0
    for i in range(0, len(commands), CORES):
        seconds, used, _ = measure.together(commands[i:i + CORES], cwd=chosen[0].parent,
                                            env=measure.environment())
        wall += seconds
        cpu += used
    if not all(peer.pdf(p.with_suffix(peer.suffix)).exists() for p in chosen):
        say("%s: some issues failed" % peer.name)
    return report.Rate(len(chosen), wall, cpu)


def batch(paiban, chosen, folder, count, few):
    issues = corpus(folder / "in", count)
    typst = next((peer for peer in chosen if peer.name == "Typst"), None)
    rows = batch_both(paiban, typst, folder, issues) if typst else \
        {"paiban": best([batch_paiban(paiban, folder, i) for i in range(3)])}
    for peer in chosen:
        if peer is not typst:
            rows[peer.name] = batch_peer(peer, issues, few * 4 if peer.runs > 3 else few)
    return {name: rate for name, rate in rows.items() if rate is not None}


def pages(paiban, folder, runs):
    """CPU and memory a page of an issue of 300 pages, beside those of the sample."""
    body = SAMPLE.read_text(encoding="utf-8").split("---\n", 2)[2]
    text = "---\ntitle: %s\ndate: 2021-05\nlayout: monthly\n---\n" % TITLE + body * 34
    source = folder / "long.md"
    source.write_text(text, encoding="utf-8")
    files = {"sample": SAMPLE, "300 pages": source}
    costs = measure.in_turn(
        {name: [str(paiban), "render", str(path), "-q", "-o", str(folder / (name + ".pdf"))]
         for name, path in files.items()}, runs, env=measure.environment())
    return {name: report.Pages(costs[name], report.page_count(folder / (name + ".pdf")))
            for name in files}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--quick", action="store_true", help="40 issues and fewer runs")
    parser.add_argument("--write", action="store_true", help="put the tables into the documents")
    parser.add_argument("--program", help="measure this paiban instead of building one")
    parser.add_argument("peers", nargs="*", metavar="PEER", help="only these peers")
    return parser.parse_args()


def main():
    options = arguments()
    paiban = pathlib.Path(options.program).resolve() if options.program else build()
    runs, count, few = (3, 40, 2) if options.quick else (15, 400, 4)
    chosen = [p for p in peers.ALL if not options.peers or p.name in options.peers]
    for peer in chosen:
        if peer.missing():
            say("skipped: %s: %s" % (peer.name, peer.missing()))
    chosen = [p for p in chosen if not p.missing()]
    measure.run([str(paiban), "fonts"], env=measure.environment())  # as ./quickstart does
    with tempfile.TemporaryDirectory(prefix="paiban-bench-") as name:
        folder = pathlib.Path(name)
        results = report.Results(
            machine="%s, %d cores, %s" % (report.processor(), CORES, platform.platform()),
            cold=cold(paiban, chosen, folder, runs),
            batch=batch(paiban, chosen, folder, count, few),
            edit=editing.measure_all(paiban, chosen, folder, SAMPLE, TITLE),
            pages=pages(paiban, folder, runs),
            stages=report.stages(paiban, SAMPLE, folder))
    print(report.full(results))
    if options.write:
        report.write(results, program.ROOT)


if __name__ == "__main__":
    main()
