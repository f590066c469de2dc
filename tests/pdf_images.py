#!/usr/bin/env python3
"""Pictures in PDFs: transparency, profiles, inks, depths, turns, as poppler, MuPDF and cairo show
them; what may go in byte for byte does, with its profile (TAP).

Each case is a page of one flat picture, whose middle must have the expected colour in all three.
"""
import os
import subprocess
import sys

import pdf_read
import picture_files as make
import program

DPI = 36
NEAR = 10      # of 255: rounding, and gamma 2.2 for the curve of sRGB
SIDE = 16      # pixels; JPEGs have SIDE / 8 blocks
RED, BLUE = (230, 40, 30), (20, 60, 200)
SWAPPED = make.rgb_profile((1, 0, 2))  # red and green exchanged


def flat(colour):
    return lambda x, y: colour


def png(kind, colour, **more):
    return make.png(SIDE, SIDE, kind, flat(colour), **more)


def jpeg(colour, **more):
    return make.jpeg(SIDE // 8, SIDE // 8, len(colour), flat(colour), **more)


def corner(x, y):
    """Black in the upper left quarter, so that turning shows."""
    return (0,) if x < SIDE // 16 and y < SIDE // 16 else (200,)


def mixed(colour, alpha):
    return tuple(round((c * alpha + 255 * (255 - alpha)) / 255) for c in colour)


# Name, file, expected colour of the middle, what the XObject must have: its colour space,
# whether there is a soft mask, whether the stream is the file itself (else rows of pixels).
CASES = [
    ("rgb.png", png("RGB", RED), RED, ("/DeviceRGB", False, False)),
    ("gray.png", png("L", (90,)), (90,) * 3, ("/DeviceGray", False, False)),
    ("deep.png", png("RGB", (0xE678, 0x2812, 0x1EFF), depth=16), RED,
     ("/DeviceRGB", False, False)),
    ("alpha.png", png("RGBA", (*RED, 128)), mixed(RED, 128),
     ("/DeviceRGB", True, False)),
    ("gray-alpha.png", png("LA", (0, 64)), mixed((0, 0, 0), 64),
     ("/DeviceGray", True, False)),
    ("opaque.png", png("RGBA", (*BLUE, 255)), BLUE, ("/DeviceRGB", False, False)),
    ("clear.png", png("RGBA", (*BLUE, 0)), (255,) * 3, ("/DeviceRGB", True, False)),
    ("profile.png", png("RGB", RED, icc=SWAPPED), None,
     ("/DeviceRGB", False, False)),
    ("rgb.jpg", jpeg(RED), RED, ("/DeviceRGB", False, True)),
    ("gray.jpg", jpeg((90,)), (90,) * 3, ("/DeviceGray", False, True)),
    ("profile.jpg", jpeg(RED, icc=SWAPPED), None, ("/ICCBased", False, True)),
    ("same.jpg", jpeg(BLUE, icc=make.rgb_profile()), BLUE, ("/ICCBased", False, True)),
    ("again.jpg", jpeg(BLUE[::-1], icc=make.rgb_profile()), BLUE[::-1],
     ("/ICCBased", False, True)),
    ("no-profile.jpg", jpeg(RED, icc=b"no profile at all" * 20), RED,
     ("/DeviceRGB", False, True)),
    ("version-9.jpg", jpeg(RED, icc=SWAPPED[:8] + b"\x09" + SWAPPED[9:]), RED,
     ("/DeviceRGB", False, True)),
    ("of-inks.jpg", jpeg(RED, icc=make.gray_press()), RED,
     ("/DeviceRGB", False, True)),
    ("inks.jpg", jpeg((255, 0, 0, 0)), (0, 255, 255), ("/DeviceRGB", False, False)),
    ("black.jpg", jpeg((0, 0, 0, 255)), (0, 0, 0), ("/DeviceRGB", False, False)),
    # one ink of four, full: L* 75
    ("press.jpg", jpeg((255, 0, 0, 0), icc=make.gray_press()), (186,) * 3,
     ("/DeviceRGB", False, False)),
]


def issue():
    pages = "\n\n<!-- pagebreak -->\n\n".join("![图](%s){width=4cm}" % case[0] for case in CASES)
    return "---\ntitle: 图\ndate: 2024-02\n---\n\n## 图\n\n%s\n" % pages


def shown(folder, pdf, count):
    """The pages by each reader, as rows of (red, green, blue)."""
    subprocess.run(["pdftoppm", "-r", str(DPI), pdf, "poppler"], cwd=folder.path, check=True)
    subprocess.run(["mutool", "draw", "-q", "-r", str(DPI), "-c", "rgb", "-F", "ppm", "-o",
                    "mupdf-%02d.ppm", pdf], cwd=folder.path, check=True, capture_output=True)
    (folder.path / "cairo").mkdir()
    drawn = folder.run("render", "a.md", "--format", "png", "--dpi", str(DPI), "-o", "cairo/")
    assert drawn.status == 0, drawn.errors
    return [("poppler", [make.read_pnm(p) for p in sorted(folder.path.glob("poppler-*.ppm"))][-count:]),
            ("MuPDF", [make.read_pnm(p) for p in sorted(folder.path.glob("mupdf-*.ppm"))][-count:]),
            ("cairo", [make.read_png(p) for p in sorted((folder.path / "cairo").iterdir())][-count:])]


def place(pdf, page):
    """Middle of the picture of a page in pixels, its corner, and its name."""
    matrix = name = None
    for operands, operator in pdf.content(page):
        if operator == "cm":
            matrix = operands
        if operator == "Do":
            name = operands[0]
    height = page["/MediaBox"][3] - page["/MediaBox"][1]
    return matrix, name, height


def pixel(rows, matrix, height, u, v):
    """The colour at u, v of the unit square in which the picture is drawn."""
    a, b, c, d, e, f = matrix
    x, y = a * u + c * v + e, height - (b * u + d * v + f)
    return rows[round(y * DPI / 72)][round(x * DPI / 72)]


def near(found, expected):
    return all(abs(a - b) <= NEAR for a, b in zip(found, expected))


def check_object(tests, pdf, name, data, reference, wanted):
    space, mask, whole = wanted
    xobject = pdf.get(reference)
    found = xobject["/ColorSpace"]
    found = found if isinstance(found, str) and found.startswith("/") else pdf.get(found)[0]
    tests.check(name + ": colour space", found == space, xobject)
    tests.check(name + ": soft mask", ("/SMask" in xobject) == mask, xobject)
    tests.check(name + ": stored as it should be", (pdf.bytes(reference) == data) == whole
                and (xobject.get("/Filter") == "/DCTDecode") == whole, xobject)


def check_cases(tests, folder):
    for name, data, *_ in CASES:
        folder.write(name, data)
    folder.write("a.md", issue())
    result = folder.run("render", "a.md", "-o", "a.pdf")
    if not tests.check("pictures: renders", result.status == 0, result.errors):
        return
    pdf = pdf_read.Pdf(folder.path / "a.pdf")
    pages = [p for p in pdf.pages if any(o == "Do" for _, o in pdf.content(p))]
    tests.check("a page for each picture", len(pages) == len(CASES), len(pages))
    images = pdf.get(pdf.get(pages[0]["/Resources"])["/XObject"])
    readers = shown(folder, "a.pdf", len(CASES))
    for number, (name, data, colour, wanted) in enumerate(CASES):
        matrix, key, height = place(pdf, pages[number])
        found = {reader: pixel(rows[number], matrix, height, 0.5, 0.5) for reader, rows in readers}
        if colour is None:  # red and green are exchanged: what cairo shows holds for the others
            colour = found["cairo"]
            tests.check(name + ": its profile is used", colour[1] > colour[0] + 50, colour)
            if wanted[0] == "/ICCBased":
                del found["MuPDF"]  # Debian's knows no profiles
        for reader, shade in found.items():
            tests.check("%s: colour by %s" % (name, reader), near(shade, colour),
                        "%s, expected %s" % (shade, colour))
        check_object(tests, pdf, name, data, images[key], wanted)
    spaces = [pdf.get(i)["/ColorSpace"] for i in images.values()]
    profiles = [str(s) for s in spaces if not str(s).startswith("/")]
    tests.check("a profile is written once", len(profiles) == len(set(profiles)) + 1, profiles)
    tests.check("no picture has inks", "/DeviceCMYK" not in str(spaces))


def check_extents(tests, folder):
    """A Figure's box is where its picture is drawn, and in the page."""
    pdf = pdf_read.Pdf(folder.path / "a.pdf")
    figures = [pdf.get(key) for key, entry in pdf.objects.items()
               if isinstance(entry.get("value"), dict) and entry["value"].get("/S") == "/Figure"]
    boxes = {figure["/Pg"]: figure["/A"]["/BBox"] for figure in figures}
    wrong = []
    for reference, page in zip(pdf.page_references, pdf.pages):
        matrix, name, _ = place(pdf, page)
        if not name:
            continue
        width, _, _, height, left, low = matrix
        drawn = (left, low, left + width, low + height)
        if any(abs(a - b) > 0.02 for a, b in zip(boxes.get(reference, [0] * 4), drawn)):
            wrong.append((boxes.get(reference), drawn))
    tests.check("the box of each figure is its picture's", len(boxes) == len(CASES) and not wrong, wrong)


def check_turned(tests, folder):
    """A camera held in eight ways: the dark quarter is where it is upright."""
    where = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}
    text = "---\ntitle: 图\ndate: 2024-02\n---\n\n## 图\n"
    for way in where:
        folder.write("%d.jpg" % way, make.jpeg(SIDE // 8, SIDE // 8, 1, corner, exif=make.turned(way)))
        text += "\n<!-- pagebreak -->\n\n![图](%d.jpg){width=4cm}\n" % way
    folder.write("a.md", text)
    result = folder.run("render", "a.md", "-o", "a.pdf")
    tests.check("turned pictures: renders", result.status == 0, result.errors)
    pdf = pdf_read.Pdf(folder.path / "a.pdf")
    pages = [p for p in pdf.pages if any(o == "Do" for _, o in pdf.content(p))]
    readers = shown(folder, "a.pdf", len(pages))
    for number, (way, (across, down)) in enumerate(where.items()):
        matrix, _, height = place(pdf, pages[number])
        a, b, c, d, e, f = matrix
        left, low = e + min(a + c, 0, a, c), f + min(b + d, 0, b, d)
        box = (abs(a + c), 0, 0, abs(b + d), left, low)
        for reader, rows in readers:
            dark = pixel(rows[number], box, height, 0.25 + across / 2, 0.75 - down / 2)
            light = pixel(rows[number], box, height, 0.75 - across / 2, 0.25 + down / 2)
            tests.check("turned %d: by %s" % (way, reader), dark[0] < 40 and light[0] > 160,
                        (dark, light))


def check_damaged(tests, folder):
    """A file that is none, or cut off: told, a box in its place, and a sound PDF."""
    whole = png("RGB", RED)
    for name, data in (("cut.png", whole[:-30]), ("none.png", b"GIF89a"), ("cut.jpg", jpeg(RED)[:-40])):
        folder.write(name, data)
        folder.write("b.md", "---\ntitle: 图\ndate: 2024-02\n---\n\n## 图\n\n![图样](%s)\n" % name)
        result = folder.run("render", "b.md", "-o", "b.pdf")
        checked = subprocess.run(["qpdf", "--check", "b.pdf"], cwd=folder.path,
                                 capture_output=True, check=False)
        tests.check(name + ": told, and a sound PDF", checked.returncode == 0
                    and "b.md:8:1: " in result.errors, result.errors)


def main():
    tests = program.Tests()
    with program.Folder() as folder:
        check_cases(tests, folder)
        check_extents(tests, folder)
    with program.Folder() as folder:
        check_turned(tests, folder)
        check_damaged(tests, folder)
    return tests.finish()


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    sys.exit(main())
