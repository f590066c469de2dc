#!/usr/bin/env python3
"""`paiban batch`: in which order things reach the disk, who may be at work on one folder, how
many processes there are, and what a terminal is shown (TAP). See tests/batch.py.
"""
import os
import pathlib
import pty
import re
import shutil
import signal
import subprocess
import sys
import threading

import batch
import program

BAR = re.compile(rb"\r\x1b\[K\[=*>? *\] (\d+) of (\d+), [\d.]+ issues/s(?:, \d+:\d\d left)?")


def children_of(process):
    """The processes that a process has started and that are at work."""
    found = []
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rsplit(")", 1)[1].split()[:2]
        except OSError:
            continue
        if int(parent) == process.pid and state != "Z":
            found.append(int(stat.parent.name))
    return found


def order(tests):
    """PDFs by rename, one syncfs, the manifest: in this order."""
    with program.Folder() as f:
        batch.archive(f, 6)
        log = f.path / "strace.log"
        done = shutil.which("strace") and subprocess.run(
            ["strace", "-f", "-qq", "-s", "300", "-o", str(log), "-e",
             "trace=rename,renameat,renameat2,syncfs,fsync,unlink", program.PROGRAM, "batch", "in",
             "-o", "out", "-j", "2"], cwd=f.path, capture_output=True, check=False,
            env=program.environment(ASAN_OPTIONS="detect_leaks=0"))
        calls = log.read_text(errors="replace").splitlines() if log.exists() else []
        if not done or done.returncode or not calls:
            tests.skip("the order of writing", "strace is not there or may not trace")
            return
        pdfs = [i for i, c in enumerate(calls) if "rename" in c and c.count('.pdf"') == 1]
        synced = [i for i, c in enumerate(calls) if "syncfs(" in c]
        named = [i for i, c in enumerate(calls) if "rename" in c and 'manifest.json"' in c]
        flushed = [i for i, c in enumerate(calls) if re.search(r" fsync\(", c)]
        journal = [i for i, c in enumerate(calls) if "unlink" in c and "journal" in c]
        log = "\n".join(calls)
        tests.check("each PDF is renamed over its name", len(pdfs) == 6, log)
        tests.check("one sync of the file system, behind them all", len(synced) == 1 and
                    max(pdfs) < synced[0], log)
        tests.check("then the manifest, flushed and renamed", len(named) == 1 and
                    synced[0] < named[0] and any(synced[0] < i < named[0] for i in flushed), log)
        tests.check("no PDF waits for the disk alone", not any(i < synced[0] for i in flushed), log)
        tests.check("the journal goes last", journal and journal[-1] > named[0], log)
        before = os.stat(f.path / "out/2021/01.pdf").st_ino
        kept = open(f.path / "out/2021/01.pdf", "rb")
        f.write("in/2021/01.md", batch.issue(1, 9))
        batch.batch(f)
        tests.check("who reads the old PDF keeps it whole", os.stat(
            f.path / "out/2021/01.pdf").st_ino != before and kept.read().rstrip().endswith(
                b"%%EOF"))
        kept.close()


def two_at_once(tests):
    with program.Folder() as f:
        process, pid, issues = batch.caught(f, lambda process: process.pid, "-j", "1", done=1)
        done = batch.batch(f)
        tests.check("two batches on one folder: the second refuses", done.status == 74 and
                    batch.told(done, "batch-locked") and "rendered" not in done.errors,
                    done.errors)
        done = batch.batch(f, "--shard", "1/2")
        tests.check("a shard refuses as well", done.status == 74 and
                    batch.told(done, "batch-locked"), done.errors)
        os.kill(pid, signal.SIGCONT)
        _, errors = process.communicate()
        tests.check("the first is not disturbed", process.returncode == 0 and
                    batch.rendered(errors.decode()) == issues, errors.decode())


def children_at_work(f, arguments, expected):
    """How many processes a batch has at work; looked at again when they may not all have been
    started when it was stopped."""
    for _ in range(20):
        process, pid, _ = batch.caught(f, lambda process: process.pid, *arguments,
                                       done=2 * expected)
        count = len(children_of(process))
        os.kill(pid, signal.SIGCONT)
        process.terminate()
        process.communicate()
        if count >= expected:
            break
    return count


def processes(tests):
    cores = os.sched_getaffinity(0)
    for name, arguments, few, expected in (("as many as there are cores", (), cores, len(cores)),
                                           ("one where one core is allowed", (),
                                            {min(cores)}, 1),
                                           ("as many as -j says", ("-j", "3"), cores, 3)):
        with program.Folder() as f:
            os.sched_setaffinity(0, few)
            try:
                count = children_at_work(f, arguments, expected)
            finally:
                os.sched_setaffinity(0, cores)
            tests.check("processes: " + name, count == expected, count)


def on_terminal(f, *arguments):
    """(status, what a terminal was sent) of a batch."""
    ours, theirs = pty.openpty()
    sent = []

    def read():
        try:
            while True:
                sent.append(os.read(ours, 4096))
        except OSError:  # the other end is closed
            pass
    process = subprocess.Popen([program.PROGRAM, "batch", "in", "-o", "out", *arguments],
                               cwd=f.path, env=program.environment(), stdout=subprocess.DEVNULL,
                               stderr=theirs)
    os.close(theirs)
    reader = threading.Thread(target=read)
    reader.start()
    process.wait()
    reader.join()
    os.close(ours)
    return process.returncode, b"".join(sent)


def terminal(tests):
    with program.Folder() as f:
        issues, bars = 100, []
        while not bars:  # it may be faster than the first bar
            batch.archive(f, issues, repeat=100)
            status, sent = on_terminal(f, "-j", "1", "--force")
            bars = BAR.findall(sent)
            shown, count = issues, issues
            issues *= 4
        tests.check("a bar with count, rate and time left", status == 0 and
                    all(int(total) == count and int(n) <= count for n, total in bars) and
                    b" left" in sent, sent[-2000:])
        tests.check("it moves on", [int(n) for n, _ in bars] == sorted(int(n) for n, _ in bars))
        tests.check("and is gone before the summary", sent.rindex(b"\r\x1b[K") <
                    sent.rindex(b"%d issues: " % shown) and
                    b"]" not in sent[sent.rindex(b"\r\x1b[K"):].split(b"; ")[0], sent[-300:])
        status, sent = on_terminal(f, "-j", "1", "--force", "-q")
        tests.check("-q: nothing", status == 0 and sent == b"", sent[:300])
        done = batch.batch(f, "-j", "1", "--force")
        tests.check("no terminal: no bar", done.status == 0 and "\r" not in done.errors and
                    "\x1b" not in done.errors, done.errors[:300])


def main():
    tests = program.Tests()
    for part in (order, two_at_once, processes, terminal):
        part(tests)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
