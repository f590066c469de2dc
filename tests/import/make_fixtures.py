#!/usr/bin/env python3
"""make_fixtures: pages of issue.md and monthly-2022-03.md as other programs set them.

usage: make_fixtures.py [--soffice COMMAND] [--weasyprint COMMAND]

Both set what the printed issue shows: running header, page number, 本期要目 with ✓, numbered
sections in 【】, numbered items, source lines and indented paragraphs. The tests need neither
program; they read the PDFs that are kept here. Run this again when an issue changes.

libreoffice.pdf and weasyprint.pdf are issue.md, those with -2 monthly-2022-03.md, and so are those
with -tagged, which say in their structure what is a heading.
"""
import argparse
import html
import pathlib
import re
import shlex
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
TITLE = "互联网+远程医疗行业月报"
FONT = "Noto Serif CJK SC"

STYLES = {  # name: (size in pt, bold, first line's indent in pt, line pitch in pt)
    "section": (16, True, 0, 28), "item": (14, True, 0, 26), "source": (10.5, False, 0, 24),
    "body": (12, False, 24, 24), "contacts": (14, True, 0, 28)}


def blocks(text):
    """(style, text) of everything that is printed between header and page number."""
    lines = [line for line in text.split("---\n", 2)[2].split("\n") if line]
    marked = [line[5:] for line in lines if line.startswith("## ✓ ")]
    yield "section", "1 【本期要目】"
    for title in marked:
        yield "item", "✓ " + title
    section, item = 1, 0
    for line in lines:
        if line.startswith("# "):
            section, item = section + 1, 0
            yield "section", "%d 【%s】" % (section, line[2:])
        elif line.startswith("## "):
            item += 1
            yield "item", "%d.%d %s" % (section, item, line[3:].removeprefix("✓ "))
        else:
            yield ("source" if line.startswith("链接：") else "body"), line
    yield "contacts", "联系我们："
    yield "source", "国家远程医疗中心  ntcc2018@163.com"


def spaced(style, text):
    """A gap at each border of Han and Latin, as typists of those programs put it."""
    if style == "source":
        return text
    text = re.sub(r"([\u4e00-\u9fff])([A-Za-z0-9])", r"\1 \2", text)
    return re.sub(r"([A-Za-z0-9])([\u4e00-\u9fff])", r"\1 \2", text)


TAGS = {"section": "h1", "item": "h2"}  # in tagged files


def as_html(text, tagged):
    rules = "".join(
        ".%s{font:%s %spt/%spt '%s';text-indent:%spt;margin:0;text-align:%s}" % (
            name, "bold" if bold else "normal", size, pitch, FONT, indent,
            "justify" if name == "body" else "left")
        for name, (size, bold, indent, pitch) in STYLES.items())
    rules += ("@page{size:A4;margin:72pt 90pt;@top-center{content:'%s';font:9pt '%s'}"
              "@bottom-center{content:counter(page);font:9pt '%s'}}"
              ".source{overflow-wrap:anywhere}" % (TITLE, FONT, FONT))
    body = "".join("<%s class=%s>%s</%s>" % (tag, style, html.escape(spaced(style, said)), tag)
                   for style, said in blocks(text)
                   for tag in [TAGS.get(style, "p") if tagged else "p"])
    return ("<!DOCTYPE html><html lang=zh><title>%s</title><meta charset=utf-8><style>%s</style>%s"
            % (TITLE if tagged else "", rules, body))


def as_fodt(text, tagged):
    def style(name, size, bold, indent, pitch):
        weight = ' style:font-weight-asian="bold" fo:font-weight="bold"' if bold else ""
        return ('<style:style style:name="%s" style:family="paragraph"><style:paragraph-properties '
                'fo:text-indent="%spt" fo:line-height="%spt" fo:text-align="%s" fo:orphans="1" '
                'fo:widows="1"/><style:text-properties style:font-name="F" '
                'style:font-name-asian="F" fo:font-size="%spt" style:font-size-asian="%spt"%s/>'
                "</style:style>" % (name, indent, pitch, "justify" if name == "body" else "start",
                                    size, size, weight))
    def paragraph(name, said):
        said = html.escape(spaced(name, said))
        if tagged and name in TAGS:
            return '<text:h text:outline-level="%s" text:style-name="%s">%s</text:h>' % (
                TAGS[name][1], name, said)
        return '<text:p text:style-name="%s">%s</text:p>' % (name, said)

    paragraphs = "".join(paragraph(name, said) for name, said in blocks(text))
    spaces = " ".join('xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % (short, name)
                      for short, name in (("office", "office"), ("style", "style"),
                                          ("text", "text"), ("svg", "svg-compatible"),
                                          ("fo", "xsl-fo-compatible")))
    return ('<?xml version="1.0" encoding="UTF-8"?><office:document %s office:version="1.3" '
            'office:mimetype="application/vnd.oasis.opendocument.text"><office:font-face-decls>'
            '<style:font-face style:name="F" svg:font-family="\'%s\'"/></office:font-face-decls>'
            "<office:automatic-styles>%s"
            '<style:page-layout style:name="A"><style:page-layout-properties fo:page-width="595.3pt"'
            ' fo:page-height="841.9pt" fo:margin-top="42pt" fo:margin-bottom="42pt" '
            'fo:margin-left="90pt" fo:margin-right="90pt"/><style:header-style>'
            '<style:header-footer-properties fo:min-height="30pt"/></style:header-style>'
            '<style:footer-style><style:header-footer-properties fo:min-height="30pt"/>'
            "</style:footer-style></style:page-layout></office:automatic-styles>"
            '<office:master-styles><style:master-page style:name="Standard" '
            'style:page-layout-name="A"><style:header><text:p text:style-name="running">%s</text:p>'
            '</style:header><style:footer><text:p text:style-name="running"><text:page-number/>'
            "</text:p></style:footer></style:master-page></office:master-styles>"
            "<office:body><office:text>%s</office:text></office:body></office:document>" % (
                spaces, FONT, "".join(style(name, *values) for name, values in STYLES.items()) +
                style("running", 9, False, 0, 12), TITLE, paragraphs))


def soffice(command, path, text, tagged):
    path.write_text(text, encoding="utf-8")
    filters = ('pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
               if tagged else "pdf")
    subprocess.run([*shlex.split(command), "--headless", "--convert-to", filters, "--outdir", HERE,
                    path], check=True)


def weasyprint(command, path, target, text, tagged):
    path.write_text(text, encoding="utf-8")
    variant = ["--pdf-variant", "pdf/ua-1"] if tagged else []
    subprocess.run([*shlex.split(command), *variant, path, target], check=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--soffice")
    parser.add_argument("--weasyprint")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for source, suffix, tagged in (("issue.md", "", False), ("monthly-2022-03.md", "-2", False),
                                       ("monthly-2022-03.md", "-tagged", True)):
            text = (HERE / source).read_text(encoding="utf-8")
            if options.soffice:
                soffice(options.soffice, pathlib.Path(folder) / ("libreoffice%s.fodt" % suffix),
                        as_fodt(text, tagged), tagged)
            if options.weasyprint:
                weasyprint(options.weasyprint, pathlib.Path(folder) / "weasyprint.html",
                           HERE / ("weasyprint%s.pdf" % suffix), as_html(text, tagged), tagged)


if __name__ == "__main__":
    main()
