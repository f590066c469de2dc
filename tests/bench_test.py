#!/usr/bin/env python3
"""tests/bench still runs: its sources for the peers, its figures of paiban, its tables (TAP).

No figure is judged here: a busy machine says nothing about seconds.
"""
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import program

sys.path.insert(0, str(program.ROOT / "tests/bench"))
import editing
import typst_source
import web_source

SAMPLE = program.ROOT / "samples/2021-05.md"


def sources(tests):
    text = SAMPLE.read_text(encoding="utf-8")
    headings = len(re.findall(r"^#+ ", text, re.M))
    links = len(re.findall(r"https?://", text))
    page = web_source.to_html(text, "月报")
    body = page[page.index("<body>"):page.index("</html>")]
    root = ElementTree.fromstring(body)
    tests.check("HTML: every heading, and the title",
                sum(len(root.findall("h%d" % i)) for i in range(1, 7)) == headings + 1)
    tests.check("HTML: every link", len(root.findall(".//a")) == links)
    tex = web_source.to_tex(text, "月报")
    tests.check("TeX: every heading and link", len(re.findall(r"\\(?:sub)*section\{", tex)) ==
                headings and tex.count(r"\href{") == links)
    typst = typst_source.convert(text, "月报")
    tests.check("Typst: every heading and link", len(re.findall(r"^=+ ", typst, re.M)) ==
                headings and typst.count("#link(") == links)
    tests.check("plain text: nothing but marks of headings goes",
                len(web_source.to_text(text)) > 0.95 * len(text))


def edits(tests):
    text = SAMPLE.read_text(encoding="utf-8")
    steps = editing.edits(text)
    tests.check("edits at three places, with and without a new character", len(steps) == 15)
    new = [changed for kind, changed in steps if kind == "new"]
    tests.check("each new character is new", all(len(set(t) - set(text)) == 1 for t in new) and
                len({min(set(t) - set(text)) for t in new}) == len(new))


def figures(tests):
    if program.is_sanitized():
        tests.skip("the figures", "a sanitized build measures its own checks")
        return
    done = subprocess.run([sys.executable, program.ROOT / "tests/bench/bench.py", "--quick",
                           "--program", program.PROGRAM, "nobody"], capture_output=True,
                          text=True, check=False)
    tests.check("bench.py --quick", done.returncode == 0, done.stderr[-2000:])
    row = re.search(r"^\| paiban \|(.*)\|$", done.stdout, re.M)
    tests.check("a row of seven figures", row and len(row[1].split("|")) == 6 and
                "–" not in row[1], done.stdout)
    for words in ("without a new glyph", "CPU an issue in a batch", "MiB a page", "| draw |"):
        tests.check("the table of ‘%s’" % words, words in done.stdout, done.stdout)


def main():
    tests = program.Tests()
    sources(tests)
    edits(tests)
    figures(tests)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
