#!/usr/bin/env python3
"""Instruction counts of an edit under watch: from the save to the renamed PDF (TAP).

Callgrind writes its counts out each time that a PDF has been renamed, so that each part has one
edit: noticing it, hashing, reading, composing, pages, PDF. Seconds would not repeat.
"""
import pathlib
import re
import subprocess
import sys

import cost
import program

SAME_MOST = 22_000_000   # an edit whose glyphs are all in the PDF already
NEW_MOST = 33_000_000    # one with a glyph that the issue did not have
COMPOSED_MOST = 2        # paragraphs composed for an edit of one; a page's furniture is another
NEW_GLYPHS = "鑫淼焱垚犇骉麤鱻羴"


def places(text):
    """The lines of the first, the middle and the last long paragraph."""
    long = [i for i, line in enumerate(text.split("\n"))
            if len(line) > 60 and "：http" not in line and not line.startswith("#")]
    return {"start": long[0], "middle": long[len(long) // 2], "end": long[-1]}


def insert(line, new):
    return line[:20] + new + line[20:]


def delete(line, _):
    return line[:30] + line[31:]


def append(line, new):
    return line + "\n\n" + new + line[3:23] + "。"


def edits(text, glyphs):
    """(name, whole text after the edit), each on top of the one before."""
    for place in ("start", "middle", "end"):
        for kind in (insert, delete, append):
            lines = text.split("\n")
            at = places(text)[place]
            lines[at] = kind(lines[at], next(glyphs))
            text = "\n".join(lines)
            yield "%s at the %s" % (kind.__name__, place), text


class Watch:
    """`paiban watch a.md -o a.pdf` under callgrind."""

    def __init__(self, folder):
        self.folder = folder
        self.process = subprocess.Popen(
            ["valgrind", "--tool=callgrind", "--callgrind-out-file=callgrind.out",
             "--dump-after=job_render", program.PROGRAM, "watch", "a.md", "-o", "a.pdf"],
            cwd=folder.path, env=program.environment(MALLOC_PERTURB_=None),
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.parts = 0
        self.event()

    def event(self):
        """The line that the next rendering prints, and the part of the counts it ends."""
        line = self.process.stdout.readline().decode()
        self.parts += 1
        return line, (self.folder.path / ("callgrind.out.%d" % self.parts)).read_text()

    def save(self, text):
        self.folder.write("new.md", text)
        (self.folder.path / "new.md").rename(self.folder.path / "a.md")
        return self.event()

    def stop(self):
        self.process.terminate()
        self.process.communicate()


def instructions(part):
    return int(re.search(r"^(?:summary|totals): (\d+)", part, re.M)[1])


def calls(part, function):
    """How often a function was called."""
    name = re.search(r"^c?fn=(\(\d+\)) %s$" % function, part, re.M)
    if not name:
        return 0
    return sum(int(n) for n in re.findall(
        r"^cfn=%s(?: .*)?\ncalls=(\d+)" % re.escape(name[1]), part, re.M))


def measure(tests, folder, kind, glyphs, most):
    text = cost.SAMPLE.read_text(encoding="utf-8")
    folder.write("a.md", text)
    watch = Watch(folder)
    text += "\n"
    watch.save(text)  # the first edit ends the start of the program
    for name, text in edits(text, glyphs):
        line, part = watch.save(text)
        count = instructions(part)
        print("# %s: %.1f million; %s" % (name, count / 10**6, line.strip()))
        tests.check("%s, %s: at most %d million instructions" % (name, kind, most // 10**6),
                    "pages" in line and 0 < count <= most, "%d %s" % (count, line))
        composed = calls(part, "lines_compose")
        tests.check("%s, %s: only changed paragraphs are composed" % (name, kind),
                    0 < composed <= COMPOSED_MOST, composed)
    watch.stop()


def same(tests, folder):
    measure(tests, folder, "no new glyph", iter("医" * 9), SAME_MOST)


def new(tests, folder):
    measure(tests, folder, "a new glyph", iter(NEW_GLYPHS), NEW_MOST)


if __name__ == "__main__":
    sys.exit(cost.main(same, new))
