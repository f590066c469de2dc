#!/usr/bin/env python3
"""Render samples/2021-05.md and compare it with the text of the printed issue (TAP).

usage: original.py [-v]

tests/original/2021-05.txt has one line of the printed page per line that is not blank; one
that begins with a space begins a page; the running header and the page number were caught
once, and begin a page too. Of the PDF, `pdftotext -bbox` gives words with their boxes: words
whose middles lie within half a body line's height stand on one line. Both become one stream
of characters without white space, so that only the words and the offsets at which lines and
pages begin are compared, never the spaces that an extraction makes up.

Furniture is known by its place: what stands outside the type area is no text.
"""
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import program

TITLE = "互联网+远程医疗行业月报"
PAGES = 10           # of the printed issue, without the cover
TOP, BOTTOM = 72, 842 - 72  # pt: the type area
SAME_LINE = 5        # pt between the middles of words of one line


def squeeze(text):
    return re.sub(r"\s+", "", text)


def printed(path):
    """(lines, indices of the lines that begin a page) of the printed issue."""
    lines, pages, page_begins = [], [], False
    for raw in path.read_text(encoding="utf-8").split("\n"):
        text = squeeze(raw)
        if text == TITLE or re.fullmatch(r"\d{1,3}", text):
            page_begins = True
        elif text:
            if raw.startswith(" ") or page_begins:
                pages.append(len(lines))
            page_begins = False
            lines.append(text)
    return lines, pages


def words_of(page):
    for word in page.iter("{http://www.w3.org/1999/xhtml}word"):
        middle = (float(word.get("yMin")) + float(word.get("yMax"))) / 2
        if TOP <= middle <= BOTTOM:
            yield middle, float(word.get("xMin")), word.text or ""


def lines_of(page):
    rows = []
    for middle, x, text in sorted(words_of(page)):
        if not rows or middle - rows[-1][0] >= SAME_LINE:
            rows.append((middle, []))
        rows[-1][1].append((x, text))
    return [squeeze("".join(text for _, text in sorted(words))) for _, words in rows]


def rendered(path):
    """(lines, indices of those that begin a page) of a PDF behind its cover."""
    xml = subprocess.run(["pdftotext", "-bbox", path, "-"], check=True, capture_output=True)
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", xml.stdout.decode("utf-8", "replace"))
    lines, pages = [], []
    for page in list(ET.fromstring(text).iter("{http://www.w3.org/1999/xhtml}page"))[1:]:
        pages.append(len(lines))
        lines += lines_of(page)
    return lines, pages


def starts(lines):
    """The offset of each line in the stream of characters."""
    offsets, offset = [], 0
    for line in lines:
        offsets.append(offset)
        offset += len(line)
    return offsets


def difference(a, b):
    """Where two texts part, with what stands there."""
    n = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    return "at %d: printed …%s… PDF …%s…" % (n, a[max(0, n - 9):n + 12], b[max(0, n - 9):n + 12])


def compare(tests, original, pdf, verbose):
    (lines, pages), (pdf_lines, pdf_pages) = original, pdf
    text, pdf_text = "".join(lines), "".join(pdf_lines)
    have, wanted = set(starts(pdf_lines)), starts(lines)
    missed = [line for line, start in zip(lines, wanted) if start not in have]
    extra = len(have - set(wanted))
    have_pages = {starts(pdf_lines)[i] for i in pdf_pages if i < len(pdf_lines)}
    page_hits = sum(wanted[i] in have_pages for i in pages)
    print("# lines: %d/%d (%.1f %%), pages: %d/%d"
          % (len(wanted) - len(missed), len(wanted), 100 - 100 * len(missed) / len(wanted),
             page_hits, len(pages)))
    if verbose:
        print("".join("# missed: %s\n" % line for line in missed), end="")
    tests.check("text: same", text == pdf_text, difference(text, pdf_text))
    tests.check("line starts: all", not missed, "\n".join(missed))
    tests.check("line starts: no others", extra == 0, extra)
    tests.check("page starts: all", page_hits == len(pages) == PAGES, page_hits)
    tests.check("the PDF has %d pages behind the cover" % PAGES, len(pdf_pages) == PAGES,
                len(pdf_pages))


def check_comparison(tests, original):
    """The comparison itself notices what it is there for."""
    lines, _ = original
    moved = [lines[0] + lines[1][:1], lines[1][1:]] + lines[2:]
    tests.check("a character less is noticed", "".join(lines) != "".join(lines)[1:])
    tests.check("a moved line start is noticed",
                set(starts(lines)) - set(starts(moved)) == {len(lines[0])})


def main():
    tests = program.Tests()
    original = printed(program.ROOT / "tests/original/2021-05.txt")
    check_comparison(tests, original)
    with program.Folder() as folder:
        target = folder.path / "2021-05.pdf"
        result = program.run("render", program.ROOT / "samples/2021-05.md", "-o", target)
        tests.check("the sample renders", result.status == 0, result.errors)
        tests.check("without a finding above a note",
                    not re.search(r"(warning|error|fatal): ", result.errors), result.errors)
        if target.exists():
            compare(tests, original, rendered(target), "-v" in sys.argv)
        else:
            tests.check("the PDF exists", False)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
