#!/usr/bin/env python3
"""The text of PDFs is the composed text, code point for code point, once white space is
removed, in painting order, as poppler and MuPDF read it; and each typed space is a glyph.

The composed text is that of --dump=pages, which golden files keep right.
"""
import html
import os
import pathlib
import re
import subprocess
import sys

import pdf_read
import program

WHITE = re.compile(r"[\s\u00a0\u3000]")


def tool(*arguments):
    return subprocess.run(arguments, capture_output=True,
                          check=True).stdout.decode("utf-8", "replace")


def poppler(path):
    """Words with their boxes: the plain mode eats a hyphen at a line's end."""
    words = tool("pdftotext", "-raw", "-bbox", path, "-")
    return "".join(html.unescape(w) for w in re.findall(r"<word [^>]*>(.*?)</word>", words))


def mupdf(path):
    trace = tool("mutool", "draw", "-q", "-F", "trace", path)
    trace = re.sub(r"<stroke_text.*?</stroke_text>", "", trace, flags=re.S)  # thickened text
    return "".join(html.unescape(g) for g in re.findall(r'<g unicode="([^"]*)"', trace))


def composed(dump):
    texts = re.findall(r'^  text .*? "((?:[^"\\]|\\.)*)"(?: generated[ 0-9-]*)?$', dump, re.M)
    return "".join(re.sub(r"\\(.)", r"\1", t) for t in texts)


def difference(expected, found):
    at = next((i for i, (a, b) in enumerate(zip(expected, found)) if a != b),
              min(len(expected), len(found)))
    return "at %d: expected %r, found %r" % (at, expected[at:at + 20], found[at:at + 20])


def check(tests, folder, source, name):
    rendered = folder.run("render", source, "-o", "a.pdf")
    dump = folder.run("render", source, "--dump", "pages", "-o", "-").output
    if not tests.check(name + ": renders", rendered.status == 0, rendered.errors):
        return
    expected = WHITE.sub("", composed(dump))
    tests.check(name + ": has text", len(expected) > 300, expected)
    for reader, read in (("poppler", poppler), ("MuPDF", mupdf)):
        found = WHITE.sub("", read(str(folder.path / "a.pdf")))
        tests.check("%s: text by %s" % (name, reader), found == expected,
                    difference(expected, found))
    found = mupdf(str(folder.path / "a.pdf"))
    tests.check(name + ": every typed space is a glyph", found == composed(dump),
                difference(composed(dump), found))


SPECIAL = """---
title: 字
date: 2024-02
---

## 空

甲 乙——丙……丁，a b，⼀一，e\u0301é，office fi，𠮷，\u201cIt\u2019s\u201d。

5\u00a0km 5\u00a0万，**Open** Source *and* [en]{lang=en} [fr]{lang=fr}，x `code` y，戊　己，12\u2009345，
<ruby>汉<rt>hàn</rt></ruby>字 庚 A 辛
"""


def check_special(tests, folder):
    """What one glyph stands for in two ways comes back as it was typed."""
    folder.write("s.md", SPECIAL)
    folder.run("render", "s.md", "-o", "s.pdf")
    text = mupdf(str(folder.path / "s.pdf"))
    for part in ("——丙……", "a b", "⼀一", "office fi", "𠮷", "It\u2019s", "5\u00a0km 5\u00a0万",
                 "Open Source and en fr", "x code y", "戊　己", "12\u2009345", "汉hàn字 庚 A 辛"):
        tests.check("%r comes back" % part, part in text, text)
    info = pdf_read.Pdf(folder.path / "s.pdf")
    fonts = info.get(info.get(info.pages[0]["/Resources"])["/Font"])
    maps = {info.get(f)["/ToUnicode"] for f in fonts.values()}
    tests.check("each variant of a font has its own map", len(maps) == len(fonts), maps)


def check_book(tests, folder):
    """The hand-made book of tests/unit/out_book.h."""
    build = pathlib.Path(os.environ.get("PAIBAN_BUILD") or program.ROOT / "build")
    done = subprocess.run([build / "tests" / "pdf" / "draw-book", "pdf", build, "book.pdf"],
                          cwd=folder.path, capture_output=True, check=False)
    if done.returncode == 77:
        tests.skip("hand-made book", "needs fonts-noto-cjk and fonts-liberation")
        return
    path = str(folder.path / "book.pdf")
    found = WHITE.sub("", poppler(path))
    tests.check("hand-made book: text by poppler", found ==
                "月报月报国家政策远程医疗——“见”officehttps://exampleslantedtext"
                "加粗的字散开的彩色字é", found)
    content = pdf_read.Pdf(path)
    actual = [operands[1].get("/ActualText") for operands, operator
              in content.content(content.pages[1]) if operator == "BDC" and operands[0] == "/Span"]
    tests.check("a letter of two glyphs has ActualText", actual == [b"\xfe\xff\x00\xe9"], actual)


def main():
    tests = program.Tests()
    with program.Folder() as folder:
        for name, path in pdf_read.documents(folder):
            check(tests, folder, path, name)
        check_special(tests, folder)
        check_book(tests, folder)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
