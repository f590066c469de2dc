#!/usr/bin/env python3
"""What cannot be imported is refused with its reason; what can is, and told (TAP)."""
import os
import random
import subprocess
import sys
import zlib

import program

TEXT = "\n".join(["月报", "", "一、国内动态", "1、甲市建成远程医疗平台", "5月3日，甲市宣布平台已经建成，"
                  "覆盖全市所有乡镇卫生院和社区卫生服务中心。", "来源：甲市日报", "2、乙市召开会议",
                  "5月4日，乙市召开了卫生信息化工作会议，部署下半年的重点任务。", ""])


def pdf(*objects, encrypt=b""):
    """A PDF of these objects, the first of which is the catalog."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, encrypt, start)


def stream(data, head=b""):
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (head, len(data), data)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def picture():
    page = (b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R"
            b"/Resources<</XObject<</I 5 0 R>>>>>>")
    image = stream(zlib.compress(b"\0" * 64), b"/Type/XObject/Subtype/Image/Width 8/Height 8"
                   b"/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode")
    return pdf(CATALOG, PAGES, page, stream(b"q 200 0 0 200 0 0 cm /I Do Q"), image)


def no_unicode():
    page = (b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R"
            b"/Resources<</Font<</F 5 0 R>>>>>>")
    font = (b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 1"
            b"/LastChar 2/Widths[9 9]/CharProcs<</g1 6 0 R/g2 6 0 R>>"
            b"/Encoding<</Type/Encoding/Differences[1/g1/g2]>>/Resources<<>>>>")
    return pdf(CATALOG, PAGES, page, stream(b"BT /F 10 Tf 20 100 Td <0102010201> Tj ET"), font,
               stream(b"9 0 d0 0 0 8 8 re f"))


def encrypted():
    return pdf(CATALOG, PAGES, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>", encrypt=(
        b"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<%s>/U<%s>>>/ID[<00><00>]" %
        (b"11" * 32, b"22" * 32)))


def fatal(tests, name, content, diagnostic, status=2, hint=None, file="old.txt"):
    with program.Folder() as folder:
        folder.write(file, content)
        done = folder.run("import", file, "-o", "issue.md")
        tests.check(name + ": refused", done.status == status and
                    ("[%s]" % diagnostic if diagnostic else "") in done.errors and
                    (hint is None or hint in done.errors), "%s %s" % (done.status, done.errors))
        tests.check(name + ": nothing is written", folder.names() == [file], folder.names())


def texts(tests):
    fatal(tests, "an empty file", b"", "empty-file")
    fatal(tests, "white space only", b" \n\n\f\n", "empty-file")
    fatal(tests, "50 MB of text", b"x" * 25 + b"\n" * (50 << 20), "file-too-large", 74)
    fatal(tests, "65 MB", b"x" * (65 << 20), "file-too-large", 74)
    fatal(tests, "no text at all", bytes(range(256)) * 8, "import-encoding-unknown")
    fatal(tests, "NUL characters", "甲\0乙".encode() * 9, "import-encoding-unknown")
    for code in ("cp1251", "gb18030", "latin-1"):
        wrong = TEXT.encode("utf-8").decode(code, "replace" if code != "latin-1" else "strict")
        fatal(tests, "UTF-8 read as " + code, wrong.encode("utf-8"), "import-mojibake",
              hint="export" if code == "gb18030" else None)
    fatal(tests, "characters that were lost", ("\ufffd\ufffd月报" * 40).encode(), "import-mojibake")
    fatal(tests, "half a million lines", b"x\n" * 500001, "import-too-long")


def converted(tests):
    with program.Folder() as folder:
        folder.write("u2020-01.txt", TEXT)
        wanted = folder.run("import", "u2020-01.txt", "-o", "-").output
        for code in ("gb18030", "utf-16"):
            folder.write("o2020-01.txt", TEXT.encode(code))
            done = folder.run("import", "o2020-01.txt", "-o", "-")
            tests.check(code + " is converted and told", done.output == wanted and
                        "[import-encoding]" in done.errors and wanted, done.errors)
        folder.write("p2020-01.txt", "就是一段话。\n\n没有标题，也没有编号。\n")
        done = folder.run("import", "p2020-01.txt", "-o", "-")
        tests.check("no bulletin: paragraphs, told", done.status == 0 and
                    "[import-no-structure]" in done.errors and "就是一段话。" in done.output,
                    done.output + done.errors)
        folder.write("m.txt", "# 甲\n> 乙 *丙* `丁` [戊](己) <b> &lt; \\* ~~庚~~ a_b_ - 1. x\n1. 辛\n+ 壬\n")
        done = folder.run("import", "m.txt", "-o", "m.md", "--date", "2020-01")
        tree = folder.run("render", "m.md", "--dump", "tree")
        tests.check("what looks like Markdown stays text", not any(
            kind in tree.output for kind in ("emphasis", "strong", "code", "link", "heading",
                                             "quote", "strike")), tree.output)


def pdfs(tests):
    with program.Folder() as folder:
        folder.write("a.pdf", picture())
        done = folder.run("import", "a.pdf", "-o", "-")
        if "[module-failed]" in done.errors:
            tests.skip("refusals of PDFs", "paiban was built without poppler-glib")
            return
    fatal(tests, "a PDF of pictures", picture(), "import-pictures", file="old.pdf")
    fatal(tests, "a PDF without Unicode", no_unicode(), "import-no-unicode", file="old.pdf")
    fatal(tests, "an encrypted PDF", encrypted(), "import-encrypted", file="old.pdf")
    fatal(tests, "a damaged PDF", b"%PDF-1.7\n" + b"garbage " * 99, "import-damaged", file="old.pdf")
    with program.Folder() as folder:
        folder.write("a.md", "---\ndate: 2020-01\n---\n\n# 甲\n\n## 乙\n\n正文在这里。\n")
        folder.run("render", "a.md", "-o", "a.pdf")
        whole = (folder.path / "a.pdf").read_bytes()
        for part in (0.2, 0.5, 0.9, 0.99):
            folder.write("cut.pdf", whole[:int(len(whole) * part)])
            done = folder.run("import", "cut.pdf", "-o", "-")
            tests.check("a PDF cut at %d %% does no harm" % (part * 100), done.status in (0, 2),
                        "%s %s" % (done.status, done.errors))
            tests.check("a PDF cut at %d %%: no library prints" % (part * 100),
                        "WARNING" not in done.errors and "qpdf" not in done.errors, done.errors)


TAGGED = """---
title: 甲
date: 2020-01
---

# 甲

## 乙

**正文**在这里，见[此处](https://example.org/)[^1]。

[^1]: 注。

- 一
  1. 二

| 三 | 四 |
| --- | --- |
| 五 | <ruby>六<rt>liù</rt></ruby> |

> 引文。

```
代码
    缩进
```

# 丙

## 丁

正文。
"""
MUTATIONS = 300 if os.environ.get("PAIBAN_LONG") else 40


def qpdf(folder, *arguments):
    subprocess.run(["qpdf", *arguments], cwd=folder.path, check=True)
    return (folder.path / arguments[-1]).read_bytes()


def tagged(tests):
    with program.Folder() as folder:
        folder.write("a.md", TAGGED)
        folder.run("render", "a.md", "-o", "a.pdf")
        wanted = folder.run("import", "a.pdf", "-o", "-").output
        tests.check("what is tagged comes back", all(said in wanted for said in (
            "# 甲\n\n## 乙", "**正文**在这里，见[此处](https://example.org/)[^1]。", "[^1]: 注。",
            "- 一\n  1. 二", "| 三 | 四 |\n| --- | --- |\n| 五 | <ruby>六<rt>liù</rt></ruby> |",
            "> 引文。", "```\n代码\n    缩进\n```")), wanted)
        qpdf(folder, "--encrypt", "user", "owner", "256", "--", "a.pdf", "locked.pdf")
        done = folder.run("import", "locked.pdf", "-o", "-")
        tests.check("a tagged PDF with a password is refused", done.status == 2 and
                    "[import-encrypted]" in done.errors, done.errors)
        qpdf(folder, "--encrypt", "", "owner", "256", "--", "a.pdf", "open.pdf")
        done = folder.run("import", "open.pdf", "-o", "-")
        tests.check("one that anybody may open is read", done.output == wanted, done.errors)
        plain = qpdf(folder, "--qdf", "--object-streams=disable", "a.pdf", "plain.pdf")
        words = [b"/K ", b"/MCID", b"/P ", b"/S /", b"/Pg", b" 0 R", b"BDC", b"EMC", b"Td", b"Tf",
                 b"beginbfrange", b"/ToUnicode", b"/RoleMap", b"/Type", b"/Length", b"<<", b">>"]
        wrong = []
        for seed in range(MUTATIONS):
            chance = random.Random(seed)
            data = bytearray(plain)
            for _ in range(chance.randint(1, 6)):
                word = chance.choice(words)
                at = data.find(word, chance.randrange(len(data)))
                if at >= 0:
                    data[at:at + len(word)] = chance.choice(words)[:len(word)].ljust(len(word))
            folder.write("m.pdf", bytes(data))
            done = folder.run("import", "m.pdf", "-o", "-")
            if done.status not in (0, 2):
                wrong.append((seed, done.status, done.errors[-300:]))
        tests.check("%d damaged tagged PDFs do no harm" % MUTATIONS, not wrong, wrong)


def deep(tests):
    """Structure that holds itself, and one that is deeper than any issue."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 6 0 R/Resources<<>>>>"
    root = b"<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot 4 0 R>>"
    tree = b"<</Type/StructTreeRoot/K 5 0 R/RoleMap<</X/Y/Y/X>>>>"
    loop = b"<</Type/StructElem/S/X/P 4 0 R/Pg 3 0 R/K[5 0 R 5 0 R 0]>>"
    shown = stream(b"/P<</MCID 0>>BDC BT /F 9 Tf (abc) Tj ET EMC " + b"q " * 500 + b"[" * 9000)
    fatal(tests, "structure that holds itself", pdf(root, PAGES, page, tree, loop, shown),
          "import-pictures", file="old.pdf")


def without_module(tests):
    with program.Folder() as folder:
        folder.write("a.pdf", picture())
        done = folder.run("import", "a.pdf", "-o", "x.md", PAIBAN_MODULEDIR=str(folder.path))
        tests.check("without the module: told, with the way out", done.status == 2 and
                    "[module-failed]" in done.errors and "pdftotext" in done.errors, done.errors)


def wrong_calls(tests):
    with program.Folder() as folder:
        folder.write("a.txt", TEXT)
        for arguments in (["a.txt"], ["-o", "x.md"], ["a.txt", "a.txt", "-o", "x.md"],
                          ["a.txt", "-o", "x.md", "--date", "Mai"]):
            done = folder.run("import", *arguments)
            tests.check("import %s: 64" % " ".join(arguments), done.status == 64, done.errors)
        done = folder.run("import", "none.txt", "-o", "x.md")
        tests.check("no such file: 74", done.status == 74 and "[no-such-file]" in done.errors,
                    done.errors)
        done = folder.run("import", "a.txt", "-o", "none/x.md")
        tests.check("no such folder: 74", done.status == 74 and "[output-failed]" in done.errors,
                    done.errors)
        done = folder.run("import", "a.txt", "-o", "x.md")
        tests.check("[import-furniture] and [import-series] are notes", done.status == 0 and
                    "[import-series]" in done.errors, done.errors)


NAMES = ["import-furniture", "import-series"]  # notes that the texts above bring


def main():
    tests = program.Tests()
    for part in (texts, converted, pdfs, tagged, deep, without_module, wrong_calls):
        part(tests)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
