#!/usr/bin/env python3
"""The structure of PDFs, checked for what no validator sees, in the sample, in a document
of every element, in generated issues; with file names as arguments only those are checked.

Each rule has a negative: the same PDF with one value changed must break exactly that rule.
"""
import copy
import os
import pathlib
import re
import subprocess
import sys

import pdf_elements
import pdf_read
import program

BUILD = pathlib.Path(os.environ.get("PAIBAN_BUILD") or program.ROOT / "build")
KNOWN = {"Document", "Sect", "H1", "H2", "H3", "H4", "H5", "H6", "P", "L", "LI", "Lbl", "LBody",
         "Table", "TR", "TH", "TD", "Figure", "Caption", "Note", "TOC", "TOCI", "Reference",
         "Link", "Span", "Quote", "BlockQuote", "Code", "Ruby", "RB", "RT"}
PARENTS = {"LI": {"L"}, "Lbl": {"LI", "TOCI", "Note"}, "LBody": {"LI"}, "TR": {"Table"},
           "TH": {"TR"}, "TD": {"TR"}, "TOCI": {"TOC"}, "RB": {"Ruby"}, "RT": {"Ruby"}}
GROUPS = {"Document", "Sect", "L", "LI", "Table", "TR", "TOC", "Ruby"}  # hold no content


class Element:
    def __init__(self, reference, value, parent):
        self.reference = reference
        self.value = value
        self.kind = value["/S"][1:]
        self.parent = parent
        self.marks = []    # (page index, MCID) in order of K
        self.objects = []  # references of annotations
        self.kids = []     # elements
        self.order = []    # first paint of each kid of K that has one


class Structure:
    """The tree of a PDF, walked from its root."""

    def __init__(self, pdf):
        self.pdf = pdf
        self.root = pdf.get(pdf.root["/StructTreeRoot"])
        self.elements = {}
        self.wrong = []
        self.page_index = {reference: i for i, reference in enumerate(pdf.page_references)}
        self.walk(self.root["/K"], None)

    def walk(self, reference, parent):
        value = self.pdf.get(reference)
        if reference in self.elements:
            self.wrong.append(("tree", "%s is reached twice" % reference))
            return None
        element = self.elements[reference] = Element(reference, value, parent)
        expected = parent.reference if parent else self.pdf.root["/StructTreeRoot"]
        if value.get("/P") != expected:
            self.wrong.append(("parent", "%s has /P %s" % (reference, value.get("/P"))))
        kids = value.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            self.add_kid(element, kid)
        return element

    def add_kid(self, element, kid):
        page = self.page_index.get(element.value.get("/Pg"))
        if isinstance(kid, int):
            element.marks.append((page, kid))
        elif isinstance(kid, dict) and kid.get("/Type") == "/MCR":
            element.marks.append((self.page_index.get(kid["/Pg"]), kid["/MCID"]))
        elif isinstance(kid, dict) and kid.get("/Type") == "/OBJR":
            element.objects.append(kid["/Obj"])
            return
        else:
            below = self.walk(kid, element)
            if below:
                element.kids.append(below)
                if below.order:
                    element.order.append(min(below.order))
            return
        element.order.append(element.marks[-1])


def rule_tree(structure):
    yield from structure.wrong
    for element in structure.elements.values():
        if element.kind not in KNOWN:
            yield "kind", element.kind
        parents = PARENTS.get(element.kind)
        if parents and (not element.parent or element.parent.kind not in parents):
            yield "nesting", "%s in %s" % (element.kind, element.parent.kind)
        if element.kind in GROUPS and element.marks:
            yield "group", "%s holds content" % element.kind
        if element.marks != sorted(element.marks):
            yield "order", "%s %s" % (element.reference, element.marks)


def rule_order(structure):
    """Content stands among the children by first paint. Not so notes, which are painted at the
    page's foot."""
    for element in structure.elements.values():
        order = element.order
        if element.kind not in ("Sect", "Document") and order != sorted(order):
            yield "order", "%s %s: %s" % (element.kind, element.reference, order)


def rule_marks(structure):
    """Marked content and K say the same, and the parent tree as well."""
    pdf = structure.pdf
    parents = dict(pdf.tree(structure.root["/ParentTree"], "/Nums"))
    claimed = {}
    for element in structure.elements.values():
        for mark in element.marks:
            if mark in claimed:
                yield "marks", "%s is claimed twice" % (mark,)
            claimed[mark] = element
    for index, page in enumerate(pdf.pages):
        found = [operands[1]["/MCID"] for operands, operator in pdf.content(page)
                 if operator == "BDC" and "/MCID" in operands[1]]
        if found != list(range(len(found))):
            yield "marks", "page %d has MCIDs %s" % (index, found)
        row = pdf.get(parents.get(page.get("/StructParents"), []))
        if len(row) != len(found):
            yield "parent-tree", "page %d: %d of %d" % (index, len(row), len(found))
        for number, reference in enumerate(row):
            owner = claimed.pop((index, number), None)
            if owner is None or owner.reference != reference:
                yield "parent-tree", "page %d MCID %d" % (index, number)
    for mark in claimed:
        yield "marks", "%s is nowhere painted" % (mark,)


def is_artifact(properties):
    """Furniture says of what kind it is: a header stands at the top (14.8.2.2.2)."""
    kind, below = properties.get("/Type"), properties.get("/Subtype")
    edges = {"/Header": ["/Top"], "/Footer": ["/Bottom"]}
    if kind == "/Pagination":
        return below in edges and properties.get("/Attached") == edges[below]
    return kind in ("/Layout", "/Page", "/Background")


def rule_content(structure):
    """Everything is painted inside marked content, which is balanced; text inside BT."""
    paints = {"TJ", "Tj", "f", "S", "B", "Do", "sh"}
    for index, page in enumerate(structure.pdf.pages):
        depth, text = 0, False
        for operands, operator in structure.pdf.content(page):
            depth += (operator == "BDC") - (operator == "EMC")
            text = operator == "BT" or (text and operator != "ET")
            if operator in paints and depth < 1:
                yield "unmarked", "page %d: %s" % (index, operator)
            if operator == "BDC" and operands[0] == "/Artifact" and not is_artifact(operands[1]):
                yield "artifact", "page %d: %s" % (index, operands[1])
            if operator == "BDC" and depth > 1 and operands[0] != "/Span":
                yield "unmarked", "page %d: nested %s" % (index, operands)
        if depth or text:
            yield "unmarked", "page %d ends inside" % index


def rule_links(structure):
    pdf = structure.pdf
    parents = dict(pdf.tree(structure.root["/ParentTree"], "/Nums"))
    destinations = dict(pdf.tree(pdf.get(pdf.root.get("/Names", {})).get("/Dests"), "/Names"))
    found = set()
    for index, page in enumerate(pdf.pages):
        for reference in page.get("/Annots", []):
            link = pdf.get(reference)
            owner = structure.elements.get(parents.get(link.get("/StructParent")))
            found.add(reference)
            if owner is None or owner.kind != "Link" or reference not in owner.objects:
                yield "objr", "%s on page %d" % (reference, index)
            if link.get("/F") != 4 or not pdf_read.text(link.get("/Contents", "")):
                yield "annotation", "%s has no F 4 or Contents" % reference
            quads, box = link.get("/QuadPoints", []), link["/Rect"]
            inside = all(box[i % 2] <= q <= box[i % 2 + 2] for i, q in enumerate(quads))
            if not quads or len(quads) % 8 or not inside:
                yield "annotation", "%s: %s in %s" % (reference, quads, box)
            if "/Dest" in link and link["/Dest"] not in destinations:
                yield "destination", link["/Dest"]
            uri = pdf_read.text(link.get("/A", {}).get("/URI", "http://a/"))
            if not re.match(r"(https?|ftp)://[\x21-\x7e]+$|mailto:[\x21-\x7e]+$", uri):
                yield "uri", uri
    for element in structure.elements.values():
        if element.kind == "Link" and not element.objects:
            yield "objr", "Link %s has no annotation" % element.reference
        if not set(element.objects) <= found:
            yield "objr", "%s refers to %s" % (element.reference, element.objects)


def attribute(element, key):
    rows = element.value.get("/A", {})
    for row in rows if isinstance(rows, list) else [rows]:
        if key in row:
            return row[key]
    return None


def rule_attributes(structure):
    ids = {}
    for element in structure.elements.values():
        if "/ID" in element.value:
            ids[element.value["/ID"]] = element.reference
        if element.kind == "Note" and "/ID" not in element.value:
            yield "id-tree", "a Note has no ID"
        if element.kind == "Figure" and not (element.value.get("/Alt")
                                             and attribute(element, "/BBox")):
            yield "figure", element.reference
        if element.kind == "TH" and not attribute(element, "/Scope"):
            yield "scope", element.reference
        if element.kind == "L":
            labels = any(kid.kind == "Lbl" for item in element.kids for kid in item.kids)
            numbering = attribute(element, "/ListNumbering")
            if numbering is None or labels == (numbering == "/None"):
                yield "list", "%s with labels: %s" % (numbering, labels)
    tree = structure.pdf.tree(structure.root.get("/IDTree"), "/Names")
    if dict(tree) != ids or [k for k, _ in tree] != sorted(ids, key=pdf_read.string_bytes):
        yield "id-tree", "%s of %s" % (tree, ids)


def rule_headings(structure):
    level = 0
    for element in structure.elements.values():  # in the order of the walk
        if re.match(r"H\d$", element.kind):
            if int(element.kind[1]) > level + 1:
                yield "headings", "%s after H%d" % (element.kind, level)
            level = int(element.kind[1])


def rule_outline(structure):
    pdf = structure.pdf
    destinations = pdf.tree(pdf.get(pdf.root.get("/Names", {})).get("/Dests"), "/Names")
    names = dict(destinations)
    if [n for n, _ in destinations] != sorted(names, key=pdf_read.string_bytes):
        yield "destination", "names are not sorted"
    for name, target in destinations:
        if target[0] not in structure.page_index:
            yield "destination", name

    def visible(reference):
        """Entries below that are seen, after checking them."""
        entry, total, last = pdf.get(reference), 0, None
        at = entry.get("/First")
        while at:
            kid = pdf.get(at)
            if kid.get("/Parent") != reference or kid.get("/Prev") != last:
                problems.append(("outline", "%s hangs wrong" % at))
            if kid.get("/Dest") not in names:
                problems.append(("destination", kid.get("/Dest")))
            below = visible(at)
            total += 1 + (below if kid.get("/Count", 0) > 0 else 0)
            last, at = at, kid.get("/Next")
        if abs(entry.get("/Count", 0)) != total or entry.get("/Last") != last:
            problems.append(("outline", "%s counts %s of %d"
                             % (reference, entry.get("/Count"), total)))
        return total

    problems = []
    if "/Outlines" in pdf.root:
        visible(pdf.root["/Outlines"])
    yield from problems


def rule_metadata(structure):
    pdf = structure.pdf
    info, root = pdf.get(pdf.trailer["/Info"]), pdf.root
    xmp = pdf.bytes(root["/Metadata"]).decode("utf-8")
    xmp = xmp.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    for key in ("/Title", "/Author", "/Subject", "/Creator", "/Producer", "/Keywords"):
        if key in info and pdf_read.text(info[key]) not in xmp:
            yield "metadata", key
    date = re.sub(r"\D", "", "".join(re.findall(r"<xmp:CreateDate>(.*?)<", xmp)))
    if re.sub(r"\D", "", pdf_read.text(info.get("/CreationDate", ""))) != date:
        yield "metadata", "dates"
    if not root.get("/Lang") or not root["/MarkInfo"].get("/Marked"):
        yield "metadata", "language or mark"
    if not root["/ViewerPreferences"].get("/DisplayDocTitle"):
        yield "metadata", "title is not displayed"
    private = root.get("/PieceInfo", {}).get("/paiban", {}).get("/Private", {})
    if len(private.get("/PageDigests2", [])) != len(pdf.pages):
        yield "metadata", "page digests"
    for page in pdf.pages:
        if page.get("/Tabs") != "/S" or "/TrimBox" not in page or "/BleedBox" not in page:
            yield "page", "tabs or boxes"


RULES = [rule_tree, rule_order, rule_marks, rule_content, rule_links, rule_attributes,
         rule_headings, rule_outline, rule_metadata]


def problems(pdf):
    structure = Structure(pdf)
    return [problem for rule in RULES for problem in rule(structure)]


# Negatives: what is changed in a good PDF, and the rule that must notice. Each change gets
# the structure and does it in place.

def first(structure, kind):
    return next(e for e in structure.elements.values() if e.kind == kind)


def change_page(pdf, number, old, new):
    reference = pdf.pages[number]["/Contents"]
    data = pdf.bytes(reference)
    assert old in data, old
    pdf.objects[reference]["stream"]["data"] = pdf_read.base64.b64encode(
        data.replace(old, new, 1)).decode()


def swap_kids(s):
    element = next(e for e in s.elements.values() if len(e.marks) > 1 and e.kids)
    element.value["/K"].reverse()


def as_list(element):
    kids = element.value.get("/K", [])
    element.value["/K"] = kids if isinstance(kids, list) else [kids]
    return element.value["/K"]


def drop_objr(s):
    link = first(s, "Link").value
    link["/K"] = [k for k in link["/K"] if not isinstance(k, dict)]


def change_objr(s):
    row = next(k for k in first(s, "Link").value["/K"] if isinstance(k, dict))
    row["/Obj"] = first(s, "P").reference


def drop_child(s):
    parent = first(s, "P").parent.value
    parent["/K"] = [k for k in parent["/K"] if k != first(s, "P").reference]


def first_marked(s):
    return next(e for e in s.elements.values() if e.marks and e.kind == "P")


def annotation(s):
    page = next(p for p in s.pdf.pages if p.get("/Annots"))
    return s.pdf.get(page["/Annots"][0])


def uri_annotation(s):
    return next(s.pdf.get(a) for p in s.pdf.pages for a in p.get("/Annots", [])
                if "/A" in s.pdf.get(a))


def outline(s):
    return s.pdf.get(s.pdf.root["/Outlines"])


def first_entry(s):
    return s.pdf.get(outline(s)["/First"])


def names(s):
    return s.pdf.get(s.pdf.get(s.pdf.root["/Names"])["/Dests"])["/Names"]


def swap_pairs(flat):
    flat[0:2], flat[2:4] = flat[2:4], flat[0:2]


def info(s):
    return s.pdf.get(s.pdf.trailer["/Info"])


NEGATIVES = [
    ("kids in wrong order", "order", swap_kids),
    ("marks in wrong order", "order",
     lambda s: next(e for e in s.elements.values() if len(e.marks) > 1).value["/K"].reverse()),
    ("an element that is reached twice", "tree",
     lambda s: as_list(first(s, "Sect")).append(first(s, "Sect").kids[0].reference)),
    ("an element that hangs nowhere", "parent-tree", drop_child),
    ("a wrong parent", "parent", lambda s: first(s, "P").value.update({"/P": "1 0 R"})),
    ("an unknown kind", "kind", lambda s: first(s, "Code").value.update({"/S": "/Kode"})),
    ("LI outside L", "nesting", lambda s: first(s, "L").value.update({"/S": "/Sect"})),
    ("content in a group", "group", lambda s: first(s, "P").value.update({"/S": "/Sect"})),
    ("a mark that is claimed twice", "marks",
     lambda s: as_list(first_marked(s)).append(first_marked(s).marks[0][1])),
    ("a mark that is nowhere painted", "marks", lambda s: as_list(first_marked(s)).append(9999)),
    ("marks painted in another order", "marks",
     lambda s: change_page(s.pdf, -1, b"<</MCID 0>>", b"<</MCID 1>>")),
    ("a lost mark", "parent-tree",
     lambda s: change_page(s.pdf, -1, b"<</MCID 0>>", b"<</Lang/en>>")),
    ("a row of the parent tree that is too short", "parent-tree",
     lambda s: s.pdf.get(s.root["/ParentTree"])["/Nums"][1].pop()),
    ("an artifact without a mark", "unmarked",
     lambda s: change_page(
         s.pdf, -1, b"/Artifact<</Type/Pagination/Subtype/Header/Attached[/Top]>>BDC", b"")),
    ("an artifact of no kind", "artifact",
     lambda s: change_page(s.pdf, -1, b"/Artifact<</Type/Pagination/Subtype/Header", b"/Artifact<<")),
    ("a header at no edge", "artifact", lambda s: change_page(s.pdf, -1, b"/Attached[/Top]", b"")),
    ("marked content that is left open", "unmarked",
     lambda s: change_page(s.pdf, -1, b"EMC", b"")),
    ("marked content in marked content", "unmarked",
     lambda s: change_page(s.pdf, -1, b"BT", b"/P<</Lang/en>>BDC EMC BT")),
    ("a link without OBJR", "objr", drop_objr),
    ("an OBJR to something else", "objr", change_objr),
    ("an annotation that belongs to no Link", "objr",
     lambda s: annotation(s).update({"/StructParent": 9999})),
    ("an annotation without Contents", "annotation",
     lambda s: annotation(s).pop("/Contents")),
    ("an annotation that is not printed", "annotation", lambda s: annotation(s).update({"/F": 0})),
    ("an annotation without quadrilaterals", "annotation",
     lambda s: annotation(s).pop("/QuadPoints")),
    ("a quadrilateral outside", "annotation",
     lambda s: annotation(s)["/QuadPoints"].__setitem__(0, 0)),
    ("a raw address", "uri", lambda s: uri_annotation(s)["/A"].update({"/URI": "u:http://例/"})),
    ("a foreign scheme", "uri", lambda s: uri_annotation(s)["/A"].update({"/URI": "u:file:///x"})),
    ("a destination that does not exist", "destination",
     lambda s: annotation(s).update({"/Dest": "u:nowhere"})),
    ("destinations in another order", "destination", lambda s: swap_pairs(names(s))),
    ("a destination on no page", "destination", lambda s: names(s)[1].__setitem__(0, "1 0 R")),
    ("an entry that leads nowhere", "destination",
     lambda s: first_entry(s).update({"/Dest": "u:nowhere"})),
    ("a list numbered None with labels", "list",
     lambda s: first(s, "L").value["/A"].update({"/ListNumbering": "/None"})),
    ("a list without numbering", "list", lambda s: first(s, "L").value.pop("/A")),
    ("a header cell without scope", "scope", lambda s: first(s, "TH").value.pop("/A")),
    ("a figure without Alt", "figure", lambda s: first(s, "Figure").value.pop("/Alt")),
    ("a figure without BBox", "figure", lambda s: first(s, "Figure").value.pop("/A")),
    ("a Note without ID", "id-tree", lambda s: first(s, "Note").value.pop("/ID")),
    ("no id tree", "id-tree", lambda s: s.root.pop("/IDTree")),
    ("an id of another element", "id-tree",
     lambda s: s.pdf.get(s.root["/IDTree"])["/Names"].__setitem__(1, "1 0 R")),
    ("a heading that skips", "headings", lambda s: first(s, "H2").value.update({"/S": "/H3"})),
    ("an outline that counts wrong", "outline", lambda s: outline(s).update({"/Count": 99})),
    ("an entry with another parent", "outline", lambda s: first_entry(s).update({"/Parent": "1 0 R"})),
    ("an outline that ends elsewhere", "outline", lambda s: outline(s).update({"/Last": "1 0 R"})),
    ("a title that differs", "metadata", lambda s: info(s).update({"/Title": "u:another"})),
    ("a date that differs", "metadata", lambda s: info(s).update({"/CreationDate": "u:D:19990101"})),
    ("no language", "metadata", lambda s: s.pdf.root.pop("/Lang")),
    ("not marked", "metadata", lambda s: s.pdf.root["/MarkInfo"].update({"/Marked": False})),
    ("a title that is not displayed", "metadata",
     lambda s: s.pdf.root["/ViewerPreferences"].pop("/DisplayDocTitle")),
    ("no digests of pages", "metadata", lambda s: s.pdf.root.pop("/PieceInfo")),
    ("no tab order", "page", lambda s: s.pdf.pages[0].pop("/Tabs")),
    ("no trim box", "page", lambda s: s.pdf.pages[0].pop("/TrimBox")),
    ("no bleed box", "page", lambda s: s.pdf.pages[0].pop("/BleedBox")),
]


def check_all_have(tests):
    """Every rule of this file and of the program's own check has a negative."""
    with open(__file__, encoding="utf-8") as file:
        rules = set(re.findall(r'(?:yield |append\(\()"([\w-]+)", ', file.read()))
    lacking = rules - {rule for _, rule, _ in NEGATIVES}
    tests.check("every rule has a negative", len(rules) > 15 and not lacking, lacking)
    code = (program.ROOT / "render/out/pdf/verify.c").read_text(encoding="utf-8")
    rules = set(re.findall(r'\btell\(v, "([\w-]+)",', code))
    tried = set(re.findall(r'"([\w-]+): "\}', (
        program.ROOT / "tests/unit/out_verify.c").read_text(encoding="utf-8")))
    tests.check("so has every rule of the program's check", len(rules) > 10 and rules <= tried,
                rules - tried)


def check_negatives(tests, pdf):
    for name, rule, change in NEGATIVES:
        broken = copy.deepcopy(pdf)
        broken.root = broken.get(broken.trailer["/Root"])
        broken.pages = [broken.get(kid) for kid in broken.page_references]
        change(Structure(broken))
        found = {kind for kind, _ in problems(broken)}
        tests.check(name + " is noticed", rule in found, "noticed: %s" % sorted(found))


def check_by_program(tests, name, path):
    """The program's own check, which needs no other program."""
    done = subprocess.run([BUILD / "tests" / "pdf" / "check-pdf", path], capture_output=True,
                          check=False)
    tests.check(name + ": structure, by check-pdf", done.returncode == 0, done.stdout.decode())


def check(tests, name, pdf):
    found = problems(pdf)
    tests.check(name + ": structure", not found,
                "\n".join("%s: %s" % problem for problem in found))


def main():
    tests = program.Tests()
    for path in sys.argv[1:]:
        check(tests, path, pdf_read.Pdf(path))
    if len(sys.argv) > 1:
        return tests.finish()
    with program.Folder() as folder:
        for name, path in pdf_read.documents(folder):
            result = folder.run("render", path, "-o", "a.pdf")
            if tests.check(name + ": renders", result.status == 0, result.errors):
                check(tests, name, pdf_read.Pdf(folder.path / "a.pdf"))
                check_by_program(tests, name, folder.path / "a.pdf")
        for name, path in pdf_elements.write(folder):
            folder.run("render", path, "-o", "a.pdf")
            check(tests, name, pdf_read.Pdf(folder.path / "a.pdf"))
            check_by_program(tests, name, folder.path / "a.pdf")
        folder.write("elements/all.md", pdf_read.ELEMENTS.read_text(encoding="utf-8") + "\n![图](a.png)\n")
        folder.run("render", "elements/all.md", "-o", "a.pdf")
        check_negatives(tests, pdf_read.Pdf(folder.path / "a.pdf"))
        check_all_have(tests)
        result = folder.run("render", pdf_read.ELEMENTS, "--pages", "1-2", "-o", "a.pdf")
        if tests.check("some pages: renders", result.status == 0, result.errors):
            check(tests, "some pages", pdf_read.Pdf(folder.path / "a.pdf"))
    return tests.finish()


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    sys.exit(main())
