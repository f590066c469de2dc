#!/usr/bin/env python3
"""The limits of docs/SECURITY.md: at the limit it works, one above it what is promised (TAP).

Images above it become boxes, tables text, deeper lists are set at the deepest level, fonts
are passed over: all told, and the PDF appears. A source or a number of pages above it
refuses the document. --limit moves each.
"""
import os
import pathlib
import re
import struct
import sys
import zlib

import program

program.TIME_LIMIT = 600  # for 16 MiB of source in a sanitized program on a busy machine
SONG = pathlib.Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
BREAK = "\n\n<!-- pagebreak -->\n\n"


def png(width, height):
    """A gray PNG of one bit; its rows are all alike."""
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data
                + struct.pack(">I", zlib.crc32(kind + data)))
    rows = zlib.compress(b"\0" * ((1 + (width + 7) // 8) * height), 9)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
            + chunk(b"IDAT", rows) + chunk(b"IEND", b""))


def render(folder, text, *options):
    """Status, findings by name, and whether a PDF is there."""
    folder.write("a.md", text)
    output = folder.path / "a.pdf"
    output.unlink(missing_ok=True)
    result = folder.run("render", "a.md", "-o", "a.pdf", *options)
    names = re.findall(r"\[([a-z0-9-]+)\]$", result.errors, re.M)
    return result, names, output.exists()


def check(tests, folder, name, at, above, finding, status, *options):
    """`at` is rendered without the finding; `above` has it and ends as it should."""
    result, names, there = render(folder, at, *options)
    tests.check("at the limit of %s it works" % name,
                result.status == 0 and there and finding not in names, result.errors[-500:])
    result, names, there = render(folder, above, *options)
    tests.check("above the limit of %s it is told once" % name,
                names.count(finding) == 1, result.errors[-500:])
    tests.check("above the limit of %s the document is %s" % (name, "refused" if status else "made"),
                result.status == status and there == (status == 0), result.status)


def source(tests, folder):
    line = "<!-- " + "x" * 1014 + " -->\n"  # 1 KiB that sets nothing
    assert len(line) == 1024
    text = "正文。\n\n"
    fill = text + line * ((16 << 10) - 1)
    fill += "\n" * ((16 << 20) - len(fill.encode()))
    check(tests, folder, "source", fill, fill + "\n", "file-too-large", 74)
    check(tests, folder, "source, moved", fill[:1 << 19], fill[:1 << 20], "file-too-large", 74,
          "--limit", "source=1")


def pages(tests, folder):
    head = "---\ncover: no\n---\n\n"
    check(tests, folder, "pages", head + BREAK.join("文" * 5000), head + BREAK.join("文" * 5001),
          "too-many-pages", 2)
    check(tests, folder, "pages, moved", head + BREAK.join("文" * 7),
          head + BREAK.join("文" * 8), "too-many-pages", 2, "--limit", "pages=7")


def nesting(tests, folder):
    check(tests, folder, "nesting", ">" * 32 + " 文。\n", ">" * 33 + " 文。\n", "nesting", 0)
    check(tests, folder, "nesting, moved", ">" * 3 + " 文。\n", ">" * 4 + " 文。\n", "nesting", 0,
          "--limit", "nesting=3")
    deep = "".join("  " * i + "- 文%d\n" % i for i in range(60))
    result, names, there = render(folder, deep)
    tests.check("lists deeper than the limit are all set", there and names.count("nesting") == 1,
                result.errors)


def table(columns):
    return "|a" * columns + "|\n" + "|-" * columns + "|\n" + "|b" * columns + "|\n"


def columns(tests, folder):
    check(tests, folder, "columns", table(200), table(201), "table-size", 0)
    check(tests, folder, "columns, without pipes at the ends",
          table(200).replace("\n|", "\n").replace("|\n", "\n")[1:],
          table(201).replace("\n|", "\n").replace("|\n", "\n")[1:], "table-size", 0)
    check(tests, folder, "columns, moved", table(4), table(5), "table-size", 0,
          "--limit", "columns=4")


def pixels(tests, folder):
    folder.write("at.png", png(8000, 8000))
    folder.write("above.png", png(8000, 8001))
    folder.write("small.png", png(1000, 1000))
    folder.write("larger.png", png(1000, 1001))
    check(tests, folder, "pixels", "![图](at.png)\n", "![图](above.png)\n",
          "image-too-many-pixels", 0)
    check(tests, folder, "pixels, moved", "![图](small.png)\n", "![图](larger.png)\n",
          "image-too-many-pixels", 0, "--limit", "pixels=1")


def fonts(tests, folder):
    text = "# 标题\n\n正文。\n"
    result, names, there = render(folder, text)
    tests.check("fonts of usual size are used", there and "font-too-large" not in names, names)
    result, names, there = render(folder, text, "--limit", "font=26")
    tests.check("a font file above the limit is passed over and told once",
                there and names.count("font-too-large") == 1 and result.status == 0, names)
    result, names, there = render(folder, text, "--limit", "font=1")
    tests.check("where none is left the document is refused",
                not there and result.status == 2 and "font-role-empty" in names, names)


def font_of(folder, size):
    """A configuration with one font of Han, whose file is so large; zeros stand behind it."""
    path = folder.write("fonts/song.ttc", SONG.read_bytes())
    os.truncate(path, size)
    return folder.write(
        "fonts.conf", "<fontconfig><dir>%s/fonts</dir><dir>/usr/share/fonts/truetype/liberation"
        "</dir><cachedir>%s/cache</cachedir></fontconfig>" % (folder.path, folder.path))


def font_size(tests, folder):
    folder.write("a.md", "---\ncover: no\n---\n\n正文。\n")
    for name, size, status, told in (("at the limit", 64 << 20, 0, 0),
                                     ("above the limit", (64 << 20) + 1, 2, 1)):
        result = folder.run("render", "a.md", "-o", "a.pdf",
                            PAIBAN_FONTS_CONF=str(font_of(folder, size)))
        tests.check("a font file %s" % name, result.status == status and
                    result.errors.count("[font-too-large]") == told, result.errors)


def options(tests, folder):
    for setting in ("pages", "pages=", "pages=x", "pages=0", "pages=100001", "page=1", "=1",
                    "pages=-1", "pages=99999999999999999999", "columns=1", "\x1b[2J=1"):
        result, _, there = render(folder, "文\n", "--limit", setting)
        tests.check("--limit %r is refused" % setting,
                    result.status == 64 and not there and "--limit" in result.errors
                    and "\x1b" not in result.errors, result.errors)


def batch(tests, folder):
    """An issue above a limit fails alone; --limit makes it anew."""
    folder.write("in/a.md", "---\ncover: no\n---\n\n" + BREAK.join("文" * 3))
    folder.write("in/b.md", "# 标题\n")
    result = folder.run("batch", "in", "-o", "out", "--limit", "pages=2")
    tests.check("in batch an issue above a limit fails, the others are made",
                result.status == 2 and "too-many-pages" in result.errors
                and (folder.path / "out/b.pdf").exists()
                and not (folder.path / "out/a.pdf").exists(), result.errors)
    result = folder.run("batch", "in", "-o", "out", "--limit", "pages=3")
    tests.check("a moved limit makes it", result.status == 0 and (folder.path / "out/a.pdf").exists(),
                result.errors)
    result = folder.run("batch", "in", "-o", "out", "--limit", "pages=0")
    tests.check("batch refuses a wrong limit", result.status == 64, result.errors)


def main():
    tests = program.Tests()
    for run in (source, pages, nesting, columns, pixels, fonts, font_size, options,
                batch):
        with program.Folder() as folder:
            run(tests, folder)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
