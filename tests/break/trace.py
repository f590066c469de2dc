"""trace: what stands where in a PDF, read back with `mutool trace` (and `mutool draw`).

Lengths are in em of the body's 12 pt; x counts from the left edge of the measure, y downwards
from the page's top edge.
"""
import re
import subprocess

EM = 12.0      # pt: the body's size in layouts/base.yaml
MARGIN = 36.0  # pt: left of the measure, see break.py
DPI = 288      # of pictures of which the ink is measured

SPAN = re.compile(r'<span font="([^"]*)".* trm="([-.\de]+) ')
GLYPH = re.compile(r'<g unicode="([^"]*)"( glyph="\d+")? x="([-.\de]+)" y="([-.\de]+)"'
                   r' adv="([-.\de]+)"')
TRANSFORM = re.compile(r'transform="([-.\de ]+)"')
POINT = re.compile(r'(\w+)="([-.\de]+)"')
ENTITIES = {"&quot;": '"', "&amp;": "&", "&lt;": "<", "&gt;": ">", "&apos;": "'"}


class Glyph:
    def __init__(self, text, font, size, x, y, advance):
        self.text = text
        self.font = font
        self.size = size        # em
        self.x = x              # pen
        self.y = y              # baseline
        self.advance = advance  # natural

    def end(self):
        return self.x + self.advance


class Path:
    """The box around a filled or stroked path."""

    def __init__(self, points):
        xs = [x for x, _ in points]
        ys = [y for _, y in points]
        self.left, self.right, self.top, self.bottom = min(xs), max(xs), min(ys), max(ys)
        self.curved = len(points) > 6


class Page:
    """Glyphs of the text as lines of characters; annotations and paths apart."""

    def __init__(self, number):
        self.number = number
        self.raised = False    # small glyphs are superscripts, not ruby
        self.glyphs = []       # visible ones, in the order of drawing
        self.small = []        # ruby: smaller than 0.7 em
        self.paths = []

    def arrange(self):
        """Sort into lines by the baseline; raised notes belong to the line below."""
        order, lines = sorted(self.glyphs, key=lambda g: (g.y, g.x)), []
        for glyph in order:
            if lines and abs(lines[-1][0].y - glyph.y) < 0.6:
                lines[-1].append(glyph)
            else:
                lines.append([glyph])
        for line in lines:
            line.sort(key=lambda g: g.x)
        self.lines = lines
        self.flat = [g for line in lines for g in line]
        self.line_of = [n for n, line in enumerate(lines) for _ in line]

    def text(self):
        return "".join(g.text for g in self.flat)


def unescape(text):
    if text.startswith("&#x"):
        return chr(int(text[3:-1], 16))
    return ENTITIES.get(text, text)


def place(matrix, x, y):
    """A point of the trace as (x, y) in em."""
    a, b, c, d, e, f = matrix
    return (a * float(x) + c * float(y) + e - MARGIN) / EM, \
        (b * float(x) + d * float(y) + f) / EM


def read_glyph(page, match, font, size, matrix):
    char = unescape(match.group(1))
    x, y = place(matrix, match.group(3), match.group(4))
    glyph = Glyph(char, font, size / EM, x, y,
                  float(match.group(5)) * size / EM)
    kept = page.small if size < 0.7 * EM and not page.raised else page.glyphs
    if match.group(2) is None and kept:  # a further character of the glyph before it
        glyph.x, glyph.y, glyph.advance = kept[-1].end(), kept[-1].y, 0.0
        last = kept[-1]
        if last.text == char:            # —— and …… as one glyph: half each
            last.advance /= 2
            glyph.x, glyph.advance = last.end(), last.advance
    if char.strip():
        kept.append(glyph)


def read_pages(path, raised):
    """The pages of a PDF. raised: numbers of pages of which small glyphs are superscripts."""
    done = subprocess.run(["mutool", "trace", path], capture_output=True, check=True)
    pages, points, font, size, matrix = [], None, "", EM, (1, 0, 0, 1, 0, 0)
    filled = True
    for line in done.stdout.decode("utf-8", "replace").split("\n"):
        line = line.strip()
        if " transform=" in line:
            matrix = [float(v) for v in TRANSFORM.search(line).group(1).split()]
        if line.startswith("<page"):
            pages.append(Page(len(pages) + 1))
            pages[-1].raised = len(pages) in raised
        elif line.startswith(("<fill_text", "<stroke_text")):
            filled = line.startswith("<fill")  # a stroke thickens what is filled as well
        elif line.startswith("<span"):
            font, size = SPAN.search(line).groups()
            size = float(size)
        elif line.startswith("<g ") and filled:
            read_glyph(pages[-1], GLYPH.search(line), font, size, matrix)
        elif line.startswith(("<fill_path", "<stroke_path")):
            points = []
        elif line.startswith(("</fill_path", "</stroke_path")) and points:
            pages[-1].paths.append(Path(points))
            points = None
        elif points is not None:
            values = dict(POINT.findall(line))
            for name in values:
                if name.startswith("x"):
                    points.append(place(matrix, values[name], values["y" + name[1:]]))
    for page in pages:
        page.arrange()
    return pages


class Picture:
    """The ink of one page."""

    def __init__(self, path, number):
        done = subprocess.run(
            ["mutool", "draw", "-q", "-r", str(DPI), "-c", "gray", "-F", "pgm", "-o", "-",
             path, str(number)], capture_output=True, check=True)
        head, self.columns, self.rows, rest = re.match(
            rb"P5\s(?:#.*\n)?(\d+)\s(\d+)\s\d+\s()", done.stdout).group(0, 1, 2, 3)
        self.columns, self.rows = int(self.columns), int(self.rows)
        self.data = done.stdout[len(head):]

    def dark_columns(self, left, right, top, bottom):
        """The columns (em from the measure's left edge) with ink inside a box in em."""
        scale = DPI / 72.0
        x0, x1 = (int((MARGIN + v * EM) * scale) for v in (left, right))
        y0, y1 = (int(v * EM * scale) for v in (top, bottom))
        x0, x1 = max(x0, 0), min(x1, self.columns)
        dark = set()
        for y in range(max(y0, 0), min(y1, self.rows)):
            row = self.data[y * self.columns + x0:y * self.columns + x1]
            dark.update(i for i, value in enumerate(row) if value < 128)
        return [((x0 + i) / scale - MARGIN) / EM for i in sorted(dark)]
