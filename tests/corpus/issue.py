"""issue: one bulletin as Markdown in paiban's content format, with its pictures.

Sections of items; an item is a title, source lines, a dated paragraph and more paragraphs.
With blocks=True an item may also hold any other element of the format; the kinds come in a
shuffled round, so that an issue has nearly all of them.
"""
import re
from urllib.parse import quote

import picture
from draw import Draw
from grammar import HAN, WORDS, Grammar, raw

# Characters of an issue's body: Han; in Japanese Han and kana; in English words.
LENGTHS = {"zh-Hans": (5300, 6500), "zh-Hant": (5300, 6500), "ja": (5300, 6500), "en": (3000, 4000)}
COUNTED = {"zh-Hans": f"[{HAN}]", "zh-Hant": f"[{HAN}]", "ja": f"[{HAN}\u3041-\u30fa]", "en": r"[A-Za-z’]+"}
BLOCKS = ["bullets", "ordered", "deep_list", "table", "wide_table", "footnote", "quotation", "commentary",
          "code", "picture", "pictures", "headings", "reference", "comment", "rule", "verse"]
LIST_DEPTH = 5
# Classification, urgency, watermark and the form of a document's number.
HEAD_WORDS = {
    "zh-Hans": ("内部资料", "特急", "样张", "{}发〔{}〕{}号"),
    "zh-Hant": ("內部資料", "速件", "樣張", "{}發〔{}〕{}號"),
    "ja": ("取扱注意", "至急", "見本", "{}発〔{}〕{}号"),
    "en": ("Internal", "Urgent", "Sample", "{}{}/{}"),
}


def count(language, text):
    return len(re.findall(COUNTED[language], text))


def yaml_scalar(text):
    plain = re.fullmatch(r"[^\s\"'#&*!|>%@`{}\[\],?:-][^\"#:{}\[\]&*]*", text)
    return text if plain else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


class Issue:
    def __init__(self, seed, index, language, blocks, month_number, layout=None, rule=None):
        self.language, self.blocks, self.index = language, blocks, index
        self.layout, self.rule = layout, rule
        self.draw = Draw(f"{seed}/{index}/{language}/{'all' if blocks else 'paragraphs'}")
        self.year, self.month = month_number // 12, month_number % 12 + 1
        self.weekly = blocks and self.draw.chance(20)
        first = self.draw.between(1, 21) if self.weekly else 1
        self.days = (first, first + 6 if self.weekly else 28)
        self.grammar = Grammar(language, self.draw, self.year, self.month, self.days)
        self.words = WORDS[language]
        self.level = 2 if blocks and self.draw.chance(10) else 1  # 2: the only `#` is the title
        self.images = {}      # path below the issue's folder → bytes
        self.parts = []       # blocks of the body
        self.notes = []       # footnotes kept for the end
        self.note_count = 0
        self.ids = []         # of item headings
        self.titles = set()
        self.kinds = self.draw.some(BLOCKS, len(BLOCKS))
        self.label = self.draw.pick(self.words.LABELS + [""]) if self.words.LABELS else ""
        self.sourceless = blocks and self.draw.chance(8)
        self.bom, self.crlf = self.draw.chance(10), self.draw.chance(15)

    # ---- the whole

    def bytes(self):
        self.body()
        text = "\n\n".join([self.head()] + self.parts + self.notes) + "\n"
        if self.crlf:
            text = text.replace("\n", "\r\n")
        return (b"\xef\xbb\xbf" if self.bom else b"") + text.encode()

    def body(self):
        low, high = LENGTHS[self.language]
        target = self.draw.between(low, high)
        if self.level == 2:
            self.put("# " + self.title)
        sections = self.draw.some(self.words.SECTIONS, self.draw.between(3, 5))
        written = 0
        for number, section in enumerate(sections, 1):
            self.put("#" * self.level + " " + section)
            while written < target * number // len(sections):
                start = len(self.parts)
                self.item()
                written += sum(count(self.language, part) for part in self.parts[start:])

    @property
    def title(self):
        return self.words.TITLES[self.index % len(self.words.TITLES)]

    def put(self, block):
        self.parts.append(block)

    # ---- head

    def head(self):
        lines = []
        if self.level == 1:
            lines.append("title: " + yaml_scalar(self.title))
        lines += [f"date: {self.year}-{self.month:02}" + (f"-{self.days[1]:02}" if self.weekly else ""),
                  f"issue: {self.month}", f"total: {self.index + 1}"]
        if self.language != "zh-Hans" or self.draw.chance(20):
            lines.append("lang: " + self.language)
        if self.layout:
            lines.append("layout: " + self.layout)
        if self.rule:
            lines.append(f"check: {{{self.rule}: off}}")
        if self.weekly:
            dates = [f"{self.year}-{self.month:02}-{day:02}" for day in self.days]
            lines.append(f"period: {{from: {dates[0]}, to: {dates[1]}}}")
        if self.blocks:
            lines += self.more_head()
        return "---\n" + "\n".join(lines) + "\n---"

    def more_head(self):
        """Each of the other keys in some issues."""
        draw = self.draw

        def say(name):
            return yaml_scalar(self.grammar.finish(self.grammar.say(name), False))

        keys = [
            ("subtitle", lambda: yaml_scalar(draw.pick(self.words.SUBTITLES))),
            ("publisher", lambda: say("org")),
            ("sponsor", lambda: say("org")),
            ("classification", lambda: HEAD_WORDS[self.language][0]),
            ("urgency", lambda: HEAD_WORDS[self.language][1]),
            ("serial", lambda: f"{draw.between(1, 999):06}"),
            ("copies", lambda: str(draw.between(16, 300))),
            ("doc-number", lambda: yaml_scalar(self.doc_number())),
            ("signer", lambda: say("person")),
            ("addressee", lambda: say("org")),
            ("attachments", lambda: f"[{say('phrase')}, {say('phrase')}]"),
            ("signature", lambda: f"{{name: {say('org')}, date: {self.year}-{self.month:02}-28}}"),
            ("distribution", lambda: f"{{report: [{say('org')}], send: [{say('org')}, {say('org')}], "
                                     f"copy: [{say('org')}]}}"),
            ("people", lambda: "".join(f"\n  - {{role: {role}, name: {say('person')}}}"
                                       for role in draw.some(self.words.ROLES, draw.between(1, 3)))),
            ("contacts", self.contacts),
            ("highlights", lambda: draw.pick(["auto", "all"])),
            ("toc", lambda: draw.pick(["true", "false"])),
            ("cover", lambda: draw.pick(["true", "false"])),
            ("watermark", lambda: HEAD_WORDS[self.language][2]),
            ("draft", lambda: "false"),
            ("note", lambda: yaml_scalar(draw.pick(self.words.SUBTITLES))),
        ]
        return [f"{key}:" + (text if text.startswith("\n") else " " + text)
                for key, text in [(key, value()) for key, value in keys if draw.chance(25)]]

    def doc_number(self):
        name = "" if self.language == "en" else self.grammar.han_name(1)
        return HEAD_WORDS[self.language][3].format(name, self.year, self.draw.between(1, 99))

    def contacts(self):
        grammar, strip = self.grammar, lambda text: text.strip("\x01\x02")
        rows = ""
        for _ in range(self.draw.between(1, 3)):
            rows += (f"\n  - {{name: {yaml_scalar(grammar.say('org'))}, email: {strip(grammar.slot_mail())}, "
                     f"phone: {grammar.slot_phone()}")
            if self.draw.chance(40):
                rows += f", address: {yaml_scalar(grammar.say('city'))}, qr: {self.image(360, 360, 'gray').strip('<>')}"
            rows += "}"
        return rows

    # ---- items

    def item(self):
        grammar, draw = self.grammar, self.draw
        grammar.new_item()
        self.put("#" * (self.level + 1) + " " + ("✓ " if draw.chance(30) else "") + self.item_title())
        if not self.sourceless:
            for _ in range(draw.pick([1, 1, 1, 1, 1, 1, 1, 1, 2, 3])):
                self.source_line()
        separator = " " if self.language == "en" else ""
        opening = grammar.say("lead") + separator
        self.paragraph(opening + grammar.sentences(self.length(60, 240)))
        if draw.chance(45):
            self.paragraph(grammar.sentences(self.length(80, 260)))
        for _ in range(draw.pick([0, 0, 1, 1, 2]) if self.blocks else 0):
            self.next_block()

    def length(self, low, high):
        """Characters of a paragraph; English takes about three times as many for the same."""
        return self.draw.between(low, high) * (3 if self.language == "en" else 1)

    def item_title(self):
        place = self.draw.pick(self.words.PROVINCES)
        separator = ": " if self.language == "en" else "："
        while True:
            title = self.grammar.finish(place + separator + self.grammar.say("title"), False)
            if title not in self.titles:
                break
        self.titles.add(title)
        if self.blocks and self.draw.chance(15):
            self.ids.append(f"item-{len(self.titles)}")
            title += f" {{#{self.ids[-1]}}}"
        return title

    def source_line(self):
        url = self.grammar.address(self.draw.chance(5))
        if self.label and self.draw.chance(10):
            url = f"[{self.grammar.finish(self.grammar.say('org'), False)}]({url})"
        self.put(self.label + url)

    def paragraph(self, text):
        self.put(self.grammar.finish(text))

    # ---- the other elements

    def next_block(self):
        """The next kind of the round that this language has."""
        for _ in range(len(BLOCKS)):
            kind = self.kinds.pop(0)
            self.kinds.append(kind)
            if getattr(self, "block_" + kind)() is not False:
                return

    def entry(self):
        return self.grammar.finish(self.grammar.say("bullet"), False)

    def block_bullets(self):
        marker = self.draw.pick(["-", "*", "+"])
        gap = "\n" if self.draw.chance(70) else "\n\n"
        self.put(gap.join(f"{marker} {self.entry()}" for _ in range(self.draw.between(2, 6))))

    def block_ordered(self):
        start = self.draw.pick([1, 1, 1, 1, 3])
        count_ = self.draw.between(2, 11)
        self.put("\n".join(f"{start + i}. {self.entry()}" for i in range(count_)))
        self.put("<!-- " + self.draw.pick(self.words.LISTS["comment"]) + " -->")  # ends the list

    def block_deep_list(self):
        lines, depth = [], self.draw.between(3, LIST_DEPTH)
        indent = ""
        for level in range(depth):
            marker = self.draw.pick(["- ", "1. "])
            lines.append(indent + marker + self.entry())
            if self.draw.chance(30):
                lines += ["", indent + " " * len(marker) + self.entry(), ""]
            indent += " " * len(marker)
        self.put("\n".join(lines))

    def table(self, columns, rows):
        grammar, draw = self.grammar, self.draw
        header = draw.some(self.words.LISTS["header"], columns)
        align = [draw.pick(["---", ":---", ":---:", "---:"]) for _ in header]
        cells = [[grammar.finish(grammar.say("cell") if a != "---:" else grammar.slot_num(), False)
                  for a in align] for _ in range(rows)]
        if self.words.CAPTION:
            self.put(self.words.CAPTION + grammar.finish(grammar.say("caption"), False))
        self.put("\n".join("| " + " | ".join(row) + " |" for row in [header, align] + cells))

    def block_table(self):
        self.table(self.draw.between(2, 4), self.draw.between(2, 8))

    def block_wide_table(self):
        self.table(min(6, len(self.words.LISTS["header"])), self.draw.between(3, 14))

    def before_full_stop(self, addition):
        """A paragraph of one sentence with something put in front of its full stop."""
        stop = "." if self.language == "en" else "。"
        while True:
            text = self.grammar.new_sentence()
            if text.endswith(stop):
                return text[:-1] + addition + stop

    def block_footnote(self):
        self.note_count += 1
        digits = "零一二三四五六七八九"
        label = str(self.note_count)
        if self.language == "zh-Hans" and self.note_count < 10 and self.index % 3 == 0:
            label = "注" + digits[self.note_count]
        self.paragraph(self.before_full_stop(raw(f"[^{label}]")))
        note = f"[^{label}]: " + self.grammar.finish(self.grammar.say("note"), False)
        if self.draw.chance(50):
            self.put(note)
        else:
            self.notes.append(note)

    def quoted(self, paragraphs):
        self.put("\n>\n".join("> " + text.replace("\n", "\n> ") for text in paragraphs))

    def block_quotation(self):
        self.quoted([self.grammar.finish(self.grammar.sentences(self.length(40, 120)))
                     for _ in range(self.draw.between(1, 2))])

    def block_commentary(self):
        if not self.words.COMMENTARY:
            return False
        opening = self.draw.pick(self.words.COMMENTARY)
        self.quoted([self.grammar.finish(opening + self.grammar.sentences(self.length(50, 140)))])
        return True

    def block_verse(self):
        lines = [self.grammar.finish(self.grammar.say("phrase"), False) for _ in range(3)]
        self.quoted([lines[0] + "<br>" + lines[1] + "\\\n" + lines[2]])

    def block_code(self):
        draw = self.draw
        name = draw.pick(["count", "total", "load", "merge"])
        lines = [f"def {name}(rows):", f"    # {self.grammar.say('phrase')}",
                 f"    return sum(row[\"n\"] for row in rows if row[\"id\"] != {draw.below(99)})"]
        if draw.chance(30):
            lines.append(f"print({name}([" + ", ".join(f"{{'n': {draw.below(9999)}}}" for _ in range(24)) + "]))")
        fence = draw.pick(["```", "~~~", "````"])
        self.put("\n".join([fence + draw.pick(["python", "", "text"])] + lines + [fence]))

    def image(self, width, height, colour):
        """Draw a picture; returns its path as a Markdown address."""
        number = len(self.images) + 1
        name = f"{self.index + 1:04}-{number}.png"
        if self.draw.chance(25):
            name = f"图 {self.index + 1:04}-{number}.png"
        path = "images/" + name
        self.images[path] = picture.png(self.draw, width, height, colour)
        return quote(path) if self.draw.chance(50) or " " not in path else f"<{path}>"

    def figure(self, width=None):
        draw = self.draw
        target = self.image(draw.between(1400, 1600), draw.between(300, 700),
                            draw.pick(["gray", "rgb", "palette"]))
        alt, caption = (self.grammar.finish(self.grammar.say("caption"), False) for _ in "12")
        title = f' "{caption}"' if draw.chance(60) else ""
        return f"![{alt}]({target}{title})" + (f"{{width={width}%}}" if width else "")

    def block_picture(self):
        self.put(self.figure(self.draw.pick([None, 40, 60, 100])))

    def block_pictures(self):
        number = self.draw.between(2, 3)
        self.put(" ".join(self.figure({2: 45, 3: 30}[number]) for _ in range(number)))

    def block_headings(self):
        """Headings below the item's, each one level deeper, with a paragraph under it."""
        texts = self.draw.some(self.words.LISTS["heading"], self.draw.between(1, 4))
        for level, text in enumerate(texts, self.level + 2):
            if level > 6:
                break
            self.put("#" * level + " " + text)
            self.paragraph(self.grammar.sentences(self.length(30, 60)))

    def block_reference(self):
        if not self.ids:
            return False
        text = self.draw.pick(self.words.PAGE_REFERENCE)
        link = raw(f"[{text}](#{self.draw.pick(self.ids)})")
        both = " ({})" if self.language == "en" else "（{}）"
        self.paragraph(self.before_full_stop(both.format(link)))
        return True

    def block_comment(self):
        self.put("<!-- " + self.draw.pick(self.words.LISTS["comment"]) + " -->")
        if self.rule:
            self.put(f"<!-- paiban: off {self.rule} -->")
        if self.draw.chance(20):
            self.put("<!-- pagebreak -->")

    def block_rule(self):
        self.put(self.draw.pick(["---", "***", "* * *"]))
        self.paragraph(self.grammar.sentences(self.length(30, 60)))
