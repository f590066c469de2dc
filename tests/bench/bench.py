#!/usr/bin/env python3
"""Print what the program costs, as medians of several runs.

usage: tests/bench/bench.py [RUNS]

CPU seconds (user and system) of whole processes, as the kernel counts them for children.
"""
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import program

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


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    sample = str(program.ROOT / "samples/2021-05.md")
    with tempfile.TemporaryDirectory() as folder:
        report("start (--version)", ["--version"], runs)
        report("one cold render, PDF", ["render", sample, "-o", folder + "/a.pdf"], runs)
        report("pages as text", ["render", sample, "--dump=pages", "-o", folder + "/p"], runs)
        report("11 pages as PNG, 150 dpi", ["render", sample, "--format=png", "-o", folder], runs)


if __name__ == "__main__":
    main()
