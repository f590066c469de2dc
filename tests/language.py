#!/usr/bin/env python3
"""The program speaks the language of its locale, whether the system has the locale or not (TAP)."""
import re
import sys

import program

HAN = re.compile(r"[\u4e00-\u9fff]")
ISSUE = "---\ntitle: 月报\ndate: 2021-05\ntitel: x\n---\n\n# 栏目\n\n## 条目\n\n正文。\n"
CHINESE = (
    {"LC_ALL": "zh_CN.UTF-8"},
    {"LC_ALL": None, "LANG": "zh_CN.UTF-8"},
    {"LC_ALL": None, "LANG": "C.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"},
    {"LC_ALL": "C.UTF-8", "LANGUAGE": "zh_CN"},
    {"LC_ALL": "zh_CN.GB18030"},
    {"LC_ALL": "xx_YY.UTF-8", "LANGUAGE": "zh_CN:en"},
)
ENGLISH = (
    {"LC_ALL": "C"},
    {"LC_ALL": "C.UTF-8"},
    {"LC_ALL": "C", "LANGUAGE": "zh_CN"},
    {"LC_ALL": "xx_YY.UTF-8"},
    {"LC_ALL": "zh_CN.UTF-8", "LANGUAGE": "en"},
    {"LC_ALL": None, "LANG": ""},
    {"LC_ALL": "../../etc"},
)


def commands():
    return re.findall(r"^  (\w[\w-]*) ", program.run("help").output, re.M)


def check_choice(tests):
    for changes, chinese in [(c, True) for c in CHINESE] + [(c, False) for c in ENGLISH]:
        result = program.run("help", **changes)
        tests.check("%s: %s" % (changes, "Chinese" if chinese else "English"),
                    result.status == 0 and ("用法：" in result.output) == chinese
                    and ("usage:" in result.output) != chinese, result.output + result.errors)
    result = program.run("help", LC_ALL="zh_CN.UTF-8", PAIBAN_LOCALEDIR="/nonexistent")
    tests.check("without catalogues: English", "usage:" in result.output, result.output)


def check_help(tests):
    """Every line that explains has Chinese words."""
    for name in commands():
        text = program.run("help", name, LC_ALL="zh_CN.UTF-8").output
        body, examples = text.split("\n示例：\n")
        lines = [line for line in body.splitlines() if re.search("[a-z]", line)]
        options = [line for line in lines if re.match(r" +(-\w, )?--", line)]
        english = [line for line in options + lines[:1] if not HAN.search(line)]
        tests.check("help %s is Chinese" % name, options and not english, "\n".join(english))
        tests.check("help %s has an example" % name, "paiban" in examples, text)


def check_findings(tests):
    with program.Folder() as folder:
        folder.write("a.md", ISSUE)
        result = folder.run("render", "a.md", LC_ALL="zh_CN.UTF-8")
        for sentence in ("a.md:4:1: 警告: 没有“titel”这一项 [unknown-key]", "建议：是不是“title”？",
                         "a.md: 1 个警告"):
            tests.check("a finding is told in Chinese: " + sentence.strip(),
                        sentence in result.errors, result.errors)
        result = folder.run("render", "none.md", LC_ALL="zh_CN.UTF-8")
        tests.check("a refusal", result.status == 74 and "致命错误: 没有这个文件：“none.md”"
                    in result.errors, result.errors)
        result = folder.run("rendr", LC_ALL="zh_CN.UTF-8")
        tests.check("an unknown command", result.status == 64 and result.errors ==
                    "paiban: 没有这个命令：“rendr”\n建议：是不是“render”？\n", result.errors)
        result = folder.run("render", "a.md", "--pgaes", "1", LC_ALL="zh_CN.UTF-8")
        tests.check("an unknown option", result.status == 64 and "没有这个选项“--pgaes”\n建议：是不是"
                    "“--pages”？\n" in result.errors, result.errors)


def check_numbers(tests):
    dumps = [program.run("render", program.ROOT / "samples/2021-05.md", "--dump", "pages",
                         LC_ALL=locale).bytes for locale in ("C.UTF-8", "de_DE.UTF-8",
                                                             "zh_CN.UTF-8")]
    tests.check("pages do not depend on the locale", dumps[0] and len(set(dumps)) == 1)


def main():
    tests = program.Tests()
    check_choice(tests)
    check_help(tests)
    check_findings(tests)
    check_numbers(tests)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
