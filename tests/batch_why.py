#!/usr/bin/env python3
"""`paiban batch`: each thing that decides what an issue looks like, changed alone (TAP).

tests/batch.py has what is rendered at all; this is the fingerprint: the layout chain, font
files, the fonts of the roles, the program; and that what is unchanged is known without
reading it.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

import batch
import program

FONTS = pathlib.Path("/usr/share/fonts/truetype/liberation")


def archive(f, count=2):
    batch.archive(f, count)


def rendered_for(f, tests, name, because, expected=2, **environment):
    """A run renders so many issues, for a reason; the next one none."""
    done = batch.batch(f, "--explain", **environment)
    tests.check(name + ": rendered", done.status == 0 and
                batch.rendered(done.errors) == expected, done.output + done.errors)
    tests.check(name + ": why", len(done.output.splitlines()) == expected and
                all(because in line for line in done.output.splitlines()), done.output)
    again = batch.batch(f, "--explain", **environment)
    tests.check(name + ": once", batch.rendered(again.errors) == 0, again.output + again.errors)


def layout_chain(tests):
    with program.Folder() as f:
        archive(f)
        f.write("in/series.yaml", "layout: own.yaml\n")
        f.write("in/own.yaml", "base: ./near.yaml\n")
        f.write("in/near.yaml", "base: base\npage: {paper: A5}\n")
        batch.age(f.path / "in")
        batch.batch(f)
        f.write("in/near.yaml", "base: base\npage: {paper: B5}\n")
        rendered_for(f, tests, "a layout that the layout is based on", "near.yaml")
        f.write("in/own.yaml", "base: ./near.yaml\npage: {margin-top: 30mm}\n")
        rendered_for(f, tests, "the layout itself", "own.yaml")
        f.write("in/2021/01.md", batch.issue(1, 1).replace("cover: no", "layout: mine.yaml"))
        batch.batch(f)
        f.write("in/2021/mine.yaml", "base: base\n")
        rendered_for(f, tests, "a layout appears that a head names", "mine.yaml", 1)


def data_folder(f):
    """A data folder of one's own, to change a role in."""
    for name in ("layouts", "fonts"):
        shutil.copytree(program.ROOT / name, f.path / "data" / name)
    return {"PAIBAN_DATADIR": str(f.path / "data")}


def roles(tests):
    with program.Folder() as f:
        archive(f)
        environment = data_folder(f)
        batch.age(f.path)
        batch.batch(f, **environment)
        path = f.path / "data/fonts/roles.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text + "\n# a remark\n", encoding="utf-8")
        done = batch.batch(f, "--explain", **environment)
        tests.check("roles.yaml changes: rendered", batch.rendered(done.errors) == 2 and
                    "roles.yaml" in done.output, done.output)
        found = re.search(r"Noto Serif CJK SC", text)
        path.write_text(text.replace(found[0], "Noto Sans CJK SC"), encoding="utf-8")
        done = batch.batch(f, "--explain", **environment)
        tests.check("a role has another font: rendered", batch.rendered(done.errors) == 2 and
                    "other fonts" in done.output, done.output)


def font_file(tests):
    """A font that is replaced by another build of itself."""
    if not FONTS.is_dir():
        tests.skip("a font file changes", "there is no %s" % FONTS)
        return
    conf = pathlib.Path(program.environment()["PAIBAN_FONTS_CONF"]).read_text()
    with program.Folder() as f:
        f.write("in/2021/01.md", batch.issue(1, 1) + "\nIn Latin letters.\n")
        f.write("in/2021/02.md", batch.issue(2, 2).replace("5月31日", "五月"))
        shutil.copytree(FONTS, f.path / "fonts")
        f.write("fonts.conf", conf.replace(str(FONTS), str(f.path / "fonts")))
        batch.age(f.path)
        environment = {"PAIBAN_FONTS_CONF": str(f.path / "fonts.conf")}
        batch.batch(f, **environment)
        with open(f.path / "fonts/LiberationSerif-Regular.ttf", "ab") as file:
            file.write(b"\0\0\0\0")
        done = batch.batch(f, "--explain", **environment)
        tests.check("a font file changes: what shows it is rendered", done.status == 0 and
                    batch.rendered(done.errors) >= 1 and
                    "in/2021/01.md: changed: " in done.output and
                    "LiberationSerif-Regular.ttf" in done.output, done.output + done.errors)
        done = batch.batch(f, "--explain", **environment)
        tests.check("a font file changes: once", batch.rendered(done.errors) == 0, done.output)


def another_program(tests):
    with program.Folder() as f:
        archive(f)
        batch.batch(f)
        copy = f.path / "paiban"
        shutil.copy(program.PROGRAM, copy)
        with open(copy, "ab") as file:
            file.write(b"\0")
        build = pathlib.Path(program.PROGRAM).parent
        environment = {"PAIBAN_DATADIR": str(program.ROOT), "PAIBAN_MODULEDIR":
                       str(build / "render" / "out")}
        kept = program.PROGRAM
        program.PROGRAM = str(copy)
        try:
            environment["PAIBAN_FONTS_CONF"] = str(build / "tests" / "fonts.conf")
            rendered_for(f, tests, "another build of the program", "another version",
                         **environment)
        finally:
            program.PROGRAM = kept


def by_stat(tests):
    """What has the size and the time of long ago is taken as unchanged: it is not read."""
    with program.Folder() as f:
        archive(f)
        batch.batch(f)
        path = f.path / "in/2021/01.md"
        status = os.stat(path)
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("上海市", "北京市"), encoding="utf-8")
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        done = batch.batch(f)
        tests.check("unchanged by size and time: not read", batch.rendered(done.errors) == 0,
                    done.errors)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
        done = batch.batch(f)
        tests.check("a nanosecond later: read, rendered", batch.rendered(done.errors) == 1,
                    done.errors)
        before = os.stat(f.path / "out/manifest.json").st_mtime_ns
        batch.batch(f)
        tests.check("nothing changed: the manifest stays as well", before ==
                    os.stat(f.path / "out/manifest.json").st_mtime_ns)


def same_bytes(tests):
    """What a worker keeps from one issue to the next changes nothing in it."""
    with program.Folder() as f:
        subprocess.run([sys.executable, program.ROOT / "tests/corpus/generate.py", "--seed", "why",
                        "--count", "10", "--elements", "all", "-o", f.path / "in"], check=True,
                       capture_output=True)
        batch.batch(f, "-j", "1", "-q")
        differ = []
        for issue in sorted((f.path / "in").glob("*.md")):
            f.run("render", issue, "-q", "-o", "one.pdf")
            if (f.path / "one.pdf").read_bytes() != \
                    (f.path / "out" / (issue.stem + ".pdf")).read_bytes():
                differ.append(issue.name)
        tests.check("ten issues of one worker: the bytes of ten renders", not differ and
                    len(batch.pdfs(f)) == 10, differ)


def main():
    tests = program.Tests()
    for part in (same_bytes, layout_chain, roles, font_file, another_program, by_stat):
        part(tests)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
