#!/usr/bin/env python3
"""PDFs as files: qpdf finds no fault, the same bytes come out whatever the locale, time zone,
folder and time, what is asked for is kept or refused (TAP). That they conform is shown by
conformance.py.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

import pdf_read
import program

LOCALES = {"de_DE.UTF-8": "UTF-8", "tr_TR.UTF-8": "UTF-8", "zh_CN.GB18030": "GB18030"}
PROMISES = [  # name, options
    ("plain", ["--pdfa", "2a"]),
    ("2b", ["--pdfa", "2b"]),
    ("2u", ["--pdfa", "2u"]),
    ("3a", ["--pdfa", "3a", "--linearize"]),
    ("none", ["--pdfa", "none"]),
    ("linear", ["--linearize"]),
    ("stored", ["--compress", "0"]),
    ("packed", ["--compress", "12"]),
]


def make_locales(folder):
    """Locales that the machine need not have: their numbers, letters and bytes are others. Returns
    the folder for LOCPATH, "" when they cannot be made."""
    place = folder.path / "locales"
    place.mkdir()
    for name, encoding in LOCALES.items():
        if not shutil.which("localedef") or not os.path.isdir("/usr/share/i18n/locales"):
            return ""
        subprocess.run(["localedef", "-c", "-i", name.split(".")[0], "-f", encoding, place / name],
                       capture_output=True, check=False)
    return str(place) if all((place / name).is_dir() for name in LOCALES) else ""


def decimal_point(name, place):
    """What the C library takes the locale for."""
    script = "import locale; locale.setlocale(locale.LC_ALL, ''); print(locale.localeconv()['decimal_point'])"
    done = subprocess.run([sys.executable, "-c", script], env={**os.environ, "LC_ALL": name,
                          "LOCPATH": place}, capture_output=True, check=False)
    return done.stdout.decode().strip()


def check_locales(tests, folder, source, expected):
    place = make_locales(folder)
    if not place:
        tests.skip("the same bytes in other locales", "needs localedef and the package locales")
        return
    tests.check("a locale with a comma is there", decimal_point("de_DE.UTF-8", place) == ",")
    for name in ["C", "C.UTF-8", *LOCALES]:
        program.run("render", source, "-o", "l.pdf", cwd=folder.path, LC_ALL=name, LOCPATH=place)
        tests.check("the same bytes in the locale " + name,
                    (folder.path / "l.pdf").read_bytes() == expected)
        (folder.path / "l.pdf").unlink()


def check_same_bytes(tests, folder, source, expected):
    (folder.path / "other").mkdir()
    (folder.path / "link").symlink_to(source.parent)
    surroundings = [("time zone", source, {"TZ": "XXX-9"}),
                    ("time zone in the west", source, {"TZ": "YYY+11:30"}),
                    ("address space", source, {"MALLOC_PERTURB_": "165"}),
                    ("home", source, {"HOME": "/nonexistent"}),
                    ("folder, by a relative path", os.path.relpath(source, folder.path / "other"), {}),
                    ("folder, by a link", "../link/" + source.name, {})]
    for name, path, changes in surroundings:
        result = program.run("render", path, "-o", "b.pdf", cwd=folder.path / "other", **changes)
        made = folder.path / "other" / "b.pdf"
        tests.check("the same bytes in another " + name, result.status == 0
                    and made.read_bytes() == expected, result.errors)
        made.unlink(missing_ok=True)
    check_locales(tests, folder, source, expected)
    program.run("render", source, "-o", "c.pdf", cwd=folder.path / "other",
                SOURCE_DATE_EPOCH="1700000000")
    found = (folder.path / "other" / "c.pdf").read_bytes()
    tests.check("SOURCE_DATE_EPOCH is its date", b"2023-11-14T22:13:20Z" in found)
    tests.check("another date is another file", found != expected)


def check_promises(tests, folder):
    """--pdfa, --linearize and --compress: what is asked for is there, and conforms."""
    sizes = {}
    for name, options in PROMISES:
        path = folder.path / (name + ".pdf")
        result = folder.run("render", pdf_read.SAMPLE, *options, "-o", path)
        again = folder.run("render", pdf_read.SAMPLE, *options, "-o", "-")
        tests.check(name + ": the same bytes twice", result.status == 0 and again.bytes ==
                    path.read_bytes(), result.errors)
        done = subprocess.run(["qpdf", "--check", path], capture_output=True, check=False)
        tests.check(name + ": qpdf finds no fault", done.returncode == 0, done.stderr.decode())
        linear = b"File is linearized" in done.stdout
        tests.check(name + ": linearised as asked", linear == ("--linearize" in options))
        data = path.read_bytes()
        level = re.search(rb"<pdfaid:part>(\d)</pdfaid:part>\s*<pdfaid:conformance>(\w)<", data)
        found = (level[1] + level[2]).decode().lower() if level else "none"
        asked = options[1] if options[0] == "--pdfa" else "2a"
        tests.check(name + ": promises " + asked, found == asked, found)
        pdf = pdf_read.Pdf(path)
        tests.check(name + ": an output intent goes with a promise",
                    ("/OutputIntents" in pdf.root) == (asked != "none"))
        files = pdf.root.get("/AF", [])
        tests.check(name + ": the source travels in 3a only", len(files) == (asked == "3a"))
        if files:
            check_source(tests, name, pdf, pdf.get(files[0]))
        sizes[name] = path.stat().st_size
    tests.check("more effort, fewer bytes", sizes["stored"] > sizes["plain"] > sizes["packed"],
                sizes)
    for options in (["--pdfa", "2a"], ["--linearize"], ["--compress", "3"]):
        result = folder.run("render", pdf_read.SAMPLE, *options, "-o", "x.png")
        tests.check("%s is refused for PNG" % options[0], result.status == 64
                    and options[0] in result.errors and "x-01.png" not in folder.names(),
                    result.errors)
    for options in (["--pdfa", "4"], ["--compress", "13"], ["--compress", "-1"], ["--compress", "2.5"]):
        result = folder.run("render", pdf_read.SAMPLE, *options, "-o", "x.pdf")
        tests.check("%s %s is refused" % tuple(options), result.status == 64, result.errors)
    result = folder.run("render", pdf_read.SAMPLE, "--linearize", "-o", "x.pdf",
                        PAIBAN_MODULEDIR=str(folder.path))
    tests.check("no module, no file that is not linearised", result.status == 2
                and "[module-failed]" in result.errors and "x.pdf" not in folder.names(),
                result.errors)


def check_source(tests, name, pdf, specification):
    stream = specification["/EF"]["/F"]
    tests.check(name + ": it is the issue, byte for byte",
                pdf.bytes(stream) == pdf_read.SAMPLE.read_bytes())
    tests.check(name + ": it is told as the source", specification["/AFRelationship"] == "/Source"
                and pdf_read.text(specification["/UF"]) == pdf_read.SAMPLE.name
                and pdf.get(stream)["/Subtype"] == "/text/markdown", specification)


def check_moved_fonts(tests, folder, source, expected):
    """The same fonts in another folder, as another machine has them."""
    conf = pathlib.Path(program.environment()["PAIBAN_FONTS_CONF"]).read_text(encoding="utf-8")
    for number, old in enumerate(re.findall(r"<dir>(.*?)</dir>", conf)):
        moved = folder.path / ("fonts-%d" % number)
        if os.path.isdir(old):
            moved.symlink_to(old)
            conf = conf.replace("<dir>%s</dir>" % old, "<dir>%s</dir>" % moved)
    conf = re.sub(r"<cachedir>.*?</cachedir>",
                  "<cachedir>%s</cachedir>" % (folder.path / "cache"), conf)
    folder.write("moved.conf", conf)
    result = folder.run("render", source, "-o", "m.pdf",
                        PAIBAN_FONTS_CONF=str(folder.path / "moved.conf"))
    tests.check("the same bytes with fonts in another folder", result.status == 0 and
                (folder.path / "m.pdf").read_bytes() == expected, result.errors)


def check_batch(tests, folder, source, expected):
    result = folder.run("batch", source, pdf_read.ELEMENTS, "-o", "batched", "-j", "1")
    made = folder.path / "batched" / (source.stem + ".pdf")
    tests.check("the same bytes by batch", made.exists() and made.read_bytes() == expected,
                result.errors)


def check_bad(tests, folder):
    head = "---\ntitle: %s\ndate: 2024-02\n---\n\n## 甲\n\n%s\n"
    cases = [
        ("a title of 4,000 characters", head % ("长" * 4000, "正文")),
        ("5,000 links", head % ("题", " ".join("[a](http://a.cn/%d)" % i for i in range(5000)))),
        ("markup in the title", head % ("'<b>&amp; ]]> (x\\'", "正文")),
    ]
    for name, text in cases:
        folder.write("x.md", text)
        result = folder.run("render", "x.md", "-o", "x.pdf")
        checked = subprocess.run(["qpdf", "--check", "x.pdf"], cwd=folder.path,
                                 capture_output=True, check=False)
        tests.check(name + ": a sound PDF", result.status == 0 and checked.returncode == 0,
                    result.errors[-500:] + checked.stderr.decode()[-500:])
        tests.check(name + ": nothing told of it", "[link-" not in result.errors, result.errors[-500:])
        if name == "a title of 4,000 characters":
            pdf = pdf_read.Pdf(folder.path / "x.pdf")
            title = pdf_read.text(pdf.get(pdf.trailer["/Info"])["/Title"])
            tests.check(name + ": it is whole", title == "长" * 4000, len(title))
        if name == "5,000 links":
            pdf = pdf_read.Pdf(folder.path / "x.pdf")
            found = [pdf.get(a)["/A"]["/URI"] for p in pdf.pages for a in p.get("/Annots", [])]
            links = {u for u in found}
            tests.check(name + ": all are there", len(links) == 5000, len(links))


def main():
    tests = program.Tests()
    with program.Folder() as folder:
        paths = []
        for name, source in pdf_read.documents(folder):
            paths.append(folder.path / (name + ".pdf"))
            result = folder.run("render", source, "-o", paths[-1])
            tests.check(name + ": renders", result.status == 0, result.errors)
            done = subprocess.run(["qpdf", "--check", paths[-1]], capture_output=True,
                                  check=False)
            tests.check(name + ": qpdf finds no fault", done.returncode == 0,
                        done.stderr.decode())
        check_same_bytes(tests, folder, pdf_read.SAMPLE, paths[0].read_bytes())
        check_moved_fonts(tests, folder, pdf_read.SAMPLE, paths[0].read_bytes())
        check_batch(tests, folder, pdf_read.SAMPLE, paths[0].read_bytes())
        check_promises(tests, folder)
        check_bad(tests, folder)
        size = paths[0].stat().st_size
        tests.check("the sample has at most 205,000 bytes", size <= 205000, size)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
