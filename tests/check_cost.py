#!/usr/bin/env python3
"""What the rules of `paiban check` cost beside building the pages (TAP).

Instructions, counted by valgrind's callgrind: those below check_run() in a check of an issue, as a
share of those of rendering the same issue to its PDF, from the loader to the exit; and that twice as
much text, and twice as many issues to compare, cost about twice as much. Seconds would say
nothing on a loaded machine. A sanitized build counts its own checks too, so there the test is skipped.
"""
import datetime
import sys

import cost

SHARE_MOST = 0.10    # what is promised; 0.047 when this was written
DOUBLED_MOST = 2.2   # an issue with twice the items
ITEMS = 60
ARCHIVE = 100        # issues
REPEATS = 700        # of what a hostile paragraph is made of
ITEM = "## 山东：第%d家医院全面启用电子病历，实现一码通用\n\n链接：https://example.org/%d/news.html\n\n" \
    "5月%d日，山东省第%d人民医院启用电子病历。《方案》提出，到2025年底前覆盖率达到98.%d%%，“互联网+医疗健康”" \
    "服务平台（一期）同步上线。院方表示，病历将与GCC%d平台互通，方便患者在线问诊、预约转诊、慢病随访。\n\n"


def long_issue(items):
    return "---\ntitle: 月报\ndate: 2021-05\ncover: no\n---\n\n# 地方动态\n\n" + "".join(
        ITEM % (i, i, i % 31 + 1, i, i % 10, i) for i in range(items))


# Paragraphs that make a rule look far, if it looks without a bound.
HOSTILE = ["“，", "”", "“", "”“", "（“）", "（", "《汉 字", "汉 ", "a:汉", "甲\"", "甲'", "1、甲；", "aa ", "【待填", "甲…", "约1",
           "再不再", "a汉 b ", "[甲 乙](https://a.b/c) ", "<a ", "2021-", "甲公司", "汉字汉字汉", ",汉", "“汉。”"]


def hostile_issue(count):
    return "---\ntitle: 月报\ncheck: {all: off}\n---\n\n# 栏目\n\n## 条目\n\n" + "".join(
        "%s\n\n- %s\n\n" % (("汉" + unit) * count, ("汉" + unit) * count) for unit in HOSTILE)


def write_archive(folder, name, issues):
    """A daily: issues of one series, one after another."""
    day = datetime.date(1990, 1, 1)
    for i in range(issues):
        folder.write("%s/%04d.md" % (name, i), "---\ntitle: 日报\ndate: %s\nissue: %d\ntotal: %d\ncover: no\n---\n\n"
                     "# 栏目\n\n%s" % (day, day.timetuple().tm_yday, i + 1, ITEM % ((i,) * 2 + (1, i, i % 10, i))))
        day += datetime.timedelta(1)


def rules(folder, path):
    """Instructions of the rules on one issue."""
    return cost.instructions("check_run", "check", "--level", "error", path, cwd=folder.path)


def measure(tests, folder):
    sample = str(cost.SAMPLE)
    folder.run("render", sample, "-o", "a.pdf")  # fontconfig writes its cache once
    whole = cost.instructions(None, "render", sample, "-o", "a.pdf", cwd=folder.path)
    of_rules = rules(folder, sample)
    print("# rules %d, rendering %d: %.1f %%" % (of_rules, whole, 100 * of_rules / whole))
    tests.check("the rules on the sample cost at most %g of its render" % SHARE_MOST,
                0 < of_rules <= SHARE_MOST * whole, (of_rules, whole))
    counts = []
    for count in (REPEATS, 2 * REPEATS):
        folder.write("hostile.md", hostile_issue(count))
        counts.append(cost.instructions("check_run", "check", "--no-pages", "--level", "error", "hostile.md",
                                        cwd=folder.path))
    tests.check("twice as long hostile paragraphs cost at most %g times as much" % DOUBLED_MOST,
                0 < counts[1] <= DOUBLED_MOST * counts[0], counts)
    counts = []
    for items in (ITEMS, 2 * ITEMS):
        folder.write("long.md", long_issue(items))
        counts.append(rules(folder, "long.md"))
    archives = []
    for issues in (ARCHIVE, 2 * ARCHIVE):
        write_archive(folder, "a%d" % issues, issues)
        archives.append(cost.instructions("archive_check", "check", "--no-pages", "--level", "error",
                                          "a%d" % issues, cwd=folder.path))
    tests.check("comparing twice the issues costs at most %g times as much" % DOUBLED_MOST,
                0 < archives[1] <= DOUBLED_MOST * archives[0], archives)
    tests.check("twice the items cost at most %g times as much" % DOUBLED_MOST,
                0 < counts[1] <= DOUBLED_MOST * counts[0], counts)


if __name__ == "__main__":
    sys.exit(cost.main(measure))
