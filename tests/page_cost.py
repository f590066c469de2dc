#!/usr/bin/env python3
"""What a page costs in a long document: instructions and memory (TAP).

Counted as in cost.py. Flow and page building alone: what flow_build() takes less what
composer_compose() takes within it, in a document that repeats the sample's text, so that
composing is cached and only the work that every page needs is left. The whole, and memory: in
documents of which no two pages say the same.
"""
import os
import subprocess
import sys

import cost
import program

BUILD_MOST = 5_000_000  # the sample
LONGER_MOST = 1.1       # a page of a long document against one of the sample
MEMORY_MOST = 0.2       # MiB of a page more, of the process at its largest
COUNTS = (12, 24, 36) if os.environ.get("PAIBAN_LONG") else (6, 12)  # 36: 300 pages
TIMES = 50 if os.environ.get("PAIBAN_LONG") else 10  # 50: 300 pages


def build(folder, source):
    """(instructions, pages) of building one issue's book."""
    arguments = ("render", source, "--layout", "base", "-o", "a.pdf")
    whole = cost.instructions("flow_build", *arguments, cwd=folder.path)
    composing = cost.instructions("composer_compose", *arguments, cwd=folder.path)
    return whole - composing, pages(folder, source)


def pages(folder, source):
    """Pages but for the cover, which is nearly empty."""
    dump = folder.run("render", source, "--layout", "base", "--dump=pages", "-o", "-")
    return dump.output.count("\npage ") - 1


def measure(tests, folder):
    head, text = cost.SAMPLE.read_text(encoding="utf-8").split("\n---\n", 1)
    folder.write("short.md", head + "\n---\n" + text)
    folder.write("long.md", head + "\n---\n" + text * TIMES)
    short, short_pages = build(folder, "short.md")
    tests.check("building the sample takes at most %d million instructions"
                % (BUILD_MOST // 10**6), 0 < short <= BUILD_MOST, short)
    long, long_pages = build(folder, "long.md")
    tests.check("a page of a document %d times as long costs at most %.1f times as much"
                % (TIMES, LONGER_MOST), long_pages > 0.9 * TIMES * short_pages and
                long / long_pages <= LONGER_MOST * short / short_pages,
                "%d on %d pages, %d on %d" % (short, short_pages, long, long_pages))


def peak(folder, source):
    """MiB of a render's memory at its largest."""
    process = subprocess.Popen([program.PROGRAM, "render", source, "-q", "--layout", "base",
                                "-o", "a.pdf"], cwd=folder.path, env=program.environment(),
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return usage.ru_maxrss / 1024


def write_long(folder):
    """One issue of the texts of so many issues of the corpus each: 8 or 9 pages of one."""
    subprocess.run([sys.executable, program.ROOT / "tests/corpus/generate.py", "--seed", "pages",
                    "--count", str(max(COUNTS)), "--lang", "zh-Hans", "--elements", "all", "-o",
                    folder.path], check=True, capture_output=True)
    bodies = [path.read_text(encoding="utf-8").split("\n---\n", 1)[1]
              for path in sorted(folder.path.glob("issue-*.md"))]
    for count in COUNTS:
        folder.write("long-%d.md" % count, "---\ntitle: 月报\n---\n" + "\n".join(bodies[:count]))


def measure_whole(tests, folder):
    folder.write("short.md", cost.SAMPLE.read_text(encoding="utf-8"))
    write_long(folder)
    long = "long-%d.md" % COUNTS[-1]
    each = [cost.instructions(None, "render", source, "-q", "--layout", "base", "-o", "a.pdf",
                              cwd=folder.path) / pages(folder, source)
            for source in ("short.md", long)]
    tests.check("a page of %d costs no more than one of the sample" % pages(folder, long),
                0 < each[1] <= each[0], each)
    sizes = [(pages(folder, "long-%d.md" % n), peak(folder, "long-%d.md" % n)) for n in COUNTS]
    for (pages1, peak1), (pages2, peak2) in zip(sizes, sizes[1:]):
        grown = (peak2 - peak1) / (pages2 - pages1)
        print("# %d pages %.1f MiB, %d pages %.1f MiB: %.3f MiB a page"
              % (pages1, peak1, pages2, peak2, grown))
        tests.check("memory grows by at most %g MiB a page, from %d to %d pages"
                    % (MEMORY_MOST, pages1, pages2), pages2 > 1.3 * pages1 and
                    grown <= MEMORY_MOST, sizes)


if __name__ == "__main__":
    sys.exit(cost.main(measure, measure_whole))
