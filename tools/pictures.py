#!/usr/bin/env python3
"""Make the pictures of docs/pictures with the program (`ninja -C build docs-pictures`).

usage: pictures.py PAIBAN [FOLDER]    into FOLDER, else docs/pictures

A page of each layout's sample, and the examples of docs/CONTENT.md: a fence of Markdown with a
picture pictures/part-NAME.png behind it is set on a page as high as its text.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

import manual

# Picture → (sample, page).
SAMPLES = {
    "page": ("samples/2021-05.md", 2),
    "jianbao": ("samples/jianbao/2026-07.md", 1),
    "gongwen": ("samples/gongwen/2026-18.md", 1),
    "newsletter": ("samples/newsletter/2026-w20.md", 2),
}
PAGE_DPI, PART_DPI = 60, 96
MARGIN = 20     # pt around an example
WIDTH = 400     # pt
TALL = 2000     # pt; higher than any example
LAYOUT = """base: base
page: {width: %(width)dpt, height: %(height)dpt, margin-top: %(margin)dpt,
  margin-bottom: %(margin)dpt, margin-inner: %(margin)dpt, margin-outer: %(margin)dpt}
header: {rule: 0, odd: {left: "", centre: "", right: ""}}
footer: {odd: {left: "", centre: "", right: ""}}
cover: {show: false}
masthead: {lines: []}
highlights: {show: false}
"""
HEAD = "---\ntitle: 示例\ndate: 2026-05\n---\n\n"
BASELINE = re.compile(r"^  text \S+ \S+ (\S+) width", re.M)
DEPTH = 12      # pt below the last baseline: descenders, marks, the margin


def examples():
    """(picture, Markdown) of each example in docs/CONTENT.md."""
    text = (manual.ROOT / "docs/CONTENT.md").read_text(encoding="utf-8")
    return [(m[2], m[1]) for m in re.finditer(
        r"^```markdown\n((?:(?!```).*\n)*)```\n\n!\[[^\]]*\]\(pictures/(part-\w+)\.png\)$",
        text, re.M)]


def run(program, *arguments):
    return subprocess.run([program, "render", *map(str, arguments)], check=True,
                          capture_output=True, text=True, encoding="utf-8").stdout


def set_example(program, folder, markdown, *arguments, height):
    """Render an example on a page of that height; the dump or nothing."""
    issue, layout = folder / "example.md", folder / "example.yaml"
    issue.write_text(HEAD + markdown, encoding="utf-8")
    layout.write_text(LAYOUT % {"width": WIDTH, "height": height, "margin": MARGIN},
                      encoding="utf-8")
    return run(program, issue, "--layout", layout, *arguments)


def make_part(program, folder, markdown, picture):
    has_notes = "[^" in markdown
    tall = set_example(program, folder, re.sub(r"\[\^\w+\](: .*)?", "", markdown),
                       "--dump", "pages", height=TALL)
    height = round(max(map(float, BASELINE.findall(tall)))) + DEPTH + MARGIN
    set_example(program, folder, markdown, "--dpi", PART_DPI, "--pages", 1, "-o", picture,
                height=height + (50 if has_notes else 0))


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    program = sys.argv[1]
    target = pathlib.Path(sys.argv[2] if sys.argv[2:] else manual.ROOT / "docs/pictures")
    for name, (sample, page) in SAMPLES.items():
        run(program, manual.ROOT / sample, "--pages", page, "--dpi", PAGE_DPI,
            "-o", target / (name + ".png"))
    with tempfile.TemporaryDirectory() as folder:
        for name, markdown in examples():
            make_part(program, pathlib.Path(folder), markdown, target / (name + ".png"))


if __name__ == "__main__":
    main()
