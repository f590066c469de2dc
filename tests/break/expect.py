"""expect: the words of an expectation, asked of the glyphs of one page.

Values are in em: `0.5`, or `0.3..0.6`; the tolerance is 0.02 unless the word says another. AB
and STR are characters that follow each other in the text; the first such place is asked.

    lines A↵B↵C        the lines of the page
    breaks 7 14        the same as offsets of characters
    unsplit STR        all of it is on one line
    not-first CHARS    no line but a paragraph's first begins with one of these
    not-last CHARS     no line ends with one of these
    first STR          a line begins with STR
    last-least N       the last line has at least N Han
    gap AB V           white between the advances of A and B (adjacent on a line)
    width STR V        from the end of the character before STR to the pen of the one behind
    extent STR V       from the pen of STR's first character to the end of its last
    gaps N V           every gap of line N is V ± 0.01 (but pairs named by `rigid`)
    even N             the gaps between Han of line N differ by ≤ 0.01, and are more than 0.02
    rigid STR          pairs that `gaps` and `even` leave out (give it before them)
    same AB CD         both gaps are equal, ± 0.01
    more AB CD         the gap AB is wider than CD
    left N V           pen of line N's first glyph
    right N V          end of line N's last glyph (its advance) less the measure
    inside             no glyph's body stands outside the measure (½ em of a mark's white may)
    hangs N STR        line N ends with STR, of which the body stands outside
    x STR V            pen of STR's first character
    spread             in every line the gaps between Han differ by ≤ 0.01, no mark is under
                       ½ em, and none has more white than its own and such a gap
    solid N            no gap between Han on line N
    pitch V            distance of all neighbouring baselines, in pt ± 0.1
    level STR          baseline of STR = that of the character before it, ± 0.1 pt
    same-as TEXT       characters and positions are those of TEXT (± 0.01)
    font STR NAME      the font of each character contains NAME
    ink STR A..B       the columns with ink of STR begin at ≥ A and end at ≤ B, from STR's pen
    joined STR         the ink of STR has no hole wider than 0.03 between its ends
    ink-left N A..B    where the ink of line N begins, from the measure's left edge
    ink-right N A..B   where it ends, from the measure's right edge
    dots STR           a dot centred under each character of STR (± 0.05)
    dot-count N        so many dots on the page
    under STR          one straight line under STR, inside its ends, and nearer than a dot
    wave STR           one wave under STR
    apart N            N straight lines, with a visible gap (≥ 0.05) between neighbours
    ruby STR RUBY      RUBY above STR, centred ± 0.1, half its size
    ruby-apart V       white between neighbouring ruby texts ≥ V

An expectation of which the place does not exist is Absent: no answer, and no success of a
control either.
"""

HALF = set("，。、；：？！”’）》〉】〕」』“‘（《〈【〔「『·")  # ½ em of these may be trimmed
OPENING, CLOSING = "“‘（《〈【〔「『", "，。、；：？！”’）》〉】〕」』"
TOLERANCE = 0.02
EQUAL = 0.01


class Absent(Exception):
    """The expectation cannot be asked of this page."""


class Scene:
    """A page with what is known of its case."""

    def __init__(self, page, text, width, picture, other):
        self.page = page
        self.text = text        # the case's characters: the addresses of expectations
        self.width = width
        self.picture = picture  # called when ink is asked for
        self.other = other      # page of another text, rendered alike
        self.rigid = set()      # indices of glyphs with a rigid gap behind

    def glyph(self, index):
        if index >= len(self.page.flat):
            raise Absent("character %d of %s" % (index, self.page.text()))
        return self.page.flat[index]

    def find(self, string):
        index = self.text.find(string)
        if index < 0:
            raise Absent("‘%s’ in ‘%s’" % (string, self.text))
        self.glyph(index + len(string) - 1)
        return index

    def gap(self, index):
        """White behind the glyph; None at a line's end."""
        after = index + 1
        if after >= len(self.page.flat) or self.line(index) != self.line(after):
            return None
        return self.glyph(after).x - self.glyph(index).end()

    def gap_of(self, string):
        if len(string) != 2:
            raise SystemExit("Bail out! a gap is between two characters: " + string)
        value = self.gap(self.find(string))
        if value is None:
            raise Absent("‘%s’ is split" % string)
        return value

    def line(self, index):
        return self.page.line_of[index]

    def row(self, number):
        """Line number (from 1) and the index of its first glyph."""
        number = int(number)
        if number > len(self.page.lines):
            raise Absent("line %d" % number)
        return self.page.lines[number - 1], self.page.line_of.index(number - 1)

    def breaks(self):
        ends, count = [], 0
        for line in self.page.lines:
            count += len(line)
            ends.append(count)
        return ends[:-1]


def within(value, wanted, tolerance=TOLERANCE):
    first, dots, last = wanted.partition("..")
    low = float(first)
    high = float(last) if dots else low
    return low - tolerance <= value <= high + tolerance


def problem(value, wanted, tolerance=TOLERANCE):
    """None, or what is wrong."""
    if within(value, wanted, tolerance):
        return None
    return "%.3f, not %s" % (value, wanted)


def show(scene):
    return "↵".join("".join(g.text for g in line) for line in scene.page.lines)


def want_lines(scene, argument):
    wanted, count = [], 0
    for line in argument.split("↵")[:-1]:
        count += len(line)
        wanted.append(count)
    return None if scene.breaks() == wanted else show(scene)


def want_breaks(scene, argument):
    return None if scene.breaks() == [int(w) for w in argument.split()] else show(scene)


def want_unsplit(scene, argument):
    first = scene.find(argument)
    whole = scene.line(first) == scene.line(first + len(argument) - 1)
    return None if whole else show(scene)


def edges(scene, characters, at_start):
    """Lines that begin (end) with the character at one of the places of these."""
    places = {i for i, c in enumerate(scene.text) if c in characters}
    if not places:
        raise Absent(characters)
    breaks = scene.breaks()
    found = places & set(breaks if at_start else [b - 1 for b in breaks])
    return show(scene) if found else None


def want_first(scene, argument):
    return None if scene.find(argument) in [0] + scene.breaks() else show(scene)


def want_last_least(scene, argument):
    count = sum(is_han(g.text) for g in scene.page.lines[-1])
    return None if count >= int(argument) else show(scene)


def want_gap(scene, argument):
    string, wanted = argument.split()
    return problem(scene.gap_of(string), wanted)


def want_width(scene, argument):
    string, wanted = argument.split()
    first = scene.find(string)
    last = first + len(string) - 1
    if scene.line(first) != scene.line(last):
        raise Absent("‘%s’ is split" % string)
    at_start = first == 0 or scene.line(first - 1) != scene.line(first)
    left = 0.0 if at_start else scene.glyph(first - 1).end()
    at_end = scene.gap(last) is None
    right = scene.width if at_end else scene.glyph(last + 1).x
    return problem(right - left, wanted)


def want_extent(scene, argument):
    string, wanted = argument.split()
    first = scene.find(string)
    last = first + len(string) - 1
    if scene.line(first) != scene.line(last):
        return show(scene)
    return problem(scene.glyph(last).end() - scene.glyph(first).x, wanted)


def row_gaps(scene, number):
    row, start = scene.row(number)
    return {i: scene.gap(i) for i in range(start, start + len(row) - 1)
            if i not in scene.rigid}


def want_gaps(scene, argument):
    number, wanted = argument.split()
    for index, value in row_gaps(scene, number).items():
        if not within(value, wanted, EQUAL):
            return "gap %d: %.3f, not %s" % (index, value, wanted)
    return None


def is_han(char):
    return "㐀" <= char <= "鿿"


def han_gaps(scene, number):
    return [v for i, v in row_gaps(scene, number).items()
            if is_han(scene.glyph(i).text) and is_han(scene.glyph(i + 1).text)]


def want_even(scene, argument):
    values = han_gaps(scene, argument)
    if len(values) < 2:
        raise Absent("two gaps between Han")
    if max(values) - min(values) > EQUAL:
        return "gaps from %.3f to %.3f" % (min(values), max(values))
    return None if min(values) > TOLERANCE else "not stretched"


def spread_problem(scene, number):
    """What is wrong in one line; the gap between Han counts as the share of each mark."""
    row, start = scene.row(number)
    values = han_gaps(scene, number)
    if values and max(values) - min(values) > EQUAL:
        return "line %d: gaps from %.3f to %.3f" % (number, min(values), max(values))
    share = max(values + [0.0])
    for i in range(start, start + len(row) - 1):
        gap, glyph, after = scene.gap(i), scene.glyph(i), scene.glyph(i + 1)
        least = -(0.5 if glyph.text in CLOSING else 0) - (0.5 if after.text in OPENING else 0)
        if glyph.text in CLOSING + OPENING and values and \
                not least - EQUAL <= gap <= share + EQUAL:
            return "line %d: %.3f behind ‘%s’, %.3f between Han" % (
                number, gap, glyph.text, share)
    return None


def want_spread(scene, _):
    found = [spread_problem(scene, n + 1) for n in range(len(scene.page.lines))]
    return next((f for f in found if f), None)


def want_solid(scene, argument):
    values = han_gaps(scene, argument)
    loose = [v for v in values if abs(v) > EQUAL]
    return "gap of %.3f" % loose[0] if loose else None


def set_rigid(scene, argument):
    first = scene.find(argument)
    scene.rigid.update(range(first, first + len(argument) - 1))


def want_same(scene, argument):
    one, two = (scene.gap_of(string) for string in argument.split())
    return None if abs(one - two) <= EQUAL else "%.3f and %.3f" % (one, two)


def want_more(scene, argument):
    one, two = (scene.gap_of(string) for string in argument.split())
    return None if one > two + EQUAL else "%.3f and %.3f" % (one, two)


def want_left(scene, argument):
    number, wanted = argument.split()
    return problem(scene.row(number)[0][0].x, wanted)


def want_right(scene, argument):
    number, wanted = argument.split()
    return problem(scene.row(number)[0][-1].end() - scene.width, wanted)


def want_inside(scene, _):
    for line in scene.page.lines:
        first, last = line[0], line[-1]
        left = 0.5 if first.text in HALF else 0
        right = 0.5 if last.text in HALF else 0
        if first.x < -left - TOLERANCE or last.end() > scene.width + right + TOLERANCE:
            return "‘%s’ from %.3f to %.3f" % (
                "".join(g.text for g in line), first.x, last.end())
    return None


def want_hangs(scene, argument):
    number, string = argument.split()
    row, start = scene.row(number)
    at = start + len(row) - len(string)
    if not scene.text.startswith(string, at):
        return show(scene)
    return None if row[-len(string)].x >= scene.width - TOLERANCE else "not outside"


def want_x(scene, argument):
    string, wanted = argument.split()
    return problem(scene.glyph(scene.find(string)).x, wanted)


def want_pitch(scene, argument):
    baselines = [max(g.y for g in line if g.size > 0.9) for line in scene.page.lines]
    steps = [12 * (b - a) for a, b in zip(baselines, baselines[1:])]
    if not steps:
        raise Absent("two lines")
    wrong = [s for s in steps if abs(s - float(argument)) > 0.1]
    return "%.2f pt" % wrong[0] if wrong else None


def want_level(scene, argument):
    first = scene.find(argument)
    if first == 0:
        raise Absent("a character before ‘%s’" % argument)
    apart = 12 * abs(scene.glyph(first).y - scene.glyph(first - 1).y)
    return None if apart <= 0.1 else "%.2f pt" % apart


def want_same_as(scene, _):
    one, two = scene.page.flat, scene.other.flat
    if len(one) != len(two):
        return "%d and %d glyphs" % (len(one), len(two))
    for a, b in zip(one, two):
        if a.text != b.text or abs(a.x - b.x) > EQUAL or abs(a.y - b.y) > 0.3:
            return "‘%s’ at %.3f, ‘%s’ at %.3f" % (a.text, a.x, b.text, b.x)
    return None


def want_font(scene, argument):
    string, name = argument.split()
    first = scene.find(string)
    for i in range(first, first + len(string)):
        if name not in scene.glyph(i).font:
            return scene.glyph(i).font
    return None


def ink_of(scene, first, last):
    """Dark columns of the glyphs, and where the ink's box begins."""
    a, b = scene.glyph(first), scene.glyph(last)
    columns = scene.picture().dark_columns(a.x, b.end(), a.y - 0.88, a.y + 0.12)
    if not columns:
        raise Absent("ink")
    return columns


def outside(low, high, wanted):
    first, last = (float(w) for w in wanted.split(".."))
    good = first - TOLERANCE <= low and high <= last + TOLERANCE
    return None if good else "ink from %.3f to %.3f" % (low, high)


def want_ink(scene, argument):
    string, wanted = argument.split()
    first = scene.find(string)
    columns = ink_of(scene, first, first + len(string) - 1)
    pen = scene.glyph(first).x
    return outside(columns[0] - pen, columns[-1] - pen, wanted)


def want_joined(scene, argument):
    first = scene.find(argument)
    columns = ink_of(scene, first, first + len(argument) - 1)
    hole = max([b - a for a, b in zip(columns, columns[1:])] + [0])
    return None if hole <= 0.03 else "a hole of %.3f" % hole


def line_ink(scene, number):
    y = scene.row(number)[0][0].y
    columns = scene.picture().dark_columns(-2.9, scene.width + 2.9, y - 0.88, y + 0.12)
    if not columns:
        raise Absent("ink")
    return columns


def want_ink_left(scene, argument):
    number, wanted = argument.split()
    value = line_ink(scene, number)[0]
    return outside(value, value, wanted)


def want_ink_right(scene, argument):
    number, wanted = argument.split()
    value = line_ink(scene, number)[-1] - scene.width
    return outside(value, value, wanted)


def under_lines(scene):
    return sorted((p for p in scene.page.paths if p.right - p.left > 0.3),
                  key=lambda p: (p.top, p.left))


def want_dots(scene, argument):
    first = scene.find(argument)
    glyphs = [scene.glyph(i) for i in range(first, first + len(argument))]
    dots = sorted((p for p in scene.page.paths if p.right - p.left < 0.3),
                  key=lambda p: (round(p.top, 1), p.left))
    if len(dots) < len(glyphs):
        return "%d dots" % len(dots)
    for glyph in glyphs:
        middle = glyph.x + glyph.advance / 2
        if not any(abs((d.left + d.right) / 2 - middle) <= 0.05 and
                   0.25 <= d.top - glyph.y <= 0.5 for d in dots):
            return "none under ‘%s’" % glyph.text
    return None


def want_dot_count(scene, argument):
    dots = [p for p in scene.page.paths if p.right - p.left < 0.3]
    return None if len(dots) == int(argument) else "%d dots" % len(dots)


def line_under(scene, argument, curved):
    first = scene.find(argument)
    a, b = scene.glyph(first), scene.glyph(first + len(argument) - 1)
    for path in under_lines(scene):
        fits = a.x - TOLERANCE <= path.left <= a.x + 0.2 and \
            b.end() - 0.2 <= path.right <= b.end() + TOLERANCE
        if fits and path.curved == curved and 0.05 <= path.top - a.y <= 0.25:
            return None
    return "no line under ‘%s’" % argument


def want_under(scene, argument):
    return line_under(scene, argument, False)


def want_wave(scene, argument):
    return line_under(scene, argument, True)


def want_apart(scene, argument):
    lines = under_lines(scene)
    if len(lines) != int(argument):
        return "%d lines" % len(lines)
    for a, b in zip(lines, lines[1:]):
        if abs(a.top - b.top) < 0.1 and b.left - a.right < 0.05:
            return "white of %.3f" % (b.left - a.right)
    return None


def ruby_texts(scene):
    """Small glyphs as stretches without a hole of ¼ of their size: (glyphs, …)."""
    found = []
    for glyph in sorted(scene.page.small, key=lambda g: (round(g.y, 1), g.x)):
        last = found[-1][-1] if found else None
        near = last and abs(last.y - glyph.y) < 0.05 and glyph.x - last.end() < 0.1
        if near:
            found[-1].append(glyph)
        else:
            found.append([glyph])
    return found


def want_ruby(scene, argument):
    string, ruby = argument.split()
    first = scene.find(string)
    a, b = scene.glyph(first), scene.glyph(first + len(string) - 1)
    small = sorted(scene.page.small, key=lambda g: (round(g.y, 1), g.x))
    text = "".join(g.text for g in small)
    at = text.find(ruby)
    if at < 0:
        return "no ‘%s’ in ‘%s’" % (ruby, text)
    left, right = small[at], small[at + len(ruby) - 1]
    if abs(left.size - 0.5) > 0.03:
        return "size %.2f em" % left.size
    if not 0.7 <= a.y - left.y <= 1.3:
        return "%.2f em above" % (a.y - left.y)
    middle = (left.x + right.end()) / 2 - (a.x + b.end()) / 2
    return None if abs(middle) <= 0.1 else "%.3f beside the middle" % middle


def want_ruby_apart(scene, argument):
    texts = ruby_texts(scene)
    if len(texts) < 2:
        return "%d texts" % len(texts)
    for a, b in zip(texts, texts[1:]):
        if abs(a[0].y - b[0].y) < 0.05 and b[0].x - a[-1].end() < float(argument) - 0.02:
            return "white of %.3f" % (b[0].x - a[-1].end())
    return None


WORDS = {
    "lines": want_lines, "breaks": want_breaks, "unsplit": want_unsplit,
    "not-first": lambda s, a: edges(s, a, True), "not-last": lambda s, a: edges(s, a, False),
    "first": want_first, "last-least": want_last_least, "extent": want_extent,
    "gap": want_gap, "width": want_width, "gaps": want_gaps, "even": want_even,
    "rigid": set_rigid, "same": want_same, "more": want_more, "left": want_left,
    "right": want_right, "spread": want_spread, "inside": want_inside, "hangs": want_hangs, "x": want_x,
    "solid": want_solid, "pitch": want_pitch, "level": want_level, "same-as": want_same_as,
    "font": want_font, "ink": want_ink, "joined": want_joined, "ink-left": want_ink_left,
    "ink-right": want_ink_right, "dots": want_dots, "dot-count": want_dot_count,
    "under": want_under, "wave": want_wave, "apart": want_apart, "ruby": want_ruby,
    "ruby-apart": want_ruby_apart,
}


def ask(scene, expectations):
    """(what is wrong, what could not be asked): lists of sentences."""
    wrong, absent = [], []
    for word, argument in expectations:
        try:
            found = WORDS[word](scene, argument)
        except Absent as reason:
            absent.append("%s %s: no %s" % (word, argument, reason))
            continue
        if found is not None:
            wrong.append("%s %s: %s" % (word, argument, found))
    return wrong, absent
