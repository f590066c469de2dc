#!/usr/bin/env python3
"""Run every fenced shell example of the documentation (TAP).

The blocks fenced with ```sh are run line by line in a folder that has the samples and an
issue.md, one after another as a reader would: each document has a fresh folder. paiban is in the
path; each line must exit with 0, or with the N of a remark `# exit status N` behind it. `paiban
watch`, which ends by Ctrl-C, gets one. Of the scripts that set up a machine (./quickstart,
./run-tests) only the syntax is checked: they would run this test.
The examples in `paiban help COMMAND` are run in the same way.
"""
import os
import re
import shutil
import struct
import subprocess
import sys

import program

DOCUMENTS = ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "docs/ARCHITECTURE.md",
             "docs/BATCH.md", "docs/CONTENT.md", "docs/CONTENT.zh-CN.md",
             "docs/LAYOUT.md", "docs/LAYOUT.zh-CN.md", "docs/DIAGNOSTICS.md", "docs/man/paiban.md"]
SCRIPTS = ("./quickstart", "./run-tests", ".ci/run")
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.M | re.S)


def lines_of(text):
    """Lines of shell, those that end with a backslash joined."""
    joined = text.replace("\\\n", " ")
    return [line.strip() for line in joined.splitlines() if line.strip()
            and not line.lstrip().startswith("#")]


def prepare(folder):
    shutil.copytree(program.ROOT / "samples", folder.path / "samples")
    shutil.copy(program.ROOT / "samples/2021-05.md", folder.path / "issue.md")
    shutil.copy(program.ROOT / "samples/series.yaml", folder.path / "series.yaml")
    for name in ("out", "bin", "issues", "tests"):
        (folder.path / name).mkdir()
    shutil.copy(program.ROOT / "samples/2021-05.md", folder.path / "issues")
    shutil.copytree(program.ROOT / "tests/original", folder.path / "tests/original")
    (folder.path / "out/imported").mkdir()
    (folder.path / "bin/paiban").symlink_to(os.path.abspath(program.PROGRAM))


def run_line(tests, folder, where, line):
    if line.split()[0] in SCRIPTS:
        script = program.ROOT / line.split()[0]
        done = subprocess.run(["bash", "-n", script], capture_output=True, text=True, check=False)
        tests.check("%s: %s is a script" % (where, line.split()[0]),
                    done.returncode == 0 and os.access(script, os.X_OK), done.stderr)
        return
    path = "%s:%s" % (folder.path / "bin", os.environ["PATH"])
    remark = re.search(r"# exit status (\d+)$", line)
    wanted = [int(remark[1])] if remark else [0]
    if line.startswith("paiban watch "):
        line = "timeout --preserve-status --signal=INT 3 " + line
        wanted = [0, 130]
    done = subprocess.run(["bash", "-c", line], cwd=folder.path, capture_output=True, text=True,
                          env=program.environment(PATH=path), timeout=program.TIME_LIMIT,
                          check=False)
    tests.check("%s: %s" % (where, line), done.returncode in wanted,
                "%d\n%s%s" % (done.returncode, done.stdout, done.stderr))


def run_text(tests, where, text):
    with program.Folder() as folder:
        prepare(folder)
        for line in lines_of(text):
            run_line(tests, folder, where, line)


def check_links(tests, name, text):
    """Files and pictures that a document points to are there; pictures are of a page, and small."""
    for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", re.sub(r"`[^`]*`", "", text)):
        path = (program.ROOT / name).parent / target
        tests.check("%s: %s is there" % (name, target), path.exists())
        if target.endswith(".png"):
            width, height = struct.unpack(">II", path.read_bytes()[16:24])
            whole = not path.name.startswith("part-")  # an example of the guide
            tests.check("%s: %s is a small picture of an A4 page, or a part" % (name, target),
                        (abs(height / width - 297 / 210) < 0.01) == whole and
                        path.stat().st_size < 200000,
                        (width, height))


def help_examples():
    for line in program.run("help").output.splitlines():
        name = re.match(r"  (\w+) ", line)
        if name:
            text = program.run("help", name.group(1)).output
            yield "help " + name.group(1), text.split("examples:\n")[1]


def main():
    tests = program.Tests()
    for name in DOCUMENTS:
        text = (program.ROOT / name).read_text(encoding="utf-8")
        run_text(tests, name, "".join(BLOCK.findall(text)))
        check_links(tests, name, re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S))
    for where, text in help_examples():
        run_text(tests, where, text)
    tests.check("there are examples", tests.count > 10, tests.count)
    with program.Folder() as folder:
        prepare(folder)
        wrong = program.Tests()
        wrong.check = lambda name, passed, detail="": setattr(wrong, "failed", not passed)
        run_line(wrong, folder, "", "paiban render none.md")
        tests.check("an example that fails is noticed", wrong.failed)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
