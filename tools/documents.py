#!/usr/bin/env python3
"""Write the Chinese docs/CONTENT.zh-CN.md and docs/LAYOUT.zh-CN.md (`ninja -C build docs-zh`).

usage: documents.py TABLES            write them; TABLES is the JSON of paiban-tables, in Chinese
       documents.py TABLES --check    only say which are not up to date; status 1 where one is not

Made from the English pages through the manual's catalogue po/manual-zh_CN.po, block by block;
the keys of layouts are described by the program's own tables.
"""
import json
import pathlib
import re
import sys

import manual

PAGES = ["docs/CONTENT.md", "docs/LAYOUT.md"]
TITLES = {"The text of an issue": "一期稿件的写法", "Layout files": "版式文件"}
ELEMENTS = "`styles:` has a mapping for each element:"
KEYS = "Each takes these keys:"


def chinese_path(path):
    return path.removesuffix(".md") + ".zh-CN.md"


class Writer:
    """One page, translated block by block."""

    def __init__(self, path, keys, translations):
        self.path = path
        self.keys = {key["name"]: key for key in keys}
        self.translations = translations
        self.lines = []
        self.group = ""

    def translate(self, text):
        text = self.translations.get(text) or text
        for page in PAGES:
            name = pathlib.PurePath(page).name
            text = text.replace("(%s)" % name, "(%s)" % chinese_path(name))
        return text

    def default(self, english):
        """“as body (10pt)” in Chinese, else the value as it is."""
        match = re.fullmatch(r"as body \((.*)\)", english)
        if match:
            return self.translate("as body (%s)") % match[1]
        return self.translate(english) if english == "as space-before" else english

    def key_row(self, row):
        name = row[0].strip("`")
        key = self.keys.get(name) or self.keys["styles.*." + name]
        return [row[0], key["type"], key["range"], self.default(row[3]), key["help"]]

    def table(self, rows):
        of_keys = rows[0][-1] == "what"
        for i, row in enumerate(rows):
            if i > 1 and of_keys:
                cells = self.key_row(row)
            else:
                cells = row if i == 1 else [self.translate(cell) for cell in row]
            escaped = [cell.replace("|", "\\|") for cell in cells]
            self.lines.append("|%s|" % "|".join(escaped) if i == 1
                              else "| %s |" % " | ".join(escaped))

    def paragraph(self, text):
        if text.startswith(ELEMENTS):
            elements = text.removeprefix(ELEMENTS).removesuffix(". " + KEYS).strip()
            text = "%s%s。%s" % (self.translate(ELEMENTS), elements.replace(", ", "、"),
                                self.translate(KEYS))
        self.lines.append(self.translate(text))

    def block(self, kind, content):
        if kind == "heading":
            title = TITLES[content[1]] if content[0] == 1 else self.translate(content[1])
            self.lines.append("#" * content[0] + " " + title)
        elif kind == "code":
            self.lines += ["```" + content[0], *content[1].split("\n"), "```"]
        elif kind == "image":
            self.lines.append("![%s](%s)" % (self.translate(content[0]), content[1]))
        elif kind == "table":
            self.table(content)
        elif kind == "item":
            self.lines.append("- " + self.translate(content))
        else:
            self.paragraph(content)

    def text(self):
        blocks = manual.blocks_of((manual.ROOT / self.path).read_text(encoding="utf-8"))
        for i, (kind, content) in enumerate(blocks):
            if i > 0 and not (kind == "item" and blocks[i - 1][0] == "item"):
                self.lines.append("")
            self.block(kind, content)
            if i == 0:
                self.lines += ["", "[English](%s)" % pathlib.PurePath(self.path).name]
        return "\n".join(self.lines) + "\n"


def main():
    if len(sys.argv) not in (2, 3) or sys.argv[2:] not in ([], ["--check"]):
        sys.exit(__doc__)
    keys = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))["keys"]
    translations = {**manual.load(manual.ROOT / "po/zh_CN.po"),
                    **manual.load(manual.catalogue_path("zh_CN"))}
    stale = []
    for page in PAGES:
        path = manual.ROOT / chinese_path(page)
        text = Writer(page, keys, translations).text()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(chinese_path(page))
        if not sys.argv[2:]:
            path.write_text(text, encoding="utf-8")
    if sys.argv[2:] and stale:
        sys.exit("not up to date, run ninja -C build docs-zh: " + ", ".join(stale))


if __name__ == "__main__":
    main()
