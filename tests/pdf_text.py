#!/usr/bin/env python3
"""The text of PDFs is the composed text, code point for code point, once white space is
removed, in painting order, as poppler and MuPDF extract it; and each typed space is a glyph.

The composed text is that of --dump=pages, which golden files keep right. Where a glyph's text
has several code points, some beyond U+FFFF, MuPDF 1.21 can be given the first only; there the
ActualText in the structure tree is compared.
"""
import html
import os
import pathlib
import re
import subprocess
import sys

import pdf_read
import pdf_tags
import program

WHITE = re.compile(r"[\s\u00a0\u3000]")
SELECTORS = re.compile("[\U000e0100-\U000e01ef]")  # of variants of the character before
RADICALS = re.compile("[\u2e80-\u2fdf]")


def tool(*arguments):
    return subprocess.run(arguments, capture_output=True,
                          check=True).stdout.decode("utf-8", "replace")


def poppler(path):
    """Words with their boxes: the plain mode eats a hyphen at a line's end."""
    words = tool("pdftotext", "-raw", "-bbox", path, "-")
    return "".join(html.unescape(w) for w in re.findall(r"<word [^>]*>(.*?)</word>", words))


def mupdf(path):
    return tool("mutool", "draw", "-q", "-F", "text", path)


def glyphs(path):
    """The text of each glyph, in painting order: spaces that are none are not among them."""
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
    text, path = composed(dump), str(folder.path / "a.pdf")
    tests.check(name + ": has text", len(text) > 300, text)
    for reader, expected, found in (("poppler", text, poppler(path)),
                                    ("MuPDF", SELECTORS.sub("", text), mupdf(path))):
        if reader == "MuPDF":  # newer ones read ActualText
            found = SELECTORS.sub("", found)
        expected, found = WHITE.sub("", expected), WHITE.sub("", found)
        tests.check("%s: text by %s" % (name, reader), found == expected,
                    difference(expected, found))
    expected, found = SELECTORS.sub("", text), glyphs(path)
    tests.check(name + ": every typed space is a glyph", found == expected,
                difference(expected, found))
    typed = set(RADICALS.findall(source.read_text(encoding="utf-8-sig")))
    tests.check(name + ": no radical that was not typed", set(RADICALS.findall(text)) <= typed)


SPECIAL = """---
title: 字
date: 2024-02
---

## 空

甲 乙——丙……丁，a b，⼀一，e\u0301é，office fi，𠮷，\u201cIt\u2019s\u201d。

5\u00a0km 5\u00a0万，**Open** Source *and* [en]{lang=en} [fr]{lang=fr}，x `code` y，戊　己，12\u2009345，
<ruby>汉<rt>hàn</rt></ruby>字 庚 A 辛

```c
if (x) {
    return  0;
}
```

[葛\U000e0100飾区]{lang=ja}，葛城，𠮷\U000e0100野，𠮷野，\U00020b9f\U00020b9f，私\ue000用
"""
# What one glyph stands for and MuPDF cannot be told: the ActualText of an element.
ACTUAL = ["葛\U000e0100", "𠮷\U000e0100", "\ue000"]


def check_special(tests, folder):
    """What one glyph stands for in two ways comes back as it was typed."""
    folder.write("s.md", SPECIAL)
    folder.run("render", "s.md", "-o", "s.pdf")
    path = str(folder.path / "s.pdf")
    text = glyphs(path)
    for part in ("——丙……", "a b", "⼀一", "office fi", "𠮷", "It\u2019s", "5\u00a0km 5\u00a0万",
                 "Open Source and en fr", "x code y", "戊　己", "12\u2009345", "汉hàn字 庚 A 辛",
                 "if (x) {    return  0;}", "葛飾区，葛城，𠮷野，𠮷野，\U00020b9f\U00020b9f，私"):
        tests.check("%r comes back" % part, part in text, text)
    for part in ("葛\U000e0100飾区，葛城，𠮷\U000e0100野，𠮷野，", "私\ue000用"):
        tests.check("%r comes back by poppler" % part, part in poppler(path), poppler(path))
    text = SELECTORS.sub("", mupdf(path))
    tests.check("MuPDF gives whole characters", not re.search("[\ud800-\udfff\ufffd]", text)
                and "葛飾区，葛城，𠮷野，𠮷野，" in text, text)
    found = re.findall("ActualText=“(.*?)”", "\n".join(pdf_tags.Tree(path).lines()))
    tests.check("the rest is told by elements", found == ACTUAL, found)
    tests.check("the tree has the whole text", "葛\U000e0100飾区，葛城，𠮷\U000e0100野，𠮷野，"
                in pdf_tags.Tree(path).text())
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
    lines = pdf_tags.Tree(path).lines()
    tests.check("and an element", any("Span ActualText=“é”" in line for line in lines), lines)


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
