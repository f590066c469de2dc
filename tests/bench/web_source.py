"""web_source: an issue as HTML, TeX and plain text, for the peers in bench.py.

The same page, fonts and sizes as layouts/base.yaml, headings, links, emphasis, lists, tables and
images; what a peer has no element for is plain text: a peer gets less to do, never more.
"""
import html
import re
import urllib.parse

import typst_source

FACES = {"zh-Hans": "SC", "zh-Hant": "TC", "ja": "JP"}
PAGE = """<!DOCTYPE html>
<html lang="%s"><head><meta charset="utf-8"><title>%s</title><style>
@page { size: A4; margin: 2.8cm 2.88cm }
body { font: 12pt/22pt "Liberation Serif", "Noto Serif CJK %s"; margin: 0; text-align: justify }
p { margin: 0; text-indent: 2em }
h1, h2, h3, h4, h5, h6 { font-family: "Liberation Sans", "Noto Sans CJK %s"; text-align: left }
h1 { font-size: 16pt } h2 { font-size: 14pt } h3, h4, h5, h6 { font-size: 12pt }
img { max-width: 60%% } td, th { border: 0.5pt solid; padding: 2pt }
</style></head><body><h1>%s</h1>
"""
TEX = r"""\documentclass[12pt,a4paper]{article}
\usepackage[margin=2.85cm]{geometry}
\usepackage{xeCJK}
\setmainfont{Liberation Serif}
\setsansfont{Liberation Sans}
\setCJKmainfont{Noto Serif CJK %s}
\setCJKsansfont{Noto Sans CJK %s}
\usepackage{graphicx}
\usepackage[hidelinks]{hyperref}
\setlength{\parindent}{2em}
\linespread{1.5}
\begin{document}
\begin{center}\sffamily\LARGE %s\end{center}
\tableofcontents
"""
TEX_HEADINGS = ("section", "subsection", "subsubsection", "paragraph", "subparagraph",
                "subparagraph")
TEX_SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


class Issue:
    """The head's keys, the notes by name and the body of an issue."""

    def __init__(self, markdown, title=""):
        _, head, self.body = markdown.split("---\n", 2)
        self.keys = dict(re.findall(r"^(\w+): (.*)$", head, re.M))
        self.title = self.keys.get("title", title).strip("\"'")
        self.language = self.keys.get("lang", "zh-Hans")
        self.face = FACES.get(self.language, "SC")
        self.notes = dict(re.findall(r"^\[\^([^\]]+)\]: (.*)$", self.body, re.M))


class Html:
    """How HTML writes each thing."""

    @staticmethod
    def text(words):
        return html.escape(words.replace("\\", ""))

    @staticmethod
    def link(address, words):
        return '<a href="%s">%s</a>' % (html.escape(address), words)

    @staticmethod
    def image(source, words):
        return '<img src="%s" alt="%s">' % (html.escape(source), html.escape(words))

    @staticmethod
    def wrap(kind, words):
        return "<%s>%s</%s>" % (kind, words, kind)

    @staticmethod
    def heading(level, words):
        return "<h%d>%s</h%d>" % (level, words, level)

    @staticmethod
    def code(lines):
        return "<pre>%s</pre>" % html.escape("\n".join(lines))

    @staticmethod
    def items(rows):
        return "<ul>%s</ul>" % "".join("<li>%s</li>" % row for row in rows)

    @staticmethod
    def table(rows):
        return "<table>%s</table>" % "".join(
            "<tr>%s</tr>" % "".join("<td>%s</td>" % cell for cell in row) for row in rows)

    @staticmethod
    def paragraph(words):
        return "<p>%s</p>" % words


class Tex:
    """How TeX writes each thing."""

    @staticmethod
    def text(words):
        return re.sub(r"[\\~^#$%&_{}]", lambda m: TEX_SPECIAL.get(m[0], "\\" + m[0]),
                      words.replace("\\", ""))

    @staticmethod
    def link(address, words):
        return r"\href{%s}{%s}" % (re.sub(r"([#%&_{}\\])", r"\\\1", address), words)

    @staticmethod
    def image(source, words):
        if not source.endswith((".png", ".jpg")):
            return Tex.text(words)
        return r"\includegraphics[width=.6\linewidth]{\detokenize{%s}}" % source

    @staticmethod
    def wrap(kind, words):
        return r"\%s{%s}" % ({"strong": "textbf", "em": "emph", "code": "texttt"}[kind], words)

    @staticmethod
    def heading(level, words):
        return r"\%s{%s}" % (TEX_HEADINGS[level - 1], words)

    @staticmethod
    def code(lines):
        return "\n\n".join(r"\texttt{%s}" % Tex.text(line) for line in lines)

    @staticmethod
    def items(rows):
        return "\\begin{itemize}\n%s\n\\end{itemize}" % "\n".join(r"\item " + r for r in rows)

    @staticmethod
    def table(rows):
        return "\n\n".join(r" \quad ".join(row) for row in rows)

    @staticmethod
    def paragraph(words):
        return words


def inline(text, form, notes):
    out, at = [], 0
    for m in typst_source.INLINE.finditer(text):
        out.append(form.text(text[at:m.start()]))
        at = m.end()
        if m["image"]:
            out.append(form.image(urllib.parse.unquote(m["src"]), m["cap"] or m["alt"]))
        elif m["note"]:
            out.append(form.text("(%s)" % notes.get(m["note"], "")))
        elif m["to"] and not m["to"].startswith("#"):
            out.append(form.link(m["to"].replace("\\", ""), form.text(m["words"])))
        elif m["words"]:
            out.append(inline(m["words"], form, {}))
        elif m["auto"] or m["bare"]:
            out.append(form.link(m["auto"] or m["bare"], form.text(m["auto"] or m["bare"])))
        elif m["strong"] or m["emph"]:
            out.append(form.wrap("strong" if m["strong"] else "em",
                                 inline(m["strong"] or m["emph"], form, notes)))
        elif m["code"]:
            out.append(form.wrap("code", form.text(m["code"])))
    return "".join(out) + form.text(text[at:])


def block(lines, form, notes):
    first = lines[0]
    heading = re.match(r"(#{1,6}) (?:✓ )?(.*)", first)
    if heading:
        return form.heading(len(heading[1]), inline(heading[2], form, notes))
    if first.startswith("|"):
        rows = [re.split(r"(?<!\\)\|", line.strip().strip("|"))
                for line in lines[:1] + lines[2:]]
        return form.table([[inline(cell.strip(), form, notes) for cell in row] for row in rows])
    if first.startswith(("<!--", "[^")):
        return ""
    marks = [re.match(r" *(?:[-*+]|\d+[.)]) (.*)", line) for line in lines]
    if marks[0]:
        return form.items([inline(m[1] if m else line.strip(), form, notes)
                           for m, line in zip(marks, lines)])
    words = " ".join(line.lstrip("> ").rstrip("\\") for line in lines)
    return form.paragraph(inline(words, form, notes))


def body_of(issue, form):
    out = []
    for group in typst_source.blocks(issue.body):
        if isinstance(group, str):  # code, as typst_source writes it
            out.append(form.code(group.split('"', 1)[1].rsplit('"', 1)[0].split("\n")))
        else:
            out.append(block(group, form, issue.notes))
    return out


def to_html(markdown, title=""):
    issue = Issue(markdown, title)
    name = html.escape(issue.title)
    return PAGE % (issue.language, name, issue.face, issue.face, name) + "\n".join(
        body_of(issue, Html)) + "</body></html>\n"


def to_tex(markdown, title=""):
    issue = Issue(markdown, title)
    return TEX % (issue.face, issue.face, Tex.text(issue.title)) + "\n\n".join(
        body_of(issue, Tex)) + "\n\\end{document}\n"


def to_text(markdown, title=""):
    return title + "\n" + re.sub(r"^#+ ", "", Issue(markdown, title).body, flags=re.M)
