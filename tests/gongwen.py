#!/usr/bin/env python3
"""The measures of GB/T 9704-2012, read back from the PDF: layouts/gongwen.yaml (TAP).

Each is within 0.3 mm of the standard's; a full page has exactly 22 lines of 28 characters.
"""
import pathlib
import shutil
import subprocess
import sys

import program

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "break"))
import trace  # noqa: E402  (tests/break/trace.py)

MM = 72 / 25.4
TOLERANCE = 0.3           # mm
ABOVE = 0.88              # em of a Han character above the baseline
TOP, LEFT, OUTER = 37.0, 28.0, 26.0
WIDTH, HEIGHT = 156.0, 225.0
LINES, CHARACTERS = 22, 28
TEXT = ("省级远程医疗平台由省级远程医疗中心承担建设和运行与各市平台实现互联互通"
        "为医疗机构提供会诊申请影像传输病历共享专家排班等服务" * 40)
HEAD = """---
title: 关于测试的通知
date: 2026-03-18
layout: gongwen
publisher: 星湖省委员会
serial: "000012"
classification: 秘密
urgency: 加急
doc-number: 星卫医〔2026〕18号
addressee: 各市委员会
distribution: {copy: [省办公厅]}
---

"""


class Mark:
    """One glyph in mm from the page's top-left corner."""

    def __init__(self, glyph):
        self.text = glyph.text
        self.x = (glyph.x * trace.EM + trace.MARGIN) / MM
        self.y = glyph.y * trace.EM / MM
        self.em = glyph.size * trace.EM / MM
        self.right = self.x + glyph.advance * trace.EM / MM

    def top(self):
        return self.y - ABOVE * self.em

    def bottom(self):
        return self.top() + self.em


class Sheet:
    def __init__(self, page):
        self.lines = [[Mark(g) for g in line] for line in page.lines]
        self.rules = sorted((p.top * trace.EM / MM, p.bottom * trace.EM / MM,
                             (p.left * trace.EM + trace.MARGIN) / MM,
                             (p.right * trace.EM + trace.MARGIN) / MM) for p in page.paths)

    def line(self, text):
        return next(line for line in self.lines
                    if "".join(m.text for m in line).startswith(text))


def near(value, wanted):
    return abs(value - wanted) <= TOLERANCE


def check_grid(tests, sheet):
    body = sheet.lines[:-1]  # the last is the page number
    tests.check("a full page has 22 lines", len(body) == LINES, len(body))
    tests.check("each of 28 characters", all(len(line) == CHARACTERS for line in body),
                [len(line) for line in body])
    first, last = body[0], body[-1]
    measures = [
        ("the first line's top", first[0].top(), TOP),
        ("the last line's foot", last[0].bottom(), TOP + HEIGHT),
        ("the left edge of an even page", first[0].x, OUTER),
        ("the right edge of an even page", first[-1].x + first[-1].em, OUTER + WIDTH),
        ("the pitch of lines", (last[0].y - first[0].y) / (LINES - 1), 29.62 / MM),
        ("the pitch of characters",
         (first[-1].x - first[0].x) / (CHARACTERS - 1), WIDTH / CHARACTERS),
    ]
    for name, value, wanted in measures:
        tests.check(name, near(value, wanted), "%.2f mm, wanted %.2f" % (value, wanted))


def check_head(tests, sheet):
    name = sheet.line("星湖省委员会文件")
    number = sheet.line("星卫医")
    title = sheet.line("关于测试的通知")
    address = sheet.line("各市委员会")
    rule = sheet.rules[0]
    line = 29.62 / MM
    measures = [
        ("份号 in the first row", sheet.lines[0][0].top(), TOP),
        ("密级 in the second row", sheet.lines[1][0].y - sheet.lines[0][0].y, line),
        ("紧急程度 in the third", sheet.lines[2][0].y - sheet.lines[1][0].y, line),
        ("the left edge of an odd page", sheet.lines[1][0].x, LEFT),
        ("发文机关标志 35 mm below the type area's top", name[0].top() - TOP, 35),
        ("the red rule 4 mm below 发文字号", rule[0] - number[0].bottom(), 4),
        ("the red rule's left end", rule[2], LEFT),
        ("the red rule's right end", rule[3], LEFT + WIDTH),
    ]
    for text, value, wanted in measures:
        tests.check(text, near(value, wanted), "%.2f mm, wanted %.2f" % (value, wanted))
    tests.check("发文字号 two lines below 标志",
                2 * line - 1 <= number[0].top() - name[0].bottom() <= 3 * line,
                number[0].top() - name[0].bottom())
    tests.check("the title two lines below the rule",
                2 * line - 1 <= title[0].top() - rule[1] <= 3 * line, title[0].top() - rule[1])
    tests.check("主送机关 one line below the title, at the left edge",
                line - 1 <= address[0].top() - title[0].bottom() <= 2 * line and
                near(address[0].x, LEFT), address[0].top() - title[0].bottom())
    tests.check("the first page shows text", any(
        "省级远程医疗" in "".join(m.text for m in row) for row in sheet.lines))


def check_foot(tests, sheets):
    odd, even = sheets[0].lines[-1], sheets[1].lines[-1]
    one = 14 / MM
    tests.check("odd numbers at the right, one character in",
                near(odd[-1].right, LEFT + WIDTH - one), odd[-1].right)
    tests.check("even numbers at the left, one character in",
                near(even[0].x, OUTER + one), even[0].x)
    dash = odd[0].y - 0.36 * odd[0].em
    tests.check("the number's dashes 7 mm below the type area",
                near(dash, TOP + HEIGHT + 7), dash)
    rules = sheets[-1].rules
    tests.check("版记 has three rules, the last at the type area's foot",
                len(rules) == 3 and near(rules[2][1], TOP + HEIGHT), rules)
    tests.check("first and last of 0.35 mm, the middle of 0.25 mm", [
        round(r[1] - r[0], 2) for r in rules] == [0.35, 0.25, 0.35], rules)


def read(folder, text):
    folder.write("a.md", HEAD + text)
    done = folder.run("render", "a.md", "-o", "a.pdf")
    if done.status:
        raise SystemExit(done.errors)
    return [Sheet(p) for p in trace.read_pages(str(folder.path / "a.pdf"), ())]


def main():
    tests = program.Tests()
    if shutil.which("mutool") is None:
        tests.skip("the measures of GB/T 9704", "mutool is not installed")
        return tests.finish()
    with program.Folder() as folder:
        sheets = read(folder, TEXT + "\n")
        check_grid(tests, sheets[1])
        check_head(tests, sheets[0])
        check_foot(tests, sheets)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
