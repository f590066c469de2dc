"""typst_source: an issue of tests/corpus as Typst source, for the comparison in bench.py.

The same page, type area, fonts, sizes and pitch as layouts/base.yaml; headings, links, emphasis,
lists, quotes, tables, images and footnotes as Typst has them. What Typst has no element for
(attributes of spans, ruby) is plain text: Typst gets less to do, never more.
"""
import re
import urllib.parse

PREAMBLE = """#set page(paper: "a4", margin: (x: 2.88cm, y: 2.8cm), numbering: "1")
#set text(font: ("Liberation Serif", "%s"), size: 12pt, lang: "%s", region: "%s")
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 10pt, spacing: 10pt)
#set heading(numbering: "1.1")
#show heading: set text(font: ("Liberation Sans", "%s"))
#show heading.where(level: 1): set text(size: 16pt)
#show heading.where(level: 2): set text(size: 14pt)
#align(center, text(size: 24pt, font: "%s")[%s])
#outline()
"""
FONTS = {"zh-Hans": ("SC", "zh", "CN"), "zh-Hant": ("TC", "zh", "TW"), "ja": ("JP", "ja", "JP"),
         "en": ("SC", "en", "GB")}
SPECIAL = re.compile(r"([\\#$*_`@<>\[\]~/=+\-])")
INLINE = re.compile(
    r"(?P<image>!\[(?P<alt>[^\]]*)\]\(<?(?P<src>[^)>\"]*?)>?(?: \"(?P<cap>[^\"]*)\")?\))"
    r"|\[\^(?P<note>[^\]]+)\]"
    r"|\[(?P<words>(?:[^\[\]]|\\.)+)\](?:\(<?(?P<to>[^)>]+)>?\)|(?P<plain>\{[^}]*\})?)"
    r"|<(?P<auto>(?:https?|mailto):[^>]+)>|(?P<bare>https?://[!-'*-;=?-Z_a-z~]+)"
    r"|\*\*(?P<strong>.+?)\*\*|\*(?P<emph>[^*]+)\*|`(?P<code>[^`]+)`|<[^>]+>|\{[^}]*\}")


def escape(text):
    return SPECIAL.sub(r"\\\1", text.replace("\\", ""))


def link(address, text):
    return '#link("%s")[%s]' % (address.replace("\\", "").replace('"', "%22"), text)


def inline(text, notes):
    out, at = [], 0
    for m in INLINE.finditer(text):
        out.append(escape(text[at:m.start()]))
        at = m.end()
        if m["image"]:
            out.append('#figure(image("/%s", width: 60%%, alt: "%s"), caption: [%s])' % (
                urllib.parse.unquote(m["src"]), m["alt"].replace('"', ""), escape(m["cap"] or m["alt"])))
        elif m["note"]:
            out.append("#footnote[%s]" % inline(notes.get(m["note"], ""), {}))
        elif m["to"]:
            words = inline(m["words"], {})
            out.append(words if m["to"].startswith("#") else link(m["to"], words))
        elif m["words"]:
            out.append(inline(m["words"], {}))
        elif m["auto"] or m["bare"]:
            address = m["auto"] or m["bare"]
            out.append(link(address, escape(address)))
        elif m["strong"]:
            out.append("#strong[%s]" % inline(m["strong"], notes))
        elif m["emph"]:
            out.append("#emph[%s]" % inline(m["emph"], notes))
        elif m["code"]:
            out.append('#raw("%s")' % m["code"].replace("\\", "\\\\").replace('"', '\\"'))
    return "".join(out) + escape(text[at:])


def table(lines, notes):
    rows = [[c.strip() for c in re.split(r"(?<!\\)\|", line.strip().strip("|"))] for line in lines]
    rows = [rows[0]] + rows[2:]
    columns = len(rows[0])
    cells = ["[%s]" % inline(c, notes) for row in rows
             for c in (row + [""] * columns)[:columns]]
    return "#table(columns: %d, %s)" % (columns, ", ".join(cells))


def block(lines, notes):
    first = lines[0]
    heading = re.match(r"(#+) (?:✓ )?(.*)", first)
    if heading:
        return "%s %s" % ("=" * len(heading[1]), inline(heading[2], notes))
    if first.startswith("|"):
        return table(lines, notes)
    if first.startswith("<!--") or first.startswith("[^"):
        return ""
    if first.startswith(">"):
        return "#quote(block: true)[%s]" % inline(
            " ".join(line.lstrip("> ") for line in lines), notes)
    marks = [re.match(r"( *)([-*+]|\d+[.)]) (.*)", line) for line in lines]
    if marks[0]:
        return "\n".join("%s%s %s" % (m[1], "-" if m[2] in "-*+" else "+", inline(m[3], notes))
                         if m else "  " + inline(line.strip(), notes)
                         for m, line in zip(marks, lines))
    return inline(" ".join(line.rstrip("\\") for line in lines), notes)


def blocks(body):
    """Groups of lines; fenced code is a group of its own."""
    group, fence = [], None
    for line in body.splitlines():
        if fence is not None or line.startswith("```"):
            fence = [] if fence is None else fence + [line]
            if fence and fence[-1].startswith("```"):
                code = "\n".join(fence[:-1]).replace("\\", "\\\\").replace('"', '\\"')
                yield '#raw(block: true, "%s")' % code
                fence = None
            continue
        if not line.strip():
            if group:
                yield group
            group = []
        else:
            group.append(line)
    if group:
        yield group


def convert(markdown, title=""):
    """Markdown of an issue → Typst source; the title stands for one that the head lacks."""
    _, head, body = markdown.split("---\n", 2)
    keys = dict(re.findall(r"^(\w+): (.*)$", head, re.M))
    script, language, region = FONTS.get(keys.get("lang", "zh-Hans"), FONTS["zh-Hans"])
    notes = dict(re.findall(r"^\[\^([^\]]+)\]: (.*)$", body, re.M))
    sans = "Noto Sans CJK " + script
    out = [PREAMBLE % ("Noto Serif CJK " + script, language, region, sans, sans,
                       escape(keys.get("title", title).strip("\"'")))]
    for group in blocks(body):
        out.append(group if isinstance(group, str) else block(group, notes))
    return "\n\n".join(out) + "\n"
