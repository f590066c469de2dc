#!/usr/bin/env python3
"""Instruction counts of flow and page building, without composing (TAP).

Counted as in cost.py: what flow_build() takes less what composer_compose() takes within it.
A long document repeats the sample's text, so that composing is cached and only the work that
every page needs is left.
"""
import os
import shutil
import sys

import cost
import program

BUILD_MOST = 5_000_000  # the sample
LONGER_MOST = 1.1       # a page of a long document against one of the sample
TIMES = 50 if os.environ.get("PAIBAN_LONG") else 10  # 50: 300 pages


def build(folder, source):
    """(instructions, pages) of building one issue's book."""
    arguments = ("render", source, "--layout", "base", "-o", "a.pdf")
    whole = cost.instructions("flow_build", *arguments, cwd=folder.path)
    composing = cost.instructions("composer_compose", *arguments, cwd=folder.path)
    dump = folder.run("render", source, "--layout", "base", "--dump=pages", "-o", "-")
    return whole - composing, dump.output.count("\npage ") - 1  # the cover is nearly empty


def measure(tests, folder):
    head, text = cost.SAMPLE.read_text(encoding="utf-8").split("\n---\n", 1)
    folder.write("short.md", head + "\n---\n" + text)
    folder.write("long.md", head + "\n---\n" + text * TIMES)
    short, short_pages = build(folder, "short.md")
    tests.check("building the sample takes at most %d million instructions"
                % (BUILD_MOST // 10**6), 0 < short <= BUILD_MOST, short)
    long, long_pages = build(folder, "long.md")
    tests.check("a page of a document %d times as long costs at most %.1f times as much"
                % (TIMES, LONGER_MOST), long_pages > 0.9 * TIMES * short_pages and
                long / long_pages <= LONGER_MOST * short / short_pages,
                "%d on %d pages, %d on %d" % (short, short_pages, long, long_pages))


def main():
    tests = program.Tests()
    if shutil.which("valgrind") is None:
        tests.skip("instruction counts", "valgrind is not installed")
    elif program.is_sanitized():
        tests.skip("instruction counts", "a sanitized build counts its own checks")
    else:
        with program.Folder() as folder:
            measure(tests, folder)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
