#!/usr/bin/env python3
"""What `meson install` puts where, and that an installation works from wherever it stands (TAP)."""
import os
import pathlib
import shutil
import subprocess
import sys

import program

BUILD = pathlib.Path(os.environ.get("PAIBAN_BUILD", program.ROOT / "build"))
FILES = ("bin/paiban", "share/paiban/layouts/base.yaml", "share/paiban/layouts/monthly.yaml",
         "share/paiban/fonts/roles.yaml", "share/paiban/fonts/fonts.conf",
         "share/locale/zh_CN/LC_MESSAGES/paiban.mo", "share/man/man1/paiban.1",
         "share/man/man1/paiban-render.1", "share/man/man5/paiban-content.5",
         "share/man/man5/paiban-layout.5", "share/man/man7/paiban-diagnostics.7",
         "share/man/zh_CN/man1/paiban-render.1", "share/man/zh_CN/man5/paiban-layout.5",
         "share/bash-completion/completions/paiban", "share/zsh/site-functions/_paiban",
         "share/fish/vendor_completions.d/paiban.fish")
MODULES = ("paiban-cairo.so", "paiban-svg.so")


def install(folder):
    """Install below a folder, as a package is made; the prefix inside it, or None."""
    done = subprocess.run(["meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", "--destdir",
                           folder], capture_output=True, text=True, check=False)
    found = list(pathlib.Path(folder).rglob("bin/paiban"))
    return (found[0].parent.parent if found else None), done.stdout + done.stderr


def run(prefix, *arguments, **changes):
    """Run the installed program without any of the environment that leads to the build."""
    kept = {k: v for k, v in program.environment(**changes).items()
            if not k.startswith("PAIBAN_") or k in changes}
    return subprocess.run([prefix / "bin/paiban", *arguments], capture_output=True, text=True,
                          env=kept, cwd="/", timeout=program.TIME_LIMIT, check=False)


def check_moved(tests, prefix, work):
    issue = program.ROOT / "samples/2021-05.md"
    done = run(prefix, "render", issue, "-o", work / "a.pdf")
    tests.check("a moved installation renders the sample", done.returncode == 0 and
                (work / "a.pdf").read_bytes().startswith(b"%PDF-"), done.stderr)
    done = run(prefix, "render", issue, "--pages", "1", "-o", work / "a.png")
    tests.check("it finds its modules", done.returncode == 0 and
                (work / "a.png").read_bytes().startswith(b"\x89PNG"), done.stderr)
    done = run(prefix, "help", LC_ALL="zh_CN.UTF-8")
    tests.check("it finds its catalogues", "用法：" in done.stdout, done.stdout)
    done = run(prefix, "self-test")
    lines = [line for line in done.stdout.splitlines()
             if line.startswith(("data:", "catalogues:", "modules:", "  paiban-"))]
    tests.check("all it uses is its own", done.returncode == 0 and len(lines) >= 5 and all(
        str(prefix) in line for line in lines if "not there" not in line), done.stdout)
    (work / "link").symlink_to(prefix / "bin/paiban")
    linked = subprocess.run([work / "link", "layouts"], capture_output=True, text=True, check=False,
                            env=program.environment(PAIBAN_FONTS_CONF=None))
    tests.check("through a link as well", "monthly" in linked.stdout, linked.stderr)


def check_broken(tests, prefix, work):
    """A prefix that lacks something: which path was looked at, which package brings it."""
    issue = program.ROOT / "samples/2021-05.md"
    for module in prefix.rglob("paiban-cairo.so"):
        module.unlink()
    done = run(prefix, "render", issue, "--pages", "1", "-o", work / "b.png")
    tests.check("a missing module: its path, and the package that it needs",
                done.returncode == 2 and str(prefix) in done.stderr and "paiban-cairo" in done.stderr
                and "libcairo2" in done.stderr, done.stderr)
    shutil.rmtree(prefix / "share/paiban")
    done = run(prefix, "render", issue, "-o", work / "b.pdf")
    tests.check("no data files: which path was looked at", done.returncode != 0 and
                str(prefix / "share/paiban") in done.stderr, done.stderr)
    tests.check("and no output", not (work / "b.pdf").exists())


def main():
    tests = program.Tests()
    if shutil.which("meson") is None:
        tests.skip("installation", "meson is not in the path")
        return tests.finish()
    with program.Folder() as folder:
        prefix, said = install(folder.path / "destination")
        if not tests.check("meson install", prefix is not None, said):
            return tests.finish()
        lacking = [name for name in FILES if not (prefix / name).is_file()]
        tests.check("every file is in its place", not lacking, lacking)
        lacking = [name for name in MODULES if not list(prefix.glob("lib/**/" + name))]
        tests.check("the modules are there", not lacking, lacking)
        moved = folder.path / "elsewhere" / "paiban 排版"
        moved.parent.mkdir()
        shutil.move(prefix, moved)
        check_moved(tests, moved, folder.path)
        check_broken(tests, moved, folder.path)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
