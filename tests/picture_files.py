"""picture_files: pictures for tests, made with the standard library alone, and read back.

    png(width, height, "RGBA", lambda x, y: (255, 0, 0, 128), icc=...)
    jpeg(blocks_across, blocks_down, 3, lambda x, y: (r, g, b), icc=...)

PNGs are 8 or 16 bits deep, without filters. JPEGs are baseline and made of flat blocks of
8 × 8, whose one coefficient needs no transform; three components are written as YCbCr, four as
inks, inverted and marked as Adobe writes them.
"""
import struct
import zlib

KINDS = {"L": 0, "RGB": 2, "LA": 4, "RGBA": 6}
# Primaries of sRGB adapted to D50 (ICC.1), in 1/65536.
SRGB = [(0x6FA2, 0x38F5, 0x0390), (0x6299, 0xB785, 0x18DA), (0x24A0, 0x0F84, 0xB6CF)]


def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png(width, height, kind, colour, depth=8, icc=b""):
    """colour(x, y) → samples, of `depth` bits each."""
    code = "B" if depth == 8 else "H"
    rows = b"".join(b"\0" + b"".join(struct.pack(">%d%s" % (len(kind), code), *colour(x, y))
                                     for x in range(width)) for y in range(height))
    out = b"\x89PNG\r\n\x1a\n" + chunk(
        b"IHDR", struct.pack(">IIBBBBB", width, height, depth, KINDS[kind], 0, 0, 0))
    if icc:
        out += chunk(b"iCCP", b"test\0\0" + zlib.compress(icc))
    return out + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def read_png(path):
    """An 8-bit RGB or RGBA picture as rows of (red, green, blue)."""
    data, at, packed = path.read_bytes(), 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, height, _, colour = struct.unpack(">IIBB", body[:10])
        elif kind == b"IDAT":
            packed += body
        at += 12 + length
    size = 4 if colour == 6 else 3
    raw, above, rows = zlib.decompress(packed), bytearray(width * size), []
    for y in range(height):
        start = y * (width * size + 1)
        above = unfilter(raw[start], bytearray(raw[start + 1:start + 1 + width * size]), above, size)
        rows.append([tuple(above[i:i + 3]) for i in range(0, len(above), size)])
    return rows


def unfilter(kind, row, above, size):
    for i in range(len(row) if kind else 0):
        left = row[i - size] if i >= size else 0
        up, corner = above[i], above[i - size] if i >= size else 0
        if kind == 1:
            add = left
        elif kind == 2:
            add = up
        elif kind == 3:
            add = (left + up) // 2
        else:
            guess = left + up - corner
            distances = [(abs(guess - left), 0, left), (abs(guess - up), 1, up),
                         (abs(guess - corner), 2, corner)]
            add = min(distances)[2]
        row[i] = (row[i] + add) & 255
    return row


def read_pnm(path):
    """A binary PGM as rows of grays, a PPM as rows of (red, green, blue)."""
    data = path.read_bytes()
    words, at = [], 0
    while len(words) < 4:
        end = at
        while not data[end:end + 1].isspace():
            end += 1
        if data[at:at + 1] == b"#":
            end = data.index(b"\n", at)
        elif end > at:
            words.append(data[at:end])
        at = end + 1
    width, height = int(words[1]), int(words[2])
    if words[0] == b"P5":
        return [list(data[at + y * width:at + (y + 1) * width]) for y in range(height)]
    return [[tuple(data[i:i + 3]) for i in range(at + 3 * y * width, at + 3 * (y + 1) * width, 3)]
            for y in range(height)]


class Bits:
    """Bits of a JPEG's scan, the first of a byte on the left."""

    def __init__(self):
        self.bits = ""

    def add(self, value, count):
        self.bits += format(value, "0%db" % count) if count else ""

    def bytes(self):
        padded = self.bits + "1" * (-len(self.bits) % 8)
        data = bytes(int(padded[i:i + 8], 2) for i in range(0, len(padded), 8))
        return data.replace(b"\xff", b"\xff\0")


def segment(marker, data):
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def scan(across, down, count, colour):
    """Differences of the flat blocks' one coefficient: its size in 4 bits, its bits, then the end
    of the block in 1 bit."""
    bits, last = Bits(), [0] * count
    for y in range(down):
        for x in range(across):
            for i, sample in enumerate(colour(x, y)):
                value = 8 * (int(sample) - 128)
                difference, last[i] = value - last[i], value
                size = abs(difference).bit_length()
                bits.add(size, 4)
                bits.add(difference if difference > 0 else difference + (1 << size) - 1, size)
                bits.add(0, 1)
    return bits.bytes()


def to_ycc(red, green, blue):
    y = 0.299 * red + 0.587 * green + 0.114 * blue
    return [min(255, max(0, round(v))) for v in (y, 128 + (blue - y) / 1.772, 128 + (red - y) / 1.402)]


def jpeg(across, down, count, colour, icc=b"", exif=b""):
    """colour(x, y) of a block → 1, 3 (RGB) or 4 (inks, 255 is full) samples."""
    stored = {1: colour, 3: lambda x, y: to_ycc(*colour(x, y)),
              4: lambda x, y: [255 - v for v in colour(x, y)]}[count]
    ids = range(1, count + 1)
    out = b"\xff\xd8"
    if exif:
        out += segment(0xE1, b"Exif\0\0" + exif)
    if icc:
        out += segment(0xE2, b"ICC_PROFILE\0\1\1" + icc)
    if count == 4:
        out += segment(0xEE, b"Adobe\0\x64\0\0\0\0\0")
    out += segment(0xDB, b"\0" + b"\1" * 64)
    out += segment(0xC0, struct.pack(">BHHB", 8, down * 8, across * 8, count)
                   + b"".join(bytes([i, 0x11, 0]) for i in ids))
    out += segment(0xC4, b"\0" + bytes([0, 0, 0, 12] + [0] * 12) + bytes(range(12)))
    out += segment(0xC4, b"\x10" + bytes([1] + [0] * 15) + b"\0")
    out += segment(0xDA, bytes([count]) + b"".join(bytes([i, 0]) for i in ids) + b"\0\x3f\0")
    return out + scan(across, down, count, stored) + b"\xff\xd9"


def turned(orientation):
    """An EXIF block that says how the camera was held."""
    return b"MM\0*\0\0\0\x08" + struct.pack(">HHHIHHI", 1, 0x112, 3, 1, orientation, 0, 0)


def profile(kind, space, connection, tags):
    """An ICC profile of version 2."""
    head, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, data in tags:
        head += name + struct.pack(">II", start + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    length = 128 + len(head) + len(body)
    first = struct.pack(">IIIII", length, 0, 0x02400000, 0, 0)[:12] + kind + space + connection
    first += struct.pack(">6H", 2024, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28
    first += struct.pack(">3I", 0xF6D6, 0x10000, 0xD32D)
    return first + b"\0" * (128 - len(first)) + head + body


def named_tags():
    described = b"desc" + b"\0" * 4 + struct.pack(">I", 5) + b"test\0" + b"\0" * 78
    return [(b"desc", described), (b"cprt", b"text\0\0\0\0CC0\0"),
            (b"wtpt", b"XYZ \0\0\0\0" + struct.pack(">3I", 0xF6D6, 0x10000, 0xD32D))]


def rgb_profile(order=(0, 1, 2)):
    """sRGB, nearly; with another order its colours are exchanged."""
    tags = named_tags()
    for name, index in zip((b"rXYZ", b"gXYZ", b"bXYZ"), order):
        tags.append((name, b"XYZ \0\0\0\0" + struct.pack(">3I", *SRGB[index])))
    curve = b"curv" + struct.pack(">IIH", 0, 1, 0x0233)
    tags += [(name, curve) for name in (b"rTRC", b"gTRC", b"bTRC")]
    return profile(b"mntr", b"RGB ", b"XYZ ", tags)


def gray_press():
    """Inks of a press on which each is gray: L* is 100 less the mean of the inks."""
    ramp = bytes(range(256))
    corners = b"".join(bytes([255 - 255 * bin(i).count("1") // 4, 128, 128]) for i in range(16))
    table = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0])
    table += struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x10000)
    return profile(b"prtr", b"CMYK", b"Lab ",
                   [*named_tags(), (b"A2B0", table + ramp * 4 + corners + ramp * 3)])
