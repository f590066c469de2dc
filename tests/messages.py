#!/usr/bin/env python3
"""The catalogues have every message, translated as editors write (TAP).

Nothing missing, fuzzy, obsolete or empty; formats agree (msgfmt); the rules' sentences are those
of render/base/rule_table.h; po/POTFILES lists every source that marks a message; Chinese has its
own quotes and marks. `ninja -C build messages` brings the catalogues up to date.
"""
import re
import subprocess
import sys

import program

sys.path.insert(0, str(program.ROOT / "tools"))
import manual  # noqa: E402
import messages  # noqa: E402

HAN = re.compile(r"[\u4e00-\u9fff]")
# What a Chinese sentence does not have: English quotes, a half-width mark behind Han.
NOT_CHINESE = re.compile(r"[‘’]|(?:[\u4e00-\u9fff]|%[sud])[,;?!]|[\u4e00-\u9fff]\.(?!\w)")
# Messages that are the same in Chinese: they have no words.
WORDLESS = re.compile(r"^(?:[^A-Za-z]|%[\w.*]+|\\n|--\w+|s)*$")


def checked_by_msgfmt(path):
    return subprocess.run(["msgfmt", "--check", "--output-file=/dev/null", path],
                          capture_output=True, text=True, check=False)


def is_chinese(message, translation):
    if WORDLESS.match(message) or WORDLESS.match(translation):
        return not NOT_CHINESE.search(translation)
    latin_only = re.fullmatch(r"[\x00-\x7f]*", translation)
    return (HAN.search(translation) or not latin_only) and not NOT_CHINESE.search(translation)


def check_catalogue(tests, language, wanted):
    path = messages.PO / (language + ".po")
    text = path.read_text(encoding="utf-8")
    found = messages.entries(text)
    done = checked_by_msgfmt(path)
    tests.check(language + ": msgfmt --check", done.returncode == 0, done.stderr)
    rest = messages.untranslated(found, wanted)
    tests.check(language + ": every message is translated, none is fuzzy", not rest,
                "\n".join(rest) + "\ntranslate po/%s.po; ninja messages adds new rows" % language)
    rest = [m for m in found if m not in wanted]
    tests.check(language + ": no message that the sources lack", not rest, "\n".join(rest))
    return found


def check_chinese(tests, found):
    wrong = [m for m, (strings, _, _) in found.items()
             if any(s and not is_chinese(m, s) for s in strings)]
    tests.check("zh_CN: Chinese words, quotes and marks", not wrong,
                "\n".join("%s => %s" % (m, found[m][0]) for m in wrong))
    rules = messages.rules()
    wrong = [m for m in rules if found.get(m, ([""],))[0] != [rules[m]]]
    tests.check("zh_CN: the rules' sentences are those of the table", rules and not wrong,
                "\n".join(wrong))


def check_manual(tests, language):
    """The manual's catalogue has every paragraph of the documentation."""
    path = manual.catalogue_path(language)
    done = checked_by_msgfmt(path)
    tests.check("manual in %s: msgfmt --check" % language, done.returncode == 0, done.stderr)
    found = manual.load(path)
    wanted_texts = manual.messages()
    rest = [t for t in wanted_texts if not found.get(t)]
    tests.check("manual in %s: every text is translated" % language, not rest, "\n".join(rest))
    rest = [t for t in found if t not in wanted_texts]
    tests.check("manual in %s: no text that docs/ lacks" % language, not rest, "\n".join(rest))
    code = re.compile(r"``.+?``|`[^`]+`")
    wrong = [t for t, s in found.items() if s and set(code.findall(t)) != set(code.findall(s))]
    tests.check("manual in %s: code is as in English" % language, not wrong, "\n".join(wrong))


def check_negatives(tests, wanted):
    text = (messages.PO / "zh_CN.po").read_text(encoding="utf-8")
    before = messages.untranslated(messages.entries(text), wanted)
    first = next(iter(wanted))
    for what, changed in (
            ("an empty translation", re.sub(r'msgstr "[^"\n]+"\n\n', 'msgstr ""\n\n', text, count=1)),
            ("a missing message", text.replace('msgid "%s"' % first, 'msgid "other"', 1)),
            ("a fuzzy message", text.replace('msgid "%s"' % first,
                                             '#, fuzzy\nmsgid "%s"' % first, 1))):
        rest = messages.untranslated(messages.entries(changed), wanted)
        tests.check(what + " is noticed", changed != text and len(rest) == len(before) + 1, rest)
    for wrong in ("没有‘%s’", "没有%s,请检查", "no file"):
        tests.check("not Chinese: " + wrong, not is_chinese("no file: %s", wrong))


def main():
    tests = program.Tests()
    paths = messages.sources()
    wanted = messages.entries(messages.template(paths))
    tests.check("there are messages", len(wanted) > 500, len(wanted))
    listed = (messages.PO / "POTFILES").read_text(encoding="utf-8").split()
    tests.check("POTFILES lists the sources with messages", listed == paths,
                set(listed) ^ set(paths))
    for language in messages.languages():
        found = check_catalogue(tests, language, wanted)
        if language == "zh_CN":
            check_chinese(tests, found)
        check_manual(tests, language)
    check_negatives(tests, wanted)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
