#!/usr/bin/env python3
"""Properties of composed lines over generated issues, in both breakers.

Reads --dump=lines and counts what a book editor would strike out: a line that begins or ends
with what it may not, a last line of one character, a mark narrower than half or wider than its
share, white that is uneven within a line, lines that are too loose. With file names as
arguments it checks these instead of the corpus and prints the figures:

    lines.py ISSUE.md…
"""
import collections
import os
import re
import subprocess
import sys
import tempfile

import program

# classes by what they may not do (clreq, "prohibition rules", at the level of GB/T 15834)
NO_START = {"closer", "comma", "stop", "exclamation", "interpunct", "connector", "small-kana",
            "note-mark", "postfix", "solidus", "latin-closer"}
NO_END = {"opener", "prefix", "solidus", "latin-opener"}
MARKS = {"opener", "closer", "comma", "stop", "exclamation"}
HAN = {"han", "small-kana"}
LATIN = {"latin", "digit"}
LOOSE_GAP = 0.15        # em: the mean white between Han that reads as even
LOOSE_CHARACTERS = 20   # on lines of so many characters or more
EVEN = 0.01             # em: gaps of one kind in a line differ by no more

LINE = re.compile(r"line (\d+) (\d+)-(\d+) indent (-?\d+) width (-?\d+) hang (-?\d+) "
                  r"ratio (-?\d+)([a-z -]*)\|(.*)$")
CLUSTER = re.compile(r"  ([a-z-]+)( spread)? size (\d+) x (-?\d+) width (-?\d+) gap (-?\d+) \|(.*)$")


class Line:
    """One line of the dump with its clusters (class, size, width, gap, text)."""

    def __init__(self, match):
        self.index = int(match[1])
        self.flags = match[8].split()
        self.text = match[9]
        self.clusters = []

    def visible(self):
        end = len(self.clusters)
        while end and self.clusters[end - 1][0] in ("space", "forced-break"):
            end -= 1
        return self.clusters[:end]


def paragraphs(dump):
    """The paragraphs of a dump, each a list of lines."""
    result = []
    for row in dump.splitlines():
        if row.startswith("paragraph "):
            result.append([])
            continue
        match = LINE.match(row)
        if match:
            result[-1].append(Line(match))
            continue
        match = CLUSTER.match(row)
        if match and result and result[-1]:
            result[-1][-1].clusters.append(
                ("spread" if match[2] else match[1], int(match[3]), int(match[5]), int(match[6]),
                 match[7]))
    return result


def gap_kind(a, b):
    """What the white between two clusters is, when it is one that must be even."""
    if a[0] == "space":
        return None
    if a[0] in HAN and b[0] in HAN:
        return "han"
    if (a[0] in HAN and b[0] in LATIN) or (a[0] in LATIN and b[0] in HAN):
        return "han-latin"
    return None


def check_ends(lines, faults):
    for i, line in enumerate(lines):
        seen = line.visible()
        if not seen:
            continue
        if i and seen[0][0] in NO_START:
            faults["start"].append(line.text)
        if i + 1 < len(lines) and seen[-1][0] in NO_END:
            faults["end"].append(line.text)


def check_lone(lines, faults):
    last = lines[-1].visible() if len(lines) > 1 else []
    characters = [c for c in last if c[0] in HAN | LATIN]
    if len(characters) == 1 and characters[0][0] in HAN:
        faults["lone"].append(lines[-2].text + " / " + lines[-1].text)


def check_white(line, faults, counts):
    seen = line.visible()
    gaps = collections.defaultdict(list)
    for a, b in zip(seen, seen[1:]):
        kind = gap_kind(a, b)
        if kind:
            han = a if a[0] in HAN else b
            gaps[kind, han[1]].append(a[3] / han[1])
    for (kind, _), values in gaps.items():
        if max(values) - min(values) > EVEN:
            faults["uneven " + kind].append("%.3f %s" % (max(values) - min(values), line.text))
    han = [g for (kind, _), values in gaps.items() if kind == "han" for g in values]
    share = max(han) if han else None
    for i, c in enumerate(seen):
        if c[0] not in MARKS:
            continue
        if c[2] < c[1] * 0.5 - 1:
            faults["narrow mark"].append(line.text)
        following = seen[i + 1] if i + 1 < len(seen) else None
        wide = c[2] + (c[3] if following and following[0] not in MARKS else 0)
        if share is not None and wide > c[1] * (1 + share + EVEN):
            faults["wide mark"].append("%s %.3f %s" % (c[4], wide / c[1], line.text))
    if len(seen) >= LOOSE_CHARACTERS and han and "last" not in line.flags:
        loose = sum(han) / len(han) > LOOSE_GAP
        kind = "before-run" if "before-run" in line.flags else "lines"
        counts[kind] += 1
        counts["loose " + kind] += loose
        if loose and kind == "lines":
            counts.setdefault("examples", []).append(line.text)


def dump_lines(path, layout):
    result = program.run("render", path, "--layout", layout, "--dump", "lines")
    if result.status:
        raise SystemExit("%s: exit %d: %s" % (path, result.status, result.errors[-400:]))
    return result.output


def measure(paths, layout):
    faults, counts = collections.defaultdict(list), collections.Counter()
    for path in paths:
        for lines in paragraphs(dump_lines(path, layout)):
            if not lines:
                continue
            check_ends(lines, faults)
            check_lone(lines, faults)
            for line in lines:
                check_white(line, faults, counts)
    return faults, counts


LAYOUT = "base: base\nrules: {breaker: %s}\ncontacts: {show: false}\n"
BREAKERS = ("first-fit", "optimal")


def make_layouts(folder):
    for name in BREAKERS:
        with open(os.path.join(folder, name + ".yaml"), "w", encoding="utf-8") as f:
            f.write(LAYOUT % name)
    return {name: os.path.join(folder, name + ".yaml") for name in BREAKERS}


def print_figures(paths):
    with tempfile.TemporaryDirectory() as folder:
        for name, layout in make_layouts(folder).items():
            faults, counts = measure(paths, layout)
            examples = counts.pop("examples", [])
            print(name, dict(counts), {k: len(v) for k, v in faults.items()})
            for kind, texts in faults.items():
                for text in texts[:6]:
                    print("   ", kind, "|", text)
            for text in examples[:6]:
                print("    loose |", text)


# What has no legal break: it is told, broken anyway, and nothing sticks out.
HOSTILE = ("，。！？、；：" * 30 + "”》）", "“《（" * 60, "—" * 400, "…" * 300, "字" * 15000,
           "x" * 900, "见https://example.org/" + "a" * 700 + "。", "12345678" * 60)


def test_hostile(tests, layouts):
    with program.Folder() as folder:
        for name, layout in layouts.items():
            for text in HOSTILE:
                folder.write("a.md", "# 一\n\n## 二\n\n" + text + "\n")
                dump = folder.run("render", "a.md", "--layout", layout, "--dump", "lines")
                lines = [line for p in paragraphs(dump.output) for line in p]
                whole = "".join(line.text for line in lines).replace(" ", "")
                tests.check("%s: %s… is whole, and no line sticks out" % (name, text[:6]),
                            dump.status == 0 and text.replace(" ", "") in whole and
                            not any("overfull" in line.flags for line in lines), dump.errors)


def test_dictionary(tests):
    """Thai has no spaces between words: a module knows where they end."""
    words = "ภาษา ไทย เป็น ภาษา ที่ มี ระดับ เสียง ของ คำ แน่นอน".split()
    with program.Folder() as folder:
        folder.write("a.md", "# 一\n\n" + "".join(words) + "\n")
        for modules, wanted in ((None, words), ("none", ["".join(words)])):
            dump = folder.run("render", "a.md", "--dump", "clusters", PAIBAN_MODULEDIR=modules)
            clusters = re.findall(r"^\d+ ‘([\u0e00-\u0e7f]+)’ \S+ \S+ (\S)", dump.output, re.M)
            found = "".join(c + ("" if b == "×" else " ") for c, b in clusters).split()
            tests.check("Thai with the module folder %s" % modules, dump.status == 0 and
                        found == wanted and dump.errors.count("[dictionary-module]") ==
                        (modules is not None), found)


def test(tests):
    issues = 40 if os.environ.get("PAIBAN_LONG") else 8
    test_dictionary(tests)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, str(program.ROOT / "tests/corpus/generate.py"),
                        "--seed", "lines", "--count", str(issues), "--lang", "zh-Hans",
                        "--elements", "paragraphs", "-o", folder], check=True)
        paths = sorted(os.path.join(folder, n) for n in os.listdir(folder) if n.endswith(".md"))
        test_hostile(tests, make_layouts(folder))
        for name, layout in make_layouts(folder).items():
            faults, counts = measure(paths, layout)
            for kind in ("start", "end", "narrow mark", "wide mark", "uneven han",
                         "uneven han-latin"):
                tests.check("%s: %s" % (name, kind), not faults[kind], "\n".join(faults[kind][:3]))
            if name == "optimal":
                tests.check("optimal: lone last character", not faults["lone"],
                       "\n".join(faults["lone"][:3]))
            total, loose = counts["lines"], counts["loose lines"]
            tests.check("%s: mean white at most 0.15 em in 99 %% of lines" % name,
                        total > 200 and loose <= total / 100, "%d of %d" % (loose, total))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print_figures(sys.argv[1:])
    else:
        tests = program.Tests()
        test(tests)
        sys.exit(tests.finish())
