#!/usr/bin/env python3
"""The tags of PDFs as a readable tree, compared with tests/golden/tags; and what is read in the
order of the tree is what the source has, in its order (TAP).

usage: pdf_tags.py             compare
       pdf_tags.py --update    show what changed, ask, and write the new goldens
       pdf_tags.py FILE.pdf    print the tree of a file

    Document Lang=zh-Hans
      Sect T=“第一部分”
        H1 “第一部分”
        P “一段话”
          Link → https://example.org/ “链接” OBJR

Pages, places and numbers of marked content are left out: they depend on the fonts of the machine.
A long text is shown by its beginning, its end and its length.
"""
import difflib
import re
import sys

import pdf_elements
import pdf_read
import program

FOLDER = program.ROOT / "tests" / "golden" / "tags"
SHOWN = 30  # characters of a text


def short(text):
    if len(text) <= SHOWN:
        return "“%s”" % text
    return "“%s…%s” %d" % (text[:SHOWN - 8], text[-6:], len(text))


class Tree:
    """The structure tree of a PDF with the text of its content."""

    def __init__(self, path):
        self.pdf = pdf_read.Pdf(path)
        self.texts = [self.pdf.texts(page) for page in self.pdf.pages]
        self.index = {reference: i for i, reference in enumerate(self.pdf.page_references)}
        self.root = self.pdf.get(self.pdf.root["/StructTreeRoot"])["/K"]
        uris = {a: self.pdf.get(a) for p in self.pdf.pages for a in p.get("/Annots", [])}
        self.targets = {a: pdf_read.text(v["/A"]["/URI"] if "/A" in v else v["/Dest"])
                        for a, v in uris.items()}

    def kids(self, element):
        kids = element.get("/K", [])
        return kids if isinstance(kids, list) else [kids]

    def mark(self, element, kid):
        """The text of a stretch of marked content; None: the kid is none."""
        if isinstance(kid, int):
            return self.texts[self.index[element["/Pg"]]].get(kid, "")
        if isinstance(kid, dict) and kid.get("/Type") == "/MCR":
            return self.texts[self.index[kid["/Pg"]]].get(kid["/MCID"], "")
        return None

    def attributes(self, element):
        """What an element says of itself, in a fixed order, without what fonts decide."""
        result = []
        for key in ("/Lang", "/ID"):
            if key in element:
                result.append("%s=%s" % (key[1:], pdf_read.text(element[key])))
        for key in ("/T", "/Alt", "/ActualText"):
            if key in element:
                result.append("%s=%s" % (key[1:], short(pdf_read.text(element[key]))))
        rows = element.get("/A", {})
        for row in rows if isinstance(rows, list) else [rows]:
            for key in ("/ListNumbering", "/Scope", "/ColSpan", "/RowSpan"):
                if key in row:
                    result.append("%s=%s" % (key[1:], str(row[key]).removeprefix("/")))
            result += ["BBox"] if "/BBox" in row else []
        return result

    def lines(self, reference=None, depth=0):
        element = self.pdf.get(reference or self.root)
        head, below, text, mixed = [element["/S"][1:], *self.attributes(element)], [], "", False
        for kid in self.kids(element):
            mark = self.mark(element, kid)
            if mark is not None:
                text += mark
            elif isinstance(kid, dict):
                target = "→ " + self.targets[kid["/Obj"]]
                head += [target] if target not in head else []
            else:
                mixed = True
                below += ["  " * (depth + 1) + short(text)] if text else []
                below += self.lines(kid, depth + 1)
                text = ""
        if text and mixed:
            below.append("  " * (depth + 1) + short(text))
        elif text:
            head.append(short(text))
        return ["  " * depth + " ".join(head), *below]

    def text(self, reference=None):
        """All text in the order of the tree."""
        element, result = self.pdf.get(reference or self.root), ""
        if "/ActualText" in element:
            return pdf_read.text(element["/ActualText"])
        for kid in self.kids(element):
            mark = self.mark(element, kid)
            if mark is not None:
                result += mark
            elif not isinstance(kid, dict):
                result += self.text(kid)
        return result

    def element_texts(self, kinds, reference=None):
        """The text of every element of these kinds, in the order of the tree."""
        element = self.pdf.get(reference or self.root)
        if element["/S"][1:] in kinds:
            return [self.text(reference)]
        return [text for kid in self.kids(element)
                if isinstance(kid, str) and self.mark(element, kid) is None
                for text in self.element_texts(kinds, kid)]


def chunks(markdown):
    """Stretches of Han that a reader must meet in the order of the source: of the body, without
    notes, captions, addresses and what is no text. The first of each row of cells is enough."""
    body = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.S)
    body = re.sub(r"^\[\^[^\]]*\]:.*?(?=^\S|\Z)", "", body, flags=re.S | re.M)  # notes
    body = re.sub(r"<!--.*?-->|!\[[^\]]*\]\([^)]*\)(\{[^}]*\})?", "", body, flags=re.S)
    body = re.sub(r"\]\((<[^>]*>|[^)\s]*)(\s\"[^\"]*\")?\)|\{[^}]*\}|<[^>]*>", " ", body)
    return re.findall(r"[\u3400-\u9fff\U00020000-\U0003ffff]{6,}", body)


def lost(parts, text):
    """The parts that do not follow one another in the text."""
    result, at = [], 0
    for part in parts:
        found = text.find(part, at)
        if found < 0:
            result.append(part)
        else:
            at = found + len(part)
    return result


def render(folder, source):
    result = folder.run("render", source, "-o", "a.pdf")
    if result.status != 0:
        raise SystemExit("Bail out! " + result.errors)
    return Tree(folder.path / "a.pdf")


def sources(folder):
    """Name of the golden and source: the samples, the document of everything, one an element."""
    result = [("sample-" + ("2021-05" if path == pdf_read.SAMPLE else path.parent.name), path)
              for path in pdf_read.SAMPLES]
    return [*result, ("elements", pdf_read.ELEMENTS), *pdf_elements.write(folder)]


def goldens(folder):
    """File → what it must hold. The documents of one element share a file."""
    result = {"each-element.txt": ""}
    for name, source in sources(folder):
        lines = "\n".join(render(folder, source).lines()) + "\n"
        if name in pdf_elements.DOCUMENTS:
            result["each-element.txt"] += "== %s\n%s\n" % (name, lines)
        else:
            result[name + ".txt"] = lines
    return result


def difference(name, new):
    path = FOLDER / name
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    return list(difflib.unified_diff(old.splitlines(), new.splitlines(), "golden/tags/" + name,
                                     "now", lineterm="", n=2))


def update():
    with program.Folder() as folder:
        made = goldens(folder)
    changes = [line for name, text in made.items() for line in difference(name, text)]
    print("\n".join(changes) or "pdf_tags: nothing changed")
    if not changes:
        return 0
    if "--yes" not in sys.argv and input("pdf_tags: write these? [y/N] ").strip() != "y":
        return 1
    FOLDER.mkdir(exist_ok=True)
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


def check_order(tests, folder):
    """Reading order is the source's, and nothing of it is lost; furniture is in no paragraph."""
    for name, source in pdf_read.documents(folder):
        tree, markdown = render(folder, source), source.read_text(encoding="utf-8-sig")
        parts = chunks(markdown.replace("\r\n", "\n"))
        text = re.sub(r"\s", "", tree.text())
        tests.check(name + ": read in the order of the source", not lost(parts, text),
                    lost(parts, text))
        if len(set(parts)) > 20:
            swapped = [*parts[len(parts) // 2:], *parts[:len(parts) // 2]]
            tests.check(name + ": another order is noticed", lost(swapped, text) != [])
        running = set(re.findall(r"\S+", " ".join(texts[None] for texts in tree.texts)))
        heads = [t for t in tree.element_texts({"P"}) if t in running and re.search(r"第 ?\d+ ?期", t)]
        tests.check(name + ": no running head among the paragraphs", not heads, heads)


def check_elements(tests, folder):
    """Every kind of node and every key of the head has a document."""
    kinds = set(re.findall(r'^    \[NODE_\w+\] = "([\w-]+)",$', (
        program.ROOT / "render" / "content" / "tree.c").read_text(encoding="utf-8"), re.M))
    dumps = "".join(folder.run("render", path, "--dump", "tree", "-o", "-").output
                    for _, path in pdf_elements.write(folder))
    missing = [kind for kind in kinds if not re.search(r"^ *%s\b" % kind, dumps, re.M)]
    tests.check("every kind of node has a document", len(kinds) > 20 and not missing, missing)
    keys = re.findall(r'^    \{"([\w-]+)", take_', (
        program.ROOT / "render" / "content" / "head.c").read_text(encoding="utf-8"), re.M)
    text = "".join(pdf_elements.DOCUMENTS.values())
    missing = [key for key in keys if not re.search(r"^%s:" % key, text, re.M)]
    tests.check("every key of the head has a document", len(keys) > 20 and not missing, missing)


def compare():
    tests = program.Tests()
    with program.Folder() as folder:
        made = goldens(folder)
        for name, text in made.items():
            tests.check("tags: " + name, not difference(name, text),
                        "\n".join(difference(name, text)))
        tests.check("tags: another name is noticed",
                    bool(difference("elements.txt", made["elements.txt"].replace("H2", "P", 1))))
        check_order(tests, folder)
        check_elements(tests, folder)
    return tests.finish()


def main():
    files = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    for path in files:
        print("\n".join(Tree(path).lines()))
    if files:
        return 0
    return update() if "--update" in sys.argv else compare()


if __name__ == "__main__":
    sys.exit(main())
