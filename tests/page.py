#!/usr/bin/env python3
"""Pages, counted and measured from --dump=pages (TAP).

usage: page.py             everything
       page.py FOLDER      only the counts, over all issues below a folder (an archive)

Counts, over generated issues in a layout with the limits on: no title alone at a page's foot,
no widow, no orphan, no line out of the measure that was not told. Then one test for each
kind of furniture: contents, panels, header and footer, page numbers, padding, marks.
"""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "corpus"))

import generate  # noqa: E402
import program  # noqa: E402

COUNT = 100  # issues in base
FEWER = 25   # in each other layout that has the limits
SLACK = 0.6  # pt by which a line may seem wider than it is: rounding, a hanging comma
BLOCKS = ("P", "H", "Caption", "TOCI", "LBody")
OUTSIDE = ("Note", "Table", "Figure")  # what these hold follows other rules


class Page:
    def __init__(self, label, width, height):
        self.label, self.width, self.height = label, width, height
        self.texts = []  # (structure or artifact, x, y, width, text)
        self.rules = []  # (artifact, x, y, width, height, colour)
        self.paths = []  # (artifact, colour)
        self.head = ""


class Book:
    """Pages, structure and destinations of a dump."""

    TEXT = re.compile(r'  text (\S+) (\S+) (\S+) width (\S+) .*? size (\S+) .*?"((?:[^"\\]|\\.)*)"')

    def __init__(self, dump):
        self.pages, self.kinds, self.parents, self.places, self.links = [], {}, {}, {}, {}
        stack = []
        for line in dump.split("\n"):
            if match := re.match(r'page \d+ "(.*?)" (\S+) (\S+)', line):
                self.pages.append(Page(match[1], float(match[2]), float(match[3])))
                self.pages[-1].head = line
            elif line.startswith("  text "):
                self.add_text(line)
            elif match := re.match(r"  rule (\S+) (\S+) (\S+) (\S+) (\S+)(?: (#\w+))?$", line):
                self.pages[-1].rules.append(
                    (match[1], *map(float, match.groups()[1:5]), match[6]))
            elif match := re.match(r"  path (\S+) \S+ \S+ \S+ \S+(?: (#\w+))?", line):
                self.pages[-1].paths.append((match[1], match[2]))
            elif match := re.match(r'  "(.*)" page (\d+) ', line):
                self.places[match[1]] = int(match[2]) - 1
            elif match := re.match(r'  (\d+) -> "(.*?)"', line):
                self.links[match[1]] = match[2]
            elif match := re.match(r"( +)(s\d+) ([A-Za-z]+)", line):
                depth = len(match[1])
                while stack and stack[-1][0] >= depth:
                    stack.pop()
                self.kinds[match[2]] = match[3]
                self.parents[match[2]] = stack[-1][1] if stack else None
                stack.append((depth, match[2]))

    def add_text(self, line):
        match = self.TEXT.match(line)
        if match is None:
            match = re.match(r'  text (\S+) (\S+) (\S+) width (\S+) size (\S+) .*?'
                             r'"((?:[^"\\]|\\.)*)"', line)
        owner, x, y, width, size, text = match.groups()
        link = re.search(r" link (\d+)", line[:line.index('"')])
        text = re.sub(r"\s+", "", text)  # white is sometimes a character, sometimes a gap
        if text:
            self.pages[-1].texts.append((owner, float(x), float(y), float(width), float(size),
                                         text, link and link[1]))

    def above(self, owner):
        while owner is not None:
            yield owner, self.kinds.get(owner, "")
            owner = self.parents.get(owner)

    def block(self, owner):
        """The block an item belongs to; None: an artifact, or in a note, table or figure."""
        found = None
        for name, kind in self.above(owner if owner in self.kinds else None):
            if kind in OUTSIDE:
                return None
            if found is None and kind in BLOCKS:
                found = name
        return found

    def lines(self, page):
        """The blocks of a page's lines from top to bottom; the body's, not the foot's."""
        rows = {}
        for owner, _, y, *_ in page.texts:
            block = self.block(owner)
            if block is not None:
                rows.setdefault(round(y * 2), {})[block] = True
        return [list(rows[y]) for y in sorted(rows)]


def book_of(result):
    return Book(result.output)


def kind_of(book, block):
    return book.kinds[block]


def code_blocks(book):
    """Blocks of nothing but code: their blank lines are not in the dump."""
    pure = {}
    for page in book.pages:
        for owner, *_ in page.texts:
            block = book.block(owner)
            pure[block] = pure.get(block, True) and any(k == "Code" for _, k in book.above(owner))
    return {block for block, only in pure.items() if only}


def faults(book):
    """What no page may have, as (rule, page, block)."""
    found, code = [], code_blocks(book)
    pages = [book.lines(page) for page in book.pages]
    totals = {}
    for lines in pages:
        for blocks in lines:
            for block in blocks:
                totals[block] = totals.get(block, 0) + 1
    for number, lines in enumerate(pages):
        if not lines:
            continue
        later = {b for rest in pages[number + 1:] for blocks in rest for b in blocks}
        earlier = {b for rest in pages[:number] for blocks in rest for b in blocks}
        last, first = lines[-1], lines[0]
        if any(kind_of(book, b).startswith("H") for b in last) and later:
            found.append(("title at the foot", number, last))
        for block in first:
            here = sum(block in blocks for blocks in lines)
            if block in earlier - code and here == 1 and totals[block] > 1:
                found.append(("widow", number, block))
        for block in last:
            here = sum(block in blocks for blocks in lines)
            if block in later - code and here == 1 and totals[block] > 1:
                found.append(("orphan", number, block))
    return found


OPENERS, CLOSERS = "“‘（《〈「『〔【", "”’）》〉」』〕】，。、；：？！"


def wide(book, left, right):
    """Lines that stand out of the type area; a mark's white half may."""
    found = []
    for number, page in enumerate(book.pages):
        for owner, x, _, width, size, text, _ in page.texts:
            before = SLACK + (size / 2 if text[:1] in OPENERS else 0)
            behind = SLACK + (size / 2 if text[-1:] in CLOSERS else 0)
            if owner in book.kinds and (x < left - before or
                                        x + width > page.width - right + behind):
                found.append((number, text))
    return found


TOLD = re.compile(r"\[(overfull-line|unbreakable-run|kept-split|taller-than-page)\]")
MARGIN = 81.6  # pt: 2.88 cm of base


def margins(folder, layout):
    """Left and right margin of a layout, pt."""
    folder.write("margins.md", "正文。\n")
    dumped = folder.run("render", "margins.md", "--layout", layout, "--dump=layout", "-o", "-").output
    return [float(re.search(r"^page\.margin-%s (\S+)" % side, dumped, re.M)[1])
            for side in ("inner", "outer")]


def count(tests, folder, paths, layout):
    bad, out, failed, pages = [], [], [], 0
    left, right = margins(folder, layout)
    for path in paths:
        result = folder.run("render", path, "--layout", layout, "--dump=pages", "-o", "-",
                            "--allow-path", pathlib.Path(path).parent)
        if result.status != 0 or not result.output:
            failed.append("%s: %s" % (path, result.errors[-300:]))
            continue
        book = book_of(result)
        pages += len(book.pages)
        told = set(TOLD.findall(result.errors))
        bad += ["%s: %s on page %s (%s)" % (path, rule, book.pages[n].label, block)
                for rule, n, block in faults(book)
                if not told & {"kept-split", "taller-than-page"}]
        if not told & {"overfull-line", "unbreakable-run"}:
            out += ["%s: page %s: %s" % (path, book.pages[n].label, text)
                    for n, text in wide(book, left, right)]
    tests.check("%s: %d issues of %d pages are laid out" % (layout, len(paths), pages), not failed and pages,
                "\n".join(failed))
    for rule in ("title at the foot", "widow", "orphan"):
        lines = [b for b in bad if rule in b]
        tests.check("%s: no %s" % (layout, rule), not lines, "\n".join(lines))
    tests.check(layout + ": no line out of the measure untold", not out, "\n".join(out))


def corpus(tests, folder):
    options = generate.parse(["--seed", "11", "--count", str(COUNT), "--stats"])
    paths = []
    for number, (_, issue) in enumerate(generate.issues(options)):
        for name, image in issue.images.items():
            folder.write("issues/images/" + pathlib.Path(name).name, image)
        paths.append(folder.write("issues/%d.md" % number, issue.bytes()))
    count(tests, folder, paths, "base")
    for layout in ("jianbao", "newsletter"):
        count(tests, folder, paths[:FEWER], layout)


HAN = "平台建设远程医疗服务覆盖全省各级医院的工作正在有序推进之中"
PARAGRAPH = "".join(HAN[(i * 7) % len(HAN):] for i in range(8)) + "。\n\n"


def dump(folder, layout, text, *options):
    folder.write("my.yaml", layout)
    folder.write("a.md", text)
    result = folder.run("render", "a.md", "--layout", "./my.yaml", "--dump=pages", "-o", "-", *options)
    return book_of(result), result.errors


def body(page, book, size=12):
    return sorted({y for owner, _, y, _, s, *_ in page.texts if owner in book.kinds and s == size})


def counting(tests, folder):
    """The counts find what they are there for."""
    text = "# 节\n\n" + ("## 题目\n\n" + PARAGRAPH) * 30
    layout = ("base: base\ncover: {show: false}\nstyles:\n  body: {orphans: 1, widows: 1}\n"
              "  item: {keep-with-next: false}\n  section: {keep-with-next: false}\n")
    rules = set()
    for lines in range(20, 34):
        book, _ = dump(folder, layout + "page: {lines: %d}\n" % lines, text)
        rules |= {rule for rule, *_ in faults(book)}
    tests.check("without limits all three are found",
                rules == {"title at the foot", "widow", "orphan"}, rules)


def grid(tests, folder):
    text = "# 节\n\n" + ("## 一个题目\n\n" + PARAGRAPH + "> 引文引文。\n\n") * 12
    layout = ("base: base\ncover: {show: false}\npage: {grid-pitch: 22pt}\nstyles:\n"
              "  item: {line-pitch: 27pt, space-before: 9pt}\n")
    book, _ = dump(folder, layout, text)
    first = body(book.pages[0], book)[0]
    off = [y for page in book.pages for y in body(page, book)
           if abs((y - first + 11) % 22 - 11) > 0.02]
    tests.check("body lines of all pages stand on the grid", len(book.pages) > 3 and not off, off)
    book, _ = dump(folder, layout.replace("grid-pitch: 22pt", "grid-pitch: 0"), text)
    off = [y for page in book.pages for y in body(page, book)
           if abs((y - first + 11) % 22 - 11) > 0.02]
    tests.check("without it they do not", off)


def leftover(tests, folder):
    text = "# 节\n\n" + "".join("## 一个题目\n\n" + PARAGRAPH * (i % 4 + 1) for i in range(24))
    layout = "base: base\ncover: {show: false}\npage: {leftover: %s}\n"
    ends = {}
    for where in ("foot", "spread"):
        book, _ = dump(folder, layout % where, text)
        ends[where] = [max(y for o, _, y, *_ in p.texts if o in book.kinds)
                       for p in book.pages[:-1]]
    tests.check("spread pages end no higher", len(ends["foot"]) == len(ends["spread"]) and
                all(a <= b + 0.01 for a, b in zip(ends["foot"], ends["spread"])), ends)
    tests.check("and on one line", max(ends["spread"]) - min(ends["spread"]) < 0.1 <
                max(ends["foot"]) - min(ends["foot"]), ends)
    heights = {}
    for balanced in ("false", "true"):
        book, _ = dump(folder, "base: base\ncover: {show: false}\npage: {balance-last: %s}\n"
                       % balanced, PARAGRAPH * 10)
        heights[balanced] = [len(body(p, book)) for p in book.pages]
    a, b = heights["true"][-2:]
    tests.check("balanced last pages", abs(a - b) <= 2 < heights["false"][-2] - heights["false"][-1],
                heights)


CONTENTS = ("---\ntitle: 月报\ntoc: true\n---\n\n# 甲\n\n" +
            "".join("## ✓ 第%d条\n\n%s" % (i, PARAGRAPH * 4) for i in range(12)) +
            "# 乙\n\n## 末条 {#end}\n\n[见第 {page} 页](#end)。\n")


def contents(tests, folder):
    layout = ("base: base\nhighlights: {pages: true, leader: \"·\"}\n"
              "toc: {leader: \"…\", levels: 2}\n")
    book, errors = dump(folder, layout, CONTENTS)
    wrong, entries = [], 0
    for page in book.pages:
        for owner, x, _, width, _, text, link in page.texts:
            if link is None or x < 450 or not re.fullmatch(r"\d+", text) or \
                    not any(kind == "TOCI" for _, kind in book.above(owner)):
                continue
            entries += 1
            true = book.pages[book.places[book.links[link]]].label
            if text != true or abs(x + width - (page.width - MARGIN)) > 1:
                wrong.append((text, true, x))
    tests.check("entries show true pages at the right edge", entries == 12 + 15 and not wrong,
                (entries, wrong))
    tests.check("the text of contents is complete", "目录" in
                "".join(t[5] for p in book.pages for t in p.texts))
    leaders = [t for p in book.pages for t in p.texts if t[0] == "layout" and set(t[5]) <= set("…·")]
    tests.check("leaders are artifacts", len(leaders) >= 27, len(leaders))
    grid_of = {round(t[1] % 12, 1) for t in leaders if "…" in t[5]}
    tests.check("leaders of all entries stand below one another", len(grid_of) == 1, grid_of)
    told = "".join(t[5] for p in book.pages for t in p.texts)
    tests.check("a reference shows the page", "见第%s页" % book.pages[book.places["end"]].label
                in told, told[-200:])
    tests.check("nothing is told", "warning" not in errors, errors)
    book, _ = dump(folder, layout, CONTENTS.replace("toc: true", "toc: false"))
    tests.check("the head switches it off", not any("目" in t[5] and "录" in t[5]
                for p in book.pages for t in p.texts))


def unsettled(tests, folder):
    """A number that moves the page it names: a paragraph of three lines moves on, one of four
    is split; it refers to itself."""
    start = "".join("第%d页。\n\n<!-- pagebreak -->\n\n" % i for i in range(1, 9)) + "行。\n\n" * 29
    told = ""
    for length in range(96, 112):
        _, errors = dump(folder, "base: base\ncover: {show: false}\n",
                         start + "[起]{#z}" + HAN * 3 + HAN[:length - 3 * len(HAN)] +
                         "[{page}](#z)\n")
        told = told or re.search(r"warning: page numbers do not settle in 5 rounds: ‘z’ moved from "
                                 r"page (9 to 10|10 to 9) \[pages-unsettled\]", errors)
    tests.check("what does not settle is told: \"pages-unsettled\"", told)


PANELS = """---
title: 远程医疗简报
date: 2021-05-31
issue: 5
total: 41
publisher: 远程医疗中心
classification: 内部资料
serial: "000012"
urgency: 特急
copies: 60
people:
  - {role: 编辑, name: 王伟}
  - {role: 编辑, name: 李丽}
  - {role: 审核, name: 赵敏}
distribution: {report: [甲委, 乙委], send: [丙局], copy: [丁处]}
attachments: [附件甲, 附件乙]
signature: {name: 远程医疗中心}
---

# 节

## 条

正文。
"""
MASTHEAD = """base: base
cover: {show: false}
masthead:
  lines: [serial, classification, urgency, masthead-name, masthead-number, masthead-line, rule]
  name-top: 35mm
foot:
  lines: [rule, report, send, copy, thin-rule, copies]
"""


def text_of(page, owned=True):
    texts = sorted((round(t[2]), t[1], t[5]) for t in page.texts if (t[0][1:].isdigit()) == owned)
    return "".join(t for _, _, t in texts)


def panels(tests, folder):
    book, errors = dump(folder, MASTHEAD, PANELS)
    page = book.pages[0]
    text = text_of(page)
    tests.check("masthead, ending and foot in order", text == "000012内部资料特急远程医疗简报"
                "第5期总第41期远程医疗中心2021年5月31日1节1.1条正文。附件：1.附件甲2.附件乙"
                "远程医疗中心2021年5月31日编辑：王伟，李丽审核：赵敏报：甲委，乙委送：丙局"
                "抄：丁处（共印60份）", text)
    name = next(t for t in page.texts if t[5].startswith("远程医疗简报"))
    tests.check("the name stands where the layout says",
                abs(name[2] - (79.37 + 99.21 + 0.2 * 36 + 0.88 * 36)) < 1, name)
    tests.check("the rule is red", any(r[5] == "#FF0000" and abs(r[3] - 432) < 1
                                       for r in page.rules), page.rules)
    date = max((t for t in page.texts if t[5] == "日" and t[2] < 400), key=lambda t: t[1])
    tests.check("the date ends at the right edge", abs(date[1] + date[3] - 513.6) < 1, date)
    last = max(t[2] for t in page.texts if t[0] in book.kinds)
    tests.check("the foot stands on the type area's bottom",
                abs(last - (841.89 - 79.37 - 5 - 1.44)) < 1, last)
    tests.check("nothing is told", "warning" not in errors, errors)
    book, _ = dump(folder, MASTHEAD, "# 节\n\n正文。\n")
    tests.check("an issue without them has none of it", text_of(book.pages[0]) == "节1节正文。" and
                len([r for r in book.pages[0].rules if r[5]]) == 1,
                (text_of(book.pages[0]), book.pages[0].rules))
    lasts = [text_of(dump(folder, MASTHEAD, PANELS + "\n行。\n" * lines)[0].pages[-1])
             for lines in (0, 4, 8, 12)]
    tests.check("a foot without room takes a page of its own",
                any(last.startswith("报：") for last in lasts), lasts)
    book, errors = dump(folder, "base: base\nmasthead: {lines: [serial, headline]}\n", PANELS)
    tests.check("an unknown line is told", re.search(
        r"my\.yaml:2:19: error: ‘lines’ must be a list of rule, .* \[layout-value\]", errors), errors)
    book, errors = dump(folder, "base: base\nlines: {serial: {left: \"{nummer}\"}}\n", PANELS)
    tests.check("an unknown field is told", re.search(
        r"my\.yaml:2:24: error: unknown field ‘\{nummer\}’ \[layout-field\]", errors), errors)
    book, _ = dump(folder, "base: base\n", PANELS)
    tests.check("the cover shows 份号, 密级, 紧急程度 first", text_of(book.pages[0]).startswith(
        "000012内部资料特急远程医疗简报"), text_of(book.pages[0]))


RUNNING = """base: base
page: {mirror: true, margin-inner: 3cm, margin-outer: 2cm, first-number: %s}
cover: {show: false}
header:
  odd: {left: "", centre: "", right: "{section} {issue-text}"}
  even: {left: "{title}", centre: "", right: ""}
  first: {left: "", centre: "首页", right: ""}
footer:
  rule: 0.5pt
  rule-colour: gray
  odd: {left: "", centre: "%s", right: ""}
"""


def running(tests, folder):
    text = "---\ntitle: 月报\nissue: 5\n---\n\n# 甲\n\n" + PARAGRAPH * 28 + "# 乙\n\n" + PARAGRAPH * 28
    book, _ = dump(folder, RUNNING % ("1", "— {page} —"), text)
    furniture = [text_of(p, owned=False) for p in book.pages]
    tests.check("first, even and odd pages differ", furniture[0] == "首页—1—" and
                furniture[1].startswith("月报") and furniture[2].startswith("甲第5期"),
                furniture[:3])
    tests.check("by section", furniture[2].startswith("甲") and furniture[6].startswith("乙"),
                furniture)
    lefts = [min(t[1] for t in p.texts if t[0] in book.kinds) for p in book.pages[:4]]
    tests.check("inner and outer margins are mirrored", abs(lefts[0] - 85.04) < 1 and
                abs(lefts[1] - 56.69) < 1, lefts)
    dashes = [t[1] for t in book.pages[0].texts if t[5] == "—" and t[0] == "footer"]
    tests.check("a blank stands between dash and number", len(dashes) == 2 and
                dashes[1] - dashes[0] > 9 + 4.5 + 2, dashes)  # dash and digit of 9 pt
    tests.check("the footer's rule is gray", any(r[0] == "footer" and r[5] == "#808080"
                                                 for r in book.pages[0].rules))
    book, _ = dump(folder, RUNNING % ("9", "第{page}页 共{pages}页"), text)
    tests.check("第9页 共…页", text_of(book.pages[0], owned=False) ==
                "首页第9页共%d页" % (8 + len(book.pages)), text_of(book.pages[0], owned=False))
    _, errors = dump(folder, RUNNING % ("-1", "{page}"), text)
    tests.check("a start number below 0 is told", re.search(
        r"my\.yaml:2:\d+: error: ‘first-number’ must be 0…99999 \[layout-value\]", errors), errors)
    _, errors = dump(folder, RUNNING % ("1", "{pag}"), text)
    tests.check("a field that does not exist is told", re.search(
        r"my\.yaml:11:\d+: error: unknown field ‘\{pag\}’ \[layout-field\]\n.*\n.*\n"
        r"hint: did you mean ‘\{page\}’\?", errors), errors)
    _, errors = dump(folder, "base: base\npage: {margin-inner: 12cm, margin-outer: 9cm}\n", text)
    tests.check("margins that leave no room are told", re.search(
        r"my\.yaml:2:\d+: error: the margins leave no room", errors), errors)


def sheets(tests, folder):
    for multiple in (1, 2, 4):
        book, _ = dump(folder, "base: base\npage: {multiple: %d}\n" % multiple, PARAGRAPH * 6)
        tests.check("a multiple of %d pages" % multiple, len(book.pages) % multiple == 0 and
                    len(book.pages) < 3 + multiple, len(book.pages))
        blank = [p for p in book.pages if not [t for t in p.texts if t[0] in book.kinds]]
        tests.check("blank pages have no furniture", not [t for p in blank for t in p.texts])
    for paper, size in {"A3": (841.89, 1190.55), "A4": (595.28, 841.89), "A5": (419.53, 595.28),
                        "B5": (498.9, 708.66), "Letter": (612, 792)}.items():
        book, _ = dump(folder, "base: base\n", "正文。\n", "--paper", paper)
        tests.check("--paper " + paper, abs(book.pages[0].width - size[0]) < 0.1 and
                    abs(book.pages[0].height - size[1]) < 0.1, book.pages[0].head)
    book, _ = dump(folder, "base: base\npage: {bleed: 3mm, crop-marks: true}\n", "正文。\n")
    page = book.pages[0]
    marks = [r for r in page.rules if r[0] == "page"]
    tests.check("bleed and crop marks", " bleed 8.50" in page.head and " slug " in page.head and
                len(marks) == 8 and all(m[1] < -8 or m[1] > page.width + 8 or m[2] < -8 or
                                        m[2] > page.height + 8 for m in marks), (page.head, marks))
    book, _ = dump(folder, "base: base\n", "---\nwatermark: 内部\n---\n\n正文。\n\n"
                   "<!-- pagebreak -->\n\n正文。\n")
    tests.check("a watermark on every page", all(("background", "#E8E8E8") in p.paths
                                                 for p in book.pages))
    book, _ = dump(folder, "base: base\n", "---\ndraft: true\n---\n\n正文。\n")
    tests.check("and on drafts", book.pages[0].paths)
    book, _ = dump(folder, "base: base\n", "正文。\n")
    tests.check("none without", not book.pages[0].paths)


def bad(tests, folder):
    _, errors = dump(folder, "base: base\n", "正文[^a]。\n\n[^a]: " + HAN * 200 + "\n")
    tests.check("note-tall", re.search(r"a\.md:3:\d+: warning: a footnote of \d+(\.\d+)? pt is "
                                           r"taller than a page", errors), errors)
    _, errors = dump(folder, "base: base\nstyles: {body: {keep-together: true}}\n", HAN * 60 + "\n")
    tests.check("a kept group taller than a page is told", "[kept-split]" in errors, errors)
    _, errors = dump(folder, "base: base\n", "---\ncontacts:\n  - {name: 甲, qr: no.png}\n---\n\n正文。\n")
    tests.check("a QR image that is missing is told", re.search(
        r"a\.md:3:\d+: error: no such image: ‘no\.png’", errors), errors)


def main():
    tests = program.Tests()
    with program.Folder() as folder:
        if len(sys.argv) > 1:
            count(tests, folder, sorted(pathlib.Path(sys.argv[1]).resolve().rglob("*.md")), "base")
            return tests.finish()
        for part in (corpus, counting, grid, leftover, contents, unsettled, panels, running,
                     sheets, bad):
            part(tests, folder)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
