"""picture: small PNG files of bar charts and lattices, 300 dpi, under 50 kB."""
import struct
import zlib

from draw import Draw

PIXELS_PER_METRE = 11811  # 300 dpi
SIZE_LIMIT = 50_000  # bytes of a file
COMPRESSION = 4  # runs are small at any level; this one is quick


def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png(draw: Draw, width, height, colour):
    """One picture; colour is "gray", "rgb" or "palette"."""
    bars = [draw.between(5, 95) for _ in range(draw.between(4, 12))]
    inks = [(draw.between(0, 200), draw.between(0, 200), draw.between(0, 200)) for _ in bars]
    rows, made = [], {}
    for above_foot in range(height, 0, -1):
        standing = tuple(above_foot * 100 <= percent * height for percent in bars)
        if standing not in made:
            made[standing] = b"\0" + row(width, standing, inks, colour)  # 0: no filter
        rows.append(made[standing])
    kind = {"gray": 0, "rgb": 2, "palette": 3}[colour]
    out = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0))
    if colour == "palette":
        out += chunk(b"PLTE", b"".join(bytes(ink) for ink in [(255, 255, 255)] + inks))
    out += chunk(b"pHYs", struct.pack(">IIB", PIXELS_PER_METRE, PIXELS_PER_METRE, 1))
    out += chunk(b"IDAT", zlib.compress(b"".join(rows), COMPRESSION)) + chunk(b"IEND", b"")
    if len(out) >= SIZE_LIMIT:
        raise RuntimeError(f"a picture of {len(out)} bytes")
    return out


def row(width, standing, inks, colour):
    """The pixels of a row: a bar that stands here takes two thirds of its column."""
    line = bytearray()
    column = width // len(inks)
    for number, ink in enumerate(inks):
        last = number == len(inks) - 1
        space = (width - column * (len(inks) - 1)) if last else column
        filled = space * 2 // 3 if standing[number] else 0
        if colour == "gray":
            line += bytes([ink[0]]) * filled + b"\xff" * (space - filled)
        elif colour == "rgb":
            line += bytes(ink) * filled + b"\xff\xff\xff" * (space - filled)
        else:
            line += bytes([number + 1]) * filled + b"\0" * (space - filled)
    return bytes(line)
