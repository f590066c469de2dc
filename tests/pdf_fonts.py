#!/usr/bin/env python3
"""Fonts that a PDF may not or cannot have: fsType, no outlines, damaged, variable, CFF2, a face
that its collection lacks. Each is refused or passed over, told, and never shown as white (TAP).

A font is made of Liberation Serif, under another name, and is the first wish for Latin text. Where
a file is damaged that is done after fontconfig has seen it whole.
"""
import os
import re
import shutil
import struct
import subprocess
import sys

import bad
import font_files
import pdf_read
import program

FAMILY = "Test Serif"
ISSUE = "---\ntitle: 字\ndate: 2024-02\n---\n\n## 甲\n\n文字 Words of Latin letters.\n"
SONG = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"


def font(change=lambda tables: None):
    tables = font_files.read(font_files.LATIN)
    font_files.rename(tables, FAMILY)
    change(tables)
    return tables


def fs_type(value):
    return lambda tables: tables.update({"OS/2": font_files.put(
        tables["OS/2"], font_files.FSTYPE, ">H", value)})


def without(*tags):
    return lambda tables: [tables.pop(tag) for tag in tags]


def variable_cff2(tables):
    font_files.to_cff2(tables)
    font_files.add_axis(tables)


# Name, what is done to the font, exit status, what is told ("" nothing of it).
WHOLE = [
    ("a plain font", lambda tables: None, 0, ""),
    ("fsType installable", fs_type(0), 0, ""),
    ("fsType preview and print", fs_type(4), 0, ""),
    ("fsType editable", fs_type(8), 0, ""),
    ("fsType restricted", fs_type(2), 2, "forbids embedding"),
    ("fsType without subsetting", fs_type(0x100), 2, "forbids subsetting"),
    ("a variable font", font_files.add_axis, 0, "[font-variable]"),
    ("a variable font with named instances", lambda t: font_files.add_axis(t, 400, 700), 0,
     "[font-variable]"),
    ("a variable CFF2 font", variable_cff2, 0, "it is not used"),
    ("a CFF2 font", font_files.to_cff2, 0, "[font-damaged]"),
]


def junk(table):
    """Bytes that no outline is: huge counts of contours and points."""
    return b"\x7f\xff" * (len(table) // 2)


def replaced(tag, new):
    return lambda: font_files.build(font(lambda tables: tables.update({tag: new(tables[tag])})))


# Name, the file's new bytes, exit statuses that are right, what is told.
DAMAGED = [
    ("a file cut off", lambda: font_files.build(font())[:200], (0,), "[font-damaged]"),
    ("no outlines left", lambda: font_files.build(font(without("glyf", "loca"))), (0,),
     "[font-damaged]"),
    ("glyf of junk", replaced("glyf", junk), (2,), "cannot be embedded: its outlines are damaged"),
    ("glyf cut off", replaced("glyf", lambda t: t[:100]), (2,),
     "cannot be embedded: its outlines are damaged"),
    ("glyf empty", replaced("glyf", lambda t: b"\0" * 4), (2,),
     "cannot be embedded: its outlines are damaged"),
    ("loca of junk", replaced("loca", lambda t: b"\xff" * len(t)), (2,),
     "cannot be embedded: its outlines are damaged"),
    ("loca cut off", replaced("loca", lambda t: t[:20]), (2,),
     "cannot be embedded: its outlines are damaged"),
]


class Place:
    """A folder with data that wish for the test's font, and a font configuration for it."""

    def __init__(self, folder):
        self.folder = folder
        bad.data_copy(folder, latin_serif=["Test Serif", "Liberation Serif"])
        (folder.path / "fonts").mkdir()
        conf = re.sub(r"<cachedir>.*?</cachedir>", "<cachedir>%s</cachedir>" % (folder.path / "cache"),
                      open(program.environment()["PAIBAN_FONTS_CONF"], encoding="utf-8").read())
        conf = conf.replace("<selectfont>", "<dir>%s</dir>\n<selectfont>" % (folder.path / "fonts"))
        conf = conf.replace("<acceptfont>", "<acceptfont><glob>*/test.tt*</glob>")
        folder.write("fonts.conf", conf)
        folder.write("a.md", ISSUE)

    def render(self):
        shutil.copyfile(font_files.LATIN, self.folder.path / "old.pdf")
        return self.folder.run("render", "a.md", "-o", "old.pdf", PAIBAN_DATADIR="data",
                               PAIBAN_FONTS_CONF=str(self.folder.path / "fonts.conf"))

    def pdf(self):
        path = self.folder.path / "old.pdf"
        return path if path.read_bytes()[:5] == b"%PDF-" else None

    def fonts(self):
        return subprocess.run(["pdffonts", self.pdf()], capture_output=True, check=False).stdout.decode()


def check_outcome(tests, name, place, result, statuses, told):
    pdf = place.pdf()
    tests.check(name + ": exit status", result.status in statuses, result.errors)
    tests.check(name + ": told", told in result.errors and (told or FAMILY not in result.errors),
                result.errors)
    tests.check(name + ": a file, or the old one", (pdf is not None) == (result.status == 0))
    if pdf:
        checked = subprocess.run(["qpdf", "--check", pdf], capture_output=True, check=False)
        tests.check(name + ": a sound PDF", checked.returncode == 0)
        found = place.fonts()
        used = "TestSerif" if not told else "LiberationSerif"
        tests.check(name + ": %s is embedded" % used, used in found
                    and ("TestSerif" in found) == (used == "TestSerif"), found)


def check_whole(tests):
    for name, change, status, told in WHOLE:
        with program.Folder() as folder:
            place = Place(folder)
            folder.write("fonts/test.ttf", font_files.build(font(change)))
            check_outcome(tests, name, place, place.render(), (status,), told)


def check_damaged(tests):
    """Written into the same file, so that fontconfig's cache still describes the whole font."""
    for name, make, statuses, told in DAMAGED:
        with program.Folder() as folder:
            place = Place(folder)
            path = folder.write("fonts/test.ttf", font_files.build(font()))
            assert place.render().status == 0
            path.write_bytes(make())
            check_outcome(tests, name, place, place.render(), statuses, told)


def check_collection(tests):
    """The wished face is the second of a collection, which then has one only."""
    other = font()
    font_files.rename(other, "Test Other")
    with program.Folder() as folder:
        place = Place(folder)
        path = folder.write("fonts/test.ttc", font_files.collection([other, font()]))
        check_outcome(tests, "a face of a collection", place, place.render(), (0,), "")
        path.write_bytes(font_files.collection([other]))
        check_outcome(tests, "a face that the collection lacks", place, place.render(), (0,),
                      "[font-damaged]")
        data = font_files.collection([other, font()])
        path.write_bytes(font_files.put(data, 16, ">I", len(data) + 100))
        check_outcome(tests, "a face that begins behind the end", place, place.render(), (0,),
                      "[font-damaged]")


def cff_place(path):
    """Offset and length of the CFF table of a collection's first face."""
    with open(path, "rb") as file:
        data = file.read(4096)
    first = struct.unpack(">I", data[12:16])[0]
    count = struct.unpack(">H", data[first + 4:first + 6])[0]
    for i in range(count):
        tag, _, start, length = struct.unpack(">4sIII", data[first + 12 + 16 * i:first + 28 + 16 * i])
        if tag == b"CFF ":
            return start, length
    raise SystemExit("Bail out! no CFF in " + path)


def check_cff(tests):
    """Charstrings of junk in the middle of the table."""
    if not os.path.exists(SONG):
        tests.skip("CFF of junk", "needs fonts-noto-cjk")
        return
    with program.Folder() as folder:
        place = Place(folder)
        conf = folder.path / "fonts.conf"
        conf.write_text(conf.read_text(encoding="utf-8").replace(
            "<dir>%s</dir>" % os.path.dirname(SONG), ""), encoding="utf-8")
        shutil.copyfile(SONG, folder.path / "fonts" / "test.ttc")
        result = place.render()
        tests.check("CFF whole: renders", result.status == 0, result.errors)
        start, length = cff_place(SONG)
        with open(folder.path / "fonts" / "test.ttc", "r+b") as file:
            file.seek(start + length // 5)
            file.write(b"\xff" * (length * 3 // 5))
        result = place.render()
        tests.check("CFF of junk: told", result.status == 2 and "[font-not-embedded]" in result.errors
                    and "its outlines are damaged" in result.errors, result.errors)
        tests.check("CFF of junk: the old file is there", place.pdf() is None)


def main():
    tests = program.Tests()
    if not os.path.exists(font_files.LATIN):
        tests.skip("fonts", "needs fonts-liberation")
        return tests.finish()
    check_whole(tests)
    check_damaged(tests)
    check_collection(tests)
    check_cff(tests)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
