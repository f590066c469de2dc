#!/usr/bin/env python3
"""Import texts of old issues (TAP).

The printed issue's text must become samples/2021-05.md, character for character, whatever of
its white space is gone; issues that were made up here must come back from what pdftotext says
of their pages. Then the other ways of numbering, and series.yaml.
"""
import pathlib
import re
import subprocess
import sys

import program

ORIGINAL = program.ROOT / "tests/original/2021-05.txt"
SAMPLE = program.ROOT / "samples/2021-05.md"
SERIES = program.ROOT / "samples/series.yaml"


def imported(folder, name, content, *arguments):
    folder.write(name, content)
    output = pathlib.Path(name).stem + "/issue.md"
    (folder.path / output).parent.mkdir(exist_ok=True)
    done = folder.run("import", name, "-o", output, *arguments)
    target = folder.path / output
    return done, target.read_text(encoding="utf-8") if target.exists() else ""


def difference(a, b):
    n = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    return "at %d: …%r… wanted …%r…" % (n, a[max(0, n - 20):n + 30], b[max(0, n - 20):n + 30])


def variants(text):
    lines = text.split("\n")
    yield "as it is", text
    yield "without blank lines", "\n".join(line for line in lines if line.strip())
    yield "without trailing white space", "\n".join(line.rstrip() for line in lines)
    yield "bare lines", "\n".join(line.strip() for line in lines if line.strip())
    yield "CRLF and a byte-order mark", "\ufeff" + text.replace("\n", "\r\n")


def original(tests):
    text = ORIGINAL.read_text(encoding="utf-8")
    wanted = SAMPLE.read_text(encoding="utf-8")
    with program.Folder() as folder:
        for number, (name, variant) in enumerate(variants(text)):
            done, issue = imported(folder, "v%d-2021-05.txt" % number, variant)
            tests.check("printed issue, %s: the sample" % name, issue == wanted,
                        difference(issue, wanted) + done.errors)
        series = (folder.path / "v0-2021-05/series.yaml").read_text(encoding="utf-8")
        tests.check("series.yaml is the sample's", series == SERIES.read_text(encoding="utf-8"),
                    series)
        done, issue = imported(folder, "changed-2021-05.txt", text.replace("青海省省", "青海省"))
        tests.check("a character less is noticed", issue != wanted and issue)


def pdftotext(pdf, *options):
    done = subprocess.run(["pdftotext", *options, pdf, "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def squeeze(text):
    return re.sub(r"\s+|<!--.*?-->", "", text)


ISSUE = """---
date: 2022-11
---

# 政策动态

## ✓ 海川：发布远程会诊管理办法，明确四类机构的职责和收费标准，自明年起施行

链接：https://www.example.org/policy/2022/11/remote-consultation-measures.html

11月3日，海川市卫生健康委员会发布《远程会诊管理办法（试行）》。《办法》共6章38条，对会诊的申请、受理、实施和收费作出规定。会诊费由邀请方和受邀方协商确定，每次不超过300元。基层机构向上级医院发起的会诊，由医保基金按比例支付。《办法》自2023年1月1日起施行，有效期2年。

## 岭南：医保支付扩大到互联网复诊

链接：http://www.example.com/a/20221108.html

11月8日，岭南省医疗保障局印发通知，把互联网复诊纳入医保支付范围。参保人在定点互联网医院复诊，诊查费和药费按线下标准支付。首批纳入的有26家医院。

# 国外动态

## ✓ 挪威：Helse Digital与四家医院签署5年协议，共建AI影像平台

链接：https://www.example.net/news/helse-digital-signs-five-year-agreement-with-four-hospitals-on-imaging

11月15日消息，挪威Helse Digital AS宣布，与四家公立医院签署为期5年的协议，共同建设AI影像平台。平台将在2024年前接入全部CT和MRI设备，预计每年处理120万次检查。首席执行官表示：“数据不出院是我们的底线。”各医院保留影像的所有权，平台只保存去标识的特征。
"""


def other_issue(tests):
    """An issue that nobody tuned for, through its pages."""
    with program.Folder() as folder:
        folder.write("series.yaml", SERIES.read_bytes())
        folder.write("2022-11.md", ISSUE)
        folder.run("render", "2022-11.md", "-o", "old.pdf")
        for options in (["-layout"], ["-raw"], []):
            name = "pdftotext %s" % " ".join(options)
            for feeds in (True, False):
                text = pdftotext(folder.path / "old.pdf", *options)
                done, issue = imported(folder, "x2022-11.txt",
                                       text if feeds else text.replace("\f", ""), "--force")
                tests.check("%s%s: text, sections, items, links" % (name, "" if feeds else
                            ", no form feeds"), squeeze(issue) == squeeze(ISSUE) or not options,
                            difference(squeeze(issue), squeeze(ISSUE)) + done.errors)
                if not options:
                    tests.check("pdftotext: same sections, items, paragraphs", [
                        line[:12] for line in issue.split("\n") if line and "待核" not in line] ==
                        [line[:12] for line in ISSUE.split("\n") if line], issue)


STYLES = {
    "一、 and 1、": ("""智慧医疗周报
2023年第12期 总第59期
（2023年3月20日-2023年3月26日）

【本期要目】
1、甲市建成平台
2、丙国发布标准

一、国内动态
1、甲市建成平台
甲市宣布，平台已经建成。
来源：甲市日报
2、乙市召开会议
乙市召开了会议。
二、国外动态
1、丙国发布标准
丙国发布了标准，将于明年实施。
原文链接：https://example.org/c
""", ["# 国内动态", "## ✓ 甲市建成平台", "## 乙市召开会议", "# 国外动态", "## ✓ 丙国发布标准",
      "来源：甲市日报", "原文链接：https://example.org/c", "issue: 12", "total: 59",
      "period: {from: 2023-03-20, to: 2023-03-26}"]),
    "01 alone on a line": ("""网安快讯

01
甲公司修复漏洞
甲公司修复了一个漏洞。
参考链接：https://example.org/1
02
乙公司遭到攻击
乙公司遭到了攻击。
参考链接：https://example.org/2
""", ["## 甲公司修复漏洞", "## 乙公司遭到攻击", "参考链接：https://example.org/1"]),
    "【】 and ■": ("""观察周刊 第三十三期

【要闻】
■甲地开工
甲地的工程已经开工。
■乙地完工
乙地的工程已经完工。
【数据】
★不是条目，只是一句话。
■丙地统计
丙地公布了统计。
""", ["# 要闻", "# 数据", "## 甲地开工", "## 丙地统计", "issue: 33"]),
    "（一） in 一、": ("""简报

一、工作部署
（一）加强领导
各单位要加强领导。
（二）落实责任
各单位要落实责任。
二、工作要求
（一）按时上报
各单位要按时上报。
""", ["# 工作部署", "## 加强领导", "## 落实责任", "# 工作要求", "## 按时上报"]),
    "01 | and people": ("""网络安全快讯
2024年第9期（总第190期）
2024年3月1日

01 | 甲公司修复漏洞
甲公司修复了一个高危漏洞。
参考链接：https://example.org/1
02 | 乙公司遭到攻击
乙公司遭到了攻击。
信息来源：乙公司官网
""", ["## 甲公司修复漏洞", "## 乙公司遭到攻击", "参考链接：https://example.org/1",
      "来源：乙公司官网", "issue: 9", "total: 190", "date: 2024-03-01"]),
    "● items": ("""政务要情 2025年 第42期（总第1268期）

一、本省要闻
●甲市启动改革
改革已经启动。
原文来源：甲市日报
●乙市完成试点
试点已经完成。
二、外省动态
●丙市发布办法
办法已经发布。
""", ["# 本省要闻", "# 外省动态", "## 甲市启动改革", "## 乙市完成试点", "## 丙市发布办法",
      "issue: 42", "total: 1268", "来源：甲市日报"]),
    "★ items and 目录": ("""科技参考
总第59期

目录
★ 甲所突破技术
★ 乙所建成装置

【前沿】
★ 甲所突破技术
甲所突破了一项技术。
source: https://example.org/a
【装置】
★ 乙所建成装置
乙所建成了一台装置。
""", ["# 前沿", "# 装置", "## ✓ 甲所突破技术", "## ✓ 乙所建成装置", "total: 59",
      "来源：https://example.org/a"]),
    "1. items below 一、": ("""国际周报 第三期
（2023年03月20日-2023年03月26日）

一、亚洲
1. 甲国通过法案
甲国通过了法案。
https://example.org/law
2. 乙国成立机构
乙国成立了机构。
二、欧洲
1. 丙国发布战略
丙国发布了战略。
""", ["# 亚洲", "# 欧洲", "## 甲国通过法案", "## 乙国成立机构", "## 丙国发布战略",
      "https://example.org/law", "issue: 3", "period: {from: 2023-03-20, to: 2023-03-26}"]),
    "一 alone on a line": ("""漏洞周报

一
本周漏洞态势
本周共收集漏洞100个。
二
本周重要事件
本周没有重要事件。
""", ["## 本周漏洞态势", "## 本周重要事件"]),
    "2.1 in 2": ("""医疗月报 2021年5月

1 本期要目
✓ 甲市建成平台
2 地方动态
2.1 甲市建成平台
链接：https://example.org/1
平台已经建成。
2.2 乙市召开会议
链接：https://example.org/2
会议已经召开。
3 国际动态
3.1 丙国发布标准
链接：https://example.org/3
标准已经发布。
""", ["# 地方动态", "# 国际动态", "## ✓ 甲市建成平台", "## 乙市召开会议", "## 丙国发布标准",
      "date: 2021-05", "链接：https://example.org/3"]),
    "titles before source lines": ("""双月刊

甲市出台办法
来源：https://example.org/a
甲市出台了办法，内容如下。

乙市举办培训
来源：https://example.org/b
乙市举办了培训。
""", ["## 甲市出台办法", "## 乙市举办培训", "来源：https://example.org/b"]),
}


def styles(tests):
    with program.Folder() as folder:
        for number, (name, (text, wanted)) in enumerate(STYLES.items()):
            done, issue = imported(folder, "s%d.txt" % number, text)
            lines = issue.split("\n")
            missing = [line for line in wanted if line not in lines]
            tests.check("numbering: " + name, not missing, "%s\n%s%s" % (missing, issue, done.errors))
        done, issue = imported(folder, "number.txt", "月报\n\n1、甲市\n甲市在今年投入了大量的资金，\n"
                               "24 小时保障运行。\n2、乙市\n乙市完成了任务。\n")
        tests.check("a wrapped number is no heading", "24小时保障" in issue and
                    issue.count("## ") == 2, issue)


def endings(tests):
    text = ("工作简报\n第3期\n2024年3月1日\n\n一、要闻\n1、甲市开会\n甲市开了会。\n2、乙市调研\n"
            "乙市做了调研。\n编辑：王伟，李丽 审核：赵敏\n联系我们：\n信息中心 a@example.org\n"
            "报：市委常委。\n送：各区（县），市直各部门\n（共印16份）\n")
    with program.Folder() as folder:
        done, issue = imported(folder, "e.txt", text)
        wanted = ["  - {role: 编辑, name: 王伟}", "  - {role: 编辑, name: 李丽}",
                  "  - {role: 审核, name: 赵敏}",
                  "distribution: {report: [市委常委], send: [各区（县）, 市直各部门]}", 'copies: 16',
                  "## 乙市调研"]
        lines = issue.split("\n")
        tests.check("people, distribution and copies", not [w for w in wanted if w not in lines] and
                    lines[-2] == "乙市做了调研。", issue + done.errors)


def highlights(tests):
    text = "周报\n\n【本期要目】\n✓ 甲市动 工\n✓ 没有这条\n\n1 【要闻】\n1.1 甲市动工\n甲市动工了。\n"
    with program.Folder() as folder:
        done, issue = imported(folder, "h2020-01.txt", text)
        tests.check("a highlight is matched without white space", "## ✓ 甲市动工" in issue, issue)
        tests.check("one without an item is told, and kept", "[import-highlight]" in done.errors and
                    "没有这条" in issue and "[import-unsure]" in done.errors, issue + done.errors)


def heads(tests):
    text = ORIGINAL.read_text(encoding="utf-8")
    with program.Folder() as folder:
        folder.write("series.yaml", "title: 另一月报\nlayout: monthly\n")
        folder.write("2021-05.txt", text)
        done = folder.run("import", "2021-05.txt", "-o", "a.md")
        issue = (folder.path / "a.md").read_text(encoding="utf-8")
        tests.check("series.yaml differs: into the head, told", "title: 互联网+远程医疗行业月报" in issue
                    and "[import-differs]" in done.errors and "layout:" not in issue, issue[:300])
        tests.check("series.yaml is never changed", (folder.path / "series.yaml").read_text(
            encoding="utf-8") == "title: 另一月报\nlayout: monthly\n")
        again = folder.run("import", "2021-05.txt", "-o", "a.md")
        tests.check("an issue is never replaced without --force", again.status == 64 and
                    "a.md" in again.errors, again.errors)
        again = folder.run("import", "2021-05.txt", "-o", "a.md", "--force", "--date", "2021-06")
        tests.check("--force replaces; --date wins over the name", again.status == 0 and
                    "date: 2021-06" in (folder.path / "a.md").read_text(encoding="utf-8"),
                    again.errors)
        folder.write("old.txt", text)
        done = folder.run("import", "old.txt", "-o", "-")
        tests.check("no date: a placeholder, told", "date: 【待填】" in done.output and
                    "[import-no-date]" in done.errors, done.errors)
        tests.check("standard output writes no series.yaml", "title: " in done.output.split(
            "---")[1] and "series" not in str(folder.names()).replace("series.yaml", ""))


def renders(tests):
    """The imported issue gives the sample's pages."""
    with program.Folder() as folder:
        (folder.path / "x").mkdir()
        folder.run("import", ORIGINAL, "-o", "x/2021-05.md")
        made = folder.run("render", "x/2021-05.md", "--dump", "pages")
        wanted = program.run("render", SAMPLE, "--dump", "pages")
        tests.check("the imported issue has the sample's pages", made.status == 0 and
                    made.output == wanted.output and made.output, made.errors)


FOLDER = program.ROOT / "tests/import"


def printed_lines(dump):
    """(text, it is its paragraph's last) of each line of `--dump lines`, without the cover's."""
    lines, mark = [], ""
    for flags, text in re.findall(r"^line .*? ratio -?\d+([a-z -]*) \|(.*)$", dump, re.M):
        if re.fullmatch(r"✓|\d+\.\d+", text):  # a paragraph of its own beside the title's
            mark = text + " "
            continue
        lines.append((mark + text, "last" in flags))
        mark = ""
    return lines[next(n for n, (text, _) in enumerate(lines) if "本期要目" in text):]


def as_original(dump):
    """The form of the printed issue's text: a blank line behind each line, white space at the end
    of paragraphs and at the start of pages, gaps at some borders of Han and Latin, and the running
    header caught once with its page number, in the middle of a paragraph."""
    out, caught = [], False
    for n, (text, last) in enumerate(printed_lines(dump)):
        gap = re.sub(r"([\u4e00-\u9fff])(\d)", r"\1 \2", text) if n % 3 else text
        if n > 30 and not caught and not last and not out[-2].endswith(" "):
            out += ["互联网+远程医疗行业月报 ", "", "4 ", ""]
            caught = True
        out += [(" " if n % 19 == 0 else "") + gap + (" " if last else ""), ""]
    return "\n".join(out)


def wanted_of(text):
    """Highlights that name no item become comments, which take the list's place."""
    return re.sub(r"^highlights:\n(  - .*\n)+", "", text, flags=re.M)


def without_comments(issue):
    return re.sub(r"<!-- 待核.*? -->\n\n", "", issue)


def untuned(tests):
    """Issues of this bulletin that the importer was not made with, in four forms of text."""
    for path in sorted(FOLDER.glob("monthly-*.md")):
        with program.Folder() as folder:
            folder.write("series.yaml", SERIES.read_bytes())
            wanted = path.read_text(encoding="utf-8")
            name = path.stem.removeprefix("monthly-") + ".txt"
            folder.run("render", path, "--layout", "monthly", "-o", "old.pdf")
            folder.write("issue.md", wanted)
            folder.run("render", "issue.md", "-o", "old.pdf")
            dump = folder.run("render", "issue.md", "--dump", "lines").output
            forms = {"as printed": as_original(dump),
                     "pdftotext -layout": pdftotext(folder.path / "old.pdf", "-layout"),
                     "pdftotext -layout, no form feeds":
                         pdftotext(folder.path / "old.pdf", "-layout").replace("\f", ""),
                     "pdftotext -raw": pdftotext(folder.path / "old.pdf", "-raw"),
                     "pdftotext": pdftotext(folder.path / "old.pdf")}
            for form, text in forms.items():
                done, issue = imported(folder, name, text, "--force")
                found, goal = without_comments(issue), wanted_of(wanted)
                if form == "pdftotext":  # which drops the hyphen at a line's end
                    found, goal = found.replace("-", ""), goal.replace("-", "")
                if "highlights:" in wanted:
                    goal = re.sub("^## ✓ ", "## ", goal, flags=re.M)
                    found = re.sub("^## ✓ ", "## ", found, flags=re.M)
                if form == "pdftotext -raw":  # which drops narrow spaces
                    found, goal = squeeze(found), squeeze(goal)
                tests.check("%s, %s: the same Markdown" % (path.stem, form), found == goal,
                            difference(found, goal) + done.errors)


def main():
    tests = program.Tests()
    for part in (original, other_issue, untuned, styles, endings, highlights, heads, renders):
        part(tests)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
