"""font_files: fonts for tests, made of an installed one with the standard library alone.

    tables = font_files.read(path)          {tag: bytes}
    font_files.rename(tables, "Test Serif")
    data = font_files.build(tables)         a TrueType or OpenType file
    data = font_files.collection([one, another])
"""
import struct

LATIN = "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf"
FSTYPE = 8  # offset in OS/2


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    count = struct.unpack(">H", data[4:6])[0]
    rows = [struct.unpack(">4sIII", data[12 + 16 * i:28 + 16 * i]) for i in range(count)]
    return {tag.decode(): data[start:start + length] for tag, _, start, length in rows}


def rename(tables, family):
    """Family, full and PostScript names, in English for Windows."""
    names = [(1, family), (2, "Regular"), (4, family), (6, family.replace(" ", ""))]
    rows, strings = b"", b""
    for number, name in names:
        text = name.encode("utf-16-be")
        rows += struct.pack(">6H", 3, 1, 0x409, number, len(text), len(strings))
        strings += text
    tables["name"] = struct.pack(">3H", 0, len(names), 6 + len(rows)) + rows + strings


def put(table, at, form, *values):
    """The table with values packed over what stands at an offset."""
    new = struct.pack(form, *values)
    return table[:at] + new + table[at + len(new):]


def build(tables, base=0):
    """A file; base: where in a collection it begins."""
    kind = b"OTTO" if "CFF " in tables or "CFF2" in tables else b"\0\1\0\0"
    head, body = kind + struct.pack(">4H", len(tables), 0, 0, 0), b""
    start = base + 12 + 16 * len(tables)
    for tag in sorted(tables):
        head += struct.pack(">4sIII", tag.encode(), 0, start + len(body), len(tables[tag]))
        body += tables[tag] + b"\0" * (-len(tables[tag]) % 4)
    return head + body


def collection(fonts):
    """A TrueType collection of fonts, each as tables."""
    start, data = 12 + 4 * len(fonts), b""
    head = b"ttcf" + struct.pack(">II", 0x10000, len(fonts))
    for tables in fonts:
        head += struct.pack(">I", start + len(data))
        data += build(tables, start + len(data))
    return head + data


def add_axis(tables, *instances):
    """Make it variable: an axis of weights, and glyphs that do not depend on it."""
    count = struct.unpack(">H", tables["maxp"][4:6])[0]
    if "glyf" in tables:
        tables["gvar"] = struct.pack(">4HIHHI", 1, 0, 1, 0, 20 + 4 * (count + 1), count, 1, 20 + 4 * (
            count + 1)) + b"\0" * 4 * (count + 1)
    axis = struct.pack(">4siiiHH", b"wght", 200 << 16, 400 << 16, 900 << 16, 0, 256)
    named = b"".join(struct.pack(">HHi", 2, 0, weight << 16) for weight in instances)
    tables["fvar"] = struct.pack(">8H", 1, 0, 16, 2, 1, 20, len(instances), 8) + axis + named


def index(items):
    """An INDEX of CFF2: a count of four bytes."""
    if not items:
        return struct.pack(">I", 0)
    offsets, at = b"", 1
    for item in [*items, b""]:
        offsets += struct.pack(">I", at)
        at += len(item)
    return struct.pack(">IB", len(items), 4) + offsets + b"".join(items)


def to_cff2(tables):
    """Outlines as CFF2, all of them one square."""
    count = struct.unpack(">H", tables["maxp"][4:6])[0]
    square = bytes([139, 139, 21, 239, 6, 239, 7, 39, 6])  # rmoveto, hlineto, vlineto, hlineto
    number = lambda value: b"\x1d" + struct.pack(">i", value)
    top = lambda glyphs, fonts: number(glyphs) + b"\x11" + number(fonts) + b"\x0c\x24"
    start = 5 + len(top(0, 0)) + 4
    glyphs = index([square] * count)
    fonts = index([number(0) + number(start) + b"\x12"])  # an empty Private
    tables["CFF2"] = b"\2\0\5" + struct.pack(">H", len(top(0, 0))) + top(
        start, start + len(glyphs)) + index([]) + glyphs + fonts
    tables["maxp"] = b"\0\0\x50\0" + tables["maxp"][4:6]
    del tables["glyf"], tables["loca"]
