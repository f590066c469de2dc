#!/usr/bin/env python3
"""Add up the TAP lines of meson's test logs; the last step of ./run-tests.

usage: summary.py BUILD-FOLDER… [--broken BUILD-FOLDER…]

Prints each failed assertion, each skipped one with its reason, and at last
"tests: N passed, N failed". A program that crashed, ran out of time or promised more
assertions than it made counts as one more failure, and so does a build that broke. The exit
status is 0 when some passed and none failed.
"""
import json
import pathlib
import re
import sys

LINE = re.compile(r"(not )?ok\b\s*\d*\s*(?:- )?(.*?)(?:\s*#\s*(SKIP|TODO)\b\S*\s*(.*))?$", re.I)
GOOD = {"OK", "SKIP", "EXPECTEDFAIL"}
TAIL = 20  # lines of a failed program's standard error that are shown


def assertions(output):
    """(passed, name, directive, reason) of each line of TAP."""
    for line in output.splitlines():
        found = LINE.match(line)
        if found:
            negative, name, directive, reason = found.groups()
            yield not negative, name, (directive or "").upper(), reason or ""


class Sum:
    def __init__(self):
        self.passed = 0
        self.failed = 0
        self.skipped = []
        self.failures = []

    def fail(self, sentence):
        self.failed += 1
        self.failures.append(sentence)

    def add(self, where, result, output, errors):
        failed_before = self.failed
        for passed, name, directive, reason in assertions(output):
            if directive == "SKIP":
                self.skipped.append(f"{where}: {name}: {reason or 'no reason given'}")
            elif passed:
                self.passed += 1
            elif directive != "TODO":
                self.fail(f"{where}: {name}")
        if result not in GOOD and self.failed == failed_before:
            self.fail(f"{where}: {result}")
        if self.failed > failed_before:
            notes = [line for line in output.splitlines() if line.startswith("#")]
            self.failures += [f"    {line}" for line in (notes + errors.splitlines())[-TAIL:]]

    def add_log(self, folder):
        log = pathlib.Path(folder) / "meson-logs" / "testlog.json"
        if not log.exists():
            self.fail(f"{folder}: the tests did not run")
            return
        for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
            test = json.loads(line)
            name = test["name"].split(" / ")[-1]
            self.add(f"{folder}: {name}", test["result"], test.get("stdout") or "",
                     test.get("stderr") or "")


def main():
    arguments = sys.argv[1:]
    split = arguments.index("--broken") if "--broken" in arguments else len(arguments)
    total = Sum()
    for folder in arguments[:split]:
        total.add_log(folder)
    for folder in arguments[split + 1:]:
        total.fail(f"{folder}: does not build")
    for sentence in total.skipped:
        print(f"skipped: {sentence}")
    for sentence in total.failures:
        print(sentence if sentence.startswith(" ") else f"failed: {sentence}")
    print(f"tests: {total.passed} passed, {total.failed} failed")
    return 0 if total.passed > 0 and total.failed == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
