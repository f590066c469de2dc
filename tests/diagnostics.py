#!/usr/bin/env python3
"""Hold the table of diagnostics, docs/DIAGNOSTICS.md and the tests together (TAP).

usage: diagnostics.py [--list]      --list prints the rows that the document should have

Every row of render/base/diag_table.h stands in docs/DIAGNOSTICS.md with its level, its
message, its cause and its cure, in the same order within its layer, and has a case: its name in quotes in a Python
test, or its enumerator in a unit test. Messages follow the house's rules.
"""
import re
import sys

import program

TABLE = program.ROOT / "render/base/diag_table.h"
DOCUMENT = program.ROOT / "docs/DIAGNOSTICS.md"
ROW = re.compile(r'^DIAG\((\w+), "([\w-]+)", LEVEL_(\w+),\s*N_\("((?:[^"\\]|\\.)*)"\)\)', re.M)
DOCUMENT_ROW = re.compile(r"^\| `([\w-]+)` \| (\w+) \| ((?:\\\||[^|])*) \| ((?:\\\||[^|])+) \| "
                          r"((?:\\\||[^|])+) \|$", re.M)
CONVERSION = re.compile(r"%[-+ #0]*\d*(?:\.(?:\d+|\*))?(?:hh|h|ll|l|z|j|t)?([a-zA-Z%])")


def table():
    """(enumerator, name, level, message) of each row, in the table's order."""
    text = TABLE.read_text(encoding="utf-8")
    rows = [(e, n, level.lower(), m) for e, n, level, m in ROW.findall(text)]
    assert len(rows) == len(re.findall(r"^DIAG\(", text, re.M)), "a row that is not understood"
    return rows


def plain(message):
    """The message as the document shows it: … for what is filled in."""
    shown = CONVERSION.sub(lambda m: "%" if m.group(1) == "%" else "…", message)
    return shown.replace("|", "\\|")


def test_texts():
    paths = sorted((program.ROOT / "tests").glob("*.py")) + \
        sorted((program.ROOT / "tests/unit").glob("*.c"))
    return "\n".join(p.read_text(encoding="utf-8") for p in paths if p.name != "diagnostics.py")


def has_case(row, texts):
    return any(form % row[1] in texts for form in ('"%s"', '"[%s]"')) or re.search(r"\b%s\b" % row[0], texts) is not None


def house_rules(message):
    return not message.endswith(".") and not re.match(r"[A-Z][a-z]", message) \
        and "'" not in message and '\\"' not in message


def main():
    rows = table()
    if "--list" in sys.argv:
        for _, name, level, message in rows:
            print("| `%s` | %s | %s | | |" % (name, level, plain(message)))
        return 0
    tests = program.Tests()
    documented = {name: (level, message) for name, level, message, _, _ in
                  DOCUMENT_ROW.findall(DOCUMENT.read_text(encoding="utf-8"))}
    texts = test_texts()
    for row in rows:
        _, name, level, message = row
        tests.check(name + " is documented as it is", documented.get(name) ==
                    (level, plain(message)), "%s\n%s" % (documented.get(name), (level, plain(message))))
        tests.check(name + " has a case", has_case(row, texts))
        tests.check(name + " follows the house's rules", house_rules(message), message)
    names = [row[1] for row in rows]
    tests.check("names are unique", len(set(names)) == len(names))
    tests.check("nothing else is documented", not set(documented) - set(names),
                set(documented) - set(names))
    tests.check("a name without a case is noticed",
                not has_case(("DIAG_NO_" "SUCH", "no-such-" "diagnostic"), texts))
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
