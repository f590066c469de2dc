"""cases: reads the files of tests/break/.

A case is a block of lines between blank ones; lines that begin with # are comments:

    case 1a              name: the row of docs/CLREQ.md, and a letter
    W 8                  measure in em; `5..20` all of them, `8 10.5` these; each is a test
    text 中国经济…        a paragraph in Markdown; ¶ begins another, ⏎ is a line end of the source,
                         {W-3} so many Han that W − 3 em are full, {U+2009} that character
    drawn TEXT           what the page shows, where that is not the text without its markup
    set KEY: VALUE       a key of the layout that differs from base
    <expectation>        any number; the words are listed in expect.py
    off KEY: VALUE       negative control: so set, an expectation must fail
    control TEXT         negative control: the same, with this text, which is as long as `text`
                         and lacks what the rule is about
    without CHARS        negative control: the same, with 也 for each of these characters
    shift C DX [DY]      negative control where there is no switch: the glyph C of the page is
                         moved by so many em before the expectations are asked

A case has at least one control. Of `W 5..20` at least one measure's control must fail (at the
others the break may fall elsewhere); such a measure alone counts as a tested one.
"""
import re

# Han to fill lines with: no marks, nothing that a rule knows.
FILLER = "全国各地粮食收购工作进展顺利农民种粮收益得到保障市场供应充足价格运行平稳"
CONTROLS = ("off", "control", "without", "shift")


class Case:
    """One case at one measure."""

    def __init__(self, name, width, texts, settings, expectations, controls, many):
        self.name = name
        self.width = width
        self.text = fill(texts["text"], width)
        self.drawn = plain(fill(texts.get("drawn", texts["text"]), width))
        self.settings = settings          # ((key, value), …)
        self.expectations = expectations  # ((word, argument), …)
        self.controls = controls          # the same: off, control …
        self.many = many                  # one of several measures
        self.row = int(re.match(r"\d+", name).group())

    def title(self):
        return "%s W%g" % (self.name, self.width)


def fill(text, width):
    """Replace {W-3} by Han, {U+2009} by that character."""
    def han(match):
        count = int(width - float(match.group(1) or 0))
        return (FILLER * (count // len(FILLER) + 1))[:max(count, 0)]
    text = re.sub(r"\{U\+([0-9A-F]+)\}", lambda m: chr(int(m.group(1), 16)), text)
    return re.sub(r"\{W(?:-([\d.]+))?\}", han, text)


def plain(text):
    """The characters that a reader sees, without white space."""
    text = re.sub(r"<rt>.*?</rt>|<rp>.*?</rp>", "", text)
    text = re.sub(r"</?(?:ruby|sup|sub|u)>", "", text)
    text = re.sub(r"^#+ ", "", text, flags=re.M)
    text = re.sub(r"(^|¶)(?:#+|-) ", r"\1", text)
    text = re.sub(r"\[([^\]^]*)\]\{[^}]*\}", r"\1", text)
    text = text.replace("**", "").replace("`", "").replace("\\", "")
    return re.sub(r"[\s¶⏎　]", "", text)


def widths(argument):
    found = []
    for word in argument.split():
        first, dots, last = word.partition("..")
        found += range(int(first), int(last) + 1) if dots else [float(word)]
    return found


def pair(argument):
    key, _, value = argument.partition(": ")
    return key.strip(), value.strip()


def read_block(block, path):
    name, measures, texts = "", [], {}
    settings, expectations, controls = [], [], []
    for line in block:
        word, _, argument = line.partition(" ")
        if word == "case":
            name = argument
        elif word == "W":
            measures = widths(argument)
        elif word in ("text", "drawn"):
            texts[word] = argument
        elif word == "set":
            settings.append(pair(argument))
        elif word in CONTROLS:
            controls.append((word, argument))
        else:
            expectations.append((word, argument))
    if not (name and measures and texts and expectations and controls):
        raise SystemExit("Bail out! %s: case %s lacks a part" % (path, name or block))
    return [Case(name, w, texts, tuple(settings), tuple(expectations), tuple(controls),
                 len(measures) > 1) for w in measures]


def read_cases(folder, names="*.txt"):
    """All cases of the files, in order."""
    found = []
    for path in sorted(folder.glob(names)):
        block = []
        for line in path.read_text(encoding="utf-8").split("\n") + [""]:
            if line.startswith("#"):
                continue
            if line.strip():
                block.append(line)
            elif block:
                found += read_block(block, path.name)
                block = []
    return found
