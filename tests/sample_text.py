#!/usr/bin/env python3
"""Check samples/2021-05.md and series.yaml against the text of the printed issue (TAP).

usage: sample_text.py [PROJECT-ROOT]

The two sources are turned into the text that the layout should print, the printed text
loses what the layout generates (numbers, the highlights' heading, the running header), and
both are compared as one stream of characters without white space. The rest asserts what
the content format asks of a source: no character that only serves the setting, no typed
gap at a border of Han and Latin, and the slips and spaces of the author still there.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent)
HEADER = "互联网+远程医疗行业月报"
HAN = "\u3400-\u9fff"
AUTHOR = ["电子健康卡 实现", "局 (SDAIA) ", "国 (KSA) 健", "“互联网＋”", "省省卫生健康委", "自起在全院",
          "不再需要再书写", "服务德州慢病服务平台还实现了", "帐户", "创新。”双方", "Imaging Analysis Ltd.宣布",
          "、如果各方同意"]


def squeeze(text):
    return re.sub(r"\s+", "", text)


def printed():
    """(highlights, the rest) of the printed issue, without white space and numbering."""
    lines = (ROOT / "tests/original/2021-05.txt").read_text(encoding="utf-8").split("\n")
    kept = [line.strip() for line in lines]
    kept = [line for line in kept if line and line != HEADER and not re.fullmatch(r"\d{1,3}", line)]
    start = next(i for i, line in enumerate(kept) if line.startswith("2 【"))
    marks = squeeze("".join(kept[1:start])).split("✓")[1:]
    rest = [re.sub(r"^\d+(\.\d+)? (?=【|.+：)", "", line) for line in kept[start:]]
    return marks, squeeze("".join(rest))


def written(body, series):
    """The same two from Markdown and series.yaml."""
    marks, out = [], []
    for line in body.split("\n"):
        if line.startswith("# "):
            out.append("【" + line[2:] + "】")
        elif line.startswith("## "):
            title = line[3:]
            if title.startswith("✓ "):
                title = title[2:]
                marks.append(squeeze(title))
            out.append(title)
        else:
            out.append(line)
    out.append("联系我们：")
    for name, email in re.findall(r"\{name: (.*), email: (.*)\}", series):
        out.append(name + email)
    return marks, squeeze("".join(out))


def gaps(text):
    """Typed gaps at a border of Han and a Latin letter or digit."""
    return re.findall(rf"[{HAN}] +[A-Za-z0-9]|[A-Za-z0-9] +[{HAN}]", text)


def main():
    source = (ROOT / "samples/2021-05.md").read_text(encoding="utf-8")
    series = (ROOT / "samples/series.yaml").read_text(encoding="utf-8")
    body = source.split("---\n", 2)[2]
    print_marks, print_text = printed()
    marks, text = written(body, series)
    forbidden = re.findall("[\u00a0\u200b-\u200f\u2028-\u202f\u2060\ufeff]|<br|&nbsp;", source + series)
    changed = written(body.replace("青海省省", "青海省"), series)[1]
    tests = [
        ("text equals the printed issue", text == print_text),
        ("a text with one character less differs", changed != print_text),
        ("highlights equal the printed ones", marks == print_marks),
        ("five highlights", len(marks) == 5),
        ("no zero-width, no-break or <br> characters", not forbidden),
        ("no typed gap at a Han–Latin border", not gaps(body)),
        ("a typed gap is found", gaps("共5 月") == ["5 月"]),
        ("no trailing space, no tab", not re.search(r"[ \t]+$|\t", source, re.M)),
        ("numbers are not typed", not re.search(r"^#+ +(✓ )?\d", body, re.M)),
    ]
    tests += [("the author's ‘%s’ stays" % slip, slip in body) for slip in AUTHOR]
    print("1..%d" % len(tests))
    for number, (name, passed) in enumerate(tests, 1):
        print("%s %d - %s" % ("ok" if passed else "not ok", number, name))
    return 0 if all(passed for _, passed in tests) else 1


if __name__ == "__main__":
    sys.exit(main())
