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
        check_samples(tests, folder)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
