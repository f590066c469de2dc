#!/usr/bin/env python3
"""Odd names and odd files in every place where a command takes one (TAP).

Each name is given as an issue, an output, an image, a layout, an archive, an old issue, and in
the text itself. Whatever it is, the program ends within ten seconds of CPU time, with a status that is
documented, writes nothing but the output that was named, and prints no control character: not
to the terminal, nor into JSON. Each name is tried in a third of the places; PAIBAN_LONG: in all.
"""
import os
import shutil
import subprocess
import sys

import program

LIMIT = program.cpu_limit(10)
SHARE = 1 if os.environ.get("PAIBAN_LONG") else 3
GOOD = "---\ntitle: 月报\ncover: no\n---\n\n正文。\n"
STATUSES = (0, 1, 2, 64, 74)
ESCAPE = "\x1b]0;owned\x07\x1b[2J\x1b[31m"  # sets a terminal's title, clears it, turns it red
NAMES = [
    "a b.md", "甲.md", "-.md", "--help.md", "-o", "%s%n%d.md", "'\"`$(id).md", "a\\b.md", "a\nb.md",
    "a\rb.md", ESCAPE + ".md", "\x7f.md", "\u009b31m.md", "\u202egnp.md", b"\xff\xfe.md", "…md", "~",
    "*.md", "{a}.md", ".hidden.md", "a.md.", "CON.md", "x" * 251 + ".md", "x" * 300 + ".md",
    "d/" * 200 + "a.md", "d/" * 3000 + "a.md", "汉" * 84 + ".md",
]
WHOLE = ("/", "//", "../..")  # a command that walks them would walk the machine
WALKS = ("issue to check", "issue to check, JSON", "archive")
NO_OUTPUT = ("/dev/stdin", "/proc/self/fd/0", "/dev/tty", "/dev/null",
             "fifo.md")  # it waits for a reader, as every program does
PLACES = ["..", ".", "", "/", "//", "../..", "../a.md", "./../x/../a.md", "/proc/self/mem",
          "/proc/self/environ", "/proc/self/fd/0", "/proc/self/cwd/none.md", "/proc/1/root/a.md",
          "/dev/null", "/dev/zero", "/dev/random", "/dev/full", "/dev/tty", "/dev/stdin",
          "/dev/fd/99", "/sys/kernel/none", "fifo.md", "loop.md", "dangling.md", "up.md", "folder",
          "socket.md", "none/none.md", "a.md/none.md", "file:///etc/passwd", "file:a.md",
          "https://example.org/a.md", "data:,a", "\\\\host\\share\\a.md", "C:\\a.md"]


def raw_controls(data):
    """The control characters in what a terminal would get: C0 but for line feeds, DEL, C1."""
    text = data.decode("utf-8", "surrogateescape")
    return {c for c in text if (c < " " and c != "\n") or "\x7f" <= c <= "\x9f"
            or "\udc80" <= c <= "\udcff"}


def fill(folder):
    folder.write("a.md", GOOD)
    (folder.path / "folder").mkdir()
    os.mkfifo(folder.path / "fifo.md")
    (folder.path / "loop.md").symlink_to("loop.md")
    (folder.path / "dangling.md").symlink_to("nowhere.md")
    (folder.path / "up.md").symlink_to("../../../../../../etc/passwd")
    subprocess.run([sys.executable, "-c", "import socket; socket.socket(socket.AF_UNIX).bind("
                    "'socket.md')"], cwd=folder.path, check=True)


def make(folder, name):
    """The file with that name, where there can be one."""
    if len(name) > 1000:
        return
    path = os.path.join(os.fsencode(folder.path), os.fsencode(name))
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "xb") as out:
            out.write(GOOD.encode())
    except OSError:
        pass


def commands(folder, name):
    """(what the name is, arguments)."""
    def text(before, after=b""):
        path = folder.path / "with.md"
        path.write_bytes(GOOD.encode() + before + os.fsencode(name) + after + b"\n")
        return "with.md"
    dash = ["--"] if os.fsencode(name).startswith(b"-") else []
    yield "issue", lambda: ["render", "-o", "out.pdf", *dash, name]
    yield "issue to check", lambda: ["check", *dash, name]
    yield "issue to check, JSON", lambda: ["check", "--json", *dash, name]
    yield "old issue", lambda: ["import", "-o", "new.md", "--force", *dash, name]
    yield "layout", lambda: ["render", "a.md", "-o", "out.pdf", b"--layout=" + os.fsencode(name)]
    yield "root", lambda: ["render", "a.md", "-o", "out.pdf", b"--root=" + os.fsencode(name)]
    yield "archive", lambda: ["batch", "-o", "out", "--match", "none", *dash, name]
    yield "image", lambda: ["render", text(b"![a](<", b">)"), "-o", "out.pdf"]
    yield "link", lambda: ["render", text(b"[a](<", b">)"), "-o", "out.pdf"]
    yield "text", lambda: ["render", text(b""), "-o", "out.pdf"]
    yield "text to check", lambda: ["check", text(b"[^")]
    yield "head", lambda: ["render", text(b"\n---\nlayout: "), "-o", "out.pdf"]


def run(folder, arguments):
    done = subprocess.run([program.PROGRAM, *arguments], cwd=folder.path, stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=program.TIME_LIMIT, check=False,
                          preexec_fn=LIMIT, env=program.environment())
    return done.returncode, done.stdout, done.stderr


def listing(folder):
    found = set()
    for place, folders, files in os.walk(os.fsencode(folder.path)):
        found.update(os.path.join(place, name) for name in folders + files)
    return found


def tried(folder, name, number):
    """What is wrong with the commands that a name is given to."""
    for place, (what, arguments) in enumerate(commands(folder, name)):
        if (place + number) % SHARE != 0 or (name in WHOLE and what in WALKS):
            continue
        before = listing(folder)
        words = arguments()
        try:
            status, output, errors = run(folder, words)
        except subprocess.TimeoutExpired:
            yield what, "does not end"
            continue
        except OSError:
            continue  # longer than the system lets an argument be
        if status not in STATUSES:
            yield what, "status %d: %r" % (status, errors[-300:])
        if raw_controls(output + errors):
            yield what, "raw: %r" % raw_controls(output + errors)
        made = {os.path.relpath(path, os.fsencode(folder.path)) for path in listing(folder) - before}
        if not all(path.split(b"/")[0] in (b"out", b"out.pdf", b"new.md", b"series.yaml", b"with.md")
                   for path in made):
            yield what, "made %r" % made
        for path in made:
            if path.startswith((b"out", b"new", b"series")):
                target = folder.path / os.fsdecode(path)
                shutil.rmtree(target, ignore_errors=True) if target.is_dir() else target.unlink()


def as_output(tests, folder):
    """Where a name is written to, one file is made, of that name; or nothing is."""
    wrong = []
    for name in NAMES + PLACES:
        if name in NO_OUTPUT:
            continue
        before = listing(folder)
        try:
            status, output, errors = run(folder, [
                "render", "a.md", b"--output=" + os.fsencode(name) if name else "--output="])
        except OSError:
            continue
        made = listing(folder) - before
        # in a folder it is called as the issue; a link stays and what it names is made
        allowed = {os.path.basename(os.fsencode(name)), b"a.pdf", b"nowhere.md"}
        if status not in STATUSES or raw_controls(output + errors) or len(made) > 1 or \
                {os.path.basename(path) for path in made} - allowed:
            wrong.append((name, status, made, errors[-200:]))
        for path in made:
            os.unlink(path)
    tests.check("each as an output", not wrong, wrong[:3])


def main():
    tests = program.Tests()
    with program.Folder() as folder:
        folder.path = folder.path / "in"  # so that `..` is of this test, too
        folder.path.mkdir()
        fill(folder)
        for name in NAMES:
            make(folder, name)
        for number, name in enumerate(NAMES + PLACES):
            wrong = list(tried(folder, name, number))
            tests.check(ascii(name)[:60].replace("#", "_"), not wrong, wrong[:5])
        tests.check("nothing is written beside the folder",
                    os.listdir(folder.path.parent) == ["in"], os.listdir(folder.path.parent))
        shutil.rmtree(folder.path)
        folder.path.mkdir()
        fill(folder)
        as_output(tests, folder)
        folder.path = folder.path.parent
    tests.check("a control character would be noticed", raw_controls(b"a\x1b[2J") == {"\x1b"} and
                raw_controls("a\u009b".encode()) and not raw_controls("文\n".encode()))
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
