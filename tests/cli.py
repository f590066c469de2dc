#!/usr/bin/env python3
"""What the commands print, write and return (TAP)."""
import re
import shutil
import signal
import subprocess
import sys
import time

import program

ISSUE = """---
title: 月报
date: 2021-05
cover: no
---

# 地方动态

## ✓ 上海：试点

5月31日，上海市发布规划。

# 国外动态

## 新加坡：远程

正文。
"""


def render_targets(tests):
    with program.Folder() as f:
        f.write("in/a.md", ISSUE)
        f.write("in/b.md", ISSUE)
        (f.path / "to").mkdir()
        done = f.run("render", "in/a.md")
        tests.check("without -o: beside the source", done.status == 0 and
                    (f.path / "in/a.pdf").exists(), done.errors)
        done = f.run("render", "in/a.md", "-o", "to")
        tests.check("-o FOLDER", (f.path / "to/a.pdf").exists(), done.errors)
        done = f.run("render", "in/a.md", "--output=to/c.pdf")
        tests.check("--output=FILE", (f.path / "to/c.pdf").exists(), done.errors)
        done = f.run("render", "in/a.md", "-oto/d.pdf")
        tests.check("-oFILE", (f.path / "to/d.pdf").exists(), done.errors)
        done = f.run("render", "in/a.md", "-o", "-")
        tests.check("-o - is standard output", done.bytes.startswith(b"%PDF-1") and
                    done.bytes == (f.path / "to/c.pdf").read_bytes())
        done = f.run("render", "-", "-o", "to/e.pdf", stdin=ISSUE.encode())
        tests.check("- is standard input", (f.path / "to/e.pdf").exists(), done.errors)
        shutil.rmtree(f.path / "to")
        (f.path / "to").mkdir()
        done = f.run("render", "in/b.md", "in/a.md", "-o", "to/")
        tests.check("several issues into a folder", f.names()[-2:] == ["to/a.pdf", "to/b.pdf"],
                    done.errors)
        done = f.run("render", "--", "in/a.md")
        tests.check("-- ends the options", done.status == 0, done.errors)
        tests.check("no temporaries", not f.temporaries())


def pictures(tests):
    with program.Folder() as f:
        f.write("a.md", ISSUE)
        f.run("render", "a.md")
        total = len(re.findall(rb"/Type\s*/Page\b", (f.path / "a.pdf").read_bytes()))
        done = f.run("render", "a.md", "--format", "png", "--dpi", "40")
        names = [n for n in f.names() if n.endswith(".png")]
        tests.check("PNG: a file per page, numbered", names and names[0] in ("a-1.png", "a-01.png")
                    and (total == 0 or len(names) == total), "%s %s" % (names, done.errors))
        png = (f.path / names[0]).read_bytes() if names else b""
        width = int.from_bytes(png[16:20], "big")
        tests.check("PNG: as wide as A4 at 40 dpi", width in (330, 331), width)
        done = f.run("render", "a.md", "--pages", "1", "-o", "one.png")
        tests.check("PNG: one page goes to exactly FILE, by its extension",
                    (f.path / "one.png").exists(), done.errors)
        done = f.run("render", "a.md", "--pages=1", "--format=svg", "-o", "-")
        tests.check("SVG: one page to standard output", b"<svg" in done.bytes[:400], done.errors)
        if len(names) > 1:
            done = f.run("render", "a.md", "--format=svg", "-o", "-")
            tests.check("SVG: several pages to standard output are refused", done.status == 64)


def pages(tests):
    with program.Folder() as f:
        f.write("a.md", ISSUE + "\n正文。\n" * 400)
        f.run("render", "a.md", "-o", "all.pdf")
        f.run("render", "a.md", "-o", "some.pdf", "--pages", "1-2,4")
        sizes = [pdf_pages(f.path / name) for name in ("all.pdf", "some.pdf")]
        tests.check("--pages 1-2,4 draws three pages", sizes[0] > 4 and sizes[1] == 3, sizes)


def pdf_pages(path):
    done = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=False)
    found = re.search(r"^Pages:\s+(\d+)", done.stdout, re.M)
    return int(found.group(1)) if found else 0


def dumps(tests):
    with program.Folder() as f:
        f.write("a.md", ISSUE)
        seen = set()
        for stage in ("tree", "layout", "clusters", "lines", "flow", "pages"):
            done = f.run("render", "a.md", "--dump", stage)
            tests.check("--dump %s prints text" % stage, done.status == 0 and
                        len(done.output) > 100 and done.output not in seen, done.errors)
            seen.add(done.output)
        f.run("render", "a.md", "--dump=tree", "-o", "t.txt")
        tests.check("--dump to a file", (f.path / "t.txt").read_text() in seen)
        tests.check("--dump writes no PDF", "a.pdf" not in f.names())


def elsewhere(tests):
    """Any working directory; the layout's name and paths."""
    with program.Folder() as f:
        f.write("issues/a.md", ISSUE)
        f.write("issues/my.yaml", "base: monthly\n")
        issue = f.path / "issues/a.md"
        done = program.run("render", issue, "-o", f.path / "root.pdf", cwd="/")
        tests.check("works from /", done.status == 0, done.errors)
        text = ISSUE.replace("cover: no", "cover: no\nlayout: my.yaml")
        f.write("issues/b.md", text)
        done = f.run("render", "issues/b.md", "--strict")
        tests.check("layout: a path beside the issue", done.status == 0, done.errors)
        done = f.run("render", "issues/a.md", "--layout", "issues/my.yaml")
        tests.check("--layout: a path from the working directory", done.status == 0, done.errors)
        f.write("issues/series.yaml", "layout: my.yaml\n")
        done = f.run("render", "issues/a.md", "--dump=layout")
        own = f.run("render", "issues/a.md", "--dump=layout", "--layout", "monthly")
        tests.check("series.yaml: a path beside it", done.status == 0, done.errors)
        tests.check("--layout wins over series.yaml", own.status == 0, own.errors)


def several(tests):
    with program.Folder() as f:
        f.write("good.md", ISSUE)
        f.write("bad.md", b"\xff")
        done = f.run("render", "none.md", "bad.md", "good.md")
        tests.check("an issue that fails does not stop the next", done.status == 2 and
                    f.names() == ["bad.md", "good.md", "good.pdf"], done.errors)
        tests.check("every failure is told", "none.md" in done.errors and
                    "bad.md:1:1" in done.errors, done.errors)


def reproducible(tests):
    with program.Folder() as f:
        f.write("a.md", ISSUE)
        first = f.run("render", "a.md", "-o", "-").bytes
        time.sleep(1.1)
        tests.check("the same issue gives the same bytes", first == f.run(
            "render", "a.md", "-o", "-").bytes and first)
        tests.check("SOURCE_DATE_EPOCH changes them", first != f.run(
            "render", "a.md", "-o", "-", SOURCE_DATE_EPOCH="1000000000").bytes)
        done = f.run("render", "a.md", LC_ALL="de_DE.UTF-8")
        tests.check("another locale gives the same bytes", done.status == 0 and
                    (f.path / "a.pdf").read_bytes() == first, done.errors)


def words(tests):
    done = program.run("--version")
    tests.check("--version", re.fullmatch(r"paiban \d+\.\d+\.\d+\n", done.output), done.output)
    tests.check("version takes no argument", program.run("version", "x").status == 64)
    done = program.run("help")
    tests.check("help lists the commands", all(
        re.search(r"^  %s +\w" % name, done.output, re.M)
        for name in ("render", "layouts", "fonts", "version", "help")), done.output)
    tests.check("--help is help", program.run("--help").output == done.output)
    nothing = program.run()
    tests.check("no command: help on standard error, 64",
                nothing.status == 64 and nothing.errors == done.output and not nothing.output)
    for name in ("render", "layouts", "fonts", "version", "help"):
        done = program.run("help", name)
        tests.check("help %s has usage and examples" % name, done.status == 0 and
                    "usage: paiban " + name in done.output and "examples:" in done.output)
        tests.check("%s --help is the same" % name,
                    program.run(name, "--help").output == done.output)
    tests.check("help of nothing known: 64", program.run("help", "rendre").status == 64)


def lists(tests):
    done = program.run("layouts")
    names = [line.split("\t")[0] for line in done.output.splitlines()]
    tests.check("layouts lists base and monthly, sorted", done.status == 0 and
                {"base", "monthly"} <= set(names) and names == sorted(names), done.output)
    tests.check("each with what it is for", all("\t" in l for l in done.output.splitlines()),
                done.output)
    done = program.run("layouts", "--keys")
    tests.check("layouts --keys", "page.margin-top" in done.output and done.status == 0)
    done = program.run("fonts")
    tests.check("fonts", done.status == 0 and all(
        role in done.output for role in ("song", "hei", "kai", "latin-serif")), done.errors)
    with open("/dev/full", "w") as full:
        status = subprocess.run([program.PROGRAM, "layouts"], stdout=full,
                                stderr=subprocess.DEVNULL, check=False).returncode
    tests.check("a full standard output: 74", status == 74, status)


def reports(tests):
    with program.Folder() as f:
        f.write("a.md", ISSUE.replace("cover: no", "covr: no"))
        done = f.run("render", "a.md")
        tests.check("the summary counts", re.search(
            r"^a\.md: 1 warning(, \d+ notes?)?$", done.errors, re.M), done.errors)
        tests.check("no colours where there is no terminal", "\x1b" not in done.errors)
        tests.check("nothing on standard output", done.output == "")
        done = f.run("render", "a.md", "--quiet")
        tests.check("--quiet says nothing but errors", done.errors == "", done.errors)
        done = f.run("render", "a.md", "--timings")
        tests.check("--timings", re.search(r"^a\.md: read [\d.]+, .* ms CPU$", done.errors, re.M),
                    done.errors)
        name = "a\x1b[31m.md"
        f.write(name, b"\xff")
        done = f.run("render", name)
        tests.check("control characters of names are escaped", "\x1b" not in done.errors)


def interrupted(tests):
    """A signal while the output is being written leaves the old file and no temporary."""
    with program.Folder() as f:
        f.write("a.md", ISSUE + ("\n" + "正文很长。" * 200 + "\n") * 400)
        f.write("a.pdf", "old")
        child = subprocess.Popen([program.PROGRAM, "render", "a.md"], cwd=f.path,
                                 env=program.environment(), stderr=subprocess.DEVNULL)
        while child.poll() is None and not f.temporaries():
            time.sleep(0.001)
        child.send_signal(signal.SIGSTOP)
        writing = bool(f.temporaries())
        child.send_signal(signal.SIGTERM)
        child.send_signal(signal.SIGCONT)
        status = child.wait()
        if not writing:
            tests.skip("SIGTERM while writing", "the program was done before the signal came")
            return
        tests.check("SIGTERM: ends by the signal", status == -signal.SIGTERM, status)
        tests.check("SIGTERM: the old file stays", (f.path / "a.pdf").read_text() == "old")
        tests.check("SIGTERM: no temporary is left", not f.temporaries(), f.temporaries())


def closed_pipe(tests):
    """A reader that has had enough ends the program without a word."""
    command = '"$0" layouts --keys 2>errors | head -c 1 >/dev/null'
    with program.Folder() as f:
        subprocess.run(["sh", "-c", command, program.PROGRAM], cwd=f.path, check=False,
                       env=program.environment())
        errors = (f.path / "errors").read_text()
        tests.check("a closed pipe: no message", errors == "", errors)


def installed_elsewhere(tests):
    """An executable outside of its build tree finds the data by its own place."""
    with program.Folder() as f:
        (f.path / "bin").mkdir()
        shutil.copy(program.PROGRAM, f.path / "bin/paiban")
        for part in ("layouts", "fonts"):
            shutil.copytree(program.ROOT / part, f.path / "share/paiban" / part)
        f.write("share/paiban/layouts/mine.yaml", "# mine: of this prefix\nbase: base\n")
        done = subprocess.run([f.path / "bin/paiban", "layouts"], capture_output=True, text=True,
                              env=program.environment(PAIBAN_DATADIR=None), check=False)
        tests.check("PREFIX/share/paiban is found", "mine\tof this prefix" in done.stdout,
                    done.stdout + done.stderr)


def main():
    tests = program.Tests()
    for part in (render_targets, pictures, pages, dumps, elsewhere, several, reproducible, words,
                 lists, reports, interrupted, closed_pipe, installed_elsewhere):
        if len(sys.argv) < 2 or part.__name__ in sys.argv[1:]:
            part(tests)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
