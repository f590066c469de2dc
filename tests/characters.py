#!/usr/bin/env python3
"""No word is lost, none is added: the characters of a PDF are those of its source, in order.

usage: characters.py                          as a test: the sample and generated issues (TAP)
       characters.py [--root DIR] ISSUE.md…   by hand: what differs, with its surroundings

Three texts are compared without white space:
    the PDF's, by pdftotext -bbox, and the composed one, of --dump=pages: equal on each page;
    what the dump does not call generated, and the source's, read by cmark-gfm and not by the
    program: equal, body and footnotes apart.
Generated are numbers, bullets, labels and furniture; highlights and contents repeat titles,
and stand below TOC in the structure. What the source says in our own way (attributes, ✓,
表：, {page}) is taken out of it here; emphasis marks of both kinds are left out on both
sides, since beside full-width marks cmark-gfm leaves some as text.
"""
import ctypes
import html
import os
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import pdf_text
import program

WHITE = re.compile(r"[\s\u00a0\u3000\u200b\ufeff\u00ad]")
MARKS = re.compile(r"[*_~]")  # of emphasis
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
HEAD = re.compile(r"\A\ufeff?---[ \t]*\n(.*?\n)?---[ \t]*(\n|\Z)", re.S)
SILENT = re.compile(r"<!--.*?-->|</?(u|sub|sup|ruby|rb|rp|br)\b[^<>]*>", re.S | re.I)
ANNOTATION = re.compile(r"<rt>(.*?)</rt>|<rp>.*?</rp>", re.S | re.I)
WORDS = r"(?:#[^\s{}]+|\.[\w-]+|(?:lang|width|even)=[^\s{}]+)"
ATTRIBUTES = re.compile(r"\{\s*%s(?:\s+%s)*\s*\}" % (WORDS, WORDS))
SPAN = re.compile(r"\[([^\[\]]*)\](?=\{\s*%s)" % WORDS)
CAPTION = re.compile(r"\A表[：:]\s*")
TEXT = re.compile(r'^  text (\S+) .*? "((?:[^"\\]|\\.)*)"(?: (generated)([ 0-9-]*))?$', re.M)
ELEMENT = re.compile(r"^( +)s(\d+) (\w+)")
ALONE = {"TOC", "Note", "RT"}  # elements whose text is compared apart, or not at all

CMARK_FOOTNOTES, CMARK_UNSAFE = 1 << 13, 1 << 17


class Cmark:
    """The library that the program reads Markdown with, by its own renderer: none of the
    program's code lies between the source and this text."""

    def __init__(self):
        self.base = ctypes.CDLL("libcmark-gfm.so.0.29.0.gfm.6", mode=ctypes.RTLD_GLOBAL)
        more = ctypes.CDLL("libcmark-gfm-extensions.so.0.29.0.gfm.6")
        more.cmark_gfm_core_extensions_ensure_registered()
        for name in ("parser_new", "find_syntax_extension", "parser_finish", "render_xml"):
            getattr(self.base, "cmark_" + name).restype = ctypes.c_void_p

    def xml(self, source):
        options = CMARK_FOOTNOTES | CMARK_UNSAFE
        base, bytes_ = self.base, source.encode()
        parser = ctypes.c_void_p(base.cmark_parser_new(options))
        for name in (b"table", b"strikethrough"):
            extension = ctypes.c_void_p(base.cmark_find_syntax_extension(name))
            base.cmark_parser_attach_syntax_extension(parser, extension)
        base.cmark_parser_feed(parser, bytes_, ctypes.c_size_t(len(bytes_)))
        root = ctypes.c_void_p(base.cmark_parser_finish(parser))
        text = ctypes.string_at(base.cmark_render_xml(root, options)).decode()
        text = re.sub(r' xmlns="[^"]*"| xml:space="[^"]*"', "", text)
        return ElementTree.fromstring(text.replace("<unknown>", "footnote"))


def children(node):
    return list(node)


class Source:
    """The characters of an issue: body, notes, and annotations of ruby."""

    def __init__(self, cmark, text):
        text = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
        match = HEAD.match(text)
        self.head = (match[1] or "") if match else ""
        text = text[match.end():] if match else text.removeprefix("\ufeff")
        self.body, self.notes = [], []
        self.out = self.body
        self.read(cmark.xml(text))
        self.drop_title()

    def drop_title(self):
        """A document whose only # is its title has it in the masthead."""
        titles = [i for i, (kind, _) in enumerate(self.body) if kind == "heading1"]
        if len(titles) == 1 and not re.search(r"^title\s*:", self.head, re.M):
            del self.body[titles[0]]

    def block(self, kind, node, caption=False):
        """Inlines of one block; titles of its images follow it, as they do on the page."""
        self.captions = []
        text = SILENT.sub("", ANNOTATION.sub("", self.inlines(node)))
        text = ATTRIBUTES.sub("", SPAN.sub(r"\1", text)).replace("{page}", "")
        if kind.startswith("heading"):
            text = re.sub(r"\A✓", "", text)
        if caption:
            text = CAPTION.sub("", text)
        self.out.append((kind, text + "".join(self.captions)))

    def inlines(self, node):
        parts = []
        for child in node:
            if child.tag in ("text", "code", "html_inline"):
                parts.append(child.text or "")
            elif child.tag in ("softbreak", "linebreak"):
                parts.append("\n")
            elif child.tag == "image":
                self.captions.append(child.get("title") or "")
            elif child.tag != "footnote":
                parts.append(self.inlines(child))
        return "".join(parts)

    def read(self, node):
        siblings = children(node)
        for i, child in enumerate(siblings):
            following = siblings[i + 1].tag if i + 1 < len(siblings) else ""
            if child.tag == "heading":
                self.block("heading" + child.get("level"), child)
            elif child.tag in ("paragraph", "table_cell"):
                self.block(child.tag, child, following == "table")
            elif child.tag == "code_block":
                self.out.append(("code", child.text or ""))
            elif child.tag == "html_block":
                self.out.append(("html", SILENT.sub("", child.text or "")))
            elif child.tag == "footnote":
                self.out = self.notes
                self.read(child)
                self.out = self.body
            else:
                self.read(child)


def essence(text):
    return MARKS.sub("", WHITE.sub("", text))


def owners(dump):
    """Structure id → the kind of the nearest element of ALONE that it lies in, or "body"."""
    path, found = [], {}
    for line in dump[dump.rindex("\nstructure\n"):].splitlines()[2:]:
        match = ELEMENT.match(line)
        depth = len(match[1]) // 2
        above = path[depth - 2] if depth > 1 else "body"
        del path[depth - 1:]
        path.append(match[3] if match[3] in ALONE else above)
        found[match[2]] = path[-1]
    return found


def own_text(match):
    """The text of an item without what is generated."""
    text = re.sub(r"\\(.)", r"\1", match[2])
    if not match[3]:
        return text
    if not match[4].strip():
        return ""
    data = bytearray(text.encode())
    for part in reversed(match[4].split()):
        start, end = map(int, part.split("-"))
        del data[start:end]
    return data.decode()


def composed(dump):
    """Owner → own text, in painting order."""
    kinds, texts = owners(dump), {}
    for match in TEXT.finditer(dump):
        if match[1].startswith("s"):
            kind = kinds[match[1][1:]]
            texts[kind] = texts.get(kind, "") + own_text(match)
    return texts


def pages(dump):
    """The whole text of each page, generated too."""
    parts = re.split(r"^page \d.*$", dump, flags=re.M)[1:]
    return ["".join(re.sub(r"\\(.)", r"\1", m[2]) for m in TEXT.finditer(p)) for p in parts]


def pdf_pages(path):
    out = pdf_text.tool("pdftotext", "-raw", "-bbox", path, "-")
    return ["".join(html.unescape(w) for w in re.findall(r"<word [^>]*>(.*?)</word>", p))
            for p in out.split("<page ")[1:]]


def difference(expected, found):
    if expected == found:
        return None
    at = next((i for i, (a, b) in enumerate(zip(expected, found)) if a != b),
              min(len(expected), len(found)))
    start = max(0, at - 15)
    return "at %d of %d: expected %r, found %r" % (
        at, len(expected), expected[start:at + 25], found[start:at + 25])


def problems(cmark, path, folder, *options):
    """What differs between an issue and its PDF, as sentences."""
    source = Source(cmark, pathlib.Path(path).read_text(encoding="utf-8"))
    target = str(folder.path / "characters.pdf")
    rendered = program.run("render", path, "-o", target, *options)
    if rendered.status != 0:
        return ["is not rendered: " + rendered.errors]
    dump = program.run("render", path, "--dump=pages", *options).output
    found, own = [], composed(dump)
    for number, (a, b) in enumerate(zip(pages(dump), pdf_pages(target)), 1):
        found.append(("page %d by pdftotext" % number, WHITE.sub("", a), WHITE.sub("", b)))
    body = essence("".join(t for _, t in source.body))
    notes = essence("".join(t for _, t in source.notes))
    found.append(("body", body, essence(own.get("body", ""))))
    found.append(("footnotes", notes, essence(own.get("Note", ""))))
    if len(body) < 20:
        return ["has no text to compare"]
    return ["%s: %s" % (name, difference(a, b)) for name, a, b in found if a != b]


def by_hand(arguments):
    options = []
    if arguments[0] == "--root":
        options, arguments = arguments[:2], arguments[2:]
    wrong, cmark = 0, Cmark()
    with program.Folder() as folder:
        for path in arguments:
            told = problems(cmark, path, folder, *options)
            wrong += bool(told)
            for sentence in told:
                print("%s: %s" % (path, sentence))
    print("%d of %d differ" % (wrong, len(arguments)))
    return 1 if wrong else 0


def generated(folder):
    count = 100 if os.environ.get("PAIBAN_LONG") else 8
    subprocess.run([sys.executable, str(program.ROOT / "tests/corpus/generate.py"), "--seed",
                    "characters", "--count", str(count), "--lang", "mix", "--elements", "all",
                    "-o", str(folder.path / "corpus")], check=True, capture_output=True)
    return sorted((folder.path / "corpus").glob("*.md"))


def main():
    if len(sys.argv) > 1:
        return by_hand(sys.argv[1:])
    tests, cmark = program.Tests(), Cmark()
    with program.Folder() as folder:
        for path in [program.ROOT / "samples/2021-05.md", *generated(folder)]:
            told = problems(cmark, str(path), folder)
            tests.check(path.name + " has its characters", not told, "\n".join(told))
        folder.write("a.md", "# 节\n\n## 条\n\n这一段文字有二十个以上的字，一个也不能少，一个也不能多。\n")
        cut = Cmark()
        cut.xml = lambda text: Cmark.xml(cmark, text.replace("一个也不能少", "一个也不能"))
        tests.check("a lost character is noticed",
                    problems(cut, str(folder.path / "a.md"), folder))
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
