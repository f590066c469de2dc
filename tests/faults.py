#!/usr/bin/env python3
"""Faults of the system: memory, disk, signals, kills. Files stay whole (TAP).

tests/faults/faults.c, preloaded, makes one call fail. Whatever happens, each output is the
old file or the new one, byte for byte, and no temporary is left; only SIGKILL may leave
one, which the next run in that folder removes. PAIBAN_LONG does it 500 times.
"""
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import time

import program

LONG = bool(os.environ.get("PAIBAN_LONG"))
LIBRARY = pathlib.Path(program.PROGRAM).parent / "tests" / "faults" / "faults.so"
OLD = b"%PDF-old output\n"
ISSUE = ("---\ntitle: 月报\ndate: 2021-05\n---\n\n# 地方动态\n\n"
         + "## ✓ 上海：试点\n\n5月31日，上海市发布规划。\n\n" * 20)
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE)
KILLS = 500 if LONG else 24
ISSUES = 5  # of an archive


class Place:
    """A folder with an issue, an old output, and what a whole run makes of it."""

    def __init__(self, folder):
        self.folder = folder
        self.output = folder.path / "a.pdf"
        folder.write("a.md", ISSUE)
        self.run()
        self.new = self.output.read_bytes()

    def run(self, **changes):
        self.folder.write("a.pdf", OLD)
        return self.folder.run("render", "a.md", "-q", "-o", "a.pdf", **changes)

    def fault(self, fault, **changes):
        return self.run(LD_PRELOAD=str(LIBRARY), FAULT=fault, **changes)

    def whole(self):
        """"old", "new", or what is wrong."""
        left = self.folder.temporaries()
        if left:
            return "left: %s" % left
        if not self.output.exists():
            return "lost"
        content = self.output.read_bytes()
        return {OLD: "old", self.new: "new"}.get(content, "torn: %d bytes" % len(content))


def disk(tests, place):
    for fault in ("write:ENOSPC", "write:EIO", "write:ENOSPC:2", "fsync:EIO", "close:EIO",
                  "rename:EACCES"):
        done = place.fault(fault)
        tests.check("%s: status 74, said, the old file is whole" % fault,
                    done.status == 74 and "cannot write" in done.errors and place.whole() == "old",
                    (done.status, done.errors, place.whole()))
    for fault in ("write:short", "write:EINTR"):
        done = place.fault(fault)
        tests.check("%s: the new file is whole" % fault,
                    done.status == 0 and place.whole() == "new", (done.errors, place.whole()))
    done = place.fault("open:EMFILE:200")
    tests.check("no more descriptors: the old file or the new",
                done.status in (0, 2, 74, 70) and place.whole() in ("old", "new"),
                (done.status, done.errors, place.whole()))


def order(tests, place):
    log = place.folder.path / "log"
    place.run(LD_PRELOAD=str(LIBRARY), FAULT_LOG=str(log))
    calls = [line.split() for line in log.read_text().splitlines()]
    at = next((i for i, call in enumerate(calls) if call[0] == "rename"), 0)
    mine = [call[0] for call in calls[:at] if call[1] == calls[at - 1][1]]
    mine = mine[len(mine) - 1 - mine[::-1].index("write"):] if "write" in mine else mine
    tests.check("order: write, fsync, close, rename, and fsync of the folder",
                mine == ["write", "fsync", "close"] and calls[at][0] == "rename"
                and calls[at + 1][0] == "fsync", (mine, calls[at:at + 3]))


def memory(tests, place):
    log = place.folder.path / "memory"
    place.fault("memory:ENOMEM:999999999", FAULT_LOG=str(log))
    total = int(log.read_text().split("memory ")[-1].split()[0])
    chance, bad, ends = random.Random(11), [], set()
    for number in sorted(chance.randint(1, total) for _ in range(500 if LONG else 60)):
        done = place.fault("memory:ENOMEM:%d" % number)
        ends.add(done.status)
        whole = place.whole()
        if whole not in ("old", "new"):
            bad.append((number, done.status, whole, done.errors[-200:]))
    tests.check("memory fails at one of %d allocations: never a torn file" % total, not bad, bad[:5])
    tests.check("the program stops with status 70, whoever asked for the memory",
                ends == {70}, ends)


def stop_at(tests, place):
    for fault in ("write:STOP", "write:STOP:2", "rename:STOP"):
        done = place.fault(fault)
        tests.check("SIGTERM at %s: the old file, no temporary" % fault.split(":")[0],
                    done.status == -signal.SIGTERM and place.whole() == "old",
                    (done.status, place.whole()))


def start(place):
    place.folder.write("a.pdf", OLD)
    return subprocess.Popen([program.PROGRAM, "render", "a.md", "-q", "-o", "a.pdf"],
                            cwd=place.folder.path, env=program.environment(),
                            stderr=subprocess.DEVNULL)


def signals(tests, place):
    begin = time.monotonic()
    start(place).wait()
    span = time.monotonic() - begin
    chance, bad = random.Random(5), []
    for i in range(100 if LONG else 24):
        process = start(place)
        time.sleep(chance.random() * span)
        process.send_signal(SIGNALS[i % len(SIGNALS)])
        process.wait()
        if place.whole() not in ("old", "new"):
            bad.append((SIGNALS[i % len(SIGNALS)], place.whole()))
    tests.check("INT, TERM, HUP, PIPE at any moment leave the old file or the new", not bad, bad)


def kills(tests, place):
    begin = time.monotonic()
    start(place).wait()
    span = time.monotonic() - begin
    chance, bad, left = random.Random(9), [], 0
    for _ in range(KILLS):
        process = start(place)
        time.sleep(chance.random() * span)
        process.kill()
        process.wait()
        if place.output.read_bytes() not in (OLD, place.new):
            bad.append(place.output.stat().st_size)
        left += len(place.folder.temporaries())
    tests.check("kill -9 at any moment leaves the old file or the new", not bad, bad)
    print("# %d times a temporary was left" % left)
    place.folder.write(".a.pdf.paiban-aaaaaa", "what a killed process left")
    place.run()
    tests.check("after the next run none is left", place.whole() == "new", place.whole())


class Archive:
    """An archive whose issues say one thing or another, and the PDFs of either."""

    def __init__(self, folder):
        self.folder = folder
        self.good = [set() for _ in range(ISSUES)]
        for version in (0, 1):
            self.write(version)
            self.start().wait()
            for number, content in enumerate(self.pdfs()):
                self.good[number].add(content)

    def write(self, version):
        for number in range(ISSUES):
            self.folder.write("in/%d.md" % number, ISSUE + "\n第 %d 版。\n" % version)

    def start(self, **changes):
        return subprocess.Popen(
            [program.PROGRAM, "batch", "in", "-o", "out", "-q", "-j", "2"],
            cwd=self.folder.path, env=program.environment(**changes),
            stderr=subprocess.DEVNULL, start_new_session=True)

    def pdfs(self):
        return [(self.folder.path / "out" / ("%d.pdf" % n)).read_bytes() for n in range(ISSUES)]

    def wrong(self):
        """What is neither the old file nor the new, or a manifest that is torn."""
        bad = [n for n, content in enumerate(self.pdfs()) if content not in self.good[n]]
        try:
            json.loads((self.folder.path / "out/manifest.json").read_text())
        except ValueError as error:
            bad.append(str(error))
        return bad


def batches(tests, archive):
    """Stopped at any moment; each run has to make what the last one was stopped at."""
    archive.write(0)
    begin = time.monotonic()
    archive.start().wait()
    span = time.monotonic() - begin
    for name, signals_sent, rounds in (("kill -9", (signal.SIGKILL,), KILLS),
                                       ("INT, TERM, HUP, PIPE", SIGNALS, KILLS // 4)):
        chance, bad = random.Random(13), []
        for i in range(rounds):
            archive.write(i % 2)
            process = archive.start()
            time.sleep(chance.random() * span)
            # half of the time the workers, too
            (os.killpg if i % 4 < 2 else os.kill)(process.pid, signals_sent[i % len(signals_sent)])
            process.wait()
            if archive.wrong():
                bad.append((i, archive.wrong()))
        tests.check("batch, %s at any moment: every PDF is the old or the new" % name, not bad, bad)
        archive.write(1)
        for _ in range(1000):
            done = archive.start().wait()
            if done != 74:  # a worker had not noticed yet that it was alone
                break
        tests.check("batch, %s: the next run makes all and leaves no temporary" % name,
                    done == 0 and not archive.wrong() and not archive.folder.temporaries(),
                    (done, archive.wrong(), archive.folder.temporaries()))


def batch_disk(tests, archive):
    for fault in ("write:ENOSPC", "write:EIO:3", "write:short", "rename:EACCES", "close:EIO:9"):
        archive.write(0)
        archive.start().wait()
        archive.write(1)
        process = archive.start(LD_PRELOAD=str(LIBRARY), FAULT=fault)
        done = process.wait()
        tests.check("batch, %s: every PDF is the old or the new" % fault,
                    done in (0, 2, 74) and not archive.wrong() and
                    not archive.folder.temporaries(),
                    (done, archive.wrong(), archive.folder.temporaries()))


def together(tests, place):
    bad = []
    for _ in range(20 if LONG else 4):
        both = [start(place) for _ in range(3)]
        ends = [process.wait() for process in both]
        if ends != [0, 0, 0] or place.whole() != "new":
            bad.append((ends, place.whole()))
    tests.check("three runs on one output at the same time leave a whole file", not bad, bad)


def main():
    tests = program.Tests()
    if program.is_sanitized():
        print("1..0 # SKIP a sanitized program takes no preloaded malloc")
        return 0
    with program.Folder() as folder:
        place = Place(folder)
        for run in (disk, order, memory, stop_at, signals, kills, together):
            run(tests, place)
    with program.Folder() as folder:
        archive = Archive(folder)
        for run in (batches, batch_disk):
            run(tests, archive)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
