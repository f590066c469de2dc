#!/usr/bin/env python3
"""`paiban new`: the first issue of a folder and the next one; placeholders and drafts (TAP)."""
import datetime
import re
import sys

import program
import watch

SERIES = program.ROOT / "samples/series.yaml"
STARTERS = program.ROOT / "layouts/starter"
LAST = """---
date: 2021-05
issue: 5
total: 41
---

# 政策动态

## ✓ 海川：发布远程会诊管理办法

链接：https://www.example.org/a.html

11月3日，海川市发布办法。

# 国外动态

## 挪威：签署协议

链接：https://www.example.org/b.html

11月15日，协议签署。
"""
PLACEHOLDER = re.compile("【待填(：[^】]*)?】")


def read(path):
    return path.read_text(encoding="utf-8") if path.exists() else ""


def begins_next(tests):
    with program.Folder() as folder:
        folder.write("d/series.yaml", SERIES.read_bytes())
        folder.write("d/2021-04.md", "---\ndate: 2021-04\n---\n\n# 旧\n\n## 旧\n\n文。\n")
        folder.write("d/2021-05.md", LAST)
        done = folder.run("new", "d")
        made = folder.path / "d/2021-06.md"
        tests.check("new: the month after, its path printed", done.status == 0 and
                    done.output == "d/2021-06.md\n" and made.exists(), done.errors)
        text = made.read_text(encoding="utf-8") if made.exists() else ""
        tests.check("new: sections, empty items, next numbers", re.findall("^#+ .*", text, re.M) == [
            "# 政策动态", "## 【待填：标题】", "# 国外动态", "## 【待填：标题】"] and
            "issue: 6\ntotal: 42" in text and "链接：【待填】" in text, text)
        again = folder.run("new", "d", "--date", "2021-06")
        tests.check("new: never overwrites", again.status == 64, again.errors)
        done = folder.run("new", "d", "--date", "2021-13")
        tests.check("new: a wrong date is refused", done.status == 64, done.errors)
        done = folder.run("new", "d", "--layout", "base", "--date", "2021-07")
        tests.check("new: a layout is for the first issue", done.status == 64 and
                    "[new-layout]" in done.errors and "2021-06.md" in done.errors, done.errors)


def begins_first(tests):
    layouts = sorted(path.stem for path in (program.ROOT / "layouts").glob("*.yaml"))
    tests.check("new: every layout has a starter", layouts == sorted(
        path.stem for path in STARTERS.glob("*.md")) == sorted(
        path.stem for path in STARTERS.glob("*.yaml")), layouts)
    for layout in layouts:
        with program.Folder() as folder:
            done = folder.run("new", "a/b", "--date", "2021-06", "--layout", layout)
            names = ["a/b/series.yaml", "a/b/2021-06.md"]
            tests.check(layout + ": both files, their paths printed", done.status == 0 and
                        done.output.splitlines() == names, done.output + done.errors)
            series, issue = (folder.path / name for name in names)
            tests.check(layout + ": named in series.yaml", "\nlayout: %s\n" % layout in
                        read(series), read(series))
            done = folder.run("render", issue, "-o", "a.pdf")
            left = len(PLACEHOLDER.findall(read(issue) + read(series)))
            tests.check(layout + ": refused, each placeholder told", done.status == 2 and
                        done.errors.count("[placeholder-left]") == left > 3 and
                        not (folder.path / "a.pdf").exists(), done.errors)
            done = folder.run("render", issue, "--draft", "-o", "a.pdf")
            tests.check(layout + ": a draft has pages and no findings", done.status == 0 and
                        (folder.path / "a.pdf").exists() and "[draft]" in done.errors and
                        "error" not in done.errors and "warning" not in done.errors, done.errors)
            for path in (series, issue):
                folder.write(path, PLACEHOLDER.sub("填好了", read(path)))
            done = folder.run("render", issue, "-o", "b.pdf")
            tests.check(layout + ": rendered when it is filled in", done.status == 0 and
                        (folder.path / "b.pdf").exists(), done.errors)


def chooses(tests):
    with program.Folder() as folder:
        before = datetime.date.today()
        done = folder.run("new", "x")
        months = {day.strftime("%Y-%m") for day in (before, datetime.date.today())}
        tests.check("no date: this month; no layout: monthly", done.status == 0 and
                    "layout: monthly" in read(folder.path / "x/series.yaml") and
                    {"x/%s.md" % month for month in months} & set(folder.names()), folder.names())
        done = folder.run("new", "y", "--layout", "none")
        tests.check("an unknown layout is refused", done.status == 64 and
                    "[unknown-layout]" in done.errors and "y" not in folder.names(), done.errors)
        folder.write("z/series.yaml", "title: 甲刊\nlayout: newsletter\n")
        done = folder.run("new", "z/2021", "--date", "2021-06-04")
        issue = read(folder.path / "z/2021/2021-06-04.md")
        tests.check("a series.yaml is kept, its layout's starter taken", done.output ==
                    "z/2021/2021-06-04.md\n" and "来源：" in issue and "date: 2021-06-04\n" in
                    issue and "layout" not in issue, done.output + done.errors + issue)
        done = folder.run("new", "z/b", "--date", "2021-06", "--layout", "jianbao")
        issue = read(folder.path / "z/b/2021-06.md")
        tests.check("another layout goes into the head", "layout: jianbao\n" in issue and
                    "编者按" in issue, issue + done.errors)
        folder.write("own.yaml", "base: base\n")
        done = folder.run("new", "own", "--date", "2021-06", "--layout", "own.yaml")
        tests.check("a layout of one's own has the base's starter", done.status == 0 and
                    "layout: own.yaml" in read(folder.path / "own/series.yaml"), done.errors)
        folder.write("file", "")
        done = folder.run("new", "file/x", "--date", "2021-06")
        tests.check("a folder that cannot be made: 74", done.status == 74 and
                    "[output-failed]" in done.errors, done.errors)


def drafts(tests):
    text = "---\ntitle: 甲\n%s---\n\n# 一\n\n## 二\n\n%s\n"
    with program.Folder() as folder:
        folder.write("head.md", text % ("publisher: 【待填】\n", "文。"))
        done = folder.run("render", "head.md")
        tests.check("a placeholder in the head: its place", done.status == 2 and
                    "head.md:3:12: fatal" in done.errors, done.errors)
        folder.write("none.md", text % ("# note: 【待填】\n", "`【待填】`，【待填写】的表。\n\n"
                                        "<!-- 【待填】 -->\n\n```\n【待填】\n```"))
        done = folder.run("render", "none.md")
        tests.check("code, comments and other words are none", done.status == 0, done.errors)
        plain = folder.run("render", "none.md", "--dump", "pages").output
        marked = folder.run("render", "none.md", "--draft", "--dump", "pages").output
        tests.check("--draft marks pages without a placeholder", plain != marked and
                    "#E8E8E8" in marked and "#E8E8E8" not in plain)
        folder.write("own.md", text % ("watermark: 样张\n", "【待填】"))
        own = folder.run("render", "own.md", "--draft", "--dump", "pages").output
        folder.write("bare.md", text % ("", "【待填】"))
        bare = folder.run("render", "bare.md", "--draft", "--dump", "pages").output
        tests.check("--draft says draft, not the issue's watermark", own == bare and own, own)
        folder.write("yes.md", text % ("draft: yes\n", "【待填】"))
        done = folder.run("render", "yes.md", "--dump", "pages")
        tests.check("draft: yes in the head does as --draft", done.output == bare, done.errors)
        done = folder.run("batch", "bare.md", "none.md", "-o", "out")
        tests.check("batch refuses the one and renders the other", done.status == 2 and
                    "[placeholder-left]" in done.errors and (folder.path / "out/none.pdf").exists()
                    and not (folder.path / "out/bare.pdf").exists(), done.errors)


def watched(tests):
    with program.Folder() as folder:
        folder.write("a.md", "---\ntitle: 甲\ndate: 2020-01\n---\n\n# 一\n\n## 二\n\n【待填】\n")
        with watch.Watch(folder, "a.md", "-o", "a.pdf") as running:
            line = running.next()
            tests.check("watch shows a draft", "page" in line and running.told("draft") and
                        (folder.path / "a.pdf").exists(), line + "".join(running.errors))


def main():
    tests = program.Tests()
    for part in (begins_next, begins_first, chooses, drafts, watched):
        part(tests)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
