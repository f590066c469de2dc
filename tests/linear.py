#!/usr/bin/env python3
"""Hostile texts cost what their length says: twice the text, at most 2.2 times the
instructions of reading, setting and writing it, all findings printed (TAP).

Counted by callgrind; a start-up of its own is taken off. What is quadratic with a small factor
shows only in long texts: PAIBAN_LONG also takes 100,000 of each mark, 10,000 rows, notes and
images and a paragraph of 1 MiB, and compares CPU times, the least of three.
"""
import concurrent.futures
import os
import re
import resource
import subprocess
import sys

import program

MOST = 2.2
LONG = bool(os.environ.get("PAIBAN_LONG"))
LENGTH = 4_000   # bytes that callgrind is given, and twice as many
MARKS = 100_000  # of the long texts, and half as many
SENTENCE = "五月三十一日，上海市发布规划。"  # 45 bytes

# Name: the text with n marks, rows … that is counted, then that whose time is taken.
TEXTS = {
    "[": (lambda n: "[" * n, 1, 1),
    "*": (lambda n: "*a " * n, 3, 1),
    "_": (lambda n: "_a_" * n, 3, 1),
    "_ apart": (lambda n: "_a_ " * n, 4, 1),
    "~~": (lambda n: "~~a " * n, 4, 1),
    ">": (lambda n: ">" * n, 1, 1),
    "> again": (lambda n: (">" * 60 + " a\n\n") * (n // 64), 1, 1),
    "|": (lambda n: "|" * n, 1, 1),
    "`": (lambda n: "".join("`" * (i % 50 + 1) + "a" for i in range(n // 26)), 1, 1),
    "“": (lambda n: "“" * n, 3, 1),
    "nested quotes": (lambda n: "".join(">" * (i % 64 + 1) + " a\n\n" for i in range(n // 36)), 1, 1),
    "nested lists": (lambda n: "".join("  " * (i % 20) + "- a\n" for i in range(n // 24)), 1, 1),
    "a paragraph": (lambda n: SENTENCE * n, 45, 1 << 20),
    "rows of a table": (lambda n: "|a|b|\n|-|-|\n" + "|c|d|\n" * n, 6, 10),
    "cells with escapes": (lambda n: "|a|\n|-|\n|" + "\\|" * n + "|\n", 2, 1),
    "footnotes": (lambda n: "".join("甲[^%d]\n\n[^%d]: 注\n\n" % (i, i) for i in range(n)), 24, 10),
    "marks of one footnote": (lambda n: "[^a] " * n + "\n\n[^a]: b\n", 5, 10),
    "marks of none": (lambda n: "[^a] " * n, 5, 1),
    "links": (lambda n: "[a](b) " * n, 7, 1),
    "references": (lambda n: "[a]: b\n\n" + "[a] " * n, 4, 1),
    "addresses": (lambda n: "www.a.b " * n, 8, 1),
    "mail": (lambda n: "a@b.c " * n, 6, 1),
    "images": (lambda n: "![a](b.png)\n\n" * n, 13, 10),
    "headings": (lambda n: "## a\n\n" * n, 6, 10),
    "<!--": (lambda n: "<!--" * n, 4, 1),
    "entities": (lambda n: "&amp;" * n, 5, 1),
    "a finding in each word of a line": (lambda n: "[a]() " * n, 6, 1),
}


def instructions(folder, text, name="a"):
    folder.write(name + ".md", "---\ncover: no\n---\n\n" + text + "\n")
    done = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program.PROGRAM,
         "render", name + ".md", "-o", name + ".pdf"],
        cwd=folder.path, capture_output=True, env=program.environment(MALLOC_PERTURB_=None),
        check=False)
    return int(re.search(rb"Collected : (\d+)", done.stderr)[1])


def seconds(folder, text):
    """CPU time of a render, the least of three."""
    folder.write("a.md", "---\ncover: no\n---\n\n" + text + "\n")
    least = None
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        folder.run("render", "a.md", "-q", "-o", "a.pdf", "--limit", "pages=100000")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        least = spent if least is None else min(least, spent)
    return least


def long_texts(tests, folder):
    start = seconds(folder, "a")
    for name, (text, _, share) in TEXTS.items():
        count = (1 << 20) // len(SENTENCE.encode()) if share == 1 << 20 else MARKS // share
        small, large = seconds(folder, text(count // 2)), seconds(folder, text(count))
        print("# %s: %.2f s, %.2f s" % (name, small, large))
        tests.check("%s, %d: twice the text, at most %.1f times the time" % (name, count, MOST),
                    large - start <= MOST * (small - start) + start, (small, large))


def main():
    tests = program.Tests()
    if program.is_sanitized():
        print("1..0 # SKIP a sanitized program counts its checks")
        return 0
    with program.Folder() as folder:
        start = instructions(folder, "a")
        jobs = [(folder, text(n // size), "%d-%d" % (number, n))
                for number, (text, size, _) in enumerate(TEXTS.values())
                for n in (LENGTH, 2 * LENGTH)]
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            counts = [count - start for count in pool.map(lambda job: instructions(*job), jobs)]
        for number, name in enumerate(TEXTS):
            small, large = counts[2 * number:2 * number + 2]
            tests.check("%s: twice the text, at most %.1f times the work" % (name, MOST),
                        large <= MOST * small + start / 20, (small, large, large / max(small, 1)))
        if LONG:
            long_texts(tests, folder)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
