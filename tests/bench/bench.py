#!/usr/bin/env python3
"""Print what the program costs, as medians of several runs.

usage: tests/bench/bench.py [RUNS]
       tests/bench/bench.py batch [COUNT [WORKERS]]     an archive of generated issues (400)
       tests/bench/bench.py typst [COUNT [WORKERS]]     the same, and with Typst beside it

CPU seconds (user and system) of whole processes, as the kernel counts them for children. Typst is
its npm package @myriaddreamin/typst-ts-node-compiler, looked for in $TYPST_MODULES (a folder with
node_modules): `npm install @myriaddreamin/typst-ts-node-compiler` there. Each Typst process does
every n-th issue; start-up is left out of its rate.
"""
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.path.insert(0, str(HERE))
import program
import typst_source

RUNS = 21


def cpu_of(arguments):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([program.PROGRAM, *arguments], check=True, capture_output=True,
                   env=program.environment())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def report(name, arguments, runs):
    cpu_of(arguments)  # the files come into the page cache
    times = sorted(cpu_of(arguments) for _ in range(runs))
    print("%-28s %.3f s CPU (median of %d; %.3f to %.3f)"
          % (name, statistics.median(times), runs, times[0], times[-1]))


def one_issue(runs):
    sample = str(program.ROOT / "samples/2021-05.md")
    with tempfile.TemporaryDirectory() as folder:
        report("start (--version)", ["--version"], runs)
        report("one cold render, PDF", ["render", sample, "-o", folder + "/a.pdf"], runs)
        report("pages as text", ["render", sample, "--dump=pages", "-o", folder + "/p"], runs)
        report("11 pages as PNG, 150 dpi", ["render", sample, "--format=png", "-o", folder], runs)


def rate(name, issues, seconds, cpu, more=""):
    print("%-28s %8.1f issues/s, %6.1f ms CPU an issue%s"
          % (name, issues / seconds, cpu * 1000 / issues, more), flush=True)


def timed(run):
    """Wall and CPU seconds of the children that run starts."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    run()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (time.monotonic() - start, after.ru_utime - before.ru_utime
            + after.ru_stime - before.ru_stime)


def corpus(folder, count):
    subprocess.run([sys.executable, HERE.parent / "corpus/generate.py", "--seed", "bench",
                    "--count", str(count), "--elements", "all", "-o", folder], check=True)


def batch(folder, count, workers):
    report_file = folder / "report.json"
    command = [program.PROGRAM, "batch", str(folder / "in"), "-o", str(folder / "out"), "-q",
               "-j", str(workers), "--report", str(report_file)]

    def run():
        subprocess.run(command, capture_output=True, env=program.environment(), check=False)
    wall, cpu = timed(run)
    data = json.loads(report_file.read_text(encoding="utf-8"))
    rate("batch, all new", count, wall, cpu, ", %d failed, worker %.0f MiB" %
         (data["failed"], data["worker-memory-kib"] / 1024))
    wall, cpu = timed(run)
    rate("batch, nothing changed", count, wall, cpu)


def typst(folder, count, workers):
    for path in sorted((folder / "in").glob("*.md")):
        path.with_suffix(".typ").write_text(
            typst_source.convert(path.read_text(encoding="utf-8")), encoding="utf-8")
    environment = dict(os.environ, TYPST_MODULES=os.environ.get("TYPST_MODULES", os.getcwd()),
                       RAYON_NUM_THREADS="1" if workers > 1 else "2")
    outputs = []

    def run():
        started = [subprocess.Popen(
            ["node", HERE / "typst.mjs", folder / "in", str(i), str(workers)], env=environment,
            stdout=subprocess.PIPE, text=True) for i in range(workers)]
        outputs.extend(p.communicate()[0].split() for p in started)
    _, cpu = timed(run)
    if not all(len(fields) == 3 for fields in outputs):
        sys.exit("typst did not run: is its npm package in $TYPST_MODULES?")
    failed = sum(int(fields[1]) for fields in outputs)
    rate("typst, %d processes" % workers, count, max(float(fields[2]) for fields in outputs), cpu,
         ", %d failed" % failed)


def main():
    numbers = [int(a) for a in sys.argv[1:] if a.isdigit()]
    if len(sys.argv) < 2 or sys.argv[1] not in ("batch", "typst"):
        one_issue(numbers[0] if numbers else RUNS)
        return
    count = numbers[0] if numbers else 400
    workers = numbers[1] if len(numbers) > 1 else os.cpu_count()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        corpus(folder / "in", count)
        batch(folder, count, workers)
        if sys.argv[1] == "typst":
            typst(folder, count, workers)
            typst(folder, count, 1)


if __name__ == "__main__":
    main()
