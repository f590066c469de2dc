#!/usr/bin/env python3
"""Import PDFs by their places: paiban's own, and the same pages by other programs (TAP).

tests/import/ holds PDFs that LibreOffice and WeasyPrint made of issue.md, with the script that
made them. Each must come back as issue.md, character for character.
"""
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys

import program

FOLDER = program.ROOT / "tests/import"
SAMPLE = program.ROOT / "samples/2021-05.md"
ROUNDS = 50 if os.environ.get("PAIBAN_LONG") else 6


def difference(a, b):
    n = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    return "at %d: …%r… wanted …%r…" % (n, a[max(0, n - 20):n + 30], b[max(0, n - 20):n + 30])


def import_pdf(folder, path, date):
    done = folder.run("import", path, "-o", "made/issue.md", "--date", date, "--force")
    made = folder.path / "made/issue.md"
    return done, made.read_text(encoding="utf-8") if made.exists() else ""


def without_spaces(text):
    """A space that the author typed between Han is gone where a line ended."""
    return re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", text)


def fixtures(tests):
    for name, source, date in (("libreoffice", "issue", "2022-11"), ("weasyprint", "issue", "2022-11"),
                               ("libreoffice-2", "monthly-2022-03", "2022-03"),
                               ("weasyprint-2", "monthly-2022-03", "2022-03"),
                               ("libreoffice-tagged", "monthly-2022-03", "2022-03"),
                               ("weasyprint-tagged", "monthly-2022-03", "2022-03")):
        with program.Folder() as folder:
            wanted = without_spaces((FOLDER / (source + ".md")).read_text(encoding="utf-8"))
            (folder.path / "made").mkdir()
            done, issue = import_pdf(folder, FOLDER / (name + ".pdf"), date)
            issue = without_spaces(issue)
            series = (folder.path / "made/series.yaml")
            tests.check(name + ": the issue", issue == wanted,
                        difference(issue, wanted) + done.errors)
            tests.check(name + ": title and contacts", series.exists() and
                        "互联网+远程医疗行业月报" in series.read_text(encoding="utf-8") and
                        "ntcc2018@163.com" in series.read_text(encoding="utf-8"))


def own(tests):
    with program.Folder() as folder:
        (folder.path / "made").mkdir()
        program.run("render", SAMPLE, "-o", folder.path / "old.pdf")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done, issue = import_pdf(folder, "old.pdf", "2021-05")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        wanted = SAMPLE.read_text(encoding="utf-8")
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        tests.check("paiban's own PDF: the sample", issue == wanted,
                    difference(issue, wanted) + done.errors)
        print("# ten pages in %.2f s of CPU" % seconds)  # a figure to read, not to hold


def cost(tests):
    """Ten pages in 0.3 s: about 900 million instructions; tags take 108 million, places 466."""
    if program.is_sanitized() or shutil.which("valgrind") is None:
        tests.skip("instructions of an import", "needs valgrind and no sanitizer")
        return
    with program.Folder() as folder:
        program.run("render", SAMPLE, "-o", folder.path / "old.pdf")
        module = pathlib.Path(program.PROGRAM).parent / "render/import/paiban-import-pdf.so"
        folder.write("modules/" + module.name, module.read_bytes())
        for name, most, modules in (("by tags", 200, None),
                                    ("by places", 900, str(folder.path / "modules"))):
            done = subprocess.run(
                ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program.PROGRAM,
                 "import", "old.pdf", "-o", "-"], cwd=folder.path, capture_output=True, check=False,
                env=program.environment(MALLOC_PERTURB_=None, PAIBAN_MODULEDIR=modules))
            counts = re.findall(rb"Collected : (\d+)", done.stderr)
            count = int(counts[0]) / 1e6 if counts else 0
            tests.check("ten pages %s: at most %d million instructions" % (name, most),
                        0 < count <= most, "%.0f %s" % (count, done.stderr[-300:]))


def headings(issue):
    return [re.sub(r"\s+", "", line) for line in issue.split("\n") if line.startswith("#")]


def rounds(tests):
    """Generated issues without special elements: text, sections, items, links come back."""
    with program.Folder() as folder:
        (folder.path / "made").mkdir()
        subprocess.run([sys.executable, program.ROOT / "tests/corpus/generate.py", "--seed", "import",
                        "--count", str(ROUNDS), "--elements", "paragraphs", "--layout", "monthly",
                        "-o", folder.path / "c"], check=True)
        for path in sorted((folder.path / "c").glob("*.md")):
            date = re.search(r"^date: (.*)$", path.read_text(encoding="utf-8"), re.M).group(1)
            folder.run("render", path, "-o", "old.pdf")
            done, issue = import_pdf(folder, "old.pdf", date)
            (folder.path / "made/series.yaml").unlink(missing_ok=True)
            wanted = path.read_text(encoding="utf-8")
            tests.check(path.stem + ": sections and items", headings(issue) == headings(wanted) and
                        issue, "%s\n%s" % (sorted(set(headings(issue)) ^ set(headings(wanted))),
                                           done.errors))
            links = [re.findall(r"https?://[!-~]+", text) for text in (issue, wanted)]
            tests.check(path.stem + ": links", set(links[0]) >= {u.rstrip(")>") for u in links[1]}
                        or sorted(u.rstrip(")>") for u in links[0]) ==
                        sorted(u.rstrip(")>") for u in links[1]),
                        sorted(set(links[0]) ^ set(links[1]))[:6])


def main():
    tests = program.Tests()
    with program.Folder() as folder:
        folder.write("a.pdf", b"%PDF-1.7\n")
        if "[module-failed]" in folder.run("import", "a.pdf", "-o", "-").errors:
            tests.skip("import of PDF", "paiban was built without poppler-glib")
            return tests.finish()
    for part in (fixtures, own, cost, rounds):
        part(tests)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
