#!/usr/bin/env python3
"""Where a footnote's mark stands at a stop, by rules.note-marks (clreq leaves it open)."""
import sys

import program

ISSUE = "# 一\n\n## 二\n\n甲乙[^a]。丙丁，[^b]戊己[^c]庚。\n\n[^a]: 注一。\n[^b]: 注二。\n[^c]: 注三。\n"
EXPECTED = {
    "as-typed": "甲乙1。丙丁，2戊己3庚。",
    "after-punctuation": "甲乙。1丙丁，2戊己3庚。",
    "before-punctuation": "甲乙1。丙丁2，戊己3庚。",
}


def main():
    tests = program.Tests()
    with program.Folder() as folder:
        folder.write("a.md", ISSUE)
        for rule, text in EXPECTED.items():
            folder.write("my.yaml", "base: base\nrules: {note-marks: %s}\n" % rule)
            done = folder.run("render", "a.md", "--layout", "./my.yaml", "--dump", "lines")
            tests.check(rule, "|%s\n" % text in done.output, done.output + done.errors)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
