#!/usr/bin/env python3
"""Compare the dump of two pages of the sample with tests/golden/ (TAP).

usage: golden.py             compare
       golden.py --update    show what changed, ask, and write the new goldens

Goldens hold positions in units, so that they are equal on every machine with the same fonts;
where the fonts differ from those that the golden was made with, the comparison is skipped
and says so: a page of other glyphs has other numbers.
"""
import difflib
import re
import sys

import program

SAMPLE = "samples/2021-05.md"
PAGES = {"2021-05-highlights.txt": 1, "2021-05-foreign.txt": 8}  # file: index of the page
FOLDER = program.ROOT / "tests/golden"


def fonts():
    """The lines of `paiban fonts` that name files in use, without their folders."""
    return re.sub(r"/\S*/", "", program.run("fonts").output)


def pages():
    """The dump of each page, with its heading line."""
    result = program.run("render", SAMPLE, "--dump=pages", cwd=program.ROOT)
    if result.status != 0:
        raise SystemExit("Bail out! " + result.errors)
    return re.split(r"^(?=page )", result.output, flags=re.M)[1:]


def actual():
    dumped = pages()
    return {name: dumped[index] for name, index in PAGES.items()}


def golden(name):
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def difference(name, new):
    return list(difflib.unified_diff(golden(name).splitlines(), new.splitlines(),
                                     "golden/" + name, "now", lineterm="", n=1))


def update():
    changed = False
    for name, text in {**actual(), "fonts.txt": fonts()}.items():
        lines = difference(name, text)
        changed = changed or bool(lines)
        print("\n".join(lines))
    if not changed:
        print("golden: nothing changed")
        return 0
    if "--yes" not in sys.argv and input("golden: write these? [y/N] ").strip() != "y":
        return 1
    FOLDER.mkdir(exist_ok=True)
    for name, text in {**actual(), "fonts.txt": fonts()}.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


def compare():
    tests = program.Tests()
    same_fonts = not difference("fonts.txt", fonts())
    for name, text in actual().items():
        if not same_fonts:
            tests.skip(name, "other fonts are installed than the golden was made with")
            continue
        tests.check(name, not difference(name, text), "\n".join(difference(name, text)))
        tests.check(name + " differs where one number does",
                    re.sub(r"\d+", "0", text, count=1) != golden(name))
    return tests.finish()


if __name__ == "__main__":
    sys.exit(update() if "--update" in sys.argv else compare())
