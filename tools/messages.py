#!/usr/bin/env python3
"""The catalogues of messages: take over what the sources say, tell what is not translated.

usage: messages.py update         po/POTFILES and po/*.po (the manual's as well, see manual.py) anew
                                  from the sources and docs/; what is left to
                                  translate is listed (`ninja -C build messages` does the same)
       messages.py missing        only list it; the exit status is 1 where there is any

The Chinese sentences of the checker's rules stand in render/base/rule_table.h, beside the
English ones; update takes them from there. Nothing is guessed: an entry whose English changed
is untranslated again, never fuzzy.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

import manual

ROOT = pathlib.Path(__file__).resolve().parent.parent
PO = ROOT / "po"
KEYWORDS = ["_", "N_", "gettext", "ngettext:1,2"]
MARKED = re.compile(r"\b(?:N?_|gettext|ngettext)\(\s*\"|\bN_\(")
ENTRY = re.compile(r'^(?:#,(?P<flags>.*)\n)?(?:#\|.*\n)*(?P<old>#~ )?msgid (?P<id>"(?:.|\n)*?)'
                   r'\n(?:msgid_plural (?P<plural>"(?:.|\n)*?)\n)?(?P<strings>msgstr(?:.|\n)*)',
                   re.M)
RULE = re.compile(r'^RULE\(\w+, "[\w-]+", LEVEL_\w+,\s*"(?:[^"\\]|\\.)*",\s*'
                  r'N_\("((?:[^"\\]|\\.)*)"\),\s*"((?:[^"\\]|\\.)*)"\)', re.M)


def call(*command, **options):
    return subprocess.run([str(c) for c in command], check=True, capture_output=True, text=True,
                          encoding="utf-8", cwd=ROOT, **options).stdout


def joined(quoted):
    """The text of "…" "…" as it stands in the file, escapes kept."""
    return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', quoted))


def entries(text):
    """msgid → (list of translations, is fuzzy, is obsolete) of a catalogue's text."""
    found = {}
    for block in text.split("\n\n"):
        match = ENTRY.search(block)
        if match and joined(match["id"]):
            strings = re.split(r"^(?:#~ )?msgstr(?:\[\d\])? ", match["strings"], flags=re.M)[1:]
            found[joined(match["id"])] = ([joined(s) for s in strings],
                                          "fuzzy" in (match["flags"] or ""),
                                          match["old"] is not None)
    return found


def sources():
    """Paths of the sources that mark messages, relative to the root."""
    paths = sorted((ROOT / "render").rglob("*.[ch]"))
    return [str(p.relative_to(ROOT)) for p in paths
            if p.name != "i18n.h" and MARKED.search(p.read_text(encoding="utf-8"))]


def template(paths):
    """The catalogue of all marked messages, untranslated, in the order of the sources."""
    keywords = ["--keyword=" + k for k in KEYWORDS]
    return call("xgettext", "--language=C", "--from-code=UTF-8", "--keyword", *keywords,
                "--add-location=file", "--package-name=paiban", "--output=-", *paths) \
        .replace("charset=CHARSET", "charset=UTF-8")


def rules():
    """English → Chinese of the table of rules."""
    return dict(RULE.findall((ROOT / "render/base/rule_table.h").read_text(encoding="utf-8")))


def compendium(pairs):
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    return head + "\n".join('msgid "%s"\nmsgstr "%s"\n' % pair for pair in pairs.items())


def untranslated(catalogue, wanted):
    """Messages of `wanted` that the catalogue lacks, has fuzzy or empty."""
    return [m for m in wanted if m not in catalogue or catalogue[m][1] or catalogue[m][2]
            or not catalogue[m][0] or not all(catalogue[m][0])]


def languages():
    return (PO / "LINGUAS").read_text(encoding="utf-8").split()


def update():
    paths = sources()
    (PO / "POTFILES").write_text("\n".join(paths) + "\n", encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        pot, old, table = (pathlib.Path(folder, n) for n in ("paiban.pot", "old.po", "rules.po"))
        pot.write_text(template(paths), encoding="utf-8")
        table.write_text(compendium(rules()), encoding="utf-8")
        for language in languages():
            po = PO / (language + ".po")
            old.write_text(call("msgcat", "--use-first", po, *(
                [table] if language == "zh_CN" else [])), encoding="utf-8")
            call("msgmerge", "--quiet", "--no-fuzzy-matching", "--add-location=file",
                 "--output-file=" + str(pot) + ".po", old, pot)
            new = call("msgattrib", "--no-obsolete", str(pot) + ".po")
            po.write_text(re.sub(r'^"POT-Creation-Date:.*\n', "", new, flags=re.M),
                          encoding="utf-8")
    manual.update()


def missing():
    wanted = entries(template(sources()))
    for language in languages():
        catalogue = entries((PO / (language + ".po")).read_text(encoding="utf-8"))
        for message in untranslated(catalogue, wanted):
            yield language, message
        translated = manual.load(manual.catalogue_path(language))
        for message in manual.messages():
            if not translated.get(message):
                yield "manual-" + language, message


def main():
    if sys.argv[1:] == ["update"]:
        update()
    elif sys.argv[1:] != ["missing"]:
        sys.exit(__doc__)
    count = 0
    for language, message in missing():
        print("%s: %s" % (language, message))
        count += 1
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
