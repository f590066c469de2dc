#!/usr/bin/env python3
"""What an archive costs: an issue that has not changed in instructions, a worker in memory (TAP).

What an issue that is rendered costs is in cost.py. A worker keeps fonts, shapes and layouts, but
nothing of the issues that it has rendered: after thousands it is as large as after hundreds.
"""
import json
import os
import shutil
import subprocess
import sys
import time

import cost
import program

UNCHANGED_MOST = 300_000   # instructions of an issue that has not changed: 5,000 take a second
FEW, MANY = 20, 60         # issues of which nothing has changed
WORKER_MOST = 150          # MiB of a worker at its largest
FLAT_MOST = 1.1            # of ten times the issues
DISTINCT = 40              # issues of different text
LONG = bool(os.environ.get("PAIBAN_LONG"))
COPIES = (25, 250) if LONG else (2, 7)  # of each issue: up to 10,000


def corpus(folder, name, count):
    """Issues that were written long ago: what is as new as the clock's grain is hashed again."""
    subprocess.run([sys.executable, program.ROOT / "tests/corpus/generate.py", "--seed", "cost",
                    "--count", str(count), "--elements", "all", "-o", folder.path / name],
                   check=True, capture_output=True)
    then = time.time() - 1000
    for path in (folder.path / name).rglob("*"):
        os.utime(path, (then, then))


def unchanged(tests, folder):
    counts = []
    corpus(folder, "in", MANY)
    for count in (FEW, MANY):
        arguments = ("batch", "in", "-o", "out%d" % count, "-q", "--match",
                     "issue-00[0-%d]?.md" % (count // 10 - 1))
        folder.run(*arguments)
        again = folder.run(*arguments)
        counts.append(cost.instructions(None, *arguments, cwd=folder.path))
        with open(folder.path / ("out%d" % count) / "manifest.json", encoding="utf-8") as file:
            done = sum(record["done"] for record in json.load(file)["issues"])
        tests.check("%d issues are there" % done, done in (count, count - 1), again.errors)
    each = (counts[1] - counts[0]) / (MANY - FEW)
    print("# %.0f instructions an issue" % each)
    tests.check("an issue that has not changed takes at most %d instructions" % UNCHANGED_MOST,
                0 < each <= UNCHANGED_MOST, counts)


def worker_mib(folder, copies):
    """MiB of the one worker that renders all issues so many times, at its largest."""
    folder.run("batch", "one", "-o", "warm", "-q", "-j", "1", "--match", "issue-0001.md")
    for i in range(copies):
        if not (folder.path / "in" / str(i)).exists():
            shutil.copytree(folder.path / "one", folder.path / "in" / str(i), copy_function=os.link)
    process = subprocess.Popen([program.PROGRAM, "batch", "in", "-o", "out", "-q", "-j", "1",
                                "--force", "--report", "report.json"], cwd=folder.path,
                               env=program.environment(), stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    process.wait()
    report = json.loads((folder.path / "report.json").read_text(encoding="utf-8"))
    shutil.rmtree(folder.path / "out")
    return report["rendered"], report["worker-memory-kib"] / 1024


def memory(tests, folder):
    corpus(folder, "one", DISTINCT)
    sizes = [worker_mib(folder, copies) for copies in COPIES]
    print("# " + ", ".join("%d issues %.1f MiB" % size for size in sizes))
    tests.check("a worker takes at most %d MiB" % WORKER_MOST, all(
        0 < size <= WORKER_MOST for _, size in sizes), sizes)
    tests.check("and no more after %d issues than after %d" % (sizes[1][0], sizes[0][0]),
                sizes[1][0] > 3 * sizes[0][0] and sizes[1][1] <= FLAT_MOST * sizes[0][1], sizes)


if __name__ == "__main__":
    sys.exit(cost.main(unchanged, memory))
