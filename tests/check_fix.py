#!/usr/bin/env python3
"""Repairs of `paiban check --fix`: what is mended, what is left alone, the diff (TAP).

Cases one by one, and then issues of the corpus of every language with defects and hostile text at
random places: addresses, code, quotations, tags, other languages. Whatever they hold, addresses, code
and quotations keep every byte, a second repair finds nothing, and the diff is what changed. With
PAIBAN_LONG ten times as many issues.
"""
import os
import pathlib
import random
import re
import sys

import program

for folder in ("check", "corpus"):
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / folder))
import cases  # noqa: E402
import generate  # noqa: E402

ISSUES = 200 if os.environ.get("PAIBAN_LONG") else 20
DEFECTS = 30   # planted in an issue
HOSTILE = 6    # hostile blocks of an issue

FIXED = [
    ("doubled and half-width marks", "试点成功,各地跟进。。", "试点成功，各地跟进。"),
    ("a row of half-width marks", "试点成功!!是吗??", "试点成功！！是吗？？"),
    ("a half-width stop", "试点成功.", "试点成功。"),
    ("balanced ASCII quotes", '这是"一码通"工程。', "这是“一码通”工程。"),
    ("half-width brackets round Han", "试点(一期)成功。", "试点（一期）成功。"),
    ("a mixed pair", "试点（一期)成功。", "试点（一期）成功。"),
    ("dots", "试点成功...", "试点成功……"),
    ("white space", "试点 ，成功\u200b。 又\u00a0A  B成功。 \n\n完。", "试点，成功。又 A B成功。\n\n完。"),
    ("a typed indent", "\u3000\u3000试点成功。", "试点成功。"),
    ("half an ellipsis", "试点成功…", "试点成功……"),
    ("a comma in emphasis", "试点**成功,各地**跟进。", "试点**成功，各地**跟进。"),
]
UNTOUCHED = [
    ("unbalanced quotes", '这是"一码通工程。'), ("code", "命令`甲,乙..`。"),
    ("an address", "见 <https://example.org/甲,乙(一)..> 。".replace(" 。", "。")),
    ("a link's target", "见[公告](https://example.org/甲,乙)。"),
    ("a block quote", "> 试点成功,各地(一期)跟进。。"),
    ("text in another language", "见[试点,test]{lang=en}。"),
    ("what is switched off", "<!-- paiban: off half-width-mark -->\n\n试点成功,各地跟进。"),
    ("an entity", "试点成功&#44;各地跟进。"),
    ("a hard line break", "试点成功，  \n各地跟进。"),
    ("a tag's attributes", '见<a href="https://example.org/甲,乙" title="甲,乙">公告</a>。'),
    ("quotes that may be code", '添加了"memory"这个参数。'),
    ("a defanged address", "样本连接whyers[.]io和hxxp://whyers[.]io/a,b。"),
    ("the digits of a number", "黄金分割是0.618...的倒数。"),
    ("a mark behind Latin", "他们使用GCC, 然后测试。"),
]

# What --fix must keep byte for byte.
PROTECTED = [
    "https://example.org/a,b(c)...d?e=f,,g", "[公告](https://example.org/甲,乙(一)..?q=丙)",
    "`甲,乙..(丙)\"丁\"`", "<https://example.net/a,b...(c)>",
    "[甲, 乙]{lang=en}", "<span title=\"甲,乙..\">", "ftp://example.org/a,,b..c",
    "> 甲,乙(丙)。。", "> \"丁\"...", "<!-- 甲,乙.. \"丙\" -->", "戊,己(庚)。。\"辛\"",
]
INLINE = 7  # of these stand in a line
BLOCKS = [
    "```\n甲,乙..  \"丙\"(丁)。。 \n```", "~~~c\nprintf(\"甲,乙...\");\u00a0\n~~~",
    "> 甲,乙(丙)。。\n> \"丁\"...", "<!-- 甲,乙.. \"丙\" -->",
    "<!-- paiban: off all -->\n\n戊,己(庚)。。\"辛\"\n\n<!-- paiban: on all -->",
]
PLANTS = [",", "。。", "(一期)", "\"一码通\"", "...", "…", "\u200b", "\u00a0", "  ", " ，", "（二期)", ": ", "!", "\u3000"]


NOISE = [*"汉字甲乙一二aB1，。、；：？！,;:?!.…“”‘’()（）《》\"' \u3000\u00a0\u200b-—～~%％ＡＢ１＋", "..", "...", "。。", "--",
         "https://a.b/c,d", "`甲,乙`", "**", "[甲,乙](x,y)"]


def fix(f, name, *options):
    return f.run("check", "--no-pages", "--level", "error", *options, name)


def check_cases(tests):
    with program.Folder() as f:
        for name, before, after in FIXED:
            f.write("i.md", cases.ISSUE % before)
            done = fix(f, "i.md", "--fix")
            now = (f.path / "i.md").read_text(encoding="utf-8")
            tests.check("--fix: " + name, now == cases.ISSUE % after, now + done.output + done.errors)
            again = fix(f, "i.md", "--fix")
            tests.check("--fix again changes nothing: " + name, "@@" not in again.output, again.output)
        for name, text in UNTOUCHED:
            f.write("i.md", cases.ISSUE % text)
            fix(f, "i.md", "--fix")
            now = (f.path / "i.md").read_text(encoding="utf-8")
            tests.check("--fix leaves " + name, now == cases.ISSUE % text, now)


def apply(source, diff):
    """A text with the hunks of a diff; None where one does not fit."""
    lines = source.split("\n")
    for number, old, new in re.findall(
            r"^@@ -(\d+) \+\1 @@\n-(.*)\n(?:\\ .*\n)?\+(.*)\n(?:\\ .*\n)?", diff, re.M):
        if lines[int(number) - 1] != old:
            return None
        lines[int(number) - 1] = new
    return "\n".join(lines)


def check_files(tests):
    source = (cases.ISSUE % "试点成功,各地跟进。").replace("\n", "\r\n").encode("utf-8-sig")
    fixed = source.replace(",各地".encode(), "，各地".encode())
    with program.Folder() as f:
        f.write("crlf.md", source)
        done = fix(f, "crlf.md", "--diff")
        tests.check("--diff shows the lines", re.search(
            r"^--- crlf\.md\n\+\+\+ crlf\.md\n@@ -(\d+) \+\1 @@\n-试点成功,各地跟进。\r\n\+试点成功，各地跟进。\r$",
            done.bytes.decode(), re.M), done.output)
        tests.check("--diff changes nothing", (f.path / "crlf.md").read_bytes() == source)
        fix(f, "crlf.md", "--fix")
        tests.check("line ends and the byte-order mark stay", (f.path / "crlf.md").read_bytes() == fixed)
        tests.check("--fix leaves no temporaries", not f.temporaries(), f.names())
        for arguments in (("--fix", "-"), ("--diff", "-"), ("crlf.md", "-", "--fix")):
            tests.check("standard input is refused: " + " ".join(arguments),
                        f.run("check", *arguments, stdin=source).status == 64)
        f.write("end.md", "# 甲\n\n试点,成功。 ")
        done = fix(f, "end.md", "--fix")
        tests.check("a last line without an end is marked as patch wants it",
                    done.output.count("\n\\ No newline at end of file\n") == 2, done.output)
        f.write("binary.md", b"\x00\xff,\xfe")
        done = fix(f, "binary.md", "--fix")
        tests.check("a file that is no text is refused and kept", done.status == 2 and
                    (f.path / "binary.md").read_bytes() == b"\x00\xff,\xfe", done.output)
        check_replacement(tests, f, source, fixed)


def check_replacement(tests, f, source, fixed):
    """The file is replaced as a whole: its old self stays as it was under another name."""
    f.write("i.md", source)
    os.link(f.path / "i.md", f.path / "old.md")
    os.chmod(f.path / "i.md", 0o640)
    os.symlink("i.md", f.path / "link.md")
    fix(f, "link.md", "--fix")
    tests.check("a link stays one, what it points to is mended", (f.path / "link.md").is_symlink() and
                (f.path / "i.md").read_bytes() == fixed)
    tests.check("the file is replaced, not written over", (f.path / "old.md").read_bytes() == source)
    tests.check("its permissions stay", (f.path / "i.md").stat().st_mode & 0o777 == 0o640)
    before = (f.path / "i.md").stat().st_ino
    fix(f, "i.md", "--fix")
    tests.check("nothing is written where there is nothing to mend", (f.path / "i.md").stat().st_ino == before)


def protect(text):
    """What must stay: the literals, and code."""
    kept = re.findall("|".join(map(re.escape, PROTECTED)), text)
    return kept + [m[0] for m in re.finditer(r"(?ms)^(`{3,}|~{3,})[^`\n]*\n.*?^\1$", text)]


def spoil(rng, text):
    """Defects anywhere in prose, addresses and code within it included, and hostile blocks between paragraphs."""
    lines = text.split("\n")
    start = lines.index("---", 1) + 1
    prose = [i for i in range(start, len(lines)) if re.match("[\u3400-\u9fff0-9A-Za-z]", lines[i])
             and not inside_code(lines, i)]
    for _ in range(DEFECTS):
        at = rng.choice(prose)
        place = rng.randint(0, len(lines[at]))
        lines[at] = lines[at][:place] + rng.choice(PLANTS) + lines[at][place:]
    for _ in range(HOSTILE):
        at = rng.choice([i for i in range(start, len(lines)) if lines[i] == "" and not inside_code(lines, i)])
        block = rng.choice(BLOCKS) if rng.random() < 0.5 else \
            "又见" + rng.choice(PROTECTED[:INLINE]) + "，试点" + rng.choice(PLANTS) + "成功" + rng.choice(PLANTS) + "。"
        lines[at:at + 1] = ["", *block.split("\n"), ""]
    return "\n".join(lines)


def inside_code(lines, at):
    return sum(bool(re.match(r"\s*(```|~~~)", line)) for line in lines[:at]) % 2 == 1


def check_corpus(tests):
    options = generate.parse(["--seed", "41", "--count", str(ISSUES), "--lang", "mix", "--elements", "all", "--stats"])
    rng = random.Random(41)
    faults = {"clean": [], "kept": [], "twice": [], "diff": []}
    mended = 0
    with program.Folder() as f:
        for number, (_, issue) in enumerate(generate.issues(options)):
            clean = issue.bytes()
            f.write("i.md", clean)
            fix(f, "i.md", "--fix")
            faults["clean"] += [number] * ((f.path / "i.md").read_bytes() != clean)
            text = spoil(rng, clean.decode().lstrip("\ufeff").replace("\r\n", "\n"))
            f.write("i.md", text)
            diff = fix(f, "i.md", "--diff").bytes.decode()
            fix(f, "i.md", "--fix")
            now = (f.path / "i.md").read_bytes().decode()
            before, after = protect(text), protect(now)
            faults["kept"] += [(number, a[:200], b[:200]) for a, b in zip(before, after) if a != b][:3]
            faults["kept"] += [(number, len(before), len(after))] * (len(before) != len(after))
            faults["diff"] += [number] * (apply(text, diff) != now)
            mended += now != text
            again = fix(f, "i.md", "--fix")
            faults["twice"] += [(number, again.output[:400])] * ((f.path / "i.md").read_bytes().decode() != now)
    for name, kind in [("--fix leaves %d clean issues as they are", "clean"),
                       ("it keeps addresses, code, quotations of %d spoilt ones", "kept"),
                       ("the diffs of %d are what changed", "diff"), ("a second --fix of %d finds nothing", "twice")]:
        tests.check(name % ISSUES, not faults[kind], "\n".join(map(str, faults[kind][:5])))
    tests.check("nearly all of them had something to mend", mended >= 0.9 * ISSUES, mended)


def check_noise(tests):
    """Rows of marks, spaces, quotes and markup in any order: a second repair finds nothing."""
    rng = random.Random(5)
    with program.Folder() as f:
        for i in range(5 * ISSUES):
            paragraphs = ["汉%s字" % "".join(rng.choice(NOISE) for _ in range(rng.randint(3, 40))) for _ in range(6)]
            f.write("n/%04d.md" % i, cases.HEAD + "# 乙\n\n## 丙\n\n" + "\n\n".join(paragraphs) + "\n")
        fix(f, "n", "--fix")
        once = {p: p.read_bytes() for p in sorted((f.path / "n").iterdir())}
        fix(f, "n", "--fix")
        twice = [(p.name, once[p].decode()) for p in once if p.read_bytes() != once[p]]
    tests.check("noise in %d issues is mended once and for all" % (5 * ISSUES), not twice, twice[:2])


def main():
    tests = program.Tests()
    check_cases(tests)
    check_files(tests)
    check_corpus(tests)
    check_noise(tests)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
