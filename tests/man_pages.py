#!/usr/bin/env python3
"""Man pages and completions of the build: nothing of the program's tables is lacking (TAP).

$PAIBAN_BUILD has them in docs/man: English pages, Chinese ones in zh_CN/, completions.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

import program

FOLDER = pathlib.Path(os.environ.get("PAIBAN_BUILD", program.ROOT / "build"), "docs/man")
HAN = re.compile(r"[\u4e00-\u9fff]")


def plain(text):
    """A page's text without roff's escapes."""
    text = re.sub(r"\\f[BIR]|\\:|\\&", "", text)
    return text.replace("\\-", "-").replace("\\e", "\\")


def load(name):
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def check_page(tests, path):
    """groff has nothing to complain about."""
    if shutil.which("groff") is None:
        tests.skip(str(path.relative_to(FOLDER)), "groff is not installed")
        return
    done = subprocess.run(["groff", "-K", "utf8", "-T", "utf8", "-man", "-ww", "-z", path],
                          capture_output=True, text=True, check=False)
    tests.check("%s is a man page" % path.relative_to(FOLDER),
                done.returncode == 0 and not done.stderr, done.stderr)


def check_command(tests, command, language):
    folder = FOLDER / language if language else FOLDER
    path = folder / ("paiban-%s.1" % command["name"])
    text = plain(path.read_text(encoding="utf-8")) if path.exists() else ""
    lacking = [o["name"] for o in command["options"]
               if "--" + o["name"] not in text or o["help"] not in text]
    lacking += [line for line in command["examples"].splitlines() if line not in text]
    tests.check("%s in %s: summary, options, examples" % (path.name, language or "English"),
                command["summary"] in text and not lacking, lacking)


def check_tables(tests, tables, folder, language):
    layout = plain((folder / "paiban-layout.5").read_text(encoding="utf-8"))
    lacking = [k["name"] for k in tables["keys"]
               if k["name"] not in layout or k["help"] not in layout]
    tests.check("paiban-layout(5) in %s has every key" % language, len(tables["keys"]) > 100 and
                not lacking, lacking)
    rules = (folder / "paiban-check.1")
    rules = plain(rules.read_text(encoding="utf-8")) if rules.exists() else ""
    said = plain((folder / "paiban-diagnostics.7").read_text(encoding="utf-8"))
    for is_rule, text, page in ((True, rules, "paiban-check(1)"),
                                (False, said, "paiban-diagnostics(7)")):
        rows = [row for row in tables["diagnostics"] if row["rule"] == is_rule]
        lacking = [row["name"] for row in rows
                   if not re.search(r"^%s \(" % row["name"], text, re.M)]
        tests.check("%s in %s has every row" % (page, language), len(rows) > 100 and not lacking,
                    lacking)


def complete(words):
    """What bash offers for the last of the words."""
    script = ('source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _paiban; '
              'printf "%s\\n" "${COMPREPLY[@]}"')
    path = "%s:%s" % (pathlib.Path(program.PROGRAM).parent, os.environ["PATH"])
    done = subprocess.run(["bash", "-c", script, "bash", FOLDER / "paiban", *words],
                          env=program.environment(PATH=path), capture_output=True, text=True,
                          check=False)
    return done.stdout.split() if done.returncode == 0 else done.stderr


def check_completions(tests, tables):
    for shell, name in (("bash", "paiban"), ("zsh", "_paiban"), ("fish", "paiban.fish")):
        text = (FOLDER / name).read_text(encoding="utf-8")
        lacking = [o["name"] for c in tables["commands"] for o in c["options"]
                   if o["name"] not in text] + \
                  [c["name"] for c in tables["commands"] if c["name"] not in text]
        tests.check("%s completes every command and option" % shell, not lacking, lacking)
        if shutil.which(shell) is None:
            tests.skip("%s reads it" % shell, "%s is not installed" % shell)
            continue
        done = subprocess.run([shell, "-n", FOLDER / name], capture_output=True, text=True,
                              check=False)
        tests.check("%s reads it" % shell, done.returncode == 0 and not done.stderr, done.stderr)
    tests.check("bash: a command", complete(["paiban", "rend"]) == ["render"])
    tests.check("bash: an option", complete(["paiban", "render", "--pag"]) == ["--pages"])
    tests.check("bash: a value", complete(["paiban", "render", "--format", "s"]) == ["svg"])
    tests.check("bash: a layout", "monthly" in complete(["paiban", "render", "--layout", "mo"]))
    tests.check("bash: help", complete(["paiban", "help", "lay"]) == ["layouts"])
    tests.check("bash: nothing for what is unknown",
                complete(["paiban", "render", "--zebra"]) == [])


def main():
    tests = program.Tests()
    for language, tables in (("", load("tables-en.json")),
                             ("zh_CN", load("zh_CN/tables-zh_CN.json"))):
        folder = FOLDER / language if language else FOLDER
        for command in tables["commands"]:
            check_command(tests, command, language)
        check_tables(tests, tables, folder, language or "English")
        for path in sorted(folder.glob("*.[157]")):
            check_page(tests, path)
        if language:
            english = [k["name"] for k in tables["keys"] if not HAN.search(k["help"])]
            tests.check("the tables are in Chinese", not english, english)
    check_completions(tests, load("tables-en.json"))
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
