#!/usr/bin/env python3
"""Issues rendered to PDF, imported, rendered again: the same text, sections, items and links (TAP).

Compared is what the structure of both holds, so that running headers, page numbers and the places
of page breaks do not count; white space does not, either. With PAIBAN_LONG 50 issues of each kind.
"""
import os
import pathlib
import re
import subprocess
import sys

import program

ROUNDS = 50 if os.environ.get("PAIBAN_LONG") else 3


# What an issue is made of; inlines belong to the block around them. Figures side by side come
# back one below the other, so that paragraphs are not counted.
BLOCKS = {"H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Table", "TR", "TD", "TH", "Figure",
          "Caption", "BlockQuote", "Note", "TOC", "TOCI"}
INLINES = {"Span", "Link", "Code", "Ruby", "RB", "RT", "Reference"}


class Pages:
    """What an issue's pages say: `paiban render --dump pages`."""

    def __init__(self, dump):
        dump, _, structure = dump.partition("\nstructure\n")
        block, elements, around = {}, [], []
        for indent, element, kind in re.findall(r"^( +)s(\d+) (\w+)", structure, re.M):
            around = [(depth, above) for depth, above in around if depth < len(indent)]
            block[element] = block[around[-1][1]] if kind in INLINES else element
            around.append((len(indent), element))
            elements.append((element, kind))
        said = dict.fromkeys(block, "")
        for element, text in re.findall(r'^ +text s(\d+) .*? "((?:[^"\\]|\\.)*)"', dump, re.M):
            said[block[element]] += re.sub(r"\s+", "", text)
        links = dump.partition("\nlinks\n")[2].partition("\ndestinations\n")[0]
        for n, (element, kind) in enumerate(elements):  # page numbers of the contents
            if kind == "TOCI" or elements[n - 1][1] == "TOCI":
                said[element] = said[element].rstrip("0123456789")
        # in the order of the structure: where pages break counts for nothing
        self.text = "".join(said[element] for element, _ in elements)
        self.blocks = [kind for _, kind in elements if kind in BLOCKS]
        self.headings = [(kind, said[element]) for element, kind in elements
                         if re.fullmatch("H[1-6]", kind)]
        found = re.findall(r'"((?:https?|mailto):[^"]*)"', links)
        self.links = [link for n, link in enumerate(found) if found[n - 1:n] != [link]]


def difference(a, b):
    n = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    return "at %d: …%r… wanted …%r…" % (n, a[max(0, n - 30):n + 40], b[max(0, n - 30):n + 40])


def first_difference(a, b):
    return next(((x, y) for x, y in zip(a, b) if x != y), (a[len(b):], b[len(a):]))


def generate(folder, elements, layout=None):
    arguments = ["--layout", layout] if layout else []
    subprocess.run([sys.executable, program.ROOT / "tests/corpus/generate.py", "--seed", "import",
                    "--count", str(ROUNDS if ROUNDS > 3 else 10), "--elements", elements,
                    *arguments, "-o", folder.path / "c"], check=True)
    paths = sorted((folder.path / "c").glob("*.md"))
    # of a mix the last ones are Traditional, Japanese and English
    return paths if ROUNDS > 3 else paths[:ROUNDS] + paths[7:]


def again(folder, path, layout, **environment):
    """The pages of an issue, those after a round, and what was said."""
    chosen = ["--layout", layout] if layout else []
    folder.run("render", path, "-o", "a.pdf")
    wanted = folder.run("render", path, "--dump", "pages").output
    (folder.path / "made").mkdir(exist_ok=True)
    (folder.path / "made/series.yaml").unlink(missing_ok=True)
    date = re.search(r"^date: (.*?)\r?$", path.read_text(encoding="utf-8"), re.M).group(1)
    done = folder.run("import", "a.pdf", "-o", "made/issue.md", "--date", date, "--force",
                      **environment)
    found = folder.run("render", "made/issue.md", "--dump", "pages", *chosen)
    return Pages(wanted), Pages(found.output), done, found


def by_places(tests):
    """As a PDF without tags is read: the module that reads tags is hidden. Where ruby of several
    characters begins and ends cannot always be seen, so that nine in ten issues must be equal."""
    with program.Folder() as folder:
        module = pathlib.Path(program.PROGRAM).parent / "render/import/paiban-import-pdf.so"
        folder.write("modules/" + module.name, module.read_bytes())
        paths = generate(folder, "paragraphs", "monthly")
        differing = {}
        for path in paths:
            wanted, found, *_ = again(folder, path, "monthly",
                                      PAIBAN_MODULEDIR=str(folder.path / "modules"))
            for part in ("text", "headings", "links"):
                if getattr(wanted, part) != getattr(found, part):
                    differing[path.stem] = part, difference(getattr(found, part),
                                                            getattr(wanted, part))
        tests.check("by places: %d of %d issues are the same" % (len(paths) - len(differing),
                    len(paths)), len(differing) * 10 <= len(paths), differing)


def rounds(tests, elements, layout=None):
    with program.Folder() as folder:
        for path in generate(folder, elements, layout):
            name = "%s, %s" % (elements, path.stem)
            wanted, found, done, rendered = again(folder, path, layout)
            tests.check(name + ": imported and rendered without an error", done.status == 0 and
                        rendered.status == 0 and ": error: " not in rendered.errors,
                        done.errors + rendered.errors)
            tests.check(name + ": text", found.text == wanted.text and len(wanted.text) > 1000,
                        difference(found.text, wanted.text))
            tests.check(name + ": sections and items", found.headings == wanted.headings,
                        first_difference(found.headings, wanted.headings))
            tests.check(name + ": blocks", found.blocks == wanted.blocks,
                        difference(found.blocks, wanted.blocks))
            tests.check(name + ": links", found.links == wanted.links,
                        first_difference(found.links, wanted.links))


def samples(tests):
    """Every kind of bulletin, in its own layout."""
    for name, layout in (("2021-05", "monthly"), ("gongwen/2026-18", "gongwen"),
                         ("jianbao/2026-07", "jianbao"), ("newsletter/2026-w20", "newsletter")):
        with program.Folder() as folder:
            wanted, found, done, rendered = again(
                folder, program.ROOT / "samples" / (name + ".md"), layout)
            for part in ("text", "headings", "blocks", "links"):
                tests.check("%s: %s" % (layout, part), getattr(wanted, part) ==
                            getattr(found, part) and wanted.text,
                            difference(getattr(found, part), getattr(wanted, part)) +
                            done.errors + rendered.errors)


def main():
    tests = program.Tests()
    samples(tests)
    rounds(tests, "paragraphs", "monthly")
    rounds(tests, "all")
    with program.Folder() as folder:
        folder.write("a.pdf", b"%PDF-1.7\n")
        if "[module-failed]" in folder.run("import", "a.pdf", "-o", "-").errors:
            tests.skip("PDFs by places", "paiban was built without poppler-glib")
        else:
            by_places(tests)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
