#!/usr/bin/env python3
"""Instruction counts of long tables and lists: twice as many rows or items cost twice as much.

See cost.py. Long runs go up to twice a table of 1,000 rows and a list of 10,000 items.
"""
import os
import sys

import cost

LONG = bool(os.environ.get("PAIBAN_LONG"))
ROWS = (500, 1_000, 2_000) if LONG else (150, 300)
ITEMS = (5_000, 10_000, 20_000) if LONG else (600, 1_200)
DOUBLED_MOST = 2.2  # a longer number has more digits to set


def table(count):
    rows = ("|第%d行|%d|这一行的说明，第%d次，文字略长，在格中换行也无妨，再写一些|" % (i, i * 37, i)
            for i in range(count))
    return "# 节\n\n## 条\n\n|名称|数量|说明|\n|---|---:|---|\n" + "\n".join(rows) + "\n"


def items(count):
    return "# 节\n\n## 条\n\n" + "".join("1. 第%d项，内容不长，但每项不同\n" % i
                                         for i in range(count))


def measure(tests, folder, name, make, sizes):
    counts = []
    for size in sizes:
        folder.write("a.md", make(size))
        counts.append(cost.instructions("flow_build", "render", "a.md", "--layout", "base", "-o",
                                        "a.pdf", cwd=folder.path))
    for a, b, size in zip(counts, counts[1:], sizes):
        tests.check("twice %d %s take at most %.1f times as many instructions" % (
            size, name, DOUBLED_MOST), b <= DOUBLED_MOST * a, "%d %d" % (a, b))


def rows(tests, folder):
    measure(tests, folder, "rows", table, ROWS)


def list_items(tests, folder):
    measure(tests, folder, "items", items, ITEMS)


if __name__ == "__main__":
    sys.exit(cost.main(rows, list_items))
