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
import subprocess
import sys

import pdf_read
import picture_files
import program

DPI = 96
BLUR = 4      # pixels
DEEP = 40     # of 255
# Large type in heavy strokes has more edges that poppler darkens: titles in red and in bold.
TITLES = {"poppler": (0.018, 2.2), "MuPDF": (0.001, 1.0)}
TOLERANCE = {"poppler": (0.012, 2.2), "MuPDF": (0.001, 1.0)}  # of all squares; of 255


def read_png(path):
    """A picture as rows of gray values."""
    return [[(r * 299 + g * 587 + b * 114) // 1000 for r, g, b in row]
            for row in picture_files.read_png(path)]


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


def check_page(tests, name, drawn, pictures, tolerance=None):
    for reader, picture in pictures:
        far, mean = compare(drawn, picture)
        most_far, most_mean = (tolerance or TOLERANCE)[reader]
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
    return [("poppler", picture_files.read_pnm(folder.path / "poppler.pgm")),
            ("MuPDF", picture_files.read_pnm(folder.path / "mupdf.pgm"))]


def draw(tests, folder, source):
    """The pages of an issue as cairo draws them, beside its PDF; [] after a failure."""
    place = folder.path / source.stem
    place.mkdir()
    first = folder.run("render", source, "-o", "a.pdf")
    second = folder.run("render", source, "--format", "png", "--dpi", str(DPI), "-o", "%s/" % place)
    tests.check(source.stem + ": renders", first.status == 0 and second.status == 0,
                first.errors + second.errors)
    return sorted(place.iterdir())


def check_issue(tests, folder, source, numbers, tolerance=None):
    pages = draw(tests, folder, source)
    for number in numbers:
        check_page(tests, "%s, page %d" % (source.stem, number), read_png(pages[number - 1]),
                   pictures(folder, "a.pdf", number), tolerance)


def check_another(tests, folder):
    """Another page of the same issue is no match."""
    pages = sorted((folder.path / pdf_read.SAMPLE.stem).iterdir())
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
        check_issue(tests, folder, pdf_read.SAMPLE, (1, 2, 4))
        check_another(tests, folder)
        for source in pdf_read.SAMPLES[1:]:
            check_issue(tests, folder, source, (1,), TITLES)
        check_issue(tests, folder, pdf_read.ELEMENTS, (2,))
        check_book(tests, folder)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
