"""report: the figures of bench.py as tables, and their way into the documents."""
import collections
import datetime
import re
import subprocess

import measure

Results = collections.namedtuple("Results", "machine cold batch edit pages stages")
MARKS = re.compile(r"(<!-- bench -->\n).*?(<!-- /bench -->)", re.S)


class Cold:
    """Medians of a cold render."""

    def __init__(self, costs, size):
        self.wall = measure.median([c.wall for c in costs])
        self.cpu = measure.median([c.cpu for c in costs])
        self.memory = measure.median([c.memory for c in costs])
        self.size = size


class Rate:
    """Issues a second, and CPU seconds an issue."""

    def __init__(self, count, wall, cpu):
        self.rate, self.cpu = count / wall, cpu / count


class Pages:
    """CPU seconds and MiB of an issue of some pages."""

    def __init__(self, costs, count):
        self.cpu = measure.median([c.cpu for c in costs])
        self.memory = measure.median([c.memory for c in costs])
        self.count = count


def page_count(pdf):
    text = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True,
                          check=True).stdout
    return int(re.search(r"^Pages:\s+(\d+)", text, re.M)[1])


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        match = re.search(r"^model name\s*: (.*)$", file.read(), re.M)
    return match[1] if match else "unknown processor"


def stages(paiban, sample, folder):
    """{stage: CPU milliseconds}, each the median of 15 runs of render --timings."""
    runs = collections.defaultdict(list)
    for _ in range(15):
        text = subprocess.run([str(paiban), "render", str(sample), "--timings", "-o",
                               str(folder / "s.pdf")], capture_output=True, text=True,
                              env=measure.environment(), check=True).stderr
        line = re.search(r": ((?:\w+ [\d.]+, )+total [\d.]+) ms CPU", text)[1]
        for name, value in re.findall(r"(\w+) ([\d.]+)", line):
            runs[name].append(float(value))
    return {name: measure.median(values) for name, values in runs.items()}


def figure(value):
    return "%.0f" % value if value >= 99.5 else "%.3g" % value


def times(value, base):
    return "×%s" % figure(value / base)


WORDS = {
    "en": {"head": ["", "cold, CPU", "cold, wall", "memory", "PDF", "issues/s", "edit, CPU"],
           "note": "One issue of ten pages (samples/2021-05.md), 400 generated issues, one edit; "
                   "medians, of batches the best of three, in one run of `tests/bench/bench.py` "
                   "on %s, %s. × is the ratio to paiban. Only paiban's PDFs are tagged, PDF/A-2a "
                   "and PDF/UA-1; pango-view sets one endless page without headings or links."},
    "zh": {"head": ["", "单次 CPU", "单次耗时", "内存", "PDF", "每秒期数", "改一处 CPU"],
           "note": "一期十页的月报（samples/2021-05.md）、400 期生成的简报、改动一处；"
                   "`tests/bench/bench.py` 在 %s（%s）上一次运行的中位数，批量取三次中最快的。"
                   "× 为与 paiban 之比。"
                   "只有 paiban 的 PDF 带标签并符合 PDF/A-2a 与 PDF/UA-1；"
                   "pango-view 只排成没有标题和链接的一整页长文。"},
}


def row(name, results):
    ours, cold = results.cold["paiban"], results.cold.get(name)
    cells = [name] + ["–"] * 6
    if cold:
        cells[1:5] = ["%s ms" % figure(cold.cpu * 1000), "%s ms" % figure(cold.wall * 1000),
                      "%.0f MiB" % cold.memory, "%.0f kB" % (cold.size / 1000)]
        if name != "paiban":
            cells[1] += " (%s)" % times(cold.cpu, ours.cpu)
            cells[2] += " (%s)" % times(cold.wall, ours.wall)
            cells[3] += " (%s)" % times(cold.memory, ours.memory)
            cells[4] += " (%s)" % times(cold.size, ours.size)
    rate = results.batch.get(name)
    if rate:
        cells[5] = figure(rate.rate)
        if name != "paiban":
            cells[5] += " (1/%s)" % figure(results.batch["paiban"].rate / rate.rate)
    edit = results.edit.get(name)
    if edit:
        cells[6] = "%s ms" % figure(edit["known"] * 1000)
        if name != "paiban":
            cells[6] += " (%s)" % times(edit["known"], results.edit["paiban"]["known"])
    return "| %s |" % " | ".join(cells)


def comparison(results, language):
    words = WORDS[language]
    names = list(dict.fromkeys([*results.cold, *results.batch]))
    lines = ["| %s |" % " | ".join(words["head"]), "|---|" + "---:|" * 6]
    lines += [row(name, results) for name in names]
    today = datetime.date.today().isoformat()
    return "\n".join(lines) + "\n\n" + words["note"] % (results.machine, today)


def details(results):
    sample, long = results.pages["sample"], results.pages["300 pages"]
    lines = ["| an edit of the sample, CPU ms | without a new glyph | with one |", "|---|---:|---:|"]
    lines += ["| %s | %s | %s |" % (name, figure(cost["known"] * 1000), figure(cost["new"] * 1000))
              for name, cost in results.edit.items()]
    lines += ["", "| CPU an issue in a batch, ms | |", "|---|---:|"]
    lines += ["| %s | %s |" % (name, figure(rate.cpu * 1000))
              for name, rate in results.batch.items()]
    lines += ["", "| pages | CPU ms a page | MiB |", "|---:|---:|---:|"]
    lines += ["| %d | %s | %.1f |" % (p.count, figure(p.cpu * 1000 / p.count), p.memory)
              for p in (sample, long)]
    growth = (long.memory - sample.memory) / (long.count - sample.count)
    lines += ["", "Memory grows by %.3f MiB a page." % growth, "",
              "| stage of the sample's cold render (`render --timings`) | CPU ms |", "|---|---:|"]
    lines += ["| %s | %s |" % (name, figure(value)) for name, value in results.stages.items()]
    return "\n".join(lines)


def full(results):
    return comparison(results, "en") + "\n\n" + details(results)


def put(path, text):
    old = path.read_text(encoding="utf-8")
    if not MARKS.search(old):
        raise SystemExit("%s has no <!-- bench --> marks" % path)
    path.write_text(MARKS.sub(lambda m: m[1] + text + "\n" + m[2], old, count=1),
                    encoding="utf-8")


def write(results, root):
    put(root / "README.md", comparison(results, "en"))
    put(root / "README.zh-CN.md", comparison(results, "zh"))
    put(root / "docs/PERFORMANCE.md", full(results))
