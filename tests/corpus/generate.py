#!/usr/bin/env python3
"""generate: synthetic issues for tests: generate.py --seed N --count K [--lang L] -o DIR

Writes DIR/issue-0001.md … and DIR/images/, the same bytes for the same options (pictures: with
the same zlib). Issues follow one another month by month. With --elements all every element of
the content format occurs, otherwise paragraphs with all inline forms. --stats counts what was
written; without -o nothing is.

All text is drawn from word lists and from the Han of GB 2312, Big5 and JIS X 0208; none of it
comes from elsewhere. It is clean: an editor's checker has nothing to find in it, so that a test
can plant faults and count what is found.
"""
import argparse
import os
import re
import sys

from grammar import HAN
from issue import Issue, count

LANGUAGES = ["zh-Hans", "zh-Hant", "ja", "en"]
MIX = ["zh-Hans"] * 7 + ["zh-Hant", "ja", "en"]  # of ten issues in a mix
FIRST_MONTH = 1992 * 12


def issues(options):
    """(file name, Issue) of every issue asked for."""
    for index in range(options.count):
        language = MIX[index % len(MIX)] if options.lang == "mix" else options.lang
        yield f"issue-{index + 1:04}.md", Issue(
            options.seed, index, language, options.elements == "all", FIRST_MONTH + index,
            options.layout, options.rule)


def write(folder, name, data):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as out:
        out.write(data)


class Stats:
    """Lengths and characters over all issues."""

    def __init__(self):
        self.han, self.lengths, self.images = set(), [], []

    def add(self, issue, data):
        body = data.decode().split("---", 2)[2]
        self.han.update(re.findall(f"[{HAN}]", body))
        self.lengths.append((issue.language, count(issue.language, body)))
        self.images += [len(image) for image in issue.images.values()]

    def print(self):
        print(f"issues: {len(self.lengths)}")
        print(f"distinct Han: {len(self.han)}")
        for language in LANGUAGES:
            lengths = [length for name, length in self.lengths if name == language]
            if lengths:
                unit = {"en": "words", "ja": "Han and kana"}.get(language, "Han")
                print(f"{language}: {len(lengths)} issues of {min(lengths)} to {max(lengths)} {unit}")
        if self.images:
            print(f"images: {len(self.images)}, largest {max(self.images)} bytes")


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", default="1", help="any text; the same seed gives the same issues")
    parser.add_argument("--count", type=int, default=1, metavar="K", help="number of issues")
    parser.add_argument("--lang", choices=LANGUAGES + ["mix"], default="mix")
    parser.add_argument("--elements", choices=["paragraphs", "all"], default="all")
    parser.add_argument("--layout", help="name a layout in each head")
    parser.add_argument("--rule", help="switch this rule of the checker off in heads and comments")
    parser.add_argument("--stats", action="store_true", help="print counts")
    parser.add_argument("-o", dest="folder", metavar="DIR", help="where to write")
    options = parser.parse_args(arguments)
    if options.count < 1:
        parser.error("--count must be at least 1")
    if not options.folder and not options.stats:
        parser.error("-o DIR or --stats is needed")
    return options


def main(arguments):
    options = parse(arguments)
    stats = Stats()
    for name, issue in issues(options):
        data = issue.bytes()
        if options.folder:
            write(options.folder, name, data)
            for path, image in issue.images.items():
                write(options.folder, path, image)
        if options.stats:
            stats.add(issue, data)
    if options.stats:
        stats.print()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
