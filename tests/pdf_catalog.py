#!/usr/bin/env python3
"""What PDFs say of themselves beside their tags: page labels, outline, named destinations that
survive edits, links, page boxes, fonts, the file's own form (TAP)."""
import os
import re
import subprocess
import sys

import pdf_elements
import pdf_read
import picture_files
import program

HEAD = "---\ntitle: 题\ndate: 2024-02\n%s---\n\n%s\n"
# What is typed as an address, and what the file opens; None: kept as text and told.
ADDRESSES = [
    ("http://a.cn/(x", "http://a.cn/(x"),
    ("http://a.cn/)(", "http://a.cn/)("),
    ("http://a.cn/路 径", "http://a.cn/%E8%B7%AF%20%E5%BE%84"),
    ("https://例子.测试:80/?问#节", "https://xn--fsqu00a.xn--0zwm56d:80/?%E9%97%AE#%E8%8A%82"),
    ("http://a.cn/%E4%BD%A0", "http://a.cn/%E4%BD%A0"),
    ("ftp://a.cn/x", "ftp://a.cn/x"),
    ("mailto:a@例子.测试", "mailto:a@xn--fsqu00a.xn--0zwm56d"),
    ("HTTPS://A.cn/", "HTTPS://A.cn/"),
    ("javascript:alert(1)", None),
    ("file:///etc/passwd", None),
    ("tel:10086", None),
    ("data:text/html,x", None),
    ("http://a b.cn/", None),
    ("http://a%3Eb.cn/", None),
    ("http://a\"b.cn/", None),
    ("http:///x", None),
    ("http://a..cn/", None),
    ("mailto:a@", None),
]


def render(tests, folder, name, *options, out="a.pdf"):
    result = folder.run("render", name, *options, "-o", out)
    tests.check("%s: renders" % name, result.status == 0, result.errors)
    return pdf_read.Pdf(folder.path / out), result


def labels(pdf):
    """The label of each page, as a viewer makes it (ISO 32000-1, 12.4.2)."""
    ranges = pdf.tree(pdf.root["/PageLabels"], "/Nums")
    result = []
    for number in range(len(pdf.pages)):
        start, how = [(s, h) for s, h in ranges if s <= number][-1]
        digits = str(how.get("/St", 1) + number - start) if how.get("/S") == "/D" else ""
        result.append(pdf_read.text(how.get("/P", "")) + digits)
    return result


def annotations(pdf):
    return [(i, pdf.get(a)) for i, page in enumerate(pdf.pages) for a in page.get("/Annots", [])]


def destinations(pdf):
    names = pdf.get(pdf.root.get("/Names", {})).get("/Dests")
    return {pdf_read.string_bytes(name).decode("utf-8"): target
            for name, target in pdf.tree(names, "/Names")}


def check_labels(tests, folder):
    pdf, _ = render(tests, folder, pdf_read.SAMPLE)
    found = labels(pdf)
    expected = ["封面", *map(str, range(1, len(pdf.pages)))]
    tests.check("page labels: the cover, then numbers", found == expected, found)
    pdf, _ = render(tests, folder, pdf_read.SAMPLE, "--pages", "3,5-6")
    tests.check("page labels of some pages", labels(pdf) == ["2", "4", "5"], labels(pdf))


def check_outline(tests, folder):
    """Sections are open, items are seen and closed."""
    folder.write("o.md", HEAD % ("", "# 甲\n\n## 一\n\n### 里面\n\n文。\n\n## 二\n\n文。\n\n# 乙\n\n## 三\n\n文。"))
    pdf, _ = render(tests, folder, "o.md")

    def tree(reference):
        entry, result, at = pdf.get(reference), [], pdf.get(reference).get("/First")
        while at:
            kid = pdf.get(at)
            result.append((pdf_read.text(kid["/Title"]), kid.get("/Count", 0) > 0, tree(at)))
            at = kid.get("/Next")
        return result

    found = tree(pdf.root["/Outlines"])
    tests.check("outline: sections open, items below", [
        (t, is_open, [k[0] for k in kids]) for t, is_open, kids in found] == [
            ("1 甲", True, ["1.1 一", "1.2 二"]), ("2 乙", True, ["2.1 三"])], found)
    tests.check("outline: items closed", not any(k[1] for e in found for k in e[2]), found)
    tests.check("outline: it is shown", pdf.root.get("/PageMode") == "/UseOutlines")


def check_destinations(tests, folder):
    """Names come from titles and identifiers, not from places."""
    body = "# 甲\n\n## 条目一\n\n文。\n\n## 条目二 {#zwei}\n\n文。\n"
    folder.write("d.md", HEAD % ("", body))
    before = destinations(render(tests, folder, "d.md")[0])
    tests.check("destinations: by title and by identifier", {"甲", "条目一", "zwei"} <= set(before),
                sorted(before))
    edited = "# 新的\n\n" + "新的一段。\n\n" * 80 + body.replace("条目二", "改了的题")
    folder.write("d.md", HEAD % ("", edited))
    pdf = render(tests, folder, "d.md")[0]
    after = destinations(pdf)
    tests.check("destinations: they survive an edit", {"甲", "条目一", "zwei"} <= set(after), sorted(after))
    places = [pdf.page_references.index(after[name][0]) for name in ("新的", "条目一")]
    tests.check("destinations: they lead where the title is now", places[0] < places[1], places)


def check_links(tests, folder):
    documents = dict(pdf_elements.write(folder))
    pdf, _ = render(tests, folder, documents["link-of-two-lines"])
    found = annotations(pdf)
    tests.check("a link of two lines: one annotation, a quadrilateral a line", len(found) == 1
                and len(found[0][1]["/QuadPoints"]) // 8 in (2, 3), found)
    folder.write("l.md", HEAD % ("", "[" + "很长的链接" * 400 + "](http://a.cn/)。"))
    pdf, _ = render(tests, folder, "l.md")
    found = annotations(pdf)
    numbers = [i for i, _ in found]
    tests.check("a link over a page's end: one annotation a page", len(numbers) > 1 and numbers == list(
        range(numbers[0], numbers[-1] + 1)) and all(len(a["/QuadPoints"]) >= 16 for _, a in found), numbers)
    said = {pdf_read.text(a["/Contents"]) for _, a in found}
    tests.check("a link says its text and its target", all(
        "很长的链接" in s and "http://a.cn/" in s for s in said), said)


def check_addresses(tests, folder):
    for typed, opened in ADDRESSES:
        folder.write("u.md", HEAD % ("", "见[字样](<%s>)。" % typed))
        pdf, result = render(tests, folder, "u.md")
        found = [pdf_read.text(a["/A"]["/URI"]) for _, a in annotations(pdf)]
        tests.check("%s: opens %s" % (typed, opened), found == ([opened] if opened else []), found)
        told = re.search(r"^u\.md:6:2: warning: link .*\[link-(scheme|name)\]$", result.errors, re.M)
        tests.check("%s: told, where it is refused" % typed, bool(told) == (opened is None),
                    result.errors)
        text = "".join(t for page in pdf.pages for t in pdf.texts(page).values())
        tests.check("%s: its text stays" % typed, "见字样。" in text, text)


def check_boxes(tests, folder):
    folder.write("print.yaml", "base: base\npage: {bleed: 3mm, crop-marks: yes}\n")
    folder.write("p.md", HEAD % ("layout: print.yaml\n", "正文。"))
    pdf, _ = render(tests, folder, "p.md")
    page = pdf.pages[0]
    trim, bleed, media = page["/TrimBox"], page["/BleedBox"], page["/MediaBox"]
    tests.check("the trim box is the page", [round(v) for v in trim] == [0, 0, 595, 842], trim)
    tests.check("the bleed box is 3 mm larger", all(abs(abs(a - b) - 8.5) < 0.02 for a, b in
                                                    zip(trim, bleed)), bleed)
    tests.check("the media box has room for marks", all(abs(a) > abs(b) for a, b in
                                                        zip(media[:2], bleed[:2])), media)


def tables(data):
    return {data[at:at + 4].decode("latin-1") for at in
            range(12, 12 + 16 * int.from_bytes(data[4:6], "big"), 16)}


def cff_index(data, at):
    """An INDEX of CFF: its entries, and where it ends."""
    count = int.from_bytes(data[at:at + 2], "big")
    if count == 0:
        return [], at + 2
    size = data[at + 2]
    offsets = [int.from_bytes(data[at + 3 + i * size:at + 3 + (i + 1) * size], "big")
               for i in range(count + 1)]
    start = at + 2 + (count + 1) * size
    return [data[start + a:start + b] for a, b in zip(offsets, offsets[1:])], start + offsets[-1]


def has_subroutines(data):
    """Global ones of a CFF table, behind its names, top dictionary and strings."""
    at = data[2]
    for _ in range(3):
        _, at = cff_index(data, at)
    return bool(cff_index(data, at)[0])


def check_fonts(tests, folder):
    pdf, _ = render(tests, folder, pdf_read.ELEMENTS)
    fonts = pdf.get(pdf.get(pdf.pages[0]["/Resources"])["/Font"])
    kinds, wrong = set(), []
    for reference in fonts.values():
        font = pdf.get(reference)
        below = pdf.get(font["/DescendantFonts"][0])
        descriptor = pdf.get(below["/FontDescriptor"])
        kinds.add(below["/Subtype"])
        if below["/Subtype"] == "/CIDFontType2":
            data = pdf.bytes(descriptor["/FontFile2"])
            good = below["/CIDToGIDMap"] == "/Identity" and "glyf" in tables(data) and not (
                tables(data) & {"cmap", "GSUB", "GPOS", "fvar", "gvar"})
        else:
            data = pdf.bytes(descriptor["/FontFile3"])
            good = pdf.get(descriptor["/FontFile3"])["/Subtype"] == "/CIDFontType0C"
            good = good and data[0] == 1 and not has_subroutines(data)
        named = re.match(r"/[A-Z]{6}\+\w", font["/BaseFont"]) and below["/BaseFont"] == font["/BaseFont"]
        if not (good and named and font["/Encoding"] == "/Identity-H" and "/ToUnicode" in font
                and "/W" in below and "/CIDSet" not in descriptor):
            wrong.append((font, below, descriptor))
    tests.check("fonts: CFF and glyf are both there", kinds == {"/CIDFontType0", "/CIDFontType2"}, kinds)
    tests.check("fonts: subsets with widths and maps, without CIDSet and what drawing does not need",
                not wrong, wrong)


def identity(folder, name):
    return re.findall(rb"/ID\s*\[\s*<(\w{32})>\s*<(\w{32})>\s*\]", (folder.path / name).read_bytes())


def check_form(tests, folder):
    render(tests, folder, pdf_read.SAMPLE, out="1.pdf")
    render(tests, folder, pdf_read.SAMPLE, out="2.pdf")
    render(tests, folder, pdf_read.ELEMENTS, out="3.pdf")
    one, two, other = (identity(folder, "%d.pdf" % i) for i in (1, 2, 3))
    tests.check("the identifier is the content's", len(one) == 1 and one == two != other, (one, two, other))
    data = (folder.path / "1.pdf").read_bytes()
    tests.check("objects and references are in streams", b"/ObjStm" in data and b"/XRef" in data
                and b"\nxref" not in data and b"\ntrailer" not in data)
    counts = [int(n) for n in re.findall(rb"/Type/ObjStm/N (\d+)", data)]
    tests.check("an index in an object stream is a byte", counts and max(counts) <= 256, counts)


def mapped(folder, source, *options):
    """The libraries that a render opens, by the loader's own trace."""
    result = folder.run("render", source, *options, "-o", "m.pdf", LD_DEBUG="files")
    return set(re.findall(r"file=(?:\S*/)?(lib[\w+.-]+?)\.so", result.errors))


def check_libraries(tests, folder):
    heavy = re.compile(r"lib(cairo|qpdf|poppler|rsvg|pangocairo|pangoft2)")
    folder.write("a.png", picture_files.png(40, 40, "RGBA", lambda x, y: (9, 99, 200, 128)))
    folder.write("a.jpg", picture_files.jpeg(4, 4, 3, lambda x, y: (9, 99, 200)))
    folder.write("a.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='40'>"
                 "<rect width='20' height='20' fill='red'/></svg>")
    folder.write("i.md", HEAD % ("", "![图](a.png)\n\n![图](a.jpg)"))
    folder.write("s.md", HEAD % ("", "![图](a.svg)"))
    for name, source, options in (("the sample", pdf_read.SAMPLE, []), ("all elements", pdf_read.ELEMENTS, []),
                                  ("PNG and JPEG", "i.md", []), ("3a", pdf_read.SAMPLE, ["--pdfa", "3a"])):
        opened = mapped(folder, source, *options)
        tests.check(name + ": maps no cairo, libqpdf or poppler", "libharfbuzz" in opened
                    and not any(map(heavy.match, opened)), sorted(opened))
    opened = mapped(folder, "s.md")
    tests.check("an SVG image: maps cairo", any(map(heavy.match, opened)), sorted(opened))
    opened = mapped(folder, pdf_read.ELEMENTS, "--linearize")
    tests.check("linearising: maps libqpdf", "libqpdf" in opened, sorted(opened))


def main():
    tests = program.Tests()
    with program.Folder() as folder:
        for check in (check_labels, check_outline, check_destinations, check_links, check_addresses,
                      check_boxes, check_fonts, check_form, check_libraries):
            check(tests, folder)
    return tests.finish()


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    sys.exit(main())
