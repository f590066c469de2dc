#!/usr/bin/env python3
"""Samples with bytes changed, cut out, doubled and exchanged are rendered, and issues of the
generator as they are (TAP).

Each ends with exit status 0, 1 or 2, within ten seconds of CPU time, and leaves the old output or a whole
new one. Most changes break a character, and the document is refused for that: each is also
tried without the broken ones. The changes come from a fixed seed: a failure names its number
and repeats. PAIBAN_LONG makes 1,000 of each sample, and takes 200 issues.
"""
import os
import random
import subprocess
import sys

import program

COUNT = 1000 if os.environ.get("PAIBAN_LONG") else 13
ISSUES = 200 if os.environ.get("PAIBAN_LONG") else 10
OLD = b"%PDF-old output\n"
LIMIT = program.cpu_limit(10)
PIECES = [b"[", b"](", b"*", b"**", b"`", b">", b"|", b"\n", b"\n\n", b"<!--", b"{", b"}",
          b"---\n", b"\t", b"\0", b"\xff", b"\xe2\x80\x8b", "“".encode(), "　".encode(), b"[^1]: "]


def mutate(data, chance):
    data = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at, length = chance.randrange(len(data)), chance.randint(1, 64)
        kind = chance.randrange(5)
        if kind == 0:
            data[at] = chance.randrange(256)
        elif kind == 1:
            del data[at:at + length]
        elif kind == 2:
            data[at:at] = data[at:at + length] * chance.randint(1, 20)
        elif kind == 3:
            data[at:at] = chance.choice(PIECES) * chance.choice((1, 1, 3, 100))
        else:
            to = chance.randrange(len(data))
            data[to:to] = data[at:at + length]
    return bytes(data) or b"x"


def repair(data):
    """What is left without bytes that are no UTF-8 and without NUL."""
    return data.decode("utf-8", "ignore").replace("\0", "").encode() or b"x"


def is_whole(output):
    return output == OLD or (output.startswith(b"%PDF-1") and output.rstrip().endswith(b"%%EOF"))


def run(folder, data):
    """What is wrong, or None."""
    folder.write("a.md", data)
    folder.write("a.pdf", OLD)
    try:
        done = folder.run("render", "a.md", "-q", "-o", "a.pdf", preexec=LIMIT)
    except subprocess.TimeoutExpired:
        return "does not end"
    if done.status not in (0, 1, 2):
        return "status %d: %s" % (done.status, done.errors[-300:])
    if not is_whole((folder.path / "a.pdf").read_bytes()) or folder.temporaries():
        return "torn output"
    return "raw control" if "\x1b" in done.errors else None


def corpus(tests):
    """Every element in every language, with pictures."""
    with program.Folder() as folder:
        subprocess.run([sys.executable, program.ROOT / "tests/corpus/generate.py", "--seed", "12",
                        "--count", str(ISSUES), "--lang", "mix", "--elements", "all",
                        "-o", folder.path], check=True, capture_output=True)
        bad = []
        for path in sorted(folder.path.glob("*.md")):
            done = folder.run("render", path.name, "-q", "-o", "a.pdf")
            if done.status != 0 or not is_whole((folder.path / "a.pdf").read_bytes()):
                bad.append((path.name, done.status, done.errors[-300:]))
        tests.check("%d generated issues" % ISSUES, not bad, bad[:5])


def main():
    tests = program.Tests()
    corpus(tests)
    with program.Folder() as folder:
        for sample in sorted((program.ROOT / "samples").glob("**/*.md")):
            data, bad = sample.read_bytes(), []
            for number in range(COUNT):
                changed = mutate(data, random.Random("%s %d" % (sample.stem, number)))
                for kind, text in (("as it is", changed), ("repaired", repair(changed))):
                    wrong = run(folder, text)
                    if wrong:
                        bad.append((number, kind, wrong))
            tests.check("%d changes of %s" % (COUNT, sample.name), not bad, bad[:5])
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
