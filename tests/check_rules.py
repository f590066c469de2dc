#!/usr/bin/env python3
"""The rules of `paiban check`: each finds and stays silent; switches, formats (TAP)."""
import json
import pathlib
import re
import sys

import program

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "check"))
import cases  # noqa: E402
import paged  # noqa: E402

TABLE = program.ROOT / "render/base/rule_table.h"
ROW = re.compile(r'^RULE\((\w+), "([\w-]+)", LEVEL_(\w+), "([^"]*)",\s*N_\("([^"]*)"\),\s*"([^"]*)"\)', re.M)
DOCUMENT = program.ROOT / "docs/RULES.md"
SCHEMA = program.ROOT / "docs/check.schema.json"
LEAST_RULES = 60


def table():
    text = TABLE.read_text(encoding="utf-8")
    rows = ROW.findall(text)
    assert len(rows) == len(re.findall(r"^RULE\(", text, re.M)), "a row that is not understood"
    return rows


def document_row(row):
    """The row of docs/RULES.md for a rule."""
    _, name, level, clause, english, chinese = row
    return "| `%s` | %s | %s | %s | %s |" % (name, level.lower(), clause.replace("|", "\\|"),
                                            english.replace("%s", "…"), chinese.replace("%s", "…"))


def issue(text):
    return text if text.startswith(("---", "#")) else cases.ISSUE % text


def findings(folder, *arguments, **options):
    """{path: [finding]} of a run with JSON."""
    done = folder.run("check", "--format", "json", "--level", "note", *arguments, **options)
    report = json.loads(done.output)
    assert not schema_faults(report), schema_faults(report)
    return {entry["path"]: entry["findings"] for entry in report["issues"]}


def names(found):
    return [f["rule"] for f in found]


def check_cases(tests):
    with program.Folder() as f:
        for i, (_, found, silent) in enumerate(cases.CASES):
            f.write("found/%03d.md" % i, issue(found))
            f.write("silent/%03d.md" % i, issue(silent))
        seen = findings(f, "--no-pages", "found", "silent")
        for i, (rule, _, _) in enumerate(cases.CASES):
            found, silent = seen["found/%03d.md" % i], seen["silent/%03d.md" % i]
            tests.check(rule + " finds", rule in names(found), names(found))
            tests.check(rule + " stays silent", rule not in names(silent),
                        [x["message"] for x in silent if x["rule"] == rule])


def check_table(tests):
    rows = table()
    tested = {case[0] for case in cases.CASES} | set(cases.ELSEWHERE)
    tests.check("at least %d rules" % LEAST_RULES, len(rows) >= LEAST_RULES, len(rows))
    tests.check("each rule has a case", not {r[1] for r in rows} ^ tested,
                {r[1] for r in rows} ^ tested)
    text = DOCUMENT.read_text(encoding="utf-8")
    missing = [row[1] for row in rows if document_row(row) not in text]
    tests.check("docs/RULES.md lists each rule as it is", not missing, missing)
    listed = re.findall(r"^\| `([\w-]+)` \|", text, re.M)
    tests.check("and no other", listed == [r[1] for r in rows], set(listed) ^ {r[1] for r in rows})
    bad = [r[1] for r in rows if r[4].count("%s") != r[5].count("%s") or r[4].count("%s") > 1]
    tests.check("both sentences show the same", not bad, bad)
    done = program.run("check", "--list")
    tests.check("--list prints them all", done.status == 0 and
                [line.split("\t")[0] for line in done.output.splitlines()] == [r[1] for r in rows])


def check_words(tests):
    """The lists of words of render/check hold nothing twice."""
    twice = []
    for path in sorted((program.ROOT / "render/check").glob("*.c")):
        for table_name, body in re.findall(r"static const [^;=]*?(\w+)\[\]\s*=\s*\{(.*?)\};\n",
                                           path.read_text(encoding="utf-8"), re.S):
            keys = re.findall(r"\{U?['\"]([^'\"]+)['\"],", body) or re.findall(r'U?"((?:[^"\\]|\\.)+)"', body)
            twice += ["%s: %s: %s" % (path.name, table_name, k) for k in sorted(set(keys)) if keys.count(k) > 1]
    tests.check("no list of words has one twice", not twice, "\n".join(twice))


NUMBERED = "---\ntitle: 月报\ndate: %s\nissue: %d\ntotal: %d\ncover: no\n---\n\n# 栏目\n\n## 条目标题足够长的第%s个条目\n\n" \
    "链接：https://example.org/long/enough/%s\n\n正文%s。\n"


def numbered(date, number, total, word):
    """An issue of a series; issues with the same word have the same item and source."""
    return NUMBERED % (date, number, total, word, ord(word), word)


def archive(f, *entries):
    """Findings across issues: [rule]. An entry is (date, issue, total, word)."""
    folder = "a%d" % len(f.names())
    for i, (date, number, total, word) in enumerate(entries):
        f.write("%s/%d.md" % (folder, i), numbered(date, number, total, word))
    return names(findings(f, "--no-pages", folder).get(None, []))


def check_archive(tests):
    with program.Folder() as f:
        clean = archive(f, ("2021-01", 1, 10, "甲"), ("2021-02", 2, 11, "乙"), ("2022-01", 1, 12, "丙"))
        tests.check("an archive in order is silent", not clean, clean)
        for rule, second in [("issue-twice", ("2021-02", 1, 11, "乙")), ("issue-gap", ("2021-02", 3, 11, "乙")),
                             ("issue-gap", ("2021-02", 2, 13, "乙")), ("total-twice", ("2021-02", 2, 10, "乙")),
                             ("date-twice", ("2021-01", 2, 11, "乙")), ("item-again", ("2021-02", 2, 11, "甲")),
                             ("source-again", ("2021-02", 2, 11, "甲"))]:
            found = archive(f, ("2021-01", 1, 10, "甲"), second)
            tests.check(rule + " is found across issues", rule in found, found)
            tests.check(rule + " only", set(found) <= {rule, "item-again", "source-again"}, found)
        found = archive(f, ("2021-01", 5, 10, "甲"), ("2021-02", 4, 11, "乙"))
        tests.check("issue-order is found", found == ["issue-order"], found)
        for kind, first, second in [("a number", "周报 第三十三期", "周报 第三十四期"),
                                    ("a month", "周报（2021年1月）", "周报（2021年2月）")]:
            f.write(kind + "/1.md", numbered("2021-01", 33, 1, "甲").replace("title: 月报", "title: " + first))
            f.write(kind + "/2.md", numbered("2021-02", 33, 2, "乙").replace("title: 月报", "title: " + second))
            found = names(findings(f, "--no-pages", kind).get(None, []))
            tests.check("titles with %s are of one series" % kind, found == ["issue-twice"], found)
        f.write("two/1.md", numbered("2021-01", 1, 1, "甲"))
        f.write("two/2.md", numbered("2021-02", 1, 1, "乙").replace("title: 月报", "title: 年报"))
        found = findings(f, "--no-pages", "two")
        tests.check("other series are not compared", None not in found, found.get(None))
        f.write("v/2018-01-04.md", numbered("2018-01-04", 1, 1, "甲"))
        f.write("v/2018-01-04.tc.md", numbered("2018-01-04", 1, 1, "甲"))
        found = findings(f, "--no-pages", "v")
        tests.check("the same issue in another script is no repetition", None not in found, found.get(None))
        f.write("s/1.md", numbered("2021-01", 1, 1, "甲"))
        f.write("s/2.md", numbered("2021-02", 1, 2, "乙").replace("cover: no", "check: {issue-twice: off}"))
        found = findings(f, "--no-pages", "s")
        tests.check("a head switches rules across issues off", None not in found, found.get(None))


def check_pages(tests):
    with program.Folder() as f:
        f.write("long.md", cases.items(("长" * 200, "正文。")))
        f.write("short.md", cases.items(("短" * 40, "正文。")))
        tests.check("title-lines finds", "title-lines" in names(findings(f, "long.md")["long.md"]))
        tests.check("title-lines stays silent", "title-lines" not in names(findings(f, "short.md")["short.md"]))
        f.write("a.png", paged.png(60, 40))
        f.write("b.png", paged.png(1600, 400))
        f.write("coarse.md", cases.ISSUE % "![现场照片](a.png){width=90%}")
        f.write("fine.md", cases.ISSUE % "![现场照片](b.png){width=90%}")
        tests.check("image-resolution finds", "image-resolution" in names(findings(f, "coarse.md")["coarse.md"]))
        tests.check("image-resolution stays silent",
                    "image-resolution" not in names(findings(f, "fine.md")["fine.md"]))
        f.write("loose.yaml", "base: base\nrules: {breaker: first-fit, avoid-lone-character: false}\n"
                "styles:\n  body: {orphans: 1, widows: 1}\n")
        lone = {"lone-line": False, "lone-character": False}
        for n in range(60, 120):  # one of so many lengths leaves a line, one a character alone
            text = "".join(chr(0x4E00 + (i * 37) % 3000) for i in range(n))
            f.write("lone.md", cases.HEAD + "# 栏目\n\n" + "\n\n".join([text + "。"] * (n % 7 + 12)) + "\n")
            found = names(findings(f, "lone.md", "--layout", "loose.yaml")["lone.md"])
            for rule in lone:
                lone[rule] = lone[rule] or rule in found
            if all(lone.values()):
                break
        for rule, found in lone.items():
            tests.check(rule + " finds", found)
        f.write("two.md", cases.ISSUE % "短段。")
        found = names(findings(f, "two.md")["two.md"])
        tests.check("lone lines: silent on a short paragraph", not {"lone-line", "lone-character"} & set(found), found)


# What other layers tell: (name, text in a paragraph, seen on pages only).
LAYERS = [
    ("control-character", "正文\x08有控制符。", False), ("kangxi-radical", "使⽤部首。", False),
    ("private-use", "字符\uf8ff。", False), ("missing-glyph", "字形\U000f1234。", True),
    ("unbreakable-run", "见" + "pneumono" * 40 + "。", True), ("image-missing", "![现场照片](none.png)", True),
]


def check_layers(tests):
    with program.Folder() as f:
        for name, text, _ in LAYERS:
            f.write(name + ".md", cases.ISSUE % text)
        f.write("clean.md", cases.ISSUE % "试点成功。")
        seen, clean = findings(f, *[name + ".md" for name, _, _ in LAYERS]), findings(f, "clean.md")["clean.md"]
        for name, _, paged_only in LAYERS:
            found = names(seen[name + ".md"])
            tests.check("what the whole pipeline tells is told: " + name, name in found, found)
            tests.check("and not without it: " + name, name not in names(clean), clean)
            if paged_only:
                found = names(findings(f, "--no-pages", name + ".md")[name + ".md"])
                tests.check("--no-pages builds none: " + name, name not in found, found)
        tests.check("no page is drawn", not [n for n in f.names() if n.endswith((".pdf", ".png", ".svg"))], f.names())


def check_switches(tests):
    bad = "开设帐户。\n\n%s\n\n又开设帐户。"
    with program.Folder() as f:
        def zhangs(text):
            f.write("i.md", text)
            return names(findings(f, "--no-pages", "i.md")["i.md"]).count("zhang")
        tests.check("both are found", zhangs(cases.ISSUE % (bad % "")) == 2)
        tests.check("a comment switches a rule off from its place on",
                    zhangs(cases.ISSUE % (bad % "<!-- paiban: off zhang -->")) == 1)
        tests.check("and on again", zhangs(cases.ISSUE % (
            "<!-- paiban: off zhang -->\n\n" + bad % "<!-- paiban: on zhang -->")) == 1)
        tests.check("“all” means every rule", zhangs(cases.ISSUE % ("<!-- paiban: off all -->\n\n" + bad % "")) == 0)
        tests.check("the head switches a rule off", zhangs((cases.ISSUE % (bad % "")).replace(
            "cover:", "check: {zhang: off}\ncover:")) == 0)
        f.write("series.yaml", "check: {zhang: off}\n")
        tests.check("series.yaml does", zhangs(cases.ISSUE % (bad % "")) == 0)
        own = (cases.ISSUE % (bad % "")).replace("cover:", "check: {%s}\ncover:")
        tests.check("a head that switches another rule leaves it off", zhangs(own % "qita: off") == 0)
        tests.check("the head wins over series.yaml", zhangs(own % "zhang: on") == 2)
        f.write("series.yaml", "check: {zhnag: off}\n")
        f.write("i.md", cases.ISSUE % "甲。")
        found = [x for x in findings(f, "--no-pages", "i.md")["i.md"] if x["rule"] == "unknown-rule"]
        tests.check("unknown-rule in series.yaml, with its place",
                    [x["file"] for x in found] == ["series.yaml"] and "zhang" in found[0]["hint"], found)
        f.write("series.yaml", "title: 月报\n")
        f.write("i.md", (cases.ISSUE % "<!-- paiban: off zhnag -->").replace("cover:", "check: {qita: perhaps}\ncover:"))
        found = findings(f, "--no-pages", "i.md")["i.md"]
        wrong = [x for x in found if x["rule"] == "unknown-rule"]
        tests.check("unknown-rule with a hint", wrong and "zhang" in wrong[0]["hint"], found)
        tests.check("a value that is no switch", "rule-switch" in names(found), found)
        f.write("o.md", (cases.ISSUE % "字符\uf8ff。").replace("cover:", "check: {private-use: off}\ncover:"))
        tests.check("diagnostics of other layers obey as well",
                    "private-use" not in names(findings(f, "o.md")["o.md"]))


def check_formats(tests):
    with program.Folder() as f:
        f.write("i.md", cases.ISSUE % "开设帐户，见[公告](http:/example.org/a)。")
        done = f.run("check", "--no-pages", "--format", "gcc", "i.md")
        line = re.search(r"^i\.md:13:3: warning: .*‘帐户’ \[zhang\]$", done.output, re.M)
        tests.check("--format gcc: path:line:column: level: message", line, done.output)
        tests.check("and nothing else", all(re.match(r"\S+?:\d+:\d+: \w+: ", x)
                                            for x in done.output.splitlines()), done.output)
        done = f.run("check", "--no-pages", "--format", "json", "i.md")
        report = json.loads(done.output)
        tests.check("JSON follows docs/check.schema.json, as all findings here", not schema_faults(report),
                    schema_faults(report))
        zhang = [x for x in report["issues"][0]["findings"] if x["rule"] == "zhang"][0]
        source = (f.path / "i.md").read_bytes()
        tests.check("offset and length are bytes of the file",
                    source[zhang["offset"]:zhang["offset"] + zhang["length"]].decode() == "帐户", zhang)
        tests.check("a broken report is noticed", schema_faults({"version": 1, "issues": [{"path": 3}]}))
        f.write("bad.md", b"\xff\xfe")
        done = f.run("check", "--format", "gcc", "bad.md", "i.md")
        tests.check("what is fatal has the same form", re.search(r"^bad\.md:\d+:\d+: fatal: ", done.output, re.M) and
                    "\ni.md:13:3: warning: " in done.output and "^" not in done.output, done.output)
        done = f.run("check", "--no-pages", "--format", "gcc", "-", stdin=(cases.ISSUE % "开设帐户。").encode())
        tests.check("standard input has a name", re.search(r"^\S+:13:3: warning: ", done.output, re.M), done.output)
        done = f.run("check", "--no-pages", "i.md")
        tests.check("text has caret and place", "13:3: warning:" in done.output and "^~" in done.output, done.output)
        for changes in ({"LC_ALL": "zh_CN.UTF-8"}, {"LANGUAGE": "zh_CN"}):
            chinese = f.run("check", "--no-pages", "i.md", **changes)
            tests.check("a Chinese locale has Chinese sentences: %s" % changes,
                        "警告" in chinese.output and "“帐”应作“账”：“帐户” [zhang]" in chinese.output, chinese.output)


def schema_faults(value, schema=None, where="report"):
    """What of a value does not follow the schema: the few keywords it uses."""
    schema = schema or json.loads(SCHEMA.read_text(encoding="utf-8"))
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "null": type(None)}
    allowed = schema.get("type", list(kinds))
    allowed = [allowed] if isinstance(allowed, str) else allowed
    if not any(isinstance(value, kinds[k]) for k in allowed):
        return ["%s is no %s" % (where, allowed)]
    faults = []
    if "enum" in schema and value not in schema["enum"]:
        faults.append("%s: %r" % (where, value))
    if isinstance(value, dict):
        faults += ["%s lacks %s" % (where, k) for k in schema.get("required", []) if k not in value]
        for key, inside in value.items():
            if key not in schema["properties"]:
                faults.append("%s has %s" % (where, key))
            else:
                faults += schema_faults(inside, schema["properties"][key], where + "." + key)
    if isinstance(value, list):
        for inside in value:
            faults += schema_faults(inside, schema["items"], where + "[]")
    return faults


def check_statuses(tests):
    with program.Folder() as f:
        f.write("clean.md", cases.ISSUE % "试点成功。")
        f.write("note.md", cases.ISSUE % "每组5-10人。")
        f.write("warning.md", cases.ISSUE % "开设帐户。")
        f.write("error.md", cases.ISSUE % "于2021年2月30日印发。")
        f.write("binary.md", b"\x00\x01\xff\xfe")
        f.write("gbk.md", "试点成功。".encode("gb18030"))
        for name, level, status in [("clean", "note", 0), ("note", "note", 1), ("note", "warning", 0),
                                    ("warning", "warning", 1), ("warning", "error", 0), ("error", "error", 1)]:
            done = f.run("check", "--no-pages", "--level", level, name + ".md")
            tests.check("%s at --level %s: %d" % (name, level, status), done.status == status,
                        "%d\n%s" % (done.status, done.output))
        tests.check("a clean issue prints nothing",
                    f.run("check", "--no-pages", "--level", "note", "clean.md").output == "")
        for name in ("binary.md", "gbk.md"):
            done = f.run("check", name)
            tests.check(name + " is refused", done.status == 2 and "fatal" in done.output, done.output + done.errors)
        tests.check("a missing file is refused", f.run("check", "none.md").status in (64, 74))
        tests.check("no operand is refused", f.run("check").status == 64)
        done = f.run("check", "clean.md", "binary.md", "warning.md", "--no-pages")
        tests.check("the others are checked all the same", done.status == 2 and "zhang" in done.output, done.output)
        done = f.run("check", "--no-pages", "-", stdin=(cases.ISSUE % "开设帐户。").encode())
        tests.check("standard input", done.status == 1 and "zhang" in done.output, done.output)


# samples/2021-05.md: what a rule can know of its faults (docs/RULES.md says which it cannot).
SAMPLE = [("title-space", 13), ("full-width-sign", 29), ("repeated-han", 41), ("zhang", 71), ("misspelt", 77),
          ("redundant", 77), ("name-two-ways", 77), ("list-mark-clause", 91), ("half-width-bracket-latin", 93),
          ("name-two-ways", 97), ("half-width-bracket-latin", 97), ("half-width-bracket-latin", 97),
          ("stop-in-quote", 97), ("stop-behind-latin", 103)]


def check_sample(tests):
    for arguments in (["--no-pages"], []):
        found = findings(program, *arguments, "samples/2021-05.md", cwd=program.ROOT)["samples/2021-05.md"]
        # The printed pages have lone lines, and so have ours, by the fonts that are there.
        rules = {row[1] for row in table()} - {"lone-line", "lone-character"}
        seen = sorted((x["line"], x["rule"]) for x in found if x["rule"] in rules)
        tests.check("the May issue %s: all that a rule can know, and nothing else" % arguments,
                    seen == sorted((line, rule) for rule, line in SAMPLE), seen)
    shown = [x["message"] for x in found if x["rule"] == "name-two-ways"]
    tests.check("names without what stands before them", "‘城阳人民医院’" in shown[0] and
                "‘沙特数据和人工智能管理局’" in shown[1], shown)


def main():
    if "--list" in sys.argv:
        print("\n".join(document_row(row) for row in table()))
        return 0
    tests = program.Tests()
    check_table(tests)
    check_words(tests)
    check_cases(tests)
    check_archive(tests)
    check_pages(tests)
    check_layers(tests)
    check_switches(tests)
    check_formats(tests)
    check_statuses(tests)
    check_sample(tests)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
