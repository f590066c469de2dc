"""pdf_read: a PDF as Python values, read by qpdf; used by the tests of the PDF writer.

    pdf = pdf_read.Pdf(path)
    pdf.root["/Lang"]           values: dict, list, str ("/Name", text, "b:…" for bytes), numbers
    pdf.get(value)              follows a reference
    pdf.content(page)           its operators: (operands, operator), strings as bytes
    pdf.texts(page)             the text of its marked content, by MCID
"""
import base64
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SAMPLES = [ROOT / "samples" / name for name in (
    "2021-05.md", "gongwen/2026-18.md", "jianbao/2026-07.md", "newsletter/2026-w20.md")]
SAMPLE = SAMPLES[0]
ELEMENTS = ROOT / "tests" / "pdf" / "elements.md"  # one of each
REFERENCE = re.compile(r"(\d+) (\d+) R$")
TOKEN = re.compile(rb"\s*(?:(?P<array>\[|\])|(?P<dict><<|>>)|(?P<hex><[0-9A-Fa-f\s]*>)"
                   rb"|(?P<string>\()|(?P<name>/[^\s()<>\[\]{}/%]*)"
                   rb"|(?P<number>[-+]?\d*\.?\d+(?![\w.]))|(?P<word>[^\s()<>\[\]{}/%]+))")
# PDFDocEncoding where it is not Latin-1 (ISO 32000-1, annex D.3)
PDF_DOC = {c: 0x18 + i for i, c in enumerate("˘ˇˆ˙˝˛˚˜")}
PDF_DOC.update({c: 0x80 + i for i, c in enumerate("•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž")})
PDF_DOC["€"] = 0xA0
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def documents(folder):
    """(name, path) of what the tests of PDFs render: the samples, the document of every
    element, and generated issues: 4, or 50 in long runs."""
    count = 50 if os.environ.get("PAIBAN_LONG") else 4
    subprocess.run([sys.executable, str(ROOT / "tests" / "corpus" / "generate.py"), "--seed",
                    "pdf", "--count", str(count), "--lang", "mix", "--elements", "all", "-o",
                    str(folder.path / "corpus")], check=True, capture_output=True)
    issues = sorted((folder.path / "corpus").glob("*.md"))
    return [(p.name, p) for p in [*SAMPLES, ELEMENTS, *issues]]


def text(value):
    """A text string: qpdf marks strings with u: or b:."""
    return value[2:] if isinstance(value, str) and value[:2] in ("u:", "b:") else value


def string_bytes(value):
    """The bytes of a string: for the order of name trees. What qpdf could read as
    PDFDocEncoding it gives as text."""
    if value.startswith("b:"):
        return bytes.fromhex(value[2:])
    return bytes(PDF_DOC.get(c, ord(c)) for c in text(value))


def read_string(data, at):
    """The literal string whose "(" is before at, and where it ends."""
    out, depth = bytearray(), 1
    while depth:
        c = data[at:at + 1]
        at += 1
        if c == b"\\":
            following = data[at:at + 1]
            out += ESCAPES.get(following, following)
            at += 1
            continue
        depth += (c == b"(") - (c == b")")
        if depth:
            out += c
    return bytes(out), at


def operators(data):
    """Content stream → list of (operands, operator)."""
    result, stack, at = [], [[]], 0
    while True:
        match = TOKEN.match(data, at)
        if not match:
            return result
        at = match.end()
        kind = match.lastgroup
        if kind == "array" and match[kind] == b"[" or kind == "dict" and match[kind] == b"<<":
            stack.append([])
        elif kind == "array":
            done = stack.pop()
            stack[-1].append(done)
        elif kind == "dict":
            done = stack.pop()
            stack[-1].append(dict(zip(done[::2], done[1::2])))
        elif kind == "string":
            value, at = read_string(data, at)
            stack[-1].append(value)
        elif kind == "hex":
            stack[-1].append(bytes.fromhex(match[kind][1:-1].decode()))
        elif kind == "name":
            stack[-1].append(match[kind].decode())
        elif kind == "number":
            stack[-1].append(float(match[kind]))
        else:
            result.append((stack[-1], match[kind].decode()))
            stack = [[]]


def string_text(data):
    """A text string of a content stream: UTF-16 with a mark, else as ASCII."""
    return data[2:].decode("utf-16-be") if data[:2] == b"\xfe\xff" else data.decode("latin-1")


def unicode_map(data):
    """A ToUnicode stream → {code: text}."""
    result = {}
    wide = lambda t: bytes.fromhex(t).decode("utf-16-be")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", data, re.S):
        for code, text in re.findall(r"<(\w+)>\s*<(\w*)>", block):
            result[int(code, 16)] = wide(text)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", data, re.S):
        for first, last, one, many in re.findall(
                r"<(\w+)>\s*<(\w+)>\s*(?:<(\w+)>|\[(.*?)\])", block, re.S):
            texts = re.findall(r"<(\w*)>", many)
            for i in range(int(last, 16) - int(first, 16) + 1):
                result[int(first, 16) + i] = wide(texts[i]) if many else (
                    wide(one)[:-1] + chr(ord(wide(one)[-1]) + i))
    return result


class Pdf:
    def __init__(self, path):
        done = subprocess.run(
            ["qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=generalized",
             "--json-key=qpdf", str(path)], capture_output=True, check=False)
        if done.returncode != 0:
            raise ValueError(done.stderr.decode("utf-8", "replace"))
        objects = json.loads(done.stdout)["qpdf"][1]
        self.trailer = objects.pop("trailer")["value"]
        self.objects = {}
        for key, entry in objects.items():
            self.objects[key.removeprefix("obj:")] = entry
        self.root = self.get(self.trailer["/Root"])
        self.pages = [self.get(kid) for kid in self.get(self.root["/Pages"])["/Kids"]]
        self.page_references = self.get(self.root["/Pages"])["/Kids"]
        self.maps = {}  # reference of a font: its ToUnicode map

    def get(self, value):
        """The value, or what the reference refers to (a stream's dictionary)."""
        if isinstance(value, str) and REFERENCE.match(value):
            entry = self.objects.get(value, {"value": None})
            return entry["stream"]["dict"] if "stream" in entry else entry["value"]
        return value

    def bytes(self, reference):
        return base64.b64decode(self.objects[reference]["stream"].get("data", ""))

    def content(self, page):
        return operators(self.bytes(page["/Contents"]))

    def map_of(self, reference):
        if reference not in self.maps:
            stream = self.bytes(self.get(reference)["/ToUnicode"])
            self.maps[reference] = unicode_map(stream.decode("latin-1"))
        return self.maps[reference]

    def texts(self, page):
        """MCID → text as the fonts' maps tell it; None: artifacts. ActualText replaces what
        stands inside it."""
        fonts = self.get(self.get(page["/Resources"])["/Font"])
        result, stack, chosen = {None: ""}, [], {}
        for operands, operator in self.content(page):
            if operator == "Tf":
                chosen = self.map_of(fonts[operands[0]])
            elif operator == "BDC":
                number = operands[1].get("/MCID", stack[-1][0] if stack else None)
                stack.append((int(number) if number is not None else None,
                              operands[1].get("/ActualText"), any(s[1] for s in stack)))
                result.setdefault(stack[-1][0], "")
                if stack[-1][1] and not stack[-1][2]:
                    result[stack[-1][0]] += string_text(stack[-1][1])
            elif operator == "EMC":
                stack.pop()
            elif operator == "TJ" and not any(s[1] for s in stack):
                shown = b"".join(part for part in operands[0] if isinstance(part, bytes))
                codes = [shown[i] << 8 | shown[i + 1] for i in range(0, len(shown), 2)]
                result[stack[-1][0]] += "".join(chosen[code] for code in codes)
        return result

    def tree(self, node, key):
        """The entries of a name or number tree of one node, as a list of pairs."""
        flat = self.get(node).get(key, []) if node else []
        return list(zip(flat[::2], flat[1::2]))
