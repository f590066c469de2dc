#!/usr/bin/env python3
"""Make the man pages, in English and in the languages of po/manual-*.po.

usage: manual.py pages TABLES LANGUAGE FOLDER   write the pages of a language into a folder
       manual.py list                           the names of the pages, as meson installs them
       manual.py update                         po/manual-*.po anew from the documentation

One source for each page: the tables of the program (TABLES is the JSON of paiban-tables, run in
the page's language) and the English Markdown of docs/, translated block by block through the
catalogue, as po4a does it: an English paragraph that changed is untranslated until somebody
translates it, and tests/messages.py says so.

Markdown is read as far as docs/ uses it: headings, paragraphs, items, tables, fenced code.
"""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Page → (its Markdown, one line about it).
DOCUMENTS = {
    "paiban.1": ("docs/man/paiban.md", "typeset Chinese bulletins: Markdown in, PDF out"),
    "paiban-content.5": ("docs/CONTENT.md", "the text of an issue"),
    "paiban-layout.5": ("docs/LAYOUT.md", "layout files"),
    "paiban-diagnostics.7": ("docs/DIAGNOSTICS.md", "what paiban says, causes and cures"),
}
# Words that the pages are put together with.
WORDS = ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXAMPLES", "EXIT STATUS", "SEE ALSO",
         "practice", "house style", "RULES", "COMMANDS", "KEYS", "Cause:", "Cure:", "print this help",
         "%(type)s, %(range)s: %(help)s. Default: %(default)s.", "%(help)s: %(choices)s",
         "0 done; 1 done with findings that check or --strict counts; 2 an issue could not be "
         "rendered; 64 wrong options; 74 the file cannot be opened, read or written.",
         # The tables of docs/LAYOUT.md (tools/documents.py).
         "key", "type", "values", "where nothing sets it", "what",
         "`styles:` has a mapping for each element:", "Each takes these keys:",
         "Each finding has a level, the sentence that is printed, and the clause it comes from."]
IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)]*)\)")
DIRECTIVE = re.compile(r"<!-- (\w+) -->")  # where a table of the program goes
PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")    # a terminal shows none
HAN = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…"
NO_START = "、，。；：？！）》」』】”’…—"  # never the first of a line
NO_END = "（《「『【“‘"                    # never the last of a line


def page_names():
    table = (ROOT / "render/cmd/command.c").read_text(encoding="utf-8")
    names = re.findall(r"^    &command_(\w+),", table, re.M)
    return list(DOCUMENTS) + ["paiban-%s.1" % name.replace("_", "-") for name in names]


# --- Markdown → blocks


def blocks_of(markdown):
    """(kind, content): heading (level, text), para, item, table rows, code (language, text),
    image (alternative text, address)."""
    found = []
    lines = markdown.splitlines()
    i = 0
    while i < len(lines):
        line = lines[i]
        if line.startswith("```"):
            end = next(k for k in range(i + 1, len(lines)) if lines[k].startswith("```"))
            found.append(("code", (line[3:], "\n".join(lines[i + 1:end]))))
            i = end + 1
        elif line.startswith("#"):
            mark, text = line.split(" ", 1)
            found.append(("heading", (len(mark), text)))
            i += 1
        elif line.startswith("|"):
            rows = []
            while i < len(lines) and lines[i].startswith("|"):
                rows.append(cells_of(lines[i]))
                i += 1
            found.append(("table", rows))
        elif IMAGE.fullmatch(line):
            found.append(("image", IMAGE.fullmatch(line).groups()))
            i += 1
        elif line.strip():
            kind = "item" if line.startswith("- ") else "para"
            text = [line[2:] if kind == "item" else line]
            i += 1
            while i < len(lines) and lines[i].strip() and \
                    not re.match(r"- |\||#+ |```", lines[i]):
                text.append(lines[i].strip())
                i += 1
            found.append((kind, " ".join(text)))
        else:
            i += 1
    return found


def cells_of(line):
    return [c.strip().replace("\\|", "|") for c in re.split(r"(?<!\\)\|", line.strip()[1:-1])]


def has_words(text):
    """Does the text have a word outside of code and addresses?"""
    return re.search(r"[A-Za-z]{2}", re.sub(r"`[^`]*`|\(http[^)]*\)", "", text)) is not None


def is_rule_line(row):
    return all(set(cell) <= set("-: ") for cell in row)


def texts_of(path, blocks):
    """The translatable texts of a document's blocks, in order."""
    for kind, content in blocks:
        if kind == "heading" and content[0] > 1:
            yield content[1]
        elif kind == "image":
            yield content[0]
        elif kind == "item" or kind == "para" and not DIRECTIVE.fullmatch(content) and \
                not PICTURE.fullmatch(content):
            yield content
        elif kind == "table" and path != "docs/LAYOUT.md":
            for row in content:
                # A diagnostic's level and message come from the program's own catalogue.
                cells = row[3:] if path == "docs/DIAGNOSTICS.md" else row
                yield from (cell for cell in cells if not is_rule_line([cell]))


def read(path):
    text = (ROOT / path).read_text(encoding="utf-8")
    if path == "docs/LAYOUT.md":  # the tables come from the program
        text = re.split(r"^## ", text, maxsplit=1, flags=re.M)[0]
    return blocks_of(text)


def messages():
    """Every text of the pages that is translated, once, in order."""
    found = dict.fromkeys(WORDS)
    for path, about in DOCUMENTS.values():
        found.update(dict.fromkeys([about]))
        found.update(dict.fromkeys(t for t in texts_of(path, read(path)) if has_words(t)))
    return list(found)


# --- catalogues


def escape(text):
    return text.replace("\\", "\\\\").replace('"', '\\"')


def load(path):
    if not path.exists():
        return {}
    entry = re.compile(r'^msgid "((?:[^"\\]|\\.)*)"\nmsgstr "((?:[^"\\]|\\.)*)"', re.M)
    back = re.compile(r"\\(.)")
    return {back.sub(r"\1", k): back.sub(r"\1", v)
            for k, v in entry.findall(path.read_text(encoding="utf-8")) if k}


def catalogue_path(language):
    return ROOT / "po" / ("manual-%s.po" % language)


def update():
    for path in sorted((ROOT / "po").glob("manual-*.po")):
        language = path.stem.removeprefix("manual-")
        old = load(path)
        text = ('# The manual in %s; `ninja -C build messages` brings it up to date.\nmsgid ""\n'
                'msgstr "Language: %s\\nMIME-Version: 1.0\\n'
                'Content-Type: text/plain; charset=UTF-8\\n'
                'Content-Transfer-Encoding: 8bit\\n"\n' % (language, language))
        for message in messages():
            text += '\nmsgid "%s"\nmsgstr "%s"\n' % (escape(message), escape(old.get(message, "")))
        path.write_text(text, encoding="utf-8")


# --- blocks → roff


class Page:
    """One man page being written."""

    def __init__(self, name, about, tables, translate):
        self.lines = []
        self.tables = tables
        self.translate = translate
        title, section = name.rsplit(".", 1)
        self.lines.append('.TH "%s" "%s" "" "paiban"' % (title.upper(), section))
        # Han may be broken anywhere, which the pages' formatter is told by \\:; so no adjusting.
        self.lines += [".nh", ".ad l"]
        self.section("NAME")
        self.lines.append("%s \\- %s" % (roff(title), roff(translate(about))))

    def section(self, title, level=1):
        word = self.translate(title)
        self.lines.append("%s %s" % (".SH" if level < 3 else ".SS", roff(word)))

    def paragraph(self, text):
        self.lines += [".PP", roff(text)]

    def item(self, text):
        self.lines += [".IP \\(bu 2", roff(text)]

    def term(self, term, text):
        self.lines += [".TP", roff(term), roff(text)]

    def code(self, text):
        self.lines += [".PP", ".RS 2", ".nf"]
        self.lines += [roff_plain(line) or "\\&" for line in text.rstrip("\n").split("\n")]
        self.lines += [".fi", ".RE"]

    def table(self, rows):
        head, body = rows[0], [row for row in rows[1:] if not is_rule_line(row)]
        for row in body:
            cells = [self.translate(cell) for cell in row]
            if len(cells) > 2:
                titles = [self.translate(cell) for cell in head]
                cells[1:] = ["%s: %s" % (t, c) if t else c for t, c in zip(titles[1:], cells[1:])]
            self.term(cells[0], " — ".join(c for c in cells[1:] if c))

    def blocks(self, blocks, table=None):
        for kind, content in blocks:
            if kind == "heading":
                if content[0] > 1:
                    self.section(content[1], content[0])
                else:
                    self.section("DESCRIPTION")
            elif kind == "para":
                directive = DIRECTIVE.fullmatch(content)
                if directive:
                    getattr(self, directive[1])()
                elif not PICTURE.fullmatch(content):
                    self.paragraph(self.translate(content))
            elif kind == "item":
                self.item(self.translate(content))
            elif kind == "code":
                self.code(content[1])
            elif kind == "table":
                (table or self.table)(content)

    # What the program's tables hold.

    def commands(self):
        for command in self.tables["commands"]:
            self.term("**paiban-%s**(1)" % command["name"], command["summary"])

    def options(self, command):
        rows = command["options"] + [{"name": "help", "letter": "h", "value": "", "choices": "",
                                      "help": self.translate("print this help")}]
        for row in rows:
            names = ("**-%s**, " % row["letter"] if row["letter"] else "") + "**--%s**" % row["name"]
            value = " *%s*" % row["value"] if row["value"] else ""
            text = row["help"]
            if row["choices"]:
                text = self.translate("%(help)s: %(choices)s") % {
                    "help": text, "choices": "`%s`" % row["choices"]}
            self.term(names + value, text)

    def keys(self):
        for key in self.tables["keys"]:
            values = dict(key, default="`%s`" % (key["default"] or '""'))
            self.term("`%s`" % key["name"], self.translate(
                "%(type)s, %(range)s: %(help)s. Default: %(default)s.") % values)

    def rules(self):
        for row in self.tables["diagnostics"]:
            if row["rule"]:
                clause = re.sub("practice|house style", lambda m: self.translate(m[0]),
                                row["clause"])
                self.term("**%s** (%s)" % (row["name"], row["level"]),
                          "%s [%s]" % (row["message"].replace("%s", "…"), clause))

    def diagnostics(self, rows):
        known = {row["name"]: row for row in self.tables["diagnostics"]}
        for row in rows[2:]:
            info = known.get(row[0].strip("`"))
            if info is None:
                raise SystemExit("docs/DIAGNOSTICS.md: %s is in no table" % row[0])
            message = re.sub(r"%[-+ #0]*\d*(?:\.(?:\d+|\*))?(?:z|l)*[a-zA-Z]", "…", info["message"])
            self.term("**%s** (%s)" % (info["name"], info["level"]), message)
            for word, cell in zip(("Cause:", "Cure:"), row[3:]):
                self.lines += [".br", roff("%s %s" % (self.translate(word), self.translate(cell)))]

    def text(self):
        return "\n".join(self.lines) + "\n"


def roff_plain(text):
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text[:1] in (".", "'") else text


def roff(text):
    """Inline Markdown → roff: code and strong bold, emphasis italic, links as their text."""
    text = re.sub(r"\[([^\]]+)\]\(([^)]+)\)", r"\1", text)
    pieces = re.split(r"(`[^`]+`|\*\*[^*]+\*\*|(?<!\w)\*[^*\s][^*]*\*(?!\w))", text)
    out = ""
    for piece in pieces:
        if piece.startswith("`") and len(piece) > 2:
            out += "\\fB%s\\fR" % roff_plain(piece[1:-1]).replace("\\&", "")
        elif piece.startswith("**") and len(piece) > 4:
            out += "\\fB%s\\fR" % roff_plain(piece[2:-2])
        elif piece.startswith("*") and len(piece) > 2:
            out += "\\fI%s\\fR" % roff_plain(piece[1:-1])
        else:
            out += roff_plain(piece).replace("\\&", "")
    out = re.sub(r"([%s])(?=[%s])" % (HAN, HAN), break_behind, out)
    return "\\&" + out if out[:1] in (".", "'") else out


def break_behind(match):
    here, after = match[1], match.string[match.end()]
    return here if here in NO_END or after in NO_START else here + "\\:"


def write_page(name, tables, translate):
    commands = {command["name"]: command for command in tables["commands"]}
    command = commands.get(name.removeprefix("paiban-").removesuffix(".1"))
    if name in DOCUMENTS:
        path, about = DOCUMENTS[name]
        page = Page(name, about, tables, translate)
        page.blocks(read(path), page.diagnostics if "DIAGNOSTICS" in path else None)
        if path == "docs/LAYOUT.md":
            page.section("KEYS")
            page.keys()
        others = [n for n in DOCUMENTS if n != name]
    elif command is None:
        raise SystemExit("tools/manual.py: %s is not in the tables" % name)
    else:
        page = Page(name, command["summary"], tables, translate)
        page.section("SYNOPSIS")
        page.lines.append(roff("**paiban %s** %s" % (command["name"], command["synopsis"])))
        page.section("DESCRIPTION")
        page.paragraph(" ".join((command["description"] or command["summary"]).split("\n")))
        page.section("OPTIONS")
        page.options(command)
        page.section("EXAMPLES")
        page.code(command["examples"])
        if name == "paiban-check.1":
            page.section("RULES")
            page.paragraph(translate(WORDS[-1]))
            page.rules()
        page.section("EXIT STATUS")
        page.paragraph(translate(WORDS[-2]))
        others = list(DOCUMENTS)
    page.section("SEE ALSO")
    page.lines.append(", ".join("\\fB%s\\fR(%s)" % tuple(roff_plain(n).rsplit(".", 1))
                                for n in others))
    return page.text()


def pages(tables_path, language, folder):
    tables = json.loads(pathlib.Path(tables_path).read_text(encoding="utf-8"))
    catalogue = load(catalogue_path(language))
    for name in page_names():
        text = write_page(name, tables, lambda t: catalogue.get(t) or t)
        pathlib.Path(folder, name).write_text(text, encoding="utf-8")


def main():
    if sys.argv[1:2] == ["pages"] and len(sys.argv) == 5:
        pages(*sys.argv[2:])
    elif sys.argv[1:] == ["list"]:
        print("\n".join(page_names()))
    elif sys.argv[1:] == ["update"]:
        update()
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
