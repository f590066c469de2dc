#!/usr/bin/env python3
"""Compare where glyphs stand in PDFs with what clreq and GB/T 15834 ask for (TAP).

usage: break.py [-v] [NAME…]     all cases, or those whose names begin so
       break.py --update         show how tests/break/*.expected change, ask, write them

The cases are in tests/break/*.txt (cases.py says how they are written, expect.py what they may
expect). Cases of one measure and one set of layout keys become one issue, a page each, so that
some hundred of them cost a few dozen renders; `mutool trace` reads every glyph's place back.

Each case is tried a second time with its rule switched off, or with a text as long that lacks
what the rule is about, or with a glyph moved: then an expectation must fail. An expectation
that cannot be asked there at all counts as none.
"""
import concurrent.futures
import pathlib
import re
import sys

import program

FOLDER = pathlib.Path(__file__).resolve().parent / "break"
sys.path.insert(0, str(FOLDER))
import cases as case_files  # noqa: E402
import expect               # noqa: E402
import rows                 # noqa: E402
import trace as traces      # noqa: E402

ROWS = [*range(1, 36), 37, 38, 39, 43, 44, 45, 47, 48, 49]  # of docs/CLREQ.md
CASES_WANTED = 250       # distinct (row, text, measure) with a control of their own
CASES_PER_ROW = 3
PAGE_HEIGHT = 1600       # pt: no case needs a second page
MEASURE_MOST = 48        # em: the type area; a case's measure is what body's right indent leaves
WORKERS = 2

# What every generated layout says; the case's keys come on top.
KEYS = {
    "page.height": "%dpt" % PAGE_HEIGHT,
    "page.margin-top": "36pt", "page.margin-bottom": "36pt",
    "page.margin-inner": "%gpt" % traces.MARGIN, "page.margin-outer": "%gpt" % traces.MARGIN,
    "page.width": "%gpt" % (MEASURE_MOST * traces.EM + 2 * traces.MARGIN),
    "cover.show": "false", "highlights.show": "false", "contacts.show": "false",
    "header.rule": "0pt", "header.odd.centre": '""', "footer.odd.centre": '""',
    "styles.body.indent-first": "0em",
}


class Task:
    """One page to render: a case, or its control."""

    def __init__(self, case, text, settings, control=None):
        self.case = case
        self.text = text
        self.settings = settings
        self.control = control  # None: the case itself
        self.page = None
        self.picture = None     # reads the page's ink


def yaml_of(keys):
    """Dotted keys as YAML in block style."""
    tree = {}
    for key, value in keys.items():
        *folders, name = key.split(".")
        at = tree
        for folder in folders:
            at = at.setdefault(folder, {})
        at[name] = value
    lines = ["base: base"]

    def write(node, depth):
        for name, value in node.items():
            if isinstance(value, dict):
                lines.append("  " * depth + name + ":")
                write(value, depth + 1)
            else:
                lines.append("  " * depth + name + ": " + value)
    write(tree, 0)
    return "\n".join(lines) + "\n"


def issue_of(texts):
    head = "---\ntitle: 排版\ndate: 2021-05\nlayout: ./break.yaml\n---\n\n"
    texts = [t.replace("¶", "\n\n").replace("⏎", "\n") for t in texts]
    return head + "\n\n<!-- pagebreak -->\n\n".join(texts) + "\n"


def tasks_of(case):
    """The case, the texts it is to be the same as, and its controls."""
    tasks = [Task(case, case.text, case.settings)]
    for word, argument in case.expectations:
        if word == "same-as":
            tasks.append(Task(case, case_files.fill(argument, case.width), case.settings,
                              "same-as"))
    off = tuple(case_files.pair(a) for w, a in case.controls if w == "off")
    if off:
        tasks.append(Task(case, case.text, case.settings + off, "off"))
    for word, argument in case.controls:
        if word == "control":
            text = case_files.fill(argument, case.width)
            tasks.append(Task(case, text, case.settings, "control"))
        elif word == "without":
            text = "".join("也" if c in argument else c for c in case.text)
            tasks.append(Task(case, text, case.settings, "control"))
    return tasks


def run(folder, key, texts, *options):
    """Run paiban on an issue with a page for each text."""
    width, settings = key
    keys = dict(KEYS)
    keys["styles.body.indent-right"] = "%gpt" % ((MEASURE_MOST - width) * traces.EM)
    keys.update(settings)
    folder.write("break.yaml", yaml_of(keys))
    folder.write("a.md", issue_of(texts))
    result = folder.run("render", "a.md", *options)
    if result.status != 0:
        raise SystemExit("Bail out! %s: %s" % (key, result.errors))
    return result


def render_dump(key, cases, stage):
    with program.Folder() as folder:
        return run(folder, key, [c.text for c in cases], "--dump=" + stage).output


def render(group):
    """Render the tasks of one measure and layout; give each its page."""
    key, tasks = group
    with program.Folder() as folder:
        result = run(folder, key, [t.text for t in tasks], "-o", "a.pdf")
        raised = {i + 1 for i, t in enumerate(tasks) if "<sup>" in t.text}
        pages = traces.read_pages(str(folder.path / "a.pdf"), raised)
        if len(pages) != len(tasks):
            raise SystemExit("Bail out! %s: %d pages for %d texts: %s" % (
                key, len(pages), len(tasks), result.errors))
        for task, page in zip(tasks, pages):
            task.page = page
            if any(w in ("ink", "joined", "ink-left", "ink-right")
                   for w, _ in task.case.expectations):
                picture = traces.Picture(str(folder.path / "a.pdf"), page.number)
                task.picture = lambda picture=picture: picture


def render_all(tasks):
    groups = {}
    for task in tasks:
        groups.setdefault((task.case.width, task.settings), []).append(task)
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(render, groups.items()))
    return len(groups)


def shift(page, argument):
    """Move the first glyph C by DX, DY em."""
    char, *by = argument.split()
    for glyph in page.flat:
        if glyph.text == char:
            glyph.x += float(by[0])
            glyph.y += float(by[1]) if len(by) > 1 else 0.0
            return
    raise SystemExit("Bail out! no ‘%s’ to shift" % char)


def scene_of(case, tasks, task):
    other = [t.page for t in tasks if t.control == "same-as"]
    return expect.Scene(task.page, case.drawn, case.width, task.picture,
                        other[0] if other else None)


def check_case(tests, case, tasks):
    """Ask the case; True when it holds."""
    scene = scene_of(case, tasks, tasks[0])
    if scene.page.text() != scene.text:
        return tests.check(case.title(), False, "drawn: ‘%s’, written: ‘%s’" % (
            scene.page.text(), scene.text))
    wrong, absent = expect.ask(scene, case.expectations)
    return tests.check(case.title(), not wrong + absent,
                       "\n".join(wrong + absent + [expect.show(scene)]))


def control_fails(case, tasks):
    """(every control makes an expectation fail, what they said)."""
    fails, told = True, []
    for task in tasks:
        if task.control in ("off", "control"):
            wrong, absent = expect.ask(scene_of(case, tasks, task), case.expectations)
            fails = fails and bool(wrong)
            told += ["%s: %s" % (task.control, w) for w in wrong + absent]
            told.append("%s: %s" % (task.control, expect.show(scene_of(case, tasks, task))))
    for word, argument in case.controls:
        if word == "shift":
            shift(tasks[0].page, argument)
            wrong, absent = expect.ask(scene_of(case, tasks, tasks[0]), case.expectations)
            fails = fails and bool(wrong)
            told += ["shift: " + w for w in wrong + absent]
    return fails, told


def check_all(tests, chosen, tasks):
    """Ask everything; the (row, text, measure) that hold and have a control that fails."""
    good, by_name = set(), {}
    for case in chosen:
        holds = check_case(tests, case, tasks[case])
        fails, told = control_fails(case, tasks[case])
        by_name.setdefault(case.name, []).append(fails)
        if holds and fails:
            good.add((case.row, case.text, case.width))
        if not case.many:
            tests.check(case.title() + ": its control fails", fails, "\n".join(told))
        if "-v" in sys.argv:
            print("\n".join("# " + line for line in told))
    for name in sorted({c.name for c in chosen if c.many}):
        tests.check(name + ": its control fails at some measure", any(by_name[name]))
    return good


def check_page(tests, found):
    """docs/CLREQ.md has a row for every tested one, and says of the others who does them."""
    page = (program.ROOT / "docs" / "CLREQ.md").read_text(encoding="utf-8")
    stated = dict(re.findall(r"^\| (\d+) \|.*\| (\w+)[^|]*\|$", page, re.M))
    tested = {str(c.row) for c in found}
    wrong = sorted(tested ^ {r for r, status in stated.items() if status not in ("flow", "out")})
    tests.check("docs/CLREQ.md and the cases have the same rows", not wrong, wrong)


def main():
    names = [a for a in sys.argv[1:] if not a.startswith("-")]
    tests = program.Tests()
    found = case_files.read_cases(FOLDER)
    chosen = [c for c in found if not names or any(c.name.startswith(n) for n in names)]
    tasks = {case: tasks_of(case) for case in chosen}
    renders = render_all([t for own in tasks.values() for t in own])
    good = check_all(tests, chosen, tasks)
    print("# %d renders, %d (row, text, measure) with a control" % (renders, len(good)))
    if not names:
        tests.check("%d (row, text, measure), each with a control" % CASES_WANTED,
                    len(good) >= CASES_WANTED, len(good))
        poor = [r for r in ROWS if len([g for g in good if g[0] == r]) < CASES_PER_ROW]
        tests.check("%d of each row" % CASES_PER_ROW, not poor, "rows with less: %s" % poor)
        check_page(tests, found)
        rows.compare(tests, render_dump)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(rows.update(render_dump, "--yes" in sys.argv) if "--update" in sys.argv
             else main())
