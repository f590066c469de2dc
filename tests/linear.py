#!/usr/bin/env python3
"""Hostile texts cost what their length says: twice the text, at most 2.2 times the
instructions of reading, setting and writing it, all findings printed (TAP).

PAIBAN_LONG takes texts five times as long. Counted by callgrind; a start-up of its own is
taken off.
"""
import os
import re
import subprocess
import sys

import program

MOST = 2.2
LENGTH = 20_000 if os.environ.get("PAIBAN_LONG") else 4_000

# Name: the text of about n bytes.
TEXTS = {
    "[": lambda n: "[" * n,
    "*": lambda n: "*a " * (n // 3),
    "_": lambda n: "_a_" * (n // 3),
    ">": lambda n: (">" * 60 + " a\n\n") * (n // 64),
    "|": lambda n: "|" * n,
    "`": lambda n: "".join("`" * (i % 50 + 1) + "a" for i in range(n // 26)),
    "quotes": lambda n: "“" * (n // 3),
    "lists": lambda n: "".join("  " * (i % 20) + "- a\n" for i in range(n // 24)),
    "table rows": lambda n: "|a|b|\n|-|-|\n" + "|c|d|\n" * (n // 6),
    "footnotes": lambda n: "".join("甲[^%d]\n\n[^%d]: 注\n\n" % (i, i) for i in range(n // 24)),
    "links": lambda n: "[a](b) " * (n // 7),
    "addresses": lambda n: "www.a.b " * (n // 8),
    "a finding in each word of a line": lambda n: "[a]() " * (n // 6),
}


def instructions(folder, text):
    folder.write("a.md", "---\ncover: no\n---\n\n" + text + "\n")
    done = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program.PROGRAM,
         "render", "a.md", "-o", "a.pdf"],
        cwd=folder.path, capture_output=True, env=program.environment(MALLOC_PERTURB_=None),
        check=False)
    return int(re.search(rb"Collected : (\d+)", done.stderr)[1])


def main():
    tests = program.Tests()
    if program.is_sanitized():
        print("1..0 # SKIP a sanitized program counts its checks")
        return 0
    with program.Folder() as folder:
        start = instructions(folder, "a")
        for name, text in TEXTS.items():
            small, large = (instructions(folder, text(n)) - start for n in (LENGTH, 2 * LENGTH))
            tests.check("%s: twice the text, at most %.1f times the work" % (name, MOST),
                        large <= MOST * small + start / 20, (small, large, large / max(small, 1)))
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
