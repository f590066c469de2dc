"""rows: aligned rows under each text, kept in tests/break/*.expected.

They come from --dump=clusters and --dump=lines, one golden a case file, of the cases of one
measure and one paragraph without markup:

    case 2a W8
    text      出   台   了   《   …     one column a cluster
    class     han  han  han  open …
    breaks    |    |    -    -    …     UAX 14 behind it: | may, - may not; / the line ends there
    squeeze                       …     what was taken (−) or added behind it, 1/1000 em
    hang                          …     how far it stands outside the measure, 1/1000 em
    widths    1000 1000 500  1000 …     from its pen to the next one, 1/1000 em; at a line's
                                        end: to the end of its body

A golden names the fonts that it was made with; where others are in use it says nothing, and
is skipped.
"""
import difflib
import pathlib
import re
import unicodedata

import cases as case_files

FOLDER = pathlib.Path(__file__).resolve().parent
COLUMN = 6       # display columns of a cluster
CLUSTER = re.compile(r"^(\d+) ‘(.+)’ ([a-z-]+) ([\d.]+)(?: \([^)]*\))? (\S) "
                     r"(?:hyphen )?(?:unsafe )?(.*?)(?:  .*)?$")
LINE = re.compile(r"^line \d+ (\d+)-(\d+) indent (-?\d+) width (-?\d+) hang (-?\d+)")
PLACED = re.compile(r"^  \S+ size (\d+) x (-?\d+) width (-?\d+) gap (-?\d+) \|")
MARKS = {"÷": "|", "×": "-", "!": "!"}
UNITS = 1024.0   # in a pt


class Row:
    """One cluster of a paragraph."""

    def __init__(self, match):
        _, self.text, self.name, advance, self.brk, self.font = match.groups()
        self.advance = float(advance) * UNITS
        self.size, self.x, self.width, self.hang, self.ends = 1, 0, 0, 0, False


def read_clusters(dump):
    """The paragraphs of --dump=clusters as lists of rows."""
    found = []
    for line in dump.split("\n"):
        match = CLUSTER.match(line)
        if match and match.group(1) == "0":
            found.append([])
        if match:
            found[-1].append(Row(match))
    return found


def read_lines(dump, paragraphs):
    """Add the places of --dump=lines."""
    index, at, hang, end = -1, 0, 0, 0
    for line in dump.split("\n"):
        if line.startswith("paragraph "):
            index, at = index + 1, 0
        elif LINE.match(line):
            numbers = [int(v) for v in LINE.match(line).groups()]
            hang, end = numbers[4], numbers[1]
        elif PLACED.match(line):
            row = paragraphs[index][at]
            row.size, row.x, row.width, _ = (int(v) for v in PLACED.match(line).groups())
            at += 1
            row.ends = at == end
            row.hang = hang if row.ends else 0


def columns(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def row_of(name, cells):
    line = name.ljust(10)
    for cell in cells:
        line += cell + " " * max(COLUMN - columns(cell), 1)
    return line.rstrip()


def em(row, value):
    return "%d" % round(1000.0 * value / row.size)


def block_of(case, paragraph):
    steps, taken = [], []
    for row, after in zip(paragraph, paragraph[1:] + [None]):
        if row.ends or after is None:
            steps.append(em(row, row.width))
            taken.append("")
            continue
        step = after.x - row.x
        steps.append(em(row, step))
        change = round(1000 * (step - row.advance) / row.size)
        taken.append("%d" % change if change and row.name != "space" else "")
    return "\n".join([
        "case " + case.title() + "".join(" " + "%s: %s" % s for s in case.settings),
        row_of("text", [r.text for r in paragraph]),
        row_of("class", [r.name[:5] for r in paragraph]),
        row_of("breaks", ["/" if r.ends else MARKS[r.brk] for r in paragraph]),
        row_of("squeeze", taken),
        row_of("hang", [em(r, r.hang) if r.hang else "" for r in paragraph]),
        row_of("widths", steps),
    ]) + "\n"


def goldens(render_dump):
    """{file name: text} of all goldens. render_dump(cases, stage) gives the dump of a group."""
    texts = {}
    for path in sorted(FOLDER.glob("*.txt")):
        chosen = [c for c in case_files.read_cases(FOLDER, path.name) if is_plain(c)]
        groups, blocks, fonts = {}, {}, set()
        for case in chosen:
            groups.setdefault((case.width, case.settings), []).append(case)
        for key, group in groups.items():
            paragraphs = read_clusters(render_dump(key, group, "clusters"))
            read_lines(render_dump(key, group, "lines"), paragraphs)
            if len(paragraphs) != len(group):
                raise SystemExit("Bail out! %d paragraphs of %d" % (
                    len(paragraphs), len(group)))
            for case, paragraph in zip(group, paragraphs):
                blocks[case] = block_of(case, paragraph)
                fonts.update(r.font for r in paragraph if r.name != "space")
        head = "fonts " + ", ".join(sorted(f for f in fonts if f.strip("– "))) + "\n\n"
        if chosen:
            texts[path.stem + ".expected"] = head + "\n".join(blocks[c] for c in chosen)
    return texts


def is_plain(case):
    """One paragraph without markup, at one measure."""
    return not case.many and not re.search(r"[¶⏎\[<`#]", case.text)


def difference(name, text):
    path = FOLDER / name
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    return list(difflib.unified_diff(old.split("\n"), text.split("\n"), name, "now",
                                     lineterm="", n=2)), old


def compare(tests, render_dump):
    for name, text in goldens(render_dump).items():
        lines, old = difference(name, text)
        if old and old.split("\n")[0] != text.split("\n")[0]:
            tests.skip(name, "other fonts are in use than the golden was made with")
            continue
        tests.check(name, not lines, "\n".join(lines))
        changed = re.sub(r"(widths +)\d+", r"\g<1>0", text, count=1)
        tests.check(name + " differs where one width does", changed != old)


def update(render_dump, sure):
    new = goldens(render_dump)
    shown = [line for name, text in new.items() for line in difference(name, text)[0]]
    print("\n".join(shown) or "rows: nothing changed")
    if shown and not sure and input("rows: write these? [y/N] ").strip() != "y":
        return 1
    for name, text in new.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0
