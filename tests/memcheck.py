#!/usr/bin/env python3
"""The main commands under Valgrind's memcheck (TAP): nothing read that was not written, nothing
beyond its block, nothing lost. tests/valgrind.supp has what libraries are known for.

It sees what the sanitizers do not: memory that was never written, also inside libraries that
are not built with them. PAIBAN_LONG adds the commands that share most of their code.
"""
import os
import shutil
import subprocess
import sys

import program

SEEDS = program.ROOT / "tests/fuzz/seeds"
MEMCHECK = ["valgrind", "--quiet", "--leak-check=full", "--show-leak-kinds=definite",
            "--errors-for-leak-kinds=definite", "--error-exitcode=99", "--num-callers=40",
            "--trace-children=yes", "--suppressions=%s" % (program.ROOT / "tests/valgrind.supp")]
PICTURES = "\n![甲](a.png) ![乙](b.jpg) ![丙](c.svg) ![丁](text.svg)\n"
# Command line, exit status.
COMMANDS = [
    (["render", "a.md", "-q", "-o", "a.pdf"], 0),
    (["check", "a.md"], 1),
    (["import", "a.pdf", "-o", "new/a.md", "--date", "2021-05"], 0),
    (["import", SEEDS / "import/monthly.txt", "-o", "new/b.md"], 0),
    (["batch", "in", "-o", "out", "-j", "1", "-q"], 0),
]
COMMANDS_LONG = [
    (["render", "a.md", "-q", "-o", "l.pdf", "--linearize"], 0),
    (["render", "a.md", "-q", "--format", "png", "--pages", "1", "-o", "p.png"], 0),
    (["render", "a.md", "-q", "--format", "svg", "--pages", "1", "-o", "a.svg"], 0),
    (["render", "a.md", "-q", "--dump", "pages"], 0),
    (["batch", "in", "-o", "out", "-j", "2", "-q"], 0),
    (["layouts"], 0),
    (["layouts", "--keys"], 0),
    (["fonts"], 0),
    (["help", "render"], 0),
    (["render", "none.md", "-o", "a.pdf"], 74),
]


def fill(folder):
    text = (SEEDS / "pipeline/elements.md").read_text(encoding="utf-8") + PICTURES
    for name in ("a.md", "in/a.md", "in/2/b.md"):
        folder.write(name, text)
        for path in ("image/a.png", "image/b.jpg", "image/c.svg", "svg/text.svg"):
            shutil.copy(SEEDS / path, (folder.path / name).parent)
    (folder.path / "new").mkdir()


def memcheck(folder, arguments, prog=program.PROGRAM):
    """Exit status and what valgrind reports."""
    done = subprocess.run([*MEMCHECK, prog, *map(str, arguments)], cwd=folder.path,
                          env=program.environment(MALLOC_PERTURB_=None, PAIBAN_FREE="1"), capture_output=True,
                          check=False)
    lines = done.stderr.decode("utf-8", "replace").splitlines()
    return done.returncode, "\n".join(line for line in lines if line.startswith("=="))


def main():
    tests = program.Tests()
    if program.is_sanitized():
        print("1..0 # SKIP a sanitized program does not run under valgrind")
        return 0
    with program.Folder() as folder:
        fill(folder)
        for arguments, wanted in COMMANDS + (COMMANDS_LONG if os.environ.get("PAIBAN_LONG") else []):
            status, report = memcheck(folder, arguments)
            tests.check("%s: no report" % " ".join(map(str, arguments[:2])).replace(
                str(program.ROOT) + "/", ""), status == wanted and not report,
                "status %d\n%s" % (status, report))
        status, report = memcheck(folder, ["-c", "import ctypes; ctypes.string_at(ctypes.CDLL("
                                           "None).malloc(1) + 32, 8)"], sys.executable)
        tests.check("a read beyond a block is noticed", "Invalid read" in report, report[-500:])
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
