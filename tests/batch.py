#!/usr/bin/env python3
"""`paiban batch`: what is rendered and what is not, what survives, what is refused (TAP)."""
import fcntl
import json
import os
import pathlib
import random
import shutil
import signal
import struct
import subprocess
import sys
import time
import zlib

import program

ISSUE = """---
title: 月报
date: %s
cover: no
---

# 地方动态

## ✓ 上海：试点

5月31日，上海市发布规划，第 %d 期。
"""


def issue(number, words, repeat=1):
    month = "%d-%02d" % (2021 + (number - 1) // 12, (number - 1) % 12 + 1)
    text = ISSUE % (month, words)
    return text + "".join("\n第 %d 段，内容略有不同。\n" % i for i in range(1, repeat))


def archive(f, count=4, folder="in", repeat=1):
    """in/series.yaml, in/2021/01.md …; every time in the past, so that none is doubtful."""
    f.write(folder + "/series.yaml", "publisher: 编辑部\n")
    for i in range(1, count + 1):
        f.write("%s/2021/%02d.md" % (folder, i), issue(i, i, repeat))
    age(f.path / folder)


def age(folder, seconds=100):
    then = time.time() - seconds
    for path in pathlib.Path(folder).rglob("*"):
        os.utime(path, (then, then))


def batch(f, *arguments, **options):
    return f.run("batch", "in", "-o", "out", *arguments, **options)


def manifest(f, name="manifest.json"):
    return json.loads((f.path / "out" / name).read_text(encoding="utf-8"))


def summary(done):
    lines = done.errors.strip().splitlines()
    return lines[-1].split(";")[0] if lines else ""


def told(done, name):
    """Whether a diagnostic was printed."""
    return "[%s]" % name in done.errors


def pdfs(f):
    return sorted(str(p.relative_to(f.path / "out")) for p in (f.path / "out").rglob("*.pdf"))


def changes(f, tests, name, change, expected, because):
    """After a change exactly the expected issues are rendered, for the reason told."""
    change()
    done = batch(f, "--explain")
    told = sorted(line.split(": ")[0] for line in done.output.splitlines())
    tests.check(name + ": what is rendered", done.status == 0 and told ==
                sorted("in/2021/%02d.md" % i for i in expected), done.output + done.errors)
    tests.check(name + ": why", all(because in line for line in done.output.splitlines()),
                done.output)
    again = batch(f, "--explain")
    tests.check(name + ": once", again.output == "", again.output + again.errors)


def incremental(tests):
    with program.Folder() as f:
        archive(f)
        done = batch(f)
        tests.check("all are rendered, in the same tree", done.status == 0 and pdfs(f) ==
                    ["2021/%02d.pdf" % i for i in range(1, 5)], done.errors)
        tests.check("the summary counts", summary(done) == "4 issues: 4 rendered, 0 unchanged",
                    done.errors)
        one = f.run("render", "in/2021/01.md", "-o", "one.pdf")
        tests.check("the same bytes as from render", one.status == 0 and
                    (f.path / "one.pdf").read_bytes() ==
                    (f.path / "out/2021/01.pdf").read_bytes(), one.errors)
        records = manifest(f)["issues"]
        tests.check("the manifest has title, date and pages", len(records) == 4 and
                    records[0]["title"] == "月报" and records[0]["date"] == "2021-01" and
                    records[0]["pages"] >= 1 and records[0]["done"], records[:1])
        before = os.stat(f.path / "out/2021/01.pdf").st_mtime_ns
        done = batch(f)
        tests.check("unchanged issues are left alone", summary(done) ==
                    "4 issues: 0 rendered, 4 unchanged" and
                    os.stat(f.path / "out/2021/01.pdf").st_mtime_ns == before, done.errors)
        text = f.path / "in/2021/02.md"
        changes(f, tests, "an edit", lambda: f.write("in/2021/02.md", issue(2, 9)), [2],
                "changed: %s" % os.path.realpath(text))
        changes(f, tests, "a touch", lambda: os.utime(text), [], "")
        changes(f, tests, "an edit of the same length and time",
                lambda: same_size_edit(f, text), [2], "changed")
        changes(f, tests, "series.yaml", lambda: f.write("in/series.yaml", "publisher: 报社\n"),
                [1, 2, 3, 4], "series.yaml")
        changes(f, tests, "a nearer series.yaml appears",
                lambda: f.write("in/2021/series.yaml", "publisher: 社\n"), [1, 2, 3, 4],
                "2021/series.yaml")
        changes(f, tests, "it goes", (f.path / "in/2021/series.yaml").unlink, [1, 2, 3, 4],
                "2021/series.yaml")
        changes(f, tests, "an output is gone", (f.path / "out/2021/03.pdf").unlink, [3], "output")
        changes(f, tests, "an output was changed",
                lambda: f.write("out/2021/03.pdf", "x"), [3], "output")
        changes(f, tests, "a new issue", lambda: f.write("in/2021/05.md", issue(5, 5)), [5],
                "new")
        done = batch(f, "--force", "--explain")
        tests.check("--force", summary(done).startswith("5 issues: 5 rendered") and
                    "--force" in done.output, done.errors)
        done = batch(f, "--paper", "A5", "--explain")
        tests.check("other options", summary(done).startswith("5 issues: 5 rendered") and
                    "other options" in done.output, done.output)
        done = batch(f, "--match", "0[12].md", "--paper", "A5")
        tests.check("--match on the name", summary(done) ==
                    "2 issues: 0 rendered, 2 unchanged", done.errors)
        done = batch(f, "--match", "2021/*3.md", "--paper", "A5")
        tests.check("--match on the path", summary(done) ==
                    "1 issue: 0 rendered, 1 unchanged", done.errors)
        tests.check("no temporaries, no journal", not f.temporaries() and
                    not [n for n in f.names() if "journal" in n], f.names())


def same_size_edit(f, path):
    """Rendered at once after a change, then changed again within the clock's grain."""
    path.write_text(issue(2, 7), encoding="utf-8")
    status = os.stat(path)
    batch(f)
    path.write_text(issue(2, 8), encoding="utf-8")
    os.utime(path, ns=(status.st_mtime_ns, status.st_mtime_ns))


def images(tests):
    with program.Folder() as f:
        archive(f, 2)
        f.write("in/2021/01.md", issue(1, 1) + "\n![图](a.png)\n")
        done = batch(f)
        tests.check("a missing image is told, the issue rendered", done.status == 0 and
                    "no such image" in done.errors and "1 errors" in done.errors, done.errors)
        changes(f, tests, "the image appears", lambda: f.write(
            "in/2021/a.png", small_png()), [1], "a.png")
        changes(f, tests, "the image changes", lambda: f.write(
            "in/2021/a.png", small_png(b"\x40")), [1], "a.png")


def small_png(shade=b"\x80"):
    """One gray pixel."""
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + \
            struct.pack(">I", zlib.crc32(kind + body))
    return b"\x89PNG\r\n\x1a\n" + \
        chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + \
        chunk(b"IDAT", zlib.compress(b"\0" + shade)) + chunk(b"IEND", b"")


def gone(tests):
    with program.Folder() as f:
        archive(f, 3)
        batch(f)
        (f.path / "in/2021/02.md").unlink()
        done = batch(f)
        tests.check("a deleted issue is told, its PDF stays", done.status == 0 and
                    "02.md is gone" in done.errors and (f.path / "out/2021/02.pdf").exists(),
                    done.errors)
        done = batch(f, "--prune")
        tests.check("--prune removes it", "was removed" in done.errors and
                    pdfs(f) == ["2021/01.pdf", "2021/03.pdf"], done.errors)
        done = batch(f, "--prune")
        tests.check("and it is forgotten", "gone" not in done.errors and
                    len(manifest(f)["issues"]) == 2, done.errors)


def failures(tests):
    with program.Folder() as f:
        archive(f, 3)
        f.write("in/2021/02.md", b"\xff\xfe bad")
        f.write("in/2021/04.md", "")
        os.mkfifo(f.path / "in/2021/05.md")
        (f.path / "in/2021/06.md").symlink_to("nowhere.md")
        done = batch(f)
        tests.check("failed issues do not stop the others", done.status == 2 and
                    pdfs(f) == ["2021/01.pdf", "2021/03.pdf"] and
                    "2 rendered, 0 unchanged, 4 failed" in done.errors, done.errors)
        for name in ("invalid-utf8", "empty-file", "not-a-file", "no-such-file"):
            tests.check("told: " + name, told(done, name), done.errors)
        done = batch(f, "--explain")
        tests.check("they are tried again", done.status == 2 and
                    done.output.count("failed the last time") == 4, done.output)
        if os.geteuid() != 0:
            os.chmod(f.path / "in/2021/03.md", 0)
            tests.check("an unreadable file", batch(f).status == 2)
        done = batch(f, "-q")
        tests.check("-q says only errors", "[empty-file]" in done.errors and
                    "rendered" not in done.errors and "note:" not in done.errors, done.errors)
        f.write("in/2021/02.md", issue(2, 2))
        report = f.path / "report.json"
        done = batch(f, "--report", report)
        data = json.loads(report.read_text(encoding="utf-8"))
        by_name = {i["issue"]: i for i in data["issues"]}
        tests.check("--report", data["rendered"] == 1 and data["failed"] == 3 and
                    by_name["in/2021/04.md"]["outcome"] == "failed" and
                    "empty" in by_name["in/2021/04.md"]["diagnostics"] and
                    by_name["in/2021/01.md"]["outcome"] == "unchanged" and
                    by_name["in/2021/02.md"]["title"] == "月报" and data["gone"] == 0, data)


def limits(tests):
    with program.Folder() as f:
        archive(f, 6)
        f.write("in/2021/03.md", issue(3, 3) + "\n\n".join(
            "".join(chr(random.Random(i).randrange(0x4E00, 0x9000)) for _ in range(500))
            + str(i) for i in range(9000)))
        done = batch(f, "-j", "2", "--time-limit", "1")
        tests.check("an issue over the time limit is lost alone", done.status == 2 and
                    told(done, "issue-too-long") and
                    "5 rendered, 0 unchanged, 1 failed" in done.errors, done.errors)
        if program.is_sanitized():
            tests.skip("an issue over the memory limit", "a sanitizer maps terabytes")
            return
        done = batch(f, "-j", "1", "--memory-limit", "150")
        tests.check("an issue over the memory limit is lost alone", done.status == 2 and
                    told(done, "issue-stopped"), done.errors)
        tests.check("no temporaries are left", not f.temporaries(), f.temporaries())


def worker_of(process):
    """A child of the batch, or None."""
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rsplit(")", 1)[1].split()[1]) == process.pid:
                return int(stat.parent.name)
        except OSError:
            pass
    return None


def start(f, *arguments):
    return subprocess.Popen([program.PROGRAM, "batch", "in", "-o", "out", *arguments],
                            cwd=f.path, env=program.environment(), stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE)


def state_of(pid):
    """The state letter of a process (proc(5)); None when there is none."""
    try:
        stat = pathlib.Path("/proc/%d/stat" % pid).read_text()
    except OSError:
        return None
    return stat.rsplit(")", 1)[1].split()[0]


def wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end and not condition():
        time.sleep(0.001)


def stopped(pid):
    """Stop a process where it is; False: it had ended."""
    try:
        os.kill(pid, signal.SIGSTOP)
    except ProcessLookupError:
        return False
    wait_for(lambda: state_of(pid) in ("T", "Z", None))
    return state_of(pid) == "T"


def resume(pid):
    try:
        os.kill(pid or 0, signal.SIGCONT)
    except ProcessLookupError:
        pass


def caught(f, whom, *arguments, done=0):
    """A batch stopped in the midst of its work, when more than `done` PDFs are there.

    `whom` picks, from the batch, the process to stop: itself or a worker. A batch may be faster
    than who watches it, so it gets more issues until it is caught. Returns the batch, the
    stopped process and the number of issues.
    """
    issues = 150
    while True:
        archive(f, issues, repeat=300)
        shutil.rmtree(f.path / "out", ignore_errors=True)
        process = start(f, *arguments)
        wait_for(lambda: process.poll() is not None or worker_of(process) is not None and
                 (done == 0 or (f.path / "out").exists() and len(pdfs(f)) > done))
        pid = whom(process)
        if pid and stopped(pid) and process.poll() is None and len(pdfs(f)) < issues:
            return process, pid, issues
        resume(pid)
        process.communicate()
        issues *= 4


def rendered(text):
    return int(text.split(" rendered")[0].split()[-1])


def kill_worker():
    """Whether a worker that was killed lost an issue, what the batch said, and whether that is
    right. One that is caught before its first issue, or between two, loses none."""
    with program.Folder() as f:
        process, worker, issues = caught(f, worker_of, "-j", "1")
        # what waits for the answer of a stopped worker sleeps
        wait_for(lambda: state_of(process.pid) == "S" and (f.path / "out").exists())
        # a sanitizer makes an exit of a SIGSEGV; nothing catches SIGKILL
        os.kill(worker, signal.SIGKILL if program.is_sanitized() else signal.SIGSEGV)
        os.kill(worker, signal.SIGCONT)
        _, errors = process.communicate()
        errors = errors.decode()
        lost = "[issue-crashed]" in errors
        return lost, errors, process.returncode == (2 if lost else 0) and \
            rendered(errors) == issues - lost


def kills(tests):
    for _ in range(20):
        lost, errors, right = kill_worker()
        if lost or not right:
            break
    tests.check("a worker that crashes loses only its issue", lost and right, errors)

    with program.Folder() as f:
        process, _, issues = caught(f, lambda process: process.pid, "-j", "2", done=20)
        before = len(pdfs(f))
        process.kill()
        process.communicate()
        wait_for(lambda: not f.temporaries(), 2)
        sizes = [p.read_bytes() for p in (f.path / "out").rglob("*.pdf")]
        tests.check("after kill -9 every PDF is whole", all(
            s.startswith(b"%PDF-") and s.rstrip().endswith(b"%%EOF") for s in sizes))
        f.write("out/2021/.07.pdf.paiban-AbC123", "part")
        done = batch(f)
        tests.check("the next run goes on", done.status == 0 and len(pdfs(f)) == issues and
                    rendered(done.errors) < issues - before // 2, done.errors)
        tests.check("and clears stray temporaries", not f.temporaries(), f.temporaries())

    with program.Folder() as f:
        process, _, issues = caught(f, lambda process: process.pid, done=5)
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGCONT)
        _, errors = process.communicate()
        tests.check("Ctrl-C stops", process.returncode == -signal.SIGINT and
                    b"not done" in errors, errors.decode())
        kept = len(pdfs(f))
        tests.check("and leaves a manifest and no temporaries", not f.temporaries() and
                    len(manifest(f)["issues"]) >= kept - os.cpu_count(), f.temporaries())
        done = batch(f)
        tests.check("at most what was being rendered is rendered again", done.status == 0 and
                    rendered(done.errors) <= issues - kept + os.cpu_count(), done.errors)


def manifests(tests):
    with program.Folder() as f:
        archive(f, 2)
        batch(f)
        whole = (f.path / "out/manifest.json").read_text(encoding="utf-8")
        for name, text in (("cut off", whole[:len(whole) // 2]), ("not JSON", "\0\1"),
                           ("empty", ""), ("an array", "[]"),
                           ("a field of a wrong type", whole.replace('"pages":', '"pages":"x",'
                                                                     '"p":')),
                           ("an output outside", whole.replace('"2021/01.pdf"', '"../01.pdf"')),
                           ("deep", "[" * 100000)):
            f.write("out/manifest.json", text)
            done = batch(f)
            tests.check("damaged manifest, %s: rendered, told" % name, done.status == 0 and
                        told(done, "manifest-damaged") and "2 rendered" in done.errors and
                        manifest(f)["paiban-manifest"] == 1, done.errors)
        f.write("out/manifest.json", whole.replace('"paiban-manifest":1', '"paiban-manifest":2'))
        done = batch(f)
        tests.check("newer manifest: rendered, told", done.status == 0 and
                    told(done, "manifest-newer") and "2 rendered" in done.errors, done.errors)


def refusals(tests):
    with program.Folder() as f:
        archive(f, 2)
        f.write("file", "x")
        (f.path / "empty").mkdir()
        f.write("other/2021/01.md", issue(1, 1))
        for name, arguments, status, words in (
                ("no -o", ["in"], 64, "-o DIR is missing"),
                ("no operand", ["-o", "out"], 64, "no folder and no issue"),
                ("-o is a file", ["in", "-o", "file"], 64, "must name a folder"),
                ("no issues", ["empty", "-o", "out"], 64, "no-issues"),
                ("no match", ["in", "-o", "out", "--match", "x*"], 64, "no-issues"),
                ("no such folder", ["nowhere", "-o", "out"], 74, "no-such-file"),
                ("one output for two", ["in", "other", "-o", "out"], 64, "same-output"),
                ("a shard of none", ["in", "-o", "out", "--shard", "0/2"], 64, "--shard"),
                ("a shard too many", ["in", "-o", "out", "--shard", "3/2"], 64, "--shard"),
                ("no number", ["in", "-o", "out", "--shard", "a/b"], 64, "--shard"),
                ("no process", ["in", "-o", "out", "-j", "0"], 64, "--jobs"),
                ("--merge with issues", ["in", "-o", "out", "--merge"], 64, "--merge"),
                ("nothing to merge", ["-o", "empty", "--merge"], 74, "no-shards")):
            done = f.run("batch", *arguments)
            tests.check("refused: " + name, done.status == status and words in done.errors,
                        "%d\n%s" % (done.status, done.errors))
        tests.check("and nothing was written", not (f.path / "out").exists(), f.names())
        (f.path / "out").mkdir()
        with open(f.path / "out/.manifest.lock", "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            done = batch(f)
        tests.check("a second batch on one folder is refused", done.status == 74 and
                    told(done, "batch-locked") and not pdfs(f), done.errors)
        done = f.run("batch", "in", "-o", "in/out")
        again = f.run("batch", "in", "-o", "in/out")
        tests.check("OUT inside DIR", done.status == 0 and again.status == 0 and
                    "0 rendered, 2 unchanged" in again.errors, again.errors)
        done = f.run("batch", "in", "-o", "in")
        tests.check("OUT is DIR", done.status == 0 and (f.path / "in/2021/01.pdf").exists(),
                    done.errors)


def names(tests):
    with program.Folder() as f:
        odd = ["#1.md", "a b.md", "a\nb.md", "（一）.md", "-o.md", "a.b.md", '"q".md', "%s.md"]
        for i, name in enumerate(odd):
            f.write("in/" + name, issue(i + 1, i))
        os.symlink(".", f.path / "in/loop")
        f.write("in/.hidden.md", "")
        done = batch(f)
        tests.check("odd names", done.status == 0 and len(pdfs(f)) == len(odd) and
                    "a\nb.pdf" in pdfs(f), done.errors)
        done = batch(f)
        tests.check("are recognised again", "0 rendered" in done.errors, done.errors)
        f.write(os.fsdecode(b"in/\xb2\xe2.md"), issue(1, 1))
        done = batch(f)
        tests.check("a name that is not UTF-8 is told", done.status == 2 and
                    told(done, "name-not-utf8") and "0 rendered" in done.errors, done.errors)
        deep = "in/" + "d/" * 70 + "x.md"
        f.write(deep, issue(1, 1))
        tests.check("folders too deep are told", told(batch(f), "folder-unreadable"))


def shards(tests):
    with program.Folder() as f:
        archive(f, 12)
        counts = []
        for k in (1, 2, 3):
            done = batch(f, "--shard", "%d/3" % k)
            counts.append(int(done.errors.split(" rendered")[0].split()[-1]))
        tests.check("shards share the work", sum(counts) == 12 and max(counts) < 12 and
                    len(pdfs(f)) == 12, counts)
        (f.path / "out/manifest-2-of-3.json").rename(f.path / "kept")
        done = f.run("batch", "-o", "out", "--merge")
        tests.check("a shard is missing", done.status == 74 and told(done, "shard-missing")
                    and not (f.path / "out/manifest.json").exists(), done.errors)
        (f.path / "kept").rename(f.path / "out/manifest-2-of-3.json")
        done = f.run("batch", "-o", "out", "--merge")
        tests.check("--merge", done.status == 0 and len(manifest(f)["issues"]) == 12 and
                    not list((f.path / "out").glob("manifest-*")), done.errors)
        done = batch(f)
        tests.check("after it nothing is rendered", "0 rendered, 12 unchanged" in done.errors,
                    done.errors)
        done = batch(f, "--shard", "1/3")
        tests.check("nor by a shard", "0 rendered" in done.errors, done.errors)
        with open(f.path / "out/.manifest.lock", "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            tests.check("shards run side by side", batch(f, "--shard", "2/3").status == 0)
            tests.check("but not beside a whole batch", batch(f).status == 74)


def main():
    tests = program.Tests()
    for part in (incremental, images, gone, failures, limits, kills, manifests, refusals, names,
                 shards):
        part(tests)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
