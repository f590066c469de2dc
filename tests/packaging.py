#!/usr/bin/env python3
"""packaging/debian says what tools/setup.sh and meson.build say (TAP); tests/package builds it."""
import re
import sys

import program

DEBIAN = program.ROOT / "packaging/debian"
NOT_NEEDED = {"gcc", "libc6-dev", "hyphen-en-us"}  # build-essential; found when running


def setup_packages(text):
    """Packages that setup.sh installs to build, without the fonts."""
    body = re.search(r"^packages_build=\(\n(.*?)^\)", text, re.M | re.S)[1]
    words = re.sub(r"#.*", "", body).split()
    return {w for w in words if not w.startswith("fonts-")} - NOT_NEEDED


def build_depends(text):
    body = re.search(r"^Build-Depends:(.*?)^\S", text, re.M | re.S)[1]
    names = {re.sub(r"\(.*\)", "", name).strip() for name in body.split(",")}
    return names - {"debhelper-compat", "python3", ""}


def main():
    tests = program.Tests()
    setup = setup_packages((program.ROOT / "tools/setup.sh").read_text(encoding="utf-8"))
    control = (DEBIAN / "control").read_text(encoding="utf-8")
    tests.check("Build-Depends are what setup.sh installs", len(setup) > 10 and
                build_depends(control) == setup, build_depends(control) ^ setup)
    less = control.replace(" libyaml-dev,\n", "")
    tests.check("a missing one is noticed", build_depends(less) != setup)
    version = re.search(r"version: '([^']+)'", (program.ROOT / "meson.build").read_text())[1]
    changelog = (DEBIAN / "changelog").read_text(encoding="utf-8")
    tests.check("the changelog has the version", changelog.startswith("paiban (%s-" % version))
    roles = (program.ROOT / "tools/setup.sh").read_text(encoding="utf-8")
    fonts = set(re.findall(r"fonts-[\w-]+", roles)) | {"hyphen-en-us"}
    lacking = [name for name in fonts if not re.search(r"\b%s\b" % name, control)]
    tests.check("the package wants the same fonts", not lacking, lacking)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
