#!/usr/bin/env python3
"""`paiban self-test`: fonts, a tiny document, libraries; and what it says when they fail (TAP)."""
import re
import shutil
import sys

import program

LIBRARIES = ("harfbuzz", "fontconfig", "glib-2.0", "cmark-gfm",
             "yaml-0", "json-c", "idn2", "png16", "lcms2")


def check_good(tests):
    with program.Folder() as folder:
        result = folder.run("self-test", TMPDIR=str(folder.path))
        text = result.output
        tests.check("it passes", result.status == 0 and text.endswith("self-test: passed\n"),
                    text + result.errors)
        tests.check("nothing is left behind", folder.names() == [], folder.names())
    version = program.run("--version").output
    tests.check("it begins with the version", text.startswith(version), text[:80])
    for role in ("song", "hei", "kai", "latin-serif"):
        tests.check("a font for " + role, re.search(r"^%s .*\n +/.*\.(ttc|ttf|otf)" % role, text,
                                                    re.M), text)
    tests.check("the tiny document is read back", re.search(r"\d{4,} bytes of PDF\n  its words are in "
                                                            r"it\n", text)
                or "not looked for" in text, text)
    for name in LIBRARIES:
        tests.check("version of lib" + name,
                    re.search(r"^  lib%s\.so\S* \d+\.\d\S* /" % re.escape(name), text, re.M), text)
    tests.check("the modules", re.search(r"paiban-cairo .*: /.*\.so$", text, re.M), text)
    chinese = program.run("self-test", LC_ALL="zh_CN.UTF-8").output
    tests.check("Chinese: the verdict", chinese.endswith("自检：通过\n"), chinese[-80:])
    tests.check("Chinese: the locale is told", "wanted ‘zh_CN.UTF-8’" in chinese and
                "messages in ‘zh_CN’" in chinese, chinese)


def check_bad(tests):
    with program.Folder() as folder:
        nowhere = str(folder.path / "nowhere")
        result = program.run("self-test", PAIBAN_DATADIR=nowhere)
        tests.check("no data: 2, and which path was looked at", result.status == 2 and
                    "data: %s, which does not exist" % nowhere in result.output and
                    result.output.endswith("self-test: failed\n"), result.output + result.errors)
        tests.check("no data: the file that lacks", nowhere in result.errors + result.output
                    and "fatal" in result.errors, result.errors)
        result = program.run("self-test", PAIBAN_MODULEDIR=nowhere)
        tests.check("no modules: which package brings what they need", result.status == 0 and
                    re.search(r"paiban-cairo .*not there.*libcairo2", result.output) and
                    re.search(r"paiban-import-pdf .*not there.*libpoppler-glib8", result.output),
                    result.output)
        result = program.run("self-test", TMPDIR=nowhere)
        tests.check("no folder for the document: 2", result.status == 2, result.output)
    result = program.run("self-test", "x")
    tests.check("an argument is refused", result.status == 64 and "‘x’" in result.errors)
    with program.Folder() as folder:
        shutil.copytree(program.ROOT / "fonts", folder.path / "fonts")
        shutil.copytree(program.ROOT / "layouts", folder.path / "layouts")
        roles = folder.path / "fonts/roles.yaml"
        roles.write_text("song: [", encoding="utf-8")
        result = folder.run("self-test", PAIBAN_DATADIR=str(folder.path))
        tests.check("broken font roles: 2", result.status == 2 and "roles.yaml" in result.errors,
                    result.output + result.errors)


def main():
    tests = program.Tests()
    check_good(tests)
    check_bad(tests)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
