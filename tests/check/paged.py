"""paged: plant the defects that only finished pages show; used by check_recall.py.

Where a page ends is known before: with the layout LOOSE, which lets single lines stand, an issue of
paragraphs of one line each says (by `--dump pages`) how many lines a page holds, and a paragraph of one
character too many how many a line. From these a paragraph of the corpus is put where its first or its
last line is alone on a page, or cut so that its last line has one character.
"""
import re
import struct
import zlib

LOOSE = "base: base\nrules: {breaker: first-fit, avoid-lone-character: false}\n" \
    "styles:\n  body: {orphans: 1, widows: 1}\n"
HEAD = "---\ntitle: 月报\ndate: 2021-05\ncover: no\n---\n\n# 栏目\n\n"
FILLER = "短句。"
PAGES = 4          # that are measured
LINES = 5          # at most, of a planted paragraph
LAYOUT = "loose.yaml"


class Page:
    """What a page and a line hold with the layout LOOSE."""

    def __init__(self, f):
        f.write(LAYOUT, LOOSE)
        f.write("measure.md", HEAD + "\n\n".join([FILLER] * 60 * PAGES) + "\n")
        pages = f.run("render", "measure.md", "--layout", LAYOUT, "--dump", "pages").output.split("\npage ")[1:]
        self.lines = [page.count('"%s"' % FILLER) for page in pages[:PAGES]]
        f.write("measure.md", HEAD + "汉" * 200 + "\n")
        pages = f.run("render", "measure.md", "--layout", LAYOUT, "--dump", "pages").output
        rows = [len(row) for row in re.findall('"(汉+)"', pages)]
        self.first, self.measure = rows[0], rows[1]  # letters of a paragraph's first line, of the others


def han(corpus, rng, count):
    """`count` Han of the corpus, without marks: all as wide as the type size."""
    letters = re.sub("[^\u4e00-\u9fff]", "", "".join(rng.choice(corpus)))
    start = rng.randrange(max(1, len(letters) - count))
    return (letters[start:] + letters)[:count]


def text_of_lines(page, corpus, rng, lines):
    """A paragraph of so many lines, the last of them half full."""
    return han(corpus, rng, page.first + page.measure * (lines - 2) + page.measure // 2) + "。"


def lone_line(page, corpus, rng):
    """(issue, line): a paragraph whose first or last line is alone on its page."""
    lines, at = rng.randint(3, LINES), rng.randrange(1, PAGES)
    before = sum(page.lines[:at]) - (1 if rng.random() < 0.5 else lines - 1)
    blocks = [FILLER] * before + [text_of_lines(page, corpus, rng, lines)] + [FILLER] * rng.randint(0, 9)
    return HEAD + "\n\n".join(blocks) + "\n", HEAD.count("\n") + 1 + 2 * before


def lone_character(page, corpus, rng):
    before, lines = rng.randint(0, 60), rng.randint(2, LINES)
    text = han(corpus, rng, page.first + page.measure * (lines - 2) + 1) + rng.choice(["", "。", "！"])
    blocks = [FILLER] * before + [text] + [FILLER] * rng.randint(0, 9)
    return HEAD + "\n\n".join(blocks) + "\n", HEAD.count("\n") + 1 + 2 * before


def headings(lines):
    return [i for i, line in enumerate(lines) if line.startswith("## ")]


def title_lines(_, corpus, rng):
    """A title of the corpus grown to more than three lines."""
    lines = list(rng.choice(corpus))
    at = rng.choice(headings(lines))
    lines[at] = "## " + han(corpus, rng, rng.randint(110, 160))
    return "\n".join(lines), at + 1


def png(width, height):
    """A white picture of one byte a pixel."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = (b"\0" + b"\xff" * width) * height
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) \
        + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def image_resolution(_, corpus, rng):
    """A picture of few pixels across the text, behind a random item's title."""
    lines = list(rng.choice(corpus))
    at = rng.choice(headings(lines)) + 1
    share = rng.randint(50, 100)
    lines[at:at] = ["", "![现场照片](%d.png){width=%d%%}" % (rng.choice(WIDTHS), share), ""]
    return "\n".join(lines), at + 2


WIDTHS = [40, 80, 160, 320, 500]
PLANTS = {"title-lines": title_lines, "lone-line": lone_line, "lone-character": lone_character,
          "image-resolution": image_resolution}
LOOSELY = {"lone-line", "lone-character"}  # checked with the layout LOOSE


def write_pictures(f, folder):
    for width in WIDTHS:
        f.write("%s/%d.png" % (folder, width), png(width, width * 2 // 3 + 1))
