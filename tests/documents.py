#!/usr/bin/env python3
"""The guide and the reference in both languages, and their pictures (TAP).

$PAIBAN_BUILD has the program's tables in Chinese. Pictures depend on the fonts of the machine,
so their size is compared, not their bytes.
"""
import os
import pathlib
import re
import struct
import subprocess
import sys

import program

sys.path.insert(0, str(program.ROOT / "tools"))
import manual    # noqa: E402
import pictures  # noqa: E402

DOCS = program.ROOT / "docs"
BUILD = pathlib.Path(os.environ.get("PAIBAN_BUILD", program.ROOT / "build"))
TABLES = BUILD / "docs/man/zh_CN/tables-zh_CN.json"
NODES = ["`# …`", "paragraph", "`链接：…`", "bullet", "block quote", "fenced code", "pipe table",
         "image", "footnote", "`---`", "HTML"]


def size(path):
    return struct.unpack(">II", path.read_bytes()[16:24])


def check_chinese(tests):
    done = subprocess.run([sys.executable, program.ROOT / "tools/documents.py", TABLES, "--check"],
                          capture_output=True, text=True, check=False)
    tests.check("the Chinese pages are those of the English ones", done.returncode == 0,
                done.stderr)
    for name in ("CONTENT", "LAYOUT"):
        kinds = [[kind for kind, _ in manual.blocks_of((DOCS / (name + end)).read_text("utf-8"))]
                 for end in (".md", ".zh-CN.md")]
        kinds[1].remove("para")  # the link to the English page
        tests.check("%s has the same blocks in both" % name, kinds[0] == kinds[1])
    english = [row[0] for kind, rows in manual.blocks_of((DOCS / "LAYOUT.md").read_text("utf-8"))
               if kind == "table" for row in rows[2:]]
    chinese = (DOCS / "LAYOUT.zh-CN.md").read_text("utf-8")
    tests.check("every key is described in Chinese", english and all(
        re.search(r"^\| %s \|.*[\u4e00-\u9fff][^|]*\|$" % re.escape(key), chinese, re.M)
        for key in english))


def check_guide(tests):
    text = (DOCS / "CONTENT.md").read_text("utf-8")
    lacking = [node for node in NODES if not re.search(r"^\| %s" % re.escape(node), text, re.M)]
    tests.check("the guide says what each element becomes", not lacking, lacking)
    shown = set(re.findall(r"\]\(pictures/([\w-]+)\.png\)", text))
    made = set(pictures.SAMPLES) | {name for name, _ in pictures.examples()}
    tests.check("each picture is made by tools/pictures.py", shown == made, shown ^ made)


def check_pictures(tests, folder):
    environment = program.environment()
    done = subprocess.run([sys.executable, program.ROOT / "tools/pictures.py",
                           os.path.abspath(program.PROGRAM), folder.path],
                          capture_output=True, text=True, env=environment, check=False)
    tests.check("the pictures are made", done.returncode == 0, done.stderr)
    for path in sorted((DOCS / "pictures").glob("*.png")):
        made = folder.path / path.name
        tests.check("%s has the size that is made now" % path.name, made.exists() and all(
            abs(a - b) <= 40 for a, b in zip(size(made), size(path))))


def check_examples(tests, folder):
    for name, markdown in pictures.examples():
        folder.write("a.md", pictures.HEAD + markdown)
        done = folder.run("render", "a.md", "--layout", "base", "-o", "a.pdf", "--strict")
        tests.check("%s: nothing is told" % name, done.status == 0, done.errors)


def main():
    tests = program.Tests()
    check_chinese(tests)
    check_guide(tests)
    with program.Folder() as folder:
        check_pictures(tests, folder)
        check_examples(tests, folder)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
