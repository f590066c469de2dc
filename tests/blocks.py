#!/usr/bin/env python3
"""Images, tables, lists and notes on the page, and what becomes of bad ones (TAP).

Each bad input gives a clear message with its place and a usable page: the text around it is
there, and where an image should be stands a box that says what is missing.
"""
import os
import re
import struct
import subprocess
import sys
import zlib

import pdf_read
import program

HEAD = "---\ntitle: 月报\ndate: 2024-05\ncover: no\n---\n\n# 节\n\n## 条\n\n前文。\n\n"
TEXT = re.compile(r'^  text \S+ (\S+) (\S+) width (\S+) .*? "((?:[^"\\]|\\.)*)"', re.M)
IMAGE = re.compile(r'^  image (\S+) (\S+) (\S+) (\S+) (\S+).* "([^"]*)" (\d+) × (\d+)$', re.M)
MEASURE = 595.276 - 2 * 81.638  # of the layout base
QUADRANTS = ((255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0))  # of a test picture


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(
        ">I", zlib.crc32(kind + data))


def png(width, height, dpi=300, alpha=None, gray=False, bits=8):
    """Four quadrants of colour; alpha: of all pixels."""
    colour = (0 if gray else 2) + (4 if alpha is not None else 0)
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            r, g, b = QUADRANTS[(2 * y >= height) * 2 + (2 * x >= width)]
            samples = [r // 2 + b // 4] if gray else [r, g, b]
            samples += [] if alpha is None else [alpha]
            rows += bytes(v for s in samples for v in ([s, s] if bits == 16 else [s]))
    per_metre = round(dpi / 0.0254)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(
        ">IIBBBBB", width, height, bits, colour, 0, 0, 0)) +
        chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)) +
        chunk(b"IDAT", zlib.compress(bytes(rows))) + chunk(b"IEND", b""))


def jpegs(folder):
    """A picture of quadrants as RGB and CMYK JPEG, made by poppler from our own PDF; a gray one."""
    folder.write("q.png", png(300, 200, dpi=72))
    folder.write("q.yaml", "base: base\npage: {width: 300pt, height: 200pt, margin-top: 0, "
                 "margin-bottom: 0, margin-inner: 0, margin-outer: 0}\nheader: {rule: 0, odd: "
                 "{centre: \"\"}}\nfooter: {odd: {centre: \"\"}}\nhighlights: {show: no}\n")
    folder.write("q.md", "---\ntitle: q\ncover: no\n---\n\n![四色](q.png){width=100%}\n")
    folder.run("render", "q.md", "--layout", "./q.yaml", "-o", "q.pdf")
    for name, kind in (("rgb", "-jpeg"), ("cmyk", "-jpegcmyk")):
        subprocess.run(["pdftoppm", "-r", "72", kind, "-singlefile", "q.pdf", name],
                       cwd=folder.path, check=True)
    return {"gray": gray_jpeg(),
            **{n: (folder.path / (n + ".jpg")).read_bytes() for n in ("rgb", "cmyk")}}


def gray_jpeg():
    """Two blocks of 8 × 8, light and dark: the least that is a JPEG (ITU T.81)."""
    segment = lambda marker, data: b"\xff" + bytes([marker]) + struct.pack(
        ">H", len(data) + 2) + data
    dc = bytes([0, 2] + [0] * 14) + bytes([0, 6])     # two codes of 2 bits: 0 and 6 bits follow
    ac = bytes([1] + [0] * 15) + bytes([0])           # one code: the block ends
    bits = "01" + format(40, "06b") + "0" + "01" + format(63 - 60, "06b") + "0"
    bits += "1" * (-len(bits) % 8)
    data = bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))
    return (b"\xff\xd8" + segment(0xDB, b"\0" + bytes([16] * 64)) +
            segment(0xC0, struct.pack(">BHHB", 8, 8, 16, 1) + bytes([1, 0x11, 0])) +
            segment(0xC4, b"\x00" + dc) + segment(0xC4, b"\x10" + ac) +
            segment(0xDA, bytes([1, 1, 0, 0, 63, 0])) + data + b"\xff\xd9")


def turned(jpeg, orientation):
    """The JPEG with an EXIF orientation."""
    tiff = b"MM\0*\0\0\0\x08\0\x01" + struct.pack(">HHIHH", 274, 3, 1, orientation, 0) + b"\0" * 4
    exif = b"Exif\0\0" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:]


def profiled(jpeg, icc):
    data = b"ICC_PROFILE\0\x01\x01" + icc
    return jpeg[:2] + b"\xff\xe2" + struct.pack(">H", len(data) + 2) + data + jpeg[2:]


def render(folder, body, *options, name="a.md"):
    folder.write(name, HEAD + body + "\n\n后文。\n")
    return folder.run("render", name, "-o", "a.pdf", *options)


def dump(folder, body, *options, name="a.md"):
    folder.write(name, HEAD + body + "\n\n后文。\n")
    return folder.run("render", name, "--dump=pages", *options).output


def images(text):
    """(structure, x, y, width, height, name) of each image."""
    return [(m[1], *map(float, m.group(2, 3, 4, 5)), m[6]) for m in IMAGE.finditer(text)]


def words(text):
    return "".join(m[4] for m in TEXT.finditer(text))


def near(a, b, within=0.6):
    return abs(a - b) <= within


def check_sizes(tests, folder):
    folder.write("a.png", png(300, 150))
    folder.write("wide.png", png(1200, 120, dpi=100))
    folder.write("tall.png", png(60, 1200, dpi=72))
    width = lambda body: images(dump(folder, body))[0][3]
    tests.check("its own size", near(width("![a](a.png)"), 72))
    tests.check("a percentage", near(width("![a](a.png){width=50%}"), MEASURE / 2))
    tests.check("a length", near(width("![a](a.png){width=3cm}"), 85.04))
    tests.check("no wider than the measure", near(width("![a](wide.png)"), MEASURE))
    x, y, w, h = images(dump(folder, '![a](tall.png "很高")'))[0][1:5]
    tests.check("no higher than a page", h < 700 and near(w * 20, h, 3), (w, h))
    x, _, w, _ = images(dump(folder, "![a](a.png)"))[0][1:5]
    tests.check("in the middle", near(x + w / 2, 595.276 / 2), x)
    done = render(folder, "![a](a.png){width=500%}")
    tests.check("a wrong width is told", done.status == 0 and re.search(
        r"a\.md:\d+:12: warning: attribute ‘width’ must be a length", done.errors), done.errors)


def check_rows(tests, folder):
    folder.write("a.png", png(300, 150))
    folder.write("b.png", png(1200, 900, dpi=200))
    pair = images(dump(folder, "![甲](a.png) ![乙](a.png)"))
    tests.check("side by side", len(pair) == 2 and pair[0][2] == pair[1][2] and
                pair[0][1] + pair[0][3] < pair[1][1], pair)
    three = images(dump(folder, "![1](b.png) ![2](b.png)\n![3](b.png)"))
    tests.check("three share the measure", len({i[2] for i in three}) == 1 and
                near(three[2][1] + three[2][3], 595.276 - 81.638, 1), three)
    many = images(dump(folder, " ".join("![i](b.png)" for _ in range(8))))
    tests.check("eight stand in three rows", len({i[2] for i in many}) == 3, many)
    forced = images(dump(folder, "![1](a.png)\\\n![2](a.png)"))
    tests.check("a line break parts rows", forced[0][2] != forced[1][2], forced)
    text = dump(folder, '![甲](a.png "左") ![乙](b.png "右")\n\n![丙](a.png "下")')
    tests.check("captions are numbered", all(c in words(text) for c in ("图1左", "图2右", "图3下"))
                or all(c in words(text).replace(" ", "") for c in ("图1左", "图2右", "图3下")),
                words(text))
    captions = {m[4]: float(m[2]) for m in TEXT.finditer(text)}
    tests.check("captions of a row on one line", captions.get("左") == captions.get("右"), captions)
    tests.check("foot of images on one line", len({round(i[2] + i[4]) for i in images(text)[:2]})
                == 1, images(text))


def check_places(tests, folder):
    """Where an image stands, by where it is written."""
    folder.write("a.png", png(300, 150))
    folder.write("icon.png", png(40, 40, dpi=240))
    at = lambda text, word: next(float(m[2]) for m in TEXT.finditer(text) if word in m[4])
    text = dump(folder, "甲甲。\n![图](a.png)\n乙乙。")
    tests.check("on a line of its own: between", at(text, "甲甲") < images(text)[0][2] < at(text, "乙乙"),
                text)
    text = dump(folder, "甲甲![图](a.png)乙乙。")
    tests.check("in running text: below", at(text, "乙乙") == at(text, "甲甲") < images(text)[0][2], text)
    text = dump(folder, "甲甲![图](icon.png)乙乙。")
    _, x, y, w, h, _ = images(text)[0]
    tests.check("small: in the line", at(text, "甲甲") - 12 < y < at(text, "甲甲") < y + h + 6 and w < 15,
                text)
    text = dump(folder, "- ![图](a.png)\n- 乙乙")
    tests.check("in a list", images(text)[0][2] < at(text, "乙乙"), text)
    text = dump(folder, "|名|图|\n|---|---|\n|甲甲|![图](a.png \"格\")|\n|乙乙|无|")
    tests.check("in a cell", images(text)[0][2] < at(text, "乙乙") and "格" in words(text), text)
    text = dump(folder, "字[^1]。\n\n[^1]: 注注。\n    ![图](a.png)")
    tests.check("in a note", images(text)[0][2] > at(text, "注注"), text)
    text = dump(folder, "[![图](a.png)](https://example.org/)")
    tests.check("as a link", re.search(r"^  image s\d+ .* link 1 ", text, re.M), text)
    tests.check("with its alternative text", 'Figure alt "图"' in text, text)
    folder.write("a.md", "---\ntitle: 甲\ncontacts:\n  - {name: 某中心, qr: a.png}\n---\n\n文。\n")
    text = folder.run("render", "a.md", "--dump=pages").output
    tests.check("a contact's code", near(images(text)[0][3], 70.87), text)


def missing(folder, name, body):
    """The dump and the messages of a body whose image is no use."""
    done = render(folder, body)
    return done, words(dump(folder, body))


def check_bad_images(tests, folder):
    folder.write("good.png", png(300, 150))
    whole = png(300, 150)
    broken = bytearray(whole)
    broken[-40] ^= 0xFF
    huge = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(
        ">IIBBBBB", 20000, 20000, 8, 2, 0, 0, 0)) + whole[33:]
    empty = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(
        ">IIBBBBB", 0, 0, 8, 2, 0, 0, 0)) + whole[33:]
    folder.write("cut.png", whole[:len(whole) // 2])
    folder.write("broken.png", bytes(broken))
    folder.write("huge.png", huge)
    folder.write("empty.png", empty)
    folder.write("no.png", "这不是图片\n")
    folder.write("a.gif", b"GIF89a" + b"\0" * 20)
    folder.write("broken.svg", "<svg xmlns='http://www.w3.org/2000/svg'><g></svg>")
    os.mkfifo(folder.path / "fifo.png")
    outside = folder.path.parent / (folder.path.name + "-other.png")
    outside.write_bytes(whole)
    (folder.path / "link.png").symlink_to(outside)
    cases = [
        ("none.png", "image-missing", "no such image"),
        ("cut.png", "image-damaged", "is damaged: "),
        ("broken.png", "image-damaged", "is damaged: "),
        ("huge.png", "image-too-many-pixels", "of 20000 × 20000 pixels"),
        ("empty.png", "image-empty|image-damaged", "0 × 0|damaged"),
        ("no.png", "not-an-image", "not an image"),
        ("a.gif", "image-format", "is GIF"),
        ("broken.svg", "image-damaged", "is damaged"),
        ("fifo.png", "image-not-a-file", "not a regular file"),
        ("link.png", "image-outside", "outside the folder"),
        ("../%s" % outside.name, "image-outside", "outside the folder"),
        ("/etc/passwd", "image-missing|image-outside", "no such image|outside"),
        ("https://example.org/a.png", "remote-image", "is not fetched"),
        ("", "image-no-address|empty-target", "without an address"),
    ]
    for name, identifier, message in cases:
        done, text = missing(folder, name, "![替代](%s)" % name)
        tests.check("%r: told at its place" % name, done.status == 0 and re.search(
            r"^a\.md:13:\d+: (error|warning): .*(%s).* \[(%s)\]$" % (message, identifier),
            done.errors, re.M), done.errors)
        label = "未取回" if name.startswith("https") else "缺失"
        tests.check("%r: a box says so, the text is there" % name, label in text and
                    "前文。" in text and "后文。" in text, text)
    done = render(folder, "![替代](link.png)", "--allow-path", str(folder.path.parent))
    tests.check("a permitted folder", "image-outside" not in done.errors, done.errors)
    outside.unlink()
    for options, good in (([], False), (["--root", "."], True)):
        folder.write("issues/a.md", HEAD + "![a](/good.png)\n")
        done = folder.run("render", "issues/a.md", "-o", "r.pdf", *options)
        tests.check("an address from the root, %s" % options,
                    (done.errors == "") == good, done.errors)
    folder.write("series.yaml", "publisher: 某社\n")
    done = folder.run("render", "issues/a.md", "-o", "r.pdf")
    tests.check("the root is the series' folder", "no such image" not in done.errors, done.errors)
    (folder.path / "series.yaml").unlink()
    folder.write("a.md", HEAD + "![a](good.png)\n")
    done = folder.run("render", "a.md", "-o", "good.png", "--format", "pdf")
    tests.check("an image is no output", done.status != 0 and "[output-is-input]" in done.errors
                and (folder.path / "good.png").read_bytes() == whole, done.errors)


def pixels(folder, path, dpi=36):
    """Width, and the RGB bytes, of a page by poppler."""
    data = subprocess.run(["pdftoppm", "-r", str(dpi), path], cwd=folder.path,
                          capture_output=True, check=True).stdout
    match = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", data)
    return int(match[1]), data[match.end():]


def png_pixels(data):
    """Width, and the RGB bytes, of a PNG by cairo (8 bit, RGB)."""
    width = struct.unpack(">I", data[16:20])[0]
    at, packed = 8, b""
    while at < len(data):
        length, = struct.unpack(">I", data[at:at + 4])
        packed += data[at + 8:at + 8 + length] if data[at + 4:at + 8] == b"IDAT" else b""
        at += 12 + length
    rows, out, before = zlib.decompress(packed), bytearray(), bytearray(3 * width)
    for start in range(0, len(rows), 3 * width + 1):
        kind, row = rows[start], bytearray(rows[start + 1:start + 1 + 3 * width])
        for i, value in enumerate(row):
            a, b = row[i - 3] if i > 2 else 0, before[i]
            c = before[i - 3] if i > 2 else 0
            p = a + b - c
            paeth = min((abs(p - v), n, v) for n, v in enumerate((a, b, c)))[2]
            row[i] = (value + (0, a, b, (a + b) // 2, paeth)[kind]) & 255
        out += row
        before = row
    return width, bytes(out)


def corners(width, data, box, scale):
    """The colours in the middle of the quadrants of a box in pt."""
    x, y, w, h = (v * scale for v in box)
    spots = [(x + w * i, y + h * j) for j in (0.25, 0.75) for i in (0.25, 0.75)]
    return [tuple(data[3 * (int(b) * width + int(a)):][:3]) for a, b in spots]


def alike(found, wanted):
    return all(abs(a - b) < 40 for f, w in zip(found, wanted) for a, b in zip(f, w))


R, G, B, Y = QUADRANTS
TURNED = {1: (R, G, B, Y), 2: (G, R, Y, B), 3: (Y, B, G, R), 4: (B, Y, R, G),
          5: (R, B, G, Y), 6: (B, R, Y, G), 7: (Y, G, B, R), 8: (G, Y, R, B)}


def check_turned(tests, folder, jpeg):
    """Every orientation, by poppler from the PDF and by cairo."""
    for orientation, wanted in TURNED.items():
        folder.write("t.jpg", turned(jpeg, orientation))
        body = "![t](t.jpg){width=60%}"
        box = images(dump(folder, body))[0][1:5]
        render(folder, body)
        by_poppler = corners(*pixels(folder, "a.pdf"), box, 0.5)
        folder.run("render", "a.md", "--format", "png", "--dpi", "36", "-o", "a.png")
        by_cairo = corners(*png_pixels((folder.path / "a.png").read_bytes()), box, 0.5)
        tests.check("orientation %d in PDF" % orientation, alike(by_poppler, wanted), by_poppler)
        tests.check("orientation %d in PNG" % orientation, alike(by_cairo, wanted), by_cairo)


def xobjects(folder):
    pdf = pdf_read.Pdf(folder.path / "a.pdf")
    resources = pdf.get(pdf.pages[0]["/Resources"])
    return pdf, {name: (reference, pdf.get(reference))
                 for name, reference in pdf.get(resources.get("/XObject", {})).items()}


def check_jpegs(tests, folder):
    made = jpegs(folder)
    for name in ("rgb", "gray"):
        folder.write("j.jpg", made[name])
        render(folder, "![j](j.jpg)")
        subprocess.run(["pdfimages", "-all", "a.pdf", "x"], cwd=folder.path, check=True)
        tests.check("a %s JPEG goes in as it is" % name,
                    (folder.path / "x-000.jpg").read_bytes() == made[name])
        _, found = xobjects(folder)
        wanted = "/DeviceGray" if name == "gray" else "/DeviceRGB"
        tests.check("a %s JPEG's colours" % name,
                    [o["/ColorSpace"] for _, o in found.values()] == [wanted], found)
    check_turned(tests, folder, made["rgb"])
    folder.write("c.jpg", made["cmyk"])
    done = render(folder, "![c](c.jpg)")
    _, found = xobjects(folder)
    tests.check("a CMYK JPEG becomes RGB", [o["/ColorSpace"] for _, o in found.values()] ==
                ["/DeviceRGB"] and "[cmyk-without-profile]" in done.errors, done.errors)
    box = images(dump(folder, "![c](c.jpg)"))[0][1:5]
    tests.check("with its colours", alike(corners(*pixels(folder, "a.pdf"), box, 0.5), TURNED[1]))
    pdf = pdf_read.Pdf(folder.path / "a.pdf")
    intent = pdf.get(pdf.get(pdf.root["/OutputIntents"][0])["/DestOutputProfile"] and
                     pdf.root["/OutputIntents"][0])["/DestOutputProfile"]
    icc = pdf.bytes(intent)
    for name, profile, space in (("good", icc, True), ("broken", icc[:200], False)):
        folder.write("i.jpg", profiled(made["rgb"], profile))
        render(folder, "![i](i.jpg)")
        _, found = xobjects(folder)
        spaces = [o["/ColorSpace"] for _, o in found.values()]
        tests.check("a %s profile" % name, isinstance(spaces[0], list) == space, spaces)


def check_pngs(tests, folder):
    for name, data, space, mask in (
            ("RGB", png(60, 40), "/DeviceRGB", False), ("gray", png(60, 40, gray=True), "/DeviceGray", False),
            ("transparent", png(60, 40, alpha=128), "/DeviceRGB", True),
            ("opaque alpha", png(60, 40, alpha=255), "/DeviceRGB", False),
            ("16 bit", png(60, 40, bits=16), "/DeviceRGB", False)):
        folder.write("p.png", data)
        done = render(folder, "![p](p.png) ![p](p.png)")
        _, found = xobjects(folder)
        own = [o for _, o in found.values()]
        tests.check("%s: one image of its kind" % name, done.status == 0 and len(own) == 1 and
                    own[0]["/ColorSpace"] == space and ("/SMask" in own[0]) == mask, own)
    folder.write("p.png", png(60, 40))
    render(folder, "![p](p.png){width=60%}")
    box = images(dump(folder, "![p](p.png){width=60%}"))[0][1:5]
    tests.check("pixels are those of the file", alike(
        corners(*pixels(folder, "a.pdf"), box, 0.5), TURNED[1]))
    folder.run("render", "a.md", "--format", "svg", "-o", "a.svg")
    tests.check("SVG has the image", "<image" in (folder.path / "a.svg").read_text())


def check_svg(tests, folder):
    folder.write("v.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">'
                 '<rect width="200" height="100" fill="#f00"/><image href="q.png" width="9" '
                 'height="9"/></svg>')
    done = render(folder, "![v](v.svg)")
    _, found = xobjects(folder)
    own = [o for _, o in found.values()]
    tests.check("SVG: pixels at 300 dpi, told", own and own[0]["/Width"] == 625 and re.search(
        r"^a\.md:13:1: note: ‘v\.svg’ is set as pixels at 300 dpi", done.errors, re.M) and
                "svg-pixels" in done.errors, done.errors)
    done = folder.run("render", "a.md", "-o", "a.pdf", PAIBAN_MODULEDIR=str(folder.path / "nowhere"))
    tests.check("SVG without its module", done.status == 0 and "[svg-module]" in done.errors,
                done.errors)


def check_figure(tests, folder):
    folder.write("a.png", png(300, 150))
    render(folder, '![替代文字](a.png "图题")')
    pdf = pdf_read.Pdf(folder.path / "a.pdf")
    figures = [o["value"] for o in pdf.objects.values() if isinstance(o.get("value"), dict)
               and o["value"].get("/S") == "/Figure"]
    tests.check("one Figure", len(figures) == 1, figures)
    box = pdf.get(figures[0]["/A"])["/BBox"]
    tests.check("with Alt", pdf_read.text(figures[0]["/Alt"]) == "替代文字", figures)
    tests.check("with BBox", near(box[2] - box[0], 72) and near(box[3] - box[1], 36), box)


def check_others(tests, folder):
    """Bad tables, notes and lists: told, and all their words are there."""
    cells = lambda n: "|" + "|".join("第%d格" % i for i in range(n)) + "|\n"
    done = render(folder, cells(40) + "|-" * 40 + "|\n" + cells(40))
    text = words(dump(folder, cells(40) + "|-" * 40 + "|\n" + cells(40)))
    tests.check("40 columns", done.status == 0 and "[table-columns]" in done.errors and
                text.count("第39") == 2 and "后文。" in text, done.errors)
    tall = "|甲|乙|\n|---|---|\n|" + "很长的一格，" * 900 + "|短|\n"
    done, text = render(folder, tall), dump(folder, tall)
    tests.check("a row taller than a page is split", done.status == 0 and
                words(text).replace("\n", "").count("一格") > 850 and text.count("\npage ") > 2
                and "taller-than-page" not in done.errors, done.errors)
    body = "".join("%s- 第%d层\n" % ("  " * i, i) for i in range(50))
    done, text = render(folder, body), words(dump(folder, body))
    tests.check("lists 50 deep", done.status == 0 and "[nesting]" in done.errors and
                all("第%d层" % i in text for i in range(50)), done.errors)
    done = render(folder, "字[^a]。\n\n[^b]: 没有记号的注。\n")
    text = words(dump(folder, "字[^a]。\n\n[^b]: 没有记号的注。\n"))
    tests.check("a mark without text, a text without mark", "[footnote-without-text]" in done.errors
                and "[footnote-without-mark]" in done.errors and "[^a]" in text and
                "没有记号的注" in text, done.errors)
    done = render(folder, "|事项|\n|---|\n|第一|\n|第二|\n")
    tests.check("a table of one column", done.status == 0 and not re.search(
        r"warning|error", done.errors), done.errors)
    notes = "字" + "".join("[^%d]" % i for i in range(60)) + "。\n\n" + "".join(
        "[^%d]: 第%d条注，%s\n\n" % (i, i, "文字很多，" * 12) for i in range(60))
    done, text = render(folder, notes), words(dump(folder, notes))
    tests.check("more notes than a page holds", done.status == 0 and
                all("第%d条注" % i in text for i in range(60)), done.errors)


def check_lists(tests, folder):
    folder.write("l.yaml", 'base: base\nlists: {numbers: "一、|（一）|1.|（1）|①", bullets: "■|□"}\n')
    body = "".join("%s1. 甲%d\n" % ("   " * i, i) for i in range(5)) + "\n- 乙\n  - 丙\n    - 丁\n"
    text = words(dump(folder, body, "--layout", "./l.yaml"))
    for label in ("一、甲0", "（一）甲1", "1.甲2", "（1）甲3", "①甲4", "■乙", "□丙", "□丁"):
        tests.check("numbering %s" % label, label in text.replace(" ", ""), text)
    ten = dump(folder, "".join("1. 项目%d\n" % i for i in range(1, 12)))
    starts = {m[1] for m in TEXT.finditer(ten) if m[4].startswith("项目")}
    tests.check("texts of one list begin on one line", len(starts) == 1, starts)
    long_code = "```\n" + "word " * 40 + "\n```\n"
    text = dump(folder, long_code)
    tests.check("a long line of code is wrapped with a mark", re.search(r"^  path layout .*stroke",
                                                                        text, re.M), text)
    captioned = dump(folder, "表：数量\n\n|甲|乙|\n|---|---:|\n|1|2|\n\n表：又一\n\n|甲|\n|---|\n|1|\n")
    tests.check("captions of tables are numbered", "表1数量" in words(captioned).replace(" ", "") and
                "表2又一" in words(captioned).replace(" ", ""), words(captioned))
    rows = "|头|数|\n|---|---|\n" + "".join("|第%d行|%d|\n" % (i, i) for i in range(120))
    text = dump(folder, rows)
    tests.check("the header row stands on each page", len(re.findall('"头"', text)) ==
                text.count("\npage ") > 2, text.count("\npage "))


def main():
    tests = program.Tests()
    for part in (check_sizes, check_rows, check_places, check_bad_images, check_jpegs, check_pngs,
                 check_svg, check_figure, check_others, check_lists):
        with program.Folder() as folder:
            part(tests, folder)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
