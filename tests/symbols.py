#!/usr/bin/env python3
"""No two layers define a function of the same name (TAP).

Layers are static libraries: the linker takes the first definition and says nothing, so that a
layer would silently call another's function. $PAIBAN_BUILD has the libraries.
"""
import collections
import os
import pathlib
import subprocess
import sys

import program

BUILD = pathlib.Path(os.environ.get("PAIBAN_BUILD", program.ROOT / "build"))


def defined(library):
    """Names of the global functions and data that a library defines."""
    done = subprocess.run(["nm", "-g", "--defined-only", library], capture_output=True, text=True,
                          check=True)
    return {words[2] for words in map(str.split, done.stdout.splitlines()) if len(words) == 3
            and words[1] in "TDRB"}


def twice(names_by_library):
    owners = collections.defaultdict(list)
    for library, names in names_by_library.items():
        for name in names:
            owners[name].append(library)
    return {name: found for name, found in owners.items() if len(found) > 1}


def main():
    tests = program.Tests()
    names = {path.name: defined(path) for path in BUILD.glob("render/*/lib*.a")}
    tests.check("the libraries are there", len(names) >= 14 and
                sum(map(len, names.values())) > 500, list(names))
    sanitizers = {name: {n for n in found if not n.startswith("_")} for name, found in names.items()}
    found = twice(sanitizers)
    tests.check("no name in two layers", not found, found)
    tests.check("a name in two layers is noticed",
                twice({"a": {"x", "y"}, "b": {"y"}}) == {"y": ["a", "b"]})
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
