#!/usr/bin/env python3
"""`paiban watch` and `render --changed-since`: what is noticed, and which pages differ (TAP)."""
import os
import queue
import shutil
import subprocess
import sys
import threading
import time

import program

LIMIT = 20  # seconds to wait for a line: far above any, the machine may be busy

HEAD = """---
title: 月报
date: 2021-05
cover: no
toc: no
---

# 地方动态
"""


def issue(pages, changed=None):
    """Some pages; the item of one of them is worded differently."""
    parts = [HEAD]
    for i in range(1, pages + 1):
        word = "另行发布" if i == changed else "发布规划"
        parts.append("\n<!-- pagebreak -->\n" if i > 1 else "")
        parts.append("\n## 上海：试点%d\n\n5月31日，上海市%s。\n" % (i, word))
    return "".join(parts)


def save(f, name, content):
    """As most editors do: a new file, renamed over the old one, so that no half is ever there."""
    f.write(".saved", content)
    (f.path / name).parent.mkdir(parents=True, exist_ok=True)
    os.rename(f.path / ".saved", f.path / name)


class Watch:
    """A running watch whose lines are read as they come."""

    def __init__(self, folder, *arguments, command=()):
        self.lines = queue.Queue()
        self.errors = []
        self.process = subprocess.Popen(
            [*command, program.PROGRAM, "watch", *arguments], cwd=folder.path,
            env=program.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for stream, take in ((self.process.stdout, self.lines.put),
                             (self.process.stderr, self.errors.append)):
            threading.Thread(target=self.read, args=(stream, take), daemon=True).start()

    @staticmethod
    def read(stream, take):
        for line in stream:
            take(line.decode())

    def next(self, seconds=LIMIT):
        try:
            return self.lines.get(timeout=seconds).strip()
        except queue.Empty:
            return ""

    def told(self, name):
        """Whether a diagnostic comes on standard error."""
        end = time.monotonic() + LIMIT
        while "[%s]" % name not in "".join(self.errors) and time.monotonic() < end:
            time.sleep(0.01)
        return "[%s]" % name in "".join(self.errors)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def one_issue(tests):
    with program.Folder() as f:
        f.write("in/a.md", issue(3))
        with Watch(f, "in/a.md", "-o", "a.pdf") as w:
            tests.check("rendered at once", w.next().startswith("in/a.md: 3 pages; ") and
                        (f.path / "a.pdf").exists())
            f.write("in/a.md", issue(3, 2))
            line = w.next()
            while "not rendered" in line:  # an editor that writes in place: seen half written
                line = w.next()
            tests.check("a save: only the changed page", "3 pages; changed: 2; " in line, line)
            fresh = f.run("render", "in/a.md", "-o", "b.pdf")
            tests.check("the same bytes as from render", fresh.status == 0 and
                        (f.path / "a.pdf").read_bytes() == (f.path / "b.pdf").read_bytes())
            inode = os.stat(f.path / "a.pdf").st_ino
            f.write("in/new", issue(4, 2))
            os.rename(f.path / "in/new", f.path / "in/a.md")
            line = w.next()
            tests.check("an editor that renames; a page more", "4 pages; changed: " in line and
                        "3 before" in line, line)
            tests.check("the PDF is replaced by rename",
                        os.stat(f.path / "a.pdf").st_ino != inode)
            f.write("in/new", issue(4, 1))
            save(f, "in/series.yaml", "title: 周报\n")
            os.rename(f.path / "in/new", f.path / "in/a.md")
            line = w.next()
            if "changed: 1" not in line: # a busy machine may see them apart
                line = w.next()
            tests.check("two files saved together", "changed: 1" in line, line)
            save(f, "in/series.yaml", "layout: ./own.yaml\n")
            line = w.next()
            tests.check("series.yaml; what it names is missing", "not rendered" in line and
                        w.told("no-such-file"), line)
            save(f, "in/own.yaml", "base: ./near.yaml\n")
            save(f, "in/near.yaml", "base: base\npage: {paper: A5}\n")
            save(f, "in/series.yaml", "layout: own.yaml\n")
            line = w.next()
            while "not rendered" in line:  # the layout alone came first
                line = w.next()
            tests.check("the layout appears", "pages; changed: 1" in line, line +
                        "".join(w.errors))
            save(f, "in/near.yaml", "base: base\npage: {paper: B5}\n")
            line = w.next()
            tests.check("a layout changes that it is based on", "pages; changed: 1" in line, line)
            (f.path / "in/series.yaml").unlink()
            tests.check("series.yaml goes", "changed: " in w.next())
            (f.path / "in/a.md").unlink()
            line = w.next()
            tests.check("the issue is gone", line.startswith("in/a.md: gone") and
                        (f.path / "a.pdf").exists(), line)
            save(f, "in/a.md", issue(4, 1))
            line = w.next()
            tests.check("it is back", "no page has changed" in line, line)
            save(f, "in/a.md", b"\xff")
            line = w.next()
            tests.check("a save that cannot be rendered", "not rendered" in line and
                        (f.path / "a.pdf").read_bytes().startswith(b"%PDF-"), line)
            save(f, "in/a.md", issue(1))
            line = w.next()
            tests.check("a shorter issue", "1 page" in line, line)
            shutil.rmtree(f.path / "in")
            tests.check("the whole folder is gone", "gone" in w.next())
            save(f, "in/a.md", issue(2))
            tests.check("and is back", "2 pages" in w.next())
        tests.check("no temporaries", not f.temporaries(), f.temporaries())


def same_bytes(tests):
    """Whatever was kept from the edit before, the PDF is that of a render: to the byte, or, where
    glyphs have gone that the font still has, in what its pages show."""
    sample = (program.ROOT / "samples/2021-05.md").read_text(encoding="utf-8")
    head, text = sample.split("\n---\n", 1)
    middle = text.index("\n\n", len(text) // 2)
    edits = ((True, "a word", text[:middle] + "医院" + text[middle:]),
             (True, "a new glyph", text[:middle] + "鑫" + text[middle:]),
             (True, "another, the first gone", text[:middle] + "淼" + text[middle:]),
             (False, "a paragraph less", text[:middle] + text[text.index("\n\n", middle + 2):]),
             (False, "half of it", text[:middle]),
             (True, "bold and Latin", text + "\n\n**重要** OpenType\n"),
             (False, "as it was", text))
    with program.Folder() as f:
        f.write("a.md", sample)
        with Watch(f, "a.md", "-o", "a.pdf") as w:
            w.next()
            for exact, name, edited in edits:
                save(f, "a.md", head + "\n---\n" + edited)
                line = w.next()
                done = f.run("render", "a.md", "-o", "b.pdf", "--changed-since", "a.pdf")
                tests.check("the pages of a render: " + name, "pages" in line and
                            "no page has changed" in done.output, line + done.output)
                same = (f.path / "a.pdf").read_bytes() == (f.path / "b.pdf").read_bytes()
                if exact:
                    tests.check("the bytes of a render: " + name, same, line)


def images(tests):
    import batch
    with program.Folder() as f:
        f.write("a.md", HEAD + "\n## 图\n\n![图](b.png)\n")
        with Watch(f, "a.md") as w:
            w.next()
            save(f, "b.png", batch.small_png())
            line = w.next()
            tests.check("an image appears", "changed: 1" in line, line)
            save(f, "b.png", batch.small_png(b"\x40"))
            line = w.next()
            tests.check("an image changes", "a.md: " in line, line)
            f.write("c.png", batch.small_png())
            f.write("unrelated.txt", "x")
            save(f, "a.md", HEAD + "\n## 图\n\n![图](b.png)\n\n字。\n")
            line = w.next()
            tests.check("what does not matter is not noticed", "changed: 1" in line, line)


def folder_of_issues(tests):
    with program.Folder() as f:
        f.write("in/2021/05.md", issue(1))
        f.write("in/2021/06.md", issue(2))
        with Watch(f, "in", "-o", "out") as w:
            both = {w.next().split(":")[0], w.next().split(":")[0]}
            tests.check("all issues of a folder", both == {"in/2021/05.md", "in/2021/06.md"}, both)
            save(f, "in/2021/06.md", issue(2, 2))
            line = w.next()
            tests.check("only the saved one", line.startswith("in/2021/06.md: 2 pages; changed: 2"),
                        line)
            save(f, "in/2021/07.md", issue(1))
            tests.check("a new issue", w.next().startswith("in/2021/07.md: 1 page"))
            save(f, "in/2022/01.md", issue(1))
            tests.check("a new folder", w.next().startswith("in/2022/01.md: 1 page") and
                        (f.path / "out/2022/01.pdf").exists())
            save(f, "in/2022/02.md", issue(1))
            tests.check("which is watched, too", w.next().startswith("in/2022/02.md: 1 page"))


def without_inotify(tests):
    for what, setting, value in (("instances", "max_inotify_instances", 0),
                                 ("watches", "max_inotify_watches", 0),
                                 ("watches but one", "max_inotify_watches", 1)):
        polling(tests, what, setting, value)


def polling(tests, what, setting, value):
    shell = ["unshare", "-Ur", "sh", "-c",
             "echo %d > /proc/sys/user/%s && exec \"$@\"" % (value, setting), "sh"]
    able = shutil.which("unshare") and subprocess.run(
        [*shell, "true"], capture_output=True, check=False).returncode == 0
    if not able:
        tests.skip("no inotify %s left" % what, "this system allows no user namespaces")
        return
    with program.Folder() as f:
        f.write("in/a.md", issue(2))
        f.write("in/2021/b.md", issue(1))
        with Watch(f, "in", "-o", "out", command=shell) as w:
            w.next()
            w.next()
            tests.check("no inotify %s left: told" % what, w.told("watch-polling"), w.errors)
            save(f, "in/a.md", issue(2, 2))
            line = w.next()
            tests.check("no inotify %s left: a change is found" % what, line.startswith(
                "in/a.md: 2 pages; changed: 2"), line)
            save(f, "in/2021/b.md", issue(2))
            line = w.next()
            tests.check("no inotify %s left: another too" % what, line.startswith(
                "in/2021/b.md: 2 pages"), line)
            save(f, "in/2022/c.md", issue(1))
            line = w.next()
            tests.check("no inotify %s left: a new issue too" % what, line.startswith(
                "in/2022/c.md: 1 page"), line)
            (f.path / "in/a.md").unlink()
            line = w.next()
            tests.check("no inotify %s left: an issue goes" % what, "a.md: gone" in line, line)
            save(f, "in/a.md", issue(2, 2))
            line = w.next()
            tests.check("no inotify %s left: and comes back" % what, "no page has" in line, line)


def refusals(tests):
    with program.Folder() as f:
        f.write("in/a.md", issue(1))
        f.write("file", "x")
        (f.path / "empty").mkdir()
        for name, arguments, status, words in (
                ("nothing to watch", [], 64, "exactly one"),
                ("two", ["in", "in"], 64, "exactly one"),
                ("standard input", ["-"], 64, "standard input"),
                ("standard output", ["in/a.md", "-o", "-"], 64, "standard output"),
                ("a folder into a file", ["in", "-o", "file"], 64, "must name a folder"),
                ("no such file", ["nowhere.md"], 74, "no-such-file")):
            done = f.run("watch", *arguments)
            tests.check("refused: " + name, done.status == status and words in done.errors,
                        "%d\n%s" % (done.status, done.errors))


def changed_since(tests):
    with program.Folder() as f:
        f.write("a.md", issue(6))
        f.run("render", "a.md", "-o", "old.pdf")

        def since(old="old.pdf", output="new.pdf", *more):
            return f.run("render", "a.md", "-o", output, "--changed-since", old, *more)
        done = since()
        tests.check("nothing has changed", done.status == 0 and
                    done.output == "a.md: 6 pages; no page has changed\n", done.output)
        f.write("a.md", issue(6, 4))
        done = since()
        tests.check("one page", done.output == "a.md: 6 pages; changed: 4\n", done.output)
        done = since("old.pdf", "old.pdf")
        tests.check("the old file may be the new one", done.output ==
                    "a.md: 6 pages; changed: 4\n", done.output)
        done = since("old.pdf", "-")
        tests.check("standard output stays a PDF", done.bytes.startswith(b"%PDF-") and
                    "no page has changed" in done.errors, done.errors)
        f.write("a.md", issue(8, 4))
        done = since()
        tests.check("pages are added", done.output == "a.md: 8 pages; changed: 7, 8; 6 before\n",
                    done.output)
        f.write("a.md", issue(5, 4))
        tests.check("pages are taken away", "; 6 before" in since().output)
        f.write("other.pdf", b"%PDF-1.4\n%%EOF\n")
        expected = "no-digests"
        for name in ("other.pdf", "a.md"):
            done = since(name)
            tests.check("%s has no digests: told, rendered" % name, done.status == 0 and
                        expected in done.errors and done.output == "", done.errors)
        cut = (f.path / "old.pdf").read_bytes()
        f.write("cut.pdf", cut[:len(cut) // 2])
        tests.check("a damaged PDF", since("cut.pdf").status == 0)
        done = since("nowhere.pdf")
        tests.check("no such PDF", done.status == 74 and "[no-such-file]" in done.errors,
                    done.errors)
        f.write("b.md", issue(1))
        done = f.run("render", "a.md", "b.md", "--changed-since", "old.pdf")
        tests.check("one issue at a time", done.status == 64, done.errors)


def main():
    tests = program.Tests()
    for part in (one_issue, same_bytes, images, folder_of_issues, without_inotify, refusals, changed_since):
        part(tests)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
