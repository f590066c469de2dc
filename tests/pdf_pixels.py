#!/usr/bin/env python3
"""A PDF looks the same in poppler and MuPDF as the pages that cairo draws from the same book.

Pages are compared as gray pictures at 96 dpi, each pixel being the mean of a square of
BLUR × BLUR: the three renderers place and thicken edges differently by parts of a pixel. The
hand-made book has what no issue has: slanted, thickened, raised, coloured, spread glyphs.

Tolerance, per reader: so many of the squares may differ by more than DEEP of 255, and the mean
difference is at most so much. Poppler moves each glyph to a quarter of a pixel and draws it
darker, so it gets more. Another page of the same issue is beyond both five times over (checked).
"""
import os
import pathlib
import re
import struct
import subprocess
import sys
import zlib

import program

DPI = 96
BLUR = 4      # pixels
DEEP = 40     # of 255
TOLERANCE = {"poppler": (0.012, 2.2), "MuPDF": (0.001, 1.0)}  # of all squares; of 255


def read_png(path):
    """An 8-bit RGB or RGBA picture as rows of gray values."""
    data, at, packed = path.read_bytes(), 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, height, _, colour = struct.unpack(">IIBB", body[:10])
        elif kind == b"IDAT":
            packed += body
        at += 12 + length
    size = 4 if colour == 6 else 3
    raw, above, rows = zlib.decompress(packed), bytearray(width * size), []
    for y in range(height):
        start = y * (width * size + 1)
        row = unfilter(raw[start], bytearray(raw[start + 1:start + 1 + width * size]), above, size)
        rows.append([(row[i] * 299 + row[i + 1] * 587 + row[i + 2] * 114) // 1000
                     for i in range(0, len(row), size)])
        above = row
    return rows


def unfilter(kind, row, above, size):
    for i in range(len(row) if kind else 0):
        left = row[i - size] if i >= size else 0
        up, corner = above[i], above[i - size] if i >= size else 0
        if kind == 1:
            add = left
        elif kind == 2:
            add = up
        elif kind == 3:
            add = (left + up) // 2
        else:
            guess = left + up - corner
            distances = [(abs(guess - left), 0, left), (abs(guess - up), 1, up),
                         (abs(guess - corner), 2, corner)]
            add = min(distances)[2]
        row[i] = (row[i] + add) & 255
    return row


def read_pgm(path):
    data = path.read_bytes()
    head = re.match(rb"P5\s+(?:#.*\s+)*(\d+)\s+(\d+)\s+255\s", data)
    width, height = int(head[1]), int(head[2])
    start = head.end()
    return [list(data[start + y * width:start + (y + 1) * width]) for y in range(height)]


def squares(rows, width, height):
    """Means of squares of BLUR pixels over the part that all pictures have."""
    result = []
    for y in range(0, height - BLUR + 1, BLUR):
        band = [sum(column) for column in zip(*rows[y:y + BLUR])]
        result += [sum(band[x:x + BLUR]) / BLUR ** 2 for x in range(0, width - BLUR + 1, BLUR)]
    return result


def compare(a, b):
    """(part of the squares that differ much, mean difference)."""
    width, height = min(len(a[0]), len(b[0])), min(len(a), len(b))
    pairs = list(zip(squares(a, width, height), squares(b, width, height)))
    differences = [abs(x - y) for x, y in pairs]
    return (sum(d > DEEP for d in differences) / len(differences),
            sum(differences) / len(differences))


def check_page(tests, name, drawn, pictures):
    for reader, picture in pictures:
        far, mean = compare(drawn, picture)
        most_far, most_mean = TOLERANCE[reader]
        tests.check("%s by %s" % (name, reader), far <= most_far and mean <= most_mean,
                    "%.5f differ by more than %d, mean %.3f" % (far, DEEP, mean))
        if os.environ.get("PAIBAN_FIGURES"):
            print("# %s by %s: %.5f, %.3f" % (name, reader, far, mean))


def pictures(folder, pdf, page):
    """The page by poppler and by MuPDF."""
    subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", "-f", str(page), "-l", str(page),
                    "-singlefile", pdf, "poppler"], cwd=folder.path, check=True)
    subprocess.run(["mutool", "draw", "-q", "-r", str(DPI), "-c", "gray", "-F", "pgm", "-o",
                    "mupdf.pgm", pdf, str(page)], cwd=folder.path, check=True,
                   capture_output=True)
    return [("poppler", read_pgm(folder.path / "poppler.pgm")),
            ("MuPDF", read_pgm(folder.path / "mupdf.pgm"))]


def check_issue(tests, folder, source):
    (folder.path / "png").mkdir()
    first = folder.run("render", source, "-o", "a.pdf")
    second = folder.run("render", source, "--format", "png", "--dpi", str(DPI), "-o", "png/")
    if not tests.check("renders", first.status == 0 and second.status == 0,
                       first.errors + second.errors):
        return
    pages = sorted((folder.path / "png").iterdir())
    for number in (1, 2, 4):
        check_page(tests, "page %d" % number, read_png(pages[number - 1]),
                   pictures(folder, "a.pdf", number))
    far, mean = compare(read_png(pages[2]), read_png(pages[3]))
    most_far, most_mean = TOLERANCE["poppler"]
    tests.check("another page is not the same", far > 5 * most_far and mean > 5 * most_mean,
                (far, mean))
    if os.environ.get("PAIBAN_FIGURES"):
        print("# another page: %.5f, %.3f" % (far, mean))


def check_book(tests, folder):
    build = pathlib.Path(os.environ.get("PAIBAN_BUILD") or program.ROOT / "build")
    command = build / "tests" / "pdf" / "draw-book"
    for kind in ("pdf", "png"):
        done = subprocess.run([command, kind, build / "render" / "out", "book." + kind],
                              cwd=folder.path, capture_output=True, check=False)
        if done.returncode == 77:
            tests.skip("hand-made book", "needs fonts-noto-cjk and fonts-liberation")
            return
        tests.check("hand-made book as %s" % kind, done.returncode == 0, done.stderr.decode())
    check_page(tests, "hand-made book", read_png(folder.path / "book.png"),
               pictures(folder, "book.pdf", 2))


def main():
    tests = program.Tests()
    with program.Folder() as folder:
        check_issue(tests, folder, program.ROOT / "samples" / "2021-05.md")
        check_book(tests, folder)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
