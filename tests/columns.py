#!/usr/bin/env python3
"""A section's items in two columns: places, order, links, tags, pages (TAP)."""
import re
import sys

import pdf_read
import pdf_structure
import program

TEXT = re.compile(r'^page (\d+) |^  text \S+ (\S+) (\S+) width (\S+) .*? "((?:[^"\\]|\\.)*)"', re.M)
HEAD = "---\ntitle: 周刊\ndate: 2024-05\nlayout: newsletter\nhighlights: auto\n---\n\n"
EM, LEFT, RIGHT = 11, 66.6, 66.6 + 22 * 11  # of the layout newsletter: 20 characters, gap of 2
LONG = "这是一段足够长的文字，用来看一栏里的行有多宽，第二行从哪里开始。"


def texts(folder, issue, *options):
    """(page, x, y, right edge, text) of all that is set."""
    folder.write("a.md", HEAD + issue)
    done = folder.run("render", "a.md", "--dump", "pages", *options)
    found, page = [], 0
    for m in TEXT.finditer(done.output):
        if m[1]:
            page = int(m[1])
        else:
            x, y, width = (float(m[i]) for i in (2, 3, 4))
            found.append((page, x, y, x + width, m[5]))
    return found, done


def place(found, start):
    """Page, x and y of the last text that begins so (the first may be a highlight)."""
    return next((t[:3] for t in reversed(found) if t[4].startswith(start)), (0, 0, 0))


def items(count, body=LONG):
    return "".join("## 第%d条\n\n甲%d乙%s\n\n" % (i, i, body) for i in range(1, count + 1))


def near(a, b, by=0.5):
    return abs(a - b) <= by


def check_places(tests, folder):
    found, done = texts(folder, "# 短讯 {columns=2}\n\n导语。\n\n" + items(5))
    tests.check("nothing is told", done.status == 0 and not done.errors, done.errors)
    bodies = [t for t in found if t[4] == "甲"]
    tests.check("items begin left, right, left, right, left", len(bodies) == 5 and all(
        near(t[1], (LEFT, RIGHT)[i % 2]) for i, t in enumerate(bodies)), bodies)
    tests.check("those of a pair at one height, pairs below one another",
                near(bodies[0][2], bodies[1][2]) and near(bodies[2][2], bodies[3][2]) and
                bodies[0][2] < bodies[2][2] < bodies[4][2], bodies)
    lines = [t for t in found if t[2] >= bodies[0][2] and t[2] <= bodies[4][2] + 60]
    tests.check("no line is wider than its column", all(
        t[3] <= (LEFT if t[1] < RIGHT - EM else RIGHT) + 20 * EM + EM / 2 for t in lines), lines)
    tests.check("what is no item has the whole measure", near(place(found, "导语")[1], LEFT))
    found, _ = texts(folder, "# 短讯\n\n" + items(2))
    bodies = [t for t in found if t[4] == "甲"]
    tests.check("without the attribute items are one below the other",
                near(bodies[0][1], bodies[1][1]) and bodies[0][2] < bodies[1][2], bodies)


def check_heights(tests, folder):
    issue = "# 短讯 {columns=2}\n\n## 左\n\n%s\n\n%s\n\n## 右\n\n短。\n\n## 下\n\n末。\n\n# 后节\n"
    found, _ = texts(folder, issue % (LONG, LONG))
    second = [t for t in found if t[1] < LEFT + 1 and t[4].startswith("这")]
    below = place(found, "末")
    tests.check("the next pair stands below the taller item",
                len(second) == 2 and below[2] > second[1][2] + 18, found)
    tests.check("what follows the section has the whole measure",
                near(place(found, "后节")[1], LEFT) and place(found, "后节")[2] > below[2], found)


def check_pages(tests, folder):
    found, done = texts(folder, "# 短讯 {columns=2}\n\n" + items(40))
    bodies = [t for t in found if t[4] == "甲"]
    pairs = list(zip(bodies[::2], bodies[1::2]))
    tests.check("pairs go on over pages and are not parted", len(bodies) == 40 and
                bodies[-1][0] > 1 and all(a[0] == b[0] and near(a[2], b[2]) for a, b in pairs),
                bodies)
    tests.check("within the type area", not done.errors and
                max(t[2] for t in bodies) < 842 - 68, done.errors)
    found, done = texts(folder, "# 短讯 {columns=2}\n\n## 长\n\n" + (LONG + "\n\n") * 60 +
                        "## 旁\n\n末尾。\n")
    lines = [t for t in found if t[4].startswith("这是")]
    tests.check("an item taller than a page goes on in its column", len(lines) == 60 and
                len({t[0] for t in lines}) > 1 and all(near(t[1], LEFT) for t in lines) and
                near(place(found, "末尾")[1], RIGHT) and not done.errors, done.errors)
    found, _ = texts(folder, "# 短讯 {columns=2}\n\n## 一\n\n前段。\n\n<!-- pagebreak -->\n\n"
                     "后段。\n\n## 二\n\n末尾。\n")
    tests.check("a page break inside an item is kept", place(found, "前段")[0] == 1 and
                place(found, "后段")[0] == 2, found)


RICH = """# 短讯 {columns=2}

## ✓ 左条

见[右条](#right)[^n]，另有[地址](https://example.org/)。

- 一
- 二

## 右条 {#right}

| 甲 | 乙 |
|----|----|
| 丙 | 丁 |

```
code
```

> 引文。

---

[^n]: 注文。
"""


def check_contents(tests, folder):
    found, done = texts(folder, RICH)
    tests.check("lists, tables, code, quotes, notes are set without a word", not done.errors,
                done.errors)
    for text in ("丙", "code", "引文"):
        tests.check("%s stands in the right column" % text, place(found, text)[1] >= RIGHT - 0.5,
                    found)
    tests.check("the note stands at the page's foot", place(found, "注文")[2] > 700, found)
    output = done.output
    tests.check("links, highlight and outline find the items", all(
        re.search(p, output) for p in (
            r'-> "right"', r'-> "左条"', r'"right" page 1 ', r' 2 "右条" -> "right"')), output[-3000:])
    done = folder.run("render", "a.md", "-o", "a.pdf", "--strict")
    problems = pdf_structure.problems(pdf_read.Pdf(folder.path / "a.pdf"))
    tests.check("the PDF is tagged in reading order", done.status == 0 and not problems,
                (done.errors, problems))


def check_bad(tests, folder):
    for value in ("0", "3", "two", "-1", ""):
        _, done = texts(folder, "# 短讯 {columns=%s}\n\n## 条\n\n文。\n" % value)
        tests.check("columns=%s is told with its place" % value, done.status == 0 and
                    "a.md:8:" in done.errors and "1 or 2" in done.errors, done.errors)
    found, done = texts(folder, "# 空节 {columns=2}\n\n# 后节 {columns=2}\n\n只有正文。\n")
    tests.check("sections without items", done.status == 0 and not done.errors and
                near(place(found, "只有")[1], LEFT), done.errors)
    _, done = texts(folder, "# 节 {columns=2}\n\n## 甲\n\n## 乙\n\n## 丙\n")
    tests.check("items without text", done.status == 0, done.errors)


def check_layouts(tests, folder):
    for layout in ("base", "monthly", "jianbao", "gongwen"):
        found, done = texts(folder, "# 短讯 {columns=2}\n\n" + items(4), "--layout", layout)
        bodies = [t for t in found if t[4] == "甲"]
        tests.check("%s: pairs side by side" % layout, done.status == 0 and len(bodies) == 4 and
                    bodies[1][1] > bodies[0][1] + 100 and near(bodies[0][2], bodies[1][2]) and
                    near(bodies[2][2], bodies[3][2]), bodies)


def main():
    tests = program.Tests()
    with program.Folder() as folder:
        check_places(tests, folder)
        check_heights(tests, folder)
        check_pages(tests, folder)
        check_contents(tests, folder)
        check_bad(tests, folder)
        check_layouts(tests, folder)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
