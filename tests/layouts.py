#!/usr/bin/env python3
"""`paiban layouts --copy`, and every shipped layout on every sample (TAP)."""
import re
import sys

import program

SAMPLES = sorted((program.ROOT / "samples").rglob("*.md"))
SHIPPED = sorted(p.stem for p in (program.ROOT / "layouts").glob("*.yaml"))


def layout_values(folder, layout):
    done = folder.run("render", SAMPLES[0], "--layout", layout, "--dump", "layout")
    values = [line for line in done.output.splitlines() if re.match(r"[a-z0-9-]+\.", line)]
    return "\n".join(values) + "\n" if done.status == 0 else done.errors


def check_copy(tests, folder, name):
    done = folder.run("layouts", "--copy", name, "my.yaml", "--force")
    text = (folder.path / "my.yaml").read_text(encoding="utf-8")
    keys = re.findall(r"^ *# [a-z-]+: .+ # .+$", text, re.M)
    tests.check("%s: the copy inherits and shows ten keys" % name,
                done.status == 0 and "base: %s\n" % name in text and len(keys) == 10, text)
    tests.check("%s: the copy changes nothing" % name,
                layout_values(folder, "./my.yaml") == layout_values(folder, name))
    folder.write("all.yaml", re.sub(r"^( *)# ([a-z-]+: )", r"\1\2", text, flags=re.M))
    tests.check("%s: nor do its keys without the comment signs" % name,
                layout_values(folder, "./all.yaml") == layout_values(folder, name))
    folder.write("own.yaml", text.replace("    # size: ", "    size: 13pt # was ", 1))
    tests.check("%s: a key that is set counts" % name,
                "styles.body.size 13\n" in layout_values(folder, "./own.yaml"))


def check_refusals(tests, folder):
    folder.write("there.yaml", "base: base\n")
    done = folder.run("layouts", "--copy", "monthly", "there.yaml")
    tests.check("an existing file stays", done.status == 74 and "there.yaml" in done.errors and
                (folder.path / "there.yaml").read_text() == "base: base\n", done.errors)
    done = folder.run("layouts", "--copy", "monthlie", "new.yaml")
    tests.check("an unknown layout is refused", done.status == 64 and
                not (folder.path / "new.yaml").exists(), done.errors)
    done = folder.run("layouts", "--copy", "monthly")
    tests.check("a missing operand is refused", done.status == 64, done.errors)


def check_sizes(tests, folder):
    """号: as printers count them, or as Word rounds them."""
    for name, size, word in (("小四", "12", "12"), ("三号", "15.75", "16"), ("二号", "21", "22")):
        for option, expected in (("false", size), ("true", word)):
            folder.write("size.yaml", "base: base\npage: {word-sizes: %s}\nstyles:\n  item:\n"
                         "    size: %s\n" % (option, name))
            values = layout_values(folder, "./size.yaml")
            tests.check("%s is %s pt with word-sizes %s" % (name, expected, option),
                        "styles.item.size %s\n" % expected in values, values[-2000:])
    folder.write("size.yaml", "base: gongwen\npage: {word-sizes: true}\n")
    done = folder.run("render", program.ROOT / "samples/gongwen/2026-18.md", "--layout",
                      "./size.yaml", "-o", "a.pdf")
    tests.check("gongwen with Word's sizes", done.status == 0, done.errors)


MISTAKES = """base: base
page:
  margin-tpo: 2cm
  margin-top: 72
  margin-inner: 30px
header: {odd: {centre: "{titel}"}}
styles:
  body: {line-pitch: 3pt}
  item: {role: sung}
  section: {size: 5em, colour: "#12"}
"""
# (line, what is said, what is said to do)
TOLD = [(3, "unknown key ‘margin-tpo’", "margin-top"),
        (4, "‘margin-top’ must be a length with a unit", ""),
        (5, "‘margin-inner’ must be", ""),
        (6, "unknown field ‘{titel}’", "{title}"),
        (8, "‘line-pitch’ must be 6pt…200pt", ""),
        (9, "‘role’ must be one of song,", ""),
        (10, "‘colour’ must be", "")]


def check_mistakes(tests, folder):
    """An own layout with every kind of mistake: all are told in one run, with their places."""
    folder.write("bad.yaml", MISTAKES)
    done = folder.run("render", SAMPLES[0], "--layout", "./bad.yaml", "-o", "bad.pdf")
    for line, words, hint in TOLD:
        tests.check("line %d: %s" % (line, words), re.search(
            r"bad\.yaml:%d:\d+: (?:error|warning): .*%s.*(?:\n(?!\S*bad).*)*%s" % (
                line, re.escape(words), re.escape(hint)), done.errors), done.errors)
    tests.check("the layout is not used", done.status == 2 and "mistakes: 6" in done.errors and
                not (folder.path / "bad.pdf").exists(), (done.status, done.errors))
    folder.write("one.yaml", "base: ./two.yaml\n")
    folder.write("two.yaml", "base: ./one.yaml\n")
    done = folder.run("render", SAMPLES[0], "--layout", "./one.yaml", "-o", "bad.pdf")
    tests.check("a loop is told with its place", done.status == 2 and
                re.search(r"two\.yaml:1:7: fatal: layout inherits from itself", done.errors),
                done.errors)


def check_fields(tests, folder):
    """A field that the head gives nothing for leaves no white behind."""
    folder.write("plain.md", "---\ntitle: 周刊\ndate: 2024-05\nlayout: newsletter\n---\n\n文。\n")
    done = folder.run("render", "plain.md", "--dump", "pages")
    places = re.findall(r'^  text \S+ (\S+) \S+ .*"(周刊|2024 ?)"', done.output, re.M)
    tests.check("a date without a number stands at the left", len(places) >= 2 and
                len({x for x, _ in places[:2]}) == 1, places)


def check_samples(tests, folder):
    for layout in SHIPPED:
        for sample in SAMPLES:
            done = folder.run("render", sample, "--layout", layout, "-o", "a.pdf", "--strict")
            tests.check("%s sets %s without a fault" % (layout, sample.name),
                        done.status == 0, done.errors)


def main():
    tests = program.Tests()
    with program.Folder() as folder:
        for name in SHIPPED:
            check_copy(tests, folder, name)
        check_refusals(tests, folder)
        check_sizes(tests, folder)
        check_mistakes(tests, folder)
        check_fields(tests, folder)
        check_samples(tests, folder)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
