#!/usr/bin/env python3
"""What a release build is hardened by (TAP), as readelf and nm see the program and each module:
position-independent, full RELRO, a stack that is not executable, no search path for libraries,
the stack protector, fortified calls. $PAIBAN_BUILD is the build; one without the option
`hardening` or with sanitizers is skipped.
"""
import json
import os
import pathlib
import re
import subprocess
import sys

import program

BUILD = pathlib.Path(os.environ.get("PAIBAN_BUILD", program.ROOT / "build"))
# In the commands: what leaves no trace in the file.
FLAGS = ("-fstack-protector-strong", "-fstack-clash-protection", "-fcf-protection",
         "-D_FORTIFY_SOURCE=2")


def options():
    described = json.loads((BUILD / "meson-info/intro-buildoptions.json").read_text())
    return {option["name"]: option["value"] for option in described}


def output_of(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def lacks(path):
    """What the file is not hardened by."""
    seen = output_of("readelf", "-W", "-h", "-l", "-d", path)
    wanted = {"position-independent": r"Type: +DYN", "RELRO": r"GNU_RELRO", "now": r"Flags:.*NOW",
              "a stack that is not executable": r"GNU_STACK( +0x[0-9a-f]+){5} RW +"}
    found = [name for name, pattern in wanted.items() if not re.search(pattern, seen)]
    return found + [name for name in ("RPATH", "RUNPATH", "TEXTREL") if "(%s)" % name in seen]


def commands_without(flag):
    """Files of render/ that are compiled without a flag."""
    entries = json.loads((BUILD / "compile_commands.json").read_text())
    return [entry["file"] for entry in entries
            if "/render/" in entry["file"] and flag not in entry["command"].split()]


def main():
    tests = program.Tests()
    options_of_build = options()
    if not options_of_build["hardening"] or options_of_build["b_sanitize"] != "none":
        print("1..0 # SKIP this build is not to be hardened")
        return 0
    paths = [BUILD / "paiban", *sorted(BUILD.glob("render/*/*.so"))]
    tests.check("the modules are there", len(paths) >= 4, paths)
    for path in paths:
        tests.check("%s is hardened" % path.name, not lacks(path), lacks(path))
    symbols = output_of("nm", "-D", BUILD / "paiban")
    tests.check("the stack is protected", "__stack_chk_fail" in symbols)
    if options_of_build["optimization"] in ("0", "g", "plain"):
        tests.skip("calls are fortified", "without optimisation none are")
    else:
        tests.check("calls are fortified", "__snprintf_chk" in symbols or
                    "__vsnprintf_chk" in symbols)
        for flag in FLAGS:
            tests.check("everything is compiled with %s" % flag, not commands_without(flag),
                        commands_without(flag)[:5])
    tests.check("a program that is not hardened is noticed", lacks(not_hardened()) != [])
    return tests.finish()


def not_hardened():
    """An object file: it has no program headers at all."""
    return next(BUILD.glob("paiban.p/*.o"))


if __name__ == "__main__":
    sys.exit(main())
