#!/usr/bin/env python3
"""Plant defects into clean text and count what `paiban check` finds (TAP).

usage: check_recall.py [RULE…]     only these rules

For each rule PLACES defects are planted, one at a time as far as a reader can tell: at random
places of the corpus' Simplified issues, several to an issue but never two in one paragraph, and
each must be told on its line. The clean issues themselves must have no finding above a note.
Rules of whole issues are planted once in each of many issues, rules across issues once in each of
many archives (check/archives.py), rules on pages where the pages are known before (check/paged.py).
With PAIBAN_LONG 200 places a rule, else fewer, so that the test is quick.
"""
import json
import os
import random
import re
import sys
import pathlib

import program

for folder in ("check", "corpus"):
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / folder))
import archives  # noqa: E402
import generate  # noqa: E402
import paged  # noqa: E402

PLACES = 200 if os.environ.get("PAIBAN_LONG") else 20
SHARE = 0.95
PER_ISSUE = 5
ISSUES = max(PLACES // PER_ISSUE, 2 * archives.MOST)  # planted in
GENERATED = 130  # of which those are
KEPT = 9         # headings of an issue that are kept
AT_ONCE = 20     # issues whose pages one run builds
ROUNDS = 60      # over the issues, at most, for rules that not every issue can break
HAN = "[\u4e00-\u9fff]"
BETWEEN = re.compile(f"(?<={HAN}{HAN})(?={HAN}{HAN})")
PLAIN = re.compile(r"^(?!\d+\. )[\u4e00-\u9fff\d][^<|\\]{60,}。$")  # a paragraph on one line
QUOTED = re.compile("[“‘（《〈「『][^”’）》〉」』]*[”’）》〉」』]")


def protected(line, at):
    """Inside quotes, brackets or an address."""
    return any(m.start() < at < m.end() for m in re.finditer(QUOTED, line)) or \
        any(m.start() <= at <= m.end() for m in re.finditer(r"[!-~]+", line))


def insert(text):
    """Plant a text between two Han."""
    def plant(rng, line):
        places = [m.start() for m in BETWEEN.finditer(line) if not protected(line, m.start())]
        if not places:
            return None
        at = rng.choice(places)
        return line[:at] + text + line[at:]
    return plant


def made(make):
    """Plant what make(rng) gives between two Han."""
    return lambda rng, line: insert(make(rng))(rng, line)


def sentence(*texts):
    """Plant a sentence of its own behind a full stop."""
    def plant(rng, line):
        places = [m.end() for m in re.finditer("。", line) if not protected(line, m.start())]
        if not places:
            return None
        at = rng.choice(places)
        return line[:at] + rng.choice(texts) + line[at:]
    return plant


def replace(pattern, by):
    def plant(rng, line):
        found = [m for m in re.finditer(pattern, line) if not protected(line, m.start())]
        if not found:
            return None
        m = rng.choice(found)
        return line[:m.start()] + m.expand(by) + line[m.end():]
    return plant


def any_of(*planters):
    """One of them."""
    return lambda rng, line: rng.choice(planters)(rng, line)


def words_of(table):
    """Plant any word of a list of render/check/words.c between two Han."""
    text = (program.ROOT / "render/check/words.c").read_text(encoding="utf-8")
    body = re.search(r"\b%s\[\] = \{(.*?)\};\n" % table, text, re.S)[1]
    words = re.findall(r"\{U?\"([^\"]+)\",", body)
    assert len(words) > 10, table
    return lambda rng, line: insert(rng.choice(words))(rng, line)


def whole(function):
    """Plant at a line as a whole."""
    return lambda rng, line: function(line)


# Rules of text: planted into paragraphs.
TEXT = {
    "placeholder": insert("【待填：数字】"),
    "half-width-mark": replace(f"(?<={HAN})，", ","),
    "half-width-mark-latin": insert("GCC, "),
    "half-width-stop": replace(f"(?<={HAN})。(?={HAN}|$)", "."),
    "stop-behind-latin": insert("GCC."),
    "doubled-mark": replace("([，。、；：])(?![，。、；：”])", r"\1\1"),
    "mark-pair": replace("(?<=[^”])([，；])", r"\1。"),
    "mark-behind-opener": replace("(?=[（《“])([（《“])", r"\1，"),
    "mark-at-start": whole(lambda line: "，" + line),
    "many-marks": sentence("试点成功！！！！", "难道不好吗？？？？"),
    "question-order": sentence("难道成功了！？"),
    "stop-in-quote": sentence("代表以“支持数据领域的创新。”总结发言。"),
    "stop-in-bracket": sentence("结果（见附件。）已经公布。"),
    "ellipsis-stop": sentence("甲村、乙村……，都已建成。"),
    "ellipsis-etc": sentence("甲村、乙村……等都已建成。", "甲村、乙村等……都已建成。"),
    "ellipsis-dots": replace(f"(?<={HAN})。", "..."),
    "ellipsis-single": insert("…"),
    "dash-hyphens": insert("--"),
    "dash-en": insert("–"),
    "dash-single": sentence("这是一项长期而艰巨的任务—需要各方共同努力。"),
    "dash-long": insert("———"),
    "tilde": insert("5~10人"),
    "range-hyphen": insert("5-10人"),
    "name-dot": insert("•"),
    "list-mark-clause": sentence("禁止就诊的规定、如果各方同意，允许检查。", "按期完成、但是进度不一。"),
    "list-mark-and": sentence("甲村、乙村、以及丙村都已建成。"),
    "list-mark-etc": sentence("甲村、乙村、等地都已建成。", "查看了自助服务区、等场所。"),
    "list-mark-quotes": sentence("推进“挂号难”、“缴费慢”的解决。", "印发《甲办法》、《乙办法》两项制度。"),
    "approximate-mark": sentence("共有三、四个人到场。", "走了五、六里路。"),
    "ordinal-mark": sentence("首先、要统一标准。", "第一、要统一标准。"),
    "full-width-letter": insert("Ｇ"),
    "full-width-digit": insert("８"),
    "full-width-sign": insert("＋"),
    "bracket-mixed": insert("（一期)"),
    "pair-crossed": sentence("试点“（一期”成功）了。"),
    "pair-unclosed": insert("（"),
    "pair-unopened": insert("》"),
    "pair-empty": insert("（）"),
    "half-width-bracket": insert("(一期)"),
    "half-width-bracket-latin": insert(" (SDAIA) "),
    "ascii-quote": insert('"一码通"'),
    "quote-direction": sentence("名为”天眼”的工程。", "名为“天眼“的工程。", "名为”天眼“的工程。"),
    "quote-nested": sentence("他说：“这是“天眼”工程。”"),
    "bracket-nested": insert("（第一期（春季））"),
    "title-nested": insert("《关于《通知》的说明》"),
    "date-impossible": made(lambda rng: rng.choice(["%d年2月30日", "%d年4月31日", "%d年13月2日", "%d年6月0日", "%d-02-30"])
                            % rng.randint(1980, 2030)),
    "time-impossible": made(lambda rng: "%s%d:%02d" % (rng.choice(["上午", "晚上", "今日"]), *rng.choice(
        [(rng.randint(25, 99), rng.randint(0, 59)), (rng.randint(1, 12), rng.randint(60, 99))]))),
    "weekday": sentence("2021年5月31日（星期二）召开会议。", "2021年5月30日，周五，召开会议。"),
    "dates-reversed": sentence("5月20日至5月10日举行。", "2021年5月2日—2020年5月10日举行。"),
    "year-short": made(lambda rng: "%02d年%d月" % (rng.randint(10, 29), rng.randint(1, 12))),
    "year-grouped": made(lambda rng: "2,%03d年度" % rng.randint(0, 30)),
    "day-missing": sentence("自2022年12月15起施行。"),
    "number-two-ways": sentence("罚款31,415欧元，合计31415欧元。"),
    "number-groups": made(lambda rng: rng.choice(["%d,%04d元", "%d,%02d元", "%d,000,%02d元"]) % (
        rng.randint(1, 99), rng.randint(10, 99))),
    "number-mixed": insert("约3千人"),
    "percent-mixed": insert("百分之25"),
    "range-percent": insert("12～14%"),
    "range-reversed": insert("10～5人"),
    "decimal-zero": insert(".46"),
    "zero-sign": insert("二○二一年"),
    "unit-case": insert("5KG"),
    "approximate-twice": insert("约50人左右"),
    "times-fewer": insert("减少了3倍"),
    "zero-width": insert("\u200b"),
    "bidi-control": insert("\u202e"),
    "mojibake": insert("锟斤拷"),
    "entity-left": insert("H&amp;amp;M"),
    "half-width-kana": insert("ｶﾀｶﾅ"),
    "typed-indent": whole(lambda line: "\u3000\u3000" + line),
    "space-before-mark": replace(f"(?<={HAN})([，。；：])", r" \1"),
    "space-in-han": insert(" "),
    "traditional": insert("機"),
    "repeated-han": any_of(replace("(?<!的)(?<=[^目])的(?=[^的确])", "的的"), replace("(?<=[^就于可但是])是(?=[^否非是])", "是是"),
                           replace("([对将被和由])(?!\\1)(?=[\u4e00-\u9fff]{4})", r"\1\1"), sentence("关于关于标准的说明。"),
                           insert("推动推动"), insert("电子病历电子病历")),
    "repeated-latin": sentence("他说This is is a test。"),
    "zhang": insert("帐户"),
    "qita": sentence("其它地区与其他地区相同。"),
    "misspelt": words_of("misspelt"),
    "jiezhi": insert("截止2021年"),
    "redundant": any_of(words_of("redundant"), sentence("病人也不再需要再书写病历。")),
    "brand-case": words_of("brands"),
    "case-two-ways": sentence("使用Zebrix测试，再用zebrix验证。"),
    "name-two-ways": sentence("城阳区人民医院启用病历。未来，城阳人民医院将推进建设。"),
    "link-malformed": sentence("见[公告](http:/example.org/a)。", "见[公告](hhtp://example.org/a)。"),
    "link-host": sentence("见[公告](http://localhost:8080/a)。"),
    "link-glued": sentence("见https://example.org/a 一文。"),
    "link-swallowed": sentence("见[公告](http://example.org/a%E3%80%82)。"),
    "link-file": sentence("见[公告](file:///E:/a.docx)。"),
    "link-relative": sentence("见[公告](articles/a.html)。"),
    "link-no-text": sentence("见[](https://example.org/a)。"),
    "link-differs": sentence("见[https://example.com/b](https://example.org/a)。"),
    "link-escapes": sentence("见[公告](https://example.org/a%5C_b)。"),
    "link-tracking": sentence("见[公告](https://example.org/a?utm_source=x)。"),
    "image-no-alt": sentence("![](a.png)"),
    "image-alt-name": sentence("![IMG_1234.jpg](a.png)"),
    "paragraph-stop": whole(lambda line: line[:-1] if re.search(f"{HAN}。$", line) else None),
}

# Rules told once an issue, with their number, or by comparison with the rest: one place an issue.
GROUPED = {
    "no-break-space": insert("\u00a0A"),
    "space-behind-mark": replace("(，)", r"\1 "),
    "space-doubled": insert("A  B"),
    "quotes-mixed": insert("「天眼」"),
    "space-trailing": whole(lambda line: line + " "),
}

# ---- whole issues: (lines, rng) → (lines, line of the finding or None for anywhere)


def headings(lines, level=2):
    """Indices of headings outside fenced code."""
    fenced, found = False, []
    for i, line in enumerate(lines):
        if re.match("```|~~~", line):
            fenced = not fenced
        elif not fenced and re.match("#{%d} (?!#)" % level, line):
            found.append(i)
    return found


def new_item(lines, rng, *content):
    """Put an item in front of another; the line of its title."""
    at = rng.choice(headings(lines)[1:])
    return lines[:at] + list(content) + [""] + lines[at:], at


def rename(function):
    def plant(lines, rng):
        at = rng.choice(headings(lines))
        return lines[:at] + [function(lines[at])] + lines[at + 1:], at
    return plant


def head_line(text):
    """A key at the head's start; the finding is on its line."""
    return lambda lines, rng: ([lines[0], text] + lines[1:], 1)


def before_item(*content, at=0):
    def plant(lines, rng):
        lines, start = new_item(lines, rng, *content)
        return lines, start + at
    return plant


def duplicate_title(lines, rng):
    first, second = sorted(rng.sample(headings(lines), 2))
    title = re.sub(r" \{#.*", "", lines[first])
    return lines[:second] + [title] + lines[second + 1:], second


def repeat_paragraph(lines, rng):
    paragraph = rng.choice([line for line in lines if PLAIN.match(line)])
    at = rng.choice([i for i in headings(lines)[1:]])
    after = [i for i in range(at) if lines[i] == paragraph]
    lines = lines[:at] + [paragraph, ""] + lines[at:]
    return lines, at if after else None


def outside(lines, rng):
    date = next(line for line in lines if line.startswith("date:"))
    month = int(date.split("-")[1]) % 12 + 1
    return new_item(lines, rng, "## 甘肃：补充条目", "", "https://example.org/x1", "", "%d月20日，会议召开。" % ((month + 2) % 12 + 1))


def numbering(lines, rng):
    lines, at = new_item(lines, rng, "## 甘肃：补充条目", "", "https://example.org/x1", "",
                         "1、甲事已完成。", "", "2、乙事已完成。", "", "4、丁事已完成。")
    return lines, at + 8


def all_highlights(lines, rng):
    return [re.sub("^## (?!✓)", "## ✓ ", line) if i in headings(lines) else line for i, line in enumerate(lines)], None


def highlight(change):
    def plant(lines, rng):
        title = re.sub(r"^## (✓ )?| \{#.*", "", lines[rng.choice(headings(lines))])
        return [lines[0], "highlights: [%s]" % ", ".join(json.dumps(t, ensure_ascii=False)
                                                         for t in change(title))] + lines[1:], 1
    return plant


def title_form(lines, rng):
    """In a section of at least five items."""
    sections = headings(lines, 1) + [len(lines)]
    long = [items for a, b in zip(sections, sections[1:])
            if len(items := [i for i in headings(lines) if a < i < b]) >= 5]
    if not long:
        return None
    at = rng.choice(rng.choice(long))
    return lines[:at] + ["## 关于补充条目的说明"] + lines[at + 1:], at


def title_month(lines, rng):
    date = next(line for line in lines if line.startswith("date:"))
    year, month = date.split()[1].split("-")[:2]
    lines = [line for line in lines if not line.startswith(("title:", "subtitle:"))]
    return [lines[0], "title: 观察月报（%s年%d月）" % (year, int(month) % 12 + 1)] + lines[1:], 1


def padded_dates(lines, rng):
    lines, at = new_item(lines, rng, "## 甘肃：补充条目", "", "https://example.org/x1", "",
                         "会期是2月3日、2月4日、2月5日和02月06日。")
    return lines, at + 4


def styled_dates(lines, rng):
    lines, at = new_item(lines, rng, "## 甘肃：补充条目", "", "https://example.org/x1", "",
                         "会期是1990年2月3日、1990年2月4日、1990年2月5日和1990-02-06。")
    return lines, at + 4


X = ["", "https://example.org/x1", ""]
NO_SOURCE = before_item("## 甘肃：补充条目", "", "正文完整。")
WHOLE = {
    "typed-number": rename(lambda t: re.sub("^(## (?:✓ )?)", r"\g<1>3、", t)),
    "title-stop": rename(lambda t: re.sub(r" \{#.*", "", t) + "。"),
    "title-space": before_item("## 甘肃：全面推动健康卡 实现通用", *X, "正文完整。"),
    "numbering": numbering,
    "source-doubled": before_item("## 甘肃：补充条目", "", "https://example.org/x1", "", "https://example.org/x1", "", "正文。", at=4),
    "source-empty": before_item("## 甘肃：补充条目", "", "链接：", "", "正文完整。", at=2),
    "source-missing": lambda lines, rng: NO_SOURCE(lines, rng) if sum(
        re.match("https?:|链接：", line) is not None for line in lines) >= len(headings(lines)) else None,
    "outside-period": lambda lines, rng: (lambda r: (r[0], r[1] + 4))(outside(lines, rng)),
    "title-month": title_month,
    "period-reversed": lambda lines, rng: ([lines[0], "period: {from: 1992-05-31, to: 1992-05-01}"] +
                                           [x for x in lines[1:] if not x.startswith("period:")], 1),
    "duplicate-title": duplicate_title,
    "empty-item": before_item("## 甘肃：补充条目", "", "https://example.org/x1"),
    "empty-section": lambda lines, rng: (lambda at: (lines[:at] + ["# 空栏目", ""] + lines[at:], at))(rng.choice(headings(lines, 1))),
    "empty-title": before_item("## ", *X, "正文完整。"),
    "heading-skip": before_item("## 甘肃：补充条目", *X, "正文完整。", "", "##### 深层标题", "", "正文二。", at=6),
    "highlight-differs": highlight(lambda t: [t[:len(t) // 2] + "的" + t[len(t) // 2:]]),
    "highlight-twice": highlight(lambda t: [t, t]),
    "highlight-all": all_highlights,
    "title-form": title_form,
    "title-not-in-text": before_item("## 甘肃：Sobeyx遭攻击", *X, "一家公司停业三天。"),
    "slug-names": before_item("## 甘肃：Sobeyx遭攻击", "", "https://example.org/news/epm-hit-by-black-cat-gang", "", "Sobeyx停业。"),
    "repeated-paragraph": repeat_paragraph,
    "cut-off": before_item("## 甘肃：补充条目", *X, "上海市发布规划，以下将……", at=4),
    "contact-email": lambda lines, rng: ([lines[0], "contacts:", "  - {name: 中心, email: ntcc163.com}"] +
                                         head_without(lines, "contacts"), 2),
    "caption-stop": before_item("## 甘肃：补充条目", *X, "表：各地进展。", "", "| 地 | 数 |", "|---|---|", "| 甲 | 1 |", at=4),
    "ordinal-bracket": before_item("## 甘肃：补充条目", *X, "（一）、统一标准。", at=4),
    "ordinal-arabic": before_item("## 甘肃：补充条目", *X, "1、统一标准。", at=4),
    "date-padded": padded_dates,
    "date-style": styled_dates,
}


def head_without(lines, key):
    """The lines behind the first without a key of the head and its list."""
    kept, skipping = [], False
    for line in lines[1:]:
        if line.startswith(key + ":"):
            skipping = True
        elif not skipping or not line.startswith((" ", "-")) or line == "---":
            skipping = False
            kept.append(line)
    return kept


# Rules of issues in Traditional Han.
TRADITIONAL = {"simplified": replace(f"(?<={HAN}{HAN})(?={HAN}{HAN})", "东")}


def clean_corpus(language="zh-Hans", count=GENERATED):
    """The issues as lists of lines, without byte-order marks and CRLF."""
    options = generate.parse(["--seed", "23", "--count", str(count), "--lang", language, "--stats"])
    return [issue.bytes().decode().lstrip("\ufeff").replace("\r\n", "\n").split("\n")
            for _, issue in generate.issues(options)]


def plain_places(lines):
    """Lines that are a paragraph each."""
    return [i for i, line in enumerate(lines) if PLAIN.match(line) and lines[i - 1] == "" and
            i + 1 < len(lines) and lines[i + 1] == ""]


def usable(corpus):
    """ISSUES issues with sections as # and items as ##, paragraphs on one line, cut to their
    first items so that the test is quick."""
    found = []
    for lines in corpus:
        cut = sorted(headings(lines) + headings(lines, 1))
        if len(headings(lines, 1)) > 1 and len(cut) > KEPT:
            lines = lines[:cut[KEPT]]
            if len(plain_places(lines)) > PER_ISSUE and len(headings(lines)) > 3:
                found.append(lines)
    assert len(found) >= ISSUES, len(found)
    return found[:ISSUES]


def plant_text(lines, planter, count, rng, places):
    """(lines, line numbers from 1 of what was planted)."""
    lines, planted = list(lines), []
    rng.shuffle(places)
    for i in places:
        changed = planter(rng, lines[i])
        if changed is not None and len(planted) < count:
            lines[i] = changed
            planted.append(i + 1)
    return lines, planted


def wrapped_places(lines):
    """Lines of a corpus that breaks its paragraphs into lines."""
    start = lines.index("---", 1)
    return [i for i, line in enumerate(lines) if i > start and re.match(HAN + "[^<|`{}]{20,}$", line) and
            lines[i - 1] == ""]


def plant(rule, lines, rng):
    """(lines, places), the places as line numbers from 1 or None for anywhere; None: no place here."""
    if rule in WHOLE:
        done = WHOLE[rule](lines, rng)
        return done and (done[0], [done[1] if done[1] is None else done[1] + 1])
    if rule in TRADITIONAL:
        return plant_text(lines, TRADITIONAL[rule], PER_ISSUE, rng, wrapped_places(lines))
    if rule in GROUPED:
        return plant_text(lines, GROUPED[rule], 1, rng, plain_places(lines))
    return plant_text(lines, TEXT[rule], PER_ISSUE, rng, plain_places(lines))


def write_rule(f, corpus, rule):
    """Write issues with a rule's defects, PLACES of them: [(path, line or None)]."""
    rng = random.Random(rule)
    expected = []
    for round_ in range(ROUNDS):
        for number, lines in enumerate(corpus):
            done = plant(rule, lines, rng)
            if done is None or not done[1]:
                continue
            path = "%s/%d-%d.md" % (rule, round_, number)
            f.write(path, "\n".join(done[0]))
            expected += [(path, line) for line in done[1]]
            if len(expected) >= PLACES:
                return expected[:PLACES]
    return expected


def findings(f, operand, *options):
    done = f.run("check", *options, "--format", "json", "--level", "note", operand)
    return {entry["path"]: entry["findings"] for entry in json.loads(done.output)["issues"]}


def judge(tests, rule, found, missed):
    """found: how many; missed: descriptions of those that were not."""
    total = found + len(missed)
    tests.check("%s: %d of %d found" % (rule, found, total),
                total == PLACES and found >= SHARE * total, "\n".join(missed[:8]))


def check_rule(tests, f, corpus, rule):
    expected = write_rule(f, corpus, rule)
    seen = {(path, x["line"]) for path, found in findings(f, rule, "--no-pages").items() if path
            for x in found if x["rule"] == rule}
    anywhere = {path for path, _ in seen}
    missed = ["%s:%s: %s" % (p, n, (f.path / p).read_text(encoding="utf-8").split("\n")[(n or 1) - 1][:120])
              for p, n in expected if (p, n) not in seen and not (n is None and p in anywhere)]
    judge(tests, rule, len(expected) - len(missed), missed)


def check_across(tests, f, corpus, rule):
    """Archives, one by one: each is compared in itself only."""
    rng, found, missed = random.Random(rule), 0, []
    while found + len(missed) < PLACES:
        folder = "%s/%03d" % (rule, found + len(missed))
        expected = archives.write(f, folder, rng, corpus, rule)
        if expected is None:
            continue
        told = [x for x in findings(f, folder, "--no-pages").get(None, []) if x["rule"] == rule]
        good = any(x["file"] == path and line in (None, x["line"]) for x in told for path, line in expected)
        found += good
        missed += [] if good else ["%s: %s" % (expected, [(x["file"], x["line"]) for x in told])]
    judge(tests, rule, found, missed)


def check_clean_archives(tests, f, corpus):
    rng, loud = random.Random("clean"), []
    for i in range(PLACES):
        for k, issue in enumerate(archives.make(rng, corpus)):
            f.write("archive/%03d/%02d.md" % (i, k), issue.text())
        loud += [(i, x["rule"]) for x in findings(f, "archive/%03d" % i, "--no-pages").get(None, [])]
    tests.check("clean archives are clean", not loud, loud)


def check_paged(tests, f, corpus, page, rule):
    """Issues with pages, AT_ONCE to a folder."""
    rng, expected, told = random.Random(rule), {}, {}
    loosely = ("--layout", paged.LAYOUT) if rule in paged.LOOSELY else ()
    for first in range(0, PLACES, AT_ONCE):
        folder = "%s/%d" % (rule, first)
        for i in range(first, min(first + AT_ONCE, PLACES)):
            text, line = paged.PLANTS[rule](page, corpus, rng)
            path = "%s/%03d.md" % (folder, i)
            f.write(path, text)
            expected[path] = line
        paged.write_pictures(f, folder)
        told.update((path, [x["line"] for x in found if x["rule"] == rule])
                    for path, found in findings(f, folder, *loosely).items() if path)
    missed = ["%s:%d: %s" % (path, line, told[path]) for path, line in expected.items() if line not in told[path]]
    judge(tests, rule, len(expected) - len(missed), missed)


def main():
    tests = program.Tests()
    corpus = clean_corpus()
    rules = [*TEXT, *GROUPED, *WHOLE, *TRADITIONAL, *archives.PLANTS, *paged.PLANTS]
    wanted = sys.argv[1:] or rules
    with program.Folder() as f:
        for number, lines in enumerate(corpus[:ISSUES]):
            f.write("clean/%d.md" % number, "\n".join(lines))
        loud = [(path, x["rule"], x["line"], x["message"])
                for path, found in findings(f, "clean", "--no-pages").items()
                for x in found if x["level"] != "note" and path]
        tests.check("the clean issues are clean", not loud, "\n".join(map(str, loud)))
        places, traditional = usable(corpus), clean_corpus("zh-Hant", ISSUES)
        check_clean_archives(tests, f, places)
        page = paged.Page(f)
        for rule in wanted:
            if rule in archives.PLANTS:
                check_across(tests, f, places, rule)
            elif rule in paged.PLANTS:
                check_paged(tests, f, places, page, rule)
            else:
                check_rule(tests, f, traditional if rule in TRADITIONAL else places, rule)
    table = set(re.findall(r'^RULE\(\w+, "([\w-]+)"', (program.ROOT / "render/base/rule_table.h").read_text(
        encoding="utf-8"), re.M))
    tests.check("every rule is planted", table == set(rules), table ^ set(rules))
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
