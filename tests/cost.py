#!/usr/bin/env python3
"""Instruction counts: what a cold render, composing, writing and an issue of a batch cost.

They repeat where seconds do not. Counted by valgrind's callgrind, of a whole run with the processes
it forks, or between the entry and the return of one function. A sanitized build counts its own
checks too, so there the test is skipped. An edit under watch: edit_cost.py.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

import program

SAMPLE = program.ROOT / "samples" / "2021-05.md"
COLD_MOST = 73_000_000      # the sample as it is, from the loader to the exit
FAULTS_MOST = 1300          # its page faults: a third of its time where pages are dear
DRAW_MOST = 44_000_000      # from its book to the bytes of its PDF
COMPOSE_MOST = 11_000_000   # clusters to lines, the sample, optimal breaker
ISSUE_MOST = 158_000_000    # one more issue of the corpus (12,000 characters, 4 pictures) in a worker
FEW, MANY = 6, 12           # issues in a worker: the later ones are what is counted
DOUBLED_MOST = 2.2          # a paragraph twice as long
LENGTHS = (25_000, 50_000, 100_000) if os.environ.get("PAIBAN_LONG") else (12_500, 25_000)


def instructions(function, *arguments, cwd):
    """Instructions below calls of `function` in one run; None: of all of it."""
    out = pathlib.Path(cwd) / "callgrind.out"
    done = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=%s" % out,
         *(["--toggle-collect=" + function] if function else []), program.PROGRAM, *map(str, arguments)],
        cwd=cwd, capture_output=True, env=program.environment(MALLOC_PERTURB_=None),
        check=False)
    counts = re.findall(rb"Collected : (\d+)", done.stderr)  # of each process
    if done.returncode or not counts:
        raise SystemExit(done.stderr.decode()[-2000:])
    return sum(map(int, counts))


def paragraph(length):
    """Chinese-like text of `length` characters with marks, Latin words and numbers."""
    words = ("远程医疗服务平台", "，", "互联网", "建设", "“智慧医院”", "、", "5G", "网络覆盖率",
             "达到", "98.5%", "。", "《规划》", "提出", "AI", "辅助诊断", "；", "其中")
    parts, size, i = [], 0, 0
    while size < length:
        word = words[(i * 7 + i // 5) % len(words)]
        if word in "，、。；" and (not parts or parts[-1] in "，、。；"):
            word = "持续推进"
        parts.append(word)
        size += len(word)
        i += 1
    return "".join(parts) + "。\n"


def batch_issue(folder):
    """Instructions of one more issue in a warm worker."""
    for count in (FEW, MANY):  # the same first ones
        subprocess.run([sys.executable, program.ROOT / "tests/corpus/generate.py", "--seed", "cost",
                        "--count", str(count), "--elements", "all", "-o",
                        folder.path / ("in%d" % count)], check=True)
    counts = [instructions(None, "batch", "in%d" % count, "-o", "out%d" % count, "-j", "1", "-q",
                           cwd=folder.path) for count in (FEW, MANY)]
    return (counts[1] - counts[0]) // (MANY - FEW)


def faults(folder):
    """Page faults of the sample's cold render, the least of some."""
    counts = []
    for _ in range(3):
        process = subprocess.Popen([program.PROGRAM, "render", SAMPLE, "-q", "-o", "f.pdf"],
                                   cwd=folder.path, env=program.environment(MALLOC_PERTURB_=None),
                                   stderr=subprocess.DEVNULL)
        _, process.returncode, usage = os.wait4(process.pid, 0)
        counts.append(usage.ru_minflt + usage.ru_majflt)
    return min(counts)


def measure(tests, folder):
    if os.sysconf("SC_PAGE_SIZE") == 4096:
        count = faults(folder)
        tests.check("rendering the sample takes at most %d page faults" % FAULTS_MOST,
                    0 < count <= FAULTS_MOST, count)
    for name, function, most in (("rendering the sample", None, COLD_MOST),
                                 ("writing its PDF", "book_draw", DRAW_MOST)):
        count = instructions(function, "render", SAMPLE, "-o", folder.path / "a.pdf",
                             cwd=folder.path)
        tests.check("%s takes at most %d million instructions" % (name, most // 10**6),
                    0 < count <= most, count)
    sample = instructions("lines_compose", "render", SAMPLE, "--layout", "base", "-o",
                          folder.path / "a.pdf", cwd=folder.path)
    tests.check("composing the sample takes at most %d million instructions"
                % (COMPOSE_MOST // 10**6), 0 < sample <= COMPOSE_MOST, sample)
    issue = batch_issue(folder)
    tests.check("one more issue of a batch takes at most %d million instructions"
                % (ISSUE_MOST // 10**6), 0 < issue <= ISSUE_MOST, issue)
    counts = []
    for length in LENGTHS:
        folder.write("long.md", paragraph(length))
        counts.append(instructions("lines_compose", "render", "long.md", "--layout", "base",
                                   "-o", "long.pdf", cwd=folder.path))
    for a, b, length in zip(counts, counts[1:], LENGTHS):
        tests.check("twice %d characters take at most %.1f times as many" % (
            length, DOUBLED_MOST), b <= DOUBLED_MOST * a, "%d %d" % (a, b))


def main(*parts):
    """Run each part with a folder of its own, in which fontconfig's cache is there."""
    tests = program.Tests()
    if shutil.which("valgrind") is None:
        tests.skip("instruction counts", "valgrind is not installed")
    elif program.is_sanitized():
        tests.skip("instruction counts", "a sanitized build counts its own checks")
    else:
        for part in parts:
            with program.Folder() as folder:
                folder.run("render", SAMPLE, "-o", "warm.pdf")
                part(tests, folder)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main(measure))
